/* published.h - one published dataset, as its files in the catalogue tell it. */
#ifndef HG_SITE_PUBLISHED_H
#define HG_SITE_PUBLISHED_H

#include "dataset/metadata.h"

/* What a page is made from, and nothing else: no clock, no other file. All is borrowed. */
typedef struct hg_published {
    const hg_dataset *dataset;
    const hg_json *head;       /* hg.json */
    const hg_json *descriptor; /* datapackage.json */
    const hg_distribution *files;
    size_t n;
    uint64_t zip;         /* bytes of <id>.zip */
    const hg_slice *rows; /* for each table of the dataset: its first whole records, the
                             header among them; as few as there are */
} hg_published;

#endif
