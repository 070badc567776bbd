/* pack.h - checked rows and their description become a sealed data package. */
#ifndef HG_WORK_PACK_H
#define HG_WORK_PACK_H

#include "container/cms.h"
#include "dataset/dataset.h"
#include "stream/stream.h"

/* The body that a package is given. */
typedef enum hg_pack_body {
    HG_PACK_FOLDER,
    HG_PACK_ZIP,
    HG_PACK_ZIP_FAST, /* larger, in less time */
    HG_PACK_TAR,
    HG_PACK_TAR_ZST
} hg_pack_body;

typedef struct hg_pack_opts {
    const hg_dataset
        *dataset; /* its definition in place of the stream's; NULL: the stream's */
    const hg_doc *profile; /* what the description must have besides; NULL: nothing */
    const char *version;   /* of the program, for the package's provenance */
    const char *modified; /* the date for a description without one; NULL: none */
    const char *tmp;      /* folder for temporary files */
    unsigned formats;     /* of the tables, beside csv: export/formats.h */
    const char *previous; /* a package, the edition before, for CHANGELOG.md; NULL: none */
    hg_pack_body body;
    const char
        *place; /* the file or folder to make or replace; NULL: a tar or zip to fd */
    int fd;     /* which the caller keeps */
    bool unsealed; /* put in a place what may have been cut off: plain text from a pipe */
    const hg_signer *signer; /* signs the seal; NULL: nobody */
    int64_t signed_at;       /* the time to say of that, seconds since 1970 */
} hg_pack_opts;

/* What was packaged, or refused. The caller releases advice. */
typedef struct hg_pack_sum {
    uint64_t rows, errors, warnings;
    hg_buf advice; /* what the profile recommends and the description lacks */
    bool brief;    /* the description is too short for search engines */
} hg_pack_sum;

/*
 * Read a checked stream to its end, package its rows, and put the package in its place in
 * one step, after the stream's seal was verified. The same bytes for the same input and
 * options. A folder that is there is replaced only if it is empty or a data package.
 *
 *   HG_EREFUSED  the rows have findings of severity error (loc: the first), the
 *                description lacks what a package or the profile must have, or the rows
 *                were plain text from a pipe and a place is to be filled; to fd they go,
 *                marked "sealed": false, and hg-publish refuses them
 *   HG_EARG      there is no description; it is wrong; it is of other tables; place
 * cannot be replaced HG_EINPUT    the stream is cut off or damaged HG_ESYS, HG_ENOMEM
 * After a failure nothing is at place that was not there before. Memory does not grow
 * with the rows; tmp, or the folder that holds place, takes the whole package once.
 */
hg_status hg_pack(hg_in *in, const hg_pack_opts *opts, hg_pack_sum *sum, hg_err *err);

#endif
