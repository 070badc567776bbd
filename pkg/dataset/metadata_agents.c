/* metadata_agents - the publisher, the contact, and the licence they give */
#include "dataset/metadata_inside.h"
#include "text/utf8.h"

#include <string.h>

static const meta_property agent_properties[] = {
    { .key = "name", .predicate = "foaf:name", .put = meta_put_text },
    { .key = "type",
      .predicate = "dct:type",
      .put = meta_put_code,
      .vocabulary = HG_VOC_PUBLISHER_TYPE },
    { .key = "identifier", .predicate = "dct:identifier", .put = meta_put_line },
    { .key = "url",
      .predicate = "foaf:homepage",
      .put = meta_put_link,
      .class = "foaf:Document" },
    { .key = "email", .predicate = "foaf:mbox", .put = meta_put_email },
    { .key = NULL },
};

static const meta_property contact_properties[] = {
    { .key = "name", .predicate = "vcard:fn", .put = meta_put_text },
    { .key = "email", .predicate = "vcard:hasEmail", .put = meta_put_email },
    { .key = "phone", .predicate = "vcard:hasTelephone", .put = meta_put_phone },
    { .key = "url", .predicate = "vcard:hasURL", .put = meta_put_link },
    { .key = NULL },
};

/* A publisher is the same for the whole catalogue: its IRI hangs on the base, by its id,
 * or its name where it has none. */
static void publisher_iri(hg_buf *iri, const hg_json *description)
{
    const hg_json *publisher = hg_json_get(description, "publisher");
    const char *id = hg_json_get_str(publisher, "id");
    const char *name = hg_json_lang(hg_json_get(publisher, "name"), "vi");
    hg_buf slug = { 0 };
    hg_utf8_slug(&slug, name ? name : "", name ? strlen(name) : 0);
    hg_metadata_base(iri, description);
    hg_buf_printf(iri, "/#%s", id ? id : slug.len > 0 ? slug.data : "publisher");
    hg_buf_release(&slug);
}

void meta_put_publisher(const meta_node *node, const hg_json *description)
{
    hg_buf iri = { 0 };
    publisher_iri(&iri, description);
    if (hg_json_get(description, "publisher"))
        hg_rdf_iri(node->graph, node->iri, "dct:publisher", iri.data);
    hg_buf_release(&iri);
}

void meta_describe_publisher(hg_rdf *graph, const hg_json *description)
{
    const hg_json *publisher = hg_json_get(description, "publisher");
    hg_buf iri = { 0 };
    publisher_iri(&iri, description);
    if (publisher && iri.data) {
        hg_rdf_iri(graph, iri.data, "rdf:type", "foaf:Agent");
        hg_rdf_iri(graph, iri.data, "rdf:type", "foaf:Organization");
        meta_put_properties(&(meta_node){ graph, iri.data }, agent_properties, publisher);
    }
    hg_buf_release(&iri);
}

/* Who does not name a contact is one. */
const hg_json *meta_contact_of(const hg_json *description)
{
    const hg_json *contact = hg_json_get(description, "contact");
    return contact ? contact : hg_json_get(description, "publisher");
}

void meta_describe_contact(hg_rdf *graph, const char *iri, const hg_json *contact)
{
    hg_rdf_iri(graph, iri, "rdf:type", "vcard:Kind");
    hg_rdf_iri(graph, iri, "rdf:type", "vcard:Organization");
    meta_put_properties(&(meta_node){ graph, iri }, contact_properties, contact);
}

void meta_describe_licence(hg_rdf *graph, const char *code)
{
    const char *iri = hg_vocabulary_iri(HG_VOC_LICENCE, code);
    hg_rdf_iri(graph, iri, "rdf:type", "dct:LicenseDocument");
    hg_rdf_iri(graph, iri, "dct:type", hg_vocabulary_iri(HG_VOC_LICENCE_TYPE, code));
}
