/* xls_old - the cells of Excel 2 as later versions write them */
#include "workbook/xls_old.h"

#include <string.h>

/* Records of Excel 2, and what they became. */
enum {
    BLANK = 0x0001,
    INTEGER = 0x0002,
    NUMBER = 0x0003,
    LABEL = 0x0004,
    BOOLERR = 0x0005,
    FORMULA = 0x0006,
    STRING = 0x0007,
    ARRAY = 0x0021,
    TABLE = 0x0036,
    XF = 0x0043,
    IXFE = 0x0044
};

static const struct {
    uint16_t old, id;
} cells[] = { { BLANK, 0x0201 }, { INTEGER, 0x027E }, { NUMBER, 0x0203 },
              { LABEL, 0x0204 }, { BOOLERR, 0x0205 }, { FORMULA, FORMULA } };

enum { HEAD = 7 }; /* bytes before a cell's value: row, column, 3 of its looks */

/* The style of a cell by the three bytes of its looks (5.7.1). */
static uint16_t style_of(const hg_xls_old *old, const unsigned char *looks)
{
    unsigned style = looks[0] & 0x3F;
    if (!old->styled)
        return (uint16_t)(HG_XLS_OLD_DIRECT | looks[1]);
    return style == 0x3F ? old->style : (uint16_t)style;
}

/* Append what is left of a record, as far as there is room; returns how many bytes. */
static size_t rest(hg_xls_old *old, size_t at, const unsigned char *p, size_t n)
{
    size_t room = sizeof old->bytes - at;
    n = n < room ? n : room;
    memcpy(old->bytes + at, p, n);
    return at + n;
}

/* Row, column, style; then the value: an integer as an RK, a text with a longer count. */
static size_t cell(hg_xls_old *old, unsigned id, const unsigned char *p, size_t n)
{
    uint16_t style = style_of(old, p + 4);
    memcpy(old->bytes, p, 4);
    old->bytes[4] = (unsigned char)style;
    old->bytes[5] = (unsigned char)(style >> 8);
    if (id == INTEGER && n >= HEAD + 2) {
        uint32_t rk = (uint32_t)(p[HEAD] | p[HEAD + 1] << 8) << 2 | 2;
        for (unsigned i = 0; i < 4; i++)
            old->bytes[6 + i] = (unsigned char)(rk >> 8 * i);
        return 10;
    }
    if (id != LABEL || n == HEAD)
        return rest(old, 6, p + HEAD, n - HEAD);
    old->bytes[6] = p[HEAD];
    old->bytes[7] = 0;
    return rest(old, 8, p + HEAD + 1, n - HEAD - 1);
}

static bool tell_cell(hg_xls_old *old, uint16_t *id, const unsigned char **data,
                      size_t *n)
{
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        if (cells[i].old == *id && *n >= HEAD) {
            *n = cell(old, *id, *data, *n);
            *id = cells[i].id;
            *data = old->bytes;
            return true;
        }
    return false;
}

bool hg_xls_old_tell(hg_xls_old *old, bool formulas, uint16_t *id,
                     const unsigned char **data, size_t *n)
{
    switch (*id) {
    case 0x0009:
    case 0x0209:
    case 0x0409: *id = 0x0809; return true; /* BOF */
    case ARRAY: *id = 0x0221; return true;
    case TABLE: *id = 0x0236; return true;
    case XF: old->styled = true; return false;
    case IXFE:
        if (*n >= 2)
            old->style = (uint16_t)((*data)[0] | (*data)[1] << 8);
        return false;
    case STRING:
        if (*n == 0)
            return false;
        old->bytes[0] = (*data)[0];
        old->bytes[1] = 0;
        *n = rest(old, 2, *data + 1, *n - 1);
        *id = 0x0207;
        *data = old->bytes;
        return true;
    case FORMULA: return formulas && tell_cell(old, id, data, n);
    default: return tell_cell(old, id, data, n);
    }
}
