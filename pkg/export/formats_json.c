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

/* Columns of the place: a point, or its two coordinates. */
struct place {
    size_t x, y, point; /* SIZE_MAX: there is none */
    hg_buf numbers;     /* coordinates out of a point */
};

static bool is_point(const hg_field *field)
{
    return field && field->reader.type == HG_GEOPOINT;
}

static bool has_point(const hg_schema *schema)
{
    size_t i = 0;
    while (i < schema->n && !is_point(&schema->fields[i]))
        i++;
    return i < schema->n;
}

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
                       "geojson needs a field of type geopoint in schema.json, or one with "
                       "\"role\": \"%s\"",
                       role);
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
    if (has_point(table->schema))
        return HG_OK;
    hg_status status = check_axis(table, "longitude", err);
    return status == HG_OK ? check_axis(table, "latitude", err) : status;
}

static hg_status geojson_begin(hg_writer *w, const hg_row *header, hg_err *err)
{
    (void)header;
    struct place *place = calloc(1, sizeof *place);
    if (!(w->state = place))
        return hg_fail_nomem(err);
    place->x = place->y = place->point = SIZE_MAX;
    for (size_t i = w->table->n; i-- > 0;) { /* the first of each counts */
        const hg_column *column = &w->table->columns[i];
        if (is_point(column->field))
            place->point = i;
        if (strcmp(column->role, "longitude") == 0)
            place->x = i;
        if (strcmp(column->role, "latitude") == 0)
            place->y = i;
    }
    hg_buf_puts(&w->text, "{\"type\":\"FeatureCollection\",\"features\":[");
    return HG_OK;
}

static bool is_property(const hg_column *column)
{
    return !is_point(column->field) && strcmp(column->role, "longitude") != 0 && strcmp(column->role, "latitude") != 0;
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

/* The next number in a text from *p on. */
static hg_slice next_number(const char **p, const char *end)
{
    static const char number[] = "+-.0123456789eE", start[] = "+-.0123456789";
    while (*p < end && !memchr(start, **p, sizeof start - 1))
        ++*p;
    hg_slice found = { *p, 0 };
    while (*p < end && memchr(number, **p, sizeof number - 1))
        ++*p;
    found.n = (size_t)(*p - found.p);
    return found;
}

/* "lon,lat", "[lon, lat]" or {"lon": …, "lat": …} in any order, whose form was checked. */
static void read_point(struct place *place, hg_slice text, hg_plain *x, hg_plain *y)
{
    const char *p = text.p, *end = text.p + text.n;
    const char *quote = memchr(text.p, '"', text.n);
    hg_slice first = next_number(&p, end), second = next_number(&p, end);
    bool lat_first = text.p[0] == '{' && quote && end - quote > 2 && quote[2] == 'a';
    hg_buf_clear(&place->numbers);
    if (!hg_buf_reserve(&place->numbers, HG_PLAIN_ROOM(first) + HG_PLAIN_ROOM(second)))
        return;
    hg_plain_number(x, lat_first ? second : first, &place->numbers);
    hg_plain_number(y, lat_first ? first : second, &place->numbers);
}

static hg_status geojson_row(hg_writer *w, const hg_row *row, const hg_plain *cells,
                             hg_err *err)
{
    struct place *place = w->state;
    hg_plain x = { .kind = HG_PLAIN_NOTHING }, y = x;
    if (place->point != SIZE_MAX && cells[place->point].typed)
        read_point(place, cells[place->point].text, &x, &y);
    else if (place->point == SIZE_MAX && place->x != SIZE_MAX && place->y != SIZE_MAX) {
        x = cells[place->x];
        y = cells[place->y];
    }
    hg_buf_puts(&w->text, w->rows == 0 ? "\n" : ",\n");
    hg_buf_puts(&w->text, "{\"type\":\"Feature\",\"geometry\":");
    hg_status status = put_point(w, row, &x, &y, err);
    hg_buf_puts(&w->text, ",\"properties\":");
    put_row(&w->text, w->table, cells, is_property);
    hg_buf_putc(&w->text, '}');
    return status == HG_OK ? hg_buf_status(&place->numbers, err) : status;
}

static hg_status geojson_end(hg_writer *w, hg_err *err)
{
    (void)err;
    hg_buf_puts(&w->text, "\n]}\n");
    return HG_OK;
}

static void geojson_release(hg_writer *w)
{
    struct place *place = w->state;
    if (place)
        hg_buf_release(&place->numbers);
    free(place);
}

const hg_writer_kind hg_writer_geojson = { geojson_check, geojson_begin, geojson_row,
                                           geojson_end, geojson_release };
