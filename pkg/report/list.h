/* list.h - all rows of a table on one sheet, as they are, in memory that does not grow with
 * them.
 *
 * Row 1 has the names of the fields, and below it each row of the data is one of the sheet.
 * Numbers and dates of fields that hold such are numbers and dates of Excel where that
 * gives the text of the data back (report/relist), else texts: "007", a number of over 15
 * digits, "1.5" in a column of "1.50", a date before March 1900. An empty cell is a
 * missing value. A list that is marked up as a table is in memory as a whole. The record of report/carrier:
 *
 *   list     { "name": the sheet, "head": the stream head of the data,
 *              "resource": "dan-so", "fields": ["nam", …], "rows": 1000000,
 *              "decimals": [null, 2, …]      places of all numbers of the column; null: as
 *                                            many as they need
 *              "empty": "[x]" }              what stands in cells without a value, if anything
 */
#ifndef HG_REPORT_LIST_H
#define HG_REPORT_LIST_H

#include "json/json.h"
#include "report/carrier.h"
#include "report/facts.h"
#include "report/labels.h"

#define HG_LIST_COLUMNS HG_FACTS_FIELDS
#define HG_LIST_ROWS    (HG_BOOK_ROWS - 1)

typedef struct hg_list hg_list;

/* What the list is of; all of it outlives the list. */
typedef struct hg_list_of {
    const char *sheet;
    const char *resource;
    const hg_json *head;   /* as in stream.h */
    const hg_json *schema; /* NULL: all texts */
    bool sans;
    /* In the accessible layout: the sheet is there, has texts down to the row `above`, and the
     * list is marked up below it as a table of this name, with "[x]" in empty cells. */
    const char *table; /* NULL: not so */
    uint32_t above;
} hg_list_of;

/* Add the sheet to the book, with the names of fields. HG_EARG: more than HG_LIST_COLUMNS,
 * and as hg_book_sheet(); HG_ENOMEM. */
hg_status hg_list_new(hg_list **out, hg_book *book, const hg_list_of *of,
                      const hg_slice *fields, size_t n, hg_err *err);
/* Put the next row. HG_EARG: more than HG_LIST_ROWS, or what a cell does not take. */
hg_status hg_list_row(hg_list *list, const hg_slice *cells, size_t n, hg_err *err);
/* Finish the sheet, and note it in the carrier. */
hg_status hg_list_end(hg_list *list, hg_carrier *carrier, hg_err *err);
void hg_list_free(hg_list *list); /* NULL is fine */

/*
 * Add the sheet as a form instead: the names of the schema's fields, protected, and below
 * them open rows, as many as a sheet has. Cells take what the field's type says; those of a
 * field with a code list (labels, one per field, or NULL), an enum, or truth values are chosen.
 * lists are the names of the code lists. Not in a bulk workbook. The record has instead of
 * rows and decimals
 *   "blank": true, "codes": ["dia-phuong", null, …]      the list that a column is chosen from
 */
hg_status hg_list_blank(hg_book *book, hg_carrier *carrier, const hg_list_of *of,
                        const hg_labels *const *labels, const char *const *lists,
                        hg_err *err);

#endif
