/* deflate.c - the same bytes become the same stream, wherever a compressor lies in memory
 */
#include "container/deflate.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

static hg_err err = HG_ERR_INIT;

/* What stands from the third byte on comes again: whether that is found is what used to
 * depend on where the compressor was. */
static const char *const texts[] = { "01abcdefgh--abcdefgh!",           "a", "ab", "abc",
                                     "{\n  \"a\": 1,\n  \"b\": 1\n}\n", "" };
enum { N = sizeof texts / sizeof *texts, PLACES = 200 };

START_TEST(the_same_wherever_the_compressor_lies)
{
    hg_deflate *made[PLACES];
    const char *text = texts[_i % N];
    char first[256], to[256], back[256];
    size_t n = 0, got;
    for (size_t i = 0; i < PLACES; i++) {
        ck_assert_int_eq(hg_deflate_new(&made[i], (hg_deflate_kind)(_i / N), &err),
                         HG_OK);
        size_t size = hg_deflate_block(made[i], (hg_slice){ NULL, 0 }, text, strlen(text),
                                       true, i == 0 ? first : to);
        n = i == 0 ? size : n;
        ck_assert_uint_eq(size, n);
        ck_assert(i == 0 || memcmp(to, first, n) == 0);
    }
    for (size_t i = 0; i < PLACES; i++)
        hg_deflate_free(made[i]);

    hg_inflate *inflate;
    hg_slice in = { first, n };
    ck_assert_int_eq(hg_inflate_new(&inflate, &err), HG_OK);
    ck_assert_int_eq(hg_inflate_some(inflate, &in, back, sizeof back, &got),
                     HG_INFLATE_END);
    ck_assert_uint_eq(got, strlen(text));
    ck_assert(memcmp(back, text, got) == 0);
    hg_inflate_free(inflate);
}
END_TEST

TCase *tests_deflate(void)
{
    TCase *tests = tcase_create("deflate");
    tcase_add_loop_test(tests, the_same_wherever_the_compressor_lies, 0, 2 * N);
    return tests;
}
