"""OpenDocument spreadsheets for tests/cmd/ods.sh, and what another reader says of them.

  ods.py make FOLDER           good/NAME.{ods,fods} with good/NAME.expected (CSV, written by hand
                               below), bad/NAME.* with bad/NAME.says (part of the message)
  ods.py answer                questions of settle (lib.sh):
    compare CELLS FILE         every cell of every sheet of FILE as xml.etree gives it below
                               against the rows that the program CELLS prints
    same CELLS XLSX ODS        the rows of every sheet are those of the workbook it was made from
"""
import io
import os
import re
import sys
import zipfile
from answers import answer
from sources import number, sheets_of
from xml.etree import ElementTree

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = {"office": OASIS + "office:1.0", "table": OASIS + "table:1.0", "text": OASIS + "text:1.0",
          "style": OASIS + "style:1.0", "fo": OASIS + "xsl-fo-compatible:1.0", "number": OASIS + "datastyle:1.0",
          "svg": OASIS + "svg-compatible:1.0", "draw": OASIS + "drawing:1.0", "dc": "http://purl.org/dc/elements/1.1/",
          "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"}
NAMES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
KIND = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = ('<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<m:file-entry m:full-path="/" m:media-type="%s"/>%s</m:manifest>')
STYLES = """<office:font-face-decls><style:font-face style:name="F1" svg:font-family="'.VnTime'"/></office:font-face-decls>
<office:automatic-styles><number:date-style style:name="D"><number:day number:style="long"/><number:text>/</number:text>
<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>
<number:date-style style:name="M"><number:year/><number:hours/></number:date-style>
<number:number-style style:name="NP"><number:number number:decimal-places="1" number:grouping="true" number:min-integer-digits="1"/>
<number:text> đ"</number:text></number:number-style>
<number:number-style style:name="N"><number:text>-</number:text><number:number/><style:map style:condition="value()&gt;=0" style:apply-style-name="NP"/></number:number-style>
<style:style style:name="top" style:family="table-cell"><style:text-properties fo:font-weight="bold" style:font-name="F1"/></style:style>
<style:style style:name="date" style:family="table-cell" style:data-style-name="D"/>
<style:style style:name="moment" style:family="table-cell" style:data-style-name="M"/>
<style:style style:name="money" style:family="table-cell" style:parent-style-name="top" style:data-style-name="N">
<style:text-properties fo:font-style="italic"/><style:paragraph-properties fo:margin-left="0.706cm"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties style:font-name="F1" fo:font-style="italic"/></style:style>
<style:style style:name="T2" style:family="text" style:parent-style-name="T1"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="loop" style:family="table-cell" style:parent-style-name="loop2"/>
<style:style style:name="loop2" style:family="table-cell" style:parent-style-name="loop"/>
<style:style style:name="hid" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles>"""


def document(body, root="document-content", more="", styles=STYLES):
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:{root} {NAMES} office:version="1.3" {more}>{styles}'
            f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:{root}>")


def table(rows, name="Biểu 1", more="", columns=""):
    return f'<table:table table:name="{name}" {more}>{columns}{rows}</table:table>'


def row(*cells, **more):
    said = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in more.items())
    return f"<table:table-row{said}>{''.join(cells)}</table:table-row>"


def cell(kind="", value="", text="", more="", tag="table-cell"):
    said = {"": "", "string": "", "date": "date-", "time": "time-", "boolean": "boolean-"}.get(kind, "")
    attributes = f'office:value-type="{kind}"' if kind else ""
    if value:
        attributes += f' office:{said}value="{value}"'
    return f"<table:{tag} {attributes} {more}>{text}</table:{tag}>"


def p(text):
    return f"<text:p>{text}</text:p>"


def s(text, more=""):
    return cell("string", "", p(text), more)


def n(value, more=""):
    return cell("float", value, p("khác"), more)


def times(count, of="columns"):
    return f'table:number-{of}-repeated="{count}"'


EMPTY = cell(more=times(16384))
REST = row(EMPTY, number_rows_repeated=1048000)
HUGE = row(cell(more=times(2**31)), number_rows_repeated=2**31)
NOTE = '<office:annotation office:display="true"><dc:creator>A</dc:creator><text:p>ghi chú</text:p></office:annotation>'
SUB = table(row(s("con")), "con", 'table:is-sub-table="true"')
SHAPE = f'<draw:frame><draw:text-box><text:p>hình</text:p></draw:text-box></draw:frame>{SUB}'

# name: (the tables, expected CSV)
GOOD = {
    "types": (table(row(n("1.50"), n("4.8099999999999996"), n("1E3"), cell("percentage", "0.125", p("12,5%")),
                        cell("currency", "1234567", p("1.234.567 đ"), 'office:currency="VND"'),
                        cell("boolean", "true", p("ĐÚNG")), cell("boolean", "false"), cell("boolean", "1.2345", p("TRUE")), s("chữ"), cell("", "", p("không kiểu")),
                        cell("float", "", p("12")), cell("void", "", ""), n("-0"),
                        cell("float", "", "", 'table:formula="of:=A()" office:string-value="OK"'))),
              "1.5,4.81,1000,0.125,1234567,TRUE,FALSE,1.2345,chữ,không kiểu,12,,0,OK\n"),
    "dates": (table(row(cell("date", "2024-06-30"), cell("date", "2024-06-30T13:45:00"), cell("date", "2024-06-30T00:00:00"),
                        cell("date", "2024-06-30T00:00:00", "", 'table:style-name="date"'),
                        cell("date", "2024-06-30T00:00:00", "", 'table:style-name="moment"'),
                        cell("date", "2024-06-30T13:45:00.000000003"), cell("date", "2024-12-31T23:59:59.999999999"),
                        cell("date", "2024-06-30T13:45:00.5Z"), cell("date", "1899-12-31"), cell("date", "1066-10-14"),
                        cell("date", "12024-02-29"), cell("date", "-0044-03-15"))),
              "2024-06-30,2024-06-30T13:45:00,2024-06-30T00:00:00,2024-06-30,2024-06-30T00:00:00,2024-06-30T13:45:00,"
              "2025-01-01T00:00:00,2024-06-30T13:45:00.5Z,1899-12-31,1066-10-14,12024-02-29,-0044-03-15\n"),
    "times": (table(row(cell("time", "PT13H45M00S"), cell("time", "PT00H00M00.500000000S"), cell("time", "PT36H15M0S"),
                        cell("time", "P1DT1H"), cell("time", "-PT1H"), cell("time", "PT0S"), cell("time", "13:45:00"))),
              "13:45:00,00:00:00.5,PT36H15M0S,PT25H0M0S,-PT1H,00:00:00,13:45:00\n"),
    "texts": (table(row(cell("string", "", p("một") + p("") + p("ba")), s("a<text:s text:c='3'/>b<text:s/>c<text:tab/>d<text:line-break/>e"),
                        s("<text:span>đậm <text:span>nhạt</text:span></text:span><text:a>liên kết</text:a>"),
                        cell("string", "", NOTE + p("trước") + SHAPE + p("sau")),
                        s("x<text:note><text:note-body><text:p>chú</text:p></text:note-body></text:note>y" + NOTE),
                        s("<text:ruby><text:ruby-base>東</text:ruby-base><text:ruby-text>とう</text:ruby-text></text:ruby>"),
                        cell("string", "", p("hiện"), 'office:string-value="thật"'),
                        cell("string", "", p("hiện"), 'office:string-value=""'), s("hai  cách"),
                        cell("string", "", "<text:list><text:list-item><text:p>mục</text:p></text:list-item></text:list>"),
                        s("&lt;&#x1EC7;&amp;"), s("a<!-- không -->b<?không?>c<![CDATA[<d>]]>"))),
              '"một\n\nba","a   b c\td\ne",đậm nhạtliên kết,"trước\nsau",xy,東,thật,hiện,hai  cách,mục,<ệ&,abc<d>\n'),
    "runs": (table(row(s('<text:span text:style-name="T1">Hµ<text:s/><text:span text:style-name="T2">né</text:span>i</text:span> x'),
                       s('a<text:span text:style-name="none">b</text:span>'))), "Hµ néi x,ab\n"),
    "errors": (table(row(cell("string", "", p("#DIV/0!"), 'calcext:value-type="error" table:formula="of:=1/0"'),
                         cell("float", "0", p("#N/A"), 'table:formula="of:=NA()"'),
                         cell("string", "", p("Err:502"), 'table:formula="of:=A()"'),
                         cell("float", "3", p("3"), 'table:formula="of:=1+2"'), s("#N/A"))),
               "#DIV/0!,#N/A,Err:502,3,#N/A\n"),
    "repeated": (table(row(n("1", times(3)), cell(more=times(2)), s("x")) + row(n("2"), s("y", times(2)), number_rows_repeated=2)
                       + row(cell(more=times(3)), number_rows_repeated=2) + row(n("9"), cell(more=times(16383))) + REST + HUGE
                       + row(EMPTY, EMPTY)),
                 "1,1,1,,,x\n2,y,y,,,\n2,y,y,,,\n,,,,,\n,,,,,\n9,,,,,\n"),
    "spans": (table(row(s("gộp", 'table:number-columns-spanned="2" table:number-rows-spanned="2"'),
                        cell("float", "7", tag="covered-table-cell"), n("1"))
                    + row(cell("float", "8", "", times(2), "covered-table-cell"), n("2"))
                    + row(s("ngang", 'table:number-columns-spanned="2"'), cell("float", "5", tag="covered-table-cell"), n("3"),
                          number_rows_repeated=2) + row(cell("float", "6", tag="covered-table-cell"))),
              "gộp,7,1\n8,8,2\nngang,5,3\nngang,5,3\n6,,\n"),
    "groups": (table("<table:table-header-rows>" + row(s("đầu")) + "</table:table-header-rows><table:table-row-group><table:table-rows>"
                     + row(s("trong")) + "</table:table-rows><table:table-row-group>" + row(s("sâu"))
                     + "</table:table-row-group></table:table-row-group><text:soft-page-break/>" + row(s("cuối")),
                     columns='<table:title>t</table:title><table:shapes>' + SHAPE + '</table:shapes><office:forms><table:table-row>'
                     + s("không") + '</table:table-row></office:forms><table:table-header-columns><table:table-column/>'
                     '</table:table-header-columns>'), "đầu\ntrong\nsâu\ncuối\n"),
    "second": ('<table:tracked-changes><table:deletion><table:table-row/></table:deletion></table:tracked-changes>'
               + table(row(s("ẩn")), "Ẩn", 'table:style-name="hid"') + table(row(s("hai")), "Hai")
               + '<table:named-expressions/><table:database-ranges/>' + table(row(s("ba")), "Ba"), "ẩn\n"),
}


def member(name, data, method=zipfile.ZIP_DEFLATED):
    return zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data, method


def packed(*members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as z:
        for info, text, method in members:
            z.writestr(info, text, method)
    return data.getvalue()


def ods(body, content=None, locked="", kind=KIND, doctype=""):
    return packed(member("mimetype", kind, zipfile.ZIP_STORED), member("content.xml", content or document(body)),
                  member("META-INF/manifest.xml", doctype + MANIFEST % (kind, locked)))


def fods(body):
    return document(body, "document", f'office:mimetype="{KIND}"').encode()


def whole(name, kind):
    return document("").replace("office:spreadsheet", f"office:{name}").encode()


LOCKED = ('<m:file-entry m:full-path="content.xml"><m:encryption-data m:checksum="x"/></m:file-entry>')
DEEP = "<text:span>" * 300 + "</text:span>" * 300
PLAIN = table(row(n("1")))
FAR = row(EMPTY, number_rows_repeated=1048576)
# name: (bytes, part of the message)
BAD = {
    "locked.ods": (ods("", "không phải XML", LOCKED), "locked with a password"),
    "text.ods": (ods("", whole("text", "")), "a text document, not a workbook"),
    "slides.ods": (ods("", whole("presentation", "")), "a presentation, not a workbook"),
    "drawing.ods": (ods("", whole("drawing", "")), "an OpenDocument file that is no spreadsheet"),
    "entity.ods": (ods(PLAIN, doctype='<!DOCTYPE m:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">', locked="&a;"),
                   "unknown entity a"),
    "no-content.ods": (packed(member("mimetype", KIND, zipfile.ZIP_STORED), member("META-INF/manifest.xml", MANIFEST % (KIND, ""))),
                       "its part content.xml is missing"),
    "no-table.ods": (ods(""), "a workbook without worksheets"),
    "other-root.ods": (ods("", "<x/>"), "no spreadsheet"),
    "dtd.ods": (ods("", '<!DOCTYPE x [<!ENTITY a "b">]>' + document(PLAIN)[38:]), "a document type (DTD)"),
    "dtd.fods": (b'<?xml version="1.0"?><!DOCTYPE office:document [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
                 + fods(PLAIN)[38:], "a document type (DTD)"),
    "cut.fods": (fods(PLAIN)[:-20], "damaged XML"),
    "deep.ods": (ods(table(row(s(DEEP)))), "elements more than 256 deep"),
    "no-number.ods": (ods(table(row(n("1"), n("một")))), "!Biểu 1!B1: a cell of the type value that holds no such value: một"),
    "no-date.ods": (ods(table(row(cell("date", "2024-02-30")))), "!Biểu 1!A1: a cell of the type date-value"),
    "no-time.ods": (ods(table(row(cell("time", "P1M")))), "!Biểu 1!A1: a cell of the type time-value"),
    "no-boolean.ods": (ods(table(row(cell("boolean", "có")))), "!Biểu 1!A1: a cell of the type boolean-value"),
    "no-type.ods": (ods(table(row(cell("hình", "x")))), "!Biểu 1!A1: a cell of the unknown type hình"),
    "many-rows.ods": (ods(table(row(n("1"), number_rows_repeated=2**31))), "!Biểu 1!A1: a value beyond the largest sheet"),
    "many-columns.ods": (ods(table(row(n("1", times(2**31))))), "!Biểu 1!A1: a value beyond the largest sheet"),
    "far-row.fods": (fods(table(FAR + row(n("1")))), "!Biểu 1!A1048577: a value beyond the largest sheet"),
    "far-column.fods": (fods(table(row(EMPTY, n("1")))), "a value beyond the largest sheet"),
    "copies.ods": (ods(table(row(n("1", times(16384)), number_rows_repeated=1048576))),
                   "!Biểu 1!A1: more than 16777216 cells that repeat a value"),
    "span.ods": (ods(table(row(s("a", f'table:number-rows-spanned="{2**31}"')))), "a merged area beyond the largest sheet"),
    "merges.ods": (ods(table(row(s("a", 'table:number-columns-spanned="2"'), number_rows_repeated=300000))), "more than 262144 merged areas"),
    "spaces.ods": (ods(table(row(s('<text:s text:c="99999999"/>')))), "!Biểu 1!A1: a text of more than 1048576 bytes"),
    "long-row.ods": (ods(table(row(*[s('<text:s text:c="1000000"/>')] * 80))), "a row of more than 67108864 bytes of text"),
    "sheets.ods": (ods(PLAIN * 16385), "more than 16384 sheets"),
    "styles.ods": (ods("", document(PLAIN, styles="<office:automatic-styles>" + '<style:style style:name="a" style:family="table-cell"/>' * 65537
                                    + "</office:automatic-styles>")), "more than 65536 cell styles"),
    "bomb.ods": (ods("", document(table(row(s(" " * 200000000))))), ""),
}


def make(folder):
    for kind in ("good", "bad"):
        os.makedirs(f"{folder}/{kind}", exist_ok=True)
    cases = [("good", name + ending, form(body), "expected", text) for name, (body, text) in GOOD.items()
             for ending, form in ((".ods", ods), (".fods", fods))]
    cases += [("good", "styled.ods", ods(STYLED), "expected", "1,x\n")]
    cases += [("good", "late-mimetype.ods", packed(member("content.xml", document(PLAIN)), member("mimetype", KIND)), "expected", "1\n")]
    cases += [("good", "old-manifest.ods", ods(PLAIN, doctype='<!DOCTYPE m:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">'),
               "expected", "1\n")]
    cases += [("good", "named.xlsx", ods(PLAIN), "expected", "1\n")]
    cases += [("bad", name, data, "says", text) for name, (data, text) in BAD.items()]
    for kind, name, data, note, text in cases:
        with open(f"{folder}/{kind}/{name}", "wb") as file:
            file.write(data)
        with open(f"{folder}/{kind}/{name}.{note}", "w", newline="") as file:
            file.write(text)


STYLED = table(row(n("1", 'table:style-name="money"'), s("x"), visibility="collapse"), columns='<table:table-column/>'
               '<table:table-column table:default-cell-style-name="top" table:visibility="collapse"/>')


# ---- another reader: the whole tree, with the standard library ----

def name(space, local):
    return f"{{{SPACES[space]}}}{local}"


def paragraph(element):
    text = element.text or ""
    for child in element:
        space, local = child.tag[1:].split("}")
        if space == SPACES["text"] and local == "s":
            text += " " * int(child.get(name("text", "c"), "1"))
        elif space == SPACES["text"] and local in ("tab", "line-break"):
            text += "\t" if local == "tab" else "\n"
        elif space == SPACES["text"] and local != "note":
            text += paragraph(child)
        text += child.tail or ""
    return text


def shown(element):
    kind = element.get(name("office", "value-type"))
    text = "\n".join(paragraph(child) for child in element.findall(name("text", "p")))
    if element.get(name("calcext", "value-type")) == "error":
        return text
    if kind in ("float", "percentage", "currency"):
        return number(element.get(name("office", "value")))
    if kind == "boolean":
        return element.get(name("office", "boolean-value")).upper()
    if kind == "date":
        return element.get(name("office", "date-value"))
    if kind == "time":
        return ":".join(re.fullmatch(r"PT(\d\d)H(\d\d)M(\d\d)S", element.get(name("office", "time-value"))).groups())
    return element.get(name("office", "string-value")) or text


def rows_of(element):
    for child in element:
        if child.tag == name("table", "table-row"):
            yield child
        elif child.tag in (name("table", tag) for tag in ("table-rows", "table-header-rows", "table-row-group")):
            yield from rows_of(child)


def cells_of(sheet):
    r, found = 0, {}
    for line in rows_of(sheet):
        again, c = int(line.get(name("table", "number-rows-repeated"), "1")), 0
        for element in line:
            count = int(element.get(name("table", "number-columns-repeated"), "1"))
            text = shown(element) if element.tag == name("table", "table-cell") else ""
            if text:
                found.update({(r + i + 1, c + k + 1): text for i in range(again) for k in range(count)})
            c += count
        r += again
    return found


def compare(program, path):
    with zipfile.ZipFile(path) as z:
        content = ElementTree.fromstring(z.read("content.xml"))
    tables = content.findall(f".//{name('office', 'spreadsheet')}/{name('table', 'table')}")
    sheets = sheets_of(program, path)
    assert len(sheets) == len(tables), (path, len(sheets))
    for index, (rows, sheet) in enumerate(zip(sheets, tables)):
        want = cells_of(sheet)
        found = {(r, c): text for r, line in enumerate(rows, 1) for c, text in enumerate(line, 1) if text}
        for place in sorted(set(want) | set(found)):
            assert want.get(place) == found.get(place), (path, index, place, found.get(place), want.get(place))


# ---- the same workbook in both forms ----

def alike(a, b):
    """LibreOffice keeps no midnight, and has other names for some errors."""
    return a == b or a.removesuffix("T00:00:00") == b.removesuffix("T00:00:00") or (a[:1] == "#" and b[:4] == "Err:")


def same(program, xlsx, other):
    ones, others = sheets_of(program, xlsx), sheets_of(program, other)
    assert len(ones) == count_sheets(xlsx) <= len(others), (other, len(ones), len(others))
    for index, (a, b) in enumerate(zip(ones, others)):
        wide = max((len(line) for line in a + b), default=0)
        a, b = ([line + [""] * (wide - len(line)) for line in lines] for lines in (a, b))
        assert len(a) == len(b), (other, index, len(b), len(a))
        for r, (x, y) in enumerate(zip(a, b), 1):
            for c, (left, right) in enumerate(zip(x, y), 1):
                assert alike(left, right), (other, index, r, c, right, left)


def count_sheets(xlsx):
    with zipfile.ZipFile(xlsx) as z:
        return len(re.findall(rb"<(?:\w+:)?sheet ", z.read("xl/workbook.xml")))


if __name__ == "__main__":
    what, rest = sys.argv[1], sys.argv[2:]
    if what == "make":
        make(*rest)
    elif what == "answer":
        answer({"compare": compare, "same": same})
