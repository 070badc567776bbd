# What moved in the layout of a report since the edition before is told, and nothing else.
. tests/cmd/lib.sh

python=${PYTHON:-/usr/bin/python3}
xlsx=datasets/dan-so/dan-so.xlsx

# change NAME PYTHON - a copy of the sample in which the sheet s was changed
change() {
    $python - "$xlsx" "$tmp/$1.xlsx" "$2" <<'EDIT'
import openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1])
s = book.active
exec(sys.argv[3])
book.save(sys.argv[2])
EDIT
}
# moved SENTENCE CHANGE LINE... - the change gives exactly these lines, without their place
moved() {
    sentence=$1
    change changed "$2"
    shift 2
    if [ $# -eq 0 ]; then want=0; else want=1; fi
    expect $want "$sentence" hg-extract --diff $xlsx "$tmp/changed.xlsx"
    printf '%s\n' "$@" | sed '/^$/d' >"$tmp/wanted"
    sed 's/^[^!]*!Dân số trung bình!//; s/^[^:]*changed.xlsx: //' "$out" >"$tmp/told"
    check "$sentence: all of it and no more" diff "$tmp/wanted" "$tmp/told"
}
if ! $python -c 'import openpyxl' 2>/dev/null; then
    skip "what moved is told" "no openpyxl"
    finish
    exit
fi
change same 'pass'
expect 0 "a report saved by another program has not moved" hg-extract --diff $xlsx "$tmp/same.xlsx"
check "and nothing is told" test ! -s "$out"
moved "figures may be others" 's["B9"] = 1.5; s["C10"] = None'
moved "a text that is another" 's["B6"] = "Người"' "B6: 'Nghìn người - Thous. persons' has become 'Người'"
moved "a text that came" 's["A9"] = "Năm khác"' "A9: the text 'Năm khác' is new"
moved "a row that came" 's.insert_rows(19); s["A19"] = "Hàng mới"; s["B19"] = 3; s.unmerge_cells("B20:F20"); s.merge_cells("B21:F21")' \
    "A19: new rows, 19: 'Hàng mới'"
moved "a row that went" 's.delete_rows(6)' "A6: rows of before that are gone, 6: 'Nghìn người - Thous. persons'" \
    "B19: 'Cơ cấu - Structure (%)' reaches over more or fewer columns than before"
moved "a column that came" 's["G5"] = "Cột mới"; s["G8"] = 3' "G1: new columns, G: 'Cột mới'"
change note 's.cell(s.max_row + 2, 1, "Ghi chú: số liệu mới")'
expect 1 "a note that came" hg-extract --diff $xlsx "$tmp/note.xlsx"
check "is told" grep -q "A37: new rows, 37: 'Ghi chú: số liệu mới'" "$out"
change sheets 'book.create_sheet("Biểu khác"); s.title = "Tên khác"'
expect 1 "sheets that came and went" hg-extract --diff $xlsx "$tmp/sheets.xlsx"
check "are told" sh -c "grep -q \"the sheet 'Dân số trung bình' is gone\" '$out' && grep -q \"'Biểu khác' is new\" '$out'"
expect 1 "what moved, in Vietnamese" hg-extract --lang vi --diff $xlsx "$tmp/sheets.xlsx"
check "is told in Vietnamese" grep -q "trang tính 'Biểu khác' là mới" "$out"
expect 2 "--diff takes one source" hg-extract --diff $xlsx $xlsx $xlsx
expect 3 "an edition that is not there is told" hg-extract --diff "$tmp/none.xlsx" $xlsx
printf 'Năm,Nam,Nữ\n2015,1,2\n' >"$tmp/a.csv"
printf 'Năm,Nữ,Nam\n2016,1,2\n' >"$tmp/b.csv"
expect 1 "headings of a text that changed places" hg-extract --diff "$tmp/a.csv" "$tmp/b.csv"
finish
