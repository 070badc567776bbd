/* changes_compare.h - two CSV files of one table by key; for changes.c only. */
#ifndef HG_EXPORT_CHANGES_COMPARE_H
#define HG_EXPORT_CHANGES_COMPARE_H

#include "json/json.h"

enum { HG_ADDED, HG_CHANGED, HG_REMOVED, HG_CHANGES };

typedef struct hg_compared {
    bool keyed; /* false: nothing below was looked at */
    uint64_t count[HG_CHANGES];
    hg_buf shown[HG_CHANGES]; /* lines of Markdown: "- key: field old → new" */
    hg_json *fields;          /* name: rows changed in it */
    hg_json *added, *removed; /* names of columns */
} hg_compared;

/* Compare the files before and after by the columns key, an array of names. rows: as many
 * as before has. The caller releases *out, also after a failure. */
hg_status hg_compare(hg_compared *out, const char *before, const char *after,
                     const hg_json *key, uint64_t rows, hg_err *err);
void hg_compared_release(hg_compared *compared);

#endif
