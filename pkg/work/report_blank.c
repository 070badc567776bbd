/* report_blank - the rows of a form to be filled: keys without figures */
#include "base/file.h"
#include "delimited/csv.h"
#include "text/decimal.h"
#include "work/report_inside.h"

#include <stdlib.h>
#include <string.h>

#define MAX_ROWS 100000 /* of a form made from code lists alone */

/* A table's header and what becomes of each column. */
typedef struct blanking {
    adding *a;
    const char *resource;
    size_t n;
    bool emptied[HG_FACTS_FIELDS];
    const char *set[HG_FACTS_FIELDS]; /* the value for all rows, or NULL */
    hg_buf newest[HG_FACTS_FIELDS];   /* of a column that is set: whose rows are taken */
    hg_buf *out;
} blanking;

/* The value that --set gives a field, or NULL. */
static const char *value_of(const hg_reports *report, hg_slice field)
{
    for (size_t i = 0; i < report->n_sets; i++) {
        const char *end = strchr(report->sets[i], '=');
        if (end && (size_t)(end - report->sets[i]) == field.n &&
            memcmp(report->sets[i], field.p, field.n) == 0)
            return end + 1;
    }
    return NULL;
}

/* Whether some table of the form takes figures or statuses from a field. */
static bool is_emptied(const blanking *b, hg_slice field)
{
    const hg_form *form = b->a->form;
    for (size_t t = 0; t < form->n_tables; t++) {
        const hg_form_table *table = &form->tables[t];
        if (table->resource && strcmp(table->resource, b->resource) != 0)
            continue;
        if (table->status && hg_slice_is(field, table->status))
            return true;
        for (size_t i = 0; i < table->n_values; i++)
            if (hg_slice_is(field, table->values[i]))
                return true;
    }
    return false;
}

static hg_status read_header(blanking *b, const hg_slice *fields, size_t n)
{
    if (n > HG_FACTS_FIELDS)
        return hg_fail(b->a->err, HG_EINPUT, NULL,
                       "a report's table has at most %d columns", HG_FACTS_FIELDS);
    b->n = n;
    for (size_t i = 0; i < n; i++) {
        b->emptied[i] = is_emptied(b, fields[i]);
        b->set[i] = value_of(b->a->report, fields[i]);
        hg_csv_put(b->out, fields[i], i == 0);
    }
    hg_csv_end(b->out);
    return HG_OK;
}

/* ---- from a package: the rows of the newest period, say, for the next one ---- */

static bool is_newer(hg_slice a, const hg_buf *b)
{
    hg_decimal p, q;
    hg_slice was = { b->data ? b->data : "", b->len };
    if (hg_decimal_read(&p, a) && hg_decimal_read(&q, was))
        return hg_decimal_compare(p, q) > 0;
    size_t n = a.n < was.n ? a.n : was.n;
    int order = memcmp(a.p, was.p, n);
    return order > 0 || (order == 0 && a.n > was.n);
}

static void find_newest(blanking *b, const hg_row *row)
{
    for (size_t i = 0; i < b->n && i < row->n; i++)
        if (b->set[i] && is_newer(row->cells[i], &b->newest[i])) {
            hg_buf_clear(&b->newest[i]);
            hg_buf_put(&b->newest[i], row->cells[i].p, row->cells[i].n);
        }
}

static void put_row(blanking *b, const hg_row *row)
{
    for (size_t i = 0; i < b->n && i < row->n; i++)
        if (b->set[i] &&
            !hg_slice_eq(row->cells[i], (hg_slice){ b->newest[i].data, b->newest[i].len }))
            return;
    for (size_t i = 0; i < b->n; i++)
        hg_csv_put(b->out,
                   b->emptied[i] || i >= row->n ? HG_SLICE("")
                   : b->set[i]                  ? hg_slice_of(b->set[i])
                                                : row->cells[i],
                   i == 0);
    hg_csv_end(b->out);
}

static hg_status pass(blanking *b, hg_slice text, bool second)
{
    hg_csv csv = { 0 };
    hg_row row;
    hg_err *err = b->a->err;
    hg_csv_init(&csv, text.p, text.n, 0, 0);
    hg_status st = hg_csv_next(&csv, &row, err);
    if (st == HG_OK && !second)
        st = read_header(b, row.cells, row.n);
    while (st == HG_OK && (st = hg_csv_next(&csv, &row, err)) == HG_OK) {
        if (second)
            put_row(b, &row);
        else
            find_newest(b, &row);
    }
    hg_csv_release(&csv);
    return st == HG_END ? HG_OK : st;
}

static hg_status from_package(blanking *b, const char *path)
{
    hg_buf text = { 0 };
    if (hg_file_load(&text, path, b->a->err) == HG_OK) {
        hg_slice all = { text.data ? text.data : "", text.len };
        if (pass(b, all, false) == HG_OK)
            pass(b, all, true);
    }
    hg_buf_release(&text);
    return b->a->err->status;
}

/* ---- from the definition: every combination of codes ---- */

typedef struct codes { /* of one column; n 0: the column stays as it is set, or empty */
    hg_labels *labels;
    size_t n, at;
} codes;

bool hg_report_in_key(const hg_json *schema, const char *name)
{
    const hg_json *key = hg_json_get(schema, "primaryKey");
    if (hg_json_is_string(key))
        return strcmp(hg_json_str(key), name) == 0;
    for (size_t i = 0; i < hg_json_len(key); i++)
        if (strcmp(hg_json_str(hg_json_at(key, i)), name) == 0)
            return true;
    return false;
}

static hg_status load_codes(blanking *b, const hg_json *schema, codes *all)
{
    const hg_json *fields = hg_json_get(schema, "fields");
    size_t rows = 1;
    for (size_t i = 0; i < b->n; i++) {
        const char *name = hg_json_get_str(hg_json_at(fields, i), "name");
        const char *list = hg_report_list(schema, name);
        const char *text = list ? hg_dataset_codes(b->a->definition, list) : NULL;
        if (b->set[i] || b->emptied[i] || !hg_report_in_key(schema, name))
            continue;
        if (!text)
            return hg_fail(b->a->err, HG_EARG, &(hg_loc){ .field = name },
                           "a form needs the value of this field; say --set %s=VALUE", name);
        if (hg_labels_new(&all[i].labels, list, hg_slice_of(text), b->a->err) != HG_OK)
            return b->a->err->status;
        all[i].n = hg_labels_count(all[i].labels);
        if (all[i].n == 0 || (rows *= all[i].n) > MAX_ROWS)
            return hg_fail(b->a->err, HG_EARG, &(hg_loc){ .field = name },
                           "the code lists give no rows, or over %d", MAX_ROWS);
    }
    return HG_OK;
}

/* Go to the next combination; the last column runs fastest. False after the last. */
static bool next(codes *all, size_t n)
{
    while (n-- > 0) {
        if (all[n].n == 0)
            continue;
        if (++all[n].at < all[n].n)
            return true;
        all[n].at = 0;
    }
    return false;
}

static void put_combinations(blanking *b, codes *all)
{
    do {
        for (size_t i = 0; i < b->n; i++)
            hg_csv_put(b->out,
                       b->set[i]  ? hg_slice_of(b->set[i])
                       : all[i].n ? hg_slice_of(hg_labels_code(all[i].labels, all[i].at))
                                  : HG_SLICE(""),
                       i == 0);
        hg_csv_end(b->out);
    } while (next(all, b->n));
}

static hg_status from_definition(blanking *b, const hg_json *schema)
{
    const hg_json *fields = hg_json_get(schema, "fields");
    hg_slice names[HG_FACTS_FIELDS];
    codes all[HG_FACTS_FIELDS] = { 0 };
    size_t n = hg_json_len(fields);
    for (size_t i = 0; i < n && i < HG_FACTS_FIELDS; i++)
        names[i] = hg_slice_of(hg_json_get_str(hg_json_at(fields, i), "name"));
    if (read_header(b, names, n) == HG_OK && load_codes(b, schema, all) == HG_OK)
        put_combinations(b, all);
    for (size_t i = 0; i < HG_FACTS_FIELDS; i++)
        hg_labels_free(all[i].labels);
    return b->a->err->status;
}

hg_status hg_report_blank(adding *a, size_t resource, const char *path, hg_buf *out)
{
    blanking b = { .a = a, .resource = hg_dataset_table(a->definition, resource),
                   .out = out };
    if (path)
        from_package(&b, path);
    else
        from_definition(&b, hg_dataset_schema(a->definition, resource));
    for (size_t i = 0; i < HG_FACTS_FIELDS; i++)
        hg_buf_release(&b.newest[i]);
    return a->err->status == HG_OK ? hg_buf_status(out, a->err) : a->err->status;
}
