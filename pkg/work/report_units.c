/* report_units - the codes that a report has a workbook for each of, and their names */
#include "base/names.h"
#include "delimited/csvfile.h"
#include "text/utf8.h"
#include "work/report_inside.h"

#include <stdlib.h>
#include <string.h>

#define NAME_BYTES                                                                       \
    180 /* of a file's name, which may have " (2).accessible.xlsx" behind it */

/* What is sought in one package, or in a definition alone. */
typedef struct search {
    hg_report_units *units;
    const adding *a;
    hg_names seen; /* the codes in use, in the order of the data */
} search;

/* ---- the codes in use ---- */

/* A column that decides: the field of the codes, or one whose values a table wants. */
typedef struct column {
    size_t i;
    const hg_form_where *where; /* NULL: all values */
} column;

static hg_status find_column(const adding *a, const hg_row *row, const char *key,
                             const hg_json *at, const char *field, size_t *i)
{
    for (*i = 0; *i < row->n; (*i)++)
        if (hg_slice_is(row->cells[*i], field))
            return HG_OK;
    return hg_doc_fail(a->err, a->form->doc, at, key, "the data have no field '%s'",
                       field);
}

static bool is_wanted(const column *c, const hg_row *row)
{
    if (c->i >= row->n)
        return false;
    for (size_t v = 0; v < c->where->n; v++)
        if (hg_slice_is(row->cells[c->i], c->where->values[v]))
            return true;
    return false;
}

static hg_status see(search *s, hg_slice code)
{
    hg_buf text = { 0 };
    hg_buf_put(&text, code.p, code.n);
    const char *name = text.data;
    if (hg_buf_status(&text, s->a->err) == HG_OK && code.n > 0)
        hg_names_keep(&s->seen, &name, NULL, s->a->err);
    hg_buf_release(&text);
    return s->a->err->status;
}

static hg_status see_rows(search *s, hg_csvfile *file, const hg_form_table *table,
                          column *columns)
{
    const adding *a = s->a;
    hg_row row;
    hg_status st = hg_csvfile_next(file, &row, NULL, a->err);
    if (st == HG_OK)
        st = find_column(a, &row, "forEach", hg_doc_root(a->form->doc), a->form->each,
                         &columns[0].i);
    for (size_t w = 0; st == HG_OK && w < table->n_where; w++) {
        columns[w + 1].where = &table->where[w];
        st = find_column(a, &row, "where", table->at, table->where[w].field,
                         &columns[w + 1].i);
    }
    while (st == HG_OK && (st = hg_csvfile_next(file, &row, NULL, a->err)) == HG_OK) {
        bool wanted = columns[0].i < row.n;
        for (size_t w = 1; wanted && w <= table->n_where; w++)
            wanted = is_wanted(&columns[w], &row);
        if (wanted)
            st = see(s, row.cells[columns[0].i]);
    }
    return st == HG_END ? HG_OK : st;
}

static hg_status see_table(search *s, const hg_form_table *table)
{
    const adding *a = s->a;
    hg_csvfile file;
    size_t resource;
    char *path = NULL;
    column *columns = calloc(table->n_where + 1, sizeof *columns);
    if (!columns)
        return hg_fail_nomem(a->err);
    if (hg_report_find(a, table, &resource) == HG_OK &&
        (path = hg_report_path(a->package, hg_dataset_table(a->definition, resource),
                               a->err)) != NULL) {
        if (hg_csvfile_open(&file, path, a->err) == HG_OK)
            see_rows(s, &file, table, columns);
        hg_csvfile_close(&file);
    }
    free(path);
    free(columns);
    return a->err->status;
}

/* ---- their labels ---- */

/* The code list of the field, from the first table that has one; or NULL. Of a definition
 * alone, only what is part of a key is known to go with all other codes. */
static hg_status load_labels(const adding *a, hg_labels **labels)
{
    *labels = NULL;
    for (size_t t = 0; t < a->form->n_tables && !*labels; t++) {
        size_t resource;
        if (hg_report_find(a, &a->form->tables[t], &resource) != HG_OK)
            return a->err->status;
        const hg_json *schema = hg_dataset_schema(a->definition, resource);
        const char *list = hg_report_list(schema, a->form->each);
        if (!a->package && !hg_report_in_key(schema, a->form->each))
            continue;
        const char *text = list ? hg_dataset_codes(a->definition, list) : NULL;
        if (text && hg_labels_new(labels, list, hg_slice_of(text), a->err) != HG_OK)
            return a->err->status;
    }
    return HG_OK;
}

static char *copy(const char *text, bool *ok)
{
    char *made = text ? strdup(text) : NULL;
    *ok &= made || !text;
    return made;
}

static hg_status add_unit(hg_report_units *units, const char *code, hg_bilingual label,
                          hg_err *err)
{
    for (size_t i = 0; i < units->n; i++) /* a package more has mostly the same ones */
        if (strcmp(units->list[i].unit.code, code) == 0)
            return HG_OK;
    hg_report_unit *grown = realloc(units->list, (units->n + 1) * sizeof *grown);
    if (!grown)
        return hg_fail_nomem(err);
    bool ok = true;
    units->list = grown;
    units->list[units->n++] =
        (hg_report_unit){ .unit = { copy(code, &ok),
                                    { copy(label.vi, &ok), copy(label.en, &ok) } } };
    return ok ? HG_OK : hg_fail_nomem(err);
}

/* The codes in the order of their list, then those that are in none. Without a package
 * all of the list are in use. */
static hg_status add_units(search *s)
{
    const adding *a = s->a;
    hg_labels *labels;
    size_t n = s->seen.n;
    if (load_labels(a, &labels) != HG_OK)
        return a->err->status;
    if (!a->package && !labels)
        return hg_doc_fail(
            a->err, a->form->doc, hg_doc_root(a->form->doc), "forEach",
            "without a package, '%s' must be a field of the key that has a "
            "code list",
            a->form->each);
    for (size_t i = 0; labels && i < hg_labels_count(labels) && a->err->status == HG_OK;
         i++) {
        const char *code = hg_labels_code(labels, i);
        if (hg_names_keep(&s->seen, &code, NULL, a->err) == HG_OK &&
            (!a->package || hg_names_index(&s->seen, code) < n))
            add_unit(s->units, code, hg_labels_at(labels, i), a->err);
    }
    for (size_t i = 0; i < n && a->err->status == HG_OK; i++)
        add_unit(s->units, s->seen.list[i], (hg_bilingual){ 0 }, a->err);
    hg_labels_free(labels);
    return a->err->status;
}

/* ---- one report after the other ---- */

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

hg_status hg_report_units_add(hg_report_units *units, const adding *a)
{
    search s = { units, a, { 0 } };
    const char *each = a->form->each;
    bool ok = true;
    if (!units->begun)
        units->field = copy(each, &ok);
    if (!ok)
        return hg_fail_nomem(a->err);
    units->begun = true;
    if (!same(units->field, each))
        return hg_doc_fail(a->err, a->form->doc, hg_doc_root(a->form->doc),
                           each ? "forEach" : NULL,
                           "reports that go together have the same 'forEach', or none");
    for (size_t t = 0; each && a->package && t < a->form->n_tables; t++)
        if (see_table(&s, &a->form->tables[t]) != HG_OK)
            break;
    if (each && a->err->status == HG_OK)
        add_units(&s);
    hg_names_release(&s.seen);
    return a->err->status;
}

/* ---- names of files ---- */

/* A name that Windows and Linux take: what is no part of names becomes '-', ends that
 * disappear are left out, and so is what is too long. */
static void put_safe(hg_buf *name, const char *text)
{
    size_t i = strspn(text, " ."), n = strlen(text);
    while (i < n) {
        int32_t cp;
        size_t length = hg_utf8_next(text + i, n - i, &cp);
        if (name->len + length > NAME_BYTES)
            break;
        if (cp < 0x20 || cp == 0x7F || (cp < 0x80 && strchr("<>:\"/\\|?*", (int)cp)))
            hg_buf_putc(name, '-');
        else
            hg_utf8_put(name, cp);
        i += length;
    }
    while (name->len > 0 && strchr(" .", name->data[name->len - 1]))
        name->len--;
    if (name->len == 0)
        hg_buf_putc(name, '-');
    else if (name->data)
        name->data[name->len] = '\0';
}

/* Whether nobody has the name yet; he has it then. Case makes no difference, as on
 * Windows. */
static bool claim(hg_names *taken, const hg_buf *name, hg_err *err)
{
    hg_buf key = { 0 };
    size_t n = taken->n;
    hg_utf8_key(&key, name->data, name->len);
    const char *text = key.data;
    if (hg_buf_status(&key, err) == HG_OK)
        hg_names_keep(taken, &text, NULL, err);
    hg_buf_release(&key);
    return taken->n > n;
}

static hg_status name_unit(hg_report_unit *unit, const char *pattern, hg_names *taken,
                           hg_err *err)
{
    hg_buf raw = { 0 }, plain = { 0 }, name = { 0 };
    const char *label = unit->unit.label.vi;
    if (!pattern)
        pattern =
            label && strcmp(label, unit->unit.code) != 0 ? "{code}-{label}" : "{code}";
    hg_form_fill(&raw, pattern, unit->unit.code, label ? label : unit->unit.code);
    if (hg_buf_status(&raw, err) == HG_OK) {
        put_safe(&plain, raw.data);
        hg_buf_put(&name, plain.data, plain.len);
    }
    for (unsigned k = 2; hg_buf_status(&name, err) == HG_OK &&
                         !claim(taken, &name, err) && err->status == HG_OK;
         k++) {
        hg_buf_clear(&name);
        hg_buf_printf(&name, "%.*s (%u)", (int)plain.len, plain.data, k);
    }
    unit->name = name.data;
    hg_buf_release(&raw);
    hg_buf_release(&plain);
    return err->status;
}

hg_status hg_report_units_name(hg_report_units *units, const char *pattern, hg_err *err)
{
    hg_names taken = { 0 };
    for (size_t i = 0; i < units->n && err->status == HG_OK; i++)
        name_unit(&units->list[i], pattern, &taken, err);
    hg_names_release(&taken);
    return err->status;
}

void hg_report_units_free(hg_report_units *units)
{
    for (size_t i = 0; i < units->n; i++) {
        hg_report_unit *u = &units->list[i];
        free((char *)u->unit.code);
        free((char *)u->unit.label.vi);
        free((char *)u->unit.label.en);
        free(u->name);
    }
    free(units->list);
    free(units->field);
}
