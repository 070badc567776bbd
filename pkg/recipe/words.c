/* words - the words of official Vietnamese forms and of their English lines */
#include "recipe/words.h"
#include "text/period.h"

#include <string.h>

static const char *const part_words[] = { "phân theo", "chia theo", "chia ra", "by ", NULL };
static const char *const among_words[] = { "trong đó", "trong tổng số", "of which", NULL };
static const char *const total_words[] = {
    "tổng số", "tổng cộng", "tổng",      "cộng",  "cả nước",       "toàn tỉnh",
    "cả tỉnh", "toàn quốc", "toàn vùng", "total", "whole country", "grand total", NULL
};
/* These stand alone or before a colon, a dash, a parenthesis … */
/* Thông tư 01/2019/TT-BKHĐT: the three blocks over a form; Nghị định 30/2020/NĐ-CP: the
 * head of a letter. */
static const char *const head_words[] = {
    "biểu", "mẫu số", "mẫu b", "ban hành", "(ban hành", "(kèm theo", "kèm theo",
    "ngày nhận", "ngày gửi", "đơn vị báo cáo", "đơn vị gửi", "đơn vị nhận",
    "- đơn vị báo cáo", "- đơn vị nhận", "tổng cục", "cục thống kê", "ủy ban nhân dân",
    "uỷ ban nhân dân", "cộng hòa xã hội", "độc lập", "kỳ báo cáo", NULL
};
static const char *const note_words[] = { "ghi chú", "nguồn",  "nguồn số liệu", "note",
                                          "notes",   "source", "sources", "references",
                                          NULL };
/* … and these before anything. */
static const char *const note_marks[] = { "(*", "*", "\xE2\x80\xA0", NULL };
static const char *const signature_words[] = { "người lập",      "người kiểm tra",
                                               "thủ trưởng",     "cục trưởng",
                                               "chi cục trưởng", "kế toán trưởng",
                                               "(ký",            NULL };
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

/* What statistical forms count and measure in, without what scales it. */
static const char *const measures[] = {
    "người",  "hộ",     "lượt",   "ha",     "hecta",  "tấn",    "tạ",     "kg",      "yến",
    "lít",    "con",    "cây",    "km",     "km2",    "km²",    "m",      "m2",      "m²",
    "m3",     "m³",     "mm",     "đồng",   "usd",    "vnd",    "đ",      "kwh",     "mw",
    "chiếc",  "cái",    "bộ",     "trường", "lớp",    "phòng",  "giường", "học sinh", "cơ sở",
    "dự án",  "vụ",     "ca",     "xã",     "thôn",   "ngày",   "giờ",    "tuổi",    "lần",
    "điểm",   "hk",     "tấn.km", "hk.km",  "persons", "person", "households", "tons", "tonnes",
    "thous",  "heads",  "hours",  "number", "pound",  "£",      "euro",   "per cent", NULL
};

/* The longer before their beginnings. */
static const struct {
    const char *word;
    unsigned power;
} scales[] = {
    { "nghìn tỷ", 12 }, { "nghìn tỉ", 12 }, { "ngàn tỷ", 12 }, { "1.000.000.000", 9 },
    { "1.000.000", 6 }, { "1000000", 6 },   { "1.000", 3 },    { "1000", 3 },
    { "chục", 1 },      { "trăm", 2 },      { "nghìn", 3 },    { "ngàn", 3 },
    { "triệu", 6 },     { "tr.", 6 },       { "tỷ", 9 },       { "tỉ", 9 },
    { "thousands", 3 }, { "thousand", 3 },  { "thous.", 3 },   { "millions", 6 },
    { "million", 6 },   { "mill.", 6 },     { "billions", 9 }, { "billion", 9 },
    { "bill.", 9 },
};

/* The word that key begins with, or NULL. */
static const char *begins(const char *key, const char *const *words)
{
    for (; *words; words++)
        if (strncmp(key, *words, strlen(*words)) == 0)
            return *words;
    return NULL;
}

/* The word that key begins with, nothing or one of marks following it; or NULL. */
static const char *begins_whole(const char *key, const char *const *words, const char *marks)
{
    for (; *words; words++) {
        size_t n = strlen(*words);
        if (strncmp(key, *words, n) != 0)
            continue;
        n += key[n] == ' ';
        if (strchr(marks, key[n])) /* or the end */
            return *words;
    }
    return NULL;
}

hg_slice hg_words_trim(hg_slice s)
{
    for (;;) {
        if (s.n > 0 && s.p[0] != '\0' && strchr(" \t\r\n", s.p[0]))
            s.p++, s.n--;
        else if (s.n > 0 && s.p[s.n - 1] != '\0' && strchr(" \t\r\n", s.p[s.n - 1]))
            s.n--;
        else if (s.n > 1 && memcmp(s.p, "\xC2\xA0", 2) == 0)
            s.p += 2, s.n -= 2;
        else if (s.n > 1 && memcmp(s.p + s.n - 2, "\xC2\xA0", 2) == 0)
            s.n -= 2;
        else
            return s;
    }
}

hg_kind hg_words_group(const char *key, const char **rest)
{
    const char *colon, *part = begins(key, part_words), *among = begins(key, among_words);
    *rest = "";
    if (!part && !among)
        return HG_KIND_ITEM;
    colon = strchr(key, ':');
    if (colon)
        *rest = colon + 1 + strspn(colon + 1, " ");
    return part ? HG_KIND_PART : HG_KIND_AMONG;
}

bool hg_words_total(const char *key)
{
    return begins_whole(key, total_words, ":-(/\n") != NULL;
}

bool hg_words_head(const char *key)
{
    return begins(key, head_words) != NULL;
}

bool hg_words_note(const char *key)
{
    return begins(key, note_marks) || begins_whole(key, note_words, ":-(/");
}

bool hg_words_signature(const char *key)
{
    const char *day = strstr(key, "ngày"), *month = day ? strstr(day, "tháng") : NULL;
    return begins(key, signature_words) || (month && strstr(month, "năm"));
}

bool hg_words_continued(const char *key)
{
    for (const char *const *w = continued_words; *w; w++)
        if (strstr(key, *w))
            return true;
    return false;
}

bool hg_words_unit(const char *key)
{
    return begins(key, unit_words) != NULL;
}

bool hg_words_organisation(const char *key)
{
    return strncmp(key, "đơn vị:", strlen("đơn vị:")) == 0;
}

char hg_words_symbol(hg_slice text)
{
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
        if (hg_slice_is(text, symbols[i].text))
            return symbols[i].status;
    return '\0';
}

bool hg_words_is_unit(const char *key)
{
    const char *rest;
    return strchr(key, '%') || hg_words_scale(key, &rest) > 0 ||
           begins_whole(key, measures, " ./-,)") != NULL;
}

unsigned hg_words_scale(const char *key, const char **rest)
{
    *rest = key;
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        size_t n = strlen(scales[i].word);
        if (strncmp(key, scales[i].word, n) != 0 || (key[n] != ' ' && key[n] != '\0'))
            continue;
        *rest = key + n + (key[n] == ' ');
        return scales[i].power;
    }
    return 0;
}
