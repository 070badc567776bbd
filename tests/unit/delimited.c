/* Delimited text is read as its dialect says, however its bytes come in pieces. */
#include "format/delimited.h"
#include "dataset/resource.h"
#include "unit.h"

#include <string.h>

typedef struct pieces {
    const char *text;
    size_t at, size;
} pieces;

static hg_status pull(void *user, const char **bytes, size_t *n, hg_err *err)
{
    pieces *p = user;
    size_t left = strlen(p->text) - p->at;
    (void)err;
    *bytes = p->text + p->at;
    *n = left < p->size ? left : p->size;
    p->at += *n;
    return *n > 0 ? HG_OK : HG_END;
}

/* Cells between '<' and '>', a record a line. */
static const struct {
    const char *text;
    char delimiter, quote, escape;
    bool undoubled, skip;
    const char *cells;
    hg_status end;
} texts[] = {
    { "a,b\n1,2\n", ',', '"', 0, false, false, "<a><b>\n<1><2>\n", HG_END },
    { "a,b\r\n\r\n1", ',', '"', 0, false, false, "<a><b>\n<>\n<1>\n", HG_END },
    { "a;b,c\r1", ';', '"', 0, false, false, "<a><b,c>\n<1>\n", HG_END },
    { "\"a\"\"b\",\"c\nd\"", ',', '"', 0, false, false, "<a\"b><c\nd>\n", HG_END },
    { "'a''b',\"c\"", ',', '\'', 0, false, false, "<a'b><\"c\">\n", HG_END },
    { "\"a\\\"b\",c\\,d", ',', '"', '\\', true, false, "<a\"b><c,d>\n", HG_END },
    { "a, b, \"c\"", ',', '"', 0, false, true, "<a><b><c>\n", HG_END },
    { "a, \"b\"", ',', '"', 0, false, false, "<a>< \"b\">\n", HG_END },
    { "a,\n", ',', '"', 0, false, false, "<a><>\n", HG_END },
    { "", ',', '"', 0, false, false, "", HG_END },
    { "a\n\"b", ',', '"', 0, false, false, "<a>\n", HG_EINPUT },
    { "\"a\"b\n", ',', '"', 0, false, false, "", HG_EINPUT },
    { "\"a\"\"b\"", ',', '"', 0, true, false, "", HG_EINPUT },
};

static hg_status read_all(int i, size_t size, hg_buf *cells)
{
    hg_err err = HG_ERR_INIT;
    hg_dialect dialect = hg_dialect_default(texts[i].delimiter);
    pieces p = { texts[i].text, 0, size };
    hg_delimited *text;
    hg_row row;
    hg_status st;
    dialect.quote = texts[i].quote;
    dialect.escape = texts[i].escape;
    dialect.double_quote = !texts[i].undoubled;
    dialect.skip_space = texts[i].skip;
    ck_assert_int_eq(hg_delimited_new(&text, &dialect, pull, &p, "t.csv", &err), HG_OK);
    while ((st = hg_delimited_next(text, &row, &err)) == HG_OK) {
        for (size_t k = 0; k < row.n; k++)
            hg_buf_printf(cells, "<%.*s>", (int)row.cells[k].n, row.cells[k].p);
        hg_buf_putc(cells, '\n');
    }
    hg_delimited_free(text);
    return st;
}

START_TEST(a_text_is_read_as_its_dialect_says_in_pieces_of_any_size)
{
    for (size_t size = 1; size < 12; size++) {
        hg_buf cells = { 0 };
        ck_assert_int_eq(read_all(_i, size, &cells), texts[_i].end);
        ck_assert_str_eq(cells.data ? cells.data : "", texts[_i].cells);
        hg_buf_release(&cells);
    }
}
END_TEST

static const struct {
    const char *path;
    bool safe;
} paths[] = {
    { "a.csv", true },    { "data/a.csv", true }, { "a..b/c.csv", true }, { "", false },
    { "/a.csv", false },  { "../a.csv", false },  { "a/../b.csv", false }, { "a/./b", false },
    { ".a/b.csv", false }, { "a/.b", false },     { "a//b", false },      { "a/", false },
    { "a\\b", false },    { "c:a", false },       { "~/a", false },
};

START_TEST(a_path_leads_down_or_is_not_safe)
{
    ck_assert_msg(hg_resource_path_safe(paths[_i].path) == paths[_i].safe, "%s",
                  paths[_i].path);
}
END_TEST

TCase *tests_delimited(void)
{
    TCase *tests = tcase_create("delimited");
    tcase_add_loop_test(tests, a_text_is_read_as_its_dialect_says_in_pieces_of_any_size, 0,
                        sizeof texts / sizeof *texts);
    tcase_add_loop_test(tests, a_path_leads_down_or_is_not_safe, 0,
                        sizeof paths / sizeof *paths);
    return tests;
}
