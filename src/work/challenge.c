/*
 * A challenge (榜单, R85): a problem with money behind it, checked by the officer, open to bids until a day, opened together, chosen from
 * with reasons, made public, contracted, paid by milestones, accepted by whose problem it is. Its checks: challenge_check.c, challenge_money.c.
 */
#include "work/board_int.h"
#include "work/matter_room.h"

enum { OWNER, OFFICERS, WINNER };

static const struct matter_side sides[] = {
    [OWNER] = {"owner", "出题方", "Owner of the problem", SIDE_OWNER},
    [OFFICERS] = {"officers", "科技部门", "Officers", SIDE_OFFICERS},
    [WINNER] = {"winner", "中榜方", "Winner", CHALLENGE_WINNER},
};

static const struct matter_state states[] = {
    [CHALLENGE_CHECKING] = {"checking", "待核", "To be checked", SIDE(OFFICERS), 5, BOARD_HOUSE, false},
    [CHALLENGE_RETURNED] = {"returned", "退回修改", "Sent back", SIDE(OWNER), 10, BOARD_HOUSE, false},
    [CHALLENGE_PUBLISHED] = {"published", "揭榜中", "Open to bids", SIDE(OWNER), 0, N_("榜单写明的截止日"), false},
    [CHALLENGE_OPENED] = {"opened", "已开启，待遴选", "Opened, to be chosen", SIDE(OWNER), 10, BOARD_HOUSE, false},
    [CHALLENGE_NOTICED] = {"noticed", "公示中", "Chosen, made public", SIDE(OWNER), 0, NULL, false},
    [CHALLENGE_RUNNING] = {"running", "攻关中", "Under way", SIDE(WINNER), 0, NULL, false},
    [CHALLENGE_DELIVERED] = {"delivered", "待验收", "To be accepted", SIDE(OWNER), 10, BOARD_HOUSE, false},
    [CHALLENGE_ACCEPTED] = {"accepted", "已验收", "Accepted", 0, 0, NULL, true},
    [CHALLENGE_FAILED] = {"failed", "流榜", "Nobody chosen", 0, 0, NULL, true},
    [CHALLENGE_WITHDRAWN] = {"withdrawn", "已撤榜", "Withdrawn", 0, 0, NULL, true},
    [CHALLENGE_STOPPED] = {"stopped", "攻关终止", "Stopped", 0, 0, NULL, true},
};

#define PROBLEM "need subject problem figures amount owner_share until_day finish_by who conditions criteria name phone"
#define BEFORE (STATE(CHALLENGE_CHECKING) | STATE(CHALLENGE_RETURNED))

static bool protest_open(const struct record *entry)
{
    return !matter_known(entry, PROTEST_VERDICT);
}

static bool passed(const struct record *entry)
{
    return slice_is(matter_text(entry, MILESTONE_OUTCOME), "passed");
}

static bool milestone_open(const struct record *entry)
{
    return !passed(entry);
}

/* There is evidence on which nothing was said yet. */
static bool milestone_shown(const struct record *entry)
{
    return matter_known(entry, MILESTONE_EVIDENCE) && !matter_known(entry, MILESTONE_OUTCOME);
}

static const struct matter_step steps[] = {
    {.name = "put", .label = "出题", .label_en = "Put out", .does = N_("难题、指标、金额、谁可以揭榜；科技部门核过就发榜"), .from = MATTER_NEW, .to = CHALLENGE_CHECKING,
     .by = SIDE(OWNER), .fields = PROBLEM, .seldom = "conditions", .check = challenge_put},
    {.name = "revise", .label = "修改", .label_en = "Revise", .does = N_("发榜以前都可以改"), .from = BEFORE, .to = CHALLENGE_CHECKING, .by = SIDE(OWNER),
     .fields = PROBLEM, .seldom = "conditions", .check = challenge_revise},
    {.name = "publish", .label = "发榜", .label_en = "Publish", .does = N_("向所有人公开，到截止日止收揭榜书"), .from = STATE(CHALLENGE_CHECKING),
     .to = CHALLENGE_PUBLISHED, .by = SIDE(OFFICERS), .gate = "challenge_publish", .check = challenge_publish},
    {.name = "send_back", .label = "退回", .label_en = "Send back", .does = N_("写明要改什么"), .from = STATE(CHALLENGE_CHECKING), .to = CHALLENGE_RETURNED,
     .by = SIDE(OFFICERS), .fields = "return_why"},
    {.name = "open", .label = "开启揭榜书", .label_en = "Open the bids", .does = N_("截止日的次日起，全部同时开启；不够份数的开不了"),
     .from = STATE(CHALLENGE_PUBLISHED), .to = CHALLENGE_OPENED, .by = SIDE(OWNER) | SIDE(OFFICERS), .gate = "challenge_open", .check = challenge_open},
    {.name = "extend", .label = "延期", .label_en = "Extend", .does = N_("开启以前可以延期；已收到的揭榜书仍然密封"), .from = STATE(CHALLENGE_PUBLISHED),
     .to = MATTER_SAME, .by = SIDE(OWNER), .fields = "until_day", .check = challenge_extend},
    {.name = "fail", .label = "流榜", .label_en = "Close without enough bids", .does = N_("过了截止日还不够份数：揭榜书不开启，原样退回"),
     .from = STATE(CHALLENGE_PUBLISHED), .to = CHALLENGE_FAILED, .by = SIDE(OWNER) | SIDE(OFFICERS), .fields = "end_why", .check = challenge_fail},
    {.name = "notice", .label = "公示拟中榜方", .label_en = "Make the choice public", .does = N_("每份揭榜书都写了理由、只有一份拟中榜，才能公示"),
     .from = STATE(CHALLENGE_OPENED), .to = CHALLENGE_NOTICED, .by = SIDE(OWNER), .fields = "reasons", .check = challenge_notice},
    {.name = "none", .label = "都不选", .label_en = "Choose none", .does = N_("每份揭榜书都写了理由以后"), .from = STATE(CHALLENGE_OPENED), .to = CHALLENGE_FAILED,
     .by = SIDE(OWNER), .fields = "end_why", .check = challenge_none},
    {.name = "protest", .label = "登记异议", .label_en = "Enter an objection", .does = N_("公示期内谁提的、提什么"), .from = STATE(CHALLENGE_NOTICED), .to = MATTER_SAME,
     .by = SIDE(OWNER) | SIDE(OFFICERS), .fields = "raised_by text", .how = MATTER_ADD, .entry = &kind_protest},
    {.name = "rule", .label = "处理异议", .label_en = "Rule on an objection", .does = N_("结论和理由，答复异议人"), .from = STATE(CHALLENGE_NOTICED), .to = MATTER_SAME,
     .by = SIDE(OFFICERS), .fields = "verdict ruling", .how = MATTER_AMEND, .entry = &kind_protest, .amendable = protest_open, .check = challenge_rule},
    {.name = "reselect", .label = "重新遴选", .label_en = "Select again", .does = N_("有异议成立的，退回遴选"), .from = STATE(CHALLENGE_NOTICED), .to = CHALLENGE_OPENED,
     .by = SIDE(OWNER) | SIDE(OFFICERS), .check = challenge_reselect},
    {.name = "give_up", .label = "中榜方不签约", .label_en = "The winner does not sign", .does = N_("中榜方放弃，或者迟迟不签：写明原因，退回遴选"), .from = STATE(CHALLENGE_NOTICED),
     .to = CHALLENGE_OPENED, .by = SIDE(WINNER) | SIDE(OFFICERS), .fields = "end_why", .check = challenge_give_up},
    {.name = "sign", .label = "签约", .label_en = "Contract", .does = N_("公示期满、异议都处理了以后；本平台的转化项目或平台外的合同"),
     .from = STATE(CHALLENGE_NOTICED), .to = CHALLENGE_RUNNING, .by = SIDE(OWNER), .fields = "deal contract total signed_on", .gate = "challenge_sign",
     .check = challenge_sign},
    {.name = "plan", .label = "定里程碑", .label_en = "Set a milestone", .does = N_("指标、日期、拨付比例；合计 100%"), .from = STATE(CHALLENGE_RUNNING),
     .to = MATTER_SAME, .by = SIDE(OWNER), .fields = "what by_day figures share", .how = MATTER_ADD, .entry = &kind_milestone, .check = challenge_plan},
    {.name = "show", .label = "交里程碑证据", .label_en = "Show evidence", .does = N_("达到了什么、附文件的 SHA-256"), .from = STATE(CHALLENGE_RUNNING),
     .to = MATTER_SAME, .by = SIDE(WINNER), .fields = "evidence digest", .seldom = "digest", .how = MATTER_AMEND, .entry = &kind_milestone,
     .amendable = milestone_open, .check = challenge_evidence},
    {.name = "pass", .label = "核验通过并拨付", .label_en = "Pass and release", .does = N_("按比例拨付，算到分"), .from = STATE(CHALLENGE_RUNNING), .to = MATTER_SAME,
     .by = SIDE(OWNER), .fields = "opinion payment", .how = MATTER_AMEND, .entry = &kind_milestone, .amendable = milestone_shown, .check = challenge_pass},
    {.name = "miss", .label = "核验没有达到", .label_en = "Not reached", .does = N_("写明差在哪里；可以再交证据"), .from = STATE(CHALLENGE_RUNNING), .to = MATTER_SAME,
     .by = SIDE(OWNER), .fields = "opinion", .how = MATTER_AMEND, .entry = &kind_milestone, .amendable = milestone_shown, .check = challenge_miss},
    {.name = "deliver", .label = "请求验收", .label_en = "Deliver", .does = N_("里程碑都达到以后"), .from = STATE(CHALLENGE_RUNNING), .to = CHALLENGE_DELIVERED,
     .by = SIDE(WINNER), .fields = "delivery", .check = challenge_deliver},
    {.name = "accept", .label = "验收、评价", .label_en = "Accept and rate", .does = N_("业主评价：一到五分，写评语"), .from = STATE(CHALLENGE_DELIVERED),
     .to = CHALLENGE_ACCEPTED, .by = SIDE(OWNER), .fields = "score review", .check = challenge_accept},
    {.name = "reject", .label = "不予验收", .label_en = "Not accepted", .does = N_("写明哪一项没有达到，退回补做"), .from = STATE(CHALLENGE_DELIVERED),
     .to = CHALLENGE_RUNNING, .by = SIDE(OWNER), .fields = "reject_why"},
    {.name = "withdraw", .label = "撤榜", .label_en = "Withdraw", .does = N_("写明原因；已收到的揭榜书不开启，原样退回"), .from = BEFORE | STATE(CHALLENGE_PUBLISHED),
     .to = CHALLENGE_WITHDRAWN, .by = SIDE(OWNER), .fields = "end_why", .check = challenge_withdraw},
    {.name = "stop", .label = "终止攻关", .label_en = "Stop", .does = N_("写明原因；已拨付的不再增加"), .from = STATE(CHALLENGE_RUNNING) | STATE(CHALLENGE_DELIVERED),
     .to = CHALLENGE_STOPPED, .by = SIDE(OWNER) | SIDE(OFFICERS), .fields = "end_why"},
};

static const struct kind *const entries[] = {&kind_milestone, &kind_protest};

/* What was published once stays public, with what became of it; what was withdrawn before was never public. */
static bool open_to_all(const struct record *matter)
{
    return matter_known(matter, CHALLENGE_PUBLISHED_ON);
}

/* Bids, of which nobody hears before they are opened: they are sealed (bid.c). */
static const struct matter_room rooms[] = {{&kind_bid, BID_CHALLENGE}};

const struct matter_sort sort_challenge = {
    .kind = &kind_challenge, .about = N_("企业出题出资，谁有本事谁来揭：发榜、密封揭榜、遴选公示、里程碑拨付、业主评价"),
    .empty = N_("还没有榜单。企业把难题、指标和出多少钱写清楚，科技部门核过就发榜。"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .entries = entries, .entry_count = COUNT(entries), .open = open_to_all, .facts = challenge_facts,
    .rooms = rooms, .room_count = COUNT(rooms),
};
