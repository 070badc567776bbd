/* team - a few threads that work off tasks */
#include "base/team.h"
#include "base/workers.h"

#include <pthread.h>
#include <stdlib.h>

enum { WAITING, DONE };

typedef struct worker {
    pthread_t thread;
    hg_team *team;
    unsigned number;
} worker;

struct hg_team {
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t put, done;
    hg_task *first, *last;
    bool closing;
    unsigned n; /* threads, the caller's included */
    worker workers[HG_TEAM_MAX];
};

/* Do the first task; called, and left, with the lock. */
static void do_one(hg_team *team, unsigned number)
{
    hg_task *task = team->first;
    team->first = task->next;
    pthread_mutex_unlock(&team->lock);
    task->run(task->arg, number);
    pthread_mutex_lock(&team->lock);
    task->state = DONE;
    pthread_cond_broadcast(&team->done);
}

static void *work(void *arg)
{
    const worker *w = arg;
    hg_team *team = w->team;
    pthread_mutex_lock(&team->lock);
    for (;;) {
        while (!team->first && !team->closing)
            pthread_cond_wait(&team->put, &team->lock);
        if (team->closing)
            break;
        do_one(team, w->number);
    }
    pthread_mutex_unlock(&team->lock);
    return NULL;
}

hg_status hg_team_new(hg_team **out, unsigned threads, hg_err *err)
{
    hg_team *team = *out = calloc(1, sizeof *team);
    unsigned most = hg_workers_processors();
    if (!team)
        return hg_fail_nomem(err);
    pthread_mutex_init(&team->lock, NULL);
    pthread_cond_init(&team->put, NULL);
    pthread_cond_init(&team->done, NULL);
    if (most > HG_TEAM_MAX)
        most = HG_TEAM_MAX;
    if (threads == 0 || threads > most)
        threads = most;
    for (team->n = 1; team->n < threads; team->n++) {
        worker *w = &team->workers[team->n];
        *w = (worker){ .team = team, .number = team->n };
        if (pthread_create(&w->thread, NULL, work, w) != 0)
            break; /* fewer do */
    }
    return HG_OK;
}

unsigned hg_team_threads(const hg_team *team)
{
    return team->n;
}

void hg_team_put(hg_team *team, hg_task *task)
{
    task->next = NULL;
    task->state = WAITING;
    pthread_mutex_lock(&team->lock);
    if (team->first)
        team->last->next = task;
    else
        team->first = task;
    team->last = task;
    pthread_cond_signal(&team->put);
    pthread_mutex_unlock(&team->lock);
}

void hg_team_wait(hg_team *team, hg_task *task)
{
    pthread_mutex_lock(&team->lock);
    while (task->state != DONE) {
        if (team->first)
            do_one(team, 0);
        else
            pthread_cond_wait(&team->done, &team->lock);
    }
    pthread_mutex_unlock(&team->lock);
}

void hg_team_free(hg_team *team)
{
    if (!team)
        return;
    pthread_mutex_lock(&team->lock);
    team->closing = true;
    pthread_cond_broadcast(&team->put);
    pthread_mutex_unlock(&team->lock);
    for (unsigned i = 1; i < team->n; i++)
        pthread_join(team->workers[i].thread, NULL);
    pthread_cond_destroy(&team->done);
    pthread_cond_destroy(&team->put);
    pthread_mutex_destroy(&team->lock);
    free(team);
}
