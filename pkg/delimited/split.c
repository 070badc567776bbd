/* split - the cells of one record of a delimited text in any dialect, regular or not */
#include "delimited/split.h"
#include "delimited/masks.h"

#include <stdlib.h>
#include <string.h>

/* A record that is being split. */
typedef struct scan {
    hg_split *split;
    const hg_dialect *dialect;
    const char *text, *end;
    const char *p;
    bool ended;
    size_t literal; /* the quote to be taken as data */
} scan;

/* How a cell ended. MORE: the text at hand does not tell; OPEN: its quote closes nowhere.
 */
typedef enum ending { AT_DELIMITER, AT_LINE, AT_END, MORE, OPEN, FULL } ending;

static void stray(scan *s, const char *at)
{
    if (s->split->strays++ == 0)
        s->split->stray = (size_t)(at - s->text);
}

static bool ends_line(char c)
{
    return c == '\n' || c == '\r';
}

static bool ends_cell(const scan *s, const char *p)
{
    return ends_line(*p) || (s->dialect->delimiter && *p == s->dialect->delimiter);
}

/* Room in scratch for all that may follow in this record, so that no cell moves. */
static char *scratch(scan *s)
{
    hg_split *split = s->split;
    size_t need = split->used + (size_t)(s->end - s->text);
    if (need > split->room) {
        char *old = split->scratch, *grown = malloc(need);
        if (!grown)
            return NULL;
        if (split->used > 0)
            memcpy(grown, old, split->used);
        for (size_t i = 0; split->used > 0 && i < split->n; i++)
            if (split->cells[i].p >= old && split->cells[i].p < old + split->used)
                split->cells[i].p = grown + (split->cells[i].p - old);
        free(old);
        split->scratch = grown;
        split->room = need;
    }
    return split->scratch + split->used;
}

/* ---- the end of a cell ---- */

/* Give what a cell ends at; p is then behind it. A CR waits for the LF that may follow.
 */
static ending close_cell(scan *s)
{
    if (s->p == s->end)
        return s->ended ? AT_END : MORE;
    if (!ends_line(*s->p)) {
        s->p++;
        return AT_DELIMITER;
    }
    if (*s->p == '\r' && s->p + 1 == s->end && !s->ended)
        return MORE;
    s->p += *s->p == '\r' && s->p + 1 < s->end && s->p[1] == '\n' ? 2 : 1;
    return AT_LINE;
}

/* ---- plain cells ---- */

static bool escapes(const scan *s, const char *next)
{
    return *next == s->dialect->escape || *next == s->dialect->quote ||
           ends_cell(s, next);
}

/* Copy a plain cell with escapes, of which the first stands at p. */
static ending plain_escaped(scan *s, const char *from, hg_slice *cell)
{
    char *to = scratch(s);
    if (!to)
        return FULL;
    size_t n = (size_t)(s->p - from);
    memcpy(to, from, n);
    while (s->p < s->end && !ends_cell(s, s->p)) {
        bool escape = *s->p == s->dialect->escape;
        if (escape && s->p + 1 == s->end && !s->ended)
            return MORE;
        s->p += escape && s->p + 1 < s->end && escapes(s, s->p + 1);
        to[n++] = *s->p++;
    }
    *cell = (hg_slice){ to, n };
    s->split->used += n;
    return close_cell(s);
}

static ending plain(scan *s, hg_slice *cell)
{
    const char *from = s->p, *p = from;
    char quote = s->dialect->quote;
    for (; p < s->end; p++) {
        if (!s->split->special[(unsigned char)*p])
            continue;
        s->p = p;
        if (s->dialect->escape && *p == s->dialect->escape)
            return plain_escaped(s, from, cell);
        if (!quote || *p != quote)
            break;
        if (quote == '"' || p == from) /* an apostrophe is a letter of many words */
            stray(s, p);
    }
    s->p = p;
    *cell = (hg_slice){ from, (size_t)(p - from) };
    return close_cell(s);
}

/* ---- quoted cells ---- */

/* White space may stand between a closing quote and what ends the cell. */
static const char *behind(const scan *s, const char *p)
{
    while (p < s->end && *p == ' ' && s->dialect->delimiter != ' ')
        p++;
    return p;
}

/* A run of a quoted cell, from p up to the quote or the escape that ends it; lines tells
 * that line ends stand in it. */
static const char *run(const scan *s, const char *p, bool *lines)
{
    char quote = s->dialect->quote, escape = s->dialect->escape;
    for (; p < s->end && *p != quote && !(escape && *p == escape); p++)
        *lines |= ends_line(*p);
    return p;
}

/* Take the quoted cell at p. Copying starts with the first byte that is left out. */
static ending quoted(scan *s, hg_slice *cell)
{
    const hg_dialect *d = s->dialect;
    const char *from = s->p + 1, *kept = from, *p = from;
    char *to = NULL;
    size_t n = 0, strays = s->split->strays;
    bool lines = false;
    for (;;) {
        p = run(s, p, &lines);
        bool odd = s->split->strays > strays;
        if (lines && odd)
            return OPEN;
        if (p == s->end)
            return s->ended ? OPEN : MORE;
        bool last = p + 1 == s->end;
        if (last && !s->ended)
            return MORE;
        bool escape = d->escape && *p == d->escape && *p != d->quote;
        bool twice = !last && !escape && d->double_quote && p[1] == d->quote;
        if (escape && (last || !escapes(s, p + 1))) {
            p++;
        } else if (escape || twice) {
            if (!to && !(to = scratch(s)))
                return FULL;
            memcpy(to + n, kept, (size_t)(p - kept));
            n += (size_t)(p - kept);
            kept = p + 1;
            p += 2;
        } else {
            const char *next = behind(s, p + 1);
            if (next == s->end ? s->ended : ends_cell(s, next)) {
                if (next > p + 1)
                    stray(s, p);
                s->p = next;
                break;
            }
            if (next == s->end)
                return MORE;
            if (lines)
                return OPEN;
            stray(s, p++);
        }
    }
    if (to) {
        memcpy(to + n, kept, (size_t)(p - kept));
        *cell = (hg_slice){ to, n + (size_t)(p - kept) };
        s->split->used += cell->n;
    } else {
        *cell = (hg_slice){ from, (size_t)(p - from) };
    }
    s->split->quoted++;
    return close_cell(s);
}

/* ---- records ---- */

static ending cell(scan *s, hg_slice *out)
{
    const char *from = s->p;
    hg_split *split = s->split;
    if (s->dialect->skip_space)
        while (s->p < s->end && *s->p == ' ')
            s->p++;
    split->spaced += s->p > from && split->n > 0;
    bool quote = s->dialect->quote && s->p < s->end && *s->p == s->dialect->quote;
    if (!quote || (size_t)(s->p - s->text) == s->literal)
        return plain(s, out);
    size_t strays = split->strays, first = split->stray;
    const char *opening = s->p;
    ending e = quoted(s, out);
    if (e != OPEN)
        return e;
    split->strays = strays; /* what looked like it within is not in quotes */
    split->stray = first;
    split->open = true;
    s->p = opening;
    return plain(s, out);
}

static hg_status grow(hg_split *split, hg_err *err)
{
    size_t cap = split->cap ? split->cap * 2 : 64;
    if (split->n >= HG_SPLIT_CELLS)
        return hg_fail(err, HG_EINPUT, NULL, "more than %zu cells in one record",
                       HG_SPLIT_CELLS);
    hg_slice *cells = realloc(split->cells, cap * sizeof *cells);
    if (!cells)
        return hg_fail_nomem(err);
    split->cells = cells;
    uint32_t *starts = realloc(split->starts, cap * sizeof *starts);
    if (!starts)
        return hg_fail_nomem(err);
    split->starts = starts;
    split->cap = cap;
    return HG_OK;
}

static void begin(hg_split *split)
{
    const hg_dialect *d = split->dialect;
    const char set[4] = { d->delimiter, d->quote, d->escape, 1 };
    split->n = split->quoted = split->spaced = split->strays = split->used = 0;
    split->open = false;
    if (memcmp(set, split->set, sizeof set) == 0)
        return;
    memset(split->special, 0, sizeof split->special);
    split->special['\n'] = split->special['\r'] = true;
    for (size_t i = 0; i < 3; i++)
        split->special[(unsigned char)set[i]] |= set[i] != 0;
    memcpy(split->set, set, sizeof set);
}

/* ---- plain records ---- */

/* Split a record without quotes and escapes, HG_MASK_BLOCK bytes at once. false: it is
 * none, its last block is not at hand, or there is no room yet for its cells. */
#if HG_MASK_AVX2
HG_MASK_TARGET static bool split_plain(hg_split *split, hg_slice text)
{
    const hg_dialect *d = split->dialect;
    size_t from = 0;
    for (size_t at = 0; text.n - at > HG_MASK_BLOCK; at += HG_MASK_BLOCK) {
        const char *p = text.p + at;
        __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)p);
        __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
        uint64_t line = hg_mask_avx2(low, high, '\n') | hg_mask_avx2(low, high, '\r');
        uint64_t odd = d->quote ? hg_mask_avx2(low, high, d->quote) : 0;
        uint64_t ends = d->delimiter ? hg_mask_avx2(low, high, d->delimiter) : 0;
        odd |= d->escape ? hg_mask_avx2(low, high, d->escape) : 0;
        uint64_t within = line ? (line & (0 - line)) - 1 : ~UINT64_C(0);
        if ((odd & within) != 0)
            return false;
        ends = (ends & within) | (line & (0 - line));
        if (split->n + (size_t)__builtin_popcountll(ends) > split->cap)
            return false;
        for (; ends != 0; ends &= ends - 1) {
            size_t end = at + (unsigned)__builtin_ctzll(ends);
            split->starts[split->n] = (uint32_t)from;
            split->cells[split->n++] = (hg_slice){ text.p + from, end - from };
            from = end + 1;
        }
        if (line != 0) { /* a byte follows the block */
            bool both = text.p[from - 1] == '\r' && text.p[from] == '\n';
            split->length = from + both;
            return true;
        }
    }
    return false;
}
#else
static bool split_plain(hg_split *split, hg_slice text)
{
    (void)split;
    (void)text;
    return false;
}
#endif

hg_status hg_split_record(hg_split *split, hg_slice text, bool ended, size_t literal,
                          hg_err *err)
{
    scan s = { split, split->dialect, text.p, text.p + text.n, text.p, ended, literal };
    ending e;
    begin(split);
    if (!split->dialect->skip_space && hg_mask_has_avx2() && split_plain(split, text))
        return HG_OK;
    split->n = 0;
    do {
        if (split->n == split->cap && grow(split, err) != HG_OK)
            return err->status;
        split->starts[split->n] = (uint32_t)(s.p - text.p);
        e = cell(&s, &split->cells[split->n]);
        split->n++;
    } while (e == AT_DELIMITER);
    if (e == FULL)
        return hg_fail_nomem(err);
    split->length = (size_t)(s.p - text.p);
    return e == MORE ? HG_END : HG_OK;
}

void hg_split_release(hg_split *split)
{
    free(split->cells);
    free(split->starts);
    free(split->scratch);
    *split = (hg_split){ .dialect = split->dialect };
}
