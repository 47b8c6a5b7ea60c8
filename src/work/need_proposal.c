/* A short proposal (短提案) to a need, half an hour's work; every no to it carries its reason. features.md, journeys ③ and ④. */
#include "work/talent_int.h"

#include "base/utf8.h"

enum { FIRM, PROPOSER };
enum { TITLE_MOST = 100 /* characters of the need's own title */ };
enum { SENT, SHORTLISTED, SECRET, MET, AGREED, REFUSED, WITHDRAWN };

static const struct matter_side sides[] = {
    [FIRM] = {"firm", "需求方", "The firm", SIDE_OWNER},
    [PROPOSER] = {"proposer", "提案方", "Proposer", PROPOSAL_FROM},
};

static const struct matter_state states[] = {
    [SENT] = {"sent", "待需求方答复", "To be answered", SIDE(FIRM), 5, HOUSE_TERM, false},
    [SHORTLISTED] = {"shortlisted", "已入围", "Shortlisted", SIDE(FIRM), 10, HOUSE_TERM, false},
    [SECRET] = {"nda", "已签保密协议", "Under NDA", SIDE(FIRM), 10, HOUSE_TERM, false},
    [MET] = {"met", "已面谈", "Met", SIDE(FIRM), 10, HOUSE_TERM, false},
    [AGREED] = {"agreed", "已签合同", "Contract signed", 0, 0, NULL, true},
    [REFUSED] = {"refused", "未选", "Not chosen", 0, 0, NULL, true},
    [WITHDRAWN] = {"withdrawn", "已撤回", "Withdrawn", 0, 0, NULL, true},
};

#define WRONG(field, ...) MATTER_WRONG(err, &kind_proposal, field, __VA_ARGS__)

static bool only_one(struct matter_draft *draft, struct err *err)
{
    int64_t other;
    bool found;

    if (!sql_one(draft->sql, "SELECT id FROM proposal WHERE need = ?1 AND from_party = ?2 AND author = ?3 AND to_leaf IS NULL"
                             " AND state IN ('sent', 'shortlisted', 'nda', 'met') LIMIT 1",
                 SQL_ARGS(sql_int(matter_number(&draft->matter, PROPOSAL_NEED)), sql_int(matter_number(&draft->matter, PROPOSAL_FROM)),
                          sql_int(draft->order->actor->account)), &other, &found, err))
        return false;
    if (!found)
        return true;
    err_set(err, ERR_CONFLICT, "您对这项需求已有一份提案在办");
    return err_hint(err, "要改的先撤回，再重新提");
}

/* With who proposes, so that several for one need are told apart on the firm's desk. */
static void title_set(struct matter_draft *draft, struct slice need)
{
    struct slice head = utf8_head(need, TITLE_MOST), from = talent_party(draft, matter_number(&draft->matter, PROPOSAL_FROM));

    matter_set_text(&draft->matter, MATTER_TITLE,
                    slice_of(arena_print(draft->arena, "%.*s（%.*s）", (int)head.len, head.at, (int)from.len, from.at)));
}

static bool propose(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter, need;

    if (!record_get(draft->sql, &kind_need, matter_number(matter, PROPOSAL_NEED), draft->arena, &need, err))
        return false;
    if (need.status == RECORD_CLOSED || !need.owner)
        return WRONG(PROPOSAL_NEED, N_("这项需求已经关闭，不再收提案"));
    if (need.owner == draft->order->actor->party)
        return WRONG(PROPOSAL_NEED, N_("这是本单位自己的需求"));
    if (matter_number(matter, PROPOSAL_LOW) > matter_number(matter, PROPOSAL_HIGH))
        return WRONG(PROPOSAL_HIGH, N_("报价上限低于下限"));
    matter->owner = need.owner;
    matter_set_number(matter, PROPOSAL_FROM, draft->order->actor->party);
    title_set(draft, need.values[kind_need.title].text);
    return only_one(draft, err);
}

static bool nda(struct matter_draft *draft, struct err *err)
{
    return matter_day(&draft->matter, PROPOSAL_NDA_ON) <= draft->today || WRONG(PROPOSAL_NDA_ON, N_("签订日还没有到"));
}

/* A deal of this house is one between the two. */
static bool agree(struct matter_draft *draft, struct err *err)
{
    const struct record *matter = &draft->matter;
    int64_t firm = matter->owner, proposer = matter_number(matter, PROPOSAL_FROM);
    struct deal_told told;

    if (matter_known(matter, PROPOSAL_DEAL) == matter_known(matter, PROPOSAL_OUTSIDE))
        return WRONG(PROPOSAL_OUTSIDE, N_("写本平台的转化项目，或者平台外的合同编号，写一样"));
    if (matter_known(matter, PROPOSAL_OUTSIDE))
        return true;
    if (!talent_deal(draft->sql, matter_number(matter, PROPOSAL_DEAL), draft->arena, &told, err))
        return false;
    return (told.found && ((told.unit == proposer && told.buyer == firm) || (told.unit == firm && told.buyer == proposer)))
           || WRONG(PROPOSAL_DEAL, N_("没有这个项目，或者它的双方不是需求方和提案方"));
}

#define IN_TALKS (STATE(SHORTLISTED) | STATE(SECRET) | STATE(MET))

static const struct matter_step steps[] = {
    {"propose", "提交短提案", "Propose", N_("半小时写得完：怎么做、凭什么、多久、多少钱、还缺什么"), MATTER_NEW, SENT, SIDE(PROPOSER),
     "need name phone approach evidence trl months price_low price_high lacks achievement", "price_low achievement", MATTER_MOVE, NULL, NULL, NULL,
     propose, NULL, NULL},
    {"shortlist", "入围", "Shortlist", N_("值得往下谈"), STATE(SENT), SHORTLISTED, SIDE(FIRM), NULL, NULL, MATTER_MOVE, NULL, NULL, NULL, NULL, NULL, NULL},
    {"refuse", "不选", "Refuse", N_("每个“不”都要有理由，对方看得到"), STATE(SENT) | IN_TALKS, REFUSED, SIDE(FIRM), "refusal refusal_why", NULL, MATTER_MOVE,
     NULL, NULL, NULL, NULL, NULL, NULL},
    {"nda", "签了保密协议", "NDA signed", N_("可以看保密细节了"), STATE(SHORTLISTED), SECRET, SIDE(FIRM), "nda_on", NULL, MATTER_MOVE, NULL, NULL, NULL, nda, NULL,
     NULL},
    {"meet", "记面谈", "Record a meeting", N_("谁和谁，哪天，谈了什么"), IN_TALKS, MET, SIDE(FIRM) | SIDE(PROPOSER), "met_on place who what", NULL, MATTER_ADD,
     &kind_talk, NULL, NULL, talent_talk, NULL, NULL},
    {"agree", "签了合同", "Contract signed", N_("本平台的转化项目，或者平台外的合同"), IN_TALKS, AGREED, SIDE(FIRM), "deal outside", NULL, MATTER_MOVE, NULL, NULL,
     NULL, agree, NULL, NULL},
    {"withdraw", "撤回", "Withdraw", N_("不再提了"), STATE(SENT) | IN_TALKS, WITHDRAWN, SIDE(PROPOSER), NULL, NULL, MATTER_MOVE, NULL, NULL, NULL, NULL, NULL, NULL},
};

static const struct kind *const entries[] = {&kind_talk};

const struct matter_sort sort_proposal = {
    .kind = &kind_proposal, .about = N_("科研人员或单位对一项需求的短提案；选了往下谈，不选的都写理由"),
    .empty = N_("还没有提案。打开一项需求，按“提交短提案”"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides, .states = states, .state_count = sizeof states / sizeof *states,
    .steps = steps, .step_count = sizeof steps / sizeof *steps, .entries = entries, .entry_count = 1, .begins_at = "/needs",
    .researchers = SIDE(PROPOSER), .need = PROPOSAL_NEED, .unveils = STATE(SECRET) | STATE(MET) | STATE(AGREED)};
