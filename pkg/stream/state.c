/* state - what is known of some parts of a table, in a file that can be merged */
#include "stream/state.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/pack.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WRITE      ((size_t)256 << 10) /* bytes given to write(2) at a time */
#define READ       ((size_t)256 << 10)
#define MAX_RECORD ((size_t)64 << 20)

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
static const char magic[] = "hg-state 2 little\n";
#else
static const char magic[] = "hg-state 2 big\n";
#endif

/* ---- writing ---- */

struct hg_state_out {
    int fd;
    char *name;
    hg_digest *digest;
    hg_buf pending;
};

static hg_status flush(hg_state_out *out, hg_err *err)
{
    hg_status st = hg_buf_status(&out->pending, err);
    if (st == HG_OK && out->pending.len > 0) {
        hg_digest_put(out->digest, out->pending.data, out->pending.len);
        st = hg_file_write(out->fd, out->name, out->pending.data, out->pending.len, err);
    }
    hg_buf_clear(&out->pending);
    return st;
}

hg_status hg_state_new(hg_state_out **result, int fd, const char *name, hg_err *err)
{
    hg_state_out *out = *result = calloc(1, sizeof *out);
    if (!out)
        return hg_fail_nomem(err);
    out->fd = fd;
    out->name = strdup(name);
    hg_status st = out->name ? hg_digest_new(&out->digest, err) : hg_fail_nomem(err);
    hg_buf_puts(&out->pending, magic);
    if (st != HG_OK) {
        hg_state_out_free(out);
        *result = NULL;
    }
    return st;
}

hg_status hg_state_put(hg_state_out *out, char letter, hg_slice bytes, hg_err *err)
{
    if (bytes.n >= MAX_RECORD)
        return hg_fail(err, HG_EINPUT, HG_AT(out->name), "a record is longer than %zu bytes",
                       MAX_RECORD);
    hg_pack_number(&out->pending, bytes.n + 1);
    hg_buf_putc(&out->pending, letter);
    hg_buf_put(&out->pending, bytes.p, bytes.n);
    return out->pending.len >= WRITE ? flush(out, err) : hg_buf_status(&out->pending, err);
}

hg_status hg_state_put_json(hg_state_out *out, char letter, const hg_json *json, hg_err *err)
{
    hg_buf text = { 0 };
    hg_status st = hg_json_dump(json, false, &text, err);
    if (st == HG_OK)
        st = hg_state_put(out, letter, (hg_slice){ text.data, text.len }, err);
    hg_buf_release(&text);
    return st;
}

hg_status hg_state_seal(hg_state_out *out, hg_err *err)
{
    char hex[HG_DIGEST_HEX];
    hg_status st = flush(out, err);
    hg_digest_hex(out->digest, hex);
    if (st == HG_OK)
        st = hg_state_put(out, 'S', hg_slice_of(hex), err);
    return st == HG_OK ? flush(out, err) : st;
}

void hg_state_out_free(hg_state_out *out)
{
    if (!out)
        return;
    hg_digest_free(out->digest);
    hg_buf_release(&out->pending);
    free(out->name);
    free(out);
}

/* ---- reading ---- */

typedef struct part {
    hg_state_part of;
    hg_doc *doc;
    uint64_t at; /* byte of the file where its first record starts */
} part;

struct hg_state_in {
    int fd;
    char *name;
    hg_buf buf; /* bytes of the file, those before used are taken */
    size_t used;
    uint64_t offset; /* in the file, of used */
    bool ended, over;
    hg_doc *table;
    hg_buf table_text;
    part *parts;
    size_t n;
};

static hg_status damaged(const hg_state_in *in, hg_err *err, const char *what)
{
    return hg_fail(err, HG_EINPUT, HG_AT(in->name), "%s", what);
}

/* See that n bytes are in the buffer, unless the file ends before. */
static hg_status fill(hg_state_in *in, size_t n, hg_err *err)
{
    size_t left = in->buf.len - in->used, want = n > READ ? n : READ, got;
    if (left >= n || in->ended)
        return HG_OK;
    if (left > 0)
        memmove(in->buf.data, in->buf.data + in->used, left);
    in->buf.len = left;
    in->used = 0;
    char *to = hg_buf_reserve(&in->buf, want);
    if (!to)
        return hg_buf_status(&in->buf, err);
    hg_status st = hg_file_read(in->fd, in->name, to, want, &got, err);
    in->buf.len += st == HG_OK ? got : 0;
    in->ended = got < want;
    return st;
}

/* Fetch the next record. Within, at the end of the file, it is cut off. */
static hg_status next(hg_state_in *in, char *letter, hg_slice *bytes, hg_err *err)
{
    hg_status st = fill(in, 10, err);
    if (st != HG_OK)
        return st;
    hg_slice rest = { in->buf.data + in->used, in->buf.len - in->used };
    uint64_t n = hg_unpack_number(&rest);
    size_t before = in->buf.len - in->used - rest.n;
    if (n == 0 || n > MAX_RECORD)
        return damaged(in, err, "the state is damaged or cut off");
    st = fill(in, before + (size_t)n, err);
    if (st == HG_OK && in->buf.len - in->used < before + n)
        st = damaged(in, err, "the state is damaged or cut off");
    if (st != HG_OK)
        return st;
    const char *p = in->buf.data + in->used + before;
    *letter = *p;
    *bytes = (hg_slice){ p + 1, (size_t)n - 1 };
    in->used += before + (size_t)n;
    in->offset += before + n;
    return HG_OK;
}

static hg_status add_part(hg_state_in *in, hg_slice bytes, uint64_t at, hg_err *err)
{
    part *parts = in->n < HG_STATE_PARTS
                      ? realloc(in->parts, (in->n + 1) * sizeof *parts)
                      : NULL;
    if (!parts)
        return in->n < HG_STATE_PARTS ? hg_fail_nomem(err)
                                      : damaged(in, err, "the state has too many parts");
    in->parts = parts;
    part *p = &parts[in->n++];
    *p = (part){ .at = at };
    hg_status st = hg_doc_parse(&p->doc, in->name, bytes, err);
    const hg_json *root = hg_doc_root(p->doc);
    int64_t number = hg_json_int(hg_json_get(root, "part"), 0),
            of = hg_json_int(hg_json_get(root, "of"), 0);
    p->of = (hg_state_part){ .part = (uint64_t)number,
                             .of = (uint64_t)of };
    if (st == HG_OK && (number < 0 || of < number || of > HG_STATE_PARTS || !number != !of))
        st = damaged(in, err, "the state is damaged or cut off");
    return st;
}

/* Take note of a record that is not of rows. */
static hg_status note(hg_state_in *in, char letter, hg_slice bytes, uint64_t at, hg_err *err)
{
    switch (letter) {
    case 'T':
        hg_buf_put(&in->table_text, bytes.p, bytes.n);
        return in->table ? damaged(in, err, "the state is damaged or cut off")
                         : hg_doc_parse(&in->table, in->name, bytes, err);
    case 'P': return add_part(in, bytes, at, err);
    case 'E':
        if (in->n > 0)
            in->parts[in->n - 1].of.rows = hg_unpack_number(&bytes);
        return HG_OK;
    default: return HG_OK;
    }
}

/* Read all records, up to the end that attests them. */
static hg_status read_all(hg_state_in *in, hg_err *err)
{
    hg_digest *digest;
    char hex[HG_DIGEST_HEX], letter = 0;
    hg_slice bytes = { NULL, 0 };
    hg_status st = hg_digest_new(&digest, err);
    if (st == HG_OK)
        hg_digest_put(digest, magic, sizeof magic - 1);
    while (st == HG_OK && letter != 'S') {
        uint64_t at = in->offset;
        st = next(in, &letter, &bytes, err);
        if (st == HG_OK && letter != 'S') {
            size_t n = (size_t)(in->offset - at);
            hg_digest_put(digest, bytes.p + bytes.n - n, n);
            st = note(in, letter, bytes, at, err);
        }
    }
    if (st == HG_OK)
        hg_digest_hex(digest, hex);
    if (st == HG_OK && (!hg_slice_is(bytes, hex) || !in->table))
        st = damaged(in, err, "the state is damaged: its digest is another");
    if (st == HG_OK)
        st = fill(in, 1, err);
    if (st == HG_OK && in->buf.len > in->used)
        st = damaged(in, err, "something stands behind the state");
    hg_digest_free(digest);
    return st;
}

static hg_status read_magic(hg_state_in *in, hg_err *err)
{
    size_t n = sizeof magic - 1;
    hg_status st = fill(in, n, err);
    if (st != HG_OK)
        return st;
    if (in->buf.len < 11 || memcmp(in->buf.data, magic, 11) != 0)
        return damaged(in, err, "this is no state of hg-validate");
    if (in->buf.len < n || memcmp(in->buf.data, magic, n) != 0)
        return damaged(in, err, "the state is of a machine of the other byte order");
    in->used = n;
    in->offset = n;
    return HG_OK;
}

hg_status hg_state_open(hg_state_in **result, const char *name, hg_err *err)
{
    hg_state_in *in = *result = calloc(1, sizeof *in);
    if (!in || !(in->name = strdup(name))) {
        free(in);
        *result = NULL;
        return hg_fail_nomem(err);
    }
    in->fd = -1;
    in->buf.max = 2 * MAX_RECORD;
    hg_status st = hg_file_open(&in->fd, name, err);
    if (st == HG_OK)
        st = read_magic(in, err);
    if (st == HG_OK)
        st = read_all(in, err);
    if (st != HG_OK) {
        hg_state_in_free(in);
        *result = NULL;
    }
    return st;
}

const char *hg_state_name(const hg_state_in *in)
{
    return in->name;
}

const hg_json *hg_state_table(const hg_state_in *in)
{
    return hg_doc_root(in->table);
}

hg_slice hg_state_table_text(const hg_state_in *in)
{
    return (hg_slice){ in->table_text.data, in->table_text.len };
}

size_t hg_state_parts(const hg_state_in *in)
{
    return in->n;
}

const hg_state_part *hg_state_part_at(const hg_state_in *in, size_t i)
{
    return &in->parts[i].of;
}

const hg_json *hg_state_about(const hg_state_in *in, size_t i)
{
    return hg_doc_root(in->parts[i].doc);
}

hg_status hg_state_seek(hg_state_in *in, size_t i, hg_err *err)
{
    if (lseek(in->fd, (off_t)in->parts[i].at, SEEK_SET) < 0)
        return hg_fail_sys(err, HG_AT(in->name), "cannot read this");
    hg_buf_clear(&in->buf);
    in->used = 0;
    in->offset = in->parts[i].at;
    in->ended = in->over = false;
    return HG_OK;
}

hg_status hg_state_next(hg_state_in *in, char *letter, hg_slice *bytes, hg_err *err)
{
    if (in->over)
        return HG_END;
    hg_status st = next(in, letter, bytes, err);
    in->over = st != HG_OK || *letter == 'E';
    return st;
}

void hg_state_in_free(hg_state_in *in)
{
    if (!in)
        return;
    if (in->fd >= 0)
        close(in->fd);
    for (size_t i = 0; i < in->n; i++)
        hg_doc_free(in->parts[i].doc);
    free(in->parts);
    hg_doc_free(in->table);
    hg_buf_release(&in->table_text);
    hg_buf_release(&in->buf);
    free(in->name);
    free(in);
}
