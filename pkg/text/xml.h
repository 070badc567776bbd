/* xml.h - XML as events. The only module that includes expat. */
#ifndef HG_TEXT_XML_H
#define HG_TEXT_XML_H

#include "base/buf.h"

#define HG_XML_MAX_DEPTH 256               /* elements within elements */
#define HG_XML_MAX_TOKEN ((size_t)1 << 20) /* bytes of one tag or comment */

/* A namespace that the caller knows, by a letter; several may have the same. Names in a
 * namespace that is not in the table have the letter '?', names in none 0. */
typedef struct hg_xml_space {
    char letter;
    const char *uri;
} hg_xml_space;

/* An element's attributes, until the start event ends. */
typedef struct hg_xml_attrs hg_xml_attrs;

/* The value of an attribute, or NULL. space 0: a name without a prefix. */
const char *hg_xml_attr(const hg_xml_attrs *attrs, char space, const char *name);

/* What the caller wants to be told. Any may be NULL. A failure ends the reading; it may
 * leave its place to the reader. Texts come in pieces; names and texts are valid UTF-8.
 */
typedef struct hg_xml_events {
    hg_status (*start)(void *ctx, char space, const char *name, const hg_xml_attrs *attrs,
                       hg_err *err);
    hg_status (*end)(void *ctx, char space, const char *name, hg_err *err);
    hg_status (*text)(void *ctx, const char *text, size_t n, hg_err *err);
} hg_xml_events;

/* A reader of one document. Two share nothing. */
typedef struct hg_xml hg_xml;

/*
 * Start on a document. spaces ends with a uri of NULL; it, events and the texts of loc
 * outlive the reader. part names the document within the file, and appears in messages.
 * A document type is refused, and with it every entity that XML does not know by itself.
 */
hg_status hg_xml_new(hg_xml **out, const hg_xml_space *spaces,
                     const hg_xml_events *events, void *ctx, const hg_loc *loc,
                     const char *part, hg_err *err);
/*
 * Read n more bytes; last: there are none after them. HG_EINPUT (loc, and in the message
 * the part and line): not well formed, a document type, over a limit above. Or what an
 * event gave.
 */
hg_status hg_xml_feed(hg_xml *xml, const void *bytes, size_t n, bool last, hg_err *err);
/* Bytes between elements that the caller has read by itself: only their lines count. */
void hg_xml_pass(hg_xml *xml, hg_slice bytes);
void hg_xml_free(hg_xml *xml); /* NULL is fine */

#endif
