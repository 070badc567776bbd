/* Digests are those of the reference, and numbers can be told from theirs. */
#include "rules/hash.h"
#include "unit.h"

/* openssl mac -macopt hexkey:000102030405060708090a0b0c0d0e0f -macopt size:16
 *     -macopt c-rounds:1 -macopt d-rounds:3 SIPHASH   (bytes in order, so a and b reversed) */
static const struct {
    const char *key;
    uint64_t a, b;
} digests[] = {
    { "", UINT64_C(0xbea58827b2bc7ee7), UINT64_C(0x013030dd6adb62fd) },
    { "hello", UINT64_C(0x6fe07c40cdee27ab), UINT64_C(0x4e4e599a15724424) },
    { "The quick brown fox jumps over the lazy dog", UINT64_C(0xa96e940398c6406a),
      UINT64_C(0x65be4cb4ae406b8d) },
    { "12345678", UINT64_C(0x7594545e124d2a15), UINT64_C(0x2978627a76db99fd) },
};

START_TEST(the_digest_is_siphash)
{
    hg_seed seed = { UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908) };
    hg_hash h = hg_hash_of(seed, hg_slice_of(digests[_i].key));
    ck_assert_uint_eq(h.a, digests[_i].a);
    ck_assert_uint_eq(h.b, digests[_i].b);
}
END_TEST

START_TEST(a_number_is_told_from_its_digest)
{
    static const int64_t numbers[] = { 0, 1, -1, 42, INT64_MAX, INT64_MIN };
    int64_t number;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        ck_assert(hg_hash_is_number(hg_hash_of_number(numbers[i]), &number));
        ck_assert_int_eq(number, numbers[i]);
    }
    ck_assert(!hg_hash_is_number(hg_hash_of((hg_seed){ 0, 0 }, HG_SLICE("1")), &number));
}
END_TEST

TCase *tests_hash(void)
{
    TCase *tests = tcase_create("hash");
    tcase_add_loop_test(tests, the_digest_is_siphash, 0, sizeof digests / sizeof *digests);
    tcase_add_test(tests, a_number_is_told_from_its_digest);
    return tests;
}
