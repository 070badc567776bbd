/* reasons - why a guess is what it is */
#include "recipe/reasons.h"

void hg_reasons_init(hg_reasons *r, hg_lang lang)
{
    *r = (hg_reasons){ .lang = lang, .least = 100, .list = hg_json_array() };
}

void hg_reasons_release(hg_reasons *r)
{
    hg_json_free(r->list);
    r->list = NULL;
}

static void add(hg_reasons *r, const char *of, unsigned percent, hg_buf *why)
{
    hg_json *reason = hg_json_object();
    hg_json_set_str(reason, "sheet", r->sheet);
    hg_json_set_str(reason, "of", of);
    hg_json_set(reason, "confidence", hg_json_new_real(percent / 100.0));
    hg_json_set(reason, "why",
                hg_json_new_slice((hg_slice){ why->data ? why->data : "", why->len }));
    hg_json_add(r->list, reason);
    r->least = percent < r->least ? percent : r->least;
    hg_buf_release(why);
}

void hg_reasons_add(hg_reasons *r, const char *of, unsigned percent, const char *format,
                    ...)
{
    hg_buf why = { 0 };
    char args[1024];
    va_list ap;
    va_start(ap, format);
    size_t n = hg_vargs(args, sizeof args, format, ap);
    va_end(ap);
    hg_text_args(&why, format, r->lang, args, n);
    add(r, of, percent, &why);
}

void hg_reasons_add_err(hg_reasons *r, const char *of, unsigned percent,
                        const hg_err *err)
{
    hg_buf why = { 0 };
    hg_text_err(&why, err, r->lang);
    add(r, of, percent, &why);
}

void hg_reasons_take(hg_reasons *r, const hg_reasons *from)
{
    for (size_t i = 0; i < hg_json_len(from->list); i++)
        hg_json_add(r->list, hg_json_keep(hg_json_at(from->list, i)));
    r->least = from->least < r->least ? from->least : r->least;
}
