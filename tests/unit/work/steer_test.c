/* Tasks between departments, plans and their targets, joint meetings, reforms: who may, what stays, and what may not happen on the way. */
#include "deal_town.h"

#include "work/inbox.h"
#include "work/notify.h"
#include "work/plan_tree.h"
#include "work/steer.h"

struct hall {
    struct campus campus;
    int64_t bureau, agency, district, works;
    struct actor chief, agent, helper, firm, officer, county, secretary, auditor;
    int64_t task;
    struct matter_order order;
};

static struct actor person(struct hall *hall, const char *login, int64_t party, enum role role, int64_t division)
{
    struct campus *campus = &hall->campus;
    int64_t account = town_account(&campus->town, login, party, town_password);
    struct actor actor;

    town_grant(&campus->town, account, role, division ? SCOPE_DIVISION : SCOPE_ALL, division);
    town_actor(&campus->town, account, &actor);
    return actor;
}

static int64_t party(struct hall *hall, const char *name, const char *side, const char *region)
{
    const char *const fields[] = {"name", name, "side", side, "region", region, NULL};

    return campus_record(&hall->campus, &kind_party, 0, fields);
}

static void hall_open(struct hall *hall, void **state)
{
    campus_open(&hall->campus, state, "620102", "");
    hall->bureau = party(hall, "示例市科学技术局", "government", "620100");
    hall->agency = party(hall, "示例市技术市场管理中心", "government", "620100");
    hall->district = party(hall, "示例城关区科技局", "government", "620102");
    hall->works = party(hall, "示例甲机械厂", "enterprise", "620102");
    hall->chief = person(hall, "chief", hall->bureau, ROLE_MEMBER, 0);
    hall->agent = person(hall, "agent", hall->agency, ROLE_MEMBER, 0);
    hall->helper = person(hall, "helper", hall->district, ROLE_MEMBER, 0);
    hall->firm = person(hall, "firm", hall->works, ROLE_MEMBER, 0);
    hall->officer = person(hall, "officer", 0, ROLE_CITY_OFFICER, 620100);
    hall->county = person(hall, "county", 0, ROLE_COUNTY_OFFICER, 620102);
    hall->secretary = person(hall, "secretary", 0, ROLE_SECRETARY, 0);
    hall->auditor = person(hall, "auditor", 0, ROLE_AUDITOR, 0);
}

/* typed: name, text, …, NULL. The version is the newest. */
static bool step(struct hall *hall, const struct actor *actor, const struct matter_sort *sort, int64_t id, const char *name, const char *const *typed)
{
    struct campus *campus = &hall->campus;
    const struct matter_step *of = matter_step_find(sort, slice_of(name));
    const char *query = arena_print(&campus->arena, "SELECT coalesce(max(ver), 0) FROM %s WHERE id = %lld", sort->kind->name, (long long)id);
    char request[24];

    assert_non_null(of);
    matter_order_init(&hall->order, &campus->law, actor, sort, of, town_request(&campus->town, request));
    hall->order.time_ms = campus_ms(campus);
    hall->order.id = id;
    hall->order.ver = town_number(&campus->town, query);
    hall->order.arena = &campus->arena;
    for (size_t i = 0; typed && typed[i]; i += 2) {
        int field = kind_field(matter_step_kind(sort, of), typed[i]);

        if (field < 0)
            fail_msg("%s has no field %s", name, typed[i]);
        hall->order.typed[field] = slice_of(typed[i + 1]);
    }
    err_clear(&campus->err);
    return store_write(campus->town.store, hall->order.request_id, matter_step_run, &hall->order, &campus->err) == STORE_DONE;
}

#define IS(...) step_done(hall, step(hall, __VA_ARGS__), __LINE__)
#define IS_NOT(says, ...) not_done(hall, step(hall, __VA_ARGS__), says, __LINE__)
#define TYPED(...) ((const char *const[]){__VA_ARGS__, NULL})
#define TASK(actor, ...) actor, &sort_task, hall->task, __VA_ARGS__

static void step_done(struct hall *hall, bool done, int line)
{
    if (!done)
        fail_msg("line %d: %s", line, hall->campus.err.message);
}

static void not_done(struct hall *hall, bool done, const char *says, int line)
{
    if (done || !strstr(hall->campus.err.message, says))
        fail_msg("line %d: %s, said: %s", line, done ? "done" : "refused otherwise", hall->campus.err.message);
}

static const char *number(struct hall *hall, int64_t value)
{
    return arena_print(&hall->campus.arena, "%lld", (long long)value);
}

/* The task, with its entries, as the auditor reads it. */
static struct matter_file look(struct hall *hall, const struct matter_sort *sort, int64_t id)
{
    struct campus *campus = &hall->campus;
    struct sql *sql = town_look(&campus->town);
    struct matter_file file;

    if (!matter_load(sql, sort, id, &hall->auditor, campus->today, &campus->arena, &file, &campus->err))
        fail_msg("%s", campus->err.message);
    store_read_end(campus->town.store, sql);
    return file;
}

static enum matter_sight sight(struct hall *hall, const struct actor *actor, const struct matter_sort *sort, int64_t id)
{
    struct campus *campus = &hall->campus;
    struct sql *sql = town_look(&campus->town);
    struct matter_file file;
    bool there = matter_load(sql, sort, id, actor, campus->today, &campus->arena, &file, &campus->err);

    store_read_end(campus->town.store, sql);
    return there ? file.sight : SIGHT_NONE;
}

static void stands(struct hall *hall, const struct matter_sort *sort, int64_t id, const char *state, const char *due)
{
    struct matter_file file = look(hall, sort, id);

    assert_string_equal(arena_text(&hall->campus.arena, matter_text(&file.matter, MATTER_STATE)), state);
    assert_string_equal(arena_text(&hall->campus.arena, matter_text(&file.matter, MATTER_DUE)), due);
}

static const char *said(struct hall *hall, const struct record *record, size_t field)
{
    return arena_text(&hall->campus.arena, matter_text(record, field));
}

#define WHAT "what", "理清认定登记超期的七件", "deliver", "七件各有结论，附登记编号。", "unit", "示例市技术市场管理中心"
#define NAMED "handler", "示例王五", "phone", "0931-7654321"

/* 2 March 2026 is a Monday; the week for an objection ends on Monday the 9th. */
static void assigned(struct hall *hall)
{
    IS(&hall->officer, &sort_task, 0, "assign",
       TYPED("assigner", "示例市科学技术局", WHAT, "by_day", "2026-04-10", "level", "urgent", "money", "10万元", "program", "示例科技专项", "indicator", "contract_money", "goal",
             "登记额 5 亿元"));
    hall->task = hall->order.done_id;
    stands(hall, &sort_task, hall->task, "assigned", "2026-03-09");
}

static void accepted(struct hall *hall)
{
    assigned(hall);
    IS(TASK(&hall->agent, "accept", TYPED(NAMED)));
    stands(hall, &sort_task, hall->task, "running", "2026-04-10");
}

static void who_assigns_and_to_whom(void **state)
{
    struct hall opened, *hall = &opened;

    hall_open(hall, state);
    IS_NOT("要在今天之后", &hall->officer, &sort_task, 0, "assign", TYPED("assigner", "示例市科学技术局", WHAT, "by_day", "2026-03-02", "level", "ordinary"));
    IS_NOT("没有写明单位", &hall->officer, &sort_task, 0, "assign", TYPED(WHAT, "by_day", "2026-04-10", "level", "ordinary"));
    IS_NOT("不能是同一个", &hall->agent, &sort_task, 0, "assign", TYPED(WHAT, "by_day", "2026-04-10", "level", "ordinary"));
    IS_NOT("由哪位领导领衔", &hall->officer, &sort_task, 0, "assign", TYPED("assigner", "示例市科学技术局", WHAT, "by_day", "2026-04-10", "level", "key"));
    IS_NOT("是哪个专项", &hall->officer, &sort_task, 0, "assign",
           TYPED("assigner", "示例市科学技术局", WHAT, "by_day", "2026-04-10", "level", "ordinary", "money", "10万元"));
    IS_NOT("没有说明任务从哪里来", &hall->officer, &sort_task, 0, "assign",
           TYPED("about_kind", "account", "about", "1", "assigner", "示例市科学技术局", WHAT, "by_day", "2026-04-10", "level", "ordinary"));
    IS_NOT("没有这条行动", &hall->officer, &sort_task, 0, "assign",
           TYPED("about_kind", "action", "about", "77", "assigner", "示例市科学技术局", WHAT, "by_day", "2026-04-10", "level", "ordinary"));
    /* the city's is not a district's to assign, nor is a department another's */
    IS_NOT("由兰州市的工作人员决定", &hall->county, &sort_task, 0, "assign", TYPED("assigner", "示例市科学技术局", WHAT, "by_day", "2026-04-10", "level", "ordinary"));
    IS_NOT("要是政府部门", &hall->firm, &sort_task, 0, "assign", TYPED(WHAT, "by_day", "2026-04-10", "level", "ordinary"));
    IS_NOT("要是政府部门", &hall->firm, &sort_action, 0, "set_up", TYPED("sort", "plan", "name", "示例厂的计划", "source", "示例"));
    IS_NOT("工作人员决定", &hall->firm, &sort_task, 0, "assign", TYPED("assigner", "示例市科学技术局", WHAT, "by_day", "2026-04-10", "level", "ordinary"));
    IS(&hall->county, &sort_task, 0, "assign", TYPED("assigner", "示例城关区科技局", WHAT, "by_day", "2026-04-10", "level", "ordinary"));
    IS(&hall->chief, &sort_task, 0, "assign", TYPED(WHAT, "by_day", "2026-04-10", "level", "ordinary"));
    IS(&hall->secretary, &sort_task, 0, "assign", TYPED("assigner", "示例市科学技术局", WHAT, "by_day", "2026-04-10", "level", "key", "leader", "示例副市长 张某"));
    hall->task = hall->order.done_id;
    assert_int_equal(sight(hall, &hall->agent, &sort_task, hall->task), SIGHT_ALL);
    assert_int_equal(sight(hall, &hall->firm, &sort_task, hall->task), SIGHT_NONE);
    assert_int_equal(sight(hall, &hall->helper, &sort_task, hall->task), SIGHT_NONE);
    assert_int_equal(sight(hall, &hall->county, &sort_task, hall->task), SIGHT_NONE);
    hall->campus.today = campus_date(2026, 4, 27); /* the week ends on a holiday, 4 May: it ends with the next working day */
    IS(&hall->chief, &sort_task, 0, "assign", TYPED(WHAT, "by_day", "2026-06-10", "level", "ordinary"));
    stands(hall, &sort_task, hall->order.done_id, "assigned", "2026-05-06");
    campus_close(&hall->campus);
}

static void an_objection_comes_within_a_week_and_is_ruled_on(void **state)
{
    struct hall opened, *hall = &opened;
    struct matter_file file;

    hall_open(hall, state);
    assigned(hall);
    IS_NOT("由承办单位来办", TASK(&hall->officer, "object", TYPED("why", "不是我们管的事。")));
    IS_NOT("就是本单位", TASK(&hall->agent, "object", TYPED("why", "不是我们管的事。", "suggest", "示例市技术市场管理中心")));
    hall->campus.today += 7;
    IS(TASK(&hall->agent, "object", TYPED("why", "城关区的件由城关区办。", "suggest", "示例城关区科技局")));
    stands(hall, &sort_task, hall->task, "objected", "2026-03-16");
    IS_NOT("由交办单位来办", TASK(&hall->agent, "move", TYPED("unit", "示例城关区科技局", "why", "转给他们办")));
    IS(TASK(&hall->chief, "uphold", TYPED("words", "认定登记是贵中心的职责。")));
    stands(hall, &sort_task, hall->task, "assigned", "2026-03-16");
    IS_NOT("已经裁定过", TASK(&hall->agent, "object", TYPED("why", "还是不是我们管的事。")));
    IS_NOT("现在就是这个单位", TASK(&hall->chief, "move", TYPED("unit", "示例市技术市场管理中心", "why", "再派一次")));
    IS_NOT("不能是同一个", TASK(&hall->chief, "move", TYPED("unit", "示例市科学技术局", "why", "由本局自己办")));
    IS(TASK(&hall->chief, "move", TYPED("unit", "示例城关区科技局", "why", "件都在城关区。")));
    assert_int_equal(sight(hall, &hall->helper, &sort_task, hall->task), SIGHT_ALL);
    file = look(hall, &sort_task, hall->task);
    assert_int_equal(file.counts[4], 1);
    assert_string_equal(said(hall, &file.entries[4][0], REFUSED_VERDICT), "kept");
    assert_int_equal(matter_number(&file.entries[4][0], REFUSED_UNIT), hall->agency);
    assert_int_equal(matter_number(&file.entries[5][0], TRANSFER_FROM), hall->agency);
    campus_close(&hall->campus);
}

/* Moved while an objection waits: the ruling is that it was moved. */
static void a_unit_that_refuses_stays_in_the_record(void **state)
{
    struct hall opened, *hall = &opened;
    struct matter_file file;

    hall_open(hall, state);
    assigned(hall);
    IS(TASK(&hall->agent, "object", TYPED("why", "城关区的件由城关区办。")));
    IS(TASK(&hall->secretary, "move", TYPED("unit", "示例城关区科技局", "why", "同意，改由城关区办。")));
    file = look(hall, &sort_task, hall->task);
    assert_string_equal(said(hall, &file.entries[4][0], REFUSED_VERDICT), "moved");
    assert_string_equal(said(hall, &file.entries[4][0], REFUSED_WORDS), "同意，改由城关区办。");
    assert_int_equal(sight(hall, &hall->agent, &sort_task, hall->task), SIGHT_NONE);
    hall->campus.today += 8;
    IS_NOT("1 周内", TASK(&hall->helper, "object", TYPED("why", "太晚提的异议。")));
    IS(TASK(&hall->helper, "accept", TYPED(NAMED)));
    campus_close(&hall->campus);
}

/* Another role for the same account: he leads, and belongs to the unit that is to do it. */
static void also(struct hall *hall, struct actor *actor, enum role role)
{
    town_grant(&hall->campus.town, actor->account, role, SCOPE_ALL, 0);
    town_actor(&hall->campus.town, actor->account, actor);
}

static void a_unit_never_rules_on_its_own_task(void **state)
{
    struct hall opened, *hall = &opened;
    struct actor leads[2];

    hall_open(hall, state);
    leads[0] = person(hall, "both", hall->agency, ROLE_MEMBER, 0);
    also(hall, &leads[0], ROLE_SECRETARY);
    leads[1] = person(hall, "sits", hall->agency, ROLE_SECRETARY, 0); /* of the unit, though he does not act for it */
    for (size_t i = 0; i < 2; i++) {
        const struct actor *own = &leads[i];

        assigned(hall);
        IS_NOT("自己的任务", TASK(own, "move", TYPED("unit", "示例城关区科技局", "why", "转给他们办")));
        IS_NOT("自己的任务", TASK(own, "raise", TYPED("level", "ordinary")));
        IS(TASK(&hall->agent, "object", TYPED("why", "不是我们管的事。")));
        IS_NOT("自己的任务", TASK(own, "uphold", TYPED("words", "自己裁定")));
        IS(TASK(&hall->secretary, "uphold", TYPED("words", "是贵中心的职责。")));
        IS(TASK(&hall->agent, "accept", TYPED(NAMED)));
        IS(TASK(&hall->agent, "ask_longer", TYPED("until_day", "2026-05-10", "why", "专家排不开。")));
        IS_NOT("自己的任务", TASK(own, "longer", TYPED("words", "自己同意")));
        IS_NOT("自己的任务", TASK(own, "not_longer", TYPED("words", "自己不同意")));
        IS_NOT("自己的任务", TASK(own, "urge", TYPED("who", "示例秘书", "why", "自己督办自己")));
        IS_NOT("自己的任务", TASK(own, "drop", TYPED("drop_why", "自己不办了")));
        IS(TASK(&hall->agent, "report", TYPED("done", "七件都有结论。", "evidence", "登记编号清单〔2026〕示例 1 号")));
        IS_NOT("自己的任务", TASK(own, "close", TYPED("words", "自己核的")));
        IS_NOT("自己的任务", TASK(own, "return", TYPED("words", "自己退的")));
        IS(TASK(&hall->secretary, "close", TYPED("words", "逐件查了登记编号。")));
    }
    campus_close(&hall->campus);
}

/* Whoever gets it after its day gets another day, and the one that stood is kept. */
static void who_gets_it_late_gets_a_day_that_can_be_kept(void **state)
{
    struct hall opened, *hall = &opened;
    struct matter_file file;

    hall_open(hall, state);
    accepted(hall);
    hall->campus.today = campus_date(2026, 4, 10);
    IS_NOT("要写新的办结期限", TASK(&hall->chief, "move", TYPED("unit", "示例城关区科技局", "why", "件都在城关区。")));
    IS_NOT("要在今天之后", TASK(&hall->chief, "move", TYPED("unit", "示例城关区科技局", "why", "件都在城关区。", "by_day", "2026-04-10")));
    IS(TASK(&hall->chief, "move", TYPED("unit", "示例城关区科技局", "why", "件都在城关区。", "by_day", "2026-04-30")));
    IS(TASK(&hall->helper, "object", TYPED("why", "两件不在本区。")));
    hall->campus.today = campus_date(2026, 5, 11);
    IS_NOT("要写新的办结期限", TASK(&hall->chief, "uphold", TYPED("words", "五件在本区。")));
    IS(TASK(&hall->chief, "uphold", TYPED("words", "五件在本区。", "by_day", "2026-06-30")));
    IS(TASK(&hall->helper, "accept", TYPED(NAMED)));
    stands(hall, &sort_task, hall->task, "running", "2026-06-30");
    file = look(hall, &sort_task, hall->task);
    assert_string_equal(said(hall, &file.matter, TASK_BY), "2026-06-30");
    assert_string_equal(said(hall, &file.entries[5][0], TRANSFER_FROM_DAY), "2026-04-10");
    assert_string_equal(said(hall, &file.entries[4][0], REFUSED_FROM), "2026-04-30");
    IS(TASK(&hall->helper, "ask_longer", TYPED("until_day", "2026-07-10", "why", "专家排不开。")));
    hall->campus.today = campus_date(2026, 7, 13);
    IS_NOT("已经过了", TASK(&hall->chief, "longer", TYPED("words", "同意，太晚了")));
    IS(TASK(&hall->chief, "not_longer", TYPED("words", "那一天已经过了")));
    campus_close(&hall->campus);
}

/* The list of what is watched: for a unit along its own, however many others there are. */
static void what_is_watched_is_read_by_whose_it_is(void **state)
{
    struct hall opened, *hall = &opened;
    struct campus *campus;
    struct record *list;
    struct sql *sql;
    size_t count;

    hall_open(hall, state);
    campus = &hall->campus;
    for (const char *const *unit = (const char *const[]){"示例甲机械厂", "示例甲机械厂", "示例城关区科技局", NULL}; *unit; unit++)
        IS(&hall->secretary, &sort_task, 0, "assign",
           TYPED("assigner", "示例市科学技术局", "what", "理清认定登记超期的七件", "deliver", "七件各有结论。", "unit", *unit, "by_day",
                 unit[1] ? "2026-04-10" : "2026-04-20", "level", "key", "leader", "示例副市长 张某"));
    hall->task = hall->order.done_id;
    IS(&hall->chief, &sort_task_part, 0, "ask", TYPED("task", number(hall, hall->task), "party", "示例市技术市场管理中心", "ask", "报两件的情况。", "by_day", "2026-03-20"));
    sql = town_look(&campus->town);
    for (const struct actor *const *who = (const struct actor *const[]){&hall->helper, &hall->agent, NULL}; *who; who++) {
        assert_true(tasks_watched(sql, *who, 2, &campus->arena, &list, &count, &campus->err));
        assert_int_equal(count, 1);
        assert_int_equal(list[0].id, hall->task);
    }
    assert_true(tasks_watched(sql, &hall->chief, 9, &campus->arena, &list, &count, &campus->err));
    assert_int_equal(count, 3);
    assert_true(tasks_watched(sql, &hall->secretary, 2, &campus->arena, &list, &count, &campus->err));
    assert_int_equal(count, 2);
    assert_true(tasks_watched(sql, &campus->clerk, 9, &campus->arena, &list, &count, &campus->err));
    assert_int_equal(count, 0);
    store_read_end(campus->town.store, sql);
    campus_close(campus);
}

static void money_is_never_reported_above_what_was_given(void **state)
{
    struct hall opened, *hall = &opened;
    struct matter_file file;

    hall_open(hall, state);
    accepted(hall);
    IS(TASK(&hall->agent, "progress", TYPED("percent", "40", "done", "三件补正完了。", "spent", "6万元")));
    IS_NOT("还剩 4 万元", TASK(&hall->agent, "progress", TYPED("percent", "60", "done", "五件补正完了。", "spent", "40000.01")));
    IS(TASK(&hall->agent, "progress", TYPED("percent", "60", "done", "五件补正完了。", "spent", "4万元")));
    IS_NOT("写明卡在哪里", TASK(&hall->agent, "progress", TYPED("percent", "50", "done", "一件退回来了。")));
    IS(TASK(&hall->agent, "progress", TYPED("percent", "50", "done", "一件退回来了。", "stuck", "等专家审核")));
    file = look(hall, &sort_task, hall->task);
    assert_int_equal(matter_number(&file.matter, TASK_SPENT), 10000000);
    assert_int_equal(matter_number(&file.matter, TASK_PERCENT), 50);
    assert_int_equal(file.counts[0], 3);
    IS(&hall->chief, &sort_task, 0, "assign", TYPED(WHAT, "by_day", "2026-04-10", "level", "ordinary"));
    hall->task = hall->order.done_id;
    IS(TASK(&hall->agent, "accept", TYPED(NAMED)));
    IS_NOT("没有财政资金", TASK(&hall->agent, "progress", TYPED("percent", "10", "done", "开始办了。", "spent", "1元")));
    campus_close(&hall->campus);
}

static void told(struct hall *hall)
{
    struct campus *campus = &hall->campus;
    size_t count;
    bool more = true;

    while (more)
        if (!matter_tick(campus->town.store, campus_ms(campus), 50, &count, &more, &campus->err))
            fail_msg("%s", campus->err.message);
    more = true;
    while (more)
        if (!notify_follow(campus->town.store, &campus->law, &count, &more, &campus->err))
            fail_msg("%s", campus->err.message);
}

static const char *newest(struct hall *hall, const struct actor *actor, size_t *count)
{
    struct campus *campus = &hall->campus;
    struct sql *sql = town_look(&campus->town);
    struct message list[40];

    assert_true(inbox_list(sql, actor->account, 0, &campus->arena, list, 40, count, &campus->err));
    store_read_end(campus->town.store, sql);
    return *count ? arena_text(&campus->arena, message_say(&list[0], false, &campus->arena)) : "";
}

static void an_urging_reaches_the_unit_and_its_own_day_is_told_once(void **state)
{
    struct hall opened, *hall = &opened;
    struct matter_file file;
    size_t count, after;

    hall_open(hall, state);
    accepted(hall);
    IS_NOT("由交办单位来办", TASK(&hall->agent, "urge", TYPED("who", "示例科长", "why", "自己督办自己")));
    IS_NOT("要在今天之后", TASK(&hall->officer, "urge", TYPED("who", "示例科长 李某", "why", "两周没有进展。", "by_day", "2026-03-02")));
    IS(TASK(&hall->officer, "urge", TYPED("who", "示例科长 李某", "why", "两周没有进展。")));
    stands(hall, &sort_task, hall->task, "urged", "2026-03-05");
    told(hall);
    assert_string_equal(newest(hall, &hall->agent, &count), "轮到您：协同任务 · 被督办，待答复");
    IS(TASK(&hall->agent, "progress", TYPED("percent", "20", "done", "还在办。")));
    stands(hall, &sort_task, hall->task, "urged", "2026-03-05");
    IS(TASK(&hall->agent, "answer", TYPED("answer", "本周补正完，下周出结论。")));
    stands(hall, &sort_task, hall->task, "running", "2026-04-10");
    hall->campus.today = campus_date(2026, 4, 11);
    told(hall);
    assert_string_equal(newest(hall, &hall->agent, &count), "协同任务 · 办理中，已过应办的日期");
    IS(TASK(&hall->officer, "urge", TYPED("who", "示例科长 李某", "why", "已经超期。")));
    IS(TASK(&hall->agent, "report", TYPED("done", "七件都有结论。", "evidence", "登记编号清单〔2026〕示例 1 号")));
    IS(TASK(&hall->officer, "return", TYPED("words", "差两件的登记编号。")));
    told(hall);
    newest(hall, &hall->agent, &count);
    told(hall);
    newest(hall, &hall->agent, &after);
    assert_int_equal(after, count);
    assert_int_equal(town_number(&hall->campus.town, "SELECT count(*) FROM ledger WHERE action = 'task.late'"), 1);
    file = look(hall, &sort_task, hall->task);
    assert_string_equal(said(hall, &file.entries[2][1], URGING_ANSWER), "七件都有结论。"); /* the report answers it */
    campus_close(&hall->campus);
}

/* Its own day passes while it waits for the answer to an urging: that is told when its own day stands again, and once. */
static void a_day_that_passes_while_it_is_urged_is_told_all_the_same(void **state)
{
    struct hall opened, *hall = &opened;
    static const char lates[] = "SELECT count(*) FROM ledger WHERE action = 'task.late'";

    hall_open(hall, state);
    accepted(hall);
    hall->campus.today = campus_date(2026, 4, 10);
    IS(TASK(&hall->officer, "urge", TYPED("who", "示例科长 李某", "why", "今天到期。")));
    hall->campus.today = campus_date(2026, 4, 13);
    told(hall);
    assert_int_equal(town_number(&hall->campus.town, lates), 0);
    IS(TASK(&hall->agent, "answer", TYPED("answer", "本周办完。")));
    told(hall);
    told(hall);
    assert_int_equal(town_number(&hall->campus.town, lates), 1);
    IS(TASK(&hall->officer, "urge", TYPED("who", "示例科长 李某", "why", "还没有办完。")));
    IS(TASK(&hall->agent, "answer", TYPED("answer", "明天办完。")));
    told(hall);
    assert_int_equal(town_number(&hall->campus.town, lates), 1);
    campus_close(&hall->campus);
}

static void longer_is_asked_with_reasons_before_the_day_and_the_old_day_is_kept(void **state)
{
    struct hall opened, *hall = &opened;
    struct matter_file file;

    hall_open(hall, state);
    accepted(hall);
    IS_NOT("要晚于现在的期限", TASK(&hall->agent, "ask_longer", TYPED("until_day", "2026-04-10", "why", "专家排不开。")));
    IS(TASK(&hall->agent, "ask_longer", TYPED("until_day", "2026-05-10", "why", "专家排不开。")));
    IS_NOT("还没有决定", TASK(&hall->agent, "ask_longer", TYPED("until_day", "2026-06-10", "why", "再长一些。")));
    IS(TASK(&hall->officer, "not_longer", TYPED("words", "先办能办的五件。")));
    stands(hall, &sort_task, hall->task, "running", "2026-04-10");
    IS(TASK(&hall->agent, "ask_longer", TYPED("until_day", "2026-04-30", "why", "五件办完了，两件等专家。")));
    IS(TASK(&hall->officer, "longer", TYPED("words", "同意，两件延到月底。")));
    stands(hall, &sort_task, hall->task, "running", "2026-04-30");
    file = look(hall, &sort_task, hall->task);
    assert_string_equal(said(hall, &file.entries[3][1], EXTENSION_FROM), "2026-04-10");
    assert_string_equal(said(hall, &file.matter, TASK_BY), "2026-04-30");
    hall->campus.today = campus_date(2026, 5, 1);
    IS_NOT("期限已经过了", TASK(&hall->agent, "ask_longer", TYPED("until_day", "2026-06-10", "why", "还要一个月。")));
    campus_close(&hall->campus);
}

static void it_is_closed_by_whoever_assigned_it_with_evidence(void **state)
{
    struct hall opened, *hall = &opened;
    struct matter_file file;

    hall_open(hall, state);
    accepted(hall);
    IS_NOT("凭证", TASK(&hall->agent, "report", TYPED("done", "七件都有结论。")));
    IS(TASK(&hall->agent, "report", TYPED("done", "七件都有结论。", "evidence", "登记编号清单〔2026〕示例 1 号", "reached", "5.2 亿元")));
    stands(hall, &sort_task, hall->task, "reported", "2026-03-09");
    IS_NOT("由交办单位来办", TASK(&hall->agent, "close", TYPED("words", "自己核的")));
    IS_NOT("由兰州市的工作人员决定", &hall->county, &sort_task, 0, "assign", TYPED("assigner", "示例市科学技术局", WHAT, "by_day", "2026-04-10", "level", "ordinary"));
    IS(TASK(&hall->officer, "return", TYPED("words", "差两件的登记编号。")));
    stands(hall, &sort_task, hall->task, "running", "2026-04-10");
    IS(TASK(&hall->agent, "report", TYPED("done", "七件都有结论，编号补齐。", "evidence", "登记编号清单〔2026〕示例 2 号")));
    IS(TASK(&hall->chief, "close", TYPED("words", "逐件查了登记编号。")));
    stands(hall, &sort_task, hall->task, "closed", "");
    file = look(hall, &sort_task, hall->task);
    assert_string_equal(said(hall, &file.entries[1][0], REPORT_VERDICT), "returned");
    assert_string_equal(said(hall, &file.entries[1][1], REPORT_VERDICT), "closed");
    assert_int_equal(matter_number(&file.matter, TASK_PERCENT), 100);
    IS_NOT("现在还不能", TASK(&hall->agent, "progress", TYPED("percent", "100", "done", "再报一次。")));
    campus_close(&hall->campus);
}

static void help_is_asked_answered_and_ends_with_the_task(void **state)
{
    struct hall opened, *hall = &opened;
    const char *task;
    int64_t part, second;

    hall_open(hall, state);
    accepted(hall);
    task = number(hall, hall->task);
    IS_NOT("没有这条协同任务", &hall->firm, &sort_task_part, 0, "ask", TYPED("task", task, "party", "示例城关区科技局", "ask", "报两件的情况。", "by_day", "2026-03-20"));
    IS_NOT("不用请", &hall->agent, &sort_task_part, 0, "ask", TYPED("task", task, "party", "示例市科学技术局", "ask", "报两件的情况。", "by_day", "2026-03-20"));
    IS(&hall->agent, &sort_task_part, 0, "ask", TYPED("task", task, "party", "示例城关区科技局", "ask", "报两件的情况。", "by_day", "2026-03-20"));
    part = hall->order.done_id;
    stands(hall, &sort_task_part, part, "asked", "2026-03-05");
    assert_int_equal(sight(hall, &hall->helper, &sort_task, hall->task), SIGHT_ALL);
    IS_NOT("已经请过", &hall->agent, &sort_task_part, 0, "ask", TYPED("task", task, "party", "示例城关区科技局", "ask", "再请一次。", "by_day", "2026-03-20"));
    IS_NOT("来请", &hall->helper, &sort_task_part, 0, "ask", TYPED("task", task, "party", "示例甲机械厂", "ask", "转给别人。", "by_day", "2026-03-20"));
    IS(&hall->helper, &sort_task_part, part, "refuse", TYPED("refusal", "两件不在本区。"));
    assert_int_equal(sight(hall, &hall->helper, &sort_task, hall->task), SIGHT_NONE);
    IS(&hall->officer, &sort_task_part, 0, "ask", TYPED("task", task, "party", "示例甲机械厂", "ask", "补两件的合同。", "by_day", "2026-03-20"));
    second = hall->order.done_id;
    IS(&hall->firm, &sort_task_part, second, "agree", TYPED(NAMED));
    stands(hall, &sort_task_part, second, "agreed", "2026-03-20");
    IS(TASK(&hall->chief, "drop", TYPED("drop_why", "并入另一项任务")));
    stands(hall, &sort_task_part, second, "released", "");
    stands(hall, &sort_task_part, part, "refused", "");
    campus_close(&hall->campus);
}

/* --- plans --- */

static int64_t action(struct hall *hall, int64_t parent, const char *sort, const char *name)
{
    IS(&hall->officer, &sort_action, 0, "set_up",
       TYPED("parent", parent ? number(hall, parent) : "", "sort", sort, "keeper", "示例市科学技术局", "name", name, "source", "示例计划〔2026〕1 号"));
    return hall->order.done_id;
}

#define TARGET "keeper", "示例市科学技术局", "indicator", "contract_money", "name", "技术合同成交额", "year", "2026", "sense", "at_least", "source", "示例计划〔2026〕1 号"

/* Of a measure, two tasks hang on it and on its target: one dropped, one open and late since. */
static void counted(struct hall *hall, int64_t plan, int64_t under, int64_t measure)
{
    struct campus *campus = &hall->campus;
    int32_t later = campus_date(2026, 5, 1);
    struct plan_figures figures;
    struct plan_tree tree;
    struct record top;
    struct sql *sql = town_look(&campus->town);

    assert_true(record_get(sql, &kind_action, plan, &campus->arena, &top, &campus->err));
    if (!plan_tree_read(sql, &top, later, &campus->arena, &tree, &campus->err) || !plan_figures(sql, plan, later, &figures, &campus->err))
        fail_msg("%s", campus->err.message);
    store_read_end(campus->town.store, sql);
    assert_int_equal(tree.count, 3);
    assert_true(tree.nodes[0].action.id == plan && tree.nodes[1].action.id == under && tree.nodes[2].action.id == measure);
    assert_int_equal(tree.nodes[2].depth, 3);
    assert_int_equal(tree.nodes[2].target_count, 1);
    for (size_t i = 0; i < 3; i++)
        assert_memory_equal(&tree.nodes[i].all, &((struct task_tally){.all = 2, .late = 1, .dropped = 1}), sizeof(struct task_tally));
    assert_memory_equal(&figures, &((struct plan_figures){.open = 3, .unowned = 2, .targets = 1, .tasks = {.all = 2, .late = 1, .dropped = 1}}), sizeof figures);
}

static void a_plan_is_a_tree_and_nothing_under_it_is_left_hanging(void **state)
{
    struct hall opened, *hall = &opened;
    int64_t plan, under, measure, target;
    struct matter_file file;

    hall_open(hall, state);
    IS_NOT("要在一个计划下面", &hall->officer, &sort_action, 0, "set_up",
           TYPED("sort", "action", "keeper", "示例市科学技术局", "name", "示例强科技行动", "source", "示例计划〔2026〕1 号"));
    IS_NOT("由兰州市的工作人员决定", &hall->county, &sort_action, 0, "set_up",
           TYPED("sort", "plan", "keeper", "示例市科学技术局", "name", "示例行动计划", "source", "示例计划〔2026〕1 号"));
    plan = action(hall, 0, "plan", "示例行动计划");
    under = action(hall, plan, "action", "示例强科技行动");
    measure = action(hall, under, "measure", "示例举措之一");
    IS_NOT("由同一个单位管", &hall->officer, &sort_action, 0, "set_up",
           TYPED("parent", number(hall, plan), "sort", "action", "keeper", "示例市技术市场管理中心", "name", "示例另一行动", "source", "示例"));
    assert_int_equal(sight(hall, &hall->firm, &sort_action, measure), SIGHT_OPEN);
    IS(&hall->officer, &sort_action, measure, "change", TYPED("unit", "示例市技术市场管理中心", "until_day", "2026-12-31", "why", "会上定的"));
    IS_NOT("没有改", &hall->officer, &sort_action, measure, "change", TYPED("unit", "示例市技术市场管理中心", "why", "再定一次"));
    IS(&hall->officer, &sort_action, measure, "change", TYPED("unit", "示例城关区科技局", "why", "改由区里办"));
    file = look(hall, &sort_action, measure);
    assert_int_equal(matter_number(&file.entries[0][1], RETIMED_FROM_UNIT), hall->agency);
    assert_string_equal(said(hall, &file.matter, ACTION_UNTIL), "2026-12-31");
    IS(&hall->officer, &sort_task, 0, "assign",
       TYPED("about_kind", "action", "about", number(hall, measure), "assigner", "示例市科学技术局", WHAT, "by_day", "2026-04-10", "level", "ordinary"));
    hall->task = hall->order.done_id;
    IS_NOT("1 项任务没有了结", &hall->officer, &sort_action, measure, "finish", TYPED("outcome", "都办完了。"));
    IS_NOT("1 项行动", &hall->officer, &sort_action, under, "drop", TYPED("outcome", "不做了。"));
    IS(TASK(&hall->chief, "drop", TYPED("drop_why", "并入另一项任务")));
    IS(&hall->officer, &sort_target, 0, "set", TYPED("action", number(hall, measure), TARGET, "money", "135亿元"));
    target = hall->order.done_id;
    IS(&hall->officer, &sort_task, 0, "assign",
       TYPED("about_kind", "target", "about", number(hall, target), "assigner", "示例市科学技术局", WHAT, "by_day", "2026-04-10", "level", "ordinary"));
    hall->task = hall->order.done_id;
    IS_NOT("1 项任务没有了结", &hall->officer, &sort_action, measure, "finish", TYPED("outcome", "都办完了。"));
    counted(hall, plan, under, measure);
    IS(TASK(&hall->chief, "drop", TYPED("drop_why", "并入另一项任务")));
    IS(&hall->officer, &sort_action, measure, "finish", TYPED("outcome", "都办完了。"));
    IS_NOT("已经结束", &hall->officer, &sort_task, 0, "assign",
           TYPED("about_kind", "action", "about", number(hall, measure), "assigner", "示例市科学技术局", WHAT, "by_day", "2026-04-10", "level", "ordinary"));
    campus_close(&hall->campus);
}

static void a_target_that_is_changed_keeps_what_it_was(void **state)
{
    struct hall opened, *hall = &opened;
    struct matter_file file;
    int64_t target, plan;

    hall_open(hall, state);
    plan = action(hall, 0, "plan", "示例行动计划");
    IS_NOT("只写一个", &hall->officer, &sort_target, 0, "set", TYPED("action", number(hall, plan), TARGET, "number", "5", "measure", "item", "money", "135亿元"));
    IS_NOT("要有单位", &hall->officer, &sort_target, 0, "set", TYPED("action", number(hall, plan), TARGET, "number", "5"));
    IS(&hall->officer, &sort_target, 0, "set", TYPED("action", number(hall, plan), TARGET, "money", "135亿元"));
    target = hall->order.done_id;
    IS_NOT("已经有目标", &hall->officer, &sort_target, 0, "set", TYPED("action", number(hall, plan), TARGET, "money", "1亿元"));
    IS_NOT("没有改", &hall->officer, &sort_target, target, "change", TYPED("money", "135亿元", "why", "年中调整", "source", "示例会议纪要"));
    IS_NOT("没有写新的目标", &hall->officer, &sort_target, target, "change", TYPED("why", "年中调整", "source", "示例会议纪要"));
    IS_NOT("由管理单位来办", &hall->agent, &sort_target, target, "change", TYPED("money", "1元", "why", "年中调整", "source", "示例会议纪要"));
    IS(&hall->officer, &sort_target, target, "change", TYPED("money", "120亿元", "why", "年中调整", "source", "示例会议纪要"));
    file = look(hall, &sort_target, target);
    assert_string_equal(said(hall, &file.entries[0][0], RESET_FROM), "不低于 135 亿元");
    assert_string_equal(said(hall, &file.entries[0][0], RESET_TO), "不低于 120 亿元");
    assert_int_equal(matter_number(&file.matter, TARGET_MONEY), INT64_C(1200000000000));
    assert_int_equal(town_number(&hall->campus.town, "SELECT count(*) FROM target WHERE money = 1350000000000"), 1); /* its first version stands */
    campus_close(&hall->campus);
}

/* What is not known is no nought. */
static void a_figure_that_is_not_known_is_left_empty(void **state)
{
    struct hall opened, *hall = &opened;
    struct matter_file file;
    int64_t target;

    hall_open(hall, state);
    IS_NOT("小写字母", &hall->officer, &sort_target, 0, "set",
           TYPED("keeper", "示例市科学技术局", "indicator", "合同额", "name", "技术合同成交额", "year", "2026", "sense", "at_least", "source", "示例"));
    IS(&hall->officer, &sort_target, 0, "set", TYPED(TARGET));
    target = hall->order.done_id;
    file = look(hall, &sort_target, target);
    assert_int_equal(target_said(&file.matter, false, &hall->campus.arena).len, 0);
    IS_NOT("没有数的单位", &hall->officer, &sort_target, target, "change", TYPED("number", "5", "why", "文件补上了", "source", "示例文件"));
    IS(&hall->officer, &sort_target, target, "change", TYPED("share", "62%", "why", "文件补上了", "source", "示例文件"));
    file = look(hall, &sort_target, target);
    assert_string_equal(said(hall, &file.entries[0][0], RESET_FROM), "未定");
    assert_string_equal(said(hall, &file.entries[0][0], RESET_TO), "不低于 62%");
    campus_close(&hall->campus);
}

/* --- joint meetings --- */

/* What stands in the form of a new task about a joint meeting. */
static const char *assigner_filled(struct hall *hall, const struct actor *actor, int64_t about)
{
    struct campus *campus = &hall->campus;
    struct slice typed[FIELDS_MAX] = {[TASK_KIND] = SLICE("mechanism"), [TASK_ABOUT] = slice_of(number(hall, about))};
    struct matter_draft draft = {.order = &hall->order, .sort = &sort_task, .today = campus->today, .arena = &campus->arena};
    struct matter_order *order = &hall->order;

    matter_order_init(order, &campus->law, actor, &sort_task, matter_step_find(&sort_task, SLICE("assign")), SLICE(""));
    draft.sql = town_look(&campus->town);
    assert_true(order->step->fill(&draft, typed, &campus->err));
    store_read_end(campus->town.store, draft.sql);
    return arena_text(&campus->arena, typed[TASK_ASSIGNER]);
}

static const char *filled(struct hall *hall, const struct matter_sort *sort, int64_t id, const char *name, const char *field)
{
    struct campus *campus = &hall->campus;
    const struct matter_step *of = matter_step_find(sort, slice_of(name));
    struct slice typed[FIELDS_MAX] = {{0}};
    struct matter_file file;
    struct matter_draft draft;
    struct sql *sql;

    matter_order_init(&hall->order, &campus->law, &hall->officer, sort, of, SLICE(""));
    sql = town_look(&campus->town);
    assert_true(matter_load(sql, sort, id, &hall->officer, campus->today, &campus->arena, &file, &campus->err));
    draft = (struct matter_draft){.order = &hall->order, .sql = sql, .sort = sort, .file = &file, .was = file.matter, .matter = file.matter,
                                  .today = campus->today, .arena = &campus->arena};
    assert_true(of->fill(&draft, typed, &campus->err));
    store_read_end(campus->town.store, sql);
    return arena_text(&campus->arena, typed[kind_field(matter_step_kind(sort, of), field)]);
}

static void what_moved_and_what_is_stuck_is_drawn_up_from_the_tasks(void **state)
{
    struct hall opened, *hall = &opened;
    struct matter_file file;
    int64_t force;

    hall_open(hall, state);
    IS(&hall->officer, &sort_mechanism, 0, "set_up",
       TYPED("sort", "force", "lead", "示例市科学技术局", "name", "示例登记提速专班", "purpose", "把超期的认定登记办完。", "convener", "示例副局长 李某", "contact", "示例赵六", "phone",
             "0931-1234567"));
    force = hall->order.done_id;
    stands(hall, &sort_mechanism, force, "active", "2026-03-09");
    assert_int_equal(sight(hall, &hall->helper, &sort_mechanism, force), SIGHT_NONE);
    assert_string_equal(assigner_filled(hall, &hall->helper, force), "示例城关区科技局"); /* whose it is, is not for him to know yet */
    IS(&hall->chief, &sort_mechanism, force, "member", TYPED("party", "示例城关区科技局", "name", "示例孙某", "post", "副局长"));
    IS_NOT("已经是成员", &hall->chief, &sort_mechanism, force, "member", TYPED("party", "示例城关区科技局", "name", "示例钱某", "post", "科长"));
    assert_int_equal(sight(hall, &hall->helper, &sort_mechanism, force), SIGHT_ALL);
    assert_string_equal(assigner_filled(hall, &hall->helper, force), "示例市科学技术局");
    IS_NOT("会还没有开", &hall->chief, &sort_mechanism, force, "meeting", TYPED("day", "2026-03-03", "place", "示例会议室", "who", "各成员", "decided", "七件一周一调度。"));
    IS(&hall->chief, &sort_mechanism, force, "meeting", TYPED("day", "2026-03-02", "place", "示例会议室", "who", "各成员", "decided", "七件一周一调度。"));
    IS(&hall->officer, &sort_task, 0, "assign",
       TYPED("about_kind", "mechanism", "about", number(hall, force), "assigner", "示例市科学技术局", WHAT, "by_day", "2026-03-06", "level", "ordinary"));
    hall->task = hall->order.done_id;
    assert_string_equal(filled(hall, &sort_mechanism, force, "round", "moved"), "这一周没有任务报进展");
    assert_string_equal(filled(hall, &sort_mechanism, force, "round", "stuck"), "");
    IS(TASK(&hall->agent, "accept", TYPED(NAMED)));
    IS(TASK(&hall->agent, "progress", TYPED("percent", "40", "done", "三件补正完了。", "stuck", "等专家审核")));
    hall->campus.today = campus_date(2026, 3, 9);
    assert_string_equal(filled(hall, &sort_mechanism, force, "round", "moved"), "理清认定登记超期的七件（示例市技术市场管理中心）：办到 40%，三件补正完了。");
    assert_string_equal(filled(hall, &sort_mechanism, force, "round", "stuck"),
                        "理清认定登记超期的七件（示例市技术市场管理中心）：办理中，已超期，期限 2026-03-06，等专家审核");
    IS(&hall->chief, &sort_mechanism, force, "round", TYPED("moved", "三件补正完了。", "stuck", "等专家审核", "next", "请两位专家周三到。"));
    stands(hall, &sort_mechanism, force, "active", "2026-03-16");
    file = look(hall, &sort_mechanism, force);
    assert_int_equal(matter_number(&file.entries[2][0], ROUND_OPEN), 1);
    assert_int_equal(matter_number(&file.entries[2][0], ROUND_LATE), 1);
    IS_NOT("没有销号", &hall->chief, &sort_mechanism, force, "dissolve", TYPED("end_why", "任务完成了"));
    IS(TASK(&hall->agent, "report", TYPED("done", "七件都有结论。", "evidence", "登记编号清单〔2026〕示例 1 号")));
    IS(TASK(&hall->chief, "close", TYPED("words", "逐件查了登记编号。")));
    hall->campus.today = campus_date(2026, 3, 17); /* a week without a round is told, once */
    told(hall);
    told(hall);
    assert_int_equal(town_number(&hall->campus.town, "SELECT count(*) FROM ledger WHERE action = 'mechanism.late'"), 1);
    IS(&hall->chief, &sort_mechanism, force, "leave", TYPED("left_on", "2026-03-09", "left_why", "人调走了"));
    assert_int_equal(sight(hall, &hall->helper, &sort_mechanism, force), SIGHT_NONE);
    IS(&hall->chief, &sort_mechanism, force, "dissolve", TYPED("end_why", "任务完成了"));
    campus_close(&hall->campus);
}

/* --- reforms --- */

#define REFORM "keeper", "示例市科学技术局", "name", "示例公示期试点", "measure", "示例：部分成果先转后公示。", "unit", "示例丙学院", "relaxes", "公示与合同并行", "basis", "示例批复〔2026〕1 号第二条"

static void a_reform_ends_by_its_day_unless_its_result_speaks_for_it(void **state)
{
    struct hall opened, *hall = &opened;
    struct matter_file file;
    int64_t reform;

    hall_open(hall, state);
    IS_NOT("没有 R999", &hall->officer, &sort_reform, 0, "list", TYPED(REFORM, "rule", "R999", "from_day", "2026-03-02", "until_day", "2026-06-30"));
    IS_NOT("之后", &hall->officer, &sort_reform, 0, "list", TYPED(REFORM, "rule", "R03", "from_day", "2026-03-02", "until_day", "2026-03-01"));
    IS(&hall->officer, &sort_reform, 0, "list", TYPED(REFORM, "rule", "R03", "from_day", "2026-03-02", "until_day", "2026-06-30"));
    reform = hall->order.done_id;
    IS_NOT("还没有报结果", &hall->officer, &sort_reform, reform, "prolong", TYPED("until_day", "2026-12-31", "why", "再试半年看看。"));
    IS_NOT("还没有报结果", &hall->officer, &sort_reform, reform, "spread", TYPED("reason", "效果好，全市推广。"));
    IS(&hall->campus.clerk, &sort_reform, reform, "report", TYPED("what", "试了三件，都签了合同。", "risks", "无"));
    IS_NOT("要晚于", &hall->officer, &sort_reform, reform, "prolong", TYPED("until_day", "2026-06-30", "why", "再试半年看看。"));
    IS(&hall->officer, &sort_reform, reform, "prolong", TYPED("until_day", "2026-12-31", "why", "再试半年看看。"));
    IS_NOT("延期以后", &hall->officer, &sort_reform, reform, "prolong", TYPED("until_day", "2027-06-30", "why", "再试半年看看。"));
    file = look(hall, &sort_reform, reform);
    assert_string_equal(said(hall, &file.entries[1][0], PROLONG_FROM), "2026-06-30");
    assert_int_equal(sight(hall, &hall->firm, &sort_reform, reform), SIGHT_NONE);
    hall->campus.today = campus_date(2027, 1, 1);
    told(hall);
    stands(hall, &sort_reform, reform, "lapsed", "");
    IS_NOT("现在还不能", &hall->officer, &sort_reform, reform, "prolong", TYPED("until_day", "2027-12-31", "why", "再试半年看看。"));
    IS(&hall->officer, &sort_reform, reform, "quit", TYPED("reason", "到期，不再试，三件合同照办。"));
    campus_close(&hall->campus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(who_assigns_and_to_whom),
        ON_BOTH(an_objection_comes_within_a_week_and_is_ruled_on),
        ON_BOTH(a_unit_that_refuses_stays_in_the_record),
        ON_BOTH(a_unit_never_rules_on_its_own_task),
        ON_BOTH(who_gets_it_late_gets_a_day_that_can_be_kept),
        ON_BOTH(what_is_watched_is_read_by_whose_it_is),
        ON_BOTH(money_is_never_reported_above_what_was_given),
        ON_BOTH(an_urging_reaches_the_unit_and_its_own_day_is_told_once),
        ON_BOTH(a_day_that_passes_while_it_is_urged_is_told_all_the_same),
        ON_BOTH(longer_is_asked_with_reasons_before_the_day_and_the_old_day_is_kept),
        ON_BOTH(it_is_closed_by_whoever_assigned_it_with_evidence),
        ON_BOTH(help_is_asked_answered_and_ends_with_the_task),
        ON_BOTH(a_plan_is_a_tree_and_nothing_under_it_is_left_hanging),
        ON_BOTH(a_target_that_is_changed_keeps_what_it_was),
        ON_BOTH(a_figure_that_is_not_known_is_left_empty),
        ON_BOTH(what_moved_and_what_is_stuck_is_drawn_up_from_the_tasks),
        ON_BOTH(a_reform_ends_by_its_day_unless_its_result_speaks_for_it),
    };

    return run_places(tests);
}
