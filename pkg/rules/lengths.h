/* lengths.h - how long the cells of each field are, and which rows have long ones.
 *
 * Short lengths are counted, 2 KiB a field; a long one takes 16 bytes, in memory or,
 * beyond the budget, on disk. Counts of parts of a table add up to those of the whole.
 */
#ifndef HG_RULES_LENGTHS_H
#define HG_RULES_LENGTHS_H

#include "rules/budget.h"

#define HG_LENGTHS_SHORT                                                                 \
    254 /* characters at most: with one for none, a length is a byte */

typedef struct hg_lengths hg_lengths;

/* Of so many fields. budget outlives it. HG_ENOMEM. */
hg_status hg_lengths_new(hg_lengths **out, size_t fields, hg_budget *budget, hg_err *err);

/* Count n more short cells of a length. */
void hg_lengths_count(hg_lengths *lengths, size_t field, size_t length, uint64_t n);
/* Count the cells of a row, all short: a byte for each field, one more than its cell's
 * length; 0: it has none. */
void hg_lengths_count_row(hg_lengths *lengths, const unsigned char *row);
uint64_t hg_lengths_counted(const hg_lengths *lengths, size_t field, size_t length);
/* Add a long cell, in the order of rows; its length is below 2^32. HG_EINPUT: over budget
 * without a disk; HG_ESYS, HG_ENOMEM. */
hg_status hg_lengths_add(hg_lengths *lengths, size_t field, size_t length, uint64_t row,
                         hg_err *err);

/* What is usual in a field, once all are there: its cells; where there are two at least,
 * the median and the standard deviation (of a sample). Fails as hg_lengths_add() does. */
typedef struct hg_usual {
    uint64_t n;
    double median, deviation;
} hg_usual;
hg_status hg_lengths_usual(hg_lengths *lengths, size_t field, hg_usual *out, hg_err *err);

/* Go through the long cells of a field, from the first on, in the order of rows; HG_END
 * after the last. HG_ESYS. */
void hg_lengths_first(hg_lengths *lengths, size_t field);
hg_status hg_lengths_next(hg_lengths *lengths, size_t *length, uint64_t *row,
                          hg_err *err);

void hg_lengths_free(hg_lengths *lengths); /* NULL is fine */

#endif
