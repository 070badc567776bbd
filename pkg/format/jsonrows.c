/* jsonrows - records of JSON as rows of CSV */
#include "format/jsonrows.h"
#include "base/file.h"
#include "base/names.h"
#include "delimited/csv.h"
#include "format/jsonl.h"
#include "json/tree.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK ((size_t)1 << 16) /* bytes read and written at once */
#define TEXTS                                                                            \
    (6 * HG_JSONROWS_RECORD) /* bytes of a record's texts: each may be escaped */

/* The records of a text, one after the other. */
typedef struct records {
    int fd;
    const char *name;
    uint64_t at;   /* bytes read */
    hg_buf window; /* of which those from next on are not used up */
    size_t next;
    bool ended;    /* nothing follows the window */
    bool list;     /* they stand in one list */
    bool some;     /* one was given */
    uint64_t line; /* of the byte at next */
} records;

/* What is written. */
typedef struct rows {
    int fd;
    const char *tmp;
    hg_names keys; /* of all objects */
    bool objects;  /* the first record is one */
    hg_slice *cells;
    size_t cap;
    hg_buf line, texts; /* texts: JSON in a cell */
    hg_buf key;         /* closed by a NUL */
} rows;

/* ---- bytes ---- */

static hg_status read_on(records *r, hg_err *err)
{
    size_t n, kept = r->window.len - r->next;
    if (kept > 0)
        memmove(r->window.data, r->window.data + r->next, kept);
    r->window.len = kept;
    r->next = 0;
    char *room = hg_buf_reserve(&r->window, BLOCK);
    if (!room)
        return hg_buf_status(&r->window, err);
    hg_status st = hg_file_read_at(r->fd, r->name, room, BLOCK, r->at, &n, err);
    if (st != HG_OK)
        return st;
    r->window.len += n;
    r->at += n;
    r->ended = n < BLOCK;
    return HG_OK;
}

/* The byte that is i bytes ahead; '\0' behind the end. */
static hg_status ahead(records *r, size_t i, char *c, hg_err *err)
{
    while (r->next + i >= r->window.len && !r->ended)
        if (read_on(r, err) != HG_OK)
            return err->status;
    *c = r->next + i < r->window.len ? r->window.data[r->next + i] : '\0';
    return HG_OK;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Go to the next byte that is no white space. */
static hg_status skip_space(records *r, char *c, hg_err *err)
{
    hg_status st;
    while ((st = ahead(r, 0, c, err)) == HG_OK && is_space(*c)) {
        r->line += *c == '\n';
        r->next++;
    }
    return st;
}

static hg_status wrong(const records *r, const char *format, hg_err *err)
{
    hg_loc loc = { .file = r->name, .row = r->line };
    return hg_fail(err, HG_EINPUT, &loc, format, "");
}

/* ---- records ---- */

/* The bytes of the list or object that begins here; 0: it does not end. */
static hg_status length_of(records *r, size_t *n, hg_err *err)
{
    size_t depth = 0, i = 0;
    bool string = false;
    hg_status st = HG_OK;
    for (char c = 0; st == HG_OK && i <= HG_JSONROWS_RECORD; i++) {
        st = ahead(r, i, &c, err);
        if (st != HG_OK || r->next + i >= r->window.len)
            break;
        if (string && c == '\\')
            i++;
        else if (c == '"')
            string = !string;
        else if (!string && (c == '{' || c == '['))
            depth++;
        else if (!string && (c == '}' || c == ']') && --depth == 0) {
            *n = i + 1;
            return HG_OK;
        }
    }
    *n = 0;
    if (st == HG_OK && i > HG_JSONROWS_RECORD)
        return wrong(r, "a record of JSON that is longer than 1 MiB", err);
    return st;
}

/* Go to the next record. HG_END: there is none. */
static hg_status find_record(records *r, hg_err *err)
{
    char c;
    hg_status st = skip_space(r, &c, err);
    if (st == HG_OK && r->list && c == ']') {
        r->next++;
        st = skip_space(r, &c, err);
        return st != HG_OK ? st
               : c == '\0' ? HG_END
                           : wrong(r, "something stands behind the list of JSON", err);
    }
    if (st == HG_OK && r->list && r->some) {
        if (c != ',')
            return wrong(r,
                         c == '\0' ? "the list of JSON is cut off"
                                   : "a comma is missing in the list of JSON",
                         err);
        r->next++;
        st = skip_space(r, &c, err);
    }
    if (st != HG_OK || (c == '\0' && !r->list))
        return st == HG_OK ? HG_END : st;
    if (c == '{' || c == '[')
        return HG_OK;
    return wrong(r, c == '\0' ? "the list of JSON is cut off" : "no record of JSON", err);
}

/* Fetch the next record; the caller frees its tree. */
static hg_status next_record(records *r, hg_tree **tree, hg_err *err)
{
    size_t n;
    hg_err other = HG_ERR_INIT;
    hg_status st = find_record(r, err);
    *tree = NULL;
    if (st == HG_OK)
        st = length_of(r, &n, err);
    if (st != HG_OK)
        return st;
    if (n == 0)
        return wrong(r, "a record of JSON that is cut off", err);
    hg_slice text = { r->window.data + r->next, n };
    st = hg_tree_parse(tree, r->name, text, &other);
    if (st == HG_EARG) {
        hg_loc loc = { .file = r->name,
                       .row = r->line + other.row - 1,
                       .col = other.col };
        return hg_fail_args(err, HG_EINPUT, &loc, other.format, other.args,
                            sizeof other.args);
    }
    if (st != HG_OK)
        *err = other;
    for (const char *p = text.p; (p = memchr(p, '\n', (size_t)(text.p + n - p))); p++)
        r->line++;
    r->next += n;
    r->some = true;
    return st;
}

/* Start at the front of the text, behind its mark, within its list where it is one. */
static hg_status start(records *r, hg_err *err)
{
    char c, inner = '\0';
    r->at = r->next = r->window.len = 0;
    r->ended = r->some = r->list = false;
    r->line = 1;
    hg_status st = read_on(r, err);
    if (st == HG_OK)
        r->next = hg_utf8_mark(r->window.data, r->window.len);
    st = st == HG_OK ? skip_space(r, &c, err) : st;
    size_t i = 1;
    for (; st == HG_OK && c == '['; i++) {
        st = ahead(r, i, &inner, err);
        if (!is_space(inner))
            break;
    }
    r->list = st == HG_OK && c == '[' && (inner == '{' || inner == '[');
    r->next += r->list;
    return st;
}

/* ---- rows ---- */

/* A value of more than one is its JSON, without the white space. */
static void put_json(hg_buf *to, const hg_node *v)
{
    static const char *const words[] = { "null", "false", "true" };
    bool object = v->kind == HG_NODE_OBJECT;
    if (v->kind <= HG_NODE_TRUE) {
        hg_buf_puts(to, words[v->kind]);
    } else if (v->kind == HG_NODE_NUMBER) {
        hg_buf_put(to, v->text.p, v->text.n);
    } else if (v->kind == HG_NODE_STRING) {
        hg_jsonl_text(to, v->text);
    } else {
        hg_buf_putc(to, object ? '{' : '[');
        for (const hg_node *item = v->first; item; item = item->next) {
            if (item != v->first)
                hg_buf_putc(to, ',');
            if (object) {
                hg_jsonl_text(to, item->key);
                hg_buf_putc(to, ':');
            }
            put_json(to, item);
        }
        hg_buf_putc(to, object ? '}' : ']');
    }
}

static hg_slice text_of(hg_buf *texts, const hg_node *v)
{
    size_t from = texts->len;
    if (v->kind == HG_NODE_NULL)
        return (hg_slice){ "", 0 };
    if (v->kind == HG_NODE_STRING || v->kind == HG_NODE_NUMBER)
        return v->text;
    put_json(texts, v);
    return (hg_slice){ texts->status == HG_OK ? texts->data + from : "",
                       texts->len - from };
}

static hg_status flush(rows *w, bool all, hg_err *err)
{
    hg_status st = hg_buf_status(&w->line, err);
    if (st == HG_OK && w->line.len > 0 && (all || w->line.len >= BLOCK)) {
        st = hg_file_write(w->fd, w->tmp, w->line.data, w->line.len, err);
        hg_buf_clear(&w->line);
    }
    return st;
}

static hg_status put_row(rows *w, size_t n, hg_err *err)
{
    hg_status st = hg_buf_status(&w->texts, err);
    for (size_t i = 0; i < n; i++)
        hg_csv_put(&w->line, w->cells[i], i == 0);
    hg_csv_end(&w->line);
    return st == HG_OK ? flush(w, false, err) : st;
}

static hg_status room(rows *w, size_t n, hg_err *err)
{
    if (n <= w->cap)
        return HG_OK;
    hg_slice *cells = realloc(w->cells, n * sizeof *cells);
    if (!cells)
        return hg_fail_nomem(err);
    w->cells = cells;
    w->cap = n;
    return HG_OK;
}

/* Exchange a key for that which is kept. */
static hg_status keep(rows *w, hg_slice key, const char **kept, const hg_loc *loc,
                      hg_err *err)
{
    hg_buf_clear(&w->key);
    hg_buf_put(&w->key, key.p, key.n);
    *kept = w->key.data ? w->key.data : "";
    hg_status st = hg_buf_status(&w->key, err);
    return st == HG_OK ? hg_names_keep(&w->keys, kept, loc, err) : st;
}

/* Write a record, whose columns are known. */
static hg_status write_record(rows *w, const hg_node *record, hg_err *err)
{
    size_t n = w->objects ? w->keys.n : record->n, i = 0;
    hg_status st = room(w, n, err);
    hg_buf_clear(&w->texts);
    hg_buf_reserve(&w->texts, TEXTS); /* so that none moves */
    for (size_t k = 0; st == HG_OK && k < n; k++)
        w->cells[k] = (hg_slice){ "", 0 };
    for (const hg_node *v = record->first; st == HG_OK && v; v = v->next, i++) {
        const char *key = NULL;
        if (w->objects)
            st = keep(w, v->key, &key, NULL, err);
        if (st == HG_OK)
            w->cells[w->objects ? hg_names_index(&w->keys, key) : i] =
                text_of(&w->texts, v);
    }
    return st == HG_OK ? put_row(w, n, err) : st;
}

/* ---- all ---- */

/* Learn the keys of an object; the record must be of the same kind as the first. */
static hg_status learn(rows *w, const records *r, const hg_node *record, hg_err *err)
{
    bool object = record->kind == HG_NODE_OBJECT;
    hg_loc loc = { .file = r->name, .row = r->line };
    if (object != w->objects)
        return wrong(r, "a record that is a list among objects, or the other way round",
                     err);
    for (const hg_node *v = record->first; object && v; v = v->next) {
        const char *key;
        if (memchr(v->key.p, '\0', v->key.n))
            return wrong(r, "a key with a NUL in it", err);
        if (keep(w, v->key, &key, &loc, err) != HG_OK)
            return err->status;
    }
    if ((object ? w->keys.n : record->n) > HG_JSONROWS_COLUMNS)
        return wrong(r, "more than 16384 keys", err);
    return HG_OK;
}

/* Go through all records, to learn of them or to write them. */
static hg_status go_through(rows *w, records *r, bool write, hg_err *err)
{
    hg_tree *tree;
    hg_status st = start(r, err);
    while (st == HG_OK && (st = next_record(r, &tree, err)) == HG_OK) {
        const hg_node *record = hg_tree_root(tree);
        st = write ? write_record(w, record, err) : learn(w, r, record, err);
        hg_tree_free(tree);
    }
    return st == HG_END ? HG_OK : st;
}

/* Whether the text begins with a record, and which kind it is. */
static hg_status tell(records *r, bool *is, bool *objects, hg_err *err)
{
    hg_tree *tree = NULL;
    hg_err other = HG_ERR_INIT;
    hg_status st = start(r, err);
    if (st == HG_OK && (st = next_record(r, &tree, &other)) == HG_OK) {
        *is = true;
        *objects = hg_tree_root(tree)->kind == HG_NODE_OBJECT;
    }
    hg_tree_free(tree);
    if (st != HG_ENOMEM && st != HG_ESYS)
        return HG_OK;
    *err = err->status == HG_OK ? other : *err;
    return st;
}

static hg_status write_all(rows *w, records *r, hg_err *err)
{
    hg_status st = hg_file_unnamed(&w->fd, w->tmp, err);
    if (st == HG_OK)
        st = room(w, w->keys.n, err);
    for (size_t i = 0; st == HG_OK && i < w->keys.n; i++)
        w->cells[i] = hg_slice_of(w->keys.list[i]);
    if (st == HG_OK && w->objects)
        st = put_row(w, w->keys.n, err);
    if (st == HG_OK)
        st = go_through(w, r, true, err);
    return st == HG_OK ? flush(w, true, err) : st;
}

hg_status hg_jsonrows(int *out, bool *keyed, int fd, const char *name, const char *tmp,
                      hg_err *err)
{
    records r = { .fd = fd, .name = name };
    rows w = { .fd = -1, .tmp = tmp };
    bool is = false;
    hg_status st = tell(&r, &is, &w.objects, err);
    if (st == HG_OK && is)
        st = go_through(&w, &r, false, err);
    if (st == HG_OK && is)
        st = write_all(&w, &r, err);
    if (st != HG_OK && w.fd >= 0) {
        close(w.fd);
        w.fd = -1;
    }
    *out = w.fd;
    *keyed = w.objects;
    hg_buf_release(&r.window);
    hg_buf_release(&w.line);
    hg_buf_release(&w.texts);
    hg_buf_release(&w.key);
    hg_names_release(&w.keys);
    free(w.cells);
    return st;
}
