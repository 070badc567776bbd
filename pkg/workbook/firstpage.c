/* firstpage - leave the page header off the first page of a workbook's sheets */
#include "workbook/firstpage.h"
#include "base/file.h"
#include "container/zip.h"

#include <string.h>
#include <unistd.h>

static const char attribute[] = " differentFirst=\"1\"";

/* Where the attribute goes in the text of a sheet; NULL: it has no header. */
static const char *place_of(const hg_buf *text)
{
    static const char tag[] = "<headerFooter";
    const char *at = text->data ? strstr(text->data, tag) : NULL;
    return at ? at + sizeof tag - 1 : NULL;
}

static hg_status put_changed(int fd, const hg_buf *text, const char *at, hg_err *err)
{
    size_t before = (size_t)(at - text->data);
    if (hg_file_write(fd, "", text->data, before, err) != HG_OK ||
        hg_file_write(fd, "", attribute, sizeof attribute - 1, err) != HG_OK ||
        hg_file_write(fd, "", at, text->len - before, err) != HG_OK)
        return err->status;
    return lseek(fd, 0, SEEK_SET) == 0
               ? HG_OK
               : hg_fail_sys(err, NULL, "cannot read the file");
}

static hg_status add_changed(hg_zip_out *out, const char *member, const hg_buf *text,
                             const char *at, const char *tmp, hg_err *err)
{
    int fd = -1;
    if (hg_file_unnamed(&fd, tmp, err) == HG_OK && put_changed(fd, text, at, err) == HG_OK)
        hg_zip_out_add(out, member, fd, member, text->len + sizeof attribute - 1, err);
    if (fd >= 0)
        close(fd);
    return err->status;
}

/* Parts that need no change are passed on as they are compressed. */
static hg_status pass_parts(hg_zip_out *out, hg_zip *zip, const char *tmp, hg_err *err)
{
    hg_buf text = { 0 };
    for (size_t i = 0; i < hg_zip_members(zip) && err->status == HG_OK; i++) {
        const char *member = hg_zip_member(zip, i), *at = NULL;
        if (strncmp(member, "xl/worksheets/sheet", 19) == 0 &&
            hg_zip_load(zip, i, HG_ZIP_LOAD, &text, err) == HG_OK)
            at = place_of(&text);
        if (at)
            add_changed(out, member, &text, at, tmp, err);
        else if (err->status == HG_OK)
            hg_zip_out_copy(out, zip, i, err);
    }
    hg_buf_release(&text);
    return err->status;
}

hg_status hg_firstpage_write(int fd, const char *name, const char *path, const char *tmp,
                             hg_err *err)
{
    hg_zip *zip = NULL;
    hg_zip_out *out = NULL;
    int in;
    if (hg_file_open(&in, path, err) != HG_OK)
        return err->status;
    if (hg_zip_open(&zip, in, path, err) == HG_OK &&
        hg_zip_out_new(&out, fd, name, HG_DEFLATE_SMALL, 1, err) == HG_OK &&
        pass_parts(out, zip, tmp, err) == HG_OK)
        hg_zip_out_end(out, err);
    hg_zip_out_free(out);
    hg_zip_free(zip);
    close(in);
    return err->status;
}
