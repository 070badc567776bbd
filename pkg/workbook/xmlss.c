/* xmlss - workbooks of XML Spreadsheet 2003 */
#include "workbook/xmlss.h"
#include "text/utf8.h"
#include "workbook/xmlfile.h"
#include "workbook/xmlss_sheet.h"

#include <stdlib.h>
#include <string.h>

typedef struct entry {
    hg_sheet sheet;
    char *name;
} entry;

typedef struct workbook {
    hg_xmlss_of of;
    char *name;
    hg_xmlss_styles styles;
    entry *list;
    size_t n, cap;
    /* while it is read: */
    bool rooted, in_styles;
    unsigned in_cells; /* elements open in a table, one within the other */
    bool visible;      /* what the element Visible says is to come */
} workbook;

static void xmlss_free(void *p)
{
    workbook *book = p;
    if (!book)
        return;
    for (size_t i = 0; i < book->n; i++)
        free(book->list[i].name);
    free(book->list);
    hg_xmlss_styles_release(&book->styles);
    free(book->name);
    free(book);
}

/* ---- telling ---- */

bool hg_xmlss_likely(const void *head, size_t n)
{
    hg_slice start = hg_utf8_start((hg_slice){ head, n });
    return start.n > 0 && *start.p == '<' &&
           (hg_slice_has(start, "progid=\"Excel.Sheet\"") ||
            (hg_slice_has(start, "Workbook") &&
             hg_slice_has(start, "urn:schemas-microsoft-com:office:spreadsheet")));
}

/* ---- the document: its styles and its worksheets ---- */

static hg_status add_sheet(workbook *book, const hg_xml_attrs *attrs, hg_err *err)
{
    const char *name = hg_xmlss_attr(attrs, "Name");
    if (book->n == HG_XMLSS_MAX_SHEETS)
        return hg_fail(err, HG_EINPUT, HG_AT(book->name), "more than %u sheets",
                       HG_XMLSS_MAX_SHEETS);
    if (book->n == book->cap) {
        size_t cap = book->cap ? book->cap * 2 : 16;
        entry *list = realloc(book->list, cap * sizeof *list);
        if (!list)
            return hg_fail_nomem(err);
        book->list = list;
        book->cap = cap;
    }
    entry *e = &book->list[book->n];
    *e = (entry){ .name = strdup(name ? name : "") };
    if (!e->name)
        return hg_fail_nomem(err);
    e->sheet.name = e->name;
    book->n++;
    return HG_OK;
}

static hg_status on_start(void *ctx, char space, const char *name,
                          const hg_xml_attrs *attrs, hg_err *err)
{
    workbook *book = ctx;
    if (!book->rooted && (space != 's' || strcmp(name, "Workbook") != 0))
        return hg_fail(err, HG_EINPUT, HG_AT(book->name), "not a workbook");
    book->rooted = true;
    if (book->in_cells > 0 || (space == 's' && strcmp(name, "Table") == 0)) {
        book->in_cells++;
        return HG_OK;
    }
    if (space == 's' && strcmp(name, "Worksheet") == 0)
        return add_sheet(book, attrs, err);
    book->visible = space == 'x' && strcmp(name, "Visible") == 0;
    book->of.from_1904 |= space == 'x' && strcmp(name, "Date1904") == 0;
    book->in_styles |= space == 's' && strcmp(name, "Styles") == 0;
    return book->in_styles && space == 's'
               ? hg_xmlss_styles_start(&book->styles, name, attrs, HG_AT(book->name), err)
               : HG_OK;
}

/* The word after Visible: it comes in one piece, or is none. */
static hg_status on_text(void *ctx, const char *text, size_t n, hg_err *err)
{
    workbook *book = ctx;
    hg_slice word = { text, n };
    (void)err;
    if (!book->visible || book->n == 0)
        return HG_OK;
    hg_sheet *sheet = &book->list[book->n - 1].sheet;
    if (hg_slice_is(word, "SheetHidden"))
        sheet->visibility = HG_HIDDEN;
    else if (hg_slice_is(word, "SheetVeryHidden"))
        sheet->visibility = HG_VERY_HIDDEN;
    return HG_OK;
}

static hg_status on_end(void *ctx, char space, const char *name, hg_err *err)
{
    workbook *book = ctx;
    (void)err;
    book->visible = false;
    if (book->in_cells > 0)
        book->in_cells--;
    else if (space == 's' && strcmp(name, "Styles") == 0)
        book->in_styles = false;
    return HG_OK;
}

static hg_status read_document(workbook *book, hg_err *err)
{
    static const hg_xml_events events = { on_start, on_end, on_text };
    hg_xmlfile *file;
    hg_status st = hg_xmlfile_open(&file, book->of.fd, hg_xmlss_spaces, &events, book,
                                   HG_AT(book->name), err);
    while (st == HG_OK)
        st = hg_xmlfile_step(file, err);
    hg_xmlfile_free(file);
    if (st == HG_END && book->n == 0)
        return hg_fail(err, HG_EINPUT, HG_AT(book->name),
                       "a workbook without worksheets");
    return st == HG_END ? HG_OK : st;
}

static hg_status xmlss_open(void **out, int fd, const char *name, const char *tmp,
                            hg_err *err)
{
    workbook *book = calloc(1, sizeof *book);
    *out = NULL;
    (void)tmp; /* memory holds what there is to hold */
    if (!book)
        return hg_fail_nomem(err);
    book->name = strdup(name);
    book->of = (hg_xmlss_of){ .fd = fd, .name = book->name, .styles = &book->styles };
    hg_status st = book->name ? read_document(book, err) : hg_fail_nomem(err);
    if (st == HG_OK)
        *out = book;
    else
        xmlss_free(book);
    return st;
}

static hg_book_facts xmlss_facts(const void *p)
{
    const workbook *book = p;
    return (hg_book_facts){ .sheets = book->n, .from_1904 = book->of.from_1904 };
}

static const hg_sheet *xmlss_sheet(const void *p, size_t i)
{
    return &((const workbook *)p)->list[i].sheet;
}

/* ---- one sheet ---- */

static hg_status open_cells(void **out, void *p, size_t i, hg_err *err)
{
    workbook *book = p;
    hg_xmlss_sheet *sheet = NULL;
    hg_status st = hg_xmlss_sheet_open(&sheet, &book->of, i, book->list[i].name, err);
    *out = sheet;
    return st;
}

static hg_status next(void *cells, hg_cell *cell, hg_err *err)
{
    return hg_xmlss_sheet_next(cells, cell, err);
}

static const hg_area *merged(const void *cells, size_t *n)
{
    return hg_xmlss_sheet_merged(cells, n);
}

static void free_cells(void *cells)
{
    hg_xmlss_sheet_free(cells);
}

const hg_reader hg_xmlss_reader = {
    .open = xmlss_open,
    .free = xmlss_free,
    .facts = xmlss_facts,
    .sheet = xmlss_sheet,
    .open_cells = open_cells,
    .next = next,
    .merged = merged,
    .free_cells = free_cells,
};
