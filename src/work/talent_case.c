/*
 * A case under an intermediary contract (中介合同): draft, interests declared, offered, signed, introductions (a matter of their own), what
 * was brought about, the commission due and paid, and a bypass. What the broker alone says, nothing is due of before the client confirms
 * it. 民法典:
 *   §961 中介合同是中介人向委托人报告订立合同的机会或者提供订立合同的媒介服务，委托人支付报酬的合同。
 *   §962 中介人应当就有关订立合同的事项向委托人如实报告。中介人故意隐瞒与订立合同有关的重要事实或者提供虚假情况，损害委托人利益的，不得请求支付报酬并应当承担赔偿责任。
 *   §963 中介人促成合同成立的，委托人应当按照约定支付报酬。……因中介人提供订立合同的媒介服务而促成合同成立的，由该合同的当事人平均负担中介人的报酬。
 *        中介人促成合同成立的，中介活动的费用，由中介人负担。
 *   §964 中介人未促成合同成立的，不得请求支付报酬；但是，可以按照约定请求委托人支付从事中介活动支出的必要费用。
 *   §965 委托人在接受中介人的服务后，利用中介人提供的交易机会或者媒介服务，绕开中介人直接订立合同的，应当向中介人支付报酬。
 *   §966 本章没有规定的，参照适用委托合同的有关规定。
 */
#include "work/talent_int.h"

#include "base/clock.h"
#include "base/money.h"
#include "base/utf8.h"
#include "work/submit.h"

enum { BROKER, CLIENT };
enum { TITLE_MOST = 90 /* characters: two names and an arrow fit into a title */ };

static const struct matter_side sides[] = {
    [BROKER] = {"broker", "中介人", "Broker", SIDE_OWNER},
    [CLIENT] = {"client", "委托人", "Client", CASE_CLIENT},
};

static const struct matter_state states[] = {
    [CASE_IS_DRAFT] = {"draft", "起草", "Being drafted", SIDE(BROKER), 0, NULL, false},
    [CASE_IS_OFFERED] = {"offered", "待委托人签订", "To be signed by the client", SIDE(CLIENT), 10, HOUSE_TERM, false},
    [CASE_IS_SIGNED] = {"signed", "已签订，撮合中", "Signed, at work", 0, 0, NULL, false},
    [CASE_IS_STATED] = {"stated", "待委托人确认促成", "Said to be brought about, to be confirmed", SIDE(CLIENT), 10, HOUSE_TERM, false},
    [CASE_IS_CONTESTED] = {"contested", "委托人有异议，待中介人答复", "Contested by the client", SIDE(BROKER), 10, HOUSE_TERM, false},
    [CASE_IS_DUE] = {"due", "已促成，报酬待付", "Brought about, commission due", SIDE(CLIENT), 0, NULL, false},
    [CASE_IS_SETTLED] = {"settled", "报酬已付清", "Commission paid", 0, 0, NULL, true},
    [CASE_IS_BYPASSED] = {"bypassed", "主张跳单，待委托人答复", "Bypass claimed, to be answered", SIDE(CLIENT), 10, HOUSE_TERM, false},
    [CASE_IS_DISPUTED] = {"disputed", "跳单有争议", "Bypass in dispute", SIDE(BROKER), 0, NULL, false},
    [CASE_IS_REFUSED] = {"refused", "委托人不委托", "Refused by the client", 0, 0, NULL, true},
    [CASE_IS_ENDED] = {"ended", "已结束", "Ended", 0, 0, NULL, true},
};

/* --- what others ask too --- */

struct slice talent_party(struct matter_draft *draft, int64_t party)
{
    return arena_copy(draft->arena, utf8_head(record_title(draft->sql, &kind_party, party, draft->arena), TITLE_MOST));
}

int32_t talent_day(const struct sql_rows *rows, int column)
{
    int32_t day = 0;

    return !sql_is_null(rows, column) && day_parse(sql_slice(rows, column), &day) ? day : 0;
}

bool talent_talk(struct matter_draft *draft, struct err *err)
{
    return matter_day(&draft->entry, TALK_MET_ON) <= draft->today
           || MATTER_WRONG(err, &kind_talk, TALK_MET_ON, "会谈日期还没有到");
}

bool talent_deal(struct sql *sql, int64_t deal, struct arena *arena, struct deal_told *told, struct err *err)
{
    struct slice buyer = SLICE("");
    struct sql_rows rows;

    *told = (struct deal_told){0};
    if (!sql_rows(sql, "SELECT d.owner, d.buyer_party, c.amount, c.technical, c.signed_on, c.sort, d.buyer FROM deal d"
                       " LEFT JOIN contract c ON c.deal = d.id AND c.to_leaf IS NULL WHERE d.id = ?1 AND d.to_leaf IS NULL"
                       " ORDER BY c.no DESC LIMIT 1", SQL_ARGS(sql_int(deal)), &rows, err))
        return false;
    if (sql_next(&rows)) {
        buyer = arena_copy(arena, sql_slice(&rows, 6));
        *told = (struct deal_told){.found = true, .unit = sql_number(&rows, 0), .buyer = sql_number(&rows, 1),
                                   .amount = sql_number(&rows, 2), .technical = sql_number(&rows, 3), .signed_there = !sql_is_null(&rows, 4),
                                   .signed_on = talent_day(&rows, 4), .sort = arena_copy(arena, sql_slice(&rows, 5))};
    }
    /* A unit that did not name the buyer's entry here wrote his name. */
    return sql_done(&rows, err) && (told->buyer || !buyer.len || party_resolve(sql, buyer, &told->buyer, err));
}

bool case_read(const struct matter_draft *draft, int64_t id, struct told_case *told, struct err *err)
{
    struct sql_rows rows;

    *told = (struct told_case){0};
    if (!sql_rows(draft->sql, "SELECT owner, client, manager, deal, state FROM case_work WHERE id = ?1 AND to_leaf IS NULL", SQL_ARGS(sql_int(id)),
                  &rows, err))
        return false;
    if (sql_next(&rows))
        *told = (struct told_case){.found = true, .owner = sql_number(&rows, 0), .client = sql_number(&rows, 1), .manager = sql_number(&rows, 2),
                                   .deal = sql_number(&rows, 3), .state = arena_copy(draft->arena, sql_slice(&rows, 4))};
    return sql_done(&rows, err);
}

bool talent_introduced(struct sql *sql, int64_t case_id, int64_t other, int32_t *day, struct err *err)
{
    struct sql_rows rows;

    *day = 0;
    if (!sql_rows(sql, "SELECT met_on FROM introduction WHERE case_id = ?1 AND second = ?2 AND state = 'confirmed' AND to_leaf IS NULL"
                       " ORDER BY met_on LIMIT 1", SQL_ARGS(sql_int(case_id), sql_int(other)), &rows, err))
        return false;
    if (sql_next(&rows))
        *day = talent_day(&rows, 0);
    return sql_done(&rows, err);
}

static bool received(struct sql *sql, int64_t deal, int64_t *fen, struct err *err)
{
    bool found;

    return sql_one(sql, "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM receipt WHERE deal = ?1 AND to_leaf IS NULL",
                   SQL_ARGS(sql_int(deal)), fen, &found, err);
}

/* Of what is borne by both parties in equal parts (§963) the client owes half. Rounded to the fen once, at the end, half up. */
bool case_commission(struct sql *sql, const struct record *matter, int64_t *fen, struct err *err)
{
    int64_t base = matter_number(matter, CASE_DEAL_AMOUNT);
    int64_t deal = matter_number(matter, CASE_DEAL);
    int64_t parts = slice_is(matter_text(matter, CASE_PAYER), "both") ? 2 : 1;

    if (slice_is(matter_text(matter, CASE_BASIS), "fixed")) {
        *fen = money_share(matter_number(matter, CASE_AMOUNT), 1, parts, MONEY_HALF_UP);
        return true;
    }
    if (slice_is(matter_text(matter, CASE_BASIS), "receipts") && deal && !received(sql, deal, &base, err))
        return false;
    *fen = money_share(base, matter_number(matter, CASE_RATE), 10000 * parts, MONEY_HALF_UP);
    return true;
}

/* --- from the draft to the signature --- */

#define WRONG(field, ...) MATTER_WRONG(err, &kind_case_work, field, __VA_ARGS__)

static bool open_case(struct matter_draft *draft, struct err *err)
{
    int64_t party;

    if (!talent_manager(draft, CASE_MANAGER, &party, err))
        return false;
    if (party != draft->matter.owner)
        return WRONG(CASE_MANAGER, N_("经办人要是本机构的技术经理人"));
    if (matter_number(&draft->matter, CASE_CLIENT) == draft->matter.owner)
        return WRONG(CASE_CLIENT, N_("委托人不能是中介机构自己"));
    matter_set_text(&draft->matter, MATTER_TITLE, talent_party(draft, matter_number(&draft->matter, CASE_CLIENT)));
    return true;
}

static bool open_fill(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err)
{
    return talent_fill_self(draft, CASE_MANAGER, CASE_PHONE, typed, err);
}

static size_t interests(const struct matter_draft *draft)
{
    for (size_t i = 0; i < draft->sort->entry_count; i++)
        if (draft->sort->entries[i] == &kind_interest)
            return draft->file->counts[i];
    return 0;
}

static bool declare(struct matter_draft *draft, struct err *err)
{
    bool none = slice_is(matter_text(&draft->entry, INTEREST_SORT), "none");
    bool named = matter_known(&draft->entry, INTEREST_PARTY) || matter_known(&draft->entry, INTEREST_WHO);

    if (!none && !named)
        return MATTER_WRONG(err, &kind_interest, INTEREST_WHO, "写明是哪个单位或哪个人");
    if (none && named)
        return MATTER_WRONG(err, &kind_interest, INTEREST_SORT, "写了单位或人，关系就不能是“没有”");
    return true;
}

static bool offer(struct matter_draft *draft, struct err *err)
{
    const struct record *matter = &draft->matter;
    bool fixed = slice_is(matter_text(matter, CASE_BASIS), "fixed");

    if (!interests(draft)) {
        err_set(err, ERR_INVALID, "还没有声明利益关系");
        return err_hint(err, "先声明；没有的也声明“没有利益关系”（民法典 §962 如实报告）");
    }
    if (fixed != matter_known(matter, CASE_AMOUNT))
        return WRONG(CASE_AMOUNT, fixed ? N_("一口价的写固定报酬") : N_("按比例的不写固定报酬"));
    if (fixed == matter_known(matter, CASE_RATE))
        return WRONG(CASE_RATE, fixed ? N_("一口价的不写比例") : N_("按比例的写比例"));
    return true;
}

/* What a case names as the client's must be the client's. Only he who knows it is asked: a need may hide its firm. */
static bool is_clients(struct matter_draft *draft, size_t field, const char *statement, struct err *err)
{
    int64_t owner = 0;
    bool found = true;

    if (!matter_known(&draft->matter, field))
        return true;
    if (!sql_one(draft->sql, statement, SQL_ARGS(sql_int(matter_number(&draft->matter, field))), &owner, &found, err))
        return false;
    if (found && owner == matter_number(&draft->matter, CASE_CLIENT))
        return true;
    err_set(err, ERR_INVALID, "案件里写的需求或成果不是贵单位的");
    return err_hint(err, "退回中介人改正后再签");
}

static bool sign(struct matter_draft *draft, struct err *err)
{
    if (matter_day(&draft->matter, CASE_SIGNED) > draft->today)
        return WRONG(CASE_SIGNED, N_("签订日还没有到"));
    return is_clients(draft, CASE_NEED, "SELECT owner FROM need WHERE id = ?1 AND to_leaf IS NULL", err)
           && is_clients(draft, CASE_ACHIEVEMENT, "SELECT owner FROM achievement WHERE id = ?1 AND to_leaf IS NULL", err);
}

/* --- what was brought about --- */

static bool sides_match(const struct deal_told *told, int64_t client, int64_t other)
{
    return (told->unit == client && told->buyer == other) || (told->unit == other && told->buyer == client);
}

/* A deal of this house speaks for itself; of a contract elsewhere the broker says what it is. */
static bool deal_given(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter;
    struct deal_told told;

    if (matter_known(matter, CASE_DEAL) == matter_known(matter, CASE_OUTSIDE))
        return WRONG(CASE_DEAL, N_("写本平台的转化项目，或者平台外的合同编号，写一样"));
    if (matter_known(matter, CASE_OUTSIDE))
        return (matter_known(matter, CASE_DEAL_ON) && matter_day(matter, CASE_DEAL_ON) <= draft->today
                && matter_known(matter, CASE_DEAL_AMOUNT))
               || WRONG(CASE_DEAL_ON, N_("平台外的合同写签订日（不晚于今天）和合同金额"));
    if (!talent_deal(draft->sql, matter_number(matter, CASE_DEAL), draft->arena, &told, err))
        return false;
    if (!told.found || !sides_match(&told, matter_number(matter, CASE_CLIENT), matter_number(matter, CASE_OTHER)))
        return WRONG(CASE_DEAL, N_("没有这个项目，或者它的双方不是委托人和所写的合同对方"));
    if (!told.signed_there)
        return WRONG(CASE_DEAL, N_("这个项目还没有签订技术合同"));
    matter_set_day(matter, CASE_DEAL_ON, told.signed_on, draft->arena);
    matter_set_number(matter, CASE_DEAL_AMOUNT, told.amount);
    return true;
}

/* Only who was introduced, by an introduction that both sides confirmed, was brought together (§§961, 963, 965). */
static bool introduced_before(struct matter_draft *draft, int32_t *introduced, struct err *err)
{
    if (!talent_introduced(draft->sql, draft->matter.id, matter_number(&draft->matter, CASE_OTHER), introduced, err))
        return false;
    if (!*introduced)
        return WRONG(CASE_OTHER, N_("没有一次双方都确认的、把委托人引荐给他的记录"));
    if (matter_day(&draft->matter, CASE_DEAL_ON) < *introduced)
        return WRONG(CASE_DEAL, N_("合同签在引荐之前"));
    return true;
}

static bool due_set(struct matter_draft *draft, struct err *err)
{
    int64_t fen = 0;

    if (!case_commission(draft->sql, &draft->matter, &fen, err))
        return false;
    matter_set_number(&draft->matter, CASE_COMMISSION, fen);
    matter_set_due(&draft->matter, draft->today + (int32_t)matter_number(&draft->matter, CASE_PAY_DAYS), draft->arena);
    return true;
}

/* A contract of this house shows what it is; of one elsewhere the client says first whether it is so. */
static bool conclude(struct matter_draft *draft, struct err *err)
{
    bool read = matter_known(&draft->matter, CASE_DEAL);
    int32_t introduced;

    if (!deal_given(draft, err) || !introduced_before(draft, &introduced, err))
        return false;
    matter_enter(draft, draft->sort, &draft->matter, read ? CASE_IS_DUE : CASE_IS_STATED);
    return !read || due_set(draft, err);
}

static bool confirm(struct matter_draft *draft, struct err *err)
{
    return deal_given(draft, err) && due_set(draft, err);
}

/* What is contested is not due. */
static bool contest(struct matter_draft *draft, struct err *err)
{
    (void)err;
    draft->matter.values[CASE_COMMISSION] = (struct value){0};
    draft->matter.values[CASE_SHOWS] = (struct value){0};
    return true;
}

static bool restate(struct matter_draft *draft, struct err *err)
{
    int32_t introduced;

    return deal_given(draft, err) && introduced_before(draft, &introduced, err);
}

static bool bypass(struct matter_draft *draft, struct err *err)
{
    int32_t introduced, last;

    if (!matter_known(&draft->was, CASE_SIGNED))
        return err_set(err, ERR_CONFLICT, "没有签订中介合同，不能主张跳单") || err_hint(err, "民法典 §965 以接受了中介人的服务为前提");
    if (!deal_given(draft, err) || !introduced_before(draft, &introduced, err))
        return false;
    last = calendar_after(draft->order->law->calendar, introduced, CALENDAR_MONTHS, (int32_t)matter_number(&draft->matter, CASE_MONTHS), NULL);
    return matter_day(&draft->matter, CASE_DEAL_ON) <= last || WRONG(CASE_DEAL, N_("合同签在跳单条款的期限之后"));
}

static bool admit(struct matter_draft *draft, struct err *err)
{
    return due_set(draft, err);
}

/* What was claimed and taken back is no contract of this case. A case that was over before is over again. */
static bool drop(struct matter_draft *draft, struct err *err)
{
    static const size_t fields[] = {CASE_OTHER, CASE_DEAL, CASE_OUTSIDE, CASE_DEAL_ON, CASE_DEAL_AMOUNT, CASE_BYPASS, CASE_BYPASS_ANSWER};

    (void)err;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        draft->matter.values[fields[i]] = (struct value){0};
    if (matter_known(&draft->matter, CASE_ENDED_WHY))
        matter_enter(draft, draft->sort, &draft->matter, CASE_IS_ENDED);
    return true;
}

/* --- the commission --- */

static bool pay(struct matter_draft *draft, struct err *err)
{
    return matter_day(&draft->entry, COMMISSION_ON) <= draft->today
           || MATTER_WRONG(err, &kind_commission, COMMISSION_ON, "付款日还没有到");
}

static bool unconfirmed(const struct record *entry)
{
    return !matter_known(entry, COMMISSION_GOT);
}

static bool got(struct matter_draft *draft, struct err *err)
{
    int64_t paid = 0;

    if (matter_day(&draft->entry, COMMISSION_GOT) > draft->today)
        return MATTER_WRONG(err, &kind_commission, COMMISSION_GOT, "收到日还没有到");
    paid = matter_number(&draft->matter, CASE_PAID) + matter_number(&draft->entry, COMMISSION_AMOUNT);
    matter_set_number(&draft->matter, CASE_PAID, paid);
    return true;
}

static bool settle(struct matter_draft *draft, struct err *err)
{
    int64_t fen;

    if (!case_commission(draft->sql, &draft->matter, &fen, err))
        return false;
    matter_set_number(&draft->matter, CASE_COMMISSION, fen);
    if (matter_number(&draft->matter, CASE_PAID) >= fen)
        return true;
    err_set(err, ERR_INVALID, "确认收到的报酬还没有达到应付的数额");
    return err_hint(err, "先把收到的各笔确认；按到账计酬的，应付数额随到账变化");
}

/* A client cannot end a dispute about a bypass; one who ends the case and contracts past the broker owes all the same. */
#define LIVE (STATE(CASE_IS_DRAFT) | STATE(CASE_IS_OFFERED) | STATE(CASE_IS_SIGNED))
#define BROUGHT "other deal outside deal_on deal_amount"

static const struct matter_step steps[] = {
    {"open", "接案", "Open a case", N_("受一方委托，为它报告订约机会或者撮合（民法典 §961）"), MATTER_NEW, CASE_IS_DRAFT, SIDE(BROKER),
     "client manager phone stands need achievement", "need achievement", MATTER_MOVE, NULL, NULL, NULL, open_case, open_fill},
    {"declare", "声明利益关系", "Declare interests", N_("与委托人或可能的对方有持股、控制、任职、亲属等关系的，如实声明（民法典 §962）；没有的声明“没有”"), LIVE,
     MATTER_SAME, SIDE(BROKER), "sort party who share what", "share", MATTER_ADD, &kind_interest, NULL, NULL, declare, NULL},
    {"offer", "提交中介合同", "Offer the contract", N_("写明委托事项、报酬和跳单条款，请委托人签订"), STATE(CASE_IS_DRAFT), CASE_IS_OFFERED, SIDE(BROKER),
     "number scope basis rate amount payer due_when pay_days expenses months", NULL, MATTER_MOVE, NULL, NULL, NULL, offer, NULL},
    {"sign", "签订", "Sign", N_("同意所写的报酬和条件"), STATE(CASE_IS_OFFERED), CASE_IS_SIGNED, SIDE(CLIENT), "signed_on", NULL, MATTER_MOVE,
     NULL, NULL, NULL, sign, NULL},
    {"send_back", "退回修改", "Send back", N_("条款要改"), STATE(CASE_IS_OFFERED), CASE_IS_DRAFT, SIDE(CLIENT), "refusal_why", NULL, MATTER_MOVE,
     NULL, NULL, NULL, NULL, NULL},
    {"refuse", "不委托", "Refuse", N_("写明理由"), STATE(CASE_IS_OFFERED) | STATE(CASE_IS_DRAFT), CASE_IS_REFUSED, SIDE(CLIENT),
     "refusal refusal_why", NULL, MATTER_MOVE, NULL, NULL, NULL, NULL, NULL},
    {"talk", "记一次会谈", "Record a talk", N_("谁和谁谈了什么；奖励和业绩都要看会谈"), STATE(CASE_IS_SIGNED), MATTER_SAME, SIDE(BROKER) | SIDE(CLIENT),
     "met_on place who what", NULL, MATTER_ADD, &kind_talk, NULL, NULL, talent_talk, NULL},
    {"conclude", "登记促成的合同", "Record the contract", N_("双方签了合同：本平台的转化项目，或者平台外的合同（平台外的由委托人确认以后才算）"), STATE(CASE_IS_SIGNED),
     MATTER_SAME, SIDE(BROKER), BROUGHT, "outside deal_on deal_amount", MATTER_MOVE, NULL, NULL, NULL, conclude, NULL},
    {"confirm", "确认促成", "Confirm", N_("合同、金额都如中介人所说，报酬从今天起应付"), STATE(CASE_IS_STATED), CASE_IS_DUE, SIDE(CLIENT), NULL, NULL, MATTER_MOVE,
     NULL, NULL, NULL, confirm, NULL},
    {"restate", "改正或再申明", "State again", N_("改正所报的，或者写明凭什么是这样；再由委托人确认"), STATE(CASE_IS_CONTESTED), CASE_IS_STATED, SIDE(BROKER),
     BROUGHT " shows", "outside deal_on deal_amount", MATTER_MOVE, NULL, NULL, NULL, restate, NULL},
    {"give_up", "不再主张，结束案件", "Give up", N_("没有促成的不得请求报酬，只能按照约定请求必要费用（民法典 §964）"), STATE(CASE_IS_STATED) | STATE(CASE_IS_CONTESTED),
     CASE_IS_ENDED, SIDE(BROKER), "ended_why", NULL, MATTER_MOVE, NULL, NULL, NULL, NULL, NULL},
    {"bypass", "主张跳单", "Claim a bypass", N_("引荐的双方绕开您订了合同（民法典 §965）；委托人 10 个工作日内答复"), STATE(CASE_IS_SIGNED) | STATE(CASE_IS_ENDED), CASE_IS_BYPASSED,
     SIDE(BROKER), BROUGHT " bypass", "outside deal_on deal_amount", MATTER_MOVE, NULL, NULL, NULL, bypass, NULL},
    {"admit", "承认并付报酬", "Admit", N_("利用了中介人提供的机会，按合同付报酬"), STATE(CASE_IS_BYPASSED) | STATE(CASE_IS_DISPUTED), CASE_IS_DUE, SIDE(CLIENT),
     NULL, NULL, MATTER_MOVE, NULL, NULL, NULL, admit, NULL},
    {"dispute", "不承认", "Dispute", N_("写明理由；可以协商、调解、仲裁或者起诉"), STATE(CASE_IS_BYPASSED), CASE_IS_DISPUTED, SIDE(CLIENT), "bypass_answer", NULL,
     MATTER_MOVE, NULL, NULL, NULL, NULL, NULL},
    {"withdraw", "收回主张", "Withdraw the claim", N_("不再主张跳单，案件继续"), STATE(CASE_IS_BYPASSED) | STATE(CASE_IS_DISPUTED), CASE_IS_SIGNED,
     SIDE(BROKER), NULL, NULL, MATTER_MOVE, NULL, NULL, NULL, drop, NULL},
    {"pay", "付报酬", "Pay commission", N_("记下一笔付款，由中介人确认"), STATE(CASE_IS_DUE), MATTER_SAME, SIDE(CLIENT), "paid_on amount voucher", NULL,
     MATTER_ADD, &kind_commission, NULL, NULL, pay, NULL},
    {"contest", "提出异议", "Contest", N_("写明理由，由中介人答复；答复以前不算应付"), STATE(CASE_IS_STATED) | STATE(CASE_IS_DUE), CASE_IS_CONTESTED, SIDE(CLIENT),
     "contest contest_why", NULL, MATTER_MOVE, NULL, NULL, NULL, contest, NULL},
    {"got", "确认收到", "Confirm receipt", N_("委托人记下的这笔款收到了"), STATE(CASE_IS_DUE), MATTER_SAME, SIDE(BROKER), "got_on", NULL, MATTER_AMEND,
     &kind_commission, unconfirmed, NULL, got, NULL},
    {"settle", "报酬付清", "Settle", N_("应付的都收到了"), STATE(CASE_IS_DUE), CASE_IS_SETTLED, SIDE(BROKER), NULL, NULL, MATTER_MOVE, NULL, NULL, NULL,
     settle, NULL},
    {"end", "结束案件", "End the case", N_("没有促成，或者不再继续；没有促成的不得请求报酬（民法典 §964）"),
     LIVE, CASE_IS_ENDED, SIDE(BROKER) | SIDE(CLIENT), "ended_why", NULL, MATTER_MOVE, NULL, NULL, NULL, NULL, NULL},
};

static const struct kind *const entries[] = {&kind_interest, &kind_talk, &kind_commission};

const struct matter_sort sort_case_work = {
    .kind = &kind_case_work, .about = N_("中介合同（民法典 §961–966）：利益关系、引荐、促成、报酬，一件一卷"),
    .empty = N_("还没有案件。技术经理人受一方委托时在这里接案"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides, .states = states, .state_count = sizeof states / sizeof *states,
    .steps = steps, .step_count = sizeof steps / sizeof *steps, .entries = entries, .entry_count = sizeof entries / sizeof *entries};

/* --- what went past the case --- */

/* Deals d between the two of an introduction i: the other party of a deal stands there by its id, or by its name alone. */
#define BETWEEN_THEM                                                                                                              \
    " JOIN party p ON p.id = i.first AND p.to_leaf IS NULL JOIN party q ON q.id = i.second AND q.to_leaf IS NULL"                  \
    " JOIN deal d ON d.to_leaf IS NULL AND ((d.owner = i.first AND (d.buyer_party = i.second OR d.buyer = q.name))"                \
    " OR (d.owner = i.second AND (d.buyer_party = i.first OR d.buyer = p.name)))"

bool case_deals(struct sql *sql, const struct law *law, const struct record *matter, struct case_deal *list, size_t most, size_t *count,
                struct err *err)
{
    static const char statement[] =
        "SELECT d.id, i.second, MIN(i.met_on), f.valid_from, MIN(i.from_leaf),"
        " (SELECT MIN(v.from_leaf) FROM deal v WHERE v.id = d.id AND (v.buyer = d.buyer OR v.buyer_party = d.buyer_party)),"
        " (SELECT MIN(w.from_leaf) FROM case_work w WHERE w.id = i.case_id AND w.signed_on IS NOT NULL)"
        " FROM introduction i" BETWEEN_THEM " JOIN deal f ON f.id = d.id AND f.ver = 1"
        " WHERE i.case_id = ?1 AND i.to_leaf IS NULL AND i.state = 'confirmed'"
        " GROUP BY d.id, i.second, f.valid_from, d.buyer, d.buyer_party, i.case_id ORDER BY d.id LIMIT 40";
    struct sql_rows rows;

    *count = 0;
    if (matter_known(matter, CASE_DEAL) || !matter_known(matter, CASE_SIGNED))
        return true;
    if (!sql_rows(sql, statement, SQL_ARGS(sql_int(matter->id)), &rows, err))
        return false;
    while (*count < most && sql_next(&rows)) {
        struct case_deal line = {.deal = sql_number(&rows, 0), .other = sql_number(&rows, 1), .introduced = talent_day(&rows, 2),
                                 .begun = day_of_ms(sql_number(&rows, 3))};

        for (int column = 4; column <= 6; column++)
            line.leaf = sql_number(&rows, column) > line.leaf ? sql_number(&rows, column) : line.leaf;
        line.bypass = line.begun <= calendar_after(law->calendar, line.introduced, CALENDAR_MONTHS,
                                                   (int32_t)matter_number(matter, CASE_MONTHS), NULL);
        if (line.begun >= line.introduced)
            list[(*count)++] = line;
    }
    return sql_done(&rows, err);
}

bool case_passed(struct sql *sql, const struct law *law, const struct record *matter, int64_t leaf, bool *passed, struct err *err)
{
    enum { DEALS_MOST = 40 };
    struct slice state = matter_text(matter, MATTER_STATE);
    struct case_deal list[DEALS_MOST];
    size_t count;

    *passed = false;
    if (slice_is(state, "bypassed") || slice_is(state, "disputed"))
        return true;
    if (!case_deals(sql, law, matter, list, DEALS_MOST, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        *passed = *passed || (list[i].bypass && list[i].leaf == leaf);
    return true;
}

bool case_of_deal(struct sql *sql, int64_t deal, int64_t *cases, size_t most, size_t *count, struct err *err)
{
    static const char statement[] = "SELECT DISTINCT i.case_id FROM deal e JOIN introduction i ON i.first = e.owner OR i.second = e.owner" BETWEEN_THEM
                                    " WHERE e.id = ?1 AND e.to_leaf IS NULL AND d.id = e.id AND i.to_leaf IS NULL AND i.state = 'confirmed'"
                                    " AND i.case_id IS NOT NULL ORDER BY 1 LIMIT ?2";
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, statement, SQL_ARGS(sql_int(deal), sql_int((int64_t)most)), &rows, err))
        return false;
    while (*count < most && sql_next(&rows))
        cases[(*count)++] = sql_number(&rows, 0);
    return sql_done(&rows, err);
}
