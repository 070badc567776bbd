/* lines.h - the rows or columns of a report, out of a form's nodes and the data. */
#ifndef HG_REPORT_LINES_H
#define HG_REPORT_LINES_H

#include "dataset/form.h"
#include "report/facts.h"
#include "report/labels.h"

#define HG_AXIS_TOP UINT32_MAX /* the parent of a line that has none */

/* What a report is made of; all of it is the caller's. */
typedef struct hg_subject {
    const hg_form *form;
    hg_facts *facts;
    const hg_labels *const *labels; /* per field; NULL: the codes speak for themselves */
} hg_subject;

/* The index of a field that at names as its member key; HG_EARG where the data have none.
 */
hg_status hg_subject_field(const hg_subject *of, const hg_json *at, const char *key,
                           const char *name, size_t *field, hg_err *err);
/* The number of a text; HG_ENOMEM. */
hg_status hg_subject_id(const hg_subject *of, const char *text, uint32_t *id,
                        hg_err *err);

/* One row or column of the report. Lines come in the order of the page, each before the
 * lines below it. */
typedef struct hg_line {
    const hg_form_node *node;
    uint32_t parent; /* index of the line above, or HG_AXIS_TOP */
    unsigned level;  /* lines above it */
    unsigned below;  /* lines whose parent it is */
    bool heading;    /* no figures */
    hg_form_numbering numbering;
    uint32_t code; /* its code's text in rows; 0 where it has none */
    uint32_t unit; /* likewise its unit */
    char mark; /* 'P' or 'E' where all its figures are provisional or estimates; or 0 */
} hg_line;

/* The rows, or the columns; start with { 0 }. */
typedef struct hg_axis {
    hg_line *lines;
    uint32_t n, cap;
    uint32_t *coordinates; /* see hg_axis_at() */
    size_t fields;         /* of the data */
} hg_axis;

/*
 * Make the lines of nodes[0..n). chosen tells per row of the data whether codes are
 * looked for in it. HG_EARG: a node names a field that is not there; HG_ENOMEM.
 */
hg_status hg_axis_make(hg_axis *axis, const hg_subject *of, const hg_form_node *nodes,
                       size_t n, const unsigned char *chosen, hg_err *err);

/* What a line fixes: per field a text's number, or 0 where it leaves the field open. */
const uint32_t *hg_axis_at(const hg_axis *axis, uint32_t line);
void hg_axis_release(hg_axis *axis);

#endif
