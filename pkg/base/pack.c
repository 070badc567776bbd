/* pack - numbers and texts one after the other in few bytes */
#include "base/pack.h"

void hg_pack_number(hg_buf *buf, uint64_t n)
{
    char bytes[10];
    size_t len = 0;
    for (; n >= 0x80; n >>= 7)
        bytes[len++] = (char)(n | 0x80);
    bytes[len++] = (char)n;
    hg_buf_put(buf, bytes, len);
}

void hg_pack_signed(hg_buf *buf, int64_t n)
{
    hg_pack_number(buf, (uint64_t)n << 1 ^ (uint64_t)-(int64_t)(n < 0));
}

void hg_pack_word(hg_buf *buf, uint64_t n)
{
    char bytes[8];
    for (size_t i = 0; i < 8; i++)
        bytes[i] = (char)(n >> 8 * i);
    hg_buf_put(buf, bytes, sizeof bytes);
}

void hg_pack_text(hg_buf *buf, hg_slice text)
{
    hg_pack_number(buf, text.p ? text.n + 1 : 0);
    hg_buf_put(buf, text.p, text.p ? text.n : 0);
}

uint64_t hg_unpack_number(hg_slice *rest)
{
    uint64_t n = 0;
    for (unsigned shift = 0; rest->n > 0 && shift < 64; shift += 7) {
        unsigned char byte = (unsigned char)*rest->p++;
        rest->n--;
        n |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            break;
    }
    return n;
}

int64_t hg_unpack_signed(hg_slice *rest)
{
    uint64_t n = hg_unpack_number(rest);
    return (int64_t)(n >> 1 ^ (uint64_t)-(int64_t)(n & 1));
}

uint64_t hg_unpack_word(hg_slice *rest)
{
    uint64_t n = 0;
    for (size_t i = 0; i < 8 && i < rest->n; i++)
        n |= (uint64_t)(unsigned char)rest->p[i] << 8 * i;
    size_t taken = rest->n < 8 ? rest->n : 8;
    *rest = (hg_slice){ rest->p + taken, rest->n - taken };
    return n;
}

hg_slice hg_unpack_text(hg_slice *rest)
{
    uint64_t n = hg_unpack_number(rest);
    if (n == 0 || n - 1 > rest->n)
        return (hg_slice){ NULL, 0 };
    hg_slice text = { rest->p, (size_t)n - 1 };
    *rest = (hg_slice){ rest->p + text.n, rest->n - text.n };
    return text;
}
