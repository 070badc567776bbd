/* hg-report - write statistical reports from published packages */
#include "cli.h"
#include "format/source.h"
#include "report/audit.h"
#include "report/sketch.h"
#include "work/report.h"

#include <stdlib.h>
#include <string.h>

enum { SPEC = 256, LAYOUT, CHECK, INIT, BLANK, SET, FROM };

static const cli_option options[] = {
    { 'd', "dataset", "DATASET",
      "folder of the definition to use instead of the package's own" },
    { SPEC, "spec", "FILE", "report.json to use instead of the definition's" },
    { LAYOUT, "layout", "LAYOUT",
      "classic: official forms (the default); accessible: one table a sheet; both" },
    { BLANK, "blank", NULL, "make forms to be filled, of the packages or of -d alone" },
    { SET, "set", "FIELD=VALUE", "with --blank: what the form is for, nam=2026" },
    { INIT, "init", NULL, "print a first report.json for a package, to go on from" },
    { FROM, "spec-from", "FORM", "print a first report.json for a form that is there" },
    { CHECK, "check", "FILE",
      "hold a workbook to the checklist for accessible spreadsheets" },
    { 'o', "output", "FILE", "where to put the workbook (xlsx), or a folder for many; needed" },
    { 0 },
};

static const cli_command command = {
    .name = "hg-report",
    .purpose = "write statistical reports (xlsx) from sealed data packages",
    .synopsis =
        "hg-report [-d DATASET] [--spec FILE] [--layout classic|accessible|both]\n"
        "                 -o FILE.xlsx [FILE...]\n"
        "       hg-report --blank [-d DATASET] [--spec FILE] [--set FIELD=VALUE]...\n"
        "                 -o FILE.xlsx [FILE...]\n"
        "       hg-report --init [-d DATASET] [FILE]\n"
        "       hg-report --spec-from FORM.xlsx\n"
        "       hg-report --check FILE.xlsx",
    .examples = "hg-report -o bieu-01.xlsx public/datasets/dan-so/\n"
                "hg-report -d datasets/dan-so -o bieu-01.xlsx dan-so.zip\n"
                "hg-package -d datasets/dan-so < rows.tar | hg-report -o bieu-01.xlsx\n",
    .options = options,
};

#define SETS 16 /* options --set */

typedef struct wanted {
    const char *dataset, *spec, *check, *from;
    const char *sets[SETS];
    bool init;
} wanted;

/* What --layout asks for: bit 1 << layout. */
static unsigned layouts_of(const char *name)
{
    static const char *const names[] = { "classic", "accessible", "both" };
    static const unsigned bits[] = { 1 << HG_LAYOUT_CLASSIC, 1 << HG_LAYOUT_ACCESSIBLE,
                                     1 << HG_LAYOUT_CLASSIC | 1 << HG_LAYOUT_ACCESSIBLE };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return bits[i];
    cli_usage("'%s' takes one of: %s", "--layout", "classic, accessible, both");
}

static void read_options(wanted *w, hg_report_job *job)
{
    const char *value;
    for (int letter; (letter = cli_next(&value)) != 0;) {
        switch (letter) {
        case 'd': w->dataset = value; break;
        case 'o': job->output = value; break;
        case SPEC: w->spec = value; break;
        case INIT: w->init = true; break;
        case BLANK: job->blank = true; break;
        case SET:
            if (job->n_sets == SETS || !strchr(value, '='))
                cli_usage("--set takes FIELD=VALUE, at most %d times", SETS);
            w->sets[job->n_sets++] = value;
            break;
        case CHECK: w->check = value; break;
        case FROM: w->from = value; break;
        case LAYOUT: job->layouts = layouts_of(value); break;
        }
    }
    job->sets = w->sets;
    if (job->n_sets > 0 && !job->blank)
        cli_usage("--set goes with --blank");
    if (job->blank && job->layouts > 1)
        cli_usage("a form to be filled has the classic layout");
    if (!job->output && !w->check && !w->init && !w->from)
        cli_usage("-o FILE.xlsx is needed");
}

/* Print a rule that is broken: "file!sheet!A1: rule: message". */
static void print_breach(void *with, const hg_breach *breach)
{
    hg_buf *line = with;
    hg_buf_clear(line);
    hg_text_place(line, &breach->loc);
    hg_buf_printf(line, ": %s: ", breach->rule);
    hg_text_args(line, breach->message, cli_lang(), breach->args, breach->args_len);
    hg_buf_putc(line, '\n');
    if (line->status == HG_OK)
        cli_print(line->data, line->len);
}

static int check(const char *name)
{
    hg_err err = HG_ERR_INIT;
    hg_buf line = { 0 };
    size_t n = 0;
    char **operands;
    if (cli_operands(&operands) > 0)
        cli_usage("--check takes one workbook and no other operand");
    if (hg_audit(name, cli_tmp(), print_breach, &line, &n, &err) == HG_OK)
        hg_buf_status(&line, &err);
    hg_buf_release(&line);
    return cli_exit(&err, n);
}

/* Print the first report.json of a package. */
static void init(const wanted *w, const char *name, hg_err *err)
{
    hg_dataset *dataset = NULL;
    hg_package *package = NULL;
    hg_json *spec = NULL;
    hg_buf text = { 0 };
    if ((!w->dataset || hg_dataset_load(&dataset, w->dataset, err) == HG_OK) &&
        hg_package_open(&package, name, cli_tmp(), err) == HG_OK &&
        hg_reports_draft(&spec, package, dataset, err) == HG_OK &&
        hg_json_dump(spec, true, &text, err) == HG_OK)
        cli_print(text.data, text.len);
    hg_buf_release(&text);
    hg_json_free(spec);
    hg_package_free(package);
    hg_dataset_free(dataset);
}

/* Print a first report.json for the first sheet of a form that can be seen. */
static int sketch(const char *name)
{
    hg_err err = HG_ERR_INIT;
    const hg_source_opts opts = { .tmp = cli_tmp() };
    hg_source *source = NULL;
    hg_grid *grid = NULL;
    hg_json *spec = NULL;
    hg_buf text = { 0 };
    size_t i = 0;
    if (hg_source_open(&source, name, &opts, &err) == HG_OK) {
        while (i + 1 < hg_source_sheets(source) &&
               hg_source_sheet(source, i)->visibility != HG_VISIBLE)
            i++;
        hg_loc loc = { .file = name, .sheet = hg_source_sheet(source, i)->name };
        if (hg_source_grid(&grid, source, i, &err) == HG_OK &&
            hg_sketch(&spec, grid, &loc, &err) == HG_OK &&
            hg_json_dump(spec, true, &text, &err) == HG_OK)
            cli_print(text.data, text.len);
    }
    hg_buf_release(&text);
    hg_json_free(spec);
    hg_grid_free(grid);
    hg_source_free(source);
    return cli_exit(&err, 0);
}

/* Open the packages, whose workbooks are then made together. */
static void report(hg_report_job *job, const wanted *w, char **names, int n, hg_err *err)
{
    hg_dataset *dataset = NULL;
    hg_doc *spec = NULL;
    hg_package **packages = calloc((size_t)n + 1, sizeof *packages);
    if (!packages)
        hg_fail_nomem(err);
    if (w->dataset && hg_dataset_load(&dataset, w->dataset, err) == HG_OK)
        job->definition = dataset;
    if (w->spec && hg_doc_load(&spec, w->spec, err) == HG_OK)
        job->spec = spec;
    for (int i = 0; i < n && err->status == HG_OK; i++)
        hg_package_open(&packages[i], names[i], cli_tmp(), err);
    job->packages = (const hg_package *const *)packages;
    job->n = (size_t)n;
    if (err->status == HG_OK)
        hg_report_make(job, err);
    for (int i = 0; packages && i < n; i++)
        hg_package_free(packages[i]);
    free(packages);
    hg_doc_free(spec);
    hg_dataset_free(dataset);
}

int main(int argc, char *argv[])
{
    hg_err err = HG_ERR_INIT;
    wanted w = { 0 };
    hg_report_job job = { 0 };
    char **names;

    cli_start(&command, argc, argv);
    job.tmp = cli_tmp();
    read_options(&w, &job);
    if (w.check)
        return check(w.check);
    if (w.from)
        return sketch(w.from);
    bool alone = job.blank && w.dataset && cli_operands(&names) == 0;
    int n = alone ? 0 : cli_inputs(&names);
    if (w.init && n > 1)
        cli_usage("--init takes one package");
    if (w.init)
        init(&w, names[0], &err);
    else
        report(&job, &w, names, n, &err);
    return cli_exit(&err, 0);
}
