/* jsonrows - records of JSON */
#include "format/jsonrows.h"
#include "fuzz.h"

#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    hg_err err = HG_ERR_INIT;
    int rows = -1;
    bool keyed;
    hg_status st = hg_jsonrows(&rows, &keyed, fuzz_fd(bytes, n), "input", "/tmp", &err);
    if ((st != HG_OK) != (err.format != NULL) || (st != HG_OK && rows >= 0))
        abort(); /* a failure says why, and leaves nothing */
    if (rows >= 0)
        close(rows);
    return 0;
}
