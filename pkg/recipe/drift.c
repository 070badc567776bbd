/* drift - what moved in the layout of a report since the one before */
#include "recipe/drift.h"
#include "recipe/align.h"
#include "text/message.h"
#include "text/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GONE  SIZE_MAX
#define SHOWN ((size_t)120) /* bytes of a text in a message */

/* A side of the comparison: a sheet with the keys of its texts. */
typedef struct side {
    const hg_grid *grid;
    size_t rows, cols;
    uint64_t *row_keys, *col_keys;
    size_t *row_ids; /* the same for rows that are paired; GONE: not paired */
} side;

typedef struct drift {
    const hg_drift_sheets *sheets;
    side old, new;
    size_t *row_to, *col_to; /* of old rows and columns, from 0; GONE */
    hg_tell *tell;
    void *with;
    hg_buf key;
} drift;

/* ---- keys ---- */

/* FNV-1a, 64 bit (Fowler, Noll, Vo). */
static uint64_t mix(uint64_t hash, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ p[i]) * UINT64_C(0x100000001B3);
    return hash;
}

static bool is_year(const hg_cell *cell)
{
    return cell->type == HG_CELL_NUMBER && cell->text.n == 4 &&
           (memcmp(cell->text.p, "19", 2) == 0 || memcmp(cell->text.p, "20", 2) == 0);
}

/* Are all numbers of a row years, two at the least? */
static bool has_years(const hg_grid *grid, uint32_t row)
{
    size_t n, years = 0;
    const hg_cell *cells = hg_grid_row(grid, row, &n);
    for (size_t i = 0; i < n; i++) {
        if (cells[i].type == HG_CELL_NUMBER && !is_year(&cells[i]))
            return false;
        years += is_year(&cells[i]);
    }
    return years > 1;
}

/* The key of a cell's text, 0 for what is no text of the layout. */
static uint64_t text_key(drift *d, const hg_cell *cell, bool years)
{
    if (!cell || (cell->type != HG_CELL_TEXT && !(years && is_year(cell))))
        return 0;
    hg_buf_clear(&d->key);
    hg_utf8_key(&d->key, cell->text.p, cell->text.n);
    return mix(UINT64_C(0xCBF29CE484222325), d->key.data ? d->key.data : "", d->key.len) |
           1;
}

static void key_rows(drift *d, side *s)
{
    for (size_t r = 0; r < s->rows; r++) {
        size_t n;
        const hg_cell *cells = hg_grid_row(s->grid, (uint32_t)r + 1, &n);
        bool years = has_years(s->grid, (uint32_t)r + 1);
        for (size_t i = 0; i < n; i++) {
            uint64_t key = text_key(d, &cells[i], years);
            if (key)
                s->row_keys[r] = mix(s->row_keys[r], &key, sizeof key);
        }
    }
}

/* A column is told by its texts in the rows that are on both sides. */
static void key_columns(drift *d, side *s)
{
    for (size_t r = 0; r < s->rows; r++) {
        size_t n, id = s->row_ids[r];
        const hg_cell *cells = hg_grid_row(s->grid, (uint32_t)r + 1, &n);
        bool years = has_years(s->grid, (uint32_t)r + 1);
        for (size_t i = 0; i < n && id != GONE; i++) {
            uint64_t key[2] = { id, text_key(d, &cells[i], years) };
            uint64_t *of = &s->col_keys[cells[i].col - 1];
            if (key[1])
                *of = mix(*of, key, sizeof key);
        }
    }
}

static hg_status side_init(side *s, const hg_grid *grid, hg_err *err)
{
    *s = (side){ .grid = grid, .rows = hg_grid_rows(grid), .cols = hg_grid_cols(grid) };
    s->row_keys = calloc(s->rows + 1, sizeof *s->row_keys);
    s->col_keys = calloc(s->cols + 1, sizeof *s->col_keys);
    s->row_ids = malloc((s->rows + 1) * sizeof *s->row_ids);
    if (!s->row_keys || !s->col_keys || !s->row_ids)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < s->rows; i++)
        s->row_ids[i] = GONE;
    return HG_OK;
}

static void side_release(side *s)
{
    free(s->row_keys);
    free(s->col_keys);
    free(s->row_ids);
}

/* ---- telling ---- */

/* As much of a text as a message shows. */
static hg_slice shown(hg_slice text)
{
    return (hg_slice){ text.n > 0 ? text.p : "",
                       text.n < SHOWN ? text.n : hg_utf8_valid(text.p, SHOWN) };
}

/* Tell of a cell of the new sheet. The message takes one text, or first the old one. */
static void say(drift *d, const char *code, const char *message, size_t row, size_t col,
                hg_slice text, const hg_slice *other)
{
    hg_finding f = { .code = code,
                     .severity = HG_WARNING,
                     .file = d->sheets->file,
                     .sheet = d->sheets->sheet,
                     .row = row,
                     .col = (uint32_t)col };
    f.value = other ? *other : text;
    f.message = message;
    text = shown(text);
    f.args_len = hg_args(f.args, sizeof f.args, "%.*s", (int)text.n, text.p);
    if (other) {
        hg_slice is = shown(*other);
        f.args_len += hg_args(f.args + f.args_len, sizeof f.args - f.args_len, "%.*s",
                              (int)is.n, is.p);
    }
    d->tell(d->with, &f);
}

/* The first text of a row or column, "" where there is none. */
static hg_slice first_text(const hg_grid *grid, size_t row, size_t col)
{
    size_t n;
    const hg_cell *cells =
        row ? hg_grid_row(grid, (uint32_t)row, &n) : hg_grid_cells(grid, &n);
    for (size_t i = 0; i < n; i++)
        if (cells[i].type == HG_CELL_TEXT && (row || cells[i].col == col))
            return cells[i].text;
    return (hg_slice){ "", 0 };
}

/* Tell of the rows, or columns, first to last of one side. */
static void say_run(drift *d, const char *code, bool rows, const char *message,
                    const hg_grid *grid, size_t first, size_t last)
{
    char range[64], from[24], to[24];
    hg_finding f = { .code = code,
                     .severity = HG_WARNING,
                     .file = d->sheets->file,
                     .sheet = d->sheets->sheet,
                     .row = rows ? first : 1,
                     .col = rows ? 1 : (uint32_t)first };
    f.value = first_text(grid, rows ? first : 0, rows ? 0 : first);
    f.message = message;
    hg_slice text = shown(f.value);
    if (rows) {
        snprintf(from, sizeof from, "%zu", first);
        snprintf(to, sizeof to, "%zu", last);
    } else {
        hg_text_letters(from, (uint32_t)first);
        hg_text_letters(to, (uint32_t)last);
    }
    snprintf(range, sizeof range, "%s%s%s", from, last > first ? "-" : "",
             last > first ? to : "");
    f.args_len = hg_args(f.args, sizeof f.args, "%s%.*s", range, (int)text.n, text.p);
    d->tell(d->with, &f);
}

/* Tell the runs of items that one side has alone: there[i] is GONE. Blank ones are none.
 */
static void say_runs(drift *d, const char *code, bool rows, const char *message,
                     const side *s, const size_t *there, size_t n)
{
    const uint64_t *keys = rows ? s->row_keys : s->col_keys;
    for (size_t i = 0; i < n; i++) {
        size_t last = i;
        if (there[i] != GONE || keys[i] == 0)
            continue;
        for (size_t k = i; k < n && there[k] == GONE; k++)
            last = keys[k] != 0 ? k : last;
        say_run(d, code, rows, message, s->grid, i + 1, last + 1);
        i = last;
    }
}

/* ---- cells that are on both sides ---- */

static uint32_t width_of(const hg_grid *grid, const hg_cell *cell)
{
    const hg_area *area = hg_grid_area(grid, cell->row, cell->col);
    return area ? area->col2 - area->col1 + 1 : 1;
}

static void compare_cell(drift *d, size_t row, size_t col, bool years)
{
    size_t to_row = d->row_to[row], to_col = d->col_to[col];
    const hg_cell *was = hg_grid_at(d->old.grid, (uint32_t)row + 1, (uint32_t)col + 1);
    const hg_cell *is =
        hg_grid_at(d->new.grid, (uint32_t)to_row + 1, (uint32_t)to_col + 1);
    uint64_t old_key = text_key(d, was, years), new_key = text_key(d, is, years);
    size_t at_row = to_row + 1, at_col = to_col + 1;
    if (old_key && new_key && old_key != new_key)
        say(d, "text-changed", "'%s' has become '%s'", at_row, at_col, was->text,
            &is->text);
    else if (old_key && !new_key)
        say(d, "text-removed", "the text '%s' is gone", at_row, at_col, was->text, NULL);
    else if (!old_key && new_key)
        say(d, "text-added", "the text '%s' is new", at_row, at_col, is->text, NULL);
    else if (old_key && width_of(d->old.grid, was) != width_of(d->new.grid, is))
        say(d, "merge-changed", "'%s' reaches over more or fewer columns than before",
            at_row, at_col, is->text, NULL);
}

static void compare_cells(drift *d)
{
    for (size_t row = 0; row < d->old.rows; row++) {
        if (d->row_to[row] == GONE)
            continue;
        bool years = has_years(d->old.grid, (uint32_t)row + 1) ||
                     has_years(d->new.grid, (uint32_t)d->row_to[row] + 1);
        for (size_t col = 0; col < d->old.cols; col++)
            if (d->col_to[col] != GONE)
                compare_cell(d, row, col, years);
    }
}

/* ---- all ---- */

/* What the new side has alone: the reverse of to. The caller frees it. */
static size_t *reverse(const size_t *to, size_t n_old, size_t n_new)
{
    size_t *from = malloc((n_new + 1) * sizeof *from);
    for (size_t i = 0; from && i < n_new; i++)
        from[i] = GONE;
    for (size_t i = 0; from && i < n_old; i++)
        if (to[i] != GONE)
            from[to[i]] = i;
    return from;
}

static hg_status pair_all(drift *d, hg_err *err)
{
    d->row_to = malloc((d->old.rows + 1) * sizeof *d->row_to);
    d->col_to = malloc((d->old.cols + 1) * sizeof *d->col_to);
    if (!d->row_to || !d->col_to)
        return hg_fail_nomem(err);
    key_rows(d, &d->old);
    key_rows(d, &d->new);
    hg_status st = hg_align(d->old.row_keys, d->old.rows, d->new.row_keys, d->new.rows,
                            d->row_to, err);
    for (size_t i = 0; i < d->old.rows && st == HG_OK; i++)
        if (d->row_to[i] != GONE)
            d->old.row_ids[i] = d->new.row_ids[d->row_to[i]] = i;
    key_columns(d, &d->old);
    key_columns(d, &d->new);
    return st == HG_OK ? hg_align(d->old.col_keys, d->old.cols, d->new.col_keys,
                                  d->new.cols, d->col_to, err)
                       : st;
}

static hg_status tell_all(drift *d, hg_err *err)
{
    size_t *rows = reverse(d->row_to, d->old.rows, d->new.rows);
    size_t *cols = reverse(d->col_to, d->old.cols, d->new.cols);
    if (rows && cols) {
        say_runs(d, "rows-removed", true, "rows of before that are gone, %s: '%s'",
                 &d->old, d->row_to, d->old.rows);
        say_runs(d, "rows-added", true, "new rows, %s: '%s'", &d->new, rows, d->new.rows);
        say_runs(d, "columns-removed", false, "columns of before that are gone, %s: '%s'",
                 &d->old, d->col_to, d->old.cols);
        say_runs(d, "columns-added", false, "new columns, %s: '%s'", &d->new, cols,
                 d->new.cols);
        compare_cells(d);
    }
    hg_status st = rows && cols ? hg_buf_status(&d->key, err) : hg_fail_nomem(err);
    free(rows);
    free(cols);
    return st;
}

hg_status hg_drift_tell(const hg_drift_sheets *sheets, hg_tell *tell, void *with,
                        hg_err *err)
{
    drift d = { .sheets = sheets, .tell = tell, .with = with };
    hg_status st = side_init(&d.old, sheets->old, err);
    if (st == HG_OK)
        st = side_init(&d.new, sheets->new, err);
    if (st == HG_OK)
        st = pair_all(&d, err);
    if (st == HG_OK)
        st = tell_all(&d, err);
    side_release(&d.old);
    side_release(&d.new);
    free(d.row_to);
    free(d.col_to);
    hg_buf_release(&d.key);
    return st;
}
