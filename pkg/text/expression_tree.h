/* expression_tree.h - a formula as a tree, which expression_read.c makes and expression.c
 * works out. */
#ifndef HG_TEXT_EXPRESSION_TREE_H
#define HG_TEXT_EXPRESSION_TREE_H

#include "text/expression.h"

typedef enum hg_op {
    OP_VALUE,
    OP_NAME,
    OP_LIST, /* left: an item; right: the rest */
    OP_IN,   /* right: a list */
    OP_NOT,
    OP_AND,
    OP_OR,
    OP_ADD,
    OP_SUBTRACT,
    OP_MULTIPLY,
    OP_DIVIDE,
    OP_REMAINDER,
    OP_EQUAL, /* from here on relations */
    OP_UNEQUAL,
    OP_LESS,
    OP_AT_MOST,
    OP_MORE,
    OP_AT_LEAST
} hg_op;

#define NO_NODE SIZE_MAX

typedef struct hg_op_node {
    hg_op op;
    size_t left, right; /* nodes, or NO_NODE */
    size_t name;
    hg_operand value;
} hg_op_node;

struct hg_expression {
    char *formula; /* which texts in it borrow from */
    size_t root, n;
    hg_op_node nodes[HG_EXPRESSION_SIZE];
};

#endif
