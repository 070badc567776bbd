/* csvm_common - common properties: JSON-LD of the little that metadata may hold of it
 * (w3.org/TR/tabular-metadata, 5.8 and appendix A) */
#include "dataset/csvm_reader.h"
#include "text/langtag.h"
#include "text/uri.h"

#include <string.h>

/* Prefixes that the context of the vocabulary defines: the initial context of RDFa 1.1,
 * and csvw (w3.org/ns/csvw). */
static const char *const prefixes[] = {
    "as",     "cc",   "csvw", "ctag", "dc",    "dc11",   "dcat",   "dcterms", "dctypes",
    "dqv",    "duv",  "foaf", "gr",   "grddl", "ical",   "jsonld", "ldp",     "ma",
    "oa",     "odrl", "og",   "org",  "owl",   "prov",   "ptr",    "qb",      "rdf",
    "rdfa",   "rdfs", "rev",  "rif",  "rr",    "schema", "sd",     "sioc",    "skos",
    "skosxl", "sosa", "ssn",  "time", "v",     "vcard",  "void",   "wdr",     "wdrs",
    "wrds",   "xhv",  "xml",  "xsd",
};

static bool is_among(hg_slice text, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (hg_slice_is(text, list[i]))
            return true;
    return false;
}

/* What describes, and what links are called (csvw-context). */
static bool is_term(const char *text)
{
    static const char *const terms[] = { "TableGroup", "Table",     "Schema",
                                         "Column",     "Dialect",   "Template",
                                         "Datatype",   "Direction", "Transformation" };
    return is_among(hg_slice_of(text), terms, sizeof terms / sizeof *terms) ||
           hg_xsd_find(text);
}

bool csvm_is_address(const char *text, bool term)
{
    hg_uri u = hg_uri_split(hg_slice_of(text));
    if (!u.scheme.p)
        return term && is_term(text);
    return u.authority.p || strncmp(text, "urn:", 4) == 0 ||
           is_among(u.scheme, prefixes, sizeof prefixes / sizeof *prefixes);
}

static void check_value(csvm_reader *r, const hg_json *object, const char *key,
                        unsigned depth);

/* A name, or several. */
static void check_type(csvm_reader *r, const hg_json *object)
{
    const hg_json *value = hg_json_get(object, "@type");
    size_t n = hg_json_is_array(value) ? hg_json_len(value) : 1;
    for (size_t i = 0; i < n; i++) {
        const char *text =
            hg_json_str(hg_json_is_array(value) ? hg_json_at(value, i) : value);
        if (!text || !csvm_is_address(text, true))
            csvm_wrong(r, object, "@type",
                       "the type must be a term of the vocabulary, a prefixed name or an "
                       "absolute address",
                       NULL);
    }
}

/* {"@value": …}, with a type or a language. */
static void check_literal(csvm_reader *r, const hg_json *object)
{
    const hg_json *value = hg_json_get(object, "@value"),
                  *lang = hg_json_get(object, "@language");
    const char *tag = hg_json_str(lang);
    if (hg_json_is_object(value) || hg_json_is_array(value))
        csvm_wrong(r, object, "@value",
                   "a string, a number, true or false is needed here", NULL);
    if (hg_json_get(object, "@type") && lang)
        csvm_wrong(r, object, "@language", "a value has either a type or a language",
                   NULL);
    if (hg_json_get(object, "@type"))
        check_type(r, object);
    if (lang && !hg_json_is_null(lang) && !(tag && hg_langtag_valid(tag)))
        csvm_wrong(r, object, "@language",
                   "a language tag as BCP 47 has it is needed here", NULL);
    for (size_t i = 0; i < hg_json_len(object); i++) {
        const char *key = hg_json_key(object, i);
        if (strcmp(key, "@value") != 0 && strcmp(key, "@type") != 0 &&
            strcmp(key, "@language") != 0)
            csvm_wrong(r, object, key, "'%s' cannot stand here", key);
    }
}

static void check_node(csvm_reader *r, const hg_json *object, unsigned depth)
{
    for (size_t i = 0; i < hg_json_len(object); i++) {
        const char *key = hg_json_key(object, i), *text = hg_json_get_str(object, key);
        if (strcmp(key, "@type") == 0)
            check_type(r, object);
        else if (strcmp(key, "@id") == 0 && (!text || strncmp(text, "_:", 2) == 0))
            csvm_wrong(r, object, key, "an address is needed here, not a blank node",
                       NULL);
        else if (key[0] == '@' ? strcmp(key, "@id") != 0 : !csvm_is_address(key, false))
            csvm_wrong(r, object, key, "'%s' cannot stand here", key);
        else if (key[0] != '@')
            check_value(r, object, key, depth);
    }
}

static void check_item(csvm_reader *r, const hg_json *value, unsigned depth)
{
    enum { DEPTH = 64 };
    if (depth == DEPTH) {
        csvm_wrong(r, value, NULL, "this lies in too many objects and arrays", NULL);
        return;
    }
    for (size_t i = 0; hg_json_is_array(value) && i < hg_json_len(value); i++)
        check_item(r, hg_json_at(value, i), depth + 1);
    if (hg_json_is_object(value) && hg_json_get(value, "@value"))
        check_literal(r, value);
    else if (hg_json_is_object(value))
        check_node(r, value, depth + 1);
}

static void check_value(csvm_reader *r, const hg_json *object, const char *key,
                        unsigned depth)
{
    check_item(r, hg_json_get(object, key), depth);
}

void csvm_common(csvm_reader *r, const hg_json *object, const char *key)
{
    check_value(r, object, key, 0);
}
