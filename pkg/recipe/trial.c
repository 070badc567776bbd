/* trial - a recipe tried on one sheet */
#include "recipe/trial.h"

#include <stdlib.h>
#include <string.h>

/* ---- what comes out ---- */

static void tell(void *with, const hg_finding *finding)
{
    hg_trial *t = with;
    t->wrong_sums += strcmp(finding->code, "sum-error") == 0;
    t->hidden += strcmp(finding->code, "hidden-values") == 0;
}

/* "-1234.5", no zero before other digits; *whole: without decimals. */
static bool is_number(hg_slice text, bool *whole)
{
    size_t i = text.n > 0 && text.p[0] == '-', digits = 0;
    size_t first = i;
    *whole = true;
    for (; i < text.n; i++) {
        if (text.p[i] == '.' && digits > 0 && *whole && i + 1 < text.n)
            *whole = false;
        else if (text.p[i] >= '0' && text.p[i] <= '9')
            digits++;
        else
            return false;
    }
    return digits > 0 &&
           !(text.p[first] == '0' && first + 1 < text.n && text.p[first + 1] != '.');
}

static bool is_date(hg_slice text)
{
    static const char shape[] = "dddd-dd-dd";
    if (text.n != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < text.n; i++)
        if (shape[i] == 'd' ? text.p[i] < '0' || text.p[i] > '9' : text.p[i] != '-')
            return false;
    return true;
}

static void take_in(hg_trial_column *column, hg_slice text, bool status)
{
    bool whole;
    if (text.n == 0) {
        column->blank++;
        return;
    }
    column->numbers = column->numbers && is_number(text, &whole);
    column->integers = column->integers && column->numbers && whole;
    column->dates = column->dates && is_date(text);
    if (!status || strchr(column->letters, text.p[0]))
        return;
    size_t n = strlen(column->letters);
    for (; n > 0 && n < sizeof column->letters - 1 && column->letters[n - 1] > text.p[0];
         n--)
        column->letters[n] = column->letters[n - 1];
    if (n < sizeof column->letters - 1)
        column->letters[n] = text.p[0];
}

static hg_status read_rows(hg_trial *t)
{
    const hg_recipe_table *table;
    const hg_slice *cells;
    hg_origin at;
    hg_status st;
    bool any[HG_RECIPE_FIELDS] = { false };
    for (size_t i = 0; i < HG_RECIPE_FIELDS; i++)
        t->columns[i] =
            (hg_trial_column){ .numbers = true, .integers = true, .dates = true };
    while ((st = hg_layout_next(t->layout, &table, &cells, &at, &t->why)) == HG_OK) {
        t->rows++;
        for (size_t i = 0; i < t->table->n && table == t->table; i++) {
            any[i] = any[i] || cells[i].n > 0;
            take_in(&t->columns[i], cells[i], i == table->status);
        }
    }
    for (size_t i = 0; i < t->table->n; i++) {
        t->columns[i].numbers = t->columns[i].numbers && any[i];
        t->columns[i].integers = t->columns[i].integers && any[i];
        t->columns[i].dates = t->columns[i].dates && any[i];
    }
    return st == HG_END ? HG_OK : st;
}

/* ---- the trial ---- */

static const char *no_codes(void *with, const char *name)
{
    (void)with;
    (void)name;
    return NULL;
}

static hg_status parse(hg_trial *t, const hg_json *recipe)
{
    hg_buf text = { 0 };
    hg_status st = hg_json_dump(recipe, false, &text, &t->why);
    if (st == HG_OK)
        st = hg_doc_parse(&t->doc, "recipe", (hg_slice){ text.data, text.len }, &t->why);
    hg_buf_release(&text);
    return st == HG_OK ? hg_recipe_new(&t->recipe, t->doc, no_codes, NULL, &t->why) : st;
}

hg_status hg_trial_run(hg_trial *t, const hg_json *recipe, hg_grid *grid,
                       const char *file, const char *sheet, hg_err *err)
{
    bool use[HG_RECIPE_TABLES];
    const hg_layout_sheet read = {
        .grid = grid, .file = file, .sheet = sheet, .use = use
    };
    memset(use, true, sizeof use);
    *t = (hg_trial){ .why = HG_ERR_INIT };
    hg_status st = parse(t, recipe);
    if (st == HG_OK)
        st = hg_layout_new(&t->layout, t->recipe, tell, t, &t->why);
    if (st == HG_OK)
        st = hg_layout_read(t->layout, &read, &t->why);
    if (st == HG_OK) {
        t->table = &t->recipe->tables[0];
        t->tables = hg_layout_tables(t->layout);
        st = read_rows(t);
    }
    t->fits = st == HG_OK && t->rows > 0;
    if (st != HG_ENOMEM)
        return HG_OK;
    return hg_fail_nomem(err);
}

void hg_trial_release(hg_trial *t)
{
    hg_layout_free(t->layout);
    hg_recipe_free(t->recipe);
    hg_doc_free(t->doc);
    *t = (hg_trial){ .why = HG_ERR_INIT };
}
