/* check_rows - rows of a part: looked at by any thread, then taken in their order */
#include "text/utf8.h"
#include "work/check_inside.h"

/* ---- what other threads do ---- */

void hg_check_look(void *arg, unsigned worker)
{
    slot *s = arg;
    hg_slice bytes = s->part.bytes;
    hg_screen *screen = s->check->screens[worker];
    s->valid = hg_in_plain(s->check->in) ? bytes.n : hg_utf8_valid(bytes.p, bytes.n);
    s->seen.n = 0;
    if (screen && s->valid == bytes.n)
        hg_screen_rows(screen, (hg_slice){ bytes.p + s->rows, bytes.n - s->rows },
                       s->part.located, &s->seen);
}

/* ---- in their order ---- */

hg_status hg_check_utf8(const check *c, const slot *s, hg_err *err)
{
    if (s->valid == s->part.bytes.n)
        return HG_OK;
    return hg_fail(err, HG_EINPUT, &(hg_loc){ .file = c->resource },
                   "the stream holds the byte %02X, which is not UTF-8",
                   (unsigned)(unsigned char)s->part.bytes.p[s->valid]);
}

hg_status hg_check_failed(const check *c, hg_status st, hg_err *err)
{
    if (err->status == HG_EINPUT && err->file[0] == '\0')
        hg_args(err->file, sizeof err->file, "%s", c->resource);
    return st;
}

/* Check rows one by one; number is that of the first. */
static hg_status check_rows(check *c, hg_slice bytes, uint64_t number, uint64_t line,
                            hg_err *err)
{
    hg_row row;
    hg_status st;
    hg_csv_init(&c->csv, bytes.p, bytes.n, number - 1, line);
    while ((st = hg_csv_next(&c->csv, &row, err)) == HG_OK) {
        c->sum->rows++;
        if ((st = hg_table_row(c->table, &row, err)) != HG_OK)
            break;
    }
    return st == HG_END ? HG_OK : hg_check_failed(c, st, err);
}

/* How many rows from the i-th on are alike: odd, or good. */
static size_t alike(const hg_screened *seen, size_t i)
{
    size_t n = 1;
    if (seen->n_odd == 0)
        return seen->n - i;
    while (i + n < seen->n && seen->odd[i + n] == seen->odd[i])
        n++;
    return n;
}

/* Take good rows, up to the first that is not for what was before it; *n is how many. */
static hg_status take_good(check *c, hg_screened *seen, size_t i, size_t *n,
                           uint64_t number, hg_err *err)
{
    const hg_hash *digests = seen->digests + i * hg_table_digests(c->table);
    size_t good = hg_table_in_order(c->table, digests, *n);
    if (good < *n) {
        seen->odd[i + good] = true;
        seen->n_odd++;
    }
    *n = good;
    c->sum->rows += good;
    return hg_table_good(c->table, digests, seen->cells + i * seen->n_cells,
                         seen->n_cells, good, number, err);
}

/* Take what was screened: keys of good rows, and a closer look at the others. */
static hg_status take_screened(check *c, slot *s, uint64_t number, hg_err *err)
{
    hg_screened *seen = &s->seen;
    const char *rows = s->part.bytes.p + s->rows;
    hg_status st = HG_OK;
    hg_table_first(c->table, number);
    for (size_t i = 0, n; st == HG_OK && i < seen->n; i += n) {
        n = alike(seen, i);
        const char *from = rows + seen->starts[i], *to = rows + seen->starts[i + n];
        st = seen->odd[i] ? check_rows(c, (hg_slice){ from, (size_t)(to - from) },
                                       number + i, 0, err)
                          : take_good(c, seen, i, &n, number + i, err);
    }
    return hg_check_failed(c, st, err);
}

hg_status hg_check_slot(check *c, slot *s, hg_err *err)
{
    const hg_part *part = &s->part;
    uint64_t number = part->number + (part->header ? 1 : 0);
    const char *rows = part->bytes.p + s->rows, *end = part->bytes.p + part->bytes.n;
    hg_status st = hg_check_utf8(c, s, err);
    if (st == HG_OK)
        st = hg_table_from(c->table, hg_check_file(c, &part->at), &part->at,
                           part->located, err);
    if (st == HG_OK && s->seen.n > 0) {
        st = take_screened(c, s, number, err);
        rows += s->seen.starts[s->seen.n];
        number += s->seen.n;
    }
    if (st == HG_OK && rows < end)
        st = check_rows(c, (hg_slice){ rows, (size_t)(end - rows) }, number,
                        hg_csv_look(part->bytes.p, (size_t)(rows - part->bytes.p)).lines,
                        err);
    if (st == HG_OK && c->split)
        return hg_split_part(c->split, part, err);
    return st == HG_OK && c->out ? hg_out_part(c->out, part, err) : st;
}
