/* heading - the rows that head a table, and what they say of each of its columns */
#include "dataset/heading.h"

#include <stdlib.h>
#include <string.h>

#define MAX_PARTS 8  /* labels in one heading, by "split" */
#define MAX_RISE  16 /* rows of headings */

typedef struct finder {
    hg_heading *heading;
    const hg_recipe *recipe;
    const hg_grid *grid;
    hg_pool *pool;
    const hg_loc *loc;
    hg_err *err;
    uint32_t stub; /* columns that are labels for sure */
    hg_reading *label;
    const hg_cell *stranger; /* the first text unknown in a row with known headings */
} finder;

/* ---- cells ---- */

const hg_cell *hg_heading_row(const hg_grid *grid, uint32_t row, size_t *n)
{
    size_t total, low = 0;
    const hg_cell *cells = hg_grid_cells(grid, &total);
    for (size_t high = total; low < high;) {
        size_t mid = low + (high - low) / 2;
        if (cells[mid].row < row)
            low = mid + 1;
        else
            high = mid;
    }
    for (*n = 0; low + *n < total && cells[low + *n].row == row;)
        ++*n;
    return *n > 0 ? cells + low : NULL;
}

bool hg_heading_is_value(const hg_cell *cell)
{
    hg_vinumber number;
    return cell->type == HG_CELL_NUMBER ||
           (cell->type == HG_CELL_TEXT &&
            (hg_label_symbol(cell->text) || hg_vinumber_read(&number, cell->text)));
}

/* The number that a mark of a ruler begins with, "(3)" or "3=4+5"; -1 for none. */
static int mark(hg_slice s)
{
    size_t i = 0;
    int n = 0;
    while (i < s.n && (s.p[i] == '(' || s.p[i] == ' '))
        i++;
    size_t digits = i;
    for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && n < 1000; i++)
        n = n * 10 + (s.p[i] - '0');
    if (i == digits)
        return -1;
    while (i < s.n && s.p[i] != '\0' && strchr("0123456789=+-*/:x() ", s.p[i]))
        i++;
    return i == s.n ? n : -1;
}

bool hg_heading_is_ruler(const hg_cell *cells, size_t n)
{
    int last = -1;
    unsigned numbers = 0;
    for (size_t i = 0; i < n; i++) {
        hg_slice s = cells[i].text;
        if (numbers == 0 && s.n == 1 && s.p[0] >= 'A' && s.p[0] <= 'Z')
            continue;
        int number = mark(s);
        if (number < 0 || (numbers == 0 ? number > 1 : number != last + 1))
            return false;
        last = number;
        numbers++;
    }
    return numbers > 1 || (numbers == 1 && n > 1);
}

/* ---- what a text says ---- */

typedef enum says { NOTHING, GROUP, LABEL, IGNORED } says;

/* The labels of a heading: the groups of "split" where it fits, or the text itself. */
static size_t split(const finder *f, hg_slice text, hg_slice parts[MAX_PARTS])
{
    regmatch_t m[MAX_PARTS + 1];
    size_t groups = f->recipe->split ? f->recipe->split->re_nsub : 0, n = 0;
    char copy[512];
    parts[0] = text;
    if (groups == 0 || groups > MAX_PARTS || text.n >= sizeof copy)
        return 1;
    memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    int st = regexec(f->recipe->split, copy, groups + 1, m, 0);
    f->label->failed = f->label->failed || st == REG_ESPACE;
    if (st != 0)
        return 1;
    for (size_t i = 1; i <= groups; i++)
        if (m[i].rm_so >= 0 && m[i].rm_eo > m[i].rm_so)
            parts[n++] =
                (hg_slice){ text.p + m[i].rm_so, (size_t)(m[i].rm_eo - m[i].rm_so) };
    return n;
}

/* A field that takes any words: no pattern, type or list tells which are its own. */
static bool takes_any(const hg_recipe_field *field)
{
    return !field->pattern && !field->period && !field->codes;
}

/* Give a part's value to one field of head; a second, different one is refused. */
static hg_status give(finder *f, hg_head *head, size_t i, const hg_cell *cell)
{
    hg_loc loc = *f->loc;
    const hg_buf *value = &f->label->value;
    const char *kept = hg_pool_keep(f->pool, (hg_slice){ value->data, value->len });
    if (!kept)
        return hg_fail_nomem(f->err);
    loc.row = cell->row;
    loc.col = cell->col;
    loc.field = f->recipe->fields[i].name;
    if (head->values[i] && head->values[i] != kept)
        return hg_fail(f->err, HG_EARG, &loc, "the headings give two values, %s and %s",
                       head->values[i], kept);
    head->values[i] = kept;
    if (f->label->status != HG_STATUS_OFFICIAL)
        head->status = f->label->status;
    return HG_OK;
}

/* What one part of a heading says; where head is given, its values go there. */
static hg_status read_part(finder *f, hg_slice part, const hg_cell *cell, hg_head *head,
                           says *what)
{
    *what = NOTHING;
    for (int any = 0; any < 2 && *what == NOTHING; any++) {
        for (size_t i = 0; i < f->recipe->n; i++) {
            const hg_recipe_field *field = &f->recipe->fields[i];
            if (field->from != HG_FROM_HEADER || takes_any(field) != (any == 1) ||
                (any == 1 && hg_heading_is_value(cell)) ||
                !hg_label_read(f->label, field, part))
                continue;
            *what = LABEL;
            if (head && give(f, head, i, cell) != HG_OK)
                return f->err->status;
        }
        if (*what == NOTHING && hg_label_group(f->label, part)) {
            *what = GROUP;
            if (head && f->label->status != HG_STATUS_OFFICIAL)
                head->status = f->label->status;
        }
    }
    return HG_OK;
}

/* What a cell says as a heading: NOTHING as soon as one part says nothing. */
static hg_status read_cell(finder *f, const hg_cell *cell, hg_head *head, says *what)
{
    hg_slice parts[MAX_PARTS];
    size_t n = split(f, cell->text, parts);
    *what = GROUP;
    if (hg_label_ignored(f->label, f->recipe, cell->text)) {
        *what = IGNORED;
        return HG_OK;
    }
    for (size_t i = 0; i < n && *what != NOTHING; i++) {
        says part;
        if (read_part(f, parts[i], cell, head, &part) != HG_OK)
            return f->err->status;
        if (part != GROUP)
            *what = part;
    }
    return HG_OK;
}

/* ---- which rows ---- */

/* Tell whether every text of a row, but those before the first known one, is a heading.
 * *first is the column of the first label, 0 where there are groups only. */
static bool heads(finder *f, const hg_cell *cells, size_t n, uint32_t *first)
{
    bool known = false;
    const hg_cell *unknown = NULL;
    *first = 0;
    for (size_t i = 0; i < n; i++) {
        says what;
        hg_vinumber number;
        if (cells[i].col <= f->stub)
            continue;
        read_cell(f, &cells[i], NULL, &what);
        if (what == LABEL && *first == 0)
            *first = cells[i].col;
        if (what == NOTHING && !unknown &&
            (known || cells[i].type != HG_CELL_TEXT ||
             hg_vinumber_read(&number, cells[i].text)))
            unknown = &cells[i];
        known = known || what != NOTHING;
    }
    if (unknown && *first && !f->stranger && !hg_heading_is_value(unknown))
        f->stranger = unknown;
    return known && !unknown;
}

/* Find the last row of headings before the first row with values. */
static bool find_bottom(finder *f)
{
    uint32_t rows = hg_grid_rows(f->grid), first = 0;
    hg_heading *h = f->heading;
    for (uint32_t row = 1; row <= rows; row++) {
        size_t n;
        const hg_cell *cells = hg_heading_row(f->grid, row, &n);
        if (n == 0)
            continue;
        if (heads(f, cells, n, &first)) {
            h->bottom = first ? row : h->bottom;
            h->first = first ? first : h->first;
            continue;
        }
        bool values = false;
        for (size_t i = 0; i < n; i++)
            values =
                values || (cells[i].col >= h->first && hg_heading_is_value(&cells[i]));
        if (h->bottom && values && !hg_heading_is_ruler(cells, n))
            return true;
        if (n > 1 && !hg_heading_is_ruler(cells, n))
            h->bottom = 0; /* what looked like headings is a title */
    }
    return false;
}

/* Take in the rows of headings that stand right above. */
static void find_top(finder *f)
{
    hg_heading *h = f->heading;
    h->top = h->bottom;
    while (h->top > 1 && h->bottom - h->top < MAX_RISE) {
        size_t n;
        uint32_t first;
        const hg_cell *cells = hg_heading_row(f->grid, h->top - 1, &n);
        if (n == 0 || !heads(f, cells, n, &first))
            break;
        h->top--;
        if (first && first < h->first)
            h->first = first;
    }
    if (f->recipe->stub)
        h->first = f->recipe->stub + 1;
}

/* ---- which columns ---- */

/* The lowest row of the headings with a text in this column itself, or 0. */
static uint32_t lowest(const finder *f, uint32_t col)
{
    for (uint32_t row = f->heading->bottom; row >= f->heading->top; row--)
        if (hg_grid_spread(f->grid, row, col))
            return row;
    return 0;
}

/*
 * The heading over a column in one row. One that was not merged over its columns reaches
 * to the right as far as the columns below it have headings of their own.
 */
static const hg_cell *over(const finder *f, uint32_t row, uint32_t col)
{
    const hg_cell *cell = hg_grid_spread(f->grid, row, col);
    if (cell || hg_grid_area(f->grid, row, col) || lowest(f, col) <= row)
        return cell;
    for (uint32_t c = col - 1; c >= f->heading->first && lowest(f, c) > row; c--) {
        if (hg_grid_area(f->grid, row, c))
            return NULL; /* a merged heading says itself how far it reaches */
        cell = hg_grid_at(f->grid, row, c);
        if (cell)
            return cell;
    }
    return NULL;
}

static hg_status unknown(finder *f, const hg_cell *cell)
{
    hg_loc loc = *f->loc;
    const char *near = NULL;
    loc.row = cell->row;
    loc.col = cell->col;
    for (size_t i = 0; i < f->recipe->n && !near; i++)
        if (f->recipe->fields[i].from == HG_FROM_HEADER)
            near = hg_label_nearest(f->label, &f->recipe->fields[i], cell->text);
    if (near)
        return hg_fail(
            f->err, HG_EARG, &loc,
            "the recipe does not know the heading '%.*s'; the nearest it knows is '%s'",
            (int)cell->text.n, cell->text.p, near);
    return hg_fail(f->err, HG_EARG, &loc, "the recipe does not know the heading '%.*s'",
                   (int)cell->text.n, cell->text.p);
}

static hg_status read_head(finder *f, uint32_t col, hg_head *head)
{
    const hg_cell *before = NULL, *cell = NULL;
    head->status = HG_STATUS_OFFICIAL;
    for (uint32_t row = f->heading->top; row <= f->heading->bottom; row++) {
        says what;
        const hg_cell *here = over(f, row, col);
        if (!here || here == before)
            continue;
        if (read_cell(f, here, head, &what) != HG_OK)
            return f->err->status;
        if (what == NOTHING)
            return unknown(f, here);
        head->ignored = head->ignored || what == IGNORED;
        before = cell = here;
    }
    head->used = cell && !head->ignored;
    for (size_t i = 0; i < f->recipe->n && head->used; i++) {
        const hg_recipe_field *field = &f->recipe->fields[i];
        if (field->from != HG_FROM_HEADER || head->values[i])
            continue;
        hg_loc loc = { f->loc->file, f->loc->sheet, field->name, cell->row, cell->col };
        if (!field->otherwise)
            return hg_fail(f->err, HG_EARG, &loc,
                           "the headings of this column do not give it");
        head->values[i] = hg_pool_keep(f->pool, hg_slice_of(field->otherwise));
        if (!head->values[i])
            return hg_fail_nomem(f->err);
    }
    return HG_OK;
}

static hg_status read_heads(finder *f)
{
    hg_heading *h = f->heading;
    for (uint32_t row = h->top; row <= h->bottom; row++) {
        size_t n;
        const hg_cell *cells = hg_heading_row(f->grid, row, &n);
        const hg_area *area = n ? hg_grid_area(f->grid, row, cells[n - 1].col) : NULL;
        uint32_t last = area ? area->col2 : n ? cells[n - 1].col : 0;
        h->last = last > h->last ? last : h->last;
    }
    h->heads =
        h->last >= h->first ? calloc(h->last - h->first + 1, sizeof *h->heads) : NULL;
    if (!h->heads)
        return hg_fail_nomem(f->err);
    for (uint32_t col = h->first; col <= h->last; col++)
        if (read_head(f, col, &h->heads[col - h->first]) != HG_OK)
            return f->err->status;
    return HG_OK;
}

/* See that every code of a heading's list heads a column: a form that lost one is
 * refused. */
static hg_status all_there(finder *f, size_t i)
{
    const hg_recipe_field *field = &f->recipe->fields[i];
    const hg_heading *h = f->heading;
    if (field->from != HG_FROM_HEADER || !field->codes || field->some)
        return HG_OK;
    for (size_t k = 0; k < hg_codelist_codes(field->codes); k++) {
        const char *code = hg_codelist_code(field->codes, k);
        bool there = false;
        for (uint32_t c = 0; c <= h->last - h->first && !there; c++)
            there = h->heads[c].used && strcmp(h->heads[c].values[i], code) == 0;
        hg_loc loc = { f->loc->file, f->loc->sheet, field->name, h->bottom, 0 };
        if (!there)
            return hg_fail(f->err, HG_EARG, &loc, "no column has the heading of '%s'",
                           code);
    }
    return HG_OK;
}

/* Find the label column of a field by its heading. */
static hg_status find_column(finder *f, size_t i)
{
    hg_heading *h = f->heading;
    const hg_recipe_field *field = &f->recipe->fields[i];
    const hg_recipe_field probe = { .from = HG_FROM_HEADER, .codes = field->column };
    for (uint32_t col = 1; field->column && col < h->first && !h->columns[i]; col++)
        for (uint32_t row = h->top; row <= h->bottom; row++) {
            const hg_cell *cell = hg_grid_spread(f->grid, row, col);
            if (cell && hg_label_read(f->label, &probe, cell->text))
                h->columns[i] = col;
        }
    hg_loc loc = { f->loc->file, f->loc->sheet, field->name, h->bottom, 0 };
    return !field->column || h->columns[i]
               ? HG_OK
               : hg_fail(f->err, HG_EARG, &loc, "no label column has this heading");
}

static hg_status no_heading(finder *f)
{
    hg_loc loc = *f->loc;
    if (f->stranger)
        return unknown(f, f->stranger);
    for (size_t i = 0; i < f->recipe->n && !loc.field; i++)
        if (f->recipe->fields[i].from == HG_FROM_HEADER)
            loc.field = f->recipe->fields[i].name;
    return hg_fail(f->err, HG_EARG, &loc, "no row of headings is found that gives it");
}

hg_status hg_heading_find(hg_heading *heading, const hg_recipe *recipe,
                          const hg_grid *grid, hg_pool *pool, hg_reading *label,
                          const hg_loc *loc, hg_err *err)
{
    finder f = { .heading = heading,
                 .recipe = recipe,
                 .grid = grid,
                 .pool = pool,
                 .label = label,
                 .loc = loc,
                 .err = err };
    hg_status st = HG_OK;
    *heading = (hg_heading){ 0 };
    for (size_t i = 0; i < recipe->n && !f.stub; i++)
        f.stub = recipe->stub ? recipe->stub : recipe->fields[i].from == HG_FROM_ROW;
    if (find_bottom(&f)) {
        find_top(&f);
        st = read_heads(&f);
    } else {
        st = no_heading(&f);
    }
    for (size_t i = 0; i < recipe->n && st == HG_OK; i++)
        st = find_column(&f, i);
    for (size_t i = 0; i < recipe->n && st == HG_OK; i++)
        st = all_there(&f, i);
    return st;
}

void hg_heading_release(hg_heading *heading)
{
    free(heading->heads);
    *heading = (hg_heading){ 0 };
}
