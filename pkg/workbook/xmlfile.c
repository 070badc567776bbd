/* xmlfile - a file that is one XML document, read in steps */
#include "workbook/xmlfile.h"
#include "base/file.h"

#include <stdlib.h>

#define BLOCK ((size_t)1 << 16) /* bytes read at once */

struct hg_xmlfile {
    hg_xml *xml;
    const char *name;
    int fd;
    uint64_t at;
    char block[BLOCK];
};

hg_status hg_xmlfile_open(hg_xmlfile **out, int fd, const hg_xml_space *spaces,
                          const hg_xml_events *events, void *ctx, const hg_loc *loc,
                          hg_err *err)
{
    hg_xmlfile *file = *out = calloc(1, sizeof *file);
    if (!file)
        return hg_fail_nomem(err);
    file->fd = fd;
    file->name = loc->file;
    hg_status st = hg_xml_new(&file->xml, spaces, events, ctx, loc, "XML", err);
    if (st != HG_OK) {
        free(file);
        *out = NULL;
    }
    return st;
}

hg_status hg_xmlfile_step(hg_xmlfile *file, hg_err *err)
{
    size_t n;
    hg_status st =
        hg_file_read_at(file->fd, file->name, file->block, BLOCK, file->at, &n, err);
    if (st != HG_OK)
        return st;
    file->at += n;
    st = hg_xml_feed(file->xml, file->block, n, n < BLOCK, err);
    return st == HG_OK && n < BLOCK ? HG_END : st;
}

void hg_xmlfile_free(hg_xmlfile *file)
{
    if (!file)
        return;
    hg_xml_free(file->xml);
    free(file);
}
