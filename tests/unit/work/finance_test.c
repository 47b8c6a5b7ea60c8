/* Finance for a firm, below the pages: numbers of patents, when one is in force, what of a deal is in whose asset pack, and what is seen after a loan. */
#include "deal_town.h"

#include "base/json.h"
#include "work/consent.h"
#include "work/funding.h"
#include "work/loan.h"
#include "work/patent_sheet.h"

/* --- numbers --- */

static void a_number_is_kept_in_one_spelling_and_its_check_digit_held(void **state)
{
    static const struct {
        const char *typed, *kept; /* NULL: refused */
    } cases[] = {
        {"ZL202110123456.7", "202110123456.7"}, {"zl 2021 1 0123456.7", "202110123456.7"}, {"CN2021101234567", "202110123456.7"},
        {"２０２１１０１２３４５６．７", "202110123456.7"}, {"202110123456.8", NULL}, {"202110123465.7", NULL}, {"ZL20211012345.7", NULL},
        {"85100001.0", "85100001.0"}, {"85100001.1", NULL}, {"", NULL}, {"ZL", NULL}, {"2021X0123456.7", NULL}, {"202110123456-7", NULL},
    };
    struct arena arena;
    struct err err;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct slice number = SLICE("");
        bool good = patent_number_read(slice_of(cases[i].typed), &arena, &number, &err);

        if (good != (cases[i].kept != NULL) || (good && !slice_is(number, cases[i].kept)))
            fail_msg("%s: %s %.*s", cases[i].typed, good ? "taken as" : "refused", (int)number.len, number.at);
    }
    arena_release(&arena);
}

static void a_patent_is_in_force_up_to_and_with_its_last_day(void **state)
{
    static const struct {
        const char *status, *fee, *ends, *why; /* NULL: in force on 28 November 2026 */
    } cases[] = {
        {"granted", "2026-11-28", "2026-11-28", NULL}, {"granted", "2026-11-27", "2030-01-01", "fee"}, {"granted", "2027-01-01", "2026-11-27", "status"},
        {"granted", "", "", NULL}, {"fee_lapsed", "2027-01-01", "2030-01-01", "status"}, {"pending", "", "", "status"},
    };
    int32_t today;

    (void)state;
    assert_true(day_from_ymd(2026, 11, 28, &today));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct record patent = {.kind = &kind_patent};
        const char *why;

        matter_set_text(&patent, PATENT_STATUS, slice_of(cases[i].status));
        matter_set_text(&patent, PATENT_FEE_UNTIL, slice_of(cases[i].fee));
        matter_set_text(&patent, PATENT_ENDS, slice_of(cases[i].ends));
        assert_int_equal(patent_in_force(&patent, today, &why), cases[i].why == NULL);
        if (cases[i].why)
            assert_string_equal(why, cases[i].why);
    }
}

/* --- a deal in two packs --- */

struct trade {
    struct campus campus;
    int64_t works, bank, consent;
    struct matter_order order;
};

static void trade_open(struct trade *trade, void **state)
{
    static const char *const works[] = {"name", "示例甲机械厂", "side", "enterprise", "region", "620102", "founded", "2020-01-01", NULL};
    static const char *const bank[] = {"name", "示例金城银行", "side", "finance", "region", "620102", NULL};
    struct campus *campus = &trade->campus;

    campus_open(campus, state, "620102", "");
    trade->works = campus_record(campus, &kind_party, 0, works);
    trade->bank = campus_record(campus, &kind_party, 0, bank);
}

/* Licensed to the works, registered, half of it paid. */
static void is_licensed(struct trade *trade)
{
    struct campus *campus = &trade->campus;
    const char *works = arena_print(&campus->arena, "%lld", (long long)trade->works);

    campus_to_price(campus);
    does(campus, "price", "way", "license", "price", "160万元", "buyer", "示例甲机械厂", "buyer_party", works, "buyer_nature", "private", "ground",
         "参照两份可比许可合同，学校集体决策", NULL);
    does(campus, "notice", "sort", "sale", "place", "unit", NULL);
    campus_market(campus);
    campus->today += 20;
    while (strcmp(campus_at(campus), "approve") == 0)
        does(campus, "approve", "minutes", "示例纪要", NULL);
    does(campus, "sign", "number", "HT-1", NULL);
    does(campus, "register", "point", "示例登记机构", NULL);
    does(campus, "registered", "number", "2026620100000001", NULL);
    does(campus, "plan", "sort", "lump", "due_on", "2026-12-31", "amount", "160万元", NULL);
    does(campus, "receive", "amount", "80万元", "voucher", "PZ-1", NULL);
}

static json_t *pack_of(struct trade *trade, int64_t firm, const char *parts)
{
    struct campus *campus = &trade->campus;
    struct pack_want want = {.firm = firm, .parts = slice_of(parts), .today = campus->today};
    struct sql *sql = town_look(&campus->town);
    json_t *pack;

    if (!asset_pack_build(sql, &campus->law, &want, &campus->arena, &pack, &campus->err))
        fail_msg("%s", campus->err.message);
    store_read_end(campus->town.store, sql);
    return pack;
}

/* The first line of the only section. */
static struct slice line_says(const json_t *pack, const char *name)
{
    return json_member(json_array_get(json_object_get(json_array_get(json_object_get(pack, "sections"), 0), "lines"), 0), name);
}

static void sees(struct trade *trade, int64_t firm, const char *part, const char *member, const char *value)
{
    json_t *pack = pack_of(trade, firm, part);

    if (!slice_is(line_says(pack, member), value))
        fail_msg("%s %s: %.*s, wanted %s", part, member, (int)line_says(pack, member).len, line_says(pack, member).at, value);
    json_decref(pack);
}

static void each_side_of_a_deal_finds_its_own_in_its_pack(void **state)
{
    struct trade trade;
    json_t *pack, *again;

    trade_open(&trade, state);
    is_licensed(&trade);
    sees(&trade, trade.works, "titles", "says", "普通许可");
    sees(&trade, trade.works, "contracts", "says", "作为受让方");
    sees(&trade, trade.works, "contracts", "amount", "160000000");
    sees(&trade, trade.works, "receipts", "says", "付出");
    sees(&trade, trade.campus.unit, "contracts", "number", "2026620100000001");
    sees(&trade, trade.campus.unit, "receipts", "says", "收到");
    sees(&trade, trade.campus.unit, "receipts", "amount", "80000000");
    sees(&trade, trade.campus.unit, "burdens", "says", "普通许可");
    pack = pack_of(&trade, trade.bank, "contracts\nreceipts");
    assert_int_equal(json_integer_value(json_object_get(pack, "lines")), 0);
    json_decref(pack);
    pack = pack_of(&trade, trade.works, "");
    again = pack_of(&trade, trade.works, "");
    assert_true(slice_same(asset_pack_digest(asset_pack_bytes(pack, &trade.campus.arena), &trade.campus.arena),
                           asset_pack_digest(asset_pack_bytes(again, &trade.campus.arena), &trade.campus.arena)));
    json_decref(pack);
    json_decref(again);
    campus_close(&trade.campus);
}

/* --- facts for the rules --- */

static int64_t fact_of(struct trade *trade, int64_t firm, const char *name, bool *known)
{
    struct campus *campus = &trade->campus;
    struct fact facts[FUNDING_FACTS] = {{0}};
    struct sql *sql = town_look(&campus->town);
    int64_t value = 0;
    size_t count;

    *known = false;
    if (!funding_facts(sql, &campus->law, firm, campus->today, &campus->arena, facts, &count, &campus->err))
        fail_msg("%s", campus->err.message);
    for (size_t i = 0; i < count; i++)
        if (strcmp(facts[i].name, name) == 0) {
            *known = facts[i].known;
            value = facts[i].value;
        }
    store_read_end(campus->town.store, sql);
    return value;
}

static void receipts_of_registered_contracts_are_a_fact_for_a_year(void **state)
{
    struct trade trade;
    bool known;

    trade_open(&trade, state);
    assert_int_equal(fact_of(&trade, trade.campus.unit, "firm_receipts", &known), 0);
    assert_false(known);
    is_licensed(&trade);
    assert_int_equal(fact_of(&trade, trade.campus.unit, "firm_receipts", &known), 80000000);
    fact_of(&trade, trade.works, "firm_receipts", &known);
    assert_false(known); /* what it paid is no income */
    assert_int_equal(fact_of(&trade, trade.works, "firm_local", &known), 1);
    fact_of(&trade, trade.works, "firm_patents", &known);
    assert_false(known); /* none was ever brought in: nobody knows */
    trade.campus.today += 366;
    assert_int_equal(fact_of(&trade, trade.campus.unit, "firm_receipts", &known), 0);
    assert_true(known);
    campus_close(&trade.campus);
}

/* --- signals --- */

static enum store_outcome consents(struct trade *trade, const char *step, int64_t ver, const char *const *typed)
{
    struct campus *campus = &trade->campus;
    char request[24];

    matter_order_init(&trade->order, &campus->law, &campus->clerk, &sort_consent, matter_step_find(&sort_consent, slice_of(step)),
                      town_request(&campus->town, request));
    trade->order.time_ms = campus_ms(campus);
    trade->order.id = ver ? trade->consent : 0;
    trade->order.ver = ver;
    trade->order.arena = &campus->arena;
    for (size_t i = 0; typed[i]; i += 2)
        trade->order.typed[kind_field(&kind_consent, typed[i])] = slice_of(typed[i + 1]);
    err_clear(&campus->err);
    return store_write(campus->town.store, trade->order.request_id, matter_step_run, &trade->order, &campus->err);
}

/* The signals of a loan to the unit, as "sort sort …". */
static void is_seen(struct trade *trade, const char *wanted)
{
    struct campus *campus = &trade->campus;
    struct loan_signal list[LOAN_SIGNALS];
    struct record loan = {.kind = &kind_loan, .id = 77, .owner = campus->unit};
    struct sql *sql = town_look(&campus->town);
    const char *seen = "";
    size_t count;

    matter_set_number(&loan, LOAN_CONSENT, trade->consent);
    if (!loan_signals(sql, &loan, NULL, 0, campus->today, &campus->arena, list, &count, &campus->err))
        fail_msg("%s", campus->err.message);
    store_read_end(campus->town.store, sql);
    for (size_t i = 0; i < count; i++)
        seen = arena_print(&campus->arena, "%s%s%s", seen, *seen ? " " : "", list[i].sort);
    assert_string_equal(seen, wanted);
}

static void what_happens_to_a_contract_is_seen_as_far_as_the_consent_goes(void **state)
{
    static const char *const none[] = {NULL};
    struct trade trade;
    const char *given[] = {"bank", "示例金城银行", "parts", "contracts\nreceipts", "purpose", "贷后管理", "until_day", "2028-01-31", NULL};
    const char *narrower[] = {"parts", "patents", "purpose", "贷后管理", "until_day", "2028-01-31", NULL};

    trade_open(&trade, state);
    is_licensed(&trade);
    assert_done(consents(&trade, "give", 0, given), trade.campus.err);
    trade.consent = trade.order.done_id;
    is_seen(&trade, "");
    trade.campus.today = campus_date(2026, 12, 31);
    is_seen(&trade, "");
    trade.campus.today++;
    is_seen(&trade, "income");
    does(&trade.campus, "revoke", "revoked_why", "示例：查实合同不真实", NULL);
    is_seen(&trade, "revoked income");
    assert_done(consents(&trade, "change", trade.order.done_ver, narrower), trade.campus.err);
    is_seen(&trade, "");
    assert_done(consents(&trade, "revoke", trade.order.done_ver, none), trade.campus.err);
    is_seen(&trade, "consent");
    campus_close(&trade.campus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_kept_in_one_spelling_and_its_check_digit_held),
        cmocka_unit_test(a_patent_is_in_force_up_to_and_with_its_last_day),
        ON_BOTH(each_side_of_a_deal_finds_its_own_in_its_pack),
        ON_BOTH(receipts_of_registered_contracts_are_a_fact_for_a_year),
        ON_BOTH(what_happens_to_a_contract_is_seen_as_far_as_the_consent_goes),
    };

    return run_places(tests);
}
