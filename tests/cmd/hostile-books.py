#!/usr/bin/python3
"""hostile-books.py make FOLDER | PROGRAM FOLDER - make some hundred hostile workbooks; run PROGRAM (hg-extract) on each.

Two runs, since what a program takes is measured from its parent's memory on. Every workbook is refused with status 3 and a message that names the file and says the words below, or gives exactly the rows
below; within 10 s, 256 MiB, without a crash, a control byte in a message, or a file left anywhere.
"""
import json, os, random, re, resource, struct, subprocess, sys, zlib

sys.dont_write_bytecode = True
if sys.argv[1] == "make":
    import biff, ods  # ours
    from sources import MAIN, PLAIN, REL, change, n, parts, rels, sheet, workbook, zipped

SHEET, STRINGS, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"
BOOK_RELS = "xl/_rels/workbook.xml.rels"
dice = random.Random(20261128)
if sys.argv[1] == "make":
    XLSX, XLS, FODS = zipped(PLAIN), biff.xls(biff.n(0, 0, 1) + biff.label(0, 1, biff.wide("chữ"))), ods.fods(ods.table(ods.row(ods.n("1"), ods.s("chữ"))))
ONE, TWO = "1\n", "1,chữ\n"
ANY = None  # what is left of it, or a refusal: the format has nothing that tells damage


def one(name, text):
    """A sound workbook with another part."""
    return zipped(change(PLAIN, with_={name: text}))


def rows(body, **more):
    return zipped(parts(body, **more))


def strings(body, cell='<row r="1"><c r="A1" t="s"><v>0</v></c></row>'):
    return zipped(parts(cell, shared=body))


def styles(body):
    return one(STYLES, f'<styleSheet xmlns="{MAIN}">{body}</styleSheet>')


def bomb(head, unit, times, tail):
    """A member that inflates to many times its length, made without holding it."""
    packer, crc, size, out = zlib.compressobj(1, zlib.DEFLATED, -15), 0, 0, []
    for piece in [head] + [unit * 1000] * (times // 1000) + [tail]:
        piece = piece.encode()
        crc, size = zlib.crc32(piece, crc), size + len(piece)
        out.append(packer.compress(piece))
    return Raw(b"".join(out) + packer.flush(), crc, size)


class Raw:
    """A member as it is stored, with what the zip says of it."""
    def __init__(self, data, crc=None, size=None, method=8, flags=0, name=None, local=None, at=None, extra=b"", packed=None):
        self.data, self.crc, self.size, self.method, self.flags = data, crc, size, method, flags
        self.name, self.local, self.at, self.extra, self.packed = name, local, at, extra, packed


def raw_zip(members, comment=b"", count=None, list_at=None, list_size=None):
    """members: {name: text or Raw}; every field may lie."""
    out, listed = b"", b""
    for name, m in members.items():
        if not isinstance(m, Raw):
            text = m if isinstance(m, bytes) else m.encode()
            m = Raw(text, zlib.crc32(text), len(text), 0)
        name = (m.name or name).encode()
        packed = len(m.data) if m.packed is None else m.packed
        common = struct.pack("<HHHHIII", m.flags, m.method, 0, 33, m.crc or 0, packed, m.size if m.size is not None else len(m.data))
        at = len(out) if m.at is None else m.at
        local = (m.local or name.decode()).encode()
        out += struct.pack("<IH", 0x04034B50, 20) + common + struct.pack("<HH", len(local), 0) + local + m.data
        listed += struct.pack("<IHH", 0x02014B50, 20, 20) + common + struct.pack("<HHHHHII", len(name), len(m.extra), 0, 0, 0, 0, at) + name + m.extra
    number = len(members) if count is None else count
    return out + listed + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, number, number, len(listed) if list_size is None else list_size,
                                      len(out) if list_at is None else list_at, len(comment)) + comment


def with_raw(name, raw):
    return raw_zip({**PLAIN, name: raw})


# ---- zips ----

def zips():
    sound = raw_zip(PLAIN)
    yield "sound", sound, [ONE]
    text = PLAIN[SHEET].encode()
    crc, size = zlib.crc32(text), len(text)
    for name, raw, says in (
            ("size-small", Raw(text, crc, 5, 0), ""), ("size-huge", Raw(text, crc, 0xFFFFFFFE, 0), ""), ("crc", Raw(text, crc ^ 1, size, 0), ""),
            ("packed-huge", Raw(text, crc, size, 0, packed=0xFFFFFF00), ""), ("method-99", Raw(text, crc, size, 99), ""), ("method-1", Raw(text, crc, size, 1), ""),
            ("not-deflated", Raw(text, crc, size, 8), ""), ("encrypted", Raw(text, crc, size, 0, 1), "encrypted"), ("masked", Raw(text, crc, size, 0, 0x2041), ""),
            ("at-itself", Raw(text, crc, size, 0, at=0), ""), ("far-away", Raw(text, crc, size, 0, at=0xFFFFFF00), ""), ("other-local-name", Raw(text, crc, size, 0, local="a.xml"), ANY),
            ("zip64-sizes", Raw(text, crc, 0xFFFFFFFF, 0, extra=struct.pack("<HHQ", 1, 8, 1 << 62)), ""), ("zip64-short", Raw(text, crc, 0xFFFFFFFF, 0, extra=struct.pack("<HH", 1, 8)), ""),
            ("extra-beyond", Raw(text, crc, size, 0, extra=b"\1\0\xff\xff"), ANY), ("stored-bomb", Raw(b"\0" * 9, 0, 1 << 30, 0), ""), ("empty-deflate", Raw(b"", 0, 0, 8), "")):
        yield name, with_raw(SHEET, raw), ("", says) if says is not ANY else ANY
    for name in ("../../../tmp/hg-evil", "/tmp/hg-evil", "C:\\evil", "xl\\..\\..\\evil", "a/" * 400, "\x1b[31mred", "x" * 60000):
        yield f"name-{name[:8].encode().hex()}", raw_zip({**PLAIN, name: "evil"}), ANY
    yield "same-name-twice", raw_zip({**PLAIN, "b": Raw(text, crc, size, 0, name=SHEET)}), ("", "twice")
    yield "other-case-twice", raw_zip({**PLAIN, "XL/worksheets/SHEET1.xml": "<x/>"}), ANY
    for name, more in (("count-more", {"count": 99}), ("count-none", {"count": 0}), ("list-far", {"list_at": 0x7FFFFFFF}), ("list-huge", {"list_size": 0x7FFFFFFF}),
                       ("list-at-0", {"list_at": 0}), ("list-none", {"list_size": 0})):
        yield name, raw_zip(PLAIN, **more), ("", "")
    yield "comment", raw_zip(PLAIN, b"PK\5\6" + b"\0" * 18), ANY
    yield "many-members", raw_zip({str(i): "" for i in range(66000)}, count=0xFFFF), ("", "")
    yield "two-in-one-place", raw_zip({**PLAIN, "copy": Raw(b"", crc, size, 0, at=0)}), ("", "")
    for i in range(0, len(XLSX), max(1, len(XLSX) // 40)):
        yield f"cut-{i}", XLSX[:i], ("", "")
    for i in range(60):
        at, bit = dice.randrange(len(XLSX)), 1 << dice.randrange(8)
        yield f"flip-{i}", XLSX[:at] + bytes([XLSX[at] ^ bit]) + XLSX[at + 1:], [ONE]


# ---- XML ----

def xml():
    kinds = {"entity": '<!DOCTYPE x [<!ENTITY a "b">]>', "external": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
             "parameter": '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;]>', "notation": '<!DOCTYPE x [<!NOTATION n SYSTEM "x">]>',
             "laughs": '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12)) + "]>"}
    for part in (SHEET, STYLES, BOOK, BOOK_RELS, "_rels/.rels"):
        for kind, doctype in kinds.items():
            yield f"{kind}-{part.split('/')[-1]}", one(part, doctype + PLAIN[part]), ("", "document type")
    for kind in ("entity", "laughs"):
        yield f"{kind}-strings", zipped(change(parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', shared="<si><t>a</t></si>"),
                                               with_={STRINGS: kinds[kind] + f'<sst xmlns="{MAIN}"><si><t>&a{"" if kind == "entity" else 11};</t></si></sst>'})), ("", "document type")
    for name, text in (("undeclared", "&a;"), ("control", "\x01"), ("null", "\0"), ("char-0", "&#0;"), ("char-far", "&#x110000;"), ("surrogate", "&#xD800;"), ("not-closed", "<t>")):
        yield name, rows(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'), ("", "damaged XML")
    yield "not-utf-8", one(SHEET, PLAIN[SHEET].encode().replace(b"</sheetData>", b"<!-- \xff --></sheetData>")), ("", "damaged XML")
    yield "unknown-encoding", one(SHEET, '<?xml version="1.0" encoding="x-none"?>' + PLAIN[SHEET]), ("", "damaged XML")
    yield "empty-part", one(SHEET, ""), ("", "damaged XML")
    yield "deep", rows("<x>" * 100000 + "</x>" * 100000), ("", "deep")
    yield "many-attributes", rows('<row r="1" ' + " ".join(f'a{i}="1"' for i in range(20000)) + "/>"), ANY
    yield "long-attribute", rows(f'<row r="1" a="{"x" * 5000000}"/>'), ("", "more than")
    yield "long-comment", rows(f'<!--{"x" * 5000000}-->'), ("", "more than")
    yield "long-name", rows(f'<{"x" * 5000000}/>'), ("", "more than")
    yield "text-within-a-text", strings("<si><t>a<si><t> b </t></si></t></si>"), ANY
    yield "many-spaces", one(SHEET, PLAIN[SHEET].replace("<sheetData>", "<sheetData>" + "".join(f'<a{i} xmlns:p{i}="u{i}"/>' for i in range(20000)))), ANY


# ---- what a workbook says ----

def says():
    for name, body, why in (
            ("ref-far-column", '<c r="XFE1"><v>1</v></c>', "reference"), ("ref-far-row", '<c r="A1048577"><v>1</v></c>', "reference"), ("ref-row-0", '<c r="A0"><v>1</v></c>', "reference"),
            ("ref-letters", f'<c r="{"A" * 100000}1"><v>1</v></c>', "reference"), ("ref-digits", f'<c r="A{"9" * 100000}"><v>1</v></c>', "reference"), ("ref-minus", '<c r="A-1"><v>1</v></c>', "reference"),
            ("text-2-31", '<c r="A1" t="s"><v>2147483648</v></c>', "no shared text"), ("text-2-64", '<c r="A1" t="s"><v>18446744073709551616</v></c>', "no shared text"),
            ("text-minus", '<c r="A1" t="s"><v>-1</v></c>', "no shared text"), ("number-text", '<c r="A1"><v>abc</v></c>', "no number"), ("number-huge", '<c r="A1"><v>1e999</v></c>', "no number"),
            ("number-nan", '<c r="A1"><v>nan</v></c>', "no number"), ("number-hex", '<c r="A1"><v>0x10</v></c>', "no number"), ("bool-2", '<c r="A1" t="b"><v>2</v></c>', "neither true nor false")):
        yield name, rows(f'<row r="1">{body}</row>'), ("", why)
    yield "digits", rows(f'<row r="1"><c r="A1"><v>{"1" * 900000}</v></c></row>'), ("", "")
    yield "style-far", rows('<row r="1"><c r="A1" s="4294967295"><v>1</v></c></row>'), [ONE]
    yield "style-minus", rows('<row r="1"><c r="A1" s="-1"><v>1</v></c></row>'), [ONE]
    for name, row in (("row-far", "1048577"), ("row-minus", "-5"), ("row-huge", "9" * 40)):
        yield name, rows(f'<row r="{row}"><c><v>1</v></c></row>'), ("", "the number")
    yield "corner", rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), ("", "delete what stands far off")
    yield "rows-2e6", with_raw(SHEET, bomb(f'<worksheet xmlns="{MAIN}"><sheetData>', "<row/>", 1100000, "</sheetData></worksheet>")), ("", "")
    yield "columns-hidden", with_raw(SHEET, bomb(f'<worksheet xmlns="{MAIN}"><cols>', '<col min="1" max="16384" hidden="1"/>', 300000,
                                                 '</cols><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>')), [ONE]
    yield "merges-3e6", with_raw(SHEET, bomb(f'<worksheet xmlns="{MAIN}"><sheetData/><mergeCells>', '<mergeCell ref="A1:B2"/>', 3000000, "</mergeCells></worksheet>")), ("", "longer than the limit")
    yield "merges-1e6", with_raw(SHEET, bomb(f'<worksheet xmlns="{MAIN}"><sheetData/><mergeCells>', '<mergeCell ref="A1:B2"/>', 1000000, "</mergeCells></worksheet>")), ("", "merged areas")
    yield "merges-all", rows('<row r="1"><c r="A1"><v>1</v></c></row>', after="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 3000 + "</mergeCells>"), ANY
    yield "merges-many", rows('<row r="1"><c r="A1"><v>1</v></c></row>', after="<mergeCells>" + "".join(f'<mergeCell ref="A{i}:XFD{i}"/>' for i in range(1, 200001)) + "</mergeCells>"), ANY
    for ref in ("B2:A1", "A1:XFE1", "A1:A1048577", "A1:", ":A1", "A1:B2:C3", "$A$1:$B$2x", ""):
        yield f"merge-{ref.encode().hex()}", rows("", after=f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>'), ("", "merged area")
    yield "bomb-spaces", with_raw(SHEET, bomb(f'<worksheet xmlns="{MAIN}"><sheetData>', " " * 100, 700000, "</sheetData></worksheet>")), ("", "longer than")
    yield "bomb-text", with_raw(SHEET, bomb(f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="str"><v>', "x" * 100, 30000, "</v></c></row></sheetData></worksheet>")), ("", "more than")
    strings_book = parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', shared="<si><t>a</t></si>")
    yield "bomb-strings", raw_zip({**strings_book, STRINGS: bomb(f'<sst xmlns="{MAIN}">', "<si><t>" + "x" * 500 + "</t></si>", 150000, "</sst>")}), ("", "")
    yield "strings-1e7", raw_zip({**strings_book, STRINGS: bomb(f'<sst xmlns="{MAIN}">', "<si/>", 8500000, "</sst>")}), [""]
    yield "runs", raw_zip({**strings_book, STRINGS: bomb(f'<sst xmlns="{MAIN}"><si>', '<r><rPr><rFont val="a"/></rPr><t>x</t></r>', 200000, "</si></sst>")}), ANY
    yield "styles-1e6", with_raw(STYLES, bomb(f'<styleSheet xmlns="{MAIN}"><cellXfs>', "<xf/>", 1000000, "</cellXfs></styleSheet>")), ("", "cell styles")
    yield "formats-1e6", with_raw(STYLES, bomb(f'<styleSheet xmlns="{MAIN}"><numFmts>', '<numFmt numFmtId="164" formatCode="0"/>', 1000000, "</numFmts></styleSheet>")), ("", "cell styles")
    yield "formats-by-styles", styles("<numFmts>" + '<numFmt numFmtId="9" formatCode="0"/>' * 60000 + "</numFmts><cellXfs>" + '<xf numFmtId="8"/>' * 60000 + "</cellXfs>"), ANY
    yield "format-long", styles(f'<numFmts><numFmt numFmtId="164" formatCode="{"[" * 500000}"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>'), [ONE]
    yield "format-long-often", styles(f'<numFmts><numFmt numFmtId="164" formatCode="{"[" * 500000}"/></numFmts><cellXfs>' + '<xf numFmtId="164"/>' * 60000 + "</cellXfs>"), [ONE]
    yield "sheets-1e6", with_raw(BOOK, bomb(f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>', '<sheet name="a" sheetId="1" r:id="rId1"/>', 1000000, "</sheets></workbook>")), ("", "sheets")
    yield "rels-1e6", with_raw(BOOK_RELS, bomb('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">', '<Relationship Id="a" Type="b" Target="c"/>', 1000000,
                                               "</Relationships>")), ("", "relationships")
    many = "".join(f'<sheet name="s{i}" sheetId="{i}" r:id="rId60000"/>' for i in range(16000))
    yield "rels-by-sheets", zipped(change(PLAIN, with_={BOOK: workbook(many), BOOK_RELS: rels(*[("worksheet", "worksheets/sheet1.xml")] * 60000)})), ANY


def places():
    for name, target in (("passwd", "/etc/passwd"), ("up", "../../../../../../etc/passwd"), ("url", "http://127.0.0.1:9/a"), ("file", "file:///etc/passwd"), ("itself", "workbook.xml"),
                         ("its-rels", "_rels/workbook.xml.rels"), ("folder", "worksheets/"), ("none", ""), ("dots", "../" * 100000), ("long", "a" * 1000000), ("nul", "a%00b"), ("styles", "styles.xml")):
        yield f"target-{name}", one(BOOK_RELS, rels(("worksheet", target))), ("", "")
    yield "target-external", one(BOOK_RELS, rels(("worksheet", "worksheets/sheet1.xml")).replace("Target=", 'TargetMode="External" Target=')), ("", "")
    yield "rels-in-a-circle", zipped(change(PLAIN, with_={"_rels/.rels": rels(("officeDocument", "_rels/.rels"))})), ("", "")
    for name, shown in (("escape", "&#27;[31m"), ("control", "a&#x9b;31mb"), ("bidi", "a\u202eb"), ("long", "x" * 100000), ("line", "a&#10;b"), ("empty", "")):
        book = workbook(f'<sheet name="{shown}" sheetId="1" r:id="rId1"/>')
        yield f"sheet-name-{name}", zipped(change(parts('<row r="1"><c r="A1"><v>x</v></c></row>'), with_={BOOK: book})), ("", "")
    yield "value-escape", rows('<row r="1"><c r="A1"><v>\u009b31m\u202e</v></c></row>'), ("", "no number")


# ---- OpenDocument ----

def opendocument():
    row, cell, table, times = ods.row, ods.cell, ods.table, ods.times
    for form, wrap in (("ods", ods.ods), ("fods", ods.fods)):
        for count in (2**31 - 1, 2**31, 2**32, 2**63, 2**64, 10**30):
            yield f"rows-{count}.{form}", wrap(table(row(ods.n("1"), number_rows_repeated=count))), ("", "beyond the largest sheet")
            yield f"columns-{count}.{form}", wrap(table(row(ods.n("1", times(count))))), ("", "beyond the largest sheet")
            yield f"blank-{count}.{form}", wrap(table(row(ods.n("1"), cell(more=times(count)), number_rows_repeated=1) + row(cell(), number_rows_repeated=count))), [ONE]
            yield f"span-{count}.{form}", wrap(table(row(ods.s("a", f'table:number-rows-spanned="{count}"')))), ("", "merged area beyond")
        yield f"blanks-before.{form}", wrap(table(row(cell(more=times(2**31)), number_rows_repeated=2**31) * 1000 + row(ods.n("1")))), ("", "beyond the largest sheet")
        yield f"copies.{form}", wrap(table(row(ods.n("1", times(16384)), number_rows_repeated=1048576))), ("", "repeat a value")
        yield f"copies-often.{form}", wrap(table(row(ods.n("1", times(16000))) * 1100)), ("", "repeat a value")
        yield f"minus.{form}", wrap(table(row(ods.n("1", 'table:number-columns-repeated="-1"')))), [ONE]
        yield f"spaces.{form}", wrap(table(row(ods.s('<text:s text:c="4294967295"/>')))), ("", "a text of more than")
        yield f"deep-tables.{form}", wrap("<table:table><table:table-row><table:table-cell>" * 400 + "</table:table-cell></table:table-row></table:table>" * 400), ("", "deep")
        yield f"number.{form}", wrap(table(row(ods.n("9" * 200000)))), ANY
        yield f"date.{form}", wrap(table(row(cell("date", "9" * 200000 + "-01-01")))), ANY
        yield f"time.{form}", wrap(table(row(cell("time", "PT" + "9" * 400 + "H")))), ANY
        yield f"columns-1e6.{form}", wrap(table(row(ods.n("1")), columns='<table:table-column table:number-columns-repeated="16384" table:visibility="collapse"/>' * 20000)), [ONE]
    circle = "".join(f'<style:style style:name="{a}" style:family="table-cell" style:parent-style-name="{b}"/>' for a, b in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "d")))
    chain = "".join(f'<style:style style:name="s{i}" style:family="table-cell" style:parent-style-name="s{i + 1}"/>' for i in range(20000))
    for name, more in (("circle", circle), ("chain", chain)):
        body = ods.document(table(row(ods.n("1", f'table:style-name="{"a" if name == "circle" else "s0"}"'))), styles=f"<office:automatic-styles>{more}</office:automatic-styles>")
        yield f"styles-{name}.ods", ods.ods("", body), [ONE]
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    yield "laughs.fods", FODS.replace(b"?>", b"?>" + laughs.encode(), 1), ("", "document type")
    for i in range(0, len(FODS), max(1, len(FODS) // 25)):
        yield f"cut-{i}.fods", FODS[:i], ("", "")
    for i in range(25):
        at = dice.randrange(len(FODS))
        yield f"flip-{i}.fods", FODS[:at] + bytes([FODS[at] ^ 1 << dice.randrange(8)]) + FODS[at + 1:], ANY


# ---- compound files and records ----

def patched(data, at, value, form="<I"):
    return data[:at] + struct.pack(form, value) + data[at + struct.calcsize(form):]


def old():
    record, sst, xls, at = biff.record, biff.sst, biff.xls, biff.at
    sectors = len(XLS) // 512
    for offset, name in ((30, "shift"), (32, "mini-shift"), (44, "tables"), (48, "folder"), (56, "cutoff"), (60, "mini-table"), (64, "mini-tables"), (68, "more"), (72, "mores"), (76, "table")):
        for value in (0, 1, sectors, 0x7FFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF):
            yield f"header-{name}-{value}", patched(XLS, offset, value), ANY if value in (0, 1, sectors, 0xFFFFFFFF) or name in ("tables", "mini-shift", "mini-tables", "more", "mores", "cutoff") else ("", "")
    for sector in range(min(sectors, 6)):
        for value in (sector, 0, 0xFFFFFFFE, 0x00FFFFFF):
            yield f"next-{sector}-{value}", patched(XLS, 512 + sector * 4, value), ANY
    for i in range(24):
        yield f"folder-{i}", patched(XLS, (512 + 512 * dice.randrange(sectors)) + 128 * dice.randrange(4) + dice.choice((64, 66, 68, 72, 76, 116, 120)), dice.choice((0, 1, 2, 99, 0x7FFFFFFF, 0xFFFFFFFF))), ANY
    plain = biff.n(0, 0, 1)
    for name, data, want in (
            ("texts-2-32", xls(biff.shared(0, 0, 0), after=sst(0xFFFFFFFF, biff.narrow("a", "H"))), "a\n"),
            ("text-long", xls(plain, after=sst(1, b"\xff\xff\0x")), ("", "goes beyond")), ("text-rich", xls(plain, after=sst(1, b"\1\0\x08\xff\xffx"))
             , ("", "goes beyond")), ("text-hint", xls(plain, after=sst(1, b"\1\0\x04\xff\xff\xff\xffx")), ("", "goes beyond")),
            ("continued", xls(biff.shared(0, 0, 0), after=sst(1, *[b"\1\0\0a"] + [b""] * 20000)), ANY), ("continued-far", xls(plain, after=sst(1, *[b"\xff\xff\0"] + [b"\0"] * 60000)), ANY),
            ("text-none", xls(biff.shared(0, 0, 0xFFFFFFFF), after=sst(1, biff.narrow("a", "H"))), ("", "no shared text")),
            ("far-column", xls(biff.n(0, 256, 1)), ("", "beyond the last column")), ("far-row", xls(biff.n(65535, 255, 1)), ANY), ("mulrk-backwards", xls(record(0xBD, struct.pack("<HHHIH", 0, 9, 0, 0, 1))), ("", "")),
            ("mulrk-long", xls(record(0xBD, struct.pack("<HHHIH", 0, 0, 0, 0, 255))), ("", "")), ("cell-short", xls(record(0x203, b"\0\0")), ("", "has only")), ("label-long", xls(record(0x204, at(0, 0) + b"\xff\xff\0x")), ("", "goes beyond")),
            ("merges", xls(plain + record(0xE5, struct.pack("<H", 1026) + struct.pack("<HHHH", 0, 1, 0, 1) * 1026) * 300), ("", "merged areas")), ("merges-lie", xls(plain + record(0xE5, b"\xff\xff")), ("", "has only")),
            ("nested", xls(biff.begin(0x20) * 60000), ("", "a sheet within a sheet")), ("no-end", biff.compound({"Workbook": biff.book(plain)[:-4]}), ("", "cut off")),
            ("formats", xls(plain, before=record(0x41E, struct.pack("<HHB", 65535, 1, 0) + b"0") * 60000), [ONE]), ("styles", xls(plain, before=record(0xE0, bytes(20)) * 70000), ("", "cell styles")),
            ("fonts", xls(plain, before=record(0x31, bytes(14) + b"\0\0") * 70000), ("", "cell styles")), ("sheets", biff.compound({"Workbook": biff.stream([("S", 0, 0, b"")] * 20000)}), ("", "sheets")),
            ("one-place", biff.compound({"Workbook": biff.TWICE}), ("", "same place")), ("backwards", xls(b"".join(biff.n(i, 0, i) for i in range(60000, 0, -1))), ANY),
            ("filepass", xls(plain, before=record(0x2F, b"\0" * 6)), ("", "password")), ("record-beyond", biff.compound({"Workbook": biff.begin(5) + b"\x85\0\xff\xff"}), ("", "cut off")),
            ("excel-2-beyond", biff.old_sheet(2, record(4, biff.at2(0, 0) + b"\xffx")), ("", "goes beyond")), ("excel-2-short", biff.old_sheet(2, record(3, b"\0\0")), ANY),
            ("two-fonts", xls(biff.shared(0, 0, 0), after=sst(1, struct.pack("<HBH", 3, 8, 60000) + b"abc" + bytes(8000))), ("", "goes beyond"))):
        yield name, data, want if want is ANY or isinstance(want, (list, tuple)) else [want]
    whole = biff.book(plain + biff.label(0, 1, biff.wide("chữ")))
    for i in range(4, len(whole), max(1, len(whole) // 40)):
        yield f"stream-cut-{i}", biff.compound({"Workbook": whole[:i]}), ("", "")
    for i in range(0, len(XLS), max(1, len(XLS) // 25)):
        yield f"cut-{i}", XLS[:i], ("", "") if i < 512 else ANY
    for i in range(60):
        place = dice.randrange(len(XLS))
        yield f"flip-{i}", XLS[:place] + bytes([XLS[place] ^ 1 << dice.randrange(8)]) + XLS[place + 1:], ANY


def cases():
    for group, made, ending in (("zip", zips, "xlsx"), ("xml", xml, "xlsx"), ("says", says, "xlsx"), ("place", places, "xlsx"), ("ods", opendocument, ""), ("xls", old, "xls")):
        for name, data, want in made():
            yield f"{group}-{name}.{ending}".rstrip("."), data, want


# ---- running ----

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def run(program, path, folder):
    """(status, stdout, stderr, seconds, MiB); -1: it did not end."""
    def limits():
        if "asan" not in os.environ.get("HOSTILE", ""):
            resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
    with open(path + ".out", "w+b") as out, open(path + ".err", "w+b") as err:
        child = subprocess.Popen([program, "-O", "csv", path], stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=folder, preexec_fn=limits, env={"TMPDIR": folder, "LC_ALL": "C.UTF-8"})
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = status
        out.seek(0), err.seek(0)
        got = os.waitstatus_to_exitcode(status), out.read(1 << 20), err.read(), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    os.remove(path + ".out"), os.remove(path + ".err")
    return got


def judge(want, name, got):
    status, out, err, seconds, mib = got
    err = err.decode("utf-8", "replace")
    if seconds > 10 or (mib > 256 and not os.environ.get("HOSTILE")):
        return f"{seconds:.1f} s, {mib:.0f} MiB"
    if status not in (0, 3):
        return f"status {status}: {err[:300]}"
    if CONTROL.search(err.rstrip("\n")):
        return f"a control character in {err!r}"
    if status == 3 and (name not in err or err.count("\n") != 1):
        return f"no place in the message: {err[:300]}"
    if want is ANY:
        return None
    if isinstance(want, list):
        return None if status == 3 or out.decode("utf-8", "replace") in want else f"gave {out[:80]!r}"
    if status == 0:
        return f"was not refused, but gave {out[:80]!r}"
    return None if want[1] in err else f"does not say '{want[1]}': {err[:300]}"


def make(folder):
    wanted = {}
    for name, data, want in cases():
        wanted[name] = want
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)
    with open(os.path.join(folder, "wanted"), "w") as file:
        json.dump({k: list(v) + [0] if isinstance(v, tuple) else v for k, v in wanted.items()}, file)


def check(program, folder):
    wanted, bad, slowest = json.load(open(os.path.join(folder, "wanted"))), 0, (0, "")
    empty = os.path.join(folder, "empty")
    os.makedirs(empty, exist_ok=True)
    for name, want in wanted.items():
        got = run(program, os.path.join(folder, name), empty)
        why = judge(tuple(want[:2]) if want and want[-1] == 0 else want, name, got)
        slowest = max(slowest, (got[3], name))
        if why:
            bad += 1
            print(f"{name}: {why}", flush=True)
    if os.listdir(empty) or os.path.exists("/tmp/hg-evil"):
        bad += 1
        print("files were left:", os.listdir(empty))
    print(f"{len(wanted)} hostile workbooks, {bad} not as they should; the slowest took {slowest[0]:.1f} s: {slowest[1]}")
    return bad


if sys.argv[1] == "make":
    make(sys.argv[2])
else:
    sys.exit(check(os.path.abspath(sys.argv[1]), sys.argv[2]) > 0)
