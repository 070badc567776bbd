/* A graph is written in one order, clean, and the same in Turtle and JSON-LD. */
#include "format/rdf.h"
#include "unit.h"

#include <string.h>

static hg_rdf *graph_new(void)
{
    hg_err err = HG_ERR_INIT;
    hg_rdf *graph;
    ck_assert_int_eq(hg_rdf_new(&graph, &err), HG_OK);
    return graph;
}

/* The Turtle behind the block of prefixes. */
static void turtle(const hg_rdf *graph, hg_buf *text)
{
    hg_err err = HG_ERR_INIT;
    hg_buf whole = { 0 };
    ck_assert_int_eq(hg_rdf_turtle(graph, &whole, &err), HG_OK);
    const char *body = strstr(whole.data, "@prefix xsd: ");
    ck_assert_ptr_nonnull(body);
    hg_buf_puts(text, strchr(body, '\n') + 1);
    hg_buf_release(&whole);
}

START_TEST(triples_come_in_the_order_put_and_values_sorted_and_once)
{
    hg_rdf *graph = graph_new();
    hg_buf text = { 0 };
    hg_rdf_iri(graph, "https://a/2", "rdf:type", "dcat:Dataset");
    hg_rdf_text(graph, "https://a/2", "dct:title", "b", "vi");
    hg_rdf_iri(graph, "https://a/1", "rdf:type", "dcat:Catalog");
    hg_rdf_text(graph, "https://a/2", "dct:title", "a", "vi");
    hg_rdf_text(graph, "https://a/2", "dct:title", "b", "vi"); /* again */
    hg_rdf_text(graph, "https://a/2", "dct:title", "b", "en");
    hg_rdf_typed(graph, "https://a/2", "dct:issued", "2025-06-01", "xsd:date");
    turtle(graph, &text);
    ck_assert_str_eq(text.data, "\n<https://a/2>\n"
                                "\ta dcat:Dataset ;\n"
                                "\tdct:title \"a\"@vi ,\n\t\t\"b\"@en ,\n\t\t\"b\"@vi ;\n"
                                "\tdct:issued \"2025-06-01\"^^xsd:date .\n\n"
                                "<https://a/1>\n"
                                "\ta dcat:Catalog .\n\n");
    hg_buf_release(&text);
    hg_rdf_free(graph);
}
END_TEST

START_TEST(nothing_is_put_for_a_value_that_is_not_there)
{
    hg_err err = HG_ERR_INIT;
    hg_rdf *graph = graph_new();
    hg_buf text = { 0 };
    hg_rdf_iri(graph, "https://a", "dct:type", NULL);
    hg_rdf_iri(graph, NULL, "dct:type", "https://b");
    hg_rdf_text(graph, "https://a", "dct:title", NULL, "vi");
    hg_rdf_typed(graph, "https://a", "dct:issued", NULL, "xsd:date");
    turtle(graph, &text);
    ck_assert_msg(!text.data || !strchr(text.data, '<'), "%s", text.data);
    hg_buf_clear(&text);
    ck_assert_int_eq(hg_rdf_jsonld(graph, &text, &err), HG_OK);
    ck_assert_ptr_nonnull(strstr(text.data, "\"@graph\": []"));
    hg_buf_release(&text);
    hg_rdf_free(graph);
}
END_TEST

static const struct {
    const char *iri, *written;
} iris[] = {
    { "https://a/b c", "<https://a/b%20c>" },
    { "https://a/<x>{y}|\\^`\"", "<https://a/%3Cx%3E%7By%7D%7C%5C%5E%60%22>" },
    { "https://a/\x01\x7F", "<https://a/%01%7F>" },
    { "https://a/d\xC3\xA2n", "<https://a/d\xC3\xA2n>" },
    { "https://a/\xFF", "<https://a/%FF>" },
    { "mailto:a@b.vn", "<mailto:a@b.vn>" },
    { "dcat:Dataset", "dcat:Dataset" },
    { "http://www.w3.org/ns/dcat#Dataset", "dcat:Dataset" },
    { "http://www.w3.org/ns/dcat#a/b", "<http://www.w3.org/ns/dcat#a/b>" },
};

START_TEST(an_iri_is_escaped_where_it_must_be)
{
    hg_rdf *graph = graph_new();
    hg_buf text = { 0 }, want = { 0 };
    hg_rdf_iri(graph, "https://s", "dct:relation", iris[_i].iri);
    turtle(graph, &text);
    hg_buf_printf(&want, "\tdct:relation %s .\n", iris[_i].written);
    ck_assert_msg(strstr(text.data, want.data) != NULL, "%s", text.data);
    hg_buf_release(&text);
    hg_buf_release(&want);
    hg_rdf_free(graph);
}
END_TEST

START_TEST(a_literal_loses_what_xml_cannot_hold)
{
    hg_err err = HG_ERR_INIT;
    hg_rdf *graph = graph_new();
    hg_buf text = { 0 };
    hg_rdf_text(graph, "https://s", "dct:title",
                "a\x01"
                "b\x7F"
                "c\xC2\x85"
                "d\xEF\xBF\xBE"
                "e",
                "vi");
    turtle(graph, &text);
    ck_assert_msg(strstr(text.data, "\"abcde\"@vi") != NULL, "%s", text.data);
    hg_buf_clear(&text);
    ck_assert_int_eq(hg_rdf_jsonld(graph, &text, &err), HG_OK);
    ck_assert_ptr_nonnull(strstr(text.data, "\"@value\": \"abcde\""));
    hg_buf_release(&text);
    hg_rdf_free(graph);
}
END_TEST

START_TEST(n_triples_are_sorted_and_escaped_no_more_than_needed)
{
    hg_err err = HG_ERR_INIT;
    hg_rdf *graph = graph_new();
    hg_buf text = { 0 };
    hg_rdf_text(graph, "https://b", "dct:title", "ố \"\\\n\t\\n", "vi");
    hg_rdf_iri(graph, "https://b", "rdf:type", "dcat:Dataset");
    hg_rdf_typed(graph, "https://a", "dct:issued", "2025", "xsd:gYear");
    hg_rdf_text(graph, "https://a", "dct:identifier", "x", NULL);
    ck_assert_int_eq(hg_rdf_ntriples(graph, &text, &err), HG_OK);
    ck_assert_str_eq(
        text.data,
        "<https://a> <http://purl.org/dc/terms/identifier> \"x\" .\n"
        "<https://a> <http://purl.org/dc/terms/issued> "
        "\"2025\"^^<http://www.w3.org/2001/XMLSchema#gYear> .\n"
        "<https://b> <http://purl.org/dc/terms/title> \"ố \\\"\\\\\\n\t\\\\n\"@vi .\n"
        "<https://b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<http://www.w3.org/ns/dcat#Dataset> .\n");
    hg_buf_release(&text);
    hg_rdf_free(graph);
}
END_TEST

START_TEST(rdf_xml_describes_each_subject_once_and_escapes_markup)
{
    hg_err err = HG_ERR_INIT;
    hg_rdf *graph = graph_new();
    hg_buf text = { 0 };
    hg_rdf_iri(graph, "https://a/?b&c", "rdf:type", "dcat:Dataset");
    hg_rdf_text(graph, "https://a/?b&c", "dct:title", "<b>\"]]>&amp;", "vi");
    hg_rdf_typed(graph, "https://a/?b&c", "dct:issued", "2025", "xsd:gYear");
    ck_assert_int_eq(hg_rdf_xml(graph, &text, &err), HG_OK);
    ck_assert_ptr_nonnull(strstr(
        text.data,
        ">\n  <rdf:Description rdf:about=\"https://a/?b&amp;c\">\n"
        "    <rdf:type rdf:resource=\"http://www.w3.org/ns/dcat#Dataset\"/>\n"
        "    <dct:title xml:lang=\"vi\">&lt;b&gt;&quot;]]&gt;&amp;amp;</dct:title>\n"
        "    <dct:issued rdf:datatype=\"http://www.w3.org/2001/XMLSchema#gYear\">2025"
        "</dct:issued>\n"
        "  </rdf:Description>\n</rdf:RDF>\n"));
    hg_buf_release(&text);
    hg_rdf_free(graph);
}
END_TEST

START_TEST(a_graph_grows_past_its_first_tables)
{
    hg_err err = HG_ERR_INIT;
    hg_rdf *graph = graph_new();
    hg_buf text = { 0 }, iri = { 0 };
    for (int i = 0; i < 5000; i++) {
        hg_buf_clear(&iri);
        hg_buf_printf(&iri, "https://a/%d", i);
        hg_rdf_iri(graph, iri.data, "rdf:type", "dcat:Dataset");
        hg_rdf_iri(graph, iri.data, "rdf:type", "dcat:Dataset");
    }
    ck_assert_int_eq(hg_rdf_turtle(graph, &text, &err), HG_OK);
    size_t n = 0;
    for (const char *p = text.data; (p = strstr(p, "a dcat:Dataset .")); p++)
        n++;
    ck_assert_uint_eq(n, 5000);
    hg_buf_release(&text);
    hg_buf_release(&iri);
    hg_rdf_free(graph);
}
END_TEST

TCase *tests_rdf(void)
{
    TCase *tests = tcase_create("rdf");
    tcase_add_test(tests, triples_come_in_the_order_put_and_values_sorted_and_once);
    tcase_add_test(tests, nothing_is_put_for_a_value_that_is_not_there);
    tcase_add_loop_test(tests, an_iri_is_escaped_where_it_must_be, 0,
                        sizeof iris / sizeof *iris);
    tcase_add_test(tests, a_literal_loses_what_xml_cannot_hold);
    tcase_add_test(tests, n_triples_are_sorted_and_escaped_no_more_than_needed);
    tcase_add_test(tests, rdf_xml_describes_each_subject_once_and_escapes_markup);
    tcase_add_test(tests, a_graph_grows_past_its_first_tables);
    return tests;
}
