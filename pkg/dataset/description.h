/* description.h - what dataset.json and publisher.json may say (hg-dataset(5)), checked.
 */
#ifndef HG_DATASET_DESCRIPTION_H
#define HG_DATASET_DESCRIPTION_H

#include "json/json.h"

typedef enum hg_description_kind {
    HG_DESCRIPTION_DATASET, /* dataset.json */
    HG_DESCRIPTION_PROFILE  /* publisher.json: the same members, and "catalog" */
} hg_description_kind;

/* Check every member of a document that is an object: names, types, codes, the forms of
 * dates, IRIs, e-mails. What is missing is not looked at: another file may have it.
 * HG_EARG at the line and column of the first mistake. */
hg_status hg_description_check(const hg_doc *doc, hg_description_kind kind, hg_err *err);

/* Give description, a new object, the members of other that it does not have, texts in
 * NFC. "catalog" stays behind. */
void hg_description_merge(hg_json *description, const hg_json *other);

/* Append the members that a data package cannot do without and description (NULL: none)
 * does not have, "title, license". Nothing appended: it is complete. */
void hg_description_missing(const hg_json *description, hg_buf *names);

#endif
