/* jsonschema_keywords - the keywords of both drafts, and schemas made ready by them */
#include "json/jsonschema_parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- what several keywords need ---- */

static hg_status prepare_if(hg_jsonschema *s, js_sub *schema, js_rule *rule, hg_err *err)
{
    static const char *const parts[] = { "then", "else" };
    for (size_t i = 0; i < 2; i++) {
        const hg_node *part = hg_node_member(schema->node, parts[i]);
        if (part && part->tag)
            hg_js_need(s, part->tag);
    }
    (void)rule;
    (void)err;
    return HG_OK;
}

static hg_status prepare_ref(hg_jsonschema *s, js_sub *schema, js_rule *rule, hg_err *err)
{
    hg_slice name;
    hg_status st = hg_js_resolve(s, schema->home, rule->value, &rule->sub, &name, err);
    if (st != HG_OK)
        return st;
    if (strcmp(rule->keyword->name, "$dynamicRef") == 0)
        rule->dynamic = name;
    hg_js_need(s, rule->sub);
    return HG_OK;
}

/* A length: a whole number, which may be written 2.0; larger ones than any length are
 * cut. */
static hg_status prepare_size(hg_jsonschema *s, js_sub *schema, js_rule *rule,
                              hg_err *err)
{
    char text[64];
    (void)s;
    (void)schema;
    (void)err;
    hg_js_print(text, sizeof text, rule->value);
    double n = strtod(text, NULL);
    rule->from = n < (double)(SIZE_MAX / 2) ? (size_t)n : SIZE_MAX;
    return HG_OK;
}

static hg_status compile(const js_sub *schema, const hg_node *at, hg_slice text,
                         hg_pattern **out, hg_err *err)
{
    hg_err why = HG_ERR_INIT;
    hg_status st = hg_pattern_ecma(out, text, &why);
    hg_loc loc = hg_tree_loc(schema->home->tree, at->at);
    return st == HG_OK
               ? st
               : hg_fail_args(err, st, &loc, why.format, why.args, sizeof why.args);
}

static hg_status prepare_pattern(hg_jsonschema *s, js_sub *schema, js_rule *rule,
                                 hg_err *err)
{
    if (!(rule->patterns = hg_js_take(s, sizeof *rule->patterns, err)))
        return err->status;
    hg_status st =
        compile(schema, rule->value, rule->value->text, &rule->patterns[0], err);
    rule->n_patterns = st == HG_OK;
    return st;
}

static hg_status prepare_patterns(hg_jsonschema *s, js_sub *schema, js_rule *rule,
                                  hg_err *err)
{
    hg_status st = HG_OK;
    if (!(rule->patterns =
              hg_js_take(s, (rule->value->n + 1) * sizeof *rule->patterns, err)))
        return err->status;
    for (const hg_node *v = rule->value->first; st == HG_OK && v; v = v->next) {
        st = compile(schema, v, v->key, &rule->patterns[rule->n_patterns], err);
        rule->n_patterns += st == HG_OK;
    }
    return st;
}

static hg_status prepare_format(hg_jsonschema *s, js_sub *schema, js_rule *rule,
                                hg_err *err)
{
    static const char *const known_but_not_here[] = { "uri-template", "idn-hostname" };
    (void)s;
    for (size_t i = 0; i < 2; i++)
        if (hg_slice_is(rule->value->text, known_but_not_here[i]))
            return hg_js_wrong(schema->home, rule->value, err,
                               "the format '%s' cannot be checked here",
                               known_but_not_here[i]);
    return HG_OK;
}

static hg_status prepare_unevaluated(hg_jsonschema *s, js_sub *schema, js_rule *rule,
                                     hg_err *err)
{
    (void)s;
    (void)rule;
    (void)err;
    schema->looks_back = true;
    return HG_OK;
}

/* ---- the keywords; the last are those that look at what the others left ---- */

#define BOTH (DRAFT_7 | DRAFT_2020)

enum {
    ARRAYS = 1 << HG_NODE_ARRAY,
    OBJECTS = 1 << HG_NODE_OBJECT,
    NUMBERS = 1 << HG_NODE_NUMBER,
    STRINGS = 1 << HG_NODE_STRING,
    ALL = ARRAYS | OBJECTS | NUMBERS | STRINGS | 1 << HG_NODE_NULL | 1 << HG_NODE_FALSE |
          1 << HG_NODE_TRUE
};

const js_keyword hg_js_keywords[] = {
    { "$ref", BOTH, VOC_CORE, NO_SCHEMA, ALL, prepare_ref, hg_js_ref },
    { "$dynamicRef", DRAFT_2020, VOC_CORE, NO_SCHEMA, ALL, prepare_ref, hg_js_ref },
    { "$defs", DRAFT_2020, VOC_CORE, MAP, ALL, NULL, NULL },
    { "definitions", BOTH, VOC_CORE, MAP, ALL, NULL, NULL },

    { "type", BOTH, VOC_VALIDATION, NO_SCHEMA, ALL, NULL, hg_js_type },
    { "enum", BOTH, VOC_VALIDATION, NO_SCHEMA, ALL, hg_js_prepare_enum, hg_js_enum },
    { "const", BOTH, VOC_VALIDATION, NO_SCHEMA, ALL, NULL, hg_js_const },
    { "multipleOf", BOTH, VOC_VALIDATION, NO_SCHEMA, NUMBERS, hg_js_prepare_divisor,
      hg_js_multiple_of },
    { "minimum", BOTH, VOC_VALIDATION, NO_SCHEMA, NUMBERS, NULL, hg_js_bound },
    { "maximum", BOTH, VOC_VALIDATION, NO_SCHEMA, NUMBERS, NULL, hg_js_bound },
    { "exclusiveMinimum", BOTH, VOC_VALIDATION, NO_SCHEMA, NUMBERS, NULL, hg_js_bound },
    { "exclusiveMaximum", BOTH, VOC_VALIDATION, NO_SCHEMA, NUMBERS, NULL, hg_js_bound },
    { "minLength", BOTH, VOC_VALIDATION, NO_SCHEMA, STRINGS, prepare_size, hg_js_length },
    { "maxLength", BOTH, VOC_VALIDATION, NO_SCHEMA, STRINGS, prepare_size, hg_js_length },
    { "pattern", BOTH, VOC_VALIDATION, NO_SCHEMA, STRINGS, prepare_pattern,
      hg_js_pattern },
    { "format", DRAFT_2020, VOC_ASSERTION, NO_SCHEMA, STRINGS, prepare_format,
      hg_js_format },

    { "minItems", BOTH, VOC_VALIDATION, NO_SCHEMA, ARRAYS, prepare_size, hg_js_count },
    { "maxItems", BOTH, VOC_VALIDATION, NO_SCHEMA, ARRAYS, prepare_size, hg_js_count },
    { "uniqueItems", BOTH, VOC_VALIDATION, NO_SCHEMA, ARRAYS, NULL, hg_js_unique },
    { "prefixItems", DRAFT_2020, VOC_APPLICATOR, LIST, ARRAYS, NULL, hg_js_prefix },
    { "items", DRAFT_2020, VOC_APPLICATOR, ONE, ARRAYS, hg_js_prepare_items,
      hg_js_items },
    { "items", DRAFT_7, VOC_APPLICATOR, ONE_OR_LIST, ARRAYS, hg_js_prepare_items,
      hg_js_items },
    { "additionalItems", DRAFT_7, VOC_APPLICATOR, ONE, ARRAYS, hg_js_prepare_items,
      hg_js_items },
    { "contains", BOTH, VOC_APPLICATOR, ONE, ARRAYS, hg_js_prepare_contains,
      hg_js_contains },

    { "minProperties", BOTH, VOC_VALIDATION, NO_SCHEMA, OBJECTS, prepare_size,
      hg_js_count },
    { "maxProperties", BOTH, VOC_VALIDATION, NO_SCHEMA, OBJECTS, prepare_size,
      hg_js_count },
    { "required", BOTH, VOC_VALIDATION, NO_SCHEMA, OBJECTS, NULL, hg_js_required },
    { "dependentRequired", DRAFT_2020, VOC_VALIDATION, NO_SCHEMA, OBJECTS, NULL,
      hg_js_dependent_required },
    { "properties", BOTH, VOC_APPLICATOR, MAP, OBJECTS, NULL, hg_js_properties },
    { "patternProperties", BOTH, VOC_APPLICATOR, MAP, OBJECTS, prepare_patterns,
      hg_js_pattern_properties },
    { "additionalProperties", BOTH, VOC_APPLICATOR, ONE, OBJECTS, NULL,
      hg_js_additional },
    { "propertyNames", BOTH, VOC_APPLICATOR, ONE, OBJECTS, NULL, hg_js_names },
    { "dependentSchemas", DRAFT_2020, VOC_APPLICATOR, MAP, OBJECTS, NULL,
      hg_js_dependent },
    { "dependencies", BOTH, VOC_APPLICATOR, MAP_OR_NAMES, OBJECTS, NULL,
      hg_js_dependent },

    { "allOf", BOTH, VOC_APPLICATOR, LIST, ALL, NULL, hg_js_all },
    { "anyOf", BOTH, VOC_APPLICATOR, LIST, ALL, NULL, hg_js_any },
    { "oneOf", BOTH, VOC_APPLICATOR, LIST, ALL, NULL, hg_js_one },
    { "not", BOTH, VOC_APPLICATOR, ONE, ALL, NULL, hg_js_not },
    { "if", BOTH, VOC_APPLICATOR, ONE, ALL, prepare_if, hg_js_if },
    { "then", BOTH, VOC_APPLICATOR, ONE, ALL, NULL, NULL },
    { "else", BOTH, VOC_APPLICATOR, ONE, ALL, NULL, NULL },

    { "unevaluatedItems", DRAFT_2020, VOC_UNEVALUATED, ONE, ARRAYS, prepare_unevaluated,
      hg_js_unevaluated_items },
    { "unevaluatedProperties", DRAFT_2020, VOC_UNEVALUATED, ONE, OBJECTS,
      prepare_unevaluated, hg_js_unevaluated_properties },
    { NULL, 0, 0, NO_SCHEMA, 0, NULL, NULL },
};

bool hg_js_knows(const js_resource *home, const js_keyword *k)
{
    return (k->drafts & home->draft) != 0 && (k->vocabulary & home->vocabularies) != 0;
}

const js_rule *hg_js_rule(const js_sub *schema, const char *name)
{
    for (size_t i = 0; i < schema->n; i++)
        if (strcmp(schema->rules[i].keyword->name, name) == 0)
            return &schema->rules[i];
    return NULL;
}

/* ---- schemas made ready ---- */

void hg_js_need(hg_jsonschema *s, js_sub *schema)
{
    if (schema->ready)
        return;
    schema->ready = true;
    schema->next = s->todo;
    s->todo = schema;
}

/* The schemas in a keyword's value: itself, or each item or member that is one. */
static void need_all(hg_jsonschema *s, const hg_node *value)
{
    if (value->tag)
        hg_js_need(s, value->tag);
    for (const hg_node *v = value->tag ? NULL : value->first; v; v = v->next)
        if (v->tag)
            hg_js_need(s, v->tag);
}

/* Every place that "$dynamicRef" might come to, as that is known only on the way. */
static void need_dynamic(hg_jsonschema *s)
{
    for (js_resource *r = s->resources; r; r = r->next)
        for (js_anchor *a = r->anchors; a; a = a->next)
            if (a->dynamic && a->node->tag)
                hg_js_need(s, a->node->tag);
}

static hg_status prepare(hg_jsonschema *s, js_sub *schema, hg_err *err)
{
    const hg_node *node = schema->node;
    hg_status st = HG_OK;
    if (node->kind != HG_NODE_OBJECT || node->n == 0)
        return HG_OK;
    if (!(schema->rules = hg_js_take(s, node->n * sizeof *schema->rules, err)))
        return err->status;
    bool alone = schema->home->draft == DRAFT_7 && hg_node_member(node, "$ref");
    for (const js_keyword *k = hg_js_keywords; st == HG_OK && k->name; k++) {
        const hg_node *value = k->check && hg_js_knows(schema->home, k)
                                   ? hg_node_member(node, k->name)
                                   : NULL;
        if (!value || (alone && k != hg_js_keywords))
            continue;
        js_rule *rule = &schema->rules[schema->n++];
        *rule = (struct js_rule){ .keyword = k, .value = value };
        if (k->shape != NO_SCHEMA)
            need_all(s, value);
        st = k->prepare ? k->prepare(s, schema, rule, err) : HG_OK;
    }
    return st;
}

hg_status hg_js_prepare(hg_jsonschema *s, hg_err *err)
{
    hg_status st = HG_OK;
    do {
        while (st == HG_OK && s->todo) {
            js_sub *schema = s->todo;
            s->todo = schema->next;
            st = prepare(s, schema, err);
        }
        need_dynamic(s);
    } while (st == HG_OK && s->todo);
    return st;
}
