/* A string item of xlsx becomes one text, as Excel reads it. */
#include "workbook/xlsx_text.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static hg_xlsx_text text;
static hg_buf texts;
static hg_runs runs;
static const hg_loc nowhere;

static hg_status on_start(void *ctx, char space, const char *name,
                          const hg_xml_attrs *attrs, hg_err *err)
{
    (void)ctx, (void)space;
    return hg_xlsx_text_start(&text, name, attrs, &nowhere, err);
}

static hg_status on_end(void *ctx, char space, const char *name, hg_err *err)
{
    (void)ctx, (void)space, (void)err;
    hg_xlsx_text_end(&text, name);
    return HG_OK;
}

static hg_status on_text(void *ctx, const char *bytes, size_t n, hg_err *err)
{
    (void)ctx;
    return text.open ? hg_xlsx_text_put(&text, bytes, n, NULL, err) : HG_OK;
}

#define KEEP " xml:space='preserve'>"

static const struct {
    const char *xml, *text;
} cases[] = {
    { "<t>a</t>", "a" },
    { "<t/>", "" },
    { "<t> a </t>", "a" },
    { "<t> </t>", "" },
    { "<t" KEEP " a </t>", " a " },
    { "<t>\xC2\xA0 a\xE3\x80\x80</t>",
      "\xC2\xA0 a\xE3\x80\x80" }, /* not white space of XML */
    { "<r><t>a</t></r><r><t" KEEP " b</t></r>", "a b" },
    { "<r><t" KEEP " a</t></r><r><t> b </t></r>", " a b" },
    { "\n <r>\n <rPr><b/></rPr>\n <t>a</t>\n </r>\n ", "a" },
    { "<t>a</t><rPh sb='0' eb='1'><t>b</t></rPh><phoneticPr fontId='1'/>", "a" },
    { "<r><t>a</t></r><rPh><t>b</t></rPh><r><t>c</t></r>", "ac" },
    { "<t>_x0041__x1EC7_</t>", "Aệ" },
    { "<t>_x005F_x0041_</t>", "_x0041_" },
    { "<t" KEEP "a_x000D_\nb_x0009_</t>", "a\r\nb\t" },
    { "<t>_xD83D__xDE00_</t>", "\xF0\x9F\x98\x80" },
    { "<t>_xD83D_ _xDE00_ _x0000_</t>", "_xD83D_ _xDE00_ _x0000_" },
    { "<t>_x004_ _X0041_ _x00G1_ __x0041_ _x0041</t>",
      "_x004_ _X0041_ _x00G1_ _A _x0041" },
};

/* Read a string item, a byte at a time, behind another text. */
static void read_item(const char *body)
{
    static const hg_xml_events events = { on_start, on_end, on_text };
    hg_err err = HG_ERR_INIT;
    hg_loc loc = { 0 };
    hg_xml *xml;
    runs = (hg_runs){ 0 };
    texts = (hg_buf){ 0 };
    hg_buf_puts(&texts, "_x0041_"); /* another text before it, which stays */
    hg_xlsx_text_begin(&text, &texts, &runs);
    ck_assert_int_eq(hg_xml_new(&xml, hg_xlsx_spaces, &events, NULL, &loc, "", &err),
                     HG_OK);
    ck_assert_int_eq(hg_xml_feed(xml, "<si>", 4, false, &err), HG_OK);
    for (size_t i = 0; i < strlen(body); i++)
        ck_assert_int_eq(hg_xml_feed(xml, body + i, 1, false, &err), HG_OK);
    ck_assert_int_eq(hg_xml_feed(xml, "</si>", 5, true, &err), HG_OK);
    hg_xlsx_text_finish(&text);
    hg_xml_free(xml);
}

START_TEST(a_string_item_becomes_one_text)
{
    read_item(cases[_i].xml);
    ck_assert_str_eq(texts.data + 7, cases[_i].text);
    ck_assert_uint_eq(texts.len, 7 + strlen(cases[_i].text));
    ck_assert_mem_eq(texts.data, "_x0041_", 7);
    hg_buf_release(&texts);
    hg_runs_release(&runs);
}
END_TEST

#define FONT(name) "<rPr><rFont val='" name "'/></rPr>"

/* Runs as "at font flags", each closed by a semicolon. */
static const struct {
    const char *xml, *text, *runs;
} rich[] = {
    { "<t>a</t>", "a", "" },
    { "<r><t>a</t></r>", "a", "" },
    { "<r>" FONT("A") "<t>a</t></r><r>" FONT("B") "<t>b</t></r>", "ab", "0 A;1 B;" },
    { "<r><t>ab</t></r><r><rPr><b/><i val='0'/><rFont val='.VnTime'/></rPr><t>c</t></r>",
      "abc", "2 .VnTime b;" },
    { "<r>" FONT("A") "<t>a</t></r><r><t>b</t></r>", "ab", "0 A;1 -;" },
    { "<r>" FONT("A") "<t>a</t></r><r>" FONT("A") "<t>b</t></r>", "ab", "0 A;" },
    { "<r>" FONT("A") "<t>  a</t></r><r>" FONT("B") "<t>_x0041_</t></r><r>" FONT(
          "C") "<t> c </t></r>",
      "aA c", "0 A;1 B;2 C;" },
    { "<r>" FONT("A") "<t> </t></r><r>" FONT("B") "<t>b</t></r><r>" FONT(
          "C") "<t> </t></r>",
      "b", "0 B;" },
    { "<r>" FONT("A") "<t>a</t></r><rPh><t>x</t></rPh><r>" FONT("B") "<t/></r>", "a",
      "0 A;" },
};

START_TEST(its_runs_keep_their_fonts)
{
    char said[200] = "";
    read_item(rich[_i].xml);
    for (size_t i = 0; i < runs.n; i++) {
        const hg_cell_run *run = &runs.list[i];
        snprintf(said + strlen(said), sizeof said - strlen(said), "%zu %s%s%s;", run->at,
                 run->font ? run->font : "-", run->bold ? " b" : "",
                 run->italic ? " i" : "");
    }
    ck_assert_str_eq(texts.data + 7, rich[_i].text);
    ck_assert_str_eq(said, rich[_i].runs);
    hg_buf_release(&texts);
    hg_runs_release(&runs);
}
END_TEST

TCase *tests_xlsx_text(void)
{
    TCase *tests = tcase_create("xlsx_text");
    tcase_add_loop_test(tests, a_string_item_becomes_one_text, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_loop_test(tests, its_runs_keep_their_fonts, 0, sizeof rich / sizeof *rich);
    return tests;
}
