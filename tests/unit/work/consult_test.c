/* Consultations: from the question to the effect, and what may not get lost on the way. */
#include "matter_steps.h"

#include "work/consult.h"
#include "work/inbox.h"
#include "work/notify.h"

struct hall {
    struct campus campus; /* its clerk is somebody else's */
    int64_t office_party, bureau, finance;
    int64_t people[3];
    struct actor office, secretary, members[3], unit, other, stranger;
    int64_t session;
    struct matter_order order;
};

static struct actor member_of(struct campus *campus, const char *login, int64_t person)
{
    struct order order;
    struct actor actor;
    struct err err;

    town_order(&campus->town, &order, NULL);
    assert_true(order_account(&order, slice_of(login), SLICE("示例委员"), 0, &err));
    order.account.person = person;
    snprintf(order.hash, sizeof order.hash, "%s", town_hash(town_password));
    assert_int_equal(town_do(&campus->town, account_make_step, &order, &err), STORE_DONE);
    town_grant(&campus->town, order.account.id, ROLE_COMMITTEE, SCOPE_ALL, 0);
    town_actor(&campus->town, order.account.id, &actor);
    assert_true(actor.person == person);
    return actor;
}

static void hall_open(struct hall *hall, void **state)
{
    static const char *const office[] = {"name", "示例市政协办公室", "side", "government", "region", "620102", NULL};
    static const char *const bureau[] = {"name", "示例市科技局", "side", "government", "region", "620102", NULL};
    static const char *const finance[] = {"name", "示例市财政局", "side", "government", "region", "620102", NULL};
    static const char *const names[] = {"示例委员甲", "示例委员乙", "示例委员丙"}, *const logins[] = {"member-a", "member-b", "member-c"};
    struct campus *campus = &hall->campus;

    campus_open(campus, state, "620102", "");
    hall->office_party = campus_record(campus, &kind_party, 0, office);
    hall->bureau = campus_record(campus, &kind_party, 0, bureau);
    hall->finance = campus_record(campus, &kind_party, 0, finance);
    for (int i = 0; i < 3; i++) {
        const char *const person[] = {"name", names[i], "calling", "member", "skills", "科技成果转化", NULL};

        hall->people[i] = campus_record(campus, &kind_person, 0, person);
        hall->members[i] = member_of(campus, logins[i], hall->people[i]);
    }
    hall->office = campus_person(campus, "office", hall->office_party, ROLE_CPPCC_OFFICE);
    hall->secretary = campus_person(campus, "secretary", 0, ROLE_SECRETARY);
    hall->unit = campus_person(campus, "unit", hall->bureau, ROLE_MEMBER);
    hall->other = campus_person(campus, "other", hall->finance, ROLE_MEMBER);
    hall->stranger = campus_person(campus, "stranger", hall->campus.unit, ROLE_MEMBER);
}

#define SESSION &sort_consultation, hall->session
#define PREPARED "name", "科技成果转化专题协商", "question", "什么挡住了成果变成产品，该怎么办？", "host", "示例市政协", "place", "示例会议室", "contact", "示例张三", "phone", "0931-1234567"

static void prepared(struct hall *hall)
{
    IS(hall, &hall->office, &sort_consultation, 0, "prepare", TYPED(PREPARED, "day", "2026-03-20", "until_day", "2026-03-15", "seven", "1"));
    hall->session = hall->order.done_id;
}

static void opened(struct hall *hall)
{
    prepared(hall);
    IS(hall, &hall->office, SESSION, "roster", TYPED("roster", "示例委员甲，市，1\n\n示例委员乙，省\n示例委员丙,特邀,7"));
    IS(hall, &hall->office, SESSION, "open", NULL);
}

static int64_t put(struct hall *hall, int member, const char *subject, const char *evidence, const char *obstacle)
{
    IS(hall, &hall->members[member], &sort_opinion, 0, "submit",
       TYPED("consultation", campus_number(&hall->campus, hall->session), "topic", "1", "subject", subject, "obstacle", obstacle, "pillar", "government", "concerns",
             "university", "evidence", evidence, "proposal", "请科技局在年底前把这件事办成"));
    return hall->order.done_id;
}

static int64_t filed(struct hall *hall, int member, const char *subject)
{
    int64_t id = put(hall, member, subject, "走访了三所高校，都这样说", "dare");

    IS(hall, &hall->office, &sort_opinion, id, "file", NULL);
    return id;
}

static bool stands(struct hall *hall, int64_t id, enum opinion_state state)
{
    const char *query = arena_print(&hall->campus.arena, "SELECT COUNT(*) FROM opinion WHERE id = %lld AND to_leaf IS NULL AND state = '%s'", (long long)id,
                                    sort_opinion.states[state].code);

    return town_number(&hall->campus.town, query) == 1;
}

static int64_t told(struct hall *hall, const struct actor *actor)
{
    struct campus *campus = &hall->campus;
    size_t count;
    bool more = true;

    while (more)
        assert_true(notify_follow(campus->town.store, &campus->law, &count, &more, &campus->err));
    return town_number(&campus->town, arena_print(&campus->arena, "SELECT COUNT(*) FROM inbox WHERE account = %lld", (long long)actor->account));
}

static struct record load(struct hall *hall, int64_t id)
{
    struct sql *sql = town_look(&hall->campus.town);
    struct record record;

    assert_true(record_get(sql, &kind_opinion, id, &hall->campus.arena, &record, &hall->campus.err));
    store_read_end(hall->campus.town.store, sql);
    return record;
}

/* --- the session --- */

static void a_session_is_prepared_by_the_office_and_opened_to_members(void **state)
{
    struct hall opened_hall, *hall = &opened_hall;

    hall_open(hall, state);
    IS_NOT("由政协办公室来办", hall, &hall->unit, &sort_consultation, 0, "prepare", TYPED(PREPARED, "day", "2026-03-20", "until_day", "2026-03-15"));
    IS_NOT("不能晚于座谈日期", hall, &hall->office, &sort_consultation, 0, "prepare", TYPED(PREPARED, "day", "2026-03-20", "until_day", "2026-03-21"));
    IS_NOT("已经过去", hall, &hall->office, &sort_consultation, 0, "prepare", TYPED(PREPARED, "day", "2026-03-01", "until_day", "2026-03-01"));
    prepared(hall);
    assert_int_equal(town_number(&hall->campus.town, "SELECT COUNT(*) FROM consult_topic"), 7);
    assert_int_equal(campus_sight(&hall->campus, &hall->stranger, SESSION), SIGHT_NONE);
    IS_NOT("还没有参加的委员", hall, &hall->office, SESSION, "open", NULL);
    IS_NOT("第 2 行“示例没有这人，市”", hall, &hall->office, SESSION, "roster", TYPED("roster", "示例委员甲，市\n示例没有这人，市"));
    IS_NOT("逗号后面写层级", hall, &hall->office, SESSION, "roster", TYPED("roster", "示例委员甲"));
    IS_NOT("没有这个序号的议题", hall, &hall->office, SESSION, "roster", TYPED("roster", "示例委员甲，市，8"));
    IS_NOT("已经在名单里", hall, &hall->office, SESSION, "roster", TYPED("roster", "示例委员甲，市\n示例委员甲，省"));
    assert_int_equal(town_number(&hall->campus.town, "SELECT COUNT(*) FROM consult_seat"), 0);
    IS(hall, &hall->office, SESSION, "roster", TYPED("roster", "示例委员甲，市，1\n示例委员乙，省"));
    assert_int_equal(town_number(&hall->campus.town, "SELECT COUNT(*) FROM consultation WHERE roster IS NOT NULL"), 0);
    IS(hall, &hall->office, SESSION, "open", NULL);
    assert_int_equal(campus_sight(&hall->campus, &hall->stranger, SESSION), SIGHT_OPEN);
    assert_int_equal(campus_sight(&hall->campus, &hall->members[0], SESSION), SIGHT_ALL);
    assert_int_equal(campus_sight(&hall->campus, &hall->members[2], SESSION), SIGHT_OPEN);
    IS(hall, &hall->members[0], SESSION, "visit",
       TYPED("day", "2026-03-02", "place", "示例理工大学", "obstacle", "dare", "pillar", "academy", "found", "十二项成果卡在评估上"));
    IS_NOT("由政协办公室来办", hall, &hall->members[2], SESSION, "visit",
           TYPED("day", "2026-03-02", "place", "示例理工大学", "obstacle", "dare", "pillar", "academy", "found", "十二项成果卡在评估上"));
    IS_NOT("日期还没有到", hall, &hall->office, SESSION, "start", NULL);
    hall->campus.today = campus_date(2026, 3, 20);
    IS(hall, &hall->office, SESSION, "start", NULL);
    IS(hall, &hall->office, SESSION, "end", NULL);
    IS(hall, &hall->office, SESSION, "close", TYPED("summary", "没有收到意见，这次到此为止。"));
    campus_close(&hall->campus);
}

static void who_may_put_in_an_opinion_and_when(void **state)
{
    struct hall opened_hall, *hall = &opened_hall;
    const char *session;
    int64_t first;

    hall_open(hall, state);
    opened(hall);
    session = campus_number(&hall->campus, hall->session);
    IS(hall, &hall->office, SESSION, "unseat", TYPED("left_why", "调离"));
    IS_NOT("不在这场座谈的参加名单里", hall, &hall->members[2], &sort_opinion, 0, "submit",
           TYPED("consultation", session, "topic", "1", "subject", "退出以后的意见", "obstacle", "dare", "pillar", "finance", "concerns", "user", "evidence", "没有依据",
                 "proposal", "没有建议"));
    IS_NOT("没有这个序号的议题", hall, &hall->members[0], &sort_opinion, 0, "submit",
           TYPED("consultation", session, "topic", "8", "subject", "议题写错了", "obstacle", "dare", "pillar", "finance", "concerns", "user", "evidence", "没有依据", "proposal",
                 "没有建议"));
    IS_NOT("写明名称和签署的负责人", hall, &hall->members[0], &sort_opinion, 0, "submit",
           TYPED("consultation", session, "topic", "1", "subject", "以界别名义", "obstacle", "dare", "pillar", "finance", "concerns", "user", "evidence", "座谈三次", "proposal",
                 "设立基金", "form", "sector"));
    first = put(hall, 0, "评估拖了半年", "十二项成果卡在评估上", "dare");
    IS_NOT("由委员来办", hall, &hall->members[1], &sort_opinion, first, "mend", NULL);
    IS_NOT("由同场委员来办", hall, &hall->members[0], &sort_opinion, first, "cosign", NULL);
    IS(hall, &hall->members[1], &sort_opinion, first, "cosign", TYPED("note", "我们学校也这样"));
    IS_NOT("您已经联名", hall, &hall->members[1], &sort_opinion, first, "cosign", NULL);
    IS(hall, &hall->members[1], &sort_opinion, first, "uncosign", NULL);
    IS(hall, &hall->office, &sort_opinion, first, "return", TYPED("return_why", "写明是哪几项"));
    IS(hall, &hall->members[0], &sort_opinion, first, "mend",
       TYPED("topic", "1", "subject", "评估拖了半年", "obstacle", "dare", "pillar", "academy", "concerns", "university", "evidence", "十二项成果，见走访", "proposal", "限期评估"));
    hall->campus.today = campus_date(2026, 3, 16);
    IS_NOT("意见截止日已经过去", hall, &hall->members[0], &sort_opinion, 0, "submit",
           TYPED("consultation", session, "topic", "1", "subject", "迟了的意见", "obstacle", "dare", "pillar", "finance", "concerns", "user", "evidence", "座谈三次", "proposal",
                 "设立基金"));
    IS(hall, &hall->office, &sort_opinion, 0, "enter",
       TYPED("consultation", session, "topic", "2", "subject", "书面交来的意见", "obstacle", "scene", "pillar", "enterprise", "concerns", "user", "evidence", "书面材料",
             "proposal", "开放场景", "member", "示例委员乙"));
    assert_int_equal(town_number(&hall->campus.town, "SELECT MAX(no) FROM opinion"), 2);
    assert_int_equal(campus_sight(&hall->campus, &hall->stranger, &sort_opinion, first), SIGHT_NONE);
    assert_int_equal(campus_sight(&hall->campus, &hall->unit, &sort_opinion, first), SIGHT_NONE);
    assert_int_equal(campus_sight(&hall->campus, &hall->members[1], &sort_opinion, first), SIGHT_ALL);
    assert_int_equal(campus_sight(&hall->campus, &hall->secretary, &sort_opinion, first), SIGHT_ALL);
    campus_close(&hall->campus);
}

/* --- merging --- */

static void merged_opinions_go_one_way_and_each_is_answered(void **state)
{
    struct hall opened_hall, *hall = &opened_hall;
    int64_t first, second, third;
    struct record record;

    hall_open(hall, state);
    opened(hall);
    first = filed(hall, 0, "评估太慢一");
    second = filed(hall, 1, "评估太慢二");
    third = filed(hall, 2, "评估太慢三");
    IS_NOT("不能并入自己", hall, &hall->office, &sort_opinion, first, "merge", TYPED("with_opinion", campus_number(&hall->campus, first), "why", "同一件事"));
    IS(hall, &hall->office, &sort_opinion, second, "merge", TYPED("with_opinion", campus_number(&hall->campus, first), "why", "同一件事"));
    IS_NOT("自己也并入了别的意见", hall, &hall->office, &sort_opinion, third, "merge", TYPED("with_opinion", campus_number(&hall->campus, second), "why", "同一件事"));
    IS_NOT("已有 1 件并入这一件", hall, &hall->office, &sort_opinion, first, "merge", TYPED("with_opinion", campus_number(&hall->campus, third), "why", "同一件事"));
    IS(hall, &hall->office, &sort_opinion, third, "merge", TYPED("with_opinion", campus_number(&hall->campus, first), "why", "同一件事"));
    IS(hall, &hall->office, &sort_opinion, third, "split", TYPED("why", "说的是价格，不是评估"));
    IS(hall, &hall->office, &sort_opinion, third, "merge", TYPED("with_opinion", campus_number(&hall->campus, first), "why", "再看还是同一件"));
    assert_int_equal(town_number(&hall->campus.town, "SELECT COUNT(*) FROM opinion_merge"), 8);
    IS_NOT("现在还不能交办", hall, &hall->office, &sort_opinion, second, "hand", TYPED("unit", "示例市科技局"));
    /* Its member withdraws the one that leads: the oldest that is left leads. */
    IS(hall, &hall->members[0], &sort_opinion, first, "withdraw", TYPED("end_why", "已经解决"));
    record = load(hall, second);
    assert_false(record.values[OPINION_LEAD].known);
    record = load(hall, third);
    assert_true(record.values[OPINION_LEAD].number == second);
    IS(hall, &hall->office, &sort_opinion, second, "hand", TYPED("unit", "示例市科技局"));
    assert_true(stands(hall, second, OPINION_HANDED) && stands(hall, third, OPINION_HANDED) && stands(hall, first, OPINION_WITHDRAWN));
    assert_int_equal(campus_sight(&hall->campus, &hall->unit, &sort_opinion, third), SIGHT_ALL);
    IS_NOT("已并入 2 号", hall, &hall->unit, &sort_opinion, third, "object", TYPED("text", "这件事不归本单位办，建议交财政局"));
    IS(hall, &hall->unit, &sort_opinion, second, "object", TYPED("text", "这件事不归本单位办，建议交财政局"));
    assert_true(stands(hall, third, OPINION_OBJECTED));
    IS_NOT("这就是提异议的单位", hall, &hall->office, &sort_opinion, second, "reassign", TYPED("to_unit", "示例市科技局", "ruling_why", "仍由你们"));
    IS(hall, &hall->office, &sort_opinion, second, "reassign", TYPED("to_unit", "示例市财政局", "ruling_why", "经费归财政"));
    record = load(hall, third);
    assert_true(record.values[OPINION_UNIT].number == hall->finance && stands(hall, third, OPINION_HANDED));
    assert_int_equal(campus_sight(&hall->campus, &hall->unit, &sort_opinion, third), SIGHT_NONE);
#define ANSWER "text", "我们已经把评估改为二十个工作日办结，并公布了名单。", "reasons", "已经发文执行，三所高校确认。", "signer", "示例局长", "phone", "0931-7654321"
    IS(hall, &hall->other, &sort_opinion, second, "reply", TYPED(ANSWER, "conclusion", "done"));
    assert_true(stands(hall, second, OPINION_REPLIED) && stands(hall, third, OPINION_HANDED));
    IS(hall, &hall->other, &sort_opinion, third, "reply", TYPED(ANSWER, "conclusion", "done"));
    campus_close(&hall->campus);
}

/* The unit objects to a group, and the member of the one that leads withdraws it: who leads now can be ruled on. */
static void an_objection_goes_over_to_who_leads_now(void **state)
{
    struct hall opened_hall, *hall = &opened_hall;
    int64_t first, second, third;
    struct record record;

    hall_open(hall, state);
    opened(hall);
    first = filed(hall, 0, "评估太慢一");
    second = filed(hall, 1, "评估太慢二");
    third = filed(hall, 2, "评估太慢三");
    IS(hall, &hall->office, &sort_opinion, second, "merge", TYPED("with_opinion", campus_number(&hall->campus, first), "why", "同一件事"));
    IS(hall, &hall->office, &sort_opinion, third, "merge", TYPED("with_opinion", campus_number(&hall->campus, first), "why", "同一件事"));
    IS(hall, &hall->office, &sort_opinion, first, "hand", TYPED("unit", "示例市科技局"));
    IS(hall, &hall->unit, &sort_opinion, first, "object", TYPED("text", "这件事不归本单位办，建议交财政局"));
    IS(hall, &hall->office, &sort_opinion, first, "clear",
       TYPED("public_title", "评估的期限", "public_text", "评估要限期", "cleared_by", "示例王五", "cleared_basis", "open"));
    assert_int_equal(campus_sight(&hall->campus, &hall->stranger, &sort_opinion, first), SIGHT_OPEN);
    IS(hall, &hall->members[0], &sort_opinion, first, "withdraw", TYPED("end_why", "已经解决"));
    assert_int_equal(campus_sight(&hall->campus, &hall->stranger, &sort_opinion, first), SIGHT_NONE);
    IS(hall, &hall->office, &sort_opinion, second, "uphold", TYPED("ruling_why", "仍由科技局办"));
    assert_true(stands(hall, second, OPINION_HANDED) && stands(hall, third, OPINION_HANDED));
    /* The one that leads is answered: the other is left by itself, and extends by itself. */
    IS(hall, &hall->unit, &sort_opinion, second, "reply", TYPED(ANSWER, "conclusion", "done"));
    IS(hall, &hall->unit, &sort_opinion, third, "extend", TYPED("extended_to", "2026-08-20", "extend_why", "要等省里的办法出台以后才能办"));
    record = load(hall, third);
    assert_int_equal(matter_day(&record, MATTER_DUE), campus_date(2026, 8, 20));
    assert_true(stands(hall, second, OPINION_REPLIED));
    campus_close(&hall->campus);
}

static void a_plan_comes_back_though_nobody_rated_it(void **state)
{
    struct hall opened_hall, *hall = &opened_hall;
    struct consult_figures figures;
    struct record *list, record;
    struct sql *sql;
    size_t count;
    int64_t id;

    hall_open(hall, state);
    opened(hall);
    id = filed(hall, 0, "评估太慢");
    IS(hall, &hall->office, &sort_opinion, id, "hand", TYPED("unit", "示例市科技局"));
    IS(hall, &hall->unit, &sort_opinion, id, "reply", TYPED(ANSWER, "conclusion", "planned", "planned_by", "2026-12-31"));
    hall->campus.today += 31;
    IS(hall, &hall->office, &sort_opinion, id, "close", TYPED("end_why", "满三十天没有评价"));
    assert_true(stands(hall, id, OPINION_PLANNED));
    record = load(hall, id);
    assert_int_equal(matter_day(&record, MATTER_DUE), campus_date(2026, 12, 31));
    hall->campus.today = campus_date(2026, 12, 30);
    IS(hall, &hall->unit, &sort_opinion, id, "reply", TYPED(ANSWER, "conclusion", "done"));
    sql = town_look(&hall->campus.town);
    assert_true(consult_opinions(sql, hall->session, &hall->campus.arena, &list, &count, &hall->campus.err));
    assert_true(consult_figures(sql, hall->session, list, count, hall->campus.today, &figures, &hall->campus.err));
    store_read_end(hall->campus.town.store, sql);
    assert_int_equal(figures.in_time, 1); /* the first reply was */
    assert_int_equal(figures.late, 0);
    campus_close(&hall->campus);
}

/* --- the clocks and the reply --- */

static void two_clocks_run_from_the_day_it_is_handed_over(void **state)
{
    struct hall opened_hall, *hall = &opened_hall;
    struct record record;
    int64_t id;

    hall_open(hall, state);
    opened(hall);
    id = filed(hall, 0, "评估太慢");
    IS(hall, &hall->office, &sort_opinion, id, "hand", TYPED("unit", "示例市科技局", "instruction", "三个月内答复"));
    record = load(hall, id);
    assert_int_equal(matter_day(&record, OPINION_HANDED_ON), hall->campus.today);
    assert_true(matter_day(&record, OPINION_OBJECT_BY) >= hall->campus.today + 7 && matter_day(&record, OPINION_OBJECT_BY) <= hall->campus.today + 9);
    hall->campus.today = matter_day(&record, OPINION_OBJECT_BY) + 1;
    IS_NOT("一周内提出", hall, &hall->unit, &sort_opinion, id, "object", TYPED("text", "这件事不归本单位办，建议交财政局"));
    IS_NOT("最迟六个月", hall, &hall->unit, &sort_opinion, id, "extend", TYPED("extended_to", "2026-12-31", "extend_why", "要等省里的办法出台以后才能办"));
    IS_NOT("要晚于现在的期限", hall, &hall->unit, &sort_opinion, id, "extend", TYPED("extended_to", "2026-04-01", "extend_why", "要等省里的办法出台以后才能办"));
    IS(hall, &hall->unit, &sort_opinion, id, "extend", TYPED("extended_to", "2026-08-20", "extend_why", "要等省里的办法出台以后才能办"));
    record = load(hall, id);
    assert_int_equal(matter_day(&record, MATTER_DUE), campus_date(2026, 8, 20));
    hall->campus.today = campus_date(2026, 8, 21);
    IS_NOT("延期要在期限以前说明理由", hall, &hall->unit, &sort_opinion, id, "extend", TYPED("extended_to", "2026-08-30", "extend_why", "要等省里的办法出台以后才能办"));
    campus_close(&hall->campus);
}

static void a_reply_is_rated_by_the_member_and_shown_to_the_unit_as_he_wishes(void **state)
{
    struct hall opened_hall, *hall = &opened_hall;
    struct consult_figures figures;
    struct record *list;
    struct sql *sql;
    int64_t id, assist, before, cosigners;
    size_t count;

    hall_open(hall, state);
    opened(hall);
    id = filed(hall, 0, "评估太慢");
    IS(hall, &hall->members[2], &sort_opinion, id, "cosign", NULL);
    cosigners = told(hall, &hall->members[2]);
    assert_true(cosigners > 0); /* that it was opened */
    IS(hall, &hall->office, &sort_opinion, id, "hand", TYPED("unit", "示例市科技局"));
    assert_int_equal(told(hall, &hall->members[2]), cosigners + 1);
    IS_NOT("写明计划哪天完成", hall, &hall->unit, &sort_opinion, id, "reply", TYPED(ANSWER, "conclusion", "planned"));
    IS_NOT("只有结论是 B", hall, &hall->unit, &sort_opinion, id, "reply", TYPED(ANSWER, "conclusion", "done", "planned_by", "2026-06-30"));
    IS(hall, &hall->unit, &sort_opinion_assist, 0, "ask",
       TYPED("opinion", campus_number(&hall->campus, id), "asked_unit", "示例市财政局", "what", "经费从哪里来"));
    assist = hall->order.done_id;
    IS_NOT("还有 1 个协办单位没有回意见", hall, &hall->unit, &sort_opinion, id, "reply", TYPED(ANSWER, "conclusion", "planned", "planned_by", "2026-06-30"));
    assert_int_equal(campus_sight(&hall->campus, &hall->other, &sort_opinion, id), SIGHT_ALL);
    IS(hall, &hall->other, &sort_opinion_assist, assist, "answer", TYPED("text", "从科技专项里列支", "name", "示例李四", "phone", "0931-7654321"));
    before = told(hall, &hall->members[0]);
    IS(hall, &hall->unit, &sort_opinion, id, "reply", TYPED(ANSWER, "conclusion", "planned", "planned_by", "2026-06-30"));
    assert_int_equal(told(hall, &hall->members[0]), before + 1);
    IS_NOT("委员还可以评价到", hall, &hall->office, &sort_opinion, id, "close", TYPED("end_why", "不再办了"));
    IS(hall, &hall->members[0], &sort_opinion, id, "rate", TYPED("rating", "basically", "rating_why", "有了日期", "share", "0"));
    assert_true(stands(hall, id, OPINION_RATED)); /* as any other rating */
    IS(hall, &hall->office, &sort_opinion, id, "settle", NULL);
    assert_true(stands(hall, id, OPINION_PLANNED));
    assert_int_equal(town_number(&hall->campus.town, "SELECT COUNT(*) FROM opinion_reply WHERE told_rating IS NOT NULL"), 0);
    hall->campus.today = campus_date(2026, 6, 29);
    IS(hall, &hall->unit, &sort_opinion, id, "reply", TYPED(ANSWER, "conclusion", "done"));
    IS(hall, &hall->members[0], &sort_opinion, id, "rate", TYPED("rating", "unsatisfied", "rating_why", "名单上没有我走访的学校", "share", "1"));
    assert_int_equal(town_number(&hall->campus.town, "SELECT COUNT(*) FROM opinion_reply WHERE told_rating = 'unsatisfied' AND to_leaf IS NULL"), 1);
    assert_true(stands(hall, id, OPINION_RATED));
    IS_NOT("委员不满意，不能这样办结", hall, &hall->office, &sort_opinion, id, "settle", NULL);
    IS(hall, &hall->office, &sort_opinion, id, "again", TYPED("instruction", "补上走访的学校"));
    IS(hall, &hall->unit, &sort_opinion, id, "reply", TYPED(ANSWER, "conclusion", "impossible"));
    IS(hall, &hall->members[0], &sort_opinion, id, "rate", TYPED("rating", "satisfied", "rating_why", "说明白了"));
    IS(hall, &hall->office, &sort_opinion, id, "settle", NULL);
    assert_true(stands(hall, id, OPINION_CLOSED));
    sql = town_look(&hall->campus.town);
    assert_true(consult_opinions(sql, hall->session, &hall->campus.arena, &list, &count, &hall->campus.err));
    assert_true(consult_figures(sql, hall->session, list, count, hall->campus.today, &figures, &hall->campus.err));
    store_read_end(hall->campus.town.store, sql);
    assert_int_equal(figures.satisfied, 1);
    assert_int_equal(figures.basically + figures.unsatisfied, 0);
    assert_int_equal(figures.impossible, 1);
    assert_int_equal(figures.members, 3);
    assert_int_equal(figures.spoken_members, 2);
    assert_int_equal(campus_sight(&hall->campus, &hall->stranger, &sort_opinion, id), SIGHT_NONE);
    IS(hall, &hall->office, &sort_opinion, id, "clear",
       TYPED("public_title", "评估的期限", "public_text", "评估要限期", "public_reply", "已改为二十个工作日", "cleared_by", "示例王五", "cleared_basis", "edited"));
    assert_int_equal(campus_sight(&hall->campus, &hall->stranger, &sort_opinion, id), SIGHT_OPEN);
    assert_false(matter_sees(&sort_opinion, 0, SIGHT_OPEN, &kind_opinion, OPINION_EVIDENCE));
    IS(hall, &hall->office, &sort_opinion, id, "conceal", TYPED("end_why", "有个人信息"));
    assert_int_equal(campus_sight(&hall->campus, &hall->stranger, &sort_opinion, id), SIGHT_NONE);
    campus_close(&hall->campus);
}

static void the_unit_sees_no_rating_and_the_room_no_objection(void **state)
{
    (void)state;
    assert_false(matter_sees(&sort_opinion, SIDE(2), SIGHT_ALL, &kind_opinion_reply, OPINION_REPLY_RATING));
    assert_true(matter_sees(&sort_opinion, SIDE(2), SIGHT_ALL, &kind_opinion_reply, OPINION_REPLY_TOLD));
    assert_true(matter_sees(&sort_opinion, SIDE(1), SIGHT_ALL, &kind_opinion_reply, OPINION_REPLY_RATING));
    assert_false(matter_sees(&sort_opinion, SIDE(4), SIGHT_ALL, &kind_opinion_reply, OPINION_REPLY_RATING));
    assert_false(matter_sees(&sort_opinion, SIDE(4), SIGHT_ALL, &kind_opinion_object, HANDING_TEXT));
}

/* --- the meeting --- */

static void what_the_leader_says_is_the_secretarys_until_it_is_checked(void **state)
{
    struct hall opened_hall, *hall = &opened_hall;
    const char *session;
    int64_t draft, speech;
    struct record *list;
    struct sql *sql;
    size_t count;

    hall_open(hall, state);
    opened(hall);
    session = campus_number(&hall->campus, hall->session);
    IS_NOT("会还没有开", hall, &hall->office, &sort_remark, 0, "enter", TYPED("consultation", session, "sort", "speech", "speaker", "示例委员甲", "text", "评估要有期限"));
    hall->campus.today = campus_date(2026, 3, 20);
    IS(hall, &hall->office, SESSION, "start", NULL);
    IS(hall, &hall->office, &sort_remark, 0, "enter", TYPED("consultation", session, "sort", "speech", "speaker", "示例委员甲", "text", "评估要有期限"));
    speech = hall->order.done_id;
    IS_NOT("领导的话由秘书记", hall, &hall->office, &sort_remark, 0, "enter", TYPED("consultation", session, "sort", "response", "speaker", "示例领导", "text", "好的"));
    IS_NOT("由领导秘书来办", hall, &hall->office, &sort_remark, 0, "note", TYPED("consultation", session, "sort", "response", "speaker", "示例领导", "text", "一个月内办"));
    IS_NOT("没有这个编号的意见", hall, &hall->secretary, &sort_remark, 0, "note",
           TYPED("consultation", session, "sort", "response", "speaker", "示例领导", "text", "一个月内办", "opinion", "9"));
    IS(hall, &hall->secretary, &sort_remark, 0, "note", TYPED("consultation", session, "sort", "instruction", "speaker", "示例领导", "text", "一个月内办"));
    draft = hall->order.done_id;
    assert_int_equal(campus_sight(&hall->campus, &hall->secretary, &sort_remark, draft), SIGHT_ALL);
    assert_int_equal(campus_sight(&hall->campus, &hall->office, &sort_remark, draft), SIGHT_NONE);
    assert_int_equal(campus_sight(&hall->campus, &hall->members[0], &sort_remark, draft), SIGHT_NONE);
    assert_int_equal(campus_sight(&hall->campus, &hall->members[0], &sort_remark, speech), SIGHT_ALL);
    IS(hall, &hall->secretary, &sort_remark, draft, "check", TYPED("text", "一个月内办，我来督办", "checked_by", "示例秘书"));
    assert_int_equal(campus_sight(&hall->campus, &hall->members[0], &sort_remark, draft), SIGHT_ALL);
    assert_int_equal(campus_sight(&hall->campus, &hall->stranger, &sort_remark, draft), SIGHT_NONE);
    IS_NOT("现在还不能更正发言", hall, &hall->office, &sort_remark, draft, "amend", TYPED("text", "两个月内办", "fix_why", "听错了"));
    IS(hall, &hall->office, &sort_remark, speech, "amend", TYPED("text", "评估要有期限，二十日", "fix_why", "漏记"));
    IS(hall, &hall->secretary, &sort_remark, draft, "correct", TYPED("text", "两个月内办", "fix_why", "听错了"));
    assert_int_equal(town_number(&hall->campus.town, "SELECT CAST(SUM(fixes) AS BIGINT) FROM remark WHERE to_leaf IS NULL"), 2);
    IS(hall, &hall->secretary, &sort_remark, 0, "note", TYPED("consultation", session, "sort", "response", "speaker", "示例领导", "text", "说笑"));
    IS(hall, &hall->secretary, &sort_remark, hall->order.done_id, "drop", TYPED("drop_why", "不是回应"));
    sql = town_look(&hall->campus.town);
    assert_true(consult_remarks(sql, hall->session, false, 10, &hall->campus.arena, &list, &count, &hall->campus.err));
    assert_int_equal(count, 2);
    store_read_end(hall->campus.town.store, sql);
    campus_close(&hall->campus);
}

/* --- what is counted --- */

static void the_map_shows_where_nobody_has_spoken(void **state)
{
    struct hall opened_hall, *hall = &opened_hall;
    struct consult_map map;
    struct record *list;
    struct deed deeds[10];
    struct sql *sql;
    size_t count;
    int64_t gone;

    hall_open(hall, state);
    opened(hall);
    put(hall, 0, "评估太慢", "走访三所高校", "dare");
    put(hall, 1, "评估还是慢", "走访三所高校", "dare");
    put(hall, 1, "没有场景", "走访两家企业", "scene");
    gone = put(hall, 2, "中试缺钱", "走访一家企业", "money");
    IS(hall, &hall->members[2], &sort_opinion, gone, "withdraw", TYPED("end_why", "已经解决"));
    IS(hall, &hall->members[0], SESSION, "visit",
       TYPED("day", "2026-03-02", "place", "示例理工大学", "obstacle", "dare", "pillar", "academy", "found", "十二项成果卡在评估上"));
    sql = town_look(&hall->campus.town);
    assert_true(consult_opinions(sql, hall->session, &hall->campus.arena, &list, &count, &hall->campus.err));
    assert_int_equal(count, 4);
    assert_true(consult_map(sql, hall->session, list, count, &map, &hall->campus.err));
    assert_int_equal(map.spoken, 2);
    assert_int_equal(map.opinions[0][0][2], 2); /* dare × government × university */
    assert_int_equal(map.opinions[5][0][2], 1);
    assert_int_equal(map.opinions[3][0][2], 0);
    assert_int_equal(map.visits[0][2], 1);
    assert_true(consult_deeds(sql, hall->people[0], &hall->campus.arena, deeds, 10, &count, &hall->campus.err));
    assert_int_equal(count, 3);
    assert_int_equal(deeds[0].sort, DEED_SEAT);
    store_read_end(hall->campus.town.store, sql);
    campus_close(&hall->campus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_session_is_prepared_by_the_office_and_opened_to_members),
        ON_BOTH(who_may_put_in_an_opinion_and_when),
        ON_BOTH(merged_opinions_go_one_way_and_each_is_answered),
        ON_BOTH(an_objection_goes_over_to_who_leads_now),
        ON_BOTH(a_plan_comes_back_though_nobody_rated_it),
        ON_BOTH(two_clocks_run_from_the_day_it_is_handed_over),
        ON_BOTH(a_reply_is_rated_by_the_member_and_shown_to_the_unit_as_he_wishes),
        cmocka_unit_test(the_unit_sees_no_rating_and_the_room_no_objection),
        ON_BOTH(what_the_leader_says_is_the_secretarys_until_it_is_checked),
        ON_BOTH(the_map_shows_where_nobody_has_spoken),
    };

    return run_places(tests);
}
