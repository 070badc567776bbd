/* carrier.h - what a workbook carries of the data that it was made of: the hidden sheet
 * "_hg", written and read here.
 *
 *   A1 "hg-report"   B1 the version of this format, 1
 *   C1 the SHA-256 of the records below   D1 a word to people who find the sheet
 *   then a record a row: A its kind, B its JSON; one longer than a cell takes goes on in
 *   the rows below, which have no kind
 *
 * Every reader of workbooks gives the sheet back as it was, also after another program
 * has saved the file, for all that is in it are texts.
 */
#ifndef HG_REPORT_CARRIER_H
#define HG_REPORT_CARRIER_H

#include "base/digest.h"
#include "format/source.h"
#include "workbook/book.h"

#define HG_CARRIER_SHEET   "_hg"
#define HG_CARRIER_MAGIC   "hg-report"
#define HG_CARRIER_VERSION "1"
#define HG_CARRIER_PIECE   30000 /* bytes of a cell, within Excel's 32,767 characters */

/* Put a record into the digest that C1 has. */
void hg_carrier_digest(hg_digest *digest, const char *kind, hg_slice json);

/* ---- writing ---- */

typedef struct hg_carrier hg_carrier;

hg_status hg_carrier_new(hg_carrier **out, hg_err *err); /* HG_ENOMEM */
/* Add a record; kind is static. HG_ENOMEM; HG_EINPUT over 256 MiB of records. */
hg_status hg_carrier_add(hg_carrier *carrier, const char *kind, hg_slice json,
                         hg_err *err);
/* Add a list to choose from, beside the records; formula becomes the cells that hold it, for
 * hg_book_choose(). At most HG_CARRIER_CHOICES texts, which are copied. */
#define HG_CARRIER_CHOICES 16384
hg_status hg_carrier_list(hg_carrier *carrier, const char *const *texts, size_t n,
                          char formula[64], hg_err *err);
/* Take so many columns of the sheet, for data of a chart; *first is the first. */
void hg_carrier_columns(hg_carrier *carrier, uint32_t n, uint32_t *first);
/* Put something into them: a text, or a formula with the value it comes to. */
hg_status hg_carrier_put(hg_carrier *carrier, uint32_t row, uint32_t col, const char *text,
                         const char *value, hg_err *err);
/* Add the sheet to the book, as its last, and its digest to the properties. */
hg_status hg_carrier_write(hg_carrier *carrier, hg_book *book, hg_err *err);
void hg_carrier_free(hg_carrier *carrier); /* NULL is fine */

/* ---- reading: carrier_read.c ---- */

/* The index of the sheet; false for a source that carries nothing. */
bool hg_carrier_find(hg_source *source, size_t *sheet);

/* Takes a record as it was added; kind and json are gone when it returns. */
typedef hg_status hg_carrier_taker(void *with, const char *kind, hg_slice json,
                                   hg_err *err);
/*
 * Give the records to take, one after the other, and see that they are those that were
 * written. HG_EINPUT: the sheet was changed, or is of a later version; by then records
 * have been taken. What take fails with.
 */
hg_status hg_carrier_read(hg_source *source, size_t sheet, hg_carrier_taker *take,
                          void *with, hg_err *err);

#endif
