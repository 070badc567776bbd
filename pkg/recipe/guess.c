/* guess - a recipe for a source that has none */
#include "recipe/guess.h"
#include "recipe/blocks.h"
#include "recipe/candidate.h"
#include "recipe/judge.h"
#include "recipe/reasons.h"
#include "recipe/search.h"
#include "text/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Sheets of one recipe. */
typedef struct group {
    hg_json *recipe, *sheets;
    hg_trial_column columns[HG_RECIPE_FIELDS]; /* of all its sheets together */
} group;

struct hg_guess {
    const char *file;
    hg_reasons reasons;
    group *groups;
    size_t n, sheets; /* sheets: visible ones taken in */
    size_t left_out;
};

hg_status hg_guess_new(hg_guess **out, const char *file, hg_lang lang, hg_err *err)
{
    hg_guess *g = calloc(1, sizeof *g);
    *out = g;
    if (!g)
        return hg_fail_nomem(err);
    g->file = file;
    hg_reasons_init(&g->reasons, lang);
    return HG_OK;
}

void hg_guess_free(hg_guess *g)
{
    if (!g)
        return;
    for (size_t i = 0; i < g->n; i++) {
        hg_json_free(g->groups[i].recipe);
        hg_json_free(g->groups[i].sheets);
    }
    free(g->groups);
    hg_reasons_release(&g->reasons);
    free(g);
}

void hg_guess_hidden(hg_guess *g, const char *sheet)
{
    g->reasons.sheet = sheet;
    hg_reasons_add(&g->reasons, "sheets", 95, "it is hidden, and so left out");
    g->left_out++;
}

/* ---- groups ---- */

static void take_columns(group *to, const hg_trial_column *columns)
{
    for (size_t i = 0; i < HG_RECIPE_FIELDS; i++) {
        hg_trial_column *c = &to->columns[i];
        c->blank += columns[i].blank;
        c->numbers = c->numbers && columns[i].numbers;
        c->integers = c->integers && columns[i].integers;
        c->dates = c->dates && columns[i].dates;
    }
}

/* Try the recipes made so far; the sheet joins the first that is as good for it. */
static hg_status join(hg_guess *g, const hg_shape *shape, hg_grid *grid,
                      const char *sheet, bool *joined, hg_err *err)
{
    *joined = false;
    for (size_t i = 0; i < g->n && !*joined; i++) {
        hg_trial trial;
        hg_judgement judgement = { 0 };
        hg_status st =
            hg_trial_run(&trial, g->groups[i].recipe, grid, g->file, sheet, err);
        if (st == HG_OK && trial.fits)
            hg_judge(&judgement, &trial, shape, grid);
        *joined = trial.fits && judgement.lost == 0 && judgement.odd == 0;
        if (*joined) {
            take_columns(&g->groups[i], trial.columns);
            hg_json_add_str(g->groups[i].sheets, sheet);
            hg_reasons_add(&g->reasons, "table", 98,
                           "the recipe of the sheet '%s' fits it too: %zu values",
                           hg_json_str(hg_json_at(g->groups[i].sheets, 0)),
                           judgement.values);
        }
        hg_trial_release(&trial);
        if (st != HG_OK)
            return st;
    }
    return HG_OK;
}

static hg_status add_group(hg_guess *g, hg_found *found, const char *sheet, hg_err *err)
{
    group *groups = realloc(g->groups, (g->n + 1) * sizeof *groups);
    if (!groups)
        return hg_fail_nomem(err);
    g->groups = groups;
    group *new = &groups[g->n++];
    *new = (group){ .recipe = found->recipe, .sheets = hg_json_array() };
    memcpy(new->columns, found->columns, sizeof new->columns);
    found->recipe = NULL;
    if (sheet)
        hg_json_add_str(new->sheets, sheet);
    return HG_OK;
}

static void release_found(hg_found *found, size_t n)
{
    for (size_t i = 0; i < n; i++)
        hg_json_free(found[i].recipe);
}

/* Take the recipes that were found for a sheet, with the reasons for them. */
static hg_status take(hg_guess *g, hg_found *found, size_t n, const hg_reasons *reasons,
                      const char *sheet, hg_err *err)
{
    hg_status st = HG_OK;
    bool any = false;
    hg_reasons_take(&g->reasons, reasons);
    for (size_t i = 0; i < n && st == HG_OK; i++)
        if (found[i].recipe && g->n < HG_RECIPE_TABLES) {
            any = true;
            st = add_group(g, &found[i], sheet, err);
        }
    g->left_out += !any;
    return st;
}

/* ---- several tables in one sheet ---- */

/* The recipes of all blocks as one fit the whole sheet, and give as many rows. */
static hg_status fit_together(const hg_guess *g, const hg_found *found, size_t n,
                              size_t rows, hg_grid *grid, const char *sheet, bool *fit,
                              hg_err *err)
{
    hg_json *whole = hg_json_object(), *tables = hg_json_array();
    hg_trial trial;
    for (size_t i = 0; i < n; i++)
        if (found[i].recipe) {
            hg_json *table = hg_json_copy(found[i].recipe);
            char name[24];
            snprintf(name, sizeof name, "t%zu", i);
            hg_json_set_str(table, "name", name);
            hg_json_add(tables, table);
        }
    hg_json_set(whole, "tables", tables);
    hg_status st = hg_trial_run(&trial, whole, grid, g->file, sheet, err);
    *fit = st == HG_OK && trial.fits && trial.rows == rows;
    hg_trial_release(&trial);
    hg_json_free(whole);
    return st;
}

/* Search one block; its recipe is found by its headings. *rows grows by what it gives. */
static hg_status search_block(const hg_guess *g, hg_grid *grid, const char *sheet,
                              hg_found *found, hg_reasons *reasons, size_t *rows,
                              hg_err *err)
{
    hg_shape shape;
    hg_status st = hg_shape_look(&shape, grid, err);
    const hg_searched searched = { &shape, grid, g->file, sheet };
    if (st == HG_OK)
        st = hg_search(found, &searched, reasons, err);
    if (st == HG_OK && found->recipe) {
        hg_trial trial;
        hg_candidate_found_by(found->recipe, &shape);
        st = hg_trial_run(&trial, found->recipe, grid, g->file, sheet, err);
        *rows += trial.rows;
        hg_trial_release(&trial);
    }
    hg_shape_release(&shape);
    return st;
}

/* Search each block of a sheet by itself; *sure: all are sure, and fit the whole sheet
 * together. */
static hg_status search_blocks(const hg_guess *g, hg_grid *grid, const char *sheet,
                               hg_found found[HG_BLOCKS], size_t *n, hg_reasons *reasons,
                               bool *sure, hg_err *err)
{
    hg_area blocks[HG_BLOCKS];
    size_t rows = 0, tables = 0, count = hg_blocks_find(blocks, grid);
    hg_status st = HG_OK;
    *sure = false;
    for (*n = 0; *n < count && count > 1 && st == HG_OK; ++*n) {
        hg_grid_window(grid, &blocks[*n]);
        st = search_block(g, grid, sheet, &found[*n], reasons, &rows, err);
        tables += found[*n].recipe != NULL;
        hg_grid_window(grid, NULL);
    }
    if (st == HG_OK && tables > 1 && reasons->least >= HG_GUESS_SURE)
        st = fit_together(g, found, *n, rows, grid, sheet, sure, err);
    return st;
}

static hg_status guess_sheet(hg_guess *g, const hg_shape *shape, hg_grid *grid,
                             const char *sheet, hg_err *err)
{
    bool joined = false, parted = false;
    hg_found whole = { 0 }, parts[HG_BLOCKS] = { 0 };
    size_t n = 0;
    hg_reasons reasons, others;
    const hg_searched searched = { shape, grid, g->file, sheet };
    hg_status st = sheet ? join(g, shape, grid, sheet, &joined, err) : HG_OK;
    if (st != HG_OK || joined)
        return st;
    hg_reasons_init(&reasons, g->reasons.lang);
    hg_reasons_init(&others, g->reasons.lang);
    reasons.sheet = others.sheet = sheet;
    st = hg_search(&whole, &searched, &reasons, err);
    if (st == HG_OK && reasons.least < HG_GUESS_SURE)
        st = search_blocks(g, grid, sheet, parts, &n, &others, &parted, err);
    if (st == HG_OK && parted)
        st = take(g, parts, n, &others, sheet, err);
    else if (st == HG_OK)
        st = take(g, &whole, 1, &reasons, sheet, err);
    release_found(&whole, 1);
    release_found(parts, n);
    hg_reasons_release(&reasons);
    hg_reasons_release(&others);
    return st;
}

hg_status hg_guess_sheet(hg_guess *g, hg_grid *grid, const char *sheet, hg_err *err)
{
    hg_shape shape;
    hg_status st = hg_shape_look(&shape, grid, err);
    g->sheets++;
    g->reasons.sheet = sheet;
    if (st == HG_OK && hg_grid_rows(grid) > 0)
        st = guess_sheet(g, &shape, grid, sheet, err);
    else if (hg_grid_rows(grid) == 0)
        g->left_out++;
    hg_shape_release(&shape);
    return st;
}

/* ---- the recipe ---- */

static const char *origin_of(const hg_json *column)
{
    const char *word =
        hg_json_is_object(column) ? hg_json_get_str(column, "from") : hg_json_str(column);
    return word ? word : "row";
}

static const char *type_of(const hg_json *column, const hg_trial_column *seen, bool list)
{
    const char *origin = origin_of(column), *type = hg_json_get_str(column, "type");
    if (strcmp(origin, "value") == 0)
        return seen->integers ? "integer" : "number";
    if (type && strcmp(type, "year") == 0)
        return "year";
    if (list && seen->dates)
        return "date";
    return list && seen->integers  ? "integer"
           : list && seen->numbers ? "number"
                                   : "string";
}

/* A Table Schema of what the recipe gives. */
static hg_json *schema_of(const group *of)
{
    const hg_json *columns = hg_json_get(of->recipe, "columns");
    hg_json *schema = hg_json_object(), *fields = hg_json_array(), *key = hg_json_array();
    bool list = true;
    for (size_t i = 0; i < hg_json_len(columns); i++)
        list = list && strcmp(origin_of(hg_json_member(columns, i)), "value") != 0;
    for (size_t i = 0; i < hg_json_len(columns) && i < HG_RECIPE_FIELDS; i++) {
        const char *name = hg_json_key(columns, i), *origin;
        const hg_json *column = hg_json_member(columns, i);
        hg_json *field = hg_json_object();
        origin = origin_of(column);
        hg_json_set_str(field, "name", name);
        hg_json_set_str(field, "type", type_of(column, &of->columns[i], list));
        if (of->columns[i].blank == 0) {
            hg_json *constraints = hg_json_object();
            hg_json_set(constraints, "required", hg_json_new_bool(true));
            hg_json_set(field, "constraints", constraints);
        }
        if (!list && strcmp(origin, "value") != 0 && strcmp(origin, "status") != 0 &&
            strcmp(origin, "mark") != 0)
            hg_json_add_str(key, name);
        hg_json_add(fields, field);
    }
    hg_json_set(schema, "fields", fields);
    if (list)
        hg_json_free(key);
    else
        hg_json_set(schema, "primaryKey", key);
    return schema;
}

/* A column for the name of the sheet before all others. */
static hg_json *with_sheet(const hg_json *columns)
{
    hg_json *all = hg_json_object();
    hg_candidate_add(all,
                     hg_json_get(columns, "trang_tinh") ? "ten_trang_tinh" : "trang_tinh",
                     hg_json_new_str("sheet"));
    for (size_t i = 0; i < hg_json_len(columns); i++)
        hg_json_set(all, hg_json_key(columns, i),
                    hg_json_copy(hg_json_member(columns, i)));
    return all;
}

/* The table of a group: its recipe, with its sheets and schema. */
static hg_json *table_of(const hg_guess *g, group *of, bool alone)
{
    hg_json *table = hg_json_object(), *sheets = hg_json_array();
    hg_buf text = { 0 };
    for (size_t i = 0; i < hg_json_len(of->sheets); i++) {
        hg_buf_clear(&text);
        hg_candidate_pattern(&text, hg_json_slice(hg_json_at(of->sheets, i)));
        hg_json_add_str(sheets, text.data ? text.data : "");
    }
    if (!alone) { /* the name of its first sheet */
        hg_buf_clear(&text);
        hg_slice first = hg_json_slice(hg_json_at(of->sheets, 0));
        hg_utf8_slug(&text, first.p, first.n);
        hg_buf_printf(&text, "%s%zu", text.len > 0 ? "-" : "bang-",
                      (size_t)(of - g->groups) + 1);
        hg_json_set_str(table, "name", text.data);
    }
    if (hg_json_len(sheets) > 0 && (!alone || g->left_out > 0))
        hg_json_set(table, "sheets", sheets);
    else
        hg_json_free(sheets);
    if (hg_json_len(of->sheets) > 1) {
        hg_json_set(of->recipe, "columns",
                    with_sheet(hg_json_get(of->recipe, "columns")));
        memmove(of->columns + 1, of->columns,
                (HG_RECIPE_FIELDS - 1) * sizeof *of->columns);
        of->columns[0] = (hg_trial_column){ 0 };
    }
    for (size_t i = 0; i < hg_json_len(of->recipe); i++)
        hg_json_set(table, hg_json_key(of->recipe, i),
                    hg_json_copy(hg_json_member(of->recipe, i)));
    hg_json_set(table, "x-schema", schema_of(of));
    hg_buf_release(&text);
    return table;
}

hg_status hg_guess_end(hg_guess *g, hg_json **recipe, unsigned *percent, hg_err *err)
{
    hg_json *tables = hg_json_array();
    g->reasons.sheet = NULL;
    if (g->n == 0)
        hg_reasons_add(&g->reasons, "table", 0, "no table is found");
    for (size_t i = 0; i < g->n; i++)
        hg_json_add(tables, table_of(g, &g->groups[i], g->n == 1));
    if (g->n == 1) {
        *recipe = hg_json_keep(hg_json_at(tables, 0));
        hg_json_free(tables);
    } else {
        *recipe = hg_json_object();
        if (g->n > 1)
            hg_json_set(*recipe, "tables", tables);
        else
            hg_json_free(tables);
    }
    *percent = g->reasons.least;
    hg_json_set(*recipe, "x-confidence", hg_json_new_real(*percent / 100.0));
    hg_json_set(*recipe, "x-why", hg_json_keep(g->reasons.list));
    return *recipe ? HG_OK : hg_fail_nomem(err);
}
