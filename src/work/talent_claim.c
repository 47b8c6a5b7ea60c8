/*
 * A claim for the city's reward to technology managers (R94): from the chain introduction (both confirmed) → talks → contract →
 * registration → receipt. A receipt counts once for all managers together, so no two claims take the same part of it: what others have
 * taken is read from the current records in the very step that takes. It is apart from the commission, which the client pays by contract.
 */
#include "work/talent_int.h"

#include "base/clock.h"
#include "base/money.h"

enum { BROKER, MANAGER, PARTNER, OFFICERS };
enum { WHOLE = 10000, RECEIPTS_MOST = 200, COUNTED_MOST = 9 /* receipts a claim takes: what a step may write */ };

static const struct matter_side sides[] = {
    [BROKER] = {"broker", "所在机构", "His organisation", SIDE_OWNER},
    [MANAGER] = {"manager", "申领人", "Claimant", REWARD_PERSON},
    [PARTNER] = {"partner", "共同促成的经理人", "The other manager", REWARD_PARTNER},
    [OFFICERS] = {"officers", "科技部门", "Officers", SIDE_OFFICERS},
};

static const struct matter_state states[] = {
    [REWARD_IS_SHARING] = {"sharing", "待另一位经理人同意份额", "Share to be agreed", SIDE(PARTNER), 5, HOUSE_TERM, false},
    [REWARD_IS_FILED] = {"filed", "待审核", "To be checked", SIDE(OFFICERS), 10, HOUSE_TERM, false},
    [REWARD_IS_PUBLIC] = {"public", "公示中", "Announced", SIDE(OFFICERS), 0, NULL, false},
    [REWARD_IS_APPROVED] = {"approved", "待兑付", "To be paid", SIDE(OFFICERS), 10, HOUSE_TERM, false},
    [REWARD_IS_PAID] = {"paid", "已兑付", "Paid", 0, 0, NULL, true},
    [REWARD_IS_REFUSED] = {"refused", "不予奖励", "Refused", 0, 0, NULL, true},
    [REWARD_IS_WITHDRAWN] = {"withdrawn", "已撤回", "Withdrawn", 0, 0, NULL, true},
};

/* Claims in these states take what they count; those refused or withdrawn give it back. */
#define LIVE "state IN ('sharing', 'filed', 'public', 'approved', 'paid')"
#define WRONG(field, ...) MATTER_WRONG(err, &kind_reward_claim, field, __VA_ARGS__)

/* --- the case it rests on --- */

static bool brought_about(const struct told_case *told)
{
    return slice_is(told->state, "due") || slice_is(told->state, "settled");
}

static bool case_set(struct matter_draft *draft, struct err *err)
{
    struct told_case told;

    if (!case_read(draft, matter_number(&draft->matter, REWARD_CASE), &told, err))
        return false;
    if (!told.found || told.owner != draft->matter.owner)
        return WRONG(REWARD_CASE, N_("没有这件案件，或者它不是本机构的"));
    if (!brought_about(&told) || !told.deal)
        return WRONG(REWARD_CASE, N_("案件还没有登记促成的合同，或者合同不是本平台的转化项目：到账要由转化项目证明"));
    matter_set_number(&draft->matter, REWARD_DEAL, told.deal);
    matter_set_number(&draft->matter, REWARD_PERSON, told.manager);
    return true;
}

/* --- receipts --- */

int64_t talent_technical(int64_t sum, int64_t technical, int64_t amount)
{
    return amount > 0 && technical <= amount ? money_share(sum, technical, amount, MONEY_DOWN) : 0;
}

struct receipt {
    int64_t id, no, amount, technical;
    int32_t came_on;
    int64_t taken; /* the share that live claims have of it */
    bool own;      /* one of them is this manager's */
};

/*
 * The receipts of a deal in their order, and of each what was paid for technology: the contract's technical part of the sum so far,
 * less that of the sum before, so that the parts of all receipts sum to the fen.
 */
static bool receipts_read(struct matter_draft *draft, const struct deal_told *deal, struct receipt *list, size_t *count, struct err *err)
{
    int64_t sum = 0, before = 0;
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(draft->sql, "SELECT id, no, amount, came_on FROM receipt WHERE deal = ?1 AND to_leaf IS NULL ORDER BY no LIMIT 200",
                  SQL_ARGS(sql_int(matter_number(&draft->matter, REWARD_DEAL))), &rows, err))
        return false;
    while (*count < RECEIPTS_MOST && sql_next(&rows)) {
        struct receipt *one = &list[(*count)++];
        int64_t technical;

        *one = (struct receipt){.id = sql_number(&rows, 0), .no = sql_number(&rows, 1), .amount = sql_number(&rows, 2)};
        day_parse(sql_slice(&rows, 3), &one->came_on);
        sum += one->amount;
        technical = talent_technical(sum, deal->technical, deal->amount);
        one->technical = technical - before;
        before = technical;
    }
    return sql_done(&rows, err);
}

/* What claims of the deal have taken, by receipt. */
static bool taken_read(struct matter_draft *draft, struct receipt *list, size_t count, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(draft->sql, "SELECT r.receipt, r.share, c.person FROM reward_claim c JOIN counted_receipt r ON r.matter = c.id AND r.to_leaf IS NULL"
                              " WHERE c.deal = ?1 AND c.to_leaf IS NULL AND c." LIVE,
                  SQL_ARGS(sql_int(matter_number(&draft->matter, REWARD_DEAL))), &rows, err))
        return false;
    while (sql_next(&rows))
        for (size_t i = 0; i < count; i++)
            if (list[i].id == sql_number(&rows, 0)) {
                list[i].taken += sql_number(&rows, 1);
                list[i].own = list[i].own || sql_number(&rows, 2) == matter_number(&draft->matter, REWARD_PERSON);
            }
    return sql_done(&rows, err);
}

static bool count_one(struct matter_draft *draft, const struct receipt *receipt, int64_t *fen, struct err *err)
{
    int64_t share = matter_number(&draft->matter, REWARD_SHARE);
    struct record entry = {.kind = &kind_counted_receipt, .owner = draft->matter.owner};
    int64_t counted = money_share(receipt->technical, share, WHOLE, MONEY_DOWN);

    matter_set_number(&entry, COUNTED_DEAL, matter_number(&draft->matter, REWARD_DEAL));
    matter_set_number(&entry, COUNTED_RECEIPT, receipt->id);
    matter_set_number(&entry, COUNTED_RECEIPT_NO, receipt->no);
    matter_set_day(&entry, COUNTED_CAME_ON, receipt->came_on, draft->arena);
    matter_set_number(&entry, COUNTED_AMOUNT, receipt->amount);
    matter_set_number(&entry, COUNTED_TECHNICAL, receipt->technical);
    matter_set_number(&entry, COUNTED_SHARE, share);
    matter_set_number(&entry, COUNTED_FEN, counted);
    *fen += counted;
    return matter_also_entry(draft, &entry, 0, err) != NULL;
}

static int year_of(int32_t day)
{
    int year, month, of_month;

    day_to_ymd(day, &year, &month, &of_month);
    return year;
}

/* *last: the day of the last receipt counted: the rule of that day is the one that pays. */
static bool count_all(struct matter_draft *draft, const struct deal_told *deal, int32_t *last, struct err *err)
{
    struct receipt *list = arena_alloc(draft->arena, RECEIPTS_MOST * sizeof *list);
    size_t count, taken = 0, counted = 0;
    int64_t fen = 0;

    if (!receipts_read(draft, deal, list, &count, err) || !taken_read(draft, list, count, err))
        return false;
    for (size_t i = 0; i < count && counted < COUNTED_MOST; i++) {
        if (year_of(list[i].came_on) != matter_number(&draft->matter, REWARD_YEAR))
            continue;
#ifndef TQ_TEETH_REWARD_TWICE
        if (list[i].own || list[i].taken + matter_number(&draft->matter, REWARD_SHARE) > WHOLE) {
            taken++;
            continue;
        }
#endif
        if (!count_one(draft, &list[i], &fen, err))
            return false;
        *last = list[i].came_on;
        counted++;
    }
    matter_set_number(&draft->matter, REWARD_BASIS, fen);
    if (counted)
        return true;
    err_set(err, ERR_CONFLICT, taken ? "这个项目当年的到账都已经有人申领：一笔到账所有经理人合计只计一次" : "这个项目当年没有到账");
    return err_hint(err, taken ? "共同促成的，双方先商定份额，各按份额申领，合计不超过 100%%" : "款项到账、由转让单位记入项目之后再申领");
}

/* --- the rule --- */

static bool side_of(struct matter_draft *draft, int64_t party, struct slice *side, struct err *err)
{
    struct sql_rows rows;

    *side = SLICE("");
    if (!sql_rows(draft->sql, "SELECT side FROM party WHERE id = ?1 AND to_leaf IS NULL AND side IS NOT NULL", SQL_ARGS(sql_int(party)), &rows,
                  err))
        return false;
    if (sql_next(&rows))
        *side = arena_copy(draft->arena, sql_slice(&rows, 0));
    return sql_done(&rows, err);
}

static bool there(struct matter_draft *draft, const char *statement, int64_t id, bool *found, struct err *err)
{
    int64_t number;

    return sql_one(draft->sql, statement, SQL_ARGS(sql_int(id)), &number, found, err);
}

enum { FACTS = 8 };

static bool facts(struct matter_draft *draft, struct fact **out, size_t *count, struct err *err)
{
    int64_t deal_id = matter_number(&draft->matter, REWARD_DEAL), case_id = matter_number(&draft->matter, REWARD_CASE);
    struct fact *list = arena_zero(draft->arena, FACTS, sizeof *list);
    bool introduced, talked, registered;
    struct slice unit, buyer;
    struct deal_told deal;

    if (!talent_deal(draft->sql, deal_id, draft->arena, &deal, err) || !side_of(draft, deal.unit, &unit, err)
        || !side_of(draft, deal.buyer, &buyer, err)
        || !there(draft, "SELECT i.id FROM introduction i JOIN case_work c ON c.id = i.case_id AND c.to_leaf IS NULL AND c.other = i.second"
                         " WHERE i.case_id = ?1 AND i.state = 'confirmed' AND i.to_leaf IS NULL LIMIT 1", case_id, &introduced, err)
        || !there(draft, "SELECT id FROM talk WHERE matter = ?1 AND to_leaf IS NULL LIMIT 1", case_id, &talked, err)
        || !there(draft, "SELECT id FROM registration WHERE deal = ?1 AND to_leaf IS NULL AND result = 'registered' AND revoked_on IS NULL"
                         " LIMIT 1", deal_id, &registered, err))
        return false;
    list[0] = (struct fact){.name = "contract_sort", .kind = FACT_CODE, .known = deal.sort.len > 0, .code = deal.sort};
    list[1] = (struct fact){.name = "brokered_unit", .kind = FACT_CODE, .known = unit.len > 0, .code = unit};
    list[2] = (struct fact){.name = "brokered_buyer", .kind = FACT_CODE, .known = buyer.len > 0, .code = buyer};
    list[3] = (struct fact){.name = "introduced", .kind = FACT_YES, .known = true, .value = introduced};
    list[4] = (struct fact){.name = "talked", .kind = FACT_YES, .known = true, .value = talked};
    list[5] = (struct fact){.name = "brokered_registered", .kind = FACT_YES, .known = true, .value = registered};
    list[6] = (struct fact){.name = "technical_paid", .kind = FACT_MONEY, .known = true, .value = matter_number(&draft->matter, REWARD_BASIS)};
    list[7] = (struct fact){.name = "rewarded_before", .kind = FACT_MONEY, .known = true, .value = matter_number(&draft->matter, REWARD_BEFORE)};
    *out = list;
    *count = FACTS;
    return true;
}

static int64_t result_of(const struct answer *answer, const char *name)
{
    int64_t number = 0;

    answer_number(answer, name, &number);
    return number;
}

static bool reckon(struct matter_draft *draft, int32_t day, struct err *err)
{
    const struct rule *rule = rule_find(draft->order->law->book, "R94", (int32_t)draft->region, day);
    struct answer said;
    struct fact *list;
    size_t count;

    if (!rule)
        return err_set(err, ERR_CONFLICT, "贵机构所在地在到账那天没有已录入的经理人奖励办法") || err_hint(err, "奖励办法见“规则”页的 R94");
    if (!facts(draft, &list, &count, err) || !rule_ask(draft->order->law->book, rule, list, count, draft->order->arena, &said, err))
        return false;
    if (said.verdict == RULE_NO)
        return err_set(err, ERR_CONFLICT, "%.*s", (int)said.says.len, said.says.at);
    matter_set_number(&draft->matter, REWARD_FULL, result_of(&said, "full"));
    matter_set_number(&draft->matter, REWARD_AMOUNT, result_of(&said, "reward"));
    matter_set_text(&draft->matter, REWARD_RULE, slice_of(arena_print(draft->arena, "%s：%s（%s）", rule->id, rule->title,
                                                                    rule_source_label(rule->source))));
    return true;
}

static bool before_set(struct matter_draft *draft, struct err *err)
{
    int64_t before;
    bool found;

    if (!sql_one(draft->sql, "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM reward_claim WHERE person = ?1 AND year = ?2"
                             " AND to_leaf IS NULL AND " LIVE,
                 SQL_ARGS(sql_int(matter_number(&draft->matter, REWARD_PERSON)), sql_int(matter_number(&draft->matter, REWARD_YEAR))), &before,
                 &found, err))
        return false;
    matter_set_number(&draft->matter, REWARD_BEFORE, before);
    return true;
}

/* --- steps --- */

/* *agreed: the other manager has already claimed his share and named this one. */
static bool share_set(struct matter_draft *draft, bool *agreed, struct err *err)
{
    const struct record *matter = &draft->matter;
    int64_t other;

    *agreed = matter_number(matter, REWARD_SHARE) == WHOLE;
    if (*agreed == matter_known(matter, REWARD_PARTNER))
        return WRONG(REWARD_PARTNER, *agreed ? N_("份额是 100%% 的不写共同促成的经理人") : N_("份额不到 100%% 的，写明与谁共同促成"));
    if (*agreed)
        return true;
    if (matter_number(matter, REWARD_PARTNER) == matter_number(matter, REWARD_PERSON))
        return WRONG(REWARD_PARTNER, N_("写另一位经理人"));
    return talent_manager(draft, REWARD_PARTNER, NULL, err)
           && sql_one(draft->sql, "SELECT id FROM reward_claim WHERE deal = ?1 AND year = ?2 AND person = ?3 AND partner = ?4 AND to_leaf IS NULL"
                                  " AND " LIVE " AND share + ?5 <= 10000 LIMIT 1",
                      SQL_ARGS(sql_int(matter_number(matter, REWARD_DEAL)), sql_int(matter_number(matter, REWARD_YEAR)),
                               sql_int(matter_number(matter, REWARD_PARTNER)), sql_int(matter_number(matter, REWARD_PERSON)),
                               sql_int(matter_number(matter, REWARD_SHARE))), &other, agreed, err);
}

static bool number_set(struct matter_draft *draft, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(draft->sql, "SELECT number FROM registration WHERE deal = ?1 AND to_leaf IS NULL AND result = 'registered' AND number IS NOT NULL"
                              " ORDER BY no DESC LIMIT 1", SQL_ARGS(sql_int(matter_number(&draft->matter, REWARD_DEAL))), &rows, err))
        return false;
    if (sql_next(&rows))
        matter_set_text(&draft->matter, REWARD_CONTRACT, arena_copy(draft->arena, sql_slice(&rows, 0)));
    return sql_done(&rows, err);
}

static bool file(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter;
    struct deal_told deal;
    int32_t last = 0;
    bool agreed;

    if (!case_set(draft, err) || !share_set(draft, &agreed, err)
        || !talent_deal(draft->sql, matter_number(matter, REWARD_DEAL), draft->arena, &deal, err) || !count_all(draft, &deal, &last, err)
        || !before_set(draft, err) || !number_set(draft, err) || !reckon(draft, last, err))
        return false;
    matter_set_text(matter, MATTER_TITLE,
                    slice_of(arena_print(draft->arena, "%s %lld 年度经理人奖励",
                                         record_title(draft->sql, &kind_person, matter_number(matter, REWARD_PERSON), draft->arena).at,
                                         (long long)matter_number(matter, REWARD_YEAR))));
    matter_enter(draft, draft->sort, matter, agreed ? REWARD_IS_FILED : REWARD_IS_SHARING);
    return true;
}

/* The city pays, so the city decides: a district's or a park's officer sees the claim and no more. */
static bool is_city(const struct matter_draft *draft, struct err *err)
{
    if (draft->sides & (SIDE(MANAGER) | SIDE(PARTNER)))
        return err_set(err, ERR_DENIED, "自己的申领不能自己办") || err_hint(err, "请别的市级工作人员办理");
    return matter_decides(draft, SLICE(""), 0, err);
}

/* Whether it was brought about may have been contested since. */
static bool still_stands(struct matter_draft *draft, struct err *err)
{
    struct told_case told;

    if (!case_read(draft, matter_number(&draft->matter, REWARD_CASE), &told, err))
        return false;
    return (brought_about(&told) && told.deal == matter_number(&draft->matter, REWARD_DEAL))
           || err_set(err, ERR_CONFLICT, "委托人对这件案件的促成提出了异议，还没有说清") || err_hint(err, "等案件上委托人再确认；案件结束了的，不予奖励并写明原因");
}

/* Announced for as many working days as the rule says. */
static bool announce(struct matter_draft *draft, struct err *err)
{
    const struct rule *rule = rule_find(draft->order->law->book, "R94", (int32_t)draft->region, draft->today);
    struct answer said;
    struct fact *list;
    size_t count;
    int32_t until;

    if (!is_city(draft, err) || !still_stands(draft, err))
        return false;
    if (!rule)
        return err_set(err, ERR_CONFLICT, "今天没有有效的经理人奖励办法，公示几天无从知道");
    if (!facts(draft, &list, &count, err) || !rule_ask(draft->order->law->book, rule, list, count, draft->order->arena, &said, err))
        return false;
    until = calendar_after(draft->order->law->calendar, draft->today, CALENDAR_WORKDAYS, (int32_t)result_of(&said, "notice_days"), NULL);
    matter_set_day(&draft->matter, REWARD_PUBLIC_ON, draft->today, draft->arena);
    matter_set_day(&draft->matter, REWARD_NOTICE_TO, until, draft->arena);
    matter_set_due(&draft->matter, until, draft->arena);
    return true;
}

/* A receipt that was mended since is not what was announced. */
static bool approve(struct matter_draft *draft, struct err *err)
{
    bool changed;

    if (!is_city(draft, err) || !still_stands(draft, err))
        return false;
    if (draft->today <= matter_day(&draft->matter, REWARD_NOTICE_TO))
        return err_set(err, ERR_CONFLICT, "公示还没有满");
    if (!there(draft, "SELECT c.id FROM counted_receipt c LEFT JOIN receipt r ON r.id = c.receipt AND r.to_leaf IS NULL AND r.amount = c.amount"
                      " WHERE c.matter = ?1 AND c.to_leaf IS NULL AND r.id IS NULL LIMIT 1", draft->matter.id, &changed, err))
        return false;
    return !changed || err_set(err, ERR_CONFLICT, "计入的到账后来改过，金额不再是公示的") || err_hint(err, "不予奖励并写明原因，由申领人重新申领");
}

static bool refuse(struct matter_draft *draft, struct err *err)
{
    return is_city(draft, err);
}

static bool pay(struct matter_draft *draft, struct err *err)
{
    if (!is_city(draft, err) || !still_stands(draft, err))
        return false;
    return matter_day(&draft->matter, REWARD_PAID_ON) <= draft->today || WRONG(REWARD_PAID_ON, N_("兑付日还没有到"));
}

#define IN_HAND (STATE(REWARD_IS_FILED) | STATE(REWARD_IS_PUBLIC) | STATE(REWARD_IS_APPROVED))

static const struct matter_step steps[] = {
    {"file", "申领", "Claim", N_("金额由到账算出；一笔到账所有经理人合计只计一次"), MATTER_NEW, MATTER_SAME, SIDE(MANAGER), "case_id year share partner", "partner",
     MATTER_MOVE, NULL, NULL, "reward_claim", file, NULL, NULL},
    {"agree", "同意份额", "Agree to the share", N_("您与申领人共同促成，同意他的份额"), STATE(REWARD_IS_SHARING), REWARD_IS_FILED, SIDE(PARTNER), NULL, NULL,
     MATTER_MOVE, NULL, NULL, NULL, NULL, NULL, NULL},
    {"disagree", "不同意份额", "Disagree", N_("写明理由；申领随即作罢，可以商定后重报"), STATE(REWARD_IS_SHARING), REWARD_IS_REFUSED, SIDE(PARTNER), "why", NULL,
     MATTER_MOVE, NULL, NULL, NULL, NULL, NULL, NULL},
    {"announce", "公示", "Announce", N_("证据链审核过，公示申领人、合同登记编号和金额"), STATE(REWARD_IS_FILED), REWARD_IS_PUBLIC, SIDE(OFFICERS), NULL, NULL,
     MATTER_MOVE, NULL, NULL, "reward_claim", announce, NULL, NULL},
    {"approve", "准予奖励", "Approve", N_("公示期满没有成立的异议"), STATE(REWARD_IS_PUBLIC), REWARD_IS_APPROVED, SIDE(OFFICERS), NULL, NULL, MATTER_MOVE, NULL,
     NULL, "reward_claim", approve, NULL, NULL},
    {"pay", "记下兑付", "Record the payment", N_("钱已拨付到个人"), STATE(REWARD_IS_APPROVED), REWARD_IS_PAID, SIDE(OFFICERS), "paid_on voucher", NULL,
     MATTER_MOVE, NULL, NULL, NULL, pay, NULL, NULL},
    {"refuse", "不予奖励", "Refuse", N_("写明原因；到账可以重新申领"), IN_HAND, REWARD_IS_REFUSED, SIDE(OFFICERS), "why", NULL, MATTER_MOVE, NULL, NULL, NULL, refuse,
     NULL, NULL},
    {"withdraw", "撤回", "Withdraw", N_("写明原因；到账可以重新申领"), STATE(REWARD_IS_SHARING) | STATE(REWARD_IS_FILED), REWARD_IS_WITHDRAWN, SIDE(MANAGER), "why",
     NULL, MATTER_MOVE, NULL, NULL, NULL, NULL, NULL, NULL},
};

/* What is announced is for everybody. */
static bool open(const struct record *matter)
{
    struct slice state = matter_text(matter, MATTER_STATE);

    return slice_is(state, "public") || slice_is(state, "approved") || slice_is(state, "paid");
}

static const struct kind *const entries[] = {&kind_counted_receipt, &kind_finding};

const struct matter_sort sort_reward_claim = {
    .kind = &kind_reward_claim, .about = N_("兰州市对促成企业与高校院所技术开发、转让的技术经理人的财政奖励；与中介合同的报酬是两回事"),
    .empty = N_("还没有申领。案件登记了促成的本平台项目、款项到账之后，在案件页上申领"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides, .states = states, .state_count = sizeof states / sizeof *states,
    .steps = steps, .step_count = sizeof steps / sizeof *steps, .entries = entries, .entry_count = 2, .open = open, .facts = facts,
    .begins_at = "/cases"};
