/* jsonschema_values - keywords about a value by itself */
#include "json/jsonschema_parts.h"
#include "table/numeral.h"
#include "text/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- numbers ---- */

static hg_numeral numeral(const hg_node *node)
{
    hg_numeral n = { 0 };
    hg_numeral_read(&n, node->text, '.', '\0');
    return n;
}

static size_t count_digits(const hg_numeral *n)
{
    size_t digits = 0;
    for (const char *p = n->p; p < n->end; p++)
        digits += (unsigned char)(*p - '0') < 10;
    return digits;
}

/* The exponent of the last digit: 1200 is 12 with 2. */
static int64_t exponent(const hg_numeral *n)
{
    return n->point - (int64_t)count_digits(n);
}

bool hg_js_whole(const hg_node *number)
{
    hg_numeral n = numeral(number);
    return n.sign == 0 || exponent(&n) >= 0;
}

/* The digits of n modulo m, which is at most 10^18. */
static uint64_t remainder_of(const hg_numeral *n, uint64_t m)
{
    uint64_t rest = 0;
    for (const char *p = n->p; p < n->end; p++)
        if ((unsigned char)(*p - '0') < 10)
            rest = (rest * 10 + (uint64_t)(*p - '0')) % m;
    return rest;
}

bool hg_js_divisor(const hg_node *number)
{
    hg_numeral n = numeral(number);
    return count_digits(&n) <= 18;
}

/* Neither has zeros at its end, so a / b cannot be whole where a's last digit stands
 * further to the right than b's: b's power of ten would have to divide a. */
bool hg_js_multiple(const hg_node *value, const hg_node *of)
{
    hg_numeral a = numeral(value), b = numeral(of);
    int64_t shift = exponent(&a) - exponent(&b);
    if (a.sign == 0)
        return true;
    if (shift < 0)
        return false;
    uint64_t m = 0;
    for (const char *p = b.p; p < b.end; p++)
        if ((unsigned char)(*p - '0') < 10)
            m = m * 10 + (uint64_t)(*p - '0');
    uint64_t rest = remainder_of(&a, m);
    for (int64_t i = 0; i < shift && rest != 0; i++) {
        if (i > 64) /* what of m is made of twos and fives is gone after 60 steps */
            return false;
        rest = rest * 10 % m;
    }
    return rest == 0;
}

/* ---- an order of all values ---- */

static int compare_slices(hg_slice a, hg_slice b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n > 0 ? memcmp(a.p, b.p, n) : 0;
    return c != 0 ? c : (a.n > b.n) - (a.n < b.n);
}

static int compare_members(const hg_node *a, const hg_node *b)
{
    int c = 0;
    for (size_t i = 0; c == 0 && i < a->n; i++) {
        c = compare_slices(a->sorted[i]->key, b->sorted[i]->key);
        if (c == 0)
            c = hg_js_compare(a->sorted[i], b->sorted[i]);
    }
    return c;
}

static int compare_items(const hg_node *a, const hg_node *b)
{
    int c = 0;
    for (a = a->first, b = b->first; c == 0 && a; a = a->next, b = b->next)
        c = hg_js_compare(a, b);
    return c;
}

int hg_js_compare(const hg_node *a, const hg_node *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->n != b->n)
        return a->n < b->n ? -1 : 1;
    switch (a->kind) {
    case HG_NODE_NUMBER: {
        hg_numeral x = numeral(a), y = numeral(b);
        return hg_numeral_compare(&x, &y);
    }
    case HG_NODE_STRING: return compare_slices(a->text, b->text);
    case HG_NODE_ARRAY: return compare_items(a, b);
    case HG_NODE_OBJECT: return compare_members(a, b);
    default: return 0;
    }
}

int hg_js_compare_choices(const void *a, const void *b)
{
    return hg_js_compare(*(const hg_node *const *)a, *(const hg_node *const *)b);
}

/* ---- values in messages ---- */

/* Append text as JSON writes it, but for escapes that only ASCII needs. */
static void put_string(hg_buf *buf, hg_slice text)
{
    hg_buf_putc(buf, '"');
    for (size_t i = 0; i < text.n && buf->len < 400; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '"' || c == '\\')
            hg_buf_putc(buf, '\\');
        if (c < ' ')
            hg_buf_printf(buf, "\\u%04x", (unsigned)c);
        else
            hg_buf_putc(buf, (char)c);
    }
    hg_buf_putc(buf, '"');
}

static void put_value(hg_buf *buf, const hg_node *value)
{
    static const char *const words[] = {
        [HG_NODE_NULL] = "null", [HG_NODE_FALSE] = "false", [HG_NODE_TRUE] = "true"
    };
    bool object = value->kind == HG_NODE_OBJECT;
    switch (value->kind) {
    case HG_NODE_NULL:
    case HG_NODE_FALSE:
    case HG_NODE_TRUE: hg_buf_puts(buf, words[value->kind]); return;
    case HG_NODE_NUMBER: hg_buf_put(buf, value->text.p, value->text.n); return;
    case HG_NODE_STRING: put_string(buf, value->text); return;
    case HG_NODE_ARRAY:
    case HG_NODE_OBJECT: break;
    }
    hg_buf_putc(buf, object ? '{' : '[');
    for (const hg_node *v = value->first; v && buf->len < 400; v = v->next) {
        if (v != value->first)
            hg_buf_putc(buf, ',');
        if (object) {
            put_string(buf, v->key);
            hg_buf_putc(buf, ':');
        }
        put_value(buf, v);
    }
    hg_buf_putc(buf, object ? '}' : ']');
}

void hg_js_print(char *out, size_t size, const hg_node *value)
{
    hg_buf buf = { 0 };
    put_value(&buf, value);
    size_t n = buf.len;
    if (n > size - 1) {
        n = size - 4;
        while (n > 0 && ((unsigned char)buf.data[n] & 0xC0) == 0x80)
            n--;
    }
    if (n > 0)
        memcpy(out, buf.data, n);
    snprintf(out + n, size - n, "%s", n < buf.len ? "…" : "");
    hg_buf_release(&buf);
}

/* ---- the keywords ---- */

enum { SHOWN = 120 }; /* bytes of a value in a message */

bool hg_js_is(const hg_node *value, hg_slice type)
{
    static const char *const names[] = {
        [HG_NODE_NULL] = "null",     [HG_NODE_FALSE] = "boolean",
        [HG_NODE_TRUE] = "boolean",  [HG_NODE_NUMBER] = "number",
        [HG_NODE_STRING] = "string", [HG_NODE_ARRAY] = "array",
        [HG_NODE_OBJECT] = "object"
    };
    if (hg_slice_is(type, "integer"))
        return value->kind == HG_NODE_NUMBER && hg_js_whole(value);
    return hg_slice_is(type, names[value->kind]);
}

bool hg_js_type(const js_call *c)
{
    char wanted[SHOWN], shown[SHOWN];
    if (c->rule->value->kind == HG_NODE_STRING ? hg_js_is(c->value, c->rule->value->text)
                                               : false)
        return true;
    for (const hg_node *type = c->rule->value->first; type; type = type->next)
        if (hg_js_is(c->value, type->text))
            return true;
    hg_js_print(wanted, sizeof wanted, c->rule->value);
    hg_js_print(shown, sizeof shown, c->value);
    return hg_js_tell(c->r, c->value, "type", "%s is not of type %s", shown, wanted);
}

hg_status hg_js_prepare_enum(hg_jsonschema *s, js_sub *schema, js_rule *rule, hg_err *err)
{
    size_t n = 0;
    (void)schema;
    rule->choices = hg_js_take(s, (rule->value->n + 1) * sizeof(hg_node *), err);
    if (!rule->choices)
        return err->status;
    for (const hg_node *v = rule->value->first; v; v = v->next)
        rule->choices[n++] = v;
    qsort(rule->choices, n, sizeof *rule->choices, hg_js_compare_choices);
    return HG_OK;
}

bool hg_js_enum(const js_call *c)
{
    char wanted[3 * SHOWN], shown[SHOWN];
    if (bsearch(&c->value, c->rule->choices, c->rule->value->n, sizeof *c->rule->choices,
                hg_js_compare_choices))
        return true;
    hg_js_print(wanted, sizeof wanted, c->rule->value);
    hg_js_print(shown, sizeof shown, c->value);
    return hg_js_tell(c->r, c->value, "enum", "%s is none of %s", shown, wanted);
}

bool hg_js_const(const js_call *c)
{
    char wanted[SHOWN], shown[SHOWN];
    if (hg_js_compare(c->value, c->rule->value) == 0)
        return true;
    hg_js_print(wanted, sizeof wanted, c->rule->value);
    hg_js_print(shown, sizeof shown, c->value);
    return hg_js_tell(c->r, c->value, "const", "%s is not %s", shown, wanted);
}

hg_status hg_js_prepare_divisor(hg_jsonschema *s, js_sub *schema, js_rule *rule,
                                hg_err *err)
{
    (void)s;
    if (hg_js_divisor(rule->value))
        return HG_OK;
    return hg_js_wrong(schema->home, rule->value, err,
                       "a divisor of over 18 digits is not supported", NULL);
}

bool hg_js_multiple_of(const js_call *c)
{
    char wanted[SHOWN], shown[SHOWN];
    if (hg_js_multiple(c->value, c->rule->value))
        return true;
    hg_js_print(wanted, sizeof wanted, c->rule->value);
    hg_js_print(shown, sizeof shown, c->value);
    return hg_js_tell(c->r, c->value, "multipleOf", "%s is no multiple of %s", shown,
                      wanted);
}

bool hg_js_bound(const js_call *c)
{
    static const struct {
        const char *name;
        int least, most; /* of the comparison */
        const char *message;
    } bounds[] = {
        { "minimum", 0, 1, "%s is less than %s" },
        { "maximum", -1, 0, "%s is more than %s" },
        { "exclusiveMinimum", 1, 1, "%s is not more than %s" },
        { "exclusiveMaximum", -1, -1, "%s is not less than %s" },
    };
    char wanted[SHOWN], shown[SHOWN];
    size_t i = 0;
    while (strcmp(bounds[i].name, c->rule->keyword->name) != 0)
        i++;
    int order = hg_js_compare(c->value, c->rule->value);
    if (order >= bounds[i].least && order <= bounds[i].most)
        return true;
    hg_js_print(wanted, sizeof wanted, c->rule->value);
    hg_js_print(shown, sizeof shown, c->value);
    return hg_js_tell(c->r, c->value, bounds[i].name, bounds[i].message, shown, wanted);
}

bool hg_js_length(const js_call *c)
{
    char shown[SHOWN];
    size_t n = hg_utf8_characters(c->value->text);
    bool least = strcmp(c->rule->keyword->name, "minLength") == 0;
    if (least ? n >= c->rule->from : n <= c->rule->from)
        return true;
    hg_js_print(shown, sizeof shown, c->value);
    return hg_js_tell(c->r, c->value, c->rule->keyword->name,
                      least ? "%s has fewer than %zu characters"
                            : "%s has more than %zu characters",
                      shown, c->rule->from);
}

bool hg_js_pattern(const js_call *c)
{
    char wanted[SHOWN], shown[SHOWN];
    if (hg_js_matches(c->r, c->rule->patterns[0], c->value, c->value->text))
        return true;
    hg_js_print(wanted, sizeof wanted, c->rule->value);
    hg_js_print(shown, sizeof shown, c->value);
    return hg_js_tell(c->r, c->value, "pattern", "%s does not fit the pattern %s", shown,
                      wanted);
}

bool hg_js_format(const js_call *c)
{
    char wanted[SHOWN], shown[SHOWN];
    if (c->rule->value->kind != HG_NODE_STRING ||
        hg_js_formatted(c->rule->value->text, c->value->text))
        return true;
    hg_js_print(wanted, sizeof wanted, c->rule->value);
    hg_js_print(shown, sizeof shown, c->value);
    return hg_js_tell(c->r, c->value, "format", "%s is not of the format %s", shown,
                      wanted);
}
