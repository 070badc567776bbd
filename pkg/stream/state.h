/* state.h - what is known of some parts of a table, in a file that can be merged.
 *
 * "hg-state 2 ", the byte order of the machine ("little" or "big": digests of keys go by
 * it), LF; then records, each its length as a packed number (base/pack.h), a letter and its
 * bytes:
 *   T  the table, as JSON: definition, checks and labels, the same in all its states
 *   P  a part begins, as JSON: part, of, name (of the table), file, sheet
 *   J  of its rows, for the judgement on the whole (rules/journal.h)
 *   F  a finding on one of them (stream/findings.h)
 *   N  findings not told: code, severity, field, how many
 *   E  the part ends: its rows
 *   S  the end: the SHA-256 of all bytes before this record, in hexadecimal
 */
#ifndef HG_STREAM_STATE_H
#define HG_STREAM_STATE_H

#include "json/json.h"

#define HG_STATE_PARTS 100000 /* of one table, at most */

/* ---- writing ---- */

typedef struct hg_state_out hg_state_out;

/* Start a state of a table on fd, which the caller keeps; name is copied. HG_ESYS,
 * HG_ENOMEM. */
hg_status hg_state_new(hg_state_out **out, int fd, const char *name, hg_err *err);
/* A record. HG_ESYS; HG_EINPUT: it is over 64 MiB; HG_ENOMEM. */
hg_status hg_state_put(hg_state_out *out, char letter, hg_slice bytes, hg_err *err);
hg_status hg_state_put_json(hg_state_out *out, char letter, const hg_json *json, hg_err *err);
hg_status hg_state_seal(hg_state_out *out, hg_err *err);
void hg_state_out_free(hg_state_out *out); /* NULL is fine */

/* ---- reading ---- */

typedef struct hg_state_in hg_state_in;

typedef struct hg_state_part {
    uint64_t part, of, rows; /* part counts from 1; both 0: parts without numbers */
} hg_state_part;

/* Open a state and see that it is whole. HG_EINPUT: it is missing, damaged, cut off or of
 * another version or byte order; HG_ESYS, HG_ENOMEM. */
hg_status hg_state_open(hg_state_in **in, const char *name, hg_err *err);
const char *hg_state_name(const hg_state_in *in);
const hg_json *hg_state_table(const hg_state_in *in);
hg_slice hg_state_table_text(const hg_state_in *in);
size_t hg_state_parts(const hg_state_in *in);
const hg_state_part *hg_state_part_at(const hg_state_in *in, size_t i);
const hg_json *hg_state_about(const hg_state_in *in, size_t i); /* all its P says */

/* Go to the records of a part, and fetch them, P and E among them; HG_END after E. bytes are
 * borrowed until the next call. HG_EINPUT, HG_ESYS, HG_ENOMEM. */
hg_status hg_state_seek(hg_state_in *in, size_t i, hg_err *err);
hg_status hg_state_next(hg_state_in *in, char *letter, hg_slice *bytes, hg_err *err);
void hg_state_in_free(hg_state_in *in); /* NULL is fine */

#endif
