/* quality - what the check of a dataset found, in the Data Quality Vocabulary */
#include "dataset/quality.h"

#include <inttypes.h>
#include <stdio.h>

static const struct metric {
    const char *name;
    const char *label[2], *definition[2]; /* vi, en */
} metrics[] = {
    { "errors",
      { "Số lỗi", "Errors" },
      { "Số lỗi tìm thấy khi kiểm tra dữ liệu theo lược đồ và quy tắc đã khai.",
        "Findings of severity error when the data were checked against their schema and "
        "rules." } },
    { "warnings",
      { "Số cảnh báo", "Warnings" },
      { "Số cảnh báo tìm thấy khi kiểm tra dữ liệu theo lược đồ và quy tắc đã khai.",
        "Findings of severity warning when the data were checked against their schema "
        "and rules." } },
    { "rows",
      { "Số dòng đã kiểm tra", "Rows checked" },
      { "Số dòng dữ liệu đã được kiểm tra, của mọi bảng.",
        "Rows of data that were checked, of all tables." } },
};

static void describe_metric(hg_rdf *graph, const char *iri, const struct metric *metric)
{
    static const char *const languages[] = { "vi", "en" };
    hg_rdf_iri(graph, iri, "rdf:type", "dqv:Metric");
    for (size_t i = 0; i < 2; i++) {
        hg_rdf_text(graph, iri, "rdfs:label", metric->label[i], languages[i]);
        hg_rdf_text(graph, iri, "skos:definition", metric->definition[i], languages[i]);
    }
    hg_rdf_iri(graph, iri, "dqv:expectedDataType", "xsd:nonNegativeInteger");
    hg_rdf_iri(graph, iri, "dqv:inDimension",
               "http://www.w3.org/2016/05/ldqd#consistency");
}

static hg_status measure(const struct metric *metric, uint64_t value, const char *dataset,
                         const char *base, hg_rdf *graph, hg_err *err)
{
    char digits[24];
    hg_buf iri = { 0 }, of = { 0 };
    snprintf(digits, sizeof digits, "%" PRIu64, value);
    hg_buf_printf(&iri, "%s#quality-%s", dataset, metric->name);
    hg_buf_printf(&of, "%s/catalog#metric-%s", base, metric->name);
    hg_status status = hg_buf_status(&iri, err);
    if (status == HG_OK)
        status = hg_buf_status(&of, err);
    if (status == HG_OK) {
        hg_rdf_iri(graph, dataset, "dqv:hasQualityMeasurement", iri.data);
        hg_rdf_iri(graph, iri.data, "rdf:type", "dqv:QualityMeasurement");
        hg_rdf_iri(graph, iri.data, "dqv:computedOn", dataset);
        hg_rdf_iri(graph, iri.data, "dqv:isMeasurementOf", of.data);
        hg_rdf_typed(graph, iri.data, "dqv:value", digits, "xsd:nonNegativeInteger");
        describe_metric(graph, of.data, metric);
    }
    hg_buf_release(&iri);
    hg_buf_release(&of);
    return status;
}

hg_status hg_quality_put(const hg_json *verdict, uint64_t rows, const char *dataset,
                         const char *base, hg_rdf *graph, hg_err *err)
{
    const uint64_t values[] = {
        (uint64_t)hg_json_int(hg_json_get(verdict, "errors"), 0),
        (uint64_t)hg_json_int(hg_json_get(verdict, "warnings"), 0),
        rows,
    };
    hg_status status = HG_OK;
    for (size_t i = 0; verdict && i < 3 && status == HG_OK; i++)
        status = measure(&metrics[i], values[i], dataset, base, graph, err);
    return status;
}
