/* xls - texts of old workbooks' records, in one piece and in several */
#include "compound.h"
#include "unit.h"
#include "workbook/xls_records.h"

#include <stdlib.h>
#include <unistd.h>

/* Records in hexadecimal, the text in the first one; what it says, NULL: refused. */
static const struct {
    bool biff8;
    uint16_t code_page;
    const char *records, *text;
} texts[] = {
    { true, 0, "FC00 0600 0300 00 6162E9", "abé" }, /* eight bits a character */
    { true, 0, "FC00 0500 0100 01 AF1E", "ắ" }, /* sixteen */
    { true, 0, "FC00 0700 0200 01 3DD800DE", "\xF0\x9F\x98\x80" }, /* a pair of surrogates */
    { true, 0, "FC00 0500 0100 01 3DD8", "\xEF\xBF\xBD" }, /* half a pair */
    { true, 0, "FC00 0400 0200 00 61 3C00 0300 01 AF1E", "aắ" }, /* 16 bits in the CONTINUE */
    { true, 0, "FC00 0500 0300 01 AF1E 3C00 0300 00 6162", "ắab" }, /* and 8 */
    { true, 0, "FC00 0500 0200 01 3DD8 3C00 0300 01 00DE", "\xF0\x9F\x98\x80" }, /* cut within a pair */
    { true, 0, "FC00 0300 0100 00 3C00 0200 00 61", "a" }, /* cut before the first character */
    { true, 0, "FC00 0A00 0100 08 0100 61 00000000", "a" }, /* a run of a font */
    { true, 0, "FC00 0600 0100 08 0100 61 3C00 0400 00000000", "a" }, /* which is cut off from it */
    { true, 0, "FC00 0A00 0100 04 02000000 61 FFFF", "a" }, /* a phonetic hint */
    { true, 0, "FC00 0300 0000 00", "" }, /* no character */
    { true, 0, "FC00 0400 0200 00 61", NULL }, /* goes beyond the stream */
    { true, 0, "FC00 0400 0200 00 61 0A00 0000", NULL }, /* goes beyond its record */
    { true, 0, "FC00 0800 0100 04 FFFFFFFF 61", NULL }, /* a hint that does */
    { false, 1252, "FC00 0400 0200 80E9", "€é" }, /* Windows 1252 */
    { false, 1258, "FC00 0500 0300 ECD0FE", "\xCC\x81Đ₫" }, /* Windows 1258 */
    { false, 10000, "FC00 0400 0200 8EDB", "é€" }, /* Macintosh */
    { false, 874, "FC00 0400 0200 6162", "ab" }, /* ASCII is the same everywhere */
    { false, 874, "FC00 0400 0200 61A1", "aก" }, /* Thai */
    { false, 949, "FC00 0500 0300 61BFF8", "a원" }, /* two bytes a character */
    { false, 949, "FC00 0400 0200 61BF", NULL }, /* half a character */
    { false, 4711, "FC00 0400 0200 61E0", NULL }, /* a code page that is not known */
};

static unsigned digit(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : c - 'A' + 10);
}

static uint32_t bytes_of(unsigned char *to, const char *hex)
{
    uint32_t n = 0;
    for (; *hex; hex++)
        if (*hex != ' ') {
            to[n++] = (unsigned char)(digit(hex[0]) << 4 | digit(hex[1]));
            hex++;
        }
    return n;
}

START_TEST(a_text_is_read_whole_however_its_records_cut_it)
{
    compound c;
    hg_err err = HG_ERR_INIT;
    hg_ole *ole;
    hg_buf text = { 0 };
    hg_xls_records r = { .biff = texts[_i].biff8 ? 8 : 5, .code_page = texts[_i].code_page };
    unsigned char bytes[COMPOUND_SMALL] = { 0 };
    compound_init(&c, "Workbook", bytes_of(bytes, texts[_i].records));
    memcpy(c.small, bytes, sizeof c.small);
    int fd = text_fd((const char *)&c, sizeof c);
    ck_assert_int_eq(hg_ole_open(&ole, fd, "t.xls", &err), HG_OK);
    ck_assert_int_eq(hg_ole_find(&r.stream, ole, "Workbook", &err), HG_OK);
    ck_assert_int_eq(hg_xls_next(&r, &err), HG_OK);
    hg_status st = hg_xls_text(&r, 2, &text, &err);
    ck_assert_int_eq(st, texts[_i].text ? HG_OK : HG_EINPUT);
    if (texts[_i].text) {
        ck_assert_uint_eq(text.len, strlen(texts[_i].text));
        ck_assert_str_eq(text.data ? text.data : "", texts[_i].text);
        ck_assert_int_eq(hg_xls_next(&r, &err), HG_END); /* all its records are passed */
    }
    hg_buf_release(&text);
    hg_xls_release(&r);
    hg_ole_stream_free(r.stream);
    hg_ole_free(ole);
    close(fd);
}
END_TEST

TCase *tests_xls(void)
{
    TCase *tests = tcase_create("xls");
    tcase_add_loop_test(tests, a_text_is_read_whole_however_its_records_cut_it, 0,
                        sizeof texts / sizeof *texts);
    return tests;
}
