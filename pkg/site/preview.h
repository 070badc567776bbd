/* preview.h - sheets as a page for people: each cell in the colour of what a recipe takes
 * it for, and what was not understood marked. */
#ifndef HG_SITE_PREVIEW_H
#define HG_SITE_PREVIEW_H

#include "recipe/roles.h"
#include "site/html.h"
#include "text/message.h"

#define HG_PREVIEW_ROWS 3000 /* of a sheet; what is below is counted, not shown */
#define HG_PREVIEW_COLS 200

typedef struct hg_preview {
    hg_lang lang;
    hg_html html; /* the page, in html.buf */
    size_t sheets;
} hg_preview;

/* Start a page in buf, which the caller releases; title is that of the window. */
void hg_preview_start(hg_preview *preview, hg_buf *buf, const char *title, hg_lang lang);

/*
 * Add a sheet: its name (NULL: a text), its cells, their roles, and what reading it ended
 * with. After a failure the cell that it names is marked, and cells without a role are
 * those that were not come to, or have no place.
 */
void hg_preview_sheet(hg_preview *preview, const char *file, const char *sheet,
                      const hg_roles *roles, const hg_err *end);

void hg_preview_end(hg_preview *preview); /* then see hg_buf_status() of the buffer */

#endif
