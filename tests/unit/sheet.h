/* sheet.h - sheets as texts: a row a line, cells apart by '|'. "*x" is bold, ">x" indented, "=x" a text; what else reads
 * as a plain number is one. A last line "merged A1:B2 C3:D3" names merged areas; rows and columns have one letter. */
#ifndef HG_TESTS_SHEET_H
#define HG_TESTS_SHEET_H

#include "workbook/grid.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define SHEET_MERGED "merged "

static hg_cell sheet_cell(hg_slice text, uint32_t row, uint32_t col)
{
    hg_cell cell = { .row = row, .col = col, .type = HG_CELL_TEXT };
    bool plain = true;
    for (; text.n > 0 && strchr("*>=", text.p[0]); text.p++, text.n--) {
        cell.bold = cell.bold || text.p[0] == '*';
        cell.indent = (uint16_t)(cell.indent + (text.p[0] == '>'));
        plain = plain && text.p[0] != '=';
    }
    cell.text = text;
    for (size_t i = 0; i < text.n; i++)
        plain = plain && strchr("0123456789.", text.p[i]);
    if (plain)
        cell.type = HG_CELL_NUMBER;
    return cell;
}

static void sheet_merge(hg_grid *grid, const char *p)
{
    hg_err err = HG_ERR_INIT;
    hg_area areas[16];
    size_t n = 0;
    for (char *end; p && *p >= 'A' && *p <= 'Z'; p = end + (*end == ' ')) {
        areas[n].col1 = (uint32_t)(*p - 'A') + 1;
        areas[n].row1 = (uint32_t)strtoul(p + 1, &end, 10);
        areas[n].col2 = (uint32_t)(end[1] - 'A') + 1;
        areas[n++].row2 = (uint32_t)strtoul(end + 2, &end, 10);
    }
    ck_assert_int_eq(hg_grid_merge(grid, areas, n, &err), HG_OK);
}

/* The caller frees it. */
static hg_grid *sheet_grid(const char *cells)
{
    hg_err err = HG_ERR_INIT;
    hg_grid *grid;
    const char *merged = NULL;
    ck_assert_int_eq(hg_grid_new(&grid, &err), HG_OK);
    for (uint32_t row = 1; *cells && !merged; row++) {
        size_t line = strcspn(cells, "\n");
        if (strncmp(cells, SHEET_MERGED, strlen(SHEET_MERGED)) == 0) {
            merged = cells + strlen(SHEET_MERGED);
            break;
        }
        for (size_t at = 0, col = 1; at <= line; col++) {
            size_t n = strcspn(cells + at, "|\n");
            hg_cell cell = sheet_cell((hg_slice){ cells + at, n }, row, (uint32_t)col);
            if (n > 0)
                ck_assert_int_eq(hg_grid_add(grid, &cell, &err), HG_OK);
            at += n + 1;
        }
        cells += line + (cells[line] == '\n');
    }
    sheet_merge(grid, merged);
    return grid;
}

#endif
