"""What people do to a report of hg-report before it is read back; called by reread.sh.

reread.py WHAT FROM TO: top, middle and column insert; cell, dash, text and comma change a cell; drop
deletes a row, part the hidden sheet's first record; copy makes two sheets disagree."""

import sys

import openpyxl


def figure(sheet):
    """The first number that stands below the headings and is no formula."""
    return next(cell for row in sheet.iter_rows() for cell in row if cell.data_type == "n" and cell.value is not None)


what, source, target = sys.argv[1:]
book = openpyxl.load_workbook(source)
sheet = book["Biểu 01"] if "Biểu 01" in book.sheetnames else book.worksheets[-2]
cell = figure(sheet)
if what == "top":
    sheet.insert_rows(1)
elif what == "middle":
    sheet.insert_rows(cell.row + 2)
    sheet.cell(cell.row + 2, cell.column + 1).value = 12345
elif what == "column":
    sheet.insert_cols(cell.column)
elif what == "drop":
    sheet.delete_rows(cell.row)
elif what == "cell":
    cell.value = 98.5
elif what == "dash":
    cell.value = "-"
elif what == "comma":
    cell.value = "98,5"
elif what == "text":
    cell.value = "about 98"
elif what == "part":
    book["_hg"]["B2"].value = book["_hg"]["B2"].value.replace("dan-so", "dan-sx", 1)
elif what == "name":
    sheet.title = "Another"
book.save(target)
