/* jsontext.h - JSON inside a cell: looked through in place, without memory of its own. */
#ifndef HG_TABLE_JSONTEXT_H
#define HG_TABLE_JSONTEXT_H

#include "base/buf.h"

#define HG_JSONTEXT_DEPTH 64 /* arrays and objects within each other */

typedef enum hg_jsontext_kind {
    HG_JSONTEXT_NULL,
    HG_JSONTEXT_TRUTH,
    HG_JSONTEXT_NUMBER,
    HG_JSONTEXT_STRING,
    HG_JSONTEXT_ARRAY,
    HG_JSONTEXT_OBJECT
} hg_jsontext_kind;

/* A value as a view of its text, white space around it left out. */
typedef struct hg_jsontext {
    hg_jsontext_kind kind;
    hg_slice text; /* of a string with its quotes */
    size_t n;      /* items of an array, members of an object */
} hg_jsontext;

/* Read a text (valid UTF-8) that is one JSON value (RFC 8259); false for anything else. */
bool hg_jsontext_read(hg_jsontext *out, hg_slice text);

/* Step through the items of an array or the members of an object; at is 0 at first, and
 * moved. False after the last. key is the member's as it is written, without quotes. */
bool hg_jsontext_next(const hg_jsontext *of, size_t *at, hg_slice *key, hg_jsontext *value);
/* The member of an object; false if it has none of that name. */
bool hg_jsontext_get(const hg_jsontext *object, const char *name, hg_jsontext *value);

#endif
