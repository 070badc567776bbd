/* words.h - numbers, sizes, dates and types as people in Vietnam, or abroad, write them.
 * All append to a buffer or give static texts; none looks at the locale. */
#ifndef HG_SITE_WORDS_H
#define HG_SITE_WORDS_H

#include "text/message.h"

/* A decimal number in canonical form ("-1234.5") with its thousands grouped: "-1.234,5"
 * in Vietnamese, "-1,234.5" in English. Anything else is appended as it is. */
void hg_words_number(hg_buf *buf, hg_slice number, hg_lang lang);
void hg_words_count(hg_buf *buf, uint64_t n, hg_lang lang);

/* A size in bytes: "834 byte", "1,2 kB", "3,4 MB" (SI: 1 kB is 1000 bytes). */
void hg_words_size(hg_buf *buf, uint64_t bytes, hg_lang lang);

/* The date of an ISO 8601 text, "2025-06-01…" as "01/06/2025" or "1 June 2025"; "2025-06"
 * and "2025" likewise; other texts as they are. */
void hg_words_date(hg_buf *buf, const char *iso, hg_lang lang);

/* The word for a field type of Table Schema ("integer"); the type itself where there is
 * none, NULL for NULL. */
const char *hg_words_type(const char *type, hg_lang lang);

#endif
