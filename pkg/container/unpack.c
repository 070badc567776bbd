/* unpack - the file inside a compressed one */
#include "container/unpack.h"
#include "base/file.h"
#include "container/gzip.h"
#include "container/unzip.h"
#include "container/xz.h"
#include "container/zstd.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK ((size_t)1 << 18) /* bytes written at once */

typedef struct job {
    int fd, to;
    const char *name, *member, *tmp;
    uint64_t max, written;
    hg_err *err;
} job;

static hg_status put(job *j, const void *bytes, size_t n)
{
    j->written += n;
    if (j->written > j->max)
        return hg_fail(
            j->err, HG_EINPUT, HG_AT(j->name),
            "it unpacks to more than %zu bytes, which is too much for its size",
            (size_t)j->max);
    return hg_file_write(j->to, j->tmp, bytes, n, j->err);
}

/* ---- streams ---- */

/* What reads a kind of stream. */
typedef struct reader {
    bool (*is)(hg_slice start);
    hg_status (*open)(void **in, const job *j);
    hg_status (*read)(void *in, void *bytes, size_t n, size_t *got, hg_err *err);
    void (*free)(void *in);
} reader;

static hg_status gzip_open(void **in, const job *j)
{
    hg_gzip_in *gzip;
    hg_status st = hg_gzip_in_new(&gzip, j->fd, j->name, j->err);
    *in = gzip;
    return st;
}

static hg_status gzip_read(void *in, void *bytes, size_t n, size_t *got, hg_err *err)
{
    return hg_gzip_in_read(in, bytes, n, got, err);
}

static void gzip_free(void *in)
{
    hg_gzip_in_free(in);
}

static hg_status xz_open(void **in, const job *j)
{
    hg_xz_in *xz;
    hg_status st = hg_xz_in_new(&xz, j->fd, j->name, j->err);
    *in = xz;
    return st;
}

static hg_status xz_read(void *in, void *bytes, size_t n, size_t *got, hg_err *err)
{
    return hg_xz_in_read(in, bytes, n, got, err);
}

static void xz_free(void *in)
{
    hg_xz_in_free(in);
}

static hg_status zstd_open(void **in, const job *j)
{
    hg_zstd_in *zstd;
    hg_status st = hg_zstd_in_new(&zstd, j->fd, j->name, (hg_slice){ "", 0 }, j->err);
    *in = zstd;
    return st;
}

static hg_status zstd_read(void *in, void *bytes, size_t n, size_t *got, hg_err *err)
{
    return hg_zstd_in_read(in, bytes, n, got, err);
}

static void zstd_free(void *in)
{
    hg_zstd_in_free(in);
}

static const reader readers[] = {
    { hg_gzip_is, gzip_open, gzip_read, gzip_free },
    { hg_xz_is, xz_open, xz_read, xz_free },
    { hg_zstd_is, zstd_open, zstd_read, zstd_free },
};

static hg_status copy(job *j, const reader *r)
{
    void *in = NULL;
    char *block = malloc(BLOCK);
    size_t got = 1;
    hg_status st = block ? r->open(&in, j) : hg_fail_nomem(j->err);
    while (st == HG_OK && got > 0) {
        st = r->read(in, block, BLOCK, &got, j->err);
        if (st == HG_OK)
            st = put(j, block, got);
    }
    if (in)
        r->free(in);
    free(block);
    return st;
}

/* ---- zips ---- */

/* What only serves a system that packs. */
static bool is_litter(const char *member)
{
    const char *slash = strrchr(member, '/');
    return strncmp(member, "__MACOSX/", 9) == 0 ||
           strcmp(slash ? slash + 1 : member, ".DS_Store") == 0;
}

/* A workbook, or another document of an office, however a program writes the names. */
static bool is_document(const hg_zip *zip)
{
    static const char *const marks[] = { "[Content_Types].xml", "_rels/.rels", "mimetype",
                                         "content.xml" };
    for (size_t i = 0; i < hg_zip_members(zip); i++) {
        const char *member = hg_zip_member(zip, i);
        for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
            if (strcasecmp(member, marks[m]) == 0)
                return true;
        if (strncasecmp(member, "xl/", 3) == 0 || strncasecmp(member, "xl\\", 3) == 0)
            return true;
    }
    return false;
}

/* Find the member asked for, or the only one. */
static hg_status choose(job *j, const hg_zip *zip, size_t *chosen)
{
    size_t n = 0;
    hg_buf names = { .max = 900 };
    for (size_t i = 0; i < hg_zip_members(zip); i++) {
        const char *member = hg_zip_member(zip, i);
        if (j->member ? strcmp(member, j->member) != 0 : is_litter(member))
            continue;
        *chosen = i;
        n++;
        hg_buf_printf(&names, "%s'%s'", n > 1 ? ", " : "", member);
    }
    if (n == 0)
        hg_fail(j->err, HG_EARG, HG_AT(j->name), "the zip has no file '%s'",
                j->member ? j->member : "");
    else if (n > 1)
        hg_fail(j->err, HG_EARG, HG_AT(j->name),
                "the zip has %zu files; --member names one of them: %s", n,
                names.data ? names.data : "");
    hg_buf_release(&names);
    return n == 1 ? HG_OK : j->err->status;
}

static hg_status copy_member(job *j, hg_zip *zip)
{
    size_t chosen = 0, n;
    const void *bytes;
    hg_status st = choose(j, zip, &chosen);
    if (st == HG_OK)
        st = hg_zip_enter(zip, chosen, j->max, j->err);
    while (st == HG_OK && (st = hg_zip_read(zip, &bytes, &n, j->err)) == HG_OK)
        st = put(j, bytes, n);
    return st == HG_END ? HG_OK : st;
}

/* A zip that cannot be opened, is empty, or is a document, is left to whom it concerns. */
static hg_status unzip(job *j, int *out)
{
    hg_zip *zip = NULL;
    hg_err other = HG_ERR_INIT;
    hg_status st = hg_zip_open(&zip, j->fd, j->name, &other);
    if (st == HG_ENOMEM || st == HG_ESYS) {
        *j->err = other;
        return st;
    }
    if (st != HG_OK || hg_zip_members(zip) == 0 || (is_document(zip) && !j->member)) {
        hg_zip_free(zip);
        return HG_OK;
    }
    st = hg_file_unnamed(&j->to, j->tmp, j->err);
    if (st == HG_OK)
        st = copy_member(j, zip);
    hg_zip_free(zip);
    *out = j->to;
    return st;
}

/* ---- all ---- */

static hg_status unpack(job *j, hg_slice head, int *out)
{
    hg_status st = HG_OK;
    if (head.n >= 4 && memcmp(head.p, "PK\3\4", 4) == 0)
        return unzip(j, out);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        if (!readers[i].is(head))
            continue;
        st = hg_file_unnamed(&j->to, j->tmp, j->err);
        *out = j->to;
        return st == HG_OK ? copy(j, &readers[i]) : st;
    }
    return HG_OK;
}

hg_status hg_unpack(int *out, int fd, const char *name, const char *member,
                    const char *tmp, hg_err *err)
{
    char head[8];
    size_t n;
    struct stat info;
    job j = {
        .fd = fd, .to = -1, .name = name, .member = member, .tmp = tmp, .err = err
    };
    *out = -1;
    hg_status st = hg_file_read_at(fd, name, head, sizeof head, 0, &n, err);
    if (st == HG_OK && (fstat(fd, &info) != 0 || lseek(fd, 0, SEEK_SET) != 0))
        st = hg_fail_sys(err, HG_AT(name), "cannot be read");
    if (st != HG_OK)
        return st;
    uint64_t ratio = (uint64_t)info.st_size * HG_UNPACK_RATIO;
    j.max = ratio > HG_UNPACK_FREE ? ratio : HG_UNPACK_FREE;
    st = unpack(&j, (hg_slice){ head, n }, out);
    if (st != HG_OK && *out >= 0) {
        close(*out);
        *out = -1;
    }
    return st;
}
