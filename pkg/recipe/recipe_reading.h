/* recipe_reading.h - the members of a recipe, of one kind each, with every mistake in them;
 * for recipe.c and its recipe_*.c only. */
#ifndef HG_RECIPE_RECIPE_READING_H
#define HG_RECIPE_RECIPE_READING_H

#include "recipe/recipe.h"

/* What is being read, and what goes with every mistake in it. */
typedef struct hg_recipe_reading {
    hg_recipe *recipe;
    const hg_doc *doc;
    hg_recipe_codes *codes;
    void *with;
    hg_err *err;
} hg_recipe_reading;

/* A word of the recipe and what it stands for; a table ends with a NULL word. */
typedef struct hg_recipe_word {
    const char *word;
    int value;
} hg_recipe_word;

/* Look text up in a table of words; a miss fails at the member key of at and names the
 * nearest. */
hg_status hg_reading_word(hg_recipe_reading *r, const hg_json *at, const char *key,
                          const char *text, const hg_recipe_word *words, int *value);
/* The text of an optional member; *text is NULL where it is missing. */
hg_status hg_reading_text(hg_recipe_reading *r, const hg_json *object, const char *key,
                          const char **text);
/* The word of an optional member; *value stays where it is missing. */
hg_status hg_reading_choice(hg_recipe_reading *r, const hg_json *object, const char *key,
                            const hg_recipe_word *words, int *value);
hg_status hg_reading_bool(hg_recipe_reading *r, const hg_json *object, const char *key,
                          bool *value);
/* A whole number from least to most; *value stays where it is missing. */
hg_status hg_reading_number(hg_recipe_reading *r, const hg_json *object, const char *key,
                            int64_t least, int64_t most, size_t *value);
/* An optional POSIX extended regular expression, allocated. */
hg_status hg_reading_regex(hg_recipe_reading *r, const hg_json *object, const char *key,
                           regex_t **out);
/* An optional text or list of texts, each copied, as hg_utf8_key() writes it if fold. */
hg_status hg_reading_patterns(hg_recipe_reading *r, const hg_json *object,
                              const char *key, bool fold, hg_patterns *out);
void hg_patterns_release(hg_patterns *patterns);

/* Read a table's "columns". recipe/recipe_fields.c */
hg_status hg_reading_columns(hg_recipe_reading *r, const hg_json *object,
                             hg_recipe_table *table);
void hg_recipe_field_release(hg_recipe_field *field);

/* "B" is 2, "AA" 27; 0 for what is no column of a sheet. */
uint32_t hg_reading_letters(const char *text, size_t n);

#endif
