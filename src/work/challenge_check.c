/* A challenge up to its contract: what no rule says, and what the rules of R85 are told. */
#include "work/board_int.h"

#include "record/need.h"
#include "record/paper.h"

#define WRONG(field, ...) MATTER_WRONG(err, &kind_challenge, field, __VA_ARGS__)

enum { UNOPENED_MOST = MATTER_WRITES - 4 /* of a step: what is written besides the matter, its entry and the finding */ };

/* --- the problem --- */

static bool need_fits(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter, *need;
    int64_t test;
    bool found;

    if (!matter_known(matter, CHALLENGE_NEED))
        return true;
    if (!pilot_record(draft, &kind_challenge, CHALLENGE_NEED, &kind_need, matter_number(matter, CHALLENGE_NEED), &need, err))
        return false;
    if (need->owner != matter->owner)
        return WRONG(CHALLENGE_NEED, N_("这不是本单位的需求"));
    if (matter_number(need, NEED_HIDDEN)) /* a challenge bears its owner's name: beside the need it would tell whose that is */
        return WRONG(CHALLENGE_NEED, N_("这项需求不公开单位名称，榜单是署名的")) || err_hint(err, "不写来自哪项需求，或者先在需求里公开名称");
    if (!sql_one(draft->sql, "SELECT id FROM need_test WHERE need = ?1 AND state = 'posted' AND to_leaf IS NULL ORDER BY id DESC LIMIT 1",
                 SQL_ARGS(sql_int(need->id)), &test, &found, err))
        return false;
    if (found)
        matter_set_number(matter, CHALLENGE_TEST, test);
    return true;
}

static bool days_fit(const struct matter_draft *draft, struct err *err)
{
    const struct record *matter = &draft->matter;

    if (matter_day(matter, CHALLENGE_UNTIL) <= draft->today)
        return WRONG(CHALLENGE_UNTIL, N_("揭榜截止日已经过去，或者就是今天"));
    return matter_day(matter, CHALLENGE_FINISH) > matter_day(matter, CHALLENGE_UNTIL) || WRONG(CHALLENGE_FINISH, N_("最迟完成日要在揭榜截止日之后"));
}

bool challenge_put(struct matter_draft *draft, struct err *err)
{
    board_title(draft, "", matter_text(&draft->matter, CHALLENGE_SUBJECT));
    return need_fits(draft, err) && days_fit(draft, err);
}

bool challenge_revise(struct matter_draft *draft, struct err *err)
{
    draft->matter.values[CHALLENGE_TEST] = (struct value){0};
    return challenge_put(draft, err);
}

bool challenge_publish(struct matter_draft *draft, struct err *err)
{
    if (!need_fits(draft, err) || !days_fit(draft, err)) /* it may hide by now */
        return false;
    matter_set_day(&draft->matter, CHALLENGE_PUBLISHED_ON, draft->today, draft->arena);
    matter_set_due(&draft->matter, matter_day(&draft->matter, CHALLENGE_UNTIL), draft->arena);
    return true;
}

bool challenge_extend(struct matter_draft *draft, struct err *err)
{
    int32_t until = matter_day(&draft->matter, CHALLENGE_UNTIL);

    if (until <= matter_day(&draft->was, CHALLENGE_UNTIL) || until <= draft->today)
        return WRONG(CHALLENGE_UNTIL, N_("新的截止日要晚于原来的，也要晚于今天"));
    if (until >= matter_day(&draft->matter, CHALLENGE_FINISH))
        return WRONG(CHALLENGE_UNTIL, N_("截止日要在最迟完成日之前"));
    matter_set_due(&draft->matter, until, draft->arena);
    return true;
}

/* --- the bids --- */

static bool bid_move(struct matter_draft *draft, int64_t id, enum bid_state into, struct err *err)
{
    struct record *was = arena_zero(draft->arena, 1, sizeof *was), *bid;

    if (!record_get(draft->sql, &kind_bid, id, draft->arena, was, err))
        return false;
    bid = matter_also(draft, was, was, err);
    if (bid)
        matter_enter(draft, &sort_bid, bid, into);
    return bid != NULL;
}

/* Sealed bids go back as they came. There are few: the challenge had too few, or may no longer be withdrawn. */
static bool bids_back(struct matter_draft *draft, struct err *err)
{
    int64_t ids[UNOPENED_MOST + 1];
    struct sql_rows rows;
    size_t count = 0;

    if (!sql_rows(draft->sql, "SELECT id FROM bid WHERE challenge = ?1 AND to_leaf IS NULL AND state = 'submitted' ORDER BY id LIMIT ?2",
                  SQL_ARGS(sql_int(draft->was.id), sql_int(UNOPENED_MOST + 1)), &rows, err))
        return false;
    while (count <= UNOPENED_MOST && sql_next(&rows))
        ids[count++] = sql_number(&rows, 0);
    if (!sql_done(&rows, err))
        return false;
    if (count > UNOPENED_MOST)
        return err_set(err, ERR_CONFLICT, "已经收到的揭榜书很多，不能再撤榜") || err_hint(err, "到期开启，都不选的逐份写明理由");
    for (size_t i = 0; i < count; i++)
        if (!bid_move(draft, ids[i], BID_UNOPENED, err))
            return false;
    return true;
}

bool challenge_withdraw(struct matter_draft *draft, struct err *err)
{
    return bids_back(draft, err);
}

static bool past_deadline(const struct matter_draft *draft, struct err *err)
{
    return draft->today > matter_day(&draft->matter, CHALLENGE_UNTIL)
           || err_set(err, ERR_CONFLICT, "揭榜截止日还没有过") || err_hint(err, "截止日当日还收揭榜书，次日起才能办");
}

bool challenge_open(struct matter_draft *draft, struct err *err)
{
    struct bid_stand stand;

    if (!past_deadline(draft, err) || !bid_stand(draft->sql, draft->was.id, &stand, err))
        return false;
    if (!stand.submitted)
        return err_set(err, ERR_CONFLICT, "没有收到揭榜书") || err_hint(err, "可以延期，或者流榜");
    matter_set_number(&draft->matter, CHALLENGE_BIDS, stand.submitted);
    matter_set_day(&draft->matter, CHALLENGE_OPENED_ON, draft->today, draft->arena);
    return true;
}

/* Of the file's objections those that were upheld and on which nothing was done yet. */
static bool upheld(const struct record *protest)
{
    return slice_is(matter_text(protest, PROTEST_VERDICT), "upheld") && !matter_known(protest, PROTEST_SETTLED_ON);
}

static size_t upheld_count(const struct matter_draft *draft)
{
    size_t count = 0;

    for (size_t i = 0; draft->file && i < draft->file->counts[1]; i++)
        count += upheld(&draft->file->entries[1][i]);
    return count;
}

/* --- what the rules are told --- */

static void publish_facts(const struct record *matter, struct pilot_facts *facts)
{
    fact_number(facts, "challenge_money", FACT_MONEY, matter_known(matter, CHALLENGE_AMOUNT), matter_number(matter, CHALLENGE_AMOUNT));
    fact_number(facts, "challenge_owner_share", FACT_SHARE, matter_known(matter, CHALLENGE_SHARE), matter_number(matter, CHALLENGE_SHARE));
    fact_yes(facts, "challenge_figures", matter_known(matter, CHALLENGE_FIGURES));
    fact_yes(facts, "challenge_criteria", matter_known(matter, CHALLENGE_CRITERIA));
}

static void protest_facts(const struct matter_draft *draft, struct pilot_facts *facts)
{
    int64_t open = 0;

    for (size_t i = 0; draft->file && i < draft->file->counts[1]; i++)
        open += !matter_known(&draft->file->entries[1][i], PROTEST_VERDICT);
    fact_number(facts, "challenge_notice_from", FACT_DAY, matter_known(&draft->matter, CHALLENGE_NOTICE_FROM), matter_day(&draft->matter, CHALLENGE_NOTICE_FROM));
    fact_number(facts, "challenge_objections_open", FACT_NUMBER, true, open);
    fact_number(facts, "challenge_objections_upheld", FACT_NUMBER, true, (int64_t)upheld_count(draft));
}

bool challenge_facts(struct matter_draft *draft, struct fact **list, size_t *count, struct err *err)
{
    struct pilot_facts facts = {.list = arena_zero(draft->arena, PILOT_FACTS, sizeof *facts.list)};
    struct bid_stand stand;

    if (!bid_stand(draft->sql, draft->matter.id, &stand, err))
        return false;
    publish_facts(&draft->matter, &facts);
    protest_facts(draft, &facts);
    fact_number(&facts, "challenge_bids", FACT_NUMBER, true, stand.submitted);
    fact_number(&facts, "challenge_until", FACT_DAY, matter_known(&draft->matter, CHALLENGE_UNTIL), matter_day(&draft->matter, CHALLENGE_UNTIL));
    fact_number(&facts, "today", FACT_DAY, true, draft->today);
    *list = facts.list;
    *count = facts.count;
    return true;
}

/* Would they be opened? No rule: one bid is enough. */
static bool enough(struct matter_draft *draft, bool *yes, struct err *err)
{
    struct answer *answers;
    struct bid_stand stand;
    struct fact *facts;
    size_t count, answer_count;

    if (!bid_stand(draft->sql, draft->was.id, &stand, err) || !challenge_facts(draft, &facts, &count, err)
        || !rule_gate(draft->order->law->book, "challenge_open", draft->region ? (int32_t)draft->region : REGION_NATION, draft->today, facts, count,
                      draft->arena, &answers, &answer_count, err))
        return false;
    *yes = stand.submitted > 0;
    for (size_t i = 0; i < answer_count; i++)
        *yes = *yes && answers[i].verdict != RULE_NO;
    return true;
}

bool challenge_fail(struct matter_draft *draft, struct err *err)
{
    bool yes;

    if (!past_deadline(draft, err) || !enough(draft, &yes, err))
        return false;
    if (yes)
        return err_set(err, ERR_CONFLICT, "收到的揭榜书够份数，不能流榜") || err_hint(err, "先开启；都不选的逐份写明理由");
    return bids_back(draft, err);
}

/* --- the choice --- */

static bool all_answered(struct matter_draft *draft, struct bid_stand *stand, struct err *err)
{
    if (!bid_stand(draft->sql, draft->was.id, stand, err))
        return false;
    return !stand->submitted || err_set(err, ERR_CONFLICT, "还有 %lld 份揭榜书没有写理由", (long long)stand->submitted)
           || err_hint(err, "打开每一份，写评分和理由：每个落选的都要收到理由");
}

bool challenge_notice(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter, bid;
    struct bid_stand stand;

    if (!all_answered(draft, &stand, err))
        return false;
    if (stand.proposed != 1)
        return err_set(err, ERR_CONFLICT, "拟中榜的要正好一份，现在是 %lld 份", (long long)stand.proposed) || err_hint(err, "在揭榜书的页面上选定一份，其余写明理由");
    if (!record_get(draft->sql, &kind_bid, stand.proposed_id, draft->arena, &bid, err))
        return false;
    matter_set_number(matter, CHALLENGE_BID, bid.id);
    matter_set_number(matter, CHALLENGE_WINNER, bid.owner);
    matter_set_number(matter, CHALLENGE_PRICE, matter_number(&bid, BID_PRICE));
    matter_set_day(matter, CHALLENGE_NOTICE_FROM, draft->today, draft->arena);
    return true;
}

bool challenge_none(struct matter_draft *draft, struct err *err)
{
    struct bid_stand stand;

    return all_answered(draft, &stand, err)
           && (!stand.proposed || err_set(err, ERR_CONFLICT, "有一份写了拟中榜，不能都不选") || err_hint(err, "先在那份揭榜书上改过来"));
}

bool challenge_rule(struct matter_draft *draft, struct err *err)
{
    (void)err;
    matter_set_day(&draft->entry, PROTEST_RULED_ON, draft->today, draft->arena);
    return true;
}

static bool settle(struct matter_draft *draft, struct err *err)
{
    for (size_t i = 0; i < draft->file->counts[1]; i++) {
        struct record *protest;

        if (!upheld(&draft->file->entries[1][i]))
            continue;
        protest = matter_also(draft, &draft->file->entries[1][i], &draft->file->entries[1][i], err);
        if (!protest)
            return false;
        matter_set_day(protest, PROTEST_SETTLED_ON, draft->today, draft->arena);
    }
    return true;
}

/* The choice is open again, the bid that had been chosen among the others. */
bool challenge_give_up(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter;

    if (!settle(draft, err) || !bid_move(draft, matter_number(matter, CHALLENGE_BID), BID_SUBMITTED, err))
        return false;
    for (size_t i = CHALLENGE_BID; i <= CHALLENGE_NOTICE_FROM; i++)
        matter->values[i] = (struct value){0};
    return true;
}

bool challenge_reselect(struct matter_draft *draft, struct err *err)
{
    if (!upheld_count(draft))
        return err_set(err, ERR_CONFLICT, "没有成立的异议，不能重新遴选") || err_hint(err, "先处理异议");
    return challenge_give_up(draft, err);
}

/* --- the contract --- */

static bool contract_fits(struct matter_draft *draft, struct err *err)
{
    const struct record *matter = &draft->matter;
    struct record *deal;

    if (matter_known(matter, CHALLENGE_DEAL) == matter_known(matter, CHALLENGE_CONTRACT))
        return WRONG(CHALLENGE_CONTRACT, N_("写本平台的转化项目，或者平台外的合同编号，写一样"));
    if (!matter_known(matter, CHALLENGE_DEAL))
        return true;
    if (!pilot_record(draft, &kind_challenge, CHALLENGE_DEAL, &kind_deal, matter_number(matter, CHALLENGE_DEAL), &deal, err))
        return false;
    return deal->owner == matter_number(matter, CHALLENGE_WINNER) || WRONG(CHALLENGE_DEAL, N_("这不是中榜方的转化项目"));
}

bool challenge_sign(struct matter_draft *draft, struct err *err)
{
    const struct record *matter = &draft->matter;

    if (upheld_count(draft))
        return err_set(err, ERR_CONFLICT, "有异议成立，不能签约") || err_hint(err, "先重新遴选");
    if (!contract_fits(draft, err))
        return false;
    if (matter_number(matter, CHALLENGE_TOTAL) > matter_number(matter, CHALLENGE_AMOUNT))
        return WRONG(CHALLENGE_TOTAL, N_("合同金额不能超过榜单金额"));
    if (matter_number(matter, CHALLENGE_TOTAL) > matter_number(matter, CHALLENGE_PRICE))
        return WRONG(CHALLENGE_TOTAL, N_("合同金额不能超过公示的中榜报价"));
    if (matter_day(matter, CHALLENGE_SIGNED_ON) > draft->today || matter_day(matter, CHALLENGE_SIGNED_ON) < matter_day(matter, CHALLENGE_NOTICE_FROM))
        return WRONG(CHALLENGE_SIGNED_ON, N_("签约日要在公示之后，不能晚于今天"));
    return bid_move(draft, matter_number(matter, CHALLENGE_BID), BID_WON, err);
}
