/* budget.h - what the keys, sums and series of a check may use together. */
#ifndef HG_RULES_BUDGET_H
#define HG_RULES_BUDGET_H

#include "rules/hash.h"

/* Something that can move from memory to disk when others need the room. */
typedef struct hg_spiller {
    struct hg_spiller *next;
    hg_status (*spill)(void *self, hg_err *err);
    void *self;
} hg_spiller;

typedef struct hg_budget {
    size_t max, used; /* bytes of memory */
    const char *tmp;  /* folder for what memory is too small for; NULL: there is none */
    hg_seed seed;     /* of digests (rules/hash.h) */
    hg_spiller *spillers;
    struct hg_journal *journal; /* of a part, or of parts merged (rules/journal.h), or NULL */
} hg_budget;

/* Take n bytes, given back by lowering used. Where they are not there, spillers make room.
 * HG_EINPUT with the limit in the message; HG_ESYS: writing to disk failed. */
hg_status hg_budget_take(hg_budget *budget, size_t n, hg_err *err);

/* Spillers are called one after the other, as long as they are joined. */
void hg_budget_join(hg_budget *budget, hg_spiller *spiller);
void hg_budget_leave(hg_budget *budget, hg_spiller *spiller);

#endif
