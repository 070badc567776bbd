/* frame.h - what all pages share: head, header, footer, and texts in two languages. */
#ifndef HG_SITE_FRAME_H
#define HG_SITE_FRAME_H

#include "site/html.h"
#include "text/message.h"

/* A link of the head: rel="alternate" and the like. */
typedef struct hg_frame_link {
    const char *rel, *type, *href;
} hg_frame_link;

typedef struct hg_frame {
    hg_lang lang;
    const char *root;       /* relative address of the catalogue's folder: "../../" */
    const char *twin;       /* this page in the other language, relative */
    const char *canonical;  /* this page, absolute; may be NULL */
    const hg_json *title;   /* of the page: a text, or one for each language */
    const hg_json *summary; /* likewise; may be NULL */
    const hg_json *catalog; /* title of the catalogue; may be NULL */
    const hg_json
        *publisher; /* publisher of the page's data: its name and url are used */
    const hg_frame_link *links; /* closed by one without href */
    bool index;                 /* this is the catalogue's first page */
} hg_frame;

const char *hg_frame_code(hg_lang lang); /* "vi", "en" */

/* The catalogue's address, <base> without '/'; "" where a description has none. */
void hg_frame_base(hg_buf *buf, const hg_json *about);

/* The text in the page's language, or in the other. "" for NULL. */
const char *hg_frame_text(const hg_json *text, hg_lang lang);
/* The language of what hg_frame_text() gives, for an attribute lang; NULL: the page's
 * own. */
const char *hg_frame_other(const hg_json *text, hg_lang lang);
/* An element with such a text, marked with its language. Nothing for NULL. */
void hg_frame_say(hg_html *html, const char *name, const hg_json *text, hg_lang lang);
/* A paragraph for each line of such a text. */
void hg_frame_paragraphs(hg_html *html, const hg_json *text, hg_lang lang);

/* The page up to and into <main>; takes jsonld over. */
hg_status hg_frame_start(hg_html *html, const hg_frame *frame, hg_json *jsonld,
                         hg_err *err);
/* From </main> to the end. */
void hg_frame_end(hg_html *html, const hg_frame *frame);

#endif
