/* hg-package - checked rows and their description become one sealed data package */
#include "cli.h"
#include "dataset/lexical.h"
#include "dataset/profile.h"
#include "export/formats.h"
#include "stream/package.h"
#include "work/check.h"
#include "work/init.h"
#include "work/pack.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BOM = 256, CERT, FAST, FORMATS, INIT, MODIFIED, PREVIOUS, PROFILE, SIGN, TRUST, UNSEALED, VERIFY };
enum { TOLD = 20 }; /* findings of plain CSV told on stderr */

static const cli_option options[] = {
    { 'd', "dataset", "DATASET", "description to use in place of the stream's" },
    { 'o', "output", "PLACE",
      "FOLDER/, FILE.zip, FILE.tar or FILE.tar.zst; default: a tar to stdout" },
    { FAST, "fast", NULL, "make a zip in an eighth of the time, an eighth larger" },
    { FORMATS, "formats", "LIST",
      "csv, and any of excel-csv, geojson, json, jsonl, sdmx-csv, xlsx" },
    { BOM, "bom", NULL, "add CSV that Excel opens by a double click: excel-csv" },
    { PREVIOUS, "previous", "PACKAGE",
      "the edition before: say what changed since, in CHANGELOG.md" },
    { MODIFIED, "modified", "DATE", "the date for a description without \"modified\"" },
    { PROFILE, "profile", "FILE",
      "refuse a description that lacks what this profile asks" },
    { SIGN, "sign", "KEY",
      "sign the package with this key, a PEM file or a pkcs11: URI" },
    { CERT, "cert", "CERT", "the key's certificate and those above it, a PEM file" },
    { UNSEALED, "unsealed", NULL, "package rows that were plain text from a pipe" },
    { INIT, "init", "FILE.csv",
      "write a first dataset.json and schema.json to go on from" },
    { TRUST, "trust", "CA",
      "with --verify: the certificates that are trusted, a PEM file" },
    { VERIFY, "verify", NULL,
      "check a package's seal and every file, and say what it is" },
    { 0, NULL, NULL, NULL },
};

static const cli_command command = {
    .name = "hg-package",
    .purpose = "make a data package of checked rows",
    .synopsis =
        "hg-package [-d DATASET] [-o FOLDER/|FILE.zip|FILE.tar|FILE.tar.zst] [--fast]\n"
        "                  [--formats LIST] [--bom] [--previous PACKAGE]\n"
        "                  [--modified DATE] [--profile FILE] [--sign KEY --cert CERT]\n"
        "                  [--unsealed] [FILE]\n"
        "       hg-package --init FILE.csv [-o FOLDER/]\n"
        "       hg-package --verify [--trust CA] [FILE]",
    .examples = "  hg-extract -d datasets/dan-so bao-cao.xlsx | hg-validate | hg-package "
                "-o dan-so.zip\n"
                "  hg-package -d datasets/dan-so -o dan-so/ dan-so.csv\n"
                "  hg-package --formats csv,xlsx,json --previous dan-so-2024.zip -o "
                "dan-so.zip rows.tar\n"
                "  hg-package --init dan-so.csv\n"
                "  hg-package --verify dan-so.zip\n",
    .options = options,
};

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n > m && strcmp(text + n - m, end) == 0;
}

static hg_pack_body body_of(const char *place, bool fast)
{
    struct stat info;
    if (!place)
        return HG_PACK_TAR;
    if (ends_with(place, "/") || (stat(place, &info) == 0 && S_ISDIR(info.st_mode)))
        return HG_PACK_FOLDER;
    if (ends_with(place, ".zip"))
        return fast ? HG_PACK_ZIP_FAST : HG_PACK_ZIP;
    if (ends_with(place, ".tar.zst"))
        return HG_PACK_TAR_ZST;
    if (!ends_with(place, ".tar"))
        cli_usage("'%s' is neither FOLDER/, FILE.zip, FILE.tar nor FILE.tar.zst", place);
    return HG_PACK_TAR;
}

/* The date of the build, where one is set for reproducible results; never the clock.
 * https://reproducible-builds.org/specs/source-date-epoch/ */
static const char *epoch_date(char date[32])
{
    const char *text = getenv("SOURCE_DATE_EPOCH");
    struct tm utc;
    if (!text || !*text)
        return NULL;
    char *end;
    time_t seconds = (time_t)strtoll(text, &end, 10);
    if (*end != '\0' || !gmtime_r(&seconds, &utc) ||
        strftime(date, 32, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0 ||
        hg_lexical_moment(date) != HG_MOMENT_TIME)
        cli_usage("SOURCE_DATE_EPOCH is '%s', which is no number of seconds", text);
    return date;
}

/* The time of signing: of the build, where it is set, or else now. */
static int64_t signing_time(void)
{
    const char *text = getenv("SOURCE_DATE_EPOCH"); /* checked by epoch_date() */
    return text && *text ? strtoll(text, NULL, 10) : (int64_t)time(NULL);
}

static hg_status open_signer(hg_signer **signer, const char *key, const char *cert,
                             hg_err *err)
{
    hg_status status = key ? hg_signer_new(signer, key, cert, err) : HG_OK;
    if (*signer && hg_signer_exposed(*signer))
        cli_say("%s: others on this machine may read this key; chmod 600 keeps it yours",
                key);
    return status;
}

/* A finding of the check as a line on stderr, as long as there are few. */
static hg_status tell(void *user, const hg_finding *finding, hg_err *err)
{
    size_t *told = user;
    hg_buf line = { 0 };
    if ((*told)++ >= TOLD)
        return HG_OK;
    hg_validation_line(&line, finding, cli_lang());
    fputs(line.data ? line.data : "", stderr);
    hg_status status = hg_buf_status(&line, err);
    hg_buf_release(&line);
    return status;
}

/* Check plain CSV into a checked stream: rows that nobody has checked are not packaged.
 */
static hg_status check_into(hg_in *in, int fd, hg_err *err)
{
    hg_out *out = NULL;
    hg_check_sum sum = { 0 };
    size_t told = 0;
    const hg_check_opts opts = { .found = tell, .user = &told };
    hg_status status = hg_out_new(&out, fd, HG_CHECKED, hg_in_head(in), err);
    if (status == HG_OK)
        status = hg_check(in, out, &opts, &sum, err);
    if (status == HG_OK)
        status = hg_out_seal(out, err);
    hg_out_free(out);
    return status;
}

/* Put the checked stream of a plain CSV in its place; it lives as long as it is open. */
static hg_status check_first(hg_in **in, const char *tmp, hg_err *err)
{
    char name[512];
    hg_in *checked = NULL;
    const hg_in_opts opts = { .stage = HG_CHECKED };
    snprintf(name, sizeof name, "%s/hg-package-XXXXXX", tmp);
    int fd = mkstemp(name);
    if (fd < 0)
        return hg_fail_sys(err, &(hg_loc){ .file = tmp },
                           "cannot write a temporary file");
    hg_status status = check_into(*in, fd, err);
    if (status == HG_OK)
        status = hg_in_open(&checked, name, &opts, err);
    close(fd);
    unlink(name);
    if (status == HG_OK) {
        hg_in_free(*in);
        *in = checked;
    }
    return status;
}

/* Open a checked stream, or plain CSV where a dataset says what it holds. */
static hg_status open_input(hg_in **in, const char *name, const hg_dataset *dataset,
                            const char *tmp, hg_err *err)
{
    hg_json *head = dataset ? hg_dataset_head(dataset) : NULL;
    const hg_in_opts opts = { .stage = HG_CHECKED, .head = head, .plain = true };
    hg_status status = hg_in_open(in, name, &opts, err);
    if (status == HG_OK && hg_in_plain(*in) && !dataset)
        status = hg_fail(err, HG_EARG, &(hg_loc){ .file = name },
                         "this is plain CSV; name its dataset with -d");
    else if (status == HG_OK && hg_in_plain(*in) && !hg_dataset_schema(dataset, 0))
        status = hg_fail(err, HG_EARG, &(hg_loc){ .file = hg_dataset_id(dataset) },
                         "the dataset has no schema.json to check plain CSV against");
    else if (status == HG_OK && hg_in_plain(*in))
        status = check_first(in, tmp, err);
    hg_json_free(head);
    return status;
}

static hg_status load_profile(hg_doc **profile, const char *name, hg_err *err)
{
    hg_status status = hg_doc_load(profile, name, err);
    return status == HG_OK ? hg_profile_check(*profile, err) : status;
}

/* What could be better, though it was packaged. */
static void advise(const hg_pack_opts *opts, const hg_pack_sum *sum)
{
    if (sum->advice.len > 0)
        cli_say("warning: the profile '%s' recommends more; give dataset.json: %s",
                hg_profile_name(hg_doc_root(opts->profile)), sum->advice.data);
    if (sum->brief)
        cli_say("warning: the description has fewer than 50 characters; search engines "
                "for data leave such a dataset out");
}

static hg_status pack(const char *name, const char *folder, const char *profile,
                      hg_pack_opts *opts, hg_err *err)
{
    hg_in *in = NULL;
    hg_dataset *dataset = NULL;
    hg_doc *asked = NULL;
    hg_pack_sum sum = { 0 };
    hg_status status = profile ? load_profile(&asked, profile, err) : HG_OK;
    if (status == HG_OK && folder)
        status = hg_dataset_load(&dataset, folder, err);
    if (status == HG_OK)
        status = open_input(&in, name, dataset, opts->tmp, err);
    opts->dataset = dataset;
    opts->profile = asked;
    if (status == HG_OK)
        status = hg_pack(in, opts, &sum, err);
    if (status == HG_OK)
        advise(opts, &sum);
    hg_buf_release(&sum.advice);
    hg_in_free(in);
    hg_dataset_free(dataset);
    hg_doc_free(asked);
    return status;
}

static hg_status print(hg_buf *line, hg_err *err)
{
    hg_status status = hg_buf_status(line, err);
    if (status == HG_OK)
        cli_print(line->data, line->len);
    hg_buf_release(line);
    return status;
}

static hg_status tell_package(const hg_package *package, hg_err *err)
{
    hg_buf line = { 0 };
    size_t files;
    const hg_json *hg = hg_json_get(hg_package_descriptor(package), "hg");
    hg_package_files(package, &files);
    hg_buf_printf(&line,
                  hg_text("%s: data package '%s', %zu files, as sealed; %" PRId64
                          " errors, %" PRId64 " warnings\n",
                          cli_lang()),
                  hg_package_name(package), hg_package_id(package), files,
                  hg_json_int(hg_json_get(hg_json_get(hg, "verdict"), "errors"), 0),
                  hg_json_int(hg_json_get(hg_json_get(hg, "verdict"), "warnings"), 0));
    return print(&line, err);
}

/* Who signed and when; that it is trusted, or not, where trust says whom to trust. */
static hg_status tell_signature(const hg_package *package, const char *trust, hg_err *err)
{
    hg_signature signature;
    hg_buf line = { 0 };
    hg_loc loc = { .file = hg_package_name(package) };
    hg_status status = hg_package_signature(package, trust, &signature, err);
    if (status == HG_END)
        return trust ? hg_fail(err, HG_EREFUSED, &loc, "the package is not signed")
                     : HG_OK;
    if (status != HG_OK)
        return status;
    hg_buf_printf(
        &line, hg_text("%s: signed at %s by %s; certificate issued by %s\n", cli_lang()),
        loc.file, *signature.time ? signature.time : "?", signature.subject,
        signature.issuer);
    status = print(&line, err);
    if (status == HG_OK && trust && !signature.trusted)
        return hg_fail(err, HG_EREFUSED, &loc,
                       "the signer's certificate leads to none of %s (%s)", trust,
                       signature.why);
    if (status == HG_OK)
        hg_buf_printf(&line,
                      hg_text(trust ? "%s: the certificate leads to one of %s\n"
                                    : "%s: whether to trust the certificate was not "
                                      "checked; %s names whom you trust\n",
                              cli_lang()),
                      loc.file, trust ? trust : "--trust");
    return status == HG_OK ? print(&line, err) : status;
}

static hg_status verify(const char *name, const char *trust, hg_err *err)
{
    hg_package *package;
    hg_status status = hg_package_open(&package, name, cli_tmp(), err);
    if (status == HG_OK)
        status = tell_package(package, err);
    if (status == HG_OK)
        status = tell_signature(package, trust, err);
    hg_package_free(package);
    return status;
}

static void choose(unsigned *formats, const char *list)
{
    hg_err err = HG_ERR_INIT;
    if (hg_export_read(formats, list, &err) != HG_OK)
        exit(cli_exit(&err, 0));
}

static void init(const char *table, const char *folder, hg_err *err)
{
    char *made = NULL;
    if (hg_init(table, folder, cli_tmp(), &made, err) == HG_OK)
        cli_say("dataset.json and schema.json are in %s; fill in the empty texts", made);
    free(made);
}

/* What is asked for. */
typedef struct job {
    hg_pack_opts pack;
    const char *dataset, *profile, *init, *key, *cert, *trust;
    bool fast, verify;
} job;

static void read_options(job *j)
{
    const char *value;
    for (int c; (c = cli_next(&value)) != 0;) {
        switch (c) {
        case 'd': j->dataset = value; break;
        case 'o': j->pack.place = value; break;
        case FORMATS: choose(&j->pack.formats, value); break;
        case BOM: j->pack.formats |= hg_export_bit("excel-csv"); break;
        case PREVIOUS: j->pack.previous = value; break;
        case MODIFIED: j->pack.modified = value; break;
        case PROFILE: j->profile = value; break;
        case FAST: j->fast = true; break;
        case SIGN: j->key = value; break;
        case CERT: j->cert = value; break;
        case INIT: j->init = value; break;
        case TRUST: j->trust = value; break;
        case UNSEALED: j->pack.unsealed = true; break;
        case VERIFY: j->verify = true; break;
        }
    }
}

static void check_options(const job *j)
{
    const char *modified = j->pack.modified;
    if (j->verify && (j->dataset || j->profile || j->pack.place || j->key || j->cert))
        cli_usage("--verify takes a file and no other option than --trust");
    if (j->init && (j->dataset || j->profile || j->key || j->verify))
        cli_usage("--init takes a file and no other option but -o");
    if (j->trust && !j->verify)
        cli_usage("--trust goes with --verify");
    if (!j->key != !j->cert)
        cli_usage("--sign and --cert go together");
    if (modified && hg_lexical_moment(modified) < HG_MOMENT_DATE)
        cli_usage("'%s' is no date: 2025-06-01 or 2025-06-01T08:00:00+07:00 is wanted",
                  modified);
}

/* Package the rows of a file; a refusal goes down the pipe too. */
static void make(job *j, const char *name, hg_err *err)
{
    hg_signer *signer = NULL;
    j->pack.body = body_of(j->pack.place, j->fast);
    if (j->fast && j->pack.body != HG_PACK_ZIP_FAST)
        cli_usage("--fast is for a zip");
    if (!j->pack.place)
        cli_no_terminal(STDOUT_FILENO, "name a file with -o");
    hg_status status = open_signer(&signer, j->key, j->cert, err);
    j->pack.signer = signer;
    j->pack.signed_at = signing_time();
    if (status == HG_OK)
        status = pack(name, j->dataset, j->profile, &j->pack, err);
    if (status == HG_EREFUSED && !j->pack.place)
        hg_package_refuse(STDOUT_FILENO, "-", err);
    hg_signer_free(signer);
}

int main(int argc, char **argv)
{
    hg_err err = HG_ERR_INIT;
    char date[32], **files;
    job j = { .pack = { .fd = STDOUT_FILENO } };

    cli_start(&command, argc, argv);
    j.pack.tmp = cli_tmp();
    j.pack.version = cli_version();
    j.pack.modified = epoch_date(date);
    read_options(&j);
    check_options(&j);
    int n = j.init ? cli_operands(&files) : cli_inputs(&files);
    if (n > (j.init ? 0 : 1))
        cli_usage(j.init ? "--init takes a file and no other option but -o" : "one file at most");
    if (j.verify)
        verify(files[0], j.trust, &err);
    else if (j.init)
        init(j.init, j.pack.place, &err);
    else
        make(&j, files[0], &err);
    return cli_exit(&err, 0);
}
