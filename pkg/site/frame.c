/* frame - what all pages share */
#include "site/frame.h"

#include <string.h>

/* Nothing but our own style sheet and pictures is ever fetched. */
#define POLICY                                                                           \
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "      \
    "form-action 'none'"

const char *hg_frame_code(hg_lang lang)
{
    return lang == HG_VI ? "vi" : "en";
}

void hg_frame_base(hg_buf *buf, const hg_json *about)
{
    const char *base = hg_json_get_str(about, "base");
    size_t n = base ? strlen(base) : 0;
    while (n > 0 && base[n - 1] == '/')
        n--;
    hg_buf_put(buf, base, n);
}

const char *hg_frame_text(const hg_json *text, hg_lang lang)
{
    const char *found = hg_json_lang(text, hg_frame_code(lang));
    return found ? found : "";
}

const char *hg_frame_other(const hg_json *text, hg_lang lang)
{
    bool own = hg_json_is_object(text)
                   ? hg_json_get_str(text, hg_frame_code(lang)) != NULL
                   : lang == HG_VI;
    return own ? NULL : hg_frame_code(lang == HG_VI ? HG_EN : HG_VI);
}

void hg_frame_say(hg_html *html, const char *name, const hg_json *text, hg_lang lang)
{
    hg_html_leaf(html, name, hg_json_lang(text, hg_frame_code(lang)), "lang",
                 hg_frame_other(text, lang), NULL);
}

void hg_frame_paragraphs(hg_html *html, const hg_json *text, hg_lang lang)
{
    for (const char *p = hg_frame_text(text, lang); *p;) {
        size_t n = strcspn(p, "\n");
        if (n > 0) {
            hg_html_open(html, "p", "lang", hg_frame_other(text, lang), NULL);
            hg_html_slice(html, (hg_slice){ p, n });
            hg_html_close(html);
        }
        p += n + (p[n] == '\n');
    }
}

static const char *catalog_title(const hg_frame *frame)
{
    const char *title = hg_json_lang(frame->catalog, hg_frame_code(frame->lang));
    return title ? title : hg_text("Open data catalogue", frame->lang);
}

/* The publisher's name, unless the catalogue's title says it already. */
static const hg_json *owner(const hg_frame *frame)
{
    const hg_json *name = hg_json_get(frame->publisher, "name");
    return name && !strstr(catalog_title(frame), hg_frame_text(name, frame->lang)) ? name
                                                                                   : NULL;
}

static void meta(hg_html *html, const hg_frame *frame)
{
    const char *summary = hg_json_lang(frame->summary, hg_frame_code(frame->lang));
    hg_html_void(html, "meta", "charset", "utf-8", NULL);
    hg_html_void(html, "meta", "http-equiv", "Content-Security-Policy", "content", POLICY,
                 NULL);
    hg_html_void(html, "meta", "name", "viewport", "content",
                 "width=device-width, initial-scale=1", NULL);
    hg_html_void(html, "meta", "name", "color-scheme", "content", "light dark", NULL);
    hg_html_void(html, "meta", "name", "referrer", "content", "no-referrer", NULL);
    hg_html_open(html, "title", NULL);
    if (!frame->index) {
        hg_html_text(html, hg_frame_text(frame->title, frame->lang));
        hg_html_text(html, " – ");
    }
    hg_html_text(html, catalog_title(frame));
    hg_html_close(html);
    if (summary)
        hg_html_void(html, "meta", "name", "description", "content", summary, NULL);
}

static void links(hg_html *html, const hg_frame *frame)
{
    bool vi = frame->lang == HG_VI;
    hg_buf style = { 0 };
    if (frame->canonical)
        hg_html_void(html, "link", "rel", "canonical", "href", frame->canonical, NULL);
    hg_html_void(html, "link", "rel", "alternate", "hreflang", "vi", "href",
                 vi ? "index.html" : frame->twin, NULL);
    hg_html_void(html, "link", "rel", "alternate", "hreflang", "en", "href",
                 vi ? frame->twin : "index.html", NULL);
    for (const hg_frame_link *link = frame->links; link && link->href; link++)
        hg_html_void(html, "link", "rel", link->rel, "type", link->type, "href",
                     link->href, NULL);
    hg_buf_printf(&style, "%sstyle.css", frame->root);
    hg_html_void(html, "link", "rel", "stylesheet", "href", style.data, NULL);
    hg_html_spent(html, &style);
}

static void banner(hg_html *html, const hg_frame *frame)
{
    bool vi = frame->lang == HG_VI;
    const hg_json *name = owner(frame);
    hg_buf home = { 0 };
    hg_buf_printf(&home, "%s%sindex.html", frame->root, vi ? "" : "en/");
    hg_html_leaf(html, "a", hg_text("Skip to the content", frame->lang), "class", "skip",
                 "href", "#content", NULL);
    hg_html_open(html, "header", "class", "site", NULL);
    hg_html_open(html, "div", "class", "wide", NULL);
    hg_html_open(html, "p", "class", "brand", NULL);
    hg_html_open(html, "a", "href", home.data, NULL);
    hg_html_leaf(html, "strong", catalog_title(frame), NULL);
    if (name)
        hg_html_leaf(html, "span", hg_frame_text(name, frame->lang), "lang",
                     hg_frame_other(name, frame->lang), NULL);
    hg_html_finish(html, html->depth - 2);
    hg_html_open(html, "nav", "aria-label", hg_text("Language", frame->lang), NULL);
    hg_html_leaf(html, "a", vi ? "English" : "Tiếng Việt", "class", "twin", "href",
                 frame->twin, "lang", vi ? "en" : "vi", "hreflang", vi ? "en" : "vi",
                 NULL);
    hg_html_finish(html, html->depth - 3);
    hg_html_spent(html, &home);
}

hg_status hg_frame_start(hg_html *html, const hg_frame *frame, hg_json *jsonld,
                         hg_err *err)
{
    hg_buf_puts(html->buf, "<!DOCTYPE html>");
    hg_html_open(html, "html", "lang", hg_frame_code(frame->lang), NULL);
    hg_html_open(html, "head", NULL);
    meta(html, frame);
    links(html, frame);
    hg_status status = hg_html_json(html, jsonld, err);
    hg_html_close(html);
    hg_html_open(html, "body", NULL);
    banner(html, frame);
    hg_html_open(html, "main", "id", "content", "tabindex", "-1", NULL);
    return status;
}

static void footer_link(hg_html *html, const hg_frame *frame, const char *file,
                        const char *type, const char *text)
{
    hg_buf href = { 0 };
    hg_buf_printf(&href, "%s%s", frame->root, file);
    hg_html_open(html, "li", NULL);
    hg_html_leaf(html, "a", text, "href", href.data, "type", type, NULL);
    hg_html_close(html);
    hg_html_spent(html, &href);
}

void hg_frame_end(hg_html *html, const hg_frame *frame)
{
    const hg_json *name = hg_json_get(frame->publisher, "name");
    const char *url = hg_json_get_str(frame->publisher, "url");
    hg_html_finish(html, 2);
    hg_html_open(html, "footer", "class", "site", NULL);
    hg_html_open(html, "div", "class", "wide", NULL);
    if (name) {
        hg_html_open(html, "p", NULL);
        hg_html_leaf(html, url ? "a" : "span", hg_frame_text(name, frame->lang), "href",
                     url, "lang", hg_frame_other(name, frame->lang), NULL);
        hg_html_close(html);
    }
    hg_html_open(html, "ul", NULL);
    footer_link(html, frame, "catalog.ttl", "text/turtle",
                hg_text("The whole catalogue as DCAT (Turtle)", frame->lang));
    footer_link(html, frame, "catalog.jsonld", "application/ld+json",
                hg_text("The whole catalogue as DCAT (JSON-LD)", frame->lang));
    hg_html_finish(html, 0);
    hg_buf_putc(html->buf, '\n');
}
