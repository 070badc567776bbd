/* formats_json - rows as JSON: one array, an object a line, or features with a place */
#include "export/formats_writer.h"
#include "format/jsonl.h"

#include <stdlib.h>
#include <string.h>

static void put_value(hg_buf *text, const hg_plain *cell)
{
    switch (cell->kind) {
    case HG_PLAIN_NOTHING: hg_buf_puts(text, "null"); break;
    case HG_PLAIN_TRUE: hg_buf_puts(text, "true"); break;
    case HG_PLAIN_FALSE: hg_buf_puts(text, "false"); break;
    case HG_PLAIN_NUMBER: hg_buf_put(text, cell->text.p, cell->text.n); break;
    case HG_PLAIN_TEXT: hg_jsonl_text(text, cell->text); break;
    }
}

/* An object of the columns that keep() wants (NULL: all). */
static void put_row(hg_buf *text, const hg_export_table *table, const hg_plain *cells,
                    bool (*keep)(const hg_column *column))
{
    char before = '{';
    for (size_t i = 0; i < table->n; i++) {
        if (keep && !keep(&table->columns[i]))
            continue;
        hg_buf_putc(text, before);
        hg_buf_put(text, table->columns[i].key.p, table->columns[i].key.n);
        put_value(text, &cells[i]);
        before = ',';
    }
    hg_buf_puts(text, before == '{' ? "{}" : "}");
}

/* ---- one array; an object a line ---- */

static hg_status json_row(hg_writer *w, const hg_row *row, const hg_plain *cells,
                          hg_err *err)
{
    (void)row;
    (void)err;
    hg_buf_puts(&w->text, w->rows == 0 ? "[\n" : ",\n");
    put_row(&w->text, w->table, cells, NULL);
    return HG_OK;
}

static hg_status json_end(hg_writer *w, hg_err *err)
{
    (void)err;
    hg_buf_puts(&w->text, w->rows == 0 ? "[]\n" : "\n]\n");
    return HG_OK;
}

static hg_status jsonl_row(hg_writer *w, const hg_row *row, const hg_plain *cells,
                           hg_err *err)
{
    (void)row;
    (void)err;
    put_row(&w->text, w->table, cells, NULL);
    hg_buf_putc(&w->text, '\n');
    return HG_OK;
}

const hg_writer_kind hg_writer_json = { .row = json_row, .end = json_end };
const hg_writer_kind hg_writer_jsonl = { .row = jsonl_row };

/* ---- features ---- */

/* Columns of the place. */
struct place {
    size_t x, y;
};

static size_t with_role(const hg_schema *schema, const char *role)
{
    size_t i = 0;
    while (i < schema->n && strcmp(hg_field_role(&schema->fields[i]), role) != 0)
        i++;
    return i;
}

static hg_status check_axis(const hg_export_table *table, const char *role, hg_err *err)
{
    const hg_schema *schema = table->schema;
    size_t i = with_role(schema, role);
    if (i == schema->n)
        return hg_fail(err, HG_EARG, &(hg_loc){ .file = table->name },
                       "geojson needs a field with \"role\": \"%s\" in schema.json", role);
    if (schema->fields[i].reader.type != HG_NUMBER &&
        schema->fields[i].reader.type != HG_INTEGER)
        return hg_fail(
            err, HG_EARG,
            &(hg_loc){ .file = table->name, .field = schema->fields[i].name },
            "a field with \"role\": \"%s\" is of type number, in degrees", role);
    return HG_OK;
}

static hg_status geojson_check(const hg_export_table *table, hg_err *err)
{
    hg_status status = check_axis(table, "longitude", err);
    return status == HG_OK ? check_axis(table, "latitude", err) : status;
}

static hg_status geojson_begin(hg_writer *w, const hg_row *header, hg_err *err)
{
    (void)header;
    struct place *place = calloc(1, sizeof *place);
    if (!place)
        return hg_fail_nomem(err);
    w->state = place;
    place->x = place->y = w->table->n;
    for (size_t i = w->table->n; i > 0; i--) {
        if (strcmp(w->table->columns[i - 1].role, "longitude") == 0)
            place->x = i - 1;
        if (strcmp(w->table->columns[i - 1].role, "latitude") == 0)
            place->y = i - 1;
    }
    hg_buf_puts(&w->text, "{\"type\":\"FeatureCollection\",\"features\":[");
    return HG_OK;
}

static bool is_property(const hg_column *column)
{
    return strcmp(column->role, "longitude") != 0 && strcmp(column->role, "latitude") != 0;
}

/* Whether a number is between -most and most. */
static bool within(const hg_plain *cell, hg_slice most)
{
    hg_numeral limit, number = cell->value.number;
    number.sign = number.sign < 0 ? 1 : number.sign;
    return hg_numeral_read(&limit, most, '.', '\0') &&
           hg_numeral_compare(&number, &limit) <= 0;
}

static hg_status put_point(hg_writer *w, const hg_row *row, const hg_plain *x,
                           const hg_plain *y, hg_err *err)
{
    if (x->kind != HG_PLAIN_NUMBER || y->kind != HG_PLAIN_NUMBER) {
        hg_buf_puts(&w->text, "null");
        return HG_OK;
    }
    if (!within(x, HG_SLICE("180")) || !within(y, HG_SLICE("90")))
        return hg_fail(err, HG_EARG,
                       &(hg_loc){ .file = w->table->name, .row = row->number },
                       "this place is not on the globe: longitude %.*s, latitude %.*s",
                       (int)x->text.n, x->text.p, (int)y->text.n, y->text.p);
    hg_buf_puts(&w->text, "{\"type\":\"Point\",\"coordinates\":[");
    hg_buf_put(&w->text, x->text.p, x->text.n);
    hg_buf_putc(&w->text, ',');
    hg_buf_put(&w->text, y->text.p, y->text.n);
    hg_buf_puts(&w->text, "]}");
    return HG_OK;
}

static hg_status geojson_row(hg_writer *w, const hg_row *row, const hg_plain *cells,
                             hg_err *err)
{
    static const hg_plain nothing = { .kind = HG_PLAIN_NOTHING };
    const struct place *place = w->state;
    hg_buf_puts(&w->text, w->rows == 0 ? "\n" : ",\n");
    hg_buf_puts(&w->text, "{\"type\":\"Feature\",\"geometry\":");
    hg_status status =
        put_point(w, row, place->x < w->table->n ? &cells[place->x] : &nothing,
                  place->y < w->table->n ? &cells[place->y] : &nothing, err);
    hg_buf_puts(&w->text, ",\"properties\":");
    put_row(&w->text, w->table, cells, is_property);
    hg_buf_putc(&w->text, '}');
    return status;
}

static hg_status geojson_end(hg_writer *w, hg_err *err)
{
    (void)err;
    hg_buf_puts(&w->text, "\n]}\n");
    return HG_OK;
}

static void geojson_release(hg_writer *w)
{
    free(w->state);
}

const hg_writer_kind hg_writer_geojson = { geojson_check, geojson_begin, geojson_row,
                                           geojson_end, geojson_release };
