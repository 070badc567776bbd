/* vntext ENCODING - decode lines of standard input from a legacy encoding
 * vntext read FONT - read each line (UTF-8, as a workbook has it) as a run in that font,
 * after learning from all of them; prints the verdict, the encoding and the text */
#include "text/vnguess.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *whole_input(size_t *n)
{
    hg_buf text = { 0 };
    char piece[1 << 16];
    for (size_t got; (got = fread(piece, 1, sizeof piece, stdin)) > 0;)
        hg_buf_put(&text, piece, got);
    hg_buf_putc(&text, '\0');
    *n = text.len - 1;
    return text.data;
}

static void decode(hg_vnlegacy encoding, const char *line, size_t n, hg_buf *out)
{
    hg_vncodec codec;
    hg_vncodec_init(&codec, encoding);
    hg_vncodec_decode(&codec, out, (const unsigned char *)line, n, true);
    if (out->len > 0 && hg_vnlegacy_shares_capitals(encoding))
        hg_vnlegacy_capitals(out->data, out->len, false);
}

int main(int argc, char *argv[])
{
    static const char *const verdicts[] = { "kept", "converted", "unsure" };
    hg_vnlegacy encoding = HG_VN_UNICODE;
    hg_vnguess guess;
    hg_buf out = { 0 };
    size_t n;
    bool read = argc == 3 && strcmp(argv[1], "read") == 0;
    if (!read && (argc != 2 || !hg_vnlegacy_named(&encoding, hg_slice_of(argv[1]))))
        return 2;
    char *text = whole_input(&n), *end = text + n;
    hg_vnguess_init(&guess);
    for (int pass = read ? 0 : 1; pass < 2; pass++)
        for (char *line = text, *next; line < end; line = next + 1) {
            next = memchr(line, '\n', (size_t)(end - line));
            if (!next)
                next = end;
            hg_slice run = { line, (size_t)(next - line) };
            hg_buf_clear(&out);
            if (!pass) {
                hg_vnguess_learn(&guess, hg_slice_of(argv[2]), run);
                continue;
            }
            if (read)
                printf("%s\t", verdicts[hg_vnguess_read(&guess, hg_slice_of(argv[2]), run,
                                                        &out, &encoding)]);
            else
                decode(encoding, run.p, run.n, &out);
            if (read)
                printf("%s\t", hg_vnlegacy_name(encoding));
            printf("%s\n", out.data ? out.data : "");
        }
    hg_vnguess_release(&guess);
    hg_buf_release(&out);
    free(text);
    return fflush(stdout) ? 4 : 0;
}
