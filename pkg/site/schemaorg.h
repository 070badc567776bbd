/* schemaorg.h - a dataset as schema.org describes it, for the search engines that read it
 * in a page (schema.org/Dataset; Google's structured data guide for datasets). */
#ifndef HG_SITE_SCHEMAORG_H
#define HG_SITE_SCHEMAORG_H

#include "site/published.h"
#include "text/message.h"

/* A new Dataset; NULL out of memory, which hg_html_json() reports. catalog may be NULL.
 */
hg_json *hg_schemaorg_dataset(const hg_published *published, const hg_json *catalog,
                              hg_lang lang);

/* A new DataCatalog that names the datasets. */
hg_json *hg_schemaorg_catalog(const hg_json *catalog, const hg_published *all, size_t n,
                              hg_lang lang);

#endif
