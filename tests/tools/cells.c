/* cells - print one sheet of a source, or all: the rows as CSV, or with -c the cells one a
 * line, with what is known of them. For tests alone. */
#include "delimited/csv.h"
#include "format/source.h"
#include "text/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static hg_status print_rows(hg_source *source, size_t sheet, hg_err *err)
{
    hg_rows *rows;
    hg_row row;
    hg_buf buf = { 0 };
    hg_status st = hg_rows_open(&rows, source, sheet, err);
    while (st == HG_OK && (st = hg_rows_next(rows, &row, err)) == HG_OK) {
        hg_buf_clear(&buf);
        for (size_t i = 0; i < row.n; i++)
            hg_csv_put(&buf, row.cells[i], i == 0);
        hg_csv_end(&buf);
        fwrite(buf.data, 1, buf.len, stdout);
    }
    hg_rows_free(rows);
    hg_buf_release(&buf);
    return st == HG_END ? HG_OK : st;
}

static void print_runs(const hg_cell *cell)
{
    for (size_t i = 0; i < cell->n_runs; i++) {
        const hg_cell_run *run = &cell->runs[i];
        printf("%zu:%s%s%s ", run->at, run->font ? run->font : "-",
               run->bold ? ":bold" : "", run->italic ? ":italic" : "");
    }
}

static hg_status print_cells(hg_source *source, size_t sheet, hg_err *err)
{
    static const char *const types[] = { "blank", "text", "number",   "bool",
                                         "error", "date", "datetime", "time" };
    hg_grid *grid;
    size_t n;
    hg_status st = hg_source_grid(&grid, source, sheet, err);
    if (st != HG_OK)
        return st;
    const hg_cell *cells = hg_grid_cells(grid, &n);
    for (size_t i = 0; i < n; i++) {
        const hg_cell *c = &cells[i];
        char a1[24];
        hg_text_a1(a1, c->row, c->col);
        printf("%s %s%s%s%s%s indent=%d font=%s format=%s ", a1, types[c->type],
               c->formula ? " formula" : "", c->hidden ? " hidden" : "",
               c->bold ? " bold" : "", c->italic ? " italic" : "", c->indent,
               c->font ? c->font : "-", c->format ? c->format : "-");
        print_runs(c);
        printf("%.*s\n", (int)c->text.n, c->text.p);
    }
    hg_grid_free(grid);
    return HG_OK;
}

/* The sheet of a name, or with "=N" the one at N. */
static size_t find_sheet(const hg_source *source, const char *name)
{
    size_t i = name[0] == '=' ? strtoul(name + 1, NULL, 10) : 0;
    while (name[0] != '=' && i < hg_source_sheets(source) &&
           strcmp(hg_source_sheet(source, i)->name, name) != 0)
        i++;
    if (i < hg_source_sheets(source))
        return i;
    fprintf(stderr, "cells: no sheet %s\n", name);
    exit(2);
}

static hg_status print_sheet(hg_source *source, size_t i, bool cells, hg_err *err)
{
    return cells ? print_cells(source, i, err) : print_rows(source, i, err);
}

/* "*": every sheet, each with a line behind it that UTF-8 cannot hold. */
static hg_status print_all(hg_source *source, bool cells, hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t i = 0; i < hg_source_sheets(source) && st == HG_OK; i++) {
        st = print_sheet(source, i, cells, err);
        puts("\xff");
    }
    return st;
}

int main(int argc, char *argv[])
{
    bool cells = argc > 1 && strcmp(argv[1], "-c") == 0;
    hg_err err = HG_ERR_INIT;
    hg_source_opts opts = { .tmp = "/tmp" };
    hg_source *source = NULL;
    argv += cells;
    argc -= cells;
    if (argc < 2)
        return 2;
    hg_status st = hg_source_open(&source, argv[1], &opts, &err);
    if (st == HG_OK && argc > 2 && strcmp(argv[2], "*") == 0)
        st = print_all(source, cells, &err);
    else if (st == HG_OK)
        st = print_sheet(source, argc > 2 ? find_sheet(source, argv[2]) : 0, cells, &err);
    if (st != HG_OK) {
        hg_buf text = { 0 };
        hg_text_err(&text, &err, HG_EN);
        fprintf(stderr, "%s\n", text.data ? text.data : "out of memory");
        hg_buf_release(&text);
    }
    hg_source_free(source);
    return st == HG_OK ? 0 : st == HG_EINPUT ? 3 : 4;
}
