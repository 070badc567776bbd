/* csv - any bytes as a delimited text: read in every table, and as a whole */
#define _GNU_SOURCE /* memfd_create() */
#include "format/textfile.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_table(hg_textfile *text, size_t table)
{
    hg_err err = HG_ERR_INIT;
    hg_textfile_rows *rows;
    hg_row row;
    if (hg_textfile_rows_new(&rows, text, table, &err) != HG_OK)
        return;
    while (hg_textfile_rows_next(rows, &row, &err) == HG_OK)
        continue;
    hg_textfile_rows_free(rows);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hg_err err = HG_ERR_INIT;
    hg_textfile_opts opts = HG_TEXTFILE_DEFAULTS;
    hg_textfile *text;
    int fd = memfd_create("fuzz", 0);
    opts.tmp = "/dev/shm";
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    if (hg_textfile_open(&text, fd, "fuzz", &opts, &err) == HG_OK) {
        for (size_t i = 0; i < hg_textfile_tables(text)->n && i < 8; i++)
            read_table(text, i);
        read_table(text, HG_TEXTFILE_ALL);
        hg_textfile_free(text);
    }
    close(fd);
    return 0;
}
