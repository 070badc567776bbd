/* charset - texts of other character sets, as UTF-8. */
#ifndef HG_TEXT_CHARSET_H
#define HG_TEXT_CHARSET_H

#include "base/err.h"

typedef struct hg_charset hg_charset;

/* What stopped a conversion. */
typedef enum hg_charset_end {
    HG_CHARSET_DONE,  /* all is converted */
    HG_CHARSET_CUT,   /* what is left is the beginning of a character */
    HG_CHARSET_WRONG, /* what is left begins with bytes that the set does not have */
    HG_CHARSET_FULL   /* there is no room for more */
} hg_charset_end;

/* Open a character set by a name that iconv(3) knows. *out is NULL, with HG_OK, where
 * there is none of that name; HG_ENOMEM. */
hg_status hg_charset_new(hg_charset **out, const char *name, hg_err *err);
/* Convert the *n bytes at *from, moving both past what is done; *made counts bytes put to
 * the room at to. Goes on where it was: sets may shift. */
hg_charset_end hg_charset_step(hg_charset *set, const char **from, size_t *n, char *to,
                               size_t room, size_t *made);
void hg_charset_reset(hg_charset *set); /* a new text begins */
void hg_charset_free(hg_charset *set);  /* NULL is fine */

#endif
