/* keys.h - has this key been seen before? A set of keys and the row that had each first.
 */
#ifndef HG_RULES_KEYS_H
#define HG_RULES_KEYS_H

#include "base/buf.h"

/*
 * A set keeps 88 bits of digests (MurmurHash3 x64_128) in place of keys: 16 bytes an entry
 * in 256 open tables by the digest's first byte, so that growing touches little at a time;
 * with what is empty, at most 24 bytes. Among 10^9 honest keys the chance of one false
 * duplicate is below 2^-28; a key made to collide is reported as a duplicate, never passed
 * over. Rows are below 2^40. Two sets can be joined by adding the entries of one to the
 * other.
 */
typedef struct hg_keys hg_keys;

/* The digest of a key: two 64-bit numbers. */
typedef struct hg_hash {
    uint64_t a, b;
} hg_hash;
hg_hash hg_hash_of(hg_slice key);
/* That of a whole number. Numbers have different ones, and keys that are numbers in rising
 * order are kept as runs of them: a run of neighbours in rows one after the other takes 24
 * bytes in all, and no search. */
hg_hash hg_hash_of_number(int64_t number);

/* Memory that several sets share. */
typedef struct hg_budget {
    size_t max, used; /* bytes */
} hg_budget;

/* Take n bytes, given back by lowering used. HG_EINPUT with the limit in the message. */
hg_status hg_budget_take(hg_budget *budget, size_t n, hg_err *err);

/* budget outlives the set. HG_ENOMEM. */
hg_status hg_keys_new(hg_keys **out, hg_budget *budget, hg_err *err);

/*
 * Add a key that row (not 0) has. *first is another row that had it before, or 0 if there
 * is none. HG_EINPUT: the budget is used up, so that nothing can be said about this row;
 * HG_ENOMEM.
 */
hg_status hg_keys_add(hg_keys *keys, hg_slice key, uint64_t row, uint64_t *first,
                      hg_err *err);

/* Likewise by the key's digest. hg_keys_expect() some keys earlier makes it quicker. */
hg_status hg_keys_add_hash(hg_keys *keys, hg_hash hash, uint64_t row, uint64_t *first,
                           hg_err *err);
void hg_keys_expect(const hg_keys *keys, hg_hash hash);

uint64_t hg_keys_find(const hg_keys *keys,
                      hg_slice key); /* its first row; 0: not there */
size_t hg_keys_count(const hg_keys *keys);
void hg_keys_free(hg_keys *keys); /* NULL is fine */


#endif
