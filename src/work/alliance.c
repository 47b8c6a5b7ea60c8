/*
 * An alliance (产业技术创新联盟, 转化法 §26, R53): founded when the agreement provides for the seven items and somebody besides the lead has
 * confirmed; its members see its account to the fen. A membership is a matter of its own, so that who is invited is asked and told.
 */
#include "work/board_int.h"

#include "base/money.h"

enum { LEAD, MEMBER };

static const struct matter_side alliance_sides[] = {
    [LEAD] = {"lead", "牵头单位", "Lead", SIDE_OWNER},
    [MEMBER] = {"member", "成员单位", "Members", SIDE_JOINED},
};

static const struct matter_state alliance_states[] = {
    [ALLIANCE_FORMING] = {"forming", "筹备中", "Forming", SIDE(LEAD), 0, NULL, false},
    [ALLIANCE_ACTIVE] = {"active", "运行中", "Active", 0, 0, NULL, false},
    [ALLIANCE_ENDED] = {"ended", "已结束", "Ended", 0, 0, NULL, true},
    [ALLIANCE_DROPPED] = {"dropped", "没有成立", "Never founded", 0, 0, NULL, true},
};

static bool is_member(struct sql *sql, const struct record *matter, int64_t party, bool *yes, struct err *err)
{
    int64_t id;

    return sql_one(sql, "SELECT id FROM membership WHERE alliance = ?1 AND owner = ?2 AND state = 'joined' AND to_leaf IS NULL LIMIT 1",
                   SQL_ARGS(sql_int(matter->id), sql_int(party)), &id, yes, err);
}

static bool joined(struct sql *sql, const struct record *matter, size_t side, const struct actor *actor, bool *yes, struct err *err)
{
    (void)side;
    *yes = false;
    return !acts_for(actor, actor->party) || is_member(sql, matter, actor->party, yes, err);
}

static bool form(struct matter_draft *draft, struct err *err)
{
    const struct record *matter = &draft->matter;

    board_title(draft, "", matter_text(matter, ALLIANCE_NAME));
    return !matter_known(matter, ALLIANCE_UNTIL) || matter_day(matter, ALLIANCE_UNTIL) > matter_day(matter, ALLIANCE_FROM)
           || MATTER_WRONG(err, &kind_alliance, ALLIANCE_UNTIL, "协议的止日要在起日之后");
}

static bool found(struct matter_draft *draft, struct err *err)
{
    int64_t members = 0;
    bool there;

    if (!sql_one(draft->sql, "SELECT count(*) FROM membership WHERE alliance = ?1 AND state = 'joined' AND to_leaf IS NULL", SQL_ARGS(sql_int(draft->was.id)),
                 &members, &there, err))
        return false;
    if (!members)
        return err_set(err, ERR_CONFLICT, "还没有成员单位确认，不能成立") || err_hint(err, "邀请成员，等它们确认");
    if (!matter_known(&draft->matter, ALLIANCE_AGREEMENT))
        return err_set(err, ERR_CONFLICT, "还没有写协议编号") || err_hint(err, "先用“写协议”写明协议和它约定的事项");
    matter_set_day(&draft->matter, ALLIANCE_FOUNDED_ON, draft->today, draft->arena);
    return true;
}

/* The seven items of §26, as R53 asks for them. */
static bool alliance_facts(struct matter_draft *draft, struct fact **list, size_t *count, struct err *err)
{
    static const char *const items[][2] = {{"term_form", "form"},         {"term_tasks", "tasks"}, {"term_funds", "funds"}, {"term_ip", "ip"},
                                           {"term_benefits", "benefits"}, {"term_risks", "risks"}, {"term_breach", "breach"}};
    struct pilot_facts facts = {.list = arena_zero(draft->arena, PILOT_FACTS, sizeof *facts.list)};

    (void)err;
    fact_code(&facts, "way", SLICE("joint"));
    fact_yes(&facts, "alliance", true);
    for (size_t i = 0; i < COUNT(items); i++)
        fact_yes(&facts, items[i][0], codes_have(&draft->matter, ALLIANCE_TERMS, items[i][1]));
    *list = facts.list;
    *count = facts.count;
    return true;
}

/* Everybody reads who leads it: so only one of the alliance, who can see that he is named. */
static bool project(struct matter_draft *draft, struct err *err)
{
    int64_t lead = matter_number(&draft->entry, JOINT_LEAD);
    bool one = lead == draft->matter.owner;

    if (!one && !is_member(draft->sql, &draft->was, lead, &one, err))
        return false;
    if (!one)
        return MATTER_WRONG(err, &kind_joint_project, JOINT_LEAD, "牵头的要是联盟的成员单位");
    return matter_day(&draft->entry, JOINT_UNTIL) > matter_day(&draft->entry, JOINT_FROM)
           || MATTER_WRONG(err, &kind_joint_project, JOINT_UNTIL, "结束日要在开始日之后");
}

static bool right(struct matter_draft *draft, struct err *err)
{
    return board_whole(&draft->entry, SHARED_HOLDERS, err);
}

static bool result(struct matter_draft *draft, struct err *err)
{
    int64_t no = matter_number(&draft->entry, RESULT_PROJECT);

    if (no > (int64_t)draft->file->counts[0])
        return MATTER_WRONG(err, &kind_joint_result, RESULT_PROJECT, "没有第 %lld 号共同项目", (long long)no);
    return board_whole(&draft->entry, RESULT_HOLDERS, err);
}

/* --- money --- */

bool alliance_funds(struct sql *sql, int64_t alliance, struct alliance_funds *funds, struct err *err)
{
    struct sql_rows rows;

    *funds = (struct alliance_funds){0};
    if (!sql_rows(sql, "SELECT CAST(coalesce(sum(CASE WHEN sort = 'in' THEN amount ELSE 0 END), 0) AS BIGINT),"
                       " CAST(coalesce(sum(CASE WHEN sort = 'out' THEN amount ELSE 0 END), 0) AS BIGINT)"
                       " FROM alliance_money WHERE matter = ?1 AND to_leaf IS NULL",
                  SQL_ARGS(sql_int(alliance)), &rows, err))
        return false;
    if (sql_next(&rows))
        *funds = (struct alliance_funds){sql_number(&rows, 0), sql_number(&rows, 1)};
    return sql_done(&rows, err);
}

#define FUNDS_WRONG(field, ...) MATTER_WRONG(err, &kind_alliance_money, field, __VA_ARGS__)

static bool money(struct matter_draft *draft, struct err *err)
{
    struct record *entry = &draft->entry;
    bool in = slice_is(matter_text(entry, FUNDS_SORT), "in");
    struct alliance_funds funds;
    int64_t left;

    if (matter_day(entry, FUNDS_DAY) > draft->today)
        return FUNDS_WRONG(FUNDS_DAY, N_("日期还没有到"));
    if (!alliance_funds(draft->sql, draft->was.id, &funds, err))
        return false;
    left = funds.in - funds.out;
    if (!in && matter_number(entry, FUNDS_AMOUNT) > left)
        return FUNDS_WRONG(FUNDS_AMOUNT, N_("余额不够：还有 %lld.%02lld 元"), (long long)(left / 100), (long long)(left % 100));
    if (in && matter_number(entry, FUNDS_AMOUNT) > MONEY_MAX - funds.in)
        return FUNDS_WRONG(FUNDS_AMOUNT, N_("累计收入超过上限 1000 万亿元，请核对金额"));
    matter_set_number(entry, FUNDS_BALANCE, left + (in ? 1 : -1) * matter_number(entry, FUNDS_AMOUNT));
    return true;
}

static bool end(struct matter_draft *draft, struct err *err)
{
    struct alliance_funds funds;

    if (!alliance_funds(draft->sql, draft->was.id, &funds, err))
        return false;
    return funds.in == funds.out || err_set(err, ERR_CONFLICT, "账上还有 %lld.%02lld 元，不能结束", (long long)((funds.in - funds.out) / 100),
                                            (long long)((funds.in - funds.out) % 100))
           || err_hint(err, "先按协议把余款退清、记为支出");
}

#define ACTIVE STATE(ALLIANCE_ACTIVE)

static const struct matter_step alliance_steps[] = {
    {.name = "form", .label = "发起联盟", .label_en = "Form", .does = N_("名称、要做什么、协议期限；成员在它的页面上邀请"), .from = MATTER_NEW, .to = ALLIANCE_FORMING, .by = SIDE(LEAD),
     .fields = "name purpose from_day until_day", .seldom = "until_day", .check = form},
    {.name = "agree", .label = "写协议", .label_en = "The agreement", .does = N_("协议编号和它约定的事项；七项齐全才能成立"), .from = STATE(ALLIANCE_FORMING), .to = MATTER_SAME,
     .by = SIDE(LEAD), .fields = "terms agreement digest from_day until_day", .seldom = "digest until_day", .check = form},
    {.name = "found", .label = "成立", .label_en = "Found", .does = N_("转化法第二十六条的七项齐全、至少一个成员确认"), .from = STATE(ALLIANCE_FORMING), .to = ALLIANCE_ACTIVE,
     .by = SIDE(LEAD), .gate = "alliance_found", .check = found},
    {.name = "project", .label = "立共同项目", .label_en = "Joint project", .does = N_("谁做什么、谁牵头、预算"), .from = ACTIVE, .to = MATTER_SAME, .by = SIDE(LEAD) | SIDE(MEMBER),
     .fields = "title tasks lead_party budget from_day until_day", .seldom = "budget", .how = MATTER_ADD, .entry = &kind_joint_project, .check = project},
    {.name = "right", .label = "记共有权利", .label_en = "Shared right", .does = N_("归谁、各占多少，合计 100%"), .from = ACTIVE, .to = MATTER_SAME, .by = SIDE(LEAD),
     .fields = "what holders terms", .seldom = "terms", .how = MATTER_ADD, .entry = &kind_shared_right, .check = right},
    {.name = "money", .label = "记一笔收支", .label_en = "Money", .does = N_("支出不能超过余额；成员都看得到"), .from = ACTIVE, .to = MATTER_SAME, .by = SIDE(LEAD),
     .fields = "sort party amount purpose day number", .how = MATTER_ADD, .entry = &kind_alliance_money, .check = money},
    {.name = "result", .label = "记共同成果", .label_en = "Joint result", .does = N_("出自哪个项目、权益各占多少、收益怎么分"), .from = ACTIVE, .to = MATTER_SAME,
     .by = SIDE(LEAD) | SIDE(MEMBER), .fields = "title project_no what holders benefit", .seldom = "project_no", .how = MATTER_ADD, .entry = &kind_joint_result,
     .check = result},
    {.name = "end", .label = "结束", .label_en = "End", .does = N_("余款结清以后；写明原因"), .from = ACTIVE, .to = ALLIANCE_ENDED, .by = SIDE(LEAD), .fields = "end_why", .check = end},
    {.name = "drop", .label = "不办了", .label_en = "Drop", .does = N_("还没有成立；写明原因"), .from = STATE(ALLIANCE_FORMING), .to = ALLIANCE_DROPPED, .by = SIDE(LEAD),
     .fields = "end_why"},
};

static const struct kind *const alliance_entries[] = {&kind_joint_project, &kind_shared_right, &kind_alliance_money, &kind_joint_result};

static bool alliance_open(const struct record *matter)
{
    return matter_known(matter, ALLIANCE_FOUNDED_ON);
}

const struct matter_sort sort_alliance = {
    .kind = &kind_alliance, .about = N_("企业牵头、高校院所参加的产业技术创新联盟：协议七项、成员、共同项目、共有权利、经费、共同成果"),
    .empty = N_("还没有联盟。牵头的单位在这里发起。"),
    .sides = alliance_sides, .side_count = COUNT(alliance_sides), .states = alliance_states, .state_count = COUNT(alliance_states),
    .steps = alliance_steps, .step_count = COUNT(alliance_steps), .entries = alliance_entries, .entry_count = COUNT(alliance_entries),
    .open = alliance_open, .facts = alliance_facts, .joined = joined,
};

/* --- members --- */

enum { ONE, HEAD };

static const struct matter_side membership_sides[] = {
    [ONE] = {"member", "成员单位", "Member", SIDE_OWNER},
    [HEAD] = {"lead", "牵头单位", "Lead", MEMBERSHIP_LEAD},
};

static const struct matter_state membership_states[] = {
    [MEMBERSHIP_INVITED] = {"invited", "待确认", "Invited", SIDE(ONE), 10, BOARD_HOUSE, false},
    [MEMBERSHIP_JOINED] = {"joined", "成员", "Member", 0, 0, NULL, false},
    [MEMBERSHIP_DECLINED] = {"declined", "没有参加", "Declined", 0, 0, NULL, true},
    [MEMBERSHIP_LEFT] = {"left", "已退出", "Left", 0, 0, NULL, true},
};

static bool alliance_lives(struct matter_draft *draft, struct record **alliance, struct err *err)
{
    if (!pilot_record(draft, &kind_membership, MEMBERSHIP_ALLIANCE, &kind_alliance, matter_number(&draft->matter, MEMBERSHIP_ALLIANCE), alliance, err))
        return false;
    return (*alliance)->status != RECORD_CLOSED || err_set(err, ERR_CONFLICT, "这个联盟已经结束");
}

static bool invite(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter, *alliance;
    int64_t other;
    bool there;

    if (!alliance_lives(draft, &alliance, err))
        return false;
    if (alliance->owner != draft->order->actor->party)
        return err_set(err, ERR_DENIED, "成员由牵头单位邀请");
    matter->owner = matter_number(matter, MEMBERSHIP_PARTY);
    if (matter->owner == alliance->owner)
        return MATTER_WRONG(err, &kind_membership, MEMBERSHIP_PARTY, "牵头单位不用邀请自己");
    if (!sql_one(draft->sql, "SELECT id FROM membership WHERE alliance = ?1 AND owner = ?2 AND state IN ('invited', 'joined') AND to_leaf IS NULL LIMIT 1",
                 SQL_ARGS(sql_int(alliance->id), sql_int(matter->owner)), &other, &there, err))
        return false;
    if (there)
        return MATTER_WRONG(err, &kind_membership, MEMBERSHIP_PARTY, "已经邀请过这个单位");
    matter_set_number(matter, MEMBERSHIP_LEAD, alliance->owner);
    board_title(draft, "联盟成员：", matter_text(alliance, ALLIANCE_NAME));
    return true;
}

static bool join(struct matter_draft *draft, struct err *err)
{
    struct record *alliance;

    return alliance_lives(draft, &alliance, err);
}

static const struct matter_step membership_steps[] = {
    {.name = "invite", .label = "邀请成员", .label_en = "Invite", .does = N_("写明承担的任务和投入；对方确认后才是成员"), .from = MATTER_NEW, .to = MEMBERSHIP_INVITED, .by = SIDE(HEAD),
     .fields = "alliance party task", .check = invite},
    {.name = "join", .label = "确认参加", .label_en = "Join", .does = N_("同意承担的任务和投入，写明经办人"), .from = STATE(MEMBERSHIP_INVITED), .to = MEMBERSHIP_JOINED, .by = SIDE(ONE),
     .fields = "name phone", .check = join},
    {.name = "decline", .label = "不参加", .label_en = "Decline", .does = N_("写明原因，牵头单位看得到"), .from = STATE(MEMBERSHIP_INVITED), .to = MEMBERSHIP_DECLINED,
     .by = SIDE(ONE), .fields = "why"},
    {.name = "leave", .label = "退出", .label_en = "Leave", .does = N_("写明原因；退出前记下的权利和经费不变"), .from = STATE(MEMBERSHIP_JOINED), .to = MEMBERSHIP_LEFT,
     .by = SIDE(ONE), .fields = "why"},
};

const struct matter_sort sort_membership = {
    .kind = &kind_membership, .about = N_("本单位参加的和邀请的联盟成员"), .empty = N_("还没有。打开本单位牵头的联盟，按“邀请成员”"),
    .sides = membership_sides, .side_count = COUNT(membership_sides), .states = membership_states, .state_count = COUNT(membership_states),
    .steps = membership_steps, .step_count = COUNT(membership_steps), .begins_at = "/alliances",
};
