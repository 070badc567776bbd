#!/bin/bash
# hg-extract: samples and real reports become tidy rows; what does not fit is refused, with its place
. tests/cmd/lib.sh
python=/usr/bin/python3
real=${SHARED:-../shared}/real
cases=tests/cases/recipe

# rows SENTENCE N DATASET SOURCE - so many rows, each with the value of the cell it names
rows() {
    hg-extract -d "$3" "$4" >"$tmp/stream" 2>"$err" || { fail "$1" "$(cat "$err")"; return; }
    compared=$($python tests/cmd/cells.py "$4" <"$tmp/stream" 2>"$err")
    if [ "$compared" = "$2" ]; then pass; else fail "$1" "$compared rows" "$(cat "$err")"; fi
}

# ---- samples ----

if $python -c 'import openpyxl' 2>/dev/null; then
    rows "the population sample gives its 130 values" 130 datasets/dan-so datasets/dan-so/dan-so.xlsx
    rows "the pre-school sample gives its 85 values" 85 datasets/giao-duc-mam-non \
        datasets/giao-duc-mam-non/giao-duc-mam-non.xlsx
    rows "the poverty sample gives its 560 values" 560 datasets/ty-le-ho-ngheo \
        datasets/ty-le-ho-ngheo/ty-le-ho-ngheo.xlsx
    scripts/make-samples "$tmp/samples"
    for id in dan-so giao-duc-mam-non ty-le-ho-ngheo; do
        check "the workbook of $id is what scripts/make-samples makes" \
            cmp "$tmp/samples/$id/$id.xlsx" "datasets/$id/$id.xlsx"
    done
else
    skip "samples give the values of their cells" "python3-openpyxl is not there"
fi

for recipe in datasets/*/recipe.json; do
    check "$recipe has at most 15 lines" test "$(wc -l <"$recipe")" -le 15
done
if $python -c 'import jsonschema' 2>/dev/null; then
    for recipe in datasets/*/recipe.json $cases/*/recipe.json; do
        check "$recipe is as metadata-schemas/recipe.schema.json says" $python -c '
import json, jsonschema, sys
jsonschema.Draft7Validator(json.load(open("metadata-schemas/recipe.schema.json"))).validate(json.load(open(sys.argv[1])))' \
            "$recipe"
    done
else
    skip "recipes are as their schema says" "python3-jsonschema is not there"
fi

expect 0 "a sample as CSV" hg-extract -d datasets/dan-so -O csv datasets/dan-so/dan-so.xlsx
check "CSV has no column for the origin" \
    test "$(head -n 1 "$out")" = nam,gioi_tinh,khu_vuc,don_vi,gia_tri,obs_status
check "the provisional year is marked" grep -q '^2016,M,T,nghin_nguoi,378.3,P$' "$out"
check "the second block has its own unit" grep -q '^2004,F,T,phan_tram,50.8,A$' "$out"

expect 0 "a sample as JSON Lines" hg-extract -d datasets/dan-so -O jsonl datasets/dan-so/dan-so.xlsx
printf '%s%s\n' '{"nam":"2004","gioi_tinh":"M","khu_vuc":"T","don_vi":"nghin_nguoi",' \
    '"gia_tri":368.9,"obs_status":"A"}' >"$tmp/want"
check "its values are numbers" sh -c 'sed -n 2p "$0" | cmp - "$1"' "$out" "$tmp/want"
check "every line is JSON" $python -c 'import json,sys
for line in open(sys.argv[1]): json.loads(line)' "$out"

# ---- real reports ----

if [ -e $real/gso-ty-le-ho-ngheo-bieu-10.xlsx ] && $python -c 'import openpyxl' 2>/dev/null; then
    rows "the real poverty report: 70 localities, 8 years, by its cells" 560 \
        datasets/ty-le-ho-ngheo $real/gso-ty-le-ho-ngheo-bieu-10.xlsx
    rows "the real population text: 71 places, 22 years, 5 columns" 7810 \
        $cases/gso-dan-so-tinh $real/gso-csv-dan-so-tinh.csv
    hg-extract -d datasets/ty-le-ho-ngheo -O csv $real/gso-ty-le-ho-ngheo-bieu-10.xlsx >"$tmp/a"
    check "both poverty standards are there" \
        test "$(cut -d, -f3 "$tmp/a" | sort -u | tr '\n' ' ')" = '2016-2021 2022-2025 chuan_ngheo '
    check "2023 is provisional in every locality" test "$(grep -c ',2023,.*,P$' "$tmp/a")" = 70
    check "a province has its region, across the page" grep -q '^V3,56,2016-2021,2016,5.9,A$' "$tmp/a"
    hg-extract -d datasets/ty-le-ho-ngheo -O csv datasets/ty-le-ho-ngheo/ty-le-ho-ngheo.xlsx >"$tmp/b"
    check "the sample has the figures of the real report" cmp "$tmp/a" "$tmp/b"
else
    skip "the real reports give the values of their cells" "../shared/real or openpyxl is not there"
fi

# ---- streams ----

hg-extract -d datasets/dan-so datasets/dan-so/dan-so.xlsx >"$tmp/1"
hg-extract -d datasets/dan-so - <datasets/dan-so/dan-so.xlsx >"$tmp/2"
hg-extract -d datasets/dan-so -o "$tmp/3" datasets/dan-so/dan-so.xlsx
check "-o writes the same bytes as the standard output" cmp "$tmp/1" "$tmp/3"
tar xOf "$tmp/1" data/dan-so/00001.csv >"$tmp/rows1" 2>/dev/null
cat datasets/dan-so/dan-so.xlsx | hg-extract -d datasets/dan-so - | tar xO data/dan-so/00001.csv \
    >"$tmp/rows2" 2>/dev/null
check "a workbook from a pipe gives the same rows" cmp "$tmp/rows1" "$tmp/rows2"
check "the stream's rows name their cells" grep -q '^C7,2004,M,T,nghin_nguoi,368.9,A$' "$tmp/rows1"
check "the rows pass the dataset's rules" hg-validate -q "$tmp/1"

# ---- as it stands ----

printf 'a;b;c\r\n1;"x\ny";\r\n\r\n2;"u""v";d\r\n' >"$tmp/t.csv"
expect 0 "a text without a recipe" hg-extract -O csv "$tmp/t.csv"
printf 'a,b,c\n1,"x\ny",\n2,"u""v",d\n' >"$tmp/want"
check "its rows stay as they are" cmp "$out" "$tmp/want"
says "a blank line is told, and no row" "blank lines in the table: 1"
expect 0 "two texts with one header" hg-extract -O csv "$tmp/t.csv" "$tmp/t.csv"
check "the header comes once" test "$(grep -c '^a,b,c' "$out")" = 1
printf 'a,b\n1,2\n' >"$tmp/u.csv"
expect 2 "texts with other headers" hg-extract -O csv "$tmp/t.csv" "$tmp/u.csv"
says "it says so" 'u.csv:1: its header is not that of the first source'
printf 'ten\nHoa\xcc\x80\n' >"$tmp/nfd.csv"
expect 0 "decomposed letters" hg-extract -O csv "$tmp/nfd.csv"
printf 'ten\nHo\xc3\xa0\n' >"$tmp/want"
check "they come out composed" cmp "$out" "$tmp/want"
cat "$tmp/u.csv" | hg-extract - >"$tmp/pipe"
check "a text from a pipe is marked as not provably whole" \
    sh -c 'tar xOf "$0" hg.json 2>/dev/null | grep -q "\"sealed\": false"' "$tmp/pipe"
hg-extract - <"$tmp/u.csv" >"$tmp/regular"
check "a text from a regular file is not" \
    sh -c '! tar xOf "$0" hg.json 2>/dev/null | grep -q sealed' "$tmp/regular"
expect 0 "the sheets of a workbook" hg-extract --list datasets/dan-so/dan-so.xlsx
check "a line has name, visibility, rows and columns" \
    test "$(cat "$out")" = "$(printf 'Dân số trung bình\tvisible\t35\t6')"
expect 0 "the same as JSON" hg-extract --list datasets/dan-so/dan-so.xlsx --json
check "it is JSON" $python -c 'import json,sys; json.load(open(sys.argv[1]))["sheets"][0]["merged"]' "$out"

printf 'a,b\n"x ""\ty",1\n' >"$tmp/q.csv"
expect 0 "a text as JSON Lines" hg-extract -O jsonl "$tmp/q.csv"
printf '{"a":"x \\"\\u0009y","b":"1"}\n' >"$tmp/want"
check "its cells stay texts" cmp "$out" "$tmp/want"
hg-extract "$tmp/want" >"$tmp/keyed"
check "a record of JSON Lines is found on its line" \
    grep -aq "HG.row=1$" "$tmp/keyed"
printf '[["a","b"],["x","1"]]\n' >"$tmp/listed.json"
hg-extract "$tmp/listed.json" >"$tmp/listed"
check "one of a list whose first is the header, behind that" grep -aq "HG.row=2$" "$tmp/listed"

# ---- sheets and sources ----

cat >"$tmp/book.py" <<'PY'
import openpyxl, sys
book = openpyxl.Workbook()
for name, state, place, value in (("Biểu 1", "visible", "Hà Nội", 1), ("Biểu 2", "hidden", "Cần Thơ", 2),
                                  ("Biểu 3", "visible", "Cà Mau", 3), ("Mục lục", "visible", "x", 4)):
    sheet = book.create_sheet(name)
    sheet.sheet_state = state
    sheet.append([None, 2016] if place != "x" else ["không có bảng"])
    sheet.append([place, value] if place != "x" else ["ở đây"])
book.remove(book.worksheets[0])
book.save(sys.argv[1])
PY
recipe() { printf '{%s "columns": {"p": "row", "s": "sheet", "y": {"from": "header", "type": "year"}, "v": "value"}}' "$1" >"$tmp/r.json"; }
if $python "$tmp/book.py" "$tmp/book.xlsx" 2>/dev/null; then
    recipe '"sheets": ["*", "!Mục lục"],'
    expect 0 "sheets by pattern" hg-extract -r "$tmp/r.json" -O csv "$tmp/book.xlsx"
    printf 'p,s,y,v\nHà Nội,Biểu 1,2016,1\nCà Mau,Biểu 3,2016,3\n' >"$tmp/want"
    check "hidden and excluded sheets are passed over" cmp "$out" "$tmp/want"
    recipe '"sheets": ["Biểu 1", "Biểu 2"],'
    expect 0 "a hidden sheet that is named" hg-extract -r "$tmp/r.json" -O csv "$tmp/book.xlsx"
    check "it is read" grep -q '^Cần Thơ,Biểu 2,2016,2$' "$out"
    recipe ''
    expect 2 "a sheet without a table" hg-extract -r "$tmp/r.json" -O csv "$tmp/book.xlsx"
    says "it is named" 'book.xlsx!Mục lục \[y\]: no row of headings is found'
    expect 2 "one source twice" hg-extract -r "$tmp/r.json" -s 'Biểu 1' "$tmp/book.xlsx" "$tmp/book.xlsx"
    says "both cells are named" 'Biểu 1!B2: this value and that of .*Biểu 1!B2 have the same columns'
    expect 0 "the first sheet that can be seen" hg-extract -O csv "$tmp/book.xlsx"
    check "as it stands" test "$(tail -n 1 "$out")" = 'Hà Nội,1'
else
    skip "sheets are chosen by the recipe" "python3-openpyxl is not there"
fi

# ---- what is refused ----

# refused STATUS SENTENCE PATTERN ARGUMENTS... - with nothing written
refused() {
    want=$1 sentence=$2 pattern=$3
    shift 3
    rm -f "$tmp/o"
    expect "$want" "$sentence" hg-extract -o "$tmp/o" "$@"
    says "$sentence: it says so" "$pattern"
    check "$sentence: nothing is written" test ! -e "$tmp/o"
}

xlsx=datasets/dan-so/dan-so.xlsx
refused 3 "a missing file" 'nowhere.xlsx: ' nowhere.xlsx
head -c 3000 /dev/urandom >"$tmp/noise"
refused 3 "a file that is no workbook" 'noise' "$tmp/noise"
head -c 4000 $xlsx >"$tmp/cut.xlsx"
refused 3 "a cut workbook" 'cut.xlsx' "$tmp/cut.xlsx"
: >"$tmp/empty"
refused 3 "an empty file" 'empty' "$tmp/empty"
refused 2 "an unknown sheet" "there is no sheet 'Biểu 9'; there are: 'Dân số trung bình'" \
    -s 'Biểu 9' $xlsx
printf 'a,ă\n1,2\n3,\xff4\n' >"$tmp/bad.csv"
refused 3 "invalid UTF-8, if asked so" 'bad.csv:3:3: not UTF-8' --on-error fail "$tmp/bad.csv"
refused 3 "an empty standard input" "the file is empty" </dev/null
refused 2 "an unknown form" "stream, csv" -O xml $xlsx
refused 2 "a folder as output" 'tmp' -o "$tmp" $xlsx

# rows that a workbook gives together, of several MiB, are digested while those that follow are read
PYTHONPATH=tests/cmd PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 - "$tmp" <<'PYTHON'
import sys
from sources import n, parts, zipped
text = "x" * 200
rows = (f'<row r="{i}">{n(f"A{i}", i)}<c r="B{i}" t="inlineStr"><is><t>{text}{i}</t></is></c></row>' for i in range(1, 60001))
open(sys.argv[1] + "/large.xlsx", "wb").write(zipped(parts("".join(rows))))
PYTHON
expect 0 "a large workbook is extracted" hg-extract -o "$tmp/large.hg" "$tmp/large.xlsx"
expect 0 "and the digest of the stream is that of what it holds" hg-validate -q "$tmp/large.hg"
check "which is every row" grep -q '59999 rows' "$out"

cp -r datasets "$tmp/datasets"
d=$tmp/datasets/dan-so
sed -i 's/"codes": "khu-vuc"/"code": "khu-vuc"/' $d/recipe.json
refused 2 "a misspelt key" \
    "recipe.json:6:[0-9]* \[code\]: unknown key 'code'; did you mean 'codes'" -d $d $xlsx
check "the key's own column is told" sh -c \
    'grep -q "recipe.json:6:$(($(sed -n 6p "$0" | grep -bo "\"code\"" | cut -d: -f1) + 1)) " "$1"' \
    $d/recipe.json "$err"
cp datasets/dan-so/recipe.json $d/
sed -i 's/"gia_tri": "value"/"so_nguoi": "value"/' $d/recipe.json
refused 2 "columns that are not the schema's" \
    "column 5 is 'so_nguoi' here and 'gia_tri' in schema.json" -d $d $xlsx
sed 's/"columns"/"sheets": ["Dân*", "Bieu*"], "columns"/' datasets/dan-so/recipe.json >$d/recipe.json
refused 2 "a pattern that fits no sheet" "there is no sheet 'Bieu\*'; there are: 'Dân số trung bình'" \
    -d $d $xlsx
cp datasets/dan-so/recipe.json $d/
sed -i '/^U,/d' $d/codes/khu-vuc.csv
refused 2 "a heading that no code list knows" "!E5: the recipe does not know the heading" -d $d $xlsx
refused 2 "a recipe for another report" 'no row of headings' -r datasets/ty-le-ho-ngheo/recipe.json \
    -s 'Dân số trung bình' $xlsx

expect 2 "a message in Vietnamese" hg-extract --lang vi -s x $xlsx
says "it is in Vietnamese" "không có trang tính 'x'; hiện có"
finish
