/* dataset.h - the definition of a dataset: what its tables mean, and where reports keep them.
 *
 * A folder datasets/<id> with
 *   dataset.json   the description (hg-dataset(5)); defaults from ../publisher.json
 *   schema.json    Table Schema v2 of its table (or the file that dataset.json's tables name)
 *   recipe.json    where a report keeps the table (hg-recipe(5)); optional
 *   report.json    how the statistical report looks (hg-report-spec(5)); optional
 *   codes/NAME.csv code lists: columns code, vi, en, …; optional
 */
#ifndef HG_DATASET_DATASET_H
#define HG_DATASET_DATASET_H

#include "json/json.h"

typedef struct hg_dataset hg_dataset;

/* Load a folder. HG_EARG: a file of it is wrong (file, line, column); HG_EINPUT: the folder
 * or its dataset.json is missing. */
hg_status hg_dataset_load(hg_dataset **out, const char *folder, hg_err *err);

/* Take the definition out of a stream's or package's head. HG_EINPUT if it is not one. */
hg_status hg_dataset_from_head(hg_dataset **out, const hg_json *head, hg_err *err);

/* A new head with id, definition and resources (stream.h); sources are the caller's to add. */
hg_json *hg_dataset_head(const hg_dataset *dataset);

/* All below borrow; NULL where the dataset has none. */
const char *hg_dataset_id(const hg_dataset *dataset);
const hg_json *hg_dataset_description(const hg_dataset *dataset); /* dataset.json, defaults merged */
const hg_json *hg_dataset_recipe(const hg_dataset *dataset);
const hg_json *hg_dataset_report(const hg_dataset *dataset);
size_t hg_dataset_tables(const hg_dataset *dataset);
const char *hg_dataset_table(const hg_dataset *dataset, size_t i);     /* resource name */
const hg_json *hg_dataset_table_title(const hg_dataset *dataset, size_t i);
const hg_json *hg_dataset_schema(const hg_dataset *dataset, size_t i); /* Table Schema */
const char *hg_dataset_codes(const hg_dataset *dataset, const char *name); /* CSV text of codes/NAME.csv */

/* The document of recipe.json, report.json …, to tell the place of a mistake; NULL when
 * the definition came with a stream. */
const hg_doc *hg_dataset_doc(const hg_dataset *dataset, const char *file);
void hg_dataset_free(hg_dataset *dataset); /* NULL is fine */

#endif
