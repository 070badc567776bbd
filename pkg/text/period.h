/* period.h - years and school years as reports write them: "Sơ bộ - Prel. 2016". */
#ifndef HG_TEXT_PERIOD_H
#define HG_TEXT_PERIOD_H

#include <stdbool.h>

typedef enum hg_period_kind {
    HG_PERIOD_NONE,
    HG_PERIOD_WORDS, /* words of a period without its digits: "Năm học", "Sơ bộ" */
    HG_PERIOD_YEAR,  /* 2016 */
    HG_PERIOD_SCHOOL_YEAR /* 2018-2019: two years that follow each other */
} hg_period_kind;

/*
 * What a figure is, in the codes of SDMX's CL_OBS_STATUS: how final (Luật Thống kê
 * 89/2015/QH13, Điều 3, khoản 15-17), or why there is none (the symbols that yearbooks
 * explain: "…" it occurred and was not collected; "-" it did not occur; "x" it cannot).
 */
#define HG_STATUS_OFFICIAL    'A' /* chính thức; also where nothing is said */
#define HG_STATUS_PROVISIONAL 'P' /* sơ bộ, preliminary */
#define HG_STATUS_ESTIMATE    'E' /* ước tính, estimate */
#define HG_STATUS_MISSING     'L' /* "…": missing value; data exist but were not collected */
#define HG_STATUS_NONE        'M' /* "-", "x": missing value; data cannot exist */

typedef struct hg_period {
    char text[12]; /* "2016", "2018-2019" */
    char status;
} hg_period;

/*
 * Read a text that says nothing but a period of that kind: digits of years 1900 to 2100,
 * and around them "Năm", "Năm học", "Sơ bộ", "Ước tính", their English and dashes, in any
 * order and case. key is the text as hg_utf8_key() writes it. False, with *period unset,
 * for any other text.
 */
bool hg_period_read(hg_period *period, hg_period_kind kind, const char *key);

#endif
