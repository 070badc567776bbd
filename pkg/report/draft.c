/* draft - a first report.json for a table */
#include "report/draft.h"
#include "dataset/form.h"

#include <stdlib.h>
#include <string.h>

#define MOST_COLUMNS 24 /* values of a field that still go across a page */
#define MOST_BLOCKS  8

typedef struct field {
    const hg_json *at; /* its schema; NULL: none */
    const char *name;
    enum { OTHER, LINE, FIGURE, STATUS } is;
    size_t n;       /* different values */
    uint32_t first; /* the first of them */
} field;

typedef struct drafting {
    const hg_draft *of;
    field fields[HG_FACTS_FIELDS];
    size_t n;
    size_t across, unit; /* fields that are columns and blocks; n: none */
} drafting;

/* ---- what the fields are ---- */

static bool in_key(const hg_json *key, const char *name)
{
    if (hg_json_is_string(key))
        return strcmp(hg_json_str(key), name) == 0;
    for (size_t i = 0; i < hg_json_len(key); i++)
        if (strcmp(hg_json_str(hg_json_at(key, i)), name) == 0)
            return true;
    return false;
}

/* Whether the field's codes are those of codes/list. */
static bool has_list(const hg_json *schema, const char *name, const char *list)
{
    const hg_json *keys = hg_json_get(schema, "foreignKeys");
    for (size_t i = 0; i < hg_json_len(keys); i++) {
        const hg_json *key = hg_json_at(keys, i);
        const char *to = hg_json_get_str(hg_json_get(key, "reference"), "resource");
        if (to && strcmp(to, list) == 0 && in_key(hg_json_get(key, "fields"), name))
            return true;
    }
    return false;
}

static bool is(const hg_json *at, const char *key, const char *value)
{
    const char *text = hg_json_get_str(at, key);
    return text && strcmp(text, value) == 0;
}

static bool is_number(const hg_json *at)
{
    return is(at, "type", "number") || is(at, "type", "integer");
}

static void find_roles(drafting *d)
{
    const hg_json *key = hg_json_get(d->of->schema, "primaryKey");
    bool roles = false, keyed = hg_json_len(key) > 0 || hg_json_is_string(key);
    for (size_t i = 0; i < d->n; i++)
        roles |= is(d->fields[i].at, "role", "measure");
    for (size_t i = 0; i < d->n; i++) {
        field *f = &d->fields[i];
        bool mine = in_key(key, f->name);
        if (has_list(d->of->schema, f->name, "codes/obs-status") ||
            strcmp(f->name, "obs_status") == 0)
            f->is = STATUS;
        else if (roles ? is(f->at, "role", "measure") : is_number(f->at) && !mine)
            f->is = FIGURE;
        else
            f->is = mine || !keyed ? LINE : OTHER;
    }
}

static void find_fields(drafting *d)
{
    const hg_json *schema = hg_json_get(d->of->schema, "fields");
    const char *const *names = hg_facts_fields(d->of->facts, &d->n);
    for (size_t i = 0; i < d->n; i++) {
        d->fields[i].name = names[i];
        for (size_t k = 0; k < hg_json_len(schema); k++)
            if (is(hg_json_at(schema, k), "name", names[i]))
                d->fields[i].at = hg_json_at(schema, k);
    }
    find_roles(d);
}

static hg_status count_values(drafting *d, hg_err *err)
{
    uint32_t rows = hg_facts_count(d->of->facts);
    size_t *seen = calloc((size_t)hg_facts_ids(d->of->facts) + 1, sizeof *seen);
    if (!seen)
        return hg_fail_nomem(err);
    for (size_t f = 0; f < d->n; f++)
        for (uint32_t i = 0; i < rows; i++) {
            uint32_t id = hg_facts_at(d->of->facts, i)[f];
            if (seen[id] == f + 1)
                continue;
            seen[id] = f + 1;
            if (d->fields[f].n++ == 0)
                d->fields[f].first = id;
        }
    free(seen);
    return HG_OK;
}

/* A year, a school year, a quarter: what runs across a page. */
static bool is_period(const field *f)
{
    static const char *const names[] = { "nam", "nam_hoc", "quy", "thang", "ky", "year",
                                         "period", "time" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(f->name, names[i]) == 0)
            return true;
    return is(f->at, "type", "year") || is(f->at, "type", "yearmonth");
}

static void choose(drafting *d)
{
    d->across = d->unit = d->n;
    for (size_t i = 0; i < d->n; i++) {
        const field *f = &d->fields[i];
        bool period = is_period(f);
        if (f->is == LINE && has_list(d->of->schema, f->name, "codes/don-vi") &&
            f->n <= MOST_BLOCKS)
            d->unit = i;
        else if (f->is == LINE && f->n > 1 && f->n <= MOST_COLUMNS &&
                 (d->across == d->n ||
                  (is_period(&d->fields[d->across]) ? period && f->n < d->fields[d->across].n
                                                    : period || f->n < d->fields[d->across].n)))
            d->across = i;
    }
}

/* ---- labels ---- */

static hg_json *both(hg_bilingual text)
{
    hg_json *v = hg_json_object();
    hg_json_set_str(v, "vi", text.vi);
    hg_json_set_str(v, "en", text.en);
    return v;
}

/* The title of a field: titles, or title, which may be of one language. */
static hg_json *title_of(const field *f)
{
    const hg_json *titles = hg_json_get(f->at, "titles"), *title = hg_json_get(f->at, "title");
    titles = titles ? titles : title;
    if (titles)
        return hg_json_copy(titles);
    return hg_json_new_str(f->name);
}

static hg_json *code_label(const drafting *d, size_t f, uint32_t id)
{
    hg_slice code = hg_facts_text(d->of->facts, id);
    const hg_labels *labels = d->of->labels[f];
    size_t i = labels ? hg_labels_find(labels, code) : 0;
    if (labels && i < hg_labels_count(labels))
        return both(hg_labels_at(labels, i));
    return hg_json_new_slice(code);
}

/* ---- the table ---- */

static void add_field_node(hg_json *list, const char *name, hg_json *below, const char *key)
{
    hg_json *node = hg_json_object();
    hg_json_set_str(node, "field", name);
    if (below) {
        if (strcmp(key, "rows") == 0)
            hg_json_set(node, "heading", hg_json_new_bool(true));
        hg_json_set(node, key, below);
    }
    hg_json_add(list, node);
}

/* One column per figure, with the field's title. */
static hg_json *figure_columns(const drafting *d)
{
    hg_json *list = hg_json_array();
    for (size_t i = 0; i < d->n; i++) {
        if (d->fields[i].is != FIGURE)
            continue;
        hg_json *node = hg_json_object(), *where = hg_json_object();
        hg_json_set(node, "label", title_of(&d->fields[i]));
        hg_json_set_str(where, HG_FORM_MEASURE, d->fields[i].name);
        hg_json_set(node, "where", where);
        hg_json_add(list, node);
    }
    return list;
}

static hg_json *columns_of(const drafting *d, size_t figures)
{
    hg_json *list = hg_json_array();
    if (d->across < d->n) {
        add_field_node(list, d->fields[d->across].name,
                       figures > 1 ? figure_columns(d) : NULL, "columns");
        return list;
    }
    hg_json_free(list);
    if (figures > 1)
        return figure_columns(d);
    list = hg_json_array();
    for (size_t i = 0; i < d->n; i++)
        if (d->fields[i].is == FIGURE) {
            hg_json *node = hg_json_object();
            hg_json_set(node, "label", title_of(&d->fields[i]));
            hg_json_add(list, node);
        }
    return list;
}

/* The fields that are rows, the one with the fewest values first. */
static size_t row_fields(const drafting *d, size_t *rows)
{
    size_t n = 0;
    for (size_t i = 0; i < d->n; i++) {
        if (d->fields[i].is != LINE || i == d->across || i == d->unit)
            continue;
        size_t at = n++;
        for (; at > 0 && d->fields[rows[at - 1]].n > d->fields[i].n; at--)
            rows[at] = rows[at - 1];
        rows[at] = i;
    }
    return n;
}

/* Fields of one value make no level of their own, unless they are all there is. */
static hg_json *rows_of(const drafting *d, hg_json **label)
{
    size_t rows[HG_FACTS_FIELDS], n = row_fields(d, rows), from = 0;
    while (from + 1 < n && d->fields[rows[from]].n == 1)
        from++;
    from = n - from > HG_FORM_DEPTH ? n - HG_FORM_DEPTH : from;
    hg_json *below = NULL;
    *label = n > 0 ? title_of(&d->fields[rows[n - 1]]) : hg_json_new_str("Chỉ tiêu");
    for (size_t i = n; i-- > from;) {
        hg_json *list = hg_json_array();
        add_field_node(list, d->fields[rows[i]].name, below, "rows");
        below = list;
    }
    if (below)
        return below;
    hg_json *list = hg_json_array(), *node = hg_json_object();
    hg_json_set_str(node, "label", "Tổng số");
    hg_json_add(list, node);
    return list;
}

/* A block per unit; of one unit, the line above the table. */
static void add_units(const drafting *d, hg_json *table)
{
    const field *unit = &d->fields[d->unit];
    hg_json *blocks = hg_json_array();
    uint32_t rows = hg_facts_count(d->of->facts), ids = hg_facts_ids(d->of->facts);
    for (uint32_t id = 1; id <= ids && unit->n > 1; id++) {
        bool there = false;
        for (uint32_t i = 0; i < rows && !there; i++)
            there = hg_facts_at(d->of->facts, i)[d->unit] == id;
        if (!there)
            continue;
        hg_json *block = hg_json_object(), *where = hg_json_object();
        hg_json_set(block, "title", code_label(d, d->unit, id));
        hg_json_set(where, unit->name, hg_json_new_slice(hg_facts_text(d->of->facts, id)));
        hg_json_set(block, "where", where);
        hg_json_add(blocks, block);
    }
    if (unit->n > 1) {
        hg_json_set(table, "blocks", blocks);
        return;
    }
    hg_json_free(blocks);
    if (unit->n == 1)
        hg_json_set(table, "unit", code_label(d, d->unit, unit->first));
}

static void add_values(const drafting *d, hg_json *table, size_t figures)
{
    hg_json *values = hg_json_array();
    const char *only = NULL;
    for (size_t i = 0; i < d->n; i++)
        if (d->fields[i].is == FIGURE) {
            only = d->fields[i].name;
            hg_json_add_str(values, only);
        }
    if (figures == 1) {
        hg_json_free(values);
        hg_json_set_str(table, "value", only);
    } else {
        hg_json_set(table, "value", values);
    }
    for (size_t i = 0; i < d->n; i++)
        if (d->fields[i].is == STATUS && !hg_json_get(table, "status"))
            hg_json_set_str(table, "status", d->fields[i].name);
}

static hg_json *make(const drafting *d, size_t figures)
{
    hg_json *table = hg_json_object(), *head = hg_json_object(), *label;
    hg_json *stub = hg_json_array(), *column = hg_json_object();
    hg_buf number = { 0 };
    hg_buf_printf(&number, "%02u", d->of->number);
    hg_json_set_str(table, "resource", d->of->resource);
    hg_json_set_str(head, "number", number.data);
    hg_json_set(table, "head", head);
    add_values(d, table, figures);
    hg_json *rows = rows_of(d, &label);
    hg_json_set(column, "label", label);
    hg_json_add(stub, column);
    hg_json_set(table, "stub", stub);
    hg_json_set(table, "rows", rows);
    hg_json_set(table, "columns", columns_of(d, figures));
    if (d->unit < d->n)
        add_units(d, table);
    hg_json_set(table, "ruler", hg_json_new_bool(true));
    hg_buf_release(&number);
    return table;
}

hg_json *hg_draft_table(const hg_draft *draft, hg_err *err)
{
    drafting *d = calloc(1, sizeof *d);
    hg_json *table = NULL;
    size_t figures = 0;
    if (!d) {
        hg_fail_nomem(err);
        return NULL;
    }
    d->of = draft;
    find_fields(d);
    for (size_t i = 0; i < d->n; i++)
        figures += d->fields[i].is == FIGURE;
    if (figures == 0)
        hg_fail(err, HG_EARG, NULL, "the table has no numbers to make a report of");
    else if (count_values(d, err) == HG_OK) {
        choose(d);
        table = make(d, figures);
        if (!table)
            hg_fail_nomem(err);
    }
    free(d);
    return table;
}
