/* parts - the text of a resource: files one after the other, inflated, as UTF-8 */
#include "format/parts.h"
#include "base/file.h"
#include "container/unzip.h"
#include "text/charset.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 1 << 18, CARRY = 16 /* bytes of a character that a piece may end in */ };

struct hg_parts {
    char *const *paths;
    size_t n, at; /* the part that is read, or read next */
    int fd;       /* of it; -1: none is open */
    hg_zip *zip;  /* of it; NULL: not compressed */
    char *encoding;
    hg_charset *set; /* NULL: UTF-8 already */
    bool guessed;    /* it was not declared, and is not UTF-8 */
    bool foreign;    /* there were characters beyond ASCII */
    bool begun;      /* the encoding is settled, and a byte order mark passed over */
    const char *code;
    char *raw; /* bytes as read, what the last piece left over in front */
    size_t raw_n;
    char *text; /* what it made of them */
};

/* ---- digests ---- */

static hg_status digest_file(hg_parts_sum *sum, const char *path, hg_digest *sha256,
                             hg_digest *other, char *bytes, hg_err *err)
{
    int fd = -1;
    size_t got = 0;
    hg_status st = hg_file_open(&fd, path, err);
    if (st != HG_OK)
        return st;
    do {
        st = hg_file_read(fd, path, bytes, PIECE, &got, err);
        hg_digest_put(sha256, bytes, st == HG_OK ? got : 0);
        if (other)
            hg_digest_put(other, bytes, st == HG_OK ? got : 0);
        sum->bytes += st == HG_OK ? got : 0;
    } while (st == HG_OK && got == PIECE);
    close(fd);
    return st;
}

/* A digest of an algorithm that is not known stays NULL. */
static hg_status start_other(hg_digest **out, const char *algorithm, hg_err *err)
{
    hg_err unknown = HG_ERR_INIT;
    *out = NULL;
    if (algorithm && hg_digest_new_named(out, algorithm, &unknown) == HG_ENOMEM)
        return hg_fail_nomem(err);
    return HG_OK;
}

hg_status hg_parts_digest(hg_parts_sum *sum, char *const *paths, size_t n,
                          const char *algorithm, hg_err *err)
{
    hg_digest *sha256 = NULL, *other = NULL;
    char *bytes = malloc(PIECE);
    *sum = (hg_parts_sum){ 0 };
    hg_status st = bytes ? hg_digest_new(&sha256, err) : hg_fail_nomem(err);
    if (st == HG_OK)
        st = start_other(&other, algorithm, err);
    for (size_t i = 0; st == HG_OK && i < n; i++)
        st = digest_file(sum, paths[i], sha256, other, bytes, err);
    if (st == HG_OK)
        hg_digest_hex(sha256, sum->sha256);
    if (st == HG_OK && other)
        hg_digest_text(other, sum->other);
    hg_digest_free(sha256);
    hg_digest_free(other);
    free(bytes);
    return st;
}

/* ---- one part after the other ---- */

static bool ends_in(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static hg_status wrong(hg_parts *parts, const char *code, hg_err *err,
                       const char *message, const char *arg)
{
    size_t i = parts->at < parts->n ? parts->at : parts->n - 1;
    parts->code = code;
    return hg_fail(err, HG_EINPUT, HG_AT(parts->paths[i]), message, arg);
}

static hg_status enter_zip(hg_parts *parts, hg_err *err)
{
    parts->code = "compression-error";
    hg_status st = hg_zip_open(&parts->zip, parts->fd, parts->paths[parts->at], err);
    if (st == HG_OK && hg_zip_members(parts->zip) != 1)
        st = wrong(parts, parts->code, err, "a zip of one file is needed here", NULL);
    return st == HG_OK ? hg_zip_enter(parts->zip, 0, HG_PARTS_MAX, err) : st;
}

static hg_status open_part(hg_parts *parts, hg_err *err)
{
    const char *path = parts->paths[parts->at];
    parts->code = "scheme-error";
    hg_status st = hg_file_open(&parts->fd, path, err);
    if (st == HG_OK && ends_in(path, ".zip"))
        st = enter_zip(parts, err);
    return st;
}

static void close_part(hg_parts *parts)
{
    hg_zip_free(parts->zip);
    parts->zip = NULL;
    if (parts->fd >= 0)
        close(parts->fd);
    parts->fd = -1;
}

/* Read from the part that is open; *got is 0 at its end. */
static hg_status read_part(hg_parts *parts, char *to, size_t *got, hg_err *err)
{
    const void *bytes;
    size_t n = 0;
    if (!parts->zip)
        return hg_file_read(parts->fd, parts->paths[parts->at], to, PIECE, got, err);
    hg_status st = hg_zip_read(parts->zip, &bytes, &n, err);
    *got = 0;
    if (st == HG_END)
        return HG_OK;
    if (st != HG_OK)
        return st;
    if (n > PIECE)
        return wrong(parts, parts->code, err, "the file is damaged", NULL);
    memcpy(to, bytes, n);
    *got = n;
    return HG_OK;
}

/* Add bytes behind those left over; *got is 0 after the last part. */
static hg_status read_more(hg_parts *parts, size_t *got, hg_err *err)
{
    hg_status st = HG_OK;
    for (*got = 0; st == HG_OK && *got == 0 && parts->at < parts->n;) {
        if (parts->fd < 0)
            st = open_part(parts, err);
        if (st == HG_OK)
            st = read_part(parts, parts->raw + parts->raw_n, got, err);
        if (st == HG_OK && *got == 0) {
            close_part(parts);
            parts->at++;
        }
    }
    parts->raw_n += *got;
    return st;
}

/* ---- encodings ---- */

static bool is_utf8(const char *name)
{
    return !name || strcmp(name, "utf-8") == 0 || strcmp(name, "utf8") == 0 ||
           strcmp(name, "ascii") == 0 || strcmp(name, "us-ascii") == 0;
}

/* Lower case, '-' for '_', without Python's "-sig". */
static void tidy_name(char *name)
{
    for (char *p = name; *p != '\0'; p++)
        *p = *p == '_' ? '-' : *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
    if (ends_in(name, "-sig"))
        name[strlen(name) - 4] = '\0';
}

static hg_status begin(hg_parts *parts, hg_err *err)
{
    const char *name = parts->encoding;
    bool utf16 = parts->raw_n >= 2 && (memcmp(parts->raw, "\xFF\xFE", 2) == 0 ||
                                       memcmp(parts->raw, "\xFE\xFF", 2) == 0);
    parts->begun = true;
    if (!name && utf16)
        name = "utf-16";
    if (is_utf8(name)) {
        size_t mark = hg_utf8_mark(parts->raw, parts->raw_n);
        memmove(parts->raw, parts->raw + mark, parts->raw_n -= mark);
        return HG_OK;
    }
    hg_status st = hg_charset_new(&parts->set, name, err);
    if (st == HG_OK && !parts->set)
        return wrong(parts, "encoding-error", err, "the encoding '%s' is not known",
                     name);
    return st;
}

bool hg_parts_encoding(const char *name)
{
    char tidy[64];
    hg_err err = HG_ERR_INIT;
    hg_charset *set = NULL;
    if (strlen(name) >= sizeof tidy || name[0] == '\0')
        return false;
    hg_args(tidy, sizeof tidy, "%s", name);
    tidy_name(tidy);
    bool known = is_utf8(tidy) || (hg_charset_new(&set, tidy, &err) == HG_OK && set);
    hg_charset_free(set);
    return known;
}

/* Keep what follows the first n bytes for the next piece; only so much may be left. */
static hg_status carry(hg_parts *parts, size_t n, bool last, hg_err *err)
{
    size_t left = parts->raw_n - n;
    char hex[8];
    if (left == 0 || (left < 4 && !last)) {
        memmove(parts->raw, parts->raw + n, left);
        parts->raw_n = left;
        return HG_OK;
    }
    hg_args(hex, sizeof hex, "%02X", (unsigned)(unsigned char)parts->raw[n]);
    return wrong(parts, "encoding-error", err,
                 "the byte %s does not belong to the text's encoding", hex);
}

static hg_status convert(hg_parts *parts, const char **bytes, size_t *n, bool last,
                         hg_err *err)
{
    const char *in = parts->raw;
    size_t left = parts->raw_n, room = 4 * (PIECE + CARRY);
    hg_charset_end end = hg_charset_step(parts->set, &in, &left, parts->text, room, n);
    bool cut = end == HG_CHARSET_CUT;
    *bytes = parts->text;
    return carry(parts, (size_t)(in - parts->raw), last || (left > 0 && !cut), err);
}

static bool is_ascii(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

/* Take what is not UTF-8, undeclared, and ASCII up to here, for what it most often is. */
static hg_status guess(hg_parts *parts, size_t valid, bool last, hg_err *err)
{
    bool cut = parts->raw_n - valid < 4 && !last;
    if (parts->encoding || parts->foreign || cut || valid == parts->raw_n ||
        !is_ascii(parts->raw, valid))
        return HG_OK;
    hg_status st = hg_charset_new(&parts->set, "WINDOWS-1252", err);
    parts->guessed = parts->set != NULL;
    return st;
}

static hg_status check(hg_parts *parts, const char **bytes, size_t *n, bool last,
                       hg_err *err)
{
    *n = hg_utf8_valid(parts->raw, parts->raw_n);
    hg_status st = guess(parts, *n, last, err);
    if (st != HG_OK)
        return st;
    if (parts->guessed)
        return convert(parts, bytes, n, last, err);
    parts->foreign = parts->foreign || !is_ascii(parts->raw, *n);
    memcpy(parts->text, parts->raw, *n);
    *bytes = parts->text;
    return carry(parts, *n, last, err);
}

hg_status hg_parts_next(void *user, const char **bytes, size_t *n, hg_err *err)
{
    hg_parts *parts = user;
    size_t got;
    hg_status st = read_more(parts, &got, err);
    if (st == HG_OK && !parts->begun)
        st = begin(parts, err);
    if (st == HG_OK && parts->raw_n == 0 && got == 0)
        return HG_END;
    if (st != HG_OK)
        return st;
    parts->code = "source-error";
    return parts->set ? convert(parts, bytes, n, got == 0, err)
                      : check(parts, bytes, n, got == 0, err);
}

/* ---- the whole ---- */

hg_status hg_parts_new(hg_parts **out, char *const *paths, size_t n, const char *encoding,
                       hg_err *err)
{
    hg_parts *parts = *out = calloc(1, sizeof *parts);
    if (!parts)
        return hg_fail_nomem(err);
    *parts = (hg_parts){ .paths = paths,
                         .n = n,
                         .fd = -1,
                         .encoding = encoding ? strdup(encoding) : NULL,
                         .code = "source-error",
                         .raw = malloc(PIECE + CARRY),
                         .text = malloc(4 * (PIECE + CARRY)) };
    if (parts->raw && parts->text && (parts->encoding || !encoding)) {
        if (encoding)
            tidy_name(parts->encoding);
        return HG_OK;
    }
    hg_parts_free(parts);
    *out = NULL;
    return hg_fail_nomem(err);
}

const char *hg_parts_code(const hg_parts *parts)
{
    return parts->code;
}

bool hg_parts_guessed(const hg_parts *parts)
{
    return parts->guessed;
}

void hg_parts_free(hg_parts *parts)
{
    if (!parts)
        return;
    close_part(parts);
    hg_charset_free(parts->set);
    free(parts->encoding);
    free(parts->raw);
    free(parts->text);
    free(parts);
}
