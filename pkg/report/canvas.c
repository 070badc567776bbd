/* canvas - the sheet under way of the classic layout */
#include "report/canvas.h"
#include "text/times.h"

const hg_style hg_canvas_plain = { .size = HG_PLAN_SIZE, .wrap = 1, .valign = HG_MIDDLE };

bool hg_canvas_yearbook(const hg_canvas *c)
{
    return c->table->head.style == HG_HEAD_YEARBOOK;
}

/* A cell of the table proper: full lines on a form, lines across only in a yearbook. */
hg_style hg_canvas_framed(const hg_canvas *c, unsigned char align)
{
    hg_style style = hg_canvas_plain;
    style.align = align;
    style.top = style.bottom = HG_THIN;
    style.left = style.right = hg_canvas_yearbook(c) ? HG_NO_LINE : HG_THIN;
    return style;
}

/* A cell between the table's first and last row: light lines between rows, or none. */
hg_style hg_canvas_inner(const hg_canvas *c, unsigned char align, bool last)
{
    hg_style style = hg_canvas_framed(c, align);
    style.top = hg_canvas_yearbook(c) ? HG_NO_LINE : HG_HAIR;
    style.bottom = last ? HG_THIN : style.top;
    return style;
}

hg_area hg_canvas_across(const hg_canvas *c, uint32_t row)
{
    return (hg_area){ row, 1, row, c->plan->cols };
}

/* Go to the next row and give it so many lines of the size. */
hg_status hg_canvas_row(hg_canvas *c, double lines, double size)
{
    double points = lines * HG_PLAN_LINE * size / HG_PLAN_SIZE + 2;
    c->height += points;
    return hg_book_height(c->book, ++c->row, points, c->err);
}

hg_slice hg_canvas_slice(const hg_buf *buf)
{
    return (hg_slice){ buf->data ? buf->data : "", buf->len };
}

/* One piece of text in an area. */
hg_status hg_canvas_put(hg_canvas *c, hg_area area, const hg_style *style, hg_slice text)
{
    hg_run run = { text, style->bold, style->italic };
    return hg_book_text(c->book, area, style, &run, 1, c->err);
}

/* Vietnamese in the style's type and, after between, English in italics. */
hg_status hg_canvas_both(hg_canvas *c, hg_area area, const hg_style *style, hg_slice vi,
                         const char *between, hg_slice en)
{
    hg_run runs[] = { { vi, style->bold, style->italic },
                      { en.n ? hg_slice_of(between) : en, false, true },
                      { en, false, true } };
    return hg_book_text(c->book, area, style, runs, 3, c->err);
}

/* What is English of a text on this report; empty on a Vietnamese one. */
const char *hg_canvas_english(const hg_canvas *c, hg_bilingual text)
{
    return c->x->of.form->english && text.en ? text.en : "";
}

unsigned hg_canvas_lines(const hg_canvas *c, hg_slice text, double size, bool bold,
                         hg_area area)
{
    double width = hg_plan_span(c->plan, area.col1 - 1, area.col2 - 1);
    return hg_times_lines(text, size, bold, hg_plan_room(width));
}

/* A full row of text in both languages, English on a line of its own. */
hg_status hg_canvas_full(hg_canvas *c, hg_style style, hg_bilingual text)
{
    hg_area area = hg_canvas_across(c, c->row + 1);
    hg_slice vi = hg_slice_of(text.vi), en = hg_slice_of(hg_canvas_english(c, text));
    unsigned lines = hg_canvas_lines(c, vi, style.size, style.bold, area);
    if (en.n)
        lines += hg_canvas_lines(c, en, style.size, false, area);
    if (hg_canvas_row(c, lines, style.size) != HG_OK)
        return c->err->status;
    return hg_canvas_both(c, area, &style, vi, "\n", en);
}
