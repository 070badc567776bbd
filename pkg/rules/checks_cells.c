/* checks_cells - cells that look cut off, or are not ASCII */
#include "rules/checks_parts.h"
#include "text/utf8.h"

/* Texts of databases end at 255 characters, numbers at what 16, 32 and 64 bits hold. */
static bool looks_cut(hg_slice cell)
{
    static const char *const most[] = { "32767",
                                        "65535",
                                        "2147483647",
                                        "4294967295",
                                        "9223372036854775807",
                                        "18446744073709551615" };
    bool long_number = cell.n == 5 || cell.n == 10 || cell.n == 19 || cell.n == 20;
    for (size_t i = 0; long_number && i < sizeof most / sizeof *most; i++)
        if (cell.p[0] == most[i][0] && hg_slice_is(cell, most[i]))
            return true;
    return cell.n >= 255 && hg_utf8_characters(cell) == 255;
}

static bool is_ascii(hg_slice cell)
{
    size_t k = 0;
    while (k < cell.n && (unsigned char)cell.p[k] < 0x80)
        k++;
    return k == cell.n;
}

static hg_status truncated(hg_checks *c, hg_asked *check, const hg_rule_row *row,
                           hg_err *err)
{
    hg_status st = HG_OK;
    (void)check;
    for (size_t i = 0; st == HG_OK && i < row->n; i++)
        if (looks_cut(row->cells[i]))
            st = hg_checks_found(c, "truncated-value", i + 1, err,
                                 "\"%s\" looks cut off by a program's limit",
                                 hg_checks_cell(c, row, i).bytes, NULL);
    return st;
}

static hg_status ascii(hg_checks *c, hg_asked *check, const hg_rule_row *row, hg_err *err)
{
    hg_status st = HG_OK;
    (void)check;
    for (size_t i = 0; st == HG_OK && i < row->n; i++)
        if (!is_ascii(row->cells[i]))
            st = hg_checks_found(c, "ascii-value", i + 1, err,
                                 "\"%s\" has characters beyond ASCII",
                                 hg_checks_cell(c, row, i).bytes, NULL);
    return st;
}

static bool none_looks_cut(const hg_asked *check, const hg_rule_row *row, hg_hash *out)
{
    (void)check;
    (void)out;
    for (size_t i = 0; i < row->n; i++)
        if (looks_cut(row->cells[i]))
            return false;
    return true;
}

static bool all_are_ascii(const hg_asked *check, const hg_rule_row *row, hg_hash *out)
{
    (void)check;
    (void)out;
    for (size_t i = 0; i < row->n; i++)
        if (!is_ascii(row->cells[i]))
            return false;
    return true;
}

const hg_check_kind hg_check_truncated = {
    .code = "truncated-value",
    .whole_rows = true,
    .row = truncated,
    .look = none_looks_cut,
};

const hg_check_kind hg_check_ascii = {
    .code = "ascii-value",
    .whole_rows = true,
    .row = ascii,
    .look = all_are_ascii,
};
