/* label - what the texts of a form say */
#include "recipe/label.h"
#include "recipe/outline.h"
#include "text/utf8.h"

#include <string.h>

void hg_label_release(hg_reading *label)
{
    hg_buf_release(&label->value);
    hg_buf_release(&label->text);
    hg_buf_release(&label->key);
}

/* ---- pieces of a text ---- */

/* Whether a buffer holds what was put into it; if not, the reading has failed. */
static bool whole(hg_reading *label, const hg_buf *buf)
{
    label->failed = label->failed || buf->status != HG_OK;
    return buf->status == HG_OK;
}

const char *hg_label_key(hg_reading *label, hg_slice text)
{
    hg_buf_clear(&label->key);
    hg_utf8_key(&label->key, text.p, text.n);
    return whole(label, &label->key) && label->key.data ? label->key.data : "";
}

static bool space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Bytes of "(*)" or "(**)" at the end of a text, or 0. */
static size_t stars(hg_slice s)
{
    size_t n = s.n > 0 && s.p[s.n - 1] == ')' ? 1 : 0;
    while (n > 0 && n < s.n && s.p[s.n - 1 - n] == '*')
        n++;
    return n > 1 && n < s.n && s.p[s.n - 1 - n] == '(' ? n + 1 : 0;
}

/* Without ':' and marks of footnotes at the end: '*', "(*)" and ¹ ² ³. */
static hg_slice unmarked(hg_slice s)
{
    for (s = hg_words_trim(s); s.n > 0; s = hg_words_trim(s)) {
        if (stars(s) > 0 && stars(s) < s.n)
            s.n -= stars(s);
        else if (s.p[s.n - 1] == ':' || s.p[s.n - 1] == '*')
            s.n--;
        else if (s.n > 1 && s.p[s.n - 2] == '\xC2' &&
                 strchr("\xB9\xB2\xB3", s.p[s.n - 1]))
            s.n -= 2;
        else
            break;
    }
    return s;
}

/* Split "a (b)" into a and b; false where s does not end with parentheses. */
static bool parentheses(hg_slice s, hg_slice *before, hg_slice *inside)
{
    s = unmarked(s);
    if (s.n < 3 || s.p[s.n - 1] != ')')
        return false;
    size_t open = s.n - 1;
    for (int depth = 0; open > 0; open--) {
        depth += s.p[open] == ')' ? 1 : s.p[open] == '(' ? -1 : 0;
        if (depth == 0)
            break;
    }
    if (open == 0)
        return false;
    *before = hg_words_trim((hg_slice){ s.p, open });
    *inside = hg_words_trim((hg_slice){ s.p + open + 1, s.n - open - 2 });
    return true;
}

/* Bytes of the dash with a space on both sides that s has at i, or 0. */
static size_t dash(hg_slice s, size_t i)
{
    if (i + 2 < s.n && memcmp(s.p + i, " - ", 3) == 0)
        return 3;
    return i + 4 < s.n && memcmp(s.p + i, " \xE2\x80\x93 ", 5) == 0 ? 5 : 0;
}

/* Split a text of two languages at its line end, or else at its dash. */
static bool languages(hg_slice s, hg_slice *first, hg_slice *second)
{
    const char *line = memchr(s.p, '\n', s.n);
    size_t at = line ? (size_t)(line - s.p) : 0, len = 1;
    while (!line && at < s.n && (len = dash(s, at)) == 0)
        at++;
    if (at == s.n)
        return false;
    *first = hg_words_trim((hg_slice){ s.p, at });
    *second = hg_words_trim((hg_slice){ s.p + at + len, s.n - at - len });
    return true;
}

/* What follows "Trong đó:" and the like; the whole where nothing of that stands before it. */
static hg_slice ungrouped(hg_reading *label, hg_slice s)
{
    const char *rest, *colon = memchr(s.p, ':', s.n);
    if (!colon || hg_words_group(hg_label_key(label, s), &rest) == HG_KIND_ITEM)
        return s;
    size_t n = (size_t)(colon - s.p) + 1;
    return hg_words_trim((hg_slice){ s.p + n, s.n - n });
}

/* ---- values ---- */

/* Set the value; false where there is none, or memory has run out. */
static bool set_value(hg_reading *label, const char *value)
{
    hg_buf_clear(&label->value);
    hg_buf_puts(&label->value, value);
    return whole(label, &label->value) && label->value.len > 0;
}

static const char *ask(hg_reading *label, const hg_codelist *codes, hg_slice text)
{
    return text.n == 0 ? NULL : hg_codelist_find(codes, hg_label_key(label, text));
}

/* Ask for a text as it stands, then without marks, parentheses, numbering. */
static const char *ask_bare(hg_reading *label, const hg_codelist *codes, hg_slice text)
{
    hg_slice before, inside, rest, mark;
    const char *code = ask(label, codes, text);
    if (!code)
        code = ask(label, codes, unmarked(text));
    if (!code && parentheses(text, &before, &inside))
        code = ask_bare(label, codes, before);
    if (!code && (rest = hg_outline_part(text, &mark)).n < text.n)
        code = ask_bare(label, codes, rest);
    if (!code && (rest = ungrouped(label, text)).n < text.n)
        code = ask_bare(label, codes, rest);
    return code;
}

static const char *code_of(hg_reading *label, const hg_codelist *codes, hg_slice text)
{
    hg_slice first, second;
    const char *code = ask_bare(label, codes, text);
    if (!code && languages(text, &first, &second)) {
        code = code_of(label, codes, first);
        if (!code)
            code = code_of(label, codes, second);
    }
    return code;
}

static const char *unit_of(hg_reading *label, const hg_codelist *codes, hg_slice text)
{
    hg_slice first, second;
    const char *code = code_of(label, codes, text);
    if (!code && parentheses(text, &first, &second))
        code = code_of(label, codes, second);
    if (!code && languages(text, &first, &second)) {
        code = unit_of(label, codes, first);
        if (!code)
            code = unit_of(label, codes, second);
    }
    return code;
}

hg_slice hg_label_line(hg_buf *out, hg_slice text)
{
    text = hg_words_trim(text);
    hg_buf_clear(out);
    for (size_t i = 0; i < text.n; i++)
        if (!space(text.p[i]))
            hg_buf_putc(out, text.p[i]);
        else if (!space(text.p[i + 1])) /* there is one: the last is no space */
            hg_buf_putc(out, ' ');
    return (hg_slice){ out->data ? out->data : "", out->len };
}

/* What the pattern finds in the text: its first group, or all that it fits. */
static bool found(hg_reading *label, const regex_t *pattern, hg_slice *text)
{
    regmatch_t m[2];
    *text = hg_label_line(&label->text, *text);
    if (!whole(label, &label->text) || text->n == 0)
        return false;
    int st = regexec(pattern, label->text.data, 2, m, 0);
    label->failed = label->failed || st == REG_ESPACE;
    if (st != 0)
        return false;
    const regmatch_t *at = pattern->re_nsub > 0 ? &m[1] : &m[0];
    if (at->rm_so < 0)
        return false;
    *text = (hg_slice){ text->p + at->rm_so, (size_t)(at->rm_eo - at->rm_so) };
    return true;
}

/* The part of a text of two languages that the field wants. */
static hg_slice in_language(const hg_recipe_field *field, hg_slice text)
{
    hg_slice first, second;
    if (field->language == HG_LABEL_WHOLE || !languages(text, &first, &second))
        return text;
    return field->language == HG_LABEL_FIRST ? first : second;
}

bool hg_label_read(hg_reading *label, const hg_recipe_field *field, hg_slice text)
{
    hg_period period;
    label->status = HG_STATUS_OFFICIAL;
    text = in_language(field, text);
    if (field->pattern && !found(label, field->pattern, &text))
        return false;
    if (field->period) {
        if (!hg_period_read(&period, field->period, hg_label_key(label, unmarked(text))))
            return false;
        label->status = period.status;
        return set_value(label, period.text);
    }
    if (field->codes)
        return set_value(label, field->from == HG_FROM_UNIT
                                    ? unit_of(label, field->codes, text)
                                    : code_of(label, field->codes, text));
    hg_label_line(&label->value, text);
    return whole(label, &label->value) && label->value.len > 0;
}

bool hg_label_read_unit(hg_reading *label, const hg_recipe_field *unit, bool scaled,
                        hg_slice text)
{
    const char *rest = "";
    hg_buf own = { 0 };
    label->scale = 0;
    if (scaled)
        label->scale = hg_words_scale(hg_label_key(label, text), &rest);
    if (label->scale == 0)
        return hg_label_read(label, unit, text);
    hg_buf_puts(&own, rest);
    bool read = hg_label_read(label, unit, (hg_slice){ own.data ? own.data : "", own.len });
    label->failed = label->failed || own.status != HG_OK;
    hg_buf_release(&own);
    return read;
}

bool hg_label_read_inside(hg_reading *label, const hg_recipe_field *unit, bool scaled,
                          bool any, hg_slice text)
{
    hg_slice first, second;
    if (!unit->codes && !any)
        return false;
    if (parentheses(text, &first, &second) &&
        hg_label_read_unit(label, unit, scaled, second))
        return true;
    return languages(text, &first, &second) &&
           (hg_label_read_inside(label, unit, scaled, any, first) ||
            hg_label_read_inside(label, unit, scaled, any, second));
}

const char *hg_label_nearest(hg_reading *label, const hg_recipe_field *field,
                             hg_slice text)
{
    hg_label_line(&label->text, text);
    return field->codes && label->text.len > 0
               ? hg_codelist_nearest(field->codes, label->text.data)
               : NULL;
}

hg_status hg_label_unknown(hg_reading *label, const hg_recipe_field *field,
                           const hg_loc *loc, hg_slice text, hg_err *err)
{
    const char *near = hg_label_nearest(label, field, text);
    if (near)
        return hg_fail(
            err, HG_EARG, loc, "%s has no label '%.*s'; the nearest it has is '%s'",
            hg_codelist_name(field->codes), (int)text.n, text.p, near);
    if (field->codes)
        return hg_fail(err, HG_EARG, loc, "%s has no label '%.*s'",
                       hg_codelist_name(field->codes), (int)text.n, text.p);
    return hg_fail(err, HG_EARG, loc, "the label '%.*s' does not give it", (int)text.n,
                   text.p);
}

/* ---- words of forms ---- */

bool hg_label_ignored(hg_reading *label, const hg_recipe_table *table, hg_slice text)
{
    return table->ignore.n > 0 && hg_recipe_fits(&table->ignore, hg_label_key(label, text));
}

bool hg_label_group(hg_reading *label, hg_slice text, hg_kind *kind)
{
    hg_period period;
    const char *rest, *key = hg_label_key(label, text);
    label->status = HG_STATUS_OFFICIAL;
    *kind = HG_KIND_ITEM;
    if (hg_period_read(&period, HG_PERIOD_WORDS, key)) {
        label->status = period.status;
        return true;
    }
    *kind = hg_words_group(key, &rest);
    return *kind != HG_KIND_ITEM;
}

bool hg_label_unit(hg_reading *label, hg_slice text, hg_slice *unit)
{
    const char *colon = memchr(text.p, ':', text.n);
    if (!colon || !hg_words_unit(hg_label_key(label, text)))
        return false;
    size_t n = (size_t)(colon - text.p) + 1;
    *unit = hg_words_trim((hg_slice){ text.p + n, text.n - n });
    return true;
}

hg_slice hg_label_bare(hg_slice text)
{
    return unmarked(text);
}
