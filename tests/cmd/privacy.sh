# Personal data are found, told without being shown, and never packaged.
. tests/cmd/lib.sh
python=/usr/bin/python3

# found SENTENCE PATTERN - stdout holds it
found() { check "$1" grep -q -e "$2" "$out"; }

# ---- a report that names persons ----
mkdir "$tmp/ho-ngheo"
cat >"$tmp/ho-ngheo/dataset.json" <<'JSON'
{ "id": "ho-ngheo", "title": "Hộ nghèo", "description": "Hộ nghèo theo xã", "issued": "2025-01-01" }
JSON
cp datasets/publisher.json "$tmp/"
cat >"$tmp/ho-ngheo/schema.json" <<'JSON'
{ "fields": [ { "name": "xa", "type": "string" }, { "name": "so_ho", "type": "integer" },
              { "name": "ghi_chu", "type": "string" } ] }
JSON
printf 'xa,so_ho,ghi_chu\nVị Tân,12,\n' >"$tmp/ho-ngheo.csv"
expect 0 "a table without personal data is packaged" sh -c \
    "hg-validate -d '$tmp/ho-ngheo' '$tmp/ho-ngheo.csv' | hg-package -o '$tmp/good.zip'"
check "the package is there" test -s "$tmp/good.zip"
printf 'Hỏa Lựu,7,ông A 0912345678\nVị Tân,3,CCCD 093085001234\n' >>"$tmp/ho-ngheo.csv"
expect 1 "one with personal data is refused" sh -c \
    "hg-validate -d '$tmp/ho-ngheo' '$tmp/ho-ngheo.csv' | hg-package -o '$tmp/bad.zip'"
says "a phone number is named by its cell" 'ho-ngheo.csv:3:3 \[ghi_chu\]: error personal-data: the phone number 091\*\*\* is personal data'
says "an identity number too" 'ho-ngheo.csv:4:3 \[ghi_chu\]: error personal-data: the identity number 093\*\*\*'
check "nothing is written" test ! -e "$tmp/bad.zip"

# ---- what is told does not hold what it is about ----
hidden() { ! cat "$@" | grep -q -e 0912345678 -e 093085001234 -e 345678 -e 001234; }
check "messages show no more than three characters" hidden "$err"
for form in text json; do
    expect 1 "the $form report finds both" hg-validate -q --report-format $form -d "$tmp/ho-ngheo" "$tmp/ho-ngheo.csv"
    check "and shows neither" hidden "$out" "$err"
done
hg-validate -d "$tmp/ho-ngheo" "$tmp/ho-ngheo.csv" >"$tmp/checked" 2>"$err"
tar xOf "$tmp/checked" findings/00001.csv >"$tmp/findings" 2>/dev/null
check "findings travel in the stream" grep -q '^personal-data,error,ho-ngheo,3,3,ghi_chu,' "$tmp/findings"
check "and show neither" hidden "$tmp/findings"
expect 1 "it is told in Vietnamese" hg-validate -q --lang vi -d "$tmp/ho-ngheo" "$tmp/ho-ngheo.csv"
found "naturally" 'lỗi personal-data: số điện thoại 091\*\*\* là dữ liệu cá nhân'

# ---- a sheet's cell is named after unpivoting, too ----
cat >"$tmp/sheet.py" <<'PYTHON'
import openpyxl, sys
book = openpyxl.Workbook()
book.active.title = "Biểu 1"
for row in [["Xã", "Ghi chú"], ["Vị Tân", "không"], ["Hỏa Lựu", "a.b@gmail.com"]]:
    book.active.append(row)
book.save(sys.argv[1])
PYTHON
if $python "$tmp/sheet.py" "$tmp/bao-cao.xlsx" 2>/dev/null; then
    expect 1 "personal data in a workbook are found" sh -c "hg-extract '$tmp/bao-cao.xlsx' | hg-validate -q"
    found "by sheet and cell" '^bao-cao.xlsx!Biểu 1!B3 .*personal-data: the e-mail address a.b\*\*\*'
else
    skip "a cell of a workbook is named" "no python3-openpyxl"
fi

# ---- what is not personal ----
for folder in datasets/*/; do
    id=$(basename "$folder")
    expect 0 "the sample $id is extracted" hg-extract -d "$folder" "$folder$id.xlsx"
    cp "$out" "$tmp/sample"
    expect 0 "and has nothing personal" hg-validate -q --strict "$tmp/sample"
    hg-extract -d "$folder" -O csv "$folder$id.xlsx" >"$tmp/sample.csv"
    expect 0 "also without its schema" hg-validate -q --strict "$tmp/sample.csv"
done
if [ -d ../shared/real ]; then
    # header lines and every text of real reports, as one column and as labels
    cat >"$tmp/cells.py" <<'PYTHON'
import csv, glob, openpyxl, sys
cells = set()
for name in glob.glob("../shared/real/*.csv"):
    raw = open(name, "rb").read()
    text = raw.decode("utf-16" if raw[:2] == b"\xff\xfe" else "utf-8-sig", "replace")
    mark = max(",;\t", key=text[:3000].count)
    cells.update(c for row in csv.reader(text.splitlines(), delimiter=mark) for c in row)
for name in glob.glob("../shared/real/gso-*.xlsx") + glob.glob("../shared/real/vn-*.xlsx"):
    for sheet in openpyxl.load_workbook(name, read_only=True, data_only=True):
        cells.update(str(c) for row in sheet.iter_rows(values_only=True, max_row=3000) for c in row if c is not None)
cells = sorted(c for c in cells if c.strip())
assert len(cells) > 30000, len(cells)
with open(sys.argv[1], "w", encoding="utf-8") as f:
    csv.writer(f, lineterminator="\n").writerows([["x"]] + [[c] for c in cells])
words = [c for c in cells if any(x.isalpha() for x in c) and len(c) < 80]
with open(sys.argv[2], "w", encoding="utf-8") as f:
    csv.writer(f, lineterminator="\n").writerow(words[::len(words) // 900])
PYTHON
    check "the cells of real reports can be read" $python "$tmp/cells.py" "$tmp/cells.csv" "$tmp/labels.csv"
    expect 0 "none of them is called personal" hg-validate -q --strict "$tmp/cells.csv"
    hg-validate -q "$tmp/labels.csv" >"$out" 2>"$err"
    check "nor would be a header" sh -c "[ -s '$out' ] && ! grep personal '$out'"
else
    skip "nothing in real reports is called personal" "no ../shared/real"
fi

# ---- schema.json ----
cat >"$tmp/judge.py" <<'PYTHON'
import json, jsonschema
judge = jsonschema.Draft202012Validator(json.load(open("metadata-schemas/schema.schema.json", encoding="utf-8")))
for why, good in (("số của cơ quan", True), ("", False), ("  ", False), (True, False)):
    assert judge.is_valid({"fields": [{"name": "sdt", "notPersonal": why}]}) == good, why
PYTHON
if $python -c 'import jsonschema' 2>/dev/null; then
    check "an exemption needs its reason" $python "$tmp/judge.py"
else
    skip "an exemption needs its reason" "no python3-jsonschema"
fi
finish
