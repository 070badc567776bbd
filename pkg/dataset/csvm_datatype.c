/* csvm_datatype - datatypes and their formats (w3.org/TR/tabular-metadata, 5.11, and
 * w3.org/TR/tabular-data-model, 4.6, 6.4) */
#include "dataset/csvm_reader.h"
#include "table/datepattern.h"
#include "text/number.h"

#include <string.h>

const hg_datatype *csvm_string_type(csvm_reader *r)
{
    hg_datatype *type = csvm_new(r, 1, sizeof *type);
    if (type)
        *type = (hg_datatype){ .base = hg_xsd_find("string"), .max_length = SIZE_MAX };
    return type;
}

/* ---- formats ---- */

static void number_format(csvm_reader *r, hg_datatype *type, const hg_json *object,
                          const char *key)
{
    const hg_json *value = hg_json_get(object, key);
    const char *pattern = hg_json_str(value), *decimal = NULL, *group = NULL;
    hg_numberpattern *made = csvm_new(r, 1, sizeof *made);
    if (!pattern && !hg_json_is_object(value)) {
        csvm_warn(r, object, key, "a string or an object is needed here", NULL);
        return;
    }
    for (size_t i = 0; i < hg_json_len(value); i++) {
        const char *member = hg_json_key(value, i);
        if (strcmp(member, "decimalChar") == 0)
            csvm_string(r, value, member, &decimal);
        else if (strcmp(member, "groupChar") == 0)
            csvm_string(r, value, member, &group);
        else if (strcmp(member, "pattern") == 0)
            csvm_string(r, value, member, &pattern);
        else
            csvm_warn(r, value, member, "'%s' means nothing here, and is passed over",
                      member);
    }
    if (made && pattern && !hg_numberpattern_init(made, pattern, decimal, group)) {
        csvm_warn(r, object, key, "'%s' is no pattern of numbers", pattern);
        pattern = NULL;
    }
    if (made && !pattern)
        hg_numberpattern_free_form(made, decimal, group);
    type->number = pattern || decimal || group ? made : NULL;
    type->format = pattern;
}

static void boolean_format(csvm_reader *r, hg_datatype *type, const hg_json *object,
                           const char *key)
{
    const char *text = hg_json_get_str(object, key),
               *bar = text ? strchr(text, '|') : NULL;
    if (!bar || bar == text || bar[1] == '\0' || strchr(bar + 1, '|')) {
        csvm_warn(r, object, key, "two texts with | between them are needed here: Y|N",
                  NULL);
        return;
    }
    type->yes = (hg_slice){ text, (size_t)(bar - text) };
    type->no = hg_slice_of(bar + 1);
    type->format = text;
}

static void date_format(csvm_reader *r, hg_datatype *type, const hg_json *object,
                        const char *key)
{
    const char *text = NULL;
    unsigned fields, needed = type->base->fields, all = needed | type->base->ignored;
    if (!csvm_string(r, object, key, &text))
        return;
    if (!hg_datepattern_known(&fields, text) || (fields & needed) != needed ||
        (fields & ~all)) {
        csvm_warn(r, object, key, "'%s' is no pattern of dates or times for this type",
                  text);
        return;
    }
    type->date = type->format = text;
}

/* An expression of ECMA-262 that all of a text must fit. What only stands without its
 * flag u, as "\\-" does, is read as XML Schema's, where that can be. */
static hg_status read_regex(hg_pattern **out, const char *text, hg_err *err)
{
    hg_buf whole = { 0 };
    hg_err why = HG_ERR_INIT;
    hg_buf_printf(&whole, "^(?:%s)$", text);
    hg_status st = hg_buf_status(&whole, err);
    if (st == HG_OK)
        st = hg_pattern_ecma(out, (hg_slice){ whole.data, whole.len }, &why);
    hg_buf_release(&whole);
    return st == HG_EARG ? hg_pattern_new(out, text, err) : st;
}

static void text_format(csvm_reader *r, hg_datatype *type, const hg_json *object,
                        const char *key)
{
    hg_err why = HG_ERR_INIT;
    const char *text = NULL;
    if (!csvm_string(r, object, key, &text))
        return;
    hg_status st = read_regex(&type->regex, text, &why);
    if (st == HG_OK) {
        csvm_own_pattern(r, type->regex);
        type->format = text;
    } else if (st == HG_ENOMEM) {
        hg_fail_nomem(r->err);
    } else {
        csvm_warn(r, object, key, "'%s' is no regular expression that is known here",
                  text);
    }
}

static void read_format(csvm_reader *r, hg_datatype *type, const hg_json *object)
{
    if (!hg_json_get(object, "format"))
        return;
    switch (type->base->kind) {
    case HG_XSD_NUMBER: number_format(r, type, object, "format"); break;
    case HG_XSD_BOOLEAN: boolean_format(r, type, object, "format"); break;
    case HG_XSD_MOMENT: date_format(r, type, object, "format"); break;
    default: text_format(r, type, object, "format");
    }
}

/* ---- lengths ---- */

static void read_lengths(csvm_reader *r, hg_datatype *type, const hg_json *object)
{
    static const char *const keys[] = { "length", "minLength", "maxLength" };
    uint64_t n[3];
    bool said[3];
    bool counted = type->base->kind == HG_XSD_TEXT || type->base->kind == HG_XSD_BINARY;
    for (size_t i = 0; i < 3; i++) {
        said[i] = hg_json_get(object, keys[i]) && csvm_count(r, object, keys[i], &n[i]);
        if (said[i] && !counted)
            csvm_wrong(r, object, keys[i], "values of type %s have no length",
                       type->base->name);
    }
    if ((said[0] && said[1] && n[0] < n[1]) || (said[0] && said[2] && n[0] > n[2]) ||
        (said[1] && said[2] && n[1] > n[2]))
        csvm_wrong(r, object, said[0] ? "length" : "minLength",
                   "no length is within the limits that are set", NULL);
    type->min_length = said[0] ? n[0] : said[1] ? n[1] : 0;
    type->max_length = said[0] ? n[0] : said[2] ? n[2] : SIZE_MAX;
}

/* ---- limits ---- */

/* A limit as text: a string, or a number in its shortest form. */
static const char *limit_text(csvm_reader *r, const hg_json *value)
{
    char number[HG_NUMBER_TEXT];
    const char *text = hg_json_str(value);
    hg_buf out = { 0 };
    if (text || !hg_json_is_number(value))
        return text;
    int64_t whole = hg_json_int(value, 0);
    if (hg_json_number(value, 0) == (double)whole)
        hg_buf_printf(&out, "%lld", (long long)whole);
    else
        hg_buf_put(&out, number, hg_number_text(number, hg_json_number(value, 0)));
    text = csvm_keep(r, &out);
    hg_buf_release(&out);
    return text;
}

typedef struct limit {
    const char *key, *said; /* said NULL: it is not set */
    hg_value value;
} limit;

static void read_limit(csvm_reader *r, const hg_datatype *type, const hg_json *object,
                       limit *l)
{
    const hg_json *value = hg_json_get(object, l->key);
    const hg_xsd *base = type->base;
    bool ordered = base->kind == HG_XSD_NUMBER || base->kind == HG_XSD_MOMENT ||
                   base->kind == HG_XSD_DURATION;
    if (!value)
        return;
    const char *text = limit_text(r, value);
    if (!text)
        csvm_warn(r, object, l->key, "a string or a number is needed here", NULL);
    else if (!ordered)
        csvm_wrong(r, object, l->key, "values of type %s have no order", base->name);
    else if (!hg_xsd_read(&l->value, base, hg_slice_of(text)))
        csvm_wrong(r, object, l->key, "this is no value of type %s", base->name);
    else
        l->said = text;
}

/* minimum and minInclusive say the same. */
static void join(csvm_reader *r, const hg_datatype *type, const hg_json *object, limit *a,
                 const limit *b)
{
    if (a->said && b->said && hg_xsd_compare(type->base, &a->value, &b->value) != 0)
        csvm_wrong(r, object, b->key, "this differs from what '%s' says", a->key);
    if (!a->said && b->said)
        *a = *b;
}

/* The order of an upper limit to a lower one must be above least. */
static void check_pair(csvm_reader *r, const hg_datatype *type, const hg_json *object,
                       const limit *lower, const limit *upper, int least)
{
    if (!lower->said || !upper->said)
        return;
    int order = hg_xsd_compare(type->base, &upper->value, &lower->value);
    if (order < least || order == 2)
        csvm_wrong(r, object, upper->key, "no value is within the limits that are set",
                   NULL);
}

static void check_either(csvm_reader *r, const hg_json *object, const limit *a,
                         const limit *b)
{
    if (a->said && b->said)
        csvm_wrong(r, object, b->key, "this cannot stand beside '%s'", a->key);
}

static void set_limit(hg_datatype *type, const limit *l, unsigned bit, size_t i,
                      hg_value *to)
{
    if (!l->said)
        return;
    type->limits |= bit;
    type->said[i] = l->said;
    *to = l->value;
}

static void read_limits(csvm_reader *r, hg_datatype *type, const hg_json *object)
{
    limit min = { .key = "minInclusive" }, minimum = { .key = "minimum" };
    limit max = { .key = "maxInclusive" }, maximum = { .key = "maximum" };
    limit above = { .key = "minExclusive" }, below = { .key = "maxExclusive" };
    limit *const all[] = { &min, &minimum, &max, &maximum, &above, &below };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        read_limit(r, type, object, all[i]);
    join(r, type, object, &min, &minimum);
    join(r, type, object, &max, &maximum);
    check_either(r, object, &min, &above);
    check_either(r, object, &max, &below);
    check_pair(r, type, object, &min, &max, 0);
    check_pair(r, type, object, &min, &below, 1);
    check_pair(r, type, object, &above, &below, 0);
    check_pair(r, type, object, &above, &max, 1);
    set_limit(type, &min, HG_CELL_MINIMUM, 0, &type->minimum);
    set_limit(type, &max, HG_CELL_MAXIMUM, 1, &type->maximum);
    set_limit(type, &above, HG_CELL_EXCLUSIVE_MINIMUM, 2, &type->exclusive_minimum);
    set_limit(type, &below, HG_CELL_EXCLUSIVE_MAXIMUM, 3, &type->exclusive_maximum);
}

/* ---- descriptions ---- */

static const hg_xsd *read_base(csvm_reader *r, const hg_json *object, const char *key)
{
    const char *name = NULL;
    const hg_xsd *base = NULL;
    if (csvm_string(r, object, key, &name) && !(base = hg_xsd_find(name)))
        csvm_warn(r, object, key, "'%s' is no built-in datatype", name);
    return base;
}

/* What read_described() takes by itself, after the base is known. */
static void later(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    (void)r, (void)to, (void)object, (void)key;
}

static void take_id(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    const char *text = NULL;
    (void)to;
    if (!csvm_string(r, object, key, &text))
        return;
    if (strncmp(text, "_:", 2) == 0)
        csvm_wrong(r, object, key, "'%s' is a blank node, which cannot be named here",
                   text);
    else if (hg_xsd_is_address(text))
        csvm_wrong(r, object, key,
                   "'%s' is a built-in datatype, which cannot be described", text);
}

static const csvm_property properties[] = {
    { "base", later },         { "format", later },       { "length", later },
    { "minLength", later },    { "maxLength", later },    { "minimum", later },
    { "maximum", later },      { "minInclusive", later }, { "maxInclusive", later },
    { "minExclusive", later }, { "maxExclusive", later }, { "@id", take_id },
};
static const csvm_kind kind = { "Datatype", properties,
                                sizeof properties / sizeof *properties, true };

static const hg_datatype *read_described(csvm_reader *r, const hg_json *object)
{
    hg_datatype *type = csvm_new(r, 1, sizeof *type);
    if (!type)
        return NULL;
    if (hg_json_get(object, "base"))
        type->base = read_base(r, object, "base");
    if (!type->base)
        type->base = hg_xsd_find("string");
    csvm_object(r, object, &kind, type, NULL, false);
    read_format(r, type, object);
    read_lengths(r, type, object);
    read_limits(r, type, object);
    return type;
}

const hg_datatype *csvm_datatype(csvm_reader *r, const hg_json *object, const char *key)
{
    const hg_json *value = hg_json_get(object, key);
    if (hg_json_is_object(value))
        return read_described(r, value);
    const hg_xsd *base = read_base(r, object, key);
    hg_datatype *type = base ? csvm_new(r, 1, sizeof *type) : NULL;
    if (type)
        *type = (hg_datatype){ .base = base, .max_length = SIZE_MAX };
    return type;
}
