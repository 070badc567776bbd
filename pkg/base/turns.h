/* turns.h - pieces of a whole that threads work on side by side, where some steps are done for
 * one piece after the other. What a step wrote, the same step of the next piece can read. */
#ifndef HG_BASE_TURNS_H
#define HG_BASE_TURNS_H

#include "base/err.h"

#define HG_TURNS_STEPS 2 /* that are done in turn */

typedef struct hg_turns hg_turns;

hg_status hg_turns_new(hg_turns **out, hg_err *err); /* HG_ENOMEM; *out is then NULL */
/* Wait until the step is done for all pieces before this one, which are numbered from 0;
 * false: it is not to be done any more. */
bool hg_turns_wait(hg_turns *turns, unsigned step, uint64_t piece);
void hg_turns_pass(hg_turns *turns, unsigned step); /* it is done for the piece at hand */
void hg_turns_stop(hg_turns *turns);                /* nobody waits, or begins, any more */
void hg_turns_free(hg_turns *turns);                /* NULL is fine */

#endif
