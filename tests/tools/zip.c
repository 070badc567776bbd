/* zip - write a zip to stdout: zip small|fast THREADS MEMBER..., where a member is the file
 * of that name; or after "=N" one of N zeros. For tests alone. */
#include "container/zip.h"
#include "base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static hg_status add_file(hg_zip_out *zip, const char *name, hg_err *err)
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

static hg_status add_zeros(hg_zip_out *zip, const char *name, uint64_t size, hg_err *err)
{
    static const char zeros[1 << 20];
    int none = open("/dev/null", O_RDONLY);
    hg_status st = hg_zip_out_begin(zip, name, size, err);
    for (uint64_t n; st == HG_OK && size > 0; size -= n) {
        n = size < sizeof zeros ? size : sizeof zeros;
        st = hg_zip_out_put(zip, zeros, (size_t)n, err);
    }
    if (st == HG_OK)
        st = hg_zip_out_close(zip, none, name, err);
    close(none);
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
    const char *zeros = NULL;
    for (int i = 3; i < argc && st == HG_OK; i++)
        if (argv[i][0] == '=')
            zeros = argv[i] + 1;
        else
            st = zeros ? add_zeros(zip, argv[i], strtoull(zeros, NULL, 10), &err)
                       : add_file(zip, argv[i], &err);
    if (st == HG_OK)
        st = hg_zip_out_end(zip, &err);
    hg_zip_out_free(zip);
    if (st != HG_OK)
        fprintf(stderr, "zip: %s\n", err.format);
    return st == HG_OK ? 0 : 1;
}
