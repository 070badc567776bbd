/* csvm_tables - tables put together out of what is said of columns, schemas, tables and
 * groups, and their keys (w3.org/TR/tabular-metadata, 5.5, 5.7) */
#include "dataset/csvm_reader.h"

#include <string.h>

/* ---- columns ---- */

/* What is not said further in is as it is said further out. */
static void inherit(csvm_inherited *in, const csvm_inherited *from)
{
    if (!in->datatype)
        in->datatype = from->datatype;
    if (!in->default_text)
        in->default_text = from->default_text;
    if (!in->lang)
        in->lang = from->lang;
    if (!in->required)
        in->required = from->required;
    if (!in->separator && !in->no_separator) {
        in->separator = from->separator;
        in->no_separator = from->no_separator;
    }
    if (!in->null && !in->no_null) {
        in->null = from->null;
        in->n_null = from->n_null;
        in->no_null = from->no_null;
    }
}

/* "_col.3" */
static const char *number_label(csvm_reader *r, size_t i)
{
    hg_buf text = { 0 };
    hg_buf_printf(&text, "_col.%zu", i + 1);
    const char *label = csvm_keep(r, &text);
    hg_buf_release(&text);
    return label;
}

static void set_column(csvm_reader *r, hg_csvm_column *column, const csvm_column *said,
                       const csvm_inherited *in, size_t i)
{
    static const char *const empty[] = { "" };
    *column = (hg_csvm_column){ .name = said->name,
                                .titles = said->titles,
                                .n_titles = said->n_titles,
                                .is_virtual = said->is_virtual,
                                .required = in->required == 'y',
                                .datatype = in->datatype,
                                .default_text = in->default_text ? in->default_text : "",
                                .separator = in->separator,
                                .null = in->null || in->no_null ? in->null : empty,
                                .n_null = in->null || in->no_null ? in->n_null : 1 };
    column->label = said->name           ? said->name
                    : said->n_titles > 0 ? said->titles[0].text
                                         : number_label(r, i);
    if (!column->datatype)
        column->datatype = csvm_string_type(r);
}

static void set_columns(csvm_reader *r, hg_csvm_table *table, const csvm_schema *schema,
                        const csvm_described *said, const csvm_described *group)
{
    table->columns = csvm_new(r, schema->n, sizeof *table->columns);
    table->n = table->columns ? schema->n : 0;
    for (size_t i = 0; i < table->n; i++) {
        csvm_inherited in = schema->columns[i].inherited;
        inherit(&in, &schema->inherited);
        inherit(&in, &said->inherited);
        inherit(&in, &group->inherited);
        set_column(r, &table->columns[i], &schema->columns[i], &in, i);
        table->n_real += !schema->columns[i].is_virtual;
    }
}

static void set_table(csvm_reader *r, hg_csvm_table *table, const csvm_described *said,
                      const csvm_described *group)
{
    const csvm_schema *schema = said->schema ? said->schema : group->schema;
    const char *lang =
        said->inherited.lang ? said->inherited.lang : group->inherited.lang;
    hg_webcsv_dialect *usual = csvm_new(r, 1, sizeof *usual);
    if (!usual)
        return;
    *usual = hg_webcsv_default();
    *table = (hg_csvm_table){ .url = said->url,
                              .lang = lang ? lang : "und",
                              .described = schema != NULL,
                              .dialect = said->dialect    ? said->dialect
                                         : group->dialect ? group->dialect
                                                          : usual };
    if (schema)
        set_columns(r, table, schema, said, group);
}

/* ---- keys ---- */

static size_t find_column(const hg_csvm_table *table, const char *name)
{
    size_t i = 0;
    while (i < table->n &&
           !(table->columns[i].name && strcmp(table->columns[i].name, name) == 0))
        i++;
    return i;
}

/* Columns by one name or several. What is wrong is told by complain. */
static bool read_key(csvm_reader *r, hg_csvm_key *key, const hg_csvm_table *table,
                     const hg_json *object, const char *member,
                     bool (*complain)(csvm_reader *, const hg_json *, const char *,
                                      const char *, const char *))
{
    const hg_json *value = hg_json_get(object, member);
    bool array = hg_json_is_array(value);
    size_t n = array ? hg_json_len(value) : 1;
    if (n == 0 || (!array && !hg_json_is_string(value)))
        return complain(r, object, member, "an array of column names is needed here",
                        NULL);
    key->columns = csvm_new(r, n, sizeof *key->columns);
    for (size_t i = 0; key->columns && i < n; i++) {
        const char *name = hg_json_str(array ? hg_json_at(value, i) : value);
        size_t c = name ? find_column(table, name) : table->n;
        if (c == table->n)
            return complain(r, object, member, "there is no column '%s'",
                            name ? name : "");
        key->columns[i] = c;
    }
    key->n = key->columns ? n : 0;
    return key->columns != NULL;
}

static bool only_members(csvm_reader *r, const hg_json *object, const char *const *names)
{
    for (size_t i = 0; i < hg_json_len(object); i++) {
        const char *const *name = names;
        while (*name && strcmp(*name, hg_json_key(object, i)) != 0)
            name++;
        if (!*name)
            return csvm_wrong(r, object, hg_json_key(object, i), "'%s' cannot stand here",
                              hg_json_key(object, i));
    }
    return true;
}

/* What the tables of a group are put together from. */
typedef struct group {
    const csvm_described *said, *tables;
    size_t n;
} group;

static const csvm_schema *schema_of(const group *g, size_t i)
{
    return g->tables[i].schema ? g->tables[i].schema : g->said->schema;
}

/* The one table that a reference leads to; g->n, and told, where it is none or several.
 */
static size_t find_table(csvm_reader *r, const group *g, const hg_json *reference)
{
    bool by_url = hg_json_get(reference, "resource") != NULL;
    const char *member = by_url ? "resource" : "schemaReference";
    const char *url = csvm_link(r, reference, member);
    size_t found = g->n, hits = 0;
    for (size_t i = 0; url && i < g->n; i++) {
        const csvm_schema *schema = schema_of(g, i);
        bool same = by_url ? hg_addresses_same(r->opts->addresses, g->tables[i].url, url)
                           : schema && schema->id && strcmp(schema->id, url) == 0;
        if (same && hits++ == 0)
            found = i;
    }
    if (hits == 1 || (by_url && hits > 1))
        return found;
    csvm_wrong(r, reference, member,
               hits == 0 ? "no table of the group is that of '%s'"
                         : "more than one table of the group is that of '%s'",
               hg_json_get_str(reference, member) ? hg_json_get_str(reference, member)
                                                  : "");
    return g->n;
}

static bool read_reference(csvm_reader *r, hg_csvm_reference *to, const group *g,
                           const hg_csvm_table *table, const hg_json *json)
{
    static const char *const keys[] = { "columnReference", "reference", NULL };
    static const char *const members[] = { "resource", "schemaReference",
                                           "columnReference", NULL };
    const hg_json *reference = hg_json_get(json, "reference");
    if (!only_members(r, json, keys) ||
        !read_key(r, &to->from, table, json, "columnReference", csvm_wrong))
        return false;
    if (!hg_json_is_object(reference))
        return csvm_wrong(r, json, reference ? "reference" : NULL,
                          "an object is needed here", NULL);
    if (!only_members(r, reference, members))
        return false;
    if (!hg_json_get(reference, "resource") == !hg_json_get(reference, "schemaReference"))
        return csvm_wrong(r, reference, NULL,
                          "either resource or schemaReference is needed here", NULL);
    to->table = find_table(r, g, reference);
    if (to->table == g->n || !read_key(r, &to->to, &r->csvm->tables[to->table], reference,
                                       "columnReference", csvm_wrong))
        return false;
    if (to->to.n != to->from.n)
        return csvm_wrong(r, reference, "columnReference",
                          "as many columns are needed here as in the key", NULL);
    return true;
}

static void set_keys(csvm_reader *r, const group *g, size_t i)
{
    const csvm_schema *schema = schema_of(g, i);
    hg_csvm_table *table = &r->csvm->tables[i];
    csvm_context before = r->context;
    if (!schema)
        return;
    r->context = schema->context;
    size_t n = hg_json_len(schema->foreign);
    table->references = csvm_new(r, n, sizeof *table->references);
    if (schema->primary &&
        !read_key(r, &table->primary, table, schema->json, "primaryKey", csvm_warn))
        table->primary.n = 0;
    for (size_t k = 0; table->references && k < n; k++) {
        hg_csvm_reference *to = &table->references[table->n_references];
        const hg_json *json = hg_json_at(schema->foreign, k);
        table->n_references +=
            hg_json_is_object(json) && read_reference(r, to, g, table, json);
    }
    r->context = before;
}

void csvm_resolve_tables(csvm_reader *r, const csvm_described *said,
                         const csvm_described *tables, size_t n)
{
    group g = { said, tables, n };
    hg_csvm *csvm = r->csvm;
    csvm->tables = csvm_new(r, n, sizeof *csvm->tables);
    csvm->n = csvm->tables ? n : 0;
    for (size_t i = 0; i < csvm->n && r->err->status == HG_OK; i++)
        set_table(r, &csvm->tables[i], &tables[i], said);
    for (size_t i = 0; i < csvm->n && r->err->status == HG_OK; i++)
        set_keys(r, &g, i);
}
