#!/bin/sh
# every cell of a source as it stands, or a refusal that says why
. "$(dirname "$0")/lib.sh"
python=${PYTHON:-/usr/bin/python3}
here=$(dirname "$0")
B=${B:-build${SAN:+-san}}
cells=$B/tools/cells
make -s "$cells" >/dev/null || exit 1

$python "$here/sources.py" make "$tmp" || exit 1
for file in "$tmp"/good/*.xlsx "$tmp"/good/*.xls "$tmp"/good/*.csv; do
    name=$(basename "$file")
    expect 0 "$name is read" "$cells" "$file"
    check "every cell of $name is as it stands" diff -u "$file.expected" "$out"
done
for file in "$tmp"/bad/*.xlsx "$tmp"/bad/*.xls "$tmp"/bad/*.csv; do
    name=$(basename "$file")
    expect 3 "$name is refused" "$cells" "$file"
    check "the message says what is wrong with $name" grep -q -F -e "$(cat "$file.says")" "$err"
done

cells_are() { # what, file, the lines of cells -c
    expect 0 "the cells of $(basename "$2") are listed" "$cells" -c "$2"
    printf '%s\n' "$3" >"$tmp/lines"
    check "$1" diff "$tmp/lines" "$out"
}
cells_are "with the font of each run" "$tmp/good/runs.xlsx" "A1 text bold indent=2 font=.VnTime format=- 6:.VnTime:bold ĐVT: ®ång
B1 text indent=0 font=Arial format=- 0:.VnTime:bold 3:.VnTimeH Hµ néi
C1 text indent=0 font=Arial format=- mét"
cells_are "counted in UTF-16, as they are written" "$tmp/good/runs.xls" \
    "A1 text indent=0 font=Arial format=- 0:.VnTime:bold:italic 3:Fifth:bold 7:Arial Hµ😀né"
cells_are "and in bytes before Excel 97" "$tmp/good/runs-95.xls" \
    "A1 text indent=0 font=Arial format=- 0:.VnTime:bold:italic 4:Fifth:bold Hµ néi"
cells_are "in order, also where the file has none" "$tmp/good/out-of-order.xlsx" "A1 number indent=0 font=Arial format=- 1
C1 text indent=0 font=Arial format=- c
A2 number indent=0 font=Arial format=- 3
A3 number indent=0 font=Arial format=- 4
B3 number indent=0 font=Arial format=- 5"
expect 3 "a cell that is there twice is no cell for a recipe" "$cells" -c "$tmp/bad/cell-twice-far.xlsx"
says "it is named" "!B2: the sheet has this cell twice"

for file in "$tmp"/good/*.xlsx datasets/*/*.xlsx ../shared/real/*.xlsx; do
    [ ! -e "$file" ] || echo "$file"
done >"$tmp/books"
# shellcheck disable=SC2046 # names without spaces
check "every sheet is the same by plain rows and by XML" $python "$here/sources.py" both "$cells" $(cat "$tmp/books")

expect 0 "what a workbook holds is listed" hg-extract --list "$tmp/good/listed.xlsx" --json
check "with fonts, names, date system and warnings" $python - "$out" <<'END'
import json, sys
found = json.load(open(sys.argv[1]))
assert found["date_system"] == 1904 and found["fonts"] == ["Arial", ".VnTime"], found
assert found["names"] == [{"name": "vung", "refers_to": "'Biểu 1'!$A$1:$C$9"}], found
sheet, = found["sheets"]
assert {k: sheet[k] for k in ("rows", "cols", "values", "formulas", "uncached", "hidden", "number_texts")} == {
    "rows": 3, "cols": 3, "values": 6, "formulas": 1, "uncached": 1, "hidden": 2, "number_texts": 2}, sheet
assert [(w["code"], w.get("sheet"), w["count"]) for w in found["warnings"]] == [
    ("hidden-cells", "Biểu 1", 2), ("uncached-formulas", "Biểu 1", 1), ("number-texts", "Biểu 1", 2),
    ("declared-dimension", "Biểu 1", 1048576 * 16384), ("external-links", None, 1)], found["warnings"]
END
expect 0 "and as lines" hg-extract --lang vi --list "$tmp/good/listed.xlsx"
check "a sheet a line" grep -q -x "Biểu 1	visible	3	3" "$out"
says "the warnings are told" "'Biểu 1' có 2 số lưu dưới dạng văn bản"

expect 3 "a missing file is refused" "$cells" "$tmp/none.xlsx"
says "the message names it" none.xlsx
expect 0 "a workbook is read from a pipe" sh -c "cat '$tmp/good/shared.xlsx' | '$cells' -"
check "and gives the same" diff "$tmp/good/shared.xlsx.expected" "$out"

if $python -c 'import openpyxl' 2>/dev/null; then
    for file in datasets/*/*.xlsx ../shared/real/*.xlsx; do
        [ -e "$file" ] || continue
        later "every cell of $file is as openpyxl reads it" compare "$cells" "$file"
    done
    cp ../shared/real/gia-bang-gia-dat-cao-bang.xls "$tmp/named.xlsx" 2>/dev/null &&
        later "a workbook named .xls is read as what it is" compare "$cells" "$tmp/named.xlsx"
    settle $python "$here/sources.py" answer
else
    skip "every cell is as openpyxl reads it" "openpyxl is not installed"
fi

if $python -c 'import openpyxl, xlrd' 2>/dev/null; then
    for file in ../shared/real/*.xls; do
        [ -e "$file" ] || continue
        later "every cell of $file is as xlrd reads it" compare "$cells" "$file"
    done
    [ ! -e "$file" ] || settle $python "$here/sources.py" answer
else
    skip "every cell of an old workbook is as xlrd reads it" "xlrd or openpyxl is not installed"
fi

check "a cut or damaged workbook is refused with a message, never a crash" \
    $python "$here/sources.py" damage "$cells" "$tmp/good/dates.xlsx" "${DAMAGE:-60}" "$tmp/hurt.xlsx"
check "and one of several parts" \
    $python "$here/sources.py" damage "$cells" "$tmp/good/shared.xlsx" "${DAMAGE:-60}" "$tmp/hurt.xlsx"
for name in types continued excel-95 out-of-order; do
    check "a cut or damaged $name.xls is refused, or what is left of it is whole" \
        $python "$here/sources.py" damage "$cells" "$tmp/good/$name.xls" "${DAMAGE:-60}" "$tmp/hurt.xls"
done
finish
