/* vnlegacy - Vietnamese text in the encodings that were used before Unicode */
#include "text/vnlegacy.h"

#include "text/syllable.h"
#include "text/utf8.h"

#include <string.h>
#include <strings.h>

/* Windows-1252's characters of 80 to 9F (Unicode consortium, CP1252.TXT); five are not
 * given. */
static const char16_t cp1252[] = u"€\x81‚ƒ„…†‡\u02C6‰Š‹Œ\x8DŽ\x8F"
                                 u"\x90‘’“”•–—\u02DC™š›œ\x9DžŸ";

/*
 * An encoding by pairs: a byte, as windows-1252 shows it, and what it is. marks: a byte,
 * and the letter that it makes of an a before it (of e, o and others likewise). The codes
 * were compared with UniKey's tables and, for VISCII and windows-1258, with glibc's.
 */
static const struct {
    const char *name;
    const char *others[3]; /* further names */
    bool shares_capitals;
    const char16_t *letters, *marks;
} encodings[HG_VN_ENCODINGS] = {
    [HG_VN_UNICODE] = { "Unicode", { 0 }, false, u"", u"" },
    [HG_VN_TCVN3] = { "TCVN3",
                      { "ABC", "TCVN-3" },
                      true,
                      u"¡Ă¢Â£Ê¤Ô¥Ơ¦Ư§Đ\u00A8ă©âªê«ô¬ơ\u00ADư®đ"
                      u"µà¶ả·ã\u00B8á¹ạ»ằ¼ẳ½ẵ¾ắÆặÇầÈẩÉẫÊấËậÌèÎẻÏẽÐéÑẹÒềÓểÔễÕếÖệ"
                      u"×ìØỉÜĩÝíÞịßòáỏâõãóäọåồæổçỗèốéộêờëởìỡíớîợïùñủòũóúôụ"
                      u"õừöử÷ữøứùựúỳûỷüỹýýþỵ",
                      u"" },
    [HG_VN_VNI] = { "VNI",
                    { "VNI-Windows", "VNI-Win" },
                    false,
                    u"ÆỈÌÌÍÍÎỴÑĐÒỊÓĨÔƠÖƯæỉììííîỵñđòịóĩôơöư",
                    u"ÀầÁấÂâÃẫÄậÅẩÈằÉắÊăËặÏạÕãØàÙáÚẳÛảÜẵ"
                    u"àầáấââãẫäậåẩèằéắêăëặïạõãøàùáúẳûảüẵ" },
    [HG_VN_VISCII] = { "VISCII",
                       { "RFC1456" },
                       false,
                       u"\x02Ẳ\x05Ẵ\x06Ẫ\x14Ỷ\x19Ỹ\x1EỴ€Ạ\x81Ắ‚ẰƒẶ„Ấ…Ầ†Ẩ‡Ậ"
                       u"\u02C6Ẽ‰ẸŠẾ‹ỀŒỂ\x8DỄŽỆ\x8FỐ\x90Ồ‘Ổ’Ỗ“Ộ”Ợ•Ớ–Ờ—Ở\u02DCỊ"
                       u"™ỎšỌ›ỈœỦ\x9DŨžỤŸỲ\u00A0Õ¡ắ¢ằ£ặ¤ấ¥ầ¦ẩ§ậ\u00A8ẽ©ẹªế«ề¬ể\u00ADễ"
                       u"®ệ\u00AFố°ồ±ổ²ỗ³Ỡ\u00B4Ơµộ¶ờ·ở\u00B8ị¹ỰºỨ»Ừ¼Ử½ơ¾ớ¿ƯÀÀÁÁÂÂÃÃ"
                       u"ÄẢÅĂÆẳÇẵÈÈÉÉÊÊËẺÌÌÍÍÎĨÏỳÐĐÑứÒÒÓÓÔÔÕạÖỷ×ừØửÙÙÚÚÛỹÜỵÝÝÞỡßư"
                       u"ààááââããäảåăæữçẫèèééêêëẻììííîĩïỉðđñựòòóóôôõõöỏ÷ọøụùùúúûũ"
                       u"üủýýþợÿỮ",
                       u"" },
    [HG_VN_VPS] = { "VPS",
                    { "VPS-Win" },
                    true,
                    u"€À\x81Ả‚ÃƒẤ„Ầ…Ẩ†ọ‡ỗ\u02C6Ă‰ếŠề‹ểŒệ\x8DẮ\x8FẲ\x90Ế“Ề”Ể•Ễ–Ố—Ồ"
                    u"\u02DCỔ™Ỗšý›ỷœỵ\x9DỚŸỞ¡ắ¢ằ£ẳ¤ẵ¥ặ¦Ỡ§ớ\u00A8Ù©ờªở«ỡ¬Ũ\u00ADỨ®ợ"
                    u"\u00AFỪ°ổ±Ử²Ỳ³Ỹ\u00B4ÍµÌ¶ộ·Ỉ\u00B8Ĩ¹Óºử»ữ¼Ò½Ỏ¾Õ¿ựÀầÁÁÂÂÃấÄẩÅẫ"
                    u"ÆậÇđÈẻÉÉÊÊËẹÌỉÍễÎịÏỹÐƯÑỦÒồÓốÔÔÕỏÖơ×ÈØừÙứÚÚÛũÜưÝÝÞẺààááââãã"
                    u"äảåạæăèèééêêëẽììííïĩðẴñĐòòóóôôõõ÷ƠøụùùúúûủýỶþẼÿỳ",
                    u"" },
    [HG_VN_1258] = { "windows-1258",
                     { "cp1258", "1258" },
                     false,
                     u"ÃĂãăÐĐðđÕƠõơÝƯýưÌ\u0300Ò\u0309Þ\u0303ì\u0301ò\u0323",
                     u"ÌàÒảÞãìáòạ" },
    [HG_VN_BKHCM1] = { "BKHCM1",
                       { "BK-HCM1" },
                       false,
                       u"^Ỳ`Ỷ{Ý|Ỹ}Đ~Ấ\x81À‚ẢƒÃ„Ạ…É†È‡Ẻ\u02C6Ẽ‰ẸŠÍ‹ÌŒỈ\x8DĨ\x8FÓ\x90Ò"
                       u"‘Ỏ’Õ“Ọ”Ú•Ù–Ủ—Ũ\u02DCỤ™ĂšẮ›ẰœẲ\x9DẴŸÂ¡Ầ¢Ẩ£Ẫ¤Ậ¥Ê¦Ế§Ề\u00A8Ể"
                       u"©ỄªỆ«Ô¬Ố\u00ADỒ®Ổ\u00AFỖ°Ộ±Ơ²Ớ³Ờ\u00B4ỞµỠ¶Ợ·Ư\u00B8Ứ¹ỪºỬ»Ữ¼Ự"
                       u"½đ¾á¿àÀảÁãÂạÃéÄèÅẻÆẽÇẹÈíÉìÊỉËĩÌịÍóÎòÏỏÐõÑọÒúÓùÔủÕũÖụ×ăØắ"
                       u"ÙằÚẳÛẵÜặÝâÞấßầàẩáẫâậãêäếåềæểçễèệéôêốëồìổíỗîộïơðớñờòởóỡôợ"
                       u"õưöứ÷ừøửùữúựûýüỳýỷþỹÿỵ",
                       u"" },
    [HG_VN_BKHCM2] = { "BKHCM2",
                       { "BK-HCM2" },
                       false,
                       u"ÀĐÊÂÏÊÑÍÒÌÓỈÔĨÕỊÖÔÙĂÚƠÛƯàđêâïêñíòìóỉôĩõịöôùăúơûư",
                       u"ÁáÂàÃảÄãÅạÆáÇàÈảÉãËáÌàÍảÎãááâàãảäãåạæáçàèảéãëáìàíảîã" },
    [HG_VN_VIETWARE_F] = { "Vietware-F",
                           { "VietwareF" },
                           true,
                           u"–Ă—Â\u02DCĐ™ÊšÔ›ƠœƯŸă¡â¢đ£ê¤ô¥ơ§ưªà¶ảºãÀáÁạÂằÃẳÄẵÅắÆặÇầÈẩ"
                           u"ÉẫÊấËậÌèÍẻÎẽÏéÑẹÒềÓểÔễÕếÖệØìÙỉÚĩÛíÜịßòàỏáõâóãọäồåổæỗçố"
                           u"èộéờêởëỡìớíợîùïủñũòúóụôừõửöữ÷ứøựùỳúỷûỹüýÿỵ",
                           u"" },
    [HG_VN_VIETWARE_X] = { "Vietware-X",
                           { "VietwareX" },
                           false,
                           u"ÀĂÁÂÂĐÃÊÄÔÅƠÆƯÇÌÈỈÉĨÊÍËỊàăáââđãêäôåơæưçìèỉéĩêíëị",
                           u"ÌàÍảÎãÏáÑạÒàÓảÔãÕáÖàØảÙãÚáÛạÜạìàíảîãïáñạòàóảôãõáöàøảùãúáûạü"
                           u"ạ" },
};

const char *hg_vnlegacy_name(hg_vnlegacy encoding)
{
    return encodings[encoding].name;
}

bool hg_vnlegacy_shares_capitals(hg_vnlegacy encoding)
{
    return encodings[encoding].shares_capitals;
}

static bool same(const char *name, hg_slice text)
{
    return name && strlen(name) == text.n && strncasecmp(name, text.p, text.n) == 0;
}

bool hg_vnlegacy_named(hg_vnlegacy *encoding, hg_slice name)
{
    for (int e = HG_VN_TCVN3; e < HG_VN_ENCODINGS; e++) {
        bool found = same(encodings[e].name, name);
        for (size_t k = 0; k < sizeof encodings[e].others / sizeof(char *); k++)
            found |= same(encodings[e].others[k], name);
        if (found) {
            *encoding = (hg_vnlegacy)e;
            return true;
        }
    }
    return false;
}

hg_vnlegacy hg_vnlegacy_font(hg_slice font, bool *capitals)
{
    static const struct {
        const char *prefix;
        hg_vnlegacy encoding;
    } fonts[] = {
        { ".Vn", HG_VN_TCVN3 },          { "VNI-", HG_VN_VNI },
        { "VNI ", HG_VN_VNI },           { "VPS ", HG_VN_VPS },
        { "VISCII", HG_VN_VISCII },      { "SVN", HG_VN_VIETWARE_F },
        { "VNtimes", HG_VN_VIETWARE_X }, { "VNhelvet", HG_VN_VIETWARE_X },
        { "VNvogue", HG_VN_VIETWARE_X }, { "VNarial", HG_VN_VIETWARE_X },
        { "BK ", HG_VN_BKHCM2 },
    };
    *capitals = false;
    for (size_t k = 0; k < sizeof fonts / sizeof *fonts; k++) {
        size_t n = strlen(fonts[k].prefix);
        if (font.n > n && strncasecmp(font.p, fonts[k].prefix, n) == 0) {
            char last = font.p[font.n - 1];
            *capitals = fonts[k].encoding == HG_VN_TCVN3 && (last == 'H' || last == 'h');
            return fonts[k].encoding;
        }
    }
    return HG_VN_UNICODE;
}

/* The byte that a character of windows-1252 stands for; -1: none. */
static int byte_of(int32_t cp)
{
    if (cp < 0x80 || (cp >= 0xA0 && cp <= 0xFF))
        return (int)cp;
    for (int i = 0; cp1252[i]; i++)
        if (cp1252[i] == cp)
            return 0x80 + i;
    return cp <= 0x9F ? (int)cp : -1;
}

void hg_vncodec_init(hg_vncodec *codec, hg_vnlegacy encoding)
{
    const char16_t *pair = encodings[encoding].letters;
    memset(codec, 0, sizeof *codec);
    codec->encoding = encoding;
    for (int b = 0; b < 256; b++)
        codec->letter[b] = b >= 0x80 && b < 0xA0 ? cp1252[b - 0x80] : (char16_t)b;
    for (; *pair; pair += 2)
        codec->letter[byte_of(pair[0])] = pair[1];
    for (pair = encodings[encoding].marks; *pair; pair += 2)
        codec->mark[byte_of(pair[0])] = pair[1];
}

/* What a mark makes of a letter; 0: it does not go there. */
static int32_t marked(int32_t letter, char16_t mark)
{
    hg_vowel vowel, shape;
    if (!mark || !hg_vowel_of(&vowel, letter) || vowel.tone != HG_LEVEL ||
        !hg_vowel_of(&shape, mark))
        return 0;
    vowel.tone = shape.tone;
    if (shape.plain == u'a')
        return hg_vowel_letter(&vowel);
    switch (vowel.plain) {
    case u'a': vowel.plain = shape.plain; break;
    case u'e': vowel.plain = shape.plain == u'â' ? u'ê' : 0; break;
    case u'o': vowel.plain = shape.plain == u'â' ? u'ô' : 0; break;
    default: return 0;
    }
    return hg_vowel_letter(&vowel);
}

static bool may_take_mark(const hg_vncodec *codec, int32_t letter)
{
    hg_vowel vowel;
    return *encodings[codec->encoding].marks && hg_vowel_of(&vowel, letter);
}

size_t hg_vncodec_decode(const hg_vncodec *codec, hg_buf *out, const unsigned char *bytes,
                         size_t n, bool last)
{
    for (size_t i = 0; i < n; i++) {
        int32_t letter = codec->letter[bytes[i]];
        if (i + 1 == n && !last && may_take_mark(codec, letter))
            return i;
        int32_t both = i + 1 < n ? marked(letter, codec->mark[bytes[i + 1]]) : 0;
        hg_utf8_put(out, both ? both : letter);
        i += both != 0;
    }
    return n;
}

void hg_vncodec_decode_view(const hg_vncodec *codec, hg_buf *out, hg_slice text)
{
    unsigned char bytes[256];
    size_t len = 0;
    int32_t cp;
    for (size_t i = 0; i < text.n;) {
        i += hg_utf8_next(text.p + i, text.n - i, &cp);
        int byte = byte_of(cp);
        if (byte >= 0)
            bytes[len++] = (unsigned char)byte;
        if (len == sizeof bytes || byte < 0) {
            size_t taken = hg_vncodec_decode(codec, out, bytes, len, byte < 0);
            len -= taken;
            memmove(bytes, bytes + taken, len);
        }
        if (byte < 0)
            hg_utf8_put(out, cp);
    }
    hg_vncodec_decode(codec, out, bytes, len, true);
}

/* ---- capitals ---- */

/* Letters of a word or a text whose case is sure: those that are no small vowel with a
 * tone. */
typedef struct cases {
    size_t letters, uppers, lowers;
} cases;

static bool is_letter(int32_t cp)
{
    hg_vowel vowel;
    return (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') || cp == u'đ' ||
           cp == u'Đ' || hg_vowel_of(&vowel, cp);
}

/* Count the cases of the word that text starts with; returns its bytes, 0 where no letter
 * stands. */
static size_t word_cases(const char *text, size_t n, cases *word)
{
    size_t i = 0;
    *word = (cases){ 0 };
    while (i < n) {
        int32_t cp;
        hg_vowel vowel;
        size_t len = hg_utf8_next(text + i, n - i, &cp);
        if (!is_letter(cp))
            break;
        word->letters++;
        if (hg_viletter_lower(cp) != cp)
            word->uppers++;
        else if (!hg_vowel_of(&vowel, cp) || vowel.tone == HG_LEVEL)
            word->lowers++;
        i += len;
    }
    return i;
}

/* Vietnamese has no letter whose capital is longer or shorter in UTF-8. */
static void capitalize(char *text, size_t n)
{
    for (size_t i = 0; i < n;) {
        int32_t cp;
        size_t len = hg_utf8_next(text + i, n - i, &cp);
        cp = hg_viletter_upper(cp);
        for (size_t k = len; k-- > 1; cp >>= 6)
            text[i + k] = (char)(0x80 | (cp & 0x3F));
        text[i] = (char)(len == 1   ? cp
                         : len == 2 ? 0xC0 | cp
                         : len == 3 ? 0xE0 | cp
                                    : 0xF0 | cp);
        i += len;
    }
}

void hg_vnlegacy_capitals(char *text, size_t n, bool all)
{
    bool sure = false, small = false;
    cases word;
    if (all) {
        capitalize(text, n);
        return;
    }
    for (size_t i = 0, len; i < n; i += len ? len : 1) {
        len = word_cases(text + i, n - i, &word);
        sure |= word.uppers > 1 && word.lowers == 0;
        small |= word.lowers > 0;
    }
    for (size_t i = 0, len; i < n; i += len ? len : 1) {
        len = word_cases(text + i, n - i, &word);
        if (word.lowers == 0 && (word.uppers > 1 || (sure && !small)))
            capitalize(text + i, len);
    }
}
