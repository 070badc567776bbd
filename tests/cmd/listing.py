"""listing.py FOLDER - one workbook as xlsx, xls and ods, written part by part and record by record; then what hg-extract
--list --json says of each against what is put into it, by hand."""
import io, json, pathlib, struct, subprocess, sys, zipfile

import biff
import ods

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

# A1 "Tên" in .VnTime, B1 the text "1.234"; A2 5, B2 a formula's 10, C2 a formula without a result; A3:B3 merged, with 7 in B3;
# A5 9 in a hidden row; a hidden sheet with one value; a link to another file
SHEET = {"name": "Biểu 1", "visibility": "visible", "rows": 5, "cols": 2, "values": 6, "formulas": 1, "uncached": 1, "hidden": 1,
         "number_texts": 1, "merged": 1, "covered": 1}
HIDDEN = {"name": "Ẩn", "visibility": "hidden", "rows": 1, "cols": 1, "values": 1, "formulas": 0, "uncached": 0, "hidden": 0,
          "number_texts": 0, "merged": 0, "covered": 0}
WARNINGS = [("hidden-cells", "Biểu 1", 1), ("covered-cells", "Biểu 1", 1), ("uncached-formulas", "Biểu 1", 1), ("number-texts", "Biểu 1", 1),
            ("declared-dimension", "Biểu 1", None), ("hidden-sheet", "Ẩn", 1), ("external-links", None, 1)]
EXPECTED = {
    "xlsx": {"declared": (1048576, 16384), "names": [("_xlnm.Print_Area", "'Biểu 1'!$A$1:$B$3"), ("Vung", "'Biểu 1'!$B$2")],
             "tables": [("Bang", "'Biểu 1'!A1:B3")]},
    "xls": {"declared": (65536, 256), "names": [("_xlnm.Print_Area", "'Biểu 1'!$A$1:$B$3"), ("Vung", "'Biểu 1'!$B$2"), ("Tổng", None)],
            "tables": []},
    "ods": {"declared": None, "names": [("Vung", "$'Biểu 1'.$B$2"), ("Tổng", "of:=1+1")], "tables": [("Bang", "$'Biểu 1'.$A$1:$B$3")]},
}


def rels(*kinds):
    return f'<Relationships xmlns="{PACKAGE}">' + "".join(
        f'<Relationship Id="r{i}" Type="{REL}/{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(kinds)) + "</Relationships>"


def xlsx():
    sheet = lambda cells, more="": f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData>{cells}</sheetData>{more}</worksheet>'
    text = lambda ref, t: f'<c r="{ref}" t="inlineStr" s="1"><is><t>{t}</t></is></c>'
    parts = {
        "_rels/.rels": rels(("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": rels(("worksheet", "1.xml"), ("worksheet", "2.xml"), ("styles", "styles.xml"), ("externalLink", "link.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets><sheet name="Biểu 1" r:id="r0"/><sheet name="Ẩn" state="hidden" r:id="r1"/>'
        "</sheets><definedNames><definedName name='_xlnm.Print_Area' localSheetId='0'>'Biểu 1'!$A$1:$B$3</definedName>"
        "<definedName name='Vung'>'Biểu 1'!$B$2</definedName></definedNames></workbook>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts><font><name val="Arial"/></font><font><name val=".VnTime"/></font></fonts>'
        '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>',
        "xl/1.xml": sheet('<row r="1">' + text("A1", "Tên") + text("B1", "1.234") + '</row><row r="2"><c r="A2"><v>5</v></c><c r="B2"><f>A2*2</f><v>10</v></c>'
                          '<c r="C2"><f>A2*3</f></c></row><row r="3"><c r="B3"><v>7</v></c></row><row r="5" hidden="1"><c r="A5"><v>9</v></c></row>',
                          '<mergeCells><mergeCell ref="A3:B3"/></mergeCells>'),
        "xl/2.xml": sheet('<row r="1"><c r="A1"><v>1</v></c></row>').replace("A1:XFD1048576", "A1"),
        "xl/_rels/1.xml.rels": rels(("table", "table.xml")),
        "xl/table.xml": f'<table xmlns="{MAIN}" id="1" name="Bang" displayName="Bang" ref="A1:B3"/>',
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as z:
        for name, part in parts.items():
            z.writestr(name, part)
    return data.getvalue()


def xls():
    record, at = biff.record, biff.at
    text = lambda row, col, t, style: record(0x204, at(row, col, style) + biff.wide(t))
    formula = lambda row, col, result: record(6, at(row, col) + result + struct.pack("<HIH", 0, 0, 0))
    first = (record(0x200, struct.pack("<IIHHH", 0, 65536, 0, 256, 0)) + record(0x208, struct.pack("<HHHHHHI", 4, 0, 1, 255, 0, 0, 0x20))
             + text(0, 0, "Tên", 6) + text(0, 1, "1.234", 6) + biff.n(1, 0, 5) + formula(1, 1, struct.pack("<d", 10))
             + formula(1, 2, struct.pack("<B5xH", 3, 0xFFFF)) + biff.n(2, 1, 7) + biff.n(4, 0, 9)
             + record(0xE5, struct.pack("<HHHHH", 1, 2, 2, 0, 1)))
    second = record(0x200, struct.pack("<IIHHH", 0, 1, 0, 1, 0)) + biff.n(0, 0, 1)
    # the other file, then this one; place 0 is its first sheet, 1 a sheet of the other
    books = record(0x1AE, struct.pack("<H", 1) + biff.wide("\1khac.xls") + biff.wide("S")) + record(0x1AE, struct.pack("<HH", 2, 0x401))
    places = record(0x17, struct.pack("<HHHHHHH", 2, 1, 0, 0, 0, 0, 0))
    area = struct.pack("<BHHHHH", 0x3B, 0, 0, 2, 0, 1)
    cell = struct.pack("<BHHH", 0x3A, 0, 1, 1)
    name = lambda flags, text, code: record(0x18, struct.pack("<HBBHHHI", flags, 0, text[1], len(code), 0, 0, 0) + text[0] + code)
    names = (name(0x20, (b"\0\6", 1), area) + name(0, (b"\0Vung", 4), cell)
             + name(0, (b"\1" + "Tổng".encode("utf-16le"), 4), struct.pack("<BHBHB", 0x1E, 1, 0x1E, 1, 3)))
    sheets = [(biff.wide("Biểu 1", "B"), 0, 0, biff.sheet(first)), (biff.wide("Ẩn", "B"), 1, 0, biff.sheet(second))]
    return biff.compound({"Workbook": biff.stream(sheets, after=books + places + names)})


def opendocument():
    row, cell, s, n = ods.row, ods.cell, ods.s, ods.n
    style = 'table:style-name="top"'
    formula = lambda value: cell("float", value, ods.p("10") if value else "", 'table:formula="of:=[.A2]*2"') if value else cell(more='table:formula="of:=[.A2]*3"')
    rows = (row(s("Tên", style), s("1.234", style)) + row(n("5"), formula("10"), formula("")) +
            row(cell(more='table:number-columns-spanned="2"'), cell("float", "7", tag="covered-table-cell")) + row(cell()) +
            row(n("9"), visibility="collapse") + row(cell(more=ods.times(16384)), number_rows_repeated="1048571"))
    cached = ods.table(row(n("1")), "Ẩn", 'table:style-name="hid"')
    source = '<table:table-source xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="khac.ods"/>'
    more = ("<table:named-expressions><table:named-range table:name='Vung' table:base-cell-address='$A.$A$1' table:cell-range-address=\"$'Biểu 1'.$B$2\"/>"
            "<table:named-expression table:name='Tổng' table:expression='of:=1+1'/></table:named-expressions>"
            "<table:database-ranges><table:database-range table:name='Bang' table:target-range-address=\"$'Biểu 1'.$A$1:$B$3\"/></table:database-ranges>")
    return ods.ods(ods.table(rows) + cached.replace("<table:table-row", source + "<table:table-row", 1) + more)


def check(program, path, kind):
    found = json.loads(subprocess.run([program, "--list", path, "--json"], capture_output=True, check=True).stdout)
    expected = EXPECTED[kind]
    first, second = found["sheets"]
    declared = expected["declared"]
    assert declared == ((first.get("declared_rows"), first.get("declared_cols")) if declared else first.get("declared_rows")), first
    plain = lambda sheet: {k: v for k, v in sheet.items() if not k.startswith("declared")}
    assert plain(first) == SHEET, (plain(first), SHEET)
    assert plain(second) == HIDDEN, plain(second)
    assert [(n["name"], n.get("refers_to")) for n in found["names"]] == expected["names"], found["names"]
    assert [(n["name"], n.get("refers_to")) for n in found["tables"]] == expected["tables"], found["tables"]
    warnings = [(c, s, declared[0] * declared[1] if c == "declared-dimension" else n) for c, s, n in WARNINGS if declared or c != "declared-dimension"]
    assert sorted(warnings, key=str) == sorted(((w["code"], w.get("sheet"), w["count"]) for w in found["warnings"]), key=str), found["warnings"]
    assert found["date_system"] == 1900 and ".VnTime" in found["fonts"], found["fonts"]


def main():
    folder = pathlib.Path(sys.argv[1])
    for kind, data in (("xlsx", xlsx()), ("xls", xls()), ("ods", opendocument())):
        path = folder / f"list.{kind}"
        path.write_bytes(data)
        try:
            check("hg-extract", path, kind)
        except AssertionError:
            print(kind, file=sys.stderr)
            raise


main()
