/* columns.h - the parts of a dataset's page that show its table: first rows and
 * dictionary. */
#ifndef HG_SITE_COLUMNS_H
#define HG_SITE_COLUMNS_H

#include "site/html.h"
#include "site/published.h"
#include "text/message.h"

#define HG_COLUMNS_ROWS     20  /* rows shown of a table */
#define HG_COLUMNS_CODES    500 /* codes shown of a list; the rest is counted */
#define HG_COLUMNS_UNFOLDED 12  /* codes of a list that is shown without asking */

/* The first rows of table i: labels for codes, numbers as people write them, the cell's
 * own text in data-value wherever it differs from what is shown. HG_EINPUT: rows are no
 * CSV. */
hg_status hg_columns_preview(hg_html *html, const hg_published *published, size_t i,
                             hg_lang lang, hg_err *err);

/* The data dictionary of table i: name, label, type, unit, whether it is required, what
 * its values may be. HG_EINPUT: a code list is no CSV. */
hg_status hg_columns_dictionary(hg_html *html, const hg_published *published, size_t i,
                                hg_lang lang, hg_err *err);

/* The title of a field in the page's language, its name where it has none; and its unit,
 * NULL if none. */
const char *hg_columns_label(const hg_json *field, hg_lang lang);
const char *hg_columns_unit(const hg_json *field, hg_lang lang);

/* Is the field part of the primary key? Is it of type number or integer? */
bool hg_columns_is_key(const hg_json *schema, const char *name);
bool hg_columns_is_number(const hg_json *field);

/* The text of a field's code list (columns code, vi, en); NULL if it has none. */
const char *hg_columns_codes(const hg_dataset *dataset, const hg_json *schema,
                             const hg_json *field);

/* Append what people see of a cell: the label of its code, a number or a date in words of
 * the language. HG_EINPUT: the code list is no CSV; HG_ENOMEM. */
hg_status hg_columns_shown(hg_buf *buf, const hg_published *published, size_t table,
                           const hg_json *field, hg_slice raw, hg_lang lang, hg_err *err);

#endif
