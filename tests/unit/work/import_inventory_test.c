/* 存量专利盘点表: imports as it comes, as a GB18030 file and as a workbook. argv[1]: the path of tieqiao-read. */
#include "import_place.h"

#include <iconv.h>

#include "base/text.h"
#include "inventory.h"

static const char university[] = "单位名称,所属方\n示例理工大学,高校\n";

static const char *as_gb18030(struct bench *bench)
{
    static char bytes[65536];
    char *path = bench_path(bench, "盘点表.csv"), *from, *to = bytes;
    size_t left, room = sizeof bytes;
    iconv_t convert = iconv_open("GB18030", "UTF-8");
    struct text text;
    FILE *file;

    text_init(&text);
    for (size_t r = 0; r < INVENTORY_ROWS; r++)
        for (size_t c = 0; c < INVENTORY_COLUMNS; c++)
            text_print(&text, "%s%s", inventory[r][c] ? inventory[r][c] : "", c + 1 < INVENTORY_COLUMNS ? "," : "\r\n");
    from = text.at;
    left = text.len;
    assert_int_equal(iconv(convert, &from, &left, &to, &room), 0);
    iconv_close(convert);
    text_release(&text);
    file = fopen(path, "w");
    fwrite(bytes, 1, sizeof bytes - room, file);
    fclose(file);
    return path;
}

static const char *as_xlsx(struct bench *bench)
{
    char *path = bench_path(bench, "盘点表.xlsx");

    assert_int_equal(inventory_xlsx(path), 0);
    return path;
}

static void is(struct bench *bench, const struct record *record, const char *field, const char *value)
{
    if (strcmp(bench_value(bench, record, field), value) != 0)
        fail_msg("%s is \"%s\", not \"%s\"", field, bench_value(bench, record, field), value);
}

static void it_says_what_the_rows_say(struct bench *bench)
{
    struct record record;

    assert_true(bench_find(bench, &kind_achievement, "一种耐磨离心泵叶轮及其制备方法", &record));
    is(bench, &record, "rights", "发明专利 ZL202110123456.0 2021-01-29 有效");
    is(bench, &record, "team", "陈某（示例）");
    is(bench, &record, "ipc", "F04D29/22");
    is(bench, &record, "trl", "6");
    is(bench, &record, "uses", "黄河提灌；渣浆输送");
    is(bench, &record, "ways", "许可；作价投资");
    is(bench, &record, "contact", "王某（示例） 0931-0000001");
    is(bench, &record, "evidence", "授权日：2022.03.04；所属院系：能源与动力学院；产业化前景：有；产业化前景分层：第一层");
    is(bench, &record, "abstract",
       "一种耐磨离心泵叶轮及其制备方法。应用领域：黄河提灌、渣浆输送。技术成熟度：6。知识产权：发明专利 ZL202110123456.0 2021-01-29 "
       "有效。转化方式：许可、作价投资。原表没有摘要，这里只列出表中各栏所写。");

    assert_true(bench_find(bench, &kind_achievement, "阀门密封面修复装置", &record));
    is(bench, &record, "rights", "实用新型 202120654321.7 2021-05-06 授权维持");
    is(bench, &record, "trl", "");
    is(bench, &record, "evidence", "所属院系：材料学院；产业化前景：有；产业化前景分层：第二层；技术成熟度：中试");

    assert_true(bench_find(bench, &kind_achievement, "一种铁铬液流电池电解液", &record));
    is(bench, &record, "rights", "发明专利 CN202311112222.3 2023-11-02 审中");
    is(bench, &record, "evidence", "所属院系：材料学院；产业化前景：无");
}

static void imports_as_it_comes(struct bench *bench, const char *path)
{
    bench_bring_text(bench, &kind_party, university);
    bench->options.good_only = true;
    snprintf(bench->options.owner, sizeof bench->options.owner, "示例理工大学");
    bench_bring(bench, &kind_achievement, path);
    assert_int_equal(bench->tally.made, 3);
    assert_int_equal(bench->tally.bad, 2);
    TELLS(bench, "行 8|申请日|2023-02-30|申请日“2023-02-30”不对|填真实存在的日期，如 2021-01-29\n");
    TELLS(bench, "行 9|专利类型||看不出是哪一类知识产权|");
    it_says_what_the_rows_say(bench);
    bench_bring(bench, &kind_achievement, path);
    assert_int_equal(bench->tally.same, 3);
    bench_sound(bench);
}

static void as_gb18030_text(void **state)
{
    struct bench *bench = bench_open(state);

    imports_as_it_comes(bench, as_gb18030(bench));
    bench_close(bench);
}

static void as_a_workbook_with_merged_cells(void **state)
{
    struct bench *bench = bench_open(state);

    imports_as_it_comes(bench, as_xlsx(bench));
    bench_close(bench);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(as_gb18030_text),
        ON_BOTH(as_a_workbook_with_merged_cells),
    };

    table_reader(argc > 1 ? argv[1] : NULL);
    return run_places(tests);
}
