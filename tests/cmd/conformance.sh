#!/bin/sh
# The cases and cell vectors recorded from frictionless come out as recorded, but for those in
# tests/cases/check/DEVIATIONS.md.
. "$(dirname "$0")/lib.sh"
suite=${FRICTIONLESS:-../shared/conformance/frictionless}
python=${PYTHON:-/usr/bin/python3}
if [ ! -e "$suite/cases.jsonl" ]; then
    skip "the recorded cases come out as recorded" "no $suite"
    finish
    exit
fi

# known CASE: is it among the deviations? F115 and F118 have lost their data files.
known() { grep -q "^|.*\b$1\b.*|.*|.*|.*|$" tests/cases/check/DEVIATIONS.md || [ "$1" = F115 ] || [ "$1" = F118 ]; }

$python "$suite/run.py" -v hg-validate -q --report-format json '{descriptor}' >"$tmp/core"
$python tests/cmd/conformance.py checks "$suite" >"$tmp/checks"
cat "$tmp/core" "$tmp/checks" | while IFS='	' read -r how case rest; do
    case $how in
    ok) echo pass ;;
    '#'*) ;;
    *) if known "$case"; then echo pass; else echo "$case: $how $rest"; fi ;;
    esac
done >"$tmp/all"
check "more than 150 recorded cases ran" test "$(wc -l <"$tmp/all")" -gt 150
while read -r line; do
    if [ "$line" = pass ]; then pass; else fail "$(echo "$line" | cut -c1-300)"; fi
done <"$tmp/all"

check "every cell vector that a text can express comes out as recorded" \
    $python tests/cmd/conformance.py vectors "$suite"
finish
