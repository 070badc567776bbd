/* extract_remarks - what is found wrong with a source while it is read */
#include "work/extract_remarks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A row that is passed on as it stands speaks for itself: hg-validate finds it again. */
static bool belongs_in_stream(const hg_finding *finding)
{
    return strcmp(finding->code, "extra-cell") != 0 &&
           strcmp(finding->code, "missing-cell") != 0;
}

static hg_status keep(hg_remarks *remarks, const hg_finding *finding, hg_err *err)
{
    if (remarks->n == remarks->cap) {
        size_t cap = remarks->cap ? remarks->cap * 2 : 8;
        hg_finding *early = realloc(remarks->early, cap * sizeof *early);
        if (!early)
            return hg_fail_nomem(err);
        remarks->early = early;
        remarks->cap = cap;
    }
    remarks->early[remarks->n++] = *finding; /* its texts outlive the remarks */
    return HG_OK;
}

static hg_status take(void *user, const hg_finding *finding, hg_err *err)
{
    hg_remarks *remarks = user;
    if (remarks->tell)
        remarks->tell(remarks->with, finding);
    if (!belongs_in_stream(finding))
        return HG_OK;
    return remarks->out ? hg_out_finding(remarks->out, finding, err)
                        : keep(remarks, finding, err);
}

void hg_remarks_init(hg_remarks *remarks, hg_tell *tell, void *with)
{
    *remarks = (hg_remarks){ .tell = tell, .with = with };
    remarks->tally = (hg_tally){ .take = take, .user = remarks, .max = HG_REMARKS_SAME };
}

hg_status hg_remarks_add(void *remarks, const hg_finding *finding, hg_err *err)
{
    return hg_tally_add(&((hg_remarks *)remarks)->tally, finding, err);
}

hg_status hg_remarks_begin(hg_remarks *remarks, hg_out *out, hg_err *err)
{
    hg_status st = HG_OK;
    remarks->out = out;
    for (size_t i = 0; i < remarks->n && st == HG_OK; i++)
        st = hg_out_finding(out, &remarks->early[i], err);
    remarks->n = 0;
    return st;
}

/* ---- the layout of a text ---- */

/* Say one thing about a source, with one number. */
static hg_status say(hg_remarks *remarks, const hg_source *source, const char *message,
                     uint64_t number, hg_err *err)
{
    hg_finding finding = { .code = "table-layout",
                           .severity = HG_WARNING,
                           .file = hg_source_name(source),
                           .message = message };
    finding.args_len =
        hg_args(finding.args, sizeof finding.args, message, (size_t)number);
    return hg_remarks_add(remarks, &finding, err);
}

/* An encoding that nothing but its letters tells is said. */
static hg_status say_encoding(hg_remarks *remarks, const hg_source *source, hg_err *err)
{
    static const char message[] = "read as %s, by its letters (--encoding names another)";
    const hg_charset *charset = hg_textfile_charset(hg_source_text(source));
    if (!charset->guessed)
        return HG_OK;
    hg_finding finding = { .code = "table-layout",
                           .severity = HG_WARNING,
                           .file = hg_source_name(source),
                           .message = message };
    finding.args_len =
        hg_args(finding.args, sizeof finding.args, message, hg_charset_name(charset));
    return hg_remarks_add(remarks, &finding, err);
}

hg_status hg_remarks_layout(hg_remarks *remarks, const hg_source *source, size_t table,
                            bool chosen, bool named, hg_err *err)
{
    const hg_tables *tables = hg_textfile_tables(hg_source_text(source));
    if (table >= tables->n)
        return HG_OK;
    const hg_table_at *at = &tables->list[table];
    hg_status st = say_encoding(remarks, source, err);
    if (st == HG_OK && table == 0 && tables->above > 0)
        st = say(remarks, source,
                 "rows above the table: %zu, left out (--skip-rows says how many)",
                 tables->above, err);
    if (st == HG_OK && at->header_rows > 1)
        st = say(remarks, source,
                 "the first %zu rows are the header (--header-rows says how many)",
                 at->header_rows, err);
    if (st == HG_OK && at->header_rows == 0 && named)
        st = say(remarks, source,
                 "no header is found; columns are named field1 to field%zu "
                 "(--header-rows says how many rows it has)",
                 at->width, err);
    if (st == HG_OK && tables->blank > 0)
        st = say(remarks, source, "blank lines in the table: %zu, which are no rows",
                 tables->blank, err);
    if (st == HG_OK && tables->n > 1 && !chosen)
        st = say(remarks, source,
                 "the text has %zu tables, this is the first (-s names another, "
                 "--one-table takes all as one)",
                 tables->n, err);
    if (st == HG_OK && table + 1 == tables->n && tables->below > 0)
        st = say(remarks, source,
                 "rows below the table: %zu, left out (--one-table keeps them)",
                 tables->below, err);
    return st;
}

/* Whether but for every n-th column, the first one among them, all are without name and value. */
static bool parted_by(const hg_table_at *table, const hg_row *first, size_t n)
{
    bool so = first->n == table->width && first->n > n && first->n % n == 1;
    for (size_t i = 0; i < first->n && so; i++)
        so = i % n == 0 ? first->cells[i].n > 0
                        : first->cells[i].n == 0 && hg_likeness_empty(&table->columns[i]);
    return so;
}

hg_status hg_remarks_delimiter(hg_remarks *remarks, const hg_source *source, size_t table,
                               const hg_row *first, hg_err *err)
{
    static const char message[] =
        "the columns between the others are empty, as if \"%s\" were the delimiter: write one "
        "character in its place (with --delimiter \"%s\" they are columns)";
    const hg_textfile *text = hg_source_text(source);
    const hg_tables *tables = hg_textfile_tables(text);
    char one[3] = { hg_textfile_dialect(text)->delimiter }, all[8] = "";
    if (table >= tables->n)
        return HG_OK;
    bool two = parted_by(&tables->list[table], first, 2);
    if (!two && !parted_by(&tables->list[table], first, 3))
        return HG_OK;
    if (one[0] == '\t')
        memcpy(one, "\\t", sizeof one);
    snprintf(all, sizeof all, "%s%s%s", one, one, two ? "" : one);
    hg_finding finding = { .code = "table-layout",
                           .severity = HG_WARNING,
                           .file = hg_source_name(source),
                           .message = message };
    finding.args_len = hg_args(finding.args, sizeof finding.args, message, all, one);
    return hg_remarks_add(remarks, &finding, err);
}

hg_status hg_remarks_end(hg_remarks *remarks, hg_err *err)
{
    return hg_tally_end(&remarks->tally, err);
}

void hg_remarks_release(hg_remarks *remarks)
{
    hg_tally_release(&remarks->tally);
    free(remarks->early);
}
