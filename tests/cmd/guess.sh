#!/bin/bash
# guesses: the recipe of a source that has none; from a confidence of 0.9 on nothing is invented and nothing lost
. tests/cmd/lib.sh
python=/usr/bin/python3
real=${SHARED:-../shared}/real

cat >"$tmp/form.csv" <<'END'
Đơn vị tính: Người
STT,Huyện,Nam,Nữ
1,Vị Thanh,10,12
2,Long Mỹ,20,24
3,Phụng Hiệp,30,36
END
expect 0 "a form is guessed a recipe" hg-extract --guess "$tmp/form.csv" -o "$tmp/recipe.json"
expect 0 "the recipe reads the form" hg-extract -r "$tmp/recipe.json" -O csv "$tmp/form.csv"
printf '%s\n' huyen,phan_to,don_vi_tinh,gia_tri 'Vị Thanh,Nam,Người,10' 'Vị Thanh,Nữ,Người,12' 'Long Mỹ,Nam,Người,20' \
    'Long Mỹ,Nữ,Người,24' 'Phụng Hiệp,Nam,Người,30' 'Phụng Hiệp,Nữ,Người,36' >"$tmp/want"
check "it gives the table" cmp "$out" "$tmp/want"
hg-extract --guess "$tmp/form.csv" >"$tmp/again"
check "a guess of the same bytes is the same bytes" cmp "$tmp/again" "$tmp/recipe.json"

printf 'Huyện;Nam;Nữ\nVị Thanh;1.234;2\nLong Mỹ;3.456;4\nPhụng Hiệp;5.678;6\n' >"$tmp/two.csv"
expect 2 "numbers with two readings are below the confidence asked for" hg-extract --guess "$tmp/two.csv"
says "the confidence is told" "the confidence is 50 %, below the 90 % asked for"
check "the reason has both readings" grep -q 'may be 1234 or 1.234' "$out"
expect 0 "less confidence can be asked for" hg-extract --guess "$tmp/two.csv" --confidence 0.5
expect 0 "the reasons are in the language of messages" env LC_ALL=vi_VN.UTF-8 hg-extract --guess "$tmp/form.csv"
check "such as Vietnamese" grep -q 'không phải giá trị' "$out"
expect 0 "the decisions can be had instead" hg-extract --guess "$tmp/form.csv" --explain
check "one a line with its confidence" grep -qP '^0\.9\d\t\ttable\t.' "$out"
expect 2 "that goes with a guess only" hg-extract --explain "$tmp/form.csv"
expect 2 "a confidence is from 0 to 1" hg-extract --guess "$tmp/two.csv" --confidence 1.5
printf 'a page to read\n' >"$tmp/page.csv"
expect 2 "where there is no table none is guessed" hg-extract --guess "$tmp/page.csv"

if $python -c 'import jsonschema' 2>/dev/null; then
    check "a guessed recipe is as its JSON Schema says" $python -c '
import json, jsonschema, sys
jsonschema.Draft7Validator(json.load(open("metadata-schemas/recipe.schema.json"))).validate(json.load(open(sys.argv[1])))
' "$tmp/recipe.json"
else
    skip "a guessed recipe is as its JSON Schema says" "python3-jsonschema is not there"
fi

if [ ! -e $real/gso-lua-2014.xlsx ] || ! $python -c 'import openpyxl, xlrd' 2>/dev/null; then
    skip "real reports are guessed, nothing invented or lost" "../shared/real, openpyxl or xlrd is not there"
    finish
    exit
fi

# columns of guessed.tsv: file, confidence, what guess.py is to say ("-": it is not asked, the guess is unsure)
while IFS=$'\t' read -r file confidence want; do
    recipe=$tmp/$file.json
    hg-extract --guess "$real/$file" -o "$recipe" 2>"$err"
    got=$?
    said=$(grep -o '"x-confidence": .*[0-9]' "$recipe" | cut -d' ' -f2)
    if [ "$said" = "$confidence" ]; then pass; else fail "$file is guessed with $confidence" "$said"; fi
    case $confidence in 0.9* | 1.0) status=0 ;; *) status=2 ;; esac
    if [ $got -eq $status ]; then pass; else fail "$file: status $status" "status $got"; fi
    [ "$want" = - ] || later "$file: nothing is invented or lost" gives "$want" "$recipe" "$real/$file"
done <tests/cases/real/guessed.tsv
settle $python tests/cmd/guess.py
finish
