/* dialect.h - Table Dialect v2 out of JSON: how a file keeps a table.
 * https://datapackage.org/standard/table-dialect/, read on 2024-06-26 (version 2.0). */
#ifndef HG_TABLE_DIALECT_H
#define HG_TABLE_DIALECT_H

#include "json/json.h"

/* Borrows from the JSON. Of a text: delimiter to line_end; of a workbook: the sheet; of
 * JSON: property to item_keys; of all: headers, comments, null. */
typedef struct hg_dialect {
    bool header;
    const hg_json *header_rows; /* numbers of rows from 1, ascending; NULL: [1] */
    const char *header_join;
    const hg_json *comment_rows; /* NULL: none */
    const char *comment_char;    /* NULL: none */
    const char *null_sequence;   /* NULL: none */
    char delimiter, quote, escape; /* escape 0: none */
    bool double_quote, skip_space;
    char line_end; /* 0: LF, CR LF and CR alike */
    const char *sheet_name; /* NULL: by number */
    size_t sheet_number;    /* from 1 */
    const char *property;   /* NULL: the document itself */
    const char *item_type;    /* "array", "object", or NULL: as the first item is */
    const hg_json *item_keys; /* NULL: those of the first item */
} hg_dialect;

/* The dialect of a text delimited so (0: ','), where nothing is said. */
hg_dialect hg_dialect_default(char delimiter);

/* Change what json says; doc is the document that holds it. HG_EARG, with the place: it
 * is wrong, or says something that is not known here. */
hg_status hg_dialect_read(hg_dialect *dialect, const hg_json *json, const hg_doc *doc,
                          hg_err *err);

/* Is a row, by number, in one of the lists above? */
bool hg_dialect_lists(const hg_json *rows, uint64_t number);
/* The last row of the header; 0: there is none. */
uint64_t hg_dialect_header_end(const hg_dialect *dialect);

#endif
