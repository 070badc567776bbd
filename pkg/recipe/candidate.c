/* candidate - a recipe made of the shape of a sheet and a few choices */
#include "recipe/candidate.h"
#include "recipe/label.h"
#include "text/message.h"
#include "text/utf8.h"

#include <stdio.h>
#include <string.h>

#define MAX_NAME     40 /* bytes of a column's name */
#define MAX_FOUND_BY 8  /* headings that a table is found by */

static const struct {
    const char *type, *name;
} periods[] = {
    [HG_PERIOD_YEAR] = { "year", "nam" },
    [HG_PERIOD_SCHOOL_YEAR] = { "school-year", "nam_hoc" },
    [HG_PERIOD_MONTH] = { "month", "thang" },
    [HG_PERIOD_QUARTER] = { "quarter", "quy" },
    [HG_PERIOD_ANY] = { "period", "ky" },
};

/* ---- names ---- */

/* "Tỉnh/Thành phố" -> "tinh_thanh_pho", cut at a word; otherwise where nothing is left.
 */
static void name_of(char name[MAX_NAME + 8], const hg_cell *heading,
                    const char *otherwise)
{
    hg_buf slug = { 0 };
    size_t n = 0;
    if (heading)
        hg_utf8_slug(&slug, heading->text.p, heading->text.n);
    for (; n < slug.len && n < MAX_NAME; n++)
        name[n] = slug.data[n] == '-' ? '_' : slug.data[n];
    while (n < slug.len && n > 0 && name[n - 1] != '_')
        n--;
    while (n > 0 && name[n - 1] == '_')
        n--;
    name[n] = '\0';
    if (n == 0 || (name[0] >= '0' && name[0] <= '9'))
        memcpy(name, otherwise, strlen(otherwise) + 1);
    hg_buf_release(&slug);
}

void hg_candidate_add(hg_json *columns, const char *name, hg_json *column)
{
    char other[MAX_NAME + 32];
    snprintf(other, sizeof other, "%s", name);
    for (unsigned k = 2; hg_json_get(columns, other); k++)
        snprintf(other, sizeof other, "%s_%u", name, k);
    hg_json_set(columns, other, column);
}

static hg_json *from(const char *word)
{
    hg_json *column = hg_json_object();
    hg_json_set_str(column, "from", word);
    return column;
}

/* ---- columns of labels ---- */

bool hg_candidate_by_row(const hg_shape *s)
{
    bool named = false, blank = false;
    for (uint32_t col = 1; col <= s->stub; col++) {
        hg_holds holds = s->columns[col].holds;
        named = named || holds == HG_HOLDS_CODES || holds == HG_HOLDS_YEARS;
        blank = blank || (holds == HG_HOLDS_LABELS && s->columns[col].gaps);
    }
    if (s->labels == 1 && named && blank)
        return false; /* rows that it does not name, others do */
    return s->labels > 0 && (s->labels == 1 || !s->beside);
}

/* "A", "AB": what a recipe takes for the letter of one of the sheet's columns, or a cell. */
static bool like_letters(const hg_shape *s, hg_slice text)
{
    size_t n = 0;
    uint32_t col = 0;
    for (; n < text.n && n < 4 && text.p[n] >= 'A' && text.p[n] <= 'Z'; n++)
        col = col * 26 + (uint32_t)(text.p[n] - 'A') + 1;
    return n > 0 && n == text.n && col <= s->last;
}

static hg_json *column_of(const hg_shape *s, uint32_t col, const hg_choice *choice)
{
    const hg_shape_column *c = &s->columns[col];
    hg_json *column = hg_json_object();
    hg_buf line = { 0 };
    char letters[8];
    hg_text_letters(letters, col);
    if (c->heading)
        hg_label_line(&line, c->heading->text);
    bool named = c->named && !choice->letters && line.len > 0 &&
                 !like_letters(s, (hg_slice){ line.data, line.len });
    hg_json_set_str(column, "column", named ? line.data : letters);
    hg_buf_release(&line);
    if (c->holds == HG_HOLDS_YEARS)
        hg_json_set_str(column, "type", "year");
    else if (choice->list && choice->dates && c->dates > 0 && c->dates == c->cells)
        hg_json_set_str(column, "type", "date");
    bool last = true;
    for (uint32_t k = col + 1; k <= s->stub; k++)
        last = last && s->columns[k].holds != HG_HOLDS_LABELS;
    bool carried = c->gaps && col < s->stub && !last &&
                   (c->holds == HG_HOLDS_LABELS || c->holds == HG_HOLDS_YEARS);
    if (carried && !choice->list)
        hg_json_set(column, "fill", hg_json_new_bool(true));
    else if (c->gaps && !choice->list)
        hg_json_set_str(column, "default", "");
    return column;
}

/* Does the recipe name this column? */
static bool is_named(const hg_shape *s, uint32_t col, const hg_choice *choice)
{
    const hg_shape_column *c = &s->columns[col];
    switch (c->holds) {
    case HG_HOLDS_CODES:
    case HG_HOLDS_YEARS: return true;
    case HG_HOLDS_LABELS: return choice->list || !hg_candidate_by_row(s);
    case HG_HOLDS_REMARKS: return c->heading != NULL;
    case HG_HOLDS_VALUES: return choice->list;
    case HG_HOLDS_NOTHING: return choice->list && c->heading;
    case HG_HOLDS_NUMBERING: break;
    }
    return false;
}

static void add_named(hg_json *columns, const hg_shape *s, const hg_choice *choice,
                      uint32_t first, uint32_t last)
{
    char name[MAX_NAME + 8];
    for (uint32_t col = first; col <= last; col++) {
        const hg_shape_column *c = &s->columns[col];
        if (!is_named(s, col, choice))
            continue;
        name_of(name, c->heading,
                c->holds == HG_HOLDS_YEARS   ? "nam"
                : c->holds == HG_HOLDS_CODES ? "ma"
                                             : "chi_tieu");
        hg_candidate_add(columns, name, column_of(s, col, choice));
    }
}

/* The row without values above; there may be none above the first. */
static void add_section(hg_json *columns, const hg_choice *choice)
{
    hg_json *column;
    if (choice->rows != HG_ROWS_SECTION)
        return;
    column = from("section");
    hg_json_set_str(column, "default", "");
    hg_candidate_add(columns, "nhom", column);
}

/* The label of a row, by itself or with those over it. */
static void add_row(hg_json *columns, const hg_shape *s, const hg_choice *choice)
{
    char name[MAX_NAME + 8];
    const hg_cell *heading = NULL;
    for (uint32_t col = 1; col <= s->stub && !heading; col++)
        if (s->columns[col].holds == HG_HOLDS_LABELS)
            heading = s->columns[col].heading;
    if (!hg_candidate_by_row(s))
        return;
    name_of(name, heading, "chi_tieu");
    if (choice->rows == HG_ROWS_LEVELS) {
        hg_json *column = from("row");
        hg_json_set_int(column, "level", 1);
        hg_candidate_add(columns, "nhom", column);
    }
    hg_candidate_add(columns, name,
                     hg_json_new_str(choice->rows == HG_ROWS_PATH ? "path" : "row"));
}

/* ---- headings ---- */

static void add_headings(hg_json *columns, const hg_shape *s, const hg_choice *choice)
{
    bool seen[HG_PERIOD_ANY + 1] = { false };
    bool any = choice->heads == HG_HEADS_PERIODS || choice->heads == HG_HEADS_BOTH;
    for (uint32_t k = 0; k < HG_SHAPE_LEVELS && any; k++) {
        hg_period_kind kind = s->periods[k];
        if (!kind || seen[kind])
            continue;
        hg_json *column = from("header");
        hg_json_set_str(column, "type", periods[kind].type);
        if (s->rest[k])
            hg_json_set_str(column, "default", "");
        hg_candidate_add(columns, periods[kind].name, column);
        seen[kind] = true;
    }
    for (int level = 1; level <= 2 && choice->heads == HG_HEADS_LEVELS; level++) {
        hg_json *column = from("header");
        hg_json_set_int(column, "level", level);
        hg_candidate_add(columns, "phan_to", column);
    }
    if (choice->heads == HG_HEADS_BOTH || choice->heads == HG_HEADS_WORDS)
        hg_candidate_add(columns, "phan_to", hg_json_new_str("header"));
}

/* ---- the recipe ---- */

void hg_candidate_pattern(hg_buf *out, hg_slice text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (strchr("*?[\\", text.p[i]) || (i == 0 && text.p[i] == '!'))
            hg_buf_putc(out, '\\');
        hg_buf_putc(out, text.p[i]);
    }
}

/* Headings of columns that give nothing: numberings, and labels that are not there. */
static void add_ignored(hg_json *recipe, const hg_shape *s, const hg_choice *choice)
{
    hg_json *ignore = hg_json_array();
    for (uint32_t col = 1; col <= s->last; col++) {
        const hg_shape_column *c = &s->columns[col];
        hg_buf line = { 0 }, pattern = { 0 };
        bool out = c->holds == HG_HOLDS_NUMBERING ||
                   (c->holds == HG_HOLDS_NOTHING && col <= s->stub);
        if (!out || !c->heading || is_named(s, col, choice))
            continue;
        hg_candidate_pattern(&pattern, hg_label_line(&line, c->heading->text));
        hg_json_add_str(ignore, pattern.data ? pattern.data : "");
        hg_buf_release(&line);
        hg_buf_release(&pattern);
    }
    if (hg_json_len(ignore) > 0 && (choice->list || !hg_candidate_by_row(s)))
        hg_json_set(recipe, "ignore", ignore);
    else
        hg_json_free(ignore);
}

/* Columns of values without a heading are named by their letters, those whose heading
 * others have too by both. */
static void add_headless(hg_json *recipe, const hg_shape *s, const hg_choice *choice)
{
    hg_json *headings = hg_json_object();
    for (size_t i = 0; i < HG_TWINS && choice->twins[i]; i++) {
        hg_buf name = { 0 };
        char letters[8];
        hg_text_letters(letters, choice->twins[i]);
        hg_label_line(&name, s->columns[choice->twins[i]].heading->text);
        hg_buf_printf(&name, " (%s)", letters);
        hg_json_set_str(headings, letters, name.data ? name.data : letters);
        hg_buf_release(&name);
    }
    for (uint32_t col = 1; col <= s->last; col++) {
        char letters[8];
        hg_text_letters(letters, col);
        if (s->columns[col].holds == HG_HOLDS_VALUES && !s->columns[col].heading)
            hg_json_set_str(headings, letters, letters);
    }
    if (hg_json_len(headings) > 0 && !choice->list)
        hg_json_set(recipe, "headings", headings);
    else
        hg_json_free(headings);
}

/* Cells with an error hold no value. */
static void add_errors(hg_json *recipe, const hg_shape *s)
{
    hg_json *symbols = hg_json_object();
    hg_buf text = { 0 };
    for (size_t i = 0; i < HG_SHAPE_ERRORS && s->errors[i]; i++) {
        hg_buf_clear(&text);
        hg_buf_put(&text, s->errors[i]->text.p, s->errors[i]->text.n);
        hg_json_set_str(symbols, text.data, "L");
    }
    if (hg_json_len(symbols) > 0)
        hg_json_set(recipe, "symbols", symbols);
    else
        hg_json_free(symbols);
    hg_buf_release(&text);
}

static void add_until(hg_json *recipe, const hg_shape *s)
{
    hg_buf line = { 0 }, pattern = { 0 };
    hg_candidate_pattern(&pattern, hg_label_line(&line, hg_label_bare(s->tail->text)));
    hg_json_set_str(recipe, "until", pattern.data ? pattern.data : "");
    hg_buf_release(&line);
    hg_buf_release(&pattern);
}

static void add_values(hg_json *columns, const hg_shape *s, const hg_choice *choice)
{
    if (s->period && choice->heads >= HG_HEADS_LEVELS) {
        hg_json *column = from("title");
        hg_json_set_str(column, "type", "period");
        hg_candidate_add(columns, "ky", column);
    }
    if (choice->unit) {
        hg_json *column = from("unit");
        if (!s->unit && s->units < s->values)
            hg_json_set_str(column, "default", "");
        hg_candidate_add(columns, "don_vi_tinh",
                         hg_json_len(column) > 1 ? hg_json_keep(column)
                                                 : hg_json_new_str("unit"));
        hg_json_free(column);
    }
    hg_candidate_add(columns, "gia_tri", hg_json_new_str("value"));
    if (choice->status)
        hg_candidate_add(columns, "obs_status", hg_json_new_str("status"));
    if (choice->mark)
        hg_candidate_add(columns, "ky_hieu", hg_json_new_str("mark"));
}

hg_json *hg_candidate_new(const hg_shape *s, const hg_choice *choice)
{
    hg_json *recipe = hg_json_object(), *columns = hg_json_object();
    if (choice->repeat)
        hg_candidate_add(columns, "bang", hg_json_new_str("title"));
    add_section(columns, choice);
    if (choice->list) {
        add_named(columns, s, choice, 1, s->last);
    } else {
        add_named(columns, s, choice, 1, s->stub);
        add_row(columns, s, choice);
        add_headings(columns, s, choice);
        add_named(columns, s, choice, s->stub + 1, s->last);
        add_values(columns, s, choice);
    }
    hg_json_set(recipe, "columns", columns);
    if (!choice->list && s->stub > 1)
        hg_json_set_int(recipe, "stub", s->stub);
    add_ignored(recipe, s, choice);
    add_headless(recipe, s, choice);
    if (!choice->list)
        add_errors(recipe, s);
    if (choice->until)
        add_until(recipe, s);
    if (choice->repeat)
        hg_json_set(recipe, "repeat", hg_json_new_bool(true));
    hg_json_set_str(recipe, "numbers", choice->numbers);
    return recipe;
}

void hg_candidate_found_by(hg_json *recipe, const hg_shape *s)
{
    hg_json *heading = hg_json_array();
    const hg_cell *before = NULL;
    for (uint32_t col = 1; col <= s->last && hg_json_len(heading) < MAX_FOUND_BY; col++) {
        const hg_cell *cell = s->columns[col].heading;
        hg_buf line = { 0 }, pattern = { 0 };
        if (!cell || cell == before)
            continue;
        before = cell;
        hg_candidate_pattern(&pattern, hg_label_line(&line, hg_label_bare(cell->text)));
        hg_json_add_str(heading, pattern.data ? pattern.data : "");
        hg_buf_release(&line);
        hg_buf_release(&pattern);
    }
    hg_json_set(recipe, "heading", heading);
}
