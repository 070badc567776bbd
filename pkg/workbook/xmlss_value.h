/* xmlss_value.h - the value of a cell of an XML Spreadsheet, as the text that every
 * reader gives. */
#ifndef HG_WORKBOOK_XMLSS_VALUE_H
#define HG_WORKBOOK_XMLSS_VALUE_H

#include "text/serial.h"
#include "workbook/cell.h"

/* What ss:Type names; a cell without is a string. */
typedef enum hg_xmlss_type {
    HG_XMLSS_STRING,
    HG_XMLSS_NUMBER,
    HG_XMLSS_MOMENT, /* DateTime: 2024-06-30T13:45:00.000 */
    HG_XMLSS_BOOLEAN,
    HG_XMLSS_ERROR
} hg_xmlss_type;

/* The type of a name, NULL for a string; false for a name that there is not. */
bool hg_xmlss_type_of(hg_xmlss_type *type, const char *name);

/*
 * Read the value that stands in texts from start on, and put the text of the cell in its
 * place; what is empty stays so. kind is that of the cell's number format: a moment that
 * it shows as a time or a duration is one, counted from the workbook's epoch; midnight
 * goes from any other. HG_EINPUT (loc): it is not of its type.
 */
hg_status hg_xmlss_value_read(hg_cell_type *as, hg_xmlss_type type, hg_format_kind kind,
                              bool from_1904, hg_buf *texts, size_t start,
                              const hg_loc *loc, hg_err *err);

#endif
