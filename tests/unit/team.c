/* A team does every task once, and a task waited for is done. */
#include "base/team.h"
#include "unit.h"

typedef struct job {
    hg_task task;
    unsigned runs, worker;
} job;

static void run(void *arg, unsigned worker)
{
    job *j = arg;
    j->runs++;
    j->worker = worker;
}

START_TEST(every_task_is_done_once_when_it_was_waited_for)
{
    enum { JOBS = 20000, AHEAD = 7 };
    static job jobs[JOBS];
    hg_err err = HG_ERR_INIT;
    hg_team *team;
    bool good = true;
    ck_assert_int_eq(hg_team_new(&team, (unsigned)_i, &err), HG_OK);
    for (size_t i = 0; i < JOBS + AHEAD; i++) {
        if (i >= AHEAD) {
            hg_team_wait(team, &jobs[i - AHEAD].task);
            good &= jobs[i - AHEAD].runs == 1 &&
                    jobs[i - AHEAD].worker < hg_team_threads(team);
        }
        if (i < JOBS) {
            jobs[i].runs = 0;
            jobs[i].task = (hg_task){ .run = run, .arg = &jobs[i] };
            hg_team_put(team, &jobs[i].task);
        }
    }
    ck_assert(good);
    hg_team_free(team);
}
END_TEST

START_TEST(a_team_that_is_let_go_of_early_ends)
{
    static job jobs[100];
    hg_err err = HG_ERR_INIT;
    hg_team *team;
    ck_assert_int_eq(hg_team_new(&team, 0, &err), HG_OK);
    for (size_t i = 0; i < 100; i++) {
        jobs[i].task = (hg_task){ .run = run, .arg = &jobs[i] };
        hg_team_put(team, &jobs[i].task);
    }
    hg_team_free(team);
}
END_TEST

TCase *tests_team(void)
{
    TCase *tests = tcase_create("team");
    tcase_add_loop_test(tests, every_task_is_done_once_when_it_was_waited_for, 0, 4);
    tcase_add_test(tests, a_team_that_is_let_go_of_early_ends);
    return tests;
}
