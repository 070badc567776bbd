/* pattern - regular expressions as Table Schema's and JSON Schema's "pattern" have them */
#include "text/pattern.h"
#include "text/pattern_ecma.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

struct hg_pattern {
    pcre2_code *code;
    pcre2_match_data *match;
    bool compiled; /* to machine code */
};

/* The offset of what PCRE2 and XML Schema read differently, or -1. */
static long foreign(const char *e)
{
    bool in_class = false;
    for (const char *p = e; *p != '\0'; p++) {
        if (*p == '\\') {
            if (p[1] == 'c' || p[1] == 'i' || p[1] == 'C' || p[1] == 'I')
                return p - e;
            p += p[1] != '\0';
        } else if (*p == '[' && !in_class) {
            in_class = true;
            p += p[1] == '^';
        } else if (*p == '[' && p[-1] == '-') {
            return p - e - 1;
        } else if (*p == ']') {
            in_class = false;
        }
    }
    return -1;
}

#define XSD  (PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_UCP)
#define ECMA (PCRE2_ALLOW_EMPTY_CLASS | PCRE2_MATCH_UNSET_BACKREF)

static hg_status compile(hg_pattern *pattern, hg_slice expression, uint32_t options,
                         hg_err *err)
{
    int why = 0;
    size_t at = 0;
    options |= PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
    pattern->code = pcre2_compile((PCRE2_SPTR)expression.p, expression.n, options, &why, &at,
                                  NULL);
    if (!pattern->code) {
        char text[160] = "";
        if (why == PCRE2_ERROR_NOMEMORY)
            return hg_fail_nomem(err);
        pcre2_get_error_message(why, (PCRE2_UCHAR *)text, sizeof text);
        return hg_fail(err, HG_EARG, NULL,
                       "the pattern is wrong at its character %zu: %s", at + 1, text);
    }
    pattern->compiled = pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE) == 0;
    pattern->match = pcre2_match_data_create(1, NULL);
    return pattern->match ? HG_OK : hg_fail_nomem(err);
}

static hg_status make(hg_pattern **out, hg_slice expression, uint32_t options,
                      hg_err *err)
{
    hg_pattern *pattern = calloc(1, sizeof *pattern);
    if (!pattern)
        return hg_fail_nomem(err);
    hg_status st = compile(pattern, expression, options, err);
    if (st == HG_OK)
        *out = pattern;
    else
        hg_pattern_free(pattern);
    return st;
}

hg_status hg_pattern_new(hg_pattern **out, const char *expression, hg_err *err)
{
    *out = NULL;
    long at = foreign(expression);
    if (at >= 0)
        return hg_fail(err, HG_EARG, NULL,
                       "the pattern is wrong at its character %zu: %s", (size_t)at + 1,
                       "class subtraction, \\c and \\i are not supported");
    return make(out, hg_slice_of(expression), XSD, err);
}

hg_status hg_pattern_ecma(hg_pattern **out, hg_slice expression, hg_err *err)
{
    hg_buf text = { 0 };
    *out = NULL;
    long at = hg_pattern_from_ecma(&text, expression);
    hg_status st = hg_buf_status(&text, err);
    if (st == HG_OK && at >= 0)
        st = hg_fail(err, HG_EARG, NULL, "the pattern is wrong at its character %zu: %s",
                     (size_t)at + 1, "ECMA-262 does not have this");
    if (st == HG_OK)
        st = make(out, (hg_slice){ text.data ? text.data : "", text.len }, ECMA, err);
    hg_buf_release(&text);
    return st;
}

hg_match hg_pattern_match(const hg_pattern *pattern, hg_slice text)
{
    PCRE2_SPTR p = (PCRE2_SPTR)(text.n > 0 ? text.p : "");
    int n = pattern->compiled
                ? pcre2_jit_match(pattern->code, p, text.n, 0, 0, pattern->match, NULL)
                : pcre2_match(pattern->code, p, text.n, 0, PCRE2_NO_UTF_CHECK,
                              pattern->match, NULL);
    if (n >= 0)
        return HG_MATCHES;
    return n == PCRE2_ERROR_NOMATCH ? HG_NO_MATCH : HG_MATCH_TOO_HARD;
}

void hg_pattern_free(hg_pattern *pattern)
{
    if (!pattern)
        return;
    pcre2_match_data_free(pattern->match);
    pcre2_code_free(pattern->code);
    free(pattern);
}
