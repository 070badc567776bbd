/* cells - workbooks of any kind, told by their bytes */
#include "workbook/cells.h"
#include "base/file.h"
#include "workbook/ods.h"
#include "workbook/ods_file.h"
#include "workbook/webpage.h"
#include "workbook/xls.h"
#include "workbook/xlsx.h"
#include "workbook/xmlss.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct hg_workbook {
    const hg_reader *reader;
    void *book;
    hg_book_facts facts;
    char *name;
};

struct hg_cells {
    const hg_reader *reader;
    void *cells;
    const hg_cell *list; /* read and not yet fetched */
    size_t n;
    hg_cell one; /* of a reader that gives no more at once */
};

#define HEAD 512 /* bytes that tell the kind of a file */

static bool begins(const unsigned char *head, size_t n, const char *magic, size_t size)
{
    return n >= size && memcmp(head, magic, size) == 0;
}

static bool is_zip(const unsigned char *head, size_t n)
{
    return begins(head, n, "PK\3\4", 4) || begins(head, n, "PK\5\6", 4);
}

/* An OLE compound file, or the stream of an old workbook without one: a record that
 * begins it, of Excel 2, 3, 4, or later. */
static bool is_xls(const unsigned char *head, size_t n)
{
    return begins(head, n, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) ||
           begins(head, n, "\x09\x00\x04\x00", 4) ||
           begins(head, n, "\x09\x02\x06\x00", 4) ||
           begins(head, n, "\x09\x04\x06\x00", 4) ||
           (begins(head, n, "\x09\x08", 2) && n >= 4 && head[3] == 0 &&
            (head[2] == 6 || head[2] == 8 || head[2] == 16));
}

/* The first bytes of a document of marks: of UTF-16 behind its byte order mark, those
 * that are not NUL. */
static size_t narrow(char to[HEAD], const unsigned char *head, size_t n)
{
    bool wide = begins(head, n, "\xFF\xFE", 2) || begins(head, n, "\xFE\xFF", 2);
    size_t kept = 0;
    for (size_t i = wide ? 2 : 0; i < n && i < HEAD; i++)
        if (!wide || head[i] != 0)
            to[kept++] = (char)head[i];
    return kept;
}

/* The reader for documents of marks, or NULL. */
static const hg_reader *marked(const void *head, size_t n)
{
    char text[HEAD];
    n = narrow(text, head, n);
    return hg_ods_flat(text, n)         ? &hg_ods_reader
           : hg_xmlss_likely(text, n)   ? &hg_xmlss_reader
           : hg_webpage_likely(text, n) ? &hg_webpage_reader
                                        : NULL;
}

bool hg_workbook_likely(const void *bytes, size_t n)
{
    return is_zip(bytes, n) || is_xls(bytes, n) || marked(bytes, n);
}

/* Find the reader for a file, or say what it is that has none. */
static hg_status tell(const hg_reader **reader, int fd, const char *name, hg_err *err)
{
    unsigned char head[HEAD];
    hg_loc loc = { .file = name };
    ssize_t got = pread(fd, head, sizeof head, 0);
    if (got < 0)
        return hg_fail_sys(err, &loc, "cannot be read");
    size_t n = (size_t)got;
    if (is_xls(head, n))
        *reader = &hg_xls_reader;
    else if (is_zip(head, n))
        *reader = hg_ods_packed(fd, name, head, n) ? &hg_ods_reader : &hg_xlsx_reader;
    else if (!(*reader = marked(head, n)))
        return hg_fail(err, HG_EINPUT, &loc, "not a workbook");
    return HG_OK;
}

hg_status hg_workbook_open(hg_workbook **out, int fd, const char *name, const char *tmp,
                           hg_err *err)
{
    const hg_reader *reader;
    hg_status st = tell(&reader, fd, name, err);
    *out = NULL;
    if (st != HG_OK)
        return st;
    hg_workbook *book = calloc(1, sizeof *book);
    if (!book || !(book->name = strdup(name))) {
        free(book);
        return hg_fail_nomem(err);
    }
    book->reader = reader;
    st = reader->open(&book->book, fd, name, tmp, err);
    if (st != HG_OK) {
        hg_workbook_free(book);
        return st;
    }
    book->facts = reader->facts(book->book);
    *out = book;
    return HG_OK;
}

const char *hg_workbook_name(const hg_workbook *book)
{
    return book->name;
}

size_t hg_workbook_sheets(const hg_workbook *book)
{
    return book->facts.sheets;
}

const hg_sheet *hg_workbook_sheet(const hg_workbook *book, size_t i)
{
    return book->reader->sheet(book->book, i);
}

bool hg_workbook_1904(const hg_workbook *book)
{
    return book->facts.from_1904;
}

const hg_defined_name *hg_workbook_names(const hg_workbook *book, size_t *n)
{
    *n = book->facts.n_names;
    return book->facts.names;
}

hg_status hg_workbook_tables(hg_workbook *book, const hg_defined_name **list, size_t *n,
                             hg_err *err)
{
    *list = NULL;
    *n = 0;
    return book->reader->tables ? book->reader->tables(book->book, list, n, err) : HG_OK;
}

size_t hg_workbook_links(const hg_workbook *book)
{
    return book->facts.links;
}

void hg_workbook_free(hg_workbook *book)
{
    if (!book)
        return;
    book->reader->free(book->book);
    free(book->name);
    free(book);
}

hg_status hg_cells_open(hg_cells **out, hg_workbook *book, size_t sheet, hg_err *err)
{
    hg_cells *cells = *out = calloc(1, sizeof *cells);
    if (!cells)
        return hg_fail_nomem(err);
    cells->reader = book->reader;
    hg_status st = book->reader->open_cells(&cells->cells, book->book, sheet, err);
    if (st != HG_OK) {
        free(cells);
        *out = NULL;
    }
    return st;
}

hg_status hg_cells_run(hg_cells *cells, const hg_cell **list, size_t *n, hg_err *err)
{
    if (cells->n == 0 && cells->reader->run)
        return cells->reader->run(cells->cells, list, n, err);
    *list = cells->n > 0 ? cells->list : &cells->one;
    *n = cells->n > 0 ? cells->n : 1;
    if (cells->n == 0)
        return cells->reader->next(cells->cells, &cells->one, err);
    cells->n = 0;
    return HG_OK;
}

hg_status hg_cells_next(hg_cells *cells, hg_cell *cell, hg_err *err)
{
    if (!cells->reader->run)
        return cells->reader->next(cells->cells, cell, err);
    if (cells->n == 0) {
        hg_status st = cells->reader->run(cells->cells, &cells->list, &cells->n, err);
        if (st != HG_OK) {
            cells->n = 0;
            return st;
        }
    }
    cells->n--;
    *cell = *cells->list++;
    return HG_OK;
}

const hg_area *hg_cells_merged(const hg_cells *cells, size_t *n)
{
    return cells->reader->merged(cells->cells, n);
}

hg_area hg_cells_declared(const hg_cells *cells)
{
    return cells->reader->declared ? cells->reader->declared(cells->cells)
                                   : (hg_area){ 0 };
}

void hg_cells_free(hg_cells *cells)
{
    if (!cells)
        return;
    cells->reader->free_cells(cells->cells);
    free(cells);
}
