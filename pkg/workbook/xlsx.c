/* xlsx - workbooks of Office Open XML */
#include "workbook/xlsx.h"
#include "workbook/named.h"
#include "workbook/xlsx_sheet.h"
#include "workbook/xlsx_strings.h"
#include "workbook/xlsx_text.h"

#include <stdlib.h>
#include <string.h>

typedef struct entry {
    hg_sheet sheet;
    char *name, *part; /* part NULL: its relationship is missing */
} entry;

typedef struct xlsx {
    hg_opc *opc;
    const char *tmp;
    hg_rels rels; /* of the workbook's part */
    entry *list;
    size_t n, cap;
    hg_named names, tables;
    bool tables_read;
    bool in_name; /* the text of one is read */
    hg_buf text;
    hg_xlsx_styles *styles;
    hg_shared *strings;
    char *strings_part; /* until the first sheet is opened */
    bool from_1904;
    bool rooted; /* the part is a <workbook> */
} xlsx;

static void xlsx_free(void *p)
{
    xlsx *book = p;
    if (!book)
        return;
    for (size_t i = 0; i < book->n; i++) {
        free(book->list[i].name);
        free(book->list[i].part);
    }
    free(book->list);
    hg_named_release(&book->names);
    hg_named_release(&book->tables);
    hg_buf_release(&book->text);
    free(book->strings_part);
    hg_xlsx_styles_free(book->styles);
    hg_shared_free(book->strings);
    hg_rels_release(&book->rels);
    hg_opc_free(book->opc);
    free(book);
}

/* ---- the workbook's part: its sheets and its dates ---- */

static hg_status add_sheet(xlsx *book, const hg_xml_attrs *attrs, hg_err *err)
{
    const char *name = hg_xml_attr(attrs, 0, "name"),
               *state = hg_xml_attr(attrs, 0, "state");
    const char *id = hg_xml_attr(attrs, 'r', "id");
    const hg_rel *rel = id ? hg_rels_id(&book->rels, id) : NULL;
    hg_loc loc = { .file = hg_opc_name(book->opc) };
    if (rel && strcmp(rel->type, "worksheet") != 0)
        return HG_OK;
    if (book->n == HG_XLSX_MAX_SHEETS)
        return hg_fail(err, HG_EINPUT, &loc, "more than %u sheets", HG_XLSX_MAX_SHEETS);
    if (book->n == book->cap) {
        size_t cap = book->cap ? book->cap * 2 : 16;
        entry *list = realloc(book->list, cap * sizeof *list);
        if (!list)
            return hg_fail_nomem(err);
        book->list = list;
        book->cap = cap;
    }
    entry *e = &book->list[book->n++];
    *e = (entry){ .name = strdup(name ? name : "") };
    if (rel && rel->target)
        e->part = strdup(rel->target);
    if (!e->name || (rel && rel->target && !e->part))
        return hg_fail_nomem(err);
    e->sheet.name = e->name;
    if (state && strcmp(state, "hidden") == 0)
        e->sheet.visibility = HG_HIDDEN;
    else if (state && strcmp(state, "veryHidden") == 0)
        e->sheet.visibility = HG_VERY_HIDDEN;
    return HG_OK;
}

static hg_status add_name(xlsx *book, const hg_xml_attrs *attrs, hg_err *err)
{
    const char *name = hg_xml_attr(attrs, 0, "name");
    hg_loc loc = { .file = hg_opc_name(book->opc) };
    if (!name)
        return HG_OK;
    book->in_name = true;
    hg_buf_clear(&book->text);
    return hg_named_add(&book->names, name, NULL, &loc, err);
}

static hg_status on_text(void *ctx, const char *text, size_t n, hg_err *err)
{
    xlsx *book = ctx;
    if (!book->in_name)
        return HG_OK;
    hg_buf_put(&book->text, text, n);
    return hg_buf_status(&book->text, err);
}

static hg_status on_end(void *ctx, char space, const char *name, hg_err *err)
{
    xlsx *book = ctx;
    if (!book->in_name || space != 's' || strcmp(name, "definedName") != 0)
        return HG_OK;
    book->in_name = false;
    return hg_named_refer(&book->names, book->text.len > 0 ? book->text.data : "", err);
}

static hg_status on_start(void *ctx, char space, const char *name,
                          const hg_xml_attrs *attrs, hg_err *err)
{
    xlsx *book = ctx;
    if (space == 's' && strcmp(name, "workbook") == 0)
        book->rooted = true;
    else if (space == 's' && book->rooted && strcmp(name, "sheet") == 0)
        return add_sheet(book, attrs, err);
    else if (space == 's' && book->rooted && strcmp(name, "definedName") == 0)
        return add_name(book, attrs, err);
    else if (space == 's' && strcmp(name, "workbookPr") == 0)
        book->from_1904 = hg_xlsx_flag(attrs, "date1904");
    return HG_OK;
}

static hg_status read_workbook(xlsx *book, const char *part, hg_err *err)
{
    static const hg_xml_events events = { on_start, on_end, on_text };
    hg_loc loc = { .file = hg_opc_name(book->opc) };
    hg_status st = hg_opc_rels(&book->rels, book->opc, part, err);
    if (st == HG_OK)
        st = hg_opc_read(book->opc, part, hg_xlsx_spaces, &events, book, err);
    if (st == HG_OK && !book->rooted)
        return hg_fail(err, HG_EINPUT, &loc, "%s is no workbook", part);
    if (st == HG_OK && book->n == 0)
        return hg_fail(err, HG_EINPUT, &loc, "a workbook without worksheets");
    return st;
}

/* ---- opening ---- */

/* Refuse a zip that is known to be something else. (The empty argument tells clang that
 * the formats are ours.) */
static hg_status refuse_others(const hg_opc *opc, hg_err *err)
{
    static const struct {
        const char *part, *format;
    } others[] = {
        { "xl/workbook.bin", "a binary workbook (.xlsb); save it as .xlsx" },
        { "word/document.xml", "a text document, not a workbook" },
        { "ppt/presentation.xml", "a presentation, not a workbook" },
    };
    hg_loc loc = { .file = hg_opc_name(opc) };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (hg_opc_has(opc, others[i].part))
            return hg_fail(err, HG_EINPUT, &loc, others[i].format, "");
    return HG_OK;
}

/* Find the workbook's part: what the file's relationships name, or where it usually is.
 * The caller frees it. */
static hg_status find_workbook(char **part, hg_opc *opc, hg_err *err)
{
    hg_rels rels;
    hg_loc loc = { .file = hg_opc_name(opc) };
    const char *name = "xl/workbook.xml";
    hg_status st = hg_opc_rels(&rels, opc, "", err);
    const hg_rel *rel = st == HG_OK ? hg_rels_type(&rels, "officeDocument") : NULL;
    *part = NULL;
    if (rel && hg_opc_has(opc, rel->target))
        name = rel->target;
    if (st == HG_OK && !hg_opc_has(opc, name))
        st = hg_fail(err, HG_EINPUT, &loc, "a zip file that holds no workbook");
    if (st == HG_OK && !(*part = strdup(name)))
        st = hg_fail_nomem(err);
    hg_rels_release(&rels);
    return st;
}

/* The part of a type that the workbook names, if it is there. */
static const char *part_of(const xlsx *book, const char *type)
{
    const hg_rel *rel = hg_rels_type(&book->rels, type);
    return rel && hg_opc_has(book->opc, rel->target) ? rel->target : NULL;
}

static hg_status xlsx_open(void **out, int fd, const char *name, const char *tmp,
                           hg_err *err)
{
    xlsx *book = calloc(1, sizeof *book);
    char *part = NULL;
    hg_status st;

    *out = NULL;
    if (!book)
        return hg_fail_nomem(err);
    book->tmp = tmp;
    if ((st = hg_opc_open(&book->opc, fd, name, err)) != HG_OK ||
        (st = refuse_others(book->opc, err)) != HG_OK ||
        (st = find_workbook(&part, book->opc, err)) != HG_OK ||
        (st = read_workbook(book, part, err)) != HG_OK)
        goto out;
    const char *styles = part_of(book, "styles"),
               *strings = part_of(book, "sharedStrings");
    if (styles)
        st = hg_xlsx_styles_read(&book->styles, book->opc, styles, err);
    if (st == HG_OK && strings && !(book->strings_part = strdup(strings)))
        st = hg_fail_nomem(err);
out:
    free(part);
    if (st == HG_OK)
        *out = book;
    else
        xlsx_free(book);
    return st;
}

static hg_book_facts xlsx_facts(const void *p)
{
    const xlsx *book = p;
    hg_book_facts facts = { .sheets = book->n,
                            .from_1904 = book->from_1904,
                            .names = book->names.list,
                            .n_names = book->names.n };
    for (size_t i = 0; i < book->rels.n; i++)
        facts.links += strcmp(book->rels.list[i].type, "externalLink") == 0;
    return facts;
}

static const hg_sheet *xlsx_sheet(const void *p, size_t i)
{
    return &((const xlsx *)p)->list[i].sheet;
}

/* ---- tables ---- */

typedef struct naming {
    xlsx *book;
    const char *sheet;
} naming;

static hg_status on_table(void *ctx, char space, const char *name,
                          const hg_xml_attrs *attrs, hg_err *err)
{
    const naming *at = ctx;
    const char *title = hg_xml_attr(attrs, 0, "displayName"),
               *ref = hg_xml_attr(attrs, 0, "ref");
    hg_loc loc = { .file = hg_opc_name(at->book->opc), .sheet = at->sheet };
    if (space != 's' || strcmp(name, "table") != 0)
        return HG_OK;
    hg_buf *text = &at->book->text;
    hg_buf_clear(text);
    hg_named_sheet(text, at->sheet);
    hg_buf_puts(text, ref);
    hg_status st = hg_buf_status(text, err);
    return st == HG_OK ? hg_named_add(&at->book->tables, title ? title : "", text->data,
                                      &loc, err)
                       : st;
}

static hg_status sheet_tables(xlsx *book, const entry *e, hg_err *err)
{
    static const hg_xml_events events = { .start = on_table };
    naming at = { book, e->name };
    hg_rels rels;
    hg_status st = hg_opc_rels(&rels, book->opc, e->part, err);
    for (size_t i = 0; i < rels.n && st == HG_OK; i++)
        if (strcmp(rels.list[i].type, "table") == 0 && rels.list[i].target)
            st = hg_opc_read(book->opc, rels.list[i].target, hg_xlsx_spaces, &events, &at,
                             err);
    hg_rels_release(&rels);
    return st;
}

static hg_status xlsx_tables(void *p, const hg_defined_name **list, size_t *n, hg_err *err)
{
    xlsx *book = p;
    hg_status st = HG_OK;
    for (size_t i = 0; i < book->n && !book->tables_read && st == HG_OK; i++)
        if (book->list[i].part)
            st = sheet_tables(book, &book->list[i], err);
    book->tables_read = true;
    *list = book->tables.list;
    *n = book->tables.n;
    return st;
}

/* ---- one sheet ---- */

/* Shared texts are read when a sheet first needs them. */
static hg_status need_strings(xlsx *book, hg_err *err)
{
    if (!book->strings_part || book->strings)
        return HG_OK;
    return hg_xlsx_strings_read(&book->strings, book->opc, book->strings_part, book->tmp,
                                err);
}

static hg_status open_cells(void **out, void *p, size_t i, hg_err *err)
{
    xlsx *book = p;
    const entry *e = &book->list[i];
    hg_xlsx_sheet *sheet = NULL;
    hg_loc loc = { .file = hg_opc_name(book->opc), .sheet = e->name };
    *out = NULL;
    if (!e->part)
        return hg_fail(err, HG_EINPUT, &loc,
                       "the workbook does not say where this sheet is");
    hg_status st = need_strings(book, err);
    if (st != HG_OK)
        return st;
    hg_xlsx_context context = { book->opc, book->strings, book->styles, book->from_1904 };
    st = hg_xlsx_sheet_open(&sheet, &context, e->part, e->name, err);
    *out = sheet;
    return st;
}

static hg_status run(void *cells, const hg_cell **list, size_t *n, hg_err *err)
{
    return hg_xlsx_sheet_run(cells, list, n, err);
}

static const hg_area *merged(const void *cells, size_t *n)
{
    return hg_xlsx_sheet_merged(cells, n);
}

static hg_area declared(const void *cells)
{
    return hg_xlsx_sheet_declared(cells);
}

static void free_cells(void *cells)
{
    hg_xlsx_sheet_free(cells);
}

const hg_reader hg_xlsx_reader = {
    .open = xlsx_open,
    .free = xlsx_free,
    .facts = xlsx_facts,
    .sheet = xlsx_sheet,
    .tables = xlsx_tables,
    .open_cells = open_cells,
    .run = run,
    .merged = merged,
    .declared = declared,
    .free_cells = free_cells,
};
