# All five commands behave alike: help, mistakes, man pages, closed and full outputs, languages.
. tests/cmd/lib.sh

id=dan-so
hg-extract -d datasets/$id datasets/$id/$id.xlsx >"$tmp/extracted" 2>/dev/null
hg-validate "$tmp/extracted" >"$tmp/checked" 2>/dev/null
hg-package "$tmp/checked" >"$tmp/packaged" 2>/dev/null

for c in hg-extract hg-validate hg-package hg-publish hg-report; do
    expect 0 "$c -h helps" $c -h
    check "$c fits a screen" sh -c "[ \$(wc -l <'$out') -le 45 ]"
    sed -n '/^usage: /,/^$/p' "$out" | sed 's/^usage: //' | tr -s ' \n' ' ' >"$tmp/usage"
    sed -n '/^\.SH SYNOPSIS/,/^\.SH DESCRIPTION/p' cmd/$c.1 | grep -v '^\.\(SH\|nf\|fi\)' |
        sed 's/\\-/-/g; s/\\f[BIRP]//g; s/^\.[BI] //' | tr -s ' \n' ' ' >"$tmp/synopsis"
    check "the man page of $c has the usage of its help" cmp "$tmp/usage" "$tmp/synopsis"
    sed 's/\\-/-/g' cmd/$c.1 >"$tmp/page"
    for option in $(grep -o '^  [ -].*--[a-z-]*' "$out" | grep -o -e '--[a-z-]*'); do
        case $option in --help | --version | --lang) continue ;; esac
        check "the man page of $c tells of $option" grep -q -F -e "$option" "$tmp/page"
    done
    expect 0 "$c -V tells its version" $c -V
    expect 2 "$c refuses an unknown option" $c --no-such-option
    says "$c points to its help" "Try '$c --help'"
    expect 2 "$c offers the option that was meant" $c --outptu x
    expect 2 "$c does not take an abbreviated option" $c --versio
    LC_ALL=vi_VN.UTF-8 $c --no-such-option 2>"$err"
    says "$c speaks Vietnamese where the locale does" "Hãy thử"
    $c --lang en --no-such-option 2>"$err"
    says "$c speaks English on request" "unknown option"
    $c -h --lang vi >"$out"
    check "the help of $c is translated whole" sh -c "! grep -q -e 'exit status' -e '^usage' '$out'"
done

# full COMMAND... - writing to a full device is a failure with a message
full() {
    "$@" >/dev/full 2>"$err"
    [ $? -eq 4 ] && [ -s "$err" ]
}
check "hg-extract notices a full device" full hg-extract -d datasets/$id datasets/$id/$id.xlsx
check "hg-extract -O csv notices a full device" full hg-extract -O csv datasets/$id/$id.xlsx
check "hg-validate notices a full device" full hg-validate "$tmp/extracted"
check "hg-validate -q notices a full device" full hg-validate -q --report-format json "$tmp/extracted"
check "hg-package notices a full device" full hg-package "$tmp/checked"

check "hg-publish notices a full device" full hg-publish -t "$tmp/public" "$tmp/packaged"
shut() {
    "$@" >&- 2>"$err"
    [ $? -eq 4 ] && [ -s "$err" ]
}
check "hg-extract notices a closed output" shut hg-extract -d datasets/$id datasets/$id/$id.xlsx
check "hg-publish notices a closed output" shut hg-publish -t "$tmp/public" "$tmp/packaged"

# closed COMMAND... - a reader that leaves early is no crash
closed() {
    "$@" 2>"$err" | head -c 1 >/dev/null
    status=${PIPESTATUS[0]}
    [ "$status" -le 4 ]
}
check "hg-extract survives a reader that leaves" closed hg-extract -d datasets/$id datasets/$id/$id.xlsx
check "hg-validate survives a reader that leaves" closed hg-validate "$tmp/extracted"
check "hg-package survives a reader that leaves" closed hg-package "$tmp/checked"

for c in hg-validate hg-package hg-publish; do
    [ $c = hg-publish ] && set -- -t "$tmp/none" || set --
    expect 3 "$c refuses empty input" $c "$@" /dev/null
    expect 3 "$c refuses a missing file" $c "$@" "$tmp/missing"
    says "$c names the missing file" "$tmp/missing"
done
expect 3 "hg-extract refuses a missing file" hg-extract -d datasets/$id "$tmp/missing.xlsx"

# the same input through a file, a pipe and tee gives the same bytes
cat "$tmp/extracted" | hg-validate >"$tmp/piped" 2>/dev/null
check "a pipe and a file give the same stream" cmp "$tmp/checked" "$tmp/piped"
for locale in C vi_VN.UTF-8 tr_TR.UTF-8; do
    LC_ALL=$locale TZ=Asia/Ho_Chi_Minh hg-extract -d datasets/$id datasets/$id/$id.xlsx >"$tmp/other" 2>/dev/null
    check "locale $locale gives the same stream" cmp "$tmp/extracted" "$tmp/other"
done
finish
