/* pattern_ecma.h - expressions of ECMA-262 written as PCRE2 reads them. */
#ifndef HG_TEXT_PATTERN_ECMA_H
#define HG_TEXT_PATTERN_ECMA_H

#include "base/buf.h"

/* Append the expression as PCRE2 has it. -1, or the offset of what ECMA-262, with its flag u,
 * does not have. */
long hg_pattern_from_ecma(hg_buf *out, hg_slice expression);

#endif
