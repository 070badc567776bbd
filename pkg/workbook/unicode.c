/* unicode - texts of workbooks from before Unicode, read as what they say */
#include "workbook/unicode.h"

#include <string.h>

void hg_unicode_init(hg_unicode *u)
{
    memset(u, 0, sizeof *u);
    hg_vnguess_init(&u->guess);
}

void hg_unicode_release(hg_unicode *u)
{
    hg_vnguess_release(&u->guess);
    hg_buf_release(&u->text);
}

/* The i-th piece of a cell's text that has one font; false behind the last. */
static bool piece(const hg_cell *cell, size_t i, hg_slice *text, hg_slice *font)
{
    if (i > cell->n_runs)
        return false;
    size_t from = i > 0 ? cell->runs[i - 1].at : 0;
    size_t to = i < cell->n_runs ? cell->runs[i].at : cell->text.n;
    const char *name =
        i > 0 && cell->runs[i - 1].font ? cell->runs[i - 1].font : cell->font;
    *text = (hg_slice){ cell->text.p + from, to - from };
    *font = hg_slice_of(name ? name : "");
    return true;
}

/* Text that is ASCII is the same in every encoding, but for fonts that draw capitals. */
static bool ascii(hg_slice text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] >= 0x80)
            return false;
    return true;
}

static bool in_capitals(const hg_cell *cell)
{
    hg_slice text, font;
    bool capitals = false;
    for (size_t k = 0; !capitals && piece(cell, k, &text, &font); k++)
        hg_vnlegacy_font(font, &capitals);
    return capitals;
}

static bool in_question(const hg_cell *cell)
{
    return cell->type == HG_CELL_TEXT && (!ascii(cell->text) || in_capitals(cell));
}

void hg_unicode_learn(hg_unicode *u, const hg_grid *grid)
{
    size_t n;
    hg_slice text, font;
    const hg_cell *cells = hg_grid_cells(grid, &n);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; in_question(&cells[i]) && k <= cells[i].n_runs; k++)
            if (piece(&cells[i], k, &text, &font) && text.n > 0)
                hg_vnguess_learn(&u->guess, font, text);
}

static void count(hg_unicode_count *c, const char *sheet, const hg_cell *cell)
{
    if (c->texts++ > 0)
        return;
    c->sheet = sheet;
    c->row = cell->row;
    c->col = cell->col;
}

hg_status hg_unicode_convert(hg_unicode *u, hg_grid *grid, const char *sheet, hg_err *err)
{
    size_t n;
    hg_slice text, font;
    const hg_cell *cells = hg_grid_cells(grid, &n);
    for (size_t i = 0; i < n; i++) {
        bool converted[HG_VN_ENCODINGS] = { false }, any = false, unsure = false;
        if (!in_question(&cells[i]))
            continue;
        hg_buf_clear(&u->text);
        for (size_t k = 0; piece(&cells[i], k, &text, &font); k++) {
            hg_vnlegacy encoding;
            hg_vnverdict is = hg_vnguess_read(&u->guess, font, text, &u->text, &encoding);
            converted[encoding] = converted[encoding] || is == HG_VN_CONVERTED;
            any = any || is == HG_VN_CONVERTED;
            unsure = unsure || is == HG_VN_UNSURE;
        }
        for (size_t e = 0; e < HG_VN_ENCODINGS; e++)
            if (converted[e])
                count(&u->counts.converted[e], sheet, &cells[i]);
        if (unsure)
            count(&u->counts.unsure, sheet, &cells[i]);
        if (hg_buf_status(&u->text, err) != HG_OK ||
            (any &&
             hg_grid_put(grid, i, (hg_slice){ u->text.data, u->text.len }, err) != HG_OK))
            return err->status;
    }
    return HG_OK;
}
