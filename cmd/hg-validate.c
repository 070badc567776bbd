/* hg-validate - pass rows on, and name every one that breaks its dataset's rules */
#include "cli.h"
#include "base/file.h"
#include "dataset/dataset.h"
#include "dataset/descriptor.h"
#include "stream/stream.h"
#include "verdict/verdict.h"
#include "work/check.h"
#include "work/csvw.h"
#include "work/document.h"
#include "work/inspect.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { REPORT = 256, REPORT_FORMAT, STRICT, MAX_MEMORY, MAX_FINDINGS, CHECKS, JSON_SCHEMA, REMOTES,
       PARTIAL, PART, MERGE, SPLIT, CSVW, METADATA, LINK, BASE };
enum { TOLD = 20 }; /* findings told on stderr */
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
    { MAX_MEMORY, "max-memory", "MIB", "memory for keys and sums, then disk; default: 1024" },
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

/* What the options say, and what is open. */
typedef struct job {
    const char *dataset, *schema, *output, *report_file, *checks, *file;
    const char *csvw, *metadata, *link, *base;
    const char *json_schema, *remotes, *partial, *split_file;
    const char *const *states;
    size_t n_states;
    bool csv, quiet, json, strict, merge;
    const hg_verdict_form *form; /* of the report, where it is neither text nor JSON */
    hg_check_opts check;
    hg_dataset *definition;
    hg_doc *schema_doc, *checks_doc;
    hg_json *head; /* of what is written, and checked against */
    hg_in *in;
    hg_descriptor *descriptor; /* in place of in */
    hg_check_part part;
    hg_check_split split;
    hg_newfile *split_out;
    hg_newfile *file_out; /* of the rows, or of the state */
    hg_out *out;
    hg_check_sum sum;
    hg_buf lines; /* the report as text */
    size_t told;
} job;

static bool choice(const char *value, const char *first, const char *second,
                   const char *option)
{
    if (strcmp(value, first) != 0 && strcmp(value, second) != 0)
        cli_usage("%s takes %s or %s, not '%s'", option, first, second, value);
    return strcmp(value, second) == 0;
}

static void take_part(job *j, const char *value)
{
    unsigned long part, of;
    char after;
    if (sscanf(value, "%6lu/%6lu%c", &part, &of, &after) != 2 || part < 1 || part > of ||
        of > HG_STATE_PARTS)
        cli_usage("--part takes N/M, the part's number and how many there are, not '%s'",
                  value);
    j->part.part = part;
    j->part.of = of;
}

/* The form of the report: lines as they come, or one made of all at the end. */
static void take_form(job *j, const char *value)
{
    j->form = hg_verdict_form_of(value);
    j->json = strcmp(value, "json") == 0;
    if (!j->form && !j->json && strcmp(value, "text") != 0)
        cli_usage("--report-format takes %s, not '%s'", FORMATS, value);
}

static void take_option(job *j, int letter, const char *value)
{
    switch (letter) {
    case 'd': j->dataset = value; break;
    case 'S': j->schema = value; break;
    case 'O': j->csv = choice(value, "stream", "csv", "-O"); break;
    case 'o': j->output = value; break;
    case 'q': j->quiet = true; break;
    case REPORT: j->report_file = value; break;
    case REPORT_FORMAT: take_form(j, value); break;
    case CHECKS: j->checks = value; break;
    case JSON_SCHEMA: j->json_schema = value; break;
    case REMOTES: j->remotes = value; break;
    case SPLIT: j->split_file = value; break;
    case PARTIAL: j->partial = value; break;
    case PART: take_part(j, value); break;
    case MERGE: j->merge = true; break;
    case STRICT: j->strict = true; break;
    case CSVW: j->csvw = value; break;
    case METADATA: j->metadata = value; break;
    case LINK: j->link = value; break;
    case BASE: j->base = value; break;
    case MAX_MEMORY:
        j->check.max_memory = (size_t)cli_number(letter, value, 1, MOST_MIB) << 20;
        break;
    case MAX_FINDINGS:
        j->check.max_same = (uint64_t)cli_number(letter, value, 1, MOST_FINDINGS);
        break;
    }
}

/* A JSON document has neither rows nor a definition. */
static void check_options(job *j)
{
    bool rows = j->dataset || j->schema || j->output || j->csv || j->checks || j->split_file;
    if (j->dataset && j->schema)
        cli_usage("-d and -S exclude each other");
    if (j->quiet && j->output)
        cli_usage("-q writes no rows, so there is nothing for -o");
    if (j->remotes && !j->json_schema)
        cli_usage("--remotes goes with --json-schema");
    if (j->json_schema && rows)
        cli_usage("--json-schema is for a JSON document; leave -d, -S, -O, -o and --checks out");
    if (j->csvw && (rows || j->json_schema))
        cli_usage("--csvw is for files as they lie; leave -d, -S, -O, -o, --checks and "
                  "--json-schema out");
    if (!j->csvw && (j->metadata || j->link || j->base))
        cli_usage("--metadata, --link and --base go with --csvw");
    if (j->merge && (rows || j->json_schema || j->part.of > 0))
        cli_usage("--merge takes states alone, which have a schema and checks already");
    if (j->partial && (j->split_file || j->output || j->csv || j->report_file || j->json || j->form))
        cli_usage("--partial writes neither rows nor a report");
    if (j->part.of > 0 && !j->partial)
        cli_usage("--part goes with --partial");
    j->quiet = j->quiet || j->json_schema || j->partial || j->merge;
    if (j->form && j->form->binary && j->quiet && !j->report_file)
        cli_no_terminal(STDOUT_FILENO, "give --report FILE");
}

static void read_options(job *j, int argc, char **argv)
{
    const char *value;
    char **operands;
    cli_start(&command, argc, argv);
    for (int letter; (letter = cli_next(&value)) != 0;)
        take_option(j, letter, value);
    int n = j->csvw ? cli_operands(&operands) + 1 : cli_inputs(&operands);
    if (n > 1 && !j->merge)
        cli_usage("one file at most");
    j->file = j->csvw ? j->csvw : operands[0];
    j->states = (const char *const *)operands;
    j->n_states = (size_t)n;
    check_options(j);
}

/* The input's head with the schema of -S in place of its own. */
static hg_status take_schema(job *j, hg_err *err)
{
    hg_json *resources = hg_json_get(j->head, "resources");
    if (hg_json_len(resources) != 1)
        return hg_fail(err, HG_EARG, NULL, "-S is for one table, the input has %zu",
                       hg_json_len(resources));
    hg_json_set(hg_json_at(resources, 0), "schema",
                hg_json_keep(hg_doc_root(j->schema_doc)));
    j->check.doc = j->schema_doc;
    return HG_OK;
}

/* The input's head with the definition of -d in place of its own. */
static void take_definition(job *j)
{
    static const char *const members[] = { "id", "definition", "resources" };
    hg_json *given = hg_dataset_head(j->definition);
    for (size_t i = 0; i < 3; i++)
        hg_json_set(j->head, members[i], hg_json_keep(hg_json_get(given, members[i])));
    hg_json_free(given);
    j->check.doc = hg_dataset_doc(j->definition, "schema.json");
}

/* An array of checks, or an object with one, as frictionless's checklists are. */
static hg_status load_checks(job *j, hg_err *err)
{
    if (!j->checks)
        return HG_OK;
    hg_status st = hg_doc_load(&j->checks_doc, j->checks, err);
    const hg_json *root = hg_doc_root(j->checks_doc);
    j->check.checks = hg_json_is_array(root) ? root : hg_json_get(root, "checks");
    if (st == HG_OK && !hg_json_is_array(j->check.checks))
        return hg_doc_fail(err, j->checks_doc, root, NULL, "an array is needed here");
    return st;
}

/* A descriptor has its own schemas, and what it describes stays where it is. */
static hg_status open_descriptor(job *j, hg_err *err)
{
    if (j->partial)
        cli_usage("a part is of one table, not of a descriptor");
    if (j->split_file)
        cli_usage("a descriptor's tables are not passed on, so no rows are split off");
    if (j->dataset || j->schema)
        cli_usage("a descriptor has schemas of its own; leave -d and -S out");
    if (!j->quiet)
        cli_usage("a descriptor's tables are not passed on; give -q");
    return hg_descriptor_open(&j->descriptor, j->file, cli_tmp(), err);
}

static hg_status open_input(job *j, hg_err *err)
{
    hg_status st = HG_OK;
    if (j->json_schema || j->csvw)
        return HG_OK; /* they are read as a whole */
    hg_in_opts opts = { .stage = HG_EXTRACTED, .plain = true, .undigested = j->quiet };
    if (j->merge)
        return HG_OK;
    if (hg_descriptor_likely(j->file))
        return open_descriptor(j, err);
    if (j->dataset)
        st = hg_dataset_load(&j->definition, j->dataset, err);
    else if (j->schema)
        st = hg_doc_load(&j->schema_doc, j->schema, err);
    if (st == HG_OK)
        st = hg_in_open(&j->in, j->file, &opts, err);
    if (st != HG_OK)
        return st;
    j->head = hg_json_copy(hg_in_head(j->in));
    j->check.head = j->head;
    j->check.structure = !j->dataset && !j->schema && hg_in_plain(j->in);
    if (j->dataset)
        take_definition(j);
    return j->schema ? take_schema(j, err) : HG_OK;
}

static hg_status open_output(job *j, hg_err *err)
{
    int fd = STDOUT_FILENO;
    if (j->quiet || j->csvw)
        return HG_OK;
    if (j->output) {
        hg_status st = hg_newfile_open(&j->file_out, j->output, err);
        if (st != HG_OK)
            return st;
        fd = hg_newfile_fd(j->file_out);
    } else if (!j->csv) {
        cli_no_terminal(fd, "use -q for a report, -O csv for rows, or -o FILE");
    }
    return j->csv ? hg_out_csv(&j->out, fd, err)
                  : hg_out_new(&j->out, fd, HG_CHECKED, j->head, err);
}

/* A finding as a line: of the report, or on stderr as long as there are few. */
static hg_status tell(void *user, const hg_finding *finding, hg_err *err)
{
    job *j = user;
    bool wanted = (j->quiet || j->report_file) && !j->check.report;
    if (wanted)
        hg_validation_line(&j->lines, finding, cli_lang());
    if (!j->quiet && j->told++ < TOLD) {
        hg_buf line = { 0 };
        hg_validation_line(&line, finding, cli_lang());
        fputs(line.data ? line.data : "", stderr);
        hg_buf_release(&line);
    }
    return wanted ? hg_buf_status(&j->lines, err) : HG_OK;
}

static void tell_rest(const job *j)
{
    if (j->told > TOLD)
        cli_say("and %zu more findings", j->told - TOLD);
}

static hg_status inspect(job *j, hg_err *err)
{
    hg_inspect_opts opts = { .tmp = j->check.tmp,
                             .seed = j->check.seed,
                             .checks = j->check.checks,
                             .max_memory = j->check.max_memory,
                             .max_same = j->check.max_same,
                             .found = tell,
                             .user = j,
                             .report = j->check.report };
    return hg_inspect(j->descriptor, &opts, &j->sum, err);
}

static hg_status check_csvw(job *j, hg_err *err)
{
    hg_csvw_opts opts = { .metadata = j->metadata,
                          .link = j->link,
                          .base = j->base,
                          .folder = ".",
                          .tmp = j->check.tmp,
                          .seed = j->check.seed,
                          .max_memory = j->check.max_memory,
                          .max_same = j->check.max_same,
                          .found = tell,
                          .user = j,
                          .report = j->check.report };
    if (hg_csvw_check(j->csvw, &opts, &j->sum, err) == HG_OK)
        tell_rest(j);
    return err->status;
}

static hg_status judge(job *j, hg_err *err)
{
    hg_document_opts opts = { .schema = j->json_schema,
                              .remotes = j->remotes,
                              .max_same = j->check.max_same,
                              .found = tell,
                              .user = j,
                              .report = j->check.report };
    return hg_document_check(j->file, &opts, &j->sum, err);
}

static hg_status open_split(job *j, hg_err *err)
{
    if (!j->split_file)
        return HG_OK;
    hg_status st = hg_newfile_open(&j->split_out, j->split_file, err);
    if (st != HG_OK)
        return st;
    j->split = (hg_check_split){ hg_newfile_fd(j->split_out), j->split_file, cli_lang() };
    j->check.split = &j->split;
    return HG_OK;
}

/* Where a part's state goes; a state is no report, and no verdict. */
static hg_status open_state(job *j, hg_err *err)
{
    if (!j->partial)
        return HG_OK;
    hg_status st = hg_newfile_open(&j->file_out, j->partial, err);
    if (st == HG_OK)
        st = hg_state_new(&j->part.state, hg_newfile_fd(j->file_out), j->partial, err);
    j->check.part = &j->part;
    return st;
}

static hg_status run_parts(job *j, hg_err *err)
{
    hg_status st = !j->merge    ? hg_check(j->in, NULL, &j->check, &j->sum, err)
                   : j->partial ? hg_check_join(j->states, j->n_states, j->part.state, err)
                                : hg_check_merge(j->states, j->n_states, &j->check, &j->sum,
                                                 err);
    if (st != HG_OK || !j->partial)
        return st;
    j->sum = (hg_check_sum){ 0 };
    st = hg_state_seal(j->part.state, err);
    return st == HG_OK ? hg_newfile_commit(j->file_out, err) : st;
}

static hg_status run(job *j, hg_err *err)
{
    if (j->merge || j->partial)
        return run_parts(j, err);
    if (j->csvw)
        return check_csvw(j, err);
    if (j->json_schema)
        return judge(j, err);
    if (j->descriptor)
        return inspect(j, err);
    hg_status st = hg_check(j->in, j->out, &j->check, &j->sum, err);
    if (st == HG_OK && j->out)
        st = hg_out_seal(j->out, err);
    if (st == HG_OK && j->file_out)
        st = hg_newfile_commit(j->file_out, err);
    if (st == HG_OK && j->split_out)
        st = hg_newfile_commit(j->split_out, err);
    if (st == HG_OK)
        tell_rest(j);
    return st;
}

static hg_status write_form(const job *j, int fd, const char *name, hg_err *err)
{
    hg_verdict_opts opts = { cli_lang(), cli_version(), cli_tmp() };
    hg_json *root = hg_validation_root(j->check.report);
    hg_status st = root ? j->form->write(fd, name, root, &opts, err) : hg_fail_nomem(err);
    hg_json_free(root);
    return st;
}

static hg_status write_lines(job *j, int fd, const char *name, hg_err *err)
{
    if (j->json)
        hg_validation_json(j->check.report, &j->lines, err);
    else
        hg_validation_verdict(&j->lines, j->sum.errors, j->sum.warnings, j->sum.rows,
                              cli_lang());
    hg_status st = hg_buf_status(&j->lines, err);
    return st == HG_OK ? hg_file_write(fd, name, j->lines.data, j->lines.len, err) : st;
}

static hg_status write_to(job *j, int fd, const char *name, hg_err *err)
{
    return j->form ? write_form(j, fd, name, err) : write_lines(j, fd, name, err);
}

/* The report comes last: what it says holds only for input that was read to its seal. */
static hg_status write_report(job *j, hg_err *err)
{
    hg_newfile *file = NULL;
    if (j->partial)
        return HG_OK;
    if (!j->report_file)
        return j->quiet ? write_to(j, STDOUT_FILENO, "-", err) : HG_OK;
    hg_status st = hg_newfile_open(&file, j->report_file, err);
    if (st == HG_OK)
        st = write_to(j, hg_newfile_fd(file), j->report_file, err);
    if (st == HG_OK)
        st = hg_newfile_commit(file, err);
    hg_newfile_free(file);
    return st;
}

static void release(job *j)
{
    hg_out_free(j->out);
    hg_state_out_free(j->part.state);
    hg_newfile_free(j->file_out);
    hg_newfile_free(j->split_out);
    hg_in_free(j->in);
    hg_descriptor_free(j->descriptor);
    hg_validation_free(j->check.report);
    hg_buf_release(&j->lines);
    hg_json_free(j->head);
    hg_doc_free(j->schema_doc);
    hg_doc_free(j->checks_doc);
    hg_dataset_free(j->definition);
}

int main(int argc, char *argv[])
{
    hg_err err = HG_ERR_INIT;
    job j = { 0 };

    read_options(&j, argc, argv);
    j.check.tmp = cli_tmp();
    cli_random(&j.check.seed, sizeof j.check.seed);
    j.check.found = tell;
    j.check.user = &j;
    if ((j.json || j.form) && hg_validation_new(&j.check.report, &err) != HG_OK)
        goto out;
    if (load_checks(&j, &err) != HG_OK || open_input(&j, &err) != HG_OK ||
        open_output(&j, &err) != HG_OK || open_split(&j, &err) != HG_OK ||
        open_state(&j, &err) != HG_OK)
        goto out;
    if (run(&j, &err) == HG_OK)
        write_report(&j, &err);
out:
    release(&j);
    return cli_exit(&err, j.sum.errors + (j.strict ? j.sum.warnings : 0));
}
