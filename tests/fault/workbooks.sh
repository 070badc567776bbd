# Reading a workbook or a text where memory, reads and writes fail: the same rows, or status 4 and a message.
. tests/cmd/lib.sh

if ! ${CC:-cc} -shared -fPIC -O1 -o "$tmp/failing.so" tests/fault/failing.c 2>"$err"; then
    skip "failing calls" "$(head -n 1 "$err")"
    finish
    exit
fi
/usr/bin/python3 tests/cmd/listing.py "$tmp"
for file in list.xlsx list.xls list.ods; do
    check "no call that fails while $file is read is passed over" \
        /usr/bin/python3 tests/fault/failing.py "$tmp/failing.so" 600 hg-extract -O csv "$tmp/$file"
    check "nor while it is listed" /usr/bin/python3 tests/fault/failing.py "$tmp/failing.so" 60 hg-extract --list "$tmp/$file" --json
done
awk 'BEGIN { print "id,n"; for (i = 1; i < 150000; i++) print i ",7919" }' >"$tmp/text.csv"
check "nor while a text becomes a stream" /usr/bin/python3 tests/fault/failing.py "$tmp/failing.so" 60 hg-extract "$tmp/text.csv"
finish
