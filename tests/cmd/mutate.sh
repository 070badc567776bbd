#!/bin/bash
# forms that people changed: a recipe gives what it gave before or refuses; a sure guess neither invents nor loses a value
. tests/cmd/lib.sh
python=/usr/bin/python3
n=${1:-36} seed=${2:-2024}

if ! $python -c 'import openpyxl' 2>/dev/null; then
    skip "changed forms give the same values or are refused" "openpyxl is not there"
    finish
    exit
fi
forms=()
for id in dan-so giao-duc-mam-non ty-le-ho-ngheo; do
    hg-extract -d datasets/$id datasets/$id/$id.xlsx 2>/dev/null | hg-validate 2>/dev/null | hg-package 2>/dev/null |
        hg-report -o "$tmp/$id.xlsx"
    forms+=("datasets/$id=datasets/$id/$id.xlsx" "datasets/$id=$tmp/$id.xlsx")
done
if $python tests/cmd/mutate.py "$n" "$seed" "$tmp" "${forms[@]}" >"$out" 2>&1; then
    pass
else
    fail "changed forms give the same values or are refused" "$(cat "$out")"
fi
tail -1 "$out"
finish
