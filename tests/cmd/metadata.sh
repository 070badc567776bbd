#!/bin/sh
# Every vocabulary is made from one description, and readers that are not ours agree with it.
. "$(dirname "$0")/lib.sh"
python=/usr/bin/python3
shared=${HG_SHARED:-../shared}/conformance
cases=tests/cases/package
pack() { hg-package -d "$cases/$1" -o "$tmp/$2/" "$cases/${1%%/*}/rows.csv"; }

for id in dan-so giao-duc-mam-non ty-le-ho-ngheo; do
    hg-extract -d "datasets/$id" "datasets/$id/$id.xlsx" | hg-validate 2>"$err" | hg-package -o "$tmp/$id/"
done
expect 0 "a dataset of a series is packaged" pack series/dan-so-2024 s2024
expect 0 "and the next of it" pack series/dan-so-2025 s2025
expect 0 "the five fields that are needed and a province's profile make a package" pack minimal/dan-so minimal
expect 0 "the samples are published" hg-publish -t "$tmp/public" "$tmp/dan-so" "$tmp/giao-duc-mam-non" "$tmp/ty-le-ho-ngheo"
expect 0 "a series is published" hg-publish -t "$tmp/series" "$tmp/s2024" "$tmp/s2025"
complete='dan-so giao-duc-mam-non ty-le-ho-ngheo s2024 s2025'

# the four forms of RDF
for id in $complete minimal; do
    dcat=$tmp/$id/metadata/dcat
    later "the four forms of $id's DCAT are one graph" same "$dcat.ttl" "$dcat.nt" "$dcat.rdf" "$dcat.jsonld"
done
for place in public series; do
    catalog=$tmp/$place/catalog
    later "the four forms of the catalogue $place are one graph" same "$catalog.ttl" "$catalog.nt" "$catalog.rdf" "$catalog.jsonld"
done
if [ -x "$(command -v rapper)" ]; then
    for dcat in "$tmp"/*/metadata/dcat "$tmp"/*/catalog; do
        [ -f "$dcat.rdf" ] || continue
        rapper -q -i rdfxml -o ntriples "$dcat.rdf" 2>"$err" | wc -l >"$out"
        check "a second reader takes RDF/XML without a word: ${dcat#"$tmp"/}" test ! -s "$err" -a "$(cat "$out")" -eq "$(wc -l <"$dcat.nt")"
        rapper -q -i turtle -o ntriples "$dcat.ttl" 2>"$err" | wc -l >"$out"
        check "and Turtle: ${dcat#"$tmp"/}" test ! -s "$err" -a "$(cat "$out")" -eq "$(wc -l <"$dcat.nt")"
    done
else
    skip "a second reader takes RDF/XML and Turtle" "no rapper"
fi

# CSV on the Web
for id in $complete minimal; do
    for file in "$tmp/$id"/data/*.csv "$tmp/$id"/codes/*.csv; do
        [ -f "$file" ] || continue
        later "${file#"$tmp"/} is as its CSVW metadata say" csvw "$file-metadata.json"
    done
done
sed 's/^2006,T,T,/2006,X,T,/' "$tmp/dan-so/data/dan-so.csv" >"$tmp/x" && mkdir -p "$tmp/bad/data" && cp -r "$tmp/dan-so/codes" "$tmp/bad/" &&
    cp "$tmp/dan-so/data/dan-so.csv-metadata.json" "$tmp/bad/data/" && mv "$tmp/x" "$tmp/bad/data/dan-so.csv"
later "a code that is in no list breaks its foreign key" breaks gioi_tinh "$tmp/bad/data/dan-so.csv-metadata.json"
if hg-validate --help | grep -q -e --csvw; then
    for id in $complete; do
        for file in "$tmp/$id"/data/*-metadata.json; do
            expect 0 "hg-validate --csvw finds ${file#"$tmp"/} valid" hg-validate -q --csvw "$file"
        done
    done
fi

# schema.org: what Google requires, and what it recommends
for id in $complete; do
    later "$id has what search engines for data want" google "$tmp/$id/metadata/schema-org.jsonld" alternateName creator identifier \
        isAccessibleForFree keywords spatialCoverage temporalCoverage variableMeasured version url publisher
done
later "and all else where the description says it" google "$tmp/s2024/metadata/schema-org.jsonld" citation funder isPartOf \
    isBasedOn measurementTechnique sameAs
check "the page says the same as the package" $python - "$tmp/series/datasets/dan-so-2024" <<'PYTHON'
import json, re, sys
page = open(sys.argv[1] + "/index.html", encoding="utf-8").read()
shown = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])
own = json.load(open(sys.argv[1] + "/metadata/schema-org.jsonld"))
shown["distribution"] = [d for d in shown["distribution"] if not d["name"].endswith(".zip")]
for v in (shown, own):
    v.pop("includedInDataCatalog")
assert shown == own, (shown, own)
PYTHON

# further formats are distributions, in so far as vocabularies know them
expect 0 "a package has further formats" sh -c "hg-package -d datasets/dan-so --formats excel-csv,xlsx,json,jsonl -o '$tmp/formats/' '$tmp/dan-so/data/dan-so.csv'"
one='<https://dulieumo.haugiang.example/datasets/dan-so>'
formats() { later "$1" ask "$tmp/formats/metadata/dcat.rdf" "$2"; }
file=http://publications.europa.eu/resource/authority/file-type
for type in excel.csv:CSV xlsx:XLSX json:JSON; do
    formats "data/dan-so.${type%:*} is of the type ${type#*:}" "$one dcat:distribution ?d . ?d dcat:mediaType ?m ; dct:format <$file/${type#*:}> ;
        dcat:downloadURL <https://dulieumo.haugiang.example/datasets/dan-so/data/dan-so.${type%:*}>"
done
formats "JSON Lines have no media type that IANA knows" "$one dcat:distribution ?d . ?d dcat:downloadURL ?u
    FILTER(STRENDS(STR(?u), '.jsonl')) FILTER NOT EXISTS { ?d dcat:mediaType ?x }"
formats "each row is counted once, in however many formats it comes" "$one dqv:hasQualityMeasurement ?m .
    ?m dqv:isMeasurementOf <https://dulieumo.haugiang.example/catalog#metric-rows> ; dqv:value '$(($(wc -l <"$tmp/dan-so/data/dan-so.csv") - 1))'^^xsd:nonNegativeInteger"

# series and versions
one='<https://dulieumo.example/datasets/dan-so-2024>'
series='<https://dulieumo.example/series/dan-so>'
says_so() { later "$1" ask "$2" "$3"; }
says_so "a dataset is in its series" "$tmp/s2024/metadata/dcat.rdf" "$one dcat:inSeries $series . $series a dcat:DatasetSeries ;
    dct:title 'Average population by year'@en ; dct:description ?d ; dct:publisher ?p ; dcat:contactPoint ?c ; dct:spatial ?s"
says_so "the catalogue knows both of a series" "$tmp/series/catalog.nt" \
    "$one dcat:inSeries $series . <https://dulieumo.example/datasets/dan-so-2025> dcat:inSeries $series"
says_so "a version names the one before" "$tmp/s2024/metadata/dcat.jsonld" "$one dcat:version '2.0.0' ; adms:versionNotes 'Revised after the census.'@en ;
    dcat:previousVersion <https://dulieumo.example/archive/dan-so-2024/1.0.0/> ; prov:wasRevisionOf <https://dulieumo.example/archive/dan-so-2024/1.0.0/>"

# quality and provenance
cells=$($python -c 'import openpyxl, sys
sheet = openpyxl.load_workbook(sys.argv[1], data_only=True)["Dân số trung bình"]
found = [c for row in sheet.iter_rows() for c in row if isinstance(c.value, float)]
print("%s:%s" % (sheet.cell(min(c.row for c in found), min(c.column for c in found)).coordinate,
                 sheet.cell(max(c.row for c in found), max(c.column for c in found)).coordinate))' datasets/dan-so/dan-so.xlsx)
for file in "$tmp/dan-so/metadata/dcat.nt" "$tmp/public/catalog.rdf"; do
    one='<https://dulieumo.haugiang.example/datasets/dan-so>'
    for value in errors:0 warnings:0 rows:"$(($(wc -l <"$tmp/dan-so/data/dan-so.csv") - 1))"; do
        says_so "${file#"$tmp"/} tells the verdict: $value" "$file" "$one dqv:hasQualityMeasurement ?m . ?m a dqv:QualityMeasurement ; dqv:computedOn $one ;
            dqv:value '${value#*:}'^^xsd:nonNegativeInteger ; dqv:isMeasurementOf <https://dulieumo.haugiang.example/catalog#metric-${value%:*}> .
            <https://dulieumo.haugiang.example/catalog#metric-${value%:*}> a dqv:Metric"
    done
    says_so "${file#"$tmp"/} names the report with its digest" "$file" "$one prov:wasGeneratedBy ?a . ?a prov:used ?s . ?s dct:title 'dan-so.xlsx' ;
        schema:contentSize '$(stat -c %s datasets/dan-so/dan-so.xlsx) B' ; spdx:checksum ?c .
        ?c spdx:checksumValue '$(sha256sum <datasets/dan-so/dan-so.xlsx | cut -c1-64)'^^xsd:hexBinary"
    says_so "${file#"$tmp"/} names the cells that the rows came from" "$file" "$one prov:wasGeneratedBy/prov:qualifiedUsage ?u . ?u a prov:Usage ;
        prov:entity/dct:title 'dan-so.xlsx' ; prov:atLocation/rdfs:label 'Dân số trung bình!$cells'"
    says_so "${file#"$tmp"/} names the tool" "$file" "$one prov:wasGeneratedBy/prov:wasAssociatedWith ?t . ?t a prov:SoftwareAgent ;
        foaf:name 'hg-package' ; schema:softwareVersion '$(hg-package -V | sed 's/.* //')'"
    digest=$($python -c 'import hashlib, json, sys
print(hashlib.sha256(json.dumps(json.load(open(sys.argv[1]))["definition"]["recipe"], ensure_ascii=False, separators=(",", ":")).encode()).hexdigest())' "$tmp/dan-so/hg.json")
    says_so "${file#"$tmp"/} names the recipe by its digest" "$file" "$one prov:wasGeneratedBy/prov:qualifiedAssociation/prov:hadPlan ?r .
        ?r spdx:checksum/spdx:checksumValue '$digest'^^xsd:hexBinary"
done

settle $python tests/cmd/metadata.py answer

# profiles
tt24=metadata-schemas/profiles/tt24.json
expect 1 "a description without what a profile requires is refused" hg-package --profile $tt24 -d $cases/minimal/dan-so -o "$tmp/no.zip" $cases/minimal/rows.csv
says "each is named, by our key and its own property" 'issued|modified (dct:date), publisher.identifier (dct:identifier)'
check "and nothing is written" test ! -e "$tmp/no.zip"
expect 0 "the samples have all that TT 24/2011 requires" hg-package --profile $tt24 -d datasets/dan-so -o "$tmp/yes.zip" "$tmp/dan-so/data/dan-so.csv"
expect 0 "what DCAT-AP only recommends is not refused" hg-package --profile metadata-schemas/profiles/dcat-ap-3.json -d $cases/minimal/dan-so -o "$tmp/p.zip" $cases/minimal/rows.csv
says "but named" 'recommends more.*period (dct:temporal)'
printf '{"name": "x",\n "properties": [{"key": "a", "predicate": "b", "level": "must"}]}' >"$tmp/profile.json"
expect 2 "a profile that is none is told with its line" hg-package --profile "$tmp/profile.json" -d $cases/minimal/dan-so -o "$tmp/no.zip" $cases/minimal/rows.csv
says "and what is wrong in it" "profile.json:2:.*'must' is neither"
if $python -c 'import jsonschema' 2>/dev/null; then
    for profile in metadata-schemas/profiles/*.json; do
        check "$profile keeps its schema" $python -c 'import json, sys, jsonschema
jsonschema.validate(*[json.load(open(n)) for n in sys.argv[1:]])' "$profile" metadata-schemas/profile.schema.json
    done
fi
sed 's/"description": .*/"description": "Ngắn.",/' $cases/minimal/dan-so/dataset.json >"$tmp/d.json" && mkdir -p "$tmp/d/dan-so" && mv "$tmp/d.json" "$tmp/d/dan-so/dataset.json" &&
    cp $cases/minimal/publisher.json "$tmp/d/" && cp $cases/minimal/dan-so/schema.json "$tmp/d/dan-so/"
expect 0 "a short description is packaged" hg-package -d "$tmp/d/dan-so" -o "$tmp/p.zip" $cases/minimal/rows.csv
says "with a word of warning" 'fewer than 50 characters'

# outside judges, where they are
if [ -x "$(command -v node)" ] && [ -f "$shared/dcat-ap/run.sh" ]; then
    set --
    for dcat in "$tmp/dan-so/metadata/dcat" "$tmp/giao-duc-mam-non/metadata/dcat" "$tmp/ty-le-ho-ngheo/metadata/dcat" "$tmp/s2024/metadata/dcat" \
        "$tmp/public/catalog" "$tmp/series/catalog"; do
        set -- "$@" "$dcat.ttl" "$dcat.nt" "$dcat.rdf" "$dcat.jsonld"
    done
    sh "$shared/dcat-ap/run.sh" "$@" >"$tmp/shacl" 2>"$err"
    for dcat; do
        [ "$dcat" != "${dcat%.ttl}" ] || continue
        check "SHACL has nothing to say to the four forms of ${dcat#"$tmp"/}" \
            test "$(grep -c "^#.*${dcat%ttl}.*violations=0	warnings=0" "$tmp/shacl")" = 4
    done
    sh "$shared/dcat-ap/run.sh" -p base,range,cv "$tmp/minimal/metadata/dcat.nt" >"$out" 2>"$err"
    check "nor to the minimal description, what is recommended left aside" grep -q 'violations=0	warnings=0' "$out"
else
    skip "SHACL has nothing to say" "no node, or no ../shared"
fi
if [ -f "$shared/mqa.py" ]; then
    for id in $complete; do
        check "$id scores 405 of 405 points" sh -c "$python '$shared/mqa.py' '$tmp/$id/metadata/dcat.nt' | grep -q '405/405'"
    done
    check "the minimal description scores 351 at least" sh -c "$python '$shared/mqa.py' '$tmp/minimal/metadata/dcat.nt' | awk -F'\t' '/^SCORE/ { split(\$8, s, \"/\"); good = s[1] >= 351 } END { exit !good }'"
else
    skip "the scores are 405 and 351" "no ../shared"
fi
finish
