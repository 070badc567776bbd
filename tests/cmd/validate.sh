# hg-validate from outside: what it writes where, and with which status.
. tests/cmd/lib.sh

cat >"$tmp/schema.json" <<'EOF'
{ "fields": [ { "name": "nam", "type": "year" }, { "name": "v", "type": "number" } ],
  "primaryKey": "nam" }
EOF
printf 'nam,v\n2004,1.5\n2005,2\n' >"$tmp/good.csv"
printf 'nam,v\n2004,1.5\n2004,x\n' >"$tmp/bad.csv"
printf 'nam,v\n' >"$tmp/many.csv"
for i in 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31; do
    echo "20$i,x"
done >>"$tmp/many.csv"
S="-S $tmp/schema.json"

# same SENTENCE FILE - the last command's stdout is that file
same() { check "$1" cmp "$out" "$2"; }
# found SENTENCE PATTERN - stdout holds it
found() { check "$1" grep -q -e "$2" "$out"; }

# ---- the verdict ----
expect 0 "good rows are valid" hg-validate -q $S "$tmp/good.csv"
found "the report says so" '^valid: 0 errors, 0 warnings, 2 rows$'
expect 1 "bad rows are not valid" hg-validate -q $S "$tmp/bad.csv"
found "a finding names file, row, column and field" '^bad.csv:3:2 \[v\]: error type-error: '
found "a finding on a row names the row" '^bad.csv:3: error primary-key: '
expect 1 "the report speaks Vietnamese on request" hg-validate -q --lang vi $S "$tmp/bad.csv"
found "and says what is wrong" '^bad.csv:3:2 \[v\]: lỗi type-error: "x" không phải giá trị kiểu number$'
expect 0 "standard input is read where no file is named" sh -c "hg-validate -q $S <'$tmp/good.csv'"

# ---- JSON ----
expect 1 "the report can be JSON" hg-validate -q --report-format json $S "$tmp/bad.csv"
cp "$out" "$tmp/report.json"
cat >"$tmp/look.py" <<'EOF'
import json, sys
report = json.load(open(sys.argv[1], encoding="utf-8"))
task = report["tasks"][0]
error = task["errors"][0]
assert report["valid"] is False and report["stats"] == {"tasks": 1, "errors": 2, "warnings": 0}
assert task["name"] == "bad" and task["type"] == "table" and task["labels"] == ["nam", "v"]
assert task["stats"]["rows"] == 2 and task["stats"]["fields"] == 2
assert [e["type"] for e in task["errors"]] == ["type-error", "primary-key"]
assert (error["rowNumber"], error["fieldNumber"], error["fieldName"]) == (3, 2, "v")
assert error["cell"] == "x" and error["tags"] == ["#table", "#row", "#cell"]
assert error["file"] == "bad.csv" and (error["row"], error["column"]) == (3, 2)
assert error["message"] == error["messages"]["en"] != error["messages"]["vi"]
assert task["errors"][1]["rowNumber"] == 3 and "fieldNumber" not in task["errors"][1]
EOF
check "the JSON report has frictionless's shape" /usr/bin/python3 "$tmp/look.py" "$tmp/report.json"
hg-validate -q --report-format json $S "$tmp/bad.csv" >"$out"
same "the same input gives the same report" "$tmp/report.json"

# ---- the stream ----
expect 1 "findings leave the stream whole, with status 1" hg-validate $S "$tmp/bad.csv"
says "and are told on stderr" 'bad.csv:3:2 \[v\]: error type-error'
cp "$out" "$tmp/checked"
check "rows are forwarded as they are" sh -c \
    "tar xOf '$tmp/checked' data/bad/00001.csv 2>/dev/null | cmp - '$tmp/bad.csv'"
check "findings travel in the stream" sh -c \
    "tar xOf '$tmp/checked' findings/00001.csv 2>/dev/null | grep -q '^type-error,error,bad,3,2,v,bad.csv,,3,2,x,'"
expect 1 "a checked stream can be checked again" hg-validate -q "$tmp/checked"
found "with the same findings" '^bad.csv:3:2 \[v\]: error type-error: '
head -c 2000 "$tmp/checked" >"$tmp/cut"
expect 3 "a stream cut off is no valid stream" hg-validate -q "$tmp/cut"
expect 1 "plain CSV can be written" hg-validate -O csv $S "$tmp/bad.csv"
same "with the same bytes" "$tmp/bad.csv"
expect 1 "only the first 20 findings are told on stderr" hg-validate -o "$tmp/many" $S "$tmp/many.csv"
says "and the number of the others" 'and 2 more findings'
check "that is 21 lines" sh -c "[ \$(wc -l <'$err') -eq 21 ]"
expect 1 "the output can be a file" hg-validate -o "$tmp/written" $S "$tmp/bad.csv"
check "with the same bytes as on stdout" cmp "$tmp/written" "$tmp/checked"

# ---- report files: written last, or not at all ----
expect 1 "a report goes to a file" hg-validate --report "$tmp/r.txt" -o "$tmp/o" $S "$tmp/bad.csv"
check "which says how it came out" grep -q '^not valid: 2 errors' "$tmp/r.txt"
echo before >"$tmp/r2.txt"
expect 3 "a cut stream writes no report" hg-validate -q --report "$tmp/r2.txt" "$tmp/cut"
check "an earlier report stays as it was" grep -q '^before$' "$tmp/r2.txt"
expect 3 "a cut stream is not passed on as a file" hg-validate -o "$tmp/o2" "$tmp/cut"
check "nothing is left of it" sh -c "! ls -A '$tmp' | grep -q o2"

# ---- statuses ----
cat >"$tmp/rules.json" <<'EOF'
{ "fields": [ { "name": "a" }, { "name": "v", "type": "number" } ], "primaryKey": "a",
  "rules": [ { "type": "sum", "field": "v", "dimension": "a", "total": "T", "parts": ["M", "F"],
               "severity": "warning" } ] }
EOF
printf 'a,v\nT,3\nM,1\nF,1\n' >"$tmp/sum.csv"
expect 0 "warnings alone leave status 0" hg-validate -q -S "$tmp/rules.json" "$tmp/sum.csv"
found "and are told" 'warning sum-error: the total 3 is not the sum 2 of M 1 (3) + F 1 (4)'
expect 1 "with --strict they give 1" hg-validate -q --strict -S "$tmp/rules.json" "$tmp/sum.csv"
expect 3 "a missing schema file is an error, never 'valid'" hg-validate -q -S "$tmp/none.json" "$tmp/good.csv"
expect 3 "a missing dataset is an error" hg-validate -q -d "$tmp/none" "$tmp/good.csv"
expect 3 "a missing input is an error" hg-validate -q "$tmp/none.csv"
echo '{ "fields": [ { "name": "nam", "type": "yaer" } ] }' >"$tmp/wrong.json"
expect 2 "a wrong schema is asked wrongly" hg-validate -q -S "$tmp/wrong.json" "$tmp/good.csv"
says "and is told with line and column" "wrong.json:1:32 \[type\]: the type 'yaer' is not known"
printf 'nam,v\n2004,\xe9\n' >"$tmp/latin1.csv"
expect 3 "what is not UTF-8 is not checked" hg-validate -q $S "$tmp/latin1.csv"
says "and its place is told" 'latin1.csv:2:6: the byte E9 is not UTF-8'
expect 2 "-d and -S exclude each other" hg-validate -q -d x $S "$tmp/good.csv"
expect 2 "-q leaves nothing for -o" hg-validate -q -o "$tmp/o3" $S "$tmp/good.csv"
printf 'nam,v\n' >"$tmp/keys.csv"
awk 'BEGIN { for (i = 0; i < 60000; i++) print "x" i ",1" }' >>"$tmp/keys.csv"
echo '{ "fields": [ { "name": "nam" }, { "name": "v" } ], "primaryKey": "nam" }' >"$tmp/keys.json"
expect 0 "keys beyond the memory go to disk" hg-validate -q --max-memory 1 -S "$tmp/keys.json" "$tmp/keys.csv"
awk 'BEGIN { for (i = 0; i < 60000; i++) print "x" (i * 7) % 70000 ",1" }' >>"$tmp/keys.csv"
hg-validate -q --max-memory 1 -S "$tmp/keys.json" "$tmp/keys.csv" >"$tmp/little"
expect 1 "keys twice are found in memory" hg-validate -q -S "$tmp/keys.json" "$tmp/keys.csv"
same "and the same ones on disk" "$tmp/little"
found "all of them" '^not valid: 58572 errors'
check "a reader that went away gives status 4" bash -c \
    "{ hg-validate -O csv '$tmp/keys.csv' 2>'$tmp/.e'; echo \$? >'$tmp/status'; } | sleep 0.3; grep -q 4 '$tmp/status'"

# ---- a sample whose digit was changed ----
cat >"$tmp/change.py" <<'EOF'
import sys, openpyxl
book = openpyxl.load_workbook("datasets/dan-so/dan-so.xlsx")
for sheet in book:
    for row in sheet.iter_rows(min_col=2):
        numbers = [c for c in row if isinstance(c.value, (int, float)) and c.value > 100]
        if len(numbers) >= 3:
            numbers[0].value += 1  # the total of both sexes
            book.save(sys.argv[1])
            print("%s!%s" % (sheet.title, numbers[0].coordinate))
            sys.exit()
EOF
cell=$(/usr/bin/python3 "$tmp/change.py" "$tmp/changed.xlsx")
check "a sample workbook can be changed" test -n "$cell"
expect 0 "it is extracted all the same" hg-extract -d datasets/dan-so "$tmp/changed.xlsx"
cp "$out" "$tmp/changed"
expect 1 "a changed digit that breaks a rule is found" hg-validate -q "$tmp/changed"
found "and named by sheet and cell" "^changed.xlsx!$cell \[gia_tri\]: error sum-error: "

# ---- metadata-schemas/schema.schema.json ----
cat >"$tmp/schemas.py" <<'EOF'
import glob, json, sys, jsonschema
schema = json.load(open("metadata-schemas/schema.schema.json", encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
v = jsonschema.Draft202012Validator(schema)
files = glob.glob("datasets/*/schema.json") + glob.glob("tests/cases/check/*valid/*/schema.json")
refused = ["type", "constraint", "constraint-unknown", "no-fields", "rule-type", "rule-key", "fields-match",
           "rule-tolerance", "foreign-key-elsewhere"]
assert len(files) > 20
for f in files:
    v.validate(json.load(open(f, encoding="utf-8")))
for name in refused:
    with open("tests/cases/check/wrong/%s/schema.json" % name, encoding="utf-8") as f:
        assert not v.is_valid(json.load(f)), name
EOF
check "the JSON Schema of schema.json takes what hg-validate takes" /usr/bin/python3 "$tmp/schemas.py"
finish
