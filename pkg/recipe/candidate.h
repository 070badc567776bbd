/* candidate.h - a recipe made of the shape of a sheet and a few choices. */
#ifndef HG_RECIPE_CANDIDATE_H
#define HG_RECIPE_CANDIDATE_H

#include "json/json.h"
#include "recipe/shape.h"

typedef enum hg_rows_as {
    HG_ROWS_PLAIN,
    HG_ROWS_SECTION, /* rows without values stand over others */
    HG_ROWS_LEVELS,  /* the outermost label over each, and its own */
    HG_ROWS_PATH     /* all labels over each, and its own, as one */
} hg_rows_as;

typedef enum hg_heads_as {
    HG_HEADS_PERIODS, /* nothing but periods */
    HG_HEADS_BOTH,    /* periods, and all else as one label */
    HG_HEADS_LEVELS,  /* words of two rows, each for itself */
    HG_HEADS_WORDS    /* all of it as one label */
} hg_heads_as;

#define HG_TWINS 16 /* columns that get their letter behind their heading */

typedef struct hg_choice {
    bool list;  /* each row is a record */
    bool dates; /* of a list: texts that are dates come out as such */
    hg_rows_as rows;
    hg_heads_as heads;
    bool unit, repeat, status, mark;
    bool until;          /* the table ends before shape->tail */
    bool letters;        /* label columns by letter, not by heading */
    const char *numbers; /* "vi", "en"; NULL: told by each column */
    uint32_t twins[HG_TWINS]; /* columns whose headings others have too; 0: no more */
} hg_choice;

/* Labels of rows stand in one column at a time, of which the others hold no part. */
bool hg_candidate_by_row(const hg_shape *shape);

/* Make the recipe, of one table without "sheets" and "name"; built as json.h says. The
 * names of its columns are slugs of their headings, or words for what they hold. */
hg_json *hg_candidate_new(const hg_shape *shape, const hg_choice *choice);

/* Have the recipe find its table by its own headings, the lowest first. */
void hg_candidate_found_by(hg_json *recipe, const hg_shape *shape);

/* Append text as a pattern of fnmatch(3) that fits it alone. */
void hg_candidate_pattern(hg_buf *out, hg_slice text);

/* Put a column under name, or name_2 and so on where there is one. */
void hg_candidate_add(hg_json *columns, const char *name, hg_json *column);

#endif
