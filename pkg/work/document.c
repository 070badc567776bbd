/* document - a JSON document judged by its JSON Schema */
#include "work/document.h"
#include "json/jsonschema.h"

typedef struct document {
    const hg_tree *tree;
    const hg_document_opts *opts;
    hg_tally tally;
    hg_buf pointer;
} document;

static hg_status pass_on(void *user, const hg_finding *finding, hg_err *err)
{
    const document *d = user;
    hg_finding f = *finding;
    if (!f.pointer) { /* how many more of a kind there are: about the document */
        f.pointer = "";
        f.file = hg_tree_name(d->tree);
    }
    if (d->opts->report)
        hg_validation_add(d->opts->report, &f);
    return d->opts->found ? d->opts->found(d->opts->user, &f, err) : HG_OK;
}

/* What a keyword finds as a finding like those on tables. */
static hg_status take(void *user, const hg_jsonschema_finding *found, hg_err *err)
{
    document *d = user;
    hg_loc loc = hg_tree_loc(d->tree, found->at->at);
    hg_buf_clear(&d->pointer);
    hg_node_pointer(&d->pointer, found->at);
    hg_finding f = { .code = found->keyword,
                     .severity = HG_ERROR,
                     .pointer = d->pointer.data ? d->pointer.data : "",
                     .file = loc.file,
                     .row = loc.row,
                     .col = loc.col,
                     .message = found->message,
                     .args_len = found->args_len };
    for (size_t i = 0; i < found->args_len; i++)
        f.args[i] = found->args[i];
    hg_status st = hg_buf_status(&d->pointer, err);
    return st == HG_OK ? hg_tally_add(&d->tally, &f, err) : st;
}

static hg_status check(document *d, const hg_jsonschema *schema, hg_check_sum *sum,
                       hg_err *err)
{
    const char *name = hg_tree_name(d->tree);
    hg_validation *report = d->opts->report;
    bool valid;
    hg_status st = report ? hg_validation_table(report, name, name, NULL, 0, err) : HG_OK;
    if (st == HG_OK)
        st = hg_jsonschema_check(schema, hg_tree_root(d->tree), take, d, &valid, err);
    if (st == HG_OK)
        st = hg_tally_end(&d->tally, err);
    if (st == HG_OK && report) {
        hg_validation_type(report, "document");
        hg_validation_end(report, 0, d->tally.errors, 0);
    }
    *sum = (hg_check_sum){ .errors = d->tally.errors, .rows = HG_VALIDATION_NO_ROWS };
    return st;
}

hg_status hg_document_check(const char *file, const hg_document_opts *opts,
                            hg_check_sum *sum, hg_err *err)
{
    hg_jsonschema *schema = NULL;
    hg_tree *tree = NULL;
    document d = { .opts = opts };
    d.tally = (hg_tally){ .take = pass_on,
                          .user = &d,
                          .max = opts->max_same ? opts->max_same : 1000 };
    hg_status st = hg_jsonschema_load(&schema, opts->schema, opts->remotes, err);
    if (st == HG_OK && (st = hg_tree_load(&tree, file, err)) == HG_EARG)
        st = err->status = HG_EINPUT; /* the input is damaged, nobody asked wrongly */
    d.tree = tree;
    if (st == HG_OK)
        st = check(&d, schema, sum, err);
    if (st == HG_EINPUT && err->file[0] == '\0')
        hg_args(err->file, sizeof err->file, "%s", file);
    hg_tally_release(&d.tally);
    hg_buf_release(&d.pointer);
    hg_tree_free(tree);
    hg_jsonschema_free(schema);
    return st;
}
