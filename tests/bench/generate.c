/* generate - a CSV of a wanted size: 12 columns as a province's tables have them, always the same;
 * in quotes stand none of the cells, or 15 in 100 that need them, or as many that need none, or all */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

enum { COLUMNS = 12, CELL = 100 };

typedef enum quotes { NONE, NEEDED, NEEDLESS, ALL } quotes;

static const char *const named[] = { "", "quoted", "needless", "all" };

static void fill(char cells[COLUMNS][CELL], unsigned id)
{
    unsigned commune = number(10);
    snprintf(cells[0], CELL, "%u", id);
    snprintf(cells[1], CELL, "%02u", number(96) + 1);
    snprintf(cells[2], CELL, "%05u", 31300 + commune * 7);
    snprintf(cells[3], CELL, "%s", communes[commune]);
    snprintf(cells[4], CELL, "20%02u-%02u-%02u", number(26), number(12) + 1, number(28) + 1);
    snprintf(cells[5], CELL, "20%02u", number(26));
    snprintf(cells[6], CELL, "%u", number(12) + 1);
    snprintf(cells[7], CELL, "%c", "MF"[number(2)]);
    snprintf(cells[8], CELL, "%u", number(100000));
    snprintf(cells[9], CELL, "%u.%u", number(1000000), number(10));
    snprintf(cells[10], CELL, "%u.%02u", number(100), number(100));
    snprintf(cells[11], CELL, "%s", number(2) ? "true" : "false");
}

/* A text with what quotes are for: a comma, a quote, or a line break. */
static void spoil(char text[CELL])
{
    static const char *const behind[] = { ", tỉnh Hậu Giang", " (\"\"cũ\"\")", "\nHậu Giang" };
    strcat(text, behind[number(3)]);
}

/* Nine rows in ten have two cells that need quotes; they fit the same schema. */
static bool need(char cells[COLUMNS][CELL], size_t column)
{
    if ((column != 2 && column != 3) || number(10) == 0)
        return false;
    if (column == 2)
        cells[2][2] = ',';
    else
        spoil(cells[3]);
    return true;
}

static bool in_quotes(char cells[COLUMNS][CELL], size_t column, quotes which)
{
    switch (which) {
    case NEEDED: return need(cells, column);
    case NEEDLESS: return number(100) < 15;
    case ALL: return true;
    default: return false;
    }
}

static int row(unsigned id, quotes which)
{
    char cells[COLUMNS][CELL];
    int n = 0;
    fill(cells, id);
    for (size_t i = 0; i < COLUMNS; i++) {
        const char *quote = in_quotes(cells, i, which) ? "\"" : "";
        n += printf("%s%s%s%c", quote, cells[i], quote, i < COLUMNS - 1 ? ',' : '\n');
    }
    return ferror(stdout) ? -1 : n;
}

int main(int argc, char *argv[])
{
    long megabytes = argc >= 2 ? strtol(argv[1], NULL, 10) : 0;
    quotes which = NONE;
    while (argc == 3 && which < ALL && strcmp(named[which], argv[2]) != 0)
        which++;
    if (megabytes <= 0 || argc > 3 || (argc == 3 && strcmp(named[which], argv[2]) != 0)) {
        fputs("usage: generate MEGABYTES [quoted | needless | all]\n", stderr);
        return 2;
    }
    long long want = (long long)megabytes * 1000000, bytes;
    bytes = printf("id,ma_tinh,ma_xa,ten_xa,ngay,nam,thang,gioi_tinh,so_ho,gia_tri,ty_le,co_cau\n");
    for (unsigned id = 1; bytes >= 0 && bytes < want; id++) {
        int n = row(id, which);
        bytes = n < 0 ? n : bytes + n;
    }
    return bytes < 0 || fflush(stdout) != 0 ? 1 : 0;
}
