/* preview - sheets as a page, each cell in the colour of its role */
#include "site/preview.h"
#include "site/frame.h"

#include <stdio.h>
#include <string.h>

/* What each role is called, and the letter that stands for it beside its colour. */
static const struct {
    const char *letter, *class, *name;
} roles[] = {
    [HG_ROLE_NONE] = { "?", "r0", "no place" },
    [HG_ROLE_TITLE] = { "T", "r1", "above a table" },
    [HG_ROLE_HEADING] = { "H", "r2", "heading" },
    [HG_ROLE_RULER] = { "#", "r3", "row of column numbers" },
    [HG_ROLE_LABEL] = { "L", "r4", "label of a row" },
    [HG_ROLE_SECTION] = { "S", "r5", "section" },
    [HG_ROLE_UNIT] = { "U", "r6", "unit" },
    [HG_ROLE_VALUE] = { "V", "r7", "figure" },
    [HG_ROLE_MARK] = { "*", "r8", "mark of a note" },
    [HG_ROLE_NOTE] = { "N", "r9", "note" },
    [HG_ROLE_SIGNATURE] = { "s", "r10", "signatures" },
    [HG_ROLE_IGNORED] = { "x", "r11", "ignored by the recipe" },
};
enum { ROLES = sizeof roles / sizeof *roles };

/* Colours with a contrast of 7 : 1 or more to black text; letters tell the same. */
static const char style[] =
    ":root{color-scheme:light}"
    "body{font:14px/1.4 system-ui,sans-serif;margin:1.5rem;color:#111;background:#fff}"
    "h1{font-size:1.3rem}h2{font-size:1.1rem;margin-top:2rem}"
    "ul.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.4rem}"
    "ul.legend li{padding:.15rem .5rem;border:1px solid #999;border-radius:3px}"
    "p.failed{padding:.6rem .8rem;border-left:5px solid #b00020;background:#fdecee}"
    "div.scroll{overflow:auto;max-height:85vh;border:1px solid #999}"
    "table{border-collapse:collapse;font-size:13px}"
    "th{background:#eee;font-weight:400;color:#555;padding:.1rem .4rem;position:sticky}"
    "thead th{top:0;z-index:1}tbody th{left:0}"
    "td,th{border:1px solid #ccc;vertical-align:top}.t{white-space:pre-line}"
    "td{padding:.1rem .35rem;min-width:1.5rem;max-width:24rem}"
    "td.n{text-align:right}.b{font-weight:700}"
    "span.k{float:right;font:9px/1 monospace;color:#444;margin-left:.4rem}"
    ".r0{background:repeating-linear-gradient(45deg,#ffe3e3,#ffe3e3 6px,#fff 6px,#fff "
    "12px)}"
    ".r1{background:#e7e3f6}.r2{background:#cfe2ff}.r3{background:#e2e6ea}"
    ".r4{background:#d8f0d8}.r5{background:#b9e2c3}.r6{background:#ffe5c2}"
    ".r7{background:#fff7c4}.r8{background:#ffd9ec}.r9{background:#efe6da}"
    ".r10{background:#dedede}.r11{background:#f4f4f4;color:#555}"
    "td.here{outline:3px solid #b00020;outline-offset:-3px}";

void hg_preview_start(hg_preview *preview, hg_buf *buf, const char *title, hg_lang lang)
{
    *preview = (hg_preview){ .lang = lang, .html = { .buf = buf } };
    hg_html *html = &preview->html;
    hg_buf_puts(buf, "<!DOCTYPE html>");
    hg_html_open(html, "html", "lang", hg_frame_code(lang), NULL);
    hg_html_open(html, "head", NULL);
    hg_html_void(html, "meta", "charset", "utf-8", NULL);
    hg_html_void(html, "meta", "name", "viewport", "content",
                 "width=device-width, initial-scale=1", NULL);
    hg_html_leaf(html, "title", title, NULL);
    hg_html_leaf(html, "style", style, NULL);
    hg_html_close(html);
    hg_html_open(html, "body", NULL);
    hg_html_leaf(html, "h1", title, NULL);
}

/* ---- the legend ---- */

static void count(const hg_roles *of, size_t counts[ROLES])
{
    size_t n;
    const hg_cell *cells = hg_grid_cells(of->grid, &n);
    memset(counts, 0, ROLES * sizeof *counts);
    for (size_t i = 0; i < n; i++)
        counts[hg_roles_get(of, &cells[i])]++;
}

static void legend(hg_preview *preview, const hg_roles *of)
{
    hg_html *html = &preview->html;
    size_t counts[ROLES];
    count(of, counts);
    hg_html_open(html, "ul", "class", "legend", NULL);
    for (size_t i = 0; i < ROLES; i++)
        if (counts[i] > 0) {
            hg_html_open(html, "li", "class", roles[i].class, NULL);
            hg_html_printf(html, "%s %s: %zu", roles[i].letter,
                           hg_text(roles[i].name, preview->lang), counts[i]);
            hg_html_close(html);
        }
    hg_html_close(html);
}

/* ---- the cells ---- */

static void column_letters(hg_html *html, uint32_t cols)
{
    char name[8];
    hg_html_open(html, "thead", NULL);
    hg_html_open(html, "tr", NULL);
    hg_html_leaf(html, "th", "", NULL);
    for (uint32_t col = 1; col <= cols; col++) {
        hg_text_letters(name, col);
        hg_html_leaf(html, "th", name, "scope", "col", NULL);
    }
    hg_html_finish(html, html->depth - 2);
}

/* How far an area reaches within what is shown; NULL: one. */
static const char *span(char out[16], uint32_t from, uint32_t to, uint32_t last)
{
    if (to > last)
        to = last;
    snprintf(out, 16, "%u", to - from + 1);
    return to > from ? out : NULL;
}

static void cell(hg_preview *preview, const hg_roles *of, const hg_cell *c,
                 const hg_area *area, uint32_t rows, uint32_t cols, const hg_err *end)
{
    hg_html *html = &preview->html;
    hg_role role = hg_roles_get(of, c);
    char across[16], down[16], class[32], title[300];
    bool here = end->status != HG_OK && end->row == c->row && end->col == c->col;
    char a1[24];
    hg_text_a1(a1, c->row, c->col);
    snprintf(class, sizeof class, "%s%s%s", roles[role].class,
             c->type == HG_CELL_NUMBER ? " n" : "", here ? " here" : "");
    snprintf(title, sizeof title, "%s: %s", a1, hg_text(roles[role].name, preview->lang));
    hg_html_open(html, "td", "class", class, "title", title, "colspan",
                 area ? span(across, area->col1, area->col2, cols) : NULL, "rowspan",
                 area ? span(down, area->row1, area->row2, rows) : NULL, NULL);
    hg_html_leaf(html, "span", roles[role].letter, "class", "k", NULL);
    hg_html_open(html, "span", "class", c->bold ? "t b" : "t", NULL);
    hg_html_slice(html, c->text);
    hg_html_finish(html, html->depth - 2);
}

static void row(hg_preview *preview, const hg_roles *of, uint32_t at, uint32_t rows,
                uint32_t cols, const hg_err *end)
{
    hg_html *html = &preview->html;
    hg_html_open(html, "tr", NULL);
    hg_html_open(html, "th", "scope", "row", NULL);
    hg_html_printf(html, "%u", at);
    hg_html_close(html);
    for (uint32_t col = 1; col <= cols; col++) {
        const hg_cell *c = hg_grid_at(of->grid, at, col);
        if (hg_grid_covered(of->grid, at, col))
            continue;
        if (c)
            cell(preview, of, c, hg_grid_area(of->grid, at, col), rows, cols, end);
        else
            hg_html_leaf(html, "td", "", NULL);
    }
    hg_html_close(html);
}

static void table(hg_preview *preview, const hg_roles *of, const hg_err *end)
{
    hg_html *html = &preview->html;
    uint32_t all = hg_grid_rows(of->grid), cols = hg_grid_cols(of->grid);
    uint32_t rows = all < HG_PREVIEW_ROWS ? all : HG_PREVIEW_ROWS;
    bool cut = rows < all || cols > HG_PREVIEW_COLS;
    cols = cols < HG_PREVIEW_COLS ? cols : HG_PREVIEW_COLS;
    hg_html_open(html, "div", "class", "scroll", "tabindex", "0", NULL);
    hg_html_open(html, "table", NULL);
    column_letters(html, cols);
    hg_html_open(html, "tbody", NULL);
    for (uint32_t at = 1; at <= rows; at++)
        row(preview, of, at, rows, cols, end);
    hg_html_finish(html, html->depth - 3);
    if (cut) {
        hg_html_open(html, "p", NULL);
        hg_html_printf(
            html,
            hg_text("shown are %u rows and %u columns of %u rows and %u columns",
                    preview->lang),
            rows, cols, all, hg_grid_cols(of->grid));
        hg_html_close(html);
    }
}

void hg_preview_sheet(hg_preview *preview, const char *file, const char *sheet,
                      const hg_roles *of, const hg_err *end)
{
    hg_html *html = &preview->html;
    preview->sheets++;
    hg_html_open(html, "section", NULL);
    hg_html_leaf(html, "h2", sheet ? sheet : file, NULL);
    if (end->status != HG_OK) {
        hg_buf text = { 0 };
        hg_text_err(&text, end, preview->lang);
        hg_html_leaf(html, "p", text.data, "class", "failed", NULL);
        hg_html_spent(html, &text);
    }
    if (of->of) {
        legend(preview, of);
        table(preview, of, end);
    }
    hg_html_close(html);
}

void hg_preview_end(hg_preview *preview)
{
    hg_html_finish(&preview->html, 0);
    hg_buf_putc(preview->html.buf, '\n');
}
