/* accessible - a workbook of marked-up tables: its sheets, its notes */
#include "report/accessible_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

hg_status hg_access_begin(hg_access *access, const char *sheet, hg_bilingual title,
                          uint32_t *row, char *name, hg_err *err)
{
    hg_style big = hg_access_style(ACCESS_TITLE, true),
             plain = hg_access_style(ACCESS_SIZE, false);
    big.wrap = plain.wrap = 0;
    hg_style link = plain;
    link.link = 1;
    snprintf(name, 24, "hg_table_%u", ++access->tables);
    *row = 3;
    if (hg_book_sheet(access->book, sheet, err) != HG_OK ||
        hg_access_list(&access->contents, sheet, title.vi, title.en, err) != HG_OK ||
        hg_access_put(access->book, 1, 1, &big, title.vi ? title.vi : sheet, err) !=
            HG_OK ||
        hg_access_height(access->book, 1, 1, ACCESS_TITLE, err) != HG_OK ||
        hg_access_put(access->book, 2, 1, &plain,
                      "Trang này có một bảng; ô không có giá trị ghi “[x]”.",
                      err) != HG_OK)
        return err->status;
    return hg_book_link(access->book, 3, 1, &link, hg_access_front_name(ACCESS_CONTENTS),
                        HG_SLICE("Về mục lục"), err);
}

/* The number of a note, which it gets unless one that says the same has it. */
static hg_status number_note(hg_access *access, hg_form_note *note, hg_err *err)
{
    const char *vi = note->text.vi ? note->text.vi : "",
               *en = note->text.en ? note->text.en : "";
    access_list *list = &access->notes;
    size_t i = 0;
    while (i < list->n &&
           (strcmp(list->entries[i].vi, vi) != 0 || strcmp(list->entries[i].en, en) != 0))
        i++;
    note->number = (unsigned)i + 1;
    return i < list->n ? HG_OK : hg_access_list(list, "", vi, en, err);
}

/* Those that the title names, those that no text names (they stand behind the title), and
 * the rest. */
hg_status hg_access_number(hg_access *access, hg_form_table *table, hg_err *err)
{
    for (unsigned k = 1; k <= table->n_notes + 1; k++) {
        unsigned order = k <= table->titled ? k : k == table->titled + 1 ? 0 : k - 1;
        for (size_t i = 0; i < table->n_notes; i++)
            if (table->notes[i].order == order &&
                number_note(access, &table->notes[i], err) != HG_OK)
                return err->status;
    }
    return HG_OK;
}

hg_status hg_access_new(hg_access **out, hg_book *book, hg_err *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return hg_fail_nomem(err);
    (*out)->book = book;
    if (hg_access_front(*out, err) != HG_OK) {
        hg_access_free(*out);
        *out = NULL;
    }
    return err->status;
}

hg_status hg_access_end(hg_access *access, const hg_cover *cover, hg_err *err)
{
    return hg_access_fill_front(access, cover, err);
}

static void free_list(access_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        free(list->entries[i].sheet);
        free(list->entries[i].vi);
        free(list->entries[i].en);
    }
    free(list->entries);
}

void hg_access_free(hg_access *access)
{
    if (!access)
        return;
    free_list(&access->contents);
    free_list(&access->notes);
    free(access);
}
