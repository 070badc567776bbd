/* label - what the texts of a form say */
#include "dataset/label.h"
#include "text/utf8.h"

#include <fnmatch.h>
#include <string.h>

/* Words are written as hg_utf8_key() writes them. */
static const char *const group_words[] = { "phân theo",     "chia theo",
                                           "chia ra",       "trong đó",
                                           "trong tổng số", "by ",
                                           "of which",      NULL };
/* These stand alone or before a colon, a dash, a parenthesis … */
static const char *const note_words[] = { "ghi chú", "nguồn",  "nguồn số liệu", "note",
                                          "notes",   "source", "sources",       NULL };
/* … and these before anything. */
static const char *const ending_words[] = { "người lập biểu",
                                            "người kiểm tra",
                                            "thủ trưởng",
                                            "cục trưởng",
                                            "chi cục trưởng",
                                            "(*",
                                            "*",
                                            NULL };
static const char *const unit_words[] = { "đơn vị tính", "đvt", "đơn vị", "unit", NULL };
static const char *const continued_words[] = { "(tiếp", "tiếp theo", "(cont", NULL };

/* Niên giám thống kê, its page of symbols: "-" no such fact occurred, "…" it occurred and
 * was not collected, "x" there can be no value; GSO's PX-Web files write "..". */
static const struct {
    const char *text;
    char status;
} symbols[] = {
    { "-", HG_STATUS_NONE },
    { "\xE2\x80\x93", HG_STATUS_NONE }, /* en dash */
    { "x", HG_STATUS_NONE },
    { "X", HG_STATUS_NONE },
    { "..", HG_STATUS_MISSING },
    { "...", HG_STATUS_MISSING },
    { "....", HG_STATUS_MISSING },
    { "\xE2\x80\xA6", HG_STATUS_MISSING }, /* ellipsis */
    { "\xE2\x80\xA6.", HG_STATUS_MISSING },
};

void hg_label_release(hg_reading *label)
{
    hg_buf_release(&label->value);
    hg_buf_release(&label->text);
    hg_buf_release(&label->key);
}

/* ---- pieces of a text ---- */

static bool space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static hg_slice trim(hg_slice s)
{
    while (s.n > 0 && space(s.p[0]))
        s.p++, s.n--;
    while (s.n > 0 && space(s.p[s.n - 1]))
        s.n--;
    return s;
}

/* Without ':' and marks of footnotes at the end: '*' and ¹ ² ³. */
static hg_slice unmarked(hg_slice s)
{
    for (s = trim(s); s.n > 0; s = trim(s)) {
        if (s.p[s.n - 1] == ':' || s.p[s.n - 1] == '*')
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
    *before = trim((hg_slice){ s.p, open });
    *inside = trim((hg_slice){ s.p + open + 1, s.n - open - 2 });
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
    *first = trim((hg_slice){ s.p, at });
    *second = trim((hg_slice){ s.p + at + len, s.n - at - len });
    return true;
}

/* Bytes of a numbering at the start: "I", "1.2", "a", without what follows it. */
static size_t numbering(hg_slice s)
{
    static const char roman[] = "IVXLC", letters[] = "ABCDEGHKabcdeghk";
    size_t n = 0;
    while (n < s.n && ((s.p[n] >= '0' && s.p[n] <= '9') || (s.p[n] == '.' && n > 0)))
        n++;
    if (n > 0)
        return s.p[n - 1] == '.' ? n - 1 : n;
    while (n < s.n && s.p[n] != '\0' && strchr(roman, s.p[n]))
        n++;
    if (n > 0)
        return n;
    return s.n > 0 && s.p[0] != '\0' && strchr(letters, s.p[0]) ? 1 : 0;
}

/* Without "1. ", "a) ", "- " or "+ " at the start. */
static hg_slice unnumbered(hg_slice s)
{
    size_t n = numbering(s);
    if (n > 0 && n + 1 < s.n && (s.p[n] == '.' || s.p[n] == ')') && space(s.p[n + 1]))
        return trim((hg_slice){ s.p + n + 1, s.n - n - 1 });
    if (s.n > 2 && (s.p[0] == '-' || s.p[0] == '+') && space(s.p[1]))
        return trim((hg_slice){ s.p + 1, s.n - 1 });
    return s;
}

bool hg_label_numbering(hg_slice text)
{
    hg_slice s = trim(text);
    size_t n = numbering(s);
    return n > 0 && (n == s.n || (n + 1 == s.n && (s.p[n] == '.' || s.p[n] == ')')));
}

/* ---- values ---- */

/* Whether a buffer holds what was put into it; if not, the reading has failed. */
static bool whole(hg_reading *label, const hg_buf *buf)
{
    label->failed = label->failed || buf->status != HG_OK;
    return buf->status == HG_OK;
}

static const char *key_of(hg_reading *label, hg_slice text)
{
    hg_buf_clear(&label->key);
    hg_utf8_key(&label->key, text.p, text.n);
    return whole(label, &label->key) && label->key.data ? label->key.data : "";
}

/* Set the value; false where there is none, or memory has run out. */
static bool set_value(hg_reading *label, const char *value)
{
    hg_buf_clear(&label->value);
    hg_buf_puts(&label->value, value);
    return whole(label, &label->value) && label->value.len > 0;
}

static const char *ask(hg_reading *label, const hg_codelist *codes, hg_slice text)
{
    return text.n == 0 ? NULL : hg_codelist_find(codes, key_of(label, text));
}

/* Ask for a text as it stands, then without marks, parentheses, numbering. */
static const char *ask_bare(hg_reading *label, const hg_codelist *codes, hg_slice text)
{
    hg_slice before, inside;
    const char *code = ask(label, codes, text);
    if (!code)
        code = ask(label, codes, unmarked(text));
    if (!code && parentheses(text, &before, &inside))
        code = ask_bare(label, codes, before);
    if (!code && unnumbered(text).n < text.n)
        code = ask_bare(label, codes, unnumbered(text));
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

/* Put text in one line, trimmed, into out. */
static hg_slice one_line(hg_buf *out, hg_slice text)
{
    text = trim(text);
    hg_buf_clear(out);
    for (size_t i = 0; i < text.n; i++)
        if (!space(text.p[i]))
            hg_buf_putc(out, text.p[i]);
        else if (!space(text.p[i + 1]))
            hg_buf_putc(out, ' ');
    return (hg_slice){ out->data ? out->data : "", out->len };
}

/* What the pattern finds in the text: its first group, or all that it fits. */
static bool found(hg_reading *label, const regex_t *pattern, hg_slice *text)
{
    regmatch_t m[2];
    *text = one_line(&label->text, *text);
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

bool hg_label_read(hg_reading *label, const hg_recipe_field *field, hg_slice text)
{
    hg_period period;
    label->status = HG_STATUS_OFFICIAL;
    if (field->pattern && !found(label, field->pattern, &text))
        return false;
    if (field->period) {
        if (!hg_period_read(&period, field->period, key_of(label, text)))
            return false;
        label->status = period.status;
        return set_value(label, period.text);
    }
    if (field->codes)
        return set_value(label, field->from == HG_FROM_UNIT
                                    ? unit_of(label, field->codes, text)
                                    : code_of(label, field->codes, text));
    one_line(&label->value, text);
    return whole(label, &label->value) && label->value.len > 0;
}

bool hg_label_read_inside(hg_reading *label, const hg_recipe_field *unit, hg_slice text)
{
    hg_slice first, second;
    if (!unit->codes)
        return false;
    if (parentheses(text, &first, &second) &&
        set_value(label, code_of(label, unit->codes, second)))
        return true;
    return languages(text, &first, &second) &&
           (hg_label_read_inside(label, unit, first) ||
            hg_label_read_inside(label, unit, second));
}

const char *hg_label_nearest(hg_reading *label, const hg_recipe_field *field,
                             hg_slice text)
{
    one_line(&label->text, text);
    return field->codes && label->text.len > 0
               ? hg_codelist_nearest(field->codes, label->text.data)
               : NULL;
}

/* ---- words of forms ---- */

/* The word that key begins with, or NULL. */
static const char *begins(const char *key, const char *const *words)
{
    for (; *words; words++)
        if (strncmp(key, *words, strlen(*words)) == 0)
            return *words;
    return NULL;
}

bool hg_label_ignored(hg_reading *label, const hg_recipe *recipe, hg_slice text)
{
    const char *key = recipe->n_ignore > 0 ? key_of(label, text) : NULL;
    for (size_t i = 0; i < recipe->n_ignore; i++)
        if (fnmatch(recipe->ignore[i], key, 0) == 0)
            return true;
    return false;
}

bool hg_label_group(hg_reading *label, hg_slice text)
{
    hg_period period;
    const char *key = key_of(label, text);
    label->status = HG_STATUS_OFFICIAL;
    if (hg_period_read(&period, HG_PERIOD_WORDS, key)) {
        label->status = period.status;
        return true;
    }
    return begins(key, group_words) != NULL;
}

bool hg_label_note(hg_reading *label, hg_slice text)
{
    const char *key = key_of(label, text);
    const char *day = strstr(key, "ngày"), *month = day ? strstr(day, "tháng") : NULL;
    if (begins(key, ending_words) || (month && strstr(month, "năm")))
        return true;
    for (const char *const *w = note_words; *w; w++) {
        size_t n = strlen(*w);
        if (strncmp(key, *w, n) != 0)
            continue;
        n += key[n] == ' ';
        if (strchr(":-(/", key[n])) /* or the end */
            return true;
    }
    return false;
}

bool hg_label_continued(hg_reading *label, hg_slice text)
{
    const char *key = key_of(label, text);
    for (const char *const *w = continued_words; *w; w++)
        if (strstr(key, *w))
            return true;
    return false;
}

bool hg_label_unit(hg_reading *label, hg_slice text, hg_slice *unit)
{
    const char *colon = memchr(text.p, ':', text.n);
    if (!colon || !begins(key_of(label, text), unit_words))
        return false;
    size_t n = (size_t)(colon - text.p) + 1;
    *unit = trim((hg_slice){ text.p + n, text.n - n });
    return true;
}

bool hg_label_organisation(hg_reading *label, hg_slice text)
{
    return strncmp(key_of(label, text), "đơn vị:", strlen("đơn vị:")) == 0;
}

char hg_label_symbol(hg_slice text)
{
    text = trim(text);
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
        if (hg_slice_is(text, symbols[i].text))
            return symbols[i].status;
    return '\0';
}
