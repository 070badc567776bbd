/* shape - how a sheet looks before anything is known of it */
#include "recipe/shape.h"
#include "recipe/numbers.h"
#include "recipe/outline.h"
#include "recipe/region.h"
#include "recipe/ruler.h"
#include "recipe/words.h"

#include <stdlib.h>
#include <string.h>

#define SAMPLE 2000 /* rows that tell what a column holds */
#define NAME   24   /* bytes of a text that names a year */
#define MANY   8    /* cells that are all years are no values that look like them */

typedef struct looker {
    hg_shape *shape;
    const hg_grid *grid;
    hg_reading label;
    uint32_t rows;
    hg_err *err;
} looker;

/* The recipe of any table: labels of rows, any headings, values. */
static void any_table(hg_recipe_table *t, uint32_t stub)
{
    static const hg_from from[] = { HG_FROM_ROW, HG_FROM_HEADER, HG_FROM_VALUE };
    *t = (hg_recipe_table){ .n = 3, .value = 2, .status = 3, .mark = 3, .stub = stub };
    for (size_t i = 0; i < t->n; i++)
        t->fields[i] = (hg_recipe_field){ .name = "", .from = from[i] };
}

/* ---- single cells ---- */

bool hg_shape_is_number(const hg_cell *cell)
{
    hg_vinumber number;
    bool percent;
    hg_slice mark;
    if (cell->type != HG_CELL_TEXT)
        return cell->type == HG_CELL_NUMBER;
    return hg_vinumber_read(&number, hg_vinumber_part(cell->text, &percent, &mark));
}

static bool all_digits(hg_slice text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
    return text.n > 0;
}

static long whole(const hg_cell *cell)
{
    char digits[12];
    if (!all_digits(cell->text) || cell->text.n >= sizeof digits)
        return -1;
    memcpy(digits, cell->text.p, cell->text.n);
    digits[cell->text.n] = '\0';
    return strtol(digits, NULL, 10);
}

bool hg_shape_is_year(const hg_cell *cell)
{
    long year = cell->text.n == 4 ? whole(cell) : 0;
    return year >= 1900 && year <= 2100;
}

static bool is_value(const hg_cell *cell)
{
    hg_recipe_table none;
    any_table(&none, 0);
    return hg_numbers_is_value(&none, cell);
}

static const char *key_of(looker *l, const hg_cell *cell)
{
    return cell ? hg_label_key(&l->label, cell->text) : "";
}

static bool starts(const char *key, const char *const *words)
{
    for (; *words; words++) {
        size_t n = strlen(*words);
        if (strncmp(key, *words, n) == 0 && (key[n] == '\0' || strchr(" .:_/(", key[n])))
            return true;
    }
    return false;
}

/* ---- columns ---- */

/* A year by itself, or a short text that names one: "Sơ bộ 2016". */
static bool names_year(looker *l, const hg_cell *cell)
{
    hg_period period;
    if (hg_shape_is_year(cell) || cell->type != HG_CELL_TEXT || cell->text.n > NAME)
        return hg_shape_is_year(cell);
    return hg_period_read(&period, HG_PERIOD_YEAR, key_of(l, cell));
}

static void count_cell(looker *l, hg_shape_column *c, const hg_cell *cell, long *last)
{
    long number = whole(cell);
    char date[11];
    hg_slice mark = hg_outline_mark(cell->text);
    c->cells++;
    if (is_value(cell))
        c->numbers++;
    else
        c->texts++;
    c->years += names_year(l, cell);
    c->dates += cell->type == HG_CELL_TEXT && (hg_dates_read(date, cell->text, false) ||
                                               hg_dates_read(date, cell->text, true));
    c->digits += all_digits(cell->text);
    c->zeros += cell->type == HG_CELL_TEXT && cell->text.n > 1 && number >= 0 &&
                cell->text.p[0] == '0';
    c->counting += (number >= 0 && (number == *last + 1 || number == 1)) ||
                   (number < 0 && mark.n > 0 && cell->type == HG_CELL_TEXT);
    if (number >= 0)
        *last = number;
}

static void count_columns(looker *l, uint32_t first, uint32_t end)
{
    hg_shape *s = l->shape;
    for (uint32_t col = 1; col <= s->last; col++) {
        hg_shape_column *c = &s->columns[col];
        long last = -2;
        *c = (hg_shape_column){ .heading = c->heading, .named = c->named };
        for (uint32_t row = first; row < end && row - first < SAMPLE; row++) {
            const hg_cell *cell = hg_grid_at(l->grid, row, col);
            if (cell)
                count_cell(l, c, cell, &last);
        }
    }
}

/* What a column holds by itself, and what stands over it. */
static hg_holds holds(looker *l, uint32_t col)
{
    static const char *const numbering[] = { "stt", "tt", "số tt", "số thứ tự",
                                             "no",  "#",  NULL };
    static const char *const codes[] = { "mã",     "ma",      "code", "id",
                                         "matinh", "mahuyen", "maxa", NULL };
    static const char *const years[] = { "năm", "year", "nam", NULL };
    static const char *const remarks[] = { "note",   "notes",   "ref",   "refs",
                                           "source", "ghi chú", "nguồn", "remarks",
                                           "remark", NULL };
    hg_shape_column *c = &l->shape->columns[col];
    const char *key = key_of(l, c->heading);
    bool leading = true;
    for (uint32_t k = 1; k < col; k++)
        leading = leading && l->shape->columns[k].cells == 0;
    if (c->cells == 0)
        return HG_HOLDS_NOTHING;
    c->sure = true;
    if (c->years == c->cells && (leading || starts(key, years) || c->cells >= MANY))
        return HG_HOLDS_YEARS;
    if (starts(key, years) && c->years * 10 >= c->cells * 8)
        return HG_HOLDS_CODES; /* "Tổng số" beside years */
    if ((c->zeros > 0 && c->digits == c->cells) || starts(key, codes))
        return HG_HOLDS_CODES;
    if (starts(key, numbering) && 2 * c->texts <= c->cells + 2 * c->counting)
        return c->counting * 10 >= c->cells * 8 ? HG_HOLDS_NUMBERING : HG_HOLDS_CODES;
    if (c->counting * 10 >= c->cells * 8 && c->cells > 1)
        return HG_HOLDS_NUMBERING;
    if ((leading && c->counting * 2 >= c->cells) || starts(key, remarks))
        return HG_HOLDS_LABELS; /* "1 2 3 4 Cả năm" of quarters */
    return c->numbers > c->texts ? HG_HOLDS_VALUES : HG_HOLDS_LABELS;
}

/* The first column of labels from col on, before any of values. */
static bool labels_follow(const hg_shape *s, uint32_t col)
{
    while (++col <= s->last && s->columns[col].holds != HG_HOLDS_VALUES)
        if (s->columns[col].holds == HG_HOLDS_LABELS)
            return true;
    return false;
}

/* Numbers before the first column of labels name rows: a rank, a code. */
static void name_rows(hg_shape *s)
{
    uint32_t label = 1;
    bool values = false;
    while (label <= s->last && s->columns[label].holds != HG_HOLDS_LABELS)
        label++;
    for (uint32_t col = label + 1; col <= s->last; col++)
        values = values || s->columns[col].holds == HG_HOLDS_VALUES;
    for (uint32_t col = 1; col < label && label <= s->last && values; col++)
        if (s->columns[col].holds == HG_HOLDS_VALUES) {
            s->columns[col].holds = HG_HOLDS_CODES;
            s->columns[col].sure = false;
        }
}

static void settle_columns(looker *l)
{
    hg_shape *s = l->shape;
    for (uint32_t col = 1; col <= s->last; col++)
        s->columns[col].holds = holds(l, col);
    for (uint32_t col = 1; col <= s->last; col++) {
        hg_shape_column *c = &s->columns[col];
        bool first = true;
        for (uint32_t k = 1; k < col; k++)
            first = first && s->columns[k].holds != HG_HOLDS_VALUES;
        if (c->holds == HG_HOLDS_NUMBERING && !(first && labels_follow(s, col)))
            c->holds =
                col == 1 || c->texts > c->numbers ? HG_HOLDS_LABELS : HG_HOLDS_VALUES;
    }
    name_rows(s);
    s->stub = s->last;
    s->labels = s->values = 0;
    for (uint32_t col = s->last; col > 0; col--)
        if (s->columns[col].holds == HG_HOLDS_VALUES)
            s->stub = col - 1;
    for (uint32_t col = 1; col <= s->last; col++) {
        hg_shape_column *c = &s->columns[col];
        if (c->holds == HG_HOLDS_LABELS && col > s->stub)
            c->holds = HG_HOLDS_REMARKS;
        s->labels += c->holds == HG_HOLDS_LABELS;
        s->values += c->holds == HG_HOLDS_VALUES;
    }
}

/* ---- headings ---- */

/* Of a list: the first row with as many texts as the rows below have cells. */
static bool find_list(looker *l, uint32_t *top)
{
    size_t most = 0, n;
    for (uint32_t row = 1; row <= l->rows && row <= SAMPLE; row++) {
        hg_grid_row(l->grid, row, &n);
        most = n > most ? n : most;
    }
    for (uint32_t row = 1; row < l->rows; row++) {
        const hg_cell *cells = hg_grid_row(l->grid, row, &n);
        bool texts = n * 3 >= most * 2 && n > 0;
        for (size_t i = 0; i < n && texts; i++)
            texts = cells[i].type == HG_CELL_TEXT && !is_value(&cells[i]);
        size_t below;
        hg_grid_row(l->grid, row + 1, &below);
        *top = row;
        if (texts && below > 0)
            return true;
    }
    return false;
}

/* Find headings as a recipe would whose headings are of this kind of period, or any. */
static bool find_region(looker *l, hg_period_kind kind, hg_region *region)
{
    hg_recipe_table any;
    hg_pool *pool = NULL;
    hg_err err = HG_ERR_INIT;
    const hg_loc loc = { 0 };
    any_table(&any, l->shape->stub > 0 ? l->shape->stub : 1);
    any.fields[1].period = kind;
    if (hg_pool_new(&pool, l->err) != HG_OK)
        return false;
    const hg_sayings sayings = { &any, pool, &l->label, &loc, &err };
    bool found = hg_region_find(region, &sayings, l->grid, 1);
    hg_pool_free(pool);
    return found;
}

/* Of the headings of any kind the uppermost: years typed as texts look like values. */
static bool find_headings(looker *l)
{
    static const hg_period_kind kinds[] = { HG_PERIOD_NONE, HG_PERIOD_YEAR,
                                            HG_PERIOD_ANY };
    hg_shape *s = l->shape;
    hg_region region;
    bool found = false;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds && s->values > 0; k++)
        if (find_region(l, kinds[k], &region) && (!found || region.bottom < s->top)) {
            s->top = region.top;
            s->bottom = region.bottom;
            found = true;
        }
    uint32_t list;
    bool other = find_list(l, &list);
    if (other && (!found || list + MANY < s->top)) { /* not in the middle of records */
        s->top = s->bottom = list;
        found = true;
    }
    return found;
}

static bool same_heading(looker *l, const hg_cell *a, const hg_cell *b)
{
    hg_buf key = { 0 };
    hg_buf_puts(&key, key_of(l, a));
    bool same = key.data && strcmp(key.data, key_of(l, b)) == 0;
    hg_buf_release(&key);
    return same;
}

static void name_columns(looker *l)
{
    hg_shape *s = l->shape;
    for (uint32_t col = 1; col <= s->last; col++) {
        hg_shape_column *c = &s->columns[col];
        c->heading = NULL;
        for (uint32_t row = s->bottom; row >= s->top && row > 0 && !c->heading; row--)
            c->heading = hg_grid_spread(l->grid, row, col);
    }
    for (uint32_t col = 1; col <= s->last; col++) {
        hg_shape_column *c = &s->columns[col];
        c->named = c->heading != NULL;
        for (uint32_t k = 1; k <= s->last && c->named; k++)
            c->named = k == col || !s->columns[k].heading ||
                       !same_heading(l, c->heading, s->columns[k].heading);
    }
}

/* ---- periods in headings ---- */

/* What all texts of a heading row over values are; *rest: but for words of a sum. */
static hg_period_kind period_of(looker *l, uint32_t row, bool *rest)
{
    static const hg_period_kind kinds[] = { HG_PERIOD_YEAR, HG_PERIOD_SCHOOL_YEAR,
                                            HG_PERIOD_MONTH, HG_PERIOD_QUARTER,
                                            HG_PERIOD_ANY };
    const hg_shape *s = l->shape;
    hg_period period;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        size_t known = 0, others = 0, bare = 0;
        const hg_cell *before = NULL;
        for (uint32_t col = s->stub + 1; col <= s->last; col++) {
            const hg_cell *cell = hg_grid_spread(l->grid, row, col);
            if (!cell || cell == before || s->columns[col].holds != HG_HOLDS_VALUES)
                continue;
            before = cell;
            bool is = hg_period_read(&period, kinds[k], key_of(l, cell));
            known += is;
            others += !is;
            bare += is && all_digits(cell->text) && cell->text.n < 4;
        }
        bool enough =
            known > 1 || (known == 1 && kinds[k] == HG_PERIOD_YEAR && s->values == 1);
        /* digits alone are months only where all twelve stand there */
        if (!enough || (bare > 0 && bare != 12) || others > 1)
            continue;
        *rest = others == 1;
        return kinds[k];
    }
    return HG_PERIOD_NONE;
}

static void find_periods(looker *l)
{
    hg_shape *s = l->shape;
    hg_kind kind;
    for (uint32_t row = s->top; row <= s->bottom && row - s->top < HG_SHAPE_LEVELS;
         row++) {
        uint32_t level = row - s->top;
        size_t n;
        s->periods[level] = period_of(l, row, &s->rest[level]);
        const hg_cell *cells = hg_grid_row(l->grid, row, &n);
        for (size_t i = 0; i < n && !s->periods[level]; i++)
            s->words = s->words || (cells[i].col > s->stub && cells[i].col <= s->last &&
                                    s->columns[cells[i].col].holds == HG_HOLDS_VALUES &&
                                    !hg_label_group(&l->label, cells[i].text, &kind));
    }
}

/* Words stand in two rows over every value, each of the upper row over two or more. */
static bool in_pairs(const looker *l)
{
    const hg_shape *s = l->shape;
    const hg_cell *upper = NULL;
    size_t wide = 0;
    if (s->bottom != s->top + 1 || s->periods[0] || s->periods[1])
        return false;
    for (uint32_t col = s->stub + 1; col <= s->last; col++) {
        const hg_cell *above = hg_grid_spread(l->grid, s->top, col);
        const hg_cell *below = hg_grid_spread(l->grid, s->bottom, col);
        if (s->columns[col].holds != HG_HOLDS_VALUES)
            continue;
        const hg_area *area = hg_grid_area(l->grid, s->top, col);
        if (!above || !below || above == below || !area)
            return false;
        wide += above != upper;
        upper = above;
    }
    return wide > 1 && 2 * wide <= s->values;
}

/* "Số hộ (hộ)", "%": a unit in the last parentheses of a text, or all of it. */
static bool says_unit(looker *l, const hg_cell *cell)
{
    const char *key = key_of(l, cell), *open = strrchr(key, '(');
    return strcmp(key, "%") == 0 || (open && strchr(open, ')') && hg_words_is_unit(open + 1));
}

static void find_units(looker *l)
{
    hg_shape *s = l->shape;
    for (uint32_t col = s->stub + 1; col <= s->last; col++) {
        bool unit = false;
        for (uint32_t row = s->top; row <= s->bottom && !unit; row++) {
            const hg_cell *cell = hg_grid_spread(l->grid, row, col);
            unit = cell && says_unit(l, cell);
        }
        s->units += unit && s->columns[col].holds == HG_HOLDS_VALUES;
    }
}

/* ---- rows ---- */

static bool has_number(const hg_shape *s, const hg_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (cells[i].col > s->stub && hg_shape_is_number(&cells[i]))
            return true;
    return false;
}

/* The row says once more what the last row of headings says. */
static bool repeats(const looker *l, uint32_t row)
{
    size_t n, m;
    const hg_cell *a = hg_grid_row(l->grid, l->shape->bottom, &n);
    const hg_cell *b = hg_grid_row(l->grid, row, &m);
    bool same = n > 0 && n == m && l->shape->top == l->shape->bottom;
    for (size_t i = 0; i < n && same; i++)
        same = a[i].col == b[i].col && hg_slice_eq(a[i].text, b[i].text);
    return same;
}

static void find_rows(looker *l)
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
        const char *key = n > 0 ? key_of(l, &cells[0]) : "";
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
static void look_at_row(looker *l, uint32_t row, const hg_cell **last, uint32_t depths[3])
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

static void look_at_rows(looker *l)
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
static void find_tail(looker *l)
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
        if (n > 0 && same_heading(l, &cells[0], s->tail))
            s->tail = NULL; /* it is not the only one */
    }
}

/* Keep what the cells with an error say. */
static void find_errors(looker *l)
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

static void look_above(looker *l)
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
            key = key_of(l, &cells[i]);
            s->unit = !hg_words_organisation(key) ? &cells[i] : s->unit;
            continue;
        }
        key = key_of(l, &cells[i]);
        s->title = s->title ? s->title : &cells[i];
        if (hg_period_read(&period, HG_PERIOD_ANY, key))
            s->period = &cells[i];
    }
}

/* ---- all ---- */

hg_status hg_shape_look(hg_shape *shape, const hg_grid *grid, hg_err *err)
{
    looker l = { .shape = shape, .grid = grid, .rows = hg_grid_rows(grid), .err = err };
    *shape = (hg_shape){ .last = hg_grid_cols(grid) };
    shape->columns = calloc((size_t)shape->last + 1, sizeof *shape->columns);
    if (!shape->columns)
        return hg_fail_nomem(err);
    shape->end = l.rows + 1;
    count_columns(&l, 1, shape->end);
    settle_columns(&l);
    if (l.rows > 1 && find_headings(&l)) {
        for (int again = 0; again < 2;
             again++) { /* what they hold tells where rows end */
            name_columns(&l);
            find_rows(&l);
            count_columns(&l, shape->first, shape->end);
            settle_columns(&l);
        }
        shape->found = shape->end > shape->first;
        find_periods(&l);
        shape->pairs = in_pairs(&l);
        find_units(&l);
        look_at_rows(&l);
        find_errors(&l);
        if (shape->values > 0)
            find_tail(&l);
        look_above(&l);
    }
    if (l.label.failed)
        hg_fail_nomem(err);
    hg_label_release(&l.label);
    return err->status;
}

void hg_shape_release(hg_shape *shape)
{
    free(shape->columns);
    *shape = (hg_shape){ 0 };
}
