/* ole.h - compound files, the container of Office's older documents ([MS-CFB]): a folder
 * of streams, each a chain of sectors. */
#ifndef HG_WORKBOOK_OLE_H
#define HG_WORKBOOK_OLE_H

#include "base/buf.h"

#define HG_OLE_MAX_BYTES   ((uint64_t)1 << 31) /* of a file; [MS-CFB] 2.1 of version 3 */
#define HG_OLE_MAX_ENTRIES 65536u              /* streams and storages of a file */
#define HG_OLE_MAX_MINI    ((uint64_t)1 << 26) /* bytes of all small streams */

/* Numbers in the byte order of these files. */
static inline uint16_t hg_le16(const unsigned char *p)
{
    return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t hg_le32(const unsigned char *p)
{
    return hg_le16(p) | (uint32_t)hg_le16(p + 2) << 16;
}

/* An open file. Memory holds its table of sectors: a 128th of the file, 16 MiB at most.
 */
typedef struct hg_ole hg_ole;

/*
 * Open a compound file from a descriptor that the caller keeps; name is copied. What is
 * needed must be whole: a last sector that is short is taken as long as nothing in it is
 * read. HG_EINPUT: not a compound file, cut off, chains that run in a circle or out of
 * the file, over a limit above. HG_ESYS, HG_ENOMEM.
 */
hg_status hg_ole_open(hg_ole **out, int fd, const char *name, hg_err *err);
const char *hg_ole_name(const hg_ole *ole);
void hg_ole_free(hg_ole *ole); /* NULL is fine */

/* One stream of the root's, to be freed before its file. */
typedef struct hg_ole_stream hg_ole_stream;

/* Open a stream by its ASCII name, of either case. *out is NULL, with HG_OK, where there
 * is none: streams in storages, as those of embedded documents, do not count. */
hg_status hg_ole_find(hg_ole_stream **out, hg_ole *ole, const char *name, hg_err *err);
/* Open a file that is one stream, without this container. */
hg_status hg_ole_plain(hg_ole **out, hg_ole_stream **stream, int fd, const char *name,
                       hg_err *err);
uint64_t hg_ole_size(const hg_ole_stream *stream); /* bytes */
/* Read n bytes at an offset. HG_EINPUT: they are not all there. */
hg_status hg_ole_read(hg_ole_stream *stream, uint64_t at, void *bytes, size_t n,
                      hg_err *err);
void hg_ole_stream_free(hg_ole_stream *stream); /* NULL is fine */

#endif
