/* What a description says stands in its DCAT, and nothing that is not DCAT does. */
#include "dataset/metadata.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

static hg_dataset *dataset_of(const char *description)
{
    hg_err err = HG_ERR_INIT;
    hg_buf text = { 0 };
    hg_doc *doc;
    hg_dataset *dataset;
    hg_buf_printf(&text,
                  "{\"id\": \"d\", \"definition\": {\"dataset\": %s},"
                  " \"resources\": [{\"name\": \"d\"}]}",
                  description);
    ck_assert_int_eq(
        hg_doc_parse(&doc, "hg.json", (hg_slice){ text.data, text.len }, &err), HG_OK);
    ck_assert_int_eq(hg_dataset_from_head(&dataset, hg_doc_root(doc), &err), HG_OK);
    hg_doc_free(doc);
    hg_buf_release(&text);
    return dataset;
}

static void dcat(const char *description, hg_buf *text)
{
    hg_err err = HG_ERR_INIT;
    hg_rdf *graph;
    hg_dataset *dataset = dataset_of(description);
    const hg_distribution file = { "data/d.csv", "d", "csv", 2048, 3, "e3b0c442" };
    ck_assert_int_eq(hg_rdf_new(&graph, &err), HG_OK);
    ck_assert_int_eq(hg_metadata_dcat(dataset, &file, 1, NULL, graph, &err), HG_OK);
    ck_assert_int_eq(hg_rdf_turtle(graph, text, &err), HG_OK);
    hg_rdf_free(graph);
    hg_dataset_free(dataset);
}

#define B "\"base\": \"https://a.example/\", "
#define D "<https://a.example/datasets/d"

static const struct {
    const char *description, *turtle; /* a "!" before what must not be there */
} cases[] = {
    { "{" B "\"title\": \"Dân số\"}", "dct:title \"Dân số\"@vi" },
    { "{" B "\"title\": {\"vi\": \"Dân số\", \"en\": \"Population\"}}",
      "dct:title \"Dân số\"@vi ,\n\t\t\"Population\"@en" },
    { "{" B "\"title\": \"a\"}", "dct:title \"a (CSV)\"@vi" },
    { "{\"base\": \"https://a.example\", \"title\": \"a\"}", D ">\n\ta dcat:Dataset" },
    { "{" B "\"keywords\": [\"b\", \"a\"]}", "dcat:keyword \"a\"@vi ,\n\t\t\"b\"@vi" },
    { "{" B "\"theme\": [\"SOCI\"]}", "authority/data-theme/SOCI>" },
    { "{" B "\"frequency\": \"semiannual\"}", "authority/frequency/ANNUAL_2>" },
    { "{" B "\"frequency\": \"now and then\"}", "!accrualPeriodicity" },
    { "{" B "\"issued\": \"2025-06-01\"}", "dct:issued \"2025-06-01\"^^xsd:date" },
    { "{" B "\"issued\": \"2025-06-01T08:00:00+07:00\"}",
      "dct:issued \"2025-06-01T08:00:00+07:00\"^^xsd:dateTime" },
    { "{" B "\"issued\": \"1/6/2025\"}", "!dct:issued" },
    { "{" B "\"period\": {\"start\": \"2024\", \"end\": \"2024-06\"}}",
      "dcat:startDate \"2024\"^^xsd:gYear ;\n\tdcat:endDate "
      "\"2024-06\"^^xsd:gYearMonth" },
    { "{" B "\"resolution\": {\"time\": \"P1Y\"}}",
      "dcat:temporalResolution \"P1Y\"^^xsd:duration" },
    { "{" B "\"place\": {\"name\": \"Việt Nam\"}}", "authority/country/VNM>" },
    { "{" B "\"place\": {\"name\": \"Hà Giang\", \"geonames\": \"1581349\"}}",
      "<https://sws.geonames.org/1581349/>\n\ta dct:Location" },
    { "{" B "\"place\": {\"name\": \"Hà Giang\", \"geonames\": \"1\","
      " \"bbox\": [-104.3, 22.2, 105.6, 23.4]}}",
      "\"POLYGON((-104.300000 22.200000,105.600000 22.200000,105.600000 23.400000,"
      "-104.300000 23.400000,-104.300000 22.200000))\"^^geo:wktLiteral" },
    { "{" B "\"publisher\": {\"id\": \"so\", \"name\": \"Sở\", \"email\": \"a@b.vn\"}}",
      "<https://a.example/#so>\n\ta foaf:Agent ,\n\t\tfoaf:Organization ;\n"
      "\tfoaf:name \"Sở\"@vi ;\n\tfoaf:mbox <mailto:a@b.vn>" },
    { "{" B "\"publisher\": {\"name\": \"Sở\"}}",
      "vcard:fn \"Sở\"@vi" }, /* also the contact */
    { "{" B "\"contact\": {\"name\": \"P\", \"phone\": \"+84 (293) 387\"}}",
      "vcard:hasTelephone <tel:+84293387>" },
    { "{" B "\"license\": \"CC0-1.0\"}",
      "authority/licence/CC0>\n\ta dct:LicenseDocument ;\n"
      "\tdct:type <http://purl.org/adms/licencetype/PublicDomain>" },
    { "{" B "\"rights\": \"Ghi nguồn\"}",
      D "#rights>\n\ta dct:RightsStatement ;\n\trdfs:label \"Ghi nguồn\"@vi" },
    { "{" B "\"landing_page\": \"https://b.example/x\"}",
      "dcat:accessURL <https://b.example/x>" },
    { "{" B "\"title\": \"a\"}", "dcat:accessURL " D "/>" },
    { "{" B "\"title\": \"a\"}", "dcat:downloadURL " D "/data/d.csv>" },
    { "{" B "\"title\": \"a\"}", "dcat:byteSize \"2048\"^^xsd:nonNegativeInteger" },
    { "{" B "\"title\": \"a\"}", "spdx:checksumValue \"e3b0c442\"^^xsd:hexBinary" },
    { "{" B "\"sources\": [{\"title\": \"a\", \"path\": \"https://c.example/\"}]}",
      "prov:wasDerivedFrom <https://c.example/>" },
    { "{" B "\"sources\": [{\"title\": \"Báo cáo\"}]}",
      D "#derived-from-1>\n\ta prov:Entity ;\n\tdct:title \"Báo cáo\"@vi" },
    { "{" B "\"publisher\": {\"name\": \"Sở Y tế\"}}", "<https://a.example/#so-y-te>" },
    { "{" B "\"series\": {\"id\": \"s\", \"title\": \"Chuỗi\", \"description\": \"x\"}}",
      "<https://a.example/series/s>\n\ta dcat:DatasetSeries ;\n\tdct:title "
      "\"Chuỗi\"@vi" },
    { "{" B "\"series\": {\"id\": \"s\", \"title\": \"Chuỗi\", \"description\": \"x\"}}",
      "dcat:inSeries <https://a.example/series/s>" },
    { "{" B "\"previous_version\": \"https://a.example/1\"}",
      "dcat:previousVersion <https://a.example/1>" },
    { "{" B "\"title\": \"a\"}",
      "dct:conformsTo <https://a.example/datasets/d/data/d.csv-metadata.json>" },
    { "{" B "\"legislation\": [\"https://c.example/\"]}",
      "<https://c.example/>\n\ta <http://data.europa.eu/eli/ontology#LegalResource>" },
    /* a definition that came with a stream may say anything */
    { "{" B
      "\"title\": 3, \"keywords\": {\"vi\": 1}, \"theme\": \"x\", \"publisher\": [],"
      " \"contact\": 1, \"period\": 2, \"place\": 3, \"rights\": [], \"sources\": {},"
      " \"language\": {}, \"documentation\": [{}], \"resolution\": \"x\","
      " \"series\": [], \"previous_version\": {}}",
      "a dcat:Dataset" },
    { "{" B "\"title\": \"a\"}", "!_:" },
};

START_TEST(the_dcat_says_what_the_description_says)
{
    hg_buf text = { 0 };
    const char *want = cases[_i].turtle;
    dcat(cases[_i].description, &text);
    bool found = strstr(text.data, *want == '!' ? want + 1 : want) != NULL;
    ck_assert_msg(found == (*want != '!'), "%s\n%s", want, text.data);
    hg_buf_release(&text);
}
END_TEST

START_TEST(a_catalogue_holds_its_datasets_and_is_as_new_as_the_newest)
{
    hg_err err = HG_ERR_INIT;
    hg_doc *profile;
    hg_rdf *graph;
    hg_buf text = { 0 };
    hg_dataset *datasets[] = { dataset_of("{" B "\"modified\": \"2025-06-02\"}"),
                               dataset_of("{" B "\"modified\": \"2025-06-01\"}"),
                               dataset_of("{" B "\"title\": \"a\"}") };
    ck_assert_int_eq(
        hg_doc_parse(
            &profile, "p",
            HG_SLICE("{" B "\"license\": \"CC0-1.0\", \"publisher\": {\"name\": \"Sở\"},"
                     "\"catalog\": {\"title\": \"Danh mục\", \"description\": \"x\"}}"),
            &err),
        HG_OK);
    ck_assert_int_eq(hg_rdf_new(&graph, &err), HG_OK);
    ck_assert_int_eq(hg_metadata_catalog(hg_doc_root(profile), datasets, 3, graph, &err),
                     HG_OK);
    ck_assert_int_eq(hg_rdf_turtle(graph, &text, &err), HG_OK);
    ck_assert_ptr_nonnull(strstr(text.data,
                                 "<https://a.example/catalog>\n\ta dcat:Catalog ;\n"
                                 "\tdct:title \"Danh mục\"@vi"));
    ck_assert_ptr_nonnull(strstr(text.data, "dct:modified \"2025-06-02\"^^xsd:date"));
    ck_assert_ptr_nonnull(strstr(text.data, "dcat:dataset " D ">"));
    ck_assert_ptr_nonnull(strstr(text.data, "foaf:homepage <https://a.example/>"));
    for (size_t i = 0; i < 3; i++)
        hg_dataset_free(datasets[i]);
    hg_rdf_free(graph);
    hg_doc_free(profile);
    hg_buf_release(&text);
}
END_TEST

START_TEST(distributions_come_back_out_of_a_descriptor_without_the_code_lists)
{
    static const char text[] =
        "{\"resources\": [{\"name\": \"d\", \"path\": \"data/d.csv\", \"format\": "
        "\"csv\","
        " \"bytes\": 5, \"rows\": 2, \"hash\": \"sha256:ab\"},"
        " {\"name\": \"codes/x\", \"path\": \"codes/x.csv\", \"format\": \"csv\"}]}";
    hg_err err = HG_ERR_INIT;
    hg_doc *doc;
    hg_distribution *files;
    size_t n;
    ck_assert_int_eq(hg_doc_parse(&doc, "d", HG_SLICE(text), &err), HG_OK);
    ck_assert_int_eq(hg_metadata_distributions(hg_doc_root(doc), &files, &n, &err),
                     HG_OK);
    ck_assert_uint_eq(n, 1);
    ck_assert_str_eq(files[0].path, "data/d.csv");
    ck_assert_str_eq(files[0].sha256, "ab");
    ck_assert_uint_eq(files[0].bytes, 5);
    ck_assert_uint_eq(files[0].rows, 2);
    free(files);
    hg_doc_free(doc);
    ck_assert_int_eq(hg_doc_parse(&doc, "d", HG_SLICE("{\"resources\": [{}]}"), &err),
                     HG_OK);
    ck_assert_int_eq(hg_metadata_distributions(hg_doc_root(doc), &files, &n, &err),
                     HG_EINPUT);
    ck_assert_ptr_null(files);
    hg_doc_free(doc);
}
END_TEST

TCase *tests_metadata(void)
{
    TCase *tests = tcase_create("metadata");
    tcase_add_loop_test(tests, the_dcat_says_what_the_description_says, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, a_catalogue_holds_its_datasets_and_is_as_new_as_the_newest);
    tcase_add_test(tests,
                   distributions_come_back_out_of_a_descriptor_without_the_code_lists);
    return tests;
}
