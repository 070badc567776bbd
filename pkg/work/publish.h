/* publish.h - sealed packages into a static catalogue, all of them or none. */
#ifndef HG_WORK_PUBLISH_H
#define HG_WORK_PUBLISH_H

#include "json/json.h"

typedef struct hg_publish_opts {
    const char *target;       /* the catalogue's folder; made when it is missing */
    const char *const *names; /* packages: folder, zip, tar, or "-" */
    size_t n;
    const char *tmp; /* for a dry run and for checking; publishing itself uses hidden
                        folders beside the target */
    bool dry;        /* change nothing; tell what would change */
    bool unsealed;   /* take packages made from plain text out of a pipe */
} hg_publish_opts;

/*
 * Publish the packages: each becomes datasets/<id>/, in place of what stands there; all
 * pages and the catalogue's metadata are made anew from what is published then. The same
 * packages give the same bytes, whatever was published before and in between. A reader
 * finds the state before or the state after, also when the run is killed at any point.
 *
 * receipt: appended, one JSON object: target, datasets (id, version, url, sha256 of the
 * seal, state), files (added, changed, removed, unchanged). plan: appended for a dry run,
 * a line for each file that would change: "+ 1234 path", "~ 1234 path", "- 1234 path".
 *
 * HG_EREFUSED  a package whose check found errors, or (without unsealed) unproved input
 * HG_EARG      target is no catalogue, a stream not packaged yet, two packages of one id
 * HG_EINPUT    a package, or what is published, is missing, cut off or damaged
 * HG_ESYS, HG_ENOMEM
 */
hg_status hg_publish(const hg_publish_opts *opts, hg_buf *receipt, hg_buf *plan,
                     hg_err *err);

/* Only read what is published in opts' target and check every digest; *n is the number
 * of datasets found whole. HG_EINPUT: damaged, or no catalogue; HG_ESYS, HG_ENOMEM. */
hg_status hg_publish_verify(const hg_publish_opts *opts, size_t *n, hg_err *err);

#endif
