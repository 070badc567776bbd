/* figures - the figures of a crosstab as cells */
#include "report/figures.h"
#include "text/message.h"
#include "text/period.h"

#include <string.h>

bool hg_figure_is_computed(const hg_crosstab *x, hg_stand s, size_t figure)
{
    (void)x;
    return s.block->figures[figure].number &&
           (s.block->figures[figure].sum > 0 || s.block->figures[figure].compute);
}

static uint32_t row_of(const hg_crosstab *x, hg_stand s, size_t figure)
{
    return s.rows[figure / x->n_leaves];
}

static uint32_t col_of(const hg_crosstab *x, hg_stand s, size_t figure)
{
    return s.column + (uint32_t)(figure % x->n_leaves);
}

static void put_place(hg_buf *buf, const hg_crosstab *x, hg_stand s, size_t figure)
{
    char a1[24];
    hg_text_a1(a1, row_of(x, s, figure), col_of(x, s, figure));
    hg_buf_puts(buf, a1);
}

/* ---- formulas ---- */

/* Whether the parts of a sum are neighbours, one after the other, so that a range names
 * them. */
static bool in_a_row(const hg_crosstab *x, hg_stand s, const hg_form_sum *sum,
                     size_t figure)
{
    size_t first = hg_crosstab_part(x, s.block, sum, figure, 0);
    bool across = true, down = true;
    for (size_t i = 1; i < sum->n_parts; i++) {
        size_t part = hg_crosstab_part(x, s.block, sum, figure, i);
        across &= row_of(x, s, part) == row_of(x, s, first) &&
                  col_of(x, s, part) == col_of(x, s, first) + i;
        down &= col_of(x, s, part) == col_of(x, s, first) &&
                row_of(x, s, part) == row_of(x, s, first) + i;
    }
    return sum->n_parts > 2 && (across || down);
}

static void put_sum(hg_buf *buf, const hg_crosstab *x, hg_stand s, size_t figure)
{
    const hg_form_sum *sum =
        &s.block->form->sums[s.block->figures[figure].sum - 1];
    bool range = in_a_row(x, s, sum, figure);
    bool call = range || x->of.form->blank; /* SUM takes "-" for nothing, "+" does not */
    unsigned decimals = s.block->decimals;
    hg_buf_printf(buf, "=%s%s", decimals ? "ROUND(" : "", call ? "SUM(" : "");
    for (size_t i = 0; i < sum->n_parts; i++) {
        if (range && i > 0 && i + 1 < sum->n_parts)
            continue;
        hg_buf_puts(buf, i == 0 ? "" : range ? ":" : call ? "," : "+");
        put_place(buf, x, s, hg_crosstab_part(x, s.block, sum, figure, i));
    }
    hg_buf_puts(buf, call ? ")" : "");
    if (decimals)
        hg_buf_printf(buf, ",%u)", decimals);
}

static void put_compute(hg_buf *buf, const hg_crosstab *x, hg_stand s, size_t figure)
{
    static const struct {
        const char *before, *between, *after;
    } ways[] = {
        [HG_COMPUTE_DIFFERENCE] = { "", "-", "" }, [HG_COMPUTE_RATIO] = { "", "/", "" },
        [HG_COMPUTE_INDEX] = { "", "/", "*100" },  [HG_COMPUTE_SHARE] = { "", "/", "*100" },
        [HG_COMPUTE_GROWTH] = { "(", "/", "-1)*100" },
    };
    const hg_form_compute *c = hg_crosstab_compute(x, figure);
    size_t of, to;
    hg_crosstab_operands(x, s.block, figure, &of, &to);
    hg_buf_printf(buf, "=ROUND(%s", ways[c->way].before);
    put_place(buf, x, s, of);
    hg_buf_puts(buf, ways[c->way].between);
    put_place(buf, x, s, to);
    hg_buf_printf(buf, "%s,%u)", ways[c->way].after, c->decimals);
}

void hg_figure_formula(hg_buf *buf, const hg_crosstab *x, hg_stand s, size_t figure)
{
    if (s.block->figures[figure].compute)
        put_compute(buf, x, s, figure);
    else
        put_sum(buf, x, s, figure);
}

/* ---- formats ---- */

void hg_figure_format(char format[static HG_FIGURE_FORMAT], const hg_crosstab *x,
                      hg_stand s, size_t figure, const char *provisional,
                      const char *estimate)
{
    const hg_cross_block *b = s.block;
    const hg_figure *f = &b->figures[figure];
    const hg_form_compute *c = hg_crosstab_compute(x, figure);
    int decimals = c                        ? (int)c->decimals
                   : b->form->decimals >= 0 ? b->form->decimals
                                            : (int)b->decimals;
    char mark = x->columns.lines[x->leaves[figure % x->n_leaves]].mark;
    mark = mark ? mark : b->rows.lines[figure / x->n_leaves].mark;
    bool alone = f->status != mark && (f->status == 'P' || f->status == 'E');
    memset(format, 0, HG_FIGURE_FORMAT); /* styles compare by their bytes */
    hg_buf buf = { 0 };
    hg_buf_printf(&buf, "#,##0%s%.*s", decimals ? "." : "", decimals < 10 ? decimals : 10,
                  "0000000000");
    if (alone)
        hg_buf_printf(&buf, "\" %s\"", f->status == 'P' ? provisional : estimate);
    if (buf.data && buf.len < HG_FIGURE_FORMAT)
        memcpy(format, buf.data, buf.len);
    hg_buf_release(&buf);
}

static hg_status put_word(hg_book *book, uint32_t row, uint32_t col, const hg_style *style,
                          const char *word, hg_err *err)
{
    hg_run run = { hg_slice_of(word), style->bold, style->italic };
    return hg_book_text(book, (hg_area){ row, col, row, col }, style, &run, 1, err);
}

hg_status hg_figure_put(hg_book *book, const hg_crosstab *x, hg_stand s, size_t figure,
                        const hg_style *style, const hg_figure_words *words,
                        hg_buf *scratch, hg_err *err)
{
    const hg_figure *f = &s.block->figures[figure];
    uint32_t row = row_of(x, s, figure), col = col_of(x, s, figure);
    char value[HG_DECIMAL_TEXT];
    hg_style look = *style;
    if (!f->number)
        return put_word(book, row, col, style,
                        f->row == 0                   ? words->nothing
                        : f->status == HG_STATUS_NONE ? words->none
                                                      : words->missing,
                        err);
    hg_figure_format(look.number, x, s, figure, words->provisional, words->estimate);
    hg_decimal_print(value, f->value);
    if (!hg_figure_is_computed(x, s, figure))
        return hg_book_number(book, row, col, &look, hg_slice_of(value), err);
    hg_buf_clear(scratch);
    hg_figure_formula(scratch, x, s, figure);
    if (hg_buf_status(scratch, err) != HG_OK)
        return err->status;
    return hg_book_formula(book, row, col, &look, scratch->data, hg_slice_of(value), err);
}
