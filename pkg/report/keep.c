/* keep - note what a report shows where */
#include "report/keep.h"
#include "format/jsonl.h"

#include <stdlib.h>

hg_status hg_keeper_init(hg_keeper *k, hg_book *book, hg_err *err)
{
    *k = (hg_keeper){ 0 };
    hg_book_watch(book, hg_trace_add, &k->trace);
    return hg_carrier_new(&k->carrier, err);
}

void hg_keeper_release(hg_keeper *k)
{
    hg_carrier_free(k->carrier);
    hg_trace_release(&k->trace);
    hg_buf_release(&k->json);
}

/* Add what stands in k->json as a record, and empty it. */
static hg_status add(hg_keeper *k, const char *kind, hg_err *err)
{
    if (hg_buf_status(&k->json, err) != HG_OK)
        return err->status;
    hg_carrier_add(k->carrier, kind, (hg_slice){ k->json.data, k->json.len }, err);
    hg_buf_clear(&k->json);
    return err->status;
}

static void put_strings(hg_buf *json, const hg_slice *texts, size_t n)
{
    hg_buf_putc(json, '[');
    for (size_t i = 0; i < n; i++) {
        hg_buf_puts(json, i ? "," : "");
        hg_jsonl_text(json, texts[i]);
    }
    hg_buf_putc(json, ']');
}

/* ---- data ---- */

hg_status hg_keep_data(hg_keeper *k, const hg_json *head, const char *resource,
                       const hg_slice *fields, size_t n, hg_err *err)
{
    k->n_data++;
    hg_buf_puts(&k->json, "{\"head\":");
    if (hg_json_dump(head, false, &k->json, err) != HG_OK)
        return err->status;
    hg_buf_puts(&k->json, ",\"resource\":");
    hg_jsonl_text(&k->json, hg_slice_of(resource));
    hg_buf_puts(&k->json, ",\"fields\":");
    put_strings(&k->json, fields, n);
    hg_buf_puts(&k->json, k->blank ? ",\"blank\":true}" : "}");
    return add(k, "data", err);
}

hg_status hg_keep_row(hg_keeper *k, const hg_slice *cells, size_t n, hg_err *err)
{
    hg_buf_putc(&k->json, k->json.len ? ',' : '[');
    put_strings(&k->json, cells, n);
    return k->json.len < HG_CARRIER_PIECE * 4 / 5 ? HG_OK : hg_keep_rows_end(k, err);
}

hg_status hg_keep_rows_end(hg_keeper *k, hg_err *err)
{
    if (k->json.len == 0)
        return HG_OK;
    hg_buf_putc(&k->json, ']');
    return add(k, "rows", err);
}

/* ---- sheets ---- */

static void put_marks(hg_buf *json, const char *key, const uint32_t *marks, uint32_t n)
{
    hg_buf_printf(json, ",\"%s\":[", key);
    for (uint32_t i = 1; i <= n; i++)
        hg_buf_printf(json, i > 1 ? ",%u" : "%u", marks[i]);
    hg_buf_putc(json, ']');
}

hg_status hg_keep_sheet(hg_keeper *k, const char *name, hg_area head, uint32_t rows,
                        uint32_t cols, hg_err *err)
{
    uint32_t most = rows > cols ? rows : cols;
    uint32_t *marks = calloc((size_t)most + 1, sizeof *marks);
    if (!marks || k->trace.status != HG_OK) {
        free(marks);
        return hg_fail_nomem(err);
    }
    k->n_sheets++;
    hg_buf_puts(&k->json, "{\"name\":");
    hg_jsonl_text(&k->json, hg_slice_of(name));
    hg_buf_printf(&k->json, ",\"headings\":[%u,%u]", head.row1, head.row2);
    hg_trace_rows(&k->trace, marks, rows);
    put_marks(&k->json, "rows", marks, rows);
    hg_trace_columns(&k->trace, head.row1, head.row2, marks, cols);
    put_marks(&k->json, "columns", marks, cols);
    if (k->state.row)
        hg_buf_printf(&k->json, ",\"state\":[%u,%u]", k->state.row, k->state.col);
    hg_buf_putc(&k->json, '}');
    k->state = (hg_state){ 0 };
    free(marks);
    hg_trace_clear(&k->trace);
    return add(k, "sheet", err);
}

/* ---- figures ---- */

static void begin_figures(hg_keeper *k, unsigned data, const hg_form_table *table,
                          uint32_t column)
{
    hg_buf_printf(&k->json, "{\"data\":%u,\"values\":[", data);
    for (size_t i = 0; i < table->n_values; i++) {
        hg_buf_puts(&k->json, i ? "," : "");
        hg_jsonl_text(&k->json, hg_slice_of(table->values[i]));
    }
    hg_buf_puts(&k->json, "],\"status\":");
    if (table->status)
        hg_jsonl_text(&k->json, hg_slice_of(table->status));
    else
        hg_buf_puts(&k->json, "null");
    hg_buf_printf(&k->json, ",\"column\":%u,\"rows\":[", column);
}

static hg_status keep_places(hg_keeper *k, unsigned data, const hg_crosstab *x,
                             hg_stand s, hg_err *err)
{
    const hg_figure *f = s.block->figures;
    for (uint32_t row = 0; row < s.block->rows.n; row++, f += x->n_leaves) {
        if (s.rows[row] == 0 || s.block->rows.lines[row].heading)
            continue;
        if (k->json.len == 0)
            begin_figures(k, data, x->table, s.column);
        else
            hg_buf_putc(&k->json, ',');
        hg_buf_printf(&k->json, "[%u", s.rows[row]);
        for (uint32_t leaf = 0; leaf < x->n_leaves; leaf++)
            hg_buf_printf(&k->json, ",%u", f[leaf].row);
        hg_buf_putc(&k->json, ']');
        if (k->json.len > HG_CARRIER_PIECE * 4 / 5) {
            hg_buf_puts(&k->json, "]}");
            if (add(k, "figures", err) != HG_OK)
                return err->status;
        }
    }
    if (k->json.len == 0)
        return HG_OK;
    hg_buf_puts(&k->json, "]}");
    return add(k, "figures", err);
}

/* The place of a figure as "row,column". */
static void put_place(hg_keeper *k, const hg_crosstab *x, hg_stand s, size_t figure,
                      const char *before)
{
    hg_buf_printf(&k->json, "%s%u,%u", before, s.rows[figure / x->n_leaves],
                  s.column + (uint32_t)(figure % x->n_leaves));
}

static hg_status keep_sums(hg_keeper *k, const hg_crosstab *x, hg_stand s, hg_err *err)
{
    size_t n = (size_t)s.block->rows.n * x->n_leaves;
    for (size_t i = 0; i < n && err->status == HG_OK; i++) {
        const hg_figure *f = &s.block->figures[i];
        if (!f->sum || !f->number || s.rows[i / x->n_leaves] == 0)
            continue;
        const hg_form_sum *sum = &s.block->form->sums[f->sum - 1];
        put_place(k, x, s, i, k->json.len ? ",[" : "[[");
        for (size_t p = 0; p < sum->n_parts; p++)
            put_place(k, x, s, hg_crosstab_part(x, s.block, sum, i, p), ",");
        hg_buf_putc(&k->json, ']');
        if (k->json.len > HG_CARRIER_PIECE * 4 / 5) {
            hg_buf_putc(&k->json, ']');
            add(k, "sums", err);
        }
    }
    if (k->json.len == 0)
        return err->status;
    hg_buf_putc(&k->json, ']');
    return add(k, "sums", err);
}

hg_status hg_keep_figures(hg_keeper *k, unsigned data, const hg_crosstab *x,
                          hg_stand stand, hg_err *err)
{
    if (keep_places(k, data, x, stand, err) != HG_OK)
        return err->status;
    return keep_sums(k, x, stand, err);
}
