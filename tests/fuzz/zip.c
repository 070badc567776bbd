/* zip - a zip: its list, and every member */
#include "fuzz.h"
#include "container/unzip.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    hg_err err = HG_ERR_INIT;
    hg_zip *zip;
    const void *piece;
    size_t got, all = 0;
    if (hg_zip_open(&zip, fuzz_fd(bytes, n), "input", &err) != HG_OK)
        return 0;
    for (size_t i = 0; i < hg_zip_members(zip) && i < 32 && all < 1 << 22; i++) {
        err = (hg_err)HG_ERR_INIT;
        hg_status st = hg_zip_enter(zip, i, 1 << 20, &err);
        while (st == HG_OK && (st = hg_zip_read(zip, &piece, &got, &err)) == HG_OK)
            all += got;
    }
    hg_zip_free(zip);
    return 0;
}
