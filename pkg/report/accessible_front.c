/* accessible_front - cover, contents and notes: the sheets before the tables */
#include "report/accessible_inside.h"
#include "report/wording.h"

#include <stdio.h>
#include <string.h>

#define WIDE   520.0 /* points of a column of sentences alone */
#define BESIDE 360.0 /* of one beside another */
#define NARROW 150.0

const char *hg_access_front_name(unsigned i)
{
    static const char *const names[] = { "Bìa", "Mục lục", "Chú giải" };
    return names[i];
}

hg_status hg_access_front(hg_access *access, hg_err *err)
{
    for (unsigned i = 0; i < ACCESS_FRONT; i++)
        if (hg_book_sheet(access->book, hg_access_front_name(i), err) != HG_OK)
            break;
    return err->status;
}

/* A sheet of the front under way. */
typedef struct page {
    hg_access *access;
    hg_book *book;
    uint32_t row;
    hg_buf text;
    hg_err *err;
} page;

/* Put a text into the row under way, which becomes as high as it needs in a column so
 * wide; width 0: the text runs on over empty cells. */
static hg_status put(page *p, uint32_t col, double width, unsigned char size, bool bold,
                     const char *text)
{
    hg_style style = hg_access_style(size, bold);
    style.wrap = width > 0;
    if (hg_access_put(p->book, p->row, col, &style, text, p->err) != HG_OK)
        return p->err->status;
    unsigned lines = width > 0 ? hg_access_lines(text, &style, width) : 1;
    return hg_access_height(p->book, p->row, lines, size, p->err);
}

/* A row of text in both languages, after a word that says what it is. */
static hg_status say(page *p, double width, unsigned char size, bool bold,
                     hg_bilingual lead, hg_bilingual text)
{
    bool english = p->access->english && text.en && *text.en;
    if ((!text.vi || !*text.vi) && !english)
        return HG_OK;
    hg_buf_clear(&p->text);
    if (text.vi)
        hg_buf_printf(&p->text, "%s%s", lead.vi ? lead.vi : "", text.vi);
    if (english && (!text.vi || strcmp(text.vi, text.en) != 0))
        hg_buf_printf(&p->text, "%s%s%s",
                      !text.vi    ? ""
                      : width > 0 ? "\n"
                                  : " / ",
                      lead.en ? lead.en : "", text.en);
    if (hg_buf_status(&p->text, p->err) != HG_OK)
        return p->err->status;
    p->row++;
    return put(p, 1, width, size, bold, p->text.data);
}

static hg_status set_up(page *p, uint32_t cols, double first, double last)
{
    hg_page print = { .left = 20,
                      .right = 15,
                      .top = 15,
                      .bottom = 15,
                      .header = 8,
                      .rows = p->row,
                      .cols = cols,
                      .gridlines = true };
    for (uint32_t i = 1; i <= cols; i++)
        if (hg_book_width(p->book, i, i == cols ? last : first, p->err) != HG_OK)
            return p->err->status;
    return hg_book_print(p->book, &print, p->err);
}

static hg_status fill_cover(page *p, const hg_cover *cover)
{
    static const hg_bilingual plain = { 0 };
    const struct {
        hg_bilingual lead, text;
    } facts[] = {
        { { "Đơn vị công bố: ", "Publisher: " }, cover->publisher },
        { { "Cập nhật: ", "Updated: " }, { cover->modified, cover->modified } },
        { { "Giấy phép: ", "Licence: " }, cover->licence },
        { { "Liên hệ: ", "Contact: " }, { cover->contact, cover->contact } },
        { { "Ngôn ngữ: ", "Language: " },
          p->access->english
              ? (hg_bilingual){ "Tiếng Việt, tiếng Anh", "Vietnamese, English" }
              : (hg_bilingual){ "Tiếng Việt", "Vietnamese" } },
        { plain,
          { "Mỗi trang sau trang “Chú giải” có một bảng bắt đầu từ cột A; trang “Mục "
            "lục” "
            "dẫn tới từng bảng.",
            "Each worksheet after “Chú giải” has one table, which starts in column A; "
            "the "
            "worksheet “Mục lục” leads to each." } },
    };
    say(p, WIDE, ACCESS_TITLE, true, plain, cover->title);
    say(p, WIDE, ACCESS_SIZE, false, plain, cover->description);
    for (size_t i = 0; i < cover->n_lines; i++)
        say(p, WIDE, ACCESS_SIZE, false, plain, cover->lines[i]);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        say(p, WIDE, ACCESS_SIZE, false, facts[i].lead, facts[i].text);
    return p->err->status == HG_OK ? set_up(p, 1, WIDE, WIDE) : p->err->status;
}

/* Start a table of two columns below what is there: its header, for n rows. */
static hg_status begin_table(page *p, const char *name, const char *first,
                             const char *second, size_t n)
{
    hg_style style = hg_access_style(ACCESS_SIZE, true);
    const char *const headers[] = { first, second };
    hg_area area = { p->row + 1, 1, p->row + 1 + (uint32_t)n, 2 };
    p->row++;
    style.bottom = HG_THIN;
    return hg_book_table(p->book, name, area, &style, headers, p->err);
}

/* In the second column: what the row under way says, in both languages. */
static hg_status put_both(page *p, const char *vi, const char *en)
{
    hg_buf_clear(&p->text);
    hg_buf_puts(&p->text, vi);
    if (p->access->english && en && *en)
        hg_buf_printf(&p->text, "%s%s", vi && *vi ? "\n" : "", en);
    if (hg_buf_status(&p->text, p->err) != HG_OK)
        return p->err->status;
    return put(p, 2, BESIDE, ACCESS_SIZE, false, p->text.data ? p->text.data : "");
}

static hg_status fill_contents(page *p)
{
    const access_list *list = &p->access->contents;
    hg_style link = hg_access_style(ACCESS_SIZE, false);
    link.link = 1;
    say(p, 0, ACCESS_TITLE, true, (hg_bilingual){ 0 },
        (hg_bilingual){ "Mục lục", "Contents" });
    say(p, 0, ACCESS_SIZE, false, (hg_bilingual){ 0 },
        (hg_bilingual){ "Trang này có một bảng các liên kết.",
                        "This worksheet contains one table, of links." });
    if (p->err->status != HG_OK ||
        begin_table(p, "hg_contents", "Trang", "Nội dung", list->n + 1) != HG_OK)
        return p->err->status;
    p->row++;
    hg_book_link(p->book, p->row, 1, &link, hg_access_front_name(ACCESS_NOTES),
                 hg_slice_of(hg_access_front_name(ACCESS_NOTES)), p->err);
    if (p->err->status == HG_OK)
        put_both(p, "Chú thích và ký hiệu", "Notes and symbols");
    for (size_t i = 0; i < list->n && p->err->status == HG_OK; i++) {
        p->row++;
        if (hg_book_link(p->book, p->row, 1, &link, list->entries[i].sheet,
                         hg_slice_of(list->entries[i].sheet), p->err) == HG_OK)
            put_both(p, list->entries[i].vi, list->entries[i].en);
    }
    return p->err->status == HG_OK ? set_up(p, 2, NARROW, BESIDE) : p->err->status;
}

/* A row of the notes: what it is called, what it says. */
static hg_status note(page *p, const char *what, const char *vi, const char *en)
{
    p->row++;
    if (put(p, 1, NARROW, ACCESS_SIZE, false, what) != HG_OK)
        return p->err->status;
    return put_both(p, vi, en);
}

static hg_status fill_notes(page *p)
{
    const hg_access *a = p->access;
    static const char vi_nil[] =
        "không có hiện tượng phát sinh, hoặc không áp dụng (trong "
        "biểu mẫu: dấu “-”).";
    const struct {
        const char *symbol, *vi, *en;
    } symbols[] = {
        { "[x]",
          "có hiện tượng phát sinh nhưng không thu thập được số liệu (trong biểu mẫu: "
          "dấu "
          "“…”).",
          "facts occurred but no figures were collected (on forms: “…”)." },
        { "[z]", vi_nil, "nil, or not applicable (on forms: “-”)." },
        { "[p]", "số liệu sơ bộ.", "preliminary figure." },
        { "[e]", "số liệu ước tính.", "estimate." },
    };
    size_t n = sizeof symbols / sizeof *symbols;
    say(p, 0, ACCESS_TITLE, true, (hg_bilingual){ 0 },
        (hg_bilingual){ "Chú giải", "Notes and symbols" });
    say(p, 0, ACCESS_SIZE, false, (hg_bilingual){ 0 },
        (hg_bilingual){ "Trang này có một bảng.", "This worksheet contains one table." });
    if (p->err->status != HG_OK ||
        begin_table(p, "hg_notes", "Ký hiệu", "Ý nghĩa", n + a->notes.n) != HG_OK)
        return p->err->status;
    for (size_t i = 0; i < a->notes.n && p->err->status == HG_OK; i++) {
        char what[48];
        snprintf(what, sizeof what, "[chú thích %zu]", i + 1);
        note(p, what, a->notes.entries[i].vi, a->notes.entries[i].en);
    }
    for (size_t i = 0; i < n && p->err->status == HG_OK; i++)
        note(p, symbols[i].symbol, symbols[i].vi, symbols[i].en);
    return p->err->status == HG_OK ? set_up(p, 2, NARROW, BESIDE) : p->err->status;
}

hg_status hg_access_fill_front(hg_access *access, const hg_cover *cover, hg_err *err)
{
    page p = { .access = access, .book = access->book, .err = err };
    for (unsigned i = 0; i < ACCESS_FRONT && err->status == HG_OK; i++) {
        p.row = 0;
        hg_book_turn(access->book, hg_access_front_name(i));
        if (i == ACCESS_COVER)
            fill_cover(&p, cover);
        else if (i == ACCESS_CONTENTS)
            fill_contents(&p);
        else
            fill_notes(&p);
    }
    hg_buf_release(&p.text);
    return err->status;
}
