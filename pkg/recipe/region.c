/* region - where a table's headings stand in a sheet */
#include "recipe/region.h"
#include "recipe/numbers.h"
#include "recipe/ruler.h"

#include <stdlib.h>

#define MAX_RISE 16 /* rows of headings */
#define LADDER   5  /* rising numbers that head columns */

typedef struct finder {
    hg_region *region;
    const hg_sayings *s;
    const hg_grid *grid;
    uint32_t from, rows, stub; /* stub: columns that are labels for sure */
} finder;

static const hg_cell *row_of(const finder *f, uint32_t row, size_t *n)
{
    return hg_grid_row(f->grid, row, n);
}

static bool fits(const finder *f, const hg_patterns *patterns, const hg_cell *cell)
{
    return hg_recipe_fits(patterns, hg_label_key(f->s->label, hg_label_bare(cell->text)));
}

/* ---- the rows above ---- */

/* A row that can be of headings: several texts, or one merged over columns of values. */
static bool is_heading(const finder *f, const hg_cell *cells, size_t n)
{
    hg_slice unit;
    for (size_t i = 0; i < n; i++)
        if (hg_label_unit(f->s->label, cells[i].text, &unit) ||
            hg_words_head(hg_label_key(f->s->label, cells[i].text)))
            return false;
    if (n != 1)
        return n > 1;
    const hg_area *area = hg_grid_area(f->grid, cells[0].row, cells[0].col);
    size_t below;
    const hg_cell *next = row_of(f, f->region->top, &below);
    return area && area->col2 > area->col1 && next && next[0].col < area->col1;
}

/* Take in the rows that stand right above. */
static void rise(finder *f)
{
    hg_region *r = f->region;
    while (r->top > f->from && r->bottom - r->top < MAX_RISE) {
        size_t n;
        const hg_cell *cells = row_of(f, r->top - 1, &n);
        if (!is_heading(f, cells, n))
            break;
        r->top--;
    }
}

/* ---- by the texts of "heading", or the names of columns ---- */

/* The row of the first cell from row on that a pattern fits; 0: none. */
static uint32_t row_with(const finder *f, const char *pattern, uint32_t row, uint32_t last)
{
    const hg_patterns one = { &pattern, 1 };
    for (; row <= last; row++) {
        size_t n;
        const hg_cell *cells = row_of(f, row, &n);
        for (size_t i = 0; i < n; i++)
            if (fits(f, &one, &cells[i]))
                return row;
    }
    return 0;
}

/* The last row that the cell reaches down to. */
static uint32_t reach(const finder *f, const hg_cell *cell)
{
    const hg_area *area = hg_grid_area(f->grid, cell->row, cell->col);
    return area ? area->row2 : cell->row;
}

/* The last row of the merged area over a row's cells. */
static uint32_t foot(const finder *f, uint32_t row, const hg_patterns *patterns)
{
    size_t n;
    uint32_t last = row;
    const hg_cell *cells = row_of(f, row, &n);
    for (size_t i = 0; i < n; i++)
        if (fits(f, patterns, &cells[i]) && reach(f, &cells[i]) > last)
            last = reach(f, &cells[i]);
    return last;
}

static bool by_texts(finder *f)
{
    const hg_patterns *texts = &f->s->table->heading;
    hg_region *r = f->region;
    for (uint32_t row = f->from; (row = row_with(f, texts->list[0], row, f->rows)); row++) {
        uint32_t start = row > f->from + MAX_RISE ? row - MAX_RISE : f->from;
        r->top = row;
        r->bottom = foot(f, row, texts);
        size_t found = 1;
        for (; found < texts->n; found++) {
            uint32_t other = row_with(f, texts->list[found], row, row + MAX_RISE);
            if (!other)
                other = row_with(f, texts->list[found], start, row);
            if (!other)
                break;
            uint32_t last = foot(f, other, texts);
            r->top = other < r->top ? other : r->top;
            r->bottom = last > r->bottom ? last : r->bottom;
        }
        if (found == texts->n)
            return true;
    }
    return false;
}

/* The cell of a row that names the column of the field, or NULL. */
static const hg_cell *named(const finder *f, const hg_recipe_field *field, uint32_t row)
{
    const hg_recipe_field probe = { .from = HG_FROM_HEADER, .codes = field->column };
    size_t n;
    const hg_cell *cells = row_of(f, row, &n);
    for (size_t i = 0; i < n; i++)
        if (hg_label_read(f->s->label, &probe, cells[i].text))
            return &cells[i];
    return NULL;
}

/* The field names its column by a letter that the sheet has: "STT" is a heading. */
static bool by_letter(const finder *f, const hg_recipe_field *field)
{
    return field->letter > 0 && field->letter <= hg_grid_cols(f->grid);
}

/* The first row in which a column of the list is named, and all others in it or the next
 * rows. */
static bool by_names(finder *f)
{
    const hg_recipe_table *t = f->s->table;
    for (uint32_t row = f->from; row <= f->rows; row++) {
        size_t wanted = 0, found = 0;
        bool here = false;
        uint32_t bottom = row;
        for (size_t i = 0; i < t->n && found == wanted; i++) {
            const hg_cell *cell = NULL;
            if (!t->fields[i].column || by_letter(f, &t->fields[i]))
                continue;
            wanted++;
            for (uint32_t k = row; k < row + 4 && !cell; k++)
                cell = named(f, &t->fields[i], k);
            found += cell != NULL;
            here = here || (cell && cell->row == row);
            bottom = cell && reach(f, cell) > bottom ? reach(f, cell) : bottom;
        }
        if (wanted > 0 && found == wanted && here) {
            f->region->top = row;
            f->region->bottom = bottom;
            return true;
        }
    }
    return false;
}

/* ---- by labels that are known ---- */

/* Tell whether every text of a row, but those before the first known one, is a heading.
 * *first is the column of the first label, 0 where there are groups only. */
static bool heads(finder *f, const hg_cell *cells, size_t n, uint32_t *first)
{
    bool known = false;
    const hg_cell *unknown = NULL;
    *first = 0;
    for (size_t i = 0; i < n; i++) {
        hg_says what;
        hg_vinumber number;
        if (cells[i].col <= f->stub)
            continue;
        hg_says_read(f->s, &cells[i], NULL, &what);
        if (cells[i].text.n < 4 && hg_vinumber_read(&number, cells[i].text))
            what = HG_SAYS_NOTHING; /* rather a value than a month or a quarter */
        if (what == HG_SAYS_LABEL && *first == 0)
            *first = cells[i].col;
        if (what == HG_SAYS_NOTHING && !unknown &&
            (known || cells[i].type != HG_CELL_TEXT ||
             hg_vinumber_read(&number, cells[i].text)))
            unknown = &cells[i];
        known = known || what == HG_SAYS_GROUP || what == HG_SAYS_LABEL;
    }
    if (unknown && *first && !f->region->stranger && !hg_numbers_is_value(f->s->table, unknown))
        f->region->stranger = unknown;
    return known && !unknown;
}

static bool any_values(const finder *f, const hg_cell *cells, size_t n, uint32_t from)
{
    for (size_t i = 0; i < n; i++)
        if (cells[i].col >= from && hg_numbers_is_value(f->s->table, &cells[i]))
            return true;
    return false;
}

static bool by_labels(finder *f)
{
    hg_region *r = f->region;
    uint32_t first = 0;
    for (uint32_t row = f->from; row <= f->rows; row++) {
        size_t n;
        const hg_cell *cells = row_of(f, row, &n);
        if (n == 0)
            continue;
        if (heads(f, cells, n, &first)) {
            r->bottom = first ? row : r->bottom;
            r->first = first ? first : r->first;
            continue;
        }
        if (r->bottom && any_values(f, cells, n, r->first) && !hg_ruler_is(cells, n))
            return true;
        if (n > 1 && !hg_ruler_is(cells, n))
            r->bottom = 0; /* what looked like headings is a title */
    }
    return false;
}

/* The rows above whose labels are known too. */
static void rise_by_labels(finder *f)
{
    hg_region *r = f->region;
    r->top = r->bottom;
    while (r->top > f->from && r->bottom - r->top < MAX_RISE) {
        size_t n;
        uint32_t first;
        const hg_cell *cells = row_of(f, r->top - 1, &n);
        if (n == 0 || !heads(f, cells, n, &first))
            break;
        r->top--;
        if (first && first < r->first)
            r->first = first;
    }
}

/* ---- by the ruler, or by where values begin ---- */

/* A row of nothing but years, which head columns; they may begin anew: 2020 2021 2020 2021. */
static bool is_years(const hg_cell *cells, size_t n)
{
    long first = 0, last = 0;
    unsigned years = 0;
    for (size_t i = 0; i < n; i++) {
        if (cells[i].type != HG_CELL_NUMBER)
            continue;
        long year = cells[i].text.n == 4 ? strtol(cells[i].text.p, NULL, 10) : 0;
        first = years == 0 ? year : first;
        if (year < 1900 || year > 2100 || (year <= last && year != first))
            return false;
        last = year;
        years++;
    }
    return years > 1;
}

/* A row of headings that goes on in numbers: texts, then percentiles or ages that rise,
 * "Median | Mean | 10 | 25 | 50 | 75 | 90". */
static bool is_scale(const finder *f, const hg_cell *cells, size_t n)
{
    size_t texts = 0, numbers = 0;
    long last = 0;
    for (size_t i = 0; i < n; i++) {
        if (cells[i].col <= f->stub)
            continue;
        if (cells[i].type != HG_CELL_NUMBER) {
            texts += !hg_numbers_is_value(f->s->table, &cells[i]);
            continue;
        }
        char *end;
        long number = strtol(cells[i].text.p, &end, 10);
        if (number <= last || end != cells[i].text.p + cells[i].text.n)
            return false;
        last = number;
        numbers++;
    }
    return texts >= 2 && numbers >= LADDER;
}

/* A row of values: half its cells beside the labels, or more, are numbers. */
static bool is_data(const finder *f, const hg_cell *cells, size_t n)
{
    size_t beside = 0, numbers = 0, values = 0;
    hg_vinumber number;
    for (size_t i = 0; i < n; i++) {
        if (cells[i].col <= f->stub)
            continue;
        beside++;
        values += hg_numbers_is_value(f->s->table, &cells[i]);
        numbers += cells[i].type == HG_CELL_NUMBER ||
                   (cells[i].type == HG_CELL_TEXT && hg_vinumber_read(&number, cells[i].text));
    }
    return numbers > 0 && 2 * values >= beside && !hg_ruler_is(cells, n) &&
           !is_years(cells, n) && !is_scale(f, cells, n);
}

static bool by_ruler(finder *f)
{
    for (uint32_t row = f->from + 1; row <= f->rows; row++) {
        size_t n, above = 0;
        const hg_cell *cells = row_of(f, row, &n);
        if (n > 0 && is_data(f, cells, n))
            return false;
        if (n < 2 || !hg_ruler_is(cells, n))
            continue;
        for (uint32_t k = row - 1; k >= f->from && k > 0 && above < 2; k--) {
            row_of(f, k, &above);
            f->region->bottom = k;
        }
        f->region->first = hg_ruler_first(cells, n);
        return above > 1;
    }
    return false;
}

static bool by_values(finder *f)
{
    uint32_t single = 0;
    f->region->bottom = 0;
    for (uint32_t row = f->from; row <= f->rows; row++) {
        size_t n;
        const hg_cell *cells = row_of(f, row, &n);
        if (n > 0 && is_data(f, cells, n)) {
            if (!f->region->bottom && single == row - 1)
                f->region->bottom = single; /* a table of one column of values */
            if (f->region->bottom)
                return true;
            continue; /* numbers above all texts are of no table */
        }
        if (n > 1 && cells[n - 1].col > f->stub)
            f->region->bottom = row;
        else if (n == 1 && cells[0].col > f->stub)
            single = row;
    }
    return false;
}

/* ---- all ---- */

/* Every field of headings knows its labels, and there is one. */
static bool labels_known(const hg_recipe_table *t)
{
    bool known = false;
    for (size_t i = 0; i < t->n; i++) {
        if (hg_says_any(&t->fields[i]))
            return false;
        known = known || t->fields[i].from == HG_FROM_HEADER;
    }
    return known;
}

static bool find(finder *f)
{
    const hg_recipe_table *t = f->s->table;
    hg_region *r = f->region;
    if (t->heading.n == 0 && labels_known(t)) {
        bool found = by_labels(f);
        if (found)
            rise_by_labels(f);
        return found;
    }
    bool found = t->heading.n > 0         ? by_texts(f)
                 : hg_recipe_is_list(t) ? by_names(f)
                                        : by_ruler(f) || by_values(f);
    if (found && (t->heading.n == 0 && !hg_recipe_is_list(t)))
        r->top = r->bottom;
    if (found)
        rise(f);
    return found;
}

/* The row that the search starts from: that of the anchor; 0 where it is not there. */
static uint32_t start(const finder *f, uint32_t row)
{
    const hg_patterns *anchor = &f->s->table->anchor;
    for (; anchor->n > 0 && row <= f->rows; row++) {
        size_t n;
        const hg_cell *cells = row_of(f, row, &n);
        for (size_t i = 0; i < n; i++)
            if (fits(f, anchor, &cells[i]))
                return row;
    }
    return anchor->n > 0 ? 0 : row;
}

bool hg_region_find(hg_region *region, const hg_sayings *s, const hg_grid *grid,
                    uint32_t row)
{
    finder f = { .region = region, .s = s, .grid = grid, .rows = hg_grid_rows(grid) };
    const hg_recipe_table *t = s->table;
    *region = (hg_region){ 0 };
    f.stub = t->stub;
    for (size_t i = 0; i < t->n && !f.stub; i++)
        f.stub = hg_recipe_of_row(&t->fields[i]) && !t->fields[i].column;
    f.stub += hg_grid_shown(grid).col1 - 1;
    f.from = start(&f, row);
    if (f.from == 0 || !find(&f))
        return false;
    if (t->stub)
        region->first = f.stub + 1;
    return true;
}
