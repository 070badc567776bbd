/* pool - a few threads that work off tasks */
#include "base/pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { WAITING, DONE };

typedef struct worker {
    pthread_t thread;
    hg_pool *pool;
    unsigned number;
} worker;

struct hg_pool {
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t put, done;
    hg_task *first, *last;
    bool closing;
    unsigned n; /* threads, the caller's included */
    worker workers[HG_POOL_MAX];
};

/* Do the first task; called, and left, with the lock. */
static void do_one(hg_pool *pool, unsigned number)
{
    hg_task *task = pool->first;
    pool->first = task->next;
    pthread_mutex_unlock(&pool->lock);
    task->run(task->arg, number);
    pthread_mutex_lock(&pool->lock);
    task->state = DONE;
    pthread_cond_broadcast(&pool->done);
}

static void *work(void *arg)
{
    const worker *w = arg;
    hg_pool *pool = w->pool;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (!pool->first && !pool->closing)
            pthread_cond_wait(&pool->put, &pool->lock);
        if (pool->closing)
            break;
        do_one(pool, w->number);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

static unsigned processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > HG_POOL_MAX ? HG_POOL_MAX : (unsigned)n;
}

hg_status hg_pool_new(hg_pool **out, unsigned threads, hg_err *err)
{
    hg_pool *pool = *out = calloc(1, sizeof *pool);
    unsigned most = processors();
    if (!pool)
        return hg_fail_nomem(err);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->put, NULL);
    pthread_cond_init(&pool->done, NULL);
    if (threads == 0 || threads > most)
        threads = most;
    for (pool->n = 1; pool->n < threads; pool->n++) {
        worker *w = &pool->workers[pool->n];
        *w = (worker){ .pool = pool, .number = pool->n };
        if (pthread_create(&w->thread, NULL, work, w) != 0)
            break; /* fewer do */
    }
    return HG_OK;
}

unsigned hg_pool_threads(const hg_pool *pool)
{
    return pool->n;
}

void hg_pool_put(hg_pool *pool, hg_task *task)
{
    task->next = NULL;
    task->state = WAITING;
    pthread_mutex_lock(&pool->lock);
    if (pool->first)
        pool->last->next = task;
    else
        pool->first = task;
    pool->last = task;
    pthread_cond_signal(&pool->put);
    pthread_mutex_unlock(&pool->lock);
}

void hg_pool_wait(hg_pool *pool, hg_task *task)
{
    pthread_mutex_lock(&pool->lock);
    while (task->state != DONE) {
        if (pool->first)
            do_one(pool, 0);
        else
            pthread_cond_wait(&pool->done, &pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
}

void hg_pool_free(hg_pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    pthread_cond_broadcast(&pool->put);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 1; i < pool->n; i++)
        pthread_join(pool->workers[i].thread, NULL);
    pthread_cond_destroy(&pool->done);
    pthread_cond_destroy(&pool->put);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}
