# Table Dialect's members for workbooks, which are written here: the sheet by number and by name.
. tests/cmd/lib.sh

cat >"$tmp/book.py" <<'END'
import json, openpyxl, sys
book = openpyxl.Workbook()
book.active.title = "Ghi chú"
book.active.append(["không phải bảng"])
for name, last in (("Đúng", 2), ("Sai", "hai")):
    sheet = book.create_sheet(name)
    for row in (["ma", "so"], ["93", 1], ["92", last]):
        sheet.append(row)
book.save(sys.argv[1] + "/b.xlsx")
schema = {"fields": [{"name": "ma", "type": "string"}, {"name": "so", "type": "integer"}]}
for name, dialect in (("first", {}), ("second", {"sheetNumber": 2}), ("named", {"sheetName": "Đúng"}),
                      ("wrong", {"sheetName": "Sai"}), ("none", {"sheetNumber": 4}), ("nameless", {"sheetName": "Không có"})):
    with open(f"{sys.argv[1]}/{name}.json", "w") as out:
        json.dump({"name": "b", "path": "b.xlsx", "dialect": dialect, "schema": schema}, out)
END
/usr/bin/python3 "$tmp/book.py" "$tmp"

expect 0 "a sheet is chosen by its number" hg-validate -q "$tmp/second.json"
expect 0 "a sheet is chosen by its name" hg-validate -q "$tmp/named.json"
expect 1 "what is wrong is told in the sheet chosen" hg-validate -q "$tmp/wrong.json"
check "by its cell" grep -q '^b.xlsx!Sai!B3 \[so\]: error type-error: ' "$out"
expect 1 "without a choice the first sheet is the table" hg-validate -q "$tmp/first.json"
check "whose label is another" grep -q '^b.xlsx!Ghi chú!A1 \[ma\]: error incorrect-label: ' "$out"
for name in none nameless; do
    expect 1 "a sheet that is not there is an error" hg-validate -q "$tmp/$name.json"
    check "of the source" grep -q 'error source-error: the workbook has no such sheet' "$out"
done
finish
