/* choices.h - the codes of a field as people choose them in a form: by their labels. */
#ifndef HG_REPORT_CHOICES_H
#define HG_REPORT_CHOICES_H

#include "report/labels.h"

/* What stands for each code of a list, in its order: its Vietnamese label; where several
 * codes have the same, or it is empty, "label (code)". */
typedef struct hg_choices {
    char **texts;
    size_t n;
} hg_choices;

/* HG_ENOMEM; the choices can be released then, too. */
hg_status hg_choices_make(hg_choices *choices, const hg_labels *labels, hg_err *err);
/* The place of a text among them; n where it is none. */
size_t hg_choices_find(const hg_choices *choices, hg_slice text);
void hg_choices_release(hg_choices *choices);

#endif
