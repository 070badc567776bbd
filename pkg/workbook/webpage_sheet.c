/* webpage_sheet - the cells of a web page, streaming */
#include "workbook/webpage_sheet.h"
#include "text/utf8.h"
#include "workbook/entities.h"
#include "workbook/pending.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    AT_ONCE = 256,      /* cells read before they are fetched */
    MAX_COLSPAN = 1000, /* as the HTML Standard has it, 4.9.11 */
    MAX_ROWSPAN = 65534
};

/* Where text goes: nowhere as long as there is none, into a row of its own, into a cell.
 */
typedef enum where { OUTSIDE, LOOSE, TABLE, ROW, CELL } where;

struct hg_webpage_sheet {
    hg_tags *tags;
    hg_status status; /* of the page: HG_OK while there is more */
    hg_err err;       /* kept until the cells before it are fetched */
    hg_loc loc;
    hg_pending pending;
    where where;
    bool in_head; /* its texts are not shown */
    uint32_t row; /* the last one that was begun */
    uint32_t col; /* the last one in it that is taken */
    hg_cell cell; /* under way */
    const char *font;
    hg_names fonts;
    bool row_hidden;
    bool begun;     /* the cell has text, */
    bool space;     /* behind which white space stands, */
    unsigned lines; /* or so many line ends */
    uint32_t wide;  /* columns in which cells of rows above may reach down */
    struct reach {
        uint32_t rows; /* how many, that under way counted */
        size_t area;   /* the merged area of the cell, from 1; 0: there is none */
    } reach[HG_CELL_MAX_COL];
};

static const hg_loc *place(hg_webpage_sheet *s)
{
    s->loc.row = s->row;
    s->loc.col = s->where == CELL ? s->cell.col : 0;
    return &s->loc;
}

/* ---- texts ---- */

static void put_char(hg_webpage_sheet *s, int32_t cp)
{
    hg_buf *to = &s->pending.texts;
    if (cp == ' ' || (cp >= '\t' && cp <= '\r')) {
        s->space = true;
        return;
    }
    if (s->begun && s->lines > 0)
        while (s->lines-- > 0)
            hg_buf_putc(to, '\n');
    else if (s->begun && s->space)
        hg_buf_putc(to, ' ');
    hg_utf8_put(to, cp);
    s->begun = true;
    s->space = false;
    s->lines = 0;
}

static hg_status put_text(hg_webpage_sheet *s, hg_slice text, hg_err *err)
{
    for (size_t i = 0; i < text.n;) {
        int32_t cp;
        hg_slice here = { text.p + i, text.n - i };
        i += *here.p == '&' ? hg_entity_read(&cp, here)
                            : hg_utf8_next(here.p, here.n, &cp);
        put_char(s, cp);
    }
    if (s->pending.texts.len - s->pending.text_from > HG_PENDING_TEXT)
        return hg_fail(err, HG_EINPUT, place(s), "a text of more than %zu bytes",
                       HG_PENDING_TEXT);
    return hg_buf_status(&s->pending.texts, err);
}

/* Whether a text shows nothing: white space, or hard spaces as pages put into cells. */
static bool shows_nothing(hg_slice text)
{
    int32_t cp;
    for (size_t i = 0; i < text.n;) {
        i += hg_utf8_next(text.p + i, text.n - i, &cp);
        if (cp != 0xA0 && cp != '\n' && cp != ' ')
            return false;
    }
    return true;
}

static bool is_blank(hg_slice text)
{
    for (size_t i = 0; i < text.n; i++)
        if (!strchr(" \t\r\n\f\v", text.p[i]) || text.p[i] == '\0')
            return false;
    return true;
}

/* ---- cells ---- */

static void begin_text(hg_webpage_sheet *s, uint32_t col)
{
    s->cell = (hg_cell){ .row = s->row, .col = col, .type = HG_CELL_TEXT };
    s->font = NULL;
    s->begun = s->space = false;
    s->lines = 0;
    hg_pending_begin(&s->pending);
}

static hg_status end_text(hg_webpage_sheet *s, hg_err *err)
{
    size_t from = s->pending.text_from, n = s->pending.texts.len - from;
    if (n == 0 || shows_nothing((hg_slice){ s->pending.texts.data + from, n }))
        return HG_OK;
    s->cell.font = s->font;
    return hg_pending_end(&s->pending, &s->cell, place(s), err);
}

static hg_status begin_row(hg_webpage_sheet *s, hg_err *err)
{
    if (s->row == HG_CELL_MAX_ROW)
        return hg_fail(err, HG_EINPUT, place(s), "a row beyond the largest sheet");
    s->row++;
    s->col = 0;
    return HG_OK;
}

/* Whether a style hides its element. */
static bool is_hidden(const hg_tag *tag)
{
    hg_slice style;
    if (hg_tag_attr(tag, "hidden", &style))
        return true;
    if (!hg_tag_attr(tag, "style", &style))
        return false;
    for (size_t i = 0; i + 7 <= style.n; i++) {
        if (strncasecmp(style.p + i, "display", 7) != 0)
            continue;
        for (i += 7; i < style.n && (style.p[i] == ' ' || style.p[i] == ':');)
            i++;
        return i + 4 <= style.n && strncasecmp(style.p + i, "none", 4) == 0;
    }
    return false;
}

/* How many rows or columns a cell spans; what is none is one. */
static uint32_t span_of(const hg_tag *tag, const char *name, uint32_t most)
{
    hg_slice value;
    uint32_t n = 0;
    if (!hg_tag_attr(tag, name, &value))
        return 1;
    for (size_t i = 0; i < value.n && value.p[i] >= '0' && value.p[i] <= '9' && n < most;
         i++)
        n = n * 10 + (uint32_t)(value.p[i] - '0');
    return n == 0 ? 1 : n < most ? n : most;
}

static hg_status begin_cell(hg_webpage_sheet *s, const hg_tag *tag, hg_err *err)
{
    uint32_t cols = span_of(tag, "colspan", MAX_COLSPAN);
    uint32_t rows = span_of(tag, "rowspan", MAX_ROWSPAN);
    uint32_t col = s->col + 1;
    while (col <= s->wide && s->reach[col - 1].rows > 0)
        col++;
    if (col + cols - 1 > HG_CELL_MAX_COL)
        return hg_fail(err, HG_EINPUT, place(s), "a cell beyond the largest sheet");
    s->col = col + cols - 1;
    s->wide = s->col > s->wide ? s->col : s->wide;
    bool merged = rows > 1 || cols > 1;
    uint32_t left = HG_CELL_MAX_ROW - s->row + 1;
    hg_status st = merged
                       ? hg_pending_merge(&s->pending, s->row, col,
                                          rows < left ? rows : left, cols, place(s), err)
                       : HG_OK;
    for (uint32_t c = col; c <= s->col; c++)
        s->reach[c - 1] = (struct reach){ rows, merged ? s->pending.n_merged : 0 };
    s->where = CELL;
    begin_text(s, col);
    s->cell.hidden = s->row_hidden || is_hidden(tag);
    s->cell.bold = strcmp(tag->name, "th") == 0;
    return st;
}

static hg_status end_cell(hg_webpage_sheet *s, hg_err *err)
{
    if (s->where != CELL)
        return HG_OK;
    hg_status st = end_text(s, err);
    s->where = ROW;
    return st;
}

static hg_status end_row(hg_webpage_sheet *s, hg_err *err)
{
    hg_status st = end_cell(s, err);
    if (s->where != ROW)
        return st;
    for (uint32_t c = 0; c < s->wide; c++)
        s->reach[c].rows -= s->reach[c].rows > 0;
    s->where = TABLE;
    return st;
}

/* The rows of a table or of a part of it end, and with them what reaches down. */
static hg_status end_rows(hg_webpage_sheet *s, hg_err *err)
{
    hg_status st = end_row(s, err);
    for (uint32_t c = 0; c < s->wide; c++) {
        if (s->reach[c].rows > 0 && s->reach[c].area > 0)
            s->pending.merged[s->reach[c].area - 1].row2 = s->row;
        s->reach[c].rows = 0;
    }
    s->wide = 0;
    return st;
}

static hg_status end_loose(hg_webpage_sheet *s, hg_err *err)
{
    if (s->where != LOOSE)
        return HG_OK;
    hg_status st = end_text(s, err);
    s->where = OUTSIDE;
    return st;
}

/* ---- tags ---- */

typedef enum tag_kind {
    OTHER,
    PAGE_HEAD,
    BODY,
    TABLES,
    ROWS,
    LINE,
    CELLS,
    BREAK,
    BLOCK,
    BOLD,
    ITALIC,
    FONT
} tag_kind;

static tag_kind kind_of(const char *name)
{
    static const struct {
        const char *name;
        tag_kind kind;
    } known[] = {
        { "td", CELLS },      { "th", CELLS },         { "tr", LINE },
        { "br", BREAK },      { "b", BOLD },           { "strong", BOLD },
        { "i", ITALIC },      { "em", ITALIC },        { "font", FONT },
        { "p", BLOCK },       { "div", BLOCK },        { "table", TABLES },
        { "thead", ROWS },    { "tbody", ROWS },       { "tfoot", ROWS },
        { "caption", BLOCK }, { "head", PAGE_HEAD },   { "body", BODY },
        { "h1", BLOCK },      { "h2", BLOCK },         { "h3", BLOCK },
        { "h4", BLOCK },      { "h5", BLOCK },         { "h6", BLOCK },
        { "li", BLOCK },      { "ul", BLOCK },         { "ol", BLOCK },
        { "hr", BLOCK },      { "center", BLOCK },     { "form", BLOCK },
        { "pre", BLOCK },     { "section", BLOCK },    { "header", BLOCK },
        { "footer", BLOCK },  { "main", BLOCK },       { "dt", BLOCK },
        { "dd", BLOCK },      { "blockquote", BLOCK },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(name, known[i].name) == 0)
            return known[i].kind;
    return OTHER;
}

static hg_status open_table(hg_webpage_sheet *s, hg_err *err)
{
    s->in_head = false;
    if (s->where >= TABLE)
        return hg_fail(
            err, HG_EINPUT, place(s),
            "a table within a table, which is not read; save the page as .xlsx");
    hg_status st = end_loose(s, err);
    s->where = TABLE;
    return st;
}

static hg_status open_row(hg_webpage_sheet *s, const hg_tag *tag, hg_err *err)
{
    hg_status st = end_row(s, err);
    s->row_hidden = is_hidden(tag);
    st = st == HG_OK ? begin_row(s, err) : st;
    s->where = ROW;
    return st;
}

static hg_status open_cell(hg_webpage_sheet *s, const hg_tag *tag, hg_err *err)
{
    hg_status st = end_cell(s, err);
    if (st == HG_OK && s->where == TABLE) {
        s->row_hidden = false;
        st = begin_row(s, err);
    }
    return st == HG_OK ? begin_cell(s, tag, err) : st;
}

/* A line ends in a text: at a br, and once where blocks stand one below the other. */
static hg_status part_line(hg_webpage_sheet *s, bool block, hg_err *err)
{
    if (s->where != CELL)
        return end_loose(s, err);
    if (!block || s->lines == 0)
        s->lines++;
    return HG_OK;
}

static hg_status set_font(hg_webpage_sheet *s, const hg_tag *tag, hg_err *err)
{
    hg_slice face;
    char name[64];
    if (s->begun || !hg_tag_attr(tag, "face", &face) || face.n >= sizeof name)
        return HG_OK;
    memcpy(name, face.p, face.n);
    name[face.n] = '\0';
    s->font = name;
    return hg_names_keep(&s->fonts, &s->font, place(s), err);
}

static hg_status on_open(hg_webpage_sheet *s, const hg_tag *tag, hg_err *err)
{
    tag_kind kind = kind_of(tag->name);
    bool in_table = s->where >= TABLE;
    switch (kind) {
    case PAGE_HEAD: s->in_head = true; break;
    case BODY: s->in_head = false; break;
    case TABLES: return open_table(s, err);
    case ROWS: return in_table ? end_rows(s, err) : HG_OK;
    case LINE: return in_table ? open_row(s, tag, err) : end_loose(s, err);
    case CELLS: return in_table ? open_cell(s, tag, err) : end_loose(s, err);
    case BREAK:
    case BLOCK: return part_line(s, kind == BLOCK, err);
    case BOLD: s->cell.bold |= !s->begun; break;
    case ITALIC: s->cell.italic |= !s->begun; break;
    case FONT: return set_font(s, tag, err);
    case OTHER: break;
    }
    return HG_OK;
}

static hg_status on_close(hg_webpage_sheet *s, const hg_tag *tag, hg_err *err)
{
    hg_status st = HG_OK;
    bool in_table = s->where >= TABLE;
    switch (kind_of(tag->name)) {
    case PAGE_HEAD: s->in_head = false; break;
    case TABLES:
        st = in_table ? end_rows(s, err) : HG_OK;
        s->where = in_table ? OUTSIDE : s->where;
        break;
    case ROWS: st = in_table ? end_rows(s, err) : HG_OK; break;
    case LINE: st = in_table ? end_row(s, err) : HG_OK; break;
    case CELLS: st = end_cell(s, err); break;
    case BLOCK: st = part_line(s, true, err); break;
    default: break;
    }
    return st;
}

static hg_status on_text(hg_webpage_sheet *s, hg_slice text, hg_err *err)
{
    if (s->in_head || (s->where != CELL && s->where != LOOSE && is_blank(text)))
        return HG_OK;
    if (s->where == ROW)
        return hg_fail(err, HG_EINPUT, place(s),
                       "text in a row of a table, but in no cell");
    if (s->where == OUTSIDE || s->where == TABLE) {
        if (begin_row(s, err) != HG_OK)
            return err->status;
        bool within = s->where == TABLE; /* a caption */
        s->where = LOOSE;
        begin_text(s, 1);
        hg_status st = put_text(s, text, err);
        if (!within)
            return st;
        st = st == HG_OK ? end_text(s, err) : st;
        s->where = TABLE;
        return st;
    }
    return put_text(s, text, err);
}

static hg_status read_on(hg_webpage_sheet *s, hg_err *err)
{
    hg_tag tag;
    hg_status st = HG_OK;
    while (st == HG_OK && s->pending.n < AT_ONCE &&
           (st = hg_tags_next(s->tags, &tag, err)) == HG_OK)
        st = tag.kind == HG_TAG_TEXT   ? on_text(s, tag.text, err)
             : tag.kind == HG_TAG_OPEN ? on_open(s, &tag, err)
                                       : on_close(s, &tag, err);
    if (st != HG_END)
        return st;
    if (s->where >= TABLE)
        return hg_fail(err, HG_EINPUT, place(s), "the page is cut off within a table");
    st = end_loose(s, err);
    return st == HG_OK ? HG_END : st;
}

/* ---- fetching ---- */

hg_status hg_webpage_sheet_open(hg_webpage_sheet **out, const hg_webpage_of *of,
                                hg_err *err)
{
    hg_webpage_sheet *s = *out = calloc(1, sizeof *s);
    if (!s)
        return hg_fail_nomem(err);
    s->loc = (hg_loc){ .file = of->name, .sheet = of->sheet };
    hg_status st = hg_tags_new(&s->tags, of->fd, of->name, of->from, err);
    if (st != HG_OK) {
        hg_webpage_sheet_free(s);
        *out = NULL;
    }
    return st;
}

hg_status hg_webpage_sheet_next(hg_webpage_sheet *s, hg_cell *cell, hg_err *err)
{
    while (!hg_pending_next(&s->pending, cell)) {
        if (s->status != HG_OK) {
            if (s->status != HG_END && err->status == HG_OK)
                *err = s->err;
            return s->status;
        }
        s->status = read_on(s, &s->err);
    }
    return HG_OK;
}

const hg_area *hg_webpage_sheet_merged(const hg_webpage_sheet *s, size_t *n)
{
    *n = s->pending.n_merged;
    return s->pending.merged;
}

void hg_webpage_sheet_free(hg_webpage_sheet *s)
{
    if (!s)
        return;
    hg_tags_free(s->tags);
    hg_pending_release(&s->pending);
    hg_names_release(&s->fonts);
    free(s);
}
