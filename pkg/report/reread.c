/* reread - the data back out of a workbook that hg-report wrote */
#include "report/reread.h"
#include "report/carrier.h"
#include "report/reread_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

hg_loc hg_reread_place(const hg_reread *r, uint32_t row, uint32_t col)
{
    return (hg_loc){ .file = hg_source_name(r->source),
                     .sheet = hg_source_sheet(r->source, r->sheet.index)->name,
                     .row = row,
                     .col = col };
}

void hg_reread_tell(hg_reread *r, hg_count *count, uint32_t row, uint32_t col)
{
    if (count->n++ > 0)
        return;
    snprintf(count->sheet, sizeof count->sheet, "%s", hg_reread_place(r, row, col).sheet);
    count->row = row;
    count->col = col;
}

bool hg_reread_likely(hg_source *source)
{
    size_t sheet;
    return hg_carrier_find(source, &sheet);
}

/* ---- records ---- */

static hg_status damaged(const hg_reread *r, hg_err *err)
{
    return hg_fail(err, HG_EINPUT,
                   &(hg_loc){ .file = hg_source_name(r->source),
                              .sheet = HG_CARRIER_SHEET },
                   "this sheet, by which a report is read back, was changed; read the "
                   "report by a recipe (-r)");
}

/* Turn a list of texts into slices; NULL where it is none. */
static hg_slice *slices_of(const hg_json *list)
{
    size_t n = hg_json_len(list);
    hg_slice *all = hg_json_is_array(list) ? calloc(n + 1, sizeof *all) : NULL;
    for (size_t i = 0; all && i < n; i++)
        all[i] = hg_json_slice(hg_json_at(list, i));
    return all;
}

static hg_status take_data(hg_reread *r, const hg_json *record, hg_err *err)
{
    const hg_json *fields = hg_json_get(record, "fields");
    const char *resource = hg_json_get_str(record, "resource");
    kept *data = &r->data[r->n];
    if (r->n == REREAD_DATA || !resource || !hg_json_get(record, "head"))
        return damaged(r, err);
    hg_slice *names = slices_of(fields);
    data->head = hg_json_keep(hg_json_get(record, "head"));
    data->resource = strdup(resource);
    data->status = hg_json_len(fields);
    data->blank = hg_json_true(hg_json_get(record, "blank"));
    if (names && data->resource)
        hg_facts_new(&data->facts, names, hg_json_len(fields), err);
    else
        hg_fail_nomem(err);
    free(names);
    r->n++;
    return err->status;
}

static hg_status take_list(hg_reread *r, const hg_json *record, hg_err *err)
{
    const char *name = hg_json_get_str(record, "name");
    if (take_data(r, record, err) != HG_OK)
        return err->status;
    kept *data = &r->data[r->n - 1];
    data->list = hg_json_copy(record);
    data->wanted = r->only && name && strcmp(name, r->only) == 0;
    return data->list ? HG_OK : hg_fail_nomem(err);
}

static hg_status take_rows(hg_reread *r, const hg_json *record, hg_err *err)
{
    hg_slice cells[HG_FACTS_FIELDS];
    if (r->n == 0)
        return damaged(r, err);
    hg_facts *facts = r->data[r->n - 1].facts;
    for (size_t i = 0; i < hg_json_len(record) && err->status == HG_OK; i++) {
        const hg_json *row = hg_json_at(record, i);
        size_t n = hg_json_len(row);
        for (size_t k = 0; k < n && k < HG_FACTS_FIELDS; k++)
            cells[k] = hg_json_slice(hg_json_at(row, k));
        if (n > HG_FACTS_FIELDS)
            return damaged(r, err);
        hg_facts_add(facts, cells, n, err);
    }
    return err->status;
}

static hg_status take(void *with, const char *kind, hg_slice json, hg_err *err)
{
    static const struct {
        const char *kind;
        hg_status (*take)(hg_reread *r, const hg_json *record, hg_err *err);
    } kinds[] = { { "data", take_data },
                  { "rows", take_rows },
                  { "sheet", hg_reread_sheet },
                  { "figures", hg_reread_figures },
                  { "sums", hg_reread_sums },
                  { "list", take_list } };
    hg_reread *r = with;
    hg_err own = HG_ERR_INIT;
    hg_doc *doc = NULL;
    size_t i = 0, n = sizeof kinds / sizeof *kinds;
    while (i < n && strcmp(kinds[i].kind, kind) != 0)
        i++;
    if (i == n)
        return damaged(r, err);
    if (hg_doc_parse(&doc, HG_CARRIER_SHEET, json, &own) == HG_OK)
        kinds[i].take(r, hg_doc_root(doc), err);
    else if (own.status == HG_ENOMEM)
        hg_fail_nomem(err);
    else
        damaged(r, err);
    hg_doc_free(doc);
    return err->status;
}

/* ---- the data asked for ---- */

static hg_status choose(hg_reread *r, hg_err *err)
{
    hg_loc loc = { .file = hg_source_name(r->source) };
    size_t n = 0;
    for (size_t i = r->n; i-- > 0;)
        if (!r->only || r->data[i].wanted) {
            r->chosen = i;
            n++;
        }
    if (r->n == 0)
        return damaged(r, err);
    if (n == 0)
        return hg_fail(err, HG_EARG, &loc, "the sheet '%s' shows no data of the report",
                       r->only);
    if (n > 1)
        return hg_fail(err, HG_EARG, &loc,
                       "the report has tables of several data sets; name a sheet with -s");
    r->cells = calloc(HG_FACTS_FIELDS, sizeof *r->cells);
    return r->cells ? HG_OK : hg_fail_nomem(err);
}

static hg_status read_report(hg_reread *r, hg_err *err)
{
    size_t sheet;
    if (!hg_carrier_find(r->source, &sheet))
        return damaged(r, err);
    if (hg_carrier_read(r->source, sheet, take, r, err) != HG_OK ||
        hg_reread_leave(r, err) != HG_OK)
        return err->status;
    return choose(r, err);
}

hg_status hg_reread_open(hg_reread **out, hg_source *source, const char *sheet,
                         hg_err *err)
{
    hg_reread *r = *out = calloc(1, sizeof *r);
    if (!r)
        return hg_fail_nomem(err);
    r->source = source;
    r->only = sheet;
    if (read_report(r, err) != HG_OK) {
        hg_reread_free(r);
        *out = NULL;
    }
    return err->status;
}

const hg_json *hg_reread_head(const hg_reread *r)
{
    return r->data[r->chosen].head;
}

const char *const *hg_reread_fields(const hg_reread *r, size_t *n)
{
    return hg_facts_fields(r->data[r->chosen].facts, n);
}

const hg_told *hg_reread_told(const hg_reread *r)
{
    return &r->told;
}

static bool is_shown(const kept *data, uint32_t row, size_t fields)
{
    for (size_t f = 0; f < fields; f++)
        if (data->found[f] && data->found[f][row].text)
            return true;
    return false;
}

static hg_status next_of_list(hg_reread *r, const kept *data, hg_origin *at, hg_err *err)
{
    *at = (hg_origin){ .sheet = hg_json_get_str(data->list, "name") };
    if (!r->list && hg_relist_new(&r->list, r->source, data->list, err) != HG_OK)
        return err->status;
    return hg_relist_next(r->list, r->cells, &at->row, &at->col, err);
}

hg_status hg_reread_next(hg_reread *r, const hg_slice **cells, hg_origin *at, hg_err *err)
{
    kept *data = &r->data[r->chosen];
    size_t n;
    *cells = r->cells;
    if (data->list)
        return next_of_list(r, data, at, err);
    hg_facts_fields(data->facts, &n);
    while (r->next < hg_facts_count(data->facts) && data->blank && !is_shown(data, r->next, n))
        r->next++; /* a combination of codes that the form did not have */
    if (r->next == hg_facts_count(data->facts))
        return HG_END;
    const uint32_t *row = hg_facts_at(data->facts, r->next);
    *at = (hg_origin){ .sheet = HG_CARRIER_SHEET, .row = r->next + 1 };
    for (size_t f = 0; f < n; f++)
        r->cells[f] = hg_facts_text(data->facts, row[f]);
    for (size_t f = n; f-- > 0;) {
        const found *was = data->found[f] ? &data->found[f][r->next] : NULL;
        if (!was || was->text == 0)
            continue;
        r->cells[f] = hg_facts_text(data->facts, was->text);
        if (was->status && data->status < n)
            r->cells[data->status] = (hg_slice){ &was->status, 1 };
        at->sheet = hg_source_sheet(r->source, was->sheet)->name;
        at->row = was->row;
        at->col = was->col;
    }
    r->next++;
    return HG_OK;
}

void hg_reread_free(hg_reread *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->n; i++) {
        hg_json_free(r->data[i].head);
        hg_facts_free(r->data[i].facts);
        for (size_t f = 0; f < HG_FACTS_FIELDS; f++)
            free(r->data[i].found[f]);
        free(r->data[i].resource);
        hg_json_free(r->data[i].list);
    }
    hg_relist_free(r->list);
    hg_grid_free(r->sheet.grid);
    free(r->sheet.rows);
    free(r->sheet.cols);
    free(r->sums.numbers);
    free(r->empties);
    free(r->cells);
    free(r);
}
