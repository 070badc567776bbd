/* roles - what each cell of a sheet is to its tables */
#include "recipe/roles.h"
#include "text/message.h"

#include <stdlib.h>

#define MAX_RANGES 20 /* named in a message */

hg_status hg_roles_init(hg_roles *roles, const hg_grid *grid, hg_err *err)
{
    size_t n;
    hg_grid_cells(grid, &n);
    *roles = (hg_roles){ grid, calloc(n + 1, 1) };
    return roles->of ? HG_OK : hg_fail_nomem(err);
}

void hg_roles_release(hg_roles *roles)
{
    free(roles->of);
    *roles = (hg_roles){ 0 };
}

static size_t index_of(const hg_roles *roles, const hg_cell *cell)
{
    size_t n;
    return (size_t)(cell - hg_grid_cells(roles->grid, &n));
}

void hg_roles_set(hg_roles *roles, const hg_cell *cells, size_t n, hg_role role)
{
    for (size_t i = 0; i < n; i++)
        roles->of[index_of(roles, &cells[i])] = (unsigned char)role;
}

void hg_roles_fill(hg_roles *roles, uint32_t first, uint32_t last, hg_role role,
                   bool texts_only)
{
    size_t n;
    const hg_cell *cells = hg_grid_cells(roles->grid, &n);
    for (size_t i = 0; i < n; i++)
        if (cells[i].row >= first && cells[i].row <= last && !roles->of[i] &&
            (!texts_only || cells[i].type == HG_CELL_TEXT))
            roles->of[i] = (unsigned char)role;
}

hg_role hg_roles_get(const hg_roles *roles, const hg_cell *cell)
{
    return (hg_role)roles->of[index_of(roles, cell)];
}

/* The cells below one without a role, down to the last of them. */
static uint32_t run(hg_roles *left, const hg_cell *cell)
{
    uint32_t row = cell->row;
    for (const hg_cell *next; (next = hg_grid_at(left->grid, row + 1, cell->col)) &&
                              hg_roles_get(left, next) == HG_ROLE_NONE;
         row++)
        hg_roles_set(left, next, 1, HG_ROLE_IGNORED);
    return row;
}

/* Name the cells without a role, column by column; marks them in left. */
static size_t name_ranges(hg_roles *left, hg_buf *ranges)
{
    size_t n, named = 0;
    const hg_cell *cells = hg_grid_cells(left->grid, &n);
    for (size_t i = 0; i < n; i++) {
        char first[24], last[24];
        if (left->of[i] != HG_ROLE_NONE || !hg_grid_shows(left->grid, &cells[i]))
            continue;
        uint32_t row = run(left, &cells[i]);
        hg_text_a1(first, cells[i].row, cells[i].col);
        hg_text_a1(last, row, cells[i].col);
        if (named < MAX_RANGES)
            hg_buf_printf(ranges, "%s%s", named > 0 ? ", " : "", first);
        if (named < MAX_RANGES && row > cells[i].row)
            hg_buf_printf(ranges, ":%s", last);
        if (named == MAX_RANGES)
            hg_buf_puts(ranges, ", …");
        named++;
    }
    return named;
}

hg_status hg_roles_check(const hg_roles *roles, const hg_loc *loc, hg_err *err)
{
    size_t n, i = 0;
    hg_buf ranges = { 0 };
    hg_roles left = *roles;
    const hg_cell *cells = hg_grid_cells(roles->grid, &n);
    while (i < n && (roles->of[i] != HG_ROLE_NONE || !hg_grid_shows(roles->grid, &cells[i])))
        i++;
    if (i == n)
        return HG_OK;
    hg_loc at = { loc->file, loc->sheet, NULL, cells[i].row, cells[i].col };
    name_ranges(&left, &ranges);
    hg_fail(err, HG_EARG, &at,
            "the recipe has no place for '%.*s'; cells without a place: %s; what is not "
            "wanted goes into \"ignore\"",
            (int)cells[i].text.n, cells[i].text.p, ranges.data ? ranges.data : "");
    hg_buf_release(&ranges);
    return err->status;
}
