/* csvw - tables of CSV on the Web checked by their metadata */
#include "work/csvw.h"
#include "base/file.h"
#include "rules/webtable.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MEMORY ((size_t)1 << 30) /* bytes */
#define SAME   1000              /* findings */

typedef struct csvw {
    const hg_csvw_opts *opts;
    hg_check_sum *sum;
    hg_addresses *addresses;
    hg_budget budget;
    hg_tally tally; /* of the document or the table at hand */
    const char *resource;
    hg_err *err;
} csvw;

/* ---- findings ---- */

static hg_status take_finding(void *user, const hg_finding *finding, hg_err *err)
{
    csvw *c = user;
    if (c->opts->report)
        hg_validation_add(c->opts->report, finding);
    return c->opts->found ? c->opts->found(c->opts->user, finding, err) : HG_OK;
}

static hg_status begin_task(csvw *c, const char *name, const char *place)
{
    c->resource = name;
    c->tally = (hg_tally){ .take = take_finding,
                           .user = c,
                           .max = c->opts->max_same ? c->opts->max_same : SAME };
    return c->opts->report
               ? hg_validation_table(c->opts->report, name, place, NULL, 0, c->err)
               : HG_OK;
}

static hg_status end_task(csvw *c, uint64_t rows)
{
    if (c->err->status == HG_OK)
        hg_tally_end(&c->tally, c->err);
    c->sum->errors += c->tally.errors;
    c->sum->warnings += c->tally.warnings;
    c->sum->rows += rows;
    if (c->opts->report)
        hg_validation_end(c->opts->report, rows, c->tally.errors, c->tally.warnings);
    hg_tally_release(&c->tally);
    return c->err->status;
}

static hg_status tell(void *user, hg_severity severity, const char *code, const char *key,
                      const hg_err *what, hg_err *err)
{
    csvw *c = user;
    hg_finding f = {
        .code = code, .severity = severity, .resource = c->resource, .field = key
    };
    hg_finding_from(&f, what);
    return hg_tally_add(&c->tally, &f, err);
}

/* A failure to read a table's file is what was found out about it; another stays one. */
static void found_failure(csvw *c, const char *code, const hg_err *why)
{
    if (why->status == HG_EARG || why->status == HG_EINPUT)
        tell(c, HG_ERROR, code, NULL, why, c->err);
    else if (c->err->status == HG_OK)
        *c->err = *why;
}

/* ---- tables ---- */

/* The table's file; *path is NULL, and it was told, where it has none here. */
static hg_status find_file(csvw *c, char **path, const hg_csvm_table *table, bool told)
{
    hg_err why = HG_ERR_INIT;
    if (hg_addresses_path(path, c->addresses, table->url, c->err) != HG_OK || *path ||
        told)
        return c->err->status;
    hg_fail(&why, HG_EINPUT, HG_AT(table->url),
            "'%s' is not here: nothing is fetched, so this could not be checked",
            table->url);
    found_failure(c, "scheme-error", &why);
    return c->err->status;
}

static void report_labels(const csvw *c, const hg_webcsv *csv)
{
    for (size_t i = 0; c->opts->report && i < hg_webcsv_columns(csv); i++) {
        hg_slice label = hg_webcsv_title(csv, i, 0);
        hg_validation_labels(c->opts->report, &label, 1);
    }
}

static void read_table(csvw *c, hg_webtable *table, const char *path, bool enter)
{
    hg_webcsv *csv = NULL;
    hg_err why = HG_ERR_INIT;
    hg_status st =
        hg_webcsv_open(&csv, path, table->csvm->tables[table->table].dialect, &why);
    if (st == HG_OK && !enter)
        report_labels(c, csv);
    if (st == HG_OK)
        st = enter ? hg_webtable_enter(table, csv, &why, c->err)
                   : hg_webtable_check(table, csv, &why, c->err);
    if (why.status != HG_OK && (!enter || why.status == HG_ENOMEM))
        found_failure(c, csv ? hg_webcsv_code(csv) : "source-error", &why);
    hg_webcsv_free(csv);
}

/* The rows that foreign keys lead to come first. */
static void enter_table(csvw *c, const hg_csvm *csvm, size_t i, hg_webkeys *keys)
{
    char *path = NULL;
    hg_webtable table = { .csvm = csvm, .table = i, .keys = keys };
    if (find_file(c, &path, &csvm->tables[i], true) == HG_OK && path)
        read_table(c, &table, path, true);
    free(path);
}

static void check_table(csvw *c, const hg_csvm *csvm, size_t i, hg_webkeys *keys)
{
    char *path = NULL;
    hg_addresses_path(&path, c->addresses, csvm->tables[i].url, c->err);
    if (c->err->status != HG_OK)
        return;
    hg_webtable table = {
        .csvm = csvm, .table = i, .file = path, .keys = keys, .tally = &c->tally
    };
    begin_task(c, csvm->tables[i].url, path);
    if (!path)
        find_file(c, &path, &csvm->tables[i], false);
    else if (c->err->status == HG_OK)
        read_table(c, &table, path, false);
    end_task(c, table.rows);
    free(path);
}

static hg_status check_tables(csvw *c, const hg_csvm *csvm)
{
    hg_webkeys *keys = NULL;
    hg_webkeys_new(&keys, csvm, &c->budget, c->err);
    for (size_t i = 0; c->err->status == HG_OK && i < csvm->n; i++)
        if (hg_webkeys_is_target(keys, i))
            enter_table(c, csvm, i, keys);
    for (size_t i = 0; c->err->status == HG_OK && i < csvm->n; i++)
        check_table(c, csvm, i, keys);
    hg_webkeys_free(keys);
    return c->err->status;
}

static hg_status check_plain(csvw *c, const char *url)
{
    hg_csvm *csvm = NULL;
    if (hg_csvm_plain(&csvm, url, c->err) == HG_OK)
        check_tables(c, csvm);
    hg_csvm_free(csvm);
    return c->err->status;
}

/* ---- metadata ---- */

static bool has_table(const csvw *c, const hg_csvm *csvm, const char *url)
{
    for (size_t i = 0; i < csvm->n; i++)
        if (hg_addresses_same(c->addresses, csvm->tables[i].url, url))
            return true;
    return false;
}

/* Check what metadata describe, and a CSV that they do not by itself. */
static hg_status check_metadata(csvw *c, const char *file, const char *url,
                                const char *csv)
{
    hg_csvm_opts opts = { .addresses = c->addresses, .tell = tell, .user = c };
    hg_csvm *csvm = NULL;
    begin_task(c, url, file);
    if (c->opts->report && c->err->status == HG_OK)
        hg_validation_type(c->opts->report, "file");
    if (c->err->status == HG_OK)
        hg_csvm_read(&csvm, file, url, &opts, c->err);
    end_task(c, 0);
    if (c->err->status == HG_OK && !csvm->wrong)
        check_tables(c, csvm);
    if (c->err->status == HG_OK && csv && !csvm->wrong && !has_table(c, csvm, csv))
        check_plain(c, csv);
    hg_csvm_free(csvm);
    return c->err->status;
}

static hg_status check_file(csvw *c, const char *file, const char *csv)
{
    hg_buf url = { 0 };
    if (hg_addresses_of(&url, c->addresses, file, c->err) == HG_OK)
        check_metadata(c, file, url.data, csv);
    hg_buf_release(&url);
    return c->err->status;
}

/* What is told while metadata are looked for is of the CSV. */
static hg_status check_located(csvw *c, const char *file, const char *csv)
{
    hg_csvm_opts opts = { .addresses = c->addresses, .tell = tell, .user = c };
    char *metadata = NULL, *url = NULL;
    begin_task(c, csv, file);
    if (c->opts->report && c->err->status == HG_OK)
        hg_validation_type(c->opts->report, "file");
    if (c->err->status == HG_OK)
        hg_csvm_locate(&metadata, &url, csv, c->opts->link, &opts, c->err);
    end_task(c, 0);
    if (c->err->status == HG_OK && metadata)
        check_metadata(c, metadata, url, csv);
    else if (c->err->status == HG_OK)
        check_plain(c, csv);
    free(metadata);
    free(url);
    return c->err->status;
}

/* Does the file start as a JSON object does? */
static bool is_json(const char *file, hg_err *err)
{
    char text[256];
    size_t n = 0;
    int fd = -1;
    if (hg_file_open(&fd, file, err) != HG_OK)
        return false;
    hg_file_read(fd, file, text, sizeof text, &n, err);
    close(fd);
    hg_slice start = hg_utf8_start((hg_slice){ text, n });
    return start.n > 0 && *start.p == '{';
}

static hg_status check_csv(csvw *c, const char *file)
{
    hg_buf url = { 0 };
    if (hg_addresses_of(&url, c->addresses, file, c->err) == HG_OK) {
        if (c->opts->metadata)
            check_file(c, c->opts->metadata, url.data);
        else
            check_located(c, file, url.data);
    }
    hg_buf_release(&url);
    return c->err->status;
}

hg_status hg_csvw_check(const char *file, const hg_csvw_opts *opts, hg_check_sum *sum,
                        hg_err *err)
{
    csvw c = { .opts = opts, .sum = sum, .err = err };
    *sum = (hg_check_sum){ 0 };
    c.budget = (hg_budget){ .max = opts->max_memory ? opts->max_memory : MEMORY,
                            .tmp = opts->tmp,
                            .seed = opts->seed };
    if (hg_addresses_new(&c.addresses, opts->base, opts->folder, err) != HG_OK)
        return err->status;
    bool json = is_json(file, err);
    if (err->status == HG_OK && json && !opts->metadata)
        check_file(&c, file, NULL);
    else if (err->status == HG_OK)
        check_csv(&c, file);
    hg_addresses_free(c.addresses);
    return err->status;
}
