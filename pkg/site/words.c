/* words - numbers, sizes, dates and codes as people write them */
#include "site/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static size_t digits(const char *p, size_t n)
{
    size_t i = 0;
    while (i < n && p[i] >= '0' && p[i] <= '9')
        i++;
    return i;
}

/* Sign, digits, and where there is a point, digits behind it: nothing else. */
static bool is_decimal(hg_slice s, size_t *sign, size_t *whole)
{
    *sign = s.n > 0 && s.p[0] == '-';
    *whole = digits(s.p + *sign, s.n - *sign);
    size_t at = *sign + *whole;
    if (*whole == 0 || at == s.n)
        return *whole > 0;
    return s.p[at] == '.' && at + 1 < s.n &&
           digits(s.p + at + 1, s.n - at - 1) == s.n - at - 1;
}

void hg_words_number(hg_buf *buf, hg_slice number, hg_lang lang)
{
    size_t sign, whole;
    if (!is_decimal(number, &sign, &whole)) {
        hg_buf_put(buf, number.p, number.n);
        return;
    }
    if (sign)
        hg_buf_puts(buf, "\u2212"); /* the minus sign */
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            hg_buf_putc(buf, lang == HG_VI ? '.' : ',');
        hg_buf_putc(buf, number.p[sign + i]);
    }
    size_t rest = sign + whole;
    if (rest < number.n) {
        hg_buf_putc(buf, lang == HG_VI ? ',' : '.');
        hg_buf_put(buf, number.p + rest + 1, number.n - rest - 1);
    }
}

void hg_words_count(hg_buf *buf, uint64_t n, hg_lang lang)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRIu64, n);
    hg_words_number(buf, hg_slice_of(text), lang);
}

/* bytes in units of scale, halves up. */
static uint64_t rounded(uint64_t bytes, uint64_t scale)
{
    return bytes / scale + (bytes % scale >= scale / 2);
}

void hg_words_size(hg_buf *buf, uint64_t bytes, hg_lang lang)
{
    static const char *const units[] = { "kB", "MB", "GB", "TB" };
    size_t unit = 0;
    uint64_t scale = 1000;
    if (bytes < 1000) {
        hg_buf_printf(buf, lang == HG_VI ? "%" PRIu64 " byte" : "%" PRIu64 " bytes",
                      bytes);
        return;
    }
    while (unit < 3 && rounded(bytes, scale) >= 1000) {
        unit++;
        scale *= 1000;
    }
    uint64_t tenths = rounded(bytes, scale / 10);
    if (tenths >= 1000 || tenths % 10 == 0)
        hg_buf_printf(buf, "%" PRIu64 " %s", rounded(bytes, scale), units[unit]);
    else
        hg_buf_printf(buf, "%" PRIu64 "%c%" PRIu64 " %s", tenths / 10,
                      lang == HG_VI ? ',' : '.', tenths % 10, units[unit]);
}

void hg_words_date(hg_buf *buf, const char *iso, hg_lang lang)
{
    static const char *const months[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"
    };
    unsigned year, month, day;
    int n = sscanf(iso, "%4u-%2u-%2u", &year, &month, &day);
    if (n < 2 || month < 1 || month > 12)
        hg_buf_puts(buf, iso);
    else if (n == 2 && lang == HG_VI)
        hg_buf_printf(buf, "%02u/%u", month, year);
    else if (n == 2)
        hg_buf_printf(buf, "%s %u", months[month - 1], year);
    else if (lang == HG_VI)
        hg_buf_printf(buf, "%02u/%02u/%u", day, month, year);
    else
        hg_buf_printf(buf, "%u %s %u", day, months[month - 1], year);
}

const char *hg_words_type(const char *code, hg_lang lang)
{
    static const struct {
        const char *code, *vi, *en;
    } words[] = {
        { "string", "chuỗi ký tự", "text" },
        { "integer", "số nguyên", "whole number" },
        { "number", "số", "number" },
        { "boolean", "đúng/sai", "true or false" },
        { "date", "ngày", "date" },
        { "time", "giờ", "time" },
        { "datetime", "ngày giờ", "date and time" },
        { "year", "năm", "year" },
        { "yearmonth", "tháng", "month" },
        { "duration", "khoảng thời gian", "duration" },
        { "any", "bất kỳ", "any" },
    };
    for (size_t i = 0; code && i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].code, code) == 0)
            return lang == HG_VI ? words[i].vi : words[i].en;
    return code;
}
