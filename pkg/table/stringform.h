/* stringform.h - the forms that a string may be asked to have. */
#ifndef HG_TABLE_STRINGFORM_H
#define HG_TABLE_STRINGFORM_H

#include "base/buf.h"

/* A local part, '@', and a domain of two or more labels (RFC 5321, without quoting). */
bool hg_stringform_email(hg_slice text);
/* A scheme, ':', and something without blanks or controls (RFC 3986, section 3). */
bool hg_stringform_uri(hg_slice text);
/* Hexadecimal digits in groups of 8-4-4-4-12 (RFC 9562, section 4). */
bool hg_stringform_uuid(hg_slice text);
/* Base64 (RFC 4648, section 4). */
bool hg_stringform_binary(hg_slice text);

#endif
