/* hg-extract - take the tables out of the reports and files that people made */
#include "cli.h"
#include "base/file.h"
#include "work/extract.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

enum { LIST = 256, JSON };

static const cli_option options[] = {
    { 'd', "dataset", "DATASET", "read what this folder's recipe.json says" },
    { 'r', "recipe", "RECIPE", "read what this recipe says (JSON)" },
    { 's', "sheet", "SHEET", "read this sheet only" },
    { 'O', "output-format", "stream|csv|jsonl", "what to write; default: stream" },
    { 'o', "output", "FILE", "write to FILE, whole or not at all" },
    { LIST, "list", "SOURCE", "print the sheets found, one a line" },
    { JSON, "json", NULL, "with --list: print all that is known" },
    { 0, NULL, NULL, NULL },
};

static const cli_command command = {
    .name = "hg-extract",
    .purpose = "take the tables out of the reports and files that people made",
    .synopsis = "hg-extract [-d DATASET] [-r RECIPE] [-s SHEET] [-O stream|csv|jsonl]\n"
                "                  [-o FILE] SOURCE...\n"
                "       hg-extract --list SOURCE [--json]",
    .examples =
        "  hg-extract -d datasets/dan-so bao-cao.xlsx | hg-validate | hg-package\n"
        "  hg-extract -O csv -s 'Biểu 01' bao-cao.xlsx > bieu-01.csv\n"
        "  hg-extract --list bao-cao.xlsx",
    .options = options,
};

typedef struct job {
    const char *dataset, *output, *list;
    bool json;
    hg_extract_opts extract;
} job;

static hg_extract_form form_of(const char *name)
{
    static const char *const names[] = { "stream", "csv", "jsonl" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return (hg_extract_form)i;
    cli_usage("'%s' takes one of: %s", "-O", "stream, csv, jsonl");
}

static void read_options(job *j)
{
    const char *value;
    for (int letter; (letter = cli_next(&value)) != 0;) {
        switch (letter) {
        case 'd': j->dataset = value; break;
        case 'r': j->extract.recipe = value; break;
        case 's': j->extract.sheet = value; break;
        case 'o': j->output = value; break;
        case LIST: j->list = value; break;
        case JSON: j->json = true; break;
        case 'O': j->extract.form = form_of(value); break;
        }
    }
}

/* One sheet a line: name, visibility, rows and columns, apart by tabs. */
static void print_lines(const hg_json *list, hg_buf *text)
{
    const hg_json *sheets = hg_json_get(list, "sheets");
    for (size_t i = 0; i < hg_json_len(sheets); i++) {
        const hg_json *sheet = hg_json_at(sheets, i);
        hg_text_safe(text, hg_json_get_str(sheet, "name"),
                     strlen(hg_json_get_str(sheet, "name")));
        hg_buf_printf(text, "\t%s\t%" PRId64 "\t%" PRId64 "\n",
                      hg_json_get_str(sheet, "visibility"),
                      hg_json_int(hg_json_get(sheet, "rows"), 0),
                      hg_json_int(hg_json_get(sheet, "cols"), 0));
    }
}

static void list(const job *j, hg_err *err)
{
    hg_json *found = NULL;
    hg_buf text = { 0 };
    if (hg_extract_list(&found, j->list, cli_tmp(), err) == HG_OK) {
        if (j->json)
            hg_json_dump(found, true, &text, err);
        else
            print_lines(found, &text);
        if (hg_buf_status(&text, err) == HG_OK)
            cli_print(text.data ? text.data : "", text.len);
    }
    hg_buf_release(&text);
    hg_json_free(found);
}

/* What was found changed in a report that hg-report wrote. */
static void tell(const hg_told *told)
{
    const struct {
        const hg_count *count;
        const char *message;
    } all[] = {
        { &told->changed, "figures that are not those published: %lu, first %s!%s" },
        { &told->computed,
          "totals without a value, taken as the sums of their parts: %lu, first %s!%s" },
        { &told->strange,
          "numbers in rows that the report did not have, left out: %lu, first %s!%s" },
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char a1[24];
        const hg_count *c = all[i].count;
        hg_text_a1(a1, c->row, c->col);
        if (c->n > 0)
            cli_say(all[i].message, (unsigned long)c->n, c->sheet, a1);
    }
}

static void extract(job *j, char **names, int n, hg_err *err)
{
    hg_dataset *dataset = NULL;
    hg_newfile *file = NULL;
    int fd = STDOUT_FILENO;
    if (j->dataset && hg_dataset_load(&dataset, j->dataset, err) != HG_OK)
        return;
    hg_told told = { 0 };
    j->extract.told = &told;
    j->extract.dataset = dataset;
    j->extract.tmp = cli_tmp();
    if (j->output && hg_newfile_open(&file, j->output, err) == HG_OK)
        fd = hg_newfile_fd(file);
    if (err->status == HG_OK)
        hg_extract((const char *const *)names, (size_t)n, &j->extract, fd, err);
    if (err->status == HG_OK && file)
        hg_newfile_commit(file, err);
    if (err->status == HG_OK)
        tell(&told);
    hg_newfile_free(file);
    hg_dataset_free(dataset);
}

int main(int argc, char *argv[])
{
    hg_err err = HG_ERR_INIT;
    job j = { 0 };
    char **names;

    cli_start(&command, argc, argv);
    read_options(&j);
    int n = j.list ? cli_operands(&names) : cli_inputs(&names);
    if (j.list ? n > 0 : j.json)
        cli_usage("--list takes one source and no other operand");
    if (j.list) {
        list(&j, &err);
    } else {
        if (!j.output && j.extract.form == HG_EXTRACT_STREAM)
            cli_no_terminal(STDOUT_FILENO, "-O csv shows text");
        extract(&j, names, n, &err);
    }
    return cli_exit(&err, 0);
}
