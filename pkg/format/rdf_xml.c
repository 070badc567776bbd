/* rdf_xml - a graph as RDF/XML (RDF 1.1 XML Syntax): an rdf:Description for each subject
 *
 * Texts hold no character that XML 1.0 cannot (rdf.c saw to that), and no '\r', which a
 * reader would change.
 */
#include "format/rdf_graph.h"

#include <stdlib.h>
#include <string.h>

static void put_escaped(hg_buf *buf, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&': hg_buf_puts(buf, "&amp;"); break;
        case '<': hg_buf_puts(buf, "&lt;"); break;
        case '>': hg_buf_puts(buf, "&gt;"); break; /* "]]>" may not stand in a text */
        case '"': hg_buf_puts(buf, "&quot;"); break;
        default: hg_buf_putc(buf, *text);
        }
    }
}

static void put_attribute(hg_buf *buf, const char *name, const char *value)
{
    hg_buf_printf(buf, " %s=\"", name);
    put_escaped(buf, value);
    hg_buf_putc(buf, '"');
}

/* The prefix whose name space a predicate is of. All predicates are of the program's own
 * making, and have one. */
static const struct rdf_prefix *prefix_of(const struct term *predicate)
{
    for (size_t i = 0; i < RDF_PREFIXES; i++)
        if (strncmp(predicate->text, rdf_prefixes[i].iri, strlen(rdf_prefixes[i].iri)) ==
            0)
            return &rdf_prefixes[i];
    return NULL;
}

static void put_property(hg_buf *buf, const struct triple *triple)
{
    const struct rdf_prefix *prefix = prefix_of(triple->predicate);
    if (!prefix)
        return;
    const char *name = triple->predicate->text + strlen(prefix->iri);
    hg_buf_printf(buf, "    <%s:%s", prefix->name, name);
    if (triple->kind == IRI) {
        put_attribute(buf, "rdf:resource", triple->object->text);
        hg_buf_puts(buf, "/>\n");
        return;
    }
    if (triple->tag)
        put_attribute(buf, triple->kind == TEXT ? "xml:lang" : "rdf:datatype",
                      triple->tag->text);
    hg_buf_putc(buf, '>');
    put_escaped(buf, triple->object->text);
    hg_buf_printf(buf, "</%s:%s>\n", prefix->name, name);
}

static void put_root(hg_buf *buf)
{
    hg_buf_puts(buf, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF");
    for (size_t i = 0; i < RDF_PREFIXES; i++)
        hg_buf_printf(buf, "\n    xmlns:%s=\"%s\"", rdf_prefixes[i].name,
                      rdf_prefixes[i].iri);
    hg_buf_puts(buf, ">\n");
}

hg_status hg_rdf_xml(const hg_rdf *graph, hg_buf *buf, hg_err *err)
{
    struct triple *list;
    size_t n;
    hg_status status = rdf_sorted(graph, &list, &n, err);
    put_root(buf);
    for (size_t i = 0; i < n && status == HG_OK;) {
        const struct term *subject = list[i].subject;
        hg_buf_puts(buf, "  <rdf:Description");
        put_attribute(buf, "rdf:about", subject->text);
        hg_buf_puts(buf, ">\n");
        for (; i < n && list[i].subject == subject; i++)
            put_property(buf, &list[i]);
        hg_buf_puts(buf, "  </rdf:Description>\n");
    }
    hg_buf_puts(buf, "</rdf:RDF>\n");
    free(list);
    return status == HG_OK ? hg_buf_status(buf, err) : status;
}
