# workbooks as web applications make them: XML Spreadsheet 2003 and HTML, whatever they are named
. tests/cmd/lib.sh
python=${PYTHON:-/usr/bin/python3}

expect 0 "each is read as it is, or refused with the reason" $python tests/cmd/webbooks.py "$(command -v hg-extract)"
cat "$out"

cat >"$tmp/t.xls" <<'HTML'
<table><tr><th rowspan=2>Xã</th><th colspan=2>Số hộ</th></tr><tr><th>2023</th><th>2024</th></tr>
<tr><td>Vị Thanh</td><td>1.200</td><td>1.250,5</td></tr>
<tr><td>Ngã Bảy</td><td>1.300</td><td>1.350,5</td></tr></table>
HTML
cat >"$tmp/r.json" <<'JSON'
{ "columns": { "xa": "row", "nam": { "from": "header", "type": "year" }, "so_ho": "value" }, "numbers": "vi" }
JSON
expect 0 "a recipe reads a page as any workbook" hg-extract -O csv -r "$tmp/r.json" "$tmp/t.xls"
printf 'xa,nam,so_ho\nVị Thanh,2023,1200\nVị Thanh,2024,1250.5\nNgã Bảy,2023,1300\nNgã Bảy,2024,1350.5\n' >"$tmp/want"
check "to tidy rows" cmp "$out" "$tmp/want"
expect 0 "it is one sheet" hg-extract --list "$tmp/t.xls"
check "of so many rows and columns" grep -qx '1	visible	4	3' "$out"
finish
