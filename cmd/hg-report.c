/* hg-report - write statistical reports from published packages */
#include "cli.h"
#include "base/file.h"
#include "report/audit.h"
#include "work/report.h"

#include <string.h>

enum { SPEC = 256, LAYOUT, CHECK, INIT, BLANK, SET };

static const cli_option options[] = {
    { 'd', "dataset", "DATASET",
      "folder of the definition to use instead of the package's own" },
    { SPEC, "spec", "FILE", "report.json to use instead of the definition's" },
    { LAYOUT, "layout", "LAYOUT",
      "classic: official forms (the default); accessible: one table a sheet" },
    { BLANK, "blank", NULL, "make forms to be filled, of the packages or of -d alone" },
    { SET, "set", "FIELD=VALUE", "with --blank: what the form is for, nam=2026" },
    { INIT, "init", NULL, "print a first report.json for a package, to go on from" },
    { CHECK, "check", "FILE",
      "hold a workbook to the checklist for accessible spreadsheets" },
    { 'o', "output", "FILE", "where to put the workbook (xlsx); needed" },
    { 0 },
};

static const cli_command command = {
    .name = "hg-report",
    .purpose = "write statistical reports (xlsx) from sealed data packages",
    .synopsis =
        "hg-report [-d DATASET] [--spec FILE] [--layout classic|accessible]\n"
        "                 -o FILE.xlsx [FILE...]\n"
        "       hg-report --blank [-d DATASET] [--spec FILE] [--set FIELD=VALUE]...\n"
        "                 -o FILE.xlsx [FILE...]\n"
        "       hg-report --init [-d DATASET] [FILE]\n"
        "       hg-report --check FILE.xlsx",
    .examples = "hg-report -o bieu-01.xlsx public/datasets/dan-so/\n"
                "hg-report -d datasets/dan-so -o bieu-01.xlsx dan-so.zip\n"
                "hg-package -d datasets/dan-so < rows.tar | hg-report -o bieu-01.xlsx\n",
    .options = options,
};

#define SETS 16 /* options --set */

typedef struct wanted {
    const char *dataset, *spec, *output, *check;
    bool init, blank;
    const char *sets[SETS];
    size_t n_sets;
    hg_layout_kind layout;
} wanted;

static hg_layout_kind layout_of(const char *name)
{
    if (strcmp(name, "classic") == 0)
        return HG_LAYOUT_CLASSIC;
    if (strcmp(name, "accessible") == 0)
        return HG_LAYOUT_ACCESSIBLE;
    cli_usage("'%s' takes one of: %s", "--layout", "classic, accessible");
}

static void read_options(wanted *w)
{
    const char *value;
    for (int letter; (letter = cli_next(&value)) != 0;) {
        switch (letter) {
        case 'd': w->dataset = value; break;
        case 'o': w->output = value; break;
        case SPEC: w->spec = value; break;
        case INIT: w->init = true; break;
        case BLANK: w->blank = true; break;
        case SET:
            if (w->n_sets == SETS || !strchr(value, '='))
                cli_usage("--set takes FIELD=VALUE, at most %d times", SETS);
            w->sets[w->n_sets++] = value;
            break;
        case CHECK: w->check = value; break;
        case LAYOUT:
            w->layout = layout_of(value);
            break;
        }
    }
    if (w->n_sets > 0 && !w->blank)
        cli_usage("--set goes with --blank");
    if (w->blank && w->layout != HG_LAYOUT_CLASSIC)
        cli_usage("a form to be filled has the classic layout");
    if (!w->output && !w->check && !w->init)
        cli_usage("-o FILE.xlsx is needed");
}

/* Add one package after the other. */
static hg_status add_packages(hg_reports *report, char **names, int n,
                              const hg_dataset *dataset, const hg_doc *spec, hg_err *err)
{
    for (int i = 0; i < n && err->status == HG_OK; i++) {
        hg_package *package = NULL;
        if (hg_package_open(&package, names[i], cli_tmp(), err) == HG_OK)
            hg_reports_add(report, package, dataset, spec, err);
        hg_package_free(package);
    }
    return err->status;
}

/* The packages; or forms, of -d alone where no package is named. */
static hg_status add_all(hg_reports *report, const wanted *w, char **names, int n,
                         const hg_dataset *dataset, const hg_doc *spec, hg_err *err)
{
    if (w->blank)
        hg_reports_blank(report, w->sets, w->n_sets);
    if (n == 0)
        return hg_reports_add(report, NULL, dataset, spec, err);
    return add_packages(report, names, n, dataset, spec, err);
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

int main(int argc, char *argv[])
{
    hg_err err = HG_ERR_INIT;
    wanted w = { 0 };
    hg_dataset *dataset = NULL;
    hg_doc *spec = NULL;
    hg_reports *report = NULL;
    hg_newfile *file = NULL;
    char **names;

    cli_start(&command, argc, argv);
    read_options(&w);
    if (w.check)
        return check(w.check);
    bool alone = w.blank && w.dataset && cli_operands(&names) == 0;
    int n = alone ? 0 : cli_inputs(&names);
    if (w.init) {
        if (n > 1)
            cli_usage("--init takes one package");
        init(&w, names[0], &err);
        return cli_exit(&err, 0);
    }
    if ((w.dataset && hg_dataset_load(&dataset, w.dataset, &err) != HG_OK) ||
        (w.spec && hg_doc_load(&spec, w.spec, &err) != HG_OK) ||
        hg_reports_new(&report, w.layout, cli_tmp(), &err) != HG_OK ||
        add_all(report, &w, names, n, dataset, spec, &err) != HG_OK)
        goto out;
    if (hg_newfile_open(&file, w.output, &err) == HG_OK &&
        hg_reports_write(report, hg_newfile_fd(file), w.output, &err) == HG_OK)
        hg_newfile_commit(file, &err);
out:
    hg_newfile_free(file); /* without the commit it leaves no trace */
    hg_reports_free(report);
    hg_doc_free(spec);
    hg_dataset_free(dataset);
    return cli_exit(&err, 0);
}
