/* Jobs come back in the order they were given, each done once, however many do them. */
#include "base/workers.h"
#include "unit.h"

enum { JOBS = 500, MOST = 7 };

typedef struct job {
    unsigned number, sum;
    unsigned done; /* times */
} job;

/* Some jobs take much longer than others. */
static void work(void *data)
{
    job *j = data;
    for (unsigned i = 0; i < j->number % 5 * 20000; i++)
        j->sum = j->sum * 31 + i;
    j->done++;
}

static const unsigned threads[] = { 0, 1, 2, 5, 1000 };

START_TEST(jobs_come_back_in_order_and_done_once)
{
    static job jobs[JOBS];
    hg_err err = HG_ERR_INIT;
    hg_workers *workers;
    unsigned given = 0, taken = 0;
    ck_assert_int_eq(hg_workers_new(&workers, threads[_i], MOST, work, &err), HG_OK);
    ck_assert_ptr_null(hg_workers_take(workers));
    for (; given < JOBS; given++) {
        jobs[given] = (job){ .number = given };
        if (given - taken == MOST)
            ck_assert_ptr_eq(hg_workers_take(workers), &jobs[taken++]);
        hg_workers_give(workers, &jobs[given]);
    }
    for (job *j; (j = hg_workers_take(workers)) != NULL; taken++)
        ck_assert_ptr_eq(j, &jobs[taken]);
    ck_assert_uint_eq(taken, JOBS);
    for (unsigned i = 0; i < JOBS; i++)
        ck_assert_uint_eq(jobs[i].done, 1);
    hg_workers_free(workers);
}
END_TEST

START_TEST(jobs_that_nobody_takes_back_do_no_harm)
{
    static job jobs[MOST];
    hg_err err = HG_ERR_INIT;
    hg_workers *workers;
    ck_assert_int_eq(hg_workers_new(&workers, threads[_i], MOST, work, &err), HG_OK);
    for (unsigned i = 0; i < MOST; i++) {
        jobs[i] = (job){ .number = 4 };
        hg_workers_give(workers, &jobs[i]);
    }
    hg_workers_free(workers);
    for (unsigned i = 0; i < MOST; i++)
        ck_assert_uint_le(jobs[i].done, 1);
}
END_TEST

TCase *tests_workers(void)
{
    TCase *tests = tcase_create("workers");
    tcase_add_loop_test(tests, jobs_come_back_in_order_and_done_once, 0, 5);
    tcase_add_loop_test(tests, jobs_that_nobody_takes_back_do_no_harm, 0, 5);
    return tests;
}
