/* pack_beside - what a package holds beside its rows: code lists, metadata, the seal */
#include "base/file.h"
#include "dataset/csvw.h"
#include "dataset/datapackage.h"
#include "dataset/lexical.h"
#include "dataset/licence.h"
#include "dataset/metadata.h"
#include "dataset/readme.h"
#include "dataset/schemaorg.h"
#include "export/changes.h"
#include "stream/package.h"
#include "work/pack_job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- code lists ---- */

/* Add the file "codes/NAME.csv" of the resource "codes/NAME". Both texts stand in one
 * allocation. */
static hg_status add_code_list(hg_pack_job *pack, hg_slice name, hg_err *err)
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
static hg_status add_codes(hg_pack_job *pack, const hg_json *codes, hg_err *err)
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
static hg_status list_files(hg_pack_job *pack, hg_err *err)
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

static hg_status save(const hg_pack_job *pack, const char *name, const hg_buf *text,
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

/* ---- what goes beside the rows ---- */

static uint64_t count_rows(hg_pack_job *pack, const char *text)
{
    hg_err ignored = HG_ERR_INIT;
    hg_row row;
    uint64_t n = 0;
    hg_csv_init(&pack->csv, text, strlen(text), 0, 0);
    while (hg_csv_next(&pack->csv, &row, &ignored) == HG_OK)
        n++;
    return n > 0 ? n - 1 : 0;
}

static hg_status write_codes(hg_pack_job *pack, hg_err *err)
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
        hg_digest_of(pack->bytes.data, pack->bytes.len, pack->hex[i - pack->data]);
        status = save(pack, file->path, &pack->bytes, err);
    }
    return status;
}

static hg_status write_head(hg_pack_job *pack, hg_err *err)
{
    hg_ranges_put(hg_tables_ranges(pack->tables), hg_json_get(pack->head, "sources"));
    hg_buf_clear(&pack->bytes);
    hg_status status = hg_json_dump(pack->head, true, &pack->bytes, err);
    return status == HG_OK ? save(pack, HG_PACKAGE_HEAD, &pack->bytes, err) : status;
}

static hg_json *verdict_of(const hg_pack_job *pack)
{
    hg_json *verdict = hg_json_object();
    hg_json_set_int(verdict, "errors", (int64_t)pack->sum->errors);
    hg_json_set_int(verdict, "warnings", (int64_t)pack->sum->warnings);
    return verdict;
}

static hg_status fill_graph(const hg_pack_job *pack, hg_rdf *graph, hg_err *err)
{
    hg_json *verdict = verdict_of(pack);
    const hg_making making = hg_making_of(pack->head, verdict);
    hg_status status =
        hg_metadata_dcat(pack->dataset, pack->files, pack->data, &making, graph, err);
    hg_json_free(verdict);
    return status;
}

/* DCAT-AP in every form of RDF. */
static hg_status write_dcat(hg_pack_job *pack, hg_err *err)
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
static hg_status save_json(hg_pack_job *pack, const char *name, hg_json *value,
                           hg_err *err)
{
    hg_buf_clear(&pack->bytes);
    hg_status status = hg_json_dump(value, true, &pack->bytes, err);
    hg_json_free(value);
    return status == HG_OK ? save(pack, name, &pack->bytes, err) : status;
}

/* CSV on the Web looks for it beside each CSV. */
static hg_status write_csvw(hg_pack_job *pack, hg_err *err)
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

static hg_status write_metadata(hg_pack_job *pack, hg_err *err)
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

static hg_status write_licence(hg_pack_job *pack, hg_err *err)
{
    hg_buf_clear(&pack->bytes);
    hg_licence(pack->dataset, &pack->bytes);
    return save(pack, "LICENSE.txt", &pack->bytes, err);
}

/* What is new since the edition before, where one was named. */
static hg_status write_changes(hg_pack_job *pack, hg_err *err)
{
    hg_changes *changes = NULL;
    const hg_changes_opts opts = { pack->opts->previous, pack->dataset, pack->files,
                                   pack->data,           pack->folder,  pack->opts->tmp };
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

static hg_status write_readme(hg_pack_job *pack, hg_err *err)
{
    hg_buf_clear(&pack->bytes);
    hg_status status = hg_readme(pack->dataset, pack->files, pack->n, &pack->bytes, err);
    return status == HG_OK ? save(pack, "README.md", &pack->bytes, err) : status;
}

static hg_status seal(hg_pack_job *pack, hg_err *err)
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

hg_status hg_pack_beside(hg_pack_job *pack, hg_err *err)
{
    hg_status status = write_codes(pack, err);
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
