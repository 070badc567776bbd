/* ranges.h - the cells of its sources that a package's rows came from. */
#ifndef HG_EXPORT_RANGES_H
#define HG_EXPORT_RANGES_H

#include "stream/stream.h"

#define HG_RANGES_MAX 10000 /* sheets and texts; what is beyond is not told */

typedef struct hg_ranges hg_ranges;

hg_status hg_ranges_new(hg_ranges **out, hg_err *err); /* HG_ENOMEM */

/* Rows that follow come from where part says. HG_ENOMEM. */
hg_status hg_ranges_part(hg_ranges *ranges, const hg_part *part, hg_err *err);
/* A row of a located part came from the cell that at names. */
void hg_ranges_cell(hg_ranges *ranges, hg_slice at);

/*
 * Give each of a head's sources its "ranges": [{"sheet": "Biểu 01", "cells": "B7:K42"}], the
 * least rectangle a sheet around all its cells; without "sheet" for a text, and rows alone
 * ("2:7811") where columns are not known.
 */
void hg_ranges_put(const hg_ranges *ranges, hg_json *sources);

void hg_ranges_free(hg_ranges *ranges); /* NULL is fine */

#endif
