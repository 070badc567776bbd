#!/usr/bin/python3
"""workbook.py FILE ROWS [unique] - write an xlsx of ROWS x 12 cells, as Excel writes it: integers, decimals,
dates, codes and Vietnamese texts, shared; with unique also a text of its own in each row."""
import sys
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
PLACES = ["Phường Vị Thanh", "Xã Hỏa Lựu", "Phường Ngã Bảy", "Xã Tân Hòa", "Xã Trường Long Tây", "Xã Thạnh Xuân",
          "Xã Châu Thành", "Xã Đông Phước", "Xã Phú Hữu", "Xã Hòa An", "Xã Hiệp Hưng", "Xã Tân Bình"]
KINDS = ["Lúa đông xuân", "Lúa hè thu", "Mía", "Khóm", "Bưởi năm roi", "Cá thát lát"]
HEAD = ["id", "ma_xa", "ten_xa", "ngay", "loai", "so_ho", "gia_tri", "ty_le", "co_cau", "dien_tich", "ghi_chu", "nam"]
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    '</Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{REL}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets><sheet name="Bảng" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Times New Roman"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>',
}
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


def row(r, unique):
    x = r * 2654435761 % 1000003
    ratio = x / 1000003
    note = len(HEAD) + len(PLACES) + len(KINDS) + r - 2 if unique else 1
    return (f'<row r="{r}" spans="1:12"><c r="A{r}"><v>{r - 1}</v></c><c r="B{r}"><v>{31321 + x % 180}</v></c>'
            f'<c r="C{r}" t="s"><v>{12 + x % 12}</v></c><c r="D{r}" s="1"><v>{43831 + x % 2000}</v></c>'
            f'<c r="E{r}" t="s"><v>{24 + x % 6}</v></c><c r="F{r}"><v>{x % 9973}</v></c>'
            f'<c r="G{r}" s="2"><v>{x / 100}</v></c><c r="H{r}" s="2"><v>{x % 10000 / 100}</v></c>'
            f'<c r="I{r}"><v>{ratio:.17g}</v></c><c r="J{r}" s="2"><v>{x % 7919 / 10}</v></c>'
            f'<c r="K{r}" t="s"><v>{note}</v></c><c r="L{r}"><v>{2015 + x % 10}</v></c></row>')


def main():
    file, rows, unique = sys.argv[1], int(sys.argv[2]), sys.argv[3:] == ["unique"]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in PARTS.items():
            z.writestr(name, DECLARED + text)
        with z.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            texts = HEAD + PLACES + KINDS
            part.write((DECLARED + f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{t}</t></si>" for t in texts)).encode())
            for at in range(0, rows if unique else 0, 1000):
                part.write("".join(f"<si><t>Ghi chú số {i} của báo cáo</t></si>" for i in range(at, min(at + 1000, rows))).encode())
            part.write(b"</sst>")
        with z.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write((DECLARED + f'<worksheet xmlns="{MAIN}" xmlns:r="{REL}"><dimension ref="A1:L{rows + 1}"/><sheetData>'
                        + '<row r="1" spans="1:12">' + "".join(f'<c r="{chr(65 + i)}1" t="s"><v>{i}</v></c>' for i in range(12))
                        + "</row>").encode())
            for at in range(2, rows + 2, 1000):
                part.write("".join(row(r, unique) for r in range(at, min(at + 1000, rows + 2))).encode())
            part.write(b'</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>')


main()
