/* textfile - a delimited text as people and other programs make it */
#include "delimited/textfile.h"
#include "base/file.h"
#include "delimited/textfile_parts.h"
#include "text/utf8.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    PIECES = 5,       /* samples of a long text that its dialect is found in */
    HEAD = 128 << 10, /* bytes of the first of them, */
    PIECE = 32 << 10, /* and of each further one */
    SHORT = 256 << 10 /* a text up to this length is read whole */
};

/* ---- the encoding ---- */

/* A unit that the encoding does not have, while the text is converted. */
static hg_status bad_unit(void *user, uint64_t offset, unsigned unit, hg_err *err)
{
    static const char message[] =
        "byte %" PRIu64 " of the file (%02X) is no character of "
        "its encoding, %s";
    hg_textfile *text = user;
    const char *encoding = hg_charset_name(&text->charset);
    hg_finding finding = { .code = "encoding-error",
                           .file = text->name,
                           .message = message };
    if (text->opts.strict)
        return hg_fail(err, HG_EINPUT, HG_AT(text->name), message, offset + 1, unit,
                       encoding);
    finding.args_len =
        hg_args(finding.args, sizeof finding.args, message, offset + 1, unit, encoding);
    return hg_textfile_tell(text, &finding, err);
}

static hg_status decode(hg_textfile *text, hg_err *err)
{
    const hg_textfile_opts *opts = &text->opts;
    hg_status st =
        hg_charset_find(&text->charset, text->fd, text->name, opts->encoding, err);
    if (st != HG_OK)
        return st;
    text->dirty = text->charset.bad + text->charset.nuls > 0;
    text->from = text->charset.mark;
    if (text->charset.kind == HG_CHARSET_UTF8)
        return HG_OK;
    text->from = 0;
    text->dirty = false;
    st = hg_charset_convert(&text->charset, text->fd, text->name,
                            opts->tmp ? opts->tmp : "/tmp", bad_unit, text,
                            &text->converted, err);
    if (st == HG_OK)
        text->fd = text->converted;
    return st;
}

/* ---- the dialect ---- */

/* Cut a piece to start behind its first line end. */
static hg_slice behind_line(hg_slice piece)
{
    while (piece.n > 0 && *piece.p != '\n' && *piece.p != '\r') {
        piece.p++;
        piece.n--;
    }
    for (int i = 0; i < 2 && piece.n > 0 && (*piece.p == '\n' || *piece.p == '\r'); i++) {
        piece.p++;
        piece.n--;
    }
    return piece;
}

/* Which line ends there are: in the first piece. */
static const char *line_end_of(hg_slice piece)
{
    size_t lf = 0, cr = 0, crlf = 0;
    for (size_t i = 0; i < piece.n; i++) {
        lf += piece.p[i] == '\n' && (i == 0 || piece.p[i - 1] != '\r');
        crlf += piece.p[i] == '\n' && i > 0 && piece.p[i - 1] == '\r';
        cr += piece.p[i] == '\r' && i + 1 < piece.n && piece.p[i + 1] != '\n';
    }
    if ((lf > 0) + (cr > 0) + (crlf > 0) > 1)
        return "mixed";
    return lf ? "LF" : crlf ? "CRLF" : cr ? "CR" : "";
}

/* Read pieces of the text, spread over all of it. */
static hg_status sample(hg_textfile *text, char *bytes, hg_slice pieces[PIECES],
                        size_t *n, hg_err *err)
{
    uint64_t length = text->length - text->from;
    size_t got = 0, used = 0;
    hg_status st = HG_OK;
    *n = length > SHORT ? PIECES : 1;
    for (size_t i = 0; i < *n && st == HG_OK; i++) {
        uint64_t gap = (length - HEAD - PIECE * (PIECES - 1)) / (PIECES - 1);
        size_t want = i > 0 ? PIECE : *n > 1 ? HEAD : SHORT;
        uint64_t at = i == 0 ? 0 : HEAD + gap * i + PIECE * (i - 1);
        st = hg_file_read_at(text->fd, text->name, bytes + used, want, text->from + at,
                             &got, err);
        pieces[i] = (hg_slice){ bytes + used, got };
        if (i > 0)
            pieces[i] = behind_line(pieces[i]);
        used += got;
    }
    return st;
}

static hg_status find_dialect(hg_textfile *text, hg_err *err)
{
    char *bytes = malloc(SHORT);
    hg_slice pieces[PIECES];
    size_t n = 0;
    hg_status st = bytes ? sample(text, bytes, pieces, &n, err) : hg_fail_nomem(err);
    if (st == HG_OK)
        st = hg_sniff(&text->dialect, &text->opts.dialect, pieces, n, err);
    if (st == HG_OK)
        text->line_end = line_end_of(pieces[0]);
    free(bytes);
    return st;
}

/* ---- all ---- */

static hg_status measure(hg_textfile *text, hg_err *err)
{
    struct stat info;
    if (fstat(text->fd, &info) != 0)
        return hg_fail_sys(err, HG_AT(text->name), "cannot be read");
    text->length = (uint64_t)info.st_size;
    text->written = info.st_mtim;
    return HG_OK;
}

/* The byte order mark of UTF-8 is passed over. */
static hg_status skip_mark(hg_textfile *text, hg_err *err)
{
    char head[3];
    size_t n;
    hg_status st = hg_file_read_at(text->fd, text->name, head, sizeof head, 0, &n, err);
    text->from = st == HG_OK ? hg_utf8_mark(head, n) : 0;
    text->charset.mark = text->from;
    return st;
}

/* Most texts are regular UTF-8, which one look at all of it shows. Otherwise the encoding
 * comes first, and then the dialect of the text decoded. */
static hg_status learn(hg_textfile *text, hg_err *err)
{
    hg_status st = measure(text, err);
    if (st == HG_OK)
        st = skip_mark(text, err);
    if (st == HG_OK)
        st = find_dialect(text, err);
    if (st == HG_OK)
        st = hg_textfile_look(text, err);
    if (st != HG_OK || text->regular)
        return st;
    hg_tables_release(&text->tables);
    st = decode(text, err);
    if (st == HG_OK)
        st = measure(text, err);
    if (st == HG_OK)
        st = find_dialect(text, err);
    if (st == HG_OK)
        st = hg_tables_find(&text->tables, text->fd, text->name, &text->dialect,
                            &text->opts.tables, text->from, err);
    return st;
}

hg_status hg_textfile_open(hg_textfile **out, int fd, const char *name,
                           const hg_textfile_opts *opts, hg_err *err)
{
    hg_textfile *text = *out = calloc(1, sizeof *text);
    if (!text)
        return hg_fail_nomem(err);
    text->fd = fd;
    text->converted = -1;
    text->name = name;
    text->opts = *opts;
    hg_status st = learn(text, err);
    if (st != HG_OK) {
        hg_textfile_free(text);
        *out = NULL;
    }
    return st;
}

hg_status hg_textfile_tell(hg_textfile *text, hg_finding *finding, hg_err *err)
{
    return text->opts.found ? text->opts.found(text->opts.user, finding, err) : HG_OK;
}

const hg_charset *hg_textfile_charset(const hg_textfile *text)
{
    return &text->charset;
}

const hg_dialect *hg_textfile_dialect(const hg_textfile *text)
{
    return &text->dialect;
}

const hg_tables *hg_textfile_tables(const hg_textfile *text)
{
    return &text->tables;
}

const char *hg_textfile_line_end(const hg_textfile *text)
{
    return text->line_end;
}

hg_status hg_textfile_unchanged(const hg_textfile *text, hg_err *err)
{
    struct stat now;
    if (fstat(text->fd, &now) != 0)
        return hg_fail_sys(err, HG_AT(text->name), "cannot be read");
    if ((uint64_t)now.st_size == text->length && now.st_mtim.tv_sec == text->written.tv_sec &&
        now.st_mtim.tv_nsec == text->written.tv_nsec)
        return HG_OK;
    return hg_fail(err, HG_EINPUT, HG_AT(text->name),
                   "the file was changed while it was read");
}

void hg_textfile_free(hg_textfile *text)
{
    if (!text)
        return;
    hg_tables_release(&text->tables);
    free(text->cuts);
    if (text->converted >= 0)
        close(text->converted);
    free(text);
}
