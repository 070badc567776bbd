/* Marks of rows give the levels of an outline. */
#include "recipe/outline.h"
#include "recipe/ruler.h"
#include "unit.h"

#include <string.h>

static const struct {
    const char *marks, *levels, *path; /* apart by spaces; the path after the last */
} outlines[] = {
    { "A I 1 1.1 1.2 2 II B I", "1 2 3 4 4 3 2 1 2", "B.I" },
    { "I 1 a b c 2 II", "1 2 3 3 3 2 1", "II" },
    { "1 1.1 1.1.1 1.1.2 1.2 2", "1 2 3 3 2 1", "2" },
    { "1 - - 2 -", "1 2 2 1 2", "2.-" },
    { "A B C D", "1 1 1 1", "D" },             /* C and D are letters after B */
    { "I II III IV V", "1 1 1 1 1", "V" },
    { "A B C D E G H I", "1 1 1 1 1 1 1 1", "I" }, /* after H it is a letter */
    { "A 1 2 B 1 2 3", "1 2 2 1 2 2 2", "B.3" },
    { "1 2 4 5", "1 1 1 1", "5" }, /* one is missing */
    { "- + +", "1 2 2", "-.+" },
};

START_TEST(a_mark_has_its_level)
{
    hg_outline outline = { 0 };
    hg_buf path = { 0 };
    const char *levels = outlines[_i].levels;
    for (const char *p = outlines[_i].marks; *p; levels += 2) {
        size_t n = strcspn(p, " ");
        unsigned level = hg_outline_level(&outline, (hg_slice){ p, n });
        ck_assert_msg(level == (unsigned)(*levels - '0'), "%s: %.*s is at level %u",
                      outlines[_i].marks, (int)n, p, level);
        p += n + (p[n] == ' ');
    }
    hg_outline_path(&outline, &path);
    ck_assert_str_eq(path.data, outlines[_i].path);
    hg_buf_release(&path);
}
END_TEST

static const struct {
    const char *label, *mark, *rest;
} labels[] = {
    { "1. Lúa", "1", "Lúa" },          { "1.2. Lúa mùa", "1.2", "Lúa mùa" },
    { "a) Thuế", "a", "Thuế" },        { "- Nam", "-", "Nam" },
    { "IV. Chi", "IV", "Chi" },        { "1.234", "", "1.234" },
    { "Lúa", "", "Lúa" },              { "A", "", "A" },
    { "Cây. Con", "", "Cây. Con" },
};

START_TEST(a_label_is_parted_from_its_mark)
{
    hg_slice mark, rest = hg_outline_part(hg_slice_of(labels[_i].label), &mark);
    ck_assert_msg(hg_slice_is(mark, labels[_i].mark), "%s: %.*s", labels[_i].label,
                  (int)mark.n, mark.p);
    ck_assert(hg_slice_is(rest, labels[_i].rest));
}
END_TEST

START_TEST(a_sum_of_columns_is_read)
{
    hg_slice total;
    hg_ruler_part parts[HG_RULER_PARTS];
    ck_assert_uint_eq(hg_ruler_sum(HG_SLICE("1= 2+4+6"), &total, parts), 3);
    ck_assert(hg_slice_is(total, "1") && hg_slice_is(parts[2].name, "6"));
    ck_assert_uint_eq(hg_ruler_sum(HG_SLICE("Số dư (01=02-05)"), &total, parts), 2);
    ck_assert(hg_slice_is(total, "01") && !parts[0].minus && parts[1].minus);
    ck_assert_uint_eq(hg_ruler_sum(HG_SLICE("11 = 01:06"), &total, parts), 0);
    ck_assert_uint_eq(hg_ruler_sum(HG_SLICE("Năm trước = 100"), &total, parts), 0);
    ck_assert_uint_eq(hg_ruler_sum(HG_SLICE(""), &total, parts), 0);
}
END_TEST

TCase *tests_outline(void)
{
    TCase *tests = tcase_create("outline");
    tcase_add_loop_test(tests, a_mark_has_its_level, 0, sizeof outlines / sizeof *outlines);
    tcase_add_loop_test(tests, a_label_is_parted_from_its_mark, 0,
                        sizeof labels / sizeof *labels);
    tcase_add_test(tests, a_sum_of_columns_is_read);
    return tests;
}
