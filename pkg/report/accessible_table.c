/* accessible_table - one marked-up table a sheet */
#include "report/accessible_inside.h"
#include "report/charts.h"
#include "report/wording.h"
#include "text/times.h"

#include <stdlib.h>
#include <string.h>

#define LEAST   64.0  /* points of a column */
#define MOST    300.0 /* after which its texts wrap */
#define FIGURES 130.0 /* likewise of a column of figures */
#define STRETCH 2.0   /* the most that columns grow for a title */
#define HEADER  255   /* characters of a table's header */

/* One table on its way to its sheet. */
typedef struct drawing {
    hg_access *access;
    hg_book *book;
    const hg_crosstab *x;
    const hg_cross_block *block;
    const hg_classic_defaults *defaults;
    hg_notebook notebook;
    uint32_t row;          /* the last one written */
    uint32_t head;         /* the table's header */
    uint32_t stub, cols;   /* columns before the figures; all */
    hg_form_show shows[8]; /* of the stub */
    uint32_t *rows;        /* per line of the block: its row, or 0 */
    double *widths;
    double wide; /* points of the longest title */
    hg_buf name, title, text;
    hg_err *err;
} drawing;

/* ---- texts ---- */

static void put_both(hg_buf *buf, hg_bilingual text, bool english, const char *between)
{
    hg_buf_puts(buf, text.vi);
    if (english && text.en) {
        hg_buf_puts(buf, text.vi && *text.vi ? between : "");
        hg_buf_puts(buf, text.en);
    }
}

/* What a line is called with all above it: "Phân theo giới tính – Nam". */
static void put_path(hg_buf *buf, const hg_crosstab *x, const hg_axis *axis,
                     uint32_t line, bool en)
{
    const hg_line *l = &axis->lines[line];
    size_t start = buf->len;
    if (l->parent != HG_AXIS_TOP)
        put_path(buf, x, axis, l->parent, en);
    size_t above = buf->len;
    if (above > start)
        hg_buf_puts(buf, " – ");
    size_t own = buf->len;
    hg_plan_label(buf, x, l, en, ' ');
    if (buf->len == own && buf->status == HG_OK)
        buf->len = above; /* nothing of its own */
}

/* The same in both languages, as one line of text. */
static void put_name(hg_buf *buf, const hg_crosstab *x, const hg_axis *axis,
                     uint32_t line)
{
    size_t start = buf->len;
    put_path(buf, x, axis, line, false);
    size_t vi = buf->len;
    if (x->of.form->english) {
        hg_buf_puts(buf, " / ");
        size_t en = buf->len;
        put_path(buf, x, axis, line, true);
        if (buf->len == en && buf->status == HG_OK)
            buf->len = vi;
    }
    for (size_t i = start; buf->data && i < buf->len; i++)
        if (buf->data[i] == '\n')
            buf->data[i] = ' ';
    if (buf->data)
        buf->data[buf->len] = '\0';
}

/* Cut a text after so many characters. */
static void cut(hg_buf *buf, size_t most)
{
    size_t n = 0, i = 0;
    for (; i < buf->len && n < most; n++)
        do
            i++;
        while (i < buf->len && ((unsigned char)buf->data[i] & 0xC0) == 0x80);
    if (i < buf->len) {
        buf->len = i;
        buf->data[i] = '\0';
    }
}

/* ---- above the table ---- */

static hg_status line_of(drawing *d, const hg_style *style, const char *text)
{
    if (!text || !*text)
        return HG_OK;
    if (hg_access_put(d->book, ++d->row, 1, style, text, d->err) != HG_OK)
        return d->err->status;
    return hg_access_height(d->book, d->row, 1, style->size, d->err);
}

static hg_status name_sheet(drawing *d)
{
    hg_buf_clear(&d->name);
    hg_wording_sheet(&d->name, d->x->table, "Biểu");
    if (d->x->n_blocks > 1) {
        cut(&d->name, HG_BOOK_NAME - 5);
        hg_buf_printf(&d->name, " (%u)", (unsigned)(d->block - d->x->blocks) + 1);
    }
    if (hg_buf_status(&d->name, d->err) != HG_OK)
        return d->err->status;
    return hg_book_sheet(d->book, d->name.data, d->err);
}

/* "Biểu 01/DS. Dân số trung bình …" */
static void make_title(drawing *d, bool en)
{
    const hg_form_table *t = d->x->table;
    hg_bilingual title = t->title.vi ? t->title : d->defaults->title;
    hg_buf_clear(&d->title);
    hg_buf_printf(&d->title, en ? "Table %s. " : "Biểu %s. ", t->head.number);
    hg_buf_puts(&d->title, en ? title.en : title.vi);
}

/* "Cơ cấu (%) (Các năm 2004 - 2016)" */
static void make_subtitle(drawing *d, bool en)
{
    hg_bilingual block = d->block->form->title, period = d->x->table->period;
    const char *first = en ? block.en : block.vi, *second = en ? period.en : period.vi;
    hg_buf_clear(&d->text);
    hg_buf_puts(&d->text, first);
    hg_buf_puts(&d->text, first && second ? " " : "");
    hg_buf_puts(&d->text, second);
}

/* A title with the notes that no other text names ("[note 1]"), and below it the block
 * and the period. */
static hg_status draw_title(drawing *d, bool en)
{
    const hg_form_table *t = d->x->table;
    hg_style big = hg_access_style(en ? ACCESS_SUBTITLE : ACCESS_TITLE, !en),
             less = hg_access_style(ACCESS_SUBTITLE, false);
    big.wrap = less.wrap = 0; /* a title runs on over empty cells */
    make_title(d, en);
    for (size_t i = 0; i < t->n_notes; i++)
        if (t->notes[i].order == 0)
            hg_buf_printf(&d->title, en ? " [note %u]" : " [chú thích %u]",
                          t->notes[i].number);
    if (hg_buf_status(&d->title, d->err) != HG_OK ||
        line_of(d, &big, d->title.data) != HG_OK)
        return d->err->status;
    double width = hg_access_width(d->title.data, big.size, big.bold);
    d->wide = width > d->wide ? width : d->wide;
    make_subtitle(d, en);
    return hg_buf_status(&d->text, d->err) == HG_OK ? line_of(d, &less, d->text.data)
                                                    : d->err->status;
}

/* Take the marks of notes out of a title: " [chú thích 1]". */
static void unmark(hg_buf *buf, bool en)
{
    const char *mark = en ? " [note " : " [chú thích ";
    char *p = buf->data, *close;
    while (p && (p = strstr(p, mark)) != NULL && (close = strchr(p, ']')) != NULL) {
        buf->len -= (size_t)(close + 1 - p);
        memmove(p, close + 1, strlen(close + 1) + 1);
    }
}

/* What the table is called in the contents: its title and its block. */
static void make_entry(drawing *d, hg_buf *entry, bool en)
{
    make_title(d, en);
    unmark(&d->title, en);
    make_subtitle(d, en);
    hg_buf_put(entry, d->title.data, d->title.len);
    if (d->text.len > 0)
        hg_buf_printf(entry, " – %s", d->text.data);
}

/* Enter the table in the contents. */
static hg_status enter(drawing *d)
{
    hg_buf vi = { 0 }, en = { 0 };
    make_entry(d, &vi, false);
    if (d->access->english)
        make_entry(d, &en, true);
    if (hg_buf_status(&vi, d->err) == HG_OK && hg_buf_status(&en, d->err) == HG_OK)
        hg_access_list(&d->access->contents, d->name.data, vi.data, en.data, d->err);
    hg_buf_release(&vi);
    hg_buf_release(&en);
    return d->err->status;
}

static hg_status draw_titles(drawing *d)
{
    if (enter(d) != HG_OK || draw_title(d, false) != HG_OK || !d->x->of.form->english)
        return d->err->status;
    return draw_title(d, true);
}

/* A sentence in both languages in a row of its own. */
static hg_status say(drawing *d, const char *vi, const char *en)
{
    hg_style style = hg_access_style(ACCESS_SIZE, false);
    style.wrap = 0;
    hg_buf_clear(&d->text);
    put_both(&d->text, (hg_bilingual){ vi, en }, d->x->of.form->english, " / ");
    return hg_buf_status(&d->text, d->err) == HG_OK ? line_of(d, &style, d->text.data)
                                                    : d->err->status;
}

/* "Đơn vị tính: Người / Unit: Person", where there is something to say. */
static hg_status say_of(drawing *d, hg_word word, hg_bilingual what)
{
    hg_bilingual lead = hg_wording(word);
    hg_style style = hg_access_style(ACCESS_SIZE, false);
    style.wrap = 0;
    if (!what.vi)
        return HG_OK;
    hg_buf_clear(&d->text);
    hg_buf_printf(&d->text, "%s%s", lead.vi, what.vi);
    if (d->x->of.form->english && what.en)
        hg_buf_printf(&d->text, " / %s%s", lead.en, what.en);
    return hg_buf_status(&d->text, d->err) == HG_OK ? line_of(d, &style, d->text.data)
                                                    : d->err->status;
}

/* Which symbols the block's figures need, for this sheet's legend and the notes. */
static void find_symbols(drawing *d, bool *none, bool *missing, bool *p, bool *e)
{
    size_t n = (size_t)d->block->rows.n * d->x->n_leaves;
    for (size_t i = 0; i < n; i++) {
        const hg_line *row = &d->block->rows.lines[i / d->x->n_leaves];
        const hg_figure *f = &d->block->figures[i];
        char mark = d->x->columns.lines[d->x->leaves[i % d->x->n_leaves]].mark;
        if (row->heading)
            continue;
        mark = mark ? mark : row->mark;
        *none |= !f->number && (f->row == 0 || f->status == 'M');
        *missing |= !f->number && f->row != 0 && f->status != 'M';
        *p |= f->number && f->status == 'P' && mark != 'P';
        *e |= f->number && f->status == 'E' && mark != 'E';
    }
    d->access->none |= *none;
    d->access->missing |= *missing;
    d->access->provisional |= *p;
    d->access->estimate |= *e;
}

static hg_status draw_intro(drawing *d)
{
    bool none = false, missing = false, p = false, e = false;
    find_symbols(d, &none, &missing, &p, &e);
    say(d, "Trang này có một bảng.", "This worksheet contains one table.");
    if (d->x->table->n_notes)
        say(d, "Bảng có chú thích; xem trang “Chú giải”.",
            "The table has notes; see the worksheet “Chú giải”.");
    if (none || missing || p || e)
        say(d, "Các ký hiệu trong ô được giải thích ở trang “Chú giải”.",
            "Symbols in cells are explained in the worksheet “Chú giải”.");
    say_of(d, HG_WORD_UNIT, d->x->table->unit);
    say_of(d, HG_WORD_SOURCE, d->x->table->source);
    if (d->err->status != HG_OK)
        return d->err->status;
    hg_style link = hg_access_style(ACCESS_SIZE, false);
    link.link = 1;
    link.wrap = 0;
    return hg_book_link(d->book, ++d->row, 1, &link,
                        hg_access_front_name(ACCESS_CONTENTS), HG_SLICE("Về mục lục"),
                        d->err);
}

/* ---- the table ---- */

/* Whether every line that is shown has something in a column of the stub. */
static bool is_full(const drawing *d, hg_form_show show)
{
    for (uint32_t i = 0; i < d->block->rows.n; i++) {
        const hg_line *line = &d->block->rows.lines[i];
        if (!line->heading && (show == HG_STUB_NUMBER ||
                               (show == HG_STUB_CODE ? line->code : line->unit) == 0))
            return false;
    }
    return true;
}

/* The stub's columns: the label first, and others where no cell of theirs is empty.
 * Numbers of an outline are left out: the labels tell what stands under what. */
static void choose_stub(drawing *d)
{
    const hg_form_table *t = d->x->table;
    d->shows[d->stub++] = HG_STUB_LABEL;
    for (size_t i = 0; i < t->n_stub && d->stub < 8; i++)
        if (t->stub[i].show != HG_STUB_LABEL && is_full(d, t->stub[i].show))
            d->shows[d->stub++] = t->stub[i].show;
    d->cols = d->stub + d->x->n_leaves;
}

static void put_stub_header(drawing *d, hg_form_show show)
{
    static const hg_bilingual usual[] = { [HG_STUB_LABEL] = { "Chỉ tiêu", "Item" },
                                          [HG_STUB_NUMBER] = { "STT", "No." },
                                          [HG_STUB_CODE] = { "Mã số", "Code" },
                                          [HG_STUB_UNIT] = { "Đơn vị tính", "Unit" } };
    const hg_form_table *t = d->x->table;
    hg_bilingual label = usual[show];
    for (size_t i = 0; i < t->n_stub; i++)
        if (t->stub[i].show == show && t->stub[i].label.vi && *t->stub[i].label.vi)
            label = t->stub[i].label;
    put_both(&d->text, label, d->x->of.form->english, " / ");
}

/* Make a header another than those before it. */
static hg_status make_unique(drawing *d, char **headers, uint32_t i)
{
    unsigned again = 1;
    size_t plain = d->text.len;
    for (uint32_t k = 0; k < i; k++)
        if (strcmp(headers[k], d->text.data) == 0) {
            d->text.len = plain;
            hg_buf_printf(&d->text, " (%u)", ++again);
            if (hg_buf_status(&d->text, d->err) != HG_OK)
                return d->err->status;
            k = UINT32_MAX; /* from the start */
        }
    headers[i] = strdup(d->text.data);
    return headers[i] ? HG_OK : hg_fail_nomem(d->err);
}

static void widen(drawing *d, uint32_t col, const char *text, double most)
{
    double word = hg_access_word(text, ACCESS_SIZE, true);
    double whole = hg_access_width(text, ACCESS_SIZE, true);
    double width = whole < most ? whole : word > most ? word : most;
    if (width > d->widths[col])
        d->widths[col] = width < 2 * MOST ? width : 2 * MOST;
}

static hg_status make_headers(drawing *d, char **headers)
{
    for (uint32_t i = 0; i < d->cols && d->err->status == HG_OK; i++) {
        hg_buf_clear(&d->text);
        if (i < d->stub)
            put_stub_header(d, d->shows[i]);
        else
            put_name(&d->text, d->x, &d->x->columns, d->x->leaves[i - d->stub]);
        cut(&d->text, HEADER - 5);
        if (d->text.len == 0)
            hg_buf_puts(&d->text, "–");
        if (hg_buf_status(&d->text, d->err) == HG_OK &&
            make_unique(d, headers, i) == HG_OK)
            widen(d, i, headers[i], i < d->stub ? MOST : FIGURES);
    }
    return d->err->status;
}

static uint32_t place_rows(drawing *d)
{
    uint32_t last = d->head;
    for (uint32_t i = 0; i < d->block->rows.n; i++)
        d->rows[i] = d->block->rows.lines[i].heading ? 0 : ++last;
    return last;
}

/* What stands in a column of the stub, into d->text; never nothing. */
static hg_status stub_text(drawing *d, uint32_t line, hg_form_show show)
{
    const hg_line *l = &d->block->rows.lines[line];
    hg_buf_clear(&d->text);
    switch (show) {
    case HG_STUB_LABEL: put_name(&d->text, d->x, &d->block->rows, line); break;
    case HG_STUB_UNIT:
        put_both(&d->text, hg_crosstab_unit(d->x, l), d->x->of.form->english, " / ");
        break;
    case HG_STUB_CODE: hg_buf_puts(&d->text, hg_facts_text(d->x->of.facts, l->code).p);
    case HG_STUB_NUMBER: break;
    }
    if (d->text.len == 0)
        hg_buf_puts(&d->text, "[z]");
    return hg_buf_status(&d->text, d->err);
}

/* Make the columns as wide as their texts want, and the table as its title. */
static hg_status measure(drawing *d)
{
    double width = 0;
    for (uint32_t line = 0; line < d->block->rows.n; line++)
        for (uint32_t i = 0; i < d->stub && d->rows[line]; i++) {
            if (stub_text(d, line, d->shows[i]) != HG_OK)
                return d->err->status;
            widen(d, i, d->text.data, MOST);
        }
    for (uint32_t i = 0; i < d->cols; i++)
        width += d->widths[i];
    double grow = d->wide / width < STRETCH ? d->wide / width : STRETCH;
    for (uint32_t i = 0; i < d->cols && grow > 1; i++)
        d->widths[i] *= grow;
    return HG_OK;
}

static hg_status head_height(drawing *d, char *const *headers, const hg_style *style)
{
    unsigned most = 1;
    for (uint32_t i = 0; i < d->cols; i++) {
        unsigned lines = hg_access_lines(headers[i], style, d->widths[i]);
        most = lines > most ? lines : most;
    }
    return hg_access_height(d->book, d->head, most, ACCESS_SIZE, d->err);
}

static hg_status mark_up(drawing *d, uint32_t last)
{
    hg_style style = hg_access_style(ACCESS_SIZE, true);
    hg_buf name = { 0 };
    style.align = HG_CENTRE;
    style.valign = HG_MIDDLE;
    style.bottom = HG_THIN;
    char **headers = calloc(d->cols, sizeof *headers);
    if (!headers)
        return hg_fail_nomem(d->err);
    hg_buf_printf(&name, "hg_table_%u", ++d->access->tables);
    if (make_headers(d, headers) == HG_OK && measure(d) == HG_OK &&
        head_height(d, headers, &style) == HG_OK && hg_buf_status(&name, d->err) == HG_OK)
        hg_book_table(d->book, name.data, (hg_area){ d->head, 1, last, d->cols }, &style,
                      (const char *const *)headers, d->err);
    for (uint32_t i = 0; i < d->cols; i++)
        free(headers[i]);
    free(headers);
    hg_buf_release(&name);
    return d->err->status;
}

static hg_status draw_stub(drawing *d, uint32_t line)
{
    hg_style style = hg_access_style(ACCESS_SIZE, false);
    unsigned most = 1;
    for (uint32_t i = 0; i < d->stub; i++) {
        if (stub_text(d, line, d->shows[i]) != HG_OK ||
            hg_access_put(d->book, d->rows[line], i + 1, &style, d->text.data, d->err) !=
                HG_OK)
            return d->err->status;
        unsigned lines = hg_access_lines(d->text.data, &style, d->widths[i]);
        most = lines > most ? lines : most;
    }
    return hg_access_height(d->book, d->rows[line], most, ACCESS_SIZE, d->err);
}

static hg_status draw_body(drawing *d)
{
    static const hg_figure_words words = { "[z]", "[x]", "[z]", "[p]", "[e]" };
    hg_style style = hg_access_style(ACCESS_SIZE, false);
    hg_stand stand = { d->block, d->rows, d->stub + 1 };
    style.align = HG_RIGHT;
    for (uint32_t line = 0; line < d->block->rows.n; line++) {
        if (d->rows[line] == 0)
            continue;
        if (draw_stub(d, line) != HG_OK)
            break;
        for (uint32_t leaf = 0; leaf < d->x->n_leaves && d->err->status == HG_OK; leaf++)
            hg_figure_put(d->book, d->x, stand, (size_t)line * d->x->n_leaves + leaf,
                          &style, &words, &d->text, d->err);
        if (d->err->status != HG_OK)
            break;
    }
    return d->err->status;
}

/* Widths, the printed page; no panes, no filters, no header or footer. */
static hg_status set_up(drawing *d, uint32_t last)
{
    hg_page page = { .landscape = true,
                     .left = 15,
                     .right = 15,
                     .top = 15,
                     .bottom = 15,
                     .header = 8,
                     .repeat1 = d->head,
                     .repeat2 = d->head,
                     .rows = last,
                     .cols = d->cols,
                     .gridlines = true };
    for (uint32_t i = 0; i < d->cols; i++)
        if (hg_book_width(d->book, i + 1, d->widths[i], d->err) != HG_OK)
            return d->err->status;
    return hg_book_print(d->book, &page, d->err);
}

static hg_status note_down(drawing *d, uint32_t last)
{
    hg_keeper *keeper = d->notebook.keeper;
    if (hg_keep_sheet(keeper, d->name.data, (hg_area){ d->head, 1, d->head, d->cols },
                      last, d->cols, d->err) != HG_OK)
        return d->err->status;
    return hg_keep_figures(keeper, d->notebook.data, d->x,
                           (hg_stand){ d->block, d->rows, d->stub + 1 }, d->err);
}

static hg_status draw_block(drawing *d)
{
    choose_stub(d);
    d->rows = calloc((size_t)d->block->rows.n + 1, sizeof *d->rows);
    d->widths = calloc(d->cols, sizeof *d->widths);
    if (!d->rows || !d->widths)
        return hg_fail_nomem(d->err);
    for (uint32_t i = 0; i < d->cols; i++)
        d->widths[i] = LEAST;
    if (name_sheet(d) != HG_OK || draw_titles(d) != HG_OK || draw_intro(d) != HG_OK)
        return d->err->status;
    d->head = d->row + 1;
    uint32_t last = place_rows(d);
    if (last == d->head)
        return hg_fail(d->err, HG_EARG, &(hg_loc){ .sheet = d->name.data },
                       "the table has no rows with figures");
    if (mark_up(d, last) != HG_OK || draw_body(d) != HG_OK || set_up(d, last) != HG_OK)
        return d->err->status;
    if (note_down(d, last) != HG_OK)
        return d->err->status;
    hg_chart_place place = { .sheet = d->name.data,
                             .row = d->head,
                             .col = d->cols + 2,
                             .rows = 22,
                             .width = 640,
                             .height = 340,
                             .sans = true };
    return hg_charts_draw(d->book, d->notebook.keeper->carrier, d->x,
                          (hg_stand){ d->block, d->rows, d->stub + 1 }, &place, d->err);
}

hg_status hg_access_draw(hg_access *access, const hg_crosstab *x,
                         const hg_classic_defaults *defaults, hg_notebook notebook,
                         hg_err *err)
{
    access->english |= x->of.form->english;
    for (size_t b = 0; b < x->n_blocks && err->status == HG_OK; b++) {
        drawing d = { .access = access,
                      .book = access->book,
                      .x = x,
                      .block = &x->blocks[b],
                      .defaults = defaults,
                      .notebook = notebook,
                      .err = err };
        draw_block(&d);
        free(d.rows);
        free(d.widths);
        hg_buf_release(&d.name);
        hg_buf_release(&d.title);
        hg_buf_release(&d.text);
    }
    return err->status;
}
