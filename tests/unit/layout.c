/* Tables as forms lay them out give tidy rows; what a recipe does not cover is refused at
 * its cell. */
#include "recipe/layout.h"
#include "text/message.h"
#include "text/vinumber.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

/* A sheet as text: a row a line, cells apart by '|'. "*x" is bold, ">x" indented, "=x" a
 * text, what reads as a plain number a number. merged: "A1:B2 C3:D3", single letters. */
typedef struct form {
    const char *name, *recipe, *cells, *merged;
    const char *rows;          /* what it gives: "A1 value,value;…" */
    const char *error, *place; /* or the message and the cell */
} form;

static const char *codes(void *with, const char *name)
{
    static const char *const lists[][2] = {
        { "sex", "code,vi,en\nT,Tổng số,Total\nM,Nam,Male\nF,Nữ,Female\n" },
        { "area", "code,vi,en\nT,Tổng số,Total\nU,Thành thị,Urban\nR,Nông thôn,Rural\n" },
        { "unit", "code,vi,en\nk,Nghìn người,Thous. persons\np,%,%\ntr,Trường,School\n" },
        { "place", "code,vi\nCN,Cả nước\nV1,Miền Bắc\nV2,Miền Nam\n01,Hà Nội\n92,Cần Thơ\n" },
    };
    (void)with;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(lists[i][0], name) == 0)
            return lists[i][1];
    return NULL;
}

static hg_cell cell_of(hg_slice text, uint32_t row, uint32_t col)
{
    hg_cell cell = { .row = row, .col = col, .type = HG_CELL_TEXT };
    bool plain = true;
    for (; text.n > 0 && strchr("*>=", text.p[0]); text.p++, text.n--) {
        cell.bold = cell.bold || text.p[0] == '*';
        cell.indent = (uint16_t)(cell.indent + (text.p[0] == '>'));
        plain = plain && text.p[0] != '=';
    }
    cell.text = text;
    for (size_t i = 0; i < text.n; i++)
        plain = plain && strchr("0123456789.", text.p[i]);
    if (plain)
        cell.type = HG_CELL_NUMBER;
    return cell;
}

static hg_grid *grid_of(const form *f)
{
    hg_err err = HG_ERR_INIT;
    hg_grid *grid;
    hg_area areas[8];
    size_t n = 0;
    uint32_t row = 1, col = 1;
    ck_assert_int_eq(hg_grid_new(&grid, &err), HG_OK);
    for (const char *p = f->cells; *p; p++) {
        size_t len = strcspn(p, "|\n");
        hg_cell cell = cell_of((hg_slice){ p, len }, row, col);
        if (len > 0)
            ck_assert_int_eq(hg_grid_add(grid, &cell, &err), HG_OK);
        p += len;
        if (*p == '\0')
            break;
        col = *p == '|' ? col + 1 : 1;
        row += *p == '\n';
    }
    for (const char *p = f->merged; p && *p; p += *p == ' ') {
        char *end;
        areas[n].col1 = (uint32_t)(*p - 'A') + 1;
        areas[n].row1 = (uint32_t)strtoul(p + 1, &end, 10);
        areas[n].col2 = (uint32_t)(end[1] - 'A') + 1;
        areas[n++].row2 = (uint32_t)strtoul(end + 2, &end, 10);
        p = end;
    }
    ck_assert_int_eq(hg_grid_merge(grid, areas, n, &err), HG_OK);
    return grid;
}

/* Put all rows of the form into out, as form.rows has them. */
static hg_status run(const form *f, hg_buf *out, hg_err *err)
{
    hg_doc *doc = NULL;
    hg_recipe *recipe = NULL;
    hg_layout *layout = NULL;
    hg_grid *grid = grid_of(f);
    const hg_slice *cells;
    hg_origin at;
    ck_assert_int_eq(hg_doc_parse(&doc, "recipe.json", hg_slice_of(f->recipe), err), HG_OK);
    hg_status st = hg_recipe_new(&recipe, doc, codes, NULL, err);
    ck_assert_msg(st == HG_OK, "%s: the recipe is wrong: %s", f->name, err->format);
    const hg_recipe_table *table;
    const bool use[] = { true, true, true, true };
    const hg_layout_sheet sheet = { grid, "f.xlsx", "S", use };
    ck_assert_int_eq(hg_layout_new(&layout, recipe, NULL, NULL, err), HG_OK);
    st = hg_layout_read(layout, &sheet, err);
    while (st == HG_OK && (st = hg_layout_next(layout, &table, &cells, &at, err)) == HG_OK) {
        char a1[24];
        hg_text_a1(a1, at.row, at.col);
        hg_buf_printf(out, "%s%s ", out->len > 0 ? ";" : "", a1);
        for (size_t i = 0; i < table->n; i++)
            hg_buf_printf(out, "%s%.*s", i > 0 ? "," : "", (int)cells[i].n, cells[i].p);
    }
    hg_layout_free(layout);
    hg_grid_free(grid);
    hg_recipe_free(recipe);
    hg_doc_free(doc);
    return st;
}

#define END         ",\"v\":\"value\",\"s\":\"status\"}}"
#define BY_YEAR     "{\"columns\":{\"p\":{\"from\":\"row\",\"codes\":\"place\"}," \
                    "\"y\":{\"from\":\"header\",\"type\":\"year\"}" END
#define BY_SEX      "{\"columns\":{\"y\":{\"from\":\"row\",\"type\":\"year\"}," \
                    "\"g\":{\"from\":\"header\",\"codes\":\"sex\",\"default\":\"T\"}," \
                    "\"a\":{\"from\":\"header\",\"codes\":\"area\",\"default\":\"T\"}," \
                    "\"u\":{\"from\":\"unit\",\"codes\":\"unit\"}" END
#define BY_LEVEL    "{\"columns\":{\"r\":{\"from\":\"row\",\"level\":1,\"codes\":\"place\"}," \
                    "\"p\":{\"from\":\"row\",\"codes\":\"place\"}," \
                    "\"y\":{\"from\":\"header\",\"type\":\"year\"}" END
#define ANY_ROW(rest) "{\"columns\":{\"p\":{\"from\":\"row\"},\"y\":{\"from\":\"header\"," \
                    "\"type\":\"year\"},\"v\":\"value\",\"s\":\"status\"}" rest "}"

static const form forms[] = {
    { .name = "the smallest table", .recipe = BY_YEAR, .cells = "|2016\nHà Nội|1.5",
      .rows = "B2 01,2016,1.5,A" },
    { .name = "title, unit line, blank rows, ruler and notes around it", .recipe = BY_YEAR,
      .cells = "BIỂU SỐ 1\nNăm 2016\n||Đơn vị tính: %\n\nTên|2016|Sơ bộ 2017\nA|1|2\n\nHà Nội|1|2\n"
               "Ghi chú: 2016 là năm gốc\nNgười lập biểu||Thủ trưởng đơn vị",
      .rows = "B8 01,2016,1,A;C8 01,2017,2,P" },
    { .name = "a signature block that starts with its place and date", .recipe = BY_YEAR,
      .cells = "Tên|2016\nHà Nội|1\n|Hậu Giang, ngày 05 tháng 6 năm 2017\nNgười lập|Cục trưởng",
      .rows = "B2 01,2016,1,A" },
    { .name = "headings that are words, whatever they say",
      .recipe = "{\"columns\":{\"p\":\"row\",\"h\":\"header\"" END,
      .cells = "Tên|Số hộ|Số người\nHà Nội|5|6\nCần Thơ|=..|7",
      .rows = "B2 Hà Nội,Số hộ,5,A;C2 Hà Nội,Số người,6,A;B3 Cần Thơ,Số hộ,,L;"
              "C3 Cần Thơ,Số người,7,A" },
    { .name = "a statistical form with code and unit columns",
      .recipe = "{\"columns\":{\"m\":{\"from\":\"row\",\"column\":\"Mã số\"},\"i\":\"row\","
                "\"u\":{\"from\":\"row\",\"column\":\"Đơn vị tính\",\"default\":\"-\"},"
                "\"h\":{\"from\":\"header\",\"map\":{\"Tổng số\":\"T\"}}" END,
      .cells = "Biểu số: 003\nTên chỉ tiêu|Mã số|Đơn vị tính|Tổng số\nA|B|C|1\n"
               "I. Trồng trọt|=01|Triệu đồng|5\nCây lâu năm|=02||6\n"
               "Người lập biểu",
      .rows = "D4 01,I. Trồng trọt,Triệu đồng,T,5,A;D5 02,Cây lâu năm,-,T,6,A" },
    { .name = "label columns only, merged over their rows",
      .recipe = "{\"columns\":{\"p\":{\"from\":\"row\",\"column\":\"Tỉnh\"},\"q\":{\"from\":"
                "\"row\",\"column\":\"Quý\"},\"y\":{\"from\":\"header\",\"type\":\"year\"}" END,
      .cells = "Tỉnh|Quý|2016\nHà Nội|I|1\n|II|2\nCần Thơ|I|3", .merged = "A2:A3",
      .rows = "C2 Hà Nội,I,2016,1,A;C3 Hà Nội,II,2016,2,A;C4 Cần Thơ,I,2016,3,A" },
    { .name = "a label column that is not there",
      .recipe = "{\"columns\":{\"p\":{\"from\":\"row\",\"column\":\"Mã số\"},"
                "\"y\":{\"from\":\"header\",\"type\":\"year\"}" END,
      .cells = "Tên|2016\nHà Nội|1", .error = "no label column has this heading", .place = "1" },
    { .name = "a status in a heading of its own", .recipe = BY_YEAR,
      .cells = "||Sơ bộ - Prel.\n|2016|2017\nHà Nội|1|2",
      .rows = "B3 01,2016,1,A;C3 01,2017,2,P" },
    { .name = "symbols are no zeros, blanks are no rows", .recipe = BY_YEAR,
      .cells = "|2016|2017|2018|2019|2020\nHà Nội|-|…|=..|x|\nCần Thơ|0|=...||=0|Ước",
      .error = "'Ước' is no number", .place = "F3" },
    { .name = "symbols give their status", .recipe = BY_YEAR,
      .cells = "|2016|2017|2018|Sơ bộ 2019\nHà Nội|-|…||=..\nCần Thơ|0|=...|x|=0",
      .rows = "B2 01,2016,,M;C2 01,2017,,L;E2 01,2019,,L;"
              "B3 92,2016,0,A;C3 92,2017,,L;D3 92,2018,,M;E3 92,2019,0,P" },
    { .name = "merged headings of two rows and languages", .recipe = BY_SEX,
      .cells = "Dân số\n|Tổng số\nTotal|Theo giới tính|||\n",
      .error = "no row of headings is found that gives it", .place = "!" },
    { .name = "a yearbook page with two blocks", .recipe = BY_SEX,
      .cells = "Dân số trung bình\n|Tổng số|Phân theo giới tính - By sex||Phân theo nơi ở\n"
               "||Nam - Male|Nữ - Female|Thành thị|Nông thôn\n"
               "|*Nghìn người - Thous. persons\n2015|10|4|6|3|7\nSơ bộ - Prel. 2016|11|5|6|3|8\n"
               "|*Cơ cấu - Structure (%)\n2015|100|40|60|30|70\nNguồn: TCTK",
      .merged = "B2:B3 C2:D2 E2:F2 B4:F4 B7:F7",
      .rows = "B5 2015,T,T,k,10,A;C5 2015,M,T,k,4,A;D5 2015,F,T,k,6,A;E5 2015,T,U,k,3,A;"
              "F5 2015,T,R,k,7,A;B6 2016,T,T,k,11,P;C6 2016,M,T,k,5,P;D6 2016,F,T,k,6,P;"
              "E6 2016,T,U,k,3,P;F6 2016,T,R,k,8,P;B8 2015,T,T,p,100,A;C8 2015,M,T,p,40,A;"
              "D8 2015,F,T,p,60,A;E8 2015,T,U,p,30,A;F8 2015,T,R,p,70,A" },
    { .name = "the same without merging: headings reach to the right", .recipe = BY_SEX,
      .cells = "|Tổng số|Phân theo giới tính||Phân theo nơi ở\n||Nam|Nữ|Thành thị|Nông thôn\n"
               "||Male|Female|Urban|Rural\n|Nghìn người\n2015|10|4|6|3|7",
      .rows = "B5 2015,T,T,k,10,A;C5 2015,M,T,k,4,A;D5 2015,F,T,k,6,A;E5 2015,T,U,k,3,A;"
              "F5 2015,T,R,k,7,A" },
    { .name = "regions over places, by column, indent and bold", .recipe = BY_LEVEL,
      .cells = "||2016\n*CẢ NƯỚC||1\n*Miền Bắc||2\n|Hà Nội|3\n*Miền Nam||4\n|Cần Thơ|5",
      .rows = "C2 CN,CN,2016,1,A;C3 V1,V1,2016,2,A;C4 V1,01,2016,3,A;C5 V2,V2,2016,4,A;"
              "C6 V2,92,2016,5,A" },
    { .name = "regions over places, by indent", .recipe = BY_LEVEL,
      .cells = "|2016\nMiền Bắc|2\n>Hà Nội|3\nMiền Nam\n>Cần Thơ|5",
      .rows = "B2 V1,V1,2016,2,A;B3 V1,01,2016,3,A;B5 V2,92,2016,5,A" },
    { .name = "a page that goes on keeps the region of the one before", .recipe = BY_LEVEL,
      .cells = "Biểu 1\n|Đơn vị tính: %\n|2016\n*Miền Bắc|2\nBiểu 1 (tiếp theo)\n|Đơn vị tính: %\n"
               "|2016\nHà Nội|3",
      .rows = "B4 V1,V1,2016,2,A;B8 V1,01,2016,3,A" },
    { .name = "units in labels, inherited, and of a block",
      .recipe = "{\"columns\":{\"i\":{\"from\":\"row\",\"level\":1},\"g\":{\"from\":\"row\","
                "\"level\":2,\"codes\":\"sex\",\"default\":\"T\"},\"y\":{\"from\":\"header\",\"type\":"
                "\"school-year\"},\"u\":{\"from\":\"unit\",\"codes\":\"unit\"}" END,
      .cells = "|Năm học - School year\n|2018-2019|Sơ bộ\n*Số trường (Trường)|3|\n>Nam|1|\n>Nữ|2|\n"
               "*Chỉ số (Năm trước = 100) - %\n*Trường|99.5",
      .merged = "B1:C1 A6:C6", .error = "the headings of this column do not give it", .place = "C2" },
    { .name = "units in labels, inherited, and of a block, all headings there",
      .recipe = "{\"columns\":{\"i\":{\"from\":\"row\",\"level\":1},\"g\":{\"from\":\"row\","
                "\"level\":2,\"codes\":\"sex\",\"default\":\"T\"},\"y\":{\"from\":\"header\",\"type\":"
                "\"school-year\"},\"u\":{\"from\":\"unit\",\"codes\":\"unit\"}" END,
      .cells = "|Năm học - School year\n|2018-2019\n*Số trường (Trường)|3\n>Nam|1\n>Nữ|2\n"
               "*Chỉ số (Năm trước = 100) - %\n*Trường|99.5",
      .merged = "A6:B6",
      .rows = "B3 Số trường (Trường),T,2018-2019,tr,3,A;B4 Số trường (Trường),M,2018-2019,tr,1,A;"
              "B5 Số trường (Trường),F,2018-2019,tr,2,A;B7 Trường,T,2018-2019,p,99.5,A" },
    { .name = "sections as a dimension, groups that say nothing",
      .recipe = "{\"columns\":{\"t\":{\"from\":\"section\",\"codes\":\"area\"},\"p\":{\"from\":\"row\","
                "\"codes\":\"place\"},\"y\":{\"from\":\"header\",\"type\":\"year\"}" END,
      .cells = "|2016\n*Thành thị\nTrong đó:\nHà Nội|1\n*Nông thôn\nHà Nội|2",
      .rows = "B4 U,01,2016,1,A;B6 R,01,2016,2,A" },
    { .name = "title, sheet and constants",
      .recipe = "{\"columns\":{\"y\":{\"from\":\"title\",\"pattern\":\"Năm ([0-9]{4})\"},\"t\":\"sheet\","
                "\"c\":{\"from\":\"constant\",\"default\":\"z\"},\"p\":{\"from\":\"row\",\"codes\":"
                "\"place\"},\"g\":{\"from\":\"header\",\"codes\":\"sex\",\"some\":true}" END,
      .cells = "BÁO CÁO\nNăm 2016\n\n|Nam\nHà Nội|1", .rows = "B5 2016,S,z,01,M,1,A" },
    { .name = "headings of several labels",
      .recipe = "{\"split\":\"^([A-Za-z]+) (.+)$\",\"columns\":{\"p\":{\"from\":\"row\",\"codes\":\"place\"},"
                "\"g\":{\"from\":\"header\",\"codes\":\"sex\"},\"y\":{\"from\":\"header\",\"type\":\"year\"}" END,
      .cells = "Title\n\nCities|Total 2015|Male 2015|Female Prel. 2016\n Hà  Nội|=71995.5|=..|=1.0",
      .rows = "B4 01,T,2015,71995.5,A;C4 01,M,2015,,L;D4 01,F,2016,1.0,P" },
    { .name = "numbers of a label column and ignored headings", .recipe = ANY_ROW(",\"ignore\":\"Ghi chú\""),
      .cells = "STT|Tên|2016|Ghi chú\n1|Hà Nội|5|cũ\n2|Cần Thơ|6|",
      .rows = "C2 Hà Nội,2016,5,A;C3 Cần Thơ,2016,6,A" },
    { .name = "numbers typed the Vietnamese way", .recipe = BY_YEAR,
      .cells = "|2016\nHà Nội|=1.234\nCần Thơ|=97,5\nCả nước|=1.331,5",
      .rows = "B2 01,2016,1234,A;B3 92,2016,97.5,A;B4 CN,2016,1331.5,A" },
    { .name = "the recipe tells how numbers are typed",
      .recipe = ANY_ROW(",\"numbers\":\"vi\""), .cells = "|2016\nHà Nội|=1.234",
      .rows = "B2 Hà Nội,2016,1234,A" },

    { .name = "headings over a ruler, whatever they say",
      .recipe = "{\"columns\":{\"p\":\"row\",\"m\":{\"column\":\"Mã số\"},\"h\":\"header\"" END,
      .cells = "Biểu 1|||Đơn vị báo cáo\nTên|Mã số|Kế hoạch|Thực hiện\nA|B|1|2\nTổng số|=01|10|20\n"
               "Lúa|=02|4|=…",
      .rows = "C4 Tổng số,01,Kế hoạch,10,A;D4 Tổng số,01,Thực hiện,20,A;C5 Lúa,02,Kế hoạch,4,A;"
              "D5 Lúa,02,Thực hiện,,L" },
    { .name = "a ruler in parentheses, and one that adds up",
      .recipe = "{\"columns\":{\"p\":\"row\",\"h\":\"header\"" END,
      .cells = "Tên|Nam|Nữ|Tổng\n|=(1)|=(2)|=(3)=(1)+(2)\nLúa|1|2|3",
      .rows = "B3 Lúa,Nam,1,A;C3 Lúa,Nữ,2,A;D3 Lúa,Tổng,3,A" },
    { .name = "merged headings of two rows as a path",
      .recipe = "{\"columns\":{\"p\":\"row\",\"h\":\"header\"" END,
      .cells = "Tên|Giá đề nghị||Số lượng\n|Đơn giá|Thành tiền\nGiấy|1|2|3",
      .merged = "A1:A2 B1:C1 D1:D2",
      .rows = "B3 Giấy,Giá đề nghị / Đơn giá,1,A;C3 Giấy,Giá đề nghị / Thành tiền,2,A;"
              "D3 Giấy,Số lượng,3,A" },
    { .name = "headings by level",
      .recipe = "{\"columns\":{\"p\":\"row\",\"a\":{\"from\":\"header\",\"level\":1},"
                "\"b\":{\"from\":\"header\",\"level\":2}" END,
      .cells = "Tên|Giá đề nghị||Giá thẩm định\n|Đơn giá|Thành tiền|Đơn giá\nGiấy|1|2|3",
      .merged = "A1:A2 B1:C1",
      .rows = "B3 Giấy,Giá đề nghị,Đơn giá,1,A;C3 Giấy,Giá đề nghị,Thành tiền,2,A;"
              "D3 Giấy,Giá thẩm định,Đơn giá,3,A" },
    { .name = "a row of headings in English says the row above again",
      .recipe = "{\"columns\":{\"p\":\"row\",\"h\":\"header\"" END,
      .cells = "Tên|Trồng lúa|Chăn nuôi\n|Rice|Livestock\nA|1|2\nHà Nội|5|6",
      .rows = "B4 Hà Nội,Trồng lúa,5,A;C4 Hà Nội,Chăn nuôi,6,A" },
    { .name = "an outline in a column of its own",
      .recipe = "{\"columns\":{\"n\":\"numbering\",\"p\":\"path\",\"l\":{\"from\":\"row\",\"level\":1},"
                "\"y\":{\"from\":\"header\",\"type\":\"year\"}" END,
      .cells = "STT|Tên|2016\nA|Nông|10\nI|Trồng|6\n1|Lúa|4\n=1.1|Lúa mùa|3\nII|Nuôi|4\nB|Công|5",
      .rows = "C2 A,Nông,Nông,2016,10,A;C3 A.I,Nông / Trồng,Nông,2016,6,A;"
              "C4 A.I.1,Nông / Trồng / Lúa,Nông,2016,4,A;"
              "C5 A.I.1.1,Nông / Trồng / Lúa / Lúa mùa,Nông,2016,3,A;"
              "C6 A.II,Nông / Nuôi,Nông,2016,4,A;C7 B,Công,Công,2016,5,A" },
    { .name = "an outline in the labels, down to dashes",
      .recipe = "{\"columns\":{\"n\":\"numbering\",\"p\":\"row\",\"y\":{\"from\":\"header\",\"type\":\"year\"}" END,
      .cells = "Tên|2016\nI. Thu|10\n1. Thuế|6\n- Nội địa|4\n- Nhập khẩu|2\na) Phí|1\nII. Chi|9",
      .rows = "B2 I,I. Thu,2016,10,A;B3 I.1,1. Thuế,2016,6,A;B4 I.1.-,- Nội địa,2016,4,A;"
              "B5 I.1.-,- Nhập khẩu,2016,2,A;B6 I.1.-.a,a) Phí,2016,1,A;B7 II,II. Chi,2016,9,A" },
    { .name = "totals, parts that add up, and some among the whole",
      .recipe = "{\"columns\":{\"k\":\"kind\",\"p\":\"row\",\"y\":{\"from\":\"header\",\"type\":\"year\"}" END,
      .cells = "Tên|2016\nTổng số|10\nTrong đó:\n>Nữ|4\nChia ra:\n>Thành thị|6\n>Nông thôn|4\nTrẻ em|3\n"
               "Trong đó: Gái|1",
      .rows = "B2 total,Tổng số,2016,10,A;B4 among,Nữ,2016,4,A;B6 part,Thành thị,2016,6,A;"
              "B7 part,Nông thôn,2016,4,A;B8 item,Trẻ em,2016,3,A;B9 among,Trong đó: Gái,2016,1,A" },
    { .name = "units of headings, scaled",
      .recipe = "{\"columns\":{\"p\":\"row\",\"h\":\"header\",\"u\":\"unit\","
                "\"v\":{\"from\":\"value\",\"scale\":true}}}",
      .cells = "Tên|Sản lượng (nghìn tấn)|Diện tích (ha)\nLúa|1.5|20",
      .rows = "B2 Lúa,Sản lượng (nghìn tấn),tấn,1500;C2 Lúa,Diện tích (ha),ha,20" },
    { .name = "the unit line, scaled",
      .recipe = "{\"columns\":{\"p\":\"row\",\"h\":\"header\",\"u\":\"unit\","
                "\"v\":{\"from\":\"value\",\"scale\":true}}}",
      .cells = "|Đơn vị tính: Triệu đồng\nTên|Thu|Chi\nXã|=1,25|0.000001",
      .rows = "B3 Xã,Thu,đồng,1250000;C3 Xã,Chi,đồng,1" },
    { .name = "a unit column", .recipe = "{\"columns\":{\"p\":\"row\",\"u\":{\"from\":\"unit\",\"column\":"
                "\"Đơn vị\"},\"h\":\"header\"" END,
      .cells = "Tên|Đơn vị|Năm nay\nLúa|tấn|5\nTrâu|con|6",
      .rows = "C2 Lúa,tấn,Năm nay,5,A;C3 Trâu,con,Năm nay,6,A" },
    { .name = "months in Roman digits beside the year's figure",
      .recipe = "{\"columns\":{\"y\":{\"from\":\"row\",\"type\":\"year\"},\"m\":{\"from\":\"header\",\"type\":"
                "\"month\",\"default\":\"00\"}" END,
      .cells = "Năm|I|XII|Năm\n1979|1|2|3", .rows = "B2 1979,01,1,A;C2 1979,12,2,A;D2 1979,00,3,A" },
    { .name = "periods of every length",
      .recipe = "{\"columns\":{\"p\":\"row\",\"t\":{\"from\":\"header\",\"type\":\"period\"}" END,
      .cells = "Tên|Quý I/2024|6 tháng đầu năm 2024|Ước 9 tháng năm 2024|Tháng 5/2024\nLúa|1|2|3|4",
      .rows = "B2 Lúa,2024-Q1,1,A;C2 Lúa,2024-S1,2,A;D2 Lúa,2024-01/2024-09,3,E;E2 Lúa,2024-05,4,A" },
    { .name = "marks behind numbers, and beside them",
      .recipe = "{\"columns\":{\"p\":\"row\",\"h\":\"header\",\"v\":\"value\",\"m\":\"mark\"}}",
      .cells = "Tên|Thu||Chi\nA|=15*|e|2\nB|1||=12 (1)\nGhi chú: (1) tạm tính",
      .rows = "B2 A,Thu,15,e;D2 A,Chi,2,;B3 B,Thu,1,;D3 B,Chi,12,(1)" },
    { .name = "percent signs", .recipe = BY_YEAR, .cells = "|2016\nHà Nội|=12,5%\nCần Thơ|=7,25%",
      .rows = "B2 01,2016,12.5,A;B3 92,2016,7.25,A" },
    { .name = "figures rounded on request",
      .recipe = "{\"columns\":{\"p\":\"row\",\"h\":\"header\",\"v\":{\"from\":\"value\",\"decimals\":1}}}",
      .cells = "Tên|Tỷ lệ|Số\nA|4.8099999|9.95\nB|0.04|7",
      .rows = "B2 A,Tỷ lệ,4.8;C2 A,Số,10.0;B3 B,Tỷ lệ,0.0;C3 B,Số,7" },
    { .name = "a list, its numbers and dates told by their columns",
      .recipe = "{\"columns\":{\"m\":{\"column\":\"Mã\"},\"t\":{\"column\":\"Tên\"},\"n\":{\"column\":\"Ngày\","
                "\"type\":\"date\"},\"s\":{\"column\":\"Giá\",\"type\":\"number\"}}}",
      .cells = "DANH MỤC\nMã|Tên|Ngày|Giá\n=01|Gạo|=31/12/2024|=1.234,5\n=02|Nguồn điện|=01/02/2024|=1.000\n"
               "=03|Sắt||7",
      .rows = "A3 01,Gạo,2024-12-31,1234.5;A4 02,Nguồn điện,2024-02-01,1000;A5 03,Sắt,,7" },
    { .name = "months before days in a list",
      .recipe = "{\"columns\":{\"m\":{\"column\":\"Mã\"},\"n\":{\"column\":\"Ngày\",\"type\":\"date\"}}}",
      .cells = "Mã|Ngày\na|=12/31/2024\nb|=1/2/2024", .rows = "A2 a,2024-12-31;A3 b,2024-01-02" },
    { .name = "blanks that stand for the text above",
      .recipe = "{\"columns\":{\"n\":{\"column\":\"A\",\"fill\":true},\"t\":{\"column\":\"B\"},\"h\":\"header\"" END,
      .cells = "||Khách|Chi\n2018|Jan|1|2\n|Feb|3|4\n2019|Jan|5|6",
      .rows = "C2 2018,Jan,Khách,1,A;D2 2018,Jan,Chi,2,A;C3 2018,Feb,Khách,3,A;D3 2018,Feb,Chi,4,A;"
              "C4 2019,Jan,Khách,5,A;D4 2019,Jan,Chi,6,A" },
    { .name = "the same table twice in a sheet, told apart by their titles",
      .recipe = "{\"repeat\":true,\"heading\":\"Loại\",\"columns\":{\"t\":\"title\",\"l\":{\"column\":\"Loại\"},"
                "\"h\":\"header\"" END,
      .cells = "Đất lúa\nLoại|VT1|VT2\na|1|2\n\nĐất ở\nLoại|VT1|VT2\na|3|4",
      .rows = "B3 Đất lúa,a,VT1,1,A;C3 Đất lúa,a,VT2,2,A;B7 Đất ở,a,VT1,3,A;C7 Đất ở,a,VT2,4,A" },
    { .name = "two tables found by the texts above them",
      .recipe = "{\"tables\":[{\"anchor\":\"Bảng 2*\"},{\"anchor\":\"Bảng 1*\"}],\"columns\":{\"t\":\"title\","
                "\"p\":\"row\",\"h\":\"header\"" END,
      .cells = "Bảng 1. Thu\nTên|Năm nay|Năm trước\nx|1|2\n\nBảng 2. Chi\nTên|Năm nay|Năm trước\nx|3|4",
      .rows = "B7 Bảng 2. Chi,x,Năm nay,3,A;C7 Bảng 2. Chi,x,Năm trước,4,A;B3 Bảng 1. Thu,x,Năm nay,1,A;"
              "C3 Bảng 1. Thu,x,Năm trước,2,A" },
    { .name = "an anchor that is not there",
      .recipe = "{\"anchor\":\"Bảng 9\",\"columns\":{\"p\":\"row\",\"h\":\"header\"" END,
      .cells = "Tên|Thu\nx|1", .error = "no table is found below a text 'bảng 9'", .place = "!" },
    { .name = "headings given by letter, symbols, rows and cells to ignore, a text that ends it",
      .recipe = "{\"headings\":{\"B\":\"Thu\",\"C\":\"Chi\"},\"symbols\":{\"n.s.\":\"L\"},\"until\":\"Hết\","
                "\"ignore\":[\"Làm tròn\",\"E:E\"],\"columns\":{\"p\":\"row\",\"h\":\"header\"" END,
      .cells = "Tên|Năm|Năm||9\nx|1|=n.s.\nLàm tròn|7|8\nHết\ny",
      .rows = "B2 x,Thu,1,A;C2 x,Chi,,L" },
    { .name = "a row of double height", .recipe = BY_YEAR, .cells = "|2016\nHà Nội|1\n\nCần Thơ|2",
      .merged = "A2:A3 B2:B3", .rows = "B2 01,2016,1,A;B4 92,2016,2,A" },
    { .name = "cells without a place are named together",
      .recipe = BY_YEAR, .cells = "|2016\nHà Nội|1||x = mật\nCần Thơ|2||.. = thiếu",
      .error = "cells without a place: D2:D3", .place = "D2" },
    { .name = "a date that has two readings",
      .recipe = "{\"columns\":{\"n\":{\"column\":\"Ngày\",\"type\":\"date\"}}}",
      .cells = "Ngày\n=01/02/2024", .error = "'01/02/2024' may be 2024-02-01 or 2024-01-02", .place = "A2" },
    { .name = "dates written in two ways",
      .recipe = "{\"columns\":{\"n\":{\"column\":\"Ngày\",\"type\":\"date\"}}}",
      .cells = "Ngày\n=10/20/1959\n=21/09/1996", .place = "A3",
      .error = "'21/09/1996' is not written as the other dates of its column" },
    { .name = "two columns of one name in a list",
      .recipe = "{\"columns\":{\"n\":{\"column\":\"Tên\"}}}", .cells = "Tên|Tên\na|b",
      .error = "two columns have the heading 'Tên'", .place = "B1" },
    { .name = "a note among the records of a list", .recipe = "{\"columns\":{\"n\":{\"column\":\"Tên\"},"
                "\"m\":{\"column\":\"Mã\"},\"l\":{\"column\":\"Loại\"}}}",
      .cells = "Tên|Mã|Loại\na|b|c\nGhi chú: x\nd|e|f",
      .error = "the recipe has no place for the row 'Ghi chú: x'", .place = "A3" },

    { .name = "an ambiguous number", .recipe = BY_YEAR, .cells = "|2016\nHà Nội|=1.234\nCần Thơ|7",
      .error = "'1.234' may be 1234 or 1.234; say in the recipe", .place = "B2" },
    { .name = "numbers typed in two ways", .recipe = BY_YEAR,
      .cells = "|2016\nHà Nội|=1,234.5\nCần Thơ|=1.234,5",
      .error = "'1.234,5' is not written as the other numbers of its column", .place = "B3" },
    { .name = "an unknown label", .recipe = BY_YEAR, .cells = "|2016\nHà Nộ|1",
      .error = "codes/place.csv has no label 'Hà Nộ'; the nearest it has is 'Hà Nội'", .place = "A2" },
    { .name = "an unknown heading", .recipe = BY_SEX,
      .cells = "Đơn vị: %\n|Tổng số|Nam|Nũ|Thành thị|Nông thôn\n2015|1|1|1|1|1",
      .error = "the recipe does not know the heading 'Nũ'; the nearest it knows is 'Nữ'",
      .place = "D2" },
    { .name = "a heading that is not there", .recipe = BY_SEX,
      .cells = "Đơn vị tính: %\n|Tổng số|Nam|Thành thị|Nông thôn\n2015|1|1|1|1",
      .error = "no column has the heading of 'F'", .place = "2" },
    { .name = "no table at all", .recipe = BY_YEAR, .cells = "BÁO CÁO\nNăm 2016\nHết",
      .error = "no row of headings is found that gives it", .place = "!" },
    { .name = "an empty sheet", .recipe = BY_YEAR, .cells = "",
      .error = "no row of headings is found that gives it", .place = "!" },
    { .name = "two values with the same columns", .recipe = BY_YEAR,
      .cells = "|2016\nHà Nội|1\nCần Thơ|2\nHÀ NỘI|3",
      .error = "this value and that of f.xlsx!S!B2 have the same columns", .place = "B4" },
    { .name = "two columns with the same heading", .recipe = BY_YEAR, .cells = "|2016|2016\nHà Nội|1|2",
      .error = "this value and that of f.xlsx!S!B2 have the same columns", .place = "C2" },
    { .name = "a row without values that nothing takes", .recipe = BY_YEAR,
      .cells = "|2016\nHà Nội|1\nMiền Nam\nCần Thơ|2",
      .error = "the recipe has no place for the row 'Miền Nam', which has no values", .place = "A3" },
    { .name = "values without a label", .recipe = BY_YEAR, .cells = "|2016\nHà Nội|1\n|2",
      .error = "values in a row without a label", .place = "B3" },
    { .name = "a value merged over two columns", .recipe = BY_YEAR,
      .cells = "|2016|2017\nHà Nội|1", .merged = "B2:C2",
      .error = "a value stands in cells that are merged", .place = "B2" },
    { .name = "a number beside the table", .recipe = BY_YEAR, .cells = "|2016||\nHà Nội|1||7",
      .error = "the recipe has no place for '7'", .place = "D2" },
    { .name = "a number below the notes", .recipe = BY_YEAR,
      .cells = "|2016\nHà Nội|1\nGhi chú: x\nCần Thơ|7",
      .error = "the recipe has no place for '7'", .place = "B4" },
    { .name = "a text among the numbers", .recipe = BY_YEAR, .cells = "|2016|2017\nHà Nội|1|12*",
      .error = "the mark * of this value needs a column \"mark\"", .place = "C2" },
    { .name = "two labels in a row", .recipe = BY_YEAR, .cells = "||2016\nHà Nội|Cần Thơ|1",
      .error = "a row has two labels, 'Hà Nội' and 'Cần Thơ'", .place = "B2" },
    { .name = "no unit", .recipe = BY_SEX,
      .cells = "|Tổng số|Nam|Nữ|Thành thị|Nông thôn\n2015|1|1|1|1|1",
      .error = "this row does not give it", .place = "A2" },
    { .name = "an unknown unit", .recipe = BY_SEX,
      .cells = "Đơn vị tính: Tấn\n|Tổng số|Nam|Nữ|Thành thị|Nông thôn\n2015|1|1|1|1|1",
      .error = "codes/unit.csv has no label 'Tấn'", .place = "A1" },
    { .name = "a status that has no column",
      .recipe = "{\"columns\":{\"p\":\"row\",\"y\":{\"from\":\"header\",\"type\":\"year\"},\"v\":\"value\"}}",
      .cells = "|Sơ bộ 2016\nHà Nội|1", .error = "the status P of this value needs a column",
      .place = "B2" },
};

START_TEST(a_form_gives_its_rows_or_is_refused_at_its_cell)
{
    const form *f = &forms[_i];
    hg_err err = HG_ERR_INIT;
    hg_buf out = { 0 }, said = { 0 }, place = { 0 };
    hg_status st = run(f, &out, &err);
    if (err.status != HG_OK) {
        hg_loc loc = { .sheet = err.grid ? "" : NULL, .row = err.row, .col = err.col };
        hg_text_args(&said, err.format, HG_EN, err.args, sizeof err.args);
        hg_text_place(&place, &loc);
    }
    if (f->rows) {
        ck_assert_msg(st == HG_END, "%s: %s %s", f->name, place.data, said.data);
        ck_assert_msg(strcmp(out.data ? out.data : "", f->rows) == 0, "%s gives\n%s\nnot\n%s",
                      f->name, out.data, f->rows);
    } else {
        ck_assert_msg(st == HG_EARG || st == HG_EINPUT, "%s: %s", f->name, out.data);
        ck_assert_msg(strstr(said.data, f->error), "%s: %s", f->name, said.data);
        ck_assert_msg(strcmp(f->place, "!") == 0 ? err.row == 0
                                                 : strstr(place.data, f->place) != NULL,
                      "%s: at %s", f->name, place.data);
    }
    hg_buf_release(&out);
    hg_buf_release(&said);
    hg_buf_release(&place);
}
END_TEST

/* What a form's sums are told of: "C5 3;…". */
static const struct {
    const char *name, *cells, *told;
    const char *more; /* of the recipe */
} sums[] = {
    { "sums that come out", "|2016\nTổng số|10\n>Nam|6\n>Nữ|4", "", "" },
    { "a sum that lost its thousands", "|2016|2017\nTổng số|1.035|7\n>Nam|1000|3\n>Nữ|35|4", "B2", "" },
    { "a total below its parts", "|2016|2017\nNam|6|1\nNữ|4|1\nTổng số|10|3", "C4", "" },
    { "some among the whole do not add up", "|2016\nTổng số|10\nTrong đó:\n>Nam|6\n>Trẻ em|1", "", "" },
    { "rounding is let pass", "|2016\nTổng số|10.1\n>Nam|5.55\n>Nữ|4.54", "", "" },
    { "of rates no sum comes out", "|2016|2017\nTổng số|5|5\n>Nam|4|4\n>Nữ|6|6", "", "" },
    { "of rates, when asked", "|2016\nTổng số|5\n>Nam|4\n>Nữ|6", "B2", ",\"totals\":\"check\"" },
    { "a missing part", "|2016|2017\nTổng số|5|5\n>Nam|=…|4\n>Nữ|6|1", "", "" },
    { "columns that the ruler adds", "|2014|2015|2016\nA|1=2+3|2|3\nX|5|2|3\nY|9|4|4", "B4", "" },
    { "rows that labels add", "Tên|Mã|2016|2017\nThu (01=02+03)|=01|5|5\nThuế|=02|2|1\nPhí|=03|3|1", "D2",
      ",\"stub\":2" },
};

static void told(void *with, const hg_finding *finding)
{
    char a1[24];
    hg_text_a1(a1, finding->row, finding->col);
    hg_buf_puts(with, a1);
}

START_TEST(sums_that_do_not_come_out_are_told)
{
    hg_err err = HG_ERR_INIT;
    hg_doc *doc;
    hg_recipe *recipe;
    hg_layout *layout;
    hg_buf text = { 0 }, out = { 0 };
    const bool use[] = { true };
    const form f = { .cells = sums[_i].cells };
    const hg_layout_sheet sheet = { grid_of(&f), "f.xlsx", "S", use };
    hg_buf_printf(&text, "{\"columns\":{\"p\":\"row\",\"y\":{\"from\":\"header\",\"type\":\"year\"},"
                  "\"v\":\"value\",\"s\":\"status\"}%s}", sums[_i].more);
    ck_assert_int_eq(hg_doc_parse(&doc, "r", hg_slice_of(text.data), &err), HG_OK);
    ck_assert_int_eq(hg_recipe_new(&recipe, doc, codes, NULL, &err), HG_OK);
    ck_assert_int_eq(hg_layout_new(&layout, recipe, told, &out, &err), HG_OK);
    hg_status st = hg_layout_read(layout, &sheet, &err);
    ck_assert_msg(st == HG_OK, "%s: %s", sums[_i].name, err.format);
    ck_assert_msg(strcmp(out.data ? out.data : "", sums[_i].told) == 0, "%s: told of '%s'",
                  sums[_i].name, out.data);
    hg_layout_free(layout);
    hg_grid_free(sheet.grid);
    hg_recipe_free(recipe);
    hg_doc_free(doc);
    hg_buf_release(&text);
    hg_buf_release(&out);
}
END_TEST

TCase *tests_layout(void)
{
    TCase *tests = tcase_create("layout");
    tcase_add_loop_test(tests, a_form_gives_its_rows_or_is_refused_at_its_cell, 0,
                        sizeof forms / sizeof *forms);
    tcase_add_loop_test(tests, sums_that_do_not_come_out_are_told, 0, sizeof sums / sizeof *sums);
    return tests;
}
