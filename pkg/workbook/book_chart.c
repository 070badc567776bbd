/* book_chart - charts, as a statistician would have them */
#include "workbook/book_inside.h"

#define TITLE  255 /* characters of a title */
#define PIXELS (96.0 / 72)
#define WIDTH  480.0 /* pixels that the library gives a chart, and scales */
#define HEIGHT 288.0
#define GRID   0xD0D0D0
#define INK    0x000000

/* Okabe and Ito's colours ("Color Universal Design", 2008), which people with any kind of
 * colour vision tell apart, ordered so that neighbours also differ in a grey print. */
static const lxw_color_t colours[HG_BOOK_SERIES] = {
    0x0072B2, 0xE69F00, 0x009E73, 0xF0E442, 0xD55E00, 0x56B4E9,
    0x1A1A1A, 0xCC79A7, 0x004D7A, 0xFFD27F, 0x66C7AB, 0x8C8C8C,
};
static const uint8_t dashes[] = { LXW_CHART_LINE_DASH_SOLID, LXW_CHART_LINE_DASH_DASH,
                                  LXW_CHART_LINE_DASH_ROUND_DOT,
                                  LXW_CHART_LINE_DASH_LONG_DASH_DOT };
static const uint8_t marks[] = { LXW_CHART_MARKER_CIRCLE, LXW_CHART_MARKER_SQUARE,
                                 LXW_CHART_MARKER_TRIANGLE, LXW_CHART_MARKER_DIAMOND };

static void draw_bar(lxw_chart_series *series, size_t i)
{
    lxw_chart_fill fill = { .color = colours[i] };
    lxw_chart_line line = { .color = INK, .width = 0.5 };
    chart_series_set_fill(series, &fill);
    chart_series_set_line(series, &line);
}

static void draw_line(lxw_chart_series *series, size_t i)
{
    lxw_chart_line line = { .color = colours[i], .width = 2.25, .dash_type = dashes[i % 4] };
    lxw_chart_fill fill = { .color = colours[i] };
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, marks[i % 4]);
    chart_series_set_marker_size(series, 7);
    chart_series_set_marker_fill(series, &fill);
}

static void set_axes(lxw_chart *made, const hg_chart *chart, lxw_chart_font *font)
{
    lxw_chart_line grid = { .color = GRID, .width = 0.75 };
    bool lying = chart->kind == HG_CHART_BAR || chart->kind == HG_CHART_PYRAMID;
    /* the library names axes by where they stand, not by what they are for */
    lxw_chart_axis *values = lying ? made->x_axis : made->y_axis,
                   *categories = lying ? made->y_axis : made->x_axis;
    chart_axis_set_num_font(values, font);
    chart_axis_set_num_font(categories, font);
    /* a pyramid's left side is drawn from negatives, and read without their sign */
    chart_axis_set_num_format(values, chart->kind == HG_CHART_PYRAMID ? "#,##0;#,##0"
                                                                      : "General");
    chart_axis_major_gridlines_set_visible(values, LXW_TRUE);
    chart_axis_major_gridlines_set_visible(categories, LXW_FALSE);
    chart_axis_major_gridlines_set_line(values, &grid);
    chart_axis_set_label_position(categories, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    if (chart->unit) {
        chart_axis_set_name(values, chart->unit);
        chart_axis_set_name_font(values, font);
    }
    if (chart->from_zero)
        chart_axis_set_min(values, 0);
    if (chart->kind == HG_CHART_BAR) { /* read from the top, values below */
        chart_axis_set_reverse(categories);
        chart_axis_set_label_position(values, LXW_CHART_AXIS_LABEL_POSITION_HIGH);
    }
}

static hg_status check(const hg_book *book, uint32_t row, uint32_t col,
                       const hg_chart *chart, hg_err *err)
{
    hg_area at = { row, col, row, col };
    if (hg_book_inside(book, at, err) != HG_OK)
        return err->status;
    if (chart->n == 0 || chart->n > HG_BOOK_SERIES)
        return hg_fail(err, HG_EARG, BOOK_AT(book, at), "a chart has from 1 to %d series",
                       HG_BOOK_SERIES);
    if (hg_book_characters(hg_slice_of(chart->title)) > TITLE ||
        hg_book_characters(hg_slice_of(chart->unit)) > TITLE ||
        hg_book_characters(hg_slice_of(chart->description)) > HG_BOOK_TEXT)
        return hg_fail(err, HG_EARG, BOOK_AT(book, at),
                       "a chart's title has at most 255 characters");
    return HG_OK;
}

static void set_texts(lxw_chart *made, const hg_chart *chart)
{
    const char *name = chart->sans ? "Arial" : "Times New Roman";
    lxw_chart_font title = { .name = (char *)name, .size = 13, .bold = LXW_TRUE },
                   font = { .name = (char *)name, .size = 11, .bold = LXW_EXPLICIT_FALSE };
    chart_title_set_name(made, chart->title);
    chart_title_set_name_font(made, &title);
    set_axes(made, chart, &font);
    chart_legend_set_font(made, &font);
    chart_legend_set_position(made, chart->n > 1 ? LXW_CHART_LEGEND_BOTTOM
                                                 : LXW_CHART_LEGEND_NONE);
    chart_show_hidden_data(made);
}

hg_status hg_book_chart(hg_book *book, uint32_t row, uint32_t col, const hg_chart *chart,
                        hg_err *err)
{
    static const uint8_t kinds[] = { [HG_CHART_COLUMN] = LXW_CHART_COLUMN,
                                     [HG_CHART_BAR] = LXW_CHART_BAR,
                                     [HG_CHART_STACKED] = LXW_CHART_COLUMN_STACKED,
                                     [HG_CHART_LINE] = LXW_CHART_LINE,
                                     [HG_CHART_PYRAMID] = LXW_CHART_BAR_STACKED };
    /* the library takes a column's digits for 7 pixels wide; hg_book_width() gives it 8 */
    lxw_chart_options options = { .x_scale = chart->width * PIXELS * 7 / 8 / WIDTH,
                                  .y_scale = chart->height * PIXELS / HEIGHT,
                                  .description = (char *)chart->description };
    if (check(book, row, col, chart, err) != HG_OK)
        return err->status;
    lxw_chart *made = workbook_add_chart(book->lib, kinds[chart->kind]);
    if (!made)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < chart->n; i++) {
        const hg_chart_series *s = &chart->series[i];
        lxw_chart_series *series = chart_add_series(made, s->categories, s->values);
        if (!series)
            return hg_fail_nomem(err);
        chart_series_set_name(series, s->name);
        if (chart->kind == HG_CHART_LINE)
            draw_line(series, i);
        else
            draw_bar(series, i);
    }
    set_texts(made, chart);
    if (chart->kind == HG_CHART_PYRAMID)
        chart_set_series_gap(made, 20);
    return hg_book_outcome(worksheet_insert_chart_opt(book->sheet, row - 1,
                                                      (lxw_col_t)(col - 1), made, &options),
                           err);
}
