/* shape - the rows of a sheet's table, and what stands around them */
#include "recipe/outline.h"
#include "recipe/ruler.h"
#include "recipe/shape_parts.h"
#include "recipe/words.h"

static bool has_number(const hg_shape *s, const hg_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (cells[i].col > s->stub && hg_shape_is_number(&cells[i]))
            return true;
    return false;
}

/* The row says once more what the last row of headings says. */
static bool repeats(const hg_looker *l, uint32_t row)
{
    size_t n, m;
    const hg_cell *a = hg_grid_row(l->grid, l->shape->bottom, &n);
    const hg_cell *b = hg_grid_row(l->grid, row, &m);
    bool same = n > 0 && n == m && l->shape->top == l->shape->bottom;
    for (size_t i = 0; i < n && same; i++)
        same = a[i].col == b[i].col && hg_slice_eq(a[i].text, b[i].text);
    return same;
}

void hg_looker_rows(hg_looker *l)
{
    hg_shape *s = l->shape;
    size_t n;
    const hg_cell *cells = hg_grid_row(l->grid, s->bottom + 1, &n);
    s->ruler = n > 1 && hg_ruler_is(cells, n);
    s->first = s->bottom + 1 + s->ruler;
    while (repeats(l, s->first))
        s->first++;
    if (s->ruler) {
        size_t m;
        const hg_cell *below = hg_grid_row(l->grid, s->first, &m);
        s->doubt = m > 0 && below[0].col == cells[0].col && below[0].text.n == 1 &&
                   cells[0].text.n == 1 && cells[0].text.p[0] >= 'A' &&
                   below[0].text.p[0] == cells[0].text.p[0] + 1;
    }
    for (s->end = s->first; s->end <= l->rows; s->end++) {
        cells = hg_grid_row(l->grid, s->end, &n);
        const char *key = n > 0 ? hg_looker_key(l, &cells[0]) : "";
        if (n > 0 && (hg_words_note(key) || hg_words_signature(key)) &&
            !has_number(s, cells, n))
            break;
    }
}

/* How far in a label stands: its column, indent, and whether it is bold. */
static uint32_t depth_of(const hg_cell *cell)
{
    return cell->col << 12 | (cell->indent & 0x3ffu) << 2 |
           (cell->text.p[0] == ' ' ? 2u : 0u) | (cell->bold ? 0u : 1u);
}

/* Keep up to three depths that occur. */
static void take_depth(uint32_t depths[3], uint32_t depth)
{
    size_t k = 0;
    while (k < 3 && depths[k] != 0 && depths[k] != depth)
        k++;
    if (k < 3)
        depths[k] = depth;
}

/* What the labels of one row show of levels. */
static void look_at_row(hg_looker *l, uint32_t row, const hg_cell **last,
                        uint32_t depths[3])
{
    hg_shape *s = l->shape;
    size_t n, labels = 0, values = 0;
    const hg_cell *cells = hg_grid_row(l->grid, row, &n);
    for (size_t i = 0; i < n && cells[i].col <= s->last; i++) {
        hg_holds what = s->columns[cells[i].col].holds;
        hg_slice mark;
        values += what == HG_HOLDS_VALUES;
        if (what != HG_HOLDS_LABELS)
            continue;
        labels++;
        hg_outline_part(cells[i].text, &mark);
        s->outline = s->outline || mark.n > 0;
        s->levels =
            s->levels || mark.n > 0 || (*last && depth_of(*last) != depth_of(&cells[i]));
        take_depth(depths, depth_of(&cells[i]));
        *last = &cells[i];
    }
    s->beside = s->beside || labels > 1;
    s->bare = s->bare || (n > 0 && values == 0 && (s->values > 0 || n == 1));
    for (uint32_t col = 1; col <= s->last && values > 0; col++)
        if (s->columns[col].holds != HG_HOLDS_VALUES &&
            !hg_grid_spread(l->grid, row, col))
            s->columns[col].gaps = true;
}

static void look_at_rows(hg_looker *l)
{
    const hg_cell *last = NULL;
    hg_shape *s = l->shape;
    uint32_t depths[3] = { 0 };
    s->beside = s->levels = s->bare = s->outline = false;
    for (uint32_t row = s->first; row < s->end; row++)
        look_at_row(l, row, &last, depths);
    s->two = depths[1] && !depths[2] && !s->outline;
    for (uint32_t col = 1; col <= s->stub; col++)
        s->outline = s->outline || s->columns[col].holds == HG_HOLDS_NUMBERING;
}

/* Texts below the last number of the table: a remark before any notes. */
static void find_tail(hg_looker *l)
{
    hg_shape *s = l->shape;
    uint32_t row = s->end;
    size_t n = 0;
    bool number = false;
    while (row > s->first && !number) {
        const hg_cell *cells = hg_grid_row(l->grid, row - 1, &n);
        number = has_number(s, cells, n);
        row -= !number;
    }
    for (; row < s->end && !s->tail && row > s->first; row++) {
        const hg_cell *cells = hg_grid_row(l->grid, row, &n);
        s->tail = n > 0 ? &cells[0] : NULL;
    }
    for (uint32_t k = s->first; k < s->end && s->tail && k < s->tail->row; k++) {
        const hg_cell *cells = hg_grid_row(l->grid, k, &n);
        if (n > 0 && hg_looker_same(l, &cells[0], s->tail))
            s->tail = NULL; /* it is not the only one */
    }
}

/* Keep what the cells with an error say. */
static void find_errors(hg_looker *l)
{
    hg_shape *s = l->shape;
    size_t n;
    for (uint32_t row = s->first; row < s->end; row++) {
        const hg_cell *cells = hg_grid_row(l->grid, row, &n);
        for (size_t i = 0; i < n; i++) {
            size_t k = 0;
            if (cells[i].type != HG_CELL_ERROR)
                continue;
            while (k < HG_SHAPE_ERRORS && s->errors[k] &&
                   !hg_slice_eq(s->errors[k]->text, cells[i].text))
                k++;
            if (k < HG_SHAPE_ERRORS)
                s->errors[k] = &cells[i];
        }
    }
}

static void look_above(hg_looker *l)
{
    hg_shape *s = l->shape;
    size_t n;
    const hg_cell *cells = hg_grid_cells(l->grid, &n);
    hg_slice unit;
    hg_period period;
    for (uint32_t row = 1; row < s->top; row++) {
        size_t of_row;
        hg_grid_row(l->grid, row, &of_row);
        s->outside += of_row > 2;
    }
    for (size_t i = 0; i < n && cells[i].row < s->top; i++) {
        const char *key;
        if (cells[i].type != HG_CELL_TEXT || !hg_grid_shows(l->grid, &cells[i]))
            continue;
        if (hg_label_unit(&l->label, cells[i].text, &unit)) {
            key = hg_looker_key(l, &cells[i]);
            s->unit = !hg_words_organisation(key) ? &cells[i] : s->unit;
            continue;
        }
        key = hg_looker_key(l, &cells[i]);
        s->title = s->title ? s->title : &cells[i];
        if (hg_period_read(&period, HG_PERIOD_ANY, key))
            s->period = &cells[i];
    }
}

void hg_looker_around(hg_looker *l)
{
    look_at_rows(l);
    find_errors(l);
    if (l->shape->values > 0)
        find_tail(l);
    look_above(l);
}
