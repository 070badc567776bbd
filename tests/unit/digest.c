/* Digests are those of FIPS 180-4. */
#include "base/digest.h"
#include "unit.h"

#include <string.h>

/* The examples NIST gives with FIPS 180-4 ("SHA256.pdf"), and the empty message. */
static const struct {
    const char *text, *hex;
} cases[] = {
    { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
};

START_TEST(known_messages_have_their_known_digests)
{
    hg_err err = HG_ERR_INIT;
    char hex[HG_DIGEST_HEX];
    ck_assert_int_eq(hg_digest_of(cases[_i].text, strlen(cases[_i].text), hex, &err),
                     HG_OK);
    ck_assert_str_eq(hex, cases[_i].hex);
}
END_TEST

START_TEST(pieces_give_the_digest_of_the_whole_and_the_digest_starts_anew)
{
    hg_err err = HG_ERR_INIT;
    char hex[HG_DIGEST_HEX];
    hg_digest *digest;
    ck_assert_int_eq(hg_digest_new(&digest, &err), HG_OK);
    for (int round = 0; round < 2; round++) {
        for (const char *p = cases[2].text; *p; p++)
            hg_digest_put(digest, p, 1);
        ck_assert_int_eq(hg_digest_hex(digest, hex, &err), HG_OK);
        ck_assert_str_eq(hex, cases[2].hex);
    }
    hg_digest_free(digest);
}
END_TEST

TCase *tests_digest(void)
{
    TCase *tests = tcase_create("digest");
    tcase_add_loop_test(tests, known_messages_have_their_known_digests, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, pieces_give_the_digest_of_the_whole_and_the_digest_starts_anew);
    return tests;
}
