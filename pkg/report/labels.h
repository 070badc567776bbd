/* labels.h - what people call the codes of a field, in the order of its code list. */
#ifndef HG_REPORT_LABELS_H
#define HG_REPORT_LABELS_H

#include "dataset/form.h"

typedef struct hg_labels hg_labels;

/* Read a code list: CSV with the columns code, vi and, as wanted, en (others are passed
 * over). name appears in errors. HG_EARG: no such columns, or no CSV; HG_ENOMEM. */
hg_status hg_labels_new(hg_labels **out, const char *name, hg_slice text, hg_err *err);

/* A code's place in the list from 0, or the length of the list where it is not in it. */
size_t hg_labels_find(const hg_labels *labels, hg_slice code);
size_t hg_labels_count(const hg_labels *labels);
const char *hg_labels_code(const hg_labels *labels, size_t i);
hg_bilingual hg_labels_at(const hg_labels *labels, size_t i); /* borrowed */
void hg_labels_free(hg_labels *labels);                       /* NULL is fine */

#endif
