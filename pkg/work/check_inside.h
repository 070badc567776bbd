/* check_inside.h - what the files of work/check share: a check at work. */
#ifndef HG_WORK_CHECK_INSIDE_H
#define HG_WORK_CHECK_INSIDE_H

#include "base/team.h"
#include "delimited/csv.h"
#include "rules/screen.h"
#include "work/check.h"
#include "work/check_split.h"

/* A part that was read, and what a thread saw of it. */
typedef struct slot {
    struct check *check;
    hg_part part;
    hg_buf bytes;
    char *sheet;
    size_t rows;  /* where its first row starts, behind the header */
    size_t valid; /* bytes of it that are UTF-8 */
    hg_task task;
    hg_screened seen;
} slot;

typedef struct check {
    hg_in *in;
    hg_out *out;
    const hg_check_opts *opts;
    hg_check_sum *sum;
    const hg_json *head;
    hg_schema **schemas; /* by resource; NULL where labels make one */
    size_t n;
    hg_budget budget;
    hg_tally tally;
    hg_csv csv;
    hg_team *team;
    slot *slots; /* a ring of those read and not yet checked */
    size_t n_slots, oldest, waiting;
    /* of the table at hand: */
    const char *resource;
    hg_schema *schema, *invented; /* schema is one of schemas, or invented */
    hg_columns columns;
    hg_privacy *privacy;
    hg_table *table;
    hg_split *split;
    hg_screen **screens; /* by thread; the first is NULL where rows are not screened */
    hg_check_sum before; /* sum as it was */
    hg_check_sum found;  /* what extraction found */
} check;

/* ---- what is told (check_found.c) ---- */

/* As tallies call them, of a check: pass a finding on; keep the reason why a row is split
 * off. */
hg_take_finding hg_check_found, hg_check_reason;

/* ---- a part of a table, and its state (check_state.c) ---- */

hg_status hg_check_part_found(const check *c, const hg_finding *finding, hg_err *err);
/* base: what all findings have in common. */
hg_status hg_check_part_begin(check *c, const hg_finding *base, const hg_slice *labels,
                              size_t n, hg_err *err);
hg_status hg_check_part_end(check *c, hg_err *err);

/* ---- tables (check_table.c) ---- */

hg_status hg_check_schemas(check *c, hg_err *err); /* read them */
/* The file that a part comes from. */
const char *hg_check_file(const check *c, const hg_origin *at);
/* Match the header of a table that begins, and make ready for its rows. */
hg_status hg_check_table_begin(check *c, const hg_part *part, const hg_slice *labels,
                               size_t n, hg_err *err);
/* Check what takes all rows of the table at hand, if there is one, and let go of it. */
hg_status hg_check_table_end(check *c, hg_err *err);
void hg_check_table_drop(check *c, unsigned threads);

/* ---- rows of a part (check_rows.c) ---- */

/* See that a part is UTF-8, which plain CSV was looked at for, and screen it: a task of a
 * slot, done by any thread. */
void hg_check_look(void *slot, unsigned worker);
/* Check a part that was looked at, and pass it on. */
hg_status hg_check_slot(check *c, slot *s, hg_err *err);
hg_status hg_check_utf8(const check *c, const slot *s, hg_err *err);
/* A part's place within its table goes into a failure that has none. */
hg_status hg_check_failed(const check *c, hg_status st, hg_err *err);

#endif
