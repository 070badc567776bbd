# A report with one wrong digit is stopped before publication, and its cell is named.
. tests/cmd/lib.sh

publish() { # publish ID WORKBOOK: the whole pipe; the status is that of the last command
    hg-extract -d "datasets/$1" "$2" | hg-validate | hg-package | hg-publish -t "$tmp/public"
}
state() { (cd "$tmp/public" && find . -type f -exec sha256sum {} + | sort -k 2); }

# Change a digit in each number of a table in turn: WORKBOOK FOLDER, prints cell<TAB>file a line.
cat >"$tmp/change.py" <<'PY'
import sys, openpyxl
source, folder = sys.argv[1:]
first = openpyxl.load_workbook(source).worksheets[0]
cells = [c.coordinate for row in first.iter_rows() for c in row
         if isinstance(c.value, (int, float)) and not 1900 < c.value < 2100 and c.column > 1 and "," in c.number_format + "," and c.value > 40]
for cell in cells:
    book = openpyxl.load_workbook(source)
    sheet = book.worksheets[0]
    sheet[cell].value = round(sheet[cell].value + 7, 4)
    book.save(f"{folder}/{cell}.xlsx")
    print(f"{sheet.title}!{cell}\t{folder}/{cell}.xlsx")
PY

for id in dan-so giao-duc-mam-non ty-le-ho-ngheo; do
    expect 0 "$id is published" publish $id datasets/$id/$id.xlsx
done
state >"$tmp/before"
expect 0 "publishing again changes nothing" publish dan-so datasets/dan-so/dan-so.xlsx
state >"$tmp/after"
check "the catalogue has the same bytes" cmp "$tmp/before" "$tmp/after"

if /usr/bin/python3 -c 'import openpyxl' 2>/dev/null; then
    mkdir "$tmp/changed"
    /usr/bin/python3 "$tmp/change.py" datasets/dan-so/dan-so.xlsx "$tmp/changed" >"$tmp/list"
    check "there are figures to change" [ "$(wc -l <"$tmp/list")" -gt 50 ]
    missed=0 unnamed=0
    while IFS='	' read -r cell file; do
        hg-extract -d datasets/dan-so "$file" | hg-validate -q >"$out" 2>"$err"
        [ $? -eq 1 ] || missed=$((missed + 1)) "$(echo "missed: $cell" >>"$tmp/missed")"
        grep -q -F -e "$cell " -e "(${cell##*!})" "$out" || unnamed=$((unnamed + 1))
    done <"$tmp/list"
    check "a changed digit in any figure is found" [ $missed -eq 0 ]
    check "the finding names the sheet, and the changed cell or the total that it breaks" [ $unnamed -eq 0 ]

    wrong=$(head -n 1 "$tmp/list" | cut -f 2)
    hg-extract -d datasets/dan-so "$wrong" >"$tmp/extracted"
    expect 1 "hg-validate finds it" hg-validate -o "$tmp/checked" "$tmp/extracted"
    expect 1 "hg-package refuses it" hg-package -o "$tmp/wrong.zip" "$tmp/checked"
    check "hg-package leaves nothing" [ ! -e "$tmp/wrong.zip" ]
    publish dan-so "$wrong" >"$out" 2>"$err"
    check "hg-publish at the end of the pipe refuses it" [ $? -eq 1 ]
    says "hg-package names the total's cell" "hg-package: .*!B7 .gia_tri.: not packaged"
    state >"$tmp/after"
    check "the published folder keeps its bytes" cmp "$tmp/before" "$tmp/after"
else
    skip "a changed digit is found" "python3-openpyxl is not there"
fi
finish
