#!/bin/sh
# The samples' definitions keep the published JSON Schemas, and a mistake in them does not.
. "$(dirname "$0")/lib.sh"
python=/usr/bin/python3
if ! $python -c 'import jsonschema' 2>/dev/null; then
    skip "the definitions keep their JSON Schemas" "no python3-jsonschema"
    finish
    exit
fi

later "publisher.json keeps its schema" taken publisher datasets/publisher.json
for folder in datasets/*/; do
    check "${folder}dataset.json is there" test -f "${folder}dataset.json"
    for kind in dataset recipe schema report; do
        [ -f "$folder$kind.json" ] || continue
        if [ -f "metadata-schemas/$kind.schema.json" ]; then
            later "$folder$kind.json keeps its schema" taken $kind "$folder$kind.json"
        else
            fail "$folder$kind.json has a schema in metadata-schemas"
        fi
    done
done

# what hg-package refuses, the schema refuses, and what it takes, the schema takes
one=$tmp/one
mkdir -p "$one"
cp datasets/dan-so/schema.json "$one/"
printf 'nam,gioi_tinh,khu_vuc,don_vi,gia_tri,obs_status\n' >"$tmp/rows.csv"
tried=0
both() { # refused|taken MEMBERS
    printf '{"id": "dan-so", "title": "a", "description": "b", %s}' "$2" >"$one/dataset.json"
    hg-package -d "$one" -o "$tmp/p.zip" "$tmp/rows.csv" >"$out" 2>"$err"
    if grep -q 'dataset.json:1:' "$err"; then ours=refused; else ours=taken; fi
    check "{$2} is $1 by hg-package" test $ours = "$1"
    tried=$((tried + 1))
    mv "$one/dataset.json" "$tmp/$tried.json"
    later "{$2} is $1 by the schema" "$1" dataset "$tmp/$tried.json"
}
while read -r verdict members; do
    both "$verdict" "$members"
done <<'CASES'
taken "keywords": ["dân số"]
taken "keywords": {"vi": ["dân số"], "en": ["population"]}
taken "theme": ["SOCI"], "license": "CC-BY-4.0", "frequency": "annual"
taken "issued": "2025-06-01", "modified": "2025-06-01T08:00:00+07:00"
taken "period": {"start": "2024", "end": "2024-12"}
taken "publisher": {"name": {"vi": "Sở", "en": "Department"}, "email": "a@b.vn", "url": "https://b.vn/"}
taken "contact": {"name": "Phòng", "phone": "+84 293 3878 878"}
taken "place": {"name": "Hà Giang", "code": "02", "bbox": [104.3, 22.2, 105.6, 23.4]}
taken "resolution": {"time": "P1Y", "space": "huyện"}
taken "sources": [{"title": "Niên giám", "path": "https://a.vn/b?c=d"}]
taken "tables": [{"name": "dan-so", "schema": "schema.json"}]
taken "series": {"id": "a", "title": "b", "description": {"vi": "c"}}
taken "previous_version": "https://a.vn/1.0", "version": "1.1", "funder": {"name": "Sở"}
taken "x-note": {"anything": 1}
refused "titel": "x"
refused "keywords": []
refused "keywords": {"fr": ["population"]}
refused "theme": ["population"]
refused "license": "CC-BY-NC-4.0"
refused "frequency": "yearly"
refused "issued": "01/06/2025"
refused "issued": "2025"
refused "modified": "2025-06-01T08:00"
refused "period": {"end": "2024"}
refused "period": {"start": "Q1/2024"}
refused "publisher": "Sở"
refused "publisher": {"email": "a@b.vn"}
refused "publisher": {"name": "Sở", "email": "a b@c.vn"}
refused "contact": {"name": "Phòng", "phone": "không có"}
refused "place": {"name": "Hà Giang", "code": 2}
refused "place": {"name": "Hà Giang", "bbox": [104.3, 22.2]}
refused "resolution": {"time": "1 năm"}
refused "base": "dulieu.vn"
refused "documentation": ["a b"]
refused "sources": [{"path": "https://a.vn"}]
refused "tables": [{"name": "Dân số"}]
refused "tables": [{"name": "a", "schema": "../schema.json"}]
refused "version": 1
refused "tables": [{"name": "con"}]
refused "tables": [{"name": "a."}]
refused "series": {"id": "a", "title": "b"}
refused "previous_version": "1.0"
refused "funder": "Sở"
refused "catalog": {"title": "a", "description": "b"}
CASES

# an implementation that is not ours
cat >"$tmp/judge.py" <<'PYTHON'
import json, sys
import jsonschema
sys.dont_write_bytecode = True
sys.path.append("tests/cmd")
from answers import answer

def faults(kind, name):
    schema, document = (json.load(open(n)) for n in (f"metadata-schemas/{kind}.schema.json", name))
    judge = jsonschema.validators.validator_for(schema)
    judge.check_schema(schema)
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in judge(schema).iter_errors(document)]

def taken(*what):
    found = faults(*what)
    assert not found, found[:5]

def refused(*what):
    assert faults(*what)

answer({"taken": taken, "refused": refused})
PYTHON
settle $python "$tmp/judge.py"
finish
