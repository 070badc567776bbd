/* area.h - a rectangle of cells on a sheet. */
#ifndef HG_WORKBOOK_AREA_H
#define HG_WORKBOOK_AREA_H

#include <stdint.h>

/* 1-based, both ends included. */
typedef struct hg_area {
    uint32_t row1, col1, row2, col2;
} hg_area;

#endif
