/* jsonschema_nested - keywords about the items of arrays and the members of objects */
#include "json/jsonschema_parts.h"
#include "text/message.h"

#include <stdlib.h>
#include <string.h>

enum { NAME = 160 }; /* bytes of a key in a message, its NUL counted */

static void copy_key(char out[NAME], hg_slice key)
{
    size_t n = key.n < NAME ? key.n : NAME - 1;
    while (n < key.n && n > 0 && ((unsigned char)key.p[n] & 0xC0) == 0x80)
        n--;
    if (n > 0)
        memcpy(out, key.p, n);
    out[n] = '\0';
}

/* ---- arrays ---- */

/* The first item that the rule is for, and the schema for it and those after it. */
hg_status hg_js_prepare_items(hg_jsonschema *s, js_sub *schema, js_rule *rule,
                              hg_err *err)
{
    const hg_node *prefix = NULL;
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
    if (rule->sub)
        hg_js_need(s, rule->sub);
    for (const hg_node *v = rule->value->first; v && !rule->sub; v = v->next)
        if (v->tag)
            hg_js_need(s, v->tag);
    return HG_OK;
}

/* Each item is judged by the schema that stands in the same place. */
bool hg_js_prefix(js_run *r, const js_sub *schema, const js_rule *rule,
                  const hg_node *value, unsigned char *seen)
{
    const hg_node *item = value->first, *s = rule->value->first;
    bool valid = true;
    (void)schema;
    if (value->kind != HG_NODE_ARRAY)
        return true;
    for (size_t i = 0; item && s; i++, item = item->next, s = s->next) {
        valid = hg_js_apply(r, s->tag, item, NULL) && valid;
        if (seen)
            seen[i] = 1;
    }
    return valid;
}

bool hg_js_items(js_run *r, const js_sub *schema, const js_rule *rule,
                 const hg_node *value, unsigned char *seen)
{
    size_t i = 0;
    bool valid = true;
    if (rule->value->kind == HG_NODE_ARRAY)
        return hg_js_prefix(r, schema, rule, value, seen);
    if (value->kind != HG_NODE_ARRAY || !rule->sub)
        return true;
    for (const hg_node *item = value->first; item; item = item->next, i++) {
        if (i < rule->from)
            continue;
        valid = hg_js_apply(r, rule->sub, item, NULL) && valid;
        if (seen)
            seen[i] = 1;
    }
    return valid;
}

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
    (void)err;
    rule->from = counts ? size_member(schema->node, "minContains", 1) : 1;
    rule->to = counts ? size_member(schema->node, "maxContains", SIZE_MAX) : SIZE_MAX;
    hg_js_need(s, rule->value->tag);
    return HG_OK;
}

bool hg_js_contains(js_run *r, const js_sub *schema, const js_rule *rule,
                    const hg_node *value, unsigned char *seen)
{
    size_t n = 0, i = 0;
    (void)schema;
    if (value->kind != HG_NODE_ARRAY)
        return true;
    for (const hg_node *item = value->first; item; item = item->next, i++) {
        r->quiet++;
        bool fits = hg_js_apply(r, rule->value->tag, item, NULL);
        r->quiet--;
        n += fits;
        if (seen && fits)
            seen[i] = 1;
    }
    if (n < rule->from)
        return hg_js_tell(r, value, rule->from > 1 ? "minContains" : "contains",
                          "%zu of the items fit the schema of contains, fewer than %zu",
                          n, rule->from);
    if (n > rule->to)
        return hg_js_tell(r, value, "maxContains",
                          "%zu of the items fit the schema of contains, more than %zu", n,
                          rule->to);
    return true;
}

static size_t index_of(const hg_node *item)
{
    size_t i = 0;
    for (const hg_node *v = item->parent->first; v != item; v = v->next)
        i++;
    return i;
}

bool hg_js_unique(js_run *r, const js_sub *schema, const js_rule *rule,
                  const hg_node *value, unsigned char *seen)
{
    size_t n = 0, same = 0;
    (void)schema;
    (void)seen;
    if (value->kind != HG_NODE_ARRAY || rule->value->kind != HG_NODE_TRUE || value->n < 2)
        return true;
    const hg_node **items = malloc(value->n * sizeof *items);
    if (!items) {
        if (r->status == HG_OK)
            r->status = hg_fail_nomem(r->err);
        return false;
    }
    for (const hg_node *item = value->first; item; item = item->next)
        items[n++] = item;
    qsort(items, n, sizeof *items, hg_js_compare_choices);
    for (size_t i = 1; i < n && !same; i++)
        if (hg_js_compare(items[i - 1], items[i]) == 0)
            same = i;
    size_t a = same ? index_of(items[same - 1]) : 0, b = same ? index_of(items[same]) : 0;
    free(items);
    return !same || hg_js_tell(r, value, "uniqueItems", "the items %zu and %zu are equal",
                               a < b ? a : b, a < b ? b : a);
}

bool hg_js_count(js_run *r, const js_sub *schema, const js_rule *rule,
                 const hg_node *value, unsigned char *seen)
{
    const char *name = rule->keyword->name;
    bool array = strstr(name, "Items") != NULL, least = name[1] == 'i';
    (void)schema;
    (void)seen;
    if (value->kind != (array ? HG_NODE_ARRAY : HG_NODE_OBJECT))
        return true;
    if (least ? value->n >= rule->from : value->n <= rule->from)
        return true;
    if (array)
        return hg_js_tell(r, value, name,
                          least ? "there are %zu items, fewer than %zu"
                                : "there are %zu items, more than %zu",
                          value->n, rule->from);
    return hg_js_tell(r, value, name,
                      least ? "there are %zu members, fewer than %zu"
                            : "there are %zu members, more than %zu",
                      value->n, rule->from);
}

/* ---- objects ---- */

bool hg_js_properties(js_run *r, const js_sub *schema, const js_rule *rule,
                      const hg_node *value, unsigned char *seen)
{
    bool valid = true;
    size_t i = 0;
    (void)schema;
    if (value->kind != HG_NODE_OBJECT)
        return true;
    for (const hg_node *m = value->first; m; m = m->next, i++) {
        const hg_node *s = hg_node_get(rule->value, m->key);
        if (!s)
            continue;
        valid = hg_js_apply(r, s->tag, m, NULL) && valid;
        if (seen)
            seen[i] = 1;
    }
    return valid;
}

bool hg_js_pattern_properties(js_run *r, const js_sub *schema, const js_rule *rule,
                              const hg_node *value, unsigned char *seen)
{
    bool valid = true;
    size_t i = 0;
    (void)schema;
    if (value->kind != HG_NODE_OBJECT)
        return true;
    for (const hg_node *m = value->first; m; m = m->next, i++) {
        const hg_node *s = rule->value->first;
        for (size_t k = 0; s; k++, s = s->next) {
            if (!hg_js_matches(r, rule->patterns[k], m, m->key))
                continue;
            valid = hg_js_apply(r, s->tag, m, NULL) && valid;
            if (seen)
                seen[i] = 1;
        }
    }
    return valid;
}

hg_status hg_js_prepare_additional(hg_jsonschema *s, js_sub *schema, js_rule *rule,
                                   hg_err *err)
{
    (void)schema;
    (void)err;
    hg_js_need(s, rule->value->tag);
    return HG_OK;
}

/* Whether "properties" or "patternProperties" beside it are for the member. */
static bool is_named(js_run *r, const hg_node *properties, const js_rule *patterns,
                     const hg_node *member)
{
    if (properties && hg_node_get(properties, member->key))
        return true;
    for (size_t i = 0; patterns && i < patterns->n_patterns; i++)
        if (hg_js_matches(r, patterns->patterns[i], member, member->key))
            return true;
    return false;
}

/* The key of properties that name was probably meant to be, or NULL. */
static const hg_node *nearest(const hg_node *properties, const char *name)
{
    const hg_node *best = NULL;
    unsigned least = 3; /* more edits apart is another word */
    for (const hg_node *p = properties ? properties->first : NULL; p; p = p->next) {
        char key[NAME];
        copy_key(key, p->key);
        unsigned d = hg_text_distance(name, key);
        if (d < least && d < strlen(name)) {
            least = d;
            best = p;
        }
    }
    return best;
}

/* A member that no schema allows, with what may have been meant. */
static bool tell_unknown(js_run *r, const char *keyword, const hg_node *properties,
                         const hg_node *member)
{
    char name[NAME], other[NAME];
    if (r->quiet > 0)
        return false;
    copy_key(name, member->key);
    const hg_node *near = nearest(properties, name);
    if (!near)
        return hg_js_tell(r, member, keyword, "the key '%s' is not allowed here", name);
    copy_key(other, near->key);
    return hg_js_tell(r, member, keyword,
                      "the key '%s' is not allowed here; did you mean '%s'?", name,
                      other);
}

static bool check_rest(js_run *r, const js_rule *rule, const hg_node *properties,
                       const hg_node *member)
{
    const js_sub *s = rule->value->tag;
    if (s->node->kind == HG_NODE_FALSE)
        return tell_unknown(r, rule->keyword->name, properties, member);
    return hg_js_apply(r, s, member, NULL);
}

bool hg_js_additional(js_run *r, const js_sub *schema, const js_rule *rule,
                      const hg_node *value, unsigned char *seen)
{
    const hg_node *properties = hg_node_member(schema->node, "properties");
    const struct js_rule *patterns = hg_js_rule(schema, "patternProperties");
    bool valid = true;
    size_t i = 0;
    if (value->kind != HG_NODE_OBJECT)
        return true;
    for (const hg_node *m = value->first; m; m = m->next, i++) {
        if (is_named(r, properties, patterns, m))
            continue;
        valid = check_rest(r, rule, properties, m) && valid;
        if (seen)
            seen[i] = 1;
    }
    return valid;
}

/* A key is judged as a string that stands where its member does. */
bool hg_js_names(js_run *r, const js_sub *schema, const js_rule *rule,
                 const hg_node *value, unsigned char *seen)
{
    bool valid = true;
    (void)schema;
    (void)seen;
    if (value->kind != HG_NODE_OBJECT)
        return true;
    for (const hg_node *m = value->first; m; m = m->next) {
        hg_node name = { .kind = HG_NODE_STRING,
                         .depth = m->depth,
                         .text = m->key,
                         .key = m->key,
                         .at = m->at,
                         .parent = m->parent };
        r->quiet++;
        bool fits = hg_js_apply(r, rule->value->tag, &name, NULL);
        r->quiet--;
        if (!fits) {
            char key[NAME];
            copy_key(key, m->key);
            valid = hg_js_tell(r, m, "propertyNames",
                               "the key '%s' is not as keys are to be here", key);
        }
    }
    return valid;
}

bool hg_js_required(js_run *r, const js_sub *schema, const js_rule *rule,
                    const hg_node *value, unsigned char *seen)
{
    bool valid = true;
    (void)schema;
    (void)seen;
    if (value->kind != HG_NODE_OBJECT)
        return true;
    for (const hg_node *name = rule->value->first; name; name = name->next) {
        char key[NAME];
        if (hg_node_get(value, name->text))
            continue;
        copy_key(key, name->text);
        valid = hg_js_tell(r, value, "required", "'%s' is missing here", key);
    }
    return valid;
}

/* names must be there because the member is. */
static bool need_names(js_run *r, const js_rule *rule, const hg_node *value,
                       const hg_node *member, const hg_node *names)
{
    bool valid = true;
    for (const hg_node *name = names->first; name; name = name->next) {
        char key[NAME], other[NAME];
        if (hg_node_get(value, name->text))
            continue;
        copy_key(key, name->text);
        copy_key(other, member->key);
        valid = hg_js_tell(r, value, rule->keyword->name,
                           "'%s' is missing here, where there is '%s'", key, other);
    }
    return valid;
}

bool hg_js_dependent_required(js_run *r, const js_sub *schema, const js_rule *rule,
                              const hg_node *value, unsigned char *seen)
{
    bool valid = true;
    (void)schema;
    (void)seen;
    for (const hg_node *d = rule->value->first; d; d = d->next)
        if (hg_node_get(value, d->key))
            valid = need_names(r, rule, value, d, d) && valid;
    return valid;
}

/* dependentSchemas; and draft 7's dependencies, which may be names as well. */
bool hg_js_dependent(js_run *r, const js_sub *schema, const js_rule *rule,
                     const hg_node *value, unsigned char *seen)
{
    bool valid = true;
    (void)schema;
    for (const hg_node *d = rule->value->first; d; d = d->next) {
        if (!hg_node_get(value, d->key))
            continue;
        valid = (d->tag ? hg_js_beside(r, d->tag, value, seen)
                        : need_names(r, rule, value, d, d)) &&
                valid;
    }
    return valid;
}

/* ---- what no schema looked at ---- */

bool hg_js_unevaluated_items(js_run *r, const js_sub *schema, const js_rule *rule,
                             const hg_node *value, unsigned char *seen)
{
    bool valid = true;
    size_t i = 0;
    (void)schema;
    if (value->kind != HG_NODE_ARRAY)
        return true;
    for (const hg_node *item = value->first; item; item = item->next, i++) {
        if (seen[i])
            continue;
        valid = hg_js_apply(r, rule->value->tag, item, NULL) && valid;
        seen[i] = 1;
    }
    return valid;
}

bool hg_js_unevaluated_properties(js_run *r, const js_sub *schema, const js_rule *rule,
                                  const hg_node *value, unsigned char *seen)
{
    const hg_node *properties = hg_node_member(schema->node, "properties");
    bool valid = true;
    size_t i = 0;
    if (value->kind != HG_NODE_OBJECT)
        return true;
    for (const hg_node *m = value->first; m; m = m->next, i++) {
        if (seen[i])
            continue;
        valid = check_rest(r, rule, properties, m) && valid;
        seen[i] = 1;
    }
    return valid;
}
