#!/bin/sh
# Tables in other formats say what their CSV says; what is new since an edition; a first definition of a table.
. "$(dirname "$0")/lib.sh"
python=/usr/bin/python3
shared=${HG_SHARED:-../shared}/conformance
samples='dan-so giao-duc-mam-non ty-le-ho-ngheo'
formats=csv,xlsx,json,jsonl,sdmx-csv
mkdir "$tmp/p"

# a table with everything that formats disagree on; the readers below know what each cell is
one=$tmp/one/kho
mkdir -p "$one" && cp datasets/publisher.json "$tmp/one/"
cat >"$one/dataset.json" <<'JSON'
{"title": "Kho", "description": "Các kho", "modified": "2025-06-01T08:00:00+07:00", "version": "1.0.0",
 "sdmx": {"structure": "dataflow", "id": "VN.HG:DF_KHO(1.0)"}}
JSON
cat >"$one/schema.json" <<'JSON'
{"fields": [
  {"name": "ma", "type": "string", "role": "dimension"},
  {"name": "ten", "type": "string", "role": "attribute", "titles": {"vi": "Tên", "en": "Name"}, "unit": "chữ"},
  {"name": "so", "type": "integer", "role": "attribute"},
  {"name": "gia", "type": "number", "decimalChar": ",", "groupChar": ".", "role": "measure"},
  {"name": "tong", "type": "number", "role": "attribute", "missingValues": ["", "…"]},
  {"name": "dung", "type": "boolean", "role": "attribute"},
  {"name": "ngay", "type": "date", "role": "attribute"},
  {"name": "luc", "type": "datetime", "role": "attribute"},
  {"name": "nam", "type": "year", "role": "time"}],
 "primaryKey": ["ma"]}
JSON
$python - "$tmp/kho.csv" <<'PYTHON'
import csv, random, sys
random.seed(6)
texts = ['', 'a"b', 'x,y', 'a\nb', "=1+1", "+84", "0123", "true", "_x0041_", "\t", "&<>'", "\U0001F600", "ệ" * 300, "a\\b", "\u2028", "\x01\x1f", " ", "2020-01-01"]
number = lambda: random.choice(["0", "-0.50", "749.8", "1e3", "1.50", "9.1", "0.1", "123456789012345", "12345678901234567890", "0.000012345678901", "NaN",
                                "%.*f" % (random.randint(0, 6), random.uniform(-9999, 9999)), "+5", "007", "…", ""])
with open(sys.argv[1], "w", newline="") as f:
    w = csv.writer(f, lineterminator="\n")
    w.writerow("ma ten so gia tong dung ngay luc nam".split())
    for i in range(3000):
        w.writerow([f"{i:05d}", texts[i % len(texts)], random.choice(["", "0", "-7", "0012", str(random.randint(0, 10**12))]),
                    random.choice(["1.234,5", "12,25", "", "7"]), number(), random.choice(["true", "false", "1", "0", ""]),
                    random.choice(["", "2024-02-29", "1900-01-01", "1900-03-01", "9999-12-31", "1945-09-02"]),
                    random.choice(["", "2024-02-29T23:59:59", "2024-02-29T23:59:59Z", "2024-01-01T00:00:00"]), str(random.randint(1900, 2030))])
PYTHON
expect 0 "a table with everything is packaged in all formats but geojson" hg-package -d "$one" --formats $formats --bom -o "$tmp/p/kho/" "$tmp/kho.csv"
check "and is as it was sealed" hg-package --verify "$tmp/p/kho"

# FOLDER NAME - each format is read by a reader that is not ours, and compared with the CSV cell by cell
cat >"$tmp/same.py" <<'PYTHON'
import csv, datetime, decimal, json, re, sys
import openpyxl
folder, name = sys.argv[1:]
descriptor = json.load(open(f"{folder}/datapackage.json"))
fields = next(r for r in descriptor["resources"] if r["name"] == name)["schema"]["fields"]
names = [f["name"] for f in fields]
csv.field_size_limit(10**8)
rows = list(csv.reader(open(f"{folder}/data/{name}.csv", newline="", encoding="utf-8")))
assert rows[0] == names
rows = rows[1:]
JSON_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?")

def value(field, cell):
    "what the cell means: None, a Decimal with its digits, a truth, or its text"
    if cell in field.get("missingValues", [""]):
        return None
    if field["type"] in ("integer", "number", "year"):
        text = cell.replace(field.get("groupChar", "\0"), "").replace(field.get("decimalChar", "."), ".")
        return cell if cell in ("NaN", "INF", "-INF") else decimal.Decimal(text)
    return cell in ("true", "1") if field["type"] == "boolean" else cell

class Number(decimal.Decimal):
    "with the text that stood in the JSON"
    def __new__(cls, text):
        new = super().__new__(cls, text)
        new.text = text
        return new

def same(got, row, where):
    for field, cell, one in zip(fields, row, got):
        want = value(field, cell)
        assert type(one) is bool if type(want) is bool else True, (where, cell, one)
        assert one == want and (one is None) == (want is None), (where, field["name"], cell, one)
        if isinstance(one, Number) and JSON_NUMBER.fullmatch(cell):
            assert one.text == cell, (where, cell, one.text)

load = lambda text: json.loads(text, parse_float=Number, parse_int=Number, parse_constant=lambda c: 1 / 0)
objects = load(open(f"{folder}/data/{name}.json", encoding="utf-8").read())
lines = [load(line) for line in open(f"{folder}/data/{name}.jsonl", encoding="utf-8", newline="\n").read().split("\n")[:-1]]
for them in (objects, lines):
    assert len(them) == len(rows)
    for n, (got, row) in enumerate(zip(them, rows)):
        assert list(got) == names
        same(got.values(), row, n)

book = openpyxl.load_workbook(f"{folder}/data/{name}.xlsx")
table, dictionary = book.worksheets
assert (table.title, dictionary.title) == (name[:31], "Từ điển - Dictionary")
cells = list(table.iter_rows())
assert [c.value for c in cells[0]] == names and len(cells) == len(rows) + 1

def decoded(text):  # openpyxl leaves the escapes of ECMA-376 part 1, 22.9.2.19 as they are
    return re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), text)

def cell_says(field, cell, got):
    want = value(field, cell)
    if isinstance(want, decimal.Decimal):
        if len(want.normalize().as_tuple().digits) <= 15:
            assert type(got.value) in (int, float) and got.value == float(want), (cell, got.value)
        else:
            assert type(got.value) is str and decimal.Decimal(got.value) == want, (cell, got.value)
    elif field["type"] == "date" and want and want >= "1900-03-01":
        assert type(got.value) is datetime.datetime and got.value.date().isoformat() == want, (cell, got.value)
        assert got.number_format == "yyyy-mm-dd"
    elif field["type"] == "datetime" and want and not want.endswith("Z"):
        assert type(got.value) is datetime.datetime and got.value.isoformat() == want, (cell, got.value)
    elif isinstance(want, str):
        assert type(got.value) is str and got.data_type in "s" and decoded(got.value) == want, (cell, got.value)
    else:
        assert got.value is want, (cell, got.value)

for row, got in zip(rows, cells[1:]):
    for field, cell, one in zip(fields, row, got):
        cell_says(field, cell, one)
entries = [[c.value for c in row] for row in dictionary.iter_rows()]
assert [e[0] for e in entries[1:len(names) + 1]] == names
assert [e[3] for e in entries[1:len(names) + 1]] == [f["type"] for f in fields]
for field, entry in zip(fields, entries[1:]):
    assert entry[4] == field.get("unit") and entry[1] == (field.get("titles", {}).get("vi") or field.get("title"))
for resource in descriptor["resources"]:
    if resource["name"].startswith("codes/"):
        codes = list(csv.reader(open(f"{folder}/{resource['path']}", newline="", encoding="utf-8")))
        listed = [[v or "" for v in e[1:len(codes[0]) + 1]] for e in entries if e[0] == resource["name"]]
        assert listed == codes, resource["name"]

sdmx = list(csv.reader(open(f"{folder}/data/{name}.sdmx.csv", newline="", encoding="utf-8")))
order = [i for role in ("dimension", "time", "measure", "attribute") for i, f in enumerate(fields) if f["role"] == role]
called = {"time": lambda f: "TIME_PERIOD", "measure": lambda f: "OBS_VALUE"}
assert sdmx[0] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"] + [called.get(fields[i]["role"], lambda f: f["name"].upper())(fields[i]) for i in order]
structure = json.load(open(f"{folder}/hg.json"))["definition"]["dataset"]["sdmx"]
assert len(sdmx) == len(rows) + 1
for row, got in zip(rows, sdmx[1:]):
    assert got[:3] == [structure["structure"], structure["id"], "I"]
    for i, one in zip(order, got[3:]):
        want = value(fields[i], row[i])
        if want is None:
            assert one == ("NaN" if fields[i]["role"] == "measure" else ""), one
        elif isinstance(want, decimal.Decimal):
            assert decimal.Decimal(one) == want
        else:
            assert one == row[i]

excel = f"{folder}/data/{name}.excel.csv"
if any(r["path"] == f"data/{name}.excel.csv" for r in descriptor["resources"]):
    assert open(excel, "rb").read(3) == b"\xef\xbb\xbf" and b"\r\n" in open(excel, "rb").read()
    assert list(csv.reader(open(excel, newline="", encoding="utf-8-sig"))) == [names] + rows
PYTHON
check "every format of it says what the CSV says" $python "$tmp/same.py" "$tmp/p/kho" kho

for id in $samples; do
    hg-extract -d "datasets/$id" "datasets/$id/$id.xlsx" | hg-validate >"$tmp/$id.tar" 2>"$err"
    expect 0 "$id is packaged in its formats" hg-package --formats $formats --bom -o "$tmp/p/$id/" "$tmp/$id.tar"
    check "every format of $id says what the CSV says" $python "$tmp/same.py" "$tmp/p/$id" "$id"
    expect 0 "$id is packaged as a zip" hg-package --formats $formats --bom -o "$tmp/$id.zip" "$tmp/$id.tar"
    (umask 077; cd / && TZ=Asia/Tokyo LC_ALL=C LANG=vi_VN.UTF-8 TMPDIR=$tmp hg-package --bom --formats jsonl,json,sdmx-csv,xlsx -o "$tmp/again.zip" "$tmp/$id.tar")
    check "$id has the same bytes under another umask, time zone, language, folder and order of formats" cmp "$tmp/$id.zip" "$tmp/again.zip"
    check "the licence of $id is there in both languages" sh -c "grep -q 'Giấy phép' '$tmp/p/$id/LICENSE.txt' && grep -q 'https://creativecommons.org/licenses/by/4.0/' '$tmp/p/$id/LICENSE.txt' && grep -q '^Anyone may copy' '$tmp/p/$id/LICENSE.txt'"
    check "the README of $id lists every file" sh -c "for f in xlsx json jsonl sdmx.csv excel.csv csv; do grep -q '(data/$id\\.'\$f')' '$tmp/p/$id/README.md' || exit 1; done"
done
check "the resources have names of their own, and say their table" $python - "$tmp/p/dan-so/datapackage.json" <<'PYTHON'
import json, sys
resources = json.load(open(sys.argv[1]))["resources"]
names = [r["name"] for r in resources]
assert len(set(names)) == len(names)
of = {r["name"]: (r.get("table"), r["path"]) for r in resources}
assert of["dan-so"] == (None, "data/dan-so.csv")
assert of["dan-so-json"] == ("dan-so", "data/dan-so.json") and of["dan-so-xlsx"] == ("dan-so", "data/dan-so.xlsx")
PYTHON
expect 0 "a package in many formats is published" hg-publish -t "$tmp/public" "$tmp/p/dan-so"
check "with all its files" cmp "$tmp/p/dan-so/data/dan-so.xlsx" "$tmp/public/datasets/dan-so/data/dan-so.xlsx"
expect 0 "a package in many formats is reported on" hg-report -d datasets/dan-so "$tmp/p/dan-so" -o "$tmp/report.xlsx"

# places
place=$tmp/one/tram
mkdir "$place" && printf '{"title": "Trạm", "description": "Các trạm", "modified": "2025-06-01"}' >"$place/dataset.json"
printf '{"fields": [{"name": "ma", "type": "string"}, {"name": "vi_do", "type": "number", "role": "latitude"}, {"name": "kinh_do", "type": "number", "role": "longitude"}, {"name": "cao", "type": "integer"}]}' >"$place/schema.json"
printf 'ma,vi_do,kinh_do,cao\nA,9.7840,105.470,3\nB,,105.5,\nC,-90,180,0\n' >"$tmp/tram.csv"
expect 0 "places become GeoJSON" hg-package -d "$place" --formats geojson -o "$tmp/p/tram/" "$tmp/tram.csv"
check "with longitude first, digits as they were, and no geometry where there is no place" $python - "$tmp/p/tram/data/tram.geojson" <<'PYTHON'
import json, sys
got = json.load(open(sys.argv[1]), parse_float=str, parse_int=str)
point = lambda x, y: {"type": "Point", "coordinates": [x, y]}
assert got == {"type": "FeatureCollection", "features": [
    {"type": "Feature", "geometry": point("105.470", "9.7840"), "properties": {"ma": "A", "cao": "3"}},
    {"type": "Feature", "geometry": None, "properties": {"ma": "B", "cao": None}},
    {"type": "Feature", "geometry": point("180", "-90"), "properties": {"ma": "C", "cao": "0"}}]}
PYTHON
mkdir "$tmp/one/diem" && cp "$place/dataset.json" "$tmp/one/diem/"
for form in default array object; do
    printf '{"fields": [{"name": "ma", "type": "string"}, {"name": "noi", "type": "geopoint", "format": "%s"}]}' $form >"$tmp/one/diem/schema.json"
    case $form in
    default) printf 'ma,noi\nA,"105.470,9.7840"\nB,\n' ;;
    array) printf 'ma,noi\nA,"[105.470, 9.7840]"\nB,\n' ;;
    object) printf 'ma,noi\nA,"{""lat"": 9.7840, ""lon"": 105.470}"\nB,\n' ;;
    esac >"$tmp/diem.csv"
    expect 0 "a point written as $form becomes a place" hg-package -d "$tmp/one/diem" --formats geojson -o "$tmp/p/diem/" "$tmp/diem.csv"
    check "and the right one ($form)" $python - "$tmp/p/diem/data/diem.geojson" <<'PYTHON'
import json, sys
features = json.load(open(sys.argv[1]), parse_float=str)["features"]
assert [f["geometry"] for f in features] == [{"type": "Point", "coordinates": ["105.470", "9.7840"]}, None], features
assert [f["properties"] for f in features] == [{"ma": "A"}, {"ma": "B"}]
PYTHON
done
printf 'ma,vi_do,kinh_do,cao\n' >"$tmp/none.csv"
expect 0 "a table without rows has all formats" hg-package -d "$place" --formats geojson,json,jsonl,xlsx -o "$tmp/p/none/" "$tmp/none.csv"
check "that are whole" $python -c 'import json, sys; assert json.load(open(sys.argv[1] + ".geojson"))["features"] == [] and json.load(open(sys.argv[1] + ".json")) == [] and open(sys.argv[1] + ".jsonl").read() == ""' "$tmp/p/none/data/tram"

# what is not declared, or has no place in a format, is named; nothing is written
refuse() { # SENTENCE PATTERN COMMAND...
    sentence=$1 pattern=$2
    shift 2
    expect 2 "$sentence" "$@" -o "$tmp/refused.zip"
    says "$sentence: the reason" "$pattern"
    check "$sentence: nothing is written" test ! -e "$tmp/refused.zip"
}
refuse "GeoJSON without a place is refused" 'geojson needs a field of type geopoint.*"role": "longitude"' hg-package --formats geojson "$tmp/dan-so.tar"
refuse "SDMX-CSV without a structure is refused" 'sdmx-csv needs "sdmx"' hg-package -d "$place" --formats sdmx-csv "$tmp/tram.csv"
refuse "an unknown format is refused" "'jsn' is no format" hg-package --formats csv,jsn "$tmp/dan-so.tar"
refuse "an empty format is refused" "'' is no format" hg-package --formats csv, "$tmp/dan-so.tar"
printf 'ma,vi_do,kinh_do,cao\nA,105.4,9.7,3\n' >"$tmp/off.csv"
refuse "a place off the globe is refused" 'off.csv.*\|not on the globe: longitude 9.7, latitude 105.4' hg-package -d "$place" --formats geojson "$tmp/off.csv"
with() { # PYTHON EXPRESSION of s: the schema of kho, changed
    $python -c "import json, sys; s = json.load(open(sys.argv[1])); $1; print(json.dumps(s))" "$one/schema.json" >"$tmp/changed.json"
    mkdir -p "$tmp/one/changed" && cp "$tmp/changed.json" "$tmp/one/changed/schema.json" && cp "$one/dataset.json" "$tmp/one/changed/"
}
with 'del s["fields"][1]["role"]'
refuse "a field without a role is named" '\[ten\]: sdmx-csv needs a "role"' hg-package -d "$tmp/one/changed" --formats sdmx-csv "$tmp/kho.csv"
with 's["fields"][3]["role"] = "attribute"'
refuse "SDMX-CSV without a measure is refused" 'needs a field with "role": "measure"' hg-package -d "$tmp/one/changed" --formats sdmx-csv "$tmp/kho.csv"
with 's["fields"][2]["role"] = "measure"'
refuse "two measures are refused" 'one field of the role measure' hg-package -d "$tmp/one/changed" --formats sdmx-csv "$tmp/kho.csv"
with 's["fields"][2]["role"] = "mesure"'
refuse "a role that is none is refused with its place" 'schema.json.*\[role\]: a role is dimension' hg-package -d "$tmp/one/changed" "$tmp/kho.csv"
sed 's/DF_KHO(1.0)/DF KHO/' "$one/dataset.json" >"$tmp/one/changed/dataset.json" && cp "$one/schema.json" "$tmp/one/changed/"
refuse "a structure's name that is none is refused with its place" 'dataset.json:2.*AGENCY:ID(1.0) is wanted' hg-package -d "$tmp/one/changed" "$tmp/kho.csv"
printf 'ma,ten,so,gia,tong,dung,ngay,luc,nam\n%s,%s,,,,,,,2020\n' A "$($python -c 'print("x" * 32768)')" >"$tmp/long.csv"
refuse "a text that Excel cannot hold is refused with its cell" 'kho!B2.*32,767' hg-package -d "$one" --formats xlsx "$tmp/long.csv"
awk 'BEGIN { print "ma,vi_do,kinh_do,cao"; for (i = 0; i < 1048576; i++) print i ",1,1,1" }' >"$tmp/many.csv"
refuse "more rows than Excel takes are refused" '1,048,576' hg-package -d "$place" --formats xlsx "$tmp/many.csv"
rm "$tmp/many.csv"

# what is new since an edition
$python - "$tmp/kho.csv" "$tmp/before.csv" "$tmp/after.csv" <<'PYTHON'
import csv, sys
rows = list(csv.reader(open(sys.argv[1], newline="")))[:200]
csv.writer(open(sys.argv[2], "w", newline=""), lineterminator="\n").writerows(rows)
header, rows = rows[0], rows[1:]
rows[4][2] = "424242"
rows[5][2], rows[5][4] = "424242", "8.8"
rows[6][1] = "a|b *c*\nd"
gone = {r[0] for r in rows[50:90]}
rows = [r for r in rows if r[0] not in gone] + [[f"N{i}"] + rows[0][1:] for i in range(25)]
rows.reverse()
csv.writer(open(sys.argv[3], "w", newline=""), lineterminator="\n").writerows([header] + rows)
PYTHON
sed 's/1.0.0/1.1.0/; s/2025-06-01T/2025-07-01T/' "$one/dataset.json" >"$tmp/new.json"
mkdir "$tmp/one/next" && $python -c 'import json, sys; d = json.load(open(sys.argv[1])); d["id"] = "kho"; print(json.dumps(d))' "$tmp/new.json" >"$tmp/one/next/dataset.json" && cp "$one/schema.json" "$tmp/one/next/"
hg-package -d "$one" -o "$tmp/before.zip" "$tmp/before.csv"
hg-package -d "$one" -o "$tmp/before/" "$tmp/before.csv"
expect 0 "an edition is packaged after another" hg-package -d "$tmp/one/next" --previous "$tmp/before.zip" -o "$tmp/p/next/" "$tmp/after.csv"
check "the changes are counted exactly" $python - "$tmp/p/next/metadata/changes.json" "$tmp/before/datapackage.json" <<'PYTHON'
import hashlib, json, sys
got = json.load(open(sys.argv[1]))
assert got["dataset"] == "kho" and got["current"] == {"version": "1.1.0", "modified": "2025-07-01T08:00:00+07:00"}, got
assert got["previous"] == {"version": "1.0.0", "modified": "2025-06-01T08:00:00+07:00", "sha256": hashlib.sha256(open(sys.argv[2], "rb").read()).hexdigest()}
assert got["tables"] == [{"name": "kho", "status": "compared", "rows": {"before": 199, "after": 184}, "key": ["ma"], "added": 25, "changed": 3,
                          "removed": 40, "fields": {"ten": 1, "so": 2, "tong": 1}, "columns": {"added": [], "removed": []}}], got
PYTHON
log=$tmp/p/next/CHANGELOG.md
check "and told in both languages" sh -c "grep -q 'Bản này: 1.1.0, 2025-07-01T08:00:00+07:00. Bản trước: 1.0.0' '$log' && grep -q 'Previous edition: 1.0.0' '$log' && grep -q '| kho | 199 | 184 | 25 | 3 | 40 |' '$log'"
check "with the first twenty of each kind in their order" sh -c "[ \$(grep -c '^- ma \*\*0005' '$log') = 10 ] && [ \$(grep -c '^- ma \*\*N' '$log') = 20 ] && grep -q '^- ma \*\*00069\*\*$' '$log' && ! grep -q '00070' '$log' && [ \$(grep -c '^- …' '$log') = 2 ]"
check "and values before and after" grep -q '^- ma \*\*00004\*\*: so .* → 424242$' "$log"
check "and texts as they are" grep -Fq 'a\|b \*c\* d' "$log"
for body in "$tmp/before" "$tmp/before.zip"; do
    hg-package -d "$tmp/one/next" --previous "$body" -o "$tmp/next.zip" "$tmp/after.csv"
    hg-package -d "$tmp/one/next" --previous "$tmp/before.zip" -o "$tmp/next-again.zip" "$tmp/after.csv"
    check "the body of the previous edition ($body) makes no difference" cmp "$tmp/next.zip" "$tmp/next-again.zip"
done
$python -c "import json, sys; s = json.load(open(sys.argv[1])); s['fields'].pop(); s['fields'].append({'name': 'moi', 'type': 'string'}); print(json.dumps(s))" "$one/schema.json" >"$tmp/one/next/schema.json"
sed 's/,[0-9]*$/,x/; 1s/,nam$/,moi/; 1s/,x$/,moi/' "$tmp/before.csv" | awk 'NR == 1 { sub(/nam$/, "moi") } { print }' >"$tmp/other.csv"
expect 0 "an edition with other columns is packaged" hg-package -d "$tmp/one/next" --previous "$tmp/before.zip" -o "$tmp/p/other/" "$tmp/other.csv"
check "columns that come and go are named, and rows are compared by the others" $python - "$tmp/p/other/metadata/changes.json" <<'PYTHON'
import json, sys
table = json.load(open(sys.argv[1]))["tables"][0]
assert table["columns"] == {"added": ["moi"], "removed": ["nam"]} and (table["added"], table["changed"], table["removed"]) == (0, 0, 0), table
PYTHON
hg-package -d "$place" -o "$tmp/tram.zip" "$tmp/tram.csv"
expect 0 "a table without a key has its rows counted" hg-package -d "$place" --previous "$tmp/tram.zip" -o "$tmp/p/tram/" "$tmp/none.csv"
check "and nothing else is said" sh -c "grep -q '| tram | 3 | 0 | – | – | – |' '$tmp/p/tram/CHANGELOG.md' && grep -q '\"counted\"' '$tmp/p/tram/metadata/changes.json'"
refuse "an edition of another dataset is refused" "another dataset, 'tram'" hg-package -d "$one" --previous "$tmp/tram.zip" "$tmp/kho.csv"
head -c 2000 "$tmp/before.zip" >"$tmp/cut.zip"
expect 3 "an edition that was cut off is refused" hg-package -d "$one" --previous "$tmp/cut.zip" -o "$tmp/refused.zip" "$tmp/kho.csv"

# a first definition
mkdir "$tmp/init" && cp datasets/publisher.json "$tmp/init/"
printf 'ma_xa,Năm,số dân,ty_le,gia,co,ngay,ngay2,luc,dt,ghi_chu,stt\n00123,2020,1200,1.5,"1.234,5",true,2020-01-02,02/01/2020,2020-01-02T10:00:00,+84293,,1\n00124,2020,…,0.50,"12,25",false,2020-01-03,31/12/2020,2020-01-02T10:00:00,0293,x,2\n00123,2021,1250,-3,7,true,2021-01-02,01/01/2021,2020-01-02T10:00:00,5,-,3\n' >"$tmp/Số dân.csv"
expect 0 "a first definition is made of a table" hg-package --init "$tmp/Số dân.csv" -o "$tmp/init/so-dan/"
check "with the types of whole columns" $python - "$tmp/init/so-dan/schema.json" <<'PYTHON'
import json, sys
schema = json.load(open(sys.argv[1]))
want = {"ma_xa": "string", "Năm": "year", "số dân": "integer", "ty_le": "number", "gia": "number", "co": "boolean", "ngay": "date",
        "ngay2": "date", "luc": "datetime", "dt": "string", "ghi_chu": "string", "stt": "integer"}
fields = {f["name"]: f for f in schema["fields"]}
assert {n: f["type"] for n, f in fields.items()} == want
assert fields["gia"]["decimalChar"] == "," and fields["ngay2"]["format"] == "%d/%m/%Y"
assert fields["số dân"]["missingValues"] == ["", "…"] and "missingValues" not in fields["ghi_chu"]
assert [n for n, f in fields.items() if not f.get("constraints", {}).get("required")] == ["số dân", "ghi_chu"]
assert schema["primaryKey"] == ["ma_xa", "Năm"]
PYTHON
expect 2 "what is left empty is refused" hg-package -d "$tmp/init/so-dan" -o "$tmp/refused.zip" "$tmp/Số dân.csv"
says "and named" 'dataset.json:3:3 \[title\]: the text is empty'
sed -i 's/"title": ""/"title": "Số dân"/; s/"description": ""/"description": "Số dân các xã"/' "$tmp/init/so-dan/dataset.json"
expect 0 "filled in, it is packaged" hg-package -d "$tmp/init/so-dan" --formats xlsx,json -o "$tmp/p/so-dan/" "$tmp/Số dân.csv"
cp "$tmp/init/so-dan/schema.json" "$tmp/schema.before"
expect 2 "a definition that is there is not overwritten" hg-package --init "$tmp/Số dân.csv" -o "$tmp/init/so-dan/"
says "and named" 'dataset.json is there already'
check "and stays as it was" cmp "$tmp/schema.before" "$tmp/init/so-dan/schema.json"
expect 0 "without -o the folder is named as the file" sh -c "cd '$tmp' && hg-package --init 'Số dân.csv'"
check "in letters that an id may have" grep -q '"id": "so-dan"' "$tmp/so-dan/dataset.json"
check "where no publisher.json is near, its members are asked for" grep -q '"license": ""' "$tmp/so-dan/dataset.json"
printf 'a,a\n1,2\n' >"$tmp/twice.csv"
expect 3 "two columns of one name are refused" hg-package --init "$tmp/twice.csv" -o "$tmp/twice/"
check "and nothing is made" test ! -e "$tmp/twice"

# outside judges, where they are
if [ -x "$(command -v node)" ] && [ -f $shared/dcat-ap/run.sh ]; then
    # shellcheck disable=SC2046,SC2086 # names without spaces
    sh $shared/dcat-ap/run.sh $(printf "$tmp/p/%s/metadata/dcat.ttl " $samples) >"$out" 2>"$err"
    for id in $samples; do
        check "$id in all formats keeps DCAT-AP 3.0.1 to the letter" grep -q "^#.*/p/$id/.*violations=0	warnings=0" "$out"
    done
else
    skip "the samples in all formats keep DCAT-AP 3.0.1 to the letter" "no node, or no ../shared"
fi
if [ -d $shared/datapackage-profiles ]; then
    for id in $samples; do
        check "$id's datapackage.json with all formats is valid against the published profile" "$python" - "$tmp/p/$id/datapackage.json" $shared/datapackage-profiles <<'PYTHON'
import json, sys
from jsonschema import Draft7Validator
package = json.load(open(sys.argv[1]))
load = lambda name: Draft7Validator(json.load(open(f"{sys.argv[2]}/{name}.json")))
load("datapackage").validate(package)
for resource in package["resources"]:
    load("dataresource").validate(resource)
PYTHON
    done
else
    skip "datapackage.json with all formats is valid against the published profile" "no ../shared"
fi
finish
