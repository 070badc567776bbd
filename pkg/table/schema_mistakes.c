/* schema_mistakes - what is told of a schema that is wrong */
#include "table/schema_parts.h"
#include "text/message.h"

#include <string.h>

hg_status hg_schema_wrong(const hg_schema *schema, const hg_json *value, const char *key,
                          hg_err *err, const char *format, const char *a, const char *b)
{
    if (schema->doc)
        return hg_doc_fail(err, schema->doc, value, key, format, a, b);
    hg_loc loc = { .file = schema->name, .field = key };
    return hg_fail(err, HG_EARG, &loc, format, a, b);
}

static const char *nearest(const char *key, const char *const *keys)
{
    const char *best = NULL;
    unsigned least = 3; /* further apart is another word */
    for (; *keys; keys++) {
        unsigned d = hg_text_distance(key, *keys);
        if (d < least && d < strlen(key) / 2) {
            least = d;
            best = *keys;
        }
    }
    return best;
}

bool hg_schema_lists(const char *key, const char *const *keys)
{
    while (*keys && strcmp(*keys, key) != 0)
        keys++;
    return *keys != NULL;
}

hg_status hg_schema_keys(const hg_schema *schema, const hg_json *object,
                         const char *const *keys, bool custom, hg_err *err)
{
    for (size_t i = 0; i < hg_json_len(object); i++) {
        const char *key = hg_json_key(object, i);
        if (key[0] == '$' || hg_schema_lists(key, keys))
            continue;
        const char *near = nearest(key, keys);
        if (near)
            return hg_schema_wrong(schema, object, key, err,
                                   "unknown key '%s'; did you mean '%s'?", key, near);
        if (!custom)
            return hg_schema_wrong(schema, object, key, err, "unknown key '%s'", key,
                                   NULL);
    }
    return HG_OK;
}
