/* jsonschema_documents - documents with schemas, the addresses in them, and where
 * references lead */
#include "json/jsonschema_parts.h"
#include "base/file.h"
#include "text/uri.h"

#include <stdlib.h>
#include <string.h>

#define META_7    "http://json-schema.org/draft-07/schema"
#define META_2020 "https://json-schema.org/draft/2020-12/schema"

static hg_slice in_buf(const hg_buf *buf)
{
    return (hg_slice){ buf->data ? buf->data : "", buf->len };
}

static hg_slice before_fragment(hg_slice uri)
{
    const char *mark = uri.n > 0 ? memchr(uri.p, '#', uri.n) : NULL;
    return (hg_slice){ uri.p, mark ? (size_t)(mark - uri.p) : uri.n };
}

static hg_slice string_member(const hg_node *object, const char *key)
{
    const hg_node *v = hg_node_member(object, key);
    return v && v->kind == HG_NODE_STRING ? v->text : (hg_slice){ NULL, 0 };
}

/* ---- which draft ---- */

/* Whether a keyword that only 2020-12 has stands in the schema, or in one within it. */
static bool looks_new(const hg_node *node)
{
    static const char *const telling[] = { "$defs",
                                           "$anchor",
                                           "$dynamicRef",
                                           "$dynamicAnchor",
                                           "$vocabulary",
                                           "prefixItems",
                                           "minContains",
                                           "maxContains",
                                           "dependentSchemas",
                                           "dependentRequired",
                                           "unevaluatedItems",
                                           "unevaluatedProperties",
                                           NULL };
    for (const char *const *t = telling; *t; t++)
        if (hg_node_member(node, *t))
            return true;
    for (const hg_node *child = node->first; child; child = child->next)
        if (looks_new(child))
            return true;
    return false;
}

static hg_status find(hg_jsonschema *s, hg_slice uri, const js_resource *from,
                      const hg_node *ref, js_resource **out, hg_err *err);

/* The vocabularies that a metaschema names. */
static hg_status read_vocabularies(const js_resource *meta, js_resource *home,
                                   hg_err *err)
{
    static const char base[] = "https://json-schema.org/draft/2020-12/vocab/";
    static const struct {
        const char *name;
        unsigned bit;
    } known[] = { { "core", VOC_CORE },
                  { "applicator", VOC_APPLICATOR },
                  { "unevaluated", VOC_UNEVALUATED },
                  { "validation", VOC_VALIDATION },
                  { "meta-data", VOC_META },
                  { "format-annotation", VOC_FORMAT },
                  { "format-assertion", VOC_FORMAT | VOC_ASSERTION },
                  { "content", VOC_CONTENT } };
    const hg_node *list = hg_node_member(meta->root, "$vocabulary");
    if (!list || list->kind != HG_NODE_OBJECT)
        return HG_OK;
    home->vocabularies = VOC_CORE;
    for (const hg_node *v = list->first; v; v = v->next) {
        size_t i = 0, n = sizeof known / sizeof *known, skip = sizeof base - 1;
        hg_slice name = v->key.n > skip && memcmp(v->key.p, base, skip) == 0
                            ? (hg_slice){ v->key.p + skip, v->key.n - skip }
                            : HG_SLICE("");
        while (i < n && !hg_slice_is(name, known[i].name))
            i++;
        if (i < n)
            home->vocabularies |= known[i].bit;
        else if (v->kind == HG_NODE_TRUE)
            return hg_js_wrong(meta, v, err,
                               "this needs a vocabulary that is not known here", NULL);
    }
    return HG_OK;
}

/* Take the draft, and what is to be known of it, from a metaschema that is not a draft's
 * own. */
static hg_status follow(hg_jsonschema *s, js_resource *home, const hg_node *at,
                        hg_err *err)
{
    js_resource *meta;
    hg_status st = find(s, before_fragment(at->text), home, at, &meta, err);
    if (st != HG_OK)
        return st;
    if (meta == home)
        return hg_js_wrong(home, at, err, "this schema is its own metaschema, and of no draft",
                           NULL);
    home->draft = meta->draft;
    return meta->draft == DRAFT_2020 ? read_vocabularies(meta, home, err) : HG_OK;
}

static hg_status read_draft(hg_jsonschema *s, js_resource *home, js_draft of, hg_err *err)
{
    const hg_node *at = hg_node_member(home->root, "$schema");
    home->vocabularies = VOC_USUAL;
    if (!at || at->kind != HG_NODE_STRING) {
        home->draft = of ? of : looks_new(home->root) ? DRAFT_2020 : DRAFT_7;
        return HG_OK;
    }
    hg_slice uri = before_fragment(at->text);
    bool old = hg_slice_is(uri, META_7), new = hg_slice_is(uri, META_2020);
    home->draft = old ? DRAFT_7 : DRAFT_2020;
    return old || new ? HG_OK : follow(s, home, at, err);
}

/* ---- schemas, and the addresses in them ---- */

static hg_status add_anchor(hg_jsonschema *s, js_resource *home, hg_slice name,
                            hg_node *node, bool dynamic, hg_err *err)
{
    js_anchor *a = name.p ? hg_js_take(s, sizeof *a, err) : NULL;
    if (!a)
        return name.p ? HG_ENOMEM : HG_OK;
    *a = (js_anchor){
        .next = home->anchors, .name = name, .node = node, .dynamic = dynamic
    };
    home->anchors = a;
    return HG_OK;
}

static hg_status add_resource(hg_jsonschema *s, js_resource **out, hg_slice uri,
                              hg_node *root, const hg_tree *tree, bool builtin,
                              hg_err *err)
{
    js_resource *r = hg_js_take(s, sizeof *r, err);
    char *text = r ? hg_js_take(s, uri.n + 1, err) : NULL;
    if (!text)
        return HG_ENOMEM;
    if (uri.n > 0)
        memcpy(text, uri.p, uri.n);
    *r = (js_resource){
        .next = s->resources, .uri = text, .root = root, .tree = tree, .builtin = builtin
    };
    *out = s->resources = r;
    return HG_OK;
}

/* An "$id" makes a resource of its own; draft 7 has anchors in it, too. */
static hg_status read_id(hg_jsonschema *s, js_resource **home, hg_node *node, hg_err *err)
{
    hg_slice id = string_member(node, "$id");
    js_draft of = (*home)->draft;
    if (!id.p || (of == DRAFT_7 && hg_node_member(node, "$ref")))
        return HG_OK;
    hg_slice address = before_fragment(id);
    hg_status st = HG_OK;
    if (address.n > 0) {
        hg_buf uri = { 0 };
        hg_uri_resolve(&uri, hg_slice_of((*home)->uri), address);
        st = hg_buf_status(&uri, err);
        if (st == HG_OK)
            st = add_resource(s, home, in_buf(&uri), node, (*home)->tree,
                              (*home)->builtin, err);
        hg_buf_release(&uri);
        if (st == HG_OK)
            st = read_draft(s, *home, of, err);
    }
    if (st == HG_OK && of == DRAFT_7 && id.n > address.n + 1)
        st =
            add_anchor(s, *home, (hg_slice){ id.p + address.n + 1, id.n - address.n - 1 },
                       node, false, err);
    return st;
}

static hg_status scan(hg_jsonschema *s, js_resource *home, hg_node *node, hg_err *err);

static hg_status scan_all(hg_jsonschema *s, js_resource *home, hg_node *list, hg_err *err)
{
    hg_status st = HG_OK;
    for (hg_node *item = list->first; st == HG_OK && item; item = item->next)
        st = scan(s, home, item, err);
    return st;
}

static hg_status scan_keyword(hg_jsonschema *s, js_resource *home, const js_keyword *k,
                              hg_node *value, hg_err *err)
{
    switch (k->shape) {
    case NO_SCHEMA: return HG_OK;
    case ONE: return scan(s, home, value, err);
    case LIST:
        return value->kind == HG_NODE_ARRAY ? scan_all(s, home, value, err) : HG_OK;
    case ONE_OR_LIST:
        return value->kind == HG_NODE_ARRAY ? scan_all(s, home, value, err)
                                            : scan(s, home, value, err);
    case MAP:
    case MAP_OR_NAMES: break;
    }
    return value->kind == HG_NODE_OBJECT ? scan_all(s, home, value, err) : HG_OK;
}

static bool is_schema(const hg_node *node)
{
    return node->kind == HG_NODE_OBJECT || node->kind == HG_NODE_TRUE ||
           node->kind == HG_NODE_FALSE;
}

/* Mark a node as a schema, and those within it. */
static hg_status scan(hg_jsonschema *s, js_resource *home, hg_node *node, hg_err *err)
{
    hg_status st = HG_OK;
    if (node->tag || !is_schema(node))
        return HG_OK;
    if (node != home->root)
        st = read_id(s, &home, node, err);
    js_sub *schema = st == HG_OK ? hg_js_take(s, sizeof *schema, err) : NULL;
    if (!schema)
        return err->status;
    *schema = (js_sub){ .others = s->subs, .node = node, .home = home };
    s->subs = node->tag = schema;
    if (home->draft == DRAFT_2020) {
        st = add_anchor(s, home, string_member(node, "$anchor"), node, false, err);
        if (st == HG_OK)
            st = add_anchor(s, home, string_member(node, "$dynamicAnchor"), node, true,
                            err);
    }
    for (const js_keyword *k = hg_js_keywords; st == HG_OK && k->name; k++) {
        hg_node *value =
            k->shape && hg_js_knows(home, k) ? hg_node_member(node, k->name) : NULL;
        if (value)
            st = scan_keyword(s, home, k, value, err);
    }
    return st;
}

/* A document is known by where it was found, and by its own "$id". */
static hg_status scan_root(hg_jsonschema *s, hg_tree *tree, hg_slice uri, js_draft of,
                           bool builtin, js_sub **out, hg_err *err)
{
    js_resource *home;
    hg_node *root = hg_tree_root(tree);
    hg_status st = add_resource(s, &home, uri, root, tree, builtin, err);
    if (st == HG_OK)
        st = read_draft(s, home, of, err);
    if (st == HG_OK)
        st = read_id(s, &home, root, err);
    if (st == HG_OK && !is_schema(root))
        return hg_js_wrong(home, root, err, "a schema is an object, true or false", NULL);
    if (st == HG_OK && !builtin)
        st = hg_js_judge(s, tree, home->draft, err);
    if (st == HG_OK)
        st = scan(s, home, root, err);
    *out = root->tag;
    return st;
}

hg_status hg_js_add(hg_jsonschema *s, hg_tree *tree, hg_slice uri, js_draft of,
                    bool builtin, js_sub **out, hg_err *err)
{
    js_document *d = hg_js_take(s, sizeof *d, err);
    *out = NULL;
    if (!d) {
        hg_tree_free(tree);
        return err->status;
    }
    *d = (js_document){ .next = s->documents, .tree = tree };
    s->documents = d;
    return scan_root(s, tree, uri, of, builtin, out, err);
}

/* ---- where references lead ---- */

/* A schema may give itself the address of a draft's: that holds for its own references, and
 * never for those of what is built in. */
static js_resource *known(const hg_jsonschema *s, hg_slice uri, bool builtin)
{
    js_resource *other = NULL;
    for (js_resource *r = s->resources; r; r = r->next) {
        if (!hg_slice_is(uri, r->uri))
            continue;
        if (r->builtin == builtin)
            return r;
        other = r;
    }
    return builtin ? NULL : other;
}

static hg_status load_remote(const hg_jsonschema *s, hg_slice uri, hg_tree **tree,
                             hg_err *err)
{
    char *path, *name;
    size_t skip = sizeof HG_JSONSCHEMA_REMOTE - 1;
    hg_buf rest = { 0 };
    hg_uri_decode(&rest, (hg_slice){ uri.p + skip, uri.n - skip });
    name = rest.data ? rest.data : "";
    hg_status st = hg_buf_status(&rest, err);
    if (st == HG_OK && (strlen(name) != rest.len || strstr(name, "..")))
        st = hg_fail(err, HG_EARG, NULL, "'%s' leads out of the folder of remotes", name);
    if (st == HG_OK)
        st = hg_path_join(&path, s->remotes, name, err);
    if (st == HG_OK) {
        st = hg_tree_load(tree, path, err);
        free(path);
    }
    hg_buf_release(&rest);
    return st;
}

/* The resource of an address; it is read where it is not known yet. */
static hg_status find(hg_jsonschema *s, hg_slice uri, const js_resource *from,
                      const hg_node *ref, js_resource **out, hg_err *err)
{
    hg_slice text = hg_js_builtin(uri);
    size_t n = sizeof HG_JSONSCHEMA_REMOTE - 1;
    bool remote = s->remotes && uri.n > n && memcmp(uri.p, HG_JSONSCHEMA_REMOTE, n) == 0;
    hg_tree *tree;
    js_sub *root;
    hg_status st;
    if ((*out = known(s, uri, !from || from->builtin)))
        return HG_OK;
    if (text.n > 0) {
        st = hg_tree_parse(&tree, "metaschema", text, err);
    } else if (remote) {
        st = load_remote(s, uri, &tree, err);
    } else {
        char shown[200];
        hg_js_print(shown, sizeof shown, ref);
        return hg_js_wrong(from, ref, err,
                           "%s leads to a schema that is not here; nothing "
                           "is fetched",
                           shown);
    }
    if (st == HG_OK)
        st =
            hg_js_add(s, tree, uri, text.n > 0 ? 0 : from->draft, text.n > 0, &root, err);
    if (st == HG_OK)
        *out = root->home;
    return st;
}

/* Follow one step of a JSON Pointer. */
static hg_node *step(const hg_node *node, hg_slice name)
{
    hg_buf key = { 0 };
    hg_node *next = NULL;
    for (size_t i = 0; i < name.n; i++) {
        bool escape = name.p[i] == '~' && i + 1 < name.n;
        hg_buf_putc(&key, !escape ? name.p[i] : name.p[i + 1] == '1' ? '/' : '~');
        i += escape;
    }
    if (node->kind == HG_NODE_OBJECT) {
        next = hg_node_get(node, in_buf(&key));
    } else if (node->kind == HG_NODE_ARRAY && key.len > 0 && key.len < 10) {
        char *end;
        unsigned long i = strtoul(key.data, &end, 10);
        next = *end == '\0' && key.data[0] != '-' && key.data[0] != '+'
                   ? hg_node_at(node, i)
                   : NULL;
    }
    hg_buf_release(&key);
    return next;
}

/* Where a pointer leads; *home becomes that of the schema there. */
static hg_node *follow_pointer(js_resource **home, hg_slice pointer)
{
    hg_node *node = (*home)->root;
    size_t at = 0;
    while (node && at < pointer.n) {
        size_t end = at + 1;
        while (end < pointer.n && pointer.p[end] != '/')
            end++;
        node = step(node, (hg_slice){ pointer.p + at + 1, end - at - 1 });
        if (node && node->tag)
            *home = ((js_sub *)node->tag)->home;
        at = end;
    }
    return node;
}

static hg_node *follow_fragment(js_resource **home, hg_slice fragment, hg_slice *dynamic)
{
    if (fragment.n == 0 || fragment.p[0] == '/')
        return follow_pointer(home, fragment);
    for (const js_anchor *a = (*home)->anchors; a; a = a->next)
        if (hg_slice_eq(a->name, fragment)) {
            if (a->dynamic)
                *dynamic = a->name;
            return a->node;
        }
    return NULL;
}

static hg_status resolve(hg_jsonschema *s, const js_resource *from, const hg_node *ref,
                         hg_slice uri, js_sub **out, hg_slice *name, hg_err *err)
{
    js_resource *home;
    hg_slice address = before_fragment(uri);
    hg_buf fragment = { 0 };
    if (uri.n > address.n)
        hg_uri_decode(&fragment,
                      (hg_slice){ uri.p + address.n + 1, uri.n - address.n - 1 });
    hg_status st = hg_buf_status(&fragment, err);
    if (st == HG_OK)
        st = find(s, address, from, ref, &home, err);
    hg_node *node = st == HG_OK ? follow_fragment(&home, in_buf(&fragment), name) : NULL;
    if (st == HG_OK && (!node || !is_schema(node))) {
        char shown[200];
        hg_js_print(shown, sizeof shown, ref);
        st = hg_js_wrong(from, ref, err, "%s leads to no schema", shown);
    }
    if (st == HG_OK) /* it may stand where no keyword has schemas */
        st = scan(s, home, node, err);
    *out = st == HG_OK ? node->tag : NULL;
    hg_buf_release(&fragment);
    return st;
}

hg_status hg_js_resolve(hg_jsonschema *s, const js_resource *home, const hg_node *ref,
                        js_sub **out, hg_slice *name, hg_err *err)
{
    hg_buf uri = { 0 };
    *name = (hg_slice){ NULL, 0 };
    hg_uri_resolve(&uri, hg_slice_of(home->uri), ref->text);
    hg_status st = hg_buf_status(&uri, err);
    if (st == HG_OK)
        st = resolve(s, home, ref, in_buf(&uri), out, name, err);
    hg_buf_release(&uri);
    return st;
}

hg_status hg_js_metaschema(hg_jsonschema *s, js_draft of, js_sub **out, hg_err *err)
{
    js_resource *home;
    hg_status st =
        find(s, hg_slice_of(of == DRAFT_7 ? META_7 : META_2020), NULL, NULL, &home, err);
    *out = st == HG_OK ? home->root->tag : NULL;
    return st;
}
