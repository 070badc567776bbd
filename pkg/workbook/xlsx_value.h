/* xlsx_value.h - the value of a cell of a worksheet, by the type that the cell names
 * (ECMA-376 part 1, 18.3.1.4 and 18.18.11), as the text that every reader gives. */
#ifndef HG_WORKBOOK_XLSX_VALUE_H
#define HG_WORKBOOK_XLSX_VALUE_H

#include "text/serial.h"
#include "workbook/cell.h"
#include "workbook/xlsx_plain.h"

typedef struct hg_xlsx_value {
    hg_xlsx_type type;
    hg_format_kind format; /* of the cell's number format */
    bool from_1904;
    size_t
        shared; /* how many shared texts there are; it becomes the index of the cell's */
    hg_cell_type as; /* it becomes what it is; a text in its place is the index alone */
} hg_xlsx_value;

/* Read the value that stands in texts from start on, at least a byte, and put the text of
 * the cell in its place. HG_EINPUT (loc): it is not of its type, or there is no such
 * shared text. */
hg_status hg_xlsx_value_read(hg_xlsx_value *value, hg_buf *texts, size_t start,
                             const hg_loc *loc, hg_err *err);

/*
 * The text of a number, which stands in the file as v. *n is its length in text; 0: it is
 * v as it stands. False: v is no number.
 */
bool hg_xlsx_number(hg_xlsx_value *value, hg_slice v, char text[HG_SERIAL_TEXT],
                    size_t *n);

/* Put the value of a plain item behind texts, as XML and xlsx mean it; false: XML has to
 * say what is wrong with it, or memory ran out. */
bool hg_xlsx_value_put(hg_buf *texts, const hg_xlsx_item *item);

/* The type of a name, NULL for a number; false for a name that there is not. */
bool hg_xlsx_type_of(hg_xlsx_type *type, const char *name);

#endif
