/* A unit's chain of approvals: who is asked at which amount, and lines that are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "work/chain.h"

static const struct {
    const char *why, *lines;
    int64_t fen;
    const char *bodies; /* parted by "|" */
} fine[] = {
    {"nobody named: all leaders together", "", 1, "单位领导班子集体决策"},
    {"blank lines are none", " \n\n", 1, "单位领导班子集体决策"},
    {"one", "院系", 0, "院系"},
    {"exactly the amount", "院系\n校长办公会 100万元以上", 100000000, "院系|校长办公会"},
    {"one fen less", "院系\n校长办公会 100万元以上", 99999999, "院系"},
    {"nobody at so little: the leaders", "校长办公会 100万元以上", 99999999, "单位领导班子集体决策"},
    {"in the order of the lines", "党委会\n院系\n校长办公会 1元以上", 100, "党委会|院系|校长办公会"},
    {"a body of two words", "校 务 会 100万元以上", 100000000, "校 务 会"},
    {"yuan without a unit", "校长办公会 1000000以上", 100000000, "校长办公会"},
};

static void each_amount_asks_its_bodies(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        struct slice wanted = slice_of(fine[i].bodies), body;
        struct chain chain;
        struct err err;
        size_t n = 0;

        if (!chain_read(slice_of(fine[i].lines), fine[i].fen, &chain, &err))
            fail_msg("%s: %s", fine[i].why, err.message);
        while (slice_cut(&wanted, '|', &body))
            if (n == chain.count || !slice_same(body, chain.bodies[n++]))
                fail_msg("%s: %zu of them, not %.*s", fine[i].why, chain.count, (int)body.len, body.at);
        assert_int_equal(n, chain.count);
    }
}

static const char *const bad[] = {
    "校长办公会 很多以上", "校长办公会 -1元以上", "100万元以上", "校长办公会100万元以上", "校长办公会 99999999999999999999元以上",
    "院系\n校长办公会 0.001元以上",
    "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一",
};

static void a_line_that_is_none_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct chain chain;
        struct err err = {0};

        if (chain_read(slice_of(bad[i]), 1, &chain, &err))
            fail_msg("“%s” is taken", bad[i]);
        assert_int_equal(err.code, ERR_INVALID);
        assert_string_equal(err.field, "approvals");
        assert_true(err.hint[0] != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_amount_asks_its_bodies),
        cmocka_unit_test(a_line_that_is_none_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
