/* Lines of who has which share, as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record/member.h"

static const struct {
    const char *typed;
    int32_t share; /* -1: refused */
} shares[] = {
    {"60%", 6000}, {"60％", 6000}, {"60", 6000}, {" 33.34 % ", -1}, {"33.34%", 3334}, {"0.01%", 1}, {"0.1%", 10}, {"0%", 0},
    {"100%", 10000}, {"100.00%", 10000}, {"100.01%", -1}, {"0.001%", -1}, {"101%", -1}, {"1000%", -1}, {"-1%", -1}, {"%", -1},
    {"", -1}, {".5%", -1}, {"5.%", -1}, {"60%%", -1}, {"1e2%", -1}, {"6 0%", -1}, {"1.2.3%", -1},
    {"99999999999999999999999999%", -1}, {"1.99999999999999999999%", -1}, {"00000000000000000060%", -1},
};

static void a_share_is_a_hundredth_of_a_per_cent_at_least(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        int32_t share = -1;

        if (share_read(slice_of(shares[i].typed), &share) != (shares[i].share >= 0)
            || (shares[i].share >= 0 && share != shares[i].share))
            fail_msg("“%s”: %d", shares[i].typed, share);
    }
}

static const struct {
    const char *line, *shown;
} fine[] = {
    {"曾某（示例） 60% 主要贡献", "曾某（示例） 60% 主要贡献"},
    {"曾某（示例）\t60％\t主要贡献", "曾某（示例） 60% 主要贡献"},
    {"曾某（示例）　60％　主要贡献", "曾某（示例） 60% 主要贡献"},
    {"曾某（示例），60%，主要贡献、转移机构", "曾某（示例） 60% 主要贡献 转移机构"},
    {"曾某（示例）,60%,主要贡献 转移机构", "曾某（示例） 60% 主要贡献 转移机构"},
    {"  曾某（示例）   0.01%  ", "曾某（示例） 0.01%"},
    {"Anna Example 33.3% main leader document #12", "Anna Example 33.3% 主要贡献 领导 有文件 #12"},
    {"校某（示例） 100% 正职领导 有文件", "校某（示例） 100% 正职领导 有文件"},
    {"第3课题组 40%", "第3课题组 40%"},
};

static void a_line_is_read_and_shown_in_its_normal_form(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        struct member member, again;
        struct slice shown;
        struct err err;

        if (!member_read(slice_of(fine[i].line), &member, &err))
            fail_msg("“%s”: %s", fine[i].line, err.message);
        shown = member_show(&member, &arena);
        if (!slice_is(shown, fine[i].shown))
            fail_msg("“%s” is shown as “%.*s”", fine[i].line, (int)shown.len, shown.at);
        assert_true(member_read(shown, &again, &err));
        assert_true(slice_same(member_show(&again, &arena), shown));
    }
    arena_release(&arena);
}

static const struct {
    const char *line, *says;
} bad[] = {
    {"", "没有写份额"},
    {"曾某（示例）", "没有写份额"},
    {"曾某（示例） 60", "没有写份额"},
    {"60% 主要贡献", "姓名"},
    {"曾某（示例） 60% 组长", "不认识的标记"},
    {"曾某（示例） 60% 40%", "不认识的标记"},
    {"曾某（示例） 60% #", "不认识的标记"},
    {"曾某（示例） 60% #-1", "不认识的标记"},
    {"曾某（示例） 60% #99999999999999999999999", "不认识的标记"},
    {"曾某（示例） 100.01%", "没有写份额"},
    {"曾某（示例） 99999999999999999999999%", "没有写份额"},
    {"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一 60%", "姓名太长"},
};

static void a_line_that_is_none_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct member member;
        struct err err = {0};

        if (member_read(slice_of(bad[i].line), &member, &err))
            fail_msg("“%s” is taken", bad[i].line);
        if (err.code != ERR_INVALID || !strstr(err.message, bad[i].says) || !err.hint[0])
            fail_msg("“%s”: %s; %s", bad[i].line, err.message, err.hint);
    }
}

static void shares_sum_over_the_lines(void **state)
{
    (void)state;
    assert_int_equal(members_sum(SLICE("甲某 33.33%\n乙某 33.33%\n丙某 33.34%")), SHARE_WHOLE);
    assert_int_equal(members_sum(SLICE("甲某 60%\n\n乙某 40.01%")), 10001);
    assert_int_equal(members_sum(SLICE("")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_is_a_hundredth_of_a_per_cent_at_least),
        cmocka_unit_test(a_line_is_read_and_shown_in_its_normal_form),
        cmocka_unit_test(a_line_that_is_none_is_told),
        cmocka_unit_test(shares_sum_over_the_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
