/* webcsv - a CSV file by a dialect of CSV on the Web */
#include "dataset/webcsv.h"
#include "format/marker.h"
#include "format/parts.h"

#include <stdlib.h>
#include <string.h>

/* Of one column in one header row. */
typedef struct title {
    size_t column, from, n; /* in titles_text */
} title;

struct hg_webcsv {
    const hg_webcsv_dialect *dialect;
    hg_dialect delimited;
    char *path;
    hg_parts *parts;
    hg_marker *marker; /* where a delimiter has several bytes */
    hg_delimited *text;
    hg_buf titles_text;
    title *titles;
    size_t n_titles, cap_titles, columns;
    hg_row held; /* the first row, which told how many columns there are */
    bool is_held;
    hg_slice *cells; /* trimmed */
    size_t cap;
    const char *code;
};

hg_webcsv_dialect hg_webcsv_default(void)
{
    return (hg_webcsv_dialect){ .encoding = "utf-8",
                                .delimiter = ",",
                                .quote = '"',
                                .doubled = true,
                                .header_rows = 1,
                                .trim_start = true,
                                .trim_end = true };
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static hg_slice trim(const hg_webcsv_dialect *dialect, hg_slice text)
{
    while (dialect->trim_start && text.n > 0 && is_space(*text.p)) {
        text.p++;
        text.n--;
    }
    while (dialect->trim_end && text.n > 0 && is_space(text.p[text.n - 1]))
        text.n--;
    return text;
}

/* ---- rows ---- */

static bool is_comment(const hg_webcsv *csv, const hg_row *row)
{
    const char *mark = csv->dialect->comment;
    size_t n = mark ? strlen(mark) : 0;
    return n > 0 && row->n > 0 && row->cells[0].n >= n &&
           memcmp(row->cells[0].p, mark, n) == 0 && !hg_delimited_quoted(csv->text);
}

static bool is_blank(const hg_row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (row->cells[i].n > 0)
            return false;
    return true;
}

static hg_status next_record(hg_webcsv *csv, hg_row *row, hg_err *err)
{
    hg_status st = hg_delimited_next(csv->text, row, err);
    if (st != HG_OK && st != HG_END)
        csv->code = hg_parts_code(csv->parts);
    return st;
}

/* The next record that is no comment, trimmed, without the columns to skip. */
static hg_status next_row(hg_webcsv *csv, hg_row *row, hg_err *err)
{
    hg_status st;
    while ((st = next_record(csv, row, err)) == HG_OK && is_comment(csv, row))
        ;
    if (st != HG_OK)
        return st;
    if (row->n > csv->cap) {
        hg_slice *cells = realloc(csv->cells, row->n * sizeof *cells);
        if (!cells)
            return hg_fail_nomem(err);
        csv->cells = cells;
        csv->cap = row->n;
    }
    size_t skip =
        csv->dialect->skip_columns < row->n ? csv->dialect->skip_columns : row->n;
    row->cells += skip;
    row->n -= skip;
    if (row->n > 0)
        memcpy(csv->cells, row->cells, row->n * sizeof *csv->cells);
    if (csv->marker && hg_marker_restore(csv->marker, csv->cells, row->n, err) != HG_OK)
        return err->status;
    for (size_t i = 0; i < row->n; i++)
        csv->cells[i] = trim(csv->dialect, csv->cells[i]);
    row->cells = csv->cells;
    return HG_OK;
}

hg_status hg_webcsv_next(hg_webcsv *csv, hg_row *row, hg_err *err)
{
    hg_status st = HG_OK;
    if (csv->is_held) {
        csv->is_held = false;
        *row = csv->held;
        return HG_OK;
    }
    while ((st = next_row(csv, row, err)) == HG_OK && csv->dialect->skip_blank &&
           is_blank(row))
        ;
    return st;
}

/* ---- the header ---- */

static hg_status add_title(hg_webcsv *csv, size_t column, hg_slice text, hg_err *err)
{
    if (csv->n_titles == csv->cap_titles) {
        size_t cap = csv->cap_titles ? csv->cap_titles * 2 : 32;
        title *titles = realloc(csv->titles, cap * sizeof *titles);
        if (!titles)
            return hg_fail_nomem(err);
        csv->titles = titles;
        csv->cap_titles = cap;
    }
    csv->titles[csv->n_titles++] = (title){ column, csv->titles_text.len, text.n };
    hg_buf_put(&csv->titles_text, text.p, text.n);
    return hg_buf_status(&csv->titles_text, err);
}

static hg_status read_titles(hg_webcsv *csv, hg_err *err)
{
    hg_row row;
    hg_status st = next_row(csv, &row, err);
    for (size_t i = 0; st == HG_OK && i < row.n; i++)
        if (trim(&(hg_webcsv_dialect){ .trim_start = true }, row.cells[i]).n > 0)
            st = add_title(csv, i, row.cells[i], err);
    if (st == HG_OK && row.n > csv->columns)
        csv->columns = row.n;
    return st;
}

static hg_status read_header(hg_webcsv *csv, hg_err *err)
{
    hg_status st = HG_OK;
    hg_row row;
    for (uint64_t i = 0; st == HG_OK && i < csv->dialect->skip_rows; i++)
        st = next_record(csv, &row, err);
    for (uint64_t i = 0; st == HG_OK && i < csv->dialect->header_rows; i++)
        st = read_titles(csv, err);
    if (st == HG_OK && csv->dialect->header_rows == 0) {
        st = hg_webcsv_next(csv, &csv->held, err);
        csv->is_held = st == HG_OK;
        csv->columns = st == HG_OK ? csv->held.n : 0;
    }
    return st == HG_END ? HG_OK : st;
}

hg_status hg_webcsv_open(hg_webcsv **out, const char *path,
                         const hg_webcsv_dialect *dialect, hg_err *err)
{
    hg_webcsv *csv = *out = calloc(1, sizeof *csv);
    if (!csv || !(csv->path = strdup(path)))
        return hg_fail_nomem(err);
    csv->dialect = dialect;
    csv->code = "scheme-error";
    hg_slice delimiter = hg_slice_of(dialect->delimiter);
    csv->delimited = hg_dialect_default(delimiter.n > 1 ? HG_MARKER : *delimiter.p);
    csv->delimited.quote = dialect->quote;
    csv->delimited.double_quote = dialect->doubled;
    csv->delimited.escape = dialect->doubled || !dialect->quote ? '\0' : '\\';
    csv->delimited.skip_space = dialect->trim_start;
    csv->delimited.line_end = dialect->line_end;
    hg_status st = hg_parts_new(&csv->parts, &csv->path, 1, dialect->encoding, err);
    if (st == HG_OK && delimiter.n > 1)
        st = hg_marker_new(&csv->marker, delimiter, hg_parts_next, csv->parts, err);
    if (st == HG_OK)
        st = hg_delimited_new(&csv->text, &csv->delimited,
                              csv->marker ? hg_marker_next : hg_parts_next,
                              csv->marker ? (void *)csv->marker : csv->parts, path, err);
    return st == HG_OK ? read_header(csv, err) : st;
}

const char *hg_webcsv_code(const hg_webcsv *csv)
{
    return csv->code;
}

size_t hg_webcsv_columns(const hg_webcsv *csv)
{
    return csv->columns;
}

hg_slice hg_webcsv_title(const hg_webcsv *csv, size_t column, size_t i)
{
    for (size_t k = 0; k < csv->n_titles; k++) {
        const title *t = &csv->titles[k];
        if (t->column == column && i-- == 0)
            return (hg_slice){ csv->titles_text.data + t->from, t->n };
    }
    return (hg_slice){ 0 };
}

void hg_webcsv_free(hg_webcsv *csv)
{
    if (!csv)
        return;
    hg_delimited_free(csv->text);
    hg_marker_free(csv->marker);
    hg_parts_free(csv->parts);
    hg_buf_release(&csv->titles_text);
    free(csv->titles);
    free(csv->cells);
    free(csv->path);
    free(csv);
}
