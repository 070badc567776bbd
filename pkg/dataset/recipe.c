/* recipe - where reports keep a dataset's table */
#include "dataset/recipe.h"
#include "text/message.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

#define MAX_LEVEL 9

/* What is being read, and what goes with every mistake in it. */
typedef struct reading {
    hg_recipe *recipe;
    const hg_doc *doc;
    hg_recipe_codes *codes;
    void *with;
    hg_err *err;
} reading;

/* A word of the recipe and what it stands for; a table ends with a NULL word. */
typedef struct word {
    const char *word;
    int value;
} word;

static const word origins[] = {
    { "header", HG_FROM_HEADER },     { "row", HG_FROM_ROW },
    { "section", HG_FROM_SECTION },   { "unit", HG_FROM_UNIT },
    { "title", HG_FROM_TITLE },       { "sheet", HG_FROM_SHEET },
    { "constant", HG_FROM_CONSTANT }, { "value", HG_FROM_VALUE },
    { "status", HG_FROM_STATUS },     { NULL, 0 },
};
static const word periods[] = { { "year", HG_PERIOD_YEAR },
                                { "school-year", HG_PERIOD_SCHOOL_YEAR },
                                { NULL, 0 } };
static const word styles[] = { { "vi", HG_NUMBER_VI },
                               { "en", HG_NUMBER_EN },
                               { NULL, 0 } };

static const char *const recipe_keys[] = { "sheets", "columns", "split", "ignore",
                                           "stub",   "numbers", NULL };
static const char *const field_keys[] = { "from",   "level", "type", "pattern", "codes",
                                          "column", "map",   "some", "default", NULL };

/* Look a text up in a table of words; a miss names the nearest. */
static hg_status look_up(reading *r, const hg_json *at, const char *key, const char *text,
                         const word *words, int *value)
{
    const char *near = NULL;
    unsigned least = 4; /* more edits apart is no slip of the hand */
    hg_buf known = { 0 };
    for (const word *w = words; text && w->word; w++) {
        unsigned apart = hg_text_distance(text, w->word);
        if (apart == 0) {
            *value = w->value;
            hg_buf_release(&known);
            return HG_OK;
        }
        if (apart < least) {
            least = apart;
            near = w->word;
        }
    }
    for (const word *w = words; w->word; w++)
        hg_buf_printf(&known, "%s%s", w == words ? "" : ", ", w->word);
    if (text && near)
        hg_doc_fail(r->err, r->doc, at, key, "unknown word '%s'; did you mean '%s'?",
                    text, near);
    else
        hg_doc_fail(r->err, r->doc, at, key, "'%s' takes one of: %s", key,
                    known.data ? known.data : "");
    hg_buf_release(&known);
    return r->err->status;
}

/* The text of an optional member, which may be nothing but a text. */
static hg_status text_of(reading *r, const hg_json *object, const char *key,
                         const char **text)
{
    const hg_json *v = hg_json_get(object, key);
    *text = hg_json_str(v);
    return !v || *text
               ? HG_OK
               : hg_doc_fail(r->err, r->doc, object, key, "'%s' takes a text", key);
}

static hg_status pattern_of(reading *r, const hg_json *object, const char *key,
                            regex_t **out)
{
    const char *text;
    char why[128];
    hg_status st = text_of(r, object, key, &text);
    if (st != HG_OK || !text)
        return st;
    regex_t *pattern = calloc(1, sizeof *pattern);
    if (!pattern)
        return hg_fail_nomem(r->err);
    int code = regcomp(pattern, text, REG_EXTENDED);
    if (code != 0) {
        regerror(code, pattern, why, sizeof why);
        free(pattern);
        return hg_doc_fail(r->err, r->doc, object, key, "no regular expression: %s", why);
    }
    *out = pattern;
    return HG_OK;
}

static hg_status read_map(reading *r, const hg_json *object, hg_recipe_field *field)
{
    const hg_json *map = hg_json_get(object, "map");
    if (!hg_json_is_object(map))
        return hg_doc_fail(r->err, r->doc, object, "map",
                           "'map' takes labels and their codes");
    hg_status st = hg_codelist_new(&field->codes, hg_doc_name(r->doc), r->err);
    for (size_t i = 0; i < hg_json_len(map) && st == HG_OK; i++) {
        const char *code = hg_json_str(hg_json_member(map, i));
        if (!code)
            return hg_doc_fail(r->err, r->doc, map, hg_json_key(map, i),
                               "a code is a text");
        st = hg_codelist_add(field->codes, hg_slice_of(hg_json_key(map, i)),
                             hg_slice_of(code), r->err);
    }
    return st == HG_OK ? hg_codelist_close(field->codes, r->err) : st;
}

/* The heading of a label column, as a list of one label. */
static hg_status read_column(reading *r, const hg_json *object, hg_recipe_field *field)
{
    const char *name;
    hg_status st = text_of(r, object, "column", &name);
    if (st != HG_OK || !name)
        return st;
    st = hg_codelist_new(&field->column, name, r->err);
    if (st == HG_OK)
        st =
            hg_codelist_add(field->column, hg_slice_of(name), HG_SLICE("column"), r->err);
    return st;
}

static hg_status read_codes(reading *r, const hg_json *object, hg_recipe_field *field)
{
    const char *name;
    if (hg_json_get(object, "map") && hg_json_get(object, "codes"))
        return hg_doc_fail(r->err, r->doc, object, "map",
                           "'map' and 'codes' do not go together");
    if (hg_json_get(object, "map"))
        return read_map(r, object, field);
    hg_status st = text_of(r, object, "codes", &name);
    if (st != HG_OK || !name)
        return st;
    const char *csv = r->codes(r->with, name);
    if (!csv)
        return hg_doc_fail(r->err, r->doc, object, "codes",
                           "there is no code list codes/%s.csv", name);
    hg_buf path = { 0 };
    hg_buf_printf(&path, "codes/%s.csv", name);
    st = hg_buf_status(&path, r->err);
    if (st == HG_OK)
        st = hg_codelist_parse(&field->codes, path.data, hg_slice_of(csv), r->err);
    hg_buf_release(&path);
    return st;
}

/* What does not go together in one column. */
static hg_status check_field(reading *r, const hg_json *columns,
                             const hg_recipe_field *field)
{
    bool label = field->from < HG_FROM_CONSTANT;
    if (field->from == HG_FROM_CONSTANT && !field->otherwise)
        return hg_doc_fail(r->err, r->doc, columns, field->name,
                           "a constant needs its value, as 'default'");
    if (!label && (field->codes || field->pattern || field->period))
        return hg_doc_fail(
            r->err, r->doc, columns, field->name,
            "only what is read from a label takes 'codes', 'map', 'type' or "
            "'pattern'");
    if (field->period && field->codes)
        return hg_doc_fail(r->err, r->doc, columns, field->name,
                           "'type' and a code list do not go together");
    if ((field->level || field->column) && field->from != HG_FROM_ROW)
        return hg_doc_fail(r->err, r->doc, columns, field->name,
                           "'%s' goes with \"from\": \"row\" only",
                           field->level ? "level" : "column");
    if (field->level && field->column)
        return hg_doc_fail(r->err, r->doc, columns, field->name,
                           "'level' and 'column' do not go together");
    return HG_OK;
}

static hg_status read_details(reading *r, const hg_json *object, hg_recipe_field *field)
{
    const char *type;
    int period = HG_PERIOD_NONE;
    const hg_json *level = hg_json_get(object, "level");
    if (hg_doc_keys(r->err, r->doc, object, field_keys) != HG_OK ||
        text_of(r, object, "default", &field->otherwise) != HG_OK ||
        text_of(r, object, "type", &type) != HG_OK ||
        (type && look_up(r, object, "type", type, periods, &period) != HG_OK))
        return r->err->status;
    int64_t n = hg_json_int(level, level ? -1 : 0);
    if (n < 0 || n > MAX_LEVEL || (level && n == 0))
        return hg_doc_fail(r->err, r->doc, object, "level",
                           "'level' takes a number from 1 to %d", MAX_LEVEL);
    field->level = (unsigned)n;
    field->period = (hg_period_kind)period;
    field->some = hg_json_true(hg_json_get(object, "some"));
    hg_status st = pattern_of(r, object, "pattern", &field->pattern);
    if (st == HG_OK)
        st = read_column(r, object, field);
    return st == HG_OK ? read_codes(r, object, field) : st;
}

static hg_status read_field(reading *r, const hg_json *columns, size_t i)
{
    hg_recipe_field *field = &r->recipe->fields[r->recipe->n++];
    const hg_json *object = hg_json_member(columns, i);
    int from;
    field->name = hg_json_key(columns, i);
    const char *brief = hg_json_str(object); /* "value" stands for { "from": "value" } */
    if (!brief && !hg_json_get(object, "from"))
        return hg_doc_fail(r->err, r->doc, columns, field->name, "a column needs 'from'");
    hg_status st = brief ? look_up(r, columns, field->name, brief, origins, &from)
                         : look_up(r, object, "from", hg_json_get_str(object, "from"),
                                   origins, &from);
    if (st != HG_OK)
        return st;
    field->from = (hg_from)from;
    if (!brief && read_details(r, object, field) != HG_OK)
        return r->err->status;
    return check_field(r, columns, field);
}

/* Find the one value and the one status, and see that there is a dimension. */
static hg_status check_columns(reading *r, const hg_json *root)
{
    hg_recipe *recipe = r->recipe;
    size_t values = 0, statuses = 0;
    recipe->status = recipe->n;
    for (size_t i = 0; i < recipe->n; i++) {
        if (recipe->fields[i].from == HG_FROM_VALUE) {
            recipe->value = i;
            values++;
        } else if (recipe->fields[i].from == HG_FROM_STATUS) {
            recipe->status = i;
            statuses++;
        }
    }
    if (values != 1 || statuses > 1)
        return hg_doc_fail(r->err, r->doc, root, "columns",
                           "one column is \"value\", and one at most is \"status\"");
    if (recipe->n == values + statuses)
        return hg_doc_fail(r->err, r->doc, root, "columns",
                           "a table needs columns that tell its values apart");
    return HG_OK;
}

static hg_status read_columns(reading *r, const hg_json *root)
{
    const hg_json *columns = hg_json_get(root, "columns");
    if (!hg_json_is_object(columns) || hg_json_len(columns) > HG_RECIPE_FIELDS)
        return hg_doc_fail(r->err, r->doc, root, columns ? "columns" : NULL,
                           "a recipe needs \"columns\", at most %d of them",
                           HG_RECIPE_FIELDS);
    for (size_t i = 0; i < hg_json_len(columns); i++)
        if (read_field(r, columns, i) != HG_OK)
            return r->err->status;
    return check_columns(r, root);
}

/* A text or a list of texts. */
static hg_status read_list(reading *r, const hg_json *root, const char *key,
                           const char ***out, size_t *n)
{
    const hg_json *v = hg_json_get(root, key);
    size_t count = hg_json_is_array(v) ? hg_json_len(v) : v ? 1 : 0;
    const char **list = calloc(count + 1, sizeof *list);
    if (!list)
        return hg_fail_nomem(r->err);
    *out = list;
    *n = count;
    for (size_t i = 0; i < count; i++) {
        list[i] = hg_json_str(hg_json_is_array(v) ? hg_json_at(v, i) : v);
        if (!list[i])
            return hg_doc_fail(r->err, r->doc, root, key,
                               "'%s' takes a text or a list of texts", key);
    }
    return HG_OK;
}

/* Replace each pattern by its key, which labels are compared under. The keys are the
 * recipe's own. */
static hg_status fold(reading *r, const char **list, size_t n)
{
    size_t i = 0;
    hg_buf key = { 0 };
    for (; i < n; i++) {
        hg_buf_clear(&key);
        hg_utf8_key(&key, list[i], strlen(list[i]));
        list[i] = key.data ? strdup(key.data) : strdup("");
        if (!list[i])
            break;
    }
    hg_buf_release(&key);
    for (size_t k = i; k < n; k++)
        list[k] = NULL; /* not ours to free */
    return i == n ? HG_OK : hg_fail_nomem(r->err);
}

static hg_status read_rest(reading *r, const hg_json *root)
{
    hg_recipe *recipe = r->recipe;
    const char *style;
    int numbers = HG_NUMBER_ANY;
    const char **ignore = NULL;
    size_t n_ignore = 0;
    const hg_json *stub = hg_json_get(root, "stub");
    if (read_list(r, root, "sheets", &recipe->sheets, &recipe->n_sheets) != HG_OK ||
        pattern_of(r, root, "split", &recipe->split) != HG_OK ||
        text_of(r, root, "numbers", &style) != HG_OK ||
        (style && look_up(r, root, "numbers", style, styles, &numbers) != HG_OK))
        return r->err->status;
    recipe->numbers = (hg_number_style)numbers;
    if (recipe->split && recipe->split->re_nsub == 0)
        return hg_doc_fail(r->err, r->doc, root, "split",
                           "'split' needs groups in parentheses");
    int64_t n = hg_json_int(stub, stub ? -1 : 0);
    if (n < 0 || n > 100)
        return hg_doc_fail(r->err, r->doc, root, "stub",
                           "'stub' takes a number of columns");
    recipe->stub = (uint32_t)n;
    if (read_list(r, root, "ignore", &ignore, &n_ignore) != HG_OK) {
        free(ignore);
        return r->err->status;
    }
    recipe->ignore = ignore;
    recipe->n_ignore = n_ignore;
    return fold(r, recipe->ignore, recipe->n_ignore);
}

hg_status hg_recipe_new(hg_recipe **out, const hg_doc *doc, hg_recipe_codes *codes,
                        void *with, hg_err *err)
{
    hg_recipe *recipe = calloc(1, sizeof *recipe);
    *out = NULL;
    if (!recipe)
        return hg_fail_nomem(err);
    reading r = { recipe, doc, codes, with, err };
    const hg_json *root = hg_doc_root(doc);
    hg_status st = hg_json_is_object(root)
                       ? hg_doc_keys(err, doc, root, recipe_keys)
                       : hg_doc_fail(err, doc, root, NULL, "a recipe is an object");
    if (st == HG_OK)
        st = read_columns(&r, root);
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
    return field->from != HG_FROM_VALUE && field->from != HG_FROM_STATUS;
}

static void pattern_free(regex_t *pattern)
{
    if (pattern)
        regfree(pattern);
    free(pattern);
}

void hg_recipe_free(hg_recipe *recipe)
{
    if (!recipe)
        return;
    for (size_t i = 0; i < recipe->n; i++) {
        pattern_free(recipe->fields[i].pattern);
        hg_codelist_free(recipe->fields[i].codes);
        hg_codelist_free(recipe->fields[i].column);
    }
    for (size_t i = 0; i < recipe->n_ignore; i++)
        free((char *)recipe->ignore[i]);
    pattern_free(recipe->split);
    free(recipe->sheets);
    free(recipe->ignore);
    free(recipe);
}
