/* lanes.h - the short cells of a column, looked at side by side. */
#ifndef HG_TABLE_LANES_H
#define HG_TABLE_LANES_H

#include <stdint.h>

#define HG_LANES 64

/* Cells: their first eight bytes, the first one lowest; what stands behind a shorter cell is
 * not looked at. Those of size 0, or of more than eight bytes, are never good, but where
 * said otherwise. Start with all 0. */
typedef struct hg_lanes {
    uint64_t words[HG_LANES], sizes[HG_LANES];
    uint64_t tails[HG_LANES]; /* of a date, bytes 3 to 10 */
} hg_lanes;

typedef struct hg_range {
    int64_t low, high; /* both within */
} hg_range;

/* One of these texts of up to seven bytes: the last byte highest, and the lowest tells how
 * many there are; 0: none. */
#define HG_LANES_KNOWN 4

/* Ways to look at all of them at once. Each answers with a bit for each cell that is good, the
 * first one lowest. */
typedef struct hg_lanes_looks {
    /* So many digits. */
    uint64_t (*digits)(const hg_lanes *lanes, hg_range size);
    /* So many digits, whose number is within a range. */
    uint64_t (*numbers)(const hg_lanes *lanes, hg_range size, hg_range value);
    /* Digits with at most one point among them, not at an end; a number that has a part behind
     * the point is within a range if both its whole neighbours are. */
    uint64_t (*decimals)(const hg_lanes *lanes, hg_range value);
    /* Valid UTF-8 of so many characters. */
    uint64_t (*sized)(const hg_lanes *lanes, hg_range chars);
    /* Dates as 2024-02-28, of ten bytes; of no year the 29th of February. */
    uint64_t (*dates)(const hg_lanes *lanes);
    uint64_t (*known)(const hg_lanes *lanes, const uint64_t known[HG_LANES_KNOWN]);
} hg_lanes_looks;

/* Those with the widest vectors of 64 bits that this machine has; NULL where it has none, or
 * is compiled with HG_PORTABLE: looking one by one is then faster. */
const hg_lanes_looks *hg_lanes_here(void);
/* Four and eight cells at a time, which need AVX2 (or another machine) and AVX-512. */
extern const hg_lanes_looks hg_lanes_4, hg_lanes_8;

#endif
