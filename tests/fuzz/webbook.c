/* webbook - workbooks as web applications make them: XML Spreadsheet 2003 and HTML */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n > 0 && (bytes[0] == '<' || bytes[0] >= 0xEF))
        fuzz_workbook(fuzz_fd(bytes, n), true);
    return 0;
}
