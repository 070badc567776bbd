# A report that is a workbook for each code of a field: names, contents, all or none.
. tests/cmd/lib.sh

id=ty-le-ho-ngheo
hg-extract -d datasets/$id datasets/$id/$id.xlsx 2>/dev/null | hg-validate 2>/dev/null | hg-package -o "$tmp/$id.zip" 2>/dev/null
cat >"$tmp/units.json" <<END
{ "hgReport": 1, "forEach": "vung", "workbook": { "title": "Hộ nghèo: {label}", "cover": ["Mã {code}"] },
  "tables": [ { "head": { "number": "10", "reportingUnit": "{label}" }, "sheet": "[{label}]", "title": { "vi": "Hộ nghèo {label}", "en": "The poor of {label}" },
    "unit": "%", "value": "gia_tri", "status": "obs_status", "where": { "vung": ["V6", "V1", "V4"] }, "stub": [ { "label": "Địa phương" } ],
    "rows": [ { "field": "dia_phuong", "parent": "vung" } ], "columns": [ { "field": "chuan_ngheo", "columns": [ { "field": "nam" } ] } ] } ] }
END
names() { (cd "$1" && find . -mindepth 1 | LC_ALL=C sort | tr '\n' ' '); }

expect 0 "a folder that is not there yet" hg-report --spec "$tmp/units.json" -o "$tmp/a/b/" "$tmp/$id.zip"
check "nothing is printed" [ ! -s "$out" -a ! -s "$err" ]
check "holds a workbook for each code that the table shows" [ "$(names "$tmp/a/b")" = \
    "./V1-Đồng bằng sông Hồng.xlsx ./V4-Tây Nguyên.xlsx ./V6-Đồng bằng sông Cửu Long.xlsx " ]
check "and nothing lies beside it" [ "$(ls -A "$tmp/a")" = b ]
unzip -p "$tmp/$id.zip" data/$id.csv >"$tmp/all.csv"
for code in V1 V4 V6; do
    hg-extract -O csv "$tmp"/a/b/$code-*.xlsx >"$tmp/$code.csv" 2>/dev/null
    check "$code has its rows and no others" diff <(sed -n "1p; /^$code,/p" "$tmp/all.csv" | LC_ALL=C sort) <(LC_ALL=C sort "$tmp/$code.csv")
done
check "texts tell the code and its label" sh -c "unzip -p '$tmp/a/b/V4-Tây Nguyên.xlsx' xl/sharedStrings.xml docProps/core.xml xl/workbook.xml |
    grep -c 'HỘ NGHÈO TÂY NGUYÊN\|Hộ nghèo: Tây Nguyên\|name=\"-Tây Nguyên-\"' | grep -q '^3$'"

mkdir "$tmp/c"
echo mine >"$tmp/c/other.txt"
echo old >"$tmp/c/bieu V4.xlsx"
expect 0 "a folder that is there, names of a pattern, both layouts" hg-report --layout both --spec "$tmp/units.json" -o "$tmp/c/bieu {code}" "$tmp/$id.zip"
check "gets them, and keeps what else it has" [ "$(names "$tmp/c")" = \
    "./bieu V1.accessible.xlsx ./bieu V1.xlsx ./bieu V4.accessible.xlsx ./bieu V4.xlsx ./bieu V6.accessible.xlsx ./bieu V6.xlsx ./other.txt " ]
check "with the same bytes" cmp "$tmp/c/bieu V4.xlsx" "$tmp/a/b/V4-Tây Nguyên.xlsx"
expect 0 "an accessible one keeps the rules" hg-report --check "$tmp/c/bieu V4.accessible.xlsx"
check "and its cover tells the code" sh -c "unzip -p '$tmp/c/bieu V4.accessible.xlsx' xl/sharedStrings.xml | grep -q 'Mã V4'"

sed 's/{ "field": "dia_phuong", "parent": "vung" }/{ "field": "dia_phuong", "parent": "vung", "except": ["92"] }/' "$tmp/units.json" >"$tmp/wrong.json"
expect 1 "a unit whose data do not fit is refused" hg-report --spec "$tmp/wrong.json" -o "$tmp/none/" "$tmp/$id.zip"
says "with the row" "$id.csv:[0-9]*.*no place"
check "and no workbook is made, nor a folder" [ ! -e "$tmp/none" ]
before=$(cat "$tmp/c"/* | cksum)
expect 1 "the same where the folder is there" hg-report --spec "$tmp/wrong.json" -o "$tmp/c/bieu {code}" "$tmp/$id.zip"
check "changes nothing in it" [ "$(cat "$tmp/c"/* | cksum) $(ls -A "$tmp/c" | wc -l)" = "$before 7" ]
mkdir "$tmp/c/V1.xlsx"
expect 2 "a folder in the way is refused" hg-report --spec "$tmp/units.json" -o "$tmp/c/{code}" "$tmp/$id.zip"
check "before anything is put in place" [ "$(ls -A "$tmp/c" | wc -l)" = 8 ]

expect 2 "a file for many workbooks is refused" hg-report --spec "$tmp/units.json" -o "$tmp/one.xlsx" "$tmp/$id.zip"
says "and says what to name" "name a folder, or a file with {code}"
expect 2 "a pattern for one workbook is refused" hg-report -o "$tmp/{code}.xlsx" "$tmp/$id.zip"
sed 's/"forEach": "vung"/"forEach": "vun"/' "$tmp/units.json" >"$tmp/wrong.json"
expect 2 "a field that is not there is refused" hg-report --spec "$tmp/wrong.json" -o "$tmp/none/" "$tmp/$id.zip"
says "with its place" "wrong.json:1:.*the data have no field 'vun'"

# notes: named in texts, numbered in the order of reading, the rest behind the title
cat >"$tmp/notes.json" <<END
{ "hgReport": 1, "languages": ["vi", "en"], "tables": [ { "head": { "style": "yearbook", "number": "10" }, "value": "gia_tri", "status": "obs_status",
  "title": { "vi": "Hộ nghèo{{note:a}}", "en": "The poor{{note:a}}" },
  "rows": [ { "field": "dia_phuong", "codes": ["CN"], "labels": { "CN": "CẢ NƯỚC {{note:c}}" } }, { "field": "dia_phuong", "except": ["CN"], "parent": "vung" } ],
  "columns": [ { "field": "chuan_ngheo", "labels": { "2022-2025": { "vi": "Chuẩn mới{{note:b}}", "en": "New{{note:b}}" } }, "columns": [ { "field": "nam" } ] } ],
  "notes": [ { "id": "c", "vi": "Chú c.", "en": "Note c." }, "Chú chung.", { "id": "b", "vi": "Chú b." }, { "id": "a", "vi": "Chú a." } ] } ] }
END
expect 0 "notes that texts name" hg-report --layout both --spec "$tmp/notes.json" -o "$tmp/notes.xlsx" "$tmp/$id.zip"
texts() { unzip -p "$1" xl/sharedStrings.xml | sed 's/<si>/\n/g' | sed 's/<[^>]*>//g'; }
has() { for text; do grep -qxF -- "$text" "$tmp/texts" || { echo "no '$text'" >&2; return 1; }; done; }
texts "$tmp/notes.xlsx" >"$tmp/texts"
check "have numbers on a form" has "10. Hộ nghèo (1)" "Chuẩn mới (2)" "New (2)" "CẢ NƯỚC (3)" "Ghi chú: (1) Chú a." "(2) Chú b." "Chú chung."
texts "$tmp/notes.accessible.xlsx" >"$tmp/texts"
check "and in the accessible layout" has "Biểu 10. Hộ nghèo [chú thích 1] [chú thích 2]" "Table 10. The poor [note 1] [note 2]" "CẢ NƯỚC [chú thích 4]" "[chú thích 3]"
expect 0 "which keeps its rules" hg-report --check "$tmp/notes.accessible.xlsx"
for file in notes notes.accessible; do
    check "$file is read back" diff <(hg-extract -O csv "$tmp/$file.xlsx" 2>"$err" | sort) <(sort "$tmp/all.csv")
done
check "a yearbook's later pages say that it goes on" sh -c "unzip -p '$tmp/notes.xlsx' xl/worksheets/sheet1.xml | grep -q '10. (Tiếp theo) (Cont.)'"
sed 's/note:b}}", "en"/note:d}}", "en"/' "$tmp/notes.json" >"$tmp/wrong.json"
expect 2 "a note that is not there is refused" hg-report --spec "$tmp/wrong.json" -o "$tmp/no.xlsx" "$tmp/$id.zip"
says "with the nearest" "'d' is not known here; did you mean '[abc]'"

if /usr/bin/python3 -c 'import jsonschema' 2>/dev/null; then
    check "both are as the JSON Schema says" /usr/bin/python3 tests/cmd/report.py schema metadata-schemas/report.schema.json "$tmp/units.json" "$tmp/notes.json"
else
    skip "report.json and its JSON Schema" "no python3-jsonschema"
fi

# forms to be filled, one for each code
expect 0 "a form of the package for each code" hg-report --blank --set nam=2026 --spec "$tmp/units.json" -o "$tmp/forms/" "$tmp/$id.zip"
check "is a form a code" [ "$(ls "$tmp/forms" | wc -l)" = 3 ]
check "with its own places only" sh -c "hg-extract -O csv '$tmp'/forms/V4-*.xlsx 2>/dev/null | cut -d, -f1 | sort -u | tr '\n' ' ' | grep -qx 'V4 vung '"
expect 2 "a form of the definition needs a field of the key" hg-report --blank -d datasets/$id --set nam=2026 --spec "$tmp/units.json" -o "$tmp/none/"
says "and says so" "'vung' must be a field of the key"
finish
