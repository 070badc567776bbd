# Rows that are not valid split off: none is lost, and what passes on can be packaged.
. tests/cmd/lib.sh

check "of random tables all rows are passed on or split off, with their reasons" /usr/bin/python3 tests/cmd/split.py 25

echo '{ "fields": [ { "name": "a" }, { "name": "v", "type": "integer" } ], "primaryKey": "a" }' >"$tmp/schema.json"
S="-S $tmp/schema.json"
printf 'a,v\nx,1\ny,b\nx,3\nz,4\n' >"$tmp/t.csv"
expect 1 "the status says that there are such rows" hg-validate $S --split "$tmp/off.csv" "$tmp/t.csv"
cp "$out" "$tmp/checked"
printf '%s\n' '_row,_codes,_messages,a,v' '3,type-error,"""b"" is not of the type integer",y,b' \
    '4,primary-key,the same key as in row 2 of the table,x,3' >"$tmp/expected"
check "the file has them with row, codes and messages" cmp "$tmp/off.csv" "$tmp/expected"
check "the stream has the others" sh -c "tar xOf '$tmp/checked' --wildcards 'data/*' | tr '\n' ';' | grep -qx 'a,v;x,1;z,4;'"
check "and says that some are missing" sh -c "tar xOf '$tmp/checked' --wildcards 'findings/*' | grep -q '^rows-split,warning.*,2.4'"
expect 0 "which its verdict goes by" hg-validate -q "$tmp/checked"
tar xOf "$tmp/checked" datapackage.json >"$tmp/seal.json" 2>/dev/null
check "its seal has no errors and a warning" /usr/bin/python3 -c "
import json, sys
assert json.load(open('$tmp/seal.json'))['hg']['verdict'] == {'errors': 0, 'warnings': 1}"
hg-extract -d datasets/dan-so datasets/dan-so/dan-so.xlsx >"$tmp/rows"
hg-validate "$tmp/rows" >"$tmp/whole"
expect 0 "a stream without such rows" hg-validate --split "$tmp/none.csv" "$tmp/rows"
check "passes on as it would without" cmp "$out" "$tmp/whole"
check "and the file has the header alone" sh -c "[ \$(wc -l <'$tmp/none.csv') = 1 ]"
expect 2 "a descriptor's rows are not split" hg-validate -q --split "$tmp/x" tests/cases/check/valid/package-files/datapackage.json
hg-validate $S "$tmp/t.csv" >"$tmp/bad" 2>/dev/null
head -c 3000 "$tmp/bad" >"$tmp/cut"
expect 3 "a stream cut off splits nothing" hg-validate --split "$tmp/cut.csv" "$tmp/cut"
check "and leaves no file" test ! -e "$tmp/cut.csv"
finish
