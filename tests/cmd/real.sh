#!/bin/bash
# real reports: a recipe of a few lines for each gives the values of their cells, by the word of other readers
. tests/cmd/lib.sh
python=/usr/bin/python3
real=${SHARED:-../shared}/real
cases=tests/cases/real

if [ ! -e $real/gso-lua-2014.xlsx ] || ! $python -c 'import openpyxl, xlrd' 2>/dev/null; then
    skip "real reports give the values of their cells" "../shared/real, openpyxl or xlrd is not there"
    finish
    exit
fi

# columns of expected.tsv: recipe, sources, status, and of status 0 what real.py prints, of others a pattern
while IFS=$'\t' read -r name sources status want; do
    recipe=$cases/$name.json
    # shellcheck disable=SC2086
    set -- $(cd $real && echo $sources)
    set -- "${@/#/$real/}"
    hg-extract -r "$recipe" "$@" >"$tmp/stream" 2>"$err"
    got=$?
    if [ $got -ne "$status" ]; then
        fail "$name: status $status" "status $got" "$(head -c 600 "$err")"
    elif [ "$status" -ne 0 ]; then
        says "$name is refused, and it is said why" "$want"
    else
        said=$($python tests/cmd/real.py "$recipe" "$@" <"$tmp/stream" 2>&1)
        if [ "$said" = "$want" ]; then pass; else fail "$name gives its table" "$said" "not $want"; fi
    fi
    check "$name: the recipe has at most 15 lines" test "$(wc -l <"$recipe")" -le 15
done <$cases/expected.tsv

if $python -c 'import jsonschema' 2>/dev/null; then
    check "the recipes are as metadata-schemas/recipe.schema.json says" $python -c '
import glob, json, jsonschema
schema = jsonschema.Draft7Validator(json.load(open("metadata-schemas/recipe.schema.json")))
for name in glob.glob("tests/cases/real/*.json"):
    schema.validate(json.load(open(name)))'
else
    skip "recipes are as their schema says" "python3-jsonschema is not there"
fi

hg-extract -r $cases/ntp-lao-tb-data.json $real/ntp-lao-tb-data.xlsx 2>"$err" >/dev/null
says "sums that lost their thousands are told" "2010!B10: warning: the parts of 'Total' add up to 1150, not to 1.15"
finish
