/* A definition is read whole from its folder, travels in a head, and comes out the same.
 */
#include "dataset/dataset.h"
#include "base/file.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

/* A dataset folder "dan-so" below a new folder, with the files given in pairs. */
static char *definition(const char *const *files)
{
    char *folder = test_folder(), *dataset = path(folder, "dan-so");
    ck_assert_int_eq(mkdir(dataset, 0777), 0);
    for (; *files; files += 2)
        save(dataset, files[0], files[1]);
    free(folder);
    return dataset;
}

static const char *const good[] = {
    "../publisher.json",
    "{\"license\": \"CC0-1.0\", \"base\": \"https://a/\"}",
    "dataset.json",
    "{\"title\": \"Dân số\", \"tables\": [{\"name\": \"a\", \"title\": \"A\"},"
    " {\"name\": \"b\", \"schema\": \"b.json\"}]}",
    "schema.json",
    "{\"fields\": [{\"name\": \"x\"}]}",
    "b.json",
    "{\"fields\": [{\"name\": \"y\"}]}",
    "recipe.json",
    "{\"columns\": {}}",
    "codes/gioi-tinh.csv",
    "code,vi\nT,Tổng\n",
    "codes/empty.csv",
    "",
    "codes/notes.txt",
    "not a list",
    NULL
};

static void is_good(const hg_dataset *dataset)
{
    ck_assert_str_eq(hg_dataset_id(dataset), "dan-so"); /* after the folder */
    ck_assert_uint_eq(hg_dataset_tables(dataset), 2);
    ck_assert_str_eq(hg_dataset_table(dataset, 0), "a");
    ck_assert_str_eq(hg_dataset_table(dataset, 1), "b");
    ck_assert_str_eq(hg_json_str(hg_dataset_table_title(dataset, 0)), "A");
    ck_assert_str_eq(hg_json_str(hg_dataset_table_title(dataset, 1)), "Dân số");
    const hg_json *fields = hg_json_get(hg_dataset_schema(dataset, 1), "fields");
    ck_assert_str_eq(hg_json_get_str(hg_json_at(fields, 0), "name"), "y");
    ck_assert_str_eq(hg_json_get_str(hg_dataset_description(dataset), "license"),
                     "CC0-1.0");
    ck_assert_ptr_nonnull(hg_dataset_recipe(dataset));
    ck_assert_ptr_null(hg_dataset_report(dataset));
    ck_assert_str_eq(hg_dataset_codes(dataset, "gioi-tinh"), "code,vi\nT,Tổng\n");
    ck_assert_str_eq(hg_dataset_codes(dataset, "empty"), "");
    ck_assert_ptr_null(hg_dataset_codes(dataset, "notes"));
    ck_assert_ptr_null(hg_dataset_codes(dataset, "nothing"));
}

START_TEST(a_definition_is_the_same_out_of_its_folder_and_out_of_a_head)
{
    hg_err err = HG_ERR_INIT;
    hg_dataset *loaded, *travelled;
    hg_buf text = { 0 };
    hg_doc *doc;
    char *folder = definition(good);
    ck_assert_int_eq(hg_dataset_load(&loaded, folder, &err), HG_OK);
    is_good(loaded);
    ck_assert_ptr_nonnull(hg_dataset_doc(loaded, "recipe.json"));
    ck_assert_ptr_nonnull(hg_dataset_doc(loaded, "publisher.json"));
    ck_assert_ptr_null(hg_dataset_doc(loaded, "report.json"));
    hg_json *head = hg_dataset_head(loaded);
    ck_assert_int_eq(hg_json_dump(head, false, &text, &err), HG_OK);
    hg_json_free(head);
    hg_dataset_free(loaded);
    ck_assert_int_eq(
        hg_doc_parse(&doc, "hg.json", (hg_slice){ text.data, text.len }, &err), HG_OK);
    ck_assert_int_eq(hg_dataset_from_head(&travelled, hg_doc_root(doc), &err), HG_OK);
    hg_doc_free(doc); /* what was taken out of it lives on */
    is_good(travelled);
    ck_assert_ptr_null(hg_dataset_doc(travelled, "recipe.json"));
    hg_dataset_free(travelled);
    hg_buf_release(&text);
    free(folder);
}
END_TEST

static const struct {
    const char *files[7];
    hg_status status;
    const char *file;
    unsigned row, col;
} wrong[] = {
    { { NULL }, HG_EINPUT, "dataset.json", 0, 0 },
    { { "dataset.json", "{\"title\": \"a\",\n}" }, HG_EARG, "dataset.json", 2, 0 },
    { { "dataset.json", "[]" }, HG_EARG, "dataset.json", 1, 1 },
    { { "dataset.json", "{}", "schema.json", "3" }, HG_EARG, "schema.json", 1, 1 },
    { { "dataset.json", "{}", "recipe.json", "{" }, HG_EARG, "recipe.json", 1, 0 },
    { { "dataset.json", "{}", "../publisher.json", "{\n\"licence\": \"\"}" },
      HG_EARG,
      "publisher.json",
      2,
      1 },
    { { "dataset.json", "{\"tables\": [{\"name\": \"a\", \"schema\": \"a.json\"}]}" },
      HG_EINPUT,
      "a.json",
      0,
      0 },
    { { "dataset.json", "{}", "codes/a.csv", "code\n\xFF\n" }, HG_EARG, "a.csv", 0, 0 },
};

START_TEST(a_mistake_is_told_with_its_file_and_place)
{
    hg_err err = HG_ERR_INIT;
    hg_dataset *dataset;
    char *folder = definition(wrong[_i].files);
    ck_assert_int_eq(hg_dataset_load(&dataset, folder, &err), wrong[_i].status);
    ck_assert_ptr_null(dataset);
    ck_assert_msg(strstr(err.file, wrong[_i].file) != NULL, "%s", err.file);
    ck_assert_uint_eq(err.row, wrong[_i].row);
    ck_assert(wrong[_i].col == 0 || err.col == wrong[_i].col);
    free(folder);
}
END_TEST

static const char *const no_heads[] = {
    "{}",
    "[]",
    "{\"id\": \"a\"}",
    "{\"id\": \"../a\", \"resources\": []}",
    "{\"id\": \"a\", \"resources\": [{}]}",
    "{\"id\": \"a\", \"resources\": [{\"name\": \"../b\"}]}",
};

START_TEST(what_is_no_head_is_refused)
{
    hg_err err = HG_ERR_INIT;
    hg_doc *doc;
    hg_dataset *dataset;
    ck_assert_int_eq(hg_doc_parse(&doc, "h", hg_slice_of(no_heads[_i]), &err), HG_OK);
    ck_assert_int_eq(hg_dataset_from_head(&dataset, hg_doc_root(doc), &err), HG_EINPUT);
    ck_assert_ptr_null(dataset);
    hg_doc_free(doc);
}
END_TEST

TCase *tests_dataset(void)
{
    TCase *tests = tcase_create("dataset");
    tcase_add_test(tests, a_definition_is_the_same_out_of_its_folder_and_out_of_a_head);
    tcase_add_loop_test(tests, a_mistake_is_told_with_its_file_and_place, 0,
                        sizeof wrong / sizeof *wrong);
    tcase_add_loop_test(tests, what_is_no_head_is_refused, 0,
                        sizeof no_heads / sizeof *no_heads);
    return tests;
}
