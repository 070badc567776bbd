/* validate - what hg-validate does once its options are read */
#include "validate.h"
#include "cli.h"
#include "base/file.h"
#include "dataset/dataset.h"
#include "dataset/descriptor.h"
#include "stream/stream.h"
#include "work/check.h"
#include "work/csvw.h"
#include "work/document.h"
#include "work/inspect.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TOLD = 20 }; /* findings told on stderr */

/* What is open, and what came out. */
typedef struct job {
    const validate_opts *opts;
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

/* One of the things it does: what it needs is opened (NULL: nothing), then it is done. */
typedef struct mode {
    hg_status (*open)(job *, hg_err *);
    hg_status (*run)(job *, hg_err *);
} mode;

/* ---- findings ---- */

/* A finding as a line: of the report, or on stderr as long as there are few. */
static hg_status tell(void *user, const hg_finding *finding, hg_err *err)
{
    job *j = user;
    bool wanted = (j->opts->quiet || j->opts->report_file) && !j->check.report;
    if (wanted)
        hg_validation_line(&j->lines, finding, cli_lang());
    if (!j->opts->quiet && j->told++ < TOLD) {
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

/* ---- rows: of a stream, or of CSV ---- */

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

/* Whether all that becomes of the rows is that they go down a pipe, whose reader verifies them:
 * they are put in no place, and no report says what they are worth. */
static bool passes_on(const validate_opts *o)
{
    struct stat out;
    return !o->quiet && !o->partial && !o->csv && !o->output && !o->split_file &&
           !o->report_file && !o->json && !o->form && fstat(STDOUT_FILENO, &out) == 0 &&
           S_ISFIFO(out.st_mode);
}

static hg_status open_rows(job *j, hg_err *err)
{
    hg_in_opts opts = { .stage = HG_EXTRACTED,
                        .plain = true,
                        .undigested = j->opts->quiet,
                        .loose = j->opts->quiet && !j->opts->split_file,
                        .unverified = passes_on(j->opts) };
    hg_status st = HG_OK;
    if (j->opts->dataset)
        st = hg_dataset_load(&j->definition, j->opts->dataset, err);
    else if (j->opts->schema)
        st = hg_doc_load(&j->schema_doc, j->opts->schema, err);
    if (st == HG_OK)
        st = hg_in_open(&j->in, j->opts->file, &opts, err);
    if (st != HG_OK)
        return st;
    j->head = hg_json_copy(hg_in_head(j->in));
    j->check.head = j->head;
    j->check.structure = !j->opts->dataset && !j->opts->schema && hg_in_plain(j->in);
    if (j->opts->dataset)
        take_definition(j);
    return j->opts->schema ? take_schema(j, err) : HG_OK;
}

static hg_status open_output(job *j, hg_err *err)
{
    int fd = STDOUT_FILENO;
    if (j->opts->quiet)
        return HG_OK;
    if (j->opts->output) {
        hg_status st = hg_newfile_open(&j->file_out, j->opts->output, err);
        if (st != HG_OK)
            return st;
        fd = hg_newfile_fd(j->file_out);
    } else if (!j->opts->csv) {
        cli_no_terminal(fd, "use -q for a report, -O csv for rows, or -o FILE");
    }
    return j->opts->csv ? hg_out_csv(&j->out, fd, err)
                        : hg_out_new(&j->out, fd, HG_CHECKED, j->head, err);
}

static hg_status open_split(job *j, hg_err *err)
{
    if (!j->opts->split_file)
        return HG_OK;
    hg_status st = hg_newfile_open(&j->split_out, j->opts->split_file, err);
    if (st != HG_OK)
        return st;
    j->split =
        (hg_check_split){ hg_newfile_fd(j->split_out), j->opts->split_file, cli_lang() };
    j->check.split = &j->split;
    return HG_OK;
}

static hg_status open_filter(job *j, hg_err *err)
{
    hg_status st = open_rows(j, err);
    if (st == HG_OK)
        st = open_output(j, err);
    return st == HG_OK ? open_split(j, err) : st;
}

static hg_status filter(job *j, hg_err *err)
{
    hg_status st = hg_check(j->in, j->out, &j->check, &j->sum, err);
    if (st == HG_OK && j->out)
        st = hg_out_seal(j->out, err);
    if (st == HG_OK && j->file_out)
        st = hg_newfile_commit(j->file_out, err);
    if (st == HG_OK && j->split_out)
        st = hg_newfile_commit(j->split_out, err);
    return st;
}

/* ---- parts of a table ---- */

/* Where a part's state goes; a state is no report, and no verdict. */
static hg_status open_state(job *j, hg_err *err)
{
    hg_status st = hg_newfile_open(&j->file_out, j->opts->partial, err);
    if (st == HG_OK)
        st = hg_state_new(&j->part.state, hg_newfile_fd(j->file_out), j->opts->partial,
                          err);
    j->check.part = &j->part;
    return st;
}

static hg_status open_part(job *j, hg_err *err)
{
    hg_status st = open_rows(j, err);
    return st == HG_OK ? open_state(j, err) : st;
}

static hg_status seal_state(job *j, hg_err *err)
{
    hg_status st = hg_state_seal(j->part.state, err);
    j->sum = (hg_check_sum){ 0 }; /* no verdict */
    return st == HG_OK ? hg_newfile_commit(j->file_out, err) : st;
}

static hg_status check_part(job *j, hg_err *err)
{
    hg_status st = hg_check(j->in, NULL, &j->check, &j->sum, err);
    return st == HG_OK ? seal_state(j, err) : st;
}

static hg_status open_merge(job *j, hg_err *err)
{
    return j->opts->partial ? open_state(j, err) : HG_OK;
}

static hg_status merge(job *j, hg_err *err)
{
    if (!j->opts->partial)
        return hg_check_merge(j->opts->states, j->opts->n_states, &j->check, &j->sum,
                              err);
    hg_status st = hg_check_join(j->opts->states, j->opts->n_states, j->part.state, err);
    return st == HG_OK ? seal_state(j, err) : st;
}

/* ---- what a descriptor describes ---- */

/* A descriptor has its own schemas, and what it describes stays where it is. */
static hg_status open_descriptor(job *j, hg_err *err)
{
    if (j->opts->partial)
        cli_usage("a part is of one table, not of a descriptor");
    if (j->opts->split_file)
        cli_usage("a descriptor's tables are not passed on, so no rows are split off");
    if (j->opts->dataset || j->opts->schema)
        cli_usage("a descriptor has schemas of its own; leave -d and -S out");
    if (!j->opts->quiet)
        cli_usage("a descriptor's tables are not passed on; give -q");
    return hg_descriptor_open(&j->descriptor, j->opts->file, cli_tmp(), err);
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

/* ---- files that are read as a whole ---- */

static hg_status check_csvw(job *j, hg_err *err)
{
    hg_csvw_opts opts = { .metadata = j->opts->metadata,
                          .link = j->opts->link,
                          .base = j->opts->base,
                          .folder = ".",
                          .tmp = j->check.tmp,
                          .seed = j->check.seed,
                          .max_memory = j->check.max_memory,
                          .max_same = j->check.max_same,
                          .found = tell,
                          .user = j,
                          .report = j->check.report };
    return hg_csvw_check(j->opts->csvw, &opts, &j->sum, err);
}

static hg_status judge(job *j, hg_err *err)
{
    hg_document_opts opts = { .schema = j->opts->json_schema,
                              .remotes = j->opts->remotes,
                              .max_same = j->check.max_same,
                              .found = tell,
                              .user = j,
                              .report = j->check.report };
    return hg_document_check(j->opts->file, &opts, &j->sum, err);
}

/* ---- the report ---- */

static hg_status write_form(const job *j, int fd, const char *name, hg_err *err)
{
    hg_verdict_opts opts = { cli_lang(), cli_version(), cli_tmp() };
    hg_json *root = hg_validation_root(j->check.report);
    hg_status st =
        root ? j->opts->form->write(fd, name, root, &opts, err) : hg_fail_nomem(err);
    hg_json_free(root);
    return st;
}

static hg_status write_lines(job *j, int fd, const char *name, hg_err *err)
{
    if (j->opts->json)
        hg_validation_json(j->check.report, &j->lines, err);
    else
        hg_validation_verdict(&j->lines, j->sum.errors, j->sum.warnings, j->sum.rows,
                              cli_lang());
    hg_status st = hg_buf_status(&j->lines, err);
    return st == HG_OK ? hg_file_write(fd, name, j->lines.data, j->lines.len, err) : st;
}

static hg_status write_to(job *j, int fd, const char *name, hg_err *err)
{
    return j->opts->form ? write_form(j, fd, name, err) : write_lines(j, fd, name, err);
}

/* The report comes last: what it says holds only for input that was read to its seal. */
static hg_status write_report(job *j, hg_err *err)
{
    hg_newfile *file = NULL;
    if (j->opts->partial)
        return HG_OK;
    if (!j->opts->report_file)
        return j->opts->quiet ? write_to(j, STDOUT_FILENO, "-", err) : HG_OK;
    hg_status st = hg_newfile_open(&file, j->opts->report_file, err);
    if (st == HG_OK)
        st = write_to(j, hg_newfile_fd(file), j->opts->report_file, err);
    if (st == HG_OK)
        st = hg_newfile_commit(file, err);
    hg_newfile_free(file);
    return st;
}

/* ---- the whole ---- */

static const mode *mode_of(const job *j)
{
    static const mode rows = { open_filter, filter }, part = { open_part, check_part },
                      merged = { open_merge, merge },
                      described = { open_descriptor, inspect },
                      web = { NULL, check_csvw }, document = { NULL, judge };
    if (j->opts->csvw || j->opts->json_schema)
        return j->opts->csvw ? &web : &document;
    if (j->opts->merge)
        return &merged;
    if (hg_descriptor_likely(j->opts->file))
        return &described;
    return j->opts->partial ? &part : &rows;
}

/* An array of checks, or an object with one, as frictionless's checklists are. */
static hg_status load_checks(job *j, hg_err *err)
{
    if (!j->opts->checks)
        return HG_OK;
    hg_status st = hg_doc_load(&j->checks_doc, j->opts->checks, err);
    const hg_json *root = hg_doc_root(j->checks_doc);
    j->check.checks = hg_json_is_array(root) ? root : hg_json_get(root, "checks");
    if (st == HG_OK && !hg_json_is_array(j->check.checks))
        return hg_doc_fail(err, j->checks_doc, root, NULL, "an array is needed here");
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

static hg_status work(job *j, hg_err *err)
{
    const mode *how = mode_of(j);
    hg_status st = HG_OK;
    if (j->opts->json || j->opts->form)
        st = hg_validation_new(&j->check.report, err);
    if (st == HG_OK)
        st = load_checks(j, err);
    if (st == HG_OK && how->open)
        st = how->open(j, err);
    if (st == HG_OK)
        st = how->run(j, err);
    if (st != HG_OK)
        return st;
    tell_rest(j);
    st = write_report(j, err);
    if (st == HG_OK && j->sum.unchecked)
        return hg_fail(err, HG_EINPUT, HG_AT(j->opts->file),
                       "not all could be checked; the report tells what is missing or damaged");
    return st;
}

hg_status validate(const validate_opts *opts, hg_check_sum *sum, hg_err *err)
{
    job j = { .opts = opts };
    j.check = (hg_check_opts){ .tmp = cli_tmp(),
                               .max_memory = opts->max_memory,
                               .max_same = opts->max_same,
                               .found = tell,
                               .user = &j };
    j.part = (hg_check_part){ .part = opts->part, .of = opts->of };
    cli_random(&j.check.seed, sizeof j.check.seed);
    hg_status st = work(&j, err);
    *sum = j.sum;
    release(&j);
    return st;
}
