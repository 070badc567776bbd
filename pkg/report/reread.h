/* reread.h - the data back out of a workbook that hg-report wrote.
 *
 * What the workbook carries (report/keep) tells where each figure of the data was put; the
 * figures themselves come from the cells that people see, so one that was changed comes
 * back changed. Rows and columns that were moved are found by their texts (report/trace).
 */
#ifndef HG_REPORT_REREAD_H
#define HG_REPORT_REREAD_H

#include "format/source.h"
#include "json/json.h"

typedef struct hg_reread hg_reread;

/* How often something was found, and where first. */
typedef struct hg_count {
    uint64_t n;
    char sheet[160];
    uint64_t row;
    uint32_t col;
} hg_count;

/* What is worth telling of a report that was read back. */
typedef struct hg_told {
    hg_count changed;  /* figures that are not those the report was made with */
    hg_count computed; /* totals whose cell held no value: the sum of their parts */
    hg_count unfilled; /* cells of a form that were left empty */
    hg_count strange;  /* numbers in rows that are not the report's, left out */
} hg_told;

bool hg_reread_likely(hg_source *source); /* whether hg-report wrote it */

/*
 * Read a report. sheet: only the data that this sheet shows; NULL: there must be one
 * table of data. HG_EINPUT: what it carries was damaged, rows or columns that it showed
 * are gone, a figure is no number; HG_EARG: several data and no sheet, or no such sheet.
 */
hg_status hg_reread_open(hg_reread **out, hg_source *source, const char *sheet,
                         hg_err *err);
const hg_json *hg_reread_head(const hg_reread *r); /* of the data, as in stream.h */
const char *const *hg_reread_fields(const hg_reread *r, size_t *n);

/* The next row of the data, in their order; borrowed until the next call. at is the cell
 * of its first figure. HG_END after the last. */
hg_status hg_reread_next(hg_reread *r, const hg_slice **cells, hg_origin *at,
                         hg_err *err);
const hg_told *hg_reread_told(const hg_reread *r);
void hg_reread_free(hg_reread *r); /* NULL is fine */

#endif
