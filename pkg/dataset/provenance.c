/* provenance - how a package came about, as PROV-O */
#include "dataset/provenance.h"
#include "base/digest.h"

#include <inttypes.h>
#include <stdio.h>

/* The names that hang on a dataset's IRI. */
struct names {
    hg_buf activity, association, recipe, tool;
};

hg_making hg_making_of(const hg_json *head, const hg_json *verdict)
{
    return (hg_making){
        .sources = hg_json_get(head, "sources"),
        .recipe = hg_json_get(hg_json_get(head, "definition"), "recipe"),
        .tool = hg_json_get(head, "tool"),
        .verdict = verdict,
    };
}

void hg_provenance_checksum(hg_rdf *graph, const char *iri, const char *sha256)
{
    hg_buf sum = { 0 };
    hg_buf_printf(&sum, "%s-sha256", iri);
    if (sha256 && sum.data) {
        hg_rdf_iri(graph, iri, "spdx:checksum", sum.data);
        hg_rdf_iri(graph, sum.data, "rdf:type", "spdx:Checksum");
        hg_rdf_iri(graph, sum.data, "spdx:algorithm", "spdx:checksumAlgorithm_sha256");
        hg_rdf_typed(graph, sum.data, "spdx:checksumValue", sha256, "xsd:hexBinary");
    }
    hg_buf_release(&sum);
}

/* One use of a source: the cells that were read, as a place. */
static hg_status put_range(hg_rdf *graph, const struct names *names, const char *source,
                           size_t number, const hg_json *range, hg_err *err)
{
    hg_buf usage = { 0 }, place = { 0 }, label = { 0 };
    const char *sheet = hg_json_get_str(range, "sheet");
    hg_buf_printf(&usage, "%s-usage-%zu", source, number);
    hg_buf_printf(&place, "%s-cells-%zu", source, number);
    hg_buf_printf(&label, "%s%s%s", sheet ? sheet : "", sheet ? "!" : "",
                  hg_json_get_str(range, "cells"));
    hg_status status = hg_buf_status(&usage, err);
    if (status == HG_OK)
        status = hg_buf_status(&place, err);
    if (status == HG_OK)
        status = hg_buf_status(&label, err);
    if (status == HG_OK) {
        hg_rdf_iri(graph, names->activity.data, "prov:qualifiedUsage", usage.data);
        hg_rdf_iri(graph, usage.data, "rdf:type", "prov:Usage");
        hg_rdf_iri(graph, usage.data, "prov:entity", source);
        hg_rdf_iri(graph, usage.data, "prov:atLocation", place.data);
        hg_rdf_iri(graph, place.data, "rdf:type", "prov:Location");
        hg_rdf_text(graph, place.data, "rdfs:label", label.data, NULL);
    }
    hg_buf_release(&usage);
    hg_buf_release(&place);
    hg_buf_release(&label);
    return status;
}

static hg_status put_source(hg_rdf *graph, const struct names *names, const char *dataset,
                            size_t number, const hg_json *source, hg_err *err)
{
    char size[32];
    hg_buf iri = { 0 };
    hg_buf_printf(&iri, "%s#source-%zu", dataset, number);
    hg_status status = hg_buf_status(&iri, err);
    if (status == HG_OK) {
        snprintf(size, sizeof size, "%" PRId64 " B",
                 hg_json_int(hg_json_get(source, "bytes"), 0));
        hg_rdf_iri(graph, names->activity.data, "prov:used", iri.data);
        hg_rdf_iri(graph, iri.data, "rdf:type", "prov:Entity");
        hg_rdf_text(graph, iri.data, "dct:title", hg_json_get_str(source, "name"), NULL);
        if (hg_json_get(source, "bytes"))
            hg_rdf_text(graph, iri.data, "schema:contentSize", size, NULL);
        hg_provenance_checksum(graph, iri.data, hg_json_get_str(source, "sha256"));
    }
    const hg_json *ranges = hg_json_get(source, "ranges");
    for (size_t i = 0; i < hg_json_len(ranges) && status == HG_OK; i++)
        status = put_range(graph, names, iri.data, i + 1, hg_json_at(ranges, i), err);
    hg_buf_release(&iri);
    return status;
}

static hg_status put_recipe(hg_rdf *graph, const struct names *names,
                            const hg_json *recipe, hg_err *err)
{
    char hex[HG_DIGEST_HEX];
    hg_buf text = { 0 };
    hg_status status = recipe ? hg_json_dump(recipe, false, &text, err) : HG_OK;
    if (status == HG_OK && recipe) {
        hg_digest_of(text.data, text.len, hex);
        hg_rdf_iri(graph, names->association.data, "prov:hadPlan", names->recipe.data);
        hg_rdf_iri(graph, names->recipe.data, "rdf:type", "prov:Plan");
        hg_rdf_text(graph, names->recipe.data, "dct:title", "recipe.json", NULL);
        hg_provenance_checksum(graph, names->recipe.data, hex);
    }
    hg_buf_release(&text);
    return status;
}

static void put_tool(hg_rdf *graph, const struct names *names, const hg_json *tool)
{
    if (!tool)
        return;
    hg_rdf_iri(graph, names->activity.data, "prov:wasAssociatedWith", names->tool.data);
    hg_rdf_iri(graph, names->association.data, "prov:agent", names->tool.data);
    hg_rdf_iri(graph, names->tool.data, "rdf:type", "prov:SoftwareAgent");
    hg_rdf_text(graph, names->tool.data, "foaf:name", hg_json_get_str(tool, "name"),
                NULL);
    hg_rdf_text(graph, names->tool.data, "schema:softwareVersion",
                hg_json_get_str(tool, "version"), NULL);
}

static hg_status put_activity(const hg_making *making, const struct names *names,
                              const char *dataset, hg_rdf *graph, hg_err *err)
{
    hg_status status = HG_OK;
    hg_rdf_iri(graph, dataset, "prov:wasGeneratedBy", names->activity.data);
    hg_rdf_iri(graph, names->activity.data, "rdf:type", "prov:Activity");
    for (size_t i = 0; i < hg_json_len(making->sources) && status == HG_OK; i++)
        status =
            put_source(graph, names, dataset, i + 1, hg_json_at(making->sources, i), err);
    if (making->recipe || making->tool) {
        hg_rdf_iri(graph, names->activity.data, "prov:qualifiedAssociation",
                   names->association.data);
        hg_rdf_iri(graph, names->association.data, "rdf:type", "prov:Association");
    }
    put_tool(graph, names, making->tool);
    return status == HG_OK ? put_recipe(graph, names, making->recipe, err) : status;
}

hg_status hg_provenance_put(const hg_making *making, const char *dataset, hg_rdf *graph,
                            hg_err *err)
{
    struct names names = { 0 };
    if (!making->sources && !making->recipe && !making->tool)
        return HG_OK;
    hg_buf_printf(&names.activity, "%s#activity", dataset);
    hg_buf_printf(&names.association, "%s#association", dataset);
    hg_buf_printf(&names.recipe, "%s#recipe", dataset);
    hg_buf_printf(&names.tool, "%s#tool", dataset);
    hg_status status = hg_buf_status(&names.activity, err);
    if (status == HG_OK)
        status = hg_buf_status(&names.association, err);
    if (status == HG_OK)
        status = hg_buf_status(&names.recipe, err);
    if (status == HG_OK)
        status = hg_buf_status(&names.tool, err);
    if (status == HG_OK)
        status = put_activity(making, &names, dataset, graph, err);
    hg_buf_release(&names.activity);
    hg_buf_release(&names.association);
    hg_buf_release(&names.recipe);
    hg_buf_release(&names.tool);
    return status;
}
