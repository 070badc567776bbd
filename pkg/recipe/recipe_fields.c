/* recipe - the columns of a table */
#include "recipe/recipe_reading.h"

#include <stdlib.h>
#include <string.h>

#define MAX_LEVEL    9
#define MAX_DECIMALS 15

static const hg_recipe_word origins[] = {
    { "header", HG_FROM_HEADER },
    { "row", HG_FROM_ROW },
    { "path", HG_FROM_PATH },
    { "numbering", HG_FROM_NUMBERING },
    { "kind", HG_FROM_KIND },
    { "section", HG_FROM_SECTION },
    { "unit", HG_FROM_UNIT },
    { "title", HG_FROM_TITLE },
    { "sheet", HG_FROM_SHEET },
    { "file", HG_FROM_FILE },
    { "constant", HG_FROM_CONSTANT },
    { "value", HG_FROM_VALUE },
    { "status", HG_FROM_STATUS },
    { "mark", HG_FROM_MARK },
    { NULL, 0 },
};

/* Periods, and behind them the types of a list's texts. */
enum { TYPES = 100 };
static const hg_recipe_word types[] = {
    { "year", HG_PERIOD_YEAR },          { "school-year", HG_PERIOD_SCHOOL_YEAR },
    { "month", HG_PERIOD_MONTH },        { "quarter", HG_PERIOD_QUARTER },
    { "period", HG_PERIOD_ANY },         { "number", TYPES + HG_TYPE_NUMBER },
    { "date", TYPES + HG_TYPE_DATE },    { "text", TYPES + HG_TYPE_TEXT },
    { NULL, 0 },
};
static const hg_recipe_word languages[] = { { "first", HG_LABEL_FIRST },
                                            { "second", HG_LABEL_SECOND },
                                            { NULL, 0 } };

static const char *const keys[] = { "from",    "level",   "type", "pattern",  "codes",
                                    "column",  "map",     "some", "default",  "fill",
                                    "language", "decimals", "scale", NULL };

static hg_status read_map(hg_recipe_reading *r, const hg_json *object,
                          hg_recipe_field *field)
{
    const hg_json *map = hg_json_get(object, "map");
    if (!hg_json_is_object(map))
        return hg_doc_fail(r->err, r->doc, object, "map",
                           "'map' takes labels and their codes");
    hg_status st = hg_codelist_new(&field->codes, hg_doc_name(r->doc), r->err);
    for (size_t i = 0; i < hg_json_len(map) && st == HG_OK; i++) {
        const char *code = hg_json_str(hg_json_member(map, i));
        if (!code)
            return hg_doc_fail(r->err, r->doc, map, hg_json_key(map, i),
                               "a code is a text");
        st = hg_codelist_add_pattern(field->codes, hg_slice_of(hg_json_key(map, i)),
                                     hg_slice_of(code), r->err);
    }
    return st == HG_OK ? hg_codelist_close(field->codes, r->err) : st;
}

/* The heading of a label column, as a list of one label, or a column's letter. */
static hg_status read_column(hg_recipe_reading *r, const hg_json *object,
                             hg_recipe_field *field)
{
    const char *name;
    hg_status st = hg_reading_text(r, object, "column", &name);
    if (st != HG_OK || !name)
        return st;
    field->letter = hg_reading_letters(name, strlen(name));
    st = hg_codelist_new(&field->column, name, r->err);
    if (st == HG_OK)
        st = hg_codelist_add_pattern(field->column, hg_slice_of(name), HG_SLICE("column"),
                                     r->err);
    return st;
}

static hg_status read_codes(hg_recipe_reading *r, const hg_json *object,
                            hg_recipe_field *field)
{
    const char *name;
    if (hg_json_get(object, "map") && hg_json_get(object, "codes"))
        return hg_doc_fail(r->err, r->doc, object, "map",
                           "'map' and 'codes' do not go together");
    if (hg_json_get(object, "map"))
        return read_map(r, object, field);
    hg_status st = hg_reading_text(r, object, "codes", &name);
    if (st != HG_OK || !name)
        return st;
    const char *csv = r->codes(r->with, name);
    if (!csv)
        return hg_doc_fail(r->err, r->doc, object, "codes",
                           "there is no code list codes/%s.csv", name);
    hg_buf path = { 0 };
    hg_buf_printf(&path, "codes/%s.csv", name);
    st = hg_buf_status(&path, r->err);
    if (st == HG_OK)
        st = hg_codelist_parse(&field->codes, path.data, hg_slice_of(csv), r->err);
    hg_buf_release(&path);
    return st;
}

/* "decimals": a number of places, or "shown". */
static hg_status read_decimals(hg_recipe_reading *r, const hg_json *object,
                               hg_recipe_field *field)
{
    static const hg_recipe_word words[] = { { "shown", HG_DECIMALS_SHOWN }, { NULL, 0 } };
    size_t places = 0;
    if (!hg_json_is_number(hg_json_get(object, "decimals")))
        return hg_reading_choice(r, object, "decimals", words, &field->decimals);
    hg_status st = hg_reading_number(r, object, "decimals", 0, MAX_DECIMALS, &places);
    field->decimals = (int)places;
    return st;
}

static hg_status refuse(hg_recipe_reading *r, const hg_json *columns,
                        const hg_recipe_field *field, const char *key, const char *origin)
{
    return hg_doc_fail(r->err, r->doc, columns, field->name,
                       "'%s' goes with \"from\": \"%s\" only", key, origin);
}

/* What does not go together in one column. */
static hg_status check_field(hg_recipe_reading *r, const hg_json *columns,
                             const hg_recipe_field *field)
{
    bool label = field->from < HG_FROM_CONSTANT && field->from != HG_FROM_NUMBERING &&
                 field->from != HG_FROM_KIND;
    if (field->from == HG_FROM_CONSTANT && !field->otherwise)
        return hg_doc_fail(r->err, r->doc, columns, field->name,
                           "a constant needs its value, as 'default'");
    if (!label && (field->codes || field->pattern || field->period))
        return hg_doc_fail(
            r->err, r->doc, columns, field->name,
            "only what is read from a label takes 'codes', 'map', 'type' or "
            "'pattern'");
    if (field->period && field->codes)
        return hg_doc_fail(r->err, r->doc, columns, field->name,
                           "'type' and a code list do not go together");
    if ((field->column || field->fill || field->type) && field->from != HG_FROM_ROW &&
        (field->from != HG_FROM_UNIT || field->type))
        return refuse(r, columns, field,
                      field->column ? "column"
                      : field->fill ? "fill"
                                    : "type",
                      "row");
    if (field->level && field->from != HG_FROM_ROW && field->from != HG_FROM_HEADER)
        return refuse(r, columns, field, "level", "row");
    if (field->level && field->column)
        return hg_doc_fail(r->err, r->doc, columns, field->name,
                           "'level' and 'column' do not go together");
    if ((field->scale || field->decimals != HG_DECIMALS_ALL) && field->from != HG_FROM_VALUE)
        return refuse(r, columns, field, field->scale ? "scale" : "decimals", "value");
    return HG_OK;
}

static hg_status read_details(hg_recipe_reading *r, const hg_json *object,
                              hg_recipe_field *field)
{
    int type = HG_PERIOD_NONE, language = HG_LABEL_WHOLE;
    size_t level = 0;
    if (hg_doc_keys(r->err, r->doc, object, keys) != HG_OK ||
        hg_reading_text(r, object, "default", &field->otherwise) != HG_OK ||
        hg_reading_choice(r, object, "type", types, &type) != HG_OK ||
        hg_reading_choice(r, object, "language", languages, &language) != HG_OK ||
        hg_reading_number(r, object, "level", 1, MAX_LEVEL, &level) != HG_OK ||
        hg_reading_bool(r, object, "some", &field->some) != HG_OK ||
        hg_reading_bool(r, object, "fill", &field->fill) != HG_OK ||
        hg_reading_bool(r, object, "scale", &field->scale) != HG_OK ||
        read_decimals(r, object, field) != HG_OK ||
        hg_reading_regex(r, object, "pattern", &field->pattern) != HG_OK ||
        read_column(r, object, field) != HG_OK)
        return r->err->status;
    field->level = (unsigned)level;
    field->language = (hg_label_language)language;
    if (type >= TYPES)
        field->type = (hg_text_type)(type - TYPES);
    else
        field->period = (hg_period_kind)type;
    return read_codes(r, object, field);
}

static hg_status read_field(hg_recipe_reading *r, const hg_json *columns, size_t i,
                            hg_recipe_field *field)
{
    const hg_json *object = hg_json_member(columns, i);
    int from = HG_FROM_ROW;
    field->name = hg_json_key(columns, i);
    field->decimals = HG_DECIMALS_ALL;
    const char *brief = hg_json_str(object); /* "value" stands for { "from": "value" } */
    if (!brief && !hg_json_get(object, "from") && !hg_json_get(object, "column"))
        return hg_doc_fail(r->err, r->doc, columns, field->name, "a column needs 'from'");
    hg_status st = brief ? hg_reading_word(r, columns, field->name, brief, origins, &from)
                         : hg_reading_choice(r, object, "from", origins, &from);
    if (st != HG_OK)
        return st;
    field->from = (hg_from)from;
    if (!brief && read_details(r, object, field) != HG_OK)
        return r->err->status;
    return check_field(r, columns, field);
}

/* Find the value, the status and the mark, and see that there is a dimension. */
static hg_status check_columns(hg_recipe_reading *r, const hg_json *at,
                               hg_recipe_table *table)
{
    size_t values = 0, statuses = 0, marks = 0, levels = 0;
    table->value = table->status = table->mark = table->n;
    for (size_t i = 0; i < table->n; i++) {
        const hg_recipe_field *field = &table->fields[i];
        switch (field->from) {
        case HG_FROM_VALUE: table->value = i, values++; break;
        case HG_FROM_STATUS: table->status = i, statuses++; break;
        case HG_FROM_MARK: table->mark = i, marks++; break;
        default: levels += field->from == HG_FROM_HEADER; break;
        }
    }
    if (values > 1 || statuses > 1 || marks > 1)
        return hg_doc_fail(r->err, r->doc, at, "columns",
                           "one column at most is \"value\", \"status\" or \"mark\"");
    if (values == 0 && statuses + marks + levels > 0)
        return hg_doc_fail(r->err, r->doc, at, "columns",
                           "a table without a \"value\" is a list: no column of it is "
                           "\"header\", \"status\" or \"mark\"");
    if (table->n == values + statuses + marks)
        return hg_doc_fail(r->err, r->doc, at, "columns",
                           "a table needs columns that tell its values apart");
    return HG_OK;
}

hg_status hg_reading_columns(hg_recipe_reading *r, const hg_json *object,
                             hg_recipe_table *table)
{
    const hg_json *columns = hg_json_get(object, "columns");
    if (!hg_json_is_object(columns) || hg_json_len(columns) > HG_RECIPE_FIELDS)
        return hg_doc_fail(r->err, r->doc, object, columns ? "columns" : NULL,
                           "a recipe needs \"columns\", at most %d of them",
                           HG_RECIPE_FIELDS);
    for (size_t i = 0; i < hg_json_len(columns); i++)
        if (read_field(r, columns, i, &table->fields[table->n++]) != HG_OK)
            return r->err->status;
    return check_columns(r, object, table);
}

void hg_recipe_field_release(hg_recipe_field *field)
{
    if (field->pattern)
        regfree(field->pattern);
    free(field->pattern);
    hg_codelist_free(field->codes);
    hg_codelist_free(field->column);
}
