/* extract_texts - how a text is read, for hg-extract --list */
#include "work/extract_texts.h"

static void set_byte(hg_json *object, const char *key, char byte)
{
    const char text[2] = { byte, '\0' };
    hg_json_set_str(object, key, text);
}

void hg_extract_list_text(hg_json *list, const hg_textfile *text)
{
    const hg_dialect *dialect = hg_textfile_dialect(text);
    const hg_tables *tables = hg_textfile_tables(text);
    hg_json *found = hg_json_object(), *sheets = hg_json_get(list, "sheets");
    hg_json_set_str(found, "encoding", hg_charset_name(hg_textfile_charset(text)));
    set_byte(found, "delimiter", dialect->delimiter);
    set_byte(found, "quoteChar", dialect->quote);
    set_byte(found, "escapeChar", dialect->escape);
    hg_json_set(found, "skipInitialSpace", hg_json_new_bool(dialect->skip_space));
    hg_json_set_str(found, "lineEnd", hg_textfile_line_end(text));
    hg_json_set_int(found, "above", (int64_t)tables->above);
    hg_json_set_int(found, "below", (int64_t)tables->below);
    hg_json_set(list, "text", found);
    for (size_t i = 0; i < tables->n; i++) {
        hg_json *sheet = hg_json_at(sheets, i);
        hg_json_set_int(sheet, "line", (int64_t)tables->list[i].line);
        hg_json_set_int(sheet, "headerRows", (int64_t)tables->list[i].header_rows);
        hg_json_set_int(sheet, "uneven", (int64_t)tables->list[i].uneven);
    }
}
