#include "cases.h"

#include "base/money.h"

static const struct {
    const char *typed;
    int64_t fen;
} reads[] = {
    {"0", 0},
    {"1600000", 160000000},
    {"1,600,000.50", 160000050},
    {"160万元", 160000000},
    {"160 万元", 160000000},
    {"160万元整", 160000000},
    {"1.5 亿", 15000000000},
    {"1.5亿元", 15000000000},
    {"￥200", 20000},
    {"¥ 200 元", 20000},
    {"人民币200元", 20000},
    {"１００", 10000},
    {"１，０００．５０元", 100050},
    {"　98.7　", 9870},
    {"007", 700},
    {"0.01", 1},
    {"0.000001 万元", 1},
    {"3千元", 300000},
    {"5百万元", 500000000},
    {"2千万", 2000000000},
    {"1万亿元", 100000000000000},
    {"1,000 万亿元", MONEY_MAX},
    {"1000000000000000.00", MONEY_MAX},
};

static void reads_amounts_as_people_write_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(reads); i++) {
        struct err err = {0};
        int64_t fen = -1;

        if (!money_read(slice_of(reads[i].typed), &fen, &err))
            fail_msg("%s refused: %s", reads[i].typed, err.message);
        if (fen != reads[i].fen)
            fail_msg("%s read as %lld", reads[i].typed, (long long)fen);
    }
}

static const struct {
    const char *typed, *said;
} refusals[] = {
    {"", "没有填"},
    {" 　", "没有填"},
    {"-1", "负数"},
    {"－1", "负数"},
    {"−1", "负数"},
    {"1e9", "科学计数法"},
    {"1E9", "科学计数法"},
    {"NaN", "阿拉伯数字"},
    {"Infinity", "阿拉伯数字"},
    {"一百万", "阿拉伯数字"},
    {"面议", "阿拉伯数字"},
    {"约160万元", "阿拉伯数字"},
    {".5", "阿拉伯数字"},
    {"1.", "小数点"},
    {"1.2.3", "单位"},
    {"1,000.005", "小数位"},
    {"1.000", "小数位"},
    {"0.0000001万元", "小数位"},
    {"0.00000000000000000000000001亿", "小数位"},
    {"1,6", "逗号"},
    {"1,,000", "逗号"},
    {"1234,567", "逗号"},
    {"1,000,", "逗号"},
    {",100", "阿拉伯数字"},
    {"160万元整5千", "一个单位"},
    {"1亿5000万", "一个单位"},
    {"200-300万元", "不能是范围"},
    {"200万元至300万元", "不能是范围"},
    {"200～300 万元", "不能是范围"},
    {"200万—300万", "不能是范围"},
    {"200到", "不能是范围"},
    {"160美元", "单位"},
    {"100 元/年", "单位"},
    {"1 万 元", "单位"},
    {"9,223,372,036,854,775,808", "上限"},
    {"92233720368547758.08", "上限"},
    {"1000000000000000.01", "上限"},
    {"1000.1万亿", "上限"},
    {"99999999999999999999999999", "上限"},
    {"9999999999999999亿", "上限"},
    {"\xC0\xAF", "不是一个金额"},
    {"0x10", "单位"},
};

static void refuses_with_the_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refusals); i++) {
        struct err err = {0};
        int64_t fen = 77;

        if (money_read(slice_of(refusals[i].typed), &fen, &err))
            fail_msg("%s read as %lld", refusals[i].typed, (long long)fen);
        assert_int_equal(fen, 77);
        assert_int_equal(err.code, ERR_INVALID);
        if (!strstr(err.message, refusals[i].said))
            fail_msg("%s: said %s", refusals[i].typed, err.message);
    }
}

static const struct {
    int64_t fen;
    const char *shown, *plain, *english;
} shows[] = {
    {0, "0 元", "0.00", "CNY 0"},
    {1, "0.01 元", "0.01", "CNY 0.01"},
    {980050, "9,800.50 元", "9800.50", "CNY 9,800.50"},
    {1000000, "1 万元", "10000.00", "CNY 10,000"},
    {1234500, "12,345 元", "12345.00", "CNY 12,345"},
    {12345000, "123,450 元", "123450.00", "CNY 123,450"},
    {160000000, "160 万元", "1600000.00", "CNY 1,600,000"},
    {160000050, "1,600,000.50 元", "1600000.50", "CNY 1,600,000.50"},
    {15000000000, "1.5 亿元", "150000000.00", "CNY 150,000,000"},
    {12345670000, "12,345.67 万元", "123456700.00", "CNY 123,456,700"},
    {MONEY_MAX, "10,000,000 亿元", "1000000000000000.00", "CNY 1,000,000,000,000,000"},
    {-160000000, "-160 万元", "-1600000.00", "-CNY 1,600,000"},
    {INT64_MIN, "-92,233,720,368,547,758.08 元", "-92233720368547758.08", "-CNY 92,233,720,368,547,758.08"},
};

static void shows_in_the_unit_that_loses_nothing(void **state)
{
    char buf[MONEY_TEXT];

    (void)state;
    for (size_t i = 0; i < COUNT(shows); i++) {
        assert_string_equal(money_show(shows[i].fen, buf), shows[i].shown);
        assert_string_equal(money_show_plain(shows[i].fen, buf), shows[i].plain);
        assert_string_equal(money_show_english(shows[i].fen, buf), shows[i].english);
    }
}

static void what_is_shown_reads_back_the_same(void **state)
{
    uint64_t seed = 20261122;
    char buf[MONEY_TEXT];
    struct err err;

    (void)state;
    for (int i = 0; i < 200000; i++) {
        int64_t fen = (int64_t)(random_next(&seed) >> (random_next(&seed) % 64)) % (MONEY_MAX + 1), again;

        if (fen < 0)
            continue;
        if (i % 2)
            fen -= fen % 1000000; /* round sums, so that 万 and 亿 are tried as often as yuan */
        assert_true(money_read(slice_of(money_show(fen, buf)), &again, &err));
        assert_int_equal(again, fen);
        assert_true(money_read(slice_of(money_show_plain(fen, buf)), &again, &err));
        assert_int_equal(again, fen);
        assert_true(money_read(slice_of(money_show_english(fen, buf)), &again, &err));
        assert_int_equal(again, fen);
    }
}

static const struct {
    int64_t fen, of, whole, down, up, half_up;
} parts[] = {
    {0, 1, 2, 0, 0, 0},
    {1, 1, 2, 0, 1, 1},
    {1, 4999, 10000, 0, 1, 0},
    {1, 5000, 10000, 0, 1, 1},
    {100, 6000, 10000, 60, 60, 60},
    {10001, 5000, 10000, 5000, 5001, 5001},
    {10, 1, 3, 3, 4, 3},
    {5, 1, 3, 1, 2, 2},
    {3, 1, 7, 0, 1, 0},  /* 0.43 */
    {4, 1, 7, 0, 1, 1},  /* 0.57 */
    {106, 600, 10600, 6, 6, 6},
    {MONEY_MAX, 9999, 10000, MONEY_MAX / 10000 * 9999, MONEY_MAX / 10000 * 9999, MONEY_MAX / 10000 * 9999},
    {MONEY_MAX, INT64_MAX, INT64_MAX, MONEY_MAX, MONEY_MAX, MONEY_MAX},
    {MONEY_MAX, 0, INT64_MAX, 0, 0, 0},
};

static void a_part_is_exact_and_rounded_as_asked(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(parts); i++) {
        assert_int_equal(money_share(parts[i].fen, parts[i].of, parts[i].whole, MONEY_DOWN), parts[i].down);
        assert_int_equal(money_share(parts[i].fen, parts[i].of, parts[i].whole, MONEY_UP), parts[i].up);
        assert_int_equal(money_share(parts[i].fen, parts[i].of, parts[i].whole, MONEY_HALF_UP), parts[i].half_up);
    }
}

static void parts_are(int64_t amount, struct money_part *list, const int64_t *fen, size_t count)
{
    money_split(amount, list, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(list[i].fen, fen[i]);
}

static void what_rounding_leaves_knows_no_order(void **state)
{
    (void)state;
    parts_are(10000, (struct money_part[]){{1, SLICE("c"), 0, 0}, {1, SLICE("a"), 0, 0}, {1, SLICE("b"), 0, 0}}, (int64_t[]){3333, 3334, 3333}, 3);
    parts_are(10000, (struct money_part[]){{1, SLICE("a"), 9, 0}, {1, SLICE("a"), 0, 0}, {1, SLICE("ab"), 0, 0}}, (int64_t[]){3333, 3334, 3333}, 3);
    parts_are(100, (struct money_part[]){{1, SLICE("a"), 0, 0}, {666, SLICE("b"), 0, 0}, {333, SLICE("c"), 0, 0}}, (int64_t[]){0, 67, 33}, 3);
    parts_are(3, (struct money_part[]){{1, SLICE("a"), 0, 0}, {3, SLICE("b"), 0, 0}, {0, SLICE(""), 0, 0}}, (int64_t[]){1, 2, 0}, 3);
    parts_are(7, (struct money_part[]){{0, SLICE("a"), 0, 0}, {0, SLICE("b"), 0, 0}}, (int64_t[]){0, 0}, 2);
    parts_are(MONEY_MAX, (struct money_part[]){{INT64_MAX, SLICE("a"), 0, 0}, {INT64_MAX, SLICE("b"), 0, 0}}, (int64_t[]){MONEY_MAX / 2, MONEY_MAX / 2}, 2);
    parts_are(0, NULL, NULL, 0);
}

static const struct {
    const char *typed;
    int32_t share; /* -1: refused */
    const char *says;
} shares[] = {
    {"40", 4000, NULL},        {"40%", 4000, NULL},      {" 33.33 ％ ", 3333, NULL}, {"0.5%", 50, NULL},
    {"0.05", 5, NULL},         {"100", 10000, NULL},     {"100.01%", 10001, NULL},   {"999.99", 99999, NULL},
    {"7.", 700, NULL},         {"0", 0, NULL},           {"", -1, "阿拉伯数字"},     {"-5%", -1, "负数"},
    {"负5", -1, "负数"},       {"33.333", -1, "两位小数"}, {"1000", -1, "三位整数"},   {"四成", -1, "阿拉伯数字"},
    {"40%%", -1, "看不懂"},    {"4 0", -1, "看不懂"},    {".5", -1, "阿拉伯数字"},   {"1e2", -1, "看不懂"},
};

static void reads_shares_as_people_write_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(shares); i++) {
        struct err err = {.code = ERR_NONE};
        int32_t share = -1;
        bool ok = percent_read(slice_of(shares[i].typed), &share, &err);

        if (ok != (shares[i].share >= 0) || share != shares[i].share)
            fail_msg("%s: %d %s", shares[i].typed, share, err.message);
        if (!ok && !strstr(err.message, shares[i].says))
            fail_msg("%s: %s", shares[i].typed, err.message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_amounts_as_people_write_them),
        cmocka_unit_test(refuses_with_the_reason),
        cmocka_unit_test(shows_in_the_unit_that_loses_nothing),
        cmocka_unit_test(what_is_shown_reads_back_the_same),
        cmocka_unit_test(reads_shares_as_people_write_them),
        cmocka_unit_test(a_part_is_exact_and_rounded_as_asked),
        cmocka_unit_test(what_rounding_leaves_knows_no_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
