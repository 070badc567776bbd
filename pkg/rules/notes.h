/* notes.h - what is kept of rows for findings that only the end of their table tells: where
 * they came from, and texts of cells. It grows on disk; in memory are 128 KiB, and 16 bytes
 * for each 64 KiB on disk. */
#ifndef HG_RULES_NOTES_H
#define HG_RULES_NOTES_H

#include "rules/budget.h"

typedef struct hg_note {
    uint64_t number;       /* of the row */
    uint64_t row;          /* of its cell; 0: not known */
    uint32_t col, place;   /* place: a number of the caller's for file and sheet */
    const hg_slice *texts; /* as many as there are of each row; p NULL: none */
} hg_note;

typedef struct hg_notes hg_notes;

/* Of each row texts texts are kept. budget outlives the notes. HG_ENOMEM. */
hg_status hg_notes_new(hg_notes **out, size_t texts, hg_budget *budget, hg_err *err);

/* Whether a row must be noted; no, if it follows the one that was last, in the same place
 * and the same column, and has no text. */
bool hg_notes_news(hg_notes *notes, const hg_note *note);

/* Note a row, in the order of their numbers. HG_ESYS, HG_ENOMEM; HG_EINPUT: a text is over
 * 16 MiB. */
hg_status hg_notes_add(hg_notes *notes, const hg_note *note, hg_err *err);

/* Find a row that was noted; quickest in the order of their numbers. The texts are borrowed
 * until the next call. Fails likewise. */
hg_status hg_notes_find(hg_notes *notes, uint64_t number, hg_note *note, hg_err *err);

void hg_notes_free(hg_notes *notes); /* NULL is fine */

#endif
