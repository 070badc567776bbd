/* choices - the codes of a field as people choose them in a form */
#include "report/choices.h"

#include <stdlib.h>
#include <string.h>

static const char *label_of(const hg_labels *labels, size_t i)
{
    const char *vi = hg_labels_at(labels, i).vi;
    return vi ? vi : "";
}

static bool is_alone(const hg_labels *labels, size_t i)
{
    const char *label = label_of(labels, i);
    for (size_t k = 0; k < hg_labels_count(labels); k++)
        if (k != i && strcmp(label_of(labels, k), label) == 0)
            return false;
    return *label != '\0';
}

hg_status hg_choices_make(hg_choices *choices, const hg_labels *labels, hg_err *err)
{
    size_t n = hg_labels_count(labels);
    *choices = (hg_choices){ .texts = calloc(n + 1, sizeof *choices->texts) };
    if (!choices->texts)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < n; i++) {
        hg_buf text = { 0 };
        hg_buf_puts(&text, label_of(labels, i));
        if (!is_alone(labels, i))
            hg_buf_printf(&text, "%s(%s)", text.len ? " " : "",
                          hg_labels_code(labels, i));
        choices->texts[choices->n++] = text.data;
        if (hg_buf_status(&text, err) != HG_OK)
            return err->status;
    }
    return HG_OK;
}

size_t hg_choices_find(const hg_choices *choices, hg_slice text)
{
    size_t i = 0;
    while (i < choices->n && !hg_slice_is(text, choices->texts[i]))
        i++;
    return i;
}

void hg_choices_release(hg_choices *choices)
{
    for (size_t i = 0; i < choices->n; i++)
        free(choices->texts[i]);
    free(choices->texts);
    *choices = (hg_choices){ 0 };
}
