/* gzip.h - bytes out of gzip files (RFC 1952), several members one after the other too.
 */
#ifndef HG_CONTAINER_GZIP_H
#define HG_CONTAINER_GZIP_H

#include "container/deflate.h"

typedef struct hg_gzip_in hg_gzip_in;

bool hg_gzip_is(hg_slice start); /* whether bytes start like a member */

/* Inflate what fd holds from its offset on; the caller keeps fd and name. HG_ENOMEM. */
hg_status hg_gzip_in_new(hg_gzip_in **out, int fd, const char *name, hg_err *err);
/* Give up to n bytes; *got is 0 only at the end of the last member and of the input.
 * HG_EINPUT: cut off, damaged, followed by something else; HG_ESYS. */
hg_status hg_gzip_in_read(hg_gzip_in *gzip, void *bytes, size_t n, size_t *got,
                          hg_err *err);
void hg_gzip_in_free(hg_gzip_in *gzip); /* NULL is fine */

#endif
