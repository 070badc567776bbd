/* foot - what stands below a table */
#include "report/foot.h"
#include "report/wording.h"
#include "text/times.h"

#include <stdio.h>

/* A line of small type: "Ghi chú: (1) …", or indented below one. */
static hg_status note(hg_canvas *c, const hg_word *word, unsigned number, hg_bilingual text)
{
    hg_style style = hg_canvas_plain;
    hg_bilingual lead = word ? hg_wording(*word) : (hg_bilingual){ "", "" };
    style.size = HG_PLAN_SMALL;
    hg_buf_clear(&c->vi);
    hg_buf_clear(&c->en);
    char mark[16] = "";
    if (number > 0)
        snprintf(mark, sizeof mark, "(%u) ", number);
    hg_buf_printf(&c->vi, "%s%s%s", lead.vi, mark, text.vi ? text.vi : "");
    if (*hg_canvas_english(c, text))
        hg_buf_printf(&c->en, "%s%s%s", lead.en, mark, text.en);
    if (hg_buf_status(&c->vi, c->err) != HG_OK || hg_buf_status(&c->en, c->err) != HG_OK)
        return c->err->status;
    return hg_canvas_full(c, style, (hg_bilingual){ c->vi.data, c->en.data });
}

static hg_status draw_notes(hg_canvas *c)
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
    if (hg_canvas_row(c, 0.2, HG_PLAN_SIZE) != HG_OK)
        return c->err->status;
    for (unsigned order = 1; order <= c->table->n_notes + 1; order++)
        for (size_t i = 0; i < c->table->n_notes; i++) {
            const hg_form_note *n = &c->table->notes[i]; /* those that are named come first */
            if (n->order != order % (c->table->n_notes + 1))
                continue;
            if (note(c, first, n->number, n->text) != HG_OK)
                return c->err->status;
            first = NULL;
        }
    for (size_t i = 0; i < sizeof legend / sizeof *legend; i++)
        if (legend[i].wanted) {
            if (note(c, first, 0, hg_wording(legend[i].word)) != HG_OK)
                return c->err->status;
            first = NULL;
        }
    return c->table->source.vi ? note(c, &source, 0, c->table->source) : HG_OK;
}

/* One signer's part: title, hint, room for signature and seal, name. */
static hg_status draw_signer(hg_canvas *c, const hg_form_signer *signer, uint32_t row,
                             uint32_t first, uint32_t last)
{
    hg_style style = hg_canvas_plain;
    style.open = c->x->of.form->blank;
    const char *texts[] = { signer->title.vi, signer->hint.vi, NULL, signer->name };
    style.align = HG_CENTRE;
    for (uint32_t i = 0; i < 4; i++) {
        style.bold = i != 1;
        style.italic = i == 1;
        if (texts[i] && hg_canvas_put(c, (hg_area){ row + i, first, row + i, last },
                                      &style, hg_slice_of(texts[i])) != HG_OK)
            break;
    }
    return c->err->status;
}

/* Part i of n of the sheet's columns, the last with room for the date; all of them on a
 * sheet of fewer columns. */
static hg_area signer_area(const hg_canvas *c, uint32_t i, uint32_t n, double dated)
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
static hg_status signature_rows(hg_canvas *c, const hg_area *areas, uint32_t from,
                                uint32_t to)
{
    unsigned title = 1, hint = 1;
    for (uint32_t i = from; i < to; i++) {
        const hg_form_signer *signer = &c->x->of.form->signature.signers[i];
        unsigned a = hg_canvas_lines(c, hg_slice_of(signer->title.vi), HG_PLAN_SIZE, true,
                                     areas[i]);
        unsigned b = hg_canvas_lines(c, hg_slice_of(signer->hint.vi), HG_PLAN_SIZE, false,
                                     areas[i]);
        title = a > title ? a : title;
        hint = b > hint ? b : hint;
    }
    if (hg_canvas_row(c, title, HG_PLAN_SIZE) != HG_OK ||
        hg_canvas_row(c, hint, HG_PLAN_SIZE) != HG_OK ||
        hg_canvas_row(c, 4, HG_PLAN_SIZE) != HG_OK)
        return c->err->status;
    return hg_canvas_row(c, 1, HG_PLAN_SIZE);
}

/* Place and date above the last signer; the signers beside each other, or one below the
 * other on a sheet of fewer columns. */
static hg_status draw_signature(hg_canvas *c)
{
    const hg_form_signature *s = &c->x->of.form->signature;
    uint32_t n = (uint32_t)s->n;
    bool beside = c->plan->cols >= n;
    hg_area areas[HG_FORM_SIGNERS];
    hg_style style = hg_canvas_plain;
    style.open = c->x->of.form->blank;
    style.align = HG_CENTRE;
    style.italic = 1;
    hg_buf_clear(&c->vi);
    hg_wording_date(&c->vi, s->place, s->date);
    if (n == 0 || hg_buf_status(&c->vi, c->err) != HG_OK ||
        hg_canvas_row(c, 0.8, HG_PLAN_SIZE) != HG_OK)
        return c->err->status;
    double dated = (hg_times_width(hg_canvas_slice(&c->vi), HG_PLAN_SIZE, false) + 10) /
                   c->plan->width;
    for (uint32_t i = 0; i < n; i++)
        areas[i] = signer_area(c, i, n, dated);
    hg_area area = { c->row + 1, areas[n - 1].col1, c->row + 1, areas[n - 1].col2 };
    while (area.col1 > 1 &&
           hg_canvas_lines(c, hg_canvas_slice(&c->vi), HG_PLAN_SIZE, false, area) > 1)
        area.col1--;
    if (hg_canvas_row(
            c, hg_canvas_lines(c, hg_canvas_slice(&c->vi), HG_PLAN_SIZE, false, area),
            HG_PLAN_SIZE) != HG_OK ||
        hg_canvas_put(c, area, &style, hg_canvas_slice(&c->vi)) != HG_OK)
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

hg_status hg_foot_draw(hg_canvas *c)
{
    return draw_notes(c) == HG_OK ? draw_signature(c) : c->err->status;
}
