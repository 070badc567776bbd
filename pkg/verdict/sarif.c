/* sarif - a report as SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0) */
#include "verdict/sarif.h"
#include "text/uri.h"

#include <string.h>

static hg_json *text_of(const char *text)
{
    hg_json *message = hg_json_object();
    hg_json_set_str(message, "text", text);
    return message;
}

static hg_json *rule_of(const hg_verdict_rule *rule)
{
    hg_json *made = hg_json_object(), *usual = hg_json_object();
    hg_json_set_str(made, "id", rule->code);
    hg_json_set(made, "shortDescription", text_of(rule->meaning));
    hg_json_set_str(usual, "level", rule->warning ? "warning" : "error");
    hg_json_set(made, "defaultConfiguration", usual);
    return made;
}

static hg_json *driver_of(const hg_verdict_rules *rules, const hg_verdict_opts *opts)
{
    hg_json *tool = hg_json_object(), *driver = hg_json_object(), *list = hg_json_array();
    hg_json_set_str(driver, "name", "hg-validate");
    hg_json_set_str(driver, "version", opts->version);
    for (size_t i = 0; i < rules->n; i++)
        hg_json_add(list, rule_of(&rules->rules[i]));
    hg_json_set(driver, "rules", list);
    hg_json_set(tool, "driver", driver);
    return tool;
}

/* The file, and the row and column of the cell, or the line and column of a JSON
 * document. */
static hg_json *physical(const hg_json *finding)
{
    hg_json *place = hg_json_object(), *artifact = hg_json_object();
    uint64_t row = hg_verdict_number(finding, "row"),
             col = hg_verdict_number(finding, "column");
    hg_buf uri = { 0 };
    if (row == 0)
        row = hg_verdict_number(finding, "rowNumber");
    hg_uri_encode(&uri, hg_slice_of(hg_json_get_str(finding, "file")), HG_URI_PATH);
    hg_json_set(artifact, "uri",
                uri.status == HG_OK ? hg_json_new_str(uri.data ? uri.data : "") : NULL);
    hg_buf_release(&uri);
    hg_json_set(place, "artifactLocation", artifact);
    if (row > 0) {
        hg_json *region = hg_json_object();
        hg_json_set_int(region, "startLine", (int64_t)row);
        if (col > 0)
            hg_json_set_int(region, "startColumn", (int64_t)col);
        hg_json_set(place, "region", region);
    }
    return place;
}

/* What the place is called: a cell of a sheet, a value of a document, a field of a table.
 */
static hg_json *logical(const hg_json *finding)
{
    const char *sheet = hg_json_get_str(finding, "sheet"),
               *a1 = hg_json_get_str(finding, "a1");
    const char *pointer = hg_json_get_str(finding, "pointer");
    const char *field = hg_json_get_str(finding, "fieldName");
    hg_json *place = hg_json_object();
    hg_buf full = { 0 };
    if (pointer) {
        hg_buf_puts(&full, pointer);
    } else if (sheet) {
        hg_buf_printf(&full, "%s%s%s", sheet, a1 ? "!" : "", a1 ? a1 : "");
    } else {
        hg_buf_puts(&full, field);
    }
    hg_json_set(place, "fullyQualifiedName",
                full.status == HG_OK ? hg_json_new_str(full.data ? full.data : "")
                                     : NULL);
    hg_json_set_str(place, "kind",
                    pointer ? "value"
                    : a1    ? "cell"
                    : sheet ? "sheet"
                            : "member");
    if (!pointer && field && *field)
        hg_json_set_str(place, "name", field);
    hg_buf_release(&full);
    return place;
}

static hg_json *location_of(const hg_json *finding)
{
    const char *field = hg_json_get_str(finding, "fieldName");
    hg_json *location = hg_json_object();
    if (hg_json_get_str(finding, "file"))
        hg_json_set(location, "physicalLocation", physical(finding));
    if ((field && *field) || hg_json_get_str(finding, "sheet") ||
        hg_json_get_str(finding, "pointer")) {
        hg_json *list = hg_json_array();
        hg_json_add(list, logical(finding));
        hg_json_set(location, "logicalLocations", list);
    }
    return location;
}

static hg_json *result_of(const hg_json *finding, const hg_verdict_rules *rules,
                          hg_lang lang)
{
    hg_json *result = hg_json_object(), *locations = hg_json_array();
    hg_json_set_str(result, "ruleId", hg_json_get_str(finding, "type"));
    hg_json_set_int(result, "ruleIndex", (int64_t)hg_verdict_rule_of(rules, finding));
    hg_json_set_str(result, "level",
                    hg_verdict_is_warning(finding) ? "warning" : "error");
    hg_json_set(result, "message", text_of(hg_verdict_message(finding, lang)));
    hg_json_add(locations, location_of(finding));
    hg_json_set(result, "locations", locations);
    return result;
}

static hg_json *run_of(const hg_json *report, const hg_verdict_rules *rules,
                       const hg_verdict_opts *opts)
{
    const hg_json *tasks = hg_json_get(report, "tasks"), *finding;
    hg_json *run = hg_json_object(), *results = hg_json_array();
    hg_json_set(run, "tool", driver_of(rules, opts));
    hg_json_set_str(run, "language", opts->lang == HG_VI ? "vi" : "en");
    hg_json_set_str(run, "columnKind", "unicodeCodePoints");
    for (size_t t = 0; t < hg_json_len(tasks); t++)
        for (size_t i = 0; (finding = hg_verdict_finding(hg_json_at(tasks, t), i)); i++)
            hg_json_add(results, result_of(finding, rules, opts->lang));
    hg_json_set(run, "results", results);
    return run;
}

hg_status hg_verdict_sarif(hg_buf *buf, const hg_json *report,
                           const hg_verdict_opts *opts, hg_err *err)
{
    hg_verdict_rules rules;
    hg_status st = hg_verdict_count(&rules, report, NULL, opts->lang, err);
    hg_json *root = hg_json_object(), *runs = hg_json_array();
    hg_json_set_str(root, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    hg_json_set_str(root, "version", "2.1.0");
    if (st == HG_OK)
        hg_json_add(runs, run_of(report, &rules, opts));
    hg_json_set(root, "runs", runs);
    if (st == HG_OK)
        st = hg_json_dump(root, true, buf, err);
    hg_json_free(root);
    hg_verdict_rules_release(&rules);
    return st;
}
