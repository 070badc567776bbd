# hg-report --check: what the accessible layout writes passes, and each rule that is broken is named.
. tests/cmd/lib.sh

python=/usr/bin/python3
for id in dan-so giao-duc-mam-non ty-le-ho-ngheo; do
    hg-extract -d datasets/$id datasets/$id/$id.xlsx 2>/dev/null | hg-validate 2>/dev/null | hg-package -o "$tmp/$id.zip" 2>/dev/null
    hg-report --layout accessible -o "$tmp/$id.xlsx" "$tmp/$id.zip"
    expect 0 "$id in the accessible layout passes" hg-report --check "$tmp/$id.xlsx"
    check "without a word" [ ! -s "$out" -a ! -s "$err" ]
done
hg-report -o "$tmp/classic.xlsx" "$tmp/dan-so.zip"
expect 1 "the classic layout does not" hg-report --check "$tmp/classic.xlsx"
check "each rule is named with its place" grep -q '^.*classic.xlsx!Biểu 01!A1: merged: cells are merged$' "$out"
expect 1 "in Vietnamese too" hg-report --check "$tmp/classic.xlsx" --lang vi
check "as said" grep -q 'merged: có ô bị gộp$' "$out"
expect 3 "what is no workbook cannot be checked" hg-report --check datasets/publisher.json
expect 3 "nor what is not there" hg-report --check "$tmp/none.xlsx"
expect 2 "one workbook at a time" hg-report --check "$tmp/classic.xlsx" "$tmp/dan-so.xlsx"
head -c 9000 "$tmp/classic.xlsx" >"$tmp/cut.xlsx"
expect 3 "a workbook cut off is not called good" hg-report --check "$tmp/cut.xlsx"

if $python -c 'import openpyxl' 2>/dev/null; then
    mkdir "$tmp/broken"
    $python tests/cmd/audit.py "$tmp/ty-le-ho-ngheo.xlsx" "$tmp/broken" || fail "the workbooks could not be broken"
    for file in "$tmp"/broken/*; do
        rule=$(basename "$file" .xlsx)
        rule=${rule%%.*}
        hg-report --check "$file" >"$out" 2>"$err"
        if [ "$rule" = good ]; then
            check "saved by openpyxl it is still good" [ ! -s "$out" -a ! -s "$err" ]
        else
            check "a breach of $rule is named" grep -q ": $rule: " "$out"
        fi
    done
    check "no rule is without its breach" diff <(sed -n 's/^ *\[[A-Z_]*\] = { "\([a-z-]*\)".*/\1/p' pkg/report/audit.c | sort -u) \
        <(ls "$tmp/broken" | sed 's/\..*//; /^good$/d' | sort -u)
else
    skip "each rule broken by itself" "no python3-openpyxl"
fi
finish
