/* webtable - a table of CSV on the Web against what its metadata say */
#include "rules/webtable.h"
#include "rules/webcell.h"
#include "text/langtag.h"

#include <stdlib.h>
#include <string.h>

/* One reading of the table. */
typedef struct reading {
    hg_webtable *of;
    const hg_csvm_table *table;
    hg_webcsv *csv;
    const hg_row *at;
    hg_webcell cell;
    size_t column; /* of it */
    hg_webrow keys;
    bool *keyed; /* by column: it has a part in a key */
    hg_err *err;
} reading;

/* ---- findings ---- */

static hg_finding finding_of(const reading *t, const char *code, size_t column,
                             const char *message)
{
    hg_finding f = { .code = code,
                     .severity = HG_ERROR,
                     .resource = t->table->url,
                     .file = t->of->file,
                     .message = message };
    f.row_number = t->at ? t->at->number : 0;
    f.row = t->at ? t->at->number : t->table->dialect->skip_rows + 1; /* the header */
    if (column < SIZE_MAX) {
        f.field_number = (unsigned)column + 1;
        f.col = (uint32_t)(column + t->table->dialect->skip_columns) + 1;
        f.field = column < t->table->n ? t->table->columns[column].label : NULL;
    }
    return f;
}

static void found(const reading *t, const char *code, size_t column, const char *message,
                  hg_slice a, const char *b)
{
    hg_finding f = finding_of(t, code, column, message);
    if (hg_tally_wants(t->of->tally, &f)) {
        hg_excerpt first = hg_excerpt_of(a), second = hg_excerpt_of(hg_slice_of(b));
        f.value = a;
        f.args_len = hg_args(f.args, sizeof f.args, message, first.bytes, second.bytes);
    }
    hg_tally_add(t->of->tally, &f, t->err);
}

/* ---- the header (w3.org/TR/tabular-metadata, 5.5.1) ---- */

static bool has_title(const reading *t, const hg_csvm_column *column, hg_slice label)
{
    for (size_t i = 0; i < column->n_titles; i++)
        if (hg_slice_is(label, column->titles[i].text) &&
            hg_langtag_match(t->table->lang, column->titles[i].lang))
            return true;
    return false;
}

static void check_label(const reading *t, size_t i)
{
    const hg_csvm_column *column = &t->table->columns[i];
    hg_slice first = hg_webcsv_title(t->csv, i, 0), label;
    if (!first.p || (!column->name && column->n_titles == 0))
        return;
    for (size_t k = 0; (label = hg_webcsv_title(t->csv, i, k)).p; k++)
        if (has_title(t, column, label))
            return;
    if (column->n_titles == 0)
        found(t, "incorrect-label", i,
              "the label \"%s\" is no title of the column \"%s\", which has none", first,
              column->name);
    else
        found(t, "incorrect-label", i, "the label is \"%s\" where the schema has \"%s\"",
              first, column->titles[0].text);
}

static void check_header(const reading *t)
{
    size_t n = hg_webcsv_columns(t->csv), real = t->table->n_real;
    if (!t->table->described || (n == 0 && t->table->dialect->header_rows == 0))
        return;
    for (size_t i = 0; i < n && i < real && t->err->status == HG_OK; i++)
        check_label(t, i);
    for (size_t i = n; i < real && t->err->status == HG_OK; i++)
        found(t, "missing-label", i, "there is no column for the field \"%s\"",
              hg_slice_of(t->table->columns[i].label), NULL);
    for (size_t i = real; i < n && t->err->status == HG_OK; i++)
        found(t, "extra-label", i, "the schema has no field for the label \"%s\"",
              hg_webcsv_title(t->csv, i, 0), NULL);
}

/* ---- cells ---- */

static const char *limit_of(const hg_datatype *type, unsigned bit, char number[24])
{
    switch (bit) {
    case HG_CELL_MIN_LENGTH: hg_args(number, 24, "%zu", type->min_length); return number;
    case HG_CELL_MAX_LENGTH: hg_args(number, 24, "%zu", type->max_length); return number;
    case HG_CELL_MINIMUM: return type->said[0];
    case HG_CELL_MAXIMUM: return type->said[1];
    case HG_CELL_EXCLUSIVE_MINIMUM: return type->said[2];
    case HG_CELL_EXCLUSIVE_MAXIMUM: return type->said[3];
    default: return type->format;
    }
}

static void found_type(const reading *t, hg_slice value)
{
    const hg_datatype *type = t->table->columns[t->column].datatype;
    hg_buf name = { 0 };
    hg_buf_puts(&name, type->base->name);
    if (type->format)
        hg_buf_printf(&name, " (%s)", type->format);
    found(t, "type-error", t->column, "\"%s\" is not of the type %s", value, name.data);
    hg_buf_release(&name);
}

static void found_broken(void *user, unsigned broken, hg_slice value)
{
    const reading *t = user;
    const hg_csvm_column *column = &t->table->columns[t->column];
    char number[24];
    if (t->err->status != HG_OK)
        return;
    if (broken & HG_CELL_TOO_HARD) {
        hg_loc loc = { .file = t->of->file,
                       .row = t->at->number,
                       .field = column->label };
        hg_fail(t->err, HG_EINPUT, &loc,
                "the format takes too long to match, so the cell cannot be checked");
        return;
    }
    if (broken & HG_CELL_TYPE)
        found_type(t, value);
    for (unsigned bit = HG_CELL_REQUIRED;
         bit <= HG_CELL_PATTERN && t->err->status == HG_OK; bit <<= 1)
        if (broken & bit)
            found(t, "constraint-error", t->column, hg_constraint_message(bit), value,
                  limit_of(column->datatype, bit, number));
}

/* Virtual columns have an empty cell in each row, and a cell that is missing is told. */
static void read_cell(reading *t, size_t i, hg_take_broken *take)
{
    const hg_csvm_column *column = &t->table->columns[i];
    bool there = !column->is_virtual && i < t->at->n;
    hg_slice text = there ? t->at->cells[i] : HG_SLICE("");
    t->column = i;
    t->cell.take = there ? take : NULL;
    t->cell.user = t;
    hg_webcell_read(&t->cell, column, text, t->keyed[i] ? &t->keys.typed : NULL,
                    &t->keys.plain);
    t->keys.typed_ends[i] = t->keys.typed.len;
    t->keys.plain_ends[i] = t->keys.plain.len;
}

static void begin_row(reading *t, const hg_row *row)
{
    t->at = row;
    hg_buf_clear(&t->keys.typed);
    hg_buf_clear(&t->keys.plain);
}

/* ---- rows ---- */

static bool is_blank(const hg_row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (row->cells[i].n > 0)
            return false;
    return true;
}

/* Each row has as many cells as the header, or the first row. */
static void check_count(const reading *t)
{
    size_t n = hg_webcsv_columns(t->csv);
    if (t->at->n < n && is_blank(t->at)) {
        found(t, "blank-row", SIZE_MAX, "the row is blank", HG_SLICE(""), NULL);
        return;
    }
    for (size_t i = t->at->n; i < n && t->err->status == HG_OK; i++)
        found(t, "missing-cell", i, "the row has no cell for \"%s\"",
              i < t->table->n ? hg_slice_of(t->table->columns[i].label)
                              : hg_webcsv_title(t->csv, i, 0),
              NULL);
    for (size_t i = n; i < t->at->n && t->err->status == HG_OK; i++)
        found(t, "extra-cell", i, "the row has more cells than the table has columns",
              t->at->cells[i], NULL);
}

static void check_primary(const reading *t)
{
    char row[24];
    uint64_t first;
    if (hg_webkeys_primary(t->of->keys, t->of->table, &t->keys, t->at->number, &first,
                           t->err) != HG_OK ||
        first == 0)
        return;
    hg_finding f =
        finding_of(t, "primary-key", SIZE_MAX, "the same key as in row %zu of the table");
    hg_args(row, sizeof row, "%zu", (size_t)first);
    f.args_len = hg_args(f.args, sizeof f.args, f.message, (size_t)first);
    hg_tally_add(t->of->tally, &f, t->err);
}

/* The column whose cell stands for the key. */
static void check_reference(const reading *t, size_t i)
{
    const hg_csvm_reference *ref = &t->table->references[i];
    size_t column = ref->from.columns[ref->from.n - 1];
    const char *to = t->of->csvm->tables[ref->table].url;
    unsigned rows;
    if (hg_webkeys_follow(t->of->keys, t->of->table, i, &t->keys, &rows, t->err) !=
            HG_OK ||
        rows == 1)
        return;
    hg_slice text = column < t->at->n ? t->at->cells[column] : HG_SLICE("");
    found(t, "foreign-key", column,
          rows == 0 ? "no row has \"%s\" in \"%s\""
                    : "more than one row has \"%s\" in \"%s\"",
          text, to);
}

static void check_row(reading *t, const hg_row *row)
{
    begin_row(t, row);
    check_count(t);
    for (size_t i = 0; i < t->table->n && t->err->status == HG_OK; i++)
        read_cell(t, i, found_broken);
    if (t->table->primary.n > 0 && t->err->status == HG_OK)
        check_primary(t);
    for (size_t i = 0; i < t->table->n_references && t->err->status == HG_OK; i++)
        check_reference(t, i);
    t->of->rows++;
}

static void enter_row(reading *t, const hg_row *row)
{
    begin_row(t, row);
    for (size_t i = 0; i < t->table->n; i++)
        read_cell(t, i, NULL);
    hg_webkeys_enter(t->of->keys, t->of->table, &t->keys, row->number, t->err);
}

static void release(reading *t)
{
    hg_webcell_release(&t->cell);
    hg_buf_release(&t->keys.typed);
    hg_buf_release(&t->keys.plain);
    free(t->keys.typed_ends);
    free(t->keys.plain_ends);
    free(t->keyed);
}

static hg_status each_row(hg_webtable *table, hg_webcsv *csv,
                          void (*take)(reading *, const hg_row *), bool header,
                          hg_err *why, hg_err *err)
{
    const hg_csvm_table *said = &table->csvm->tables[table->table];
    reading t = { .of = table, .table = said, .csv = csv, .err = err };
    hg_row row;
    hg_status st = HG_OK;
    t.keys.typed_ends = calloc(said->n + 1, sizeof *t.keys.typed_ends);
    t.keys.plain_ends = calloc(said->n + 1, sizeof *t.keys.plain_ends);
    t.keyed = calloc(said->n + 1, sizeof *t.keyed);
    if (!t.keys.typed_ends || !t.keys.plain_ends || !t.keyed)
        hg_fail_nomem(err);
    for (size_t i = 0; err->status == HG_OK && i < said->n; i++)
        t.keyed[i] = hg_webkeys_has(table->keys, table->table, i);
    if (header && err->status == HG_OK)
        check_header(&t);
    while (err->status == HG_OK && (st = hg_webcsv_next(csv, &row, why)) == HG_OK)
        take(&t, &row);
    release(&t);
    return err->status != HG_OK ? err->status : st == HG_END ? HG_OK : st;
}

hg_status hg_webtable_check(hg_webtable *table, hg_webcsv *csv, hg_err *why, hg_err *err)
{
    return each_row(table, csv, check_row, true, why, err);
}

hg_status hg_webtable_enter(hg_webtable *table, hg_webcsv *csv, hg_err *why, hg_err *err)
{
    return each_row(table, csv, enter_row, false, why, err);
}
