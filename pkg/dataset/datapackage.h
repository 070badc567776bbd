/* datapackage.h - a dataset's description as a Data Package v2 descriptor
 * (https://datapackage.org/standard/data-package/). */
#ifndef HG_DATASET_DATAPACKAGE_H
#define HG_DATASET_DATAPACKAGE_H

#include "dataset/metadata.h"

/* The descriptor, without seal. files: the tables, in one or more formats, and the code
 * lists after them. Formats other than CSV have the name of their table in "table". What
 * the standard has no member for goes by the names that DCAT gives it. The caller frees
 * *out; HG_EINPUT: a code list that is no CSV; HG_ENOMEM. */
hg_status hg_datapackage_new(hg_json **out, const hg_dataset *dataset,
                             const hg_distribution *files, size_t n, hg_err *err);

#endif
