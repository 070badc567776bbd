/*
 * jsonschema.h - JSON documents judged by JSON Schema: drafts 7 and 2020-12, whole.
 *
 * https://json-schema.org/specification, read on 2022-06-16 (2020-12, second patch) and
 * http://json-schema.org/draft-07. What they leave open:
 *  - A schema without "$schema" is draft 7, unless it has a keyword that only 2020-12 knows
 *    ("$defs", "prefixItems", "unevaluatedProperties" …); other values of "$schema" than the two
 *    drafts', and metaschemas that lead to one of them, are an error.
 *  - "format" is checked only where a metaschema has the vocabulary format-assertion; but for
 *    uri-template and idn-hostname, which are then an error, and what IDNA encodes in a host.
 *  - "pattern" is ECMA-262's with the flag u; see text/pattern.h.
 *  - "$ref" leads within the schema, to the drafts' metaschemas, which are built in, and to
 *    http://localhost:1234/, for which a folder may stand. Nothing is fetched.
 */
#ifndef HG_JSON_JSONSCHEMA_H
#define HG_JSON_JSONSCHEMA_H

#include "json/tree.h"

#define HG_JSONSCHEMA_REMOTE "http://localhost:1234/"
#define HG_JSONSCHEMA_DEPTH 4000     /* schemas applied within each other */
#define HG_JSONSCHEMA_STEPS 2000000 /* schemas applied in all, and 100 more for each value */

/* A schema made ready. It is for one thread, as its patterns are. */
typedef struct hg_jsonschema hg_jsonschema;

/*
 * Read a schema. name is for messages; remotes is the folder that stands for
 * HG_JSONSCHEMA_REMOTE, or NULL. HG_EARG with line and column: it is no JSON, no schema, has
 * a pattern that is none, refers to what is not there, or needs a vocabulary that is not
 * known. HG_EINPUT: a remote file cannot be read. HG_ENOMEM.
 */
hg_status hg_jsonschema_new(hg_jsonschema **out, const char *name, hg_slice text,
                            const char *remotes, hg_err *err);
/* Likewise from a file. */
hg_status hg_jsonschema_load(hg_jsonschema **out, const char *name, const char *remotes,
                             hg_err *err);
void hg_jsonschema_free(hg_jsonschema *schema); /* NULL is fine */

/* What a value breaks. The message is an English format, the key of its translation, with
 * its arguments as hg_args() gives them. */
typedef struct hg_jsonschema_finding {
    const hg_node *at;   /* the value */
    const char *keyword; /* "minimum"; "false" where the schema is that */
    const char *message; /* static storage */
    char args[512];
    size_t args_len;
} hg_jsonschema_finding;

/* Takes a finding, of which it keeps no part. A failure ends the check. */
typedef hg_status hg_take_jsonschema(void *user, const hg_jsonschema_finding *finding,
                                     hg_err *err);

/*
 * Judge a value; take may be NULL, and the check then ends with the first finding. *valid
 * holds only after HG_OK. HG_EINPUT: it could not be checked within the limits above or those
 * of its patterns, which is neither valid nor not; HG_ENOMEM, or what take returns.
 */
hg_status hg_jsonschema_check(const hg_jsonschema *schema, const hg_node *value,
                              hg_take_jsonschema *take, void *user, bool *valid,
                              hg_err *err);

#endif
