/* vnguess - which texts are in an encoding from before Unicode */
#include "text/vnguess.h"

#include "text/syllable.h"
#include "text/utf8.h"

#include <string.h>

enum {
    WORD = 32,      /* letters of a word that are looked at */
    ENOUGH = 10,    /* words that a file's encoding needs, */
    FEW = 3,        /* or, where all of them are Vietnamese, */
    MORE = 2,       /* and words more than are Vietnamese in windows-1252 */
    REMEMBERED = 3, /* texts that make an encoding known in a workbook */
    LONG = 8,       /* words of a text whose share of ASCII words tells something */
    OUTWEIGHED = 20 /* times as many texts of another encoding rule one out */
};

void hg_vnguess_init(hg_vnguess *guess)
{
    memset(guess, 0, sizeof *guess);
    for (int e = HG_VN_TCVN3; e < HG_VN_ENCODINGS; e++)
        hg_vncodec_init(&guess->codec[e], (hg_vnlegacy)e);
    hg_vncodec_init(&guess->codec[HG_VN_UNICODE], HG_VN_UNICODE); /* windows-1252 */
}

void hg_vnguess_release(hg_vnguess *guess)
{
    hg_buf_release(&guess->text);
}

/* Letters, and signs that a letter of another encoding may look like. */
static bool in_word(int32_t cp)
{
    if (cp < 0x80)
        return (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z');
    return cp != 0xA0 && (cp < 0x2000 || cp > 0x206F) && cp != 0x3000 && cp != 0xFEFF;
}

static bool among(int32_t cp, const char16_t *list)
{
    while (*list && *list != cp)
        list++;
    return *list != 0;
}

/* A unit or a marked word as windows-1252 has it: m², km³, °C, µg, ABC®. */
static bool is_signed_word(const int32_t *word, size_t n)
{
    if (n >= 2 && among(word[0], u"°µ±") && word[1] < 0x80)
        return true;
    while (n > 0 && among(word[n - 1], u"²³°®©™€£¥"))
        n--;
    for (size_t i = 0; i < n; i++)
        if (word[i] >= 0x80)
            return false;
    return true;
}

/* Score UTF-8 text; as_it_is: it was not decoded. A single letter is no evidence. */
static hg_vnscore score(hg_slice text, bool as_it_is)
{
    hg_vnscore sum = { 0 };
    int32_t word[WORD], cp;
    size_t n = 0;
    bool touched = false;
    for (size_t i = 0; i <= text.n;) {
        cp = ' ';
        i += i < text.n ? hg_utf8_next(text.p + i, text.n - i, &cp) : 1;
        if (in_word(cp)) {
            if (n < WORD)
                word[n++] = cp;
            touched |= cp >= 0x80;
            continue;
        }
        if (touched && n > 1) {
            sum.words++;
            sum.good += hg_syllable_is(word, n) || (as_it_is && is_signed_word(word, n));
        }
        n = 0;
        touched = false;
    }
    return sum;
}

/* Nine of ten words are Vietnamese. */
static bool fits(hg_vnscore score)
{
    return score.good > 0 && score.good * 10 >= score.words * 9;
}

static bool all_good(hg_vnscore score)
{
    return score.words > 0 && score.good == score.words;
}

/* The text decoded, with its capitals, in guess->text. */
static hg_slice decoded(hg_vnguess *guess, hg_vnlegacy encoding, hg_slice text,
                        bool capitals)
{
    hg_buf *out = &guess->text;
    hg_buf_clear(out);
    hg_vncodec_decode_view(&guess->codec[encoding], out, text);
    if (out->len > 0 && hg_vnlegacy_shares_capitals(encoding))
        hg_vnlegacy_capitals(out->data, out->len, capitals);
    return (hg_slice){ out->data ? out->data : "", out->len };
}

/* What a run is before any decision: pure ASCII, Unicode beyond doubt, or open. */
typedef enum nature { ASCII, UNICODE, OPEN } nature;

static nature nature_of(hg_slice text)
{
    nature found = ASCII;
    int32_t cp;
    for (size_t i = 0; i < text.n;) {
        i += hg_utf8_next(text.p + i, text.n - i, &cp);
        if (hg_viletter_only_unicode(cp))
            return UNICODE;
        if (cp >= 0x80)
            found = OPEN;
    }
    return found;
}

/* A longer text of which nearly all words are ASCII is none of Vietnamese, and its other
 * characters are quotes, dashes and signs: "M€/MW", "54–56". */
static bool is_foreign(hg_slice text)
{
    size_t words = 0, others = 0;
    for (size_t i = 0; i < text.n; i++) {
        size_t from = i;
        bool other = false;
        for (; i < text.n && text.p[i] != ' ' && text.p[i] != '\n'; i++)
            other = other || (unsigned char)text.p[i] >= 0x80;
        words += i > from;
        others += other;
    }
    return words >= LONG && 4 * others < words;
}

/* The one encoding in which text fits best, two words or more; HG_VN_UNICODE: none, or
 * two alike. single tells of one that would do but for its one word or a rival. */
static hg_vnlegacy by_content(hg_vnguess *guess, hg_slice text, hg_vnlegacy *single)
{
    hg_vnlegacy best = HG_VN_UNICODE;
    hg_vnscore plain = score(text, true), top = { 0 };
    bool rival = false;
    const uint64_t *seen = guess->seen[HG_VN_UNICODE];
    uint64_t most = 0;
    *single = HG_VN_UNICODE;
    if (plain.good * 3 > plain.words || is_foreign(text))
        return HG_VN_UNICODE;
    for (int e = HG_VN_TCVN3; e < HG_VN_ENCODINGS; e++)
        most = seen[e] > most ? seen[e] : most;
    for (int e = HG_VN_TCVN3; e < HG_VN_ENCODINGS; e++) {
        hg_vnscore this = score(decoded(guess, (hg_vnlegacy)e, text, false), false);
        if (!fits(this) || this.good < top.good || seen[e] * OUTWEIGHED < most)
            continue;
        rival = this.good == top.good;
        top = this;
        best = (hg_vnlegacy)e;
        if (*single == HG_VN_UNICODE || seen[e] > seen[*single])
            *single = best;
    }
    return top.good > 1 && !rival ? best : HG_VN_UNICODE;
}

void hg_vnguess_learn(hg_vnguess *guess, hg_slice font, hg_slice text)
{
    bool capitals;
    hg_vnlegacy named = hg_vnlegacy_font(font, &capitals), other;
    uint64_t *seen = guess->seen[named];
    nature kind = nature_of(text);
    if (kind == ASCII)
        return;
    if (kind == UNICODE) {
        seen[HG_VN_UNICODE]++;
    } else if (named == HG_VN_UNICODE) {
        hg_vnlegacy found = by_content(guess, text, &other);
        if (found != HG_VN_UNICODE)
            seen[found]++;
    } else {
        hg_vnscore plain = score(text, true);
        hg_vnscore legacy = score(decoded(guess, named, text, capitals), false);
        if (all_good(plain) && !fits(legacy))
            seen[HG_VN_UNICODE]++;
        else if (fits(legacy) && plain.good * 2 <= plain.words)
            seen[named]++;
    }
}

/* A run in a legacy font that its content leaves open. */
static hg_vnverdict by_font(hg_vnguess *guess, hg_vnlegacy named, hg_slice text,
                            bool capitals)
{
    const uint64_t *seen = guess->seen[named];
    hg_vnscore plain = score(text, true);
    hg_vnscore legacy = score(decoded(guess, named, text, capitals), false);
    if (hg_slice_eq((hg_slice){ guess->text.data, guess->text.len }, text))
        return HG_VN_KEPT;
    if (all_good(plain) && !fits(legacy))
        return HG_VN_KEPT;
    if (fits(legacy) && !all_good(plain))
        return HG_VN_CONVERTED;
    if (seen[named] > OUTWEIGHED * seen[HG_VN_UNICODE])
        return HG_VN_CONVERTED;
    if (seen[HG_VN_UNICODE] > OUTWEIGHED * seen[named])
        return HG_VN_KEPT;
    return legacy.good > plain.good && legacy.good * 2 >= legacy.words ? HG_VN_CONVERTED
                                                                       : HG_VN_UNSURE;
}

/* A run without a legacy font. */
static hg_vnverdict by_words(hg_vnguess *guess, hg_slice text, hg_vnlegacy *encoding)
{
    hg_vnlegacy single;
    *encoding = by_content(guess, text, &single);
    if (*encoding != HG_VN_UNICODE)
        return HG_VN_CONVERTED;
    *encoding = single;
    if (single == HG_VN_UNICODE)
        return HG_VN_KEPT;
    return guess->seen[HG_VN_UNICODE][single] >= REMEMBERED ? HG_VN_CONVERTED
                                                            : HG_VN_UNSURE;
}

hg_vnverdict hg_vnguess_read(hg_vnguess *guess, hg_slice font, hg_slice text, hg_buf *out,
                             hg_vnlegacy *encoding)
{
    bool capitals;
    hg_vnlegacy named = hg_vnlegacy_font(font, &capitals);
    hg_vnverdict verdict = HG_VN_KEPT;
    nature kind = nature_of(text);
    *encoding = named;
    if (kind == ASCII && capitals &&
        guess->seen[named][named] > OUTWEIGHED * guess->seen[named][HG_VN_UNICODE])
        verdict = HG_VN_CONVERTED;
    else if (kind == OPEN && named != HG_VN_UNICODE)
        verdict = by_font(guess, named, text, capitals);
    else if (kind == OPEN)
        verdict = by_words(guess, text, encoding);
    if (verdict == HG_VN_CONVERTED)
        text = decoded(guess, *encoding, text, capitals);
    hg_buf_put(out, text.p, text.n);
    return verdict;
}

void hg_vnguess_learn_bytes(hg_vnguess *guess, const char *bytes, size_t n)
{
    hg_buf *out = &guess->text;
    for (int e = 0; e < HG_VN_ENCODINGS; e++) {
        hg_buf_clear(out);
        hg_vncodec_decode(&guess->codec[e], out, (const unsigned char *)bytes, n, true);
        if (out->len > 0 && hg_vnlegacy_shares_capitals((hg_vnlegacy)e))
            hg_vnlegacy_capitals(out->data, out->len, false);
        hg_vnscore this = score((hg_slice){ out->data, out->len }, e == HG_VN_UNICODE);
        guess->file[e].words += this.words;
        guess->file[e].good += this.good;
    }
}

hg_vnlegacy hg_vnguess_file(const hg_vnguess *guess, hg_vnscore *best)
{
    hg_vnlegacy found = HG_VN_UNICODE;
    const hg_vnscore plain = *best = guess->file[HG_VN_UNICODE];
    for (int e = HG_VN_TCVN3; e < HG_VN_ENCODINGS; e++) {
        hg_vnscore this = guess->file[e];
        if (fits(this) && this.good >= (all_good(this) ? FEW : ENOUGH) &&
            this.good >= plain.good + MORE && this.good > best->good) {
            *best = this;
            found = (hg_vnlegacy)e;
        }
    }
    return found;
}
