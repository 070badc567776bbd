/* accessible_inside.h - a workbook in the accessible layout, shared by its files. */
#ifndef HG_REPORT_ACCESSIBLE_INSIDE_H
#define HG_REPORT_ACCESSIBLE_INSIDE_H

#include "report/accessible.h"

#define ACCESS_SIZE     12 /* points: the least that the checklist takes */
#define ACCESS_TITLE    16
#define ACCESS_SUBTITLE 14

/* What the contents or the notes say of something; texts are the access's. */
typedef struct access_entry {
    char *sheet; /* that it is on */
    char *vi, *en;
} access_entry;

typedef struct access_list {
    access_entry *entries;
    size_t n, cap;
} access_list;

struct hg_access {
    hg_book *book;
    bool english;
    access_list contents, notes;
    unsigned tables;
    bool none, missing, nothing, provisional, estimate; /* symbols used by some table */
};

/* A style of the workbook; wrapped. */
hg_style hg_access_style(unsigned char size, bool bold);
hg_status hg_access_put(hg_book *book, uint32_t row, uint32_t col, const hg_style *style,
                        const char *text, hg_err *err);
/* Points that a text takes, all of it and its longest word; lines in a column so wide. */
double hg_access_width(const char *text, unsigned char size, bool bold);
double hg_access_word(const char *text, unsigned char size, bool bold);
unsigned hg_access_lines(const char *text, const hg_style *style, double width);
hg_status hg_access_height(hg_book *book, uint32_t row, unsigned lines, unsigned char size,
                           hg_err *err);
/* Copies the texts. */
hg_status hg_access_list(access_list *list, const char *sheet, const char *vi,
                         const char *en, hg_err *err);

/* The three sheets at the front, made empty at first. */
hg_status hg_access_front(hg_access *access, hg_err *err);
hg_status hg_access_fill_front(hg_access *access, const hg_cover *cover, hg_err *err);
/* "Bìa", "Mục lục", "Chú giải" */
enum { ACCESS_COVER, ACCESS_CONTENTS, ACCESS_NOTES, ACCESS_FRONT };
const char *hg_access_front_name(unsigned i);

#endif
