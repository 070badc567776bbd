/* places.h - where the rows of a table came from: the one at hand, and those before. */
#ifndef HG_RULES_PLACES_H
#define HG_RULES_PLACES_H

#include "rules/notes.h"
#include "table/finding.h"
#include "table/row.h"

typedef struct hg_places hg_places;

typedef struct hg_place {
    const char *file, *sheet; /* sheet NULL: a text */
    uint32_t source;
    uint32_t index; /* of file and sheet among the table's */
    uint64_t row;   /* 0: not known */
    uint32_t col;
} hg_place;

/* noted: rows that went by can be found again, each with texts texts (rules/notes.h).
 * budget outlives the places. HG_ENOMEM. */
hg_status hg_places_new(hg_places **out, bool noted, size_t texts, hg_budget *budget,
                        hg_err *err);

/* As hg_table_from() in rules/table.h; the first row is the one that comes next, or the one
 * of that number. HG_ENOMEM. */
hg_status hg_places_from(hg_places *places, const char *file, const hg_origin *at,
                         bool located, hg_err *err);
void hg_places_first(hg_places *places, uint64_t number);

/* The place of a row's cell in a column (from 1; 0: the row). at: the row's first cell, which
 * names its place where rows are located. */
hg_place hg_places_at(const hg_places *places, uint64_t number, hg_slice at, size_t column);
bool hg_places_located(const hg_places *places); /* the rows at hand */
/* File and sheet by their index; or of any row, where nothing more is known. */
hg_place hg_places_of(const hg_places *places, uint32_t index);
hg_place hg_places_any(const hg_places *places); /* NULL: none is known */

uint32_t hg_places_count(const hg_places *places); /* of files and sheets */

/* Note a row in passing, where rows are noted, and find it again; as in rules/notes.h. */
hg_status hg_places_note(hg_places *places, uint64_t number, hg_slice at,
                         const hg_slice *texts, hg_err *err);
hg_status hg_places_find(hg_places *places, uint64_t number, size_t column, hg_place *place,
                         const hg_slice **texts, hg_err *err);

void hg_places_free(hg_places *places); /* NULL is fine */

/* The cell that "D17" names; false if text names none. */
bool hg_cell_read(hg_slice text, uint64_t *row, uint32_t *col);

#endif
