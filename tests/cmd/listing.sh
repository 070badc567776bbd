# What hg-extract --list tells of a workbook: the same of all three formats, as far as their files say it.
. tests/cmd/lib.sh

check "sheets, names, tables, links and warnings are listed, as they were put in" /usr/bin/python3 tests/cmd/listing.py "$tmp"
for kind in xlsx xls; do
    expect 0 "a sheet that says it is larger than it is ($kind)" hg-extract --list "$tmp/list.$kind"
    says "is told" "'Biểu 1' says that it has [0-9]* cells, far beyond its values"
done
printf 'a,b\n1,2\n,3\n' >"$tmp/t.csv"
expect 0 "a text is listed" hg-extract --list "$tmp/t.csv" --json
check "with its values" grep -q '"values": 5,' "$out"

# ---- what is no workbook, whatever its name ----
/usr/bin/python3 - "$tmp" <<'EOF'
import struct, sys
pixels = bytes(range(48))
open(sys.argv[1] + "/ảnh.xls", "wb").write(struct.pack("<2sIHHI", b"BM", 54 + len(pixels), 0, 0, 54) + struct.pack("<IiiHHIIiiII", 40, 4, 4, 1, 24, 0, 48, 0, 0, 0, 0) + pixels)
name = "Nguyen"
open(sys.argv[1] + "/~$so.xlsx", "wb").write((bytes([len(name)]) + name.encode()).ljust(55) + struct.pack("<H", len(name)) + name.encode("utf-16le").ljust(108, b" "))
EOF
expect 3 "a bitmap is refused" hg-extract -O csv "$tmp/ảnh.xls"
says "by name" "an image, not a workbook or delimited text"
expect 3 "so is the lock of an open workbook" hg-extract -O csv "$tmp/~\$so.xlsx"
says "by name, too" "the lock of a workbook that is open elsewhere"
printf 'BM,Tên\n1,2\n' >"$tmp/bm.csv"
expect 0 "a text that begins like one is none" hg-extract -O csv "$tmp/bm.csv"
finish
