/* xmlfile.h - a file that is one XML document, read in steps. */
#ifndef HG_WORKBOOK_XMLFILE_H
#define HG_WORKBOOK_XMLFILE_H

#include "text/xml.h"

typedef struct hg_xmlfile hg_xmlfile;

/* Start to read fd, a seekable descriptor that the caller keeps and whose own offset is
 * left alone; the rest is as in hg_xml_new(). */
hg_status hg_xmlfile_open(hg_xmlfile **out, int fd, const hg_xml_space *spaces,
                          const hg_xml_events *events, void *ctx, const hg_loc *loc,
                          hg_err *err);
/* Read on. HG_OK: there may be more; HG_END: the document is over. */
hg_status hg_xmlfile_step(hg_xmlfile *file, hg_err *err);
void hg_xmlfile_free(hg_xmlfile *file); /* NULL is fine */

#endif
