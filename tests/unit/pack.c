/* A checked stream becomes a package whole, or nothing appears. */
#include "work/pack.h"
#include "base/file.h"
#include "base/folder.h"
#include "stream/package.h"
#include "unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char whole[] =
    "{\"title\": \"Dân số\", \"description\": \"Dân số trung bình\", \"license\": "
    "\"CC-BY-4.0\","
    " \"publisher\": {\"name\": \"Sở\"}, \"base\": \"https://a.example/\"}";

static char *path(const char *folder, const char *name)
{
    hg_err err = HG_ERR_INIT;
    char *joined;
    ck_assert_int_eq(hg_path_join(&joined, folder, name, &err), HG_OK);
    return joined;
}

static void save(const char *folder, const char *name, const char *text)
{
    hg_err err = HG_ERR_INIT;
    char *to = path(folder, name);
    ck_assert_int_eq(hg_file_save(to, text, strlen(text), &err), HG_OK);
    free(to);
}

static void is_there(const char *folder, const char *name, bool there)
{
    char *at = path(folder, name);
    ck_assert_msg((access(at, F_OK) == 0) == there, "%s", at);
    free(at);
}

static void holds(const char *folder, const char *name, const char *text)
{
    hg_err err = HG_ERR_INIT;
    hg_buf bytes = { 0 };
    char *at = path(folder, name);
    ck_assert_int_eq(hg_file_load(&bytes, at, &err), HG_OK);
    ck_assert_str_eq(bytes.data, text);
    hg_buf_release(&bytes);
    free(at);
}

static hg_dataset *dataset_in(const char *folder, const char *description, const char *id)
{
    hg_err err = HG_ERR_INIT;
    hg_dataset *dataset;
    char *at = path(folder, id);
    save(at, "dataset.json", description);
    save(at, "schema.json",
         "{\"fields\": [{\"name\": \"ma\", \"type\": \"string\"},"
         " {\"name\": \"gia_tri\", \"type\": \"number\"}],"
         " \"foreignKeys\": [{\"fields\": [\"ma\"], \"reference\": {\"resource\": "
         "\"codes/ma\","
         " \"fields\": [\"code\"]}}]}");
    save(at, "codes/ma.csv", "code,vi\nA,Một\nB,Hai\n");
    save(at, "codes/other.csv", "code,vi\nA,Một\n");
    ck_assert_int_eq(hg_dataset_load(&dataset, at, &err), HG_OK);
    free(at);
    return dataset;
}

enum { GOOD = 0, WITH_ERROR = 1, CUT = 2, WITH_WARNING = 4 };

/* Write checked.tar: two rows out of a sheet, whose second cell holds a quoted line end.
 */
static void write_stream(const char *folder, const hg_dataset *dataset, int kind)
{
    static const char *const header[] = { HG_STREAM_AT, "ma", "gia_tri" };
    const hg_slice rows[2][2] = { { HG_SLICE("A"), HG_SLICE("1\n,\"2\"") },
                                  { HG_SLICE("B"), HG_SLICE("") } };
    hg_err err = HG_ERR_INIT;
    hg_out *out;
    char *at = path(folder, "checked.tar");
    int fd = open(at, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    hg_json *head = hg_dataset_head(dataset);
    ck_assert_int_eq(hg_out_new(&out, fd, HG_CHECKED, head, &err), HG_OK);
    ck_assert_int_eq(hg_out_table(out, header, 3, &err), HG_OK);
    for (uint64_t i = 0; i < 2; i++)
        ck_assert_int_eq(
            hg_out_row(out, rows[i], 2,
                       &(hg_origin){ .sheet = "Biểu 1", .row = i + 7, .col = 4 }, &err),
            HG_OK);
    hg_finding finding = { .code = "type-error",
                           .severity = kind & WITH_ERROR ? HG_ERROR : HG_WARNING,
                           .resource = "dan-so",
                           .field = "gia_tri",
                           .file = "a.xlsx",
                           .sheet = "Biểu 1",
                           .row = 8,
                           .col = 4,
                           .message = "bad" };
    if (kind & (WITH_ERROR | WITH_WARNING))
        ck_assert_int_eq(hg_out_finding(out, &finding, &err), HG_OK);
    if (!(kind & CUT))
        ck_assert_int_eq(hg_out_seal(out, &err), HG_OK);
    hg_out_free(out);
    hg_json_free(head);
    close(fd);
    free(at);
}

static hg_status run(const char *folder, hg_pack_body body, const char *name,
                     const hg_dataset *other, hg_pack_sum *sum, hg_err *err)
{
    hg_in *in;
    const hg_in_opts in_opts = { .stage = HG_CHECKED };
    char *from = path(folder, "checked.tar"), *place = path(folder, name);
    hg_pack_opts opts = { .dataset = other, .tmp = folder, .body = body, .place = place };
    *sum = (hg_pack_sum){ 0 };
    hg_status status = hg_in_open(&in, from, &in_opts, err);
    if (status == HG_OK)
        status = hg_pack(in, &opts, sum, err);
    hg_in_free(in);
    free(from);
    free(place);
    return status;
}

START_TEST(a_package_holds_the_rows_without_their_origin_and_all_that_describes_them)
{
    hg_err err = HG_ERR_INIT;
    hg_pack_sum sum;
    char *folder = test_folder(), *at = path(folder, "p");
    hg_dataset *dataset = dataset_in(folder, whole, "dan-so");
    hg_package *package;
    write_stream(folder, dataset, WITH_WARNING);
    ck_assert_int_eq(run(folder, HG_PACK_FOLDER, "p", NULL, &sum, &err), HG_OK);
    ck_assert_uint_eq(sum.rows, 2);
    ck_assert_uint_eq(sum.warnings, 1);
    holds(at, "data/dan-so.csv", "ma,gia_tri\nA,\"1\n,\"\"2\"\"\"\nB,\n");
    holds(at, "codes/ma.csv", "code,vi\nA,Một\nB,Hai\n");
    is_there(at, "codes/other.csv", false);
    is_there(at, "metadata/dcat.ttl", true);
    is_there(at, "metadata/dcat.jsonld", true);
    is_there(at, "README.md", true);
    ck_assert_int_eq(hg_package_open(&package, at, folder, &err), HG_OK);
    const hg_json *seal = hg_package_descriptor(package);
    const hg_json *resource = hg_json_at(hg_json_get(seal, "resources"), 0);
    ck_assert_str_eq(hg_json_get_str(resource, "path"), "data/dan-so.csv");
    ck_assert_int_eq(hg_json_int(hg_json_get(resource, "rows"), 0), 2);
    ck_assert_int_eq(hg_json_int(hg_json_get(resource, "bytes"), 0), 27);
    hg_package_free(package);
    hg_dataset_free(dataset);
    free(folder);
    free(at);
}
END_TEST

static const struct {
    const char *description;
    int kind;
    hg_status status;
    const char *format;
} refused[] = {
    { whole, WITH_ERROR, HG_EREFUSED, "not packaged" },
    { whole, CUT, HG_EINPUT, "" },
    { whole, WITH_ERROR | CUT, HG_EINPUT, "" },
    { "{\"title\": \"Dân số\"}", GOOD, HG_EREFUSED, "missing" },
};

START_TEST(what_is_refused_leaves_nothing)
{
    static const struct {
        hg_pack_body body;
        const char *name;
    } places[] = { { HG_PACK_FOLDER, "p" },
                   { HG_PACK_ZIP, "p.zip" },
                   { HG_PACK_TAR, "p.tar" } };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        hg_pack_sum sum;
        hg_err err = HG_ERR_INIT;
        char *folder = test_folder();
        hg_folder_list list;
        hg_dataset *dataset = dataset_in(folder, refused[_i].description, "dan-so");
        write_stream(folder, dataset, refused[_i].kind);
        ck_assert_int_eq(run(folder, places[i].body, places[i].name, NULL, &sum, &err),
                         refused[_i].status);
        ck_assert_ptr_nonnull(strstr(err.format, refused[_i].format));
        is_there(folder, places[i].name, false);
        hg_err none = HG_ERR_INIT;
        ck_assert_int_eq(hg_folder_list_new(&list, folder, &none), HG_OK);
        ck_assert_uint_eq(list.n, 5); /* the definition's four and checked.tar */
        hg_folder_list_free(&list);
        hg_dataset_free(dataset);
        free(folder);
    }
}
END_TEST

START_TEST(the_place_of_the_first_error_is_named)
{
    hg_err err = HG_ERR_INIT;
    hg_pack_sum sum;
    char *folder = test_folder();
    hg_dataset *dataset = dataset_in(folder, whole, "dan-so");
    write_stream(folder, dataset, WITH_ERROR);
    ck_assert_int_eq(run(folder, HG_PACK_ZIP, "p.zip", NULL, &sum, &err), HG_EREFUSED);
    ck_assert_str_eq(err.file, "a.xlsx");
    ck_assert_str_eq(err.sheet, "Biểu 1");
    ck_assert_uint_eq(err.row, 8);
    ck_assert_uint_eq(err.col, 4);
    ck_assert_uint_eq(sum.errors, 1);
    hg_dataset_free(dataset);
    free(folder);
}
END_TEST

START_TEST(a_folder_that_is_no_package_is_not_replaced_and_a_package_is)
{
    hg_err err = HG_ERR_INIT, refusal = HG_ERR_INIT;
    hg_pack_sum sum;
    char *folder = test_folder(), *old = path(folder, "old"), *p = path(folder, "p");
    hg_dataset *dataset = dataset_in(folder, whole, "dan-so");
    write_stream(folder, dataset, GOOD);
    save(old, "letter.txt", "dear");
    ck_assert_int_eq(run(folder, HG_PACK_FOLDER, "old", NULL, &sum, &refusal), HG_EARG);
    holds(old, "letter.txt", "dear");
    ck_assert_int_eq(run(folder, HG_PACK_FOLDER, "p", NULL, &sum, &err), HG_OK);
    save(p, "notes.txt", "of the old package");
    ck_assert_int_eq(run(folder, HG_PACK_FOLDER, "p", NULL, &sum, &err), HG_OK);
    is_there(p, "notes.txt", false);
    hg_dataset_free(dataset);
    free(folder);
    free(old);
    free(p);
}
END_TEST

START_TEST(the_same_input_gives_the_same_bytes)
{
    hg_err err = HG_ERR_INIT;
    hg_pack_sum sum;
    char hex[2][HG_DIGEST_HEX];
    for (int i = 0; i < 2; i++) {
        uint64_t bytes;
        char *folder = test_folder(), *at = path(folder, "p.zip");
        hg_dataset *dataset = dataset_in(folder, whole, "dan-so");
        write_stream(folder, dataset, GOOD);
        ck_assert_int_eq(run(folder, HG_PACK_ZIP, "p.zip", NULL, &sum, &err), HG_OK);
        ck_assert_int_eq(hg_file_digest(at, &bytes, hex[i], &err), HG_OK);
        hg_dataset_free(dataset);
        free(folder);
        free(at);
    }
    ck_assert_str_eq(hex[0], hex[1]);
}
END_TEST

START_TEST(another_definition_is_taken_for_the_same_tables_only)
{
    hg_err err = HG_ERR_INIT, refusal = HG_ERR_INIT;
    hg_pack_sum sum;
    char *folder = test_folder(), *at = path(folder, "q"), *p = path(folder, "p");
    hg_dataset *dataset = dataset_in(folder, "{\"title\": \"Dân số\"}", "dan-so");
    write_stream(folder, dataset, GOOD);
    hg_dataset *same = dataset_in(at, whole, "dan-so"),
               *other = dataset_in(at, whole, "khac");
    ck_assert_int_eq(run(folder, HG_PACK_FOLDER, "p", other, &sum, &refusal), HG_EARG);
    is_there(folder, "p", false);
    ck_assert_int_eq(run(folder, HG_PACK_FOLDER, "p", same, &sum, &err), HG_OK);
    is_there(p, "README.md", true);
    hg_dataset_free(dataset);
    hg_dataset_free(same);
    hg_dataset_free(other);
    free(folder);
    free(at);
    free(p);
}
END_TEST

TCase *tests_pack(void)
{
    TCase *tests = tcase_create("pack");
    tcase_add_test(
        tests, a_package_holds_the_rows_without_their_origin_and_all_that_describes_them);
    tcase_add_loop_test(tests, what_is_refused_leaves_nothing, 0,
                        sizeof refused / sizeof *refused);
    tcase_add_test(tests, the_place_of_the_first_error_is_named);
    tcase_add_test(tests, a_folder_that_is_no_package_is_not_replaced_and_a_package_is);
    tcase_add_test(tests, the_same_input_gives_the_same_bytes);
    tcase_add_test(tests, another_definition_is_taken_for_the_same_tables_only);
    return tests;
}
