/* personal - the words and the forms by which personal data are known */
#include "rules/personal.h"
#include "text/utf8.h"

#include <stdint.h>
#include <string.h>

/* ---- headers ---- */

/* Words as hg_utf8_slug() gives them. */
static const struct {
    hg_personal kind;
    const char *const *phrases; /* closed by NULL */
} headers[] = {
    { HG_PERSONAL_NAME,
      (const char *const[]){
          "ho-va-ten",     "ho-ten",      "ho-va-ten-dem", "ho-dem",
          "ten-chu-ho",    "ten-nguoi",   "ten-hoc-sinh",  "ten-sinh-vien",
          "ten-benh-nhan", "ten-can-bo",  "ten-nhan-vien", "ten-giao-vien",
          "ten-cha",       "ten-bo",      "ten-me",        "ten-vo",
          "ten-chong",     "full-name",   "first-name",    "last-name",
          "given-name",    "family-name", "surname",       NULL } },
    { HG_PERSONAL_BIRTH,
      (const char *const[]){ "ngay-sinh", "ngay-thang-sinh", "ngay-thang-nam-sinh",
                             "sinh-ngay", "date-of-birth", "birth-date", "dob", NULL } },
    { HG_PERSONAL_HOME, (const char *const[]){ "thuong-tru",
                                               "noi-thuong-tru",
                                               "dia-chi-thuong-tru",
                                               "dia-chi-tam-tru",
                                               "ho-khau-thuong-tru",
                                               "noi-dang-ky-ho-khau-thuong-tru",
                                               "noi-dang-ky-thuong-tru",
                                               "noi-cu-tru",
                                               "dia-chi-cu-tru",
                                               "dia-chi-nha-rieng",
                                               "cho-o-hien-nay",
                                               "noi-o-hien-nay",
                                               "noi-o-hien-tai",
                                               "dia-chi-noi-o",
                                               "que-quan",
                                               "nguyen-quan",
                                               "noi-sinh",
                                               "home-address",
                                               "permanent-address",
                                               "place-of-birth",
                                               NULL } },
    { HG_PERSONAL_IDENTITY,
      (const char *const[]){
          "cmnd", "cmtnd", "cmt", "cccd", "can-cuoc", "can-cuoc-cong-dan",
          "chung-minh-nhan-dan", "chung-minh-thu", "so-dinh-danh", "so-dinh-danh-ca-nhan",
          "ma-dinh-danh-ca-nhan", "ma-so-dinh-danh-ca-nhan", "citizen-id",
          "identity-card", "id-card", "national-id", NULL } },
    { HG_PERSONAL_PASSPORT, (const char *const[]){ "ho-chieu", "passport", NULL } },
    { HG_PERSONAL_TAX,
      (const char *const[]){ "ma-so-thue-ca-nhan", "mst-ca-nhan", "ma-so-thue-tncn",
                             "mst-tncn", "personal-tax-code", NULL } },
    { HG_PERSONAL_INSURANCE,
      (const char *const[]){
          "so-bhxh", "so-so-bhxh", "ma-bhxh", "ma-so-bhxh", "so-bhyt", "so-the-bhyt",
          "ma-bhyt", "ma-the-bhyt", "ma-so-bhyt", "so-bao-hiem-xa-hoi",
          "so-so-bao-hiem-xa-hoi", "ma-so-bao-hiem-xa-hoi", "so-bao-hiem-y-te",
          "so-the-bao-hiem-y-te", "ma-the-bao-hiem-y-te", "social-insurance-number",
          "health-insurance-number", NULL } },
    { HG_PERSONAL_PHONE,
      (const char *const[]){ "dien-thoai", "sdt", "so-dt", "dtdd", "phone", "telephone",
                             "mobile-phone", "phone-number", "tel", NULL } },
    { HG_PERSONAL_EMAIL,
      (const char *const[]){ "email", "e-mail", "thu-dien-tu", "hop-thu-dien-tu",
                             "dia-chi-email", "dia-chi-e-mail", "dia-chi-thu-dien-tu",
                             "email-address", "e-mail-address", NULL } },
    { HG_PERSONAL_PLATE,
      (const char *const[]){ "bien-so-xe", "bien-kiem-soat", "bien-xe", "bks",
                             "license-plate", "licence-plate", NULL } },
    { HG_PERSONAL_ACCOUNT,
      (const char *const[]){ "so-tai-khoan", "stk", "so-tk", "so-tai-khoan-ngan-hang",
                             "bank-account", "account-number", NULL } },
    { HG_PERSONAL_SEX, (const char *const[]){ "gioi-tinh", "sex", "gender", NULL } },
    { HG_PERSONAL_PLACE,
      (const char *const[]){ "dia-chi", "dia-chi-lien-he", "address", NULL } },
    { HG_PERSONAL_YEAR,
      (const char *const[]){ "nam-sinh", "year-of-birth", "birth-year", NULL } },
    { HG_PERSONAL_ETHNICITY, (const char *const[]){ "dan-toc", "thanh-phan-dan-toc",
                                                    "ethnicity", "ethnic-group", NULL } },
    { HG_PERSONAL_RELIGION, (const char *const[]){ "ton-giao", "religion", NULL } },
    { HG_PERSONAL_BUSINESS,
      (const char *const[]){ "mst", "ma-so-thue", "mst-doanh-nghiep",
                             "ma-so-thue-doanh-nghiep", "ma-so-doanh-nghiep", "tax-code",
                             NULL } },
};

/* Words that may stand beside them: whose, and of which kind. */
static const char *const beside[] = {
    "so",        "ma",        "ma-so",     "the",       "giay",       "cua",
    "va",        "hoac",      "nguoi",     "ca-nhan",   "cong-dan",   "chu-ho",
    "hoc-sinh",  "sinh-vien", "benh-nhan", "can-bo",    "cong-chuc",  "vien-chuc",
    "nhan-vien", "giao-vien", "lao-dong",  "doi-tuong", "huong",      "thanh-vien",
    "dai-dien",  "lien-he",   "lien-lac",  "khai",      "nop",        "nhan",
    "lap",       "phap-luat", "cha",       "bo",        "me",         "vo",
    "chong",     "con",       "ong",       "ba",        "khach-hang", "di-dong",
    "co-dinh",   "rieng",     "hien-nay",  "hien-tai",  "day-du",     "1",
    "2",         "3",         "number",    "no",        "of",         "and",
    "or",        "person",    "contact",   "owner",     "student",    "patient",
    "employee",  "head",      "household",
};

/* The bytes of phrase that words start with, up to the end of a word; 0 if they do not.
 * A text that is one word may be a phrase without its dashes: "hoTen". */
static size_t starts(const char *words, const char *phrase, bool one_word)
{
    size_t i = 0;
    for (; *phrase; phrase++) {
        if (one_word && *phrase == '-')
            continue;
        if (words[i] != *phrase)
            return 0;
        i++;
    }
    return words[i] == '-' || words[i] == '\0' ? i : 0;
}

/* The longest phrase that words start with, and its kind; NONE for a word beside. */
static size_t longest(const char *words, bool one_word, hg_personal *kind)
{
    size_t most = 0, n;
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        if ((n = starts(words, beside[i], false)) > most) {
            most = n;
            *kind = HG_PERSONAL_NONE;
        }
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        for (const char *const *phrase = headers[i].phrases; *phrase; phrase++)
            if ((n = starts(words, *phrase, one_word)) > most) {
                most = n;
                *kind = headers[i].kind;
            }
    return most;
}

hg_personal hg_personal_header(hg_slice text, hg_buf *words)
{
    hg_personal found = HG_PERSONAL_NONE, kind = HG_PERSONAL_NONE;
    hg_buf_clear(words);
    hg_utf8_slug(words, text.p, text.n);
    if (!words->data || words->status != HG_OK)
        return HG_PERSONAL_NONE;
    bool one_word = !strchr(words->data, '-');
    for (const char *at = words->data; *at;) {
        size_t n = longest(at, one_word, &kind);
        if (n == 0)
            return HG_PERSONAL_NONE;
        if (found == HG_PERSONAL_NONE || (kind != HG_PERSONAL_NONE && kind < found))
            found = kind;
        at += n + (at[n] == '-');
    }
    return found;
}

/* ---- characters ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Part of a word: ASCII, or the first or last byte of a Latin letter in UTF-8. Dashes,
 * dots and no-break spaces outside of ASCII are no part of one. */
static bool is_word(hg_slice text, size_t i)
{
    unsigned char c = (unsigned char)text.p[i];
    if (c < 0x80)
        return is_digit((char)c) || is_upper((char)c) || (c >= 'a' && c <= 'z') ||
               c == '_';
    while (i > 0 && (c & 0xC0) == 0x80)
        c = (unsigned char)text.p[--i];
    return (c >= 0xC3 && c <= 0xCD) || c == 0xE1;
}

static size_t digits_from(hg_slice text, size_t i)
{
    size_t n = 0;
    while (i + n < text.n && is_digit(text.p[i + n]))
        n++;
    return n;
}

static size_t digits_before(hg_slice text, size_t i)
{
    size_t n = 0;
    while (n < i && is_digit(text.p[i - n - 1]))
        n++;
    return n;
}

/* ---- numbers ---- */

enum { MOST = 19, LEAST = 9 }; /* digits: of a number known here, of one in a text */

/* The digits of a number, and how they stand. */
typedef struct number {
    char digits[MOST + 1];
    size_t n;     /* over MOST: none known here */
    size_t first; /* digits in its first group */
    bool plus;    /* a '+' stands before it */
} number;

static unsigned two(const char *digits)
{
    return (unsigned)(digits[0] - '0') * 10 + (unsigned)(digits[1] - '0');
}

/* GSO's codes of provinces before 1/7/2025, which identity numbers keep. */
static bool is_province(unsigned code)
{
    static const unsigned char codes[] = { 1,  2,  4,  6,  8,  10, 11, 12, 14, 15, 17,
                                           19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34,
                                           35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49,
                                           51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68,
                                           70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86,
                                           87, 89, 91, 92, 93, 94, 95, 96 };
    return memchr(codes, (int)code, sizeof codes) != NULL;
}

static bool is_identity(const char *d, size_t n)
{
    enum { YOUNGEST = 40 }; /* nobody is born later than 2039 yet */
    return n == 12 && d[0] == '0' && is_province(two(d + 1)) &&
           (d[3] <= '1' || (d[3] <= '3' && two(d + 4) < YOUNGEST));
}

/* 10 digits from 03x, 05x, 07x, 08x or 09x on (QĐ 798/QĐ-BTTTT 2018); MST of Hồ Chí Minh
 * City begin with 030 and 031, which is no mobile's. */
static bool is_mobile(const char *d, size_t n)
{
    return n == 10 && d[0] == '0' &&
           ((d[1] == '3' && d[2] >= '2') || (d[1] == '5' && strchr("25689", d[2])) ||
            (d[1] == '7' && strchr("06789", d[2])) || (d[1] == '8' && d[2] >= '1') ||
            d[1] == '9');
}

/* 0, an area code, 11 digits in all (TT 22/2014/TT-BTTTT; codes as of 2017). */
static bool is_landline(const char *d, size_t n)
{
    static const char areas[] = "203 204 205 206 207 208 209 210 211 212 213 214 215 216 "
                                "218 219 220 221 222 225 226 227 228 229 232 233 234 235 "
                                "236 237 238 239 251 252 254 255 256 257 258 259 260 261 "
                                "262 263 269 270 271 272 273 274 275 276 277 290 291 292 "
                                "293 294 296 297 299 ";
    char area[] = { d[1], d[2], d[3], ' ', '\0' };
    if (n != 11 || d[0] != '0' || d[1] != '2')
        return false;
    return d[2] == '4' || d[2] == '8' || strstr(areas, area) != NULL;
}

static bool is_phone(const number *k)
{
    return is_mobile(k->digits, k->n) || is_landline(k->digits, k->n);
}

/* The number with its first drop digits gone and a 0 in their place. */
static number with_zero(const number *k, size_t drop)
{
    number z = { .n = k->n - drop + 1, .first = k->first };
    if (z.n > MOST)
        return *k;
    z.digits[0] = '0';
    memcpy(z.digits + 1, k->digits + drop, k->n - drop);
    return z;
}

/* Ten digits, the last a check: weights and modulus as in the tax department's form. */
static bool is_tax_code(const char *d, size_t n)
{
    static const unsigned weights[] = { 31, 29, 23, 19, 17, 13, 7, 5, 3 };
    unsigned sum = 0;
    for (size_t i = 0; n == 10 && i < 9; i++)
        sum += weights[i] * (unsigned)(d[i] - '0');
    return n == 10 && 10 - sum % 11 == (unsigned)(d[9] - '0');
}

/* Whether a number is what its column's header says. */
static bool is_of(const number *k, hg_personal under)
{
    number z = with_zero(k, 0);
    switch (under) {
    case HG_PERSONAL_IDENTITY:
        return k->n == 9 || k->n == 12 || is_identity(z.digits, z.n);
    case HG_PERSONAL_TAX: return is_tax_code(k->digits, k->n) || k->n == 12;
    case HG_PERSONAL_INSURANCE: return k->n == 10;
    case HG_PERSONAL_ACCOUNT: return k->n >= 6 && k->n <= MOST;
    case HG_PERSONAL_PHONE:
        if (k->n > 2 && memcmp(k->digits, "84", 2) == 0)
            z = with_zero(k, 2);
        return is_phone(&z);
    default: return false;
    }
}

static hg_personal kind_of(const number *k, hg_personal under)
{
    number z = *k;
    if (k->n > MOST || k->n < 6)
        return HG_PERSONAL_NONE;
    if (is_of(k, under))
        return under;
    if (k->plus && k->n > 2 && memcmp(k->digits, "84", 2) == 0)
        z = with_zero(k, 2);
    else if (k->first < 3) /* dates and decimals are grouped so, these numbers are not */
        return HG_PERSONAL_NONE;
    if (is_identity(k->digits, k->n))
        return HG_PERSONAL_IDENTITY;
    bool code = under == HG_PERSONAL_BUSINESS || under == HG_PERSONAL_INSURANCE ||
                under == HG_PERSONAL_TAX;
    return !code && is_phone(&z) ? HG_PERSONAL_PHONE : HG_PERSONAL_NONE;
}

/* The bytes of a separator between groups of digits: one space, dot or dash, maybe after
 * the ')' of an area code; 0 for anything else. */
static size_t separator(hg_slice text, size_t i)
{
    size_t close = i < text.n && text.p[i] == ')';
    i += close;
    if (i < text.n && (text.p[i] == ' ' || text.p[i] == '.' || text.p[i] == '-'))
        return close + 1;
    if (i + 1 < text.n && memcmp(text.p + i, "\xC2\xA0", 2) == 0) /* no-break space */
        return close + 2;
    return close;
}

/* Where the run of digits and single separators that begins at i ends. */
static size_t run_end(hg_slice text, size_t i)
{
    i += digits_from(text, i);
    for (size_t gap; (gap = separator(text, i)) > 0 && digits_from(text, i + gap) > 0;)
        i += gap + digits_from(text, i + gap);
    return i;
}

static number number_at(hg_slice text, size_t at, size_t end)
{
    number k = { .first = digits_from(text, at),
                 .plus = at > 0 && text.p[at - 1] == '+' };
    for (size_t i = at; i < end; i++) {
        if (!is_digit(text.p[i]))
            continue;
        if (k.n < MOST)
            k.digits[k.n] = text.p[i];
        k.n++;
    }
    return k;
}

/* Whether the digits between at and end are part of a word, of a decimal or of an address
 * on the web. "0912345678,0987654321" are two, "12,0912345678" is one. */
static bool is_part(hg_slice text, size_t at, size_t end)
{
    if (at > 0 && (is_word(text, at - 1) || strchr("=%&#", text.p[at - 1])))
        return true;
    if (end < text.n && is_word(text, end))
        return true;
    size_t before = at > 0 && text.p[at - 1] == ',' ? digits_before(text, at - 1) : 0;
    size_t after = end < text.n && text.p[end] == ',' ? digits_from(text, end + 1) : 0;
    return (before > 0 && before < LEAST) || (after > 0 && after < LEAST);
}

static bool hit(hg_personal_hit *h, hg_slice text, size_t at, size_t end,
                hg_personal under)
{
    number k = number_at(text, at, end);
    *h = (hg_personal_hit){ kind_of(&k, under), { text.p + at, end - at } };
    return h->kind != HG_PERSONAL_NONE;
}

/* Look at each number of a run that stands by itself: "Ấp 3 0912345678". */
static bool find_in_run(hg_personal_hit *h, hg_slice text, size_t at, size_t end,
                        hg_personal under)
{
    for (size_t i = at, n; i < end; i += n ? n : 1) {
        n = digits_from(text, i);
        bool starts = i == at || text.p[i - 1] != '.';
        bool ends = i + n >= end || text.p[i + n] != '.';
        if (n >= LEAST && starts && ends && hit(h, text, i, i + n, under))
            return true;
    }
    return false;
}

static bool find_number(hg_personal_hit *h, hg_slice text, hg_personal under)
{
    for (size_t i = 0; i < text.n;) {
        if (!is_digit(text.p[i])) {
            i++;
            continue;
        }
        size_t end = run_end(text, i);
        if (!is_part(text, i, end) &&
            (hit(h, text, i, end, under) || find_in_run(h, text, i, end, under)))
            return true;
        i = end;
    }
    return false;
}

/* ---- letters and digits ---- */

static bool matches(hg_slice text, size_t at, size_t letters, size_t least, size_t most)
{
    size_t i = at;
    while (i < text.n && i < at + letters && is_upper(text.p[i]))
        i++;
    size_t n = i == at + letters ? digits_from(text, i) : 0;
    return n >= least && n <= most && i + n == text.n;
}

/* The text of a cell under its header: "B1234567", "GD 4 93 93 1234567 8" joined. */
static bool is_lettered(hg_slice text, hg_personal under)
{
    if (under == HG_PERSONAL_PASSPORT)
        return matches(text, 0, 1, 7, 8);
    return under == HG_PERSONAL_INSURANCE && matches(text, 0, 2, 13, 13);
}

/* The bytes of a plate at i, or 0: two digits of a province, a series, a number. loose:
 * the number may be four digits or five without a dot, and needs no dash. */
static size_t plate(hg_slice text, size_t at, bool loose)
{
    size_t i = at + 2, letters = 0;
    if (digits_from(text, at) != 2 || text.p[at] == '0')
        return 0;
    i += i < text.n && text.p[i] == '-';
    for (;
         i < text.n && letters < 2 && is_upper(text.p[i]) && !strchr("IJOQW", text.p[i]);
         letters++)
        i++;
    if (letters == 0)
        return 0;
    if (digits_from(text, i) == 1)
        i++;
    bool gap = i < text.n && (text.p[i] == '-' || text.p[i] == ' ');
    i += gap;
    size_t n = digits_from(text, i);
    if (n == 3 && i + 3 < text.n && text.p[i + 3] == '.' && digits_from(text, i + 4) == 2)
        return i + 6 - at;
    return loose && (gap || n == 5) && (n == 4 || n == 5) ? i + n - at : 0;
}

static bool find_plate(hg_personal_hit *h, hg_slice text, hg_personal under)
{
    size_t n = plate(text, 0, true);
    bool dashed = n > 5 && text.p[n - 6] == '-' && is_digit(text.p[n - 5]);
    h->kind = HG_PERSONAL_PLATE;
    h->text = (hg_slice){ text.p, n };
    if (n > 0 && n == text.n && (under == HG_PERSONAL_PLATE || dashed))
        return true;
    for (size_t i = 0; i + 8 < text.n; i++) {
        h->text.p = text.p + i;
        h->text.n = n = is_digit(text.p[i]) ? plate(text, i, false) : 0;
        if (n > 0 && (i == 0 || !is_word(text, i - 1)) &&
            (i + n == text.n || !is_word(text, i + n)))
            return true;
    }
    return false;
}

/* ---- e-mail ---- */

static bool is_atom(char c)
{
    return c != '\0' && strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "0123456789.-_+%'",
                               c);
}

/* The bytes of a domain at i, its last label of two letters or more; or 0. */
static size_t domain(hg_slice text, size_t at)
{
    size_t i = at, dot = 0;
    for (; i < text.n && is_atom(text.p[i]) && !strchr("_+%'", text.p[i]); i++)
        if (text.p[i] == '.' && i + 1 < text.n && is_word(text, i + 1))
            dot = i;
    while (i > at && !is_word(text, i - 1)) /* the dot that ends a sentence */
        i--;
    return dot > at && i >= dot + 3 && !is_digit(text.p[dot + 1]) ? i - at : 0;
}

static bool find_email(hg_personal_hit *h, hg_slice text)
{
    for (size_t at = 1; at < text.n; at++) {
        size_t start = at, n;
        if (text.p[at] != '@')
            continue;
        while (start > 0 && is_atom(text.p[start - 1]))
            start--;
        if (start == at || (n = domain(text, at + 1)) == 0)
            continue;
        *h = (hg_personal_hit){ HG_PERSONAL_EMAIL,
                                { text.p + start, at + 1 + n - start } };
        return true;
    }
    return false;
}

/* ---- a cell ---- */

/* What a text has that personal data are made of. */
typedef struct signs {
    size_t digits, capitals;
    bool at;
} signs;

static signs signs_of(hg_slice text)
{
    signs s = { 0 };
    for (size_t i = 0; i < text.n; i++) {
        s.digits += is_digit(text.p[i]);
        s.capitals += is_upper(text.p[i]);
        s.at |= text.p[i] == '@';
    }
    return s;
}

/*
 * False if text surely has neither '@' nor six digits, as most texts; so it is looked at
 * by eights. Of each byte, the top bit of the sum tells that its lower seven are over
 * '/', that of the difference that they are below 'A'. The last bytes count twice.
 */
static bool may_be(hg_slice text)
{
    const uint64_t all = UINT64_C(0x0101010101010101);
    uint64_t eight = 0, ats = 0, n = 0;
    for (size_t i = 0; i < text.n; i += sizeof eight) {
        size_t left = text.n - i;
        if (left >= sizeof eight)
            memcpy(&eight, text.p + i, sizeof eight);
        else if (text.n >= sizeof eight)
            memcpy(&eight, text.p + text.n - sizeof eight, sizeof eight);
        else
            memcpy(&eight, text.p, left);
        uint64_t low = eight & all * 0x7F;
        uint64_t over = low + all * (0x7F - '/'), over_9 = low + all * (0x7F - '9');
        uint64_t below = (all * (0x7F + 'A') - low) & ~eight;
        n += ((over & ~over_9 & below & all * 0x80) >> 7) * all >> 56;
        ats |= (low + all * (0x7F - '?')) & below & all * 0x80;
    }
    return n >= 6 || ats != 0;
}

hg_personal_hit hg_personal_find(hg_slice text, hg_personal under)
{
    hg_personal_hit h = { HG_PERSONAL_NONE, { NULL, 0 } };
    if (!may_be(text))
        return h;
    signs has = signs_of(text);
    if (has.at && find_email(&h, text))
        return h;
    bool special = has.digits >= 6 && under != HG_PERSONAL_NONE;
    if (special && is_lettered(text, under))
        return (hg_personal_hit){ under, text };
    if ((special || has.digits >= LEAST) && find_number(&h, text, under))
        return h;
    if (has.digits >= 6 && has.capitals > 0 && find_plate(&h, text, under))
        return h;
    return (hg_personal_hit){ HG_PERSONAL_NONE, { NULL, 0 } };
}
