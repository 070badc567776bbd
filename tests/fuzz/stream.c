/* stream - what runs between the commands */
#include "fuzz.h"
#include "stream/stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    hg_err err = HG_ERR_INIT;
    hg_in *in;
    hg_part part;
    fuzz_fd(bytes, n);
    const hg_in_opts opts = { .plain = true };
    if (hg_in_open(&in, fuzz_path(), &opts, &err) != HG_OK)
        return 0;
    while (hg_in_next(in, &part, &err) == HG_OK)
        ;
    hg_in_free(in);
    return 0;
}
