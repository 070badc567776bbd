/* scratch - a nameless file that takes what memory is too small for */
#include "base/scratch.h"
#include "base/file.h"

#include <errno.h>
#include <unistd.h>

hg_status hg_scratch_put(hg_scratch *scratch, const void *bytes, size_t n, hg_err *err)
{
    hg_status st = scratch->size > 0 || n == 0
                       ? HG_OK
                       : hg_file_unnamed(&scratch->fd, scratch->tmp, err);
    if (st != HG_OK)
        return st;
    st = hg_file_write(scratch->fd, scratch->tmp, bytes, n, err);
    scratch->size += n;
    return st;
}

hg_status hg_scratch_read(const hg_scratch *scratch, uint64_t at, void *to, size_t n,
                          hg_err *err)
{
    char *p = to;
    while (n > 0) {
        ssize_t got = pread(scratch->fd, p, n, (off_t)at);
        if (got == 0 || (got < 0 && errno != EINTR))
            return hg_fail_sys(err, HG_AT(scratch->tmp), "cannot read the file");
        if (got < 0)
            continue;
        p += got;
        at += (uint64_t)got;
        n -= (size_t)got;
    }
    return HG_OK;
}

void hg_scratch_release(hg_scratch *scratch)
{
    if (scratch->size > 0)
        close(scratch->fd);
    scratch->size = 0;
}
