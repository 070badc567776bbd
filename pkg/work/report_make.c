/* report_make - the workbooks of one run: made, then put in place together */
#include "base/file.h"
#include "base/folder.h"
#include "work/report_inside.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LAYOUTS 2

/* A workbook for each layout that is asked for; NULL: it is not. */
typedef struct workbooks {
    hg_reports *reports[LAYOUTS];
} workbooks;

static hg_status start(workbooks *books, const hg_report_job *job,
                       const hg_report_units *units, const hg_form_unit *unit,
                       hg_err *err)
{
    unsigned layouts = job->layouts ? job->layouts : 1 << HG_LAYOUT_CLASSIC;
    for (unsigned i = 0; i < LAYOUTS; i++)
        if (layouts >> i & 1) {
            hg_reports *report = books->reports[i] = calloc(1, sizeof *report);
            if (!report)
                return hg_fail_nomem(err);
            report->layout = (hg_layout_kind)i;
            report->tmp = job->tmp;
            report->blank = job->blank;
            report->sets = job->sets;
            report->n_sets = job->n_sets;
            report->each = unit ? units->field : NULL;
            report->unit = unit;
        }
    return HG_OK;
}

static hg_status fill(const workbooks *books, const hg_report_job *job, hg_err *err)
{
    for (size_t k = 0; k == 0 || k < job->n; k++)
        for (unsigned i = 0; i < LAYOUTS && err->status == HG_OK; i++)
            if (books->reports[i])
                hg_reports_add(books->reports[i], job->n > 0 ? job->packages[k] : NULL,
                               job->definition, job->spec, err);
    return err->status;
}

static void end(workbooks *books)
{
    for (unsigned i = 0; i < LAYOUTS; i++)
        hg_reports_free(books->reports[i]);
}

/* "bieu-01.xlsx", and beside it "bieu-01.accessible.xlsx" where both are asked for. */
static hg_status put_name(hg_buf *name, const char *output, const workbooks *books,
                          unsigned layout, hg_err *err)
{
    const char *slash = strrchr(output, '/'), *dot = strrchr(output, '.');
    size_t n = strlen(output);
    if (dot && dot != output && (!slash || dot > slash + 1))
        n = (size_t)(dot - output);
    hg_buf_clear(name);
    hg_buf_put(name, output, n);
    hg_buf_puts(name, layout > 0 && books->reports[0] ? ".accessible" : "");
    hg_buf_puts(name, output + n);
    return hg_buf_status(name, err);
}

/* ---- one workbook ---- */

/* None appears before all are written. */
static hg_status write_files(const workbooks *books, const char *output, hg_err *err)
{
    hg_newfile *files[LAYOUTS] = { NULL };
    hg_buf name = { 0 };
    for (unsigned i = 0; i < LAYOUTS && err->status == HG_OK; i++)
        if (books->reports[i] && put_name(&name, output, books, i, err) == HG_OK &&
            hg_newfile_open(&files[i], name.data, err) == HG_OK)
            hg_reports_write(books->reports[i], hg_newfile_fd(files[i]), name.data, err);
    for (unsigned i = 0; i < LAYOUTS; i++) {
        if (files[i] && err->status == HG_OK)
            hg_newfile_commit(files[i], err);
        hg_newfile_free(files[i]); /* without the commit it leaves no trace */
    }
    hg_buf_release(&name);
    return err->status;
}

static hg_status make_one(const hg_report_job *job, hg_err *err)
{
    workbooks books = { { NULL } };
    if (start(&books, job, NULL, NULL, err) == HG_OK && fill(&books, job, err) == HG_OK)
        write_files(&books, job->output, err);
    end(&books);
    return err->status;
}

/* ---- a workbook for each unit, in a folder ---- */

static hg_status save(hg_reports *report, const char *folder, const char *name,
                      hg_err *err)
{
    char *path = NULL;
    int fd;
    if (hg_path_join(&path, folder, name, err) == HG_OK &&
        hg_file_create(&fd, path, err) == HG_OK)
        hg_file_close(fd, path, hg_reports_write(report, fd, name, err), err);
    free(path);
    return err->status;
}

static hg_status make_unit(const hg_report_job *job, const hg_report_units *units,
                           const hg_report_unit *unit, const char *folder, hg_err *err)
{
    workbooks books = { { NULL } };
    hg_buf file = { 0 }, name = { 0 };
    hg_buf_printf(&file, "%s.xlsx", unit->name);
    if (hg_buf_status(&file, err) == HG_OK &&
        start(&books, job, units, &unit->unit, err) == HG_OK)
        fill(&books, job, err);
    for (unsigned i = 0; i < LAYOUTS && err->status == HG_OK; i++)
        if (books.reports[i] && put_name(&name, file.data, &books, i, err) == HG_OK)
            save(books.reports[i], folder, name.data, err);
    hg_buf_release(&file);
    hg_buf_release(&name);
    end(&books);
    return err->status;
}

/* See, before the first is moved, that none would have to replace a folder. */
static hg_status check_places(const hg_folder_list *files, const char *to, hg_err *err)
{
    for (size_t i = 0; i < files->n && err->status == HG_OK; i++) {
        struct stat st;
        char *path;
        if (hg_path_join(&path, to, files->names[i], err) == HG_OK &&
            stat(path, &st) == 0 && S_ISDIR(st.st_mode))
            hg_fail(err, HG_EARG, HG_AT(path), "a folder has the name of a workbook");
        free(path);
    }
    return err->status;
}

/* Move the files of a folder into one that is there, whose other files stay. */
static hg_status move_all(const char *from, const char *to, hg_err *err)
{
    hg_folder_list files = { 0 };
    if (hg_folder_list_new(&files, from, err) == HG_OK)
        check_places(&files, to, err);
    for (size_t i = 0; i < files.n && err->status == HG_OK; i++) {
        char *old = NULL, *new = NULL;
        if (hg_path_join(&old, from, files.names[i], err) == HG_OK &&
            hg_path_join(&new, to, files.names[i], err) == HG_OK && rename(old, new) != 0)
            hg_fail_sys(err, HG_AT(new), "cannot put the file in place");
        free(old);
        free(new);
    }
    hg_folder_list_free(&files);
    return err->status;
}

/* Where the folder is there, it is made within it, so that files can be moved. */
static hg_status make_units(const hg_report_job *job, const hg_report_units *units,
                            const char *folder, bool there, const char *place,
                            hg_err *err)
{
    int lock = -1;
    char *made = NULL;
    if (hg_path_make_above(place, err) != HG_OK ||
        hg_folder_lock(&lock, place, err) != HG_OK ||
        hg_folder_sweep(place, "tmp", err) != HG_OK ||
        hg_folder_beside(&made, place, "tmp", err) != HG_OK)
        goto out;
    for (size_t i = 0; i < units->n && err->status == HG_OK; i++)
        make_unit(job, units, &units->list[i], made, err);
    if (err->status != HG_OK || hg_folder_sync(made, err) != HG_OK)
        goto out;
    if (!there)
        hg_folder_swap(made, place, err);
    else if (move_all(made, folder, err) == HG_OK)
        hg_path_sync_parent(place, err);
out:
    if (made) {
        hg_err ignored =
            HG_ERR_INIT; /* what is left is hidden, and swept by the next run */
        hg_folder_remove(made, &ignored);
    }
    if (lock >= 0)
        close(lock);
    free(made);
    return err->status;
}

/* The name of an output has a pattern if its last part says so. */
static const char *pattern_of(const char *output)
{
    const char *slash = strrchr(output, '/'), *last = slash ? slash + 1 : output;
    return strstr(last, "{code}") || strstr(last, "{label}") ? last : NULL;
}

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* "bieu/" and "bieu/{code}.xlsx" both lead to the folder "bieu". */
static hg_status make_all(const hg_report_job *job, hg_report_units *units, hg_err *err)
{
    const char *pattern = pattern_of(job->output);
    size_t n = strlen(job->output), last = pattern ? strlen(pattern) : 0;
    hg_buf folder = { 0 }, stem = { 0 };
    char *place = NULL;
    if (!pattern && job->output[n - 1] != '/' && !is_folder(job->output))
        return hg_fail(
            err, HG_EARG, HG_AT(job->output),
            "this report is a workbook for each '%s': name a folder, or a file "
            "with {code} in its name",
            units->field);
    hg_buf_put(&folder, job->output, n - last);
    hg_buf_puts(&folder, n == last ? "." : "");
    if (pattern)
        hg_buf_put(&stem, pattern,
                   last > 5 && strcmp(pattern + last - 5, ".xlsx") == 0 ? last - 5
                                                                        : last);
    if (hg_buf_status(&folder, err) != HG_OK || hg_buf_status(&stem, err) != HG_OK ||
        hg_report_units_name(units, pattern ? stem.data : NULL, err) != HG_OK)
        goto out;
    while (folder.len > 1 && folder.data[folder.len - 1] == '/')
        folder.data[--folder.len] = '\0';
    bool there = is_folder(folder.data);
    if (there ? hg_path_join(&place, folder.data, "hg-report", err)
              : hg_path_join(&place, "", folder.data, err))
        goto out;
    make_units(job, units, folder.data, there, place, err);
out:
    free(place);
    hg_buf_release(&folder);
    hg_buf_release(&stem);
    return err->status;
}

static hg_status find_units(const hg_report_job *job, hg_report_units *units, hg_err *err)
{
    for (size_t k = 0; (k == 0 || k < job->n) && err->status == HG_OK; k++)
        hg_reports_units(units, job->n > 0 ? job->packages[k] : NULL, job->definition,
                         job->spec, err);
    if (err->status == HG_OK && units->field && units->n == 0)
        return hg_fail(err, HG_EARG, NULL, "no row has a value of '%s'", units->field);
    return err->status;
}

hg_status hg_report_make(const hg_report_job *job, hg_err *err)
{
    hg_report_units units = { 0 };
    if (find_units(job, &units, err) == HG_OK) {
        if (units.field)
            make_all(job, &units, err);
        else if (pattern_of(job->output))
            hg_fail(err, HG_EARG, HG_AT(job->output),
                    "a name with {code} is for a report with 'forEach'");
        else
            make_one(job, err);
    }
    hg_report_units_free(&units);
    return err->status;
}
