/* form - report.json, read and checked */
#include "dataset/form_inside.h"

#include <stdlib.h>
#include <string.h>

/* "workbook": { "title": …, "author": …, "keywords": […], "cover": [ lines ] } */
static hg_status get_workbook(hg_form *form, const hg_json *root, hg_err *err)
{
    static const char *const keys[] = { "title", "author", "keywords", "cover", NULL };
    const hg_json *v = hg_json_get(root, "workbook");
    if (!v)
        return HG_OK;
    if (!hg_json_is_object(v))
        return hg_doc_fail(err, form->doc, root, "workbook", "must be an object");
    if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
        hg_form_label(form, v, "title", &form->title, err) != HG_OK ||
        hg_form_said(form, v, "author", &form->author, err) != HG_OK ||
        hg_form_texts(form, v, "keywords", &form->keywords, &form->n_keywords, err) !=
            HG_OK)
        return err->status;
    return hg_form_labels(form, v, "cover", &form->cover, &form->n_cover, err);
}

/* The three places of a provincial statistics form (Thông tư 01/2019/TT-BKHĐT). */
static hg_status usual_signers(hg_form *form, hg_err *err)
{
    static const hg_form_signer usual[] = {
        { { "Người lập biểu", "Prepared by" },
          { "(Ký, họ tên)", "(Signature, full name)" },
          NULL },
        { { "Người kiểm tra biểu", "Checked by" },
          { "(Ký, họ tên)", "(Signature, full name)" },
          NULL },
        { { "Thủ trưởng đơn vị", "Head of unit" },
          { "(Ký, đóng dấu, họ tên)", "(Signature, seal, full name)" },
          NULL },
    };
    form->signature.n = sizeof usual / sizeof *usual;
    form->signature.signers = hg_form_take(form, form->signature.n, sizeof *usual, err);
    if (form->signature.signers)
        memcpy(form->signature.signers, usual, sizeof usual);
    return err->status;
}

static hg_status get_signers(hg_form *form, const hg_json *at, hg_err *err)
{
    static const char *const keys[] = { "title", "hint", "name", NULL };
    hg_form_signature *s = &form->signature;
    const hg_json *list;
    if (hg_form_list(form, at, "signers", &list, &s->n, err) != HG_OK)
        return err->status;
    if (s->n == 0)
        return usual_signers(form, err);
    if (s->n > HG_FORM_SIGNERS)
        return hg_doc_fail(err, form->doc, at, "signers", "must be a list of at most 4");
    s->signers = hg_form_take(form, s->n, sizeof *s->signers, err);
    for (size_t i = 0; s->signers && i < s->n; i++) {
        const hg_json *v = hg_json_at(list, i);
        if (!hg_json_is_object(v))
            return hg_doc_fail(err, form->doc, at, "signers",
                               "must be a list of objects");
        if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
            hg_form_label(form, v, "title", &s->signers[i].title, err) != HG_OK ||
            hg_form_label(form, v, "hint", &s->signers[i].hint, err) != HG_OK ||
            hg_form_said(form, v, "name", &s->signers[i].name, err) != HG_OK)
            return err->status;
    }
    return err->status;
}

static hg_status get_signature(hg_form *form, const hg_json *root, hg_err *err)
{
    static const char *const keys[] = { "place", "date", "signers", NULL };
    const hg_json *v = hg_json_get(root, "signature");
    if (!v)
        return HG_OK;
    if (!hg_json_is_object(v))
        return hg_doc_fail(err, form->doc, root, "signature", "must be an object");
    if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
        hg_form_said(form, v, "place", &form->signature.place, err) != HG_OK ||
        hg_form_text(form, v, "date", &form->signature.date, err) != HG_OK)
        return err->status;
    return get_signers(form, v, err);
}

static hg_status get_languages(hg_form *form, const hg_json *root, hg_err *err)
{
    static const char *const known[] = { "vi", "en" };
    const char **list = NULL;
    size_t n = 0;
    if (hg_form_texts(form, root, "languages", &list, &n, err) != HG_OK)
        return err->status;
    for (size_t i = 0; i < n; i++) {
        if (i >= 2 || (strcmp(list[i], "vi") != 0 && strcmp(list[i], "en") != 0))
            return hg_form_unknown(form, root, "languages", list[i], known, 2, err);
        if (strcmp(list[i], known[i]) != 0)
            return hg_doc_fail(err, form->doc, root, "languages",
                               "must be [\"vi\"] or [\"vi\", \"en\"]");
    }
    form->english = n == 2;
    return HG_OK;
}

static hg_status read_form(hg_form *form, const hg_json *root, hg_err *err)
{
    static const char *const keys[] = { "hgReport", "languages", "forEach", "workbook",
                                        "tables",   "signature", NULL };
    const hg_json *list;
    if (!hg_json_is_object(root))
        return hg_doc_fail(err, form->doc, root, NULL, "must be an object");
    if (hg_doc_keys(err, form->doc, root, keys) != HG_OK)
        return err->status;
    if (hg_json_int(hg_json_get(root, "hgReport"), 0) != 1)
        return hg_doc_fail(err, form->doc, root,
                           hg_json_get(root, "hgReport") ? "hgReport" : NULL,
                           "'hgReport' must be 1: the version of this format");
    if (get_languages(form, root, err) != HG_OK ||
        hg_form_text(form, root, "forEach", &form->each, err) != HG_OK ||
        get_workbook(form, root, err) != HG_OK ||
        get_signature(form, root, err) != HG_OK ||
        hg_form_list(form, root, "tables", &list, &form->n_tables, err) != HG_OK)
        return err->status;
    if (form->n_tables == 0)
        return hg_doc_fail(err, form->doc, root, NULL, "'%s' is missing", "tables");
    form->tables = hg_form_take(form, form->n_tables, sizeof *form->tables, err);
    for (size_t i = 0; form->tables && i < form->n_tables; i++) {
        const hg_json *v = hg_json_at(list, i);
        if (!hg_json_is_object(v))
            return hg_doc_fail(err, form->doc, root, "tables",
                               "must be a list of objects");
        if (hg_form_read_table(form, v, &form->tables[i], err) != HG_OK)
            break;
        if (i == 0)
            form->lists = form->tables[0].list;
        if (form->tables[i].list != form->lists)
            return hg_doc_fail(err, form->doc, v, NULL,
                               "lists have a workbook of their own: put them into a "
                               "report.json without other tables");
    }
    return err->status;
}

hg_status hg_form_new(hg_form **out, const hg_doc *doc, const hg_form_unit *unit,
                      hg_err *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return hg_fail_nomem(err);
    (*out)->doc = doc;
    (*out)->unit = unit;
    if (read_form(*out, hg_doc_root(doc), err) != HG_OK) {
        hg_form_free(*out);
        *out = NULL;
    }
    return err->status;
}
