"""Sources for tests/cmd/sources.sh, and what an independent reader says of them.

  sources.py make FOLDER            good/NAME.{xlsx,xls,csv} with good/NAME.expected (CSV, written
                                    by hand below), bad/NAME.* with bad/NAME.says (a pattern)
  sources.py answer                 questions of settle (lib.sh): compare CELLS FILE: every cell of every sheet of FILE
                                    as openpyxl (.xls: xlrd) gives it against the rows that the program CELLS prints
  sources.py both CELLS FILE...     every workbook gives the same where XML alone reads its rows
  sources.py damage CELLS FILE      cut FILE at many places, and flip its bits: CELLS must end
                                    with status 0 or 3, and say something with the latter
"""
import csv
import datetime
import decimal
import io
import os
import random
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

sys.dont_write_bytecode = True
import answers  # noqa: E402, ours
import biff  # noqa: E402, ours

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_REL = "http://purl.oclc.org/ooxml/officeDocument/relationships"

STYLES = """<styleSheet xmlns="%s"><numFmts count="6"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>
<numFmt numFmtId="165" formatCode='#,##0\\ "đồng"'/><numFmt numFmtId="166" formatCode="[h]:mm"/>
<numFmt numFmtId="167" formatCode="[$-42A]dd\\ mmmm\\ yyyy;@"/><numFmt numFmtId="168" formatCode="hh:mm:ss"/>
<numFmt numFmtId="169" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>
<fonts><font><name val="Arial"/></font><font><b/><i val="0"/><name val=".VnTime"/></font></fonts>
<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="14" fontId="0"/><xf numFmtId="164" fontId="1"/>
<xf numFmtId="165" fontId="0"/><xf numFmtId="166" fontId="0"/><xf numFmtId="167" fontId="0"/>
<xf numFmtId="168" fontId="0"/><xf numFmtId="169" fontId="0"/><xf numFmtId="22" fontId="0"/>
<xf numFmtId="0" fontId="1"><alignment indent="2"/></xf></cellXfs>
<dxfs><dxf><font><b/></font><numFmt numFmtId="165" formatCode="d"/></dxf></dxfs></styleSheet>""" % MAIN


def workbook(sheets="", properties="", main=MAIN, rel=REL):
    sheets = sheets or '<sheet name="Biểu 1" sheetId="1" r:id="rId1"/>'
    return f'<workbook xmlns="{main}" xmlns:r="{rel}">{properties}<sheets>{sheets}</sheets></workbook>'


def rels(*targets, rel=REL):
    body = "".join(f'<Relationship Id="rId{i}" Type="{rel}/{kind}" Target="{target}"/>'
                   for i, (kind, target) in enumerate(targets, 1))
    return f'<Relationships xmlns="{PACKAGE}">{body}</Relationships>'


def sheet(rows, before="", after="", main=MAIN):
    return f'<worksheet xmlns="{main}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(rows, shared=None, **more):
    found = {
        "_rels/.rels": rels(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook(properties=more.get("properties", "")),
        "xl/_rels/workbook.xml.rels": rels(("worksheet", "worksheets/sheet1.xml"),
                                           ("styles", "styles.xml"),
                                           ("sharedStrings", "sharedStrings.xml")),
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": sheet(rows, more.get("before", ""), more.get("after", "")),
    }
    if shared is not None:
        found["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
    return found


def change(found, **renamed):
    """The same parts; a part may be dropped (None) or replaced."""
    found = dict(found)
    for name, text in renamed.pop("with_", {}).items():
        if text is None:
            del found[name]
        else:
            found[name] = text
    return found


def zipped(found, method=zipfile.ZIP_DEFLATED):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as z:
        for name, text in found.items():
            z.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)),
                       text if isinstance(text, bytes) else text.encode(), method)
    return data.getvalue()


class Unseekable(io.BytesIO):
    """Writing to it, zipfile puts lengths and checksums behind the members."""
    def seekable(self):
        return False

    def tell(self):
        raise OSError


def descriptors(found):
    data = Unseekable()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in found.items():
            z.writestr(name, text)
    return data.getvalue()


def zip64(found):
    """Every length and place has 8 bytes (APPNOTE.TXT 4.3.14, 4.5.3)."""
    data, listed = b"", b""
    for name, text in found.items():
        name, text = name.encode(), text.encode()
        head = struct.pack("<HHHHHIII", 45, 0, 0, 0, 33, zlib.crc32(text), 0xFFFFFFFF, 0xFFFFFFFF)
        sizes = struct.pack("<QQ", len(text), len(text))
        listed += (b"PK\1\2" + struct.pack("<H", 45) + head
                   + struct.pack("<HHHHHII", len(name), 28, 0, 0, 0, 0, 0xFFFFFFFF) + name
                   + struct.pack("<HH", 1, 24) + sizes + struct.pack("<Q", len(data)))
        data += b"PK\3\4" + head + struct.pack("<HH", len(name), 20) + name + struct.pack("<HH", 1, 16) + sizes + text
    end = (b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, len(found), len(found), len(listed), len(data))
           + b"PK\6\7" + struct.pack("<IQI", 0, len(data) + len(listed), 1)
           + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0))
    return data + listed + end


def patched(data, at, value):
    """Bytes from a place of the list of members on replaced in each of its entries."""
    data, entry = bytearray(data), data.find(b"PK\1\2")
    while entry >= 0:
        data[entry + at:entry + at + len(value)] = value
        entry = data.find(b"PK\1\2", entry + 4)
    return bytes(data)


def n(ref, value, style=0):
    return f'<c r="{ref}" s="{style}"><v>{value}</v></c>'


PLAIN = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
SHARED = ('<si><t>Đắk Lắk</t></si><si><t xml:space="preserve"> hai  cách </t></si><si><t>  gọt </t></si>'
          '<si><r><rPr><b/></rPr><t>đậm</t></r><r><t xml:space="preserve"> nhạt</t></r></si>'
          '<si><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh></si>'
          '<si><t>a_x000D_b_x005F_x0041_ _xD83D__xDE00_ _x0000_ _xD83D_ _xZZZZ_</t></si><si/>'
          '<si><t>hai\ndòng</t></si><si><t>&lt;&amp;&#x1EC7;</t></si>')

# name: (bytes or parts, expected CSV)
GOOD = {
    "shared": (parts('<row r="1">' + "".join(
        f'<c r="A{1}" t="s"><v>0</v></c>' if i == 0 else
        f'<c r="{chr(65 + i)}1" t="s"><v>{i}</v></c>' for i in range(9)) + "</row>", SHARED),
        'Đắk Lắk, hai  cách ,gọt,đậm nhạt,東京,"a\rb_x0041_ 😀 _x0000_ _xD83D_ _xZZZZ_",,"hai\ndòng",<&ệ\n'),
    "inline": (parts('<row r="1"><c r="A1" t="inlineStr"><is><t>x,y</t></is></c>'
                     '<c r="B1" t="inlineStr"><is><r><t>a</t></r><r><t>"b"</t></r><rPh><t>c</t></rPh></is></c>'
                     '<c r="C1" t="str"><f>A1&amp;""</f><v>kết quả</v></c>'
                     '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><f>1+1</f><v>2</v></c></row>'),
               '"x,y","a""b""",kết quả,,2\n'),
    "numbers": (parts('<row r="1">' + n("A1", "4.8099999999999996") + n("B1", "13273911.664995899")
                      + n("C1", "1E3") + n("D1", "-0") + n("E1", "0.1") + n("F1", "1.0000000000000002")
                      + n("G1", "12345678901234567890") + n("H1", "1e-7") + n("I1", "1.50")
                      + n("J1", " 7 ") + n("K1", "1234567", 3) + n("L1", "5.684341886080802E-14")
                      + n("M1", "1.7976931348623157E+308") + n("N1", "4.9406564584124654E-324") + "</row>"),
                "4.81,13273911.6649959,1000,0,0.1,1.0000000000000002,12345678901234567000,1e-7,1.5,7,"
                "1234567,5.684341886080802e-14,1.7976931348623157e308,5e-324\n"),
    "types": (parts('<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c>'
                    '<c r="C1" t="e"><v>#DIV/0!</v></c><c r="D1" t="e"><f>NA()</f><v>#N/A</v></c>'
                    '<c r="E1" t="d" s="1"><v>2024-06-30T00:00:00</v></c>'
                    '<c r="F1" t="d" s="8"><v>2024-06-30T13:45:00Z</v></c>'
                    '<c r="G1" t="n"><v/></c><c r="H1" t="d"><v>2024-06-30</v></c>'
                    '<c r="I1" t="d"><v>08:30</v></c><c r="J1" t="d"><v>08:30:00.5</v></c></row>'),
              "TRUE,FALSE,#DIV/0!,#N/A,2024-06-30,2024-06-30T13:45:00Z,,2024-06-30,08:30:00,08:30:00.5\n"),
    "blank-of-another-row": (parts('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A3" s="1"><v></v></c></row>'
                                   '<row r="3"><c r="A3"><v>3</v></c></row>'), "1\n\n3\n"),
    "dates": (parts('<row r="1">' + n("A1", "45473", 1) + n("B1", "45473", 2) + n("C1", "45473.5729166667", 7)
                    + n("D1", "0.57291666666666663", 6) + n("E1", "1.5104166666666667", 4)
                    + n("F1", "45473.25", 5) + n("G1", "1", 1) + n("H1", "59", 1) + n("I1", "60", 1)
                    + n("J1", "61", 1) + n("K1", "0", 1) + n("L1", "-1", 1) + n("M1", "2958465", 1)
                    + n("N1", "2958466", 1) + n("O1", "45473", 8) + n("P1", "0.25", 4)
                    + n("Q1", "45473.999999999", 7) + n("R1", "1.5", 6) + n("S1", "0.0000057870370370", 6)
                    + "</row>"),
              "2024-06-30,2024-06-30,2024-06-30T13:45:00,13:45:00,PT36H15M0S,2024-06-30T06:00:00,1900-01-01,"
              "1900-02-28,1900-02-28,1900-03-01,00:00:00,-1,9999-12-31,2958466,2024-06-30T00:00:00,06:00:00,"
              "2024-07-01T00:00:00,1900-01-01T12:00:00,00:00:00.5\n"),
    "from-1904": (parts('<row r="1">' + n("A1", "44011", 1) + n("B1", "0", 1) + n("C1", "60.5", 8) + "</row>",
                        properties='<workbookPr date1904="1"/>'),
                  "2024-06-30,1904-01-01,1904-03-01T12:00:00\n"),
    "merged": (parts('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>9</v></c><c r="C1"><v>2</v></c></row>'
                     '<row r="2"><c r="A2"><v>9</v></c></row><row r="3"><c r="A3"><v>3</v></c></row>'
                     '<row r="9"><c r="E9"><v>9</v></c></row>',
                     after='<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="D8:E9"/></mergeCells>'),
               "1,9,2,,\n9,,,,\n3,,,,\n" + ",,,,\n" * 5 + ",,,,9\n"),
    "lower-backslashes": ({name.lower().replace("/", "\\"): text for name, text in PLAIN.items()}, "1\n"),
    "out-of-order": (parts('<row r="3"><c r="B3"><v>5</v></c><c r="A3"><v>4</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
                           '<row r="1"><c r="C1" t="inlineStr"><is><t>c</t></is></c></row><row><c><v>3</v></c></row>',
                           after='<mergeCells><mergeCell ref="D:E"/><mergeCell ref="7:8"/></mergeCells>'), "1,,c\n3,,\n4,5,\n"),
    "sparse": (parts('<row r="2"><c r="C2"><v>1</v></c></row><row r="4" spans="1:9"><c r="A4" s="2"/></row>'
                     '<row r="5"><c r="B5"><v>2</v></c></row><row r="7"><c r="Z7" s="1"/></row>'),
               ",,\n,,1\n,,\n,,\n,2,\n"),
    "no-references": (parts("<row><c><v>1</v></c><c><v>2</v></c></row><row r='3'><c r='B3'><v>3</v></c>"
                            "<c><v>4</v></c></row><row><c/><c><v>5</v></c></row>"),
                      "1,2,\n,,\n,3,4\n,5,\n"),
    "prefixed": (change(PLAIN, with_={
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0" encoding="UTF-8"?><x:worksheet xmlns:x="{MAIN}" xmlns:c="urn:c">'
        '<c:sheetData><c:row r="9"/></c:sheetData><x:sheetData><x:row r="1"><c:c r="A1"><c:v>8</c:v></c:c>'
        '<x:c r="A1" c:r="B7"><x:v>1</x:v><c:v>7</c:v></x:c></x:row></x:sheetData></x:worksheet>'}), "1\n"),
    "strict": ({"_rels/.rels": rels(("officeDocument", "xl/workbook.xml"), rel=STRICT_REL),
                "xl/workbook.xml": workbook(main=STRICT, rel=STRICT_REL),
                "xl/_rels/workbook.xml.rels": rels(("worksheet", "worksheets/sheet1.xml"), rel=STRICT_REL),
                "xl/worksheets/sheet1.xml": sheet('<row r="1"><c r="A1" t="b"><v>true</v></c></row>', main=STRICT)},
               "TRUE\n"),
    "utf-16": (change(PLAIN, with_={
        "xl/worksheets/sheet1.xml": ('<?xml version="1.0" encoding="UTF-16"?>' + sheet(
            '<row r="1"><c r="A1" t="inlineStr"><is><t>Huế</t></is></c></row>')).encode("utf-16")}), "Huế\n"),
    "part-names": ({"_rels/.rels": rels(("officeDocument", "/XL/Workbook.xml")),
                    "xl/workbook.xml": workbook(),
                    "xl/_rels/workbook.xml.rels": rels(("worksheet", "/xl/other/../Sheets/./S.xml")),
                    "xl\\sheets\\s.xml": sheet('<row r="1"><c r="A1"><v>1</v></c></row>')}, "1\n"),
    "stored": (zipped(PLAIN, zipfile.ZIP_STORED), "1\n"),
    "data-descriptors": (descriptors(PLAIN), "1\n"),
    "zip64": (zip64(PLAIN), "1\n"),
    "zip-comment": (zipped(PLAIN)[:-2] + b"\7\0comment", "1\n"),
    "before-the-zip": (b"PK\3\4 something else" + zipped(PLAIN), "1\n"),
    "second-sheet-first": (change(PLAIN, with_={
        "xl/workbook.xml": workbook('<sheet name="Hai" sheetId="7" r:id="rId2"/><sheet name="Một" sheetId="1" r:id="rId1"/>'),
        "xl/_rels/workbook.xml.rels": rels(("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/s2.xml")),
        "xl/worksheets/s2.xml": sheet('<row r="1"><c r="A1"><v>2</v></c></row>')}), "2\n"),
    "empty": (parts(""), ""),
    "spread-attributes": (parts('<row r="1"><c r="A1" \n\t t="b"><v>1</v></c><c r="B1"  s="1"><v>45473</v></c><c r="C1" cm="1" t="b"><v>0</v></c>'
                                '<c r="D1" t=\'b\'><v>1</v></c><c\tt="b" r="E1"><v>0</v></c></row>'), "TRUE,2024-06-30,FALSE,TRUE,FALSE\n"),
    "beta": (change(PLAIN, with_={"xl/worksheets/sheet1.xml": sheet('<row r="1"><c r="A1"><v>1</v></c></row>', main="http://schemas.microsoft.com/office/excel/2006/2"),
                                  "xl/workbook.xml": workbook(main="http://schemas.microsoft.com/office/excel/2006/2")}), "1\n"),
    "formula-without-value": (parts('<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><v>3</v></c></row>'), ",3\n"),
}

VN = '<rPr><b/><rFont val=".VnTime"/></rPr>'
VNH = '<rPr><rFont val=".VnTimeH"/></rPr>'
# Texts in several fonts: shared, its own; the second has the cell's font first.
GOOD["runs"] = (parts(f'<row r="1"><c r="A1" t="s" s="9"><v>0</v></c><c r="B1" t="inlineStr"><is><r>{VN}<t>Hµ</t></r>'
                      f'<r>{VNH}<t xml:space="preserve"> néi</t></r></is></c><c r="C1" t="s"><v>1</v></c></row>',
                      f'<si><r><t xml:space="preserve">ĐVT: </t></r><r>{VN}<t>®ång</t></r></si><si><t>mét</t></si>'), "ĐVT: ®ång,Hµ néi,mét\n")

# What a person should know of it is told by --list.
GOOD["listed"] = (change(parts(
    '<row r="1"><c r="A1" t="inlineStr"><is><t>1.234,5</t></is></c><c r="B1" t="inlineStr"><is><t>093</t></is></c>'
    '<c r="C1" t="inlineStr" s="9"><is><t>12%</t></is></c></row><row r="2" hidden="1"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>'
    '<row r="3"><c r="A3"><f>1+1</f></c><c r="B3"><f>2</f><v>2</v></c></row><row r="9"><c r="Z9" s="1"/></row>',
    properties='<workbookPr date1904="1"/>', before='<dimension ref="A1:XFD1048576"/>'), with_={
        "xl/workbook.xml": workbook(properties='<workbookPr date1904="1"/>').replace(
            "</workbook>", "<definedNames><definedName name=\"vung\">'Biểu 1'!$A$1:$C$9</definedName></definedNames></workbook>"),
        "xl/_rels/workbook.xml.rels": rels(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"),
                                           ("externalLink", "externalLinks/externalLink1.xml"))}),
    '"1.234,5",093,12%\n1,2,\n,2,\n')

# name: (bytes or parts, pattern of the message)
BAD = {
    "no-zip": (b"PK\3\4" + b"x" * 500, "zip"),
    "cut": (zipped(PLAIN)[:900], "cut off"),
    "overlapping": (patched(zipped(PLAIN), 42, bytes(4)), "overlaps what follows it"),
    "lying-length": (patched(zipped(PLAIN), 24, b"\7\0\0\0"), "its length is another"),
    "huge-length": (patched(zipped(PLAIN), 24, b"\xfe\xff\xff\xff"), "longer than the limit"),
    "lying-packed-length": (patched(zipped(PLAIN), 20, b"\7\0\0\0"), "it does not inflate"),
    "lying-checksum": (patched(zipped(PLAIN), 16, b"\7\0\0\0"), "its checksum is another"),
    "other-method": (patched(zipped(PLAIN), 10, b"\x0c\0"), "compressed in a way that is not read (12)"),
    "lying-method": (patched(zipped(PLAIN), 10, b"\0\0"), "its header says otherwise"),
    "zip-in-parts": (zipped(PLAIN)[:-18] + b"\1\0" + zipped(PLAIN)[-16:], "one of several parts of a zip"),
    "short-list": (zipped(PLAIN)[:-14] + b"\3\0\3\0" + zipped(PLAIN)[-10:], "the list of its members is broken"),
    "other-zip": ({"mimetype": "text/plain", "a.txt": "a"}, "a zip file that holds no workbook"),
    "ods": ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}, "OpenDocument"),
    "xlsb": (change(PLAIN, with_={"xl/workbook.bin": "x"}), "binary workbook"),
    "docx": ({"_rels/.rels": rels(("officeDocument", "word/document.xml")), "word/document.xml": "<a/>"},
             "a text document, not a workbook"),
    "doctype": (change(PLAIN, with_={"xl/worksheets/sheet1.xml":
                '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + sheet("")}),
                "sheet1.xml, line 1: a document type (DTD), which is not taken"),
    "external-entity": (change(PLAIN, with_={"xl/workbook.xml":
                        '<!DOCTYPE a SYSTEM "file:///etc/passwd">' + workbook()}), "document type"),
    "broken-xml": (change(PLAIN, with_={"xl/worksheets/sheet1.xml": sheet("")[:-30] + "\n<a <"}),
                   "!Biểu 1: xl/worksheets/sheet1.xml, line 2: damaged XML"),
    "cut-xml": (change(PLAIN, with_={"xl/worksheets/sheet1.xml": sheet("")[:-20]}), "damaged XML"),
    "deep": (change(PLAIN, with_={"xl/worksheets/sheet1.xml": sheet("<a>" * 9999 + "</a>" * 9999)}), "256 deep"),
    "long-tag": (change(PLAIN, with_={"xl/worksheets/sheet1.xml": sheet('<a b="' + "x" * 5000000 + '"/>')}),
                 "a tag or comment of more than"),
    "no-worksheet": (change(PLAIN, with_={"xl/worksheets/sheet1.xml": "<html/>"}), "no worksheet but html"),
    "missing-part": (change(PLAIN, with_={"xl/worksheets/sheet1.xml": None}), "its part xl/worksheets/sheet1.xml is missing"),
    "no-relationship": (change(PLAIN, with_={"xl/_rels/workbook.xml.rels": rels()}), "does not say where this sheet is"),
    "no-sheets": (change(PLAIN, with_={"xl/workbook.xml": f'<workbook xmlns="{MAIN}"/>'}), "without worksheets"),
    "no-number": (parts('<row r="1"><c r="B1"><v>1,5</v></c></row>'), "!B1: a number cell that holds no number: 1,5"),
    "huge-number": (parts('<row r="1"><c r="B1"><v>1e999</v></c></row>'), "!B1: a number cell"),
    "no-such-text": (parts('<row r="3"><c r="B3" t="s"><v>9</v></c></row>', SHARED), "!B3: there is no shared text number 9"),
    "no-texts": (parts('<row r="3"><c r="B3" t="s"><v>0</v></c></row>'), "!B3: there is no shared text number 0"),
    "unknown-type": (parts('<row r="1"><c r="A1" t="x"><v>9</v></c></row>'), "!A1: a cell of the unknown type x"),
    "no-boolean": (parts('<row r="1"><c r="A1" t="b"><v>2</v></c></row>'), "!A1: a boolean cell"),
    "no-date": (parts('<row r="1"><c r="A1" t="d"><v>hôm qua</v></c></row>'), "!A1: a date cell"),
    "cell-of-another-row": (parts('<row r="2"><c r="B2"><v>1</v></c><c r="C1"><v>2</v></c></row>'), "!C2: a cell whose reference names row 1"),
    "cell-twice": (parts('<row r="1"><c r="B1"><v>1</v></c><c r="B1"><v>2</v></c></row>'), "!B1: the sheet has this cell twice"),
    "cell-twice-far": (parts('<row r="2"><c r="B2"><v>1</v></c></row><row r="1"/><row r="2"><c r="B2"><v>2</v></c></row>'), "!B2: the sheet has this cell twice"),
    "row-too-far": (parts('<row r="1048577"/>'), "the number 1048577"),
    "column-too-far": (parts('<row r="1"><c r="XFE1"><v>1</v></c></row>'), "the reference XFE1"),
    "no-reference": (parts('<row r="1"><c r="1A"><v>1</v></c></row>'), "the reference 1A"),
    "no-area": (parts("", after='<mergeCells><mergeCell ref="B2:A1"/></mergeCells>'), "a merged area that is none: B2:A1"),
    "far-corner": (parts('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
                   "cells, with only 2 values"),
    "bomb": (change(PLAIN, with_={"xl/worksheets/sheet1.xml": sheet(" " * 300_000_000)}), "longer than the limit"),
}

# texts: (bytes, expected CSV)
GOOD_TEXTS = {
    "comma": (b'a,b\n1,"x\ny"\n', 'a,b\n1,"x\ny"\n'),
    "crlf-bom": ("\ufeffa;b\r\n1,5;2,5\r\n".encode(), 'a;b\n"1,5";"2,5"\n'.replace(";", ",")),
    "tab": (b"a\tb\r1\t2\r", "a,b\n1,2\n"),
    "bar": (b"a|b\n1,5|2,5", 'a,b\n"1,5","2,5"\n'),
    "gso": ("Tiêu đề, có phẩy\r\n\r\nTỉnh;2015;2016\r\nHà Nội;1,5;2\r\nHuế;3;4,5\r\n".encode(),
            'Tỉnh,2015,2016\nHà Nội,"1,5",2\nHuế,3,"4,5"\n'),
    "ragged": (b"a,b,c\n1\n,2,3,4\n", "a,b,c\n1\n,2,3,4\n"),
    "spaces-stay": (b" a , b\n\t1,2 \n", " a , b\n\t1,2 \n"),
    "one-column": (b"a\nb\n", "a\nb\n"),
    "doubled-quotes": (b'a,"x ""y"" z",\n', 'a,"x ""y"" z",\n'),
    "one-byte": (b"a", "a\n"),
}
BAD_TEXTS = {
    "empty": (b"", "the file is empty"),
    "html": (b"<html><p>loi 500</p></html>", "HTML"),
    "html-in-capitals": (b"\xef\xbb\xbf \r\n<HTML xmlns=''>", "HTML"),
    "pdf": (b"%PDF-1.4 ...", "a PDF"),
    "gzip": (b"\x1f\x8b\x08\0", "the gzip file is cut off"),
    "old-xls": (b"\x09\x04\x06\x00" + b"\0" * 100, "the workbook is cut off"),
}


def write(path, data):
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else zipped(data))


def make(folder):
    for kind, cases, ending, note in (("good", GOOD, "xlsx", "expected"), ("bad", BAD, "xlsx", "says"),
                                      ("good", biff.GOOD, "xls", "expected"), ("bad", biff.BAD, "xls", "says"),
                                      ("good", GOOD_TEXTS, "csv", "expected"), ("bad", BAD_TEXTS, "csv", "says")):
        os.makedirs(f"{folder}/{kind}", exist_ok=True)
        for name, (data, text) in cases.items():
            write(f"{folder}/{kind}/{name}.{ending}", data)
            with open(f"{folder}/{kind}/{name}.{ending}.{note}", "w", newline="") as file:
                file.write(text)


# ---- XML as the other reader ----

def commented(path, to):
    """The same workbook with a comment before its rows, so that these are not plain: XML reads all of them."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if "sheets/" in name.lower().replace("\\", "/"):
                data = re.sub(rb"<((?:\w+:)?)sheetData>", rb"<\1sheetData><!-- -->", data, count=1)
            new.writestr(name, data)


def both(cells, files):
    """Every sheet of every workbook gives the same by the tokeniser of plain rows and by XML alone."""
    for path in files:
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as other:
            commented(path, other.name)
            for more in ([], ["-c"]):
                mine, theirs = (subprocess.run([cells, *more, file, "*"], capture_output=True) for file in (path, other.name))
                if mine.returncode != 0 or (mine.returncode, mine.stdout) != (theirs.returncode, theirs.stdout):
                    sys.exit(f"{path}: plain and XML differ {more}: {mine.stderr[:300]}")


# ---- openpyxl as the other reader ----

def number(value):
    value = float(value)
    if value == 0:
        return "0"
    sign, digits, exponent = decimal.Decimal(repr(value)).normalize().as_tuple()
    point, text = len(digits) + exponent, "".join(map(str, digits))
    if -6 < point <= 21:
        return format(decimal.Decimal((sign, digits, exponent)), "f")
    return "-" * sign + text[0] + ("." + text[1:] if text[1:] else "") + f"e{point - 1}"


def moment(value):
    return value.isoformat().rstrip("0") if value.microsecond else value.isoformat()


def shown(cell):
    from openpyxl.styles.numbers import is_datetime
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time(0)
        return value.date().isoformat() if midnight and is_datetime(cell.number_format) == "date" else moment(value)
    if isinstance(value, datetime.timedelta):
        if value.days == 0:
            return moment((datetime.datetime.min + value).time())
        seconds = value.total_seconds()
        return f"PT{int(seconds // 3600)}H{int(seconds // 60 % 60)}M{seconds % 60:g}S"
    if isinstance(value, (datetime.date, datetime.time)):
        return moment(value) if isinstance(value, datetime.time) else value.isoformat()
    return str(value)


def of_openpyxl(path):
    """Each sheet's name and shown cells."""
    import openpyxl
    import warnings
    warnings.simplefilter("ignore")
    with open(path, "rb") as file:
        book = openpyxl.load_workbook(file, data_only=True)
    for sheet in book.worksheets:
        yield sheet.title, {(c.row, c.column): text for row in sheet.iter_rows() for c in row if (text := shown(c))}


# ---- xlrd as the other reader ----

def serial(value, code, mode):
    """A number as its format code shows it: ISO 8601 where that is a date or a time."""
    from openpyxl.styles.numbers import is_datetime
    code = code.lower()
    kind = is_datetime(re.sub(r'\[\$[^]]*\]|\\\\.', "", code.split(";")[0]))
    if re.search(r"(?i)\[[hms]+\]", code.split(";")[0]):
        kind = "elapsed"
    from_1904 = datetime.datetime(1904, 1, 1)
    epoch = from_1904 if mode else datetime.datetime(1899, 12, 30 if value >= 60 else 31)
    if not kind or value < 0 or value >= 2958466 - 1462 * mode or (not mode and (value == 0 or 60 <= value < 61)):
        return number(value) if kind != "time" or value else "00:00:00"
    span = datetime.timedelta(milliseconds=round(value * 86400000))
    if value < 1 and kind != "date" and not mode or kind in ("time", "elapsed") and value < 1:
        return moment((datetime.datetime.min + span).time())
    if kind == "elapsed":
        seconds = span.total_seconds()
        return f"PT{int(seconds // 3600)}H{int(seconds // 60 % 60)}M{seconds % 60:g}S"
    when = epoch + span
    return when.date().isoformat() if kind == "date" and when.time() == datetime.time(0) else moment(when)


def shown_xls(book, cell):
    import xlrd
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return serial(cell.value, book.format_map[book.xf_list[cell.xf_index].format_key].format_str, book.datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code[cell.value]
    return cell.value


def of_xlrd(path):
    import xlrd
    with open(os.devnull, "w") as null:
        book = xlrd.open_workbook(path, formatting_info=True, logfile=null)
    for sheet in book.sheets():
        cells = ((r, c) for r in range(sheet.nrows) for c in range(sheet.ncols))
        found = {(r + 1, c + 1): shown_xls(book, sheet.cell(r, c)) for r, c in cells}
        yield sheet.name, {place: text for place, text in found.items() if text}


def sheets_of(program, path):
    """The rows of every sheet."""
    out = subprocess.run([program, path, "*"], capture_output=True)
    assert out.returncode == 0, out.stderr.decode()
    *sheets, rest = out.stdout.split(b"\xff\n")
    assert rest == b"", rest
    return [list(csv.reader(io.StringIO(sheet.decode(), newline=""))) for sheet in sheets]


def compare_sheet(got, want):
    rows, cols = (max((place[i] for place in want), default=0) for i in (0, 1))
    wrong = []
    if len(got) != rows or any(len(row) not in (cols, 0) for row in got):
        wrong.append(f"{len(got)} rows, not {rows} of {cols}")
    found = {(r, c): text for r, row in enumerate(got, 1) for c, text in enumerate(row, 1) if text}
    for place in sorted(set(want) | set(found)):
        if want.get(place) != found.get(place):
            wrong.append(f"{place}: {found.get(place)!r}, not {want.get(place)!r}")
    return wrong


def compare(program, path):
    with open(path, "rb") as file:
        reader = of_xlrd if file.read(4) == b"\xd0\xcf\x11\xe0" else of_openpyxl
    sheets = sheets_of(program, path)
    for index, (name, cells) in enumerate(reader(path)):
        wrong = compare_sheet(sheets[index], cells)[:10]
        assert not wrong, (path, name, wrong)


# ---- damage ----

def run_damaged(program, data, path):
    with open(path, "wb") as file:
        file.write(data)
    out = subprocess.run([program, path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=20)
    if out.returncode == 3 and out.stderr:
        return 1
    if out.returncode == 0 and not out.stderr:
        return 0
    print(out.returncode, out.stderr.decode(errors="replace")[:2000], file=sys.stderr)
    sys.exit(1)


def damage(program, source, times, scratch):
    with open(source, "rb") as file:
        data = file.read()
    chance = random.Random(20250101)
    places = sorted({len(data) * i // times for i in range(times)} | set(range(len(data) - 30, len(data))))
    refused = sum(run_damaged(program, data[:place], scratch) for place in places if place > 0)
    if refused != sum(place > 0 for place in places):
        print("a cut workbook was taken for a whole one", file=sys.stderr)
        return True
    for _ in range(times):
        hurt = bytearray(data)
        for _ in range(chance.choice((1, 1, 4, 30))):
            hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
        run_damaged(program, bytes(hurt), scratch)
    return False


if __name__ == "__main__":
    what, rest = sys.argv[1], sys.argv[2:]
    if what == "make":
        make(*rest)
    elif what == "answer":
        answers.answer({"compare": compare})
    elif what == "both":
        both(rest[0], rest[1:])
    elif what == "damage":
        sys.exit(damage(rest[0], rest[1], int(rest[2]), rest[3]))
