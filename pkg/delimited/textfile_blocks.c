/* textfile_blocks - the blocks of a regular text, in the dialect that is written */
#include "base/buf.h"
#include "base/file.h"
#include "base/workers.h"
#include "delimited/masks.h"
#include "delimited/textfile_parts.h"

#include <stdlib.h>

enum { PLACES = 3 }; /* of the block given before, the one given last, the one to come */

/* More bytes make a long block; CR LF becoming LF leaves two thirds of them or more. */
#define LONG (2 * HG_TEXTFILE_KEPT)

/* A block, which is read and rewritten on a thread of its own while those before it are
 * used. */
typedef struct block {
    const hg_textfile *text;
    size_t cut;
    char *bytes;
    size_t cap;
    hg_buf out; /* the bytes rewritten; at most three times as long, being all commas */
    hg_slice given;
    hg_status status;
    hg_err err;
} block;

struct hg_textfile_blocks {
    const hg_textfile *text;
    block places[PLACES];
    hg_workers *workers; /* NULL: blocks are made when they are asked for */
    size_t next, taken;  /* the cuts to be made and to be given next */
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

/* The CR before the LF at `at` is left out. */
static void leave_out_before(rewrite *r, size_t at)
{
    copy_up_to(r, at - 1);
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
    if (line && r->crlf)
        leave_out_before(r, at);
    if (!line)
        r->bytes[at] = ',';
    r->cell = at + 1;
    r->commas = false;
}

/* Rewrite the HG_MASK_BLOCK bytes from base on, of which these are line ends, and so on.
 */
static inline __attribute__((always_inline)) void
rewrite_block(rewrite *r, size_t base, uint64_t quotes, uint64_t lf, uint64_t delimiters,
              uint64_t commas)
{
    uint64_t in = (quotes | r->inside) ? hg_mask_enclosed(quotes, &r->inside) : 0;
    delimiters &= ~in;
    commas &= ~in & ~delimiters;
    lf &= ~in;
    uint64_t ends = delimiters | lf;
    if (commas == 0 && !r->commas) {
        for (; delimiters != 0 && r->delimiter != ','; delimiters &= delimiters - 1)
            r->bytes[base + (unsigned)__builtin_ctzll(delimiters)] = ',';
        for (; lf != 0 && r->crlf; lf &= lf - 1)
            leave_out_before(r, base + (unsigned)__builtin_ctzll(lf));
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
/* The same where only delimiters change, which is nearly everywhere: all of them at once.
 */
HG_MASK_TARGET static void exchange(char *p, __m256i low, __m256i high, char delimiter)
{
    const __m256i old = _mm256_set1_epi8(delimiter), new = _mm256_set1_epi8(',');
    low = _mm256_blendv_epi8(low, new, _mm256_cmpeq_epi8(low, old));
    high = _mm256_blendv_epi8(high, new, _mm256_cmpeq_epi8(high, old));
    _mm256_storeu_si256((__m256i *)(void *)p, low);
    _mm256_storeu_si256((__m256i *)(void *)(p + 32), high);
}

HG_MASK_TARGET static void rewrite_avx2(rewrite *r, size_t n)
{
    for (size_t at = 0; at < n; at += HG_MASK_BLOCK) {
        char *p = r->bytes + at;
        __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)p);
        __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
        uint64_t quotes = hg_mask_avx2(low, high, '"');
        uint64_t lf = hg_mask_avx2(low, high, '\n');
        uint64_t delimiters = hg_mask_avx2(low, high, r->delimiter);
        uint64_t commas = hg_mask_avx2(low, high, ','), ends = delimiters | lf;
        if ((quotes | r->inside | commas) != 0 || r->commas || (r->crlf && lf != 0)) {
            rewrite_block(r, at, quotes, lf, delimiters, commas);
            continue;
        }
        exchange(p, low, high, r->delimiter);
        if (ends != 0)
            r->cell = at + 64 - (unsigned)__builtin_clzll(ends);
    }
}
#else
#define rewrite_avx2 rewrite_portable
#endif

/* Make the n bytes of a block what is passed on; behind them are HG_MASK_BLOCK zeros. */
static hg_status in_our_dialect(block *b, size_t n, hg_err *err)
{
    char delimiter = b->text->dialect.delimiter;
    b->given = (hg_slice){ b->bytes, n };
    if (delimiter == ',' && !b->text->crlf)
        return HG_OK;
    rewrite r = {
        .bytes = b->bytes, .delimiter = delimiter, .crlf = b->text->crlf, .out = &b->out
    };
    hg_buf_clear(&b->out);
    (hg_mask_has_avx2() ? rewrite_avx2 : rewrite_portable)(&r, n);
    if (r.kept == 0) /* all in place */
        return HG_OK;
    copy_up_to(&r, n);
    b->given = (hg_slice){ b->out.data, b->out.len };
    return hg_buf_status(&b->out, err);
}

/* ---- blocks ---- */

static hg_status make_room(block *b, size_t n, hg_err *err)
{
    if (n <= b->cap)
        return HG_OK;
    free(b->bytes);
    b->cap = n;
    b->bytes = malloc(n);
    return b->bytes ? HG_OK : hg_fail_nomem(err);
}

static uint64_t start_of(const hg_textfile *text, size_t cut)
{
    return cut > 0 ? text->cuts[cut - 1].end : text->from;
}

static void make(void *job)
{
    block *b = job;
    const hg_textfile *text = b->text;
    uint64_t from = start_of(text, b->cut);
    size_t n = (size_t)(text->cuts[b->cut].end - from), got;
    hg_err *err = &b->err;
    *err = (hg_err)HG_ERR_INIT;
    b->status = make_room(b, n + HG_MASK_BLOCK, err);
    if (b->status == HG_OK)
        b->status = hg_file_read_at(text->fd, text->name, b->bytes, n, from, &got, err);
    if (b->status != HG_OK)
        return;
    if (got < n || b->bytes[n - 1] != '\n') {
        b->status = hg_fail(err, HG_EINPUT, HG_AT(text->name),
                            "the file was changed while it was read");
        return;
    }
    memset(b->bytes + n, 0, HG_MASK_BLOCK);
    b->status = in_our_dialect(b, n, err);
}

static bool is_long(const hg_textfile *text, size_t cut)
{
    return text->cuts[cut].end - start_of(text, cut) > LONG;
}

/* Whether blocks are made ahead: there are some, and none is long. */
static bool ahead(const hg_textfile *text)
{
    bool may = text->n_cuts > 1;
    for (size_t i = 0; i < text->n_cuts && may; i++)
        may = !is_long(text, i);
    return may;
}

hg_status hg_textfile_blocks_new(hg_textfile_blocks **out, const hg_textfile *text,
                                 hg_err *err)
{
    hg_textfile_blocks *blocks = *out = calloc(1, sizeof *blocks);
    if (!blocks)
        return hg_fail_nomem(err);
    blocks->text = text;
    if (!ahead(text) || hg_workers_new(&blocks->workers, 1, PLACES, make, err) == HG_OK)
        return HG_OK;
    hg_textfile_blocks_free(blocks);
    *out = NULL;
    return err->status;
}

/* Have the blocks made up to the one behind that which is given next. */
static void make_ahead(hg_textfile_blocks *b)
{
    for (; b->next < b->text->n_cuts && b->next < b->taken + 2; b->next++) {
        block *to = &b->places[b->next % PLACES];
        to->text = b->text;
        to->cut = b->next;
        hg_workers_give(b->workers, to);
    }
}

hg_status hg_textfile_blocks_next(hg_textfile_blocks *b, hg_slice *bytes,
                                  uint64_t *records, hg_err *err)
{
    const hg_textfile *text = b->text;
    block *made;
    if (b->taken == text->n_cuts)
        return HG_END;
    if (b->workers) {
        make_ahead(b);
        made = hg_workers_take(b->workers);
    } else {
        made = &b->places[is_long(text, b->taken) ? PLACES - 1 : b->taken % 2];
        made->text = text;
        made->cut = b->taken;
        make(made);
    }
    const struct hg_cut *cut = &text->cuts[b->taken];
    *records = cut->records - (b->taken > 0 ? cut[-1].records : 0);
    *bytes = made->given;
    b->taken++;
    if (made->status != HG_OK)
        *err = made->err;
    return made->status;
}

void hg_textfile_blocks_free(hg_textfile_blocks *blocks)
{
    if (!blocks)
        return;
    hg_workers_free(blocks->workers);
    for (size_t i = 0; i < PLACES; i++) {
        free(blocks->places[i].bytes);
        hg_buf_release(&blocks->places[i].out);
    }
    free(blocks);
}
