/* marker - a text with several characters between its cells, as one that has a byte there
 */
#include "format/marker.h"

#include <stdlib.h>
#include <string.h>

struct hg_marker {
    hg_slice delimiter;
    hg_pull *pull;
    void *user;
    hg_buf
        text; /* what was pulled and not given; at its end a delimiter may have begun */
    size_t given; /* bytes of it that the caller still has */
    bool ended;
    hg_buf restored;
};

static hg_status pull(hg_marker *m, hg_err *err)
{
    const char *bytes;
    size_t n;
    hg_status st = m->pull(m->user, &bytes, &n, err);
    m->ended = st == HG_END;
    if (st != HG_OK)
        return st == HG_END ? HG_OK : st;
    hg_buf_put(&m->text, bytes, n);
    return hg_buf_status(&m->text, err);
}

/* Put the marker in place of delimiters, where all of one would be at hand; how many
 * bytes there are then, and how many of the text they stand for. */
static size_t mark(hg_marker *m, size_t *taken)
{
    const hg_slice d = m->delimiter;
    char *p = m->text.data, *to = p, *end = p + m->text.len;
    while (p < end && (m->ended || (size_t)(end - p) >= d.n)) {
        bool here = (size_t)(end - p) >= d.n && memcmp(p, d.p, d.n) == 0;
        *to++ = here ? HG_MARKER : *p;
        p += here ? d.n : 1;
    }
    *taken = (size_t)(p - m->text.data);
    return (size_t)(to - m->text.data);
}

hg_status hg_marker_next(void *marker, const char **bytes, size_t *n, hg_err *err)
{
    hg_marker *m = marker;
    if (m->given > 0)
        memmove(m->text.data, m->text.data + m->given, m->text.len - m->given);
    m->text.len -= m->given;
    hg_status st = m->ended ? HG_OK : pull(m, err);
    if (st != HG_OK)
        return st;
    *bytes = m->text.data;
    *n = m->text.len > 0 ? mark(m, &m->given) : 0;
    m->given = *n > 0 ? m->given : 0;
    return m->ended && *n == 0 ? HG_END : HG_OK;
}

/* ---- cells ---- */

static size_t markers(hg_slice cell)
{
    size_t n = 0;
    for (const char *p = cell.p, *end = cell.p + cell.n;
         p < end && (p = memchr(p, HG_MARKER, (size_t)(end - p))); p++)
        n++;
    return n;
}

static hg_slice restore(hg_marker *m, hg_slice cell)
{
    size_t from = m->restored.len;
    for (size_t i = 0; i < cell.n; i++)
        if (cell.p[i] == HG_MARKER)
            hg_buf_put(&m->restored, m->delimiter.p, m->delimiter.n);
        else
            hg_buf_putc(&m->restored, cell.p[i]);
    return (hg_slice){ m->restored.data + from, m->restored.len - from };
}

hg_status hg_marker_restore(hg_marker *m, hg_slice *cells, size_t n, hg_err *err)
{
    size_t all = 0;
    for (size_t i = 0; i < n; i++) {
        size_t these = markers(cells[i]);
        all += these > 0 ? cells[i].n + these * m->delimiter.n : 0;
    }
    hg_buf_clear(&m->restored);
    if (all == 0 ||
        !hg_buf_reserve(&m->restored, all)) /* room for all, so that no cell moves */
        return hg_buf_status(&m->restored, err);
    for (size_t i = 0; i < n; i++)
        if (markers(cells[i]) > 0)
            cells[i] = restore(m, cells[i]);
    return HG_OK;
}

/* ---- all of it ---- */

hg_status hg_marker_new(hg_marker **out, hg_slice delimiter, hg_pull *from, void *user,
                        hg_err *err)
{
    hg_marker *m = *out = calloc(1, sizeof *m);
    if (!m)
        return hg_fail_nomem(err);
    m->delimiter = delimiter;
    m->pull = from;
    m->user = user;
    return HG_OK;
}

void hg_marker_free(hg_marker *m)
{
    if (!m)
        return;
    hg_buf_release(&m->text);
    hg_buf_release(&m->restored);
    free(m);
}
