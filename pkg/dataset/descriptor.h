/* descriptor.h - a Data Package or Data Resource descriptor, wherever it lies: a JSON file,
 * a folder or a zip with datapackage.json. */
#ifndef HG_DATASET_DESCRIPTOR_H
#define HG_DATASET_DESCRIPTOR_H

#include "dataset/resource.h"

#define HG_DESCRIPTOR_NAME "datapackage.json"

typedef struct hg_descriptor hg_descriptor;

/* Does this name something to be opened here: a folder, a zip, or a file that starts with
 * '{'? False for what is missing. */
bool hg_descriptor_likely(const char *name);

/* Open it; a zip is unpacked below tmp. HG_EARG, with the place: no JSON, or no
 * descriptor; HG_EINPUT: missing or damaged; HG_ESYS, HG_ENOMEM. */
hg_status hg_descriptor_open(hg_descriptor **out, const char *name, const char *tmp,
                             hg_err *err);
bool hg_descriptor_is_package(const hg_descriptor *descriptor);
const hg_json *hg_descriptor_json(const hg_descriptor *descriptor);
const hg_doc *hg_descriptor_doc(const hg_descriptor *descriptor);
const char *hg_descriptor_folder(const hg_descriptor *descriptor);

/* Its resources: one, where it is a resource's own. */
size_t hg_descriptor_resources(const hg_descriptor *descriptor);
hg_resource_at hg_descriptor_resource(const hg_descriptor *descriptor, size_t i);
/* The index of one by name; hg_descriptor_resources() if there is none. */
size_t hg_descriptor_find(const hg_descriptor *descriptor, const char *name);
void hg_descriptor_free(hg_descriptor *descriptor); /* NULL is fine */

#endif
