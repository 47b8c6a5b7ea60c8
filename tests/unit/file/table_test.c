#include "cases.h"

#include "fixture.h"

#include <sys/stat.h>

#include "base/arena.h"
#include "base/text.h"
#include "file/table.h"

static struct table *open_bytes(struct slice bytes, const char *name)
{
    struct table *table;
    struct err err;

    if (!table_open(fixture_write(bytes), name, &table, &err))
        fail_msg("%s", err.message);
    fixture_drop();
    return table;
}

static void reads_gb18030_and_says_so(void **state)
{
    /* 姓名,单位 / 𠮷野,兰州 with the four-byte 95 34 B2 35 */
    struct table *table = open_bytes(SLICE("\xD0\xD5\xC3\xFB,\xB5\xA5\xCE\xBB\r\n\x95\x34\xB2\x35\xD2\xB0,\xC0\xBC\xD6\xDD\r\n"),
                                     "a.csv");
    struct table_row row;
    struct err err;

    (void)state;
    assert_string_equal(table_encoding(table), "GB18030");
    assert_true(slice_is(table_column(table, 0), "姓名"));
    assert_int_equal(table_next(table, &row, &err), TABLE_ROW);
    assert_true(slice_is(row.cells[0], "𠮷野"));
    assert_true(slice_is(row.cells[1], "兰州"));
    table_close(table);
}

static void an_inventory_with_a_title_imports_as_it_comes(void **state)
{
    struct table *table = open_bytes(SLICE("\uFEFF高校存量专利盘点表,,,\n填报单位:示例大学,,,\n"
                                           "序号, 专利号 ,专利名称,,\n1,ZL1,泵,\n2,ZL2,\"阀\n门\",,\n"), NULL);
    struct table_row row;
    struct err err;

    (void)state;
    assert_int_equal(table_columns(table), 3);
    assert_true(slice_is(table_column(table, 1), "专利号"));
    assert_int_equal(table_next(table, &row, &err), TABLE_ROW);
    assert_int_equal(row.line, 4);
    assert_int_equal(table_next(table, &row, &err), TABLE_ROW);
    assert_int_equal(row.count, 3);
    assert_true(slice_is(row.cells[2], "阀\n门"));
    table_close(table);
}

/* Columns as "a|b|c", then the first cell of the first row. */
static void has_header(const char *text, const char *columns, const char *first)
{
    struct table *table = open_bytes(slice_of(text), "a.csv");
    struct table_row row;
    struct text names;
    struct err err;

    text_init(&names);
    for (size_t i = 0; i < table_columns(table); i++)
        text_print(&names, "%s%.*s", i ? "|" : "", (int)table_column(table, i).len, table_column(table, i).at);
    assert_string_equal(names.at, columns);
    assert_int_equal(table_next(table, &row, &err), TABLE_ROW);
    assert_true(slice_is(row.cells[0], first));
    text_release(&names);
    table_close(table);
}

static void merged_cells_make_a_header_of_two_rows(void **state)
{
    (void)state;
    has_header("序号,专利号,名称,转化情况,,\n,,,方式,金额,日期\n1,ZL1,泵,许可,3,2024\n", "序号|专利号|名称|方式|金额|日期", "1");
    has_header("盘点表,,,,,\n序号,基本信息,,,转化情况,\n,专利号,名称,日期,方式,金额\n1,ZL1,泵,2024,许可,3\n",
               "序号|专利号|名称|日期|方式|金额", "1");
    has_header("甲,乙,丙\n,,3\n1,2,3\n", "甲|乙|丙", "");      /* a row that says little is not a header */
    has_header(",甲,乙\n1,2,3\n", "|甲|乙", "1");
    has_header("表\n单位\n时间\n说明\n一\n二\n三\n四\n五\n甲,乙,丙\n1,2,3\n", "甲|乙|丙", "1");
}

static void a_bad_row_names_its_column_and_reading_goes_on(void **state)
{
    struct table *table = open_bytes(SLICE("\uFEFF名称,摘要\n泵,a\xFF\n阀,好\n"), "a.csv");
    struct table_row row;
    struct err err;

    (void)state;
    assert_int_equal(table_next(table, &row, &err), TABLE_BAD_ROW);
    assert_string_equal(err.field, "摘要");
    assert_int_equal(err.line, 2);
    assert_int_equal(row.line, 2);
    assert_int_equal(table_next(table, &row, &err), TABLE_ROW);
    assert_true(slice_is(row.cells[0], "阀"));
    table_close(table);
}

static void progress_reaches_the_files_size(void **state)
{
    struct table *table = open_bytes(SLICE("a,b\n1,2\n"), "a.csv");
    struct table_row row;
    struct err err;
    int64_t done, total;

    (void)state;
    while (table_next(table, &row, &err) == TABLE_ROW)
        ;
    table_progress(table, &done, &total);
    assert_int_equal(done, 8);
    assert_int_equal(total, 8);
    table_close(table);
}

/* ---- writing ----------------------------------------------------------------------------- */

static const char *const awkward[] = {
    "", "泵", "a,b", "a;b", "say \"hi\"", "line\nline", "line\r\nline", "\r", " x ", "=1+1", "-5", "+86 931 1234567",
    "'=1", "''", "＝1", "@a", "\t", "𠮷", "- 一", "0.10", "00123", "1e5", "110105194912310021", "'", "\"", "\"=1", "true",
};

static void what_was_written_reads_back_the_same(enum table_form form, const char *name)
{
    const struct slice columns[] = {SLICE("=名称"), SLICE("摘要"), SLICE("一,二")};
    struct table_writer *writer;
    struct table *table;
    struct table_row row;
    struct err err;
    struct slice cells[3];

    assert_true(table_create(fixture_new(), form, columns, 3, &writer, &err));
    for (size_t i = 0; i < COUNT(awkward); i++) {
        cells[0] = slice_of(awkward[i]);
        cells[1] = SLICE("x");
        cells[2] = slice_of(awkward[COUNT(awkward) - 1 - i]);
        assert_true(table_write(writer, cells, &err));
    }
    assert_true(table_finish(writer, &err));
    assert_true(table_open(fixture_path, name, &table, &err));
    fixture_drop();
    for (size_t i = 0; i < 3; i++)
        assert_true(slice_same(table_column(table, i), columns[i]));
    for (size_t i = 0; i < COUNT(awkward); i++) {
        assert_int_equal(table_next(table, &row, &err), TABLE_ROW);
        if (!slice_is(row.cells[0], awkward[i]) || !slice_is(row.cells[2], awkward[COUNT(awkward) - 1 - i]))
            fail_msg("%s came back as %.*s", awkward[i], (int)row.cells[0].len, row.cells[0].at);
    }
    assert_int_equal(table_next(table, &row, &err), TABLE_END);
    table_close(table);
}

static void csv_reads_back_the_same(void **state)
{
    (void)state;
    what_was_written_reads_back_the_same(TABLE_CSV, "a.csv");
}

static void json_lines_read_back_the_same(void **state)
{
    (void)state;
    what_was_written_reads_back_the_same(TABLE_JSONL, "a.jsonl");
}

static void csv_is_made_for_a_spreadsheet(void **state)
{
    const struct slice columns[] = {SLICE("名称"), SLICE("值")}, cells[] = {SLICE("=1,2"), SLICE("-5")};
    struct table_writer *writer;
    struct err err;
    char bytes[200];
    FILE *file;
    size_t len;

    (void)state;
    assert_true(table_create(fixture_new(), TABLE_CSV, columns, 2, &writer, &err));
    assert_true(table_write(writer, cells, &err));
    assert_true(table_finish(writer, &err));
    file = fopen(fixture_path, "rbe");
    len = fread(bytes, 1, sizeof bytes - 1, file);
    bytes[len] = '\0';
    fclose(file);
    fixture_drop();
    assert_string_equal(bytes, "\uFEFF名称,值\r\n\"'=1,2\",-5\r\n");
}

static void an_xlsx_cell_beyond_excels_limit_is_refused_by_place(void **state)
{
    const struct slice columns[] = {SLICE("a"), SLICE("b")};
    struct slice cells[] = {SLICE("x"), {calloc(1, 40000), 40000}};
    struct table_writer *writer;
    struct err err;

    (void)state;
    memset((char *)cells[1].at, 'y', 40000);
    assert_true(table_create(fixture_new(), TABLE_XLSX, columns, 2, &writer, &err));
    assert_false(table_write(writer, cells, &err));
    assert_non_null(strstr(err.message, "第 2 行第 2 列"));
    table_finish(writer, &err);
    free((char *)cells[1].at);
    fixture_drop();
}

static void a_full_disk_or_a_missing_folder_is_an_error(void **state)
{
    const struct slice columns[] = {SLICE("a")};
    struct table_writer *writer;
    struct err err;

    (void)state;
    assert_false(table_create("/nowhere/at/all.csv", TABLE_CSV, columns, 1, &writer, &err));
    assert_false(table_create("/nowhere/at/all.jsonl", TABLE_JSONL, columns, 1, &writer, &err) &&
                 table_finish(writer, &err));
    assert_true(table_create("/dev/full", TABLE_CSV, columns, 1, &writer, &err));
    assert_false(table_finish(writer, &err));
    assert_int_equal(err.code, ERR_FULL);
}

/* In a folder where it could be removed. (Root may write everywhere: he tries as somebody else.) */
static void a_file_that_may_not_be_written_stays_as_it_is(void **state)
{
    static const enum table_form forms[] = {TABLE_CSV, TABLE_JSONL, TABLE_XLSX};
    const struct slice columns[] = {SLICE("a")};
    char folder[] = "/tmp/tieqiao-test-XXXXXX", path[64];
    struct table_writer *writer;
    struct stat info;
    struct err err;
    FILE *file;

    (void)state;
    assert_non_null(mkdtemp(folder));
    chmod(folder, 0777);
    snprintf(path, sizeof path, "%s/there", folder);
    file = fopen(path, "we");
    fputs("mine", file);
    fclose(file);
    chmod(path, 0400);
    for (size_t i = 0; i < COUNT(forms); i++) {
        if (getuid() == 0)
            assert_int_equal(seteuid(65534), 0);
        assert_false(table_create(path, forms[i], columns, 1, &writer, &err) && table_finish(writer, &err));
        if (getuid() == 0)
            assert_int_equal(seteuid(0), 0);
        assert_int_equal(stat(path, &info), 0);
        assert_int_equal(info.st_size, 4);
    }
    unlink(path);
    rmdir(folder);
}

static void a_missing_file_and_a_folder_are_errors(void **state)
{
    struct table *table;
    struct err err;

    (void)state;
    assert_false(table_open("/nowhere/at/all.csv", NULL, &table, &err));
    assert_int_equal(err.code, ERR_MISSING);
    assert_false(table_open("/tmp", NULL, &table, &err));
    assert_int_equal(err.code, ERR_INVALID);
    assert_false(table_open("/dev/zero", NULL, &table, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_gb18030_and_says_so),
        cmocka_unit_test(an_inventory_with_a_title_imports_as_it_comes),
        cmocka_unit_test(merged_cells_make_a_header_of_two_rows),
        cmocka_unit_test(a_bad_row_names_its_column_and_reading_goes_on),
        cmocka_unit_test(progress_reaches_the_files_size),
        cmocka_unit_test(csv_reads_back_the_same),
        cmocka_unit_test(json_lines_read_back_the_same),
        cmocka_unit_test(csv_is_made_for_a_spreadsheet),
        cmocka_unit_test(an_xlsx_cell_beyond_excels_limit_is_refused_by_place),
        cmocka_unit_test(a_full_disk_or_a_missing_folder_is_an_error),
        cmocka_unit_test(a_file_that_may_not_be_written_stays_as_it_is),
        cmocka_unit_test(a_missing_file_and_a_folder_are_errors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
