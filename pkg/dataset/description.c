/* description - what dataset.json and publisher.json may say, as tables of rules */
#include "dataset/description.h"
#include "dataset/lexical.h"
#include "dataset/vocabulary.h"
#include "text/utf8.h"

#include <string.h>

#define MEMBERS_MAX 40

struct rule;

/* A value under test, and where it stands: member key of parent, or parent itself where
 * key is NULL. */
struct at {
    hg_err *err;
    const hg_doc *doc;
    const hg_json *parent;
    const char *key;
    const hg_json *value;
    const struct rule *rule;
};

struct rule {
    const char *key; /* NULL closes a table */
    hg_status (*check)(const struct at *at);
    hg_vocabulary vocabulary;   /* for codes */
    const struct rule *members; /* for objects */
    bool required;              /* in its object */
};

/* ---- simple values ---- */

static hg_status is_string(const struct at *at)
{
    if (!hg_json_is_string(at->value))
        return hg_doc_fail(at->err, at->doc, at->parent, at->key,
                           "a text is wanted here");
    if (strlen(hg_json_str(at->value)) < hg_json_slice(at->value).n) /* it has a NUL */
        return hg_doc_fail(at->err, at->doc, at->parent, at->key,
                           "the text is empty or has control characters");
    return HG_OK;
}

static hg_status check_text(const struct at *at, bool lines)
{
    hg_status status = is_string(at);
    if (status == HG_OK && !hg_lexical_text(hg_json_str(at->value), lines))
        return hg_doc_fail(at->err, at->doc, at->parent, at->key,
                           "the text is empty or has control characters");
    return status;
}

static hg_status check_line(const struct at *at)
{
    return check_text(at, false);
}

static hg_status check_name(const struct at *at)
{
    hg_status status = is_string(at);
    if (status == HG_OK && hg_lexical_reserved(hg_json_str(at->value)))
        return hg_doc_fail(at->err, at->doc, at->parent, at->key,
                           "'%s' cannot be the name of a file on Windows",
                           hg_json_str(at->value));
    if (status == HG_OK && !hg_lexical_name(hg_json_str(at->value)))
        return hg_doc_fail(
            at->err, at->doc, at->parent, at->key,
            "'%s' is no name: small letters without accents, digits, '-', '_' "
            "and '.', at most 60, are wanted",
            hg_json_str(at->value));
    return status;
}

static hg_status check_file(const struct at *at)
{
    hg_status status = check_name(at);
    const char *dot = status == HG_OK ? strrchr(hg_json_str(at->value), '.') : NULL;
    if (status == HG_OK && (!dot || strcmp(dot, ".json") != 0))
        return hg_doc_fail(at->err, at->doc, at->parent, at->key,
                           "'%s' is not the name of a .json file beside dataset.json",
                           hg_json_str(at->value));
    return status;
}

static hg_status check_code(const struct at *at)
{
    hg_status status = is_string(at);
    const char *code = hg_json_str(at->value), *near;
    if (status != HG_OK || hg_vocabulary_find(at->rule->vocabulary, code))
        return status;
    near = hg_vocabulary_near(at->rule->vocabulary, code);
    if (near)
        return hg_doc_fail(at->err, at->doc, at->parent, at->key,
                           "'%s' is no code of the list '%s'; did you mean '%s'?", code,
                           hg_vocabulary_name(at->rule->vocabulary), near);
    return hg_doc_fail(at->err, at->doc, at->parent, at->key,
                       "'%s' is no code of the list '%s'", code,
                       hg_vocabulary_name(at->rule->vocabulary));
}

static hg_status check_day(const struct at *at)
{
    hg_status status = is_string(at);
    if (status == HG_OK && hg_lexical_moment(hg_json_str(at->value)) < HG_MOMENT_DATE)
        return hg_doc_fail(
            at->err, at->doc, at->parent, at->key,
            "'%s' is no date: 2025-06-01 or 2025-06-01T08:00:00+07:00 is wanted",
            hg_json_str(at->value));
    return status;
}

static hg_status check_moment(const struct at *at)
{
    hg_status status = is_string(at);
    if (status == HG_OK && hg_lexical_moment(hg_json_str(at->value)) == HG_MOMENT_NONE)
        return hg_doc_fail(
            at->err, at->doc, at->parent, at->key,
            "'%s' is no year, month or date: 2025, 2025-06 or 2025-06-01 is "
            "wanted",
            hg_json_str(at->value));
    return status;
}

static hg_status check_duration(const struct at *at)
{
    hg_status status = is_string(at);
    if (status == HG_OK && !hg_lexical_duration(hg_json_str(at->value)))
        return hg_doc_fail(at->err, at->doc, at->parent, at->key,
                           "'%s' is no duration: P1Y, P3M, P1M or P1D is wanted",
                           hg_json_str(at->value));
    return status;
}

static hg_status check_iri(const struct at *at)
{
    hg_status status = is_string(at);
    if (status == HG_OK && !hg_lexical_iri(hg_json_str(at->value)))
        return hg_doc_fail(
            at->err, at->doc, at->parent, at->key,
            "'%s' is no address: one that starts with https:// or http:// is "
            "wanted",
            hg_json_str(at->value));
    return status;
}

static hg_status check_email(const struct at *at)
{
    hg_status status = is_string(at);
    if (status == HG_OK && !hg_lexical_email(hg_json_str(at->value)))
        return hg_doc_fail(at->err, at->doc, at->parent, at->key,
                           "'%s' is no e-mail address", hg_json_str(at->value));
    return status;
}

static hg_status check_phone(const struct at *at)
{
    hg_status status = is_string(at);
    if (status == HG_OK && !hg_lexical_phone(hg_json_str(at->value)))
        return hg_doc_fail(at->err, at->doc, at->parent, at->key,
                           "'%s' is no telephone number", hg_json_str(at->value));
    return status;
}

static hg_status check_digits(const struct at *at)
{
    hg_status status = is_string(at);
    if (status == HG_OK && !hg_lexical_digits(hg_json_str(at->value)))
        return hg_doc_fail(at->err, at->doc, at->parent, at->key,
                           "'%s' is no code of digits", hg_json_str(at->value));
    return status;
}

/* West, south, east, north in degrees. */
static hg_status check_box(const struct at *at)
{
    double side[4] = { 0 };
    bool good = hg_json_is_array(at->value) && hg_json_len(at->value) == 4;
    for (size_t i = 0; i < 4 && good; i++) {
        good = hg_json_is_number(hg_json_at(at->value, i));
        side[i] = hg_json_number(hg_json_at(at->value, i), 0);
    }
    if (!good || side[0] < -180 || side[2] > 180 || side[1] < -90 || side[3] > 90 ||
        side[0] > side[2] || side[1] > side[3])
        return hg_doc_fail(
            at->err, at->doc, at->parent, at->key,
            "the limits are four numbers in degrees: west, south, east, north");
    return HG_OK;
}

static hg_status check_structure(const struct at *at)
{
    static const char *const kinds[] = { "dataflow", "datastructure", "dataprovision" };
    const char *text = hg_json_str(at->value);
    for (size_t i = 0; text && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(text, kinds[i]) == 0)
            return HG_OK;
    return hg_doc_fail(at->err, at->doc, at->parent, at->key,
                       "a structure is dataflow, datastructure or dataprovision");
}

static hg_status check_structure_id(const struct at *at)
{
    hg_status status = is_string(at);
    if (status == HG_OK && !hg_lexical_sdmx(hg_json_str(at->value)))
        return hg_doc_fail(at->err, at->doc, at->parent, at->key,
                           "'%s' names no structure: AGENCY:ID(1.0) is wanted",
                           hg_json_str(at->value));
    return status;
}

/* ---- values made of others ---- */

static hg_status each(const struct at *at, hg_status (*check)(const struct at *))
{
    hg_status status = HG_OK;
    if (!hg_json_is_array(at->value) || hg_json_len(at->value) == 0)
        return hg_doc_fail(at->err, at->doc, at->parent, at->key,
                           "a list is wanted here");
    for (size_t i = 0; i < hg_json_len(at->value) && status == HG_OK; i++) {
        const hg_json *item = hg_json_at(at->value, i);
        status = check(&(struct at){ at->err, at->doc, item, NULL, item, at->rule });
    }
    return status;
}

static hg_status check_lines(const struct at *at)
{
    return each(at, check_line);
}

static hg_status check_codes(const struct at *at)
{
    return each(at, check_code);
}

static hg_status check_iris(const struct at *at)
{
    return each(at, check_iri);
}

/* One value, for Vietnamese, or an object with a value for each language. */
static hg_status by_language(const struct at *at, hg_status (*check)(const struct at *))
{
    static const char *const languages[] = { "vi", "en", NULL };
    if (!hg_json_is_object(at->value))
        return check(at);
    hg_status status = hg_doc_keys(at->err, at->doc, at->value, languages);
    if (status == HG_OK && hg_json_len(at->value) == 0)
        return hg_doc_fail(at->err, at->doc, at->parent, at->key,
                           "the text is empty or has control characters");
    for (size_t i = 0; i < hg_json_len(at->value) && status == HG_OK; i++)
        status =
            check(&(struct at){ at->err, at->doc, at->value, hg_json_key(at->value, i),
                                hg_json_member(at->value, i), at->rule });
    return status;
}

static hg_status check_prose_text(const struct at *at)
{
    return check_text(at, true);
}

static hg_status check_title(const struct at *at)
{
    return by_language(at, check_line);
}

static hg_status check_prose(const struct at *at)
{
    return by_language(at, check_prose_text);
}

static hg_status check_words(const struct at *at)
{
    return by_language(at, check_lines);
}

static const struct rule *rule_of(const struct rule *rules, const char *key)
{
    while (rules->key && strcmp(rules->key, key) != 0)
        rules++;
    return rules->key ? rules : NULL;
}

static hg_status known_keys(hg_err *err, const hg_doc *doc, const hg_json *object,
                            const struct rule *rules)
{
    const char *keys[MEMBERS_MAX + 1] = { NULL };
    for (size_t i = 0; i < MEMBERS_MAX && rules[i].key; i++)
        keys[i] = rules[i].key;
    return hg_doc_keys(err, doc, object, keys);
}

static hg_status check_members(hg_err *err, const hg_doc *doc, const hg_json *object,
                               const struct rule *rules)
{
    hg_status status = known_keys(err, doc, object, rules);
    for (size_t i = 0; i < hg_json_len(object) && status == HG_OK; i++) {
        const char *key = hg_json_key(object, i);
        const struct rule *rule = rule_of(rules, key);
        if (rule)
            status = rule->check(
                &(struct at){ err, doc, object, key, hg_json_member(object, i), rule });
    }
    for (const struct rule *rule = rules; rule->key && status == HG_OK; rule++)
        if (rule->required && !hg_json_get(object, rule->key))
            status =
                hg_doc_fail(err, doc, object, NULL, "'%s' is missing here", rule->key);
    return status;
}

static hg_status check_object(const struct at *at)
{
    if (!hg_json_is_object(at->value))
        return hg_doc_fail(at->err, at->doc, at->parent, at->key,
                           "an object is wanted here");
    return check_members(at->err, at->doc, at->value, at->rule->members);
}

static hg_status check_objects(const struct at *at)
{
    return each(at, check_object);
}

/* Dates as exact as the shorter of the two; a missing one is in order with any. */
static hg_status in_order(const struct at *at, const char *first, const char *last)
{
    const char *a = hg_json_get_str(at->value, first),
               *b = hg_json_get_str(at->value, last);
    size_t n = a && b ? strcspn(a, "T") : 0;
    if (n > 0 && strcspn(b, "T") < n)
        n = strcspn(b, "T");
    if (n > 0 && strncmp(a, b, n) > 0)
        return hg_doc_fail(at->err, at->doc, at->value, last, "'%s' is before '%s'", b,
                           a);
    return HG_OK;
}

static hg_status check_period(const struct at *at)
{
    hg_status status = check_object(at);
    return status == HG_OK ? in_order(at, "start", "end") : status;
}

/* A table's name is that of its files: two of them cannot share one. */
static hg_status check_tables(const struct at *at)
{
    hg_status status = check_objects(at);
    for (size_t i = 1; i < hg_json_len(at->value) && status == HG_OK; i++) {
        const hg_json *table = hg_json_at(at->value, i);
        const char *name = hg_json_get_str(table, "name");
        for (size_t k = 0; k < i && status == HG_OK; k++)
            if (strcmp(hg_json_get_str(hg_json_at(at->value, k), "name"), name) == 0)
                status = hg_doc_fail(at->err, at->doc, table, "name",
                                     "there are two tables '%s'", name);
    }
    return status;
}

/* ---- the rules ---- */

static const struct rule agent_rules[] = {
    { .key = "id", .check = check_name },
    { .key = "name", .check = check_title, .required = true },
    { .key = "identifier", .check = check_line },
    { .key = "url", .check = check_iri },
    { .key = "email", .check = check_email },
    { .key = "type", .check = check_code, .vocabulary = HG_VOC_PUBLISHER_TYPE },
    { .key = NULL },
};

static const struct rule contact_rules[] = {
    { .key = "name", .check = check_title, .required = true },
    { .key = "email", .check = check_email },
    { .key = "phone", .check = check_phone },
    { .key = "url", .check = check_iri },
    { .key = NULL },
};

static const struct rule period_rules[] = {
    { .key = "start", .check = check_moment, .required = true },
    { .key = "end", .check = check_moment },
    { .key = NULL },
};

static const struct rule place_rules[] = {
    { .key = "code", .check = check_digits },
    { .key = "name", .check = check_title, .required = true },
    { .key = "geonames", .check = check_digits },
    { .key = "bbox", .check = check_box },
    { .key = NULL },
};

static const struct rule resolution_rules[] = {
    { .key = "time", .check = check_duration },
    { .key = "space", .check = check_title },
    { .key = NULL },
};

static const struct rule source_rules[] = {
    { .key = "title", .check = check_title, .required = true },
    { .key = "path", .check = check_iri },
    { .key = NULL },
};

static const struct rule series_rules[] = {
    { .key = "id", .check = check_name, .required = true },
    { .key = "title", .check = check_title, .required = true },
    { .key = "description", .check = check_prose, .required = true },
    { .key = NULL },
};

static const struct rule sdmx_rules[] = {
    { .key = "structure", .check = check_structure, .required = true },
    { .key = "id", .check = check_structure_id, .required = true },
    { .key = NULL },
};

static const struct rule table_rules[] = {
    { .key = "name", .check = check_name, .required = true },
    { .key = "title", .check = check_title },
    { .key = "schema", .check = check_file },
    { .key = NULL },
};

static const struct rule catalog_rules[] = {
    { .key = "title", .check = check_title, .required = true },
    { .key = "description", .check = check_prose, .required = true },
    { .key = "issued", .check = check_day },
    { .key = NULL },
};

static const struct rule description_rules[] = {
    { .key = "id", .check = check_name },
    { .key = "title", .check = check_title },
    { .key = "description", .check = check_prose },
    { .key = "keywords", .check = check_words },
    { .key = "theme", .check = check_codes, .vocabulary = HG_VOC_THEME },
    { .key = "publisher", .check = check_object, .members = agent_rules },
    { .key = "contact", .check = check_object, .members = contact_rules },
    { .key = "funder", .check = check_object, .members = agent_rules },
    { .key = "license", .check = check_code, .vocabulary = HG_VOC_LICENCE },
    { .key = "access", .check = check_code, .vocabulary = HG_VOC_ACCESS },
    { .key = "rights", .check = check_prose },
    { .key = "frequency", .check = check_code, .vocabulary = HG_VOC_FREQUENCY },
    { .key = "language", .check = check_codes, .vocabulary = HG_VOC_LANGUAGE },
    { .key = "issued", .check = check_day },
    { .key = "modified", .check = check_day },
    { .key = "version", .check = check_line },
    { .key = "version_notes", .check = check_prose },
    { .key = "previous_version", .check = check_iri },
    { .key = "series", .check = check_object, .members = series_rules },
    { .key = "period", .check = check_period, .members = period_rules },
    { .key = "place", .check = check_object, .members = place_rules },
    { .key = "resolution", .check = check_object, .members = resolution_rules },
    { .key = "type", .check = check_code, .vocabulary = HG_VOC_DATASET_TYPE },
    { .key = "base", .check = check_iri },
    { .key = "landing_page", .check = check_iri },
    { .key = "documentation", .check = check_iris },
    { .key = "sources", .check = check_objects, .members = source_rules },
    { .key = "provenance", .check = check_prose },
    { .key = "legislation", .check = check_iris },
    { .key = "conforms_to", .check = check_iris },
    { .key = "sdmx", .check = check_object, .members = sdmx_rules },
    { .key = "tables", .check = check_tables, .members = table_rules },
    { .key = "catalog", .check = check_object, .members = catalog_rules },
    { .key = NULL },
};

hg_status hg_description_check(const hg_doc *doc, hg_description_kind kind, hg_err *err)
{
    const hg_json *root = hg_doc_root(doc);
    const struct at whole = { err, doc, root, NULL, root, NULL };
    hg_status status = check_members(err, doc, root, description_rules);
    if (status == HG_OK && kind == HG_DESCRIPTION_DATASET && hg_json_get(root, "catalog"))
        return hg_doc_fail(err, doc, root, "catalog",
                           "a catalogue is described in publisher.json");
    return status == HG_OK ? in_order(&whole, "issued", "modified") : status;
}

/* A copy with all its texts in NFC; keys are ours and ASCII. */
static hg_json *nfc_copy(hg_json *value)
{
    hg_json *copy;
    if (hg_json_is_string(value)) {
        hg_buf text = { 0 };
        const char *given = hg_json_str(value);
        hg_utf8_nfc(&text, given, strlen(given));
        copy = text.status == HG_OK ? hg_json_new_slice((hg_slice){ text.data, text.len })
                                    : NULL;
        hg_buf_release(&text);
    } else if (hg_json_is_array(value)) {
        copy = hg_json_array();
        for (size_t i = 0; i < hg_json_len(value); i++)
            hg_json_add(copy, nfc_copy(hg_json_at(value, i)));
    } else if (hg_json_is_object(value)) {
        copy = hg_json_object();
        for (size_t i = 0; i < hg_json_len(value); i++)
            hg_json_set(copy, hg_json_key(value, i), nfc_copy(hg_json_member(value, i)));
    } else {
        copy = hg_json_keep(value);
    }
    return copy;
}

void hg_description_merge(hg_json *description, const hg_json *other)
{
    for (size_t i = 0; i < hg_json_len(other); i++) {
        const char *key = hg_json_key(other, i);
        if (!hg_json_get(description, key) && *key != '$')
            hg_json_set(description, key, nfc_copy(hg_json_member(other, i)));
    }
}

void hg_description_missing(const hg_json *description, hg_buf *names)
{
    static const char *const needed[] = { "title", "description", "publisher", "license",
                                          "base" };
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (hg_json_get(description, needed[i]))
            continue;
        hg_buf_puts(names, names->len > 0 ? ", " : "");
        hg_buf_puts(names, needed[i]);
    }
}
