/*
 * expression.h - formulas over named values, such as "nam >= 2020 and tong == nu + nam":
 * compiled once, worked out for each row.
 *
 *   or, and, not; == != < <= > >=, in, not in (also a < b < c); + - * / %; ( )
 *   12.5, 'text', "text", True, False, None, [1, 2]; names of letters, digits and '_',
 * and any other name between backquotes
 *
 * So they are a part of Python's expressions, and mean the same. Decimal numbers are
 * exact as long as 18 digits do (0.1 + 0.2 == 0.3), beyond that and after / and % they
 * are doubles.
 */
#ifndef HG_TEXT_EXPRESSION_H
#define HG_TEXT_EXPRESSION_H

#include "text/decimal.h"

#define HG_EXPRESSION_SIZE  256 /* operators and values of a formula */
#define HG_EXPRESSION_DEPTH 40  /* parentheses and operators within each other */

typedef enum hg_operand_kind {
    HG_OPERAND_UNKNOWN, /* cannot be worked out (None + 1, 1 / 0, 1 < 'a'): nor can what
                           is made of it */
    HG_OPERAND_NONE,    /* no value */
    HG_OPERAND_TRUTH,
    HG_OPERAND_NUMBER,
    HG_OPERAND_TEXT
} hg_operand_kind;

typedef struct hg_operand {
    hg_operand_kind kind;
    bool truth;
    bool exact; /* of a number: decimal holds, not only x */
    hg_decimal decimal;
    double x;
    hg_slice text;
} hg_operand;

hg_operand hg_operand_none(void);
hg_operand hg_operand_text(hg_slice text);
hg_operand hg_operand_truth(bool truth);
hg_operand hg_operand_decimal(hg_decimal number);
/* A number out of its text, "-1.5e3"; text that is none is unknown. */
hg_operand hg_operand_number(hg_slice text);

/* A formula made ready. */
typedef struct hg_expression hg_expression;

/* The number by which a name's value is asked for later; SIZE_MAX: there is no such name.
 */
typedef size_t hg_find_name(void *user, hg_slice name);
typedef hg_operand hg_get_operand(void *user, size_t name);

/* HG_EARG: no formula (the message names the character where it goes wrong), an unknown
 * name, or over the limits; HG_ENOMEM. */
hg_status hg_expression_new(hg_expression **out, const char *formula, hg_find_name *find,
                            void *user, hg_err *err);
/* Work it out. Texts in the result borrow from the formula and from what get gives. */
hg_operand hg_expression_value(const hg_expression *expression, hg_get_operand *get,
                               void *user);
/* Whether a value counts as true: true, a number other than 0, a text that is not empty.
 */
bool hg_operand_holds(const hg_operand *operand);
void hg_expression_free(hg_expression *expression); /* NULL is fine */

#endif
