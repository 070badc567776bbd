/* xlsx_survey - what a workbook has beside its values */
#include "workbook/xlsx_survey.h"
#include "workbook/opc.h"
#include "workbook/xlsx_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const hg_xml_space spaces[] = {
    { 's', "http://schemas.openxmlformats.org/spreadsheetml/2006/main" },
    { 's', "http://purl.oclc.org/ooxml/spreadsheetml/main" },
    { 'r', "http://schemas.openxmlformats.org/officeDocument/2006/relationships" },
    { 'r', "http://purl.oclc.org/ooxml/officeDocument/relationships" },
    { 'd', "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" },
    { 'd', "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing" },
    { 'c', "http://purl.org/dc/elements/1.1/" },
    { 'p', "http://schemas.openxmlformats.org/package/2006/metadata/core-properties" },
    { 0, NULL },
};

/* What is under way. */
typedef struct surveying {
    hg_survey *s;
    hg_opc *opc;
    hg_rels book_rels, rels; /* rels: of the sheet */
    hg_survey_sheet *sheet;
    hg_survey_table *table;
    hg_buf text;
    char **to; /* where the text under way goes; NULL: nowhere */
    enum { NOWHERE, FONTS, FILLS, FORMATS } list;
    uint32_t row, col; /* of the cell under way */
    size_t style;
    bool is_text, value;
    char *parts[HG_SURVEY_SHEETS]; /* of the sheets */
} surveying;

/* One more at the end of a list; all zero. NULL out of memory or over HG_SURVEY_ITEMS. */
static void *more(void *list, size_t *n, size_t size, hg_err *err)
{
    void **at = list;
    if (*n == HG_SURVEY_ITEMS) {
        hg_fail(err, HG_EINPUT, NULL, "more than %d tables, areas or looks",
                HG_SURVEY_ITEMS);
        return NULL;
    }
    char *grown = *at;
    if ((*n & (*n - 1)) == 0) /* full at every power of two */
        grown = realloc(*at, (*n ? 2 * *n : 1) * size);
    if (!grown) {
        hg_fail_nomem(err);
        return NULL;
    }
    *at = grown;
    memset(grown + *n * size, 0, size);
    return grown + (*n)++ * size;
}

static const char *attr(const hg_xml_attrs *attrs, const char *name)
{
    const char *value = hg_xml_attr(attrs, 0, name);
    return value ? value : "";
}

/* "B12" -> 12, 2; what follows it. */
static const char *read_place(const char *p, uint32_t *row, uint32_t *col)
{
    *row = *col = 0;
    for (; *p == '$' || (*p >= 'A' && *p <= 'Z'); p++)
        *col = *p == '$' || *col > HG_CELL_MAX_COL ? *col : *col * 26 + (uint32_t)(*p - 'A') + 1;
    for (; *p == '$' || (*p >= '0' && *p <= '9'); p++)
        *row = *p == '$' || *row > HG_CELL_MAX_ROW ? *row : *row * 10 + (uint32_t)(*p - '0');
    return p;
}

static hg_area read_area(const char *ref)
{
    hg_area a;
    const char *p = read_place(ref, &a.row1, &a.col1);
    a.row2 = a.row1;
    a.col2 = a.col1;
    if (*p == ':')
        read_place(p + 1, &a.row2, &a.col2);
    return a;
}

static hg_status keep(char **to, const char *text, hg_err *err)
{
    free(*to);
    *to = strdup(text);
    return *to ? HG_OK : hg_fail_nomem(err);
}

static hg_status keep_more(char ***list, size_t *n, const char *text, hg_err *err)
{
    char **at = more(list, n, sizeof **list, err);
    return at ? keep(at, text, err) : err->status;
}

/* ---- texts of elements ---- */

static hg_status on_text(void *ctx, const char *text, size_t n, hg_err *err)
{
    surveying *v = ctx;
    (void)err;
    if (v->to)
        hg_buf_put(&v->text, text, n);
    return HG_OK;
}

static hg_status on_text_end(void *ctx, char space, const char *name, hg_err *err)
{
    surveying *v = ctx;
    char **to = v->to;
    (void)space;
    (void)name;
    if (!to)
        return HG_OK;
    v->to = NULL;
    return hg_buf_status(&v->text, err) == HG_OK
               ? keep(to, v->text.data ? v->text.data : "", err)
               : err->status;
}

/* ---- the properties ---- */

static hg_status on_property(void *ctx, char space, const char *name,
                             const hg_xml_attrs *attrs, hg_err *err)
{
    surveying *v = ctx;
    (void)attrs;
    (void)err;
    hg_buf_clear(&v->text);
    v->to = space == 'c' && strcmp(name, "title") == 0      ? &v->s->title
            : space == 'c' && strcmp(name, "creator") == 0  ? &v->s->author
            : space == 'p' && strcmp(name, "keywords") == 0 ? &v->s->keywords
                                                            : NULL;
    return HG_OK;
}

static hg_status read_properties(surveying *v, hg_err *err)
{
    static const hg_xml_events events = { on_property, on_text_end, on_text };
    hg_rels rels;
    hg_status st = hg_opc_rels(&rels, v->opc, "", err);
    const hg_rel *rel = hg_rels_type(&rels, "core-properties");
    if (st == HG_OK && rel && rel->target && hg_opc_has(v->opc, rel->target))
        st = hg_opc_read(v->opc, rel->target, spaces, &events, v, err);
    hg_rels_release(&rels);
    return st;
}

/* ---- the styles ---- */

static hg_status on_style(void *ctx, char space, const char *name,
                          const hg_xml_attrs *attrs, hg_err *err)
{
    surveying *v = ctx;
    hg_survey *s = v->s;
    if (space != 's')
        return HG_OK;
    if (strcmp(name, "fonts") == 0 || strcmp(name, "fills") == 0 ||
        strcmp(name, "cellXfs") == 0)
        v->list = name[0] == 'c' ? FORMATS : name[1] == 'o' ? FONTS : FILLS;
    else if (v->list == FONTS && strcmp(name, "font") == 0)
        return keep_more(&s->fonts, &s->n_fonts, "", err) == HG_OK &&
                       more(&s->sizes, &s->n_sizes, sizeof *s->sizes, err)
                   ? HG_OK
                   : err->status;
    else if (v->list == FONTS && s->n_fonts > 0 && strcmp(name, "sz") == 0)
        s->sizes[s->n_sizes - 1] = strtod(attr(attrs, "val"), NULL);
    else if (v->list == FONTS && s->n_fonts > 0 && strcmp(name, "name") == 0)
        return keep(&s->fonts[s->n_fonts - 1], attr(attrs, "val"), err);
    else if (v->list == FILLS && strcmp(name, "patternFill") == 0) {
        bool *fill = more(&s->fills, &s->n_fills, sizeof *fill, err);
        if (fill)
            *fill = strcmp(attr(attrs, "patternType"), "solid") == 0;
        return err->status;
    } else if (v->list == FORMATS && strcmp(name, "xf") == 0) {
        hg_survey_style *style = more(&s->styles, &s->n_styles, sizeof *style, err);
        size_t font = strtoul(attr(attrs, "fontId"), NULL, 10),
               fill = strtoul(attr(attrs, "fillId"), NULL, 10);
        if (style && font < s->n_fonts) {
            style->font = s->fonts[font];
            style->size = s->sizes[font];
        }
        if (style)
            style->fill = fill < s->n_fills && s->fills[fill];
        return err->status;
    } else if (v->list == FORMATS && s->n_styles > 0 && strcmp(name, "alignment") == 0)
        s->styles[s->n_styles - 1].wrap = hg_xlsx_flag(attrs, "wrapText");
    return HG_OK;
}

static hg_status on_style_end(void *ctx, char space, const char *name, hg_err *err)
{
    surveying *v = ctx;
    (void)err;
    if (space == 's' && (strcmp(name, "fonts") == 0 || strcmp(name, "fills") == 0 ||
                         strcmp(name, "cellXfs") == 0))
        v->list = NOWHERE;
    return HG_OK;
}

/* ---- one sheet ---- */

static hg_status see_look(surveying *v, hg_err *err)
{
    hg_survey_sheet *sheet = v->sheet;
    for (size_t i = 0; i < sheet->n_looks; i++)
        if (sheet->looks[i].style == v->style) {
            sheet->looks[i].text |= v->is_text;
            return HG_OK;
        }
    hg_survey_look *look = more(&sheet->looks, &sheet->n_looks, sizeof *look, err);
    if (look)
        *look = (hg_survey_look){ v->style, v->row, v->col, v->is_text };
    return err->status;
}

static void see_cell(surveying *v, const hg_xml_attrs *attrs)
{
    const char *type = attr(attrs, "t");
    read_place(attr(attrs, "r"), &v->row, &v->col);
    v->style = strtoul(attr(attrs, "s"), NULL, 10);
    v->is_text = type[0] == 's' || type[0] == 'i';
}

static hg_status on_sheet(void *ctx, char space, const char *name,
                          const hg_xml_attrs *attrs, hg_err *err)
{
    surveying *v = ctx;
    hg_survey_sheet *sheet = v->sheet;
    v->to = NULL;
    if (space != 's')
        return HG_OK;
    if (strcmp(name, "c") == 0)
        see_cell(v, attrs);
    else if (strcmp(name, "v") == 0 || strcmp(name, "is") == 0)
        return see_look(v, err);
    else if (strcmp(name, "row") == 0 && hg_xlsx_flag(attrs, "hidden") && !sheet->hidden_row)
        sheet->hidden_row = (uint32_t)strtoul(attr(attrs, "r"), NULL, 10);
    else if (strcmp(name, "col") == 0 && hg_xlsx_flag(attrs, "hidden") && !sheet->hidden_col)
        sheet->hidden_col = (uint32_t)strtoul(attr(attrs, "min"), NULL, 10);
    else if (strcmp(name, "mergeCell") == 0) {
        hg_area *area = more(&sheet->merged, &sheet->n_merged, sizeof *area, err);
        if (area)
            *area = read_area(attr(attrs, "ref"));
    } else if (strcmp(name, "pane") == 0)
        sheet->pane = true;
    else if (strcmp(name, "selection") == 0 && !sheet->pane)
        snprintf(sheet->active, sizeof sheet->active, "%s", attr(attrs, "activeCell"));
    else if (strcmp(name, "autoFilter") == 0)
        sheet->filter = true;
    else if (strcmp(name, "oddHeader") == 0 || strcmp(name, "oddFooter") == 0)
        sheet->header_footer = true;
    else if (strcmp(name, "hyperlink") == 0)
        return keep_more(&sheet->links, &sheet->n_links, attr(attrs, "location"), err);
    return err->status;
}

static hg_status on_table(void *ctx, char space, const char *name,
                          const hg_xml_attrs *attrs, hg_err *err)
{
    surveying *v = ctx;
    hg_survey_table *t = v->table;
    if (space != 's')
        return HG_OK;
    if (strcmp(name, "table") == 0) {
        const char *rows = hg_xml_attr(attrs, 0, "headerRowCount");
        t->area = read_area(attr(attrs, "ref"));
        t->header_rows = rows ? (unsigned)strtoul(rows, NULL, 10) : 1;
        return keep(&t->name, attr(attrs, "displayName"), err);
    }
    if (strcmp(name, "tableColumn") == 0)
        return keep_more(&t->headers, &t->n_headers, attr(attrs, "name"), err);
    t->filter |= strcmp(name, "autoFilter") == 0;
    return HG_OK;
}

static hg_status on_drawing(void *ctx, char space, const char *name,
                            const hg_xml_attrs *attrs, hg_err *err)
{
    surveying *v = ctx;
    (void)err;
    if (space != 'd')
        return HG_OK;
    v->sheet->pictures += strcmp(name, "pic") == 0;
    v->sheet->shapes += strcmp(name, "sp") == 0 || strcmp(name, "cxnSp") == 0;
    v->sheet->charts += strcmp(name, "graphicFrame") == 0;
    if (strcmp(name, "cNvPr") == 0)
        v->sheet->undescribed += *attr(attrs, "descr") == '\0';
    return HG_OK;
}

/* Read the parts of a type that the sheet refers to. */
static hg_status read_related(surveying *v, const char *type, const hg_xml_events *events,
                              hg_err *err)
{
    for (size_t i = 0; i < v->rels.n && err->status == HG_OK; i++) {
        const hg_rel *rel = &v->rels.list[i];
        if (strcmp(rel->type, type) != 0 || !rel->target || !hg_opc_has(v->opc, rel->target))
            continue;
        if (strcmp(type, "table") == 0 &&
            !(v->table = more(&v->sheet->tables, &v->sheet->n_tables, sizeof *v->table, err)))
            break;
        hg_opc_read(v->opc, rel->target, spaces, events, v, err);
    }
    return err->status;
}

static hg_status read_sheet(surveying *v, size_t i, hg_err *err)
{
    static const hg_xml_events sheet = { .start = on_sheet }, table = { .start = on_table },
                               drawing = { .start = on_drawing };
    v->sheet = &v->s->sheets[i];
    if (!v->parts[i] || hg_opc_read(v->opc, v->parts[i], spaces, &sheet, v, err) != HG_OK)
        return err->status;
    if (hg_opc_rels(&v->rels, v->opc, v->parts[i], err) == HG_OK &&
        read_related(v, "table", &table, err) == HG_OK)
        read_related(v, "drawing", &drawing, err);
    hg_rels_release(&v->rels);
    return err->status;
}

/* ---- the workbook ---- */

static hg_status on_book(void *ctx, char space, const char *name,
                         const hg_xml_attrs *attrs, hg_err *err)
{
    surveying *v = ctx;
    if (space == 's' && strcmp(name, "workbookView") == 0)
        v->s->active = strtoul(attr(attrs, "activeTab"), NULL, 10);
    if (space != 's' || strcmp(name, "sheet") != 0)
        return HG_OK;
    const char *id = hg_xml_attr(attrs, 'r', "id"), *state = attr(attrs, "state");
    const hg_rel *rel = id ? hg_rels_id(&v->book_rels, id) : NULL;
    if (v->s->n == HG_SURVEY_SHEETS)
        return hg_fail(err, HG_EINPUT, &(hg_loc){ .file = hg_opc_name(v->opc) },
                       "more than %d sheets", HG_SURVEY_SHEETS);
    hg_survey_sheet *sheet = more(&v->s->sheets, &v->s->n, sizeof *sheet, err);
    if (!sheet || keep(&sheet->name, attr(attrs, "name"), err) != HG_OK)
        return err->status;
    sheet->visibility = strcmp(state, "hidden") == 0       ? HG_HIDDEN
                        : strcmp(state, "veryHidden") == 0 ? HG_VERY_HIDDEN
                                                           : HG_VISIBLE;
    return rel && rel->target && strcmp(rel->type, "worksheet") == 0
               ? keep(&v->parts[v->s->n - 1], rel->target, err)
               : HG_OK;
}

static hg_status read_book(surveying *v, const char *part, hg_err *err)
{
    static const hg_xml_events book = { .start = on_book },
                               styles = { .start = on_style, .end = on_style_end };
    if (hg_opc_rels(&v->book_rels, v->opc, part, err) != HG_OK ||
        hg_opc_read(v->opc, part, spaces, &book, v, err) != HG_OK ||
        read_properties(v, err) != HG_OK)
        return err->status;
    const hg_rel *rel = hg_rels_type(&v->book_rels, "styles");
    v->s->macros = hg_rels_type(&v->book_rels, "vbaProject") != NULL;
    if (rel && rel->target && hg_opc_has(v->opc, rel->target))
        hg_opc_read(v->opc, rel->target, spaces, &styles, v, err);
    for (size_t i = 0; i < v->s->n && err->status == HG_OK; i++)
        read_sheet(v, i, err);
    return err->status;
}

static hg_status survey(surveying *v, int fd, const char *name, hg_err *err)
{
    hg_rels rels = { 0 };
    if (hg_opc_open(&v->opc, fd, name, err) != HG_OK ||
        hg_opc_rels(&rels, v->opc, "", err) != HG_OK)
        return err->status;
    const hg_rel *rel = hg_rels_type(&rels, "officeDocument");
    if (!rel || !rel->target || !hg_opc_has(v->opc, rel->target))
        hg_fail(err, HG_EINPUT, &(hg_loc){ .file = name },
                "a zip file that holds no workbook");
    else
        read_book(v, rel->target, err);
    hg_rels_release(&rels);
    return err->status;
}

hg_status hg_survey_read(hg_survey **out, int fd, const char *name, hg_err *err)
{
    surveying *v = calloc(1, sizeof *v);
    *out = calloc(1, sizeof **out);
    if (!v || !*out)
        hg_fail_nomem(err);
    else {
        v->s = *out;
        survey(v, fd, name, err);
        for (size_t i = 0; i < HG_SURVEY_SHEETS; i++)
            free(v->parts[i]);
        hg_rels_release(&v->book_rels);
        hg_buf_release(&v->text);
        hg_opc_free(v->opc);
    }
    free(v);
    if (err->status != HG_OK) {
        hg_survey_free(*out);
        *out = NULL;
    }
    return err->status;
}

static void free_texts(char **list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(list[i]);
    free(list);
}

static void free_sheet(hg_survey_sheet *sheet)
{
    for (size_t i = 0; i < sheet->n_tables; i++) {
        free(sheet->tables[i].name);
        free_texts(sheet->tables[i].headers, sheet->tables[i].n_headers);
    }
    free_texts(sheet->links, sheet->n_links);
    free(sheet->tables);
    free(sheet->merged);
    free(sheet->looks);
    free(sheet->name);
}

void hg_survey_free(hg_survey *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->n; i++)
        free_sheet(&s->sheets[i]);
    free_texts(s->fonts, s->n_fonts);
    free(s->sheets);
    free(s->styles);
    free(s->sizes);
    free(s->fills);
    free(s->title);
    free(s->author);
    free(s->keywords);
    free(s);
}
