/* pack_job.h - what the parts of pack share; for pack.c and its pack_*.c only. */
#ifndef HG_WORK_PACK_JOB_H
#define HG_WORK_PACK_JOB_H

#include "delimited/csv.h"
#include "export/tables.h"
#include "work/pack.h"

/* A package being filled. */
typedef struct hg_pack_job {
    hg_in *in;
    const hg_pack_opts *opts;
    hg_pack_sum *sum;
    hg_json *head;       /* the package's own */
    hg_dataset *dataset; /* out of head */
    char *folder;        /* where the package grows; ours until it is put in place */
    hg_tables *tables;
    hg_distribution *files;     /* of the tables, then the code lists */
    size_t data, n;             /* files of tables; all */
    char (*hex)[HG_DIGEST_HEX]; /* of each code list */
    char **texts;               /* path and resource of each code list */
    hg_csv csv;
    hg_buf bytes;    /* what is written next */
    hg_loc first;    /* the place of the first error */
    hg_buf place[3]; /* its file, sheet and field */
} hg_pack_job;

/* Make the package's head and dataset out of those of the stream, and check that they say
 * all that is needed. HG_EARG, HG_EREFUSED, HG_ENOMEM. */
hg_status hg_pack_head(hg_pack_job *job, hg_err *err);

/* After the rows: write all other files of the package, the seal last. HG_EARG,
 * HG_EINPUT, HG_ESYS, HG_ENOMEM. */
hg_status hg_pack_beside(hg_pack_job *job, hg_err *err);

#endif
