/* classic - draw a crosstab as the sheet of an official Vietnamese form or yearbook page
 */
#include "report/classic.h"
#include "report/plan.h"
#include "report/wording.h"
#include "text/message.h"
#include "text/times.h"

#include <stdlib.h>
#include <string.h>

#define LEAST_SCALE 0.8 /* of the type's size, to save a page */

typedef struct canvas {
    hg_book *book;
    const hg_crosstab *x;
    const hg_form_table *table;
    const hg_classic_defaults *defaults;
    hg_plan *plan;
    uint32_t row;          /* the last one drawn */
    uint32_t head1;        /* first row of the headings */
    uint32_t *starts;      /* per block, the sheet's row of its first line */
    double height;         /* points of all rows so far */
    double heading_height; /* of the headings, which each page repeats */
    hg_buf vi, en, both;   /* scratch */
    hg_err *err;
} canvas;

static const hg_style plain = { .size = HG_PLAN_SIZE, .wrap = 1, .valign = HG_MIDDLE };

static bool yearbook(const canvas *c)
{
    return c->table->head.style == HG_HEAD_YEARBOOK;
}

/* A cell of the table proper: full lines on a form, lines across only in a yearbook. */
static hg_style framed(const canvas *c, unsigned char align)
{
    hg_style style = plain;
    style.align = align;
    style.top = style.bottom = HG_THIN;
    style.left = style.right = yearbook(c) ? HG_NO_LINE : HG_THIN;
    return style;
}

/* A cell between the table's first and last row: light lines between rows, or none. */
static hg_style inner(const canvas *c, unsigned char align, bool last)
{
    hg_style style = framed(c, align);
    style.top = yearbook(c) ? HG_NO_LINE : HG_HAIR;
    style.bottom = last ? HG_THIN : style.top;
    return style;
}

static hg_area across(const canvas *c, uint32_t row)
{
    return (hg_area){ row, 1, row, c->plan->cols };
}

/* Go to the next row and give it so many lines of the size. */
static hg_status next_row(canvas *c, double lines, double size)
{
    double points = lines * HG_PLAN_LINE * size / HG_PLAN_SIZE + 2;
    c->height += points;
    return hg_book_height(c->book, ++c->row, points, c->err);
}

static hg_slice slice(const hg_buf *buf)
{
    return (hg_slice){ buf->data ? buf->data : "", buf->len };
}

/* One piece of text in an area. */
static hg_status put(canvas *c, hg_area area, const hg_style *style, hg_slice text)
{
    hg_run run = { text, style->bold, style->italic };
    return hg_book_text(c->book, area, style, &run, 1, c->err);
}

/* Vietnamese in the style's type and, after between, English in italics. */
static hg_status put_both(canvas *c, hg_area area, const hg_style *style, hg_slice vi,
                          const char *between, hg_slice en)
{
    hg_run runs[] = { { vi, style->bold, style->italic },
                      { en.n ? hg_slice_of(between) : en, false, true },
                      { en, false, true } };
    return hg_book_text(c->book, area, style, runs, 3, c->err);
}

/* What is English of a text on this report; empty on a Vietnamese one. */
static const char *english(const canvas *c, hg_bilingual text)
{
    return c->x->of.form->english && text.en ? text.en : "";
}

static unsigned lines_in(const canvas *c, hg_slice text, double size, bool bold,
                         hg_area area)
{
    double width = hg_plan_span(c->plan, area.col1 - 1, area.col2 - 1);
    return hg_times_lines(text, size, bold, hg_plan_room(width));
}

/* ---- above the table ---- */

/* A full row of text in both languages, English on a line of its own. */
static hg_status full_row(canvas *c, hg_style style, hg_bilingual text)
{
    hg_area area = across(c, c->row + 1);
    hg_slice vi = hg_slice_of(text.vi), en = hg_slice_of(english(c, text));
    unsigned lines = lines_in(c, vi, style.size, style.bold, area);
    if (en.n)
        lines += lines_in(c, en, style.size, false, area);
    if (next_row(c, lines, style.size) != HG_OK)
        return c->err->status;
    return put_both(c, area, &style, vi, "\n", en);
}

static hg_bilingual title_of(const canvas *c)
{
    return c->table->title.vi ? c->table->title : c->defaults->title;
}

/* Number, title in bold, the English title in italics, the period. */
static hg_status draw_yearbook_head(canvas *c)
{
    hg_bilingual title = title_of(c);
    hg_style style = plain;
    style.size = HG_PLAN_TITLE;
    style.bold = 1;
    hg_buf_clear(&c->vi);
    hg_buf_printf(&c->vi, "%s. %s", c->table->head.number, title.vi ? title.vi : "");
    if (hg_buf_status(&c->vi, c->err) != HG_OK ||
        full_row(c, style, (hg_bilingual){ c->vi.data, title.en }) != HG_OK)
        return c->err->status;
    style.bold = 0;
    style.italic = 1;
    return c->table->period.vi ? full_row(c, style, c->table->period) : HG_OK;
}

/* One of the three blocks: pieces of text, each with its own weight. */
typedef struct head_block {
    hg_run runs[8];
    size_t n;
    hg_area area;
    double size;
    unsigned lines;
} head_block;

static void add_run(head_block *b, const char *text, bool bold, bool italic)
{
    if (text && *text)
        b->runs[b->n++] = (hg_run){ hg_slice_of(text), bold, italic };
}

static const char *dots(const char *text)
{
    return text && *text ? text : "……………";
}

static void fill_blocks(canvas *c, head_block *left, head_block *centre,
                        head_block *right)
{
    const hg_form_head *head = &c->table->head;
    const char *reporting = head->reporting ? head->reporting : c->defaults->reporting;
    hg_bilingual title = title_of(c);
    add_run(left, hg_wording(HG_WORD_FORM).vi, true, false);
    add_run(left, head->number, true, false);
    add_run(left, head->basis ? "\n" : NULL, false, false);
    add_run(left, head->basis, false, false);
    add_run(left, "\n", false, false);
    add_run(left, hg_wording(HG_WORD_RECEIVED).vi, false, false);
    add_run(left, dots(head->received), false, false);
    hg_wording_capitals(&c->vi, title.vi ? title.vi : "");
    add_run(centre, c->vi.data, true, false);
    add_run(centre, c->table->period.vi ? "\n" : NULL, false, false);
    add_run(centre, c->table->period.vi, false, true);
    add_run(right, hg_wording(HG_WORD_REPORTING).vi, false, false);
    add_run(right, "\n", false, false);
    add_run(right, dots(reporting), true, false);
    add_run(right, "\n", false, false);
    add_run(right, hg_wording(HG_WORD_RECEIVING).vi, false, false);
    add_run(right, "\n", false, false);
    add_run(right, dots(head->receiving), true, false);
}

/* Lines that a block's text takes in its area. */
static hg_status measure_block(canvas *c, head_block *b)
{
    hg_buf_clear(&c->both);
    for (size_t i = 0; i < b->n; i++)
        hg_buf_put(&c->both, b->runs[i].text.p, b->runs[i].text.n);
    b->lines = lines_in(c, slice(&c->both), b->size, true, b->area);
    return hg_buf_status(&c->both, c->err);
}

/* The three blocks side by side, or one below the other on a sheet of fewer columns. */
static hg_status place_blocks(canvas *c, head_block *blocks)
{
    uint32_t cols = c->plan->cols, row = c->row + 1, end = 0;
    bool beside = cols >= 3;
    double most = 0;
    for (uint32_t i = 0; i < 3; i++) {
        blocks[i].size = i == 1 ? HG_PLAN_TITLE : HG_PLAN_SIZE;
        blocks[i].area = (hg_area){ row + i, 1, row + i, cols };
        if (beside) {
            uint32_t first = end;
            end = i == 2 ? cols : hg_plan_share(c->plan, first, i ? 0.4 : 0.3, 2 - i) + 1;
            blocks[i].area = (hg_area){ row, first + 1, row, end };
        }
        if (measure_block(c, &blocks[i]) != HG_OK ||
            (!beside && next_row(c, blocks[i].lines, HG_PLAN_SIZE) != HG_OK))
            return c->err->status;
        most = blocks[i].lines > most ? blocks[i].lines : most;
    }
    return beside ? next_row(c, most, HG_PLAN_TITLE) : HG_OK;
}

/* Form number, basis and receipt on the left, the title in the middle, the units right.
 */
static hg_status draw_form_head(canvas *c)
{
    static const unsigned char align[] = { HG_LEFT, HG_CENTRE, HG_LEFT };
    head_block blocks[3] = { 0 };
    hg_buf_clear(&c->vi);
    fill_blocks(c, &blocks[0], &blocks[1], &blocks[2]);
    if (hg_buf_status(&c->vi, c->err) != HG_OK || place_blocks(c, blocks) != HG_OK)
        return c->err->status;
    for (size_t i = 0; i < 3; i++) {
        hg_style style = plain;
        style.align = align[i];
        style.valign = HG_TOP;
        style.indent = i == 2; /* off the title */
        style.size = (unsigned char)blocks[i].size;
        if (hg_book_text(c->book, blocks[i].area, &style, blocks[i].runs, blocks[i].n,
                         c->err) != HG_OK)
            break;
    }
    return c->err->status;
}

/* "Đơn vị tính: …" right above the table's right edge. */
static hg_status draw_unit_line(canvas *c)
{
    hg_bilingual word = hg_wording(HG_WORD_UNIT), unit = c->table->unit;
    hg_style style = plain;
    if (!unit.vi)
        return next_row(c, 0.5, HG_PLAN_SIZE);
    style.align = HG_RIGHT;
    style.italic = 1;
    style.wrap = 0;
    hg_buf_clear(&c->both);
    hg_buf_printf(&c->both, "%s%s", word.vi, unit.vi);
    if (*english(c, unit))
        hg_buf_printf(&c->both, " - %s%s", word.en, unit.en);
    if (hg_buf_status(&c->both, c->err) != HG_OK || next_row(c, 1, HG_PLAN_SIZE) != HG_OK)
        return c->err->status;
    return put(c, across(c, c->row), &style, slice(&c->both));
}

/* ---- headings ---- */

/* What a heading says, into c->vi and c->en. */
static hg_status heading_text(canvas *c, const hg_line *line)
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

static hg_area heading_area(const canvas *c, uint32_t i)
{
    const hg_line *line = &c->x->columns.lines[i];
    uint32_t first, last, top = c->head1 + line->level;
    hg_plan_leaves(c->x, i, &first, &last);
    return (hg_area){ top, c->plan->stub + first + 1,
                      line->below ? top : c->head1 + c->plan->levels - 1,
                      c->plan->stub + last + 1 };
}

/* Heights of the heading rows: each fits its groups; the last also what spans several. */
static hg_status size_headings(canvas *c, double *lines)
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
                lines_in(c, slice(&c->vi), HG_PLAN_SIZE, true, a) +
                (c->en.len ? lines_in(c, slice(&c->en), HG_PLAN_SIZE, false, a) : 0);
            for (uint32_t row = a.row1; row <= a.row2; row++)
                have += lines[row - c->head1];
            if (need > have)
                lines[a.row2 - c->head1] += need - have;
        }
    return HG_OK;
}

/* The stub's headings stand over all heading rows. */
static hg_status draw_stub_headings(canvas *c)
{
    hg_style style = framed(c, HG_CENTRE);
    style.bold = 1;
    for (uint32_t i = 0; i < c->plan->stub; i++) {
        hg_bilingual label = c->table->stub[i].label;
        hg_area area = { c->head1, i + 1, c->head1 + c->plan->levels - 1, i + 1 };
        if (put_both(c, area, &style, hg_slice_of(label.vi), "\n",
                     hg_slice_of(english(c, label))) != HG_OK)
            break;
    }
    return c->err->status;
}

/* A, B over the stub, 1, 2, 3=1+2 over the figures. */
static hg_status draw_ruler(canvas *c)
{
    hg_style style = framed(c, HG_CENTRE);
    style.size = HG_PLAN_SMALL;
    style.italic = 1;
    if (!c->table->ruler || next_row(c, 1, HG_PLAN_SMALL) != HG_OK)
        return c->err->status;
    for (uint32_t i = 0; i < c->plan->cols; i++) {
        hg_area at = { c->row, i + 1, c->row, i + 1 };
        hg_buf_clear(&c->both);
        if (i < c->plan->stub)
            hg_wording_number(&c->both, HG_NUMBER_UPPER, i + 1, "");
        else
            hg_wording_ruler(&c->both, c->x, i - c->plan->stub);
        if (hg_buf_status(&c->both, c->err) != HG_OK ||
            put(c, at, &style, slice(&c->both)) != HG_OK)
            break;
    }
    return c->err->status;
}

static hg_status draw_headings(canvas *c)
{
    hg_style style = framed(c, HG_CENTRE);
    style.bold = 1;
    c->head1 = c->row + 1;
    c->heading_height = -c->height;
    double *lines = calloc(c->plan->levels, sizeof *lines);
    if (!lines)
        return hg_fail_nomem(c->err);
    if (size_headings(c, lines) == HG_OK)
        for (uint32_t i = 0; i < c->plan->levels; i++)
            if (next_row(c, lines[i] < 1 ? 1 : lines[i], HG_PLAN_SIZE) != HG_OK)
                break;
    free(lines);
    for (uint32_t i = 0; i < c->x->columns.n && c->err->status == HG_OK; i++)
        if (heading_text(c, &c->x->columns.lines[i]) == HG_OK)
            put_both(c, heading_area(c, i), &style, slice(&c->vi), "\n", slice(&c->en));
    if (c->err->status != HG_OK || draw_stub_headings(c) != HG_OK)
        return c->err->status;
    draw_ruler(c);
    c->heading_height += c->height;
    return c->err->status;
}

/* ---- rows ---- */

/* Whether a line is bold where the form leaves it open: the top of a tree, and a total.
 */
static bool is_bold(const canvas *c, const hg_cross_block *b, const hg_line *line)
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
static hg_status label_text(canvas *c, size_t b, uint32_t row)
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
static hg_status draw_label(canvas *c, size_t b, uint32_t row, uint32_t at, uint32_t col,
                            hg_style style, double *lines)
{
    const hg_line *line = &c->x->blocks[b].rows.lines[row];
    if (label_text(c, b, row) != HG_OK)
        return c->err->status;
    style.align = HG_LEFT;
    style.indent = (unsigned char)(line->level < 8 ? line->level : 8);
    double width = hg_plan_room(c->plan->widths[col - 1] - HG_PLAN_INDENT * style.indent);
    hg_slice vi = slice(&c->vi), en = slice(&c->en);
    double one = hg_times_width(vi, style.size, style.bold) +
                 hg_times_width(en, style.size, false) + 14;
    bool beside = en.n > 0 && one <= width;
    *lines = hg_times_lines(vi, style.size, style.bold, width) +
             (en.n > 0 && !beside ? hg_times_lines(en, style.size, false, width) : 0);
    return put_both(c, (hg_area){ at, col, at, col }, &style, vi, beside ? " - " : "\n",
                    en);
}

static hg_status draw_stub(canvas *c, size_t b, uint32_t row, uint32_t at, hg_style style,
                           double *lines)
{
    const hg_line *line = &c->x->blocks[b].rows.lines[row];
    *lines = 1;
    for (uint32_t i = 0; i < c->plan->stub && c->err->status == HG_OK; i++) {
        hg_area area = { at, i + 1, at, i + 1 };
        style.align = HG_CENTRE;
        switch (c->table->stub[i].show) {
        case HG_STUB_LABEL: draw_label(c, b, row, at, i + 1, style, lines); break;
        case HG_STUB_NUMBER:
            put(c, area, &style, hg_slice_of(c->plan->numbers[b][row]));
            break;
        case HG_STUB_CODE:
            put(c, area, &style,
                line->code ? hg_facts_text(c->x->of.facts, line->code) : HG_SLICE(""));
            break;
        case HG_STUB_UNIT:
            put(c, area, &style, hg_slice_of(hg_crosstab_unit(c->x, line).vi));
            break;
        }
    }
    return c->err->status;
}

/* "#,##0.0", with "(SB)" behind a figure that is marked by itself. */
static void number_format(const canvas *c, const hg_cross_block *b, const hg_line *row,
                          uint32_t leaf, const hg_figure *f, char format[static 29])
{
    int decimals = b->form->decimals < 0 ? (int)b->decimals : b->form->decimals;
    char mark = c->x->columns.lines[c->x->leaves[leaf]].mark;
    mark = mark ? mark : row->mark;
    bool alone = f->status != mark && (f->status == 'P' || f->status == 'E');
    memset(format, 0, 29); /* styles compare by their bytes */
    hg_buf buf = { 0 };
    hg_buf_printf(&buf, "#,##0%s%.*s%s", decimals ? "." : "",
                  decimals < 10 ? decimals : 10, "0000000000",
                  !alone             ? ""
                  : f->status == 'P' ? "\" (SB)\""
                                     : "\" (ƯT)\"");
    if (buf.data && buf.len < 29)
        memcpy(format, buf.data, buf.len);
    hg_buf_release(&buf);
}

static void cell_of(const canvas *c, const hg_cross_block *b, size_t figure,
                    uint32_t *row, uint32_t *col)
{
    *row = c->starts[b - c->x->blocks] + (uint32_t)(figure / c->x->n_leaves);
    *col = c->plan->stub + (uint32_t)(figure % c->x->n_leaves) + 1;
}

/* Whether the parts of a sum are neighbours, one after the other. */
static bool in_a_row(const canvas *c, const hg_cross_block *b, const hg_form_sum *sum,
                     size_t figure)
{
    size_t first = hg_crosstab_part(c->x, b, sum, figure, 0), step = 0;
    for (size_t i = 1; i < sum->n_parts; i++) {
        size_t part = hg_crosstab_part(c->x, b, sum, figure, i);
        if (i == 1)
            step = part - first;
        if (part != first + i * step)
            return false;
    }
    return sum->n_parts > 2 && (step == 1 || step == c->x->n_leaves) &&
           (step != 1 || first % c->x->n_leaves + sum->n_parts <= c->x->n_leaves);
}

/* "=C4+D4", "=SUM(C4:E4)", rounded where the figures have decimals, so that it gives the
 * same double as the decimal number published. */
static hg_status sum_formula(canvas *c, const hg_cross_block *b, const hg_form_sum *sum,
                             size_t figure)
{
    bool range = in_a_row(c, b, sum, figure);
    char a1[24];
    uint32_t row, col;
    hg_buf_clear(&c->both);
    hg_buf_printf(&c->both, "=%s%s", b->decimals ? "ROUND(" : "", range ? "SUM(" : "");
    for (size_t i = 0; i < sum->n_parts; i++) {
        if (range && i > 0 && i + 1 < sum->n_parts)
            continue;
        cell_of(c, b, hg_crosstab_part(c->x, b, sum, figure, i), &row, &col);
        hg_text_a1(a1, row, col);
        hg_buf_printf(&c->both, "%s%s", i == 0 ? "" : range ? ":" : "+", a1);
    }
    hg_buf_puts(&c->both, range ? ")" : "");
    if (b->decimals)
        hg_buf_printf(&c->both, ",%u)", b->decimals);
    return hg_buf_status(&c->both, c->err);
}

static hg_status draw_figure(canvas *c, const hg_cross_block *b, size_t i, hg_style style)
{
    const hg_figure *f = &b->figures[i];
    const hg_line *line = &b->rows.lines[i / c->x->n_leaves];
    uint32_t leaf = (uint32_t)(i % c->x->n_leaves), row, col;
    cell_of(c, b, i, &row, &col);
    style.align = HG_RIGHT;
    style.indent = 1;
    style.wrap = 0;
    if (line->heading || !f->number) {
        bool shown = !line->heading && f->row;
        return put(c, (hg_area){ row, col, row, col }, &style,
                   hg_slice_of(!shown             ? ""
                               : f->status == 'L' ? "-"
                                                  : "…"));
    }
    number_format(c, b, line, leaf, f, style.number);
    char value[HG_DECIMAL_TEXT];
    hg_decimal_print(value, f->value);
    if (!f->sum)
        return hg_book_number(c->book, row, col, &style, hg_slice_of(value), c->err);
    if (sum_formula(c, b, &b->form->sums[f->sum - 1], i) != HG_OK)
        return c->err->status;
    return hg_book_formula(c->book, row, col, &style, c->both.data, hg_slice_of(value),
                           c->err);
}

static hg_status draw_row(canvas *c, size_t b, uint32_t row, bool last)
{
    const hg_cross_block *block = &c->x->blocks[b];
    const hg_line *line = &block->rows.lines[row];
    hg_style style = inner(c, HG_LEFT, last);
    double lines;
    style.bold = is_bold(c, block, line);
    style.italic = line->node->look == HG_LOOK_ITALIC;
    if (draw_stub(c, b, row, c->starts[b] + row, style, &lines) != HG_OK ||
        next_row(c, lines, HG_PLAN_SIZE) != HG_OK)
        return c->err->status;
    for (uint32_t leaf = 0; leaf < c->x->n_leaves; leaf++)
        if (draw_figure(c, block, (size_t)row * c->x->n_leaves + leaf, style) != HG_OK)
            break;
    return c->err->status;
}

/* A block's title stands over the figures, in a row of its own. */
static hg_status draw_block_title(canvas *c, const hg_cross_block *b)
{
    hg_slice vi = hg_slice_of(b->form->title.vi),
             en = hg_slice_of(english(c, b->form->title));
    hg_area area = { c->row + 1, c->plan->stub + 1, c->row + 1, c->plan->cols };
    hg_style style = inner(c, HG_CENTRE, false);
    if (vi.n == 0)
        return HG_OK;
    style.bold = 1;
    double one =
        hg_times_width(vi, style.size, true) + hg_times_width(en, style.size, false);
    bool beside = one + 20 < hg_plan_span(c->plan, area.col1 - 1, area.col2 - 1);
    unsigned lines = lines_in(c, vi, style.size, true, area);
    if (en.n && !beside)
        lines += lines_in(c, en, style.size, false, area);
    if (next_row(c, lines + (yearbook(c) ? 0.4 : 0.1), HG_PLAN_SIZE) != HG_OK)
        return c->err->status;
    for (uint32_t i = 1; i <= c->plan->stub; i++)
        if (put(c, (hg_area){ c->row, i, c->row, i }, &style, HG_SLICE("")) != HG_OK)
            return c->err->status;
    return put_both(c, area, &style, vi, beside ? " - " : "\n", en);
}

static hg_status draw_body(canvas *c)
{
    uint32_t row = c->row;
    c->starts = calloc(c->x->n_blocks, sizeof *c->starts);
    if (!c->starts)
        return hg_fail_nomem(c->err);
    for (size_t b = 0; b < c->x->n_blocks; b++) {
        row += c->x->blocks[b].form->title.vi ? 1u : 0u;
        c->starts[b] = row + 1;
        row += c->x->blocks[b].rows.n;
    }
    for (size_t b = 0; b < c->x->n_blocks; b++) {
        uint32_t n = c->x->blocks[b].rows.n;
        if (draw_block_title(c, &c->x->blocks[b]) != HG_OK)
            break;
        for (uint32_t i = 0; i < n && c->err->status == HG_OK; i++)
            draw_row(c, b, i, i + 1 == n && b + 1 == c->x->n_blocks);
    }
    return c->err->status;
}

/* ---- below the table ---- */

/* A line of small type: "Ghi chú: …", or indented below one. */
static hg_status note(canvas *c, const hg_word *word, hg_bilingual text)
{
    hg_style style = plain;
    hg_bilingual lead = word ? hg_wording(*word) : (hg_bilingual){ "", "" };
    style.size = HG_PLAN_SMALL;
    hg_buf_clear(&c->vi);
    hg_buf_clear(&c->en);
    hg_buf_printf(&c->vi, "%s%s", lead.vi, text.vi ? text.vi : "");
    if (*english(c, text))
        hg_buf_printf(&c->en, "%s%s", lead.en, text.en);
    if (hg_buf_status(&c->vi, c->err) != HG_OK || hg_buf_status(&c->en, c->err) != HG_OK)
        return c->err->status;
    return full_row(c, style, (hg_bilingual){ c->vi.data, c->en.data });
}

static hg_status draw_notes(canvas *c)
{
    const hg_crosstab *x = c->x;
    const struct {
        bool wanted;
        hg_word word;
    } legend[] = { { x->nil, HG_WORD_NIL },
                   { x->missing, HG_WORD_MISSING },
                   { x->provisional, HG_WORD_MARK_P },
                   { x->estimate, HG_WORD_MARK_E },
                   { x->rounded, HG_WORD_ROUNDED } };
    static const hg_word lead = HG_WORD_NOTE, source = HG_WORD_SOURCE;
    const hg_word *first = &lead;
    if (next_row(c, 0.2, HG_PLAN_SIZE) != HG_OK)
        return c->err->status;
    for (size_t i = 0; i < c->table->n_notes; i++, first = NULL)
        if (note(c, first, c->table->notes[i]) != HG_OK)
            return c->err->status;
    for (size_t i = 0; i < sizeof legend / sizeof *legend; i++)
        if (legend[i].wanted) {
            if (note(c, first, hg_wording(legend[i].word)) != HG_OK)
                return c->err->status;
            first = NULL;
        }
    return c->table->source.vi ? note(c, &source, c->table->source) : HG_OK;
}

/* One signer's part: title, hint, room for signature and seal, name. */
static hg_status draw_signer(canvas *c, const hg_form_signer *signer, uint32_t row,
                             uint32_t first, uint32_t last)
{
    hg_style style = plain;
    const char *texts[] = { signer->title.vi, signer->hint.vi, NULL, signer->name };
    style.align = HG_CENTRE;
    for (uint32_t i = 0; i < 4; i++) {
        style.bold = i != 1;
        style.italic = i == 1;
        if (texts[i] && put(c, (hg_area){ row + i, first, row + i, last }, &style,
                            hg_slice_of(texts[i])) != HG_OK)
            break;
    }
    return c->err->status;
}

/* Part i of n of the sheet's columns, the last with room for the date; all of them on a
 * sheet of fewer columns. */
static hg_area signer_area(const canvas *c, uint32_t i, uint32_t n, double dated)
{
    uint32_t cols = c->plan->cols, first = 0, last = cols - 1;
    double share = dated * n > 1 ? (1 - dated) / (n - 1) : 1.0 / n;
    for (uint32_t k = 0; k <= i && cols >= n; k++) {
        first = k ? last + 1 : 0;
        last = k + 1 == n ? cols - 1 : hg_plan_share(c->plan, first, share, n - 1 - k);
    }
    return (hg_area){ 0, first + 1, 0, last + 1 };
}

/* The rows of the signers [from, to): titles as high as the highest. */
static hg_status signature_rows(canvas *c, const hg_area *areas, uint32_t from,
                                uint32_t to)
{
    unsigned title = 1, hint = 1;
    for (uint32_t i = from; i < to; i++) {
        const hg_form_signer *signer = &c->x->of.form->signature.signers[i];
        unsigned a =
            lines_in(c, hg_slice_of(signer->title.vi), HG_PLAN_SIZE, true, areas[i]);
        unsigned b =
            lines_in(c, hg_slice_of(signer->hint.vi), HG_PLAN_SIZE, false, areas[i]);
        title = a > title ? a : title;
        hint = b > hint ? b : hint;
    }
    if (next_row(c, title, HG_PLAN_SIZE) != HG_OK ||
        next_row(c, hint, HG_PLAN_SIZE) != HG_OK || next_row(c, 4, HG_PLAN_SIZE) != HG_OK)
        return c->err->status;
    return next_row(c, 1, HG_PLAN_SIZE);
}

/* Place and date above the last signer; the signers beside each other, or one below the
 * other on a sheet of fewer columns. */
static hg_status draw_signature(canvas *c)
{
    const hg_form_signature *s = &c->x->of.form->signature;
    uint32_t n = (uint32_t)s->n;
    bool beside = c->plan->cols >= n;
    hg_area areas[HG_FORM_SIGNERS];
    hg_style style = plain;
    style.align = HG_CENTRE;
    style.italic = 1;
    hg_buf_clear(&c->vi);
    hg_wording_date(&c->vi, s->place, s->date);
    if (n == 0 || hg_buf_status(&c->vi, c->err) != HG_OK ||
        next_row(c, 0.8, HG_PLAN_SIZE) != HG_OK)
        return c->err->status;
    double dated =
        (hg_times_width(slice(&c->vi), HG_PLAN_SIZE, false) + 10) / c->plan->width;
    for (uint32_t i = 0; i < n; i++)
        areas[i] = signer_area(c, i, n, dated);
    hg_area area = { c->row + 1, areas[n - 1].col1, c->row + 1, areas[n - 1].col2 };
    while (area.col1 > 1 && lines_in(c, slice(&c->vi), HG_PLAN_SIZE, false, area) > 1)
        area.col1--;
    if (next_row(c, lines_in(c, slice(&c->vi), HG_PLAN_SIZE, false, area),
                 HG_PLAN_SIZE) != HG_OK ||
        put(c, area, &style, slice(&c->vi)) != HG_OK)
        return c->err->status;
    for (uint32_t i = 0; i < n; i++) {
        if (i == 0 || !beside) {
            if (signature_rows(c, areas, i, beside ? n : i + 1) != HG_OK)
                break;
        }
        if (draw_signer(c, &s->signers[i], c->row - 3, areas[i].col1, areas[i].col2) !=
            HG_OK)
            break;
    }
    return c->err->status;
}

/* ---- the sheet ---- */

/* Pages down that the sheet is fitted to: a last page that would hold little is saved by
 * making all a bit smaller. 0: as many as it takes. */
static unsigned fit_down(const canvas *c, double *pages)
{
    const hg_plan *plan = c->plan;
    double scale = plan->width > plan->page ? plan->page / plan->width : 1;
    *pages = c->height * scale / plan->page_height;
    unsigned whole = (unsigned)*pages;
    double repeated = c->heading_height * scale / plan->page_height * (whole - 1.0);
    return whole > 0 && whole / (*pages + repeated) > LEAST_SCALE ? whole : 0;
}

static hg_status set_up(canvas *c)
{
    const hg_plan *plan = c->plan;
    double pages;
    unsigned down = fit_down(c, &pages);
    hg_page page = { .landscape = plan->landscape,
                     .left = HG_PLAN_LEFT,
                     .right = HG_PLAN_RIGHT,
                     .top = HG_PLAN_TOP,
                     .bottom = HG_PLAN_BOTTOM,
                     .header = HG_PLAN_TOP / 2,
                     .repeat1 = c->head1,
                     .repeat2 = c->head1 + plan->levels - 1 + c->table->ruler,
                     .rows = c->row,
                     .cols = plan->cols,
                     .down = down,
                     .numbered = pages > 1 && down != 1 };
    for (uint32_t i = 0; i < plan->cols; i++)
        if (hg_book_width(c->book, i + 1, plan->widths[i], c->err) != HG_OK)
            return c->err->status;
    return hg_book_print(c->book, &page, c->err);
}

static hg_status draw(canvas *c)
{
    hg_buf name = { 0 };
    hg_buf_printf(&name, c->table->sheet ? "%s" : "Biểu %s",
                  c->table->sheet ? c->table->sheet : c->table->head.number);
    hg_status st = hg_buf_status(&name, c->err);
    if (st == HG_OK)
        st = hg_book_sheet(c->book, name.data, c->err);
    hg_buf_release(&name);
    if (st != HG_OK)
        return st;
    if ((yearbook(c) ? draw_yearbook_head(c) : draw_form_head(c)) != HG_OK ||
        draw_unit_line(c) != HG_OK || draw_headings(c) != HG_OK ||
        draw_body(c) != HG_OK || draw_notes(c) != HG_OK || draw_signature(c) != HG_OK)
        return c->err->status;
    return set_up(c);
}

hg_status hg_classic_draw(hg_book *book, const hg_crosstab *x,
                          const hg_classic_defaults *defaults, hg_err *err)
{
    canvas c = {
        .book = book, .x = x, .table = x->table, .defaults = defaults, .err = err
    };
    if (hg_plan_new(&c.plan, x, err) == HG_OK)
        draw(&c);
    hg_plan_free(c.plan);
    free(c.starts);
    hg_buf_release(&c.vi);
    hg_buf_release(&c.en);
    hg_buf_release(&c.both);
    return err->status;
}
