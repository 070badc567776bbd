/* compound.h - a small compound file for the tests of what reads them ([MS-CFB]). */
#ifndef HG_TESTS_COMPOUND_H
#define HG_TESTS_COMPOUND_H

#include <stdint.h>
#include <string.h>

/*
 * Sectors of 512 bytes: 0 the table, 1 the directory, 2 the small streams' table, 3 the
 * small streams, from 4 on the big one.
 */
enum { COMPOUND_BIG = 5120, COMPOUND_SMALL = 512 };

typedef struct compound {
    unsigned char head[512], table[512], folder[512], small_table[512];
    unsigned char small[COMPOUND_SMALL], big[COMPOUND_BIG];
} compound;

static inline void put16(unsigned char *to, unsigned value)
{
    to[0] = (unsigned char)value;
    to[1] = (unsigned char)(value >> 8);
}

static inline void put32(unsigned char *to, uint32_t value)
{
    put16(to, value & 0xFFFF);
    put16(to + 2, value >> 16);
}

static inline void compound_entry(unsigned char *to, const char *name, unsigned kind,
                                  uint32_t first, uint32_t size)
{
    for (size_t i = 0; name[i]; i++)
        put16(to + 2 * i, (unsigned char)name[i]);
    put16(to + 64, (unsigned)(strlen(name) + 1) * 2);
    to[66] = (unsigned char)kind;
    memset(to + 68, 0xFF, 12);
    put32(to + 116, first);
    put32(to + 120, size);
}

/* Two streams: "Big" has COMPOUND_BIG bytes, small that of the given name. */
static inline void compound_init(compound *c, const char *small, uint32_t size)
{
    memset(c, 0, sizeof *c);
    memcpy(c->head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    put16(c->head + 30, 9);
    put32(c->head + 48, 1);
    put32(c->head + 56, 4096);
    put32(c->head + 60, 2);
    put32(c->head + 68, 0xFFFFFFFE);
    memset(c->head + 80, 0xFF, 512 - 80);
    memset(c->table, 0xFF, 512);
    put32(c->table, 0xFFFFFFFD);
    for (unsigned i = 1; i < 4; i++)
        put32(c->table + i * 4, 0xFFFFFFFE);
    for (unsigned i = 4; i < 14; i++)
        put32(c->table + i * 4, i < 13 ? i + 1 : 0xFFFFFFFE);
    for (unsigned i = 0; i < 128; i++)
        put32(c->small_table + i * 4, i < 7 ? i + 1 : 0xFFFFFFFE);
    compound_entry(c->folder, "Root Entry", 5, 3, COMPOUND_SMALL);
    put32(c->folder + 76, 1);
    compound_entry(c->folder + 128, "Big", 2, 4, COMPOUND_BIG);
    put32(c->folder + 128 + 72, 2);
    compound_entry(c->folder + 256, small, 2, 0, size);
}

#endif
