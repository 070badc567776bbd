/* xml - XML as events */
#include "text/xml.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <expat.h>

#define SEPARATOR '\n' /* between namespace and name: in no IRI, in no name */

struct hg_xml_attrs {
    const XML_Char **list; /* name, value, name, value … NULL */
    const hg_xml_space *spaces;
};

struct hg_xml {
    XML_Parser parser;
    const hg_xml_space *spaces;
    const hg_xml_events *events;
    void *ctx;
    hg_loc loc;
    const char *part;
    unsigned depth;
    uint64_t fed;    /* bytes */
    unsigned passed; /* lines */
    hg_status status;
    hg_err *err; /* of the call under way */
};

/* Split expat's "uri<separator>name"; returns the letter of the namespace. */
static char split(const hg_xml_space *spaces, const char **name)
{
    const char *at = strrchr(*name, SEPARATOR);
    if (!at)
        return 0;
    const char *uri = *name;
    size_t n = (size_t)(at - uri);
    *name = at + 1;
    for (const hg_xml_space *s = spaces; s->uri; s++)
        if (strncmp(s->uri, uri, n) == 0 && s->uri[n] == '\0')
            return s->letter;
    return '?';
}

const char *hg_xml_attr(const hg_xml_attrs *attrs, char space, const char *name)
{
    for (const XML_Char **a = attrs->list; *a; a += 2) {
        const char *local = *a;
        if (space == 0 && strcmp(local, name) == 0)
            return a[1];
        if (space != 0 && split(attrs->spaces, &local) == space &&
            strcmp(local, name) == 0)
            return a[1];
    }
    return NULL;
}

static unsigned line(const hg_xml *xml)
{
    return (unsigned)XML_GetCurrentLineNumber(xml->parser) + xml->passed;
}

/* Keep the first failure and make the parser return. */
static void stop(hg_xml *xml, hg_status status)
{
    if (status == HG_OK || xml->status != HG_OK)
        return;
    xml->status = status;
    XML_StopParser(xml->parser, XML_FALSE);
}

/* Out of memory, expat may pass over the declaration of a prefix, and call it unbound where it
 * is used; errno tells, which is 0 whenever expat goes on. */
static void on_start(void *ctx, const XML_Char *name, const XML_Char **attrs)
{
    hg_xml *xml = ctx;
    hg_xml_attrs list = { attrs, xml->spaces };
    if (errno == ENOMEM)
        stop(xml, hg_fail_nomem(xml->err));
    else if (++xml->depth > HG_XML_MAX_DEPTH)
        stop(xml, hg_fail(xml->err, HG_EINPUT, &xml->loc,
                          "%s, line %u: elements more than %u deep", xml->part, line(xml),
                          HG_XML_MAX_DEPTH));
    else if (xml->events->start) {
        char space = split(xml->spaces, &name);
        stop(xml, xml->events->start(xml->ctx, space, name, &list, xml->err));
    }
    errno = 0;
}

static void on_end(void *ctx, const XML_Char *name)
{
    hg_xml *xml = ctx;
    xml->depth--;
    if (xml->status == HG_OK && xml->events->end) {
        char space = split(xml->spaces, &name);
        stop(xml, xml->events->end(xml->ctx, space, name, xml->err));
    }
    errno = 0;
}

static void on_text(void *ctx, const XML_Char *text, int n)
{
    hg_xml *xml = ctx;
    if (xml->status == HG_OK && xml->events->text)
        stop(xml, xml->events->text(xml->ctx, text, (size_t)n, xml->err));
    errno = 0;
}

static void on_doctype(void *ctx, const XML_Char *name, const XML_Char *system,
                       const XML_Char *pub, int internal)
{
    static const char harmless[] = "-//OpenOffice.org//DTD ";
    hg_xml *xml = ctx;
    (void)name, (void)system;
    if (!internal && pub && strncmp(pub, harmless, sizeof harmless - 1) == 0)
        return; /* as OpenOffice 1 to 3 wrote it; it is never fetched */
    stop(xml, hg_fail(xml->err, HG_EINPUT, &xml->loc,
                      "%s, line %u: a document type (DTD), which is not taken", xml->part,
                      line(xml)));
}

/* An entity that a document type might have said. */
static void on_unknown(void *ctx, const XML_Char *name, int is_parameter)
{
    hg_xml *xml = ctx;
    (void)is_parameter;
    stop(xml, hg_fail(xml->err, HG_EINPUT, &xml->loc, "%s, line %u: unknown entity %s",
                      xml->part, line(xml), name));
}

hg_status hg_xml_new(hg_xml **out, const hg_xml_space *spaces,
                     const hg_xml_events *events, void *ctx, const hg_loc *loc,
                     const char *part, hg_err *err)
{
    hg_xml *xml = *out = calloc(1, sizeof *xml);
    if (!xml)
        return hg_fail_nomem(err);
    *xml = (hg_xml){
        .spaces = spaces, .events = events, .ctx = ctx, .loc = *loc, .part = part
    };
    xml->parser = XML_ParserCreateNS(NULL, SEPARATOR);
    if (!xml->parser) {
        hg_xml_free(xml);
        *out = NULL;
        return hg_fail_nomem(err);
    }
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetCharacterDataHandler(xml->parser, events->text ? on_text : NULL);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    XML_SetSkippedEntityHandler(xml->parser, on_unknown);
    return HG_OK;
}

/* Say what expat found: out of memory even where it says otherwise, see on_start(). */
static hg_status damaged(hg_xml *xml, hg_err *err)
{
    enum XML_Error code = XML_GetErrorCode(xml->parser);
    if (code == XML_ERROR_NO_MEMORY || errno == ENOMEM)
        return xml->status = hg_fail_nomem(err);
    return xml->status =
               hg_fail(err, HG_EINPUT, &xml->loc, "%s, line %u: damaged XML (%s)",
                       xml->part, line(xml), XML_ErrorString(code));
}

hg_status hg_xml_feed(hg_xml *xml, const void *bytes, size_t n, bool last, hg_err *err)
{
    if (xml->status != HG_OK)
        return xml->status;
    xml->err = err;
    errno = 0;
    enum XML_Status ok = XML_Parse(xml->parser, bytes, (int)n, last);
    xml->err = NULL;
    xml->fed += n;
    if (xml->status != HG_OK)
        return xml->status;
    if (ok != XML_STATUS_OK)
        return damaged(xml, err);
    XML_Index at = XML_GetCurrentByteIndex(xml->parser);
    if (!last && at >= 0 && xml->fed - (uint64_t)at > HG_XML_MAX_TOKEN + n)
        xml->status = hg_fail(err, HG_EINPUT, &xml->loc,
                              "%s, line %u: a tag or comment of more than %zu bytes",
                              xml->part, line(xml), HG_XML_MAX_TOKEN);
    return xml->status;
}

void hg_xml_pass(hg_xml *xml, hg_slice bytes)
{
    const char *p = bytes.p, *end = p + bytes.n;
    while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
        xml->passed++;
        p++;
    }
}

void hg_xml_free(hg_xml *xml)
{
    if (!xml)
        return;
    if (xml->parser)
        XML_ParserFree(xml->parser);
    free(xml);
}
