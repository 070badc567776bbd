/* book_parts - what a workbook has beside its cells: names, tables, links, properties */
#include "workbook/book_inside.h"
#include "text/message.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define PROPERTY 255 /* characters of a property's name and value */
#define TABLE_HEAD 255 /* characters of a table's header */

void hg_book_hide(hg_book *book)
{
    if (book->put.sheets > 1)
        worksheet_hide(book->sheet);
}

hg_status hg_book_property(hg_book *book, const char *name, const char *value, hg_err *err)
{
    hg_loc loc = { .field = name };
    if (hg_book_characters(hg_slice_of(name)) > PROPERTY ||
        hg_book_characters(hg_slice_of(value)) > PROPERTY)
        return hg_fail(err, HG_EARG, &loc, "a property has at most 255 characters");
    return hg_book_outcome(workbook_set_custom_property_string(book->lib, name, value), err);
}

/* Put "'A sheet'!$A$1:$B$2" at the end of buf. */
static void put_reference(hg_buf *buf, const char *sheet, hg_area area)
{
    char first[24], last[24];
    hg_buf_putc(buf, '\'');
    for (const char *p = sheet; *p; p++)
        hg_buf_puts(buf, *p == '\'' ? "''" : (char[]){ *p, '\0' });
    hg_text_a1(first, 1, area.col1);
    hg_text_a1(last, 1, area.col2);
    first[strlen(first) - 1] = last[strlen(last) - 1] = '\0'; /* the letters alone */
    hg_buf_printf(buf, "'!$%s$%u:$%s$%u", first, area.row1, last, area.row2);
}

/* "a1", "rc": a name that could be a place of a sheet is none. */
static bool is_name(const char *name)
{
    size_t n = strlen(name), letters = 0;
    for (size_t i = 0; i < n; i++)
        if (!isalnum((unsigned char)name[i]) && name[i] != '_' && name[i] != '.')
            return false;
    while (isalpha((unsigned char)name[letters]))
        letters++;
    return n > 0 && n <= PROPERTY && (isalpha((unsigned char)name[0]) || name[0] == '_') &&
           (letters > 3 || strchr(name, '_') || strchr(name, '.'));
}

static hg_status claim(hg_book *book, const char *name, hg_err *err)
{
    if (!is_name(name))
        return hg_fail(err, HG_EARG, &(hg_loc){ .sheet = book->sheet_name },
                       "an area cannot be named '%s'", name);
    return hg_book_claim(&book->areas, name, "two areas have the same name", err);
}

hg_status hg_book_name(hg_book *book, const char *name, hg_area area, hg_err *err)
{
    hg_buf formula = { 0 };
    if (hg_book_inside(book, area, err) != HG_OK || claim(book, name, err) != HG_OK)
        return err->status;
    hg_buf_puts(&formula, "=");
    put_reference(&formula, book->sheet_name, area);
    if (hg_buf_status(&formula, err) == HG_OK)
        hg_book_outcome(workbook_define_name(book->lib, name, formula.data), err);
    hg_buf_release(&formula);
    return err->status;
}

/* What Excel takes of a table's headers. */
static hg_status check_headers(hg_book *book, hg_area area, const char *const *headers,
                               hg_err *err)
{
    book_names seen = { 0 };
    for (uint32_t i = 0; i <= area.col2 - area.col1 && err->status == HG_OK; i++) {
        hg_area at = { area.row1, area.col1 + i, area.row1, area.col1 + i };
        size_t n = hg_book_characters(hg_slice_of(headers[i]));
        if (n == 0 || n > TABLE_HEAD)
            hg_fail(err, HG_EARG, BOOK_AT(book, at),
                    "a table's header has from 1 to 255 characters");
        else
            hg_book_claim(&seen, headers[i], "two columns of a table have the same header",
                          err);
    }
    for (size_t i = 0; i < seen.n; i++)
        free(seen.keys[i]);
    free(seen.keys);
    return err->status;
}

/* A table's columns as the library wants them. */
typedef struct columns {
    lxw_table_column *all, **list;
    hg_buf texts; /* of the headers, escaped, each closed by a NUL */
} columns;

static hg_status make_columns(columns *c, const char *const *headers, uint32_t n,
                              lxw_format *format, hg_err *err)
{
    c->all = calloc(n, sizeof *c->all);
    c->list = calloc(n + 1, sizeof *c->list);
    for (uint32_t i = 0; i < n; i++) {
        hg_book_escape(&c->texts, hg_slice_of(headers[i]));
        hg_buf_putc(&c->texts, '\0');
    }
    if (!c->all || !c->list || hg_buf_status(&c->texts, err) != HG_OK)
        return err->status != HG_OK ? err->status : hg_fail_nomem(err);
    char *text = c->texts.data;
    for (uint32_t i = 0; i < n; i++, text += strlen(text) + 1) {
        c->all[i] = (lxw_table_column){ .header = text, .header_format = format };
        c->list[i] = &c->all[i];
    }
    return HG_OK;
}

hg_status hg_book_table(hg_book *book, const char *name, hg_area area,
                        const hg_style *style, const char *const *headers, hg_err *err)
{
    uint32_t n = area.col2 - area.col1 + 1;
    lxw_format *format;
    columns c = { 0 };
    if (hg_book_inside(book, area, err) != HG_OK || claim(book, name, err) != HG_OK ||
        check_headers(book, area, headers, err) != HG_OK ||
        hg_book_format(book, style, &format, err) != HG_OK)
        return err->status;
    if (make_columns(&c, headers, n, format, err) == HG_OK) {
        lxw_table_options options = { .name = (char *)name, /* read only */
                                      .no_autofilter = LXW_TRUE,
                                      .no_banded_rows = LXW_TRUE,
                                      .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                      .style_type_number = 1,
                                      .columns = c.list };
        for (uint32_t i = 0; i < n; i++)
            hg_book_count_text(book, area.row1, area.col1 + i,
                               &(hg_slice){ headers[i], strlen(headers[i]) }, 1);
        hg_book_outcome(worksheet_add_table(book->sheet, area.row1 - 1,
                                            (lxw_col_t)(area.col1 - 1), area.row2 - 1,
                                            (lxw_col_t)(area.col2 - 1), &options),
                        err);
    }
    free(c.all);
    free(c.list);
    hg_buf_release(&c.texts);
    return err->status;
}

hg_status hg_book_link(hg_book *book, uint32_t row, uint32_t col, const hg_style *style,
                       const char *sheet, hg_slice text, hg_err *err)
{
    hg_area at = { row, col, row, col };
    hg_buf target = { 0 }, shown = { 0 };
    lxw_format *format;
    if (hg_book_inside(book, at, err) != HG_OK ||
        hg_book_format(book, style, &format, err) != HG_OK)
        return err->status;
    if (hg_book_characters(text) > PROPERTY) /* what all programs show of a link */
        return hg_fail(err, HG_EARG, BOOK_AT(book, at),
                       "a link's text has at most 255 characters");
    hg_buf_puts(&target, "internal:");
    put_reference(&target, sheet, (hg_area){ 1, 1, 1, 1 });
    if (target.data) /* one cell: the place before the colon, without '$' */
        memcpy(strrchr(target.data, '!') + 1, "A1", 3);
    hg_book_escape(&shown, text);
    if (hg_buf_status(&target, err) == HG_OK && hg_buf_status(&shown, err) == HG_OK) {
        hg_book_count_text(book, row, col, &text, 1);
        hg_book_outcome(worksheet_write_url_opt(book->sheet, row - 1, (lxw_col_t)(col - 1),
                                                target.data, format, shown.data, NULL),
                        err);
    }
    hg_buf_release(&target);
    hg_buf_release(&shown);
    return err->status;
}

#define CHECK_TITLE   32  /* characters */
#define CHECK_MESSAGE 255 /* of a message, and of a formula */

static hg_status validate(hg_book *book, hg_area area, lxw_data_validation *check,
                          hg_err *err)
{
    if (hg_book_inside(book, area, err) != HG_OK)
        return err->status;
    return hg_book_outcome(
        worksheet_data_validation_range(book->sheet, area.row1 - 1,
                                        (lxw_col_t)(area.col1 - 1), area.row2 - 1,
                                        (lxw_col_t)(area.col2 - 1), check),
        err);
}

hg_status hg_book_check(hg_book *book, hg_area area, const char *formula,
                        const char *title, const char *message, hg_err *err)
{
    lxw_data_validation check = { .validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA,
                                  .value_formula = (char *)formula, /* read only */
                                  .input_title = (char *)title,
                                  .input_message = (char *)message,
                                  .error_title = (char *)title,
                                  .error_message = (char *)message };
    if (hg_book_characters(hg_slice_of(title)) > CHECK_TITLE ||
        hg_book_characters(hg_slice_of(message)) > CHECK_MESSAGE ||
        strlen(formula) > CHECK_MESSAGE)
        return hg_fail(err, HG_EARG, BOOK_AT(book, area),
                       "what is said of an input is too long");
    return validate(book, area, &check, err);
}

hg_status hg_book_choose(hg_book *book, hg_area area, const char *formula, hg_err *err)
{
    /* never a list of values: libxlsxwriter 1.1.4 aborts on one of over 255 bytes. Of a formula
     * it loses a copy: some bytes a call, until the process ends. */
    lxw_data_validation check = { .validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
                                  .value_formula = (char *)formula };
    return validate(book, area, &check, err);
}

void hg_book_protect(hg_book *book)
{
    worksheet_protect(book->sheet, NULL, NULL);
}
