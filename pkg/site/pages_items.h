/* pages_items.h - inside site/pages: what both kinds of pages are put together of.
 * english is always a sentence of pkg/text/vi. */
#ifndef HG_SITE_PAGES_ITEMS_H
#define HG_SITE_PAGES_ITEMS_H

#include "dataset/vocabulary.h"
#include "site/frame.h"
#include "site/pages.h"

/* A page being written: of one dataset, or of all, one after the other. below is the
 * relative address of the dataset's folder: "" for the Vietnamese page, which stands in
 * it. */
typedef struct hg_page {
    hg_html html;
    hg_lang lang;
    const hg_published *published;
    const hg_json *about; /* the description */
    char below[100];
} hg_page;

/* In the language of the page. */
const char *hg_page_say(const hg_page *page, const char *english);
const char *hg_page_term(hg_vocabulary vocabulary, const char *code, hg_lang lang);

/* A term of a description list, its value still to come. */
void hg_page_open_item(hg_page *page, const char *english);
void hg_page_close_item(hg_page *page);
/* The same with a value: a text, one in several languages, a date, a number, a list of
 * codes. Nothing where the value is missing. */
void hg_page_item(hg_page *page, const char *english, const char *text);
void hg_page_item_said(hg_page *page, const char *english, const hg_json *text);
void hg_page_item_date(hg_page *page, const char *english, const char *iso);
void hg_page_item_count(hg_page *page, const char *english, uint64_t n);
void hg_page_item_terms(hg_page *page, const char *english, const hg_json *codes,
                        hg_vocabulary vocabulary);

void hg_page_date(hg_page *page, const char *iso);
/* A link to a file of the dataset, with its size: "CSV, 1,2 kB". class may be NULL. */
void hg_page_button(hg_page *page, const char *path, const char *text, uint64_t bytes,
                    const char *class);
/* The absolute address of a page, from the catalogue's base; nothing where none is known.
 * id of a dataset; NULL: the page of all. */
void hg_page_address(hg_buf *buf, const hg_json *about, hg_lang lang, const char *id);

#endif
