/* xls_crypt.h - old workbooks that are encrypted with the password that everybody knows:
 * Excel does so where only the structure or a sheet is protected ([MS-OFFCRYPTO] 2.3.5 to
 * 2.3.7, RC4 by SHA-1 and by MD5, XOR; [MS-XLS] 2.2.10, 2.4.117 FilePass). */
#ifndef HG_WORKBOOK_XLS_CRYPT_H
#define HG_WORKBOOK_XLS_CRYPT_H

#include "base/buf.h"

typedef struct hg_xls_crypt hg_xls_crypt;

/* Start with the bytes of the record FilePass. HG_EINPUT (loc): another password, or another
 * way of encryption; HG_ENOMEM. */
hg_status hg_xls_crypt_new(hg_xls_crypt **out, const unsigned char *p, size_t n,
                           const hg_loc *loc, hg_err *err);
/* Decrypt the n bytes that a record, whose head stands at a place in the stream, has as its
 * data. */
void hg_xls_crypt_record(hg_xls_crypt *crypt, uint16_t id, uint64_t at, unsigned char *data,
                         size_t n);
void hg_xls_crypt_free(hg_xls_crypt *crypt); /* NULL is fine */

#endif
