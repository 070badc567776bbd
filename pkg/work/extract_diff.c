/* extract - what moved in the layout of a report since the one before */
#include "format/source.h"
#include "recipe/drift.h"
#include "work/extract.h"

#include <stdlib.h>
#include <string.h>

/* Two editions of a report. */
typedef struct diff {
    hg_source *old, *new;
    hg_tell *tell;
    void *with;
    hg_err *err;
} diff;

/* The sheet of that name; SIZE_MAX: none. */
static size_t sheet_named(const hg_source *source, const char *name)
{
    for (size_t i = 0; i < hg_source_sheets(source); i++)
        if (strcmp(hg_source_sheet(source, i)->name, name) == 0)
            return i;
    return SIZE_MAX;
}

static void say_sheet(const diff *d, const char *code, const char *message,
                      const char *name)
{
    hg_finding f = { .code = code,
                     .severity = HG_WARNING,
                     .file = hg_source_name(d->new),
                     .value = hg_slice_of(name),
                     .message = message };
    f.args_len = hg_args(f.args, sizeof f.args, "%s", name);
    d->tell(d->with, &f);
}

static hg_status compare(diff *d, size_t old, size_t new)
{
    hg_grid *was = NULL, *is = NULL;
    hg_status st = hg_source_grid(&was, d->old, old, d->err);
    if (st == HG_OK)
        st = hg_source_grid(&is, d->new, new, d->err);
    const hg_drift_sheets sheets = { was, is, hg_source_name(d->new),
                                     hg_source_is_workbook(d->new)
                                         ? hg_source_sheet(d->new, new)->name
                                         : NULL };
    if (st == HG_OK)
        st = hg_drift_tell(&sheets, d->tell, d->with, d->err);
    hg_grid_free(was);
    hg_grid_free(is);
    return st;
}

/* Sheets go by their names; a text is one sheet. */
static hg_status compare_all(diff *d)
{
    hg_status st = HG_OK;
    if (!hg_source_is_workbook(d->old) || !hg_source_is_workbook(d->new))
        return compare(d, 0, 0);
    for (size_t i = 0; i < hg_source_sheets(d->old) && st == HG_OK; i++) {
        const char *name = hg_source_sheet(d->old, i)->name;
        size_t to = sheet_named(d->new, name);
        if (to != SIZE_MAX)
            st = compare(d, i, to);
        else
            say_sheet(d, "sheet-removed", "the sheet '%s' is gone", name);
    }
    for (size_t i = 0; i < hg_source_sheets(d->new) && st == HG_OK; i++) {
        const char *name = hg_source_sheet(d->new, i)->name;
        if (sheet_named(d->old, name) == SIZE_MAX)
            say_sheet(d, "sheet-added", "the sheet '%s' is new", name);
    }
    return st;
}

hg_status hg_extract_diff(const char *old, const char *new, const hg_extract_opts *opts,
                          hg_err *err)
{
    const hg_source_opts how = { .tmp = opts->tmp, .text = opts->text };
    diff d = { .tell = opts->tell, .with = opts->with, .err = err };
    hg_status st = hg_source_open(&d.old, old, &how, err);
    if (st == HG_OK)
        st = hg_source_open(&d.new, new, &how, err);
    if (st == HG_OK)
        st = compare_all(&d);
    hg_source_free(d.old);
    hg_source_free(d.new);
    return st;
}
