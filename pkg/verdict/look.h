/* look.h - the report of rules/validation.h looked through: its findings, and how many
 * there are of each rule. */
#ifndef HG_VERDICT_LOOK_H
#define HG_VERDICT_LOOK_H

#include "json/json.h"
#include "text/message.h"

/* How the report is written. */
typedef struct hg_verdict_opts {
    hg_lang lang;        /* of what people read */
    const char *version; /* of hg-tools */
    const char *tmp;     /* folder for temporary files */
} hg_verdict_opts;

/* The findings of one rule, in one task or all. */
typedef struct hg_verdict_rule {
    const char *code;
    const char *meaning; /* in the language asked for */
    bool warning;
    uint64_t n; /* all of them, also those not told one by one */
} hg_verdict_rule;

typedef struct hg_verdict_rules {
    hg_verdict_rule *rules; /* in the order in which they come up, errors first */
    size_t n;
} hg_verdict_rules;

/* Count the findings of a task, or of every task where it is NULL. HG_ENOMEM. The caller
 * releases, also after a failure. */
hg_status hg_verdict_count(hg_verdict_rules *out, const hg_json *report,
                           const hg_json *task, hg_lang lang, hg_err *err);
void hg_verdict_rules_release(hg_verdict_rules *rules);
/* The index of a finding's rule. */
size_t hg_verdict_rule_of(const hg_verdict_rules *rules, const hg_json *finding);

/* The i-th finding of a task: its errors and then its warnings; NULL after the last. */
const hg_json *hg_verdict_finding(const hg_json *task, size_t i);
bool hg_verdict_is_warning(const hg_json *finding);
const char *hg_verdict_message(const hg_json *finding, hg_lang lang);
/* Append where it stands: "bao-cao.xlsx!Biểu 01!D17", "dan-so.csv:3:2". */
void hg_verdict_place(hg_buf *buf, const hg_json *finding);

uint64_t hg_verdict_number(const hg_json *object, const char *key); /* 0: not there */

#endif
