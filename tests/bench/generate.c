/* generate - a CSV of a wanted size: 12 columns as a province's tables have them, always the same */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state = 88172645463325252u;

/* xorshift64 (Marsaglia 2003): the same numbers on every machine */
static unsigned number(unsigned below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state % below);
}

static const char *const communes[] = {
    "Phường Vị Thanh",    "Phường Vị Tân", "Xã Hỏa Lựu",  "Phường Ngã Bảy", "Xã Tân Hòa",
    "Xã Trường Long Tây", "Xã Thạnh Xuân", "Xã Châu Thành", "Xã Đông Phước",  "Xã Phú Hữu",
};

int main(int argc, char *argv[])
{
    long megabytes = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
    if (megabytes <= 0) {
        fputs("usage: generate MEGABYTES\n", stderr);
        return 2;
    }
    long long want = (long long)megabytes * 1000000, bytes;
    bytes = printf("id,ma_tinh,ma_xa,ten_xa,ngay,nam,thang,gioi_tinh,so_ho,gia_tri,ty_le,co_cau\n");
    for (unsigned id = 1; bytes >= 0 && bytes < want; id++) {
        unsigned commune = number(10);
        int n = printf("%u,%02u,%05u,%s,20%02u-%02u-%02u,20%02u,%u,%c,%u,%u.%u,%u.%02u,%s\n", id,
                       number(96) + 1, 31300 + commune * 7, communes[commune], number(26),
                       number(12) + 1, number(28) + 1, number(26), number(12) + 1,
                       "MF"[number(2)], number(100000), number(1000000), number(10),
                       number(100), number(100), number(2) ? "true" : "false");
        bytes = n < 0 ? n : bytes + n;
    }
    return bytes < 0 || fflush(stdout) != 0 ? 1 : 0;
}
