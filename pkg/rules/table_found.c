/* table_found - what is told of a table's rows and cells */
#include "rules/table_parts.h"

hg_slice hg_table_first_cell(const hg_table *t)
{
    return t->row->n > 0 ? t->row->cells[0] : (hg_slice){ "", 0 };
}

size_t hg_table_last_field(const hg_reference *ref)
{
    return ref->key.fields[ref->key.n - 1];
}

size_t hg_table_told_index(const hg_table *t, size_t field)
{
    size_t i = 0;
    while (i < t->n_told && t->told[i] != field)
        i++;
    return i;
}

const char *hg_table_code(const unique *u)
{
    return u->primary ? "primary-key" : "unique-error";
}

/* ---- findings ---- */

hg_slice hg_table_shown(hg_table *t, size_t f)
{
    return t->columns[f] == 0 ? t->cells[f]
                              : hg_privacy_shown(t->opts.privacy, t->columns[f] - 1,
                                                 t->cells[f], &t->hidden);
}

hg_finding hg_table_finding_at(const hg_table *t, const char *code, uint64_t number,
                               size_t column, const hg_place *place)
{
    size_t f = column > 0 && column <= t->opts.columns->n
                   ? t->opts.columns->fields[column - 1]
                   : HG_NO_FIELD;
    return (hg_finding){ .code = code,
                         .severity = HG_ERROR,
                         .resource = t->opts.resource,
                         .row_number = number,
                         .field_number = (unsigned)column,
                         .field = f == HG_NO_FIELD ? NULL : t->schema->fields[f].name,
                         .file = place->file,
                         .sheet = place->sheet,
                         .row = place->row,
                         .col = place->col };
}

hg_finding hg_table_finding(hg_table *t, const char *code, size_t column)
{
    size_t shift = hg_places_located(t->places) ? 1 : 0;
    hg_place place =
        hg_places_at(t->places, t->row->number, hg_table_first_cell(t), column);
    hg_finding finding = hg_table_finding_at(t, code, t->row->number, column, &place);
    if (column > 0 && column + shift <= t->row->n)
        finding.value = hg_privacy_shown(t->opts.privacy, column - 1,
                                         t->row->cells[column - 1 + shift], &t->hidden);
    return finding;
}

hg_status hg_table_finding_later(hg_table *t, hg_finding *out, const char *code,
                                 uint64_t number, size_t column, size_t told, hg_err *err)
{
    hg_place place;
    const hg_slice *texts;
    hg_status st = hg_places_find(t->places, number, column, &place, &texts, err);
    if (st != HG_OK)
        return st;
    *out = hg_table_finding_at(t, code, number, column, &place);
    if (told < t->n_told && texts[told].p && column > 0)
        out->value =
            hg_privacy_shown(t->opts.privacy, column - 1, texts[told], &t->hidden);
    return HG_OK;
}

hg_status hg_table_found(hg_table *t, const char *code, size_t column, hg_err *err,
                         const char *message, const char *a, const char *b)
{
    hg_finding f = hg_table_finding(t, code, column);
    f.message = message;
    if (hg_tally_wants(t->opts.tally, &f))
        f.args_len = hg_args(f.args, sizeof f.args, message, a, b);
    return hg_tally_add(t->opts.tally, &f, err);
}

/* ---- cells ---- */

/* Whether such a finding would be told, not just counted: then its words are worth
 * making. */
static bool wanted(const hg_table *t, const char *code, size_t f)
{
    hg_finding finding;
    finding.code = code;
    finding.severity = HG_ERROR;
    finding.resource = t->opts.resource;
    finding.field = t->columns[f] == 0 ? NULL : t->schema->fields[f].name;
    return hg_tally_wants(t->opts.tally, &finding);
}

static hg_status found_constraint(hg_table *t, size_t f, unsigned bit, hg_err *err)
{
    hg_buf said = { 0 };
    if (!wanted(t, "constraint-error", f))
        return hg_table_found(t, "constraint-error", t->columns[f], err,
                              hg_constraint_message(bit), NULL, NULL);
    hg_slice cell = hg_table_shown(t, f);
    hg_excerpt value = hg_excerpt_of(cell), limit;
    if (bit != HG_CELL_JSON_SCHEMA)
        hg_field_constraint(&said, &t->schema->fields[f], hg_constraint_name(bit));
    else if (cell.p == t->cells[f].p) /* not hidden, so its keys need not be either */
        hg_field_json_broken(&said, &t->schema->fields[f], cell);
    limit = hg_excerpt_of((hg_slice){ said.data, said.len });
    hg_status st = hg_buf_status(&said, err);
    hg_buf_release(&said);
    if (st != HG_OK)
        return st;
    return hg_table_found(t, "constraint-error", t->columns[f], err,
                          hg_constraint_message(bit), value.bytes, limit.bytes);
}

hg_status hg_table_found_cell(hg_table *t, size_t f, hg_err *err)
{
    const hg_field *field = &t->schema->fields[f];
    unsigned verdict = t->verdicts[f];
    hg_status st = HG_OK;
    if (verdict & HG_CELL_TOO_HARD) {
        hg_loc loc = { .row = t->row->number, .field = field->name };
        return hg_fail(
            err, HG_EINPUT, &loc,
            "the pattern or jsonSchema takes too long, so the cell cannot be checked");
    }
    if (verdict & HG_CELL_TYPE) {
        hg_excerpt value = { "" };
        if (wanted(t, "type-error", f))
            value = hg_excerpt_of(hg_table_shown(t, f));
        return hg_table_found(t, "type-error", t->columns[f], err,
                              "\"%s\" is not of the type %s", value.bytes,
                              hg_type_name(field->reader.type));
    }
    for (unsigned bit = HG_CELL_REQUIRED; st == HG_OK && bit <= HG_CELL_CATEGORIES;
         bit <<= 1)
        if (verdict & bit)
            st = found_constraint(t, f, bit, err);
    return st;
}
