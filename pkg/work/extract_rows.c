/* extract - the rows of a sheet as they stand, without a recipe */
#include "delimited/csv.h"
#include "text/utf8.h"
#include "work/extract_job.h"

#include <stdlib.h>
#include <string.h>

#define MAX_COLUMNS 16384 /* of a plain table; as many as a sheet of ECMA-376 has */

static bool is_ascii(hg_slice text)
{
    unsigned char all = 0;
    for (size_t i = 0; i < text.n; i++)
        all |= (unsigned char)text.p[i];
    return all < 0x80;
}

/* The row's cells in NFC; mostly they are. */
static hg_status normal(hg_extract_job *j, const hg_row *row, const hg_slice **cells)
{
    bool sure = true;
    for (size_t i = 0; i < row->n && sure; i++)
        sure = hg_utf8_surely_nfc(row->cells[i].p, row->cells[i].n);
    *cells = row->cells;
    if (sure || row->n > MAX_COLUMNS)
        return HG_OK;
    hg_buf_clear(&j->nfc);
    for (size_t i = 0; i < row->n; i++) {
        hg_slice cell = row->cells[i];
        size_t from = j->nfc.len;
        j->cells[i] = cell;
        if (is_ascii(cell))
            continue;
        hg_utf8_nfc(&j->nfc, cell.p, cell.n);
        j->cells[i] = (hg_slice){ NULL, j->nfc.len - from };
    }
    if (j->nfc.len == 0 && j->nfc.status == HG_OK)
        return HG_OK;
    const char *p = j->nfc.data; /* where it is now that it grows no more */
    for (size_t i = 0; i < row->n; i++)
        if (!j->cells[i].p) {
            j->cells[i].p = p ? p : "";
            p += j->cells[i].n;
        }
    *cells = j->cells;
    return hg_buf_status(&j->nfc, j->err);
}

/* The first row's texts, each closed by a NUL. */
static hg_status header_text(hg_extract_job *j, const hg_source *source,
                             const hg_row *row, hg_buf *text)
{
    const hg_slice *cells;
    hg_loc loc = { .file = hg_source_name(source), .row = row->number };
    if (row->n > MAX_COLUMNS)
        return hg_fail(j->err, HG_EINPUT, &loc, "more than %d columns", MAX_COLUMNS);
    hg_status st = normal(j, row, &cells);
    if (st == HG_OK && row->n > 0 && hg_slice_is(cells[0], HG_STREAM_AT))
        return hg_fail(j->err, HG_EINPUT, &loc, "the column name %s is reserved",
                       HG_STREAM_AT);
    for (size_t i = 0; i < row->n && st == HG_OK; i++) {
        hg_buf_put(text, cells[i].p, strnlen(cells[i].p, cells[i].n));
        hg_buf_putc(text, '\0');
    }
    return st == HG_OK ? hg_buf_status(text, j->err) : st;
}

/* Start with the header whose n texts are in j->header. */
static hg_status begin_with_header(hg_extract_job *j, size_t n)
{
    j->header_names = calloc(n + 1, sizeof *j->header_names);
    if (!j->header_names)
        return hg_fail_nomem(j->err);
    const char *p = j->header.data;
    for (size_t i = 0; i < n; p += strlen(p) + 1)
        j->header_names[i++] = p;
    return hg_extract_begin(j, j->header_names, n);
}

/* Take the first row of the first source as the header. */
static hg_status first_header(hg_extract_job *j, const hg_source *source,
                              const hg_row *row)
{
    hg_status st = header_text(j, source, row, &j->header);
    return st == HG_OK ? begin_with_header(j, row->n) : st;
}

/* A text without a header: its columns are numbered, as frictionless does; plain CSV
 * needs no names. */
static hg_status no_header(hg_extract_job *j, const hg_row *row)
{
    if (j->opts->form == HG_EXTRACT_CSV)
        return hg_extract_begin_headless(j);
    for (size_t i = 0; i < row->n && i < MAX_COLUMNS; i++) {
        hg_buf_printf(&j->header, "field%zu", i + 1);
        hg_buf_putc(&j->header, '\0');
    }
    hg_status st = hg_buf_status(&j->header, j->err);
    return st == HG_OK ? begin_with_header(j, row->n) : st;
}

/* See that the first row of a further source is the same. */
static hg_status next_header(hg_extract_job *j, const hg_source *source,
                             const hg_row *row)
{
    hg_buf text = { 0 };
    hg_loc loc = { .file = hg_source_name(source), .row = row->number };
    hg_status st = header_text(j, source, row, &text);
    if (st == HG_OK && !hg_slice_eq((hg_slice){ text.data, text.len },
                                    (hg_slice){ j->header.data, j->header.len }))
        st = hg_fail(j->err, HG_EARG, &loc, "its header is not that of the first source");
    hg_buf_release(&text);
    return st;
}

/* Whether the first row of a sheet is no header: only a text tells. */
static bool headless(const hg_source *source, size_t sheet)
{
    const hg_textfile *text = hg_source_text(source);
    const hg_tables *tables = text ? hg_textfile_tables(text) : NULL;
    return tables && sheet < tables->n && tables->list[sheet].header_rows == 0;
}

static hg_status write_row(hg_extract_job *j, const hg_row *row, hg_origin *at)
{
    const hg_slice *cells;
    at->row = row->number - hg_source_keyed(j->sources[at->source]);
    hg_status st = normal(j, row, &cells);
    return st == HG_OK ? hg_extract_row(j, cells, row->n, at, HG_JSONL_NO_NUMBER) : st;
}

/* The first row of a source: mostly its header. */
static hg_status write_first(hg_extract_job *j, const hg_source *source, size_t sheet,
                             const hg_row *row, hg_origin *at)
{
    bool begun = j->header_names || j->out;
    if (!headless(source, sheet))
        return begun ? next_header(j, source, row) : first_header(j, source, row);
    hg_status st = begun ? HG_OK : no_header(j, row);
    return st == HG_OK && !j->blocks ? write_row(j, row, at) : st;
}

/* The record that is the first row behind the header. */
static uint64_t first_row(const hg_source *source)
{
    return hg_source_keyed(source) ? 1 : 2;
}

/* Whether the first text can be passed on in blocks. */
static bool in_blocks(const hg_extract_job *j, const hg_source *source, size_t sheet)
{
    const hg_textfile *text = hg_source_text(source);
    bool begun = j->header_names || j->out, csv = j->opts->form == HG_EXTRACT_CSV;
    return text && !begun && hg_textfile_regular(text) &&
           (csv || (j->opts->form == HG_EXTRACT_STREAM && !headless(source, sheet)));
}

/* Pass on the blocks of a text as they stand in its file. */
static hg_status write_spans(hg_extract_job *j, const hg_textfile *text, hg_origin *at)
{
    hg_span span;
    uint64_t records;
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && hg_textfile_span(text, i, &span, &records); i++) {
        st = hg_out_span(j->out, &span, records, at, j->err);
        at->row += records - (i == 0);
    }
    return st;
}

/* The same, put in our dialect or digested. */
static hg_status write_anew(hg_extract_job *j, const hg_textfile *text, hg_origin *at)
{
    hg_textfile_blocks *blocks;
    hg_slice bytes;
    uint64_t records, header = 1;
    hg_status st = hg_textfile_blocks_new(&blocks, text, j->err);
    while (st == HG_OK &&
           (st = hg_textfile_blocks_next(blocks, &bytes, &records, j->err)) == HG_OK) {
        st = hg_out_run(j->out, bytes, records, at, j->err);
        at->row += records - header;
        header = 0;
    }
    hg_out_settle(j->out);
    hg_textfile_blocks_free(blocks);
    return st == HG_END ? HG_OK : st;
}

/* Pass on a regular text in blocks, its header with them; HG_END: that was all. */
static hg_status write_blocks(hg_extract_job *j, const hg_source *source,
                              const hg_textfile *text)
{
    hg_origin at = { .row = first_row(source) };
    bool csv = j->opts->form == HG_EXTRACT_CSV;
    bool digested = !csv && hg_textfile_canonical(text) && !hg_source_made(source);
    if (digested)
        hg_out_trust(j->out, hg_source_sha256(source), hg_source_bytes(source));
    hg_status st = digested || (csv && hg_textfile_verbatim(text))
                       ? write_spans(j, text, &at)
                       : write_anew(j, text, &at);
    if (st == HG_OK)
        st = hg_textfile_unchanged(text, j->err);
    return st == HG_OK ? HG_END : st;
}

/* Pass on rows of a workbook together; where one may have to be put in NFC, one by one. */
static hg_status write_run(hg_extract_job *j, hg_slice bytes, uint64_t records,
                           hg_origin *at)
{
    hg_csv csv = { 0 };
    hg_row row;
    hg_status st = HG_OK;
    if (hg_utf8_surely_nfc(bytes.p, bytes.n)) {
        st = hg_out_run(j->out, bytes, records, at, j->err);
        at->row += records;
        return st;
    }
    hg_csv_init(&csv, bytes.p, bytes.n, at->row - 1, 0);
    while ((st = hg_csv_next(&csv, &row, j->err)) == HG_OK &&
           (st = write_row(j, &row, at)) == HG_OK)
        at->row = row.number + 1;
    hg_csv_release(&csv);
    return st == HG_END ? HG_OK : st;
}

static hg_status write_runs(hg_extract_job *j, hg_rows *rows, hg_origin *at)
{
    hg_slice bytes;
    uint64_t records;
    hg_status st;
    while ((st = hg_rows_run(rows, &bytes, &records, j->err)) == HG_OK &&
           (st = write_run(j, bytes, records, at)) == HG_OK)
        ;
    hg_out_settle(j->out);
    return st;
}

static bool delimiter_given(const hg_extract_job *j)
{
    return j->opts->text && j->opts->text->dialect.delimiter != HG_SNIFF_FOUND;
}

static hg_status write_rows(hg_extract_job *j, uint32_t i, size_t sheet)
{
    hg_source *source = j->sources[i];
    hg_row row;
    hg_rows *rows = NULL;
    hg_loc loc = { .file = hg_source_name(source) };
    hg_origin at = { .source = i };
    hg_status st = HG_OK;
    if (hg_source_is_workbook(source))
        at.sheet = loc.sheet = hg_source_sheet(source, sheet)->name;
    else
        st = hg_remarks_layout(&j->remarks, source, sheet, j->opts->sheet != NULL,
                               j->opts->form != HG_EXTRACT_CSV, j->err);
    if (st == HG_OK)
        st = hg_rows_open(&rows, source, sheet, j->err);
    if (st == HG_OK)
        st = hg_rows_next(rows, &row, j->err);
    if (st == HG_OK && !at.sheet && !delimiter_given(j))
        st = hg_remarks_delimiter(&j->remarks, source, sheet, &row, j->err);
    j->blocks = st == HG_OK && in_blocks(j, source, sheet);
    if (st == HG_END && j->opts->form == HG_EXTRACT_STREAM)
        st = hg_fail(j->err, HG_EINPUT, &loc, "there is no row to be the header");
    else if (st == HG_OK)
        st = write_first(j, source, sheet, &row, &at);
    if (st == HG_OK && j->blocks)
        st = write_blocks(j, source, hg_source_text(source));
    at.row = first_row(source);
    if (st == HG_OK && at.sheet && j->opts->form != HG_EXTRACT_JSONL)
        st = write_runs(j, rows, &at);
    while (st == HG_OK && (st = hg_rows_next(rows, &row, j->err)) == HG_OK)
        st = write_row(j, &row, &at);
    hg_rows_free(rows);
    return st == HG_END ? HG_OK : st;
}

hg_status hg_extract_rows(hg_extract_job *j)
{
    hg_status st = HG_OK;
    j->cells = calloc(MAX_COLUMNS, sizeof *j->cells);
    if (!j->cells)
        return hg_fail_nomem(j->err);
    for (uint32_t i = 0; i < j->n && st == HG_OK; i++) {
        size_t sheet = 0, n = hg_source_sheets(j->sources[i]);
        if (j->opts->sheet)
            st = hg_extract_sheet(j, j->sources[i], j->opts->sheet, &sheet);
        while (!j->opts->sheet && sheet < n &&
               hg_source_sheet(j->sources[i], sheet)->visibility != HG_VISIBLE)
            sheet++;
        if (st == HG_OK && sheet == n)
            return hg_extract_no_sheet(j->sources[i], "*", j->err);
        if (st == HG_OK)
            st = write_rows(j, i, sheet);
    }
    return st;
}
