/* pages.h - the pages of a static catalogue: pure functions from what is published to
 * bytes. They need no script and fetch nothing from elsewhere; their links are relative,
 * so that they work from any address and from a disk. */
#ifndef HG_SITE_PAGES_H
#define HG_SITE_PAGES_H

#include "site/published.h"
#include "text/message.h"

/*
 * Append the page of a dataset: datasets/<id>/index.html in Vietnamese, en/datasets/<id>/
 * index.html in English. catalog is the catalogue's own description (publisher.json's
 * "catalog": title, description) and may be NULL. HG_EINPUT: the first rows or a code
 * list are no CSV; HG_ENOMEM.
 */
hg_status hg_pages_dataset(const hg_published *published, const hg_json *catalog,
                           hg_lang lang, hg_buf *buf, hg_err *err);

/* Append the catalogue's first page: index.html or en/index.html. all stands in the order
 * of hg_pages_sort(). HG_ENOMEM. */
hg_status hg_pages_index(const hg_published *all, size_t n, const hg_json *catalog,
                         hg_lang lang, hg_buf *buf, hg_err *err);

/* Sort by title as in a Vietnamese index: accents count last. HG_ENOMEM. */
hg_status hg_pages_sort(hg_published *all, size_t n, hg_err *err);

void hg_pages_style(hg_buf *buf); /* style.css */

#endif
