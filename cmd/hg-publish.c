/* hg-publish - sealed packages into a catalogue that everybody reads, all or nothing */
#include "cli.h"
#include "work/publish.h"

#include <string.h>
#include <unistd.h>

enum { VERIFY = 256, PRUNE, UNSEALED };

static const cli_option options[] = {
    { 't', "target", "FOLDER", "the catalogue to publish in; made when it is missing" },
    { 'n', "dry-run", NULL, "change nothing; print what would change" },
    { VERIFY, "verify", NULL, "check every digest of what is published" },
    { UNSEALED, "unsealed", NULL, "take data that were plain text from a pipe" },
    { PRUNE, "prune", NULL, "not there yet: withdraw what is not named" },
    { 0, NULL, NULL, NULL },
};

static const cli_command command = {
    .name = "hg-publish",
    .purpose = "publish data packages in a static catalogue, all or nothing",
    .synopsis = "hg-publish -t FOLDER [-n] [--verify] [--unsealed] [FILE...]",
    .examples =
        "  hg-publish -t public/ dan-so.zip giao-duc.zip\n"
        "  hg-extract -d datasets/dan-so bao-cao.xlsx | hg-validate | hg-package | "
        "hg-publish -t public/\n"
        "  hg-publish -t public/ --verify\n",
    .options = options,
};

/* A folder is the one kind of target so far; what looks like another is no folder's name.
 */
static void check_target(const char *target)
{
    if (!target)
        cli_usage("the option '-t' is missing: where to publish");
    if (*target == '\0')
        cli_usage("the target is empty; give a folder");
    if (strstr(target, "://"))
        cli_usage("publishing to '%s' is not there yet; give a folder", target);
}

static void verify(const hg_publish_opts *opts, hg_err *err)
{
    size_t n;
    if (hg_publish_verify(opts, &n, err) == HG_OK && isatty(STDERR_FILENO))
        cli_say("%zu datasets are published and whole", n);
}

int main(int argc, char *argv[])
{
    hg_err err = HG_ERR_INIT;
    hg_buf receipt = { 0 }, plan = { 0 };
    hg_publish_opts opts = { .tmp = cli_tmp() };
    bool check = false;
    const char *value;
    char **names;

    cli_start(&command, argc, argv);
    for (int c; (c = cli_next(&value)) != 0;) {
        switch (c) {
        case 't': opts.target = value; break;
        case 'n': opts.dry = true; break;
        case VERIFY: check = true; break;
        case UNSEALED: opts.unsealed = true; break;
        default: cli_usage("'--prune' is not there yet");
        }
    }
    check_target(opts.target);
    opts.n = (size_t)(check ? cli_operands(&names) : cli_inputs(&names));
    opts.names = (const char *const *)names;

    if (opts.n > 0 && hg_publish(&opts, &receipt, &plan, &err) == HG_OK) {
        const hg_buf *result = opts.dry ? &plan : &receipt;
        cli_print(result->data ? result->data : "", result->len);
        if (!opts.dry && isatty(STDERR_FILENO))
            cli_say("published; open %s/index.html", opts.target);
    }
    if (check && err.status == HG_OK)
        verify(&opts, &err);
    hg_buf_release(&receipt);
    hg_buf_release(&plan);
    return cli_exit(&err, 0);
}
