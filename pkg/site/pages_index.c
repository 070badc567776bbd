/* pages_index - the page that lists all datasets */
#include "dataset/schemaorg.h"
#include "site/frame.h"
#include "site/pages.h"
#include "site/pages_items.h"
#include "site/words.h"
#include "text/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct keyed {
    hg_published published;
    hg_buf key;
} keyed;

static int by_key(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    int order = strcmp(x->key.data, y->key.data);
    return order ? order
                 : strcmp(hg_dataset_id(x->published.dataset),
                          hg_dataset_id(y->published.dataset));
}

hg_status hg_pages_sort(hg_published *all, size_t n, hg_err *err)
{
    hg_status status = HG_OK;
    keyed *keys = calloc(n + 1, sizeof *keys);
    if (!keys)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < n; i++) {
        const hg_json *title =
            hg_json_get(hg_dataset_description(all[i].dataset), "title");
        const char *text = hg_frame_text(title, HG_VI);
        keys[i].published = all[i];
        hg_utf8_slug(&keys[i].key, text, strlen(text));
        hg_buf_putc(&keys[i].key, '\n'); /* before all that a longer key may go on with */
        hg_utf8_nfc(&keys[i].key, text, strlen(text));
        if (status == HG_OK)
            status = hg_buf_status(&keys[i].key, err);
    }
    if (status == HG_OK)
        qsort(keys, n, sizeof *keys, by_key);
    for (size_t i = 0; i < n; i++) {
        if (status == HG_OK)
            all[i] = keys[i].published;
        hg_buf_release(&keys[i].key);
    }
    free(keys);
    return status;
}

static void put_entry_link(hg_page *p)
{
    hg_buf href = { 0 };
    const hg_json *title = hg_json_get(p->about, "title");
    hg_buf_printf(&href, "datasets/%s/index.html", hg_dataset_id(p->published->dataset));
    hg_html_open(&p->html, "h3", NULL);
    hg_html_leaf(&p->html, "a", hg_frame_text(title, p->lang), "href", href.data, "lang",
                 hg_frame_other(title, p->lang), NULL);
    hg_html_close(&p->html);
    hg_html_spent(&p->html, &href);
}

static void put_entry_files(hg_page *p)
{
    snprintf(p->below, sizeof p->below, "%sdatasets/%s/", p->lang == HG_VI ? "" : "../",
             hg_dataset_id(p->published->dataset));
    hg_page_open_item(p, "Download");
    for (size_t i = 0; i < p->published->n; i++) {
        const hg_distribution *file = &p->published->files[i];
        const char *format = hg_page_term(HG_VOC_FILE_TYPE, file->format, p->lang);
        hg_html_text(&p->html, i ? " · " : "");
        hg_page_button(p, file->path, format ? format : "", file->bytes, NULL);
    }
    hg_page_close_item(p);
}

static void put_entry(hg_page *p)
{
    const hg_json *publisher = hg_json_get(p->about, "publisher");
    hg_html_open(&p->html, "li", NULL);
    put_entry_link(p);
    hg_frame_paragraphs(&p->html, hg_json_get(p->about, "description"), p->lang);
    hg_html_open(&p->html, "dl", "class", "facts", NULL);
    hg_page_item_terms(p, "Theme", hg_json_get(p->about, "theme"), HG_VOC_THEME);
    hg_page_item_said(p, "Published by", hg_json_get(publisher, "name"));
    hg_page_item_date(p, "Last updated", hg_json_get_str(p->about, "modified"));
    put_entry_files(p);
    hg_html_finish(&p->html, p->html.depth - 2);
}

static void put_count(hg_page *p, size_t n)
{
    hg_buf count = { 0 };
    hg_words_count(&count, n, p->lang);
    hg_html_open(&p->html, "h2", "id", "all", NULL);
    hg_html_printf(&p->html, hg_page_say(p, n == 1 ? "%s dataset" : "%s datasets"),
                   count.data ? count.data : "");
    hg_html_close(&p->html);
    hg_html_spent(&p->html, &count);
}

static void put_list(hg_page *p, const hg_published *all, size_t n,
                     const hg_json *catalog)
{
    const hg_json *title = hg_json_get(catalog, "title");
    if (title)
        hg_frame_say(&p->html, "h1", title, p->lang);
    else
        hg_html_leaf(&p->html, "h1", hg_page_say(p, "Open data catalogue"), NULL);
    hg_html_open(&p->html, "div", "class", "summary", NULL);
    hg_frame_paragraphs(&p->html, hg_json_get(catalog, "description"), p->lang);
    hg_html_close(&p->html);
    hg_html_open(&p->html, "section", "aria-labelledby", "all", NULL);
    put_count(p, n);
    hg_html_open(&p->html, "ul", "class", "entries", NULL);
    for (size_t i = 0; i < n; i++) {
        p->published = &all[i];
        p->about = hg_dataset_description(all[i].dataset);
        put_entry(p);
    }
    hg_html_finish(&p->html, p->html.depth - 2);
}

hg_status hg_pages_index(const hg_published *all, size_t n, const hg_json *catalog,
                         hg_lang lang, hg_buf *buf, hg_err *err)
{
    bool vi = lang == HG_VI;
    const hg_json *about = n > 0 ? hg_dataset_description(all[0].dataset) : NULL;
    const hg_frame_link links[] = {
        { "alternate", "text/turtle", vi ? "catalog.ttl" : "../catalog.ttl" },
        { "alternate", "application/ld+json",
          vi ? "catalog.jsonld" : "../catalog.jsonld" },
        { 0 },
    };
    hg_buf address = { 0 };
    hg_page p = { { .buf = buf }, lang, NULL, about, "" };
    hg_page_address(&address, about, lang, NULL);
    hg_frame frame = { .lang = lang,
                       .root = vi ? "" : "../",
                       .twin = vi ? "en/index.html" : "../index.html",
                       .canonical = address.data,
                       .title = hg_json_get(catalog, "title"),
                       .summary = hg_json_get(catalog, "description"),
                       .catalog = hg_json_get(catalog, "title"),
                       .publisher = hg_json_get(about, "publisher"),
                       .links = links,
                       .index = true };
    hg_json *listed = hg_schemaorg_catalog(catalog, about, lang);
    for (size_t i = 0; i < n; i++)
        hg_schemaorg_list(listed, all[i].dataset, lang);
    hg_status status = hg_frame_start(&p.html, &frame, listed, err);
    put_list(&p, all, n, catalog);
    hg_frame_end(&p.html, &frame);
    hg_html_spent(&p.html, &address);
    return status == HG_OK ? hg_buf_status(buf, err) : status;
}
