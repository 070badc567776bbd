/* formats - a table in other formats beside its CSV */
#include "export/formats.h"
#include "base/file.h"
#include "delimited/csv.h"
#include "export/formats_writer.h"
#include "format/jsonl.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FLUSH ((size_t)1 << 16) /* bytes after which a file's text is written out */

static const hg_export_format formats[] = {
    { "excel-csv", "excel.csv" }, { "geojson", "geojson" },    { "json", "json" },
    { "jsonl", "jsonl" },         { "sdmx-csv", "sdmx.csv" },  { "xlsx", "xlsx" },
};
#define FORMATS (sizeof formats / sizeof *formats)

static const hg_writer_kind *const kinds[FORMATS] = {
    &hg_writer_excel_csv, &hg_writer_geojson, &hg_writer_json,
    &hg_writer_jsonl,     &hg_writer_sdmx,    &hg_writer_xlsx,
};

struct hg_export {
    hg_export_table table;
    hg_schema *schema;
    hg_writer writers[FORMATS];
    size_t n;
    hg_column *columns;
    hg_buf names;    /* of the columns, and their keys */
    hg_plain *cells; /* of the row */
    hg_buf numbers;  /* digits of theirs */
    hg_csv csv;
};

/* ---- names ---- */

const hg_export_format *hg_export_formats(size_t *n)
{
    *n = FORMATS;
    return formats;
}

static unsigned bit_of(hg_slice name)
{
    for (size_t i = 0; i < FORMATS; i++)
        if (hg_slice_is(name, formats[i].name))
            return 1u << i;
    return 0;
}

unsigned hg_export_bit(const char *name)
{
    return bit_of(hg_slice_of(name));
}

hg_status hg_export_read(unsigned *set, const char *list, hg_err *err)
{
    for (const char *p = list;; p++) {
        hg_slice name = { p, strcspn(p, ",") };
        unsigned bit = bit_of(name);
        if (bit == 0 && !hg_slice_is(name, "csv"))
            return hg_fail(err, HG_EARG, NULL,
                           "'%.*s' is no format; known are csv, excel-csv, geojson, json, "
                           "jsonl, sdmx-csv and xlsx",
                           (int)name.n, name.p);
        *set |= bit;
        p += name.n;
        if (*p == '\0')
            return HG_OK;
    }
}

const char *hg_field_role(const hg_field *field)
{
    const char *role = field ? hg_json_get_str(field->json, "role") : NULL;
    return role ? role : "";
}

/* ---- files ---- */

static hg_status flush(hg_writer *w, size_t most, hg_err *err)
{
    hg_status status = hg_buf_status(&w->text, err);
    if (status != HG_OK || w->text.len <= most)
        return status;
    status = hg_file_write(w->fd, w->path, w->text.data, w->text.len, err);
    hg_buf_clear(&w->text);
    return status;
}

static hg_status add_writer(hg_export *export, size_t format, const char *folder,
                            hg_err *err)
{
    hg_writer *w = &export->writers[export->n];
    hg_buf name = { 0 };
    *w = (hg_writer){ .kind = kinds[format], .table = &export->table, .fd = -1 };
    export->n++;
    hg_buf_printf(&name, "data/%s.%s", export->table.name, formats[format].ending);
    hg_status status = hg_buf_status(&name, err);
    if (status == HG_OK && w->kind->check)
        status = w->kind->check(&export->table, err);
    if (status == HG_OK)
        status = hg_path_join(&w->path, folder, name.data, err);
    if (status == HG_OK)
        status = hg_file_create(&w->fd, w->path, err);
    hg_buf_release(&name);
    return status;
}

hg_status hg_export_new(hg_export **out, const hg_export_opts *opts, hg_err *err)
{
    const hg_json *schema = hg_dataset_schema(opts->dataset, opts->table);
    const char *name = hg_dataset_table(opts->dataset, opts->table);
    *out = NULL;
    if (!schema)
        return hg_fail(err, HG_EARG, &(hg_loc){ .file = name },
                       "formats other than csv need the table's schema.json");
    hg_export *export = calloc(1, sizeof *export);
    if (!export)
        return hg_fail_nomem(err);
    export->table = (hg_export_table){
        .dataset = opts->dataset, .index = opts->table, .name = name, .tmp = opts->tmp
    };
    hg_status status = hg_schema_new(&export->schema, schema, NULL, name, err);
    export->table.schema = export->schema;
    for (size_t i = 0; i < FORMATS && status == HG_OK; i++)
        if (opts->formats & 1u << i)
            status = add_writer(export, i, opts->folder, err);
    if (status == HG_OK)
        *out = export;
    else
        hg_export_free(export);
    return status;
}

/* ---- columns ---- */

/* All names and keys go to one buffer; only then do they have an address. */
static hg_status name_columns(hg_export *export, const hg_row *header, hg_err *err)
{
    hg_buf *names = &export->names;
    for (size_t i = 0; i < header->n; i++) {
        hg_buf_put(names, header->cells[i].p, header->cells[i].n);
        hg_buf_putc(names, '\0');
        hg_jsonl_text(names, header->cells[i]);
        hg_buf_puts(names, ":");
        hg_buf_putc(names, '\0');
    }
    const char *p = names->data;
    for (size_t i = 0; i < header->n && names->status == HG_OK; i++) {
        hg_column *column = &export->columns[i];
        column->name = p;
        p += strlen(p) + 1;
        column->key = hg_slice_of(p);
        p += column->key.n + 1;
    }
    return hg_buf_status(names, err);
}

static hg_status begin(hg_export *export, const hg_row *header, hg_err *err)
{
    export->columns = calloc(header->n + 1, sizeof *export->columns);
    export->cells = calloc(header->n + 1, sizeof *export->cells);
    if (!export->columns || !export->cells)
        return hg_fail_nomem(err);
    hg_status status = name_columns(export, header, err);
    if (status != HG_OK)
        return status;
    for (size_t i = 0; i < header->n; i++) {
        hg_column *column = &export->columns[i];
        size_t field = hg_schema_field(export->schema, column->name);
        column->field = field < export->schema->n ? &export->schema->fields[field] : NULL;
        column->role = hg_field_role(column->field);
    }
    export->table.columns = export->columns;
    export->table.n = header->n;
    for (size_t i = 0; i < export->n && status == HG_OK; i++)
        if (export->writers[i].kind->begin)
            status = export->writers[i].kind->begin(&export->writers[i], header, err);
    return status;
}

/* ---- rows ---- */

/* Read all cells of a row once, for all the formats. */
static hg_status read_cells(hg_export *export, const hg_row *row, hg_err *err)
{
    size_t room = 0;
    for (size_t i = 0; i < row->n; i++)
        room += HG_PLAIN_ROOM(row->cells[i]);
    hg_buf_clear(&export->numbers);
    if (!hg_buf_reserve(&export->numbers, room))
        return hg_fail_nomem(err);
    for (size_t i = 0; i < export->table.n; i++)
        hg_plain_of(&export->cells[i], export->columns[i].field,
                    i < row->n ? row->cells[i] : HG_SLICE(""), &export->numbers);
    return HG_OK;
}

static hg_status put_row(hg_export *export, const hg_row *row, hg_err *err)
{
    hg_status status = read_cells(export, row, err);
    for (size_t i = 0; i < export->n && status == HG_OK; i++) {
        hg_writer *w = &export->writers[i];
        status = w->kind->row(w, row, export->cells, err);
        w->rows++;
        if (status == HG_OK)
            status = flush(w, FLUSH, err);
    }
    return status;
}

hg_status hg_export_put(hg_export *export, hg_slice records, uint64_t number, hg_err *err)
{
    hg_row row;
    hg_status status;
    hg_csv_init(&export->csv, records.p, records.n, number, 0);
    while ((status = hg_csv_next(&export->csv, &row, err)) == HG_OK) {
        status = export->columns ? put_row(export, &row, err) : begin(export, &row, err);
        if (status != HG_OK)
            return status;
    }
    return status == HG_END ? HG_OK : status;
}

hg_status hg_export_end(hg_export *export, hg_err *err)
{
    hg_status status = HG_OK;
    assert(export->columns);
    for (size_t i = 0; i < export->n && status == HG_OK; i++) {
        hg_writer *w = &export->writers[i];
        if (w->kind->end)
            status = w->kind->end(w, err);
        if (status == HG_OK)
            status = flush(w, 0, err);
        status = hg_file_close(w->fd, w->path, status, err);
        w->fd = -1;
    }
    return status;
}

void hg_export_free(hg_export *export)
{
    hg_err ignored = HG_ERR_INIT;
    if (!export)
        return;
    for (size_t i = 0; i < export->n; i++) {
        hg_writer *w = &export->writers[i];
        if (w->kind->release)
            w->kind->release(w);
        if (w->fd >= 0)
            hg_file_close(w->fd, w->path, HG_OK, &ignored);
        hg_buf_release(&w->text);
        free(w->path);
    }
    hg_csv_release(&export->csv);
    hg_buf_release(&export->names);
    hg_buf_release(&export->numbers);
    hg_schema_free(export->schema);
    free(export->columns);
    free(export->cells);
    free(export);
}
