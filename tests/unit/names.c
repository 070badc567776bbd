/* A set of names keeps each once. */
#include "base/names.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static const hg_loc nowhere;

static const char *keep(hg_names *names, const char *text)
{
    hg_err err = HG_ERR_INIT;
    ck_assert_int_eq(hg_names_keep(names, &text, &nowhere, &err), HG_OK);
    return text;
}

START_TEST(a_name_is_kept_once)
{
    hg_names names = { 0 };
    char text[16];
    const char *first = keep(&names, ".VnTime");
    for (unsigned i = 0; i < 1000; i++) {
        snprintf(text, sizeof text, "font %u", i % 500);
        const char *kept = keep(&names, text);
        ck_assert_str_eq(kept, text);
        ck_assert_uint_eq(hg_names_index(&names, kept), 1 + i % 500);
        ck_assert_ptr_eq(keep(&names, text), kept);
    }
    ck_assert_ptr_eq(keep(&names, ".VnTime"), first);
    ck_assert_uint_eq(names.n, 501);
    hg_names_release(&names);
}
END_TEST

START_TEST(no_name_stays_none)
{
    hg_names names = { 0 };
    ck_assert_ptr_null(keep(&names, NULL));
    ck_assert_str_eq(keep(&names, ""), "");
    ck_assert_uint_eq(names.n, 1);
    hg_names_release(&names);
}
END_TEST

START_TEST(more_than_the_limit_are_refused)
{
    hg_err err = HG_ERR_INIT;
    hg_names names = { 0 };
    char text[16];
    for (unsigned i = 0; i < HG_NAMES_MAX; i++) {
        snprintf(text, sizeof text, "%u", i);
        keep(&names, text);
    }
    const char *more = "more";
    ck_assert_int_eq(hg_names_keep(&names, &more, &nowhere, &err), HG_EINPUT);
    ck_assert_str_eq(keep(&names, "65535"), "65535");
    hg_names_release(&names);
}
END_TEST

TCase *tests_names(void)
{
    TCase *tests = tcase_create("names");
    tcase_add_test(tests, a_name_is_kept_once);
    tcase_add_test(tests, no_name_stays_none);
    tcase_add_test(tests, more_than_the_limit_are_refused);
    return tests;
}
