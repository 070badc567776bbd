"""blocks.py FOLDER - long sheets, which threads read in blocks of rows: all plain, or with something in a row, anywhere, that
only XML can read. Each as NAME.xlsx, and as NAME.csv what its rows are; or as NAME.says what is wrong with it, and where."""
import pathlib, random, sys, zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ROWS = 12000  # 2.5 MiB of XML, of which threads read all but the first
TEXTS = ["Huế", "a < b & c", " kept ", 'said "so"', "rich text", "x,y", "two\nlines"]
SHARED = ("<si><t>Huế</t></si><si><t>a &lt; b &amp; c</t></si><si><t xml:space='preserve'> kept </t></si>"
          "<si><t>said \"so\"</t></si><si><r><t>rich</t></r><r><rPr><b/></rPr><t xml:space='preserve'> text</t></r></si>"
          "<si><t>x,y</t></si><si><t>two\nlines</t></si>")
FORMATS = ('<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>',
           "".join(f'<xf numFmtId="{n}" xfId="0"/>' for n in [0, 14, 164] + [0] * 30))


def quoted(text):
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in '",\n') else text


class Sheet:
    """A row of each kind of cell; what is odd is given by the rows it stands in."""

    def __init__(self, prefix="", refs=True, numbers=True, between="", odd=None):
        self.p, self.refs, self.numbers, self.between, self.odd = prefix, refs, numbers, between, odd or {}
        self.random = random.Random(7)

    def cell(self, r, column, attributes, inside):
        p = self.p
        ref = f' r="{column}{r}"' if self.refs else ""
        return f"<{p}c{ref}{attributes}>{inside}</{p}c>"

    def row(self, r):
        p, k = self.p, self.random.randrange(len(TEXTS))
        value = lambda v: f"<{p}v>{v}</{p}v>"
        whole, part, day = self.random.randrange(10**9), self.random.uniform(0.001, 1), self.random.randrange(43831, 46000)
        moment = __import__("datetime").date(1899, 12, 30) + __import__("datetime").timedelta(days=day)
        cells = [self.cell(r, "A", "", value(r)), self.cell(r, "B", ' t="s"', value(k)), self.cell(r, "C", ' s="1"', value(day)),
                 self.cell(r, "D", f' s="{3 + r % 30}"', value(f"{part:.17g}")), self.cell(r, "E", ' s="2"', value(day + 0.5)),
                 self.cell(r, "F", ' t="b"', f"<{p}f>A{r}&gt;1</{p}f>" + value(r % 2)),
                 self.cell(r, "G", ' t="inlineStr"', f"<{p}is><{p}t>Số {r} &amp; _x0041_</{p}t></{p}is>"), self.cell(r, "H", "", value(f"-{whole}00E-2"))]
        texts = [str(r), TEXTS[k], moment.isoformat(), repr(part), moment.isoformat() + "T12:00:00", "TRUE" if r % 2 else "FALSE", f"Số {r} & A", str(-whole)]
        if r in self.odd:
            cells, texts = self.odd[r](self, r, cells, texts)
        number = f' r="{r}" spans="1:8"' if self.numbers else ""
        return f"<{p}row{number}>{''.join(cells)}</{p}row>{self.between}", texts


def comment(sheet, r, cells, texts):
    return ["<!-- <row r='1'> -->", *cells], texts


def cdata(sheet, r, cells, texts):
    cells[6] = sheet.cell(r, "G", ' t="inlineStr"', '<is><t><![CDATA[</row><row r="9"><c r="A9">]]></t></is>')
    return cells, texts[:6] + ['</row><row r="9"><c r="A9">'] + texts[7:]


def long_text(sheet, r, cells, texts):
    cells[6] = sheet.cell(r, "G", ' t="inlineStr"', f"<is><t>{'dài ' * 80000}</t></is>")
    return cells, texts[:6] + [("dài " * 80000).strip()] + texts[7:]


def no_row(sheet, r, cells, texts):
    return [], [""] * 8


def no_number(sheet, r, cells, texts):
    return [*cells[:7], sheet.cell(r, "H", "", "<v>none</v>")], texts


def earlier(sheet, r, cells, texts):
    return [c.replace(f'{r}"', f'{r - 9}"') for c in cells], texts


def package(file, sheet, strings):
    parts = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">' + "".join(
            f'<Relationship Id="r{i}" Type="{REL}/{kind}" Target="{target}"/>' for i, (kind, target) in
            enumerate([("worksheet", "sheet.xml"), ("styles", "styles.xml"), ("sharedStrings", "strings.xml")])) + "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets><sheet name="S" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{FORMATS[0]}<cellXfs>{FORMATS[1]}</cellXfs></styleSheet>',
        "xl/strings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/sheet.xml": sheet,
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as z:
        for name, text in parts.items():
            z.writestr(name, text)


def shared(file, texts):
    """A sheet of two columns of shared texts, the second in the other order."""
    n = len(texts)
    cells = "".join(f'<row r="{r + 1}"><c r="A{r + 1}" t="s"><v>{r}</v></c><c r="B{r + 1}" t="s"><v>{n - 1 - r}</v></c></row>' for r in range(n))
    package(file, f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>', "".join(f"<si><t>{t}</t></si>" if i != 30000 else f"<si><!-- --><r><t>{t}</t></r></si>" for i, t in enumerate(texts)))
    return [list(pair) for pair in zip(texts, reversed(texts))]


def write(file, sheet, damage=False):
    p = sheet.p
    pairs = [sheet.row(r) for r in range(1, ROWS + 1)]
    ns = f'xmlns{":" + p[:-1] if p else ""}="{MAIN}"'
    package(file, f'<?xml version="1.0" encoding="UTF-8"?>\n<{p}worksheet {ns}><{p}sheetData>' + "".join(x for x, _ in pairs) +
            f"</{p}sheetData></{p}worksheet>", SHARED)
    if damage:
        data = bytearray(file.read_bytes())
        data[len(data) * 3 // 4] ^= 1
        file.write_bytes(data)
    return [t for _, t in pairs]


def main():
    folder = pathlib.Path(sys.argv[1])
    good = {
        "plain": Sheet(),
        "a prefix": Sheet(prefix="x:"),
        "lines between rows": Sheet(between="\r\n  "),
        "rows without numbers": Sheet(numbers=False),
        "cells without references": Sheet(refs=False),
        "neither": Sheet(numbers=False, refs=False),
        "a comment": Sheet(odd={9000: comment}),
        "a comment at the start": Sheet(odd={1: comment}),
        "a comment at the end": Sheet(odd={ROWS: comment}),
        "CDATA": Sheet(odd={r: cdata for r in range(7000, 7500)}),
        "a long row": Sheet(odd={8000: long_text}),
        "empty rows": Sheet(odd={r: no_row for r in range(5000, 10000)}),
    }
    long = [f"Văn bản số {i} " + "dài " * 120 + "." for i in range(44000)]  # 24 MB, of which not all stay in memory
    made = {"shared texts beyond memory": shared(folder / "shared texts beyond memory.xlsx", long)}
    for name, sheet in good.items():
        made[name] = write(folder / f"{name}.xlsx", sheet)
    for name, rows in made.items():
        (folder / f"{name}.csv").write_text("".join(",".join(map(quoted, row)) + "\n" for row in rows), encoding="utf-8")
    bad = {
        "no number": (Sheet(odd={11000: no_number}), "S!H11000: a number cell that holds no number: none"),
        "another row's cells": (Sheet(odd={11000: earlier}), "whose reference names row"),
        "damaged": (Sheet(), "xl/sheet.xml"),
    }
    for name, (sheet, says) in bad.items():
        write(folder / f"{name}.xlsx", sheet, damage=name == "damaged")
        (folder / f"{name}.says").write_text(says)


if __name__ == "__main__":
    main()
