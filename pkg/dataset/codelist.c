/* codelist - what the labels of reports stand for */
#include "dataset/codelist.h"
#include "delimited/csv.h"
#include "text/message.h"
#include "text/utf8.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

typedef struct entry {
    char *key;
    char *label;      /* as it was written, for messages */
    const char *code; /* one of codes */
} entry;

typedef struct pattern {
    char *key;
    const char *code;
} pattern;

struct hg_codelist {
    char *name;
    entry *entries; /* sorted by key once closed */
    size_t n, cap;
    char **codes;
    size_t n_codes, cap_codes;
    pattern *patterns; /* in the order they were added */
    size_t n_patterns, cap_patterns;
    hg_buf key;
};

hg_status hg_codelist_new(hg_codelist **out, const char *name, hg_err *err)
{
    hg_codelist *list = calloc(1, sizeof *list);
    *out = NULL;
    if (list)
        list->name = strdup(name);
    if (!list || !list->name) {
        free(list);
        return hg_fail_nomem(err);
    }
    *out = list;
    return HG_OK;
}

void hg_codelist_free(hg_codelist *list)
{
    if (!list)
        return;
    for (size_t i = 0; i < list->n; i++) {
        free(list->entries[i].key);
        free(list->entries[i].label);
    }
    for (size_t i = 0; i < list->n_codes; i++)
        free(list->codes[i]);
    for (size_t i = 0; i < list->n_patterns; i++)
        free(list->patterns[i].key);
    hg_buf_release(&list->key);
    free(list->patterns);
    free(list->entries);
    free(list->codes);
    free(list->name);
    free(list);
}

/* Make room for one more of size bytes; false when memory has run out. */
static bool room(void **array, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return true;
    size_t more = *cap ? *cap * 2 : 16;
    void *bigger = realloc(*array, more * size);
    if (!bigger)
        return false;
    *array = bigger;
    *cap = more;
    return true;
}

/* The list's own copy of code, one for the labels that follow each other; NULL when
 * memory has run out. */
static const char *keep_code(hg_codelist *list, hg_slice code)
{
    if (list->n_codes > 0 && hg_slice_is(code, list->codes[list->n_codes - 1]))
        return list->codes[list->n_codes - 1];
    if (!room((void **)&list->codes, list->n_codes, &list->cap_codes,
              sizeof *list->codes))
        return NULL;
    char *copy = strndup(code.p, code.n);
    if (copy)
        list->codes[list->n_codes++] = copy;
    return copy;
}

hg_status hg_codelist_add(hg_codelist *list, hg_slice label, hg_slice code, hg_err *err)
{
    hg_loc loc = { .file = list->name };
    if (list->n == HG_CODELIST_MAX)
        return hg_fail(err, HG_EARG, &loc, "more than %d labels", HG_CODELIST_MAX);
    hg_buf_clear(&list->key);
    hg_utf8_key(&list->key, label.p, label.n);
    if (hg_buf_status(&list->key, err) != HG_OK)
        return err->status;
    if (list->key.len == 0)
        return HG_OK;
    const char *kept = keep_code(list, code);
    char *key = strdup(list->key.data), *copy = strndup(label.p, label.n);
    if (!kept || !key || !copy ||
        !room((void **)&list->entries, list->n, &list->cap, sizeof *list->entries)) {
        free(key);
        free(copy);
        return hg_fail_nomem(err);
    }
    list->entries[list->n++] = (entry){ key, copy, kept };
    return HG_OK;
}

hg_status hg_codelist_add_pattern(hg_codelist *list, hg_slice label, hg_slice code,
                                  hg_err *err)
{
    size_t n = list->n;
    hg_status st = hg_codelist_add(list, label, code, err);
    if (st != HG_OK || list->n == n || !strpbrk(list->entries[n].key, "*?["))
        return st;
    char *key = strdup(list->entries[n].key);
    if (!key || !room((void **)&list->patterns, list->n_patterns, &list->cap_patterns,
                      sizeof *list->patterns)) {
        free(key);
        return hg_fail_nomem(err);
    }
    list->patterns[list->n_patterns++] = (pattern){ key, list->entries[n].code };
    return HG_OK;
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const entry *)a)->key, ((const entry *)b)->key);
}

hg_status hg_codelist_close(hg_codelist *list, hg_err *err)
{
    hg_loc loc = { .file = list->name };
    if (list->n > 1)
        qsort(list->entries, list->n, sizeof *list->entries, by_key);
    for (size_t i = 1; i < list->n; i++) {
        const entry *a = &list->entries[i - 1], *b = &list->entries[i];
        if (strcmp(a->key, b->key) == 0 && strcmp(a->code, b->code) != 0)
            return hg_fail(err, HG_EARG, &loc,
                           "the label '%s' stands for two codes, %s and %s", a->key,
                           a->code, b->code);
    }
    return HG_OK;
}

/* Which of the columns of a code list a heading names. */
enum { CODE, LABEL, ALIAS, OTHER };

static int column_of(hg_slice name)
{
    if (hg_slice_is(name, "code"))
        return CODE;
    if (hg_slice_is(name, "vi") || hg_slice_is(name, "en"))
        return LABEL;
    return hg_slice_is(name, "alias") ? ALIAS : OTHER;
}

static hg_status add_aliases(hg_codelist *list, hg_slice labels, hg_slice code,
                             hg_err *err)
{
    while (labels.n > 0) {
        const char *bar = memchr(labels.p, '|', labels.n);
        size_t n = bar ? (size_t)(bar - labels.p) : labels.n;
        if (hg_codelist_add(list, (hg_slice){ labels.p, n }, code, err) != HG_OK)
            return err->status;
        labels.p += n + (bar != NULL);
        labels.n -= n + (bar != NULL);
    }
    return HG_OK;
}

static hg_status add_record(hg_codelist *list, const hg_row *row, const int *columns,
                            size_t n, hg_err *err)
{
    hg_slice code = { 0 };
    hg_loc loc = { .file = list->name, .row = row->line };
    for (size_t i = 0; i < n && i < row->n; i++)
        if (columns[i] == CODE)
            code = row->cells[i];
    if (code.n == 0)
        return hg_fail(err, HG_EARG, &loc, "a line without a code");
    hg_status st = hg_codelist_add(list, code, code, err);
    for (size_t i = 0; i < n && i < row->n && st == HG_OK; i++) {
        if (columns[i] == LABEL)
            st = hg_codelist_add(list, row->cells[i], code, err);
        else if (columns[i] == ALIAS)
            st = add_aliases(list, row->cells[i], code, err);
    }
    return st;
}

#define MAX_COLUMNS 32

/* Read the head of the text: what each column holds. */
static hg_status read_columns(hg_csv *csv, const hg_codelist *list, int *columns,
                              size_t *n, hg_err *err)
{
    hg_row row;
    bool code = false;
    hg_loc loc = { .file = list->name, .row = 1 };
    hg_err why = HG_ERR_INIT; /* a head that cannot be read has no column 'code' */
    *n = hg_csv_next(csv, &row, &why) == HG_OK ? row.n : 0;
    for (size_t i = 0; i < *n && i < MAX_COLUMNS; i++) {
        columns[i] = column_of(row.cells[i]);
        code = code || columns[i] == CODE;
    }
    if (!code || *n > MAX_COLUMNS)
        return hg_fail(err, HG_EARG, &loc, "a code list needs a column 'code'");
    return HG_OK;
}

static hg_status read_csv(hg_codelist *list, hg_slice text, hg_err *err)
{
    hg_csv csv = { 0 };
    hg_err why = HG_ERR_INIT;
    hg_row row;
    int columns[MAX_COLUMNS];
    size_t n;
    hg_csv_init(&csv, text.p, text.n, 0, 0);
    hg_status st = read_columns(&csv, list, columns, &n, err);
    while (st == HG_OK && (st = hg_csv_next(&csv, &row, &why)) == HG_OK)
        st = add_record(list, &row, columns, n, err);
    hg_csv_release(&csv);
    if (why.status == HG_EINPUT) {
        hg_loc loc = { .file = list->name, .row = why.row, .col = why.col };
        return hg_fail(err, HG_EARG, &loc, "a quote is out of place");
    }
    if (why.status != HG_OK)
        return hg_fail_nomem(err);
    return st == HG_END ? hg_codelist_close(list, err) : st;
}

hg_status hg_codelist_parse(hg_codelist **out, const char *name, hg_slice csv,
                            hg_err *err)
{
    hg_status st = hg_codelist_new(out, name, err);
    if (st != HG_OK)
        return st;
    st = read_csv(*out, csv, err);
    if (st != HG_OK) {
        hg_codelist_free(*out);
        *out = NULL;
    }
    return st;
}

const char *hg_codelist_find(const hg_codelist *list, const char *key)
{
    size_t low = 0, high = list->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = strcmp(key, list->entries[mid].key);
        if (order == 0)
            return list->entries[mid].code;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    for (size_t i = 0; i < list->n_patterns; i++)
        if (fnmatch(list->patterns[i].key, key, 0) == 0)
            return list->patterns[i].code;
    return NULL;
}

#define FAR 64 /* a letter counts for more than the accents of all others */

/* Write the letters of a text without accents into slug; "" when memory has run out. */
static const char *bare(hg_buf *slug, const char *text)
{
    hg_buf_clear(slug);
    hg_utf8_slug(slug, text, strlen(text));
    return slug->status == HG_OK && slug->data ? slug->data : "";
}

const char *hg_codelist_nearest(const hg_codelist *list, const char *text)
{
    hg_buf ours = { 0 }, theirs = { 0 };
    const char *nearest = NULL, *wanted = bare(&ours, text);
    unsigned least = ((unsigned)strlen(wanted) / 3 + 1) * FAR;
    for (size_t i = 0; i < list->n && *wanted; i++) {
        const char *label = list->entries[i].label;
        unsigned accents = hg_text_distance(text, label);
        unsigned apart = hg_text_distance(wanted, bare(&theirs, label)) * FAR +
                         (accents < FAR ? accents : FAR - 1);
        if (apart < least) {
            least = apart;
            nearest = label;
        }
    }
    hg_buf_release(&ours);
    hg_buf_release(&theirs);
    return nearest;
}

const char *hg_codelist_name(const hg_codelist *list)
{
    return list->name;
}

size_t hg_codelist_codes(const hg_codelist *list)
{
    return list->n_codes;
}

const char *hg_codelist_code(const hg_codelist *list, size_t i)
{
    return list->codes[i];
}
