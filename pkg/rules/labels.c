/* labels - a table's header against its schema */
#include "rules/labels.h"

#include <stdlib.h>
#include <string.h>

/* What the steps below share. */
typedef struct match {
    const hg_slice *labels;
    size_t n;
    const hg_schema *schema;
    const hg_finding *base;
    hg_tally *tally;
    hg_columns *columns;
    hg_err *err;
} match;

/* ---- labels without a schema ---- */

static bool is_named(const hg_json *fields, hg_slice name)
{
    for (size_t i = 0; i < hg_json_len(fields); i++)
        if (hg_slice_is(name, hg_json_get_str(hg_json_at(fields, i), "name")))
            return true;
    return false;
}

/* A name for the label at i that no field has yet. */
static void name_label(hg_buf *name, const hg_json *fields, hg_slice label, size_t i)
{
    hg_buf_clear(name);
    hg_buf_put(name, label.p, label.n);
    if (label.n == 0)
        hg_buf_printf(name, "field%zu", i + 1);
    for (size_t k = 2;
         is_named(fields, (hg_slice){ name->data ? name->data : "", name->len }); k++) {
        hg_buf_clear(name);
        hg_buf_put(name, label.p, label.n);
        hg_buf_printf(name, "%zu", k);
        if (name->status != HG_OK)
            return;
    }
}

hg_status hg_labels_schema(hg_json **schema, const hg_slice *labels, size_t n,
                           hg_err *err)
{
    hg_buf name = { 0 };
    hg_json *fields = hg_json_array();
    for (size_t i = 0; i < n; i++) {
        hg_json *field = hg_json_object();
        name_label(&name, fields, labels[i], i);
        hg_json_set(field, "name", hg_json_new_slice((hg_slice){ name.data, name.len }));
        hg_json_add(fields, field);
    }
    hg_status st = hg_buf_status(&name, err);
    *schema = hg_json_object();
    hg_json_set(*schema, "fields", fields);
    hg_buf_release(&name);
    return st != HG_OK || *schema ? st : hg_fail_nomem(err);
}

/* ---- findings ---- */

static hg_status found(const match *m, const char *code, size_t column, const char *field,
                       const char *message, const char *a, const char *b)
{
    hg_finding f = *m->base;
    f.code = code;
    f.field_number = (unsigned)column;
    f.col = f.row > 0 ? (uint32_t)column : 0;
    f.field = field;
    f.message = message;
    if (column > 0 && column <= m->n)
        f.value = m->labels[column - 1];
    f.args_len = hg_args(f.args, sizeof f.args, message, a, b);
    return hg_tally_add(m->tally, &f, m->err);
}

/* A label as an argument: its first bytes. */
typedef struct text {
    char bytes[100];
} text;

static text text_of(hg_slice s)
{
    text t;
    hg_args(t.bytes, sizeof t.bytes, "%.*s", (int)(s.n < 200 ? s.n : 200),
            s.n > 0 ? s.p : "");
    return t;
}

static size_t first_like(const match *m, size_t i)
{
    size_t k = 0;
    while (k < i && !hg_slice_eq(m->labels[k], m->labels[i]))
        k++;
    return k;
}

static hg_status check_label(const match *m, size_t i)
{
    size_t f = m->columns->fields[i];
    const char *field = f == HG_NO_FIELD ? NULL : m->schema->fields[f].name;
    text label = text_of(m->labels[i]);
    size_t like = first_like(m, i);
    char column[24];
    hg_args(column, sizeof column, "%zu", like + 1);
    if (m->labels[i].n == 0)
        return found(m, "blank-label", i + 1, field, "the label is blank", NULL, NULL);
    if (like < i)
        return found(m, "duplicate-label", i + 1, field,
                     "the label \"%s\" stands in column %s already", label.bytes, column);
    if (field && !hg_slice_is(m->labels[i], field))
        return found(m, "incorrect-label", i + 1, field,
                     "the label is \"%s\" where the schema has \"%s\"", label.bytes,
                     field);
    return HG_OK;
}

static hg_status extra_label(const match *m, size_t i)
{
    text label = text_of(m->labels[i]);
    return found(m, "extra-label", i + 1, NULL,
                 "the schema has no field for the label \"%s\"", label.bytes, NULL);
}

static hg_status missing_label(const match *m, size_t field, size_t column)
{
    const char *name = m->schema->fields[field].name;
    return found(m, "missing-label", column, name,
                 "there is no column for the field \"%s\"", name, NULL);
}

/* ---- matching ---- */

static void match_in_order(const match *m)
{
    m->columns->n = m->schema->n;
    for (size_t i = 0; i < m->schema->n; i++)
        m->columns->fields[i] = i;
}

static hg_status match_by_order(const match *m)
{
    hg_status st = HG_OK;
    match_in_order(m);
    for (size_t i = m->schema->n; st == HG_OK && i < m->n; i++)
        st = extra_label(m, i);
    for (size_t i = m->n; st == HG_OK && i < m->schema->n; i++)
        st = missing_label(m, i, i + 1);
    for (size_t i = 0; st == HG_OK && i < m->n && i < m->schema->n; i++)
        st = check_label(m, i);
    return st;
}

/* Give each label the field of its name, the first of equal labels only. Returns how many
 * found theirs. */
static size_t match_names(const match *m)
{
    size_t met = 0;
    m->columns->n = m->n;
    for (size_t i = 0; i < m->n; i++) {
        size_t f = 0;
        while (f < m->schema->n && !hg_slice_is(m->labels[i], m->schema->fields[f].name))
            f++;
        bool takes = f < m->schema->n && first_like(m, i) == i;
        m->columns->fields[i] = takes ? f : HG_NO_FIELD;
        met += takes;
    }
    return met;
}

static bool has_column(const match *m, size_t field)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->columns->fields[i] == field)
            return true;
    return false;
}

static hg_status match_by_name(const match *m)
{
    hg_fields_match how = m->schema->match;
    bool more = how == HG_MATCH_SUBSET || how == HG_MATCH_PARTIAL;
    bool fewer = how == HG_MATCH_SUPERSET || how == HG_MATCH_PARTIAL;
    hg_status st = HG_OK;
    size_t column = m->n;
    if (match_names(m) == 0 && how == HG_MATCH_PARTIAL)
        return found(m, "unmatched-header", 0, NULL, "no label is a field of the schema",
                     NULL, NULL);
    for (size_t i = 0; st == HG_OK && i < m->n; i++) {
        st = check_label(m, i);
        bool extra = m->columns->fields[i] == HG_NO_FIELD && first_like(m, i) == i;
        if (st == HG_OK && extra && !more && m->labels[i].n > 0)
            st = extra_label(m, i);
    }
    for (size_t f = 0; st == HG_OK && !fewer && f < m->schema->n; f++)
        if (!has_column(m, f))
            st = missing_label(m, f, ++column);
    return st;
}

static bool all_blank(const match *m)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->labels[i].n > 0)
            return false;
    return true;
}

hg_status hg_labels_match(hg_columns *out, const hg_slice *labels, size_t n,
                          const hg_schema *schema, const hg_finding *base,
                          hg_tally *tally, hg_err *err)
{
    match m = { labels, n, schema, base, tally, out, err };
    *out = (hg_columns){ calloc((n > schema->n ? n : schema->n) + 1, sizeof *out->fields),
                         0 };
    if (!out->fields)
        return hg_fail_nomem(err);
    if (all_blank(&m)) {
        match_in_order(&m);
        return found(&m, "blank-header", 0, NULL, "the header is blank", NULL, NULL);
    }
    return schema->match == HG_MATCH_EXACT ? match_by_order(&m) : match_by_name(&m);
}

void hg_columns_release(hg_columns *columns)
{
    free(columns->fields);
    *columns = (hg_columns){ NULL, 0 };
}
