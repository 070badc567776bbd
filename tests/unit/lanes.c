/* Looks at four and at eight cells side by side see the same. What they see is held to each cell
 * by itself in matcher.c. */
#include "table/lanes.h"
#include "unit.h"

#include <stdbool.h>
#include <string.h>

enum { ROUNDS = 20000 };

static uint64_t state = 88172645463325252u;

/* xorshift64 (Marsaglia 2003) */
static unsigned number(unsigned below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)((state >> 11) % below);
}

/* Texts of up to ten bytes: mostly digits, some as dates are, some of other bytes. */
static void fill(hg_lanes *lanes)
{
    static const char usual[] = "0123456789.", odd[] = "-./:a \xC3\xA9\xFF";
    for (size_t r = 0; r < HG_LANES; r++) {
        char text[16] = "2024-01-31";
        bool date = number(3) == 0;
        for (size_t i = 0; i < 10; i++)
            if (number(40) == 0)
                text[i] = odd[number(sizeof odd - 1)];
            else if (!date || number(20) == 0)
                text[i] = usual[number(sizeof usual - 1)];
        memcpy(&lanes->words[r], text, 8);
        memcpy(&lanes->tails[r], text + 2, 8);
        lanes->sizes[r] = date ? 10 : number(10);
    }
}

static void same_looks(const hg_lanes *l)
{
    const hg_lanes_looks *a = &hg_lanes_4, *b = &hg_lanes_8;
    const hg_range some = { 2, 5 }, values = { -3, 70000 };
    const uint64_t known[HG_LANES_KNOWN] = { UINT64_C(0x3100000000000001), UINT64_C(0x3230000000000002) };
    ck_assert_uint_eq(a->digits(l, some), b->digits(l, some));
    ck_assert_uint_eq(a->numbers(l, some, values), b->numbers(l, some, values));
    ck_assert_uint_eq(a->decimals(l, values), b->decimals(l, values));
    ck_assert_uint_eq(a->sized(l, some), b->sized(l, some));
    ck_assert_uint_eq(a->dates(l), b->dates(l));
    ck_assert_uint_eq(a->known(l, known), b->known(l, known));
}

START_TEST(eight_at_once_see_what_four_do)
{
    hg_lanes lanes;
    if (hg_lanes_here() != &hg_lanes_8)
        return; /* this machine has no AVX-512 */
    for (int i = 0; i < ROUNDS; i++) {
        fill(&lanes);
        same_looks(&lanes);
    }
}
END_TEST

TCase *tests_lanes(void)
{
    TCase *tests = tcase_create("lanes");
    tcase_add_test(tests, eight_at_once_see_what_four_do);
    return tests;
}
