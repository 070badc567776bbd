/* extract_job.h - what the parts of extract share; for extract.c and its extract_*.c only.
 */
#ifndef HG_WORK_EXTRACT_JOB_H
#define HG_WORK_EXTRACT_JOB_H

#include "format/jsonl.h"
#include "format/source.h"
#include "recipe/layout.h"
#include "stream/stream.h"
#include "work/extract.h"
#include "work/extract_remarks.h"

typedef struct hg_extract_job {
    const hg_extract_opts *opts;
    hg_reread *reread; /* of a workbook that hg-report wrote */
    int fd;
    hg_err *err;
    hg_source **sources;
    size_t n;
    hg_json *head;
    hg_remarks remarks; /* what is found wrong with texts */
    hg_out *out;
    const char *const *names; /* of the columns of the table begun last */
    size_t n_names, n_tables; /* tables begun */
    hg_buf lines;             /* JSON Lines not yet written */
    /* with a recipe */
    hg_doc *doc; /* of opts->recipe */
    hg_recipe *recipe;
    /* without one */
    hg_buf header; /* the first row's texts, each closed by a NUL */
    const char **header_names;
    bool blocks; /* rows are passed on in blocks, the header with them */
    hg_slice *cells; /* a row in NFC */
    hg_buf nfc;
} hg_extract_job;

/* Begin the next table of the head. header may begin with HG_STREAM_AT, and outlives its
 * rows. A table whose schema is not known becomes one of strings. */
hg_status hg_extract_begin(hg_extract_job *j, const char *const *header, size_t n);
/* Begin plain CSV that has no header. */
hg_status hg_extract_begin_headless(hg_extract_job *j);
/* Write a row; number is the index of the cell that is a number, for JSON Lines. */
hg_status hg_extract_row(hg_extract_job *j, const hg_slice *cells, size_t n,
                         const hg_origin *at, size_t number);

/* Fail, naming the sheets that there are. */
hg_status hg_extract_no_sheet(const hg_source *source, const char *wanted, hg_err *err);
/* The index of the sheet of that name. HG_EARG: there is none. */
hg_status hg_extract_sheet(hg_extract_job *j, hg_source *source, const char *name,
                           size_t *at);

/* Write the rows of one sheet of each source as they stand. extract_rows.c */
hg_status hg_extract_rows(hg_extract_job *j);

/* Load the recipe of the options, if any; write the rows of its tables, and its notes.
 * extract_recipe.c */
hg_status hg_extract_load_recipe(hg_extract_job *j);
/* The names of the resources that a recipe writes, for a head that has none. */
void hg_extract_resources(const hg_extract_job *j, const char *first, hg_json *resources);
hg_status hg_extract_tables(hg_extract_job *j);

#endif
