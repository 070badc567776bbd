/* pack.h - numbers and texts one after the other in few bytes, the same on every machine. */
#ifndef HG_BASE_PACK_H
#define HG_BASE_PACK_H

#include "base/buf.h"

void hg_pack_number(hg_buf *buf, uint64_t n);            /* seven bits a byte, lowest first */
void hg_pack_signed(hg_buf *buf, int64_t n);             /* its sign in the lowest bit */
void hg_pack_word(hg_buf *buf, uint64_t n);              /* eight bytes, lowest first */
void hg_pack_text(hg_buf *buf, hg_slice text);           /* 1 + its length, its bytes; 0: NULL */

/* Take what was put from the front of rest; false, or 0, at its end. */
uint64_t hg_unpack_number(hg_slice *rest);
int64_t hg_unpack_signed(hg_slice *rest);
uint64_t hg_unpack_word(hg_slice *rest);
hg_slice hg_unpack_text(hg_slice *rest); /* borrowed */

#endif
