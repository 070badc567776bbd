/* csvfile - the rows of a CSV file of any length, read in blocks of whole records */
#include "delimited/csvfile.h"
#include "base/file.h"

#include <string.h>
#include <unistd.h>

#define BLOCK ((size_t)1 << 20) /* bytes read at a time */
#define PIECE ((size_t)1 << 12) /* bytes first read for one row */

/* The bytes of n that are whole records: up to the last line end outside of quotes, or,
 * first, up to the first one. */
static size_t whole_records(const char *p, size_t n, bool first)
{
    bool quoted = false;
    size_t whole = 0;
    for (size_t i = 0; i < n; i++) {
        quoted ^= p[i] == '"';
        if (p[i] == '\n' && !quoted) {
            whole = i + 1;
            if (first)
                break;
        }
    }
    return whole;
}

static hg_status refill(hg_csvfile *file, hg_err *err)
{
    size_t rest = file->block.len - file->whole, got;
    if (file->last)
        return HG_END;
    if (rest > 0)
        memmove(file->block.data, file->block.data + file->whole, rest);
    file->offset += file->whole;
    file->block.len = rest;
    char *room = hg_buf_reserve(&file->block, BLOCK);
    if (!room)
        return hg_buf_status(&file->block, err);
    hg_status status = hg_file_read(file->fd, file->name, room, BLOCK, &got, err);
    if (status != HG_OK)
        return status;
    file->block.len += got;
    file->last = got < BLOCK;
    file->whole = file->last ? file->block.len
                             : whole_records(file->block.data, file->block.len, false);
    hg_csv_init(&file->csv, file->block.data, file->whole, file->csv.number, 0);
    return HG_OK;
}

hg_status hg_csvfile_next(hg_csvfile *file, hg_row *row, uint64_t *at, hg_err *err)
{
    hg_status status = hg_csv_next(&file->csv, row, err);
    while (status == HG_END && (status = refill(file, err)) == HG_OK)
        status = hg_csv_next(&file->csv, row, err);
    if (status == HG_OK && at)
        *at = file->offset + (uint64_t)(row->raw.p - file->block.data);
    return status;
}

hg_status hg_csvfile_at(hg_csvfile *file, uint64_t at, hg_row *row, hg_err *err)
{
    size_t whole = 0, want = PIECE, got;
    while (whole == 0) {
        hg_buf_clear(&file->block);
        if (!hg_buf_reserve(&file->block, want))
            return hg_buf_status(&file->block, err);
        hg_status status =
            hg_file_read_at(file->fd, file->name, file->block.data, want, at, &got, err);
        if (status != HG_OK)
            return status;
        whole = whole_records(file->block.data, got, true);
        if (whole == 0 && got < want) { /* the last record, without a line end */
            whole = got;
            break;
        }
        want *= 2;
    }
    hg_csv_init(&file->csv, file->block.data, whole, 0, 0);
    return hg_csv_next(&file->csv, row, err);
}

hg_status hg_csvfile_open(hg_csvfile *file, const char *name, hg_err *err)
{
    *file = (hg_csvfile){ .name = name, .fd = -1 };
    hg_csv_init(&file->csv, "", 0, 0, 0);
    return hg_file_open(&file->fd, name, err);
}

void hg_csvfile_close(hg_csvfile *file)
{
    if (file->fd >= 0)
        close(file->fd);
    hg_buf_release(&file->block);
    hg_csv_release(&file->csv);
}
