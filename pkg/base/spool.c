/* spool - bytes that are appended, then read at any place */
#include "base/spool.h"
#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PAGE  ((size_t)1 << 16) /* bytes written and read at once */
#define PAGES 64                /* that are kept of the file, each at its number modulo this */

typedef struct page {
    char *bytes;
    uint64_t number; /* + 1; 0: none */
} page;

struct hg_spool {
    const char *tmp;
    size_t memory;
    hg_buf head;  /* the first bytes */
    hg_buf tail;  /* the last ones, not yet a page */
    int fd;       /* what is between; -1: nothing yet */
    uint64_t written;
    page pages[PAGES];
    hg_buf joined; /* what was asked for over the end of a page */
};

hg_status hg_spool_new(hg_spool **out, const char *tmp, size_t memory, hg_err *err)
{
    hg_spool *spool = *out = calloc(1, sizeof *spool);
    if (!spool)
        return hg_fail_nomem(err);
    spool->tmp = tmp;
    spool->memory = memory;
    spool->fd = -1;
    return HG_OK;
}

uint64_t hg_spool_size(const hg_spool *spool)
{
    return spool->head.len + spool->written + spool->tail.len;
}

/* ---- appending ---- */

static hg_status flush(hg_spool *spool, hg_err *err)
{
    hg_status st = HG_OK;
    if (spool->fd < 0)
        st = hg_file_unnamed(&spool->fd, spool->tmp, err);
    if (st == HG_OK)
        st = hg_file_write(spool->fd, spool->tmp, spool->tail.data, PAGE, err);
    if (st != HG_OK)
        return st;
    spool->written += PAGE;
    spool->tail.len = 0;
    return HG_OK;
}

hg_status hg_spool_put(hg_spool *spool, const void *bytes, size_t n, hg_err *err)
{
    const char *p = bytes ? bytes : "";
    size_t left = spool->memory - spool->head.len, take = n < left ? n : left;
    if (take > 0)
        hg_buf_put(&spool->head, p, take);
    hg_status st = hg_buf_status(&spool->head, err);
    if (st == HG_OK && take < n && !spool->tmp)
        return hg_fail(err, HG_EINPUT, NULL, "too much for memory, and no folder for the rest");
    for (p += take, n -= take; n > 0 && st == HG_OK; p += take, n -= take) {
        take = PAGE - spool->tail.len < n ? PAGE - spool->tail.len : n;
        hg_buf_put(&spool->tail, p, take);
        st = hg_buf_status(&spool->tail, err);
        if (st == HG_OK && spool->tail.len == PAGE)
            st = flush(spool, err);
    }
    return st;
}

/* ---- reading ---- */

static hg_status read_page(const hg_spool *spool, page *to, uint64_t number, hg_err *err)
{
    size_t got = 0;
    while (got < PAGE) {
        ssize_t n = pread(spool->fd, to->bytes + got, PAGE - got,
                          (off_t)(number * PAGE + got));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return hg_fail_sys(err, HG_AT(spool->tmp), "cannot read the file");
        got += (size_t)n;
    }
    to->number = number + 1;
    return HG_OK;
}

/* Give as many of n bytes as stand together at a place, at least one; 0: it fails. */
static size_t piece(hg_spool *spool, uint64_t at, size_t n, const char **bytes, hg_err *err)
{
    size_t have;
    if (at < spool->head.len) {
        *bytes = spool->head.data + at;
        have = spool->head.len - (size_t)at;
    } else if ((at -= spool->head.len) >= spool->written) {
        *bytes = spool->tail.data + (at - spool->written);
        have = spool->tail.len - (size_t)(at - spool->written);
    } else {
        page *in = &spool->pages[at / PAGE % PAGES];
        if (!in->bytes && !(in->bytes = malloc(PAGE)))
            return hg_fail_nomem(err), 0;
        if (in->number != at / PAGE + 1 && read_page(spool, in, at / PAGE, err) != HG_OK)
            return in->number = 0, 0;
        *bytes = in->bytes + at % PAGE;
        have = PAGE - at % PAGE;
    }
    return have < n ? have : n;
}

hg_status hg_spool_at(hg_spool *spool, uint64_t at, size_t n, const char **bytes,
                      hg_err *err)
{
    *bytes = "";
    size_t have = n > 0 ? piece(spool, at, n, bytes, err) : n;
    if (have == n)
        return HG_OK;
    hg_buf_clear(&spool->joined);
    for (const char *p = *bytes; have > 0;) {
        hg_buf_put(&spool->joined, p, have);
        at += have;
        n -= have;
        have = n > 0 ? piece(spool, at, n, &p, err) : 0;
    }
    *bytes = spool->joined.data;
    return n > 0 ? err->status : hg_buf_status(&spool->joined, err);
}

const char *hg_spool_peek(const hg_spool *spool, uint64_t at, size_t n)
{
    return at + n <= spool->head.len ? spool->head.data + at : NULL;
}

void hg_spool_free(hg_spool *spool)
{
    if (!spool)
        return;
    for (size_t i = 0; i < PAGES; i++)
        free(spool->pages[i].bytes);
    if (spool->fd >= 0)
        close(spool->fd);
    hg_buf_release(&spool->head);
    hg_buf_release(&spool->tail);
    hg_buf_release(&spool->joined);
    free(spool);
}
