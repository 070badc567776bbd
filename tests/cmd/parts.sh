# Parts of a table checked apart, and their states merged into the verdict on the whole.
. tests/cmd/lib.sh

check "random tables, split and merged at random, have the report of the whole" \
    /usr/bin/python3 tests/cmd/parts.py 40

cat >"$tmp/schema.json" <<'EOF'
{ "fields": [ { "name": "ma" }, { "name": "v", "type": "number" } ], "primaryKey": "ma" }
EOF
S="-S $tmp/schema.json"
printf 'ma,v\na,1\nb,x\n' >"$tmp/1.csv"
printf 'ma,v\nc,1\na,2\n' >"$tmp/2.csv"
expect 0 "a state is no verdict" hg-validate --partial "$tmp/1" --part 1/2 $S "$tmp/1.csv"
hg-validate --partial "$tmp/2" --part 2/2 $S "$tmp/2.csv"
expect 1 "the whole has one, in whatever order the states are named" hg-validate --merge "$tmp/2" "$tmp/1"
printf '%s\n' '1.csv:3:2 [v]: error type-error: "x" is not of the type number' \
    '2.csv:3: error primary-key: the same key as in row 2 of the table' \
    'not valid: 2 errors, 0 warnings, 4 rows' >"$tmp/expected"
check "with what no part could find alone" cmp "$out" "$tmp/expected"
hg-validate --partial "$tmp/again" --part 1/2 $S "$tmp/1.csv"
check "the same part gives the same state" cmp "$tmp/1" "$tmp/again"
expect 0 "states make a state" hg-validate --merge --partial "$tmp/both" "$tmp/2" "$tmp/1"
expect 1 "which says the same" hg-validate --merge "$tmp/both"
check "to the byte" cmp "$out" "$tmp/expected"

# ---- what cannot be merged ----
expect 2 "a part that is missing is no verdict" hg-validate --merge "$tmp/2"
says "and is named" 'part 1 of the table is missing'
expect 2 "nor is one that is there twice" hg-validate --merge "$tmp/1" "$tmp/2" "$tmp/both"
says "which is named, too" 'part 1 is there twice'
hg-validate --partial "$tmp/3" --part 2/3 $S "$tmp/2.csv"
expect 2 "parts of another number do not fit" hg-validate --merge "$tmp/1" "$tmp/3"
echo '{ "fields": [ { "name": "ma" }, { "name": "v" } ] }' >"$tmp/other.json"
hg-validate --partial "$tmp/other" --part 2/2 -S "$tmp/other.json" "$tmp/2.csv"
expect 2 "nor states of another schema" hg-validate --merge "$tmp/1" "$tmp/other"
says "which are named" 'other: the state is of another table'
expect 2 "a part has a number" hg-validate --partial "$tmp/x" --part 3/2 $S "$tmp/1.csv"
head -c 300 "$tmp/1" >"$tmp/cut"
expect 3 "a state cut off is damaged" hg-validate --merge "$tmp/cut" "$tmp/2"
for at in 30 200 500; do
    /usr/bin/python3 -c "
import sys
b = bytearray(open(sys.argv[1], 'rb').read())
b[int(sys.argv[2]) % len(b)] ^= 4
open(sys.argv[3], 'wb').write(b)" "$tmp/1" $at "$tmp/flipped"
    expect 3 "so is one with another bit at $at" hg-validate --merge "$tmp/flipped" "$tmp/2"
done
expect 3 "and what is no state at all" hg-validate --merge "$tmp/1.csv" "$tmp/2"
says "which is told" 'this is no state of hg-validate'

# ---- a sequence goes on from part to part ----
echo '{ "fields": [{ "name": "stt", "type": "integer" }], "checks": [{ "type": "sequential-value", "fieldName": "stt" }] }' >"$tmp/stt.json"
printf 'stt\n1\n2\n' >"$tmp/s1.csv"
printf 'stt\n3\n4\n' >"$tmp/s2.csv"
printf 'stt\n6\n7\n' >"$tmp/s3.csv"
for i in 1 2 3; do hg-validate --partial "$tmp/s$i" -S "$tmp/stt.json" "$tmp/s$i.csv"; done
expect 0 "a sequence goes on in the next part" hg-validate --merge "$tmp/s1" "$tmp/s2"
expect 1 "one that does not has a gap" hg-validate --merge "$tmp/s1" "$tmp/s2" "$tmp/s3"
check "in the first row of the part" grep -q '^s3.csv:2:1 \[stt\]: error sequential-value: "6" does not follow the number before it' "$out"
expect 1 "the first gap is told, not the next" hg-validate --merge "$tmp/s1" "$tmp/s3" "$tmp/s2"
check "and once" test "$(grep -c sequential "$out")" = 1

# ---- parts without numbers: in the order given ----
printf 'id,x\n1,2\n2,3\n3,x\n' >"$tmp/a.csv"
printf 'id,x\n4,2\n2,3\n' >"$tmp/b.csv"
printf 'id,x\n1,2\n2,3\n3,x\n4,2\n2,3\n' >"$tmp/all.csv"
echo '{ "fields": [{ "name": "id", "type": "integer" }, { "name": "x", "type": "number" }], "primaryKey": ["id"] }' >"$tmp/key.json"
for part in a b; do hg-validate --partial "$tmp/$part.st" -S "$tmp/key.json" "$tmp/$part.csv"; done
found='import json, sys
task = json.load(open(sys.argv[1]))["tasks"][0]
print(task["stats"]["rows"], sorted((e["type"], e["rowNumber"]) for e in task["errors"]))'
hg-validate -q -S "$tmp/key.json" --report-format json "$tmp/all.csv" >"$tmp/whole.json"
hg-validate --merge --partial "$tmp/ab.st" "$tmp/a.st" "$tmp/b.st"
for states in "$tmp/a.st $tmp/b.st" "$tmp/ab.st"; do
    expect 1 "states without numbers merge" hg-validate --merge --report-format json $states
    check "into the verdict on the whole" test "$(/usr/bin/python3 -c "$found" "$out")" = "$(/usr/bin/python3 -c "$found" "$tmp/whole.json")"
done
hg-validate --partial "$tmp/b2.st" --part 2/2 -S "$tmp/key.json" "$tmp/b.csv"
expect 2 "but not with states that have numbers" hg-validate --merge "$tmp/a.st" "$tmp/b2.st"
says "which is told" 'have none'

# ---- rows of a workbook ----
hg-extract -d datasets/dan-so datasets/dan-so/dan-so.xlsx >"$tmp/rows"
hg-validate -q --report-format json "$tmp/rows" >"$tmp/whole.json"
hg-validate --partial "$tmp/book" "$tmp/rows"
expect 0 "a stream can be a part, too" hg-validate --merge --report-format json "$tmp/book"
check "with the report of the whole" cmp "$out" "$tmp/whole.json"
finish
