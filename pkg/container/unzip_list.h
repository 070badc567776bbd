/* unzip_list.h - the list of members at the end of a zip (APPNOTE.TXT 6.3, 4.3.12 to
 * 4.3.16). */
#ifndef HG_CONTAINER_UNZIP_LIST_H
#define HG_CONTAINER_UNZIP_LIST_H

#include "base/buf.h"

/* A member that is a file. */
typedef struct hg_zip_entry {
    char *name;
    unsigned method;
    uint32_t crc;
    uint64_t packed, size; /* bytes, compressed and not */
    uint64_t at;           /* of its local header in the file */
    uint64_t end;          /* where the next member, or the list, begins */
} hg_zip_entry;

typedef struct hg_zip_list {
    hg_zip_entry *entries; /* in the order of the list */
    size_t n, cap;
} hg_zip_list;

/* Read the list of a zip; see hg_zip_open(). On failure the list may still be released.
 */
hg_status hg_zip_list_read(hg_zip_list *list, int fd, const char *name, hg_err *err);
void hg_zip_list_release(hg_zip_list *list);

/* Read n bytes at a place of the file; *got is less only at its end. HG_ESYS. */
hg_status hg_zip_pread(int fd, const char *name, uint64_t at, void *bytes, size_t n,
                       size_t *got, hg_err *err);

#endif
