/* ods_file - the parts of an OpenDocument file */
#include "workbook/ods_file.h"
#include "text/utf8.h"
#include "workbook/opc.h"
#include "workbook/xmlfile.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OASIS(name) "urn:oasis:names:tc:opendocument:xmlns:" name

/* What cells are full of stands first. */
const hg_xml_space hg_ods_spaces[] = {
    { 't', OASIS("table:1.0") },
    { 'x', OASIS("text:1.0") },
    { 'o', OASIS("office:1.0") },
    { 'c', "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" },
    { 's', OASIS("style:1.0") },
    { 'n', OASIS("datastyle:1.0") },
    { 'f', OASIS("xsl-fo-compatible:1.0") },
    { 'v', OASIS("svg-compatible:1.0") },
    { 'm', OASIS("manifest:1.0") },
    { 0, NULL },
};

struct hg_ods_file {
    hg_opc *opc; /* NULL: a flat file */
    char *name;
    int fd;
};

struct hg_ods_part {
    hg_part *packed;  /* or */
    hg_xmlfile *flat; /* of a flat file */
};

/* ---- telling ---- */

bool hg_ods_flat(const void *head, size_t n)
{
    hg_slice start = hg_utf8_start((hg_slice){ head, n });
    return start.n > 0 && *start.p == '<' && hg_slice_has(start, "office:document") &&
           hg_slice_has(start, "xmlns:");
}

/* The first member of a zip: its name stands 30 bytes into the file (APPNOTE.TXT 4.3.7),
 * and what OpenDocument has there follows without extra field, stored (ODF 1.3 part
 * 2, 3.3). */
static bool first_member(const void *head, size_t n, const char *text)
{
    size_t size = strlen(text);
    return n >= 30 + size && memcmp((const char *)head + 30, text, size) == 0;
}

bool hg_ods_packed(int fd, const char *name, const void *head, size_t n)
{
    hg_err err = HG_ERR_INIT; /* another reader says it again */
    hg_opc *opc;
    if (first_member(head, n, "mimetypeapplication/vnd.oasis.opendocument."))
        return true;
    if (first_member(head, n, "[Content_Types].xml") || first_member(head, n, "_rels/") ||
        first_member(head, n, "xl/") || first_member(head, n, "docProps/") ||
        hg_opc_open(&opc, fd, name, &err) != HG_OK)
        return false;
    bool found =
        !hg_opc_has(opc, "[Content_Types].xml") &&
        (hg_opc_has(opc, "content.xml") ||
         (hg_opc_has(opc, "mimetype") && hg_opc_has(opc, "META-INF/manifest.xml")));
    hg_opc_free(opc);
    return found;
}

/* ---- parts ---- */

hg_status hg_ods_part_open(hg_ods_part **out, hg_ods_file *file, const char *name,
                           const hg_xml_events *events, void *ctx, const hg_loc *loc,
                           hg_err *err)
{
    hg_ods_part *part = *out = calloc(1, sizeof *part);
    if (!part)
        return hg_fail_nomem(err);
    hg_status st = file->opc ? hg_part_open(&part->packed, file->opc, name, hg_ods_spaces,
                                            events, ctx, loc, err)
                             : hg_xmlfile_open(&part->flat, file->fd, hg_ods_spaces,
                                               events, ctx, loc, err);
    if (st != HG_OK) {
        hg_ods_part_free(part);
        *out = NULL;
    }
    return st;
}

hg_status hg_ods_part_step(hg_ods_part *part, hg_err *err)
{
    return part->packed ? hg_part_step(part->packed, err)
                        : hg_xmlfile_step(part->flat, err);
}

void hg_ods_part_free(hg_ods_part *part)
{
    if (!part)
        return;
    hg_part_free(part->packed);
    hg_xmlfile_free(part->flat);
    free(part);
}

hg_status hg_ods_read(hg_ods_file *file, const char *name, const hg_xml_events *events,
                      void *ctx, hg_err *err)
{
    hg_ods_part *part;
    hg_loc loc = { .file = file->name };
    hg_status st = hg_ods_part_open(&part, file, name, events, ctx, &loc, err);
    while (st == HG_OK)
        st = hg_ods_part_step(part, err);
    hg_ods_part_free(part);
    return st == HG_END ? HG_OK : st;
}

/* ---- opening ---- */

static hg_status on_manifest(void *ctx, char space, const char *name,
                             const hg_xml_attrs *attrs, hg_err *err)
{
    const hg_ods_file *file = ctx;
    (void)attrs;
    if (space != 'm' || strcmp(name, "encryption-data") != 0)
        return HG_OK;
    return hg_fail(err, HG_EINPUT, HG_AT(file->name),
                   "a workbook locked with a password; save it as .xlsx without one");
}

static hg_status open_package(hg_ods_file *file, hg_err *err)
{
    static const hg_xml_events events = { .start = on_manifest };
    hg_status st = hg_opc_open(&file->opc, file->fd, file->name, err);
    if (st != HG_OK || !hg_opc_has(file->opc, "META-INF/manifest.xml"))
        return st;
    return hg_ods_read(file, "META-INF/manifest.xml", &events, file, err);
}

hg_status hg_ods_file_open(hg_ods_file **out, int fd, const char *name, hg_err *err)
{
    char magic[2];
    hg_ods_file *file = *out = calloc(1, sizeof *file);
    if (!file)
        return hg_fail_nomem(err);
    file->fd = fd;
    file->name = strdup(name);
    hg_status st = file->name ? HG_OK : hg_fail_nomem(err);
    ssize_t got = pread(fd, magic, sizeof magic, 0);
    if (st == HG_OK && got < 0)
        st = hg_fail_sys(err, HG_AT(name), "cannot be read");
    if (st == HG_OK && got == sizeof magic && memcmp(magic, "PK", 2) == 0)
        st = open_package(file, err);
    if (st != HG_OK) {
        hg_ods_file_free(file);
        *out = NULL;
    }
    return st;
}

void hg_ods_file_free(hg_ods_file *file)
{
    if (!file)
        return;
    hg_opc_free(file->opc);
    free(file->name);
    free(file);
}

const char *hg_ods_file_name(const hg_ods_file *file)
{
    return file->name;
}

bool hg_ods_file_has(const hg_ods_file *file, const char *part)
{
    return file->opc && hg_opc_has(file->opc, part);
}
