/* reread_sheet - the figures of one sheet, wherever they stand now */
#include "report/keep.h"
#include "report/reread_inside.h"
#include "report/trace.h"
#include "text/number.h"
#include "text/period.h"
#include "text/vinumber.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS  15
#define DEEPEST 16 /* sums of sums */

/* ---- where rows and columns are now ---- */

static hg_status not_ours(const hg_reread *r, hg_err *err)
{
    hg_loc loc = hg_reread_place(r, 0, 0);
    return hg_fail(err, HG_EINPUT, &loc,
                   "this sheet is no longer laid out as the report that was written");
}

static hg_status find_sheet(hg_reread *r, const char *name, hg_err *err)
{
    for (size_t i = 0; name && i < hg_source_sheets(r->source); i++)
        if (strcmp(hg_source_sheet(r->source, i)->name, name) == 0) {
            r->sheet.index = (uint16_t)i;
            return HG_OK;
        }
    return hg_fail(err, HG_EINPUT, &(hg_loc){ .file = hg_source_name(r->source) },
                   "the report's sheet '%s' is gone", name ? name : "");
}

/* The marks of a record, from entry 1 on. */
static uint32_t *marks_of(const hg_json *list, uint32_t *n)
{
    size_t given = hg_json_len(list);
    *n = given < HG_CELL_MAX_ROW ? (uint32_t)given : HG_CELL_MAX_ROW;
    uint32_t *marks = calloc((size_t)*n + 1, sizeof *marks);
    for (uint32_t i = 0; marks && i < *n; i++)
        marks[i + 1] = (uint32_t)hg_json_int(hg_json_at(list, i), 0);
    return marks;
}

static hg_status trace_grid(const hg_grid *grid, hg_trace *trace, hg_err *err)
{
    size_t n;
    const hg_cell *cells = hg_grid_cells(grid, &n);
    for (size_t i = 0; i < n; i++)
        if (cells[i].type == HG_CELL_TEXT)
            hg_trace_add(trace, cells[i].row, cells[i].col, &cells[i].text, 1);
    return trace->status == HG_OK ? HG_OK : hg_fail_nomem(err);
}

/* Find rows (or the columns, by the texts of rows head1 to head2 as they are now). */
static hg_status find_lines(hg_reread *r, const hg_trace *trace, const hg_json *list,
                            uint32_t head1, uint32_t head2, uint32_t **to, uint32_t *n,
                            hg_err *err)
{
    uint32_t m = head2 ? hg_grid_cols(r->sheet.grid) : hg_grid_rows(r->sheet.grid);
    uint32_t *was = marks_of(list, n), *is = calloc((size_t)m + 1, sizeof *is);
    *to = calloc((size_t)*n + 1, sizeof **to);
    if (!was || !is || !*to) {
        hg_fail_nomem(err);
    } else {
        if (head2)
            hg_trace_columns(trace, head1, head2, is, m);
        else
            hg_trace_rows(trace, is, m);
        hg_trace_align(was, *n, is, m, *to, err);
    }
    free(was);
    free(is);
    return err->status;
}

/* The row where an original one is now; where that is gone, the next that is there. */
static uint32_t row_now(const sheet_now *s, uint32_t row)
{
    while (row > 0 && row <= s->n_rows && s->rows[row] == 0)
        row++;
    return row > 0 && row <= s->n_rows ? s->rows[row] : 0;
}

/* How final a form says that its figures are. */
static void read_state(hg_reread *r, const hg_json *place)
{
    sheet_now *s = &r->sheet;
    int64_t row = hg_json_int(hg_json_at(place, 0), 0),
            col = hg_json_int(hg_json_at(place, 1), 0);
    if (row < 1 || row > s->n_rows || col < 1 || col > s->n_cols)
        return;
    const hg_cell *cell = hg_grid_at(s->grid, s->rows[row], s->cols[col]);
    for (size_t i = 0; cell && i < HG_STATES; i++)
        if (hg_slice_is(cell->text, hg_keep_states[i].name))
            s->state = hg_keep_states[i].status;
}

static hg_status find_places(hg_reread *r, const hg_json *record, hg_err *err)
{
    hg_trace trace = { 0 };
    sheet_now *s = &r->sheet;
    const hg_json *headings = hg_json_get(record, "headings");
    uint32_t head1 = (uint32_t)hg_json_int(hg_json_at(headings, 0), 1);
    s->head2 = (uint32_t)hg_json_int(hg_json_at(headings, 1), 1);
    if (trace_grid(s->grid, &trace, err) == HG_OK &&
        find_lines(r, &trace, hg_json_get(record, "rows"), 0, 0, &s->rows, &s->n_rows,
                   err) == HG_OK) {
        head1 = row_now(s, head1);
        uint32_t head2 = row_now(s, s->head2);
        if (head1 == 0 || head2 < head1)
            not_ours(r, err);
        else
            find_lines(r, &trace, hg_json_get(record, "columns"), head1, head2, &s->cols,
                       &s->n_cols, err);
    }
    hg_trace_release(&trace);
    if (err->status == HG_OK)
        read_state(r, hg_json_get(record, "state"));
    if (err->status == HG_EINPUT && !err->file[0])
        snprintf(err->file, sizeof err->file, "%s", hg_source_name(r->source));
    return err->status;
}

hg_status hg_reread_sheet(hg_reread *r, const hg_json *record, hg_err *err)
{
    if (hg_reread_leave(r, err) != HG_OK ||
        find_sheet(r, hg_json_get_str(record, "name"), err) != HG_OK ||
        hg_source_grid_bare(&r->sheet.grid, r->source, r->sheet.index, err) != HG_OK)
        return err->status;
    return find_places(r, record, err);
}

/* The cell that stood at a place when the report was written; *at is where it is now. */
static hg_status cell_at(const hg_reread *r, uint32_t row, uint32_t col,
                         const hg_cell **cell, hg_loc *at, hg_err *err)
{
    const sheet_now *s = &r->sheet;
    hg_loc loc = hg_reread_place(r, 0, 0);
    if (!s->grid || row == 0 || row > s->n_rows || col == 0 || col > s->n_cols)
        return not_ours(r, err);
    if (s->rows[row] == 0)
        return hg_fail(err, HG_EINPUT, &loc, "row %u of the report as written is gone",
                       row);
    if (s->cols[col] == 0)
        return hg_fail(err, HG_EINPUT, &loc, "column %u of the report as written is gone",
                       col);
    *cell = hg_grid_at(s->grid, s->rows[row], s->cols[col]);
    *at = hg_reread_place(r, s->rows[row], s->cols[col]);
    return HG_OK;
}

/* ---- figures ---- */

/* Whether two numbers are the same to 15 digits, which is what spreadsheet programs keep of
 * one: no further apart than half a unit of the fifteenth. */
static bool same_number(hg_slice a, hg_slice b)
{
    double x, y;
    if (!hg_number_parse(a, &x) || !hg_number_parse(b, &y))
        return false;
    if (x == y || x == 0)
        return x == y;
    double unit = pow(10, floor(log10(fabs(x))) - (DIGITS - 1));
    return fabs(x - y) <= 0.5 * unit + 2 * DBL_EPSILON * fabs(x);
}

/* What a cell says: a number in plain text, or none and why (status). */
typedef struct said {
    hg_slice number;
    char status;
    hg_vinumber typed;
    char plain[HG_NUMBER_TEXT + 400]; /* a number with an exponent, without it */
} said;

/* Take the exponent out of the shortest text of a double: 1e21 is digits, too. */
static void plain_number(said *s, hg_slice text)
{
    double value;
    s->number = text;
    if (memchr(text.p, 'e', text.n) && hg_number_parse(text, &value)) {
        int n = snprintf(s->plain, sizeof s->plain, "%.0f", value);
        if (value < 1 && value > -1)
            n = snprintf(s->plain, sizeof s->plain, "%.18f", value);
        s->number = (hg_slice){ s->plain, (size_t)n };
    }
}

static hg_status read_cell(const hg_cell *cell, const hg_loc *at, said *s, hg_err *err)
{
    static const struct {
        const char *text;
        char status;
    } symbols[] = { { "-", HG_STATUS_NONE },      { "–", HG_STATUS_NONE },
                    { "[z]", HG_STATUS_NONE },    { "x", HG_STATUS_NONE },
                    { "…", HG_STATUS_MISSING },   { "...", HG_STATUS_MISSING },
                    { "[x]", HG_STATUS_MISSING }, { "", HG_STATUS_MISSING } };
    s->number = HG_SLICE("");
    s->status = HG_STATUS_MISSING;
    if (cell && cell->type == HG_CELL_NUMBER) {
        plain_number(s, cell->text);
        return HG_OK;
    }
    hg_slice text = cell ? cell->text : HG_SLICE("");
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
        if (hg_slice_is(text, symbols[i].text)) {
            s->status = symbols[i].status;
            return HG_OK;
        }
    if (!hg_vinumber_read(&s->typed, text) || hg_vinumber_ambiguous(&s->typed))
        return hg_fail(err, HG_EINPUT, at, "'%.*s' is no number that can be told",
                       (int)(text.n < 60 ? text.n : 60), text.p);
    s->number = hg_slice_of(s->typed.vi ? s->typed.as_vi : s->typed.as_en);
    return HG_OK;
}

/* One figure on its way back: where in the data, and where on the sheet. */
typedef struct figure {
    kept *data;
    uint32_t row;
    size_t field;
    hg_loc at;
    char state; /* of a form's figures; 0: none is said */
} figure;

static const char *published_status(const figure *f)
{
    size_t n;
    hg_facts_fields(f->data->facts, &n);
    return f->data->status < n
               ? hg_facts_text(f->data->facts,
                               hg_facts_at(f->data->facts, f->row)[f->data->status])
                     .p
               : "";
}

/* Compare what a cell says with what was published; *now is what it comes to. */
static bool as_published(const figure *f, const said *s, found *now)
{
    const char *status = published_status(f);
    uint32_t id = hg_facts_at(f->data->facts, f->row)[f->field];
    hg_slice was = hg_facts_text(f->data->facts, id);
    bool gap = *status == HG_STATUS_NONE || *status == HG_STATUS_MISSING || !*status;
    now->text = id;
    now->status = 0;
    if (was.n > 0 && s->number.n > 0)
        return same_number(was, s->number);
    if (was.n == 0 && s->number.n > 0)
        now->status = f->state ? f->state : HG_STATUS_OFFICIAL;
    else if (was.n > 0 || !gap || s->status != *status)
        now->status = s->status;
    /* nothing was there and nothing is: only a symbol of another meaning is a change */
    return was.n == 0 && s->number.n == 0 && (!*status || now->status == 0);
}

/* Remember a figure. Where two places of the report show it, both must say the same. */
static hg_status enter(hg_reread *r, const figure *f, const said *s, hg_err *err)
{
    found now, *was = &f->data->found[f->field][f->row];
    bool same = as_published(f, s, &now);
    if (!same) {
        now.text = hg_facts_id(f->data->facts, s->number);
        if (now.text == 0)
            return hg_fail_nomem(err);
    }
    now.sheet = r->sheet.index;
    now.row = (uint32_t)f->at.row;
    now.col = (uint16_t)f->at.col;
    if (was->text && (was->text != now.text || was->status != now.status))
        return hg_fail(err, HG_EINPUT, &f->at,
                       "this figure is another than in row %u, column %u of the sheet "
                       "'%s', which shows the same",
                       was->row, was->col, hg_source_sheet(r->source, was->sheet)->name);
    if (f->data->blank && s->number.n == 0 && s->status == HG_STATUS_MISSING)
        hg_reread_tell(r, &r->told.unfilled, now.row, now.col);
    if (!was->text && !same && !f->data->blank)
        hg_reread_tell(r, &r->told.changed, now.row, now.col);
    *was = now;
    return HG_OK;
}

static hg_status keep_empty(hg_reread *r, empty e, hg_err *err)
{
    if (r->n_empties == r->cap_empties) {
        size_t cap = r->cap_empties ? 2 * r->cap_empties : 64;
        empty *grown = realloc(r->empties, cap * sizeof *grown);
        if (!grown)
            return hg_fail_nomem(err);
        r->empties = grown;
        r->cap_empties = cap;
    }
    r->empties[r->n_empties++] = e;
    return HG_OK;
}

/* The figure of the data numbered i, which stood at row and col. */
static hg_status take_figure(hg_reread *r, size_t d, const size_t *fields, size_t n,
                             uint32_t i, uint32_t row, uint32_t col, hg_err *err)
{
    const hg_cell *cell;
    said s;
    figure f = { .data = &r->data[d], .row = (i - 1) / (uint32_t)n,
                 .field = fields[(i - 1) % n], .state = r->sheet.state };
    if (f.row >= hg_facts_count(f.data->facts))
        return not_ours(r, err);
    if (cell_at(r, row, col, &cell, &f.at, err) != HG_OK)
        return err->status;
    if (!cell || (f.data->blank && cell->formula)) /* of a form its 0 may stand for nothing */
        return keep_empty(r, (empty){ (uint32_t)d, f.row, (uint32_t)f.field, row, col },
                          err);
    return read_cell(cell, &f.at, &s, err) == HG_OK ? enter(r, &f, &s, err) : err->status;
}

/* The fields that a record's figures are of. */
static hg_status fields_of(hg_reread *r, const hg_json *record, size_t *d,
                           size_t fields[HG_FACTS_FIELDS], size_t *n, hg_err *err)
{
    const hg_json *values = hg_json_get(record, "values");
    const char *status = hg_json_get_str(record, "status");
    size_t all;
    *d = (size_t)hg_json_int(hg_json_get(record, "data"), REREAD_DATA);
    *n = hg_json_len(values);
    if (*d >= r->n || *n == 0 || *n > HG_FACTS_FIELDS || !r->sheet.grid)
        return not_ours(r, err);
    kept *data = &r->data[*d];
    hg_facts_fields(data->facts, &all);
    for (size_t i = 0; i < *n; i++) {
        const char *name = hg_json_str(hg_json_at(values, i));
        fields[i] = name ? hg_facts_field(data->facts, name) : all;
        if (fields[i] == all)
            return not_ours(r, err);
        found **at = &data->found[fields[i]];
        if (!*at && !(*at = calloc((size_t)hg_facts_count(data->facts) + 1, sizeof **at)))
            return hg_fail_nomem(err);
    }
    if (status)
        data->status = hg_facts_field(data->facts, status);
    data->wanted |=
        r->only && strcmp(hg_source_sheet(r->source, r->sheet.index)->name, r->only) == 0;
    return HG_OK;
}

hg_status hg_reread_figures(hg_reread *r, const hg_json *record, hg_err *err)
{
    size_t fields[HG_FACTS_FIELDS], n, d;
    const hg_json *rows = hg_json_get(record, "rows");
    if (fields_of(r, record, &d, fields, &n, err) != HG_OK)
        return err->status;
    r->sheet.column = (uint32_t)hg_json_int(hg_json_get(record, "column"), 0);
    for (size_t k = 0; k < hg_json_len(rows) && err->status == HG_OK; k++) {
        const hg_json *line = hg_json_at(rows, k);
        uint32_t row = (uint32_t)hg_json_int(hg_json_at(line, 0), 0);
        r->sheet.n_leaves = (uint32_t)hg_json_len(line) - 1;
        for (uint32_t leaf = 0; leaf < r->sheet.n_leaves; leaf++) {
            int64_t i = hg_json_int(hg_json_at(line, leaf + 1), 0);
            if (i > 0 && take_figure(r, d, fields, n, (uint32_t)i, row,
                                     r->sheet.column + leaf, err) != HG_OK)
                break;
        }
    }
    return err->status;
}

/* ---- totals whose cells are empty ---- */

hg_status hg_reread_sums(hg_reread *r, const hg_json *record, hg_err *err)
{
    sums_now *s = &r->sums;
    for (size_t i = 0; i < hg_json_len(record); i++) {
        const hg_json *sum = hg_json_at(record, i);
        size_t n = hg_json_len(sum);
        if (s->n + n + 1 > s->cap) {
            size_t cap = 2 * s->cap + n + 1024;
            uint32_t *grown = realloc(s->numbers, cap * sizeof *grown);
            if (!grown)
                return hg_fail_nomem(err);
            s->numbers = grown;
            s->cap = cap;
        }
        s->numbers[s->n++] = (uint32_t)n;
        for (size_t k = 0; k < n; k++)
            s->numbers[s->n++] = (uint32_t)hg_json_int(hg_json_at(sum, k), 0);
    }
    return HG_OK;
}

/* The sum at a place: its numbers from its length on; NULL: none. */
static const uint32_t *sum_at(const sums_now *s, uint32_t row, uint32_t col)
{
    for (size_t i = 0; i < s->n; i += s->numbers[i] + 1)
        if (s->numbers[i] >= 2 && s->numbers[i + 1] == row && s->numbers[i + 2] == col)
            return &s->numbers[i];
    return NULL;
}

/* What a place comes to: its cell's number or, where that is empty, or a formula of a form,
 * the sum of its parts, "-" being nothing. False where neither is there. */
static bool add_up(const hg_reread *r, bool blank, uint32_t row, uint32_t col,
                   unsigned depth, hg_decimal *total, hg_err *err)
{
    const hg_cell *cell;
    const uint32_t *sum = sum_at(&r->sums, row, col);
    hg_loc at;
    said s;
    if (cell_at(r, row, col, &cell, &at, err) != HG_OK)
        return false;
    *total = (hg_decimal){ 0 };
    if (cell && !(blank && cell->formula && sum))
        return read_cell(cell, &at, &s, err) == HG_OK &&
               (hg_decimal_read(total, s.number) ||
                (blank && s.number.n == 0 && s.status == HG_STATUS_NONE));
    for (uint32_t i = 3; sum && i + 1 <= sum[0]; i += 2) {
        hg_decimal part;
        if (depth == DEEPEST || !add_up(r, blank, sum[i], sum[i + 1], depth + 1, &part, err) ||
            !hg_decimal_add(total, part))
            return false;
    }
    return sum != NULL;
}

static hg_status fill(hg_reread *r, const empty *e, hg_err *err)
{
    char text[HG_DECIMAL_TEXT];
    const hg_cell *cell;
    hg_decimal total;
    said s;
    figure f = { .data = &r->data[e->data], .row = e->row, .field = e->field,
                 .state = r->sheet.state };
    if (cell_at(r, e->at_row, e->at_col, &cell, &f.at, err) != HG_OK ||
        read_cell(NULL, &f.at, &s, err) != HG_OK)
        return err->status;
    if (add_up(r, f.data->blank, e->at_row, e->at_col, 0, &total, err)) {
        hg_decimal_print(text, total);
        s.number = hg_slice_of(text);
        if (!f.data->blank)
            hg_reread_tell(r, &r->told.computed, (uint32_t)f.at.row, f.at.col);
    }
    return err->status == HG_OK ? enter(r, &f, &s, err) : err->status;
}

/* ---- numbers that are not the report's ---- */

/* Tell the numbers in rows that someone added between the report's. */
static hg_status find_strange(hg_reread *r, hg_err *err)
{
    const sheet_now *s = &r->sheet;
    uint32_t first = 0, last = 0;
    size_t n;
    const hg_cell *cells = hg_grid_cells(s->grid, &n);
    bool *ours = calloc((size_t)hg_grid_rows(s->grid) + 1, sizeof *ours);
    if (!ours)
        return hg_fail_nomem(err);
    for (uint32_t row = 1; row <= s->n_rows; row++)
        if (s->rows[row]) {
            ours[s->rows[row]] = true;
            last = s->rows[row];
            first = first || row <= s->head2 ? first : s->rows[row];
        }
    for (size_t i = 0; i < n; i++)
        if (cells[i].type == HG_CELL_NUMBER && !ours[cells[i].row] && first > 0 &&
            cells[i].row > first && cells[i].row < last)
            hg_reread_tell(r, &r->told.strange, cells[i].row, cells[i].col);
    free(ours);
    return HG_OK;
}

hg_status hg_reread_leave(hg_reread *r, hg_err *err)
{
    for (size_t i = 0; i < r->n_empties && err->status == HG_OK; i++)
        fill(r, &r->empties[i], err);
    if (err->status == HG_OK && r->sheet.grid)
        find_strange(r, err);
    hg_grid_free(r->sheet.grid);
    free(r->sheet.rows);
    free(r->sheet.cols);
    r->sheet = (sheet_now){ 0 };
    r->n_empties = r->sums.n = 0;
    return err->status;
}
