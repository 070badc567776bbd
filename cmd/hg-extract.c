/* hg-extract - take the tables out of the reports and files that people made */
#include "cli.h"
#include "base/file.h"
#include "recipe/guess.h"
#include "text/number.h"
#include "work/extract.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

enum {
    LIST = 256,
    JSON,
    STRICT,
    MEMBER,
    ENCODING,
    DELIMITER,
    QUOTE,
    ESCAPE,
    SKIP_ROWS,
    HEADER_ROWS,
    SKIP_LAST,
    ONE_TABLE,
    ON_ERROR,
    PREVIEW,
    DIFF,
    GUESS,
    CONFIDENCE,
    EXPLAIN
};
enum { TOLD = 20 }; /* findings told on stderr */

static const cli_option options[] = {
    { 'd', "dataset", "DATASET", "read what this folder's recipe.json says" },
    { 'r', "recipe", "RECIPE", "read what this recipe says (JSON)" },
    { 's', "sheet", "SHEET", "read this sheet only" },
    { 'O', "output-format", "stream|csv|jsonl", "what to write; default: stream" },
    { 't', "table", "NAME", "with -O csv or jsonl: write this table of the recipe" },
    { 'o', "output", "FILE", "write to FILE, whole or not at all" },
    { PREVIEW, "preview", "FILE.html",
      "write no rows but a page: what each cell is taken for" },
    { DIFF, "diff", "OLD", "tell what moved in the layout of the source since OLD" },
    { GUESS, "guess", "SOURCE", "print a recipe for it, with reasons and confidence" },
    { CONFIDENCE, "confidence", "C", "with --guess: below it the status is 2; default: 0.9" },
    { EXPLAIN, "explain", NULL, "with --guess: print its decisions instead, one a line" },
    { LIST, "list", "SOURCE", "print the sheets found, one a line" },
    { JSON, "json", NULL, "with --list: print all that is known" },
    { STRICT, "strict", NULL, "warnings count as findings in the exit status" },
    { MEMBER, "member", "NAME", "of a zip of several files: read this one" },
    { ENCODING, "encoding", "NAME", "of a text: its encoding" },
    { DELIMITER, "delimiter", "BYTE", "of a text: what stands between cells" },
    { QUOTE, "quote", "BYTE", "of a text: what encloses cells" },
    { ESCAPE, "escape", "BYTE", "of a text: what makes a quote data" },
    { SKIP_ROWS, "skip-rows", "N", "of a text: rows above its table" },
    { HEADER_ROWS, "header-rows", "N", "of a text: rows of its header" },
    { SKIP_LAST, "skip-last", "N", "of a text: rows below its table" },
    { ONE_TABLE, "one-table", NULL, "of a text: all of it is one table" },
    { ON_ERROR, "on-error", "fail|report", "malformed text; default: report" },
    { 0, NULL, NULL, NULL },
};

static const cli_command command = {
    .name = "hg-extract",
    .purpose = "take the tables out of the reports and files that people made",
    .synopsis = "hg-extract [-d DATASET] [-r RECIPE] [-s SHEET] [-O stream|csv|jsonl]\n"
                "                  [-t NAME] [-o FILE] [--member NAME] [--strict]\n"
                "                  [TEXT-OPTION...] SOURCE...\n"
                "       hg-extract --preview FILE.html [-d DATASET] [-r RECIPE] [-s "
                "SHEET] SOURCE...\n"
                "       hg-extract --diff OLD SOURCE [TEXT-OPTION...]\n"
                "       hg-extract --guess SOURCE [--confidence C] [--explain] [-s SHEET] [-o FILE]\n"
                "                  [TEXT-OPTION...]\n"
                "       hg-extract --list SOURCE [--json] [TEXT-OPTION...]",
    .examples =
        "  hg-extract -d datasets/dan-so bao-cao.xlsx | hg-validate | hg-package\n"
        "  hg-extract -O csv -s 'Biểu 01' bao-cao.xlsx > bieu-01.csv\n"
        "  hg-extract --list bao-cao.xlsx",
    .options = options,
};

typedef struct job {
    const char *dataset, *output, *list, *diff, *guess;
    unsigned confidence; /* in percent */
    bool json, strict, explain;
    size_t warnings, errors;
    hg_extract_opts extract;
    hg_textfile_opts text;
} job;

static hg_extract_form form_of(const char *name)
{
    static const char *const names[] = { "stream", "csv", "jsonl" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return (hg_extract_form)i;
    cli_usage("'%s' takes one of: %s", "-O", "stream, csv, jsonl");
}

/* A byte that a text is made of. */
static int byte_of(job *j, const char *option, const char *value)
{
    int byte;
    if (!hg_sniff_byte(&byte, &j->text.dialect.skip_space, value))
        cli_usage("'%s' takes one ASCII character, tab, space or none", option);
    return byte;
}

static bool fail_of(const char *value)
{
    if (strcmp(value, "fail") != 0 && strcmp(value, "report") != 0)
        cli_usage("'%s' takes one of: %s", "--on-error", "fail, report");
    return strcmp(value, "fail") == 0;
}

/* "0.9" as percent. */
static unsigned confidence_of(const char *value)
{
    double c;
    if (!hg_number_parse(hg_slice_of(value), &c) || c < 0 || c > 1)
        cli_usage("'%s' takes a number from 0 to 1", "--confidence");
    return (unsigned)(c * 100 + 0.5);
}

static void text_option(job *j, int letter, const char *value)
{
    hg_sniff_opts *dialect = &j->text.dialect;
    hg_tables_opts *tables = &j->text.tables;
    switch (letter) {
    case ENCODING: j->text.encoding = value; break;
    case DELIMITER: dialect->delimiter = byte_of(j, "--delimiter", value); break;
    case QUOTE: dialect->quote = byte_of(j, "--quote", value); break;
    case ESCAPE: dialect->escape = byte_of(j, "--escape", value); break;
    case SKIP_ROWS: tables->skip_rows = cli_number(letter, value, 0, 1000000000); break;
    case HEADER_ROWS: tables->header_rows = (int)cli_number(letter, value, 0, 9); break;
    case SKIP_LAST: tables->skip_last = cli_number(letter, value, 0, 1000); break;
    case ONE_TABLE: tables->single = true; break;
    case ON_ERROR: j->text.strict = fail_of(value); break;
    }
}

static void read_options(job *j)
{
    const char *value;
    for (int letter; (letter = cli_next(&value)) != 0;) {
        switch (letter) {
        case 'd': j->dataset = value; break;
        case 'r': j->extract.recipe = value; break;
        case 's': j->extract.sheet = value; break;
        case 't': j->extract.table = value; break;
        case 'o': j->output = value; break;
        case DIFF: j->diff = value; break;
        case PREVIEW: j->extract.preview = value; break;
        case STRICT: j->strict = true; break;
        case LIST: j->list = value; break;
        case GUESS: j->guess = value; break;
        case CONFIDENCE: j->confidence = confidence_of(value); break;
        case EXPLAIN: j->explain = true; break;
        case JSON: j->json = true; break;
        case 'O': j->extract.form = form_of(value); break;
        case MEMBER: j->extract.member = value; break;
        default: text_option(j, letter, value);
        }
    }
}

/* One byte of a dialect, that people can read. */
static void put_byte(hg_buf *text, const char *byte)
{
    if (*byte == '\0' || *byte == '\t' || *byte == ' ')
        hg_buf_puts(text, *byte == '\0' ? "none" : *byte == '\t' ? "tab" : "space");
    else
        hg_text_safe(text, byte, 1);
}

/* How a text is read, and where in it a table is: as the options say it. */
static void print_how(const hg_json *how, const hg_json *sheet, hg_buf *text)
{
    static const struct {
        const char *option, *key;
    } bytes[] = { { "--delimiter", "delimiter" },
                  { "--quote", "quoteChar" },
                  { "--escape", "escapeChar" } };
    hg_buf_printf(text, "\t--encoding %s", hg_json_get_str(how, "encoding"));
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++) {
        hg_buf_printf(text, " %s ", bytes[i].option);
        put_byte(text, hg_json_get_str(how, bytes[i].key));
    }
    hg_buf_printf(text, " --header-rows %" PRId64 "\t",
                  hg_json_int(hg_json_get(sheet, "headerRows"), 0));
    hg_buf_printf(text, hg_text("line ends %s, from line %lld on", cli_lang()),
                  hg_json_get_str(how, "lineEnd"),
                  (long long)hg_json_int(hg_json_get(sheet, "line"), 0));
}

/* One sheet a line: name, visibility, rows and columns, apart by tabs; of a text also how
 * it is read. */
static void print_lines(const hg_json *list, hg_buf *text)
{
    const hg_json *how = hg_json_get(list, "text");
    const hg_json *sheets = hg_json_get(list, "sheets");
    for (size_t i = 0; i < hg_json_len(sheets); i++) {
        const hg_json *sheet = hg_json_at(sheets, i);
        hg_text_safe(text, hg_json_get_str(sheet, "name"),
                     strlen(hg_json_get_str(sheet, "name")));
        hg_buf_printf(text, "\t%s\t%" PRId64 "\t%" PRId64,
                      hg_json_get_str(sheet, "visibility"),
                      hg_json_int(hg_json_get(sheet, "rows"), 0),
                      hg_json_int(hg_json_get(sheet, "cols"), 0));
        if (how)
            print_how(how, sheet, text);
        hg_buf_putc(text, '\n');
    }
}

/* What a person should know before trusting a workbook; of sheets with its name. */
static void tell_warnings(const hg_json *list)
{
    static const struct {
        const char *code, *message;
    } known[] = {
        { "hidden-sheet", "'%s' is hidden and holds %ld values" },
        { "hidden-cells", "'%s' holds %ld values in hidden rows or columns" },
        { "uncached-formulas", "'%s' holds %ld formulas without a result" },
        { "covered-cells", "'%s' holds %ld values that merged areas cover" },
        { "number-texts", "'%s' holds %ld numbers stored as texts" },
        { "external-links", "'%s' refers to %ld other files" },
        { "declared-dimension", "'%s' says that it has %ld cells, far beyond its values" },
    };
    const hg_json *warnings = hg_json_get(list, "warnings");
    for (size_t i = 0; i < hg_json_len(warnings); i++) {
        const hg_json *warning = hg_json_at(warnings, i);
        const char *code = hg_json_get_str(warning, "code"),
                   *sheet = hg_json_get_str(warning, "sheet");
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            if (strcmp(known[k].code, code) == 0)
                cli_say(known[k].message, sheet ? sheet : hg_json_get_str(list, "name"),
                        (long)hg_json_int(hg_json_get(warning, "count"), 0));
    }
}

static void list(job *j, hg_err *err)
{
    j->extract.tmp = cli_tmp();
    hg_json *found = NULL;
    hg_buf text = { 0 };
    if (hg_extract_list(&found, j->list, &j->extract, err) == HG_OK &&
        hg_json_dump(found, true, &text, err) == HG_OK) { /* so that it is known whole */
        if (!j->json) {
            hg_buf_clear(&text);
            print_lines(found, &text);
        }
        if (hg_buf_status(&text, err) == HG_OK)
            cli_print(text.data ? text.data : "", text.len);
        if (!j->json && err->status == HG_OK)
            tell_warnings(found);
    }
    hg_buf_release(&text);
    hg_json_free(found);
}

/* Write text to stdout, or to the file of -o whole. */
static void put(const job *j, const hg_buf *text, hg_err *err)
{
    hg_newfile *file = NULL;
    if (!j->output) {
        cli_print(text->data, text->len);
        return;
    }
    if (hg_newfile_open(&file, j->output, err) == HG_OK &&
        hg_file_write(hg_newfile_fd(file), j->output, text->data, text->len, err) == HG_OK)
        hg_newfile_commit(file, err);
    hg_newfile_free(file);
}

/* A decision a line, apart by tabs: its confidence, sheet, what it is of, and why. */
static void print_reasons(const hg_json *recipe, hg_buf *text)
{
    const hg_json *reasons = hg_json_get(recipe, "x-why");
    for (size_t i = 0; i < hg_json_len(reasons); i++) {
        const hg_json *reason = hg_json_at(reasons, i);
        const char *sheet = hg_json_get_str(reason, "sheet");
        hg_buf_printf(text, "%.2f\t", hg_json_number(hg_json_get(reason, "confidence"), 0));
        hg_text_safe(text, sheet ? sheet : "", sheet ? strlen(sheet) : 0);
        hg_buf_printf(text, "\t%s\t", hg_json_get_str(reason, "of"));
        hg_text_safe(text, hg_json_get_str(reason, "why"),
                     strlen(hg_json_get_str(reason, "why")));
        hg_buf_putc(text, '\n');
    }
}

static void guess(job *j, hg_err *err)
{
    hg_json *recipe = NULL;
    hg_buf text = { 0 };
    unsigned percent;
    bool report;
    j->extract.tmp = cli_tmp();
    j->extract.lang = cli_lang();
    hg_status st = hg_extract_guess(&recipe, &percent, &report, j->guess, &j->extract, err);
    if (st == HG_OK && j->explain)
        print_reasons(recipe, &text);
    else if (st == HG_OK)
        hg_json_dump(recipe, true, &text, err);
    if (err->status == HG_OK && hg_buf_status(&text, err) == HG_OK)
        put(j, &text, err);
    hg_buf_release(&text);
    hg_json_free(recipe);
    if (err->status != HG_OK)
        return;
    if (report)
        cli_say("%s is a workbook of hg-report: it gives its data back without a recipe",
                j->guess);
    if (percent < j->confidence)
        hg_fail(err, HG_EARG, HG_AT(j->guess),
                "the confidence is %u %%, below the %u %% asked for: review the recipe", percent,
                j->confidence);
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
        { &told->unfilled, "cells of the form that are not filled in: %lu, first %s!%s" },
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

/* One line on stderr for each of the first findings; what was converted is no fault. */
static void warn(void *with, const hg_finding *f)
{
    job *j = with;
    hg_buf line = { 0 };
    const hg_loc loc = { f->file, f->sheet, f->field, f->row, f->col };
    bool error = f->severity == HG_ERROR, fault = strcmp(f->code, "converted") != 0;
    if (fault)
        *(error ? &j->errors : &j->warnings) += 1;
    if (fault && j->warnings + j->errors > TOLD)
        return;
    hg_text_place(&line, &loc);
    hg_buf_printf(&line, ": %s%s",
                  fault ? hg_text(error ? "error" : "warning", cli_lang()) : "",
                  fault ? ": " : "");
    hg_text_args(&line, f->message, cli_lang(), f->args, f->args_len);
    cli_say("%s", line.data ? line.data : "");
    hg_buf_release(&line);
}

static void extract(job *j, char **names, int n, hg_err *err)
{
    hg_dataset *dataset = NULL;
    hg_newfile *file = NULL;
    int fd = STDOUT_FILENO;
    if (j->extract.preview)
        j->output = "/dev/null";
    if (j->dataset && hg_dataset_load(&dataset, j->dataset, err) != HG_OK)
        return;
    hg_told told = { 0 };
    j->extract.told = &told;
    j->extract.tell = warn;
    j->extract.with = j;
    j->extract.dataset = dataset;
    j->extract.tmp = cli_tmp();
    j->extract.lang = cli_lang();
    if (j->output && hg_newfile_open(&file, j->output, err) == HG_OK)
        fd = hg_newfile_fd(file);
    if (err->status == HG_OK)
        hg_extract((const char *const *)names, (size_t)n, &j->extract, fd, err);
    if (err->status == HG_OK && file)
        hg_newfile_commit(file, err);
    if (err->status == HG_OK)
        tell(&told);
    if (j->warnings + j->errors > TOLD)
        cli_say("and %zu more findings", j->warnings + j->errors - TOLD);
    hg_newfile_free(file);
    hg_dataset_free(dataset);
}

/* One line on stdout for each thing that moved. */
static void moved(void *with, const hg_finding *f)
{
    job *j = with;
    hg_buf line = { 0 };
    const hg_loc loc = { f->file, f->sheet, f->field, f->row, f->col };
    j->errors++;
    hg_text_place(&line, &loc);
    hg_buf_puts(&line, ": ");
    hg_text_args(&line, f->message, cli_lang(), f->args, f->args_len);
    hg_buf_putc(&line, '\n');
    cli_print(line.data ? line.data : "", line.len);
    hg_buf_release(&line);
}

static void diff(job *j, const char *source, hg_err *err)
{
    j->extract.tmp = cli_tmp();
    j->extract.tell = moved;
    j->extract.with = j;
    hg_extract_diff(j->diff, source, &j->extract, err);
}

int main(int argc, char *argv[])
{
    hg_err err = HG_ERR_INIT;
    job j = { .text = HG_TEXTFILE_DEFAULTS, .confidence = HG_GUESS_SURE };
    char **names;

    j.extract.text = &j.text;
    cli_start(&command, argc, argv);
    read_options(&j);
    int n = j.list || j.guess ? cli_operands(&names) : cli_inputs(&names);
    if (j.list ? n > 0 : j.json)
        cli_usage("--list takes one source and no other operand");
    if (j.explain && !j.guess)
        cli_usage("--explain goes with --guess");
    if (j.guess && (n > 0 || j.list))
        cli_usage("--guess takes one source and no other operand");
    if (j.extract.preview && !j.dataset && !j.extract.recipe)
        cli_usage("--preview shows what a recipe does; name one with -d or -r");
    if (j.diff && n != 1)
        cli_usage("--diff takes one source");
    if (j.guess) {
        guess(&j, &err);
    } else if (j.list) {
        list(&j, &err);
    } else if (j.diff) {
        diff(&j, names[0], &err);
    } else {
        if (!j.output && !j.extract.preview && j.extract.form == HG_EXTRACT_STREAM)
            cli_no_terminal(STDOUT_FILENO, "-O csv shows text");
        extract(&j, names, n, &err);
    }
    return cli_exit(&err, j.errors + (j.strict ? j.warnings : 0));
}
