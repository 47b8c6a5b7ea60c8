/* Bringing records in: a table becomes records, as a whole or not at all. */
#include "import_place.h"

#include "base/text.h"

static const char parties[] = "单位名称,所属方\n示例泵业有限公司,企业\n示例理工大学,高校\n";

#define ABSTRACT "一种用于高含沙河水的离心泵过流部件及其修复工艺，寿命较原来提高一倍以上。"

static void a_table_becomes_records(void **state)
{
    struct bench *bench = bench_open(state);
    struct record record;

    bench_bring_text(bench, &kind_party, parties);
    assert_int_equal(bench->tally.made, 2);
    bench_bring_text(bench, &kind_achievement,
                     "*成果名称,摘要,单位名称,拟转化价格（万元）,关键词,技术成熟度,序号\n"
                     "耐磨离心泵叶轮," ABSTRACT ",示例理工大学,160,\"离心泵、耐磨，含沙水\",6级,1\n"
                     "闸板阀密封面修复," ABSTRACT ",示例泵业有限公司,1.5亿元,\"阀门\n1,4-丁二醇\n\",TRL8,2\n");
    assert_int_equal(bench->tally.good, 2);
    assert_int_equal(bench->tally.made, 2);
    assert_true(bench_find(bench, &kind_achievement, "耐磨离心泵叶轮", &record));
    assert_string_equal(bench_value(bench, &record, "price"), "1600000.00");
    assert_string_equal(bench_value(bench, &record, "keywords"), "离心泵；耐磨；含沙水");
    assert_string_equal(bench_value(bench, &record, "trl"), "6");
    assert_true(bench_find(bench, &kind_achievement, "闸板阀密封面修复", &record));
    assert_string_equal(bench_value(bench, &record, "price"), "150000000.00");
    assert_string_equal(bench_value(bench, &record, "keywords"), "阀门\n1,4-丁二醇\n");
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM ledger WHERE request_id LIKE 'import-%'"), 4);
    bench_sound(bench);
    bench_close(bench);
}

static const char three_bad[] =
    "成果名称,摘要,单位名称,技术成熟度,价格\n"
    "耐磨离心泵叶轮," ABSTRACT ",示例理工大学,6,160万元\n"
    "短名," ABSTRACT ",示例理工大学,6,160万元\n"
    "闸板阀密封面修复," ABSTRACT ",没有登记的公司,12,-3\n"
    "耐磨 离心泵叶轮," ABSTRACT ",示例理工大学,6,\n";

static void bad_rows_are_named(void **state)
{
    struct bench *bench = bench_open(state);

    bench_bring_text(bench, &kind_party, parties);
    assert_true(bench_check(bench, &kind_achievement, bench_file(bench, "a.csv", three_bad), true));
    assert_int_equal(bench->tally.good, 1);
    assert_int_equal(bench->tally.bad, 3);
    TELLS(bench, "行 3|成果名称|短名|成果名称有 2 个字|需要 4 到 200 个字\n");
    TELLS(bench, "行 4|单位名称|没有登记的公司|没有找到单位“没有登记的公司”|");
    TELLS(bench, "行 4|技术成熟度|12|技术成熟度“12”不对|填 1 到 9 的整数\n");
    TELLS(bench, "行 4|价格|-3|");
    TELLS(bench, "行 5|成果名称|耐磨 离心泵叶轮|成果名称与第 2 行相同|");
    bench_close(bench);
}

static void all_or_nothing(void **state)
{
    struct bench *bench = bench_open(state);

    bench_bring_text(bench, &kind_party, parties);
    assert_true(bench_check(bench, &kind_achievement, bench_file(bench, "a.csv", three_bad), true));
    assert_false(bench_publish(bench));
    assert_string_equal(bench->err.message, "有 3 行有错，没有导入");
    assert_true(import_drop(bench->store, bench->tally.job, &bench->err));
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM achievement"), 0);
    bench_sound(bench);
    bench_close(bench);
}

static void or_the_good_rows(void **state)
{
    struct bench *bench = bench_open(state);

    bench_bring_text(bench, &kind_party, parties);
    bench->options.good_only = true;
    bench_bring(bench, &kind_achievement, bench_file(bench, "a.csv", three_bad));
    assert_int_equal(bench->tally.made, 1);
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM achievement"), 1);
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM staging WHERE sort IN (2, 4)"), 3);
    bench_sound(bench);
    bench_close(bench);
}

static const char one[] = "成果名称,摘要,单位名称,价格,技术成熟度\n耐磨离心泵叶轮," ABSTRACT ",示例理工大学,160万元,6\n";

static void what_is_there_is_changed(void **state)
{
    struct bench *bench = bench_open(state);
    struct record record;
    int64_t leaves;

    bench_bring_text(bench, &kind_party, parties);
    bench_bring_text(bench, &kind_achievement, one);
    leaves = bench_count(bench, "SELECT count(*) FROM ledger");
    bench_bring_text(bench, &kind_achievement, one);
    assert_int_equal(bench->tally.same, 1);
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM ledger"), leaves);

    /* a column less, a blank cell, a new value: what is not typed stays */
    bench_bring_text(bench, &kind_achievement, "成果名称,单位名称,价格,技术成熟度\n耐磨离心泵叶轮,示例理工大学,,7\n");
    assert_int_equal(bench->tally.changed, 1);
    assert_true(bench_find(bench, &kind_achievement, "耐磨离心泵叶轮", &record));
    assert_int_equal(record.ver, 2);
    assert_string_equal(bench_value(bench, &record, "price"), "1600000.00");
    assert_string_equal(bench_value(bench, &record, "trl"), "7");
    assert_string_equal(bench_value(bench, &record, "abstract"), ABSTRACT);
    bench_sound(bench);
    bench_close(bench);
}

static void or_skipped_or_refused(void **state)
{
    struct bench *bench = bench_open(state);

    bench_bring_text(bench, &kind_party, parties);
    bench_bring_text(bench, &kind_achievement, one);
    bench->options.exists = EXISTS_SKIP;
    bench_bring_text(bench, &kind_achievement, "成果名称,单位名称,技术成熟度\n耐磨离心泵叶轮,示例理工大学,7\n");
    assert_int_equal(bench->tally.skipped, 1);
    bench->options.exists = EXISTS_ERROR;
    assert_true(bench_check(bench, &kind_achievement,
                            bench_file(bench, "b.csv", "成果名称,单位名称,技术成熟度\n耐磨离心泵叶轮,示例理工大学,7\n"), true));
    TELLS(bench, "行 2|成果名称||这条记录已经有了|");
    assert_int_equal(bench_count(bench, "SELECT max(ver) FROM achievement"), 1);
    bench_close(bench);
}

static void parties_are_made(void **state)
{
    struct bench *bench = bench_open(state);
    struct record party, record;

    bench->options.make_parties = true;
    snprintf(bench->options.side, sizeof bench->options.side, "university");
    bench->options.good_only = true;
    bench_bring_text(bench, &kind_achievement,
                     "成果名称,摘要,专利权人\n耐磨离心泵叶轮," ABSTRACT ",示例理工大学\n"
                     "耐磨渣浆泵叶轮," ABSTRACT ",示例 理工大学；示例泵业有限公司\n"
                     "短," ABSTRACT ",只有坏行的单位\n");
    assert_int_equal(bench->tally.parties, 1);
    assert_int_equal(bench->tally.made, 2);
    assert_true(bench_find(bench, &kind_party, "示例理工大学", &party));
    assert_string_equal(bench_value(bench, &party, "side"), "高校");
    assert_true(bench_find(bench, &kind_achievement, "耐磨渣浆泵叶轮", &record));
    assert_int_equal(record.owner, party.id);
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM party"), 1);
    bench_sound(bench);
    bench_close(bench);
}

#define PERSON "姓名,身份,所在单位,擅长领域\n示例张三,科研人员,示例理工大学,轴承\n"

static const char *move_to(struct bench *bench, const struct record *person, const char *party)
{
    return arena_print(&bench->arena, "平台编号,所在单位\n%lld,%s\n", (long long)person->id, party);
}

static void assert_works_at(struct bench *bench, const char *party)
{
    struct record person, at;

    assert_true(bench_find(bench, &kind_person, "示例张三", &person));
    assert_true(bench_find(bench, &kind_party, party, &at));
    assert_int_equal(person.values[kind_field(&kind_person, "party")].number, at.id);
    assert_int_equal(person.owner, at.id);
}

static void a_person_moves_to_another_organisation(void **state)
{
    struct bench *bench = bench_open(state);
    struct record person;

    bench_bring_text(bench, &kind_party, parties);
    bench_bring_text(bench, &kind_person, PERSON);
    assert_works_at(bench, "示例理工大学");
    assert_true(bench_find(bench, &kind_person, "示例张三", &person));
    bench_bring_text(bench, &kind_person, move_to(bench, &person, "示例泵业有限公司"));
    assert_int_equal(bench->tally.changed, 1);
    assert_works_at(bench, "示例泵业有限公司");
    bench_sound(bench);
    bench_close(bench);
}

static void and_to_one_that_is_made(void **state)
{
    struct bench *bench = bench_open(state);
    struct record person;

    bench_bring_text(bench, &kind_party, parties);
    bench_bring_text(bench, &kind_person, PERSON);
    assert_true(bench_find(bench, &kind_person, "示例张三", &person));
    bench->options.make_parties = true;
    snprintf(bench->options.side, sizeof bench->options.side, "enterprise");
    bench_bring_text(bench, &kind_person, move_to(bench, &person, "示例阀业有限公司"));
    assert_int_equal(bench->tally.parties, 1);
    assert_works_at(bench, "示例阀业有限公司");
    bench_sound(bench);
    bench_close(bench);
}

/* As an import of ours once left it. */
static bool owner_forgotten(struct sql *sql, void *arg, struct err *err)
{
    (void)arg;
    return sql_put(sql, "UPDATE person SET owner = 0", SQL_NO_ARGS, err);
}

static void whose_a_person_is_follows_from_where_he_works(void **state)
{
    struct bench *bench = bench_open(state);

    bench_bring_text(bench, &kind_party, parties);
    bench_bring_text(bench, &kind_person, PERSON);
    assert_int_equal(store_write(bench->store, "", owner_forgotten, NULL, &bench->err), STORE_DONE);
    bench_bring_text(bench, &kind_person, PERSON);
    assert_int_equal(bench->tally.changed, 1);
    assert_works_at(bench, "示例理工大学");
    bench_sound(bench);
    bench_close(bench);
}

/* The known organisation stands behind `before` others that nobody has heard of. */
static const char *known_behind(struct bench *bench, int before)
{
    struct text names;
    char *table;

    text_init(&names);
    for (int i = 0; i < before; i++)
        text_print(&names, "没登记的单位%d；", i);
    table = arena_print(&bench->arena, "成果名称,摘要,单位名称\n耐磨离心泵叶轮 %d 型," ABSTRACT ",%s示例理工大学\n", before, names.at);
    text_release(&names);
    return table;
}

static void the_first_known_name_counts_if_it_comes_soon(void **state)
{
    struct bench *bench = bench_open(state);

    bench_bring_text(bench, &kind_party, parties);
    bench_bring_text(bench, &kind_achievement, known_behind(bench, 3));
    bench_bring_text(bench, &kind_achievement, known_behind(bench, 15));
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM achievement"), 2);
    assert_true(bench_check(bench, &kind_achievement, bench_file(bench, "t.csv", known_behind(bench, 16)), true));
    TELLS(bench, "没有找到单位");
    bench_close(bench);
}

static void rows_without_owner_take_the_one_given(void **state)
{
    struct bench *bench = bench_open(state);
    struct record party, record;

    bench_bring_text(bench, &kind_party, parties);
    assert_true(bench_check(bench, &kind_achievement,
                            bench_file(bench, "c.csv", "成果名称,摘要\n耐磨离心泵叶轮," ABSTRACT "\n"), true));
    TELLS(bench, "没有说明属于哪个单位");
    snprintf(bench->options.owner, sizeof bench->options.owner, "示例泵业有限公司");
    bench_bring_text(bench, &kind_achievement, "成果名称,摘要\n耐磨离心泵叶轮," ABSTRACT "\n");
    assert_true(bench_find(bench, &kind_party, "示例泵业有限公司", &party));
    assert_true(bench_find(bench, &kind_achievement, "耐磨离心泵叶轮", &record));
    assert_int_equal(record.owner, party.id);
    bench_close(bench);
}

static void only_for_whom_one_may(void **state)
{
    struct bench *bench = bench_open(state);
    struct record party;

    bench_bring_text(bench, &kind_party, parties);
    assert_true(bench_find(bench, &kind_party, "示例理工大学", &party));
    bench->actor = (struct actor){.account = 7, .party = party.id, .grant_count = 1};
    bench->actor.grants[0] = (struct role_grant){.role = ROLE_MEMBER};
    assert_false(bench_import(bench, &kind_achievement, bench_file(bench, "d.csv", one)));
    assert_int_equal(bench->err.code, ERR_DENIED);

    bench->actor.grants[0].role = ROLE_UNIT_ADMIN;
    bench_bring_text(bench, &kind_achievement, "成果名称,摘要\n耐磨离心泵叶轮," ABSTRACT "\n");
    assert_true(bench_check(bench, &kind_achievement,
                            bench_file(bench, "d.csv", "成果名称,摘要,单位名称\n闸板阀密封面修复," ABSTRACT
                                                       ",示例泵业有限公司\n"), true));
    TELLS(bench, "行 2|单位名称|示例泵业有限公司|您不能为这个单位导入|");
    bench->options.make_parties = true;
    assert_false(bench_import(bench, &kind_achievement, bench_file(bench, "d.csv", one)));
    assert_int_equal(bench->err.code, ERR_DENIED);
    bench_close(bench);
}

static void codes_belong_to_one_party(void **state)
{
    struct bench *bench = bench_open(state);

    bench_bring_text(bench, &kind_party, "单位名称,所属方,信用代码\n示例泵业有限公司,企业,91350100m000100y43\n");
    assert_true(bench_check(bench, &kind_party,
                            bench_file(bench, "e.csv", "单位名称,所属方,信用代码\n示例阀业有限公司,企业,91350100M000100Y43\n"
                                                       "示例管业有限公司,企业,91350100M000100Y44\n"), true));
    TELLS(bench, "行 2|信用代码|91350100M000100Y43|这个统一社会信用代码已经属于另一个单位|");
    TELLS(bench, "行 3|信用代码|91350100M000100Y44|");
    bench_close(bench);
}

static void broken_files_bring_nothing(void **state)
{
    struct bench *bench = bench_open(state);

    bench_bring_text(bench, &kind_party, parties);
    assert_false(bench_import(bench, &kind_achievement,
                              bench_file(bench, "f.csv", "成果名称,摘要,单位名称\n耐磨离心泵叶轮," ABSTRACT ",示例理工大学\n"
                                                         "闸板阀,\"没有闭合,示例理工大学\n")));
    assert_true(strstr(bench->err.message, "引号没有闭合") != NULL);
    assert_false(bench_import(bench, &kind_achievement, bench_file(bench, "g.csv", "成果名称,摘要\n")));
    assert_false(bench_import(bench, &kind_achievement, bench_file(bench, "h.csv", "甲,乙\n1,2\n")));
    assert_true(strstr(bench->err.message, "表头里没有“成果名称”一列") != NULL);
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM achievement"), 0);
    bench_sound(bench);
    bench_close(bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_table_becomes_records),
        ON_BOTH(bad_rows_are_named),
        ON_BOTH(all_or_nothing),
        ON_BOTH(or_the_good_rows),
        ON_BOTH(what_is_there_is_changed),
        ON_BOTH(or_skipped_or_refused),
        ON_BOTH(parties_are_made),
        ON_BOTH(a_person_moves_to_another_organisation),
        ON_BOTH(and_to_one_that_is_made),
        ON_BOTH(whose_a_person_is_follows_from_where_he_works),
        ON_BOTH(the_first_known_name_counts_if_it_comes_soon),
        ON_BOTH(rows_without_owner_take_the_one_given),
        ON_BOTH(only_for_whom_one_may),
        ON_BOTH(codes_belong_to_one_party),
        ON_BOTH(broken_files_bring_nothing),
    };

    return run_places(tests);
}
