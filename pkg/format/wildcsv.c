/* wildcsv - delimited text as people and other programs write it */
#include "format/wildcsv.h"
#include "base/file.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

#include <csv.h>

#define BLOCK    ((size_t)1 << 17) /* bytes read and parsed at once */
#define EVIDENCE 200               /* records that a delimiter is found in */

/* A record that waits to be fetched. */
typedef struct record {
    size_t first, n; /* in cells */
    uint64_t line;
} record;

struct hg_wildcsv {
    struct csv_parser parser;
    bool parsing; /* parser is to be freed */
    int fd;
    char *name;
    char delim;
    size_t max_row;
    hg_status status; /* once it is not HG_OK no more is parsed; why is in err */
    hg_err err;

    char *block; /* BLOCK bytes */
    size_t n;    /* bytes in it */
    size_t done; /* of them are parsed */
    bool ended;  /* there is nothing after the block */
    size_t col;  /* bytes of the latest line before the block */

    char *texts; /* of all cells: the rest of a record, and a block */
    size_t used;
    hg_slice *cells;
    size_t n_cells, cap_cells;
    record *records;
    size_t n_records, cap_records, next;
    size_t first; /* the first cell of the record under way … */
    size_t begin; /* … and where its text begins */

    uint64_t number; /* records fetched */
    uint64_t line;   /* on which the record under way starts */
    uint64_t breaks; /* line ends within its cells */
    bool quotes;     /* the block has quotes, or began within them */
    char last;       /* what ended the record before, while nothing came after it */
};

/* ---- places ---- */

/* Line ends in a text: LF, CRLF, CR. */
static uint64_t line_ends(const char *text, size_t n)
{
    uint64_t ends = 0;
    for (size_t i = 0; i < n; i++)
        ends += text[i] == '\n' ? i == 0 || text[i - 1] != '\r' : text[i] == '\r';
    return ends;
}

/* Bytes between the start of its line and the byte at of the block. */
static size_t before(const hg_wildcsv *csv, size_t at)
{
    size_t i = at;
    while (i > 0 && csv->block[i - 1] != '\n' && csv->block[i - 1] != '\r')
        i--;
    return at - i + (i == 0 ? csv->col : 0);
}

/* The place of a byte of the block, up to which all is parsed. */
static hg_loc place(const hg_wildcsv *csv, size_t at)
{
    uint64_t line = csv->line + csv->breaks +
                    line_ends((const char *)csv->parser.entry_buf, csv->parser.entry_pos);
    size_t col = before(csv, at) + 1;
    return (hg_loc){ .file = csv->name,
                     .row = line,
                     .col = col < UINT32_MAX ? (uint32_t)col : 0 };
}

/* ---- what libcsv calls ---- */

static int never(unsigned char c)
{
    (void)c;
    return 0;
}

/* Give a full list twice its room; NULL when memory has run out, now or before. */
static void *grow(hg_wildcsv *csv, void *list, size_t *cap, size_t size)
{
    size_t more = *cap ? *cap * 2 : 1024;
    void *grown = csv->status == HG_OK ? realloc(list, more * size) : NULL;
    if (grown)
        *cap = more;
    else if (csv->status == HG_OK)
        csv->status = hg_fail_nomem(&csv->err);
    return grown;
}

static void on_cell(void *bytes, size_t n, void *ctx)
{
    hg_wildcsv *csv = ctx;
    if (csv->n_cells == csv->cap_cells) {
        hg_slice *cells = grow(csv, csv->cells, &csv->cap_cells, sizeof *cells);
        if (!cells)
            return;
        csv->cells = cells;
    }
    char *text = csv->texts + csv->used;
    if (n > 0)
        memcpy(text, bytes, n);
    csv->used += n;
    csv->cells[csv->n_cells++] = (hg_slice){ text, n };
    if (csv->quotes)
        csv->breaks += line_ends(text, n);
    csv->last = 0;
}

/* Is the record under way, of which more bytes wait in the parser, within its limit? */
static hg_status check_length(hg_wildcsv *csv, size_t more)
{
    hg_loc start = { .file = csv->name, .row = csv->line };
    if (csv->used - csv->begin + more > csv->max_row)
        return hg_fail(
            &csv->err, HG_EINPUT, &start,
            "a record of more than %zu bytes; is there a quote that nothing closes?",
            csv->max_row);
    return HG_OK;
}

static void on_record(int end, void *ctx)
{
    hg_wildcsv *csv = ctx;
    bool empty = csv->n_cells == csv->first;
    if (empty && end == '\n' && csv->last == '\r') { /* CRLF ends one record */
        csv->last = '\n';
        return;
    }
    if (empty)
        on_cell("", 0, csv);
    if (csv->n_records == csv->cap_records) {
        record *records = grow(csv, csv->records, &csv->cap_records, sizeof *records);
        if (!records)
            return;
        csv->records = records;
    }
    if (csv->status == HG_OK)
        csv->status = check_length(csv, 0);
    csv->records[csv->n_records++] =
        (record){ csv->first, csv->n_cells - csv->first, csv->line };
    csv->line += csv->breaks + 1;
    csv->breaks = 0;
    csv->first = csv->n_cells;
    csv->begin = csv->used;
    csv->last = (char)end;
}

/* ---- blocks ---- */

/* Records are fetched: move what began of the next one to the front. */
static void clear(hg_wildcsv *csv)
{
    size_t n = csv->n_cells - csv->first, text = csv->used - csv->begin;
    memmove(csv->texts, csv->texts + csv->begin, text);
    for (size_t i = 0; i < n; i++) {
        csv->cells[i] = csv->cells[csv->first + i];
        csv->cells[i].p -= csv->begin;
    }
    csv->n_cells = n;
    csv->used = text;
    csv->first = csv->begin = csv->n_records = csv->next = 0;
}

/* Fill the block anew, beginning with what of it is not parsed. */
static hg_status fill(hg_wildcsv *csv)
{
    size_t rest = csv->n - csv->done, got;
    csv->col = csv->done > 0 ? before(csv, csv->done) : csv->col;
    memmove(csv->block, csv->block + csv->done, rest);
    csv->n = rest;
    csv->done = 0;
    if (csv->ended)
        return HG_OK;
    hg_status st = hg_file_read(csv->fd, csv->name, csv->block + rest, BLOCK - rest, &got,
                                &csv->err);
    if (st != HG_OK)
        return st;
    csv->n += got;
    csv->ended = csv->n < BLOCK;
    return HG_OK;
}

/* Bytes at the front of the block that can be parsed: valid UTF-8 without NUL. */
static size_t parsable(const hg_wildcsv *csv)
{
    size_t n = hg_utf8_valid(csv->block, csv->n);
    const char *nul = memchr(csv->block, '\0', n);
    return nul ? (size_t)(nul - csv->block) : n;
}

/* The text ends: so does its last record, unless within quotes. */
static hg_status finish(hg_wildcsv *csv)
{
    hg_loc start = { .file = csv->name, .row = csv->line };
    if (csv_fini(&csv->parser, on_cell, on_record, csv) != 0)
        return hg_fail(&csv->err, HG_EINPUT, &start,
                       "the text ends inside quotes that a cell of this record opens");
    return csv->status == HG_OK ? HG_END : csv->status;
}

static hg_status bad_byte(hg_wildcsv *csv)
{
    hg_loc loc = place(csv, 0);
    unsigned byte = (unsigned char)csv->block[0];
    if (byte == 0)
        return hg_fail(&csv->err, HG_EINPUT, &loc, "a NUL byte, which no text has");
    return hg_fail(&csv->err, HG_EINPUT, &loc, "invalid UTF-8 (byte %02X)", byte);
}

/* Parse what the block holds; its records then wait. Failures are kept in csv. */
static hg_status parse(hg_wildcsv *csv)
{
    hg_status st = fill(csv);
    if (st != HG_OK)
        return st;
    if (csv->n == 0)
        return finish(csv);
    size_t n = parsable(csv);
    if (n == 0)
        return bad_byte(csv);
    csv->quotes = csv->parser.quoted || memchr(csv->block, '"', n);
    csv->done = csv_parse(&csv->parser, csv->block, n, on_cell, on_record, csv);
    if (csv->status != HG_OK) /* by a callback */
        return csv->status;
    if (csv->done == n)
        return check_length(csv, csv->parser.entry_pos);
    if (csv_error(&csv->parser) != CSV_EPARSE)
        return hg_fail_nomem(&csv->err);
    hg_loc loc = place(csv, csv->done);
    return hg_fail(&csv->err, HG_EINPUT, &loc,
                   "a stray quote: quotes stand around a whole cell, doubled within it");
}

hg_status hg_wildcsv_next(hg_wildcsv *csv, hg_row *row, hg_err *err)
{
    while (csv->next == csv->n_records && csv->status == HG_OK) {
        clear(csv);
        csv->status = parse(csv);
    }
    if (csv->next == csv->n_records) {
        if (csv->status != HG_END && err->status == HG_OK)
            *err = csv->err;
        return csv->status;
    }
    const record *r = &csv->records[csv->next++];
    *row = (hg_row){ csv->cells + r->first, r->n, ++csv->number, r->line, { 0 } };
    return HG_OK;
}

/* ---- opening ---- */

/* In how many of the first records does a delimiter stand as often as in most? */
static unsigned agreement(const char *text, size_t n, char delim)
{
    unsigned counts[256] = { 0 }, best = 0, records = 0;
    size_t here = 0;
    bool quoted = false;
    for (size_t i = 0; i < n && records < EVIDENCE; i++) {
        if (text[i] == '"') {
            quoted = !quoted;
        } else if (text[i] == delim && !quoted) {
            here++;
        } else if ((text[i] == '\n' || text[i] == '\r') && !quoted) {
            counts[here < 255 ? here : 255]++;
            records++;
            here = 0;
        }
    }
    if (here > 0 && records < EVIDENCE)
        counts[here < 255 ? here : 255]++;
    for (size_t i = 1; i < 256; i++)
        if (counts[i] > best)
            best = counts[i];
    return best;
}

/* A TAB or a bar seldom stands in a cell, a semicolon less often than a decimal comma. */
static char find_delim(const char *text, size_t n)
{
    static const char candidates[] = { '\t', '|', ';', ',' };
    char found = ',';
    unsigned best = 0;
    for (size_t i = 0; i < sizeof candidates; i++) {
        unsigned records = agreement(text, n, candidates[i]);
        if (records > best) {
            best = records;
            found = candidates[i];
        }
    }
    return found;
}

/* Read the first block and learn the dialect. */
static hg_status begin(hg_wildcsv *csv, char delim)
{
    hg_loc loc = { .file = csv->name };
    hg_status st = fill(csv);
    if (st != HG_OK)
        return st;
    if (csv->n >= 2 && (memcmp(csv->block, "\xFF\xFE", 2) == 0 ||
                        memcmp(csv->block, "\xFE\xFF", 2) == 0))
        return hg_fail(&csv->err, HG_EINPUT, &loc, "a text in UTF-16, not in UTF-8");
    if (csv->n >= 3 && memcmp(csv->block, "\xEF\xBB\xBF", 3) == 0)
        csv->done = 3;
    csv->delim = delim ? delim : find_delim(csv->block, csv->n);
    if (csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
        return hg_fail_nomem(&csv->err);
    csv->parsing = true;
    csv_set_delim(&csv->parser, (unsigned char)csv->delim);
    csv_set_blk_size(&csv->parser, 4096);
    csv_set_space_func(&csv->parser, never); /* white space belongs to its cell */
    return HG_OK;
}

hg_status hg_wildcsv_new(hg_wildcsv **out, int fd, const char *name,
                         const hg_wildcsv_opts *opts, hg_err *err)
{
    char delim = opts ? opts->delim : 0;
    hg_loc loc = { .file = name };
    *out = NULL;
    if (delim && ((unsigned char)delim > 126 || strchr("\"\r\n", delim)))
        return hg_fail(err, HG_EARG, &loc,
                       "a delimiter is one ASCII byte, no quote, no line end");
    hg_wildcsv *csv = calloc(1, sizeof *csv);
    if (!csv)
        return hg_fail_nomem(err);
    csv->fd = fd;
    csv->line = 1;
    csv->max_row = opts && opts->max_row ? opts->max_row : HG_WILDCSV_MAX_ROW;
    csv->name = strdup(name);
    csv->block = malloc(BLOCK);
    csv->texts = malloc(csv->max_row + BLOCK);
    hg_status st =
        csv->name && csv->block && csv->texts ? begin(csv, delim) : hg_fail_nomem(err);
    if (st == HG_OK) {
        *out = csv;
        return HG_OK;
    }
    if (err->status == HG_OK)
        *err = csv->err;
    hg_wildcsv_free(csv);
    return st;
}

char hg_wildcsv_delim(const hg_wildcsv *csv)
{
    return csv->delim;
}

void hg_wildcsv_free(hg_wildcsv *csv)
{
    if (!csv)
        return;
    if (csv->parsing)
        csv_free(&csv->parser);
    free(csv->name);
    free(csv->block);
    free(csv->texts);
    free(csv->cells);
    free(csv->records);
    free(csv);
}
