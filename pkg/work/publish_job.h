/* publish_job.h - what the parts of publish share; for publish.c and its publish_*.c
 * only. */
#ifndef HG_WORK_PUBLISH_JOB_H
#define HG_WORK_PUBLISH_JOB_H

#include "base/digest.h"
#include "site/pages.h"
#include "stream/package.h"
#include "target/folder.h"
#include "work/publish.h"

#define HG_PUBLISH_MARKER "catalog.ttl" /* what makes a folder a catalogue */

/* A dataset of the new state: from a package given now, or from the old state. */
typedef struct hg_publish_item {
    char *id;
    char *below;         /* "datasets/<id>" */
    char *folder;        /* where its files are to be read */
    hg_package *package; /* NULL: it stays as it is */
    char *zip;           /* of it, among our temporary files */
    hg_published published;
    char seal[HG_DIGEST_HEX]; /* digest of datapackage.json */
} hg_publish_item;

/* A publication on its way. */
typedef struct hg_publish_job {
    const hg_publish_opts *opts;
    hg_target *target;
    hg_publish_item *items; /* those of packages first */
    size_t n, cap;
    hg_published *sorted; /* borrows from items */
    hg_json *catalog;     /* title and description of the catalogue */
} hg_publish_job;

/* List the packages that are given, each verified and fit to be published, then what the
 * old state has besides; or the latter only. Fails as hg_publish() does. */
hg_status hg_publish_gather(hg_publish_job *job, hg_err *err);
hg_status hg_publish_gather_old(hg_publish_job *job, hg_err *err);

/* Once all items are open: put what is made from all of them - the pages, and the
 * metadata of the catalogue. HG_ESYS, HG_ENOMEM. */
hg_status hg_publish_made(hg_publish_job *job, hg_err *err);

#endif
