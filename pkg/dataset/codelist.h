/* codelist.h - code lists: what the labels of reports stand for. */
#ifndef HG_DATASET_CODELIST_H
#define HG_DATASET_CODELIST_H

#include "base/buf.h"

#define HG_CODELIST_MAX 100000 /* labels of one list */

/* Labels are kept as hg_utf8_key() writes them, so that case, white space and the two
 * ways to place a tone make no difference. */
typedef struct hg_codelist hg_codelist;

hg_status hg_codelist_new(hg_codelist **out, const char *name,
                          hg_err *err); /* HG_ENOMEM */
/* Let label stand for code. HG_EARG: over HG_CODELIST_MAX; HG_ENOMEM. */
hg_status hg_codelist_add(hg_codelist *list, hg_slice label, hg_slice code, hg_err *err);
/* The same for a label in which "*", "?" and "[ ]" may stand for others, as in fnmatch(3):
 * the first one that fits gives its code where no label is the text itself. */
hg_status hg_codelist_add_pattern(hg_codelist *list, hg_slice label, hg_slice code,
                                  hg_err *err);
/* After the last label. HG_EARG: a label stands for two codes (loc: the list's name). */
hg_status hg_codelist_close(hg_codelist *list, hg_err *err);

/*
 * Read the CSV text of codes/NAME.csv: the column "code", and the labels in the columns
 * "vi", "en" and "alias", the last holding any number of labels set apart by '|'. A code
 * is a label of its own. Other columns are for people. HG_EARG with line and column: no
 * column "code", a line without a code, a label of two codes, broken CSV. HG_ENOMEM.
 */
hg_status hg_codelist_parse(hg_codelist **out, const char *name, hg_slice csv,
                            hg_err *err);

/* The code that a label stands for, or NULL; key is the label as hg_utf8_key() writes it.
 * Codes live as long as the list. */
const char *hg_codelist_find(const hg_codelist *list, const char *key);
/* The label that is nearest to a text, accents aside; NULL where none is near (more than
 * a third of its letters apart). For messages: it reads all labels. */
const char *hg_codelist_nearest(const hg_codelist *list, const char *text);

const char *hg_codelist_name(const hg_codelist *list);
size_t hg_codelist_codes(const hg_codelist *list);
const char *hg_codelist_code(const hg_codelist *list, size_t i); /* in the list's order */
void hg_codelist_free(hg_codelist *list);                        /* NULL is fine */

#endif
