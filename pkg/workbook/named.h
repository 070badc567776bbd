/* named.h - what a workbook gives names to: ranges, formulas, tables. */
#ifndef HG_WORKBOOK_NAMED_H
#define HG_WORKBOOK_NAMED_H

#include "workbook/cell.h"

#define HG_NAMED_MAX 65536u /* in one workbook */

typedef struct hg_named {
    hg_defined_name *list;
    size_t n, cap;
} hg_named;

/* Add a name; texts are copied, refers_to may be NULL. HG_EINPUT at loc: over HG_NAMED_MAX;
 * HG_ENOMEM. */
hg_status hg_named_add(hg_named *named, const char *name, const char *refers_to,
                       const hg_loc *loc, hg_err *err);
/* Say what the name added last refers to. HG_ENOMEM. */
hg_status hg_named_refer(hg_named *named, const char *refers_to, hg_err *err);
/* Put the name of a sheet before a reference: Bieu1! or 'Biểu 1'! */
void hg_named_sheet(hg_buf *to, const char *sheet);
void hg_named_release(hg_named *named);

#endif
