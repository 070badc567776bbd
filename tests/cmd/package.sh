#!/bin/sh
# What hg-package makes of the samples: valid, complete, the same everywhere; and what it refuses.
. "$(dirname "$0")/lib.sh"
python=/usr/bin/python3
shared=${HG_SHARED:-../shared}/conformance
samples='dan-so giao-duc-mam-non ty-le-ho-ngheo'
mkdir "$tmp/p"

for id in $samples; do
    hg-extract -d "datasets/$id" "datasets/$id/$id.xlsx" | hg-validate >"$tmp/$id.tar" 2>"$err"
    expect 0 "$id is packaged as a folder" hg-package -o "$tmp/p/$id/" "$tmp/$id.tar"
    expect 0 "$id is packaged as a zip" hg-package -o "$tmp/$id.zip" "$tmp/$id.tar"
    expect 0 "$id is packaged as a tar" hg-package -o "$tmp/$id-package.tar" "$tmp/$id.tar"
    for body in "$tmp/p/$id" "$tmp/$id.zip" "$tmp/$id-package.tar"; do
        expect 0 "$body is as it was sealed" hg-package --verify "$body"
    done
    check "sha256sum agrees with the manifest of $id" sh -c "cd '$tmp/p/$id' && sha256sum -c manifest-sha256.txt"
    check "the zip of $id holds what the folder holds" $python - "$tmp/p/$id" "$tmp/$id.zip" <<'PYTHON'
import pathlib, sys, zipfile
folder, name = pathlib.Path(sys.argv[1]), sys.argv[2]
files = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
with zipfile.ZipFile(name) as z:
    assert {n: z.read(n) for n in z.namelist()} == files
    assert z.namelist()[0] == "hg.json" and z.namelist()[-1] == "datapackage.json"
PYTHON
    check "the Turtle and the JSON-LD of $id are the same graph, without blank nodes" $python - "$tmp/p/$id" <<'PYTHON'
import sys
from rdflib import BNode, Graph
from rdflib.compare import isomorphic
a = Graph().parse(sys.argv[1] + "/metadata/dcat.ttl")
b = Graph().parse(sys.argv[1] + "/metadata/dcat.jsonld", format="json-ld")
assert len(a) > 50 and isomorphic(a, b)
assert not any(isinstance(x, BNode) for t in a for x in t)
PYTHON
done

# the same bytes whatever surrounds the command
for id in $samples; do
    (umask 077; cd / && TZ=Asia/Tokyo LC_ALL=C TMPDIR=$tmp hg-package -o "$tmp/again.zip" "$tmp/$id.tar")
    check "$id is the same zip under another umask, time zone, locale and folder" cmp "$tmp/$id.zip" "$tmp/again.zip"
    hg-package <"$tmp/$id.tar" | cat >"$tmp/again.tar"
    check "$id is the same tar through a pipe" cmp "$tmp/$id-package.tar" "$tmp/again.tar"
done

# refusals: a status, a reason, and nothing written
id=dan-so
one=$tmp/one/$id
mkdir -p "$one"
cp "datasets/$id/schema.json" "$one/"
cp -r "datasets/$id/codes" "$one/"
hg-validate -O csv "$tmp/$id.tar" >"$tmp/$id.csv" 2>"$err"
refuse() { # STATUS SENTENCE PATTERN COMMAND...
    status=$1 sentence=$2 pattern=$3
    shift 3
    expect "$status" "$sentence" "$@" -o "$tmp/refused.zip"
    says "$sentence: the reason" "$pattern"
    check "$sentence: nothing is written" test ! -e "$tmp/refused.zip"
}
printf '{"title": "Dân số", "description": "Dân số trung bình"}' >"$one/dataset.json"
refuse 1 "an incomplete description is refused" 'missing: publisher, license, base' hg-package -d "$one" "$tmp/$id.tar"
printf '{"title": "Dân số",\n "issued": "1/6/2025"}' >"$one/dataset.json"
refuse 2 "a wrong date is told with its line" 'dataset.json:2:2 .issued.*is no date' hg-package -d "$one" "$tmp/$id.tar"
printf '{"title": "Dân số",\n "titel": "x"}' >"$one/dataset.json"
refuse 2 "a misspelt key brings the right one" "did you mean 'title'" hg-package -d "$one" "$tmp/$id.tar"
refuse 2 "the tables of another dataset are refused" 'not of the tables' hg-package -d datasets/giao-duc-mam-non "$tmp/$id.tar"
refuse 2 "plain CSV needs its dataset" 'name its dataset' hg-package "$tmp/$id.csv"
mkdir -p "$tmp/bare/$id" && cp datasets/publisher.json "$tmp/bare/" && cp datasets/$id/dataset.json "$tmp/bare/$id/"
refuse 2 "plain CSV needs a schema to be checked against" 'no schema.json' hg-package -d "$tmp/bare/$id" "$tmp/$id.csv"
sed '2s/749.8/749.9x/' "$tmp/$id.csv" >"$tmp/wrong.csv"
refuse 1 "rows with errors are refused" 'wrong.csv:2:5' hg-package -d datasets/$id "$tmp/wrong.csv"
head -c 3000 "$tmp/$id.tar" >"$tmp/cut.tar"
refuse 3 "a stream that was cut off is refused" 'cut.tar' hg-package "$tmp/cut.tar"
refuse 3 "a missing file is told" 'nothing.tar' hg-package "$tmp/nothing.tar"
hg-extract -d datasets/$id "datasets/$id/$id.xlsx" >"$tmp/rows.tar"
refuse 2 "rows that nobody checked are refused" 'hg-validate' hg-package "$tmp/rows.tar"
expect 2 "an ending that is no body is refused" hg-package -o "$tmp/x.rar" "$tmp/$id.tar"
mkdir "$tmp/letters" && echo dear >"$tmp/letters/a.txt"
expect 2 "a folder that is no package is not replaced" hg-package -o "$tmp/letters/" "$tmp/$id.tar"
check "and keeps what it had" test -f "$tmp/letters/a.txt"
printf x >>"$tmp/p/$id/README.md"
expect 3 "a changed package does not verify" hg-package --verify "$tmp/p/$id"
says "and the file is named" 'README.md'
hg-package -o "$tmp/p/$id/" "$tmp/$id.tar"

# plain CSV is checked, then packaged as the stream is
expect 0 "plain CSV is packaged" hg-package -d datasets/$id -o "$tmp/plain/" "$tmp/$id.csv"
check "with the rows of the stream" cmp "$tmp/plain/data/$id.csv" "$tmp/p/$id/data/$id.csv"
hg-package -d datasets/$id <"$tmp/$id.csv" | tar xOf - hg.json >"$out"
check "plain CSV from a file is complete by nature" sh -c "! grep -q '\"sealed\": false' '$out'"
cat "$tmp/$id.csv" | hg-package -d datasets/$id | tar xOf - hg.json >"$out"
check "plain CSV from a pipe stays marked as unsealed" grep -q '"sealed": false' "$out"
expect 1 "plain CSV from a pipe fills no place" sh -c "cat '$tmp/$id.csv' | hg-package -d datasets/$id -o '$tmp/cut.zip'"
says "and the option that takes it is named" "--unsealed"
expect 1 "nor where hg-validate stands between" sh -c "cat '$tmp/$id.csv' | hg-validate -d datasets/$id 2>/dev/null | hg-package -o '$tmp/cut.zip'"
check "and nothing is written" test ! -e "$tmp/cut.zip"
expect 0 "it is packaged when asked to" sh -c "cat '$tmp/$id.csv' | hg-package -d datasets/$id --unsealed -o '$tmp/uncut.zip'"
check "and the package says so" sh -c "unzip -p '$tmp/uncut.zip' hg.json | grep -q '\"sealed\": false'"

# a date comes from the description, the option or SOURCE_DATE_EPOCH, in this order, never from the clock
"$python" - "datasets/$id/dataset.json" datasets/publisher.json >"$one/dataset.json" <<'PYTHON'
import json, sys
d, p = (json.load(open(n)) for n in sys.argv[1:])
p.pop("catalog")
del d["issued"], d["modified"]
print(json.dumps({**p, **d}))
PYTHON
dated() { hg-package -d "$one" "$@" "$tmp/$id.tar" | tar xOf - metadata/dcat.ttl >"$out"; }
dated
check "without any date there is none" sh -c "! grep -q dct:modified '$out'"
dated --modified 2025-06-01
check "the option gives the date" grep -q 'dct:modified "2025-06-01"^^xsd:date' "$out"
SOURCE_DATE_EPOCH=0 dated
check "SOURCE_DATE_EPOCH gives the date" grep -q 'dct:modified "1970-01-01T00:00:00Z"^^xsd:dateTime' "$out"
expect 2 "a date that is none is refused" hg-package --modified 1/6/2025 "$tmp/$id.tar"

# texts that people do write come through every serialisation unchanged
check "hostile titles come through Turtle, JSON-LD and datapackage.json unchanged" "$python" - "$one" "$tmp/$id.tar" "$tmp/hostile" <<'PYTHON'
import json, pathlib, subprocess, sys, unicodedata
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS
one, stream, place = sys.argv[1:]
file = pathlib.Path(one, "dataset.json")
good = json.loads(file.read_text())
texts = ['"', "'", '"""', "\\", "\\u0041", "</script><b>", "&amp;", "{x}|`^", "a]b[c](d)", "# tiêu đề", "*đậm*", "a\u202eb", "\U0001F600",
         "م\u200fرحبا", "ệ" * 500, "../../etc", "CON", "@vi", "^^xsd:date", "a\u2028b", "\u0301x", "Tiê\u0301ng Viê\u0323t", "%41", "$HOME", "-- x"]
for text in texts:
    file.write_text(json.dumps({**good, "title": {"vi": text, "en": text}, "description": text + "\n" + text, "keywords": {"vi": [text]}}))
    subprocess.run(["hg-package", "-d", one, "-o", place + "/", stream], check=True)
    want = unicodedata.normalize("NFC", text)
    subject = URIRef(good["base"] + "datasets/" + good["id"])
    for name, kind in (("dcat.ttl", "turtle"), ("dcat.jsonld", "json-ld")):
        graph = Graph().parse(f"{place}/metadata/{name}", format=kind)
        assert {str(x) for x in graph.objects(subject, DCTERMS.title)} == {want}, (text, name)
        assert {str(x) for x in graph.objects(subject, DCTERMS.description)} == {want + "\n" + want}, (text, name)
    descriptor = json.loads(pathlib.Path(place, "datapackage.json").read_text())
    assert descriptor["title"] == want and descriptor["keywords"] == [want], text
PYTHON

# an outside judge, where it is; those of the samples' DCAT are asked by metadata.sh
if [ -d $shared/datapackage-profiles ]; then
    for id in $samples; do
        check "$id's datapackage.json is valid against the published profile" "$python" - "$tmp/p/$id/datapackage.json" $shared/datapackage-profiles <<'PYTHON'
import json, sys
from jsonschema import Draft7Validator
package = json.load(open(sys.argv[1]))
load = lambda name: Draft7Validator(json.load(open(f"{sys.argv[2]}/{name}.json")))
load("datapackage").validate(package)
for resource in package["resources"]:
    load("dataresource").validate(resource)
    load("tableschema").validate(resource["schema"])
PYTHON
    done
else
    skip "datapackage.json is valid against the published profile" "no ../shared"
fi
finish
