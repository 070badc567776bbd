/* relist.h - the rows of a list that hg-report wrote (report/list), one after the other, in
 * memory that does not grow with them. */
#ifndef HG_REPORT_RELIST_H
#define HG_REPORT_RELIST_H

#include "format/source.h"
#include "json/json.h"

typedef struct hg_relist hg_relist;

/*
 * Start on the list that a record of the carrier tells of; both outlive it. Its columns are
 * found by their names, wherever they are now. HG_EINPUT: the sheet, or a name, is gone.
 */
hg_status hg_relist_new(hg_relist **out, hg_source *source, const hg_json *record,
                        hg_err *err);
/* The next row, borrowed until the next call; of a form, rows in which something was filled
 * in. *row is that of the sheet, and *col of a form the first column with a field, else 0.
 * HG_END after the last; HG_EINPUT: it has more rows than were written, or fewer. */
hg_status hg_relist_next(hg_relist *list, hg_slice *cells, uint64_t *row, uint32_t *col,
                         hg_err *err);
void hg_relist_free(hg_relist *list); /* NULL is fine */

#endif
