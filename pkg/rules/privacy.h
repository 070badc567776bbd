/* privacy.h - personal data in the columns and cells of a table, and counts so small that
 * they tell of single persons. */
#ifndef HG_RULES_PRIVACY_H
#define HG_RULES_PRIVACY_H

#include "rules/labels.h"
#include "rules/personal.h"

typedef struct hg_privacy hg_privacy;

/*
 * Say of each column what it is of, by its label and its field's name and titles, and
 * tally findings about headers ("personal-header"): errors for what tells who someone is,
 * and for an address beside that; warnings for birth year, ethnicity, religion, and sex
 * beside that, unless the field has a code list, an enum or categories or is in the
 * primary key, as the dimensions of statistics are. A field with "notPersonal": "why" is
 * left alone. Numbers may be counts ("Số điện thoại"), so their headers are told for
 * identity documents only.
 *
 * The schema may say which field counts persons:
 *     "privacy": { "field": "so_ca", "minimum": 3, "severity": "error" }
 * Then counts above 0 and below the minimum (2 to 1000) are findings ("small-cell"), of
 * severity "error" unless it says "warning" (Luật Thống kê 89/2015/QH13, article 57).
 *
 * labels, columns, schema and base are as for hg_labels_match(); labels are not kept.
 * HG_EARG: notPersonal is no text, privacy is wrong; HG_ENOMEM, or what the tally's taker
 * returns.
 */
hg_status hg_privacy_new(hg_privacy **out, const hg_slice *labels, size_t n,
                         const hg_columns *columns, const hg_schema *schema,
                         const hg_finding *base, hg_tally *tally, hg_err *err);

#define HG_PRIVACY_MASK 16 /* bytes */

/* What is to be told of a cell. */
typedef struct hg_private {
    size_t column; /* from 0 */
    const char *code;
    hg_severity severity;
    const char *message; /* its argument is the mask */
    /* "personal-data": the first 3 characters of it, and "***"; "small-cell": the
     * minimum */
    char mask[HG_PRIVACY_MASK];
} hg_private;

/* Find the first column from found->column on whose cell is personal or too small a
 * count; false: none of the n cells is. Texts are searched unless an enum, a pattern, a
 * code list or maxLength says what they are; integers and numbers under a header only.
 * privacy NULL finds nothing. Allocates nothing. */
bool hg_privacy_next(const hg_privacy *privacy, const hg_slice *cells, size_t n,
                     hg_private *found);

/* Whether hg_privacy_next() looks at a column, and whether it finds nothing in a cell of
 * it. */
bool hg_privacy_looks(const hg_privacy *privacy, size_t column);
bool hg_privacy_clean(const hg_privacy *privacy, size_t column, hg_slice cell);

/* A cell as it may be told: as it is, or, if it or its column is personal, masked in
 * space. */
hg_slice hg_privacy_shown(const hg_privacy *privacy, size_t column, hg_slice cell,
                          hg_private *space);

void hg_privacy_free(hg_privacy *privacy); /* NULL is fine */

#endif
