/* crosstab.h - a tidy table turned into the rows and columns that a form asks for, each
 * figure in its place, each total compared with the sum of its parts. */
#ifndef HG_REPORT_CROSSTAB_H
#define HG_REPORT_CROSSTAB_H

#include "report/lines.h"
#include "text/decimal.h"

#define HG_CROSS_CELLS ((size_t)1 << 22) /* places of one block */

typedef struct hg_figure {
    uint32_t row;      /* its row of data from 1; 0: none, or computed */
    unsigned char sum; /* from 1: the sum of the block that gives exactly this; 0: none */
    char status;       /* its SDMX observation status; 'A' where none is given */
    bool number;
    bool compute; /* its column is computed from others */
    hg_decimal value;
} hg_figure;

typedef struct hg_cross_block {
    const hg_form_block *form;
    hg_axis rows;
    hg_figure *figures; /* rows.n times n_leaves */
    unsigned decimals;  /* most places that its figures have */
    uint32_t *places;   /* hash of coordinates to figures; 0: free, else index + 1 */
    size_t n_places;
} hg_cross_block;

typedef struct hg_crosstab {
    hg_subject of;
    const hg_form_table *table;
    hg_axis columns;
    uint32_t *leaves; /* the columns with figures, as indices into columns */
    uint32_t n_leaves;
    hg_cross_block *blocks;
    size_t n_blocks;
    bool nil, missing;          /* some figure is "-", is "…" */
    bool provisional, estimate; /* some single figure is marked, not its whole line */
    bool rounded;               /* some total differs from its sum, within rounding */
} hg_crosstab;

/*
 * Arrange rows as table asks. The caller keeps form, rows and labels; rows gets new
 * texts. HG_EARG      the table names fields that are not there, or its lines do not say
 * which figure they show HG_EREFUSED  the data do not fit: two rows for one place, a row
 * without a place, a figure that is no number, a total that is not the sum of its parts;
 * err has both values
 */
hg_status hg_crosstab_new(hg_crosstab **out, const hg_form *form,
                          const hg_form_table *table, hg_facts *rows,
                          const hg_labels *const *labels, hg_err *err);

/* What a line is called; texts live as long as the crosstab. */
hg_bilingual hg_crosstab_label(const hg_crosstab *x, const hg_line *line);
hg_bilingual hg_crosstab_unit(const hg_crosstab *x,
                              const hg_line *line); /* empty: none */

/* How a figure's column is computed, or NULL; and from which figures of the block
 * (SIZE_MAX: there is no such). */
const hg_form_compute *hg_crosstab_compute(const hg_crosstab *x, size_t figure);
void hg_crosstab_operands(const hg_crosstab *x, const hg_cross_block *block,
                          size_t figure, size_t *of, size_t *to);

/* Where part i of a figure's sum stands, as an index into the block's figures. */
size_t hg_crosstab_part(const hg_crosstab *x, const hg_cross_block *block,
                        const hg_form_sum *sum, size_t figure, size_t i);

/* Whether the leaf column is, in every row, the sum of other columns; these as leaf
 * indices into parts, which takes sum->n_parts. */
bool hg_crosstab_column_sum(const hg_crosstab *x, const hg_form_sum *sum, uint32_t leaf,
                            uint32_t *parts);
void hg_crosstab_free(hg_crosstab *x); /* NULL is fine */

#endif
