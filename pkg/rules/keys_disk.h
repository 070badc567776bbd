/* keys_disk.h - inside rules/keys: entries that memory is too small for, in sorted runs,
 * where they are found by their digest. */
#ifndef HG_RULES_KEYS_DISK_H
#define HG_RULES_KEYS_DISK_H

#include "rules/hash.h"
#include "rules/stacks.h"

#define HG_KEY_ROW_BITS 40

/* 64 and 24 bits of a digest, and the row that had it first. */
typedef struct hg_key_entry {
    uint64_t a;
    uint64_t rest; /* 24 bits of b, and below them the row; 0: empty */
} hg_key_entry;

/* Entries of which a is not the greater stand first. */
hg_order hg_key_order;

/* The first row that has a digest; 0: none. As digests are even, what is looked for
 * stands about where its a tells. For several threads at once. HG_ESYS. */
hg_status hg_key_find(const hg_stacks *runs, hg_hash hash, uint64_t *row, hg_err *err);

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
