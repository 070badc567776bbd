/* relist - the rows of a list that hg-report wrote */
#include "report/relist.h"
#include "text/number.h"

#include <stdlib.h>
#include <string.h>

#define ABOVE 100 /* rows that people may have put above the names */

typedef struct place { /* of a cell's text */
    size_t at, n;
} place;

struct hg_relist {
    hg_cells *cells;
    hg_loc loc; /* the file and the sheet */
    const hg_json *fields, *decimals;
    size_t n;
    uint32_t rows, given; /* of the data */
    uint32_t row;         /* of the sheet: given last */
    size_t *field;        /* per column of the sheet: index + 1; 0: none of the list's */
    place *places;
    hg_buf text; /* of the row's cells */
    hg_cell ahead; /* the next cell; row 0: none is read yet */
    bool over;
};

static hg_status advance(hg_relist *list, hg_err *err)
{
    hg_status st;
    do
        st = hg_cells_next(list->cells, &list->ahead, err);
    while (st == HG_OK && list->ahead.type == HG_CELL_BLANK);
    list->over = st != HG_OK;
    return st == HG_END ? HG_OK : st;
}

static size_t index_of(const hg_relist *list, hg_slice name)
{
    size_t i = 0;
    while (i < list->n && !hg_slice_is(name, hg_json_str(hg_json_at(list->fields, i))))
        i++;
    return i;
}

/* Read on to the row with all names. */
static hg_status find_names(hg_relist *list, hg_err *err)
{
    hg_status st = advance(list, err);
    for (unsigned tried = 0; st == HG_OK && !list->over && tried < ABOVE; tried++) {
        size_t found = 0, i;
        memset(list->field, 0, (HG_CELL_MAX_COL + 1) * sizeof *list->field);
        list->row = list->ahead.row;
        for (; st == HG_OK && !list->over && list->ahead.row == list->row;
             st = advance(list, err))
            if ((i = index_of(list, list->ahead.text)) < list->n) {
                list->field[list->ahead.col] = i + 1;
                found++;
            }
        if (found == list->n)
            return st;
    }
    return st != HG_OK ? st
                       : hg_fail(err, HG_EINPUT, &list->loc,
                                 "the row with the names of the fields is gone, or one of "
                                 "them was changed");
}

/* A number as the data had it: zeros at its end do not show in its value. */
static void put_text(hg_relist *list, size_t i)
{
    const hg_cell *cell = &list->ahead;
    const hg_json *decimals = hg_json_at(list->decimals, i);
    int64_t places = cell->type == HG_CELL_NUMBER ? hg_json_int(decimals, 0) : 0;
    const char *point = memchr(cell->text.p, '.', cell->text.n);
    place *p = &list->places[i];
    p->at = list->text.len;
    hg_buf_put(&list->text, cell->text.p, cell->text.n);
    if (places > 0 && hg_number_is_shortest(cell->text)) {
        if (point)
            places -= cell->text.p + cell->text.n - point - 1;
        else
            hg_buf_putc(&list->text, '.');
        for (; places > 0; places--)
            hg_buf_putc(&list->text, '0');
    }
    p->n = list->text.len - p->at;
}

static hg_status length_differs(const hg_relist *list, hg_err *err)
{
    hg_loc loc = list->loc;
    loc.row = list->row;
    return hg_fail(err, HG_EINPUT, &loc,
                   "the list was written with %u rows and now has more or fewer; read it "
                   "by a recipe (-r)",
                   list->rows);
}

hg_status hg_relist_next(hg_relist *list, hg_slice *cells, uint64_t *row, hg_err *err)
{
    hg_status st = HG_OK;
    if (list->given == list->rows)
        return list->over ? HG_END : length_differs(list, err);
    list->given++;
    *row = ++list->row;
    hg_buf_clear(&list->text);
    memset(list->places, 0, (list->n + 1) * sizeof *list->places);
    while (st == HG_OK && !list->over && list->ahead.row == list->row) {
        size_t i = list->field[list->ahead.col];
        if (i > 0)
            put_text(list, i - 1);
        st = advance(list, err);
    }
    if (st != HG_OK || hg_buf_status(&list->text, err) != HG_OK)
        return err->status;
    for (size_t i = 0; i < list->n; i++)
        cells[i] = list->places[i].n > 0 ? (hg_slice){ list->text.data + list->places[i].at,
                                                       list->places[i].n }
                                         : HG_SLICE("");
    return HG_OK;
}

static hg_status open_sheet(hg_relist *list, hg_source *source, const char *name,
                            hg_err *err)
{
    size_t i = 0, n = hg_source_sheets(source);
    while (i < n && strcmp(hg_source_sheet(source, i)->name, name) != 0)
        i++;
    if (i == n)
        return hg_fail(err, HG_EINPUT, HG_AT(hg_source_name(source)),
                       "the sheet '%s' of the report is gone", name);
    list->loc = (hg_loc){ .file = hg_source_name(source),
                          .sheet = hg_source_sheet(source, i)->name };
    return hg_source_cells(&list->cells, source, i, err);
}

hg_status hg_relist_new(hg_relist **out, hg_source *source, const hg_json *record,
                        hg_err *err)
{
    const char *name = hg_json_get_str(record, "name");
    hg_relist *list = *out = calloc(1, sizeof *list);
    if (!list)
        return hg_fail_nomem(err);
    list->fields = hg_json_get(record, "fields");
    list->decimals = hg_json_get(record, "decimals");
    list->n = hg_json_len(list->fields);
    list->rows = (uint32_t)hg_json_int(hg_json_get(record, "rows"), 0);
    list->field = calloc(HG_CELL_MAX_COL + 1, sizeof *list->field);
    list->places = calloc(list->n + 1, sizeof *list->places);
    if (!list->field || !list->places)
        hg_fail_nomem(err);
    else if (open_sheet(list, source, name ? name : "", err) == HG_OK)
        find_names(list, err);
    if (err->status != HG_OK) {
        hg_relist_free(list);
        *out = NULL;
    }
    return err->status;
}

void hg_relist_free(hg_relist *list)
{
    if (!list)
        return;
    hg_cells_free(list->cells);
    hg_buf_release(&list->text);
    free(list->field);
    free(list->places);
    free(list);
}
