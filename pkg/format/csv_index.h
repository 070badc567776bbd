/* csv_index.h - where the quotes, delimiters and line ends of a text stand. For csv.c. */
#ifndef HG_FORMAT_CSV_INDEX_H
#define HG_FORMAT_CSV_INDEX_H

#include <stddef.h>
#include <stdint.h>

#define HG_CSV_WINDOW ((size_t)32 << 10) /* bytes indexed at a time; stays in the cache */

/*
 * Write the offsets of all quotes of a text, and of its ',' and LF that no quotes enclose,
 * in order, and return how many. The text starts outside quotes; a quote opens or closes.
 * to has room for n + 8 offsets, n is at most UINT32_MAX. AVX2 is used where the machine
 * has it, unless compiled with HG_PORTABLE.
 */
size_t hg_csv_index(uint32_t *to, const char *text, size_t n);
size_t hg_csv_index_portable(uint32_t *to, const char *text, size_t n); /* the same */

#endif
