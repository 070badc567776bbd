/* csv_index.h - where the quotes, delimiters and line ends of a text stand. For delimited/csv. */
#ifndef HG_DELIMITED_CSV_INDEX_H
#define HG_DELIMITED_CSV_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HG_CSV_WINDOW ((size_t)32 << 10) /* bytes indexed at a time; stays in the cache */

/* What stands in a text. */
typedef struct hg_csv_marks {
    size_t n;     /* marks */
    size_t lines; /* LF, also those that quotes enclose */
    bool quotes;  /* some of them are quotes */
} hg_csv_marks;

/*
 * Write the offsets of all quotes of a text, and of its ',' and LF that no quotes enclose,
 * in order. The text starts outside quotes; a quote opens or closes. to has room for
 * n + 16 offsets, n is at most UINT32_MAX. AVX-512 or AVX2 is used where the machine has
 * it, unless compiled with HG_PORTABLE.
 */
hg_csv_marks hg_csv_index(uint32_t *to, const char *text, size_t n);
/* The i-th way in which this machine can do the same, the fastest first and a portable one
 * last; NULL behind that. */
typedef hg_csv_marks hg_csv_indexer(uint32_t *to, const char *text, size_t n);
hg_csv_indexer *hg_csv_index_way(unsigned i);

/* What a look at a text of any length, from the start of a record, shows. */
typedef struct hg_csv_glance {
    size_t end;     /* bytes up to the last LF that no quotes enclose; of these: */
    size_t lines;   /* LF */
    size_t records; /* those that no quotes enclose */
    bool returns;   /* there may be CR before them, */
    bool needless;  /* and quotes around a cell that needs none */
    bool odd;       /* there may be what only a closer look can tell (hg_csv_next()): a quote
                       that stands neither around a whole cell nor doubled in it, a CR alone
                       outside quotes */
} hg_csv_glance;

hg_csv_glance hg_csv_look(const char *text, size_t n);
/* As hg_csv_index_way(). */
typedef hg_csv_glance hg_csv_looker(const char *text, size_t n);
hg_csv_looker *hg_csv_look_way(unsigned i);

#endif
