/* verdict - what came out of a check as a file, in the form that its reader knows */
#include "verdict/verdict.h"
#include "base/file.h"
#include "verdict/junit.h"
#include "verdict/page.h"
#include "verdict/sarif.h"
#include "verdict/workbook.h"

#include <string.h>

typedef hg_status put(hg_buf *buf, const hg_json *report, const hg_verdict_opts *opts,
                      hg_err *err);

static hg_status write_text(put *form, int fd, const char *name, const hg_json *report,
                            const hg_verdict_opts *opts, hg_err *err)
{
    hg_buf text = { 0 };
    hg_status st = form(&text, report, opts, err);
    if (st == HG_OK)
        st = hg_file_write(fd, name, text.data, text.len, err);
    hg_buf_release(&text);
    return st;
}

static hg_status write_junit(int fd, const char *name, const hg_json *report,
                             const hg_verdict_opts *opts, hg_err *err)
{
    return write_text(hg_verdict_junit, fd, name, report, opts, err);
}

static hg_status write_sarif(int fd, const char *name, const hg_json *report,
                             const hg_verdict_opts *opts, hg_err *err)
{
    return write_text(hg_verdict_sarif, fd, name, report, opts, err);
}

static hg_status write_page(int fd, const char *name, const hg_json *report,
                            const hg_verdict_opts *opts, hg_err *err)
{
    return write_text(hg_verdict_page, fd, name, report, opts, err);
}

static const hg_verdict_form forms[] = {
    { "junit", false, write_junit },
    { "sarif", false, write_sarif },
    { "html", false, write_page },
    { "xlsx", true, hg_verdict_workbook },
};

const hg_verdict_form *hg_verdict_form_of(const char *name)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(forms[i].name, name) == 0)
            return &forms[i];
    return NULL;
}
