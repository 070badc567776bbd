#!/bin/sh
# every cell of an OpenDocument spreadsheet as it stands, or a refusal that says why
. "$(dirname "$0")/lib.sh"
python=${PYTHON:-/usr/bin/python3}
here=$(dirname "$0")
B=${B:-build${SAN:+-san}}
cells=$B/tools/cells
make -s "$cells" >/dev/null || exit 1

$python "$here/ods.py" make "$tmp" || exit 1
for file in "$tmp"/good/*.expected; do
    file=${file%.expected}
    name=$(basename "$file")
    expect 0 "$name is read" "$cells" "$file"
    check "every cell of $name is as it stands" diff -u "$file.expected" "$out"
done
for file in "$tmp"/bad/*.says; do
    file=${file%.says}
    name=$(basename "$file")
    expect 3 "$name is refused" timeout 10 "$cells" "$file"
    check "the message says what is wrong with $name" grep -q -F -e "$(cat "$file.says")" "$err"
done

expect 0 "the cells of a styled table are listed" "$cells" -c "$tmp/good/styled.ods"
check "with number format, font, slant, indent and what is hidden" grep -q -x -F \
    'A1 number hidden bold italic indent=2 font=.VnTime format=#,##0.0 "đ"\""" 1' "$out"
check "and a column's style for a cell that has none" grep -q -x -F \
    'B1 text hidden bold indent=0 font=.VnTime format=- x' "$out"
expect 0 "the cells of a text in several fonts are listed" "$cells" -c "$tmp/good/runs.ods"
check "with the font of each span" grep -q -x -F \
    'A1 text indent=0 font=- format=- 0:.VnTime:italic 4:.VnTime:bold:italic 7:.VnTime:italic 8:- Hµ néi x' "$out"
expect 0 "a flat file is read from a pipe" sh -c "cat '$tmp/good/texts.fods' | '$cells' -"
check "and gives the same" diff "$tmp/good/texts.fods.expected" "$out"
expect 0 "a sheet is found by its name" "$cells" "$tmp/good/second.ods" Ba
check "and is that one" grep -q -x ba "$out"
expect 0 "hg-extract gives the first visible sheet" hg-extract -O csv "$tmp/good/second.ods"
check "as CSV" grep -q -x hai "$out"

for file in ../shared/real/*.ods; do
    [ -e "$file" ] || { skip "real files are as another reader has them" "../shared is not there"; break; }
    later "every cell of $file is as another reader has it" compare "$cells" "$file"
done

if command -v soffice >/dev/null; then
    for form in ods fods; do
        soffice "-env:UserInstallation=file://$tmp/office" --headless --convert-to $form --outdir "$tmp/$form" \
            datasets/*/*.xlsx >/dev/null 2>&1
        for file in datasets/*/*.xlsx; do
            other=$tmp/$form/$(basename "$file" .xlsx).$form
            later "$file has the same cells as .$form" same "$cells" "$file" "$other"
        done
    done
else
    skip "the samples have the same cells as .ods and .fods" "LibreOffice is not installed"
fi
[ ! -e "$tmp/.later" ] || settle $python "$here/ods.py" answer

check "a cut or damaged file is refused with a message, never a crash" \
    $python "$here/sources.py" damage "$cells" "$tmp/good/styled.ods" "${DAMAGE:-60}" "$tmp/hurt.ods"
check "and a flat one" \
    $python "$here/sources.py" damage "$cells" "$tmp/good/repeated.fods" "${DAMAGE:-60}" "$tmp/hurt.fods"
finish
