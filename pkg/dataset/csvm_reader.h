/* csvm_reader.h - what the parts of dataset/csvm share: the document at hand, what is
 * wrong in it, and its properties by kind. Everything here is for csvm_*.c alone. */
#ifndef HG_DATASET_CSVM_READER_H
#define HG_DATASET_CSVM_READER_H

#include "dataset/csvm.h"

/* Properties that objects hand down; what is not said is NULL or 0. */
typedef struct csvm_inherited {
    const hg_datatype *datatype;
    const char *default_text, *lang, *separator;
    const char *const *null;
    size_t n_null;
    bool no_separator; /* null was said */
    bool no_null;      /* an empty array */
    char required;     /* 'y', 'n' */
} csvm_inherited;

typedef struct csvm_column {
    const char *name;
    hg_csvm_title *titles;
    size_t n_titles;
    bool is_virtual;
    csvm_inherited inherited;
    const hg_json *json;
} csvm_column;

/* A document, and how it is read. */
typedef struct csvm_context {
    hg_doc *doc;
    const char *base, *lang; /* for addresses; of texts, "und" */
} csvm_context;

typedef struct csvm_schema {
    csvm_context context;
    const hg_json *json;
    const char *id; /* NULL: it has none */
    csvm_column *columns;
    size_t n;
    const hg_json *primary, *foreign; /* NULL: none */
    csvm_inherited inherited;
} csvm_schema;

/* A table, or a group of them. */
typedef struct csvm_described {
    const hg_json *json;
    const char *url;
    const csvm_schema *schema;
    const hg_webcsv_dialect *dialect;
    csvm_inherited inherited;
    const hg_json *tables;
} csvm_described;

/* Schemas read from an address of their own, which tables may share. */
typedef struct csvm_shared {
    const char *url;
    const csvm_schema *schema;
    struct csvm_shared *next;
} csvm_shared;

typedef struct csvm_reader {
    hg_csvm *csvm;
    const hg_csvm_opts *opts;
    csvm_context context;
    csvm_shared *shared;
    hg_err *err; /* what keeps the reading from going on */
} csvm_reader;

/* ---- memory, freed with the metadata; NULL: there is none, and err tells ---- */

void *csvm_new(csvm_reader *r, size_t n, size_t size);
const char *csvm_keep(csvm_reader *r, const hg_buf *text);
/* The doc and the pattern are freed with the metadata. */
void csvm_own_doc(csvm_reader *r, hg_doc *doc);
void csvm_own_pattern(csvm_reader *r, hg_pattern *pattern);

/* ---- what is wrong: at object's member key, or the object itself where key is NULL;
 * message has at most one %s. Both return false. ---- */

bool csvm_warn(csvm_reader *r, const hg_json *object, const char *key,
               const char *message, const char *arg);
bool csvm_wrong(csvm_reader *r, const hg_json *object, const char *key,
                const char *message, const char *arg);
/* What a failed call said, under a code. */
void csvm_told(csvm_reader *r, hg_severity severity, const char *code, const char *key,
               const hg_err *what);

/* ---- properties ---- */

/* Takes the property key of object into what it belongs to. */
typedef void csvm_take(csvm_reader *r, void *to, const hg_json *object, const char *key);

typedef struct csvm_property {
    const char *name;
    csvm_take *take;
} csvm_property;

typedef struct csvm_kind {
    const char *type; /* what @type says */
    const csvm_property *properties;
    size_t n;
    bool common; /* it may have common properties */
} csvm_kind;

/* Read all members of an object; inherited may be NULL: the kind has none of these. top:
 * it may have a context, which was read before. */
void csvm_object(csvm_reader *r, const hg_json *object, const csvm_kind *kind, void *to,
                 csvm_inherited *inherited, bool top);

/* Values by kind; false, with a warning told and *out as it was, if it is none. */
bool csvm_string(csvm_reader *r, const hg_json *object, const char *key,
                 const char **out);
bool csvm_boolean(csvm_reader *r, const hg_json *object, const char *key, bool *out);
bool csvm_count(csvm_reader *r, const hg_json *object, const char *key, uint64_t *out);
bool csvm_choice(csvm_reader *r, const hg_json *object, const char *key,
                 const char *const *choices);
bool csvm_language(csvm_reader *r, const hg_json *object, const char *key,
                   const char **out);
/* An address, in full; one that is no string is "" (and a warning). NULL: no memory. */
const char *csvm_link(csvm_reader *r, const hg_json *object, const char *key);
const char *csvm_resolve(csvm_reader *r, const char *ref);
csvm_take csvm_take_string, csvm_take_boolean, csvm_take_link, csvm_take_direction,
    csvm_take_notes, csvm_take_transformations; /* looked at only */
/* Texts with languages; the result may be empty. */
hg_csvm_title *csvm_texts(csvm_reader *r, const hg_json *object, const char *key,
                          size_t *n);

/* The document of an object property that is an address: read into *doc, with a context
 * of its own. False: it was told what is wrong. */
bool csvm_load(csvm_reader *r, const hg_json *object, const char *key, const char **url,
               csvm_context *context);
/* Set the context that a document has, where is its address. needed: it must have one. */
void csvm_read_context(csvm_reader *r, const char *where, bool needed);

/* ---- the parts ---- */

void csvm_common(csvm_reader *r, const hg_json *object, const char *key);
bool csvm_is_address(const char *text,
                     bool term); /* a prefixed name or an absolute address */
const hg_datatype *csvm_datatype(csvm_reader *r, const hg_json *object, const char *key);
const hg_datatype *csvm_string_type(csvm_reader *r);
void csvm_dialect(csvm_reader *r, csvm_described *to, const hg_json *object,
                  const char *key);
void csvm_take_schema(csvm_reader *r, void *to, const hg_json *object, const char *key);
const csvm_property *csvm_inherited_property(const char *name);
/* Put tables together out of their descriptions, and keys. */
void csvm_resolve_tables(csvm_reader *r, const csvm_described *group,
                         const csvm_described *tables, size_t n);

#endif
