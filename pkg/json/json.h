/* json.h - JSON documents, with the line and column of every mistake. The only module
 * that includes jansson. */
#ifndef HG_JSON_JSON_H
#define HG_JSON_JSON_H

#include "base/buf.h"

/* A JSON value: jansson's own, so its order of keys is that of the text. Borrowed
 * wherever a function returns one; NULL stands for "not there" and every reader below
 * takes it. */
typedef struct json_t hg_json;

/* ---- reading ---- */

/* A text and the value it stands for; keeps the text to tell where a value stands. */
typedef struct hg_doc hg_doc;

/* Parse a text; name appears in errors. The whole must be one value, UTF-8, with no
 * duplicate key. HG_EARG with line and column, HG_ENOMEM. The caller frees with
 * hg_doc_free(). */
hg_status hg_doc_parse(hg_doc **out, const char *name, hg_slice text, hg_err *err);
/* Parse a file of at most 16 MiB. Adds HG_EINPUT for one that cannot be read. */
hg_status hg_doc_load(hg_doc **out, const char *name, hg_err *err);
hg_json *hg_doc_root(const hg_doc *doc);
const char *hg_doc_name(const hg_doc *doc);
void hg_doc_free(hg_doc *doc); /* NULL is fine; values kept with hg_json_keep() live on */

/* Fail with HG_EARG at the place of value, or of the member key in it where key is not
 * NULL (true, false and null have no place of their own: give their key). err's field is
 * the key. */
hg_status hg_doc_fail(hg_err *err, const hg_doc *doc, const hg_json *value,
                      const char *key, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/*
 * Fail unless every key of object is one of keys (closed by NULL), naming the nearest
 * known key: "unknown key 'anchr'; did you mean 'anchor'?". Keys starting with '$' or
 * "x-" pass.
 */
hg_status hg_doc_keys(hg_err *err, const hg_doc *doc, const hg_json *object,
                      const char *const *keys);

bool hg_json_is_object(const hg_json *v);
bool hg_json_is_array(const hg_json *v);
bool hg_json_is_string(const hg_json *v);
bool hg_json_is_number(const hg_json *v);
bool hg_json_is_bool(const hg_json *v);
bool hg_json_is_null(const hg_json *v);
hg_json *hg_json_get(const hg_json *object, const char *key);
size_t hg_json_len(const hg_json *array_or_object); /* 0 for anything else */
hg_json *hg_json_at(const hg_json *array, size_t i);
const char *hg_json_key(const hg_json *object, size_t i); /* in the order of the text */
hg_json *hg_json_member(const hg_json *object, size_t i); /* O(i): for small objects */
const char *hg_json_str(const hg_json *v);                /* NULL unless a string */
const char *hg_json_get_str(const hg_json *object, const char *key); /* likewise */
hg_slice hg_json_slice(const hg_json *v); /* the whole of a string, which may hold NUL */
int64_t hg_json_int(const hg_json *v, int64_t otherwise);
double hg_json_number(const hg_json *v, double otherwise);
bool hg_json_true(const hg_json *v); /* the value true */

/* ---- building: each returns a new value, or NULL out of memory; putting NULL spoils the
 * whole, which hg_json_dump() then refuses, so builders need no checks ---- */

hg_json *hg_json_object(void);
hg_json *hg_json_array(void);
hg_json *hg_json_new_str(const char *text);
hg_json *hg_json_new_slice(hg_slice text);
hg_json *hg_json_new_int(int64_t n);
hg_json *hg_json_new_real(double x); /* written with at most 15 digits */
hg_json *hg_json_new_bool(bool b);
hg_json *hg_json_keep(hg_json *v);       /* one more owner of v */
hg_json *hg_json_copy(const hg_json *v); /* deep */
void hg_json_free(hg_json *v);           /* one owner less; NULL is fine */
void hg_json_set(hg_json *object, const char *key, hg_json *v); /* takes v over */
void hg_json_set_str(hg_json *object, const char *key,
                     const char *text); /* NULL: no member */
void hg_json_set_int(hg_json *object, const char *key, int64_t n);
void hg_json_add(hg_json *array, hg_json *v); /* takes v over */
void hg_json_add_str(hg_json *array, const char *text);

/* Append v as text: in one line without blanks, or indented (json_layout.h), with a final
 * newline; "</" is written "<\/", so that the text can stand in an HTML script. HG_ENOMEM. */
hg_status hg_json_dump(const hg_json *v, bool indented, hg_buf *buf, hg_err *err);

/* A text in one language out of {"vi": …, "en": …} or a plain string; falls back to the
 * other language; NULL where there is none. */
const char *hg_json_lang(const hg_json *v, const char *lang);

#endif
