/* period - the periods that reports name */
#include "text/period.h"

#include <stdio.h>
#include <string.h>

#define FIRST_YEAR 1900
#define LAST_YEAR  2100

typedef enum meaning {
    NOISE,
    STATUS,  /* value: the status */
    MONTH,   /* the next number is one; value: the month's own number */
    QUARTER, /* likewise */
    DAY,     /* the next number is one */
    SEASON,  /* of crops or schools: goes with one year, or two that follow each other */
    SUM,     /* from January on */
    FIRST,   /* "6 tháng đầu năm" */
    LAST
} meaning;

/* What may stand around the digits, as hg_utf8_key() writes it, the longer before its
 * beginning. */
static const struct {
    const char *word;
    meaning meaning;
    int value;
} words[] = {
    { " ", NOISE, 0 },
    { "-", NOISE, 0 },
    { "\xE2\x80\x93", NOISE, 0 }, /* en dash */
    { "(", NOISE, 0 },
    { ")", NOISE, 0 },
    { "/", NOISE, 0 },
    { ",", NOISE, 0 },
    { ":", NOISE, 0 },
    { "năm học", SEASON, 0 },
    { "school year", SEASON, 0 },
    { "niên vụ", SEASON, 0 },
    { "vụ đông xuân", SEASON, 0 },
    { "vụ hè thu", SEASON, 0 },
    { "vụ thu đông", SEASON, 0 },
    { "vụ mùa", SEASON, 0 },
    { "vụ đông", SEASON, 0 },
    { "vụ xuân", SEASON, 0 },
    { "đông xuân", SEASON, 0 },
    { "hè thu", SEASON, 0 },
    { "thu đông", SEASON, 0 },
    { "lũy kế", SUM, 0 },
    { "luỹ kế", SUM, 0 },
    { "cộng dồn", SUM, 0 },
    { "từ đầu năm đến", SUM, 0 },
    { "đầu năm", FIRST, 0 },
    { "cuối năm", LAST, 0 },
    { "tháng giêng", MONTH, 1 },
    { "tháng hai", MONTH, 2 },
    { "tháng ba", MONTH, 3 },
    { "tháng tư", MONTH, 4 },
    { "tháng bốn", MONTH, 4 },
    { "tháng năm", MONTH, 5 }, /* May: "tháng" without its number is no period */
    { "tháng sáu", MONTH, 6 },
    { "tháng bảy", MONTH, 7 },
    { "tháng bẩy", MONTH, 7 },
    { "tháng tám", MONTH, 8 },
    { "tháng chín", MONTH, 9 },
    { "tháng mười một", MONTH, 11 },
    { "tháng mười hai", MONTH, 12 },
    { "tháng mười", MONTH, 10 },
    { "tháng chạp", MONTH, 12 },
    { "tháng", MONTH, 0 },
    { "month", MONTH, 0 },
    { "january", MONTH, 1 },
    { "february", MONTH, 2 },
    { "march", MONTH, 3 },
    { "april", MONTH, 4 },
    { "june", MONTH, 6 },
    { "july", MONTH, 7 },
    { "august", MONTH, 8 },
    { "september", MONTH, 9 },
    { "october", MONTH, 10 },
    { "november", MONTH, 11 },
    { "december", MONTH, 12 },
    { "jan", MONTH, 1 },
    { "feb", MONTH, 2 },
    { "mar", MONTH, 3 },
    { "apr", MONTH, 4 },
    { "may", MONTH, 5 },
    { "jun", MONTH, 6 },
    { "jul", MONTH, 7 },
    { "aug", MONTH, 8 },
    { "sept", MONTH, 9 },
    { "sep", MONTH, 9 },
    { "oct", MONTH, 10 },
    { "nov", MONTH, 11 },
    { "dec", MONTH, 12 },
    { "quý", QUARTER, 0 },
    { "quí", QUARTER, 0 },
    { "quarter", QUARTER, 0 },
    { "q", QUARTER, 0 },
    { "ngày", DAY, 0 },
    { "năm", NOISE, 0 },
    { "year", NOISE, 0 },
    { "chính thức", STATUS, HG_STATUS_OFFICIAL },
    { "sơ bộ", STATUS, HG_STATUS_PROVISIONAL },
    { "preliminary", STATUS, HG_STATUS_PROVISIONAL },
    { "prel.", STATUS, HG_STATUS_PROVISIONAL },
    { "prel", STATUS, HG_STATUS_PROVISIONAL },
    { "pre.", STATUS, HG_STATUS_PROVISIONAL },
    { "provisional", STATUS, HG_STATUS_PROVISIONAL },
    { "ước tính", STATUS, HG_STATUS_ESTIMATE },
    { "ước", STATUS, HG_STATUS_ESTIMATE },
    { "estimated", STATUS, HG_STATUS_ESTIMATE },
    { "estimate", STATUS, HG_STATUS_ESTIMATE },
    { "est.", STATUS, HG_STATUS_ESTIMATE },
};

/* What a text has said so far; 0: not said. */
typedef struct parts {
    unsigned years[2], n_years;
    unsigned day, month, quarter;
    unsigned span; /* "9 tháng": so many months, from January on */
    unsigned bare; /* a number of which nothing tells what it counts */
    bool sum, season, last;
    meaning awaits; /* MONTH, QUARTER or DAY: the next number is one; else NOISE */
    char status;
} parts;

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Set a part that has not been set; false if it has, or is out of its range. */
static bool set(unsigned *part, unsigned value, unsigned most)
{
    if (*part || value == 0 || value > most)
        return false;
    *part = value;
    return true;
}

/* Bytes of the word that text begins with, or 0 for none that may stand there. */
static size_t word(parts *p, const char *text)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i].word);
        if (strncmp(text, words[i].word, n) != 0)
            continue;
        int value = words[i].value;
        switch (words[i].meaning) {
        case STATUS: p->status = (char)value; break;
        case SEASON: p->season = true; break;
        case SUM: p->sum = true; break;
        case LAST: p->last = true; break;
        case MONTH:
            if (value && !set(&p->month, (unsigned)value, 12))
                return 0;
            if (value && text[n] == '.') /* "Jan." */
                n++;
            /* fall through */
        case QUARTER:
        case DAY: p->awaits = value ? NOISE : words[i].meaning; break;
        case NOISE:
        case FIRST: break;
        }
        return n;
    }
    return 0;
}

/* Bytes of the Roman number that is the word at text, or 0. */
static size_t roman(const char *text, unsigned *value)
{
    static const char *const numbers[] = { "i",   "ii",   "iii", "iv", "v",  "vi",
                                           "vii", "viii", "ix",  "x",  "xi", "xii" };
    size_t n = strspn(text, "ivx");
    for (unsigned i = 0; i < 12 && strchr(" /-", text[n]); i++) /* or the end */
        if (strlen(numbers[i]) == n && strncmp(text, numbers[i], n) == 0) {
            *value = i + 1;
            return n;
        }
    return 0;
}

/* Take in a number of one or two digits; rest is what follows it. */
static bool small(parts *p, unsigned value, const char *rest, size_t *eaten)
{
    size_t spaces = strspn(rest, " ");
    meaning awaits = p->awaits;
    p->awaits = NOISE;
    if (awaits == QUARTER)
        return set(&p->quarter, value, 4);
    if (awaits == DAY) {
        p->awaits = MONTH; /* "ngày 31/12/2024" */
        return set(&p->day, value, 31);
    }
    if (awaits == MONTH)
        return set(&p->month, value, 12);
    if (strncmp(rest + spaces, "tháng", strlen("tháng")) == 0) {
        *eaten = spaces + strlen("tháng");
        return set(&p->span, value, 12);
    }
    if (rest[0] == 't' && digit(rest[1])) { /* "6T2024" */
        *eaten = 1;
        return set(&p->span, value, 12);
    }
    if (rest[0] == '/' && strspn(rest + 1, "0123456789") == 4)
        return set(&p->month, value, 12); /* "5/2024" */
    return set(&p->bare, value, 12);
}

/* Bytes of the number at text, or 0 for one that cannot be. */
static size_t number(parts *p, const char *text)
{
    unsigned value = 0;
    size_t n = strspn(text, "0123456789"), more = 0;
    for (size_t i = 0; i < n && i < 4; i++)
        value = value * 10 + (unsigned)(text[i] - '0');
    if (n == 4 && p->n_years < 2 && value >= FIRST_YEAR && value <= LAST_YEAR) {
        p->years[p->n_years++] = value;
        return n;
    }
    if (n == 0 && (n = roman(text, &value)) == 0)
        return 0;
    return n <= 4 && value < 100 && small(p, value, text + n, &more) ? n + more : 0;
}

static bool read_parts(parts *p, const char *text)
{
    while (*text != '\0') {
        size_t n = digit(*text) ? number(p, text) : word(p, text);
        if (n == 0 && (n = number(p, text)) == 0)
            return false;
        text += n;
    }
    return true;
}

/* Is there nothing but years? */
static bool plain(const parts *p)
{
    return !p->month && !p->quarter && !p->span && !p->bare && !p->day && !p->sum &&
           !p->last;
}

/* Write the period with its year. */
static bool write_any(char *text, size_t size, parts *p)
{
    unsigned year = p->years[0];
    if (p->n_years == 2) {
        snprintf(text, size, "%u/%u", year, p->years[1]);
        return plain(p) && p->years[1] == year + 1;
    }
    if (p->sum && p->month && !p->span) {
        p->span = p->month;
        p->month = 0;
    }
    int said = !!p->month + !!p->quarter + !!p->span;
    if (p->n_years != 1 || p->bare || said > 1 || (p->sum && !p->span))
        return false;
    if (p->day && p->month)
        snprintf(text, size, "%u-%02u-%02u", year, p->month, p->day);
    else if (p->month)
        snprintf(text, size, "%u-%02u", year, p->month);
    else if (p->quarter)
        snprintf(text, size, "%u-Q%u", year, p->quarter);
    else if (p->span == 6)
        snprintf(text, size, "%u-S%d", year, p->last ? 2 : 1);
    else if (p->span)
        snprintf(text, size, "%u-01/%u-%02u", year, year, p->span);
    else
        snprintf(text, size, "%u", year);
    return (!p->last || p->span == 6) && (!p->day || p->month);
}

/* Write a month or a quarter, of which the text says no year. */
static bool write_part(char *text, size_t size, const parts *p, const char *form,
                       unsigned part, unsigned most)
{
    unsigned value = part ? part : p->bare;
    snprintf(text, size, form, value);
    return p->n_years == 0 && !p->span && !p->day && !p->sum && !(part && p->bare) &&
           value > 0 && value <= most;
}

bool hg_period_read(hg_period *period, hg_period_kind kind, const char *key)
{
    parts p = { .awaits = NOISE, .status = HG_STATUS_OFFICIAL };
    char *text = period->text;
    size_t size = sizeof period->text;
    if (kind == HG_PERIOD_NONE || *key == '\0' || !read_parts(&p, key) ||
        (p.awaits != NOISE && kind != HG_PERIOD_WORDS))
        return false;
    period->status = p.status;
    switch (kind) {
    case HG_PERIOD_NONE: break;
    case HG_PERIOD_WORDS: *text = '\0'; return p.n_years == 0 && plain(&p);
    case HG_PERIOD_YEAR:
        snprintf(text, size, "%u", p.years[0]);
        return p.n_years == 1 && plain(&p);
    case HG_PERIOD_SCHOOL_YEAR:
        snprintf(text, size, "%u-%u", p.years[0], p.years[1]);
        return p.n_years == 2 && plain(&p) && p.years[1] == p.years[0] + 1;
    case HG_PERIOD_MONTH: return !p.quarter && write_part(text, size, &p, "%02u", p.month, 12);
    case HG_PERIOD_QUARTER: return !p.month && write_part(text, size, &p, "Q%u", p.quarter, 4);
    case HG_PERIOD_ANY: return write_any(text, size, &p);
    }
    return false;
}
