#include "cases.h"

#include "fixture.h"

#include "file/table.h"

static struct table *open_text(const char *text)
{
    struct table *table;
    struct err err;

    if (!table_open(fixture_write(slice_of(text)), "a.jsonl", &table, &err))
        fail_msg("%s", err.message);
    fixture_drop();
    return table;
}

static void the_header_is_the_union_in_order(void **state)
{
    struct table *table = open_text("{\"b\":1,\"a\":2}\n\n{\"a\":3,\"c\":4}\n");
    struct table_row row;
    struct err err;

    (void)state;
    assert_int_equal(table_form(table), TABLE_JSONL);
    assert_string_equal(table_encoding(table), "UTF-8");
    assert_int_equal(table_columns(table), 3);
    assert_true(slice_is(table_column(table, 0), "b"));
    assert_true(slice_is(table_column(table, 1), "a"));
    assert_true(slice_is(table_column(table, 2), "c"));
    assert_int_equal(table_next(table, &row, &err), TABLE_ROW);
    assert_int_equal(row.line, 1);
    assert_int_equal(table_next(table, &row, &err), TABLE_ROW);
    assert_int_equal(row.line, 3);
    assert_true(slice_is(row.cells[0], ""));
    assert_true(slice_is(row.cells[1], "3"));
    assert_true(slice_is(row.cells[2], "4"));
    assert_int_equal(table_next(table, &row, &err), TABLE_END);
    table_close(table);
}

static void values_keep_their_own_text(void **state)
{
    struct table *table = open_text(
        "{\"n\":1.10,\"s\":\"x \\\"5\\\" y\",\"l\":[\"甲\",2.50,-0,true,null],\"k7\":false,\"z\":null,\"e\":1E3,\"i\":9007199254740993}\n");
    static const char *const cells[] = {"1.10", "x \"5\" y", "甲\n2.50\n-0\ntrue\n\n", "false", "", "1E3", "9007199254740993"};
    struct table_row row;
    struct err err;

    (void)state;
    assert_int_equal(table_next(table, &row, &err), TABLE_ROW);
    assert_int_equal(row.count, COUNT(cells));
    for (size_t i = 0; i < COUNT(cells); i++)
        if (!slice_is(row.cells[i], cells[i]))
            fail_msg("%zu: %.*s", i, (int)row.cells[i].len, row.cells[i].at);
    table_close(table);
}

static void a_mark_and_a_missing_last_line_end_do_no_harm(void **state)
{
    struct table *table = open_text("\uFEFF{\"a\":\"1\"}\r\n{\"a\":\"2\"}");
    struct table_row row;
    struct err err;

    (void)state;
    assert_int_equal(table_next(table, &row, &err), TABLE_ROW);
    assert_int_equal(table_next(table, &row, &err), TABLE_ROW);
    assert_true(slice_is(row.cells[0], "2"));
    assert_int_equal(table_next(table, &row, &err), TABLE_END);
    assert_int_equal(table_next(table, &row, &err), TABLE_END);
    table_close(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_header_is_the_union_in_order),
        cmocka_unit_test(values_keep_their_own_text),
        cmocka_unit_test(a_mark_and_a_missing_last_line_end_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
