/* recipe - where reports keep a dataset's tables */
#include "recipe/recipe.h"
#include "recipe/recipe_reading.h"
#include "text/utf8.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

static const char *const root_keys[] = { "tables", "notes",  "expect",   "dialect", "encoding", "columns",
                                         "name",   "sheets", "files",    "anchor",
                                         "heading", "until", "ignore",   "split",
                                         "stub",   "numbers", "repeat",  "optional",
                                         "totals", "symbols", "headings",
                                         NULL };
static const char *const *const table_keys = root_keys + 5;
static const char *const dialect_keys[] = { "delimiter", "quoteChar", "escapeChar",
                                            "skipInitialSpace", NULL };
static const char *const expect_keys[] = { "tables", "sheets", "rows", NULL };

static const hg_recipe_word styles[] = { { "vi", HG_NUMBER_VI },
                                         { "en", HG_NUMBER_EN },
                                         { NULL, 0 } };
static const hg_recipe_word totals[] = { { "check", HG_TOTALS_CHECK },
                                         { "off", HG_TOTALS_OFF },
                                         { NULL, 0 } };

/* ---- cells that give nothing ---- */

/* Read one end of a range: "B7", "B" or "7"; 0 stands for what is not said. */
static bool read_end(const char *text, size_t n, uint32_t *row, uint32_t *col)
{
    size_t letters = 0;
    uint64_t number = 0;
    while (letters < n && text[letters] >= 'A' && text[letters] <= 'Z')
        letters++;
    *col = hg_reading_letters(text, letters);
    for (size_t i = letters; i < n; i++) {
        if (text[i] < '0' || text[i] > '9' || number > 1u << 20)
            return false;
        number = number * 10 + (uint64_t)(text[i] - '0');
    }
    *row = (uint32_t)number;
    return n > 0 && (letters == 0 || *col > 0) && (letters == n || number > 0);
}

/* Read "S7:T12", "Z:Z", "80:90" or "S7"; false for what is no range of cells. */
static bool read_area(const char *text, hg_area *area)
{
    const char *colon = strchr(text, ':');
    size_t n = colon ? (size_t)(colon - text) : strlen(text);
    const char *end = colon ? colon + 1 : text;
    if (!read_end(text, n, &area->row1, &area->col1) ||
        !read_end(end, strlen(end), &area->row2, &area->col2) ||
        (!colon && (!area->row1 || !area->col1)))
        return false;
    area->row2 = area->row2 ? area->row2 : UINT32_MAX;
    area->col2 = area->col2 ? area->col2 : UINT32_MAX;
    return true;
}

/* Part what is to be ignored into patterns of texts and ranges of cells. */
static hg_status read_ignore(hg_recipe_reading *r, const hg_json *object,
                             hg_recipe_table *table)
{
    hg_patterns raw = { 0 };
    size_t kept = 0;
    if (hg_reading_patterns(r, object, "ignore", true, &table->ignore) != HG_OK ||
        hg_reading_patterns(r, object, "ignore", false, &raw) != HG_OK) {
        hg_patterns_release(&raw);
        return r->err->status;
    }
    table->areas = calloc(raw.n + 1, sizeof *table->areas);
    for (size_t i = 0; table->areas && i < raw.n; i++) {
        if (read_area(raw.list[i], &table->areas[table->n_areas])) {
            table->n_areas++;
            free((char *)table->ignore.list[i]);
        } else {
            table->ignore.list[kept++] = table->ignore.list[i];
        }
    }
    if (table->areas)
        table->ignore.n = kept;
    hg_patterns_release(&raw);
    return table->areas ? HG_OK : hg_fail_nomem(r->err);
}

/* Texts instead of numbers, and their status. */
static hg_status read_symbols(hg_recipe_reading *r, const hg_json *object,
                              hg_recipe_table *table)
{
    const hg_json *all = hg_json_get(object, "symbols");
    if (!all)
        return HG_OK;
    if (!hg_json_is_object(all))
        return hg_doc_fail(r->err, r->doc, object, "symbols",
                           "'symbols' takes texts and their status");
    table->symbols = calloc(hg_json_len(all) + 1, sizeof *table->symbols);
    if (!table->symbols)
        return hg_fail_nomem(r->err);
    for (size_t i = 0; i < hg_json_len(all); i++) {
        const char *status = hg_json_str(hg_json_member(all, i));
        if (!status || strlen(status) != 1 || *status < 'A' || *status > 'Z')
            return hg_doc_fail(r->err, r->doc, all, hg_json_key(all, i),
                               "a status is a capital letter");
        const char *text = hg_json_key(all, i);
        table->symbols[table->n_symbols++] =
            (hg_symbol){ text, strpbrk(text, "*?[") != NULL, *status };
    }
    return HG_OK;
}

/* Headings by the letters of their columns. */
static hg_status read_headings(hg_recipe_reading *r, const hg_json *object,
                               hg_recipe_table *table)
{
    const hg_json *all = hg_json_get(object, "headings");
    if (!all)
        return HG_OK;
    if (!hg_json_is_object(all))
        return hg_doc_fail(r->err, r->doc, object, "headings",
                           "'headings' takes letters of columns and their headings");
    table->headings = calloc(hg_json_len(all) + 1, sizeof *table->headings);
    if (!table->headings)
        return hg_fail_nomem(r->err);
    for (size_t i = 0; i < hg_json_len(all); i++) {
        const char *letters = hg_json_key(all, i), *text = hg_json_str(hg_json_member(all, i));
        uint32_t col = hg_reading_letters(letters, strlen(letters));
        if (!text || col == 0)
            return hg_doc_fail(r->err, r->doc, all, letters,
                               "'headings' takes letters of columns and their headings");
        table->headings[table->n_headings++] = (hg_named){ col, text };
    }
    return HG_OK;
}

/* ---- a table ---- */

/* The table itself where it says key, or else the recipe around it. */
static const hg_json *speaker(const hg_json *table, const hg_json *root, const char *key)
{
    return hg_json_get(table, key) ? table : root;
}

static hg_status read_texts(hg_recipe_reading *r, const hg_json *at, const hg_json *root,
                            hg_recipe_table *t)
{
    const struct {
        const char *key;
        bool fold;
        hg_patterns *to;
    } lists[] = { { "sheets", false, &t->sheets }, { "files", false, &t->files },
                  { "anchor", true, &t->anchor },  { "heading", true, &t->heading },
                  { "until", true, &t->until } };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (hg_reading_patterns(r, speaker(at, root, lists[i].key), lists[i].key,
                                lists[i].fold, lists[i].to) != HG_OK)
            return r->err->status;
    hg_status st = read_ignore(r, speaker(at, root, "ignore"), t);
    if (st == HG_OK)
        st = read_symbols(r, speaker(at, root, "symbols"), t);
    return st == HG_OK ? read_headings(r, speaker(at, root, "headings"), t) : st;
}

static hg_status read_table(hg_recipe_reading *r, const hg_json *at, const hg_json *root,
                            hg_recipe_table *t)
{
    int numbers = HG_NUMBER_ANY, check = HG_TOTALS_AUTO;
    size_t stub = 0;
    t->at = at;
    if (hg_reading_columns(r, speaker(at, root, "columns"), t) != HG_OK ||
        hg_reading_text(r, speaker(at, root, "name"), "name", &t->resource) != HG_OK ||
        read_texts(r, at, root, t) != HG_OK ||
        hg_reading_regex(r, speaker(at, root, "split"), "split", &t->split) != HG_OK ||
        hg_reading_choice(r, speaker(at, root, "numbers"), "numbers", styles, &numbers) !=
            HG_OK ||
        hg_reading_choice(r, speaker(at, root, "totals"), "totals", totals, &check) !=
            HG_OK ||
        hg_reading_bool(r, speaker(at, root, "repeat"), "repeat", &t->repeat) != HG_OK ||
        hg_reading_bool(r, speaker(at, root, "optional"), "optional", &t->optional) !=
            HG_OK ||
        hg_reading_number(r, speaker(at, root, "stub"), "stub", 1, 100, &stub) != HG_OK)
        return r->err->status;
    t->numbers = (hg_number_style)numbers;
    t->totals = (hg_totals)check;
    t->stub = (uint32_t)stub;
    if (t->split && t->split->re_nsub == 0)
        return hg_doc_fail(r->err, r->doc, at, "split",
                           "'split' needs groups in parentheses");
    return HG_OK;
}

static hg_status read_tables(hg_recipe_reading *r, const hg_json *root)
{
    hg_recipe *recipe = r->recipe;
    const hg_json *list = hg_json_get(root, "tables");
    size_t n = list ? hg_json_len(list) : 1;
    if (list && (!hg_json_is_array(list) || n == 0 || n > HG_RECIPE_TABLES))
        return hg_doc_fail(r->err, r->doc, root, "tables",
                           "'tables' takes a list of at most %d tables",
                           HG_RECIPE_TABLES);
    recipe->tables = calloc(n, sizeof *recipe->tables);
    if (!recipe->tables)
        return hg_fail_nomem(r->err);
    for (size_t i = 0; i < n; i++) {
        const hg_json *at = list ? hg_json_at(list, i) : root;
        if (!hg_json_is_object(at))
            return hg_doc_fail(r->err, r->doc, root, "tables", "a table is an object");
        if (list && hg_doc_keys(r->err, r->doc, at, table_keys) != HG_OK)
            return r->err->status;
        recipe->n = i + 1; /* from now on what it owns is freed with the recipe */
        if (read_table(r, at, root, &recipe->tables[i]) != HG_OK)
            return r->err->status;
    }
    return HG_OK;
}

/* ---- the rest ---- */

/* "rows": a number, or the least and the most. */
static hg_status read_rows(hg_recipe_reading *r, const hg_json *expect)
{
    const hg_json *rows = hg_json_get(expect, "rows");
    const hg_json *least = hg_json_is_array(rows) ? hg_json_at(rows, 0) : rows;
    const hg_json *most = hg_json_is_array(rows) ? hg_json_at(rows, 1) : rows;
    int64_t from = hg_json_int(least, -1), to = hg_json_int(most, -1);
    if (!rows)
        return HG_OK;
    if (from < 0 || to < from || (hg_json_is_array(rows) && hg_json_len(rows) != 2))
        return hg_doc_fail(r->err, r->doc, expect, "rows",
                           "'rows' takes a number, or the least and the most");
    r->recipe->expect.rows_least = (size_t)from;
    r->recipe->expect.rows_most = (size_t)to;
    return HG_OK;
}

/* A byte of "dialect", or what stands for it; null is none. */
static hg_status read_byte(hg_recipe_reading *r, const hg_json *dialect, const char *key,
                           int *byte)
{
    const hg_json *v = hg_json_get(dialect, key);
    const char *text = hg_json_is_null(v) ? "" : hg_json_str(v);
    if (!v || (text && hg_sniff_byte(byte, &r->recipe->dialect.skip_space, text)))
        return HG_OK;
    return hg_doc_fail(r->err, r->doc, dialect, key,
                       "'%s' takes one ASCII character, tab, space or none", key);
}

/* "dialect": how sources that are texts are written, by the names of Table Dialect. */
static hg_status read_dialect(hg_recipe_reading *r, const hg_json *root)
{
    const hg_json *at = hg_json_get(root, "dialect");
    hg_sniff_opts *dialect = &r->recipe->dialect;
    bool skip = false;
    *dialect = (hg_sniff_opts)HG_SNIFF_DEFAULTS;
    if (hg_reading_text(r, root, "encoding", &r->recipe->encoding) != HG_OK)
        return r->err->status;
    if (!at)
        return HG_OK;
    if (!hg_json_is_object(at))
        return hg_doc_fail(r->err, r->doc, root, "dialect", "'dialect' takes an object");
    if (hg_doc_keys(r->err, r->doc, at, dialect_keys) != HG_OK ||
        read_byte(r, at, "delimiter", &dialect->delimiter) != HG_OK ||
        read_byte(r, at, "quoteChar", &dialect->quote) != HG_OK ||
        read_byte(r, at, "escapeChar", &dialect->escape) != HG_OK ||
        hg_reading_bool(r, at, "skipInitialSpace", &skip) != HG_OK)
        return r->err->status;
    if (hg_json_get(at, "skipInitialSpace"))
        dialect->skip_space = skip;
    return HG_OK;
}

static hg_status read_rest(hg_recipe_reading *r, const hg_json *root)
{
    const hg_json *expect = hg_json_get(root, "expect");
    hg_recipe_expect *e = &r->recipe->expect;
    *e = (hg_recipe_expect){ SIZE_MAX, SIZE_MAX, 0, SIZE_MAX };
    if (hg_reading_text(r, root, "notes", &r->recipe->notes) != HG_OK)
        return r->err->status;
    if (!expect)
        return HG_OK;
    if (!hg_json_is_object(expect))
        return hg_doc_fail(r->err, r->doc, root, "expect", "'expect' takes an object");
    if (hg_doc_keys(r->err, r->doc, expect, expect_keys) != HG_OK ||
        hg_reading_number(r, expect, "tables", 0, 1000000, &e->tables) != HG_OK ||
        hg_reading_number(r, expect, "sheets", 0, 1000000, &e->sheets) != HG_OK)
        return r->err->status;
    return read_rows(r, expect);
}

hg_status hg_recipe_new(hg_recipe **out, const hg_doc *doc, hg_recipe_codes *codes,
                        void *with, hg_err *err)
{
    hg_recipe *recipe = calloc(1, sizeof *recipe);
    *out = NULL;
    if (!recipe)
        return hg_fail_nomem(err);
    recipe->doc = doc;
    hg_recipe_reading r = { recipe, doc, codes, with, err };
    const hg_json *root = hg_doc_root(doc);
    hg_status st = hg_json_is_object(root)
                       ? hg_doc_keys(err, doc, root, root_keys)
                       : hg_doc_fail(err, doc, root, NULL, "a recipe is an object");
    if (st == HG_OK)
        st = read_tables(&r, root);
    if (st == HG_OK)
        st = read_dialect(&r, root);
    if (st == HG_OK)
        st = read_rest(&r, root);
    if (st != HG_OK) {
        hg_recipe_free(recipe);
        return st;
    }
    *out = recipe;
    return HG_OK;
}

bool hg_recipe_is_dimension(const hg_recipe_field *field)
{
    return field->from != HG_FROM_VALUE && field->from != HG_FROM_STATUS &&
           field->from != HG_FROM_MARK;
}

bool hg_recipe_of_row(const hg_recipe_field *field)
{
    return field->from == HG_FROM_ROW || field->from == HG_FROM_PATH ||
           field->from == HG_FROM_NUMBERING || field->from == HG_FROM_KIND;
}

bool hg_recipe_is_list(const hg_recipe_table *table)
{
    return table->value == table->n;
}

bool hg_recipe_fits(const hg_patterns *patterns, const char *key)
{
    for (size_t i = 0; i < patterns->n; i++)
        if (fnmatch(patterns->list[i], key, 0) == 0)
            return true;
    return false;
}

static void release_table(hg_recipe_table *t)
{
    hg_patterns *const lists[] = { &t->sheets,  &t->files, &t->anchor,
                                   &t->heading, &t->until, &t->ignore };
    for (size_t i = 0; i < t->n; i++)
        hg_recipe_field_release(&t->fields[i]);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        hg_patterns_release(lists[i]);
    if (t->split)
        regfree(t->split);
    free(t->split);
    free(t->areas);
    free(t->symbols);
    free(t->headings);
}

void hg_recipe_free(hg_recipe *recipe)
{
    if (!recipe)
        return;
    for (size_t i = 0; i < recipe->n; i++)
        release_table(&recipe->tables[i]);
    free(recipe->tables);
    free(recipe);
}
