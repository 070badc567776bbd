/* accessible.h - crosstabs as a workbook that everybody can read, with a screen reader too:
 * cover, contents with links, notes, then one marked-up table a sheet, after the checklist
 * of the UK Government Analysis Function for accessible spreadsheets. hg-report --check
 * holds any workbook to the same rules (report/audit.h).
 */
#ifndef HG_REPORT_ACCESSIBLE_H
#define HG_REPORT_ACCESSIBLE_H

#include "report/canvas.h"

typedef struct hg_access hg_access;

/* What the cover says; NULL and empty: nothing. */
typedef struct hg_cover {
    hg_bilingual title, publisher, description, licence;
    const char *contact, *modified; /* modified: YYYY-MM-DD */
    const hg_bilingual *lines;      /* of the form, in its order */
    size_t n_lines;
} hg_cover;

/* Start a book, which has no sheet yet. HG_ENOMEM, and as hg_book_sheet(). */
hg_status hg_access_new(hg_access **out, hg_book *book, hg_err *err);
/* Add a sheet for each block of a crosstab, and note it down. HG_EARG: beyond a limit of
 * Excel's. */
hg_status hg_access_draw(hg_access *access, const hg_crosstab *x,
                         const hg_classic_defaults *defaults, hg_notebook notebook,
                         hg_err *err);
/* Add a sheet for a table that the caller draws: titles, a word on it, the way back; *row is
 * the last one written. It is entered in the contents; name is what its table shall be called,
 * at least 24 bytes. HG_EARG: as hg_book_sheet(); HG_ENOMEM. */
hg_status hg_access_begin(hg_access *access, const char *sheet, hg_bilingual title,
                          uint32_t *row, char *name, hg_err *err);

/* Number the notes of a table that is drawn next, in the order in which its texts name them;
 * notes that say the same have one number. HG_ENOMEM. */
hg_status hg_access_number(hg_access *access, hg_form_table *table, hg_err *err);

/* Fill the cover, the contents and the notes. */
hg_status hg_access_end(hg_access *access, const hg_cover *cover, hg_err *err);
void hg_access_free(hg_access *access); /* NULL is fine */

#endif
