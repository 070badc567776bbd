/* pattern.h - regular expressions as Table Schema's and JSON Schema's "pattern" have them. The
 * only module that includes PCRE2. */
#ifndef HG_TEXT_PATTERN_H
#define HG_TEXT_PATTERN_H

#include "base/buf.h"

/*
 * A compiled expression of XML Schema's kind (XSD 1.1 part 2, appendix G): it matches a
 * text as a whole; \d, \w and \s are Unicode's. '^' and '$' are taken for anchors, as
 * people write them. What PCRE2 would read otherwise than XML Schema is refused:
 * subtraction
 * "[a-z-[aeiou]]", \c and \i. One pattern is for one thread.
 */
typedef struct hg_pattern hg_pattern;

/* HG_EARG: no such expression (the message names the offset of the mistake); HG_ENOMEM.
 */
hg_status hg_pattern_new(hg_pattern **out, const char *expression, hg_err *err);

/*
 * Likewise an expression of ECMA-262 with the flag u, which matches anywhere in a text: \d, \w
 * and \b are ASCII's, \s and '.' are those of ECMAScript, \p{Letter} and \p{L} Unicode's. What
 * PCRE2 has beyond ECMA-262 is refused.
 */
hg_status hg_pattern_ecma(hg_pattern **out, hg_slice expression, hg_err *err);

typedef enum hg_match { HG_NO_MATCH, HG_MATCHES, HG_MATCH_TOO_HARD } hg_match;

/* Match valid UTF-8. HG_MATCH_TOO_HARD: it takes more steps or memory than PCRE2's
 * limits. */
hg_match hg_pattern_match(const hg_pattern *pattern, hg_slice text);

void hg_pattern_free(hg_pattern *pattern); /* NULL is fine */

#endif
