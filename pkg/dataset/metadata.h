/* metadata.h - one description, every vocabulary: the mapping of dataset.json to DCAT-AP
 * 3, Data Package v2 and a README. */
#ifndef HG_DATASET_METADATA_H
#define HG_DATASET_METADATA_H

#include "dataset/dataset.h"
#include "dataset/provenance.h"

/* What a resource that is a code list is named after: "codes/gioi-tinh", as the foreign keys
 * of tables name it; its file is codes/gioi-tinh.csv. */
#define HG_METADATA_CODES "codes/"

/* What the CSV on the Web metadata of a CSV is named after it: data/dan-so.csv-metadata.json
 * (Model for Tabular Data and Metadata on the Web, section 5.3). */
#define HG_METADATA_CSVW "-metadata.json"

/* A file of a package, as its distributions describe it. */
typedef struct hg_distribution {
    const char *path;     /* relative to the dataset's folder: data/dan-so.csv */
    const char *resource; /* the table it holds */
    const char *format;   /* "csv", "json" … */
    uint64_t bytes, rows;
    const char *sha256;
} hg_distribution;

/* Append where the catalogue is: the description's "base" without its last '/'. */
void hg_metadata_base(hg_buf *iri, const hg_json *description);

/* The IRI of a dataset, <base>/datasets/<id>; <base> is the description's "base". */
void hg_metadata_iri(const hg_dataset *dataset, hg_buf *iri);

/* Put the dataset, its distributions, series, agents … into graph (DCAT-AP 3.0.1); and
 * where making is not NULL, its quality (quality.h) and provenance (provenance.h). */
hg_status hg_metadata_dcat(const hg_dataset *dataset, const hg_distribution *files,
                           size_t n, const hg_making *making, hg_rdf *graph, hg_err *err);

/* Put a catalogue node that holds the datasets put by hg_metadata_dcat(). profile is
 * publisher.json's content: its "catalog" has title, description …; modified is the
 * latest of the datasets' dates. */
hg_status hg_metadata_catalog(const hg_json *profile, hg_dataset *const *datasets,
                              size_t n, hg_rdf *graph, hg_err *err);

/* The distributions of a package, its tables, out of its descriptor; *files is freed by the caller
 * and borrows from descriptor. */
hg_status hg_metadata_distributions(const hg_json *descriptor, hg_distribution **files,
                                    size_t *n, hg_err *err);

#endif
