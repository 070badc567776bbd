/* addresses.h - which file an address on the web leads to, and which address a file has:
 * nothing is fetched. */
#ifndef HG_DATASET_ADDRESSES_H
#define HG_DATASET_ADDRESSES_H

#include "json/json.h"

typedef struct hg_addresses hg_addresses;

/*
 * base is the address for which folder stands: what lies below the one lies below the
 * other. NULL: files have file: addresses alone. Paths that are given start from folder,
 * where they lie below it. HG_EARG: base is no absolute address; HG_EINPUT: there is no
 * such folder; HG_ENOMEM. The caller frees *out.
 */
hg_status hg_addresses_new(hg_addresses **out, const char *base, const char *folder,
                           hg_err *err);
void hg_addresses_free(hg_addresses *addresses); /* NULL is fine */

/* Append the address of a file: below base, or a file: address. HG_ENOMEM. */
hg_status hg_addresses_of(hg_buf *out, const hg_addresses *addresses, const char *path,
                          hg_err *err);
/* The file that an address leads to, whether it is there or not, a query and a fragment
 * left off; *path is NULL where it is none of ours. HG_ENOMEM. The caller frees *path. */
hg_status hg_addresses_path(char **path, const hg_addresses *addresses,
                            const char *address, hg_err *err);

/* Append what ref means where base is, in the normal form of RFC 3986, 6.2: scheme and
 * host in lower case, a port left out where it is the scheme's own, escapes of plain
 * characters undone,
 * "." and ".." worked out. */
void hg_address_resolve(hg_buf *out, const char *base, const char *ref);

/* Do both lead to the same file, or are they the same but for a fragment? */
bool hg_addresses_same(const hg_addresses *addresses, const char *a, const char *b);

#endif
