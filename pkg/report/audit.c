/* audit - hold a workbook to the checklist for accessible spreadsheets */
#include "report/audit.h"
#include "base/file.h"
#include "format/source.h"
#include "report/carrier.h"
#include "text/utf8.h"
#include "workbook/xlsx_survey.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_NOTES 1024
#define SIZE      12 /* the smallest type, in points */

typedef struct audit {
    const char *file;
    const hg_survey *survey;
    hg_source *source;
    hg_take_breach *take;
    void *with;
    size_t n;
    bool explained[MAX_NOTES + 1]; /* notes that a sheet of notes explains */
    unsigned long last_note;       /* the largest named so far */
    /* the sheet under way */
    const hg_survey_sheet *sheet;
    hg_grid *grid;
    hg_err *err;
} audit;

typedef enum rule {
    TITLE,
    AUTHOR,
    KEYWORDS,
    MACROS,
    CURSOR,
    COVER,
    EMPTY_CELL,
    BLANK_ROW,
    BLANK_COLUMN,
    HEADER_ROWS,
    HEADER,
    SAME_HEADER,
    TABLE_NAME,
    TABLE_START,
    FILTER,
    CONTENT_BELOW,
    TABLE,
    NOTE_IN_DATA,
    NOTES,
    NOTE_ORDER,
    SYMBOL,
    FONT_SIZE,
    FONT,
    FILL,
    WRAP,
    MERGED,
    PANES,
    SHEET_FILTER,
    HIDDEN_ROW,
    HIDDEN_COLUMN,
    HEADER_FOOTER,
    PICTURE,
    TEXT_BOX,
    ALT_TEXT,
    HIDDEN_SHEET,
    BLANK_SHEET,
    NO_TABLE,
    ONE_TABLE,
    CONTENTS,
    LANGUAGE
} rule;

static const struct {
    const char *name, *message;
} rules[] = {
    [TITLE] = { "title", "the file's properties have no title" },
    [AUTHOR] = { "author", "the file's properties have no author" },
    [KEYWORDS] = { "keywords", "the file's properties have no keywords" },
    [MACROS] = { "macros", "the file has macros" },
    [CURSOR] = { "cursor", "the file does not open at the cell A1 of its first sheet" },
    [COVER] = { "cover", "the first sheet is no cover: it has a table" },
    [EMPTY_CELL] = { "empty-cell", "a cell of the table is empty; say why in it, as “[x]”" },
    [BLANK_ROW] = { "blank-row", "the table has a blank row" },
    [BLANK_COLUMN] = { "blank-column", "the table has a blank column" },
    [HEADER_ROWS] = { "header-rows", "the table does not have exactly one header row" },
    [HEADER] = { "header", "a header of the table is empty" },
    [SAME_HEADER] = { "header", "two columns have the same header '%s'" },
    [TABLE_NAME] = { "table-name", "the table's name '%s' says nothing" },
    [TABLE_START] = { "table-start", "the table does not start in column A" },
    [FILTER] = { "filter", "the table has a filter" },
    [CONTENT_BELOW] = { "content-below", "there is something below the table" },
    [TABLE] = { "table", "figures stand outside a table that is marked up as one" },
    [NOTE_IN_DATA] = { "note-in-data", "a note is named in a cell of data; name it in a heading" },
    [NOTES] = { "notes", "no sheet of notes explains the note that is named here" },
    [NOTE_ORDER] = { "note-order",
                     "notes are not numbered in the order in which they are named" },
    [SYMBOL] = { "symbol", "a symbol marks a note; write “[note 1]”" },
    [FONT_SIZE] = { "font-size", "the type is smaller than 12 points" },
    [FONT] = { "font", "the font '%s' has serifs; Arial has none" },
    [FILL] = { "fill", "the cell is filled with a colour" },
    [WRAP] = { "wrap", "the text of a header is not wrapped" },
    [MERGED] = { "merged", "cells are merged" },
    [PANES] = { "panes", "panes are frozen or split" },
    [SHEET_FILTER] = { "filter", "the sheet has a filter" },
    [HIDDEN_ROW] = { "hidden-row", "a row is hidden" },
    [HIDDEN_COLUMN] = { "hidden-column", "a column is hidden" },
    [HEADER_FOOTER] = { "header-footer", "the printed page has a header or footer" },
    [PICTURE] = { "picture", "the sheet has a picture" },
    [TEXT_BOX] = { "text-box", "the sheet has a text box or shape" },
    [ALT_TEXT] = { "alt-text", "a chart or picture has no text that describes it" },
    [HIDDEN_SHEET] = { "hidden-sheet", "the sheet is hidden" },
    [BLANK_SHEET] = { "blank-sheet", "the sheet is blank" },
    [NO_TABLE] = { "table", "the sheet has no table that is marked up as one" },
    [ONE_TABLE] = { "one-table", "the sheet has more than one table" },
    [CONTENTS] = { "contents", "no table of contents leads to this sheet" },
    [LANGUAGE] = { "language", "the cover does not say the language" },
};

/* Tell of a rule broken at a cell (row 0: the sheet; no sheet: the file); arg is the
 * message's, or NULL. */
static void breach(audit *a, rule broken, uint32_t row, uint32_t col, const char *arg)
{
    hg_breach b = { .rule = rules[broken].name,
                    .loc = { .file = a->file,
                             .sheet = a->sheet ? a->sheet->name : NULL,
                             .row = row,
                             .col = col } };
    b.message = rules[broken].message;
    b.args_len = hg_args(b.args, sizeof b.args, rules[broken].message, arg ? arg : "");
    a->n++;
    a->take(a->with, &b);
}

/* ---- the file ---- */

static bool said(const char *text)
{
    return text && *text;
}

static void check_file(audit *a)
{
    const hg_survey *s = a->survey;
    a->sheet = NULL;
    if (!said(s->title))
        breach(a, TITLE, 0, 0, NULL);
    if (!said(s->author))
        breach(a, AUTHOR, 0, 0, NULL);
    if (!said(s->keywords))
        breach(a, KEYWORDS, 0, 0, NULL);
    if (s->macros)
        breach(a, MACROS, 0, 0, NULL);
    a->sheet = &s->sheets[0];
    if (s->active != 0 || (said(s->sheets[0].active) && strcmp(s->sheets[0].active, "A1") != 0))
        breach(a, CURSOR, 0, 0, NULL);
    if (s->sheets[0].n_tables > 0)
        breach(a, COVER, 0, 0, NULL);
}

/* ---- tables ---- */

static bool inside(const hg_area *a, uint32_t row, uint32_t col)
{
    return row >= a->row1 && row <= a->row2 && col >= a->col1 && col <= a->col2;
}

/* How many cells of a part of the table are empty, and the first of them. */
static uint32_t empty_cells(const audit *a, hg_area part, uint32_t *row, uint32_t *col)
{
    uint32_t n = 0;
    for (uint32_t r = part.row1; r <= part.row2; r++)
        for (uint32_t c = part.col1; c <= part.col2; c++)
            if (!hg_grid_at(a->grid, r, c) && n++ == 0) {
                *row = r;
                *col = c;
            }
    return n;
}

/* Blank rows and columns, then other cells that are empty: the first of each is enough. */
static void check_cells(audit *a, const hg_survey_table *t)
{
    const hg_area all = t->area;
    uint32_t row = 0, col = 0, empty = empty_cells(a, all, &row, &col), r = 0, c = 0;
    uint32_t width = all.col2 - all.col1 + 1, height = all.row2 - all.row1 + 1;
    if (empty == 0)
        return;
    breach(a, EMPTY_CELL, row, col, NULL);
    for (uint32_t i = all.row1; i <= all.row2; i++)
        if (empty_cells(a, (hg_area){ i, all.col1, i, all.col2 }, &r, &c) == width) {
            breach(a, BLANK_ROW, i, all.col1, NULL);
            break;
        }
    for (uint32_t i = all.col1; i <= all.col2; i++)
        if (empty_cells(a, (hg_area){ all.row1 + 1, i, all.row2, i }, &r, &c) == height - 1) {
            breach(a, BLANK_COLUMN, all.row1, i, NULL);
            break;
        }
}

static void check_headers(audit *a, const hg_survey_table *t)
{
    if (t->header_rows != 1)
        breach(a, HEADER_ROWS, t->area.row1, t->area.col1, NULL);
    for (size_t i = 0; i < t->n_headers; i++) {
        uint32_t col = t->area.col1 + (uint32_t)i, r, c;
        hg_area cell = { t->area.row1, col, t->area.row1, col };
        if (*t->headers[i] == '\0' || empty_cells(a, cell, &r, &c) > 0)
            breach(a, HEADER, t->area.row1, col, NULL);
        for (size_t k = 0; k < i; k++)
            if (strcmp(t->headers[i], t->headers[k]) == 0)
                breach(a, SAME_HEADER, t->area.row1, col, t->headers[i]);
    }
}

/* "Table1", "Bảng2", "Tabelle3": the names that programs give. */
static bool meaningless(const char *name)
{
    static const char *const given[] = { "Table", "Bảng", "Tabelle", "Tableau", "Tabla" };
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        size_t n = strlen(given[i]);
        if (strncmp(name, given[i], n) == 0 &&
            strspn(name + n, "0123456789") == strlen(name + n))
            return true;
    }
    return false;
}

static void check_table(audit *a, const hg_survey_table *t)
{
    if (meaningless(t->name ? t->name : "Table"))
        breach(a, TABLE_NAME, t->area.row1, t->area.col1, t->name ? t->name : "");
    if (t->area.col1 != 1)
        breach(a, TABLE_START, t->area.row1, t->area.col1, NULL);
    if (t->filter)
        breach(a, FILTER, t->area.row1, t->area.col1, NULL);
    check_headers(a, t);
    check_cells(a, t);
}

/* Numbers and texts outside tables: none below one; numbers nowhere. */
static void check_outside(audit *a)
{
    const hg_survey_sheet *s = a->sheet;
    size_t n;
    const hg_cell *cells = hg_grid_cells(a->grid, &n);
    for (size_t i = 0; i < n; i++) {
        bool in = false, below = false;
        for (size_t k = 0; k < s->n_tables; k++) {
            in |= inside(&s->tables[k].area, cells[i].row, cells[i].col);
            below |= cells[i].row > s->tables[k].area.row2;
        }
        if (!in && below) {
            breach(a, CONTENT_BELOW, cells[i].row, cells[i].col, NULL);
            return;
        }
        if (!in && cells[i].type == HG_CELL_NUMBER) {
            breach(a, TABLE, cells[i].row, cells[i].col, NULL);
            return;
        }
    }
}

/* ---- notes and symbols ---- */

/* The number of the note that text names at p, or 0. */
static unsigned long note_at(const char *p, size_t n)
{
    static const char *const marks[] = { "[note ", "[chú thích " };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t m = strlen(marks[i]);
        if (n > m && memcmp(p, marks[i], m) == 0)
            return strtoul(p + m, NULL, 10);
    }
    return 0;
}

/* Superscripts, daggers, stars: a screen reader leaves them out or misreads them. */
static bool has_symbol(hg_slice text)
{
    static const char *const signs[] = { "¹", "²", "³", "⁴", "⁵", "†", "‡", "*" };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t m = strlen(signs[i]);
        if (text.n > m && memcmp(text.p + text.n - m, signs[i], m) == 0)
            return true; /* as the last of a text; m² is a unit */
    }
    return false;
}

static bool is_notes(const char *name)
{
    hg_buf key = { 0 };
    hg_utf8_key(&key, name, strlen(name));
    bool notes = key.data && (strstr(key.data, "chú giải") || strstr(key.data, "chú thích") ||
                              strstr(key.data, "note"));
    hg_buf_release(&key);
    return notes;
}

/* See that a note that a text names is explained, and not before those with smaller
 * numbers. */
static void check_note(audit *a, const hg_cell *cell, unsigned long note, bool data)
{
    if (data)
        breach(a, NOTE_IN_DATA, cell->row, cell->col, NULL);
    else if (note > MAX_NOTES || !a->explained[note])
        breach(a, NOTES, cell->row, cell->col, NULL);
    else if (note > a->last_note + 1)
        breach(a, NOTE_ORDER, cell->row, cell->col, NULL);
    a->last_note = note > a->last_note ? note : a->last_note;
}

static void check_text(audit *a, const hg_cell *cell, bool data)
{
    for (size_t i = 0; i < cell->text.n; i++) {
        unsigned long note = cell->text.p[i] == '['
                                 ? note_at(cell->text.p + i, cell->text.n - i)
                                 : 0;
        if (note)
            check_note(a, cell, note, data);
    }
    if (has_symbol(cell->text))
        breach(a, SYMBOL, cell->row, cell->col, NULL);
}

/* What the sheet of notes explains: the notes at the beginning of its cells. */
static hg_status find_notes(audit *a)
{
    for (size_t i = 0; i < hg_source_sheets(a->source); i++) {
        size_t n;
        if (!is_notes(hg_source_sheet(a->source, i)->name))
            continue;
        if (hg_source_grid(&a->grid, a->source, i, a->err) != HG_OK)
            return a->err->status;
        const hg_cell *cells = hg_grid_cells(a->grid, &n);
        for (size_t k = 0; k < n; k++) {
            unsigned long note = note_at(cells[k].text.p, cells[k].text.n);
            if (note > 0 && note <= MAX_NOTES)
                a->explained[note] = true;
        }
        hg_grid_free(a->grid);
        a->grid = NULL;
    }
    return HG_OK;
}

static void check_texts(audit *a)
{
    const hg_survey_sheet *s = a->sheet;
    size_t n;
    const hg_cell *cells = hg_grid_cells(a->grid, &n);
    for (size_t i = 0; i < n; i++) {
        bool data = false;
        for (size_t k = 0; k < s->n_tables; k++)
            data |= inside(&s->tables[k].area, cells[i].row, cells[i].col) &&
                    cells[i].row > s->tables[k].area.row1 &&
                    cells[i].col > s->tables[k].area.col1; /* the first heads its row */
        if (cells[i].type == HG_CELL_TEXT && !is_notes(s->name))
            check_text(a, &cells[i], data);
    }
}

/* ---- how it looks ---- */

static bool is_serif(const char *font)
{
    static const char *const serifs[] = { "Times New Roman", "Cambria", "Georgia",
                                          "Garamond", "Book Antiqua", "Palatino Linotype",
                                          "Liberation Serif", ".VnTime", "VNI-Times" };
    for (size_t i = 0; font && i < sizeof serifs / sizeof *serifs; i++)
        if (strcmp(font, serifs[i]) == 0)
            return true;
    return false;
}

static void check_looks(audit *a)
{
    const hg_survey_sheet *s = a->sheet;
    unsigned small = 0, serif = 0, fill = 0; /* the first of each is enough */
    for (size_t i = 0; i < s->n_looks; i++) {
        const hg_survey_look *look = &s->looks[i];
        if (look->style >= a->survey->n_styles)
            continue;
        const hg_survey_style *style = &a->survey->styles[look->style];
        bool table = s->n_tables > 0 &&
                     inside(&s->tables[0].area, look->row, look->col);
        if (style->size > 0 && style->size < SIZE && small++ == 0)
            breach(a, FONT_SIZE, look->row, look->col, NULL);
        if (is_serif(style->font) && serif++ == 0)
            breach(a, FONT, look->row, look->col, style->font);
        if (style->fill && fill++ == 0)
            breach(a, FILL, look->row, look->col, NULL);
        if (table && look->text && !style->wrap && look->row == s->tables[0].area.row1)
            breach(a, WRAP, look->row, look->col, NULL);
    }
}

static void check_sheet_parts(audit *a)
{
    const hg_survey_sheet *s = a->sheet;
    if (s->n_merged > 0)
        breach(a, MERGED, s->merged[0].row1, s->merged[0].col1, NULL);
    if (s->pane)
        breach(a, PANES, 0, 0, NULL);
    if (s->filter)
        breach(a, SHEET_FILTER, 0, 0, NULL);
    if (s->hidden_row)
        breach(a, HIDDEN_ROW, s->hidden_row, 1, NULL);
    if (s->hidden_col)
        breach(a, HIDDEN_COLUMN, 1, s->hidden_col, NULL);
    if (s->header_footer)
        breach(a, HEADER_FOOTER, 0, 0, NULL);
    if (s->pictures > 0)
        breach(a, PICTURE, 0, 0, NULL);
    if (s->shapes > 0)
        breach(a, TEXT_BOX, 0, 0, NULL);
    if (s->undescribed > 0)
        breach(a, ALT_TEXT, 0, 0, NULL);
}

/* ---- the sheets ---- */

static hg_status check_sheet(audit *a, size_t i)
{
    size_t n, source = 0;
    a->sheet = &a->survey->sheets[i];
    if (a->sheet->visibility != HG_VISIBLE) {
        if (strcmp(a->sheet->name, HG_CARRIER_SHEET) != 0)
            breach(a, HIDDEN_SHEET, 0, 0, NULL);
        return HG_OK; /* ours is known to hg-extract alone */
    }
    while (source < hg_source_sheets(a->source) &&
           strcmp(hg_source_sheet(a->source, source)->name, a->sheet->name) != 0)
        source++;
    check_sheet_parts(a);
    if (source == hg_source_sheets(a->source))
        return HG_OK; /* of a chart alone */
    if (hg_source_grid(&a->grid, a->source, source, a->err) != HG_OK)
        return a->err->status;
    hg_grid_cells(a->grid, &n);
    if (n == 0)
        breach(a, BLANK_SHEET, 0, 0, NULL);
    if (i > 0 && n > 0 && a->sheet->n_tables == 0)
        breach(a, NO_TABLE, 0, 0, NULL);
    if (a->sheet->n_tables > 1)
        breach(a, ONE_TABLE, 0, 0, NULL);
    for (size_t t = 0; t < a->sheet->n_tables; t++)
        check_table(a, &a->sheet->tables[t]);
    check_outside(a);
    check_texts(a);
    check_looks(a);
    hg_grid_free(a->grid);
    a->grid = NULL;
    return HG_OK;
}

/* A link's target names a sheet: "'Biểu 01'!A1" or "Biểu!A1". */
static bool leads_to(const char *link, const char *sheet)
{
    hg_buf plain = { 0 };
    const char *end = strrchr(link, '!');
    for (const char *p = link; end && p < end; p++) {
        if (*p == '\'' && (p == link || p + 1 == end))
            continue;
        hg_buf_putc(&plain, *p);
        p += *p == '\'' && p[1] == '\'';
    }
    bool same = plain.data && strcmp(plain.data, sheet) == 0;
    hg_buf_release(&plain);
    return same;
}

/* Some sheet before the tables leads to each of them. */
static void check_contents(audit *a)
{
    const hg_survey *s = a->survey;
    for (size_t i = 2; i < s->n; i++) {
        bool linked = false;
        if (s->sheets[i].visibility != HG_VISIBLE)
            continue;
        for (size_t k = 0; k < i && !linked; k++)
            for (size_t l = 0; l < s->sheets[k].n_links && !linked; l++)
                linked = leads_to(s->sheets[k].links[l], s->sheets[i].name);
        a->sheet = &s->sheets[i];
        if (!linked)
            breach(a, CONTENTS, 0, 0, NULL);
    }
}

/* The cover says in which language the workbook is: the format has no other place that
 * programs write. */
static hg_status check_language(audit *a)
{
    size_t n;
    bool told = false;
    a->sheet = &a->survey->sheets[0];
    if (hg_source_grid(&a->grid, a->source, 0, a->err) != HG_OK)
        return a->err->status;
    const hg_cell *cells = hg_grid_cells(a->grid, &n);
    for (size_t i = 0; i < n; i++)
        told |= cells[i].type == HG_CELL_TEXT && (strstr(cells[i].text.p, "Ngôn ngữ") ||
                                                  strstr(cells[i].text.p, "Language"));
    if (!told)
        breach(a, LANGUAGE, 0, 0, NULL);
    hg_grid_free(a->grid);
    a->grid = NULL;
    return HG_OK;
}

static hg_status check_all(audit *a)
{
    check_file(a);
    if (check_language(a) != HG_OK || find_notes(a) != HG_OK)
        return a->err->status;
    for (size_t i = 0; i < a->survey->n && a->err->status == HG_OK; i++)
        check_sheet(a, i);
    if (a->err->status == HG_OK)
        check_contents(a);
    return a->err->status;
}

hg_status hg_audit(const char *name, const char *tmp, hg_take_breach *take, void *with,
                   size_t *n, hg_err *err)
{
    const hg_source_opts opts = { .tmp = tmp };
    audit a = { .file = name, .take = take, .with = with, .err = err };
    hg_survey *survey = NULL;
    int fd = -1;
    *n = 0;
    if (hg_file_open(&fd, name, err) == HG_OK &&
        hg_source_open(&a.source, name, &opts, err) == HG_OK &&
        hg_survey_read(&survey, fd, name, err) == HG_OK) {
        a.survey = survey;
        if (survey->n == 0 || hg_source_sheets(a.source) == 0)
            hg_fail(err, HG_EINPUT, HG_AT(name), "a workbook without worksheets");
        else
            check_all(&a);
    }
    if (fd >= 0)
        close(fd);
    hg_grid_free(a.grid);
    hg_survey_free(survey);
    hg_source_free(a.source);
    *n = a.n;
    return err->status;
}
