/* formats.h - a table in other formats beside its CSV: XLSX, JSON, JSON Lines, GeoJSON,
 * SDMX-CSV, and CSV as Excel opens it. One pass over the rows writes them all. */
#ifndef HG_EXPORT_FORMATS_H
#define HG_EXPORT_FORMATS_H

#include "dataset/dataset.h"

/*
 *   excel-csv  CSV with a byte order mark and CR LF, for Excel opened by a double click
 *   geojson    RFC 7946: a Feature a row at its fields of role longitude and latitude, in
 *              degrees of WGS 84; a row without either has the geometry null
 *   json       one array of objects (RFC 8259)
 *   jsonl      an object a line (https://jsonlines.org)
 *   sdmx-csv   SDMX-CSV 2.0: fields by their roles, the structure by dataset.json's "sdmx"
 *   xlsx       typed cells, and the data dictionary on a second sheet
 * Numbers are numbers with the digits of the CSV, years too; missing values are null, in
 * xlsx empty, in sdmx-csv a NaN of the measure; all else is text as in the CSV. In xlsx a
 * number of over 15 digits is text, which Excel would round; so is a moment with a zone or
 * before 1 March 1900.
 */
typedef struct hg_export_format {
    const char *name;
    const char *ending; /* of its files: data/<resource>.<ending> */
} hg_export_format;

/* All of them, sorted by name; a set of them has the bit 1 << index. */
const hg_export_format *hg_export_formats(size_t *n);

/* The set that a list names, "csv,xlsx,json"; csv is always there and has no bit. HG_EARG
 * names one that is not known. */
hg_status hg_export_read(unsigned *formats, const char *list, hg_err *err);
unsigned hg_export_bit(const char *name); /* 0: none of that name */

typedef struct hg_export hg_export; /* the files of one table */

typedef struct hg_export_opts {
    const hg_dataset *dataset;
    size_t table;
    unsigned formats;
    const char *folder; /* of the package; must have data/ */
    const char *tmp;    /* folder for temporary files */
} hg_export_opts;

/*
 * Start the files. opts' pointers outlive the export. HG_EARG: the table has no schema, or
 * lacks what a format needs, named; HG_ESYS, HG_ENOMEM.
 */
hg_status hg_export_new(hg_export **out, const hg_export_opts *opts, hg_err *err);

/*
 * Put a run of whole CSV records; the first of the first run is the header. number: the
 * records before them. HG_EARG: a format has no place for it (rows of a sheet, text of a
 * cell, a coordinate off the globe, a dimension without value), with table, row and field;
 * HG_EINPUT, HG_ESYS, HG_ENOMEM. Memory does not grow with the rows.
 */
hg_status hg_export_put(hg_export *export, hg_slice records, uint64_t number, hg_err *err);
hg_status hg_export_end(hg_export *export, hg_err *err); /* close the files */
void hg_export_free(hg_export *export);                  /* NULL is fine */

#endif
