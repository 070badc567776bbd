#!/usr/bin/python3
"""webbooks.py COMMAND - workbooks as web applications make them: XML Spreadsheet 2003 and pages of HTML, named .xls, with what
is expected of each, written by hand. LibreOffice, which was asked once, gives the same but where a comment says what it gives.

A case is: name, bytes, status, CSV expected (None: none), and a part of what stderr has to say (None: stderr is empty)."""
import subprocess
import sys
import tempfile
from pathlib import Path

SPACES = ('xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" '
          'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40"')
STYLES = "".join(f'<Style ss:ID="{name}"><NumberFormat ss:Format="{code}"/></Style>' for name, code in (
    ("day", "dd/mm/yyyy"), ("moment", "General Date"), ("short", "Short Date"), ("time", "Short Time"), ("long", "[h]:mm:ss"),
    ("percent", "Percent"), ("fixed", "0.00")))


def book(rows, before="", after="", columns="", styles=STYLES):
    return (f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook {SPACES}>{before}<Styles>{styles}</Styles>'
            f'<Worksheet ss:Name="Một"><Table>{columns}{rows}</Table></Worksheet>{after}</Workbook>').encode()


def said(attributes):
    return "".join(f" ss:{name}='{value}'" for name, value in attributes.items())


def row(*cells, **attributes):
    return f"<Row{said(attributes)}>{''.join(cells)}</Row>"


def cell(value="", type_="String", **attributes):
    data = f'<Data ss:Type="{type_}">{value}</Data>' if value != "" else ""
    return f"<Cell{said(attributes)}>{data}</Cell>"


def number(value, **attributes):
    return cell(value, "Number", **attributes)


def moment(value, style):
    return cell(value, "DateTime", StyleID=style)


HIDDEN = '<Worksheet ss:Name="Ẩn"><Table>' + row(cell("x")) + '</Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>'
PLAIN = book(row(cell("ma"), cell("so")) + row(cell("01"), number("5")))
DATE_1904 = "<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook>"

GOOD_BOOKS = [
    ("plain", PLAIN, "ma,so\n01,5\n", None),
    ("behind a mark", b"\xef\xbb\xbf" + PLAIN, "ma,so\n01,5\n", None),
    ("UTF-16", PLAIN.decode().encode("utf-16"), "ma,so\n01,5\n", None),
    ("prefixed", PLAIN.replace(b"<W", b"<ss:W").replace(b"</W", b"</ss:W").replace(b"xmlns=", b"xmlns:u=")
     .replace(b"<T", b"<ss:T").replace(b"</T", b"</ss:T").replace(b"<R", b"<ss:R").replace(b"</R", b"</ss:R")
     .replace(b"<C", b"<ss:C").replace(b"</C", b"</ss:C").replace(b"<D", b"<ss:D").replace(b"</D", b"</ss:D"), "ma,so\n01,5\n", None),
    ("attributes without a prefix", PLAIN.replace(b"<Data ss:", b"<Data "), "ma,so\n01,5\n", None),
    ("numbers", book(row(number("1.50"), number("4.8099999999999996"), number("1E-7"), number("-0"), number(" 7 "))), "1.5,4.81,1e-7,0,7\n", None),
    ("other types", book(row(cell("1", "Boolean"), cell("0", "Boolean"), cell("#N/A", "Error", Formula="=NA()"))), "TRUE,FALSE,#N/A\n", None),
    ("dates", book(row(moment("2024-06-30T00:00:00.000", "day"), moment("2024-06-30T13:45:00.000", "moment"),
                       moment("2024-06-30T13:45:00.000", "day"), moment("2024-06-30T00:00:00.000", "none"))),
     "2024-06-30,2024-06-30T13:45:00,2024-06-30T13:45:00,2024-06-30\n", None),
    # Excel writes day 0 as the last of 1899; LibreOffice, whose day 0 is the one before, reads 33:30 and 60:00
    ("times", book(row(moment("1899-12-31T09:30:00.000", "time"), moment("1900-01-01T12:00:00.000", "long"),
                       moment("1900-03-01T00:00:00.000", "short"))), "09:30:00,PT36H0M0S,1900-03-01\n", None),
    ("dates that no day counts", book(row(moment("1850-01-02T00:00:00.000", "day"))), "1850-01-02\n", None),
    ("a serial number", book(row(number("45473", StyleID="day"), number("0.5", StyleID="percent"))), "2024-06-30,0.5\n", None),
    ("1904", book(row(moment("1904-01-02T06:00:00.000", "long"), number("1", StyleID="day")), DATE_1904), "PT30H0M0S,1904-01-02\n", None),
    ("places", book(row(cell("a"), cell("b", Index=3), cell("c"), Index=2) + row(cell("d")) + row(cell("e"), Index=5)),
     ",,,\na,,b,c\nd,,,\n,,,\ne,,,\n", None),
    ("a row's span", book('<Row ss:Span="2"/>' + row(cell("a"))), "\n\n\na\n", None),
    ("merged", book(row(cell("a", MergeAcross=1, MergeDown=1), cell("b")) + row(cell("c", Index=3))), "a,,b\n,,c\n", None),
    ("rich text", book(row('<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>Đậm</B> và <Font '
                           'html:Face="Arial">thường</Font></ss:Data></Cell>')), "Đậm và thường\n", None),
    ("what is no value", book(row('<Cell><Data ss:Type="String">a</Data><Comment ss:Author="x"><ss:Data>ghi chú</ss:Data></Comment>'
                                  '<PhoneticText xmlns="urn:schemas-microsoft-com:office:excel">b</PhoneticText></Cell>')), "a\n", None),
    ("lines and signs", book(row(cell("a&#10;b &amp; &lt;c&gt; “d”"))), '"a\nb & <c> “d”"\n', None),
    ("hidden", book(row(cell("a"), Hidden="1") + row(cell("b"), cell("c")), columns='<Column/><Column ss:Hidden="1"/>'), "a,\nb,c\n", None),
    ("a hidden sheet before", book("", before=HIDDEN, after=HIDDEN.replace("Ẩn", "Ẩn 2")).replace(b"<Table></Table>", b"<Table>" +
     row(cell("hiện")).encode() + b"</Table>"), "hiện\n", None),
    ("a style from another", book(row(cell("2024-06-30T00:00:00.000", "DateTime", StyleID="child")),
                                  styles=STYLES + '<Style ss:ID="child" ss:Parent="day"><Font ss:Bold="1"/></Style>'), "2024-06-30\n", None),
    ("styles of rows and columns", book(row(number("45473"), number("45473")) + row(number("45473"), StyleID="fixed"),
                                        columns='<Column ss:StyleID="day"/>'), "2024-06-30,45473\n45473,\n", None),
    ("a formula without a result", book(row(cell("a"), cell(Formula="=1+1"), cell("b"))), "a,,b\n", None),
]

BAD_BOOKS = [
    ("cut off", PLAIN[:-40], "damaged XML"),
    ("not well formed", PLAIN.replace(b"</Row>", b"", 1), "damaged XML"),
    ("an entity expansion", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>' + PLAIN[22:], "a document type"),
    ("an external entity", PLAIN.replace(b"\n", b'<!DOCTYPE w SYSTEM "http://localhost:9/x.dtd">\n', 1), "a document type"),
    ("depth", PLAIN.replace(b"<Table>", b"<Table>" + b"<a>" * 400), "elements more than 256 deep"),
    ("depth of fonts", PLAIN.replace(b">ma<", b">" + b"<B>" * 400 + b"<"), "elements more than 256 deep"),
    ("a row beyond", book(row(cell("a"), Index=2147483648)), "a row beyond the largest sheet"),
    ("a cell beyond", book(row(cell("a", Index=16385))), "a cell beyond the largest sheet"),
    ("a merge beyond", book(row(cell("a", MergeDown=2147483647))), "a merged area beyond the largest sheet"),
    ("a row that goes back", book(row(cell("a"), Index=5) + row(cell("b"), Index=3)), "a row that stands before the last one"),
    ("a cell that goes back", book(row(cell("a", Index=5), cell("b", Index=3))), "a cell that stands before the last one"),
    ("a cell on a merge", book(row(cell("a", MergeAcross=3), cell("b", Index=2))), "a cell that stands before the last one"),
    ("no number", book(row(number("năm"))), "Một!A1: a number cell that holds no number: năm"),
    ("no date", book(row(cell("30/6/2024", "DateTime"))), "a date cell that holds no date"),
    ("an unknown type", book(row(cell("1", "Complex"))), "a cell of the unknown type Complex"),
    ("no worksheet", PLAIN.replace(b"Worksheet", b"Worksheat"), "a workbook without worksheets"),
    ("a long text", book(row(cell("x" * 1100000))), "a text of more than"),
    ("merges without end", book((row(cell("a", MergeAcross=1)) * 300000)), "more than 262144 merged areas"),
    ("sheets without end", book("", after="<Worksheet/>" * 17000), "more than 16384 sheets"),
    ("styles without end", book("", styles="".join(f'<Style ss:ID="{i}"/>' for i in range(70000))), "more than 65536"),
    ("columns without end", book(row(number("x")), columns='<Column ss:Span="4294967295"/>' * 20000), "no number"),
    ("a control byte in a name", PLAIN.replace("Một".encode(), b"&#27;[31m"), "damaged XML"),
]

TABLE = "<table><tr><td>ma</td><td>so</td></tr><tr><td>01</td><td>1.234,5</td></tr></table>"
GOOD_PAGES = [
    ("plain", TABLE, "ma,so\n01,\"1.234,5\"\n", None),
    ("a page", f"<!DOCTYPE html>\n<html><head><title>Báo cáo</title><style>td {{ color: red }}</style></head><body>{TABLE}</body></html>",
     "ma,so\n01,\"1.234,5\"\n", None),
    ("XHTML, behind a mark", '\ufeff<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">' + TABLE + "</html>", "ma,so\n01,\"1.234,5\"\n", None),
    ("in capitals, tags left open", "<HTML><TABLE BORDER=1><TR><TD>a<TD>b<TR><TD>c<TD>d</TABLE>", "a,b\nc,d\n", None),
    ("entities", "<table><tr><td>B&aacute;o c&#225;o &amp; s&#x1ED1; &lt;1&gt; &euro;&hellip; &khong; &#146;&</td></tr></table>",
     "Báo cáo & số <1> €… &khong; ’&\n", None),
    ("white space", "<table><tr><td>\n  một \t hai  <br> ba<br/><br/>bốn\n</td><td>&nbsp;</td><td> &nbsp; x</td></tr></table>",
     '"một hai\nba\n\nbốn",,\u00a0 x\n', None),
    ("paragraphs", "<table><tr><td><p>một</p><p>hai</p><div>ba</div></td></tr></table>", '"một\nhai\nba"\n', None),
    ("spans", "<table><tr><th rowspan=2>a</th><th colspan='2'>b</th></tr><tr><td>c</td><td>d</td></tr></table>", "a,b,\n,c,d\n", None),
    ("spans that meet", "<table><tr><td>a</td><td rowspan=2>b</td><td>c</td></tr><tr><td>d</td><td>e</td></tr><tr><td>f</td></tr></table>",
     "a,b,c\nd,,e\nf,,\n", None),
    ("a span beyond its part", "<table><thead><tr><th rowspan=5>a</th><th>b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table>",
     "a,b\nc,d\n", None),
    ("spans without end", "<table><tr><td rowspan=2147483648 colspan=0>a</td></tr></table><table><tr><td>b</td></tr></table>", "a\nb\n", None),
    ("texts around tables", f"<h3>Biểu 1</h3><p>Năm <b>2024</b></p>{TABLE}<div>Nguồn: CTK</div>", "Biểu 1,\nNăm 2024,\nma,so\n01,\"1.234,5\"\nNguồn: CTK,\n", None),
    ("a caption", f"<table><caption>Biểu 1</caption>{TABLE[7:]}", "Biểu 1,\nma,so\n01,\"1.234,5\"\n", None),
    ("what is not shown", f"<!-- <table><tr><td>x</td></tr></table> --><script>if (a < b) '<table>'</script>{TABLE}<xml><x:Name>S</x:Name></xml>",
     "ma,so\n01,\"1.234,5\"\n", None),
    ("an angle in a text", "<table><tr><td>a < b</td><td title='x > y'>c</td></tr></table>", "a < b,c\n", None),
    ("hidden", "<table><tr style='display: none'><td>a</td></tr><tr><td>b</td><td hidden>c</td></tr></table>", "a,\nb,c\n", None),
    ("UTF-16", TABLE.encode("utf-16"), "ma,so\n01,\"1.234,5\"\n", None),
    ("UTF-16, the other way round", "\ufeff".encode("utf-16-be") + TABLE.encode("utf-16-be"), "ma,so\n01,\"1.234,5\"\n", None),
    ("windows-1252", "<table><tr><td>café</td></tr></table>".encode("cp1252"), "café\n", None),
    ("ISO-8859-1, as it says", "<html><meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'><table><tr><td>café</td></tr></table>".encode("latin-1"),
     "café\n", None),
    ("rows by the thousand", "<table>" + "".join(f"<tr><td>{i}</td><td>x{i}</td></tr>" for i in range(20000)) + "</table>",
     "".join(f"{i},x{i}\n" for i in range(20000)), None),
]

BAD_PAGES = [
    ("a web archive", "MIME-Version: 1.0\nX-Document-Type: Workbook\n", "a web archive (MHTML)"),
    ("no table", "<html><body><p>Lỗi 500</p></body></html>", "an HTML page without a table"),
    ("cut off", TABLE[:-8], "cut off within a table"),
    ("cut off within a tag", TABLE[:-3], "cut off within a tag"),
    ("cut off within a comment", TABLE + "<!-- x", "cut off within a tag or comment"),
    ("cut off within a script", TABLE + "<script>", "cut off within the element script"),
    ("a table within a table", f"<table><tr><td>{TABLE}</td></tr></table>", "A1: a table within a table"),
    ("tables without end", "<table><tr><td>" * 100000, "a table within a table"),
    ("text beside cells", "<table><tr>x<td>a</td></tr></table>", "text in a row of a table, but in no cell"),
    ("cells without end", "<table><tr>" + "<td>a" * 17000 + "</table>", "a cell beyond the largest sheet"),
    ("columns without end", "<table><tr>" + "<td colspan=1000>a" * 17 + "</table>", "a cell beyond the largest sheet"),
    ("rows without end", "<table>" + "<tr>" * 1050000, "a row beyond the largest sheet"),
    ("merges without end", "<table>" + "<tr><td colspan=2>" * 300000, "more than 262144 merged areas"),
    ("a long text", f"<table><tr><td>{'x' * 1100000}</td></tr></table>", "a text of more than"),
    ("a long tag", f"<table a='{'x' * 1200000}'></table>", "a tag or comment of more than"),
    ("bytes that are no UTF-8", TABLE.encode().replace(b"ma", "Huyện Châu Thành A \xff".encode() + b"\xff"), "bytes that are none"),
]


def run(command, path, data, status, expected, says):
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    p = subprocess.run([command, "-O", "csv", str(path)], capture_output=True, timeout=10, check=False)
    out, err = p.stdout.decode(), p.stderr.decode()
    if p.returncode != status:
        return f"status {p.returncode}, not {status}: {err[:200]}"
    if expected is not None and out != expected:
        return f"gives {out[:200]!r}, not {expected[:200]!r}"
    if says is None and err or says is not None and says not in err:
        return f"says {err[:300]!r}, not {says!r}"
    if any(ord(c) < 32 and c != "\n" for c in err):
        return "a control byte in a message"
    return None


def main(command):
    cases = [(n, d, 0, e, s) for n, d, e, s in GOOD_BOOKS + GOOD_PAGES] + [(n, d, 3, None, s) for n, d, s in BAD_BOOKS + BAD_PAGES]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, *rest in cases:
            wrong = run(command, Path(folder) / "t.xls", *rest)
            if wrong:
                failed += 1
                print(f"{name}: {wrong}")
    print(f"{len(cases) - failed} of {len(cases)} as expected")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
