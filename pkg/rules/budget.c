/* budget - what the keys, sums and series of a check may use together */
#include "rules/budget.h"

/* Half of all is made free, if it can be, so that what goes to disk goes in large pieces. */
static hg_status make_room(hg_budget *budget, size_t n, hg_err *err)
{
    hg_status st = HG_OK;
    size_t want = n > budget->max / 2 ? n : budget->max / 2;
    for (hg_spiller *s = budget->tmp ? budget->spillers : NULL;
         st == HG_OK && s && want > budget->max - budget->used; s = s->next)
        st = s->spill(s->self, err);
    return st;
}

hg_status hg_budget_take(hg_budget *budget, size_t n, hg_err *err)
{
    hg_status st = HG_OK;
    if (n > budget->max - budget->used)
        st = make_room(budget, n, err);
    if (st == HG_OK && n > budget->max - budget->used)
        st = hg_fail(
            err, HG_EINPUT, NULL,
            "the keys and sums to check need more memory than the limit of %zu MiB",
            budget->max >> 20);
    if (st == HG_OK)
        budget->used += n;
    return st;
}

void hg_budget_join(hg_budget *budget, hg_spiller *spiller)
{
    spiller->next = budget->spillers;
    budget->spillers = spiller;
}

void hg_budget_leave(hg_budget *budget, hg_spiller *spiller)
{
    for (hg_spiller **at = &budget->spillers; *at; at = &(*at)->next)
        if (*at == spiller) {
            *at = spiller->next;
            break;
        }
}
