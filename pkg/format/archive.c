/* archive - reading a zip by the names of its members */
#include "format/archive.h"
#include "base/file.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 1 << 14 };

typedef struct member {
    char *name;
    size_t entry; /* its number among all entries, folders too */
} member;

struct hg_zip {
    char *name;
    int fd;
    uint64_t size;   /* of the file */
    uint64_t offset; /* in it; we read by pread(2), so that fd may be shared */
    int sys;         /* errno of a read that failed */
    struct archive *archive;
    size_t next; /* the number of the entry that libarchive gives next */
    member *members;
    size_t n;
    size_t entered; /* the member that is read, and the bytes that it may still give */
    uint64_t max, got;
    char bytes[BLOCK];
};

/* ---- what libarchive calls ---- */

static la_ssize_t on_read(struct archive *archive, void *data, const void **bytes)
{
    hg_zip *zip = data;
    ssize_t n;
    do
        n = pread(zip->fd, zip->bytes, BLOCK, (off_t)zip->offset);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        archive_set_error(archive, zip->sys = errno, "read");
    else
        zip->offset += (uint64_t)n;
    *bytes = zip->bytes;
    return n;
}

static la_int64_t on_seek(struct archive *archive, void *data, la_int64_t offset,
                          int whence)
{
    hg_zip *zip = data;
    int64_t from = whence == SEEK_CUR   ? (int64_t)zip->offset
                   : whence == SEEK_END ? (int64_t)zip->size
                                        : 0;
    (void)archive;
    if (offset > INT64_MAX - from || offset < -from)
        return ARCHIVE_FATAL;
    zip->offset = (uint64_t)(from + offset);
    return from + offset;
}

static la_int64_t on_skip(struct archive *archive, void *data, la_int64_t n)
{
    hg_zip *zip = data;
    uint64_t left = zip->offset < zip->size ? zip->size - zip->offset : 0;
    uint64_t skipped = (uint64_t)n < left ? (uint64_t)n : left;
    (void)archive;
    zip->offset += skipped;
    return (la_int64_t)skipped;
}

/* ---- entries ---- */

/* A file that libarchive does not take for a zip. */
static hg_status fail_kind(const hg_zip *zip, hg_err *err)
{
    char head[4] = { 0 };
    if (pread(zip->fd, head, 4, 0) == 4 && memcmp(head, "PK\3\4", 4) == 0)
        return hg_fail(
            err, HG_EINPUT, HG_AT(zip->name),
            "the zip is cut off: the list of its members at its end is missing");
    return hg_fail(err, HG_EINPUT, HG_AT(zip->name), "this is not a zip");
}

/* A failure of libarchive: that of our reading, of memory, or of the zip. what may be
 * NULL. */
static hg_status fail(const hg_zip *zip, const char *what, hg_err *err)
{
    const char *why = archive_error_string(zip->archive);
    if (!why)
        why = "?";
    if (archive_errno(zip->archive) == ENOMEM)
        return hg_fail_nomem(err);
    if ((errno = zip->sys) != 0)
        return hg_fail_sys(err, HG_AT(zip->name), "cannot read the file");
    if (archive_format(zip->archive) == 0)
        return fail_kind(zip, err);
    if (!what)
        return hg_fail(err, HG_EINPUT, HG_AT(zip->name), "the zip cannot be read (%s)",
                       why);
    return hg_fail(err, HG_EINPUT, HG_AT(zip->name), "%s in the zip cannot be read (%s)",
                   what, why);
}

static hg_status restart(hg_zip *zip, hg_err *err)
{
    archive_read_free(zip->archive);
    zip->offset = 0;
    zip->next = 0;
    zip->archive = archive_read_new();
    if (!zip->archive)
        return hg_fail_nomem(err);
    if (archive_read_support_format_zip_seekable(zip->archive) != ARCHIVE_OK ||
        archive_read_set_seek_callback(zip->archive, on_seek) != ARCHIVE_OK ||
        archive_read_open2(zip->archive, zip, NULL, on_read, on_skip, NULL) != ARCHIVE_OK)
        return fail(zip, NULL, err);
    return HG_OK;
}

/* Go to the next entry, passing over what is left of this one. HG_END after the last. */
static hg_status next_entry(hg_zip *zip, struct archive_entry **entry, hg_err *err)
{
    int got = archive_read_next_header(zip->archive, entry);
    if (got == ARCHIVE_EOF)
        return HG_END;
    if (got <
        ARCHIVE_WARN) /* a warning: two accounts of a member differ; its bytes decide */
        return fail(zip, NULL, err);
    zip->next++;
    return HG_OK;
}

/* ---- the list of members ---- */

static hg_status add(hg_zip *zip, const char *name, hg_err *err)
{
    if ((zip->n & (zip->n - 1)) == 0) { /* full at each power of two */
        member *more = realloc(zip->members, (zip->n ? 2 * zip->n : 1) * sizeof *more);
        if (!more)
            return hg_fail_nomem(err);
        zip->members = more;
    }
    char *copy = strdup(name);
    if (!copy)
        return hg_fail_nomem(err);
    zip->members[zip->n++] = (member){ .name = copy, .entry = zip->next - 1 };
    return HG_OK;
}

static hg_status take(hg_zip *zip, struct archive_entry *entry, hg_err *err)
{
    const char *name = archive_entry_pathname(entry);
    hg_loc *at = HG_AT(zip->name);
    if (zip->next > HG_ZIP_MEMBERS)
        return hg_fail(err, HG_EINPUT, at, "the zip has more than %d members",
                       HG_ZIP_MEMBERS);
    if (!name || strlen(name) > HG_ZIP_NAME)
        return hg_fail(err, HG_EINPUT, at, "the name of member %zu in the zip is damaged",
                       zip->next);
    if (archive_entry_is_encrypted(entry))
        return hg_fail(err, HG_EINPUT, at, "%s in the zip is encrypted", name);
    if (archive_entry_filetype(entry) == AE_IFDIR)
        return HG_OK;
    if (archive_entry_filetype(entry) != AE_IFREG)
        return hg_fail(err, HG_EINPUT, at, "%s in the zip is neither a file nor a folder",
                       name);
    return add(zip, name, err);
}

static int by_name(const void *a, const void *b)
{
    const member *const *x = a, *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

/* Two members of one name: which of them is meant, every program would decide its own
 * way. */
static hg_status check_unique(const hg_zip *zip, hg_err *err)
{
    const member **sorted = malloc((zip->n + 1) * sizeof *sorted);
    const char *twice = NULL;
    if (!sorted)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < zip->n; i++)
        sorted[i] = &zip->members[i];
    qsort(sorted, zip->n, sizeof *sorted, by_name);
    for (size_t i = 1; i < zip->n && !twice; i++)
        if (strcmp(sorted[i - 1]->name, sorted[i]->name) == 0)
            twice = sorted[i]->name;
    free(sorted);
    if (twice)
        return hg_fail(err, HG_EINPUT, HG_AT(zip->name), "%s is in the zip twice", twice);
    return HG_OK;
}

static hg_status list(hg_zip *zip, hg_err *err)
{
    struct archive_entry *entry;
    hg_status st = restart(zip, err);
    if (st != HG_OK)
        return st;
    while ((st = next_entry(zip, &entry, err)) == HG_OK)
        if ((st = take(zip, entry, err)) != HG_OK)
            return st;
    return st == HG_END ? check_unique(zip, err) : st;
}

/* libarchive puts names marked as UTF-8 into the character set of the locale, and C has
 * only ASCII: list in a locale of this thread's own, where names stay as they are. */
static hg_status list_utf8(hg_zip *zip, hg_err *err)
{
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    hg_status st = list(zip, err);
    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    return st;
}

hg_status hg_zip_open(hg_zip **out, int fd, const char *name, hg_err *err)
{
    struct stat st;
    hg_zip *zip = calloc(1, sizeof *zip);
    *out = NULL;
    if (!zip || !(zip->name = strdup(name))) {
        free(zip);
        return hg_fail_nomem(err);
    }
    zip->fd = fd;
    hg_status opened = HG_OK;
    if (fstat(fd, &st) != 0)
        opened = hg_fail_sys(err, HG_AT(name), "cannot read the file");
    else
        zip->size = (uint64_t)st.st_size;
    if (opened == HG_OK)
        opened = list_utf8(zip, err);
    if (opened == HG_OK)
        *out = zip;
    else
        hg_zip_free(zip);
    return opened;
}

size_t hg_zip_members(const hg_zip *zip)
{
    return zip->n;
}

const char *hg_zip_member(const hg_zip *zip, size_t i)
{
    return zip->members[i].name;
}

static hg_status fail_long(const hg_zip *zip, hg_err *err)
{
    return hg_fail(err, HG_EINPUT, HG_AT(zip->name),
                   "%s in the zip is longer than the limit of %" PRIu64 " bytes",
                   zip->members[zip->entered].name, zip->max);
}

hg_status hg_zip_enter(hg_zip *zip, size_t i, uint64_t max, hg_err *err)
{
    struct archive_entry *entry = NULL;
    size_t wanted = zip->members[i].entry;
    hg_status st = zip->next > wanted ? restart(zip, err) : HG_OK;
    while (st == HG_OK && zip->next <= wanted)
        st = next_entry(zip, &entry, err);
    if (st == HG_END)
        st = hg_fail(err, HG_EINPUT, HG_AT(zip->name),
                     "the file changed while it was read");
    zip->entered = i;
    zip->max = max;
    zip->got = 0;
    if (st == HG_OK && archive_entry_size_is_set(entry) &&
        archive_entry_size(entry) >= 0 && (uint64_t)archive_entry_size(entry) > max)
        return fail_long(zip, err);
    return st;
}

hg_status hg_zip_read(hg_zip *zip, const void **bytes, size_t *n, hg_err *err)
{
    la_int64_t offset;
    int got;
    do
        got = archive_read_data_block(zip->archive, bytes, n, &offset);
    while (got == ARCHIVE_OK && *n == 0);
    if (got == ARCHIVE_EOF)
        return HG_END;
    if (got != ARCHIVE_OK || offset < 0 || (uint64_t)offset != zip->got)
        return fail(zip, zip->members[zip->entered].name, err);
    if (*n > zip->max - zip->got)
        return fail_long(zip, err);
    zip->got += *n;
    return HG_OK;
}

void hg_zip_free(hg_zip *zip)
{
    if (!zip)
        return;
    archive_read_free(zip->archive);
    for (size_t i = 0; i < zip->n; i++)
        free(zip->members[i].name);
    free(zip->members);
    free(zip->name);
    free(zip);
}

/* ---- unpacking ---- */

/* Whether a name is relative, of parts that are neither empty, "." nor "..", and of
 * letters, digits and "-_.~" only. */
static bool is_plain(const char *name)
{
    static const char fit[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    for (const char *part = name;; part++) {
        size_t n = strspn(part, fit);
        if (n == 0 || (part[0] == '.' && (n == 1 || (n == 2 && part[1] == '.'))))
            return false;
        part += n;
        if (*part != '/')
            return *part == '\0';
    }
}

static hg_status write_member(hg_zip *zip, int fd, const char *path, hg_err *err)
{
    const void *bytes;
    size_t n;
    hg_status st;
    while ((st = hg_zip_read(zip, &bytes, &n, err)) == HG_OK)
        if ((st = hg_file_write(fd, path, bytes, n, err)) != HG_OK)
            return st;
    return st == HG_END ? HG_OK : st;
}

static hg_status unpack_member(hg_zip *zip, size_t i, const char *folder, uint64_t max,
                               hg_err *err)
{
    int fd;
    char *path = NULL;
    hg_status st = hg_zip_enter(zip, i, max, err);
    if (st == HG_OK)
        st = hg_path_join(&path, folder, zip->members[i].name, err);
    if (st == HG_OK && (st = hg_file_create(&fd, path, err)) == HG_OK) {
        st = write_member(zip, fd, path, err);
        st = hg_file_close(fd, path, st, err);
    }
    free(path);
    return st;
}

hg_status hg_zip_unpack(int fd, const char *name, const char *folder, uint64_t max,
                        hg_err *err)
{
    hg_zip *zip;
    hg_status st = hg_zip_open(&zip, fd, name, err);
    if (st != HG_OK)
        return st;
    for (size_t i = 0; st == HG_OK && i < zip->n; i++)
        if (!is_plain(zip->members[i].name))
            st = hg_fail(err, HG_EINPUT, HG_AT(name),
                         "%s is no name for a file of a package", zip->members[i].name);
    for (size_t i = 0; st == HG_OK && i < zip->n; i++) {
        st = unpack_member(zip, i, folder, max, err);
        max -= zip->got;
    }
    hg_zip_free(zip);
    return st;
}
