/* zip - write a zip; section numbers are those of APPNOTE.TXT 6.3.10 */
#include "container/zip.h"
#include "base/file.h"
#include "base/workers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Bytes compressed apart. Smaller ones share more evenly among threads, larger ones lose
 * fewer bytes at their ends; the value decides the bytes of the zip. */
#define BLOCK ((size_t)1 << 20)
#define SAMPLE                                                                           \
    ((size_t)1 << 16) /* bytes that tell whether a long member gets smaller              \
                       */

#define MAX32 UINT32_MAX /* this and more stand in fields of 8 bytes: 4.5.3 */
#define MAX16 UINT16_MAX
/* From this length on a member has room for 8 bytes, since its deflated form may be
 * longer than itself by some bytes a block. */
#define LONG (MAX32 - ((uint64_t)1 << 24))

enum { STORED = 0, DEFLATED = 8 };         /* 4.4.5 */
enum { SIZES_FOLLOW = 8, UTF8 = 1 << 11 }; /* flags: 4.4.4 */
enum { VERSION = 45 };                     /* needed for 8-byte fields: 4.4.3 */
enum { UNIX = 3 << 8 };                    /* what the attributes below mean: 4.4.2 */
enum { DATE_1980 = (1 << 5) + 1 };         /* 1980-01-01 as MS-DOS has it: 4.4.6 */
#define MODE_0644 (0100644u << 16)         /* a regular file */

/* What the directory tells of a member. */
typedef struct entry {
    char *name;
    uint64_t size, packed, offset;
    uint32_t crc;
    uint16_t method, flags;
} entry;

/* A block on its way: read, then compressed on some thread, then written. */
typedef struct block {
    hg_deflate *deflate;
    size_t entry;
    bool first, last;         /* of its member */
    size_t window, n, packed; /* bytes */
    uint32_t crc;             /* of n bytes */
    unsigned char *bytes;     /* the window, then the block itself */
    unsigned char *to;
} block;

struct hg_zip_out {
    int fd;
    char *name;
    hg_status status; /* the first failure */
    uint64_t offset;  /* bytes written */
    hg_buf head;      /* a header to be written */
    entry *entries;
    size_t n, room;
    hg_workers *workers; /* NULL: the caller compresses */
    block *blocks; /* a ring: given ones from out on, the next to be filled at fill */
    size_t most, given, taken;
    uint64_t come; /* bytes of the last member */
    bool dense;    /* it does not get smaller: it is stored, once all of it is there */
    unsigned char tail[HG_DEFLATE_WINDOW]; /* the last bytes read of a member */
};

/* ---- fields, all little-endian: 4.4.1 ---- */

static void put(hg_buf *buf, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        hg_buf_putc(buf, (char)(unsigned char)(value >> (8 * i)));
}

static uint64_t cap32(uint64_t value)
{
    return value < MAX32 ? value : MAX32;
}

static bool is_ascii(const char *name)
{
    for (; *name; name++)
        if ((unsigned char)*name > 127)
            return false;
    return true;
}

/* The fields that the local header and the directory have in common: 4.3.7 from "version
 * needed to extract" to "extra field length". */
static void put_common(hg_buf *buf, const entry *e, uint32_t crc, uint64_t packed,
                       uint64_t size, size_t extra)
{
    put(buf, VERSION, 2);
    put(buf, e->flags, 2);
    put(buf, e->method, 2);
    put(buf, 0, 2); /* midnight */
    put(buf, DATE_1980, 2);
    put(buf, crc, 4);
    put(buf, packed, 4);
    put(buf, size, 4);
    put(buf, strlen(e->name), 2);
    put(buf, extra, 2);
}

/* 4.3.7. Where the sizes follow, the header has zeros, and in the extra field of a long
 * member: that it is there tells that they follow as 8 bytes each. */
static void put_local(hg_buf *buf, const entry *e)
{
    bool follow = e->flags & SIZES_FOLLOW, wide = e->size >= LONG;
    uint64_t size = follow ? 0 : e->size, packed = follow ? 0 : e->packed;
    put(buf, 0x04034b50, 4);
    put_common(buf, e, follow ? 0 : e->crc, wide ? MAX32 : packed, wide ? MAX32 : size,
               wide ? 20 : 0);
    hg_buf_puts(buf, e->name);
    if (wide) {
        put(buf, 1, 2);
        put(buf, 16, 2);
        put(buf, size, 8);
        put(buf, packed, 8);
    }
}

/* 4.3.9 */
static void put_sizes(hg_buf *buf, const entry *e)
{
    int wide = e->size >= LONG ? 8 : 4;
    put(buf, 0x08074b50, 4);
    put(buf, e->crc, 4);
    put(buf, e->packed, wide);
    put(buf, e->size, wide);
}

/* 4.3.12; the extra field has those values only that do not fit: 4.5.3. */
static void put_directory(hg_buf *buf, const entry *e)
{
    const uint64_t values[] = { e->size, e->packed, e->offset };
    size_t wide = 0;
    for (size_t i = 0; i < 3; i++)
        wide += values[i] >= MAX32;
    put(buf, 0x02014b50, 4);
    put(buf, UNIX | VERSION, 2);
    put_common(buf, e, e->crc, cap32(e->packed), cap32(e->size), wide ? 4 + 8 * wide : 0);
    put(buf, 0, 6); /* no comment, disk 0, no internal attributes */
    put(buf, MODE_0644, 4);
    put(buf, cap32(e->offset), 4);
    hg_buf_puts(buf, e->name);
    if (wide == 0)
        return;
    put(buf, 1, 2);
    put(buf, 8 * wide, 2);
    for (size_t i = 0; i < 3; i++)
        if (values[i] >= MAX32)
            put(buf, values[i], 8);
}

/* 4.3.14 to 4.3.16: the end for many or large members where needed, then the usual one.
 */
static void put_end(hg_buf *buf, uint64_t n, uint64_t start, uint64_t end)
{
    uint64_t many = n < MAX16 ? n : MAX16;
    if (n >= MAX16 || start >= MAX32 || end - start >= MAX32) {
        put(buf, 0x06064b50, 4);
        put(buf, 44, 8); /* bytes that follow */
        put(buf, UNIX | VERSION, 2);
        put(buf, VERSION, 2);
        put(buf, 0, 8); /* disk 0, twice */
        put(buf, n, 8);
        put(buf, n, 8);
        put(buf, end - start, 8);
        put(buf, start, 8);
        put(buf, 0x07064b50, 4);
        put(buf, 0, 4);
        put(buf, end, 8);
        put(buf, 1, 4); /* disks */
    }
    put(buf, 0x06054b50, 4);
    put(buf, 0, 4);
    put(buf, many, 2);
    put(buf, many, 2);
    put(buf, cap32(end - start), 4);
    put(buf, cap32(start), 4);
    put(buf, 0, 2); /* no comment */
}

/* ---- writing ---- */

static hg_status write_bytes(hg_zip_out *zip, const void *bytes, size_t n, hg_err *err)
{
    hg_status st = hg_file_write(zip->fd, zip->name, bytes, n, err);
    zip->offset += n;
    return st;
}

static hg_status write_head(hg_zip_out *zip, hg_err *err)
{
    hg_status st = hg_buf_status(&zip->head, err);
    if (st == HG_OK && zip->head.len > 0)
        st = write_bytes(zip, zip->head.data, zip->head.len, err);
    hg_buf_clear(&zip->head);
    return st;
}

/* A member of one block is known whole before its header is written. */
static const void *choose_form(entry *e, const block *b)
{
    bool smaller = b->packed < b->n;
    e->method = smaller ? DEFLATED : STORED;
    e->packed = smaller ? b->packed : b->n;
    return smaller ? b->to : b->bytes + b->window;
}

/* Write the block whose turn it is. */
static hg_status write_block(hg_zip_out *zip, const block *b, hg_err *err)
{
    entry *e = &zip->entries[b->entry];
    const void *bytes = b->to;
    size_t n = b->packed;
    e->crc = b->first ? b->crc : hg_crc32_join(e->crc, b->crc, b->n);
    if (b->first && b->last) {
        bytes = choose_form(e, b);
        n = (size_t)e->packed;
    } else {
        e->packed += n;
    }
    if (b->first) {
        e->offset = zip->offset;
        put_local(&zip->head, e);
    }
    hg_status st = write_head(zip, err);
    if (st == HG_OK)
        st = write_bytes(zip, bytes, n, err);
    if (b->last && !b->first)
        put_sizes(&zip->head, e);
    return st == HG_OK ? write_head(zip, err) : st;
}

static hg_status take_block(hg_zip_out *zip, hg_err *err)
{
    const block *b = &zip->blocks[zip->taken++ % zip->most];
    if (zip->workers)
        hg_workers_take(zip->workers); /* the same block: they come back in order */
    return write_block(zip, b, err);
}

/* Write all that is on its way. */
static hg_status drain(hg_zip_out *zip, hg_err *err)
{
    hg_status st = HG_OK;
    while (st == HG_OK && zip->taken < zip->given)
        st = take_block(zip, err);
    return st;
}

/* ---- reading and compressing ---- */

/* What the threads do. */
static void compress(void *job)
{
    block *b = job;
    const unsigned char *bytes = b->bytes + b->window;
    b->crc = hg_crc32(0, bytes, b->n);
    b->packed = hg_deflate_block(b->deflate, (hg_slice){ (char *)b->bytes, b->window },
                                 bytes, b->n, b->last, b->to);
}

static hg_status read_bytes(int fd, const char *path, void *bytes, size_t n, hg_err *err)
{
    size_t got;
    hg_status st = hg_file_read(fd, path, bytes, n, &got, err);
    if (st == HG_OK && got < n)
        return hg_fail(err, HG_EINPUT, HG_AT(path), "the file changed while it was read");
    return st;
}

/* Keep the window that the block after b refers to. */
static void keep_tail(hg_zip_out *zip, const block *b)
{
    size_t n = b->window + b->n < sizeof zip->tail ? b->window + b->n : sizeof zip->tail;
    memcpy(zip->tail, b->bytes + b->window + b->n - n, n);
}

static block *filling(const hg_zip_out *zip)
{
    return &zip->blocks[zip->given % zip->most];
}

/* Begin the block of the member that starts with its byte from. */
static hg_status begin_block(hg_zip_out *zip, uint64_t from, hg_err *err)
{
    hg_status st = zip->given - zip->taken == zip->most ? take_block(zip, err) : HG_OK;
    block *b = filling(zip);
    b->entry = zip->n - 1;
    b->first = from == 0;
    b->n = 0;
    b->window = b->first ? 0 : sizeof zip->tail;
    memcpy(b->bytes, zip->tail, b->window);
    return st;
}

/* Whether the start of a long member gets smaller by less than a thirty-second. */
static bool is_dense(const block *b)
{
    return hg_deflate_block(b->deflate, (hg_slice){ NULL, 0 }, b->bytes, SAMPLE, true,
                            b->to) > SAMPLE - SAMPLE / 32;
}

/* The block is full, or the member's last one: let a thread compress it. */
static hg_status end_block(hg_zip_out *zip, hg_err *err)
{
    entry *e = &zip->entries[zip->n - 1];
    block *b = filling(zip);
    zip->dense = b->first && e->size > BLOCK && is_dense(b);
    if (zip->dense)
        return HG_OK;
    b->last = zip->come == e->size;
    keep_tail(zip, b);
    if (zip->workers)
        hg_workers_give(zip->workers, b);
    else
        compress(b);
    zip->given++;
    return b->last ? HG_OK : begin_block(zip, zip->come, err);
}

/* Room for the bytes of the member that come next, up to *n, which is made smaller. */
static void *room(const hg_zip_out *zip, size_t *n)
{
    const block *b = filling(zip);
    if (BLOCK - b->n < *n)
        *n = BLOCK - b->n;
    return b->bytes + b->window + b->n;
}

/* n bytes were put into the room. */
static hg_status come(hg_zip_out *zip, size_t n, hg_err *err)
{
    block *b = filling(zip);
    b->n += n;
    zip->come += n;
    return b->n == BLOCK || zip->come == zip->entries[zip->n - 1].size ? end_block(zip, err)
                                                                       : HG_OK;
}

/* ---- members stored as they are ---- */

/* Go over a file's bytes, in a block that is free now; with out, write them. */
static hg_status pass(hg_zip_out *zip, int fd, const char *path, bool out, hg_err *err)
{
    entry *e = &zip->entries[zip->n - 1];
    unsigned char *bytes = zip->blocks[0].bytes;
    hg_status st = lseek(fd, 0, SEEK_SET) == 0
                       ? HG_OK
                       : hg_fail_sys(err, HG_AT(path), "cannot read the file");
    uint32_t crc = 0;
    for (uint64_t left = e->size; st == HG_OK && left > 0;) {
        size_t n = left < BLOCK ? (size_t)left : BLOCK;
        st = read_bytes(fd, path, bytes, n, err);
        crc = hg_crc32(crc, bytes, n);
        if (st == HG_OK && out)
            st = write_bytes(zip, bytes, n, err);
        left -= n;
    }
    if (st == HG_OK && out && crc != e->crc)
        st = hg_fail(err, HG_EINPUT, HG_AT(path), "the file changed while it was read");
    e->crc = crc;
    return st;
}

/* The header tells the checksum, so the bytes are gone over twice: readers of a pipe
 * cannot find the end of stored bytes whose size follows. */
static hg_status add_stored(hg_zip_out *zip, int fd, const char *path, hg_err *err)
{
    entry *e = &zip->entries[zip->n - 1];
    hg_status st = drain(zip, err);
    if (st == HG_OK)
        st = pass(zip, fd, path, false, err);
    e->method = STORED;
    e->flags &= (uint16_t)~SIZES_FOLLOW;
    e->packed = e->size;
    e->offset = zip->offset;
    put_local(&zip->head, e);
    if (st == HG_OK)
        st = write_head(zip, err);
    return st == HG_OK ? pass(zip, fd, path, true, err) : st;
}

/* ---- members ---- */

static hg_status add_entry(hg_zip_out *zip, const char *member, uint64_t size,
                           hg_err *err)
{
    if (strlen(member) > MAX16)
        return hg_fail(err, HG_EARG, HG_AT(zip->name),
                       "a name in a zip is longer than %d bytes", MAX16);
    if (zip->n == zip->room) {
        size_t room = zip->room ? 2 * zip->room : 16;
        entry *more = realloc(zip->entries, room * sizeof *more);
        if (!more)
            return hg_fail_nomem(err);
        zip->entries = more;
        zip->room = room;
    }
    char *name = strdup(member);
    if (!name)
        return hg_fail_nomem(err);
    zip->entries[zip->n++] =
        (entry){ .name = name, .size = size, .flags = is_ascii(name) ? 0 : UTF8 };
    return HG_OK;
}

hg_status hg_zip_out_begin(hg_zip_out *zip, const char *member, uint64_t size, hg_err *err)
{
    if (zip->status == HG_OK)
        zip->status = add_entry(zip, member, size, err);
    if (zip->status != HG_OK)
        return zip->status;
    entry *e = &zip->entries[zip->n - 1];
    e->method = DEFLATED;
    e->flags |= size > BLOCK ? SIZES_FOLLOW : 0;
    zip->come = 0;
    zip->dense = false;
    zip->status = begin_block(zip, 0, err);
    if (zip->status == HG_OK && size == 0)
        zip->status = end_block(zip, err);
    return zip->status;
}

/* Whether bytes of the member that are to come are wanted now. */
static bool wants_more(const hg_zip_out *zip)
{
    return zip->status == HG_OK && !zip->dense &&
           zip->come < zip->entries[zip->n - 1].size;
}

hg_status hg_zip_out_put(hg_zip_out *zip, const void *bytes, size_t n, hg_err *err)
{
    for (const char *from = bytes; n > 0 && wants_more(zip);) {
        size_t some = n;
        void *to = room(zip, &some);
        memcpy(to, from, some);
        zip->status = come(zip, some, err);
        from += some;
        n -= some;
    }
    return zip->status;
}

hg_status hg_zip_out_close(hg_zip_out *zip, int fd, const char *path, hg_err *err)
{
    if (zip->status == HG_OK && zip->dense)
        zip->status = add_stored(zip, fd, path, err);
    return zip->status;
}

hg_status hg_zip_out_add(hg_zip_out *zip, const char *member, int fd, const char *path,
                         uint64_t size, hg_err *err)
{
    hg_zip_out_begin(zip, member, size, err);
    while (wants_more(zip)) {
        uint64_t left = size - zip->come;
        size_t n = left < BLOCK ? (size_t)left : BLOCK;
        void *to = room(zip, &n);
        zip->status = read_bytes(fd, path, to, n, err);
        if (zip->status == HG_OK)
            zip->status = come(zip, n, err);
    }
    return hg_zip_out_close(zip, fd, path, err);
}

static hg_status copy_bytes(hg_zip_out *zip, const hg_zip *from,
                            const hg_zip_packed *packed, hg_err *err)
{
    unsigned char *bytes = zip->blocks[0].bytes; /* free, since nothing is on its way */
    hg_status st = HG_OK;
    for (uint64_t done = 0; st == HG_OK && done < packed->packed;) {
        uint64_t left = packed->packed - done;
        size_t n = left < BLOCK ? (size_t)left : BLOCK;
        st = hg_zip_fetch(from, packed->at + done, bytes, n, err);
        if (st == HG_OK)
            st = write_bytes(zip, bytes, n, err);
        done += n;
    }
    return st;
}

static hg_status copy(hg_zip_out *zip, const hg_zip *from, size_t i, hg_err *err)
{
    hg_zip_packed packed;
    hg_status st = hg_zip_locate(from, i, &packed, err);
    if (st == HG_OK)
        st = add_entry(zip, hg_zip_member(from, i), packed.size, err);
    if (st == HG_OK)
        st = drain(zip, err);
    if (st != HG_OK)
        return st;
    entry *e = &zip->entries[zip->n - 1];
    e->method = packed.method;
    e->packed = packed.packed;
    e->crc = packed.crc;
    e->offset = zip->offset;
    put_local(&zip->head, e);
    st = write_head(zip, err);
    return st == HG_OK ? copy_bytes(zip, from, &packed, err) : st;
}

hg_status hg_zip_out_copy(hg_zip_out *zip, const hg_zip *from, size_t i, hg_err *err)
{
    if (zip->status == HG_OK)
        zip->status = copy(zip, from, i, err);
    return zip->status;
}

static hg_status write_directory(hg_zip_out *zip, hg_err *err)
{
    hg_status st = HG_OK;
    uint64_t start = zip->offset;
    for (size_t i = 0; st == HG_OK && i < zip->n; i++) {
        put_directory(&zip->head, &zip->entries[i]);
        if (zip->head.len >= BLOCK)
            st = write_head(zip, err);
    }
    if (st == HG_OK)
        st = write_head(zip, err);
    put_end(&zip->head, zip->n, start, zip->offset);
    return st == HG_OK ? write_head(zip, err) : st;
}

hg_status hg_zip_out_end(hg_zip_out *zip, hg_err *err)
{
    if (zip->status == HG_OK)
        zip->status = drain(zip, err);
    if (zip->status == HG_OK)
        zip->status = write_directory(zip, err);
    return zip->status;
}

/* ---- the zip as a whole ---- */

static hg_status new_blocks(hg_zip_out *zip, hg_deflate_kind kind, hg_err *err)
{
    zip->blocks = calloc(zip->most, sizeof *zip->blocks);
    if (!zip->blocks)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < zip->most; i++) {
        block *b = &zip->blocks[i];
        b->bytes = malloc(HG_DEFLATE_WINDOW + BLOCK);
        b->to = malloc(hg_deflate_bound(BLOCK));
        if (!b->bytes || !b->to)
            return hg_fail_nomem(err);
        hg_status st = hg_deflate_new(&b->deflate, kind, err);
        if (st != HG_OK)
            return st;
    }
    return HG_OK;
}

hg_status hg_zip_out_new(hg_zip_out **out, int fd, const char *name, hg_deflate_kind kind,
                         unsigned threads, hg_err *err)
{
    hg_zip_out *zip = calloc(1, sizeof *zip);
    *out = NULL;
    if (!zip || !(zip->name = strdup(name))) {
        free(zip);
        return hg_fail_nomem(err);
    }
    zip->fd = fd;
    if (threads == 0)
        threads = hg_workers_processors();
    if (threads > HG_WORKERS_THREADS)
        threads = HG_WORKERS_THREADS;
    zip->most = threads > 1 ? threads + 2 : 1; /* one is being read, one waits to be written */
    hg_status st = new_blocks(zip, kind, err);
    if (st == HG_OK && threads > 1)
        st = hg_workers_new(&zip->workers, threads, zip->most, compress, err);
    if (st == HG_OK)
        *out = zip;
    else
        hg_zip_out_free(zip);
    return st;
}

void hg_zip_out_free(hg_zip_out *zip)
{
    if (!zip)
        return;
    hg_workers_free(zip->workers); /* first: its threads use the blocks */
    for (size_t i = 0; zip->blocks && i < zip->most; i++) {
        hg_deflate_free(zip->blocks[i].deflate);
        free(zip->blocks[i].bytes);
        free(zip->blocks[i].to);
    }
    for (size_t i = 0; i < zip->n; i++)
        free(zip->entries[i].name);
    free(zip->blocks);
    free(zip->entries);
    hg_buf_release(&zip->head);
    free(zip->name);
    free(zip);
}
