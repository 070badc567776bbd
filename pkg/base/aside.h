/* aside.h - the digest of a long text, taken on a thread of its own while the caller does
 * something else with the same bytes. */
#ifndef HG_BASE_ASIDE_H
#define HG_BASE_ASIDE_H

#include "base/digest.h"

typedef struct hg_aside hg_aside;

/* SHA-256. No thread is started before the second piece put aside. HG_ENOMEM; *out is then NULL. */
hg_status hg_aside_new(hg_aside **out, hg_err *err);
/* Put a piece of the text. The bytes stay as they are until the next call returns; those
 * of the piece before are done with then. A piece of none waits for them. HG_ENOMEM. */
hg_status hg_aside_put(hg_aside *aside, const void *bytes, size_t n, hg_err *err);
/* Put a piece that may change when this returns: it is digested by the caller's thread. */
void hg_aside_put_now(hg_aside *aside, const void *bytes, size_t n);
/* Give the digest of all pieces, and begin anew. */
void hg_aside_hex(hg_aside *aside, char hex[HG_DIGEST_HEX]);
void hg_aside_free(hg_aside *aside); /* NULL is fine; waits for the piece put last */

#endif
