/* init_columns.h - what the columns of a table are, found out of its rows; for init.c only. */
#ifndef HG_WORK_INIT_COLUMNS_H
#define HG_WORK_INIT_COLUMNS_H

#include "json/json.h"
#include "table/row.h"

typedef struct hg_columns hg_columns;

/* Start with the header; file is for messages and outlives the columns. HG_EINPUT: a name
 * that is empty or there twice; HG_ENOMEM. The caller frees *out, also after a failure. */
hg_status hg_columns_new(hg_columns **out, const char *file, const hg_row *header,
                         hg_err *err);
void hg_columns_put(hg_columns *columns, const hg_row *row);

/* A new Table Schema of all that was put. */
hg_json *hg_columns_schema(const hg_columns *columns);
void hg_columns_free(hg_columns *columns); /* NULL is fine */

#endif
