# The README's first command: every sample becomes a published data set and a report.
. tests/cmd/lib.sh

expect 0 "the demo runs" scripts/demo "$tmp/demo"
for id in dan-so giao-duc-mam-non ty-le-ho-ngheo; do
    for file in index.html datapackage.json metadata/dcat.ttl metadata/dcat.jsonld README.md "data/$id.csv" "$id.zip"; do
        check "$id is published with $file" test -s "$tmp/demo/public/datasets/$id/$file"
    done
    check "$id has a report" test -s "$tmp/demo/reports/$id.xlsx"
    check "the manifest of $id verifies" sh -c "cd '$tmp/demo/public/datasets/$id' && sha256sum -c --quiet manifest-sha256.txt"
done
for file in index.html en/index.html catalog.ttl catalog.jsonld; do
    check "the catalogue has $file" test -s "$tmp/demo/public/$file"
done

shared=../shared/conformance
if [ -x $shared/dcat-ap/run.sh ] && command -v npm >/dev/null; then
    ttl=$(find "$tmp/demo/public" -name dcat.ttl -o -name catalog.ttl)
    # shellcheck disable=SC2086
    expect 0 "DCAT-AP 3.0.1 SHACL has nothing to say" $shared/dcat-ap/run.sh -q $ttl
    check "every file has 0 violations and 0 unknown warnings" sh -c "! grep '^# ' '$out' | grep -v 'violations=0	warnings=0'"
    # shellcheck disable=SC2086
    expect 0 "the metadata quality is measured" /usr/bin/python3 $shared/mqa.py $ttl
    check "every data set scores 405 of 405" sh -c "grep -q ^SCORE '$out' && ! grep ^SCORE '$out' | grep -v 405/405"
else
    skip "DCAT-AP 3.0.1 SHACL has nothing to say" "../shared/conformance or npm is not there"
fi
finish
