/* expression_read - formulas over named values: read */
#include "text/expression_tree.h"

#include <stdlib.h>
#include <string.h>

typedef struct reader {
    hg_expression *e;
    const char *p;
    unsigned depth;
    hg_find_name *find;
    void *user;
    hg_err *err;
} reader;

static size_t read_or(reader *r);

/* ---- mistakes; NO_NODE stands for one that is in err ---- */

static size_t wrong(reader *r)
{
    hg_fail(r->err, HG_EARG, NULL, "the formula is wrong at its character %zu",
            (size_t)(r->p - r->e->formula) + 1);
    return NO_NODE;
}

static size_t node(reader *r, hg_op op, size_t left, size_t right)
{
    hg_expression *e = r->e;
    if (r->err->status != HG_OK)
        return NO_NODE;
    if (e->n == HG_EXPRESSION_SIZE) {
        hg_fail(r->err, HG_EARG, NULL, "the formula is too long");
        return NO_NODE;
    }
    e->nodes[e->n] = (hg_op_node){ .op = op, .left = left, .right = right };
    return e->n++;
}

static size_t value(reader *r, hg_operand operand)
{
    size_t i = node(r, OP_VALUE, NO_NODE, NO_NODE);
    if (i != NO_NODE)
        r->e->nodes[i].value = operand;
    return i;
}

/* ---- tokens ---- */

static void spaces(reader *r)
{
    r->p += strspn(r->p, " \t\r\n");
}

static bool mark(reader *r, const char *text)
{
    spaces(r);
    size_t n = strlen(text);
    if (strncmp(r->p, text, n) != 0)
        return false;
    r->p += n;
    return true;
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || (unsigned char)c >= 0x80;
}

static bool word(reader *r, const char *text)
{
    spaces(r);
    size_t n = strlen(text);
    if (strncmp(r->p, text, n) != 0 || is_name(r->p[n]))
        return false;
    r->p += n;
    return true;
}

/* ---- what a formula is made of, the tightest first ---- */

static size_t read_text(reader *r, char quote)
{
    const char *end = strchr(++r->p, quote);
    if (!end || memchr(r->p, '\\', (size_t)(end - r->p)))
        return wrong(r);
    hg_slice text = { r->p, (size_t)(end - r->p) };
    r->p = end + 1;
    return value(r, hg_operand_text(text));
}

static size_t read_number(reader *r)
{
    size_t n = strspn(r->p, "0123456789");
    n += r->p[n] == '.' ? 1 + strspn(r->p + n + 1, "0123456789") : 0;
    if ((r->p[n] | 0x20) == 'e') {
        size_t sign = r->p[n + 1] == '-' || r->p[n + 1] == '+';
        n += 1 + sign + strspn(r->p + n + 1 + sign, "0123456789");
    }
    hg_operand number = hg_operand_number((hg_slice){ r->p, n });
    if (number.kind == HG_OPERAND_UNKNOWN || is_name(r->p[n]))
        return wrong(r);
    r->p += n;
    return value(r, number);
}

static size_t read_name(reader *r)
{
    bool quoted = *r->p == '`';
    const char *from = r->p + quoted, *end = from;
    while (quoted ? *end != '\0' && *end != '`' : is_name(*end))
        end++;
    hg_slice name = { from, (size_t)(end - from) };
    if (name.n == 0 || (quoted && *end != '`'))
        return wrong(r);
    size_t number = r->find(r->user, name);
    if (number == SIZE_MAX) {
        hg_fail(r->err, HG_EARG, NULL, "the formula has a name that is not known: '%.*s'",
                (int)(name.n < 100 ? name.n : 100), name.p);
        return NO_NODE;
    }
    r->p = end + quoted;
    size_t i = node(r, OP_NAME, NO_NODE, NO_NODE);
    if (i != NO_NODE)
        r->e->nodes[i].name = number;
    return i;
}

static size_t read_primary(reader *r)
{
    if (mark(r, "(")) {
        size_t inner = read_or(r);
        return inner == NO_NODE || mark(r, ")") ? inner : wrong(r);
    }
    if (word(r, "True"))
        return value(r, hg_operand_truth(true));
    if (word(r, "False"))
        return value(r, hg_operand_truth(false));
    if (word(r, "None"))
        return value(r, hg_operand_none());
    spaces(r);
    if (*r->p == '\'' || *r->p == '"')
        return read_text(r, *r->p);
    if ((*r->p >= '0' && *r->p <= '9') || *r->p == '.')
        return read_number(r);
    return is_name(*r->p) || *r->p == '`' ? read_name(r) : wrong(r);
}

static size_t read_sign(reader *r)
{
    unsigned minus = 0;
    spaces(r);
    for (; *r->p == '-' || *r->p == '+'; spaces(r))
        minus += *r->p++ == '-';
    size_t inner = read_primary(r);
    if (inner == NO_NODE || minus % 2 == 0)
        return inner;
    size_t zero = value(r, hg_operand_number(HG_SLICE("0")));
    return node(r, OP_SUBTRACT, zero, inner);
}

static size_t read_product(reader *r)
{
    size_t left = read_sign(r);
    while (left != NO_NODE) {
        hg_op op = mark(r, "*")   ? OP_MULTIPLY
                   : mark(r, "/") ? OP_DIVIDE
                   : mark(r, "%") ? OP_REMAINDER
                                  : OP_VALUE;
        if (op == OP_VALUE)
            break;
        size_t right = read_sign(r);
        left = right == NO_NODE ? right : node(r, op, left, right);
    }
    return left;
}

static size_t read_sum(reader *r)
{
    size_t left = read_product(r);
    while (left != NO_NODE) {
        hg_op op = mark(r, "+") ? OP_ADD : mark(r, "-") ? OP_SUBTRACT : OP_VALUE;
        if (op == OP_VALUE)
            break;
        size_t right = read_product(r);
        left = right == NO_NODE ? right : node(r, op, left, right);
    }
    return left;
}

/* [a, b] or (a, b), as a chain of items; NO_NODE for an empty one too. */
static size_t read_items(reader *r)
{
    const char *close = mark(r, "[") ? "]" : mark(r, "(") ? ")" : NULL;
    size_t first = NO_NODE, last = NO_NODE;
    if (!close)
        return wrong(r);
    while (!mark(r, close)) {
        size_t item = read_or(r);
        size_t link = item == NO_NODE ? item : node(r, OP_LIST, item, NO_NODE);
        if (link == NO_NODE)
            return link;
        if (last == NO_NODE)
            first = link;
        else
            r->e->nodes[last].right = link;
        last = link;
        spaces(r);
        if (!mark(r, ",") && *r->p != *close)
            return wrong(r);
    }
    return first;
}

static size_t read_membership(reader *r, size_t left, bool not )
{
    size_t items = read_items(r);
    size_t in = r->err->status != HG_OK ? NO_NODE : node(r, OP_IN, left, items);
    return not &&in != NO_NODE ? node(r, OP_NOT, in, NO_NODE) : in;
}

static hg_op relation(reader *r)
{
    static const struct {
        const char *mark;
        hg_op op;
    } marks[] = { { "==", OP_EQUAL },    { "!=", OP_UNEQUAL }, { "<=", OP_AT_MOST },
                  { ">=", OP_AT_LEAST }, { "<", OP_LESS },     { ">", OP_MORE } };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (mark(r, marks[i].mark))
            return marks[i].op;
    return OP_VALUE;
}

/* a < b < c is a < b and b < c. */
static size_t read_relation(reader *r)
{
    size_t left = read_sum(r), all = NO_NODE;
    while (left != NO_NODE) {
        size_t one, next = NO_NODE;
        hg_op op = relation(r);
        if (op != OP_VALUE) {
            next = read_sum(r);
            one = next == NO_NODE ? next : node(r, op, left, next);
        } else if (word(r, "in")) {
            one = read_membership(r, left, false);
        } else if (word(r, "not")) {
            one = word(r, "in") ? read_membership(r, left, true) : wrong(r);
        } else {
            return all == NO_NODE ? left : all;
        }
        if (one == NO_NODE)
            return one;
        all = all == NO_NODE ? one : node(r, OP_AND, all, one);
        if (next == NO_NODE) /* a list ends the chain */
            return all;
        left = next;
    }
    return NO_NODE;
}

static size_t read_not(reader *r)
{
    unsigned nots = 0;
    while (word(r, "not"))
        nots++;
    size_t inner = read_relation(r);
    for (nots = nots > 2 ? 2 - nots % 2 : nots; nots > 0 && inner != NO_NODE; nots--)
        inner = node(r, OP_NOT, inner, NO_NODE);
    return inner;
}

static size_t read_and(reader *r)
{
    size_t left = read_not(r);
    while (left != NO_NODE && word(r, "and")) {
        size_t right = read_not(r);
        left = right == NO_NODE ? right : node(r, OP_AND, left, right);
    }
    return left;
}

static size_t read_or(reader *r)
{
    if (++r->depth > HG_EXPRESSION_DEPTH)
        return wrong(r);
    size_t left = read_and(r);
    while (left != NO_NODE && word(r, "or")) {
        size_t right = read_and(r);
        left = right == NO_NODE ? right : node(r, OP_OR, left, right);
    }
    r->depth--;
    return left;
}

hg_status hg_expression_new(hg_expression **out, const char *formula, hg_find_name *find,
                            void *user, hg_err *err)
{
    hg_expression *e = calloc(1, sizeof *e);
    *out = NULL;
    if (!e || !(e->formula = strdup(formula))) {
        free(e);
        return hg_fail_nomem(err);
    }
    reader r = { .e = e, .p = e->formula, .find = find, .user = user, .err = err };
    e->root = read_or(&r);
    spaces(&r);
    if (e->root != NO_NODE && *r.p != '\0')
        wrong(&r);
    if (err->status != HG_OK) {
        hg_expression_free(e);
        return err->status;
    }
    *out = e;
    return HG_OK;
}
