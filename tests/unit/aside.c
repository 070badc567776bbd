/* A digest taken aside is that of the text. */
#include "base/aside.h"
#include "unit.h"

#include <string.h>

START_TEST(pieces_put_aside_give_the_digest_of_the_whole)
{
    enum { PIECE = 300000 };
    static char text[PIECE * 3];
    const size_t pieces[] = { 0, 1, 3 };
    char hex[HG_DIGEST_HEX], whole[HG_DIGEST_HEX];
    hg_err err = HG_ERR_INIT;
    hg_aside *aside;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)(i * i / 7);
    for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
        ck_assert_int_eq(hg_aside_new(&aside, &err), HG_OK);
        for (size_t i = 0; i < pieces[k]; i++)
            ck_assert_int_eq(hg_aside_put(aside, text + i * PIECE, PIECE, &err), HG_OK);
        ck_assert_int_eq(hg_aside_put(aside, "", 0, &err), HG_OK);
        hg_aside_hex(aside, hex);
        hg_digest_of(text, pieces[k] * PIECE, whole);
        ck_assert_str_eq(hex, whole);
        hg_aside_free(aside);
    }
}
END_TEST

TCase *tests_aside(void)
{
    TCase *tests = tcase_create("aside");
    tcase_add_test(tests, pieces_put_aside_give_the_digest_of_the_whole);
    return tests;
}
