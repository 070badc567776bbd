/* csvw - what a package's CSV files hold, as CSV on the Web tells it
 *
 * A Table Schema says things that this vocabulary has no word for (rules of ours, other
 * texts for true and false); such a column is told as a string, so that nothing that was
 * checked and found right is called wrong.
 */
#include "dataset/csvw.h"
#include "dataset/lexical.h"
#include "dataset/vocabulary.h"
#include "delimited/csv.h"
#include "text/uri.h"

#include <string.h>

#define LIST_SEPARATOR ","

/* ---- texts ---- */

/* A common property: one value for each language, or one in the group's, Vietnamese. */
static void set_text(hg_json *object, const char *key, const hg_json *text)
{
    if (!hg_json_is_object(text)) {
        hg_json_set_str(object, key, hg_json_str(text));
        return;
    }
    hg_json *list = hg_json_array();
    for (size_t i = 0; i < hg_json_len(text); i++) {
        hg_json *value = hg_json_object();
        hg_json_set_str(value, "@value", hg_json_str(hg_json_member(text, i)));
        hg_json_set_str(value, "@language", hg_json_key(text, i));
        hg_json_add(list, value);
    }
    hg_json_set(object, key, list);
}

/* A field's text in several languages, or in one. */
static const hg_json *field_text(const hg_json *field, const char *several,
                                 const char *one)
{
    const hg_json *text = hg_json_get(field, several);
    return text ? text : hg_json_get(field, one);
}

static void set_id(hg_json *object, const char *key, const char *iri)
{
    if (!iri)
        return;
    hg_json *value = hg_json_object();
    hg_json_set_str(value, "@id", iri);
    hg_json_set(object, key, value);
}

static void set_date(hg_json *object, const char *key, const char *date)
{
    hg_moment moment = date ? hg_lexical_moment(date) : HG_MOMENT_NONE;
    if (moment < HG_MOMENT_DATE)
        return;
    hg_json *value = hg_json_object();
    hg_json_set_str(value, "@value", date);
    hg_json_set_str(value, "@type",
                    moment == HG_MOMENT_DATE ? "xsd:date" : "xsd:dateTime");
    hg_json_set(object, key, value);
}

/* ---- names ---- */

/* A column's name is a variable of URI templates (RFC 6570, section 2.3): what such a
 * name cannot hold is percent-encoded; a first '_' is the standard's own. */
static hg_json *column_name(const char *name)
{
    hg_buf text = { 0 };
    if (name && name[0] == '_')
        hg_uri_escape(&text, *name++);
    hg_uri_encode(&text, hg_slice_of(name), "_");
    hg_json *v = text.status == HG_OK && text.data ? hg_json_new_str(text.data) : NULL;
    hg_buf_release(&text);
    return v;
}

static void add_name(hg_json *list, const hg_json *name)
{
    hg_json_add(list, column_name(hg_json_str(name)));
}

/* One name or a list of them, as Table Schema has both. */
static hg_json *column_names(const hg_json *fields)
{
    hg_json *list = hg_json_array();
    if (hg_json_is_string(fields))
        add_name(list, fields);
    for (size_t i = 0; hg_json_is_array(fields) && i < hg_json_len(fields); i++)
        add_name(list, hg_json_at(fields, i));
    return list;
}

/* ---- datatypes ---- */

static const struct {
    const char *type, *csvw;
} types[] = {
    { "any", "anyAtomicType" }, { "array", "json" },
    { "boolean", "boolean" },   { "date", "date" },
    { "datetime", "dateTime" }, { "duration", "duration" },
    { "geojson", "json" },      { "integer", "integer" },
    { "list", "string" },       { "number", "number" }, /* may have an exponent */
    { "object", "json" },       { "time", "time" },
    { "year", "gYear" },        { "yearmonth", "gYearMonth" },
};

/* Is the field written in another way than the type's usual one? */
static bool is_special(const hg_json *field)
{
    static const char *const members[] = { "trueValues", "falseValues", "decimalChar",
                                           "groupChar", "bareNumber" };
    const char *format = hg_json_get_str(field, "format");
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (hg_json_get(field, members[i]))
            return true;
    return format && strcmp(format, "default") != 0;
}

static const char *base_of(const hg_json *field)
{
    const char *type = hg_json_get_str(field, "type");
    for (size_t i = 0; type && !is_special(field) && i < sizeof types / sizeof *types;
         i++)
        if (strcmp(types[i].type, type) == 0)
            return types[i].csvw;
    return "string";
}

/* A regular expression that these values match and no others. */
static hg_json *any_of(const hg_json *values)
{
    hg_buf text = { 0 };
    for (size_t i = 0; i < hg_json_len(values); i++) {
        const char *value = hg_json_str(hg_json_at(values, i));
        hg_buf_putc(&text, i > 0 ? '|' : '(');
        for (; value && *value; value++) {
            if (strchr("\\^$.|?*+()[]{}", *value))
                hg_buf_putc(&text, '\\');
            hg_buf_putc(&text, *value);
        }
    }
    hg_buf_putc(&text, ')');
    hg_json *v = text.status == HG_OK ? hg_json_new_str(text.data) : NULL;
    hg_buf_release(&text);
    return v;
}

/* Limits may stand on numbers, dates, times and durations only (section 5.11.2). Whether
 * a year is one of these, implementations do not agree. */
static bool is_ordered(const char *base)
{
    static const char *const ordered[] = { "integer", "number",   "date",
                                           "time",    "dateTime", "duration" };
    for (size_t i = 0; i < sizeof ordered / sizeof *ordered; i++)
        if (strcmp(base, ordered[i]) == 0)
            return true;
    return false;
}

/* Facets on a type that does not take them are an error. */
static void set_facets(hg_json *datatype, const char *base, const hg_json *limits)
{
    static const struct {
        const char *ours, *csvw;
        bool text; /* for strings; for all that is ordered elsewhere */
    } facets[] = {
        { "minimum", "minimum", false },
        { "maximum", "maximum", false },
        { "exclusiveMinimum", "minExclusive", false },
        { "exclusiveMaximum", "maxExclusive", false },
        { "minLength", "minLength", true },
        { "maxLength", "maxLength", true },
        { "pattern", "format", true },
    };
    bool text = strcmp(base, "string") == 0, ordered = is_ordered(base);
    const hg_json *values = hg_json_get(limits, "enum");
    for (size_t i = 0; i < sizeof facets / sizeof *facets; i++) {
        const hg_json *limit = hg_json_get(limits, facets[i].ours);
        if (limit && (facets[i].text ? text : ordered))
            hg_json_set(datatype, facets[i].csvw, hg_json_copy(limit));
    }
    if (text && hg_json_len(values) > 0 && !hg_json_get(limits, "pattern"))
        hg_json_set(datatype, "format", any_of(values));
}

static void set_datatype(hg_json *column, const hg_json *field)
{
    const char *type = hg_json_get_str(field, "type"), *base = base_of(field);
    const char *separator = hg_json_get_str(field, "delimiter");
    bool list = type && strcmp(type, "list") == 0;
    hg_json *datatype = hg_json_object();
    hg_json_set_str(datatype, "base", base);
    if (list) /* its constraints are of the list, a facet would be of each item */
        hg_json_set_str(column, "separator", separator ? separator : LIST_SEPARATOR);
    else
        set_facets(datatype, base, hg_json_get(field, "constraints"));
    if (hg_json_len(datatype) > 1) {
        hg_json_set(column, "datatype", datatype);
        return;
    }
    hg_json_set_str(column, "datatype", base);
    hg_json_free(datatype);
}

/* ---- columns ---- */

/* The header of the CSV holds the name, and must be among the titles (section 5.6, the
 * compatibility of schemas); "und" goes with any language. */
static void set_titles(hg_json *column, const hg_json *field)
{
    const hg_json *text = field_text(field, "titles", "title");
    hg_json *titles = hg_json_object();
    hg_json_set_str(titles, "und", hg_json_get_str(field, "name"));
    hg_json_set_str(titles, "vi", hg_json_str(text));
    for (size_t i = 0; hg_json_is_object(text) && i < hg_json_len(text); i++)
        hg_json_set(titles, hg_json_key(text, i), hg_json_copy(hg_json_member(text, i)));
    hg_json_set(column, "titles", titles);
}

/* What stands for no value: in Table Schema a list for the table or the field; of texts,
 * or of {value, label}. */
static void set_missing(hg_json *column, const hg_json *field, const hg_json *schema)
{
    const hg_json *values = hg_json_get(field, "missingValues");
    values = values ? values : hg_json_get(schema, "missingValues");
    if (!hg_json_is_array(values))
        return;
    hg_json *list = hg_json_array();
    for (size_t i = 0; i < hg_json_len(values); i++) {
        const hg_json *value = hg_json_at(values, i);
        hg_json_add_str(list, hg_json_is_object(value) ? hg_json_get_str(value, "value")
                                                       : hg_json_str(value));
    }
    hg_json_set(column, "null", list);
}

static hg_json *column_of(const hg_json *field, const hg_json *schema)
{
    hg_json *column = hg_json_object();
    const hg_json *limits = hg_json_get(field, "constraints");
    hg_json_set(column, "name", column_name(hg_json_get_str(field, "name")));
    set_titles(column, field);
    set_text(column, "dc:description", field_text(field, "descriptions", "description"));
    set_text(column, "schema:unitText", field_text(field, "units", "unit"));
    set_datatype(column, field);
    set_missing(column, field, schema);
    if (hg_json_true(hg_json_get(limits, "required")))
        hg_json_set(column, "required", hg_json_new_bool(true));
    hg_json_set_str(column, "propertyUrl", hg_json_get_str(field, "rdfType"));
    return column;
}

/* ---- tables ---- */

/* Both lie one folder below the dataset's: "data/a.csv" is "a.csv" from data/, and
 * "../data/a.csv" from elsewhere. */
static hg_json *relative(const char *path, const char *from)
{
    size_t folder = strcspn(from, "/") + 1;
    hg_buf url = { 0 };
    if (strncmp(path, from, folder) != 0)
        hg_buf_puts(&url, "../");
    hg_buf_puts(&url, strncmp(path, from, folder) == 0 ? path + folder : path);
    hg_json *v = url.status == HG_OK ? hg_json_new_str(url.data) : NULL;
    hg_buf_release(&url);
    return v;
}

/* The CSV that holds a resource; NULL if none does. */
static const hg_distribution *csv_of(const hg_distribution *files, size_t n,
                                     const char *resource)
{
    for (size_t i = 0; i < n && resource; i++)
        if (strcmp(files[i].resource, resource) == 0 &&
            strcmp(files[i].format, "csv") == 0)
            return &files[i];
    return NULL;
}

static const hg_json *field_of(const hg_json *schema, const char *name)
{
    const hg_json *fields = hg_json_get(schema, "fields");
    for (size_t i = 0; name && i < hg_json_len(fields); i++) {
        const char *other = hg_json_get_str(hg_json_at(fields, i), "name");
        if (other && strcmp(other, name) == 0)
            return hg_json_at(fields, i);
    }
    return NULL;
}

/* A row without a value refers to nothing in Table Schema; here each row refers to one
 * (section 5.5), so a key that may have no value is none. */
static bool always_refers(const hg_json *schema, const hg_json *names)
{
    const hg_json *primary = hg_json_get(schema, "primaryKey");
    bool list = hg_json_is_array(names), several = hg_json_is_array(primary);
    for (size_t i = 0; i < (list ? hg_json_len(names) : 1); i++) {
        const char *name = hg_json_str(list ? hg_json_at(names, i) : names);
        const hg_json *limits = hg_json_get(field_of(schema, name), "constraints");
        bool needed = hg_json_true(hg_json_get(limits, "required"));
        for (size_t k = 0; name && !needed && k < (several ? hg_json_len(primary) : 1); k++) {
            const char *key = hg_json_str(several ? hg_json_at(primary, k) : primary);
            needed = key && strcmp(key, name) == 0;
        }
        if (!needed)
            return false;
    }
    return true;
}

/* An empty name of Table Schema is the table itself. */
static void add_key(hg_json *keys, const hg_json *key, const hg_distribution *own,
                    const hg_distribution *files, size_t n, const char *from)
{
    const hg_json *to = hg_json_get(key, "reference");
    const char *resource = hg_json_get_str(to, "resource");
    const hg_distribution *other =
        resource && *resource ? csv_of(files, n, resource) : own;
    if (!other)
        return;
    hg_json *made = hg_json_object(), *reference = hg_json_object();
    hg_json_set(made, "columnReference", column_names(hg_json_get(key, "fields")));
    hg_json_set(reference, "resource", relative(other->path, from));
    hg_json_set(reference, "columnReference", column_names(hg_json_get(to, "fields")));
    hg_json_set(made, "reference", reference);
    hg_json_add(keys, made);
}

static void set_keys(hg_json *made, const hg_json *schema, const hg_distribution *own,
                     const hg_distribution *files, size_t n, const char *from)
{
    const hg_json *primary = hg_json_get(schema, "primaryKey");
    const hg_json *foreign = hg_json_get(schema, "foreignKeys");
    hg_json *keys = hg_json_array();
    if (primary)
        hg_json_set(made, "primaryKey", column_names(primary));
    for (size_t i = 0; hg_json_is_array(foreign) && i < hg_json_len(foreign); i++)
        if (always_refers(schema, hg_json_get(hg_json_at(foreign, i), "fields")))
            add_key(keys, hg_json_at(foreign, i), own, files, n, from);
    if (hg_json_len(keys) > 0)
        hg_json_set(made, "foreignKeys", hg_json_keep(keys));
    hg_json_free(keys);
}

static hg_json *schema_of(const hg_json *schema)
{
    const hg_json *fields = hg_json_get(schema, "fields");
    hg_json *made = hg_json_object(), *columns = hg_json_array();
    for (size_t i = 0; i < hg_json_len(fields); i++)
        hg_json_add(columns, column_of(hg_json_at(fields, i), schema));
    hg_json_set(made, "columns", columns);
    return made;
}

/* A code list says what it holds in its header; its codes are its key. */
static hg_status codes_schema(hg_json **out, const char *name, const char *text,
                              hg_err *err)
{
    hg_csv csv = { 0 };
    hg_row row;
    hg_json *fields = hg_json_array(), *schema = hg_json_object();
    hg_json_set(schema, "fields", fields);
    hg_csv_init(&csv, text, strlen(text), 0, 0);
    hg_status status = hg_csv_next(&csv, &row, err);
    for (size_t i = 0; status == HG_OK && i < row.n; i++) {
        hg_json *field = hg_json_object();
        hg_json_set(field, "name", hg_json_new_slice(row.cells[i]));
        if (hg_slice_is(row.cells[i], "code"))
            hg_json_set_str(schema, "primaryKey", "code");
        hg_json_add(fields, field);
    }
    hg_csv_release(&csv);
    if (status == HG_END)
        status = hg_fail(err, HG_EINPUT, HG_AT(name), "the code list is empty");
    *out = schema;
    return status;
}

static bool is_codes(const hg_distribution *file)
{
    return strncmp(file->resource, HG_METADATA_CODES, sizeof HG_METADATA_CODES - 1) == 0;
}

/* The table's number in the dataset; SIZE_MAX if it has none. */
static size_t table_of(const hg_dataset *dataset, const hg_distribution *file)
{
    for (size_t i = 0; i < hg_dataset_tables(dataset); i++)
        if (strcmp(hg_dataset_table(dataset, i), file->resource) == 0)
            return i;
    return SIZE_MAX;
}

/* Add to object what makes it the description of the file, as seen from another's folder.
 */
static hg_status describe(hg_json *object, const hg_dataset *dataset,
                          const hg_distribution *files, size_t n,
                          const hg_distribution *file, const char *from, hg_err *err)
{
    const char *codes =
        is_codes(file)
            ? hg_dataset_codes(dataset, file->resource + sizeof HG_METADATA_CODES - 1)
            : NULL;
    size_t table = table_of(dataset, file);
    hg_json *listed = NULL;
    hg_status status = codes ? codes_schema(&listed, file->resource, codes, err) : HG_OK;
    const hg_json *schema = listed              ? listed
                            : table != SIZE_MAX ? hg_dataset_schema(dataset, table)
                                                : NULL;
    hg_json_set(object, "url", relative(file->path, from));
    if (table != SIZE_MAX)
        set_text(object, "dc:title", hg_dataset_table_title(dataset, table));
    if (schema) {
        hg_json *made = schema_of(schema);
        set_keys(made, schema, file, files, n, from);
        hg_json_set(object, "tableSchema", made);
    }
    hg_json_free(listed);
    return status;
}

/* ---- the group ---- */

static void set_publisher(hg_json *group, const hg_json *publisher)
{
    if (!publisher)
        return;
    hg_json *agent = hg_json_object();
    set_text(agent, "schema:name", hg_json_get(publisher, "name"));
    set_id(agent, "schema:url", hg_json_get_str(publisher, "url"));
    hg_json_set(group, "dc:publisher", agent);
}

static void set_keywords(hg_json *group, const hg_json *keywords)
{
    hg_json *list = hg_json_array();
    for (size_t i = 0; hg_json_is_array(keywords) && i < hg_json_len(keywords); i++)
        hg_json_add_str(list, hg_json_str(hg_json_at(keywords, i)));
    for (size_t k = 0; hg_json_is_object(keywords) && k < hg_json_len(keywords); k++) {
        const hg_json *words = hg_json_member(keywords, k);
        for (size_t i = 0; hg_json_is_array(words) && i < hg_json_len(words); i++) {
            hg_json *value = hg_json_object();
            hg_json_set_str(value, "@value", hg_json_str(hg_json_at(words, i)));
            hg_json_set_str(value, "@language", hg_json_key(keywords, k));
            hg_json_add(list, value);
        }
    }
    if (hg_json_len(list) > 0)
        hg_json_set(group, "dcat:keyword", hg_json_keep(list));
    hg_json_free(list);
}

/* What holds for all files of a package. */
static void set_common(hg_json *object, const hg_dataset *dataset)
{
    const hg_json *about = hg_dataset_description(dataset);
    set_id(object, "dc:license",
           hg_vocabulary_iri(HG_VOC_LICENCE_PAGE, hg_json_get_str(about, "license")));
    set_publisher(object, hg_json_get(about, "publisher"));
    set_date(object, "dc:issued", hg_json_get_str(about, "issued"));
    set_date(object, "dc:modified", hg_json_get_str(about, "modified"));
}

static hg_status put_group(hg_json *group, const hg_dataset *dataset,
                           const hg_distribution *files, size_t n, const char *from,
                           hg_err *err)
{
    const hg_json *about = hg_dataset_description(dataset);
    hg_json *tables = hg_json_array();
    hg_status status = HG_OK;
    hg_buf iri = { 0 };
    hg_metadata_iri(dataset, &iri);
    hg_json_set_str(group, "@id", iri.data);
    set_text(group, "dc:title", hg_json_get(about, "title"));
    set_text(group, "dc:description", hg_json_get(about, "description"));
    set_keywords(group, hg_json_get(about, "keywords"));
    for (size_t i = 0; i < n && status == HG_OK; i++) {
        if (strcmp(files[i].format, "csv") != 0)
            continue;
        hg_json *table = hg_json_object();
        status = describe(table, dataset, files, n, &files[i], from, err);
        hg_json_add(tables, table);
    }
    hg_json_set(group, "tables", tables);
    hg_buf_release(&iri);
    return status;
}

/* The standard's own words, and Vietnamese for texts without a language. */
static hg_json *context(void)
{
    hg_json *list = hg_json_array(), *language = hg_json_object();
    hg_json_add_str(list, "http://www.w3.org/ns/csvw");
    hg_json_set_str(language, "@language", "vi");
    hg_json_add(list, language);
    return list;
}

hg_status hg_csvw_new(hg_json **out, const hg_dataset *dataset,
                      const hg_distribution *files, size_t n, size_t which, hg_err *err)
{
    const hg_distribution *file = &files[which];
    hg_json *made = hg_json_object();
    hg_json_set(made, "@context", context());
    set_common(made, dataset);
    hg_status status = is_codes(file)
                           ? describe(made, dataset, files, n, file, file->path, err)
                           : put_group(made, dataset, files, n, file->path, err);
    *out = made;
    return status;
}
