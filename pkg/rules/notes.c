/* notes - what is kept of rows for findings that only the end of their table tells */
#include "rules/notes.h"
#include "base/pack.h"
#include "base/scratch.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK ((size_t)64 << 10) /* bytes after which a block is closed */
#define MAX   ((size_t)32 << 20) /* of a block with one long record */

/* A block holds records, packed: the row's number less that of the record before, the place,
 * row and column, and the texts. Rows that follow take no record. */
typedef struct block {
    uint64_t number; /* of its first record */
    uint64_t at;     /* on disk */
} block;

struct hg_notes {
    hg_budget *budget;
    hg_scratch disk;
    size_t n_texts;
    block *blocks; /* the last is open, and in writing */
    size_t n, cap;
    hg_buf writing, reading;
    hg_note last, news; /* added, and told to be news; their texts do not matter */
    bool begun;
    /* of hg_notes_find(): */
    size_t open; /* 1 + the block in reading */
    size_t next; /* byte of it, where a record starts */
    hg_note at;  /* the record before next */
    hg_slice *texts;
};

/* ---- writing ---- */

static hg_status open_block(hg_notes *notes, uint64_t number, hg_err *err)
{
    hg_status st = HG_OK;
    if (notes->writing.len > 0) {
        notes->disk.tmp = notes->budget->tmp;
        notes->blocks[notes->n - 1].at = notes->disk.size;
        st = hg_scratch_put(&notes->disk, notes->writing.data, notes->writing.len, err);
    }
    if (st == HG_OK && notes->n == notes->cap) {
        size_t cap = notes->cap * 2 + 16;
        block *blocks = realloc(notes->blocks, cap * sizeof *blocks);
        if (!blocks)
            return hg_fail_nomem(err);
        notes->blocks = blocks;
        notes->cap = cap;
    }
    hg_buf_clear(&notes->writing);
    if (st == HG_OK)
        notes->blocks[notes->n++] = (block){ .number = number };
    return st;
}

bool hg_notes_news(hg_notes *notes, const hg_note *note)
{
    const hg_note *last = &notes->news;
    bool follows = notes->begun && note->place == last->place && note->col == last->col &&
                   (note->row == 0 ? last->row == 0
                                   : note->row - last->row == note->number - last->number);
    for (size_t i = 0; i < notes->n_texts; i++)
        follows = follows && !note->texts[i].p;
    if (follows)
        return false;
    notes->news = *note;
    notes->begun = true;
    return true;
}

hg_status hg_notes_add(hg_notes *notes, const hg_note *note, hg_err *err)
{
    hg_buf *buf = &notes->writing;
    hg_status st = HG_OK;
    if (notes->n == 0 || buf->len >= BLOCK)
        st = open_block(notes, note->number, err);
    if (st != HG_OK)
        return st;
    hg_pack_number(buf, buf->len > 0 ? note->number - notes->last.number : 0);
    hg_pack_number(buf, note->place);
    hg_pack_number(buf, note->row);
    hg_pack_number(buf, note->col);
    for (size_t i = 0; i < notes->n_texts; i++)
        hg_pack_text(buf, note->texts[i]);
    notes->last = *note;
    return hg_buf_status(buf, err);
}

/* ---- reading ---- */

/* The block that holds a row: the last that starts with it or before. */
static size_t block_of(const hg_notes *notes, uint64_t number)
{
    size_t from = 0, to = notes->n;
    while (to - from > 1) {
        size_t middle = from + (to - from) / 2;
        if (notes->blocks[middle].number <= number)
            from = middle;
        else
            to = middle;
    }
    return from;
}

static hg_status read_block(hg_notes *notes, size_t i, hg_err *err)
{
    hg_buf *buf = &notes->reading;
    uint64_t at = notes->blocks[i].at,
             end = i + 2 < notes->n ? notes->blocks[i + 1].at : notes->disk.size;
    size_t n = i + 1 < notes->n ? (size_t)(end - at) : notes->writing.len;
    hg_buf_clear(buf);
    char *to = hg_buf_reserve(buf, n);
    hg_status st = hg_buf_status(buf, err);
    if (st == HG_OK && i + 1 < notes->n)
        st = hg_scratch_read(&notes->disk, at, to, n, err);
    else if (st == HG_OK)
        memcpy(to, notes->writing.data, n);
    buf->len = n;
    notes->open = i + 1;
    notes->next = 0;
    notes->at = (hg_note){ .number = notes->blocks[i].number };
    return st;
}

/* Take the next record of the block, unless it is of a later row than number. */
static bool next_record(hg_notes *notes, uint64_t number)
{
    const hg_buf *buf = &notes->reading;
    hg_slice rest = { buf->data + notes->next, buf->len - notes->next };
    if (rest.n == 0)
        return false;
    uint64_t of = notes->at.number + hg_unpack_number(&rest);
    if (of > number)
        return false;
    notes->at.number = of;
    notes->at.place = (uint32_t)hg_unpack_number(&rest);
    notes->at.row = hg_unpack_number(&rest);
    notes->at.col = (uint32_t)hg_unpack_number(&rest);
    for (size_t i = 0; i < notes->n_texts; i++)
        notes->texts[i] = hg_unpack_text(&rest);
    notes->next = buf->len - rest.n;
    return true;
}

hg_status hg_notes_find(hg_notes *notes, uint64_t number, hg_note *note, hg_err *err)
{
    *note = (hg_note){ .number = number, .texts = notes->texts };
    if (notes->n == 0)
        return HG_OK;
    size_t i = block_of(notes, number);
    if (notes->open != i + 1 || notes->at.number > number) {
        hg_status st = read_block(notes, i, err);
        if (st != HG_OK)
            return st;
    }
    while (next_record(notes, number))
        ;
    note->place = notes->at.place;
    note->col = notes->at.col;
    note->row = notes->at.row > 0 ? notes->at.row + (number - notes->at.number) : 0;
    if (notes->at.number != number)
        memset(notes->texts, 0, notes->n_texts * sizeof *notes->texts);
    return HG_OK;
}

/* ---- all of it ---- */

hg_status hg_notes_new(hg_notes **out, size_t texts, hg_budget *budget, hg_err *err)
{
    hg_notes *notes = *out = calloc(1, sizeof *notes);
    if (!notes || !(notes->texts = calloc(texts + 1, sizeof *notes->texts))) {
        free(notes);
        *out = NULL;
        return hg_fail_nomem(err);
    }
    notes->budget = budget;
    notes->n_texts = texts;
    notes->writing.max = notes->reading.max = MAX;
    return HG_OK;
}

void hg_notes_free(hg_notes *notes)
{
    if (!notes)
        return;
    hg_scratch_release(&notes->disk);
    hg_buf_release(&notes->writing);
    hg_buf_release(&notes->reading);
    free(notes->blocks);
    free(notes->texts);
    free(notes);
}
