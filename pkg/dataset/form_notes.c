/* form_notes - "{{note:id}}" in a table's texts */
#include "dataset/form_inside.h"

#include <string.h>

static const char start[] = "{{note:", end[] = "}}";

/* Each text of the table that may name notes, in the order in which a reader comes upon
 * them. */
typedef hg_status visit(void *with, hg_bilingual *text);

static hg_status visit_nodes(hg_form_node *nodes, size_t n, visit *each, void *with)
{
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < n; i++) {
        hg_form_node *node = &nodes[i];
        st = each(with, &node->label);
        for (size_t k = 0; st == HG_OK && k < node->n_names; k++)
            st = each(with, &node->names[k].label);
        if (st == HG_OK)
            st = visit_nodes(node->nodes, node->n_nodes, each, with);
    }
    return st;
}

static hg_status visit_all(hg_form_table *table, visit *each, void *with)
{
    hg_bilingual *above[] = { &table->title, &table->period, &table->unit, &table->source };
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < sizeof above / sizeof *above; i++)
        st = each(with, above[i]);
    for (size_t i = 0; st == HG_OK && i < table->n_stub; i++)
        st = each(with, &table->stub[i].label);
    if (st == HG_OK)
        st = visit_nodes(table->columns, table->n_columns, each, with);
    for (size_t i = 0; st == HG_OK && i < table->n_blocks; i++) {
        hg_form_block *block = &table->blocks[i];
        st = each(with, &block->title);
        if (st == HG_OK && (i == 0 || block->rows != table->blocks[i - 1].rows))
            st = visit_nodes(block->rows, block->n_rows, each, with);
    }
    return st;
}

/* The note that p names, which begins as start does; *after is what follows. NULL: none. */
static hg_form_note *find(const hg_form_table *table, const char *p, const char **after)
{
    const char *id = p + sizeof start - 1, *close = strstr(id, end);
    if (!close)
        return NULL;
    *after = close + sizeof end - 1;
    for (size_t i = 0; i < table->n_notes; i++)
        if (table->notes[i].id &&
            hg_slice_is((hg_slice){ id, (size_t)(close - id) }, table->notes[i].id))
            return &table->notes[i];
    return NULL;
}

/* ---- when the table is read ---- */

typedef struct numbering {
    const hg_form *form;
    hg_form_table *table;
    unsigned last; /* number given */
    hg_err *err;
} numbering;

static hg_status unknown(const numbering *n, const char *p)
{
    char name[64];
    const char *ids[HG_FORM_NOTES];
    size_t known = 0, length = strcspn(p + sizeof start - 1, "}");
    for (size_t i = 0; i < n->table->n_notes; i++)
        if (n->table->notes[i].id)
            ids[known++] = n->table->notes[i].id;
    length = length < sizeof name ? length : sizeof name - 1;
    memcpy(name, p + sizeof start - 1, length);
    name[length] = '\0';
    return hg_form_unknown(n->form, n->table->at,
                           hg_json_get(n->table->at, "notes") ? "notes" : NULL, name, ids,
                           known, n->err);
}

static hg_status number_text(numbering *n, const char *text)
{
    while (text && (text = strstr(text, start)) != NULL) {
        const char *after = text;
        hg_form_note *note = find(n->table, text, &after);
        if (!note)
            return unknown(n, text);
        if (note->order == 0)
            note->order = ++n->last;
        text = after;
    }
    return HG_OK;
}

static hg_status number_both(void *with, hg_bilingual *text)
{
    hg_status st = number_text(with, text->vi);
    return st == HG_OK ? number_text(with, text->en) : st;
}

hg_status hg_form_order_notes(hg_form *form, hg_form_table *table, hg_err *err)
{
    numbering n = { form, table, 0, err };
    if (number_both(&n, &table->title) != HG_OK)
        return err->status;
    table->titled = n.last;
    return visit_all(table, number_both, &n);
}

/* ---- when it is drawn ---- */

typedef struct marking {
    hg_form *form;
    hg_form_table *table;
    bool words;
    hg_err *err;
} marking;

static void put_mark(hg_buf *buf, unsigned number, bool words, bool english)
{
    if (!words)
        hg_buf_printf(buf, "(%u)", number);
    else
        hg_buf_printf(buf, english ? "[note %u]" : "[chú thích %u]", number);
}

static hg_status mark_text(marking *m, const char **text, bool english)
{
    hg_buf buf = { 0 };
    const char *p = *text, *at;
    if (!p || !strstr(p, start))
        return HG_OK;
    for (; (at = strstr(p, start)) != NULL;) {
        const hg_form_note *note = find(m->table, at, &p);
        hg_buf_put(&buf, *text, (size_t)(at - *text));
        if (buf.len > 0 && buf.data[buf.len - 1] != ' ')
            hg_buf_putc(&buf, ' ');
        put_mark(&buf, note->number, m->words, english); /* it was found before */
        *text = p;
    }
    hg_buf_puts(&buf, p);
    char *kept = hg_buf_status(&buf, m->err) == HG_OK
                     ? hg_form_take(m->form, buf.len + 1, 1, m->err)
                     : NULL;
    if (kept)
        memcpy(kept, buf.data, buf.len);
    *text = kept;
    hg_buf_release(&buf);
    return m->err->status;
}

static hg_status mark_both(void *with, hg_bilingual *text)
{
    if (mark_text(with, &text->vi, false) == HG_OK)
        mark_text(with, &text->en, true);
    return ((marking *)with)->err->status;
}

hg_status hg_form_mark_notes(hg_form *form, hg_form_table *table, bool words, hg_err *err)
{
    marking m = { form, table, words, err };
    return visit_all(table, mark_both, &m);
}
