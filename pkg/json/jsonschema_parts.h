/* jsonschema_parts.h - what the parts of jsonschema share. */
#ifndef HG_JSON_JSONSCHEMA_PARTS_H
#define HG_JSON_JSONSCHEMA_PARTS_H

#include "json/jsonschema.h"
#include "text/pattern.h"

typedef enum js_draft { DRAFT_7 = 1, DRAFT_2020 = 2 } js_draft; /* bits of a keyword's */

/* Vocabularies of 2020-12; draft 7 has them all but the assertion of formats. */
enum {
    VOC_CORE = 1 << 0,
    VOC_APPLICATOR = 1 << 1,
    VOC_UNEVALUATED = 1 << 2,
    VOC_VALIDATION = 1 << 3,
    VOC_META = 1 << 4,
    VOC_FORMAT = 1 << 5,
    VOC_CONTENT = 1 << 6,
    VOC_ASSERTION = 1 << 7,
    VOC_USUAL = VOC_ASSERTION - 1
};

typedef struct js_anchor {
    struct js_anchor *next;
    hg_slice name;
    hg_node *node;
    bool dynamic;
} js_anchor;

/* A schema with an address of its own: a document, or a part of it with "$id". */
typedef struct js_resource {
    struct js_resource *next;
    const char *uri; /* without a fragment; "" for a document that has none */
    hg_node *root;
    const hg_tree *tree;
    js_draft draft;
    unsigned vocabularies;
    bool builtin; /* of a draft, whatever address others give themselves */
    js_anchor *anchors;
} js_resource;

typedef struct js_document {
    struct js_document *next;
    hg_tree *tree;
} js_document;

typedef struct js_keyword js_keyword;

/* A keyword of a schema, made ready. */
typedef struct js_rule {
    const js_keyword *keyword;
    const hg_node *value;
    struct js_sub *sub;    /* where a reference leads; what applies to the rest */
    hg_pattern **patterns; /* of "pattern", or of the members of "patternProperties" */
    size_t n_patterns;
    const hg_node **choices; /* of "enum", sorted */
    size_t from, to;         /* a bound; of items, the first it is for */
    hg_slice dynamic;        /* the name that "$dynamicRef" looks for */
} js_rule;

/* A schema: the tag of each node in a schema that is one. */
typedef struct js_sub {
    struct js_sub *next;   /* of those to be made ready */
    struct js_sub *others; /* all that there are */
    hg_node *node;
    js_resource *home;
    js_rule *rules;
    size_t n;
    bool ready;
    bool looks_back; /* has a keyword that asks what others looked at */
} js_sub;

struct hg_jsonschema {
    const char *remotes;
    js_document *documents;
    js_resource *resources;
    js_sub *subs, *todo;
    js_sub *root;
    struct memory *memory; /* what is freed only with the whole */
};

/* ---- memory and mistakes (jsonschema.c) ---- */

/* Zeroed memory that lives as long as the schema; NULL, err set, when there is none. */
void *hg_js_take(hg_jsonschema *s, size_t n, hg_err *err);
/* Fail with HG_EARG at a node of the schema. format has one %s at most. */
hg_status hg_js_wrong(const js_resource *home, const hg_node *at, hg_err *err,
                      const char *format, const char *text);

/* Fail with HG_EARG, at the first mistake, unless the tree is a schema of that draft. */
hg_status hg_js_judge(hg_jsonschema *s, const hg_tree *tree, js_draft of, hg_err *err);

/* ---- documents (jsonschema_documents.c) ---- */

/* Take a tree over as the document at uri, judge it unless it is built in, and find the
 * schemas in it. of: the draft where it does not tell; 0: find out. */
hg_status hg_js_add(hg_jsonschema *s, hg_tree *tree, hg_slice uri, js_draft of,
                    bool builtin, js_sub **out, hg_err *err);
/* The schema to which ref leads from a schema at home. *name: where it has a dynamic
 * anchor. */
hg_status hg_js_resolve(hg_jsonschema *s, const js_resource *home, const hg_node *ref,
                        js_sub **out, hg_slice *name, hg_err *err);
/* The schema of a draft itself. */
hg_status hg_js_metaschema(hg_jsonschema *s, js_draft of, js_sub **out, hg_err *err);
/* The text of a metaschema; empty where there is none of that address. */
hg_slice hg_js_builtin(hg_slice uri);
/* Make ready all that was asked for by hg_js_need(), and what it needs. */
hg_status hg_js_prepare(hg_jsonschema *s, hg_err *err);
void hg_js_need(hg_jsonschema *s, js_sub *schema);

/* ---- keywords (jsonschema_keywords.c) ---- */

typedef struct js_run js_run;

/* A rule and a value that is to keep it. */
typedef struct js_call {
    js_run *r;
    const js_sub *schema;
    const js_rule *rule; /* of the schema */
    const hg_node *value;
    unsigned char *seen; /* as hg_js_apply() has it; may be NULL */
} js_call;

/* Where schemas stand in a keyword's value. */
typedef enum js_shape { NO_SCHEMA, ONE, LIST, MAP, ONE_OR_LIST, MAP_OR_NAMES } js_shape;

struct js_keyword {
    const char *name;
    unsigned drafts;
    unsigned vocabulary;
    js_shape shape;
    unsigned of; /* kinds of values that it is for, 1 << hg_node_kind each */
    /* Make rule ready, beyond the schemas in its value; NULL: nothing to do. */
    hg_status (*prepare)(hg_jsonschema *s, js_sub *schema, js_rule *rule, hg_err *err);
    /* Whether a value of those kinds keeps it. NULL: it says nothing of values. */
    bool (*check)(const js_call *call);
};

/* In the order in which they are checked, closed by a name of NULL. */
extern const js_keyword hg_js_keywords[];
/* Whether a schema of this home knows the keyword. */
bool hg_js_knows(const js_resource *home, const js_keyword *k);
/* The rule of that keyword among those made ready so far; NULL: none. */
const js_rule *hg_js_rule(const js_sub *schema, const char *keyword);

/* ---- checking (jsonschema_check.c) ---- */

/* The resources that were entered on the way to the schema at hand. */
typedef struct js_scope {
    const struct js_scope *up;
    const js_resource *home;
} js_scope;

struct js_run {
    hg_take_jsonschema *take;
    void *user;
    hg_err *err;
    hg_status status; /* once it is no HG_OK nothing more is checked */
    const js_scope *scope;
    unsigned quiet; /* over 0: what is found is not told */
    unsigned depth;
    uint64_t steps, max_steps;
    const hg_node *probe; /* a value whose kind is asked for */
    bool other_kind;      /* it is not of the kind that the schema wants */
};

/* As hg_jsonschema_check(). */
hg_status hg_js_check(const js_sub *root, const hg_node *value, hg_take_jsonschema *take,
                      void *user, bool *valid, hg_err *err);

/*
 * Apply a schema to a value: true if it fits. seen has a byte for each member or item of
 * value, which is set where the schema looked at it and it fitted; NULL: nobody asks.
 */
bool hg_js_apply(js_run *r, const js_sub *schema, const hg_node *value,
                 unsigned char *seen);
/* Likewise for a schema beside others on the same value: seen is changed if it fits. */
bool hg_js_beside(js_run *r, const js_sub *schema, const hg_node *value,
                  unsigned char *seen);
bool hg_js_quietly(js_run *r, const js_sub *schema, const hg_node *value,
                   unsigned char *seen);
/* A finding; always false. */
bool hg_js_tell(js_run *r, const hg_node *at, const char *keyword, const char *message,
                ...) __attribute__((format(printf, 4, 5)));
bool hg_js_matches(js_run *r, const hg_pattern *pattern, const hg_node *at,
                   hg_slice text);
bool hg_js_stop(js_run *r, const hg_node *at,
                const char *message); /* "could not check" */

/* ---- values (jsonschema_values.c) ---- */

/* An order of all values, in which those that JSON Schema calls equal are equal. */
int hg_js_compare(const hg_node *a, const hg_node *b);
int hg_js_compare_choices(const void *a, const void *b); /* of hg_node *, for qsort() */
bool hg_js_whole(const hg_node *number);                 /* 1, 1.0, 10e-1 */
bool hg_js_is(const hg_node *value, hg_slice type);
bool hg_js_multiple(const hg_node *value, const hg_node *of);
bool hg_js_divisor(const hg_node *number); /* whether hg_js_multiple() can take it */
/* The value as it is written, cut to size, for messages. */
void hg_js_print(char *out, size_t size, const hg_node *value);

typedef bool js_check(const js_call *call);
typedef hg_status js_prepare(hg_jsonschema *s, js_sub *schema, js_rule *rule,
                             hg_err *err);

js_check hg_js_type, hg_js_enum, hg_js_const, hg_js_multiple_of, hg_js_bound,
    hg_js_length, hg_js_pattern, hg_js_format;
js_prepare hg_js_prepare_enum, hg_js_prepare_divisor;

/* ---- arrays (jsonschema_arrays.c), objects (jsonschema_objects.c), schemas beside each
 * other (jsonschema_logic.c) ---- */

/* Judge an item or member, the i-th; *mine, true at first: the keyword is for it. */
typedef bool js_child(const js_call *call, const hg_node *child, size_t i, bool *mine);
/* Whether all items or members are judged to fit; those that the keyword is for are seen. */
bool hg_js_each(const js_call *call, js_child *judge);

js_check hg_js_items, hg_js_prefix, hg_js_contains, hg_js_unique, hg_js_count,
    hg_js_properties, hg_js_pattern_properties, hg_js_additional, hg_js_names,
    hg_js_required, hg_js_dependent_required, hg_js_dependent, hg_js_unevaluated_items,
    hg_js_unevaluated_properties;
js_prepare hg_js_prepare_items, hg_js_prepare_contains;

js_check hg_js_all, hg_js_any, hg_js_one, hg_js_not, hg_js_if, hg_js_ref;

/* Whether text is of a format; unknown formats hold everything (jsonschema_format.c). */
bool hg_js_formatted(hg_slice format, hg_slice text);

#endif
