/* licence - under which terms a dataset may be used */
#include "dataset/licence.h"
#include "dataset/vocabulary.h"

#include <string.h>

static void put_lines(hg_buf *buf, const char *const *lines, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        hg_buf_puts(buf, lines[i]);
        hg_buf_putc(buf, '\n');
    }
}

static void put_terms(const hg_json *description, const char *lang, hg_buf *buf)
{
    bool vi = strcmp(lang, "vi") == 0;
    const char *code = hg_json_get_str(description, "license");
    const hg_term *term = hg_vocabulary_find(HG_VOC_LICENCE, code);
    const char *rights = hg_json_lang(hg_json_get(description, "rights"), lang);
    const char *const lines[] = {
        hg_json_lang(hg_json_get(description, "title"), lang),
        hg_json_lang(hg_json_get(hg_json_get(description, "publisher"), "name"), lang),
        "",
        vi ? "Giấy phép:" : "Licence:",
        term ? (vi ? term->vi : term->en) : code,
        hg_vocabulary_iri(HG_VOC_LICENCE_PAGE, code),
    };
    put_lines(buf, lines, sizeof lines / sizeof *lines);
    if (rights)
        put_lines(buf, (const char *const[]){ "", rights }, 2);
}

void hg_licence(const hg_dataset *dataset, hg_buf *buf)
{
    put_terms(hg_dataset_description(dataset), "vi", buf);
    hg_buf_puts(buf, "\n----\n\n");
    put_terms(hg_dataset_description(dataset), "en", buf);
}
