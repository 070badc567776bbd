/* schemaorg.h - a dataset as schema.org describes it, for the search engines that read it
 * in a page (schema.org/Dataset; Google's structured data guide for datasets,
 * developers.google.com/search/docs/appearance/structured-data/dataset). */
#ifndef HG_DATASET_SCHEMAORG_H
#define HG_DATASET_SCHEMAORG_H

#include "dataset/metadata.h"
#include "text/message.h"

/* Characters: Google takes descriptions of 50 to 5000. */
#define HG_SCHEMAORG_SHORTEST 50

/* Is the description, in one of its languages, shorter than that? */
bool hg_schemaorg_brief(const hg_json *description);

/*
 * A new Dataset, its texts in one language; NULL out of memory, or a value that
 * hg_json_dump() refuses. files are its distributions. catalog: what publisher.json says
 * of the catalogue, or NULL. zip: bytes of the whole package's <id>.zip beside it; 0:
 * there is none.
 */
hg_json *hg_schemaorg_dataset(const hg_dataset *dataset, const hg_distribution *files,
                              size_t n, const hg_json *catalog, uint64_t zip,
                              hg_lang lang);

/* A new DataCatalog without datasets, at the base that the description about names; and a
 * dataset that is added to its list. */
hg_json *hg_schemaorg_catalog(const hg_json *catalog, const hg_json *about, hg_lang lang);
void hg_schemaorg_list(hg_json *catalog, const hg_dataset *dataset, hg_lang lang);

#endif
