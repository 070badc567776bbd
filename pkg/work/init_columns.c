/* init_columns - what the columns of a table are */
#include "work/init_columns.h"
#include "delimited/csv.h"
#include "rules/keys.h"
#include "table/value.h"
#include "text/utf8.h"
#include "work/init.h"

#include <stdlib.h>
#include <string.h>

#define KEY_MEMORY ((size_t)96 << 20) /* bytes for the keys seen */
#define DIGITS     15                 /* that every program keeps of a number */

/* What a column may be, the closest first. */
static const struct {
    const char *type, *format;
    char decimal, group;
} guesses[] = {
    { "year", NULL, 0, 0 },      { "integer", NULL, 0, 0 },
    { "number", NULL, '.', 0 },  { "number", NULL, ',', '.' },
    { "boolean", NULL, 0, 0 },   { "date", NULL, 0, 0 },
    { "date", "%d/%m/%Y", 0, 0 }, { "datetime", NULL, 0, 0 },
    { "yearmonth", NULL, 0, 0 },
};
#define GUESSES (sizeof guesses / sizeof *guesses)

/* What people write in place of a value. */
static const char *const marks[] = { "-", "–", "..", "...", "…", "NA", "N/A", "n/a" };
#define MARKS (sizeof marks / sizeof *marks)

struct column {
    char *name;
    bool impossible[GUESSES];
    bool blank, marked[MARKS];
    uint64_t values;
};

struct hg_columns {
    const char *file; /* for messages */
    struct column *columns;
    size_t n;
    hg_typed readers[GUESSES];
    hg_budget budget;
    hg_keys *keys[HG_INIT_KEY_COLS]; /* of the first 1, 2 … columns; NULL: not unique */
    hg_buf text;
    uint64_t rows;
};

/* ---- columns ---- */

/* "nam", "nam_hoc", "Year of birth" … */
static bool is_named_year(const char *name)
{
    hg_buf slug = { 0 };
    bool year = false;
    hg_utf8_slug(&slug, name, strlen(name));
    for (const char *word = slug.data; word && !year; word = strchr(word, '-')) {
        word += *word == '-';
        size_t n = strcspn(word, "-");
        year = (n == 3 && memcmp(word, "nam", 3) == 0) ||
               (n == 4 && memcmp(word, "year", 4) == 0);
    }
    hg_buf_release(&slug);
    return year;
}

static hg_status add_columns(hg_columns *d, const hg_row *header, hg_err *err)
{
    d->columns = calloc(header->n + 1, sizeof *d->columns);
    if (!d->columns)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < header->n; i++) {
        hg_slice name = header->cells[i];
        hg_loc loc = { .file = d->file, .row = header->number, .col = (uint32_t)i + 1 };
        if (name.n == 0)
            return hg_fail(err, HG_EINPUT, &loc, "this column has no name");
        for (size_t k = 0; k < i; k++)
            if (hg_slice_is(name, d->columns[k].name))
                return hg_fail(err, HG_EINPUT, &loc, "two columns have the name '%s'",
                               d->columns[k].name);
        if (!(d->columns[i].name = strndup(name.p, name.n)))
            return hg_fail_nomem(err);
        d->columns[i].impossible[0] = !is_named_year(d->columns[i].name);
        d->n++;
    }
    return HG_OK;
}

/* ---- cells ---- */

/* A code made of digits, or a telephone number: no figure. */
static bool is_code(hg_slice text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.n; i++)
        digits += (unsigned char)(text.p[i] - '0') < 10;
    bool zero = text.n > 1 && text.p[0] == '0' && (unsigned char)(text.p[1] - '0') < 10;
    return zero || text.p[0] == '+' || digits > DIGITS;
}

static bool fits(const hg_columns *d, size_t guess, hg_slice text)
{
    hg_value value;
    const hg_typed *reader = &d->readers[guess];
    bool number = reader->type == HG_INTEGER || reader->type == HG_NUMBER;
    if (!reader->read(reader, text, &value) || (number && is_code(text)))
        return false;
    return reader->type != HG_YEAR ||
           (text.n == 4 && value.moment.whole >= 1900 && value.moment.whole <= 2100);
}

static void take_cell(const hg_columns *d, struct column *column, hg_slice text)
{
    if (text.n == 0) {
        column->blank = true;
        return;
    }
    for (size_t i = 0; i < MARKS; i++)
        if (hg_slice_is(text, marks[i])) {
            column->marked[i] = true;
            return;
        }
    column->values++;
    for (size_t i = 0; i < GUESSES; i++)
        column->impossible[i] = column->impossible[i] || !fits(d, i, text);
}

/* ---- the key ---- */

static void drop_keys(hg_columns *d, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        hg_keys_free(d->keys[i]);
        d->keys[i] = NULL;
    }
}

static void take_key(hg_columns *d, const hg_row *row)
{
    hg_buf_clear(&d->text);
    for (size_t i = 0; i < HG_INIT_KEY_COLS && i < d->n; i++) {
        hg_err full = HG_ERR_INIT;
        uint64_t first = 0;
        if (i >= row->n || row->cells[i].n == 0 || d->rows > HG_INIT_KEY_ROWS) {
            drop_keys(d, i, HG_INIT_KEY_COLS); /* no key has a blank */
            return;
        }
        hg_csv_put(&d->text, row->cells[i], false);
        hg_slice key = { d->text.data, d->text.len };
        if (d->keys[i] && (d->text.status != HG_OK ||
                           hg_keys_add(d->keys[i], key, d->rows, &first, &full) != HG_OK ||
                           first != 0))
            drop_keys(d, i, i + 1);
    }
}

/* ---- schema.json ---- */

/* GUESSES: a string. */
static size_t guess_of(const struct column *column)
{
    size_t i = 0;
    while (i < GUESSES && column->impossible[i])
        i++;
    return column->values > 0 ? i : GUESSES;
}

static void set_char(hg_json *field, const char *key, char c)
{
    if (c)
        hg_json_set(field, key, hg_json_new_slice((hg_slice){ &c, 1 }));
}

/* The marks that stood among values of a type. */
static bool set_missing(hg_json *field, const struct column *column)
{
    hg_json *missing = hg_json_array();
    hg_json_add_str(missing, "");
    for (size_t i = 0; i < MARKS; i++)
        if (column->marked[i])
            hg_json_add_str(missing, marks[i]);
    bool any = hg_json_len(missing) > 1;
    if (any)
        hg_json_set(field, "missingValues", hg_json_keep(missing));
    hg_json_free(missing);
    return any;
}

static hg_json *field_of(const struct column *column)
{
    size_t guess = guess_of(column);
    bool missing = false;
    hg_json *field = hg_json_object();
    hg_json_set_str(field, "name", column->name);
    hg_json_set_str(field, "type", guess < GUESSES ? guesses[guess].type : "string");
    if (guess < GUESSES) {
        hg_json_set_str(field, "format", guesses[guess].format);
        if (guesses[guess].decimal == ',') {
            set_char(field, "decimalChar", guesses[guess].decimal);
            set_char(field, "groupChar", guesses[guess].group);
        }
        missing = set_missing(field, column);
    }
    hg_json_set_str(field, "title", column->name);
    if (!column->blank && !missing) {
        hg_json *constraints = hg_json_object();
        hg_json_set(constraints, "required", hg_json_new_bool(true));
        hg_json_set(field, "constraints", constraints);
    }
    return field;
}

/* The fewest first columns that are unique; a measure is no part of a key. */
static size_t key_of(const hg_columns *d)
{
    for (size_t i = 0; i < HG_INIT_KEY_COLS && i < d->n && d->rows > 1; i++) {
        size_t guess = guess_of(&d->columns[i]);
        if (guess < GUESSES && strcmp(guesses[guess].type, "number") == 0)
            return 0;
        if (d->keys[i])
            return i + 1;
    }
    return 0;
}

hg_json *hg_columns_schema(const hg_columns *d)
{
    hg_json *schema = hg_json_object(), *fields = hg_json_array(), *key = hg_json_array();
    for (size_t i = 0; i < d->n; i++)
        hg_json_add(fields, field_of(&d->columns[i]));
    hg_json_set(schema, "fields", fields);
    for (size_t i = 0; i < key_of(d); i++)
        hg_json_add_str(key, d->columns[i].name);
    if (hg_json_len(key) > 0)
        hg_json_set(schema, "primaryKey", hg_json_keep(key));
    hg_json_free(key);
    return schema;
}

/* ---- all of it ---- */

hg_status hg_columns_new(hg_columns **out, const char *file, const hg_row *header,
                         hg_err *err)
{
    hg_columns *d = calloc(1, sizeof *d);
    if (!(*out = d))
        return hg_fail_nomem(err);
    d->file = file;
    d->budget.max = KEY_MEMORY;
    for (size_t i = 0; i < GUESSES; i++) {
        hg_typed_init(&d->readers[i], guesses[i].type);
        if (guesses[i].format)
            hg_typed_format(&d->readers[i], guesses[i].format);
        if (guesses[i].decimal)
            d->readers[i].decimal_char = guesses[i].decimal;
        d->readers[i].group_char = guesses[i].group;
    }
    hg_status status = HG_OK;
    for (size_t i = 0; i < HG_INIT_KEY_COLS && status == HG_OK; i++)
        status = hg_keys_new(&d->keys[i], &d->budget, err);
    return status == HG_OK ? add_columns(d, header, err) : status;
}

void hg_columns_put(hg_columns *d, const hg_row *row)
{
    d->rows++;
    for (size_t i = 0; i < d->n; i++)
        take_cell(d, &d->columns[i], i < row->n ? row->cells[i] : HG_SLICE(""));
    take_key(d, row);
}

void hg_columns_free(hg_columns *d)
{
    if (!d)
        return;
    drop_keys(d, 0, HG_INIT_KEY_COLS);
    for (size_t i = 0; i < d->n; i++)
        free(d->columns[i].name);
    free(d->columns);
    hg_buf_release(&d->text);
    free(d);
}
