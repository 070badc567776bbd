/* trace.h - by what the rows and columns of a sheet are known again after someone moved
 * them: by the texts in them. */
#ifndef HG_REPORT_TRACE_H
#define HG_REPORT_TRACE_H

#include "base/buf.h"

/* The texts of a sheet, each a hash and its place. Start with { 0 }. */
typedef struct hg_trace {
    struct hg_trace_cell *cells;
    size_t n, cap;
    uint32_t rows, cols; /* the last with a text */
    hg_buf scratch;
    hg_status status; /* HG_ENOMEM once memory ran out; later texts are not kept */
} hg_trace;

/* Add a text, in pieces; trace is a hg_trace, so that this is a hg_book_watcher. Symbols
 * that stand for a figure ("-", "…", "[x]", "[z]") are left out. */
void hg_trace_add(void *trace, uint32_t row, uint32_t col, const hg_slice *text,
                  size_t n);

/*
 * A mark per row from 1 to n, or per column counting the texts in rows row1 to row2: equal
 * for equal texts, 0 for none. marks has n + 1 entries, the first without use.
 */
void hg_trace_rows(const hg_trace *trace, uint32_t *marks, uint32_t n);
void hg_trace_columns(const hg_trace *trace, uint32_t row1, uint32_t row2,
                      uint32_t *marks, uint32_t n);
void hg_trace_clear(hg_trace *trace); /* of its texts, for another sheet */
void hg_trace_release(hg_trace *trace);

/*
 * Find entries 1..n of was among entries 1..m of is, in order: to[i] is the place of i, or
 * 0 where it is gone. What changed between two that are the same stands for what was
 * there if it is as long. to has n + 1 entries. HG_EINPUT: too much has changed to tell;
 * HG_ENOMEM.
 */
hg_status hg_trace_align(const uint32_t *was, uint32_t n, const uint32_t *is, uint32_t m,
                         uint32_t *to, hg_err *err);

#endif
