/* csv - a file of text: what it is, and its rows */
#include "fuzz.h"
#include "format/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    hg_err err = HG_ERR_INIT;
    hg_source *source;
    hg_rows *rows;
    hg_row row;
    fuzz_fd(bytes, n);
    if (hg_source_open(&source, fuzz_path(), NULL, &err) != HG_OK)
        return 0;
    hg_status st =
        hg_source_is_workbook(source) ? HG_END : hg_rows_open(&rows, source, 0, &err);
    if (st == HG_OK) {
        while ((st = hg_rows_next(rows, &row, &err)) == HG_OK)
            for (size_t i = 0; i < row.n; i++)
                for (size_t k = 0; k < row.cells[i].n; k++)
                    fuzz_sink = row.cells[i].p[k];
        hg_rows_free(rows);
    }
    hg_source_free(source);
    return 0;
}
