/* says - what the text of one cell says as a heading */
#include "recipe/says.h"

#include <string.h>

#define MAX_PARTS 8 /* labels in one heading, by "split" */

bool hg_says_any(const hg_recipe_field *field)
{
    return field->from == HG_FROM_HEADER && !field->pattern && !field->period &&
           !field->codes;
}

/* The labels of a heading: the groups of "split" where it fits, or the text itself. */
static size_t split(const hg_sayings *s, hg_slice text, hg_slice parts[MAX_PARTS])
{
    regmatch_t m[MAX_PARTS + 1];
    size_t groups = s->table->split ? s->table->split->re_nsub : 0, n = 0;
    char copy[512];
    parts[0] = text;
    if (groups == 0 || groups > MAX_PARTS || text.n >= sizeof copy)
        return 1;
    memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    int st = regexec(s->table->split, copy, groups + 1, m, 0);
    s->label->failed = s->label->failed || st == REG_ESPACE;
    if (st != 0)
        return 1;
    for (size_t i = 1; i <= groups; i++)
        if (m[i].rm_so >= 0 && m[i].rm_eo > m[i].rm_so)
            parts[n++] =
                (hg_slice){ text.p + m[i].rm_so, (size_t)(m[i].rm_eo - m[i].rm_so) };
    return n;
}

/* Give a part's value to one field of head; a second, different one is refused. */
static hg_status give(const hg_sayings *s, hg_head *head, size_t i, const hg_cell *cell)
{
    const hg_buf *value = &s->label->value;
    const char *kept = hg_pool_keep(s->pool, (hg_slice){ value->data, value->len });
    hg_loc loc = { s->loc->file, s->loc->sheet, s->table->fields[i].name, cell->row,
                   cell->col };
    if (!kept)
        return hg_fail_nomem(s->err);
    if (head->values[i] && head->values[i] != kept)
        return hg_fail(s->err, HG_EARG, &loc, "the headings give two values, %s and %s",
                       head->values[i], kept);
    head->values[i] = kept;
    if (s->label->status != HG_STATUS_OFFICIAL)
        head->status = s->label->status;
    return HG_OK;
}

/* What one part of a heading says. */
static hg_status read_part(const hg_sayings *s, hg_slice part, const hg_cell *cell,
                           hg_head *head, hg_says *what)
{
    hg_kind kind;
    *what = HG_SAYS_NOTHING;
    for (size_t i = 0; i < s->table->n; i++) {
        const hg_recipe_field *field = &s->table->fields[i];
        if (field->from != HG_FROM_HEADER || hg_says_any(field) ||
            !hg_label_read(s->label, field, part))
            continue;
        *what = HG_SAYS_LABEL;
        if (head && give(s, head, i, cell) != HG_OK)
            return s->err->status;
    }
    if (*what == HG_SAYS_NOTHING && hg_label_group(s->label, part, &kind)) {
        *what = HG_SAYS_GROUP;
        if (head && s->label->status != HG_STATUS_OFFICIAL)
            head->status = s->label->status;
    }
    return HG_OK;
}

/* It heads the label column of a field. */
static bool heads_field(const hg_sayings *s, hg_slice text)
{
    for (size_t i = 0; i < s->table->n; i++) {
        const hg_recipe_field *field = &s->table->fields[i];
        const hg_recipe_field probe = { .from = HG_FROM_HEADER, .codes = field->column };
        if (field->column && hg_label_read(s->label, &probe, text))
            return true;
    }
    return false;
}

hg_status hg_says_read(const hg_sayings *s, const hg_cell *cell, hg_head *head,
                       hg_says *what)
{
    hg_slice parts[MAX_PARTS];
    size_t n = split(s, cell->text, parts);
    *what = HG_SAYS_IGNORED;
    if (hg_label_ignored(s->label, s->table, cell->text))
        return HG_OK;
    *what = HG_SAYS_FIELD;
    if (heads_field(s, cell->text))
        return HG_OK;
    *what = HG_SAYS_GROUP;
    for (size_t i = 0; i < n && *what != HG_SAYS_NOTHING; i++) {
        hg_says part;
        if (read_part(s, parts[i], cell, head, &part) != HG_OK)
            return s->err->status;
        if (part != HG_SAYS_GROUP)
            *what = part;
    }
    return HG_OK;
}

hg_status hg_says_unknown(const hg_sayings *s, const hg_cell *cell)
{
    hg_loc loc = *s->loc;
    const char *near = NULL;
    loc.row = cell->row;
    loc.col = cell->col;
    for (size_t i = 0; i < s->table->n && !near; i++)
        if (s->table->fields[i].from == HG_FROM_HEADER)
            near = hg_label_nearest(s->label, &s->table->fields[i], cell->text);
    if (near)
        return hg_fail(
            s->err, HG_EARG, &loc,
            "the recipe does not know the heading '%.*s'; the nearest it knows is '%s'",
            (int)cell->text.n, cell->text.p, near);
    return hg_fail(s->err, HG_EARG, &loc, "the recipe does not know the heading '%.*s'",
                   (int)cell->text.n, cell->text.p);
}
