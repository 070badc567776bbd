#!/usr/bin/python3
"""cells.py SOURCE < STREAM - every row of the stream has the value of the cell it names.

Reads SOURCE with another reader (openpyxl, or Python's csv for a text). Prints how many rows were
compared; fails at the first that differs."""
import csv
import io
import sys
import tarfile

SYMBOLS = {"-", "–", "x", "..", "...", "…"}


def texts(name):
    """The cells of a text by their address: column letters and record."""
    from openpyxl.utils import get_column_letter
    with open(name, encoding="utf-8-sig", newline="") as file:
        sample = file.read()
    delim = max(";,\t", key=sample.count)
    cells = {}
    for number, row in enumerate(csv.reader(io.StringIO(sample), delimiter=delim), 1):
        for column, text in enumerate(row, 1):
            cells[f"{get_column_letter(column)}{number}"] = text
    return {None: cells}


def workbook(name):
    import openpyxl
    book = openpyxl.load_workbook(name, data_only=True)
    return {sheet.title: {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row}
            for sheet in book}


def main():
    source = sys.argv[1]
    sheets = workbook(source) if source.endswith("xlsx") else texts(source)
    rows = 0
    with tarfile.open(fileobj=sys.stdin.buffer, mode="r|") as stream:
        for entry in stream:
            if not entry.name.startswith("data/"):
                continue
            if rows == 0:
                header = None
            cells = sheets[entry.pax_headers.get("HG.sheet")]
            for row in csv.reader(io.StringIO(stream.extractfile(entry).read().decode("utf-8"))):
                if header is None:
                    header = row
                    value, status = row.index("gia_tri"), row.index("obs_status")
                    continue
                cell = cells[row[0]]
                if row[value] == "":
                    same = cell in SYMBOLS and row[status] in "ML"
                elif isinstance(cell, str):
                    same = row[value] == cell
                else:
                    same = float(row[value]) == cell and len(row[value]) <= len(repr(float(cell)))
                if not same:
                    sys.exit(f"{row[0]} holds {cell!r}, the row says {row[value]!r}")
                rows += 1
    print(rows)


main()
