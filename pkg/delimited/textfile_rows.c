/* textfile_rows - the rows of a delimited text, and what is wrong with them */
#include "delimited/mend.h"
#include "delimited/textfile_parts.h"
#include "text/utf8.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct hg_textfile_rows {
    hg_textfile *text;
    const hg_table_at *table; /* NULL: all of the text */
    hg_records *records;
    hg_mend *mend;
    uint64_t row;    /* records given or joined, the header's first one being 1 */
    uint64_t blanks; /* records that were blank, where these count */
    hg_slice *cells; /* a header that was joined, or a row without bad bytes */
    size_t cap;
    hg_buf bytes; /* what those cells say */
    hg_buf last;  /* the last cell of the row before */
    hg_err err;
    hg_status status; /* once it is not HG_OK it stays */
};

/* ---- what is wrong ---- */

/* What is wrong at a byte of a record; first, by hg_mended, what was mended. */
enum wrong {
    STRAY_QUOTE = HG_MEND_DELIMITER + 1,
    OPEN_QUOTE,
    TOO_MANY,
    TOO_FEW,
    BAD_BYTE,
    NUL_BYTE
};

static const struct {
    const char *code, *message; /* its one argument is the byte of the file */
} wrongs[] = {
    [HG_MEND_QUOTE] = { "quote-error",
                        "a stray quote before a cell, taken as data (byte %" PRIu64 ")" },
    [HG_MEND_MISSING] = { "delimiter-error", "a delimiter was missing; it is put in "
                                             "where cells like those of "
                                             "other rows end (byte %" PRIu64 ")" },
    [HG_MEND_EXTRA] = { "delimiter-error",
                        "an empty cell too many, left out where the others are then like "
                        "those of other rows (byte %" PRIu64 ")" },
    [HG_MEND_DATA] = { "delimiter-error",
                       "a delimiter in a cell without quotes, taken as "
                       "data (byte %" PRIu64 ")" },
    [HG_MEND_DELIMITER] = { "delimiter-error",
                            "a row with another delimiter than other rows (byte %" PRIu64
                            ")" },
    [STRAY_QUOTE] = { "quote-error", "a stray quote, taken as data (byte %" PRIu64 ")" },
    [OPEN_QUOTE] = { "quote-error",
                     "a quote that nothing closes, taken as data (byte %" PRIu64 ")" },
    [TOO_MANY] = { "extra-cell", "more cells than in other rows (byte %" PRIu64 ")" },
    [TOO_FEW] = { "missing-cell", "fewer cells than in other rows (byte %" PRIu64 ")" },
    [BAD_BYTE] = { "encoding-error",
                   "not UTF-8; U+FFFD stands in its place (byte %" PRIu64 ")" },
    [NUL_BYTE] = { "encoding-error", "a NUL byte, which is left out (byte %" PRIu64 ")" },
};

static hg_status tell(hg_textfile_rows *rows, int what, const hg_record *record,
                      size_t at, hg_err *err)
{
    hg_textfile *text = rows->text;
    hg_loc loc = hg_records_place(record, text->name, at);
    uint64_t byte = record->offset + at + 1;
    if (text->opts.strict)
        return hg_fail(err, HG_EINPUT, &loc, wrongs[what].message, byte);
    hg_finding finding = { .code = wrongs[what].code,
                           .severity = HG_ERROR,
                           .row_number = rows->table ? rows->row : 0,
                           .file = text->name,
                           .row = loc.row,
                           .col = loc.col,
                           .message = wrongs[what].message };
    finding.args_len =
        hg_args(finding.args, sizeof finding.args, wrongs[what].message, byte);
    return hg_textfile_tell(text, &finding, err);
}

/* ---- bytes that are no text ---- */

/* Copy the cells without such bytes. */
static hg_status clean(hg_textfile_rows *rows, hg_slice *cells, size_t n, hg_err *err)
{
    hg_buf_clear(&rows->bytes);
    for (size_t i = 0; i < n; i++) {
        size_t from = rows->bytes.len;
        for (size_t k = 0; k < cells[i].n;) {
            const char *p = cells[i].p + k;
            size_t valid = hg_utf8_valid(p, cells[i].n - k);
            const char *nul = memchr(p, '\0', valid);
            valid = nul ? (size_t)(nul - p) : valid;
            hg_buf_put(&rows->bytes, p, valid);
            if (k + valid < cells[i].n && !nul)
                hg_utf8_put(&rows->bytes, 0xFFFD);
            k += valid + 1;
        }
        cells[i] = (hg_slice){ NULL, rows->bytes.len - from };
    }
    const char *p = rows->bytes.data ? rows->bytes.data : "";
    for (size_t i = 0; i < n; p += cells[i++].n)
        cells[i].p = p;
    return hg_buf_status(&rows->bytes, err);
}

static hg_status tell_bytes(hg_textfile_rows *rows, const hg_record *record,
                            size_t length, bool *any, hg_err *err)
{
    hg_status st = HG_OK;
    *any = false;
    for (size_t at = 0; at < length && st == HG_OK; at++) {
        const char *p = record->text.p + at;
        size_t valid = hg_utf8_valid(p, length - at);
        const char *nul = memchr(p, '\0', valid);
        at += nul ? (size_t)(nul - p) : valid;
        if (at == length)
            break;
        *any = true;
        st = tell(rows, nul ? NUL_BYTE : BAD_BYTE, record, at, err);
    }
    return st;
}

/* ---- rows ---- */

static hg_status room(hg_textfile_rows *rows, size_t n, hg_err *err)
{
    if (n <= rows->cap)
        return HG_OK;
    hg_slice *cells = realloc(rows->cells, n * sizeof *cells);
    if (!cells)
        return hg_fail_nomem(err);
    rows->cells = cells;
    rows->cap = n;
    return HG_OK;
}

/* ---- a text that may be cut off ---- */

/* Whether a cell is the start of one like the others of its column, which are numbers, dates or
 * codes of few looks: the end of the one before makes it one. */
static bool may_go_on(const hg_likeness *column, hg_slice cell, hg_buf *before)
{
    hg_slice whole = { before->data, before->len };
    if (!hg_likeness_even(column) || hg_likeness_has(column, hg_look_of(cell)) ||
        before->len <= cell.n || !hg_look_typed(hg_look_of(whole)))
        return false;
    memcpy(before->data, cell.p, cell.n);
    return hg_likeness_has(column, hg_look_of(whole));
}

/* Say so of the last row: a line end that is missing says nothing alone. */
static hg_status look_at_end(hg_textfile_rows *rows, const hg_record *record, hg_err *err)
{
    static const char message[] =
        "the last cell is the start of one like the others of its column, and no line end follows: "
        "the text may be cut off (byte %" PRIu64 ")";
    const hg_split *split = &record->split;
    const hg_table_at *table = rows->table;
    hg_slice cell = split->cells[split->n - 1];
    bool last = record->ended && split->length == record->text.n;
    char end = record->text.p[split->length - 1];
    if (last && end != '\n' && end != '\r' && split->strays == 0 &&
        may_go_on(&table->columns[table->width - 1], cell, &rows->last)) {
        size_t at = split->starts[split->n - 1];
        hg_loc loc = hg_records_place(record, rows->text->name, at);
        hg_finding finding = { .code = "table-layout",
                               .severity = HG_WARNING,
                               .row_number = rows->row,
                               .file = rows->text->name,
                               .row = loc.row,
                               .col = loc.col,
                               .message = message };
        finding.args_len = hg_args(finding.args, sizeof finding.args, message,
                                   record->offset + split->length);
        return hg_textfile_tell(rows->text, &finding, err);
    }
    hg_buf_clear(&rows->last);
    hg_buf_put(&rows->last, cell.p, cell.n);
    return hg_buf_status(&rows->last, err);
}

/* ---- cells ---- */

/* Read the cells of a record as they are meant, and tell what is wrong with it. */
static hg_status read_cells(hg_textfile_rows *rows, hg_record *record, bool header,
                            hg_row *row, hg_err *err)
{
    const hg_split *split = &record->split;
    const hg_table_at *table = rows->table;
    hg_mended what = HG_MEND_NOTHING;
    size_t length = split->length, at = split->stray;
    bool any = false;
    hg_status st = HG_OK;
    bool uneven = table && table->width > 1 && split->n != table->width;
    if (table && (uneven || split->strays > 0)) {
        st = hg_mend_row(rows->mend, record, header, &what, &split, &length, &at, err);
        hg_records_cut(rows->records, length);
    }
    if (st == HG_OK && what != HG_MEND_NOTHING)
        st = tell(rows, (int)what, record, at, err);
    else if (st == HG_OK && split->strays > 0)
        st =
            tell(rows, split->open ? OPEN_QUOTE : STRAY_QUOTE, record, split->stray, err);
    if (st == HG_OK && uneven && what == HG_MEND_NOTHING)
        st = tell(rows, split->n > table->width ? TOO_MANY : TOO_FEW, record,
                  split->n > table->width ? split->starts[table->width] : 0, err);
    if (st == HG_OK && table && !header && split->n == table->width)
        st = look_at_end(rows, record, err);
    if (st == HG_OK && rows->text->dirty)
        st = tell_bytes(rows, record, length, &any, err);
    *row = (hg_row){ .cells = split->cells, .n = split->n, .line = record->line };
    if (st != HG_OK || !any || (st = room(rows, split->n, err)) != HG_OK)
        return st;
    memcpy(rows->cells, split->cells, split->n * sizeof *split->cells);
    row->cells = rows->cells;
    return clean(rows, rows->cells, split->n, err);
}

/* The next record that is a row; HG_END behind the table. */
static hg_status next_record(hg_textfile_rows *rows, hg_record **record, hg_err *err)
{
    const hg_table_at *table = rows->table;
    hg_status st;
    do {
        st = hg_records_next(rows->records, record, err);
        if (st == HG_OK && table && (*record)->offset >= table->end)
            return HG_END;
        rows->blanks += st == HG_OK && (*record)->blank && (!table || table->width < 2);
    } while (st == HG_OK && table && table->width > 1 && (*record)->blank);
    rows->row += st == HG_OK;
    return st;
}

/* ---- headers ---- */

/* Join header rows, column by column. */
typedef struct join {
    hg_buf *texts;
    size_t n, cap;
} join;

static hg_status join_row(join *j, const hg_row *row, hg_err *err)
{
    if (row->n > j->cap) {
        hg_buf *texts = realloc(j->texts, row->n * sizeof *texts);
        if (!texts)
            return hg_fail_nomem(err);
        memset(texts + j->cap, 0, (row->n - j->cap) * sizeof *texts);
        j->texts = texts;
        j->cap = row->n;
    }
    j->n = row->n > j->n ? row->n : j->n;
    hg_status st = HG_OK;
    for (size_t i = 0; i < row->n && st == HG_OK; i++) {
        if (j->texts[i].len > 0 && row->cells[i].n > 0)
            hg_buf_putc(&j->texts[i], ' ');
        hg_buf_put(&j->texts[i], row->cells[i].p, row->cells[i].n);
        st = hg_buf_status(&j->texts[i], err);
    }
    return st;
}

/* Give the joined texts, copied to be the row's own. */
static hg_status give_join(hg_textfile_rows *rows, const join *j, hg_row *row,
                           hg_err *err)
{
    hg_status st = room(rows, j->n, err);
    if (st != HG_OK)
        return st;
    hg_buf_clear(&rows->bytes);
    for (size_t i = 0; i < j->n; i++)
        hg_buf_put(&rows->bytes, j->texts[i].data, j->texts[i].len);
    const char *p = rows->bytes.data ? rows->bytes.data : "";
    for (size_t i = 0; i < j->n; p += j->texts[i++].len)
        rows->cells[i] = (hg_slice){ p, j->texts[i].len };
    row->cells = rows->cells;
    row->n = j->n;
    return hg_buf_status(&rows->bytes, err);
}

static hg_status header(hg_textfile_rows *rows, hg_row *row, hg_err *err)
{
    join j = { 0 };
    hg_record *record;
    hg_status st = HG_OK;
    unsigned n = rows->table->header_rows;
    uint64_t line = 0;
    while (st == HG_OK && rows->row < n) {
        st = next_record(rows, &record, err);
        if (st == HG_OK)
            st = read_cells(rows, record, true, row, err);
        line = line > 0 || st != HG_OK ? line : record->line;
        if (st == HG_OK && n > 1)
            st = join_row(&j, row, err);
    }
    if (j.n > 0 && (st == HG_OK || st == HG_END))
        st = give_join(rows, &j, row, err);
    row->number = rows->table->number + rows->row;
    row->line = line;
    for (size_t i = 0; i < j.cap; i++)
        hg_buf_release(&j.texts[i]);
    free(j.texts);
    return st;
}

/* ---- all ---- */

static hg_status next(hg_textfile_rows *rows, hg_row *row, hg_err *err)
{
    hg_record *record;
    if (rows->table && rows->row < rows->table->header_rows)
        return header(rows, row, err);
    hg_status st = next_record(rows, &record, err);
    if (st == HG_OK)
        st = read_cells(rows, record, false, row, err);
    row->number = rows->row + (rows->table ? rows->table->number : 0);
    return st;
}

hg_status hg_textfile_rows_next(hg_textfile_rows *rows, hg_row *row, hg_err *err)
{
    if (rows->status == HG_OK)
        rows->status = next(rows, row, &rows->err);
    if (rows->status != HG_OK && rows->status != HG_END && err->status == HG_OK)
        *err = rows->err;
    return rows->status;
}

hg_status hg_textfile_rows_new(hg_textfile_rows **out, hg_textfile *text, size_t table,
                               hg_err *err)
{
    hg_textfile_rows *rows = *out = calloc(1, sizeof *rows);
    uint64_t offset = text->from, line = 1;
    if (!rows)
        return hg_fail_nomem(err);
    rows->text = text;
    hg_status st = HG_OK;
    if (table != HG_TEXTFILE_ALL && table >= text->tables.n) {
        rows->status = HG_END; /* a text without rows */
        return HG_OK;
    }
    if (table != HG_TEXTFILE_ALL) {
        rows->table = &text->tables.list[table];
        offset = rows->table->offset;
        line = rows->table->line;
        st = hg_mend_new(&rows->mend, rows->table, &text->dialect, err);
    }
    if (st == HG_OK)
        st = hg_records_new(&rows->records, text->fd, text->name, &text->dialect, offset,
                            line, err);
    if (st != HG_OK) {
        hg_textfile_rows_free(rows);
        *out = NULL;
    }
    return st;
}

void hg_textfile_rows_free(hg_textfile_rows *rows)
{
    if (!rows)
        return;
    hg_mend_free(rows->mend);
    hg_records_free(rows->records);
    hg_buf_release(&rows->bytes);
    hg_buf_release(&rows->last);
    free(rows->cells);
    free(rows);
}
