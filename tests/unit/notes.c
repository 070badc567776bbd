/* What was noted of a row is found again, in any order, from memory and from disk. */
#include "rules/notes.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 20000 };

/* Row i came from row 2i of place i/1000, and every third has a text; or all of them follow. */
static void add_rows(hg_notes *notes, bool follow)
{
    hg_err err = HG_ERR_INIT;
    for (uint64_t i = 1; i < ROWS; i++) {
        char text[40];
        int n = snprintf(text, sizeof text, "cell of row %u", (unsigned)i);
        hg_slice texts[2] = { { NULL, 0 }, { i % 3 == 0 && !follow ? text : NULL, (size_t)n } };
        hg_note note = { i, follow ? i + 7 : 2 * i, follow ? 0 : 3, (uint32_t)(i / 1000), texts };
        if (hg_notes_news(notes, &note))
            ck_assert_int_eq(hg_notes_add(notes, &note, &err), HG_OK);
    }
}

static void look_for(hg_notes *notes, uint64_t i, bool follow)
{
    hg_err err = HG_ERR_INIT;
    hg_note note;
    char text[40];
    snprintf(text, sizeof text, "cell of row %u", (unsigned)i);
    ck_assert_int_eq(hg_notes_find(notes, i, &note, &err), HG_OK);
    ck_assert_uint_eq(note.row, follow ? i + 7 : 2 * i);
    ck_assert_uint_eq(note.col, follow ? 0 : 3);
    ck_assert_uint_eq(note.place, i / 1000);
    ck_assert_ptr_null(note.texts[0].p);
    ck_assert_int_eq(note.texts[1].p != NULL, i % 3 == 0 && !follow);
    ck_assert(!note.texts[1].p || hg_slice_is(note.texts[1], text));
}

START_TEST(a_row_is_found_again)
{
    hg_err err = HG_ERR_INIT;
    char *tmp = test_folder();
    hg_budget budget = { .max = 1 << 20, .tmp = tmp };
    hg_notes *notes;
    bool follow = _i == 1;
    ck_assert_int_eq(hg_notes_new(&notes, 2, &budget, &err), HG_OK);
    add_rows(notes, follow);
    for (uint64_t i = 1; i < ROWS; i += 1 + i % 5)
        look_for(notes, i, follow);
    for (uint64_t i = 1; i < 200; i++)
        look_for(notes, 1 + i * 7919 % (ROWS - 1), follow);
    hg_notes_free(notes);
    free(tmp);
}
END_TEST

TCase *tests_notes(void)
{
    TCase *tests = tcase_create("notes");
    tcase_add_loop_test(tests, a_row_is_found_again, 0, 2);
    return tests;
}
