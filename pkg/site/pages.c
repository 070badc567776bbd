/* pages - the page of a dataset in a static catalogue */
#include "site/pages.h"
#include "dataset/schemaorg.h"
#include "dataset/vocabulary.h"
#include "site/chart.h"
#include "site/columns.h"
#include "site/frame.h"
#include "site/pages_items.h"
#include "site/words.h"
#include "text/uri.h"
#include "text/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void open_section(hg_page *p, const char *id, const char *english)
{
    hg_html_open(&p->html, "section", "aria-labelledby", id, NULL);
    hg_html_leaf(&p->html, "h2", hg_page_say(p, english), "id", id, NULL);
}

/* ---- the top ---- */

static void put_trail(hg_page *p)
{
    hg_html_open(&p->html, "nav", "class", "trail", "aria-label",
                 hg_page_say(p, "You are here"), NULL);
    hg_html_leaf(&p->html, "a", hg_page_say(p, "All datasets"), "href",
                 "../../index.html", NULL);
    hg_html_close(&p->html);
}

static void item_period(hg_page *p)
{
    const hg_json *period = hg_json_get(p->about, "period");
    const char *start = hg_json_get_str(period, "start"),
               *end = hg_json_get_str(period, "end");
    if (!start && !end)
        return;
    hg_page_open_item(p, "Period covered");
    if (start)
        hg_page_date(p, start);
    hg_html_text(&p->html, " – ");
    if (end)
        hg_page_date(p, end);
    hg_page_close_item(p);
}

static void put_facts(hg_page *p)
{
    const hg_json *publisher = hg_json_get(p->about, "publisher");
    hg_html_open(&p->html, "dl", "class", "facts", NULL);
    hg_page_item_said(p, "Published by", hg_json_get(publisher, "name"));
    hg_page_item_date(p, "Last updated", hg_json_get_str(p->about, "modified"));
    item_period(p);
    hg_page_item(p, "Licence", hg_json_get_str(p->about, "license"));
    hg_html_close(&p->html);
}

static void put_top(hg_page *p)
{
    const hg_json *title = hg_json_get(p->about, "title");
    hg_lang other = p->lang == HG_VI ? HG_EN : HG_VI;
    put_trail(p);
    hg_frame_say(&p->html, "h1", title, p->lang);
    if (!hg_frame_other(title, p->lang))
        hg_html_leaf(&p->html, "p", hg_json_get_str(title, hg_frame_code(other)), "class",
                     "second", "lang", hg_frame_code(other), NULL);
    hg_html_open(&p->html, "div", "class", "summary", NULL);
    hg_frame_paragraphs(&p->html, hg_json_get(p->about, "description"), p->lang);
    hg_html_close(&p->html);
    put_facts(p);
}

/* ---- downloads ---- */

static size_t table_named(const hg_page *p, const char *name)
{
    size_t n = hg_dataset_tables(p->published->dataset);
    for (size_t i = 0; name && i < n; i++)
        if (strcmp(hg_dataset_table(p->published->dataset, i), name) == 0)
            return i;
    return n;
}

/* "66 dòng × 6 cột" */
static void put_extent(hg_page *p, const hg_distribution *file, size_t table)
{
    hg_buf rows = { 0 }, columns = { 0 };
    const hg_json *schema = hg_dataset_schema(p->published->dataset, table);
    hg_words_count(&rows, file->rows, p->lang);
    hg_words_count(&columns, hg_json_len(hg_json_get(schema, "fields")), p->lang);
    hg_html_open(&p->html, "p", NULL);
    hg_html_printf(&p->html, hg_page_say(p, "%s rows × %s columns"), rows.data,
                   columns.data);
    hg_html_close(&p->html);
    hg_html_spent(&p->html, &rows);
    hg_html_spent(&p->html, &columns);
}

static void put_digest(hg_page *p, const char *sha256)
{
    if (!sha256)
        return;
    hg_html_open(&p->html, "p", "class", "digest", NULL);
    hg_html_text(&p->html, "SHA-256 ");
    hg_html_leaf(&p->html, "code", sha256, NULL);
    hg_html_close(&p->html);
}

static void put_file(hg_page *p, const hg_distribution *file)
{
    const char *format = hg_page_term(HG_VOC_FILE_TYPE, file->format, p->lang);
    size_t table = table_named(p, file->resource);
    hg_buf text = { 0 };
    hg_buf_printf(&text, hg_page_say(p, "Download %s"), format ? format : "");
    hg_html_open(&p->html, "li", NULL);
    if (hg_dataset_tables(p->published->dataset) > 1 &&
        table < hg_dataset_tables(p->published->dataset))
        hg_frame_say(&p->html, "h3", hg_dataset_table_title(p->published->dataset, table),
                     p->lang);
    hg_page_button(p, file->path, text.data ? text.data : "", file->bytes, "button");
    if (table < hg_dataset_tables(p->published->dataset))
        put_extent(p, file, table);
    put_digest(p, file->sha256);
    hg_html_close(&p->html);
    hg_html_spent(&p->html, &text);
}

static void put_package(hg_page *p)
{
    hg_buf zip = { 0 };
    hg_buf_printf(&zip, "%s.zip", hg_dataset_id(p->published->dataset));
    hg_html_open(&p->html, "li", NULL);
    hg_page_button(p, zip.data ? zip.data : "",
                   hg_page_say(p, "Download the whole package (ZIP)"), p->published->zip,
                   "button plain");
    hg_html_leaf(&p->html, "p",
                 hg_page_say(p, "data, metadata, data dictionary and digests"), NULL);
    hg_html_close(&p->html);
    hg_html_spent(&p->html, &zip);
}

static const struct {
    const char *path, *type, *text;
} metadata[] = {
    { "metadata/dcat.ttl", "text/turtle", "DCAT (Turtle)" },
    { "metadata/dcat.jsonld", "application/ld+json", "DCAT (JSON-LD)" },
    { "datapackage.json", "application/json", "Data Package (JSON)" },
    { "README.md", "text/markdown", "README" },
    { "manifest-sha256.txt", "text/plain", "SHA-256" },
};

static void put_metadata(hg_page *p)
{
    hg_html_open(&p->html, "p", "class", "metadata", NULL);
    hg_html_text(&p->html, hg_page_say(p, "Metadata for programs:"));
    for (size_t i = 0; i < sizeof metadata / sizeof *metadata; i++) {
        hg_buf href = { 0 };
        hg_buf_printf(&href, "%s%s", p->below, metadata[i].path);
        hg_html_text(&p->html, i ? " · " : " ");
        hg_html_leaf(&p->html, "a", metadata[i].text, "href", href.data, "type",
                     metadata[i].type, NULL);
        hg_html_spent(&p->html, &href);
    }
    hg_html_close(&p->html);
}

static void put_downloads(hg_page *p)
{
    open_section(p, "download", "Download");
    hg_html_open(&p->html, "ul", "class", "files", NULL);
    for (size_t i = 0; i < p->published->n; i++)
        put_file(p, &p->published->files[i]);
    put_package(p);
    hg_html_close(&p->html);
    put_metadata(p);
    hg_html_close(&p->html);
}

/* ---- the data ---- */

/* A chart of the first table that can be drawn. */
static hg_status put_chart(hg_page *p, hg_err *err)
{
    size_t n = hg_dataset_tables(p->published->dataset), before = p->html.buf->len;
    size_t depth = p->html.depth;
    bool drawn = false;
    hg_status status = HG_OK;
    open_section(p, "chart", "Chart");
    for (size_t i = 0; i < n && status == HG_OK && !drawn; i++)
        status = hg_chart_put(&p->html, p->published, i, p->lang, &drawn, err);
    hg_html_finish(&p->html, depth);
    if (!drawn && p->html.buf->len > before) /* no heading without a chart */
        p->html.buf->data[p->html.buf->len = before] = '\0';
    return status;
}

static hg_status put_tables(hg_page *p, hg_err *err)
{
    hg_status status = HG_OK;
    size_t n = hg_dataset_tables(p->published->dataset);
    open_section(p, "preview", "Preview");
    for (size_t i = 0; i < n && status == HG_OK; i++)
        status = hg_columns_preview(&p->html, p->published, i, p->lang, err);
    hg_html_close(&p->html);
    open_section(p, "columns", "Data dictionary");
    for (size_t i = 0; i < n && status == HG_OK; i++)
        status = hg_columns_dictionary(&p->html, p->published, i, p->lang, err);
    hg_html_close(&p->html);
    return status;
}

/* ---- about the data ---- */

static void item_keywords(hg_page *p)
{
    const hg_json *keywords = hg_json_get(p->about, "keywords");
    const hg_json *list = hg_json_is_array(keywords)
                              ? keywords
                              : hg_json_get(keywords, hg_frame_code(p->lang));
    if (hg_json_len(list) == 0)
        return;
    hg_page_open_item(p, "Keywords");
    for (size_t i = 0; i < hg_json_len(list); i++) {
        hg_html_text(&p->html, i ? ", " : "");
        hg_html_text(&p->html, hg_json_str(hg_json_at(list, i)));
    }
    hg_page_close_item(p);
}

static void put_coverage(hg_page *p)
{
    const hg_json *place = hg_json_get(p->about, "place");
    open_section(p, "coverage", "What the data cover");
    hg_html_open(&p->html, "dl", "class", "items", NULL);
    hg_page_item_said(p, "Place", hg_json_get(place, "name"));
    item_period(p);
    hg_page_item(
        p, "Updated",
        hg_page_term(HG_VOC_FREQUENCY, hg_json_get_str(p->about, "frequency"), p->lang));
    hg_page_item_date(p, "First published", hg_json_get_str(p->about, "issued"));
    hg_page_item_date(p, "Last updated", hg_json_get_str(p->about, "modified"));
    hg_page_item(p, "Version", hg_json_get_str(p->about, "version"));
    hg_page_item_said(p, "What is new", hg_json_get(p->about, "version_notes"));
    hg_page_item_terms(p, "Theme", hg_json_get(p->about, "theme"), HG_VOC_THEME);
    item_keywords(p);
    hg_page_item_terms(p, "Language", hg_json_get(p->about, "language"), HG_VOC_LANGUAGE);
    hg_html_finish(&p->html, p->html.depth - 2);
}

static uint64_t rows(const hg_page *p)
{
    uint64_t n = 0;
    for (size_t t = 0; t < hg_dataset_tables(p->published->dataset); t++)
        for (size_t i = 0; i < p->published->n; i++)
            if (table_named(p, p->published->files[i].resource) == t) {
                n += p->published->files[i].rows;
                break;
            }
    return n;
}

static void put_quality(hg_page *p)
{
    const hg_json *verdict =
        hg_json_get(hg_json_get(p->published->descriptor, "hg"), "verdict");
    int64_t errors = hg_json_int(hg_json_get(verdict, "errors"), 0);
    int64_t warnings = hg_json_int(hg_json_get(verdict, "warnings"), 0);
    bool unsealed = hg_json_is_bool(hg_json_get(p->published->head, "sealed")) &&
                    !hg_json_true(hg_json_get(p->published->head, "sealed"));
    open_section(p, "quality", "Quality");
    hg_html_leaf(&p->html, "p",
                 hg_page_say(p, errors > 0 ? "The check found errors in these data."
                                : warnings > 0
                                    ? "The data passed the check, with warnings."
                                    : "The data passed the check without a finding."),
                 "class",
                 errors > 0     ? "verdict bad"
                 : warnings > 0 ? "verdict fair"
                                : "verdict good",
                 NULL);
    if (unsealed)
        hg_html_leaf(
            &p->html, "p",
            hg_page_say(p, "The source was plain text from a pipe; that it was complete "
                           "could not be proved."),
            "class", "verdict fair", NULL);
    hg_html_open(&p->html, "dl", "class", "items", NULL);
    hg_page_item_count(p, "Rows checked", rows(p));
    hg_page_item_count(p, "Errors", (uint64_t)errors);
    hg_page_item_count(p, "Warnings", (uint64_t)warnings);
    hg_html_finish(&p->html, p->html.depth - 2);
}

/* ---- using the data ---- */

static void put_licence(hg_page *p)
{
    const hg_json *licence =
        hg_json_at(hg_json_get(p->published->descriptor, "licenses"), 0);
    const char *code = hg_json_get_str(p->about, "license");
    const char *path = hg_json_get_str(licence, "path");
    if (!code)
        return;
    hg_page_open_item(p, "Licence");
    hg_html_leaf(&p->html, path ? "a" : "span",
                 hg_page_term(HG_VOC_LICENCE, code, p->lang), "href", path, "rel",
                 path ? "license" : NULL, NULL);
    hg_html_text(&p->html, " (");
    hg_html_text(&p->html, code);
    hg_html_text(&p->html, ")");
    hg_frame_paragraphs(&p->html, hg_json_get(p->about, "rights"), p->lang);
    hg_page_close_item(p);
}

/* Publisher (year). Title. Version. Address. */
static void put_citation(hg_page *p)
{
    const hg_json *publisher = hg_json_get(p->about, "publisher");
    const char *modified = hg_json_get_str(p->about, "modified");
    const char *version = hg_json_get_str(p->about, "version");
    hg_buf iri = { 0 };
    hg_metadata_iri(p->published->dataset, &iri);
    hg_page_open_item(p, "How to cite");
    hg_html_open(&p->html, "span", "class", "citation", NULL);
    hg_html_text(&p->html, hg_frame_text(hg_json_get(publisher, "name"), p->lang));
    if (modified)
        hg_html_printf(&p->html, " (%.4s)", modified);
    hg_html_text(&p->html, ". ");
    hg_html_text(&p->html, hg_frame_text(hg_json_get(p->about, "title"), p->lang));
    if (version)
        hg_html_printf(&p->html, hg_page_say(p, ", version %s"), version);
    hg_html_text(&p->html, ". ");
    hg_html_text(&p->html, iri.data);
    hg_html_text(&p->html, "/");
    hg_html_close(&p->html);
    hg_page_close_item(p);
    hg_html_spent(&p->html, &iri);
}

/* "Report a mistake": an e-mail whose subject names the dataset. */
static void put_report(hg_page *p, const char *email)
{
    hg_buf href = { 0 };
    hg_buf_printf(&href, "mailto:%s?subject=", email);
    hg_uri_encode(&href, hg_slice_of(hg_page_say(p, "Mistake in the dataset")), "");
    hg_uri_escape(&href, ' ');
    hg_uri_encode(&href, hg_slice_of(hg_dataset_id(p->published->dataset)), "");
    hg_page_open_item(p, "A mistake in the data?");
    hg_html_leaf(&p->html, "a", hg_page_say(p, "Report it by e-mail"), "href", href.data,
                 NULL);
    hg_page_close_item(p);
    hg_html_spent(&p->html, &href);
}

static void put_contact(hg_page *p)
{
    const hg_json *contact = hg_json_get(p->about, "contact");
    const char *email = hg_json_get_str(contact, "email");
    const char *phone = hg_json_get_str(contact, "phone");
    const char *url = hg_json_get_str(contact, "url");
    hg_buf href = { 0 };
    if (!contact)
        return;
    hg_page_open_item(p, "Contact");
    hg_frame_say(&p->html, "span", hg_json_get(contact, "name"), p->lang);
    if (email) {
        hg_buf_printf(&href, "mailto:%s", email);
        hg_html_text(&p->html, ", ");
        hg_html_leaf(&p->html, "a", email, "href", href.data, NULL);
    }
    if (phone) {
        hg_html_text(&p->html, ", ");
        hg_html_text(&p->html, phone);
    }
    if (url) {
        hg_html_text(&p->html, ", ");
        hg_html_leaf(&p->html, "a", url, "href", url, NULL);
    }
    hg_page_close_item(p);
    hg_html_spent(&p->html, &href);
    if (email)
        put_report(p, email);
}

static void put_use(hg_page *p)
{
    open_section(p, "use", "Using the data");
    hg_html_open(&p->html, "dl", "class", "items", NULL);
    put_licence(p);
    put_citation(p);
    put_contact(p);
    hg_html_finish(&p->html, p->html.depth - 2);
}

/* ---- where the data come from ---- */

static void put_source_files(hg_page *p)
{
    const hg_json *sources = hg_json_get(p->published->head, "sources");
    for (size_t i = 0; i < hg_json_len(sources); i++) {
        const hg_json *source = hg_json_at(sources, i);
        hg_buf size = { 0 };
        hg_words_size(&size, (uint64_t)hg_json_int(hg_json_get(source, "bytes"), 0),
                      p->lang);
        hg_page_open_item(p, "Source file");
        hg_html_text(&p->html, hg_json_get_str(source, "name"));
        hg_html_printf(&p->html, " (%s)", size.data ? size.data : "");
        put_digest(p, hg_json_get_str(source, "sha256"));
        hg_page_close_item(p);
        hg_html_spent(&p->html, &size);
    }
}

static void put_provenance(hg_page *p)
{
    const hg_json *sources = hg_json_get(p->about, "sources");
    open_section(p, "provenance", "Where the data come from");
    hg_frame_paragraphs(&p->html, hg_json_get(p->about, "provenance"), p->lang);
    hg_html_open(&p->html, "dl", "class", "items", NULL);
    for (size_t i = 0; i < hg_json_len(sources); i++) {
        const hg_json *title = hg_json_get(hg_json_at(sources, i), "title");
        const char *path = hg_json_get_str(hg_json_at(sources, i), "path");
        hg_page_open_item(p, "Source");
        hg_html_leaf(&p->html, path ? "a" : "span", hg_frame_text(title, p->lang), "href",
                     path, "lang", hg_frame_other(title, p->lang), NULL);
        hg_page_close_item(p);
    }
    put_source_files(p);
    hg_page_item(p, "Made with", "hg-tools");
    hg_html_finish(&p->html, p->html.depth - 2);
}

/* ---- the page of a dataset ---- */

static hg_status put_dataset(hg_page *p, const hg_frame *frame, const hg_json *catalog,
                             hg_err *err)
{
    const hg_published *it = p->published;
    hg_status status = hg_frame_start(
        &p->html, frame,
        hg_schemaorg_dataset(it->dataset, it->files, it->n, catalog, it->zip, p->lang),
        err);
    put_top(p);
    put_downloads(p);
    if (status == HG_OK)
        status = put_chart(p, err);
    if (status == HG_OK)
        status = put_tables(p, err);
    put_coverage(p);
    put_quality(p);
    put_use(p);
    put_provenance(p);
    hg_frame_end(&p->html, frame);
    return status;
}

hg_status hg_pages_dataset(const hg_published *published, const hg_json *catalog,
                           hg_lang lang, hg_buf *buf, hg_err *err)
{
    enum { LINKS = 3, SIZE = 128 }; /* an id has 60 bytes at most */
    const char *id = hg_dataset_id(published->dataset);
    char twin[SIZE], files[LINKS][SIZE];
    hg_frame_link links[LINKS + 1] = { { 0 } };
    hg_buf address = { 0 };
    bool vi = lang == HG_VI;
    hg_page p = {
        { .buf = buf }, lang, published, hg_dataset_description(published->dataset), ""
    };
    if (!vi)
        snprintf(p.below, sizeof p.below, "../../../datasets/%s/", id);
    snprintf(twin, sizeof twin, "%s/datasets/%s/index.html", vi ? "../../en" : "../../..",
             id);
    for (size_t i = 0; i < LINKS; i++) {
        snprintf(files[i], SIZE, "%s%s", p.below, metadata[i].path);
        links[i] = (hg_frame_link){ i < 2 ? "alternate" : "describedby", metadata[i].type,
                                    files[i] };
    }
    hg_page_address(&address, p.about, lang, id);
    hg_frame frame = { .lang = lang,
                       .root = vi ? "../../" : "../../../",
                       .twin = twin,
                       .canonical = address.data,
                       .title = hg_json_get(p.about, "title"),
                       .summary = hg_json_get(p.about, "description"),
                       .catalog = hg_json_get(catalog, "title"),
                       .publisher = hg_json_get(p.about, "publisher"),
                       .links = links };
    hg_status status = put_dataset(&p, &frame, catalog, err);
    hg_html_spent(&p.html, &address);
    return status == HG_OK ? hg_buf_status(buf, err) : status;
}
