/* formats_dictionary - the second sheet of a workbook: what the columns and codes mean */
#include "dataset/metadata.h"
#include "delimited/csv.h"
#include "export/formats_writer.h"
#include "workbook/book.h"

#include <stdio.h>
#include <string.h>

#define POINTS 11

static const hg_style head = { .size = POINTS, .bold = 1, .bottom = HG_THIN, .wrap = 1 };
static const hg_style body = { .size = POINTS, .wrap = 1, .valign = HG_TOP };

/* The sheet being written, from the top. */
struct sheet {
    hg_book *book;
    const hg_export_table *table;
    uint32_t row;
    hg_buf text; /* of the cell being made up */
    hg_err *err;
};

static void put(const struct sheet *s, uint32_t col, const hg_style *look, hg_slice text)
{
    const hg_run run = { .text = text, .bold = look->bold };
    if (s->err->status == HG_OK && text.n > 0)
        hg_book_text(s->book, (hg_area){ s->row, col, s->row, col }, look, &run, 1, s->err);
}

static void put_line(struct sheet *s, const hg_style *look, const char *const *texts,
                     size_t n)
{
    s->row++;
    for (size_t i = 0; i < n; i++)
        put(s, (uint32_t)i + 1, look, hg_slice_of(texts[i]));
}

/* "titles" in both languages, or "title", which is Vietnamese. */
static const char *text_of(const hg_json *field, const char *plural, const char *single,
                           const char *lang)
{
    const hg_json *both = hg_json_get(field, plural);
    if (hg_json_is_object(both))
        return hg_json_get_str(both, lang);
    return strcmp(lang, "vi") == 0 ? hg_json_get_str(field, single) : NULL;
}

static bool in_key(const hg_schema *schema, size_t field)
{
    for (size_t i = 0; i < schema->primary.n; i++)
        if (schema->primary.fields[i] == field)
            return true;
    return false;
}

/* "khóa - key; required true; minimum 2004" */
static const char *constraints(struct sheet *s, size_t i)
{
    const hg_field *field = &s->table->schema->fields[i];
    const hg_json *all = hg_json_get(field->json, "constraints");
    hg_buf_clear(&s->text);
    if (in_key(s->table->schema, i))
        hg_buf_puts(&s->text, "khóa - key");
    for (size_t k = 0; k < hg_json_len(all); k++) {
        hg_buf_printf(&s->text, "%s%s ", s->text.len > 0 ? "; " : "", hg_json_key(all, k));
        hg_field_constraint(&s->text, field, hg_json_key(all, k));
    }
    return s->text.data ? s->text.data : "";
}

/* The code list that a field refers to, "codes/x"; NULL: none. */
static const char *list_of(const hg_schema *schema, size_t field)
{
    for (size_t i = 0; i < schema->n_references; i++) {
        const hg_reference *to = &schema->references[i];
        if (to->key.n == 1 && to->key.fields[0] == field &&
            strncmp(to->resource, HG_METADATA_CODES, sizeof HG_METADATA_CODES - 1) == 0)
            return to->resource;
    }
    return NULL;
}

static void put_fields(struct sheet *s)
{
    static const char *const titles[] = {
        "Cột - Column",        "Tên (vi)",        "Title (en)",
        "Kiểu - Type",         "Đơn vị - Unit",   "Ràng buộc - Constraints",
        "Danh mục - Code list", "Mô tả (vi)",     "Description (en)",
    };
    put_line(s, &head, titles, sizeof titles / sizeof *titles);
    for (size_t i = 0; i < s->table->schema->n; i++) {
        const hg_field *field = &s->table->schema->fields[i];
        const char *const texts[] = {
            field->name,
            text_of(field->json, "titles", "title", "vi"),
            text_of(field->json, "titles", "title", "en"),
            hg_type_name(field->reader.type),
            hg_json_lang(hg_json_get(field->json, "unit"), "vi"),
            constraints(s, i),
            list_of(s->table->schema, i),
            text_of(field->json, "descriptions", "description", "vi"),
            text_of(field->json, "descriptions", "description", "en"),
        };
        put_line(s, &body, texts, sizeof texts / sizeof *texts);
    }
}

/* ---- code lists ---- */

static bool named_before(const hg_schema *schema, size_t field, const char *list)
{
    for (size_t i = 0; i < field; i++)
        if (list_of(schema, i) && strcmp(list_of(schema, i), list) == 0)
            return true;
    return false;
}

/* A code list with all its columns, the list's name before them. */
static void put_list(struct sheet *s, const char *list, const char *csv_text)
{
    hg_csv csv = { 0 };
    hg_row row;
    hg_csv_init(&csv, csv_text, strlen(csv_text), 0, 0);
    s->row++; /* an empty row in between */
    while (s->err->status == HG_OK && hg_csv_next(&csv, &row, s->err) == HG_OK) {
        const hg_style *look = row.number == 1 ? &head : &body;
        s->row++;
        put(s, 1, look, hg_slice_of(list));
        for (size_t i = 0; i < row.n; i++)
            put(s, (uint32_t)i + 2, look, row.cells[i]);
    }
    hg_csv_release(&csv);
}

static void put_lists(struct sheet *s)
{
    for (size_t i = 0; i < s->table->schema->n; i++) {
        const char *list = list_of(s->table->schema, i);
        const char *text =
            list ? hg_dataset_codes(s->table->dataset,
                                    list + sizeof HG_METADATA_CODES - 1)
                 : NULL;
        if (text && !named_before(s->table->schema, i, list))
            put_list(s, list, text);
    }
}

hg_status hg_dictionary_sheet(hg_book *book, const hg_export_table *table, hg_err *err)
{
    static const double widths[] = { 110, 150, 150, 70, 80, 150, 120, 220, 220 };
    struct sheet s = { .book = book, .table = table, .err = err };
    hg_status status = hg_book_sheet(book, "Từ điển - Dictionary", err);
    for (size_t i = 0; i < sizeof widths / sizeof *widths && status == HG_OK; i++)
        status = hg_book_width(book, (uint32_t)i + 1, widths[i], err);
    if (status == HG_OK)
        put_fields(&s);
    if (err->status == HG_OK)
        put_lists(&s);
    if (err->status == HG_OK)
        hg_book_list(book, s.row, sizeof widths / sizeof *widths, err);
    hg_buf_release(&s.text);
    return err->status;
}
