/* extract - sources that people made -> rows */
#include "work/extract.h"
#include "base/file.h"
#include "dataset/layout.h"
#include "format/jsonl.h"
#include "format/source.h"
#include "stream/stream.h"
#include "text/utf8.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_COLUMNS 16384 /* of a plain table; as many as a sheet of ECMA-376 has */
#define FLUSH       ((size_t)1 << 16) /* bytes written at once */
#define MAX_ID      60                /* bytes of a resource's name */

typedef struct job {
    const hg_extract_opts *opts;
    hg_reread *reread; /* of a workbook that hg-report wrote */
    int fd;
    hg_err *err;
    hg_source **sources;
    size_t n;
    hg_json *head;
    hg_out *out;
    const char *const *names; /* of the columns, once writing has begun */
    size_t n_names;
    hg_buf lines; /* JSON Lines not yet written */
    /* with a recipe */
    hg_doc *doc; /* of opts->recipe */
    hg_recipe *recipe;
    /* without one */
    hg_buf header; /* the first row's texts, each closed by a NUL */
    const char **header_names;
    hg_slice *cells; /* a row in NFC */
    hg_buf nfc;
} job;

/* ---- the head ---- */

static const char *base_name(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash ? slash + 1 : name;
}

/* A resource's name out of a file's: "Báo cáo.xlsx" -> "bao-cao". */
static hg_status make_id(char id[MAX_ID + 1], const char *name, hg_err *err)
{
    hg_buf slug = { 0 };
    const char *base = base_name(name), *dot = strrchr(base, '.');
    hg_utf8_slug(&slug, base, dot && dot > base ? (size_t)(dot - base) : strlen(base));
    hg_status st = hg_buf_status(&slug, err);
    size_t from = 0;
    while (from < slug.len && slug.data[from] == '-')
        from++;
    size_t n = slug.len - from < MAX_ID ? slug.len - from : MAX_ID;
    memcpy(id, n > 0 ? slug.data + from : "table", n > 0 ? n : 6);
    id[n > 0 ? n : 5] = '\0';
    hg_buf_release(&slug);
    return st;
}

/* Plain text from a pipe may have been cut off: nothing in it would tell. */
static bool may_be_cut(const hg_source *source)
{
    struct stat st;
    return strcmp(hg_source_name(source), "-") == 0 && !hg_source_is_workbook(source) &&
           !(fstat(STDIN_FILENO, &st) == 0 && S_ISREG(st.st_mode));
}

static hg_status make_head(job *j)
{
    char id[MAX_ID + 1];
    hg_json *sources = hg_json_array();
    j->head = j->opts->dataset ? hg_dataset_head(j->opts->dataset)
              : j->reread      ? hg_json_copy(hg_reread_head(j->reread))
                               : hg_json_object();
    for (size_t i = 0; i < j->n; i++) {
        hg_json *source = hg_json_object();
        hg_json_set_str(source, "name", base_name(hg_source_name(j->sources[i])));
        hg_json_set_int(source, "bytes", (int64_t)hg_source_bytes(j->sources[i]));
        hg_json_set_str(source, "sha256", hg_source_sha256(j->sources[i]));
        hg_json_add(sources, source);
        if (may_be_cut(j->sources[i]))
            hg_json_set(j->head, "sealed", hg_json_new_bool(false));
    }
    hg_json_set(j->head, "sources", sources);
    if (j->opts->dataset || j->reread)
        return HG_OK;
    if (make_id(id, hg_source_name(j->sources[0]), j->err) != HG_OK)
        return j->err->status;
    hg_json *resource = hg_json_object(), *resources = hg_json_array();
    hg_json_set_int(j->head, "hg", HG_STREAM_VERSION);
    hg_json_set_str(j->head, "id", id);
    hg_json_set_str(resource, "name", id);
    hg_json_add(resources, resource);
    hg_json_set(j->head, "resources", resources);
    return HG_OK;
}

/* A table whose schema is not known is one of strings. */
static void add_schema(const job *j, const char *const *names, size_t n)
{
    hg_json *resource = hg_json_at(hg_json_get(j->head, "resources"), 0);
    if (hg_json_get(resource, "schema"))
        return;
    hg_json *schema = hg_json_object(), *fields = hg_json_array();
    for (size_t i = 0; i < n; i++) {
        hg_json *field = hg_json_object();
        hg_json_set_str(field, "name", names[i]);
        hg_json_set_str(field, "type", "string");
        hg_json_add(fields, field);
    }
    hg_json_set(schema, "fields", fields);
    hg_json_set(resource, "schema", schema);
}

/* ---- writing ---- */

/* Start to write. header may begin with HG_STREAM_AT, and outlives the writing. */
static hg_status begin(job *j, const char *const *header, size_t n)
{
    bool located = n > 0 && strcmp(header[0], HG_STREAM_AT) == 0;
    hg_status st = HG_OK;
    j->names = header + located;
    j->n_names = n - located;
    add_schema(j, j->names, j->n_names);
    if (j->opts->form == HG_EXTRACT_JSONL)
        return HG_OK;
    if (j->opts->form == HG_EXTRACT_CSV)
        st = hg_out_csv(&j->out, j->fd, j->err);
    else
        st = hg_out_new(&j->out, j->fd, HG_EXTRACTED, j->head, j->err);
    return st == HG_OK ? hg_out_table(j->out, header, n, j->err) : st;
}

static hg_status flush(job *j)
{
    hg_status st = hg_buf_status(&j->lines, j->err);
    if (st == HG_OK && j->lines.len > 0)
        st = hg_file_write(j->fd, "-", j->lines.data, j->lines.len, j->err);
    hg_buf_clear(&j->lines);
    return st;
}

static hg_status put_row(job *j, const hg_slice *cells, size_t n, const hg_origin *at)
{
    if (j->opts->form != HG_EXTRACT_JSONL)
        return hg_out_row(j->out, cells, n, at, j->err);
    hg_jsonl_put(&j->lines, j->names, j->n_names, cells, n,
                 j->recipe ? j->recipe->value : HG_JSONL_NO_NUMBER);
    return j->lines.len < FLUSH ? HG_OK : flush(j);
}

static hg_status finish(job *j)
{
    return j->opts->form == HG_EXTRACT_JSONL ? flush(j) : hg_out_seal(j->out, j->err);
}

/* ---- sheets ---- */

/* Fail, naming the sheets that there are. */
static hg_status no_sheet(job *j, hg_source *source, const char *wanted)
{
    hg_buf names = { 0 };
    hg_loc loc = { .file = hg_source_name(source) };
    for (size_t i = 0; i < hg_source_sheets(source); i++)
        hg_buf_printf(&names, "%s'%s'", i > 0 ? ", " : "",
                      hg_source_sheet(source, i)->name);
    hg_fail(j->err, HG_EARG, &loc, "there is no sheet '%s'; there are: %s", wanted,
            names.data ? names.data : "");
    hg_buf_release(&names);
    return j->err->status;
}

static hg_status named_sheet(job *j, hg_source *source, const char *name, size_t *at)
{
    for (*at = 0; *at < hg_source_sheets(source); ++*at)
        if (strcmp(hg_source_sheet(source, *at)->name, name) == 0)
            return HG_OK;
    return no_sheet(j, source, name);
}

/* Whether one pattern takes a sheet: a hidden one has to be named in full. */
static bool takes(const char *pattern, const hg_sheet *sheet)
{
    return sheet->visibility == HG_VISIBLE ? fnmatch(pattern, sheet->name, 0) == 0
                                           : strcmp(pattern, sheet->name) == 0;
}

static bool wanted(const hg_recipe *recipe, const hg_sheet *sheet)
{
    bool any = false, taken = false;
    for (size_t i = 0; i < recipe->n_sheets; i++) {
        const char *pattern = recipe->sheets[i];
        if (pattern[0] == '!' && fnmatch(pattern + 1, sheet->name, 0) == 0)
            return false;
        any = any || pattern[0] != '!';
        taken = taken || (pattern[0] != '!' && takes(pattern, sheet));
    }
    return any ? taken : sheet->visibility == HG_VISIBLE;
}

/* See that every pattern takes a sheet. */
static hg_status check_patterns(job *j, hg_source *source)
{
    for (size_t i = 0; i < j->recipe->n_sheets; i++) {
        const char *pattern = j->recipe->sheets[i];
        bool taken = pattern[0] == '!';
        for (size_t k = 0; k < hg_source_sheets(source) && !taken; k++)
            taken = takes(pattern, hg_source_sheet(source, k));
        if (!taken)
            return no_sheet(j, source, pattern);
    }
    return HG_OK;
}

/* ---- with a recipe ---- */

/* The code lists of a recipe that has no dataset: files beside it. */
typedef struct beside {
    const char *recipe;
    hg_buf text;
} beside;

static const char *codes_of_dataset(void *with, const char *name)
{
    return hg_dataset_codes(with, name);
}

static const char *codes_beside(void *with, const char *name)
{
    beside *b = with;
    hg_err err = HG_ERR_INIT; /* a list that cannot be read is one that is not there */
    hg_buf path = { 0 };
    size_t folder = (size_t)(base_name(b->recipe) - b->recipe);
    hg_buf_put(&path, b->recipe, folder);
    hg_buf_printf(&path, "codes/%s.csv", name);
    hg_buf_clear(&b->text);
    hg_status st = hg_buf_status(&path, &err);
    if (st == HG_OK)
        st = hg_file_load(&b->text, path.data, &err);
    hg_buf_release(&path);
    return st == HG_OK ? b->text.data : NULL;
}

static hg_status load_recipe(job *j)
{
    const hg_extract_opts *opts = j->opts;
    const hg_doc *doc = NULL;
    if (opts->recipe && hg_doc_load(&j->doc, opts->recipe, j->err) != HG_OK)
        return j->err->status;
    if (opts->recipe)
        doc = j->doc;
    else if (opts->dataset)
        doc = hg_dataset_doc(opts->dataset, "recipe.json");
    if (!doc)
        return HG_OK;
    if (opts->dataset) {
        hg_dataset *dataset =
            (hg_dataset *)opts->dataset; /* only read by codes_of_dataset() */
        return hg_recipe_new(&j->recipe, doc, codes_of_dataset, dataset, j->err);
    }
    beside b = { .recipe = opts->recipe };
    hg_status st = hg_recipe_new(&j->recipe, doc, codes_beside, &b, j->err);
    hg_buf_release(&b.text);
    return st;
}

/* See that the recipe's columns are those of the schema, in its order. */
static hg_status check_schema(job *j)
{
    const hg_json *schema = j->opts->dataset && hg_dataset_tables(j->opts->dataset) > 0
                                ? hg_dataset_schema(j->opts->dataset, 0)
                                : NULL;
    const hg_json *fields = hg_json_get(schema, "fields");
    const hg_doc *doc = j->doc ? j->doc : hg_dataset_doc(j->opts->dataset, "recipe.json");
    for (size_t i = 0; fields && (i < j->recipe->n || i < hg_json_len(fields)); i++) {
        const char *name = hg_json_get_str(hg_json_at(fields, i), "name");
        const char *ours = i < j->recipe->n ? j->recipe->fields[i].name : NULL;
        if (!name || !ours || strcmp(name, ours) != 0)
            return hg_doc_fail(j->err, doc, hg_doc_root(doc), "columns",
                               "column %zu is '%s' here and '%s' in schema.json", i + 1,
                               ours ? ours : "", name ? name : "");
    }
    return HG_OK;
}

static hg_status write_sheet(job *j, hg_layout *layout, uint32_t source, size_t sheet)
{
    hg_source *from = j->sources[source];
    const char *name =
        hg_source_is_workbook(from) ? hg_source_sheet(from, sheet)->name : NULL;
    const hg_slice *cells;
    hg_origin at;
    hg_grid *grid = NULL;
    hg_status st = hg_source_grid(&grid, from, sheet, j->err);
    if (st == HG_OK)
        st = hg_layout_read(layout, grid, hg_source_name(from), name, j->err);
    while (st == HG_OK && (st = hg_layout_next(layout, &cells, &at, j->err)) == HG_OK) {
        at.source = source;
        st = put_row(j, cells, j->recipe->n, &at);
    }
    hg_grid_free(grid);
    return st == HG_END ? HG_OK : st;
}

static hg_status write_tables(job *j, hg_layout *layout, uint32_t i)
{
    hg_source *source = j->sources[i];
    size_t only, n = hg_source_sheets(source);
    hg_status st = HG_OK;
    if (j->opts->sheet) {
        st = named_sheet(j, source, j->opts->sheet, &only);
        return st == HG_OK ? write_sheet(j, layout, i, only) : st;
    }
    if (!hg_source_is_workbook(source))
        return write_sheet(j, layout, i, 0);
    st = check_patterns(j, source);
    for (size_t k = 0; k < n && st == HG_OK; k++)
        if (wanted(j->recipe, hg_source_sheet(source, k)))
            st = write_sheet(j, layout, i, k);
    return st;
}

static hg_status with_recipe(job *j)
{
    const char *header[HG_RECIPE_FIELDS + 1] = { HG_STREAM_AT };
    hg_layout *layout = NULL;
    for (size_t i = 0; i < j->recipe->n; i++)
        header[i + 1] = j->recipe->fields[i].name;
    hg_status st = check_schema(j);
    if (st == HG_OK)
        st = begin(j, header, j->recipe->n + 1);
    if (st == HG_OK)
        st = hg_layout_new(&layout, j->recipe, j->err);
    for (uint32_t i = 0; i < j->n && st == HG_OK; i++)
        st = write_tables(j, layout, i);
    hg_layout_free(layout);
    return st;
}

/* ---- without one ---- */

/* The row's cells in NFC. */
static hg_status normal(job *j, const hg_row *row, const hg_slice **cells)
{
    bool ascii = true;
    for (size_t i = 0; i < row->n && ascii; i++)
        for (size_t k = 0; k < row->cells[i].n && ascii; k++)
            ascii = (unsigned char)row->cells[i].p[k] < 0x80;
    *cells = row->cells;
    if (ascii || row->n > MAX_COLUMNS)
        return HG_OK;
    hg_buf_clear(&j->nfc);
    for (size_t i = 0; i < row->n; i++) {
        size_t from = j->nfc.len;
        hg_utf8_nfc(&j->nfc, row->cells[i].p, row->cells[i].n);
        j->cells[i] = (hg_slice){ NULL, j->nfc.len - from };
    }
    const char *p = j->nfc.data; /* where it is now that it grows no more */
    for (size_t i = 0; i < row->n; p += j->cells[i++].n)
        j->cells[i].p = p ? p : "";
    *cells = j->cells;
    return hg_buf_status(&j->nfc, j->err);
}

/* The first row's texts, each closed by a NUL. */
static hg_status header_text(job *j, const hg_source *source, const hg_row *row,
                             hg_buf *text)
{
    const hg_slice *cells;
    hg_loc loc = { .file = hg_source_name(source), .row = row->number };
    if (row->n > MAX_COLUMNS)
        return hg_fail(j->err, HG_EINPUT, &loc, "more than %d columns", MAX_COLUMNS);
    hg_status st = normal(j, row, &cells);
    if (st == HG_OK && row->n > 0 && hg_slice_is(cells[0], HG_STREAM_AT))
        return hg_fail(j->err, HG_EINPUT, &loc, "the column name %s is reserved",
                       HG_STREAM_AT);
    for (size_t i = 0; i < row->n && st == HG_OK; i++) {
        hg_buf_put(text, cells[i].p, strnlen(cells[i].p, cells[i].n));
        hg_buf_putc(text, '\0');
    }
    return st == HG_OK ? hg_buf_status(text, j->err) : st;
}

/* Take the first row of the first source as the header. */
static hg_status first_header(job *j, const hg_source *source, const hg_row *row)
{
    j->header_names = calloc(row->n + 1, sizeof *j->header_names);
    if (!j->header_names)
        return hg_fail_nomem(j->err);
    hg_status st = header_text(j, source, row, &j->header);
    const char *p = j->header.data;
    for (size_t i = 0; i < row->n && st == HG_OK; p += strlen(p) + 1)
        j->header_names[i++] = p;
    return st == HG_OK ? begin(j, j->header_names, row->n) : st;
}

/* See that the first row of a further source is the same. */
static hg_status next_header(job *j, const hg_source *source, const hg_row *row)
{
    hg_buf text = { 0 };
    hg_loc loc = { .file = hg_source_name(source), .row = row->number };
    hg_status st = header_text(j, source, row, &text);
    if (st == HG_OK && !hg_slice_eq((hg_slice){ text.data, text.len },
                                    (hg_slice){ j->header.data, j->header.len }))
        st = hg_fail(j->err, HG_EARG, &loc, "its header is not that of the first source");
    hg_buf_release(&text);
    return st;
}

static hg_status write_rows(job *j, uint32_t i, size_t sheet)
{
    hg_source *source = j->sources[i];
    const hg_slice *cells;
    hg_row row;
    hg_rows *rows = NULL;
    hg_loc loc = { .file = hg_source_name(source) };
    hg_origin at = { .source = i };
    if (hg_source_is_workbook(source))
        at.sheet = loc.sheet = hg_source_sheet(source, sheet)->name;
    hg_status st = hg_rows_open(&rows, source, sheet, j->err);
    if (st == HG_OK)
        st = hg_rows_next(rows, &row, j->err);
    if (st == HG_END)
        st = hg_fail(j->err, HG_EINPUT, &loc, "there is no row to be the header");
    else if (st == HG_OK)
        st = i == 0 ? first_header(j, source, &row) : next_header(j, source, &row);
    while (st == HG_OK && (st = hg_rows_next(rows, &row, j->err)) == HG_OK) {
        at.row = row.number;
        st = normal(j, &row, &cells);
        if (st == HG_OK)
            st = put_row(j, cells, row.n, &at);
    }
    hg_rows_free(rows);
    return st == HG_END ? HG_OK : st;
}

static hg_status as_they_stand(job *j)
{
    hg_status st = HG_OK;
    j->cells = calloc(MAX_COLUMNS, sizeof *j->cells);
    if (!j->cells)
        return hg_fail_nomem(j->err);
    for (uint32_t i = 0; i < j->n && st == HG_OK; i++) {
        size_t sheet = 0, n = hg_source_sheets(j->sources[i]);
        if (j->opts->sheet)
            st = named_sheet(j, j->sources[i], j->opts->sheet, &sheet);
        while (!j->opts->sheet && sheet < n &&
               hg_source_sheet(j->sources[i], sheet)->visibility != HG_VISIBLE)
            sheet++;
        if (st == HG_OK && sheet == n)
            return no_sheet(j, j->sources[i], "*");
        if (st == HG_OK)
            st = write_rows(j, i, sheet);
    }
    return st;
}

/* ---- a workbook that hg-report wrote ---- */

static hg_status open_report(job *j)
{
    hg_source *source = j->sources[0];
    hg_loc loc = { .file = hg_source_name(source) };
    if (j->opts->recipe || !hg_reread_likely(source))
        return HG_OK;
    if (j->n > 1)
        return hg_fail(j->err, HG_EARG, &loc,
                       "a report of hg-report is read back alone, without other sources");
    if (hg_reread_open(&j->reread, source, j->opts->sheet, j->err) != HG_OK)
        return j->err->status;
    const char *id = hg_json_get_str(hg_reread_head(j->reread), "id");
    if (j->opts->dataset && id && strcmp(id, hg_dataset_id(j->opts->dataset)) != 0)
        return hg_fail(j->err, HG_EARG, &loc,
                       "this report is of the dataset '%s', not of '%s'", id,
                       hg_dataset_id(j->opts->dataset));
    return HG_OK;
}

static hg_status from_report(job *j)
{
    size_t n;
    const char *const *fields = hg_reread_fields(j->reread, &n);
    const hg_slice *cells;
    hg_origin at;
    j->header_names = calloc(n + 1, sizeof *j->header_names);
    if (!j->header_names)
        return hg_fail_nomem(j->err);
    j->header_names[0] = HG_STREAM_AT;
    memcpy(j->header_names + 1, fields, n * sizeof *fields);
    hg_status st = begin(j, j->header_names, n + 1);
    while (st == HG_OK &&
           (st = hg_reread_next(j->reread, &cells, &at, j->err)) == HG_OK)
        st = put_row(j, cells, n, &at);
    if (j->opts->told)
        *j->opts->told = *hg_reread_told(j->reread);
    return st == HG_END ? HG_OK : st;
}

/* ---- all ---- */

static hg_status write_all(job *j)
{
    if (j->reread)
        return from_report(j);
    return j->recipe ? with_recipe(j) : as_they_stand(j);
}

static hg_status open_sources(job *j, const char *const *names, size_t n)
{
    const hg_source_opts opts = { .tmp = j->opts->tmp };
    j->sources = calloc(n, sizeof(hg_source *));
    if (!j->sources)
        return hg_fail_nomem(j->err);
    for (; j->n < n; j->n++)
        if (hg_source_open(&j->sources[j->n], names[j->n], &opts, j->err) != HG_OK)
            return j->err->status;
    return HG_OK;
}

hg_status hg_extract(const char *const *names, size_t n, const hg_extract_opts *opts,
                     int fd, hg_err *err)
{
    job j = { .opts = opts, .fd = fd, .err = err };
    hg_status st = load_recipe(&j);
    if (st == HG_OK)
        st = open_sources(&j, names, n);
    if (st == HG_OK)
        st = open_report(&j);
    if (st == HG_OK)
        st = make_head(&j);
    if (st == HG_OK)
        st = write_all(&j);
    if (st == HG_OK)
        st = finish(&j);
    hg_out_free(j.out);
    hg_reread_free(j.reread);
    for (size_t i = 0; i < j.n; i++)
        hg_source_free(j.sources[i]);
    free(j.sources);
    hg_json_free(j.head);
    hg_recipe_free(j.recipe);
    hg_doc_free(j.doc);
    hg_buf_release(&j.header);
    hg_buf_release(&j.lines);
    free(j.header_names);
    hg_buf_release(&j.nfc);
    free(j.cells);
    return st;
}

/* ---- what there is ---- */

static hg_status list_sheet(hg_json *sheets, hg_source *source, size_t i, hg_err *err)
{
    static const char *const visibility[] = { "visible", "hidden", "very hidden" };
    hg_sheet_info info;
    const hg_sheet *of = hg_source_sheet(source, i);
    if (hg_source_survey(&info, source, i, err) != HG_OK)
        return err->status;
    hg_json *sheet = hg_json_object();
    hg_json_set_str(sheet, "name", of->name);
    hg_json_set_str(sheet, "visibility", visibility[of->visibility]);
    hg_json_set_int(sheet, "rows", (int64_t)info.rows);
    hg_json_set_int(sheet, "cols", (int64_t)info.cols);
    hg_json_set_int(sheet, "values", (int64_t)info.values);
    hg_json_set_int(sheet, "formulas", (int64_t)info.formulas);
    hg_json_set_int(sheet, "hidden", (int64_t)info.hidden);
    hg_json_set_int(sheet, "merged", (int64_t)info.merged);
    hg_json_add(sheets, sheet);
    return HG_OK;
}

hg_status hg_extract_list(hg_json **list, const char *name, const char *tmp, hg_err *err)
{
    const hg_source_opts opts = { .tmp = tmp };
    hg_source *source = NULL;
    *list = NULL;
    hg_status st = hg_source_open(&source, name, &opts, err);
    if (st != HG_OK)
        return st;
    hg_json *all = hg_json_object(), *sheets = hg_json_array();
    hg_json_set_str(all, "name", hg_source_name(source));
    hg_json_set_int(all, "bytes", (int64_t)hg_source_bytes(source));
    hg_json_set_str(all, "sha256", hg_source_sha256(source));
    hg_json_set_str(all, "kind", hg_source_is_workbook(source) ? "workbook" : "text");
    for (size_t i = 0; i < hg_source_sheets(source) && st == HG_OK; i++)
        st = list_sheet(sheets, source, i, err);
    hg_json_set(all, "sheets", sheets);
    hg_source_free(source);
    if (st == HG_OK)
        *list = all;
    else
        hg_json_free(all);
    return st;
}
