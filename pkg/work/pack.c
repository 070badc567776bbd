/* pack - checked rows and their description become a sealed data package */
#include "work/pack.h"
#include "base/file.h"
#include "base/folder.h"
#include "stream/findings.h"
#include "stream/package.h"
#include "work/pack_job.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TAG "hg-package"

/* What may have been cut off fills no place unless it is asked for; a pipe it may go
 * down. */
static hg_status check_sealed(const hg_pack_job *pack, hg_err *err)
{
    const hg_json *head = hg_in_head(pack->in), *sealed = hg_json_get(head, "sealed");
    if (!hg_json_is_bool(sealed) || hg_json_true(sealed) || pack->opts->unsealed ||
        !pack->opts->place)
        return HG_OK;
    return hg_fail(
        err, HG_EREFUSED,
        HG_AT(hg_json_get_str(hg_json_at(hg_json_get(head, "sources"), 0), "name")),
        "the rows were plain text from a pipe, which may have been cut off; with "
        "--unsealed they are packaged all the same");
}

/* ---- rows and findings ---- */

static const char *keep_text(hg_buf *buf, const char *text)
{
    hg_buf_puts(buf, text);
    return text ? (buf->data ? buf->data : "") : NULL;
}

static void keep_place(hg_pack_job *pack, const hg_finding *finding)
{
    pack->first = (hg_loc){ .file = keep_text(&pack->place[0], finding->file),
                            .sheet = keep_text(&pack->place[1], finding->sheet),
                            .field = keep_text(&pack->place[2], finding->field),
                            .row = finding->row,
                            .col = finding->col };
}

static hg_status take_findings(hg_pack_job *pack, const hg_part *part, hg_err *err)
{
    hg_row row;
    hg_finding finding;
    hg_status status;
    hg_csv_init(&pack->csv, part->bytes.p, part->bytes.n, part->number - 1, 0);
    while ((status = hg_csv_next(&pack->csv, &row, err)) == HG_OK) {
        if (part->header && row.number == 1)
            continue;
        status = hg_findings_read(&finding, &row, &pack->bytes, err);
        if (status != HG_OK)
            return status;
        if (finding.severity == HG_ERROR && pack->sum->errors == 0)
            keep_place(pack, &finding);
        *(finding.severity == HG_ERROR ? &pack->sum->errors : &pack->sum->warnings) += 1;
    }
    return status == HG_END ? HG_OK : status;
}

static hg_status take_rows(hg_pack_job *pack, const hg_part *part, hg_err *err)
{
    pack->sum->rows += part->records - part->header;
    return hg_tables_put(pack->tables, part, err);
}

static hg_status take_all(hg_pack_job *pack, hg_err *err)
{
    hg_part part;
    hg_status status;
    while ((status = hg_in_next(pack->in, &part, err)) == HG_OK) {
        status = part.kind == HG_PART_ROWS ? take_rows(pack, &part, err)
                                           : take_findings(pack, &part, err);
        if (status != HG_OK)
            return status;
    }
    status = status == HG_END ? hg_tables_end(pack->tables, err) : status;
    if (status == HG_OK && pack->sum->errors > 0)
        return hg_fail(err, HG_EREFUSED, &pack->first,
                       "not packaged; errors in the data: %" PRIu64 "; the first is here",
                       pack->sum->errors);
    return status;
}

static hg_status fill(hg_pack_job *pack, hg_err *err)
{
    char *data = NULL;
    hg_status status = hg_path_join(&data, pack->folder, "data", err);
    if (status == HG_OK)
        status = hg_folder_make(data, err);
    free(data);
    const hg_tables_opts tables = { pack->dataset, pack->folder, pack->opts->tmp,
                                    pack->opts->formats };
    if (status == HG_OK)
        status = hg_tables_new(&pack->tables, &tables, err);
    if (status == HG_OK)
        status = take_all(pack, err);
    return status == HG_OK ? hg_pack_beside(pack, err) : status;
}

/* ---- putting it in place ---- */

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

static bool is_empty(const char *folder)
{
    DIR *dir = opendir(folder);
    size_t n = 0;
    while (dir && n <= 2 && readdir(dir))
        n++; /* "." and ".." are always there */
    if (dir)
        closedir(dir);
    return dir && n <= 2;
}

/* Only what this command made may be replaced: a slip of the pen must not cost a folder.
 */
static hg_status check_place(const char *place, hg_err *err)
{
    struct stat info;
    hg_loc loc = { .file = place };
    if (stat(place, &info) != 0)
        return errno == ENOENT ? HG_OK : hg_fail_sys(err, &loc, "cannot use this folder");
    if (!S_ISDIR(info.st_mode))
        return hg_fail(err, HG_EARG, &loc, "this is there and is no folder");
    if (is_empty(place))
        return HG_OK;
    if (has_file(place, HG_PACKAGE_HEAD) && has_file(place, HG_PACKAGE_SEAL))
        return HG_OK;
    return hg_fail(err, HG_EARG, &loc,
                   "this folder is there and is no data package; it is not replaced");
}

static hg_status make_folder(hg_pack_job *pack, hg_err *err)
{
    const hg_pack_opts *opts = pack->opts;
    if (opts->body != HG_PACK_FOLDER)
        return hg_folder_temp(&pack->folder, opts->tmp, err);
    hg_status status = check_place(opts->place, err);
    return status == HG_OK ? hg_folder_beside(&pack->folder, opts->place, TAG, err)
                           : status;
}

static hg_status write_body(hg_pack_job *pack, int fd, const char *name, hg_err *err)
{
    static const hg_container kinds[] = { [HG_PACK_ZIP] = HG_ZIP,
                                          [HG_PACK_ZIP_FAST] = HG_ZIP_FAST,
                                          [HG_PACK_TAR] = HG_TAR,
                                          [HG_PACK_TAR_ZST] = HG_TAR_ZST };
    hg_package *package = NULL;
    hg_status status = hg_package_sealed(&package, pack->folder, err);
    if (status == HG_OK)
        status = hg_package_write(package, fd, name, kinds[pack->opts->body], err);
    hg_package_free(package);
    return status;
}

static hg_status put_in_place(hg_pack_job *pack, hg_err *err)
{
    const hg_pack_opts *opts = pack->opts;
    hg_newfile *file = NULL;
    if (opts->body == HG_PACK_FOLDER) {
        hg_status status = hg_folder_sync(pack->folder, err);
        return status == HG_OK ? hg_folder_swap(pack->folder, opts->place, err) : status;
    }
    if (!opts->place)
        return write_body(pack, opts->fd, "-", err);
    hg_status status = hg_newfile_open(&file, opts->place, err);
    if (status == HG_OK)
        status = write_body(pack, hg_newfile_fd(file), opts->place, err);
    if (status == HG_OK)
        status = hg_newfile_commit(file, err);
    hg_newfile_free(file);
    return status;
}

/* ---- all of it ---- */

static hg_status pack_release(hg_pack_job *pack, hg_status status, hg_err *err)
{
    hg_err why = HG_ERR_INIT;
    /* after a swap this is what was there before */
    if (pack->folder && hg_folder_remove(pack->folder, &why) != HG_OK &&
        status == HG_OK) {
        status = why.status;
        *err = why;
    }
    for (size_t i = 0; i + pack->data < pack->n; i++)
        free(pack->texts[i]);
    for (size_t i = 0; i < sizeof pack->place / sizeof *pack->place; i++)
        hg_buf_release(&pack->place[i]);
    free(pack->texts);
    free(pack->hex);
    free(pack->files);
    free(pack->folder);
    hg_tables_free(pack->tables);
    hg_csv_release(&pack->csv);
    hg_buf_release(&pack->bytes);
    hg_dataset_free(pack->dataset);
    hg_json_free(pack->head);
    return status;
}

hg_status hg_pack(hg_in *in, const hg_pack_opts *opts, hg_pack_sum *sum, hg_err *err)
{
    hg_pack_job pack = { .in = in, .opts = opts, .sum = sum };
    hg_status status = check_sealed(&pack, err);
    if (status == HG_OK)
        status = hg_pack_head(&pack, err);
    if (status == HG_OK)
        status = make_folder(&pack, err);
    if (status == HG_OK)
        status = fill(&pack, err);
    if (status == HG_OK)
        status = put_in_place(&pack, err);
    return pack_release(&pack, status, err);
}
