/* ods_file.h - the parts of an OpenDocument file (ODF 1.3, parts 2 and 3): members of a
 * zip, or all in one flat XML file. */
#ifndef HG_WORKBOOK_ODS_FILE_H
#define HG_WORKBOOK_ODS_FILE_H

#include "text/xml.h"

/* The namespaces of OpenDocument: o office, t table, x text, s style, f fo, n number, v
 * svg, m manifest, and c what LibreOffice adds to cells. */
extern const hg_xml_space hg_ods_spaces[];

/* Do the first bytes of a file look like flat OpenDocument's? */
bool hg_ods_flat(const void *head, size_t n);
/* Is a zip, of which these are the first bytes, a package of OpenDocument? False too
 * where it cannot be read: then another reader says why. */
bool hg_ods_packed(int fd, const char *name, const void *head, size_t n);

typedef struct hg_ods_file hg_ods_file;

/* Open a file from a descriptor that the caller keeps. HG_EINPUT as hg_opc_open(), or
 * locked with a password (ODF 1.3 part 2, 3.4). */
hg_status hg_ods_file_open(hg_ods_file **out, int fd, const char *name, hg_err *err);
void hg_ods_file_free(hg_ods_file *file); /* NULL is fine */
const char *hg_ods_file_name(const hg_ods_file *file);
bool hg_ods_file_has(const hg_ods_file *file, const char *part);

/* Read a part in steps, its elements going to events (see hg_xml_new()): of a zip the
 * member of that name, of a flat file all of it. One part of a file is open at a time. */
typedef struct hg_ods_part hg_ods_part;
hg_status hg_ods_part_open(hg_ods_part **out, hg_ods_file *file, const char *name,
                           const hg_xml_events *events, void *ctx, const hg_loc *loc,
                           hg_err *err);
hg_status hg_ods_part_step(hg_ods_part *part,
                           hg_err *err);  /* HG_OK: go on; HG_END: done */
void hg_ods_part_free(hg_ods_part *part); /* NULL is fine */

/* Read a part through. */
hg_status hg_ods_read(hg_ods_file *file, const char *name, const hg_xml_events *events,
                      void *ctx, hg_err *err);

#endif
