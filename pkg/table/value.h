/* value.h - one cell's text as a value of a Table Schema type. */
#ifndef HG_TABLE_VALUE_H
#define HG_TABLE_VALUE_H

#include "table/jsontext.h"
#include "table/numeral.h"
#include "table/moment.h"

/* The types of Table Schema v2. */
typedef enum hg_type {
    HG_ANY,
    HG_STRING,
    HG_NUMBER,
    HG_INTEGER,
    HG_BOOLEAN,
    HG_DATE,
    HG_TIME,
    HG_DATETIME,
    HG_YEAR,
    HG_YEARMONTH,
    HG_DURATION,
    HG_LIST,
    HG_ARRAY,
    HG_OBJECT,
    HG_GEOPOINT,
    HG_GEOJSON
} hg_type;

/* A value; which member is set goes by the type. Borrows from the cell's text. */
typedef union hg_value {
    hg_slice text;     /* any, string, list, array, object, geojson */
    hg_slice point[2]; /* geopoint: the texts of two numbers */
    hg_numeral number; /* number, integer */
    hg_moment moment;  /* dates and times; a boolean's whole is 0 or 1 */
} hg_value;

/*
 * How the cells of one column are read: picked once, then called for each cell. Copies
 * and borrows nothing but format, delimiter, true_values and false_values.
 */
typedef struct hg_typed hg_typed;
struct hg_typed {
    hg_type type;
    bool ordered; /* minimum and maximum make sense */
    bool json;    /* a constant in a schema is JSON of any kind */
    /* False if text, which is not a missing value, is no value of the type. */
    bool (*read)(const hg_typed *reader, hg_slice text, hg_value *value);
    int (*compare)(const hg_value *a, const hg_value *b); /* -1, 0, 1; 2: neither */
    /* What minLength and maxLength count: characters, items, members; NULL: nothing. */
    size_t (*length)(const hg_typed *reader, hg_slice text);
    /* Of a list: between items (",") and what each of them is; NULL: any text. */
    const char *delimiter;
    bool (*item)(const hg_typed *reader, hg_slice text, hg_value *value);
    const char *format;            /* a pattern of hg_moment_format(), or NULL */
    char decimal_char, group_char; /* '.' and 0 unless said otherwise */
    bool dressed;                  /* bareNumber false: "12 €", "95%" are numbers */
    const hg_slice *true_values, *false_values; /* NULL: Table Schema's own */
    size_t n_true, n_false;
};

/* Set reader up for a type of Table Schema by name; false if it is not known. */
bool hg_typed_init(hg_typed *reader, const char *type);
/* Choose a format by name or pattern; false if it is not known for the type. */
bool hg_typed_format(hg_typed *reader, const char *format);
/* Choose what a list's items are; false if it is not known, or not one that a list has. */
bool hg_typed_items(hg_typed *reader, const char *type);
const char *hg_type_name(hg_type type);

/* Append bytes that are equal for equal values of one type, and closed in themselves. */
void hg_value_key(hg_buf *buf, const hg_typed *reader, const hg_value *value);

#endif
