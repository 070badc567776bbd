/* ods - the content of an OpenDocument spreadsheet, flat or in a package */
#include "fuzz.h"
#include "workbook/ods_file.h"

#define KIND "application/vnd.oasis.opendocument.spreadsheet"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    hg_buf zip = { 0 }, list = { 0 };
    if (hg_ods_flat(bytes, n < 512 ? n : 512)) /* what is no flat file is webbook's */
        fuzz_workbook(fuzz_fd(bytes, n), true);
    fuzz_zip_add(&zip, &list, "mimetype", hg_slice_of(KIND));
    fuzz_zip_add(&zip, &list, "content.xml", (hg_slice){ (const char *)bytes, n });
    fuzz_zip_end(&zip, &list, 2);
    fuzz_workbook(fuzz_fd(zip.data, zip.len), true);
    hg_buf_release(&zip);
    hg_buf_release(&list);
    return 0;
}
