/* chart.h - one chart of a page, where the schema tells which: a measure over time. */
#ifndef HG_SITE_CHART_H
#define HG_SITE_CHART_H

#include "site/html.h"
#include "site/published.h"
#include "text/message.h"

enum {
    HG_CHART_LEAST = 3, /* points that make a chart */
    HG_CHART_MOST = 40
};

/*
 * Write a figure of table i: the bars of its first number, along the part of its key that
 * is a time, for the first combination of the other parts. The bars start at 0. Nothing
 * is written, and *drawn is false, where the table has no such columns, was not read
 * whole, has negative numbers, or too few or too many points. One on a page: its parts
 * have fixed ids. HG_EINPUT: rows or a code list are no CSV; HG_ENOMEM.
 */
hg_status hg_chart_put(hg_html *html, const hg_published *published, size_t i,
                       hg_lang lang, bool *drawn, hg_err *err);

#endif
