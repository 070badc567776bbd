/* markdown.h - text as Markdown shows it literally (CommonMark 0.31). */
#ifndef HG_DATASET_MARKDOWN_H
#define HG_DATASET_MARKDOWN_H

#include "base/buf.h"

/* Append text for a paragraph or the cell of a table; a line end becomes a space. */
void hg_markdown_text(hg_buf *buf, hg_slice text);

#endif
