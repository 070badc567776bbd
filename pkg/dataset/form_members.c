/* form_members - members of report.json of one kind: a text, a label, a list */
#include "dataset/form_inside.h"
#include "text/message.h"

#include <stdlib.h>
#include <string.h>

typedef struct owned { /* one allocation of a form, in a chain */
    struct owned *next;
    max_align_t bytes[];
} owned;

void *hg_form_take(hg_form *form, size_t n, size_t size, hg_err *err)
{
    owned *o =
        calloc(1, sizeof *o + (n ? n : 1) * size); /* n is a length of a small JSON */
    if (!o) {
        hg_fail_nomem(err);
        return NULL;
    }
    o->next = form->owned;
    form->owned = o;
    return o->bytes;
}

hg_status hg_form_unknown(const hg_form *form, const hg_json *at, const char *key,
                          const char *name, const char *const *known, size_t n,
                          hg_err *err)
{
    const char *nearest = NULL;
    unsigned least = 4; /* more edits apart is no slip of the hand */
    hg_buf all = { 0 };
    for (size_t i = 0; i < n; i++) {
        unsigned d = hg_text_distance(name, known[i]);
        if (d < least) {
            least = d;
            nearest = known[i];
        }
        hg_buf_puts(&all, i ? ", " : "");
        hg_buf_puts(&all, known[i]);
    }
    if (nearest)
        hg_doc_fail(err, form->doc, at, key, "'%s' is not known here; did you mean '%s'?",
                    name, nearest);
    else
        hg_doc_fail(err, form->doc, at, key, "'%s' is not known here; known are: %s",
                    name, all.data ? all.data : "");
    hg_buf_release(&all);
    return err->status;
}

hg_status hg_form_text(const hg_form *form, const hg_json *at, const char *key,
                       const char **out, hg_err *err)
{
    const hg_json *v = hg_json_get(at, key);
    if (v && !hg_json_is_string(v))
        return hg_doc_fail(err, form->doc, at, key, "must be a text");
    if (v)
        *out = hg_json_str(v);
    return HG_OK;
}

hg_status hg_form_need_text(const hg_form *form, const hg_json *at, const char *key,
                            const char **out, hg_err *err)
{
    if (hg_form_text(form, at, key, out, err) == HG_OK && !*out)
        hg_doc_fail(err, form->doc, at, NULL, "'%s' is missing", key);
    return err->status;
}

hg_status hg_form_bool(const hg_form *form, const hg_json *at, const char *key, bool *out,
                       hg_err *err)
{
    const hg_json *v = hg_json_get(at, key);
    if (v && !hg_json_is_bool(v))
        return hg_doc_fail(err, form->doc, at, key, "must be true or false");
    if (v)
        *out = hg_json_true(v);
    return HG_OK;
}

hg_status hg_form_choice(const hg_form *form, const hg_json *at, const char *key,
                         const char *const *names, size_t n, unsigned *out, hg_err *err)
{
    const char *name = NULL;
    if (hg_form_text(form, at, key, &name, err) != HG_OK || !name)
        return err->status;
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, names[i]) == 0) {
            *out = (unsigned)i;
            return HG_OK;
        }
    return hg_form_unknown(form, at, key, name, names, n, err);
}

void hg_form_fill(hg_buf *buf, const char *text, const char *code, const char *label)
{
    for (const char *p = text; *p;) {
        if (strncmp(p, "{code}", 6) == 0) {
            hg_buf_puts(buf, code);
            p += 6;
        } else if (strncmp(p, "{label}", 7) == 0) {
            hg_buf_puts(buf, label);
            p += 7;
        } else {
            hg_buf_putc(buf, *p++);
        }
    }
}

/* Give *text what it says of the form's unit. */
static hg_status fill(hg_form *form, const char **text, bool english, hg_err *err)
{
    const hg_form_unit *unit = form->unit;
    hg_buf buf = { 0 };
    if (!unit || !*text || !strchr(*text, '{'))
        return HG_OK;
    const char *label = english && unit->label.en ? unit->label.en : unit->label.vi;
    hg_form_fill(&buf, *text, unit->code, label ? label : unit->code);
    char *kept = hg_buf_status(&buf, err) == HG_OK
                     ? hg_form_take(form, buf.len + 1, 1, err)
                     : NULL;
    if (kept && buf.len > 0)
        memcpy(kept, buf.data, buf.len);
    if (kept)
        *text = kept;
    hg_buf_release(&buf);
    return err->status;
}

hg_status hg_form_said(hg_form *form, const hg_json *at, const char *key,
                       const char **out, hg_err *err)
{
    if (hg_form_text(form, at, key, out, err) != HG_OK || !hg_json_get(at, key))
        return err->status;
    return fill(form, out, false, err);
}

hg_status hg_form_read_label(hg_form *form, const hg_json *at, const char *key,
                             const hg_json *v, hg_bilingual *out, hg_err *err)
{
    static const char *const keys[] = { "vi", "en", NULL };
    if (hg_json_is_string(v)) {
        out->vi = hg_json_str(v);
        return fill(form, &out->vi, false, err);
    }
    if (!hg_json_is_object(v))
        return hg_doc_fail(err, form->doc, at, key,
                           "must be a text, or an object with vi and en");
    if (hg_doc_keys(err, form->doc, v, keys) != HG_OK)
        return err->status;
    *out = (hg_bilingual){ 0 };
    if (hg_form_text(form, v, "vi", &out->vi, err) != HG_OK ||
        hg_form_text(form, v, "en", &out->en, err) != HG_OK ||
        fill(form, &out->vi, false, err) != HG_OK)
        return err->status;
    return fill(form, &out->en, true, err);
}

hg_status hg_form_label(hg_form *form, const hg_json *at, const char *key,
                        hg_bilingual *out, hg_err *err)
{
    const hg_json *v = hg_json_get(at, key);
    return v ? hg_form_read_label(form, at, key, v, out, err) : HG_OK;
}

hg_status hg_form_list(const hg_form *form, const hg_json *at, const char *key,
                       const hg_json **list, size_t *n, hg_err *err)
{
    *list = hg_json_get(at, key);
    *n = hg_json_len(*list);
    if (*list && (!hg_json_is_array(*list) || *n == 0))
        return hg_doc_fail(err, form->doc, at, key,
                           "must be a list with at least one entry");
    return HG_OK;
}

hg_status hg_form_texts(hg_form *form, const hg_json *at, const char *key,
                        const char ***out, size_t *n, hg_err *err)
{
    const hg_json *list;
    if (hg_form_list(form, at, key, &list, n, err) != HG_OK || *n == 0)
        return err->status;
    *out = hg_form_take(form, *n, sizeof **out, err);
    for (size_t i = 0; *out && i < *n; i++)
        if (!((*out)[i] = hg_json_str(hg_json_at(list, i))))
            return hg_doc_fail(err, form->doc, at, key, "must be a list of texts");
    return err->status;
}

hg_status hg_form_labels(hg_form *form, const hg_json *at, const char *key,
                         hg_bilingual **out, size_t *n, hg_err *err)
{
    const hg_json *list;
    if (hg_form_list(form, at, key, &list, n, err) != HG_OK)
        return err->status;
    *out = hg_form_take(form, *n, sizeof **out, err);
    for (size_t i = 0; *out && i < *n; i++)
        if (hg_form_read_label(form, at, key, hg_json_at(list, i), &(*out)[i], err) !=
            HG_OK)
            break;
    return err->status;
}

void hg_form_free(hg_form *form)
{
    if (!form)
        return;
    for (owned *o = form->owned; o;) {
        owned *next = o->next;
        free(o);
        o = next;
    }
    free(form);
}
