/* search - the simplest recipe that fits one sheet and loses nothing of it */
#include "recipe/search.h"
#include "recipe/candidate.h"
#include "recipe/judge.h"

#include <string.h>

#define OUTSIDE 8 /* rows above headings that may be a title block */
#define RIVALS  12 /* candidates that are tried after one that fits */
#define SMALL   20000 /* cells of a sheet for which they are */

/* The state of a search: the choice that is best so far. */
typedef struct search {
    const hg_searched *sheet;
    hg_choice best;
    hg_judgement judgement; /* of best; borrows from the grid */
    bool fits, clean;
    size_t tried, others; /* others: candidates that fit as well with other values */
    size_t left;          /* candidates that are tried still */
    hg_err why;           /* why the first candidate does not fit */
    hg_err ambiguous;     /* why, where that was a number with two readings */
    hg_err *err;
} search;

/* ---- one candidate ---- */

static hg_status run(search *s, const hg_choice *choice, hg_trial *trial)
{
    hg_json *recipe = hg_candidate_new(s->sheet->shape, choice);
    hg_status st = hg_trial_run(trial, recipe, s->sheet->grid, s->sheet->file,
                                s->sheet->sheet, s->err);
    hg_json_free(recipe);
    return st;
}

/* A number of the sheet can be read in two ways, and the recipe has to say which. */
static bool two_readings(const hg_err *why)
{
    return why->format && strstr(why->format, "\"numbers\"") != NULL;
}

/* Two values have the same columns because the headings over them are the same: have the
 * second told apart by its letter. False: that is not so, or has been done. */
static bool add_twin(const search *s, hg_choice *choice, const hg_err *why)
{
    const hg_shape *shape = s->sheet->shape;
    size_t k = 0;
    if (choice->list || !why->format || !strstr(why->format, "have the same columns") ||
        why->col > shape->last || !shape->columns[why->col].heading ||
        shape->columns[why->col].named)
        return false;
    while (k < HG_TWINS && choice->twins[k] && choice->twins[k] != why->col)
        k++;
    if (k == HG_TWINS || choice->twins[k])
        return false;
    choice->twins[k] = why->col;
    return true;
}

/* Try a candidate; *done: nothing better can come. */
static hg_status try(search *s, hg_choice choice, bool *done)
{
    hg_trial trial;
    hg_judgement j;
    hg_status st = run(s, &choice, &trial);
    s->tried++;
    while (st == HG_OK && !trial.fits && choice.heads == HG_HEADS_WORDS &&
           add_twin(s, &choice, &trial.why)) {
        hg_trial_release(&trial);
        st = run(s, &choice, &trial);
    }
    if (st == HG_OK && !trial.fits && two_readings(&trial.why) && !choice.numbers &&
        !(choice.list && choice.dates)) {
        s->ambiguous = trial.why;
        hg_trial_release(&trial);
        choice.numbers = "vi";
        st = run(s, &choice, &trial);
    }
    if (st == HG_OK && !trial.fits && (s->tried == 1 || trial.why.row > s->why.row)) {
        s->why = trial.why; /* of the one that comes furthest */
        s->best = s->fits ? s->best : choice;
    }
    if (st == HG_OK && trial.fits) {
        hg_judge(&j, &trial, s->sheet->shape, s->sheet->grid);
        bool clean = j.lost == 0 && j.odd == 0;
        s->others += s->clean && clean && j.values != s->judgement.values;
        if (!s->fits || (clean && !s->clean) ||
            (!s->clean && j.lost + j.odd < s->judgement.lost + s->judgement.odd)) {
            s->best = choice;
            s->judgement = j;
            s->clean = clean;
        }
        s->fits = true;
    }
    *done = s->clean && s->left == 0;
    s->left -= s->clean && s->left > 0;
    hg_trial_release(&trial);
    return st;
}

/* ---- all candidates ---- */

static bool any_period(const hg_shape *shape)
{
    bool any = false;
    for (size_t k = 0; k < HG_SHAPE_LEVELS; k++)
        any = any || shape->periods[k];
    return any;
}

static hg_status try_headings(search *s, hg_choice choice, bool *done)
{
    const hg_shape *shape = s->sheet->shape;
    hg_status st = HG_OK;
    for (int heads = HG_HEADS_PERIODS; heads <= HG_HEADS_WORDS; heads++) {
        bool periods = heads == HG_HEADS_PERIODS || heads == HG_HEADS_BOTH;
        if ((periods && !any_period(shape)) || (heads == HG_HEADS_PERIODS && shape->words) ||
            (heads == HG_HEADS_LEVELS && !shape->pairs))
            continue;
        choice.heads = (hg_heads_as)heads;
        for (int unit = shape->unit != NULL || shape->units > 0; unit >= 0 && st == HG_OK && !*done; unit--) {
            choice.unit = unit;
            st = try(s, choice, done);
        }
    }
    return st;
}

static hg_status try_rows(search *s, hg_choice choice, bool *done)
{
    static const hg_rows_as orders[3][4] = {
        { HG_ROWS_PLAIN, HG_ROWS_SECTION, HG_ROWS_LEVELS, HG_ROWS_PATH },
        { HG_ROWS_PLAIN, HG_ROWS_LEVELS, HG_ROWS_PATH, HG_ROWS_SECTION },
        { HG_ROWS_LEVELS, HG_ROWS_PLAIN, HG_ROWS_PATH, HG_ROWS_SECTION },
    };
    const hg_shape *shape = s->sheet->shape;
    size_t order = shape->two && shape->labels == 2 ? 2 : shape->levels;
    hg_status st = HG_OK;
    for (size_t k = 0; k < 4 && st == HG_OK && !*done; k++) {
        choice.rows = orders[order][k];
        if ((choice.rows >= HG_ROWS_LEVELS && !hg_candidate_by_row(shape)) ||
            (choice.rows == HG_ROWS_LEVELS && !shape->two) ||
            (choice.rows == HG_ROWS_SECTION && !shape->bare))
            continue;
        st = try_headings(s, choice, done);
    }
    return st;
}

static hg_status try_all(search *s)
{
    hg_status st = HG_OK;
    bool done = false;
    const hg_shape *shape = s->sheet->shape;
    for (int way = 0; way < 8 && st == HG_OK && !done && shape->values > 0; way++) {
        const hg_choice choice = { .letters = way & 1,
                                   .repeat = way & 2,
                                   .until = way & 4,
                                   .status = true,
                                   .mark = true };
        if (!choice.until || shape->tail)
            st = try_rows(s, choice, &done);
    }
    for (int way = 0; way < 8 && st == HG_OK && !s->fits; way++) {
        const hg_choice choice = { .list = true,
                                   .dates = !(way & 1),
                                   .letters = way & 2,
                                   .rows = way & 4 ? HG_ROWS_SECTION : HG_ROWS_PLAIN };
        if (choice.rows == HG_ROWS_PLAIN || shape->bare)
            st = try(s, choice, &done);
    }
    return st;
}

/* ---- reasons ---- */

static const char *place_of(char out[24], const hg_cell *cell)
{
    hg_text_a1(out, cell->row, cell->col);
    return out;
}

static void tell_table(const search *s, hg_reasons *r)
{
    const hg_shape *shape = s->sheet->shape;
    unsigned rows = shape->end - shape->first;
    if (shape->doubt)
        hg_reasons_add(
            r, "table", 70,
            "row %u looks like one that numbers the columns, and may be values",
            shape->first - 1);
    else if (s->best.list)
        hg_reasons_add(r, "table", shape->values > 0 ? 85 : 95,
                       "row %u holds the headings of a list; %u rows follow", shape->top,
                       rows);
    else if (shape->ruler)
        hg_reasons_add(
            r, "table", 99,
            "the row that numbers the columns stands below headings in rows %u to %u",
            shape->top, shape->bottom);
    else if (any_period(shape))
        hg_reasons_add(r, "table", 97,
                       "rows %u to %u name periods over columns of numbers", shape->top,
                       shape->bottom);
    else
        hg_reasons_add(r, "table", rows > 2 ? 95 : 85,
                       "rows %u to %u hold texts over columns of numbers", shape->top,
                       shape->bottom);
    if (s->best.until)
        hg_reasons_add(r, "until", 94,
                       "texts follow below the last number; they are notes");
    if (s->best.repeat)
        hg_reasons_add(r, "repeat", 92, "the same headings stand in the sheet again");
}

static void tell_labels(const search *s, hg_reasons *r)
{
    const hg_shape *shape = s->sheet->shape;
    const hg_choice *c = &s->best;
    if (c->list)
        return;
    if (c->rows == HG_ROWS_LEVELS)
        hg_reasons_add(r, "rows", 93,
                       "labels stand at two levels: each has its own column");
    else if (c->rows == HG_ROWS_PATH)
        hg_reasons_add(
            r, "rows", shape->outline ? 95 : 92,
            shape->outline
                ? "labels are numbered: each is given with those over it"
                : "labels are bold, indented or in several columns: each is given "
                  "with those over it");
    else if (c->rows == HG_ROWS_SECTION)
        hg_reasons_add(r, "rows", 92,
                       "rows without values stand over the rows below them");
    else
        hg_reasons_add(r, "rows", 97, "the labels of rows tell all values apart");
    if (hg_candidate_by_row(shape) && shape->stub > 1)
        hg_reasons_add(r, "stub", 96, "values begin in column %u", shape->stub + 1);
}

static void tell_column(const search *s, hg_reasons *r, uint32_t col)
{
    const hg_shape_column *c = &s->sheet->shape->columns[col];
    char letters[8];
    hg_text_letters(letters, col);
    if (c->holds == HG_HOLDS_NUMBERING)
        hg_reasons_add(r, "columns", 97, "column %s numbers the rows, and is no value",
                       letters);
    if (c->holds == HG_HOLDS_CODES)
        hg_reasons_add(r, "columns", c->sure ? 97 : 85,
                       c->zeros > 0 ? "column %s has codes with zeros before them: texts"
                       : c->sure
                           ? "the heading of column %s says that it holds codes"
                           : "column %s has numbers before the labels: taken as names "
                             "of rows",
                       letters);
    if (c->holds == HG_HOLDS_VALUES && !c->heading && !s->best.list)
        hg_reasons_add(r, "columns", 85,
                       "column %s has no heading: it is named by its letter", letters);
    if (c->holds == HG_HOLDS_YEARS)
        hg_reasons_add(r, "columns", 97, "column %s holds years, which are no values",
                       letters);
    if (c->gaps && c->holds == HG_HOLDS_LABELS && !s->best.list &&
        col < s->sheet->shape->stub && !hg_candidate_by_row(s->sheet->shape))
        hg_reasons_add(r, "columns", 91,
                       "blanks in column %s are taken as the text above them", letters);
}

static void tell_headings(const search *s, hg_reasons *r)
{
    const hg_choice *c = &s->best;
    const hg_shape *shape = s->sheet->shape;
    if (c->list)
        return;
    if (c->heads == HG_HEADS_WORDS)
        hg_reasons_add(r, "headings", 95, "the headings over a value are one label");
    else if (c->heads == HG_HEADS_LEVELS)
        hg_reasons_add(r, "headings", 95,
                       "the headings of the two rows over a value are one label each");
    else if (c->heads == HG_HEADS_BOTH)
        hg_reasons_add(r, "headings", 96,
                       "headings name periods, and what else they say is one label");
    else
        hg_reasons_add(r, "headings", 98, "headings name nothing but periods");
    for (size_t i = 0; i < HG_TWINS && c->twins[i]; i++) {
        char letters[8];
        hg_text_letters(letters, c->twins[i]);
        hg_reasons_add(r, "headings", 91,
                       "column %s has the headings of another: its letter tells them apart",
                       letters);
    }
    if (c->unit && !shape->unit)
        hg_reasons_add(r, "unit", 94, "%zu headings name a unit", shape->units);
    else if (c->unit)
        hg_reasons_add(r, "unit", 96, "'%.*s' stands above the table",
                       (int)shape->unit->text.n, shape->unit->text.p);
}

static void tell_numbers(const search *s, hg_reasons *r, const hg_trial *trial)
{
    const hg_judgement *j = &s->judgement;
    char a1[24];
    if (s->best.numbers)
        hg_reasons_add_err(r, "numbers", 50, &s->ambiguous);
    if (j->lost > 0)
        hg_reasons_add(r, "values", 60,
                       "%zu numbers are neither values nor labels, the first in %s",
                       j->lost, place_of(a1, j->first_lost));
    if (j->odd > 0)
        hg_reasons_add(r, "values", 60, "%zu values may be none, the first in %s", j->odd,
                       place_of(a1, j->first_odd));
    if (j->lost == 0 && j->odd == 0)
        hg_reasons_add(r, "values", 98,
                       "all numbers have a place: %zu cells in %zu tables", j->values,
                       trial->tables);
    if (s->sheet->shape->outside > OUTSIDE)
        hg_reasons_add(r, "table", 70, "%zu rows of several cells stand above its headings",
                       s->sheet->shape->outside);
    if (s->sheet->shape->errors[0] && !s->best.list)
        hg_reasons_add(r, "symbols", 91, "cells with an error, '%.*s', are taken as missing",
                       (int)s->sheet->shape->errors[0]->text.n,
                       s->sheet->shape->errors[0]->text.p);
    if (s->others > 0)
        hg_reasons_add(r, "values", 80, "%zu other recipes fit as well, with other values",
                       s->others);
    if (trial->wrong_sums > 0)
        hg_reasons_add(r, "sums", 91, "%zu sums do not come out", trial->wrong_sums);
    if (trial->hidden > 0)
        hg_reasons_add(r, "values", 91,
                       "values stand in hidden rows or columns, and are read");
}

static void tell_all(const search *s, hg_reasons *r, const hg_trial *trial)
{
    tell_table(s, r);
    for (uint32_t col = 1; col <= s->sheet->shape->last; col++)
        tell_column(s, r, col);
    tell_labels(s, r);
    tell_headings(s, r);
    tell_numbers(s, r, trial);
}

/* ---- all ---- */

/* Leave out the columns of status and mark where nothing is ever in them. */
static void refine(hg_choice *choice, const hg_trial *trial)
{
    const hg_recipe_table *t = trial->table;
    if (choice->list)
        return;
    if (t->status < t->n)
        choice->status = strcmp(trial->columns[t->status].letters, "A") != 0;
    if (t->mark < t->n)
        choice->mark = trial->columns[t->mark].blank < trial->rows;
}

static hg_status settle(search *s, hg_found *found, hg_reasons *r)
{
    hg_trial trial;
    hg_status st = run(s, &s->best, &trial);
    if (st == HG_OK && trial.fits) {
        refine(&s->best, &trial);
        hg_trial_release(&trial);
        st = run(s, &s->best, &trial);
    }
    if (st == HG_OK && trial.fits) {
        tell_all(s, r, &trial);
        memcpy(found->columns, trial.columns, sizeof found->columns);
    } else if (st == HG_OK) {
        hg_reasons_add_err(r, "table", 30, &s->why);
    }
    found->recipe = st == HG_OK ? hg_candidate_new(s->sheet->shape, &s->best) : NULL;
    hg_trial_release(&trial);
    return st;
}

/* Numbers anywhere in the sheet. */
static size_t numbers_of(const hg_grid *grid)
{
    size_t n, found = 0;
    const hg_cell *cells = hg_grid_cells(grid, &n);
    for (size_t i = 0; i < n; i++)
        found += cells[i].type == HG_CELL_NUMBER && hg_grid_shows(grid, &cells[i]) &&
                 !hg_shape_is_year(&cells[i]);
    return found;
}

/* A sheet of texts that is a page to read and no table: most of its rows have one cell. */
static bool is_prose(const hg_shape *shape, const hg_grid *grid)
{
    size_t wide = 0, rows = 0, n;
    for (uint32_t row = 1; row <= hg_grid_rows(grid); row++) {
        const hg_cell *cells = hg_grid_row(grid, row, &n);
        wide += n > 1 || (n == 1 && cells[0].type != HG_CELL_TEXT);
        rows += n > 0;
    }
    return shape->values == 0 && (wide < 3 || 3 * wide < rows);
}

hg_status hg_search(hg_found *found, const hg_searched *sheet, hg_reasons *reasons,
                    hg_err *err)
{
    search s = {
        .sheet = sheet, .why = HG_ERR_INIT, .ambiguous = HG_ERR_INIT, .err = err
    };
    size_t numbers = numbers_of(sheet->grid);
    found->recipe = NULL;
    if (!sheet->shape->found || is_prose(sheet->shape, sheet->grid)) {
        hg_reasons_add(reasons, "table", numbers > 0 ? 40 : 92,
                       "no headings over rows are found; it is left out");
        return HG_OK;
    }
    size_t cells;
    hg_grid_cells(sheet->grid, &cells);
    s.left = cells <= SMALL ? RIVALS : 0;
    hg_status st = try_all(&s);
    return st == HG_OK ? settle(&s, found, reasons) : st;
}
