/* main - run every unit test; one argument names the suite to run alone */
#include "unit.h"
#include "base/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int text_fd(const char *bytes, size_t n)
{
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, n, file), n);
    ck_assert_int_eq(fflush(file), 0);
    int fd = dup(fileno(file));
    ck_assert_int_ge(fd, 0);
    fclose(file);
    ck_assert_int_eq((int)lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

/* Where test_folder() makes its folders; goes with them, whatever tests leave. */
static char top[] = "build/unit-XXXXXX";

char *test_folder(void)
{
    char *path = malloc(sizeof top + sizeof "/XXXXXX");
    ck_assert_ptr_nonnull(path);
    sprintf(path, "%s/XXXXXX", top);
    ck_assert_ptr_nonnull(mkdtemp(path));
    return path;
}

static const struct {
    const char *name;
    TCase *(*tests)(void);
} suites[] = {
#define ROW(name) { #name, tests_##name },
    SUITES(ROW)
#undef ROW
};

int main(int argc, char *argv[])
{
    hg_err err = HG_ERR_INIT;
    setenv("CK_DEFAULT_TIMEOUT", "60", 0); /* s: its own 4 are not enough on a busy machine */
    mkdir("build", 0777); /* whatever was built where */
    if (!mkdtemp(top))
        return EXIT_FAILURE;
    Suite *suite = suite_create("hg-tools");
    for (size_t i = 0; i < sizeof suites / sizeof *suites; i++)
        if (argc < 2 || strcmp(argv[1], suites[i].name) == 0)
            suite_add_tcase(suite, suites[i].tests());
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    hg_folder_remove(top, &err);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
