/* vocabulary.h - the controlled vocabularies that DCAT-AP 3.0.1 demands, by the short
 * codes of our descriptions. The same lists, for people and other programs, are
 * metadata-schemas/codes/NAME.csv; a test holds the two together. */
#ifndef HG_DATASET_VOCABULARY_H
#define HG_DATASET_VOCABULARY_H

#include <stddef.h>

typedef enum hg_vocabulary {
    HG_VOC_ACCESS = 1,     /* access-right */
    HG_VOC_DATASET_TYPE,   /* dataset-type */
    HG_VOC_FILE_TYPE,      /* file-type */
    HG_VOC_FREQUENCY,      /* frequency */
    HG_VOC_LANGUAGE,       /* language; codes of BCP 47 */
    HG_VOC_LICENCE,        /* licence; SPDX identifiers */
    HG_VOC_LICENCE_PAGE,   /* where its text is, by the same codes */
    HG_VOC_LICENCE_TYPE,   /* purl.org/adms/licencetype, by the same codes */
    HG_VOC_MEDIA_TYPE,     /* IANA; codes of file-type */
    HG_VOC_PUBLISHER_TYPE, /* purl.org/adms/publishertype */
    HG_VOC_THEME           /* data-theme */
} hg_vocabulary;

typedef struct hg_term {
    const char *code;
    const char *iri; /* "" where the vocabulary has none for it */
    const char *vi, *en; /* what people read */
} hg_term;

/* The name of a vocabulary's CSV: "frequency". NULL for a number that is none. */
const char *hg_vocabulary_name(hg_vocabulary vocabulary);

/* Its terms, sorted by code. */
const hg_term *hg_vocabulary_terms(hg_vocabulary vocabulary, size_t *n);

/* The term of a code; NULL if there is none, or code is NULL. Its IRI likewise, NULL also
 * where the term has none. */
const hg_term *hg_vocabulary_find(hg_vocabulary vocabulary, const char *code);
const char *hg_vocabulary_iri(hg_vocabulary vocabulary, const char *code);

/* The code nearest to a misspelt one, for "did you mean"; NULL if none is near. */
const char *hg_vocabulary_near(hg_vocabulary vocabulary, const char *code);

#endif
