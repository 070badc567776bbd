# delimited texts: faults one at a time, and what hostile or careless hands leave
. tests/cmd/lib.sh
python=${PYTHON:-/usr/bin/python3}

$python tests/cmd/pollution.py make "$tmp/pollution" "${STEP:-19}"
expect 0 "a table with one fault is loaded as a careful person would" \
    $python tests/cmd/pollution.py score "$tmp/pollution" "$(command -v hg-extract)"
cat "$out"
expect 0 "every text is read exactly, or what is wrong with it is told" \
    $python tests/cmd/texts.py "$(command -v hg-extract)"
cat "$out"

expect 1 "a malformed text gives a stream" sh -c "printf 'a,b\n1,2\n3,\"4\n' | hg-extract - >'$tmp/s'"
expect 1 "whose findings the check hands on" hg-validate -q "$tmp/s"
check "among its own" grep -q 'quote-error' "$out"
finish
