/* stream_plain - plain CSV given where a stream could be */
#include "stream/stream_plain.h"
#include "base/file.h"
#include "delimited/csv.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct hg_plain {
    int fd;
    char *name;
    hg_json *head;
    hg_buf raw; /* bytes read; those before used are given */
    size_t used;
    bool loose;
    bool ended; /* nothing more to read */
    hg_csv csv;
    hg_buf canonical;      /* records written anew */
    bool anew;             /* those given last */
    uint64_t number, line; /* records and lines given */
};

/* Read on until raw holds a part's bytes, or all there is. */
static hg_status fill(hg_plain *plain, hg_err *err)
{
    size_t left = plain->raw.len - plain->used, got;
    if (plain->used > 0) {
        memmove(plain->raw.data, plain->raw.data + plain->used, left);
        plain->raw.len = left;
        plain->used = 0;
    }
    while (!plain->ended && plain->raw.len < HG_STREAM_PART + left) {
        size_t want = HG_STREAM_PART + left - plain->raw.len;
        char *to = hg_buf_reserve(&plain->raw, want);
        if (!to)
            return hg_buf_status(&plain->raw, err);
        hg_status st = hg_file_read(plain->fd, plain->name, to, want, &got, err);
        if (st != HG_OK)
            return st;
        plain->raw.len += got;
        plain->ended = got < want;
    }
    return HG_OK;
}

/* What was read up to the end of the last whole record. At the end of the input, all of it. */
static hg_slice whole_records(const hg_plain *plain, hg_csv_glance *seen)
{
    const char *start = plain->raw.data + plain->used;
    size_t n = plain->raw.len - plain->used;
    *seen = hg_csv_look(start, n);
    return (hg_slice){ start, plain->ended ? n : seen->end };
}

/* Whether records need not be written anew. */
static bool may_stand(const hg_plain *plain, const hg_csv_glance *seen, size_t n)
{
    return seen->end == n && !seen->odd &&
           (plain->loose || !(seen->returns || seen->needless));
}

static hg_status place_error(const hg_plain *plain, hg_err *err)
{
    if (err->file[0] == '\0' && err->status == HG_EINPUT)
        strncpy(err->file, plain->name, sizeof err->file - 1);
    return err->status;
}

static hg_status check_utf8(const hg_plain *plain, hg_slice bytes, hg_err *err)
{
    size_t valid = hg_utf8_valid(bytes.p, bytes.n);
    if (valid == bytes.n)
        return HG_OK;
    hg_loc loc = { .file = plain->name, .row = plain->line + 1, .col = 1 };
    for (size_t i = 0; i < valid; i++) {
        loc.col++;
        if (bytes.p[i] == '\n') {
            loc.row++;
            loc.col = 1;
        }
    }
    return hg_fail(err, HG_EINPUT, &loc, "the byte %02X is not UTF-8",
                   (unsigned)(unsigned char)bytes.p[valid]);
}

/* Write the records of bytes anew, in the canonical dialect. */
static hg_status canonical(hg_plain *plain, hg_slice bytes, const hg_csv_glance *seen,
                           hg_part *part, hg_err *err)
{
    hg_row row;
    hg_status st;
    hg_buf_clear(&plain->canonical);
    if (seen->end == bytes.n && !seen->odd && hg_csv_anew(&plain->canonical, bytes)) {
        part->records = seen->records;
        part->bytes = (hg_slice){ plain->canonical.data, plain->canonical.len };
        plain->line += seen->lines;
        return HG_OK;
    }
    hg_csv_init(&plain->csv, bytes.p, bytes.n, plain->number, plain->line);
    while ((st = hg_csv_next(&plain->csv, &row, err)) == HG_OK) {
        for (size_t i = 0; i < row.n; i++)
            hg_csv_put(&plain->canonical, row.cells[i], i == 0);
        hg_csv_end(&plain->canonical);
    }
    if (st != HG_END)
        return place_error(plain, err);
    part->records = plain->csv.number - plain->number;
    plain->line = plain->csv.line - 1;
    part->bytes = (hg_slice){ plain->canonical.data, plain->canonical.len };
    return hg_buf_status(&plain->canonical, err);
}

hg_status hg_plain_next(hg_plain *plain, hg_part *part, hg_err *err)
{
    hg_status st = fill(plain, err);
    if (st != HG_OK)
        return st;
    hg_csv_glance seen;
    hg_slice bytes = whole_records(plain, &seen);
    if (bytes.n == 0 && plain->ended)
        return HG_END;
    if (bytes.n == 0) {
        hg_loc loc = { .file = plain->name, .row = plain->line + 1 };
        return hg_fail(err, HG_EINPUT, &loc, "a row is longer than %zu bytes",
                       HG_STREAM_PART);
    }
    *part = (hg_part){ .kind = HG_PART_ROWS,
                       .number = plain->number + 1,
                       .header = plain->number == 0 };
    st = check_utf8(plain, bytes, err);
    plain->anew = !may_stand(plain, &seen, bytes.n);
    if (st == HG_OK && !plain->anew) {
        part->bytes = bytes;
        part->records = seen.records;
        plain->line += seen.lines;
    } else if (st == HG_OK) {
        st = canonical(plain, bytes, &seen, part, err);
    }
    if (st != HG_OK)
        return st;
    part->at.row = plain->number + (part->header ? 2 : 1);
    plain->used += bytes.n;
    plain->number += part->records;
    return HG_OK;
}

/* Bytes that were read and not yet given go over to the new memory. */
hg_status hg_plain_keep(hg_plain *plain, hg_buf *spare, hg_err *err)
{
    hg_buf *from = plain->anew ? &plain->canonical : &plain->raw;
    hg_buf kept = *from;
    spare->max = kept.max;
    hg_buf_clear(spare);
    if (!plain->anew) {
        hg_buf_put(spare, kept.data + plain->used, kept.len - plain->used);
        if (spare->status != HG_OK)
            return hg_buf_status(spare, err);
        plain->used = 0;
    }
    *from = *spare;
    *spare = kept;
    return HG_OK;
}

/* ---- the head ---- */

/* The file's name without folders and ending, as an id. */
static hg_json *id_of(const char *name)
{
    hg_buf slug = { 0 };
    const char *base = strrchr(name, '/') ? strrchr(name, '/') + 1 : name;
    const char *dot = strrchr(base, '.');
    hg_utf8_slug(&slug, base, dot && dot > base ? (size_t)(dot - base) : strlen(base));
    hg_json *id = hg_json_new_str(slug.len > 0 ? slug.data : "table");
    hg_buf_release(&slug);
    return id;
}

/* A schema in which every field of the header is a string. */
static hg_json *schema_of(const hg_row *header)
{
    hg_json *schema = hg_json_object(), *fields = hg_json_array();
    for (size_t i = 0; i < header->n; i++) {
        hg_json *field = hg_json_object();
        hg_json_set(field, "name", hg_json_new_slice(header->cells[i]));
        hg_json_set_str(field, "type", "string");
        hg_json_add(fields, field);
    }
    hg_json_set(schema, "fields", fields);
    return schema;
}

static hg_status invent_head(hg_plain *plain, hg_err *err)
{
    hg_row header;
    hg_csv_glance seen;
    hg_slice bytes = whole_records(plain, &seen);
    hg_status st = check_utf8(plain, bytes, err);
    if (st != HG_OK)
        return st;
    hg_csv_init(&plain->csv, bytes.p, bytes.n, 0, 0);
    st = hg_csv_next(&plain->csv, &header, err);
    if (st != HG_OK)
        return st == HG_END ? hg_fail(err, HG_EINPUT, NULL, "there is no header")
                            : place_error(plain, err);
    hg_json *resource = hg_json_object(), *resources = hg_json_array();
    hg_json_set(resource, "name", id_of(plain->name));
    hg_json_set(resource, "schema", schema_of(&header));
    hg_json_add(resources, resource);
    plain->head = hg_json_object();
    hg_json_set(plain->head, "id", id_of(plain->name));
    hg_json_set(plain->head, "definition", hg_json_object());
    hg_json_set(plain->head, "resources", resources);
    return HG_OK;
}

/* Note the source: with its digest where it is a file, which is complete by nature. */
static hg_status add_source(hg_plain *plain, bool digested, hg_err *err)
{
    struct stat info;
    hg_json *source = hg_json_object(), *sources = hg_json_array();
    hg_status st = HG_OK;
    hg_json_set_str(source, "name",
                    strrchr(plain->name, '/') ? strrchr(plain->name, '/') + 1
                                              : plain->name);
    if (strcmp(plain->name, "-") != 0 && fstat(plain->fd, &info) == 0 &&
        S_ISREG(info.st_mode)) {
        char hex[HG_DIGEST_HEX];
        uint64_t bytes = (uint64_t)info.st_size;
        if (digested) {
            st = hg_file_digest(plain->name, &bytes, hex, err);
            hg_json_set_str(source, "sha256", hex);
        }
        hg_json_set_int(source, "bytes", (int64_t)bytes);
    } else if (fstat(plain->fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        hg_json_set(plain->head, "sealed", hg_json_new_bool(false));
    }
    hg_json_add(sources, source);
    hg_json_set(plain->head, "sources", sources);
    return st;
}

static hg_status make_head(hg_plain *plain, const hg_in_opts *opts, hg_err *err)
{
    const hg_json *head = opts->head;
    hg_status st = HG_OK;
    if (!head)
        st = invent_head(plain, err);
    else if (hg_json_len(hg_json_get(head, "resources")) == 1)
        plain->head = hg_json_copy(head);
    else
        return hg_fail(err, HG_EARG, NULL,
                       "plain CSV holds one table, the dataset has %zu",
                       hg_json_len(hg_json_get(head, "resources")));
    return st == HG_OK ? add_source(plain, !opts->undigested, err) : st;
}

hg_status hg_plain_new(hg_plain **out, int fd, const char *name, hg_slice start,
                       const hg_in_opts *opts, hg_err *err)
{
    hg_plain *plain = calloc(1, sizeof *plain);
    *out = NULL;
    if (!plain || !(plain->name = strdup(name))) {
        free(plain);
        return hg_fail_nomem(err);
    }
    plain->fd = fd;
    plain->loose = opts->loose;
    plain->raw.max = 2 * HG_STREAM_PART + HG_STREAM_ROW;
    hg_buf_put(&plain->raw, start.p, start.n);
    hg_status st = fill(plain, err);
    if (st == HG_OK) {
        plain->used = hg_utf8_mark(plain->raw.data, plain->raw.len);
        st = make_head(plain, opts, err);
    }
    if (st != HG_OK) {
        hg_plain_free(plain);
        return st;
    }
    *out = plain;
    return HG_OK;
}

const hg_json *hg_plain_head(const hg_plain *plain)
{
    return plain->head;
}

void hg_plain_free(hg_plain *plain)
{
    if (!plain)
        return;
    hg_json_free(plain->head);
    hg_buf_release(&plain->raw);
    hg_buf_release(&plain->canonical);
    hg_csv_release(&plain->csv);
    free(plain->name);
    free(plain);
}
