/* form_node - the rows and columns of a table as trees of nodes */
#include "dataset/form_inside.h"

#include <string.h>

/* { "field": "value" or ["a", "b"] } */
hg_status hg_form_chosen(hg_form *form, const hg_json *at, const char *key, bool many,
                         hg_form_where **out, size_t *n, hg_err *err)
{
    const hg_json *all = hg_json_get(at, key);
    if (!all)
        return HG_OK;
    if (!hg_json_is_object(all))
        return hg_doc_fail(err, form->doc, at, key,
                           "must be an object of fields and their values");
    *n = hg_json_len(all);
    *out = hg_form_take(form, *n, sizeof **out, err);
    for (size_t i = 0; *out && i < *n; i++) {
        hg_form_where *w = &(*out)[i];
        const hg_json *v = hg_json_member(all, i);
        w->field = hg_json_key(all, i);
        if (hg_json_is_string(v)) {
            w->n = 1;
            w->values = hg_form_take(form, 1, sizeof *w->values, err);
            if (w->values)
                w->values[0] = hg_json_str(v);
        } else if (!many) {
            hg_doc_fail(err, form->doc, all, w->field, "must be a text");
        } else if (hg_json_is_array(v)) {
            hg_form_texts(form, all, w->field, &w->values, &w->n, err);
        } else {
            hg_doc_fail(err, form->doc, all, w->field,
                        "must be a text or a list of texts");
        }
        if (err->status != HG_OK)
            break;
    }
    return err->status;
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
    node->names = hg_form_take(form, node->n_names, sizeof *node->names, err);
    for (size_t i = 0; node->names && i < node->n_names; i++) {
        const char *code = node->names[i].code = hg_json_key(all, i);
        if (hg_form_read_label(form, all, code, hg_json_member(all, i),
                               &node->names[i].label, err) != HG_OK)
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

hg_status hg_form_decimals(const hg_form *form, const hg_json *at, int *out, hg_err *err)
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
    hg_form_compute *c = hg_form_take(form, 1, sizeof *c, err);
    if (!c || hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
        hg_form_choice(form, v, "way", ways, 5, &way, err) != HG_OK ||
        hg_form_chosen(form, v, "of", false, &c->of, &c->n_of, err) != HG_OK ||
        hg_form_chosen(form, v, "to", false, &c->to, &c->n_to, err) != HG_OK ||
        hg_form_decimals(form, v, &decimals, err) != HG_OK)
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
    if (hg_form_label(form, v, "label", &node->label, err) != HG_OK ||
        hg_form_text(form, v, "field", &node->field, err) != HG_OK ||
        hg_form_text(form, v, "parent", &node->parent, err) != HG_OK ||
        hg_form_texts(form, v, "codes", &node->codes, &node->n_codes, err) != HG_OK ||
        hg_form_texts(form, v, "except", &node->except, &node->n_except, err) != HG_OK ||
        hg_form_choice(form, v, "order", orders, 3, &order, err) != HG_OK ||
        hg_form_chosen(form, v, "where", false, &node->where, &node->n_where, err) !=
            HG_OK ||
        get_names(form, v, node, err) != HG_OK ||
        hg_form_bool(form, v, "heading", &node->heading, err) != HG_OK ||
        hg_form_bool(form, v, "unit", &node->unit, err) != HG_OK ||
        hg_form_choice(form, v, "look", looks, 4, &look, err) != HG_OK ||
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

hg_status hg_form_nodes(hg_form *form, const hg_json *at, const char *key, unsigned depth,
                        hg_form_node **out, size_t *n, hg_err *err)
{
    const char *const keys[] = { "label", "field",     "parent", "codes",   "except",
                                 "order", "where",     "labels", "heading", "unit",
                                 "look",  "numbering", key,      "compute", NULL };
    const hg_json *list;
    size_t given;
    if (hg_form_list(form, at, key, &list, &given, err) != HG_OK || given == 0)
        return err->status; /* what stands in *out stays */
    *n = given;
    if (depth == HG_FORM_DEPTH)
        return hg_doc_fail(err, form->doc, at, key, "more than %d lists within lists",
                           HG_FORM_DEPTH);
    hg_form_node *nodes = *out = hg_form_take(form, *n, sizeof *nodes, err);
    for (size_t i = 0; nodes && i < *n; i++) {
        const hg_json *v = hg_json_at(list, i);
        if (!hg_json_is_object(v))
            return hg_doc_fail(err, form->doc, at, key, "must be a list of objects");
        if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
            read_node_own(form, v, &nodes[i], err) != HG_OK ||
            hg_form_nodes(form, v, key, depth + 1, &nodes[i].nodes, &nodes[i].n_nodes,
                          err) != HG_OK)
            return err->status;
    }
    return err->status;
}
