/* xlsx_rows - the plain rows of a worksheet, block after block
 *
 * Blocks are cut where a row begins, and go round in a ring: those from first on are out,
 * to be read. What the threads read is good as long as every block before was read to its
 * end; else XML reads all of it anew. */
#define _GNU_SOURCE /* memrchr() */
#include "workbook/xlsx_rows.h"
#include "base/team.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK   ((size_t)1 << 17) /* bytes of a block */
#define LONG    ((uint64_t)1 << 20) /* bytes from which on threads are worth their start */
#define THREADS 4                 /* more would wait for the cells to be taken */
#define RING    (THREADS + 2)

typedef struct job {
    hg_xlsx_block block;
    hg_task task;
} job;

struct hg_xlsx_rows {
    hg_part *part;
    char *head;
    hg_team *team; /* NULL: the sheet is not long */
    job ring[RING];
    size_t first, out; /* the first one that is out, and how many are */
    hg_buf rest;       /* fetched, and in no block yet */
    uint64_t fetched;
    uint32_t last;    /* row taken last */
    bool taken;       /* the first block that is out is with the caller */
    bool over;        /* rows are no longer plain */
    hg_status status; /* of fetching */
    hg_err err;
};

static void read_block(void *arg, unsigned worker)
{
    (void)worker;
    hg_xlsx_block_read(arg);
}

hg_status hg_xlsx_rows_new(hg_xlsx_rows **out, hg_part *part, const hg_xlsx_context *book,
                           const uint8_t *hidden, hg_slice head, hg_slice bytes,
                           hg_err *err)
{
    hg_xlsx_rows *rows = *out = calloc(1, sizeof *rows);
    if (!rows || !(rows->head = malloc(head.n))) {
        free(rows);
        *out = NULL;
        return hg_fail_nomem(err);
    }
    memcpy(rows->head, head.p, head.n);
    rows->part = part;
    rows->over = !hg_xlsx_plain_begin(&rows->ring[0].block.plain,
                                      (hg_slice){ rows->head, head.n });
    for (size_t i = 0; i < RING; i++) {
        job *j = &rows->ring[i];
        j->block.plain = rows->ring[0].block.plain;
        j->block.book = book;
        j->block.hidden = hidden;
        j->task = (hg_task){ .run = read_block, .arg = &j->block };
    }
    hg_buf_put(&rows->rest, bytes.p, bytes.n);
    return hg_buf_status(&rows->rest, err);
}

/* ---- blocks ---- */

/* Where the last row begins in bytes, but not at their start; 0: there is none. */
static size_t last_row(const char *prefix, hg_slice bytes)
{
    size_t n = strlen(prefix);
    for (size_t left = bytes.n;;) {
        const char *at = memrchr(bytes.p, '<', left);
        if (!at || at == bytes.p)
            return 0;
        left = (size_t)(at - bytes.p);
        if (bytes.n - left > n + 4 && memcmp(at + 1, prefix, n) == 0 &&
            memcmp(at + 1 + n, "row", 3) == 0)
            return left;
    }
}

/* Fetch bytes for a block, and where it ends; *n 0: there are none. A row that is too long
 * to be plain is a block on its own. */
static hg_status fetch(hg_xlsx_rows *rows, size_t *n, hg_err *err)
{
    const char *prefix = rows->ring[0].block.plain.prefix;
    hg_buf *rest = &rows->rest;
    hg_slice piece;
    for (*n = 0; rows->status == HG_OK;) {
        if (rest->len >= BLOCK)
            *n = last_row(prefix, (hg_slice){ rest->data, rest->len });
        if (*n > 0 || rest->len > HG_XLSX_PLAIN_ROW)
            break;
        rows->status = hg_part_fetch(rows->part, &piece, &rows->err);
        if (rows->status != HG_OK)
            break;
        hg_buf_put(rest, piece.p, piece.n);
        rows->fetched += piece.n;
    }
    if (*n == 0)
        *n = rest->len;
    return hg_buf_status(rest, err);
}

/* Put the first n bytes of the rest into a block. */
static hg_status fill(hg_xlsx_rows *rows, hg_xlsx_block *block, size_t n, hg_err *err)
{
    hg_buf *rest = &rows->rest, *raw = &block->raw;
    hg_buf_clear(raw);
    if (!hg_buf_reserve(raw, rest->len + HG_XLSX_NULS))
        return hg_buf_status(raw, err);
    hg_buf other = *raw; /* the rest goes on in the block's memory, and the other way */
    hg_buf_put(&other, rest->data + n, rest->len - n);
    *raw = *rest;
    *rest = other;
    raw->len = n;
    if (!hg_buf_reserve(raw, HG_XLSX_NULS))
        return hg_buf_status(raw, err);
    memset(raw->data + n, 0, HG_XLSX_NULS);
    return HG_OK;
}

/* Have blocks read ahead: of a sheet that is not long, one. */
static hg_status give(hg_xlsx_rows *rows, hg_err *err)
{
    size_t n;
    hg_status st = HG_OK;
    if (!rows->team && rows->fetched >= LONG)
        st = hg_team_new(&rows->team, THREADS, err);
    size_t most = rows->team ? hg_team_threads(rows->team) + 2 : 1;
    while (st == HG_OK && rows->out < most) {
        job *j = &rows->ring[(rows->first + rows->out) % RING];
        st = fetch(rows, &n, err);
        if (st != HG_OK || n == 0)
            break;
        j->block.row = HG_XLSX_ROW_UNKNOWN;
        if ((st = fill(rows, &j->block, n, err)) != HG_OK)
            break;
        if (rows->team)
            hg_team_put(rows->team, &j->task);
        rows->out++;
    }
    return st;
}

/* ---- rows ---- */

static bool is_blank(hg_slice bytes)
{
    while (bytes.n > 0 && memchr(" \t\r\n", bytes.p[bytes.n - 1], 4))
        bytes.n--;
    return bytes.n == 0;
}

static hg_slice unread(const hg_xlsx_block *block)
{
    return (hg_slice){ block->raw.data + block->used, block->raw.len - block->used };
}

/* See what the first block that is out holds, now that those before are read. */
static void take(hg_xlsx_rows *rows)
{
    job *j = &rows->ring[rows->first];
    hg_xlsx_block *block = &j->block;
    if (rows->team)
        hg_team_wait(rows->team, &j->task);
    else
        hg_xlsx_block_read(block);
    if (block->end == HG_XLSX_ROW || (block->first_row && block->first_row <= rows->last)) {
        block->row = rows->last;
        hg_xlsx_block_read(block);
    }
    if (block->first_row)
        rows->last = block->row;
    hg_part_pass(rows->part, (hg_slice){ block->raw.data, block->used });
    rows->over = block->end != HG_XLSX_MORE || !is_blank(unread(block));
    rows->taken = true;
}

static void release(hg_xlsx_rows *rows)
{
    if (!rows->taken)
        return;
    rows->taken = false;
    rows->first = (rows->first + 1) % RING;
    rows->out--;
}

hg_status hg_xlsx_rows_next(hg_xlsx_rows *rows, hg_cell **cells, size_t *n, hg_err *err)
{
    for (;;) {
        if (rows->over)
            return HG_END;
        release(rows);
        hg_status st = give(rows, err);
        if (st != HG_OK)
            return st;
        if (rows->out == 0)
            return HG_END;
        take(rows);
        const hg_xlsx_block *block = &rows->ring[rows->first].block;
        *cells = block->cells;
        *n = block->n;
        if (*n > 0)
            return HG_OK;
    }
}

uint32_t hg_xlsx_rows_last(const hg_xlsx_rows *rows)
{
    return rows->last;
}

hg_status hg_xlsx_rows_leave(hg_xlsx_rows *rows, hg_err *err)
{
    hg_team_free(rows->team); /* what they read ahead is void */
    rows->team = NULL;
    hg_status st = HG_OK;
    for (bool first = rows->taken; rows->out > 0 && st == HG_OK; first = false) {
        hg_xlsx_block *block = &rows->ring[rows->first].block;
        if (!first)
            block->used = 0;
        st = hg_part_feed(rows->part, unread(block), false, err);
        rows->taken = true;
        release(rows);
    }
    if (st == HG_OK && rows->rest.len > 0)
        st = hg_part_feed(rows->part, (hg_slice){ rows->rest.data, rows->rest.len }, false,
                          err);
    rows->rest.len = 0;
    if (st != HG_OK || rows->status == HG_OK || rows->status == HG_END)
        return st;
    *err = rows->err;
    return rows->status;
}

void hg_xlsx_rows_free(hg_xlsx_rows *rows)
{
    if (!rows)
        return;
    hg_team_free(rows->team);
    for (size_t i = 0; i < RING; i++)
        hg_xlsx_block_release(&rows->ring[i].block);
    hg_buf_release(&rows->rest);
    free(rows->head);
    free(rows);
}
