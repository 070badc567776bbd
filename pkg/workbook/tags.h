/* tags.h - a web page as tags and the text between them. */
#ifndef HG_WORKBOOK_TAGS_H
#define HG_WORKBOOK_TAGS_H

#include "base/buf.h"

#define HG_TAGS_MAX  ((size_t)1 << 20) /* bytes of one tag or comment */
#define HG_TAGS_NAME 16 /* bytes of a tag's name that are looked at, and NUL */

/* What stands next in a page. text borrows from the reader until its next call. */
typedef enum hg_tag_kind { HG_TAG_TEXT, HG_TAG_OPEN, HG_TAG_CLOSE } hg_tag_kind;
typedef struct hg_tag {
    hg_tag_kind kind;
    char name[HG_TAGS_NAME]; /* in lower case; longer ones are cut */
    hg_slice text; /* a piece of text, with its entities, or a tag's attributes */
} hg_tag;

typedef struct hg_tags hg_tags;

/* Read fd, a seekable descriptor of UTF-8 that the caller keeps and whose own offset is
 * left alone, from the byte from on. name appears in messages and outlives the reader. */
hg_status hg_tags_new(hg_tags **out, int fd, const char *name, uint64_t from,
                      hg_err *err);
/*
 * Fetch the next tag or piece of text. Comments, declarations, and what script, style and
 * the like hold are passed over. An entity stands within one piece. HG_END at the end of
 * the page; HG_EINPUT: it ends within a tag, a comment or such an element, or one is over
 * HG_TAGS_MAX; HG_ESYS, HG_ENOMEM.
 */
hg_status hg_tags_next(hg_tags *tags, hg_tag *tag, hg_err *err);
void hg_tags_free(hg_tags *tags); /* NULL is fine */

/* The value of an attribute, by its name in lower case. false: there is none. It borrows
 * from the tag. */
bool hg_tag_attr(const hg_tag *tag, const char *name, hg_slice *value);

#endif
