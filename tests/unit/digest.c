/* Digests are those of FIPS 180-4. */
#include "base/digest.h"
#include "unit.h"

#include <stdlib.h>
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
    char hex[HG_DIGEST_HEX];
    hg_digest_of(cases[_i].text, strlen(cases[_i].text), hex);
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
        hg_digest_hex(digest, hex);
        ck_assert_str_eq(hex, cases[2].hex);
    }
    hg_digest_free(digest);
}
END_TEST

/* What other algorithms give (RFC 1321 A.5; FIPS 180-4's examples; the rest by Python's
 * hashlib), of messages of a length at which padding takes another block, or does not. */
static const struct {
    const char *algorithm;
    size_t n; /* times 'a'; 3 is "abc" */
    const char *hex;
} others[] = {
    { "md5", 0, "d41d8cd98f00b204e9800998ecf8427e" },
    { "md5", 3, "900150983cd24fb0d6963f7d28e17f72" },
    { "md5", 55, "ef1772b6dff9a122358552954ad0df65" },
    { "md5", 56, "3b0c8ac703f828b04c6c197006d17218" },
    { "md5", 63, "b06521f39153d618550606be297466d5" },
    { "md5", 64, "014842d480b571495a4a0363793f7367" },
    { "md5", 111, "089f243d1e831c5879aa375ee364a06e" },
    { "md5", 112, "9146ef3527c7cfcc66dc615c3986e391" },
    { "md5", 119, "8a7bd0732ed6a28ce75f6dabc90e1613" },
    { "md5", 120, "5f61c0ccad4cac44c75ff505e1f1e537" },
    { "md5", 127, "020406e1d05cdc2aa287641f7ae2cc39" },
    { "md5", 128, "e510683b3f5ffe4093d021808bc6ff70" },
    { "md5", 1000, "cabe45dcc9ae5b66ba86600cca6b8ba8" },
    { "md5", 100003, "f84424b83a659e8ddab1ab197f9a66c6" },
    { "sha1", 0, "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
    { "sha1", 3, "a9993e364706816aba3e25717850c26c9cd0d89d" },
    { "sha1", 55, "c1c8bbdc22796e28c0e15163d20899b65621d65a" },
    { "sha1", 56, "c2db330f6083854c99d4b5bfb6e8f29f201be699" },
    { "sha1", 63, "03f09f5b158a7a8cdad920bddc29b81c18a551f5" },
    { "sha1", 64, "0098ba824b5c16427bd7a1122a5a442a25ec644d" },
    { "sha1", 111, "ac877859d427d9192054eea8feb3b8a403ef83a5" },
    { "sha1", 112, "689993727ba37386bb032495e9dbdfb4dd1ba744" },
    { "sha1", 119, "ee971065aaa017e0632a8ca6c77bb3bf8b1dfc56" },
    { "sha1", 120, "f34c1488385346a55709ba056ddd08280dd4c6d6" },
    { "sha1", 127, "89d95fa32ed44a7c610b7ee38517ddf57e0bb975" },
    { "sha1", 128, "ad5b3fdbcb526778c2839d2f151ea753995e26a0" },
    { "sha1", 1000, "291e9a6c66994949b57ba5e650361e98fc36b1ba" },
    { "sha1", 100003, "8a334702bc20c10714be4363eb8d3b44157c4857" },
    { "sha256", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "sha256", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { "sha256", 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318" },
    { "sha256", 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a" },
    { "sha256", 63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34" },
    { "sha256", 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb" },
    { "sha256", 111, "6374f73208854473827f6f6a3f43b1f53eaa3b82c21c1a6d69a2110b2a79baad" },
    { "sha256", 112, "f54353008a2553262ecdc4a34749563ba0950e8b0fc8652780b0a614b99683c1" },
    { "sha256", 119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb" },
    { "sha256", 120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c" },
    { "sha256", 127, "c57e9278af78fa3cab38667bef4ce29d783787a2f731d4e12200270f0c32320a" },
    { "sha256", 128, "6836cf13bac400e9105071cd6af47084dfacad4e5e302c94bfed24e013afb73e" },
    { "sha256", 1000, "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3" },
    { "sha256", 100003, "bbdc6e66aad50b617062c74f4f0c2c13c02c11a9a1d45c8f4ed1e1eb5f4aa503" },
    { "sha512", 0,
      "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
      "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e" },
    { "sha512", 3,
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
      "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f" },
    { "sha512", 55,
      "b0220c772cbf6c1822e2cb38a437d0e1d58772417a4bbb21c961364f8b6143e0"
      "5aa6316dca8d1d7b19e16448419076395f6086cb55101fbd6d5497b148e1745f" },
    { "sha512", 56,
      "962b64aae357d2a4fee3ded8b539bdc9d325081822b0bfc55583133aab44f18b"
      "afe11d72a7ae16c79ce2ba620ae2242d5144809161945f1367f41b3972e26e04" },
    { "sha512", 63,
      "c1b0f5c6d3b03dfe4a2602e67242f54e344090b66e01100a469b129f583f016c"
      "7e27dddeaa438393dcc7ec54b0b57c9ba7af007f9b56db5f6fb677d972a31362" },
    { "sha512", 64,
      "01d35c10c6c38c2dcf48f7eebb3235fb5ad74a65ec4cd016e2354c637a8fb49b"
      "695ef3c1d6f7ae4cd74d78cc9c9bcac9d4f23a73019998a7f73038a5c9b2dbde" },
    { "sha512", 111,
      "fa9121c7b32b9e01733d034cfc78cbf67f926c7ed83e82200ef8681819692176"
      "0b4beff48404df811b953828274461673c68d04e297b0eb7b2b4d60fc6b566a2" },
    { "sha512", 112,
      "c01d080efd492776a1c43bd23dd99d0a2e626d481e16782e75d54c2503b5dc32"
      "bd05f0f1ba33e568b88fd2d970929b719ecbb152f58f130a407c8830604b70ca" },
    { "sha512", 119,
      "130396a75cb483f2eee8c56d8a668bb3d2641f5243212c0bee2bd33da096ad9e"
      "b8179fe18f9eaacf76e09fae9de4c3f14ba13341e345be05bf76c182cc3468cb" },
    { "sha512", 120,
      "f241de612b01aa2fa3cf01531d2a8e5e17fc761dfd48a704a834a47f57d6eade"
      "7804ecc39be42fdef16ec6adeaf7c01c2fd0c4cc97d3860907cfa4a3b36d0c05" },
    { "sha512", 127,
      "828613968b501dc00a97e08c73b118aa8876c26b8aac93df128502ab360f91ba"
      "b50a51e088769a5c1eff4782ace147dce3642554199876374291f5d921629502" },
    { "sha512", 128,
      "b73d1929aa615934e61a871596b3f3b33359f42b8175602e89f7e06e5f658a24"
      "3667807ed300314b95cacdd579f3e33abdfbe351909519a846d465c59582f321" },
    { "sha512", 1000,
      "67ba5535a46e3f86dbfbed8cbbaf0125c76ed549ff8b0b9e03e0c88cf90fa634"
      "fa7b12b47d77b694de488ace8d9a65967dc96df599727d3292a8d9d447709c97" },
    { "sha512", 100003,
      "0dc880ad7ec38b79c28abcb14b1ab555a0da9dc653c555e0c157695d1cc7daf5"
      "e61c39b32f08ad2a377eb65981d3f6ed9de90acd1e61099578eb9cf9d8236eeb" },
};

START_TEST(all_algorithms_give_what_their_standards_do)
{
    hg_err err = HG_ERR_INIT;
    char hex[HG_DIGEST_MAX], *text = malloc(others[_i].n + 1);
    size_t n = others[_i].n;
    hg_digest *digest;
    memset(text, 'a', n);
    if (n == 3)
        memcpy(text, "abc", n);
    ck_assert_int_eq(hg_digest_new_named(&digest, others[_i].algorithm, &err), HG_OK);
    for (size_t piece = 1; piece <= n + 1; piece = piece * 7 + 1) {
        for (size_t at = 0; at < n; at += piece)
            hg_digest_put(digest, text + at, n - at < piece ? n - at : piece);
        hg_digest_text(digest, hex);
        ck_assert_str_eq(hex, others[_i].hex);
    }
    hg_digest_free(digest);
    free(text);
}
END_TEST

TCase *tests_digest(void)
{
    TCase *tests = tcase_create("digest");
    tcase_add_loop_test(tests, known_messages_have_their_known_digests, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, pieces_give_the_digest_of_the_whole_and_the_digest_starts_anew);
    tcase_add_loop_test(tests, all_algorithms_give_what_their_standards_do, 0,
                        sizeof others / sizeof *others);
    return tests;
}
