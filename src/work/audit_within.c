/* Red flags that one deal's own papers show. */
#include "base/utf8.h"
#include "work/audit_flag.h"

enum { NAME_LEAST = 4 /* characters: a shorter name stands in other words by chance */ };

/* --- approvals --- */

static bool agreed_for(const struct audit_paper *approval, const struct audit_paper *contract)
{
    return contract && approval->terms == contract->terms && audit_is(approval, APPROVAL_DECISION, "agreed");
}

bool audit_late_approval(const struct audit_paper *approval, const struct audit_paper *contract)
{
    return agreed_for(approval, contract) && audit_day(approval, APPROVAL_DECIDED_ON) > audit_day(contract, CONTRACT_SIGNED_ON);
}

/* Every approval that the test takes, and the contract. */
typedef bool approval_test(const struct audit_paper *approval, const struct audit_paper *contract);

static bool approvals_rest(const struct audit_deal *deal, approval_test *test, struct audit_rests *rests)
{
    const struct audit_paper *contract = audit_first_contract(deal);

    for (size_t i = 0; i < deal->count[KIND_APPROVAL]; i++)
        if (test(&deal->papers[KIND_APPROVAL][i], contract))
            audit_rest_add(rests, deal, &deal->papers[KIND_APPROVAL][i]);
    if (!rests->count)
        return false;
    audit_rest_add(rests, deal, contract);
    return true;
}

bool audit_approval_late(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    (void)book;
    return approvals_rest(deal, audit_late_approval, rests);
}

/* Ids are in the order of entering. */
static bool entered_late(const struct audit_paper *approval, const struct audit_paper *contract)
{
    return agreed_for(approval, contract) && approval->id > contract->id && !audit_late_approval(approval, contract);
}

bool audit_approval_entered_late(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    (void)book;
    return approvals_rest(deal, entered_late, rests);
}

bool audit_approval_missing(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    struct audit_rests agreed = {.count = 0};

    (void)book;
    if (!deal->contract || approvals_rest(deal, agreed_for, &agreed))
        return false;
    audit_rest_add(rests, deal, audit_first_contract(deal));
    return true;
}

/* --- notices --- */

/* Not withdrawn, or only after the deal was signed. */
static bool stands(const struct audit_deal *deal, const struct audit_paper *notice)
{
    int32_t ended = audit_day(notice, NOTICE_ENDED_ON);

    return !audit_known(notice, NOTICE_ENDED_ON) || (deal->signed_on && ended > deal->signed_on);
}

/* place NULL: any. */
static bool sale_notice(const struct audit_deal *deal, const struct audit_paper *notice, const char *place, int32_t terms)
{
    return audit_is(notice, NOTICE_SORT, "sale") && (!place || audit_is(notice, NOTICE_PLACE, place)) && notice->terms == terms
           && stands(deal, notice);
}

static size_t sale_notices(const struct audit_deal *deal, const char *place, int32_t terms, struct audit_rests *rests)
{
    for (size_t i = 0; i < deal->count[KIND_NOTICE]; i++)
        if (sale_notice(deal, &deal->papers[KIND_NOTICE][i], place, terms))
            audit_rest_add(rests, deal, &deal->papers[KIND_NOTICE][i]);
    return rests->count;
}

static int64_t law_figure(const struct audit_book *book, const struct audit_deal *deal, const char *id, const char *name, int32_t day)
{
    const struct rule *rule = rule_find(book->law->book, id, deal->region, day);

    for (size_t i = 0; rule && i < rule->parameter_count; i++)
        if (strcmp(rule->parameters[i].name, name) == 0)
            return rule->parameters[i].value;
    return 0;
}

/* 0: no rule was in force. */
static int32_t notice_end(const struct audit_book *book, const struct audit_deal *deal, const struct audit_paper *notice)
{
    bool reward = audit_is(notice, NOTICE_SORT, "reward"), provisional = false;
    int32_t first = audit_day(notice, NOTICE_FIRST_DAY);
    int64_t days = law_figure(book, deal, reward ? "R41" : "R03", reward ? "workdays" : "days", first);
    const struct calendar *calendar = book->law->calendar;

    if (!days || !first)
        return 0;
    return calendar_rolled(calendar, calendar_after(calendar, first, reward ? CALENDAR_WORKDAYS : CALENDAR_DAYS, (int32_t)days, &provisional),
                           &provisional);
}

static bool agreement(const struct audit_deal *deal)
{
    return deal->contract && slice_is(deal->pricing, "agreement");
}

bool audit_signed_in_notice(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    const struct audit_paper *contract = audit_first_contract(deal);

    if (!agreement(deal) || !deal->unit->state)
        return false;
    audit_rest_add(rests, deal, contract);
    for (size_t i = 0; i < deal->count[KIND_NOTICE]; i++) {
        const struct audit_paper *notice = &deal->papers[KIND_NOTICE][i];

        if (!sale_notice(deal, notice, "unit", contract->terms))
            continue;
        if (audit_day(contract, CONTRACT_SIGNED_ON) > notice_end(book, deal, notice))
            return false;
        audit_rest_add(rests, deal, notice);
    }
    return rests->count > 1;
}

bool audit_notice_missing(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    struct audit_rests standing = {.count = 0};

    (void)book;
    if (!agreement(deal) || !deal->unit->state || sale_notices(deal, "unit", deal->contract->terms, &standing))
        return false;
    audit_rest_add(rests, deal, audit_first_contract(deal));
    return true;
}

bool audit_related_market(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    struct audit_rests standing = {.count = 0};

    (void)book;
    if (!agreement(deal) || !deal->related || sale_notices(deal, "market", deal->contract->terms, &standing))
        return false;
    audit_rest_add(rests, deal, NULL);
    audit_rest_add(rests, deal, audit_first_contract(deal));
    return true;
}

bool audit_related_unmarked(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    (void)book;
    for (size_t i = 0; deal->related && i < deal->count[KIND_NOTICE]; i++) {
        const struct audit_paper *notice = &deal->papers[KIND_NOTICE][i];

        if (sale_notice(deal, notice, NULL, deal->terms) && audit_number(notice, NOTICE_RELATED) == 0)
            audit_rest_add(rests, deal, notice);
    }
    return rests->count > 0;
}

bool audit_withdrawn_often(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    int64_t withdrawn = 0;

    (void)book;
    for (size_t i = 0; i < deal->count[KIND_NOTICE]; i++)
        if (audit_known(&deal->papers[KIND_NOTICE][i], NOTICE_ENDED_ON)) {
            audit_rest_add(rests, deal, &deal->papers[KIND_NOTICE][i]);
            withdrawn++;
        }
    return withdrawn >= audit_parameter("withdrawn");
}

bool audit_ruled_at_once(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    (void)book;
    for (size_t i = 0; i < deal->count[KIND_OBJECTION]; i++) {
        const struct audit_paper *objection = &deal->papers[KIND_OBJECTION][i];

        if (audit_known(objection, OBJECTION_RULED_ON)
            && audit_day(objection, OBJECTION_RULED_ON) == audit_day(objection, OBJECTION_CAME_ON))
            audit_rest_add(rests, deal, objection);
    }
    return rests->count > 0;
}

/* --- price --- */

bool audit_price_under(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    const struct audit_paper *contract = audit_first_contract(deal);
    int64_t amount = audit_number(contract, CONTRACT_AMOUNT);

    (void)book;
    for (size_t i = 0; contract && i < deal->count[KIND_APPROVAL]; i++) {
        const struct audit_paper *approval = &deal->papers[KIND_APPROVAL][i];

        if (agreed_for(approval, contract) && audit_known(approval, APPROVAL_PRICE) && amount < audit_number(approval, APPROVAL_PRICE))
            audit_rest_add(rests, deal, approval);
    }
    for (size_t i = 0; contract && i < deal->count[KIND_NOTICE]; i++) {
        const struct audit_paper *notice = &deal->papers[KIND_NOTICE][i];

        if (sale_notice(deal, notice, NULL, contract->terms) && audit_known(notice, NOTICE_PRICE)
            && amount < audit_number(notice, NOTICE_PRICE))
            audit_rest_add(rests, deal, notice);
    }
    if (rests->count)
        audit_rest_add(rests, deal, contract);
    return rests->count > 0;
}

bool audit_price_ground(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    (void)book;
    if (!agreement(deal) || slice_is(deal->appraisal, "done") || deal->ground.len)
        return false;
    audit_rest_add(rests, deal, NULL);
    audit_rest_add(rests, deal, audit_first_contract(deal));
    return true;
}

/* --- money --- */

bool audit_received_over(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    const struct audit_paper *contract = deal->contract;

    (void)book;
    if (!contract || audit_is(contract, CONTRACT_PAYMENT, "royalty") || audit_is(contract, CONTRACT_PAYMENT, "entry")
        || audit_sum(deal, KIND_RECEIPT, RECEIPT_AMOUNT) <= audit_number(contract, CONTRACT_AMOUNT))
        return false;
    audit_rest_add(rests, deal, contract);
    for (size_t i = 0; i < deal->count[KIND_RECEIPT]; i++)
        audit_rest_add(rests, deal, &deal->papers[KIND_RECEIPT][i]);
    return true;
}

static struct slice key_of(struct slice name, struct arena *arena)
{
    return utf8_key(utf8_nfkc(name, arena), arena);
}

/* Receipts whose payer is, or is not, the unit itself; the buyer is neither. */
static bool payers(const struct audit_deal *deal, bool self, struct audit_rests *rests)
{
    struct arena arena;

    arena_init(&arena);
    for (size_t i = 0; i < deal->count[KIND_RECEIPT]; i++) {
        const struct audit_paper *receipt = &deal->papers[KIND_RECEIPT][i];
        struct slice payer = audit_text(receipt, RECEIPT_PAYER);
        struct slice key = payer.len && !slice_same(payer, deal->buyer) ? key_of(payer, &arena) : deal->buyer_key;

        if (key.len && !slice_same(key, deal->buyer_key) && slice_same(key, deal->unit->key) == self)
            audit_rest_add(rests, deal, receipt);
    }
    arena_release(&arena);
    return rests->count > 0;
}

bool audit_payer_other(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    (void)book;
    return payers(deal, false, rests);
}

bool audit_payer_self(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    (void)book;
    return payers(deal, true, rests);
}

bool audit_cost_to_buyer(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    struct arena arena;

    (void)book;
    if (utf8_count(deal->buyer_key) < NAME_LEAST)
        return false;
    arena_init(&arena);
    for (size_t i = 0; i < deal->count[KIND_COST]; i++) {
        struct slice note = audit_text(&deal->papers[KIND_COST][i], COST_NOTE);
        struct slice key = note.len ? key_of(note, &arena) : note;

        if (key.len && memmem(key.at, key.len, deal->buyer_key.at, deal->buyer_key.len))
            audit_rest_add(rests, deal, &deal->papers[KIND_COST][i]);
    }
    arena_release(&arena);
    return rests->count > 0;
}

bool audit_paid_little(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    const struct audit_paper *registration = audit_registration(deal);
    int32_t since = audit_day(registration, REGISTRATION_DECIDED_ON);
    __int128 received = audit_sum(deal, KIND_RECEIPT, RECEIPT_AMOUNT);

    if (!since || audit_is(deal->contract, CONTRACT_PAYMENT, "equity") || since + audit_parameter("paid_days") > book->today
        || received * 10000 >= (__int128)audit_number(registration, REGISTRATION_AMOUNT) * audit_parameter("paid_share"))
        return false;
    audit_rest_add(rests, deal, registration);
    for (size_t i = 0; i < deal->count[KIND_RECEIPT]; i++)
        audit_rest_add(rests, deal, &deal->papers[KIND_RECEIPT][i]);
    return true;
}

/* --- rewards --- */

/* Paid though every notice of the reward that stands was still running; with half taxed, though there was none. */
static bool paid_early(const struct audit_book *book, const struct audit_deal *deal, const struct audit_paper *award)
{
    int32_t paid = audit_day(award, AWARD_PAID_ON);
    bool any = false;

    for (size_t i = 0; paid && i < deal->count[KIND_NOTICE]; i++) {
        const struct audit_paper *notice = &deal->papers[KIND_NOTICE][i];

        if (!audit_is(notice, NOTICE_SORT, "reward") || audit_known(notice, NOTICE_ENDED_ON))
            continue;
        if (paid > notice_end(book, deal, notice))
            return false;
        any = true;
    }
    return paid && (any || audit_number(award, AWARD_HALF) != 0);
}

bool audit_reward_early(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    for (size_t i = 0; i < deal->count[KIND_AWARD]; i++)
        if (paid_early(book, deal, &deal->papers[KIND_AWARD][i]))
            audit_rest_add(rests, deal, &deal->papers[KIND_AWARD][i]);
    for (size_t i = 0; rests->count && i < deal->count[KIND_NOTICE]; i++)
        if (audit_is(&deal->papers[KIND_NOTICE][i], NOTICE_SORT, "reward"))
            audit_rest_add(rests, deal, &deal->papers[KIND_NOTICE][i]);
    return rests->count > 0;
}

/* What the rulebook answers; 0: it gives no floor, or does not apply. */
static int64_t floor_asked(const struct audit_book *book, const struct audit_floor *of)
{
    struct fact facts[] = {{.name = "way", .kind = FACT_CODE, .known = of->way.len > 0, .code = of->way},
                           {.name = "state_unit", .kind = FACT_YES, .known = true, .value = of->state},
                           {.name = "reward_agreed", .kind = FACT_YES, .known = true, .value = of->agreed}};
    struct answer answer;
    struct arena arena;
    struct err ignored;
    int64_t floor = 0;

    arena_init(&arena);
    if (rule_ask(book->law->book, of->rule, facts, sizeof facts / sizeof *facts, &arena, &answer, &ignored)
        && answer.verdict != RULE_NOT_APPLICABLE)
        for (size_t i = 0; i < of->rule->result_count; i++)
            if (strcmp(of->rule->results[i].name, "reward_floor") == 0 && answer.results[i].value.known)
                floor = answer.results[i].value.number;
    arena_release(&arena);
    return floor;
}

/* The share of net income that is the least on the day of the award. The rulebook is asked once for each case there is. */
static int64_t reward_floor(struct audit_book *book, const struct audit_deal *deal, const struct audit_paper *award)
{
    struct audit_floor of = {.rule = rule_find(book->law->book, "R20", deal->region, audit_day(award, AWARD_DECIDED_ON)),
                             .way = deal->way, .state = deal->unit->state, .agreed = audit_known(award, AWARD_RATE)};

    if (!of.rule)
        return 0;
    for (size_t i = 0; i < book->floor_count; i++) {
        const struct audit_floor *kept = &book->floors[i];

        if (kept->rule == of.rule && kept->state == of.state && kept->agreed == of.agreed && slice_same(kept->way, of.way))
            return kept->floor;
    }
    of.floor = floor_asked(book, &of);
    if (book->floor_count < AUDIT_FLOORS)
        book->floors[book->floor_count++] = of;
    return of.floor;
}

bool audit_reward_low(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    for (size_t i = 0; i < deal->count[KIND_AWARD]; i++) {
        const struct audit_paper *award = &deal->papers[KIND_AWARD][i];
        __int128 given = (__int128)audit_number(award, AWARD_REWARD) * 10000, net = audit_number(award, AWARD_NET);

        if (audit_known(award, AWARD_NET) && audit_known(award, AWARD_REWARD) && given < net * 10000
            && given < net * reward_floor(book, deal, award))
            audit_rest_add(rests, deal, award);
    }
    return rests->count > 0;
}

/* --- registration --- */

bool audit_goods_counted(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    const struct audit_paper *contract = deal->contract, *registration = audit_registration(deal);

    (void)book;
    if (!contract || audit_number(contract, CONTRACT_GOODS) <= 0)
        return false;
    if (audit_number(contract, CONTRACT_TECHNICAL) == audit_number(contract, CONTRACT_AMOUNT))
        audit_rest_add(rests, deal, contract);
    if (audit_known(registration, REGISTRATION_TECHNICAL)
        && audit_number(registration, REGISTRATION_TECHNICAL) == audit_number(registration, REGISTRATION_AMOUNT))
        audit_rest_add(rests, deal, registration);
    return rests->count > 0;
}

bool audit_amended(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    const struct audit_paper *registration = audit_registration(deal), *row = audit_newest(deal, KIND_PAST_DEAL);

    (void)book;
    if (!registration || !deal->contract || deal->contract->leaf <= registration->leaf)
        return false;
    if (row && row->leaf > deal->contract->leaf)
        return false; /* both as a table of the past had them: a row is written behind its papers (registration_overtaken) */
    audit_rest_add(rests, deal, deal->contract);
    audit_rest_add(rests, deal, registration);
    return true;
}

static void benefits_rest(const struct audit_deal *deal, struct audit_rests *rests)
{
    for (size_t i = 0; i < deal->count[KIND_FILING]; i++)
        audit_rest_add(rests, deal, &deal->papers[KIND_FILING][i]);
    for (size_t i = 0; i < deal->count[KIND_AWARD]; i++)
        if (audit_number(&deal->papers[KIND_AWARD][i], AWARD_HALF) != 0)
            audit_rest_add(rests, deal, &deal->papers[KIND_AWARD][i]);
}

bool audit_revoked(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    const struct audit_paper *revoked = NULL;

    (void)book;
    for (size_t i = 0; i < deal->count[KIND_REGISTRATION]; i++)
        if (audit_known(&deal->papers[KIND_REGISTRATION][i], REGISTRATION_REVOKED_ON))
            revoked = &deal->papers[KIND_REGISTRATION][i];
    if (!revoked || audit_registration(deal))
        return false;
    benefits_rest(deal, rests);
    if (!rests->count)
        return false;
    audit_rest_add(rests, deal, revoked);
    return true;
}

/* --- facts --- */

bool audit_declared(struct audit_book *book, const struct audit_deal *deal, struct audit_rests *rests)
{
    const struct audit_paper *ruling = audit_newest(deal, KIND_RULING);

    (void)book;
    for (size_t i = 0; ruling && i < deal->count[KIND_STATEMENT]; i++) {
        const struct audit_paper *statement = &deal->papers[KIND_STATEMENT][i];

        if (audit_is(statement, STATEMENT_SOURCE, "declared") && ruling->id > statement->id)
            audit_rest_add(rests, deal, statement);
    }
    if (rests->count)
        audit_rest_add(rests, deal, ruling);
    return rests->count > 0;
}
