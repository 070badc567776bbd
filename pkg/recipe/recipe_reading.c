/* recipe - its members, of one kind each */
#include "recipe/recipe_reading.h"
#include "text/message.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

hg_status hg_reading_word(hg_recipe_reading *r, const hg_json *at, const char *key,
                          const char *text, const hg_recipe_word *words, int *value)
{
    const char *near = NULL;
    unsigned least = 4; /* more edits apart is no slip of the hand */
    hg_buf known = { 0 };
    for (const hg_recipe_word *w = words; text && w->word; w++) {
        unsigned apart = hg_text_distance(text, w->word);
        if (apart == 0) {
            *value = w->value;
            return HG_OK;
        }
        if (apart < least) {
            least = apart;
            near = w->word;
        }
    }
    for (const hg_recipe_word *w = words; w->word; w++)
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

hg_status hg_reading_text(hg_recipe_reading *r, const hg_json *object, const char *key,
                          const char **text)
{
    const hg_json *v = hg_json_get(object, key);
    *text = hg_json_str(v);
    return !v || *text
               ? HG_OK
               : hg_doc_fail(r->err, r->doc, object, key, "'%s' takes a text", key);
}

hg_status hg_reading_choice(hg_recipe_reading *r, const hg_json *object, const char *key,
                            const hg_recipe_word *words, int *value)
{
    const char *text;
    hg_status st = hg_reading_text(r, object, key, &text);
    return st == HG_OK && text ? hg_reading_word(r, object, key, text, words, value) : st;
}

hg_status hg_reading_bool(hg_recipe_reading *r, const hg_json *object, const char *key,
                          bool *value)
{
    const hg_json *v = hg_json_get(object, key);
    if (v && !hg_json_is_bool(v))
        return hg_doc_fail(r->err, r->doc, object, key, "'%s' takes true or false", key);
    if (v)
        *value = hg_json_true(v);
    return HG_OK;
}

hg_status hg_reading_number(hg_recipe_reading *r, const hg_json *object, const char *key,
                            int64_t least, int64_t most, size_t *value)
{
    const hg_json *v = hg_json_get(object, key);
    int64_t n = hg_json_int(v, least - 1);
    if (!v)
        return HG_OK;
    if (n < least || n > most)
        return hg_doc_fail(r->err, r->doc, object, key, "'%s' takes a number from %d to %d",
                           key, (int)least, (int)most);
    *value = (size_t)n;
    return HG_OK;
}

/* Behind a bracket expression whose '[' was read; ']' may be its first member. */
static const char *behind_bracket(const char *p)
{
    p += *p == '^';
    p += *p == ']';
    while (*p && *p != ']') {
        bool class = *p == '[' && (p[1] == ':' || p[1] == '.' || p[1] == '=');
        const char *end = class ? strchr(p + 2, ']') : NULL;
        p = end ? end + 1 : p + 1;
    }
    return *p ? p + 1 : p;
}

/*
 * Whether an expression says things over so often that regcomp(), which writes out what is
 * repeated, would take memory without end: "(((a{99}){99}){99})", "a+++++++++++++++". Each
 * item weighs as many as it is written out to.
 */
static bool repeats_endlessly(const char *p)
{
    enum { DEPTH = 32, MOST = 20000 };
    unsigned long outer[DEPTH], sum = 0, item = 0;
    size_t depth = 0;
    while (*p && sum + item <= MOST) {
        char c = *p++;
        if (c == '*' || c == '+' || c == '?') {
            item *= 2;
        } else if (c == '{' && *p >= '0' && *p <= '9') {
            char *end;
            unsigned long least = strtoul(p, &end, 10);
            unsigned long most = *end == ',' ? strtoul(end + 1, &end, 10) : 0;
            item *= (least > most ? least : most) < MOST ? (least > most ? least : most) + 1
                                                         : MOST;
            p = *end ? end + 1 : end;
        } else if (c == ')' && depth > 0) {
            item += sum;
            sum = outer[--depth];
        } else {
            sum += item;
            item = 1;
            if (c == '(' && depth == DEPTH)
                return true;
            if (c == '(') {
                outer[depth++] = sum;
                sum = item = 0;
            } else if (c == '[') {
                p = behind_bracket(p);
            } else if (c == '\\' && *p) {
                p++;
            }
        }
    }
    return sum + item > MOST;
}

hg_status hg_reading_regex(hg_recipe_reading *r, const hg_json *object, const char *key,
                           regex_t **out)
{
    const char *text;
    char why[128];
    hg_status st = hg_reading_text(r, object, key, &text);
    if (st != HG_OK || !text)
        return st;
    if (repeats_endlessly(text))
        return hg_doc_fail(r->err, r->doc, object, key,
                           "a regular expression that repeats too much");
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

/* A copy of text, as hg_utf8_key() writes it if fold; NULL out of memory. */
static char *copy_of(const char *text, bool fold)
{
    hg_buf key = { 0 };
    if (fold)
        hg_utf8_key(&key, text, strlen(text));
    char *copy = key.status != HG_OK ? NULL
                 : !fold             ? strdup(text)
                                     : strdup(key.data ? key.data : "");
    hg_buf_release(&key);
    return copy;
}

hg_status hg_reading_patterns(hg_recipe_reading *r, const hg_json *object,
                              const char *key, bool fold, hg_patterns *out)
{
    const hg_json *v = hg_json_get(object, key);
    size_t n = hg_json_is_array(v) ? hg_json_len(v) : v ? 1 : 0;
    *out = (hg_patterns){ .list = calloc(n + 1, sizeof *out->list) };
    if (!out->list)
        return hg_fail_nomem(r->err);
    for (; out->n < n; out->n++) {
        const char *text = hg_json_str(hg_json_is_array(v) ? hg_json_at(v, out->n) : v);
        if (!text)
            return hg_doc_fail(r->err, r->doc, object, key,
                               "'%s' takes a text or a list of texts", key);
        if (!(out->list[out->n] = copy_of(text, fold)))
            return hg_fail_nomem(r->err);
    }
    return HG_OK;
}

void hg_patterns_release(hg_patterns *patterns)
{
    for (size_t i = 0; i < patterns->n; i++)
        free((char *)patterns->list[i]);
    free(patterns->list);
    *patterns = (hg_patterns){ 0 };
}

uint32_t hg_reading_letters(const char *text, size_t n)
{
    uint32_t col = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] < 'A' || text[i] > 'Z' || i == 3)
            return 0;
        col = col * 26 + (uint32_t)(text[i] - 'A') + 1;
    }
    return col <= 1u << 14 ? col : 0;
}
