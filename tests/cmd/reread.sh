# A report of hg-report gives its data back, also after people and other programs had it in hand.
. tests/cmd/lib.sh

python=/usr/bin/python3
layouts="classic accessible"
for id in dan-so giao-duc-mam-non ty-le-ho-ngheo; do
    hg-extract -d datasets/$id datasets/$id/$id.xlsx 2>/dev/null | hg-validate 2>/dev/null | hg-package -o "$tmp/$id.zip" 2>/dev/null
    unzip -p "$tmp/$id.zip" "data/$id.csv" >"$tmp/$id.csv"
    for layout in $layouts; do
        hg-report --layout $layout -o "$tmp/$id.$layout.xlsx" "$tmp/$id.zip"
        expect 0 "$id, $layout, is read back" hg-extract -O csv "$tmp/$id.$layout.xlsx"
        check "as it was" cmp "$out" "$tmp/$id.csv"
        check "without a word" [ ! -s "$err" ]
    done
done

# the definition comes along, and the cell of each figure
hg-extract "$tmp/dan-so.classic.xlsx" >"$tmp/stream"
expect 0 "the stream can be validated without the definition at hand" hg-validate -q "$tmp/stream"
check "and has the cells" sh -c "tar xOf '$tmp/stream' data/dan-so/00001.csv | head -2 | tail -1 | grep -q '^[B-Z][0-9]'"
expect 0 "the definition's folder may be named" hg-extract -d datasets/dan-so -O csv "$tmp/dan-so.classic.xlsx"
expect 2 "another dataset's is refused" hg-extract -d datasets/ty-le-ho-ngheo "$tmp/dan-so.classic.xlsx"
expect 2 "two reports at once are refused" hg-extract "$tmp/dan-so.classic.xlsx" "$tmp/dan-so.classic.xlsx"
hg-report -o "$tmp/all.xlsx" "$tmp/dan-so.zip" "$tmp/ty-le-ho-ngheo.zip"
expect 2 "of a workbook of several data sets one is to be named" hg-extract -O csv "$tmp/all.xlsx"
says "and that is told" "name a sheet with -s"
expect 0 "by a sheet" hg-extract -O csv -s "Biểu 10" "$tmp/all.xlsx"
check "whose data come back" cmp "$out" "$tmp/ty-le-ho-ngheo.csv"

# what people do; openpyxl leaves formulas without values, so that totals are computed again
if $python -c 'import openpyxl' 2>/dev/null; then
    for layout in $layouts; do
        report=$tmp/dan-so.$layout.xlsx
        for what in top middle column; do
            $python tests/cmd/reread.py $what "$report" "$tmp/$what.xlsx"
            expect 0 "$layout: inserted: $what" hg-extract -O csv "$tmp/$what.xlsx"
            check "the data are the same" cmp "$out" "$tmp/dan-so.csv"
            says "and computed totals are told" "taken as the sums of their parts"
        done
        hg-extract -O csv "$tmp/middle.xlsx" >"$out" 2>"$err"
        says "a number in an added row is told" "left out: 1"
        for what in cell comma; do
            $python tests/cmd/reread.py $what "$report" "$tmp/$what.xlsx"
            expect 0 "$layout: a changed figure: $what" hg-extract -O csv "$tmp/$what.xlsx"
            check "comes back changed" sh -c "diff '$out' '$tmp/dan-so.csv' | grep -q '^<.*,98.5,A'"
            says "and is told" "are not those published: "
        done
        $python tests/cmd/reread.py dash "$report" "$tmp/dash.xlsx"
        expect 0 "$layout: a figure that became a dash" hg-extract -O csv "$tmp/dash.xlsx"
        check "is nil" sh -c "diff '$out' '$tmp/dan-so.csv' | grep -q '^<.*,,M'"
        $python tests/cmd/reread.py text "$report" "$tmp/text.xlsx"
        expect 3 "$layout: a figure that is no number is refused" hg-extract -O csv "$tmp/text.xlsx"
        says "with its cell" "![A-Z]*[0-9]*: 'about 98' is no number"
        $python tests/cmd/reread.py drop "$report" "$tmp/drop.xlsx"
        expect 3 "$layout: a row deleted is missed" hg-extract -O csv "$tmp/drop.xlsx"
        says "and told" "of the report as written is gone"
        $python tests/cmd/reread.py name "$report" "$tmp/name.xlsx"
        expect 3 "$layout: a sheet renamed is missed" hg-extract -O csv "$tmp/name.xlsx"
        $python tests/cmd/reread.py part "$report" "$tmp/part.xlsx"
        expect 3 "$layout: what it carries was damaged" hg-extract -O csv "$tmp/part.xlsx"
        says "is told" "was changed; read the report by a recipe"
    done
else
    skip "reports changed by people" "no python3-openpyxl"
fi

# whatever the schema: a few of the many of make round-trip
resave=
command -v soffice >/dev/null && resave=--resave
expect 0 "reports of random schemas give their data back" $python tests/cmd/roundtrip.py bin 8 $resave --seed 4000

# what another program makes of the file
if command -v soffice >/dev/null; then
    for kind in xlsx ods; do
        soffice --headless "-env:UserInstallation=file://$tmp/lo" --convert-to $kind --outdir "$tmp/$kind" "$tmp"/dan-so.*.xlsx "$tmp"/ty-le-ho-ngheo.*.xlsx >/dev/null 2>&1
        for file in "$tmp/$kind"/*; do
            id=$(basename "$file" | cut -d. -f1)
            expect 0 "$(basename "$file"), saved by LibreOffice, is read back" hg-extract -O csv "$file"
            check "as it was" cmp "$out" "$tmp/$id.csv"
            check "without a word" [ ! -s "$err" ]
        done
    done
else
    skip "reports saved by LibreOffice" "no LibreOffice"
fi
finish
