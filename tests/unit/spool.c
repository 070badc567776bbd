/* What is spooled is read back, wherever it stands. */
#include "base/folder.h"
#include "base/spool.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#define SIZE 1000003u

static char at_place(size_t i)
{
    return (char)(i * 2654435761u >> 13);
}

/* Much, little and no room in memory. */
static const size_t memories[] = { SIZE, 300000, 0 };

START_TEST(every_byte_is_read_back)
{
    hg_err err = HG_ERR_INIT;
    hg_spool *spool;
    char *folder = test_folder(), *bytes = malloc(SIZE);
    const char *got;
    ck_assert_int_eq(hg_spool_new(&spool, folder, memories[_i], &err), HG_OK);
    ck_assert_int_eq(hg_spool_put(spool, NULL, 0, &err), HG_OK);
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = at_place(i);
    for (size_t i = 0, n; i < SIZE; i += n) {
        n = i % 4097 + 1 < SIZE - i ? i % 4097 + 1 : SIZE - i;
        ck_assert_int_eq(hg_spool_put(spool, bytes + i, n, &err), HG_OK);
    }
    ck_assert_uint_eq(hg_spool_size(spool), SIZE);
    for (size_t i = 0; i < 3000; i++) {
        size_t at = i * 7919 * 31 % SIZE, n = i % 11 ? i % 200 : 150000;
        n = n < SIZE - at ? n : SIZE - at;
        ck_assert_int_eq(hg_spool_at(spool, at, n, &got, &err), HG_OK);
        ck_assert_mem_eq(got, bytes + at, n);
    }
    ck_assert_int_eq(hg_spool_at(spool, 0, SIZE, &got, &err), HG_OK);
    ck_assert_mem_eq(got, bytes, SIZE);
    ck_assert_int_eq(hg_spool_at(spool, SIZE, 0, &got, &err), HG_OK);
    hg_spool_free(spool);
    free(bytes);
    ck_assert_int_eq(hg_folder_remove(folder, &err), HG_OK);
    free(folder);
}
END_TEST

START_TEST(without_a_folder_memory_is_the_limit)
{
    hg_err err = HG_ERR_INIT;
    hg_spool *spool;
    ck_assert_int_eq(hg_spool_new(&spool, NULL, 3, &err), HG_OK);
    ck_assert_int_eq(hg_spool_put(spool, "abc", 3, &err), HG_OK);
    ck_assert_int_eq(hg_spool_put(spool, "d", 1, &err), HG_EINPUT);
    hg_spool_free(spool);
}
END_TEST

START_TEST(a_folder_that_takes_no_file_is_an_error_of_the_system)
{
    hg_err err = HG_ERR_INIT;
    hg_spool *spool;
    char bytes[1 << 16] = { 0 };
    ck_assert_int_eq(hg_spool_new(&spool, "/proc", 0, &err), HG_OK);
    ck_assert_int_eq(hg_spool_put(spool, bytes, sizeof bytes, &err), HG_ESYS);
    hg_spool_free(spool);
}
END_TEST

TCase *tests_spool(void)
{
    TCase *tests = tcase_create("spool");
    tcase_add_loop_test(tests, every_byte_is_read_back, 0, 3);
    tcase_add_test(tests, without_a_folder_memory_is_the_limit);
    tcase_add_test(tests, a_folder_that_takes_no_file_is_an_error_of_the_system);
    return tests;
}
