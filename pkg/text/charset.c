/* charset - texts of other character sets, as UTF-8 */
#include "text/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

struct hg_charset {
    iconv_t iconv;
};

hg_status hg_charset_new(hg_charset **out, const char *name, hg_err *err)
{
    *out = NULL;
    if (name[0] == '\0' || strchr(name, '/')) /* iconv takes more than a name there */
        return HG_OK;
    hg_charset *set = malloc(sizeof *set);
    if (!set)
        return hg_fail_nomem(err);
    set->iconv = iconv_open("UTF-8", name);
    if (set->iconv != (iconv_t)-1) {
        *out = set;
        return HG_OK;
    }
    bool memory = errno == ENOMEM;
    free(set);
    return memory ? hg_fail_nomem(err) : HG_OK;
}

hg_charset_end hg_charset_step(hg_charset *set, const char **from, size_t *n, char *to,
                               size_t room, size_t *made)
{
    char *in = (char *)(uintptr_t)*from, *out = to; /* iconv(3) does not write there */
    size_t got = iconv(set->iconv, &in, n, &out, &room);
    int why = got == (size_t)-1 ? errno : 0;
    *from = in;
    *made = (size_t)(out - to);
    return why == 0        ? HG_CHARSET_DONE
           : why == EINVAL ? HG_CHARSET_CUT
           : why == E2BIG  ? HG_CHARSET_FULL
                           : HG_CHARSET_WRONG;
}

void hg_charset_reset(hg_charset *set)
{
    iconv(set->iconv, NULL, NULL, NULL, NULL);
}

void hg_charset_free(hg_charset *set)
{
    if (!set)
        return;
    iconv_close(set->iconv);
    free(set);
}
