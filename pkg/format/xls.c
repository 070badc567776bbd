/* xls - old workbooks of Excel */
#include "format/xls.h"
#include "format/xls_sheet.h"

#include <stdlib.h>
#include <string.h>

typedef struct entry {
    hg_sheet sheet;
    char *name;
    uint32_t at; /* where its records begin */
} entry;

typedef struct xls {
    hg_ole *ole;
    hg_ole_stream *stream;
    hg_xls_records r; /* of the workbook itself */
    entry *list;
    size_t n, cap;
    hg_xls_styles *styles;
    hg_shared *strings;
    uint64_t strings_at; /* until the first sheet is opened; 0: there are none */
    bool from_1904;
    hg_buf text;
} xls;

static void xls_free(void *p)
{
    xls *book = p;
    if (!book)
        return;
    for (size_t i = 0; i < book->n; i++)
        free(book->list[i].name);
    free(book->list);
    hg_xls_styles_free(book->styles);
    hg_shared_free(book->strings);
    hg_buf_release(&book->text);
    hg_xls_release(&book->r);
    hg_ole_stream_free(book->stream);
    hg_ole_free(book->ole);
    free(book);
}

/* ---- the workbook's own records ---- */

/* Room for one more sheet. No two are at one place, so that a file cannot ask to be read
 * more often than it is long. */
static hg_status new_sheet(xls *book, uint32_t at, hg_err *err)
{
    if (book->n == HG_XLS_MAX_SHEETS)
        return hg_fail(err, HG_EINPUT, &book->r.loc, "more than %u sheets",
                       HG_XLS_MAX_SHEETS);
    for (size_t i = 0; i < book->n; i++)
        if (book->list[i].at == at)
            return hg_fail(err, HG_EINPUT, &book->r.loc,
                           "damaged: two sheets at the same place");
    if (book->n == book->cap) {
        size_t cap = book->cap ? book->cap * 2 : 16;
        entry *list = realloc(book->list, cap * sizeof *list);
        if (!list)
            return hg_fail_nomem(err);
        book->list = list;
        book->cap = cap;
    }
    book->list[book->n++] = (entry){ .at = at };
    return HG_OK;
}

/* [MS-XLS] 2.4.28: where it is, whether it shows, and what it is, 0 a worksheet. */
static hg_status add_sheet(xls *book, hg_err *err)
{
    static const hg_visibility shows[] = { HG_VISIBLE, HG_HIDDEN, HG_VERY_HIDDEN,
                                           HG_VERY_HIDDEN };
    const unsigned char *p = book->r.data;
    hg_status st = hg_xls_need(&book->r, 7, err);
    if (st != HG_OK || p[5] != 0)
        return st;
    unsigned state = p[4] & 3;
    if ((st = new_sheet(book, hg_le32(p), err)) != HG_OK)
        return st;
    entry *e = &book->list[book->n - 1];
    book->r.pos = 6;
    hg_buf_clear(&book->text);
    if ((st = hg_xls_text(&book->r, 1, &book->text, err)) != HG_OK)
        return st;
    e->name = strdup(book->text.data ? book->text.data : "");
    e->sheet = (hg_sheet){ e->name, shows[state] };
    return e->name ? HG_OK : hg_fail_nomem(err);
}

/* A record that holds one number of 16 bits. */
static hg_status number(xls *book, uint16_t *to, hg_err *err)
{
    hg_status st = hg_xls_need(&book->r, 2, err);
    if (st == HG_OK)
        *to = hg_le16(book->r.data);
    return st;
}

static hg_status note(xls *book, hg_err *err)
{
    uint16_t mode = book->from_1904;
    hg_status st;
    switch (book->r.id) {
    case HG_XLS_FILEPASS:
        return hg_fail(err, HG_EINPUT, &book->r.loc,
                       "a workbook locked with a password; save it as .xlsx without one");
    case HG_XLS_CODEPAGE: return number(book, &book->r.code_page, err);
    case HG_XLS_BOUNDSHEET: return add_sheet(book, err);
    case HG_XLS_SST: book->strings_at = book->r.at; return HG_OK;
    case HG_XLS_DATEMODE:
        st = number(book, &mode, err);
        book->from_1904 = mode == 1;
        return st;
    default: return hg_xls_styles_add(book->styles, &book->r, err);
    }
}

/* The stream begins with its version (2.4.21): 0x0600 BIFF8, 0x0500 BIFF5. */
static hg_status read_start(xls *book, hg_err *err)
{
    hg_status st = hg_xls_next(&book->r, err);
    unsigned id = book->r.id;
    if (st == HG_OK && (id == 0x0009 || id == 0x0209 || id == 0x0409))
        return hg_fail(err, HG_EINPUT, &book->r.loc,
                       "a workbook of Excel 4 or before; save it as .xlsx");
    if (st == HG_END || (st == HG_OK && id != HG_XLS_BOF))
        return hg_fail(err, HG_EINPUT, &book->r.loc,
                       "damaged: its stream is no workbook's");
    if (st == HG_OK)
        st = hg_xls_need(&book->r, 4, err);
    if (st != HG_OK)
        return st;
    unsigned version = hg_le16(book->r.data);
    if (version != 0x0600 && version != 0x0500)
        return hg_fail(err, HG_EINPUT, &book->r.loc,
                       "a workbook of the unknown version %u", version);
    book->r.biff8 = version == 0x0600;
    return HG_OK;
}

static hg_status read_workbook(xls *book, hg_err *err)
{
    hg_status st = read_start(book, err);
    while (st == HG_OK && (st = hg_xls_next(&book->r, err)) == HG_OK &&
           book->r.id != HG_XLS_EOF)
        st = note(book, err);
    if (st == HG_END)
        return hg_fail(err, HG_EINPUT, &book->r.loc, "the workbook is cut off");
    if (st == HG_OK && book->n == 0)
        return hg_fail(err, HG_EINPUT, &book->r.loc, "a workbook without worksheets");
    return st;
}

/* ---- opening ---- */

/* Find the workbook's stream; Excel 5 and 95 call it Book. */
static hg_status find_stream(xls *book, hg_err *err)
{
    hg_ole_stream *locked = NULL;
    hg_status st = hg_ole_find(&locked, book->ole, "EncryptedPackage", err);
    if (st == HG_OK && locked)
        st = hg_fail(err, HG_EINPUT, &book->r.loc,
                     "a workbook locked with a password; save it as .xlsx without one");
    hg_ole_stream_free(locked);
    if (st == HG_OK)
        st = hg_ole_find(&book->stream, book->ole, "Workbook", err);
    if (st == HG_OK && !book->stream)
        st = hg_ole_find(&book->stream, book->ole, "Book", err);
    if (st == HG_OK && !book->stream)
        st = hg_fail(err, HG_EINPUT, &book->r.loc,
                     "an old or locked Office document, not a workbook");
    book->r.stream = book->stream;
    return st;
}

static hg_status xls_open(void **out, int fd, const char *name, hg_err *err)
{
    xls *book = calloc(1, sizeof *book);
    hg_status st;
    *out = NULL;
    if (!book)
        return hg_fail_nomem(err);
    book->r.code_page = 1252; /* where it does not say */
    if ((st = hg_ole_open(&book->ole, fd, name, err)) == HG_OK) {
        book->r.loc.file = hg_ole_name(book->ole);
        st = find_stream(book, err);
    }
    if (st == HG_OK)
        st = hg_xls_styles_new(&book->styles, err);
    if (st == HG_OK)
        st = read_workbook(book, err);
    if (st == HG_OK)
        *out = book;
    else
        xls_free(book);
    return st;
}

static size_t xls_sheets(const void *p)
{
    return ((const xls *)p)->n;
}

static const hg_sheet *xls_sheet(const void *p, size_t i)
{
    return &((const xls *)p)->list[i].sheet;
}

static bool xls_1904(const void *p)
{
    return ((const xls *)p)->from_1904;
}

/* ---- one sheet ---- */

/* Shared texts are read when a sheet is first opened. */
static hg_status need_strings(xls *book, hg_err *err)
{
    if (book->strings_at == 0 || book->strings)
        return HG_OK;
    book->r.next = book->strings_at;
    hg_status st = hg_xls_next(&book->r, err);
    return st == HG_OK ? hg_xls_strings_read(&book->strings, &book->r, book->styles, err)
                       : st;
}

static hg_status open_cells(void **out, void *p, size_t i, hg_err *err)
{
    xls *book = p;
    const entry *e = &book->list[i];
    hg_xls_sheet *sheet = NULL;
    hg_status st = need_strings(book, err);
    *out = NULL;
    if (st != HG_OK)
        return st;
    hg_xls_context context = { .stream = book->stream,
                               .strings = book->strings,
                               .styles = book->styles,
                               .biff8 = book->r.biff8,
                               .from_1904 = book->from_1904,
                               .code_page = book->r.code_page };
    st = hg_xls_sheet_open(&sheet, &context, e->at, hg_ole_name(book->ole), e->name, err);
    *out = sheet;
    return st;
}

static hg_status next(void *cells, hg_cell *cell, hg_err *err)
{
    return hg_xls_sheet_next(cells, cell, err);
}

static const hg_area *merged(const void *cells, size_t *n)
{
    return hg_xls_sheet_merged(cells, n);
}

static void free_cells(void *cells)
{
    hg_xls_sheet_free(cells);
}

const hg_reader hg_xls_reader = {
    .open = xls_open,
    .free = xls_free,
    .sheets = xls_sheets,
    .sheet = xls_sheet,
    .from_1904 = xls_1904,
    .open_cells = open_cells,
    .next = next,
    .merged = merged,
    .free_cells = free_cells,
};
