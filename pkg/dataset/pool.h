/* pool.h - texts kept once: two that are equal have one address. */
#ifndef HG_DATASET_POOL_H
#define HG_DATASET_POOL_H

#include "base/buf.h"

#define HG_POOL_MAX ((size_t)1 << 26) /* bytes of text that a pool takes */

typedef struct hg_pool hg_pool;

hg_status hg_pool_new(hg_pool **out, hg_err *err); /* HG_ENOMEM */
/* The pool's copy of a text, closed by a NUL; it lives as long as the pool. NULL when
 * memory has run out or the pool is full. */
const char *hg_pool_keep(hg_pool *pool, hg_slice text);
void hg_pool_free(hg_pool *pool); /* NULL is fine */

#endif
