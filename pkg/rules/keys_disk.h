/* keys_disk.h - inside rules/keys: entries that memory is too small for, in files, where they
 * are found by their digest. */
#ifndef HG_RULES_KEYS_DISK_H
#define HG_RULES_KEYS_DISK_H

#include "base/scratch.h"
#include "rules/hash.h"

#define HG_KEY_ROW_BITS 40

/* 64 and 24 bits of a digest, and the row that had it first. */
typedef struct hg_key_entry {
    uint64_t a;
    uint64_t rest; /* 24 bits of b, and below them the row; 0: empty */
} hg_key_entry;

#define HG_KEY_RUNS 16 /* more are made one */

/* Runs of entries, each in the order of a: as digests are even, what is looked for stands about
 * where its a tells, and is read at once. Begins with the folder in disk.tmp, all else 0. */
typedef struct hg_key_runs {
    hg_scratch disk;
    struct {
        uint64_t at, n; /* bytes; entries */
    } runs[HG_KEY_RUNS];
    unsigned n;
} hg_key_runs;

/* Begin a run, and put entries whose a does not fall. HG_ESYS, HG_ENOMEM. */
hg_status hg_key_runs_begin(hg_key_runs *runs, hg_err *err);
hg_status hg_key_runs_put(hg_key_runs *runs, const hg_key_entry *entries, size_t n,
                          hg_err *err);
/* The first row that has a digest; 0: none. For several threads at once. HG_ESYS. */
hg_status hg_key_runs_find(const hg_key_runs *runs, hg_hash hash, uint64_t *row, hg_err *err);
void hg_key_runs_release(hg_key_runs *runs);

static inline uint64_t hg_key_rest(hg_hash hash, uint64_t row)
{
    return hash.b << HG_KEY_ROW_BITS | row;
}

static inline uint64_t hg_key_row(const hg_key_entry *entry)
{
    return entry->rest & (((uint64_t)1 << HG_KEY_ROW_BITS) - 1);
}

static inline bool hg_key_is(const hg_key_entry *entry, hg_hash hash)
{
    return entry->a == hash.a &&
           (entry->rest ^ hg_key_rest(hash, 0)) >> HG_KEY_ROW_BITS == 0;
}

#endif
