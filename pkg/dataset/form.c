/* form - report.json, read and checked */
#include "dataset/form.h"
#include "text/message.h"

#include <stdlib.h>
#include <string.h>

typedef struct owned { /* one allocation of a form, in a chain */
    struct owned *next;
    max_align_t bytes[];
} owned;

/* Room for n items that lives as long as the form; never NULL for n 0. */
static void *take(hg_form *form, size_t n, size_t size, hg_err *err)
{
    owned *o =
        calloc(1, sizeof *o + (n ? n : 1) * size); /* n is a length of a small JSON */
    if (!o) {
        hg_fail_nomem(err);
        return NULL;
    }
    o->next = form->owned;
    form->owned = o;
    return o->bytes;
}

hg_status hg_form_unknown(const hg_form *form, const hg_json *at, const char *key,
                          const char *name, const char *const *known, size_t n,
                          hg_err *err)
{
    const char *nearest = NULL;
    unsigned least = 4; /* more edits apart is no slip of the hand */
    hg_buf all = { 0 };
    for (size_t i = 0; i < n; i++) {
        unsigned d = hg_text_distance(name, known[i]);
        if (d < least) {
            least = d;
            nearest = known[i];
        }
        hg_buf_puts(&all, i ? ", " : "");
        hg_buf_puts(&all, known[i]);
    }
    if (nearest)
        hg_doc_fail(err, form->doc, at, key, "'%s' is not known here; did you mean '%s'?",
                    name, nearest);
    else
        hg_doc_fail(err, form->doc, at, key, "'%s' is not known here; known are: %s",
                    name, all.data ? all.data : "");
    hg_buf_release(&all);
    return err->status;
}

/* ---- members of one kind; each leaves *out as it is where the member is missing ---- */

static hg_status get_text(const hg_form *form, const hg_json *at, const char *key,
                          const char **out, hg_err *err)
{
    const hg_json *v = hg_json_get(at, key);
    if (v && !hg_json_is_string(v))
        return hg_doc_fail(err, form->doc, at, key, "must be a text");
    if (v)
        *out = hg_json_str(v);
    return HG_OK;
}

static hg_status need_text(const hg_form *form, const hg_json *at, const char *key,
                           const char **out, hg_err *err)
{
    if (get_text(form, at, key, out, err) == HG_OK && !*out)
        hg_doc_fail(err, form->doc, at, NULL, "'%s' is missing", key);
    return err->status;
}

static hg_status get_bool(const hg_form *form, const hg_json *at, const char *key,
                          bool *out, hg_err *err)
{
    const hg_json *v = hg_json_get(at, key);
    if (v && !hg_json_is_bool(v))
        return hg_doc_fail(err, form->doc, at, key, "must be true or false");
    if (v)
        *out = hg_json_true(v);
    return HG_OK;
}

/* A name out of a list; *out is its index. */
static hg_status get_choice(const hg_form *form, const hg_json *at, const char *key,
                            const char *const *names, size_t n, unsigned *out,
                            hg_err *err)
{
    const char *name = NULL;
    if (get_text(form, at, key, &name, err) != HG_OK || !name)
        return err->status;
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, names[i]) == 0) {
            *out = (unsigned)i;
            return HG_OK;
        }
    return hg_form_unknown(form, at, key, name, names, n, err);
}

static hg_status read_label(const hg_form *form, const hg_json *at, const char *key,
                            const hg_json *v, hg_bilingual *out, hg_err *err)
{
    static const char *const keys[] = { "vi", "en", NULL };
    if (hg_json_is_string(v)) {
        out->vi = hg_json_str(v);
        return HG_OK;
    }
    if (!hg_json_is_object(v))
        return hg_doc_fail(err, form->doc, at, key,
                           "must be a text, or an object with vi and en");
    if (hg_doc_keys(err, form->doc, v, keys) != HG_OK)
        return err->status;
    *out = (hg_bilingual){ 0 };
    if (get_text(form, v, "vi", &out->vi, err) != HG_OK)
        return err->status;
    return get_text(form, v, "en", &out->en, err);
}

static hg_status get_label(const hg_form *form, const hg_json *at, const char *key,
                           hg_bilingual *out, hg_err *err)
{
    const hg_json *v = hg_json_get(at, key);
    return v ? read_label(form, at, key, v, out, err) : HG_OK;
}

/* A list of objects or texts; *n is 0 where it is missing. */
static hg_status get_list(const hg_form *form, const hg_json *at, const char *key,
                          const hg_json **list, size_t *n, hg_err *err)
{
    *list = hg_json_get(at, key);
    *n = hg_json_len(*list);
    if (*list && (!hg_json_is_array(*list) || *n == 0))
        return hg_doc_fail(err, form->doc, at, key,
                           "must be a list with at least one entry");
    return HG_OK;
}

static hg_status get_texts(hg_form *form, const hg_json *at, const char *key,
                           const char ***out, size_t *n, hg_err *err)
{
    const hg_json *list;
    if (get_list(form, at, key, &list, n, err) != HG_OK || *n == 0)
        return err->status;
    *out = take(form, *n, sizeof **out, err);
    for (size_t i = 0; *out && i < *n; i++)
        if (!((*out)[i] = hg_json_str(hg_json_at(list, i))))
            return hg_doc_fail(err, form->doc, at, key, "must be a list of texts");
    return err->status;
}

/* ---- parts of a table ---- */

/* "where": { "field": "value" or ["a", "b"] }; several values only where many allows it.
 */
static hg_status get_chosen(hg_form *form, const hg_json *at, const char *key, bool many,
                            hg_form_where **out, size_t *n, hg_err *err)
{
    const hg_json *all = hg_json_get(at, key);
    if (!all)
        return HG_OK;
    if (!hg_json_is_object(all))
        return hg_doc_fail(err, form->doc, at, key,
                           "must be an object of fields and their values");
    *n = hg_json_len(all);
    *out = take(form, *n, sizeof **out, err);
    for (size_t i = 0; *out && i < *n; i++) {
        hg_form_where *w = &(*out)[i];
        const hg_json *v = hg_json_member(all, i);
        w->field = hg_json_key(all, i);
        if (hg_json_is_string(v)) {
            w->n = 1;
            w->values = take(form, 1, sizeof *w->values, err);
            if (w->values)
                w->values[0] = hg_json_str(v);
        } else if (!many) {
            hg_doc_fail(err, form->doc, all, w->field, "must be a text");
        } else if (hg_json_is_array(v)) {
            get_texts(form, all, w->field, &w->values, &w->n, err);
        } else {
            hg_doc_fail(err, form->doc, all, w->field,
                        "must be a text or a list of texts");
        }
        if (err->status != HG_OK)
            break;
    }
    return err->status;
}

static hg_status get_where(hg_form *form, const hg_json *at, bool many,
                           hg_form_where **out, size_t *n, hg_err *err)
{
    return get_chosen(form, at, "where", many, out, n, err);
}

static hg_status get_names(hg_form *form, const hg_json *at, hg_form_node *node,
                           hg_err *err)
{
    const hg_json *all = hg_json_get(at, "labels");
    if (!all)
        return HG_OK;
    if (!hg_json_is_object(all))
        return hg_doc_fail(err, form->doc, at, "labels",
                           "must be an object of codes and their labels");
    node->n_names = hg_json_len(all);
    node->names = take(form, node->n_names, sizeof *node->names, err);
    for (size_t i = 0; node->names && i < node->n_names; i++) {
        const char *code = node->names[i].code = hg_json_key(all, i);
        if (read_label(form, all, code, hg_json_member(all, i), &node->names[i].label,
                       err) != HG_OK)
            break;
    }
    return err->status;
}

/* A node's "numbering": one way for all its lines, or a list: the top's, then those
 * below. */
static hg_status get_numbering(const hg_form *form, const hg_json *at, hg_form_node *node,
                               hg_err *err)
{
    static const char *const ways[] = { "", "A", "I", "1", "1.1", "a", "-" };
    const hg_json *v = hg_json_get(at, "numbering");
    hg_form_numbering *to[] = { &node->numbering, &node->numbering_below };
    for (size_t i = 0; v && i < 2; i++) {
        const char *way = hg_json_str(hg_json_is_array(v) ? hg_json_at(v, i) : v);
        size_t k = 0;
        if (!way || hg_json_len(v) > 2)
            return hg_doc_fail(err, form->doc, at, "numbering",
                               "must be one or two of A, I, 1, 1.1, a, -");
        while (k < sizeof ways / sizeof *ways && strcmp(way, ways[k]) != 0)
            k++;
        if (k == sizeof ways / sizeof *ways)
            return hg_form_unknown(form, at, "numbering", way, ways + 1, k - 1, err);
        *to[i] = (hg_form_numbering)k;
    }
    return HG_OK;
}

static hg_status get_decimals(const hg_form *form, const hg_json *at, int *out,
                              hg_err *err)
{
    const hg_json *v = hg_json_get(at, "decimals");
    int64_t n = hg_json_int(v, -1);
    if (v && (n < 0 || n > 10))
        return hg_doc_fail(err, form->doc, at, "decimals",
                           "must be a whole number from 0 to 10");
    if (v)
        *out = (int)n;
    return HG_OK;
}

/* "compute": { "way": "index", "of": { "nam": "2016" }, "to": { "nam": "2015" } } */
static hg_status get_compute(hg_form *form, const hg_json *at, hg_form_node *node,
                             hg_err *err)
{
    static const char *const keys[] = { "way", "of", "to", "decimals", NULL };
    static const char *const ways[] = { "difference", "ratio", "share", "index",
                                        "growth" };
    const hg_json *v = hg_json_get(at, "compute");
    unsigned way = HG_COMPUTE_DIFFERENCE;
    int decimals = -1;
    if (!v)
        return HG_OK;
    if (!hg_json_is_object(v))
        return hg_doc_fail(err, form->doc, at, "compute", "must be an object");
    if (node->field)
        return hg_doc_fail(err, form->doc, at, "compute",
                           "a computed column has no 'field'");
    hg_form_compute *c = take(form, 1, sizeof *c, err);
    if (!c || hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
        get_choice(form, v, "way", ways, 5, &way, err) != HG_OK ||
        get_chosen(form, v, "of", false, &c->of, &c->n_of, err) != HG_OK ||
        get_chosen(form, v, "to", false, &c->to, &c->n_to, err) != HG_OK ||
        get_decimals(form, v, &decimals, err) != HG_OK)
        return err->status;
    for (size_t i = 0; i < 3; i++)
        if (!hg_json_get(v, keys[i]))
            return hg_doc_fail(err, form->doc, v, NULL, "'%s' is missing", keys[i]);
    c->way = (hg_form_way)way;
    c->decimals = decimals >= 0                  ? (unsigned)decimals
                  : way == HG_COMPUTE_RATIO      ? 3
                  : way == HG_COMPUTE_DIFFERENCE ? 0
                                                 : 1;
    node->compute = c;
    return HG_OK;
}

static hg_status read_node_own(hg_form *form, const hg_json *v, hg_form_node *node,
                               hg_err *err)
{
    static const char *const orders[] = { "codes", "data", "value" };
    static const char *const looks[] = { "auto", "plain", "bold", "italic" };
    unsigned order = HG_ORDER_CODES, look = HG_LOOK_AUTO;
    node->at = v;
    if (get_label(form, v, "label", &node->label, err) != HG_OK ||
        get_text(form, v, "field", &node->field, err) != HG_OK ||
        get_text(form, v, "parent", &node->parent, err) != HG_OK ||
        get_texts(form, v, "codes", &node->codes, &node->n_codes, err) != HG_OK ||
        get_texts(form, v, "except", &node->except, &node->n_except, err) != HG_OK ||
        get_choice(form, v, "order", orders, 3, &order, err) != HG_OK ||
        get_where(form, v, false, &node->where, &node->n_where, err) != HG_OK ||
        get_names(form, v, node, err) != HG_OK ||
        get_bool(form, v, "heading", &node->heading, err) != HG_OK ||
        get_bool(form, v, "unit", &node->unit, err) != HG_OK ||
        get_choice(form, v, "look", looks, 4, &look, err) != HG_OK ||
        get_compute(form, v, node, err) != HG_OK ||
        get_numbering(form, v, node, err) != HG_OK)
        return err->status;
    node->order = (hg_form_order)order;
    node->look = (hg_form_look)look;
    if (!node->field && !node->label.vi)
        return hg_doc_fail(err, form->doc, v, NULL, "needs a 'label' or a 'field'");
    if (!node->field && (node->parent || node->n_codes || node->n_except))
        return hg_doc_fail(err, form->doc, v, NULL,
                           "'parent', 'codes' and 'except' need a 'field'");
    return HG_OK;
}

/* The list key ("rows" or "columns") of at as nodes, and what is below each. */
static hg_status get_nodes(hg_form *form, const hg_json *at, const char *key,
                           unsigned depth, hg_form_node **out, size_t *n, hg_err *err)
{
    const char *const keys[] = { "label", "field",     "parent", "codes",   "except",
                                 "order", "where",     "labels", "heading", "unit",
                                 "look",  "numbering", key,      "compute", NULL };
    const hg_json *list;
    size_t given;
    if (get_list(form, at, key, &list, &given, err) != HG_OK || given == 0)
        return err->status; /* what stands in *out stays */
    *n = given;
    if (depth == HG_FORM_DEPTH)
        return hg_doc_fail(err, form->doc, at, key, "more than %d lists within lists",
                           HG_FORM_DEPTH);
    hg_form_node *nodes = *out = take(form, *n, sizeof *nodes, err);
    for (size_t i = 0; nodes && i < *n; i++) {
        const hg_json *v = hg_json_at(list, i);
        if (!hg_json_is_object(v))
            return hg_doc_fail(err, form->doc, at, key, "must be a list of objects");
        if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
            read_node_own(form, v, &nodes[i], err) != HG_OK ||
            get_nodes(form, v, key, depth + 1, &nodes[i].nodes, &nodes[i].n_nodes, err) !=
                HG_OK)
            return err->status;
    }
    return err->status;
}

static hg_status read_sum(hg_form *form, const hg_json *v, hg_form_sum *sum, hg_err *err)
{
    sum->at = v;
    if (need_text(form, v, "dimension", &sum->field, err) != HG_OK ||
        need_text(form, v, "total", &sum->total, err) != HG_OK ||
        get_texts(form, v, "parts", &sum->parts, &sum->n_parts, err) != HG_OK ||
        get_where(form, v, false, &sum->where, &sum->n_where, err) != HG_OK ||
        get_text(form, v, "tolerance", &sum->tolerance, err) != HG_OK)
        return err->status;
    if (sum->n_parts == 0)
        return hg_doc_fail(err, form->doc, v, NULL, "'%s' is missing", "parts");
    return HG_OK;
}

static hg_status get_sums(hg_form *form, const hg_json *at, hg_form_sum **out, size_t *n,
                          hg_err *err)
{
    static const char *const keys[] = { "dimension", "total",     "parts",
                                        "where",     "tolerance", NULL };
    const hg_json *list;
    size_t given;
    if (get_list(form, at, "sums", &list, &given, err) != HG_OK || given == 0)
        return err->status; /* likewise */
    *n = given;
    *out = take(form, *n, sizeof **out, err);
    for (size_t i = 0; *out && i < *n; i++) {
        const hg_json *v = hg_json_at(list, i);
        if (!hg_json_is_object(v))
            return hg_doc_fail(err, form->doc, at, "sums", "must be a list of objects");
        if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
            read_sum(form, v, &(*out)[i], err) != HG_OK)
            break;
    }
    return err->status;
}

hg_status hg_form_rules(hg_form *form, hg_form_table *table, const hg_json *rules,
                        hg_err *err)
{
    size_t all = hg_json_len(rules), n = 0;
    hg_form_sum *sums = take(form, all, sizeof *sums, err);
    for (size_t i = 0; sums && i < all; i++) {
        const hg_json *v = hg_json_at(rules, i);
        const char *type = hg_json_get_str(v, "type"),
                   *field = hg_json_get_str(v, "field");
        if (type && field && strcmp(type, "sum") == 0 && table->n_values == 1 &&
            strcmp(field, table->value) == 0 &&
            read_sum(form, v, &sums[n++], err) != HG_OK)
            break;
    }
    for (size_t b = 0; err->status == HG_OK && b < table->n_blocks; b++)
        if (table->blocks[b].n_sums == 0) {
            table->blocks[b].sums = sums;
            table->blocks[b].n_sums = n;
        }
    return err->status;
}

/* The blocks; a table without any is one block. What a block lacks is the table's. */
static hg_status get_blocks(hg_form *form, const hg_json *at, hg_form_table *table,
                            hg_err *err)
{
    static const char *const keys[] = {
        "title", "where", "rows", "sums", "decimals", NULL
    };
    const hg_json *list;
    size_t n;
    hg_form_block whole = { .at = at, .decimals = -1 };
    if (get_nodes(form, at, "rows", 0, &whole.rows, &whole.n_rows, err) != HG_OK ||
        get_sums(form, at, &whole.sums, &whole.n_sums, err) != HG_OK ||
        get_decimals(form, at, &whole.decimals, err) != HG_OK ||
        get_list(form, at, "blocks", &list, &n, err) != HG_OK)
        return err->status;
    table->n_blocks = n ? n : 1;
    table->blocks = take(form, table->n_blocks, sizeof *table->blocks, err);
    if (!table->blocks)
        return err->status;
    table->blocks[0] = whole;
    for (size_t i = 0; i < n; i++) {
        hg_form_block *block = &table->blocks[i];
        const hg_json *v = hg_json_at(list, i);
        *block = whole;
        block->at = v;
        if (!hg_json_is_object(v))
            return hg_doc_fail(err, form->doc, at, "blocks", "must be a list of objects");
        if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
            get_label(form, v, "title", &block->title, err) != HG_OK ||
            get_where(form, v, true, &block->where, &block->n_where, err) != HG_OK ||
            get_nodes(form, v, "rows", 0, &block->rows, &block->n_rows, err) != HG_OK ||
            get_sums(form, v, &block->sums, &block->n_sums, err) != HG_OK ||
            get_decimals(form, v, &block->decimals, err) != HG_OK)
            return err->status;
    }
    for (size_t i = 0; i < table->n_blocks; i++)
        if (table->blocks[i].n_rows == 0)
            return hg_doc_fail(err, form->doc, table->blocks[i].at, NULL,
                               "'%s' is missing", "rows");
    return HG_OK;
}

static hg_status get_stub(hg_form *form, const hg_json *at, hg_form_table *table,
                          hg_err *err)
{
    static const char *const keys[] = { "show", "label", NULL };
    static const char *const shows[] = { "label", "number", "code", "unit" };
    const hg_json *list;
    size_t n;
    if (get_list(form, at, "stub", &list, &n, err) != HG_OK)
        return err->status;
    table->n_stub = n ? n : 1;
    table->stub = take(form, table->n_stub, sizeof *table->stub, err);
    for (size_t i = 0; table->stub && i < n; i++) {
        const hg_json *v = hg_json_at(list, i);
        unsigned show = HG_STUB_LABEL;
        if (!hg_json_is_object(v))
            return hg_doc_fail(err, form->doc, at, "stub", "must be a list of objects");
        if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
            get_choice(form, v, "show", shows, 4, &show, err) != HG_OK ||
            get_label(form, v, "label", &table->stub[i].label, err) != HG_OK)
            return err->status;
        table->stub[i].show = (hg_form_show)show;
    }
    return err->status;
}

static hg_status get_head(hg_form *form, const hg_json *at, hg_form_head *head,
                          hg_err *err)
{
    static const char *const keys[] = { "style",    "number",        "basis",
                                        "received", "reportingUnit", "receivingUnit",
                                        "chapter",  "unitCode",      NULL };
    static const char *const styles[] = { "form", "yearbook", "budget" };
    const hg_json *v = hg_json_get(at, "head");
    unsigned chosen = HG_HEAD_FORM;
    if (!v)
        return hg_doc_fail(err, form->doc, at, NULL, "'%s' is missing", "head");
    if (!hg_json_is_object(v))
        return hg_doc_fail(err, form->doc, at, "head", "must be an object");
    if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
        get_choice(form, v, "style", styles, 3, &chosen, err) != HG_OK ||
        need_text(form, v, "number", &head->number, err) != HG_OK ||
        get_text(form, v, "basis", &head->basis, err) != HG_OK ||
        get_text(form, v, "received", &head->received, err) != HG_OK ||
        get_text(form, v, "reportingUnit", &head->reporting, err) != HG_OK ||
        get_text(form, v, "receivingUnit", &head->receiving, err) != HG_OK ||
        get_text(form, v, "chapter", &head->chapter, err) != HG_OK ||
        get_text(form, v, "unitCode", &head->unit_code, err) != HG_OK)
        return err->status;
    head->style = (hg_form_style)chosen;
    return HG_OK;
}

/* A list of texts in one or both languages. */
static hg_status get_labels(hg_form *form, const hg_json *at, const char *key,
                            hg_bilingual **out, size_t *n, hg_err *err)
{
    const hg_json *list;
    if (get_list(form, at, key, &list, n, err) != HG_OK)
        return err->status;
    *out = take(form, *n, sizeof **out, err);
    for (size_t i = 0; *out && i < *n; i++)
        if (read_label(form, at, key, hg_json_at(list, i), &(*out)[i], err) != HG_OK)
            break;
    return err->status;
}

/* "workbook": { "title": …, "author": …, "keywords": […], "cover": [ lines ] } */
static hg_status get_workbook(hg_form *form, const hg_json *root, hg_err *err)
{
    static const char *const keys[] = { "title", "author", "keywords", "cover", NULL };
    const hg_json *v = hg_json_get(root, "workbook");
    if (!v)
        return HG_OK;
    if (!hg_json_is_object(v))
        return hg_doc_fail(err, form->doc, root, "workbook", "must be an object");
    if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
        get_label(form, v, "title", &form->title, err) != HG_OK ||
        get_text(form, v, "author", &form->author, err) != HG_OK ||
        get_texts(form, v, "keywords", &form->keywords, &form->n_keywords, err) != HG_OK)
        return err->status;
    return get_labels(form, v, "cover", &form->cover, &form->n_cover, err);
}

static hg_status read_chart(hg_form *form, const hg_json *v, hg_form_chart *chart,
                            size_t blocks, hg_err *err)
{
    static const char *const keys[] = { "kind", "title", "alt",     "block",
                                        "along", "rows", "columns", NULL };
    static const char *const kinds[] = { "column", "bar", "stacked", "line", "pyramid" };
    static const char *const alongs[] = { "rows", "columns" };
    unsigned kind = HG_FORM_COLUMN, along = 0;
    chart->at = v;
    if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
        get_choice(form, v, "kind", kinds, 5, &kind, err) != HG_OK ||
        get_choice(form, v, "along", alongs, 2, &along, err) != HG_OK ||
        get_label(form, v, "title", &chart->title, err) != HG_OK ||
        get_label(form, v, "alt", &chart->description, err) != HG_OK ||
        get_chosen(form, v, "rows", true, &chart->rows, &chart->n_rows, err) != HG_OK ||
        get_chosen(form, v, "columns", true, &chart->columns, &chart->n_columns, err) !=
            HG_OK)
        return err->status;
    int64_t block = hg_json_int(hg_json_get(v, "block"), 1);
    chart->kind = (hg_form_chart_kind)kind;
    chart->across = along == 1;
    chart->block = (unsigned)block;
    if (block < 1 || (uint64_t)block > blocks)
        return hg_doc_fail(err, form->doc, v, "block", "the table has %zu blocks", blocks);
    if (!hg_json_get(v, "kind") || !chart->title.vi || !chart->description.vi)
        return hg_doc_fail(err, form->doc, v, NULL, "'%s' is missing",
                           !hg_json_get(v, "kind") ? "kind"
                           : !chart->title.vi      ? "title"
                                                   : "alt");
    return HG_OK;
}

static hg_status get_charts(hg_form *form, const hg_json *at, hg_form_table *table,
                            hg_err *err)
{
    const hg_json *list;
    if (get_list(form, at, "charts", &list, &table->n_charts, err) != HG_OK)
        return err->status;
    table->charts = take(form, table->n_charts, sizeof *table->charts, err);
    for (size_t i = 0; table->charts && i < table->n_charts; i++) {
        const hg_json *v = hg_json_at(list, i);
        if (!hg_json_is_object(v))
            return hg_doc_fail(err, form->doc, at, "charts", "must be a list of objects");
        if (read_chart(form, v, &table->charts[i], table->n_blocks, err) != HG_OK)
            break;
    }
    return err->status;
}

/* "value": the field of the figures, or a list of several. */
static hg_status get_values(hg_form *form, const hg_json *at, hg_form_table *table,
                            hg_err *err)
{
    if (hg_json_is_array(hg_json_get(at, "value"))) {
        table->value = HG_FORM_FIGURE;
        return get_texts(form, at, "value", &table->values, &table->n_values, err);
    }
    if (need_text(form, at, "value", &table->value, err) != HG_OK)
        return err->status;
    table->n_values = 1;
    table->values = take(form, 1, sizeof *table->values, err);
    if (table->values)
        table->values[0] = table->value;
    return err->status;
}

static hg_status read_table(hg_form *form, const hg_json *v, hg_form_table *table,
                            hg_err *err)
{
    static const char *const keys[] = {
        "sheet", "resource", "head",        "title", "period", "unit",    "unitField",
        "value", "status",   "where",       "stub",  "rows",   "columns", "blocks",
        "sums",  "decimals", "orientation", "ruler", "forEach", "charts", "notes",  "source",  NULL
    };
    static const char *const papers[] = { "auto", "portrait", "landscape" };
    unsigned paper = HG_PAPER_AUTO;
    table->at = v;
    if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
        get_text(form, v, "sheet", &table->sheet, err) != HG_OK ||
        get_text(form, v, "resource", &table->resource, err) != HG_OK ||
        get_head(form, v, &table->head, err) != HG_OK ||
        get_label(form, v, "title", &table->title, err) != HG_OK ||
        get_label(form, v, "period", &table->period, err) != HG_OK ||
        get_label(form, v, "unit", &table->unit, err) != HG_OK ||
        get_text(form, v, "unitField", &table->unit_field, err) != HG_OK ||
        get_values(form, v, table, err) != HG_OK ||
        get_text(form, v, "status", &table->status, err) != HG_OK ||
        get_text(form, v, "forEach", &table->each, err) != HG_OK ||
        get_where(form, v, true, &table->where, &table->n_where, err) != HG_OK ||
        get_stub(form, v, table, err) != HG_OK ||
        get_nodes(form, v, "columns", 0, &table->columns, &table->n_columns, err) !=
            HG_OK ||
        get_blocks(form, v, table, err) != HG_OK ||
        get_choice(form, v, "orientation", papers, 3, &paper, err) != HG_OK ||
        get_bool(form, v, "ruler", &table->ruler, err) != HG_OK ||
        get_charts(form, v, table, err) != HG_OK ||
        get_labels(form, v, "notes", &table->notes, &table->n_notes, err) != HG_OK ||
        get_label(form, v, "source", &table->source, err) != HG_OK)
        return err->status;
    table->paper = (hg_form_paper)paper;
    if (table->n_columns == 0)
        return hg_doc_fail(err, form->doc, v, NULL, "'%s' is missing", "columns");
    return HG_OK;
}

/* ---- the signature block and the whole ---- */

/* The three places of a provincial statistics form (Thông tư 01/2019/TT-BKHĐT). */
static hg_status usual_signers(hg_form *form, hg_err *err)
{
    static const hg_form_signer usual[] = {
        { { "Người lập biểu", "Prepared by" },
          { "(Ký, họ tên)", "(Signature, full name)" },
          NULL },
        { { "Người kiểm tra biểu", "Checked by" },
          { "(Ký, họ tên)", "(Signature, full name)" },
          NULL },
        { { "Thủ trưởng đơn vị", "Head of unit" },
          { "(Ký, đóng dấu, họ tên)", "(Signature, seal, full name)" },
          NULL },
    };
    form->signature.n = sizeof usual / sizeof *usual;
    form->signature.signers = take(form, form->signature.n, sizeof *usual, err);
    if (form->signature.signers)
        memcpy(form->signature.signers, usual, sizeof usual);
    return err->status;
}

static hg_status get_signers(hg_form *form, const hg_json *at, hg_err *err)
{
    static const char *const keys[] = { "title", "hint", "name", NULL };
    hg_form_signature *s = &form->signature;
    const hg_json *list;
    if (get_list(form, at, "signers", &list, &s->n, err) != HG_OK)
        return err->status;
    if (s->n == 0)
        return usual_signers(form, err);
    if (s->n > HG_FORM_SIGNERS)
        return hg_doc_fail(err, form->doc, at, "signers", "must be a list of at most 4");
    s->signers = take(form, s->n, sizeof *s->signers, err);
    for (size_t i = 0; s->signers && i < s->n; i++) {
        const hg_json *v = hg_json_at(list, i);
        if (!hg_json_is_object(v))
            return hg_doc_fail(err, form->doc, at, "signers",
                               "must be a list of objects");
        if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
            get_label(form, v, "title", &s->signers[i].title, err) != HG_OK ||
            get_label(form, v, "hint", &s->signers[i].hint, err) != HG_OK ||
            get_text(form, v, "name", &s->signers[i].name, err) != HG_OK)
            return err->status;
    }
    return err->status;
}

static hg_status get_signature(hg_form *form, const hg_json *root, hg_err *err)
{
    static const char *const keys[] = { "place", "date", "signers", NULL };
    const hg_json *v = hg_json_get(root, "signature");
    if (!v)
        return HG_OK;
    if (!hg_json_is_object(v))
        return hg_doc_fail(err, form->doc, root, "signature", "must be an object");
    if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
        get_text(form, v, "place", &form->signature.place, err) != HG_OK ||
        get_text(form, v, "date", &form->signature.date, err) != HG_OK)
        return err->status;
    return get_signers(form, v, err);
}

static hg_status get_languages(hg_form *form, const hg_json *root, hg_err *err)
{
    static const char *const known[] = { "vi", "en" };
    const char **list = NULL;
    size_t n = 0;
    if (get_texts(form, root, "languages", &list, &n, err) != HG_OK)
        return err->status;
    for (size_t i = 0; i < n; i++) {
        if (i >= 2 || (strcmp(list[i], "vi") != 0 && strcmp(list[i], "en") != 0))
            return hg_form_unknown(form, root, "languages", list[i], known, 2, err);
        if (strcmp(list[i], known[i]) != 0)
            return hg_doc_fail(err, form->doc, root, "languages",
                               "must be [\"vi\"] or [\"vi\", \"en\"]");
    }
    form->english = n == 2;
    return HG_OK;
}

static hg_status read_form(hg_form *form, const hg_json *root, hg_err *err)
{
    static const char *const keys[] = { "hgReport", "languages", "workbook",
                                        "tables",   "signature", NULL };
    const hg_json *list;
    if (!hg_json_is_object(root))
        return hg_doc_fail(err, form->doc, root, NULL, "must be an object");
    if (hg_doc_keys(err, form->doc, root, keys) != HG_OK)
        return err->status;
    if (hg_json_int(hg_json_get(root, "hgReport"), 0) != 1)
        return hg_doc_fail(err, form->doc, root,
                           hg_json_get(root, "hgReport") ? "hgReport" : NULL,
                           "'hgReport' must be 1: the version of this format");
    if (get_languages(form, root, err) != HG_OK ||
        get_workbook(form, root, err) != HG_OK ||
        get_signature(form, root, err) != HG_OK ||
        get_list(form, root, "tables", &list, &form->n_tables, err) != HG_OK)
        return err->status;
    if (form->n_tables == 0)
        return hg_doc_fail(err, form->doc, root, NULL, "'%s' is missing", "tables");
    form->tables = take(form, form->n_tables, sizeof *form->tables, err);
    for (size_t i = 0; form->tables && i < form->n_tables; i++) {
        const hg_json *v = hg_json_at(list, i);
        if (!hg_json_is_object(v))
            return hg_doc_fail(err, form->doc, root, "tables",
                               "must be a list of objects");
        if (read_table(form, v, &form->tables[i], err) != HG_OK)
            break;
    }
    return err->status;
}

hg_status hg_form_new(hg_form **out, const hg_doc *doc, hg_err *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return hg_fail_nomem(err);
    (*out)->doc = doc;
    if (read_form(*out, hg_doc_root(doc), err) != HG_OK) {
        hg_form_free(*out);
        *out = NULL;
    }
    return err->status;
}

void hg_form_free(hg_form *form)
{
    if (!form)
        return;
    for (owned *o = form->owned; o;) {
        owned *next = o->next;
        free(o);
        o = next;
    }
    free(form);
}
