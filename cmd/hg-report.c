/* hg-report - write statistical reports from published packages */
#include "cli.h"
#include "base/file.h"
#include "work/report.h"

#include <string.h>

enum { SPEC = 256, LAYOUT };

static const cli_option options[] = {
    { 'd', "dataset", "DATASET",
      "folder of the definition to use instead of the package's own" },
    { SPEC, "spec", "FILE", "report.json to use instead of the definition's" },
    { LAYOUT, "layout", "LAYOUT",
      "classic: official forms (the default); accessible: one table a sheet" },
    { 'o', "output", "FILE", "where to put the workbook (xlsx); needed" },
    { 0 },
};

static const cli_command command = {
    .name = "hg-report",
    .purpose = "write statistical reports (xlsx) from sealed data packages",
    .synopsis =
        "hg-report [-d DATASET] [--spec FILE] [--layout classic|accessible]\n"
        "                 -o FILE.xlsx [FILE...]",
    .examples = "hg-report -o bieu-01.xlsx public/datasets/dan-so/\n"
                "hg-report -d datasets/dan-so -o bieu-01.xlsx dan-so.zip\n"
                "hg-package -d datasets/dan-so < rows.tar | hg-report -o bieu-01.xlsx\n",
    .options = options,
};

typedef struct wanted {
    const char *dataset, *spec, *output;
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
        case LAYOUT:
            w->layout = layout_of(value);
            break;
        }
    }
    if (!w->output)
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
    int n = cli_inputs(&names);
    if ((w.dataset && hg_dataset_load(&dataset, w.dataset, &err) != HG_OK) ||
        (w.spec && hg_doc_load(&spec, w.spec, &err) != HG_OK) ||
        hg_reports_new(&report, w.layout, cli_tmp(), &err) != HG_OK ||
        add_packages(report, names, n, dataset, spec, &err) != HG_OK)
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
