#!/usr/bin/python3
"""real.py RECIPE SOURCE... < STREAM - every row of the stream is what other readers find at its cell.

Reads the sources with openpyxl, xlrd, Python's csv, or (ods) by itself. Of each row the value is that of the cell
it names, digit by digit; a value that is empty stands for a symbol; and each label stands in that row, over that
column, in a row above, or is the name of the sheet or file. Labels that the recipe turns into codes are turned
back; periods are looked for by their digits. Prints: tables, rows, a digest of all tables, and how many numbers of
the sheets read are no values (labels, rulers, what the recipe ignores)."""
import csv
import fnmatch
import functools
import hashlib
import io
import json
import os
import re
import sys
import tarfile
import unicodedata
import zipfile
from xml.etree import ElementTree

SYMBOLS = {"-", "–", "x", "X", "..", "...", "…", "....", ""}
ALL = 5000  # rows of which all labels are looked for; then of one in eleven
TCVN3 = "../shared/reference/encodings/tcvn3.tsv"


@functools.lru_cache(1 << 17, typed=True)
def plain(text):
    """As labels are compared: NFC, one line, single spaces, one case."""
    return " ".join(unicodedata.normalize("NFC", str(text)).split()).casefold()


@functools.lru_cache(1 << 17)
def address(name):
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", name).groups()
    col = 0
    for letter in letters:
        col = col * 26 + ord(letter) - 64
    return int(row), col


class Sheet:
    def __init__(self, cells, merged=()):
        self.cells = {at: v for at, v in cells.items() if v is not None and str(v).strip() != ""}
        self.rows, self.spread = {}, {}
        for r1, c1, r2, c2 in merged:
            for r in range(r1, r2 + 1):
                for c in range(c1, c2 + 1):
                    if (r, c) != (r1, c1):
                        self.cells.pop((r, c), None)
                    if (r1, c1) in self.cells:
                        self.spread[r, c] = self.cells[r1, c1]
        for (r, c), v in self.cells.items():
            self.rows.setdefault(r, []).append((c, v))
        self.places = {}
        for at, v in list(self.cells.items()) + list(self.spread.items()):
            self.places.setdefault(plain(show(v)), []).append(at)

    def has(self, text, row, col):
        """The text stands in this row, or above, over the column or further left."""
        return any(r == row or (r < row and c <= col) for r, c in self.places.get(text, ()))

    def around(self, row):
        """All texts of this row and of the first rows, for labels that are a part of theirs."""
        found = {plain(show(v)) for r in list(range(1, 21)) + [row] for _, v in self.rows.get(r, ())}
        return found | {plain(show(v)) for (r, _), v in self.spread.items() if r == row}


def show(value):
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def from_csv(name):
    raw = open(name, "rb").read()
    text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", errors="surrogateescape")
    text = re.sub("[\udc80-\udcff]", lambda m: bytes([ord(m[0]) - 0xdc00]).decode("cp1252"), text)
    lines = text[:8192].splitlines()[:20]
    delim = max("\t;,", key=lambda c: sum(c in line for line in lines))
    return {None: Sheet({(r, c): v for r, row in enumerate(csv.reader(io.StringIO(text), delimiter=delim), 1)
                         for c, v in enumerate(row, 1)})}


def from_xlsx(name):
    import openpyxl
    book = openpyxl.load_workbook(open(name, "rb"), data_only=True)
    return {s.title: Sheet({(c.row, c.column): c.value for row in s.iter_rows() for c in row},
                           [(m.min_row, m.min_col, m.max_row, m.max_col) for m in s.merged_cells.ranges])
            for s in book.worksheets}


def tcvn3():
    table = {}
    for line in open(TCVN3, encoding="utf-8").read().splitlines()[1:]:
        code, _, letter = line.split("\t")[:3]
        table[bytes([int(code, 16)]).decode("cp1252")] = letter
    return str.maketrans(table)


def as_date(serial, mode):
    import xlrd
    try:
        return xlrd.xldate_as_datetime(serial, mode)
    except (ValueError, OverflowError):
        return serial


def from_xls(name):
    import xlrd
    book, sheets, table = xlrd.open_workbook(name, formatting_info=True), {}, None
    for s in book.sheets():
        cells = {}
        for r in range(s.nrows):
            for c in range(s.row_len(r)):
                value, kind = s.cell_value(r, c), s.cell_type(r, c)
                font = book.font_list[book.xf_list[s.cell_xf_index(r, c)].font_index].name
                if kind == 1 and font.startswith(".Vn"):
                    table = table or tcvn3()
                    value = value.translate(table)
                if kind == 3:
                    value = as_date(value, book.datemode)
                if kind == 5:
                    value = xlrd.error_text_from_code.get(value, "#?")
                if kind != 6:
                    cells[r + 1, c + 1] = value
        sheets[s.name] = Sheet(cells, [(a + 1, x + 1, b, y) for a, b, x, y in s.merged_cells])
    return sheets


def from_ods(name):
    space = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
    office, table, text = (space % s for s in ("office", "table", "text"))
    sheets = {}
    for s in ElementTree.fromstring(zipfile.ZipFile(name).read("content.xml")).iter(table + "table"):
        cells, r = {}, 0
        for row in s.iter(table + "table-row"):
            times, c = int(row.get(table + "number-rows-repeated", 1)), 0
            for cell in row:
                if cell.tag not in (table + "table-cell", table + "covered-table-cell"):
                    continue
                repeated = int(cell.get(table + "number-columns-repeated", 1))
                value = cell.get(office + "value")
                value = float(value) if value is not None else "\n".join(
                    "".join(p.itertext()) for p in cell.findall(text + "p"))
                for k in range(min(repeated, 200)):
                    if value != "":
                        for t in range(min(times, 200)):
                            cells[r + 1 + t, c + 1 + k] = value
                c += repeated
            r += times
        sheets[s.get(table + "name")] = Sheet(cells)
    return sheets


def sheets_of(name):
    magic = open(name, "rb").read(4)
    if magic == b"\xd0\xcf\x11\xe0":
        return from_xls(name)
    if magic[:2] == b"PK":
        return from_ods(name) if name.endswith(".ods") else from_xlsx(name)
    return from_csv(name)


def tables_of(recipe):
    """The columns of each resource, by name; None: the first."""
    found = {}
    for t in recipe.get("tables", [{}]):
        found.setdefault(t.get("name", recipe.get("name")), t.get("columns", recipe.get("columns")))
    return found


def same_number(cell, text):
    if isinstance(cell, bool):
        return False
    if isinstance(cell, (int, float)):
        return text != "" and float(text) == cell and len(text) <= len(repr(float(cell)))
    bare = re.sub(r"[*\s]|\(\w\)$|%$", "", str(cell))
    readings = {bare, bare.replace(",", "."), bare.replace(".", "").replace(",", "."), bare.replace(",", "")}
    return text in readings


def is_symbol(text, own):
    return text in SYMBOLS or any(fnmatch.fnmatchcase(text, pattern) for pattern in own)


def is_there(text, spec, sheet, row, col, names):
    """The label stands where it can come from."""
    if text == "" or spec.get("default") == text or spec.get("from") in ("constant", "kind", "numbering"):
        return True
    if "codes" in spec or spec.get("language"):
        return True
    def somewhere(label):
        return sheet.has(label, row, col) or label in names

    if "map" in spec:
        labels = {plain(k) for k, v in spec["map"].items() if v == text}
        around = sheet.around(row)
        return any(somewhere(l) or any(a.startswith(l) or fnmatch.fnmatch(a, l) for a in around) for l in labels)
    if spec.get("type") in ("month", "quarter", "date", "period", "number"):
        return True
    parts = [plain(p) for p in text.split(" / ")]
    if somewhere(plain(text)) or all(map(somewhere, parts)):
        return True
    around = sheet.around(row) | names
    return all(somewhere(p) or any(p in a for a in around) for p in parts)


def main():
    recipe = json.load(open(sys.argv[1], encoding="utf-8"))
    columns, sources = tables_of(recipe), [sheets_of(name) for name in sys.argv[2:]]
    stems = [plain(os.path.basename(name).rsplit(".", 1)[0]) for name in sys.argv[2:]]
    digest, rows, tables, taken, read = hashlib.sha256(), 0, set(), set(), set()
    own, given = set(), set()
    for t in recipe.get("tables", [{}]):
        own |= set(t.get("symbols", recipe.get("symbols", {})))
        given |= {plain(v) for v in t.get("headings", recipe.get("headings", {})).values()}
    with tarfile.open(fileobj=sys.stdin.buffer, mode="r|") as stream:
        for entry in stream:
            if not entry.name.startswith("data/"):
                continue
            resource = entry.name.split("/")[1]
            if resource not in tables:
                tables.add(resource)
                header = None
                specs = [s if isinstance(s, dict) else {"from": s}
                         for s in columns.get(resource, columns.get(None)).values()]
            source = int(entry.pax_headers.get("HG.source", 0))
            sheet = sources[source][entry.pax_headers.get("HG.sheet")]
            read.add((source, entry.pax_headers.get("HG.sheet")))
            names = {plain(entry.pax_headers.get("HG.sheet") or ""), stems[source]} | given
            body = stream.extractfile(entry).read()
            digest.update(body)
            for row in csv.reader(io.StringIO(body.decode("utf-8"))):
                if header is None:
                    header = row[1:]
                    assert len(specs) == len(header), (specs, header)
                    continue
                at = address(row[0])
                taken.add((source, entry.pax_headers.get("HG.sheet"), at))
                labels = rows < ALL or rows % 11 == 0
                for spec, text in zip(specs, row[1:]):
                    origin = spec.get("from", "row")
                    cell = sheet.cells.get(at)
                    if origin == "value":
                        fine = same_number(cell, text) if text else is_symbol(str(cell).strip(), own)
                    elif origin in ("status", "mark", "unit"):
                        fine = True
                    else:
                        fine = not labels or is_there(text, spec, sheet, *at, names)
                    if not fine:
                        sys.exit(f"{resource} {row[0]} holds {cell!r}; the row says {text!r} ({spec}): {row}")
                rows += 1
    others = sum(1 for key in read for at, v in sources[key[0]][key[1]].cells.items()
                 if isinstance(v, (int, float)) and (*key, at) not in taken)
    print(len(tables), rows, digest.hexdigest()[:16], others, sep="\t")


if __name__ == "__main__":
    main()
