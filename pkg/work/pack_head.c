/* pack_head - the head of a package and the description in it */
#include "dataset/description.h"
#include "dataset/profile.h"
#include "dataset/schemaorg.h"
#include "work/pack_job.h"

#include <string.h>

static bool same_tables(const hg_json *a, const hg_json *b)
{
    bool same = hg_json_len(a) == hg_json_len(b);
    for (size_t i = 0; i < hg_json_len(a) && same; i++) {
        const char *left = hg_json_get_str(hg_json_at(a, i), "name");
        const char *right = hg_json_get_str(hg_json_at(b, i), "name");
        same = left && right && strcmp(left, right) == 0;
    }
    return same;
}

/* Put another definition in; schemas stay those which the rows were checked against. */
static hg_status redefine(hg_json *head, const hg_dataset *dataset, hg_err *err)
{
    hg_json *other = hg_dataset_head(dataset);
    hg_status status = HG_OK;
    if (same_tables(hg_json_get(head, "resources"), hg_json_get(other, "resources"))) {
        hg_json_set(head, "id", hg_json_copy(hg_json_get(other, "id")));
        hg_json_set(head, "definition", hg_json_copy(hg_json_get(other, "definition")));
    } else {
        status = hg_fail(err, HG_EARG, NULL,
                         "the rows are not of the tables of the dataset '%s'",
                         hg_dataset_id(dataset));
    }
    hg_json_free(other);
    return status;
}

/* A description that came with a stream is somebody's text: check it like a file. */
static hg_status check_description(const hg_json *description, hg_err *err)
{
    hg_buf text = { 0 };
    hg_doc *doc = NULL;
    hg_status status = hg_json_dump(description, true, &text, err);
    if (status == HG_OK)
        status =
            hg_doc_parse(&doc, "dataset.json", (hg_slice){ text.data, text.len }, err);
    if (status == HG_OK)
        status = hg_description_check(doc, HG_DESCRIPTION_PROFILE, err);
    hg_doc_free(doc);
    hg_buf_release(&text);
    return status;
}

static hg_status check_complete(const char *id, const hg_json *description, hg_err *err)
{
    hg_buf names = { 0 };
    hg_description_missing(description, &names);
    hg_status status = hg_buf_status(&names, err);
    if (status == HG_OK && names.len > 0)
        status = hg_fail(err, HG_EREFUSED, &(hg_loc){ .file = id },
                         "the description is not complete; missing: %s", names.data);
    hg_buf_release(&names);
    return status;
}

/* What the profile asks for beyond that. */
static hg_status check_profile(hg_pack_job *pack, const hg_json *description, hg_err *err)
{
    const hg_json *profile =
        pack->opts->profile ? hg_doc_root(pack->opts->profile) : NULL;
    hg_buf names = { 0 };
    hg_profile_missing(profile, description, HG_PROFILE_REQUIRED, &names);
    hg_profile_missing(profile, description, HG_PROFILE_RECOMMENDED, &pack->sum->advice);
    hg_status status = hg_buf_status(&names, err);
    if (status == HG_OK && names.len > 0)
        status = hg_fail(err, HG_EREFUSED, HG_AT(hg_dataset_id(pack->dataset)),
                         "the profile '%s' requires more; give dataset.json: %s",
                         hg_profile_name(profile), names.data);
    hg_buf_release(&names);
    pack->sum->brief = hg_schemaorg_brief(description);
    return status == HG_OK ? hg_buf_status(&pack->sum->advice, err) : status;
}

/* What made the package, for its provenance. */
static void set_tool(hg_json *head, const char *version)
{
    hg_json *tool = hg_json_object();
    hg_json_set_str(tool, "name", "hg-package");
    hg_json_set_str(tool, "version", version);
    hg_json_set(head, "tool", tool);
}

hg_status hg_pack_head(hg_pack_job *pack, hg_err *err)
{
    hg_status status = HG_OK;
    pack->head = hg_json_copy(hg_in_head(pack->in));
    if (pack->opts->dataset)
        status = redefine(pack->head, pack->opts->dataset, err);
    if (status != HG_OK)
        return status;
    hg_json *description = hg_json_get(hg_json_get(pack->head, "definition"), "dataset");
    if (!hg_json_is_object(description))
        return hg_fail(err, HG_EARG, NULL,
                       "the rows come without a dataset's description; name one with -d");
    if (pack->opts->modified && !hg_json_get(description, "modified"))
        hg_json_set_str(description, "modified", pack->opts->modified);
    hg_json_set_str(pack->head, "stage", hg_stage_name(HG_PACKAGED));
    set_tool(pack->head, pack->opts->version);
    status = check_description(description, err);
    if (status == HG_OK)
        status = hg_dataset_from_head(&pack->dataset, pack->head, err);
    if (status == HG_OK)
        status = check_complete(hg_dataset_id(pack->dataset), description, err);
    return status == HG_OK ? check_profile(pack, description, err) : status;
}
