/* notes - what stands below a table */
#include "recipe/notes.h"
#include "recipe/outline.h"

#include <stdlib.h>
#include <string.h>

/* Bytes of the mark that a note begins with: "(*)", "**", "†", "1)", "a.", or 0. */
static size_t mark_of(hg_slice s)
{
    hg_slice mark;
    const char *close = s.n > 0 && s.p[0] == '(' ? memchr(s.p, ')', s.n) : NULL;
    size_t n = 0;
    if (close && close - s.p <= 4)
        return (size_t)(close - s.p) + 1;
    while (n < s.n && s.p[n] == '*')
        n++;
    if (n > 0)
        return n;
    if (s.n > 3 && memcmp(s.p, "\xE2\x80\xA0", 3) == 0) /* dagger */
        return 3;
    hg_outline_part(s, &mark);
    return mark.n == 1 && (mark.p[0] == '-' || mark.p[0] == '+') ? 0 : mark.n;
}

static hg_status add(hg_notes *notes, const hg_cell *cell, hg_slice mark, hg_slice text,
                     hg_err *err)
{
    if (notes->n == notes->cap) {
        size_t cap = notes->cap ? notes->cap * 2 : 16;
        hg_note *list = realloc(notes->list, cap * sizeof *list);
        if (!list)
            return hg_fail_nomem(err);
        notes->list = list;
        notes->cap = cap;
    }
    notes->list[notes->n++] = (hg_note){ cell, mark, text };
    return HG_OK;
}

/* Part a note from its mark, and from what apart them. */
static hg_status add_text(hg_notes *notes, const hg_cell *cell, const hg_cell *before,
                          hg_err *err)
{
    hg_slice text = cell->text, mark = { text.p, mark_of(text) };
    if (before) {
        mark = before->text;
    } else {
        text.p += mark.n;
        text.n -= mark.n;
        while (mark.n > 0 && text.n > 0 && strchr(" .):\t", text.p[0]) && text.p[0])
            text.p++, text.n--;
    }
    return add(notes, cell, mark, text, err);
}

/* A cell that is nothing but the mark of the text behind it. */
static bool is_mark(const hg_cell *cell, const hg_cell *next)
{
    return next && next->row == cell->row && next->type == HG_CELL_TEXT &&
           (cell->type == HG_CELL_NUMBER || mark_of(cell->text) == cell->text.n ||
            hg_outline_mark(cell->text).n > 0);
}

hg_status hg_notes_read(hg_notes *notes, hg_reading *label, hg_roles *roles,
                        uint32_t first, uint32_t last, hg_err *err)
{
    size_t n;
    const hg_cell *cells = hg_grid_cells(roles->grid, &n), *before = NULL;
    bool signing = false;
    for (size_t i = 0; i < n && cells[i].row <= last; i++) {
        const hg_cell *cell = &cells[i], *next = i + 1 < n ? &cells[i + 1] : NULL;
        if (cell->row < first || hg_roles_get(roles, cell) != HG_ROLE_NONE)
            continue;
        signing = signing || (cell->type == HG_CELL_TEXT &&
                              hg_words_signature(hg_label_key(label, cell->text)));
        if (!signing && is_mark(cell, next)) {
            hg_roles_set(roles, cell, 1, HG_ROLE_NOTE);
            before = cell;
            continue;
        }
        if (cell->type != HG_CELL_TEXT)
            continue; /* a number is no note: it has been missed */
        hg_roles_set(roles, cell, 1, signing ? HG_ROLE_SIGNATURE : HG_ROLE_NOTE);
        if (!signing &&
            add_text(notes, cell, before && before->row == cell->row ? before : NULL, err) !=
                HG_OK)
            return err->status;
        before = NULL;
    }
    return HG_OK;
}

hg_status hg_notes_beside(hg_notes *notes, hg_roles *roles, uint32_t first, uint32_t last,
                          uint32_t col, hg_err *err)
{
    size_t n;
    const hg_cell *cells = hg_grid_cells(roles->grid, &n);
    for (size_t i = 0; i < n && cells[i].row <= last; i++) {
        const hg_cell *cell = &cells[i];
        if (cell->row < first || cell->col < col || cell->type != HG_CELL_TEXT ||
            hg_roles_get(roles, cell) != HG_ROLE_NONE)
            continue;
        hg_roles_set(roles, cell, 1, HG_ROLE_NOTE);
        if (add_text(notes, cell, NULL, err) != HG_OK)
            return err->status;
    }
    return HG_OK;
}

void hg_notes_release(hg_notes *notes)
{
    free(notes->list);
    *notes = (hg_notes){ 0 };
}
