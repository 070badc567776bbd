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

# blocks that are made ahead, rewritten and digested by threads; and with a long one among them, which is not
$python - "$tmp" <<'PY'
import sys
rows = [f'{i};"xã, {i}";{i % 7}\r\n' for i in range(300000)]
open(sys.argv[1] + "/ahead.csv", "w", newline="").write("ma;ten;so\r\n" + "".join(rows))
rows[150000] = f'1;"{"x" * 5000000}";2\r\n'
open(sys.argv[1] + "/long.csv", "w", newline="").write("ma;ten;so\r\n" + "".join(rows))
PY
for f in ahead long; do
    expect 0 "a regular text is passed on in blocks ($f)" sh -c "hg-extract '$tmp/$f.csv' >'$tmp/s'"
    expect 0 "whose digest is that of their bytes ($f)" hg-validate -O csv "$tmp/s"
    check "which are those of the text ($f)" sh -c "tr ';' , <'$tmp/$f.csv' | tr -d '\r' | cmp - '$out'"
done
rm "$tmp/ahead.csv" "$tmp/long.csv" "$tmp/s"

real=${SHARED:-../shared}/real
if [ ! -d $real ] || ! command -v zstd >/dev/null; then
    skip "real texts are read as Python's csv reads them when told how" "../shared/real or zstd is not there"
else
    expect 0 "real texts are read as Python's csv reads them when told how" \
        $python tests/cmd/realtexts.py "$(command -v hg-extract)" $real
fi

# ---- as a recipe says ----

cat >"$tmp/r.json" <<'JSON'
{ "columns": { "xa": "row", "nam": { "from": "header", "type": "year" }, "so": "value" },
  "encoding": "VISCII", "dialect": { "delimiter": "|", "quoteChar": null } }
JSON
printf 'Xa|2023|2024\nTi\xaang, "A|1|2\nVi\xaet, B|3|4\n' >"$tmp/r.csv"
expect 0 "a text in the encoding and dialect of a recipe" hg-extract -O csv -r "$tmp/r.json" "$tmp/r.csv"
printf 'xa,nam,so\n"Tiếng, ""A",2023,1\n"Tiếng, ""A",2024,2\n"Việt, B",2023,3\n"Việt, B",2024,4\n' >"$tmp/want"
check "is read so" cmp "$out" "$tmp/want"
expect 0 "an option goes before it" hg-extract -O csv --encoding windows-1252 -r "$tmp/r.json" "$tmp/r.csv"
check "so other letters are read" grep -q 'Vi®t, B' "$out"
sed 's/"|"/"ab"/' "$tmp/r.json" >"$tmp/wrong.json"
expect 2 "a delimiter of two bytes is refused" hg-extract -r "$tmp/wrong.json" "$tmp/r.csv"
says "with its place" "wrong.json:2:.*'delimiter' takes one ASCII character"

printf 'Biểu 1\n\nma\tten\n1\tA, B\n2\tC\n3\tD\n' >"$tmp/t.tsv"
expect 0 "how a text is read is listed" hg-extract --list "$tmp/t.tsv"
check "as the options that would have it so" test "$(cat "$out")" = "$(printf '%s\t' '' visible 4 2 \
    '--encoding utf-8 --delimiter tab --quote " --escape none --header-rows 1')line ends LF, from line 3 on"
expect 0 "so it is in Vietnamese, where the locale is" env LC_ALL=vi_VN.UTF-8 hg-extract --list "$tmp/t.tsv"
check "in its words" grep -q 'ngắt dòng LF, từ dòng 3' "$out"
expect 1 "what is malformed is told in Vietnamese" sh -c \
    "printf 'a,b\n1,2\n3,\"4\n' | LC_ALL=vi_VN.UTF-8 hg-extract -O csv -"
says "with the place" '3:3: lỗi: dấu ngoặc không được đóng'
finish
