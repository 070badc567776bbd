/* validation - findings told to people and to programs */
#include "rules/validation.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct hg_validation {
    hg_json *tasks, *task;               /* task borrows from tasks */
    hg_json *labels, *errors, *warnings; /* likewise, of the task */
    hg_json *stats;                      /* likewise */
    uint64_t n_errors, n_warnings;
};

/* ---- lines ---- */

static hg_loc loc_of(const hg_finding *f)
{
    return (hg_loc){ .file = f->file,
                     .sheet = f->sheet,
                     .field = f->pointer ? f->pointer : f->field,
                     .row = f->row > 0 || f->sheet ? f->row : f->row_number,
                     .col = f->col };
}

void hg_validation_line(hg_buf *buf, const hg_finding *f, hg_lang lang)
{
    hg_loc loc = loc_of(f);
    size_t before = buf->len;
    hg_text_place(buf, &loc);
    if (buf->len > before)
        hg_buf_puts(buf, ": ");
    hg_buf_printf(
        buf, "%s %s: ", hg_text(f->severity == HG_WARNING ? "warning" : "error", lang),
        f->code);
    hg_text_args(buf, f->message, lang, f->args, f->args_len);
    hg_buf_putc(buf, '\n');
}

static void put_count(hg_buf *buf, uint64_t n, const char *one, const char *many,
                      hg_lang lang)
{
    hg_buf_printf(buf, "%" PRIu64 " %s", n, hg_text(n == 1 ? one : many, lang));
}

void hg_validation_verdict(hg_buf *buf, uint64_t errors, uint64_t warnings, uint64_t rows,
                           hg_lang lang)
{
    hg_buf_printf(buf, "%s: ", hg_text(errors > 0 ? "not valid" : "valid", lang));
    put_count(buf, errors, "error", "errors", lang);
    hg_buf_puts(buf, ", ");
    put_count(buf, warnings, "warning", "warnings", lang);
    if (rows != HG_VALIDATION_NO_ROWS) {
        hg_buf_puts(buf, ", ");
        put_count(buf, rows, "row", "rows", lang);
    }
    hg_buf_putc(buf, '\n');
}

/* ---- what each code means ---- */

typedef enum level { DOCUMENT, SOURCE, TABLE, HEADER, LABEL, ROW, CELL } level;

static const struct meaning {
    const char *code;
    level level;
    const char *description;
} meanings[] = {
    { "resource-error", SOURCE, "The resource is described wrongly." },
    { "metadata-error", SOURCE, "The metadata are wrong, or do not belong to the table." },
    { "schema-error", SOURCE, "The schema is wrong, or cannot be checked." },
    { "dialect-error", SOURCE, "The dialect is wrong, or not known." },
    { "check-error", SOURCE, "A check is wrong, or does not suit the table." },
    { "scheme-error", SOURCE, "The file is missing, or not to be had from here." },
    { "format-error", SOURCE, "The format is not known, or the file is not of it." },
    { "encoding-error", SOURCE, "The text is not in its encoding." },
    { "compression-error", SOURCE, "The file cannot be decompressed." },
    { "source-error", SOURCE, "The source is empty, damaged or inconsistent." },
    { "hash-count", SOURCE, "The file has another digest than the one declared." },
    { "byte-count", SOURCE, "The file has another length than the one declared." },
    { "field-count", TABLE, "The table has not as many fields as declared." },
    { "row-count", TABLE, "The table has not as many rows as declared." },
    { "table-dimensions", TABLE, "The table has not as many rows or fields as it should." },
    { "required-value", TABLE, "No row has a value that some row must have." },
    { "deviated-value", TABLE, "A value is far from the others in its field." },
    { "deviated-cell", TABLE, "A cell is much longer than the others in its field." },
    { "duplicate-row", ROW, "Another row has the same cells." },
    { "forbidden-value", CELL, "The value is one of those forbidden." },
    { "sequential-value", CELL, "The value is not the one that follows the last." },
    { "truncated-value", CELL, "The value looks cut off by a program's limit." },
    { "ascii-value", CELL, "The value has characters beyond ASCII." },
    { "blank-header", HEADER, "The header row holds no label." },
    { "unmatched-header", HEADER, "No label of the header is a field of the schema." },
    { "blank-label", LABEL, "A label in the header is missing." },
    { "duplicate-label", LABEL, "Two columns of the table have the same label." },
    { "incorrect-label", LABEL, "A label differs from the field's name in the schema." },
    { "extra-label", LABEL, "The header has a label for which the schema has no field." },
    { "missing-label", LABEL,
      "The schema has a field for which the header has no label." },
    { "personal-header", LABEL, "The header says that the column holds personal data." },
    { "row-constraint", ROW, "The row does not keep a condition." },
    { "blank-row", ROW, "All cells of the row are empty." },
    { "primary-key", ROW,
      "The row's primary key has no value, or another row has the same." },
    { "foreign-key", ROW, "The row refers to something that is not there." },
    { "extra-cell", CELL, "The row has more cells than the header has labels." },
    { "missing-cell", CELL, "The row has fewer cells than the header has labels." },
    { "type-error", CELL, "The value is not of the field's type and format." },
    { "constraint-error", CELL, "The value breaks a constraint of the field." },
    { "unique-error", CELL,
      "Another row has the same value in a field that must be unique." },
    { "personal-data", CELL, "The value is personal data." },
    { "small-cell", CELL, "A count of so few persons tells of single ones." },
    { "rows-split", TABLE, "Rows that are not valid were split off the table." },
    { "sum-error", CELL, "A total is not the sum of its parts." },
};

static const struct meaning *meaning_of(const char *code, bool document)
{
    static const struct meaning other = { "error", TABLE, "The table breaks a rule." };
    static const struct meaning keyword = { "keyword", DOCUMENT,
                                            "The document breaks its JSON Schema." };
    if (document)
        return &keyword;
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (strcmp(meanings[i].code, code) == 0)
            return &meanings[i];
    return &other;
}

const char *hg_validation_meaning(const char *code, bool document, hg_lang lang)
{
    return hg_text(meaning_of(code, document)->description, lang);
}

static hg_json *tags_of(level of)
{
    static const char *const tags[][3] = { [DOCUMENT] = { "#document" },
                                           [SOURCE] = { "#file" },
                                           [TABLE] = { "#table" },
                                           [HEADER] = { "#table", "#header" },
                                           [LABEL] = { "#table", "#header", "#label" },
                                           [ROW] = { "#table", "#row" },
                                           [CELL] = { "#table", "#row", "#cell" } };
    hg_json *list = hg_json_array();
    for (size_t i = 0; i < 3 && tags[of][i]; i++)
        hg_json_add_str(list, tags[of][i]);
    return list;
}

/* "type-error" as "Type Error". */
static void set_title(hg_json *error, const char *code)
{
    char title[64];
    hg_args(title, sizeof title, "%s", code);
    for (char *p = title; *p != '\0'; p++) {
        if (*p == '-')
            *p = ' ';
        if ((p == title || p[-1] == ' ') && *p >= 'a' && *p <= 'z')
            *p = (char)(*p - 'a' + 'A');
    }
    hg_json_set_str(error, "title", title);
}

/* ---- JSON ---- */

static void set_text(hg_json *object, const char *key, hg_slice text)
{
    hg_json_set(object, key, text.n > 0 ? hg_json_new_slice(text) : hg_json_new_str(""));
}

static void set_number(hg_json *object, const char *key, uint64_t n)
{
    if (n > 0)
        hg_json_set_int(object, key, (int64_t)n);
}

/* A text that memory was too short for spoils the report, which then fails as a whole. */
static hg_json *message_of(const hg_finding *f, hg_lang lang)
{
    hg_buf text = { 0 };
    hg_text_args(&text, f->message, lang, f->args, f->args_len);
    hg_json *message =
        text.status == HG_OK ? hg_json_new_str(text.data ? text.data : "") : NULL;
    hg_buf_release(&text);
    return message;
}

static void set_messages(hg_json *error, const hg_finding *f)
{
    hg_json *messages = hg_json_object(), *english = message_of(f, HG_EN);
    hg_json_set(error, "message", english);
    hg_json_set(error, "note", hg_json_keep(english));
    hg_json_set(messages, "en", hg_json_keep(english));
    hg_json_set(messages, "vi", message_of(f, HG_VI));
    hg_json_set(error, "messages", messages);
}

static void set_place(hg_json *error, const hg_finding *f)
{
    hg_json_set_str(error, "file", f->file);
    hg_json_set_str(error, "sheet", f->sheet);
    hg_json_set_str(error, "pointer", f->pointer);
    set_number(error, "row", f->row);
    set_number(error, "column", f->col);
    if (f->sheet && f->row > 0 && f->col > 0) {
        char a1[24];
        hg_text_a1(a1, f->row, f->col);
        hg_json_set_str(error, "a1", a1);
    }
}

static hg_json *error_of(const hg_validation *report, const hg_finding *f)
{
    const struct meaning *meaning = meaning_of(f->code, f->pointer != NULL);
    hg_json *error = hg_json_object();
    if (!error)
        return NULL;
    hg_json_set_str(error, "type", f->code);
    set_title(error, f->code);
    hg_json_set_str(error, "description", meaning->description);
    set_messages(error, f);
    hg_json_set(error, "tags", tags_of(meaning->level));
    hg_json_set_str(error, "severity", f->severity == HG_WARNING ? "warning" : "error");
    if (meaning->level == HEADER || meaning->level == LABEL)
        hg_json_set(error, "labels", hg_json_keep(report->labels));
    if (meaning->level == LABEL)
        set_text(error, "label", f->value);
    if (meaning->level == CELL)
        set_text(error, "cell", f->value);
    if (meaning->level == LABEL || meaning->level == CELL) {
        hg_json_set_str(error, "fieldName", f->field ? f->field : "");
        set_number(error, "fieldNumber", f->field_number);
    }
    if (meaning->level == ROW || meaning->level == CELL)
        set_number(error, "rowNumber", f->row_number);
    set_number(error, "more", f->more);
    set_place(error, f);
    return error;
}

hg_status hg_validation_new(hg_validation **out, hg_err *err)
{
    hg_validation *report = *out = calloc(1, sizeof *report);
    if (!report)
        return hg_fail_nomem(err);
    report->tasks = hg_json_array();
    return HG_OK;
}

hg_status hg_validation_table(hg_validation *report, const char *name, const char *place,
                              const hg_slice *labels, size_t n, hg_err *err)
{
    report->task = hg_json_object();
    hg_json_add(report->tasks, report->task);
    if (!report->tasks || !report->task)
        return hg_fail_nomem(err);
    report->labels = hg_json_array();
    report->errors = hg_json_array();
    report->warnings = hg_json_array();
    report->stats = hg_json_object();
    hg_json_set_str(report->task, "name", name);
    hg_json_set_str(report->task, "type", "table");
    hg_json_set_str(report->task, "place", place);
    hg_json_set(report->task, "labels", report->labels);
    hg_json_set(report->task, "stats", report->stats);
    hg_json_set(report->task, "warnings", report->warnings);
    hg_json_set(report->task, "errors", report->errors);
    hg_validation_labels(report, labels, n);
    return HG_OK;
}

void hg_validation_labels(hg_validation *report, const hg_slice *labels, size_t n)
{
    for (size_t i = 0; i < n; i++)
        hg_json_add(report->labels,
                    labels[i].n > 0 ? hg_json_new_slice(labels[i]) : hg_json_new_str(""));
}

void hg_validation_type(hg_validation *report, const char *type)
{
    hg_json_set_str(report->task, "type", type);
}

void hg_validation_source(hg_validation *report, uint64_t bytes, const char *sha256)
{
    hg_json_set_str(report->stats, "sha256", sha256);
    hg_json_set_int(report->stats, "bytes", (int64_t)bytes);
}

void hg_validation_add(hg_validation *report, const hg_finding *f)
{
    hg_json_add(f->severity == HG_WARNING ? report->warnings : report->errors,
                error_of(report, f));
}

static void set_counts(hg_json *owner, hg_json *stats, uint64_t errors, uint64_t warnings)
{
    hg_json_set(owner, "valid", hg_json_new_bool(errors == 0));
    hg_json_set_int(stats, "errors", (int64_t)errors);
    hg_json_set_int(stats, "warnings", (int64_t)warnings);
}

void hg_validation_end(hg_validation *report, uint64_t rows, uint64_t errors,
                       uint64_t warnings)
{
    set_counts(report->task, report->stats, errors, warnings);
    hg_json_set_int(report->stats, "fields", (int64_t)hg_json_len(report->labels));
    hg_json_set_int(report->stats, "rows", (int64_t)rows);
    report->n_errors += errors;
    report->n_warnings += warnings;
}

hg_json *hg_validation_root(const hg_validation *report)
{
    hg_json *root = hg_json_object(), *stats = hg_json_object();
    hg_json_set_int(stats, "tasks", (int64_t)hg_json_len(report->tasks));
    set_counts(root, stats, report->n_errors, report->n_warnings);
    hg_json_set(root, "stats", stats);
    hg_json_set(root, "warnings", hg_json_array());
    hg_json_set(root, "errors", hg_json_array());
    hg_json_set(root, "tasks", hg_json_keep(report->tasks));
    return root;
}

hg_status hg_validation_json(const hg_validation *report, hg_buf *buf, hg_err *err)
{
    hg_json *root = hg_validation_root(report);
    hg_status st = hg_json_dump(root, true, buf, err);
    hg_json_free(root);
    return st;
}

void hg_validation_free(hg_validation *report)
{
    if (!report)
        return;
    hg_json_free(report->tasks);
    free(report);
}
