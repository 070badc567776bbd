/* extract - the tables of reports, by a recipe */
#include "base/file.h"
#include "site/preview.h"
#include "work/extract_job.h"
#include "work/extract_sheets.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

/* ---- the recipe ---- */

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
    const char *slash = strrchr(b->recipe, '/');
    size_t folder = slash ? (size_t)(slash - b->recipe) + 1 : 0;
    hg_buf_put(&path, b->recipe, folder);
    hg_buf_printf(&path, "codes/%s.csv", name);
    hg_buf_clear(&b->text);
    hg_status st = hg_buf_status(&path, &err);
    if (st == HG_OK)
        st = hg_file_load(&b->text, path.data, &err);
    hg_buf_release(&path);
    return st == HG_OK ? b->text.data : NULL;
}

hg_status hg_extract_load_recipe(hg_extract_job *j)
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

/* ---- what is written ---- */

/* One table that comes out: that of some of the recipe's tables, or the notes. */
typedef struct output {
    const char *name;
    const hg_recipe_table *table; /* the first that goes there; NULL: the notes */
} output;

typedef struct outputs {
    output list[HG_RECIPE_TABLES + 1];
    size_t n;
    const char *first; /* what a table without a name goes to */
} outputs;

static const char *resource_of(const outputs *all, const hg_recipe_table *table)
{
    return table->resource ? table->resource : all->first;
}

static void add_output(outputs *all, const char *name, const hg_recipe_table *table)
{
    for (size_t i = 0; i < all->n; i++)
        if (strcmp(all->list[i].name, name) == 0)
            return;
    all->list[all->n++] = (output){ name, table };
}

/* What the recipe writes, in its order, notes last. */
static void plan(const hg_recipe *recipe, const char *first, outputs *all)
{
    *all = (outputs){ .first = first };
    for (size_t i = 0; i < recipe->n; i++)
        add_output(all, resource_of(all, &recipe->tables[i]), &recipe->tables[i]);
    if (recipe->notes)
        add_output(all, recipe->notes, NULL);
}

void hg_extract_resources(const hg_extract_job *j, const char *first, hg_json *resources)
{
    outputs all = { .list = { { first, NULL } }, .n = 1 };
    if (j->recipe)
        plan(j->recipe, first, &all);
    for (size_t i = 0; i < all.n; i++) {
        hg_json *resource = hg_json_object();
        hg_json_set_str(resource, "name", all.list[i].name);
        hg_json_add(resources, resource);
    }
}

static const char *const note_header[] = { HG_STREAM_AT, "file", "sheet", "mark", "text" };
#define NOTE_COLUMNS (sizeof note_header / sizeof *note_header)

/* The header of an output: HG_STREAM_AT and its columns. */
static size_t header_of(const output *out, const char *header[HG_RECIPE_FIELDS + 1])
{
    if (!out->table) {
        memcpy(header, note_header, sizeof note_header);
        return NOTE_COLUMNS;
    }
    header[0] = HG_STREAM_AT;
    for (size_t i = 0; i < out->table->n; i++)
        header[i + 1] = out->table->fields[i].name;
    return out->table->n + 1;
}

/* See that tables which go to one resource have its columns, and those of the schema. */
static hg_status check_columns(hg_extract_job *j, const outputs *all, const output *out,
                               const hg_json *schema)
{
    const char *header[HG_RECIPE_FIELDS + 1];
    const hg_json *fields = hg_json_get(schema, "fields");
    const hg_doc *doc = j->recipe->doc;
    size_t n = header_of(out, header) - 1;
    for (size_t i = 0; fields && (i < n || i < hg_json_len(fields)); i++) {
        const char *name = hg_json_get_str(hg_json_at(fields, i), "name");
        const char *ours = i < n ? header[i + 1] : NULL;
        if (!name || !ours || strcmp(name, ours) != 0)
            return hg_doc_fail(j->err, doc, out->table ? out->table->at : hg_doc_root(doc),
                               out->table ? NULL : "notes",
                               "column %zu is '%s' here and '%s' in schema.json", i + 1,
                               ours ? ours : "", name ? name : "");
    }
    for (size_t k = 0; k < j->recipe->n && out->table; k++) {
        const hg_recipe_table *t = &j->recipe->tables[k];
        if (strcmp(resource_of(all, t), out->name) != 0)
            continue;
        bool same = t->n == n && t->value == out->table->value;
        for (size_t i = 0; i < n && same; i++)
            same = strcmp(t->fields[i].name, header[i + 1]) == 0;
        if (!same)
            return hg_doc_fail(j->err, doc, t->at, NULL,
                               "tables of one name have the same columns; this one's are "
                               "not those of the first '%s'",
                               out->name);
    }
    return HG_OK;
}

/* Put the outputs in the order of the head's resources, and see that they fit together. */
static hg_status order(hg_extract_job *j, outputs *all)
{
    outputs found;
    const hg_json *resources = hg_json_get(j->head, "resources");
    const hg_doc *doc = j->recipe->doc;
    plan(j->recipe, hg_json_get_str(hg_json_at(resources, 0), "name"), &found);
    *all = (outputs){ .first = found.first };
    for (size_t i = 0; i < hg_json_len(resources); i++) {
        const hg_json *resource = hg_json_at(resources, i);
        const char *name = hg_json_get_str(resource, "name");
        size_t k = 0;
        while (k < found.n && strcmp(found.list[k].name, name) != 0)
            k++;
        if (k == found.n)
            return hg_doc_fail(j->err, doc, hg_doc_root(doc), NULL,
                               "the recipe gives nothing to the table '%s'", name);
        all->list[all->n++] = found.list[k];
        if (check_columns(j, &found, &found.list[k], hg_json_get(resource, "schema")) != HG_OK)
            return j->err->status;
    }
    return all->n == found.n
               ? HG_OK
               : hg_doc_fail(j->err, doc, hg_doc_root(doc), NULL,
                             "the recipe has a table that the dataset has not");
}

/* Of a form that takes one table: the one asked for, or the only one. */
static hg_status choose(hg_extract_job *j, outputs *all)
{
    const char *wanted = j->opts->table;
    size_t data = 0;
    if (j->opts->form == HG_EXTRACT_STREAM && !wanted)
        return HG_OK;
    if (j->opts->form == HG_EXTRACT_STREAM)
        return hg_fail(j->err, HG_EARG, NULL, "a stream has all tables; -t goes with -O");
    for (size_t i = 0; i < all->n; i++) {
        data += all->list[i].table != NULL;
        if (wanted ? strcmp(all->list[i].name, wanted) == 0 : all->list[i].table && data == 1)
            all->list[0] = all->list[i];
    }
    if (wanted ? strcmp(all->list[0].name, wanted) != 0 : data > 1)
        return hg_fail(j->err, HG_EARG, NULL,
                       wanted ? "the recipe has no table '%s'"
                              : "the recipe has several tables; say with -t which, such as '%s'",
                       wanted ? wanted : all->list[0].name);
    all->n = 1;
    return HG_OK;
}

/* ---- sheets ---- */

/* Whether one pattern takes a sheet: a hidden one has to be named in full. */
static bool takes(const char *pattern, const hg_sheet *sheet)
{
    return sheet->visibility == HG_VISIBLE ? fnmatch(pattern, sheet->name, 0) == 0
                                           : strcmp(pattern, sheet->name) == 0;
}

static bool takes_sheet(const hg_patterns *patterns, const hg_sheet *sheet)
{
    bool any = false, taken = false;
    for (size_t i = 0; i < patterns->n; i++) {
        const char *pattern = patterns->list[i];
        if (pattern[0] == '!' && fnmatch(pattern + 1, sheet->name, 0) == 0)
            return false;
        any = any || pattern[0] != '!';
        taken = taken || (pattern[0] != '!' && takes(pattern, sheet));
    }
    return any ? taken : sheet->visibility == HG_VISIBLE;
}

static bool takes_file(const hg_patterns *patterns, const char *name)
{
    const char *slash = strrchr(name, '/');
    const hg_sheet file = { slash ? slash + 1 : name, HG_VISIBLE };
    return takes_sheet(patterns, &file);
}

/* See that every pattern takes a sheet. */
static hg_status check_patterns(hg_extract_job *j, hg_source *source)
{
    for (size_t k = 0; k < j->recipe->n; k++) {
        const hg_recipe_table *t = &j->recipe->tables[k];
        for (size_t i = 0; i < t->sheets.n && takes_file(&t->files, hg_source_name(source));
             i++) {
            const char *pattern = t->sheets.list[i];
            bool taken = pattern[0] == '!';
            for (size_t s = 0; s < hg_source_sheets(source) && !taken; s++)
                taken = takes(pattern, hg_source_sheet(source, s));
            if (!taken)
                return hg_extract_no_sheet(source, pattern, j->err);
        }
    }
    return HG_OK;
}

/* ---- rows ---- */

/* One table being written, over all sources. */
typedef struct pass {
    hg_extract_job *j;
    const outputs *all;
    const output *out;
    hg_layout *layout;
    hg_sheets *from;
    hg_preview *preview; /* NULL: no page is wanted, or another pass fills it */
    size_t tables, sheets, rows;
} pass;

static hg_status write_rows(pass *p, uint32_t source)
{
    const hg_recipe_table *table;
    const hg_slice *cells;
    hg_origin at;
    hg_status st;
    while ((st = hg_layout_next(p->layout, &table, &cells, &at, p->j->err)) == HG_OK) {
        at.source = source;
        p->rows++;
        if (p->out->table && strcmp(resource_of(p->all, table), p->out->name) == 0)
            st = hg_extract_row(p->j, cells, table->n, &at,
                                hg_recipe_is_list(table) ? HG_JSONL_NO_NUMBER : table->value);
        if (st != HG_OK)
            return st;
    }
    return st == HG_END ? HG_OK : st;
}

static hg_status write_notes(pass *p, uint32_t source, const char *sheet)
{
    hg_status st = HG_OK;
    const hg_notes *notes = hg_layout_notes(p->layout);
    const char *name = hg_source_name(p->j->sources[source]), *slash = strrchr(name, '/');
    for (size_t i = 0; i < notes->n && st == HG_OK; i++) {
        const hg_note *note = &notes->list[i];
        const hg_slice cells[] = { hg_slice_of(slash ? slash + 1 : name),
                                   hg_slice_of(sheet ? sheet : ""), note->mark, note->text };
        const hg_origin at = { .source = source, .sheet = sheet, .row = note->cell->row,
                               .col = note->cell->col };
        st = hg_extract_row(p->j, cells, NOTE_COLUMNS - 1, &at, HG_JSONL_NO_NUMBER);
    }
    return st;
}

static hg_status write_sheet(pass *p, uint32_t source, size_t sheet)
{
    hg_source *from = p->j->sources[source];
    const hg_recipe *recipe = p->j->recipe;
    const hg_sheet *of = hg_source_sheet(from, sheet);
    bool use[HG_RECIPE_TABLES], any = false;
    hg_layout_sheet read = { .file = hg_source_name(from), .use = use };
    for (size_t k = 0; k < recipe->n; k++) {
        bool named = p->j->opts->sheet || !hg_source_is_workbook(from);
        use[k] = takes_file(&recipe->tables[k].files, read.file) &&
                 (named || takes_sheet(&recipe->tables[k].sheets, of));
        any = any || use[k];
    }
    if (!any)
        return HG_OK;
    read.sheet = hg_source_is_workbook(from) ? of->name : NULL;
    hg_status st = hg_sheets_get(p->from, source, sheet, &read.grid, p->j->err);
    if (st == HG_OK)
        st = hg_layout_read(p->layout, &read, p->j->err);
    if (p->preview && read.grid)
        hg_preview_sheet(p->preview, read.file, read.sheet, hg_layout_roles(p->layout),
                         p->j->err);
    p->sheets++;
    p->tables += hg_layout_tables(p->layout);
    if (st == HG_OK)
        st = write_rows(p, source);
    if (st == HG_OK && !p->out->table)
        st = write_notes(p, source, read.sheet);
    return st;
}

static hg_status write_sheets(pass *p, uint32_t i)
{
    hg_source *source = p->j->sources[i];
    size_t only;
    hg_status st = HG_OK;
    if (p->j->opts->sheet) {
        st = hg_extract_sheet(p->j, source, p->j->opts->sheet, &only);
        return st == HG_OK ? write_sheet(p, i, only) : st;
    }
    if (hg_source_is_workbook(source))
        st = check_patterns(p->j, source);
    /* the tables of a text are told apart by the recipe: all of it is one sheet */
    size_t n = hg_source_is_workbook(source) ? hg_source_sheets(source) : 1;
    for (size_t k = 0; k < n && st == HG_OK; k++)
        st = write_sheet(p, i, k);
    return st;
}

/* ---- texts from before Unicode ---- */

static void tell_texts(const pass *p, const char *file, const hg_unicode_count *c,
                       const char *code, const char *format, const char *encoding)
{
    hg_finding f = { .code = code, .severity = HG_WARNING, .file = file, .sheet = c->sheet,
                     .row = c->row, .col = c->col, .message = format };
    f.args_len = encoding ? hg_args(f.args, sizeof f.args, f.message, c->texts, encoding)
                          : hg_args(f.args, sizeof f.args, f.message, c->texts);
    if (c->texts > 0 && p->j->opts->tell && p->out == p->all->list)
        p->j->opts->tell(p->j->opts->with, &f);
}

/* Tell what has been converted, and what has not. */
static void tell_converted(const pass *p, uint32_t source)
{
    const char *file = hg_source_name(p->j->sources[source]);
    const hg_unicode *unicode = hg_sheets_unicode(p->from, source);
    for (int e = 0; unicode && e < HG_VN_ENCODINGS; e++)
        tell_texts(p, file, &unicode->counts.converted[e], "converted",
                   "%zu texts converted from %s, here the first",
                   hg_vnlegacy_name((hg_vnlegacy)e));
    if (unicode)
        tell_texts(p, file, &unicode->counts.unsure, "unsure-text",
                   "%zu texts may be from before Unicode, and stay as they are; here the "
                   "first",
                   NULL);
}

/* See that as much came out as the recipe expects. */
static hg_status check_expected(const pass *p)
{
    const hg_recipe *recipe = p->j->recipe;
    const hg_recipe_expect *e = &recipe->expect;
    const hg_json *root = hg_doc_root(recipe->doc), *at = hg_json_get(root, "expect");
    if (e->sheets != SIZE_MAX && e->sheets != p->sheets)
        return hg_doc_fail(p->j->err, recipe->doc, at, "sheets", "there are %zu sheets, not %zu",
                           p->sheets, e->sheets);
    if (e->tables != SIZE_MAX && e->tables != p->tables)
        return hg_doc_fail(p->j->err, recipe->doc, at, "tables", "there are %zu tables, not %zu",
                           p->tables, e->tables);
    if (p->rows < e->rows_least || p->rows > e->rows_most)
        return hg_doc_fail(p->j->err, recipe->doc, at, "rows",
                           "there are %zu rows, not %zu to %zu", p->rows, e->rows_least,
                           e->rows_most);
    return HG_OK;
}

static hg_status write_output(hg_extract_job *j, const outputs *all, size_t k,
                              hg_sheets *from, hg_preview *preview)
{
    pass p = { .j = j, .all = all, .out = &all->list[k], .from = from, .preview = preview };
    const char **header = calloc(HG_RECIPE_FIELDS + 1, sizeof *header);
    if (!header)
        return hg_fail_nomem(j->err);
    hg_status st = hg_extract_begin(j, header, header_of(p.out, header));
    if (st == HG_OK)
        st = hg_layout_new(&p.layout, j->recipe, k == 0 ? j->opts->tell : NULL, j->opts->with,
                           j->err);
    for (uint32_t i = 0; i < j->n && st == HG_OK; i++) {
        st = write_sheets(&p, i);
        if (st == HG_OK)
            tell_converted(&p, i);
    }
    if (st == HG_OK)
        st = check_expected(&p);
    hg_layout_free(p.layout);
    free(header);
    return st;
}

/* Set the schemas of tables that have none, before the head is written. */
static void add_schemas(hg_extract_job *j, const outputs *all)
{
    const hg_json *resources = hg_json_get(j->head, "resources");
    for (size_t k = 0; k < all->n; k++) {
        const char *header[HG_RECIPE_FIELDS + 1];
        hg_json *resource = hg_json_at(resources, k);
        size_t n = header_of(&all->list[k], header);
        if (hg_json_get(resource, "schema"))
            continue;
        hg_json *schema = hg_json_object(), *fields = hg_json_array();
        for (size_t i = 1; i < n; i++) {
            bool number = all->list[k].table && i - 1 == all->list[k].table->value;
            hg_json *field = hg_json_object();
            hg_json_set_str(field, "name", header[i]);
            hg_json_set_str(field, "type", number ? "number" : "string");
            hg_json_add(fields, field);
        }
        hg_json_set(schema, "fields", fields);
        hg_json_set(resource, "schema", schema);
    }
}

static hg_status save(const char *name, const hg_buf *text, hg_err *err)
{
    hg_newfile *file = NULL;
    hg_status st = hg_buf_status(text, err);
    if (st == HG_OK)
        st = hg_newfile_open(&file, name, err);
    if (st == HG_OK)
        st = hg_file_write(hg_newfile_fd(file), name, text->data, text->len, err);
    if (st == HG_OK)
        st = hg_newfile_commit(file, err);
    hg_newfile_free(file);
    return st;
}

/* Write the first output, which goes nowhere, and a page of what was made of each sheet:
 * also of the one that was not understood, for which it is wanted most. */
static hg_status write_with_preview(hg_extract_job *j, const outputs *all, hg_sheets *from)
{
    hg_buf page = { 0 };
    hg_preview preview;
    hg_err failed = HG_ERR_INIT;
    const char *name = hg_source_name(j->sources[0]), *slash = strrchr(name, '/');
    hg_preview_start(&preview, &page, slash ? slash + 1 : name, j->opts->lang);
    hg_status st = write_output(j, all, 0, from, &preview);
    hg_preview_end(&preview);
    if (preview.sheets > 0 && save(j->opts->preview, &page, &failed) != HG_OK && st == HG_OK) {
        *j->err = failed;
        st = failed.status;
    }
    hg_buf_release(&page);
    return st;
}

hg_status hg_extract_tables(hg_extract_job *j)
{
    outputs all;
    hg_sheets *from = NULL;
    hg_status st = order(j, &all);
    if (st == HG_OK)
        add_schemas(j, &all);
    if (st == HG_OK)
        st = choose(j, &all);
    if (st == HG_OK)
        st = hg_sheets_new(&from, j->sources, j->n, j->err);
    if (st == HG_OK && j->opts->preview)
        st = write_with_preview(j, &all, from);
    for (size_t k = 0; k < all.n && st == HG_OK && !j->opts->preview; k++)
        st = write_output(j, &all, k, from, NULL);
    hg_sheets_free(from);
    return st;
}
