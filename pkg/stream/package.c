/* package - a data package whose seal was verified */
#include "stream/package.h"
#include "base/file.h"
#include "base/folder.h"
#include "stream/package_unpack.h"
#include "stream/stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_MANIFEST ((size_t)16 << 20) /* bytes of the manifest */

struct hg_package {
    char *name;
    char *folder;
    bool unpacked; /* the folder is ours and goes with the package */
    bool trusted;  /* we have sealed it just now: its files need no second look */
    bool zipped;   /* what came was made a zip, as hg_package_write() makes it */
    hg_unpacking came;
    hg_doc *head, *seal;
    hg_buf manifest; /* its lines, each closed by a NUL */
    char **files;
    size_t n;
    char last[3][sizeof HG_PACKAGE_SIGNED]; /* names of the files that no line lists */
};

static hg_status damaged(const char *name, hg_err *err, const char *what)
{
    hg_loc loc = { .file = name };
    return hg_fail(err, HG_EINPUT, &loc, "%s", what);
}

/* ---- any body to a folder ---- */

static hg_status unpack(hg_package *package, int fd, const char *tmp, hg_err *err)
{
    char start[512];
    size_t n;
    hg_status st = hg_file_read(fd, package->name, start, sizeof start, &n, err);
    if (st == HG_OK && n == 0)
        return damaged(package->name, err, "there is no input");
    if (st == HG_OK)
        st = hg_folder_temp(&package->folder, tmp, err);
    if (st != HG_OK)
        return st;
    package->unpacked = true;
    package->came.name = package->name;
    package->came.folder = package->folder;
    return hg_unpack_package(&package->came, fd, (hg_slice){ start, n }, err);
}

static hg_status find_folder(hg_package *package, const char *tmp, hg_err *err)
{
    struct stat info;
    int fd = STDIN_FILENO;
    hg_loc loc = { .file = package->name };
    bool standard = strcmp(package->name, "-") == 0;
    if (!standard && stat(package->name, &info) != 0)
        return hg_fail(err, HG_EINPUT, &loc, "cannot open this: %s",
                       errno == ENOENT ? "there is no such file or folder"
                                       : strerror(errno));
    if (!standard && S_ISDIR(info.st_mode)) {
        package->folder = strdup(package->name);
        return package->folder ? HG_OK : hg_fail_nomem(err);
    }
    hg_status st = standard ? HG_OK : hg_file_open(&fd, package->name, err);
    if (st != HG_OK)
        return st;
    st = unpack(package, fd, tmp, err);
    if (!standard)
        close(fd);
    return st;
}

/* ---- the seal ---- */

static hg_status load_json(hg_package *package, const char *name, hg_doc **doc,
                           char hex[HG_DIGEST_HEX], hg_err *err)
{
    char *path;
    uint64_t bytes;
    hg_err why = HG_ERR_INIT;
    if (hg_path_join(&path, package->folder, name, err) != HG_OK)
        return err->status;
    hg_status st = hg_doc_load(doc, path, &why);
    if (st == HG_OK)
        st = hg_file_digest(path, &bytes, hex, err);
    free(path);
    if (why.status == HG_ENOMEM)
        return hg_fail_nomem(err);
    if (why.status != HG_OK) {
        hg_loc loc = { .file = package->name };
        return hg_fail(err, HG_EINPUT, &loc,
                       "this is no complete data package: %s is missing or damaged",
                       name);
    }
    return st;
}

/* The digest of a file of the folder; HG_EINPUT where it is missing. */
static hg_status digest_there(const hg_package *package, const char *name,
                              char hex[HG_DIGEST_HEX], hg_err *err)
{
    const hg_arrival *came = hg_unpacked_file(&package->came, name);
    hg_err why = HG_ERR_INIT;
    char *path;
    uint64_t bytes;
    if (came)
        memcpy(hex, came->hex, HG_DIGEST_HEX);
    if (came || hg_path_join(&path, package->folder, name, err) != HG_OK)
        return came ? HG_OK : err->status;
    hg_status st = hg_file_digest(path, &bytes, hex, &why);
    free(path);
    if (st == HG_OK || st == HG_ENOMEM)
        return st == HG_OK ? HG_OK : hg_fail_nomem(err);
    return hg_fail(err, HG_EINPUT, HG_AT(package->name), "the package lacks its file %s",
                   name);
}

/* Check one file against its line, "sha256  path"; *name is then the path. */
static hg_status check_file(hg_package *package, char *line, char **name, hg_err *err)
{
    char hex[HG_DIGEST_HEX];
    if (strlen(line) < 67 || strncmp(line + 64, "  ", 2) != 0 ||
        strstr(line + 66, "..") || line[66] == '/')
        return damaged(package->name, err,
                       "the manifest holds a line that is no digest and path");
    *name = line + 66;
    if (package->trusted)
        return HG_OK;
    hg_status st = digest_there(package, *name, hex, err);
    if (st == HG_OK && strncmp(line, hex, 64) != 0)
        return hg_fail(err, HG_EINPUT, HG_AT(package->name),
                       "the file %s was changed after the package was sealed", *name);
    return st;
}

static size_t split_lines(hg_buf *text)
{
    size_t n = 0;
    for (char *p = text->data; p && (p = strchr(p, '\n')); p++, n++)
        *p = '\0';
    return n;
}

/* Load the manifest, whose digest the seal gives, and check every file it lists. */
static hg_status check_manifest(hg_package *package, const char *digest, hg_err *err)
{
    char hex[HG_DIGEST_HEX], *path;
    hg_status st = hg_path_join(&path, package->folder, HG_PACKAGE_MANIFEST, err);
    if (st != HG_OK)
        return st;
    package->manifest.max = MAX_MANIFEST;
    st = hg_file_load(&package->manifest, path, err);
    free(path);
    if (st != HG_OK)
        return st;
    hg_digest_of(package->manifest.data, package->manifest.len, hex);
    if (!digest || strcmp(hex, digest) != 0)
        return damaged(package->name, err,
                       "the manifest was changed after the package was sealed");
    size_t lines = split_lines(&package->manifest);
    package->files = calloc(lines + 3, sizeof *package->files);
    if (!package->files)
        return hg_fail_nomem(err);
    for (char *line = package->manifest.data; st == HG_OK && lines > 0; lines--) {
        char *next = line + strlen(line) + 1;
        st = check_file(package, line, &package->files[package->n], err);
        package->n += st == HG_OK;
        line = next;
    }
    return st;
}

static bool has_file(const char *folder, const char *name)
{
    struct stat info;
    hg_err ignored = HG_ERR_INIT;
    char *path;
    bool has = hg_path_join(&path, folder, name, &ignored) == HG_OK &&
               stat(path, &info) == 0 && S_ISREG(info.st_mode);
    free(path);
    return has;
}

static void add_last(hg_package *package)
{
    static const char *const names[] = { HG_PACKAGE_MANIFEST, HG_PACKAGE_SIGNED,
                                         HG_PACKAGE_SEAL };
    for (size_t i = 0; i < 3; i++) {
        if (i == 1 && !has_file(package->folder, names[i]))
            continue;
        memcpy(package->last[i], names[i], strlen(names[i]) + 1);
        package->files[package->n++] = package->last[i];
    }
}

static hg_status verify(hg_package *package, hg_err *err)
{
    char head_hex[HG_DIGEST_HEX], seal_hex[HG_DIGEST_HEX];
    hg_status st = load_json(package, HG_PACKAGE_HEAD, &package->head, head_hex, err);
    if (st != HG_OK)
        return st;
    const char *stage = hg_json_get_str(hg_doc_root(package->head), "stage");
    if (stage && strcmp(stage, HG_PACKAGE_REFUSED) == 0)
        return hg_fail(err, HG_EREFUSED, &(hg_loc){ .file = package->name },
                       "the data were refused; see what hg-package said");
    if (!stage || !hg_json_get_str(hg_doc_root(package->head), "id"))
        return damaged(package->name, err, "hg.json is not the head of a data package");
    if (strcmp(stage, hg_stage_name(HG_PACKAGED)) != 0) {
        hg_loc loc = { .file = package->name };
        return hg_fail(err, HG_EARG, &loc, "this stream is %s only; run %s on it first",
                       stage, "hg-package");
    }
    st = load_json(package, HG_PACKAGE_SEAL, &package->seal, seal_hex, err);
    if (st != HG_OK)
        return st;
    const hg_json *hg = hg_json_get(hg_doc_root(package->seal), "hg");
    const char *head = hg_json_get_str(hg, "head");
    if (!head || strcmp(head, head_hex) != 0)
        return damaged(package->name, err,
                       "hg.json was changed after the package was sealed");
    st = check_manifest(package, hg_json_get_str(hg, "manifest"), err);
    if (st == HG_OK)
        add_last(package);
    return st;
}

/* Did the files come in the order in which they are written? */
static bool in_order(const hg_package *package)
{
    for (size_t i = 0; i < package->n; i++) {
        const hg_arrival *came = hg_unpacked_file(&package->came, package->files[i]);
        if (!came || came->order != i)
            return false;
    }
    return package->n == package->came.n;
}

/* tmp is NULL for a folder that we have just sealed. */
static hg_status open_package(hg_package **out, const char *name, const char *tmp,
                              hg_zip_out *zip, hg_err *err)
{
    hg_package *package = calloc(1, sizeof *package);
    *out = NULL;
    if (!package || !(package->name = strdup(name))) {
        free(package);
        return hg_fail_nomem(err);
    }
    package->trusted = !tmp;
    package->came.zip = zip;
    hg_status st = find_folder(package, tmp, err);
    if (st == HG_OK)
        st = verify(package, err);
    if (st == HG_OK && zip && in_order(package)) {
        st = hg_zip_out_end(zip, err);
        package->zipped = true;
    }
    if (st != HG_OK) {
        hg_package_free(package);
        return st;
    }
    *out = package;
    return HG_OK;
}

hg_status hg_package_open(hg_package **out, const char *name, const char *tmp,
                          hg_err *err)
{
    return open_package(out, name, tmp, NULL, err);
}

hg_status hg_package_open_zip(hg_package **out, const char *name, const char *tmp, int fd,
                              const char *path, hg_err *err)
{
    hg_zip_out *zip;
    *out = NULL;
    hg_status st = hg_zip_out_new(&zip, fd, path, HG_DEFLATE_SMALL, 0, err);
    if (st == HG_OK)
        st = open_package(out, name, tmp, zip, err);
    hg_zip_out_free(zip);
    return st;
}

bool hg_package_zipped(const hg_package *package)
{
    return package->zipped;
}

hg_status hg_package_sealed(hg_package **out, const char *folder, hg_err *err)
{
    return open_package(out, folder, NULL, NULL, err);
}

const char *hg_package_id(const hg_package *package)
{
    return hg_json_get_str(hg_doc_root(package->head), "id");
}

const char *hg_package_name(const hg_package *package)
{
    return package->name;
}

const char *hg_package_folder(const hg_package *package)
{
    return package->folder;
}

const hg_json *hg_package_head(const hg_package *package)
{
    return hg_doc_root(package->head);
}

const hg_json *hg_package_descriptor(const hg_package *package)
{
    return hg_doc_root(package->seal);
}

char *const *hg_package_files(const hg_package *package, size_t *n)
{
    *n = package->n;
    return package->files;
}

bool hg_package_unsealed(const hg_package *package)
{
    const hg_json *sealed = hg_json_get(hg_package_head(package), "sealed");
    return hg_json_is_bool(sealed) && !hg_json_true(sealed);
}

void hg_package_free(hg_package *package)
{
    hg_err ignored = HG_ERR_INIT;
    if (!package)
        return;
    if (package->unpacked)
        hg_folder_remove(package->folder, &ignored);
    hg_unpacking_release(&package->came);
    hg_doc_free(package->head);
    hg_doc_free(package->seal);
    hg_buf_release(&package->manifest);
    free(package->files);
    free(package->folder);
    free(package->name);
    free(package);
}

hg_status hg_package_write(const hg_package *package, int fd, const char *name,
                           hg_container kind, hg_err *err)
{
    return hg_container_write(fd, name, kind, package->folder, package->files, package->n,
                              err);
}
