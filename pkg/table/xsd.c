/* xsd - the built-in types of CSV on the Web */
#include "table/xsd.h"
#include "table/datepattern.h"
#include "text/utf8.h"

#include <string.h>

/* ---- texts ---- */

static bool is_letter(char c)
{
    return (unsigned char)((c | 32) - 'a') < 26;
}

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

/* Name characters of XML 1.0 (NameChar); all beyond ASCII are taken for such. */
static bool is_name_char(char c)
{
    return is_letter(c) || is_digit(c) || strchr("-._:", c) || (unsigned char)c >= 0x80;
}

static bool is_nmtoken(hg_slice text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '\0' || !is_name_char(text.p[i]))
            return false;
    return text.n > 0;
}

static bool is_name(hg_slice text)
{
    return is_nmtoken(text) && !is_digit(text.p[0]) && !strchr("-.", text.p[0]);
}

static bool is_ncname(hg_slice text)
{
    return is_name(text) && !memchr(text.p, ':', text.n);
}

static bool is_qname(hg_slice text)
{
    const char *colon = memchr(text.p, ':', text.n);
    if (!colon)
        return is_ncname(text);
    size_t n = (size_t)(colon - text.p);
    return is_ncname((hg_slice){ text.p, n }) &&
           is_ncname((hg_slice){ colon + 1, text.n - n - 1 });
}

/* xsd:language: [a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})* */
static bool is_language(hg_slice text)
{
    size_t run = 0;
    bool first = true;
    for (size_t i = 0; i <= text.n; i++) {
        if (i == text.n || text.p[i] == '-') {
            if (run < 1 || run > 8)
                return false;
            run = 0;
            first = false;
        } else if (is_letter(text.p[i]) || (!first && is_digit(text.p[i]))) {
            run++;
        } else {
            return false;
        }
    }
    return true;
}

static bool is_hex(hg_slice text)
{
    for (size_t i = 0; i < text.n; i++)
        if (!is_digit(text.p[i]) && (unsigned char)((text.p[i] | 32) - 'a') >= 6)
            return false;
    return text.n % 2 == 0;
}

/* The characters of base64 in text, those that fill it up last. */
static size_t base64_chars(hg_slice text, size_t *fill)
{
    size_t n = 0;
    *fill = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == ' ')
            continue;
        if (c == '='
                ? *fill == 2
                : *fill > 0 || !(is_letter(c) || is_digit(c) || c == '+' || c == '/'))
            return SIZE_MAX;
        *fill += c == '=';
        n++;
    }
    return n;
}

static bool is_base64(hg_slice text)
{
    size_t fill, n = base64_chars(text, &fill);
    return n != SIZE_MAX && n % 4 == 0;
}

/* ---- durations ---- */

/* Only letters of one half of a duration, and what stands between them. */
static bool only(hg_slice text, const char *letters)
{
    bool timed = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == 'T')
            timed = true;
        if (is_letter(c) && !strchr(letters, c))
            return false;
        if (c == 'M' && timed != (strchr(letters, 'T') != NULL))
            return false;
    }
    return true;
}

static bool is_any_duration(hg_slice text)
{
    return !memchr(text.p, 'W', text.n); /* ISO 8601 has weeks */
}

static bool is_days_and_time(hg_slice text)
{
    return only(text, "PDTHMS");
}

static bool is_years_and_months(hg_slice text)
{
    return only(text, "PYM");
}

/* The seconds from a month's start to one that is so many months later. */
static int64_t seconds_of(int64_t year, int64_t month, int64_t months)
{
    int64_t from = 0, to = 0, count = year * 12 + month - 1 + months;
    int64_t later = count / 12 - (count % 12 < 0);
    hg_moment_days(&from, year, month, 1);
    hg_moment_days(&to, later, count - later * 12 + 1, 1);
    return (to - from) * 86400;
}

/* XSD 1.1 part 2, 3.3.6.1: less if it is so from each of four days on. */
static int compare_durations(const hg_moment *a, const hg_moment *b)
{
    static const int16_t starts[][2] = {
        { 1696, 9 }, { 1697, 2 }, { 1903, 3 }, { 1903, 7 }
    };
    int all = 2;
    for (size_t i = 0; i < 4; i++) {
        hg_moment x = *a, y = *b;
        x.whole += seconds_of(starts[i][0], starts[i][1], a->months);
        y.whole += seconds_of(starts[i][0], starts[i][1], b->months);
        int order = hg_moment_compare(&x, &y);
        if (i > 0 && order != all)
            return 2;
        all = order;
    }
    return all;
}

/* ---- the types ---- */

#define TEXT(name, space, trims, fits)                                                   \
    {                                                                                    \
        name, HG_XSD_TEXT, space, trims, false, false, NULL, NULL, NULL, 0, 0, fits      \
    }
#define BINARY(name, fits)                                                               \
    {                                                                                    \
        name, HG_XSD_BINARY, HG_SPACE_COLLAPSE, true, false, false, NULL, NULL, NULL, 0, \
            0, fits                                                                      \
    }
#define NUMBER(name, whole, real, least, most)                                           \
    {                                                                                    \
        name, HG_XSD_NUMBER, HG_SPACE_COLLAPSE, true, whole, real, least, most, NULL, 0, \
            0, NULL                                                                      \
    }
#define MOMENT(name, form, fields, ignored)                                              \
    {                                                                                    \
        name, HG_XSD_MOMENT, HG_SPACE_COLLAPSE, true, false, false, NULL, NULL, form,    \
            fields, ignored, NULL                                                        \
    }
#define DURATION(name, fits)                                                             \
    {                                                                                    \
        name, HG_XSD_DURATION, HG_SPACE_COLLAPSE, true, false, false, NULL, NULL, NULL,  \
            0, 0, fits                                                                   \
    }

/* What patterns of times and of all that has an offset may have besides. */
#define ZONE  HG_DATE_ZONE
#define PARTS (HG_DATE_SECOND | HG_DATE_FRACTION | HG_DATE_ZONE)
#define HOURS (HG_DATE_HOUR | HG_DATE_MINUTE)

static const hg_xsd types[] = {
    TEXT("string", HG_SPACE_KEEP, false, NULL),
    TEXT("anyAtomicType", HG_SPACE_KEEP, false, NULL),
    TEXT("xml", HG_SPACE_KEEP, true, NULL),
    TEXT("html", HG_SPACE_KEEP, true, NULL),
    TEXT("json", HG_SPACE_KEEP, true, NULL),
    TEXT("normalizedString", HG_SPACE_REPLACE, true, NULL),
    TEXT("token", HG_SPACE_COLLAPSE, true, NULL),
    TEXT("language", HG_SPACE_COLLAPSE, true, is_language),
    TEXT("Name", HG_SPACE_COLLAPSE, true, is_name),
    TEXT("NMTOKEN", HG_SPACE_COLLAPSE, true, is_nmtoken),
    TEXT("QName", HG_SPACE_COLLAPSE, true, is_qname),
    TEXT("anyURI", HG_SPACE_COLLAPSE, true, NULL),
    BINARY("base64Binary", is_base64),
    BINARY("hexBinary", is_hex),
    { "boolean", HG_XSD_BOOLEAN, HG_SPACE_COLLAPSE, true, false, false, NULL, NULL, NULL,
      0, 0, NULL },
    NUMBER("decimal", false, false, NULL, NULL),
    NUMBER("double", false, true, NULL, NULL),
    NUMBER("float", false, true, NULL, NULL),
    NUMBER("integer", true, false, NULL, NULL),
    NUMBER("long", true, false, "-9223372036854775808", "9223372036854775807"),
    NUMBER("int", true, false, "-2147483648", "2147483647"),
    NUMBER("short", true, false, "-32768", "32767"),
    NUMBER("byte", true, false, "-128", "127"),
    NUMBER("nonNegativeInteger", true, false, "0", NULL),
    NUMBER("positiveInteger", true, false, "1", NULL),
    NUMBER("unsignedLong", true, false, "0", "18446744073709551615"),
    NUMBER("unsignedInt", true, false, "0", "4294967295"),
    NUMBER("unsignedShort", true, false, "0", "65535"),
    NUMBER("unsignedByte", true, false, "0", "255"),
    NUMBER("nonPositiveInteger", true, false, NULL, "0"),
    NUMBER("negativeInteger", true, false, NULL, "-1"),
    MOMENT("date", "Y-MM-ddZ", HG_DATE_DATE, ZONE),
    MOMENT("dateTime", "Y-MM-ddTHH:mm:ssFZ", HG_DATE_DATE | HOURS, PARTS),
    MOMENT("dateTimeStamp", "Y-MM-ddTHH:mm:ssFXXX", HG_DATE_DATE | HOURS | ZONE, PARTS),
    MOMENT("time", "HH:mm:ssFZ", HOURS, PARTS),
    MOMENT("gDay", "---ddZ", HG_DATE_DAY, ZONE),
    MOMENT("gMonth", "--MMZ", HG_DATE_MONTH, ZONE),
    MOMENT("gMonthDay", "--MM-ddZ", HG_DATE_MONTH | HG_DATE_DAY, ZONE),
    MOMENT("gYear", "YZ", HG_DATE_YEAR, ZONE),
    MOMENT("gYearMonth", "Y-MMZ", HG_DATE_YEAR | HG_DATE_MONTH, ZONE),
    DURATION("duration", is_any_duration),
    DURATION("dayTimeDuration", is_days_and_time),
    DURATION("yearMonthDuration", is_years_and_months),
};

static const struct {
    const char *name, *means;
} others[] = {
    { "number", "double" },
    { "binary", "base64Binary" },
    { "datetime", "dateTime" },
    { "any", "anyAtomicType" },
};

const hg_xsd *hg_xsd_find(const char *name)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(name, others[i].name) == 0)
            name = others[i].means;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(name, types[i].name) == 0)
            return &types[i];
    return NULL;
}

bool hg_xsd_is_address(const char *iri)
{
    static const char schema[] = "http://www.w3.org/2001/XMLSchema#";
    static const char *const own[] = {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML",
        "http://www.w3.org/ns/csvw#JSON",
    };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(iri, own[i]) == 0)
            return true;
    const char *name = iri + sizeof schema - 1;
    if (strncmp(iri, schema, sizeof schema - 1) != 0)
        return false;
    const hg_xsd *type = hg_xsd_find(name);
    return type && strcmp(type->name, name) == 0;
}

/* ---- values ---- */

bool hg_xsd_in_range(const hg_xsd *type, const hg_numeral *number)
{
    hg_numeral limit;
    if (type->least && hg_integer_read(&limit, hg_slice_of(type->least), 0) &&
        hg_numeral_compare(number, &limit) == -1)
        return false;
    return !type->most || !hg_integer_read(&limit, hg_slice_of(type->most), 0) ||
           hg_numeral_compare(number, &limit) != 1;
}

static bool read_number(hg_numeral *number, const hg_xsd *type, hg_slice text)
{
    bool special = memchr(text.p, 'N', text.n); /* NaN, INF */
    bool exponent = memchr(text.p, 'e', text.n) || memchr(text.p, 'E', text.n);
    if (type->whole)
        return hg_integer_read(number, text, 0) && hg_xsd_in_range(type, number);
    return (type->real || (!special && !exponent)) &&
           hg_numeral_read(number, text, '.', 0);
}

static bool read_boolean(hg_moment *m, hg_slice text)
{
    *m = (hg_moment){ .whole = hg_slice_is(text, "true") || hg_slice_is(text, "1") };
    return m->whole || hg_slice_is(text, "false") || hg_slice_is(text, "0");
}

bool hg_xsd_read(hg_value *value, const hg_xsd *type, hg_slice text)
{
    switch (type->kind) {
    case HG_XSD_NUMBER: return read_number(&value->number, type, text);
    case HG_XSD_BOOLEAN: return read_boolean(&value->moment, text);
    case HG_XSD_MOMENT: return hg_datepattern_read(&value->moment, text, type->form);
    case HG_XSD_DURATION:
        return type->fits(text) && hg_moment_duration(&value->moment, text);
    default: value->text = text; return !type->fits || type->fits(text);
    }
}

int hg_xsd_compare(const hg_xsd *type, const hg_value *a, const hg_value *b)
{
    if (type->kind == HG_XSD_NUMBER)
        return hg_numeral_compare(&a->number, &b->number);
    return type->kind == HG_XSD_DURATION ? compare_durations(&a->moment, &b->moment)
                                         : hg_moment_compare(&a->moment, &b->moment);
}

size_t hg_xsd_length(const hg_xsd *type, hg_slice text)
{
    size_t n, fill;
    if (type->kind == HG_XSD_BINARY && type->fits == is_hex)
        return text.n / 2;
    if (type->kind == HG_XSD_BINARY) {
        n = base64_chars(text, &fill);
        return n / 4 * 3 - fill;
    }
    return hg_utf8_characters(text);
}
