/* Metadata of CSV on the Web are put together, and what is wrong in them is told. */
#include "dataset/csvm.h"
#include "base/file.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct told {
    unsigned errors, warnings;
    char first[1024]; /* the format of the first message */
} told;

static hg_status tell(void *user, hg_severity severity, const char *code, const char *key,
                      const hg_err *what, hg_err *err)
{
    told *t = user;
    (void)code, (void)key, (void)err;
    if (t->errors + t->warnings == 0)
        snprintf(t->first, sizeof t->first, "%s", what->format);
    *(severity == HG_ERROR ? &t->errors : &t->warnings) += 1;
    return HG_OK;
}

/* Read a text as http://a.vn/m.json, beside which lies s.json. */
static hg_csvm *read(const char *text, const char *schema, told *t)
{
    hg_err err = HG_ERR_INIT;
    hg_addresses *a;
    hg_csvm *csvm;
    char file[512], other[512], *folder = test_folder();
    snprintf(file, sizeof file, "%s/m.json", folder);
    snprintf(other, sizeof other, "%s/s.json", folder);
    ck_assert_int_eq(hg_file_save(file, text, strlen(text), &err), HG_OK);
    if (schema)
        ck_assert_int_eq(hg_file_save(other, schema, strlen(schema), &err), HG_OK);
    ck_assert_int_eq(hg_addresses_new(&a, "http://a.vn/", folder, &err), HG_OK);
    hg_csvm_opts opts = { .addresses = a, .tell = tell, .user = t };
    *t = (told){ 0 };
    ck_assert_int_eq(hg_csvm_read(&csvm, file, "http://a.vn/m.json", &opts, &err), HG_OK);
    ck_assert_int_eq(csvm->wrong, t->errors > 0);
    hg_addresses_free(a);
    free(folder);
    return csvm;
}

#define CONTEXT "\"@context\": \"http://www.w3.org/ns/csvw\""

START_TEST(what_is_said_further_in_comes_first)
{
    told t;
    hg_csvm *csvm = read(
        "{" CONTEXT ", \"null\": \"-\", \"lang\": \"vi\", \"datatype\": \"integer\","
        " \"separator\": \";\", \"required\": true, \"tables\": [{\"url\": \"a.csv\","
        " \"default\": \"0\", \"tableSchema\": {\"null\": [\"x\", \"y\"], \"columns\": ["
        "{\"titles\": \"A\"},"
        "{\"name\": \"b\", \"null\": [], \"datatype\": \"date\", \"separator\": null,"
        " \"required\": false, \"default\": \"\"}]}}]}",
        NULL, &t);
    ck_assert_uint_eq(t.errors + t.warnings, 0);
    ck_assert_uint_eq(csvm->n, 1);
    const hg_csvm_table *table = &csvm->tables[0];
    const hg_csvm_column *a = &table->columns[0], *b = &table->columns[1];
    ck_assert_str_eq(table->url, "http://a.vn/a.csv");
    ck_assert_str_eq(table->lang, "vi");
    ck_assert_str_eq(a->label, "A");
    ck_assert_str_eq(a->datatype->base->name, "integer");
    ck_assert_str_eq(a->separator, ";");
    ck_assert_str_eq(a->default_text, "0");
    ck_assert(a->required);
    ck_assert_uint_eq(a->n_null, 2);
    ck_assert_str_eq(a->null[1], "y");
    ck_assert_str_eq(b->label, "b");
    ck_assert_str_eq(b->datatype->base->name, "date");
    ck_assert_ptr_null(b->separator);
    ck_assert(!b->required);
    ck_assert_uint_eq(b->n_null, 0);
    hg_csvm_free(csvm);
}
END_TEST

START_TEST(what_is_not_said_has_its_default)
{
    told t;
    hg_csvm *csvm =
        read("{" CONTEXT ", \"url\": \"a.csv\", \"tableSchema\": {\"columns\": [{}]}}",
             NULL, &t);
    const hg_csvm_column *a = &csvm->tables[0].columns[0];
    ck_assert_str_eq(a->label, "_col.1");
    ck_assert_str_eq(a->datatype->base->name, "string");
    ck_assert_uint_eq(a->n_null, 1);
    ck_assert_str_eq(a->null[0], "");
    ck_assert(csvm->tables[0].described);
    ck_assert_ptr_null(csvm->tables[0].dialect->comment);
    hg_csvm_free(csvm);
}
END_TEST

START_TEST(a_schema_and_a_dialect_of_the_group_are_those_of_tables_without)
{
    told t;
    hg_csvm *csvm = read(
        "{" CONTEXT ", \"dialect\": {\"delimiter\": \";\", \"header\": false},"
        " \"tableSchema\": \"s.json\", \"tables\": [{\"url\": \"a.csv\"}, {\"url\": "
        "\"b.csv\","
        " \"dialect\": {\"headerRowCount\": 2, \"header\": false}, \"tableSchema\": "
        "{}}]}",
        "{" CONTEXT ", \"columns\": [{\"name\": \"x\"}], \"primaryKey\": \"x\"}", &t);
    ck_assert_uint_eq(t.errors + t.warnings, 0);
    ck_assert_uint_eq(csvm->tables[0].n, 1);
    ck_assert_uint_eq(csvm->tables[0].primary.n, 1);
    ck_assert_str_eq(csvm->tables[0].dialect->delimiter, ";");
    ck_assert_uint_eq(csvm->tables[0].dialect->header_rows, 0);
    ck_assert_str_eq(csvm->tables[0].dialect->comment, "#");
    ck_assert_uint_eq(csvm->tables[1].n, 0);
    ck_assert(csvm->tables[1].described);
    ck_assert_uint_eq(csvm->tables[1].dialect->header_rows, 2);
    hg_csvm_free(csvm);
}
END_TEST

START_TEST(a_schema_reference_leads_to_the_table_of_the_schema)
{
    told t;
    hg_csvm *csvm = read(
        "{" CONTEXT ", \"tables\": [{\"url\": \"b.csv\", \"tableSchema\": {\"columns\":"
        " [{\"name\": \"y\"}], \"foreignKeys\": [{\"columnReference\": \"y\", "
        "\"reference\":"
        " {\"schemaReference\": \"s.json\", \"columnReference\": [\"x\"]}}]}},"
        " {\"url\": \"a.csv\", \"tableSchema\": \"s.json\"}]}",
        "{\"columns\": [{\"name\": \"w\"}, {\"name\": \"x\"}]}", &t);
    ck_assert_uint_eq(t.errors + t.warnings, 0);
    ck_assert_uint_eq(csvm->tables[0].n_references, 1);
    ck_assert_uint_eq(csvm->tables[0].references[0].table, 1);
    ck_assert_uint_eq(csvm->tables[0].references[0].to.columns[0], 1);
    hg_csvm_free(csvm);
}
END_TEST

START_TEST(titles_have_the_language_of_the_document_or_their_own)
{
    told t;
    hg_csvm *csvm =
        read("{\"@context\": [\"http://www.w3.org/ns/csvw\", {\"@language\": \"vi\"}],"
             " \"url\": \"a.csv\", \"tableSchema\": {\"columns\": [{\"titles\": "
             "[\"Năm\", \"N\"]},"
             " {\"titles\": {\"en\": \"Year\", \"fr\": [\"An\"]}}]}}",
             NULL, &t);
    const hg_csvm_column *columns = csvm->tables[0].columns;
    ck_assert_uint_eq(columns[0].n_titles, 2);
    ck_assert_str_eq(columns[0].titles[1].lang, "vi");
    ck_assert_uint_eq(columns[1].n_titles, 2);
    ck_assert_str_eq(columns[1].titles[1].lang, "fr");
    ck_assert_str_eq(columns[1].titles[1].text, "An");
    hg_csvm_free(csvm);
}
END_TEST

#define TABLE(members)  "{" CONTEXT ", \"url\": \"a.csv\", " members "}"
#define COLUMN(members) TABLE("\"tableSchema\": {\"columns\": [{" members "}]}")
#define TYPE(members)   COLUMN("\"datatype\": {" members "}")

static const struct {
    const char *text;
    unsigned errors, warnings;
} faults[] = {
    { "[]", 1, 0 },
    { "{\"url\": \"a.csv\"}", 1, 0 },
    { "{\"@context\": \"http://schema.org/\", \"url\": \"a.csv\"}", 1, 0 },
    { TABLE("\"@type\": \"Table\", \"@id\": \"x\""), 0, 0 },
    { TABLE("\"@graph\": []"), 1, 0 },
    { TABLE("\"dc:title\": {\"@value\": 1, \"@type\": \"xsd:integer\"}"), 0, 0 },
    { TABLE("\"dc:title\": {\"@value\": [1]}"), 1, 0 },
    { TABLE("\"http://a.vn/p\": [null, 1.5, {\"@id\": \"x\"}]"), 0, 0 },
    { TABLE("\"dc:title\": {\"name\": \"x\"}"), 1, 0 },
    { TABLE("\"nix:title\": \"x\""), 0, 1 },
    { TABLE("\"notes\": {}"), 0, 1 },
    { TABLE("\"dialect\": \"none.json\""), 1, 0 },
    { TABLE("\"dialect\": \"http://b.vn/d.json\""), 1, 0 },
    { TABLE("\"dialect\": {\"delimiter\": \"\"}"), 1, 0 },
    { TABLE("\"dialect\": {\"quoteChar\": null, \"lineTerminators\": \"\\r\"}"), 0, 0 },
    { TABLE("\"dialect\": {\"lineTerminators\": [\"\\n\", \"x\"]}"), 1, 0 },
    { TABLE("\"dialect\": {\"dc:title\": \"x\"}"), 0, 1 },
    { TABLE("\"transformations\": [{\"url\": \"t\"}]"), 2, 0 },
    { COLUMN("\"separator\": \"\""), 0, 1 },
    { COLUMN("\"aboutUrl\": \"{x\""), 0, 1 },
    { COLUMN("\"null\": [\"a\", 1]"), 0, 1 },
    { TYPE("\"base\": \"integer\", \"format\": {\"pattern\": \"0\", \"x\": 1}"), 0, 1 },
    { TYPE("\"base\": \"integer\", \"format\": {\"groupChar\": 1}"), 0, 1 },
    { TYPE("\"base\": \"date\", \"format\": \"HH:mm\""), 0, 1 },
    { TYPE("\"base\": \"time\", \"format\": \"HH:mm\""), 0, 0 },
    { TYPE("\"base\": \"dateTimeStamp\", \"format\": \"yyyy-MM-dd HH:mm\""), 0, 1 },
    { TYPE("\"base\": \"string\", \"format\": \"[\""), 0, 1 },
    { TYPE("\"format\": \"\\\\d{2}\\\\-\\\\d\""), 0, 0 },
    { TYPE("\"base\": \"integer\", \"minimum\": \"x\""), 1, 0 },
    { TYPE("\"base\": \"integer\", \"minimum\": true"), 0, 1 },
    { TYPE("\"base\": \"integer\", \"minimum\": 1, \"minInclusive\": 1.5"), 1, 0 },
    { TYPE("\"base\": \"decimal\", \"minimum\": 1, \"minInclusive\": 1.0"), 0, 0 },
    { TYPE("\"base\": \"decimal\", \"minimum\": 1, \"minInclusive\": 2"), 1, 0 },
    { TYPE("\"base\": \"duration\", \"minimum\": \"P1M\", \"maximum\": \"P30D\""), 1, 0 },
    { TYPE("\"length\": -1"), 0, 1 },
    { TYPE("\"length\": 3, \"minLength\": 3, \"maxLength\": 3"), 0, 0 },
    { TYPE("\"dc:title\": \"x\", \"nix\": 1"), 0, 1 },
    { TABLE("\"tableSchema\": {\"columns\": [{\"name\": \"a\"}], \"rowTitles\": \"b\"}"),
      0, 1 },
    { TABLE("\"tableSchema\": {\"columns\": [{\"name\": \"a\"}], \"primaryKey\": []}"), 0,
      1 },
    { TABLE("\"tableSchema\": {\"columns\": [{\"name\": \"a\"}], \"foreignKeys\": ["
            "{\"columnReference\": \"a\", \"reference\": {\"resource\": \"a.csv\","
            " \"schemaReference\": \"s\", \"columnReference\": \"a\"}}]}"),
      1, 0 },
    { TABLE("\"tableSchema\": {\"columns\": [{\"name\": \"a\"}], \"foreignKeys\": ["
            "{\"columnReference\": \"a\", \"reference\": {\"resource\": \"a.csv\","
            " \"columnReference\": [\"a\", \"a\"]}}]}"),
      1, 0 },
    { "{" CONTEXT ", \"tables\": [{\"url\": \"a.csv\", \"tableSchema\": \"s.json\"},"
      " {\"url\": \"b.csv\", \"tableSchema\": \"s.json\"}]}",
      2, 0 }, /* the schema's key leads to itself, and both tables have it */
};

START_TEST(what_is_wrong_is_an_error_or_a_warning)
{
    static const char schema[] = "{\"columns\": [{\"name\": \"x\"}], \"foreignKeys\": "
                                 "[{\"columnReference\": \"x\","
                                 " \"reference\": {\"schemaReference\": \"s.json\", "
                                 "\"columnReference\": \"x\"}}]}";
    told t;
    hg_csvm *csvm = read(faults[_i].text, schema, &t);
    ck_assert_msg(t.errors == faults[_i].errors && t.warnings == faults[_i].warnings,
                  "%s: %u, %u: %s", faults[_i].text, t.errors, t.warnings, t.first);
    hg_csvm_free(csvm);
}
END_TEST

TCase *tests_csvm(void)
{
    TCase *tc = tcase_create("csvm");
    tcase_add_test(tc, what_is_said_further_in_comes_first);
    tcase_add_test(tc, what_is_not_said_has_its_default);
    tcase_add_test(tc, a_schema_and_a_dialect_of_the_group_are_those_of_tables_without);
    tcase_add_test(tc, a_schema_reference_leads_to_the_table_of_the_schema);
    tcase_add_test(tc, titles_have_the_language_of_the_document_or_their_own);
    tcase_add_loop_test(tc, what_is_wrong_is_an_error_or_a_warning, 0,
                        sizeof faults / sizeof *faults);
    return tc;
}
