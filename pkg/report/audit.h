/* audit.h - hold a workbook to the checklist for accessible spreadsheets (UK Government
 * Analysis Function, "Releasing statistics in spreadsheets"): what hg-report --check does,
 * and what the accessible layout keeps to.
 *
 * Rules: table, one-table, table-name, table-start, merged, header, header-rows, empty-cell,
 * blank-row, blank-column, wrap, filter, panes, hidden-row, hidden-column, hidden-sheet, blank-sheet,
 * content-below, notes, note-order, note-in-data, symbol, font, font-size, fill, header-footer, picture,
 * text-box, alt-text, macros, title, author, keywords, language, cover, contents, cursor.
 */
#ifndef HG_REPORT_AUDIT_H
#define HG_REPORT_AUDIT_H

#include "base/err.h"

/* A rule that is broken, and where; message is an English format, the key of its
 * translation, with args as hg_args() renders them. */
typedef struct hg_breach {
    const char *rule;
    hg_loc loc;
    const char *message;
    char args[256];
    size_t args_len;
} hg_breach;

typedef void hg_take_breach(void *with, const hg_breach *breach);

/* Check a file, giving each breach to take; *n is their number. HG_EINPUT: no xlsx, or
 * damaged; HG_ENOMEM. */
hg_status hg_audit(const char *name, const char *tmp, hg_take_breach *take, void *with,
                   size_t *n, hg_err *err);

#endif
