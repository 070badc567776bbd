/* package_seal - a folder sealed and signed as a data package, and its signature checked
 */
#include "base/digest.h"
#include "base/file.h"
#include "base/folder.h"
#include "container/tar.h"
#include "stream/package.h"
#include "stream/stream.h"

#include <stdlib.h>
#include <string.h>

/* The digest that the descriptor gives for a file; NULL if none. */
static const char *known_digest(const hg_json *descriptor, const char *name)
{
    const hg_json *resources = hg_json_get(descriptor, "resources");
    for (size_t i = 0; i < hg_json_len(resources); i++) {
        const hg_json *resource = hg_json_at(resources, i);
        const char *path = hg_json_get_str(resource, "path");
        const char *hash = hg_json_get_str(resource, "hash");
        if (path && hash && strcmp(path, name) == 0 && strlen(hash) == 7 + 64 &&
            strncmp(hash, "sha256:", 7) == 0)
            return hash + 7;
    }
    return NULL;
}

static hg_status digest_file(const char *folder, const char *name,
                             const hg_json *descriptor, char hex[HG_DIGEST_HEX],
                             hg_err *err)
{
    const char *known = known_digest(descriptor, name);
    uint64_t bytes;
    char *path;
    if (known) {
        memcpy(hex, known, HG_DIGEST_HEX);
        return HG_OK;
    }
    hg_status st = hg_path_join(&path, folder, name, err);
    if (st != HG_OK)
        return st;
    st = hg_file_digest(path, &bytes, hex, err);
    free(path);
    return st;
}

/* The manifest of all files in the folder, the head first. */
static hg_status list_files(const char *folder, const hg_json *descriptor,
                            hg_buf *manifest, char head[HG_DIGEST_HEX], hg_err *err)
{
    hg_folder_list list = { 0 };
    hg_buf rest = { 0 };
    hg_status st = hg_folder_list_new(&list, folder, err);
    for (size_t i = 0; st == HG_OK && i < list.n; i++) {
        char hex[HG_DIGEST_HEX] = "";
        bool is_head = strcmp(list.names[i], HG_PACKAGE_HEAD) == 0;
        st = digest_file(folder, list.names[i], descriptor, hex, err);
        hg_buf_printf(is_head ? manifest : &rest, "%s  %s\n", hex, list.names[i]);
        if (is_head)
            memcpy(head, hex, HG_DIGEST_HEX);
    }
    hg_buf_put(manifest, rest.data, rest.len);
    if (st == HG_OK)
        st = hg_buf_status(&rest, err);
    hg_buf_release(&rest);
    hg_folder_list_free(&list);
    return st == HG_OK ? hg_buf_status(manifest, err) : st;
}

static hg_status save(const char *folder, const char *name, const hg_buf *text,
                      hg_err *err)
{
    char *path;
    hg_status st = hg_path_join(&path, folder, name, err);
    if (st != HG_OK)
        return st;
    st = hg_file_save(path, text->data, text->len, err);
    free(path);
    return st;
}

hg_status hg_package_seal(const char *folder, hg_json *descriptor, hg_json *verdict,
                          hg_err *err)
{
    hg_buf text = { 0 };
    char head[HG_DIGEST_HEX] = "", manifest[HG_DIGEST_HEX];
    hg_status st = list_files(folder, descriptor, &text, head, err);
    hg_digest_of(text.data, text.len, manifest);
    if (st == HG_OK)
        st = save(folder, HG_PACKAGE_MANIFEST, &text, err);
    if (st != HG_OK) {
        hg_json_free(verdict);
        hg_buf_release(&text);
        return st;
    }
    hg_json *hg = hg_json_object();
    hg_json_set_int(hg, "version", HG_STREAM_VERSION);
    hg_json_set_str(hg, "stage", hg_stage_name(HG_PACKAGED));
    hg_json_set_str(hg, "head", head);
    hg_json_set_str(hg, "manifest", manifest);
    hg_json_set(hg, "verdict", verdict);
    hg_json_set(descriptor, "hg", hg);
    hg_buf_clear(&text);
    st = hg_json_dump(descriptor, true, &text, err);
    if (st == HG_OK)
        st = save(folder, HG_PACKAGE_SEAL, &text, err);
    hg_buf_release(&text);
    return st;
}

/* ---- signatures ---- */

static hg_status load_file(const char *folder, const char *name, hg_buf *buf, hg_err *err)
{
    char *path;
    hg_status st = hg_path_join(&path, folder, name, err);
    if (st == HG_OK)
        st = hg_file_load(buf, path, err);
    free(path);
    return st;
}

hg_status hg_package_sign(const char *folder, const hg_signer *signer, int64_t at,
                          hg_err *err)
{
    hg_buf text = { 0 }, der = { 0 };
    hg_status st = load_file(folder, HG_PACKAGE_SEAL, &text, err);
    if (st == HG_OK)
        st = hg_signer_sign(signer, text.data, text.len, at, &der, err);
    if (st == HG_OK)
        st = save(folder, HG_PACKAGE_SIGNED, &der, err);
    hg_buf_release(&text);
    hg_buf_release(&der);
    return st;
}

static bool is_signed(const hg_package *package)
{
    size_t n;
    char *const *files = hg_package_files(package, &n);
    while (n > 0 && strcmp(files[n - 1], HG_PACKAGE_SIGNED) != 0)
        n--;
    return n > 0;
}

hg_status hg_package_signature(const hg_package *package, const char *trust,
                               hg_signature *signature, hg_err *err)
{
    hg_buf text = { 0 }, der = { .max = HG_CMS_MAX };
    const char *folder = hg_package_folder(package);
    if (!is_signed(package))
        return HG_END;
    hg_status st = load_file(folder, HG_PACKAGE_SEAL, &text, err);
    if (st == HG_OK)
        st = load_file(folder, HG_PACKAGE_SIGNED, &der, err);
    if (st == HG_OK)
        st = hg_signature_check(
            signature, hg_package_name(package), (hg_slice){ text.data, text.len },
            (hg_slice){ der.data ? der.data : "", der.len }, trust, err);
    hg_buf_release(&text);
    hg_buf_release(&der);
    return st;
}

hg_status hg_package_refuse(int fd, const char *name, hg_err *err)
{
    static const char head[] = "{ \"hg\": 1, \"stage\": \"" HG_PACKAGE_REFUSED "\" }\n";
    hg_buf tar = { 0 };
    hg_tar_header(&tar, HG_PACKAGE_HEAD, sizeof head - 1, NULL, 0);
    hg_buf_puts(&tar, head);
    hg_tar_pad(&tar, sizeof head - 1);
    hg_tar_end(&tar);
    hg_status st = hg_buf_status(&tar, err);
    if (st == HG_OK)
        st = hg_file_write(fd, name, tar.data, tar.len, err);
    hg_buf_release(&tar);
    return st;
}
