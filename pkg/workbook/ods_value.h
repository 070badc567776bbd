/* ods_value.h - the value of a cell, as the attributes of OpenDocument hold it (ODF 1.3
 * part 3, 19.367 to 19.396), as the text that every reader gives. */
#ifndef HG_WORKBOOK_ODS_VALUE_H
#define HG_WORKBOOK_ODS_VALUE_H

#include "text/serial.h"
#include "workbook/cell.h"

/* What office:value-type names: numbers are floats, percentages and currencies. */
typedef enum hg_ods_type {
    HG_ODS_STRING,
    HG_ODS_NUMBER,
    HG_ODS_DATE,
    HG_ODS_TIME,
    HG_ODS_BOOLEAN
} hg_ods_type;

/* The type of a name (NULL: a string); false for a name that ODF does not have. */
bool hg_ods_type_of(hg_ods_type *type, const char *name);

/* The attribute of the namespace office that holds a value of the type. */
const char *hg_ods_attribute(hg_ods_type type);

/*
 * Append a value of any type but HG_ODS_STRING, as hg_cell_type has it. kind is that of
 * the cell's number format: midnight goes from what is shown as a date. Parts of a second
 * are rounded to milliseconds (spreadsheets keep binary fractions of a day); a negative
 * time is a duration. False: no such value.
 */
bool hg_ods_value(hg_buf *out, hg_cell_type *as, hg_ods_type type, hg_slice value,
                  hg_format_kind kind);

/* Is this what a cell shows that holds an error: #N/A, Err:502? */
bool hg_ods_is_error(hg_slice text);

#endif
