/* stream_out - writing the hg stream */
#include "base/aside.h"
#include "base/digest.h"
#include "base/file.h"
#include "container/tar.h"
#include "delimited/csv.h"
#include "stream/findings.h"
#include "stream/stream.h"
#include "text/message.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WRITE ((size_t)64 << 10) /* bytes given to write(2) at a time */
#define HASH  "sha256:"          /* what a digest in the seal begins with */

/* What the seal attests of one run of parts. */
typedef struct tally {
    uint64_t parts, records, bytes;
    hg_aside *digest;
    char sha256[HG_DIGEST_HEX];
    uint64_t trusted; /* bytes whose digest is given; 0: it is taken */
    bool passed_on;   /* the reader has it at the end */
} tally;

struct hg_out {
    int fd;
    bool csv; /* plain CSV instead of a stream */
    hg_stage stage;
    hg_json *head;      /* NULL for csv */
    hg_json *resources; /* of the seal */
    char head_sha256[HG_DIGEST_HEX];
    hg_digest *origins; /* of what stands in the parts' attributes */
    hg_buf pending;     /* bytes for fd */

    hg_in *of;        /* the reader of tables passed on, or NULL */
    size_t begun;     /* resources begun */
    bool located;     /* of the resource begun last */
    tally table;      /* likewise */
    hg_buf part;      /* the records not yet written as a part */
    uint64_t records; /* in it */
    hg_origin at;     /* of its first data row; row 0: none yet */
    uint64_t next;    /* row that follows its last one, where rows are consecutive */
    char sheet[256];

    hg_buf findings;
    uint64_t finding_records, errors, warnings;
    tally found;
};

const char *hg_stage_name(hg_stage stage)
{
    static const char *const names[] = { "", "extracted", "checked", "packaged" };
    return names[stage];
}

static hg_status write_all(hg_out *out, hg_slice bytes, hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t at = 0; st == HG_OK && at < bytes.n;) {
        size_t n = bytes.n - at < WRITE ? bytes.n - at : WRITE;
        st = hg_file_write(out->fd, "-", bytes.p + at, n, err);
        at += n;
    }
    return st;
}

static hg_status flush(hg_out *out, hg_err *err)
{
    hg_status st = hg_buf_status(&out->pending, err);
    if (st == HG_OK)
        st = write_all(out, (hg_slice){ out->pending.data, out->pending.len }, err);
    hg_buf_clear(&out->pending);
    return st;
}

static hg_status put_file(hg_out *out, const char *name, const hg_buf *text,
                          const hg_tar_attr *attr, hg_err *err)
{
    hg_tar_header(&out->pending, name, text->len, attr, attr ? 1 : 0);
    hg_buf_put(&out->pending, text->data, text->len);
    hg_tar_pad(&out->pending, text->len);
    return flush(out, err);
}

static bool resource_name(const char *name)
{
    size_t n = name ? strlen(name) : 0;
    return n > 0 && n <= 60 && name[0] != '.' && name[0] != '_' && name[0] != '-' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == n;
}

static hg_status check_names(const hg_json *resources, hg_err *err)
{
    for (size_t i = 0; i < hg_json_len(resources); i++) {
        const char *name = hg_json_get_str(hg_json_at(resources, i), "name");
        if (!resource_name(name))
            return hg_fail(err, HG_EARG, NULL,
                           "the resource name '%s' is not of lower-case letters, digits, "
                           "'.', '_' and '-', starting with a letter or digit",
                           name ? name : "");
    }
    return HG_OK;
}

/* The head is without an attribute, so that the stream's first bytes are its name. */
static hg_status put_head(hg_out *out, const hg_json *head, hg_err *err)
{
    hg_buf text = { 0 };
    out->head = hg_json_copy(head);
    hg_json_set_int(out->head, "hg", HG_STREAM_VERSION);
    hg_json_set_str(out->head, "stage", hg_stage_name(out->stage));
    hg_status st = hg_json_dump(out->head, true, &text, err);
    if (st == HG_OK)
        st = check_names(hg_json_get(out->head, "resources"), err);
    if (st == HG_OK)
        hg_digest_of(text.data, text.len, out->head_sha256);
    if (st == HG_OK)
        st = put_file(out, "hg.json", &text, NULL, err);
    hg_buf_release(&text);
    return st;
}

static hg_status make(hg_out **result, int fd, bool csv, hg_err *err)
{
    hg_out *out = calloc(1, sizeof *out);
    *result = NULL;
    if (!out)
        return hg_fail_nomem(err);
    out->fd = fd;
    hg_file_widen(fd);
    out->csv = csv;
    out->part.max = HG_STREAM_PART + HG_STREAM_ROW;
    out->resources = hg_json_array();
    if (hg_aside_new(&out->table.digest, err) != HG_OK ||
        hg_aside_new(&out->found.digest, err) != HG_OK ||
        hg_digest_new(&out->origins, err) != HG_OK) {
        hg_out_free(out);
        return err->status;
    }
    *result = out;
    return HG_OK;
}

hg_status hg_out_new(hg_out **result, int fd, hg_stage stage, const hg_json *head,
                     hg_err *err)
{
    hg_status st = make(result, fd, false, err);
    if (st != HG_OK)
        return st;
    (*result)->stage = stage;
    st = put_head(*result, head, err);
    if (st != HG_OK) {
        hg_out_free(*result);
        *result = NULL;
    }
    return st;
}

hg_status hg_out_csv(hg_out **result, int fd, hg_err *err)
{
    return make(result, fd, true, err);
}

/* What is written as one part: bytes at hand, or a file's. */
typedef struct body {
    hg_slice bytes;
    bool kept;           /* they are digested while they are written, and on; see hg_out_run() */
    const hg_span *span; /* NULL: bytes counts */
    uint64_t records;
    const hg_origin *at; /* or NULL */
} body;

/* Count a body in, and digest it, unless the digest is known, as that of a file's bytes is. */
static hg_status count_in(tally *run, const body *b, hg_err *err)
{
    run->parts++;
    run->records += b->records;
    run->bytes += b->span ? b->span->bytes : b->bytes.n;
    if (run->trusted > 0 || run->passed_on)
        return HG_OK;
    assert(!b->span);
    if (b->kept)
        return hg_aside_put(run->digest, b->bytes.p, b->bytes.n, err);
    hg_aside_put_now(run->digest, b->bytes.p, b->bytes.n);
    return HG_OK;
}

/* Write one part: its tar header with the origin of its rows, and its bytes. */
static hg_status put_part(hg_out *out, tally *run, const char *folder, const body *b,
                          hg_err *err)
{
    uint64_t size = b->span ? b->span->bytes : b->bytes.n;
    char name[HG_TAR_NAME + 1], row[24], source[24], count[24];
    hg_tar_attr attrs[4] = { { "HG.records", count } };
    size_t n = 1;
    hg_status st = count_in(run, b, err);
    snprintf(name, sizeof name, "%s/%05" PRIu64 ".csv", folder, run->parts);
    snprintf(count, sizeof count, "%" PRIu64, b->records);
    if (b->at && b->at->row > 0) {
        snprintf(row, sizeof row, "%" PRIu64, b->at->row);
        snprintf(source, sizeof source, "%" PRIu32, b->at->source);
        attrs[n++] = (hg_tar_attr){ "HG.row", row };
        attrs[n++] = (hg_tar_attr){ "HG.source", source };
        if (b->at->sheet)
            attrs[n++] = (hg_tar_attr){ "HG.sheet", b->at->sheet };
    }
    for (size_t i = 0; i < n; i++)
        hg_digest_put(out->origins, attrs[i].value, strlen(attrs[i].value) + 1);
    hg_tar_header(&out->pending, name, size, attrs, n);
    st = st == HG_OK ? flush(out, err) : st;
    if (st == HG_OK)
        st = b->span ? hg_file_pass(out->fd, "-", b->span, err)
                     : write_all(out, b->bytes, err);
    hg_tar_pad(&out->pending, size);
    return st;
}

static const char *resource(const hg_out *out, size_t i)
{
    return hg_json_get_str(hg_json_at(hg_json_get(out->head, "resources"), i), "name");
}

static hg_status put_rows(hg_out *out, const body *b, hg_err *err)
{
    char folder[HG_TAR_NAME + 1];
    snprintf(folder, sizeof folder, "data/%s", resource(out, out->begun - 1));
    return put_part(out, &out->table, folder, b, err);
}

static hg_status close_part(hg_out *out, hg_err *err)
{
    const body b = { .bytes = { out->part.data, out->part.len },
                     .records = out->records,
                     .at = &out->at };
    hg_status st = hg_buf_status(&out->part, err);
    if (st == HG_OK && b.bytes.n > 0)
        st = out->csv ? hg_file_write(out->fd, "-", b.bytes.p, b.bytes.n, err)
                      : put_rows(out, &b, err);
    hg_buf_clear(&out->part);
    out->records = 0;
    out->at.row = 0;
    return st;
}

/* The schema of the rows as they are on the wire: with _at, if it is there. */
static hg_json *wire_schema(const hg_json *schema, bool located)
{
    hg_json *wire = hg_json_copy(schema);
    if (!located)
        return wire;
    hg_json *fields = hg_json_array(), *at = hg_json_object();
    hg_json_set_str(at, "name", HG_STREAM_AT);
    hg_json_set_str(at, "type", "string");
    hg_json_add(fields, at);
    for (size_t i = 0; i < hg_json_len(hg_json_get(schema, "fields")); i++)
        hg_json_add(fields, hg_json_keep(hg_json_at(hg_json_get(schema, "fields"), i)));
    hg_json_set(wire, "fields", fields);
    return wire;
}

/* Describe the resource begun last for the seal. */
static hg_status close_table(hg_out *out, hg_err *err)
{
    if (out->begun == 0)
        return HG_OK;
    hg_status st = close_part(out, err);
    if (st != HG_OK || out->csv)
        return st;
    if (out->table.trusted == 0 && !out->table.passed_on)
        hg_aside_hex(out->table.digest, out->table.sha256);
    else if (out->table.trusted > 0 && out->table.trusted != out->table.bytes)
        return hg_fail(err, HG_EINPUT, NULL, "the file was changed while it was read");
    const hg_json *of = hg_json_at(hg_json_get(out->head, "resources"), out->begun - 1);
    hg_json *r = hg_json_object(), *paths = hg_json_array();
    char text[HG_TAR_NAME + HG_DIGEST_HEX];
    hg_json_set_str(r, "name", resource(out, out->begun - 1));
    hg_json_set_str(r, "type", "table");
    for (uint64_t i = 1; i <= out->table.parts; i++) {
        snprintf(text, sizeof text, "data/%s/%05" PRIu64 ".csv",
                 resource(out, out->begun - 1), i);
        hg_json_add_str(paths, text);
    }
    hg_json_set(r, "path", paths);
    hg_json_set_str(r, "format", "csv");
    hg_json_set_str(r, "mediatype", "text/csv");
    hg_json_set_str(r, "encoding", "utf-8");
    hg_json_set_int(r, "bytes", (int64_t)out->table.bytes);
    hg_json_set_int(r, "rows", (int64_t)out->table.records - 1);
    snprintf(text, sizeof text, HASH "%s", out->table.sha256);
    hg_json_set_str(r, "hash", text);
    if (hg_json_get(of, "schema"))
        hg_json_set(r, "schema", wire_schema(hg_json_get(of, "schema"), out->located));
    hg_json_add(out->resources, r);
    out->table = (tally){ .digest = out->table.digest };
    return st;
}

/* Go on to the next resource, whose first column is, or is not, _at. */
static hg_status begin_table(hg_out *out, bool located, hg_err *err)
{
    hg_status st = close_table(out, err);
    if (st != HG_OK)
        return st;
    if (out->csv && out->begun > 0)
        return hg_fail(err, HG_EARG, NULL,
                       "plain CSV holds one table; write a stream instead");
    out->begun++;
    out->located = located;
    return HG_OK;
}

hg_status hg_out_table(hg_out *out, const char *const *header, size_t n, hg_err *err)
{
    bool located = n > 0 && strcmp(header[0], HG_STREAM_AT) == 0;
    hg_status st = begin_table(out, located, err);
    size_t first = out->csv && located ? 1 : 0;
    for (size_t i = first; i < n; i++)
        hg_csv_put(&out->part, hg_slice_of(header[i]), i == first);
    if (n > 0)
        hg_csv_end(&out->part);
    out->records = n > 0;
    return st;
}

/* Whether a row from at can stand in the part that is open. */
static bool fits(const hg_out *out, const hg_origin *at)
{
    if (out->part.len >= HG_STREAM_PART)
        return false;
    if (out->csv || !at || out->at.row == 0)
        return true;
    return at->source == out->at.source && !at->sheet == !out->at.sheet &&
           (!at->sheet || strcmp(at->sheet, out->sheet) == 0) &&
           (out->located || at->row == out->next);
}

hg_status hg_out_row(hg_out *out, const hg_slice *cells, size_t n, const hg_origin *at,
                     hg_err *err)
{
    if (!fits(out, at)) {
        hg_status st = close_part(out, err);
        if (st != HG_OK)
            return st;
    }
    if (at && out->at.row == 0) {
        out->at = *at;
        snprintf(out->sheet, sizeof out->sheet, "%s", at->sheet ? at->sheet : "");
        out->at.sheet = at->sheet ? out->sheet : NULL;
    }
    bool first = true;
    if (out->located && !out->csv) {
        char a1[24] = "";
        if (at)
            hg_text_a1(a1, at->row, at->col);
        hg_csv_put(&out->part, hg_slice_of(a1), true);
        first = false;
    }
    for (size_t i = 0; i < n; i++, first = false)
        hg_csv_put(&out->part, cells[i], first);
    hg_csv_end(&out->part);
    out->records++;
    out->next = at ? at->row + 1 : 0;
    return out->part.status == HG_OK ? HG_OK : hg_buf_status(&out->part, err);
}

hg_status hg_out_run(hg_out *out, hg_slice bytes, uint64_t records, const hg_origin *at,
                     hg_err *err)
{
    hg_status st = HG_OK;
    if (!fits(out, at))
        st = close_part(out, err);
    if (st == HG_OK && out->csv && out->part.len == 0)
        return hg_file_write(out->fd, "-", bytes.p, bytes.n, err);
    const body b = {
        .bytes = bytes, .kept = bytes.n <= HG_STREAM_KEPT, .records = records, .at = at
    };
    if (st == HG_OK && out->part.len == 0 && !out->csv) /* it is a part of its own */
        return put_rows(out, &b, err);
    hg_buf_put(&out->part, bytes.p, bytes.n);
    out->at = out->at.row == 0 ? *at : out->at;
    out->records += records;
    out->next = at->row + records;
    return st == HG_OK ? hg_buf_status(&out->part, err) : st;
}

hg_status hg_out_span(hg_out *out, const hg_span *span, uint64_t records,
                      const hg_origin *at, hg_err *err)
{
    const body b = { .span = span, .records = records, .at = at };
    hg_status st = close_part(out, err);
    if (st != HG_OK)
        return st;
    return out->csv ? hg_file_pass(out->fd, "-", span, err) : put_rows(out, &b, err);
}

void hg_out_settle(hg_out *out)
{
    hg_aside_put_now(out->table.digest, "", 0);
}

void hg_out_trust(hg_out *out, const char sha256[HG_DIGEST_HEX], uint64_t bytes)
{
    snprintf(out->table.sha256, sizeof out->table.sha256, "%s", sha256);
    out->table.trusted = bytes;
}

/* Plain CSV out of a part: what is left of each row without _at. */
static hg_status csv_part(hg_out *out, const hg_part *part, hg_err *err)
{
    if (!part->located)
        return hg_file_write(out->fd, "-", part->bytes.p, part->bytes.n, err);
    hg_csv csv = { 0 };
    hg_row row;
    hg_status st;
    hg_csv_init(&csv, part->bytes.p, part->bytes.n, 0, 0);
    while ((st = hg_csv_next(&csv, &row, err)) == HG_OK) {
        for (size_t i = 1; i < row.n; i++)
            hg_csv_put(&out->part, row.cells[i], i == 1);
        hg_csv_end(&out->part);
    }
    hg_csv_release(&csv);
    return st == HG_END ? close_part(out, err) : st;
}

hg_status hg_out_part(hg_out *out, const hg_part *part, hg_err *err)
{
    if (part->kind == HG_PART_FINDINGS)
        return HG_OK; /* a check makes its own */
    hg_status st = part->header ? begin_table(out, part->located, err) : HG_OK;
    if (part->header) {
        out->table.passed_on = part->of;
        out->of = part->of;
    }
    assert(out->of == part->of);
    const body b = { .bytes = part->bytes, .records = part->records, .at = &part->at };
    if (st == HG_OK)
        st = out->csv ? csv_part(out, part, err) : put_rows(out, &b, err);
    return st;
}

static hg_status close_findings(hg_out *out, hg_err *err)
{
    const body b = { .bytes = { out->findings.data, out->findings.len },
                     .records = out->finding_records };
    hg_status st = hg_buf_status(&out->findings, err);
    if (st == HG_OK && b.bytes.n > 0)
        st = put_part(out, &out->found, "findings", &b, err);
    hg_buf_clear(&out->findings);
    out->finding_records = 0;
    return st;
}

/* Findings are kept until the rows are written, spilling is not needed: a check caps
 * them. */
hg_status hg_out_finding(hg_out *out, const hg_finding *finding, hg_err *err)
{
    if (out->csv)
        return HG_OK;
    if (out->findings.len == 0) {
        hg_findings_header(&out->findings);
        out->finding_records = 1;
    }
    hg_findings_put(&out->findings, finding);
    out->finding_records++;
    *(finding->severity == HG_ERROR ? &out->errors : &out->warnings) += 1;
    return hg_buf_status(&out->findings, err);
}

/* The digests of tables passed on, which their reader has by now. */
static void add_digests(hg_out *out)
{
    char hash[sizeof HASH + HG_DIGEST_HEX];
    for (size_t i = 0; i < hg_json_len(out->resources); i++) {
        hg_json *r = hg_json_at(out->resources, i);
        const char *said = hg_json_get_str(r, "hash"); /* NULL out of memory */
        if (!said || strcmp(said, HASH) != 0)
            continue;
        memcpy(hash, HASH, sizeof HASH);
        hg_in_digest(out->of, i, hash + sizeof HASH - 1);
        hg_json_set_str(r, "hash", hash);
    }
}

static hg_json *verdict(const hg_out *out)
{
    hg_json *v = hg_json_object();
    hg_json_set_int(v, "errors", (int64_t)out->errors);
    hg_json_set_int(v, "warnings", (int64_t)out->warnings);
    return v;
}

static hg_status put_seal(hg_out *out, hg_err *err)
{
    hg_buf text = { 0 };
    char origins[HG_DIGEST_HEX], sha256[HG_DIGEST_HEX] = "";
    const hg_tar_attr attr = { "HG.sha256", sha256 };
    hg_json *seal = hg_json_object(), *hg = hg_json_object(), *found = hg_json_object();
    hg_json_set_str(seal, "$schema",
                    "https://datapackage.org/profiles/2.0/datapackage.json");
    hg_json_set_str(seal, "name", hg_json_get_str(out->head, "id"));
    hg_json_set(seal, "resources", hg_json_keep(out->resources));
    hg_json_set_int(hg, "version", HG_STREAM_VERSION);
    hg_json_set_str(hg, "stage", hg_stage_name(out->stage));
    hg_json_set_str(hg, "head", out->head_sha256);
    hg_aside_hex(out->found.digest, out->found.sha256);
    hg_json_set_int(found, "parts", (int64_t)out->found.parts);
    hg_json_set_int(found, "bytes", (int64_t)out->found.bytes);
    hg_json_set_str(found, "sha256", out->found.sha256);
    hg_json_set(hg, "findings", found);
    hg_digest_hex(out->origins, origins);
    hg_json_set_str(hg, "origins", origins);
    if (out->stage >= HG_CHECKED)
        hg_json_set(hg, "verdict", verdict(out));
    hg_json_set(seal, "hg", hg);
    hg_status st = hg_json_dump(seal, true, &text, err);
    if (st == HG_OK)
        hg_digest_of(text.data, text.len, sha256);
    if (st == HG_OK)
        st = put_file(out, "datapackage.json", &text, &attr, err);
    hg_json_free(seal);
    hg_buf_release(&text);
    return st;
}

hg_status hg_out_seal(hg_out *out, hg_err *err)
{
    hg_status st = close_table(out, err);
    if (st != HG_OK || out->csv)
        return st;
    if (out->begun != hg_json_len(hg_json_get(out->head, "resources")))
        return hg_fail(err, HG_EINPUT, NULL, "%zu of %zu tables were written", out->begun,
                       hg_json_len(hg_json_get(out->head, "resources")));
    st = close_findings(out, err);
    if (st == HG_OK) {
        add_digests(out);
        st = put_seal(out, err);
    }
    if (st != HG_OK)
        return st;
    hg_tar_end(&out->pending);
    return flush(out, err);
}

void hg_out_free(hg_out *out)
{
    if (!out)
        return;
    hg_json_free(out->head);
    hg_json_free(out->resources);
    hg_aside_free(out->table.digest);
    hg_aside_free(out->found.digest);
    hg_digest_free(out->origins);
    hg_buf_release(&out->pending);
    hg_buf_release(&out->part);
    hg_buf_release(&out->findings);
    free(out);
}
