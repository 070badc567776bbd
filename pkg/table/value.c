/* value - one cell's text as a value of a Table Schema type */
#include "table/value.h"
#include "json/same.h"
#include "table/stringform.h"
#include "table/shape.h"
#include "text/utf8.h"

#include <string.h>

static bool read_text(const hg_typed *reader, hg_slice text, hg_value *value)
{
    (void)reader;
    value->text = text;
    return true;
}

static int compare_text(const hg_value *a, const hg_value *b)
{
    size_t n = a->text.n < b->text.n ? a->text.n : b->text.n;
    int c = n == 0 ? 0 : memcmp(a->text.p, b->text.p, n);
    if (c != 0)
        return c < 0 ? -1 : 1;
    return (a->text.n > b->text.n) - (a->text.n < b->text.n);
}

/* ---- numbers ---- */

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

/* XML Schema collapses the white space around a number. */
static hg_slice trimmed(hg_slice text)
{
    while (text.n > 0 && text.p[0] == ' ')
        text = (hg_slice){ text.p + 1, text.n - 1 };
    while (text.n > 0 && text.p[text.n - 1] == ' ')
        text.n--;
    return text;
}

/* What remains of "€ -12.5 %" without what stands around the number. */
static hg_slice undressed(hg_slice text, char point)
{
    const char *p = text.p, *end = p + text.n;
    while (p < end && !is_digit(*p) && !(*p == point && p + 1 < end && is_digit(p[1])))
        p++;
    if (p == end)
        return text; /* NaN, INF or nothing of the kind */
    if (p > text.p && (p[-1] == '-' || p[-1] == '+'))
        p--;
    while (end > p && !is_digit(end[-1]))
        end--;
    return (hg_slice){ p, (size_t)(end - p) };
}

static hg_slice bare(const hg_typed *reader, hg_slice text)
{
    if (reader->dressed)
        return undressed(text, reader->decimal_char);
    bool spaced = text.n > 0 && (text.p[0] == ' ' || text.p[text.n - 1] == ' ');
    return spaced ? trimmed(text) : text;
}

/* Is text the word, its letters in any case? */
static bool is_word(hg_slice text, const char *word)
{
    size_t i = 0;
    for (; i < text.n && word[i] != '\0'; i++)
        if (text.p[i] != word[i] && !(word[i] >= 'A' && (text.p[i] ^ word[i]) == 32))
            return false;
    return i == text.n && word[i] == '\0';
}

/* NaN and infinities, whose case need not be respected. */
static bool read_special(hg_slice text, hg_value *value)
{
    static const char *const words[] = { "NaN", "INF", "-INF", "+INF" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(text, words[i]))
            return hg_numeral_read(&value->number, hg_slice_of(words[i]), '.', '\0');
    return false;
}

static bool read_number(const hg_typed *reader, hg_slice text, hg_value *value)
{
    hg_slice number = bare(reader, text);
    return hg_numeral_read(&value->number, number, reader->decimal_char,
                           reader->group_char) ||
           read_special(number, value);
}

static bool read_integer(const hg_typed *reader, hg_slice text, hg_value *value)
{
    return hg_integer_read(&value->number, bare(reader, text), reader->group_char);
}

/* NaN has no order, but is identical with itself (XML Schema 1.1, part 2, 2.2.1). */
static int compare_number(const hg_value *a, const hg_value *b)
{
    if (a->number.nan && b->number.nan)
        return 0;
    return hg_numeral_compare(&a->number, &b->number);
}

/* ---- truth ---- */

static bool one_of(hg_slice text, const hg_slice *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (hg_slice_eq(text, values[i]))
            return true;
    return false;
}

static bool read_boolean(const hg_typed *reader, hg_slice text, hg_value *value)
{
    static const hg_slice yes[] = {
        { "true", 4 }, { "True", 4 }, { "TRUE", 4 }, { "1", 1 }
    };
    static const hg_slice no[] = {
        { "false", 5 }, { "False", 5 }, { "FALSE", 5 }, { "0", 1 }
    };
    bool is = reader->true_values ? one_of(text, reader->true_values, reader->n_true)
                                  : one_of(text, yes, 4);
    value->moment = (hg_moment){ .whole = is };
    if (is)
        return true;
    return reader->false_values ? one_of(text, reader->false_values, reader->n_false)
                                : one_of(text, no, 4);
}

/* ---- dates and times ---- */

static bool read_year(const hg_typed *reader, hg_slice text, hg_value *value)
{
    (void)reader;
    return hg_moment_year(&value->moment, text);
}

static bool read_yearmonth(const hg_typed *reader, hg_slice text, hg_value *value)
{
    (void)reader;
    return hg_moment_yearmonth(&value->moment, text);
}

static bool read_date(const hg_typed *reader, hg_slice text, hg_value *value)
{
    (void)reader;
    return hg_moment_date(&value->moment, text);
}

static bool read_time(const hg_typed *reader, hg_slice text, hg_value *value)
{
    (void)reader;
    return hg_moment_time(&value->moment, text);
}

static bool read_datetime(const hg_typed *reader, hg_slice text, hg_value *value)
{
    (void)reader;
    return hg_moment_datetime(&value->moment, text);
}

static bool read_duration(const hg_typed *reader, hg_slice text, hg_value *value)
{
    (void)reader;
    return hg_moment_duration(&value->moment, text);
}

static bool read_formatted(const hg_typed *reader, hg_slice text, hg_value *value)
{
    return hg_moment_format(&value->moment, text, reader->format,
                            reader->type == HG_DATE);
}

static int compare_moment(const hg_value *a, const hg_value *b)
{
    return hg_moment_compare(&a->moment, &b->moment);
}

static int compare_duration(const hg_value *a, const hg_value *b)
{
    if (a->moment.months != b->moment.months)
        return 2; /* a month has no length in seconds */
    return hg_moment_compare(&a->moment, &b->moment);
}

/* ---- strings ---- */

static bool read_email(const hg_typed *reader, hg_slice text, hg_value *value)
{
    return hg_stringform_email(text) && read_text(reader, text, value);
}

static bool read_uri(const hg_typed *reader, hg_slice text, hg_value *value)
{
    return hg_stringform_uri(text) && read_text(reader, text, value);
}

static bool read_uuid(const hg_typed *reader, hg_slice text, hg_value *value)
{
    return hg_stringform_uuid(text) && read_text(reader, text, value);
}

static bool read_binary(const hg_typed *reader, hg_slice text, hg_value *value)
{
    return hg_stringform_binary(text) && read_text(reader, text, value);
}

static bool read_wkt(const hg_typed *reader, hg_slice text, hg_value *value)
{
    return hg_shape_wkt(text) && read_text(reader, text, value);
}

static size_t characters(const hg_typed *reader, hg_slice text)
{
    (void)reader;
    return hg_utf8_characters(text);
}

/* ---- lists ---- */

/* Take the next item from rest; false when there is none. */
static bool next_item(const hg_typed *reader, hg_slice *rest, hg_slice *item)
{
    size_t n = strlen(reader->delimiter), i = 0;
    if (!rest->p)
        return false;
    while (i + n <= rest->n && memcmp(rest->p + i, reader->delimiter, n) != 0)
        i++;
    bool last = i + n > rest->n;
    *item = (hg_slice){ rest->p, last ? rest->n : i };
    *rest = last ? (hg_slice){ NULL, 0 }
                 : (hg_slice){ rest->p + i + n, rest->n - i - n };
    return true;
}

static bool read_list(const hg_typed *reader, hg_slice text, hg_value *value)
{
    hg_slice rest = text, item;
    while (reader->item && next_item(reader, &rest, &item))
        if (!reader->item(reader, item, value))
            return false;
    return read_text(reader, text, value);
}

static size_t list_items(const hg_typed *reader, hg_slice text)
{
    size_t n = 0;
    for (hg_slice rest = text, item; next_item(reader, &rest, &item);)
        n++;
    return n;
}

/* ---- JSON and the map ---- */

static bool read_json(const hg_typed *reader, hg_slice text, hg_value *value)
{
    hg_jsontext json;
    hg_jsontext_kind kind =
        reader->type == HG_ARRAY ? HG_JSONTEXT_ARRAY : HG_JSONTEXT_OBJECT;
    return hg_jsontext_read(&json, text) && json.kind == kind &&
           read_text(reader, text, value);
}

static size_t json_items(const hg_typed *reader, hg_slice text)
{
    hg_jsontext json;
    (void)reader;
    return hg_jsontext_read(&json, text) ? json.n : 0;
}

/* In no order that means something, but 0 for equal ones. */
static int compare_json(const hg_value *a, const hg_value *b)
{
    hg_buf x = { 0 }, y = { 0 };
    hg_same_key(&x, a->text);
    hg_same_key(&y, b->text);
    int c = compare_text(&(hg_value){ .text = { x.data, x.len } },
                         &(hg_value){ .text = { y.data, y.len } });
    hg_buf_release(&x);
    hg_buf_release(&y);
    return c;
}

/* ---- points ---- */

static bool read_point(const hg_typed *reader, hg_slice text, hg_value *value)
{
    (void)reader;
    return hg_shape_point(text, value->point);
}

static bool read_point_array(const hg_typed *reader, hg_slice text, hg_value *value)
{
    (void)reader;
    return hg_shape_point_array(text, value->point);
}

static bool read_point_object(const hg_typed *reader, hg_slice text, hg_value *value)
{
    (void)reader;
    return hg_shape_point_object(text, value->point);
}

/* By longitude, then latitude. */
static int compare_point(const hg_value *a, const hg_value *b)
{
    int c = 0;
    for (int i = 0; c == 0 && i < 2; i++) {
        hg_numeral x, y;
        hg_numeral_read(&x, a->point[i], '.', '\0');
        hg_numeral_read(&y, b->point[i], '.', '\0');
        c = hg_numeral_compare(&x, &y);
    }
    return c;
}

static void put_point(hg_buf *buf, const hg_value *value)
{
    for (int i = 0; i < 2; i++) {
        hg_numeral number;
        hg_numeral_read(&number, value->point[i], '.', '\0');
        hg_numeral_key(buf, &number);
    }
}

/* ---- shapes ---- */

static bool read_geojson(const hg_typed *reader, hg_slice text, hg_value *value)
{
    return hg_shape_geojson(text) && read_text(reader, text, value);
}

static bool read_topojson(const hg_typed *reader, hg_slice text, hg_value *value)
{
    return hg_shape_topojson(text) && read_text(reader, text, value);
}

/* ---- forms that people write ---- */

static bool read_any_date(const hg_typed *reader, hg_slice text, hg_value *value)
{
    (void)reader;
    return hg_moment_any_date(&value->moment, text);
}

static bool read_any_time(const hg_typed *reader, hg_slice text, hg_value *value)
{
    (void)reader;
    return hg_moment_any_time(&value->moment, text);
}

static bool read_any_datetime(const hg_typed *reader, hg_slice text, hg_value *value)
{
    (void)reader;
    return hg_moment_any_datetime(&value->moment, text);
}

/* ---- picking ---- */

static const hg_typed readers[] = {
    { .type = HG_ANY, .read = read_text, .compare = compare_text },
    { .type = HG_STRING,
      .read = read_text,
      .compare = compare_text,
      .length = characters },
    { .type = HG_NUMBER,
      .ordered = true,
      .read = read_number,
      .compare = compare_number },
    { .type = HG_INTEGER,
      .ordered = true,
      .read = read_integer,
      .compare = compare_number },
    { .type = HG_BOOLEAN, .read = read_boolean, .compare = compare_moment },
    { .type = HG_DATE, .ordered = true, .read = read_date, .compare = compare_moment },
    { .type = HG_TIME, .ordered = true, .read = read_time, .compare = compare_moment },
    { .type = HG_DATETIME,
      .ordered = true,
      .read = read_datetime,
      .compare = compare_moment },
    { .type = HG_YEAR, .ordered = true, .read = read_year, .compare = compare_moment },
    { .type = HG_YEARMONTH,
      .ordered = true,
      .read = read_yearmonth,
      .compare = compare_moment },
    { .type = HG_DURATION,
      .ordered = true,
      .read = read_duration,
      .compare = compare_duration },
    { .type = HG_LIST,
      .read = read_list,
      .compare = compare_text,
      .length = list_items,
      .delimiter = "," },
    { .type = HG_ARRAY,
      .json = true,
      .read = read_json,
      .compare = compare_json,
      .length = json_items },
    { .type = HG_OBJECT,
      .json = true,
      .read = read_json,
      .compare = compare_json,
      .length = json_items },
    { .type = HG_GEOPOINT, .json = true, .read = read_point, .compare = compare_point },
    { .type = HG_GEOJSON, .json = true, .read = read_geojson, .compare = compare_json },
};

static const char *const names[] = { "any",     "string",    "number",  "integer",
                                     "boolean", "date",      "time",    "datetime",
                                     "year",    "yearmonth", "duration", "list",
                                     "array",   "object",    "geopoint", "geojson" };

bool hg_typed_init(hg_typed *reader, const char *type)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(type, names[i]) == 0) {
            *reader = readers[i];
            reader->decimal_char = '.';
            return true;
        }
    return false;
}

const char *hg_type_name(hg_type type)
{
    return names[type];
}

/* Formats that have a name. */
static const struct format {
    hg_type type;
    const char *name;
    bool (*read)(const hg_typed *, hg_slice, hg_value *);
} formats[] = {
    { HG_STRING, "email", read_email },
    { HG_STRING, "uri", read_uri },
    { HG_STRING, "uuid", read_uuid },
    { HG_STRING, "binary", read_binary },
    { HG_STRING, "wkt", read_wkt }, /* not in the standard, but in use */
    { HG_DATE, "any", read_any_date },
    { HG_TIME, "any", read_any_time },
    { HG_DATETIME, "any", read_any_datetime },
    { HG_GEOPOINT, "array", read_point_array },
    { HG_GEOPOINT, "object", read_point_object },
    { HG_GEOJSON, "topojson", read_topojson },
};

bool hg_typed_format(hg_typed *reader, const char *format)
{
    bool timed =
        reader->type == HG_DATE || reader->type == HG_TIME || reader->type == HG_DATETIME;
    if (strcmp(format, "default") == 0)
        return true;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (formats[i].type == reader->type && strcmp(format, formats[i].name) == 0) {
            reader->read = formats[i].read;
            return true;
        }
    if (strncmp(format, "fmt:", 4) == 0) /* Table Schema before 1.0 */
        format += 4;
    if (!timed || !hg_moment_format_known(format))
        return false;
    reader->format = format;
    reader->read = read_formatted;
    return true;
}

bool hg_typed_items(hg_typed *reader, const char *type)
{
    static const char *const types[] = { "string", "integer",  "boolean", "number",
                                         "datetime", "date",   "time" };
    hg_typed item;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(type, types[i]) == 0 && hg_typed_init(&item, type)) {
            reader->item = item.type == HG_STRING ? NULL : item.read;
            return true;
        }
    return false;
}

void hg_value_key(hg_buf *buf, const hg_typed *reader, const hg_value *value)
{
    if (reader->type == HG_NUMBER || reader->type == HG_INTEGER) {
        hg_numeral_key(buf, &value->number);
    } else if (reader->type == HG_GEOPOINT) {
        put_point(buf, value);
    } else if (reader->json) {
        hg_same_key(buf, value->text);
    } else if (reader->type == HG_ANY || reader->type == HG_STRING ||
               reader->type == HG_LIST) {
        hg_buf_put(buf, &value->text.n, sizeof value->text.n);
        hg_buf_put(buf, value->text.p, value->text.n);
    } else {
        hg_buf_put(buf, &value->moment.whole, sizeof value->moment.whole);
        hg_buf_put(buf, &value->moment.months, sizeof value->moment.months);
        hg_buf_put(buf, &value->moment.nanos, sizeof value->moment.nanos);
    }
}
