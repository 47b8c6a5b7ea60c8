/* What an order's steps ask for beyond their fields, and what they count. */
#include "work/service_order_int.h"

#include "base/money.h"
#include "record/service.h"
#include "work/pilot.h"

bool grade_bad(struct slice grade)
{
    return slice_is(grade, "poor") || slice_is(grade, "very_poor");
}

/* --- vouchers --- */

/* What the client says that it is must be among the voucher's purposes. */
static bool purpose_of(struct matter_draft *draft, const char **purpose, struct err *err)
{
    (void)err;
    *purpose = slice_is(matter_text(&draft->matter, ORDER_PURPOSE), "test") ? "test" : "design";
    return true;
}

static const struct voucher_payer payer = {&kind_service_order, ORDER_FROM, ORDER_VOUCHER_NO, ORDER_VOUCHER, ORDER_VOUCHER_PART, USE_ORDER, purpose_of};

/* By the contract, or before it by the published price at which it was ordered; 0: none yet. */
static int64_t price_of(const struct record *order)
{
    return matter_number(order, matter_known(order, ORDER_AMOUNT) ? ORDER_AMOUNT : ORDER_OFFER);
}

/* What is to be paid in money: the voucher's part the issuer settles. */
static int64_t cash_left(const struct record *order)
{
    return price_of(order) - matter_number(order, ORDER_VOUCHER_PART) - matter_number(order, ORDER_PAID);
}

bool order_reserve(struct matter_draft *draft, struct err *err)
{
    char text[MONEY_TEXT];

    if (!price_of(&draft->was))
        return err_set(err, ERR_CONFLICT, "还没有价格，不能用券") || err_hint(err, "对方报价、您接受以后再用券");
    if (!matter_known(&draft->was, ORDER_VOUCHER) && matter_number(&draft->matter, ORDER_VOUCHER_PART) > cash_left(&draft->was))
        return MATTER_WRONG(err, &kind_service_order, ORDER_VOUCHER_PART, "还没有付的是 %s，用券不能更多", money_show(cash_left(&draft->was), text));
    return voucher_hold(draft, &payer, err);
}

bool order_return(struct matter_draft *draft, struct err *err)
{
    return voucher_return(draft, &payer, err);
}

bool order_facts(struct matter_draft *draft, struct fact **list, size_t *count, struct err *err)
{
    struct pilot_facts facts = {.list = arena_zero(draft->arena, PILOT_FACTS, sizeof *facts.list)};

    if (!voucher_facts(draft, &payer, price_of(&draft->matter), &facts, err))
        return false;
    fact_number(&facts, "today", FACT_DAY, true, draft->today);
    *list = facts.list;
    *count = facts.count;
    return true;
}

/* --- to the contract --- */

static bool day_ahead(const struct matter_draft *draft, size_t field, struct err *err)
{
    return matter_day(&draft->matter, field) >= draft->today || MATTER_WRONG(err, &kind_service_order, field, "这一天已经过去");
}

bool order_place(struct matter_draft *draft, struct err *err)
{
    struct record *order = &draft->matter, service;
    struct slice sort;

    if (!record_get(draft->sql, &kind_service, matter_number(order, ORDER_SERVICE), draft->arena, &service, err))
        return false;
    sort = matter_text(&service, SERVICE_SORT);
    if (!slice_is(sort, "professional") && !slice_is(sort, "broker"))
        return MATTER_WRONG(err, &kind_service_order, ORDER_SERVICE, "这里下单的是专业服务和技术经纪")
               || err_hint(err, "中试请在中试能力的页面上请求，金融产品在它的页面上申请");
    if (service.status == RECORD_CLOSED)
        return err_set(err, ERR_CONFLICT, "这项服务已经关闭，不再接单");
    if (!service.owner || service.owner == draft->order->actor->party)
        return err_set(err, ERR_CONFLICT, service.owner ? "这是本单位自己的服务" : "这项服务没有所属单位，无法送达");
    order->owner = service.owner;
    matter_set_number(order, ORDER_FROM, draft->order->actor->party);
    matter_set_text(order, MATTER_TITLE, matter_text(&service, SERVICE_TITLE));
    return day_ahead(draft, ORDER_WANTED_BY, err);
}

/* From here the agreed day is what the provider is late against. */
static void contract_enter(struct matter_draft *draft, int64_t amount, int32_t agreed)
{
    matter_set_number(&draft->matter, ORDER_AMOUNT, amount);
    matter_set_day(&draft->matter, ORDER_AGREED, agreed, draft->arena);
    matter_set_due(&draft->matter, agreed, draft->arena);
    matter_set_number(&draft->matter, ORDER_SENT_BACK, 0);
    matter_set_number(&draft->matter, ORDER_PAID, 0);
}

bool order_take(struct matter_draft *draft, struct err *err)
{
    if (!matter_known(&draft->was, ORDER_OFFER))
        return err_set(err, ERR_CONFLICT, "委托方没有按定价下单，要先报价");
    contract_enter(draft, matter_number(&draft->was, ORDER_OFFER), matter_day(&draft->was, ORDER_WANTED_BY));
    return day_ahead(draft, ORDER_WANTED_BY, err);
}

bool order_quote(struct matter_draft *draft, struct err *err)
{
    matter_set_due(&draft->matter, matter_day(&draft->matter, ORDER_QUOTE_UNTIL), draft->arena);
    return day_ahead(draft, ORDER_QUOTE_UNTIL, err) && voucher_back(draft, &payer, "服务方另行报价", err);
}

bool order_refuse(struct matter_draft *draft, struct err *err)
{
    return voucher_back(draft, &payer, "服务方没有接", err);
}

bool order_accept(struct matter_draft *draft, struct err *err)
{
    if (matter_day(&draft->was, ORDER_QUOTE_UNTIL) < draft->today)
        return err_set(err, ERR_CONFLICT, "报价已过有效期") || err_hint(err, "请服务方重新报价");
    contract_enter(draft, matter_number(&draft->was, ORDER_PRICE), draft->today + (int32_t)matter_number(&draft->was, ORDER_DAYS));
    return true;
}

/* --- delivery --- */

bool handover_open(const struct record *entry)
{
    return !matter_known(entry, HANDOVER_VERDICT);
}

static void judged(struct record *handover, const char *verdict, const struct matter_draft *draft)
{
    matter_set_text(handover, HANDOVER_VERDICT, slice_of(verdict));
    matter_set_day(handover, HANDOVER_JUDGED_ON, draft->today, draft->arena);
}

bool order_deliver(struct matter_draft *draft, struct err *err)
{
    return voucher_in_time(draft, &payer, err);
}

/* Where the whole sum was paid beforehand, nothing is left but to rate. */
static void paid_or_rated(struct matter_draft *draft)
{
    matter_enter(draft, &sort_service_order, &draft->matter, cash_left(&draft->matter) == 0 ? ORDER_TO_RATE : ORDER_TO_PAY);
}

bool order_approve(struct matter_draft *draft, struct err *err)
{
    const struct matter_file *file = draft->file;
    const struct record *prior = file->counts[0] ? &file->entries[0][file->counts[0] - 1] : NULL;
    struct record next, *order = &draft->matter;
    int32_t day, late;

    if (!prior)
        return err_set(err, ERR_CONFLICT, "还没有交付");
    next = *prior;
    judged(&next, "accepted", draft);
    day = matter_day(prior, ENTRY_ON);
    late = day - matter_day(order, ORDER_AGREED);
    matter_set_day(order, ORDER_DELIVERED, day, draft->arena);
    matter_set_number(order, ORDER_LATE, late > 0 ? late : 0);
    matter_set_number(order, ORDER_AT_FIRST, matter_number(order, ORDER_SENT_BACK) == 0);
    paid_or_rated(draft);
    return matter_also(draft, &next, prior, err) != NULL && voucher_pays(draft, &payer, day, err);
}

/* What was agreed stands: a delivery that was sent back is late against the same day. */
bool order_send_back(struct matter_draft *draft, struct err *err)
{
    (void)err;
    judged(&draft->entry, "sent_back", draft);
    matter_set_number(&draft->matter, ORDER_SENT_BACK, matter_number(&draft->was, ORDER_SENT_BACK) + 1);
    matter_set_due(&draft->matter, matter_day(&draft->was, ORDER_AGREED), draft->arena);
    return true;
}

/* --- money --- */

bool order_pay(struct matter_draft *draft, struct err *err)
{
    int64_t left = cash_left(&draft->was);
    char text[MONEY_TEXT];

    if (matter_day(&draft->entry, PAYMENT_DAY) > draft->today)
        return MATTER_WRONG(err, &kind_order_payment, PAYMENT_DAY, "付款日还没有到");
    if (matter_number(&draft->entry, PAYMENT_AMOUNT) > left)
        return MATTER_WRONG(err, &kind_order_payment, PAYMENT_AMOUNT, "合同金额里还没有付的是 %s", money_show(left, text));
    matter_set_number(&draft->matter, ORDER_PAID, matter_number(&draft->was, ORDER_PAID) + matter_number(&draft->entry, PAYMENT_AMOUNT));
    if (slice_is(matter_text(&draft->was, MATTER_STATE), "to_pay") && cash_left(&draft->matter) == 0)
        paid_or_rated(draft);
    return true;
}

/* --- the rating --- */

bool order_rate(struct matter_draft *draft, struct err *err)
{
    bool bad = grade_bad(matter_text(&draft->matter, ORDER_GRADE));

    if (bad && !matter_known(&draft->matter, ORDER_GRADE_WHY))
        return MATTER_WRONG(err, &kind_service_order, ORDER_GRADE_WHY, "不满意的要写明理由") || err_hint(err, "服务方要据此答复和改正");
    matter_enter(draft, &sort_service_order, &draft->matter, bad ? ORDER_TO_ANSWER : ORDER_CLOSED);
    return true;
}

bool order_answer(struct matter_draft *draft, struct err *err)
{
    return matter_day(&draft->matter, ORDER_CORRECTED_ON) <= draft->today
           || MATTER_WRONG(err, &kind_service_order, ORDER_CORRECTED_ON, "改正之日还没有到") || err_hint(err, "还没有改的先不填日期，写明打算");
}

bool order_close(struct matter_draft *draft, struct err *err)
{
    return matter_late(&draft->was, draft->today) || err_set(err, ERR_CONFLICT, "委托方还在期限内，可以评价")
           || err_hint(err, "过了期限仍没有评价的，再办结");
}

/* --- ends --- */

bool order_withdraw(struct matter_draft *draft, struct err *err)
{
    return voucher_back(draft, &payer, "委托方撤回", err);
}

bool order_break_off(struct matter_draft *draft, struct err *err)
{
    return voucher_back(draft, &payer, "中途终止", err);
}
