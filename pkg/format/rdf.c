/* rdf - graphs in memory, written as Turtle by serd and as JSON-LD by our own JSON; the
 * other forms are written in rdf_ntriples.c and rdf_xml.c
 *
 * Neither serd nor jansson looks at what an IRI or a literal may hold, so every text is
 * cleaned on its way in and all serialisations say the same.
 */
#include "format/rdf_graph.h"
#include "json/json.h"
#include "text/uri.h"
#include "text/utf8.h"

#ifdef __clang__ /* serd marks its pointers by clang's own words */
#pragma clang diagnostic ignored "-Wnullability-extension"
#endif
#include <serd/serd.h>
#include <stdlib.h>
#include <string.h>

const struct rdf_prefix rdf_prefixes[RDF_PREFIXES] = {
    { "adms", "http://www.w3.org/ns/adms#" },
    { "dcat", "http://www.w3.org/ns/dcat#" },
    { "dcatap", "http://data.europa.eu/r5r/" },
    { "dct", "http://purl.org/dc/terms/" },
    { "dqv", "http://www.w3.org/ns/dqv#" },
    { "foaf", "http://xmlns.com/foaf/0.1/" },
    { "geo", "http://www.opengis.net/ont/geosparql#" },
    { "prov", "http://www.w3.org/ns/prov#" },
    { "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#" },
    { "rdfs", "http://www.w3.org/2000/01/rdf-schema#" },
    { "schema", "http://schema.org/" },
    { "skos", "http://www.w3.org/2004/02/skos/core#" },
    { "spdx", "http://spdx.org/rdf/terms#" },
    { "vcard", "http://www.w3.org/2006/vcard/ns#" },
    { "xsd", "http://www.w3.org/2001/XMLSchema#" },
};

struct hg_rdf {
    struct triple *triples;
    size_t n, cap;
    struct term **buckets;
    size_t terms, sizes; /* terms held; buckets, a power of two */
    hg_buf scratch;
    bool failed; /* out of memory */
};

hg_status hg_rdf_new(hg_rdf **out, hg_err *err)
{
    *out = calloc(1, sizeof **out);
    return *out ? HG_OK : hg_fail_nomem(err);
}

/* ---- terms ---- */

static size_t hash(const char *text, size_t n)
{
    uint64_t h = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)text[i]) * 1099511628211u;
    return (size_t)(h ^ h >> 32);
}

static bool grow_buckets(hg_rdf *graph)
{
    size_t sizes = graph->sizes > 0 ? graph->sizes * 2 : 256;
    struct term **buckets = calloc(sizes, sizeof *buckets);
    if (!buckets)
        return false;
    for (size_t i = 0; i < graph->sizes; i++)
        for (struct term *term = graph->buckets[i], *next; term; term = next) {
            size_t at = hash(term->text, term->n) & (sizes - 1);
            next = term->next;
            term->next = buckets[at];
            buckets[at] = term;
        }
    free(graph->buckets);
    graph->buckets = buckets;
    graph->sizes = sizes;
    return true;
}

static struct term *term_new(hg_rdf *graph, const char *text, size_t n)
{
    struct term *term = malloc(sizeof *term + n + 1);
    if (!term)
        return NULL;
    size_t at = hash(text, n) & (graph->sizes - 1);
    *term = (struct term){ .next = graph->buckets[at], .first = SIZE_MAX, .n = n };
    memcpy(term->text, text, n);
    term->text[n] = '\0';
    graph->buckets[at] = term;
    graph->terms++;
    return term;
}

/* The term of what stands in scratch, which is cleared. */
static struct term *intern(hg_rdf *graph)
{
    const char *text = graph->scratch.data ? graph->scratch.data : "";
    size_t n = graph->scratch.len;
    struct term *term = NULL;
    bool room = graph->terms < graph->sizes || grow_buckets(graph);
    if (room && graph->scratch.status == HG_OK) {
        term = graph->buckets[hash(text, n) & (graph->sizes - 1)];
        while (term && (term->n != n || memcmp(term->text, text, n) != 0))
            term = term->next;
        if (!term)
            term = term_new(graph, text, n);
    }
    graph->failed = graph->failed || !term;
    hg_buf_clear(&graph->scratch);
    return term;
}

/* ---- cleaning ---- */

static bool illegal_in_iri(unsigned char c)
{
    return c <= 0x20 || c == 0x7F || strchr("<>\"{}|\\^`", c) != NULL;
}

/* RFC 3987: other characters are percent-encoded, bytes that are no UTF-8 too. */
static void put_iri(hg_buf *buf, const char *text)
{
    size_t n = strlen(text), valid = hg_utf8_valid(text, n);
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (illegal_in_iri(c) || (i >= valid && c >= 0x80))
            hg_uri_escape(buf, text[i]);
        else
            hg_buf_putc(buf, text[i]);
    }
}

/* Characters that XML 1.0 cannot hold are left out of literals. */
static void put_literal(hg_buf *buf, const char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < n;) {
        int32_t cp;
        i += hg_utf8_next(text + i, n - i, &cp);
        bool control =
            (cp < 0x20 && cp != '\n' && cp != '\t') || (cp >= 0x7F && cp < 0xA0);
        if (!control && cp != 0xFFFE && cp != 0xFFFF)
            hg_utf8_put(buf, cp);
    }
}

static const struct rdf_prefix *prefix_of(const char *name, size_t n)
{
    for (size_t i = 0; i < RDF_PREFIXES; i++)
        if (strlen(rdf_prefixes[i].name) == n &&
            memcmp(rdf_prefixes[i].name, name, n) == 0)
            return &rdf_prefixes[i];
    return NULL;
}

static struct term *iri_term(hg_rdf *graph, const char *name)
{
    size_t n = strcspn(name, ":");
    const struct rdf_prefix *prefix = name[n] ? prefix_of(name, n) : NULL;
    hg_buf_puts(&graph->scratch, prefix ? prefix->iri : "");
    put_iri(&graph->scratch, prefix ? name + n + 1 : name);
    return intern(graph);
}

static struct term *literal_term(hg_rdf *graph, const char *text)
{
    put_literal(&graph->scratch, text);
    return intern(graph);
}

/* ---- putting ---- */

static bool grow_triples(hg_rdf *graph)
{
    size_t cap = graph->cap > 0 ? graph->cap * 2 : 256;
    struct triple *triples = realloc(graph->triples, cap * sizeof *triples);
    if (!triples)
        return false;
    graph->triples = triples;
    graph->cap = cap;
    return true;
}

static void put(hg_rdf *graph, struct triple triple)
{
    if (graph->n == graph->cap && !grow_triples(graph))
        graph->failed = true;
    if (graph->failed)
        return;
    triple.place = graph->n;
    if (triple.subject->first == SIZE_MAX)
        triple.subject->first = graph->n;
    graph->triples[graph->n++] = triple;
}

void hg_rdf_iri(hg_rdf *graph, const char *subject, const char *predicate,
                const char *object)
{
    if (!subject || !object)
        return;
    put(graph, (struct triple){ iri_term(graph, subject), iri_term(graph, predicate),
                                iri_term(graph, object), NULL, IRI, 0 });
}

void hg_rdf_text(hg_rdf *graph, const char *subject, const char *predicate,
                 const char *text, const char *lang)
{
    if (!subject || !text)
        return;
    put(graph, (struct triple){ iri_term(graph, subject), iri_term(graph, predicate),
                                literal_term(graph, text),
                                lang ? literal_term(graph, lang) : NULL, TEXT, 0 });
}

void hg_rdf_typed(hg_rdf *graph, const char *subject, const char *predicate,
                  const char *text, const char *datatype)
{
    if (!subject || !text)
        return;
    put(graph, (struct triple){ iri_term(graph, subject), iri_term(graph, predicate),
                                literal_term(graph, text), iri_term(graph, datatype),
                                TYPED, 0 });
}

/* ---- order: subjects and their predicates as first put, values sorted ---- */

static int compare_size(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int by_predicate(const void *left, const void *right)
{
    const struct triple *a = left, *b = right;
    int order = compare_size(a->subject->first, b->subject->first);
    if (order == 0)
        order = strcmp(a->predicate->text, b->predicate->text);
    return order != 0 ? order : compare_size(a->place, b->place);
}

static int by_value(const void *left, const void *right)
{
    const struct triple *a = left, *b = right;
    int order = compare_size(a->subject->first, b->subject->first);
    if (order == 0)
        order = compare_size(a->place, b->place);
    if (order == 0)
        order = (a->kind > b->kind) - (a->kind < b->kind);
    if (order == 0)
        order = strcmp(a->object->text, b->object->text);
    return order != 0 ? order
                      : strcmp(a->tag ? a->tag->text : "", b->tag ? b->tag->text : "");
}

static bool same_property(const struct triple *a, const struct triple *b)
{
    return a->subject == b->subject && a->predicate == b->predicate;
}

hg_status rdf_sorted(const hg_rdf *graph, struct triple **out, size_t *n, hg_err *err)
{
    struct triple *list = malloc((graph->n + 1) * sizeof *list);
    *out = list;
    *n = 0;
    if (!list || graph->failed)
        return hg_fail_nomem(err);
    if (graph->n == 0)
        return HG_OK;
    memcpy(list, graph->triples, graph->n * sizeof *list);
    qsort(list, graph->n, sizeof *list, by_predicate);
    for (size_t i = 1; i < graph->n; i++)
        if (same_property(&list[i], &list[i - 1]))
            list[i].place = list[i - 1].place;
    qsort(list, graph->n, sizeof *list, by_value);
    for (size_t i = 0; i < graph->n; i++)
        if (*n == 0 || by_value(&list[i], &list[*n - 1]) != 0)
            list[(*n)++] = list[i];
    return HG_OK;
}

/* ---- Turtle ---- */

static size_t into_buf(const void *bytes, size_t n, void *buf)
{
    hg_buf_put(buf, bytes, n);
    return n;
}

static SerdNode node_of(SerdType type, const struct term *term)
{
    return term ? serd_node_from_string(type, (const uint8_t *)term->text)
                : SERD_NODE_NULL;
}

static SerdStatus write_triple(SerdWriter *writer, const struct triple *triple)
{
    SerdNode subject = node_of(SERD_URI, triple->subject);
    SerdNode predicate = node_of(SERD_URI, triple->predicate);
    SerdNode object =
        node_of(triple->kind == IRI ? SERD_URI : SERD_LITERAL, triple->object);
    SerdNode tag = node_of(triple->kind == TYPED ? SERD_URI : SERD_LITERAL, triple->tag);
    return serd_writer_write_statement(writer, 0, NULL, &subject, &predicate, &object,
                                       triple->kind == TYPED ? &tag : NULL,
                                       triple->kind == TEXT ? &tag : NULL);
}

static SerdStatus write_prefixes(SerdEnv *env, SerdWriter *writer)
{
    SerdStatus st = SERD_SUCCESS;
    for (size_t i = 0; i < RDF_PREFIXES && st == SERD_SUCCESS; i++) {
        SerdNode name =
            serd_node_from_string(SERD_LITERAL, (const uint8_t *)rdf_prefixes[i].name);
        SerdNode iri =
            serd_node_from_string(SERD_URI, (const uint8_t *)rdf_prefixes[i].iri);
        st = serd_env_set_prefix(env, &name, &iri);
        if (st == SERD_SUCCESS)
            st = serd_writer_set_prefix(writer, &name, &iri);
    }
    return st;
}

hg_status hg_rdf_turtle(const hg_rdf *graph, hg_buf *buf, hg_err *err)
{
    struct triple *list;
    size_t n;
    SerdEnv *env = serd_env_new(NULL);
    SerdWriter *writer = serd_writer_new(
        SERD_TURTLE, (SerdStyle)(SERD_STYLE_ABBREVIATED | SERD_STYLE_CURIED), env, NULL,
        into_buf, buf);
    hg_status status = rdf_sorted(graph, &list, &n, err);
    if (status == HG_OK &&
        (!env || !writer || write_prefixes(env, writer) != SERD_SUCCESS))
        status = hg_fail_nomem(err);
    for (size_t i = 0; i < n && status == HG_OK; i++)
        if (write_triple(writer, &list[i]) != SERD_SUCCESS)
            status = hg_fail_nomem(err);
    if (status == HG_OK && serd_writer_finish(writer) != SERD_SUCCESS)
        status = hg_fail_nomem(err);
    if (writer)
        serd_writer_free(writer);
    serd_env_free(env);
    free(list);
    return status == HG_OK ? hg_buf_status(buf, err) : status;
}

/* ---- JSON-LD ---- */

/* "dct:title" where a prefix fits, the whole IRI elsewhere. */
static const char *compact(hg_buf *scratch, const struct term *iri)
{
    for (size_t i = 0; i < RDF_PREFIXES; i++) {
        size_t n = strlen(rdf_prefixes[i].iri);
        if (strncmp(iri->text, rdf_prefixes[i].iri, n) != 0 ||
            strpbrk(iri->text + n, "/#:"))
            continue;
        hg_buf_clear(scratch);
        hg_buf_printf(scratch, "%s:%s", rdf_prefixes[i].name, iri->text + n);
        return scratch->data;
    }
    return iri->text;
}

static hg_json *value_of(hg_buf *scratch, const struct triple *triple, bool is_type)
{
    if (is_type)
        return hg_json_new_str(compact(scratch, triple->object));
    hg_json *value = hg_json_object();
    if (triple->kind == IRI) {
        hg_json_set_str(value, "@id", triple->object->text);
        return value;
    }
    hg_json_set_str(value, "@value", triple->object->text);
    if (triple->tag && triple->kind == TEXT)
        hg_json_set_str(value, "@language", triple->tag->text);
    if (triple->tag && triple->kind == TYPED)
        hg_json_set_str(value, "@type", compact(scratch, triple->tag));
    return value;
}

/* The values of one property, from list[i] on; gives the number of the next. */
static size_t put_property(hg_json *node, hg_buf *scratch, const struct triple *list,
                           size_t n, size_t i)
{
    const struct triple *first = &list[i];
    bool is_type = strcmp(compact(scratch, first->predicate), "rdf:type") == 0;
    hg_json *values = hg_json_array();
    for (; i < n && same_property(&list[i], first); i++)
        hg_json_add(values, value_of(scratch, &list[i], is_type));
    const char *key = is_type ? "@type" : compact(scratch, first->predicate);
    if (hg_json_len(values) > 1) {
        hg_json_set(node, key, values);
    } else {
        hg_json_set(node, key, hg_json_keep(hg_json_at(values, 0)));
        hg_json_free(values);
    }
    return i;
}

static hg_json *context(void)
{
    hg_json *names = hg_json_object();
    for (size_t i = 0; i < RDF_PREFIXES; i++)
        hg_json_set_str(names, rdf_prefixes[i].name, rdf_prefixes[i].iri);
    return names;
}

hg_status hg_rdf_jsonld(const hg_rdf *graph, hg_buf *buf, hg_err *err)
{
    struct triple *list;
    size_t n;
    hg_buf scratch = { 0 };
    hg_status status = rdf_sorted(graph, &list, &n, err);
    hg_json *root = hg_json_object(), *nodes = hg_json_array();
    hg_json_set(root, "@context", context());
    hg_json_set(root, "@graph", nodes);
    for (size_t i = 0; i < n && status == HG_OK;) {
        const struct term *subject = list[i].subject;
        hg_json *node = hg_json_object();
        hg_json_set_str(node, "@id", subject->text);
        hg_json_add(nodes, node);
        while (i < n && list[i].subject == subject)
            i = put_property(node, &scratch, list, n, i);
    }
    if (status == HG_OK)
        status = hg_buf_status(&scratch, err);
    if (status == HG_OK)
        status = hg_json_dump(root, true, buf, err);
    hg_json_free(root);
    hg_buf_release(&scratch);
    free(list);
    return status;
}

void hg_rdf_free(hg_rdf *graph)
{
    if (!graph)
        return;
    for (size_t i = 0; i < graph->sizes; i++)
        for (struct term *term = graph->buckets[i], *next; term; term = next) {
            next = term->next;
            free(term);
        }
    free(graph->buckets);
    free(graph->triples);
    hg_buf_release(&graph->scratch);
    free(graph);
}

const hg_rdf_form hg_rdf_forms[HG_RDF_FORMS] = {
    { "ttl", "text/turtle", hg_rdf_turtle },
    { "nt", "application/n-triples", hg_rdf_ntriples },
    { "rdf", "application/rdf+xml", hg_rdf_xml },
    { "jsonld", "application/ld+json", hg_rdf_jsonld },
};
