# hg-report --blank: a form for departments to fill, which hg-extract reads back.
. tests/cmd/lib.sh

python=/usr/bin/python3
id=giao-duc-mam-non
hg-extract -d datasets/$id datasets/$id/$id.xlsx 2>/dev/null | hg-validate 2>/dev/null | hg-package -o "$tmp/$id.zip" 2>/dev/null
expect 0 "a form for the next school year" hg-report --blank --set nam_hoc=2023-2024 -o "$tmp/form.xlsx" "$tmp/$id.zip"
check "nothing is printed" [ ! -s "$out" -a ! -s "$err" ]
expect 0 "the same again" hg-report --blank --set nam_hoc=2023-2024 -o "$tmp/again.xlsx" "$tmp/$id.zip"
check "has the same bytes" cmp "$tmp/form.xlsx" "$tmp/again.xlsx"
expect 0 "an empty form can be read" hg-extract -O csv "$tmp/form.xlsx"
says "and what is not filled in is told" "not filled in: 18"
check "as missing figures" sh -c "[ \$(grep -c ',2023-2024,.*,,L$' '$out') = 18 ]"

# a form of the definition alone: every combination of codes that the report has a place for
expect 0 "a form without data" hg-report --blank -d datasets/dan-so --set nam=2017 -o "$tmp/alone.xlsx"
hg-extract -O csv "$tmp/alone.xlsx" >"$out" 2>"$err"
check "has the rows of the report" sh -c "[ \$(wc -l <'$out') = 11 ]"
expect 2 "a field without codes needs a value" hg-report --blank -d datasets/dan-so -o "$tmp/no.xlsx"
says "which is asked for" "say --set nam=VALUE"
expect 2 "--set goes with --blank" hg-report --set nam=2017 -o "$tmp/no.xlsx" "$tmp/$id.zip"
expect 2 "--set takes a field and a value" hg-report --blank --set nam -o "$tmp/no.xlsx" "$tmp/$id.zip"
check "nothing is written" [ ! -e "$tmp/no.xlsx" ]

# a list as a form: any number of rows, codes chosen by their labels
echo '{ "hgReport": 1, "tables": [ { "list": true, "sheet": "Danh sách" } ] }' >"$tmp/list.json"
expect 0 "a list to be filled" hg-report --blank --spec "$tmp/list.json" -d datasets/ty-le-ho-ngheo -o "$tmp/list.xlsx"
expect 0 "can be read when it is empty" hg-extract -O csv "$tmp/list.xlsx"
check "as a table without rows" [ "$(cat "$out")" = "vung,dia_phuong,chuan_ngheo,nam,gia_tri,obs_status" ]

if $python -c 'import openpyxl' 2>/dev/null; then
    check "its columns are open, chosen or checked" $python tests/cmd/blank.py list "$tmp/list.xlsx" "$tmp/filled.xlsx"
    expect 0 "it can be read when it is filled" hg-extract -O csv "$tmp/filled.xlsx"
    check "codes for labels, rows left out, nothing lost" [ "$(tail -n +2 "$out" | tr '\n' ' ')" = "V1,01,2016-2021,2020,3.5,A V6,93,Xưa,2021,, " ]
    hg-extract "$tmp/filled.xlsx" 2>"$err" | hg-validate -q >"$out" 2>&1
    check "what is no code is found" grep -q "Danh sách!A4 .*Xưa" "$out"
    check "figures are open, all else is protected; inputs are checked and chosen" $python tests/cmd/blank.py look "$tmp/form.xlsx"
    $python tests/cmd/blank.py all "$tmp/form.xlsx" "$tmp/all.xlsx"
    expect 0 "a form that was filled" hg-extract "$tmp/all.xlsx"
    cp "$out" "$tmp/stream"
    expect 0 "can go on to be validated" hg-validate -q "$tmp/stream"
    hg-extract -O csv "$tmp/all.xlsx" >"$out" 2>"$err"
    check "without a word" [ ! -s "$err" ]
    # openpyxl leaves the totals' formulas without values: 3 = 1 + 2 is computed
    check "its figures and totals are there" sh -c "head -4 '$out' | tail -3 | tr '\n' ' ' | grep -q '^truong,T,2023-2024,truong,3,A truong,CL,2023-2024,truong,1,A truong,NCL,2023-2024,truong,2,A '"
    $python tests/cmd/blank.py late "$tmp/form.xlsx" "$tmp/late.xlsx"
    expect 0 "a form with provisional figures" hg-extract -O csv "$tmp/late.xlsx"
    check "has them marked so" sh -c "[ \$(grep -c ',P$' '$out') = 18 ]"
    $python tests/cmd/blank.py some "$tmp/form.xlsx" "$tmp/some.xlsx"
    expect 0 "a form not filled in all through" hg-extract -O csv "$tmp/some.xlsx"
    says "is told to be so" "not filled in: 1, first Biểu 207!"
    check "a dash is nil" sh -c "grep -q ',,M$' '$out' && [ \$(grep -c ',,L$' '$out') = 1 ]"
else
    skip "forms filled by departments" "no python3-openpyxl"
fi
finish
