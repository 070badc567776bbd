/* cli.h - what all commands share: options, language, messages, exit statuses. Everything
 * that prints, exits or reads the environment is in cmd/. See cli.md's contract in
 * hg-tools(7). */
#ifndef HG_CMD_CLI_H
#define HG_CMD_CLI_H

#include "base/err.h"
#include "text/message.h"

typedef struct cli_option {
    int letter;       /* 'o'; a value over 255 for an option that has no letter */
    const char *name; /* "output", or NULL */
    const char *arg;  /* "FILE"; NULL: the option takes no value */
    const char *help; /* English; the key of its translation */
} cli_option;

typedef struct cli_command {
    const char *name;
    const char *purpose;       /* one line */
    const char *synopsis;      /* the lines after "usage: " */
    const char *examples;      /* lines, each a command */
    const cli_option *options; /* up to one with letter 0; -h, -V and --lang are added */
} cli_command;

/* Set up: language, SIGPIPE ignored (writing to a closed pipe is then an error like
 * others). */
void cli_start(const cli_command *command, int argc, char **argv);
/* The next option's letter, *value set where it takes one; 0 after the last. Operands may
 * stand between options; "--" ends options; long options are not abbreviated. -h and -V
 * print and exit 0; a mistake exits 2. */
int cli_next(const char **value);
int cli_operands(char ***operands); /* after cli_next() gave 0 */
/* The operands, or "-" where there are none; a usage error if that is a terminal, at which
 * a command would wait for ever. */
int cli_inputs(char ***operands);

hg_lang cli_lang(void);
const char *cli_version(void); /* what -V prints behind the name */
const char *cli_tmp(void); /* $TMPDIR or /tmp */
void cli_random(void *bytes, size_t n); /* at most 256; never seen in any output */
long cli_number(int letter, const char *value, long min, long max);

/* One line on stderr, "hg-x: …. Try 'hg-x --help'.", and exit 2. */
_Noreturn void cli_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* One translated line on stderr: "hg-x: message". */
void cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Refuse a binary result on a terminal, naming the option that helps; exits 2. */
void cli_no_terminal(int fd, const char *remedy);

/* Write all of text to stdout, or fail the command (status 4). */
void cli_print(const char *text, size_t n);

/* Print err's message, if any, flush and close stdout, and give the exit status: that of
 * err, or 1 where findings > 0, or 0. For `return cli_exit(&err, findings);`. */
int cli_exit(hg_err *err, uint64_t findings);

#endif
