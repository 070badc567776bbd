/* totals - the sums that a table states */
#include "recipe/totals.h"
#include "recipe/numbers.h"
#include "text/decimal.h"

#include <stdlib.h>

typedef struct adder {
    const hg_lines *lines;
    const hg_heading *h;
    const hg_sayings *s;
    const hg_grid *grid;
    const hg_number_style *styles;
    hg_tell *tell; /* NULL: only counted */
    void *with;
    size_t right, wrong;
} adder;

typedef enum figure_is { FIGURE, NONE, UNKNOWN } figure_is;

/* The figure of a line in a column. */
static figure_is figure_at(const adder *a, const hg_line *line, uint32_t col, hg_decimal *out)
{
    hg_figure figure;
    hg_err err = HG_ERR_INIT;
    const hg_cell *cell = hg_grid_at(a->grid, line->row, col);
    if (!cell)
        return NONE;
    if (hg_numbers_read(&figure, a->s->table, cell, a->styles[col], HG_DECIMALS_ALL, 0, NULL, &err) != HG_OK)
        return UNKNOWN;
    if (figure.status)
        return figure.status == HG_STATUS_NONE ? NONE : UNKNOWN;
    return hg_decimal_read(out, hg_slice_of(figure.text)) ? FIGURE : UNKNOWN;
}

static void report(adder *a, const hg_line *line, uint32_t col, hg_decimal sum, hg_slice stated)
{
    char text[HG_DECIMAL_TEXT];
    hg_finding f = { .code = "sum-error",
                     .severity = HG_WARNING,
                     .file = a->s->loc->file,
                     .sheet = a->s->loc->sheet,
                     .row = line->row,
                     .col = col,
                     .value = stated };
    hg_slice label = line->label ? line->label->text : HG_SLICE("");
    hg_decimal_print(text, sum);
    f.message = "the parts of '%.*s' add up to %s, not to %.*s";
    f.args_len = hg_args(f.args, sizeof f.args, f.message, (int)label.n, label.p, text,
                         (int)stated.n, stated.p);
    a->tell(a->with, &f);
}

/* The parts of a sum, as indexes of lines. */
typedef struct parts {
    size_t *list, n;
} parts;

static void compare_column(adder *a, const hg_line *line, const parts *p, uint32_t col)
{
    hg_decimal stated, part, sum = { 0, 0 };
    size_t figures = 0;
    if (figure_at(a, line, col, &stated) != FIGURE)
        return;
    for (size_t i = 0; i < p->n; i++) {
        figure_is is = figure_at(a, &a->lines->list[p->list[i]], col, &part);
        if (is == UNKNOWN || (is == FIGURE && !hg_decimal_add(&sum, part)))
            return;
        figures += is == FIGURE;
    }
    if (figures == 0)
        return;
    unsigned scale = stated.scale < sum.scale ? stated.scale : sum.scale;
    if (stated.scale == 0 && sum.scale == 0)
        figures = 0; /* whole numbers add up */
    const hg_decimal most = { (int64_t)(5 * (figures + (figures > 0))), scale + 1 };
    if (hg_decimal_near(stated, sum, most)) {
        a->right++;
        return;
    }
    a->wrong++;
    if (a->tell)
        report(a, line, col, sum, hg_grid_at(a->grid, line->row, col)->text);
}

static void compare(adder *a, const hg_line *line, const parts *p)
{
    for (uint32_t col = 1; col <= a->h->last && p->n > 1; col++)
        if (a->h->columns[col] == HG_COLUMN_VALUE)
            compare_column(a, line, p, col);
}

/* The rows one level below line i, each group of them apart. */
static void compare_below(adder *a, size_t i, parts *p)
{
    const hg_lines *l = a->lines;
    const hg_line *line = &l->list[i];
    p->n = 0;
    for (size_t k = i + 1; k < l->n && l->list[k].rank > line->rank &&
                           l->list[k].section == line->section &&
                           l->list[k].block == line->block;
         k++) {
        const hg_line *part = &l->list[k];
        if (part->group != HG_KIND_ITEM) {
            compare(a, line, p);
            p->n = 0;
        }
        if (part->rank == line->rank + 1 && part->valued && part->kind != HG_KIND_AMONG &&
            part->kind != HG_KIND_TOTAL)
            p->list[p->n++] = k;
    }
    compare(a, line, p);
}

/* The rows beside a total: those that follow it, or, where it is the last, those before. */
static void compare_beside(adder *a, size_t i, parts *p)
{
    const hg_lines *l = a->lines;
    const hg_line *line = &l->list[i];
    for (int back = 0; back < 2; back++) {
        p->n = 0;
        for (size_t k = back ? i - 1 : i + 1; k < l->n; k = back ? k - 1 : k + 1) {
            const hg_line *part = &l->list[k];
            if (part->kind == HG_KIND_TOTAL || part->section != line->section ||
                part->block != line->block || part->group != HG_KIND_ITEM)
                break;
            if (part->rank == line->rank && part->valued && part->kind != HG_KIND_AMONG)
                p->list[p->n++] = k;
        }
        if (p->n > 1)
            break;
    }
    compare(a, line, p);
}

static void add_all(adder *a, parts *p)
{
    for (size_t i = 0; i < a->lines->n; i++) {
        const hg_line *line = &a->lines->list[i];
        if (!line->valued || !line->label)
            continue;
        if (i + 1 < a->lines->n && a->lines->list[i + 1].rank > line->rank)
            compare_below(a, i, p);
        else if (line->kind == HG_KIND_TOTAL)
            compare_beside(a, i, p);
    }
}

hg_status hg_totals_tell(const hg_lines *lines, const hg_heading *heading,
                         const hg_sayings *s, const hg_grid *grid,
                         const hg_number_style *styles, hg_tell *tell, void *with)
{
    adder a = { .lines = lines, .h = heading, .s = s, .grid = grid, .styles = styles };
    parts p = { .list = calloc(lines->n + 1, sizeof *p.list) };
    if (s->table->totals == HG_TOTALS_OFF || !tell) {
        free(p.list);
        return HG_OK;
    }
    if (!p.list)
        return hg_fail_nomem(s->err);
    add_all(&a, &p);
    if (s->table->totals == HG_TOTALS_CHECK || a.right >= a.wrong) {
        a.tell = tell;
        a.with = with;
        add_all(&a, &p);
    }
    free(p.list);
    return HG_OK;
}
