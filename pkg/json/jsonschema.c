/* jsonschema - JSON documents judged by JSON Schema */
#include "json/jsonschema_parts.h"

#include <stdlib.h>
#include <string.h>

struct memory {
    struct memory *next;
    max_align_t data[];
};

void *hg_js_take(hg_jsonschema *s, size_t n, hg_err *err)
{
    struct memory *m = calloc(1, sizeof *m + n);
    if (!m) {
        hg_fail_nomem(err);
        return NULL;
    }
    m->next = s->memory;
    s->memory = m;
    return m->data;
}

hg_status hg_js_wrong(const js_resource *home, const hg_node *at, hg_err *err,
                      const char *format, const char *text)
{
    hg_loc loc = hg_tree_loc(home->tree, at->at);
    return hg_fail(err, HG_EARG, &loc, format, text);
}

/* ---- schemas judged by the schema of their draft ---- */

typedef struct judging {
    const hg_tree *tree;
} judging;

/* What the metaschema finds first is what is wrong with the schema. */
static hg_status refuse(void *user, const hg_jsonschema_finding *f, hg_err *err)
{
    const judging *j = user;
    hg_loc loc = hg_tree_loc(j->tree, f->at->at);
    loc.field = f->keyword;
    return hg_fail_args(err, HG_EARG, &loc, f->message, f->args, f->args_len);
}

hg_status hg_js_judge(hg_jsonschema *s, const hg_tree *tree, js_draft of, hg_err *err)
{
    judging j = { tree };
    bool valid;
    js_sub *meta;
    hg_status st = hg_js_metaschema(s, of, &meta, err);
    if (st != HG_OK)
        return st;
    hg_js_need(s, meta);
    st = hg_js_prepare(s, err);
    return st == HG_OK ? hg_js_check(meta, hg_tree_root(tree), refuse, &j, &valid, err)
                       : st;
}

static hg_status finish(hg_jsonschema **out, hg_tree *tree, const char *remotes,
                        hg_err *err)
{
    hg_jsonschema *s = calloc(1, sizeof *s);
    if (!s) {
        hg_tree_free(tree);
        return hg_fail_nomem(err);
    }
    s->remotes = remotes;
    hg_status st = hg_js_add(s, tree, HG_SLICE(""), 0, false, &s->root, err);
    if (st == HG_OK) {
        hg_js_need(s, s->root);
        st = hg_js_prepare(s, err);
    }
    if (st == HG_OK)
        *out = s;
    else
        hg_jsonschema_free(s);
    return st;
}

hg_status hg_jsonschema_new(hg_jsonschema **out, const char *name, hg_slice text,
                            const char *remotes, hg_err *err)
{
    hg_tree *tree;
    *out = NULL;
    hg_status st = hg_tree_parse(&tree, name, text, err);
    return st == HG_OK ? finish(out, tree, remotes, err) : st;
}

hg_status hg_jsonschema_load(hg_jsonschema **out, const char *name, const char *remotes,
                             hg_err *err)
{
    hg_tree *tree;
    *out = NULL;
    hg_status st = hg_tree_load(&tree, name, err);
    return st == HG_OK ? finish(out, tree, remotes, err) : st;
}

void hg_jsonschema_free(hg_jsonschema *s)
{
    if (!s)
        return;
    for (js_sub *schema = s->subs; schema; schema = schema->others)
        for (size_t i = 0; i < schema->n; i++)
            for (size_t k = 0; k < schema->rules[i].n_patterns; k++)
                hg_pattern_free(schema->rules[i].patterns[k]);
    for (js_document *d = s->documents; d; d = d->next)
        hg_tree_free(d->tree);
    for (struct memory *m = s->memory, *next; m; m = next) {
        next = m->next;
        free(m);
    }
    free(s);
}
