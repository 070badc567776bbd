/* file_same - whether a file has the bytes of another */
#include "base/file.h"

#include <string.h>
#include <unistd.h>

enum { CHUNK = 1 << 16 };

hg_status hg_file_holds(const char *name, hg_slice bytes, bool *same, hg_err *err)
{
    char chunk[CHUNK];
    size_t done = 0, got = 0;
    int fd;
    hg_status status = hg_file_open(&fd, name, err);
    if (status != HG_OK)
        return status;
    *same = true;
    do {
        status = hg_file_read(fd, name, chunk, sizeof chunk, &got, err);
        *same = *same && status == HG_OK && got <= bytes.n - done &&
                (got == 0 || memcmp(chunk, bytes.p + done, got) == 0);
        done += got;
    } while (*same && got == sizeof chunk);
    *same = *same && done == bytes.n;
    close(fd);
    return status;
}

hg_status hg_file_same(const char *a, const char *b, bool *same, hg_err *err)
{
    char chunk[2][CHUNK];
    size_t got[2] = { 0 };
    int fd[2] = { -1, -1 };
    hg_status status = hg_file_open(&fd[0], a, err);
    if (status == HG_OK)
        status = hg_file_open(&fd[1], b, err);
    *same = true;
    while (status == HG_OK) {
        status = hg_file_read(fd[0], a, chunk[0], CHUNK, &got[0], err);
        if (status == HG_OK)
            status = hg_file_read(fd[1], b, chunk[1], CHUNK, &got[1], err);
        *same = got[0] == got[1] && memcmp(chunk[0], chunk[1], got[0]) == 0;
        if (!*same || got[0] < CHUNK)
            break;
    }
    for (int i = 0; i < 2; i++)
        if (fd[i] >= 0)
            close(fd[i]);
    return status;
}
