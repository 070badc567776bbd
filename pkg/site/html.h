/* html.h - HTML written element by element: what is put as text is escaped, what was
 * opened is closed, and only harmless addresses become links. There is no call that puts
 * markup. */
#ifndef HG_SITE_HTML_H
#define HG_SITE_HTML_H

#include "json/json.h"

#define HG_HTML_DEPTH 32 /* elements open at once; more is an assertion */

/* A page being written to buf. Failing is sticky in buf, see hg_buf_status(). */
typedef struct hg_html {
    hg_buf *buf;
    const char *open[HG_HTML_DEPTH]; /* static storage */
    size_t depth;
} hg_html;

/*
 * Open an element. name and the attributes' names are literals; after name come pairs of
 * attribute name and value, closed by NULL. A value of NULL leaves the attribute out; ""
 * is an attribute without a value. href and src are left out unless
 * hg_html_is_url(value).
 */
void hg_html_open(hg_html *html, const char *name, ...) __attribute__((sentinel));
void hg_html_close(hg_html *html);                /* the element opened last */
void hg_html_finish(hg_html *html, size_t depth); /* close down to depth elements */

/* An element without content or end tag: meta, link, br. */
void hg_html_void(hg_html *html, const char *name, ...) __attribute__((sentinel));
/* An element that holds only text; NULL text: nothing is written. */
void hg_html_leaf(hg_html *html, const char *name, const char *text, ...)
    __attribute__((sentinel));

void hg_html_text(hg_html *html, const char *text); /* NULL puts nothing */
void hg_html_slice(hg_html *html, hg_slice text);
void hg_html_printf(hg_html *html, const char *format, ...)
    __attribute__((format(printf, 2, 3))); /* escaped after formatting; up to 255 bytes */

/* Release a text that was built for an attribute; if building it failed, so has the page.
 */
void hg_html_spent(hg_html *html, hg_buf *scratch);

/*
 * A data block <script type="application/ld+json">; takes v over. '<' becomes \u003c, so
 * that no text in it can end the script or start a comment (HTML standard, 4.12.1.3
 * "Restrictions for contents of script elements").
 */
hg_status hg_html_json(hg_html *html, hg_json *v, hg_err *err);

/* Is this a relative address, or one with the scheme http, https or mailto? White space,
 * control characters, '\' and a leading "//" are refused, since browsers read them
 * kindly. */
bool hg_html_is_url(const char *url);

#endif
