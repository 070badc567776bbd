/* rdf_ntriples - a graph as N-Triples in their canonical form (RDF 1.1 N-Triples, section
 * 4), a triple a line, sorted by bytes: two graphs are equal where their texts are
 */
#include "format/rdf_graph.h"

#include <stdlib.h>
#include <string.h>

static void put_iri(hg_buf *buf, const struct term *iri)
{
    hg_buf_printf(buf, "<%s>", iri->text);
}

/* Only these four are escaped in the canonical form. */
static void put_quoted(hg_buf *buf, const char *text)
{
    hg_buf_putc(buf, '"');
    for (; *text; text++) {
        switch (*text) {
        case '\n': hg_buf_puts(buf, "\\n"); break;
        case '\r': hg_buf_puts(buf, "\\r"); break;
        case '"': hg_buf_puts(buf, "\\\""); break;
        case '\\': hg_buf_puts(buf, "\\\\"); break;
        default: hg_buf_putc(buf, *text);
        }
    }
    hg_buf_putc(buf, '"');
}

static void put_triple(hg_buf *buf, const struct triple *triple)
{
    put_iri(buf, triple->subject);
    hg_buf_putc(buf, ' ');
    put_iri(buf, triple->predicate);
    hg_buf_putc(buf, ' ');
    if (triple->kind == IRI)
        put_iri(buf, triple->object);
    else
        put_quoted(buf, triple->object->text);
    if (triple->tag && triple->kind == TEXT)
        hg_buf_printf(buf, "@%s", triple->tag->text);
    if (triple->tag && triple->kind == TYPED) {
        hg_buf_puts(buf, "^^");
        put_iri(buf, triple->tag);
    }
    hg_buf_puts(buf, " .");
}

static int by_bytes(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The n lines of text, each closed by a NUL, in order. */
static hg_status put_sorted(hg_buf *buf, const char *text, size_t n, hg_err *err)
{
    const char **lines = calloc(n + 1, sizeof *lines);
    if (!lines)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < n; i++, text += strlen(text) + 1)
        lines[i] = text;
    qsort(lines, n, sizeof *lines, by_bytes);
    for (size_t i = 0; i < n; i++) {
        hg_buf_puts(buf, lines[i]);
        hg_buf_putc(buf, '\n');
    }
    free(lines);
    return hg_buf_status(buf, err);
}

hg_status hg_rdf_ntriples(const hg_rdf *graph, hg_buf *buf, hg_err *err)
{
    struct triple *list;
    size_t n;
    hg_buf lines = { 0 };
    hg_status status = rdf_sorted(graph, &list, &n, err);
    for (size_t i = 0; i < n && status == HG_OK; i++) {
        put_triple(&lines, &list[i]);
        hg_buf_putc(&lines, '\0');
    }
    if (status == HG_OK)
        status = hg_buf_status(&lines, err);
    if (status == HG_OK)
        status = put_sorted(buf, lines.data, n, err);
    hg_buf_release(&lines);
    free(list);
    return status;
}
