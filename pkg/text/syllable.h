/* syllable.h - the letters of Vietnamese, and what can be a word of it. */
#ifndef HG_TEXT_SYLLABLE_H
#define HG_TEXT_SYLLABLE_H

#include "base/buf.h"

#include <uchar.h>

/* The six tones, in the order that dictionaries have. */
typedef enum hg_tone {
    HG_LEVEL,
    HG_HUYEN, /* à */
    HG_HOI,   /* ả */
    HG_NGA,   /* ã */
    HG_SAC,   /* á */
    HG_NANG   /* ạ */
} hg_tone;

/* A vowel taken apart: Ấ is â, HG_SAC, upper. */
typedef struct hg_vowel {
    char16_t plain; /* one of a ă â e ê i o ô ơ u ư y */
    hg_tone tone;
    bool upper;
} hg_vowel;

bool hg_vowel_of(hg_vowel *vowel, int32_t letter); /* false: not a vowel of Vietnamese */
int32_t hg_vowel_letter(const hg_vowel *vowel);

int32_t
hg_viletter_lower(int32_t letter); /* đ and the vowels; others are returned as they are */
int32_t hg_viletter_upper(int32_t letter);

/* It occurs in Vietnamese Unicode text and not in windows-1252: đ, ă, ĩ, ũ, ơ, ư, the
 * letters of U+1EA0-1EF9, and the combining marks of tones and vowels. */
bool hg_viletter_only_unicode(int32_t letter);

/*
 * Whether a word (its letters, in NFC) can be a syllable of Vietnamese: an onset and a
 * rime of the language, one tone at the most, a stop at the end only with sắc or nặng,
 * and small letters, a capital first, or capitals. The tone stands where either spelling
 * has it (hòa, hoà). Names of the Central Highlands may end with k (Đắk, Trôk).
 */
bool hg_syllable_is(const int32_t *letters, size_t n);

#endif
