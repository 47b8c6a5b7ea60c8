/* Imports that are cut off, and records that change under them. */
#include "import_place.h"

#define ABSTRACT "一种用于高含沙河水的离心泵过流部件及其修复工艺，寿命较原来提高一倍以上。"

enum { ROWS = 3000 };

static void bring_party(struct bench *bench)
{
    bench_bring_text(bench, &kind_party, "单位名称,所属方\n示例理工大学,高校\n");
}

static const char *many(struct bench *bench)
{
    char *path = bench_path(bench, "many.csv");
    FILE *file = fopen(path, "w");

    fputs("成果名称,摘要,单位名称\n", file);
    for (int i = 0; i < ROWS; i++)
        fprintf(file, "耐磨部件第 %d 项,%s,示例理工大学\n", i, ABSTRACT);
    fclose(file);
    return path;
}

static int64_t achievements(struct bench *bench)
{
    return bench_count(bench, "SELECT count(*) FROM achievement WHERE to_leaf IS NULL");
}

static void reopen(struct bench *bench)
{
    store_close(bench->store);
    bench->store = place_open(bench->place, ledger_attach);
}

/* As if the process had been killed long ago, in the middle of staging. */
static bool put_back(struct sql *sql, void *arg, struct err *err)
{
    (void)arg;
    return sql_put(sql, "UPDATE job SET state = 'staging', touched_ms = 0 WHERE state = 'checked'", SQL_NO_ARGS, err);
}

static bool after_some(void *arg)
{
    int *left = arg;

    return (*left)-- <= 0;
}

static void cut_off_while_staging_leaves_nothing(void **state)
{
    struct bench *bench = bench_open(state);

    bring_party(bench);
    assert_true(bench_check(bench, &kind_achievement, many(bench), false));
    assert_int_equal(achievements(bench), 0);
    assert_int_equal(store_write(bench->store, "", put_back, NULL, &bench->err), STORE_DONE);
    assert_true(bench_count(bench, "SELECT count(*) FROM staging") > 0);
    reopen(bench);
    assert_true(import_resume(bench->store, &bench->err));
    assert_int_equal(achievements(bench), 0);
    bench_sound(bench);
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM job WHERE kind = 'achievement'"), 0);
    bench_close(bench);
}

static void stopped_while_checking_leaves_nothing(void **state)
{
    struct bench *bench = bench_open(state);
    int left = 5;
    struct import_watch watch = {.arg = &left, .stopped = after_some};
    struct import_plan plan;
    struct import_request request = {.file = "many.csv", .plan = &plan, .actor = &bench->actor};

    bring_party(bench);
    assert_true(table_open(many(bench), NULL, &request.table, &bench->err));
    assert_true(bench_plan(bench, &kind_achievement, request.table, &plan));
    assert_false(import_check(bench->store, &request, &watch, true, &bench->tally, &bench->err));
    assert_int_equal(bench->err.code, ERR_BUSY);
    table_close(request.table);
    assert_int_equal(achievements(bench), 0);
    bench_sound(bench);
    bench_close(bench);
}

static void what_was_decided_is_finished(void **state)
{
    struct bench *bench = bench_open(state);
    int left = 1;
    struct import_watch watch = {.arg = &left, .stopped = after_some};
    int64_t there;

    bring_party(bench);
    assert_true(bench_check(bench, &kind_achievement, many(bench), true));
    assert_false(import_publish(bench->store, bench->tally.job, false, &watch, &bench->tally, &bench->err));
    assert_int_equal(bench->err.code, ERR_BUSY);
    there = achievements(bench);
    assert_true(there > 0 && there < ROWS);
    reopen(bench);
    assert_true(import_resume(bench->store, &bench->err));
    assert_int_equal(achievements(bench), ROWS);
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM ledger WHERE kind = 'achievement'"), ROWS);
    assert_int_equal(bench_count(bench, "SELECT made FROM job WHERE kind = 'achievement'"), ROWS);
    bench_sound(bench);
    assert_true(import_resume(bench->store, &bench->err));
    assert_int_equal(achievements(bench), ROWS);
    bench_close(bench);
}

enum { OLD = 150 };

/* Old jobs done with, and one decided and cut off behind them all. */
static bool old_jobs(struct sql *sql, void *arg, struct err *err)
{
    static const char add[] =
        "INSERT INTO job SELECT id - ?1, kind, file, account, pseudonym, ?2, plan, options, made_ms, 0, decided_ms, 0, 0, 0,"
        " 0, 0, 0, 0, 0, 0 FROM job WHERE id = (SELECT max(id) FROM job)";
    static const char *const states[] = {"done", "dropped", "checked"};
    bool ok = true;

    (void)arg;
    for (int i = 1; ok && i <= OLD; i++)
        ok = sql_put(sql, add, SQL_ARGS(sql_int(i), sql_text(slice_of(states[i % 3]))), err);
    return ok;
}

static void what_was_decided_comes_first_however_much_is_old(void **state)
{
    struct bench *bench = bench_open(state);
    int left = 1;
    struct import_watch watch = {.arg = &left, .stopped = after_some};

    bring_party(bench);
    assert_true(bench_check(bench, &kind_achievement, many(bench), true));
    assert_false(import_publish(bench->store, bench->tally.job, false, &watch, &bench->tally, &bench->err));
    assert_int_equal(store_write(bench->store, "", old_jobs, NULL, &bench->err), STORE_DONE);
    reopen(bench);
    assert_true(import_resume(bench->store, &bench->err));
    assert_int_equal(achievements(bench), ROWS);
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM job WHERE touched_ms = 0"), 0);
    bench_sound(bench);
    bench_close(bench);
}

/* Its owner's desk tells of it for a week, also after a restart. */
static void what_was_only_checked_is_forgotten_after_a_week(void **state)
{
    struct bench *bench = bench_open(state);

    bring_party(bench);
    assert_true(bench_check(bench, &kind_achievement, many(bench), false));
    reopen(bench);
    assert_true(import_resume(bench->store, &bench->err));
    assert_true(import_sweep(bench->store, clock_ms() + 6 * 86400000LL, &bench->err));
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM staging"), ROWS);
    assert_true(import_sweep(bench->store, clock_ms() + 8 * 86400000LL, &bench->err));
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM job WHERE kind = 'achievement'"), 0);
    bench_sound(bench);
    bench_close(bench);
}

static const char two[] = "成果名称,摘要,单位名称\n耐磨离心泵叶轮," ABSTRACT ",示例理工大学\n闸板阀密封面修复," ABSTRACT
                          ",示例理工大学\n";

static void a_name_taken_meanwhile_holds_up_nobody(void **state)
{
    struct bench *bench = bench_open(state);
    int64_t first;

    bring_party(bench);
    assert_true(bench_check(bench, &kind_achievement, bench_file(bench, "two.csv", two), false));
    first = bench->tally.job;
    bench_bring_text(bench, &kind_achievement, "成果名称,摘要,单位名称\n耐磨 离心泵叶轮," ABSTRACT ",示例理工大学\n");
    assert_true(import_publish(bench->store, first, false, NULL, &bench->tally, &bench->err));
    assert_int_equal(bench->tally.made, 1);
    assert_int_equal(bench->tally.skipped, 1);
    assert_int_equal(achievements(bench), 2);
    bench_sound(bench);
    bench_close(bench);
}

static void a_change_made_meanwhile_stands(void **state)
{
    struct bench *bench = bench_open(state);
    struct record record;
    int64_t first;

    bring_party(bench);
    bench_bring_text(bench, &kind_achievement, two);
    assert_true(bench_check(bench, &kind_achievement,
                            bench_file(bench, "trl.csv", "成果名称,单位名称,TRL\n耐磨离心泵叶轮,示例理工大学,7\n"
                                                         "闸板阀密封面修复,示例理工大学,8\n"), false));
    first = bench->tally.job;
    bench_bring_text(bench, &kind_achievement, "成果名称,单位名称,TRL\n耐磨离心泵叶轮,示例理工大学,3\n");
    assert_true(import_publish(bench->store, first, false, NULL, &bench->tally, &bench->err));
    assert_int_equal(bench->tally.changed, 1);
    assert_int_equal(bench->tally.skipped, 1);
    assert_true(bench_find(bench, &kind_achievement, "耐磨离心泵叶轮", &record));
    assert_string_equal(bench_value(bench, &record, "trl"), "3");
    bench_sound(bench);
    bench_close(bench);
}

static void a_party_made_meanwhile_takes_the_rows(void **state)
{
    struct bench *bench = bench_open(state);
    struct record party, record;
    int64_t first;

    bench->options.make_parties = true;
    snprintf(bench->options.side, sizeof bench->options.side, "university");
    assert_true(bench_check(bench, &kind_achievement, bench_file(bench, "two.csv", two), false));
    first = bench->tally.job;
    bring_party(bench);
    assert_true(bench_find(bench, &kind_party, "示例理工大学", &party));
    assert_true(import_publish(bench->store, first, false, NULL, &bench->tally, &bench->err));
    assert_int_equal(bench->tally.made, 2);
    assert_int_equal(bench->tally.parties, 0);
    assert_true(bench_find(bench, &kind_achievement, "耐磨离心泵叶轮", &record));
    assert_int_equal(record.owner, party.id);
    bench_sound(bench);
    bench_close(bench);
}

static void and_the_people_who_move_to_it(void **state)
{
    struct bench *bench = bench_open(state);
    struct record party, person;
    int64_t first;

    bring_party(bench);
    bench_bring_text(bench, &kind_person, "姓名,身份,所在单位,擅长领域\n示例张三,科研人员,示例理工大学,轴承\n");
    assert_true(bench_find(bench, &kind_person, "示例张三", &person));
    bench->options.make_parties = true;
    snprintf(bench->options.side, sizeof bench->options.side, "enterprise");
    assert_true(bench_check(bench, &kind_person,
                            bench_file(bench, "move.csv", arena_print(&bench->arena, "平台编号,所在单位\n%lld,示例阀业有限公司\n",
                                                                      (long long)person.id)), false));
    first = bench->tally.job;
    bench_bring_text(bench, &kind_party, "单位名称,所属方\n示例阀业有限公司,企业\n");
    assert_true(bench_find(bench, &kind_party, "示例阀业有限公司", &party));
    assert_true(import_publish(bench->store, first, false, NULL, &bench->tally, &bench->err));
    assert_int_equal(bench->tally.changed, 1);
    assert_true(bench_find(bench, &kind_person, "示例张三", &person));
    assert_int_equal(person.owner, party.id);
    assert_int_equal(person.values[kind_field(&kind_person, "party")].number, party.id);
    bench_sound(bench);
    bench_close(bench);
}

static void a_dropped_job_is_not_published(void **state)
{
    struct bench *bench = bench_open(state);

    bring_party(bench);
    assert_true(bench_check(bench, &kind_achievement, bench_file(bench, "two.csv", two), false));
    assert_true(import_drop(bench->store, bench->tally.job, &bench->err));
    assert_false(bench_publish(bench));
    assert_int_equal(achievements(bench), 0);
    bench_bring_text(bench, &kind_achievement, two);
    assert_false(import_drop(bench->store, bench->tally.job, &bench->err));
    assert_int_equal(achievements(bench), 2);
    bench_sound(bench);
    bench_close(bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(cut_off_while_staging_leaves_nothing),
        ON_BOTH(stopped_while_checking_leaves_nothing),
        ON_BOTH(what_was_decided_is_finished),
        ON_BOTH(what_was_decided_comes_first_however_much_is_old),
        ON_BOTH(what_was_only_checked_is_forgotten_after_a_week),
        ON_BOTH(a_name_taken_meanwhile_holds_up_nobody),
        ON_BOTH(a_change_made_meanwhile_stands),
        ON_BOTH(a_party_made_meanwhile_takes_the_rows),
        ON_BOTH(and_the_people_who_move_to_it),
        ON_BOTH(a_dropped_job_is_not_published),
    };

    return run_places(tests);
}
