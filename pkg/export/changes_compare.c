/* changes_compare - two CSV files of one table, row by row, by key */
#include "export/changes_compare.h"
#include "dataset/markdown.h"
#include "delimited/csvfile.h"
#include "export/changes.h"
#include "rules/hash.h"

#include <stdlib.h>
#include <string.h>

#define SEEN ((uint64_t)1 << 63)

/* ---- the columns of both ---- */

struct column {
    char *name;
    size_t before, after; /* index in the files; SIZE_MAX: not there */
    bool key;
    uint64_t changed;
};

/* A row of the file before; 32 bytes. */
struct slot {
    hg_hash key;
    uint64_t values; /* a digest */
    uint64_t at;     /* its offset + 1; 0: empty; SEEN: the file after has it */
};

struct comparison {
    hg_compared *out;
    hg_csvfile before, after, again; /* again: the file before, for single rows */
    struct column *columns; /* those of after, then those that only before has */
    size_t n;
    struct slot *slots;
    size_t n_slots;
    hg_buf key, values;
    uint64_t shown[HG_CHANGES];
};

static bool is_in(const hg_json *names, hg_slice name)
{
    for (size_t i = 0; i < hg_json_len(names); i++)
        if (hg_slice_is(name, hg_json_str(hg_json_at(names, i))))
            return true;
    return false;
}

static struct column *column_of(struct comparison *c, hg_slice name)
{
    for (size_t i = 0; i < c->n; i++)
        if (hg_slice_is(name, c->columns[i].name))
            return &c->columns[i];
    return NULL;
}

static hg_status add_columns(struct comparison *c, const hg_row *header, const hg_json *key,
                             bool after, hg_err *err)
{
    struct column *grown = realloc(c->columns, (c->n + header->n + 1) * sizeof *grown);
    if (!grown)
        return hg_fail_nomem(err);
    c->columns = grown;
    for (size_t i = 0; i < header->n; i++) {
        struct column *column = column_of(c, header->cells[i]);
        if (!column) {
            column = &c->columns[c->n];
            *column = (struct column){ .name = strndup(header->cells[i].p,
                                                       header->cells[i].n),
                                       .before = SIZE_MAX,
                                       .after = SIZE_MAX,
                                       .key = is_in(key, header->cells[i]) };
            if (!column->name)
                return hg_fail_nomem(err);
            c->n++;
        }
        *(after ? &column->after : &column->before) = i;
    }
    return HG_OK;
}

/* Both headers, and what they say of the columns. */
static hg_status read_headers(struct comparison *c, const hg_json *key, hg_err *err)
{
    hg_row row;
    uint64_t at;
    size_t keys = 0;
    hg_status status = hg_csvfile_next(&c->after, &row, &at, err);
    if (status == HG_OK)
        status = add_columns(c, &row, key, true, err);
    if (status == HG_OK)
        status = hg_csvfile_next(&c->before, &row, &at, err);
    if (status == HG_OK)
        status = add_columns(c, &row, key, false, err);
    for (size_t i = 0; i < c->n && status == HG_OK; i++) {
        const struct column *column = &c->columns[i];
        keys += column->key && column->before != SIZE_MAX && column->after != SIZE_MAX;
        if (column->before == SIZE_MAX)
            hg_json_add_str(c->out->added, column->name);
        if (column->after == SIZE_MAX)
            hg_json_add_str(c->out->removed, column->name);
    }
    c->out->keyed = keys > 0 && keys == hg_json_len(key);
    return status == HG_END ? HG_OK : status;
}

static hg_slice cell(const hg_row *row, size_t i)
{
    return i < row->n ? row->cells[i] : HG_SLICE("");
}

/* The key and the other values that both files have, as records of CSV. */
static hg_status take_row(struct comparison *c, const hg_row *row, bool after, hg_err *err)
{
    hg_buf_clear(&c->key);
    hg_buf_clear(&c->values);
    for (size_t i = 0; i < c->n; i++) {
        const struct column *column = &c->columns[i];
        if (column->before != SIZE_MAX && column->after != SIZE_MAX)
            hg_csv_put(column->key ? &c->key : &c->values,
                       cell(row, after ? column->after : column->before), false);
    }
    hg_status status = hg_buf_status(&c->key, err);
    return status == HG_OK ? hg_buf_status(&c->values, err) : status;
}

static hg_hash hash_of(const hg_buf *buf)
{
    return hg_hash_of((hg_seed){ 0, 0 }, (hg_slice){ buf->data ? buf->data : "", buf->len });
}

/* ---- the rows before ---- */

/* The slot of a key whose row was not seen yet, or the empty one where it would stand. */
static struct slot *find(const struct comparison *c, hg_hash key)
{
    size_t i = (size_t)(key.b % c->n_slots);
    while (c->slots[i].at != 0 && (c->slots[i].at & SEEN || c->slots[i].key.a != key.a ||
                                   c->slots[i].key.b != key.b))
        i = i + 1 < c->n_slots ? i + 1 : 0;
    return &c->slots[i];
}

static struct slot *free_slot(const struct comparison *c, hg_hash key)
{
    size_t i = (size_t)(key.b % c->n_slots);
    while (c->slots[i].at != 0)
        i = i + 1 < c->n_slots ? i + 1 : 0;
    return &c->slots[i];
}

static hg_status keep_rows(struct comparison *c, uint64_t rows, hg_err *err)
{
    hg_row row;
    hg_status status;
    uint64_t at, n = 0;
    if (rows > HG_CHANGES_ROWS)
        return hg_fail(err, HG_EINPUT, HG_AT(c->before.name),
                       "the previous edition has more rows than can be compared (%u)",
                       HG_CHANGES_ROWS);
    c->n_slots = (size_t)(rows + rows / 4 + 1);
    if (!(c->slots = calloc(c->n_slots, sizeof *c->slots)))
        return hg_fail_nomem(err);
    while ((status = hg_csvfile_next(&c->before, &row, &at, err)) == HG_OK) {
        if (n++ == rows)
            return hg_fail(err, HG_EINPUT, HG_AT(c->before.name),
                           "the previous edition has more rows than it says");
        if ((status = take_row(c, &row, false, err)) != HG_OK)
            return status;
        hg_hash key = hash_of(&c->key);
        *free_slot(c, key) = (struct slot){ key, hash_of(&c->values).a, at + 1 };
    }
    c->out->count[HG_REMOVED] = n;
    return status == HG_END ? HG_OK : status;
}

/* ---- what is shown ---- */

static bool show(struct comparison *c, int kind)
{
    return c->shown[kind]++ < HG_CHANGES_SHOWN;
}

static void show_key(struct comparison *c, int kind, const hg_row *row, bool after)
{
    hg_buf *text = &c->out->shown[kind];
    const char *between = "- ";
    for (size_t i = 0; i < c->n; i++) {
        const struct column *column = &c->columns[i];
        if (!column->key)
            continue;
        hg_buf_puts(text, between);
        hg_markdown_text(text, hg_slice_of(column->name));
        hg_buf_puts(text, " **");
        hg_markdown_text(text, cell(row, after ? column->after : column->before));
        hg_buf_puts(text, "**");
        between = ", ";
    }
}

static void show_value(hg_buf *text, hg_slice value)
{
    if (value.n > 0)
        hg_markdown_text(text, value);
    else
        hg_buf_puts(text, "∅");
}

static void take_change(struct comparison *c, const hg_row *before, const hg_row *after)
{
    hg_buf *text = show(c, HG_CHANGED) ? &c->out->shown[HG_CHANGED] : NULL;
    const char *between = ": ";
    if (text)
        show_key(c, HG_CHANGED, after, true);
    for (size_t i = 0; i < c->n; i++) {
        struct column *column = &c->columns[i];
        if (column->key || column->before == SIZE_MAX || column->after == SIZE_MAX ||
            hg_slice_eq(cell(before, column->before), cell(after, column->after)))
            continue;
        column->changed++;
        if (!text)
            continue;
        hg_buf_puts(text, between);
        hg_markdown_text(text, hg_slice_of(column->name));
        hg_buf_putc(text, ' ');
        show_value(text, cell(before, column->before));
        hg_buf_puts(text, " → ");
        show_value(text, cell(after, column->after));
        between = "; ";
    }
    if (text)
        hg_buf_putc(text, '\n');
}

/* ---- the rows after ---- */

static hg_status take_after(struct comparison *c, const hg_row *row, hg_err *err)
{
    hg_row before;
    hg_status status = take_row(c, row, true, err);
    if (status != HG_OK)
        return status;
    struct slot *slot = find(c, hash_of(&c->key));
    if (slot->at == 0) {
        c->out->count[HG_ADDED]++;
        if (show(c, HG_ADDED)) {
            show_key(c, HG_ADDED, row, true);
            hg_buf_putc(&c->out->shown[HG_ADDED], '\n');
        }
        return HG_OK;
    }
    uint64_t at = slot->at - 1;
    slot->at |= SEEN;
    c->out->count[HG_REMOVED]--;
    if (slot->values == hash_of(&c->values).a)
        return HG_OK;
    c->out->count[HG_CHANGED]++;
    status = hg_csvfile_at(&c->again, at, &before, err);
    if (status == HG_OK)
        take_change(c, &before, row);
    return status;
}

/* Put an offset into the sorted few, whose last falls out. */
static void keep_least(uint64_t *few, uint64_t at)
{
    for (size_t i = 0; i < HG_CHANGES_SHOWN; i++)
        if (at < few[i]) {
            uint64_t greater = few[i];
            few[i] = at;
            at = greater;
        }
}

/* The first rows that are gone, in the order of the file before. */
static hg_status show_removed(struct comparison *c, hg_err *err)
{
    uint64_t few[HG_CHANGES_SHOWN];
    hg_row row;
    hg_status status = HG_OK;
    for (size_t i = 0; i < HG_CHANGES_SHOWN; i++)
        few[i] = UINT64_MAX;
    for (size_t i = 0; i < c->n_slots; i++)
        if (c->slots[i].at != 0 && !(c->slots[i].at & SEEN))
            keep_least(few, c->slots[i].at - 1);
    for (size_t i = 0; i < HG_CHANGES_SHOWN && few[i] != UINT64_MAX && status == HG_OK;
         i++) {
        status = hg_csvfile_at(&c->again, few[i], &row, err);
        if (status == HG_OK)
            show_key(c, HG_REMOVED, &row, false);
        hg_buf_putc(&c->out->shown[HG_REMOVED], '\n');
    }
    return status;
}

static hg_status compare_rows(struct comparison *c, uint64_t rows, hg_err *err)
{
    hg_row row;
    uint64_t at;
    hg_status status = keep_rows(c, rows, err);
    while (status == HG_OK && (status = hg_csvfile_next(&c->after, &row, &at, err)) == HG_OK)
        status = take_after(c, &row, err);
    if (status == HG_END)
        status = show_removed(c, err);
    for (size_t i = 0; i < c->n && status == HG_OK; i++)
        if (c->columns[i].changed > 0)
            hg_json_set_int(c->out->fields, c->columns[i].name,
                            (int64_t)c->columns[i].changed);
    return status;
}

static void release(struct comparison *c)
{
    hg_csvfile_close(&c->before);
    hg_csvfile_close(&c->after);
    hg_csvfile_close(&c->again);
    for (size_t i = 0; i < c->n; i++)
        free(c->columns[i].name);
    free(c->columns);
    free(c->slots);
    hg_buf_release(&c->key);
    hg_buf_release(&c->values);
}

hg_status hg_compare(hg_compared *out, const char *before, const char *after,
                     const hg_json *key, uint64_t rows, hg_err *err)
{
    struct comparison c = { .out = out, .before.fd = -1, .after.fd = -1, .again.fd = -1 };
    *out = (hg_compared){ .fields = hg_json_object(),
                          .added = hg_json_array(),
                          .removed = hg_json_array() };
    hg_status status = hg_csvfile_open(&c.before, before, err);
    if (status == HG_OK)
        status = hg_csvfile_open(&c.again, before, err);
    if (status == HG_OK)
        status = hg_csvfile_open(&c.after, after, err);
    if (status == HG_OK)
        status = read_headers(&c, key, err);
    if (status == HG_OK && out->keyed)
        status = compare_rows(&c, rows, err);
    release(&c);
    return status;
}

void hg_compared_release(hg_compared *compared)
{
    for (int i = 0; i < HG_CHANGES; i++)
        hg_buf_release(&compared->shown[i]);
    hg_json_free(compared->fields);
    hg_json_free(compared->added);
    hg_json_free(compared->removed);
}
