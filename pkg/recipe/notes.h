/* notes.h - what stands below a table: notes with their marks, and signatures. */
#ifndef HG_RECIPE_NOTES_H
#define HG_RECIPE_NOTES_H

#include "recipe/label.h"
#include "recipe/roles.h"

typedef struct hg_note {
    const hg_cell *cell;  /* where it stands */
    hg_slice mark, text;  /* "(*)" and what follows it; mark.n 0: it has none */
} hg_note;

/* The notes of one sheet; they borrow from its grid. */
typedef struct hg_notes {
    hg_note *list;
    size_t n, cap;
} hg_notes;

/*
 * Gather the texts without a role of the rows first to last, each a note with the mark in
 * it or in the cell before it, up to the block of signatures, which is left out. Texts
 * get their roles, and numbers that are marks. HG_ENOMEM. hg_notes_release() at the end.
 */
hg_status hg_notes_read(hg_notes *notes, hg_reading *label, hg_roles *roles,
                        uint32_t first, uint32_t last, hg_err *err);
/*
 * Take the texts without a role in the rows first to last from column col on as notes that
 * stand beside a table: a legend. HG_ENOMEM.
 */
hg_status hg_notes_beside(hg_notes *notes, hg_roles *roles, uint32_t first, uint32_t last,
                          uint32_t col, hg_err *err);
void hg_notes_release(hg_notes *notes);

#endif
