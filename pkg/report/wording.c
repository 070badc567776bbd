/* wording - the fixed words of official Vietnamese forms */
#include "report/wording.h"
#include "table/moment.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

hg_bilingual hg_wording(hg_word word)
{
    static const hg_bilingual words[] = {
        [HG_WORD_FORM] = { "Biểu số: ", "Form: " },
        [HG_WORD_RECEIVED] = { "Ngày nhận báo cáo: ", "Date of receipt: " },
        [HG_WORD_REPORTING] = { "Đơn vị báo cáo: ", "Reporting unit: " },
        [HG_WORD_RECEIVING] = { "Đơn vị nhận báo cáo: ", "Receiving unit: " },
        [HG_WORD_BUDGET] = { "Mẫu số ", "Form " },
        [HG_WORD_CHAPTER] = { "Mã chương: ", "Chapter: " },
        [HG_WORD_UNIT_CODE] = { "Mã ĐVQHNS: ", "Budget unit code: " },
        [HG_WORD_UNIT] = { "Đơn vị tính: ", "Unit: " },
        [HG_WORD_PROVISIONAL] = { "Sơ bộ", "Prel." },
        [HG_WORD_ESTIMATE] = { "Ước tính", "Est." },
        [HG_WORD_NOTE] = { "Ghi chú: ", "Note: " },
        [HG_WORD_SOURCE] = { "Nguồn: ", "Source: " },
        [HG_WORD_NIL] = { "Dấu “-”: không có hiện tượng phát sinh.", "“-”: nil." },
        [HG_WORD_MISSING] = { "Dấu “…”: có hiện tượng phát sinh nhưng không thu thập "
                              "được số liệu.",
                              "“…”: facts occurred but no figures were collected." },
        [HG_WORD_MARK_P] = { "(SB): số liệu sơ bộ.", "(SB): preliminary figure." },
        [HG_WORD_MARK_E] = { "(ƯT): số liệu ước tính.", "(ƯT): estimate." },
        [HG_WORD_CONTINUED] = { "(Tiếp theo)", "(Cont.)" },
        [HG_WORD_ROUNDED] = { "Tổng số có thể không bằng tổng các thành phần do làm tròn "
                              "số.",
                              "Totals may differ from the sums of their parts by "
                              "rounding." },
    };
    return words[word];
}

void hg_wording_sheet(hg_buf *buf, const hg_form_table *table, const char *before)
{
    size_t start = buf->len;
    hg_buf_printf(buf, "%s %s", before, table->head.number);
    if (table->sheet && strcmp(before, "Biểu") == 0) {
        buf->len = start;
        hg_buf_puts(buf, table->sheet);
        return;
    }
    for (size_t i = start; i < buf->len; i++)
        if (strchr("[]:*?/\\", buf->data[i]))
            buf->data[i] = '-';
}

static void roman(hg_buf *buf, unsigned n)
{
    static const struct {
        unsigned value;
        const char *text;
    } parts[] = { { 1000, "M" }, { 900, "CM" }, { 500, "D" }, { 400, "CD" }, { 100, "C" },
                  { 90, "XC" },  { 50, "L" },   { 40, "XL" }, { 10, "X" },   { 9, "IX" },
                  { 5, "V" },    { 4, "IV" },   { 1, "I" } };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (; n >= parts[i].value; n -= parts[i].value)
            hg_buf_puts(buf, parts[i].text);
}

/* A … Z, AA …, as columns of a sheet are named. */
static void letters(hg_buf *buf, char first, unsigned n)
{
    if (n > 26)
        letters(buf, first, (n - 1) / 26);
    hg_buf_putc(buf, (char)(first + (int)((n - 1) % 26)));
}

void hg_wording_number(hg_buf *buf, hg_form_numbering numbering, unsigned n,
                       const char *after)
{
    switch (numbering) {
    case HG_NUMBER_NONE: break;
    case HG_NUMBER_UPPER: letters(buf, 'A', n); break;
    case HG_NUMBER_LOWER: letters(buf, 'a', n); break;
    case HG_NUMBER_ROMAN: roman(buf, n); break;
    case HG_NUMBER_DASH: hg_buf_putc(buf, '-'); break;
    case HG_NUMBER_NESTED:
        if (*after)
            hg_buf_printf(buf, "%s.", after);
        /* fall through */
    case HG_NUMBER_ARABIC: hg_buf_printf(buf, "%u", n); break;
    }
}

void hg_wording_date(hg_buf *buf, const char *place, const char *date)
{
    hg_moment ignored;
    hg_buf_printf(buf, "%s, ", place ? place : "………");
    if (!date || !hg_moment_date(&ignored, hg_slice_of(date))) {
        hg_buf_puts(buf, "ngày … tháng … năm ……");
        return;
    }
    int month = atoi(date + 5), day = atoi(date + 8);
    hg_buf_printf(
        buf, month < 3 ? "ngày %02d tháng %02d năm %.4s" : "ngày %02d tháng %d năm %.4s",
        day, month, date);
}

/* Whether an earlier sum of the block says the same: rules differ by what they are about.
 */
static bool repeated(const hg_form_block *block, size_t s)
{
    const hg_form_sum *sum = &block->sums[s];
    for (size_t i = 0; i < s; i++) {
        const hg_form_sum *other = &block->sums[i];
        size_t p = 0;
        while (p < sum->n_parts && p < other->n_parts &&
               strcmp(sum->parts[p], other->parts[p]) == 0)
            p++;
        if (p == sum->n_parts && p == other->n_parts &&
            strcmp(sum->field, other->field) == 0 &&
            strcmp(sum->total, other->total) == 0)
            return true;
    }
    return false;
}

void hg_wording_ruler(hg_buf *buf, const hg_crosstab *x, uint32_t leaf)
{
    const hg_form_block *block = x->blocks[0].form;
    hg_buf_printf(buf, "%u", leaf + 1);
    for (size_t s = 0; s < block->n_sums; s++) {
        const hg_form_sum *sum = &block->sums[s];
        if (repeated(block, s))
            continue;
        uint32_t *parts = calloc(sum->n_parts, sizeof *parts);
        if (!parts) {
            buf->status = HG_ENOMEM;
            return;
        }
        if (hg_crosstab_column_sum(x, sum, leaf, parts))
            for (size_t p = 0; p < sum->n_parts; p++)
                hg_buf_printf(buf, "%c%u", p ? '+' : '=', parts[p] + 1);
        free(parts);
    }
}

static int32_t capital(int32_t cp)
{
    if ((cp >= 'a' && cp <= 'z') || (cp >= 0xE0 && cp <= 0xFE && cp != 0xF7))
        return cp - 0x20;
    if ((cp >= 0x1EA0 && cp <= 0x1EF9 && cp % 2 == 1) || cp == 0x103 || cp == 0x111 ||
        cp == 0x129 || cp == 0x169 || cp == 0x1A1)
        return cp - 1;
    return cp == 0x1B0 ? 0x1AF : cp;
}

void hg_wording_capitals(hg_buf *buf, const char *text)
{
    for (size_t n = strlen(text), i = 0; i < n;) {
        int32_t cp;
        i += hg_utf8_next(text + i, n - i, &cp);
        hg_utf8_put(buf, capital(cp));
    }
}
