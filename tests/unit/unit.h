/* unit.h - the one runner's suites: tests/unit/NAME.c defines tests_NAME(), a test case. */
#ifndef HG_TESTS_UNIT_H
#define HG_TESTS_UNIT_H

#include <check.h>
#include <stddef.h>

#define DECLARE(name) TCase *tests_##name(void);
#include "suites.h" /* made by the Makefile: SUITES(X) X(buf) X(csv) … */
SUITES(DECLARE)
#undef DECLARE

/* A descriptor from which the given bytes read, at offset 0. The caller closes it. */
int text_fd(const char *bytes, size_t n);

/* A new folder for one test, below the build folder. The caller frees the path. */
char *test_folder(void);

#endif
