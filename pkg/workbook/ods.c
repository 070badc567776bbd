/* ods - workbooks of OpenDocument */
#include "workbook/ods.h"
#include "workbook/named.h"
#include "workbook/ods_file.h"
#include "workbook/ods_sheet.h"
#include "workbook/ods_styles.h"

#include <stdlib.h>
#include <string.h>

typedef struct entry {
    hg_sheet sheet;
    char *name;
} entry;

typedef struct ods {
    hg_ods_file *file;
    hg_ods_styles *styles;
    entry *list;
    size_t n, cap;
    hg_named names, tables;
    size_t links;
    /* while it is read: */
    bool rooted;        /* the first element is seen, and is a document */
    bool shared;        /* it is of the styles alone, those of pages with them */
    bool body, found;   /* within the body; a spreadsheet is found there */
    unsigned in_styles; /* elements open there, one within the other */
    unsigned skip;      /* … in what is passed over */
} ods;

static void ods_free(void *p)
{
    ods *book = p;
    if (!book)
        return;
    for (size_t i = 0; i < book->n; i++)
        free(book->list[i].name);
    free(book->list);
    hg_named_release(&book->names);
    hg_named_release(&book->tables);
    hg_ods_styles_free(book->styles);
    hg_ods_file_free(book->file);
    free(book);
}

/* ---- the document: its styles and its tables ---- */

static hg_status add_sheet(ods *book, const hg_xml_attrs *attrs, hg_err *err)
{
    const char *name = hg_xml_attr(attrs, 't', "name");
    const hg_ods_style *style =
        hg_ods_styles_table(book->styles, hg_xml_attr(attrs, 't', "style-name"));
    hg_loc loc = { .file = hg_ods_file_name(book->file) };
    if (book->n == HG_ODS_MAX_SHEETS)
        return hg_fail(err, HG_EINPUT, &loc, "more than %u sheets", HG_ODS_MAX_SHEETS);
    if (book->n == book->cap) {
        size_t cap = book->cap ? book->cap * 2 : 16;
        entry *list = realloc(book->list, cap * sizeof *list);
        if (!list)
            return hg_fail_nomem(err);
        book->list = list;
        book->cap = cap;
    }
    entry *e = &book->list[book->n];
    *e = (entry){ .name = strdup(name ? name : "") };
    if (!e->name)
        return hg_fail_nomem(err);
    book->n++;
    e->sheet.name = e->name;
    e->sheet.visibility = style && style->hidden ? HG_HIDDEN : HG_VISIBLE;
    return HG_OK;
}

/* What the body of a file holds that is no spreadsheet. (The empty argument tells clang
 * that the formats are ours.) */
static hg_status refuse_body(const ods *book, const char *name, hg_err *err)
{
    static const struct {
        const char *name, *format;
    } others[] = {
        { "text", "a text document, not a workbook" },
        { "presentation", "a presentation, not a workbook" },
    };
    hg_loc loc = { .file = hg_ods_file_name(book->file) };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(name, others[i].name) == 0)
            return hg_fail(err, HG_EINPUT, &loc, others[i].format, "");
    return hg_fail(err, HG_EINPUT, &loc, "an OpenDocument file that is no spreadsheet");
}

static bool is_styles(const ods *book, char space, const char *name)
{
    return space == 'o' &&
           (strcmp(name, "font-face-decls") == 0 || strcmp(name, "styles") == 0 ||
            (strcmp(name, "automatic-styles") == 0 && !book->shared));
}

static hg_status start_root(ods *book, char space, const char *name, hg_err *err)
{
    hg_loc loc = { .file = hg_ods_file_name(book->file) };
    book->rooted = true;
    book->shared = space == 'o' && strcmp(name, "document-styles") == 0;
    if (!book->shared && !hg_ods_leads(space, name))
        return hg_fail(err, HG_EINPUT, &loc,
                       "an OpenDocument file that is no spreadsheet");
    return HG_OK;
}

/* An element on the way to the tables. */
static hg_status on_way(ods *book, const char *name, hg_err *err)
{
    if (strcmp(name, "body") == 0) {
        book->body = true;
        return hg_ods_styles_finish(book->styles, err);
    }
    book->found |= book->body && strcmp(name, "spreadsheet") == 0;
    return HG_OK;
}

/* Names and database ranges, which stand beside the tables (ODF 1.3 part 3, 9.4). */
static hg_status add_named(ods *book, const char *name, const hg_xml_attrs *attrs,
                           hg_err *err)
{
    static const struct {
        const char *element, *refers_to;
        bool table;
    } kinds[] = { { "named-range", "cell-range-address", false },
                  { "named-expression", "expression", false },
                  { "database-range", "target-range-address", true } };
    hg_loc loc = { .file = hg_ods_file_name(book->file) };
    const char *title = hg_xml_attr(attrs, 't', "name");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && title; i++)
        if (strcmp(name, kinds[i].element) == 0)
            return hg_named_add(kinds[i].table ? &book->tables : &book->names, title,
                                hg_xml_attr(attrs, 't', kinds[i].refers_to), &loc, err);
    return HG_OK;
}

/* An element beside the tables; what holds names is gone into. */
static hg_status beside(ods *book, const char *name, const hg_xml_attrs *attrs, hg_err *err)
{
    if (strcmp(name, "named-expressions") == 0 || strcmp(name, "database-ranges") == 0)
        return HG_OK;
    book->skip = 1;
    return strcmp(name, "table") == 0 ? add_sheet(book, attrs, err)
                                      : add_named(book, name, attrs, err);
}

static hg_status on_start(void *ctx, char space, const char *name,
                          const hg_xml_attrs *attrs, hg_err *err)
{
    ods *book = ctx;
    if (!book->rooted)
        return start_root(book, space, name, err);
    if (book->skip > 0) {
        book->links +=
            book->skip == 1 && space == 't' && strcmp(name, "table-source") == 0;
        book->skip++;
        return HG_OK;
    }
    if (book->in_styles > 0 || (!book->body && is_styles(book, space, name))) {
        book->in_styles++;
        return hg_ods_styles_start(book->styles, space, name, attrs, err);
    }
    if (hg_ods_leads(space, name))
        return on_way(book, name, err);
    if (book->body && !book->found && space == 'o')
        return refuse_body(book, name, err);
    if (book->found && space == 't')
        return beside(book, name, attrs, err);
    book->skip = 1;
    return HG_OK;
}

static hg_status on_text(void *ctx, const char *text, size_t n, hg_err *err)
{
    ods *book = ctx;
    return book->in_styles > 0 ? hg_ods_styles_text(book->styles, text, n, err) : HG_OK;
}

static hg_status on_end(void *ctx, char space, const char *name, hg_err *err)
{
    ods *book = ctx;
    if (book->skip > 0)
        book->skip--;
    else if (book->in_styles > 0) {
        book->in_styles--;
        return hg_ods_styles_end(book->styles, space, name, err);
    }
    return HG_OK;
}

/* ---- opening ---- */

static hg_status read_document(ods *book, hg_err *err)
{
    static const hg_xml_events events = { on_start, on_end, on_text };
    const char *name = hg_ods_file_name(book->file);
    hg_status st = hg_ods_styles_new(&book->styles, name, err);
    if (st == HG_OK && hg_ods_file_has(book->file, "styles.xml")) {
        st = hg_ods_read(book->file, "styles.xml", &events, book, err);
        book->rooted = book->shared = false;
    }
    if (st == HG_OK)
        st = hg_ods_read(book->file, "content.xml", &events, book, err);
    if (st == HG_OK && !book->found)
        return hg_fail(err, HG_EINPUT, HG_AT(name),
                       "an OpenDocument file that is no spreadsheet");
    if (st == HG_OK && book->n == 0)
        return hg_fail(err, HG_EINPUT, HG_AT(name), "a workbook without worksheets");
    return st;
}

static hg_status ods_open(void **out, int fd, const char *name, const char *tmp,
                          hg_err *err)
{
    ods *book = calloc(1, sizeof *book);
    *out = NULL;
    (void)tmp; /* memory holds what there is to hold */
    if (!book)
        return hg_fail_nomem(err);
    hg_status st = hg_ods_file_open(&book->file, fd, name, err);
    if (st == HG_OK)
        st = read_document(book, err);
    if (st == HG_OK)
        *out = book;
    else
        ods_free(book);
    return st;
}

static hg_book_facts ods_facts(const void *p)
{
    const ods *book = p;
    return (hg_book_facts){ .sheets = book->n,
                            .links = book->links,
                            .names = book->names.list,
                            .n_names = book->names.n };
}

static const hg_sheet *ods_sheet(const void *p, size_t i)
{
    return &((const ods *)p)->list[i].sheet;
}

static hg_status ods_tables(void *p, const hg_defined_name **list, size_t *n, hg_err *err)
{
    const ods *book = p;
    (void)err;
    *list = book->tables.list;
    *n = book->tables.n;
    return HG_OK;
}

/* ---- one sheet ---- */

static hg_status open_cells(void **out, void *p, size_t i, hg_err *err)
{
    ods *book = p;
    hg_ods_sheet *sheet = NULL;
    hg_status st =
        hg_ods_sheet_open(&sheet, book->file, book->styles, i, book->list[i].name, err);
    *out = sheet;
    return st;
}

static hg_status next(void *cells, hg_cell *cell, hg_err *err)
{
    return hg_ods_sheet_next(cells, cell, err);
}

static const hg_area *merged(const void *cells, size_t *n)
{
    return hg_ods_sheet_merged(cells, n);
}

static void free_cells(void *cells)
{
    hg_ods_sheet_free(cells);
}

const hg_reader hg_ods_reader = {
    .open = ods_open,
    .free = ods_free,
    .facts = ods_facts,
    .sheet = ods_sheet,
    .tables = ods_tables,
    .open_cells = open_cells,
    .next = next,
    .merged = merged,
    .free_cells = free_cells,
};
