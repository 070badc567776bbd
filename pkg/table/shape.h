/* shape.h - points and shapes on the map, as text in a cell. Nothing here allocates. */
#ifndef HG_TABLE_SHAPE_H
#define HG_TABLE_SHAPE_H

#include "table/jsontext.h"

/* Longitude and latitude in degrees, -180 to 180 and -90 to 90, as the texts of two numbers. */
bool hg_shape_point(hg_slice text, hg_slice point[2]);        /* 105.64,9.78 */
bool hg_shape_point_array(hg_slice text, hg_slice point[2]);  /* [105.64, 9.78] */
bool hg_shape_point_object(hg_slice text, hg_slice point[2]); /* {"lon": 105.64, "lat": 9.78} */

/* A GeoJSON object (RFC 7946): its type, the members that type has, and coordinates of as
 * many levels as it needs. Whether rings close is not looked at. */
bool hg_shape_geojson(hg_slice text);
/* TopoJSON: an object of a type of TopoJSON's with the members that it needs. */
bool hg_shape_topojson(hg_slice text);

/* Well-known text (OGC 06-103r4): a known shape, and what stands in brackets well formed. */
bool hg_shape_wkt(hg_slice text);

#endif
