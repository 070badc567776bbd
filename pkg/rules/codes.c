/* codes - foreign keys into the code lists of a dataset's definition */
#include "rules/codes.h"
#include "delimited/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static hg_status wrong(const hg_schema *schema, const hg_reference *ref, hg_err *err,
                       const char *format, const char *column)
{
    return hg_schema_wrong(schema, hg_json_get(ref->json, "reference"), NULL, err, format,
                           ref->resource, column);
}

/* The text of the list, or NULL. */
static const char *list_of(const hg_json *head, const char *name)
{
    const hg_json *codes = hg_json_get(hg_json_get(head, "definition"), "codes");
    char file[256];
    if (snprintf(file, sizeof file, "%s.csv", name) >= (int)sizeof file)
        return NULL;
    return hg_json_get_str(codes, file);
}

void hg_codes_key(hg_buf *key, const hg_schema *schema, const hg_reference *ref,
                  const hg_slice *cells, const size_t *columns)
{
    hg_buf_clear(key);
    for (size_t i = 0; i < ref->key.n; i++) {
        const hg_typed *reader = &schema->fields[ref->key.fields[i]].reader;
        hg_slice cell = cells[columns[i]];
        hg_value value;
        bool typed = reader->read(reader, cell, &value);
        hg_buf_putc(key, typed ? 'v' : 't');
        if (typed) {
            hg_value_key(key, reader, &value);
        } else {
            hg_buf_put(key, &cell.n, sizeof cell.n);
            hg_buf_put(key, cell.p, cell.n);
        }
    }
}

hg_status hg_codes_columns(size_t *columns, const hg_schema *schema,
                           const hg_reference *ref, const hg_slice *labels, size_t n,
                           hg_err *err)
{
    for (size_t i = 0; i < ref->key.n; i++) {
        size_t c = 0;
        while (c < n && !hg_slice_is(labels[c], ref->columns[i]))
            c++;
        if (c == n)
            return wrong(schema, ref, err, "the table '%s' has no column '%s'",
                         ref->columns[i]);
        columns[i] = c;
    }
    return HG_OK;
}

static hg_status add_rows(hg_keys *keys, const hg_schema *schema, const hg_reference *ref,
                          hg_csv *csv, size_t *columns, hg_err *err)
{
    hg_buf key = { 0 };
    hg_err why = HG_ERR_INIT; /* its place would be one in the list's text */
    hg_row row;
    hg_status st = HG_OK, read = hg_csv_next(csv, &row, &why);
    size_t width = read == HG_OK ? row.n : 0;
    if (read == HG_OK)
        st = hg_codes_columns(columns, schema, ref, row.cells, row.n, err);
    while (st == HG_OK && (read = hg_csv_next(csv, &row, &why)) == HG_OK &&
           row.n == width) {
        hg_codes_key(&key, schema, ref, row.cells, columns);
        st = hg_buf_status(&key, err);
        if (st == HG_OK)
            st = hg_keys_put(keys, (hg_slice){ key.data, key.len }, row.number, err);
    }
    hg_buf_release(&key);
    if (st == HG_OK && read == HG_ENOMEM)
        return hg_fail_nomem(err);
    if (st == HG_OK && read != HG_END)
        return wrong(schema, ref, err, "the code list %s is no CSV", NULL);
    return st;
}

hg_status hg_codes_load(hg_keys **out, const hg_schema *schema, const hg_reference *ref,
                        const hg_json *head, hg_budget *budget, hg_err *err)
{
    *out = NULL;
    if (strncmp(ref->resource, "codes/", 6) != 0)
        return wrong(
            schema, ref, err,
            "a reference to '%s' cannot be checked; code lists, 'codes/NAME', can", NULL);
    const char *text = list_of(head, ref->resource + 6);
    if (!text)
        return wrong(schema, ref, err, "there is no code list %s", NULL);
    size_t *columns = calloc(ref->key.n, sizeof *columns);
    hg_csv csv = { 0 };
    hg_status st = columns ? hg_keys_new(out, budget, err) : hg_fail_nomem(err);
    hg_csv_init(&csv, text, strlen(text), 0, 0);
    if (st == HG_OK)
        st = add_rows(*out, schema, ref, &csv, columns, err);
    hg_csv_release(&csv);
    free(columns);
    if (st != HG_OK) {
        hg_keys_free(*out);
        *out = NULL;
    }
    return st;
}
