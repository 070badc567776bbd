/* tree.h - any JSON text as a tree that keeps what json.h's values lose: numbers as they are
 * written, of any size, the place of every value, and keys with NUL in them. */
#ifndef HG_JSON_TREE_H
#define HG_JSON_TREE_H

#include "base/buf.h"

#define HG_TREE_BYTES ((size_t)1 << 28) /* of a text */
#define HG_TREE_NODES ((size_t)1 << 23) /* values in it; each takes about 130 bytes */
#define HG_TREE_DEPTH 1000              /* arrays and objects within each other */

typedef enum hg_node_kind {
    HG_NODE_NULL,
    HG_NODE_FALSE,
    HG_NODE_TRUE,
    HG_NODE_NUMBER,
    HG_NODE_STRING,
    HG_NODE_ARRAY,
    HG_NODE_OBJECT
} hg_node_kind;

/* A value. Its texts live as long as the tree. */
typedef struct hg_node {
    hg_node_kind kind;
    unsigned depth; /* of the root 0 */
    hg_slice text;  /* a string, its escapes resolved; a number as it is written */
    hg_slice key;   /* of a member of an object, its escapes resolved */
    size_t at;      /* offset of the value in the text, of a member that of its key */
    size_t n;       /* items of an array, members of an object */
    struct hg_node *parent, *first, *next; /* in the order of the text */
    struct hg_node **sorted;               /* the members of an object by key */
    void *tag;                             /* for whoever owns the tree */
} hg_node;

typedef struct hg_tree hg_tree;

/*
 * Read a text, which must be one value in UTF-8 (RFC 8259), a byte order mark before it let
 * pass. name is for messages. HG_EARG with line and column: no JSON, a key given twice, half
 * a surrogate pair, an exponent of over 9 digits, or over one of the limits above. HG_ENOMEM.
 * The caller frees the tree.
 */
hg_status hg_tree_parse(hg_tree **out, const char *name, hg_slice text, hg_err *err);
/* Likewise a file, or standard input where name is "-". Adds HG_EINPUT for one that cannot be read. */
hg_status hg_tree_load(hg_tree **out, const char *name, hg_err *err);
hg_node *hg_tree_root(const hg_tree *tree);
const char *hg_tree_name(const hg_tree *tree);
void hg_tree_free(hg_tree *tree); /* NULL is fine */

/* The line and column (characters) of an offset, each from 1. */
hg_loc hg_tree_loc(const hg_tree *tree, size_t at);

/* The member of an object; NULL if it has none of that name, or is no object. */
hg_node *hg_node_get(const hg_node *object, hg_slice key);
hg_node *hg_node_member(const hg_node *object, const char *key);
hg_node *hg_node_at(const hg_node *array, size_t i); /* takes as long as i is large */

/* Append the JSON Pointer (RFC 6901) that leads from the root to node: "" for the root. */
void hg_node_pointer(hg_buf *buf, const hg_node *node);

#endif
