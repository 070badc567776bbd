/* numbers - the figures of a column */
#include "recipe/numbers.h"
#include "recipe/words.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#define SYMBOL 64 /* bytes of a text that a pattern of symbols is held against */

static bool is_symbol(const hg_symbol *symbol, hg_slice text)
{
    char copy[SYMBOL];
    if (hg_slice_is(text, symbol->text) || !symbol->pattern || text.n >= sizeof copy)
        return hg_slice_is(text, symbol->text);
    memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    return fnmatch(symbol->text, copy, 0) == 0;
}

/* The symbol that a cell is, its mark set aside; 0: none. */
static char symbol(const hg_recipe_table *table, const hg_cell *cell)
{
    hg_slice text = hg_words_trim(cell->text);
    for (size_t i = 0; i < table->n_symbols; i++)
        if (is_symbol(&table->symbols[i], text))
            return table->symbols[i].status;
    return cell->type == HG_CELL_TEXT ? hg_words_symbol(text) : '\0';
}

/* Read a text as a number, without what is written behind it. */
static bool read_text(hg_vinumber *number, hg_slice text, bool *percent, hg_slice *mark)
{
    return hg_vinumber_read(number, hg_vinumber_part(hg_words_trim(text), percent, mark));
}

bool hg_numbers_is_value(const hg_recipe_table *table, const hg_cell *cell)
{
    hg_vinumber number;
    hg_slice mark;
    bool percent;
    return cell->type == HG_CELL_NUMBER || symbol(table, cell) ||
           (cell->type == HG_CELL_TEXT && read_text(&number, cell->text, &percent, &mark));
}

bool hg_numbers_percent(const hg_cell *cell)
{
    hg_vinumber number;
    hg_slice mark;
    bool percent;
    return cell->type == HG_CELL_TEXT &&
           read_text(&number, cell->text, &percent, &mark) && percent;
}

/* Each value has its unit beside it, so that some may be percents and others not. */
static bool has_units(const hg_recipe_table *table)
{
    for (size_t i = 0; i < table->n; i++)
        if (table->fields[i].from == HG_FROM_UNIT)
            return true;
    return false;
}

/* ---- numbers ---- */

hg_status hg_numbers_add(hg_evidence *seen, const hg_recipe_table *table,
                         const hg_cell *cell, const hg_loc *loc, hg_err *err)
{
    hg_number_style said = table->numbers;
    hg_vinumber number;
    hg_slice mark;
    bool percent;
    if (cell->type == HG_CELL_NUMBER || symbol(table, cell))
        return HG_OK;
    if (cell->type != HG_CELL_TEXT || !read_text(&number, cell->text, &percent, &mark))
        return hg_fail(err, HG_EINPUT, loc, "'%.*s' is no number", (int)cell->text.n,
                       cell->text.p);
    seen->vi = number.vi && !number.en && !seen->vi ? cell : seen->vi;
    seen->en = number.en && !number.vi && !seen->en ? cell : seen->en;
    seen->either = hg_vinumber_ambiguous(&number) && !seen->either ? cell : seen->either;
    seen->percent = percent && !seen->percent ? cell : seen->percent;
    seen->bare = !percent && !seen->bare ? cell : seen->bare;
    if ((seen->vi && seen->en && !said) || (said == HG_NUMBER_VI && !number.vi) ||
        (said == HG_NUMBER_EN && !number.en) ||
        (seen->percent && seen->bare && !has_units(table)))
        return hg_fail(err, HG_EINPUT, loc,
                       "'%.*s' is not written as the other numbers of its column",
                       (int)cell->text.n, cell->text.p);
    return HG_OK;
}

hg_status hg_numbers_style(const hg_evidence *seen, hg_number_style said,
                           hg_number_style *style, const hg_loc *loc, hg_err *err)
{
    hg_vinumber number;
    hg_slice mark;
    bool percent;
    *style = said ? said : seen->vi ? HG_NUMBER_VI : HG_NUMBER_EN;
    if (!seen->either || seen->vi || seen->en || said)
        return HG_OK;
    hg_loc at = *loc;
    at.row = seen->either->row;
    at.col = seen->either->col;
    read_text(&number, seen->either->text, &percent, &mark);
    return hg_fail(
        err, HG_EARG, &at,
        "'%.*s' may be %s or %s; say in the recipe \"numbers\": \"vi\" or \"en\"",
        (int)seen->either->text.n, seen->either->text.p, number.as_vi, number.as_en);
}

/* Round a figure, and tell whether that changed it. */
static void round_figure(hg_figure *f, int places)
{
    char rounded[HG_FIGURE_TEXT];
    if (places >= 0 && hg_figure_round(rounded, hg_slice_of(f->text), (unsigned)places)) {
        f->rounded = strcmp(rounded, f->text) != 0;
        memcpy(f->text, rounded, strlen(rounded) + 1);
    }
}

hg_status hg_numbers_read(hg_figure *f, const hg_recipe_table *table, const hg_cell *cell,
                          hg_number_style style, int decimals, unsigned power,
                          const hg_loc *loc, hg_err *err)
{
    char scaled[HG_FIGURE_TEXT];
    hg_vinumber number;
    *f = (hg_figure){ .status = symbol(table, cell) };
    if (f->status)
        return HG_OK;
    if (cell->type == HG_CELL_TEXT) {
        read_text(&number, cell->text, &f->percent, &f->mark);
        const char *read = style == HG_NUMBER_VI ? number.as_vi : number.as_en;
        memcpy(f->text, read, strlen(read) + 1);
    } else if (cell->text.n < sizeof f->text) {
        memcpy(f->text, cell->text.p, cell->text.n);
    }
    round_figure(f, decimals == HG_DECIMALS_SHOWN ? hg_figure_places(cell->format) : decimals);
    if (power == 0)
        return HG_OK;
    if (!hg_figure_shift(scaled, hg_slice_of(f->text), power))
        return hg_fail(err, HG_EINPUT, loc, "'%s' cannot be scaled", f->text);
    memcpy(f->text, scaled, strlen(scaled) + 1);
    return HG_OK;
}

/* ---- dates ---- */

/* Read three numbers apart by '/', '-' or '.': 31/12/2024. */
static bool date_parts(hg_slice text, unsigned part[3])
{
    size_t k = 0, digits = 0;
    char apart = '\0';
    text = hg_words_trim(text);
    part[0] = part[1] = part[2] = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c >= '0' && c <= '9' && digits < 4) {
            part[k] = part[k] * 10 + (unsigned)(c - '0');
            digits++;
        } else if (digits > 0 && k < 2 && strchr("/-.", c) && (!apart || c == apart)) {
            apart = c;
            digits = 0;
            k++;
        } else {
            return false;
        }
    }
    return k == 2 && digits == 4;
}

static bool is_date(unsigned day, unsigned month, unsigned year)
{
    static const unsigned days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
           (month != 2 || day < 29 || leap);
}

bool hg_dates_read(char out[11], hg_slice text, bool month_first)
{
    unsigned p[3];
    if (!date_parts(text, p) || !is_date(p[month_first], p[!month_first], p[2]))
        return false;
    snprintf(out, 11, "%04u-%02u-%02u", p[2] % 10000, p[!month_first] % 100,
             p[month_first] % 100);
    return true;
}

hg_status hg_dates_add(hg_evidence *seen, const hg_cell *cell, const hg_loc *loc,
                       hg_err *err)
{
    char out[11], other[11];
    bool text = cell->type == HG_CELL_TEXT;
    if (cell->type == HG_CELL_DATE || cell->type == HG_CELL_DATETIME)
        return HG_OK;
    bool day = text && hg_dates_read(out, cell->text, false);
    bool month = text && hg_dates_read(other, cell->text, true);
    if (!day && !month)
        return hg_fail(err, HG_EINPUT, loc, "'%.*s' is no date", (int)cell->text.n,
                       cell->text.p);
    seen->day = day && !month && !seen->day ? cell : seen->day;
    seen->month = month && !day && !seen->month ? cell : seen->month;
    if (day && month && strcmp(out, other) != 0 && !seen->either)
        seen->either = cell;
    if (seen->day && seen->month)
        return hg_fail(err, HG_EINPUT, loc,
                       "'%.*s' is not written as the other dates of its column",
                       (int)cell->text.n, cell->text.p);
    return HG_OK;
}

hg_status hg_dates_style(const hg_evidence *seen, hg_number_style said, bool *month_first,
                         const hg_loc *loc, hg_err *err)
{
    char day[11], month[11];
    *month_first = seen->month || (!seen->day && said == HG_NUMBER_EN);
    if (!seen->either || seen->day || seen->month || said)
        return HG_OK;
    hg_loc at = *loc;
    at.row = seen->either->row;
    at.col = seen->either->col;
    hg_dates_read(day, seen->either->text, false);
    hg_dates_read(month, seen->either->text, true);
    return hg_fail(err, HG_EARG, &at,
                   "'%.*s' may be %s or %s; say in the recipe \"numbers\": \"vi\" or \"en\"",
                   (int)seen->either->text.n, seen->either->text.p, day, month);
}
