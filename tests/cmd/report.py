"""What other programs see in hg-report's workbooks; called by report.sh."""

import csv
import io
import json
import sys
import zipfile
from pathlib import Path


def figures(package):
    """The non-empty values of a package's table."""
    with zipfile.ZipFile(package) as files:
        name = next(n for n in files.namelist() if n.startswith("data/"))
        rows = csv.DictReader(io.TextIOWrapper(files.open(name), "utf-8"))
        return sorted(float(row["gia_tri"]) for row in rows if row["gia_tri"])


def numbers(path):
    """Every number of a workbook by sheet and cell, as cached."""
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
    return {(sheet.title, cell.coordinate): cell.value
            for sheet in book if sheet.sheet_state == "visible" for row in sheet.iter_rows() for cell in row
            if isinstance(cell.value, (int, float))}


def sheet(folder):
    import openpyxl

    formulas = numbered = 0
    for package in sorted(folder.glob("*.zip")):
        if package.name == "cut.zip" or not package.with_suffix(".xlsx").exists():
            continue
        path = package.with_suffix(".xlsx")
        assert sorted(numbers(path).values()) == figures(package), f"{path}: other figures"
        page = openpyxl.load_workbook(path).worksheets[0]
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type in "nf" and cell.value is not None:
                    assert cell.number_format.startswith("#,##0"), cell.coordinate
                    formulas += cell.data_type == "f"
                assert cell.font.name == "Times New Roman", cell.coordinate
        areas = list(page.merged_cells.ranges)
        for i, a in enumerate(areas):
            for b in areas[:i]:
                assert a.isdisjoint(b), f"{path}: {a} and {b} overlap"
        assert page.page_setup.paperSize == 9 and page.page_setup.fitToWidth in (None, 1)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.print_title_rows and page.print_area
        header = page.HeaderFooter
        assert not header.oddHeader.center.text or header.differentFirst, f"{path}: numbered page 1"
        numbered += bool(header.oddHeader.center.text)
        assert 1.18 <= page.page_margins.left <= 1.38 and 0.59 <= page.page_margins.right <= 0.79
    assert formulas > 30, f"only {formulas} formulas"
    assert numbered == 1, "the long report, and it alone, has page numbers"


def computed(folder):
    """dan-so.zip has 2016: 772.5, 378.3, 394.2; 2015: 770.5, 380.7, 389.8 (thousand, T M F)."""
    import openpyxl

    formulas = openpyxl.load_workbook(folder / "computed.xlsx").worksheets[0]
    values = openpyxl.load_workbook(folder / "computed.xlsx", data_only=True).worksheets[0]
    found = {tuple(cell.value for cell in row[1:]): [formulas[cell.coordinate].value for cell in row[3:]]
             for row in values.iter_rows() if isinstance(row[1].value, float)}
    assert set(found) == {(770.5, 772.5, 100.3, 2.0, 0.26, 1.003), (380.7, 378.3, 99.4, -2.4, -0.63, 0.994),
                          (389.8, 394.2, 101.1, 4.4, 1.13, 1.011)}, found
    assert all(str(f).startswith("=ROUND(") for row in found.values() for f in row), found


def charts(folder):
    """Of the parts themselves: openpyxl does not read all of a chart."""
    import re

    with zipfile.ZipFile(folder / "charts.xlsx") as files:
        parts = {n: files.read(n).decode() for n in files.namelist()}
    made = [parts[f"xl/charts/chart{i}.xml"] for i in range(1, 6)]
    assert re.findall('descr="([^"]*)"', parts["xl/drawings/drawing1.xml"]) == ["Nam bên trái", "a", "b", "c", "d"]
    for chart, title in zip(made, ["Tháp", "Nam", "Cột", "Chồng", "Đường"]):
        assert f">{title}</a:t>" in chart and ">Nghìn người</a:t>" in chart, title
    assert [c.count("<c:ser>") for c in made] == [2, 1, 2, 2, 2]
    assert ['<c:min val="0"/>' in c for c in made] == [False, True, True, True, False]
    assert "0072B2" in made[0] and "E69F00" in made[0] and 'prstDash val="dash"' in made[4]
    hidden = next(s for n, s in parts.items() if n.endswith("sheet3.xml"))
    assert len(re.findall("<f>-'Biểu 9'![A-Z]+[0-9]+</f>", hidden)) == 13, "the left side of the pyramid"


def strip(ours, bare):
    """Copies whose formulas have no values yet."""
    import openpyxl

    for path in ours.glob("*.xlsx"):
        openpyxl.load_workbook(path).save(bare / path.name)


def totals(ours, theirs):
    import openpyxl

    seen = formulas = 0
    for path in sorted(ours.glob("*.xlsx")):
        computed = numbers(theirs / path.name)
        for place, value in numbers(path).items(): # LibreOffice saves 15 digits
            assert f"{computed[place]:.15g}" == f"{value:.15g}", f"{path.name} {place}: {value}, {computed[place]}"
            seen += 1
        formulas += sum(c.data_type == "f" for s in openpyxl.load_workbook(path) for row in s.iter_rows() for c in row)
    assert seen > 1000 and formulas > 500, f"only {seen} cells, {formulas} formulas"


def schema(path, reports):
    import jsonschema

    validator = jsonschema.Draft7Validator(json.loads(path.read_text("utf-8")))
    for report in reports:
        validator.validate(json.loads(report.read_text("utf-8")))
    wrong = json.loads(reports[0].read_text("utf-8"))
    wrong["tables"][0]["ruller"] = True
    assert not validator.is_valid(wrong)


if __name__ == "__main__":
    what, *paths = sys.argv[1:]
    paths = [Path(p) for p in paths]
    if what in ("sheet", "computed", "charts"):
        {"sheet": sheet, "computed": computed, "charts": charts}[what](paths[0])
    elif what in ("strip", "totals"):
        {"strip": strip, "totals": totals}[what](*paths)
    else:
        schema(paths[0], paths[1:])
