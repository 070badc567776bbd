/* unzip - read a zip by the names of its members */
#include "container/unzip.h"
#include "base/workers.h"
#include "container/unzip_list.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STORED = 0, DEFLATED = 8 }; /* 4.4.5 compression method */

#define AHEAD 8                   /* blocks that are inflated ahead */
#define LARGE ((uint64_t)1 << 20) /* bytes from which on a thread is worth its start */
#define LOCAL 30                  /* bytes of a local header before its name, 4.3.7 */

/* The member that is read, in order, by one thread at a time. */
typedef struct reading {
    const hg_zip *zip;
    const hg_zip_entry *entry;
    hg_inflate *inflate;
    uint64_t at, left; /* its compressed bytes that are not read yet */
    uint64_t got;      /* inflated so far */
    uint32_t crc;
    hg_slice in; /* read and not yet inflated */
    bool over;   /* deflate says that this was all */
    char *bytes; /* HG_ZIP_BLOCK of them */
} reading;

/* A piece of it, filled by the thread. */
typedef struct block {
    reading *of;
    hg_status status;
    hg_err err;
    size_t n;
    char bytes[HG_ZIP_BLOCK];
} block;

struct hg_zip {
    char *name;
    int fd;
    hg_zip_list list;
    uint64_t max; /* bytes of the member that is read */
    reading *reading;
    hg_workers *workers; /* NULL: it is small */
    block *blocks;       /* AHEAD of them, or one */
    size_t n_blocks;
    block *given;     /* to the caller; NULL: none */
    hg_status status; /* once it is not HG_OK it stays, until another is entered */
};

hg_status hg_zip_open(hg_zip **out, int fd, const char *name, hg_err *err)
{
    hg_zip *zip = *out = calloc(1, sizeof *zip);
    if (!zip)
        return hg_fail_nomem(err);
    zip->fd = fd;
    zip->status = HG_END;
    zip->name = strdup(name);
    hg_status st =
        zip->name ? hg_zip_list_read(&zip->list, fd, name, err) : hg_fail_nomem(err);
    if (st != HG_OK) {
        hg_zip_free(zip);
        *out = NULL;
    }
    return st;
}

size_t hg_zip_members(const hg_zip *zip)
{
    return zip->list.n;
}

const char *hg_zip_member(const hg_zip *zip, size_t i)
{
    return zip->list.entries[i].name;
}

uint64_t hg_zip_size(const hg_zip *zip, size_t i)
{
    return zip->list.entries[i].size;
}

/* ---- inflating ---- */

static hg_status damaged(const reading *r, const char *format, hg_err *err)
{
    return hg_fail(err, HG_EINPUT, HG_AT(r->zip->name), format, r->entry->name);
}

/* Have compressed bytes in r->in, unless all are read. */
static hg_status refill(reading *r, hg_err *err)
{
    size_t want = r->left < HG_ZIP_BLOCK ? (size_t)r->left : HG_ZIP_BLOCK, got;
    if (r->in.n > 0 || want == 0)
        return HG_OK;
    hg_status st =
        hg_zip_pread(r->zip->fd, r->zip->name, r->at, r->bytes, want, &got, err);
    if (st == HG_OK && got < want)
        st = damaged(r, "%s in the zip is cut off", err);
    r->in = (hg_slice){ r->bytes, got };
    r->at += want;
    r->left -= want;
    return st;
}

static hg_status fill_stored(reading *r, block *b, hg_err *err)
{
    hg_status st = refill(r, err);
    if (st != HG_OK)
        return st;
    if (r->in.n > 0) /* an empty member has no bytes to copy from */
        memcpy(b->bytes, r->in.p, r->in.n);
    b->n = r->in.n;
    r->in.n = 0;
    r->over = r->left == 0;
    return HG_OK;
}

static hg_status fill_deflated(reading *r, block *b, hg_err *err)
{
    while (!r->over && b->n < HG_ZIP_BLOCK) {
        size_t n = 0, before = r->in.n;
        hg_status st = refill(r, err);
        if (st != HG_OK)
            return st;
        switch (hg_inflate_some(r->inflate, &r->in, b->bytes + b->n, HG_ZIP_BLOCK - b->n,
                                &n)) {
        case HG_INFLATE_END: r->over = true; break;
        case HG_INFLATE_MORE: break;
        case HG_INFLATE_DAMAGED:
            return damaged(r, "%s in the zip is damaged: it does not inflate", err);
        }
        b->n += n;
        if (!r->over && n == 0 && before == 0 && r->in.n == 0 && r->left == 0)
            return damaged(r, "%s in the zip is damaged: it does not inflate", err);
    }
    return HG_OK;
}

/* See at the end that all is there, and nothing else. */
static hg_status check_end(const reading *r, hg_err *err)
{
    if (r->got != r->entry->size || r->left > 0 || r->in.n > 0)
        return damaged(r, "%s in the zip is damaged: its length is another", err);
    if (r->crc != r->entry->crc)
        return damaged(r, "%s in the zip is damaged: its checksum is another", err);
    return HG_OK;
}

/* Fill a block; without a byte, it says how the member ends. */
static void fill(void *job)
{
    block *b = job;
    reading *r = b->of;
    hg_err *err = &b->err;
    b->n = 0;
    *err = (hg_err)HG_ERR_INIT;
    b->status =
        r->entry->method == STORED ? fill_stored(r, b, err) : fill_deflated(r, b, err);
    if (b->status != HG_OK)
        return;
    r->got += b->n;
    r->crc = hg_crc32(r->crc, b->bytes, b->n);
    if (r->got > r->entry->size)
        b->status = damaged(r, "%s in the zip is damaged: its length is another", err);
    else if (r->over)
        b->status = check_end(r, err);
    if (b->status == HG_OK && b->n == 0)
        b->status = HG_END;
}

/* ---- a member ---- */

static void leave(hg_zip *zip)
{
    hg_workers_free(zip->workers);
    zip->workers = NULL;
    zip->given = NULL;
    if (zip->reading) {
        hg_inflate_free(zip->reading->inflate);
        free(zip->reading->bytes);
    }
    free(zip->reading);
    free(zip->blocks);
    zip->reading = NULL;
    zip->blocks = NULL;
}

/* The compressed bytes begin behind a header of their own, 4.3.7. */
static hg_status find_bytes(reading *r, hg_err *err)
{
    unsigned char head[LOCAL];
    size_t got;
    const hg_zip_entry *e = r->entry;
    hg_status st = hg_zip_pread(r->zip->fd, r->zip->name, e->at, head, LOCAL, &got, err);
    if (st != HG_OK)
        return st;
    if (got < LOCAL || memcmp(head, "PK\3\4", 4) != 0)
        return damaged(r, "%s in the zip is damaged: it is not where it should be", err);
    if (head[6] & 1) /* 4.4.4 */
        return damaged(r, "%s in the zip is encrypted", err);
    if (e->method != (head[8] | head[9] * 256u))
        return damaged(r, "%s in the zip is damaged: its header says otherwise", err);
    unsigned name = head[26] | head[27] * 256u, extra = head[28] | head[29] * 256u;
    uint64_t skip = LOCAL + name + extra;
    if (skip > e->end - e->at || e->packed > e->end - e->at - skip)
        return damaged(r, "%s in the zip overlaps what follows it", err);
    r->at = e->at + skip;
    r->left = e->packed;
    return HG_OK;
}

static hg_status begin(hg_zip *zip, const hg_zip_entry *entry, hg_err *err)
{
    bool large = entry->size >= LARGE && hg_workers_processors() > 1;
    zip->n_blocks = large ? AHEAD : 1;
    zip->reading = calloc(1, sizeof *zip->reading);
    zip->blocks = malloc(zip->n_blocks * sizeof *zip->blocks);
    if (!zip->reading || !zip->blocks)
        return hg_fail_nomem(err);
    *zip->reading =
        (reading){ .zip = zip, .entry = entry, .bytes = malloc(HG_ZIP_BLOCK) };
    hg_status st = zip->reading->bytes ? find_bytes(zip->reading, err) : hg_fail_nomem(err);
    if (st == HG_OK && entry->method == DEFLATED)
        st = hg_inflate_new(&zip->reading->inflate, err);
    if (st == HG_OK && large)
        st = hg_workers_new(&zip->workers, 1, AHEAD, fill, err);
    for (size_t i = 0; i < zip->n_blocks; i++)
        zip->blocks[i].of = zip->reading;
    for (size_t i = 0; i < zip->n_blocks && zip->workers; i++)
        hg_workers_give(zip->workers, &zip->blocks[i]);
    return st;
}

hg_status hg_zip_enter(hg_zip *zip, size_t i, uint64_t max, hg_err *err)
{
    const hg_zip_entry *entry = &zip->list.entries[i];
    leave(zip);
    zip->max = max;
    if (entry->size > max)
        return zip->status =
                   hg_fail(err, HG_EINPUT, HG_AT(zip->name),
                           "%s in the zip is longer than the limit of %" PRIu64 " bytes",
                           entry->name, max);
    if (entry->method != STORED && entry->method != DEFLATED)
        return zip->status =
                   hg_fail(err, HG_EINPUT, HG_AT(zip->name),
                           "%s in the zip is compressed in a way that is not read (%u)",
                           entry->name, entry->method);
    return zip->status = begin(zip, entry, err);
}

hg_status hg_zip_load(hg_zip *zip, size_t i, uint64_t max, hg_buf *text, hg_err *err)
{
    const void *bytes;
    size_t n;
    hg_buf_clear(text);
    hg_status st = hg_zip_enter(zip, i, max, err);
    while (st == HG_OK && (st = hg_zip_read(zip, &bytes, &n, err)) == HG_OK)
        hg_buf_put(text, bytes, n);
    return st == HG_END ? hg_buf_status(text, err) : st;
}

hg_status hg_zip_locate(const hg_zip *zip, size_t i, hg_zip_packed *out, hg_err *err)
{
    reading r = { .zip = zip, .entry = &zip->list.entries[i] };
    hg_status st = find_bytes(&r, err);
    *out = (hg_zip_packed){ .at = r.at,
                            .packed = r.entry->packed,
                            .size = r.entry->size,
                            .crc = r.entry->crc,
                            .method = (uint16_t)r.entry->method };
    return st;
}

hg_status hg_zip_fetch(const hg_zip *zip, uint64_t at, void *bytes, size_t n, hg_err *err)
{
    size_t got;
    hg_status st = hg_zip_pread(zip->fd, zip->name, at, bytes, n, &got, err);
    if (st == HG_OK && got < n)
        return hg_fail(err, HG_EINPUT, HG_AT(zip->name),
                       "the file changed while it was read");
    return st;
}

hg_status hg_zip_read(hg_zip *zip, const void **bytes, size_t *n, hg_err *err)
{
    if (zip->status != HG_OK)
        return zip->status;
    block *b = zip->blocks;
    if (zip->workers) {
        if (zip->given)
            hg_workers_give(zip->workers, zip->given);
        b = zip->given = hg_workers_take(zip->workers);
    } else {
        fill(b);
    }
    zip->status = b->status;
    if (b->status != HG_OK && b->status != HG_END && err->status == HG_OK)
        *err = b->err;
    *bytes = b->bytes;
    *n = b->n;
    return b->status;
}

void hg_zip_free(hg_zip *zip)
{
    if (!zip)
        return;
    leave(zip);
    hg_zip_list_release(&zip->list);
    free(zip->name);
    free(zip);
}
