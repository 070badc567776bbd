/* tree - any JSON text as a tree that keeps numbers and places */
#include "json/tree.h"
#include "base/file.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a tree keeps is cut from blocks, which never move. */
typedef struct block {
    struct block *next;
    size_t used, size;
    max_align_t data[];
} block;

#define BLOCK ((size_t)1 << 16)

/* The place of every STRIDE-th byte, from which others are counted. */
typedef struct mark {
    uint64_t row;
    uint32_t col;
} mark;

#define STRIDE ((size_t)1 << 16)

struct hg_tree {
    char *name;
    hg_buf text;
    mark *marks;
    block *blocks;
    hg_node *root;
};

/* A text that is being read. */
typedef struct reader {
    hg_tree *tree;
    const char *p, *end;
    hg_node *in;   /* the array or object around, NULL at the top */
    hg_node *last; /* the node before in it */
    size_t nodes;
    hg_err *err;
} reader;

/* ---- memory ---- */

static void *take(hg_tree *tree, size_t n)
{
    block *b = tree->blocks;
    n = (n + sizeof(max_align_t) - 1) & ~(sizeof(max_align_t) - 1);
    if (!b || b->size - b->used < n) {
        size_t size = n > BLOCK ? n : BLOCK;
        if (!(b = malloc(sizeof *b + size)))
            return NULL;
        *b = (block){ .next = tree->blocks, .size = size };
        tree->blocks = b;
    }
    b->used += n;
    return (char *)b->data + b->used - n;
}

/* ---- mistakes ---- */

static mark count(const char *text, size_t n, mark from)
{
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '\n') {
            from.row++;
            from.col = 1;
        } else if (((unsigned char)text[i] & 0xC0) != 0x80) {
            from.col++;
        }
    }
    return from;
}

static hg_status set_marks(hg_tree *tree, hg_err *err)
{
    size_t n = tree->text.len / STRIDE;
    if (!(tree->marks = malloc((n + 1) * sizeof *tree->marks)))
        return hg_fail_nomem(err);
    tree->marks[0] = (mark){ 1, 1 };
    for (size_t i = 1; i <= n; i++)
        tree->marks[i] =
            count(tree->text.data + (i - 1) * STRIDE, STRIDE, tree->marks[i - 1]);
    return HG_OK;
}

hg_loc hg_tree_loc(const hg_tree *tree, size_t at)
{
    const char *text = tree->text.data ? tree->text.data : "";
    size_t i = (at < tree->text.len ? at : tree->text.len) / STRIDE;
    mark m = count(text + i * STRIDE, at - i * STRIDE, tree->marks[i]);
    return (hg_loc){ .file = tree->name, .row = m.row, .col = m.col };
}

static hg_status wrong(const reader *r, const char *at, const char *why)
{
    hg_loc loc = hg_tree_loc(r->tree, (size_t)(at - r->tree->text.data));
    return hg_fail_args(r->err, HG_EARG, &loc, why, "", 0);
}

static hg_status unexpected(const reader *r)
{
    return wrong(r, r->p,
                 r->p == r->end
                     ? "this is not valid JSON: the text ends too early"
                     : "this is not valid JSON: nothing like this may stand here");
}

/* ---- tokens ---- */

static void spaces(reader *r)
{
    while (r->p < r->end &&
           (*r->p == ' ' || *r->p == '\t' || *r->p == '\n' || *r->p == '\r'))
        r->p++;
}

static bool byte(reader *r, char c)
{
    bool is = r->p < r->end && *r->p == c;
    r->p += is;
    return is;
}

static size_t digits(reader *r)
{
    const char *from = r->p;
    while (r->p < r->end && (unsigned char)(*r->p - '0') < 10)
        r->p++;
    return (size_t)(r->p - from);
}

static hg_status number(reader *r, hg_node *node)
{
    const char *from = r->p;
    byte(r, '-');
    bool ok = byte(r, '0') || digits(r) > 0;
    if (ok && byte(r, '.'))
        ok = digits(r) > 0;
    if (ok && (byte(r, 'e') || byte(r, 'E'))) {
        if (!byte(r, '+'))
            byte(r, '-');
        size_t n = digits(r);
        ok = n > 0;
        if (n > 9)
            return wrong(r, from, "an exponent of over 9 digits is not supported");
    }
    node->kind = HG_NODE_NUMBER;
    node->text = (hg_slice){ from, (size_t)(r->p - from) };
    return ok ? HG_OK : unexpected(r);
}

static bool hex4(reader *r, int32_t *out)
{
    *out = 0;
    for (int i = 0; i < 4; i++, r->p++) {
        static const char all[] = "0123456789abcdef0123456789ABCDEF";
        const char *at = r->p < r->end && *r->p ? strchr(all, *r->p) : NULL;
        if (!at)
            return false;
        *out = *out * 16 + (int32_t)((at - all) % 16);
    }
    return true;
}

/* The character behind "\u"; of two escapes where they are a surrogate pair. */
static hg_status code_point(reader *r, int32_t *cp)
{
    const char *from = r->p - 2;
    int32_t low;
    if (!hex4(r, cp))
        return unexpected(r);
    if (*cp < 0xD800 || *cp > 0xDFFF)
        return HG_OK;
    if (*cp > 0xDBFF || !byte(r, '\\') || !byte(r, 'u') || !hex4(r, &low) ||
        low < 0xDC00 || low > 0xDFFF)
        return wrong(r, from, "this is half of a surrogate pair, which is no character");
    *cp = 0x10000 + ((*cp - 0xD800) << 10) + (low - 0xDC00);
    return HG_OK;
}

static size_t put_utf8(char *to, int32_t cp)
{
    if (cp < 0x80) {
        to[0] = (char)cp;
        return 1;
    }
    size_t n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, cp >>= 6)
        to[i] = (char)(0x80 | (cp & 0x3F));
    static const unsigned char lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    to[0] = (char)(lead[n] | cp);
    return n;
}

static hg_status escape(reader *r, char **to)
{
    static const char from[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    int32_t cp;
    r->p++;
    if (byte(r, 'u')) {
        hg_status st = code_point(r, &cp);
        if (st == HG_OK)
            *to += put_utf8(*to, cp);
        return st;
    }
    const char *at = r->p < r->end && *r->p ? strchr(from, *r->p) : NULL;
    if (!at)
        return unexpected(r);
    r->p++;
    *(*to)++ = meant[at - from];
    return HG_OK;
}

/* A string with escapes, which are resolved in memory of the tree. */
static hg_status escaped(reader *r, const char *close, hg_slice *out)
{
    char *text = take(r->tree, (size_t)(close - r->p) + 1), *to = text;
    hg_status st = HG_OK;
    if (!text)
        return hg_fail_nomem(r->err);
    while (st == HG_OK && r->p < close) {
        if (*r->p == '\\')
            st = escape(r, &to);
        else
            *to++ = *r->p++;
    }
    *out = (hg_slice){ text, (size_t)(to - text) };
    r->p++;
    return st;
}

static hg_status string(reader *r, hg_slice *out)
{
    const char *close = ++r->p;
    bool plain = true;
    while (close < r->end && *close != '"' && (unsigned char)*close >= ' ') {
        plain = plain && *close != '\\';
        close += *close == '\\' && close + 1 < r->end ? 2 : 1;
    }
    if (close >= r->end || *close != '"') {
        r->p = close < r->end ? close : r->end;
        return unexpected(r);
    }
    if (!plain)
        return escaped(r, close, out);
    *out = (hg_slice){ r->p, (size_t)(close - r->p) };
    r->p = close + 1;
    return HG_OK;
}

static hg_status word(reader *r, hg_node *node)
{
    static const struct {
        const char *text;
        hg_node_kind kind;
    } words[] = { { "null", HG_NODE_NULL },
                  { "false", HG_NODE_FALSE },
                  { "true", HG_NODE_TRUE } };
    for (size_t i = 0; i < 3; i++) {
        size_t n = strlen(words[i].text);
        if ((size_t)(r->end - r->p) < n || memcmp(r->p, words[i].text, n) != 0)
            continue;
        r->p += n;
        node->kind = words[i].kind;
        return HG_OK;
    }
    return unexpected(r);
}

/* ---- arrays and objects ---- */

static int by_key(const void *a, const void *b)
{
    hg_slice x = (*(hg_node *const *)a)->key, y = (*(hg_node *const *)b)->key;
    size_t n = x.n < y.n ? x.n : y.n;
    int c = n > 0 ? memcmp(x.p, y.p, n) : 0;
    return c != 0 ? c : (x.n > y.n) - (x.n < y.n);
}

/* Sort the members of an object that is read. */
static hg_status sort(reader *r, hg_node *object)
{
    size_t i = 0;
    if (object->n == 0)
        return HG_OK;
    if (!(object->sorted = take(r->tree, object->n * sizeof *object->sorted)))
        return hg_fail_nomem(r->err);
    for (hg_node *m = object->first; m; m = m->next)
        object->sorted[i++] = m;
    qsort(object->sorted, object->n, sizeof *object->sorted, by_key);
    for (i = 1; i < object->n; i++) {
        const hg_node *a = object->sorted[i - 1], *b = object->sorted[i];
        if (hg_slice_eq(a->key, b->key))
            return wrong(r, r->tree->text.data + (a->at > b->at ? a : b)->at,
                         "this key stands twice in the same object");
    }
    return HG_OK;
}

static hg_status open_container(reader *r, hg_node *node, hg_node_kind kind)
{
    node->kind = kind;
    if (node->depth >= HG_TREE_DEPTH)
        return wrong(r, r->p, "arrays and objects are nested too deeply");
    r->p++;
    r->in = node;
    r->last = NULL;
    return HG_OK;
}

/* The value that comes next, or, of an array or object, its beginning. */
static hg_status value(reader *r, hg_node *node)
{
    if (r->p == r->end)
        return unexpected(r);
    switch (*r->p) {
    case '{': return open_container(r, node, HG_NODE_OBJECT);
    case '[': return open_container(r, node, HG_NODE_ARRAY);
    case '"': node->kind = HG_NODE_STRING; return string(r, &node->text);
    case 't':
    case 'f':
    case 'n': return word(r, node);
    default: return number(r, node);
    }
}

static hg_status key(reader *r, hg_node *node)
{
    if (r->p == r->end || *r->p != '"')
        return unexpected(r);
    hg_status st = string(r, &node->key);
    if (st != HG_OK)
        return st;
    spaces(r);
    if (!byte(r, ':'))
        return unexpected(r);
    spaces(r);
    return HG_OK;
}

static hg_status add_node(reader *r)
{
    hg_node *node = take(r->tree, sizeof *node);
    hg_status st = HG_OK;
    if (!node)
        return hg_fail_nomem(r->err);
    if (++r->nodes > HG_TREE_NODES)
        return wrong(r, r->p, "the text has too many values");
    *node = (hg_node){ .at = (size_t)(r->p - r->tree->text.data), .parent = r->in };
    if (!r->in) {
        r->tree->root = node;
    } else {
        node->depth = r->in->depth + 1;
        *(r->last ? &r->last->next : &r->in->first) = node;
        r->in->n++;
        if (r->in->kind == HG_NODE_OBJECT)
            st = key(r, node);
    }
    r->last = node;
    return st == HG_OK ? value(r, node) : st;
}

/* Close what ends here, up to where another value must follow; *done: the text ends. */
static hg_status close_containers(reader *r, bool *done)
{
    for (;;) {
        spaces(r);
        *done = !r->in;
        if (!r->in)
            return r->p == r->end ? HG_OK : unexpected(r);
        if (byte(r, r->in->kind == HG_NODE_OBJECT ? '}' : ']')) {
            hg_status st = r->in->kind == HG_NODE_OBJECT ? sort(r, r->in) : HG_OK;
            if (st != HG_OK)
                return st;
            r->last = r->in;
            r->in = r->in->parent;
            continue;
        }
        if (r->last && !byte(r, ','))
            return unexpected(r);
        spaces(r);
        return HG_OK;
    }
}

static hg_status parse(hg_tree *tree, hg_err *err)
{
    hg_slice text = { tree->text.data ? tree->text.data : "", tree->text.len };
    reader r = { .tree = tree, .p = text.p, .end = text.p + text.n, .err = err };
    size_t valid = hg_utf8_valid(text.p, text.n);
    bool done = false;
    if (valid < text.n)
        return wrong(&r, text.p + valid, "this byte is not UTF-8");
    r.p += hg_utf8_mark(text.p, text.n);
    spaces(&r);
    hg_status st = HG_OK;
    while (st == HG_OK && !done)
        if ((st = add_node(&r)) == HG_OK)
            st = close_containers(&r, &done);
    return st;
}

/* ---- trees ---- */

static hg_tree *tree_new(const char *name)
{
    hg_tree *tree = calloc(1, sizeof *tree);
    if (!tree)
        return NULL;
    tree->text.max = HG_TREE_BYTES;
    if (!(tree->name = strdup(name))) {
        free(tree);
        return NULL;
    }
    return tree;
}

static hg_status finish(hg_tree **out, hg_tree *tree, hg_status st, hg_err *err)
{
    if (st == HG_OK)
        st = set_marks(tree, err);
    if (st == HG_OK)
        st = parse(tree, err);
    if (st == HG_OK)
        *out = tree;
    else
        hg_tree_free(tree);
    return st;
}

hg_status hg_tree_parse(hg_tree **out, const char *name, hg_slice text, hg_err *err)
{
    hg_tree *tree = tree_new(name);
    *out = NULL;
    if (!tree)
        return hg_fail_nomem(err);
    hg_buf_put(&tree->text, text.p, text.n);
    return finish(out, tree, hg_buf_status(&tree->text, err), err);
}

/* All that standard input holds. */
static hg_status load_standard(hg_buf *text, hg_err *err)
{
    enum { CHUNK = 1 << 16 };
    hg_status st = HG_OK;
    for (size_t got = CHUNK; st == HG_OK && got == CHUNK;) {
        char *to = hg_buf_reserve(text, CHUNK);
        st = hg_buf_status(text, err);
        if (st == HG_OK)
            st = hg_file_read(STDIN_FILENO, "-", to, CHUNK, &got, err);
        if (st == HG_OK)
            text->len += got;
    }
    return st;
}

hg_status hg_tree_load(hg_tree **out, const char *name, hg_err *err)
{
    hg_tree *tree = tree_new(name);
    *out = NULL;
    if (!tree)
        return hg_fail_nomem(err);
    hg_status st = strcmp(name, "-") == 0 ? load_standard(&tree->text, err)
                                          : hg_file_load(&tree->text, name, err);
    return finish(out, tree, st, err);
}

hg_node *hg_tree_root(const hg_tree *tree)
{
    return tree->root;
}

const char *hg_tree_name(const hg_tree *tree)
{
    return tree->name;
}

void hg_tree_free(hg_tree *tree)
{
    if (!tree)
        return;
    for (block *b = tree->blocks, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    hg_buf_release(&tree->text);
    free(tree->marks);
    free(tree->name);
    free(tree);
}

/* ---- nodes ---- */

hg_node *hg_node_get(const hg_node *object, hg_slice name)
{
    hg_node wanted = { .key = name }, *w = &wanted;
    if (!object || object->kind != HG_NODE_OBJECT || object->n == 0)
        return NULL;
    hg_node **found =
        bsearch(&w, object->sorted, object->n, sizeof *object->sorted, by_key);
    return found ? *found : NULL;
}

hg_node *hg_node_member(const hg_node *object, const char *name)
{
    return hg_node_get(object, hg_slice_of(name));
}

hg_node *hg_node_at(const hg_node *array, size_t i)
{
    hg_node *item = array->first;
    while (item && i-- > 0)
        item = item->next;
    return item;
}

static void put_step(hg_buf *buf, const hg_node *node)
{
    hg_buf_putc(buf, '/');
    if (node->parent->kind == HG_NODE_ARRAY) {
        size_t i = 0;
        for (const hg_node *item = node->parent->first; item != node; item = item->next)
            i++;
        hg_buf_printf(buf, "%zu", i);
        return;
    }
    for (size_t i = 0; i < node->key.n; i++) {
        char c = node->key.p[i];
        if (c == '~' || c == '/')
            hg_buf_puts(buf, c == '~' ? "~0" : "~1");
        else
            hg_buf_putc(buf, c);
    }
}

void hg_node_pointer(hg_buf *buf, const hg_node *node)
{
    const hg_node *way[HG_TREE_DEPTH + 1];
    size_t n = 0;
    for (; node->parent; node = node->parent)
        way[n++] = node;
    while (n > 0)
        put_step(buf, way[--n]);
}
