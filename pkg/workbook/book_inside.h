/* book_inside.h - the workbook in the making, shared by the files of workbook/book. */
#ifndef HG_WORKBOOK_BOOK_INSIDE_H
#define HG_WORKBOOK_BOOK_INSIDE_H

#include "text/serial.h"
#include "workbook/book.h"

#include <xlsxwriter.h>

#define BOOK_STYLES 512 /* looks of one workbook; a report has about thirty */

typedef struct book_names { /* keys of names, under which Excel takes them as equal */
    char **keys;
    size_t n;
} book_names;

/* What the cells of a workbook hold, whatever their order. */
typedef struct book_contents {
    size_t sheets, at;   /* at: the number of the sheet being filled, from 1 */
    uint64_t cells, sum; /* sum: of a hash per cell */
} book_contents;

struct hg_book {
    char *folder, *path; /* the library writes to a path; it is below tmp and ours */
    lxw_workbook *lib;
    lxw_worksheet *sheet;
    char sheet_name[HG_BOOK_NAME * 4 + 1];
    book_names names; /* of sheets */
    book_names areas; /* of areas and tables */
    hg_style styles[BOOK_STYLES];
    lxw_format *formats[BOOK_STYLES];
    hg_format_kind kinds[BOOK_STYLES]; /* of numbers in that style */
    size_t n_styles;
    hg_area *merges;
    size_t n_merges, cap_merges;
    bool bulk;     /* made by hg_book_bulk() */
    bool numbered; /* some sheet has page numbers */
    book_contents put;
    hg_buf scratch; /* the text of the cell being written */
    hg_book_watcher *watcher;
    void *with; /* the watcher's */
};

/* The place of an area's first cell. */
#define BOOK_AT(book, area)                                                              \
    (&(hg_loc){ .sheet = (book)->sheet_name, .row = (area).row1, .col = (area).col1 })

/* Turn the library's outcome into ours; after our own checks only memory can lack. */
hg_status hg_book_outcome(lxw_error code, hg_err *err);
/* The library's format for a style, made once. */
hg_status hg_book_format(hg_book *book, const hg_style *want, lxw_format **out,
                         hg_err *err);
/* The place of a style in the book's list, where it is added if it is new. */
hg_status hg_book_style(hg_book *book, const hg_style *want, size_t *i, hg_err *err);
/* See that an area lies within a sheet. */
hg_status hg_book_inside(const hg_book *book, hg_area a, hg_err *err);
/* Characters as Excel counts them, in UTF-16; SIZE_MAX for what XML cannot hold. */
size_t hg_book_characters(hg_slice text);

/* Append text as the library takes it: "_x0041_" stands for a character (ECMA-376 part 1,
 * 22.9.2.19); where it is meant as it is, its first '_' is written so. */
void hg_book_escape(hg_buf *buf, hg_slice text);
/* Add a cell of the sheet counted last: its place, its kind, its text in pieces. */
void hg_book_count(book_contents *all, uint32_t row, uint32_t col, char kind,
                   const hg_slice *text, size_t n);
/* Count a text that is put into a cell, and tell the watcher. */
void hg_book_count_text(hg_book *book, uint32_t row, uint32_t col, const hg_slice *text,
                        size_t n);
/* Remember a name; HG_EARG, saying taken, where Excel takes it for one that is there. */
hg_status hg_book_claim(book_names *names, const char *name, const char *taken,
                        hg_err *err);

#endif
