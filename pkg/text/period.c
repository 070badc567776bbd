/* period - years and school years as reports write them */
#include "text/period.h"

#include <string.h>

#define FIRST_YEAR 1900
#define LAST_YEAR  2100

/* What may stand around the digits, as hg_utf8_key() writes it, the longer before its
 * beginning; status 0: it says nothing. */
static const struct {
    const char *word;
    char status;
} words[] = {
    { " ", 0 },
    { "-", 0 },
    { "\xE2\x80\x93", 0 }, /* en dash */
    { "(", 0 },
    { ")", 0 },
    { "năm học", 0 },
    { "năm", 0 },
    { "school year", 0 },
    { "year", 0 },
    { "chính thức", HG_STATUS_OFFICIAL },
    { "sơ bộ", HG_STATUS_PROVISIONAL },
    { "preliminary", HG_STATUS_PROVISIONAL },
    { "prel.", HG_STATUS_PROVISIONAL },
    { "prel", HG_STATUS_PROVISIONAL },
    { "ước tính", HG_STATUS_ESTIMATE },
    { "ước", HG_STATUS_ESTIMATE },
    { "estimated", HG_STATUS_ESTIMATE },
    { "estimate", HG_STATUS_ESTIMATE },
    { "est.", HG_STATUS_ESTIMATE },
};

/* Bytes of the word that text begins with, or 0; its status, if it has one, goes to
 * *status. */
static size_t word(const char *text, char *status)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i].word);
        if (strncmp(text, words[i].word, n) != 0)
            continue;
        if (words[i].status)
            *status = words[i].status;
        return n;
    }
    return 0;
}

/* The year that text begins with, or 0: four digits, no fifth. */
static unsigned year(const char *text)
{
    unsigned value = 0;
    if (strspn(text, "0123456789") != 4)
        return 0;
    for (unsigned i = 0; i < 4; i++)
        value = value * 10 + (unsigned)(text[i] - '0');
    return value >= FIRST_YEAR && value <= LAST_YEAR ? value : 0;
}

bool hg_period_read(hg_period *period, hg_period_kind kind, const char *key)
{
    unsigned years[2], n = 0, wanted = (unsigned)(kind - HG_PERIOD_WORDS);
    const char *p = key;
    period->status = HG_STATUS_OFFICIAL;
    if (kind == HG_PERIOD_NONE || *key == '\0')
        return false;
    while (*p != '\0') {
        size_t len = word(p, &period->status);
        if (len == 0) {
            if (n == wanted || (years[n++] = year(p)) == 0)
                return false;
            len = 4;
        }
        p += len;
    }
    if (n != wanted || (n == 2 && years[1] != years[0] + 1))
        return false;
    for (unsigned i = 0; i < n; i++)
        for (unsigned k = 0, rest = years[i]; k < 4; k++, rest /= 10)
            period->text[i * 5 + 3 - k] = (char)('0' + rest % 10);
    if (n == 2)
        period->text[4] = '-';
    period->text[n > 0 ? n * 5 - 1 : 0] = '\0';
    return true;
}
