/* schema_json - the constraint "jsonSchema" of arrays and objects */
#include "table/schema_parts.h"
#include "json/jsonschema.h"
#include "text/message.h"

/* A mistake in the JSON Schema is told at the constraint, whose text ours is a copy of.
 */
static hg_status wrong(const hg_schema *schema, const hg_json *owner, const hg_err *why,
                       hg_err *err)
{
    hg_buf message = { 0 };
    hg_text_args(&message, why->format, HG_EN, why->args, sizeof why->args);
    hg_schema_wrong(schema, owner, "jsonSchema", err, "%s",
                    message.data ? message.data : "", NULL);
    hg_buf_release(&message);
    return HG_EARG;
}

hg_status hg_field_json_read(hg_schema *schema, hg_field *field, const hg_json *owner,
                             hg_err *err)
{
    hg_buf text = { 0 };
    hg_err why = HG_ERR_INIT;
    hg_status st = hg_json_dump(hg_json_get(owner, "jsonSchema"), false, &text, err);
    if (st != HG_OK)
        return st;
    st = hg_jsonschema_new(&field->json_schema, "jsonSchema",
                           (hg_slice){ text.data, text.len }, NULL, &why);
    hg_buf_release(&text);
    if (st == HG_EARG)
        return wrong(schema, owner, &why, err);
    return st == HG_OK
               ? st
               : hg_fail_args(err, st, NULL, why.format, why.args, sizeof why.args);
}

/* Judge a text that was read as an array or an object before. */
static hg_status judge(const hg_field *field, hg_slice text, hg_take_jsonschema *take,
                       void *user, bool *valid)
{
    hg_err err = HG_ERR_INIT;
    hg_tree *tree;
    hg_status st = hg_tree_parse(&tree, "", text, &err);
    if (st != HG_OK)
        return st;
    st = hg_jsonschema_check(field->json_schema, hg_tree_root(tree), take, user, valid,
                             &err);
    hg_tree_free(tree);
    return st;
}

unsigned hg_field_json_check(const hg_field *field, hg_slice text)
{
    bool valid;
    if (judge(field, text, NULL, NULL, &valid) != HG_OK)
        return HG_CELL_TOO_HARD;
    return valid ? 0 : HG_CELL_JSON_SCHEMA;
}

static hg_status append(void *user, const hg_jsonschema_finding *found, hg_err *err)
{
    hg_buf *buf = user;
    (void)err;
    hg_buf_puts(buf, buf->len > 0 ? ", " : "");
    if (found->at->parent)
        hg_node_pointer(buf, found->at);
    hg_buf_printf(buf, "%s%s", found->at->parent ? ": " : "", found->keyword);
    return buf->len < 200 ? HG_OK : HG_END;
}

void hg_field_json_broken(hg_buf *buf, const hg_field *field, hg_slice text)
{
    bool valid;
    judge(field, text, append, buf, &valid);
}
