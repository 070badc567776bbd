/* published.h - one published dataset, as its files tell it. */
#ifndef HG_SITE_PUBLISHED_H
#define HG_SITE_PUBLISHED_H

#include "dataset/metadata.h"

#define HG_PUBLISHED_START                                                               \
    ((size_t)256 << 10) /* bytes read of each table, for its preview */

/* What pages and the catalogue are made from, and nothing else: no clock, no other file.
 */
typedef struct hg_published {
    hg_dataset *dataset;
    const hg_json *head;       /* hg.json */
    const hg_json *descriptor; /* datapackage.json */
    hg_distribution *files;
    size_t n;
    uint64_t zip; /* bytes of <id>.zip; the caller's to set */
    hg_slice *
        rows; /* of each table of the dataset: its first whole records, header included */
    hg_doc *docs[2];
    hg_buf *starts; /* what rows borrows from */
} hg_published;

/*
 * Read a dataset from a folder that holds the files of a package. Its digests are not
 * checked here. HG_EINPUT: a file is missing or is not what a package has; HG_ESYS,
 * HG_ENOMEM; published is then empty. The caller calls hg_published_close().
 */
hg_status hg_published_open(hg_published *published, const char *folder, hg_err *err);
void hg_published_close(hg_published *published);

#endif
