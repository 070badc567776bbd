/* lexical - the forms that texts of a description must have */
#include "dataset/lexical.h"
#include "text/utf8.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_letter(char c)
{
    return is_lower(c) || (c >= 'A' && c <= 'Z');
}

bool hg_lexical_reserved(const char *text)
{
    static const char *const devices[] = { "con", "prn", "aux", "nul" };
    size_t n = strcspn(text, ".");
    bool port = n == 4 && text[3] >= '1' && text[3] <= '9' &&
                (strncmp(text, "com", 3) == 0 || strncmp(text, "lpt", 3) == 0);
    for (size_t i = 0; i < sizeof devices / sizeof *devices && !port; i++)
        port = n == 3 && strncmp(text, devices[i], 3) == 0;
    return port;
}

bool hg_lexical_name(const char *text)
{
    size_t n = strlen(text);
    if (n == 0 || n > HG_LEXICAL_NAME || !(is_lower(*text) || is_digit(*text)) ||
        strstr(text, "..") || text[n - 1] == '.' || hg_lexical_reserved(text))
        return false;
    for (const char *p = text; *p; p++)
        if (!is_lower(*p) && !is_digit(*p) && !strchr("._-", *p))
            return false;
    return true;
}

bool hg_lexical_digits(const char *text)
{
    size_t n = strspn(text, "0123456789");
    return n > 0 && text[n] == '\0';
}

/* Take n digits off *p as a number from min to max. */
static bool number(const char **p, int n, int min, int max, int *value)
{
    *value = 0;
    for (int i = 0; i < n; i++, (*p)++) {
        if (!is_digit(**p))
            return false;
        *value = *value * 10 + (**p - '0');
    }
    return *value >= min && *value <= max;
}

static bool letter(const char **p, char c)
{
    return *(*p)++ == c;
}

static int month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool is_zone(const char *p)
{
    int hour, minute;
    if (*p == 'Z')
        return p[1] == '\0';
    if (*p != '+' && *p != '-')
        return false;
    p++;
    return number(&p, 2, 0, 14, &hour) && letter(&p, ':') &&
           number(&p, 2, 0, hour == 14 ? 0 : 59, &minute) && *p == '\0';
}

static bool is_time(const char *p)
{
    int hour, minute, second;
    if (!number(&p, 2, 0, 23, &hour) || !letter(&p, ':') ||
        !number(&p, 2, 0, 59, &minute) || !letter(&p, ':') ||
        !number(&p, 2, 0, 59, &second))
        return false;
    if (*p == '.') {
        size_t n = strspn(p + 1, "0123456789");
        if (n == 0)
            return false;
        p += 1 + n;
    }
    return is_zone(p);
}

hg_moment hg_lexical_moment(const char *text)
{
    int year, month, day;
    if (!number(&text, 4, 1, 9999, &year))
        return HG_MOMENT_NONE;
    if (*text == '\0')
        return HG_MOMENT_YEAR;
    if (!letter(&text, '-') || !number(&text, 2, 1, 12, &month))
        return HG_MOMENT_NONE;
    if (*text == '\0')
        return HG_MOMENT_MONTH;
    if (!letter(&text, '-') || !number(&text, 2, 1, month_days(year, month), &day))
        return HG_MOMENT_NONE;
    if (*text == '\0')
        return HG_MOMENT_DATE;
    return *text == 'T' && is_time(text + 1) ? HG_MOMENT_TIME : HG_MOMENT_NONE;
}

/* Take "1Y2M…" off *p: numbers with the units given, in their order, each once at most.
 */
static bool units(const char **p, const char *order)
{
    bool any = false;
    while (is_digit(**p)) {
        *p += strspn(*p, "0123456789");
        const char *unit = **p ? strchr(order, **p) : NULL;
        if (!unit)
            return false;
        order = unit + 1;
        (*p)++;
        any = true;
    }
    return any;
}

bool hg_lexical_duration(const char *text)
{
    if (*text++ != 'P')
        return false;
    bool days = units(&text, "YMD");
    if (*text == '\0')
        return days;
    return *text++ == 'T' && units(&text, "HMS") && *text == '\0';
}

bool hg_lexical_iri(const char *text)
{
    size_t scheme = strncmp(text, "https://", 8) == 0  ? 8
                    : strncmp(text, "http://", 7) == 0 ? 7
                                                       : 0;
    if (scheme == 0 || !hg_lexical_text(text, false))
        return false;
    if (strcspn(text + scheme, "/?#") == 0 || text[scheme] == ':')
        return false;
    return strpbrk(text, " <>\"{}|\\^`") == NULL;
}

/* "a-b.c": letters, digits and the characters of more between single dots. */
static bool is_dotted(const char *text, size_t n, const char *more)
{
    bool dot = true;
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '.' && dot)
            return false;
        dot = text[i] == '.';
        if (!dot && !is_letter(text[i]) && !is_digit(text[i]) && !strchr(more, text[i]))
            return false;
    }
    return !dot;
}

bool hg_lexical_email(const char *text)
{
    const char *at = strchr(text, '@');
    if (!at || strlen(text) > 254 || !is_dotted(text, (size_t)(at - text), "!#$&'*+-=_~"))
        return false;
    const char *host = at + 1;
    return is_dotted(host, strlen(host), "-") && strchr(host, '.') != NULL;
}

bool hg_lexical_phone(const char *text)
{
    size_t digits = 0;
    for (const char *p = text + (*text == '+'); *p; p++) {
        if (!is_digit(*p) && !strchr(" .-()", *p))
            return false;
        digits += is_digit(*p);
    }
    return digits >= 6 && digits <= 15;
}

bool hg_lexical_text(const char *text, bool lines)
{
    size_t n = strlen(text);
    bool visible = false;
    if (hg_utf8_valid(text, n) < n)
        return false;
    for (size_t i = 0; i < n;) {
        int32_t cp;
        i += hg_utf8_next(text + i, n - i, &cp);
        if ((cp < 0x20 && !(lines && cp == '\n')) || (cp >= 0x7F && cp < 0xA0) ||
            cp == 0xFFFE || cp == 0xFFFF)
            return false;
        visible = visible || (cp != ' ' && cp != '\n' && cp != 0xA0);
    }
    return visible;
}

static const char *skip_any(const char *p, const char *set)
{
    return p + strspn(p, set);
}

bool hg_lexical_sdmx(const char *text)
{
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define NUMBERS "0123456789"
    const char *p = text, *start;
    do { /* parts of the agency */
        p += p != text;
        start = p;
        p = strspn(p, LETTERS) > 0 ? skip_any(p, LETTERS NUMBERS "_-") : p;
    } while (p > start && *p == '.');
    if (p == start || *p != ':')
        return false;
    start = ++p;
    p = skip_any(p, LETTERS NUMBERS "_@$-");
    if (p == start || *p != '(')
        return false;
    size_t numbers = 0;
    do {
        start = ++p;
        p = skip_any(p, NUMBERS);
        numbers += p > start ? 1 : 4;
    } while (*p == '.');
    return numbers >= 2 && numbers <= 3 && strcmp(p, ")") == 0;
}
