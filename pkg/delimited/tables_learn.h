/* tables_learn.h - what the first records of a table tell of it. For tables.c. */
#ifndef HG_DELIMITED_TABLES_LEARN_H
#define HG_DELIMITED_TABLES_LEARN_H

#include "delimited/tables.h"

/* A header's texts, to know it again. */
typedef struct hg_header_text {
    hg_buf text; /* the cells, one after the other */
    size_t *ends;
    size_t n, cap;
} hg_header_text;

hg_status hg_header_keep(hg_header_text *header, const hg_split *row, hg_err *err);
/* Whether a row says the same, but for columns missing or added at its end. */
bool hg_header_repeats(const hg_header_text *header, const hg_split *row);
void hg_header_release(hg_header_text *header);

/* Cells with a value. */
size_t hg_row_values(const hg_split *row);
/* Whether a row has none of what typed columns have below it, though it has values. */
bool hg_row_heads(const hg_table_at *table, const hg_split *row);

/*
 * Learn the table at from->offset, line, number, or where `look` is set the first one
 * behind that; from then says where it starts, and header its header. HG_END: there is
 * none.
 */
hg_status hg_table_learn(hg_table_at *from, hg_header_text *header, int fd,
                         const char *name, const hg_dialect *dialect,
                         const hg_tables_opts *opts, bool look, hg_err *err);

#endif
