/* report_each - a table once for each code of a field */
#include "text/utf8.h"
#include "work/report_inside.h"

#include <stdlib.h>
#include <string.h>

/* The texts of one round: the form's with "{code}" and "{label}" replaced. */
typedef struct round {
    hg_buf sheet, vi, en, period;
} round;

static void fill(hg_buf *buf, const char *text, const char *code, const char *label)
{
    hg_buf_clear(buf);
    if (text)
        hg_form_fill(buf, text, code, label);
}

/* Keep so many characters. */
static void cut(hg_buf *buf, size_t most)
{
    size_t n = 0, i = 0;
    int32_t cp;
    for (; i < buf->len && n < most; n++)
        i += hg_utf8_next(buf->data + i, buf->len - i, &cp);
    if (buf->data) {
        buf->len = i;
        buf->data[i] = '\0';
    }
}

hg_status hg_report_sheet(const adding *a, hg_buf *name)
{
    hg_buf plain = { 0 };
    for (size_t i = 0; i < name->len; i++)
        if (strchr("[]:*?/\\'", name->data[i]))
            name->data[i] = '-';
    cut(name, HG_BOOK_NAME);
    hg_buf_put(&plain, name->data, name->len);
    for (unsigned k = 2; name->data && hg_book_has(a->report->book, name->data); k++) {
        hg_buf_clear(name);
        hg_buf_put(name, plain.data, plain.len);
        cut(name, HG_BOOK_NAME - 6);
        hg_buf_printf(name, " (%u)", k);
    }
    hg_status st = hg_buf_status(&plain, a->err);
    hg_buf_release(&plain);
    return st == HG_OK ? hg_buf_status(name, a->err) : st;
}

/* Draw the table for one code. */
static hg_status draw_one(adding *a, const hg_form_table *table, hg_slice code,
                          hg_bilingual label, round *r, hg_report_draw *draw, void *with)
{
    const char *value = code.p, *vi = label.vi ? label.vi : code.p;
    hg_form_table one = *table;
    hg_form_where *where = calloc(table->n_where + 1, sizeof *where);
    if (!where)
        return hg_fail_nomem(a->err);
    if (table->n_where > 0)
        memcpy(where, table->where, table->n_where * sizeof *where);
    where[table->n_where] = (hg_form_where){ table->each, &value, 1 };
    one.where = where;
    one.n_where++;
    fill(&r->sheet, table->sheet ? table->sheet : "{label}", value, vi);
    fill(&r->vi, table->title.vi ? table->title.vi : "{label}", value, vi);
    fill(&r->en, table->title.en, value, label.en ? label.en : vi);
    fill(&r->period, table->period.vi, value, vi);
    if (hg_report_sheet(a, &r->sheet) == HG_OK && hg_buf_status(&r->vi, a->err) == HG_OK &&
        hg_buf_status(&r->en, a->err) == HG_OK &&
        hg_buf_status(&r->period, a->err) == HG_OK) {
        one.sheet = r->sheet.data;
        one.title = (hg_bilingual){ r->vi.data, r->en.len ? r->en.data : NULL };
        one.period.vi = r->period.len ? r->period.data : NULL;
        draw(with, &one);
    }
    free(where);
    return a->err->status;
}

hg_status hg_report_each(adding *a, const hg_form_table *table, hg_facts *rows,
                         const hg_labels *const *labels, hg_report_draw *draw, void *with)
{
    size_t n, field;
    const char *const *fields = hg_facts_fields(rows, &n);
    round r = { 0 };
    field = hg_facts_field(rows, table->each);
    if (field == n)
        return hg_form_unknown(a->form, table->at, "forEach", table->each, fields, n, a->err);
    bool *seen = calloc((size_t)hg_facts_ids(rows) + 1, sizeof *seen);
    if (!seen)
        return hg_fail_nomem(a->err);
    for (uint32_t i = 0; i < hg_facts_count(rows); i++)
        seen[hg_facts_at(rows, i)[field]] = true;
    size_t listed = labels[field] ? hg_labels_count(labels[field]) : 0;
    for (size_t i = 0; i < listed && a->err->status == HG_OK; i++) { /* in their order */
        hg_slice code = hg_slice_of(hg_labels_code(labels[field], i));
        uint32_t id = hg_facts_id(rows, code);
        if (id > 0 && id <= hg_facts_ids(rows) && seen[id])
            draw_one(a, table, code, hg_labels_at(labels[field], i), &r, draw, with);
        seen[id] = false;
    }
    for (uint32_t i = 0; i < hg_facts_count(rows) && a->err->status == HG_OK; i++) {
        uint32_t id = hg_facts_at(rows, i)[field];
        if (seen[id])
            draw_one(a, table, hg_facts_text(rows, id), (hg_bilingual){ 0 }, &r, draw, with);
        seen[id] = false;
    }
    free(seen);
    hg_buf_release(&r.sheet);
    hg_buf_release(&r.vi);
    hg_buf_release(&r.en);
    hg_buf_release(&r.period);
    return a->err->status;
}
