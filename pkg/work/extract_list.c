/* extract_list - what there is in a source, and what a person should know of it */
#include "format/source.h"
#include "work/extract.h"
#include "work/extract_texts.h"

static void add_warning(hg_json *warnings, const char *code, const char *sheet,
                        uint64_t count)
{
    if (count == 0)
        return;
    hg_json *warning = hg_json_object();
    hg_json_set_str(warning, "code", code);
    if (sheet)
        hg_json_set_str(warning, "sheet", sheet);
    hg_json_set_int(warning, "count", (int64_t)count);
    hg_json_add(warnings, warning);
}

/* How many cells a sheet says it has where that is far beyond its values: of more than a
 * thousand rows or columns more, over nine in ten are empty. */
static uint64_t too_much(const hg_sheet_info *info)
{
    uint64_t rows = info->declared_rows, cols = info->declared_cols;
    bool far = rows > info->rows + 1000u || cols > info->cols + 1000u;
    return far && rows * cols / 10 > (uint64_t)info->rows * info->cols ? rows * cols : 0;
}

static hg_status list_sheet(hg_json *sheets, hg_json *warnings, hg_source *source,
                            size_t i, hg_names *fonts, hg_err *err)
{
    static const char *const visibility[] = { "visible", "hidden", "very hidden" };
    hg_sheet_info info;
    const hg_sheet *of = hg_source_sheet(source, i);
    if (hg_source_survey(&info, source, i, fonts, err) != HG_OK)
        return err->status;
    hg_json *sheet = hg_json_object();
    hg_json_set_str(sheet, "name", of->name);
    hg_json_set_str(sheet, "visibility", visibility[of->visibility]);
    hg_json_set_int(sheet, "rows", (int64_t)info.rows);
    hg_json_set_int(sheet, "cols", (int64_t)info.cols);
    hg_json_set_int(sheet, "values", (int64_t)info.values);
    hg_json_set_int(sheet, "formulas", (int64_t)info.formulas);
    hg_json_set_int(sheet, "uncached", (int64_t)info.uncached);
    hg_json_set_int(sheet, "hidden", (int64_t)info.hidden);
    hg_json_set_int(sheet, "number_texts", (int64_t)info.number_texts);
    hg_json_set_int(sheet, "merged", (int64_t)info.merged);
    hg_json_set_int(sheet, "covered", (int64_t)info.covered);
    if (info.declared_rows > 0) {
        hg_json_set_int(sheet, "declared_rows", (int64_t)info.declared_rows);
        hg_json_set_int(sheet, "declared_cols", (int64_t)info.declared_cols);
    }
    hg_json_add(sheets, sheet);
    add_warning(warnings, "hidden-sheet", of->name,
                of->visibility == HG_VISIBLE ? 0 : info.values);
    add_warning(warnings, "hidden-cells", of->name, info.hidden);
    add_warning(warnings, "covered-cells", of->name, info.covered);
    add_warning(warnings, "uncached-formulas", of->name, info.uncached);
    add_warning(warnings, "number-texts", of->name, info.number_texts);
    add_warning(warnings, "declared-dimension", of->name, too_much(&info));
    return HG_OK;
}

static void list_named(hg_json *all, const char *key, const hg_defined_name *list,
                       size_t n)
{
    hg_json *names = hg_json_array();
    for (size_t i = 0; i < n; i++) {
        hg_json *name = hg_json_object();
        hg_json_set_str(name, "name", list[i].name);
        if (list[i].refers_to)
            hg_json_set_str(name, "refers_to", list[i].refers_to);
        hg_json_add(names, name);
    }
    hg_json_set(all, key, names);
}

/* What concerns a workbook as a whole. */
static hg_status list_book(hg_json *all, hg_json *warnings, hg_source *source,
                           const hg_names *fonts, hg_err *err)
{
    size_t n, n_tables;
    const hg_defined_name *names = hg_workbook_names(hg_source_book(source), &n), *tables;
    hg_status st = hg_source_tables(source, &tables, &n_tables, err);
    hg_json *used = hg_json_array();
    for (size_t i = 0; i < fonts->n; i++)
        hg_json_add(used, hg_json_new_str(fonts->list[i]));
    hg_json_set_int(all, "date_system", hg_source_1904(source) ? 1904 : 1900);
    hg_json_set(all, "fonts", used);
    list_named(all, "names", names, n);
    list_named(all, "tables", tables, n_tables);
    add_warning(warnings, "external-links", NULL,
                hg_workbook_links(hg_source_book(source)));
    hg_json_set(all, "warnings", warnings);
    return st;
}

static hg_status list_source(hg_json *all, hg_source *source, hg_err *err)
{
    hg_names fonts = { 0 };
    hg_json *sheets = hg_json_array(), *warnings = hg_json_array();
    hg_status st = HG_OK;
    hg_json_set_str(all, "name", hg_source_name(source));
    hg_json_set_int(all, "bytes", (int64_t)hg_source_bytes(source));
    hg_json_set_str(all, "sha256", hg_source_sha256(source));
    hg_json_set_str(all, "kind", hg_source_is_workbook(source) ? "workbook" : "text");
    for (size_t i = 0; i < hg_source_sheets(source) && st == HG_OK; i++)
        st = list_sheet(sheets, warnings, source, i, &fonts, err);
    hg_json_set(all, "sheets", sheets);
    if (hg_source_text(source)) {
        hg_json_free(warnings);
        hg_extract_list_text(all, hg_source_text(source));
    } else {
        hg_status why = list_book(all, warnings, source, &fonts, err);
        st = st == HG_OK ? why : st;
    }
    hg_names_release(&fonts);
    return st;
}

hg_status hg_extract_list(hg_json **list, const char *name, const hg_extract_opts *how,
                          hg_err *err)
{
    const hg_source_opts opts = { .tmp = how->tmp, .text = how->text, .member = how->member };
    hg_source *source = NULL;
    *list = NULL;
    hg_status st = hg_source_open(&source, name, &opts, err);
    if (st != HG_OK)
        return st;
    hg_json *all = hg_json_object();
    st = list_source(all, source, err);
    hg_source_free(source);
    if (st == HG_OK)
        *list = all;
    else
        hg_json_free(all);
    return st;
}
