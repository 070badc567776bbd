/* columns - the first rows of a table, and its data dictionary */
#include "site/columns.h"
#include "delimited/csv.h"
#include "site/frame.h"
#include "site/words.h"

#include <inttypes.h>
#include <string.h>

/* A text of a field: Table Schema's own member holds it in one language, ours beside it,
 * "titles" for "title", in several. */
static const hg_json *texts(const hg_json *field, const char *ours, const char *standard)
{
    const hg_json *several = hg_json_get(field, ours);
    return several ? several : hg_json_get(field, standard);
}

static const hg_json *titles(const hg_json *field)
{
    return texts(field, "titles", "title");
}

const char *hg_columns_label(const hg_json *field, hg_lang lang)
{
    const char *title = hg_json_lang(titles(field), hg_frame_code(lang));
    const char *name = hg_json_get_str(field, "name");
    return title ? title : name ? name : "";
}

const char *hg_columns_unit(const hg_json *field, hg_lang lang)
{
    return hg_json_lang(texts(field, "units", "unit"), hg_frame_code(lang));
}

static const hg_json *field_named(const hg_json *schema, hg_slice name)
{
    const hg_json *fields = hg_json_get(schema, "fields");
    for (size_t i = 0; i < hg_json_len(fields); i++) {
        const char *other = hg_json_get_str(hg_json_at(fields, i), "name");
        if (other && hg_slice_is(name, other))
            return hg_json_at(fields, i);
    }
    return NULL;
}

/* Is name the value, or the only one of a list of values? */
static bool is_only(const hg_json *value, const char *name)
{
    const char *text =
        hg_json_str(hg_json_is_array(value) ? hg_json_at(value, 0) : value);
    return text && strcmp(text, name) == 0 && hg_json_len(value) < 2;
}

/* The code list of a field: the text of codes/NAME.csv, which a foreign key refers to as
 * the resource "codes/NAME". NULL if it has none. */
const char *hg_columns_codes(const hg_dataset *dataset, const hg_json *schema,
                             const hg_json *field)
{
    static const char prefix[] = "codes/";
    const hg_json *keys = hg_json_get(schema, "foreignKeys");
    const char *name = hg_json_get_str(field, "name");
    for (size_t i = 0; name && i < hg_json_len(keys); i++) {
        const hg_json *key = hg_json_at(keys, i);
        const char *to = hg_json_get_str(hg_json_get(key, "reference"), "resource");
        if (to && strncmp(to, prefix, sizeof prefix - 1) == 0 &&
            is_only(hg_json_get(key, "fields"), name))
            return hg_dataset_codes(dataset, to + sizeof prefix - 1);
    }
    return NULL;
}

/* ---- code lists: rows of CSV with the columns code, vi, en in any order ---- */

typedef struct code_list {
    hg_csv csv;
    size_t code, label, other; /* columns; label in the page's language */
} code_list;

static hg_status codes_open(code_list *codes, const char *text, hg_lang lang, hg_err *err)
{
    hg_row row;
    hg_csv_init(&codes->csv, text, strlen(text), 0, 0);
    codes->code = 0;
    codes->label = codes->other = SIZE_MAX;
    hg_status status = hg_csv_next(&codes->csv, &row, err);
    for (size_t i = 0; status == HG_OK && i < row.n; i++) {
        if (hg_slice_is(row.cells[i], "code"))
            codes->code = i;
        else if (hg_slice_is(row.cells[i], hg_frame_code(lang)))
            codes->label = i;
        else if (hg_slice_is(row.cells[i], hg_frame_code(lang == HG_VI ? HG_EN : HG_VI)))
            codes->other = i;
    }
    return status;
}

static hg_slice cell(const hg_row *row, size_t i)
{
    return i < row->n ? row->cells[i] : (hg_slice){ "", 0 };
}

/* The next code with its label; the code itself where the list has none. */
static hg_status codes_next(code_list *codes, hg_slice *code, hg_slice *label,
                            hg_err *err)
{
    hg_row row;
    hg_status status = hg_csv_next(&codes->csv, &row, err);
    if (status != HG_OK)
        return status;
    *code = cell(&row, codes->code);
    *label = cell(&row, codes->label);
    if (label->n == 0)
        *label = cell(&row, codes->other);
    if (label->n == 0)
        *label = *code;
    return HG_OK;
}

/* Append the label of a code; the code itself where the list does not have it. */
static hg_status put_label(hg_buf *buf, const char *list, hg_slice wanted, hg_lang lang,
                           hg_err *err)
{
    code_list codes = { 0 };
    hg_slice code, label;
    hg_status status = codes_open(&codes, list, lang, err);
    while (status == HG_OK && (status = codes_next(&codes, &code, &label, err)) == HG_OK)
        if (hg_slice_eq(code, wanted)) {
            hg_buf_put(buf, label.p, label.n);
            break;
        }
    if (status == HG_END)
        hg_buf_put(buf, wanted.p, wanted.n);
    hg_csv_release(&codes.csv);
    return status == HG_END ? HG_OK : status;
}

/* ---- the first rows ---- */

bool hg_columns_is_number(const hg_json *field)
{
    const char *type = hg_json_get_str(field, "type");
    return type && (strcmp(type, "number") == 0 || strcmp(type, "integer") == 0);
}

static bool is_date(const hg_json *field)
{
    const char *type = hg_json_get_str(field, "type");
    return type && (strcmp(type, "date") == 0 || strcmp(type, "yearmonth") == 0);
}

hg_status hg_columns_shown(hg_buf *buf, const hg_published *published, size_t table,
                           const hg_json *field, hg_slice raw, hg_lang lang, hg_err *err)
{
    const hg_json *schema = hg_dataset_schema(published->dataset, table);
    const char *list = hg_columns_codes(published->dataset, schema, field);
    char iso[16] = "";
    if (list && raw.n > 0)
        return put_label(buf, list, raw, lang, err);
    if (is_date(field) && raw.n < sizeof iso) {
        memcpy(iso, raw.p, raw.n);
        hg_words_date(buf, iso, lang);
    } else if (hg_columns_is_number(field)) {
        hg_words_number(buf, raw, lang);
    } else {
        hg_buf_put(buf, raw.p, raw.n);
    }
    return HG_OK;
}

static hg_status put_cell(hg_html *html, const hg_published *published, size_t table,
                          const hg_json *field, hg_slice raw, bool first, hg_lang lang,
                          hg_err *err)
{
    hg_buf shown = { 0 }, value = { 0 };
    hg_status status = hg_columns_shown(&shown, published, table, field, raw, lang, err);
    bool same = hg_slice_eq(raw, (hg_slice){ shown.data, shown.len });
    hg_buf_put(&value, raw.p, raw.n);
    hg_html_open(html, first ? "th" : "td", "scope", first ? "row" : NULL, "class",
                 hg_columns_is_number(field) ? "number" : NULL, "data-value",
                 same ? NULL : value.data, NULL);
    hg_html_slice(html, (hg_slice){ shown.data, shown.len });
    hg_html_close(html);
    hg_html_spent(html, &shown);
    hg_html_spent(html, &value);
    return status;
}

#define COLUMNS_MAX 256 /* shown of a table */

static void put_header(hg_html *html, const hg_json *schema, const hg_row *row,
                       const hg_json **fields, hg_lang lang)
{
    hg_html_open(html, "thead", NULL);
    hg_html_open(html, "tr", NULL);
    for (size_t i = 0; i < row->n && i < COLUMNS_MAX; i++) {
        fields[i] = field_named(schema, row->cells[i]);
        hg_html_open(html, "th", "scope", "col", "class",
                     hg_columns_is_number(fields[i]) ? "number" : NULL, NULL);
        if (fields[i])
            hg_html_leaf(html, "span", hg_columns_label(fields[i], lang), "lang",
                         hg_frame_other(titles(fields[i]), lang), NULL);
        hg_html_open(html, "code", NULL);
        hg_html_slice(html, row->cells[i]);
        hg_html_finish(html, html->depth - 2);
    }
    hg_html_finish(html, html->depth - 2);
}

static hg_status put_rows(hg_html *html, const hg_published *published, size_t table,
                          hg_csv *csv, hg_lang lang, hg_err *err)
{
    const hg_json *fields[COLUMNS_MAX] = { NULL };
    hg_row row;
    hg_status status = hg_csv_next(csv, &row, err);
    if (status != HG_OK)
        return status;
    put_header(html, hg_dataset_schema(published->dataset, table), &row, fields, lang);
    hg_html_open(html, "tbody", NULL);
    for (int n = 0; n < HG_COLUMNS_ROWS && status == HG_OK; n++) {
        if ((status = hg_csv_next(csv, &row, err)) != HG_OK)
            break;
        hg_html_open(html, "tr", NULL);
        for (size_t i = 0; i < row.n && i < COLUMNS_MAX && status == HG_OK; i++)
            status = put_cell(html, published, table, fields[i], row.cells[i], i == 0,
                              lang, err);
        hg_html_close(html);
    }
    hg_html_close(html);
    return status;
}

static void put_caption(hg_html *html, const hg_published *published, size_t table,
                        hg_lang lang)
{
    hg_buf shown = { 0 }, total = { 0 };
    uint64_t rows = 0;
    const char *name = hg_dataset_table(published->dataset, table);
    for (size_t i = 0; i < published->n; i++)
        if (published->files[i].resource &&
            strcmp(published->files[i].resource, name) == 0)
            rows = published->files[i].rows;
    hg_words_count(&shown, rows < HG_COLUMNS_ROWS ? rows : HG_COLUMNS_ROWS, lang);
    hg_words_count(&total, rows, lang);
    hg_html_open(html, "caption", NULL);
    hg_frame_say(html, "strong", hg_dataset_table_title(published->dataset, table), lang);
    hg_html_text(html, " ");
    hg_html_open(html, "span", NULL);
    if (rows > HG_COLUMNS_ROWS)
        hg_html_printf(html, hg_text("the first %s of %s rows", lang), shown.data,
                       total.data);
    else
        hg_html_printf(html, hg_text("all %s rows", lang), total.data);
    hg_html_finish(html, html->depth - 2);
    hg_html_spent(html, &shown);
    hg_html_spent(html, &total);
}

hg_status hg_columns_preview(hg_html *html, const hg_published *published, size_t i,
                             hg_lang lang, hg_err *err)
{
    hg_csv csv = { 0 };
    size_t depth = html->depth;
    hg_slice rows = published->rows[i];
    hg_csv_init(&csv, rows.p, rows.n, 0, 0);
    hg_html_open(
        html, "div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label",
        hg_frame_text(hg_dataset_table_title(published->dataset, i), lang), NULL);
    hg_html_open(html, "table", NULL);
    put_caption(html, published, i, lang);
    hg_status status = put_rows(html, published, i, &csv, lang, err);
    hg_html_finish(html, depth);
    hg_csv_release(&csv);
    return status == HG_END ? HG_OK : status;
}

/* ---- the dictionary ---- */

bool hg_columns_is_key(const hg_json *schema, const char *name)
{
    const hg_json *key = hg_json_get(schema, "primaryKey");
    if (hg_json_is_string(key))
        return strcmp(hg_json_str(key), name) == 0;
    for (size_t i = 0; i < hg_json_len(key); i++) {
        const char *text = hg_json_str(hg_json_at(key, i));
        if (text && strcmp(text, name) == 0)
            return true;
    }
    return false;
}

static void put_code(hg_html *html, hg_slice code, hg_slice label)
{
    hg_html_open(html, "li", NULL);
    hg_html_open(html, "code", NULL);
    hg_html_slice(html, code);
    hg_html_close(html);
    hg_html_text(html, " ");
    hg_html_slice(html, label);
    hg_html_close(html);
}

/* How many codes a list has. */
static hg_status count_codes(const char *list, uint64_t *n, hg_lang lang, hg_err *err)
{
    code_list codes = { 0 };
    hg_slice code, label;
    hg_status status = codes_open(&codes, list, lang, err);
    *n = 0;
    while (status == HG_OK && (status = codes_next(&codes, &code, &label, err)) == HG_OK)
        ++*n;
    hg_csv_release(&codes.csv);
    return status == HG_END ? HG_OK : status;
}

/* A line with a number in it, within an element. */
static void put_counted(hg_html *html, const char *name, const char *english, uint64_t n,
                        hg_lang lang)
{
    hg_buf count = { 0 };
    hg_words_count(&count, n, lang);
    hg_html_open(html, name, NULL);
    hg_html_printf(html, hg_text(english, lang), count.data ? count.data : "");
    hg_html_close(html);
    hg_html_spent(html, &count);
}

/* A list of codes; a long one is folded up. */
static hg_status put_codes(hg_html *html, const char *list, hg_lang lang, hg_err *err)
{
    code_list codes = { 0 };
    hg_slice code, label;
    uint64_t n;
    size_t depth = html->depth;
    hg_status status = count_codes(list, &n, lang, err);
    if (status == HG_OK)
        status = codes_open(&codes, list, lang, err);
    if (status == HG_OK && n > HG_COLUMNS_UNFOLDED) {
        hg_html_open(html, "details", NULL);
        put_counted(html, "summary", "%s values", n, lang);
    }
    hg_html_open(html, "ul", "class", "codes", NULL);
    for (uint64_t i = 0; status == HG_OK && i < n && i < HG_COLUMNS_CODES; i++)
        if ((status = codes_next(&codes, &code, &label, err)) == HG_OK)
            put_code(html, code, label);
    if (status == HG_OK && n > HG_COLUMNS_CODES)
        put_counted(html, "li", "and %s more", n - HG_COLUMNS_CODES, lang);
    hg_html_finish(html, depth);
    hg_csv_release(&codes.csv);
    return status;
}

/* A bound or a value of a constraint, which may be a number or a text in the schema. */
static void put_value(hg_html *html, const hg_json *value, bool numeric, hg_lang lang)
{
    hg_buf raw = { 0 }, shown = { 0 };
    hg_err ignored = HG_ERR_INIT; /* the buffer's status says it too */
    if (hg_json_is_string(value))
        hg_buf_puts(&raw, hg_json_str(value));
    else if (value && hg_json_dump(value, false, &raw, &ignored) != HG_OK)
        raw.status = HG_ENOMEM;
    if (numeric)
        hg_words_number(&shown, (hg_slice){ raw.data, raw.len }, lang);
    else
        hg_buf_put(&shown, raw.data, raw.len);
    hg_html_slice(html, (hg_slice){ shown.data, shown.len });
    hg_html_spent(html, &raw);
    hg_html_spent(html, &shown);
}

static void put_constraints(hg_html *html, const hg_json *field, hg_lang lang)
{
    static const struct {
        const char *key, *text;
    } bounds[] = {
        { "minimum", "at least" },
        { "maximum", "at most" },
        { "pattern", "pattern" },
    };
    const hg_json *constraints = hg_json_get(field, "constraints");
    const hg_json *values = hg_json_get(constraints, "enum");
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        const hg_json *value = hg_json_get(constraints, bounds[i].key);
        if (!value)
            continue;
        hg_html_open(html, "p", NULL);
        hg_html_text(html, hg_text(bounds[i].text, lang));
        hg_html_text(html, " ");
        hg_html_open(html, "code", NULL);
        put_value(html, value, hg_columns_is_number(field), lang);
        hg_html_finish(html, html->depth - 2);
    }
    if (hg_json_len(values) > 0)
        hg_html_open(html, "ul", "class", "codes", NULL);
    for (size_t i = 0; i < hg_json_len(values) && i < HG_COLUMNS_CODES; i++) {
        hg_html_open(html, "li", NULL);
        hg_html_open(html, "code", NULL);
        put_value(html, hg_json_at(values, i), false, lang);
        hg_html_finish(html, html->depth - 2);
    }
    if (hg_json_len(values) > 0)
        hg_html_close(html);
}

/* Does any column have a unit? Without one, the dictionary has no column for it. */
static bool has_units(const hg_json *schema, hg_lang lang)
{
    const hg_json *fields = hg_json_get(schema, "fields");
    for (size_t i = 0; i < hg_json_len(fields); i++)
        if (hg_columns_unit(hg_json_at(fields, i), lang))
            return true;
    return false;
}

/* A cell headed for narrow screens, where the table becomes a list. */
static void open_cell(hg_html *html, const char *heading, hg_lang lang)
{
    hg_html_open(html, "td", "data-label", hg_text(heading, lang), NULL);
}

static void put_text(hg_html *html, const char *heading, const char *text, hg_lang lang)
{
    open_cell(html, heading, lang);
    hg_html_text(html, text);
    hg_html_close(html);
}

static void put_meaning(hg_html *html, const hg_json *field, hg_lang lang)
{
    hg_lang second = lang == HG_VI ? HG_EN : HG_VI;
    const hg_json *title = titles(field);
    const char *other = hg_json_get_str(title, hg_frame_code(second));
    open_cell(html, "Meaning", lang);
    hg_frame_say(html, "span", title, lang);
    if (other && strcmp(other, hg_columns_label(field, lang)) != 0) {
        hg_html_void(html, "br", NULL);
        hg_html_leaf(html, "small", other, "lang", hg_frame_code(second), NULL);
    }
    hg_frame_paragraphs(html, texts(field, "descriptions", "description"), lang);
    hg_html_close(html);
}

static const char *required(const hg_json *schema, const hg_json *field)
{
    const char *name = hg_json_get_str(field, "name");
    if (name && hg_columns_is_key(schema, name))
        return "yes, part of the key";
    return hg_json_true(hg_json_get(hg_json_get(field, "constraints"), "required"))
               ? "yes"
               : "no";
}

static hg_status put_field(hg_html *html, const hg_published *published, size_t table,
                           const hg_json *field, hg_lang lang, hg_err *err)
{
    const hg_json *schema = hg_dataset_schema(published->dataset, table);
    const char *list = hg_columns_codes(published->dataset, schema, field);
    hg_status status = HG_OK;
    hg_html_open(html, "tr", NULL);
    hg_html_open(html, "th", "scope", "row", NULL);
    hg_html_leaf(html, "code", hg_json_get_str(field, "name"), NULL);
    hg_html_close(html);
    put_meaning(html, field, lang);
    put_text(html, "Type", hg_words_type(hg_json_get_str(field, "type"), lang), lang);
    if (has_units(schema, lang))
        put_text(html, "Unit", hg_columns_unit(field, lang), lang);
    put_text(html, "Required", hg_text(required(schema, field), lang), lang);
    open_cell(html, "Values", lang);
    if (list)
        status = put_codes(html, list, lang, err);
    put_constraints(html, field, lang);
    hg_html_finish(html, html->depth - 2);
    return status;
}

static void put_headings(hg_html *html, bool units, hg_lang lang)
{
    static const char *const headings[] = { "Column", "Meaning", "Type", "Required",
                                            "Values" };
    enum { UNIT = 3 }; /* before which heading it stands */
    hg_html_open(html, "thead", NULL);
    hg_html_open(html, "tr", NULL);
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        if (i == UNIT && units)
            hg_html_leaf(html, "th", hg_text("Unit", lang), "scope", "col", NULL);
        hg_html_leaf(html, "th", hg_text(headings[i], lang), "scope", "col", NULL);
    }
    hg_html_finish(html, html->depth - 2);
}

hg_status hg_columns_dictionary(hg_html *html, const hg_published *published, size_t i,
                                hg_lang lang, hg_err *err)
{
    const hg_json *schema = hg_dataset_schema(published->dataset, i);
    const hg_json *fields = hg_json_get(schema, "fields");
    hg_status status = HG_OK;
    size_t depth = html->depth;
    hg_html_open(html, "div", "class", "scroll", "role", "region", "tabindex", "0",
                 "aria-label", hg_text("Data dictionary", lang), NULL);
    hg_html_open(html, "table", "class", "dictionary", NULL);
    hg_html_open(html, "caption", NULL);
    hg_html_printf(html, hg_text("The columns of the table %s", lang),
                   hg_dataset_table(published->dataset, i));
    hg_html_close(html);
    put_headings(html, has_units(schema, lang), lang);
    hg_html_open(html, "tbody", NULL);
    for (size_t k = 0; k < hg_json_len(fields) && status == HG_OK; k++)
        status = put_field(html, published, i, hg_json_at(fields, k), lang, err);
    hg_html_finish(html, depth);
    return status;
}
