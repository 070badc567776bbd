/* References to addresses are put together as RFC 3986 has it; the first cases are its
 * own (5.4). */
#include "text/uri.h"
#include "unit.h"

#define BASE "http://a/b/c/d;p?q"

static const struct {
    const char *base, *ref, *want;
} cases[] = {
    { BASE, "g:h", "g:h" },
    { BASE, "g", "http://a/b/c/g" },
    { BASE, "./g", "http://a/b/c/g" },
    { BASE, "g/", "http://a/b/c/g/" },
    { BASE, "/g", "http://a/g" },
    { BASE, "//g", "http://g" },
    { BASE, "?y", "http://a/b/c/d;p?y" },
    { BASE, "g?y", "http://a/b/c/g?y" },
    { BASE, "#s", "http://a/b/c/d;p?q#s" },
    { BASE, "g#s", "http://a/b/c/g#s" },
    { BASE, "g?y#s", "http://a/b/c/g?y#s" },
    { BASE, ";x", "http://a/b/c/;x" },
    { BASE, "", "http://a/b/c/d;p?q" },
    { BASE, ".", "http://a/b/c/" },
    { BASE, "./", "http://a/b/c/" },
    { BASE, "..", "http://a/b/" },
    { BASE, "../", "http://a/b/" },
    { BASE, "../g", "http://a/b/g" },
    { BASE, "../..", "http://a/" },
    { BASE, "../../g", "http://a/g" },
    { BASE, "../../../g", "http://a/g" },
    { BASE, "/./g", "http://a/g" },
    { BASE, "/../g", "http://a/g" },
    { BASE, "g.", "http://a/b/c/g." },
    { BASE, "..g", "http://a/b/c/..g" },
    { BASE, "./../g", "http://a/b/g" },
    { BASE, "./g/.", "http://a/b/c/g/" },
    { BASE, "g/../h", "http://a/b/c/h" },
    { BASE, "g;x=1/../y", "http://a/b/c/y" },
    { BASE, "g?y/../x", "http://a/b/c/g?y/../x" },
    { BASE, "http:g", "http:g" },
    { "http://a", "g", "http://a/g" },
    { "", "g.json#x", "g.json#x" },
    { "urn:uuid:1", "#x", "urn:uuid:1#x" },
};

START_TEST(a_reference_leads_where_rfc_3986_says)
{
    hg_buf out = { 0 };
    hg_uri_resolve(&out, hg_slice_of(cases[_i].base), hg_slice_of(cases[_i].ref));
    ck_assert_str_eq(out.data ? out.data : "", cases[_i].want);
    hg_buf_release(&out);
}
END_TEST

START_TEST(escapes_are_resolved_and_what_is_none_stays)
{
    hg_buf out = { 0 };
    hg_uri_decode(&out, HG_SLICE("a%20b%2fc%zz%4"));
    ck_assert_str_eq(out.data, "a b/c%zz%4");
    hg_buf_clear(&out);
    hg_uri_encode(&out, HG_SLICE("b\xC3\xA1o c/1.csv"), HG_URI_PATH);
    ck_assert_str_eq(out.data, "b%C3%A1o%20c/1.csv");
    hg_buf_release(&out);
}
END_TEST

TCase *tests_uri(void)
{
    TCase *tests = tcase_create("uri");
    tcase_add_loop_test(tests, a_reference_leads_where_rfc_3986_says, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, escapes_are_resolved_and_what_is_none_stays);
    return tests;
}
