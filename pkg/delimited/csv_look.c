/* csv_look - what a look at a text shows: records, and whether they are in the dialect that is
 * written */
#include "delimited/csv_index.h"
#include "delimited/masks.h"

#define BLOCK HG_MASK_BLOCK

/* Where in a block bytes of each kind stand. */
typedef struct kinds {
    uint64_t quotes, commas, lf, cr;
} kinds;

/* A text of which some blocks were looked at. */
typedef struct looking {
    const char *text;
    size_t n;
    uint64_t inside; /* as hg_mask_enclosed() has it */
    uint64_t plain;  /* 1: and nothing of that cell needs the quotes so far */
    size_t lines;
    hg_csv_glance seen;
} looking;

/* Part of the loops below, and compiled with what each of them may use. */
#define PART static inline __attribute__((always_inline))

/* Whether a cell can end before the byte at an offset. */
static bool ends_cell(const looking *l, size_t at)
{
    const char *p = l->text + at, *end = l->text + l->n;
    return p >= end || *p == ',' || *p == '\n' ||
           (*p == '\r' && p + 1 < end && p[1] == '\n');
}

static bool starts_cell(const looking *l, size_t at)
{
    return at == 0 || l->text[at - 1] == ',' || l->text[at - 1] == '\n';
}

static uint64_t is_byte(const looking *l, size_t at, char c)
{
    return at < l->n && l->text[at] == c;
}

/* Look at the quotes of a block that has some, or starts inside them. Returns what they
 * enclose. */
PART uint64_t look_at_quotes(looking *l, kinds k, size_t at)
{
    bool was_inside = l->inside != 0;
    uint64_t in = hg_mask_enclosed(k.quotes, &l->inside);
    uint64_t opening = k.quotes & in, closing = k.quotes & ~in;
    uint64_t closed_before = !was_inside && at > 0 && l->text[at - 1] == '"';
    uint64_t second = opening & (closing << 1 | closed_before); /* of two */
    uint64_t first = closing & (second >> 1 | is_byte(l, at + BLOCK, '"') << 63);
    uint64_t edges = (k.commas | k.lf) & ~in;
    uint64_t returns = k.cr & (k.lf >> 1 | is_byte(l, at + BLOCK, '\n') << 63) & ~in;
    uint64_t before = edges << 1 | (uint64_t)starts_cell(l, at);
    uint64_t behind = (edges | returns) >> 1 | (uint64_t)ends_cell(l, at + BLOCK) << 63;
    opening &= ~second;
    closing &= ~first;
    l->seen.odd |= (opening & ~before) != 0 || (closing & ~behind) != 0;
    /* A carry runs from each opening quote up to the first byte that needs it. */
    uint64_t run = in & ~(k.commas | k.lf | k.cr | second), reached;
    uint64_t over = __builtin_add_overflow(run, opening, &reached);
    over |= __builtin_add_overflow(reached, l->plain, &reached);
    l->seen.needless |= (reached & ~run & closing) != 0;
    l->plain = over;
    return in;
}

PART void look_at(looking *l, kinds k, size_t at)
{
    size_t lines = l->lines;
    uint64_t in = 0;
    l->lines += (size_t)__builtin_popcountll(k.lf);
    if ((k.quotes | l->inside) != 0)
        in = look_at_quotes(l, k, at);
    uint64_t lf = k.lf & ~in, cr = k.cr & ~in;
    if (cr != 0) {
        uint64_t ends = lf >> 1 | is_byte(l, at + BLOCK, '\n') << 63;
        l->seen.returns = true;
        l->seen.odd |= (cr & ~ends) != 0;
    }
    if (lf == 0)
        return;
    unsigned last = 63 - (unsigned)__builtin_clzll(lf);
    l->seen.records += (size_t)__builtin_popcountll(lf);
    l->seen.end = at + last + 1;
    l->seen.lines = lines + (size_t)__builtin_popcountll(k.lf << (63 - last));
}

/* The loop over a text, of which the last block is filled up. Written out for each way. */
#define LOOK(name, kinds_of)                                                             \
    static hg_csv_glance name(const char *text, size_t n)                                \
    {                                                                                    \
        looking l = { .text = text, .n = n };                                            \
        size_t at = 0;                                                                   \
        for (; n - at >= BLOCK; at += BLOCK)                                             \
            look_at(&l, kinds_of(text + at), at);                                        \
        char rest[BLOCK] = { 0 };                                                        \
        if (n > at)                                                                      \
            memcpy(rest, text + at, n - at);                                             \
        look_at(&l, kinds_of(rest), at);                                                 \
        return l.seen;                                                                   \
    }

static kinds kinds_portable(const char *p)
{
    return (kinds){ hg_mask_of(p, '"'), hg_mask_of(p, ','), hg_mask_of(p, '\n'),
                    hg_mask_of(p, '\r') };
}

LOOK(look_portable, kinds_portable)

#if HG_MASK_AVX2
HG_MASK_TARGET static inline kinds kinds_avx2(const char *p)
{
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
    return (kinds){ hg_mask_avx2(low, high, '"'), hg_mask_avx2(low, high, ','),
                    hg_mask_avx2(low, high, '\n'), hg_mask_avx2(low, high, '\r') };
}

HG_MASK_TARGET LOOK(look_avx2, kinds_avx2)
#else
#define look_avx2 look_portable
#endif

hg_csv_glance hg_csv_look_portable(const char *text, size_t n)
{
    return look_portable(text, n);
}

hg_csv_glance hg_csv_look(const char *text, size_t n)
{
    return (hg_mask_has_avx2() ? look_avx2 : look_portable)(text, n);
}
