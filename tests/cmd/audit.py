"""audit.py GOOD FOLDER - copies of an accessible workbook, each breaking the one rule that it is named after."""

import sys
from pathlib import Path

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Font, PatternFill
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
}
for rule, break_it in [("good", lambda b, s: None), *breaches.items()]:
    book = openpyxl.load_workbook(good)
    break_it(book, book["Biểu 10"])
    book.save(folder / f"{rule}.xlsx")
