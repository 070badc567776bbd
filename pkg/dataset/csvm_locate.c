/* csvm_locate - where the metadata of a CSV lie (w3.org/TR/tabular-data-model, 5) */
#include "dataset/csvm.h"
#include "base/file.h"
#include "text/uritemplate.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define WELL_KNOWN     "/.well-known/csvm"
#define WELL_KNOWN_MAX ((size_t)1 << 16) /* bytes */
static const char usual_places[] = "{+url}-metadata.json\ncsv-metadata.json\n";

typedef struct search {
    const char *csv; /* the address, without a fragment */
    const hg_csvm_opts *opts;
    char *file, *url; /* found; NULL: not yet */
    hg_err *err;
} search;

/* ---- does a document describe the CSV? ---- */

static bool is_described(const search *s, const char *base, const hg_json *table)
{
    const char *url = hg_json_get_str(table, "url");
    hg_buf full = { 0 };
    if (!url)
        return false;
    hg_address_resolve(&full, base, url);
    bool same = full.data && hg_addresses_same(s->opts->addresses, full.data, s->csv);
    hg_buf_release(&full);
    return same;
}

static bool describes(const search *s, const hg_doc *doc, const char *where)
{
    const hg_json *root = hg_doc_root(doc), *tables = hg_json_get(root, "tables");
    const char *set =
        hg_json_get_str(hg_json_at(hg_json_get(root, "@context"), 1), "@base");
    hg_buf base = { 0 };
    hg_address_resolve(&base, where, set ? set : "");
    bool found = is_described(s, base.data ? base.data : where, root);
    for (size_t i = 0; !found && hg_json_is_array(tables) && i < hg_json_len(tables); i++)
        found = is_described(s, base.data ? base.data : where, hg_json_at(tables, i));
    hg_buf_release(&base);
    return found;
}

static void warn(search *s, const char *file, const char *message)
{
    hg_err what = HG_ERR_INIT;
    hg_fail(&what, HG_EINPUT, HG_AT(file), message, s->csv);
    if (s->err->status == HG_OK)
        s->opts->tell(s->opts->user, HG_WARNING, "metadata-error", NULL, &what, s->err);
}

/* Metadata that are no JSON may be the ones that are meant: reading them tells what is
 * wrong. */
static bool is_wanted(search *s, const char *file, const char *url)
{
    hg_err why = HG_ERR_INIT;
    hg_doc *doc = NULL;
    if (hg_doc_load(&doc, file, &why) != HG_OK)
        return true;
    bool wanted = describes(s, doc, url);
    if (!wanted)
        warn(s, file, "these metadata do not describe '%s', and are passed over");
    hg_doc_free(doc);
    return wanted;
}

/* Look at a place. Takes url over. False: there is nothing, or nothing that describes it.
 */
static bool try_place(search *s, hg_buf *url)
{
    char *file = NULL;
    if (hg_buf_status(url, s->err) == HG_OK && url->data)
        hg_addresses_path(&file, s->opts->addresses, url->data, s->err);
    if (!file || access(file, F_OK) != 0 || !is_wanted(s, file, url->data)) {
        free(file);
        hg_buf_release(url);
        return false;
    }
    s->file = file;
    s->url = url->data;
    return true;
}

/* ---- the Link header (RFC 8288) ---- */

static const char *skip_space(const char *p)
{
    return p + strspn(p, " \t");
}

/* Take a parameter "; name=value", quoted or not. False at the link's end. */
static bool next_parameter(const char **p, hg_slice *name, hg_slice *value)
{
    *p = skip_space(*p);
    if (**p != ';')
        return false;
    const char *from = skip_space(*p + 1);
    *name = (hg_slice){ from, strcspn(from, "=;, \t") };
    *value = (hg_slice){ "", 0 };
    *p = skip_space(from + name->n);
    if (**p != '=')
        return true;
    from = skip_space(*p + 1);
    bool quoted = *from == '"';
    *value = (hg_slice){ from + quoted, strcspn(from + quoted, quoted ? "\"" : ";, \t") };
    *p = value->p + value->n;
    *p += quoted && **p == '"';
    return true;
}

static bool is_one_of(hg_slice text, const char *const *words)
{
    for (; *words; words++)
        if (strlen(*words) == text.n && strncasecmp(*words, text.p, text.n) == 0)
            return true;
    return false;
}

/* Is one of the words of rel "describedby"? */
static bool describes_it(hg_slice rel)
{
    static const char *const words[] = { "describedby", NULL };
    for (size_t i = 0; i < rel.n;) {
        size_t n = 0;
        while (i + n < rel.n && rel.p[i + n] != ' ')
            n++;
        if (is_one_of((hg_slice){ rel.p + i, n }, words))
            return true;
        i += n + 1;
    }
    return false;
}

/* The target of the last link that is metadata's. */
static hg_slice find_link(const char *header)
{
    static const char *const types[] = { "application/csvm+json", "application/ld+json",
                                         "application/json", NULL };
    hg_slice found = { 0 }, name, value;
    for (const char *p = header; (p = strchr(p, '<'));) {
        hg_slice target = { p + 1, strcspn(p + 1, ">") };
        bool rel = false, type = false;
        p += 1 + target.n;
        p += *p == '>';
        while (next_parameter(&p, &name, &value)) {
            rel = rel || (name.n == 3 && strncasecmp(name.p, "rel", 3) == 0 &&
                          describes_it(value));
            type = type || (name.n == 4 && strncasecmp(name.p, "type", 4) == 0 &&
                            is_one_of(value, types));
        }
        if (rel && type)
            found = target;
    }
    return found;
}

static bool try_link(search *s, const char *header)
{
    hg_slice target = header ? find_link(header) : (hg_slice){ 0 };
    hg_buf ref = { 0 }, url = { 0 };
    if (!target.p)
        return false;
    hg_buf_put(&ref, target.p, target.n);
    hg_address_resolve(&url, s->csv, ref.data ? ref.data : "");
    hg_buf_release(&ref);
    return try_place(s, &url);
}

/* ---- the site's places ---- */

static const char *value_of(void *user, hg_slice name)
{
    return hg_slice_is(name, "url") ? user : NULL;
}

/* Templates, one in a line. */
static bool try_templates(search *s, const char *lines)
{
    while (*lines != '\0' && s->err->status == HG_OK) {
        size_t n = strcspn(lines, "\r\n");
        hg_buf ref = { 0 }, url = { 0 };
        if (n > 0 && hg_uritemplate_expand(&ref, (hg_slice){ lines, n }, value_of,
                                           (void *)(uintptr_t)s->csv))
            hg_address_resolve(&url, s->csv, ref.data ? ref.data : "");
        hg_buf_release(&ref);
        if (try_place(s, &url))
            return true;
        lines += n;
        lines += strspn(lines, "\r\n");
    }
    return false;
}

static void try_site(search *s)
{
    hg_err missing = HG_ERR_INIT;
    hg_buf url = { 0 }, lines = { .max = WELL_KNOWN_MAX };
    char *file = NULL;
    hg_address_resolve(&url, s->csv, WELL_KNOWN);
    if (url.data && strncmp(url.data, "file:", 5) != 0)
        hg_addresses_path(&file, s->opts->addresses, url.data, s->err);
    bool said = file && hg_file_load(&lines, file, &missing) == HG_OK && lines.data;
    try_templates(s, said ? lines.data : usual_places);
    free(file);
    hg_buf_release(&url);
    hg_buf_release(&lines);
}

hg_status hg_csvm_locate(char **file, char **url, const char *csv, const char *link,
                         const hg_csvm_opts *opts, hg_err *err)
{
    search s = { .csv = csv, .opts = opts, .err = err };
    if (!try_link(&s, link) && err->status == HG_OK)
        try_site(&s);
    *file = s.file;
    *url = s.url;
    return err->status;
}
