# Reading a workbook or a text where memory, reads and writes fail: the same rows, or status 4 and a message.
. tests/cmd/lib.sh

if ! ${CC:-cc} -shared -fPIC -O1 -o "$tmp/failing.so" tests/fault/failing.c 2>"$err"; then
    skip "failing calls" "$(head -n 1 "$err")"
    finish
    exit
fi
fails() { /usr/bin/python3 tests/fault/failing.py "$tmp/failing.so" "$@"; }
/usr/bin/python3 tests/cmd/listing.py "$tmp"
for file in list.xlsx list.xls list.ods; do
    check "no call that fails while $file is read is passed over" fails 200 hg-extract -O csv "$tmp/$file"
    check "nor where it comes through a pipe" fails 60 hg-extract -O csv - <"$tmp/$file"
    check "nor while it is listed" fails 40 hg-extract --list "$tmp/$file" --json
done

# the prefix h is declared in the first block that is read, and used in the third
/usr/bin/python3 - >"$tmp/late.xml" <<'END'
SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
print(f'<Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}" xmlns:h="http://www.w3.org/TR/REC-html40"><Worksheet ss:Name="S"><Table>',
      f'<!--{70000 * "x"}--><!--{70000 * "x"}-->',
      '<Row><Cell><Data ss:Type="String"><h:B>Nam</h:B></Data></Cell></Row></Table></Worksheet></Workbook>')
END
check "without memory, XML is not called damaged" fails 300 hg-extract -O csv "$tmp/late.xml"
printf 'ma,ten\n01,H\340 N\351i\n02,"a\nb"\n' >"$tmp/text.csv"
check "no call that fails while a text is read is passed over" fails 100 hg-extract -O csv "$tmp/text.csv"
check "nor where it comes through a pipe" fails 60 hg-extract -O csv - <"$tmp/text.csv"
awk 'BEGIN { print "id,n"; for (i = 1; i < 150000; i++) print i ",7919" }' >"$tmp/long.csv"
check "nor while a text becomes a stream" fails 60 hg-extract "$tmp/long.csv"
finish
