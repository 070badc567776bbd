/* csv_look - what a look at a text shows: records, and whether they are in the dialect
 * that is written */
#include "delimited/csv_index.h"
#include "delimited/masks.h"

#define BLOCK HG_MASK_BLOCK

/* Where in a block bytes of each kind stand. */
typedef struct kinds {
    uint64_t quotes, commas, lf, cr;
} kinds;

/* A text of which some blocks were looked at; bits are those of the byte looked at last.
 */
typedef struct looking {
    uint64_t inside; /* as hg_mask_enclosed() has it */
    uint64_t closing, edge, cr;
    uint64_t plain;    /* it is in quotes, and nothing of that cell needs them so far */
    uint64_t needless; /* it closes such quotes, unless another follows */
    uint64_t odd;      /* not 0: as in the glance; also: */
    size_t lines;
    hg_csv_glance seen;
} looking;

/* Part of the loops below, and compiled with what each of them may use. */
#define PART static inline __attribute__((always_inline))

/* The last of the n bytes that a block has. */
PART uint64_t last_of(uint64_t bits, unsigned n)
{
    return bits >> (n - 1) & 1;
}

/* Look at a block of n bytes: no branch here depends on where quotes stand, for it would
 * be guessed wrong too often. */
PART void look_at(looking *l, kinds k, size_t at, unsigned n)
{
    uint64_t in = hg_mask_enclosed(k.quotes, &l->inside);
    uint64_t opening = k.quotes & in, closing = k.quotes & ~in;
    uint64_t all_lf = k.lf, lf = k.lf & ~in, cr = k.cr & ~in,
             edges = (k.commas & ~in) | lf;
    uint64_t behind_closing = closing << 1 | l->closing, behind_cr = cr << 1 | l->cr;
    uint64_t behind_edge = edges << 1 | l->edge;
    uint64_t all = n < BLOCK ? (UINT64_C(1) << n) - 1 : ~UINT64_C(0);
    l->odd |= (opening & ~(behind_edge | behind_closing)) |
              (behind_closing & ~(edges | opening | cr) & all) | (behind_cr & ~lf & all);
    /* A carry runs from each quote that opens a cell up to the first byte that needs it.
     */
    uint64_t second = opening & behind_closing; /* of two */
    uint64_t run = in & ~(k.commas | k.lf | k.cr | second), reached;
    uint64_t over = __builtin_add_overflow(run, opening & ~second, &reached);
    over |= __builtin_add_overflow(reached, l->plain, &reached);
    uint64_t needless = reached & closing;
    l->seen.needless |= ((needless << 1 | l->needless) & ~opening) != 0;
    l->seen.returns |= cr != 0;
    l->plain = over;
    l->needless = last_of(needless, n);
    l->closing = last_of(closing, n);
    l->edge = last_of(edges, n);
    l->cr = last_of(cr, n);
    unsigned behind = (unsigned)__builtin_clzll(lf | 1);
    l->seen.records += (size_t)__builtin_popcountll(lf);
    l->seen.end = lf != 0 ? at + BLOCK - behind : l->seen.end;
    l->seen.lines = lf != 0 ? l->lines + (size_t)__builtin_popcountll(all_lf << behind)
                            : l->seen.lines;
    l->lines += (size_t)__builtin_popcountll(all_lf);
}

/* The start of a text that has neither quotes nor CR, up to at. */
static looking begin(const char *text, size_t at, size_t lines)
{
    looking l = { .lines = lines,
                  .edge = 1,
                  .seen = { .lines = lines, .records = lines } };
    size_t end = at;
    while (end > 0 && text[end - 1] != '\n')
        end--;
    l.seen.end = end;
    if (at > 0)
        l.edge = text[at - 1] == ',' || text[at - 1] == '\n';
    return l;
}

/* Not by its address, so that it can stay in registers. */
static hg_csv_glance end(looking l)
{
    l.seen.odd = (l.odd | l.cr) != 0;
    l.seen.needless |= l.needless;
    return l.seen;
}

/* The loops over a text, of which the last block is filled up: up to the first block that
 * is not regular, then from there. Written out for each way. */
#define LOOK(name, regular, kinds_of)                                                    \
    static hg_csv_glance name(const char *text, size_t n)                                \
    {                                                                                    \
        size_t at = 0, lines = 0;                                                        \
        while (n - at >= BLOCK && regular(text + at, &lines))                            \
            at += BLOCK;                                                                 \
        looking l = begin(text, at, lines);                                              \
        for (; n - at >= BLOCK; at += BLOCK)                                             \
            look_at(&l, kinds_of(text + at), at, BLOCK);                                 \
        if (n > at) {                                                                    \
            char rest[BLOCK] = { 0 };                                                    \
            memcpy(rest, text + at, n - at);                                             \
            look_at(&l, kinds_of(rest), at, (unsigned)(n - at));                         \
        }                                                                                \
        return end(l);                                                                   \
    }

static kinds kinds_portable(const char *p)
{
    return (kinds){ hg_mask_of(p, '"'), hg_mask_of(p, ','), hg_mask_of(p, '\n'),
                    hg_mask_of(p, '\r') };
}

/* Count the lines of a block, unless it has quotes or a CR: without a mask of either. */
static inline bool regular_portable(const char *p, size_t *lines)
{
    uint64_t found = 0, ends = 0;
    for (int i = 0; i < BLOCK / 8; i++) {
        uint64_t w = hg_eight_load(p + 8 * i);
        found |= hg_eight_equal(w, '"') | hg_eight_equal(w, '\r');
        ends += hg_eight_equal(w, '\n') >> 7;
    }
    if (found != 0)
        return false;
    *lines += ends * HG_EACH(1) >> 56;
    return true;
}

LOOK(look_portable, regular_portable, kinds_portable)

#if HG_MASK_AVX2
/* The same of a block whose masks are made. */
PART bool count_lines(kinds k, size_t *lines)
{
    if ((k.quotes | k.cr) != 0)
        return false;
    *lines += (size_t)__builtin_popcountll(k.lf);
    return true;
}

HG_MASK_TARGET static inline kinds kinds_avx2(const char *p)
{
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
    return (kinds){ hg_mask_avx2(low, high, '"'), hg_mask_avx2(low, high, ','),
                    hg_mask_avx2(low, high, '\n'), hg_mask_avx2(low, high, '\r') };
}

HG_MASK_TARGET static inline bool regular_avx2(const char *p, size_t *lines)
{
    return count_lines(kinds_avx2(p), lines);
}

HG_MASK_TARGET LOOK(look_avx2, regular_avx2, kinds_avx2)

HG_MASK_TARGET_512 static inline kinds kinds_avx512(const char *p)
{
    __m512i all = _mm512_loadu_si512(p);
    return (kinds){ _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8('"')),
                    _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8(',')),
                    _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8('\n')),
                    _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8('\r')) };
}

HG_MASK_TARGET_512 static inline bool regular_avx512(const char *p, size_t *lines)
{
    return count_lines(kinds_avx512(p), lines);
}

HG_MASK_TARGET_512 LOOK(look_avx512, regular_avx512, kinds_avx512)
#endif

hg_csv_looker *hg_csv_look_way(unsigned i)
{
    hg_csv_looker *ways[4] = { 0 };
    unsigned n = 0;
#if HG_MASK_AVX2
    if (hg_mask_has_avx512())
        ways[n++] = look_avx512;
    if (hg_mask_has_avx2())
        ways[n++] = look_avx2;
#endif
    ways[n] = look_portable;
    return i <= n ? ways[i] : NULL;
}

hg_csv_glance hg_csv_look(const char *text, size_t n)
{
    return hg_csv_look_way(0)(text, n);
}
