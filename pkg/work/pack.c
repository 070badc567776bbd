/* pack - checked rows and their description become a sealed data package */
#include "work/pack.h"
#include "base/file.h"
#include "base/folder.h"
#include "dataset/csvw.h"
#include "dataset/datapackage.h"
#include "dataset/description.h"
#include "dataset/lexical.h"
#include "dataset/metadata.h"
#include "dataset/licence.h"
#include "dataset/profile.h"
#include "dataset/readme.h"
#include "dataset/schemaorg.h"
#include "export/changes.h"
#include "export/tables.h"
#include "format/csv.h"
#include "stream/findings.h"
#include "stream/package.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TAG "hg-package"

/* A package being filled. */
struct pack {
    hg_in *in;
    const hg_pack_opts *opts;
    hg_pack_sum *sum;
    hg_json *head;          /* the package's own */
    hg_dataset *dataset;    /* out of head */
    char *folder;           /* where the package grows; ours until it is put in place */
    hg_tables *tables;
    hg_distribution *files; /* of the tables, then the code lists */
    size_t data, n;         /* files of tables; all */
    char (*hex)[HG_DIGEST_HEX]; /* of each code list */
    char **texts;               /* path and resource of each code list */
    hg_csv csv;
    hg_buf bytes;    /* what is written next */
    hg_loc first;    /* the place of the first error */
    hg_buf place[3]; /* its file, sheet and field */
};

/* ---- the head and the description ---- */

static bool same_tables(const hg_json *a, const hg_json *b)
{
    bool same = hg_json_len(a) == hg_json_len(b);
    for (size_t i = 0; i < hg_json_len(a) && same; i++) {
        const char *left = hg_json_get_str(hg_json_at(a, i), "name");
        const char *right = hg_json_get_str(hg_json_at(b, i), "name");
        same = left && right && strcmp(left, right) == 0;
    }
    return same;
}

/* Put another definition in; schemas stay those which the rows were checked against. */
static hg_status redefine(hg_json *head, const hg_dataset *dataset, hg_err *err)
{
    hg_json *other = hg_dataset_head(dataset);
    hg_status status = HG_OK;
    if (same_tables(hg_json_get(head, "resources"), hg_json_get(other, "resources"))) {
        hg_json_set(head, "id", hg_json_copy(hg_json_get(other, "id")));
        hg_json_set(head, "definition", hg_json_copy(hg_json_get(other, "definition")));
    } else {
        status = hg_fail(err, HG_EARG, NULL,
                         "the rows are not of the tables of the dataset '%s'",
                         hg_dataset_id(dataset));
    }
    hg_json_free(other);
    return status;
}

/* A description that came with a stream is somebody's text: check it like a file. */
static hg_status check_description(const hg_json *description, hg_err *err)
{
    hg_buf text = { 0 };
    hg_doc *doc = NULL;
    hg_status status = hg_json_dump(description, true, &text, err);
    if (status == HG_OK)
        status =
            hg_doc_parse(&doc, "dataset.json", (hg_slice){ text.data, text.len }, err);
    if (status == HG_OK)
        status = hg_description_check(doc, HG_DESCRIPTION_PROFILE, err);
    hg_doc_free(doc);
    hg_buf_release(&text);
    return status;
}

static hg_status check_complete(const char *id, const hg_json *description, hg_err *err)
{
    hg_buf names = { 0 };
    hg_description_missing(description, &names);
    hg_status status = hg_buf_status(&names, err);
    if (status == HG_OK && names.len > 0)
        status = hg_fail(err, HG_EREFUSED, &(hg_loc){ .file = id },
                         "the description is not complete; missing: %s", names.data);
    hg_buf_release(&names);
    return status;
}

/* What the profile asks for beyond that. */
static hg_status check_profile(struct pack *pack, const hg_json *description, hg_err *err)
{
    const hg_json *profile =
        pack->opts->profile ? hg_doc_root(pack->opts->profile) : NULL;
    hg_buf names = { 0 };
    hg_profile_missing(profile, description, HG_PROFILE_REQUIRED, &names);
    hg_profile_missing(profile, description, HG_PROFILE_RECOMMENDED, &pack->sum->advice);
    hg_status status = hg_buf_status(&names, err);
    if (status == HG_OK && names.len > 0)
        status = hg_fail(err, HG_EREFUSED, HG_AT(hg_dataset_id(pack->dataset)),
                         "the profile '%s' requires more; give dataset.json: %s",
                         hg_profile_name(profile), names.data);
    hg_buf_release(&names);
    pack->sum->brief = hg_schemaorg_brief(description);
    return status == HG_OK ? hg_buf_status(&pack->sum->advice, err) : status;
}

/* What made the package, for its provenance. */
static void set_tool(hg_json *head, const char *version)
{
    hg_json *tool = hg_json_object();
    hg_json_set_str(tool, "name", "hg-package");
    hg_json_set_str(tool, "version", version);
    hg_json_set(head, "tool", tool);
}

/* What may have been cut off fills no place unless it is asked for; a pipe it may go down. */
static hg_status check_sealed(const struct pack *pack, hg_err *err)
{
    const hg_json *head = hg_in_head(pack->in), *sealed = hg_json_get(head, "sealed");
    if (!hg_json_is_bool(sealed) || hg_json_true(sealed) || pack->opts->unsealed ||
        !pack->opts->place)
        return HG_OK;
    return hg_fail(err, HG_EREFUSED,
                   HG_AT(hg_json_get_str(hg_json_at(hg_json_get(head, "sources"), 0), "name")),
                   "the rows were plain text from a pipe, which may have been cut off; with "
                   "--unsealed they are packaged all the same");
}

static hg_status make_head(struct pack *pack, hg_err *err)
{
    hg_status status = HG_OK;
    pack->head = hg_json_copy(hg_in_head(pack->in));
    if (pack->opts->dataset)
        status = redefine(pack->head, pack->opts->dataset, err);
    if (status != HG_OK)
        return status;
    hg_json *description = hg_json_get(hg_json_get(pack->head, "definition"), "dataset");
    if (!hg_json_is_object(description))
        return hg_fail(err, HG_EARG, NULL,
                       "the rows come without a dataset's description; name one with -d");
    if (pack->opts->modified && !hg_json_get(description, "modified"))
        hg_json_set_str(description, "modified", pack->opts->modified);
    hg_json_set_str(pack->head, "stage", hg_stage_name(HG_PACKAGED));
    set_tool(pack->head, pack->opts->version);
    status = check_description(description, err);
    if (status == HG_OK)
        status = hg_dataset_from_head(&pack->dataset, pack->head, err);
    if (status == HG_OK)
        status = check_complete(hg_dataset_id(pack->dataset), description, err);
    return status == HG_OK ? check_profile(pack, description, err) : status;
}

/* ---- code lists ---- */

/* Add the file "codes/NAME.csv" of the resource "codes/NAME". Both texts stand in one
 * allocation. */
static hg_status add_code_list(struct pack *pack, hg_slice name, hg_err *err)
{
    hg_buf texts = { 0 };
    size_t i = pack->n - pack->data;
    hg_buf_printf(&texts, HG_METADATA_CODES "%.*s.csv", (int)name.n, name.p);
    size_t resource = texts.len + 1;
    hg_buf_putc(&texts, '\0');
    hg_buf_printf(&texts, HG_METADATA_CODES "%.*s", (int)name.n, name.p);
    if (hg_buf_status(&texts, err) != HG_OK) {
        hg_buf_release(&texts);
        return err->status;
    }
    pack->texts[i] = texts.data;
    pack->files[pack->n++] = (hg_distribution){ .path = texts.data,
                                                .resource = texts.data + resource,
                                                .format = "csv",
                                                .sha256 = pack->hex[i] };
    return HG_OK;
}

/* The code lists that the tables refer to go along; others only served to read a report.
 */
static bool is_referred(const hg_dataset *dataset, hg_slice codes)
{
    static const size_t prefix = sizeof HG_METADATA_CODES - 1;
    for (size_t i = 0; i < hg_dataset_tables(dataset); i++) {
        const hg_json *keys = hg_json_get(hg_dataset_schema(dataset, i), "foreignKeys");
        for (size_t k = 0; k < hg_json_len(keys); k++) {
            const hg_json *to = hg_json_get(hg_json_at(keys, k), "reference");
            const char *name = hg_json_get_str(to, "resource");
            if (name && strncmp(name, HG_METADATA_CODES, prefix) == 0 &&
                hg_slice_is(codes, name + prefix))
                return true;
        }
    }
    return false;
}

/* Their names are checked again: they may have come with a stream. */
static hg_status add_codes(struct pack *pack, const hg_json *codes, hg_err *err)
{
    hg_status status = HG_OK;
    for (size_t i = 0; i < hg_json_len(codes) && status == HG_OK; i++) {
        const char *file = hg_json_key(codes, i), *dot = strrchr(file, '.');
        hg_slice name = { file, dot ? (size_t)(dot - file) : 0 };
        if (hg_lexical_name(file) && dot && strcmp(dot, ".csv") == 0 &&
            is_referred(pack->dataset, name))
            status = add_code_list(pack, name, err);
    }
    return status;
}

/* The files of the tables are known by now. */
static hg_status list_files(struct pack *pack, hg_err *err)
{
    const hg_json *codes = hg_json_get(hg_json_get(pack->head, "definition"), "codes");
    const hg_distribution *files = hg_tables_files(pack->tables, &pack->data);
    size_t most = hg_json_len(codes) + 1;
    pack->files = calloc(pack->data + most, sizeof *pack->files);
    pack->hex = calloc(most, sizeof *pack->hex);
    pack->texts = calloc(most, sizeof *pack->texts);
    if (!pack->files || !pack->hex || !pack->texts)
        return hg_fail_nomem(err);
    memcpy(pack->files, files, pack->data * sizeof *files);
    pack->n = pack->data;
    return add_codes(pack, codes, err);
}

static hg_status save(const struct pack *pack, const char *name, const hg_buf *text,
                      hg_err *err)
{
    char *path = NULL;
    hg_status status = hg_buf_status(text, err);
    if (status == HG_OK)
        status = hg_path_join(&path, pack->folder, name, err);
    if (status == HG_OK)
        status = hg_file_save(path, text->data, text->len, err);
    free(path);
    return status;
}

/* ---- rows and findings ---- */

static const char *keep_text(hg_buf *buf, const char *text)
{
    hg_buf_puts(buf, text);
    return text ? (buf->data ? buf->data : "") : NULL;
}

static void keep_place(struct pack *pack, const hg_finding *finding)
{
    pack->first = (hg_loc){ .file = keep_text(&pack->place[0], finding->file),
                            .sheet = keep_text(&pack->place[1], finding->sheet),
                            .field = keep_text(&pack->place[2], finding->field),
                            .row = finding->row,
                            .col = finding->col };
}

static hg_status take_findings(struct pack *pack, const hg_part *part, hg_err *err)
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

static hg_status take_rows(struct pack *pack, const hg_part *part, hg_err *err)
{
    pack->sum->rows += part->records - part->header;
    return hg_tables_put(pack->tables, part, err);
}

static hg_status take_all(struct pack *pack, hg_err *err)
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

/* ---- what goes beside the rows ---- */

static uint64_t count_rows(struct pack *pack, const char *text)
{
    hg_err ignored = HG_ERR_INIT;
    hg_row row;
    uint64_t n = 0;
    hg_csv_init(&pack->csv, text, strlen(text), 0, 0);
    while (hg_csv_next(&pack->csv, &row, &ignored) == HG_OK)
        n++;
    return n > 0 ? n - 1 : 0;
}

static hg_status write_codes(struct pack *pack, hg_err *err)
{
    hg_status status = list_files(pack, err);
    for (size_t i = pack->data; i < pack->n && status == HG_OK; i++) {
        hg_distribution *file = &pack->files[i];
        const char *text = hg_dataset_codes(
            pack->dataset, file->resource + sizeof HG_METADATA_CODES - 1);
        hg_buf_clear(&pack->bytes);
        hg_buf_puts(&pack->bytes, text);
        file->bytes = pack->bytes.len;
        file->rows = count_rows(pack, text ? text : "");
        status = hg_digest_of(pack->bytes.data, pack->bytes.len,
                              pack->hex[i - pack->data], err);
        if (status == HG_OK)
            status = save(pack, file->path, &pack->bytes, err);
    }
    return status;
}

static hg_status write_head(struct pack *pack, hg_err *err)
{
    hg_ranges_put(hg_tables_ranges(pack->tables), hg_json_get(pack->head, "sources"));
    hg_buf_clear(&pack->bytes);
    hg_status status = hg_json_dump(pack->head, true, &pack->bytes, err);
    return status == HG_OK ? save(pack, HG_PACKAGE_HEAD, &pack->bytes, err) : status;
}

static hg_json *verdict_of(const struct pack *pack)
{
    hg_json *verdict = hg_json_object();
    hg_json_set_int(verdict, "errors", (int64_t)pack->sum->errors);
    hg_json_set_int(verdict, "warnings", (int64_t)pack->sum->warnings);
    return verdict;
}

static hg_status fill_graph(const struct pack *pack, hg_rdf *graph, hg_err *err)
{
    hg_json *verdict = verdict_of(pack);
    const hg_making making = hg_making_of(pack->head, verdict);
    hg_status status =
        hg_metadata_dcat(pack->dataset, pack->files, pack->data, &making, graph, err);
    hg_json_free(verdict);
    return status;
}

/* DCAT-AP in every form of RDF. */
static hg_status write_dcat(struct pack *pack, hg_err *err)
{
    hg_rdf *graph = NULL;
    hg_status status = hg_rdf_new(&graph, err);
    if (status == HG_OK)
        status = fill_graph(pack, graph, err);
    for (size_t i = 0; i < HG_RDF_FORMS && status == HG_OK; i++) {
        char name[32];
        snprintf(name, sizeof name, "metadata/dcat.%s", hg_rdf_forms[i].ending);
        hg_buf_clear(&pack->bytes);
        status = hg_rdf_forms[i].write(graph, &pack->bytes, err);
        if (status == HG_OK)
            status = save(pack, name, &pack->bytes, err);
    }
    hg_rdf_free(graph);
    return status;
}

/* Save a value as JSON, and free it. */
static hg_status save_json(struct pack *pack, const char *name, hg_json *value,
                           hg_err *err)
{
    hg_buf_clear(&pack->bytes);
    hg_status status = hg_json_dump(value, true, &pack->bytes, err);
    hg_json_free(value);
    return status == HG_OK ? save(pack, name, &pack->bytes, err) : status;
}

/* CSV on the Web looks for it beside each CSV. */
static hg_status write_csvw(struct pack *pack, hg_err *err)
{
    hg_status status = HG_OK;
    for (size_t i = 0; i < pack->n && status == HG_OK; i++) {
        hg_json *made = NULL;
        hg_buf name = { 0 };
        if (strcmp(pack->files[i].format, "csv") != 0)
            continue;
        hg_buf_printf(&name, "%s" HG_METADATA_CSVW, pack->files[i].path);
        status = hg_csvw_new(&made, pack->dataset, pack->files, pack->n, i, err);
        if (status == HG_OK)
            status = hg_buf_status(&name, err);
        if (status == HG_OK)
            status = save_json(pack, name.data, made, err);
        else
            hg_json_free(made);
        hg_buf_release(&name);
    }
    return status;
}

static hg_status write_metadata(struct pack *pack, hg_err *err)
{
    const hg_json *catalog =
        hg_json_get(hg_json_get(pack->head, "definition"), "catalog");
    hg_status status = write_dcat(pack, err);
    if (status == HG_OK)
        status = save_json(pack, "metadata/schema-org.jsonld",
                           hg_schemaorg_dataset(pack->dataset, pack->files, pack->data,
                                                catalog, 0, HG_VI),
                           err);
    return status == HG_OK ? write_csvw(pack, err) : status;
}

static hg_status write_licence(struct pack *pack, hg_err *err)
{
    hg_buf_clear(&pack->bytes);
    hg_licence(pack->dataset, &pack->bytes);
    return save(pack, "LICENSE.txt", &pack->bytes, err);
}

/* What is new since the edition before, where one was named. */
static hg_status write_changes(struct pack *pack, hg_err *err)
{
    hg_changes *changes = NULL;
    const hg_changes_opts opts = { pack->opts->previous, pack->dataset, pack->files,
                                   pack->data, pack->folder, pack->opts->tmp };
    if (!pack->opts->previous)
        return HG_OK;
    hg_status status = hg_changes_new(&changes, &opts, err);
    hg_buf_clear(&pack->bytes);
    if (status == HG_OK)
        status = hg_changes_text(changes, &pack->bytes, err);
    if (status == HG_OK)
        status = save(pack, "CHANGELOG.md", &pack->bytes, err);
    hg_buf_clear(&pack->bytes);
    if (status == HG_OK)
        status = hg_changes_json(changes, &pack->bytes, err);
    if (status == HG_OK)
        status = save(pack, "metadata/changes.json", &pack->bytes, err);
    hg_changes_free(changes);
    return status;
}

static hg_status write_readme(struct pack *pack, hg_err *err)
{
    hg_buf_clear(&pack->bytes);
    hg_status status = hg_readme(pack->dataset, pack->files, pack->n, &pack->bytes, err);
    return status == HG_OK ? save(pack, "README.md", &pack->bytes, err) : status;
}

static hg_status seal(struct pack *pack, hg_err *err)
{
    hg_json *descriptor = NULL, *verdict = verdict_of(pack);
    hg_status status =
        hg_datapackage_new(&descriptor, pack->dataset, pack->files, pack->n, err);
    if (status == HG_OK)
        status = hg_package_seal(pack->folder, descriptor, verdict, err);
    else
        hg_json_free(verdict);
    if (status == HG_OK && pack->opts->signer)
        status =
            hg_package_sign(pack->folder, pack->opts->signer, pack->opts->signed_at, err);
    hg_json_free(descriptor);
    return status;
}

static hg_status fill(struct pack *pack, hg_err *err)
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
    if (status == HG_OK)
        status = write_codes(pack, err);
    if (status == HG_OK)
        status = write_head(pack, err);
    if (status == HG_OK)
        status = write_metadata(pack, err);
    if (status == HG_OK)
        status = write_readme(pack, err);
    if (status == HG_OK)
        status = write_licence(pack, err);
    if (status == HG_OK)
        status = write_changes(pack, err);
    return status == HG_OK ? seal(pack, err) : status;
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

static hg_status make_folder(struct pack *pack, hg_err *err)
{
    const hg_pack_opts *opts = pack->opts;
    if (opts->body != HG_PACK_FOLDER)
        return hg_folder_temp(&pack->folder, opts->tmp, err);
    hg_status status = check_place(opts->place, err);
    return status == HG_OK ? hg_folder_beside(&pack->folder, opts->place, TAG, err)
                           : status;
}

static hg_status write_body(struct pack *pack, int fd, const char *name, hg_err *err)
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

static hg_status put_in_place(struct pack *pack, hg_err *err)
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

static hg_status pack_release(struct pack *pack, hg_status status, hg_err *err)
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
    struct pack pack = { .in = in, .opts = opts, .sum = sum };
    hg_status status = check_sealed(&pack, err);
    if (status == HG_OK)
        status = make_head(&pack, err);
    if (status == HG_OK)
        status = make_folder(&pack, err);
    if (status == HG_OK)
        status = fill(&pack, err);
    if (status == HG_OK)
        status = put_in_place(&pack, err);
    return pack_release(&pack, status, err);
}
