/* extract.h - sources that people made -> rows: the first arrow of the flow. */
#ifndef HG_WORK_EXTRACT_H
#define HG_WORK_EXTRACT_H

#include "dataset/dataset.h"
#include "delimited/textfile.h"
#include "recipe/layout.h"
#include "report/reread.h"
#include "text/message.h"

/* What is written: an hg stream, or rows without origins and seal. */
typedef enum hg_extract_form {
    HG_EXTRACT_STREAM,
    HG_EXTRACT_CSV,
    HG_EXTRACT_JSONL /* a recipe's values are numbers or null, all else is text */
} hg_extract_form;

typedef struct hg_extract_opts {
    const hg_dataset
        *dataset;       /* NULL: rows as they stand, named after the first source */
    const char *recipe; /* a recipe's file instead of the dataset's; its code lists are
                           the dataset's, or those of the folder codes/ beside it */
    const char *sheet;  /* the one sheet to read; NULL: those of the recipe, or the first
                           that can be seen */
    const char *table;  /* of several tables, the one that CSV or JSON Lines have; NULL:
                           there is one */
    const hg_textfile_opts *text; /* how texts are read (found and tmp are not looked at);
                                     NULL: as they are found */
    const char *preview; /* a page to write instead of rows, with what the recipe takes
                            each cell for, also where it fails; NULL: none */
    hg_lang lang;        /* of that page */
    const char *member;  /* of sources that are zips of several files, the one to read */
    const char *tmp;     /* folder for temporary files */
    hg_extract_form form;
    hg_told *told; /* set for a workbook of hg-report that was changed; may be NULL */
    hg_tell *tell; /* is told what is no failure: recipe/layout.h, what is malformed in a
                      text (an error) and left out of it; may be NULL */
    void *with;
} hg_extract_opts;

/*
 * Read the sources, files or "-", in their order, and write their rows to fd, sealed.
 * With a recipe these are the tidy rows of its tables, each with its cell as origin;
 * without, the rows of one sheet of each, the first row of the first source being the
 * header, which every other source repeats. HG_EARG    the recipe is wrong or does not
 * fit (recipe.h, layout.h), its columns are not those of the dataset's schema; no such
 * sheet; headers that differ HG_EINPUT  a source is missing, damaged, unsupported, or has
 * no row HG_ESYS, HG_ENOMEM
 */
hg_status hg_extract(const char *const *names, size_t n, const hg_extract_opts *opts,
                     int fd, hg_err *err);

/*
 * What there is in a source: { "name", "bytes", "sha256", "kind": "workbook"|"text",
 * "sheets": [ { "name", "visibility": "visible"|"hidden"|"very hidden", "rows", "cols"
 * (the last with a value), "values", "formulas" (of them: cached results), "uncached"
 * (formulas without one), "hidden" (values in hidden rows or columns), "number_texts",
 * "merged", "covered" (values in merged areas, not in their first cell), "declared_rows",
 * "declared_cols" (what the sheet says it has, of xlsx and xls) } ] }. Of a workbook also {
 * "date_system": 1900|1904, "fonts": [ … ] of cells with values, "names" and "tables": [ {
 * "name", "refers_to" } ] as the file writes it, where it is told, "warnings": [ { "code":
 * "hidden-sheet"|"hidden-cells"|"covered-cells"|"uncached-formulas"|"number-texts"|
 * "declared-dimension"|"external-links", "sheet", "count" } ] }, of a text how it is read (extract_texts.h). Of opts, text,
 * member and tmp are looked at. The caller frees *list. HG_EINPUT …
 */
hg_status hg_extract_list(hg_json **list, const char *name, const hg_extract_opts *opts,
                          hg_err *err);

/*
 * Guess a recipe for a source (recipe/guess.h), *percent of how sure it is. Of opts, sheet,
 * text, tmp and lang are looked at. *report: it is a workbook of hg-report, which needs
 * none. The caller frees *recipe. HG_EINPUT as for reading; HG_EARG: no such sheet.
 */
hg_status hg_extract_guess(hg_json **recipe, unsigned *percent, bool *report,
                           const char *name, const hg_extract_opts *opts, hg_err *err);

/* Tell opts->tell what moved in the layout of a report since the edition before it
 * (recipe/drift.h), and which sheets came ("sheet-added") and went ("sheet-removed"). Of
 * opts, text and tmp are looked at too. HG_EINPUT, HG_EARG as for reading either;
 * HG_ENOMEM. */
hg_status hg_extract_diff(const char *old, const char *new, const hg_extract_opts *opts,
                          hg_err *err);

#endif
