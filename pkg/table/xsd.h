/* xsd.h - the built-in types of CSV on the Web: those of XML Schema 1.1 part 2, with the
 * few names of its own (w3.org/TR/tabular-metadata, 5.11.1), and what a text of each is.
 */
#ifndef HG_TABLE_XSD_H
#define HG_TABLE_XSD_H

#include "table/value.h"

typedef enum hg_xsd_kind {
    HG_XSD_TEXT,
    HG_XSD_BINARY, /* bytes, written as text */
    HG_XSD_NUMBER,
    HG_XSD_BOOLEAN,
    HG_XSD_MOMENT, /* a date, a time, or a part of one */
    HG_XSD_DURATION
} hg_xsd_kind;

/* What white space in a cell becomes before it is read
 * (w3.org/TR/tabular-data-model, 6.4). */
typedef enum hg_xsd_space {
    HG_SPACE_COLLAPSE,
    HG_SPACE_REPLACE,
    HG_SPACE_KEEP
} hg_xsd_space;

typedef struct hg_xsd {
    const char *name;
    hg_xsd_kind kind;
    hg_xsd_space space;
    bool trims;                  /* items of a list lose white space at their ends */
    bool whole, real;            /* of numbers: no decimal mark; an exponent, NaN, INF */
    const char *least, *most;    /* of numbers; NULL: no limit */
    const char *form;            /* of moments: table/datepattern.h */
    unsigned fields, ignored;    /* that a pattern must have, and may have besides */
    bool (*fits)(hg_slice text); /* of texts and durations; NULL: any */
} hg_xsd;

/* A type by its name or other name ("number", "datetime", "binary", "any"); NULL: none.
 */
const hg_xsd *hg_xsd_find(const char *name);
/* Is this the address of a built-in type? */
bool hg_xsd_is_address(const char *iri);

/* Read a text, its white space dealt with, as XML Schema writes the type. value is the
 * text itself, number or moment by kind; a boolean's moment.whole is 0 or 1. */
bool hg_xsd_read(hg_value *value, const hg_xsd *type, hg_slice text);

/* Whether a number is in the type's range. */
bool hg_xsd_in_range(const hg_xsd *type, const hg_numeral *number);

/* -1, 0, 1; 2 where two values have no order (NaN; months against days). Not for texts.
 */
int hg_xsd_compare(const hg_xsd *type, const hg_value *a, const hg_value *b);

/* What length counts: characters, or bytes of what a binary type stands for. */
size_t hg_xsd_length(const hg_xsd *type, hg_slice text);

#endif
