/* team.h - a few threads that work off tasks, in the order in which these were put: tasks of
 * several kinds share the processors, and whoever waits for one does others. Where one kind
 * of job goes through a pipe, see base/workers.h. */
#ifndef HG_BASE_TEAM_H
#define HG_BASE_TEAM_H

#include "base/err.h"

#define HG_TEAM_MAX 64 /* threads */

typedef struct hg_team hg_team;

/*
 * Something to do. run() is called once, on any thread of the team; worker is from 0 up to
 * the number of threads and tells them apart, so that each can have tools of its own. What
 * run() wrote can be read after hg_team_wait(). The caller keeps the task until then.
 */
typedef struct hg_task {
    void (*run)(void *arg, unsigned worker);
    void *arg;
    struct hg_task *next; /* the team's */
    int state;
} hg_task;

/*
 * A team of threads, the calling one among them: it works while it waits. 0 stands for as
 * many as hg_workers_processors(), which is also the most. Where the system gives fewer,
 * there are fewer. HG_ENOMEM.
 */
hg_status hg_team_new(hg_team **out, unsigned threads, hg_err *err);
unsigned hg_team_threads(const hg_team *team);

void hg_team_put(hg_team *team, hg_task *task);
/* Return when a task is done, which was put and not yet waited for; meanwhile, do others. */
void hg_team_wait(hg_team *team, hg_task *task);

/* Tasks not yet begun are dropped, those begun are finished. NULL is fine. */
void hg_team_free(hg_team *team);

#endif
