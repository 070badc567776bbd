# A list: all rows of a table as they are, in cells of the right type, and back again as they were.
. tests/cmd/lib.sh

python=/usr/bin/python3
mkdir -p "$tmp/datasets/list"
cp datasets/publisher.json "$tmp/datasets"
sed 's/"dan-so"/"list"/' datasets/dan-so/dataset.json >"$tmp/datasets/list/dataset.json"
cat >"$tmp/datasets/list/schema.json" <<'END'
{ "fields": [ { "name": "id", "type": "integer" }, { "name": "ma", "type": "string" }, { "name": "ngay", "type": "date" },
  { "name": "deu", "type": "number" }, { "name": "lech", "type": "number" }, { "name": "nhieu", "type": "number" },
  { "name": "co", "type": "boolean" }, { "name": "ghi", "type": "string" } ] }
END
cat >"$tmp/list.csv" <<'END'
id,ma,ngay,deu,lech,nhieu,co,ghi
1,00123,2024-02-29,1.50,1.5,12345678901234567890,true,"Xã ""Hỏa Lựu"", ấp 1"
2,1e5,1899-12-31,2.25,2.50,0.1,false,_x0041_
3,,1900-03-01,0.00,3,123456789012345.6,,"two
lines"
-4,=1+1,,-7.10,,-0.5,true,+84
6,,,,,,,
END
expect 0 "a package of a table" sh -c "hg-extract -d '$tmp/datasets/list' '$tmp/list.csv' | hg-validate | hg-package -o '$tmp/p/'"
echo '{ "hgReport": 1, "tables": [ { "list": true } ] }' >"$tmp/list.json"
expect 0 "its list in both layouts" hg-report --layout both --spec "$tmp/list.json" -o "$tmp/list.xlsx" "$tmp/p"
check "without a word" [ ! -s "$out" -a ! -s "$err" ]
for name in list list.accessible; do
    expect 0 "$name is read back" hg-extract -O csv "$tmp/$name.xlsx"
    check "as it was" cmp "$out" "$tmp/p/data/list.csv"
done
expect 0 "the accessible one keeps its rules" hg-report --check "$tmp/list.accessible.xlsx"
sed '2s/true/[x]/; 3,$d' "$tmp/p/data/list.csv" >"$tmp/marked.csv"
sed -i 's/boolean/string/' "$tmp/datasets/list/schema.json"
hg-extract -d "$tmp/datasets/list" "$tmp/marked.csv" 2>"$err" | hg-validate 2>"$err" | hg-package -o "$tmp/marked/" 2>"$err"
expect 2 "a value that would be taken for none is refused" hg-report --layout accessible --spec "$tmp/list.json" -o "$tmp/no.xlsx" "$tmp/marked"
says "with its cell" "list!G5: a value is '\[x\]'"
sed -i 's/"co", "type": "string"/"co", "type": "boolean"/' "$tmp/datasets/list/schema.json"
# a full disk: rows wait in a temporary file, then in the workbook's
awk 'BEGIN { print "id,ma,ngay,deu,lech,nhieu,co,ghi"; for (i = 1; i <= 5000; i++) printf "%d,%05d,2024-01-01,1.5,2,%d,true,hàng %d\n", i, i, i * 7919 % 100003, i }' >"$tmp/long.csv"
hg-extract -d "$tmp/datasets/list" "$tmp/long.csv" 2>/dev/null | hg-validate >"$tmp/long.checked" 2>/dev/null
hg-package -o "$tmp/long/" "$tmp/long.checked" 2>/dev/null
for limit in 60 300 900; do
    expect 4 "a list for which $limit KiB are too few" bash -c "trap '' XFSZ; ulimit -f $limit; hg-report --spec '$tmp/list.json' -o '$tmp/no.xlsx' '$tmp/long'"
    check "is told in one line" [ "$(wc -l <"$err") $(grep -c '^hg-report: .*not written whole' "$err")" = "1 1" ]
done
expect 4 "so is a package with a workbook in it" bash -c "trap '' XFSZ; ulimit -f 900; hg-package --formats csv,xlsx -o '$tmp/no.zip' '$tmp/long.checked'"
check "in one line" [ "$(wc -l <"$err") $(grep -c '^hg-package: .*not written whole' "$err")" = "1 1" ]
check "and nothing is left behind" [ ! -e "$tmp/no.xlsx" -a ! -e "$tmp/no.zip" -a -z "$(find "$tmp" -name '.no*')" ]
cp "$tmp/list.xlsx" "$tmp/first.xlsx"
hg-report --spec "$tmp/list.json" -o "$tmp/list.xlsx" "$tmp/p"
check "the same bytes again" cmp "$tmp/list.xlsx" "$tmp/first.xlsx"
expect 0 "as a stream too, with its definition" sh -c "hg-extract '$tmp/list.xlsx' | hg-validate -q"

# what openpyxl sees: numbers and dates are such where their text comes back, else texts
if $python -c 'import openpyxl' 2>/dev/null; then
    $python - "$tmp/list.xlsx" >"$out" <<'END'
import sys, openpyxl
for row in openpyxl.load_workbook(sys.argv[1])["list"].iter_rows(max_row=5):
    print(" ".join({"n": "n", "s": "t", "d": "d", "b": "b", "f": "f"}[c.data_type] if c.value is not None else "-" for c in row))
END
    cat >"$tmp/types" <<'END'
t t t t t t t t
n t d n n t t t
n t t n t n t t
n - d n n t - t
n t - n - n t t
END
    check "cells have their types" cmp "$out" "$tmp/types"
    for what in above column extra name; do
        $python - $what "$tmp/list.xlsx" "$tmp/$what.xlsx" <<'END'
import sys, openpyxl
what, source, target = sys.argv[1:]
book = openpyxl.load_workbook(source)
sheet = book["list"]
if what == "above":
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Danh sách"
elif what == "column":
    sheet.insert_cols(3)
    sheet["C2"] = "mine"
elif what == "extra":
    sheet["A8"] = 9
else:
    sheet["C1"] = "Ngày"
book.save(target)
END
    done
    for what in above column; do
        expect 0 "with something put in: $what" hg-extract -O csv "$tmp/$what.xlsx"
        check "the data are the same" cmp "$out" "$tmp/p/data/list.csv"
    done
    expect 3 "a row more is told" hg-extract -O csv "$tmp/extra.xlsx"
    says "with how many there were" "written with 5 rows"
    expect 3 "a name changed is told" hg-extract -O csv "$tmp/name.xlsx"
    says "with why" "names of the fields"
else
    skip "cells of a list, and lists changed by people" "no python3-openpyxl"
fi
if command -v soffice >/dev/null; then
    soffice --headless "-env:UserInstallation=file://$tmp/lo" --convert-to xlsx --outdir "$tmp/saved" "$tmp/list.xlsx" >/dev/null 2>&1
    expect 0 "saved by LibreOffice it is read back" hg-extract -O csv "$tmp/saved/list.xlsx"
    check "as it was" cmp "$out" "$tmp/p/data/list.csv"
else
    skip "a list saved by LibreOffice" "no LibreOffice"
fi

# what is refused
echo '{ "hgReport": 1, "tables": [ { "list": true, "title": "x" } ] }' >"$tmp/wrong.json"
expect 2 "a list has no title" hg-report --spec "$tmp/wrong.json" -o "$tmp/no.xlsx" "$tmp/p"
says "and the place is told" "wrong.json:1"
echo '{ "hgReport": 1, "tables": [ { "list": true }, { "head": { "number": "1" }, "value": "deu", "rows": [ { "field": "ma" } ], "columns": [ { "field": "id" } ] } ] }' >"$tmp/wrong.json"
expect 2 "lists and other tables do not mix" hg-report --spec "$tmp/wrong.json" -o "$tmp/no.xlsx" "$tmp/p"
says "and the remedy is told" "without other tables"
finish
