/* xlsx - one part of a workbook, which the first byte names, the others being sound */
#include "fuzz.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define REL  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELS                                                                             \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"             \
    "relationships\">"

static const struct {
    const char *name, *text;
} parts[] = {
    { "xl/worksheets/sheet1.xml",
      "<worksheet xmlns=\"" MAIN
      "\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
      "<c r=\"B1\" "
      "s=\"1\"><v>45473.5</v></c><c><f>A1</f></c></row></sheetData></worksheet>" },
    { "xl/sharedStrings.xml",
      "<sst xmlns=\"" MAIN "\"><si><t>a</t></si><si><r><t>b</t></r></si></sst>" },
    { "xl/styles.xml", "<styleSheet xmlns=\"" MAIN
                       "\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"d/m/yy\"/>"
                       "</numFmts><fonts><font><name "
                       "val=\"Arial\"/></font></fonts><cellXfs><xf numFmtId=\"0\"/>"
                       "<xf numFmtId=\"164\" fontId=\"0\"/></cellXfs></styleSheet>" },
    { "xl/workbook.xml",
      "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" REL "\"><sheets>"
      "<sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>" },
    { "xl/_rels/workbook.xml.rels",
      RELS "<Relationship Id=\"rId1\" Type=\"" REL
           "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
           "<Relationship Id=\"rId2\" Type=\"" REL "/styles\" Target=\"styles.xml\"/>"
           "<Relationship Id=\"rId3\" Type=\"" REL
           "/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>" },
    { "_rels/.rels",
      RELS "<Relationship Id=\"rId1\" Type=\"" REL
           "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>" },
};
enum { PARTS = sizeof parts / sizeof *parts };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    hg_buf zip = { 0 }, list = { 0 };
    if (n == 0)
        return 0;
    hg_slice given = { (const char *)bytes + 1, n - 1 };
    for (unsigned i = 0; i < PARTS; i++)
        fuzz_zip_add(&zip, &list, parts[i].name,
                     bytes[0] % PARTS == i ? given : hg_slice_of(parts[i].text));
    fuzz_zip_end(&zip, &list, PARTS);
    fuzz_workbook(fuzz_fd(zip.data, zip.len), false);
    hg_buf_release(&zip);
    hg_buf_release(&list);
    return 0;
}
