/* xls - old workbooks of Excel */
#include "workbook/xls.h"
#include "workbook/xls_names.h"
#include "workbook/xls_sheet.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct entry {
    hg_sheet sheet;
    char *name;
    uint32_t at;  /* where its records begin */
    size_t place; /* among all sheets, those without cells too */
    bool lost;    /* it does not begin there */
} entry;

#define GLOBALS 5 /* what a workbook's own records begin as ([MS-XLS] 2.4.21) */

typedef struct xls {
    hg_ole *ole;
    const char *tmp;
    hg_ole_stream *stream;
    hg_xls_records r; /* of the workbook itself */
    entry *list;
    size_t n, cap;
    size_t places; /* sheets met, those without cells too */
    hg_xls_styles *styles;
    hg_shared *strings;
    uint64_t strings_at; /* until the first sheet is opened; 0: there are none */
    bool from_1904;
    hg_xls_names names;
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
    hg_xls_names_release(&book->names);
    hg_xls_crypt_free(book->r.crypt);
    hg_buf_release(&book->text);
    hg_xls_release(&book->r);
    hg_ole_stream_free(book->stream);
    hg_ole_free(book->ole);
    free(book);
}

/* ---- the workbook's own records ---- */

/* Room for one more sheet. */
static hg_status new_sheet(xls *book, uint32_t at, hg_err *err)
{
    if (book->n == HG_XLS_MAX_SHEETS)
        return hg_fail(err, HG_EINPUT, &book->r.loc, "more than %u sheets",
                       HG_XLS_MAX_SHEETS);
    if (book->n == book->cap) {
        size_t cap = book->cap ? book->cap * 2 : 16;
        entry *list = realloc(book->list, cap * sizeof *list);
        if (!list)
            return hg_fail_nomem(err);
        book->list = list;
        book->cap = cap;
    }
    book->list[book->n++] = (entry){ .at = at, .place = book->places };
    return HG_OK;
}

/* [MS-XLS] 2.4.28: where it is, whether it shows, and what it is, 0 a worksheet. */
static hg_status add_sheet(xls *book, hg_err *err)
{
    static const hg_visibility shows[] = { HG_VISIBLE, HG_HIDDEN, HG_VERY_HIDDEN,
                                           HG_VERY_HIDDEN };
    const unsigned char *p = book->r.data;
    hg_status st = hg_xls_need(&book->r, 7, err);
    book->places++;
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

/* Where the workbook does not say its code page, the characters of its first font do
 * ([MS-XLS] 2.4.122 bCharSet). */
static void guess_code_page(xls *book)
{
    static const struct {
        uint8_t set;
        uint16_t page;
    } sets[] = {
        { 77, 10000 }, { 128, 932 },  { 129, 949 },  { 134, 936 },  { 136, 950 },
        { 161, 1253 }, { 162, 1254 }, { 163, 1258 }, { 177, 1255 }, { 178, 1256 },
        { 186, 1257 }, { 204, 1251 }, { 222, 874 },  { 238, 1250 },
    };
    if (book->r.code_page == 0 && book->r.n > 12)
        book->r.code_page = 1252;
    else
        return;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (sets[i].set == book->r.data[12])
            book->r.code_page = sets[i].page;
}

/* The name of a sheet with cells, by its number among all. */
static const char *sheet_name(const void *p, unsigned number)
{
    const xls *book = p;
    for (size_t i = 0; i < book->n; i++)
        if (book->list[i].place == number + 1u)
            return book->list[i].name;
    return NULL;
}

static hg_status note(xls *book, hg_err *err)
{
    const hg_xls_sheet_names sheets = { sheet_name, book };
    uint16_t mode = book->from_1904;
    hg_status st;
    switch (book->r.id) {
    case HG_XLS_FILEPASS:
        return book->r.crypt ? HG_OK
                             : hg_xls_crypt_new(&book->r.crypt, book->r.data, book->r.n,
                                                &book->r.loc, err);
    case HG_XLS_CODEPAGE: return number(book, &book->r.code_page, err);
    case HG_XLS_BOUNDSHEET: return add_sheet(book, err);
    case HG_XLS_SST: book->strings_at = book->r.at; return HG_OK;
    case HG_XLS_DATEMODE:
        st = number(book, &mode, err);
        book->from_1904 = mode == 1;
        return st;
    case HG_XLS_FONT: guess_code_page(book); break;
    case HG_XLS_NAME:
    case HG_XLS_EXTERNSHEET:
    case HG_XLS_SUPBOOK:
        return hg_xls_names_add(&book->names, &book->r, &sheets, err);
    default: break;
    }
    return hg_xls_styles_add(book->styles, &book->r, err);
}

/* A record elsewhere, where there is a whole one; false: there is none. */
static bool look(xls *book, uint64_t at, hg_status *st, hg_err *err)
{
    hg_err why = HG_ERR_INIT;
    book->r.next = at;
    *st = hg_xls_next(&book->r, &why);
    bool found = *st == HG_OK;
    if (*st == HG_END || *st == HG_EINPUT)
        *st = HG_OK;
    else if (!found)
        *err = why;
    return found;
}

/* Sheets that are not where they should be: they follow each other from a place on. */
static hg_status find_lost(xls *book, uint64_t from, hg_err *err)
{
    hg_status st = HG_OK;
    size_t place = 0, depth = 0, i = 0;
    while (i < book->n && look(book, from, &st, err)) {
        from = book->r.next;
        if (book->r.id == HG_XLS_EOF && depth > 0)
            depth--;
        if (book->r.id != HG_XLS_BOF || depth++ > 0)
            continue;
        place++;
        for (; i < book->n && book->list[i].place <= place; i++)
            if (book->list[i].lost && book->list[i].place == place)
                book->list[i].at = (uint32_t)book->r.at;
    }
    return st;
}

/* No two sheets are at one place, so that a file cannot ask to be read more often than it
 * is long. */
static hg_status find_sheets(xls *book, hg_err *err)
{
    uint64_t from = book->r.next;
    bool lost = false;
    hg_status st = HG_OK;
    for (size_t i = 0; i < book->n && st == HG_OK; i++) {
        entry *e = &book->list[i];
        e->lost = !look(book, e->at, &st, err) || book->r.id != HG_XLS_BOF ||
                  book->r.n < 4 || hg_le16(book->r.data + 2) == GLOBALS;
        lost = lost || e->lost;
    }
    if (st == HG_OK && lost)
        st = find_lost(book, from, err);
    for (size_t i = 0; i < book->n && st == HG_OK; i++)
        for (size_t k = 0; k < i; k++)
            if (book->list[i].at == book->list[k].at)
                return hg_fail(err, HG_EINPUT, &book->r.loc,
                               "damaged: two sheets at the same place");
    return st;
}

/* The stream begins with its version (2.4.21): 0x0600 BIFF8, 0x0500 BIFF5, of which some
 * writers change the lower half; before that the record itself tells it. */
static hg_status read_start(xls *book, hg_err *err)
{
    static const uint16_t olds[] = { [2] = 0x0009, [3] = 0x0209, [4] = 0x0409 };
    hg_status st = hg_xls_next(&book->r, err);
    for (unsigned i = 2; i <= 4; i++)
        if (st == HG_OK && book->r.id == olds[i])
            book->r.biff = i;
    if (st == HG_END || (st == HG_OK && !book->r.biff && book->r.id != HG_XLS_BOF))
        return hg_fail(err, HG_EINPUT, &book->r.loc,
                       "damaged: its stream is no workbook's");
    if (st == HG_OK)
        st = hg_xls_need(&book->r, 4, err);
    if (st != HG_OK || book->r.biff)
        return st;
    unsigned version = hg_le16(book->r.data), upper = version >> 8;
    if (upper != 6 && upper != 5 && version != 0)
        return hg_fail(err, HG_EINPUT, &book->r.loc,
                       "a workbook of the unknown version %u", version);
    book->r.biff = upper == 6 ? 8 : 5;
    return HG_OK;
}

/* A workbook of one sheet, which has no name. */
static hg_status add_only_sheet(xls *book, hg_err *err)
{
    hg_status st = new_sheet(book, 0, err);
    if (st != HG_OK)
        return st;
    entry *e = &book->list[0];
    e->name = strdup("Sheet1");
    e->sheet.name = e->name;
    return e->name ? HG_OK : hg_fail_nomem(err);
}

static hg_status read_workbook(xls *book, hg_err *err)
{
    hg_status st = read_start(book, err);
    bool only = st == HG_OK && hg_le16(book->r.data + 2) != GLOBALS;
    while (st == HG_OK && (st = hg_xls_next(&book->r, err)) == HG_OK &&
           book->r.id != HG_XLS_EOF)
        st = note(book, err);
    if (st == HG_END)
        return hg_fail(err, HG_EINPUT, &book->r.loc, "the workbook is cut off");
    if (st == HG_OK && book->n == 0 && only)
        return add_only_sheet(book, err);
    if (st == HG_OK && book->n == 0)
        return hg_fail(err, HG_EINPUT, &book->r.loc, "a workbook without worksheets");
    return st == HG_OK ? find_sheets(book, err) : st;
}

/* ---- opening ---- */

/* Whether the file is a compound one, or one stream without a container. */
static hg_status tell_compound(bool *compound, int fd, const char *name, hg_err *err)
{
    char head[8];
    ssize_t got = pread(fd, head, sizeof head, 0);
    *compound = got == (ssize_t)sizeof head &&
                memcmp(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", sizeof head) == 0;
    return got < 0 ? hg_fail_sys(err, HG_AT(name), "cannot be read") : HG_OK;
}

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

static hg_status xls_open(void **out, int fd, const char *name, const char *tmp,
                          hg_err *err)
{
    xls *book = calloc(1, sizeof *book);
    hg_status st;
    *out = NULL;
    if (!book)
        return hg_fail_nomem(err);
    book->tmp = tmp;
    bool compound;
    st = tell_compound(&compound, fd, name, err);
    if (st == HG_OK)
        st = compound ? hg_ole_open(&book->ole, fd, name, err)
                      : hg_ole_plain(&book->ole, &book->stream, fd, name, err);
    if (st == HG_OK) {
        book->r.loc.file = hg_ole_name(book->ole);
        book->r.stream = book->stream;
    }
    if (st == HG_OK && compound)
        st = find_stream(book, err);
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

static hg_book_facts xls_facts(const void *p)
{
    const xls *book = p;
    return (hg_book_facts){ .sheets = book->n,
                            .from_1904 = book->from_1904,
                            .links = book->names.links,
                            .names = book->names.named.list,
                            .n_names = book->names.named.n };
}

static const hg_sheet *xls_sheet(const void *p, size_t i)
{
    return &((const xls *)p)->list[i].sheet;
}

/* ---- one sheet ---- */

/* Shared texts are read when a sheet is first opened. */
static hg_status need_strings(xls *book, hg_err *err)
{
    if (book->strings_at == 0 || book->strings)
        return HG_OK;
    book->r.next = book->strings_at;
    hg_status st = hg_xls_next(&book->r, err);
    return st == HG_OK ? hg_xls_strings_read(&book->strings, &book->r, book->styles,
                                             book->tmp, err)
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
                               .crypt = book->r.crypt,
                               .strings = book->strings,
                               .styles = book->styles,
                               .biff = book->r.biff,
                               .from_1904 = book->from_1904,
                               .code_page =
                                   book->r.code_page ? book->r.code_page : 1252 };
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

static hg_area declared(const void *cells)
{
    return hg_xls_sheet_declared(cells);
}

static void free_cells(void *cells)
{
    hg_xls_sheet_free(cells);
}

const hg_reader hg_xls_reader = {
    .open = xls_open,
    .free = xls_free,
    .facts = xls_facts,
    .sheet = xls_sheet,
    .open_cells = open_cells,
    .next = next,
    .merged = merged,
    .declared = declared,
    .free_cells = free_cells,
};
