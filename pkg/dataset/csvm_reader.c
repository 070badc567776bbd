/* csvm_reader - the document at hand, what is wrong in it, and its properties by kind */
#include "dataset/csvm_reader.h"
#include "text/langtag.h"
#include "text/uri.h"
#include "text/uritemplate.h"

#include <stdlib.h>
#include <string.h>

/* ---- memory ---- */

struct hg_csvm_block {
    struct hg_csvm_block *next;
    hg_doc *doc;
    hg_pattern *pattern;
    max_align_t bytes[];
};

static struct hg_csvm_block *new_block(csvm_reader *r, size_t size)
{
    struct hg_csvm_block *block = calloc(1, sizeof *block + size);
    if (!block) {
        hg_fail_nomem(r->err);
        return NULL;
    }
    block->next = r->csvm->blocks;
    r->csvm->blocks = block;
    return block;
}

void *csvm_new(csvm_reader *r, size_t n, size_t size)
{
    struct hg_csvm_block *block = new_block(r, n * size + 1);
    return block ? block->bytes : NULL;
}

const char *csvm_keep(csvm_reader *r, const hg_buf *text)
{
    char *kept = csvm_new(r, text->len + 1, 1);
    if (kept && text->len > 0)
        memcpy(kept, text->data, text->len);
    return hg_buf_status(text, r->err) == HG_OK ? kept : NULL;
}

void csvm_own_doc(csvm_reader *r, hg_doc *doc)
{
    struct hg_csvm_block *block = new_block(r, 0);
    if (block)
        block->doc = doc;
    else
        hg_doc_free(doc);
}

void csvm_own_pattern(csvm_reader *r, hg_pattern *pattern)
{
    struct hg_csvm_block *block = new_block(r, 0);
    if (block)
        block->pattern = pattern;
    else
        hg_pattern_free(pattern);
}

void hg_csvm_free(hg_csvm *csvm)
{
    if (!csvm)
        return;
    for (struct hg_csvm_block *block = csvm->blocks, *next; block; block = next) {
        next = block->next;
        hg_doc_free(block->doc);
        hg_pattern_free(block->pattern);
        free(block);
    }
    free(csvm);
}

/* ---- what is wrong ---- */

void csvm_told(csvm_reader *r, hg_severity severity, const char *code, const char *key,
               const hg_err *what)
{
    if (severity == HG_ERROR)
        r->csvm->wrong = true;
    if (what->status != HG_EARG && what->status != HG_EINPUT)
        *r->err = *what;
    else if (r->err->status == HG_OK)
        r->opts->tell(r->opts->user, severity, code, key, what, r->err);
}

static bool tell(csvm_reader *r, hg_severity severity, const hg_json *object,
                 const char *key, const char *message, const char *arg)
{
    hg_err what = HG_ERR_INIT;
    hg_doc_fail(&what, r->context.doc, object, key, message, arg);
    csvm_told(r, severity, "metadata-error", key, &what);
    return false;
}

bool csvm_warn(csvm_reader *r, const hg_json *object, const char *key,
               const char *message, const char *arg)
{
    return tell(r, HG_WARNING, object, key, message, arg);
}

bool csvm_wrong(csvm_reader *r, const hg_json *object, const char *key,
                const char *message, const char *arg)
{
    return tell(r, HG_ERROR, object, key, message, arg);
}

/* ---- values ---- */

bool csvm_string(csvm_reader *r, const hg_json *object, const char *key, const char **out)
{
    const char *text = hg_json_get_str(object, key);
    if (!text)
        return csvm_warn(r, object, key, "a string is needed here", NULL);
    *out = text;
    return true;
}

bool csvm_boolean(csvm_reader *r, const hg_json *object, const char *key, bool *out)
{
    const hg_json *value = hg_json_get(object, key);
    if (!hg_json_is_bool(value))
        return csvm_warn(r, object, key, "true or false is needed here", NULL);
    *out = hg_json_true(value);
    return true;
}

bool csvm_count(csvm_reader *r, const hg_json *object, const char *key, uint64_t *out)
{
    int64_t n = hg_json_int(hg_json_get(object, key), -1);
    if (n < 0)
        return csvm_warn(r, object, key, "a whole number is needed here", NULL);
    *out = (uint64_t)n;
    return true;
}

bool csvm_choice(csvm_reader *r, const hg_json *object, const char *key,
                 const char *const *choices)
{
    const char *text = hg_json_get_str(object, key);
    for (; text && *choices; choices++)
        if (strcmp(text, *choices) == 0)
            return true;
    return csvm_warn(r, object, key, "this is no value that '%s' can have here", key);
}

bool csvm_language(csvm_reader *r, const hg_json *object, const char *key,
                   const char **out)
{
    const char *text = hg_json_get_str(object, key);
    if (!text || !hg_langtag_valid(text))
        return csvm_warn(r, object, key, "a language tag as BCP 47 has it is needed here",
                         NULL);
    *out = text;
    return true;
}

const char *csvm_resolve(csvm_reader *r, const char *ref)
{
    hg_buf text = { 0 };
    hg_address_resolve(&text, r->context.base, ref);
    const char *kept = csvm_keep(r, &text);
    hg_buf_release(&text);
    return kept;
}

const char *csvm_link(csvm_reader *r, const hg_json *object, const char *key)
{
    const char *text = "";
    return csvm_string(r, object, key, &text) ? csvm_resolve(r, text) : text;
}

void csvm_take_string(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    const char *text = NULL;
    (void)to;
    csvm_string(r, object, key, &text);
}

void csvm_take_boolean(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    bool b;
    (void)to;
    csvm_boolean(r, object, key, &b);
}

void csvm_take_link(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    (void)to;
    csvm_link(r, object, key);
}

void csvm_take_direction(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    static const char *const choices[] = { "ltr", "rtl", "auto", NULL };
    (void)to;
    csvm_choice(r, object, key, choices);
}

void csvm_take_notes(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    (void)to;
    if (hg_json_is_array(hg_json_get(object, key)))
        csvm_common(r, object, key);
    else
        csvm_warn(r, object, key, "an array is needed here", NULL);
}

/* ---- texts with languages ---- */

typedef struct texts {
    hg_csvm_title *items;
    size_t n;
} texts;

/* A string, or an array of them; how many there may be. */
static size_t most_of(const hg_json *value)
{
    return hg_json_is_array(value) ? hg_json_len(value) : 1;
}

static void add_texts(csvm_reader *r, texts *to, const hg_json *object, const char *key,
                      const char *lang)
{
    const hg_json *value = hg_json_get(object, key);
    if (!hg_json_is_array(value) && !hg_json_is_string(value)) {
        csvm_warn(r, object, key, "a string or an array of strings is needed here", NULL);
        return;
    }
    for (size_t i = 0; i < most_of(value); i++) {
        const char *text =
            hg_json_str(hg_json_is_array(value) ? hg_json_at(value, i) : value);
        if (text)
            to->items[to->n++] = (hg_csvm_title){ lang, text };
        else
            csvm_warn(r, object, key, "a string or an array of strings is needed here",
                      NULL);
    }
}

hg_csvm_title *csvm_texts(csvm_reader *r, const hg_json *object, const char *key,
                          size_t *n)
{
    const hg_json *value = hg_json_get(object, key);
    bool by_language = hg_json_is_object(value);
    size_t most = by_language ? 0 : most_of(value);
    for (size_t i = 0; by_language && i < hg_json_len(value); i++)
        most += most_of(hg_json_member(value, i));
    texts to = { csvm_new(r, most, sizeof *to.items), 0 };
    if (to.items && !by_language)
        add_texts(r, &to, object, key, r->context.lang);
    for (size_t i = 0; to.items && by_language && i < hg_json_len(value); i++) {
        const char *lang = hg_json_key(value, i);
        if (hg_langtag_valid(lang))
            add_texts(r, &to, value, lang, lang);
        else
            csvm_warn(r, value, lang, "a language tag as BCP 47 has it is needed here",
                      NULL);
    }
    *n = to.n;
    return to.items;
}

/* ---- inherited properties ---- */

static void take_template(csvm_reader *r, void *to, const hg_json *object,
                          const char *key)
{
    const char *text = NULL;
    (void)to;
    if (csvm_string(r, object, key, &text) && !hg_uritemplate_valid(hg_slice_of(text)))
        csvm_warn(r, object, key, "this is no URI template (RFC 6570)", NULL);
}

static void take_datatype(csvm_reader *r, void *to, const hg_json *object,
                          const char *key)
{
    csvm_inherited *in = to;
    const hg_datatype *type = csvm_datatype(r, object, key);
    in->datatype = type ? type : in->datatype;
}

static void take_default(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    csvm_string(r, object, key, &((csvm_inherited *)to)->default_text);
}

static void take_lang(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    csvm_language(r, object, key, &((csvm_inherited *)to)->lang);
}

static void take_null(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    csvm_inherited *in = to;
    texts list = { csvm_new(r, most_of(hg_json_get(object, key)), sizeof *list.items),
                   0 };
    if (!list.items)
        return;
    add_texts(r, &list, object, key, NULL);
    const char **null = csvm_new(r, list.n, sizeof *null);
    for (size_t i = 0; null && i < list.n; i++)
        null[i] = list.items[i].text;
    bool said = list.n > 0 || hg_json_is_array(hg_json_get(object, key));
    if (!said)
        return;
    in->null = null;
    in->n_null = list.n;
    in->no_null = list.n == 0;
}

static void take_required(csvm_reader *r, void *to, const hg_json *object,
                          const char *key)
{
    bool required;
    if (csvm_boolean(r, object, key, &required))
        ((csvm_inherited *)to)->required = required ? 'y' : 'n';
}

static void take_separator(csvm_reader *r, void *to, const hg_json *object,
                           const char *key)
{
    csvm_inherited *in = to;
    const hg_json *value = hg_json_get(object, key);
    if (hg_json_is_null(value)) {
        in->no_separator = true;
        return;
    }
    const char *text = hg_json_str(value);
    if (text && *text != '\0')
        in->separator = text;
    else
        csvm_warn(r, object, key, "a string is needed here", NULL);
}

static void take_text_direction(csvm_reader *r, void *to, const hg_json *object,
                                const char *key)
{
    static const char *const choices[] = { "ltr", "rtl", "auto", "inherit", NULL };
    (void)to;
    csvm_choice(r, object, key, choices);
}

const csvm_property *csvm_inherited_property(const char *name)
{
    static const csvm_property all[] = {
        { "aboutUrl", take_template },
        { "datatype", take_datatype },
        { "default", take_default },
        { "lang", take_lang },
        { "null", take_null },
        { "ordered", csvm_take_boolean },
        { "propertyUrl", take_template },
        { "required", take_required },
        { "separator", take_separator },
        { "textDirection", take_text_direction },
        { "valueUrl", take_template },
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].name, name) == 0)
            return &all[i];
    return NULL;
}

/* ---- objects ---- */

/* "@id" and "@type", which each kind may have. */
static void take_keyword(csvm_reader *r, const hg_json *object, const char *key,
                         const csvm_kind *kind, bool top)
{
    const char *text = hg_json_get_str(object, key);
    if (strcmp(key, "@id") == 0) {
        if (!text)
            csvm_warn(r, object, key, "a string is needed here", NULL);
        else if (strncmp(text, "_:", 2) == 0)
            csvm_wrong(r, object, key, "'%s' is a blank node, which cannot be named here",
                       text);
    } else if (strcmp(key, "@type") == 0) {
        if (!text || strcmp(text, kind->type) != 0)
            csvm_wrong(r, object, key, "the type here is '%s'", kind->type);
    } else if (!(top && strcmp(key, "@context") == 0)) {
        csvm_wrong(r, object, key, "'%s' cannot stand here", key);
    }
}

static const csvm_property *find_property(const csvm_kind *kind, const char *name)
{
    for (size_t i = 0; i < kind->n; i++)
        if (strcmp(kind->properties[i].name, name) == 0)
            return &kind->properties[i];
    return NULL;
}

void csvm_object(csvm_reader *r, const hg_json *object, const csvm_kind *kind, void *to,
                 csvm_inherited *inherited, bool top)
{
    for (size_t i = 0; i < hg_json_len(object) && r->err->status == HG_OK; i++) {
        const char *key = hg_json_key(object, i);
        const csvm_property *own = find_property(kind, key);
        const csvm_property *passed = inherited ? csvm_inherited_property(key) : NULL;
        if (own)
            own->take(r, to, object, key);
        else if (passed)
            passed->take(r, inherited, object, key);
        else if (key[0] == '@')
            take_keyword(r, object, key, kind, top);
        else if (kind->common && csvm_is_address(key, false))
            csvm_common(r, object, key);
        else
            csvm_warn(r, object, key, "'%s' means nothing here, and is passed over", key);
    }
}

/* ---- documents ---- */

/* The object of "@context", which has @base and @language alone. */
static void read_local_context(csvm_reader *r, const hg_json *local, const char *where)
{
    for (size_t i = 0; i < hg_json_len(local); i++) {
        const char *key = hg_json_key(local, i), *text = NULL;
        if (strcmp(key, "@language") == 0)
            csvm_language(r, local, key, &r->context.lang);
        else if (strcmp(key, "@base") == 0 && csvm_string(r, local, key, &text))
            r->context.base = csvm_resolve(r, text);
        else if (strcmp(key, "@base") != 0)
            csvm_wrong(r, local, key, "'%s' cannot stand here", key);
    }
    if (!r->context.base)
        r->context.base = where;
}

void csvm_read_context(csvm_reader *r, const char *where, bool needed)
{
    static const char namespace[] = "http://www.w3.org/ns/csvw";
    const hg_json *root = hg_doc_root(r->context.doc),
                  *context = hg_json_get(root, "@context");
    bool array = hg_json_is_array(context);
    const char *name = hg_json_str(array ? hg_json_at(context, 0) : context);
    const hg_json *local = array ? hg_json_at(context, 1) : NULL;
    r->context.base = where;
    r->context.lang = "und";
    if (!context && !needed)
        return;
    if (!name || strcmp(name, namespace) != 0 || (array && hg_json_len(context) > 2) ||
        (local && !hg_json_is_object(local)))
        csvm_wrong(
            r, root, context ? "@context" : NULL,
            "the context must be \"%s\", or that and an object with @base and @language",
            namespace);
    else
        read_local_context(r, local, where);
}

bool csvm_load(csvm_reader *r, const hg_json *object, const char *key, const char **url,
               csvm_context *context)
{
    hg_err why = HG_ERR_INIT;
    char *file = NULL;
    *url = csvm_link(r, object, key);
    if (!*url || hg_addresses_path(&file, r->opts->addresses, *url, r->err) != HG_OK)
        return false;
    if (!file) {
        hg_doc_fail(&why, r->context.doc, object, key,
                    "'%s' is not here: nothing is fetched, so this could not be checked",
                    *url);
        csvm_told(r, HG_ERROR, "scheme-error", key, &why);
        return false;
    }
    hg_status st = hg_doc_load(&context->doc, file, &why);
    free(file);
    if (st == HG_OK) {
        csvm_own_doc(r, context->doc);
        return r->err->status == HG_OK;
    }
    csvm_told(r, HG_ERROR, st == HG_EARG ? "metadata-error" : "scheme-error", NULL, &why);
    return false;
}
