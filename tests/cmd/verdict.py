"""verdict.py junit|sarif|html|xlsx FILE LANG - read a report as others do, and see that it says what verdict.sh made wrong:
of bao-cao.xlsx, sheet "Biểu 01", two wrong cells (B3 and C4), of which one has markup in it, and a blank-row warning-free
rest. Nothing here is our own code."""
import json, sys
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser

form, name, lang = sys.argv[1:]
WRONG = {"en": "is not of the type number", "vi": "không phải giá trị kiểu number"}[lang]
MARKUP = '<b>"x"&</b>'


def junit():
    root = ElementTree.parse(name).getroot()
    assert root.tag == "testsuites", root.tag
    [suite] = root
    assert suite.attrib == {"name": "dan-so", "tests": "2", "failures": "2", "errors": "0"}, suite.attrib
    cases = {c.get("name"): c for c in suite}
    assert set(cases) == {"type-error", "constraint-error"} and {c.get("classname") for c in suite} == {"dan-so"}
    text = cases["type-error"].find("failure").text
    assert text.count("\n") == 1 and "bao-cao.xlsx!Biểu 01!B3: " in text and MARKUP in text and WRONG in text, text
    assert "bao-cao.xlsx!Biểu 01!C4: " in cases["constraint-error"].find("failure").text


def sarif():
    log = json.load(open(name, encoding="utf-8"))
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-2.1.0.json")
    [run] = log["runs"]
    assert run["language"] == lang and run["tool"]["driver"]["name"] == "hg-validate"
    rules = run["tool"]["driver"]["rules"]
    first = [r for r in run["results"] if r["ruleId"] == "type-error"][0]
    assert rules[first["ruleIndex"]]["id"] == "type-error" and first["level"] == "error"
    assert WRONG in first["message"]["text"] and MARKUP in first["message"]["text"]
    [place] = first["locations"]
    physical, [logical] = place["physicalLocation"], place["logicalLocations"]
    assert physical["artifactLocation"]["uri"] == "bao-cao.xlsx", physical
    assert physical["region"] == {"startLine": 3, "startColumn": 2}, physical
    assert logical == {"fullyQualifiedName": "Biểu 01!B3", "kind": "cell", "name": "nu"}, logical


class Page(HTMLParser):
    """Cells of tables by row, what was opened and not closed, and everything that would be fetched or run."""
    def __init__(self):
        super().__init__()
        self.open, self.rows, self.lang, self.loads, self.scopes = [], [], None, [], 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in ("meta", "link", "br", "img"):
            self.loads += [tag] if tag in ("link", "img") else []
            return
        self.open.append(tag)
        self.loads += [tag] if tag in ("script", "iframe") or given.get("href", "#")[0] != "#" or "onclick" in given else []
        self.lang = given.get("lang", self.lang)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        self.scopes += tag == "th" and "scope" in given

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, text):
        if "td" in self.open or "th" in self.open:
            self.rows[-1][-1] += text


def html():
    page = Page()
    page.feed(open(name, encoding="utf-8").read())
    assert not page.open and not page.loads and page.lang == lang, (page.open, page.loads, page.lang)
    [row] = [r for r in page.rows if r[0] == "bao-cao.xlsx!Biểu 01!B3"]
    assert row[1] == "nu" and row[2].endswith("type-error") and row[3] == MARKUP and WRONG in row[4], row
    assert any(r[0] == "dan-so" and r[2] == "2" for r in page.rows), page.rows
    assert page.scopes > 12


def xlsx():
    import openpyxl
    book = openpyxl.load_workbook(name)
    assert book.sheetnames == {"en": ["Summary", "findings"], "vi": ["Tóm tắt", "phát hiện"]}[lang], book.sheetnames
    summary, findings = book.worksheets
    counts = [[c.value for c in row] for row in summary.iter_rows()]
    assert any(r[:1] == ["dan-so"] and r[2:4] == [2, 0] for r in counts), counts
    links = [c for row in summary.iter_rows() for c in row if c.hyperlink]
    assert {c.value for c in links} == {"type-error", "constraint-error"}
    assert all(c.hyperlink.location.strip("'").startswith(book.sheetnames[1]) for c in links), links[0].hyperlink.location
    rows = [[c.value for c in row] for row in findings.iter_rows()]
    assert len(rows) == 3 and findings.freeze_panes == "A2"
    [row] = [r for r in rows if r[6] == "type-error"]
    assert row[:4] == ["dan-so", "bao-cao.xlsx", "Biểu 01", "B3"] and row[7] == MARKUP and WRONG in row[8], row


{"junit": junit, "sarif": sarif, "html": html, "xlsx": xlsx}[form]()
