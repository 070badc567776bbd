/* fuzz.h - what the fuzz targets share: bytes as a file, and reading all that is in it.
 */
#ifndef HG_FUZZ_H
#define HG_FUZZ_H

#include "base/buf.h"

#include <stdbool.h>

/* What libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Where a target puts bytes, so that they are read. */
extern volatile char fuzz_sink;

/* An unnamed file in memory with these bytes; the same one in every call. */
int fuzz_fd(const void *bytes, size_t n);
/* Its name. */
const char *fuzz_path(void);
/* Read every cell of every sheet of the workbook in a file, up to a number of cells that
 * keeps an input short. Aborts where a cell breaks what workbook/cells.h promises: order, too,
 * but of an xlsx. */
void fuzz_workbook(int fd, bool ordered);
/* Append a member to a zip, stored; then end the zip, whose members begin at 0. */
void fuzz_zip_add(hg_buf *zip, hg_buf *list, const char *name, hg_slice bytes);
void fuzz_zip_end(hg_buf *zip, const hg_buf *list, unsigned n);

#endif
