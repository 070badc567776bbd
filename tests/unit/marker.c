/* A text with several characters between its cells, whatever pieces it comes in. */
#include "format/marker.h"
#include "unit.h"

#include <string.h>

/* Gives a text in pieces of so many bytes, some of them empty. */
typedef struct source {
    const char *text;
    size_t at, piece;
    bool empty;
} source;

static hg_status pull(void *user, const char **bytes, size_t *n, hg_err *err)
{
    source *s = user;
    (void)err;
    size_t left = strlen(s->text) - s->at;
    s->empty = !s->empty;
    if (left == 0)
        return HG_END;
    *bytes = s->text + s->at;
    *n = s->empty ? 0 : left < s->piece ? left : s->piece;
    s->at += *n;
    return HG_OK;
}

static const struct {
    const char *delimiter, *text, *marked;
} texts[] = {
    { "||", "a||b|c|||d||", "a\xFF" "b|c\xFF|d\xFF" },
    { "||", "|", "|" },
    { "||", "", "" },
    { "aab", "aaab,aaaab", "a\xFF,aa\xFF" },
    { "¦", "tên¦số\n¦", "tên\xFFsố\n\xFF" },
    { " :: ", "x :: y ::  :: ", "x\xFFy\xFF\xFF" },
};

START_TEST(a_byte_stands_for_each_delimiter)
{
    for (size_t piece = 1; piece < 20; piece++) {
        source s = { texts[_i].text, 0, piece, false };
        hg_err err = HG_ERR_INIT;
        hg_marker *marker;
        hg_buf all = { 0 };
        const char *bytes;
        size_t n;
        hg_status st =
            hg_marker_new(&marker, hg_slice_of(texts[_i].delimiter), pull, &s, &err);
        while (st == HG_OK && (st = hg_marker_next(marker, &bytes, &n, &err)) == HG_OK)
            hg_buf_put(&all, bytes, n);
        ck_assert_int_eq(st, HG_END);
        ck_assert_str_eq(all.data ? all.data : "", texts[_i].marked);
        hg_buf_release(&all);
        hg_marker_free(marker);
    }
}
END_TEST

START_TEST(cells_get_their_delimiters_back)
{
    hg_slice cells[] = { hg_slice_of("a\xFF" "b"), hg_slice_of("c"), hg_slice_of("\xFF\xFF") };
    hg_err err = HG_ERR_INIT;
    hg_marker *marker;
    ck_assert_int_eq(hg_marker_new(&marker, hg_slice_of("<->"), pull, NULL, &err), HG_OK);
    ck_assert_int_eq(hg_marker_restore(marker, cells, 3, &err), HG_OK);
    ck_assert(hg_slice_is(cells[0], "a<->b"));
    ck_assert(hg_slice_is(cells[1], "c"));
    ck_assert(hg_slice_is(cells[2], "<-><->"));
    hg_marker_free(marker);
}
END_TEST

TCase *tests_marker(void)
{
    TCase *tests = tcase_create("marker");
    tcase_add_loop_test(tests, a_byte_stands_for_each_delimiter, 0,
                        sizeof texts / sizeof *texts);
    tcase_add_test(tests, cells_get_their_delimiters_back);
    return tests;
}
