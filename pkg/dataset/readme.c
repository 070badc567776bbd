/* readme - README.md: the description, the files and the data dictionary in two languages
 */
#include "dataset/readme.h"
#include "dataset/markdown.h"
#include "dataset/vocabulary.h"
#include "delimited/csv.h"

#include <inttypes.h>
#include <string.h>

enum { CODES_SHOWN = 100 }; /* codes of one list; the file has them all */

/* The page being written. */
struct page {
    hg_buf *buf;
    const char *lang; /* "vi", "en" */
    const hg_dataset *dataset;
    const hg_json *description;
};

/* What the page itself says: chosen by its language. */
static const char *say(const struct page *page, const char *vi, const char *en)
{
    return strcmp(page->lang, "vi") == 0 ? vi : en;
}

static void put(const struct page *page, const char *text, size_t n)
{
    hg_markdown_text(page->buf, (hg_slice){ text, n });
}

static void put_text(const struct page *page, const hg_json *text)
{
    const char *words = hg_json_lang(text, page->lang);
    put(page, words ? words : "", words ? strlen(words) : 0);
}

/* ---- the facts ---- */

/* A row of the table of facts, begun; the caller writes the value and "|\n". */
static void fact(const struct page *page, const char *vi, const char *en)
{
    hg_buf_printf(page->buf, "| %s | ", say(page, vi, en));
}

static void text_fact(const struct page *page, const char *vi, const char *en,
                      const hg_json *text)
{
    if (!hg_json_lang(text, page->lang))
        return;
    fact(page, vi, en);
    put_text(page, text);
    hg_buf_puts(page->buf, " |\n");
}

static void code_fact(const struct page *page, const char *vi, const char *en,
                      hg_vocabulary vocabulary, const char *code)
{
    const hg_term *term = hg_vocabulary_find(vocabulary, code);
    if (term)
        hg_buf_printf(page->buf, "| %s | %s |\n", say(page, vi, en),
                      say(page, term->vi, term->en));
}

static void put_themes(const struct page *page)
{
    const hg_json *themes = hg_json_get(page->description, "theme");
    if (hg_json_len(themes) == 0)
        return;
    fact(page, "Chủ đề", "Theme");
    for (size_t i = 0; i < hg_json_len(themes); i++) {
        const hg_term *term =
            hg_vocabulary_find(HG_VOC_THEME, hg_json_str(hg_json_at(themes, i)));
        hg_buf_puts(page->buf, i > 0 ? "; " : "");
        hg_buf_puts(page->buf, term ? say(page, term->vi, term->en) : "");
    }
    hg_buf_puts(page->buf, " |\n");
}

static void put_contact(const struct page *page)
{
    const hg_json *contact = hg_json_get(page->description, "contact");
    const char *email = hg_json_get_str(contact, "email");
    if (!contact)
        return;
    fact(page, "Liên hệ", "Contact");
    put_text(page, hg_json_get(contact, "name"));
    if (email)
        hg_buf_printf(page->buf, ", <%s>", email);
    hg_buf_puts(page->buf, " |\n");
}

static void put_licence(const struct page *page)
{
    const char *code = hg_json_get_str(page->description, "license");
    const hg_term *term = hg_vocabulary_find(HG_VOC_LICENCE, code);
    if (term)
        hg_buf_printf(page->buf, "| %s | [%s](%s) |\n", say(page, "Giấy phép", "Licence"),
                      say(page, term->vi, term->en),
                      hg_vocabulary_iri(HG_VOC_LICENCE_PAGE, code));
}

static void put_period(const struct page *page)
{
    const hg_json *period = hg_json_get(page->description, "period");
    const char *end = hg_json_get_str(period, "end");
    if (!period)
        return;
    fact(page, "Giai đoạn", "Period");
    put_text(page, hg_json_get(period, "start"));
    if (end)
        hg_buf_printf(page->buf, " – %s", end);
    hg_buf_puts(page->buf, " |\n");
}

static void put_facts(const struct page *page)
{
    const hg_json *d = page->description;
    hg_buf iri = { 0 };
    hg_metadata_iri(page->dataset, &iri);
    hg_buf_puts(page->buf, "| | |\n|---|---|\n");
    text_fact(page, "Cơ quan công bố", "Publisher",
              hg_json_get(hg_json_get(d, "publisher"), "name"));
    put_contact(page);
    put_licence(page);
    put_themes(page);
    code_fact(page, "Tần suất cập nhật", "Updated", HG_VOC_FREQUENCY,
              hg_json_get_str(d, "frequency"));
    put_period(page);
    text_fact(page, "Phạm vi không gian", "Place",
              hg_json_get(hg_json_get(d, "place"), "name"));
    text_fact(page, "Ngày công bố", "Issued", hg_json_get(d, "issued"));
    text_fact(page, "Ngày cập nhật", "Modified", hg_json_get(d, "modified"));
    text_fact(page, "Phiên bản", "Version", hg_json_get(d, "version"));
    hg_buf_printf(page->buf, "| %s | <%s> |\n\n", say(page, "Địa chỉ", "Address"),
                  iri.data ? iri.data : "");
    hg_buf_release(&iri);
}

/* ---- files ---- */

static void put_files(const struct page *page, const hg_distribution *files, size_t n)
{
    hg_buf_printf(page->buf,
                  "### %s\n\n| %s | %s | Byte | SHA-256 |\n|---|--:|--:|---|\n",
                  say(page, "Tệp dữ liệu", "Data files"), say(page, "Tệp", "File"),
                  say(page, "Số dòng", "Rows"));
    for (size_t i = 0; i < n; i++)
        hg_buf_printf(page->buf, "| [%s](%s) | %" PRIu64 " | %" PRIu64 " | `%s` |\n",
                      files[i].path, files[i].path, files[i].rows, files[i].bytes,
                      files[i].sha256);
    hg_buf_printf(
        page->buf, "\n%s\n\n    sha256sum -c manifest-sha256.txt\n\n",
        say(page,
            "CSV theo RFC 4180, mã UTF-8, dòng đầu là tên cột. Kiểm tra tính toàn "
            "vẹn của mọi tệp:",
            "CSV as in RFC 4180, UTF-8, the first line has the names of the columns. "
            "To check that every file is whole:"));
}

/* ---- the data dictionary ---- */

static const char *type_name(const struct page *page, const char *type)
{
    static const char *const types[][3] = {
        { "string", "chuỗi", "text" }, { "integer", "số nguyên", "integer" },
        { "number", "số", "number" },  { "boolean", "đúng/sai", "boolean" },
        { "date", "ngày", "date" },    { "datetime", "ngày giờ", "date and time" },
        { "year", "năm", "year" },     { "yearmonth", "tháng", "month" },
        { "time", "giờ", "time" },     { "duration", "khoảng thời gian", "duration" },
    };
    for (size_t i = 0; type && i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i][0], type) == 0)
            return say(page, types[i][1], types[i][2]);
    return type ? type : say(page, "chuỗi", "text");
}

static bool names(const hg_json *value, const char *name)
{
    bool found = hg_json_str(value) && strcmp(hg_json_str(value), name) == 0;
    for (size_t i = 0; hg_json_is_array(value) && i < hg_json_len(value) && !found; i++)
        found = names(hg_json_at(value, i), name);
    return found;
}

static void put_field(const struct page *page, const hg_json *schema,
                      const hg_json *field)
{
    const char *name = hg_json_get_str(field, "name");
    const hg_json *titles = hg_json_get(field, "titles");
    bool key = name && names(hg_json_get(schema, "primaryKey"), name);
    bool required =
        hg_json_true(hg_json_get(hg_json_get(field, "constraints"), "required"));
    hg_buf_puts(page->buf, "| ");
    put_text(page, hg_json_get(field, "name"));
    hg_buf_puts(page->buf, " | ");
    put_text(page, titles ? titles : hg_json_get(field, "title"));
    hg_buf_printf(page->buf, " | %s | ", type_name(page, hg_json_get_str(field, "type")));
    put_text(page, hg_json_get(field, "unit"));
    hg_buf_printf(page->buf, " | %s | ",
                  key        ? say(page, "khóa", "key")
                  : required ? say(page, "bắt buộc", "required")
                             : "");
    put_text(page, hg_json_get(field, "descriptions")
                       ? hg_json_get(field, "descriptions")
                       : hg_json_get(field, "description"));
    hg_buf_puts(page->buf, " |\n");
}

static void put_fields(const struct page *page, const hg_json *schema)
{
    const hg_json *fields = hg_json_get(schema, "fields");
    hg_buf_printf(page->buf, "| %s | %s | %s | %s | | %s |\n|---|---|---|---|---|---|\n",
                  say(page, "Cột", "Column"), say(page, "Tên", "Title"),
                  say(page, "Kiểu", "Type"), say(page, "Đơn vị", "Unit"),
                  say(page, "Mô tả", "Description"));
    for (size_t i = 0; i < hg_json_len(fields); i++)
        put_field(page, schema, hg_json_at(fields, i));
    hg_buf_putc(page->buf, '\n');
}

/* The columns of a code list: "code", and the one whose name is the language. */
struct columns {
    size_t code, label;
};

static void find_columns(struct columns *columns, const hg_row *header, const char *lang)
{
    *columns = (struct columns){ SIZE_MAX, SIZE_MAX };
    for (size_t i = 0; i < header->n; i++) {
        if (hg_slice_is(header->cells[i], "code"))
            columns->code = i;
        if (hg_slice_is(header->cells[i], lang))
            columns->label = i;
    }
}

static void put_code(const struct page *page, const struct columns *columns,
                     const hg_row *row)
{
    if (columns->code >= row->n || row->cells[columns->code].n == 0)
        return;
    hg_buf_puts(page->buf, "- **");
    put(page, row->cells[columns->code].p, row->cells[columns->code].n);
    hg_buf_puts(page->buf, "**");
    if (columns->label < row->n && row->cells[columns->label].n > 0) {
        hg_buf_putc(page->buf, ' ');
        put(page, row->cells[columns->label].p, row->cells[columns->label].n);
    }
    hg_buf_putc(page->buf, '\n');
}

static hg_status put_codes(const struct page *page, const char *text, hg_err *err)
{
    struct columns columns;
    hg_csv csv = { 0 };
    hg_row row;
    size_t shown = 0;
    hg_csv_init(&csv, text, strlen(text), 0, 0);
    hg_status status = hg_csv_next(&csv, &row, err);
    if (status == HG_OK)
        find_columns(&columns, &row, page->lang);
    while (status == HG_OK && (status = hg_csv_next(&csv, &row, err)) == HG_OK &&
           shown++ < CODES_SHOWN)
        put_code(page, &columns, &row);
    if (status == HG_OK)
        hg_buf_puts(page->buf, "- …\n");
    hg_buf_putc(page->buf, '\n');
    hg_csv_release(&csv);
    return status == HG_END ? HG_OK : status;
}

/* The code list that the table's foreign key i refers to; NULL if it is another table. */
static const char *list_of(const hg_json *keys, size_t i)
{
    static const size_t prefix = sizeof HG_METADATA_CODES - 1;
    const hg_json *to = hg_json_get(hg_json_at(keys, i), "reference");
    const char *resource = hg_json_get_str(to, "resource");
    return resource && strncmp(resource, HG_METADATA_CODES, prefix) == 0 ? resource
                                                                         : NULL;
}

static bool is_named_before(const hg_json *keys, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (list_of(keys, k) && strcmp(list_of(keys, k), list_of(keys, i)) == 0)
            return true;
    return false;
}

/* "Codes of nam, nu (codes/x.csv):" - all the columns that share the list. */
static void put_list_title(const struct page *page, const hg_json *keys, size_t i)
{
    const char *list = list_of(keys, i);
    hg_buf_puts(page->buf, say(page, "Mã của cột", "Codes of the column"));
    for (size_t k = i; k < hg_json_len(keys); k++) {
        const hg_json *fields = hg_json_get(hg_json_at(keys, k), "fields");
        if (!list_of(keys, k) || strcmp(list_of(keys, k), list) != 0)
            continue;
        hg_buf_puts(page->buf, k > i ? ", " : " ");
        put_text(page, hg_json_is_array(fields) ? hg_json_at(fields, 0) : fields);
    }
    hg_buf_printf(page->buf, " ([%s.csv](%s.csv)):\n\n", list, list);
}

/* The code lists that the table's foreign keys name, each once. */
static hg_status put_lists(const struct page *page, const hg_json *schema, hg_err *err)
{
    const hg_json *keys = hg_json_get(schema, "foreignKeys");
    hg_status status = HG_OK;
    for (size_t i = 0; i < hg_json_len(keys) && status == HG_OK; i++) {
        const char *list = list_of(keys, i);
        const char *text =
            list ? hg_dataset_codes(page->dataset, list + sizeof HG_METADATA_CODES - 1)
                 : NULL;
        if (!text || is_named_before(keys, i))
            continue;
        put_list_title(page, keys, i);
        status = put_codes(page, text, err);
    }
    return status;
}

static hg_status put_dictionary(const struct page *page, hg_err *err)
{
    hg_status status = HG_OK;
    for (size_t i = 0; i < hg_dataset_tables(page->dataset) && status == HG_OK; i++) {
        const hg_json *schema = hg_dataset_schema(page->dataset, i);
        hg_buf_printf(page->buf, "### %s: %s\n\n",
                      say(page, "Từ điển dữ liệu", "Data dictionary"),
                      hg_dataset_table(page->dataset, i));
        put_fields(page, schema);
        status = put_lists(page, schema, err);
    }
    return status;
}

/* ---- the page ---- */

static void section(const struct page *page, const char *vi, const char *en,
                    const hg_json *text)
{
    if (!hg_json_lang(text, page->lang))
        return;
    hg_buf_printf(page->buf, "### %s\n\n", say(page, vi, en));
    put_text(page, text);
    hg_buf_puts(page->buf, "\n\n");
}

static void put_sources(const struct page *page)
{
    const hg_json *sources = hg_json_get(page->description, "sources");
    for (size_t i = 0; i < hg_json_len(sources); i++) {
        const char *path = hg_json_get_str(hg_json_at(sources, i), "path");
        hg_buf_puts(page->buf, "- ");
        put_text(page, hg_json_get(hg_json_at(sources, i), "title"));
        hg_buf_printf(page->buf, path ? " <%s>" : "%s", path ? path : "");
        hg_buf_putc(page->buf, '\n');
    }
    hg_buf_puts(page->buf, hg_json_len(sources) > 0 ? "\n" : "");
}

static hg_status put_page(const struct page *page, const hg_distribution *files, size_t n,
                          hg_err *err)
{
    const hg_json *d = page->description;
    put_text(page, hg_json_get(d, "description"));
    hg_buf_puts(page->buf, "\n\n");
    put_facts(page);
    put_files(page, files, n);
    hg_status status = put_dictionary(page, err);
    section(page, "Nguồn số liệu", "Sources", hg_json_get(d, "provenance"));
    put_sources(page);
    section(page, "Quyền sử dụng", "Rights", hg_json_get(d, "rights"));
    return status;
}

hg_status hg_readme(const hg_dataset *dataset, const hg_distribution *files, size_t n,
                    hg_buf *buf, hg_err *err)
{
    const hg_json *description = hg_dataset_description(dataset);
    const struct page vi = { buf, "vi", dataset, description };
    const struct page en = { buf, "en", dataset, description };
    hg_buf_puts(buf, "# ");
    put_text(&vi, hg_json_get(description, "title"));
    hg_buf_puts(buf, "\n\n*English below.*\n\n");
    hg_status status = put_page(&vi, files, n, err);
    hg_buf_puts(buf, "## ");
    put_text(&en, hg_json_get(description, "title"));
    hg_buf_puts(buf, "\n\n");
    if (status == HG_OK)
        status = put_page(&en, files, n, err);
    return status == HG_OK ? hg_buf_status(buf, err) : status;
}
