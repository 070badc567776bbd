/* zip - write a zip of files to stdout: zip small|fast THREADS FILE... For tests alone.
 */
#include "container/zip.h"
#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static hg_status add(hg_zip_out *zip, const char *name, hg_err *err)
{
    struct stat file;
    int fd;
    hg_status st = hg_file_open(&fd, name, err);
    if (st != HG_OK)
        return st;
    if (fstat(fd, &file) == 0)
        st = hg_zip_out_add(zip, name, fd, name, (uint64_t)file.st_size, err);
    close(fd);
    return st;
}

int main(int argc, char **argv)
{
    hg_err err = HG_ERR_INIT;
    hg_zip_out *zip = NULL;
    if (argc < 3)
        return 2;
    hg_deflate_kind kind =
        strcmp(argv[1], "fast") == 0 ? HG_DEFLATE_FAST : HG_DEFLATE_SMALL;
    hg_status st = hg_zip_out_new(&zip, STDOUT_FILENO, "-", kind,
                                  (unsigned)strtoul(argv[2], NULL, 10), &err);
    for (int i = 3; i < argc && st == HG_OK; i++)
        st = add(zip, argv[i], &err);
    if (st == HG_OK)
        st = hg_zip_out_end(zip, &err);
    hg_zip_out_free(zip);
    if (st != HG_OK)
        fprintf(stderr, "zip: %s\n", err.format);
    return st == HG_OK ? 0 : 1;
}
