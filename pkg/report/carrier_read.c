/* carrier_read - what a workbook carries of the data that it was made of, read: apart from
 * the writing, which needs libxlsxwriter */
#include "report/carrier.h"

#include <string.h>

void hg_carrier_digest(hg_digest *digest, const char *kind, hg_slice json)
{
    hg_digest_put(digest, kind, strlen(kind) + 1);
    hg_digest_put(digest, json.p, json.n);
    hg_digest_put(digest, "", 1);
}


bool hg_carrier_find(hg_source *source, size_t *sheet)
{
    if (!hg_source_is_workbook(source))
        return false;
    for (*sheet = 0; *sheet < hg_source_sheets(source); ++*sheet)
        if (strcmp(hg_source_sheet(source, *sheet)->name, HG_CARRIER_SHEET) == 0)
            return true;
    return false;
}

typedef struct reading {
    hg_loc loc; /* the file and the sheet */
    hg_carrier_taker *take;
    void *with;
    hg_digest *digest;
    char kind[32]; /* of the record under way; "" before the first */
    hg_buf json;
    char wanted[HG_DIGEST_HEX];
} reading;

static hg_status changed(const reading *r, hg_err *err)
{
    return hg_fail(err, HG_EINPUT, &r->loc,
                   "this sheet, by which a report is read back, was changed; read the "
                   "report by a recipe (-r)");
}

/* The first row; HG_END for a sheet that is none of ours. */
static hg_status read_first(reading *r, const hg_row *row, hg_err *err)
{
    if (row->n < 3 || !hg_slice_is(row->cells[0], HG_CARRIER_MAGIC))
        return changed(r, err);
    if (!hg_slice_is(row->cells[1], HG_CARRIER_VERSION))
        return hg_fail(err, HG_EINPUT, &r->loc,
                       "the report was made by a later version of hg-report");
    if (row->cells[2].n != HG_DIGEST_HEX - 1)
        return changed(r, err);
    memcpy(r->wanted, row->cells[2].p, HG_DIGEST_HEX - 1);
    return HG_OK;
}

/* Give away the record under way. */
static hg_status give(reading *r, hg_err *err)
{
    if (r->kind[0] == '\0')
        return HG_OK;
    if (hg_buf_status(&r->json, err) != HG_OK)
        return err->status;
    hg_slice json = { r->json.data ? r->json.data : "", r->json.len };
    hg_carrier_digest(r->digest, r->kind, json);
    hg_status st = r->take(r->with, r->kind, json, err);
    hg_buf_clear(&r->json);
    return st;
}

static hg_status read_row(reading *r, const hg_row *row, hg_err *err)
{
    hg_slice kind = row->n > 0 ? row->cells[0] : HG_SLICE("");
    hg_slice json = row->n > 1 ? row->cells[1] : HG_SLICE("");
    if (kind.n > 0) {
        if (give(r, err) != HG_OK)
            return err->status;
        if (kind.n >= sizeof r->kind)
            return changed(r, err);
        memcpy(r->kind, kind.p, kind.n);
        r->kind[kind.n] = '\0';
    }
    hg_buf_put(&r->json, json.p, json.n);
    return hg_buf_status(&r->json, err);
}

static hg_status read_all(reading *r, hg_rows *rows, hg_err *err)
{
    hg_row row;
    char hex[HG_DIGEST_HEX];
    hg_status st = hg_rows_next(rows, &row, err);
    if (st == HG_END)
        return changed(r, err);
    if (st == HG_OK)
        st = read_first(r, &row, err);
    while (st == HG_OK && (st = hg_rows_next(rows, &row, err)) == HG_OK)
        st = read_row(r, &row, err);
    if (st != HG_END)
        return st;
    if (give(r, err) != HG_OK)
        return err->status;
    hg_digest_hex(r->digest, hex);
    return strcmp(hex, r->wanted) == 0 ? HG_OK : changed(r, err);
}

hg_status hg_carrier_read(hg_source *source, size_t sheet, hg_carrier_taker *take,
                          void *with, hg_err *err)
{
    reading r = { .loc = { .file = hg_source_name(source), .sheet = HG_CARRIER_SHEET },
                  .take = take,
                  .with = with };
    hg_rows *rows = NULL;
    if (hg_digest_new(&r.digest, err) == HG_OK &&
        hg_rows_open(&rows, source, sheet, err) == HG_OK)
        read_all(&r, rows, err);
    hg_rows_free(rows);
    hg_digest_free(r.digest);
    hg_buf_release(&r.json);
    return err->status;
}
