/* lines - the rows or columns of a report, out of a form's nodes and the data */
#include "report/lines.h"
#include "text/decimal.h"

#include <stdlib.h>
#include <string.h>

/* What is at work while the lines of one axis are made. */
typedef struct maker {
    const hg_subject *of;
    hg_axis *axis;
    const unsigned char *chosen; /* per row of data: whether the lines come from it */
    uint32_t *seen;              /* per text: the last search for codes that met it */
    uint32_t *search;            /* the number of the search under way */
    hg_err *err;
} maker;

/* A code on its way to become a line. */
typedef struct code {
    uint32_t id, parent; /* parent: the code of the line above; 0: none */
    size_t rank;         /* place in the code list */
    hg_slice text;
} code;

hg_status hg_subject_field(const hg_subject *of, const hg_json *at, const char *key,
                           const char *name, size_t *field, hg_err *err)
{
    size_t n;
    const char *const *fields = hg_facts_fields(of->facts, &n);
    *field = hg_facts_field(of->facts, name);
    return *field < n ? HG_OK : hg_form_unknown(of->form, at, key, name, fields, n, err);
}

hg_status hg_subject_id(const hg_subject *of, const char *text, uint32_t *id, hg_err *err)
{
    *id = hg_facts_id(of->facts, hg_slice_of(text));
    return *id ? HG_OK : hg_fail_nomem(err);
}

const uint32_t *hg_axis_at(const hg_axis *axis, uint32_t line)
{
    return axis->coordinates + (size_t)line * axis->fields;
}

static uint32_t *coordinates(const maker *m, uint32_t line)
{
    return m->axis->coordinates + (size_t)line * m->axis->fields;
}

static bool matches(const uint32_t *row, const uint32_t *wanted, size_t fields)
{
    for (size_t f = 0; f < fields; f++)
        if (wanted[f] && wanted[f] != row[f])
            return false;
    return true;
}

static hg_status grow(hg_axis *axis, hg_err *err)
{
    uint32_t cap = axis->cap ? 2 * axis->cap : 64;
    hg_line *lines = realloc(axis->lines, cap * sizeof *lines);
    if (!lines)
        return hg_fail_nomem(err);
    axis->lines = lines;
    uint32_t *all = realloc(axis->coordinates, cap * axis->fields * sizeof *all);
    if (!all)
        return hg_fail_nomem(err);
    axis->coordinates = all;
    axis->cap = cap;
    return HG_OK;
}

/* Add a line with a copy of its parent's coordinates; *out is its index. */
static hg_status add_line(const maker *m, const hg_form_node *node, uint32_t parent,
                          uint32_t *out)
{
    hg_axis *axis = m->axis;
    if (axis->n == axis->cap && grow(axis, m->err) != HG_OK)
        return m->err->status;
    hg_line *line = &axis->lines[axis->n];
    uint32_t *at = coordinates(m, axis->n);
    *line = (hg_line){ .node = node, .parent = parent, .numbering = node->numbering };
    memset(at, 0, axis->fields * sizeof *at);
    if (parent != HG_AXIS_TOP) {
        hg_line *above = &axis->lines[parent];
        memcpy(at, coordinates(m, parent), axis->fields * sizeof *at);
        line->level = above->level + 1;
        above->below++;
    }
    *out = axis->n++;
    return HG_OK;
}

/* Fix what the node's "where" says for a line. */
static hg_status fix(const maker *m, const hg_form_node *node, uint32_t line)
{
    const hg_json *all = hg_json_get(node->at, "where");
    for (size_t i = 0; i < node->n_where; i++) {
        size_t field;
        uint32_t id;
        const char *name = node->where[i].field;
        if (hg_subject_field(m->of, all, name, name, &field, m->err) != HG_OK ||
            hg_subject_id(m->of, node->where[i].values[0], &id, m->err) != HG_OK)
            return m->err->status;
        coordinates(m, line)[field] = id;
    }
    return HG_OK;
}

static int by_rank(const void *a, const void *b)
{
    const code *p = a, *q = b;
    hg_decimal u, v;
    if (p->rank != q->rank)
        return p->rank < q->rank ? -1 : 1;
    if (hg_decimal_read(&u, p->text) && hg_decimal_read(&v, q->text))
        return hg_decimal_compare(u, v);
    int order =
        memcmp(p->text.p, q->text.p, p->text.n < q->text.n ? p->text.n : q->text.n);
    return order ? order : (p->text.n > q->text.n) - (p->text.n < q->text.n);
}

static void sort_codes(const maker *m, const hg_form_node *node, size_t field,
                       code *codes, size_t n)
{
    const hg_labels *labels = m->of->labels[field];
    if (node->order == HG_ORDER_DATA)
        return;
    for (size_t i = 0; i < n; i++) {
        codes[i].text = hg_facts_text(m->of->facts, codes[i].id);
        if (labels && node->order == HG_ORDER_CODES)
            codes[i].rank = hg_labels_find(labels, codes[i].text);
    }
    qsort(codes, n, sizeof *codes, by_rank);
}

static bool excepted(const hg_form_node *node, hg_slice text)
{
    for (size_t i = 0; i < node->n_except; i++)
        if (hg_slice_is(text, node->except[i]))
            return true;
    return false;
}

static hg_status add_code(code **codes, size_t *n, size_t *cap, code add, hg_err *err)
{
    if (*n == *cap) {
        size_t more = *cap ? 2 * *cap : 16;
        code *grown = realloc(*codes, more * sizeof *grown);
        if (!grown)
            return hg_fail_nomem(err);
        *codes = grown;
        *cap = more;
    }
    (*codes)[(*n)++] = add;
    return HG_OK;
}

/* The codes of field in the chosen rows that have the coordinates wanted, once each. */
static hg_status codes_in_data(const maker *m, const hg_form_node *node, size_t field,
                               const uint32_t *wanted, code **out, size_t *n)
{
    const hg_facts *facts = m->of->facts;
    size_t parent = m->axis->fields, cap = 0;
    uint32_t search = ++*m->search;
    if (node->parent && hg_subject_field(m->of, node->at, "parent", node->parent, &parent,
                                         m->err) != HG_OK)
        return m->err->status;
    for (uint32_t i = 0; i < hg_facts_count(facts); i++) {
        const uint32_t *row = hg_facts_at(facts, i);
        if (!m->chosen[i] || m->seen[row[field]] == search ||
            !matches(row, wanted, m->axis->fields) ||
            excepted(node, hg_facts_text(facts, row[field])))
            continue;
        m->seen[row[field]] = search;
        code found = { .id = row[field],
                       .parent = parent < m->axis->fields ? row[parent] : 0 };
        if (add_code(out, n, &cap, found, m->err) != HG_OK)
            return m->err->status;
    }
    for (size_t i = 0; i < *n;
         i++) /* a code that names itself, or none, stands at the top */
        if ((*out)[i].parent == (*out)[i].id || m->seen[(*out)[i].parent] != search)
            (*out)[i].parent = 0;
    return HG_OK;
}

static hg_status codes_given(const maker *m, const hg_form_node *node, code **out,
                             size_t *n)
{
    *n = 0;
    *out = calloc(node->n_codes, sizeof **out);
    if (!*out)
        return hg_fail_nomem(m->err);
    for (; *n < node->n_codes; (*n)++)
        if (hg_subject_id(m->of, node->codes[*n], &(*out)[*n].id, m->err) != HG_OK)
            break;
    return m->err->status;
}

static hg_status add_nodes(const maker *m, const hg_form_node *nodes, size_t n,
                           uint32_t parent);

/* A line per code below the code `above` (0: the top), and the lines below each. */
static hg_status add_codes(const maker *m, const hg_form_node *node, size_t field,
                           const code *codes, size_t n, uint32_t above, uint32_t parent,
                           unsigned depth)
{
    for (size_t i = 0; i < n && depth < HG_FORM_DEPTH; i++) {
        uint32_t line;
        if (codes[i].parent != above)
            continue;
        if (add_line(m, node, parent, &line) != HG_OK)
            break;
        m->axis->lines[line].code = codes[i].id;
        m->axis->lines[line].heading = node->heading;
        if (depth > 0)
            m->axis->lines[line].numbering = node->numbering_below;
        coordinates(m, line)[field] = codes[i].id;
        if (fix(m, node, line) != HG_OK ||
            add_nodes(m, node->nodes, node->n_nodes, line) != HG_OK)
            break;
        if (node->parent)
            add_codes(m, node, field, codes, n, codes[i].id, line, depth + 1);
        if (m->err->status != HG_OK)
            break;
    }
    return m->err->status;
}

static hg_status add_field(const maker *m, const hg_form_node *node, uint32_t parent)
{
    size_t field, n = 0;
    code *codes = NULL;
    uint32_t wanted[HG_FACTS_FIELDS] = { 0 };
    if (hg_subject_field(m->of, node->at, "field", node->field, &field, m->err) != HG_OK)
        return m->err->status;
    if (node->label.vi) { /* its own heading, above the codes */
        if (add_line(m, node, parent, &parent) != HG_OK || fix(m, node, parent) != HG_OK)
            return m->err->status;
        m->axis->lines[parent].heading = true;
    }
    if (parent != HG_AXIS_TOP)
        memcpy(wanted, coordinates(m, parent), m->axis->fields * sizeof *wanted);
    wanted[field] = 0;
    if (node->n_codes)
        codes_given(m, node, &codes, &n);
    else if (codes_in_data(m, node, field, wanted, &codes, &n) == HG_OK)
        sort_codes(m, node, field, codes, n);
    if (m->err->status == HG_OK)
        add_codes(m, node, field, codes, n, 0, parent, 0);
    free(codes);
    return m->err->status;
}

static hg_status add_nodes(const maker *m, const hg_form_node *nodes, size_t n,
                           uint32_t parent)
{
    for (size_t i = 0; i < n; i++) {
        const hg_form_node *node = &nodes[i];
        uint32_t line;
        if (node->field) {
            if (add_field(m, node, parent) != HG_OK)
                break;
            continue;
        }
        if (add_line(m, node, parent, &line) != HG_OK || fix(m, node, line) != HG_OK)
            break;
        m->axis->lines[line].heading = node->heading;
        if (add_nodes(m, node->nodes, node->n_nodes, line) != HG_OK)
            break;
    }
    return m->err->status;
}

hg_status hg_axis_make(hg_axis *axis, const hg_subject *of, const hg_form_node *nodes,
                       size_t n, const unsigned char *chosen, hg_err *err)
{
    uint32_t search = 0;
    maker m = { .of = of, .axis = axis, .chosen = chosen, .search = &search, .err = err };
    hg_facts_fields(of->facts, &axis->fields);
    m.seen = calloc((size_t)hg_facts_ids(of->facts) + 1, sizeof *m.seen);
    if (!m.seen)
        return hg_fail_nomem(err);
    add_nodes(&m, nodes, n, HG_AXIS_TOP);
    free(m.seen);
    return err->status;
}

void hg_axis_release(hg_axis *axis)
{
    free(axis->lines);
    free(axis->coordinates);
}
