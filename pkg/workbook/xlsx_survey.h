/* xlsx_survey.h - what a workbook (.xlsx) has beside its values: tables, merged areas,
 * panes, filters, fonts, links, drawings, properties. For checks of how it is made. */
#ifndef HG_WORKBOOK_XLSX_SURVEY_H
#define HG_WORKBOOK_XLSX_SURVEY_H

#include "base/buf.h"
#include "workbook/area.h"
#include "workbook/cell.h"

#define HG_SURVEY_SHEETS  1024
#define HG_SURVEY_ITEMS   65536 /* tables, merged areas, looks … of a sheet */

typedef struct hg_survey_table {
    char *name;
    hg_area area;
    unsigned header_rows;
    bool filter;
    char **headers;
    size_t n_headers;
} hg_survey_table;

/* A way that cells of a sheet look, and the first cell with a value that does. */
typedef struct hg_survey_look {
    size_t style; /* index into the workbook's */
    uint32_t row, col;
    bool text; /* some of them are texts */
} hg_survey_look;

typedef struct hg_survey_sheet {
    char *name;
    hg_visibility visibility;
    hg_survey_table *tables;
    size_t n_tables;
    hg_area *merged;
    size_t n_merged;
    hg_survey_look *looks;
    size_t n_looks;
    char **links; /* targets within the workbook: "'Biểu 01'!A1" */
    size_t n_links;
    uint32_t hidden_row, hidden_col; /* the first; 0: none */
    bool pane, filter, header_footer;
    unsigned pictures, shapes, charts, undescribed; /* undescribed: without alt text */
    char active[16];                                /* the selected cell; "": A1 */
} hg_survey_sheet;

typedef struct hg_survey_style {
    double size; /* points */
    const char *font;
    bool fill, wrap;
} hg_survey_style;

typedef struct hg_survey {
    hg_survey_sheet *sheets;
    size_t n;
    hg_survey_style *styles;
    size_t n_styles;
    char **fonts; /* names that styles point into */
    double *sizes;
    size_t n_fonts, n_sizes;
    bool *fills;
    size_t n_fills;
    char *title, *author, *keywords;
    bool macros;
    size_t active; /* the sheet shown first */
} hg_survey;

/* Read a workbook from a descriptor that the caller keeps. HG_EINPUT: no xlsx, damaged, over
 * a limit above; HG_ENOMEM. */
hg_status hg_survey_read(hg_survey **out, int fd, const char *name, hg_err *err);
void hg_survey_free(hg_survey *survey); /* NULL is fine */

#endif
