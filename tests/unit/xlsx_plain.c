/* Plain rows are read as they are; of everything else nothing is read. */
#define _GNU_SOURCE /* memmem() */
#include "workbook/xlsx_plain.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "<worksheet xmlns=\"urn:s\" xmlns:x14ac=\"urn:x\"><cols/><sheetData>"

/* Read the rows after a head; what they hold goes to said. The last token, never ROW,
 * CELL or ROW_END. */
static hg_xlsx_token read_rows(const char *head, const char *rows, size_t n,
                               char said[400])
{
    hg_xlsx_plain plain;
    hg_xlsx_item item;
    hg_xlsx_token token;
    char *bytes = calloc(n + 4, 1); /* closed by NULs, and nothing behind them */
    const char *p = bytes;
    bool in_row = false;
    memcpy(bytes, rows, n);
    said[0] = '\0';
    ck_assert(hg_xlsx_plain_begin(&plain, hg_slice_of(head)));
    while ((token = hg_xlsx_plain_next(&plain, in_row, &p, bytes + n, &item)) ==
               HG_XLSX_ROW ||
           token == HG_XLSX_CELL || token == HG_XLSX_ROW_END) {
        char *to = said + strlen(said);
        if (token == HG_XLSX_ROW)
            sprintf(to, "row %u%s%s;", item.row, item.hidden ? " hidden" : "",
                    item.closed ? " closed" : "");
        if (token == HG_XLSX_CELL)
            sprintf(to, "%u,%u t%d s%u%s%s%s '%.*s';", item.row, item.col, (int)item.type,
                    item.style, item.formula ? " f" : "", item.simple ? "" : " marked",
                    item.preserve ? " kept" : "", (int)item.value.n, item.value.p);
        in_row = token == HG_XLSX_CELL || (token == HG_XLSX_ROW && !item.closed);
    }
    free(bytes);
    return token;
}

static const struct {
    const char *rows, *said;
} plain[] = {
    { "", "" },
    { "<row r=\"1\" spans=\"1:2\" x14ac:dyDescent=\"0.25\"><c r=\"A1\" s=\"2\" "
      "t=\"s\"><v>12</v></c>"
      "<c r=\"XFD1048576\"><v>-1.5E-7</v></c></row>",
      "row 1;1,1 t1 s2 '12';1048576,16384 t0 s0 '-1.5E-7';" },
    { "\n <row>\r\n<c><v>1</v></c> <c s=\"1\"/><c r=\"C1\" cm=\"1\"><v/></c></row >",
      NULL },
    { "<row hidden=\"1\" r=\"7\"/><row hidden=\"0\" r='8'/>", NULL },
    { "<row hidden=\"1\" r=\"7\"/><row hidden=\"0\"></row>",
      "row 7 hidden closed;row 0;" },
    { "<row r=\"1\"><c r=\"A1\" t=\"str\"><f t=\"shared\" ref=\"A1:A2\" "
      "si=\"0\">B1&amp;\"x\"</f><v>a b</v></c>"
      "<c r=\"B1\"><f/></c><c t=\"inlineStr\"><is><t xml:space=\"preserve\"> Huế "
      "&lt;</t></is></c></row>",
      "row 1;1,1 t3 s0 f 'a b';1,2 t0 s0 f '';0,0 t2 s0 marked kept ' Huế "
      "&lt;';" },
    { "<row><c t=\"e\"><v>#N/A</v></c><c t=\"b\"><v>1</v></c><c "
      "t=\"d\"><v>2024-01-01</v></c></row>",
      "row 0;0,0 t5 s0 '#N/A';0,0 t4 s0 '1';0,0 t6 s0 '2024-01-01';" },
};

START_TEST(a_plain_row_is_read)
{
    char said[400];
    hg_buf rows = { 0 };
    hg_buf_printf(&rows, "%s</sheetData>", plain[_i].rows);
    hg_xlsx_token last = read_rows(HEAD, rows.data, rows.len, said);
    ck_assert_int_eq(last, plain[_i].said ? HG_XLSX_DATA_END : HG_XLSX_UNUSUAL);
    if (plain[_i].said)
        ck_assert_str_eq(said, plain[_i].said);
    hg_buf_release(&rows);
}
END_TEST

START_TEST(cut_anywhere_it_asks_for_more)
{
    char said[400];
    for (size_t n = 0; plain[_i].said && n < strlen(plain[_i].rows); n++)
        ck_assert_msg(read_rows(HEAD, plain[_i].rows, n, said) == HG_XLSX_MORE, "at %zu",
                      n);
}
END_TEST

START_TEST(a_prefix_is_that_of_all_elements)
{
    char said[400];
    static const char head[] = "<x:worksheet xmlns:x=\"urn:s\"><x:sheetData>";
    static const char rows[] =
        "<x:row r=\"2\"><x:c "
        "r=\"A2\"><x:f>1</x:f><x:v>1</x:v></x:c></x:row></x:sheetData>";
    static const char other[] = "<x:row r=\"2\"><c r=\"A2\"><v>1</v></c></x:row>";
    ck_assert_int_eq(read_rows(head, rows, sizeof rows - 1, said), HG_XLSX_DATA_END);
    ck_assert_str_eq(said, "row 2;2,1 t0 s0 f '1';");
    ck_assert_int_eq(read_rows(head, other, sizeof other - 1, said), HG_XLSX_UNUSUAL);
}
END_TEST

/* What XML has to say something to: most is damaged, the rest rare. */
static const char *const unusual[] = {
    "<!-- --><row/>",
    "<row r=\"0\"/>",
    "<row r=\"1048577\"/>",
    "<row r=\"1\" r=\"1\"/>",
    "<row y:a=\"1\"/>",
    "<row xmlns=\"urn:a\"/>",
    "<row a=\"<\"/>",
    "<row a=\"&amp;\"/>",
    "x",
    "<row><c r=\"XFE1\"/></row>",
    "<row><c r=\"a1\"/></row>",
    "<row><c r=\"A0\"/></row>",
    "<row><c t=\"x\"/></row>",
    "<row><c r=\"A1\" r=\"A1\"/></row>",
    "<row><c ph=\"1\" s=\"1\" s=\"1\"/></row>",
    "<row><c><v>1</v><v>2</v></c></row>",
    "<row><c><v>a&nbsp;b</v></c></row>",
    "<row><c><v>a&#0;b</v></c></row>",
    "<row><c><v>a&#xFFFE;b</v></c></row>",
    "<row><c><v>]]></v></c></row>",
    "<row><c><v>\xC0\x80</v></c></row>",
    "<row><c><v>\xEF\xBF\xBF</v></c></row>",
    "<row><c><v>\1</v></c></row>",
    "<row><c><v>a\rb</v></c></row>",
    "<row><c><is><r><t>a</t></r></is></c></row>",
    "<row><c><v><![CDATA[1]]></v></c></row>",
    "<row><c><v>1</v></d></row>",
    "<row><c><extLst/></c></row>",
    "<row><c/></sheetData>",
    "</row>",
    "<row><row/></row>",
    "<row><cell/></row>",
};

START_TEST(anything_else_is_left_to_xml)
{
    char said[400];
    hg_buf rows = { 0 };
    hg_buf_printf(&rows, "%s                ", unusual[_i]);
    ck_assert_int_eq(read_rows(HEAD, rows.data, rows.len, said), HG_XLSX_UNUSUAL);
    hg_buf_release(&rows);
}
END_TEST

static const struct {
    const char *head;
    bool plain;
} heads[] = {
    { HEAD, true },
    { "\xEF\xBB\xBF<?xml version=\"1.0\"?>" HEAD, true },
    { "<?xml version='1.0' encoding='utf-8' standalone='yes'?>" HEAD, true },
    { "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" HEAD, false },
    { "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" HEAD, false },
    { " " HEAD, false },
    { "<a><b></sheetData>", false },
    { "<a><x:y:sheetData>", false },
    { "<a><a-very-long-prefix:sheetData>", false },
};

START_TEST(what_stands_before_the_rows_has_to_be_utf_8)
{
    hg_xlsx_plain p;
    hg_slice head = hg_slice_of(heads[_i].head);
    ck_assert_uint_eq(hg_xlsx_plain_find(head), head.n);
    ck_assert_int_eq(hg_xlsx_plain_begin(&p, head), heads[_i].plain);
}
END_TEST

TCase *tests_xlsx_plain(void)
{
    TCase *tests = tcase_create("xlsx_plain");
    tcase_add_loop_test(tests, a_plain_row_is_read, 0, sizeof plain / sizeof *plain);
    tcase_add_loop_test(tests, cut_anywhere_it_asks_for_more, 0,
                        sizeof plain / sizeof *plain);
    tcase_add_test(tests, a_prefix_is_that_of_all_elements);
    tcase_add_loop_test(tests, anything_else_is_left_to_xml, 0,
                        sizeof unusual / sizeof *unusual);
    tcase_add_loop_test(tests, what_stands_before_the_rows_has_to_be_utf_8, 0,
                        sizeof heads / sizeof *heads);
    return tests;
}
