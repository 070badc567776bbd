# delimited texts: faults one at a time, and what hostile or careless hands leave
. tests/cmd/lib.sh
python=${PYTHON:-/usr/bin/python3}

$python tests/cmd/pollution.py make "$tmp/pollution" "${STEP:-19}"
expect 0 "a table with one fault is loaded as a careful person would" \
    $python tests/cmd/pollution.py score "$tmp/pollution" "$(command -v hg-extract)"
cat "$out"
finish
