/* Validity of UTF-8 ends where utf8proc's ends, in texts long enough for the fast way. */
#include "text/utf8.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

static uint64_t state = 88172645463325252u;

static unsigned number(unsigned below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)((state >> 11) % below);
}

static size_t plainly(const char *text, size_t n)
{
    int32_t cp;
    for (size_t i = 0, len; i < n; i += len) {
        len = hg_utf8_next(text + i, n - i, &cp);
        if (len == 1 && cp == 0xFFFD)
            return i;
    }
    return n;
}

/* A text of characters, and in half of the texts a few bytes that are any. */
static size_t random_text(char *text, size_t max)
{
    static const int32_t firsts[] = { 'a', 0x80, 0x1EA0, 0x800, 0xD7F0, 0xE000, 0x10000, 0x10FFF0 };
    hg_buf buf = { 0 };
    size_t n = number((unsigned)max), plain = number(8);
    while (buf.len + 4 <= n)
        hg_utf8_put(&buf, firsts[number(8) < plain ? 0 : number(8)] + (int32_t)number(16));
    n = buf.len;
    if (n > 0)
        memcpy(text, buf.data, n);
    hg_buf_release(&buf);
    for (unsigned i = n > 0 ? number(4) : 0; i > 1; i--)
        text[number((unsigned)n)] = (char)number(256);
    return number(8) == 0 && n > 0 ? n - 1 : n; /* cut off */
}

START_TEST(validity_is_that_of_a_plain_reader)
{
    for (int i = 0; i < 300000; i++) {
        char text[300];
        size_t n = random_text(text, sizeof text);
        char *exact = malloc(n + 1);
        memcpy(exact, text, n);
        size_t valid = hg_utf8_valid(exact, n), want = plainly(exact, n);
        if (valid != want)
            ck_abort_msg("text %d of %zu bytes: %zu valid, not %zu", i, n, valid, want);
        free(exact);
    }
}
END_TEST

TCase *tests_utf8_valid(void)
{
    TCase *tests = tcase_create("utf8_valid");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, validity_is_that_of_a_plain_reader);
    return tests;
}
