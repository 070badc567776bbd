/* jsonschema_logic - keywords that put schemas beside each other on the same value */
#include "json/jsonschema_parts.h"

bool hg_js_all(const js_call *c)
{
    bool valid = true;
    for (const hg_node *s = c->rule->value->first; s; s = s->next)
        valid = hg_js_beside(c->r, s->tag, c->value, c->seen) && valid;
    return valid;
}

/* The one schema of a list that is for values of this kind, as told by the keywords type,
 * enum and const; NULL where there are several or none. */
static const js_sub *meant(js_run *r, const hg_node *list, const hg_node *value)
{
    const js_sub *only = NULL;
    size_t n = 0;
    for (const hg_node *s = list->first; s; s = s->next) {
        const hg_node *before = r->probe;
        bool other = r->other_kind;
        r->probe = value;
        r->other_kind = false;
        hg_js_quietly(r, s->tag, value, NULL);
        if (!r->other_kind) {
            only = s->tag;
            n++;
        }
        r->probe = before;
        r->other_kind = other;
    }
    return n == 1 ? only : NULL;
}

/* No schema of the list fits: tell why the one that was meant does not, if that is clear.
 */
static bool tell_none(js_run *r, const js_rule *rule, const hg_node *value)
{
    if (r->quiet > 0)
        return false;
    const js_sub *only = r->take ? meant(r, rule->value, value) : NULL;
    if (only)
        return hg_js_apply(r, only, value, NULL);
    return hg_js_tell(r, value, rule->keyword->name, "none of the %zu schemas fits",
                      rule->value->n);
}

bool hg_js_any(const js_call *c)
{
    bool valid = false;
    for (const hg_node *s = c->rule->value->first; s && (c->seen || !valid); s = s->next)
        valid = hg_js_quietly(c->r, s->tag, c->value, c->seen) || valid;
    return valid || tell_none(c->r, c->rule, c->value);
}

bool hg_js_one(const js_call *c)
{
    size_t n = 0;
    for (const hg_node *s = c->rule->value->first; s; s = s->next)
        n += hg_js_quietly(c->r, s->tag, c->value, c->seen);
    if (n == 0)
        return tell_none(c->r, c->rule, c->value);
    return n == 1 || hg_js_tell(c->r, c->value, "oneOf",
                                "%zu of the %zu schemas fit, and one only should", n,
                                c->rule->value->n);
}

bool hg_js_not(const js_call *c)
{
    return !hg_js_quietly(c->r, c->rule->value->tag, c->value, NULL) ||
           hg_js_tell(c->r, c->value, "not", "this fits a schema that it must not fit");
}

bool hg_js_if(const js_call *c)
{
    bool fits = hg_js_quietly(c->r, c->rule->value->tag, c->value, c->seen);
    const hg_node *next = hg_node_member(c->schema->node, fits ? "then" : "else");
    return !next || hg_js_beside(c->r, next->tag, c->value, c->seen);
}

/* Where "$dynamicRef" leads: to the same anchor of the schema that was entered first. */
static const js_sub *dynamic_target(const js_run *r, const js_rule *rule)
{
    const js_sub *target = rule->sub;
    for (const js_scope *s = r->scope; s; s = s->up)
        for (const js_anchor *a = s->home->anchors; a; a = a->next)
            if (a->dynamic && hg_slice_eq(a->name, rule->dynamic))
                target = a->node->tag;
    return target;
}

bool hg_js_ref(const js_call *c)
{
    return hg_js_beside(c->r,
                        c->rule->dynamic.p ? dynamic_target(c->r, c->rule) : c->rule->sub,
                        c->value, c->seen);
}
