/* readme.h - a dataset's description for people: README.md, Vietnamese first, then
 * English, with the data dictionary. */
#ifndef HG_DATASET_README_H
#define HG_DATASET_README_H

#include "dataset/metadata.h"

/* Append the text, CommonMark. files as in hg_datapackage_new(). HG_EINPUT: a code list
 * that is no CSV; HG_ENOMEM. */
hg_status hg_readme(const hg_dataset *dataset, const hg_distribution *files, size_t n,
                    hg_buf *buf, hg_err *err);

#endif
