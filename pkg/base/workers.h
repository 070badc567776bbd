/* workers.h - jobs done by threads side by side, and taken back in the order they were
 * given: a pipe whose middle is done elsewhere, of one kind of job and one giver, who does
 * something else meanwhile. Where tasks are of several kinds, are awaited in any order, or
 * need tools of their thread's own, see base/team.h. */
#ifndef HG_BASE_WORKERS_H
#define HG_BASE_WORKERS_H

#include "base/err.h"

#define HG_WORKERS_THREADS 16 /* more than these are not started */

typedef struct hg_workers hg_workers;

/* What is done with a job, on one of the threads. What it gives, and its failure, stand
 * in the job; jobs share nothing that is written. */
typedef void hg_workers_do(void *job);

/* The processors that this process may use; at least 1. */
unsigned hg_workers_processors(void);

/*
 * Start threads; 0 stands for hg_workers_processors(). Up to most jobs may be out at
 * once: that bounds the memory. Where the system gives fewer threads, or none, the work
 * is done all the same, if need be by the caller. HG_ENOMEM; *out is then NULL.
 */
hg_status hg_workers_new(hg_workers **out, unsigned threads, size_t most,
                         hg_workers_do *work, hg_err *err);

/* Give a job, which is theirs until it is taken back. Fewer than most jobs are out.
 */
void hg_workers_give(hg_workers *workers, void *job);

/* Wait for the job given first of those that are out; NULL where none is. */
void *hg_workers_take(hg_workers *workers);

/* Stop: jobs begun are ended, others dropped. NULL is fine. */
void hg_workers_free(hg_workers *workers);

#endif
