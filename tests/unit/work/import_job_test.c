/* What became of an import, as its owner is told: also after a restart, until he is done with it. */
#include "import_place.h"

#include "work/import_job.h"

enum { OWNER = -1 /* the program, whose import it is here */, OTHER = 5, MOST = 8 };

#define ABSTRACT "一种用于高含沙河水的离心泵过流部件及其修复工艺，寿命较原来提高一倍以上。"

static const char parties[] = "单位名称,所属方\n示例理工大学,高校\n";
static const char two_bad[] = "成果名称,摘要,单位名称,技术成熟度\n"
                              "耐磨离心泵叶轮," ABSTRACT ",示例理工大学,6\n"
                              "短名," ABSTRACT ",示例理工大学,6\n"
                              "闸板阀密封面修复," ABSTRACT ",示例理工大学,12\n";

static size_t jobs(struct bench *bench, int64_t account, struct import_job *list)
{
    struct sql *sql;
    size_t count;

    assert_true(store_read(bench->store, &sql, &bench->err));
    if (!import_job_list(sql, account, &bench->arena, list, MOST, &count, &bench->err))
        fail_msg("%s", bench->err.message);
    store_read_end(bench->store, sql);
    return count;
}

static bool job(struct bench *bench, int64_t id, int64_t account, struct import_job *out)
{
    struct sql *sql;
    bool ok;

    assert_true(store_read(bench->store, &sql, &bench->err));
    ok = import_job_get(sql, id, account, &bench->arena, out, &bench->err);
    store_read_end(bench->store, sql);
    return ok;
}

static size_t faults(struct bench *bench, int64_t id, struct import_fault *list)
{
    struct sql *sql;
    size_t count;

    assert_true(store_read(bench->store, &sql, &bench->err));
    if (!import_job_bad(sql, id, &bench->arena, list, MOST, &count, &bench->err))
        fail_msg("%s", bench->err.message);
    store_read_end(bench->store, sql);
    return count;
}

static void settle(struct bench *bench, int64_t id, int64_t account)
{
    struct import_settling settling = {id, account};

    assert_int_equal(store_write(bench->store, "", import_job_settle, &settling, &bench->err), STORE_DONE);
}

static void one_that_waits_is_told_until_it_is_thrown_away(void **state)
{
    struct bench *bench = bench_open(state);
    struct import_job list[MOST];

    bench_bring_text(bench, &kind_party, parties);
    assert_true(bench_check(bench, &kind_achievement, bench_file(bench, "a.csv", two_bad), false));
    assert_int_equal(jobs(bench, OWNER, list), 2); /* newest first */
    assert_int_equal(list[0].state, JOB_CHECKED);
    assert_int_equal(list[0].id, bench->tally.job);
    assert_int_equal(list[0].tally.good, 1);
    assert_int_equal(list[0].bad_left, 2);
    assert_int_equal(list[0].decided_ms, 0);
    assert_ptr_equal(list[0].kind, &kind_achievement);
    assert_int_equal(list[1].state, JOB_DONE);
    assert_int_equal(list[1].bad_left, 0);
    assert_int_equal(jobs(bench, OTHER, list), 0);
    assert_false(job(bench, bench->tally.job, OTHER, list));
    assert_int_equal(bench->err.code, ERR_MISSING);
    settle(bench, bench->tally.job, OTHER); /* not his to throw away */
    assert_true(job(bench, bench->tally.job, OWNER, list));
    settle(bench, bench->tally.job, OWNER);
    assert_false(job(bench, bench->tally.job, OWNER, list));
    assert_int_equal(jobs(bench, OWNER, list), 1);
    assert_true(bench_count(bench, "SELECT count(*) FROM staging") > 0);
    assert_true(import_resume(bench->store, &bench->err)); /* what it left is swept at the next start */
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM staging"), 0);
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM job WHERE state = 'dropped'"), 0);
    bench_sound(bench);
    bench_close(bench);
}

static void bad_rows_are_told_until_they_are_dealt_with(void **state)
{
    struct bench *bench = bench_open(state);
    struct import_job list[MOST];
    struct import_fault found[MOST];
    int64_t id;

    bench_bring_text(bench, &kind_party, parties);
    bench->options.good_only = true;
    bench_bring_text(bench, &kind_achievement, two_bad);
    id = bench->tally.job;
    assert_true(job(bench, id, OWNER, list));
    assert_int_equal(list->state, JOB_DONE);
    assert_int_equal(list->bad_left, 2);
    assert_int_equal(list->tally.made, 1);
    assert_true(list->decided_ms > 0);
    assert_int_equal(faults(bench, id, found), 2);
    assert_int_equal(found[0].line, 3);
    assert_true(slice_is(found[0].column, "成果名称"));
    assert_true(slice_is(found[0].value, "短名"));
    assert_true(slice_is(found[1].hint, "填 1 到 9 的整数"));
    settle(bench, id, OTHER);
    assert_int_equal(faults(bench, id, found), 2);
    settle(bench, id, OWNER);
    assert_int_equal(faults(bench, id, found), 0);
    assert_true(job(bench, id, OWNER, list));
    assert_int_equal(list->bad_left, 0);
    assert_int_equal(list->tally.bad, 2); /* how many there were is told still */
    bench_sound(bench);
    bench_close(bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(one_that_waits_is_told_until_it_is_thrown_away),
        ON_BOTH(bad_rows_are_told_until_they_are_dealt_with),
    };

    return run_places(tests);
}
