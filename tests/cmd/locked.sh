# Old workbooks of which only the structure is protected are encrypted with a password that everybody knows: they are read.
. tests/cmd/lib.sh

/usr/bin/python3 tests/cmd/locked.py "$tmp" || exit 1
expect 0 "a workbook in the clear is read" hg-extract -O csv "$tmp/plain.xls"
check "with 60 rows" test "$(wc -l <"$out")" -eq 60
cp "$out" "$tmp/plain.csv"
for method in md5 sha1-40 sha1-128 xor; do
    expect 0 "the same encrypted with the password of all ($method)" hg-extract -O csv "$tmp/default-$method.xls"
    check "gives the same rows" cmp "$out" "$tmp/plain.csv"
    expect 3 "with a password of its own ($method)" hg-extract -O csv "$tmp/other-$method.xls"
    says "it is refused" "a workbook locked with a password; save it as .xlsx without one"
done
expect 0 "one of Excel 95 is read" hg-extract -O csv "$tmp/default-xor-95.xls"
check "too" test "$(cat "$out")" = "1.5,Hà Nôi"
expect 3 "with a password of its own (95)" hg-extract -O csv "$tmp/other-xor-95.xls"
says "it is refused too" "a workbook locked with a password; save it as .xlsx without one"
finish
