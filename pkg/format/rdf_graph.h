/* rdf_graph.h - the inside of a graph, for those who write it. Private to format/rdf. */
#ifndef HG_FORMAT_RDF_GRAPH_H
#define HG_FORMAT_RDF_GRAPH_H

#include "format/rdf.h"

struct rdf_prefix {
    const char *name, *iri;
};
enum { RDF_PREFIXES = 15 };
extern const struct rdf_prefix rdf_prefixes[RDF_PREFIXES]; /* sorted by name */

/* A text of the graph, kept once: equal texts are the same term. */
struct term {
    struct term *next; /* in its bucket */
    size_t first;      /* number of the first triple with this subject */
    size_t n;
    char text[];
};

enum kind { IRI, TEXT, TYPED };

struct triple {
    struct term *subject, *predicate, *object;
    struct term *tag; /* language or datatype; NULL without one */
    enum kind kind;
    size_t place; /* number in which it was put; then: of its predicate's first triple */
};

/* The triples in the order in which they are written, each once. The caller frees. */
hg_status rdf_sorted(const hg_rdf *graph, struct triple **out, size_t *n, hg_err *err);

#endif
