/* provenance.h - how a package came about, as PROV-O (w3.org/TR/prov-o): what was read,
 * by which recipe, with which tool. */
#ifndef HG_DATASET_PROVENANCE_H
#define HG_DATASET_PROVENANCE_H

#include "format/rdf.h"
#include "json/json.h"

/* Out of a package's hg.json and seal; each may be NULL. */
typedef struct hg_making {
    const hg_json *sources; /* [{name, bytes, sha256, ranges}]: the files that were read */
    const hg_json *recipe;  /* by which the tables were found in them */
    const hg_json *tool;    /* {name, version}: what made the package */
    const hg_json *verdict; /* {errors, warnings} of the check */
} hg_making;

/* head: hg.json. Borrows. */
hg_making hg_making_of(const hg_json *head, const hg_json *verdict);

/*
 * Put prov:wasGeneratedBy on the dataset: an activity that used the sources, each with
 * its name, size and SHA-256, at the cells where the rows were found (prov:qualifiedUsage,
 * prov:atLocation, "Biểu 01!B7:K42"), and, in a prov:qualifiedAssociation, followed the recipe
 * with the tool. The recipe's SHA-256 is that of its JSON in hg.json written in one line:
 * jq -cj .definition.recipe hg.json | sha256sum. HG_ENOMEM.
 */
hg_status hg_provenance_put(const hg_making *making, const char *dataset, hg_rdf *graph,
                            hg_err *err);

/* Put spdx:checksum of a file on the node iri. NULL digest: nothing. */
void hg_provenance_checksum(hg_rdf *graph, const char *iri, const char *sha256);

#endif
