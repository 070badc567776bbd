/* bare CSV FILE.xlsx - write the benchmark's CSV as hg-report writes a list of it, by nothing but
 * libxlsxwriter: the same cells in the same formats, with no check of anything. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

enum { TEXT, NUMBER, TENTHS, CENTS, DATE, FORMATS };
static const int kinds[] = { NUMBER, TEXT, TEXT, TEXT,   DATE,  NUMBER,
                             NUMBER, TEXT, NUMBER, TENTHS, CENTS, TEXT };

/* Days as Excel counts them; the year begins in March, so that a leap day is its last. */
static double serial(const char *text)
{
    int year = atoi(text), month = atoi(text + 5), day = atoi(text + 8);
    year -= month <= 2;
    month += month <= 2 ? 9 : -3;
    return year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 693900;
}

static void put(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col, const char *text,
                lxw_format *const *formats)
{
    int kind = row == 0 ? TEXT : kinds[col];
    if (kind == TEXT)
        worksheet_write_string(sheet, row, col, text, formats[kind]);
    else
        worksheet_write_number(sheet, row, col, kind == DATE ? serial(text) : strtod(text, NULL),
                               formats[kind]);
}

int main(int argc, char *argv[])
{
    static const char *const numbers[FORMATS] = { NULL, NULL, "0.0", "0.00", "dd/mm/yyyy" };
    lxw_workbook_options options = { .constant_memory = 1, .tmpdir = getenv("TMPDIR") };
    lxw_format *formats[FORMATS];
    char line[4096];
    FILE *in = argc == 3 ? fopen(argv[1], "r") : NULL;
    if (!in)
        return 2;
    lxw_workbook *book = workbook_new_opt(argv[2], &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
    for (int i = 0; i < FORMATS; i++) {
        formats[i] = workbook_add_format(book);
        format_set_font_name(formats[i], "Times New Roman");
        format_set_font_size(formats[i], 11);
        if (numbers[i])
            format_set_num_format(formats[i], numbers[i]);
    }
    for (lxw_row_t row = 0; fgets(line, sizeof line, in); row++) {
        char *cell, *rest = line;
        line[strcspn(line, "\n")] = '\0';
        for (lxw_col_t col = 0; (cell = strsep(&rest, ",")) != NULL; col++)
            put(sheet, row, col, cell, formats);
    }
    fclose(in);
    return workbook_close(book) != LXW_NO_ERROR;
}
