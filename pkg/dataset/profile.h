/* profile.h - what a national or sectoral metadata profile asks of a description, as
 * data: metadata-schemas/profiles/NAME.json, hg-dataset(5). */
#ifndef HG_DATASET_PROFILE_H
#define HG_DATASET_PROFILE_H

#include "json/json.h"

typedef enum hg_profile_level {
    HG_PROFILE_REQUIRED,
    HG_PROFILE_RECOMMENDED
} hg_profile_level;

/* Check that a document is a profile. HG_EARG at the line and column of the first
 * mistake. */
hg_status hg_profile_check(const hg_doc *doc, hg_err *err);

const char *hg_profile_name(const hg_json *profile); /* its "name": "tt24" */

/* Append what the profile asks for at that level and the description does not have, by
 * our keys and its own properties: "publisher (dct:creator), issued|modified (dct:date)".
 * Nothing appended: it has all. */
void hg_profile_missing(const hg_json *profile, const hg_json *description,
                        hg_profile_level level, hg_buf *names);

#endif
