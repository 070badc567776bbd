/* validation.h - findings told to people, as lines, and to programs, as frictionless's JSON.
 */
#ifndef HG_RULES_VALIDATION_H
#define HG_RULES_VALIDATION_H

#include "json/json.h"
#include "table/finding.h"
#include "text/message.h"

/* Append a finding as one line: "bao-cao.xlsx!Biểu 01!D17 [gia_tri]: error type-error:
 * …". */
void hg_validation_line(hg_buf *buf, const hg_finding *finding, hg_lang lang);

#define HG_VALIDATION_NO_ROWS UINT64_MAX /* for what has no rows */

/* Append one line that says how it came out: "not valid: 3 errors, 1 warning, 120 rows". */
void hg_validation_verdict(hg_buf *buf, uint64_t errors, uint64_t warnings, uint64_t rows,
                       hg_lang lang);

/* What it means that there is a finding of this code, in a sentence; document: the code is a
 * keyword of JSON Schema. */
const char *hg_validation_meaning(const char *code, bool document, hg_lang lang);

/*
 * A report in the shape of frictionless-py 5's: valid, stats, warnings, errors, and a
 * task for each table with its name, type, valid, place, labels, stats, warnings and
 * errors; an error has type, title, description, message, tags, note and, as they apply,
 * rowNumber, fieldNumber, fieldName, cell, label. It has no "seconds" and no "cells": the
 * same data give the same report, and a row's other cells are not repeated. Ours beside
 * these: severity; file, sheet, row, column and a1, where the department typed it
 * ("D17"), and for JSON pointer; more, where it only tells how many others there are;
 * messages {"en","vi"}, of which message and note are the English.
 */
typedef struct hg_validation hg_validation;

hg_status hg_validation_new(hg_validation **out, hg_err *err); /* HG_ENOMEM */

/* Begin a table. place is the file it comes from, or NULL; what is known of its labels only
 * later is added by hg_validation_labels(). HG_ENOMEM. */
hg_status hg_validation_table(hg_validation *report, const char *name, const char *place,
                          const hg_slice *labels, size_t n, hg_err *err);
void hg_validation_labels(hg_validation *report, const hg_slice *labels, size_t n);
/* It is no table but a "file", or a "document" (JSON); and what is known of a file as it lies there. */
void hg_validation_type(hg_validation *report, const char *type);
void hg_validation_source(hg_validation *report, uint64_t bytes, const char *sha256);
void hg_validation_add(hg_validation *report, const hg_finding *finding);
/* End the table begun last, with its counts: all findings, also those that were not
 * added. */
void hg_validation_end(hg_validation *report, uint64_t rows, uint64_t errors, uint64_t warnings);

/* The whole; the caller frees it. NULL, or spoilt, where memory ran out. */
hg_json *hg_validation_root(const hg_validation *report);
/* Append the whole as JSON text. HG_ENOMEM. */
hg_status hg_validation_json(const hg_validation *report, hg_buf *buf, hg_err *err);
void hg_validation_free(hg_validation *report); /* NULL is fine */

#endif
