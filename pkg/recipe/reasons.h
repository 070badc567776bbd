/* reasons.h - why a guess is what it is: each decision with its confidence. */
#ifndef HG_RECIPE_REASONS_H
#define HG_RECIPE_REASONS_H

#include "json/json.h"
#include "text/message.h"

typedef struct hg_reasons {
    hg_lang lang;
    unsigned least; /* of all confidences, in percent */
    hg_json *list;  /* [{ "sheet", "of", "confidence", "why" }], built as json.h says */
    const char
        *sheet; /* that the next ones are of; NULL: of the whole source, or a text */
} hg_reasons;

void hg_reasons_init(hg_reasons *reasons, hg_lang lang);
void hg_reasons_release(hg_reasons *reasons);

/* Add a decision, what it is of ("table", "columns.nam"), how sure it is in percent, and
 * why: an English format (text/message.h) and its arguments. */
void hg_reasons_add(hg_reasons *reasons, const char *of, unsigned percent,
                    const char *format, ...) __attribute__((format(printf, 4, 5)));
/* The same with the reason for which something failed. */
void hg_reasons_add_err(hg_reasons *reasons, const char *of, unsigned percent,
                        const hg_err *err);
/* Add all that from holds; it is still to be released. */
void hg_reasons_take(hg_reasons *reasons, const hg_reasons *from);
#endif
