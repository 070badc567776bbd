/* xls_names - what an old workbook gives names to, and which other files it refers to */
#include "workbook/xls_names.h"
#include "text/message.h"

#include <stdlib.h>
#include <string.h>

#define OWN    0x0401 /* in the place of a file's name: this workbook, */
#define ADD_IN 0x3A01 /* or functions of programs */

enum {
    BUILT_IN = 0x20, /* of a name's flags: it is one of Excel's own */
    RELATIVE = 0xC0  /* of a column's upper byte: counted from the cell that uses the name */
};

/* [MS-XLS] 2.5.66, as Office Open XML writes them (ECMA-376 part 1, 18.2.5) */
static const char *const built_in[] = {
    "_xlnm.Consolidate_Area", "_xlnm.Auto_Open",     "_xlnm.Auto_Close",
    "_xlnm.Extract",          "_xlnm.Database",      "_xlnm.Criteria",
    "_xlnm.Print_Area",       "_xlnm.Print_Titles",  "_xlnm.Recorder",
    "_xlnm.Data_Form",        "_xlnm.Auto_Activate", "_xlnm.Auto_Deactivate",
    "_xlnm.Sheet_Title",      "_xlnm._FilterDatabase",
};

static void note_book(hg_xls_names *names, const hg_xls_records *r)
{
    unsigned what = r->n >= 4 ? hg_le16(r->data + 2) : ADD_IN;
    names->books++;
    if (what == OWN)
        names->own = names->books;
    names->links += what != OWN && what != ADD_IN;
}

/* Excel 5 names a file for each sheet of it; a name that begins with 1 is a path. */
static void note_old_book(hg_xls_names *names, const hg_xls_records *r)
{
    names->links += r->n >= 2 && r->data[1] == 1;
}

static hg_status note_places(hg_xls_names *names, const hg_xls_records *r, hg_err *err)
{
    size_t n = r->n >= 2 ? (r->n - 2) / 6 : 0;
    if (n == 0 || names->places)
        return HG_OK;
    names->places = malloc(n * sizeof *names->places);
    if (!names->places)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < n; i++) {
        const unsigned char *p = r->data + 2 + 6 * i;
        names->places[i].book = hg_le16(p);
        names->places[i].sheet = hg_le16(p + 2);
    }
    names->n_places = n;
    return HG_OK;
}

/* "$A$1" */
static void put_cell(hg_buf *to, uint32_t row, uint32_t col)
{
    char a1[24];
    hg_text_a1(a1, row, col);
    size_t letters = strcspn(a1, "0123456789");
    hg_buf_printf(to, "$%.*s$%s", (int)letters, a1, a1 + letters);
}

/* "'Biểu 01'!$A$1:$B$3" out of a formula that is nothing but a fixed area of one sheet (2.5.198.28
 * PtgArea3d, 2.5.198.85 PtgRef3d); false: it is another. */
static bool put_area(hg_xls_names *names, const unsigned char *p, size_t n,
                     const hg_xls_sheet_names *sheets)
{
    unsigned kind = n > 0 ? p[0] & 0x9Fu : 0;
    bool cell = kind == 0x1A && n == 7, area = kind == 0x1B && n == 11;
    unsigned at = cell || area ? hg_le16(p + 1) : 0;
    if (!(cell || area) || at >= names->n_places ||
        names->places[at].book + 1u != names->own)
        return false;
    const char *name = sheets->name(sheets->book, names->places[at].sheet);
    if (!name)
        return false;
    uint32_t row = hg_le16(p + 3) + 1u, last = hg_le16(p + 5) + 1u;
    p += area ? 7 : 5;
    if ((p[1] | (area ? p[3] : 0)) & RELATIVE)
        return false;
    hg_named_sheet(&names->text, name);
    put_cell(&names->text, row, (hg_le16(p) & 0xFFu) + 1);
    if (area) {
        hg_buf_putc(&names->text, ':');
        put_cell(&names->text, last, (hg_le16(p + 2) & 0xFFu) + 1);
    }
    return true;
}

/* The name itself, into the text, which stays empty where there is none: it stands from pos
 * on. */
static hg_status take_name(hg_xls_names *names, hg_xls_records *r, unsigned flags,
                           unsigned n, hg_err *err)
{
    hg_err why = HG_ERR_INIT;
    hg_buf *text = &names->text;
    hg_buf_clear(text);
    hg_status st = n > 0 ? hg_xls_chars(r, n, text, &why) : HG_OK;
    if (st == HG_EINPUT) { /* it is cut short, or in a code page that is not known */
        hg_buf_clear(text);
        return HG_OK;
    }
    if (st != HG_OK)
        *err = why;
    if (st != HG_OK || text->len == 0)
        return st;
    size_t own = (unsigned char)text->data[0];
    if ((flags & BUILT_IN) && n == 1 && own < sizeof built_in / sizeof *built_in) {
        hg_buf_clear(text);
        hg_buf_puts(text, built_in[own]);
    }
    return hg_buf_status(text, err);
}

static hg_status add_name(hg_xls_names *names, hg_xls_records *r,
                          const hg_xls_sheet_names *sheets, hg_err *err)
{
    if (r->n < 15)
        return HG_OK;
    unsigned flags = hg_le16(r->data), chars = r->data[3], bytes = hg_le16(r->data + 4);
    r->pos = 14;
    hg_status st = take_name(names, r, flags, chars, err);
    if (st != HG_OK || names->text.len == 0)
        return st;
    st = hg_named_add(&names->named, names->text.data, NULL, &r->loc, err);
    hg_buf_clear(&names->text);
    if (st != HG_OK || r->biff != 8 || r->n - r->pos < bytes ||
        !put_area(names, r->data + r->pos, bytes, sheets))
        return st;
    st = hg_buf_status(&names->text, err);
    return st == HG_OK ? hg_named_refer(&names->named, names->text.data, err) : st;
}

hg_status hg_xls_names_add(hg_xls_names *names, hg_xls_records *r,
                           const hg_xls_sheet_names *sheets, hg_err *err)
{
    switch (r->id) {
    case HG_XLS_SUPBOOK: note_book(names, r); return HG_OK;
    case HG_XLS_EXTERNSHEET:
        if (r->biff == 8)
            return note_places(names, r, err);
        note_old_book(names, r);
        return HG_OK;
    case HG_XLS_NAME: return r->biff >= 5 ? add_name(names, r, sheets, err) : HG_OK;
    default: return HG_OK;
    }
}

void hg_xls_names_release(hg_xls_names *names)
{
    hg_named_release(&names->named);
    free(names->places);
    hg_buf_release(&names->text);
}
