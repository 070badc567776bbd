/* json - JSON documents, with the line and column of every mistake */
#include "json/json.h"
#include "json/json_layout.h"
#include "base/file.h"
#include "text/message.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct hg_doc {
    char *name;
    hg_buf text;
    json_t *root;
};

/* ---- parsing ---- */

static hg_status parse(hg_doc *doc, hg_err *err)
{
    json_error_t why;
    const char *text = doc->text.data ? doc->text.data : "";
    doc->root =
        json_loadb(text, doc->text.len,
                   JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &why);
    if (doc->root)
        return HG_OK;
    if (json_error_code(&why) == json_error_out_of_memory)
        return hg_fail_nomem(err);
    hg_loc loc = { .file = doc->name,
                   .row = why.line > 0 ? (uint64_t)why.line : 1,
                   .col = why.column > 0 ? (uint32_t)why.column : 1 };
    return hg_fail(err, HG_EARG, &loc, "this is not valid JSON: %s", why.text);
}

static hg_doc *doc_new(const char *name)
{
    hg_doc *doc = calloc(1, sizeof *doc);
    if (doc && !(doc->name = strdup(name))) {
        free(doc);
        return NULL;
    }
    return doc;
}

static hg_status finish(hg_doc **out, hg_doc *doc, hg_status st, hg_err *err)
{
    if (st == HG_OK)
        st = parse(doc, err);
    if (st != HG_OK) {
        hg_doc_free(doc);
        return st;
    }
    *out = doc;
    return HG_OK;
}

hg_status hg_doc_parse(hg_doc **out, const char *name, hg_slice text, hg_err *err)
{
    *out = NULL;
    hg_doc *doc = doc_new(name);
    if (!doc)
        return hg_fail_nomem(err);
    hg_buf_put(&doc->text, text.p, text.n);
    return finish(out, doc, hg_buf_status(&doc->text, err), err);
}

hg_status hg_doc_load(hg_doc **out, const char *name, hg_err *err)
{
    *out = NULL;
    hg_doc *doc = doc_new(name);
    if (!doc)
        return hg_fail_nomem(err);
    doc->text.max = (size_t)16 << 20;
    return finish(out, doc, hg_file_load(&doc->text, name, err), err);
}

hg_json *hg_doc_root(const hg_doc *doc)
{
    return doc->root;
}

const char *hg_doc_name(const hg_doc *doc)
{
    return doc->name;
}

void hg_doc_free(hg_doc *doc)
{
    if (!doc)
        return;
    json_decref(doc->root);
    hg_buf_release(&doc->text);
    free(doc->name);
    free(doc);
}

/* ---- where a value stands: the text is walked along with the tree ---- */

typedef struct walk {
    const char *p; /* in a text known to be valid */
    const json_t *target;
    const char *key;
} walk;

static void skip_space(walk *w)
{
    w->p += strspn(w->p, " \t\r\n");
}

static void skip_string(walk *w)
{
    for (w->p++; *w->p != '"'; w->p++)
        if (*w->p == '\\')
            w->p++;
    w->p++;
}

static bool found(walk *w, json_t *v);

static bool found_in_object(walk *w, json_t *v)
{
    const char *key;
    json_t *member;
    json_object_foreach(v, key, member)
    {
        w->p++; /* the '{' or ',' */
        skip_space(w);
        if (v == w->target && w->key && strcmp(key, w->key) == 0)
            return true;
        skip_string(w);
        skip_space(w);
        w->p++; /* the ':' */
        if (found(w, member))
            return true;
        skip_space(w);
    }
    return false;
}

/* Pass over v, which comes next in the text; true when the target is reached. */
static bool found(walk *w, json_t *v)
{
    skip_space(w);
    if (v == w->target && !w->key)
        return true;
    if (json_is_string(v)) {
        skip_string(w);
        return false;
    }
    if (!json_is_object(v) && !json_is_array(v)) {
        w->p += strcspn(w->p, " \t\r\n,]}");
        return false;
    }
    if (json_is_object(v) && json_object_size(v) > 0) {
        if (found_in_object(w, v))
            return true;
    } else {
        for (size_t i = 0; i < json_array_size(v); i++) {
            w->p++; /* the '[' or ',' */
            if (found(w, json_array_get(v, i)))
                return true;
            skip_space(w);
        }
    }
    if (json_is_object(v) ? json_object_size(v) == 0 : json_array_size(v) == 0) {
        w->p++;
        skip_space(w);
    }
    w->p++; /* the closing bracket */
    return false;
}

static hg_loc where(const hg_doc *doc, const hg_json *value, const char *key)
{
    hg_loc loc = { .file = doc->name, .field = key };
    const char *text = doc->text.data ? doc->text.data : "";
    walk w = { .p = text, .target = value, .key = key };
    if (!value || !found(&w, doc->root))
        return loc;
    loc.row = loc.col = 1;
    for (const char *p = text; p < w.p; p++) {
        if (*p == '\n') {
            loc.row++;
            loc.col = 1;
        } else if (((unsigned char)*p & 0xC0) != 0x80) {
            loc.col++;
        }
    }
    return loc;
}

hg_status hg_doc_fail(hg_err *err, const hg_doc *doc, const hg_json *value,
                      const char *key, const char *format, ...)
{
    if (err->status != HG_OK)
        return HG_EARG;
    hg_loc loc = where(doc, value, key);
    va_list ap;
    va_start(ap, format);
    hg_status st = hg_vfail(err, HG_EARG, &loc, format, ap);
    va_end(ap);
    return st;
}

static const char *nearest(const char *key, const char *const *keys)
{
    const char *best = NULL;
    unsigned least = 3; /* more edits apart is no slip of the hand */
    for (; *keys; keys++) {
        unsigned d = hg_text_distance(key, *keys);
        if (d < least) {
            least = d;
            best = *keys;
        }
    }
    return best;
}

hg_status hg_doc_keys(hg_err *err, const hg_doc *doc, const hg_json *object,
                      const char *const *keys)
{
    for (size_t i = 0; i < hg_json_len(object); i++) {
        const char *key = hg_json_key(object, i);
        const char *const *k = keys;
        while (*k && strcmp(*k, key) != 0)
            k++;
        if (*k || key[0] == '$' || strncmp(key, "x-", 2) == 0)
            continue;
        const char *near = nearest(key, keys);
        if (near)
            return hg_doc_fail(err, doc, object, key,
                               "unknown key '%s'; did you mean '%s'?", key, near);
        hg_buf known = { 0 };
        for (k = keys; *k; k++)
            hg_buf_printf(&known, "%s%s", k == keys ? "" : ", ", *k);
        hg_doc_fail(err, doc, object, key, "unknown key '%s'; known are: %s", key,
                    known.data ? known.data : "");
        hg_buf_release(&known);
        return HG_EARG;
    }
    return HG_OK;
}

/* ---- reading values ---- */

bool hg_json_is_object(const hg_json *v)
{
    return json_is_object(v);
}

bool hg_json_is_array(const hg_json *v)
{
    return json_is_array(v);
}

bool hg_json_is_string(const hg_json *v)
{
    return json_is_string(v);
}

bool hg_json_is_number(const hg_json *v)
{
    return json_is_number(v);
}

bool hg_json_is_bool(const hg_json *v)
{
    return json_is_boolean(v);
}

bool hg_json_is_null(const hg_json *v)
{
    return json_is_null(v);
}

hg_json *hg_json_get(const hg_json *object, const char *key)
{
    return json_object_get(object, key);
}

size_t hg_json_len(const hg_json *v)
{
    return json_is_array(v) ? json_array_size(v) : json_object_size(v);
}

hg_json *hg_json_at(const hg_json *array, size_t i)
{
    return json_array_get(array, i);
}

static void *member_iter(const hg_json *object, size_t i)
{
    json_t *v = (json_t *)(uintptr_t)object; /* jansson's iterators are not const */
    void *iter = json_object_iter(v);
    while (iter && i-- > 0)
        iter = json_object_iter_next(v, iter);
    return iter;
}

const char *hg_json_key(const hg_json *object, size_t i)
{
    void *iter = member_iter(object, i);
    return iter ? json_object_iter_key(iter) : NULL;
}

hg_json *hg_json_member(const hg_json *object, size_t i)
{
    return json_object_iter_value(member_iter(object, i));
}

const char *hg_json_str(const hg_json *v)
{
    return json_string_value(v);
}

const char *hg_json_get_str(const hg_json *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

hg_slice hg_json_slice(const hg_json *v)
{
    return (hg_slice){ json_string_value(v), json_string_length(v) };
}

int64_t hg_json_int(const hg_json *v, int64_t otherwise)
{
    return json_is_integer(v) ? (int64_t)json_integer_value(v) : otherwise;
}

double hg_json_number(const hg_json *v, double otherwise)
{
    return json_is_number(v) ? json_number_value(v) : otherwise;
}

bool hg_json_true(const hg_json *v)
{
    return json_is_true(v);
}

const char *hg_json_lang(const hg_json *v, const char *lang)
{
    static const char *const order[] = { "vi", "en" };
    if (json_is_string(v))
        return json_string_value(v);
    const char *text = hg_json_get_str(v, lang);
    for (size_t i = 0; !text && i < sizeof order / sizeof *order; i++)
        text = hg_json_get_str(v, order[i]);
    return text;
}

/* ---- building ---- */

/* What stands in a tree where memory ran out; hg_json_dump() looks for it. */
#define SPOILT "\x7Fout of memory\x7F"

hg_json *hg_json_object(void)
{
    return json_object();
}

hg_json *hg_json_array(void)
{
    return json_array();
}

hg_json *hg_json_new_str(const char *text)
{
    return json_string(text);
}

hg_json *hg_json_new_slice(hg_slice text)
{
    return json_stringn(text.p, text.n);
}

hg_json *hg_json_new_int(int64_t n)
{
    return json_integer(n);
}

hg_json *hg_json_new_real(double x)
{
    return json_real(x);
}

hg_json *hg_json_new_bool(bool b)
{
    return json_boolean(b);
}

hg_json *hg_json_keep(hg_json *v)
{
    return json_incref(v);
}

hg_json *hg_json_copy(const hg_json *v)
{
    return json_deep_copy(v);
}

void hg_json_free(hg_json *v)
{
    json_decref(v);
}

void hg_json_set(hg_json *object, const char *key, hg_json *v)
{
    if (object && (!v || json_object_set_new(object, key, v) != 0))
        json_object_set_new(object, SPOILT, json_true());
    if (!object)
        json_decref(v);
}

void hg_json_set_str(hg_json *object, const char *key, const char *text)
{
    if (text)
        hg_json_set(object, key, json_string(text));
}

void hg_json_set_int(hg_json *object, const char *key, int64_t n)
{
    hg_json_set(object, key, json_integer(n));
}

void hg_json_add(hg_json *array, hg_json *v)
{
    if (array && (!v || json_array_append_new(array, v) != 0))
        json_array_append_new(array, json_string(SPOILT));
    if (!array)
        json_decref(v);
}

void hg_json_add_str(hg_json *array, const char *text)
{
    if (text)
        hg_json_add(array, json_string(text));
}

static int append(const char *bytes, size_t n, void *buf)
{
    hg_buf_put(buf, bytes, n);
    return 0;
}

/* Append text, "</" as "<\/" and the spoilt mark as a failure. */
static void append_escaped(hg_buf *buf, const char *text)
{
    for (const char *p; (p = strstr(text, "</")); text = p + 2) {
        hg_buf_put(buf, text, (size_t)(p - text));
        hg_buf_puts(buf, "<\\/");
    }
    hg_buf_puts(buf, text);
}

hg_status hg_json_dump(const hg_json *v, bool indented, hg_buf *buf, hg_err *err)
{
    hg_buf text = { 0 }, line = { 0 };
    size_t flags =
        JSON_REAL_PRECISION(15) | JSON_ENCODE_ANY | (indented ? 0 : JSON_COMPACT);
    if (!v || json_dump_callback(v, append, &text, flags) != 0 || text.status != HG_OK ||
        !text.data || strstr(text.data, SPOILT)) {
        hg_buf_release(&text);
        return hg_fail_nomem(err);
    }
    append_escaped(indented ? &line : buf, text.data);
    hg_status status = hg_buf_status(&line, err);
    if (indented && status == HG_OK)
        hg_json_lay_out(buf, line.data);
    hg_buf_release(&line);
    hg_buf_release(&text);
    return status == HG_OK ? hg_buf_status(buf, err) : status;
}
