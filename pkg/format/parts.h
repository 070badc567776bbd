/* parts.h - the text of a resource: files one after the other, inflated, as UTF-8. */
#ifndef HG_FORMAT_PARTS_H
#define HG_FORMAT_PARTS_H

#include "base/digest.h"
#include "base/buf.h"

#define HG_PARTS_MAX ((uint64_t)1 << 36) /* bytes that a compressed part may inflate to */

/* What a file is, as it lies there. */
typedef struct hg_parts_sum {
    uint64_t bytes;
    char sha256[HG_DIGEST_HEX];
    char other[HG_DIGEST_MAX]; /* by the algorithm asked for; "" where that is not known */
} hg_parts_sum;

/* Read files once through, as one. algorithm as in base/digest, or NULL. HG_EINPUT: a file
 * is missing; HG_ESYS, HG_ENOMEM. */
hg_status hg_parts_digest(hg_parts_sum *sum, char *const *paths, size_t n,
                          const char *algorithm, hg_err *err);

typedef struct hg_parts hg_parts;

/*
 * Start on n files, whose names are borrowed. ".zip" at the end of one means a zip of one
 * file. encoding is a name that iconv(3) knows, in any case, with '_' for '-' too, "-sig"
 * at its end for a byte order mark; NULL: UTF-16 where there is its mark, otherwise UTF-8,
 * and windows-1252 from the first byte on that is neither ASCII nor UTF-8, unless some other
 * character came before it: hg_parts_guessed() then.
 */
hg_status hg_parts_new(hg_parts **out, char *const *paths, size_t n, const char *encoding,
                       hg_err *err);

/* Is an encoding known by this name? */
bool hg_parts_encoding(const char *name);

/* Fetch a piece of UTF-8, which may end inside a character: format/delimited's hg_pull.
 * HG_END after the last; HG_EINPUT, of which hg_parts_code() tells more. */
hg_status hg_parts_next(void *parts, const char **bytes, size_t *n, hg_err *err);
/* What a failure was about: "encoding-error", "compression-error" or "source-error". */
const char *hg_parts_code(const hg_parts *parts);
bool hg_parts_guessed(const hg_parts *parts);
void hg_parts_free(hg_parts *parts); /* NULL is fine */

#endif
