/* jsonschema_objects - keywords about the members of objects */
#include "json/jsonschema_parts.h"
#include "text/message.h"

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

/* ---- members by name ---- */

static bool judge_named(const js_call *c, const hg_node *member, size_t i, bool *mine)
{
    const hg_node *s = hg_node_get(c->rule->value, member->key);
    (void)i;
    *mine = s != NULL;
    return !s || hg_js_apply(c->r, s->tag, member, NULL);
}

bool hg_js_properties(const js_call *c)
{
    return hg_js_each(c, judge_named);
}

static bool judge_matching(const js_call *c, const hg_node *member, size_t i, bool *mine)
{
    const hg_node *s = c->rule->value->first;
    bool valid = true;
    (void)i;
    *mine = false;
    for (size_t k = 0; s; k++, s = s->next)
        if (hg_js_matches(c->r, c->rule->patterns[k], member, member->key)) {
            valid = hg_js_apply(c->r, s->tag, member, NULL) && valid;
            *mine = true;
        }
    return valid;
}

bool hg_js_pattern_properties(const js_call *c)
{
    return hg_js_each(c, judge_matching);
}

/* ---- members that no other keyword is for ---- */

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

static bool judge_other(const js_call *c, const hg_node *member, size_t i, bool *mine)
{
    const hg_node *properties = hg_node_member(c->schema->node, "properties");
    (void)i;
    *mine =
        !is_named(c->r, properties, hg_js_rule(c->schema, "patternProperties"), member);
    return !*mine || check_rest(c->r, c->rule, properties, member);
}

bool hg_js_additional(const js_call *c)
{
    return hg_js_each(c, judge_other);
}

static bool judge_unseen(const js_call *c, const hg_node *member, size_t i, bool *mine)
{
    *mine = !c->seen[i];
    return !*mine || check_rest(c->r, c->rule,
                                hg_node_member(c->schema->node, "properties"), member);
}

bool hg_js_unevaluated_properties(const js_call *c)
{
    return hg_js_each(c, judge_unseen);
}

/* ---- names ---- */

/* A key is judged as a string that stands where its member does. */
bool hg_js_names(const js_call *c)
{
    bool valid = true;
    for (const hg_node *m = c->value->first; m; m = m->next) {
        hg_node name = { .kind = HG_NODE_STRING,
                         .depth = m->depth,
                         .text = m->key,
                         .key = m->key,
                         .at = m->at,
                         .parent = m->parent };
        c->r->quiet++;
        bool fits = hg_js_apply(c->r, c->rule->value->tag, &name, NULL);
        c->r->quiet--;
        if (!fits) {
            char key[NAME];
            copy_key(key, m->key);
            valid = hg_js_tell(c->r, m, "propertyNames",
                               "the key '%s' is not as keys are to be here", key);
        }
    }
    return valid;
}

bool hg_js_required(const js_call *c)
{
    bool valid = true;
    for (const hg_node *name = c->rule->value->first; name; name = name->next) {
        char key[NAME];
        if (hg_node_get(c->value, name->text))
            continue;
        copy_key(key, name->text);
        valid = hg_js_tell(c->r, c->value, "required", "'%s' is missing here", key);
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

bool hg_js_dependent_required(const js_call *c)
{
    bool valid = true;
    for (const hg_node *d = c->rule->value->first; d; d = d->next)
        if (hg_node_get(c->value, d->key))
            valid = need_names(c->r, c->rule, c->value, d, d) && valid;
    return valid;
}

/* dependentSchemas; and draft 7's dependencies, which may be names as well. */
bool hg_js_dependent(const js_call *c)
{
    bool valid = true;
    for (const hg_node *d = c->rule->value->first; d; d = d->next) {
        if (!hg_node_get(c->value, d->key))
            continue;
        valid = (d->tag ? hg_js_beside(c->r, d->tag, c->value, c->seen)
                        : need_names(c->r, c->rule, c->value, d, d)) &&
                valid;
    }
    return valid;
}
