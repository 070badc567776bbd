/* form_inside.h - a report.json being read, shared by the files of dataset/form. */
#ifndef HG_DATASET_FORM_INSIDE_H
#define HG_DATASET_FORM_INSIDE_H

#include "dataset/form.h"

/* Room for n items that lives as long as the form, set to zero; n may be 0. NULL out of
 * memory. */
void *hg_form_take(hg_form *form, size_t n, size_t size, hg_err *err);

/*
 * Members of an object, each of one kind: what stands in *out stays where the member is
 * missing. HG_EARG, at the member: it is of another kind.
 */
hg_status hg_form_text(const hg_form *form, const hg_json *at, const char *key,
                       const char **out, hg_err *err);
hg_status hg_form_need_text(const hg_form *form, const hg_json *at, const char *key,
                            const char **out, hg_err *err);
hg_status hg_form_bool(const hg_form *form, const hg_json *at, const char *key, bool *out,
                       hg_err *err);
/* One of n names; *out is its index. */
hg_status hg_form_choice(const hg_form *form, const hg_json *at, const char *key,
                         const char *const *names, size_t n, unsigned *out, hg_err *err);
/* A whole number from 0 to 10. */
hg_status hg_form_decimals(const hg_form *form, const hg_json *at, int *out, hg_err *err);
/* A list; *n is 0 where it is missing, and never otherwise. */
hg_status hg_form_list(const hg_form *form, const hg_json *at, const char *key,
                       const hg_json **list, size_t *n, hg_err *err);
hg_status hg_form_texts(hg_form *form, const hg_json *at, const char *key,
                        const char ***out, size_t *n, hg_err *err);

/* Texts that people read: "{code}" and "{label}" are those of form->unit. */
hg_status hg_form_said(hg_form *form, const hg_json *at, const char *key,
                       const char **out, hg_err *err);
hg_status hg_form_label(hg_form *form, const hg_json *at, const char *key,
                        hg_bilingual *out, hg_err *err);
hg_status hg_form_labels(hg_form *form, const hg_json *at, const char *key,
                         hg_bilingual **out, size_t *n, hg_err *err);
/* The same of a value v that is no member, or one whose name is not known before. */
hg_status hg_form_read_label(hg_form *form, const hg_json *at, const char *key,
                             const hg_json *v, hg_bilingual *out, hg_err *err);

/* Fields and their values: one each, or several where many. */
hg_status hg_form_chosen(hg_form *form, const hg_json *at, const char *key, bool many,
                         hg_form_where **out, size_t *n, hg_err *err);
/* The list key ("rows" or "columns") of at as nodes, and what is below each. */
hg_status hg_form_nodes(hg_form *form, const hg_json *at, const char *key, unsigned depth,
                        hg_form_node **out, size_t *n, hg_err *err);

/* See which notes the texts of a table name, and in which order. HG_EARG: one is not there. */
hg_status hg_form_order_notes(hg_form *form, hg_form_table *table, hg_err *err);

/* A member of "tables". */
hg_status hg_form_read_table(hg_form *form, const hg_json *v, hg_form_table *table,
                             hg_err *err);

#endif
