/* A list, and a form of one, give back what was put into their cells. */
#include "report/list.h"
#include "base/file.h"
#include "base/folder.h"
#include "report/choices.h"
#include "report/relist.h"
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char schema_text[] =
    "{ \"fields\": [ { \"name\": \"ma\", \"type\": \"string\" }, { \"name\": \"so\", "
    "\"type\": \"number\" },"
    " { \"name\": \"ngay\", \"type\": \"date\" } ] }";
static const char *const rows[][3] = {
    { "007", "1.50", "2024-02-29" },        { "", "-2.25", "" },
    { "=1+1", "", "1899-12-31" },           { "1e5", "0.00", "2026-01-01" },
    { "a\nb", "12345678901234567890", "" },
};
enum { N = sizeof rows / sizeof *rows };

static char *folder, *path;
static hg_doc *schema;
static hg_book *book;
static hg_carrier *carrier;
static hg_json *head, *record;
static hg_err err;

static hg_list_of of_sheet(void)
{
    return (hg_list_of){
        .sheet = "Danh sách", .resource = "t", .head = head, .schema = hg_doc_root(schema)
    };
}

static hg_status take(void *with, const char *kind, hg_slice json, hg_err *why)
{
    hg_doc *doc;
    (void)with;
    ck_assert_str_eq(kind, "list");
    ck_assert_int_eq(hg_doc_parse(&doc, "record", json, why), HG_OK);
    record = hg_json_copy(hg_doc_root(doc));
    hg_doc_free(doc);
    return HG_OK;
}

/* Write the book, open it as a source, and read its record. */
static hg_source *reopened(void)
{
    hg_source *source;
    const hg_source_opts opts = { .tmp = folder };
    size_t sheet;
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(hg_carrier_write(carrier, book, &err), HG_OK);
    ck_assert_int_eq(hg_book_write(book, fd, path, &err), HG_OK);
    close(fd);
    ck_assert_int_eq(hg_source_open(&source, path, &opts, &err), HG_OK);
    ck_assert(hg_carrier_find(source, &sheet));
    ck_assert_int_eq(hg_carrier_read(source, sheet, take, NULL, &err), HG_OK);
    return source;
}

static void write_rows(const hg_list_of *of, size_t n)
{
    hg_list *list;
    const hg_slice names[] = { HG_SLICE("ma"), HG_SLICE("so"), HG_SLICE("ngay") };
    ck_assert_int_eq(hg_list_new(&list, book, of, names, 3, &err), HG_OK);
    for (size_t i = 0; i < n; i++) {
        hg_slice cells[3];
        for (size_t k = 0; k < 3; k++)
            cells[k] = hg_slice_of(rows[i][k]);
        ck_assert_int_eq(hg_list_row(list, cells, 3, &err), HG_OK);
    }
    ck_assert_int_eq(hg_list_end(list, carrier, &err), HG_OK);
    hg_list_free(list);
}

static void check_rows(hg_source *source)
{
    hg_relist *list;
    hg_slice cells[3];
    uint64_t row;
    uint32_t col;
    ck_assert_int_eq(hg_relist_new(&list, source, record, &err), HG_OK);
    for (size_t i = 0; i < N; i++) {
        ck_assert_int_eq(hg_relist_next(list, cells, &row, &col, &err), HG_OK);
        for (size_t k = 0; k < 3; k++)
            ck_assert_msg(hg_slice_is(cells[k], rows[i][k]), "row %zu: '%.*s', not '%s'",
                          i, (int)cells[k].n, cells[k].p, rows[i][k]);
    }
    ck_assert_int_eq(hg_relist_next(list, cells, &row, &col, &err), HG_END);
    hg_relist_free(list);
}

START_TEST(a_list_gives_its_rows_back)
{
    hg_list_of of = of_sheet();
    write_rows(&of, N);
    hg_source *source = reopened();
    check_rows(source);
    hg_source_free(source);
}
END_TEST

START_TEST(so_does_one_that_is_marked_up_below_other_texts)
{
    hg_list_of of = of_sheet();
    hg_run title = { .text = HG_SLICE("Tiêu đề") };
    hg_style style = { .size = 16 };
    of.table = "hg_t";
    of.above = 2;
    ck_assert_int_eq(hg_book_sheet(book, of.sheet, &err), HG_OK);
    ck_assert_int_eq(hg_book_text(book, (hg_area){ 1, 1, 1, 1 }, &style, &title, 1, &err),
                     HG_OK);
    write_rows(&of, N);
    hg_source *source = reopened();
    check_rows(source);
    hg_source_free(source);
}
END_TEST

static const char codes[] =
    "code,vi,en\n01,Hà Nội,Ha Noi\n31,Tân Bình,\n32,Tân Bình,\nX,,\n";

START_TEST(codes_are_chosen_by_labels_that_tell_them_apart)
{
    static const char *const texts[] = { "Hà Nội", "Tân Bình (31)", "Tân Bình (32)",
                                         "(X)" };
    hg_labels *labels;
    hg_choices choices;
    ck_assert_int_eq(hg_labels_new(&labels, "codes", hg_slice_of(codes), &err), HG_OK);
    ck_assert_int_eq(hg_choices_make(&choices, labels, &err), HG_OK);
    ck_assert_uint_eq(choices.n, 4);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_str_eq(choices.texts[i], texts[i]);
        ck_assert_uint_eq(hg_choices_find(&choices, hg_slice_of(texts[i])), i);
    }
    ck_assert_uint_eq(hg_choices_find(&choices, HG_SLICE("Tân Bình")), 4);
    hg_choices_release(&choices);
    hg_labels_free(labels);
}
END_TEST

START_TEST(a_form_that_nobody_filled_in_has_no_rows)
{
    hg_list_of of = of_sheet();
    hg_relist *list;
    hg_slice cells[3];
    uint64_t row;
    uint32_t col;
    const hg_labels *labels[3] = {
        NULL
    }; /* of choices libxlsxwriter 1.1.4 frees not all */
    const char *lists[3] = { NULL };
    ck_assert_int_eq(hg_list_blank(book, carrier, &of, labels, lists, &err), HG_OK);
    hg_source *source = reopened();
    ck_assert(hg_json_true(hg_json_get(record, "blank")));
    ck_assert_int_eq(hg_relist_new(&list, source, record, &err), HG_OK);
    ck_assert_int_eq(hg_relist_next(list, cells, &row, &col, &err), HG_END);
    hg_relist_free(list);
    hg_source_free(source);
}
END_TEST

static void set_up(void)
{
    hg_book_about about = { .title = "t", .created = 1704067200 };
    err = (hg_err)HG_ERR_INIT;
    folder = test_folder();
    record = NULL;
    head = hg_json_object();
    ck_assert_int_eq(hg_path_join(&path, folder, "list.xlsx", &err), HG_OK);
    ck_assert_int_eq(hg_doc_parse(&schema, "schema", hg_slice_of(schema_text), &err),
                     HG_OK);
    ck_assert_int_eq(hg_book_new(&book, folder, &about, &err), HG_OK);
    ck_assert_int_eq(hg_carrier_new(&carrier, &err), HG_OK);
}

static void tear_down(void)
{
    hg_err ignored = HG_ERR_INIT;
    hg_carrier_free(carrier);
    hg_book_free(book);
    hg_doc_free(schema);
    hg_json_free(head);
    hg_json_free(record);
    hg_folder_remove(folder, &ignored);
    free(folder);
    free(path);
}

TCase *tests_list(void)
{
    TCase *tests = tcase_create("list");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_list_gives_its_rows_back);
    tcase_add_test(tests, so_does_one_that_is_marked_up_below_other_texts);
    tcase_add_test(tests, codes_are_chosen_by_labels_that_tell_them_apart);
    tcase_add_test(tests, a_form_that_nobody_filled_in_has_no_rows);
    return tests;
}
