/* book_write - write a workbook, and see that it is whole */
#include "workbook/book_inside.h"
#include "base/file.h"
#include "container/unzip.h"
#include "workbook/cells.h"
#include "workbook/firstpage.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static hg_status not_whole(hg_err *err)
{
    return hg_fail(
        err, HG_ESYS, NULL,
        "the workbook was not written whole; is there room for temporary files?");
}

static hg_status count_sheet(book_contents *all, hg_workbook *in, size_t i, hg_err *err)
{
    hg_cells *cells = NULL;
    hg_cell cell;
    all->at = ++all->sheets;
    hg_status st = hg_cells_open(&cells, in, i, err);
    while (st == HG_OK && (st = hg_cells_next(cells, &cell, err)) == HG_OK)
        if (cell.type != HG_CELL_BLANK)
            hg_book_count(all, cell.row, cell.col,
                          cell.type == HG_CELL_NUMBER ? 'n' : 't', &cell.text, 1);
    hg_cells_free(cells);
    return st == HG_END ? HG_OK : st;
}

/*
 * Read the workbook back and compare it with what was put into it: the library does not
 * notice when its temporary files cannot be written or read (a full disk), and would give
 * a workbook with cells missing.
 */
static hg_status read_back(const hg_book *book, hg_err *err)
{
    book_contents got = { 0 };
    hg_workbook *in = NULL;
    hg_err why = HG_ERR_INIT;
    int fd;
    if (hg_file_open(&fd, book->path, err) != HG_OK)
        return err->status;
    hg_status st = hg_workbook_open(&in, fd, book->path, NULL, &why);
    for (size_t i = 0; st == HG_OK && i < hg_workbook_sheets(in); i++)
        st = count_sheet(&got, in, i, &why);
    hg_workbook_free(in);
    close(fd);
    if (st == HG_ENOMEM)
        return hg_fail_nomem(err);
    if (st != HG_OK || got.sheets != book->put.sheets || got.cells != book->put.cells ||
        got.sum != book->put.sum)
        return not_whole(err);
    return HG_OK;
}

/*
 * The rows of a bulk workbook wait in a temporary file per sheet. Reading millions of
 * them back would take as long as writing them, so only their bytes are counted: see that
 * the library's writes of them went well, and how many they are (sizes, one per sheet).
 */
static hg_status flush_rows(const hg_book *book, uint64_t *sizes, hg_err *err)
{
    lxw_worksheet *sheet;
    STAILQ_FOREACH(sheet, book->lib->worksheets, list_pointers)
    {
        lxw_worksheet_write_single_row(sheet);
        off_t size =
            fflush(sheet->optimize_tmpfile) == 0 && !ferror(sheet->optimize_tmpfile)
                ? ftello(sheet->optimize_tmpfile)
                : -1;
        if (size < 0)
            return not_whole(err);
        *sizes++ = (uint64_t)size;
    }
    return HG_OK;
}

/* See that each sheet of the file has more bytes than its rows. */
static hg_status compare_sizes(const hg_book *book, const uint64_t *sizes, hg_err *err)
{
    hg_zip *zip = NULL;
    char name[64];
    size_t found = 0;
    int fd;
    if (hg_file_open(&fd, book->path, err) != HG_OK)
        return err->status;
    hg_status st = hg_zip_open(&zip, fd, book->path, err);
    for (size_t i = 0; st == HG_OK && i < book->put.sheets; i++) {
        snprintf(name, sizeof name, "xl/worksheets/sheet%zu.xml", i + 1);
        for (size_t k = 0; k < hg_zip_members(zip); k++)
            found += strcmp(hg_zip_member(zip, k), name) == 0 &&
                     hg_zip_size(zip, k) > sizes[i];
    }
    hg_zip_free(zip);
    close(fd);
    return st != HG_OK || found == book->put.sheets ? st : not_whole(err);
}

/* Whether a text of XML ends where its elements do, as far as their number tells: a piece
 * that is lost leaves one open, or cuts a tag in two. */
static bool is_whole(const hg_buf *text)
{
    const char *p = text->data, *end = p + text->len;
    int depth = 0;
    bool any = false;
    while (p && (p = memchr(p, '<', (size_t)(end - p))) != NULL) {
        const char *close = memchr(p, '>', (size_t)(end - p));
        if (!close || memchr(p + 1, '<', (size_t)(close - p - 1)))
            return false;
        if (p[1] == '/')
            depth--;
        else if (p[1] != '?' && p[1] != '!' && close[-1] != '/')
            depth++;
        any |= p[1] != '?' && p[1] != '!';
        p = close;
    }
    return any && depth == 0;
}

/* Such parts are looked at by others; all else is XML, too. */
static bool has_cells(const char *member)
{
    return strncmp(member, "xl/worksheets/sheet", 19) == 0 ||
           strcmp(member, "xl/sharedStrings.xml") == 0;
}

/* See that the parts without cells, such as charts, are whole. Each is read to its end,
 * so that its checksum is compared. */
static hg_status check_parts(const hg_book *book, hg_err *err)
{
    hg_zip *zip = NULL;
    hg_err why = HG_ERR_INIT;
    hg_buf text = { 0 };
    bool whole = true;
    int fd;
    if (hg_file_open(&fd, book->path, err) != HG_OK)
        return err->status;
    hg_status st = hg_zip_open(&zip, fd, book->path, &why);
    for (size_t i = 0; st == HG_OK && whole && i < hg_zip_members(zip); i++)
        if (!has_cells(hg_zip_member(zip, i))) {
            st = hg_zip_load(zip, i, HG_ZIP_LOAD, &text, &why);
            whole = st != HG_OK || is_whole(&text);
        }
    hg_zip_free(zip);
    hg_buf_release(&text);
    close(fd);
    if (st == HG_ENOMEM)
        return hg_fail_nomem(err);
    return st == HG_OK && whole ? HG_OK : not_whole(err);
}

/* The library writes the file and frees all of its own. What it says of a failure on the
 * standard error output, it says to nobody: the failure is told by whoever called us. */
static lxw_error close_quietly(lxw_workbook *lib)
{
    int kept = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (kept >= 0 && nowhere >= 0)
        dup2(nowhere, STDERR_FILENO);
    lxw_error code = workbook_close(lib);
    if (kept >= 0 && nowhere >= 0)
        dup2(kept, STDERR_FILENO);
    if (kept >= 0)
        close(kept);
    if (nowhere >= 0)
        close(nowhere);
    return code;
}

/* Have the library write the file; see that it did. */
static hg_status close_book(hg_book *book, hg_err *err)
{
    uint64_t *sizes = calloc(book->put.sheets, sizeof *sizes);
    if (!sizes)
        return hg_fail_nomem(err);
    if (!book->bulk || flush_rows(book, sizes, err) == HG_OK) {
        lxw_error code = close_quietly(book->lib);
        book->lib = NULL;
        book->sheet = NULL;
        if (code == LXW_ERROR_MEMORY_MALLOC_FAILED)
            hg_fail_nomem(err);
        else if (code != LXW_NO_ERROR)
            not_whole(err);
        else if (check_parts(book, err) == HG_OK)
            book->bulk ? compare_sizes(book, sizes, err) : read_back(book, err);
    }
    free(sizes);
    return err->status;
}

/* Put the file that the library wrote through to fd, piece by piece. */
static hg_status pass_on(const hg_book *book, int fd, const char *name, hg_err *err)
{
    char bytes[65536];
    size_t n = sizeof bytes;
    int from = -1;
    hg_status status = hg_file_open(&from, book->path, err);
    while (status == HG_OK && n == sizeof bytes) {
        status = hg_file_read(from, book->path, bytes, sizeof bytes, &n, err);
        if (status == HG_OK)
            status = hg_file_write(fd, name, bytes, n, err);
    }
    if (from >= 0)
        close(from);
    return status;
}

hg_status hg_book_write(hg_book *book, int fd, const char *name, hg_err *err)
{
    if (!book->sheet)
        return hg_fail(err, HG_EARG, NULL, "a workbook needs a sheet");
    if (close_book(book, err) != HG_OK)
        return err->status;
    return book->numbered ? hg_firstpage_write(fd, name, book->path, book->folder, err)
                          : pass_on(book, fd, name, err);
}
