/* dialect - Table Dialect v2 out of JSON */
#include "table/dialect.h"

#include <stddef.h>
#include <string.h>

hg_dialect hg_dialect_default(char delimiter)
{
    return (hg_dialect){ .header = true,
                         .header_join = " ",
                         .delimiter = delimiter ? delimiter : ',',
                         .quote = '"',
                         .double_quote = true,
                         .sheet_number = 1 };
}

/* ---- members, by kind ---- */

typedef enum kind { TRUTH, BYTE, TEXT, ROWS, NUMBER, NAMES, LINE_END, ITEMS, PASSED } kind;

static const struct member {
    const char *key;
    kind kind;
    size_t at; /* in hg_dialect */
} members[] = {
    { "header", TRUTH, offsetof(hg_dialect, header) },
    { "headerRows", ROWS, offsetof(hg_dialect, header_rows) },
    { "headerJoin", TEXT, offsetof(hg_dialect, header_join) },
    { "commentRows", ROWS, offsetof(hg_dialect, comment_rows) },
    { "commentChar", TEXT, offsetof(hg_dialect, comment_char) },
    { "nullSequence", TEXT, offsetof(hg_dialect, null_sequence) },
    { "delimiter", BYTE, offsetof(hg_dialect, delimiter) },
    { "quoteChar", BYTE, offsetof(hg_dialect, quote) },
    { "escapeChar", BYTE, offsetof(hg_dialect, escape) },
    { "doubleQuote", TRUTH, offsetof(hg_dialect, double_quote) },
    { "skipInitialSpace", TRUTH, offsetof(hg_dialect, skip_space) },
    { "lineTerminator", LINE_END, offsetof(hg_dialect, line_end) },
    { "sheetName", TEXT, offsetof(hg_dialect, sheet_name) },
    { "sheetNumber", NUMBER, offsetof(hg_dialect, sheet_number) },
    { "property", TEXT, offsetof(hg_dialect, property) },
    { "itemKeys", NAMES, offsetof(hg_dialect, item_keys) },
    { "itemType", ITEMS, offsetof(hg_dialect, item_type) },
    { "table", PASSED, 0 }, /* of databases */
    /* of version 1, or for people; they change nothing */
    { "name", PASSED, 0 },
    { "title", PASSED, 0 },
    { "description", PASSED, 0 },
    { "caseSensitiveHeader", PASSED, 0 },
    { "csvddfVersion", PASSED, 0 },
};

/* Row numbers from 1, each above the one before it. */
static bool are_rows(const hg_json *v)
{
    int64_t last = 0;
    for (size_t i = 0; i < hg_json_len(v); i++) {
        int64_t n = hg_json_int(hg_json_at(v, i), 0);
        if (n <= last)
            return false;
        last = n;
    }
    return hg_json_is_array(v);
}

static bool are_names(const hg_json *v)
{
    for (size_t i = 0; i < hg_json_len(v); i++)
        if (!hg_json_is_string(hg_json_at(v, i)))
            return false;
    return hg_json_is_array(v) && hg_json_len(v) > 0;
}

static bool take_byte(char *out, const char *text)
{
    if (!text || strlen(text) > 1 || (unsigned char)text[0] >= 0x80)
        return false;
    *out = text[0];
    return true;
}

/* The usual ends are all taken for what they are; another is one byte. */
static bool take_line_end(char *out, const char *text)
{
    if (text && (strcmp(text, "\r\n") == 0 || strcmp(text, "\n") == 0 ||
                 strcmp(text, "\r") == 0)) {
        *out = '\0';
        return true;
    }
    return text && text[0] != '\0' && take_byte(out, text);
}

static bool is_item_type(const char *text)
{
    return text && (strcmp(text, "array") == 0 || strcmp(text, "object") == 0);
}

static bool take(hg_dialect *dialect, const struct member *m, const hg_json *v)
{
    void *at = (char *)dialect + m->at;
    const char *text = hg_json_str(v);
    switch (m->kind) {
    case TRUTH: *(bool *)at = hg_json_true(v); return hg_json_is_bool(v);
    case BYTE: return take_byte(at, text);
    case TEXT: *(const char **)at = text; return text != NULL;
    case ROWS: *(const hg_json **)at = v; return are_rows(v);
    case NAMES: *(const hg_json **)at = v; return are_names(v);
    case NUMBER: *(size_t *)at = (size_t)hg_json_int(v, 0); return hg_json_int(v, 0) > 0;
    case LINE_END: return take_line_end(at, text);
    case ITEMS: *(const char **)at = text; return is_item_type(text);
    case PASSED: return true;
    }
    return false;
}

static const struct member *member_of(const char *key)
{
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (strcmp(members[i].key, key) == 0)
            return &members[i];
    return NULL;
}

hg_status hg_dialect_read(hg_dialect *dialect, const hg_json *json, const hg_doc *doc,
                          hg_err *err)
{
    if (!hg_json_is_object(json))
        return hg_doc_fail(err, doc, json, NULL, "an object is needed here");
    for (size_t i = 0; i < hg_json_len(json); i++) {
        const char *key = hg_json_key(json, i);
        const struct member *m = member_of(key);
        if (key[0] == '$' || strncmp(key, "x-", 2) == 0)
            continue;
        if (!m)
            return hg_doc_fail(err, doc, json, key, "unknown key '%s'", key);
        bool taken = take(dialect, m, hg_json_member(json, i));
        if (!taken && m->kind == BYTE)
            return hg_doc_fail(err, doc, json, key, "one ASCII character is needed here");
        if (!taken)
            return hg_doc_fail(err, doc, json, key,
                               "this is no value that '%s' can have here", key);
    }
    if (dialect->header_rows && hg_json_len(dialect->header_rows) == 0)
        dialect->header = false;
    return HG_OK;
}

bool hg_dialect_lists(const hg_json *rows, uint64_t number)
{
    for (size_t i = 0; i < hg_json_len(rows); i++)
        if ((uint64_t)hg_json_int(hg_json_at(rows, i), 0) == number)
            return true;
    return false;
}

uint64_t hg_dialect_header_end(const hg_dialect *dialect)
{
    size_t n = hg_json_len(dialect->header_rows);
    if (!dialect->header)
        return 0;
    return n == 0 ? 1 : (uint64_t)hg_json_int(hg_json_at(dialect->header_rows, n - 1), 1);
}
