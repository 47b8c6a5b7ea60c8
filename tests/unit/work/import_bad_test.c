/*
 * Files that lie and cells that are wrong (the catalogue of bad input): each gets a clear message naming place and remedy,
 * and brings nothing in.
 */
#include "import_place.h"

#include "base/text.h"

#define ABSTRACT "一种用于高含沙河水的离心泵过流部件及其修复工艺，寿命较原来提高一倍以上。"
#define ROW "耐磨离心泵叶轮," ABSTRACT ",示例理工大学"
#define HEAD "成果名称,公开摘要,单位名称"

struct bad {
    const char *name;
    const struct kind *kind;
    const char *text;
    const char *told; /* among what is told of the rows; NULL: the file as a whole is refused with `message` */
    const char *message;
};

static const struct bad bads[] = {
    /* text */
    {"bidi in a name", &kind_party, "单位名称,所属方\n示例\u202e学大工理,高校\n", "行 2|单位名称|", NULL},
    {"nothing but a bidi mark inside", &kind_achievement, HEAD "\n耐磨\u2066离心泵叶轮," ABSTRACT ",示例理工大学\n", "行 2|成果名称|", NULL},
    {"a NUL", &kind_achievement, NULL, "行 2|", NULL},
    {"marks upon marks", &kind_achievement,
     HEAD "\n耐磨离心泵a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301轮," ABSTRACT ",示例理工大学\n", "行 2|成果名称|", NULL},
    {"a state secret's mark", &kind_achievement, HEAD ",技术要点\n" ROW ",密级：机密 配方如下\n", "行 2|技术要点|", NULL},
    /* codes */
    {"a wrong check digit", &kind_party, "单位名称,所属方,信用代码\n示例泵业有限公司,企业,91350100M000100Y44\n", "行 2|信用代码|91350100M000100Y44|", NULL},
    {"a letter that cannot occur", &kind_party, "单位名称,所属方,信用代码\n示例泵业有限公司,企业,9135O100M000100Y43\n", "行 2|信用代码|9135O100M000100Y43|", NULL},
    {"an unknown division", &kind_party, "单位名称,所属方,所在地\n示例泵业有限公司,企业,999999\n", "行 2|所在地|999999|", NULL},
    {"a division of a name that several have", &kind_party, "单位名称,所属方,所在地\n示例泵业有限公司,企业,城关区\n",
     "行 2|所在地|城关区|所在地里叫“城关区”的不止一个|请写全名或代码：540102 拉萨市城关区、620102 兰州市城关区\n", NULL},
    {"a side that is none", &kind_party, "单位名称,所属方\n示例泵业有限公司,财团\n", "行 2|所属方|财团|所属方“财团”不对|可填：政府、企业", NULL},
    /* days */
    {"the 30th of February", &kind_party, "单位名称,所属方,成立日期\n示例泵业有限公司,企业,2024-02-30\n", "行 2|成立日期|2024-02-30|", NULL},
    {"no day at all", &kind_party, "单位名称,所属方,成立日期\n示例泵业有限公司,企业,0000-00-00\n", "行 2|成立日期|0000-00-00|", NULL},
    {"the year 9999", &kind_party, "单位名称,所属方,成立日期\n示例泵业有限公司,企业,9999-01-01\n", "行 2|成立日期|9999-01-01|", NULL},
    {"words for a day", &kind_party, "单位名称,所属方,成立日期\n示例泵业有限公司,企业,去年春天\n", "行 2|成立日期|去年春天|", NULL},
    /* amounts */
    {"a negative amount", &kind_achievement, HEAD ",价格\n" ROW ",-1\n", "行 2|价格|-1|", NULL},
    {"an exponent", &kind_achievement, HEAD ",价格\n" ROW ",1e9\n", "行 2|价格|1e9|", NULL},
    {"three decimals", &kind_achievement, HEAD ",价格\n" ROW ",\"1,000.005\"\n", "行 2|价格|1,000.005|", NULL},
    {"more than all money", &kind_achievement, HEAD ",价格\n" ROW ",9223372036854775808\n", "行 2|价格|9223372036854775808|", NULL},
    {"units mixed", &kind_achievement, HEAD ",价格\n" ROW ",160万元整5千\n", "行 2|价格|160万元整5千|", NULL},
    {"NaN", &kind_achievement, HEAD ",价格（万元）\n" ROW ",NaN\n", "行 2|价格（万元）|NaN|", NULL},
    /* lengths */
    {"a name too short", &kind_achievement, HEAD "\n泵," ABSTRACT ",示例理工大学\n", "行 2|成果名称|泵|成果名称有 1 个字|需要 4 到 200 个字", NULL},
    {"nothing where something must be", &kind_achievement, HEAD "\n耐磨离心泵叶轮,,示例理工大学\n", "行 2|公开摘要||请填写公开摘要|", NULL},
    /* rows and files */
    {"more cells than columns", &kind_achievement, HEAD "\n" ROW ",多出来的,还有\n", "行 2|||第 2 行有 5 列，表头只有 3 列|", NULL},
    {"a number of ours that is none", &kind_achievement, "平台编号," HEAD "\n12345," ROW "\n", "行 2|平台编号|12345|没有这个平台编号的记录|", NULL},
    {"a quote without its partner", &kind_achievement, HEAD "\n" ROW "\n\"阀," ABSTRACT ",示例理工大学\n", NULL, "第 3 行第 1 列打开的引号没有闭合"},
    {"two columns of one name", &kind_achievement, HEAD ",成果名称\n" ROW ",又一个\n", NULL, "同名“成果名称”"},
    {"an empty file", &kind_achievement, "", NULL, "文件是空的"},
    {"a header alone", &kind_achievement, HEAD "\n", NULL, "表头下面一行内容也没有"},
    {"another table altogether", &kind_achievement, "甲,乙\n1,2\n", NULL, "表头里没有“成果名称”一列"},
    {"a web page", &kind_achievement, "<html><table><tr><td>成果名称</td></tr></table></html>", NULL, "网页"},
};

static const char nul[] = HEAD "\n耐磨\0离心泵叶轮," ABSTRACT ",示例理工大学\n";

static const char *file_of(struct bench *bench, const struct bad *bad)
{
    char *path = bench_path(bench, "bad.csv");
    FILE *file = fopen(path, "w");

    fwrite(bad->text ? bad->text : nul, 1, bad->text ? strlen(bad->text) : sizeof nul - 1, file);
    fclose(file);
    return path;
}

static void try_one(struct bench *bench, const struct bad *bad)
{
    bool ok = bench_check(bench, bad->kind, file_of(bench, bad), true);

    if (bad->told && (!ok || !strstr(bench->told, bad->told)))
        fail_msg("%s: \"%s\" is not among:\n%s%s", bad->name, bad->told, bench->told, bench->err.message);
    if (!bad->told && (ok || !strstr(bench->err.message, bad->message)))
        fail_msg("%s: %s\n%s", bad->name, ok ? "taken" : bench->err.message, bench->told);
    if (bad->told && bench->tally.job)
        assert_true(import_drop(bench->store, bench->tally.job, &bench->err));
}

static void each_is_named_and_brings_nothing(void **state)
{
    struct bench *bench = bench_open(state);
    int64_t leaves;

    bench_bring_text(bench, &kind_party, "单位名称,所属方\n示例理工大学,高校\n");
    leaves = bench_count(bench, "SELECT count(*) FROM ledger");
    for (size_t i = 0; i < sizeof bads / sizeof *bads; i++)
        try_one(bench, &bads[i]);
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM ledger"), leaves);
    bench_sound(bench);
    bench_close(bench);
}

/* What looks odd and is right. */
static void these_are_taken(void **state)
{
    struct bench *bench = bench_open(state);
    struct record record;

    bench_bring_text(bench, &kind_party,
                     "\uFEFF单位名称,所属方,信用代码,成立日期\r\n示例㙓𫖯有限公司,企业,９１３５０１００ｍ０００１００ｙ４３,2013年5月6日\r"
                     "\"示例=SUM(A1)有限公司\",企业,,\n=示例公式有限公司,企业,,2013/5/6\n");
    assert_true(bench_find(bench, &kind_party, "示例㙓𫖯有限公司", &record));
    assert_string_equal(bench_value(bench, &record, "uscc"), "91350100M000100Y43");
    assert_string_equal(bench_value(bench, &record, "founded"), "2013-05-06");
    assert_true(bench_find(bench, &kind_party, "=示例公式有限公司", &record));
    bench_bring_text(bench, &kind_achievement,
                     HEAD ",价格,技术要点\n耐磨离心泵叶轮," ABSTRACT ",91350100M000100Y43,１００,' OR 1=1-- <script>%n%s{{7*7}}\n");
    assert_true(bench_find(bench, &kind_achievement, "耐磨离心泵叶轮", &record));
    assert_string_equal(bench_value(bench, &record, "price"), "100.00");
    assert_string_equal(bench_value(bench, &record, "detail"), "' OR 1=1-- <script>%n%s{{7*7}}");
    bench_close(bench);
}

/* 城关区 is in Lanzhou and in Lhasa: the path says which, else where the organisation is. */
static void a_place_is_taken_where_its_organisation_is(void **state)
{
    struct bench *bench = bench_open(state);
    struct record record;

    bench_bring_text(bench, &kind_party, "单位名称,所属方,所在地\n示例理工大学,高校,兰州市安宁区\n示例高原研究所,院所,西藏 拉萨 城关\n");
    assert_true(bench_find(bench, &kind_party, "示例高原研究所", &record));
    assert_string_equal(bench_value(bench, &record, "region"), "540102");
    bench_bring_text(bench, &kind_achievement,
                     HEAD ",地区\n" ROW ",城关区\n耐磨离心泵导叶," ABSTRACT ",示例高原研究所,城关区\n耐磨离心泵蜗壳," ABSTRACT
                          ",示例理工大学,拉萨市城关区\n");
    assert_true(bench_find(bench, &kind_achievement, "耐磨离心泵叶轮", &record));
    assert_string_equal(bench_value(bench, &record, "region"), "620102");
    assert_true(bench_find(bench, &kind_achievement, "耐磨离心泵导叶", &record));
    assert_string_equal(bench_value(bench, &record, "region"), "540102");
    assert_true(bench_find(bench, &kind_achievement, "耐磨离心泵蜗壳", &record));
    assert_string_equal(bench_value(bench, &record, "region"), "540102");
    bench_close(bench);
}

static void long_text_is_refused_by_its_length(void **state)
{
    struct bench *bench = bench_open(state);
    struct text text;

    bench_bring_text(bench, &kind_party, "单位名称,所属方\n示例理工大学,高校\n");
    text_init(&text);
    text_puts(&text, HEAD ",技术要点\n" ROW ",");
    for (int i = 0; i < 20001; i++)
        text_puts(&text, "长");
    text_putc(&text, '\n');
    assert_true(bench_check(bench, &kind_achievement, bench_file(bench, "long.csv", text.at), true));
    TELLS(bench, "|技术要点有 20001 个字|需要 0 到 20000 个字\n");
    text_release(&text);
    bench_close(bench);
}

static void gb18030_bytes_that_are_cut(void **state)
{
    struct bench *bench = bench_open(state);

    /* 单位名称,所属方 / 𠮷 (95 34 B2 35) + 野工厂, 企业 / a lead byte before the comma */
    bench->options.good_only = true;
    bench_bring(bench, &kind_party,
                bench_file(bench, "gb.csv", "\xb5\xa5\xce\xbb\xc3\xfb\xb3\xc6,\xcb\xf9\xca\xf4\xb7\xbd\n"
                                            "\x95\x34\xb2\x35\xd2\xb0\xb9\xa4\xb3\xa7,\xc6\xf3\xd2\xb5\n"
                                            "\xb9\xa4\xb3\xa7\xff\x3c,\xc6\xf3\xd2\xb5\n"));
    assert_int_equal(bench->tally.made, 1);
    TELLS(bench, "行 3|单位名称||第 3 行第 1 列有不属于 GB18030 编码的字节：FF");
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM party WHERE name = '𠮷野工厂'"), 1);
    bench_close(bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(each_is_named_and_brings_nothing),
        ON_BOTH(these_are_taken),
        ON_BOTH(a_place_is_taken_where_its_organisation_is),
        ON_BOTH(long_text_is_refused_by_its_length),
        ON_BOTH(gb18030_bytes_that_are_cut),
    };

    return run_places(tests);
}
