/* formats_excel - rows for Excel: CSV that it opens by a double click, and a workbook */
#include "export/formats_writer.h"
#include "text/times.h"
#include "workbook/book.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- CSV ---- */

static void put_record(hg_buf *text, hg_slice record)
{
    size_t n = record.n;
    while (n > 0 && (record.p[n - 1] == '\n' || record.p[n - 1] == '\r'))
        n--;
    hg_buf_put(text, record.p, n);
    hg_buf_puts(text, "\r\n");
}

static hg_status csv_begin(hg_writer *w, const hg_row *header, hg_err *err)
{
    (void)err;
    hg_buf_puts(&w->text, "\xEF\xBB\xBF");
    put_record(&w->text, header->raw);
    return HG_OK;
}

static hg_status csv_row(hg_writer *w, const hg_row *row, const hg_plain *cells,
                         hg_err *err)
{
    (void)cells;
    (void)err;
    put_record(&w->text, row->raw);
    return HG_OK;
}

const hg_writer_kind hg_writer_excel_csv = { .begin = csv_begin, .row = csv_row };

/* ---- the workbook ---- */

#define POINTS    11  /* size of the text */
#define DIGITS    15  /* that Excel keeps of a number */
#define POWER     300 /* of ten, within a double's */
#define UNIX_DAY  25569 /* 1970-01-01 as Excel counts days */
#define FIRST_DAY 61    /* 1 March 1900; before it Excel has a day that never was */
#define DAY       86400
#define ZIP_EPOCH 315532800 /* 1980-01-01, the date of a book whose table has none */

static const hg_style head = { .size = POINTS, .bold = 1, .bottom = HG_THIN, .wrap = 1 };
static const hg_style body = { .size = POINTS };
static const hg_style day = { .size = POINTS, .number = "yyyy-mm-dd" };
static const hg_style moment = { .size = POINTS, .number = "yyyy-mm-dd hh:mm:ss" };

/* The date of the description, which makes the same bytes every time. */
static int64_t created(const hg_json *description)
{
    static const char *const members[] = { "modified", "issued" };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        hg_slice text = hg_slice_of(hg_json_get_str(description, members[i]));
        hg_moment m;
        if (hg_moment_datetime(&m, text) && m.whole != 0)
            return m.whole;
        if (hg_moment_date(&m, text) && m.whole != 0)
            return m.whole * DAY;
    }
    return ZIP_EPOCH;
}

/* The room of a heading, or of figures and codes. */
static hg_status set_widths(hg_book *book, const hg_row *header, hg_err *err)
{
    hg_status status = HG_OK;
    for (size_t i = 0; i < header->n && status == HG_OK; i++) {
        double width = hg_times_width(header->cells[i], POINTS, true) + 12;
        width = width < 60 ? 60 : width > 240 ? 240 : width;
        status = hg_book_width(book, (uint32_t)i + 1, width, err);
    }
    return status;
}

static hg_status put_text(hg_book *book, uint32_t row, uint32_t col, const hg_style *look,
                          hg_slice text, hg_err *err)
{
    const hg_run run = { .text = text, .bold = look->bold };
    return hg_book_text(book, (hg_area){ row, col, row, col }, look, &run, 1, err);
}

/* A sheet's name has fewer characters than a table's may have. */
static hg_status add_sheet(hg_book *book, const char *table, hg_err *err)
{
    char name[HG_BOOK_NAME + 1];
    snprintf(name, sizeof name, "%s", table);
    return hg_book_sheet(book, name, err);
}

static hg_status xlsx_begin(hg_writer *w, const hg_row *header, hg_err *err)
{
    const hg_json *description = hg_dataset_description(w->table->dataset);
    const hg_book_about about = {
        .title = hg_json_lang(hg_json_get(description, "title"), "vi"),
        .created = created(description),
    };
    hg_book *book = NULL;
    if (header->n > HG_BOOK_COLS)
        return hg_fail(err, HG_EARG, &(hg_loc){ .file = w->table->name },
                       "the table has more columns than a sheet of Excel (16,384); leave "
                       "out the format xlsx");
    hg_status status = hg_book_bulk(&book, w->table->tmp, &about, err);
    w->state = book;
    if (status == HG_OK)
        status = add_sheet(book, w->table->name, err);
    if (status == HG_OK)
        status = set_widths(book, header, err);
    for (size_t i = 0; i < header->n && status == HG_OK; i++)
        status = put_text(book, 1, (uint32_t)i + 1, &head, header->cells[i], err);
    return status;
}

/* ---- cells ---- */

static bool has_zone(hg_slice text)
{
    const char *time = memchr(text.p, 'T', text.n);
    size_t n = time ? text.n - (size_t)(time - text.p) : 0;
    return n > 0 && (memchr(time, 'Z', n) || memchr(time, '+', n) || memchr(time, '-', n));
}

static hg_status put_number(hg_book *book, uint32_t row, uint32_t col, hg_slice text,
                            hg_err *err)
{
    int32_t magnitude;
    if (hg_plain_digits(text, &magnitude) > DIGITS || magnitude > POWER ||
        magnitude < -POWER || text.n > 60)
        return put_text(book, row, col, &body, text, err);
    return hg_book_number(book, row, col, &body, text, err);
}

static hg_status put_serial(hg_book *book, uint32_t row, uint32_t col,
                            const hg_plain *cell, bool date, hg_err *err)
{
    char serial[48];
    const hg_moment *m = &cell->value.moment;
    int64_t days = m->whole / (date ? 1 : DAY), seconds = date ? 0 : m->whole % DAY;
    if (days + UNIX_DAY < FIRST_DAY || m->nanos != 0 || (!date && has_zone(cell->text)))
        return put_text(book, row, col, &body, cell->text, err);
    int n = snprintf(serial, sizeof serial, "%.17g",
                     (double)(days + UNIX_DAY) + (double)seconds / DAY);
    return hg_book_number(book, row, col, date ? &day : &moment,
                          (hg_slice){ serial, (size_t)n }, err);
}

static hg_status put_cell(hg_book *book, uint32_t row, uint32_t col,
                          const hg_column *column, const hg_plain *cell, hg_err *err)
{
    hg_type type = column->field ? column->field->reader.type : HG_ANY;
    switch (cell->kind) {
    case HG_PLAIN_NOTHING: return HG_OK;
    case HG_PLAIN_NUMBER: return put_number(book, row, col, cell->text, err);
    case HG_PLAIN_TRUE:
    case HG_PLAIN_FALSE:
        return hg_book_truth(book, row, col, &body, cell->kind == HG_PLAIN_TRUE, err);
    case HG_PLAIN_TEXT: break;
    }
    if (cell->typed && (type == HG_DATE || type == HG_DATETIME))
        return put_serial(book, row, col, cell, type == HG_DATE, err);
    return put_text(book, row, col, &body, cell->text, err);
}

static hg_status xlsx_row(hg_writer *w, const hg_row *row, const hg_plain *cells,
                          hg_err *err)
{
    hg_status status = HG_OK;
    uint32_t at = (uint32_t)w->rows + 2;
    if (w->rows + 2 > HG_BOOK_ROWS)
        return hg_fail(err, HG_EARG, &(hg_loc){ .file = w->table->name, .row = row->number },
                       "the table has more rows than a sheet of Excel (1,048,576); leave "
                       "out the format xlsx");
    for (size_t i = 0; i < w->table->n && status == HG_OK; i++)
        status = put_cell(w->state, at, (uint32_t)i + 1, &w->table->columns[i], &cells[i],
                          err);
    return status;
}

static hg_status xlsx_end(hg_writer *w, hg_err *err)
{
    hg_status status =
        hg_book_list(w->state, (uint32_t)w->rows + 1, (uint32_t)w->table->n, err);
    if (status == HG_OK)
        status = hg_dictionary_sheet(w->state, w->table, err);
    return status == HG_OK ? hg_book_write(w->state, w->fd, w->path, err) : status;
}

static void xlsx_release(hg_writer *w)
{
    hg_book_free(w->state);
}

const hg_writer_kind hg_writer_xlsx = { .begin = xlsx_begin,
                                        .row = xlsx_row,
                                        .end = xlsx_end,
                                        .release = xlsx_release };
