/* What a password must be, and what a login name may be. */
#include "base/cases.h"

#include "seal/seal.h"
#include "work/password.h"

enum { D = 1, A = 2 }; /* fits the profile dengbao, asvs */

static const struct {
    const char *typed;
    int fits;
} passwords[] = {
    /* length */
    {"", 0}, {"Kf7-pw", 0}, {"Kf7-pw9xQ", 0}, {"Kf7-pw9xQm", D}, {"Kf7-pw9xQmz", D}, {"Kf7-pw9xQmzR", D | A},
    {"Kf7-pw9xQmzRKf7-pw9xQmzRKf7-pw9xQmzRKf7-pw9xQmzRKf7-pw9xQmzRmnt8", D | A}, /* 64 characters are welcome */
    /* classes */
    {"plover marsh lantern", A}, {"ploverMarshLantern", A}, {"plover-marsh-9", D | A}, {"849205736184", A},
    /* characters, not bytes; what is neither letter nor digit is another class */
    {"铁马秋风大散关楼船", 0}, {"铁马秋风大散关楼船夜雪", 0}, {"铁马秋风大散关楼船夜雪瓜洲渡", A}, {"铁马秋风大散关x7楼船夜", D | A},
    /* repetition and walks */
    {"aaaaaaaaaaaa", 0}, {"abababababab", 0}, {"123456789012", 0}, {"Abcdefghij12", 0}, {"Qwertyuiop12", 0},
    {"1qaz2wsx3edc", 0}, {"987654321098", 0}, {"Asdfghjkl;1234", 0},
    /* what everybody tries first, decorated */
    {"Password2026!", 0}, {"p@ssw0rd!2026", 0}, {"Admin@2026!!", 0}, {"adminadmin2026!", 0}, {"Lanzhou@2026", 0},
    {"LanzhouKeji2026", 0}, {"Tieqiao#20260", 0}, {"2026!Tieqiao!", 0}, {"Gansu!999999", 0}, {"Welcome#12345", 0},
    {"Huawei@20266", 0}, {"ChengguoZhuanhua1!", 0}, {"L@nzh0u-20269", 0},
    /* a listed word among others is fine */
    {"lanzhou-plover-9", D | A},
    /* the login name */
    {"zhang.san-88x!Q", 0}, {"xx-ZHANG.SAN-81", 0},
    /* full width is its narrow self */
    {"Ｐassword2026!", 0},
    /* not text */
    {"Kf7-pw9xQmzR\xff", 0}, {"\xed\xa0\x80Kf7-pw9xQmzR", 0},
};

static void each_password_fits_the_profiles_it_should(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(passwords); i++)
        for (int profile = 0; profile < 2; profile++) {
            struct err err = {0};
            bool fits = password_fits((enum password_profile)profile, SLICE("zhang.san"), slice_of(passwords[i].typed), &err);

            if (fits != ((passwords[i].fits >> profile & 1) != 0))
                fail_msg("%s under %s: %s (%s)", passwords[i].typed, profile ? "asvs" : "dengbao", fits ? "fits" : "refused",
                         err.message);
            if (!fits && (err.code != ERR_INVALID || strcmp(err.field, "password") != 0 || !err.message[0]))
                fail_msg("%s: no proper complaint", passwords[i].typed);
        }
}

static void nothing_is_cut_off(void **state)
{
    char typed[PASSWORD_BYTES + 2];
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof typed; i++)
        typed[i] = "Kf7-pw9xQmzRt2vB"[i * 7 % 16];
    assert_true(password_fits(PASSWORD_ASVS, SLICE("zhang"), (struct slice){typed, PASSWORD_MOST}, &err));
    assert_false(password_fits(PASSWORD_ASVS, SLICE("zhang"), (struct slice){typed, PASSWORD_MOST + 1}, &err));
    assert_false(password_fits(PASSWORD_ASVS, SLICE("zhang"), (struct slice){typed, sizeof typed}, &err));
    assert_false(password_fits(PASSWORD_ASVS, SLICE("zhang"), (struct slice){"Kf7-pw9\0xQmzR", 13}, &err));
}

static void a_first_password_fits_both_profiles_and_is_never_the_same(void **state)
{
    char first[PASSWORD_FIRST_TEXT], second[PASSWORD_FIRST_TEXT];
    struct err err;

    (void)state;
    for (int i = 0; i < 200; i++) {
        password_first(first);
        password_first(second);
        assert_string_not_equal(first, second);
        assert_int_equal(strlen(first), PASSWORD_FIRST_TEXT - 1);
        assert_true(password_fits(PASSWORD_DENGBAO, SLICE("zhang"), slice_of(first), &err));
        assert_true(password_fits(PASSWORD_ASVS, SLICE("zhang"), slice_of(first), &err));
        assert_null(strpbrk(first, "il1o0O"));
    }
}

static void dengbao_runs_out_after_ninety_days(void **state)
{
    const int64_t day = INT64_C(86400000);

    (void)state;
    assert_false(password_expired(PASSWORD_DENGBAO, 1000, 1000 + 90 * day - 1));
    assert_true(password_expired(PASSWORD_DENGBAO, 1000, 1000 + 90 * day));
    assert_false(password_expired(PASSWORD_ASVS, 1000, 1000 + 9000 * day));
}

static const struct {
    const char *typed, *stored; /* NULL: refused */
} logins[] = {
    {"zhang.san", "zhang.san"}, {"  Zhang_San-2 ", "zhang_san-2"}, {"ＺＨＡＮＧ", "zhang"}, {"a1b", "a1b"}, {"7up", "7up"},
    {"ab", NULL}, {"", NULL}, {".abc", NULL}, {"-abc", NULL}, {"zhang san", NULL}, {"张三丰", NULL}, {"zhang@x", NULL},
    {"zh\xd0\xb0ng", NULL}, /* Cyrillic а */ {"zhang\xe2\x80\x8b", NULL}, /* zero width */
    {"abcdefghijabcdefghijabcdefghijabcdefghij", "abcdefghijabcdefghijabcdefghijabcdefghij"},
    {"abcdefghijabcdefghijabcdefghijabcdefghijk", NULL}, {"zhang\xff", NULL}, {"' OR 1=1--", NULL},
};

static void login_names_are_plain_ascii(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(logins); i++) {
        char out[LOGIN_TEXT];
        struct err err = {0};
        bool ok = login_normal(slice_of(logins[i].typed), out, &err);

        if (ok != (logins[i].stored != NULL) || (ok && strcmp(out, logins[i].stored) != 0))
            fail_msg("%s: %s", logins[i].typed, ok ? out : err.message);
        if (!ok)
            assert_string_equal(err.field, "login");
    }
}

static void profiles_have_names(void **state)
{
    enum password_profile profile;

    (void)state;
    assert_true(password_profile_by_name(SLICE("asvs"), &profile) && profile == PASSWORD_ASVS);
    assert_true(password_profile_by_name(SLICE("dengbao"), &profile) && profile == PASSWORD_DENGBAO);
    assert_false(password_profile_by_name(SLICE("none"), &profile));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_password_fits_the_profiles_it_should),
        cmocka_unit_test(nothing_is_cut_off),
        cmocka_unit_test(a_first_password_fits_both_profiles_and_is_never_the_same),
        cmocka_unit_test(dengbao_runs_out_after_ninety_days),
        cmocka_unit_test(login_names_are_plain_ascii),
        cmocka_unit_test(profiles_have_names),
    };
    struct err err;

    return seal_start(&err) ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
