/* webtable.h - a table of CSV on the Web against what its metadata say: its header, the
 * number of cells in a row, cells, keys. */
#ifndef HG_RULES_WEBTABLE_H
#define HG_RULES_WEBTABLE_H

#include "rules/tally.h"
#include "rules/webkeys.h"

typedef struct hg_webtable {
    const hg_csvm *csvm;
    size_t table;
    const char *file; /* for places */
    hg_webkeys *keys;
    hg_tally *tally;
    uint64_t rows; /* checked so far */
} hg_webtable;

/*
 * Find what is wrong: incorrect-, extra- and missing-label (the titles of header and
 * metadata do not agree), blank-row, missing-cell, extra-cell, type-error,
 * constraint-error, primary-key, foreign-key. Targets of foreign keys were entered
 * before. HG_EINPUT: the file could not be read on (hg_webcsv_code()), in why; or, in
 * err, something could not be checked (memory, a format too hard); HG_ENOMEM, or what the
 * tally's taker returns.
 */
hg_status hg_webtable_check(hg_webtable *table, hg_webcsv *csv, hg_err *why, hg_err *err);

/* Enter the rows of a table that foreign keys lead to. Fails likewise; what is wrong with
 * the file is told when the table is checked. */
hg_status hg_webtable_enter(hg_webtable *table, hg_webcsv *csv, hg_err *why, hg_err *err);

#endif
