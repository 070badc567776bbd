/* plan - where everything of a classic sheet goes */
#include "report/plan.h"
#include "report/wording.h"
#include "text/times.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POINTS_MM   (72 / 25.4)
#define A4_SHORT    210.0
#define A4_LONG     297.0
#define PAD         11.0 /* points around a cell's text */
#define NARROWEST   36.0 /* column of figures */
#define TO_FILL     84.0 /* the same of a form, on which they are written */
#define LABEL_LEAST 0.30 /* of the paper's width, what long labels have at least */
#define LABEL_MOST  0.45 /* and at most */
#define STRETCH     1.9  /* the most that columns of figures grow to fill the paper */

static const char *pick(hg_bilingual text, bool en)
{
    const char *chosen = en ? text.en : text.vi;
    return chosen ? chosen : "";
}

void hg_plan_label(hg_buf *buf, const hg_crosstab *x, const hg_line *line, bool en,
                   char between)
{
    hg_bilingual label = hg_crosstab_label(x, line), unit = hg_crosstab_unit(x, line);
    hg_bilingual mark =
        hg_wording(line->mark == 'P' ? HG_WORD_PROVISIONAL : HG_WORD_ESTIMATE);
    if (en && !label.en)
        return;
    if (line->mark)
        hg_buf_printf(buf, "%s%c", pick(mark, en), between);
    if (line->mark && !label.en &&
        x->of.form->english) /* both before a label without English */
        hg_buf_printf(buf, between == '\n' ? "%s\n" : "- %s ", mark.en);
    hg_buf_puts(buf, pick(label, en));
    if (line->node->unit && *pick(unit, en))
        hg_buf_printf(buf, " (%s)", pick(unit, en));
}

void hg_plan_leaves(const hg_crosstab *x, uint32_t line, uint32_t *first, uint32_t *last)
{
    uint32_t i = 0;
    while (x->leaves[i] < line)
        i++;
    *first = *last = i;
    while (*last + 1 < x->n_leaves && x->columns.lines[line].below > 0) {
        uint32_t next = x->leaves[*last + 1]; /* below line while its level is deeper */
        bool inside = true;
        for (uint32_t k = line + 1; k <= next && inside; k++)
            inside = x->columns.lines[k].level > x->columns.lines[line].level;
        if (!inside)
            break;
        (*last)++;
    }
}

double hg_plan_span(const hg_plan *plan, uint32_t first, uint32_t last)
{
    double width = 0;
    for (uint32_t i = first; i <= last; i++)
        width += plan->widths[i];
    return width;
}

double hg_plan_room(double width)
{
    return 0.97 * width - 6;
}

uint32_t hg_plan_share(const hg_plan *plan, uint32_t first, double share, uint32_t keep)
{
    uint32_t last = first;
    double width = plan->widths[first], want = share * plan->width;
    while (last + 1 + keep < plan->cols && width + plan->widths[last + 1] / 2 < want)
        width += plan->widths[++last];
    return last;
}

/* ---- numbering ---- */

static hg_status number_block(hg_plan *plan, const hg_cross_block *b, size_t i,
                              hg_err *err)
{
    const hg_axis *rows = &b->rows;
    enum { KINDS = HG_NUMBER_DASH + 1 }; /* each way of numbering counts by itself */
    unsigned(*count)[KINDS] =
        calloc((size_t)rows->n + 1, sizeof *count); /* the last: at the top */
    hg_plan_number *numbers = plan->numbers[i] =
        calloc((size_t)rows->n + 1, sizeof *numbers);
    hg_buf buf = { 0 };
    if (!count || !numbers)
        hg_fail_nomem(err);
    for (uint32_t k = 0; k < rows->n && err->status == HG_OK; k++) {
        const hg_line *line = &rows->lines[k];
        bool top = line->parent == HG_AXIS_TOP;
        if (line->numbering == HG_NUMBER_NONE)
            continue;
        hg_buf_clear(&buf);
        hg_wording_number(&buf, line->numbering,
                          ++count[top ? rows->n : line->parent][line->numbering],
                          top ? "" : numbers[line->parent]);
        if (hg_buf_status(&buf, err) == HG_OK)
            snprintf(numbers[k], sizeof numbers[k], "%s", buf.data ? buf.data : "");
    }
    hg_buf_release(&buf);
    free(count);
    return err->status;
}

/* ---- widths ---- */

static void widen(double *width, double to)
{
    if (to > *width)
        *width = to;
}

/* The width of a figure as its number format shows it: "1,234.50". */
static double figure_width(const hg_figure *f, unsigned decimals)
{
    char text[HG_DECIMAL_TEXT];
    hg_decimal_print(text, f->value);
    bool negative = text[0] == '-';
    int digits = (int)strcspn(text + negative, ".");
    double digit = hg_times_width(HG_SLICE("0"), HG_PLAN_SIZE, false);
    double mark = hg_times_width(HG_SLICE("."), HG_PLAN_SIZE, false);
    return digit * (digits + (int)decimals) + mark * ((digits - 1) / 3 + (decimals > 0)) +
           (negative ? mark : 0);
}

static void measure_figures(hg_plan *plan, const hg_crosstab *x)
{
    for (size_t b = 0; b < x->n_blocks; b++) {
        const hg_cross_block *block = &x->blocks[b];
        unsigned decimals =
            block->form->decimals < 0 ? block->decimals : (unsigned)block->form->decimals;
        for (size_t i = 0; i < (size_t)block->rows.n * x->n_leaves; i++) {
            const hg_form_compute *c = hg_crosstab_compute(x, i);
            if (block->figures[i].number)
                widen(&plan->widths[plan->stub + i % x->n_leaves],
                      figure_width(&block->figures[i], c ? c->decimals : decimals) + PAD +
                          HG_PLAN_INDENT);
        }
    }
}

/* A heading needs room for its longest word, which its leaves share. */
static hg_status measure_headings(hg_plan *plan, const hg_crosstab *x, hg_err *err)
{
    hg_buf buf = { 0 };
    for (uint32_t i = 0; i < x->columns.n; i++) {
        uint32_t first, last;
        hg_plan_leaves(x, i, &first, &last);
        for (unsigned en = 0; en < 2u - !x->of.form->english; en++) {
            hg_buf_clear(&buf);
            hg_plan_label(&buf, x, &x->columns.lines[i], en, '\n');
            hg_slice text = { buf.data, buf.len };
            double each =
                (hg_times_word(text, HG_PLAN_SIZE, true) + PAD) / (last - first + 1);
            for (uint32_t leaf = first; leaf <= last; leaf++)
                widen(&plan->widths[plan->stub + leaf], each);
        }
    }
    for (uint32_t leaf = 0; leaf < x->n_leaves && x->table->ruler; leaf++) {
        hg_buf_clear(&buf);
        hg_wording_ruler(&buf, x, leaf);
        hg_slice text = { buf.data, buf.len };
        widen(&plan->widths[plan->stub + leaf],
              hg_times_width(text, HG_PLAN_SMALL, false) + PAD);
    }
    hg_status st = hg_buf_status(&buf, err);
    hg_buf_release(&buf);
    return st;
}

/* The text of a row's cell in a column of the stub, both languages in one line. */
static void stub_text(hg_buf *buf, const hg_plan *plan, const hg_crosstab *x, size_t b,
                      uint32_t row, hg_form_show show)
{
    const hg_line *line = &x->blocks[b].rows.lines[row];
    if (show == HG_STUB_NUMBER)
        hg_buf_puts(buf, plan->numbers[b][row]);
    if (show == HG_STUB_UNIT)
        hg_buf_puts(buf, pick(hg_crosstab_unit(x, line), false));
    if (show == HG_STUB_CODE && line->code) {
        hg_slice code = hg_facts_text(x->of.facts, line->code);
        hg_buf_put(buf, code.p, code.n);
    }
    if (show == HG_STUB_LABEL) {
        hg_plan_label(buf, x, line, false, ' ');
        hg_buf_puts(buf, x->of.form->english ? " - " : "");
        if (x->of.form->english)
            hg_plan_label(buf, x, line, true, ' ');
    }
}

static hg_status measure_stub(hg_plan *plan, const hg_crosstab *x, hg_err *err)
{
    hg_buf buf = { 0 };
    for (uint32_t i = 0; i < plan->stub; i++) {
        const hg_form_stub *stub = &x->table->stub[i];
        double *width = &plan->widths[i];
        for (unsigned en = 0; en < 2; en++)
            widen(width,
                  hg_times_word(hg_slice_of(pick(stub->label, en)), HG_PLAN_SIZE, true) +
                      PAD);
        for (size_t b = 0; b < x->n_blocks; b++)
            for (uint32_t row = 0; row < x->blocks[b].rows.n; row++) {
                double indent = stub->show == HG_STUB_LABEL
                                    ? HG_PLAN_INDENT * x->blocks[b].rows.lines[row].level
                                    : 0;
                hg_buf_clear(&buf);
                stub_text(&buf, plan, x, b, row, stub->show);
                widen(width, hg_times_width((hg_slice){ buf.data, buf.len }, HG_PLAN_SIZE,
                                            true) +
                                 PAD + indent);
            }
    }
    hg_status st = hg_buf_status(&buf, err);
    hg_buf_release(&buf);
    return st;
}

/* The stub's column of labels, and the width of the other columns. */
static double *find_label(const hg_plan *plan, const hg_crosstab *x, double *others)
{
    double *label = NULL;
    *others = 0;
    for (uint32_t i = 0; i < plan->cols; i++) {
        if (!label && i < plan->stub && x->table->stub[i].show == HG_STUB_LABEL)
            label = &plan->widths[i];
        else
            *others += plan->widths[i];
    }
    return label;
}

static void choose_paper(hg_plan *plan, const hg_crosstab *x, bool landscape)
{
    double across = landscape ? A4_LONG : A4_SHORT, down = landscape ? A4_SHORT : A4_LONG;
    hg_form_paper paper = x->table->paper;
    if (paper != HG_PAPER_AUTO && landscape != (paper == HG_PAPER_LANDSCAPE)) {
        choose_paper(plan, x, !landscape);
        return;
    }
    plan->landscape = landscape;
    plan->page = (across - HG_PLAN_LEFT - HG_PLAN_RIGHT) * POINTS_MM;
    plan->page_height = (down - HG_PLAN_TOP - HG_PLAN_BOTTOM) * POINTS_MM;
}

/* Choose the paper, hold the labels back, and let the figures fill the width. */
static void fit(hg_plan *plan, const hg_crosstab *x)
{
    double others, *label = find_label(plan, x, &others), wanted = label ? *label : 0;
    choose_paper(plan, x, false);
    double least = wanted < LABEL_LEAST * plan->page ? wanted : LABEL_LEAST * plan->page;
    choose_paper(plan, x, others + least > plan->page);
    double most = LABEL_MOST * plan->page;
    if (label && most > plan->page - others)
        most = plan->page - others > least ? plan->page - others : least;
    if (label && wanted > most)
        *label = most;
    double figures = hg_plan_span(plan, plan->stub, plan->cols - 1);
    double grow = (plan->page - hg_plan_span(plan, 0, plan->stub - 1)) / figures;
    if (x->n_leaves < 4 && label && *label < LABEL_LEAST * plan->page)
        *label = LABEL_LEAST * plan->page; /* few columns: a page, not a strip */
    grow = grow > STRETCH ? STRETCH : grow;
    for (uint32_t i = plan->stub; i < plan->cols && grow > 1; i++)
        plan->widths[i] *= grow;
    plan->width = hg_plan_span(plan, 0, plan->cols - 1);
}

static hg_status make(hg_plan *plan, const hg_crosstab *x, hg_err *err)
{
    plan->widths = calloc(plan->cols, sizeof *plan->widths);
    plan->numbers = calloc(x->n_blocks, sizeof *plan->numbers);
    if (!plan->widths || !plan->numbers)
        return hg_fail_nomem(err);
    plan->n_blocks = x->n_blocks;
    for (size_t b = 0; b < x->n_blocks; b++)
        if (number_block(plan, &x->blocks[b], b, err) != HG_OK)
            return err->status;
    for (uint32_t i = 0; i < x->n_leaves; i++) {
        unsigned level = x->columns.lines[x->leaves[i]].level + 1;
        plan->levels = level > plan->levels ? level : plan->levels;
        plan->widths[plan->stub + i] = x->of.form->blank ? TO_FILL : NARROWEST;
    }
    if (measure_stub(plan, x, err) != HG_OK || measure_headings(plan, x, err) != HG_OK)
        return err->status;
    measure_figures(plan, x);
    fit(plan, x);
    return HG_OK;
}

hg_status hg_plan_new(hg_plan **out, const hg_crosstab *x, hg_err *err)
{
    hg_plan *plan = *out = calloc(1, sizeof *plan);
    if (!plan)
        return hg_fail_nomem(err);
    plan->stub = (uint32_t)x->table->n_stub;
    plan->cols = plan->stub + x->n_leaves;
    if (make(plan, x, err) != HG_OK) {
        hg_plan_free(plan);
        *out = NULL;
    }
    return err->status;
}

void hg_plan_free(hg_plan *plan)
{
    if (!plan)
        return;
    for (size_t b = 0; plan->numbers && b < plan->n_blocks; b++)
        free(plan->numbers[b]);
    free(plan->numbers);
    free(plan->widths);
    free(plan);
}
