/* resource - one resource of a Data Package v2, opened as rows */
#include "dataset/resource.h"
#include "base/path.h"
#include "dataset/items.h"
#include "format/delimited.h"
#include "format/parts.h"
#include "format/source.h"

#include <stdlib.h>
#include <string.h>

typedef enum kind { FILE_ONLY, TEXT, JSON, WORKBOOK, INLINE } kind;

struct hg_resource {
    hg_resource_at at;
    const char *name, *code;
    kind kind;
    char **paths; /* joined to the folder */
    size_t n_paths;
    hg_dialect dialect;
    hg_schema *schema;
    hg_doc *schema_doc, *dialect_doc, *data_doc;
    hg_parts_sum sum;
    /* the rows, by kind: */
    hg_parts *parts;
    hg_delimited *text;
    hg_items *items;
    hg_source *source;
    hg_rows *rows;
    /* the header: */
    hg_buf label_text;
    hg_slice *labels;
    size_t n_labels;
    hg_row held; /* the first row, where it told how many columns there are */
    bool is_held;
    hg_slice *cells; /* of a row with nulls */
    size_t cap;
};

/* ---- what the descriptor says ---- */

static hg_status fault(hg_resource *r, const char *code, const char *key, hg_err *err,
                       const char *message, const char *arg)
{
    r->code = code;
    return hg_doc_fail(err, r->at.doc, r->at.json, key, message, arg);
}

static const char *said(const hg_resource *r, const char *key)
{
    return hg_json_get_str(r->at.json, key);
}

bool hg_resource_path_safe(const char *path)
{
    if (path[0] == '\0' || strpbrk(path, "\\:") || path[0] == '/' || path[0] == '~')
        return false;
    for (const char *part = path; part; part = strchr(part, '/')) {
        part += *part == '/';
        if (*part == '.' || *part == '/' || *part == '\0')
            return false;
    }
    return true;
}

static hg_status add_path(hg_resource *r, const char *path, hg_err *err)
{
    if (!path || path[0] == '\0')
        return fault(r, "resource-error", "path", err, "a string is needed here", NULL);
    if (strstr(path, "://"))
        return fault(r, "scheme-error", "path", err,
                     "'%s' is not here: nothing is fetched to be checked", path);
    if (!hg_resource_path_safe(path))
        return fault(r, "resource-error", "path", err,
                     "'%s' is no safe path: it must lead down from the descriptor", path);
    hg_status st = hg_path_join(&r->paths[r->n_paths], r->at.folder, path, err);
    r->n_paths += st == HG_OK;
    return st;
}

static hg_status read_paths(hg_resource *r, hg_err *err)
{
    const hg_json *path = hg_json_get(r->at.json, "path"),
                  *data = hg_json_get(r->at.json, "data");
    if (!path)
        path = hg_json_get(r->at.json, "url"); /* before version 1.0 */
    if (!path == !data)
        return fault(r, "resource-error", NULL, err,
                     "a resource has either a path or data", NULL);
    size_t n = hg_json_is_array(path) ? hg_json_len(path) : 1;
    if (n == 0)
        return fault(r, "resource-error", "path", err, "a string is needed here", NULL);
    if (!(r->paths = calloc(n, sizeof *r->paths)))
        return hg_fail_nomem(err);
    hg_status st = HG_OK;
    for (size_t i = 0; path && st == HG_OK && i < n; i++)
        st = add_path(r, hg_json_str(hg_json_is_array(path) ? hg_json_at(path, i) : path),
                      err);
    return st;
}

/* ---- kinds ---- */

static const struct format {
    const char *name;
    kind kind;
    char delimiter;
} formats[] = {
    { "csv", TEXT, ',' },     { "tsv", TEXT, '\t' },    { "tab", TEXT, '\t' },
    { "json", JSON, 0 },      { "xlsx", WORKBOOK, 0 },  { "xlsm", WORKBOOK, 0 },
    { "xls", WORKBOOK, 0 },   { "ods", WORKBOOK, 0 },   { "inline", INLINE, 0 },
};

static bool same_word(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((a[i] >= 'A' && a[i] <= 'Z' ? a[i] + 32 : a[i]) != b[i])
            return false;
    return b[n] == '\0';
}

static const struct format *format_of(const char *name, size_t n)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (same_word(name, formats[i].name, n))
            return &formats[i];
    return NULL;
}

/* The ending of a path's name, that of a compressed one passed over. */
static const char *ending(const char *path, size_t *n)
{
    const char *end = path + strlen(path), *dot;
    if (end - path > 4 && strcmp(end - 4, ".zip") == 0)
        end -= 4;
    for (dot = end; dot > path && dot[-1] != '.' && dot[-1] != '/'; dot--)
        ;
    *n = dot > path && dot[-1] == '.' ? (size_t)(end - dot) : 0;
    return dot;
}

static const struct format *find_format(const hg_resource *r)
{
    const char *format = said(r, "format");
    size_t n;
    if (r->n_paths == 0 && !hg_json_is_string(hg_json_get(r->at.json, "data")))
        return format_of("inline", 6);
    if (format)
        return format_of(format, strlen(format));
    if (r->n_paths == 0)
        return format_of("csv", 3);
    format = ending(r->paths[0], &n);
    return format_of(format, n);
}

static bool says_table(const hg_resource *r)
{
    const char *type = said(r, "type"), *profile = said(r, "profile");
    return (type && strcmp(type, "table") == 0) ||
           (profile && strcmp(profile, "tabular-data-resource") == 0) ||
           (!type && hg_json_get(r->at.json, "schema"));
}

/* A resource is a table if it says so, or does not deny it and has a table's format. */
static hg_status find_kind(hg_resource *r, hg_err *err)
{
    const struct format *format = find_format(r);
    const char *name = said(r, "format");
    size_t n = 0;
    r->kind = FILE_ONLY;
    if (!says_table(r) && said(r, "type"))
        return HG_OK;
    if (!format)
        return fault(r, "format-error", name ? "format" : "path", err,
                     "the format '%s' is not known",
                     name ? name : ending(r->paths[0], &n));
    r->dialect = hg_dialect_default(format->delimiter);
    r->kind = format->kind;
    return HG_OK;
}

/* ---- parts of the descriptor: an object, or the path of one ---- */

static hg_status load_part(hg_resource *r, const char *key, const char *code,
                           const hg_json **json, const hg_doc **doc, hg_doc **own,
                           hg_err *err)
{
    const char *path = said(r, key);
    char *file;
    r->code = code;
    *json = hg_json_get(r->at.json, key);
    *doc = r->at.doc;
    if (!path)
        return HG_OK;
    if (!hg_resource_path_safe(path))
        return fault(r, code, key, err,
                     "'%s' is no safe path: it must lead down from the descriptor", path);
    hg_status st = hg_path_join(&file, r->at.folder, path, err);
    if (st == HG_OK)
        st = hg_doc_load(own, file, err);
    free(file);
    *json = st == HG_OK ? hg_doc_root(*own) : NULL;
    *doc = *own;
    return st;
}

static hg_status read_dialect(hg_resource *r, hg_err *err)
{
    const hg_json *json;
    const hg_doc *doc;
    hg_status st =
        load_part(r, "dialect", "dialect-error", &json, &doc, &r->dialect_doc, err);
    return st == HG_OK && json ? hg_dialect_read(&r->dialect, json, doc, err) : st;
}

static hg_status read_schema(hg_resource *r, hg_err *err)
{
    const hg_json *json;
    const hg_doc *doc;
    hg_status st =
        load_part(r, "schema", "schema-error", &json, &doc, &r->schema_doc, err);
    return st == HG_OK && json ? hg_schema_new(&r->schema, json, doc, NULL, err) : st;
}

hg_status hg_resource_new(hg_resource **out, const hg_resource_at *at, hg_err *err)
{
    hg_resource *r = *out = calloc(1, sizeof *r);
    if (!r)
        return hg_fail_nomem(err);
    r->at = *at;
    r->code = "resource-error";
    r->name = said(r, "name") ? said(r, "name") : "";
    if (!hg_json_is_object(at->json) || r->name[0] == '\0')
        return fault(r, "resource-error", NULL, err, "the resource has no name", NULL);
    hg_status st = read_paths(r, err);
    if (st == HG_OK)
        st = find_kind(r, err);
    if (st == HG_OK && r->kind != FILE_ONLY)
        st = read_dialect(r, err);
    if (st == HG_OK && r->kind != FILE_ONLY)
        st = read_schema(r, err);
    return st;
}

const char *hg_resource_code(const hg_resource *r)
{
    return r->code;
}

const char *hg_resource_name(const hg_resource *r)
{
    return r->name;
}

const char *hg_resource_place(const hg_resource *r)
{
    const hg_json *path = hg_json_get(r->at.json, "path");
    const char *first = hg_json_str(hg_json_is_array(path) ? hg_json_at(path, 0) : path);
    if (!first)
        first = said(r, "url");
    return first ? first : "<memory>";
}

int64_t hg_resource_declared(const hg_resource *r, const char *key)
{
    return hg_json_int(hg_json_get(r->at.json, key), -1);
}

bool hg_resource_is_table(const hg_resource *r)
{
    return r->kind != FILE_ONLY;
}

const hg_schema *hg_resource_schema(const hg_resource *r)
{
    return r->schema;
}

/* ---- files ---- */

hg_status hg_resource_digest(hg_resource *r, hg_resource_sum *sum, hg_err *err)
{
    const char *hash = said(r, "hash"), *colon = hash ? strchr(hash, ':') : NULL;
    char algorithm[16] = "md5";
    int64_t declared = hg_resource_declared(r, "bytes");
    *sum = (hg_resource_sum){ .hash = hash, .found_hash = "" };
    if (r->n_paths == 0)
        return HG_OK;
    if (colon)
        hg_args(algorithm, sizeof algorithm, "%.*s", (int)(colon - hash), hash);
    r->code = "scheme-error";
    hg_status st =
        hg_parts_digest(&r->sum, r->paths, r->n_paths, hash ? algorithm : NULL, err);
    if (st != HG_OK)
        return st;
    sum->bytes = r->sum.bytes;
    memcpy(sum->sha256, r->sum.sha256, sizeof sum->sha256);
    sum->found_hash = r->sum.other;
    sum->bytes_differ = declared >= 0 && (uint64_t)declared != sum->bytes;
    sum->hash_differs = hash && strcmp(colon ? colon + 1 : hash, r->sum.other) != 0;
    return HG_OK;
}

/* ---- rows as they stand in the file ---- */

static hg_status pull_once(void *user, const char **bytes, size_t *n, hg_err *err)
{
    hg_resource *r = user;
    const char *text = said(r, "data");
    (void)err;
    if (r->cap > 0)
        return HG_END;
    r->cap = 1; /* no row has been read yet that would need cells */
    *bytes = text;
    *n = strlen(text);
    return *n > 0 ? HG_OK : HG_END;
}

static hg_status open_text(hg_resource *r, hg_err *err)
{
    hg_status st = HG_OK;
    if (r->n_paths == 0)
        return hg_delimited_new(&r->text, &r->dialect, pull_once, r, r->name, err);
    st = hg_parts_new(&r->parts, r->paths, r->n_paths, said(r, "encoding"), err);
    if (st == HG_OK)
        st = hg_delimited_new(&r->text, &r->dialect, hg_parts_next, r->parts, r->paths[0],
                              err);
    return st;
}

static hg_status open_items(hg_resource *r, hg_err *err)
{
    const hg_json *data = hg_json_get(r->at.json, "data");
    hg_status st = HG_OK;
    if (r->kind == JSON) {
        st = hg_doc_load(&r->data_doc, r->paths[0], err);
        data = st == HG_OK ? hg_doc_root(r->data_doc) : NULL;
    }
    if (st == HG_OK && r->dialect.property)
        data = hg_json_get(data, r->dialect.property);
    return st == HG_OK ? hg_items_new(&r->items, data, &r->dialect, err) : st;
}

/* The sheet by name or number; the number of sheets if there is none. */
static size_t find_sheet(const hg_resource *r)
{
    size_t n = hg_source_sheets(r->source);
    if (!r->dialect.sheet_name)
        return r->dialect.sheet_number <= n ? r->dialect.sheet_number - 1 : n;
    for (size_t i = 0; i < n; i++)
        if (strcmp(hg_source_sheet(r->source, i)->name, r->dialect.sheet_name) == 0)
            return i;
    return n;
}

static hg_status open_workbook(hg_resource *r, hg_err *err)
{
    r->code = "format-error";
    hg_status st = hg_source_open(&r->source, r->paths[0], NULL, err);
    if (st != HG_OK)
        return st;
    if (!hg_source_is_workbook(r->source))
        return hg_fail(err, HG_EINPUT, HG_AT(r->paths[0]), "this is no workbook");
    r->code = "source-error";
    size_t sheet = find_sheet(r);
    if (sheet == hg_source_sheets(r->source))
        return hg_fail(err, HG_EINPUT, HG_AT(r->paths[0]),
                       "the workbook has no such sheet");
    return hg_rows_open(&r->rows, r->source, sheet, err);
}

static hg_status open_rows(hg_resource *r, hg_err *err)
{
    r->code = "source-error";
    if (r->n_paths > 1 && r->kind != TEXT)
        return fault(r, "resource-error", "path", err,
                     "only texts can be put together of several files", NULL);
    switch (r->kind) {
    case TEXT: return open_text(r, err);
    case JSON:
    case INLINE: return open_items(r, err);
    case WORKBOOK: return open_workbook(r, err);
    default: return HG_OK;
    }
}

static hg_status next_raw(hg_resource *r, hg_row *row, hg_err *err)
{
    if (r->rows)
        return hg_rows_next(r->rows, row, err);
    if (r->items)
        return hg_items_next(r->items, row, err);
    hg_status st = hg_delimited_next(r->text, row, err);
    if (st != HG_OK && st != HG_END && r->parts)
        r->code = hg_parts_code(r->parts);
    return st;
}

static bool is_comment(const hg_resource *r, const hg_row *row)
{
    const char *mark = r->dialect.comment_char;
    size_t n = mark ? strlen(mark) : 0;
    return (n > 0 && row->n > 0 && row->cells[0].n >= n &&
            memcmp(row->cells[0].p, mark, n) == 0) ||
           hg_dialect_lists(r->dialect.comment_rows, row->number);
}

/* The next row that is no comment, headers too. */
static hg_status next_said(hg_resource *r, hg_row *row, hg_err *err)
{
    hg_status st;
    while ((st = next_raw(r, row, err)) == HG_OK && is_comment(r, row))
        ;
    return st;
}

/* ---- the header ---- */

/* Labels lie in one buffer while they are put together, each closed by a NUL. */
static hg_status cut_labels(hg_resource *r, hg_err *err)
{
    const char *p = r->label_text.data;
    hg_status st = hg_buf_status(&r->label_text, err);
    if (st != HG_OK)
        return st;
    r->labels = calloc(r->n_labels + 1, sizeof *r->labels);
    if (!r->labels)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < r->n_labels; i++) {
        r->labels[i] = hg_slice_of(p);
        p += r->labels[i].n + 1;
    }
    return HG_OK;
}

/* Add a header row's cells to the labels above them, unless they only repeat them. */
static void join_row(hg_resource *r, const hg_row *row)
{
    hg_buf old = r->label_text;
    const char *p = old.data;
    size_t n = r->n_labels > row->n ? r->n_labels : row->n;
    r->label_text = (hg_buf){ 0 };
    for (size_t i = 0; i < n; i++) {
        hg_slice above = i < r->n_labels ? hg_slice_of(p) : HG_SLICE("");
        hg_slice cell = i < row->n ? row->cells[i] : HG_SLICE("");
        p += i < r->n_labels ? above.n + 1 : 0;
        hg_buf_put(&r->label_text, above.p, above.n);
        if (above.n > 0 && cell.n > 0 && !hg_slice_eq(above, cell))
            hg_buf_puts(&r->label_text, r->dialect.header_join);
        if (!hg_slice_eq(above, cell))
            hg_buf_put(&r->label_text, cell.p, cell.n);
        hg_buf_putc(&r->label_text, '\0');
    }
    r->n_labels = n;
    hg_buf_release(&old);
}

static hg_status read_header(hg_resource *r, hg_err *err)
{
    uint64_t end = hg_dialect_header_end(&r->dialect);
    hg_row row = { 0 };
    hg_status st = HG_OK;
    while (st == HG_OK && row.number < end) {
        st = next_said(r, &row, err);
        if (st == HG_OK && (hg_json_len(r->dialect.header_rows) == 0 ||
                            hg_dialect_lists(r->dialect.header_rows, row.number)))
            join_row(r, &row);
    }
    if (st == HG_END)
        return hg_fail(err, HG_EINPUT, HG_AT(hg_resource_place(r)), "the table is empty");
    return st;
}

static hg_status invent_header(hg_resource *r, hg_err *err)
{
    hg_status st = next_said(r, &r->held, err);
    if (st != HG_OK && st != HG_END)
        return st;
    r->is_held = st == HG_OK;
    r->n_labels = r->schema ? r->schema->n : r->is_held ? r->held.n : 0;
    for (size_t i = 0; i < r->n_labels; i++) {
        if (r->schema)
            hg_buf_puts(&r->label_text, r->schema->fields[i].name);
        else
            hg_buf_printf(&r->label_text, "field%zu", i + 1);
        hg_buf_putc(&r->label_text, '\0');
    }
    return HG_OK;
}

hg_status hg_resource_open(hg_resource *r, hg_err *err)
{
    hg_status st = open_rows(r, err);
    if (st == HG_OK)
        st = r->dialect.header ? read_header(r, err) : invent_header(r, err);
    return st == HG_OK ? cut_labels(r, err) : st;
}

const hg_slice *hg_resource_labels(const hg_resource *r, size_t *n)
{
    *n = r->n_labels;
    return r->labels;
}

const char *hg_resource_sheet(const hg_resource *r)
{
    size_t sheet = r->source ? find_sheet(r) : 0;
    bool there = r->source && sheet < hg_source_sheets(r->source);
    return there ? hg_source_sheet(r->source, sheet)->name : NULL;
}

/* ---- rows of data ---- */

/* Take the cells that hold the null sequence for empty ones. */
static hg_status put_nulls(hg_resource *r, hg_row *row, hg_err *err)
{
    if (row->n > r->cap) {
        hg_slice *cells = realloc(r->cells, row->n * sizeof *cells);
        if (!cells)
            return hg_fail_nomem(err);
        r->cells = cells;
        r->cap = row->n;
    }
    for (size_t i = 0; i < row->n; i++)
        r->cells[i] = hg_slice_is(row->cells[i], r->dialect.null_sequence)
                          ? HG_SLICE("")
                          : row->cells[i];
    row->cells = r->cells;
    return HG_OK;
}

hg_status hg_resource_next(hg_resource *r, hg_row *row, hg_err *err)
{
    hg_status st = HG_OK;
    *row = r->held;
    if (!r->is_held)
        st = next_said(r, row, err);
    r->is_held = false;
    return st == HG_OK && r->dialect.null_sequence ? put_nulls(r, row, err) : st;
}

bool hg_resource_guessed(const hg_resource *r)
{
    return r->parts && hg_parts_guessed(r->parts);
}

void hg_resource_free(hg_resource *r)
{
    if (!r)
        return;
    hg_delimited_free(r->text);
    hg_parts_free(r->parts);
    hg_items_free(r->items);
    hg_rows_free(r->rows);
    hg_source_free(r->source);
    hg_schema_free(r->schema);
    hg_doc_free(r->schema_doc);
    hg_doc_free(r->dialect_doc);
    hg_doc_free(r->data_doc);
    for (size_t i = 0; i < r->n_paths; i++)
        free(r->paths[i]);
    free(r->paths);
    hg_buf_release(&r->label_text);
    free(r->labels);
    free(r->cells);
    free(r);
}
