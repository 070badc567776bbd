/* A profile says what a description must have, and what is missing is named. */
#include "dataset/profile.h"
#include "unit.h"

static hg_doc *doc_of(const char *text)
{
    hg_err err = HG_ERR_INIT;
    hg_doc *doc;
    ck_assert_int_eq(hg_doc_parse(&doc, "p.json", hg_slice_of(text), &err), HG_OK);
    return doc;
}

#define PROPERTY(key, level)                                                             \
    "{\"name\": \"p\", \"properties\": [{\"key\": " key                                  \
    ", \"predicate\": \"dct:x\", \"level\": \"" level "\"}]}"

static const struct {
    const char *profile, *description, *required, *recommended;
} cases[] = {
    { PROPERTY("\"a\"", "required"), "{\"a\": 1}", "", "" },
    { PROPERTY("\"a\"", "required"), "{\"b\": 1}", "a (dct:x)", "" },
    { PROPERTY("\"a\"", "recommended"), "{}", "", "a (dct:x)" },
    { PROPERTY("[\"a\", \"b\"]", "required"), "{\"b\": 1}", "", "" },
    { PROPERTY("[\"a\", \"b\"]", "required"), "{}", "a|b (dct:x)", "" },
    { PROPERTY("\"a.b\"", "required"), "{\"a\": {\"b\": 1}}", "", "" },
    { PROPERTY("\"a.b\"", "required"), "{\"a\": {\"c\": 1}}", "a.b (dct:x)", "" },
    { PROPERTY("\"a.b\"", "required"), "{\"a\": \"b\"}", "a.b (dct:x)", "" },
    { "{\"name\": \"p\", \"properties\": []}", "{}", "", "" },
};

START_TEST(what_is_missing_is_named)
{
    hg_err err = HG_ERR_INIT;
    hg_buf names = { 0 };
    hg_doc *profile = doc_of(cases[_i].profile), *about = doc_of(cases[_i].description);
    const hg_json *asked = hg_doc_root(profile), *given = hg_doc_root(about);
    ck_assert_int_eq(hg_profile_check(profile, &err), HG_OK);
    hg_profile_missing(asked, given, HG_PROFILE_REQUIRED, &names);
    ck_assert_str_eq(names.data ? names.data : "", cases[_i].required);
    hg_buf_clear(&names);
    hg_profile_missing(asked, given, HG_PROFILE_RECOMMENDED, &names);
    ck_assert_str_eq(names.len > 0 ? names.data : "", cases[_i].recommended);
    hg_buf_release(&names);
    hg_doc_free(profile);
    hg_doc_free(about);
}
END_TEST

static const char *const bad[] = {
    "[]",
    "{\"properties\": []}",
    "{\"name\": \"p\"}",
    "{\"name\": 1, \"properties\": []}",
    "{\"name\": \"p\", \"properties\": {}}",
    "{\"name\": \"p\", \"properties\": [], \"more\": 1}",
    "{\"name\": \"p\", \"properties\": [1]}",
    PROPERTY("\"a\"", "must"),
    PROPERTY("[]", "required"),
    PROPERTY("[1]", "required"),
    PROPERTY("1", "required"),
};

START_TEST(what_is_no_profile_is_refused)
{
    hg_err err = HG_ERR_INIT;
    hg_doc *profile = doc_of(bad[_i]);
    ck_assert_int_eq(hg_profile_check(profile, &err), HG_EARG);
    ck_assert_str_eq(err.file, "p.json");
    hg_doc_free(profile);
}
END_TEST

TCase *tests_profile(void)
{
    TCase *tests = tcase_create("profile");
    tcase_add_loop_test(tests, what_is_missing_is_named, 0, sizeof cases / sizeof *cases);
    tcase_add_loop_test(tests, what_is_no_profile_is_refused, 0,
                        sizeof bad / sizeof *bad);
    return tests;
}
