/* metadata_properties - members of dataset.json as the properties of a node */
#include "dataset/metadata_inside.h"
#include "dataset/lexical.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define VIETNAM META_EU "country/VNM"

void meta_put_line(const meta_node *node, const meta_property *property,
                   const hg_json *value)
{
    hg_rdf_text(node->graph, node->iri, property->predicate, hg_json_str(value), NULL);
}

/* A text in Vietnamese, or one for each language. */
void meta_put_text(const meta_node *node, const meta_property *property,
                   const hg_json *value)
{
    hg_rdf_text(node->graph, node->iri, property->predicate, hg_json_str(value), "vi");
    for (size_t i = 0; hg_json_is_object(value) && i < hg_json_len(value); i++)
        hg_rdf_text(node->graph, node->iri, property->predicate,
                    hg_json_str(hg_json_member(value, i)), hg_json_key(value, i));
}

static void put_list(const meta_node *node, const char *predicate, const hg_json *words,
                     const char *lang)
{
    for (size_t i = 0; hg_json_is_array(words) && i < hg_json_len(words); i++)
        hg_rdf_text(node->graph, node->iri, predicate, hg_json_str(hg_json_at(words, i)),
                    lang);
}

void meta_put_words(const meta_node *node, const meta_property *property,
                    const hg_json *value)
{
    put_list(node, property->predicate, value, "vi");
    for (size_t i = 0; hg_json_is_object(value) && i < hg_json_len(value); i++)
        put_list(node, property->predicate, hg_json_member(value, i),
                 hg_json_key(value, i));
}

/* Point to iri, giving it the property's class. */
void meta_put_iri(const meta_node *node, const meta_property *property, const char *iri)
{
    hg_rdf_iri(node->graph, node->iri, property->predicate, iri);
    if (iri && property->class)
        hg_rdf_iri(node->graph, iri, "rdf:type", property->class);
}

void meta_put_code(const meta_node *node, const meta_property *property,
                   const hg_json *value)
{
    meta_put_iri(node, property,
                 hg_vocabulary_iri(property->vocabulary, hg_json_str(value)));
}

void meta_put_codes(const meta_node *node, const meta_property *property,
                    const hg_json *value)
{
    for (size_t i = 0; hg_json_is_array(value) && i < hg_json_len(value); i++)
        meta_put_code(node, property, hg_json_at(value, i));
}

void meta_put_link(const meta_node *node, const meta_property *property,
                   const hg_json *value)
{
    meta_put_iri(node, property, hg_json_str(value));
}

void meta_put_links(const meta_node *node, const meta_property *property,
                    const hg_json *value)
{
    for (size_t i = 0; hg_json_is_array(value) && i < hg_json_len(value); i++)
        meta_put_link(node, property, hg_json_at(value, i));
}

void meta_put_moment(const meta_node *node, const meta_property *property,
                     const hg_json *value)
{
    static const char *const types[] = {
        [HG_MOMENT_YEAR] = "xsd:gYear",
        [HG_MOMENT_MONTH] = "xsd:gYearMonth",
        [HG_MOMENT_DATE] = "xsd:date",
        [HG_MOMENT_TIME] = "xsd:dateTime",
    };
    const char *text = hg_json_str(value);
    hg_moment moment = text ? hg_lexical_moment(text) : HG_MOMENT_NONE;
    if (moment != HG_MOMENT_NONE)
        hg_rdf_typed(node->graph, node->iri, property->predicate, text, types[moment]);
}

/* An e-mail address or a telephone number as a link: without spaces and brackets. */
static void put_address(const meta_node *node, const char *predicate, const char *scheme,
                        const char *text)
{
    hg_buf link = { 0 };
    hg_buf_puts(&link, scheme);
    for (const char *p = text; p && *p; p++)
        if (!strchr(" ()", *p))
            hg_buf_putc(&link, *p);
    if (text)
        hg_rdf_iri(node->graph, node->iri, predicate, link.data);
    hg_buf_release(&link);
}

void meta_put_email(const meta_node *node, const meta_property *property,
                    const hg_json *value)
{
    put_address(node, property->predicate, "mailto:", hg_json_str(value));
}

void meta_put_phone(const meta_node *node, const meta_property *property,
                    const hg_json *value)
{
    put_address(node, property->predicate, "tel:", hg_json_str(value));
}

void meta_put_properties(const meta_node *node, const meta_property *properties,
                         const hg_json *object)
{
    for (; properties->key; properties++) {
        const hg_json *value = hg_json_get(object, properties->key);
        if (value)
            properties->put(node, properties, value);
    }
}

/* Degrees as xsd:decimal, whatever the locale: six digits after the point are 11 cm. */
static void put_degrees(hg_buf *buf, double degrees)
{
    int64_t micro = llround(degrees * 1e6);
    hg_buf_printf(buf, "%s%" PRId64 ".%06" PRId64, micro < 0 ? "-" : "",
                  (micro < 0 ? -micro : micro) / 1000000,
                  (micro < 0 ? -micro : micro) % 1000000);
}

static void put_point(hg_buf *wkt, const hg_json *box, size_t x, size_t y,
                      const char *after)
{
    put_degrees(wkt, hg_json_number(hg_json_at(box, x), 0));
    hg_buf_putc(wkt, ' ');
    put_degrees(wkt, hg_json_number(hg_json_at(box, y), 0));
    hg_buf_puts(wkt, after);
}

/* West, south, east, north as a closed ring, longitude first (GeoSPARQL's default CRS84).
 */
static void put_box(const meta_node *node, const meta_property *property,
                    const hg_json *box)
{
    hg_buf wkt = { 0 };
    hg_buf_puts(&wkt, "POLYGON((");
    put_point(&wkt, box, 0, 1, ",");
    put_point(&wkt, box, 2, 1, ",");
    put_point(&wkt, box, 2, 3, ",");
    put_point(&wkt, box, 0, 3, ",");
    put_point(&wkt, box, 0, 1, "))");
    hg_rdf_typed(node->graph, node->iri, property->predicate, wkt.data, "geo:wktLiteral");
    hg_buf_release(&wkt);
}

static const meta_property place_properties[] = {
    { .key = "name", .predicate = "skos:prefLabel", .put = meta_put_text },
    { .key = "code", .predicate = "skos:notation", .put = meta_put_line },
    { .key = "bbox", .predicate = "dcat:bbox", .put = put_box },
    { .key = NULL },
};

/* DCAT-AP takes places of EU Vocabularies and GeoNames only: the country always, and the
 * place itself where its GeoNames number is known. */
void meta_put_place(const meta_node *node, const meta_property *property,
                    const hg_json *place)
{
    const char *geonames = hg_json_get_str(place, "geonames");
    char iri[64];
    hg_rdf_iri(node->graph, node->iri, property->predicate, VIETNAM);
    if (!geonames)
        return;
    snprintf(iri, sizeof iri, "https://sws.geonames.org/%s/", geonames);
    hg_rdf_iri(node->graph, node->iri, property->predicate, iri);
    hg_rdf_iri(node->graph, iri, "rdf:type", "dct:Location");
    meta_put_properties(&(meta_node){ node->graph, iri }, place_properties, place);
}
