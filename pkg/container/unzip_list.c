/* unzip_list - the list of members at the end of a zip */
#include "container/unzip_list.h"
#include "container/unzip.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TAIL    22    /* bytes of the end record, 4.3.16, before its comment */
#define LOCATOR 20    /* of what leads to the end record of zip64, 4.3.15 */
#define TAIL64  56    /* of that record, 4.3.14 */
#define ENTRY   46    /* of an entry before its name, 4.3.12 */
#define COMMENT 65535 /* bytes of the longest comment */
#define LIST    ((size_t)1 << 26) /* bytes of the longest list that is read */

/* A zip as it is opened. */
typedef struct opening {
    int fd;
    const char *name;
    uint64_t size;             /* of the file */
    uint64_t at, bytes, count; /* of the list, and its entries */
    uint64_t shift;            /* bytes before the zip: offsets begin behind them */
    unsigned char *list;
} opening;

static uint16_t le16(const unsigned char *p)
{
    return (uint16_t)(p[0] | p[1] << 8);
}

static uint32_t le32(const unsigned char *p)
{
    return le16(p) | (uint32_t)le16(p + 2) << 16;
}

static uint64_t le64(const unsigned char *p)
{
    return le32(p) | (uint64_t)le32(p + 4) << 32;
}

hg_status hg_zip_pread(int fd, const char *name, uint64_t at, void *bytes, size_t n,
                       size_t *got, hg_err *err)
{
    for (*got = 0; *got < n;) {
        ssize_t more = pread(fd, (char *)bytes + *got, n - *got, (off_t)(at + *got));
        if (more < 0 && errno == EINTR)
            continue;
        if (more < 0)
            return hg_fail_sys(err, HG_AT(name), "cannot read the file");
        if (more == 0)
            break;
        *got += (size_t)more;
    }
    return HG_OK;
}

/* Read what has to be there. */
static hg_status read_all(const opening *o, uint64_t at, void *bytes, size_t n,
                          hg_err *err)
{
    size_t got;
    hg_status st = hg_zip_pread(o->fd, o->name, at, bytes, n, &got, err);
    return st == HG_OK && got < n ? hg_fail(err, HG_EINPUT, HG_AT(o->name),
                                            "the file changed while it was read")
                                  : st;
}

static hg_status broken(const opening *o, hg_err *err)
{
    return hg_fail(err, HG_EINPUT, HG_AT(o->name),
                   "the zip is damaged: the list of its members is broken");
}

/* ---- the end record ---- */

/* The last place in n bytes where the end record may begin; SIZE_MAX: none. A comment
 * that ends with the file tells it from bytes that only look like one. */
static size_t find_tail(const unsigned char *p, size_t n)
{
    size_t likely = SIZE_MAX;
    for (size_t i = n < TAIL ? 0 : n - TAIL + 1; i-- > 0;) {
        if (memcmp(p + i, "PK\5\6", 4) != 0)
            continue;
        size_t end = i + TAIL + le16(p + i + 20);
        if (end == n)
            return i;
        if (likely == SIZE_MAX && end < n)
            likely = i;
    }
    return likely;
}

static hg_status no_tail(const opening *o, hg_err *err)
{
    char head[4] = { 0 };
    size_t got;
    hg_status st = hg_zip_pread(o->fd, o->name, 0, head, 4, &got, err);
    if (st != HG_OK)
        return st;
    if (memcmp(head, "PK\3\4", 4) == 0)
        return hg_fail(
            err, HG_EINPUT, HG_AT(o->name),
            "the zip is cut off: the list of its members at its end is missing");
    return hg_fail(err, HG_EINPUT, HG_AT(o->name), "this is not a zip");
}

/* Read the record of zip64, whose fields have 8 bytes, if there is one before tail. */
static hg_status read_tail64(opening *o, uint64_t *tail, hg_err *err)
{
    unsigned char locator[LOCATOR], record[TAIL64];
    hg_status st = HG_OK;
    if (*tail < LOCATOR)
        return HG_OK;
    st = read_all(o, *tail - LOCATOR, locator, LOCATOR, err);
    if (st != HG_OK || memcmp(locator, "PK\6\7", 4) != 0)
        return st;
    uint64_t at = le64(locator + 8);
    if (at > *tail - LOCATOR || *tail - LOCATOR - at < TAIL64)
        return broken(o, err);
    if ((st = read_all(o, at, record, TAIL64, err)) != HG_OK)
        return st;
    if (memcmp(record, "PK\6\6", 4) != 0 || le32(record + 16) != 0 ||
        le64(record + 24) != le64(record + 32))
        return broken(o, err);
    o->count = le64(record + 32);
    o->bytes = le64(record + 40);
    o->at = le64(record + 48);
    *tail = at;
    return HG_OK;
}

/* Find where the list is. */
static hg_status read_tail(opening *o, unsigned char *bytes, size_t n, hg_err *err)
{
    hg_status st = read_all(o, o->size - n, bytes, n, err);
    size_t i = st == HG_OK ? find_tail(bytes, n) : SIZE_MAX;
    if (st != HG_OK || i == SIZE_MAX)
        return st == HG_OK ? no_tail(o, err) : st;
    const unsigned char *p = bytes + i;
    uint64_t tail = o->size - n + i;
    if (le16(p + 4) != le16(p + 6) || le16(p + 8) != le16(p + 10))
        return hg_fail(err, HG_EINPUT, HG_AT(o->name), "one of several parts of a zip");
    o->count = le16(p + 10);
    o->bytes = le32(p + 12);
    o->at = le32(p + 16);
    if ((st = read_tail64(o, &tail, err)) != HG_OK)
        return st;
    if (o->bytes > tail || o->at > tail - o->bytes)
        return broken(o, err);
    o->shift = tail - o->bytes - o->at;
    o->at += o->shift;
    if (o->count > HG_ZIP_MEMBERS)
        return hg_fail(err, HG_EINPUT, HG_AT(o->name), "the zip has more than %d members",
                       HG_ZIP_MEMBERS);
    return o->bytes > LIST || o->count > o->bytes / ENTRY ? broken(o, err) : HG_OK;
}

/* ---- entries ---- */

/* Take the fields of 8 bytes for those that have no room in 4 (4.5.3). */
static bool take_wide(hg_zip_entry *e, const unsigned char *p, size_t n)
{
    uint64_t *const fields[] = { &e->size, &e->packed, &e->at };
    for (size_t i = 0, size; i + 4 <= n; i += 4 + size) {
        size = le16(p + i + 2);
        if (size > n - i - 4)
            return false;
        if (le16(p + i) != 1)
            continue;
        const unsigned char *wide = p + i + 4, *end = wide + size;
        for (size_t k = 0; k < 3; k++)
            if (*fields[k] == UINT32_MAX) {
                if (end - wide < 8)
                    return false;
                *fields[k] = le64(wide);
                wide += 8;
            }
    }
    return true;
}

static hg_status room(hg_zip_list *list, hg_err *err)
{
    if (list->n < list->cap)
        return HG_OK;
    size_t cap = list->cap ? list->cap * 2 : 16;
    hg_zip_entry *more = realloc(list->entries, cap * sizeof *more);
    if (!more)
        return hg_fail_nomem(err);
    list->entries = more;
    list->cap = cap;
    return HG_OK;
}

/* What kind of file a member is, where the zip was made by Unix (4.4.2): the upper half
 * of its attributes is its mode. */
static mode_t kind_of(const unsigned char *p, const char *name)
{
    mode_t kind = p[5] == 3 ? (mode_t)(le32(p + 38) >> 16) & S_IFMT : 0;
    size_t n = strlen(name);
    if (n > 0 && name[n - 1] == '/')
        return S_IFDIR;
    return kind == 0 ? S_IFREG : kind;
}

static hg_status add(hg_zip_list *list, const opening *o, hg_zip_entry *e,
                     const unsigned char *p, hg_err *err)
{
    const char *format = NULL;
    mode_t kind = kind_of(p, e->name);
    if (le16(p + 8) & (1u | 1u << 6 | 1u << 13)) /* 4.4.4 */
        format = "%s in the zip is encrypted";
    else if (kind != S_IFDIR && kind != S_IFREG)
        format = "%s in the zip is neither a file nor a folder";
    if (format)
        return hg_fail(err, HG_EINPUT, HG_AT(o->name), format, e->name);
    if (kind == S_IFDIR)
        return HG_OK;
    hg_status st = room(list, err);
    if (st != HG_OK)
        return st;
    list->entries[list->n++] = *e;
    e->name = NULL; /* the list's from here on */
    return HG_OK;
}

/* Read the entry at *p, and go on behind it. */
static hg_status read_entry(hg_zip_list *list, const opening *o, const unsigned char **at,
                            size_t number, hg_err *err)
{
    const unsigned char *p = *at, *end = o->list + o->bytes;
    if (end - p < ENTRY || memcmp(p, "PK\1\2", 4) != 0)
        return broken(o, err);
    size_t name = le16(p + 28), extra = le16(p + 30), comment = le16(p + 32);
    if ((size_t)(end - p) - ENTRY < name + extra + comment)
        return broken(o, err);
    *at = p + ENTRY + name + extra + comment;
    hg_zip_entry e = { .method = le16(p + 10),
                       .crc = le32(p + 16),
                       .packed = le32(p + 20),
                       .size = le32(p + 24),
                       .at = le32(p + 42) };
    if (!take_wide(&e, p + ENTRY + name, extra) || e.at > o->at - o->shift)
        return broken(o, err);
    e.at += o->shift;
    if (name == 0 || name > HG_ZIP_NAME || memchr(p + ENTRY, '\0', name))
        return hg_fail(err, HG_EINPUT, HG_AT(o->name),
                       "the name of member %zu in the zip is damaged", number);
    if (!(e.name = strndup((const char *)p + ENTRY, name)))
        return hg_fail_nomem(err);
    hg_status st = add(list, o, &e, p, err);
    free(e.name);
    return st;
}

static hg_status read_entries(hg_zip_list *list, const opening *o, hg_err *err)
{
    hg_status st = read_all(o, o->at, o->list, (size_t)o->bytes, err);
    const unsigned char *p = o->list;
    for (size_t i = 0; i < o->count && st == HG_OK; i++)
        st = read_entry(list, o, &p, i + 1, err);
    return st == HG_OK && p != o->list + o->bytes ? broken(o, err) : st;
}

/* ---- what several entries say together ---- */

static int by_name(const void *a, const void *b)
{
    const hg_zip_entry *const *x = a, *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

static int by_place(const void *a, const void *b)
{
    const hg_zip_entry *const *x = a, *const *y = b;
    return ((*x)->at > (*y)->at) - ((*x)->at < (*y)->at);
}

/* Two members of one name: which of them is meant, every program would decide its own
 * way. */
static hg_status check_names(const opening *o, hg_zip_entry **sorted, size_t n,
                             hg_err *err)
{
    qsort(sorted, n, sizeof *sorted, by_name);
    for (size_t i = 1; i < n; i++)
        if (strcmp(sorted[i - 1]->name, sorted[i]->name) == 0)
            return hg_fail(err, HG_EINPUT, HG_AT(o->name), "%s is in the zip twice",
                           sorted[i]->name);
    return HG_OK;
}

/* Members that share bytes: a small file would unpack to any size. */
static hg_status check_places(const opening *o, hg_zip_entry **sorted, size_t n,
                              hg_err *err)
{
    qsort(sorted, n, sizeof *sorted, by_place);
    for (size_t i = 0; i < n; i++) {
        hg_zip_entry *e = sorted[i];
        e->end = i + 1 < n ? sorted[i + 1]->at : o->at;
        if (e->packed > e->end - e->at)
            return hg_fail(err, HG_EINPUT, HG_AT(o->name),
                           "%s in the zip overlaps what follows it", e->name);
    }
    return HG_OK;
}

static hg_status check(const hg_zip_list *list, const opening *o, hg_err *err)
{
    hg_zip_entry **sorted = malloc((list->n + 1) * sizeof *sorted);
    if (!sorted)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < list->n; i++)
        sorted[i] = &list->entries[i];
    hg_status st = check_names(o, sorted, list->n, err);
    if (st == HG_OK)
        st = check_places(o, sorted, list->n, err);
    free(sorted);
    return st;
}

hg_status hg_zip_list_read(hg_zip_list *list, int fd, const char *name, hg_err *err)
{
    opening o = { .fd = fd, .name = name };
    struct stat info;
    if (fstat(fd, &info) != 0)
        return hg_fail_sys(err, HG_AT(name), "cannot read the file");
    o.size = (uint64_t)info.st_size;
    size_t n = o.size < TAIL + COMMENT ? (size_t)o.size : TAIL + COMMENT;
    unsigned char *tail = malloc(n + 1);
    hg_status st = tail ? read_tail(&o, tail, n, err) : hg_fail_nomem(err);
    free(tail);
    if (st == HG_OK && !(o.list = malloc((size_t)o.bytes + 1)))
        st = hg_fail_nomem(err);
    if (st == HG_OK)
        st = read_entries(list, &o, err);
    if (st == HG_OK)
        st = check(list, &o, err);
    free(o.list);
    return st;
}

void hg_zip_list_release(hg_zip_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->entries[i].name);
    free(list->entries);
    *list = (hg_zip_list){ 0 };
}
