/* schema_judge - the judgement of a cell by its field */
#include "table/schema_parts.h"

static const struct {
    unsigned bit;
    const char *name;
} constraint_names[] = {
    { HG_CELL_REQUIRED, "required" },
    { HG_CELL_MIN_LENGTH, "minLength" },
    { HG_CELL_MAX_LENGTH, "maxLength" },
    { HG_CELL_MINIMUM, "minimum" },
    { HG_CELL_MAXIMUM, "maximum" },
    { HG_CELL_EXCLUSIVE_MINIMUM, "exclusiveMinimum" },
    { HG_CELL_EXCLUSIVE_MAXIMUM, "exclusiveMaximum" },
    { HG_CELL_PATTERN, "pattern" },
    { HG_CELL_ENUM, "enum" },
    { HG_CELL_JSON_SCHEMA, "jsonSchema" },
    { HG_CELL_CATEGORIES, "categories" },
};

const char *hg_constraint_name(unsigned bit)
{
    for (size_t i = 0; i < sizeof constraint_names / sizeof *constraint_names; i++)
        if (constraint_names[i].bit == bit)
            return constraint_names[i].name;
    return NULL;
}

const char *hg_constraint_message(unsigned bit)
{
    switch (bit) {
    case HG_CELL_REQUIRED: return "a value is required here";
    case HG_CELL_MIN_LENGTH: return "\"%s\" is shorter than minLength %s";
    case HG_CELL_MAX_LENGTH: return "\"%s\" is longer than maxLength %s";
    case HG_CELL_MINIMUM: return "\"%s\" is below the minimum %s";
    case HG_CELL_MAXIMUM: return "\"%s\" is above the maximum %s";
    case HG_CELL_EXCLUSIVE_MINIMUM: return "\"%s\" is not above the exclusiveMinimum %s";
    case HG_CELL_EXCLUSIVE_MAXIMUM: return "\"%s\" is not below the exclusiveMaximum %s";
    case HG_CELL_PATTERN: return "\"%s\" does not fit the pattern %s";
    case HG_CELL_ENUM: return "\"%s\" is not in the enum %s";
    case HG_CELL_JSON_SCHEMA: return "\"%s\" breaks its jsonSchema (%s)";
    default: return "\"%s\" is not in the categories %s";
    }
}

bool hg_field_missing(const hg_field *field, hg_slice text)
{
    for (size_t i = 0; i < field->n_missing; i++)
        if (text.n == field->missing[i].n && hg_slice_eq(text, field->missing[i]))
            return true;
    return false;
}

static unsigned check_length(const hg_field *field, hg_slice text)
{
    size_t n = field->reader.length(&field->reader, text);
    unsigned bits = field->constraints & HG_CELL_MIN_LENGTH && n < field->min_length
                        ? HG_CELL_MIN_LENGTH
                        : 0;
    if (field->constraints & HG_CELL_MAX_LENGTH && n > field->max_length)
        bits |= HG_CELL_MAX_LENGTH;
    return bits;
}

/* What is not comparable breaks every bound. */
static unsigned check_bounds(const hg_field *field, const hg_value *value)
{
    int (*compare)(const hg_value *, const hg_value *) = field->reader.compare;
    unsigned has = field->constraints, bits = 0;
    int c;
    if (has & HG_CELL_MINIMUM && (c = compare(value, &field->minimum)) != 0 && c != 1)
        bits |= HG_CELL_MINIMUM;
    if (has & HG_CELL_MAXIMUM && compare(value, &field->maximum) > 0)
        bits |= HG_CELL_MAXIMUM;
    if (has & HG_CELL_EXCLUSIVE_MINIMUM && compare(value, &field->exclusive_minimum) != 1)
        bits |= HG_CELL_EXCLUSIVE_MINIMUM;
    if (has & HG_CELL_EXCLUSIVE_MAXIMUM &&
        compare(value, &field->exclusive_maximum) != -1)
        bits |= HG_CELL_EXCLUSIVE_MAXIMUM;
    return bits;
}

static unsigned check_pattern(const hg_field *field, hg_slice text)
{
    switch (hg_pattern_match(field->pattern, text)) {
    case HG_MATCHES: return 0;
    case HG_NO_MATCH: return HG_CELL_PATTERN;
    default: return HG_CELL_TOO_HARD;
    }
}

unsigned hg_field_check(const hg_field *field, hg_slice text, hg_value *value)
{
    unsigned has = field->constraints, bits = 0;
    if (hg_field_missing(field, text))
        return HG_CELL_NULL | (has & HG_CELL_REQUIRED);
    if (!field->reader.read(&field->reader, text, value))
        return HG_CELL_TYPE;
    if ((has & ~(unsigned)HG_CELL_REQUIRED) == 0)
        return 0;
    if (has & (HG_CELL_MIN_LENGTH | HG_CELL_MAX_LENGTH))
        bits |= check_length(field, text);
    if (has & (HG_CELL_MINIMUM | HG_CELL_MAXIMUM | HG_CELL_EXCLUSIVE_MINIMUM |
               HG_CELL_EXCLUSIVE_MAXIMUM))
        bits |= check_bounds(field, value);
    if (has & HG_CELL_PATTERN)
        bits |= check_pattern(field, text);
    if (has & HG_CELL_ENUM && !hg_choices_have(&field->choices, &field->reader, value))
        bits |= HG_CELL_ENUM;
    if (has & HG_CELL_JSON_SCHEMA)
        bits |= hg_field_json_check(field, text);
    if (has & HG_CELL_CATEGORIES &&
        !hg_choices_have(&field->categories, &field->reader, value))
        bits |= HG_CELL_CATEGORIES;
    return bits;
}

void hg_field_constraint(hg_buf *buf, const hg_field *field, const char *constraint)
{
    const hg_json *said =
        hg_json_get(hg_json_get(field->json, "constraints"), constraint);
    hg_err err = HG_ERR_INIT;
    if (!said)
        said = hg_json_get(field->json, constraint);
    if (hg_json_is_string(said))
        hg_buf_puts(buf, hg_json_str(said));
    else if (said && hg_json_dump(said, false, buf, &err) != HG_OK)
        buf->status = HG_ENOMEM;
}
