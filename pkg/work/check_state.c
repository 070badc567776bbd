/* check_state - a part of a table: what is known of it goes to a state */
#include "base/pack.h"
#include "rules/journal.h"
#include "stream/findings.h"
#include "work/check_inside.h"

/* Of a part; what is found of the header is found again in the whole. */
hg_status hg_check_part_found(const check *c, const hg_finding *finding, hg_err *err)
{
    hg_buf record = { 0 };
    if (finding->row_number == 0)
        return HG_OK;
    hg_findings_put(&record, finding);
    hg_status st = hg_buf_status(&record, err);
    if (st == HG_OK)
        st = hg_state_put(c->opts->part->state, 'F',
                          (hg_slice){ record.data, record.len }, err);
    hg_buf_release(&record);
    return st;
}

static hg_status write_record(void *user, hg_slice record, hg_err *err)
{
    const check *c = user;
    return hg_state_put(c->opts->part->state, 'J', record, err);
}

hg_status hg_check_part_begin(check *c, const hg_finding *base, const hg_slice *labels,
                              size_t n, hg_err *err)
{
    const hg_check_part *part = c->opts->part;
    hg_json *table = hg_json_object(), *list = hg_json_array(), *about = hg_json_object();
    hg_json_set(table, "definition", hg_json_keep(hg_json_get(c->head, "definition")));
    hg_json_set(table, "schema", hg_json_keep(c->schema->json));
    if (c->opts->checks)
        hg_json_set(table, "checks", hg_json_copy(c->opts->checks));
    hg_json_set_int(table, "maxFindings", (int64_t)c->tally.max);
    for (size_t i = 0; i < n; i++)
        hg_json_add(list, hg_json_new_slice(labels[i]));
    hg_json_set(table, "labels", list);
    hg_json_set_int(about, "part", (int64_t)part->part);
    hg_json_set_int(about, "of", (int64_t)part->of);
    hg_json_set_str(about, "name", base->resource);
    hg_json_set_str(about, "file", base->file);
    hg_json_set_str(about, "sheet", base->sheet);
    hg_status st = hg_state_put_json(part->state, 'T', table, err);
    if (st == HG_OK)
        st = hg_state_put_json(part->state, 'P', about, err);
    if (st == HG_OK)
        st = hg_journal_new(&c->budget.journal, write_record, c, err);
    hg_json_free(table);
    hg_json_free(about);
    return st;
}

static hg_status write_rest(void *user, const hg_finding *like, uint64_t more,
                            hg_err *err)
{
    const check *c = user;
    hg_buf record = { 0 };
    hg_pack_text(&record, hg_slice_of(like->code));
    hg_pack_number(&record, like->severity == HG_WARNING);
    hg_pack_text(&record, hg_slice_of(like->field));
    hg_pack_number(&record, like->field_number);
    hg_pack_number(&record, more);
    hg_status st = hg_buf_status(&record, err);
    if (st == HG_OK)
        st = hg_state_put(c->opts->part->state, 'N',
                          (hg_slice){ record.data, record.len }, err);
    hg_buf_release(&record);
    return st;
}

hg_status hg_check_part_end(check *c, hg_err *err)
{
    hg_buf record = { 0 };
    hg_status st = hg_table_part_end(c->table, err);
    if (st == HG_OK)
        st = hg_tally_rest(&c->tally, write_rest, c, err);
    hg_pack_number(&record, c->sum->rows);
    if (st == HG_OK)
        st = hg_buf_status(&record, err);
    if (st == HG_OK)
        st = hg_state_put(c->opts->part->state, 'E',
                          (hg_slice){ record.data, record.len }, err);
    hg_buf_release(&record);
    return st;
}
