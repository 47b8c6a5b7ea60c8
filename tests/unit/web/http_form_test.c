/* Forms: what browsers send is read, what nobody sends is refused by the field's name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "web/http/http.h"

static struct arena arena;
static struct form form;
static struct err err;

static int fresh(void **state)
{
    (void)state;
    arena_init(&arena);
    err_clear(&err);
    return 0;
}

static int done(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static bool encoded(const char *text)
{
    return form_urlencoded(slice_of(text), &arena, &form, &err);
}

static void assert_value(const char *name, const char *value)
{
    struct slice found = form_value(&form, name);

    assert_non_null(found.at);
    assert_true(slice_is(found, value));
}

static void urlencoded_pairs_are_decoded(void **state)
{
    (void)state;
    assert_true(encoded("q=%E6%B0%B4%E6%B3%B5+%2B1&empty=&flag&a=1&a=2&&eq=a=b"));
    assert_int_equal(form.count, 6);
    assert_value("q", "水泵 +1");
    assert_value("empty", "");
    assert_value("flag", "");
    assert_value("a", "1");
    assert_value("eq", "a=b");
    assert_null(form_value(&form, "none").at);
    assert_true(encoded(""));
    assert_int_equal(form.count, 0);
}

static void assert_refused(const char *text, const char *field, const char *why)
{
    assert_false(encoded(text));
    assert_int_equal(err.code, ERR_INVALID);
    assert_string_equal(err.field, field);
    assert_non_null(strstr(err.message, why));
}

static void urlencoded_doubt_is_refused_by_name(void **state)
{
    (void)state;
    assert_refused("a=1&title=%", "title", "百分号");
    assert_refused("title=%4", "title", "百分号");
    assert_refused("title=%4G", "title", "百分号");
    assert_refused("title=%00", "title", "NUL");
    assert_refused("title=%C0%AF", "title", "UTF-8");
    assert_refused("title=%ED%A0%80", "title", "UTF-8");
    assert_refused("title=\xff", "title", "UTF-8");
    assert_refused("%=1", "", "百分号");
    assert_refused("%FF=1", "", "UTF-8");
}

static void a_line_end_is_one_character(void **state)
{
    (void)state;
    assert_true(encoded("q=a%0D%0Ab%0D%0A%0D%0Ac%0D%0A&lone=%0Dd%0D&end=%0D%0A&lf=a%0Ab"));
    assert_value("q", "a\nb\n\nc\n");
    assert_value("lone", "\rd\r");
    assert_value("end", "\n");
    assert_value("lf", "a\nb");
}

static void a_thousand_parts_and_no_more(void **state)
{
    struct text many = {NULL, 0, 0};

    (void)state;
    for (int i = 0; i < 1000; i++)
        text_print(&many, "f%d=%d&", i, i);
    assert_true(encoded(many.at));
    assert_int_equal(form.count, 1000);
    assert_value("f0", "0");
    assert_value("f511", "511");
    assert_value("f999", "999");
    text_puts(&many, "one=more");
    assert_false(encoded(many.at));
    assert_non_null(strstr(err.message, "1000"));
    text_release(&many);
}

static bool parts(const char *text)
{
    return form_multipart(slice_of(text), SLICE("XX"), &arena, &form, &err);
}

#define PART(disposition, value) "--XX\r\nContent-Disposition: form-data; " disposition "\r\n\r\n" value "\r\n"
#define END "--XX--\r\n"

static void multipart_texts_and_files(void **state)
{
    const struct form_part *file;

    (void)state;
    assert_true(parts(PART("name=\"title\"", "泵\r\n第二行") PART("name=empty", "") "--XX\r\n"
                      "content-disposition: form-data; name=\"f\"; filename=\"C:\\目录\\清单.csv\"\r\n"
                      "Content-Type: text/csv\r\n\r\na,b\r\n--X\xff\r\n" PART("name=\"none\"; filename=\"\"", "") END));
    assert_int_equal(form.count, 4);
    assert_value("title", "泵\n第二行");
    assert_value("empty", "");
    file = form_file(&form, "f");
    assert_non_null(file);
    assert_true(slice_is(file->filename, "清单.csv"));
    assert_true(slice_is(file->type, "text/csv"));
    assert_true(slice_is(file->value, "a,b\r\n--X\xff"));
    assert_null(form_file(&form, "none"));
    assert_null(form_file(&form, "title"));
}

static void assert_filename(const char *disposition, const char *wanted)
{
    char *text = arena_print(&arena, "--XX\r\nContent-Disposition: form-data; name=f; %s\r\n\r\nx\r\n" END, disposition);

    assert_true(parts(text));
    assert_true(form.parts[0].file);
    assert_true(slice_is(form.parts[0].filename, wanted));
}

static void file_names_come_without_directories_and_by_rfc_8187(void **state)
{
    (void)state;
    assert_filename("filename=\"../../x\"", "x");
    assert_filename("filename=\"a \\\"b\\\".pdf\"", "a \"b\".pdf");
    assert_filename("filename=\"a;b.pdf\"", "a;b.pdf");
    assert_filename("filename=plain.txt", "plain.txt");
    assert_filename("filename=\"x.pdf\"; filename*=UTF-8''%E6%88%90%E6%9E%9C.pdf", "成果.pdf");
    assert_filename("filename*=utf-8'zh-CN'%E6%88%90%E6%9E%9C.pdf", "成果.pdf");
    assert_filename("filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", "passwd");
}

static void multipart_doubt_is_refused(void **state)
{
    static const struct {
        const char *text, *field;
    } bad[] = {
        {"", ""},
        {"--XX", ""},
        {"--XX--", NULL}, /* no parts: a form all the same */
        {"--YY\r\n", ""},
        {"preamble\r\n--XX--", ""},
        {"--XX\r\nContent-Disposition: form-data; name=a\r\n\r\ncut", "a"},
        {"--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--XXY\r\n", ""},
        {"--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--XX", ""},
        {"--XX\r\nContent-Disposition: form-data; name=a", ""},
        {"--XX\r\n\r\nx\r\n--XX--", ""},
        {"--XX\r\nContent-Type: text/plain\r\n\r\nx\r\n--XX--", ""},
        {"--XX\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XX--", ""},
        {"--XX\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--XX--", ""},
        {"--XX\r\nContent-Disposition : form-data; name=a\r\n\r\nx\r\n--XX--", ""},
        {PART("name=\"a", "x") END, ""},
        {PART("name=a", "\xff") END, "a"},
        {PART("name=\"\xff\"", "x") END, ""},
        {PART("name=a; filename*=UTF-8''%zz", "x") END, "a"},
        {PART("name=a; filename*=GBK''%41", "x") END, "a"},
        {PART("name=a; filename*=UTF-8''a%00.exe", "x") END, "a"},
        {PART("name=a; filename*=UTF-8''a%0d%0ab", "x") END, "a"},
        {PART("name=a; filename=\"\xff\"", "x") END, "a"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        bool ok = parts(bad[i].text);

        if (ok != !bad[i].field || (bad[i].field && strcmp(err.field, bad[i].field) != 0))
            fail_msg("case %zu: %s, field \"%s\", %s", i, ok ? "accepted" : "refused", err.field, err.message);
    }
}

static void a_text_part_with_nul_is_refused_and_a_file_keeps_it(void **state)
{
    static const char text[] = PART("name=t", "a\0b") END, file[] = PART("name=t; filename=f", "a\0b") END;

    (void)state;
    assert_false(form_multipart((struct slice){text, sizeof text - 1}, SLICE("XX"), &arena, &form, &err));
    assert_string_equal(err.field, "t");
    assert_true(form_multipart((struct slice){file, sizeof file - 1}, SLICE("XX"), &arena, &form, &err));
    assert_int_equal(form.parts[0].value.len, 3);
}

static void a_long_file_name_is_refused(void **state)
{
    struct text text = {NULL, 0, 0};

    (void)state;
    text_puts(&text, "--XX\r\nContent-Disposition: form-data; name=f; filename=\"");
    for (int i = 0; i < 300; i++)
        text_putc(&text, 'a');
    text_puts(&text, "\"\r\n\r\nx\r\n" END);
    assert_false(parts(text.at));
    assert_non_null(strstr(err.message, "过长"));
    text_release(&text);
}

/* Every cut of a good body is refused, and none reads past its end (the copy is just as long as the cut). */
static void a_body_cut_anywhere_is_refused(void **state)
{
    static const char whole[] = PART("name=\"a\"", "one") PART("name=\"f\"; filename=\"x\"", "two") "--XX--";

    (void)state;
    for (size_t len = 0; len + 1 < sizeof whole; len++) {
        char *copy = malloc(len ? len : 1);

        memcpy(copy, whole, len);
        assert_false(form_multipart((struct slice){copy, len}, SLICE("XX"), &arena, &form, &err));
        free(copy);
    }
    assert_true(parts(whole));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(urlencoded_pairs_are_decoded, fresh, done),
        cmocka_unit_test_setup_teardown(a_line_end_is_one_character, fresh, done),
        cmocka_unit_test_setup_teardown(urlencoded_doubt_is_refused_by_name, fresh, done),
        cmocka_unit_test_setup_teardown(a_thousand_parts_and_no_more, fresh, done),
        cmocka_unit_test_setup_teardown(multipart_texts_and_files, fresh, done),
        cmocka_unit_test_setup_teardown(file_names_come_without_directories_and_by_rfc_8187, fresh, done),
        cmocka_unit_test_setup_teardown(multipart_doubt_is_refused, fresh, done),
        cmocka_unit_test_setup_teardown(a_text_part_with_nul_is_refused_and_a_file_keeps_it, fresh, done),
        cmocka_unit_test_setup_teardown(a_long_file_name_is_refused, fresh, done),
        cmocka_unit_test_setup_teardown(a_body_cut_anywhere_is_refused, fresh, done),
    };

    return cmocka_run_group_tests_name("http form", tests, NULL, NULL);
}
