/* jsonl.h - rows as JSON Lines: one object a line, in UTF-8 (RFC 8259, https://jsonlines.org). */
#ifndef HG_FORMAT_JSONL_H
#define HG_FORMAT_JSONL_H

#include "base/buf.h"

#define HG_JSONL_NO_NUMBER SIZE_MAX

/*
 * Append a row. Each cell is a text under its name; a cell beyond the names gets its
 * number, "column7". The cell at index number is a JSON number, or null where it is empty;
 * one that is no JSON number ("007") stays a text. HG_JSONL_NO_NUMBER: all are texts.
 */
void hg_jsonl_put(hg_buf *buf, const char *const *names, size_t n_names,
                  const hg_slice *cells, size_t n, size_t number);

/* Append a text as a JSON string, quotes and all. */
void hg_jsonl_text(hg_buf *buf, hg_slice text);

#endif
