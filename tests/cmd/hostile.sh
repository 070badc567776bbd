#!/bin/sh
# 300 hostile texts: each is refused with a reason, or every form in which it is written gives it back unchanged.
. "$(dirname "$0")/lib.sh"
python=/usr/bin/python3
if ! $python -c 'import rdflib' 2>/dev/null; then
    skip "hostile texts come through every form unchanged, or are refused" "no python3-rdflib"
    finish
    exit
fi
h=$tmp/h
mkdir "$h"
$python tests/cmd/hostile.py make "$h"
printf 'ma\na\n' >"$h/rows.csv"

# a text that is refused is refused as a mistake of the definition, at its place; never a crash, never silence
refused=0
for one in "$h"/d[0-9]* "$h"/n[0-9]*; do
    case ${one##*/} in d*) to=$h/p${one##*/d} ;; *) to=$h/q${one##*/n} ;; esac
    hg-package -d "$one" -o "$to/" "$h/rows.csv" >"$out" 2>"$err"
    case $? in
    0) ;;
    2) refused=$((refused + 1))
        grep -q 'dataset\.json:1:[0-9]*.*: .' "$err" || fail "${one##*/} is refused with a place and a reason" "$(cat "$err")" ;;
    *) fail "${one##*/} is packaged or refused" "$(head -c 300 "$err")" ;;
    esac
done
check "some are refused, and not all" test $refused -gt 50 -a $refused -lt 500
packages=$(ls -d "$h"/p[0-9]*)
check "most titles are taken" test "$(echo "$packages" | wc -l)" -gt 200
# shellcheck disable=SC2086
expect 0 "all that were packaged are published" hg-publish -t "$h/public" $packages
check "their pages are well-formed, run nothing and fetch nothing" tests/cmd/check-site "$h/public"
if $python tests/cmd/hostile.py check "$h" "$h/public" >"$out" 2>"$err"; then pass; else
    fail "each gives back the same text in every form" "$(head -n 8 "$out")" "$(tail -n 2 "$err")"
fi
check "as many came through as were packaged" grep -q "^$(echo "$packages" | wc -l) came through" "$out"
later "the four forms of the catalogue are one graph" same "$h/public/catalog.ttl" "$h/public/catalog.rdf" "$h/public/catalog.jsonld"
settle $python tests/cmd/metadata.py answer
if [ -x "$(command -v rapper)" ]; then
    for form in turtle:ttl ntriples:nt rdfxml:rdf; do
        rapper -q -i "${form%:*}" -o ntriples "$h/public/catalog.${form#*:}" 2>"$err" | LC_ALL=C sort >"$tmp/${form#*:}"
        check "a second reader takes the catalogue as ${form%:*}" test ! -s "$err" -a -s "$tmp/${form#*:}"
    done
    check "and reads the same triples in each form" sh -c "cmp '$tmp/ttl' '$tmp/nt' && cmp '$tmp/ttl' '$tmp/rdf'"
else
    skip "a second reader takes the catalogue" "no rapper"
fi
finish
