# hg-publish: a catalogue that is whole before and after, and only takes what is proved.
. tests/cmd/lib.sh

package() { tests/cmd/make-package "$@"; }
sums() { (cd "$1" && find . -type f | LC_ALL=C sort | xargs -d '\n' sha256sum); }
same() { sums "$tmp/pub" >"$tmp/.now" && cmp "$tmp/.state" "$tmp/.now"; }
keep() { sums "$tmp/pub" >"$tmp/.state"; }
tidy() { [ -z "$(find "$tmp" -maxdepth 1 -name '.pub.*')" ]; }

package "$tmp/a"
package "$tmp/b" 'id="lua"' 'title={"vi":"Ản lượng lúa","en":"Rice"}' rows=7
package "$tmp/few-rows" 'id="it"' rows=2
package "$tmp/b2" 'id="lua"' 'title={"vi":"Ản lượng lúa","en":"Rice"}' rows=8 'version="1.1.0"'
(cd "$tmp/b" && zip -q -X -r ../b.zip hg.json data metadata README.md manifest-sha256.txt datapackage.json) 2>/dev/null ||
    /usr/bin/python3 - "$tmp" <<'PY'
import os, sys, zipfile
folder = sys.argv[1] + "/b"
with zipfile.ZipFile(sys.argv[1] + "/b.zip", "w") as z:
    for top, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(top, name)
            z.write(path, os.path.relpath(path, folder))
PY

# publishing
expect 0 "a dry run of the first publication succeeds" hg-publish -n -t "$tmp/pub" "$tmp/a"
check "it tells what would be added" grep -q '^+ [0-9]* datasets/dan-so/data/dan-so.csv$' "$out"
check "it writes nothing" test ! -e "$tmp/pub"
expect 0 "two packages are published at once" hg-publish -t "$tmp/pub/" "$tmp/a" "$tmp/b.zip"
check "the receipt names both, with the digest of their seals" /usr/bin/python3 - "$out" "$tmp" <<'PY'
import hashlib, json, sys
receipt = json.load(open(sys.argv[1]))
assert [d["id"] for d in receipt["datasets"]] == ["dan-so", "lua"], receipt
for d in receipt["datasets"]:
    seal = open(f"{sys.argv[2]}/pub/datasets/{d['id']}/datapackage.json", "rb").read()
    assert d["sha256"] == hashlib.sha256(seal).hexdigest() and d["state"] == "added"
    assert d["url"] == f"https://dulieumo.example/datasets/{d['id']}/" and d["version"] == "1.0.0"
assert receipt["files"]["changed"] == receipt["files"]["removed"] == 0
PY
for file in index.html en/index.html style.css catalog.ttl catalog.jsonld datasets/lua/index.html datasets/lua/lua.zip \
    datasets/lua/data/lua.csv en/datasets/lua/index.html; do
    check "the catalogue has $file" test -s "$tmp/pub/$file"
done
check "every page is well-formed and every link leads somewhere" tests/cmd/check-site "$tmp/pub"
check "the published package verifies by its manifest" sh -c "cd '$tmp/pub/datasets/lua' && sha256sum -c --quiet manifest-sha256.txt"
check "the catalogue is listed in the order of a Vietnamese index" sh -c \
    "grep -o 'href=\"datasets/[a-z-]*/index' '$tmp/pub/index.html' | tr '\n' ' ' | grep -q 'lua.*dan-so'"
check "no litter is left beside the catalogue" tidy

# what a page shows
page=$tmp/pub/datasets/dan-so/index.html
check "a number is written as the language does, its text kept beside it" grep -q 'data-value="1234.5">1.234,5<' "$page"
check "in English too" grep -q 'data-value="1234.5">1,234.5<' "$tmp/pub/en/datasets/dan-so/index.html"
check "a code shows its label" grep -q 'data-value="F">Nữ<' "$page"
check "a date is written as people do" grep -q 'data-value="2026-01-05">05/01/2026<' "$page"
check "the preview stops at twenty rows" [ "$(grep -c '<th scope="row">20' "$page")" -eq 20 ]
check "the chart has a bar for each year of one sex" [ "$(grep -c '<rect' "$page")" -eq 15 ]
check "a table too small for a chart has none, and no heading for one" sh -c \
    "hg-publish -t '$tmp/few' '$tmp/few-rows' >/dev/null && ! grep -q -e '<svg' -e 'Biểu đồ' '$tmp/few/datasets/it/index.html'"
check "the page tells the size, the extent and the digest" sh -c \
    "grep -q '30 dòng × 4 cột' '$page' && grep -q \"\$(sha256sum <'$tmp/pub/datasets/dan-so/data/dan-so.csv' | cut -c1-64)\" '$page'"

# again, and in another order
keep
expect 0 "publishing the same again succeeds" hg-publish -t "$tmp/pub" "$tmp/b.zip"
check "and changes no byte" same
check "the receipt says so" grep -q '"state": "unchanged"' "$out"
rm -rf "$tmp/other"
hg-publish -t "$tmp/other" "$tmp/b" >/dev/null && hg-publish -t "$tmp/other" "$tmp/a" >/dev/null
check "another order of publications gives the same bytes" sh -c "diff -r '$tmp/pub' '$tmp/other'"
(umask 077 && TZ=Asia/Ho_Chi_Minh LC_ALL=tr_TR.UTF-8 hg-publish -t "$tmp/third" "$tmp/b" "$tmp/a" >/dev/null 2>&1)
check "another umask, zone and locale give the same bytes" sh -c "diff -r '$tmp/pub' '$tmp/third'"

# a new version
echo dulieumo.example >"$tmp/pub/CNAME"
mkdir -p "$tmp/pub/.well-known" "$tmp/pub/datasets/ours" && echo x >"$tmp/pub/.well-known/security.txt" && echo y >"$tmp/pub/datasets/ours/note"
before=$(stat -c %i "$tmp/pub/datasets/dan-so/data/dan-so.csv")
keep
expect 0 "a dry run tells what a new version changes" hg-publish -n -t "$tmp/pub" "$tmp/b2"
check "a changed file has a tilde" grep -q '^~ [0-9]* datasets/lua/data/lua.csv$' "$out"
check "what stays is not named" sh -c "! grep -e dan-so -e CNAME '$out'"
check "the dry run changes no byte" same
expect 0 "a new version is published" hg-publish -t "$tmp/pub" "$tmp/b2"
check "its page shows the new version" grep -q '1\.1\.0' "$tmp/pub/datasets/lua/index.html"
check "what others put there stays" sh -c "grep -q dulieumo '$tmp/pub/CNAME' && test -e '$tmp/pub/.well-known/security.txt' -a -e '$tmp/pub/datasets/ours/note'"
check "a file that stays is the same file" [ "$before" = "$(stat -c %i "$tmp/pub/datasets/dan-so/data/dan-so.csv")" ]
check "a package given as a folder is copied, not linked" [ "$(stat -c %h "$tmp/pub/datasets/lua/data/lua.csv")" = 1 ]
cp "$tmp/pub/datasets/lua/lua.zip" "$tmp/from-site.zip"
keep
expect 0 "the zip of the catalogue is itself a package" hg-publish -t "$tmp/pub" "$tmp/from-site.zip"
check "publishing it changes no byte" same
expect 0 "a published folder can be published" hg-publish -t "$tmp/pub" "$tmp/pub/datasets/dan-so/"
check "and changes no byte either" same

# two at once
hg-publish -t "$tmp/both" "$tmp/a" >/dev/null 2>&1 &
hg-publish -t "$tmp/both" "$tmp/b" >/dev/null 2>&1
wait
check "two runs at once wait for each other, and both count" sh -c \
    "test -e '$tmp/both/datasets/dan-so/index.html' -a -e '$tmp/both/datasets/lua/index.html' && diff -r '$tmp/other' '$tmp/both'"

# checking
expect 0 "what is published verifies" hg-publish -t "$tmp/pub" --verify
cp -r "$tmp/pub" "$tmp/broken"
echo >>"$tmp/broken/datasets/lua/data/lua.csv"
expect 3 "a changed file of the catalogue is found" hg-publish -t "$tmp/broken" --verify
says "and named" "data/lua.csv"
cp "$tmp/pub/datasets/dan-so/dan-so.zip" "$tmp/broken/datasets/lua/lua.zip"
cp "$tmp/pub/datasets/lua/data/lua.csv" "$tmp/broken/datasets/lua/data/lua.csv"
expect 3 "a zip of another package is found" hg-publish -t "$tmp/broken" --verify
expect 3 "there is nothing to verify where no catalogue is" hg-publish -t "$tmp/none" --verify

# refusals: the catalogue keeps every byte
refused() {
    status=$1 sentence=$2
    shift 2
    expect "$status" "$sentence is refused" hg-publish -t "$tmp/pub" "$@"
    check "$sentence leaves the catalogue as it was" same
    check "$sentence leaves no litter" tidy
}
package "$tmp/errors" 'id="loi"' errors=3
package "$tmp/plain" 'id="tho"' sealed=false
package "$tmp/page" 'id="trang"' 'extra="index.html"'
package "$tmp/dots" 'id="cham"' && sed -i 's|data/cham.csv|../../../etc/passwd|' "$tmp/dots/datapackage.json"
package "$tmp/cut" 'id="cut"' && rm "$tmp/cut/datapackage.json"
package "$tmp/changed" 'id="doi"' && echo >>"$tmp/changed/data/doi.csv"
head -c 600 "$tmp/b.zip" >"$tmp/short.zip"
refused 1 "a package with errors" "$tmp/a" "$tmp/errors"
says "the number of errors is told" "3 errors"
refused 1 "a package of unproved input" "$tmp/plain"
says "the option that takes it is named" "--unsealed"
refused 2 "two packages of one dataset" "$tmp/b" "$tmp/b2"
refused 3 "a package that holds a page of the catalogue" "$tmp/page"
refused 3 "a package that points out of its folder" "$tmp/dots"
refused 3 "a package without its seal" "$tmp/b2" "$tmp/cut"
refused 3 "a package changed after its seal" "$tmp/changed"
refused 3 "a zip cut off" "$tmp/short.zip"
refused 3 "a missing file" "$tmp/a" "$tmp/no-such-file"
refused 2 "an unknown kind of option" --prune "$tmp/a"
printf 'a,b\n1,2\n' >"$tmp/plain.csv"
refused 3 "a CSV" "$tmp/plain.csv"
expect 0 "unproved input is taken when asked to" hg-publish -t "$tmp/unproved" --unsealed "$tmp/plain"
check "and its page says so" grep -q 'không chứng minh được' "$tmp/unproved/datasets/tho/index.html"
expect 2 "another kind of target is refused" hg-publish -t s3://bucket/x "$tmp/a"
says "it says what there is" "give a folder"
expect 2 "no target is refused" hg-publish "$tmp/a"
mkdir "$tmp/letters" && echo x >"$tmp/letters/letter.txt"
expect 2 "a folder of someone else is refused" hg-publish -t "$tmp/letters" "$tmp/a"
check "and keeps its files" [ "$(ls -A "$tmp/letters")" = letter.txt ]
expect 2 "a file as target is refused" hg-publish -t "$tmp/b.zip" "$tmp/a"
if [ -x bin/hg-validate ] && [ -x bin/hg-extract ]; then
    printf 'nam,gia_tri\n2020,1\n' | hg-extract - 2>/dev/null | hg-validate >"$tmp/checked.tar" 2>/dev/null
    if [ -s "$tmp/checked.tar" ]; then
        refused 2 "a stream that is not packaged" "$tmp/checked.tar"
        says "the command to run first is named" "hg-package"
    fi
fi

# the catalogue's own title comes with the dataset that was changed last
package "$tmp/old" 'id="cu"' 'modified="2020-01-01"' 'catalog={"title":{"vi":"Tên cũ","en":"Old name"},"description":"Cũ"}'
package "$tmp/late" 'id="moi"' 'modified="2026-12-01"' 'catalog={"title":{"vi":"Tên mới","en":"New name"},"description":"Mới"}'
expect 0 "packages that name their catalogue are published" hg-publish -t "$tmp/named" "$tmp/late" "$tmp/old"
check "the newest name counts" grep -q '<h1>Tên mới</h1>' "$tmp/named/index.html"
check "in the metadata too" grep -q '"New name"@en' "$tmp/named/catalog.ttl"

# what people write cannot become markup
package "$tmp/hostile" 'id="hostile"' 'cell="<b onclick=x>&"' \
    'title={"vi":"</title><script>alert(1)</script>","en":"\"><img src=x onerror=alert(1)>"}' \
    'description={"vi":"<!--<script>","en":"]]> & \" <svg onload=x>"}' 'publisher={"name":{"vi":"a\" onmouseover=\"x"},"url":"javascript:alert(1)"}' \
    'contact={"name":{"vi":"<i>"},"email":"a@b.vn","url":"data:text/html,x"}' 'version="<u>1"' 'modified="<s>"' \
    'provenance={"vi":"</script><script>alert(2)</script>"}' 'sources=[{"title":{"vi":"x"},"path":"vbscript:x"}]'
expect 0 "a hostile description is published" hg-publish -t "$tmp/hostile-pub" "$tmp/hostile"
check "its pages are well-formed, run nothing and fetch nothing" tests/cmd/check-site "$tmp/hostile-pub"
check "no scheme but http, https and mailto is linked" sh -c "! grep -r -i -e 'href=\"[a-z]*script:' -e 'href=\"data:' '$tmp/hostile-pub'"
check "no element was made of the cells" sh -c "! grep -r -e '<b ' -e '<img' -e '<svg onload' -e '<u>' '$tmp/hostile-pub' --include=*.html"

# languages
LC_ALL=vi_VN.UTF-8 hg-publish -t "$tmp/letters" "$tmp/a" 2>"$err"
says "messages are in Vietnamese where the locale is" "thư mục không trống"
finish
