/* survey - whether a text is regular all through */
#include "delimited/survey.h"
#include "delimited/masks.h"

#define HEAD sizeof(uint64_t) /* bytes of a record's start that are compared */

/* Where in a block bytes of each kind stand. */
typedef struct kinds {
    uint64_t quotes, delimiters, lf, cr;
} kinds;

/* Part of the loops below, and compiled with what each of them may use. */
#define PART static inline __attribute__((always_inline))

/* The records that end in a block, whose delimiters and line ends outside quotes these
 * are. */
PART void end_records(hg_survey *s, uint64_t delimiters, uint64_t lf, const char *block)
{
    uint64_t cells = s->cells;
    for (; lf != 0; lf &= lf - 1) {
        unsigned at = (unsigned)__builtin_ctzll(lf);
        uint64_t before = (UINT64_C(1) << at) - 1;
        cells += (uint64_t)__builtin_popcountll(delimiters & before);
        delimiters &= ~before;
        s->width = s->width > 0 ? s->width : cells + 1;
        s->irregular |= cells + 1 != s->width;
        s->irregular |= s->bytes + at - s->end < s->width + (s->crlf > 0); /* all empty */
        s->irregular |= ((hg_eight_load(block + at + 1) ^ s->head) & s->head_bits) == 0;
        s->records++;
        s->end = s->bytes + at + 1;
        cells = 0;
    }
    s->cells = cells + (uint64_t)__builtin_popcountll(delimiters);
}

/* Look at a block of which n bytes count; the head's length may be read behind them. */
PART void look(hg_survey *s, kinds k, const char *block, size_t n)
{
    uint64_t in = 0;
    if ((k.quotes | s->inside) != 0)
        in = hg_mask_enclosed(k.quotes, &s->inside);
    uint64_t opening = k.quotes & in, closing = k.quotes & ~in;
    uint64_t lf = k.lf & ~in, cr = k.cr & ~in, edges = (k.delimiters & ~in) | lf;
    uint64_t behind_closing = closing << 1 | s->closing, behind_cr = cr << 1 | s->cr;
    uint64_t behind_edge = edges << 1 | s->edge, behind_line = lf << 1 | s->line_end;
    uint64_t all = n < HG_MASK_BLOCK ? (UINT64_C(1) << n) - 1 : ~UINT64_C(0);
    uint64_t bad = (opening & ~(behind_edge | behind_closing)) |
                   (behind_closing & ~(edges | opening | cr) & all) |
                   (behind_cr & ~lf & all) | ((lf | cr) & behind_line);
    s->irregular |= bad != 0;
    s->quotes += (uint64_t)__builtin_popcountll(k.quotes);
    s->crlf += (uint64_t)__builtin_popcountll(behind_cr & lf);
    end_records(s, k.delimiters & ~in, lf, block);
    unsigned last = (unsigned)n - 1;
    s->closing = closing >> last & 1;
    s->edge = edges >> last & 1;
    s->line_end = lf >> last & 1;
    s->cr = cr >> last & 1;
    s->bytes += n;
}

PART kinds kinds_of(const char *p, char delimiter)
{
    return (kinds){ hg_mask_of(p, '"'), hg_mask_of(p, delimiter), hg_mask_of(p, '\n'),
                    hg_mask_of(p, '\r') };
}

static size_t put_portable(hg_survey *survey, const char *text, size_t n)
{
    size_t at = 0;
    hg_survey s = *survey; /* so that it can stay in registers */
    for (; n - at >= HG_MASK_BLOCK + HEAD && !s.irregular; at += HG_MASK_BLOCK)
        look(&s, kinds_of(text + at, s.delimiter), text + at, HG_MASK_BLOCK);
    *survey = s;
    return at;
}

#if HG_MASK_AVX2
HG_MASK_TARGET static size_t put_avx2(hg_survey *survey, const char *text, size_t n)
{
    size_t at = 0;
    hg_survey s = *survey;
    for (; n - at >= HG_MASK_BLOCK + HEAD && !s.irregular; at += HG_MASK_BLOCK) {
        const char *p = text + at;
        __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)p);
        __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
        kinds k = { hg_mask_avx2(low, high, '"'), hg_mask_avx2(low, high, s.delimiter),
                    hg_mask_avx2(low, high, '\n'), hg_mask_avx2(low, high, '\r') };
        look(&s, k, p, HG_MASK_BLOCK);
    }
    *survey = s;
    return at;
}
#else
#define put_avx2 put_portable
#endif

/* The text's start, to know it again, up to its first line end or HEAD bytes; its first
 * byte is behind an edge. */
static void begin(hg_survey *s, const char *text, size_t n)
{
    char head[HEAD] = "", bits[HEAD] = "";
    bool more = true;
    s->begun = s->edge = s->line_end = true;
    for (size_t i = 0; i < n && i < HEAD && more; i++) {
        head[i] = text[i];
        bits[i] = (char)0xFF;
        more = text[i] != '\n';
    }
    s->head = hg_eight_load(head);
    s->head_bits = hg_eight_load(bits);
}

/* The end of the text: a last block that is not full. */
static void finish(hg_survey *s, const char *text, size_t n)
{
    char rest[HG_MASK_BLOCK + HEAD];
    for (size_t at = 0; at < n;) {
        size_t here = n - at < HG_MASK_BLOCK ? n - at : HG_MASK_BLOCK;
        size_t have = n - at < sizeof rest ? n - at : sizeof rest;
        memset(rest, 0, sizeof rest);
        memcpy(rest, text + at, have);
        if (here < HG_MASK_BLOCK)
            memset(rest + here, 0, sizeof rest - here);
        look(s, kinds_of(rest, s->delimiter), rest, here);
        at += here;
    }
    s->ended = true;
    s->irregular |= s->inside != 0 || !s->line_end || s->bytes == 0 ||
                    (s->crlf != 0 && s->crlf != s->records);
}

size_t hg_survey_put(hg_survey *s, const char *text, size_t n, bool last)
{
    if (!s->begun)
        begin(s, text, n);
    size_t at = (hg_mask_has_avx2() ? put_avx2 : put_portable)(s, text, n);
    if (last && !s->irregular)
        finish(s, text + at, n - at);
    return last ? n : at;
}
