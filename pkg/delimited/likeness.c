/* likeness - what the cells of a column look like, and how like them another text is */
#include "delimited/likeness.h"

enum {
    TYPED = 1 << 30, /* bit of a rough shape with digits */
    LONGEST = 24,    /* signs of a shape; longer texts are prose */
    UNSEEN = 3,      /* bits that a shape never seen costs more than one seen once */
    FINE = 4         /* bits that other lengths of runs cost at most */
};

static char sign_of(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return '9';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
        return 'a';
    return c >= 0x80 ? 'a' : (char)c;
}

static uint32_t mix(uint32_t hash, unsigned char c)
{
    return (hash ^ c) * 16777619u; /* FNV-1a, 32 bits */
}

static hg_look shape(uint32_t rough, uint32_t fine)
{
    return (hg_look)rough << 32 | fine;
}

hg_look hg_look_of(hg_slice text)
{
    uint32_t rough = 2166136261u, fine = rough;
    size_t signs = 0, words = 0;
    bool digits = false, others = false;
    char last = '\0';
    for (size_t i = 0; i < text.n && words < 2 && signs <= LONGEST; i++) {
        char c = sign_of((unsigned char)text.p[i]);
        if (c != 'a')
            fine = mix(fine, (unsigned char)c);
        if (c == last && (c == '9' || c == 'a'))
            continue;
        digits |= c == '9';
        others |= c != 'a';
        words += c == 'a' && (i == 0 || last == ' ');
        rough = mix(rough, (unsigned char)c);
        last = c;
        signs++;
    }
    if (text.n == 0)
        return HG_LOOK_EMPTY;
    if (words > 1 || signs > LONGEST)
        return HG_LOOK_PROSE;
    if (!others)
        return HG_LOOK_WORD;
    rough = (rough & (TYPED - 1)) | (digits ? TYPED : 0);
    return shape(rough > 2 ? rough : rough + 3, fine);
}

bool hg_look_typed(hg_look s)
{
    return (s >> 32 & TYPED) != 0;
}

/* A shape that has no place takes that of the rarest, and its count with it (Metwally,
 * Agrawal, El Abbadi: "Efficient Computation of Frequent and Top-k Elements", 2005). */
static void see(struct hg_seen *seen, uint32_t half)
{
    size_t rarest = 0;
    for (size_t i = 0; i < HG_LIKENESS_LOOKS; i++) {
        if (seen[i].n > 0 && seen[i].shape == half) {
            seen[i].n++;
            return;
        }
        if (seen[i].n < seen[rarest].n)
            rarest = i;
    }
    seen[rarest].shape = half;
    seen[rarest].n++;
}

void hg_likeness_add(hg_likeness *column, hg_look s)
{
    column->n++;
    see(column->rough, (uint32_t)(s >> 32));
    see(column->fine, (uint32_t)s);
}

static unsigned bits(uint32_t n)
{
    return n == 0 ? 0 : 32u - (unsigned)__builtin_clz(n);
}

static unsigned cost_among(const struct hg_seen *seen, uint32_t half, uint32_t n)
{
    for (size_t i = 0; i < HG_LIKENESS_LOOKS; i++)
        if (seen[i].n > 0 && seen[i].shape == half)
            return bits(n) - bits(seen[i].n);
    return bits(n) + UNSEEN;
}

unsigned hg_likeness_cost(const hg_likeness *column, hg_look s)
{
    unsigned fine = cost_among(column->fine, (uint32_t)s, column->n);
    return cost_among(column->rough, (uint32_t)(s >> 32), column->n) +
           (fine < FINE ? fine : FINE);
}

bool hg_likeness_usual_look(const hg_likeness *column, hg_look look)
{
    for (size_t i = 0; i < HG_LIKENESS_LOOKS; i++)
        if (column->rough[i].n > 0 && column->rough[i].shape == (uint32_t)(look >> 32))
            return (uint64_t)column->rough[i].n * 16 >= column->n;
    return false;
}

bool hg_likeness_even(const hg_likeness *column)
{
    size_t looks = 0, others = 0;
    for (size_t i = 0; i < HG_LIKENESS_LOOKS; i++) {
        looks += column->fine[i].n > 1;
        others += column->fine[i].n == 1;
    }
    return column->n >= HG_LIKENESS_SCORE && looks <= 3 && others <= 1;
}

static bool has_several(const struct hg_seen *seen, uint32_t half)
{
    for (size_t i = 0; i < HG_LIKENESS_LOOKS; i++)
        if (seen[i].n > 1 && seen[i].shape == half)
            return true;
    return false;
}

bool hg_likeness_has(const hg_likeness *column, hg_look look)
{
    return has_several(column->rough, (uint32_t)(look >> 32)) &&
           has_several(column->fine, (uint32_t)look);
}

bool hg_likeness_empty(const hg_likeness *column)
{
    uint32_t others = 0;
    for (size_t i = 0; i < HG_LIKENESS_LOOKS; i++)
        others += column->rough[i].shape != 0 ? column->rough[i].n : 0;
    return column->n > 0 && others == 0;
}

bool hg_likeness_typed(const hg_likeness *column)
{
    uint32_t empty = 0, typed = 0;
    for (size_t i = 0; i < HG_LIKENESS_LOOKS; i++) {
        if (column->rough[i].shape == 0)
            empty += column->rough[i].n;
        else if (column->rough[i].shape & TYPED)
            typed += column->rough[i].n;
    }
    return typed >= 2 && (uint64_t)typed * 10 >= (uint64_t)(column->n - empty) * 9;
}

unsigned hg_likeness_average(const hg_likeness *column)
{
    uint64_t cost = 0;
    for (size_t i = 0; i < HG_LIKENESS_LOOKS; i++) {
        uint32_t n = column->rough[i].n;
        cost += 16 * (uint64_t)n * (n > 0 ? bits(column->n) - bits(n) : 0);
    }
    return column->n > 0 ? (unsigned)(cost / column->n) : 0;
}
