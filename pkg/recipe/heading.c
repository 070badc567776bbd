/* heading - the tree of headings over a table */
#include "recipe/heading.h"
#include "recipe/numbers.h"

#include <stdlib.h>
#include <string.h>

#define MAX_CHAIN 64  /* headings over each other: one a row */
#define SAMPLE    200 /* rows that tell where values begin */
#define MAX_MARK  8   /* bytes of a note's mark */
#define APART     " / "

typedef struct finder {
    hg_heading *h;
    const hg_sayings *s;
    const hg_grid *grid;
    uint32_t first; /* the first column of values */
    bool by_row;    /* a field is read from the labels of rows */
    bool any;       /* a field of headings takes any words */
    bool second[MAX_CHAIN]; /* the row is one of the second language */
    hg_cell *named; /* of the recipe's "headings" */
    hg_buf text;
} finder;

hg_column hg_heading_column(const hg_heading *h, uint32_t col)
{
    return col <= h->last ? h->columns[col] : HG_COLUMN_NONE;
}

/* ---- which headings stand over a column ---- */

/* The lowest row of the headings with a text in this column itself, or 0. */
static uint32_t lowest(const finder *f, uint32_t col)
{
    for (uint32_t row = f->h->bottom; row >= f->h->top; row--)
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
    for (uint32_t c = col - 1; c >= f->first && c > 0 && lowest(f, c) > row; c--) {
        if (hg_grid_area(f->grid, row, c))
            return NULL; /* a merged heading says itself how far it reaches */
        cell = hg_grid_at(f->grid, row, c);
        if (cell)
            return cell;
    }
    return NULL;
}

/* The headings over a column from the top down, each once. */
static size_t chain_of(const finder *f, uint32_t col, const hg_cell *chain[MAX_CHAIN])
{
    size_t n = 0;
    for (size_t i = 0; i < f->s->table->n_headings; i++)
        if (f->named[i].col == col) {
            chain[0] = &f->named[i];
            return 1;
        }
    for (uint32_t row = f->h->top; row <= f->h->bottom; row++) {
        const hg_cell *cell = over(f, row, col);
        if (cell && (n == 0 || chain[n - 1] != cell) && n < MAX_CHAIN)
            chain[n++] = cell;
    }
    return n;
}

/* The chain as one text, in f->text. */
static hg_slice join(finder *f, const hg_cell *const *chain, size_t n, const char *apart)
{
    hg_buf line = { 0 };
    hg_buf_clear(&f->text);
    for (size_t i = 0; i < n; i++) {
        hg_slice text = hg_label_line(&line, chain[i]->text);
        hg_buf_puts(&f->text, i > 0 ? apart : "");
        hg_buf_put(&f->text, text.p, text.n);
    }
    f->s->label->failed =
        f->s->label->failed || line.status != HG_OK || f->text.status != HG_OK;
    hg_buf_release(&line);
    return (hg_slice){ f->text.data ? f->text.data : "", f->text.len };
}

/* ---- rows of the second language ---- */

/* A letter that Vietnamese has and English has not. */
static bool vietnamese(hg_slice text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] >= 0xC3 && (unsigned char)text.p[i] != 0xE2)
            return true;
    return false;
}

/* Each text of the row stands under one in Vietnamese that is as wide, and is none. */
static bool is_second(const finder *f, uint32_t row)
{
    size_t n, long_ones = 0;
    const hg_cell *cells = hg_grid_row(f->grid, row, &n);
    for (size_t i = 0; i < n && row > f->h->top; i++) {
        const hg_cell *above = hg_grid_spread(f->grid, row - 1, cells[i].col);
        const hg_area *wide = hg_grid_area(f->grid, row - 1, cells[i].col);
        if (cells[i].type != HG_CELL_TEXT || vietnamese(cells[i].text) || !above ||
            !vietnamese(above->text) || (wide && wide->col2 > wide->col1))
            return false;
        long_ones += cells[i].text.n > 2;
    }
    return row > f->h->top && n > 1 && 2 * long_ones > n;
}

/* ---- columns of labels ---- */

/* The column that a field names, or that is named by this letter. */
static hg_status find_column(finder *f, size_t i)
{
    const hg_recipe_field *field = &f->s->table->fields[i];
    const hg_recipe_field probe = { .from = HG_FROM_HEADER, .codes = field->column };
    uint32_t *found = &f->h->fields[i], twice = 0;
    for (int whole = 0; whole < 2 && (*found == 0 || twice); whole++) {
        *found = twice = 0;
        for (uint32_t col = 1; field->column && col <= f->h->last; col++) {
            const hg_cell *chain[MAX_CHAIN];
            size_t n = chain_of(f, col, chain);
            bool fits = whole && n > 0 &&
                        hg_label_read(f->s->label, &probe, join(f, chain, n, APART));
            for (size_t k = 0; k < n && !whole; k++)
                fits = fits || hg_label_read(f->s->label, &probe, chain[k]->text);
            twice = fits && *found ? col : twice;
            *found = fits && !*found ? col : *found;
        }
    }
    hg_loc loc = { f->s->loc->file, f->s->loc->sheet, field->name, f->h->bottom, twice };
    if (twice)
        return hg_fail(f->s->err, HG_EARG, &loc, "two columns have the heading '%s'",
                       hg_codelist_name(field->column));
    if (*found == 0 && field->letter <= f->h->last)
        *found = field->letter;
    return !field->column || *found
               ? HG_OK
               : hg_fail(f->s->err, HG_EARG, &loc, "no label column has this heading");
}

/* The first column with more values than other texts; behind the last where there is none.
 */
static uint32_t first_values(const finder *f, uint32_t stub)
{
    for (uint32_t col = stub + 1; col <= f->h->last; col++) {
        size_t values = 0, others = 0;
        if (f->h->columns[col] == HG_COLUMN_FIELD || !lowest(f, col))
            continue;
        for (uint32_t row = f->h->bottom + 1; row <= f->h->bottom + SAMPLE; row++) {
            const hg_cell *cell = hg_grid_at(f->grid, row, col);
            values += cell && hg_numbers_is_value(f->s->table, cell);
            others += cell && !hg_numbers_is_value(f->s->table, cell);
        }
        if (values > others)
            return col;
    }
    return f->h->last + 1;
}

/* ---- what is said of a column ---- */

/* Give any words to the fields of headings that take them. */
static hg_status give_any(finder *f, hg_head *head, const hg_cell *const *chain, size_t n,
                          const hg_cell **rest, size_t n_rest)
{
    const hg_recipe_table *t = f->s->table;
    for (size_t i = 0; i < t->n; i++) {
        const hg_recipe_field *field = &t->fields[i];
        if (!hg_says_any(field) || field->level == 0 || field->level > n)
            continue;
        const hg_cell *cell = chain[field->level - 1];
        if (hg_label_read(f->s->label, field, cell->text))
            head->values[i] = hg_pool_keep(f->s->pool, (hg_slice){ f->s->label->value.data,
                                                                   f->s->label->value.len });
        size_t kept = 0;
        for (size_t k = 0; k < n_rest; k++)
            if (rest[k] != cell)
                rest[kept++] = rest[k];
        n_rest = kept;
    }
    for (size_t i = 0; i < t->n && n_rest > 0; i++)
        if (hg_says_any(&t->fields[i]) && t->fields[i].level == 0 &&
            hg_label_read(f->s->label, &t->fields[i], join(f, rest, n_rest, APART)))
            head->values[i] = hg_pool_keep(f->s->pool, (hg_slice){ f->s->label->value.data,
                                                                   f->s->label->value.len });
    return HG_OK;
}

/* Read words that stand in several rows as one label: "Annual / percentage / change". */
static hg_status read_joined(finder *f, hg_head *head, const hg_cell *const *rest, size_t n)
{
    hg_says what;
    hg_cell whole = *rest[n - 1];
    whole.text = join(f, rest, n, " ");
    if (n < 2 || hg_says_read(f->s, &whole, NULL, &what) != HG_OK ||
        what != HG_SAYS_LABEL)
        return hg_says_unknown(f->s, rest[0]);
    return hg_says_read(f->s, &whole, head, &what);
}

/* Read the unit of a column in its headings, the lowest first. */
static bool read_unit(finder *f, hg_head *head, const hg_cell *cell)
{
    const hg_recipe_table *t = f->s->table;
    for (size_t i = 0; i < t->n; i++) {
        const hg_recipe_field *field = &t->fields[i];
        bool scaled = t->value < t->n && t->fields[t->value].scale;
        if (field->from != HG_FROM_UNIT)
            continue;
        bool whole = field->codes && hg_label_read_unit(f->s->label, field, scaled, cell->text);
        if (whole || hg_label_read_inside(f->s->label, field, scaled, true, cell->text)) {
            head->unit = hg_pool_keep(f->s->pool, (hg_slice){ f->s->label->value.data,
                                                              f->s->label->value.len });
            head->scale = f->s->label->scale;
            return whole;
        }
    }
    return false;
}

/* See that the column has all that comes from headings. */
static hg_status complete(finder *f, hg_head *head, const hg_cell *cell)
{
    for (size_t i = 0; i < f->s->table->n; i++) {
        const hg_recipe_field *field = &f->s->table->fields[i];
        if (field->from != HG_FROM_HEADER || head->values[i])
            continue;
        hg_loc loc = { f->s->loc->file, f->s->loc->sheet, field->name, cell->row, cell->col };
        if (!field->otherwise)
            return hg_fail(f->s->err, HG_EARG, &loc,
                           "the headings of this column do not give it");
        head->values[i] = hg_pool_keep(f->s->pool, hg_slice_of(field->otherwise));
        if (!head->values[i])
            return hg_fail_nomem(f->s->err);
    }
    return HG_OK;
}

/* It says of a group what it is: "Trong đó", not only "Năm". */
static bool is_group(finder *f, const hg_cell *cell)
{
    hg_kind kind;
    return hg_label_group(f->s->label, cell->text, &kind) && kind != HG_KIND_ITEM;
}

static hg_status read_head(finder *f, uint32_t col, const hg_cell *const *chain, size_t n)
{
    hg_head *head = &f->h->heads[col];
    const hg_cell *rest[MAX_CHAIN];
    size_t n_rest = 0;
    for (size_t i = 0; i < n; i++) {
        hg_says what;
        bool unit = read_unit(f, head, chain[i]);
        if (hg_says_read(f->s, chain[i], head, &what) != HG_OK)
            return f->s->err->status;
        if (what == HG_SAYS_IGNORED) {
            f->h->columns[col] = HG_COLUMN_IGNORED;
            return HG_OK;
        }
        bool words = what == HG_SAYS_NOTHING || (f->any && is_group(f, chain[i]));
        if (words && !unit &&
            !(f->any && f->second[chain[i]->row - f->h->top]))
            rest[n_rest++] = chain[i];
    }
    f->h->columns[col] = HG_COLUMN_VALUE;
    hg_status st = f->any ? give_any(f, head, chain, n, rest, n_rest)
                   : n_rest > 0 ? read_joined(f, head, rest, n_rest)
                                : HG_OK;
    return st == HG_OK ? complete(f, head, chain[n - 1]) : st;
}

/* ---- all columns ---- */

/* The column holds nothing but short texts, which are marks of the values beside them. */
static bool is_marks(const finder *f, uint32_t col)
{
    bool any = false;
    for (uint32_t row = f->h->bottom + 1; row <= hg_grid_rows(f->grid); row++) {
        const hg_cell *cell = hg_grid_at(f->grid, row, col);
        if (cell && (hg_numbers_is_value(f->s->table, cell) || cell->text.n > MAX_MARK))
            return false;
        any = any || cell;
    }
    return any && f->s->table->mark < f->s->table->n;
}

/* A column before the first that is known stands among those of values: a heading of theirs
 * is merged over it too, or it has none but a group's, "Năm học". Its own was lost. */
static bool among_values(const finder *f, uint32_t col, const hg_cell *const *chain, size_t n)
{
    hg_says what = HG_SAYS_NOTHING;
    for (size_t i = 0; i < n; i++) {
        const hg_area *area = hg_grid_area(f->grid, chain[i]->row, chain[i]->col);
        if (area && area->col1 > 1 && area->col1 <= col && area->col2 >= f->first)
            return true;
    }
    if (col == hg_grid_shown(f->grid).col1 || n == 0)
        return false;
    hg_says_read(f->s, chain[n - 1], NULL, &what);
    return what == HG_SAYS_GROUP;
}

static hg_status read_column(finder *f, uint32_t col)
{
    const hg_cell *chain[MAX_CHAIN];
    hg_column *is = &f->h->columns[col];
    size_t n = chain_of(f, col, chain);
    f->h->heads[col].status = HG_STATUS_OFFICIAL;
    if (*is == HG_COLUMN_FIELD)
        return HG_OK;
    if (f->by_row && col < f->first && !among_values(f, col, chain, n)) {
        *is = HG_COLUMN_LABEL;
        return HG_OK;
    }
    if (n == 0 || is_marks(f, col))
        return HG_OK;
    for (size_t i = 0; i < n && (hg_recipe_is_list(f->s->table) || col < f->first); i++)
        if (hg_label_ignored(f->s->label, f->s->table, chain[i]->text)) {
            *is = HG_COLUMN_IGNORED;
            return HG_OK;
        }
    if (hg_recipe_is_list(f->s->table) || col < f->first)
        return hg_says_unknown(f->s, chain[n - 1]);
    return read_head(f, col, chain, n);
}

/* See that every code of a heading's list heads a column: a form that lost one is
 * refused. */
static hg_status all_there(finder *f, size_t i)
{
    const hg_recipe_field *field = &f->s->table->fields[i];
    const hg_heading *h = f->h;
    if (field->from != HG_FROM_HEADER || !field->codes || field->some)
        return HG_OK;
    for (size_t k = 0; k < hg_codelist_codes(field->codes); k++) {
        const char *code = hg_codelist_code(field->codes, k);
        bool there = false;
        for (uint32_t c = 1; c <= h->last && !there; c++)
            there = h->columns[c] == HG_COLUMN_VALUE &&
                    strcmp(h->heads[c].values[i], code) == 0;
        hg_loc loc = { f->s->loc->file, f->s->loc->sheet, field->name, h->bottom, 0 };
        if (!there)
            return hg_fail(f->s->err, HG_EARG, &loc, "no column has the heading of '%s'",
                           code);
    }
    return HG_OK;
}

static hg_status begin(finder *f)
{
    hg_heading *h = f->h;
    for (uint32_t row = h->top; row <= h->bottom; row++) {
        size_t n;
        const hg_cell *cells = hg_grid_row(f->grid, row, &n);
        const hg_area *area = n ? hg_grid_area(f->grid, row, cells[n - 1].col) : NULL;
        uint32_t last = area ? area->col2 : n ? cells[n - 1].col : 0;
        h->last = last > h->last ? last : h->last;
        f->second[row - h->top] = is_second(f, row);
    }
    for (size_t i = 0; i < f->s->table->n; i++) {
        const hg_recipe_field *field = &f->s->table->fields[i];
        f->by_row = f->by_row || (hg_recipe_of_row(field) && !field->column);
        f->any = f->any || hg_says_any(field);
        if (field->letter > h->last && field->letter <= hg_grid_cols(f->grid))
            h->last = field->letter;
    }
    const hg_recipe_table *t = f->s->table;
    f->named = calloc(t->n_headings + 1, sizeof *f->named);
    for (size_t i = 0; f->named && i < t->n_headings; i++) {
        f->named[i] = (hg_cell){ .row = h->bottom, .col = t->headings[i].col,
                                 .type = HG_CELL_TEXT,
                                 .text = hg_slice_of(t->headings[i].heading) };
        if (t->headings[i].col > h->last && t->headings[i].col <= hg_grid_cols(f->grid))
            h->last = t->headings[i].col;
    }
    h->columns = calloc((size_t)h->last + 1, sizeof *h->columns);
    h->heads = calloc((size_t)h->last + 1, sizeof *h->heads);
    return f->named && h->columns && h->heads ? HG_OK : hg_fail_nomem(f->s->err);
}

/* Find the columns of labels, and where those of values begin. */
static hg_status find_columns(finder *f, uint32_t first)
{
    const hg_recipe_table *t = f->s->table;
    for (size_t i = 0; i < t->n; i++) {
        if (find_column(f, i) != HG_OK)
            return f->s->err->status;
        if (f->h->fields[i])
            f->h->columns[f->h->fields[i]] = HG_COLUMN_FIELD;
    }
    f->first = first                       ? first
               : !f->by_row                ? 1
               : hg_recipe_is_list(t)      ? 2
                                           : first_values(f, hg_grid_shown(f->grid).col1);
    return HG_OK;
}

hg_status hg_heading_read(hg_heading *heading, const hg_region *region,
                          const hg_sayings *s, const hg_grid *grid)
{
    finder f = { .h = heading, .s = s, .grid = grid, .first = 1 };
    *heading = (hg_heading){ .top = region->top, .bottom = region->bottom };
    hg_status st = begin(&f);
    if (st == HG_OK)
        st = find_columns(&f, region->first);
    for (uint32_t col = 1; col <= heading->last && st == HG_OK; col++)
        st = read_column(&f, col);
    for (size_t i = 0; i < s->table->n && st == HG_OK; i++)
        st = all_there(&f, i);
    hg_buf_release(&f.text);
    free(f.named);
    return st;
}

void hg_heading_release(hg_heading *heading)
{
    free(heading->columns);
    free(heading->heads);
    *heading = (hg_heading){ 0 };
}
