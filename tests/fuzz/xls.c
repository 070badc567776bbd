/* xls - an old workbook: the records alone, or a compound file */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n > 1 && (bytes[0] == 0xD0 || (bytes[0] == 0x09 && bytes[1] < 0x09)))
        fuzz_workbook(fuzz_fd(bytes, n), true);
    return 0;
}
