/* langtag - language tags of BCP 47 */
#include "text/langtag.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

/* The subtag at hand: n bytes at p; n is 0 behind the last. */
typedef struct cursor {
    const char *p;
    size_t n;
} cursor;

static bool is_letter(char c)
{
    return (unsigned char)((c | 32) - 'a') < 26;
}

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

static cursor at(const char *p)
{
    return (cursor){ p, strcspn(p, "-") };
}

static void step(cursor *c)
{
    *c = at(c->p + c->n + (c->p[c->n] == '-'));
}

static bool all_letters(cursor c, size_t min, size_t max)
{
    for (size_t i = 0; i < c.n; i++)
        if (!is_letter(c.p[i]))
            return false;
    return c.n >= min && c.n <= max;
}

static bool all_alnum(cursor c, size_t min, size_t max)
{
    for (size_t i = 0; i < c.n; i++)
        if (!is_letter(c.p[i]) && !is_digit(c.p[i]))
            return false;
    return c.n >= min && c.n <= max;
}

static bool is_region(cursor c)
{
    return all_letters(c, 2, 2) ||
           (c.n == 3 && is_digit(c.p[0]) && is_digit(c.p[1]) && is_digit(c.p[2]));
}

static bool is_variant(cursor c)
{
    return all_alnum(c, 5, 8) || (all_alnum(c, 4, 4) && is_digit(c.p[0]));
}

/* A singleton and what belongs to it. */
static bool extension(cursor *c)
{
    size_t min = (c->p[0] | 32) == 'x' ? 1 : 2;
    step(c);
    if (!all_alnum(*c, min, 8))
        return false;
    while (all_alnum(*c, min, 8))
        step(c);
    return true;
}

/* Tags older than the grammar that do not fit it; "i-klingon" and the like are "i-" and
 * one subtag. */
static bool is_irregular(const char *tag)
{
    static const char *const tags[] = { "en-GB-oed", "sgn-BE-FR", "sgn-BE-NL",
                                        "sgn-CH-DE" };
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strcasecmp(tag, tags[i]) == 0)
            return true;
    return (tag[0] | 32) == 'i' && tag[1] == '-' && all_letters(at(tag + 2), 2, 8) &&
           strchr(tag + 2, '-') == NULL;
}

bool hg_langtag_valid(const char *tag)
{
    cursor c = at(tag);
    size_t n = strlen(tag);
    if (is_irregular(tag))
        return true;
    if (n == 0 || tag[n - 1] == '-' || strstr(tag, "--"))
        return false;
    if (!(c.n == 1 && (c.p[0] | 32) == 'x')) {
        if (!all_letters(c, 2, 8))
            return false;
        bool extended = c.n <= 3;
        step(&c);
        for (int i = 0; extended && i < 3 && all_letters(c, 3, 3); i++)
            step(&c);
        if (all_letters(c, 4, 4))
            step(&c);
        if (is_region(c))
            step(&c);
        while (is_variant(c))
            step(&c);
    }
    while (c.n == 1 && all_alnum(c, 1, 1))
        if (!extension(&c))
            return false;
    return c.n == 0 && *c.p == '\0';
}

bool hg_langtag_match(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    const char *longer = n < m ? b : a;
    size_t shortest = n < m ? n : m;
    if (strcasecmp(a, "und") == 0 || strcasecmp(b, "und") == 0)
        return true;
    return strncasecmp(a, b, shortest) == 0 &&
           (longer[shortest] == '\0' || longer[shortest] == '-');
}
