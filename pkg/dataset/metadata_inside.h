/* metadata_inside.h - what the parts of dataset/metadata share: a node of the graph, and
 * how members of dataset.json become its properties. Everything here is for metadata_*.c
 * alone.
 *
 * Nothing here fails: a NULL iri, text or value puts nothing, and the graph keeps an
 * error of its own until it is written. */
#ifndef HG_DATASET_METADATA_INSIDE_H
#define HG_DATASET_METADATA_INSIDE_H

#include "dataset/metadata.h"
#include "dataset/vocabulary.h"

#define META_EU "http://publications.europa.eu/resource/authority/"

/* The node that properties are put on. */
typedef struct meta_node {
    hg_rdf *graph;
    const char *iri;
} meta_node;

/* A line of a table of properties, which ends with one whose key is NULL. */
typedef struct meta_property meta_property;
struct meta_property {
    const char *key; /* member of the description */
    const char *predicate;
    void (*put)(const meta_node *node, const meta_property *property,
                const hg_json *value);
    hg_vocabulary vocabulary; /* for codes */
    const char *class;        /* type of the things pointed to, for checkers; or NULL */
};

/* Put each member of object that the table properties has a line for. */
void meta_put_properties(const meta_node *node, const meta_property *properties,
                         const hg_json *object);

/* Point to iri, giving it the property's class. */
void meta_put_iri(const meta_node *node, const meta_property *property, const char *iri);

/* Kinds of values, for the tables. A line has no language; a text is in Vietnamese or is
 * an object with one for each language; words are lists of such. */
void meta_put_line(const meta_node *node, const meta_property *property,
                   const hg_json *value);
void meta_put_text(const meta_node *node, const meta_property *property,
                   const hg_json *value);
void meta_put_words(const meta_node *node, const meta_property *property,
                    const hg_json *value);
/* Codes of the property's vocabulary, as the IRIs that it has for them. */
void meta_put_code(const meta_node *node, const meta_property *property,
                   const hg_json *value);
void meta_put_codes(const meta_node *node, const meta_property *property,
                    const hg_json *value);
void meta_put_link(const meta_node *node, const meta_property *property,
                   const hg_json *value);
void meta_put_links(const meta_node *node, const meta_property *property,
                    const hg_json *value);
/* A year, month, date or time, typed as what it is. */
void meta_put_moment(const meta_node *node, const meta_property *property,
                     const hg_json *value);
void meta_put_email(const meta_node *node, const meta_property *property,
                    const hg_json *value);
void meta_put_phone(const meta_node *node, const meta_property *property,
                    const hg_json *value);
/* Vietnam always; and the place itself where its GeoNames number is known. */
void meta_put_place(const meta_node *node, const meta_property *property,
                    const hg_json *place);

/* Point to the publisher of a description or a profile; describe it. */
void meta_put_publisher(const meta_node *node, const hg_json *description);
void meta_describe_publisher(hg_rdf *graph, const hg_json *description);

/* Who is to be asked: the contact, or the publisher where none is named; NULL: neither.
 */
const hg_json *meta_contact_of(const hg_json *description);
void meta_describe_contact(hg_rdf *graph, const char *iri, const hg_json *contact);

/* A code of HG_VOC_LICENCE. */
void meta_describe_licence(hg_rdf *graph, const char *code);

/* The names that hang on a dataset's IRI. */
typedef struct meta_names {
    hg_buf dataset, page, contact, period, provenance, rights;
} meta_names;

/* A file of the dataset as its distribution. */
void meta_describe_file(hg_rdf *graph, const hg_dataset *dataset, const meta_names *names,
                        const hg_distribution *file);

#endif
