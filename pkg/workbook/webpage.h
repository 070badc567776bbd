/* webpage.h - the tables of a web page, as many web applications give them for workbooks,
 * mostly named .xls. */
#ifndef HG_WORKBOOK_WEBPAGE_H
#define HG_WORKBOOK_WEBPAGE_H

#include "workbook/cell.h"

/* Do the first bytes of a file look like those of a page? */
bool hg_webpage_likely(const void *head, size_t n);

/*
 * A page is one sheet, as spreadsheets read it: its tables one below the other, and what
 * stands between them in rows of one cell. Every cell is text, as it stands there; white
 * space is one space, as browsers show it, and br and paragraphs part lines. Cells that
 * span rows or columns are merged areas. The page is in the encoding that its bytes show
 * to be UTF-8, UTF-16 or UTF-32, or else in what it says, or windows-1252. HG_EINPUT:
 * there is no table; a table stands within another, or is cut off; text stands in a row,
 * but in no cell; bytes that are not of its encoding; over a limit of workbook/pending or
 * workbook/tags.
 */
extern const hg_reader hg_webpage_reader;

#endif
