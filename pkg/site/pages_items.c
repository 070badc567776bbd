/* pages_items - what both kinds of pages are put together of */
#include "site/pages_items.h"
#include "site/words.h"

const char *hg_page_say(const hg_page *p, const char *english)
{
    return hg_text(english, p->lang);
}

const char *hg_page_term(hg_vocabulary vocabulary, const char *code, hg_lang lang)
{
    const hg_term *found = hg_vocabulary_find(vocabulary, code);
    return !found ? code : lang == HG_VI ? found->vi : found->en;
}

void hg_page_open_item(hg_page *p, const char *english)
{
    hg_html_open(&p->html, "div", NULL);
    hg_html_leaf(&p->html, "dt", hg_page_say(p, english), NULL);
    hg_html_open(&p->html, "dd", NULL);
}

void hg_page_close_item(hg_page *p)
{
    hg_html_finish(&p->html, p->html.depth - 2);
}

void hg_page_item(hg_page *p, const char *english, const char *text)
{
    if (!text)
        return;
    hg_page_open_item(p, english);
    hg_html_text(&p->html, text);
    hg_page_close_item(p);
}

void hg_page_item_said(hg_page *p, const char *english, const hg_json *text)
{
    if (!text)
        return;
    hg_page_open_item(p, english);
    hg_frame_say(&p->html, "span", text, p->lang);
    hg_page_close_item(p);
}

void hg_page_date(hg_page *p, const char *iso)
{
    hg_buf text = { 0 };
    hg_words_date(&text, iso, p->lang);
    hg_html_leaf(&p->html, "time", text.data ? text.data : "", "datetime", iso, NULL);
    hg_html_spent(&p->html, &text);
}

void hg_page_item_date(hg_page *p, const char *english, const char *iso)
{
    if (!iso)
        return;
    hg_page_open_item(p, english);
    hg_page_date(p, iso);
    hg_page_close_item(p);
}

void hg_page_item_count(hg_page *p, const char *english, uint64_t n)
{
    hg_buf text = { 0 };
    hg_words_count(&text, n, p->lang);
    hg_page_item(p, english, text.data ? text.data : "");
    hg_html_spent(&p->html, &text);
}

/* A link to a file of the dataset: "Tải CSV (1,2 kB)". */
void hg_page_button(hg_page *p, const char *path, const char *text, uint64_t bytes,
                    const char *class)
{
    hg_buf href = { 0 }, size = { 0 };
    hg_buf_printf(&href, "%s%s", p->below, path);
    hg_words_size(&size, bytes, p->lang);
    hg_html_open(&p->html, "a", "class", class, "href", href.data, "download", "", NULL);
    hg_html_printf(&p->html, "%s, %s", text, size.data ? size.data : "");
    hg_html_close(&p->html);
    hg_html_spent(&p->html, &href);
    hg_html_spent(&p->html, &size);
}

/* Texts of a list, one after the other; each is given by its code. */
void hg_page_item_terms(hg_page *p, const char *english, const hg_json *codes,
                        hg_vocabulary vocabulary)
{
    size_t n = hg_json_len(codes);
    if (n == 0)
        return;
    hg_page_open_item(p, english);
    for (size_t i = 0; i < n; i++) {
        hg_html_text(&p->html, i ? "; " : "");
        hg_html_text(&p->html, hg_page_term(vocabulary, hg_json_str(hg_json_at(codes, i)),
                                            p->lang));
    }
    hg_page_close_item(p);
}

void hg_page_address(hg_buf *buf, const hg_json *about, hg_lang lang, const char *id)
{
    if (!hg_json_get_str(about, "base"))
        return;
    hg_frame_base(buf, about);
    hg_buf_puts(buf, lang == HG_VI ? "/" : "/en/");
    if (id)
        hg_buf_printf(buf, "datasets/%s/", id);
}
