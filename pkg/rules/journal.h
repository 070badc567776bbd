/* journal.h - what must be known of the rows of a part before the whole can be judged.
 *
 * Whatever is judged only once all rows are there (keys, references, sums, series) joins the
 * journal, always in the same order for the same schema and checks. When a part is checked,
 * each writes what it was given instead of keeping it; when parts are merged, each is given
 * all that again, part by part in the order of rows, and is then as if it had seen the whole.
 */
#ifndef HG_RULES_JOURNAL_H
#define HG_RULES_JOURNAL_H

#include "base/buf.h"

/* What the parts before one had. */
typedef struct hg_before {
    uint64_t rows;
    uint32_t places; /* files and sheets (rules/places.h) */
} hg_before;

/* Takes a record back. HG_EINPUT for what is no record of this kind, or what its own taking
 * fails with. */
typedef hg_status hg_replay(void *self, hg_slice record, hg_before before, hg_err *err);

typedef struct hg_journal hg_journal;

/* put writes a record away; NULL: records are taken back by hg_journal_replay(). HG_ENOMEM. */
typedef hg_status hg_put_record(void *user, hg_slice record, hg_err *err);
hg_status hg_journal_new(hg_journal **out, hg_put_record *put, void *user, hg_err *err);

/* Join; *id tells the record's owner. Both are for a journal, or NULL, which has no writing.
 * HG_ENOMEM. */
hg_status hg_journal_join(hg_journal *journal, hg_replay *replay, void *self, unsigned *id,
                          hg_err *err);
bool hg_journal_writes(const hg_journal *journal);

/* Write a record: begin, put into the buffer, end. Fails as put does. */
hg_buf *hg_journal_begin(hg_journal *journal, unsigned id);
hg_status hg_journal_end(hg_journal *journal, hg_err *err);

/* Give a record back to its owner. HG_EINPUT: it has none. */
hg_status hg_journal_replay(hg_journal *journal, hg_slice record, hg_before before,
                            hg_err *err);
hg_status hg_journal_wrong(hg_err *err); /* HG_EINPUT: a record that cannot be */

/* What joined must be gone. NULL is fine. */
void hg_journal_free(hg_journal *journal);

#endif
