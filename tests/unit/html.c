/* What is put into a page as text cannot become markup, and only harmless addresses
 * links. */
#include "site/html.h"
#include "unit.h"

#include <string.h>

static const struct {
    const char *text, *written;
} texts[] = {
    { "Dân số", "Dân số" },
    { "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;" },
    { "\" onload=\"x", "&quot; onload=&quot;x" },
    { "' & &amp;", "&#39; &amp; &amp;amp;" },
    { "a\x01\x1b[0m", "a\uFFFD\uFFFD[0m" }, /* no characters of HTML */
    { "b\xEC\xED", "b\uFFFD\uFFFD" },       /* no UTF-8 */
    { "one\ntwo", "one\ntwo" },
};

START_TEST(text_and_attributes_are_escaped_alike)
{
    hg_buf buf = { 0 }, want = { 0 };
    hg_html html = { .buf = &buf };
    hg_html_leaf(&html, "a", texts[_i].text, "title", texts[_i].text, NULL);
    hg_buf_printf(&want, "<a title=\"%s\">%s</a>", texts[_i].written, texts[_i].written);
    ck_assert_str_eq(buf.data, want.data);
    hg_buf_release(&buf);
    hg_buf_release(&want);
}
END_TEST

static const struct {
    const char *url;
    bool good;
} urls[] = {
    { "https://haugiang.gov.vn/a?b=c#d", true },
    { "HTTP://haugiang.gov.vn", true },
    { "mailto:a@b.vn", true },
    { "../../data/dan-so.csv", true },
    { "index.html", true },
    { "#content", true },
    { "data/a:b.csv", true }, /* the ':' is behind a '/', so it ends no scheme */
    { "javascript:alert(1)", false },
    { "JaVaScRiPt:alert(1)", false },
    { "java\nscript:alert(1)", false }, /* browsers drop the line end */
    { "\x01javascript:alert(1)", false },
    { " javascript:alert(1)", false },
    { "data:text/html,<script>", false },
    { "vbscript:x", false },
    { "file:///etc/passwd", false },
    { "//evil.example/", false },
    { "\\\\evil.example\\", false },
    { "/\\evil.example", false },
    { ":x", false },
};

START_TEST(only_harmless_addresses_become_links)
{
    hg_buf buf = { 0 };
    hg_html html = { .buf = &buf };
    ck_assert_int_eq(hg_html_is_url(urls[_i].url), urls[_i].good);
    hg_html_leaf(&html, "a", "x", "href", urls[_i].url, NULL);
    ck_assert_int_eq(strstr(buf.data, "href") != NULL, urls[_i].good);
    hg_buf_release(&buf);
}
END_TEST

START_TEST(whatever_was_opened_is_closed)
{
    hg_buf buf = { 0 };
    hg_html html = { .buf = &buf };
    hg_html_open(&html, "ul", "class", NULL, NULL);
    hg_html_open(&html, "li", "hidden", "", NULL);
    hg_html_void(&html, "br", NULL);
    hg_html_finish(&html, 0);
    ck_assert_str_eq(buf.data, "<ul>\n<li hidden><br></li></ul>");
    hg_buf_release(&buf);
}
END_TEST

START_TEST(no_text_ends_a_data_block)
{
    hg_err err = HG_ERR_INIT;
    hg_buf buf = { 0 };
    hg_html html = { .buf = &buf };
    hg_json *v = hg_json_object();
    hg_json_set_str(v, "name", "<!--<script></script>");
    ck_assert_int_eq(hg_html_json(&html, v, &err), HG_OK);
    char *start = strchr(buf.data, '>') + 1;
    ck_assert_str_eq(strchr(start, '<'), "</script>"); /* the only '<' left */
    hg_buf_release(&buf);
}
END_TEST

START_TEST(a_failed_attribute_fails_the_page)
{
    hg_err err = HG_ERR_INIT;
    hg_buf buf = { 0 }, scratch = { .max = 1 };
    hg_html html = { .buf = &buf };
    hg_buf_puts(&scratch, "too long");
    hg_html_leaf(&html, "a", "x", "href", scratch.data, NULL);
    hg_html_spent(&html, &scratch);
    ck_assert_int_ne(hg_buf_status(&buf, &err), HG_OK);
    hg_buf_release(&buf);
}
END_TEST

TCase *tests_html(void)
{
    TCase *tests = tcase_create("html");
    tcase_add_loop_test(tests, text_and_attributes_are_escaped_alike, 0,
                        sizeof texts / sizeof *texts);
    tcase_add_loop_test(tests, only_harmless_addresses_become_links, 0,
                        sizeof urls / sizeof *urls);
    tcase_add_test(tests, whatever_was_opened_is_closed);
    tcase_add_test(tests, no_text_ends_a_data_block);
    tcase_add_test(tests, a_failed_attribute_fails_the_page);
    return tests;
}
