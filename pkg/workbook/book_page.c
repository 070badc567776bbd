/* book_page - the columns and rows of a sheet, and its pages */
#include "workbook/book_inside.h"
#include "text/message.h"
#include "text/utf8.h"

#include <string.h>

#define HEADER 255 /* characters of a page's header */

static hg_status set_column(hg_book *book, uint32_t col, double points,
                            lxw_format *format, hg_err *err)
{
    /* Excel counts columns in digits of the default font (ECMA-376 part 1, 18.3.1.13): 8
     * pixels of 1/96 inch in Times New Roman 12. The library adds what 5 pixels of
     * padding are to digits of 7, those of the font that it takes for the default. */
    double width = points * 96 / 72 / 8 - 5.0 / 7;
    hg_area at = { 1, col, 1, col };
    if (hg_book_inside(book, at, err) != HG_OK)
        return err->status;
    if (width < 0 || width > HG_BOOK_WIDTH)
        return hg_fail(err, HG_EARG, BOOK_AT(book, at),
                       "a column is at most 255 characters wide");
    return hg_book_outcome(worksheet_set_column(book->sheet, (lxw_col_t)(col - 1),
                                                (lxw_col_t)(col - 1), width, format),
                           err);
}

hg_status hg_book_width(hg_book *book, uint32_t col, double points, hg_err *err)
{
    return set_column(book, col, points, NULL, err);
}

hg_status hg_book_column(hg_book *book, uint32_t col, double points,
                         const hg_style *style, hg_err *err)
{
    lxw_format *format;
    hg_status st = hg_book_format(book, style, &format, err);
    return st == HG_OK ? set_column(book, col, points, format, err) : st;
}

hg_status hg_book_height(hg_book *book, uint32_t row, double points, hg_err *err)
{
    hg_area at = { row, 1, row, 1 };
    if (hg_book_inside(book, at, err) != HG_OK)
        return err->status;
    if (points > HG_BOOK_HEIGHT)
        return hg_fail(err, HG_EARG, BOOK_AT(book, at),
                       "a row is at most 409 points high; shorten its text");
    return hg_book_outcome(worksheet_set_row(book->sheet, row - 1, points, NULL), err);
}

hg_status hg_book_list(hg_book *book, uint32_t rows, uint32_t cols, hg_err *err)
{
    hg_area all = { 1, 1, rows, cols };
    char range[48] = "A1:";
    if (hg_book_inside(book, all, err) != HG_OK)
        return err->status;
    hg_text_a1(range + 3, rows, cols);
    worksheet_freeze_panes(book->sheet, 1, 0);
    return hg_book_outcome(
        worksheet_ignore_errors(book->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range),
        err);
}

/* The header of pages from 2 on: codes for place, font and size, then what stands there;
 * 255 characters (ECMA-376 part 1, 18.3.1.39). */
static void put_header(char header[HEADER + 1], const char *continued)
{
    static const char number[] = "&C&\"Times New Roman,Regular\"&13&P",
                      font[] = "\n&12&\"Times New Roman,Italic\"";
    size_t n = sizeof number - 1;
    memcpy(header, number, sizeof number);
    if (!continued)
        return;
    memcpy(header + n, font, sizeof font);
    n += sizeof font - 1;
    for (const char *p = continued; *p;) {
        int32_t cp;
        size_t length = hg_utf8_next(p, strlen(p), &cp);
        if (n + length + 1 > HEADER)
            break;
        if (cp == '&')
            header[n++] = '&';
        memcpy(header + n, p, length);
        n += length;
        p += length;
    }
    header[n] = '\0';
}

hg_status hg_book_print(hg_book *book, const hg_page *page, hg_err *err)
{
    lxw_worksheet *sheet = book->sheet;
    lxw_header_footer_options header = { .margin = page->header / 25.4 };
    char all[48] = "A1:", text[HEADER + 1];
    hg_text_a1(all + 3, page->rows, page->cols);
    put_header(text, page->continued);
    book->numbered |= page->numbered;
    worksheet_set_paper(sheet, 9); /* A4 */
    if (page->landscape)
        worksheet_set_landscape(sheet);
    worksheet_set_margins(sheet, page->left / 25.4, page->right / 25.4, page->top / 25.4,
                          page->bottom / 25.4);
    worksheet_fit_to_pages(sheet, 1, (uint16_t)page->down);
    worksheet_center_horizontally(sheet);
    if (!page->gridlines)
        worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    lxw_error code =
        worksheet_print_area(sheet, 0, 0, page->rows - 1, (lxw_col_t)(page->cols - 1));
    if (code == LXW_NO_ERROR && page->repeat1 > 0)
        code = worksheet_repeat_rows(sheet, page->repeat1 - 1, page->repeat2 - 1);
    if (code == LXW_NO_ERROR && page->numbered)
        code = worksheet_set_header_opt(sheet, text, &header);
    if (code == LXW_NO_ERROR) /* "01", "2016" in headings are texts on purpose */
        code = worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, all);
    return hg_book_outcome(code, err);
}
