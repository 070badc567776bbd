/* journal - what must be known of the rows of a part before the whole can be judged */
#include "rules/journal.h"
#include "base/pack.h"

#include <stdlib.h>

typedef struct owner {
    hg_replay *replay;
    void *self;
} owner;

struct hg_journal {
    hg_put_record *put;
    void *user;
    owner *owners;
    unsigned n;
    hg_buf record;
};

hg_status hg_journal_new(hg_journal **out, hg_put_record *put, void *user, hg_err *err)
{
    hg_journal *journal = *out = calloc(1, sizeof *journal);
    if (!journal)
        return hg_fail_nomem(err);
    journal->put = put;
    journal->user = user;
    return HG_OK;
}

hg_status hg_journal_join(hg_journal *journal, hg_replay *replay, void *self, unsigned *id,
                          hg_err *err)
{
    if (!journal)
        return HG_OK;
    owner *owners = realloc(journal->owners, (journal->n + 1) * sizeof *owners);
    if (!owners)
        return hg_fail_nomem(err);
    journal->owners = owners;
    owners[journal->n] = (owner){ replay, self };
    *id = journal->n++;
    return HG_OK;
}

bool hg_journal_writes(const hg_journal *journal)
{
    return journal && journal->put;
}

hg_buf *hg_journal_begin(hg_journal *journal, unsigned id)
{
    hg_buf_clear(&journal->record);
    hg_pack_number(&journal->record, id);
    return &journal->record;
}

hg_status hg_journal_end(hg_journal *journal, hg_err *err)
{
    hg_status st = hg_buf_status(&journal->record, err);
    hg_slice record = { journal->record.data, journal->record.len };
    return st == HG_OK ? journal->put(journal->user, record, err) : st;
}

hg_status hg_journal_wrong(hg_err *err)
{
    return hg_fail(err, HG_EINPUT, NULL, "the state holds a record that cannot be");
}

hg_status hg_journal_replay(hg_journal *journal, hg_slice record, hg_before before,
                            hg_err *err)
{
    uint64_t id = hg_unpack_number(&record);
    if (id >= journal->n)
        return hg_journal_wrong(err);
    return journal->owners[id].replay(journal->owners[id].self, record, before, err);
}

void hg_journal_free(hg_journal *journal)
{
    if (!journal)
        return;
    free(journal->owners);
    hg_buf_release(&journal->record);
    free(journal);
}
