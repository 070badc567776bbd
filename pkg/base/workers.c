/* workers - jobs done by threads side by side, and taken back in the order they were
 * given
 */
#define _GNU_SOURCE /* pthread_getaffinity_np() */
#include "base/workers.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct place {
    void *job;
    bool done;
} place;

/* The jobs given, begun and taken so far; job number i stands in ring[i % most]. */
struct hg_workers {
    pthread_mutex_t mutex;
    pthread_cond_t more, done;
    hg_workers_do *work;
    place *ring;
    size_t most, given, begun, taken;
    bool stop;
    unsigned threads; /* that did start */
    pthread_t thread[HG_WORKERS_THREADS];
};

unsigned hg_workers_processors(void)
{
    cpu_set_t set;
    if (pthread_getaffinity_np(pthread_self(), sizeof set, &set) != 0)
        return 1;
    int n = CPU_COUNT(&set);
    return n > 0 ? (unsigned)n : 1;
}

/* Do the next job that nobody has begun. The mutex is held before and after, not within.
 */
static void do_next(hg_workers *workers)
{
    place *next = &workers->ring[workers->begun++ % workers->most];
    pthread_mutex_unlock(&workers->mutex);
    workers->work(next->job);
    pthread_mutex_lock(&workers->mutex);
    next->done = true;
    pthread_cond_signal(&workers->done); /* only the giver waits for it */
}

static void *run(void *data)
{
    hg_workers *workers = data;
    pthread_mutex_lock(&workers->mutex);
    while (!workers->stop) {
        if (workers->begun < workers->given)
            do_next(workers);
        else
            pthread_cond_wait(&workers->more, &workers->mutex);
    }
    pthread_mutex_unlock(&workers->mutex);
    return NULL;
}

static void start(hg_workers *workers, unsigned threads)
{
    while (workers->threads < threads &&
           pthread_create(&workers->thread[workers->threads], NULL, run, workers) == 0)
        workers->threads++;
}

hg_status hg_workers_new(hg_workers **out, unsigned threads, size_t most,
                         hg_workers_do *work, hg_err *err)
{
    hg_workers *workers = calloc(1, sizeof *workers);
    *out = NULL;
    if (!workers || !(workers->ring = calloc(most, sizeof *workers->ring))) {
        free(workers);
        return hg_fail_nomem(err);
    }
    workers->most = most;
    workers->work = work;
    /* on Linux neither takes anything from the system, so neither fails */
    pthread_mutex_init(&workers->mutex, NULL);
    pthread_cond_init(&workers->more, NULL);
    pthread_cond_init(&workers->done, NULL);
    if (threads == 0)
        threads = hg_workers_processors();
    start(workers, threads < HG_WORKERS_THREADS ? threads : HG_WORKERS_THREADS);
    *out = workers;
    return HG_OK;
}

void hg_workers_give(hg_workers *workers, void *job)
{
    pthread_mutex_lock(&workers->mutex);
    workers->ring[workers->given++ % workers->most] = (place){ .job = job };
    pthread_cond_signal(&workers->more);
    pthread_mutex_unlock(&workers->mutex);
}

void *hg_workers_take(hg_workers *workers)
{
    void *job = NULL;
    pthread_mutex_lock(&workers->mutex);
    if (workers->taken < workers->given) {
        place *first = &workers->ring[workers->taken % workers->most];
        while (!first->done) {
            if (workers->threads == 0)
                do_next(workers);
            else
                pthread_cond_wait(&workers->done, &workers->mutex);
        }
        job = first->job;
        workers->taken++;
    }
    pthread_mutex_unlock(&workers->mutex);
    return job;
}

void hg_workers_free(hg_workers *workers)
{
    if (!workers)
        return;
    pthread_mutex_lock(&workers->mutex);
    workers->stop = true;
    pthread_cond_broadcast(&workers->more);
    pthread_mutex_unlock(&workers->mutex);
    for (unsigned i = 0; i < workers->threads; i++)
        pthread_join(workers->thread[i], NULL);
    pthread_cond_destroy(&workers->done);
    pthread_cond_destroy(&workers->more);
    pthread_mutex_destroy(&workers->mutex);
    free(workers->ring);
    free(workers);
}
