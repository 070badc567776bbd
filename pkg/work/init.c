/* init - a first definition of a dataset, out of its table */
#include "work/init.h"
#include "base/file.h"
#include "base/folder.h"
#include "format/source.h"
#include "text/utf8.h"
#include "work/init_columns.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME 60 /* bytes of an id, hg_lexical_name() */

static hg_status read_table(hg_columns **out, const char *name, const char *tmp,
                            hg_err *err)
{
    const hg_source_opts opts = { .tmp = tmp };
    hg_source *source = NULL;
    hg_rows *rows = NULL;
    hg_row row;
    hg_status status = hg_source_open(&source, name, &opts, err);
    if (status == HG_OK)
        status = hg_rows_open(&rows, source, 0, err);
    if (status == HG_OK)
        status = hg_rows_next(rows, &row, err);
    if (status == HG_END)
        status = hg_fail(err, HG_EINPUT, HG_AT(name), "this file holds no table");
    if (status == HG_OK)
        status = hg_columns_new(out, name, &row, err);
    while (status == HG_OK && (status = hg_rows_next(rows, &row, err)) == HG_OK)
        hg_columns_put(*out, &row);
    hg_rows_free(rows);
    hg_source_free(source);
    return status == HG_END ? HG_OK : status;
}

/* ---- dataset.json ---- */

/* Empty texts are refused by hg-package, with their place, until someone fills them in. */
static hg_json *description_of(const char *id, bool profile)
{
    hg_json *description = hg_json_object();
    hg_json_set_str(description, "id", id);
    hg_json_set_str(description, "title", "");
    hg_json_set_str(description, "description", "");
    if (!profile) {
        hg_json *publisher = hg_json_object();
        hg_json_set_str(publisher, "name", "");
        hg_json_set(description, "publisher", publisher);
        hg_json_set_str(description, "license", "");
        hg_json_set_str(description, "base", "");
    }
    return description;
}

/* ---- files ---- */

static bool is_there(const char *folder, const char *name)
{
    hg_err ignored = HG_ERR_INIT;
    char *path = NULL;
    bool there =
        hg_path_join(&path, folder, name, &ignored) == HG_OK && access(path, F_OK) == 0;
    free(path);
    return there;
}

static hg_status check_free(const char *folder, hg_err *err)
{
    static const char *const names[] = { "dataset.json", "schema.json" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_there(folder, names[i]))
            return hg_fail(err, HG_EARG, HG_AT(folder),
                           "%s is there already; nothing is written", names[i]);
    return HG_OK;
}

/* Make a file that is not there; frees v. */
static hg_status save(const char *folder, const char *name, hg_json *v, hg_err *err)
{
    hg_buf text = { 0 };
    char *path = NULL;
    int fd = -1;
    hg_status status = hg_json_dump(v, true, &text, err);
    if (status == HG_OK)
        status = hg_path_join(&path, folder, name, err);
    if (status == HG_OK &&
        (fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) < 0)
        status = hg_fail_sys(err, HG_AT(path), "cannot write this");
    if (status == HG_OK)
        status = hg_file_write(fd, path, text.data, text.len, err);
    if (fd >= 0)
        status = hg_file_close(fd, path, status, err);
    free(path);
    hg_buf_release(&text);
    hg_json_free(v);
    return status;
}

/* The id that a file's or folder's name gives: "Dân số.csv" is dan-so. */
static hg_status id_of(const char *path, char id[NAME + 1], hg_err *err)
{
    hg_buf slug = { 0 };
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    const char *name = path + n;
    while (name > path && name[-1] != '/')
        name--;
    size_t length = (size_t)(path + n - name), dot = length;
    while (dot > 1 && name[dot - 1] != '.')
        dot--;
    hg_utf8_slug(&slug, name, dot > 1 ? dot - 1 : length);
    hg_status status = hg_buf_status(&slug, err);
    n = slug.len < NAME ? slug.len : NAME;
    memcpy(id, n > 0 ? slug.data : "du-lieu", n > 0 ? n : sizeof "du-lieu");
    if (n > 0)
        id[n] = '\0';
    hg_buf_release(&slug);
    return status;
}

static hg_status write_files(const hg_columns *columns, const char *folder, const char *id,
                             hg_err *err)
{
    char *real = NULL, *parent = NULL;
    hg_status status = check_free(folder, err);
    if (status == HG_OK)
        status = hg_folder_make(folder, err);
    if (status == HG_OK)
        status = hg_path_real(&real, folder, err);
    if (status == HG_OK)
        status = hg_path_parent(&parent, real, err);
    if (status == HG_OK)
        status = save(folder, "schema.json", hg_columns_schema(columns), err);
    if (status == HG_OK)
        status = save(folder, "dataset.json",
                      description_of(id, is_there(parent, "publisher.json")), err);
    free(real);
    free(parent);
    return status;
}

hg_status hg_init(const char *table, const char *folder, const char *tmp, char **made,
                  hg_err *err)
{
    char id[NAME + 1];
    hg_columns *columns = NULL;
    *made = NULL;
    hg_status status = id_of(folder ? folder : table, id, err);
    if (status == HG_OK && !(*made = strdup(folder ? folder : id)))
        status = hg_fail_nomem(err);
    if (status == HG_OK)
        status = check_free(*made, err);
    if (status == HG_OK)
        status = read_table(&columns, table, tmp, err);
    if (status == HG_OK)
        status = write_files(columns, *made, id, err);
    hg_columns_free(columns);
    return status;
}
