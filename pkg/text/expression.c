/* expression - formulas over named values: worked out */
#include "text/expression.h"
#include "text/expression_tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- operands ---- */

hg_operand hg_operand_none(void)
{
    return (hg_operand){ .kind = HG_OPERAND_NONE };
}

hg_operand hg_operand_text(hg_slice text)
{
    return (hg_operand){ .kind = HG_OPERAND_TEXT, .text = text };
}

hg_operand hg_operand_truth(bool truth)
{
    return (hg_operand){ .kind = HG_OPERAND_TRUTH, .truth = truth };
}

hg_operand hg_operand_decimal(hg_decimal d)
{
    return (hg_operand){ .kind = HG_OPERAND_NUMBER,
                         .exact = true,
                         .decimal = d,
                         .x = hg_decimal_double(d) };
}

static hg_operand of_double(double x)
{
    return (hg_operand){ .kind = isfinite(x) ? HG_OPERAND_NUMBER : HG_OPERAND_UNKNOWN,
                         .x = x };
}

hg_operand hg_operand_number(hg_slice text)
{
    char copy[64], *end;
    hg_decimal d;
    if (hg_decimal_read(&d, text))
        return hg_operand_decimal(d);
    if (text.n == 0 || text.n >= sizeof copy ||
        strspn(text.p, "+-.0123456789eE") < text.n)
        return (hg_operand){ 0 };
    memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    double x = strtod(copy, &end);
    return *end == '\0' ? of_double(x) : (hg_operand){ 0 };
}

bool hg_operand_holds(const hg_operand *o)
{
    switch (o->kind) {
    case HG_OPERAND_TRUTH: return o->truth;
    case HG_OPERAND_NUMBER: return o->x != 0;
    case HG_OPERAND_TEXT: return o->text.n > 0;
    case HG_OPERAND_UNKNOWN:
    case HG_OPERAND_NONE: break;
    }
    return false;
}

/* ---- operators ---- */

static hg_operand arithmetic(hg_op op, const hg_operand *a, const hg_operand *b)
{
    hg_decimal d = a->decimal, e = b->decimal;
    bool exact = a->exact && b->exact;
    if (a->kind != HG_OPERAND_NUMBER || b->kind != HG_OPERAND_NUMBER)
        return (hg_operand){ 0 };
    switch (op) {
    case OP_SUBTRACT:
        e.digits = -e.digits;
        return exact && hg_decimal_add(&d, e) ? hg_operand_decimal(d) : of_double(a->x - b->x);
    case OP_ADD:
        return exact && hg_decimal_add(&d, e) ? hg_operand_decimal(d) : of_double(a->x + b->x);
    case OP_MULTIPLY:
        return exact && hg_decimal_multiply(&d, e) ? hg_operand_decimal(d)
                                                   : of_double(a->x * b->x);
    case OP_DIVIDE: return of_double(a->x / b->x);
    default: return of_double(a->x - b->x * floor(a->x / b->x)); /* as Python's % */
    }
}

/* -1, 0, 1; 2: they cannot be compared. */
static int compare(const hg_operand *a, const hg_operand *b)
{
    if (a->kind != b->kind || a->kind == HG_OPERAND_NONE)
        return 2;
    if (a->kind == HG_OPERAND_TEXT) {
        size_t n = a->text.n < b->text.n ? a->text.n : b->text.n;
        int c = n > 0 ? memcmp(a->text.p, b->text.p, n) : 0;
        return c != 0 ? (c > 0) - (c < 0)
                      : (a->text.n > b->text.n) - (a->text.n < b->text.n);
    }
    if (a->kind == HG_OPERAND_TRUTH)
        return a->truth - b->truth;
    if (a->exact && b->exact)
        return hg_decimal_compare(a->decimal, b->decimal);
    return (a->x > b->x) - (a->x < b->x);
}

static hg_operand relation(hg_op op, const hg_operand *a, const hg_operand *b)
{
    int c = compare(a, b);
    bool none = a->kind == HG_OPERAND_NONE && b->kind == HG_OPERAND_NONE;
    if (a->kind == HG_OPERAND_UNKNOWN || b->kind == HG_OPERAND_UNKNOWN)
        return (hg_operand){ 0 };
    switch (op) {
    case OP_EQUAL: return hg_operand_truth(c == 0 || none);
    case OP_UNEQUAL: return hg_operand_truth(c != 0 && !none);
    case OP_LESS: return c == 2 ? (hg_operand){ 0 } : hg_operand_truth(c < 0);
    case OP_AT_MOST: return c == 2 ? (hg_operand){ 0 } : hg_operand_truth(c <= 0);
    case OP_MORE: return c == 2 ? (hg_operand){ 0 } : hg_operand_truth(c > 0);
    default: return c == 2 ? (hg_operand){ 0 } : hg_operand_truth(c >= 0);
    }
}

/* ---- the tree ---- */

typedef struct work {
    const hg_expression *e;
    hg_get_operand *get;
    void *user;
} work;

static hg_operand value_of(const work *w, size_t i);

static hg_operand member(const work *w, const hg_op_node *node)
{
    hg_operand wanted = value_of(w, node->left);
    if (wanted.kind == HG_OPERAND_UNKNOWN)
        return wanted;
    for (size_t i = node->right; i != NO_NODE; i = w->e->nodes[i].right) {
        hg_operand item = value_of(w, w->e->nodes[i].left);
        hg_operand same = relation(OP_EQUAL, &wanted, &item);
        if (same.truth)
            return hg_operand_truth(true);
    }
    return hg_operand_truth(false);
}

static hg_operand value_of(const work *w, size_t i)
{
    const hg_op_node *node = &w->e->nodes[i];
    hg_operand a, b;
    switch (node->op) {
    case OP_VALUE: return node->value;
    case OP_NAME: return w->get(w->user, node->name);
    case OP_IN: return member(w, node);
    default: break;
    }
    a = value_of(w, node->left);
    if (a.kind == HG_OPERAND_UNKNOWN)
        return a;
    switch (node->op) {
    case OP_NOT: return hg_operand_truth(!hg_operand_holds(&a));
    case OP_AND:
        if (!hg_operand_holds(&a))
            return hg_operand_truth(false);
        break;
    case OP_OR:
        if (hg_operand_holds(&a))
            return hg_operand_truth(true);
        break;
    default: break;
    }
    b = value_of(w, node->right);
    if (b.kind == HG_OPERAND_UNKNOWN)
        return b;
    if (node->op == OP_AND || node->op == OP_OR)
        return hg_operand_truth(hg_operand_holds(&b));
    return node->op >= OP_EQUAL ? relation(node->op, &a, &b)
                                : arithmetic(node->op, &a, &b);
}

hg_operand hg_expression_value(const hg_expression *e, hg_get_operand *get, void *user)
{
    work w = { e, get, user };
    return value_of(&w, e->root);
}

void hg_expression_free(hg_expression *e)
{
    if (!e)
        return;
    free(e->formula);
    free(e);
}
