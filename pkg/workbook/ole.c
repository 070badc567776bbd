/* ole - compound files: streams that are chains of sectors */
#include "workbook/ole.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* [MS-CFB] 2.1: sector numbers that are none */
#define LAST_SECTOR  0xFFFFFFF9u
#define END_OF_CHAIN 0xFFFFFFFEu
#define FREE_SECTOR  0xFFFFFFFFu

#define HEAD      512 /* bytes of the header, [MS-CFB] 2.2 */
#define HEAD_FATS 109 /* sectors of the table that it names itself */
#define ENTRY     128 /* bytes of a directory entry, 2.6 */
#define MINI      6   /* shift of sectors in the mini stream */
#define ANY_SIZE  UINT64_MAX

/* Which sector comes after each. */
typedef struct table {
    uint32_t *next;
    size_t n;
} table;

struct hg_ole_stream {
    hg_ole *ole;
    hg_ole_stream *within; /* the stream that holds its sectors; NULL: the file does */
    unsigned shift;        /* of the size of its sectors */
    uint32_t *sectors;     /* NULL: it is the file as a whole */
    size_t n;
    uint64_t size;
};

struct hg_ole {
    int fd;
    char *name;
    hg_loc loc;
    uint64_t size;
    unsigned shift;
    unsigned char head[HEAD];
    table fat;
    hg_ole_stream *folder;
    table mini_fat; /* with mini, read when a small stream is opened */
    hg_ole_stream *mini;
};

static hg_status read_file(hg_ole *ole, uint64_t at, void *bytes, size_t n, hg_err *err)
{
    char *to = bytes;
    while (n > 0) {
        ssize_t got = pread(ole->fd, to, n, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return hg_fail_sys(err, &ole->loc, "cannot be read");
        if (got == 0)
            return hg_fail(err, HG_EINPUT, &ole->loc, "the workbook is cut off");
        to += got;
        at += (size_t)got;
        n -= (size_t)got;
    }
    return HG_OK;
}

/* The header takes the room of one sector. */
static uint64_t place_of(const hg_ole *ole, uint32_t sector)
{
    return ((uint64_t)sector + 1) << ole->shift;
}

/* ---- the table of sectors ---- */

/* Read one sector of the table. What it says of sectors beyond the file's end is not
 * kept: they are free, or the file is cut off. */
static hg_status read_fat(hg_ole *ole, uint32_t sector, size_t *have, hg_err *err)
{
    unsigned char bytes[4096];
    size_t size = (size_t)1 << ole->shift;
    if (sector >= ole->fat.n)
        return hg_fail(err, HG_EINPUT, &ole->loc, "the workbook is cut off");
    hg_status st = read_file(ole, place_of(ole, sector), bytes, size, err);
    for (size_t i = 0; i < size && st == HG_OK; i += 4, ++*have) {
        uint32_t next = hg_le32(bytes + i);
        if (*have < ole->fat.n)
            ole->fat.next[*have] = next;
        else if (next != FREE_SECTOR && next != 0)
            return hg_fail(err, HG_EINPUT, &ole->loc, "the workbook is cut off");
    }
    return st;
}

/* Read the sectors of the table that a list names, up to the first that is none. */
static hg_status read_fats(hg_ole *ole, const unsigned char *list, size_t n, size_t *have,
                           hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t i = 0; i < n && st == HG_OK && *have < ole->fat.n; i++) {
        uint32_t sector = hg_le32(list + i * 4);
        if (sector > LAST_SECTOR)
            break;
        st = read_fat(ole, sector, have, err);
    }
    return st;
}

/* The header names the table's first sectors, a chain of sectors the others (2.5). The
 * chain cannot run in a circle for long, since each of its sectors makes the table grow.
 */
static hg_status read_table(hg_ole *ole, hg_err *err)
{
    unsigned char bytes[4096];
    size_t last = ((size_t)1 << ole->shift) - 4, have = 0, before = SIZE_MAX;
    uint32_t more = hg_le32(ole->head + 68);
    ole->fat.next = malloc((ole->fat.n + 1) * sizeof *ole->fat.next);
    if (!ole->fat.next)
        return hg_fail_nomem(err);
    hg_status st = read_fats(ole, ole->head + 76, HEAD_FATS, &have, err);
    while (st == HG_OK && have < ole->fat.n && have != before && more < ole->fat.n) {
        before = have;
        st = read_file(ole, place_of(ole, more), bytes, last + 4, err);
        if (st == HG_OK)
            st = read_fats(ole, bytes, last / 4, &have, err);
        more = hg_le32(bytes + last);
    }
    for (; have < ole->fat.n; have++)
        ole->fat.next[have] = FREE_SECTOR;
    return st;
}

/* ---- streams ---- */

/* Count the sectors of a chain, as far as the size needs them. */
static hg_status measure(const hg_ole_stream *s, const table *t, uint32_t first,
                         size_t *n, hg_err *err)
{
    uint32_t at = first;
    for (*n = 0; (uint64_t)*n << s->shift < s->size; ++*n) {
        if (s->size == ANY_SIZE && at == END_OF_CHAIN)
            return HG_OK;
        if (at >= t->n)
            return hg_fail(err, HG_EINPUT, &s->ole->loc,
                           "damaged: a chain of sectors leads nowhere");
        if (*n == t->n)
            return hg_fail(err, HG_EINPUT, &s->ole->loc,
                           "damaged: a chain of sectors runs in a circle");
        at = t->next[at];
    }
    return HG_OK;
}

/* Open the chain that begins at a sector; of ANY_SIZE it is read up to its end. */
static hg_status open_chain(hg_ole_stream **out, hg_ole *ole, hg_ole_stream *within,
                            uint32_t first, uint64_t size, hg_err *err)
{
    const table *t = within ? &ole->mini_fat : &ole->fat;
    hg_ole_stream *s = *out = calloc(1, sizeof *s);
    if (!s)
        return hg_fail_nomem(err);
    *s = (hg_ole_stream){
        .ole = ole, .within = within, .shift = within ? MINI : ole->shift, .size = size
    };
    hg_status st = measure(s, t, first, &s->n, err);
    if (st == HG_OK && !(s->sectors = malloc((s->n + 1) * sizeof *s->sectors)))
        st = hg_fail_nomem(err);
    if (st != HG_OK) {
        hg_ole_stream_free(s);
        *out = NULL;
        return st;
    }
    for (size_t i = 0; i < s->n; i++, first = t->next[first])
        s->sectors[i] = first;
    if (size == ANY_SIZE)
        s->size = (uint64_t)s->n << s->shift;
    return HG_OK;
}

uint64_t hg_ole_size(const hg_ole_stream *stream)
{
    return stream->size;
}

/* Sectors that follow each other are read at once. */
hg_status hg_ole_read(hg_ole_stream *s, uint64_t at, void *bytes, size_t n, hg_err *err)
{
    hg_status st = HG_OK;
    char *to = bytes;
    if (at > s->size || n > s->size - at)
        return hg_fail(err, HG_EINPUT, &s->ole->loc, "the workbook is cut off");
    if (!s->sectors)
        return read_file(s->ole, at, bytes, n, err);
    while (n > 0 && st == HG_OK) {
        size_t i = (size_t)(at >> s->shift), run = 1;
        size_t skip = (size_t)(at & (((uint64_t)1 << s->shift) - 1));
        while (i + run < s->n && s->sectors[i + run] == s->sectors[i] + run &&
               (run << s->shift) - skip < n)
            run++;
        size_t take = (run << s->shift) - skip;
        take = take < n ? take : n;
        st = s->within
                 ? hg_ole_read(s->within, ((uint64_t)s->sectors[i] << s->shift) + skip,
                               to, take, err)
                 : read_file(s->ole, place_of(s->ole, s->sectors[i]) + skip, to, take,
                             err);
        to += take;
        at += take;
        n -= take;
    }
    return st;
}

void hg_ole_stream_free(hg_ole_stream *stream)
{
    if (!stream)
        return;
    free(stream->sectors);
    free(stream);
}

/* ---- the directory ---- */

static size_t entries(const hg_ole *ole)
{
    uint64_t n = ole->folder->size / ENTRY;
    return n < HG_OLE_MAX_ENTRIES ? (size_t)n : HG_OLE_MAX_ENTRIES;
}

static hg_status read_entry(hg_ole *ole, uint32_t i, unsigned char entry[ENTRY],
                            hg_err *err)
{
    return hg_ole_read(ole->folder, (uint64_t)i * ENTRY, entry, ENTRY, err);
}

static char lower(unsigned char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* Is it a stream (type 2) of this name? */
static bool is_named(const unsigned char *entry, const char *name)
{
    size_t n = strlen(name);
    if (entry[66] != 2 || hg_le16(entry + 64) != (n + 1) * 2)
        return false;
    for (size_t i = 0; i < n; i++)
        if (entry[i * 2 + 1] || lower(entry[i * 2]) != lower((unsigned char)name[i]))
            return false;
    return true;
}

/* Entries still to be looked at; each once, so that no tree is too deep or a circle. */
typedef struct walk {
    uint32_t *todo;
    size_t n, entries;
    uint8_t seen[HG_OLE_MAX_ENTRIES / 8];
} walk;

static void visit(walk *w, uint32_t i)
{
    if (i >= w->entries || w->seen[i / 8] >> i % 8 & 1)
        return;
    w->seen[i / 8] |= (uint8_t)(1u << i % 8);
    w->todo[w->n++] = i;
}

/* Look through the root's own entries, a tree (2.6.4) whose order some writers neglect.
 */
static hg_status search(hg_ole *ole, walk *w, const char *name,
                        unsigned char entry[ENTRY], hg_err *err)
{
    hg_status st = read_entry(ole, 0, entry, err);
    w->seen[0] = 1;
    if (st == HG_OK)
        visit(w, hg_le32(entry + 76));
    while (st == HG_OK) {
        if (w->n == 0)
            return HG_END;
        st = read_entry(ole, w->todo[--w->n], entry, err);
        if (st == HG_OK && is_named(entry, name))
            return HG_OK;
        visit(w, hg_le32(entry + 68));
        visit(w, hg_le32(entry + 72));
    }
    return st;
}

/* HG_END: there is none. */
static hg_status find(hg_ole *ole, const char *name, unsigned char entry[ENTRY],
                      hg_err *err)
{
    walk *w = calloc(1, sizeof *w);
    if (w) {
        w->entries = entries(ole);
        w->todo = malloc((w->entries + 1) * sizeof *w->todo);
    }
    hg_status st = w && w->todo ? search(ole, w, name, entry, err) : hg_fail_nomem(err);
    if (w)
        free(w->todo);
    free(w);
    return st;
}

/* Version 3 leaves the upper half of a size undefined (2.6.1). */
static uint64_t size_of(const hg_ole *ole, const unsigned char *entry)
{
    return hg_le32(entry + 120) |
           (ole->shift == 12 ? (uint64_t)hg_le32(entry + 124) << 32 : 0);
}

/* Small streams share one, the root's own, with a table of its own (2.4). */
static hg_status need_mini(hg_ole *ole, hg_err *err)
{
    unsigned char root[ENTRY], bytes[4];
    hg_ole_stream *list = NULL;
    if (ole->mini)
        return HG_OK;
    free(ole->mini_fat.next); /* of a call that failed */
    ole->mini_fat = (table){ 0 };
    hg_status st = read_entry(ole, 0, root, err);
    if (st != HG_OK)
        return st;
    st = open_chain(&list, ole, NULL, hg_le32(ole->head + 60), ANY_SIZE, err);
    if (st == HG_OK && list->size / 4 > HG_OLE_MAX_MINI >> MINI)
        st = hg_fail(err, HG_EINPUT, &ole->loc,
                     "more than %" PRIu64 " bytes of small streams", HG_OLE_MAX_MINI);
    if (st == HG_OK && !(ole->mini_fat.next = malloc((size_t)list->size + 1)))
        st = hg_fail_nomem(err);
    for (uint64_t i = 0; st == HG_OK && i < list->size; i += 4) {
        st = hg_ole_read(list, i, bytes, 4, err);
        ole->mini_fat.next[ole->mini_fat.n++] = hg_le32(bytes);
    }
    if (st == HG_OK)
        st = open_chain(&ole->mini, ole, NULL, hg_le32(root + 116), size_of(ole, root),
                        err);
    hg_ole_stream_free(list);
    return st;
}

hg_status hg_ole_find(hg_ole_stream **out, hg_ole *ole, const char *name, hg_err *err)
{
    unsigned char entry[ENTRY];
    hg_status st = find(ole, name, entry, err);
    *out = NULL;
    if (st != HG_OK)
        return st == HG_END ? HG_OK : st;
    bool small = size_of(ole, entry) < hg_le32(ole->head + 56);
    if (small && (st = need_mini(ole, err)) != HG_OK)
        return st;
    return open_chain(out, ole, small ? ole->mini : NULL, hg_le32(entry + 116),
                      size_of(ole, entry), err);
}

/* ---- opening ---- */

static hg_status read_size(hg_ole *ole, hg_err *err)
{
    struct stat info;
    if (fstat(ole->fd, &info) != 0)
        return hg_fail_sys(err, &ole->loc, "cannot be read");
    ole->size = (uint64_t)info.st_size;
    if (ole->size > HG_OLE_MAX_BYTES)
        return hg_fail(err, HG_EINPUT, &ole->loc,
                       "an old workbook of more than %" PRIu64 " bytes",
                       HG_OLE_MAX_BYTES);
    return HG_OK;
}

static hg_status read_head(hg_ole *ole, hg_err *err)
{
    hg_status st = read_size(ole, err);
    if (st == HG_OK)
        st = read_file(ole, 0, ole->head, HEAD, err);
    if (st != HG_OK)
        return st;
    ole->shift = hg_le16(ole->head + 30);
    if (memcmp(ole->head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) != 0 ||
        (ole->shift != 9 && ole->shift != 12))
        return hg_fail(err, HG_EINPUT, &ole->loc,
                       "damaged: the first sector is no header");
    uint64_t sector = (uint64_t)1 << ole->shift;
    ole->fat.n =
        (size_t)((ole->size + sector - 1) / sector - 1); /* size > 0: it has a head */
    return HG_OK;
}

static hg_status new_file(hg_ole **out, int fd, const char *name, hg_err *err)
{
    hg_ole *ole = *out = calloc(1, sizeof *ole);
    if (!ole || !(ole->name = strdup(name))) {
        free(ole);
        *out = NULL;
        return hg_fail_nomem(err);
    }
    ole->fd = fd;
    ole->loc.file = ole->name;
    return HG_OK;
}

hg_status hg_ole_open(hg_ole **out, int fd, const char *name, hg_err *err)
{
    hg_status st = new_file(out, fd, name, err);
    hg_ole *ole = *out;
    if (st != HG_OK)
        return st;
    st = read_head(ole, err);
    if (st == HG_OK)
        st = read_table(ole, err);
    if (st == HG_OK)
        st = open_chain(&ole->folder, ole, NULL, hg_le32(ole->head + 48), ANY_SIZE, err);
    if (st != HG_OK) {
        hg_ole_free(ole);
        *out = NULL;
    }
    return st;
}

hg_status hg_ole_plain(hg_ole **out, hg_ole_stream **stream, int fd, const char *name,
                       hg_err *err)
{
    hg_status st = new_file(out, fd, name, err);
    *stream = NULL;
    if (st == HG_OK)
        st = read_size(*out, err);
    if (st == HG_OK && !(*stream = calloc(1, sizeof **stream)))
        st = hg_fail_nomem(err);
    if (st == HG_OK) {
        **stream = (hg_ole_stream){ .ole = *out, .size = (*out)->size };
        return HG_OK;
    }
    hg_ole_free(*out);
    *out = NULL;
    return st;
}

const char *hg_ole_name(const hg_ole *ole)
{
    return ole->name;
}

void hg_ole_free(hg_ole *ole)
{
    if (!ole)
        return;
    hg_ole_stream_free(ole->folder);
    hg_ole_stream_free(ole->mini);
    free(ole->mini_fat.next);
    free(ole->fat.next);
    free(ole->name);
    free(ole);
}
