/* extract_texts.h - how a text is read, for hg-extract --list. For extract.c. */
#ifndef HG_WORK_EXTRACT_TEXTS_H
#define HG_WORK_EXTRACT_TEXTS_H

#include "delimited/textfile.h"
#include "json/json.h"

/*
 * Add to the list of a text what is found of it: "text": { "encoding", "delimiter",
 * "quoteChar", "escapeChar" ("" where there is none), "skipInitialSpace", "lineEnd":
 * "LF"|"CRLF"|"CR"|"mixed"|"", "above", "below": rows left out }; and to each sheet,
 * which is a table of it, "line", "headerRows", and "uneven": rows with more or fewer
 * cells.
 */
void hg_extract_list_text(hg_json *list, const hg_textfile *text);

#endif
