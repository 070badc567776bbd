/* period.h - the periods that reports name: "Sơ bộ - Prel. 2016", "Quý I/2024", "6 tháng
 * đầu năm 2025". */
#ifndef HG_TEXT_PERIOD_H
#define HG_TEXT_PERIOD_H

#include <stdbool.h>

typedef enum hg_period_kind {
    HG_PERIOD_NONE,
    HG_PERIOD_WORDS,       /* words of a period without its digits: "Năm học", "Sơ bộ" */
    HG_PERIOD_YEAR,        /* 2016 */
    HG_PERIOD_SCHOOL_YEAR, /* 2018-2019: two years that follow each other */
    HG_PERIOD_MONTH,   /* 01 … 12, the year being said elsewhere: "Tháng 1", "IV", "Jan." */
    HG_PERIOD_QUARTER, /* Q1 … Q4, likewise: "Quý I", "1" */
    HG_PERIOD_ANY      /* any of these with its year, in ISO 8601 where that has a form:
                          2016, 2018/2019, 2024-05, 2024-05-31, 2024-Q1, 2024-S1 (half a
                          year), 2024-01/2024-09 (cumulative) */
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
    char text[24]; /* "2016", "2024-01/2024-09" */
    char status;
} hg_period;

/*
 * Read a text that says nothing but a period of that kind: digits of years 1900 to 2100,
 * months and quarters in digits, Roman digits or words, and around them "Năm", "Năm học",
 * "Niên vụ", "Vụ đông xuân", "Lũy kế", "Sơ bộ", "Ước tính", their English and dashes, in
 * any order and case. key is the text as hg_utf8_key() writes it. False, with *period
 * unset, for any other text.
 */
bool hg_period_read(hg_period *period, hg_period_kind kind, const char *key);

#endif
