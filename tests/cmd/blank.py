"""blank.py WHAT FORM [FILLED] - fill a form as a department would, with openpyxl.

list: what a list to be filled is like, and fill it; look: what the form is like; some, all: fill the open cells of figures with 1, 2, 3 … (some: but the last two, which
get "-" and nothing); late: all, as provisional figures."""

import sys

import openpyxl

what, form, *filled = sys.argv[1:]
book = openpyxl.load_workbook(form)
sheet = book.worksheets[0]
if what == "list":
    rules = {str(v.sqref): v for v in sheet.data_validations.dataValidation}
    assert sheet.protection.sheet and sheet["A1"].protection.locked and not sheet.column_dimensions["A"].protection.locked
    regions = book["_hg"][rules["A2:A1048576"].formula1.split("!")[1].replace("$", "")]
    assert [row[0].value for row in regions][:3] == ["Cả nước", "Đồng bằng sông Hồng", "Hà Nội"]
    assert rules["B2:B1048576"].formula1 == rules["A2:A1048576"].formula1  # one list for both
    assert rules["E2:E1048576"].formula1 == "AND(ISNUMBER(E2),E2>=0)"
    for cell, value in {"A2": "Đồng bằng sông Hồng", "B2": "Hà Nội", "C2": "2016-2021", "D2": 2020, "E2": 3.5, "F2": "Chính thức",
                        "A4": "V6", "B4": "Hậu Giang", "C4": "Xưa", "D4": 2021, "J3": "mine"}.items():
        sheet[cell].value = value
    book.save(filled[0])
    sys.exit()
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
