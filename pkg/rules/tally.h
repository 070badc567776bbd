/* tally.h - findings counted, and many equal ones told as a number: never cut silently.
 */
#ifndef HG_RULES_TALLY_H
#define HG_RULES_TALLY_H

#include "table/finding.h"

/* Takes a finding, which it may keep no part of. A failure ends the check. */
typedef hg_status hg_take_finding(void *user, const hg_finding *finding, hg_err *err);

/* What came out of a check. */
typedef struct hg_check_sum {
    uint64_t errors, warnings; /* all of them */
    uint64_t rows;             /* without headers */
    bool unchecked; /* a finding tells of something missing or damaged, for which more could not be
                       checked */
} hg_check_sum;

typedef struct hg_tally {
    hg_take_finding *take;
    hg_take_finding *each; /* gets every finding, also those not passed on; may be NULL */
    void *user;
    uint64_t max;              /* findings of one kind to pass on */
    uint64_t errors, warnings; /* all of them */
    struct hg_tally_kind *kinds;
    size_t n, cap;
} hg_tally;

/* Count a finding, and pass it on unless max of its kind (the same code, resource and
 * field) went before it. Its code, resource and field must outlive the tally. HG_ENOMEM,
 * or what take returns. */
hg_status hg_tally_add(hg_tally *tally, const hg_finding *finding, hg_err *err);

/* Whether hg_tally_add() would pass it on: its value and its arguments matter. */
bool hg_tally_wants(const hg_tally *tally, const hg_finding *finding);

/* Count more of a finding's kind that are told nowhere. HG_ENOMEM. */
hg_status hg_tally_more(hg_tally *tally, const hg_finding *like, uint64_t more, hg_err *err);

/* Give those of rows that were not passed on: of each kind one like them, and how many. */
typedef hg_status hg_take_more(void *user, const hg_finding *like, uint64_t more,
                               hg_err *err);
hg_status hg_tally_rest(const hg_tally *tally, hg_take_more *take, void *user, hg_err *err);

/* For each kind that was cut short, pass on one finding that says how many there are; it
 * is not counted itself. */
hg_status hg_tally_end(hg_tally *tally, hg_err *err);
void hg_tally_release(hg_tally *tally);

#endif
