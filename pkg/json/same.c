/* same - when JSON texts are the same value */
#include "json/same.h"
#include "json/tree.h"
#include "table/numeral.h"

static void put_text(hg_buf *buf, hg_slice text)
{
    hg_buf_put(buf, &text.n, sizeof text.n);
    hg_buf_put(buf, text.p, text.n);
}

static void put_number(hg_buf *buf, hg_slice text)
{
    hg_numeral number;
    if (hg_numeral_read(&number, text, '.', '\0'))
        hg_numeral_key(buf, &number);
    else
        put_text(buf, text);
}

static void put(hg_buf *buf, const hg_node *node)
{
    static const char kinds[] = {
        [HG_NODE_NULL] = 'n',   [HG_NODE_FALSE] = 'f',  [HG_NODE_TRUE] = 't',
        [HG_NODE_NUMBER] = '#', [HG_NODE_STRING] = '"', [HG_NODE_ARRAY] = '[',
        [HG_NODE_OBJECT] = '{'
    };
    hg_buf_putc(buf, kinds[node->kind]);
    if (node->kind == HG_NODE_NUMBER)
        put_number(buf, node->text);
    else if (node->kind == HG_NODE_STRING)
        put_text(buf, node->text);
    else
        hg_buf_put(buf, &node->n, sizeof node->n);
    if (node->kind == HG_NODE_ARRAY)
        for (const hg_node *item = node->first; item; item = item->next)
            put(buf, item);
    for (size_t i = 0; node->kind == HG_NODE_OBJECT && i < node->n; i++) {
        put_text(buf, node->sorted[i]->key);
        put(buf, node->sorted[i]);
    }
}

void hg_same_key(hg_buf *buf, hg_slice text)
{
    hg_err ignored = HG_ERR_INIT;
    hg_tree *tree;
    if (hg_tree_parse(&tree, "", text, &ignored) == HG_OK) {
        put(buf, hg_tree_root(tree));
    } else {
        hg_buf_putc(buf, '?');
        put_text(buf, text);
    }
    hg_tree_free(tree);
}
