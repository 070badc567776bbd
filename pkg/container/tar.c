/* tar - the strict tar of the hg stream. POSIX.1-2008, pax(1), "ustar Interchange
 * Format". */
#include "container/tar.h"
#include "base/file.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK   512
#define BUFFER  ((size_t)64 << 10) /* bytes asked of read(2) at a time */
#define MAX_PAX ((size_t)64 << 10) /* bytes of one entry's attributes */

/* Where the fields of a header stand: offset and length in bytes. */
enum {
    NAME = 0,
    MODE = 100,
    UID = 108,
    GID = 116,
    SIZE = 124,
    MTIME = 136,
    SUM = 148,
    TYPE = 156,
    MAGIC = 257,
    UNAME = 265,
    GNAME = 297,
    PREFIX = 345
};

/* ---- writing ---- */

static unsigned checksum(const char *header)
{
    unsigned sum = 0;
    for (int i = 0; i < BLOCK; i++)
        sum += i >= SUM && i < SUM + 8 ? ' ' : (unsigned char)header[i];
    return sum;
}

static void header(hg_buf *buf, const char *name, uint64_t size, char type)
{
    char block[BLOCK] = { 0 };
    snprintf(block + NAME, HG_TAR_NAME + 1, "%s", name);
    memcpy(block + MODE, "0000644", 8);
    memcpy(block + UID, "0000000", 8);
    memcpy(block + GID, "0000000", 8);
    snprintf(block + SIZE, 12, "%011" PRIo64, size);
    memcpy(block + MTIME, "00000000000", 12);
    block[TYPE] = type;
    memcpy(block + MAGIC,
           "ustar\0"
           "00",
           8);
    memcpy(block + UNAME, "root", 5);
    memcpy(block + GNAME, "root", 5);
    snprintf(block + SUM, 8, "%06o", checksum(block));
    block[SUM + 7] = ' ';
    hg_buf_put(buf, block, BLOCK);
}

/* A pax record, "LENGTH KEY=VALUE\n", whose length counts its own digits. */
static void record(hg_buf *buf, const hg_tar_attr *attr)
{
    size_t rest = strlen(attr->key) + strlen(attr->value) + 3, len = rest + 1, digits;
    do {
        digits = (size_t)snprintf(NULL, 0, "%zu", len);
        len = rest + digits;
    } while (digits != (size_t)snprintf(NULL, 0, "%zu", len));
    hg_buf_printf(buf, "%zu %s=%s\n", len, attr->key, attr->value);
}

void hg_tar_pad(hg_buf *buf, uint64_t size)
{
    static const char zeros[BLOCK];
    hg_buf_put(buf, zeros, (BLOCK - size % BLOCK) % BLOCK);
}

void hg_tar_header(hg_buf *buf, const char *name, uint64_t size, const hg_tar_attr *attrs,
                   size_t n)
{
    hg_tar_attr large = { "size", NULL };
    char digits[24];
    hg_buf pax = { 0 };
    for (size_t i = 0; i < n; i++)
        record(&pax, &attrs[i]);
    if (size >= (uint64_t)1 << 33) { /* more than the 11 octal digits of the field hold */
        snprintf(digits, sizeof digits, "%" PRIu64, size);
        large.value = digits;
        record(&pax, &large);
    }
    if (pax.len > 0) {
        header(buf, "pax", pax.len, 'x');
        hg_buf_put(buf, pax.data, pax.len);
        hg_tar_pad(buf, pax.len);
    }
    if (pax.status != HG_OK)
        buf->status = pax.status;
    hg_buf_release(&pax);
    header(buf, name, large.value ? 0 : size, '0');
}

void hg_tar_end(hg_buf *buf)
{
    static const char zeros[2 * BLOCK];
    hg_buf_put(buf, zeros, sizeof zeros);
}

/* ---- reading ---- */

struct hg_tar {
    int fd;
    hg_tar_more *more; /* read from this in place of fd, unless NULL */
    void *from;
    char *name;
    char *buffer; /* BUFFER bytes; [at, len) are read but not used */
    size_t at, len;
    uint64_t left; /* bytes of the entry not yet given */
    uint64_t pad;  /* and of the padding behind it */
    hg_buf pax;    /* records of this entry */
    hg_status end; /* the ending, once reached: it repeats */
};

hg_status hg_tar_new(hg_tar **out, int fd, const char *name, hg_slice head, hg_err *err)
{
    hg_tar *tar = calloc(1, sizeof *tar);
    *out = NULL;
    if (!tar || !(tar->name = strdup(name)) || !(tar->buffer = malloc(BUFFER)) ||
        head.n > BUFFER) {
        hg_tar_free(tar);
        return hg_fail_nomem(err);
    }
    tar->fd = fd;
    hg_file_widen(fd);
    tar->pax.max = MAX_PAX;
    memcpy(tar->buffer, head.p, head.n);
    tar->len = head.n;
    *out = tar;
    return HG_OK;
}

void hg_tar_from(hg_tar *tar, hg_tar_more *more, void *from)
{
    tar->more = more;
    tar->from = from;
}

static hg_status damaged(hg_tar *tar, hg_err *err, const char *what)
{
    hg_loc loc = { .file = tar->name };
    return tar->end = hg_fail(err, HG_EINPUT, &loc, "%s", what);
}

static hg_status more(hg_tar *tar, void *bytes, size_t n, size_t *got, hg_err *err)
{
    return tar->more ? tar->more(tar->from, bytes, n, got, err)
                     : hg_file_read(tar->fd, tar->name, bytes, n, got, err);
}

static hg_status fill(hg_tar *tar, hg_err *err)
{
    size_t got;
    hg_status st = more(tar, tar->buffer, BUFFER, &got, err);
    tar->at = 0;
    tar->len = st == HG_OK ? got : 0;
    return st;
}

/* Give what is at hand, or else what one read gives, straight to bytes where that is no
 * less than the buffer takes; 0: the input has ended. */
static hg_status take_some(hg_tar *tar, char *bytes, size_t n, size_t *some, hg_err *err)
{
    hg_status st = HG_OK;
    if (tar->at == tar->len && bytes && n >= BUFFER)
        return more(tar, bytes, n, some, err);
    if (tar->at == tar->len)
        st = fill(tar, err);
    *some = tar->len - tar->at < n ? tar->len - tar->at : n;
    if (bytes)
        memcpy(bytes, tar->buffer + tar->at, *some);
    tar->at += *some;
    return st;
}

/* Give up to n bytes; fewer only at the end of the input. */
static hg_status take(hg_tar *tar, void *bytes, size_t n, size_t *got, hg_err *err)
{
    *got = 0;
    while (*got < n) {
        size_t some = 0;
        hg_status st =
            take_some(tar, bytes ? (char *)bytes + *got : NULL, n - *got, &some, err);
        if (st != HG_OK)
            return tar->end = st;
        if (some == 0)
            return HG_OK;
        *got += some;
    }
    return HG_OK;
}

static hg_status take_all(hg_tar *tar, void *bytes, uint64_t n, hg_err *err)
{
    enum { MOST = 1 << 20 };
    while (n > 0) {
        size_t some = n < MOST ? (size_t)n : MOST, got;
        hg_status st = take(tar, bytes, some, &got, err);
        if (st != HG_OK)
            return st;
        if (got < some)
            return damaged(tar, err, "the stream is cut off");
        if (bytes)
            bytes = (char *)bytes + some;
        n -= some;
    }
    return HG_OK;
}

static bool octal(const char *field, size_t n, uint64_t *value)
{
    size_t i = 0;
    *value = 0;
    for (; i < n && field[i] >= '0' && field[i] <= '7'; i++)
        *value = *value * 8 + (uint64_t)(field[i] - '0');
    return i > 0 && (i == n || field[i] == '\0' || field[i] == ' ');
}

static bool all_zero(const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bytes[i] != '\0')
            return false;
    return true;
}

/* Pass over the NULs behind a content; anything else there is damage. */
static hg_status padding(hg_tar *tar, uint64_t n, hg_err *err)
{
    char block[BLOCK];
    hg_status st = take_all(tar, block, n, err);
    if (st == HG_OK && !all_zero(block, (size_t)n))
        return damaged(tar, err, "the stream is damaged: its padding is not empty");
    return st;
}

/* After the first block of zeros: another one, and then nothing but zeros. */
static hg_status ending(hg_tar *tar, hg_err *err)
{
    char block[BLOCK];
    size_t got;
    for (int blocks = 1;; blocks++) {
        hg_status st = take(tar, block, BLOCK, &got, err);
        if (st != HG_OK)
            return st;
        if (got == 0 && blocks >= 2)
            return tar->end = HG_END;
        if (got < BLOCK)
            return damaged(tar, err, "the stream is cut off");
        if (!all_zero(block, got))
            return damaged(tar, err, "something stands behind the end of the stream");
    }
}

/* A relative path whose parts are none of "", "." and "..". */
static bool safe_name(const char *name)
{
    for (const char *p = name;; p++) {
        size_t n = strcspn(p, "/");
        if (n == 0 || (n == 1 && p[0] == '.') || (n == 2 && p[0] == '.' && p[1] == '.'))
            return false;
        p += n;
        if (*p == '\0')
            return true;
    }
}

/* Check a header and take its type, size and name. */
static hg_status open_header(hg_tar *tar, const char *block, hg_tar_entry *entry,
                             char *type, hg_err *err)
{
    uint64_t sum;
    if (memcmp(block + MAGIC, "ustar", 5) != 0 || !octal(block + SUM, 8, &sum) ||
        sum != checksum(block) || !octal(block + SIZE, 12, &entry->size))
        return damaged(tar, err, "the stream is damaged: a tar header does not add up");
    *type = block[TYPE] == '\0' ? '0' : block[TYPE];
    if (*type != '0' && *type != 'x')
        return damaged(tar, err, "the stream holds an entry that is no regular file");
    memcpy(entry->name, block + NAME, HG_TAR_NAME);
    entry->name[HG_TAR_NAME] = '\0';
    if (block[NAME + HG_TAR_NAME] != '\0' || block[PREFIX] != '\0' ||
        !safe_name(entry->name)) /* a prefix, or an unsafe name */
        return damaged(tar, err, "the stream holds an entry with an unsafe name");
    return HG_OK;
}

/* Read pax records: each must be "LENGTH KEY=VALUE\n" and keep to its length. */
static hg_status attributes(hg_tar *tar, uint64_t size, hg_err *err)
{
    char *to = size <= MAX_PAX - 1 ? hg_buf_reserve(&tar->pax, (size_t)size) : NULL;
    if (!to)
        return damaged(tar, err, "the stream is damaged: its attributes are too long");
    hg_status st = take_all(tar, to, size, err);
    if (st == HG_OK)
        st = padding(tar, (BLOCK - size % BLOCK) % BLOCK, err);
    if (st != HG_OK)
        return st;
    tar->pax.len = (size_t)size;
    to[size] = '\0';
    for (char *p = to, *end = to + size; p < end;) {
        char *rest;
        unsigned long n = strtoul(p, &rest, 10);
        if (n == 0 || n > (size_t)(end - p) || *rest != ' ' || p[n - 1] != '\n' ||
            !memchr(rest, '=', (size_t)(p + n - rest)) || memchr(p, '\0', n))
            return damaged(tar, err,
                           "the stream is damaged: an attribute does not add up");
        p[n - 1] = '\0';
        p += n;
    }
    return HG_OK;
}

const char *hg_tar_attr_get(const hg_tar *tar, const char *key)
{
    size_t n = strlen(key);
    for (size_t at = 0; at < tar->pax.len; at += strlen(tar->pax.data + at) + 1) {
        const char *name = strchr(tar->pax.data + at, ' ') + 1;
        if (strncmp(name, key, n) == 0 && name[n] == '=')
            return name + n + 1;
    }
    return NULL;
}

hg_status hg_tar_next(hg_tar *tar, hg_tar_entry *entry, hg_err *err)
{
    char block[BLOCK], type = 'x';
    size_t got;
    if (tar->end != HG_OK)
        return tar->end;
    hg_status st = take_all(tar, NULL, tar->left, err);
    if (st == HG_OK)
        st = padding(tar, tar->pad, err);
    hg_buf_clear(&tar->pax);
    while (st == HG_OK && type == 'x') {
        st = take(tar, block, BLOCK, &got, err);
        if (st == HG_OK && got < BLOCK)
            return damaged(tar, err, "the stream is cut off");
        if (st == HG_OK && tar->pax.len == 0 && all_zero(block, BLOCK))
            return ending(tar, err);
        if (st == HG_OK)
            st = open_header(tar, block, entry, &type, err);
        if (st == HG_OK && type == 'x')
            st = attributes(tar, entry->size, err);
    }
    if (st != HG_OK)
        return st;
    const char *size = hg_tar_attr_get(tar, "size");
    if (size)
        entry->size = strtoull(size, NULL, 10);
    tar->left = entry->size;
    tar->pad = (BLOCK - entry->size % BLOCK) % BLOCK;
    return HG_OK;
}

hg_status hg_tar_read(hg_tar *tar, void *bytes, size_t n, size_t *got, hg_err *err)
{
    *got = 0;
    if (tar->end != HG_OK)
        return tar->end;
    if (n > tar->left)
        n = (size_t)tar->left;
    hg_status st = take_all(tar, bytes, n, err);
    if (st != HG_OK)
        return st;
    tar->left -= n;
    *got = n;
    return HG_OK;
}

void hg_tar_free(hg_tar *tar)
{
    if (!tar)
        return;
    hg_buf_release(&tar->pax);
    free(tar->buffer);
    free(tar->name);
    free(tar);
}
