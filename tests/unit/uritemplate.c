/* URI templates expand as the examples of RFC 6570 do. */
#include "text/uritemplate.h"
#include "unit.h"

#include <string.h>

/* The variables of RFC 6570, 3.2, that are one text. */
static const char *value(void *user, hg_slice name)
{
    static const char *const pairs[][2] = {
        { "var", "value" },     { "hello", "Hello World!" },
        { "path", "/foo/bar" }, { "empty", "" },
        { "x", "1024" },        { "y", "768" },
        { "who", "fred" },      { "half", "50%" },
        { "v", "6" },           { "base", "http://example.com/home/" },
        { "vi", "Cần Thơ" },
    };
    (void)user;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (hg_slice_is(name, pairs[i][0]))
            return pairs[i][1];
    return NULL;
}

static const struct {
    const char *text, *want; /* NULL: no template */
} cases[] = {
    { "{var}", "value" },
    { "{hello}", "Hello%20World%21" },
    { "{+hello}", "Hello%20World!" },
    { "{+path}/here", "/foo/bar/here" },
    { "{#path,x}/here", "#/foo/bar,1024/here" },
    { "X{.var}", "X.value" },
    { "X{.x,y}", "X.1024.768" },
    { "{/var,x}/here", "/value/1024/here" },
    { "{;x,y,empty}", ";x=1024;y=768;empty" },
    { "{?x,y,empty}", "?x=1024&y=768&empty=" },
    { "?fixed=yes{&x}", "?fixed=yes&x=1024" },
    { "{var:3}", "val" },
    { "{var:30}", "value" },
    { "{/var:1,var}", "/v/value" },
    { "{?var:3}", "?var=val" },
    { "{var*}", "value" },
    { "{x,undef,y}", "1024,768" },
    { "{undef}", "" },
    { "{?undef}", "" },
    { "{half}", "50%25" },
    { "{base}index", "http%3A%2F%2Fexample.com%2Fhome%2Findex" },
    { "{+base}index", "http://example.com/home/index" },
    { "{vi:3}", "C%E1%BA%A7n" },
    { "{+base}-metadata.json", "http://example.com/home/-metadata.json" },
    { "plain%20text", "plain%20text" },
    { "Thơ", "Th%C6%A1" },
    { "{var", NULL },
    { "var}", NULL },
    { "{}", NULL },
    { "{var:0}", NULL },
    { "{var:12345}", NULL },
    { "{var:1a}", NULL },
    { "{=var}", NULL },
    { "{a b}", NULL },
    { "{.}", NULL },
    { "{a,}", NULL },
    { "{{a}}", NULL },
};

START_TEST(a_template_expands)
{
    hg_buf out = { 0 };
    hg_slice text = hg_slice_of(cases[_i].text);
    bool ok = hg_uritemplate_expand(&out, text, value, NULL);
    ck_assert_msg(ok == (cases[_i].want != NULL), "%s", cases[_i].text);
    ck_assert_int_eq(hg_uritemplate_valid(text), ok);
    if (ok)
        ck_assert_str_eq(out.data ? out.data : "", cases[_i].want);
    hg_buf_release(&out);
}
END_TEST

START_TEST(names_are_those_of_variables)
{
    static const char *const good[] = { "a", "_a", "GID", "a.b", "%C4%91", "1" };
    static const char *const bad[] = { "", "a b", ".a", "a.", "a..b", "đ", "a-b", "%4" };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_msg(hg_uritemplate_name(hg_slice_of(good[i])), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!hg_uritemplate_name(hg_slice_of(bad[i])), "%s", bad[i]);
}
END_TEST

TCase *tests_uritemplate(void)
{
    TCase *tc = tcase_create("uritemplate");
    tcase_add_loop_test(tc, a_template_expands, 0, sizeof cases / sizeof *cases);
    tcase_add_test(tc, names_are_those_of_variables);
    return tc;
}
