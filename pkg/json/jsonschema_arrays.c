/* jsonschema_arrays - keywords about the items of arrays, and those of all that is nested
 */
#include "json/jsonschema_parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- arrays and objects ---- */

bool hg_js_each(const js_call *c, js_child *judge)
{
    bool valid = true;
    size_t i = 0;
    for (const hg_node *child = c->value->first; child; child = child->next, i++) {
        bool mine = true;
        valid = judge(c, child, i, &mine) && valid;
        if (c->seen && mine)
            c->seen[i] = 1;
    }
    return valid;
}

bool hg_js_count(const js_call *c)
{
    const char *name = c->rule->keyword->name;
    bool array = strstr(name, "Items") != NULL, least = name[1] == 'i';
    if (c->value->kind != (array ? HG_NODE_ARRAY : HG_NODE_OBJECT))
        return true;
    if (least ? c->value->n >= c->rule->from : c->value->n <= c->rule->from)
        return true;
    if (array)
        return hg_js_tell(c->r, c->value, name,
                          least ? "there are %zu items, fewer than %zu"
                                : "there are %zu items, more than %zu",
                          c->value->n, c->rule->from);
    return hg_js_tell(c->r, c->value, name,
                      least ? "there are %zu members, fewer than %zu"
                            : "there are %zu members, more than %zu",
                      c->value->n, c->rule->from);
}

/* ---- items ---- */

/* The first item that the rule is for, and the schema for it and those after it. */
hg_status hg_js_prepare_items(hg_jsonschema *s, js_sub *schema, js_rule *rule,
                              hg_err *err)
{
    const hg_node *prefix = NULL;
    (void)s;
    (void)err;
    if (strcmp(rule->keyword->name, "additionalItems") == 0) {
        prefix = hg_node_member(schema->node, "items");
        if (!prefix || prefix->kind != HG_NODE_ARRAY)
            return HG_OK; /* it says nothing then: sub stays NULL */
    } else if (schema->home->draft == DRAFT_2020) {
        prefix = hg_node_member(schema->node, "prefixItems");
    }
    rule->from = prefix && prefix->kind == HG_NODE_ARRAY ? prefix->n : 0;
    rule->sub = rule->value->tag; /* NULL for a list of schemas */
    return HG_OK;
}

/* Each item is judged by the schema that stands in the same place. */
bool hg_js_prefix(const js_call *c)
{
    const hg_node *item = c->value->first, *s = c->rule->value->first;
    bool valid = true;
    for (size_t i = 0; item && s; i++, item = item->next, s = s->next) {
        valid = hg_js_apply(c->r, s->tag, item, NULL) && valid;
        if (c->seen)
            c->seen[i] = 1;
    }
    return valid;
}

static bool judge_item(const js_call *c, const hg_node *item, size_t i, bool *mine)
{
    *mine = i >= c->rule->from;
    return !*mine || hg_js_apply(c->r, c->rule->sub, item, NULL);
}

bool hg_js_items(const js_call *c)
{
    if (c->rule->value->kind == HG_NODE_ARRAY)
        return hg_js_prefix(c);
    return !c->rule->sub || hg_js_each(c, judge_item);
}

static bool judge_unseen_item(const js_call *c, const hg_node *item, size_t i, bool *mine)
{
    *mine = !c->seen[i];
    return !*mine || hg_js_apply(c->r, c->rule->value->tag, item, NULL);
}

bool hg_js_unevaluated_items(const js_call *c)
{
    return hg_js_each(c, judge_unseen_item);
}

/* ---- some items ---- */

static size_t size_member(const hg_node *object, const char *key, size_t otherwise)
{
    char text[64];
    const hg_node *v = hg_node_member(object, key);
    if (!v)
        return otherwise;
    hg_js_print(text, sizeof text, v);
    double n = strtod(text, NULL);
    return n < (double)(SIZE_MAX / 2) ? (size_t)n : SIZE_MAX;
}

hg_status hg_js_prepare_contains(hg_jsonschema *s, js_sub *schema, js_rule *rule,
                                 hg_err *err)
{
    bool counts = schema->home->draft == DRAFT_2020 &&
                  (schema->home->vocabularies & VOC_VALIDATION) != 0;
    (void)s;
    (void)err;
    rule->from = counts ? size_member(schema->node, "minContains", 1) : 1;
    rule->to = counts ? size_member(schema->node, "maxContains", SIZE_MAX) : SIZE_MAX;
    return HG_OK;
}

bool hg_js_contains(const js_call *c)
{
    size_t n = 0, i = 0;
    for (const hg_node *item = c->value->first; item; item = item->next, i++) {
        c->r->quiet++;
        bool fits = hg_js_apply(c->r, c->rule->value->tag, item, NULL);
        c->r->quiet--;
        n += fits;
        if (c->seen && fits)
            c->seen[i] = 1;
    }
    if (n < c->rule->from)
        return hg_js_tell(c->r, c->value, c->rule->from > 1 ? "minContains" : "contains",
                          "%zu of the items fit the schema of contains, fewer than %zu",
                          n, c->rule->from);
    if (n > c->rule->to)
        return hg_js_tell(c->r, c->value, "maxContains",
                          "%zu of the items fit the schema of contains, more than %zu", n,
                          c->rule->to);
    return true;
}

static size_t index_of(const hg_node *item)
{
    size_t i = 0;
    for (const hg_node *v = item->parent->first; v != item; v = v->next)
        i++;
    return i;
}

bool hg_js_unique(const js_call *c)
{
    size_t n = 0, same = 0;
    if (c->rule->value->kind != HG_NODE_TRUE || c->value->n < 2)
        return true;
    const hg_node **items = malloc(c->value->n * sizeof *items);
    if (!items) {
        if (c->r->status == HG_OK)
            c->r->status = hg_fail_nomem(c->r->err);
        return false;
    }
    for (const hg_node *item = c->value->first; item; item = item->next)
        items[n++] = item;
    qsort(items, n, sizeof *items, hg_js_compare_choices);
    for (size_t i = 1; i < n && !same; i++)
        if (hg_js_compare(items[i - 1], items[i]) == 0)
            same = i;
    size_t a = same ? index_of(items[same - 1]) : 0, b = same ? index_of(items[same]) : 0;
    free(items);
    return !same ||
           hg_js_tell(c->r, c->value, "uniqueItems", "the items %zu and %zu are equal",
                      a < b ? a : b, a < b ? b : a);
}
