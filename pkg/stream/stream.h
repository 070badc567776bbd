/* stream.h - the hg stream, version 1: what runs between the commands. See hg-stream(5).
 *
 * An ordinary pax tar. hg.json comes first and describes; data/<resource>/00001.csv …
 * carry the rows; findings/00001.csv … what the check found; datapackage.json comes last
 * and is the seal: without it, whatever arrived is a stream cut off.
 */
#ifndef HG_STREAM_STREAM_H
#define HG_STREAM_STREAM_H

#include "base/digest.h"
#include "base/file.h"
#include "json/json.h"
#include "table/finding.h"
#include "table/row.h"

#define HG_STREAM_VERSION 1
#define HG_STREAM_AT      "_at" /* the reserved first column: the cell a row came from */
#define HG_STREAM_PART    ((size_t)1 << 20)  /* bytes after which a part is closed */
#define HG_STREAM_KEPT    ((size_t)2 << 20)  /* bytes of a run that is kept, at most */
#define HG_STREAM_ROW     ((size_t)16 << 20) /* longest row, in bytes */

/* How far the data have come. A stream at the wrong stage is refused, naming the command
 * to run first. */
typedef enum hg_stage { HG_EXTRACTED = 1, HG_CHECKED, HG_PACKAGED } hg_stage;
const char *hg_stage_name(hg_stage stage); /* "extracted", "checked", "packaged" */

/*
 * The head, hg.json:
 *   { "hg": 1, "stage": "extracted", "id": "dan-so",
 *     "definition": { "dataset": {…}, "recipe": {…}, "report": {…}, "codes": {"x.csv":
 * "…"} }, "sources": [ { "name": "bao-cao.xlsx", "bytes": 1, "sha256": "…" } ],
 *     "resources": [ { "name": "dan-so", "schema": {…Table Schema…} } ],
 *     "sealed": false }        only where the source was plain text from a pipe
 */

/* ---- writing ---- */

typedef struct hg_out hg_out;

/*
 * Start a stream on fd, which the caller keeps. head is copied; its stage is set to
 * stage. HG_EARG for a resource name that is no "[a-z0-9][a-z0-9._-]*" of at most 60
 * bytes; HG_ESYS, HG_ENOMEM.
 */
hg_status hg_out_new(hg_out **out, int fd, hg_stage stage, const hg_json *head,
                     hg_err *err);

/* Write plain CSV instead: the rows of one resource, without the column _at; findings and
 * the seal write nothing. HG_EARG at a second resource. */
hg_status hg_out_csv(hg_out **out, int fd, hg_err *err);

/*
 * Begin a resource, in the order of the head, with its header. A header that starts with
 * HG_STREAM_AT promises an origin for each row; otherwise rows are taken as consecutive.
 * Plain CSV may go without a header (n 0).
 */
hg_status hg_out_table(hg_out *out, const char *const *header, size_t n, hg_err *err);

/* Add a row to the resource begun last. at is where it came from: at->sheet and
 * at->source go to the part, the cell to the column _at (not counted in n) where there is
 * one. */
hg_status hg_out_row(hg_out *out, const hg_slice *cells, size_t n, const hg_origin *at,
                     hg_err *err);

/*
 * Add a run of whole records in our dialect (delimited/csv.h) instead of rows one by one; the
 * first may be the header, where hg_out_table() had none. at is where the first record that
 * is no header came from; consecutive ones follow. Bytes up to HG_STREAM_KEPT stay as they
 * are until the next call for this stream has returned, whether this one fails or not.
 */
hg_status hg_out_run(hg_out *out, hg_slice bytes, uint64_t records, const hg_origin *at,
                     hg_err *err);
/* The same of a file's bytes, which mostly go on without being read here; of a stream, with
 * hg_out_trust(). */
hg_status hg_out_span(hg_out *out, const hg_span *span, uint64_t records,
                      const hg_origin *at, hg_err *err);
/* Have done with the bytes of the run added last. */
void hg_out_settle(hg_out *out);
/* The runs of the table begun last are all of a text of so many bytes with this digest, which
 * need not be taken again. Where other bytes come, hg_out_seal() fails with HG_EINPUT. */
void hg_out_trust(hg_out *out, const char sha256[HG_DIGEST_HEX], uint64_t bytes);

/* Pass on a part as it was read (see hg_in_next()), unchanged, whose reader outlives the seal
 * and has given HG_END by then; or one with no reader, whose bytes are others. Either holds for
 * all parts of a table; there is one reader. */
struct hg_part;
hg_status hg_out_part(hg_out *out, const struct hg_part *part, hg_err *err);

hg_status hg_out_finding(hg_out *out, const hg_finding *finding, hg_err *err);

/* Commit: write what is pending, the seal and the end. Only then is the stream complete.
 */
hg_status hg_out_seal(hg_out *out, hg_err *err);
void hg_out_free(hg_out *out); /* NULL is fine; without a seal the stream stays cut off */

/* ---- reading ---- */

typedef enum hg_part_kind { HG_PART_ROWS, HG_PART_FINDINGS } hg_part_kind;

/* A run of whole CSV records. bytes and at.sheet borrow from the reader until its next
 * call. */
typedef struct hg_part {
    hg_part_kind kind;
    size_t resource; /* index into the head's resources */
    bool header;     /* the first record is the header */
    bool located;    /* the first column is _at */
    hg_slice bytes;
    uint64_t number;  /* record number of the first record in its resource, from 1 */
    uint64_t records; /* in these bytes, the header counted */
    hg_origin at;     /* of the first data row; row 0: not known */
    struct hg_in *of; /* the reader, which knows the digest; NULL for plain CSV */
} hg_part;

typedef struct hg_in hg_in;

typedef struct hg_in_opts {
    hg_stage stage; /* the stage wanted, or HG_EXTRACTED for that or any later one */
    const hg_json
        *head;  /* for plain CSV: definition, id and schema to use; may be NULL */
    bool plain; /* take plain CSV too */
    bool undigested; /* the head need not say the digest of plain CSV, for which a file is
                        read twice */
    bool loose; /* parts of plain CSV may hold CR LF, and quotes that are not needed: who
                   passes them on wants neither */
    bool unverified; /* rows are not digested; see below */
} hg_in_opts;

/*
 * Who verifies: whoever acts on the rows - puts a file in its place, publishes, says what they
 * are worth - reads them verified, as is the rule. Who does nothing but pass all parts on, as
 * they are, down a pipe may leave that to the reader at its end: he copies what the seal says
 * of the rows to his own, where it still says what the first writer wrote. Of such a stream
 * nothing else is taken on trust: not the head, not findings, origins, lengths or numbers, nor
 * its end.
 */

/*
 * Open a stream, or plain CSV (then one resource, delimiter ','), from a file or "-".
 * name is copied. HG_EINPUT: missing, cut off, damaged, neither of the two; HG_EARG: the
 * wrong stage. The head is there when this returns.
 */
hg_status hg_in_open(hg_in **out, const char *name, const hg_in_opts *opts, hg_err *err);
const hg_json *hg_in_head(const hg_in *in);
bool hg_in_plain(const hg_in *in); /* it was plain CSV */

/* Fetch the next part: rows in the order of resources, then findings. HG_END comes only
 * after a verified seal (see hg_in_opts.unverified); a stream that stops before is HG_EINPUT. */
hg_status hg_in_next(hg_in *in, hg_part *part, hg_err *err);

/* Keep the bytes of the part given last, which are then in *spare; the memory that spare
 * had is the reader's. Not the sheet of its origin. HG_ENOMEM. */
hg_status hg_in_keep(hg_in *in, hg_buf *spare, hg_err *err);

/* The digest of a resource's bytes, so that who passes them on need not take it again: once a
 * part of another or HG_END came; where it is not verified, at HG_END, as the seal says it. */
void hg_in_digest(hg_in *in, size_t resource, char hex[HG_DIGEST_HEX]);

/* The seal, after HG_END; NULL for plain CSV. Borrowed. */
const hg_json *hg_in_seal(const hg_in *in);
void hg_in_free(hg_in *in); /* NULL is fine */

#endif
