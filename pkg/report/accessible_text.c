/* accessible_text - how texts look in the accessible layout, and the room that they take */
#include "report/accessible_inside.h"
#include "text/times.h"

#include <stdlib.h>
#include <string.h>

#define ARIAL 1.12 /* its width, by that of Times New Roman */
#define LINE  1.25 /* its height, by its size */
#define PAD   16.0 /* points around a cell's text */

hg_style hg_access_style(unsigned char size, bool bold)
{
    return (hg_style){
        .size = size, .font = HG_SANS, .bold = bold, .wrap = 1, .valign = HG_MIDDLE
    };
}

hg_status hg_access_put(hg_book *book, uint32_t row, uint32_t col, const hg_style *style,
                        const char *text, hg_err *err)
{
    hg_run run = { hg_slice_of(text), style->bold, style->italic };
    return hg_book_text(book, (hg_area){ row, col, row, col }, style, &run, 1, err);
}

double hg_access_width(const char *text, unsigned char size, bool bold)
{
    return ARIAL * hg_times_width(hg_slice_of(text), size, bold) + PAD;
}

double hg_access_word(const char *text, unsigned char size, bool bold)
{
    return ARIAL * hg_times_word(hg_slice_of(text), size, bold) + PAD;
}

unsigned hg_access_lines(const char *text, const hg_style *style, double width)
{
    return hg_times_lines(hg_slice_of(text), ARIAL * style->size, style->bold,
                          width - PAD / 2);
}

hg_status hg_access_height(hg_book *book, uint32_t row, unsigned lines, unsigned char size,
                           hg_err *err)
{
    return hg_book_height(book, row, lines * LINE * size + 5, err);
}

hg_status hg_access_list(access_list *list, const char *sheet, const char *vi,
                         const char *en, hg_err *err)
{
    if (list->n == list->cap) {
        size_t cap = list->cap ? 2 * list->cap : 16;
        access_entry *grown = realloc(list->entries, cap * sizeof *grown);
        if (!grown)
            return hg_fail_nomem(err);
        list->entries = grown;
        list->cap = cap;
    }
    access_entry *e = &list->entries[list->n++];
    *e = (access_entry){ strdup(sheet), strdup(vi ? vi : ""), strdup(en ? en : "") };
    return e->sheet && e->vi && e->en ? HG_OK : hg_fail_nomem(err);
}
