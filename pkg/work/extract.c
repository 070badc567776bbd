/* extract - sources that people made -> rows */
#include "work/extract.h"
#include "base/file.h"
#include "text/utf8.h"
#include "work/extract_job.h"
#include "work/extract_texts.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FLUSH  ((size_t)1 << 16) /* bytes written at once */
#define MAX_ID 60                /* bytes of a resource's name */

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

static hg_status make_head(hg_extract_job *j)
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
    hg_json *resources = hg_json_array();
    hg_json_set_int(j->head, "hg", HG_STREAM_VERSION);
    hg_json_set_str(j->head, "id", id);
    hg_extract_resources(j, id, resources);
    hg_json_set(j->head, "resources", resources);
    return HG_OK;
}

/* ---- writing ---- */

/* A table whose schema is not known is one of strings. */
static void add_schema(const hg_extract_job *j, const char *const *names, size_t n)
{
    hg_json *resource = hg_json_at(hg_json_get(j->head, "resources"), j->n_tables);
    if (!resource || hg_json_get(resource, "schema"))
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

hg_status hg_extract_begin(hg_extract_job *j, const char *const *header, size_t n)
{
    bool located = n > 0 && strcmp(header[0], HG_STREAM_AT) == 0;
    hg_status st = HG_OK;
    j->names = header + located;
    j->n_names = n - located;
    add_schema(j, j->names, j->n_names);
    j->n_tables++;
    if (j->opts->form == HG_EXTRACT_JSONL)
        return HG_OK;
    if (!j->out)
        st = j->opts->form == HG_EXTRACT_CSV
                 ? hg_out_csv(&j->out, j->fd, j->err)
                 : hg_out_new(&j->out, j->fd, HG_EXTRACTED, j->head, j->err);
    if (st == HG_OK)
        st = hg_remarks_begin(&j->remarks, j->out, j->err);
    return st == HG_OK ? hg_out_table(j->out, header, j->blocks ? 0 : n, j->err) : st;
}

hg_status hg_extract_begin_headless(hg_extract_job *j)
{
    hg_status st = hg_out_csv(&j->out, j->fd, j->err);
    if (st == HG_OK)
        st = hg_remarks_begin(&j->remarks, j->out, j->err);
    return st == HG_OK ? hg_out_table(j->out, NULL, 0, j->err) : st;
}

static hg_status flush(hg_extract_job *j)
{
    hg_status st = hg_buf_status(&j->lines, j->err);
    if (st == HG_OK && j->lines.len > 0)
        st = hg_file_write(j->fd, "-", j->lines.data, j->lines.len, j->err);
    hg_buf_clear(&j->lines);
    return st;
}

hg_status hg_extract_row(hg_extract_job *j, const hg_slice *cells, size_t n,
                         const hg_origin *at, size_t number)
{
    if (j->opts->form != HG_EXTRACT_JSONL)
        return hg_out_row(j->out, cells, n, at, j->err);
    hg_jsonl_put(&j->lines, j->names, j->n_names, cells, n, number);
    return j->lines.len < FLUSH ? HG_OK : flush(j);
}

static hg_status finish(hg_extract_job *j)
{
    hg_status st = hg_remarks_end(&j->remarks, j->err);
    if (st != HG_OK)
        return st;
    if (j->opts->form == HG_EXTRACT_JSONL)
        return flush(j);
    return j->out ? hg_out_seal(j->out, j->err) : HG_OK; /* an empty sheet as CSV */
}

/* ---- sheets ---- */

hg_status hg_extract_no_sheet(const hg_source *source, const char *wanted, hg_err *err)
{
    hg_buf names = { 0 };
    hg_loc loc = { .file = hg_source_name(source) };
    for (size_t i = 0; i < hg_source_sheets(source); i++)
        hg_buf_printf(&names, "%s'%s'", i > 0 ? ", " : "",
                      hg_source_sheet(source, i)->name);
    hg_fail(err, HG_EARG, &loc, "there is no sheet '%s'; there are: %s", wanted,
            names.data ? names.data : "");
    hg_buf_release(&names);
    return err->status;
}

hg_status hg_extract_sheet(hg_extract_job *j, hg_source *source, const char *name,
                           size_t *at)
{
    for (*at = 0; *at < hg_source_sheets(source); ++*at)
        if (strcmp(hg_source_sheet(source, *at)->name, name) == 0)
            return HG_OK;
    return hg_extract_no_sheet(source, name, j->err);
}

/* ---- a workbook that hg-report wrote ---- */

static hg_status open_report(hg_extract_job *j)
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

static hg_status from_report(hg_extract_job *j)
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
    hg_status st = hg_extract_begin(j, j->header_names, n + 1);
    while (st == HG_OK && (st = hg_reread_next(j->reread, &cells, &at, j->err)) == HG_OK)
        st = hg_extract_row(j, cells, n, &at, HG_JSONL_NO_NUMBER);
    if (j->opts->told)
        *j->opts->told = *hg_reread_told(j->reread);
    return st == HG_END ? HG_OK : st;
}

/* ---- all ---- */

static hg_status write_all(hg_extract_job *j)
{
    if (j->reread)
        return from_report(j);
    return j->recipe ? hg_extract_tables(j) : hg_extract_rows(j);
}

/* What the recipe says of texts holds where the options say nothing. */
static void as_recipe_says(hg_textfile_opts *text, const hg_recipe *recipe)
{
    hg_sniff_opts *to = &text->dialect;
    const hg_sniff_opts *from = &recipe->dialect;
    if (!text->encoding)
        text->encoding = recipe->encoding;
    to->delimiter = to->delimiter == HG_SNIFF_FOUND ? from->delimiter : to->delimiter;
    to->quote = to->quote == HG_SNIFF_FOUND ? from->quote : to->quote;
    to->escape = to->escape == HG_SNIFF_FOUND ? from->escape : to->escape;
    to->skip_space = to->skip_space == HG_SNIFF_FOUND ? from->skip_space : to->skip_space;
}

static hg_status open_sources(hg_extract_job *j, const char *const *names, size_t n)
{
    hg_textfile_opts text = HG_TEXTFILE_DEFAULTS;
    if (j->opts->text)
        text = *j->opts->text;
    if (j->recipe)
        as_recipe_says(&text, j->recipe);
    text.found = hg_remarks_add;
    text.user = &j->remarks;
    const hg_source_opts opts = { .tmp = j->opts->tmp,
                                  .text = &text,
                                  .member = j->opts->member,
                                  .undigested = j->opts->form != HG_EXTRACT_STREAM };
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
    hg_extract_job j = { .opts = opts, .fd = fd, .err = err };
    hg_remarks_init(&j.remarks, opts->tell, opts->with);
    hg_status st = hg_extract_load_recipe(&j);
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
    hg_remarks_release(&j.remarks);
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
