/* The quick look at a cell never says good of one that hg_field_check(), which reads each cell
 * in full, finds something in; and it knows the usual ones, or it would be no use. */
#include "table/matcher.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 330000 }; /* of each field, 10^7 in all; HG_CELLS in the environment says otherwise */

static const struct {
    const char *field;  /* in single quotes */
    const char *usual;  /* good cells that must be known for good at once, by '|' */
    const char *mixture; /* of which random cells are made, by '|' */
} fields[] = {
    { "'type':'integer'", "1|42|-7|1234567|12345678|123456789012|0|-0", "0|1|23|-|+| |.|9999|x|,|\xC3\xA9|00" },
    { "'type':'integer','constraints':{'required':true,'minimum':1,'maximum':12}", "1|12|007|7",
      "0|1|2|-|12|13|+| |x" },
    { "'type':'integer','constraints':{'exclusiveMinimum':-5,'exclusiveMaximum':100000}", "-4|0|99999",
      "0|1|-5|-|100000|9999|4|+" },
    { "'type':'integer','constraints':{'enum':[1,2,3]}", "", "0|1|2|3|4|-|01" },
    { "'type':'number'", "1|1.5|-0.25|123456.7|1234567.89|999999999.125", "0|1|23|-|.|e5|NaN|INF|9999|+| |x" },
    { "'type':'number','constraints':{'minimum':0,'maximum':100}", "0|0.00|99.99|12.5|100|5",
      "0|1|23|-|.|99|100|9|00|+|x" },
    { "'type':'number','constraints':{'minimum':-1.5,'maximum':2.25}", "-1|1|1.5|-0.5",
      "0|1|-|.|5|2|25|26|49" },
    { "'type':'number','constraints':{'exclusiveMinimum':0.5,'exclusiveMaximum':7}", "1|6|1.5|5.99",
      "0|1|-|.|5|7|6|99|00" },
    { "'type':'number','decimalChar':','", "", "0|1|-|.|5|,|99" },
    { "'type':'number','bareNumber':false", "", "0|1|%|.|5| |99" },
    { "'type':'date'", "2024-01-31|1999-12-01|2023-02-28|2000-10-10",
      "2024|-|01|02|12|13|-29|-30|-31|0|1999|x|--" },
    { "'type':'date','format':'%d/%m/%Y'", "", "31|/|12|2024|1|02" },
    { "'type':'date','constraints':{'minimum':'2020-01-01'}", "", "2024|2019|-01|-12|-31|0" },
    { "'type':'year','constraints':{'minimum':2000,'maximum':2030}", "2000|2016|2030",
      "20|19|99|16|0|1|-|30|31|x" },
    { "'type':'year'", "0001|2016", "20|19|9|-|x|1|0" },
    { "'type':'yearmonth'", "", "2016|-|07|13|0" },
    { "'type':'boolean'", "", "true|false|1|0|True|x|t" },
    { "'type':'string'", "x|H\xE1\xBA\xADu Giang|a long text that is over sixteen bytes", "a|b|\xC3\xA9| |1" },
    { "'type':'string','constraints':{'minLength':2,'maxLength':5}", "ab|abcde|31307", "a|b|\xC3\xA9|\xE1\xBA\xAD|1" },
    { "'type':'string','constraints':{'pattern':'[0-9]{2}'}", "00|93", "0|1|a|93|-|\xD9\xA0" },
    { "'type':'string','constraints':{'pattern':'^\\\\d{4}-\\\\d{4}$'}", "2016-2017", "2016|-|2|0|a|\xD9\xA0" },
    { "'type':'string','constraints':{'pattern':'[A-Z][a-z]*\\\\d+x?'}", "Ab12|Z9x", "A|b|1|x|Q|\xC3\xA9|-" },
    { "'type':'string','constraints':{'pattern':'a*ab'}", "", "a|b|ab|aab" },
    { "'type':'string','constraints':{'pattern':'(T|M|F)-.+'}", "", "T|M|-|.|x|\xC3\xA9" },
    { "'type':'string','constraints':{'pattern':'[^x-z]{1,3}'}", "", "x|y|a|b|z|\xC3\xA9" },
    { "'type':'string','constraints':{'enum':['M','F','khong ro','mot cau dai hon muoi sau']}", "",
      "M|F|khong ro| |x|mot cau dai hon muoi sau" },
    { "'type':'string','format':'email'", "", "a|@|b.vn|.|x" },
    { "'type':'string','missingValues':['NA','-'],'constraints':{'required':true}", "", "N|A|NA|-|x" },
    { "'type':'integer','missingValues':['','NA']", "", "1|2|NA|N|-" },
    { "'type':'any'", "x|12", "a|1|-" },
    { "'type':'duration'", "", "P|1|Y|T|2|M|S" },
};

static uint64_t state = 88172645463325252u;

static unsigned number(unsigned below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)((state >> 11) % below);
}

/* The i-th text of a list; how many there are, for SIZE_MAX. */
static size_t item(const char *list, size_t i, hg_slice *out)
{
    size_t n = 0;
    for (const char *p = list; *list != '\0'; p += strcspn(p, "|") + 1, n++) {
        if (n == i)
            *out = (hg_slice){ p, strcspn(p, "|") };
        if (p[strcspn(p, "|")] == '\0')
            return n + 1;
    }
    return n;
}

/* A cell put together from some texts of the mixture, in memory that ends where it does. */
static hg_slice random_cell(const char *mixture, char *memory, size_t size)
{
    hg_slice some = { "", 0 };
    size_t kinds = item(mixture, SIZE_MAX, &some);
    size_t n = 0;
    for (unsigned left = number(8); left > 0; left--) {
        item(mixture, number((unsigned)kinds), &some);
        if (n + some.n <= size) {
            memcpy(memory + size - n - some.n, some.p, some.n);
            n += some.n;
        }
    }
    return (hg_slice){ memory + size - n, n };
}

static hg_schema *schema_of(const char *field)
{
    char text[400];
    hg_doc *doc;
    hg_schema *schema;
    hg_err err = HG_ERR_INIT;
    int n = snprintf(text, sizeof text, "{'fields':[{'name':'x',%s},{'name':'y','type':'string'}]}", field);
    const char *missing = strstr(text, "'missingValues':");
    ck_assert(n > 0 && (size_t)n < sizeof text && (!missing || missing < text + n));
    for (char *p = text; *p != '\0'; p++)
        if (*p == '\'')
            *p = '"';
    ck_assert_int_eq(hg_doc_parse(&doc, "schema.json", (hg_slice){ text, (size_t)n }, &err), HG_OK);
    ck_assert_int_eq(hg_schema_new(&schema, hg_doc_root(doc), NULL, "schema.json", &err), HG_OK);
    hg_doc_free(doc);
    return schema;
}

static bool is_good(hg_matchers *m, hg_slice cell)
{
    hg_slice cells[2] = { cell, HG_SLICE("y") };
    return hg_matchers_row(m, cells);
}

/* Rows of two cells, one behind the other. */
typedef struct batch {
    char text[HG_MATCHERS_ROWS * 128];
    uint32_t ends[1 + 2 * HG_MATCHERS_ROWS], len;
    size_t n;
    uint64_t good; /* what was said of each alone */
} batch;

static void put_cell(batch *b, size_t column, hg_slice cell)
{
    if (cell.n > 0)
        memcpy(b->text + b->len, cell.p, cell.n);
    b->len += (uint32_t)cell.n;
    b->ends[0] = UINT32_MAX;
    b->ends[1 + 2 * b->n + column] = b->len;
    b->text[b->len++] = column == 0 ? ',' : '\n';
}

static void put_row(batch *b, hg_slice first, hg_slice second)
{
    put_cell(b, 0, first);
    put_cell(b, 1, second);
    b->n++;
}

static uint64_t good_together(hg_matchers *m, const batch *b, bool room)
{
    hg_block block = { b->text, b->ends, b->ends + 1, 2, b->n, room, b->text };
    return hg_matchers_good(m, &block, 0);
}

static void ask_together(batch *b, hg_matchers *m, hg_slice cell, bool good)
{
    b->good |= (uint64_t)good << b->n;
    put_row(b, cell, HG_SLICE("a longer y"));
    if (b->n < HG_MATCHERS_ROWS)
        return;
    ck_assert_uint_eq(good_together(m, b, true), b->good);
    b->n = b->len = 0;
    b->good = 0;
}

START_TEST(what_is_called_good_is_good_and_the_usual_is_known)
{
    const char *wanted = getenv("HG_CELLS");
    unsigned long cells = wanted ? strtoul(wanted, NULL, 10) : CELLS, good = 0;
    hg_schema *schema = schema_of(fields[_i].field);
    hg_err err = HG_ERR_INIT;
    hg_matchers *m, *valued;
    const hg_also none = { NULL, NULL };
    hg_slice cell = { "", 0 };
    hg_value value;
    char *memory = malloc(64);
    batch *together = calloc(1, sizeof *together);
    ck_assert_int_eq(hg_matchers_new(&m, 2, &err), HG_OK);
    ck_assert_int_eq(hg_matchers_new(&valued, 2, &err), HG_OK);
    ck_assert_int_eq(hg_matchers_set(m, 0, &schema->fields[0], false, none, &err), HG_OK);
    ck_assert_int_eq(hg_matchers_set(valued, 0, &schema->fields[0], true, none, &err), HG_OK);
    for (size_t i = 0; i < item(fields[_i].usual, SIZE_MAX, &cell); i++) {
        item(fields[_i].usual, i, &cell);
        ck_assert_msg(is_good(m, cell) && is_good(valued, cell), "%.*s", (int)cell.n, cell.p);
    }
    for (unsigned long i = 0; i < cells; i++) {
        cell = random_cell(fields[_i].mixture, memory, 64);
        unsigned verdict = hg_field_check(&schema->fields[0], cell, &value);
        bool says = is_good(m, cell), has = is_good(valued, cell);
        good += says;
        ask_together(together, m, cell, says);
        if ((says && (verdict & ~(unsigned)HG_CELL_NULL)) || (has && verdict))
            ck_abort_msg("\"%.*s\" is not good: %x", (int)cell.n, cell.p, verdict);
    }
    ck_assert_uint_gt(good, 0);
    free(memory);
    free(together);
    hg_matchers_free(m);
    hg_matchers_free(valued);
    hg_schema_free(schema);
}
END_TEST

static bool without_q(const void *of, size_t column, hg_slice cell)
{
    return *(const size_t *)of == column && (cell.n == 0 || !memchr(cell.p, 'q', cell.n));
}

/* Rows told by their bits: blank ones are not good, nor what something else says no to. */
START_TEST(many_rows_are_looked_at_together)
{
    hg_err err = HG_ERR_INIT;
    hg_matchers *m;
    size_t second = 1;
    const hg_also also = { without_q, &second };
    batch *rows = calloc(1, sizeof *rows);
    uint64_t want = 0;
    ck_assert_int_eq(hg_matchers_new(&m, 2, &err), HG_OK);
    ck_assert_int_eq(hg_matchers_set(m, 1, NULL, false, also, &err), HG_OK);
    for (size_t r = 0; r < HG_MATCHERS_ROWS; r++) {
        static const char *const texts[] = { "", "x", "q", "a text without that letter",
                                             "a text of more than 32 bytes, with q" };
        bool first = r % 7 == 0;
        put_row(rows, first ? HG_SLICE("y") : HG_SLICE(""), hg_slice_of(texts[r % 5]));
        want |= (uint64_t)(r % 5 == 1 || r % 5 == 3 || (r % 5 == 0 && first)) << r;
    }
    ck_assert_uint_eq(good_together(m, rows, false), want);
    ck_assert_uint_eq(good_together(m, rows, true), want);
    rows->n = 2;
    ck_assert_uint_eq(good_together(m, rows, false), want & 3);
    hg_matchers_free(m);
    free(rows);
}
END_TEST

TCase *tests_matcher(void)
{
    TCase *tests = tcase_create("matcher");
    tcase_set_timeout(tests, 600);
    tcase_add_loop_test(tests, what_is_called_good_is_good_and_the_usual_is_known, 0,
                        sizeof fields / sizeof *fields);
    tcase_add_test(tests, many_rows_are_looked_at_together);
    return tests;
}
