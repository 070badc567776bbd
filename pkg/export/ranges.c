/* ranges - the cells of its sources that a package's rows came from */
#include "export/ranges.h"
#include "rules/places.h"
#include "text/message.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of one sheet, or one text: 1-based, both ends included. */
struct range {
    uint32_t source;
    char *sheet; /* NULL: a text */
    uint64_t row1, row2;
    uint32_t col1, col2; /* 0: not known */
};

struct hg_ranges {
    struct range *all;
    size_t n, at; /* at: the range of the part at hand; n: none */
};

hg_status hg_ranges_new(hg_ranges **out, hg_err *err)
{
    *out = calloc(1, sizeof **out);
    return *out ? HG_OK : hg_fail_nomem(err);
}

static bool same_place(const struct range *range, const hg_origin *at)
{
    return range->source == at->source && !range->sheet == !at->sheet &&
           (!at->sheet || strcmp(range->sheet, at->sheet) == 0);
}

static hg_status add(hg_ranges *ranges, const hg_origin *at, hg_err *err)
{
    struct range *all = realloc(ranges->all, (ranges->n + 1) * sizeof *all);
    if (!all)
        return hg_fail_nomem(err);
    ranges->all = all;
    struct range range = { .source = at->source, .sheet = at->sheet ? strdup(at->sheet) : NULL };
    if (at->sheet && !range.sheet)
        return hg_fail_nomem(err);
    all[ranges->n++] = range;
    return HG_OK;
}

static void stretch(struct range *range, uint64_t row1, uint64_t row2, uint32_t col)
{
    bool first = range->row1 == 0;
    range->row1 = first || row1 < range->row1 ? row1 : range->row1;
    range->row2 = row2 > range->row2 ? row2 : range->row2;
    range->col1 = first || col < range->col1 ? col : range->col1;
    range->col2 = col > range->col2 ? col : range->col2;
}

hg_status hg_ranges_part(hg_ranges *ranges, const hg_part *part, hg_err *err)
{
    hg_status status = HG_OK;
    uint64_t rows = part->records - part->header;
    if (ranges->at >= ranges->n || !same_place(&ranges->all[ranges->at], &part->at))
        for (ranges->at = 0; ranges->at < ranges->n; ranges->at++)
            if (same_place(&ranges->all[ranges->at], &part->at))
                break;
    if (ranges->at == ranges->n && ranges->n < HG_RANGES_MAX)
        status = add(ranges, &part->at, err);
    if (status == HG_OK && !part->located && part->at.row > 0 && rows > 0 &&
        ranges->at < ranges->n)
        stretch(&ranges->all[ranges->at], part->at.row, part->at.row + rows - 1, 0);
    return status;
}

void hg_ranges_cell(hg_ranges *ranges, hg_slice at)
{
    uint64_t row;
    uint32_t col;
    if (ranges->at < ranges->n && hg_cell_read(at, &row, &col))
        stretch(&ranges->all[ranges->at], row, row, col);
}

static hg_json *range_json(const struct range *range)
{
    char cells[64], first[24], last[24];
    hg_json *json = hg_json_object();
    if (range->sheet)
        hg_json_set_str(json, "sheet", range->sheet);
    hg_text_a1(first, range->row1, range->col1);
    hg_text_a1(last, range->row2, range->col2);
    if (range->col1 > 0)
        snprintf(cells, sizeof cells, "%s:%s", first, last);
    else
        snprintf(cells, sizeof cells, "%" PRIu64 ":%" PRIu64, range->row1, range->row2);
    hg_json_set_str(json, "cells", cells);
    return json;
}

void hg_ranges_put(const hg_ranges *ranges, hg_json *sources)
{
    for (size_t i = 0; i < ranges->n; i++) {
        const struct range *range = &ranges->all[i];
        hg_json *source = hg_json_at(sources, range->source);
        if (!source || range->row1 == 0)
            continue;
        if (!hg_json_get(source, "ranges"))
            hg_json_set(source, "ranges", hg_json_array());
        hg_json_add(hg_json_get(source, "ranges"), range_json(range));
    }
}

void hg_ranges_free(hg_ranges *ranges)
{
    if (!ranges)
        return;
    for (size_t i = 0; i < ranges->n; i++)
        free(ranges->all[i].sheet);
    free(ranges->all);
    free(ranges);
}
