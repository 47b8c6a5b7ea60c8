/* Taking records out: only what the actor may see, and back in without a change. argv[1]: the path of tieqiao-read. */
#include "import_place.h"

#include <unistd.h>

#include "work/export.h"

/* Our example city, whose records fill every kind of field. */
static void bring_example(struct bench *bench)
{
    static const struct {
        const char *file;
        const struct kind *kind;
    } files[] = {
        {"parties_demand", &kind_party},   {"parties_service", &kind_party}, {"parties_supply", &kind_party},
        {"people_research", &kind_person}, {"people_service", &kind_person}, {"achievements", &kind_achievement},
        {"needs", &kind_need},             {"policies", &kind_policy},       {"scenarios", &kind_scenario},
        {"services", &kind_service},
    };

    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        bench_bring(bench, files[i].kind, arena_print(&bench->arena, "%s/%s.jsonl", TQ_EXAMPLE, files[i].file));
}

static int64_t take_out(struct bench *bench, struct export_request *request, const char *path)
{
    int64_t records = 0;

    request->path = path;
    request->actor = &bench->actor;
    assert_true(export_form(path, &request->form));
    if (!export_write(bench->store, request, &records, &bench->err))
        fail_msg("%s: %s", path, bench->err.message);
    return records;
}

static void goes_round(struct bench *bench, const struct kind *kind, const char *name)
{
    struct export_request request = {.kind = kind};
    char *path = bench_path(bench, name);
    int64_t leaves = bench_count(bench, "SELECT count(*) FROM ledger"), records = take_out(bench, &request, path);

    assert_true(records > 20);
    bench_bring(bench, kind, path);
    if (bench->tally.same != records)
        fail_msg("%s %s: %lld of %lld are the same", kind->name, name, (long long)bench->tally.same, (long long)records);
    assert_int_equal(bench_count(bench, "SELECT count(*) FROM ledger"), leaves);
    unlink(path);
}

static void importing_an_export_changes_nothing(void **state)
{
    struct bench *bench = bench_open(state);

    bring_example(bench);
    for (size_t i = 0; i < KIND_COUNT; i++) {
        goes_round(bench, kind_get((enum kind_id)i), "out.csv");
        goes_round(bench, kind_get((enum kind_id)i), "out.xlsx");
        goes_round(bench, kind_get((enum kind_id)i), "out.jsonl");
    }
    bench_sound(bench);
    bench_close(bench);
}

static const char example[] =
    "单位名称,所属方,所在地\n示例石化有限公司,企业,620104\n示例泵业有限公司,企业,620102\n示例理工大学,高校,620103\n";

#define NOW "离心泵轴承三个月就磨坏，停产检修一次要两天，备件还得从外地调。"

static void bring_needs(struct bench *bench)
{
    bench_bring_text(bench, &kind_party, example);
    bench_bring_text(bench, &kind_need,
                     "需求名称,现状,单位名称,隐去单位名称,对外称呼,保密细节,联系人,所在地\n"
                     "离心泵轴承寿命翻番," NOW ",示例石化有限公司,是,某石化企业,内部代号甲,赵某,620104\n"
                     "输油管线在线测厚," NOW ",示例泵业有限公司,否,,内部代号乙,钱某,620102\n");
}

static void acts_as(struct bench *bench, enum role role, const char *party, int64_t division)
{
    struct record record;

    bench->actor = (struct actor){.account = 9, .grant_count = 1};
    bench->actor.grants[0] = (struct role_grant){.role = role, .scope_kind = division ? SCOPE_DIVISION : SCOPE_ALL,
                                                 .scope = division};
    if (!party)
        return;
    assert_true(bench_find(bench, &kind_party, party, &record));
    bench->actor.party = record.id;
}

static char *text_of(struct bench *bench, const char *path)
{
    char *text = arena_zero(&bench->arena, 1, 65536);
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    assert_true(fread(text, 1, 65535, file) > 0);
    fclose(file);
    return text;
}

static void only_what_the_actor_may_see(void **state)
{
    struct bench *bench = bench_open(state);
    struct export_request request = {.kind = &kind_need};
    char *path = bench_path(bench, "needs.csv"), *text;
    int64_t ignored;

    bring_needs(bench);
    acts_as(bench, ROLE_CITY_OFFICER, NULL, 0);
    assert_int_equal(take_out(bench, &request, path), 2);
    text = text_of(bench, path);
    assert_non_null(strstr(text, "某石化企业"));
    assert_non_null(strstr(text, "示例泵业有限公司"));
    assert_null(strstr(text, "示例石化有限公司"));
    assert_null(strstr(text, "内部代号"));
    assert_null(strstr(text, "赵某"));
    bench_bring(bench, &kind_need, path);
    assert_int_equal(bench->tally.same, 2);

    acts_as(bench, ROLE_COUNTY_OFFICER, NULL, 620102);
    assert_int_equal(take_out(bench, &request, path), 1);
    assert_non_null(strstr(text_of(bench, path), "输油管线"));

    acts_as(bench, ROLE_MEMBER, "示例石化有限公司", 0);
    request.own = true;
    assert_int_equal(take_out(bench, &request, path), 1);
    text = text_of(bench, path);
    assert_non_null(strstr(text, "示例石化有限公司"));
    assert_non_null(strstr(text, "内部代号甲"));

    acts_as(bench, ROLE_RESEARCHER, "示例理工大学", 0);
    assert_false(export_write(bench->store, &request, &ignored, &bench->err));
    assert_int_equal(bench->err.code, ERR_DENIED);
    bench_close(bench);
}

static void narrowed_by_facets(void **state)
{
    struct bench *bench = bench_open(state);
    struct export_request request = {.kind = &kind_need, .filters = {{"region", {"620104", 6}}}, .filter_count = 1};
    char *path = bench_path(bench, "needs.jsonl");

    bring_needs(bench);
    assert_int_equal(take_out(bench, &request, path), 1);
    assert_non_null(strstr(text_of(bench, path), "离心泵轴承"));
    bench_close(bench);
}

static void a_title_changed_in_the_sheet_renames(void **state)
{
    struct bench *bench = bench_open(state);
    struct export_request request = {.kind = &kind_need};
    char *path = bench_path(bench, "needs.jsonl"), *text, *at;
    struct record before, after;

    bring_needs(bench);
    assert_true(bench_find(bench, &kind_need, "输油管线在线测厚", &before));
    take_out(bench, &request, path);
    text = text_of(bench, path);
    at = strstr(text, "在线测厚");
    assert_non_null(at);
    memcpy(at, "不停测厚", strlen("不停测厚"));
    bench_bring(bench, &kind_need, bench_file(bench, "renamed.jsonl", text));
    assert_int_equal(bench->tally.changed, 1);
    assert_true(bench_find(bench, &kind_need, "输油管线不停测厚", &after));
    assert_int_equal(after.id, before.id);
    bench_close(bench);
}

static void formulas_are_text(void **state)
{
    struct bench *bench = bench_open(state);
    struct export_request request = {.kind = &kind_party};
    char *path = bench_path(bench, "parties.csv");

    bench_bring_text(bench, &kind_party, "单位名称,所属方,简介\n示例公式有限公司,企业,\"=HYPERLINK(\"\"http://x\"\",\"\"点\"\")\"\n");
    take_out(bench, &request, path);
    assert_non_null(strstr(text_of(bench, path), "'=HYPERLINK"));
    bench_bring(bench, &kind_party, path);
    assert_int_equal(bench->tally.same, 1);
    bench_close(bench);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(importing_an_export_changes_nothing),
        ON_BOTH(only_what_the_actor_may_see),
        ON_BOTH(narrowed_by_facets),
        ON_BOTH(a_title_changed_in_the_sheet_renames),
        ON_BOTH(formulas_are_text),
    };

    table_reader(argc > 1 ? argv[1] : NULL);
    return run_places(tests);
}
