/* privacy - personal data in the columns and cells of a table */
#include "rules/privacy.h"

#include <stdlib.h>
#include <string.h>

enum { SHORTEST = 6 }; /* characters of what is looked for in a text: "a@b.vn" */
enum { COUNT = 9 };    /* a number of fewer digits may be a count */

enum { LEAST_MINIMUM = 2, MOST_MINIMUM = 1000 };

typedef struct column {
    hg_personal kind;
    const hg_field *field; /* NULL: the schema has none for it */
    bool scanned, numeric, counts;
    bool harmless; /* by its header: one that statistics have, too */
    size_t next;   /* the first column from this one on that is scanned, or n */
} column;

/* The field that counts persons. */
typedef struct counts {
    size_t field; /* HG_NO_FIELD: none */
    hg_severity severity;
    char text[HG_PRIVACY_MASK]; /* the minimum */
    hg_value zero, minimum;
} counts;

struct hg_privacy {
    column *columns;
    size_t n;
    counts counts;
};

/* What is told of a header, and of a cell. */
static const struct {
    const char *header, *cell;
} told[HG_PERSONAL_KINDS] = {
    [HG_PERSONAL_NAME] = { "\"%s\": names of persons are personal data", NULL },
    [HG_PERSONAL_BIRTH] = { "\"%s\": dates of birth are personal data", NULL },
    [HG_PERSONAL_HOME] = { "\"%s\": where persons live or come from is personal data",
                           NULL },
    [HG_PERSONAL_IDENTITY] = { "\"%s\": numbers of identity documents are personal data",
                               "the identity number %s is personal data" },
    [HG_PERSONAL_PASSPORT] = { "\"%s\": numbers of passports are personal data",
                               "the passport number %s is personal data" },
    [HG_PERSONAL_TAX] = { "\"%s\": tax codes of persons are personal data",
                          "the personal tax code %s is personal data" },
    [HG_PERSONAL_INSURANCE] = { "\"%s\": insurance numbers are personal data",
                                "the insurance number %s is personal data" },
    [HG_PERSONAL_PHONE] = { "\"%s\": phone numbers are personal data",
                            "the phone number %s is personal data" },
    [HG_PERSONAL_EMAIL] = { "\"%s\": e-mail addresses are personal data",
                            "the e-mail address %s is personal data" },
    [HG_PERSONAL_PLATE] = { "\"%s\": licence plates are personal data",
                            "the licence plate %s is personal data" },
    [HG_PERSONAL_ACCOUNT] = { "\"%s\": bank accounts are personal data",
                              "the bank account %s is personal data" },
    [HG_PERSONAL_SEX] = { "\"%s\": the sex of persons is personal data", NULL },
    [HG_PERSONAL_PLACE] = { "\"%s\": addresses of persons are personal data", NULL },
    [HG_PERSONAL_YEAR] = { "\"%s\": the year of birth of single persons is personal data",
                           NULL },
    [HG_PERSONAL_ETHNICITY] = { "\"%s\": the ethnicity of single persons is personal "
                                "data",
                                NULL },
    [HG_PERSONAL_RELIGION] = { "\"%s\": the religion of single persons is personal data",
                               NULL },
};

/* The kind tells by itself who someone is. */
static bool is_strong(hg_personal kind)
{
    return kind > HG_PERSONAL_NONE && kind <= HG_PERSONAL_ACCOUNT;
}

/* ---- what a field says ---- */

static bool has(const hg_key *key, size_t field)
{
    for (size_t i = 0; i < key->n; i++)
        if (key->fields[i] == field)
            return true;
    return false;
}

/* The field's values are codes from a list, not keys of the table itself. */
static bool is_coded(const hg_schema *schema, size_t field)
{
    for (size_t i = 0; i < schema->n_references; i++)
        if (schema->references[i].resource[0] != '\0' &&
            has(&schema->references[i].key, field))
            return true;
    return schema->fields[field].constraints & (HG_CELL_ENUM | HG_CELL_CATEGORIES);
}

static bool is_numeric(const hg_field *field)
{
    return field->reader.type == HG_INTEGER || field->reader.type == HG_NUMBER;
}

static bool holds_text(const hg_field *field)
{
    hg_type type = field->reader.type;
    return type == HG_ANY || type == HG_STRING || type == HG_LIST || type == HG_ARRAY ||
           type == HG_OBJECT;
}

/* Whether to look for personal data in the text of a field without such a header. */
static bool is_free(const hg_schema *schema, size_t f)
{
    const hg_field *field = &schema->fields[f];
    bool brief = field->constraints & HG_CELL_MAX_LENGTH && field->max_length < SHORTEST;
    return holds_text(field) && !brief && !(field->constraints & HG_CELL_PATTERN) &&
           !is_coded(schema, f);
}

/* HG_EARG unless notPersonal is left out, or says why. */
static hg_status read_exempt(const hg_schema *schema, const hg_field *field, bool *exempt,
                             hg_err *err)
{
    const hg_json *json = hg_json_get(field->json, "notPersonal");
    const char *why = hg_json_str(json);
    *exempt = json != NULL;
    if (!json || (why && why[strspn(why, " ")] != '\0'))
        return HG_OK;
    return hg_schema_wrong(schema, field->json, "notPersonal", err,
                           "the reason is needed here, as a text", NULL, NULL);
}

/* ---- columns ---- */

/* The first kind that any of a column's texts names. */
static hg_personal kind_of(hg_slice label, const hg_field *field, hg_buf *words)
{
    const hg_json *json = field ? field->json : NULL,
                  *titles = hg_json_get(json, "titles");
    const hg_slice texts[] = { label, hg_slice_of(field ? field->name : NULL),
                               hg_slice_of(hg_json_get_str(json, "title")),
                               hg_slice_of(hg_json_get_str(titles, "vi")),
                               hg_slice_of(hg_json_get_str(titles, "en")) };
    hg_personal kind = HG_PERSONAL_NONE;
    for (size_t i = 0; kind == HG_PERSONAL_NONE && i < sizeof texts / sizeof *texts; i++)
        if (texts[i].n > 0)
            kind = hg_personal_header(texts[i], words);
    return kind;
}

/* Whether a column of the kind may be one of statistics, and so says nothing by itself.
 */
static bool is_harmless(const hg_schema *schema, size_t f, hg_personal kind)
{
    if (f == HG_NO_FIELD)
        return false;
    if (is_strong(kind))
        return is_numeric(&schema->fields[f]) && kind != HG_PERSONAL_IDENTITY;
    return is_numeric(&schema->fields[f]) || is_coded(schema, f) ||
           has(&schema->primary, f);
}

static hg_status read_column(column *c, hg_slice label, const hg_schema *schema, size_t f,
                             hg_buf *words, hg_err *err)
{
    bool exempt = false;
    c->field = f == HG_NO_FIELD ? NULL : &schema->fields[f];
    hg_status st = c->field ? read_exempt(schema, c->field, &exempt, err) : HG_OK;
    if (st != HG_OK || exempt)
        return st;
    c->kind = kind_of(label, c->field, words);
    c->numeric = c->field && is_numeric(c->field);
    c->harmless = is_harmless(schema, f, c->kind);
    bool known = told[c->kind].cell != NULL;
    bool text = !c->field || holds_text(c->field);
    c->scanned = !c->field || is_free(schema, f) || (known && (text || c->numeric));
    return hg_buf_status(words, err);
}

/* ---- counts of persons ---- */

static hg_status wrong_counts(const hg_schema *schema, const hg_json *json,
                              const char *key, hg_err *err, const char *message,
                              const char *a)
{
    return hg_schema_wrong(schema, json, hg_json_get(json, key) ? key : NULL, err,
                           message, a, NULL);
}

static hg_status read_severity(counts *c, const hg_schema *schema, const hg_json *json,
                               hg_err *err)
{
    const hg_json *said = hg_json_get(json, "severity");
    const char *text = said ? hg_json_str(said) : "error";
    if (!text || (strcmp(text, "error") != 0 && strcmp(text, "warning") != 0))
        return wrong_counts(schema, json, "severity", err,
                            "'%s' is neither error nor warning", text ? text : "");
    c->severity = strcmp(text, "error") == 0 ? HG_ERROR : HG_WARNING;
    return HG_OK;
}

static hg_status read_minimum(counts *c, const hg_schema *schema, const hg_json *json,
                              hg_err *err)
{
    const char *name = hg_json_get_str(json, "field");
    int64_t minimum = hg_json_int(hg_json_get(json, "minimum"), 0);
    c->field = name ? hg_schema_field(schema, name) : schema->n;
    if (c->field == schema->n)
        return wrong_counts(schema, json, "field", err, "there is no field '%s'",
                            name ? name : "");
    const hg_typed *reader = &schema->fields[c->field].reader;
    if (!is_numeric(&schema->fields[c->field]))
        return wrong_counts(schema, json, "field", err,
                            "only numbers count persons, and this is of type %s",
                            hg_type_name(reader->type));
    if (minimum < LEAST_MINIMUM || minimum > MOST_MINIMUM)
        return wrong_counts(schema, json, "minimum", err,
                            "a whole number from 2 to 1000 is needed here", NULL);
    hg_args(c->text, sizeof c->text, "%d", (int)minimum);
    reader->read(reader, hg_slice_of(c->text), &c->minimum);
    reader->read(reader, HG_SLICE("0"), &c->zero);
    return read_severity(c, schema, json, err);
}

/* c holds its own text, so it stays where it is. */
static hg_status read_counts(counts *c, const hg_schema *schema, hg_err *err)
{
    static const char *const keys[] = { "field", "minimum", "severity", "description",
                                        NULL };
    const hg_json *json = hg_json_get(schema->json, "privacy");
    c->field = HG_NO_FIELD;
    if (!json)
        return HG_OK;
    if (!hg_json_is_object(json))
        return hg_schema_wrong(schema, schema->json, "privacy", err,
                               "an object is needed here", NULL, NULL);
    hg_status st = hg_schema_keys(schema, json, keys, false, err);
    return st == HG_OK ? read_minimum(c, schema, json, err) : st;
}

/* ---- headers ---- */

static hg_status found_header(const column *c, size_t i, hg_slice label,
                              const hg_finding *base, hg_tally *tally, hg_err *err)
{
    char name[100];
    hg_finding f = *base;
    f.code = "personal-header";
    f.severity = c->kind <= HG_PERSONAL_PLACE ? HG_ERROR : HG_WARNING;
    f.field_number = (unsigned)(i + 1);
    f.col = f.row > 0 ? (uint32_t)(i + 1) : 0;
    f.field = c->field ? c->field->name : NULL;
    f.value = label;
    f.message = told[c->kind].header;
    hg_args(name, sizeof name, "%.*s", (int)(label.n < 200 ? label.n : 200), label.p);
    f.args_len = hg_args(f.args, sizeof f.args, f.message, name);
    return hg_tally_add(tally, &f, err);
}

/* Kinds that are told beside others only are, when a strong one is there. */
static hg_status find_headers(const hg_privacy *p, const hg_slice *labels, size_t n,
                              const hg_finding *base, hg_tally *tally, hg_err *err)
{
    bool persons = false;
    hg_status st = HG_OK;
    for (size_t i = 0; i < p->n; i++)
        persons |= is_strong(p->columns[i].kind) && !p->columns[i].harmless;
    for (size_t i = 0; st == HG_OK && i < p->n && i < n; i++) {
        const column *c = &p->columns[i];
        bool beside = c->kind == HG_PERSONAL_SEX || c->kind == HG_PERSONAL_PLACE;
        if (told[c->kind].header && !c->harmless && (persons || !beside))
            st = found_header(c, i, labels[i], base, tally, err);
    }
    return st;
}

/* So that rows cost no more than what is scanned. */
static void link_scanned(hg_privacy *p)
{
    for (size_t i = p->n, next = i; i > 0; i--) {
        if (p->columns[i - 1].scanned)
            next = i - 1;
        p->columns[i - 1].next = next;
    }
}

hg_status hg_privacy_new(hg_privacy **out, const hg_slice *labels, size_t n,
                         const hg_columns *columns, const hg_schema *schema,
                         const hg_finding *base, hg_tally *tally, hg_err *err)
{
    static const hg_slice none = { "", 0 };
    hg_buf words = { 0 };
    hg_privacy *p = calloc(1, sizeof *p);
    size_t n_columns = n > columns->n ? n : columns->n;
    hg_status st = HG_OK;
    *out = NULL;
    if (p)
        p->columns = calloc(n_columns + 1, sizeof *p->columns);
    if (!p || !p->columns)
        st = hg_fail_nomem(err);
    if (st == HG_OK)
        st = read_counts(&p->counts, schema, err);
    for (; st == HG_OK && p->n < n_columns; p->n++) {
        size_t f = p->n < columns->n ? columns->fields[p->n] : HG_NO_FIELD;
        st = read_column(&p->columns[p->n], p->n < n ? labels[p->n] : none, schema, f,
                         &words, err);
        p->columns[p->n].counts = f != HG_NO_FIELD && f == p->counts.field;
        p->columns[p->n].scanned |= p->columns[p->n].counts;
    }
    if (st == HG_OK)
        st = find_headers(p, labels, n, base, tally, err);
    hg_buf_release(&words);
    if (st == HG_OK)
        link_scanned(*out = p);
    else
        hg_privacy_free(p);
    return st;
}

void hg_privacy_free(hg_privacy *p)
{
    if (!p)
        return;
    free(p->columns);
    free(p);
}

/* ---- cells ---- */

static void mask(hg_private *found, hg_slice text)
{
    size_t n = 0;
    for (size_t characters = 0; n < text.n; n++)
        if (((unsigned char)text.p[n] & 0xC0) != 0x80 && characters++ == 3)
            break;
    if (n > HG_PRIVACY_MASK - 4)
        n = 0; /* marks upon marks: no text of a person */
    memcpy(found->mask, text.p, n);
    memcpy(found->mask + n, "***", 4);
}

static bool find(const column *c, hg_slice cell, hg_private *found)
{
    if (cell.n < SHORTEST)
        return false;
    hg_personal_hit h = hg_personal_find(cell, c->kind);
    if (h.kind == HG_PERSONAL_NONE ||
        (c->numeric && (h.kind != c->kind || h.text.n < COUNT)))
        return false;
    found->code = "personal-data";
    found->severity = HG_ERROR;
    found->message = told[h.kind].cell;
    mask(found, h.text);
    return true;
}

static bool is_small(const counts *c, const column *of, hg_slice cell, hg_private *found)
{
    const hg_typed *reader = &of->field->reader;
    hg_value value;
    if (!reader->read(reader, cell, &value) || reader->compare(&value, &c->zero) <= 0 ||
        reader->compare(&value, &c->minimum) != -1)
        return false;
    found->code = "small-cell";
    found->severity = c->severity;
    found->message = "a count below %s tells of single persons";
    memcpy(found->mask, c->text, sizeof found->mask);
    return true;
}

static bool look(const hg_privacy *p, const column *c, hg_slice cell, hg_private *found)
{
    return c->counts ? is_small(&p->counts, c, cell, found) : find(c, cell, found);
}

bool hg_privacy_next(const hg_privacy *p, const hg_slice *cells, size_t n,
                     hg_private *found)
{
    size_t i = found->column;
    n = !p ? 0 : n < p->n ? n : p->n;
    while (i < n && (i = p->columns[i].next) < n) {
        found->column = i;
        if (look(p, &p->columns[i], cells[i], found))
            return true;
        i++;
    }
    return false;
}

bool hg_privacy_looks(const hg_privacy *p, size_t i)
{
    return p && i < p->n && p->columns[i].scanned;
}

bool hg_privacy_clean(const hg_privacy *p, size_t i, hg_slice cell)
{
    hg_private found;
    return !look(p, &p->columns[i], cell, &found);
}

hg_slice hg_privacy_shown(const hg_privacy *p, size_t i, hg_slice cell, hg_private *space)
{
    if (!p || i >= p->n || cell.n == 0)
        return cell;
    const column *c = &p->columns[i];
    if (is_strong(c->kind))
        mask(space, cell);
    else if (!c->scanned || c->counts || !find(c, cell, space))
        return cell;
    return hg_slice_of(space->mask);
}
