/* formats_sdmx - rows as SDMX-CSV 2.0: https://github.com/sdmx-twg/sdmx-csv, "field guide" */
#include "export/formats_writer.h"
#include "delimited/csv.h"

#include <stdlib.h>
#include <string.h>

/* The order of columns; a table has at most one of each role marked one. */
static const struct {
    const char *role, *component; /* the column's name; NULL: the field's own */
    bool one, needed;
} roles[] = {
    { "dimension", NULL, false, true },
    { "time", "TIME_PERIOD", true, false },
    { "measure", "OBS_VALUE", true, true },
    { "attribute", NULL, false, false },
};
#define ROLES (sizeof roles / sizeof *roles)

struct order {
    size_t *columns, n, measure; /* dimensions and time come before the measure */
    hg_buf before; /* what each row starts with */
};

/* ---- what must be declared ---- */

static hg_status refuse(const hg_export_table *table, const hg_field *field, hg_err *err,
                        const char *format, const char *a)
{
    hg_loc loc = { .file = table->name, .field = field ? field->name : NULL };
    return hg_fail(err, HG_EARG, &loc, format, a);
}

static size_t role_of(const char *role)
{
    size_t i = 0;
    while (i < ROLES && strcmp(roles[i].role, role) != 0)
        i++;
    return i;
}

/* An identifier of SDMX, NCNameIDType of its information model: a letter, then letters,
 * digits, '_' and '-'. */
static bool is_component(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    size_t n = strspn(name, letters);
    while (n > 0 && (strspn(name + n, letters) > 0 || strspn(name + n, "0123456789_-") > 0))
        n++;
    return n > 0 && name[n] == '\0';
}

static hg_status check_field(const hg_export_table *table, const hg_field *field,
                             size_t role, hg_err *err)
{
    if (role == ROLES)
        return refuse(table, field, err,
                      "sdmx-csv needs a \"role\" here in schema.json: dimension, time, "
                      "measure or attribute",
                      NULL);
    if (strcmp(roles[role].role, "time") == 0 && hg_json_get(field->json, "format"))
        return refuse(table, field, err,
                      "sdmx-csv takes a time in ISO 8601 only, without a \"format\"", NULL);
    if (!roles[role].component && !is_component(field->name))
        return refuse(table, field, err,
                      "'%s' is no identifier of SDMX: letters, digits, '_' and '-' are "
                      "wanted",
                      field->name);
    return HG_OK;
}

static hg_status check_fields(const hg_export_table *table, hg_err *err)
{
    size_t count[ROLES + 1] = { 0 };
    hg_status status = HG_OK;
    for (size_t i = 0; i < table->schema->n && status == HG_OK; i++) {
        const hg_field *field = &table->schema->fields[i];
        size_t role = role_of(hg_field_role(field));
        status = check_field(table, field, role, err);
        count[role]++;
        if (status == HG_OK && roles[role].one && count[role] > 1)
            status = refuse(table, field, err, "sdmx-csv takes one field of the role %s",
                            roles[role].role);
    }
    for (size_t i = 0; i < ROLES && status == HG_OK; i++)
        if (roles[i].needed && count[i] == 0)
            status = refuse(table, NULL, err,
                            "sdmx-csv needs a field with \"role\": \"%s\" in schema.json",
                            roles[i].role);
    return status;
}

static hg_status sdmx_check(const hg_export_table *table, hg_err *err)
{
    if (!hg_json_get(hg_dataset_description(table->dataset), "sdmx"))
        return refuse(table, NULL, err,
                      "sdmx-csv needs \"sdmx\": {\"structure\": \"dataflow\", \"id\": "
                      "\"AGENCY:ID(1.0)\"} in dataset.json",
                      NULL);
    return check_fields(table, err);
}

/* ---- rows ---- */

/* Identifiers of components are written in capitals, as in SDMX's own lists. */
static void put_component(hg_buf *text, const char *name)
{
    hg_buf_putc(text, ',');
    for (; *name; name++)
        hg_buf_putc(text, *name >= 'a' && *name <= 'z' ? (char)(*name - 'a' + 'A') : *name);
}

static void put_header(hg_writer *w, const struct order *order)
{
    hg_buf_puts(&w->text, "STRUCTURE,STRUCTURE_ID,ACTION");
    for (size_t i = 0; i < order->n; i++) {
        const hg_column *column = &w->table->columns[order->columns[i]];
        const char *component = roles[role_of(column->role)].component;
        put_component(&w->text, component ? component : column->name);
    }
    hg_csv_end(&w->text);
}

static void put_structure(hg_buf *before, const hg_json *sdmx)
{
    hg_csv_put(before, hg_slice_of(hg_json_get_str(sdmx, "structure")), true);
    hg_csv_put(before, hg_slice_of(hg_json_get_str(sdmx, "id")), false);
    hg_csv_put(before, HG_SLICE("I"), false); /* information: not to be appended or merged */
}

static hg_status sdmx_begin(hg_writer *w, const hg_row *header, hg_err *err)
{
    (void)header;
    struct order *order = calloc(1, sizeof *order);
    if (!(w->state = order) || !(order->columns = calloc(w->table->n + 1, sizeof(size_t))))
        return hg_fail_nomem(err);
    for (size_t role = 0; role < ROLES; role++)
        for (size_t i = 0; i < w->table->n; i++) {
            if (role_of(w->table->columns[i].role) != role)
                continue;
            if (strcmp(roles[role].role, "measure") == 0)
                order->measure = order->n;
            order->columns[order->n++] = i;
        }
    put_structure(&order->before,
                  hg_json_get(hg_dataset_description(w->table->dataset), "sdmx"));
    put_header(w, order);
    return hg_buf_status(&order->before, err);
}

/* A measure that is missing is said to be so; an attribute may be left out. */
static hg_slice missing(const hg_column *column, bool measure)
{
    bool number = column->field && (column->field->reader.type == HG_NUMBER ||
                                    column->field->reader.type == HG_INTEGER);
    if (!measure)
        return HG_SLICE("");
    return number ? HG_SLICE("NaN") : HG_SLICE("#N/A");
}

static hg_status sdmx_row(hg_writer *w, const hg_row *row, const hg_plain *cells,
                          hg_err *err)
{
    const struct order *order = w->state;
    hg_buf_put(&w->text, order->before.data, order->before.len);
    for (size_t i = 0; i < order->n; i++) {
        const hg_column *column = &w->table->columns[order->columns[i]];
        const hg_plain *cell = &cells[order->columns[i]];
        if (cell->kind == HG_PLAIN_NOTHING && i < order->measure)
            return hg_fail(err, HG_EARG,
                           &(hg_loc){ .file = w->table->name,
                                      .field = column->name,
                                      .row = row->number },
                           "sdmx-csv takes no row without a value of a dimension");
        hg_csv_put(&w->text,
                   cell->kind == HG_PLAIN_NOTHING ? missing(column, i == order->measure)
                                                  : cell->text,
                   false);
    }
    hg_csv_end(&w->text);
    return HG_OK;
}

static void sdmx_release(hg_writer *w)
{
    struct order *order = w->state;
    if (!order)
        return;
    hg_buf_release(&order->before);
    free(order->columns);
    free(order);
}

const hg_writer_kind hg_writer_sdmx = { .check = sdmx_check,
                                        .begin = sdmx_begin,
                                        .row = sdmx_row,
                                        .release = sdmx_release };
