/* formats_writer.h - what a format is made of; for formats.c and its formats_*.c only. */
#ifndef HG_EXPORT_FORMATS_WRITER_H
#define HG_EXPORT_FORMATS_WRITER_H

#include "dataset/dataset.h"
#include "table/plain.h"
#include "table/row.h"

/* A column of the CSV, by its header. */
typedef struct hg_column {
    const char *name;
    const hg_field *field; /* NULL: the schema has none of that name */
    const char *role;      /* "" for none */
    hg_slice key;          /* the name as a JSON string and a colon */
} hg_column;

/* The table that all its writers share. */
typedef struct hg_export_table {
    const hg_dataset *dataset;
    size_t index; /* of the table in the dataset */
    const char *name, *tmp;
    const hg_schema *schema;
    const hg_column *columns; /* known from begin on */
    size_t n;
} hg_export_table;

typedef struct hg_writer hg_writer;

/* Each may be NULL where a format has nothing to do. */
typedef struct hg_writer_kind {
    hg_status (*check)(const hg_export_table *table, hg_err *err);
    hg_status (*begin)(hg_writer *w, const hg_row *header, hg_err *err);
    hg_status (*row)(hg_writer *w, const hg_row *row, const hg_plain *cells, hg_err *err);
    hg_status (*end)(hg_writer *w, hg_err *err);
    void (*release)(hg_writer *w);
} hg_writer_kind;

struct hg_writer {
    const hg_writer_kind *kind;
    const hg_export_table *table;
    char *path;
    int fd;
    hg_buf text; /* what the file gets next; written out by formats.c */
    uint64_t rows;
    void *state; /* the kind's own */
};

extern const hg_writer_kind hg_writer_excel_csv, hg_writer_geojson, hg_writer_json,
    hg_writer_jsonl, hg_writer_sdmx, hg_writer_xlsx;

const char *hg_field_role(const hg_field *field); /* "" for none, or NULL */

/* The second sheet of a workbook: columns, and the code lists they refer to. */
struct hg_book;
hg_status hg_dictionary_sheet(struct hg_book *book, const hg_export_table *table,
                              hg_err *err);

#endif
