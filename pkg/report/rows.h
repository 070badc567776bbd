/* rows.h - a table in memory, each cell the number of its text: rows compare by numbers.
 * What a report of one table needs; limits: HG_ROWS_MAX rows, 256 MiB of distinct texts.
 */
#ifndef HG_REPORT_ROWS_H
#define HG_REPORT_ROWS_H

#include "base/buf.h"

#define HG_ROWS_MAX    ((uint32_t)1 << 20) /* rows */
#define HG_ROWS_FIELDS 64                  /* columns */

typedef struct hg_rows hg_rows;

/* Start with the header's names, which are copied. HG_EINPUT over HG_ROWS_FIELDS;
 * HG_ENOMEM. */
hg_status hg_rows_new(hg_rows **out, const hg_slice *fields, size_t n, hg_err *err);
/* Add a row. HG_EINPUT: another number of cells than the header, or over HG_ROWS_MAX. */
hg_status hg_rows_add(hg_rows *rows, const hg_slice *cells, size_t n, hg_err *err);

uint32_t hg_rows_count(const hg_rows *rows);
const char *const *hg_rows_fields(const hg_rows *rows, size_t *n);
/* A field's index; the number of fields where there is none of this name. */
size_t hg_rows_field(const hg_rows *rows, const char *name);

/* The texts' numbers of row i from 0, one per field; a number is 1 or more. Borrowed
 * until the next add. */
const uint32_t *hg_rows_at(const hg_rows *rows, uint32_t i);
/* The number of a text, given now if it is new; 0 out of memory. */
uint32_t hg_rows_id(hg_rows *rows, hg_slice text);
/* The text of a number; borrowed until the next add or id. */
hg_slice hg_rows_text(const hg_rows *rows, uint32_t id);
uint32_t hg_rows_ids(const hg_rows *rows); /* the largest number given */
void hg_rows_free(hg_rows *rows);          /* NULL is fine */

#endif
