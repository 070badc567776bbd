/* charset.h - the encoding of a text, by evidence, and the text in UTF-8. */
#ifndef HG_DELIMITED_CHARSET_H
#define HG_DELIMITED_CHARSET_H

#include "text/vnlegacy.h"

typedef enum hg_charset_kind {
    HG_CHARSET_UTF8,
    HG_CHARSET_UTF16LE,
    HG_CHARSET_UTF16BE,
    HG_CHARSET_UTF32LE,
    HG_CHARSET_UTF32BE,
    HG_CHARSET_1252,  /* windows-1252 */
    HG_CHARSET_LEGACY /* one of text/vnlegacy */
} hg_charset_kind;

typedef struct hg_charset {
    hg_charset_kind kind;
    hg_vnlegacy legacy;
    size_t mark;   /* bytes of the byte order mark that the text starts with */
    bool guessed;  /* neither UTF-8, nor marked, nor told by its NUL bytes, nor given */
    uint64_t bad;  /* UTF-8: bytes that are none */
    uint64_t nuls; /* UTF-8: NUL bytes */
} hg_charset;

const char *
hg_charset_name(const hg_charset *charset); /* "utf-8", "windows-1252", "TCVN3" … */
/* By that name or a usual other one, in any case. HG_EARG: unknown. */
hg_status hg_charset_named(hg_charset *charset, const char *name, hg_err *err);

/*
 * Find the encoding of the whole of fd, a seekable descriptor: that of its byte order
 * mark; UTF-32 and UTF-16 by where their NUL bytes stand; UTF-8 where all or most of what
 * is not ASCII is; otherwise one of text/vnlegacy in which its words are Vietnamese
 * (text/vnguess), or windows-1252. Where *given* is not NULL, it is that one, and
 * its byte order mark is looked for. HG_EINPUT: one character in twenty is a control
 * character, so this is no text; HG_EARG: the encoding is unknown; HG_ESYS, HG_ENOMEM.
 */
hg_status hg_charset_find(hg_charset *charset, int fd, const char *name,
                          const char *given, hg_err *err);

/* Called for each unit at an offset of the file that the encoding does not have. */
typedef hg_status hg_charset_bad(void *user, uint64_t offset, unsigned unit, hg_err *err);

/* Write the text of fd as UTF-8, U+FFFD for what is none, NUL left out, to the seekable
 * descriptor *out, an unnamed file in the folder tmp that the caller closes. HG_ESYS,
 * HG_ENOMEM, or what bad returns. */
hg_status hg_charset_convert(const hg_charset *charset, int fd, const char *name,
                             const char *tmp, hg_charset_bad *bad, void *user, int *out,
                             hg_err *err);

#endif
