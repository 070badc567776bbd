/* quality.h - what the check of a dataset found, in the Data Quality Vocabulary
 * (w3.org/TR/vocab-dqv). */
#ifndef HG_DATASET_QUALITY_H
#define HG_DATASET_QUALITY_H

#include "format/rdf.h"
#include "json/json.h"

/*
 * Put a measurement of each of our metrics on the dataset: errors, warnings, rows
 * checked. The metrics are ours: <base>/catalog#metric-errors …; base has no '/' at its
 * end. verdict: {errors, warnings}; NULL: nothing is put. HG_ENOMEM.
 */
hg_status hg_quality_put(const hg_json *verdict, uint64_t rows, const char *dataset,
                         const char *base, hg_rdf *graph, hg_err *err);

#endif
