"""blank.py WHAT FORM [FILLED] - fill a form as a department would, with openpyxl.

look: what the form is like; some, all: fill the open cells of figures with 1, 2, 3 … (some: but the last two, which
get "-" and nothing); late: all, as provisional figures."""

import sys

import openpyxl

what, form, *filled = sys.argv[1:]
book = openpyxl.load_workbook(form)
sheet = book.worksheets[0]
cells = [cell for row in sheet.iter_rows() for cell in row]
checks = sheet.data_validations.dataValidation
figures = [v for v in checks if v.type == "custom"]
open_cells = [c for c in cells if not c.protection.locked and any(c.coordinate in v.sqref for v in figures)]
if what == "look":
    assert sheet.protection.sheet, "the sheet is not protected"
    assert all(c.value is None for c in open_cells) and open_cells
    assert all(c.protection.locked for c in cells if c.data_type == "f")
    assert any(c.data_type == "f" for c in cells), "no formula for a total"
    assert all("ISNUMBER" in v.formula1 and ">=0" in v.formula1 for v in figures)
    choice = next(v for v in checks if v.type == "list")
    assert choice.formula1.startswith("_hg!$F$"), choice.formula1
    area = book["_hg"][choice.formula1.split("!")[1].replace("$", "")]
    assert [row[0].value for row in area] == ["Số liệu chính thức", "Số liệu sơ bộ", "Số liệu ước tính"]
    assert sheet[str(choice.sqref)].value == "Số liệu chính thức"
    assert book["_hg"].sheet_state == "hidden"
    sys.exit()
for i, cell in enumerate(open_cells):
    cell.value = i + 1
if what == "some":
    open_cells[-2].value = "-"
    open_cells[-1].value = None
if what == "late":
    sheet[str(next(v for v in checks if v.type == "list").sqref)].value = "Số liệu sơ bộ"
book.save(filled[0])
