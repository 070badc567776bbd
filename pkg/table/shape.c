/* shape - points and shapes on the map, as text in a cell */
#include "table/shape.h"
#include "table/numeral.h"

#include <string.h>

/* ---- points ---- */

static hg_slice trimmed(hg_slice text)
{
    while (text.n > 0 && text.p[0] == ' ')
        text = (hg_slice){ text.p + 1, text.n - 1 };
    while (text.n > 0 && text.p[text.n - 1] == ' ')
        text.n--;
    return text;
}

/* Is text a number from least to most? */
static bool within(hg_slice text, const char *least, const char *most)
{
    hg_numeral n, low, high;
    hg_numeral_read(&low, hg_slice_of(least), '.', 0);
    hg_numeral_read(&high, hg_slice_of(most), '.', 0);
    return hg_numeral_read(&n, text, '.', 0) && !n.nan &&
           hg_numeral_compare(&n, &low) >= 0 && hg_numeral_compare(&n, &high) <= 0;
}

static bool is_point(const hg_slice point[2])
{
    return within(point[0], "-180", "180") && within(point[1], "-90", "90");
}

bool hg_shape_point(hg_slice text, hg_slice point[2])
{
    const char *comma = text.n > 0 ? memchr(text.p, ',', text.n) : NULL;
    if (!comma)
        return false;
    size_t n = (size_t)(comma - text.p);
    point[0] = trimmed((hg_slice){ text.p, n });
    point[1] = trimmed((hg_slice){ comma + 1, text.n - n - 1 });
    return is_point(point);
}

bool hg_shape_point_array(hg_slice text, hg_slice point[2])
{
    hg_jsontext array, lon, lat;
    hg_slice key;
    size_t at = 0;
    if (!hg_jsontext_read(&array, text) || array.kind != HG_JSONTEXT_ARRAY ||
        array.n != 2 || !hg_jsontext_next(&array, &at, &key, &lon) ||
        !hg_jsontext_next(&array, &at, &key, &lat))
        return false;
    point[0] = lon.text;
    point[1] = lat.text;
    return is_point(point);
}

bool hg_shape_point_object(hg_slice text, hg_slice point[2])
{
    hg_jsontext object, lon, lat;
    if (!hg_jsontext_read(&object, text) || object.n != 2 ||
        !hg_jsontext_get(&object, "lon", &lon) || !hg_jsontext_get(&object, "lat", &lat))
        return false;
    point[0] = lon.text;
    point[1] = lat.text;
    return is_point(point);
}

/* ---- GeoJSON ---- */

/* How many levels of arrays stand around the positions of a shape. */
static const struct levels {
    const char *name;
    unsigned levels;
} shapes[] = {
    { "\"Point\"", 0 },
    { "\"MultiPoint\"", 1 },
    { "\"LineString\"", 1 },
    { "\"MultiLineString\"", 2 },
    { "\"Polygon\"", 2 },
    { "\"MultiPolygon\"", 3 },
};

static bool is_named(const hg_jsontext *object, const char *name)
{
    hg_jsontext type;
    return hg_jsontext_get(object, "type", &type) && hg_slice_is(type.text, name);
}

static bool is_position(const hg_jsontext *array)
{
    hg_jsontext item;
    hg_slice key;
    size_t at = 0;
    while (hg_jsontext_next(array, &at, &key, &item))
        if (item.kind != HG_JSONTEXT_NUMBER)
            return false;
    return array->n >= 2;
}

static bool are_positions(const hg_jsontext *array, unsigned levels)
{
    hg_jsontext item;
    hg_slice key;
    size_t at = 0;
    if (array->kind != HG_JSONTEXT_ARRAY)
        return false;
    if (levels == 0)
        return is_position(array);
    while (hg_jsontext_next(array, &at, &key, &item))
        if (!are_positions(&item, levels - 1))
            return false;
    return true;
}

static bool is_geometry(const hg_jsontext *object)
{
    hg_jsontext member, item;
    hg_slice key;
    size_t at = 0;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (is_named(object, shapes[i].name))
            return hg_jsontext_get(object, "coordinates", &member) &&
                   are_positions(&member, shapes[i].levels);
    if (!is_named(object, "\"GeometryCollection\"") ||
        !hg_jsontext_get(object, "geometries", &member) ||
        member.kind != HG_JSONTEXT_ARRAY)
        return false;
    while (hg_jsontext_next(&member, &at, &key, &item))
        if (!is_geometry(&item))
            return false;
    return true;
}

static bool is_feature(const hg_jsontext *object)
{
    hg_jsontext geometry, properties;
    return is_named(object, "\"Feature\"") &&
           hg_jsontext_get(object, "geometry", &geometry) &&
           (geometry.kind == HG_JSONTEXT_NULL || is_geometry(&geometry)) &&
           hg_jsontext_get(object, "properties", &properties) &&
           (properties.kind == HG_JSONTEXT_NULL || properties.kind == HG_JSONTEXT_OBJECT);
}

static bool is_collection(const hg_jsontext *object)
{
    hg_jsontext features, item;
    hg_slice key;
    size_t at = 0;
    if (!is_named(object, "\"FeatureCollection\"") ||
        !hg_jsontext_get(object, "features", &features) ||
        features.kind != HG_JSONTEXT_ARRAY)
        return false;
    while (hg_jsontext_next(&features, &at, &key, &item))
        if (!is_feature(&item))
            return false;
    return true;
}

bool hg_shape_geojson(hg_slice text)
{
    hg_jsontext object;
    return hg_jsontext_read(&object, text) && object.kind == HG_JSONTEXT_OBJECT &&
           (is_geometry(&object) || is_feature(&object) || is_collection(&object));
}

bool hg_shape_topojson(hg_slice text)
{
    static const struct {
        const char *name, *member;
    } kinds[] = {
        { "\"Topology\"", "objects" },        { "\"Point\"", "coordinates" },
        { "\"MultiPoint\"", "coordinates" },  { "\"LineString\"", "arcs" },
        { "\"MultiLineString\"", "arcs" },    { "\"Polygon\"", "arcs" },
        { "\"MultiPolygon\"", "arcs" },       { "\"GeometryCollection\"", "geometries" },
    };
    hg_jsontext object, member;
    if (!hg_jsontext_read(&object, text) || object.kind != HG_JSONTEXT_OBJECT)
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (is_named(&object, kinds[i].name))
            return hg_jsontext_get(&object, kinds[i].member, &member) &&
                   member.kind >= HG_JSONTEXT_ARRAY;
    return false;
}

/* ---- well-known text ---- */

typedef struct scan {
    const char *p, *end;
    unsigned depth;
} scan;

static bool shape(scan *s, bool named);

static void spaces(scan *s)
{
    while (s->p < s->end && strchr(" \t\r\n", *s->p) && *s->p)
        s->p++;
}

static bool byte(scan *s, char c)
{
    spaces(s);
    bool is = s->p < s->end && *s->p == c;
    s->p += is;
    return is;
}

static hg_slice run(scan *s, const char *ends)
{
    spaces(s);
    const char *from = s->p;
    while (s->p < s->end && (!*s->p || !strchr(ends, *s->p)))
        s->p++;
    return (hg_slice){ from, (size_t)(s->p - from) };
}

static bool one_of(hg_slice text, const char *const *words)
{
    for (; *words; words++) {
        size_t n = strlen(*words), i = 0;
        while (n == text.n && i < n && (text.p[i] & ~32) == (*words)[i])
            i++;
        if (n == text.n && i == n)
            return true;
    }
    return false;
}

/* Two to four numbers. */
static bool coordinates(scan *s)
{
    size_t n = 0;
    for (hg_slice t; (t = run(s, " \t\r\n(),")).n > 0; n++) {
        hg_numeral number;
        if (!hg_numeral_read(&number, t, '.', 0) || number.nan)
            return false;
        spaces(s);
    }
    return n >= 2 && n <= 4;
}

static bool list(scan *s)
{
    if (!byte(s, '(') || s->depth == HG_JSONTEXT_DEPTH)
        return false;
    s->depth++;
    do {
        spaces(s);
        bool letter = s->p < s->end && (unsigned char)((*s->p | 32) - 'a') < 26;
        bool bracket = s->p < s->end && *s->p == '(';
        if (letter ? !shape(s, true) : bracket ? !list(s) : !coordinates(s))
            return false;
    } while (byte(s, ','));
    s->depth--;
    return byte(s, ')');
}

static bool shape(scan *s, bool named)
{
    static const char *const names[] = {
        "POINT",           "LINESTRING",   "POLYGON",      "MULTIPOINT",
        "MULTILINESTRING", "MULTIPOLYGON", "TRIANGLE",     "CIRCULARSTRING",
        "COMPOUNDCURVE",   "CURVEPOLYGON", "MULTICURVE",   "MULTISURFACE",
        "TIN",             "CURVE",        "SURFACE",      "POLYHEDRALSURFACE",
        "GEOMETRYCOLLECTION", NULL
    };
    static const char *const dimensions[] = { "Z", "M", "ZM", NULL };
    static const char *const empty[] = { "EMPTY", NULL };
    if (named && !one_of(run(s, " \t\r\n(),"), names))
        return false;
    spaces(s);
    if (s->p < s->end && *s->p == '(')
        return list(s);
    hg_slice after = run(s, " \t\r\n(),");
    if (one_of(after, empty))
        return true;
    return named && one_of(after, dimensions) && shape(s, false);
}

bool hg_shape_wkt(hg_slice text)
{
    scan s = { text.p, text.p + text.n, 0 };
    bool ok = shape(&s, true);
    spaces(&s);
    return ok && s.p == s.end;
}
