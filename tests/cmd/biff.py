"""Old workbooks for tests/cmd/sources.py, written record by record ([MS-XLS], [MS-CFB]), and the
rows that they hold, by hand."""
import struct

END, FREE = 0xFFFFFFFE, 0xFFFFFFFF
SECTOR = 512


def compound(streams, change=None):
    """A compound file of {name: bytes}; change(header, table, directory) may damage it."""
    sectors, table = [], []

    def put(data):
        first = len(sectors)
        for at in range(0, len(data), SECTOR):
            sectors.append(data[at:at + SECTOR].ljust(SECTOR, b"\0"))
            table.append(len(sectors))
        if data:
            table[-1] = END
        return first if data else END

    def entry(name, kind, child=FREE, right=FREE, first=END, size=0):
        text = (name + "\0").encode("utf-16le")
        return (text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, right, child)
                + bytes(36) + struct.pack("<IQ", first, size))

    small, small_table, entries = b"", [], []
    for i, (name, data) in enumerate(streams.items(), 1):
        right = i + 1 if i < len(streams) else FREE
        if len(data) >= 4096:
            first = put(data)
        else:
            first = len(small_table)
            count = -(-len(data) // 64)
            small_table += list(range(first + 1, first + count)) + [END] * (count > 0)
            small += data.ljust(count * 64, b"\0")
        entries.append(entry(name, 2, right=right, first=first, size=len(data)))
    root = entry("Root Entry", 5, child=1, first=put(small), size=len(small))
    mini = put(b"".join(struct.pack("<I", n) for n in small_table).ljust(-(-len(small_table) // 128) * 512, b"\xff"))
    directory = bytearray(b"".join([root, *entries]))
    first = put(directory)
    count = 1
    while count * 128 < len(table) + count:
        count += 1
    fats = list(range(len(sectors), len(sectors) + count))
    table += [0xFFFFFFFD] * count
    header = bytearray(struct.pack("<8s16xHHHHH6xIIIIIIIIII", bytes.fromhex("D0CF11E0A1B11AE1"), 0x3E, 3, 0xFFFE, 9, 6,
                                   0, count, first, 0, 4096, mini, 1, END, 0, 0)[:76]
                       + struct.pack("<109I", *fats, *[FREE] * (109 - count)))
    if change:
        change(header, table, directory)
        for at in range(0, len(directory), SECTOR):
            sectors[first + at // SECTOR] = bytes(directory[at:at + SECTOR].ljust(SECTOR, b"\0"))
    table += [FREE] * (count * 128 - len(table))
    sectors += [struct.pack("<128I", *table[i * 128:i * 128 + 128]) for i in range(count)]
    return bytes(header) + b"".join(sectors)


# ---- records ----

def record(kind, data=b""):
    return struct.pack("<HH", kind, len(data)) + data


def begin(kind, version=0x600):
    return record(0x809, struct.pack("<HHHHII", version, kind, 0, 0, 0, 0))


END_OF = record(0x0A)


def narrow(text, lead="B"):
    return struct.pack("<" + lead + "B", len(text), 0) + text.encode("latin-1")


def wide(text, lead="H"):
    data = text.encode("utf-16le", "surrogatepass")
    return struct.pack("<" + lead + "B", len(data) // 2, 1) + data


def counted(text, lead="B"):
    return struct.pack("<" + lead, len(text)) + text


FORMATS = {164: "dd/mm/yyyy", 165: "[h]:mm", 166: "hh:mm:ss", 167: "yyyy\\-mm\\-dd\\ hh:mm"}
CODES = (0, 14, 164, 165, 166, 167)


def styles(version):
    font = lambda flags, weight, name: struct.pack("<HHHHHBBBB", 200, flags, 8, weight, 0, 0, 0, 0, 0) + name
    text = narrow if version == 0x600 else lambda s, lead="B": counted(s.encode(), "B")
    fonts = [(0, 400, "Arial"), (2, 700, ".VnTime")] + [(0, 400, "Arial")] * 2 + [(0, 700, "Fifth")]
    found = b"".join(record(0x31, font(a, b, text(c))) for a, b, c in fonts)
    found += b"".join(record(0x41E, struct.pack("<H", n) + text(code, "H")) for n, code in FORMATS.items())
    pad = 16 if version == 0x600 else 12
    found += b"".join(record(0xE0, struct.pack("<HH", 0, code) + bytes(pad)) for code in CODES)
    for number in (1, 5):
        found += record(0xE0, struct.pack("<HH4xB", number, 0, 2)[:9].ljust(pad + 4, b"\0"))
    return found


def sheet(cells, version=0x600):
    return begin(0x10, version) + cells + END_OF


def stream(sheets, before=b"", version=0x600, after=b"", ats=None):
    """sheets: [(name, state, kind, bytes)]"""
    text = narrow if version == 0x600 else lambda s: counted(s.encode("latin-1"))
    head = begin(5, version) + before + styles(version)
    names = [text(name) if isinstance(name, str) else name for name, *_ in sheets]
    at = len(head) + sum(10 + len(name) for name in names) + len(after) + len(END_OF)
    for i, (name, (_, state, kind, data)) in enumerate(zip(names, sheets)):
        head += record(0x85, struct.pack("<IBB", ats[i] if ats else at, state, kind) + name)
        at += len(data)
    return head + after + END_OF + b"".join(data for *_, data in sheets)


def book(cells, before=b"", version=0x600, after=b"", name="Biểu"):
    name = wide(name, "B") if version == 0x600 else "Bieu"
    return stream([(name, 0, 0, sheet(cells, version))], before, version, after)


def xls(cells, **more):
    change = more.pop("change", None)
    big = more.pop("big", False)
    data = book(cells, **more)
    name = "Book" if more.get("version") == 0x500 else "Workbook"
    return compound({"Other": b"x" * 99, name: data.ljust(5000, b"\0") if big else data}, change)


def at(row, col, style=0):
    return struct.pack("<HHH", row, col, style)


def n(row, col, value, style=0):
    return record(0x203, at(row, col, style) + struct.pack("<d", value))


def rk(row, col, bits, style=0):
    return record(0x27E, at(row, col, style) + struct.pack("<I", bits))


def label(row, col, text):
    return record(0x204, at(row, col) + text)


def shared(row, col, index):
    return record(0xFD, at(row, col) + struct.pack("<I", index))


def formula(row, col, result, style=0, kind=6):
    return record(kind, at(row, col, style) + result + bytes(8))


def special(kind, value=0):
    return bytes([kind, 0, value, 0, 0, 0, 0xFF, 0xFF])


def sst(count, *parts):
    """A table of shared texts whose bytes are cut into records as given."""
    first, *others = parts
    return record(0xFC, struct.pack("<II", count, count) + first) + b"".join(record(0x3C, part) for part in others)


def double_upper(value):
    return struct.unpack("<Q", struct.pack("<d", value))[0] >> 32 & 0xFFFFFFFC


def at2(row, col, code=0):
    """The place and looks of a cell of Excel 2 in a file without styles."""
    return struct.pack("<HHBBB", row, col, 0, code, 0)


def old_sheet(version, records):
    """A worksheet of Excel 2, 3 or 4: a stream without a container."""
    return record({2: 0x009, 3: 0x209, 4: 0x409}[version], struct.pack("<HH", 0, 0x10) + bytes(0 if version == 2 else 2)) + records + END_OF


FORMATS_2 = record(0x1E, b"\7General") + record(0x1E, b"\x0add/mm/yyyy")
RICH = struct.pack("<HBH", 3, 8, 2) + b"abc" + bytes(8)
TWO_FONTS = (struct.pack("<HBH", 6, 9, 3) + "Hµ😀né".encode("utf-16le")
             + struct.pack("<6H", 0, 1, 2, 5, 4, 0))
PHONETIC = struct.pack("<HBI", 2, 5, 6) + "東京".encode("utf-16le") + b"\1\2\3\4\5\6"

GOOD = {
    "numbers": (xls(n(0, 0, 4.81) + n(0, 1, 13273911.664995899) + n(0, 2, -0.0) + n(0, 3, 1e-7)
                    + rk(0, 4, 12345 << 2 | 2) + rk(0, 5, 12345 << 2 | 3) + rk(0, 6, (-7 << 2) & 0xFFFFFFFF | 2)
                    + rk(0, 7, double_upper(1.5)) + rk(0, 8, double_upper(150) | 1)
                    + record(0xBD, struct.pack("<HH", 0, 9) + b"".join(struct.pack("<HI", 0, i << 2 | 2) for i in (1, 2, 3))
                             + struct.pack("<H", 11))),
                "4.81,13273911.6649959,0,1e-7,12345,123.45,-7,1.5,1.5,1,2,3\n"),
    "big-stream": (xls(n(0, 0, 1), big=True), "1\n"),
    "dates": (xls(n(0, 0, 45473, 1) + n(0, 1, 45473, 2) + n(0, 2, 45473.5729166667, 5) + n(0, 3, 0.25, 4)
                  + n(0, 4, 1.5104166666666667, 3) + n(0, 5, 60, 1) + formula(0, 6, struct.pack("<d", 45473), 1)
                  + rk(0, 7, 45473 << 2 | 2, 2)),
              "2024-06-30,2024-06-30,2024-06-30T13:45:00,06:00:00,PT36H15M0S,1900-02-28,2024-06-30,2024-06-30\n"),
    "from-1904": (xls(n(0, 0, 44011, 1) + n(0, 1, 0, 2), before=record(0x22, b"\1\0")), "2024-06-30,1904-01-01\n"),
    "types": (xls(record(0x205, at(0, 0) + b"\1\0") + record(0x205, at(0, 1) + b"\0\0")
                  + record(0x205, at(0, 2) + b"\x2a\1") + formula(0, 3, special(1, 1)) + formula(0, 4, special(2, 7))
                  + formula(0, 5, special(3)) + formula(0, 6, special(0)) + record(0x4BC, bytes(10))
                  + record(0x207, wide("kết quả")) + formula(0, 7, special(0)) + n(0, 8, 5)
                  + formula(0, 9, struct.pack("<d", 2.5), kind=0x406) + record(0x201, at(0, 10))
                  + record(0xBE, struct.pack("<HHHHH", 0, 11, 0, 0, 12))),
              "TRUE,FALSE,#N/A,TRUE,#DIV/0!,,kết quả,,5,2.5\n"),
    "texts": (xls(b"".join(shared(0, i, i) for i in range(6)) + label(0, 6, wide("nhãn")) + label(0, 7, narrow("TØnh", "H")),
                  after=sst(6, wide("Đắk Lắk") + RICH + PHONETIC + narrow("", "H") + wide("\U0001F600 \ud83d") + narrow("TØnh", "H"))),
              "Đắk Lắk,abc,東京,,😀 \ufffd,TØnh,nhãn,TØnh\n"),
    # the texts' bytes are cut into records within a text, 8 bits going on as 16 and back, within a pair of
    # surrogates, within runs, and between texts
    "continued": (xls(b"".join(shared(0, i, i) for i in range(7)), after=sst(
        7, struct.pack("<HB", 6, 0) + b"abc", b"\1" + "đêf".encode("utf-16le") + struct.pack("<HB", 4, 1) + "ắ".encode("utf-16le"),
        b"\0xyz" + struct.pack("<HB", 2, 1) + b"\x3d\xd8", b"\1\x00\xde" + RICH[:-5], RICH[-5:] + PHONETIC[:-3], PHONETIC[-3:],
        narrow("mot", "H") + struct.pack("<HB", 2, 0), b"\0ab")),
        "abcđêf,ắxyz,😀,abc,東京,mot,ab\n"),
    "out-of-order": (xls(n(2, 0, 5) + n(0, 1, 2) + n(0, 0, 1) + n(1, 0, 9) + n(1, 0, 3)
                         + formula(1, 1, special(0)) + record(0x207, narrow("x", "H"))
                         + record(0xBE, struct.pack("<HHHHH", 2, 0, 0, 0, 1)) + n(2, 1, 6)), "1,2\n3,x\n,6\n"),
    "merged": (xls(n(0, 0, 1) + n(0, 1, 9) + n(0, 2, 2) + n(2, 0, 3)
                   + record(0xE5, struct.pack("<HHHHH", 1, 0, 1, 0, 1))), "1,9,2\n,,\n3,,\n"),
    "embedded-chart": (xls(n(0, 0, 1) + begin(0x20) + n(0, 1, 7) + END_OF + n(0, 1, 2)), "1,2\n"),
    "chart-first": (compound({"Workbook": stream([("Chart", 0, 2, begin(0x20) + END_OF), ("S", 0, 0, sheet(n(0, 0, 4)))])}), "4\n"),
    "other-case": (compound({"WORKBOOK": book(n(0, 0, 1))}), "1\n"),
    "excel-95": (xls(n(0, 0, 1.5) + label(0, 1, counted(b"\x80 \xd0\xe8", "H"))
                     + record(0xD6, at(0, 2) + counted(b"ab", "H") + b"\1\0\0")
                     + formula(0, 3, special(0)) + record(0x207, counted(b"s\xf0", "H")) + n(0, 4, 45473, 2),
                     version=0x500), "1.5,€ Ðè,ab,sð,2024-06-30\n"),
    "windows-1258": (xls(label(0, 0, counted(b"Vi\xea\xf2t \xd0\xf0\xc3\xfd\xfe", "H")), version=0x500,
                         before=record(0x42, struct.pack("<H", 1258))), "Viê\u0323t Đđ\u0102ư₫\n"),
    "macintosh": (xls(label(0, 0, counted(b"\x8e\xca\xa5", "H")), version=0x500,
                      before=record(0x42, struct.pack("<H", 10000))), "é\xa0•\n"),
    "empty": (xls(b""), ""),
    "runs": (xls(shared(0, 0, 0), after=sst(1, TWO_FONTS)), "Hµ😀né\n"),
    "runs-95": (xls(record(0xD6, at(0, 0) + counted(b"H\xb5 n\xe9i", "H") + b"\2\0\1\3\5"), version=0x500), "Hµ néi\n"),
}

GOOD.update({
    "wrong-counts": (xls(shared(0, 0, 0) + shared(0, 1, 1), after=sst(9, narrow("a", "H") + narrow("b", "H"))), "a,b\n"),
    "no-count": (xls(shared(0, 0, 1), after=sst(0, narrow("a", "H") + narrow("b", "H"))), "b\n"),
    "no-number": (xls(n(0, 0, float("nan")) + n(0, 1, float("inf"))), "#NUM!,#NUM!\n"),
    "no-flags": (xls(record(0x204, at(0, 0) + b"\0\0") + n(0, 1, 1)), ",1\n"),
    "short-format": (xls(n(0, 0, 2.5), before=record(0x41E, struct.pack("<HHB", 200, 9, 0) + b"0.0")), "2.5\n"),
    "lost-sheets": (compound({"Workbook": stream([("Chart", 0, 2, begin(0x20) + END_OF), ("S", 0, 0, sheet(n(0, 0, 4)))], ats=[0, 7])}), "4\n"),
    "damaged-runs": (xls(record(0xD6, at(0, 0) + counted(b"ab", "H") + b"\x63\1"), version=0x500), "ab\n"),
    "korean": (xls(label(0, 0, counted(b"a\xbf\xf8", "H")), version=0x500, before=record(0x42, struct.pack("<H", 949))), "a원\n"),
    "by-its-font": (xls(label(0, 0, counted(b"\xc4\xe0", "H")), version=0x500,
                        before=record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 8, 400, 0, 0, 0, 204, 0) + counted(b"Arial"))), "Да\n"),
    "another-version": (xls(label(0, 0, counted(b"a", "H")), version=0x580), "a\n"),  # as MS Graph writes it
    "excel-2": (old_sheet(2, FORMATS_2 + record(1, at2(0, 0)) + record(2, at2(0, 1) + struct.pack("<H", 65535)) + record(3, at2(0, 2, 1) + struct.pack("<d", 45473))
                          + record(4, at2(0, 3) + b"\2H\xe0") + record(5, at2(0, 4) + b"\1\0") + record(5, at2(0, 5) + b"\7\1")
                          + record(6, at2(1, 0) + struct.pack("<d", 2.5) + b"\0\0") + record(6, at2(1, 1) + special(0) + b"\0\0")
                          + record(0x21, bytes(9)) + record(7, b"\3xyz")),
                ",65535,2024-06-30,Hà,TRUE,#DIV/0!\n2.5,xyz,,,,\n"),
    "excel-2-styles": (old_sheet(2, FORMATS_2 + record(0x43, b"\0\0\0\0") + record(0x43, b"\0\0\1\0") + record(3, b"\0\0\0\0\1\0\0" + struct.pack("<d", 45473))
                                 + record(0x44, b"\1\0") + record(3, b"\0\0\1\0\x3f\0\0" + struct.pack("<d", 45473)) + record(2, b"\0\0\2\0\0\0\0\x07\0")),
                       "2024-06-30,2024-06-30,7\n"),
    "excel-3": (old_sheet(3, FORMATS_2 + record(0x243, b"\0\0" + bytes(10)) + record(0x243, b"\0\1" + bytes(10)) + n(0, 0, 45473, 1) + rk(0, 1, 7 << 2 | 2)
                          + label(0, 2, counted(b"H\xe0", "H")) + formula(0, 3, special(0), kind=0x206) + record(0x207, counted(b"xyz", "H"))),
                "2024-06-30,7,Hà,xyz\n"),
    "excel-4": (old_sheet(4, record(0x231, struct.pack("<HHH", 200, 1, 0) + counted(b"Arial")) + record(0x41E, b"\0\0" + counted(b"General"))
                          + record(0x41E, b"\0\0" + counted(b"dd/mm/yyyy")) + record(0x443, b"\0\0" + bytes(10)) + record(0x443, b"\0\1" + bytes(10))
                          + n(0, 0, 45473, 1) + label(0, 1, counted(b"H\xe0", "H")) + formula(0, 2, struct.pack("<d", 2.5), kind=0x406)),
                "2024-06-30,Hà,2.5\n"),
    "no-container": (book(n(0, 0, 1)), "1\n"),
})
TWICE = stream([("S", 0, 0, sheet(b"")), ("S", 0, 0, sheet(b""))])
TWICE = stream([("S", 0, 0, sheet(b"")), ("S", 0, 0, sheet(b""))], ats=[TWICE.rindex(begin(0x10))] * 2)


def set_sector(index, value):
    def change(header, table, directory):
        table[index] = value
    return change


def set_header(offset, value):
    def change(header, table, directory):
        header[offset:offset + 4] = struct.pack("<I", value)
    return change


def circle(header, table, directory):
    for i in range(len(table) - 1):
        table[i] = i


def no_folder(header, table, directory):
    struct.pack_into("<III", directory, 128 + 68, 1, 1, 1)


def lying_size(header, table, directory):
    struct.pack_into("<Q", directory, 2 * 128 + 120, 0x7FFFFFFF)


BAD = {
    "locked": (xls(n(0, 0, 1), before=record(0x2F, bytes(54))), "locked with a password"),
    "locked-package": (compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), "locked with a password"),
    "no-workbook": (compound({"WordDocument": b"x"}), "an old or locked Office document, not a workbook"),
    "excel-4-cut": (compound({"Workbook": record(0x409, bytes(6))}), "cut off"),
    "excel-2-cut": (old_sheet(2, record(4, at2(0, 0) + b"\5Ha")), "!A1: damaged: a text goes beyond its record"),
    "unknown-version": (compound({"Workbook": begin(5, 0x700)}), "a workbook of the unknown version 1792"),
    "no-stream": (compound({"Workbook": record(1, b"x") * 9}), "its stream is no workbook's"),
    "no-sheets": (compound({"Workbook": stream([])}), "without worksheets"),
    "no-end": (compound({"Workbook": book(n(0, 0, 1))[:-4]}), "cut off"),
    "cut-record": (compound({"Workbook": book(n(0, 0, 1))[:-8]}), "cut off"),
    "header-only": (xls(n(0, 0, 1))[:512], "leads nowhere"),
    "half-a-header": (xls(n(0, 0, 1))[:300], "cut off"),
    "circle": (xls(n(0, 0, 1), big=True, change=circle), "circle"),
    "nowhere": (xls(n(0, 0, 1), big=True, change=set_sector(0, 0x00FFFFFF)), "leads nowhere"),
    "no-folder": (xls(n(0, 0, 1), change=set_header(48, 0x00FFFFFF)), "leads nowhere"),
    "tree-in-a-circle": (xls(n(0, 0, 1), change=no_folder), "not a workbook"),
    "lying-size": (xls(n(0, 0, 1), big=True, change=lying_size), "leads nowhere"),
    "no-such-text": (xls(shared(2, 1, 9), after=sst(1, narrow("a", "H"))), "!B3: there is no shared text number 9"),
    "no-texts": (xls(shared(2, 1, 0)), "!B3: there is no shared text number 0"),
    "short-texts": (xls(n(0, 0, 1), after=sst(5, narrow("a", "H") + b"\5\0\0x")), "a text goes beyond its record"),
    "far-column": (xls(n(2, 300, 1)), "a cell beyond the last column"),
    "short-record": (xls(record(0x203, b"\0" * 9)), "a record of type 515 has only 9 bytes"),
    "short-many": (xls(record(0xBD, struct.pack("<HHHIHIH", 0, 0, 0, 0, 0, 0, 200))), "a record of type 189 has only 18 bytes"),
    "unknown-error": (xls(record(0x205, at(2, 1) + b"\x63\1")), "!B3: an error cell of the unknown kind 99"),
    "merged-backwards": (xls(record(0xE5, struct.pack("<HHHHH", 1, 5, 1, 0, 1))), "a merged area that is none: R6C1:R2C2"),
    "code-page": (xls(label(0, 0, counted(b"\xe0", "H")), version=0x500, before=record(0x42, struct.pack("<H", 4711))),
                  "!A1: a text in code page 4711, which is not known"),
    "half-a-character": (xls(label(0, 0, counted(b"\xbf", "H")), version=0x500, before=record(0x42, struct.pack("<H", 949))),
                         "!A1: a text that is not of code page 949"),
    "many-sheets": (compound({"Workbook": stream([("S", 0, 0, b"")] * 20000, ats=range(20000))}), "more than 16384 sheets"),
    "one-place": (compound({"Workbook": TWICE}), "two sheets at the same place"),
    "no-place": (compound({"Workbook": stream([("S", 0, 0, b"")], ats=[20])}), "does not say where this sheet is"),
    "nested": (xls(begin(0x20) * 9 + END_OF * 9), "a sheet within a sheet"),
}
