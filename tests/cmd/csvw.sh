# CSV on the Web: tests/cases/csvw, the W3C's own tests, and packages of our own.
#   valid/NAME    status 0; the report's lines, but for its last, are those of "expected": warnings,
#                 or none where there is no such file
#   invalid/NAME  status 1, likewise
# A folder is the working directory, metadata.json what is checked; "options" has another file and
# further options.
. tests/cmd/lib.sh

case_of() {
    options=$(cat "$1/options" 2>/dev/null || echo metadata.json)
    (cd "$1" && eval "hg-validate -q --csvw $options") >"$out" 2>"$err"
}

# judge STATUS FOLDER
judge() {
    case_of "$2"
    status=$?
    sed '$d' "$out" >"$tmp/got"
    if [ -e "$2/expected" ]; then cp "$2/expected" "$tmp/want"; else : >"$tmp/want"; fi
    if [ $status -eq "$1" ] && diff "$tmp/want" "$tmp/got" >"$tmp/diff"; then
        pass
    else
        fail "$2 has the findings it should" "status $status" "$(cat "$tmp/diff" "$err")"
    fi
}
for folder in tests/cases/csvw/valid/*/; do judge 0 "${folder%/}"; done
for folder in tests/cases/csvw/invalid/*/; do judge 1 "${folder%/}"; done

# ---- the command ----

table=tests/cases/csvw/valid/no-metadata/t.csv
warned=tests/cases/csvw/valid/unknown-property/metadata.json
bad=tests/cases/csvw/invalid/integers/metadata.json
expect 0 "a CSV without metadata is checked by itself" hg-validate --csvw $table
check "and nothing is said of it" test ! -s "$out" -a ! -s "$err"
expect 0 "a warning leaves the status 0" hg-validate --csvw $warned
says "but is told" 'warning metadata-error'
expect 1 "a warning counts with --strict" hg-validate --strict --csvw $warned
expect 1 "findings are told without -q" hg-validate --csvw $bad
says "with their place" "integers/t.csv:4:1 \[a\]: error type-error"
expect 1 "findings are told in Vietnamese" hg-validate --lang vi --csvw $bad
says "in its words" "lỗi type-error: \"1.0\" không phải giá trị kiểu integer"
expect 1 "the report is JSON where that is asked for" hg-validate -q --report-format json --csvw $bad
check "with a task for the metadata and one for the table" python3 -c "
import json
report = json.load(open('$out'))
assert [t['type'] for t in report['tasks']] == ['file', 'table'], report
assert report['tasks'][1]['stats'] | {} == {'errors': 3, 'warnings': 0, 'fields': 1, 'rows': 5}, report
assert [(e['rowNumber'], e['fieldNumber'], e['type']) for e in report['tasks'][1]['errors']] == [
    (n, 1, 'type-error') for n in (4, 5, 6)], report"
expect 3 "a file that is missing is no finding" hg-validate --csvw "$tmp/none.csv"
expect 3 "nor are metadata that are missing" hg-validate --csvw $table --metadata "$tmp/none.json"
expect 2 "a base that is no address is refused" hg-validate --csvw $table --base data/
expect 2 "there is one file at most" hg-validate --csvw $table $table
expect 2 "--csvw has no schema of another kind" hg-validate --csvw $table -S $bad
expect 2 "--link without --csvw is refused" hg-validate --link x $table
printf 'a,b\n' >"$tmp/t.csv"
seq 1 100000 | sed 's/$/,x/' >>"$tmp/t.csv"
cat >"$tmp/t.csv-metadata.json" <<'END'
{"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "tableSchema": {"primaryKey": "a",
 "columns": [{"name": "a", "titles": "a", "datatype": "integer"}, {"titles": "b", "datatype": "integer"}]}}
END
expect 1 "of many findings of a kind the first are told" hg-validate -q --max-findings 3 --csvw "$tmp/t.csv"
check "and how many there are" sh -c "test \$(wc -l <'$out') -eq 5 && grep -q '99997 more findings of this kind, 100000 in all' '$out'"
hg-validate -q --csvw "$tmp/t.csv" >"$tmp/much" 2>&1
hg-validate -q --max-memory 1 --csvw "$tmp/t.csv" >"$tmp/little" 2>&1
check "keys beyond the memory go to disk, and the report is the same" cmp "$tmp/much" "$tmp/little"

# ---- packages of our own: a key that may be empty, patterns, limits, lists ----

mkdir -p "$tmp/own/codes"
cp tests/cases/package/minimal/dan-so/dataset.json "$tmp/own/"
cp tests/cases/package/minimal/publisher.json "$tmp/"
printf 'code,vi\nx,X\ny-z,Y\n' >"$tmp/own/codes/ma.csv"
cat >"$tmp/own/schema.json" <<'END'
{ "fields": [
    { "name": "nam", "type": "year", "constraints": { "required": true } },
    { "name": "mã", "type": "string", "constraints": { "enum": ["x", "y-z"] } },
    { "name": "ghi chú", "type": "string", "constraints": { "pattern": "[A-Z]{1,2}\\d*|a/b", "maxLength": 3 } },
    { "name": "giá trị", "type": "number", "constraints": { "minimum": 0.5, "exclusiveMaximum": 100 } },
    { "name": "ngày", "type": "date", "missingValues": ["", "-"] },
    { "name": "kỳ", "type": "list", "itemType": "integer", "delimiter": ";" },
    { "name": "đúng", "type": "boolean" } ],
  "primaryKey": ["nam"],
  "foreignKeys": [{ "fields": ["mã"], "reference": { "resource": "codes/ma", "fields": ["code"] } }] }
END
cat >"$tmp/rows.csv" <<'END'
nam,mã,ghi chú,giá trị,ngày,kỳ,đúng
2023,x,AB1,0.5,2023-01-31,1;2,true
2024,,a/b,99.99,-,,false
2025,y-z,,,,3,1
END
expect 0 "a package of our own with all of this is made" hg-package -d "$tmp/own" -o "$tmp/package/" "$tmp/rows.csv"
for file in "$tmp"/package/data/*.csv "$tmp"/package/codes/*.csv; do
    expect 0 "a CSV of our own agrees with the metadata beside it: $(basename "$file")" hg-validate -q --csvw "$file"
    check "without a word: $(basename "$file")" grep -q '^valid: 0 errors, 0 warnings' "$out"
done
sed -i 's/99.99/100/' "$tmp"/package/data/*.csv
expect 1 "a value over a limit does not agree" sh -c "hg-validate -q --csvw '$tmp'/package/data/*.csv"

# ---- the W3C's tests ----

suite=${HG_SHARED:-../shared}/conformance/csvw
if [ -e "$suite/run.py" ]; then
    python3 "$suite/run.py" hg-validate --csvw '{action}' '--metadata={meta}' '--link={link}' '--base={base}' >"$tmp/suite"
    check "all 282 validation tests of the W3C come out as they should" grep -q 'total 282/282' "$tmp/suite"
    grep FAIL "$tmp/suite"
else
    skip "the validation tests of the W3C come out as they should" "no $suite"
fi
finish
