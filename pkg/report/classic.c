/* classic - draw a crosstab as the sheet of an official Vietnamese form or yearbook page
 */
#include "report/classic.h"
#include "report/canvas.h"
#include "report/charts.h"
#include "report/foot.h"
#include "report/head.h"
#include "report/plan.h"
#include "report/wording.h"
#include "text/message.h"
#include "text/period.h"
#include "text/times.h"

#include <stdlib.h>
#include <string.h>

#define LEAST_SCALE 0.8 /* of the type's size, to save a page */

/* ---- headings ---- */

/* What a heading says, into c->vi and c->en. */
static hg_status heading_text(hg_canvas *c, const hg_line *line)
{
    hg_buf_clear(&c->vi);
    hg_buf_clear(&c->en);
    hg_plan_label(&c->vi, c->x, line, false, '\n');
    if (c->x->of.form->english)
        hg_plan_label(&c->en, c->x, line, true, '\n');
    if (hg_buf_status(&c->vi, c->err) != HG_OK)
        return c->err->status;
    return hg_buf_status(&c->en, c->err);
}

static hg_area heading_area(const hg_canvas *c, uint32_t i)
{
    const hg_line *line = &c->x->columns.lines[i];
    uint32_t first, last, top = c->head1 + line->level;
    hg_plan_leaves(c->x, i, &first, &last);
    return (hg_area){ top, c->plan->stub + first + 1,
                      line->below ? top : c->head1 + c->plan->levels - 1,
                      c->plan->stub + last + 1 };
}

/* Heights of the heading rows: each fits its groups; the last also what spans several. */
static hg_status size_headings(hg_canvas *c, double *lines)
{
    const hg_axis *columns = &c->x->columns;
    for (unsigned pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < columns->n; i++) {
            hg_area a = heading_area(c, i);
            double have = 0;
            if ((a.row1 == a.row2) != (pass == 0))
                continue;
            if (heading_text(c, &columns->lines[i]) != HG_OK)
                return c->err->status;
            double need =
                hg_canvas_lines(c, hg_canvas_slice(&c->vi), HG_PLAN_SIZE, true, a) +
                (c->en.len
                     ? hg_canvas_lines(c, hg_canvas_slice(&c->en), HG_PLAN_SIZE, false, a)
                     : 0);
            for (uint32_t row = a.row1; row <= a.row2; row++)
                have += lines[row - c->head1];
            if (need > have)
                lines[a.row2 - c->head1] += need - have;
        }
    return HG_OK;
}

/* The stub's headings stand over all heading rows. */
static hg_status draw_stub_headings(hg_canvas *c)
{
    hg_style style = hg_canvas_framed(c, HG_CENTRE);
    style.bold = 1;
    for (uint32_t i = 0; i < c->plan->stub; i++) {
        hg_bilingual label = c->table->stub[i].label;
        hg_area area = { c->head1, i + 1, c->head1 + c->plan->levels - 1, i + 1 };
        if (hg_canvas_both(c, area, &style, hg_slice_of(label.vi), "\n",
                           hg_slice_of(hg_canvas_english(c, label))) != HG_OK)
            break;
    }
    return c->err->status;
}

/* A, B over the stub, 1, 2, 3=1+2 over the figures. */
static hg_status draw_ruler(hg_canvas *c)
{
    hg_style style = hg_canvas_framed(c, HG_CENTRE);
    style.size = HG_PLAN_SMALL;
    style.italic = 1;
    if (!c->table->ruler || hg_canvas_row(c, 1, HG_PLAN_SMALL) != HG_OK)
        return c->err->status;
    for (uint32_t i = 0; i < c->plan->cols; i++) {
        hg_area at = { c->row, i + 1, c->row, i + 1 };
        hg_buf_clear(&c->both);
        if (i < c->plan->stub)
            hg_wording_number(&c->both, HG_NUMBER_UPPER, i + 1, "");
        else
            hg_wording_ruler(&c->both, c->x, i - c->plan->stub);
        if (hg_buf_status(&c->both, c->err) != HG_OK ||
            hg_canvas_put(c, at, &style, hg_canvas_slice(&c->both)) != HG_OK)
            break;
    }
    return c->err->status;
}

static hg_status draw_headings(hg_canvas *c)
{
    hg_style style = hg_canvas_framed(c, HG_CENTRE);
    style.bold = 1;
    c->head1 = c->row + 1;
    c->heading_height = -c->height;
    double *lines = calloc(c->plan->levels, sizeof *lines);
    if (!lines)
        return hg_fail_nomem(c->err);
    if (size_headings(c, lines) == HG_OK)
        for (uint32_t i = 0; i < c->plan->levels; i++)
            if (hg_canvas_row(c, lines[i] < 1 ? 1 : lines[i], HG_PLAN_SIZE) != HG_OK)
                break;
    free(lines);
    for (uint32_t i = 0; i < c->x->columns.n && c->err->status == HG_OK; i++)
        if (heading_text(c, &c->x->columns.lines[i]) == HG_OK)
            hg_canvas_both(c, heading_area(c, i), &style, hg_canvas_slice(&c->vi), "\n",
                           hg_canvas_slice(&c->en));
    if (c->err->status != HG_OK || draw_stub_headings(c) != HG_OK)
        return c->err->status;
    draw_ruler(c);
    c->heading_height += c->height;
    return c->err->status;
}

/* ---- rows ---- */

/* Whether a line is bold where the form leaves it open: the top of a tree, and a total.
 */
static bool is_bold(const hg_canvas *c, const hg_cross_block *b, const hg_line *line)
{
    const hg_form_node *node = line->node;
    bool deep = false;
    if (node->look != HG_LOOK_AUTO)
        return node->look == HG_LOOK_BOLD;
    for (uint32_t i = 0; i < b->rows.n && !deep; i++)
        deep = b->rows.lines[i].level > 0;
    if (deep && line->level == 0)
        return true;
    for (size_t s = 0; s < b->form->n_sums && line->code; s++)
        if (node->field && strcmp(b->form->sums[s].field, node->field) == 0 &&
            hg_slice_is(hg_facts_text(c->x->of.facts, line->code),
                        b->form->sums[s].total))
            return true;
    return false;
}

/* The text of a label: numbering where no column has it, then both languages. */
static hg_status label_text(hg_canvas *c, size_t b, uint32_t row)
{
    const hg_line *line = &c->x->blocks[b].rows.lines[row];
    const char *number = c->plan->numbers[b][row];
    bool apart = false;
    for (size_t i = 0; i < c->table->n_stub; i++)
        apart |= c->table->stub[i].show == HG_STUB_NUMBER;
    hg_buf_clear(&c->vi);
    hg_buf_clear(&c->en);
    if (!apart && *number)
        hg_buf_printf(&c->vi,
                      line->numbering == HG_NUMBER_DASH    ? "%s "
                      : line->numbering == HG_NUMBER_LOWER ? "%s) "
                                                           : "%s. ",
                      number);
    hg_plan_label(&c->vi, c->x, line, false, ' ');
    if (c->x->of.form->english)
        hg_plan_label(&c->en, c->x, line, true, ' ');
    if (hg_buf_status(&c->vi, c->err) != HG_OK)
        return c->err->status;
    return hg_buf_status(&c->en, c->err);
}

/* Draw a row's label; *lines is what it needs. */
static hg_status draw_label(hg_canvas *c, size_t b, uint32_t row, uint32_t at,
                            uint32_t col, hg_style style, double *lines)
{
    const hg_line *line = &c->x->blocks[b].rows.lines[row];
    if (label_text(c, b, row) != HG_OK)
        return c->err->status;
    style.align = HG_LEFT;
    style.indent = (unsigned char)(line->level < 8 ? line->level : 8);
    double width = hg_plan_room(c->plan->widths[col - 1] - HG_PLAN_INDENT * style.indent);
    hg_slice vi = hg_canvas_slice(&c->vi), en = hg_canvas_slice(&c->en);
    double one = hg_times_width(vi, style.size, style.bold) +
                 hg_times_width(en, style.size, false) + 14;
    bool beside = en.n > 0 && one <= width;
    *lines = hg_times_lines(vi, style.size, style.bold, width) +
             (en.n > 0 && !beside ? hg_times_lines(en, style.size, false, width) : 0);
    return hg_canvas_both(c, (hg_area){ at, col, at, col }, &style, vi,
                          beside ? " - " : "\n", en);
}

static hg_status draw_stub(hg_canvas *c, size_t b, uint32_t row, uint32_t at,
                           hg_style style, double *lines)
{
    const hg_line *line = &c->x->blocks[b].rows.lines[row];
    *lines = 1;
    for (uint32_t i = 0; i < c->plan->stub && c->err->status == HG_OK; i++) {
        hg_area area = { at, i + 1, at, i + 1 };
        style.align = HG_CENTRE;
        switch (c->table->stub[i].show) {
        case HG_STUB_LABEL: draw_label(c, b, row, at, i + 1, style, lines); break;
        case HG_STUB_NUMBER:
            hg_canvas_put(c, area, &style, hg_slice_of(c->plan->numbers[b][row]));
            break;
        case HG_STUB_CODE:
            hg_canvas_put(c, area, &style,
                          line->code ? hg_facts_text(c->x->of.facts, line->code)
                                     : HG_SLICE(""));
            break;
        case HG_STUB_UNIT:
            hg_canvas_put(c, area, &style, hg_slice_of(hg_crosstab_unit(c->x, line).vi));
            break;
        }
    }
    return c->err->status;
}

static hg_status draw_figure(hg_canvas *c, hg_stand stand, size_t i, hg_style style)
{
    static const hg_figure_words words = { "-", "…", "", "(SB)", "(ƯT)" };
    static const hg_figure_words empty = { "", "", "", "(SB)", "(ƯT)" };
    const hg_figure *f = &stand.block->figures[i];
    style.align = HG_RIGHT;
    style.indent = 1;
    style.wrap = 0;
    style.open = c->x->of.form->blank && f->row > 0 && f->sum == 0;
    if (style.open && style.bottom == HG_NO_LINE)
        style.bottom = HG_HAIR; /* a line to write on */
    return hg_figure_put(c->book, c->x, stand, i, &style,
                         c->x->of.form->blank ? &empty : &words, &c->both, c->err);
}

static hg_status draw_row(hg_canvas *c, size_t b, uint32_t row, bool last)
{
    const hg_cross_block *block = &c->x->blocks[b];
    const hg_line *line = &block->rows.lines[row];
    hg_style style = hg_canvas_inner(c, HG_LEFT, last);
    double lines;
    style.bold = is_bold(c, block, line);
    style.italic = line->node->look == HG_LOOK_ITALIC;
    if (draw_stub(c, b, row, c->stands[b].rows[row], style, &lines) != HG_OK ||
        hg_canvas_row(c, lines, HG_PLAN_SIZE) != HG_OK)
        return c->err->status;
    for (uint32_t leaf = 0; leaf < c->x->n_leaves; leaf++)
        if (draw_figure(c, c->stands[b], (size_t)row * c->x->n_leaves + leaf, style) !=
            HG_OK)
            break;
    return c->err->status;
}

/* A block's title stands over the figures, in a row of its own. */
static hg_status draw_block_title(hg_canvas *c, const hg_cross_block *b)
{
    hg_slice vi = hg_slice_of(b->form->title.vi),
             en = hg_slice_of(hg_canvas_english(c, b->form->title));
    hg_area area = { c->row + 1, c->plan->stub + 1, c->row + 1, c->plan->cols };
    hg_style style = hg_canvas_inner(c, HG_CENTRE, false);
    if (vi.n == 0)
        return HG_OK;
    style.bold = 1;
    double one =
        hg_times_width(vi, style.size, true) + hg_times_width(en, style.size, false);
    bool beside = one + 20 < hg_plan_span(c->plan, area.col1 - 1, area.col2 - 1);
    unsigned lines = hg_canvas_lines(c, vi, style.size, true, area);
    if (en.n && !beside)
        lines += hg_canvas_lines(c, en, style.size, false, area);
    if (hg_canvas_row(c, lines + (hg_canvas_yearbook(c) ? 0.4 : 0.1), HG_PLAN_SIZE) !=
        HG_OK)
        return c->err->status;
    for (uint32_t i = 1; i <= c->plan->stub; i++)
        if (hg_canvas_put(c, (hg_area){ c->row, i, c->row, i }, &style, HG_SLICE("")) !=
            HG_OK)
            return c->err->status;
    return hg_canvas_both(c, area, &style, vi, beside ? " - " : "\n", en);
}

/* Say where each line of each block will stand. */
static hg_status place_rows(hg_canvas *c)
{
    uint32_t row = c->row, n = 0;
    for (size_t b = 0; b < c->x->n_blocks; b++)
        n += c->x->blocks[b].rows.n;
    uint32_t *rows = c->rows = calloc((size_t)n + 1, sizeof *rows);
    c->stands = calloc(c->x->n_blocks, sizeof *c->stands);
    if (!c->rows || !c->stands)
        return hg_fail_nomem(c->err);
    for (size_t b = 0; b < c->x->n_blocks; b++) {
        const hg_cross_block *block = &c->x->blocks[b];
        row += block->form->title.vi ? 1u : 0u;
        c->stands[b] = (hg_stand){ block, rows, c->plan->stub + 1 };
        for (uint32_t i = 0; i < block->rows.n; i++)
            *rows++ = ++row;
    }
    return HG_OK;
}

static hg_status draw_body(hg_canvas *c)
{
    if (place_rows(c) != HG_OK)
        return c->err->status;
    for (size_t b = 0; b < c->x->n_blocks; b++) {
        uint32_t n = c->x->blocks[b].rows.n;
        if (draw_block_title(c, &c->x->blocks[b]) != HG_OK)
            break;
        for (uint32_t i = 0; i < n && c->err->status == HG_OK; i++)
            draw_row(c, b, i, i + 1 == n && b + 1 == c->x->n_blocks);
    }
    return c->err->status;
}

/* ---- the sheet ---- */

/* Pages down that the sheet is fitted to: a last page that would hold little is saved by
 * making all a bit smaller. 0: as many as it takes. */
static unsigned fit_down(const hg_canvas *c, double *pages)
{
    const hg_plan *plan = c->plan;
    double scale = plan->width > plan->page ? plan->page / plan->width : 1;
    *pages = c->height * scale / plan->page_height;
    unsigned whole = (unsigned)*pages;
    double repeated = c->heading_height * scale / plan->page_height * (whole - 1.0);
    return whole > 0 && whole / (*pages + repeated) > LEAST_SCALE ? whole : 0;
}

static hg_status set_up(hg_canvas *c)
{
    const hg_plan *plan = c->plan;
    double pages;
    unsigned down = fit_down(c, &pages);
    bool numbered = pages > 1 && down != 1;
    bool continued = numbered && hg_canvas_yearbook(c);
    hg_bilingual word = hg_wording(HG_WORD_CONTINUED);
    hg_buf_clear(&c->both);
    hg_buf_printf(&c->both, "%s. %s %s", c->table->head.number, word.vi,
                  c->x->of.form->english ? word.en : "");
    hg_page page = { .landscape = plan->landscape,
                     .left = HG_PLAN_LEFT,
                     .right = HG_PLAN_RIGHT,
                     .top = HG_PLAN_TOP,
                     .bottom = HG_PLAN_BOTTOM,
                     .header = continued ? HG_PLAN_TOP / 3 : HG_PLAN_TOP / 2,
                     .repeat1 = c->head1,
                     .repeat2 = c->head1 + plan->levels - 1 + c->table->ruler,
                     .rows = c->row,
                     .cols = plan->cols,
                     .down = down,
                     .numbered = numbered,
                     .continued = continued ? c->both.data : NULL };
    if (hg_buf_status(&c->both, c->err) != HG_OK)
        return c->err->status;
    for (uint32_t i = 0; i < plan->cols; i++)
        if (hg_book_width(c->book, i + 1, plan->widths[i], c->err) != HG_OK)
            return c->err->status;
    return hg_book_print(c->book, &page, c->err);
}

static hg_status begin_sheet(hg_canvas *c)
{
    hg_buf_clear(&c->name);
    hg_wording_sheet(&c->name, c->table, "Biểu");
    if (hg_buf_status(&c->name, c->err) != HG_OK)
        return c->err->status;
    return hg_book_sheet(c->book, c->name.data, c->err);
}

/* Name an area of the sheet for people's formulas and other programs: "hg.t1.data". */
static hg_status name_area(hg_canvas *c, const char *what, hg_area area)
{
    hg_buf_clear(&c->both);
    hg_buf_printf(&c->both, "hg.t%u.%s", c->notebook.keeper->n_sheets, what);
    if (hg_buf_status(&c->both, c->err) != HG_OK)
        return c->err->status;
    return hg_book_name(c->book, c->both.data, area, c->err);
}

/* The headings, the labels, and the figures of all blocks with the rows between them. */
static hg_status name_areas(hg_canvas *c, hg_area head)
{
    hg_stand first = c->stands[0], last = c->stands[c->x->n_blocks - 1];
    uint32_t stub = c->plan->stub;
    if (first.block->rows.n == 0 || last.block->rows.n == 0)
        return HG_OK;
    hg_area data = { first.rows[0], stub + 1, last.rows[last.block->rows.n - 1],
                     c->plan->cols };
    if (name_area(c, "header", head) != HG_OK || name_area(c, "data", data) != HG_OK)
        return c->err->status;
    return name_area(c, "stub", (hg_area){ data.row1, 1, data.row2, stub });
}

/* Note where the figures stand, so that the sheet can be read back. */
static hg_status note_down(hg_canvas *c)
{
    hg_keeper *keeper = c->notebook.keeper;
    hg_area head = { c->head1, 1, c->head1 + c->plan->levels - 1 + c->table->ruler,
                     c->plan->cols };
    if (hg_keep_sheet(keeper, c->name.data, head, c->row, c->plan->cols, c->err) != HG_OK ||
        name_areas(c, head) != HG_OK)
        return c->err->status;
    for (size_t b = 0; b < c->x->n_blocks && c->err->status == HG_OK; b++)
        hg_keep_figures(keeper, c->notebook.data, c->x, c->stands[b], c->err);
    return c->err->status;
}

/* "=OR(AND(ISNUMBER(B8),B8>=0),B8="-",B8="…")": what the cells of a form take. */
static hg_status check_block(hg_canvas *c, size_t b)
{
    hg_stand s = c->stands[b];
    uint32_t n = s.block->rows.n;
    const char *least = c->table->minimum;
    char a1[24];
    if (n == 0)
        return HG_OK;
    hg_area area = { s.rows[0], s.column, s.rows[n - 1], c->plan->cols };
    hg_text_a1(a1, area.row1, area.col1);
    hg_buf_clear(&c->both);
    hg_buf_printf(&c->both, "=OR(AND(ISNUMBER(%s)", a1);
    if (*least)
        hg_buf_printf(&c->both, ",%s>=%s", a1, least);
    hg_buf_printf(&c->both, "),%s=\"-\",%s=\"…\")", a1, a1);
    hg_buf_clear(&c->vi);
    hg_buf_printf(&c->vi, "Nhập số%s%s; “-” nếu không phát sinh, “…” nếu không thu thập được.",
                  *least ? " từ " : "", least);
    if (hg_buf_status(&c->both, c->err) != HG_OK || hg_buf_status(&c->vi, c->err) != HG_OK)
        return c->err->status;
    return hg_book_check(c->book, area, c->both.data, "Số liệu", c->vi.data, c->err);
}

/* A form is open where figures go, and in its head and foot; the rest is protected. */
static hg_status make_form(hg_canvas *c)
{
    for (size_t b = 0; b < c->x->n_blocks && c->err->status == HG_OK; b++)
        check_block(c, b);
    hg_book_protect(c->book);
    return c->err->status;
}

#define CHART_ROWS   23 /* from one chart to the next: two go on a page */
#define CHART_COLS   10
#define CHART_WIDTH  460.0 /* points, of a page upright */
#define CHART_HEIGHT 330.0

/* Rows and columns of a size that charts can be placed by. */
static hg_status size_chart_sheet(hg_canvas *c, uint32_t rows)
{
    for (uint32_t i = 1; i <= rows && c->err->status == HG_OK; i++)
        hg_book_height(c->book, i, HG_PLAN_LINE, c->err);
    for (uint32_t i = 1; i <= CHART_COLS && c->err->status == HG_OK; i++)
        hg_book_width(c->book, i, CHART_WIDTH / CHART_COLS + 0.5, c->err);
    return c->err->status;
}

/* "Biểu đồ 01": the table's charts on a sheet of their own, with the source below. */
static hg_status draw_charts(hg_canvas *c)
{
    hg_chart_place place = { .sheet = c->name.data, .row = 1, .col = 1, .rows = CHART_ROWS,
                             .width = CHART_WIDTH, .height = CHART_HEIGHT };
    hg_page page = { .left = HG_PLAN_LEFT, .right = HG_PLAN_RIGHT,
                     .top = HG_PLAN_TOP, .bottom = HG_PLAN_BOTTOM,
                     .header = HG_PLAN_TOP / 2, .cols = CHART_COLS };
    hg_style style = hg_canvas_plain;
    style.wrap = 0;
    style.size = HG_PLAN_SMALL;
    hg_buf_clear(&c->both);
    hg_wording_sheet(&c->both, c->table, "Biểu đồ");
    if (hg_buf_status(&c->both, c->err) != HG_OK ||
        hg_book_sheet(c->book, c->both.data, c->err) != HG_OK)
        return c->err->status;
    for (size_t b = 0; b < c->x->n_blocks && c->err->status == HG_OK; b++) {
        hg_charts_draw(c->book, c->notebook.keeper->carrier, c->x, c->stands[b], &place,
                       c->err);
        place.row += CHART_ROWS * (uint32_t)hg_charts_of(c->x, c->stands[b].block);
    }
    hg_buf_clear(&c->both);
    hg_buf_printf(&c->both, "%s%s", hg_wording(HG_WORD_SOURCE).vi,
                  c->table->source.vi ? c->table->source.vi : "");
    if (hg_buf_status(&c->both, c->err) == HG_OK && c->err->status == HG_OK &&
        c->table->source.vi)
        hg_canvas_put(c, (hg_area){ place.row, 1, place.row, 1 }, &style,
                      hg_canvas_slice(&c->both));
    page.rows = place.row;
    return size_chart_sheet(c, place.row) == HG_OK ? hg_book_print(c->book, &page, c->err)
                                   : c->err->status;
}

static hg_status draw(hg_canvas *c)
{
    if (begin_sheet(c) != HG_OK)
        return c->err->status;
    if (hg_head_draw(c) != HG_OK || draw_headings(c) != HG_OK || draw_body(c) != HG_OK ||
        hg_foot_draw(c) != HG_OK || set_up(c) != HG_OK ||
        (c->x->of.form->blank && make_form(c) != HG_OK))
        return c->err->status;
    if (note_down(c) != HG_OK || c->table->n_charts == 0 || c->x->of.form->blank)
        return c->err->status;
    return draw_charts(c);
}

hg_status hg_classic_draw(hg_book *book, const hg_crosstab *x,
                          const hg_classic_defaults *defaults, hg_notebook notebook,
                          hg_err *err)
{
    hg_canvas c = { .book = book,
                    .x = x,
                    .table = x->table,
                    .defaults = defaults,
                    .notebook = notebook,
                    .err = err };
    if (hg_plan_new(&c.plan, x, err) == HG_OK)
        draw(&c);
    hg_plan_free(c.plan);
    free(c.rows);
    free(c.stands);
    hg_buf_release(&c.vi);
    hg_buf_release(&c.en);
    hg_buf_release(&c.both);
    hg_buf_release(&c.name);
    return err->status;
}
