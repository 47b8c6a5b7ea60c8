#include "cases.h"

#include "read/xlsx_style.h"

static const struct {
    const char *code;
    enum style_kind kind;
    int width;
} codes[] = {
    {"General", STYLE_PLAIN, 0},       {"0.00", STYLE_PLAIN, 0},        {"yyyy-mm-dd", STYLE_DAY, 0},
    {"yyyy\"年\"m\"月\"", STYLE_DAY, 0}, {"[$-804]yyyy/m/d;@", STYLE_DAY, 0}, {"yyyy-mm-dd hh:mm:ss", STYLE_MINUTE, 0},
    {"h:mm AM/PM", STYLE_TIME, 0},     {"[h]:mm", STYLE_TIME, 0},       {"0.0%", STYLE_PERCENT, 0},
    {"[Red]0.00", STYLE_PLAIN, 0},     {"000000", STYLE_PADDED, 6},     {"0.00E+00", STYLE_PLAIN, 0},
    {"#,##0\"days\"", STYLE_PLAIN, 0}, {"\\d0", STYLE_PLAIN, 0},        {"@", STYLE_PLAIN, 0},
    {"", STYLE_PLAIN, 0},              {"\"unclosed", STYLE_PLAIN, 0},  {"[unclosed", STYLE_PLAIN, 0},
    {"\\", STYLE_PLAIN, 0},
};

static void knows_what_a_format_code_means(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(codes); i++) {
        struct style style = style_of_code(slice_of(codes[i].code));

        if (style.kind != codes[i].kind || style.width != codes[i].width)
            fail_msg("%s: %d, %d", codes[i].code, (int)style.kind, style.width);
    }
}

static void shows(const struct styles *styles, size_t index, const char *number, const char *shown)
{
    struct text out;

    text_init(&out);
    style_show(styles, index, slice_of(number), &out);
    assert_string_equal(text_slice(&out).at, shown);
    text_release(&out);
}

static void shows_days_moments_and_numbers(void **state)
{
    struct style list[] = {{STYLE_PLAIN, 0}, {STYLE_DAY, 0}, {STYLE_MINUTE, 0}, {STYLE_TIME, 0}, {STYLE_PERCENT, 0}, {STYLE_PADDED, 4}};
    struct styles styles = {.list = list, .count = COUNT(list)};

    (void)state;
    shows(&styles, 0, "0.1", "0.1");
    shows(&styles, 0, "1.0000000000000002", "1");
    shows(&styles, 0, "n/a", "n/a");
    shows(&styles, 0, "1e999", "1e999");
    shows(&styles, 1, "45383.99999", "2024-04-02");
    shows(&styles, 2, "45383.25", "2024-04-01 06:00");
    shows(&styles, 2, "45383", "2024-04-01");
    shows(&styles, 3, "0.5", "12:00");
    shows(&styles, 3, "0.99999", "23:59");
    shows(&styles, 4, "0.07", "7%");
    shows(&styles, 5, "12", "0012");
    shows(&styles, 5, "1.5", "1.5");
    shows(&styles, 99, "3", "3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_what_a_format_code_means),
        cmocka_unit_test(shows_days_moments_and_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
