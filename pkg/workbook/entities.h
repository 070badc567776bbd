/* entities.h - the characters that stand in a web page by name or number. */
#ifndef HG_WORKBOOK_ENTITIES_H
#define HG_WORKBOOK_ENTITIES_H

#include "base/buf.h"

#define HG_ENTITY_MAX 12 /* bytes that the longest takes: & and ; and what is between */

/* Read what the '&' means that text starts with; returns how many bytes it takes. What is
 * no character's name or number is '&' itself, one byte. */
size_t hg_entity_read(int32_t *cp, hg_slice text);

#endif
