/* facts.h - a table in memory, each cell the number of its text: rows compare by numbers.
 * What a report of one table needs; limits: HG_FACTS_MAX rows, 256 MiB of distinct texts.
 */
#ifndef HG_REPORT_FACTS_H
#define HG_REPORT_FACTS_H

#include "base/buf.h"

#define HG_FACTS_MAX    ((uint32_t)1 << 20) /* rows */
#define HG_FACTS_FIELDS 64                  /* columns */

typedef struct hg_facts hg_facts;

/* Start with the header's names, which are copied. HG_EINPUT over HG_FACTS_FIELDS;
 * HG_ENOMEM. */
hg_status hg_facts_new(hg_facts **out, const hg_slice *fields, size_t n, hg_err *err);
/* Add a row. HG_EINPUT: another number of cells than the header, or over HG_FACTS_MAX. */
hg_status hg_facts_add(hg_facts *rows, const hg_slice *cells, size_t n, hg_err *err);

uint32_t hg_facts_count(const hg_facts *rows);
const char *const *hg_facts_fields(const hg_facts *rows, size_t *n);
/* A field's index; the number of fields where there is none of this name. */
size_t hg_facts_field(const hg_facts *rows, const char *name);

/* The texts' numbers of row i from 0, one per field; a number is 1 or more. Borrowed
 * until the next add. */
const uint32_t *hg_facts_at(const hg_facts *rows, uint32_t i);
/* The number of a text, given now if it is new; 0 out of memory. */
uint32_t hg_facts_id(hg_facts *rows, hg_slice text);
/* The text of a number; borrowed until the next add or id. */
hg_slice hg_facts_text(const hg_facts *rows, uint32_t id);
uint32_t hg_facts_ids(const hg_facts *rows); /* the largest number given */
void hg_facts_free(hg_facts *rows);          /* NULL is fine */

#endif
