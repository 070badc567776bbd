/* hg-validate - pass rows on, and name every one that breaks its dataset's rules */
#include "cli.h"
#include "validate.h"
#include "stream/state.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { REPORT = 256, REPORT_FORMAT, STRICT, MAX_MEMORY, MAX_FINDINGS, CHECKS, JSON_SCHEMA, REMOTES,
       PARTIAL, PART, MERGE, SPLIT, CSVW, METADATA, LINK, BASE };
enum { MOST_MIB = 1 << 20, MOST_FINDINGS = 1000000 };

#define FORMATS "text|json|junit|sarif|xlsx|html"

static const cli_option options[] = {
    { 'd', "dataset", "DATASET", "check against the definition in this folder" },
    { 'S', "schema", "SCHEMA", "check against this Table Schema (JSON)" },
    { 'O', "output-format", "stream|csv", "what to write; default: stream" },
    { 'o', "output", "FILE", "write to FILE, whole or not at all" },
    { 'q', "quiet", NULL, "write no rows; the report goes to stdout" },
    { REPORT, "report", "FILE", "write the report to FILE" },
    { REPORT_FORMAT, "report-format", FORMATS, "form of the report; default: text" },
    { CHECKS, "checks", "CHECKS", "do these checks too (JSON; see CHECKS in the manual)" },
    { JSON_SCHEMA, "json-schema", "SCHEMA", "check any JSON document against this JSON Schema" },
    { REMOTES, "remotes", "FOLDER", "stands for http://localhost:1234/ in the JSON Schema" },
    { SPLIT, "split", "FILE", "write rows with an error, and why, to FILE instead" },
    { PARTIAL, "partial", "STATE", "write what is known of a part of the table, no verdict" },
    { PART, "part", "N/M", "which part of the table it is, of how many" },
    { MERGE, "merge", NULL, "the files are states of parts: give the verdict on the whole" },
    { STRICT, "strict", NULL, "warnings count as findings in the exit status" },
    { MAX_MEMORY, "max-memory", "MIB", "memory for keys, sums and checks, then disk; default: 1024" },
    { MAX_FINDINGS, "max-findings", "N", "of one kind told one by one; default: 1000" },
    { CSVW, "csvw", "FILE", "check a CSV or its metadata as CSV on the Web" },
    { METADATA, "metadata", "FILE", "with --csvw: metadata in place of those found" },
    { LINK, "link", "HEADER", "with --csvw: the Link header that the CSV came with" },
    { BASE, "base", "IRI", "with --csvw: address of the working directory" },
    { 0, NULL, NULL, NULL },
};

static const cli_command command = {
    .name = "hg-validate",
    .purpose = "pass rows on, and name every one that breaks its dataset's rules",
    .synopsis =
        "hg-validate [-d DATASET | -S SCHEMA] [-O stream|csv] [-o FILE] [-q] [--split FILE]\n"
        "                   [--checks CHECKS] [--max-memory MIB] [REPORT-OPTION...] [FILE]\n"
        "       hg-validate --csvw FILE [--metadata FILE] [--link HEADER] [--base IRI]\n"
        "                   [REPORT-OPTION...]\n"
        "       hg-validate --json-schema SCHEMA [--remotes FOLDER] [REPORT-OPTION...] [FILE]\n"
        "       hg-validate --partial STATE [--part N/M] [-d DATASET | -S SCHEMA]\n"
        "                   [--checks CHECKS] [FILE]\n"
        "       hg-validate --merge [--partial STATE] [--max-memory MIB] [REPORT-OPTION...] STATE...",
    .examples =
        "  hg-extract -d datasets/dan-so bao-cao.xlsx | hg-validate | hg-package\n"
        "  hg-validate -q -d datasets/dan-so dan-so.csv\n"
        "  hg-validate -q -S schema.json --report-format json table.csv > report.json\n"
        "  hg-validate -q public/datasets/dan-so/\n"
        "  hg-validate -q --csvw public/datasets/dan-so/data/dan-so.csv\n"
        "  hg-validate --json-schema metadata-schemas/dataset.schema.json dataset.json",
    .options = options,
};

static bool choice(const char *value, const char *first, const char *second,
                   const char *option)
{
    if (strcmp(value, first) != 0 && strcmp(value, second) != 0)
        cli_usage("%s takes %s or %s, not '%s'", option, first, second, value);
    return strcmp(value, second) == 0;
}

static void take_part(validate_opts *o, const char *value)
{
    unsigned long part, of;
    char after;
    if (sscanf(value, "%6lu/%6lu%c", &part, &of, &after) != 2 || part < 1 || part > of ||
        of > HG_STATE_PARTS)
        cli_usage("--part takes N/M, the part's number and how many there are, not '%s'",
                  value);
    o->part = part;
    o->of = of;
}

/* The form of the report: lines as they come, or one made of all at the end. */
static void take_form(validate_opts *o, const char *value)
{
    o->form = hg_verdict_form_of(value);
    o->json = strcmp(value, "json") == 0;
    if (!o->form && !o->json && strcmp(value, "text") != 0)
        cli_usage("--report-format takes %s, not '%s'", FORMATS, value);
}

static void take_option(validate_opts *o, int letter, const char *value)
{
    switch (letter) {
    case 'd': o->dataset = value; break;
    case 'S': o->schema = value; break;
    case 'O': o->csv = choice(value, "stream", "csv", "-O"); break;
    case 'o': o->output = value; break;
    case 'q': o->quiet = true; break;
    case REPORT: o->report_file = value; break;
    case REPORT_FORMAT: take_form(o, value); break;
    case CHECKS: o->checks = value; break;
    case JSON_SCHEMA: o->json_schema = value; break;
    case REMOTES: o->remotes = value; break;
    case SPLIT: o->split_file = value; break;
    case PARTIAL: o->partial = value; break;
    case PART: take_part(o, value); break;
    case MERGE: o->merge = true; break;
    case STRICT: o->strict = true; break;
    case CSVW: o->csvw = value; break;
    case METADATA: o->metadata = value; break;
    case LINK: o->link = value; break;
    case BASE: o->base = value; break;
    case MAX_MEMORY:
        o->max_memory = (size_t)cli_number(letter, value, 1, MOST_MIB) << 20;
        break;
    case MAX_FINDINGS:
        o->max_same = (uint64_t)cli_number(letter, value, 1, MOST_FINDINGS);
        break;
    }
}

/* A JSON document has neither rows nor a definition. */
static void check_options(validate_opts *o)
{
    bool rows = o->dataset || o->schema || o->output || o->csv || o->checks || o->split_file;
    if (o->dataset && o->schema)
        cli_usage("-d and -S exclude each other");
    if (o->quiet && o->output)
        cli_usage("-q writes no rows, so there is nothing for -o");
    if (o->remotes && !o->json_schema)
        cli_usage("--remotes goes with --json-schema");
    if (o->json_schema && rows)
        cli_usage("--json-schema is for a JSON document; leave -d, -S, -O, -o and --checks out");
    if (o->csvw && (rows || o->json_schema))
        cli_usage("--csvw is for files as they lie; leave -d, -S, -O, -o, --checks and "
                  "--json-schema out");
    if (!o->csvw && (o->metadata || o->link || o->base))
        cli_usage("--metadata, --link and --base go with --csvw");
    if (o->merge && (rows || o->json_schema || o->of > 0))
        cli_usage("--merge takes states alone, which have a schema and checks already");
    if (o->partial && (o->split_file || o->output || o->csv || o->report_file || o->json || o->form))
        cli_usage("--partial writes neither rows nor a report");
    if (o->of > 0 && !o->partial)
        cli_usage("--part goes with --partial");
    o->quiet = o->quiet || o->json_schema || o->partial || o->merge;
    if (o->form && o->form->binary && o->quiet && !o->report_file)
        cli_no_terminal(STDOUT_FILENO, "give --report FILE");
}

static void read_options(validate_opts *o, int argc, char **argv)
{
    const char *value;
    char **operands;
    cli_start(&command, argc, argv);
    for (int letter; (letter = cli_next(&value)) != 0;)
        take_option(o, letter, value);
    int n = o->csvw ? cli_operands(&operands) + 1 : cli_inputs(&operands);
    if (n > 1 && !o->merge)
        cli_usage("one file at most");
    o->file = o->csvw ? o->csvw : operands[0];
    o->states = (const char *const *)operands;
    o->n_states = (size_t)n;
    check_options(o);
}

int main(int argc, char *argv[])
{
    hg_err err = HG_ERR_INIT;
    hg_check_sum sum = { 0 };
    validate_opts opts = { 0 };

    read_options(&opts, argc, argv);
    validate(&opts, &sum, &err);
    return cli_exit(&err, sum.errors + (opts.strict ? sum.warnings : 0));
}
