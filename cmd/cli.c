/* cli - what all commands share: options, language, messages, exit statuses */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define HG_VERSION "0.1.0"

enum { LANG = 1000 }; /* --lang has no letter */

static const cli_option common[] = {
    { LANG, "lang", "vi|en", "language of messages; default: that of the locale" },
    { 'h', "help", NULL, "print this help" },
    { 'V', "version", NULL, "print the version" },
    { 0, NULL, NULL, NULL },
};

static const cli_command *command;
static hg_lang lang;
static int count, at;    /* of the arguments; the next one */
static char **arguments; /* operands are moved to the front as they are met */
static int operands;
static bool unprinted;   /* something could not be written to stdout */
static const char *rest; /* letters left of a group such as -nq */

/* ---- language and messages ---- */

static hg_lang locale_lang(void)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strncmp(value, "vi", 2) == 0 ? HG_VI : HG_EN;
    }
    return HG_EN;
}

hg_lang cli_lang(void)
{
    return lang;
}

const char *cli_tmp(void)
{
    const char *tmp = getenv("TMPDIR");
    return tmp && *tmp ? tmp : "/tmp";
}

void cli_random(void *bytes, size_t n)
{
    while (getrandom(bytes, n, 0) != (ssize_t)n)
        ; /* a signal came before the system had its first random numbers */
}

static void say(const char *format, va_list ap, const char *after)
{
    hg_err err = HG_ERR_INIT;
    hg_buf line = { 0 };
    hg_vfail(&err, HG_EARG, NULL, format, ap);
    hg_buf_printf(&line, "%s: ", command->name);
    hg_text_err(&line, &err, lang);
    hg_buf_printf(&line, "%s\n", after);
    fputs(line.data ? line.data : format, stderr);
    hg_buf_release(&line);
}

void cli_say(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    say(format, ap, "");
    va_end(ap);
}

void cli_usage(const char *format, ...)
{
    char after[160];
    va_list ap;
    snprintf(after, sizeof after, hg_text(". Try '%s --help'.", lang), command->name);
    va_start(ap, format);
    say(format, ap, after);
    va_end(ap);
    exit(2);
}

void cli_no_terminal(int fd, const char *remedy)
{
    if (isatty(fd))
        cli_usage("the result is not text, and this is a terminal; %s",
                  hg_text(remedy, lang));
}

/* ---- help ---- */

static void print_option(hg_buf *text, const cli_option *option)
{
    char left[64];
    int n = option->letter < 256 ? snprintf(left, sizeof left, "-%c", option->letter)
                                 : snprintf(left, sizeof left, "  ");
    if (option->name)
        n += snprintf(left + n, sizeof left - (size_t)n, "%s--%s",
                      option->letter < 256 ? ", " : "  ", option->name);
    if (option->arg)
        n += snprintf(left + n, sizeof left - (size_t)n, " %s", option->arg);
    hg_buf_printf(text, "  %-30s %s\n", left, hg_text(option->help, lang));
}

static void help(void)
{
    hg_buf text = { 0 };
    hg_buf_printf(&text, "%s - %s\n\n", command->name, hg_text(command->purpose, lang));
    hg_buf_printf(&text, "%s:\n%s\n", hg_text("examples", lang), command->examples);
    hg_buf_printf(&text, "%s: %s\n\n", hg_text("usage", lang), command->synopsis);
    for (const cli_option *o = command->options; o->letter; o++)
        print_option(&text, o);
    for (const cli_option *o = common; o->letter; o++)
        print_option(&text, o);
    hg_buf_printf(
        &text, "\n%s\n",
        hg_text("exit status: 0 done; 1 done, and the data have findings; 2 asked "
                "wrongly;\n3 input missing, cut off or damaged; 4 system or network",
                lang));
    cli_print(text.data, text.len);
    hg_buf_release(&text);
    hg_err none = HG_ERR_INIT;
    exit(cli_exit(&none, 0));
}

const char *cli_version(void)
{
    return HG_VERSION;
}

static void version(void)
{
    hg_err none = HG_ERR_INIT;
    printf("%s (hg-tools) %s\n", command->name, HG_VERSION);
    exit(cli_exit(&none, 0));
}

/* ---- options ---- */

/* What --lang says counts for every message, those before it too. */
static void look_for_lang(void)
{
    for (int i = 1; i < count && strcmp(arguments[i], "--") != 0; i++) {
        const char *value = strncmp(arguments[i], "--lang=", 7) == 0 ? arguments[i] + 7
                            : strcmp(arguments[i], "--lang") == 0    ? arguments[i + 1]
                                                                     : NULL;
        if (value)
            lang = strcmp(value, "vi") == 0 ? HG_VI : HG_EN;
    }
}

/* Put something unusable where a standard descriptor is closed, so that no file of ours
 * gets its number and then what is meant for the standard output. */
static void occupy_closed(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            exit(4);
}

void cli_start(const cli_command *what, int argc, char **argv)
{
    occupy_closed();
    command = what;
    count = argc;
    arguments = argv;
    at = 1;
    lang = locale_lang();
    look_for_lang();
    signal(SIGPIPE, SIG_IGN);
}

static const cli_option *by_letter(int letter)
{
    for (const cli_option *o = command->options; o->letter; o++)
        if (o->letter == letter)
            return o;
    for (const cli_option *o = common; o->letter; o++)
        if (o->letter == letter)
            return o;
    return NULL;
}

static const cli_option *find_name(const cli_option *options, const char *name, size_t n,
                                   const char **near, unsigned *least)
{
    char given[64];
    snprintf(given, sizeof given, "%.*s", (int)(n < 63 ? n : 63), name);
    for (const cli_option *o = options; o->letter; o++) {
        if (!o->name)
            continue;
        unsigned d = hg_text_distance(given, o->name);
        if (d == 0)
            return o;
        if (d < *least) {
            *least = d;
            *near = o->name;
        }
    }
    return NULL;
}

static const cli_option *by_name(const char *name, size_t n)
{
    const char *near = NULL;
    unsigned least = 3; /* more edits apart is no slip of the hand */
    const cli_option *o = find_name(command->options, name, n, &near, &least);
    if (!o)
        o = find_name(common, name, n, &near, &least);
    if (!o && near)
        cli_usage("unknown option '--%.*s'; did you mean '--%s'?", (int)n, name, near);
    if (!o)
        cli_usage("unknown option '--%.*s'", (int)n, name);
    return o;
}

static int long_option(const char *text, const char **value)
{
    size_t n = strcspn(text, "=");
    const cli_option *o = by_name(text, n);
    if (!o->arg && text[n] == '=')
        cli_usage("the option '--%s' takes no value", o->name);
    if (o->arg) {
        *value = text[n] == '=' ? text + n + 1 : at < count ? arguments[at++] : NULL;
        if (!*value)
            cli_usage("the option '--%s' needs a value: %s", o->name, o->arg);
    }
    return o->letter;
}

static int short_option(const char **value)
{
    int letter = (unsigned char)*rest++;
    const cli_option *o = by_letter(letter);
    if (!o)
        cli_usage("unknown option '-%c'", letter);
    if (o->arg) {
        *value = *rest ? rest : at < count ? arguments[at++] : NULL;
        rest = "";
        if (!*value)
            cli_usage("the option '-%c' needs a value: %s", letter, o->arg);
    }
    return letter;
}

static int next_option(const char **value)
{
    if (rest && *rest)
        return short_option(value);
    while (at < count) {
        char *text = arguments[at++];
        if (strcmp(text, "--") == 0) {
            while (at < count)
                arguments[++operands] = arguments[at++];
        } else if (strncmp(text, "--", 2) == 0) {
            return long_option(text + 2, value);
        } else if (text[0] == '-' && text[1] != '\0') {
            rest = text + 1;
            return short_option(value);
        } else {
            arguments[++operands] = text;
        }
    }
    return 0;
}

int cli_next(const char **value)
{
    for (;;) {
        int letter = next_option(value);
        switch (letter) {
        case 'h': help(); break;
        case 'V': version(); break;
        case LANG:
            if (strcmp(*value, "vi") != 0 && strcmp(*value, "en") != 0)
                cli_usage("the language '%s' is neither vi nor en", *value);
            break;
        default: return letter;
        }
    }
}

int cli_operands(char ***first)
{
    *first = arguments + 1;
    return operands;
}

int cli_inputs(char ***first)
{
    static char *standard[] = { "-", NULL };
    if (operands > 0)
        return cli_operands(first);
    if (isatty(STDIN_FILENO))
        cli_usage("name a file; the standard input is a terminal");
    *first = standard;
    return 1;
}

long cli_number(int letter, const char *value, long min, long max)
{
    char *end;
    errno = 0;
    long n = strtol(value, &end, 10);
    if (errno != 0 || *value == '\0' || *end != '\0' || n < min || n > max)
        cli_usage("'%s' is no number as wanted here: %s from %ld to %ld", value,
                  by_letter(letter)->arg, min, max);
    return n;
}

/* ---- the end ---- */

static int exit_status(hg_status status)
{
    switch (status) {
    case HG_OK:
    case HG_END: return 0;
    case HG_EREFUSED: return 1;
    case HG_EARG: return 2;
    case HG_EINPUT: return 3;
    case HG_ESYS:
    case HG_ENOMEM: break;
    }
    return 4;
}

void cli_print(const char *text, size_t n)
{
    if (fwrite(text, 1, n, stdout) < n)
        unprinted = true; /* cli_exit() tells */
}

static void print_err(const hg_err *err)
{
    hg_buf line = { 0 };
    hg_buf_printf(&line, "%s: ", command->name);
    hg_text_err(&line, err, lang);
    hg_buf_putc(&line, '\n');
    fputs(line.data ? line.data : "out of memory\n", stderr);
    hg_buf_release(&line);
}

int cli_exit(hg_err *err, uint64_t findings)
{
    bool failed = unprinted || ferror(stdout) != 0;
    if (fclose(stdout) != 0 || failed)
        hg_fail_sys(err, NULL, "cannot write the result");
    if (err->status != HG_OK)
        print_err(err);
    int status = exit_status(err->status);
    return status == 0 && findings > 0 ? 1 : status;
}
