/* head - what stands above a table */
#include "report/head.h"
#include "report/wording.h"
#include "text/times.h"

static hg_bilingual title_of(const hg_canvas *c)
{
    return c->table->title.vi ? c->table->title : c->defaults->title;
}

/* Number, title in bold, the English title in italics, the period. */
static hg_status draw_yearbook_head(hg_canvas *c)
{
    hg_bilingual title = title_of(c);
    hg_style style = hg_canvas_plain;
    style.size = HG_PLAN_TITLE;
    style.bold = 1;
    hg_buf_clear(&c->vi);
    hg_buf_printf(&c->vi, "%s. %s", c->table->head.number, title.vi ? title.vi : "");
    if (hg_buf_status(&c->vi, c->err) != HG_OK ||
        hg_canvas_full(c, style, (hg_bilingual){ c->vi.data, title.en }) != HG_OK)
        return c->err->status;
    style.bold = 0;
    style.italic = 1;
    return c->table->period.vi ? hg_canvas_full(c, style, c->table->period) : HG_OK;
}

#define STRIP    0.16 /* of the sheet's width, the least of a block beside others */
#define SQUEEZED 4   /* lines, the most of a title between the other two blocks */

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

/* The title in capitals and the period below it. */
static void fill_title(hg_canvas *c, head_block *centre)
{
    hg_bilingual title = title_of(c);
    hg_wording_capitals(&c->vi, title.vi ? title.vi : "");
    add_run(centre, c->vi.data, true, false);
    add_run(centre, c->table->period.vi ? "\n" : NULL, false, false);
    add_run(centre, c->table->period.vi, false, true);
}

/* Of a budget form (Thông tư 107/2017/TT-BTC): whose it is on the left, which on the right. */
static void fill_budget(hg_canvas *c, head_block *left, head_block *centre,
                        head_block *right)
{
    const hg_form_head *head = &c->table->head;
    const char *reporting = head->reporting ? head->reporting : c->defaults->reporting;
    add_run(left, hg_wording(HG_WORD_CHAPTER).vi, false, false);
    add_run(left, dots(head->chapter), false, false);
    add_run(left, "\n", false, false);
    add_run(left, hg_wording(HG_WORD_REPORTING).vi, false, false);
    add_run(left, dots(reporting), true, false);
    add_run(left, "\n", false, false);
    add_run(left, hg_wording(HG_WORD_UNIT_CODE).vi, false, false);
    add_run(left, dots(head->unit_code), false, false);
    fill_title(c, centre);
    add_run(right, hg_wording(HG_WORD_BUDGET).vi, true, false);
    add_run(right, head->number, true, false);
    add_run(right, head->basis ? "\n" : NULL, false, false);
    add_run(right, head->basis, false, true);
}

static void fill_blocks(hg_canvas *c, head_block *left, head_block *centre,
                        head_block *right)
{
    const hg_form_head *head = &c->table->head;
    const char *reporting = head->reporting ? head->reporting : c->defaults->reporting;
    add_run(left, hg_wording(HG_WORD_FORM).vi, true, false);
    add_run(left, head->number, true, false);
    add_run(left, head->basis ? "\n" : NULL, false, false);
    add_run(left, head->basis, false, false);
    add_run(left, "\n", false, false);
    add_run(left, hg_wording(HG_WORD_RECEIVED).vi, false, false);
    add_run(left, dots(head->received), false, false);
    fill_title(c, centre);
    add_run(right, hg_wording(HG_WORD_REPORTING).vi, false, false);
    add_run(right, "\n", false, false);
    add_run(right, dots(reporting), true, false);
    add_run(right, "\n", false, false);
    add_run(right, hg_wording(HG_WORD_RECEIVING).vi, false, false);
    add_run(right, "\n", false, false);
    add_run(right, dots(head->receiving), true, false);
}

/* Break the title into lines of about one length, into c->en. */
static void balance_title(hg_canvas *c, head_block *b)
{
    double width = hg_plan_span(c->plan, b->area.col1 - 1, b->area.col2 - 1);
    hg_buf_clear(&c->en);
    hg_times_balance(&c->en, hg_canvas_slice(&c->vi), b->size, true, hg_plan_room(width));
    b->runs[0].text = hg_canvas_slice(&c->en);
}

/* Lines that a block's text takes in its area. */
static hg_status measure_block(hg_canvas *c, head_block *b)
{
    hg_buf_clear(&c->both);
    for (size_t i = 0; i < b->n; i++)
        hg_buf_put(&c->both, b->runs[i].text.p, b->runs[i].text.n);
    b->lines = hg_canvas_lines(c, hg_canvas_slice(&c->both), b->size, true, b->area);
    return hg_buf_status(&c->both, c->err);
}

/* How the blocks stand: side by side; the title below the other two, where it would be
 * squeezed between them; or one below the other, on a sheet of fewer columns. */
typedef enum way { BESIDE, BELOW, STACKED } way;

static hg_status lay_out(hg_canvas *c, head_block *blocks, way how)
{
    static const uint32_t rows[][3] = { { 0, 0, 0 }, { 0, 1, 0 }, { 0, 1, 2 } };
    uint32_t cols = c->plan->cols, first = c->row + 1, left = cols, right = 1;
    if (how != STACKED) {
        left =
            hg_plan_share(c->plan, 0, how == BESIDE ? 0.3 : 0.5, how == BESIDE ? 2 : 1) +
            1;
        right = how == BESIDE ? hg_plan_share(c->plan, left, 0.4, 1) + 2 : left + 1;
    }
    blocks[0].area = (hg_area){ 0, 1, 0, left };
    blocks[1].area = how == BESIDE ? (hg_area){ 0, left + 1, 0, right - 1 }
                                   : (hg_area){ 0, 1, 0, cols };
    blocks[2].area = (hg_area){ 0, right, 0, cols };
    balance_title(c, &blocks[1]);
    for (size_t i = 0; i < 3; i++) {
        blocks[i].area.row1 = blocks[i].area.row2 = first + rows[how][i];
        if (measure_block(c, &blocks[i]) != HG_OK)
            break;
    }
    return c->err->status;
}

/* Whether a block would be set in a strip. */
static bool is_strip(const hg_canvas *c, const head_block *b)
{
    return hg_plan_span(c->plan, b->area.col1 - 1, b->area.col2 - 1) <
           STRIP * c->plan->width;
}

static hg_status place_blocks(hg_canvas *c, head_block *blocks)
{
    bool budget = c->table->head.style == HG_HEAD_BUDGET;
    way how = c->plan->cols < 3 ? STACKED : budget ? BELOW : BESIDE;
    if (lay_out(c, blocks, how) != HG_OK)
        return c->err->status;
    if (how == BESIDE && (blocks[1].lines > SQUEEZED || is_strip(c, &blocks[0]) ||
                          is_strip(c, &blocks[2])) &&
        lay_out(c, blocks, how = BELOW) != HG_OK)
        return c->err->status;
    for (uint32_t last = blocks[how == BELOW ? 1 : 2].area.row1; c->row < last;) {
        unsigned lines = 0;
        for (size_t i = 0; i < 3; i++)
            if (blocks[i].area.row1 == c->row + 1 && blocks[i].lines > lines)
                lines = blocks[i].lines;
        if (hg_canvas_row(c, lines, HG_PLAN_TITLE) != HG_OK)
            break;
    }
    return c->err->status;
}

/* Form number, basis and receipt on the left, the title in the middle, the units right.
 */
static hg_status draw_form_head(hg_canvas *c)
{
    bool budget = c->table->head.style == HG_HEAD_BUDGET;
    const unsigned char align[] = { HG_LEFT, HG_CENTRE, budget ? HG_CENTRE : HG_LEFT };
    head_block blocks[3] = { { .size = HG_PLAN_SIZE },
                             { .size = HG_PLAN_TITLE },
                             { .size = HG_PLAN_SIZE } };
    hg_buf_clear(&c->vi);
    (budget ? fill_budget : fill_blocks)(c, &blocks[0], &blocks[1], &blocks[2]);
    if (hg_buf_status(&c->vi, c->err) != HG_OK || place_blocks(c, blocks) != HG_OK)
        return c->err->status;
    for (size_t i = 0; i < 3; i++) {
        hg_style style = hg_canvas_plain;
        style.align = align[i];
        style.valign = HG_TOP;
        style.indent = i == 2 && !budget; /* off the title */
        style.open = c->x->of.form->blank;
        style.size = (unsigned char)blocks[i].size;
        if (hg_book_text(c->book, blocks[i].area, &style, blocks[i].runs, blocks[i].n,
                         c->err) != HG_OK)
            break;
    }
    return c->err->status;
}

/* "Đơn vị tính: …" right above the table's right edge. */
static hg_status draw_unit_line(hg_canvas *c)
{
    hg_bilingual word = hg_wording(HG_WORD_UNIT), unit = c->table->unit;
    hg_style style = hg_canvas_plain;
    if (!unit.vi)
        return hg_canvas_row(c, 0.5, HG_PLAN_SIZE);
    style.align = HG_RIGHT;
    style.italic = 1;
    style.wrap = 0;
    hg_buf_clear(&c->both);
    hg_buf_printf(&c->both, "%s%s", word.vi, unit.vi);
    if (*hg_canvas_english(c, unit))
        hg_buf_printf(&c->both, " - %s%s", word.en, unit.en);
    if (hg_buf_status(&c->both, c->err) != HG_OK ||
        hg_canvas_row(c, 1, HG_PLAN_SIZE) != HG_OK)
        return c->err->status;
    return hg_canvas_put(c, hg_canvas_across(c, c->row), &style,
                         hg_canvas_slice(&c->both));
}

/* On a form: how final its figures are, to choose from. */
static hg_status draw_state(hg_canvas *c)
{
    const char *names[HG_STATES];
    char formula[64];
    hg_style style = hg_canvas_plain;
    for (size_t i = 0; i < HG_STATES; i++)
        names[i] = hg_keep_states[i].name;
    if (hg_canvas_row(c, 1, HG_PLAN_SIZE) != HG_OK ||
        hg_carrier_list(c->notebook.keeper->carrier, names, HG_STATES, formula, c->err) !=
            HG_OK)
        return c->err->status;
    style.open = style.italic = 1;
    style.align = hg_canvas_yearbook(c) ? HG_LEFT : HG_CENTRE;
    c->notebook.keeper->state = (hg_state){ c->row, 1 };
    if (hg_canvas_put(c, hg_canvas_across(c, c->row), &style, hg_slice_of(names[0])) !=
        HG_OK)
        return c->err->status;
    return hg_book_choose(c->book, (hg_area){ c->row, 1, c->row, 1 }, formula, c->err);
}

hg_status hg_head_draw(hg_canvas *c)
{
    if ((hg_canvas_yearbook(c) ? draw_yearbook_head(c) : draw_form_head(c)) != HG_OK)
        return c->err->status;
    if (c->x->of.form->blank && c->table->status && draw_state(c) != HG_OK)
        return c->err->status;
    return draw_unit_line(c);
}
