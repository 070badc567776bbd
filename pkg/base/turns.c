/* turns - pieces that threads work on side by side, some steps in turn */
#include "base/turns.h"

#include <pthread.h>
#include <stdlib.h>

struct hg_turns {
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t passed;
    uint64_t next[HG_TURNS_STEPS]; /* the piece whose turn it is */
    bool stopped;
};

hg_status hg_turns_new(hg_turns **out, hg_err *err)
{
    hg_turns *turns = *out = calloc(1, sizeof *turns);
    if (!turns)
        return hg_fail_nomem(err);
    pthread_mutex_init(&turns->lock, NULL);
    pthread_cond_init(&turns->passed, NULL);
    return HG_OK;
}

bool hg_turns_wait(hg_turns *turns, unsigned step, uint64_t piece)
{
    pthread_mutex_lock(&turns->lock);
    while (!turns->stopped && turns->next[step] != piece)
        pthread_cond_wait(&turns->passed, &turns->lock);
    bool goes_on = !turns->stopped;
    pthread_mutex_unlock(&turns->lock);
    return goes_on;
}

void hg_turns_pass(hg_turns *turns, unsigned step)
{
    pthread_mutex_lock(&turns->lock);
    turns->next[step]++;
    pthread_mutex_unlock(&turns->lock);
    pthread_cond_broadcast(&turns->passed);
}

void hg_turns_stop(hg_turns *turns)
{
    pthread_mutex_lock(&turns->lock);
    turns->stopped = true;
    pthread_mutex_unlock(&turns->lock);
    pthread_cond_broadcast(&turns->passed);
}

void hg_turns_free(hg_turns *turns)
{
    if (!turns)
        return;
    pthread_cond_destroy(&turns->passed);
    pthread_mutex_destroy(&turns->lock);
    free(turns);
}
