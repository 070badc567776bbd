/* findings - findings as the CSV records of findings/00001.csv */
#include "stream/findings.h"
#include "delimited/csv.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    CODE,
    SEVERITY,
    RESOURCE,
    ROW_NUMBER,
    FIELD_NUMBER,
    FIELD,
    FILE_,
    SHEET,
    ROW,
    COL,
    VALUE,
    MESSAGE,
    ARGUMENTS,
    COLUMNS
};

#define ARGUMENT_END '\x1f'

void hg_findings_header(hg_buf *buf)
{
    hg_buf_puts(buf,
                "code,severity,resource,rowNumber,fieldNumber,field,file,sheet,row,col,"
                "value,message,arguments\n");
}

static void put_text(hg_buf *buf, const char *text)
{
    hg_csv_put(buf, hg_slice_of(text), false);
}

static void put_number(hg_buf *buf, uint64_t n)
{
    hg_buf_putc(buf, ',');
    if (n != 0)
        hg_buf_printf(buf, "%" PRIu64, n);
}

void hg_findings_put(hg_buf *buf, const hg_finding *finding)
{
    char args[sizeof finding->args];
    for (size_t i = 0; i < finding->args_len; i++)
        args[i] = finding->args[i] == '\0' ? ARGUMENT_END : finding->args[i];
    hg_csv_put(buf, hg_slice_of(finding->code), true);
    put_text(buf, finding->severity == HG_WARNING ? "warning" : "error");
    put_text(buf, finding->resource);
    put_number(buf, finding->row_number);
    put_number(buf, finding->field_number);
    put_text(buf, finding->field);
    put_text(buf, finding->file);
    put_text(buf, finding->sheet);
    put_number(buf, finding->row);
    put_number(buf, finding->col);
    hg_csv_put(buf, finding->value, false);
    put_text(buf, finding->message);
    hg_csv_put(buf, (hg_slice){ args, finding->args_len }, false);
    hg_csv_end(buf);
}

/* Copy a cell to text, whose memory is there, and close it with a NUL. NULL for none. */
static const char *keep(hg_buf *text, hg_slice cell)
{
    const char *at = text->data + text->len;
    hg_buf_put(text, cell.p, cell.n);
    hg_buf_putc(text, '\0');
    return cell.n > 0 ? at : NULL;
}

static bool number(hg_slice cell, uint64_t max, uint64_t *out)
{
    *out = 0;
    if (cell.n > 18)
        return false;
    for (size_t i = 0; i < cell.n; i++) {
        if ((unsigned char)(cell.p[i] - '0') >= 10)
            return false;
        *out = *out * 10 + (uint64_t)(cell.p[i] - '0');
    }
    return *out <= max;
}

static bool numbers(hg_finding *finding, const hg_slice *cells)
{
    uint64_t field = 0, col = 0;
    bool ok = number(cells[ROW_NUMBER], UINT64_MAX, &finding->row_number) &&
              number(cells[FIELD_NUMBER], UINT32_MAX, &field) &&
              number(cells[ROW], UINT64_MAX, &finding->row) &&
              number(cells[COL], UINT32_MAX, &col);
    finding->field_number = (unsigned)field;
    finding->col = (uint32_t)col;
    return ok;
}

static bool arguments(hg_finding *finding, hg_slice cell)
{
    if (cell.n > sizeof finding->args)
        return false;
    for (size_t i = 0; i < cell.n; i++)
        finding->args[i] = cell.p[i] == ARGUMENT_END ? '\0' : cell.p[i];
    finding->args_len = cell.n;
    return true;
}

hg_status hg_findings_read(hg_finding *finding, const hg_row *row, hg_buf *text,
                           hg_err *err)
{
    const hg_slice *cells = row->cells;
    size_t all = 0;
    *finding = (hg_finding){ 0 };
    for (size_t i = 0; i < row->n; i++)
        all += cells[i].n + 1;
    hg_buf_clear(text);
    if (!hg_buf_reserve(text, all))
        return hg_buf_status(text, err);
    bool warning = row->n == COLUMNS && hg_slice_is(cells[SEVERITY], "warning");
    if (row->n != COLUMNS || cells[CODE].n == 0 || cells[MESSAGE].n == 0 ||
        !(warning || hg_slice_is(cells[SEVERITY], "error")) || !numbers(finding, cells) ||
        !arguments(finding, cells[ARGUMENTS]))
        return hg_fail(err, HG_EINPUT, &(hg_loc){ .row = row->number },
                       "this is no record of a finding");
    finding->severity = warning ? HG_WARNING : HG_ERROR;
    finding->code = keep(text, cells[CODE]);
    finding->resource = keep(text, cells[RESOURCE]);
    finding->field = keep(text, cells[FIELD]);
    finding->file = keep(text, cells[FILE_]);
    finding->sheet = keep(text, cells[SHEET]);
    finding->value = cells[VALUE];
    finding->message = keep(text, cells[MESSAGE]);
    return HG_OK;
}
