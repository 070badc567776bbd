/* rdf.h - RDF graphs in memory, written as Turtle, N-Triples, RDF/XML or JSON-LD. The
 * only module that includes serd. */
#ifndef HG_FORMAT_RDF_H
#define HG_FORMAT_RDF_H

#include "base/buf.h"

/* Triples in the order they were put; adding one twice keeps the first. Names are written
 * "dct:title" with one of the prefixes of hg_rdf_prefixes, or in full. No blank nodes. */
typedef struct hg_rdf hg_rdf;

hg_status hg_rdf_new(hg_rdf **out, hg_err *err);
/* subject, predicate and object IRIs; characters that an IRI cannot hold are
 * percent-encoded. NULL object: nothing. */
void hg_rdf_iri(hg_rdf *graph, const char *subject, const char *predicate,
                const char *object);
/* A literal with a language tag, a datatype, or neither. NULL text: nothing. */
void hg_rdf_text(hg_rdf *graph, const char *subject, const char *predicate,
                 const char *text, const char *lang);
void hg_rdf_typed(hg_rdf *graph, const char *subject, const char *predicate,
                  const char *text, const char *datatype);
/* Append the graph. HG_ENOMEM (also for memory that ran out while putting). */
hg_status hg_rdf_turtle(const hg_rdf *graph, hg_buf *buf, hg_err *err);
hg_status hg_rdf_jsonld(const hg_rdf *graph, hg_buf *buf, hg_err *err);
/* Sorted by bytes and escaped no more than needed: equal graphs give equal bytes. */
hg_status hg_rdf_ntriples(const hg_rdf *graph, hg_buf *buf, hg_err *err);
hg_status hg_rdf_xml(const hg_rdf *graph, hg_buf *buf, hg_err *err);

/* The forms a graph is written in, as name endings: "ttl", "nt", "rdf", "jsonld". */
typedef struct hg_rdf_form {
    const char *ending, *media_type;
    hg_status (*write)(const hg_rdf *graph, hg_buf *buf, hg_err *err);
} hg_rdf_form;
enum { HG_RDF_FORMS = 4 };
extern const hg_rdf_form hg_rdf_forms[HG_RDF_FORMS];

void hg_rdf_free(hg_rdf *graph); /* NULL is fine */

#endif
