/* An opinion from its submission to its effect, as a table; its checks: consult_opinion_check.c and consult_reply_check.c. */
#include "work/consult_int.h"

static const struct matter_side sides[] = {
    [BY_OFFICE] = {"office", "政协办公室", "Committee's office", SIDE_ROLE, OFFICE_ROLES},
    [BY_MEMBER] = {"member", "委员", "Member", OPINION_MEMBER, 0},
    [BY_UNIT] = {"unit", "主办单位", "Unit in charge", OPINION_UNIT, 0},
    [BY_LEADERS] = {"leaders", "领导与秘书", "Leader and secretary", SIDE_ROLE, LEADER_ROLES},
    [BY_FELLOW] = {"fellow", "同场委员", "Other members", SIDE_JOINED, 0},
    [BY_ASSIST] = {"assist", "协办单位", "Assisting units", SIDE_JOINED, 0},
};

static const struct matter_state states[] = {
    [OPINION_SUBMITTED] = {"submitted", "待审查立案", "To be examined", SIDE(BY_OFFICE), 5, CONSULT_HOUSE, false},
    [OPINION_RETURNED] = {"returned", "退回修改", "Sent back", SIDE(BY_MEMBER), 0, NULL, false},
    [OPINION_FILED] = {"filed", "已立案，待交办", "Filed, to be handed over", SIDE(BY_OFFICE), 0, NULL, false},
    [OPINION_HANDED] = {"handed", "办理中", "In hand", SIDE(BY_UNIT), 0, CONSULT_LAW, false},
    [OPINION_OBJECTED] = {"objected", "交办有异议", "Handing-over objected to", SIDE(BY_OFFICE), 5, CONSULT_HOUSE, false},
    [OPINION_REPLIED] = {"replied", "已答复，待委员评价", "Replied, to be rated", SIDE(BY_MEMBER), 0, N_("本平台约定：答复后 30 天"), false},
    [OPINION_PLANNED] = {"planned", "列入计划，到期再答复", "Planned, to be replied to again", SIDE(BY_UNIT), 0, N_("答复里写的计划完成日"), false},
    [OPINION_RATED] = {"rated", "委员已评价，待办公室处理", "Rated, for the office to settle", SIDE(BY_OFFICE), 5, CONSULT_HOUSE, false},
    [OPINION_CLOSED] = {"closed", "已办结", "Closed", 0, 0, NULL, true},
    [OPINION_PROPOSED] = {"proposed", "转为提案", "Made a formal proposal", 0, 0, NULL, true},
    [OPINION_DECLINED] = {"declined", "不予立案", "Not filed", 0, 0, NULL, true},
    [OPINION_WITHDRAWN] = {"withdrawn", "已撤回", "Withdrawn", 0, 0, NULL, true},
};

#define PUT "consultation topic subject obstacle pillar concerns evidence proposal visit form signers"
#define MEND "topic subject obstacle pillar concerns evidence proposal visit form signers"
#define SELDOM "visit form signers"
#define IN_HAND (STATE(OPINION_HANDED) | STATE(OPINION_OBJECTED) | STATE(OPINION_PLANNED))
#define ALIVE (STATE(OPINION_SUBMITTED) | STATE(OPINION_RETURNED) | STATE(OPINION_FILED) | IN_HAND | STATE(OPINION_REPLIED) | STATE(OPINION_RATED))
#define PUBLISHED (FOUND | STATE(OPINION_WITHDRAWN))
#define FOUND (STATE(OPINION_FILED) | IN_HAND | STATE(OPINION_REPLIED) | STATE(OPINION_RATED) | STATE(OPINION_CLOSED) | STATE(OPINION_PROPOSED))

static bool is_mine_there(const struct record *cosign)
{
    return !matter_known(cosign, COSIGN_LEFT_ON);
}

static bool is_unruled(const struct record *objection)
{
    return !matter_known(objection, HANDING_RULED_ON);
}

static bool is_unrated(const struct record *reply)
{
    return !matter_known(reply, OPINION_REPLY_RATED_ON);
}

static bool is_cleared(const struct record *matter)
{
    return matter_known(matter, OPINION_CLEARED_ON);
}

static bool is_merged(const struct record *matter)
{
    return matter_known(matter, OPINION_LEAD);
}

static bool leads_itself(const struct record *matter)
{
    return !is_merged(matter);
}

static const struct matter_step steps[] = {
    {.name = "submit", .label = "提意见", .label_en = "Put in an opinion", .does = N_("一条说一件事：什么障碍、靠哪个支柱、关系哪一方"), .from = MATTER_NEW,
     .to = OPINION_SUBMITTED, .by = SIDE(BY_MEMBER), .fields = PUT, .seldom = SELDOM, .check = opinion_put, .given = "consultation"},
    {.name = "enter", .label = "代委员录入", .label_en = "Enter for a member", .does = N_("委员书面或现场提出的"), .from = MATTER_NEW, .to = OPINION_SUBMITTED,
     .by = SIDE(BY_OFFICE), .fields = PUT " member", .seldom = SELDOM, .check = opinion_enter, .given = "consultation"},
    {.name = "mend", .aside = true, .label = "修改", .label_en = "Mend", .does = N_("立案以前可以改；改过的每一版都在"), .from = STATE(OPINION_SUBMITTED) | STATE(OPINION_RETURNED),
     .to = OPINION_SUBMITTED, .by = SIDE(BY_MEMBER), .fields = MEND, .seldom = SELDOM, .check = opinion_mend},
    {.name = "cosign", .aside = true, .label = "联名", .label_en = "Co-sign", .does = N_("意思相同的，联名比再提一件好；答复也给联名的委员"), .from = STATE(OPINION_SUBMITTED) | STATE(OPINION_FILED),
     .to = MATTER_SAME, .by = SIDE(BY_FELLOW), .fields = "note", .seldom = "note", .how = MATTER_ADD, .entry = &kind_opinion_cosign, .check = opinion_cosign},
    {.name = "uncosign", .aside = true, .label = "退出联名", .label_en = "Withdraw the co-signature", .does = N_("交办以前"), .from = STATE(OPINION_SUBMITTED) | STATE(OPINION_FILED),
     .to = MATTER_SAME, .by = SIDE(BY_FELLOW), .how = MATTER_AMEND, .entry = &kind_opinion_cosign, .amendable = is_mine_there, .check = opinion_uncosign},
    {.name = "file", .label = "立案", .label_en = "File", .does = N_("审查通过；可以并案、交办"), .from = STATE(OPINION_SUBMITTED), .to = OPINION_FILED, .by = SIDE(BY_OFFICE)},
    {.name = "return", .label = "退回修改", .label_en = "Send back", .does = N_("写明缺什么"), .from = STATE(OPINION_SUBMITTED), .to = OPINION_RETURNED, .by = SIDE(BY_OFFICE),
     .fields = "return_why"},
    {.name = "decline", .label = "不予立案", .label_en = "Decline", .does = N_("写明理由，委员看得到"), .from = STATE(OPINION_SUBMITTED), .to = OPINION_DECLINED,
     .by = SIDE(BY_OFFICE), .fields = "end_why"},
    {.name = "merge", .aside = true, .label = "并入另一件", .label_en = "Merge", .does = N_("一起交办，分别答复；两件的卷里都记下"), .from = STATE(OPINION_FILED), .to = MATTER_SAME,
     .by = SIDE(BY_OFFICE), .fields = "with_opinion why", .how = MATTER_ADD, .entry = &kind_opinion_merge, .check = opinion_merge, .when = leads_itself, .given = "with_opinion"},
    {.name = "split", .aside = true, .label = "拆出来单独办", .label_en = "Split", .does = N_("从并入的那一件里拆出来"), .from = STATE(OPINION_FILED), .to = MATTER_SAME, .by = SIDE(BY_OFFICE),
     .fields = "why", .how = MATTER_ADD, .entry = &kind_opinion_merge, .check = opinion_split, .when = is_merged},
    {.name = "hand", .label = "交办", .label_en = "Hand over", .does = N_("写明主办单位；一周内可提异议，三个月内书面答复"), .from = STATE(OPINION_FILED), .to = OPINION_HANDED,
     .by = SIDE(BY_OFFICE), .fields = "unit instruction", .seldom = "instruction", .check = opinion_hand, .when = leads_itself},
    {.name = "object", .aside = true, .label = "对交办提异议", .label_en = "Object", .does = N_("一周内；不得自行转给别的单位"), .from = STATE(OPINION_HANDED), .to = OPINION_OBJECTED,
     .by = SIDE(BY_UNIT), .fields = "text", .how = MATTER_ADD, .entry = &kind_opinion_object, .check = opinion_object, .gate = "opinion_object"},
    {.name = "uphold", .label = "维持交办", .label_en = "Uphold", .does = N_("写明理由；答复的期限照旧"), .from = STATE(OPINION_OBJECTED), .to = OPINION_HANDED,
     .by = SIDE(BY_OFFICE), .fields = "ruling_why", .how = MATTER_AMEND, .entry = &kind_opinion_object, .amendable = is_unruled, .check = opinion_uphold},
    {.name = "reassign", .label = "改交", .label_en = "Hand to another", .does = N_("交给另一个单位，期限从今天重新起算"), .from = STATE(OPINION_OBJECTED),
     .to = OPINION_HANDED, .by = SIDE(BY_OFFICE), .fields = "to_unit ruling_why", .how = MATTER_AMEND, .entry = &kind_opinion_object, .amendable = is_unruled,
     .check = opinion_reassign},
    {.name = "extend", .aside = true, .label = "延期", .label_en = "Extend", .does = N_("先说明理由；自交办起最迟六个月"), .from = STATE(OPINION_HANDED), .to = MATTER_SAME, .by = SIDE(BY_UNIT),
     .fields = "extended_to extend_why", .check = opinion_extend, .gate = "opinion_extend"},
    {.name = "reply", .label = "书面答复", .label_en = "Reply", .does = N_("逐条回应，给出结论和理由；B 类到期再答复"), .from = STATE(OPINION_HANDED) | STATE(OPINION_PLANNED),
     .to = OPINION_REPLIED, .by = SIDE(BY_UNIT), .fields = "text conclusion reasons planned_by measured indicator signer phone", .seldom = "measured indicator", .how = MATTER_ADD,
     .entry = &kind_opinion_reply, .check = opinion_answer, .fill = opinion_answer_fill},
    {.name = "rate", .label = "评价答复", .label_en = "Rate the reply", .does = N_("满意不满意和理由；让不让办理单位看到，由您定"), .from = STATE(OPINION_REPLIED),
     .to = OPINION_RATED, .by = SIDE(BY_MEMBER), .fields = "rating rating_why share", .how = MATTER_AMEND, .entry = &kind_opinion_reply, .amendable = is_unrated,
     .check = opinion_rate},
    {.name = "settle", .label = "办结或转入计划", .label_en = "Settle", .does = N_("委员满意或基本满意的：A、C 类办结，B 类到期再答复"), .from = STATE(OPINION_RATED), .to = MATTER_SAME,
     .by = SIDE(BY_OFFICE), .check = opinion_settle},
    {.name = "again", .aside = true, .label = "重新办理", .label_en = "Hand over again", .does = N_("委员不满意的，交回原单位再办，三个月"), .from = STATE(OPINION_RATED),
     .to = OPINION_HANDED, .by = SIDE(BY_OFFICE), .fields = "instruction", .check = opinion_again},
    {.name = "close", .aside = true, .label = "写明理由办结", .label_en = "Close", .does = N_("委员不满意而不再办的；答复满 30 天没有评价的。B 类没有到期的转入计划"),
     .from = STATE(OPINION_RATED) | STATE(OPINION_REPLIED), .to = MATTER_SAME, .by = SIDE(BY_OFFICE), .fields = "end_why", .check = opinion_close},
    {.name = "propose", .aside = true, .label = "转为提案", .label_en = "Make it a proposal", .does = N_("写明提案编号或打算怎么提"), .from = STATE(OPINION_RATED) | STATE(OPINION_CLOSED),
     .to = OPINION_PROPOSED, .by = SIDE(BY_MEMBER), .fields = "end_why"},
    {.name = "key", .aside = true, .label = "列为重点督办", .label_en = "Make it a key item", .does = N_("写明由哪位领导领衔"), .from = ALIVE, .to = MATTER_SAME,
     .by = SIDE(BY_OFFICE) | SIDE(BY_LEADERS), .fields = "key_leader", .check = opinion_key},
    {.name = "urge", .aside = true, .label = "督办", .label_en = "Urge", .does = N_("记一次督办；主办单位看得到"), .from = IN_HAND, .to = MATTER_SAME, .by = SIDE(BY_OFFICE) | SIDE(BY_LEADERS),
     .fields = "by_whom text", .how = MATTER_ADD, .entry = &kind_opinion_urge},
    {.name = "clear", .aside = true, .label = "公开审查", .label_en = "Clear for publication", .does = N_("审过的意见和答复公开；谁审的、哪天审的记下来"), .from = FOUND, .to = MATTER_SAME,
     .by = SIDE(BY_OFFICE), .fields = "public_title public_text public_reply cleared_basis cleared_by", .seldom = "public_reply", .check = opinion_clear, .fill = opinion_clear_fill},
    {.name = "conceal", .aside = true, .label = "不再公开", .label_en = "No longer public", .does = N_("写明原因"), .from = PUBLISHED, .to = MATTER_SAME, .by = SIDE(BY_OFFICE),
     .fields = "end_why", .check = opinion_conceal, .when = is_cleared},
    {.name = "withdraw", .aside = true, .label = "撤回", .label_en = "Withdraw", .does = N_("答复以前；撤回的留在历史里"), .from = STATE(OPINION_SUBMITTED) | STATE(OPINION_RETURNED) | STATE(OPINION_FILED) | STATE(OPINION_HANDED) | STATE(OPINION_OBJECTED),
     .to = OPINION_WITHDRAWN, .by = SIDE(BY_MEMBER), .fields = "end_why", .check = opinion_withdraw},
};

static const struct kind *const entries[] = {&kind_opinion_cosign, &kind_opinion_merge, &kind_opinion_object, &kind_opinion_reply, &kind_opinion_urge};

/* Who co-signed stays one of them when he has left the session. */
static bool is_fellow(struct sql *sql, const struct record *matter, const struct actor *actor, bool *yes, struct err *err)
{
    int64_t id;

    *yes = false;
    if (!actor->person || actor->person == matter_number(matter, OPINION_MEMBER)) /* the member himself is no other */
        return true;
    if (!consult_seated(sql, matter_number(matter, OPINION_SESSION), actor->person, yes, err))
        return false;
    return *yes || sql_one(sql, "SELECT id FROM opinion_cosign WHERE matter = ?1 AND person = ?2 AND left_on IS NULL AND to_leaf IS NULL LIMIT 1",
                   SQL_ARGS(sql_int(matter->id), sql_int(actor->person)), &id, yes, err);
}

/* Who was asked to assist, and has not said that it is not for him. */
static bool joined(struct sql *sql, const struct record *matter, size_t side, const struct actor *actor, bool *yes, struct err *err)
{
    int64_t id;

    if (side == BY_FELLOW)
        return is_fellow(sql, matter, actor, yes, err);
    *yes = false;
    return !stands_for(actor, actor->party)
           || sql_one(sql, "SELECT id FROM opinion_assist WHERE opinion = ?1 AND owner = ?2 AND state IN ('asked', 'answered') AND to_leaf IS NULL LIMIT 1",
                      SQL_ARGS(sql_int(matter->id), sql_int(actor->party)), &id, yes, err);
}

/* What the member says of the reply is his and the office's; the unit sees what he shares with it. How objections were argued is not for the room. */
static unsigned seen_by(const struct kind *kind, size_t field)
{
    const unsigned inner = SIDE(BY_OFFICE) | SIDE(BY_MEMBER) | SIDE(BY_LEADERS);

    if (kind == &kind_opinion_reply && field >= OPINION_REPLY_RATING && field <= OPINION_REPLY_RATED_ON)
        return inner;
    if (kind == &kind_opinion_reply && field >= OPINION_REPLY_TOLD)
        return SIDE(BY_UNIT);
    if (kind == &kind_opinion_object || (kind == &kind_opinion && (field == OPINION_EXTEND_WHY || field == OPINION_INSTRUCTION)))
        return inner | SIDE(BY_UNIT);
    if (kind == &kind_opinion && field == OPINION_RETURN_WHY)
        return inner;
    return ~0u;
}

/* Who co-signed hears of it as its member does. */
static const char tells[] =
    "SELECT DISTINCT a.id FROM opinion_cosign c JOIN account a ON a.person = c.person AND a.to_leaf IS NULL AND a.disabled = 0 WHERE c.matter = ?1"
    " AND c.left_on IS NULL AND c.to_leaf IS NULL AND a.pseudonym <> ?2 AND a.id > ?3 ORDER BY 1 LIMIT ?4";

const struct matter_sort sort_opinion = {
    .kind = &kind_opinion, .about = N_("委员的意见：立案、联名并案、交办、答复、评价，一件一件看到结果"), .empty = N_("还没有意见。打开一场正在征集的协商座谈，按“提意见”。"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .entries = entries, .entry_count = COUNT(entries), .open = is_cleared, .open_title = OPINION_PUBLIC_TITLE, .seen_by = seen_by, .facts = opinion_facts, .joined = joined, .tells = tells, .begins_at = "/consultations",
};
