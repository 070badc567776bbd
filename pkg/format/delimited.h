/* delimited.h - delimited text in any Table Dialect, read strictly as that says. What
 * says nothing of its dialect is read by delimited/textfile, our own by delimited/csv. */
#ifndef HG_FORMAT_DELIMITED_H
#define HG_FORMAT_DELIMITED_H

#include "table/dialect.h"
#include "table/row.h"

#define HG_DELIMITED_MAX_ROW ((size_t)16 << 20) /* bytes of one record */

/* Gives the next piece of a text, valid UTF-8 as a whole and borrowed until the next
 * call; HG_END after the last. */
typedef hg_status hg_pull(void *user, const char **bytes, size_t *n, hg_err *err);

typedef struct hg_delimited hg_delimited;

/* dialect and user outlive the reader; name appears in errors and is copied. HG_ENOMEM. */
hg_status hg_delimited_new(hg_delimited **out, const hg_dialect *dialect, hg_pull *pull,
                           void *user, const char *name, hg_err *err);

/*
 * Fetch the next record, comments and headers too; an empty line is a row of one empty
 * cell. A quote inside a cell that does not begin with one is data, as spreadsheets read
 * it. row borrows until the next call; row->raw is not given. HG_END after the last;
 * HG_EINPUT (loc: line): something between a closing quote and the delimiter, an unclosed
 * quote, a record over HG_DELIMITED_MAX_ROW; HG_ENOMEM; or what pull returns.
 */
hg_status hg_delimited_next(hg_delimited *text, hg_row *row, hg_err *err);
/* Did the first cell of the record given last stand in quotes? */
bool hg_delimited_quoted(const hg_delimited *text);
void hg_delimited_free(hg_delimited *text); /* NULL is fine */

#endif
