/* sketch - a first report.json out of a form that is there */
#include "report/sketch.h"
#include "text/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_COLS 256

/* Where the parts of the form are. */
typedef struct sketching {
    const hg_grid *grid;
    uint32_t head1, head2; /* rows of the headings */
    uint32_t ruler;        /* the row below them, or 0 */
    uint32_t body1, body2;
    uint32_t stub, cols;  /* columns before the figures; all */
    uint32_t label, code; /* columns of the stub; code 0: none */
    uint32_t
        groups; /* the column of labels of groups, where it is another than label; or 0 */
    hg_buf text;
} sketching;

static hg_slice text_at(const sketching *s, uint32_t row, uint32_t col)
{
    const hg_cell *cell = hg_grid_at(s->grid, row, col);
    return cell ? cell->text : HG_SLICE("");
}

/* A cell's text on one line, into s->text. */
static const char *line_at(sketching *s, uint32_t row, uint32_t col)
{
    const hg_cell *cell = hg_grid_spread(s->grid, row, col);
    hg_buf_clear(&s->text);
    for (size_t i = 0; cell && i < cell->text.n; i++)
        hg_buf_putc(&s->text, cell->text.p[i] == '\n' ? ' ' : cell->text.p[i]);
    return s->text.data ? s->text.data : "";
}

/* ---- where the parts are ---- */

/* "A", "1", "(2)", "1=2+3": what stands in a ruler row. */
static bool is_ruler_text(hg_slice text)
{
    size_t i = text.n > 0 && text.p[0] == '(';
    if (text.n == 0 || text.n > 24)
        return false;
    if (isupper((unsigned char)text.p[i]))
        return text.n - i <= 2;
    return isdigit((unsigned char)text.p[i]) &&
           strspn(text.p + i, "0123456789=+-:()., ") >= text.n - i && text.n <= 24;
}

static bool is_ruler(const sketching *s, uint32_t row)
{
    uint32_t n = 0, fit = 0;
    bool one = false;
    for (uint32_t col = 1; col <= s->cols; col++) {
        hg_slice text = text_at(s, row, col);
        n += text.n > 0;
        fit += is_ruler_text(text);
        one |= text.n > 0 &&
               (hg_slice_is(text, "1") || hg_slice_is(text, "(1)") ||
                strncmp(text.p, "1=", 2) == 0 || strncmp(text.p, "1 =", 3) == 0);
    }
    return n >= 3 && fit == n && one;
}

static uint32_t texts_in(const sketching *s, uint32_t row)
{
    uint32_t n = 0;
    for (uint32_t col = 1; col <= s->cols; col++)
        n += text_at(s, row, col).n > 0;
    return n;
}

/* A year is a heading, though a number. */
static bool is_year(const hg_cell *cell)
{
    return cell->text.n == 4 && (cell->text.p[0] == '1' || cell->text.p[0] == '2') &&
           (cell->text.p[1] == '9' || cell->text.p[1] == '0');
}

/* Whether merged cells of the row above reach into it, or it has texts side by side. */
static bool is_heading(const sketching *s, uint32_t row)
{
    uint32_t across = 0, different = 0;
    const hg_cell *last = NULL;
    for (uint32_t col = 1; col <= s->cols; col++) {
        const hg_cell *cell = hg_grid_spread(s->grid, row, col);
        bool heads = cell && (cell->type == HG_CELL_TEXT || is_year(cell));
        across += heads;
        different += heads && cell != last;
        last = cell;
    }
    return different >= 2 && across * 2 >= s->cols - (s->cols > 3);
}

static bool begins(const char *text, const char *with)
{
    hg_buf key = { 0 };
    hg_utf8_key(&key, text, strlen(text));
    bool does = key.data && strncmp(key.data, with, strlen(with)) == 0;
    hg_buf_release(&key);
    return does;
}

static bool has_number(const sketching *s, uint32_t row)
{
    for (uint32_t col = 2; col <= s->cols; col++) {
        const hg_cell *cell = hg_grid_at(s->grid, row, col);
        if (cell && cell->type == HG_CELL_NUMBER && !is_year(cell))
            return true;
    }
    return false;
}

/* The headings end above the ruler row or, without one, above the first row of numbers.
 */
static bool find_head(sketching *s)
{
    uint32_t rows = hg_grid_rows(s->grid);
    for (uint32_t row = 2; row <= rows && !s->ruler; row++)
        if (is_ruler(s, row) && texts_in(s, row - 1) > 0)
            s->ruler = row;
    uint32_t row = s->ruler;
    for (row = row ? row : 2; !s->ruler && row <= rows && !has_number(s, row);)
        row++;
    while (!s->ruler && row > 2 && row <= rows && !is_heading(s, row - 1))
        row--; /* over labels of groups, which have no numbers */
    if (row < 2 || row > rows)
        return false;
    s->head2 = s->head1 = row - 1;
    while (s->head1 > 1 && is_heading(s, s->head1 - 1))
        s->head1--;
    s->body1 = s->ruler ? s->ruler + 1 : row;
    while (s->body1 < rows && texts_in(s, s->body1) == 0)
        s->body1++;
    return is_heading(s, s->head2) || s->ruler;
}

/* Whether a row of the body heads a page that goes on: title, unit or headings once more.
 */
static bool is_repeated(sketching *s, uint32_t row)
{
    uint32_t n = texts_in(s, row), same = 0;
    for (uint32_t col = 1; col <= s->cols; col++) {
        hg_slice text = text_at(s, row, col);
        bool as_above = false;
        for (uint32_t head = s->head1; head < s->body1 && text.n > 0; head++)
            as_above |= hg_slice_eq(text, text_at(s, head, col));
        same += as_above;
        if (n == 1 && text.n > 0 &&
            (strstr(line_at(s, row, col), "(tiếp") ||
             begins(line_at(s, row, col), "đơn vị tính")))
            return true;
    }
    return n == 0 || (n >= 2 && (same == n || (same * 2 > n && !has_number(s, row)))) || (n == 1 && same == 1);
}

/* Whether what follows blank rows is such a head, and the body goes on. */
static bool goes_on(sketching *s, uint32_t row)
{
    uint32_t rows = hg_grid_rows(s->grid);
    while (row <= rows && texts_in(s, row) == 0)
        row++;
    return row <= rows && is_repeated(s, row);
}

/* The body goes on to a blank row, a note, or the places to sign. */
static void find_body(sketching *s)
{
    static const char *const ends[] = { "ghi chú", "nguồn", "người lập", "note",
                                        "source" };
    uint32_t rows = hg_grid_rows(s->grid);
    for (s->body2 = s->body1 - 1; s->body2 < rows; s->body2++) {
        bool end = texts_in(s, s->body2 + 1) == 0 && !goes_on(s, s->body2 + 1);
        for (uint32_t col = 1; col <= s->cols && !end; col++)
            for (size_t i = 0; i < sizeof ends / sizeof *ends && !end; i++)
                end = begins(line_at(s, s->body2 + 1, col), ends[i]);
        if (end)
            break;
    }
}

static bool is_lettered(const sketching *s, uint32_t col)
{
    hg_slice mark = s->ruler ? text_at(s, s->ruler, col) : HG_SLICE("");
    return mark.n > 0 && isupper((unsigned char)mark.p[0]);
}

/* Whether a heading of a column begins with one of some words. */
static bool is_headed(sketching *s, uint32_t col, const char *const *words)
{
    for (; *words; words++)
        for (uint32_t row = s->head1; row <= s->head2; row++)
            if (begins(line_at(s, row, col), *words))
                return true;
    return false;
}

static const char *const counts[] = { "stt", "tt", "số tt", "số thứ tự", "no.", NULL };
static const char *const codes[] = { "mã", "code", NULL };
static const char *const names[] = { "tên",        "chỉ tiêu", "nội dung",
                                     "địa phương", "danh mục", "đơn vị hành chính",
                                     "diễn giải",  NULL };

/* Whether a column has figures; running numbers are none. */
static bool has_figures(sketching *s, uint32_t col)
{
    if (is_headed(s, col, counts) || is_headed(s, col, names) || is_headed(s, col, codes))
        return false;
    for (uint32_t row = s->body1; row <= s->body2; row++) {
        const hg_cell *cell = hg_grid_at(s->grid, row, col);
        if (cell && cell->type == HG_CELL_NUMBER && !is_year(cell))
            return true;
    }
    return false;
}

/* Labels of two levels in two columns: each row has one of them. */
static void find_groups(sketching *s)
{
    for (uint32_t col = 1; col < s->label && s->groups == 0; col++) {
        uint32_t groups = 0, below = 0, both = 0;
        for (uint32_t row = s->body1; row <= s->body2; row++) {
            bool group = text_at(s, row, col).n > 0,
                 label = text_at(s, row, s->label).n > 0;
            groups += group && !label;
            below += label && !group;
            both += label && group;
        }
        if (col != s->code && groups > 1 && below > groups && both == 0)
            s->groups = col;
    }
}

/* Columns before the first with figures: lettered in the ruler row or, where that has no
 * letters, without numbers. */
static void find_stub(sketching *s)
{
    uint32_t lettered = 0; /* the last column that is */
    for (uint32_t col = 1; col <= s->cols; col++)
        lettered = is_lettered(s, col) ? col : lettered;
    for (uint32_t col = 1; col <= s->cols; col++) {
        if (lettered ? col > lettered : has_figures(s, col))
            break;
        s->stub = col;
        if (begins(line_at(s, s->head2, col), "mã số"))
            s->code = col;
    }
    if (s->stub == 0 ||
        s->stub == s->cols) /* an empty form, or one of labels that are numbers */
        s->stub = 1;
    s->label = 1;
    size_t most = 0;
    for (uint32_t col = 1; col <= s->stub; col++) {
        size_t all = 0;
        for (uint32_t row = s->body1; row <= s->body2; row++)
            all += text_at(s, row, col).n;
        all *= is_headed(s, col, names) ? 100 : 1;
        if (all > most && col != s->code && !is_headed(s, col, counts)) {
            most = all;
            s->label = col;
        }
    }
    find_groups(s);
}

/* ---- the spec ---- */

static void set_where(hg_json *node, const char *field, const char *code)
{
    hg_json *where = hg_json_object();
    hg_json_set_str(where, field, code);
    hg_json_set(node, "where", where);
}

/* The headings of row over columns first to last, and below each what it spans. */
static hg_json *columns_of(sketching *s, uint32_t row, uint32_t first, uint32_t last)
{
    hg_json *list = hg_json_array();
    for (uint32_t col = first; col <= last;) {
        const hg_area *area = hg_grid_area(s->grid, row, col);
        uint32_t end = area ? area->col2 : col, down = area ? area->row2 : row;
        while (!area && end < last && !hg_grid_spread(s->grid, row, end + 1) &&
               row < s->head2)
            end++; /* a heading over empty cells that were not merged */
        hg_json *node = hg_json_object();
        const char *label = line_at(s, row, col);
        char code[16];
        end = end > last ? last : end;
        hg_json_set_str(node, "label", *label ? label : "…");
        if (down < s->head2 && end > col) {
            hg_json_set(node, "columns", columns_of(s, down + 1, col, end));
        } else {
            snprintf(code, sizeof code, "%u", col - s->stub);
            set_where(node, "cot", code);
        }
        hg_json_add(list, node);
        col = end + 1;
    }
    return list;
}

/* A row's label; where its cell is empty, what stands beside it in the stub: labels of
 * two levels in two columns. */
static const char *label_of(sketching *s, uint32_t row)
{
    const char *label = line_at(s, row, s->label);
    for (uint32_t col = 1; col <= s->stub && !*label; col++)
        if (col != s->code)
            label = line_at(s, row, col);
    return *label ? label : "…";
}

/* Whether a row's label stands in a column further right than that of the groups. */
static bool is_below(const sketching *s, uint32_t row)
{
    return s->groups > 0 && text_at(s, row, s->groups).n == 0;
}

/* Add a row, below the last one that is a group where it belongs there. */
static void add_row(const sketching *s, hg_json *list, uint32_t row, hg_json *node)
{
    size_t n = hg_json_len(list);
    hg_json *group = n > 0 && is_below(s, row) ? hg_json_at(list, n - 1) : NULL;
    if (group && !hg_json_get(group, "rows"))
        hg_json_set(group, "rows", hg_json_array());
    hg_json_add(group ? hg_json_get(group, "rows") : list, node);
}

static hg_json *rows_of(sketching *s)
{
    hg_json *list = hg_json_array();
    for (uint32_t row = s->body1; row <= s->body2; row++) {
        if (is_repeated(s, row))
            continue;
        hg_json *node = hg_json_object();
        const hg_cell *cell = hg_grid_at(s->grid, row, s->label);
        hg_slice given = s->code ? text_at(s, row, s->code) : HG_SLICE("");
        char code[32];
        hg_json_set_str(node, "label", label_of(s, row));
        if (cell && (cell->bold || cell->italic))
            hg_json_set_str(node, "look", cell->bold ? "bold" : "italic");
        snprintf(code, sizeof code, "%.*s", (int)(given.n < 30 ? given.n : 30), given.p);
        if (given.n == 0)
            snprintf(code, sizeof code, "%02u", row - s->body1 + 1);
        if (s->code && given.n == 0)
            hg_json_set(node, "heading", hg_json_new_bool(true));
        else
            set_where(node, "dong", code);
        add_row(s, list, row, node);
    }
    return list;
}

/* What a column of the stub shows; NULL: nothing that a report can. */
static const char *shown_in(sketching *s, uint32_t col)
{
    const char *label = line_at(s, s->head2, col);
    size_t longest = 0;
    for (uint32_t row = s->body1; row <= s->body2; row++)
        longest = text_at(s, row, col).n > longest ? text_at(s, row, col).n : longest;
    return col == s->label                             ? "label"
           : col == s->code                            ? "code"
           : begins(label, "đơn vị")                   ? "unit"
           : is_headed(s, col, codes)                  ? NULL
           : longest <= 8 || is_headed(s, col, counts) ? "number" /* "XVIII", "1.1.1" */
                                                       : NULL;
}

/* The columns before the figures; texts beside the labels are left out, and named so. */
static hg_json *stub_of(sketching *s, hg_json *table)
{
    hg_json *list = hg_json_array(), *left = hg_json_array();
    for (uint32_t col = 1; col <= s->stub; col++) {
        const char *show = shown_in(s, col), *label = line_at(s, s->head2, col);
        if (col == s->groups)
            continue;
        if (!show) {
            hg_json_add_str(left, label);
            continue;
        }
        hg_json *column = hg_json_object();
        hg_json_set_str(column, "show", show);
        hg_json_set_str(column, "label", label);
        hg_json_add(list, column);
    }
    if (hg_json_len(left) > 0)
        hg_json_set(table, "x-left-out", left);
    else
        hg_json_free(left);
    return list;
}

/* What follows "Biểu số:", "Đơn vị tính:" … in a line, without white space around; NULL
 * where the line does not begin so. */
static const char *after(const char *line, const char *with)
{
    if (!begins(line, with))
        return NULL;
    const char *p = strchr(line, ':');
    size_t words = 1;
    for (const char *q = with; *q; q++)
        words += *q == ' ';
    for (p = p ? p + 1 : line; p == line && words > 0;
         words--) { /* no colon: the next word */
        p += strcspn(p, " ");
        line = p += strspn(p, " ");
    }
    return p + strspn(p, " ");
}

/* "16B/GTVT-HH"; "10. Tỷ lệ hộ nghèo", with the title behind. */
static void add_number(hg_json *table, hg_json *head, const char *text)
{
    char number[64];
    size_t n = strcspn(text, " "), end = n < sizeof number ? n : sizeof number - 1;
    const char *rest = text + n + strspn(text + n, " ");
    while (end > 1 && text[end - 1] == '.')
        end--;
    snprintf(number, sizeof number, "%.*s", (int)end, text);
    hg_json_set_str(head, "number", number);
    if (*rest && !begins(rest, "ngày nhận") && !begins(rest, "ban hành") && *rest != '(')
        hg_json_set_str(table, "title", rest);
}

/* The texts above the table: number, unit, and the longest of the rest is the title. */
static void add_above(sketching *s, hg_json *table, hg_json *head)
{
    size_t longest = 0; /* bold ones before others */
    for (uint32_t row = 1; row < s->head1; row++)
        for (uint32_t col = 1; col <= s->cols; col++) {
            if (text_at(s, row, col).n == 0)
                continue;
            const char *line = line_at(s, row, col), *found;
            if ((found = after(line, "biểu số")) || (found = after(line, "mẫu số"))) {
                add_number(table, head, found);
                longest = hg_json_get(table, "title") ? SIZE_MAX : longest;
            } else if ((found = after(line, "đơn vị tính"))) {
                hg_json_set_str(table, "unit", found);
            } else if (!begins(line, "đơn vị") && !begins(line, "mã ") &&
                       !begins(line, "ngày nhận")) {
                bool bold = hg_grid_at(s->grid, row, col)->bold;
                size_t weight = *line == '(' ? 1 : strlen(line) + (bold ? 1000 : 0);
                if (weight > longest)
                    hg_json_set_str(table, "title", line);
                longest = weight > longest ? weight : longest;
            }
        }
    if (!hg_json_get(head, "number"))
        hg_json_set_str(head, "number", "01");
}

/* The texts below: notes, source, who signs. */
static hg_json *add_below(sketching *s, hg_json *table)
{
    static const char *const titles[] = { "người lập", "người kiểm tra", "thủ trưởng",
                                          "phụ trách", "cục trưởng",     "giám đốc",
                                          "kế toán" };
    hg_json *signers = hg_json_array(), *notes = hg_json_array();
    for (uint32_t row = s->body2 + 1; row <= hg_grid_rows(s->grid); row++)
        for (uint32_t col = 1; col <= s->cols; col++) {
            if (text_at(s, row, col).n == 0)
                continue;
            const char *line = line_at(s, row, col), *found;
            if ((found = after(line, "nguồn")))
                hg_json_set_str(table, "source", found);
            else if ((found = after(line, "ghi chú")))
                hg_json_add_str(notes, found);
            for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
                if (begins(line, titles[i]) && hg_json_len(signers) < 4) {
                    hg_json *signer = hg_json_object();
                    hg_json_set_str(signer, "title", line);
                    hg_json_add(signers, signer);
                    break;
                }
        }
    if (hg_json_len(notes) > 0)
        hg_json_set(table, "notes", notes);
    else
        hg_json_free(notes);
    return signers;
}

static hg_json *make(sketching *s)
{
    hg_json *spec = hg_json_object(), *tables = hg_json_array();
    hg_json *table = hg_json_object(), *head = hg_json_object();
    hg_json_set(table, "head", head);
    add_above(s, table, head);
    hg_json_set_str(table, "value", "gia_tri");
    hg_json_set(table, "stub", stub_of(s, table));
    hg_json_set(table, "rows", rows_of(s));
    hg_json_set(table, "columns", columns_of(s, s->head1, s->stub + 1, s->cols));
    if (s->ruler)
        hg_json_set(table, "ruler", hg_json_new_bool(true));
    hg_json *signers = add_below(s, table), *signature = hg_json_object();
    hg_json_add(tables, table);
    hg_json_set_int(spec, "hgReport", 1);
    hg_json_set(spec, "tables", tables);
    if (hg_json_len(signers) > 0) {
        hg_json_set(signature, "signers", signers);
        hg_json_set(spec, "signature", signature);
    } else {
        hg_json_free(signers);
        hg_json_free(signature);
    }
    return spec;
}

/* Find the parts; false where there is no table. */
static bool find_parts(sketching *s)
{
    if (s->cols < 2 || s->cols > MOST_COLS || !find_head(s))
        return false;
    find_body(s);
    if (s->body2 < s->body1)
        return false;
    find_stub(s);
    return s->stub < s->cols;
}

hg_status hg_sketch(hg_json **spec, const hg_grid *grid, const hg_loc *loc, hg_err *err)
{
    sketching s = { .grid = grid, .cols = hg_grid_cols(grid) };
    bool found = find_parts(&s);
    *spec = found ? make(&s) : NULL;
    hg_status st = hg_buf_status(&s.text, err);
    hg_buf_release(&s.text);
    if (st != HG_OK)
        return st;
    if (!found)
        return hg_fail(err, HG_EINPUT, loc,
                       "no headings over figures are found on the sheet");
    return *spec ? HG_OK : hg_fail_nomem(err);
}
