/* profile - what a metadata profile asks of a description, as data */
#include "dataset/profile.h"

#include <string.h>

static const char *const levels[] = {
    [HG_PROFILE_REQUIRED] = "required",
    [HG_PROFILE_RECOMMENDED] = "recommended",
};

/* ---- is it a profile? ---- */

static hg_status text_at(const hg_doc *doc, const hg_json *object, const char *key,
                         hg_err *err)
{
    if (!hg_json_get(object, key))
        return hg_doc_fail(err, doc, object, NULL, "'%s' is missing here", key);
    if (!hg_json_get_str(object, key))
        return hg_doc_fail(err, doc, object, key, "a text is wanted here");
    return HG_OK;
}

/* One key of ours, or a list of keys of which one is enough. */
static hg_status check_keys(const hg_doc *doc, const hg_json *property, hg_err *err)
{
    const hg_json *keys = hg_json_get(property, "key");
    if (!hg_json_is_array(keys))
        return text_at(doc, property, "key", err);
    if (hg_json_len(keys) == 0)
        return hg_doc_fail(err, doc, property, "key", "a list is wanted here");
    for (size_t i = 0; i < hg_json_len(keys); i++)
        if (!hg_json_str(hg_json_at(keys, i)))
            return hg_doc_fail(err, doc, hg_json_at(keys, i), NULL,
                               "a text is wanted here");
    return HG_OK;
}

static hg_status check_property(const hg_doc *doc, const hg_json *property, hg_err *err)
{
    static const char *const known[] = { "key", "predicate", "level", "note", NULL };
    if (!hg_json_is_object(property))
        return hg_doc_fail(err, doc, property, NULL, "an object is wanted here");
    hg_status status = hg_doc_keys(err, doc, property, known);
    if (status == HG_OK)
        status = check_keys(doc, property, err);
    if (status == HG_OK)
        status = text_at(doc, property, "predicate", err);
    if (status == HG_OK)
        status = text_at(doc, property, "level", err);
    if (status != HG_OK)
        return status;
    const char *level = hg_json_get_str(property, "level");
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (strcmp(level, levels[i]) == 0)
            return HG_OK;
    return hg_doc_fail(err, doc, property, "level",
                       "'%s' is neither 'required' nor 'recommended'", level);
}

hg_status hg_profile_check(const hg_doc *doc, hg_err *err)
{
    static const char *const known[] = { "name", "title", "source", "properties", NULL };
    const hg_json *root = hg_doc_root(doc);
    const hg_json *properties = hg_json_get(root, "properties");
    if (!hg_json_is_object(root))
        return hg_doc_fail(err, doc, root, NULL, "an object is wanted here");
    hg_status status = hg_doc_keys(err, doc, root, known);
    if (status == HG_OK)
        status = text_at(doc, root, "name", err);
    if (status == HG_OK && !properties)
        status = hg_doc_fail(err, doc, root, NULL, "'%s' is missing here", "properties");
    if (status == HG_OK && !hg_json_is_array(properties))
        status = hg_doc_fail(err, doc, root, "properties", "a list is wanted here");
    for (size_t i = 0; i < hg_json_len(properties) && status == HG_OK; i++)
        status = check_property(doc, hg_json_at(properties, i), err);
    return status;
}

const char *hg_profile_name(const hg_json *profile)
{
    return hg_json_get_str(profile, "name");
}

/* ---- what is missing? ---- */

/* "publisher.email": the member of a member. */
static bool has(const hg_json *description, const char *key)
{
    char step[64];
    while (description && *key) {
        size_t n = strcspn(key, ".");
        if (n >= sizeof step)
            return false;
        memcpy(step, key, n);
        step[n] = '\0';
        description = hg_json_get(description, step);
        key += n + (key[n] == '.');
    }
    return description != NULL;
}

static bool has_any(const hg_json *description, const hg_json *keys)
{
    bool found = hg_json_str(keys) && has(description, hg_json_str(keys));
    for (size_t i = 0; hg_json_is_array(keys) && i < hg_json_len(keys) && !found; i++)
        found = has(description, hg_json_str(hg_json_at(keys, i)));
    return found;
}

static void put_missing(hg_buf *names, const hg_json *property)
{
    const hg_json *keys = hg_json_get(property, "key");
    hg_buf_puts(names, names->len > 0 ? ", " : "");
    hg_buf_puts(names, hg_json_str(keys));
    for (size_t i = 0; hg_json_is_array(keys) && i < hg_json_len(keys); i++) {
        hg_buf_puts(names, i > 0 ? "|" : "");
        hg_buf_puts(names, hg_json_str(hg_json_at(keys, i)));
    }
    hg_buf_printf(names, " (%s)", hg_json_get_str(property, "predicate"));
}

void hg_profile_missing(const hg_json *profile, const hg_json *description,
                        hg_profile_level level, hg_buf *names)
{
    const hg_json *properties = hg_json_get(profile, "properties");
    for (size_t i = 0; i < hg_json_len(properties); i++) {
        const hg_json *property = hg_json_at(properties, i);
        if (strcmp(hg_json_get_str(property, "level"), levels[level]) == 0 &&
            !has_any(description, hg_json_get(property, "key")))
            put_missing(names, property);
    }
}
