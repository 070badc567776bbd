/* XML comes as events, whatever the pieces in which it is read; what could harm is
 * refused. */
#include "text/xml.h"
#include "unit.h"

#include <string.h>

static const hg_xml_space spaces[] = { { 's', "urn:s" }, { 0, NULL } };

static hg_status on_start(void *ctx, char space, const char *name,
                          const hg_xml_attrs *attrs, hg_err *err)
{
    hg_buf *said = ctx;
    hg_buf_printf(said, "<%c:%s", space ? space : '-', name);
    if (hg_xml_attr(attrs, 0, "a"))
        hg_buf_printf(said, " a=%s", hg_xml_attr(attrs, 0, "a"));
    if (hg_xml_attr(attrs, 's', "a"))
        hg_buf_printf(said, " s:a=%s", hg_xml_attr(attrs, 's', "a"));
    hg_buf_puts(said, ">");
    if (strcmp(name, "refused") == 0)
        return hg_fail(err, HG_EINPUT, NULL, "an element is refused");
    return HG_OK;
}

static hg_status on_end(void *ctx, char space, const char *name, hg_err *err)
{
    (void)space, (void)err;
    hg_buf_printf(ctx, "</%s>", name);
    return HG_OK;
}

static hg_status on_text(void *ctx, const char *text, size_t n, hg_err *err)
{
    (void)err;
    hg_buf_put(ctx, text, n);
    return HG_OK;
}

static const struct {
    const char *xml, *said;
    hg_status status;
} cases[] = {
    { "<a xmlns='urn:s' a='1'>x&lt;<b/></a>", "<s:a a=1>x<<s:b></b></a>", HG_OK },
    { "<p:a xmlns:p='urn:s' p:a='1' a='2'/>", "<s:a a=2 s:a=1></a>", HG_OK },
    { "<a><b xmlns='urn:other'/></a>", "<-:a><?:b></b></a>", HG_OK },
    { "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>", "<-:a>é</a>", HG_OK },
    { "<a>", "<-:a>", HG_EINPUT },
    { "<a></b>", "<-:a>", HG_EINPUT },
    { "", "", HG_EINPUT },
    { "<a/><b/>", "<-:a></a>", HG_EINPUT },
    { "<a>\xFF</a>", "<-:a>", HG_EINPUT },
    { "<a>&e;</a>", "<-:a>", HG_EINPUT },
    { "<!DOCTYPE a [<!ENTITY e 'eeee'>]><a>&e;</a>", "", HG_EINPUT },
    { "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "", HG_EINPUT },
    { "<a><refused/>x</a>", "<-:a><-:refused>", HG_EINPUT },
};

START_TEST(events_are_the_same_for_every_cut_into_pieces)
{
    static const hg_xml_events events = { on_start, on_end, on_text };
    const char *text = cases[_i].xml;
    size_t n = strlen(text);
    for (size_t piece = 1; piece <= n + 1; piece++) {
        hg_err err = HG_ERR_INIT;
        hg_loc loc = { .file = "a.xlsx", .sheet = "S" };
        hg_buf said = { 0 };
        hg_xml *xml;
        hg_status st = hg_xml_new(&xml, spaces, &events, &said, &loc, "part.xml", &err);
        for (size_t i = 0; i < n && st == HG_OK; i += piece)
            st = hg_xml_feed(xml, text + i, n - i < piece ? n - i : piece, false, &err);
        if (st == HG_OK)
            st = hg_xml_feed(xml, NULL, 0, true, &err);
        ck_assert_int_eq(st, cases[_i].status);
        if (piece == 1 || st == HG_OK) /* a failure may come before text is passed on */
            ck_assert_str_eq(said.data ? said.data : "", cases[_i].said);
        if (st != HG_OK)
            ck_assert_int_eq(hg_xml_feed(xml, "x", 1, false, &err), st);
        hg_xml_free(xml);
        hg_buf_release(&said);
    }
}
END_TEST

static hg_status feed(const char *first, const char *unit, size_t times, hg_err *err)
{
    static const hg_xml_events none = { 0 };
    hg_loc loc = { .file = "a.xlsx" };
    hg_xml *xml;
    hg_status st = hg_xml_new(&xml, spaces, &none, NULL, &loc, "part.xml", err);
    if (st == HG_OK)
        st = hg_xml_feed(xml, first, strlen(first), false, err);
    for (size_t i = 0; i < times && st == HG_OK; i++)
        st = hg_xml_feed(xml, unit, strlen(unit), false, err);
    hg_xml_free(xml);
    return st;
}

START_TEST(depth_and_the_length_of_a_tag_are_limited)
{
    char piece[4097];
    hg_err err = HG_ERR_INIT;
    memset(piece, 'x', 4096);
    piece[4096] = '\0';
    ck_assert_int_eq(feed("<a>", "<b>", HG_XML_MAX_DEPTH - 1, &err), HG_OK);
    ck_assert_int_eq(feed("<a>", piece, 1024, &err), HG_OK); /* a long text is fine */
    ck_assert_int_eq(feed("<a>", "<b>", HG_XML_MAX_DEPTH, &err), HG_EINPUT);
    ck_assert_str_eq(err.format, "%s, line %u: elements more than %u deep");
    err = (hg_err)HG_ERR_INIT;
    ck_assert_int_eq(feed("<!--", piece, 1024, &err), HG_EINPUT);
    ck_assert_str_eq(err.format, "%s, line %u: a tag or comment of more than %zu bytes");
}
END_TEST

TCase *tests_xml(void)
{
    TCase *tests = tcase_create("xml");
    tcase_add_loop_test(tests, events_are_the_same_for_every_cut_into_pieces, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, depth_and_the_length_of_a_tag_are_limited);
    return tests;
}
