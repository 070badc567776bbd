/* columns.h - the parts of a dataset's page that show its table: first rows and dictionary. */
#ifndef HG_SITE_COLUMNS_H
#define HG_SITE_COLUMNS_H

#include "site/html.h"
#include "site/published.h"
#include "text/message.h"

#define HG_COLUMNS_ROWS 20     /* rows shown of a table */
#define HG_COLUMNS_CODES 500   /* codes shown of a list; the rest is counted */
#define HG_COLUMNS_UNFOLDED 12 /* codes of a list that is shown without asking */

/* The first rows of table i: labels for codes, numbers as people write them, the cell's own
 * text in data-value wherever it differs from what is shown. HG_EINPUT: rows are no CSV. */
hg_status hg_columns_preview(hg_html *html, const hg_published *published, size_t i,
                             hg_lang lang, hg_err *err);

/* The data dictionary of table i: name, label, type, unit, whether it is required, what its
 * values may be. HG_EINPUT: a code list is no CSV. */
hg_status hg_columns_dictionary(hg_html *html, const hg_published *published, size_t i,
                                hg_lang lang, hg_err *err);

/* The title of a field in the page's language, its name where it has none; and its unit,
 * NULL if none. */
const char *hg_columns_label(const hg_json *field, hg_lang lang);
const char *hg_columns_unit(const hg_json *field, hg_lang lang);

#endif
