# A stream cut at any block, or at any byte, is refused by whoever acts on it, and nothing appears.
. tests/cmd/lib.sh

id=dan-so
hg-extract -d datasets/$id datasets/$id/$id.xlsx >"$tmp/extracted"
hg-validate "$tmp/extracted" >"$tmp/checked"
hg-package "$tmp/checked" >"$tmp/packaged"

# refused FILE COMMAND... - the command gives 3 with a message for every cut of FILE, and leaves no $tmp/to*
refused() {
    file=$1 bad=0 tried=0
    shift
    size=$(stat -c %s "$file")
    RANDOM=7
    for at in $(seq 0 512 $((size - 1024))) $(for _ in $(seq 100); do echo $(((RANDOM * 32768 + RANDOM) % (size - 1024))); done); do
        head -c "$at" "$file" >"$tmp/cut"
        "$@" "$tmp/cut" >"$out" 2>"$err"
        [ $? -eq 3 ] && [ -s "$err" ] && [ ! -e "$tmp/to.zip" ] && [ ! -e "$tmp/to" ] && [ ! -e "$tmp/to.xlsx" ] || {
            bad=$((bad + 1))
            echo "cut at $at: $*"
        }
        tried=$((tried + 1))
        rm -rf "$tmp/to" "$tmp/to.zip" "$tmp/to.xlsx"
    done
    [ $tried -gt 100 ] && [ $bad -eq 0 ]
}

check "hg-validate refuses a cut stream" refused "$tmp/extracted" hg-validate -q
check "hg-package refuses a cut stream" refused "$tmp/checked" hg-package -o "$tmp/to.zip"
check "hg-publish refuses a cut package" refused "$tmp/packaged" hg-publish -t "$tmp/to"
check "hg-report refuses a cut package" refused "$tmp/packaged" hg-report -o "$tmp/to.xlsx"

for stage in extracted checked; do
    hg-package -o "$tmp/whole.zip" "$tmp/$stage" >"$out" 2>"$err"
    status=$?
    [ $stage = checked ] && want=0 || want=2
    check "a whole $stage stream gives $want at hg-package" [ $status -eq $want ]
done
finish
