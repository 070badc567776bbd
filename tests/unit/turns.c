/* Threads that take pieces side by side do a step of them in their order, and stop together. */
#include "base/team.h"
#include "base/turns.h"
#include "unit.h"

enum { THREADS = 2, PIECES = 2000, END = 1500 };

static hg_err err;

typedef struct whole {
    hg_turns *turns;
    unsigned threads;
    uint64_t done[2], order; /* pieces of each step; where the second came after the first */
} whole;

typedef struct share {
    whole *whole;
    uint64_t piece;
    hg_task task;
} share;

static bool step(whole *w, unsigned which, uint64_t piece)
{
    if (!hg_turns_wait(w->turns, which, piece))
        return false;
    if (w->done[which] != piece)
        return false;
    w->done[which]++;
    return true;
}

static void take(void *arg, unsigned worker)
{
    share *s = arg;
    whole *w = s->whole;
    (void)worker;
    for (; s->piece < PIECES; s->piece += w->threads) {
        if (!step(w, 0, s->piece))
            return;
        hg_turns_pass(w->turns, 0);
        if (!step(w, 1, s->piece))
            return;
        w->order += w->done[1] == s->piece + 1;
        if (s->piece == END)
            hg_turns_stop(w->turns);
        else
            hg_turns_pass(w->turns, 1);
    }
}

START_TEST(each_step_is_done_in_turn_until_somebody_stops_it)
{
    whole w = { 0 };
    hg_team *team;
    share shares[THREADS];
    ck_assert_int_eq(hg_turns_new(&w.turns, &err), HG_OK);
    ck_assert_int_eq(hg_team_new(&team, THREADS, &err), HG_OK);
    w.threads = hg_team_threads(team);
    for (unsigned i = 0; i < w.threads; i++) {
        shares[i] = (share){ .whole = &w, .piece = i };
        shares[i].task = (hg_task){ .run = take, .arg = &shares[i] };
        hg_team_put(team, &shares[i].task);
    }
    for (unsigned i = 0; i < w.threads; i++)
        hg_team_wait(team, &shares[i].task);
    ck_assert_uint_eq(w.done[1], END + 1);
    ck_assert_uint_eq(w.order, END + 1);
    ck_assert_uint_ge(w.done[0], END + 1);
    ck_assert_uint_le(w.done[0], END + 1 + THREADS);
    ck_assert(!hg_turns_wait(w.turns, 0, w.done[0]));
    hg_team_free(team);
    hg_turns_free(w.turns);
    hg_turns_free(NULL);
}
END_TEST

TCase *tests_turns(void)
{
    TCase *tests = tcase_create("turns");
    tcase_add_test(tests, each_step_is_done_in_turn_until_somebody_stops_it);
    return tests;
}
