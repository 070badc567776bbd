"""audit.py GOOD FOLDER - copies of an accessible workbook, each breaking the one rule that it is named after."""

import re
import sys
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table

good, folder = sys.argv[1], Path(sys.argv[2])


def table(sheet):
    return next(iter(sheet.tables.values()))


def header(sheet):
    """The first cell of the table's header."""
    return sheet[table(sheet).ref.split(":")[0]]


def body(sheet):
    """A cell of data in the table."""
    return header(sheet).offset(2, 1)


def rename(book, sheet):
    t = table(sheet)
    del sheet.tables[t.name]
    t.name = t.displayName = "Table1"
    sheet.add_table(t)


def second(book, sheet):
    cell = header(sheet)
    last = table(sheet)
    for row in sheet[last.ref]:
        for c in row:
            sheet.cell(c.row, c.column + 30).value = str(c.value)
    a, b = last.ref.split(":")
    shift = lambda ref: sheet[ref].offset(0, 30).coordinate
    sheet.add_table(Table(displayName="hg_second", ref=f"{shift(a)}:{shift(b)}"))


def same_header(book, sheet):
    header(sheet).offset(0, 1).value = header(sheet).offset(0, 2).value
    table(sheet).tableColumns[1].name = table(sheet).tableColumns[2].name


def chart(book, sheet):
    made = BarChart()
    made.add_data(Reference(sheet, range_string=f"{sheet.title!r}!{body(sheet).coordinate}"))
    sheet.add_chart(made, "P2")


def note_order(book, sheet):
    """Two notes that are explained, of which the second is named first."""
    notes = [c for r in book["Chú giải"].iter_rows(max_col=1) for c in r if str(c.value).startswith("[")]
    notes[0].value, notes[1].value = "[note 1]", "[note 2]"
    sheet["A1"].value = "Biểu 10 [note 2] [note 1]"


def blank(cells):
    for cell in cells:
        cell.value = None


breaches = {
    "title": lambda b, s: setattr(b.properties, "title", None),
    "author": lambda b, s: setattr(b.properties, "creator", ""),
    "keywords": lambda b, s: setattr(b.properties, "keywords", None),
    "cursor": lambda b, s: setattr(b, "active", 2),
    "cover": lambda b, s: b.remove(b.worksheets[0]),
    "language": lambda b, s: blank(c for r in b.worksheets[0].iter_rows() for c in r if "Ngôn ngữ" in str(c.value)),
    "merged": lambda b, s: s.merge_cells("A1:C1"),
    "panes": lambda b, s: setattr(s, "freeze_panes", "B9"),
    "filter": lambda b, s: setattr(s.auto_filter, "ref", "A9:B12"),
    "hidden-row": lambda b, s: setattr(s.row_dimensions[12], "hidden", True),
    "hidden-column": lambda b, s: setattr(s.column_dimensions["C"], "hidden", True),
    "hidden-sheet": lambda b, s: setattr(s, "sheet_state", "hidden"),
    "blank-sheet": lambda b, s: b.create_sheet("Trang"),
    "contents": lambda b, s: [setattr(c, "hyperlink", None) for r in b["Mục lục"].iter_rows() for c in r],
    "table": lambda b, s: s.tables.clear(),
    "one-table": second,
    "table-name": rename,
    "header": same_header,
    "empty-cell": lambda b, s: blank([body(s)]),
    "blank-row": lambda b, s: blank(s.cell(body(s).row, c) for c in range(1, s.max_column + 1)),
    "blank-column": lambda b, s: blank(s.cell(r, 2) for r in range(header(s).row + 1, s.max_row + 1)),
    "content-below": lambda b, s: s.cell(s.max_row + 2, 1, "Ghi chú"),
    "notes": lambda b, s: setattr(s["A1"], "value", "Biểu 10 [chú thích 7]"),
    "note-in-data": lambda b, s: setattr(body(s), "value", "5 [note 1]"),
    "symbol": lambda b, s: setattr(header(s).offset(1, 0), "value", "Hà Nội (*)¹"),
    "font-size": lambda b, s: setattr(body(s), "font", Font(name="Arial", size=9)),
    "font": lambda b, s: setattr(body(s), "font", Font(name="Times New Roman", size=12)),
    "fill": lambda b, s: setattr(body(s), "fill", PatternFill("solid", fgColor="FFFF00")),
    "wrap": lambda b, s: [setattr(c, "alignment", Alignment()) for c in s[header(s).row]],
    "header-footer": lambda b, s: setattr(s.oddFooter.center, "text", "Trang &P"),
    "alt-text": chart,
    "note-order": note_order,
    "header-rows": lambda b, s: setattr(table(s), "headerRowCount", 0),
    "table-start": lambda b, s: setattr(table(s), "ref", "B" + table(s).ref.lstrip("A")),
    "header.empty": lambda b, s: blank([header(s).offset(0, 1)]),
    "filter.table": lambda b, s: setattr(table(s), "autoFilter", AutoFilter(ref=table(s).ref)),
    "table.none": lambda b, s: (s.tables.clear(), blank(c for r in s.iter_rows(min_row=4) for c in r)),
}


def patch(old, new, change):
    """A copy of a workbook with its parts changed: what openpyxl cannot write."""
    with zipfile.ZipFile(folder / old) as source, zipfile.ZipFile(folder / new, "w") as target:
        for name in source.namelist():
            part = source.read(name).decode()
            changed = change(name, part)
            target.writestr(name, changed)


def macros(name, part):
    rel = '<Relationship Id="rVba" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
    return part.replace("</Relationships>", rel + "</Relationships>") if name == "xl/_rels/workbook.xml.rels" else part


def instead_of_chart(element):
    frame = re.compile(r"<(\w+:)?graphicFrame.*</(\w+:)?graphicFrame>", re.S)
    described = f'<xdr:{element} xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">' \
        f'<xdr:nv><xdr:cNvPr id="2" name="x" descr="said"/></xdr:nv></xdr:{element}>'
    return lambda name, part: frame.sub(described, part) if name.startswith("xl/drawings/drawing") else part


for rule, break_it in [("good", lambda b, s: None), *breaches.items()]:
    book = openpyxl.load_workbook(good)
    break_it(book, book["Biểu 10"])
    book.save(folder / f"{rule}.xlsx")
patch("good.xlsx", "macros.xlsx", macros)
patch("alt-text.xlsx", "picture.xlsx", instead_of_chart("pic"))
patch("alt-text.xlsx", "text-box.xlsx", instead_of_chart("sp"))
