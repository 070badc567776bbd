/* descriptor - a Data Package or Data Resource descriptor, wherever it lies */
#include "dataset/descriptor.h"
#include "base/file.h"
#include "base/folder.h"
#include "container/archive.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_UNPACKED ((uint64_t)1 << 36) /* bytes */

struct hg_descriptor {
    char *folder;
    bool unpacked; /* the folder is ours and goes with the descriptor */
    hg_doc *doc, *head;
    const hg_json *resources; /* NULL: the document is a resource itself */
};

/* ---- what there is ---- */

static bool is_folder(const char *name)
{
    struct stat info;
    return stat(name, &info) == 0 && S_ISDIR(info.st_mode);
}

/* The first bytes of a regular file; fewer where it has no more. */
static size_t first_bytes(const char *name, char *bytes, size_t n)
{
    struct stat info;
    hg_err err = HG_ERR_INIT;
    int fd = -1;
    size_t got = 0;
    if (stat(name, &info) != 0 || !S_ISREG(info.st_mode) ||
        hg_file_open(&fd, name, &err) != HG_OK)
        return 0;
    if (hg_file_read(fd, name, bytes, n, &got, &err) != HG_OK)
        got = 0;
    close(fd);
    return got;
}

static bool is_zip(const char *name)
{
    char start[4];
    return first_bytes(name, start, 4) == 4 && memcmp(start, "PK\3\4", 4) == 0;
}

static bool is_object(const char *name)
{
    char start[64];
    size_t n = first_bytes(name, start, sizeof start);
    hg_slice text = hg_utf8_start((hg_slice){ start, n });
    return text.n > 0 && *text.p == '{';
}

bool hg_descriptor_likely(const char *name)
{
    return is_folder(name) || is_zip(name) || is_object(name);
}

/* ---- opening ---- */

static hg_status unpack(hg_descriptor *d, const char *name, const char *tmp, hg_err *err)
{
    int fd = -1;
    hg_status st = hg_file_open(&fd, name, err);
    if (st == HG_OK)
        st = hg_folder_temp(&d->folder, tmp, err);
    d->unpacked = st == HG_OK;
    if (st == HG_OK)
        st = hg_zip_unpack(fd, name, d->folder, MAX_UNPACKED, err);
    if (fd >= 0)
        close(fd);
    return st;
}

static hg_status load(hg_descriptor *d, const char *name, const char *tmp, hg_err *err)
{
    char *file = NULL;
    hg_status st;
    if (!is_folder(name) && !is_zip(name)) {
        st = hg_path_parent(&d->folder, name, err);
        return st == HG_OK ? hg_doc_load(&d->doc, name, err) : st;
    }
    if (is_zip(name))
        st = unpack(d, name, tmp, err);
    else
        st = hg_path_join(&d->folder, name, "", err);
    if (st == HG_OK)
        st = hg_path_join(&file, d->folder, HG_DESCRIPTOR_NAME, err);
    if (st == HG_OK)
        st = hg_doc_load(&d->doc, file, err);
    free(file);
    return st;
}

static hg_status load_head(hg_descriptor *d, hg_err *err)
{
    char *file;
    if (!hg_json_get(hg_doc_root(d->doc), "hg"))
        return HG_OK;
    hg_status st = hg_path_join(&file, d->folder, "hg.json", err);
    if (st == HG_OK)
        st = hg_doc_load(&d->head, file, err);
    free(file);
    return st;
}

static hg_status check_names(const hg_descriptor *d, hg_err *err)
{
    size_t n = hg_json_len(d->resources);
    for (size_t i = 0; i < n; i++) {
        const hg_json *resource = hg_json_at(d->resources, i);
        const char *name = hg_json_get_str(resource, "name");
        if (name && hg_descriptor_find(d, name) != i)
            return hg_doc_fail(err, d->doc, resource, "name",
                               "there is another resource '%s'", name);
    }
    return HG_OK;
}

static hg_status look_over(hg_descriptor *d, hg_err *err)
{
    const hg_json *root = hg_doc_root(d->doc);
    d->resources = hg_json_get(root, "resources");
    if (!d->resources && (hg_json_get(root, "path") || hg_json_get(root, "data") ||
                          hg_json_get(root, "url")))
        return HG_OK;
    if (!hg_json_is_array(d->resources) || hg_json_len(d->resources) == 0)
        return hg_doc_fail(
            err, d->doc, root, d->resources ? "resources" : NULL,
            "a Data Package has resources, a Data Resource has a path or data");
    return check_names(d, err);
}

hg_status hg_descriptor_open(hg_descriptor **out, const char *name, const char *tmp,
                             hg_err *err)
{
    hg_descriptor *d = *out = calloc(1, sizeof *d);
    if (!d)
        return hg_fail_nomem(err);
    hg_status st = load(d, name, tmp, err);
    if (st == HG_OK)
        st = look_over(d, err);
    if (st == HG_OK)
        st = load_head(d, err);
    if (st != HG_OK) {
        hg_descriptor_free(d);
        *out = NULL;
    }
    return st;
}

bool hg_descriptor_is_package(const hg_descriptor *d)
{
    return d->resources != NULL;
}

const hg_json *hg_descriptor_json(const hg_descriptor *d)
{
    return hg_doc_root(d->doc);
}

const hg_doc *hg_descriptor_doc(const hg_descriptor *d)
{
    return d->doc;
}

const char *hg_descriptor_folder(const hg_descriptor *d)
{
    return d->folder;
}

const hg_json *hg_descriptor_head(const hg_descriptor *d)
{
    return d->head ? hg_doc_root(d->head) : NULL;
}

size_t hg_descriptor_resources(const hg_descriptor *d)
{
    return d->resources ? hg_json_len(d->resources) : 1;
}

hg_resource_at hg_descriptor_resource(const hg_descriptor *d, size_t i)
{
    const hg_json *json = d->resources ? hg_json_at(d->resources, i) : hg_doc_root(d->doc);
    return (hg_resource_at){ json, d->doc, d->folder };
}

size_t hg_descriptor_find(const hg_descriptor *d, const char *name)
{
    size_t n = hg_descriptor_resources(d);
    for (size_t i = 0; i < n; i++) {
        const char *its = hg_json_get_str(hg_descriptor_resource(d, i).json, "name");
        if (its && strcmp(its, name) == 0)
            return i;
    }
    return n;
}

void hg_descriptor_free(hg_descriptor *d)
{
    hg_err ignored = HG_ERR_INIT;
    if (!d)
        return;
    if (d->unpacked)
        hg_folder_remove(d->folder, &ignored);
    hg_doc_free(d->doc);
    hg_doc_free(d->head);
    free(d->folder);
    free(d);
}
