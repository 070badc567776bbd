/* jsonschema_check - schemas applied to values, within limits */
#include "json/jsonschema_parts.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ---- what comes out ---- */

bool hg_js_stop(js_run *r, const hg_node *at, const char *message)
{
    if (r->status == HG_OK) {
        hg_buf pointer = { 0 };
        hg_node_pointer(&pointer, at);
        hg_loc loc = { .field = pointer.data ? pointer.data : "/" };
        r->status = hg_fail_args(r->err, HG_EINPUT, &loc, message, "", 0);
        hg_buf_release(&pointer);
    }
    return false;
}

static bool out_of_memory(js_run *r)
{
    if (r->status == HG_OK)
        r->status = hg_fail_nomem(r->err);
    return false;
}

static bool tells_kind(const char *keyword)
{
    return strcmp(keyword, "type") == 0 || strcmp(keyword, "enum") == 0 ||
           strcmp(keyword, "const") == 0;
}

bool hg_js_tell(js_run *r, const hg_node *at, const char *keyword, const char *message,
                ...)
{
    if (r->probe && tells_kind(keyword) && (at == r->probe || at->parent == r->probe))
        r->other_kind = true;
    if (r->quiet > 0 || r->status != HG_OK)
        return false;
    if (!r->take) {
        r->status = HG_END; /* the verdict is known */
        return false;
    }
    hg_jsonschema_finding f = { .at = at, .keyword = keyword, .message = message };
    va_list ap;
    va_start(ap, message);
    f.args_len = hg_vargs(f.args, sizeof f.args, message, ap);
    va_end(ap);
    r->status = r->take(r->user, &f, r->err);
    return false;
}

bool hg_js_matches(js_run *r, const hg_pattern *pattern, const hg_node *at, hg_slice text)
{
    hg_match m = hg_pattern_match(pattern, text);
    if (m == HG_MATCH_TOO_HARD)
        return hg_js_stop(r, at,
                          "a pattern takes too many steps, so this cannot be checked");
    return m == HG_MATCHES;
}

/* ---- applying ---- */

static bool within_limits(js_run *r, const hg_node *value)
{
    if (++r->steps > r->max_steps)
        return hg_js_stop(r, value,
                          "the schema takes too many steps, so this cannot be checked");
    if (r->depth >= HG_JSONSCHEMA_DEPTH)
        return hg_js_stop(r, value,
                          "the schema applies itself without end, or is nested too "
                          "deeply, so this cannot be checked");
    return true;
}

static bool keep_rules(js_run *r, const js_sub *schema, const hg_node *value,
                       unsigned char *seen)
{
    bool valid = true;
    for (size_t i = 0; i < schema->n && r->status == HG_OK; i++) {
        const js_rule *rule = &schema->rules[i];
        const js_call call = { r, schema, rule, value, seen };
        if ((rule->keyword->of >> value->kind & 1) && !rule->keyword->check(&call))
            valid = false;
        if (!valid && r->quiet > 0 && !r->probe)
            break;
    }
    return valid;
}

bool hg_js_apply(js_run *r, const js_sub *schema, const hg_node *value,
                 unsigned char *seen)
{
    if (r->status != HG_OK || !within_limits(r, value))
        return false;
    if (schema->node->kind == HG_NODE_TRUE)
        return true;
    if (schema->node->kind == HG_NODE_FALSE)
        return hg_js_tell(r, value, "false", "nothing is allowed here");
    js_scope here = { r->scope, schema->home };
    unsigned char *own = NULL;
    if (schema->looks_back && !seen && !(seen = own = calloc(1, value->n + 1)))
        return out_of_memory(r);
    const js_scope *before = r->scope;
    if (!before || before->home != schema->home)
        r->scope = &here;
    r->depth++;
    bool valid = keep_rules(r, schema, value, seen);
    r->depth--;
    r->scope = before;
    free(own);
    return valid;
}

bool hg_js_beside(js_run *r, const js_sub *schema, const hg_node *value,
                  unsigned char *seen)
{
    if (!seen)
        return hg_js_apply(r, schema, value, NULL);
    unsigned char *mine = calloc(1, value->n + 1);
    if (!mine)
        return out_of_memory(r);
    bool valid = hg_js_apply(r, schema, value, mine);
    for (size_t i = 0; valid && i < value->n; i++)
        seen[i] |= mine[i];
    free(mine);
    return valid;
}

bool hg_js_quietly(js_run *r, const js_sub *schema, const hg_node *value,
                   unsigned char *seen)
{
    r->quiet++;
    bool valid = hg_js_beside(r, schema, value, seen);
    r->quiet--;
    return valid;
}

hg_status hg_js_check(const js_sub *root, const hg_node *value, hg_take_jsonschema *take,
                      void *user, bool *valid, hg_err *err)
{
    js_run r = {
        .take = take, .user = user, .err = err, .max_steps = HG_JSONSCHEMA_STEPS
    };
    for (const hg_node *n = value; n;) { /* a walk through all values */
        r.max_steps += 100;
        const hg_node *next = n->first;
        while (!next && n != value && !(next = n->next))
            n = n->parent;
        n = next;
    }
    *valid = hg_js_apply(&r, root, value, NULL);
    return r.status == HG_END ? HG_OK : r.status;
}

hg_status hg_jsonschema_check(const hg_jsonschema *schema, const hg_node *value,
                              hg_take_jsonschema *take, void *user, bool *valid,
                              hg_err *err)
{
    return hg_js_check(schema->root, value, take, user, valid, err);
}
