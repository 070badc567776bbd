/* firstpage - leave the page header off the first page of a workbook's sheets */
#include "format/firstpage.h"
#include "base/file.h"
#include "base/path.h"
#include "format/archive.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PART_MAX ((uint64_t)1 << 28) /* bytes of one part: what a buffer takes */

static hg_status read_member(hg_zip *zip, size_t i, hg_buf *text, hg_err *err)
{
    const void *bytes;
    size_t n;
    hg_buf_clear(text);
    hg_status st = hg_zip_enter(zip, i, PART_MAX, err);
    while (st == HG_OK && (st = hg_zip_read(zip, &bytes, &n, err)) == HG_OK)
        hg_buf_put(text, bytes, n);
    return st == HG_END ? hg_buf_status(text, err) : st;
}

/* Save a part below the folder, with the attribute where it is a sheet with a header. */
static hg_status save_part(const char *folder, const char *member, const hg_buf *text,
                           hg_err *err)
{
    static const char tag[] = "<headerFooter>",
                      with[] = "<headerFooter differentFirst=\"1\">";
    const char *at = strncmp(member, "xl/worksheets/", 14) == 0 && text->data
                         ? strstr(text->data, tag)
                         : NULL;
    hg_buf changed = { 0 };
    char *path = NULL;
    if (at) {
        hg_buf_put(&changed, text->data, (size_t)(at - text->data));
        hg_buf_puts(&changed, with);
        hg_buf_puts(&changed, at + sizeof tag - 1);
    }
    const hg_buf *out = at ? &changed : text;
    if (hg_buf_status(&changed, err) == HG_OK &&
        hg_path_join(&path, folder, member, err) == HG_OK)
        hg_file_save(path, out->data ? out->data : "", out->len, err);
    free(path);
    hg_buf_release(&changed);
    return err->status;
}

static hg_status save_parts(hg_zip *zip, const char *folder, hg_err *err)
{
    hg_buf text = { 0 };
    for (size_t i = 0; i < hg_zip_members(zip) && err->status == HG_OK; i++)
        if (read_member(zip, i, &text, err) == HG_OK)
            save_part(folder, hg_zip_member(zip, i), &text, err);
    hg_buf_release(&text);
    return err->status;
}

static hg_status write_parts(int fd, const char *name, const hg_zip *zip,
                             const char *folder, hg_err *err)
{
    size_t n = hg_zip_members(zip);
    const char **names = calloc(n + 1, sizeof *names);
    if (!names)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        names[i] = hg_zip_member(zip, i);
    hg_container_write(fd, name, HG_ZIP, folder, (char *const *)names, n, err);
    free(names);
    return err->status;
}

hg_status hg_firstpage_write(int fd, const char *name, const char *path,
                             const char *parts, hg_err *err)
{
    hg_zip *zip = NULL;
    int in;
    if (hg_file_open(&in, path, err) != HG_OK)
        return err->status;
    if (hg_zip_open(&zip, in, path, err) == HG_OK && save_parts(zip, parts, err) == HG_OK)
        write_parts(fd, name, zip, parts, err);
    hg_zip_free(zip);
    close(in);
    return err->status;
}
