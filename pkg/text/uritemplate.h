/* uritemplate.h - URI templates, RFC 6570, of all four levels; a value is one text. */
#ifndef HG_TEXT_URITEMPLATE_H
#define HG_TEXT_URITEMPLATE_H

#include "base/buf.h"

/* The value of a variable; NULL: it has none. */
typedef const char *hg_template_value(void *user, hg_slice name);

/*
 * Append the template with its expressions expanded. False, with out in an unknown state,
 * if it is no template: a brace without its fellow, an operator that is reserved, or a
 * name or prefix that cannot be.
 */
bool hg_uritemplate_expand(hg_buf *out, hg_slice text, hg_template_value *value,
                           void *user);
bool hg_uritemplate_valid(hg_slice text);

/* May a variable be called so (RFC 6570, 2.3)? */
bool hg_uritemplate_name(hg_slice name);

#endif
