/* stream_in - reading the hg stream, and plain CSV as if it were one */
#include "base/digest.h"
#include "base/file.h"
#include "container/tar.h"
#include "delimited/csv.h"
#include "stream/stream.h"
#include "stream/stream_plain.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_HEAD ((size_t)64 << 20) /* bytes of hg.json and of the seal */

/* What was read of one run of parts; the seal must say the same. */
typedef struct seen {
    uint64_t parts, records, bytes;
    hg_digest *digest;
    char sha256[HG_DIGEST_HEX]; /* once it is whole */
} seen;

struct hg_in {
    int fd;
    char *name;
    hg_doc *head_doc;
    const hg_json *head;
    char head_sha256[HG_DIGEST_HEX];
    hg_tar *tar;        /* NULL for plain CSV */
    hg_plain *plain;    /* NULL for a stream */
    seen *tables;       /* one per resource of the head, and one more for the findings */
    hg_digest *origins; /* of the parts' attributes, in the order of writing */
    size_t n;           /* resources */
    size_t at;          /* the resource whose parts come now */
    bool located;       /* it has the column _at */
    bool unverified;    /* rows are not digested */
    hg_buf bytes;       /* of the part given last */
    hg_doc *seal;
    hg_status end; /* the ending, once reached: it repeats */
};

static hg_status damaged(const hg_in *in, hg_err *err, const char *what)
{
    hg_loc loc = { .file = in->name };
    return hg_fail(err, HG_EINPUT, &loc, "%s", what);
}

/* Read the whole entry into bytes. */
static hg_status load(hg_in *in, const hg_tar_entry *entry, size_t max, hg_buf *bytes,
                      hg_err *err)
{
    size_t got;
    hg_buf_clear(bytes);
    if (entry->size > max)
        return damaged(in, err, "the stream holds an entry that is too long");
    bytes->max = max;
    char *to = hg_buf_reserve(bytes, (size_t)entry->size);
    if (!to)
        return hg_buf_status(bytes, err);
    hg_status st = hg_tar_read(in->tar, to, (size_t)entry->size, &got, err);
    bytes->len = st == HG_OK ? got : 0;
    to[bytes->len] = '\0';
    return st;
}

/* ---- opening ---- */

static hg_status wrong_stage(const hg_in *in, const char *stage, hg_stage wanted,
                             hg_err *err)
{
    static const char *const before[] = { "", "", "hg-validate", "hg-package" };
    hg_loc loc = { .file = in->name };
    if (strcmp(stage, hg_stage_name(HG_PACKAGED)) == 0)
        return hg_fail(err, HG_EARG, &loc,
                       "this is packaged already; rows are wanted here");
    return hg_fail(err, HG_EARG, &loc, "this stream is %s only; run %s on it first",
                   stage, before[wanted]);
}

static hg_status check_head(const hg_in *in, hg_stage wanted, hg_err *err)
{
    const char *stage = hg_json_get_str(in->head, "stage");
    if (hg_json_int(hg_json_get(in->head, "hg"), 0) != HG_STREAM_VERSION || !stage ||
        !hg_json_get_str(in->head, "id") || in->n == 0)
        return damaged(in, err, "hg.json is not the head of an hg stream of version 1");
    bool wrong = strcmp(stage, hg_stage_name(HG_PACKAGED)) == 0 ||
                 (wanted == HG_CHECKED && strcmp(stage, hg_stage_name(HG_CHECKED)) != 0);
    return wrong ? wrong_stage(in, stage, wanted, err) : HG_OK;
}

static hg_status count_tables(hg_in *in, hg_err *err)
{
    in->n = hg_json_len(hg_json_get(in->head, "resources"));
    in->tables = calloc(in->n + 1, sizeof *in->tables);
    if (!in->tables)
        return hg_fail_nomem(err);
    if (hg_digest_new(&in->origins, err) != HG_OK)
        return err->status;
    for (size_t i = 0; i <= in->n; i++)
        if (hg_digest_new(&in->tables[i].digest, err) != HG_OK)
            return err->status;
    return HG_OK;
}

static hg_status open_stream(hg_in *in, hg_slice start, hg_stage wanted, hg_err *err)
{
    hg_tar_entry entry;
    hg_status st = hg_tar_new(&in->tar, in->fd, in->name, start, err);
    if (st == HG_OK)
        st = hg_tar_next(in->tar, &entry, err);
    if (st == HG_END)
        st = damaged(in, err, "the stream is empty");
    if (st == HG_OK)
        st = load(in, &entry, MAX_HEAD, &in->bytes, err);
    if (st != HG_OK)
        return st;
    hg_digest_of(in->bytes.data, in->bytes.len, in->head_sha256);
    hg_err why = HG_ERR_INIT;
    if (hg_doc_parse(&in->head_doc, entry.name,
                     (hg_slice){ in->bytes.data, in->bytes.len }, &why) != HG_OK)
        return why.status == HG_ENOMEM ? hg_fail_nomem(err)
                                       : damaged(in, err, "hg.json is not valid JSON");
    in->head = hg_doc_root(in->head_doc);
    st = count_tables(in, err);
    return st == HG_OK ? check_head(in, wanted, err) : st;
}

static hg_status open_plain(hg_in *in, hg_slice start, const hg_in_opts *opts,
                            hg_err *err)
{
    hg_status st = hg_plain_new(&in->plain, in->fd, in->name, start, opts, err);
    if (st == HG_OK)
        in->head = hg_plain_head(in->plain);
    return st;
}

static bool is_tar(const char *start, size_t n)
{
    return n == 512 && memcmp(start + 257, "ustar", 5) == 0;
}

static hg_status open_body(hg_in *in, const hg_in_opts *opts, hg_err *err)
{
    char start[512];
    size_t n;
    hg_status st = hg_file_read(in->fd, in->name, start, sizeof start, &n, err);
    if (st != HG_OK)
        return st;
    if (n == 0)
        return damaged(in, err, "there is no input");
    if (is_tar(start, n))
        return strcmp(start, "hg.json") == 0
                   ? open_stream(in, (hg_slice){ start, n }, opts->stage, err)
                   : damaged(in, err,
                             "this tar is no hg stream: it does not start with hg.json");
    if (n >= 4 && memcmp(start, "PK\3\4", 4) == 0)
        return damaged(in, err, "this is a zip file, not a stream or a CSV");
    if (memcmp(start, "hg.json", n < 8 ? n : 8) == 0)
        return damaged(in, err, "the stream is cut off");
    if (!opts->plain)
        return damaged(in, err, "this is no hg stream");
    return open_plain(in, (hg_slice){ start, n }, opts, err);
}

hg_status hg_in_open(hg_in **out, const char *name, const hg_in_opts *opts, hg_err *err)
{
    hg_in *in = calloc(1, sizeof *in);
    *out = NULL;
    if (!in || !(in->name = strdup(name))) {
        free(in);
        return hg_fail_nomem(err);
    }
    in->fd = -1;
    in->unverified = opts->unverified;
    hg_status st = HG_OK;
    if (strcmp(name, "-") == 0)
        in->fd = STDIN_FILENO;
    else
        st = hg_file_open(&in->fd, name, err);
    if (st == HG_OK)
        st = open_body(in, opts, err);
    if (st != HG_OK) {
        hg_in_free(in);
        return st;
    }
    *out = in;
    return HG_OK;
}

const hg_json *hg_in_head(const hg_in *in)
{
    return in->head;
}

bool hg_in_plain(const hg_in *in)
{
    return in->plain != NULL;
}

const hg_json *hg_in_seal(const hg_in *in)
{
    return in->seal ? hg_doc_root(in->seal) : NULL;
}

/* ---- the seal ---- */

static bool same_digest(hg_digest *digest, const char *said)
{
    char hex[HG_DIGEST_HEX];
    hg_digest_hex(digest, hex);
    return said && strcmp(hex, said) == 0;
}

void hg_in_digest(hg_in *in, size_t resource, char hex[HG_DIGEST_HEX])
{
    seen *t = &in->tables[resource];
    if (t->sha256[0] == '\0')
        hg_digest_hex(t->digest, t->sha256);
    memcpy(hex, t->sha256, HG_DIGEST_HEX);
}

/* Whether the digest of a resource is what the seal says, which counts where it is not taken. */
static bool is_table(hg_in *in, size_t i, const char *said)
{
    char hex[HG_DIGEST_HEX];
    if (in->unverified && strlen(said) == HG_DIGEST_HEX - 1)
        memcpy(in->tables[i].sha256, said, HG_DIGEST_HEX);
    hg_in_digest(in, i, hex);
    return strcmp(hex, said) == 0;
}

/* Whether the seal says of each resource what was read of it. */
static bool tables_agree(hg_in *in, const hg_json *seal)
{
    const hg_json *resources = hg_json_get(seal, "resources");
    if (hg_json_len(resources) != in->n)
        return false;
    for (size_t i = 0; i < in->n; i++) {
        const hg_json *r = hg_json_at(resources, i);
        const seen *t = &in->tables[i];
        const char *hash = hg_json_get_str(r, "hash");
        if (t->parts == 0 || hg_json_len(hg_json_get(r, "path")) != t->parts ||
            hg_json_int(hg_json_get(r, "bytes"), -1) != (int64_t)t->bytes ||
            hg_json_int(hg_json_get(r, "rows"), -2) + 1 != (int64_t)t->records || !hash ||
            strncmp(hash, "sha256:", 7) != 0 || !is_table(in, i, hash + 7))
            return false;
    }
    return true;
}

/* Load the seal and see that it is as it was written. */
static hg_status load_seal(hg_in *in, const hg_tar_entry *entry, hg_err *err)
{
    hg_err why = HG_ERR_INIT;
    char hex[HG_DIGEST_HEX];
    hg_status st = load(in, entry, MAX_HEAD, &in->bytes, err);
    if (st != HG_OK)
        return st;
    hg_digest_of(in->bytes.data, in->bytes.len, hex);
    const char *said = hg_tar_attr_get(in->tar, "HG.sha256");
    if (!said || strcmp(said, hex) != 0)
        return damaged(in, err, "the seal is damaged");
    st = hg_doc_parse(&in->seal, entry->name, (hg_slice){ in->bytes.data, in->bytes.len },
                      &why);
    if (st == HG_ENOMEM)
        return hg_fail_nomem(err);
    return st == HG_OK ? HG_OK : damaged(in, err, "the seal is not valid JSON");
}

static hg_status verify(hg_in *in, const hg_tar_entry *entry, hg_err *err)
{
    hg_status st = load_seal(in, entry, err);
    if (st != HG_OK)
        return st;
    const hg_json *seal = hg_doc_root(in->seal), *hg = hg_json_get(seal, "hg");
    const char *head = hg_json_get_str(hg, "head"), *stage = hg_json_get_str(hg, "stage");
    const hg_json *found = hg_json_get(hg, "findings");
    seen *f = &in->tables[in->n];
    if (!head || strcmp(head, in->head_sha256) != 0 || !stage ||
        strcmp(stage, hg_json_get_str(in->head, "stage")) != 0 ||
        !tables_agree(in, seal) ||
        hg_json_int(hg_json_get(found, "parts"), -1) != (int64_t)f->parts ||
        !same_digest(f->digest, hg_json_get_str(found, "sha256")) ||
        !same_digest(in->origins, hg_json_get_str(hg, "origins")))
        return damaged(in, err,
                       "the stream is damaged: its seal does not fit what it holds");
    hg_tar_entry more;
    st = hg_tar_next(in->tar, &more, err);
    return st == HG_OK ? damaged(in, err, "something stands behind the seal") : st;
}

/* ---- parts ---- */

/* "data/<resource>/<number>.csv" with just the next number, of this resource or the next;
 * or "findings/<number>.csv". */
static bool expected(hg_in *in, const char *name, hg_part *part)
{
    char want[HG_TAR_NAME + 1];
    const hg_json *resources = hg_json_get(in->head, "resources");
    for (size_t i = in->at; i < in->n && i <= in->at + 1; i++) {
        if (i > in->at && in->tables[in->at].parts == 0)
            break;
        snprintf(want, sizeof want, "data/%s/%05" PRIu64 ".csv",
                 hg_json_get_str(hg_json_at(resources, i), "name"),
                 in->tables[i].parts + 1);
        if (strcmp(name, want) == 0) {
            *part = (hg_part){ .kind = HG_PART_ROWS,
                               .resource = i,
                               .header = in->tables[i].parts == 0 };
            in->at = i;
            return true;
        }
    }
    snprintf(want, sizeof want, "findings/%05" PRIu64 ".csv",
             in->tables[in->n].parts + 1);
    *part = (hg_part){ .kind = HG_PART_FINDINGS, .header = in->tables[in->n].parts == 0 };
    return strcmp(name, want) == 0;
}

static const char *attribute(hg_in *in, const char *key)
{
    const char *text = hg_tar_attr_get(in->tar, key);
    if (text)
        hg_digest_put(in->origins, text, strlen(text) + 1);
    return text;
}

static uint64_t attr_number(hg_in *in, const char *key)
{
    const char *text = attribute(in, key);
    return text ? strtoull(text, NULL, 10) : 0;
}

static bool starts_with_at(hg_slice bytes)
{
    size_t n = sizeof HG_STREAM_AT - 1;
    return bytes.n > n && memcmp(bytes.p, HG_STREAM_AT, n) == 0 &&
           (bytes.p[n] == ',' || bytes.p[n] == '\n');
}

static hg_status take_part(hg_in *in, const hg_tar_entry *entry, hg_part *part,
                           hg_err *err)
{
    if (!expected(in, entry->name, part))
        return damaged(in, err, "the stream holds an entry out of its order");
    part->records = attr_number(in, "HG.records");
    part->at.row = attr_number(in, "HG.row");
    part->at.source = (uint32_t)attr_number(in, "HG.source");
    part->at.sheet = attribute(in, "HG.sheet");
    hg_status st = load(in, entry, HG_STREAM_PART + HG_STREAM_ROW, &in->bytes, err);
    if (st != HG_OK)
        return st;
    part->bytes = (hg_slice){ in->bytes.data, in->bytes.len };
    if (part->records == 0 || part->bytes.n == 0 ||
        part->bytes.p[part->bytes.n - 1] != '\n')
        return damaged(in, err,
                       "the stream is damaged: a part does not end at a row's end");
    seen *t = &in->tables[part->kind == HG_PART_ROWS ? part->resource : in->n];
    if (part->header)
        in->located = part->kind == HG_PART_ROWS && starts_with_at(part->bytes);
    part->located = in->located;
    part->of = in;
    part->number = t->records + 1;
    t->parts++;
    t->records += part->records;
    t->bytes += part->bytes.n;
    if (part->kind != HG_PART_ROWS || !in->unverified)
        hg_digest_put(t->digest, part->bytes.p, part->bytes.n);
    return HG_OK;
}

hg_status hg_in_next(hg_in *in, hg_part *part, hg_err *err)
{
    hg_tar_entry entry;
    if (in->end != HG_OK)
        return in->end;
    if (in->plain)
        return in->end = hg_plain_next(in->plain, part, err);
    hg_status st = hg_tar_next(in->tar, &entry, err);
    if (st == HG_END)
        st = damaged(in, err, "the stream ends before its seal");
    else if (st == HG_OK && strcmp(entry.name, "datapackage.json") == 0)
        st = verify(in, &entry, err);
    else if (st == HG_OK)
        st = take_part(in, &entry, part, err);
    if (st != HG_OK)
        in->end = st;
    return st;
}

hg_status hg_in_keep(hg_in *in, hg_buf *spare, hg_err *err)
{
    if (in->plain)
        return hg_plain_keep(in->plain, spare, err);
    hg_buf kept = in->bytes;
    in->bytes = *spare;
    *spare = kept;
    return HG_OK;
}

void hg_in_free(hg_in *in)
{
    if (!in)
        return;
    for (size_t i = 0; in->tables && i <= in->n; i++)
        hg_digest_free(in->tables[i].digest);
    free(in->tables);
    hg_digest_free(in->origins);
    hg_plain_free(in->plain);
    hg_tar_free(in->tar);
    hg_doc_free(in->head_doc);
    hg_doc_free(in->seal);
    hg_buf_release(&in->bytes);
    if (in->fd > STDIN_FILENO)
        close(in->fd);
    free(in->name);
    free(in);
}
