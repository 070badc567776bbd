#!/bin/bash
# hg-extract with a recipe of several tables, sheets and files: notes, names as dimensions, what is told
. tests/cmd/lib.sh
python=/usr/bin/python3

cat >"$tmp/make.py" <<'PY'
import openpyxl
from openpyxl.styles import Font
import sys

def book(name, year, total):
    b = openpyxl.Workbook()
    b.remove(b.active)
    for sheet, title in (("Thu", "THU NGÂN SÁCH"), ("Chi", "CHI NGÂN SÁCH")):
        s = b.create_sheet(sheet)
        for row in ([title], [None, "Đơn vị tính: Triệu đồng"], ["Nội dung", "Kế hoạch", "Thực hiện"],
                    ["A", 1, 2], ["Tổng số", total, 30], ["Huyện", 10, 18], ["Xã*", 5, 12],
                    ["Ghi chú: (*) gồm cả thị trấn"], ["(1) số liệu sơ bộ"],
                    ["Người lập biểu", None, "Thủ trưởng đơn vị"], ["Nguyễn Văn A"]):
            s.append(row)
    b.save(name)

book(sys.argv[1] + "/ns-2023.xlsx", 2023, 15)
book(sys.argv[1] + "/ns-2024.xlsx", 2024, 16)
b = openpyxl.Workbook()
b.active.append(["TØnh", 2016])
b.active.append(["Hµ Néi", 5])
b.active.append(["Th¸i B×nh", 6])
for row in b.active.iter_rows():
    row[0].font = Font(name=".VnTime")
b.save(sys.argv[1] + "/cu.xlsx")
PY
if ! $python "$tmp/make.py" "$tmp" 2>/dev/null; then
    skip "recipes of several tables" "python3-openpyxl is not there"
    finish
    exit
fi

cat >"$tmp/r.json" <<'J'
{
  "tables": [{ "name": "thu", "sheets": "Thu" }, { "name": "chi", "sheets": "Chi" }],
  "columns": {
    "nam": { "from": "file", "pattern": "([0-9]{4})" },
    "noi_dung": "row", "chi_tieu": "header", "don_vi": "unit",
    "gia_tri": { "from": "value", "scale": true }
  },
  "notes": "ghi-chu",
  "expect": { "sheets": 2, "tables": 2, "rows": 12 }
}
J
one="$tmp/ns-2023.xlsx"
expect 0 "two tables and notes as a stream" hg-extract -r "$tmp/r.json" -o "$tmp/s.tar" "$one"
tar tf "$tmp/s.tar" 2>/dev/null | grep '^data/' | cut -d/ -f2 | uniq >"$tmp/got"
printf 'thu\nchi\nghi-chu\n' >"$tmp/want"
check "a stream has all of them, notes last" cmp "$tmp/got" "$tmp/want"
check "it passes hg-validate" hg-validate -q "$tmp/s.tar"
hg-validate -o "$tmp/checked" "$tmp/s.tar" 2>"$err"
hg-validate "$tmp/s.tar" 2>"$err" | cmp - "$tmp/checked"
check "which passes all of them on, down a pipe too" [ "${PIPESTATUS[0]}${PIPESTATUS[1]}" = 00 ]

expect 2 "CSV has one table" hg-extract -r "$tmp/r.json" -O csv "$one"
says "it says how to choose" "the recipe has several tables; say with -t which, such as 'thu'"
expect 0 "the one that is asked for" hg-extract -r "$tmp/r.json" -O csv -t chi "$one"
cat >"$tmp/want" <<'C'
nam,noi_dung,chi_tieu,don_vi,gia_tri
2023,Tổng số,Kế hoạch,đồng,15000000
2023,Tổng số,Thực hiện,đồng,30000000
2023,Huyện,Kế hoạch,đồng,10000000
2023,Huyện,Thực hiện,đồng,18000000
2023,Xã*,Kế hoạch,đồng,5000000
2023,Xã*,Thực hiện,đồng,12000000
C
check "its rows are scaled by the unit line" cmp "$out" "$tmp/want"
expect 0 "the notes" hg-extract -r "$tmp/r.json" -O csv -t ghi-chu "$one"
sed -n 2,3p "$out" >"$tmp/got"
printf '%s\n' 'ns-2023.xlsx,Thu,,Ghi chú: (*) gồm cả thị trấn' 'ns-2023.xlsx,Thu,(1),số liệu sơ bộ' >"$tmp/want"
check "they come with their marks" cmp "$tmp/got" "$tmp/want"
check "no name of a person who signed is in them" sh -c '! grep -q Nguyễn "$0"' "$out"
expect 2 "a table that is not there" hg-extract -r "$tmp/r.json" -O csv -t x "$one"
says "it is named" "the recipe has no table 'x'"

sed -i 's/, "rows": 12//; s/"sheets": 2, "tables": 2/"tables": 4/' "$tmp/r.json"
expect 0 "two files told apart by their names" hg-extract -r "$tmp/r.json" -O csv -t thu "$tmp"/ns-202?.xlsx
check "both years are there" test "$(cut -d, -f1 "$out" | sort -u | tr '\n' ' ')" = '2023 2024 nam '
says "the sum of 2024 that does not come out is told" "ns-2024.xlsx!Thu!B5: warning: the parts of 'Tổng số' add up to 15, not to 16"
expect 1 "with --strict it is a finding" hg-extract --strict -r "$tmp/r.json" -O csv -t thu "$tmp"/ns-202?.xlsx
sed -i 's/"tables": 4/"tables": 3/' "$tmp/r.json"
expect 2 "more tables than expected" hg-extract -r "$tmp/r.json" -o "$tmp/x" "$tmp"/ns-202?.xlsx
says "it says so" "r.json:[0-9]*:[0-9]* \[tables\]: there are 4 tables, not 3"
check "and nothing is written" test ! -e "$tmp/x"

printf '{"columns":{"tinh":"row","nam":{"from":"header","type":"year"},"v":"value"}}' >"$tmp/c.json"
expect 0 "a workbook in TCVN3" hg-extract -r "$tmp/c.json" -O csv "$tmp/cu.xlsx"
printf 'tinh,nam,v\nHà Nội,2016,5\nThái Bình,2016,6\n' >"$tmp/want"
check "its labels come out in Unicode" cmp "$out" "$tmp/want"
says "how many were converted is told" "cu.xlsx!Sheet!A1: 3 texts converted from TCVN3"
expect 0 "which is no finding" hg-extract --strict -r "$tmp/c.json" -O csv "$tmp/cu.xlsx"
finish
