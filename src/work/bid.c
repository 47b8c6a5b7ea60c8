/*
 * A bid (揭榜书): sealed until its challenge is opened, then scored and answered with reasons by whose problem it is. Who was not chosen
 * may object while the choice is public; the objection goes into the challenge's file.
 */
#include "work/board_int.h"

#include "record/party.h"

enum { BIDDER, OWNER };

static const struct matter_side sides[] = {
    [BIDDER] = {"bidder", "揭榜方", "Bidder", SIDE_OWNER},
    [OWNER] = {"owner", "出题方", "Owner of the problem", BID_TO},
};

static const struct matter_state states[] = {
    [BID_SUBMITTED] = {"submitted", "已递交", "Handed in", 0, 0, NULL, false},
    [BID_PROPOSED] = {"proposed", "拟中榜", "To be chosen", 0, 0, NULL, false},
    [BID_DECLINED] = {"declined", "未中榜", "Not chosen", 0, 0, NULL, true},
    [BID_WON] = {"won", "已中榜", "Chosen", 0, 0, NULL, true},
    [BID_UNOPENED] = {"unopened", "未开启退回", "Given back unopened", 0, 0, NULL, true},
    [BID_WITHDRAWN] = {"withdrawn", "已撤回", "Withdrawn", 0, 0, NULL, true},
};

#define WRONG(field, ...) MATTER_WRONG(err, &kind_bid, field, __VA_ARGS__)

/* --- handing in --- */

static bool may_bid(struct matter_draft *draft, const struct record *challenge, struct err *err)
{
    struct record party;

    if (challenge->owner == draft->order->actor->party)
        return err_set(err, ERR_CONFLICT, "这是本单位自己出的题");
    if (!record_get(draft->sql, &kind_party, draft->order->actor->party, draft->arena, &party, err))
        return false;
    return field_list_has(matter_text(challenge, CHALLENGE_WHO), matter_text(&party, PARTY_SIDE))
           || err_set(err, ERR_CONFLICT, "这张榜单不向本单位这一类单位征集") || err_hint(err, "看榜单上的“谁可以揭榜”");
}

static bool still_open(struct matter_draft *draft, const struct record *challenge, struct err *err)
{
    if (challenge_is(challenge, CHALLENGE_PUBLISHED) && draft->today <= matter_day(challenge, CHALLENGE_UNTIL))
        return true;
    return err_set(err, ERR_CONFLICT, "这张榜单现在不收揭榜书") || err_hint(err, "截止日已过，或者没有发榜、已经撤榜");
}

static bool only_one(struct matter_draft *draft, struct err *err)
{
    int64_t other;
    bool found;

    if (!sql_one(draft->sql, "SELECT id FROM bid WHERE challenge = ?1 AND owner = ?2 AND to_leaf IS NULL AND state = 'submitted' LIMIT 1",
                 SQL_ARGS(sql_int(matter_number(&draft->matter, BID_CHALLENGE)), sql_int(draft->matter.owner)), &other, &found, err))
        return false;
    return !found || err_set(err, ERR_CONFLICT, "本单位已经递交了一份揭榜书") || err_hint(err, "截止日前可以修改它，或者撤回再交");
}

static bool price_fits(const struct matter_draft *draft, const struct record *challenge, struct err *err)
{
    return matter_number(&draft->matter, BID_PRICE) <= matter_number(challenge, CHALLENGE_AMOUNT) || WRONG(BID_PRICE, N_("报价不能超过榜单金额"));
}

static bool hand_in(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter, *challenge;

    if (!pilot_record(draft, &kind_bid, BID_CHALLENGE, &kind_challenge, matter_number(matter, BID_CHALLENGE), &challenge, err))
        return false;
    if (!matter_known(challenge, CHALLENGE_PUBLISHED_ON)) /* of one that is not public nobody is told */
        return WRONG(BID_CHALLENGE, N_("没有这个编号的%s"), kind_challenge.label);
    matter_set_number(matter, BID_TO, challenge->owner);
    board_title(draft, "揭榜：", matter_text(challenge, CHALLENGE_SUBJECT));
    return may_bid(draft, challenge, err) && still_open(draft, challenge, err) && only_one(draft, err) && price_fits(draft, challenge, err);
}

static bool while_sealed(struct matter_draft *draft, struct err *err)
{
    struct record challenge;

    return bid_challenge(draft->sql, &draft->was, draft->arena, &challenge, err) && still_open(draft, &challenge, err)
           && price_fits(draft, &challenge, err);
}

/* --- the answer --- */

static bool being_chosen(struct matter_draft *draft, struct err *err)
{
    struct record challenge;

    if (!bid_challenge(draft->sql, &draft->was, draft->arena, &challenge, err))
        return false;
    return challenge_is(&challenge, CHALLENGE_OPENED) || err_set(err, ERR_CONFLICT, "现在不在遴选") || err_hint(err, "开启之后、公示之前才能写评分和理由");
}

static bool undo(struct matter_draft *draft, struct err *err)
{
    draft->matter.values[BID_SCORE] = draft->matter.values[BID_REASON] = (struct value){0};
    return being_chosen(draft, err);
}

static bool object(struct matter_draft *draft, struct err *err)
{
    struct record challenge, protest = {.kind = &kind_protest};

    if (!bid_challenge(draft->sql, &draft->was, draft->arena, &challenge, err))
        return false;
    if (!challenge_is(&challenge, CHALLENGE_NOTICED))
        return err_set(err, ERR_CONFLICT, "现在不在公示期") || err_hint(err, "异议在公示期内提");
    protest.owner = challenge.owner;
    matter_set_text(&protest, PROTEST_BY, record_title(draft->sql, &kind_party, draft->matter.owner, draft->arena));
    matter_set_text(&protest, PROTEST_TEXT, matter_text(&draft->matter, BID_OBJECTION));
    return matter_also_entry(draft, &protest, challenge.id, err) != NULL;
}

#define OFFER "approach figures price months team trl evidence name phone"
#define CHOOSING (STATE(BID_SUBMITTED) | STATE(BID_PROPOSED) | STATE(BID_DECLINED))

static const struct matter_step steps[] = {
    {.name = "bid", .label = "递交揭榜书", .label_en = "Hand in a bid", .does = N_("截止日以前密封：除了本单位，谁也看不到，出题方和科技部门也看不到"),
     .from = MATTER_NEW, .to = BID_SUBMITTED, .by = SIDE(BIDDER), .fields = "challenge " OFFER, .check = hand_in},
    {.name = "change", .label = "修改", .label_en = "Change", .does = N_("截止日以前可以改"), .from = STATE(BID_SUBMITTED), .to = MATTER_SAME, .by = SIDE(BIDDER),
     .fields = OFFER, .check = while_sealed},
    {.name = "withdraw", .label = "撤回", .label_en = "Withdraw", .does = N_("截止日以前可以撤回"), .from = STATE(BID_SUBMITTED), .to = BID_WITHDRAWN, .by = SIDE(BIDDER),
     .check = while_sealed},
    {.name = "propose", .label = "拟中榜", .label_en = "Propose", .does = N_("只能选一份；对着遴选标准写评分和理由"), .from = STATE(BID_SUBMITTED), .to = BID_PROPOSED,
     .by = SIDE(OWNER), .fields = "score reason", .check = being_chosen},
    {.name = "decline", .label = "不选", .label_en = "Decline", .does = N_("每个“不”都要有理由，揭榜方看得到"), .from = STATE(BID_SUBMITTED), .to = BID_DECLINED,
     .by = SIDE(OWNER), .fields = "score reason", .check = being_chosen},
    {.name = "undo", .label = "改回待选", .label_en = "Undo", .does = N_("公示以前可以改"), .from = CHOOSING & ~STATE(BID_SUBMITTED), .to = BID_SUBMITTED,
     .by = SIDE(OWNER), .check = undo},
    {.name = "object", .label = "提异议", .label_en = "Object", .does = N_("公示期内；由科技部门处理，结论写在榜单的卷里"), .from = STATE(BID_DECLINED), .to = MATTER_SAME,
     .by = SIDE(BIDDER), .fields = "objection", .check = object},
};

/* Sealed as long as its challenge was not opened; for good where it never was. */
static bool is_sealed(struct sql *sql, const struct record *matter, bool *sealed, struct err *err)
{
    int64_t opened;
    bool found;

    *sealed = true;
    if (!sql_one(sql, "SELECT id FROM challenge WHERE id = ?1 AND to_leaf IS NULL AND opened_on IS NOT NULL", SQL_ARGS(sql_int(matter_number(matter, BID_CHALLENGE))),
                 &opened, &found, err))
        return false;
#ifndef TQ_TEETH_BID_SEALED
    *sealed = !found;
#else
    *sealed = false;
#endif
    return true;
}

const struct matter_sort sort_bid = {
    .kind = &kind_bid, .about = N_("本单位递交的和收到的揭榜书；截止日以前密封，开启以后逐份写评分和理由"),
    .empty = N_("还没有。打开一张揭榜中的榜单，按“揭榜”"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .sealed = is_sealed, .begins_at = "/challenges",
};
