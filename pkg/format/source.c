/* source - a file that people made: a workbook or a delimited text, told by its bytes */
#include "format/source.h"
#include "base/file.h"
#include "container/unpack.h"
#include "format/jsonrows.h"
#include "text/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK ((size_t)1 << 18) /* bytes digested at once */
#define HEAD  512               /* bytes that tell the kind of a file */

struct hg_source {
    char *name;
    char *tmp; /* folder for temporary files; NULL: none */
    int fd;
    uint64_t bytes;
    char sha256[HG_DIGEST_HEX];
    hg_digest *digest; /* of a text, while it is opened */
    hg_workbook *book; /* NULL: a text */
    hg_textfile *text; /* NULL: a workbook */
    hg_sheet *tables;  /* of a text that has several; their names are its own */
    bool made;         /* of another file, which bytes and sha256 are of */
    bool records;      /* the text was made of records of JSON, */
    bool keyed;        /* which are objects */
    bool undigested;   /* bytes and sha256 are not wanted */
};

/* The rows of a text, or of a workbook's sheet. */
struct hg_rows {
    hg_textfile_rows *text;
    hg_sheet_rows *sheet;
};

/* ---- opening ---- */

/* Open the bytes where they can be read again and again. */
static hg_status open_bytes(hg_source *source, const char *tmp, hg_err *err)
{
    hg_loc loc = { .file = source->name };
    struct stat st;
    int fd = STDIN_FILENO;
    bool standard = strcmp(source->name, "-") == 0;
    if (!standard && hg_file_open(&fd, source->name, err) != HG_OK)
        return err->status;
    hg_status status = HG_OK;
    if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode) && !tmp)
        status = hg_fail(err, HG_EINPUT, &loc, "a pipe, where a file is needed");
    else
        status = hg_file_spool(&source->fd, fd, source->name, tmp, err);
    if (!standard)
        close(fd);
    return status;
}

static hg_status rewind_to_start(const hg_source *source, hg_err *err)
{
    hg_loc loc = { .file = source->name };
    if (lseek(source->fd, 0, SEEK_SET) != 0)
        return hg_fail_sys(err, &loc, "cannot be read again");
    return HG_OK;
}

/* Unless that is done, or not wanted. */
static hg_status digest(hg_source *source, hg_err *err)
{
    hg_digest *digest = NULL;
    size_t got = BLOCK;
    if (source->bytes > 0 || source->undigested)
        return HG_OK;
    char *block = malloc(BLOCK);
    hg_status st = block ? hg_digest_new(&digest, err) : hg_fail_nomem(err);
    if (st == HG_OK)
        st = rewind_to_start(source, err);
    while (st == HG_OK && got == BLOCK) {
        st = hg_file_read(source->fd, source->name, block, BLOCK, &got, err);
        if (st == HG_OK) {
            hg_digest_put(digest, block, got);
            source->bytes += got;
        }
    }
    if (st == HG_OK)
        hg_digest_hex(digest, source->sha256);
    hg_digest_free(digest);
    free(block);
    return st;
}

/* Kinds of files that are neither, by their first bytes. */
static const struct {
    const char *magic;
    size_t n;
    const char *format;
} others[] = {
    { "BZh", 3, "a bzip2 file; unpack it first" },
    { "7z\xBC\xAF", 4, "a 7z file; unpack it first" },
    { "Rar!", 4, "a rar file; unpack it first" },
    { "%PDF", 4, "a PDF, not a workbook or delimited text" },
    { "{\\rtf", 5, "a text document, not a workbook or delimited text" },
    { "\x89PNG", 4, "an image, not a workbook or delimited text" },
    { "GIF8", 4, "an image, not a workbook or delimited text" },
    { "II*\0", 4, "an image, not a workbook or delimited text" },
    { "MM\0*", 4, "an image, not a workbook or delimited text" },
    { "RIFF", 4, "an image or recording, not a workbook or delimited text" },
    { "\x7F"
      "ELF",
      4, "a program, not a workbook or delimited text" },
    { "\xFF\xD8\xFF", 3, "an image, not a workbook or delimited text" },
    { "<?xml", 5, "an XML file; save it as .xlsx or .csv" },
    { "MIME-Version:", 13, "a web archive (MHTML); save it as .xlsx or .csv" },
};

/* The file "~$NAME" that Excel and Word leave while NAME is open: the user's name in
 * bytes, its length before it, filled up to 55 bytes; then again in UTF-16. */
static bool is_lock(const hg_source *source, const char *head, size_t n)
{
    enum { NAME = 55, EXCEL = 165, WORD = 162 };
    struct stat st;
    return fstat(source->fd, &st) == 0 && (st.st_size == EXCEL || st.st_size == WORD) &&
           n > NAME + 1 && head[0] > 0 && head[0] < NAME && head[NAME] == head[0] &&
           head[NAME + 1] == 0;
}

/* A bitmap of Windows: "BM", its length, and four bytes of zero, which no text has. */
static bool is_bitmap(const char *head, size_t n)
{
    return n >= 14 && memcmp(head, "BM", 2) == 0 && memcmp(head + 6, "\0\0\0\0", 4) == 0;
}

/* (The empty argument tells clang that the formats are ours.) */
static hg_status refuse_others(const char *head, size_t n, const hg_loc *loc, hg_err *err)
{
    hg_slice start = hg_utf8_start((hg_slice){ head, n });
    if (is_bitmap(start.p, start.n))
        return hg_fail(err, HG_EINPUT, loc,
                       "an image, not a workbook or delimited text");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (start.n >= others[i].n &&
            strncasecmp(start.p, others[i].magic, others[i].n) == 0)
            return hg_fail(err, HG_EINPUT, loc, others[i].format, "");
    return HG_OK;
}

/* Name the tables of a text by their numbers. */
static hg_status name_tables(hg_source *source, hg_err *err)
{
    size_t n = hg_textfile_tables(source->text)->n;
    if (n < 2)
        return HG_OK;
    source->tables = calloc(n + 1, sizeof *source->tables); /* the last has no name */
    for (size_t i = 0; source->tables && i < n; i++) {
        char *name = malloc(24);
        if (!name)
            return hg_fail_nomem(err);
        snprintf(name, 24, "%zu", i + 1);
        source->tables[i].name = name;
    }
    return source->tables ? HG_OK : hg_fail_nomem(err);
}

/* The bytes of a text are digested while they are looked at. */
static hg_status digest_text(void *with, const void *bytes, size_t n, hg_err *err)
{
    hg_source *source = with;
    (void)err;
    source->bytes += n;
    hg_digest_put(source->digest, bytes, n);
    return HG_OK;
}

/* What was made of records of JSON is known to be our own dialect. */
static void as_records(hg_textfile_opts *opts)
{
    opts->encoding = "utf-8";
    opts->dialect = (hg_sniff_opts){ .delimiter = ',', .quote = '"', .escape = '"' };
    opts->tables = (hg_tables_opts){ .header_rows = 1, .single = true };
}

static hg_status open_text(hg_source *source, const hg_source_opts *given, hg_err *err)
{
    hg_textfile_opts opts = HG_TEXTFILE_DEFAULTS;
    if (given && given->text)
        opts = *given->text;
    if (source->records)
        as_records(&opts);
    opts.tmp = given ? given->tmp : NULL;
    if (source->bytes == 0 && !source->undigested) { /* not unpacked */
        opts.look = digest_text;
        opts.with = source;
    }
    hg_status st = hg_digest_new(&source->digest, err);
    if (st == HG_OK)
        st = hg_textfile_open(&source->text, source->fd, source->name, &opts, err);
    if (st == HG_OK && opts.look)
        hg_digest_hex(source->digest, source->sha256);
    hg_digest_free(source->digest);
    source->digest = NULL;
    return st == HG_OK ? name_tables(source, err) : st;
}

static hg_status open_workbook(hg_source *source, hg_err *err)
{
    hg_status st = digest(source, err);
    if (st == HG_OK)
        st = hg_workbook_open(&source->book, source->fd, source->name, source->tmp, err);
    return st;
}

static hg_status tell(hg_source *source, const hg_source_opts *opts, hg_err *err)
{
    hg_loc loc = { .file = source->name };
    char head[HEAD];
    ssize_t n = pread(source->fd, head, sizeof head, 0);
    if (n < 0)
        return hg_fail_sys(err, &loc, "cannot be read");
    if (n == 0)
        return hg_fail(err, HG_EINPUT, &loc, "the file is empty");
    if (hg_workbook_likely(head, (size_t)n))
        return open_workbook(source, err);
    if (is_lock(source, head, (size_t)n))
        return hg_fail(
            err, HG_EINPUT, &loc,
            "the lock of a workbook that is open elsewhere, without any of its "
            "data; name the workbook, without ~$");
    if (refuse_others(head, (size_t)n, &loc, err) != HG_OK)
        return err->status;
    return open_text(source, opts, err);
}

/* Go on with a file that was made of the source, whose digest is that of what it was
 * first.
 */
static hg_status go_on(hg_source *source, int made, hg_err *err)
{
    hg_status st = digest(source, err);
    close(source->fd);
    source->fd = made;
    source->made = true;
    return st;
}

/* Go on with the file inside a compressed one, and with the rows of JSON. */
static hg_status unpack(hg_source *source, const hg_source_opts *opts, hg_err *err)
{
    int made;
    const char *tmp = opts && opts->tmp ? opts->tmp : "/tmp";
    hg_status st =
        hg_unpack(&made, source->fd, source->name, opts ? opts->member : NULL, tmp, err);
    if (st == HG_OK && made >= 0)
        st = go_on(source, made, err);
    if (st == HG_OK)
        st = hg_jsonrows(&made, &source->keyed, source->fd, source->name, tmp, err);
    source->records = st == HG_OK && made >= 0;
    return source->records ? go_on(source, made, err) : st;
}

hg_status hg_source_open(hg_source **out, const char *name, const hg_source_opts *opts,
                         hg_err *err)
{
    hg_source *source = *out = calloc(1, sizeof *source);
    hg_status st;
    if (!source)
        return hg_fail_nomem(err);
    source->fd = -1;
    source->name = strdup(name);
    source->tmp = opts && opts->tmp ? strdup(opts->tmp) : NULL;
    source->undigested = opts && opts->undigested;
    bool copied = source->name && (source->tmp || !opts || !opts->tmp);
    if ((st = copied ? HG_OK : hg_fail_nomem(err)) != HG_OK ||
        (st = open_bytes(source, source->tmp, err)) != HG_OK ||
        (st = unpack(source, opts, err)) != HG_OK ||
        (st = tell(source, opts, err)) != HG_OK) {
        hg_source_free(source);
        *out = NULL;
    }
    return st;
}

void hg_source_free(hg_source *source)
{
    if (!source)
        return;
    hg_workbook_free(source->book);
    hg_textfile_free(source->text);
    for (hg_sheet *table = source->tables; table && table->name; table++)
        free((char *)table->name);
    free(source->tables);
    if (source->fd >= 0)
        close(source->fd);
    free(source->name);
    free(source->tmp);
    free(source);
}

const char *hg_source_name(const hg_source *source)
{
    return source->name;
}

uint64_t hg_source_bytes(const hg_source *source)
{
    return source->bytes;
}

const char *hg_source_sha256(const hg_source *source)
{
    return source->sha256;
}

bool hg_source_keyed(const hg_source *source)
{
    return source->records && source->keyed;
}

bool hg_source_made(const hg_source *source)
{
    return source->made;
}

bool hg_source_is_workbook(const hg_source *source)
{
    return source->book != NULL;
}

const hg_workbook *hg_source_book(const hg_source *source)
{
    return source->book;
}

hg_status hg_source_tables(hg_source *source, const hg_defined_name **list, size_t *n,
                           hg_err *err)
{
    return hg_workbook_tables(source->book, list, n, err);
}

bool hg_source_1904(const hg_source *source)
{
    return source->book && hg_workbook_1904(source->book);
}

const hg_textfile *hg_source_text(const hg_source *source)
{
    return source->text;
}

size_t hg_source_sheets(const hg_source *source)
{
    if (source->tables)
        return hg_textfile_tables(source->text)->n;
    return source->book ? hg_workbook_sheets(source->book) : 1;
}

const hg_sheet *hg_source_sheet(const hg_source *source, size_t i)
{
    static const hg_sheet text = { "", HG_VISIBLE };
    if (source->tables)
        return &source->tables[i];
    return source->book ? hg_workbook_sheet(source->book, i) : &text;
}

/* ---- a sheet as a grid ---- */

static hg_status add_record(hg_grid *grid, const hg_row *row, hg_err *err)
{
    hg_cell cell = { .row = (uint32_t)row->number, .type = HG_CELL_TEXT };
    hg_status st = HG_OK;
    for (size_t i = 0; i < row->n && st == HG_OK; i++) {
        cell.col = (uint32_t)i + 1;
        cell.text = row->cells[i];
        st = hg_grid_add(grid, &cell, err);
    }
    return st;
}

static hg_status text_grid(hg_grid **out, hg_source *source, hg_err *err)
{
    hg_textfile_rows *rows = NULL;
    hg_row row;
    hg_status st = hg_grid_new(out, err);
    if (st != HG_OK)
        return st;
    hg_grid_place(*out, source->name, "");
    st = hg_textfile_rows_new(&rows, source->text, HG_TEXTFILE_ALL, err);
    while (st == HG_OK && (st = hg_textfile_rows_next(rows, &row, err)) == HG_OK)
        st = add_record(*out, &row, err);
    if (st == HG_END)
        st = hg_grid_merge(*out, NULL, 0, err);
    if (st != HG_OK) {
        hg_grid_free(*out);
        *out = NULL;
    }
    hg_textfile_rows_free(rows);
    return st;
}

hg_status hg_source_grid(hg_grid **out, hg_source *source, size_t sheet, hg_err *err)
{
    return source->book ? hg_grid_load(out, source->book, sheet, err)
                        : text_grid(out, source, err);
}

hg_status hg_source_grid_bare(hg_grid **out, hg_source *source, size_t sheet, hg_err *err)
{
    return source->book ? hg_grid_load_bare(out, source->book, sheet, err)
                        : text_grid(out, source, err);
}

hg_status hg_source_cells(hg_cells **out, hg_source *source, size_t sheet, hg_err *err)
{
    return hg_cells_open(out, source->book, sheet, err);
}

/* ---- what a sheet holds ---- */

/* Count the values of a table, which a regular text was not looked through for. */
static hg_status count_values(uint64_t *values, const hg_source *source, size_t table,
                              hg_err *err)
{
    hg_textfile_rows *rows;
    hg_row row;
    hg_status st = hg_textfile_rows_new(&rows, source->text, table, err);
    for (*values = 0; st == HG_OK && (st = hg_textfile_rows_next(rows, &row, err)) == HG_OK;)
        for (size_t i = 0; i < row.n; i++)
            *values += row.cells[i].n > 0;
    hg_textfile_rows_free(rows);
    return st == HG_END ? HG_OK : st;
}

static hg_status survey_text(hg_sheet_info *info, const hg_source *source, size_t table,
                             hg_err *err)
{
    const hg_tables *tables = hg_textfile_tables(source->text);
    *info = (hg_sheet_info){ 0 };
    if (table >= tables->n)
        return HG_OK;
    const hg_table_at *at = &tables->list[table];
    info->rows = at->rows < UINT32_MAX ? (uint32_t)at->rows : UINT32_MAX;
    info->cols = (uint32_t)at->cols;
    info->values = at->values;
    return hg_textfile_regular(source->text)
               ? count_values(&info->values, source, table, err)
               : HG_OK;
}

hg_status hg_source_survey(hg_sheet_info *info, hg_source *source, size_t sheet,
                           hg_names *fonts, hg_err *err)
{
    if (source->book)
        return hg_sheet_survey(info, source->book, sheet, fonts, err);
    return survey_text(info, source, sheet, err);
}

/* ---- a sheet as rows ---- */

hg_status hg_rows_open(hg_rows **out, hg_source *source, size_t sheet, hg_err *err)
{
    hg_rows *rows = *out = calloc(1, sizeof *rows);
    if (!rows)
        return hg_fail_nomem(err);
    hg_status st =
        source->book
            ? hg_sheet_rows_new(&rows->sheet, source->book, sheet, source->tmp, err)
            : hg_textfile_rows_new(&rows->text, source->text, sheet, err);
    if (st != HG_OK) {
        hg_rows_free(rows);
        *out = NULL;
    }
    return st;
}

hg_status hg_rows_next(hg_rows *rows, hg_row *row, hg_err *err)
{
    return rows->text ? hg_textfile_rows_next(rows->text, row, err)
                      : hg_sheet_rows_next(rows->sheet, row, err);
}

hg_status hg_rows_run(hg_rows *rows, hg_slice *bytes, uint64_t *records, hg_err *err)
{
    return hg_sheet_rows_run(rows->sheet, bytes, records, err);
}

void hg_rows_free(hg_rows *rows)
{
    if (!rows)
        return;
    hg_textfile_rows_free(rows->text);
    hg_sheet_rows_free(rows->sheet);
    free(rows);
}
