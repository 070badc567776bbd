/* lexical.h - the forms that texts of a description must have, so that every vocabulary
 * they are written to takes them. No library on the way out checks any of this. */
#ifndef HG_DATASET_LEXICAL_H
#define HG_DATASET_LEXICAL_H

#include <stdbool.h>
#include <stddef.h>

#define HG_LEXICAL_NAME 60 /* bytes */

/* "[a-z0-9][a-z0-9._-]*" of at most HG_LEXICAL_NAME bytes, no ".." and no '.' at the end,
 * not reserved: ids, tables, file names. */
bool hg_lexical_name(const char *text);

/* A name of a device of Windows, "con", "nul.csv" …, in small letters: no file there can
 * have it (Microsoft, "Naming Files, Paths, and Namespaces"). */
bool hg_lexical_reserved(const char *text);

/* A moment of the Gregorian calendar, by how exact it is: xsd:gYear "2024",
 * xsd:gYearMonth "2024-06", xsd:date "2024-06-01" without a zone, xsd:dateTime
 * "2024-06-01T08:00:00+07:00" with seconds and a zone ("Z" or an offset). XML Schema 1.1
 * part 2, section 3.3. */
typedef enum hg_moment {
    HG_MOMENT_NONE,
    HG_MOMENT_YEAR,
    HG_MOMENT_MONTH,
    HG_MOMENT_DATE,
    HG_MOMENT_TIME
} hg_moment;
hg_moment hg_lexical_moment(const char *text);

/* xsd:duration in whole units: "P1Y", "P3M", "P1D", "PT6H". */
bool hg_lexical_duration(const char *text);

/* An absolute http or https IRI (RFC 3987) as it stands, no character to be escaped. */
bool hg_lexical_iri(const char *text);

bool hg_lexical_email(
    const char *text); /* local@host.domain, ASCII (RFC 5322 dot-atom) */
bool hg_lexical_phone(const char *text); /* "+84 293 3878 878": 6 to 15 digits (E.164) */
bool hg_lexical_digits(const char *text);

/* A structure of SDMX as SDMX-CSV 2.0 names it: "AGENCY:ID(1.0)". The agency may have parts,
 * "VN.GSO"; the version has two or three numbers (SDMX information model, section 4.3). */
bool hg_lexical_sdmx(const char *text);

/* Valid UTF-8 without control characters, U+FFFE and U+FFFF, which XML cannot hold; with
 * lines, '\n' may stand between lines. Not empty, not white space only. */
bool hg_lexical_text(const char *text, bool lines);

#endif
