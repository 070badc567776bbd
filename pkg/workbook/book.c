/* book - a workbook in the making: its sheets, their names, and the styles of cells */
#include "workbook/book.h"
#include "base/folder.h"
#include "base/path.h"
#include "text/utf8.h"
#include "workbook/book_inside.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define SWISS 2 /* a font's family, ECMA-376 part 1, 18.8.18 */
#define LINK  0x003C8C

/* Turn the library's outcome into ours; after the checks here only memory can lack. */
hg_status hg_book_outcome(lxw_error code, hg_err *err)
{
    if (code == LXW_NO_ERROR)
        return HG_OK;
    if (code == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return hg_fail_nomem(err);
    return hg_fail(err, HG_ESYS, NULL, "the workbook cannot be written (%s)",
                   lxw_strerror(code));
}

/* XML 1.0 holds neither U+FFFE nor U+FFFF; of control characters the library takes care.
 */
static bool has_noncharacter(hg_slice text)
{
    const char *p = text.p, *end = text.p + text.n;
    while (end - p > 2 && (p = memchr(p, 0xEF, (size_t)(end - p) - 2)) != NULL) {
        if (memcmp(p, "\xEF\xBF\xBE", 3) == 0 || memcmp(p, "\xEF\xBF\xBF", 3) == 0)
            return true;
        p++;
    }
    return false;
}

/* Characters as Excel counts them, in UTF-16; SIZE_MAX for what XML cannot hold. */
size_t hg_book_characters(hg_slice text)
{
    size_t n = 0;
    if (hg_utf8_valid(text.p, text.n) != text.n || has_noncharacter(text))
        return SIZE_MAX;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        n += (c & 0xC0) != 0x80 ? 1u : 0u;
        n += c >= 0xF0 ? 1u : 0u;
    }
    return n;
}

static lxw_format *format_of(hg_book *book, const hg_style *s)
{
    static const unsigned char align[] = { LXW_ALIGN_LEFT, LXW_ALIGN_CENTER,
                                           LXW_ALIGN_RIGHT };
    static const unsigned char valign[] = { LXW_ALIGN_VERTICAL_TOP,
                                            LXW_ALIGN_VERTICAL_CENTER,
                                            LXW_ALIGN_VERTICAL_BOTTOM };
    static const unsigned char line[] = { LXW_BORDER_NONE, LXW_BORDER_THIN,
                                          LXW_BORDER_HAIR };
    lxw_format *f = workbook_add_format(book->lib);
    if (!f)
        return NULL;
    format_set_font_name(f, s->font == HG_SANS ? "Arial" : "Times New Roman");
    if (s->font == HG_SANS)
        format_set_font_family(f, SWISS);
    format_set_font_size(f, s->size);
    format_set_align(f, align[s->align]);
    format_set_align(f, valign[s->valign]);
    format_set_top(f, line[s->top]);
    format_set_right(f, line[s->right]);
    format_set_bottom(f, line[s->bottom]);
    format_set_left(f, line[s->left]);
    if (s->bold)
        format_set_bold(f);
    if (s->italic)
        format_set_italic(f);
    if (s->wrap)
        format_set_text_wrap(f);
    if (s->link) {
        format_set_underline(f, LXW_UNDERLINE_SINGLE);
        format_set_font_color(f, LINK);
    }
    if (s->open)
        format_set_unlocked(f);
    if (s->indent)
        format_set_indent(f, s->indent);
    if (s->number[0])
        format_set_num_format(f, s->number);
    return f;
}

/* The place of a style in the book's list, where it is added if it is new. */
hg_status hg_book_style(hg_book *book, const hg_style *want, size_t *i, hg_err *err)
{
    assert(want->indent <= 15 && want->number[sizeof want->number - 1] == '\0');
    for (*i = 0; *i < book->n_styles; (*i)++)
        if (memcmp(&book->styles[*i], want, sizeof *want) == 0)
            return HG_OK;
    if (*i == BOOK_STYLES)
        return hg_fail(err, HG_EARG, NULL, "a workbook has at most %d styles",
                       BOOK_STYLES);
    book->formats[*i] = format_of(book, want);
    if (!book->formats[*i])
        return hg_fail_nomem(err);
    book->styles[*i] = *want;
    book->kinds[*i] = *want->number ? hg_format_kind_of(want->number) : HG_FORMAT_NUMBER;
    book->n_styles++;
    return HG_OK;
}

hg_status hg_book_format(hg_book *book, const hg_style *want, lxw_format **out,
                         hg_err *err)
{
    size_t i;
    hg_status st = hg_book_style(book, want, &i, err);
    *out = st == HG_OK ? book->formats[i] : NULL;
    return st;
}

hg_status hg_book_inside(const hg_book *book, hg_area a, hg_err *err)
{
    assert(book->sheet && a.row1 > 0 && a.col1 > 0 && a.row1 <= a.row2 &&
           a.col1 <= a.col2);
    if (a.row2 > HG_BOOK_ROWS || a.col2 > HG_BOOK_COLS)
        return hg_fail(err, HG_EARG, BOOK_AT(book, a),
                       "a sheet has no more than 1,048,576 rows and 16,384 columns");
    return HG_OK;
}

static hg_status check_name(const char *name, hg_err *err)
{
    hg_slice text = hg_slice_of(name);
    hg_loc loc = { .sheet = name };
    size_t n = hg_book_characters(text);
    if (n == 0 || n == SIZE_MAX || n > HG_BOOK_NAME)
        return hg_fail(err, HG_EARG, &loc, "a sheet's name has from 1 to 31 characters");
    if (strpbrk(name, "[]:*?/\\") || name[0] == '\'' || name[text.n - 1] == '\'')
        return hg_fail(err, HG_EARG, &loc,
                       "a sheet's name holds none of []:*?/\\ and no ' at its ends");
    return HG_OK;
}

hg_status hg_book_claim(book_names *names, const char *name, const char *taken,
                        hg_err *err)
{
    hg_buf key = { 0 };
    hg_utf8_key(&key, name, strlen(name));
    if (hg_buf_status(&key, err) != HG_OK)
        goto fail;
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->keys[i], key.data) == 0) {
            hg_fail(err, HG_EARG, &(hg_loc){ .sheet = name }, taken, "");
            goto fail;
        }
    char **grown = realloc(names->keys, (names->n + 1) * sizeof *grown);
    if (!grown) {
        hg_fail_nomem(err);
        goto fail;
    }
    names->keys = grown;
    names->keys[names->n++] = key.data;
    return HG_OK;
fail:
    hg_buf_release(&key);
    return err->status;
}

hg_status hg_book_sheet(hg_book *book, const char *name, hg_err *err)
{
    if (check_name(name, err) != HG_OK ||
        hg_book_claim(&book->names, name, "two sheets have the same name", err) != HG_OK)
        return err->status;
    memcpy(book->sheet_name, name, strlen(name) + 1);
    book->n_merges = 0;
    book->put.at = ++book->put.sheets;
    book->sheet = workbook_add_worksheet(book->lib, name);
    return book->sheet ? HG_OK : hg_fail_nomem(err);
}

bool hg_book_has(const hg_book *book, const char *name)
{
    hg_buf key = { 0 };
    bool found = false;
    hg_utf8_key(&key, name, strlen(name));
    for (size_t i = 0; i < book->names.n && key.data && !found; i++)
        found = strcmp(book->names.keys[i], key.data) == 0;
    hg_buf_release(&key);
    return found;
}

void hg_book_turn(hg_book *book, const char *name)
{
    lxw_worksheet *sheet = workbook_get_worksheet_by_name(book->lib, name);
    assert(sheet);
    book->sheet = sheet;
    book->put.at = (size_t)sheet->index + 1;
    memcpy(book->sheet_name, name, strlen(name) + 1);
}

static hg_status new_book(hg_book **out, const char *tmp, const hg_book_about *about,
                          bool bulk, hg_err *err)
{
    *out = NULL;
    if (about->created == 0) /* the library would take the clock's */
        return hg_fail(err, HG_EARG, NULL, "a workbook needs a date");
    hg_book *book = calloc(1, sizeof *book);
    if (!book)
        return hg_fail_nomem(err);
    book->bulk = bulk;
    *out = book;
    if (hg_folder_temp(&book->folder, tmp, err) != HG_OK ||
        hg_path_join(&book->path, book->folder, "book.xlsx", err) != HG_OK)
        goto fail;
    lxw_workbook_options options = { .constant_memory = bulk, .tmpdir = book->folder };
    book->lib = workbook_new_opt(book->path, &options);
    if (book->lib) { /* its first format is that of cells without one */
        format_set_font_name(STAILQ_FIRST(book->lib->formats),
                             about->sans ? "Arial" : "Times New Roman");
        format_set_font_size(STAILQ_FIRST(book->lib->formats), 12);
    }
    lxw_doc_properties properties = { .title = (char *)about->title,
                                      .subject = (char *)about->subject,
                                      .author = (char *)about->author,
                                      .keywords = (char *)about->keywords,
                                      .comments = (char *)about->comments,
                                      .created = (time_t)about->created };
    if (!book->lib || workbook_set_properties(book->lib, &properties) != LXW_NO_ERROR) {
        hg_fail_nomem(err);
        goto fail;
    }
    return HG_OK;
fail:
    hg_book_free(book);
    *out = NULL;
    return err->status;
}

hg_status hg_book_new(hg_book **out, const char *tmp, const hg_book_about *about,
                      hg_err *err)
{
    return new_book(out, tmp, about, false, err);
}

hg_status hg_book_bulk(hg_book **out, const char *tmp, const hg_book_about *about,
                       hg_err *err)
{
    return new_book(out, tmp, about, true, err);
}

void hg_book_free(hg_book *book)
{
    hg_err ignored = HG_ERR_INIT;
    if (!book)
        return;
    lxw_workbook_free(book->lib);
    if (book->folder)
        hg_folder_remove(book->folder, &ignored);
    for (size_t i = 0; i < book->names.n; i++)
        free(book->names.keys[i]);
    for (size_t i = 0; i < book->areas.n; i++)
        free(book->areas.keys[i]);
    free(book->names.keys);
    free(book->areas.keys);
    hg_buf_release(&book->scratch);
    free(book->merges);
    free(book->path);
    free(book->folder);
    free(book);
}
