/* textfile_blocks - the blocks of a regular text, in the dialect that is written */
#include "base/buf.h"
#include "base/file.h"
#include "format/masks.h"
#include "format/textfile_parts.h"

#include <stdlib.h>

struct hg_textfile_blocks {
    const hg_textfile *text;
    char *bytes;
    size_t cap, next; /* next: the cut to come */
    hg_buf out;       /* the block rewritten; at most three times as long, being all commas */
};

/* ---- rewriting ---- */

/* A block whose dialect becomes ours: delimiters in place; quotes around a cell that has
 * commas, and CR LF, by copying what stands before. */
typedef struct rewrite {
    char *bytes;
    char delimiter;
    bool crlf;
    hg_buf *out;
    size_t kept;     /* bytes that are copied, or left out */
    size_t cell;     /* where the cell at hand starts, */
    bool commas;     /* and whether it has some outside quotes */
    uint64_t inside; /* as hg_mask_enclosed() has it */
} rewrite;

static void copy_up_to(rewrite *r, size_t at)
{
    hg_buf_put(r->out, r->bytes + r->kept, at - r->kept);
    r->kept = at;
}

/* The cell at hand ends before the line end or delimiter at `at`. */
static void end_cell(rewrite *r, size_t at)
{
    bool line = r->bytes[at] == '\n';
    size_t end = at - (line && r->crlf);
    if (r->commas) {
        copy_up_to(r, r->cell);
        hg_buf_putc(r->out, '"');
        copy_up_to(r, end);
        hg_buf_putc(r->out, '"');
    }
    if (line && r->crlf) {
        copy_up_to(r, end);
        r->kept = at;
    }
    if (!line)
        r->bytes[at] = ',';
    r->cell = at + 1;
    r->commas = false;
}

/* Rewrite the HG_MASK_BLOCK bytes from base on, of which these are line ends, and so on. */
static inline __attribute__((always_inline)) void
rewrite_block(rewrite *r, size_t base, uint64_t quotes, uint64_t lf, uint64_t delimiters,
              uint64_t commas)
{
    uint64_t in = (quotes | r->inside) ? hg_mask_enclosed(quotes, &r->inside) : 0;
    delimiters &= ~in;
    commas &= ~in & ~delimiters;
    lf &= ~in;
    uint64_t ends = delimiters | lf;
    if (commas == 0 && !r->commas && (!r->crlf || lf == 0)) {
        for (; delimiters != 0; delimiters &= delimiters - 1)
            r->bytes[base + (unsigned)__builtin_ctzll(delimiters)] = ',';
        if (ends != 0)
            r->cell = base + 64 - (unsigned)__builtin_clzll(ends);
        return;
    }
    for (; ends != 0; ends &= ends - 1) {
        unsigned at = (unsigned)__builtin_ctzll(ends);
        uint64_t before = (UINT64_C(1) << at) - 1;
        r->commas |= (commas & before) != 0;
        commas &= ~before;
        end_cell(r, base + at);
    }
    r->commas |= commas != 0;
}

static void rewrite_portable(rewrite *r, size_t n)
{
    for (size_t at = 0; at < n; at += HG_MASK_BLOCK) {
        const char *p = r->bytes + at;
        rewrite_block(r, at, hg_mask_of(p, '"'), hg_mask_of(p, '\n'),
                      hg_mask_of(p, r->delimiter), hg_mask_of(p, ','));
    }
}

#if HG_MASK_AVX2
HG_MASK_TARGET static void rewrite_avx2(rewrite *r, size_t n)
{
    for (size_t at = 0; at < n; at += HG_MASK_BLOCK) {
        const char *p = r->bytes + at;
        __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)p);
        __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
        rewrite_block(r, at, hg_mask_avx2(low, high, '"'), hg_mask_avx2(low, high, '\n'),
                      hg_mask_avx2(low, high, r->delimiter),
                      hg_mask_avx2(low, high, ','));
    }
}
#else
#define rewrite_avx2 rewrite_portable
#endif

/* Make the n bytes of a block what is passed on; behind them are HG_MASK_BLOCK zeros. */
static hg_status in_our_dialect(hg_textfile_blocks *b, size_t n, hg_slice *bytes,
                                hg_err *err)
{
    char delimiter = b->text->dialect.delimiter;
    *bytes = (hg_slice){ b->bytes, n };
    if (delimiter == ',' && !b->text->crlf)
        return HG_OK;
    rewrite r = { .bytes = b->bytes,
                  .delimiter = delimiter,
                  .crlf = b->text->crlf,
                  .out = &b->out };
    hg_buf_clear(&b->out);
    (hg_mask_has_avx2() ? rewrite_avx2 : rewrite_portable)(&r, n);
    if (r.kept == 0) /* all in place */
        return HG_OK;
    copy_up_to(&r, n);
    *bytes = (hg_slice){ b->out.data, b->out.len };
    return hg_buf_status(&b->out, err);
}

/* ---- blocks ---- */

hg_status hg_textfile_blocks_new(hg_textfile_blocks **out, const hg_textfile *text,
                                 hg_err *err)
{
    hg_textfile_blocks *blocks = *out = calloc(1, sizeof *blocks);
    if (!blocks)
        return hg_fail_nomem(err);
    blocks->text = text;
    return HG_OK;
}

static hg_status make_room(hg_textfile_blocks *b, size_t n, hg_err *err)
{
    if (n <= b->cap)
        return HG_OK;
    free(b->bytes);
    b->cap = n;
    b->bytes = malloc(n);
    return b->bytes ? HG_OK : hg_fail_nomem(err);
}

hg_status hg_textfile_blocks_next(hg_textfile_blocks *b, hg_slice *bytes,
                                  uint64_t *records, hg_err *err)
{
    const hg_textfile *text = b->text;
    if (b->next == text->n_cuts)
        return HG_END;
    const struct hg_cut *cut = &text->cuts[b->next],
                        *before = b->next > 0 ? cut - 1 : NULL;
    uint64_t from = before ? before->end : text->from;
    size_t n = (size_t)(cut->end - from), got;
    hg_status st = make_room(b, n + HG_MASK_BLOCK, err);
    if (st == HG_OK)
        st = hg_file_read_at(text->fd, text->name, b->bytes, n, from, &got, err);
    if (st != HG_OK)
        return st;
    if (got < n || b->bytes[n - 1] != '\n')
        return hg_fail(err, HG_EINPUT, HG_AT(text->name),
                       "the file was changed while it was read");
    memset(b->bytes + n, 0, HG_MASK_BLOCK);
    b->next++;
    *records = cut->records - (before ? before->records : 0);
    return in_our_dialect(b, n, bytes, err);
}

void hg_textfile_blocks_free(hg_textfile_blocks *blocks)
{
    if (!blocks)
        return;
    free(blocks->bytes);
    hg_buf_release(&blocks->out);
    free(blocks);
}
