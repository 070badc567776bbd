/* err.h - what went wrong, and where: the status and message every fallible call gives.
 */
#ifndef HG_BASE_ERR_H
#define HG_BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Outcome of a call. Failures map one to one to the exit statuses of hg-tools(7), so a
 * module chooses its status by asking who can mend it: the caller, the data, the system.
 */
typedef enum hg_status {
    HG_OK = 0,
    HG_END,      /* nothing more to fetch; not a failure */
    HG_EREFUSED, /* the data have findings and this step takes none: exit status 1 */
    HG_EARG,     /* asked wrongly: an option, a definition, a recipe: exit status 2 */
    HG_EINPUT,   /* input missing, cut off, damaged or unsupported: exit status 3 */
    HG_ESYS,     /* the system failed; hg_err.sys has errno, 0 if none: exit status 4 */
    HG_ENOMEM    /* out of memory: exit status 4 */
} hg_status;

/*
 * A place in an input. NULL and 0 stand for "not known". row and col count from 1; with a
 * sheet (which may be "") they name a cell, without one the line and the column of a
 * text.
 */
typedef struct hg_loc {
    const char *file;
    const char *sheet;
    const char *field;
    uint64_t row;
    uint32_t col;
} hg_loc;

#define HG_AT(name) (&(hg_loc){ .file = (name) }) /* a file as a whole, for hg_fail() */

/*
 * One failure. It holds no allocation, so that it works out of memory too. The message is
 * kept as its English format, which is also the key of its translation (text/message.h),
 * and its arguments, rendered, each closed by a NUL. Long texts are cut at a character.
 */
typedef struct hg_err {
    hg_status status;
    int sys;
    const char *format; /* static storage */
    uint64_t row;
    uint32_t col;
    bool grid; /* row and col name a cell of a sheet */
    char file[512];
    char sheet[160];
    char field[160];
    char args[1024];
} hg_err;

#define HG_ERR_INIT                                                                      \
    {                                                                                    \
        .status = HG_OK                                                                  \
    }

/*
 * Record a failure and return status, for `return hg_fail(...)`. The first failure wins:
 * a later one leaves err as it is. format is one clause with neither place nor full stop;
 * its conversions are any of %s %.*s %d %ld %u %zu %c %" PRIu64 ". loc may be NULL.
 */
hg_status hg_fail(hg_err *err, hg_status status, const hg_loc *loc, const char *format,
                  ...) __attribute__((format(printf, 4, 5)));

hg_status hg_vfail(hg_err *err, hg_status status, const hg_loc *loc, const char *format,
                   va_list ap) __attribute__((format(printf, 4, 0)));

/* The same with arguments rendered before, by hg_args() or in another hg_err. */
hg_status hg_fail_args(hg_err *err, hg_status status, const hg_loc *loc,
                       const char *format, const char *args, size_t n);

/* The same with status HG_ESYS and the value of errno (HG_ENOMEM where errno says so). */
hg_status hg_fail_sys(hg_err *err, const hg_loc *loc, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

hg_status hg_fail_nomem(hg_err *err); /* "out of memory", without a place */

/* Render each conversion of format apart into args, each closed by a NUL, cut to size.
 * Returns the bytes used. For messages that are kept for translation, as hg_err's is. */
size_t hg_args(char *args, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
size_t hg_vargs(char *args, size_t size, const char *format, va_list ap)
    __attribute__((format(printf, 3, 0)));

#endif
