/* relist - the rows of a list that hg-report wrote */
#include "report/relist.h"
#include "report/choices.h"
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
    const char *empty; /* a text that stands for no value; or NULL */
    size_t n;
    uint32_t rows, given; /* of the data */
    bool blank;           /* a form that was filled: as many rows as there are */
    hg_labels **labels;   /* per field, what its cells are chosen from; NULL: not chosen */
    hg_choices *choices;  /* likewise */
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

/* The code that was chosen; a text that is no choice stays as it is. */
static void put_code(hg_relist *list, size_t i, hg_slice text)
{
    size_t k = hg_choices_find(&list->choices[i], text);
    place *p = &list->places[i];
    p->at = list->text.len;
    if (k < list->choices[i].n)
        hg_buf_puts(&list->text, hg_labels_code(list->labels[i], k));
    else
        hg_buf_put(&list->text, text.p, text.n);
    p->n = list->text.len - p->at;
}

/* A number as the data had it: zeros at its end do not show in its value. */
static void put_text(hg_relist *list, size_t i)
{
    const hg_cell *cell = &list->ahead;
    if (list->labels[i]) {
        put_code(list, i, cell->text);
        return;
    }
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

/* Read the cells of the sheet's row under way; *any: one is of the list's fields. */
static hg_status read_row(hg_relist *list, bool *any, hg_err *err)
{
    hg_status st = HG_OK;
    *any = false;
    hg_buf_clear(&list->text);
    memset(list->places, 0, (list->n + 1) * sizeof *list->places);
    while (st == HG_OK && !list->over && list->ahead.row == list->row) {
        size_t i = list->field[list->ahead.col];
        *any |= i > 0;
        if (i > 0 && !(list->empty && hg_slice_is(list->ahead.text, list->empty)))
            put_text(list, i - 1);
        st = advance(list, err);
    }
    return st == HG_OK ? hg_buf_status(&list->text, err) : st;
}

/* The next row in which something was filled in. */
static hg_status next_filled(hg_relist *list, hg_err *err)
{
    bool any = false;
    while (!any) {
        if (list->over)
            return HG_END;
        list->row = list->ahead.row;
        if (read_row(list, &any, err) != HG_OK)
            return err->status;
    }
    return HG_OK;
}

static hg_status next_written(hg_relist *list, hg_err *err)
{
    bool any;
    if (list->given == list->rows)
        return list->over ? HG_END : length_differs(list, err);
    list->given++;
    list->row++;
    return read_row(list, &any, err);
}

hg_status hg_relist_next(hg_relist *list, hg_slice *cells, uint64_t *row, uint32_t *col,
                         hg_err *err)
{
    hg_status st = list->blank ? next_filled(list, err) : next_written(list, err);
    if (st != HG_OK)
        return st;
    *row = list->row;
    *col = 0;
    for (uint32_t c = 1; c <= HG_CELL_MAX_COL && list->blank && *col == 0; c++)
        *col = list->field[c] ? c : 0;
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

/* The code list of a field of a form, from the definition that the record has. */
static hg_status load_choices(hg_relist *list, const hg_json *record, size_t i, hg_err *err)
{
    const char *name = hg_json_str(hg_json_at(hg_json_get(record, "codes"), i));
    const hg_json *codes =
        hg_json_get(hg_json_get(hg_json_get(record, "head"), "definition"), "codes");
    hg_buf file = { 0 };
    if (!name)
        return HG_OK;
    hg_buf_printf(&file, "%s.csv", name);
    const char *text = file.data ? hg_json_get_str(codes, file.data) : NULL;
    if (hg_buf_status(&file, err) == HG_OK && text &&
        hg_labels_new(&list->labels[i], name, hg_slice_of(text), err) == HG_OK)
        hg_choices_make(&list->choices[i], list->labels[i], err);
    hg_buf_release(&file);
    return err->status;
}

static hg_status take_record(hg_relist *list, const hg_json *record, hg_err *err)
{
    list->fields = hg_json_get(record, "fields");
    list->decimals = hg_json_get(record, "decimals");
    list->empty = hg_json_get_str(record, "empty");
    list->n = hg_json_len(list->fields);
    list->rows = (uint32_t)hg_json_int(hg_json_get(record, "rows"), 0);
    list->blank = hg_json_true(hg_json_get(record, "blank"));
    list->field = calloc(HG_CELL_MAX_COL + 1, sizeof *list->field);
    list->places = calloc(list->n + 1, sizeof *list->places);
    list->labels = calloc(list->n + 1, sizeof *list->labels);
    list->choices = calloc(list->n + 1, sizeof *list->choices);
    if (!list->field || !list->places || !list->labels || !list->choices)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < list->n && err->status == HG_OK; i++)
        load_choices(list, record, i, err);
    return err->status;
}

hg_status hg_relist_new(hg_relist **out, hg_source *source, const hg_json *record,
                        hg_err *err)
{
    const char *name = hg_json_get_str(record, "name");
    hg_relist *list = *out = calloc(1, sizeof *list);
    if (!list)
        return hg_fail_nomem(err);
    if (take_record(list, record, err) == HG_OK &&
        open_sheet(list, source, name ? name : "", err) == HG_OK)
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
    for (size_t i = 0; list->labels && list->choices && i < list->n; i++) {
        hg_labels_free(list->labels[i]);
        hg_choices_release(&list->choices[i]);
    }
    free(list->labels);
    free(list->choices);
    free(list->field);
    free(list->places);
    free(list);
}
