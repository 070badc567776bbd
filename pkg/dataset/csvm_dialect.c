/* csvm_dialect - dialect descriptions (w3.org/TR/tabular-metadata, 5.9) */
#include "dataset/csvm_reader.h"
#include "format/parts.h"

#include <string.h>

/* What is said, until all of it is known. */
typedef struct dialect {
    hg_webcsv_dialect *made;
    bool header_counted, trim_said;
    const hg_json *delimited; /* what says the delimiter; NULL: nothing does */
} dialect;

static const char only_one[] =
    "only one ASCII character is supported here, so the table could not be checked";

/* What cannot be read could not be checked. */
static void unsupported(csvm_reader *r, const hg_json *object, const char *key,
                        const char *message)
{
    hg_err what = HG_ERR_INIT;
    hg_doc_fail(&what, r->context.doc, object, key, message, NULL);
    csvm_told(r, HG_ERROR, "dialect-error", key, &what);
}

static void take_byte(csvm_reader *r, const hg_json *object, const char *key, char *byte)
{
    const char *text;
    if (!csvm_string(r, object, key, &text))
        return;
    if (text[0] == '\0' || (unsigned char)text[0] >= 0x80 || text[1] != '\0')
        unsupported(r, object, key, only_one);
    else
        *byte = text[0];
}

static void take_comment(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    hg_webcsv_dialect *made = ((dialect *)to)->made;
    if (hg_json_is_null(hg_json_get(object, key)))
        made->comment = NULL;
    else
        csvm_string(r, object, key, &made->comment);
}

static void take_delimiter(csvm_reader *r, void *to, const hg_json *object,
                           const char *key)
{
    dialect *d = to;
    if (csvm_string(r, object, key, &d->made->delimiter))
        d->delimited = object;
}

static void take_quote(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    hg_webcsv_dialect *made = ((dialect *)to)->made;
    if (hg_json_is_null(hg_json_get(object, key)))
        made->quote = '\0';
    else
        take_byte(r, object, key, &made->quote);
}

static void take_doubled(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    csvm_boolean(r, object, key, &((dialect *)to)->made->doubled);
}

static void take_encoding(csvm_reader *r, void *to, const hg_json *object,
                          const char *key)
{
    hg_webcsv_dialect *made = ((dialect *)to)->made;
    const char *text = NULL;
    if (csvm_string(r, object, key, &text) && !hg_parts_encoding(text))
        csvm_warn(r, object, key, "the encoding '%s' is not known", text);
    else if (text)
        made->encoding = text;
}

static void take_header(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    dialect *d = to;
    bool header;
    if (csvm_boolean(r, object, key, &header) && !d->header_counted)
        d->made->header_rows = header;
}

static void take_header_rows(csvm_reader *r, void *to, const hg_json *object,
                             const char *key)
{
    dialect *d = to;
    if (csvm_count(r, object, key, &d->made->header_rows))
        d->header_counted = true;
}

/* LF, CR LF and CR are read alike; another is one character. */
static void take_line_ends(csvm_reader *r, void *to, const hg_json *object,
                           const char *key)
{
    const hg_json *value = hg_json_get(object, key);
    size_t n = hg_json_is_array(value) ? hg_json_len(value) : 1;
    for (size_t i = 0; i < n; i++) {
        const char *text =
            hg_json_str(hg_json_is_array(value) ? hg_json_at(value, i) : value);
        if (!text) {
            csvm_warn(r, object, key, "a string or an array of strings is needed here",
                      NULL);
            return;
        }
        if (strcmp(text, "\n") == 0 || strcmp(text, "\r\n") == 0 ||
            strcmp(text, "\r") == 0)
            continue;
        if (n > 1 || text[0] == '\0' || (unsigned char)text[0] >= 0x80 || text[1] != '\0')
            unsupported(r, object, key, only_one);
        else
            ((dialect *)to)->made->line_end = text[0];
    }
}

static void take_skip_blank(csvm_reader *r, void *to, const hg_json *object,
                            const char *key)
{
    csvm_boolean(r, object, key, &((dialect *)to)->made->skip_blank);
}

static void take_skip_columns(csvm_reader *r, void *to, const hg_json *object,
                              const char *key)
{
    csvm_count(r, object, key, &((dialect *)to)->made->skip_columns);
}

static void take_skip_rows(csvm_reader *r, void *to, const hg_json *object,
                           const char *key)
{
    csvm_count(r, object, key, &((dialect *)to)->made->skip_rows);
}

static void take_skip_space(csvm_reader *r, void *to, const hg_json *object,
                            const char *key)
{
    dialect *d = to;
    bool skip;
    if (csvm_boolean(r, object, key, &skip) && !d->trim_said) {
        d->made->trim_start = skip;
        d->made->trim_end = false;
    }
}

static void take_trim(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    static const char *const choices[] = { "true", "false", "start", "end", NULL };
    dialect *d = to;
    const hg_json *value = hg_json_get(object, key);
    const char *text = hg_json_is_bool(value) ? (hg_json_true(value) ? "true" : "false")
                                              : hg_json_str(value);
    if (!hg_json_is_bool(value) && !csvm_choice(r, object, key, choices))
        return;
    d->trim_said = true;
    d->made->trim_start = strcmp(text, "true") == 0 || strcmp(text, "start") == 0;
    d->made->trim_end = strcmp(text, "true") == 0 || strcmp(text, "end") == 0;
}

static const csvm_property properties[] = {
    { "commentPrefix", take_comment },
    { "delimiter", take_delimiter },
    { "doubleQuote", take_doubled },
    { "encoding", take_encoding },
    { "header", take_header },
    { "headerRowCount", take_header_rows },
    { "lineTerminators", take_line_ends },
    { "quoteChar", take_quote },
    { "skipBlankRows", take_skip_blank },
    { "skipColumns", take_skip_columns },
    { "skipInitialSpace", take_skip_space },
    { "skipRows", take_skip_rows },
    { "trim", take_trim },
};
static const csvm_kind kind = { "Dialect", properties,
                                sizeof properties / sizeof *properties, false };

/* What stands between cells must not be what stands around them, or ends a row. */
static void check_delimiter(csvm_reader *r, const dialect *d)
{
    const hg_webcsv_dialect *made = d->made;
    const char others[] = { '\n',
                            '\r',
                            made->line_end ? made->line_end : '\n',
                            made->doubled ? '\n' : '\\',
                            made->quote,
                            '\0' };
    if (d->delimited && (!*made->delimiter || strpbrk(made->delimiter, others)))
        unsupported(
            r, d->delimited, "delimiter",
            "a delimiter has one character or more, and neither the quote nor a line end "
            "among them, so the table could not be checked");
}

static const hg_webcsv_dialect *read_dialect(csvm_reader *r, const hg_json *json,
                                             bool top)
{
    hg_webcsv_dialect *made = csvm_new(r, 1, sizeof *made);
    if (!made)
        return NULL;
    *made = hg_webcsv_default();
    made->comment = "#"; /* where a dialect is described, that is its default */
    dialect said = { .made = made };
    csvm_object(r, json, &kind, &said, NULL, top);
    check_delimiter(r, &said);
    return made;
}

void csvm_dialect(csvm_reader *r, csvm_described *to, const hg_json *object,
                  const char *key)
{
    const hg_json *value = hg_json_get(object, key);
    csvm_context before = r->context, own = { 0 };
    const char *url;
    if (hg_json_is_object(value)) {
        to->dialect = read_dialect(r, value, false);
    } else if (!hg_json_is_string(value)) {
        csvm_warn(r, object, key, "an object or an address is needed here", NULL);
    } else if (csvm_load(r, object, key, &url, &own)) {
        r->context = own;
        csvm_read_context(r, url, false);
        to->dialect = read_dialect(r, hg_doc_root(own.doc), true);
        r->context = before;
    }
}
