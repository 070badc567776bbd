/* facts - a table in memory, each cell the number of its text */
#include "report/facts.h"

#include <stdlib.h>
#include <string.h>

typedef struct span { /* a text in the pool, closed by a NUL */
    size_t at, n;
} span;

struct hg_facts {
    hg_buf pool;
    span *spans; /* by number; spans[0] is not used */
    uint32_t n_ids, cap_ids;
    uint32_t *table; /* numbers by hash; 0: free; its size a power of two */
    uint32_t size;
    char **fields;
    size_t n_fields;
    uint32_t *cells;
    uint32_t n, cap;
};

/* FNV-1a, 32 bits. */
static uint32_t hash(hg_slice text)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < text.n; i++)
        h = (h ^ (unsigned char)text.p[i]) * 16777619u;
    return h;
}

hg_slice hg_facts_text(const hg_facts *rows, uint32_t id)
{
    const span *s = &rows->spans[id];
    return (hg_slice){ rows->pool.data + s->at, s->n };
}

/* The place in the table of a text, or the free place for it. */
static uint32_t *seek(const hg_facts *rows, hg_slice text)
{
    uint32_t i = hash(text) & (rows->size - 1);
    while (rows->table[i] && !hg_slice_eq(hg_facts_text(rows, rows->table[i]), text))
        i = (i + 1) & (rows->size - 1);
    return &rows->table[i];
}

/* Make room for one more number; the table stays at most half full. */
static bool grow(hg_facts *rows)
{
    if (rows->n_ids + 1 < rows->cap_ids)
        return true;
    uint32_t cap = rows->cap_ids ? 2 * rows->cap_ids : 1024;
    span *spans = realloc(rows->spans, cap * sizeof *spans);
    if (!spans)
        return false;
    rows->spans = spans;
    rows->cap_ids = cap;
    uint32_t *table = calloc((size_t)cap * 2, sizeof *table);
    if (!table)
        return false;
    free(rows->table);
    rows->table = table;
    rows->size = cap * 2;
    for (uint32_t id = 1; id <= rows->n_ids; id++)
        *seek(rows, hg_facts_text(rows, id)) = id;
    return true;
}

uint32_t hg_facts_id(hg_facts *rows, hg_slice text)
{
    if (!grow(rows))
        return 0;
    uint32_t *place = seek(rows, text);
    if (*place)
        return *place;
    size_t at = rows->pool.len;
    hg_buf_put(&rows->pool, text.p, text.n);
    hg_buf_putc(&rows->pool, '\0');
    if (rows->pool.status != HG_OK)
        return 0;
    rows->spans[++rows->n_ids] = (span){ at, text.n };
    return *place = rows->n_ids;
}

uint32_t hg_facts_ids(const hg_facts *rows)
{
    return rows->n_ids;
}

hg_status hg_facts_new(hg_facts **out, const hg_slice *fields, size_t n, hg_err *err)
{
    *out = NULL;
    if (n > HG_FACTS_FIELDS)
        return hg_fail(err, HG_EINPUT, NULL, "a report's table has at most %d columns",
                       HG_FACTS_FIELDS);
    hg_facts *rows = calloc(1, sizeof *rows);
    if (!rows)
        return hg_fail_nomem(err);
    rows->fields = calloc(n + 1, sizeof *rows->fields);
    for (size_t i = 0; rows->fields && i < n; i++, rows->n_fields++)
        if (!(rows->fields[i] = strndup(fields[i].p, fields[i].n)))
            break;
    if (!rows->fields || rows->n_fields < n || !grow(rows)) {
        hg_facts_free(rows);
        return hg_fail_nomem(err);
    }
    *out = rows;
    return HG_OK;
}

hg_status hg_facts_add(hg_facts *rows, const hg_slice *cells, size_t n, hg_err *err)
{
    if (n != rows->n_fields)
        return hg_fail(err, HG_EINPUT, NULL, "a row has %zu cells, its header %zu", n,
                       rows->n_fields);
    if (rows->n == HG_FACTS_MAX)
        return hg_fail(err, HG_EINPUT, NULL, "a report takes at most %u rows of data",
                       HG_FACTS_MAX);
    if (rows->n == rows->cap) {
        uint32_t cap = rows->cap ? 2 * rows->cap : 1024;
        uint32_t *grown = realloc(rows->cells, (size_t)cap * (n ? n : 1) * sizeof *grown);
        if (!grown)
            return hg_fail_nomem(err);
        rows->cells = grown;
        rows->cap = cap;
    }
    uint32_t *row = rows->cells + (size_t)rows->n * n;
    for (size_t i = 0; i < n; i++)
        if (!(row[i] = hg_facts_id(rows, cells[i])))
            return hg_buf_status(&rows->pool, err) == HG_OK ? hg_fail_nomem(err)
                                                            : err->status;
    rows->n++;
    return HG_OK;
}

uint32_t hg_facts_count(const hg_facts *rows)
{
    return rows->n;
}

const char *const *hg_facts_fields(const hg_facts *rows, size_t *n)
{
    *n = rows->n_fields;
    return (const char *const *)rows->fields;
}

size_t hg_facts_field(const hg_facts *rows, const char *name)
{
    size_t i = 0;
    while (i < rows->n_fields && strcmp(rows->fields[i], name) != 0)
        i++;
    return i;
}

const uint32_t *hg_facts_at(const hg_facts *rows, uint32_t i)
{
    return rows->cells + (size_t)i * rows->n_fields;
}

void hg_facts_free(hg_facts *rows)
{
    if (!rows)
        return;
    for (size_t i = 0; rows->fields && i < rows->n_fields; i++)
        free(rows->fields[i]);
    free(rows->fields);
    free(rows->cells);
    free(rows->table);
    free(rows->spans);
    hg_buf_release(&rows->pool);
    free(rows);
}
