/* book.h - write a workbook (xlsx). The only module that includes libxlsxwriter.
 *
 * That library prints to stderr and may abort on what Excel does not take, so each limit
 * is checked here before it is called: HG_EARG says what is too long, too many or
 * overlaps. The same calls give the same bytes: the dates in the file are the one given.
 */
#ifndef HG_WORKBOOK_BOOK_H
#define HG_WORKBOOK_BOOK_H

#include "base/buf.h"
#include "workbook/area.h"

/* Limits of Excel ("Excel specifications and limits", support.microsoft.com). */
#define HG_BOOK_ROWS   1048576u
#define HG_BOOK_COLS   16384u
#define HG_BOOK_TEXT   32767u /* characters of a cell */
#define HG_BOOK_NAME   31u    /* characters of a sheet's name */
#define HG_BOOK_HEIGHT 409.0  /* points of a row */
#define HG_BOOK_WIDTH  255.0  /* characters of a column */

typedef struct hg_book hg_book;

/* What the file's properties say; NULL: not said. */
typedef struct hg_book_about {
    const char *title, *subject, *author, *keywords, *comments;
    int64_t created; /* seconds since 1970-01-01 UTC; not 0 */
    bool sans;       /* cells without a style in Arial, not Times New Roman */
} hg_book_about;

enum { HG_LEFT, HG_CENTRE, HG_RIGHT };
enum { HG_TOP, HG_MIDDLE, HG_BOTTOM };
enum { HG_NO_LINE, HG_THIN, HG_HAIR };

enum { HG_SERIF, HG_SANS }; /* Times New Roman; Arial */

/* How a cell looks. Only small fields, so that two styles compare by their bytes. */
typedef struct hg_style {
    unsigned char size; /* points */
    unsigned char font; /* HG_SERIF … */
    unsigned char bold, italic, wrap;
    unsigned char link; /* underlined, in a blue that is told apart on white (7:1) */
    unsigned char open; /* can be changed on a protected sheet */
    unsigned char align, valign;            /* HG_LEFT … ; HG_TOP … */
    unsigned char indent;                   /* levels, up to 15 */
    unsigned char top, right, bottom, left; /* lines: HG_THIN … */
    char number[29];                        /* number format code; "": General */
} hg_style;

/* A piece of a cell's text with a slant of its own. */
typedef struct hg_run {
    hg_slice text;
    bool bold, italic;
} hg_run;

typedef struct hg_page {
    bool landscape;
    double left, right, top, bottom, header; /* margins in millimetres */
    uint32_t repeat1, repeat2;               /* rows that head every page; 0: none */
    uint32_t rows, cols;                     /* print area, from A1 */
    unsigned down; /* fit to so many pages down; 0: any number */
    bool gridlines; /* leave them on the screen */
    bool numbered; /* page numbers from page 2 on, centred in the top margin */
    const char *continued; /* with numbered: said below the number; NULL: nothing. Its start is
                            * taken where it is longer than a page's header */
} hg_page;

/* Start a workbook in Times New Roman; temporary files go to the folder tmp. HG_EARG for
 * an about without a date; HG_ESYS, HG_ENOMEM. */
hg_status hg_book_new(hg_book **out, const char *tmp, const hg_book_about *about,
                      hg_err *err);

/*
 * The same for tables of any length, in memory that does not grow with the rows: cells are
 * given row by row from the top, column by column, and a sheet before the next. No merged
 * areas of several rows. What was written is not read back cell by cell, as that of the
 * other is, but each sheet must have all bytes of its rows.
 */
hg_status hg_book_bulk(hg_book **out, const char *tmp, const hg_book_about *about,
                       hg_err *err);

/*
 * Add a sheet; all calls below go to the sheet added last. Rows and columns count from 1.
 * HG_EARG: a name that Excel refuses or that is taken; and below: a cell beyond the
 * sheet, text too long or not UTF-8, areas that overlap.
 */
hg_status hg_book_sheet(hg_book *book, const char *name, hg_err *err);

/* Whether a name is taken, as Excel sees it. False out of memory, too. */
bool hg_book_has(const hg_book *book, const char *name);

/* Go back to a sheet that was added before, to fill it; not in a bulk workbook, and not to
 * merge areas. name must be that of a sheet. */
void hg_book_turn(hg_book *book, const char *name);

/* Fill an area, merged where it has more than one cell, with text in pieces (n may be 0).
 */
hg_status hg_book_text(hg_book *book, hg_area area, const hg_style *style,
                       const hg_run *runs, size_t n, hg_err *err);

/* A number, given as decimal text; true or false; or a formula ("=C4+D4") with the value it comes to. */
hg_status hg_book_number(hg_book *book, uint32_t row, uint32_t col, const hg_style *style,
                         hg_slice number, hg_err *err);
hg_status hg_book_truth(hg_book *book, uint32_t row, uint32_t col, const hg_style *style,
                        bool truth, hg_err *err);
hg_status hg_book_formula(hg_book *book, uint32_t row, uint32_t col,
                          const hg_style *style, const char *formula, hg_slice value,
                          hg_err *err);

/* Told of each text put into a cell, in pieces. */
typedef void hg_book_watcher(void *with, uint32_t row, uint32_t col, const hg_slice *text,
                             size_t n);
/* Have the texts of the sheets to come told to a watcher; NULL: no longer. */
void hg_book_watch(hg_book *book, hg_book_watcher *watcher, void *with);

hg_status hg_book_width(hg_book *book, uint32_t col, double points, hg_err *err);
/* The same, with a style for cells that have none of their own. */
hg_status hg_book_column(hg_book *book, uint32_t col, double points, const hg_style *style,
                         hg_err *err);
hg_status hg_book_height(hg_book *book, uint32_t row, double points, hg_err *err);

/* The sheet is a list of so many rows and columns: its first row stays in sight, and texts
 * that look like numbers are meant to be texts. */
hg_status hg_book_list(hg_book *book, uint32_t rows, uint32_t cols, hg_err *err);

/* Set up the sheet's printing on A4, made smaller to fit one page across (and
 * page->down). */
hg_status hg_book_print(hg_book *book, const hg_page *page, hg_err *err);

/* Do not show the sheet; never the first one. */
void hg_book_hide(hg_book *book);

/* Say something in the file's own properties: both at most 255 characters. */
hg_status hg_book_property(hg_book *book, const char *name, const char *value,
                           hg_err *err);

/* Name an area of the sheet for formulas and other programs: letters, digits, '_' and '.',
 * a letter first. HG_EARG for another name, or one that is taken. */
hg_status hg_book_name(hg_book *book, const char *name, hg_area area, hg_err *err);

/*
 * Mark an area up as a table, so that programs and screen readers know it: its first row,
 * with the texts of headers (one per column, each another, none empty; in style), is
 * written here; what is below by the caller. Not in a bulk workbook. name is unique, as
 * for hg_book_name().
 */
hg_status hg_book_table(hg_book *book, const char *name, hg_area area,
                        const hg_style *style, const char *const *headers, hg_err *err);

/* A text that leads to the cell A1 of a sheet. */
hg_status hg_book_link(hg_book *book, uint32_t row, uint32_t col, const hg_style *style,
                       const char *sheet, hg_slice text, hg_err *err);

/* Take only what makes formula true ("=ISNUMBER(B8)", as for the area's first cell), and say
 * what is wanted: title at most 32 characters, message at most 255. */
hg_status hg_book_check(hg_book *book, hg_area area, const char *formula,
                        const char *title, const char *message, hg_err *err);
/* Let people choose from the cells that formula names ("=_hg!$F$1:$F$3"). */
hg_status hg_book_choose(hg_book *book, hg_area area, const char *formula, hg_err *err);
/* Cells whose style is not open cannot be changed, short of taking the protection away. */
void hg_book_protect(hg_book *book);

typedef enum hg_chart_kind {
    HG_CHART_COLUMN,  /* upright bars, side by side */
    HG_CHART_BAR,     /* lying bars, the first category on top */
    HG_CHART_STACKED, /* upright bars, one on the other */
    HG_CHART_LINE,    /* lines with a mark at each point */
    HG_CHART_PYRAMID  /* lying bars to both sides: the first series is given as negatives */
} hg_chart_kind;

/* A series: formulas of the cells with its name, its categories and its values. */
typedef struct hg_chart_series {
    const char *name, *categories, *values;
} hg_chart_series;

#define HG_BOOK_SERIES 12

typedef struct hg_chart {
    hg_chart_kind kind;
    const char *title, *description; /* description: for people who do not see it */
    const char *unit;                /* of the values; NULL: none */
    const hg_chart_series *series;
    size_t n; /* up to HG_BOOK_SERIES */
    bool sans;
    bool from_zero; /* the values' axis starts at 0, as bars want it */
    double width, height; /* points */
} hg_chart;

/* Put a chart over the sheet, its corner at a cell. Colours are told apart in print and by
 * people who do not see all of them; lines also by their dashes and marks. */
hg_status hg_book_chart(hg_book *book, uint32_t row, uint32_t col, const hg_chart *chart,
                        hg_err *err);

/* Write the workbook to fd; name is for messages. Once only. HG_ESYS, HG_ENOMEM, HG_EARG
 * for a workbook without a sheet. */
hg_status hg_book_write(hg_book *book, int fd, const char *name, hg_err *err);
void hg_book_free(hg_book *book); /* NULL is fine */

#endif
