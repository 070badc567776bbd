/* Two-stage reading of canonical CSV: the index is the same in each way to make it, and the rows
 * are those of a plain reader that goes byte by byte, for good texts and for malformed ones. */
#include "delimited/csv.h"
#include "delimited/csv_index.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

enum { TEXTS = 1000000, SHORT = 150, LONGS = 60, LONG = 150000 };

static uint64_t state;

/* xorshift64 (Marsaglia 2003) */
static uint32_t number(uint32_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 11) % below);
}

/* ---- the index ---- */

static hg_csv_marks plain_index(uint32_t *to, const char *text, size_t n)
{
    bool inside = false;
    hg_csv_marks seen = { 0 };
    for (size_t i = 0; i < n; i++) {
        bool quote = text[i] == '"';
        if (quote || (!inside && (text[i] == ',' || text[i] == '\n')))
            to[seen.n++] = (uint32_t)i;
        inside ^= quote;
        seen.quotes |= quote;
        seen.lines += text[i] == '\n';
    }
    return seen;
}

static bool same_index(const char *text, size_t n)
{
    static uint32_t a[SHORT + 16], b[SHORT + 16];
    hg_csv_marks want = plain_index(a, text, n);
    bool same = true;
    for (unsigned i = 0; same && hg_csv_index_way(i); i++) {
        hg_csv_marks got = hg_csv_index_way(i)(b, text, n);
        same = got.n == want.n && got.lines == want.lines && got.quotes == want.quotes &&
               memcmp(a, b, got.n * sizeof *a) == 0;
    }
    return same;
}

/* ---- a look ---- */

/* Records end where no quotes enclose an LF. lone: a CR outside quotes has none behind it. */
static hg_csv_glance plain_look(const char *text, size_t n, bool *lone)
{
    bool inside = false;
    size_t lines = 0;
    hg_csv_glance seen = { 0 };
    *lone = false;
    for (size_t i = 0; i < n; i++) {
        inside ^= text[i] == '"';
        lines += text[i] == '\n';
        *lone |= text[i] == '\r' && !inside && (i + 1 == n || text[i + 1] != '\n');
        if (text[i] == '\n' && !inside) {
            seen.records++;
            seen.lines = lines;
            seen.end = i + 1;
        }
    }
    return seen;
}

/* Whether all of a text can be read, and is then written as it stands. */
static bool is_canonical(hg_csv *csv, hg_buf *written, hg_slice text, bool *good)
{
    hg_err err = HG_ERR_INIT;
    hg_row row;
    hg_status st;
    hg_buf_clear(written);
    hg_csv_init(csv, text.p, text.n, 0, 0);
    while ((st = hg_csv_next_plainly(csv, &row, &err)) == HG_OK) {
        for (size_t i = 0; i < row.n; i++)
            hg_csv_put(written, row.cells[i], i == 0);
        hg_csv_end(written);
    }
    hg_csv_glance seen = hg_csv_look(text.p, text.n);
    hg_buf anew = { 0 };
    if (!seen.odd && text.n > 0)
        ck_assert(hg_csv_anew(&anew, text) &&
                  hg_slice_eq((hg_slice){ anew.data, anew.len },
                              (hg_slice){ written->data, written->len }));
    hg_buf_release(&anew);
    *good = st == HG_END;
    return *good && hg_slice_eq((hg_slice){ written->data, written->len }, text);
}

static bool same_look(hg_csv *csv, hg_buf *written, const char *text, size_t n)
{
    bool lone, good;
    hg_csv_glance want = plain_look(text, n, &lone);
    bool same = is_canonical(csv, written, (hg_slice){ text, want.end }, &good);
    for (unsigned i = 0; hg_csv_look_way(i); i++) {
        hg_csv_glance got = hg_csv_look_way(i)(text, n);
        bool said = !got.odd && !got.needless && !got.returns;
        if (got.end != want.end || got.records != want.records || got.lines != want.lines)
            return false;
        if ((said && !same) || (!good && !got.odd))
            return false;
        /* no more is said than is so; of a record that is cut off nothing is known */
        if (want.end == n && ((same && !said) || (good && got.odd && !lone)))
            return false;
    }
    return true;
}

/* ---- rows ---- */

/* The reader in its plainest form: each cell is unquoted as it goes, into text of its own. */
typedef struct plain {
    const char *p, *end;
    char text[SHORT + 1];
    struct {
        size_t from, to;
    } cells[SHORT + 1];
    size_t n, col;
} plain;

/* Read one row; false at something malformed, in the cell col from 1. */
static bool plain_row(plain *r)
{
    size_t len = 0;
    for (r->n = 0;;) {
        size_t from = len;
        r->col = r->n + 1;
        if (r->p < r->end && *r->p == '"') {
            for (r->p++;; r->p++) {
                if (r->p == r->end)
                    return false;
                if (*r->p == '"' && (r->p + 1 == r->end || r->p[1] != '"'))
                    break;
                r->p += *r->p == '"';
                r->text[len++] = *r->p;
            }
            r->p++;
        } else {
            while (r->p < r->end && *r->p != ',' && *r->p != '\n' && *r->p != '"' &&
                   !(*r->p == '\r' && r->p + 1 < r->end && r->p[1] == '\n'))
                r->text[len++] = *r->p++;
        }
        r->cells[r->n].from = from;
        r->cells[r->n++].to = len;
        if (r->p < r->end && *r->p == ',') {
            r->p++;
            continue;
        }
        if (r->p + 1 < r->end && *r->p == '\r' && r->p[1] == '\n')
            r->p++;
        if (r->p < r->end && *r->p++ != '\n')
            return false;
        return true;
    }
}

static bool same_cells(const hg_row *row, const plain *r)
{
    for (size_t i = 0; i < r->n && i < row->n; i++) {
        hg_slice want = { r->text + r->cells[i].from, r->cells[i].to - r->cells[i].from };
        if (!hg_slice_eq(row->cells[i], want))
            return false;
    }
    return row->n == r->n;
}

static bool same_rows(hg_csv *csv, const char *text, size_t n)
{
    plain r = { .p = text, .end = text + n };
    hg_err err = HG_ERR_INIT;
    hg_row row;
    hg_csv_init(csv, text, n, 0, 0);
    while (r.p < r.end) {
        const char *from = r.p;
        bool good = plain_row(&r);
        if (hg_csv_next(csv, &row, &err) != (good ? HG_OK : HG_EINPUT))
            return false;
        if (!good) /* it repeats */
            return err.col == r.col && hg_csv_next(csv, &row, &err) == HG_EINPUT;
        if (!same_cells(&row, &r) || row.raw.p != from || row.raw.p + row.raw.n != r.p)
            return false;
    }
    return hg_csv_next(csv, &row, &err) == HG_END;
}

/* Bytes of which many are special; each text has a mixture of its own. */
static size_t random_text(char *text)
{
    static const char *const mixtures[] = { "a,\n\"", "ab,,\n\r\n", "\"\",\n", "aaaaaaaa,\n",
                                            "\"\"\"\r\n,a", "a\xC3\xA9,\"\n\r" };
    const char *from = mixtures[number(6)];
    size_t n = number(number(3) ? 24 : SHORT), kinds = strlen(from);
    for (size_t i = 0; i < n; i++)
        text[i] = from[number((uint32_t)kinds)];
    return n;
}

START_TEST(a_million_random_texts_are_read_as_a_plain_reader_reads_them)
{
    hg_csv csv = { 0 };
    hg_buf written = { 0 };
    state = 88172645463325252u;
    for (int i = 0; i < TEXTS; i++) {
        char *text = malloc(SHORT); /* so that a sanitizer sees a step beyond its end */
        size_t n = random_text(text);
        char *exact = realloc(text, n + (n == 0));
        if (!same_index(exact, n) || !same_rows(&csv, exact, n) ||
            (i % 4 == 0 && !same_look(&csv, &written, exact, n)))
            ck_abort_msg("the text %d is read otherwise: %.*s", i, (int)n, exact);
        free(exact);
    }
    hg_csv_release(&csv);
    hg_buf_release(&written);
}
END_TEST

static size_t put_end(char *to, unsigned crlf)
{
    size_t n = 0;
    if (number(crlf) == 0)
        to[n++] = '\r';
    to[n++] = '\n';
    return n;
}

/* A row of a long text: mostly good, so that it goes on over many windows. */
static size_t random_row(char *to)
{
    static const char *const cells[] = { "",  "1234", "\"a,b\"", "\"x\ny\"", "\"\"\"\"",
                                         "é", "abc",  "2024-01-31" };
    size_t n = 0, count = number(200) == 0 ? 20000 : number(12) + 1;
    for (size_t i = 0; i < count; i++) {
        const char *cell = cells[number(8)];
        if (i > 0)
            to[n++] = ',';
        memcpy(to + n, cell, strlen(cell));
        n += strlen(cell);
    }
    return n + put_end(to + n, 3);
}

START_TEST(rows_over_many_windows_are_those_read_byte_by_byte)
{
    static char text[LONG * 4];
    hg_csv fast = { 0 }, slow = { 0 };
    hg_err err = HG_ERR_INIT;
    hg_row a, b;
    state = 362436069;
    for (int i = 0; i < LONGS; i++) {
        size_t n = 0;
        while (n < LONG)
            n += random_row(text + n);
        hg_csv_init(&fast, text, n, 0, 0);
        hg_csv_init(&slow, text, n, 0, 0);
        hg_status st;
        bool same = true;
        while ((st = hg_csv_next(&fast, &a, &err)) == HG_OK && same) {
            same = hg_csv_next_plainly(&slow, &b, &err) == HG_OK && a.n == b.n &&
                   a.number == b.number && a.line == b.line && a.raw.p == b.raw.p &&
                   a.raw.n == b.raw.n;
            for (size_t k = 0; same && k < a.n; k++)
                same = hg_slice_eq(a.cells[k], b.cells[k]);
        }
        ck_assert(same);
        ck_assert_int_eq(st, HG_END);
        ck_assert_int_eq(hg_csv_next_plainly(&slow, &b, &err), HG_END);
        ck_assert_uint_eq(hg_csv_look(text, n).lines, fast.line - 1);
    }
    hg_csv_release(&fast);
    hg_csv_release(&slow);
}
END_TEST

/* A cell in quotes, which may stand in the way of a reader that is not careful. */
static size_t quoted_cell(char *to)
{
    static const char *const cells[] = { "\"\"", "\"\"\"\"", "\"a\"\"\"\"b\"\"\"", "\"a,\r\nb\"",
                                         "\"\n\"", "\"x\"", "\"\"\"a\"", "\"a\"\"b, c and \"\"d\"" };
    const char *cell = cells[number(8)];
    memcpy(to, cell, strlen(cell));
    return strlen(cell);
}

/* A row of mostly four cells, so that rows come together; one in `odd` is another, and one
 * cell in `quoted` stands in quotes. */
static size_t regular_row(char *to, unsigned odd, unsigned quoted)
{
    size_t n = 0, count = number(odd) == 0 ? number(8) + 1 : 4;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            to[n++] = ',';
        if (quoted > 0 && number(quoted) == 0) {
            n += quoted_cell(to + n);
            continue;
        }
        for (size_t k = number(12); k > 0; k--)
            to[n++] = number(100000) == 0 ? '"' : 'x';
    }
    return n + put_end(to + n, odd);
}

static void same_block(const hg_block *block, hg_csv *slow)
{
    hg_err err = HG_ERR_INIT;
    hg_row row;
    for (size_t r = 0; r < block->n; r++) {
        ck_assert_int_eq(hg_csv_next_plainly(slow, &row, &err), HG_OK);
        ck_assert_uint_eq(row.n, block->width);
        ck_assert_ptr_eq(block->from + hg_block_row(block, r), row.raw.p);
        for (size_t c = 0; c < row.n; c++) {
            hg_slice cell = hg_block_cell(block, r, c);
            ck_assert(hg_slice_eq(cell, row.cells[c]));
            ck_assert(block->text != block->from || cell.p == row.cells[c].p);
        }
    }
}

/* The rows of a text, together, mostly of so many cells, and one by one. Returns how many came
 * together. */
static size_t read_both_ways(hg_csv *fast, hg_csv *slow, const char *text, size_t n, size_t width)
{
    hg_err err = HG_ERR_INIT;
    hg_block block;
    hg_row a, b;
    size_t together = 0;
    hg_csv_init(fast, text, n, 0, 0);
    hg_csv_init(slow, text, n, 0, 0);
    for (hg_status st = HG_OK; st == HG_OK;) {
        size_t rows = hg_csv_rows(fast, number(500) == 0 ? 3 : width, 64, &block);
        together += rows;
        if (rows > 0) {
            same_block(&block, slow);
            continue;
        }
        st = hg_csv_next(fast, &a, &err);
        ck_assert_int_eq(hg_csv_next_plainly(slow, &b, &err), st);
        if (st == HG_OK)
            ck_assert(a.n == b.n && a.number == b.number && a.line == b.line && a.raw.p == b.raw.p);
    }
    ck_assert(fast->p == slow->p && fast->number == slow->number);
    return together;
}

/* Irregular ones too, in quotes, and of another width than was asked for. */
START_TEST(rows_taken_together_are_those_taken_one_by_one)
{
    static char text[LONG * 2];
    static const struct {
        unsigned odd, quoted;
    } odds[] = { { 1000000, 0 }, { 2000, 0 }, { 10, 0 }, { 1000000, 7 }, { 10, 3 }, { 50, 1 } };
    hg_csv fast = { 0 }, slow = { 0 };
    size_t together = 0, rows = 0;
    state = 521288629;
    for (int i = 0; i < LONGS; i++) {
        size_t n = 0;
        while (n < LONG)
            n += regular_row(text + n, odds[_i].odd, odds[_i].quoted);
        together += read_both_ways(&fast, &slow, text, n, 4);
        rows += fast.number;
    }
    ck_assert_uint_gt(together, rows / 2);
    hg_csv_release(&fast);
    hg_csv_release(&slow);
}
END_TEST

START_TEST(rows_of_short_texts_taken_together_are_those_taken_one_by_one)
{
    hg_csv fast = { 0 }, slow = { 0 };
    state = 88675123;
    for (int i = 0; i < TEXTS / 10; i++) {
        char *text = malloc(SHORT);
        size_t n = random_text(text);
        char *exact = realloc(text, n + (n == 0));
        read_both_ways(&fast, &slow, exact, n, number(3) + 1);
        free(exact);
    }
    hg_csv_release(&fast);
    hg_csv_release(&slow);
}
END_TEST

TCase *tests_csv_index(void)
{
    TCase *tests = tcase_create("csv_index");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_million_random_texts_are_read_as_a_plain_reader_reads_them);
    tcase_add_test(tests, rows_over_many_windows_are_those_read_byte_by_byte);
    tcase_add_loop_test(tests, rows_taken_together_are_those_taken_one_by_one, 0, 6);
    tcase_add_test(tests, rows_of_short_texts_taken_together_are_those_taken_one_by_one);
    return tests;
}
