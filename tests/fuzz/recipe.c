/* recipe - a recipe: its JSON, and what it says */
#include "fuzz.h"
#include "recipe/recipe.h"

static const char *no_codes(void *with, const char *name)
{
    (void)with, (void)name;
    return "ma,ten\n1,a\n";
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    hg_err err = HG_ERR_INIT;
    hg_doc *doc;
    hg_recipe *recipe;
    if (hg_doc_parse(&doc, "recipe.json", (hg_slice){ (const char *)bytes, n }, &err) !=
        HG_OK)
        return 0;
    if (hg_recipe_new(&recipe, doc, no_codes, NULL, &err) == HG_OK)
        hg_recipe_free(recipe);
    hg_doc_free(doc);
    return 0;
}
