/* shape - how a sheet looks before anything is known of it: its cells and columns */
#include "recipe/shape.h"
#include "recipe/numbers.h"
#include "recipe/outline.h"
#include "recipe/shape_parts.h"

#include <stdlib.h>
#include <string.h>

#define NAME 24 /* bytes of a text that names a year */

void hg_looker_table(hg_recipe_table *t, uint32_t stub)
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

bool hg_looker_is_digits(hg_slice text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
    return text.n > 0;
}

static long whole(const hg_cell *cell)
{
    char digits[12];
    if (!hg_looker_is_digits(cell->text) || cell->text.n >= sizeof digits)
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

bool hg_looker_is_value(const hg_cell *cell)
{
    hg_recipe_table none;
    hg_looker_table(&none, 0);
    return hg_numbers_is_value(&none, cell);
}

const char *hg_looker_key(hg_looker *l, const hg_cell *cell)
{
    return cell ? hg_label_key(&l->label, cell->text) : "";
}

bool hg_looker_same(hg_looker *l, const hg_cell *a, const hg_cell *b)
{
    hg_buf key = { 0 };
    hg_buf_puts(&key, hg_looker_key(l, a));
    bool same = key.data && strcmp(key.data, hg_looker_key(l, b)) == 0;
    hg_buf_release(&key);
    return same;
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
static bool names_year(hg_looker *l, const hg_cell *cell)
{
    hg_period period;
    if (hg_shape_is_year(cell) || cell->type != HG_CELL_TEXT || cell->text.n > NAME)
        return hg_shape_is_year(cell);
    return hg_period_read(&period, HG_PERIOD_YEAR, hg_looker_key(l, cell));
}

static void count_cell(hg_looker *l, hg_shape_column *c, const hg_cell *cell, long *last)
{
    long number = whole(cell);
    char date[11];
    hg_slice mark = hg_outline_mark(cell->text);
    c->cells++;
    if (hg_looker_is_value(cell))
        c->numbers++;
    else
        c->texts++;
    c->years += names_year(l, cell);
    c->dates += cell->type == HG_CELL_TEXT && (hg_dates_read(date, cell->text, false) ||
                                               hg_dates_read(date, cell->text, true));
    c->digits += hg_looker_is_digits(cell->text);
    c->zeros += cell->type == HG_CELL_TEXT && cell->text.n > 1 && number >= 0 &&
                cell->text.p[0] == '0';
    c->counting += (number >= 0 && (number == *last + 1 || number == 1)) ||
                   (number < 0 && mark.n > 0 && cell->type == HG_CELL_TEXT);
    if (number >= 0)
        *last = number;
}

static void count_columns(hg_looker *l, uint32_t first, uint32_t end)
{
    hg_shape *s = l->shape;
    for (uint32_t col = 1; col <= s->last; col++) {
        hg_shape_column *c = &s->columns[col];
        long last = -2;
        *c = (hg_shape_column){ .heading = c->heading, .named = c->named };
        for (uint32_t row = first; row < end && row - first < HG_LOOKER_SAMPLE; row++) {
            const hg_cell *cell = hg_grid_at(l->grid, row, col);
            if (cell)
                count_cell(l, c, cell, &last);
        }
    }
}

/* What a column holds by itself, and what stands over it. */
static hg_holds holds(hg_looker *l, uint32_t col)
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
    const char *key = hg_looker_key(l, c->heading);
    bool leading = true;
    for (uint32_t k = 1; k < col; k++)
        leading = leading && l->shape->columns[k].cells == 0;
    if (c->cells == 0)
        return HG_HOLDS_NOTHING;
    c->sure = true;
    if (c->years == c->cells &&
        (leading || starts(key, years) || c->cells >= HG_LOOKER_MANY))
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

static void settle_columns(hg_looker *l)
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

/* ---- all ---- */

hg_status hg_shape_look(hg_shape *shape, const hg_grid *grid, hg_err *err)
{
    hg_looker l = {
        .shape = shape, .grid = grid, .rows = hg_grid_rows(grid), .err = err
    };
    *shape = (hg_shape){ .last = hg_grid_cols(grid) };
    shape->columns = calloc((size_t)shape->last + 1, sizeof *shape->columns);
    if (!shape->columns)
        return hg_fail_nomem(err);
    shape->end = l.rows + 1;
    count_columns(&l, 1, shape->end);
    settle_columns(&l);
    if (l.rows > 1 && hg_looker_headings(&l)) {
        for (int again = 0; again < 2;
             again++) { /* what they hold tells where rows end */
            hg_looker_names(&l);
            hg_looker_rows(&l);
            count_columns(&l, shape->first, shape->end);
            settle_columns(&l);
        }
        shape->found = shape->end > shape->first;
        hg_looker_say(&l);
        hg_looker_around(&l);
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
