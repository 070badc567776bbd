/* pool.h - a few threads that work off tasks, in the order in which these were put. */
#ifndef HG_BASE_POOL_H
#define HG_BASE_POOL_H

#include "base/err.h"

#define HG_POOL_MAX 64 /* threads */

typedef struct hg_pool hg_pool;

/*
 * Something to do. run() is called once, on any thread of the pool; worker is from 0 up to
 * the number of threads and tells them apart, so that each can have tools of its own. What
 * run() wrote can be read after hg_pool_wait(). The caller keeps the task until then.
 */
typedef struct hg_task {
    void (*run)(void *arg, unsigned worker);
    void *arg;
    struct hg_task *next; /* the pool's */
    int state;
} hg_task;

/*
 * A pool of threads, the calling one among them: it works while it waits. 0 stands for as
 * many as the machine has processors, which is also the most. Where the system gives fewer,
 * there are fewer. HG_ENOMEM.
 */
hg_status hg_pool_new(hg_pool **out, unsigned threads, hg_err *err);
unsigned hg_pool_threads(const hg_pool *pool);

void hg_pool_put(hg_pool *pool, hg_task *task);
/* Return when a task is done, which was put and not yet waited for; meanwhile, do others. */
void hg_pool_wait(hg_pool *pool, hg_task *task);

/* Tasks not yet begun are dropped, those begun are finished. NULL is fine. */
void hg_pool_free(hg_pool *pool);

#endif
