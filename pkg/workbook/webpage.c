/* webpage - the tables of a web page as a workbook */
#include "workbook/webpage.h"
#include "delimited/charset.h"
#include "text/utf8.h"
#include "workbook/webpage_sheet.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define HEAD 4096 /* bytes in which a page says its encoding; the standard wants 1024 */

typedef struct page {
    hg_webpage_of of;
    char *name;
    hg_charset charset;
    int converted; /* the page in UTF-8, or -1 */
    hg_sheet sheet;
} page;

static void page_free(void *p)
{
    page *book = p;
    if (!book)
        return;
    if (book->converted >= 0)
        close(book->converted);
    free(book->name);
    free(book);
}

/* ---- telling ---- */

bool hg_webpage_likely(const void *head, size_t n)
{
    static const char *const marks[] = { "<html", "<table", "<body", "<!doctype html" };
    hg_slice start = hg_utf8_start((hg_slice){ head, n });
    const char *p = start.p, *end = p + start.n;
    if (p == end || *p != '<')
        return false;
    for (; p < end; p++)
        for (size_t i = 0; *p == '<' && i < sizeof marks / sizeof *marks; i++)
            if ((size_t)(end - p) >= strlen(marks[i]) &&
                strncasecmp(p, marks[i], strlen(marks[i])) == 0)
                return true;
    return false;
}

/* ---- its encoding ---- */

/* The encoding that the page says, "" if none: <meta charset="…">, or in a content type.
 */
static void said_charset(char name[32], const char *head, size_t n)
{
    static const char mark[] = "charset=";
    size_t i = 0, k = 0;
    while (i + sizeof mark - 1 < n && strncasecmp(head + i, mark, sizeof mark - 1) != 0)
        i++;
    i += sizeof mark - 1;
    for (; i < n && k < 31 && !strchr(" >;/", head[i]); i++)
        if (head[i] != '"' && head[i] != '\'')
            name[k++] = head[i];
    name[k] = '\0';
}

static hg_status find_charset(page *book, hg_err *err)
{
    char head[HEAD], said[32] = "";
    hg_err unknown = HG_ERR_INIT;
    ssize_t n = pread(book->of.fd, head, sizeof head, 0);
    if (n < 0)
        return hg_fail_sys(err, HG_AT(book->name), "cannot be read");
    hg_status st = hg_charset_find(&book->charset, book->of.fd, book->name, NULL, err);
    if (st != HG_OK || !book->charset.guessed)
        return st;
    said_charset(said, head, (size_t)n);
    if (hg_charset_named(&book->charset, said, &unknown) != HG_OK ||
        book->charset.kind == HG_CHARSET_UTF8)
        st = hg_charset_named(&book->charset, "windows-1252", err);
    return st;
}

static hg_status bad_unit(void *user, uint64_t offset, unsigned unit, hg_err *err)
{
    const page *book = user;
    return hg_fail(err, HG_EINPUT, HG_AT(book->name),
                   "byte %" PRIu64
                   " of the file (%02X) is no character of its encoding, %s",
                   offset + 1, unit, hg_charset_name(&book->charset));
}

static hg_status decode(page *book, const char *tmp, hg_err *err)
{
    hg_status st = find_charset(book, err);
    if (st != HG_OK)
        return st;
    if (book->charset.kind == HG_CHARSET_UTF8) {
        book->of.from = book->charset.mark;
        if (book->charset.bad + book->charset.nuls > 0)
            return hg_fail(err, HG_EINPUT, HG_AT(book->name),
                           "a page of UTF-8 with %" PRIu64 " bytes that are none",
                           book->charset.bad + book->charset.nuls);
        return HG_OK;
    }
    st = hg_charset_convert(&book->charset, book->of.fd, book->name, tmp ? tmp : "/tmp",
                            bad_unit, book, &book->converted, err);
    book->of.fd = st == HG_OK ? book->converted : book->of.fd;
    return st;
}

/* ---- the reader ---- */

/* Whether there is a table in it. */
static hg_status find_table(const page *book, hg_err *err)
{
    hg_tags *tags;
    hg_tag tag;
    hg_status st = hg_tags_new(&tags, book->of.fd, book->name, book->of.from, err);
    while (st == HG_OK && (st = hg_tags_next(tags, &tag, err)) == HG_OK)
        if (tag.kind == HG_TAG_OPEN && strcmp(tag.name, "table") == 0)
            break;
    hg_tags_free(tags);
    if (st == HG_END)
        return hg_fail(err, HG_EINPUT, HG_AT(book->name),
                       "an HTML page without a table, whatever its name");
    return st;
}

static hg_status page_open(void **out, int fd, const char *name, const char *tmp,
                           hg_err *err)
{
    page *book = calloc(1, sizeof *book);
    *out = NULL;
    if (!book)
        return hg_fail_nomem(err);
    book->converted = -1;
    book->sheet.name = "1";
    book->name = strdup(name);
    book->of = (hg_webpage_of){ .fd = fd, .name = book->name, .sheet = "1" };
    hg_status st = book->name ? decode(book, tmp, err) : hg_fail_nomem(err);
    if (st == HG_OK)
        st = find_table(book, err);
    if (st == HG_OK)
        *out = book;
    else
        page_free(book);
    return st;
}

static hg_book_facts page_facts(const void *p)
{
    (void)p;
    return (hg_book_facts){ .sheets = 1 };
}

static const hg_sheet *page_sheet(const void *p, size_t i)
{
    (void)i;
    return &((const page *)p)->sheet;
}

static hg_status open_cells(void **out, void *p, size_t i, hg_err *err)
{
    hg_webpage_sheet *sheet = NULL;
    (void)i;
    hg_status st = hg_webpage_sheet_open(&sheet, &((page *)p)->of, err);
    *out = sheet;
    return st;
}

static hg_status next(void *cells, hg_cell *cell, hg_err *err)
{
    return hg_webpage_sheet_next(cells, cell, err);
}

static const hg_area *merged(const void *cells, size_t *n)
{
    return hg_webpage_sheet_merged(cells, n);
}

static void free_cells(void *cells)
{
    hg_webpage_sheet_free(cells);
}

const hg_reader hg_webpage_reader = {
    .open = page_open,
    .free = page_free,
    .facts = page_facts,
    .sheet = page_sheet,
    .open_cells = open_cells,
    .next = next,
    .merged = merged,
    .free_cells = free_cells,
};
