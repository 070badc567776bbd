/* fuzz - what the fuzz targets share */
#define _GNU_SOURCE /* memfd_create() */
#include "fuzz.h"
#include "container/deflate.h"
#include "workbook/cells.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MAX_CELLS 20000

volatile char fuzz_sink;

static int file = -1;

int fuzz_fd(const void *bytes, size_t n)
{
    if (file < 0)
        file = memfd_create("input", 0);
    if (file < 0 || ftruncate(file, 0) != 0 || lseek(file, 0, SEEK_SET) != 0 ||
        pwrite(file, bytes, n, 0) != (ssize_t)n)
        abort();
    return file;
}

const char *fuzz_path(void)
{
    static char path[32];
    snprintf(path, sizeof path, "/dev/fd/%d", file);
    return path;
}

/* Cells come within the largest sheet, in order where that is promised, and their texts are
 * readable. */
static void check_cell(const hg_cell *cell, bool ordered, uint64_t *latest)
{
    uint64_t place = (uint64_t)cell->row << 14 | (cell->col - 1);
    if (cell->row < 1 || cell->row > HG_CELL_MAX_ROW || cell->col < 1 ||
        cell->col > HG_CELL_MAX_COL || (ordered && place <= *latest))
        abort();
    *latest = place;
    for (size_t i = 0; i < cell->text.n; i++)
        fuzz_sink = cell->text.p[i];
    for (size_t i = 0; i < cell->n_runs; i++)
        if (cell->runs[i].at > cell->text.n)
            abort();
}

static void read_sheet(hg_workbook *book, size_t sheet, bool ordered, unsigned *left)
{
    hg_err err = HG_ERR_INIT;
    hg_cells *cells;
    hg_cell cell;
    uint64_t latest = 0;
    hg_status st = hg_cells_open(&cells, book, sheet, &err);
    for (; st == HG_OK && *left > 0; --*left) {
        st = hg_cells_next(cells, &cell, &err);
        if (st == HG_OK)
            check_cell(&cell, ordered, &latest);
    }
    if (st == HG_END) {
        size_t n;
        hg_cells_merged(cells, &n);
    } else if (st != HG_OK && !err.format) {
        abort(); /* a failure says why */
    }
    hg_cells_free(cells);
}

void fuzz_workbook(int fd, bool ordered)
{
    hg_err err = HG_ERR_INIT;
    hg_workbook *book;
    unsigned left = MAX_CELLS;
    if (hg_workbook_open(&book, fd, "input", NULL, &err) != HG_OK) {
        if (!err.format)
            abort();
        return;
    }
    for (size_t i = 0; i < hg_workbook_sheets(book) && i < 8; i++)
        read_sheet(book, i, ordered, &left);
    hg_workbook_free(book);
}

/* ---- zips: PKWARE APPNOTE.TXT 6.3, 4.3 ---- */

static void put(hg_buf *buf, uint64_t value, int bytes)
{
    for (; bytes > 0; bytes--, value >>= 8)
        hg_buf_putc(buf, (char)value);
}

/* What the header of a member and its line in the list have in common. */
static void put_common(hg_buf *buf, const char *name, hg_slice bytes)
{
    put(buf, 20, 2);
    put(buf, 0, 8); /* flags, stored, time, date */
    put(buf, hg_crc32(0, bytes.p, bytes.n), 4);
    put(buf, bytes.n, 4);
    put(buf, bytes.n, 4);
    put(buf, strlen(name), 2);
    put(buf, 0, 2);
}

void fuzz_zip_add(hg_buf *zip, hg_buf *list, const char *name, hg_slice bytes)
{
    size_t at = zip->len;
    put(zip, 0x04034b50, 4);
    put_common(zip, name, bytes);
    hg_buf_puts(zip, name);
    hg_buf_put(zip, bytes.p, bytes.n);
    put(list, 0x02014b50, 4);
    put(list, 20, 2);
    put_common(list, name, bytes);
    put(list, 0, 10); /* comment, disk, attributes */
    put(list, at, 4);
    hg_buf_puts(list, name);
}

void fuzz_zip_end(hg_buf *zip, const hg_buf *list, unsigned n)
{
    size_t at = zip->len;
    hg_buf_put(zip, list->data, list->len);
    put(zip, 0x06054b50, 4);
    put(zip, 0, 4);
    put(zip, n, 2);
    put(zip, n, 2);
    put(zip, list->len, 4);
    put(zip, at, 4);
    put(zip, 0, 2);
}
