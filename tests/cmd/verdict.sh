# Reports of hg-validate for build servers, code review and people say the same, each in its form.
. tests/cmd/lib.sh
python=${PYTHON:-/usr/bin/python3}
if ! $python -c 'import openpyxl' 2>/dev/null; then
    skip "reports say the same in each form" "no python3-openpyxl"
    finish
    exit
fi

id=$tmp/dan-so
mkdir "$id"
$python - "$tmp/bao-cao.xlsx" <<'EOF'
import openpyxl, sys
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Biểu 01"
for row in (["huyen", "nu", "nam"], ["Vị Xuyên", 12, 13], ["Bắc Mê", '<b>"x"&</b>', 5], ["Mèo Vạc", 7, -1]):
    sheet.append(row)
book.save(sys.argv[1])
EOF
printf '{"id": "dan-so", "title": "Dân số", "description": "Thử"}' >"$id/dataset.json"
cat >"$id/schema.json" <<'EOF'
{ "fields": [ { "name": "huyen", "type": "string" }, { "name": "nu", "type": "number" },
              { "name": "nam", "type": "number", "constraints": { "minimum": 0 } } ] }
EOF
hg-extract -d "$id" -o "$tmp/rows" "$tmp/bao-cao.xlsx" 2>"$err" || fail "the report can be read" "$(cat "$err")"

for lang in en vi; do
    for form in junit sarif html xlsx; do
        expect 1 "a report can be $form" hg-validate -q --lang $lang --report-format $form "$tmp/rows"
        cp "$out" "$tmp/report.$form"
        check "and $form says what is wrong and where, in $lang" $python tests/cmd/verdict.py $form "$tmp/report.$form" $lang
        hg-validate -q --lang $lang --report-format $form --report "$tmp/again" "$tmp/rows"
        check "$form has the same bytes every time, in a file or not" cmp "$tmp/report.$form" "$tmp/again"
    done
done
expect 0 "valid rows give a suite that passes" hg-validate -q --report-format junit -S "$id/schema.json" - <<'EOF'
huyen,nu,nam
a,1,2
EOF
check "with the one case valid" grep -q '<testsuite name="[^"]*" tests="1" failures="0" errors="0">' "$out"
expect 4 "a report that cannot be written fails" sh -c "hg-validate -q --report-format html '$tmp/rows' >/dev/full"
expect 2 "an unknown form is refused" hg-validate -q --report-format pdf "$tmp/rows"
says "with those there are" 'takes text|json|junit|sarif|xlsx|html'

# ---- a JSON document's findings have lines and pointers ----
printf '{"properties": {"a": {"type": "string"}}}' >"$tmp/s.json"
printf '{\n  "a": 1 }' >"$tmp/d.json"
expect 1 "a JSON document has a report as well" \
    hg-validate --json-schema "$tmp/s.json" --report-format sarif "$tmp/d.json"
check "which names line, column and pointer" $python - "$out" <<'EOF'
import json, sys
[result] = json.load(open(sys.argv[1]))["runs"][0]["results"]
[place] = result["locations"]
assert result["ruleId"] == "type" and place["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 3}
assert place["logicalLocations"] == [{"fullyQualifiedName": "/a", "kind": "value"}]
EOF

# ---- findings that are not told one by one are counted all the same ----
{
    echo huyen,nu,nam
    for i in 1 2 3 4 5; do echo a,x,1; done
} >"$tmp/many.csv"
hg-validate -q -S "$id/schema.json" --max-findings 2 --report-format junit "$tmp/many.csv" >"$out"
check "a rule's count is that of all its findings" grep -q 'message="5: ' "$out"
finish
