/* extract - the sheets of all sources as a recipe reads them */
#include "work/extract_sheets.h"

#include <stdlib.h>

typedef struct sheet {
    hg_grid *grid;         /* kept; NULL: to be read */
    bool unicode, counted; /* its texts are Unicode; were so once */
} sheet;

typedef struct book {
    sheet *sheets;
    hg_unicode *unicode; /* NULL: a text, or nothing has been learnt yet */
} book;

struct hg_sheets {
    hg_source *const *sources;
    book *books;
    size_t n, cells; /* cells: of the grids that are kept */
    hg_grid *lent;   /* not kept */
};

static size_t sheets_of(const hg_source *source)
{
    return hg_source_is_workbook(source) ? hg_source_sheets(source) : 1;
}

hg_status hg_sheets_new(hg_sheets **out, hg_source *const *sources, size_t n, hg_err *err)
{
    hg_sheets *s = *out = calloc(1, sizeof *s);
    if (!s)
        return hg_fail_nomem(err);
    *s = (hg_sheets){ .sources = sources,
                      .n = n,
                      .books = calloc(n + 1, sizeof *s->books) };
    bool fine = s->books != NULL;
    for (size_t i = 0; i < n && fine; i++) {
        s->books[i].sheets =
            calloc(sheets_of(sources[i]) + 1, sizeof *s->books[i].sheets);
        fine = s->books[i].sheets != NULL;
    }
    if (fine)
        return HG_OK;
    hg_sheets_free(s);
    *out = NULL;
    return hg_fail_nomem(err);
}

void hg_sheets_free(hg_sheets *s)
{
    if (!s)
        return;
    for (size_t i = 0; s->books && i < s->n; i++) {
        book *b = &s->books[i];
        for (size_t k = 0; b->sheets && k < sheets_of(s->sources[i]); k++)
            hg_grid_free(b->sheets[k].grid);
        if (b->unicode)
            hg_unicode_release(b->unicode);
        free(b->unicode);
        free(b->sheets);
    }
    hg_grid_free(s->lent);
    free(s->books);
    free(s);
}

/* Read a sheet, and keep it where there is room; else it is lent. */
static hg_status load(hg_sheets *s, size_t i, size_t k, hg_grid **grid, hg_err *err)
{
    size_t n;
    hg_grid_free(s->lent);
    s->lent = NULL;
    if (hg_source_grid(grid, s->sources[i], k, err) != HG_OK)
        return err->status;
    hg_grid_cells(*grid, &n);
    if (n > HG_GRID_MAX_CELLS - s->cells) {
        s->lent = *grid;
        return HG_OK;
    }
    s->cells += n;
    s->books[i].sheets[k].grid = *grid;
    return HG_OK;
}

/* Learn from all sheets of a workbook how its texts from before Unicode are written. */
static hg_status learn(hg_sheets *s, size_t i, hg_err *err)
{
    book *b = &s->books[i];
    hg_status st = HG_OK;
    b->unicode = malloc(sizeof *b->unicode);
    if (!b->unicode)
        return hg_fail_nomem(err);
    hg_unicode_init(b->unicode);
    for (size_t k = 0; k < sheets_of(s->sources[i]) && st == HG_OK; k++) {
        hg_grid *grid = NULL;
        st = load(s, i, k, &grid, err);
        if (st == HG_OK)
            hg_unicode_learn(b->unicode, grid);
    }
    return st;
}

/* Put the texts of a sheet into Unicode; what is counted is counted once. */
static hg_status convert(hg_sheets *s, size_t i, size_t k, hg_grid *grid, hg_err *err)
{
    book *b = &s->books[i];
    sheet *at = &b->sheets[k];
    hg_unicode_counts before = b->unicode->counts;
    hg_status st = hg_unicode_convert(b->unicode, grid,
                                      hg_source_sheet(s->sources[i], k)->name, err);
    if (at->counted)
        b->unicode->counts = before;
    at->counted = true;
    at->unicode = at->grid == grid;
    return st;
}

hg_status hg_sheets_get(hg_sheets *s, size_t i, size_t k, hg_grid **grid, hg_err *err)
{
    book *b = &s->books[i];
    bool workbook = hg_source_is_workbook(s->sources[i]);
    hg_status st = workbook && !b->unicode ? learn(s, i, err) : HG_OK;
    *grid = b->sheets[k].grid;
    if (st == HG_OK && !*grid)
        st = load(s, i, k, grid, err);
    if (st == HG_OK && workbook && !b->sheets[k].unicode)
        st = convert(s, i, k, *grid, err);
    return st;
}

const hg_unicode *hg_sheets_unicode(const hg_sheets *s, size_t i)
{
    return s->books[i].unicode;
}
