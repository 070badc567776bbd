#!/bin/sh
# Some hundred hostile workbooks: each is refused with a reason and its place, or gives exactly what it holds.
. "$(dirname "$0")/lib.sh"
here=$(dirname "$0")
python=${PYTHON:-/usr/bin/python3}
program=${HG_EXTRACT:-$(command -v hg-extract)}
mkdir "$tmp/books"
check "the hostile workbooks are made" $python "$here/hostile-books.py" make "$tmp/books"
if $python "$here/hostile-books.py" "$program" "$tmp/books" >"$out" 2>"$err"; then pass; else
    fail "each hostile workbook is refused or read exactly" "$(head -n 12 "$out")" "$(tail -n 3 "$err")"
fi
check "and they were some hundred" grep -q '^[5-9][0-9][0-9] hostile workbooks' "$out"
if command -v strace >/dev/null; then
    strace -f -e trace=network,openat -o "$tmp/calls" hg-extract -O csv "$tmp/books/xml-external-workbook.xml.xlsx" >"$out" 2>"$err"
    check "an external entity is neither opened nor asked for" sh -c "! grep -E 'socket|connect|passwd' '$tmp/calls'"
else
    skip "an external entity is neither opened nor asked for" "no strace"
fi
finish
