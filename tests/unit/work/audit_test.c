/*
 * The auditor's desk: what is drawn is what the sources say, each fen with its chance; red flags at their edges, a day, a fen, a
 * version before and after; the book is that of its checkpoint; the log of views holds one line a day. Thousands of generated
 * deals are held against a second computation in tests/web/audit.mjs.
 */
#include "deal_town.h"

#include "base/ident.h"
#include "base/money.h"
#include "work/audit_sample.h"
#include "work/audit_view.h"
#include "work/city_check.h"

/* --- drawing --- */

enum { ITEMS = 40, SEEDS = 20000 };

static struct audit_draw draw_of(enum audit_method method, size_t size, int64_t number)
{
    static const unsigned char root[SEAL_HASH] = {7};
    struct audit_draw draw = {.method = method, .size = size, .bounds = {1000, 5000}, .bound_count = 2};

    audit_seed(SLICE("example.org/log"), 100, root, number, draw.seed);
    return draw;
}

static void items_fill(struct audit_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        items[i] = (struct audit_item){.id = (int64_t)i + 1, .fen = (int64_t)(i % 10) * (int64_t)(i % 10) * 100};
}

/* How often each was picked over many seeds. */
static void tally(enum audit_method method, size_t size, const struct audit_item *items, unsigned *times)
{
    bool picked[ITEMS];

    memset(times, 0, ITEMS * sizeof *times);
    for (int64_t seed = 1; seed <= SEEDS; seed++) {
        struct audit_draw draw = draw_of(method, size, seed);
        size_t found = audit_draw(&draw, items, ITEMS, picked), count = 0;

        for (size_t i = 0; i < ITEMS; i++) {
            times[i] += picked[i];
            count += picked[i];
        }
        assert_int_equal(found, count);
        assert_true(method == DRAW_MONEY ? count <= size : count == size);
    }
}

/* Expected count ± 5 standard deviations of a binomial, which twenty thousand fair draws leave once in millions. */
static bool about(unsigned seen, double chance)
{
    double expected = chance * SEEDS, room = 25.0 * expected * (1 - chance);

    return ((double)seen - expected) * ((double)seen - expected) <= room + 1;
}

static void every_item_has_the_same_chance(void **state)
{
    struct audit_item items[ITEMS];
    unsigned times[ITEMS];

    (void)state;
    items_fill(items, ITEMS);
    tally(DRAW_SIMPLE, 7, items, times);
    for (size_t i = 0; i < ITEMS; i++)
        if (!about(times[i], 7.0 / ITEMS))
            fail_msg("item %zu was picked %u times of %d", i, times[i], SEEDS);
}

/* Systematic: an item of f fen is picked with f × size / total, and with less than an interval at most once. */
static void every_fen_has_the_same_chance(void **state)
{
    struct audit_item items[ITEMS];
    unsigned times[ITEMS];
    int64_t total = 0;

    (void)state;
    items_fill(items, ITEMS);
    for (size_t i = 0; i < ITEMS; i++)
        total += items[i].fen;
    tally(DRAW_MONEY, 7, items, times);
    for (size_t i = 0; i < ITEMS; i++)
        if (!about(times[i], 7.0 * (double)items[i].fen / (double)total))
            fail_msg("item %zu of %lld fen was picked %u times", i, (long long)items[i].fen, times[i]);
}

static void what_fills_an_interval_is_picked_for_certain(void **state)
{
    struct audit_item items[] = {{1, 1}, {2, 100}, {3, 0}, {4, MONEY_MAX}, {5, 1}};
    bool picked[5];

    (void)state;
    for (int64_t seed = 1; seed < 200; seed++) {
        struct audit_draw draw = draw_of(DRAW_MONEY, 3, seed);

        audit_draw(&draw, items, 5, picked);
        assert_true(picked[3] && !picked[2]);
    }
}

static void each_stratum_gives_one_at_least(void **state)
{
    struct audit_item items[ITEMS];
    bool picked[ITEMS];

    (void)state;
    items_fill(items, ITEMS);
    for (size_t size = 1; size <= ITEMS + 5; size++) {
        struct audit_draw draw = draw_of(DRAW_STRATA, size, (int64_t)size);
        size_t found = audit_draw(&draw, items, ITEMS, picked), of[3] = {0};

        for (size_t i = 0; i < ITEMS; i++)
            of[items[i].fen >= 5000 ? 2 : items[i].fen >= 1000] += picked[i];
        assert_true(of[0] && of[1] && of[2]);
        assert_int_equal(found, size < 3 ? 3 : size < ITEMS ? size : ITEMS);
    }
}

static void a_draw_of_nothing_and_of_all(void **state)
{
    struct audit_item items[ITEMS];
    bool picked[ITEMS];

    (void)state;
    items_fill(items, ITEMS);
    for (int m = DRAW_SIMPLE; m < DRAW_METHODS; m++) {
        struct audit_draw draw = draw_of((enum audit_method)m, 5, 1);

        assert_int_equal(audit_draw(&draw, items, 0, picked), 0);
    }
    assert_int_equal(audit_draw(&(struct audit_draw){.method = DRAW_WHOLE}, items, ITEMS, picked), ITEMS);
}

/* --- a deal with papers, put in past the gates --- */

struct desk {
    struct campus campus;
    struct record deal;
    size_t numbers[KIND_ALL];
    struct actor auditor;
};

struct putting {
    struct record *record;
    const struct record *prior;
    int64_t time_ms;
};

static bool put_step(struct sql *sql, void *arg, struct err *err)
{
    const struct putting *putting = arg;
    struct record_event event = {.action = "deal.step", .request_id = "", .time_ms = putting->time_ms};

    return record_put(sql, putting->record, putting->prior, &event, err);
}

static void put(struct desk *desk, struct record *record, const struct record *prior)
{
    static int64_t time_ms = INT64_C(1772000000000);
    struct putting putting = {record, prior, time_ms += 1000};

    if (!prior)
        record->id = ident_next(putting.time_ms);
    record_salt(record);
    assert_done(store_write(desk->campus.town.store, "", put_step, &putting, &desk->campus.err), desk->campus.err);
}

static void set(struct desk *desk, struct record *record, const char *name, const char *typed)
{
    int field = kind_field(record->kind, name);

    if (field < 0)
        fail_msg("%s has no field %s", record->kind->name, name);
    if (!field_read(&record->kind->fields[field], slice_of(typed), &desk->campus.arena, &record->values[field], &desk->campus.err))
        fail_msg("%s: %s", name, desk->campus.err.message);
}

/* name, typed, …, NULL */
static struct record paper(struct desk *desk, enum kind_id kind, ...)
{
    struct record record = {.kind = kind_get(kind), .owner = desk->deal.owner};
    const char *name;
    va_list fields;

    record.values[PAPER_DEAL] = (struct value){.known = true, .number = desk->deal.id};
    record.values[PAPER_NO] = (struct value){.known = true, .number = (int64_t)++desk->numbers[kind]};
    record.values[PAPER_TERMS] = (struct value){.known = true, .number = 0};
    va_start(fields, kind);
    while ((name = va_arg(fields, const char *)) != NULL)
        set(desk, &record, name, va_arg(fields, const char *));
    va_end(fields);
    put(desk, &record, NULL);
    return record;
}

static void deal_new(struct desk *desk, const char *title, ...)
{
    const char *name;
    va_list fields;

    desk->deal = (struct record){.kind = &kind_deal, .owner = desk->campus.unit};
    memset(desk->numbers, 0, sizeof desk->numbers);
    set(desk, &desk->deal, "title", title);
    desk->deal.values[DEAL_ACHIEVEMENT] = (struct value){.known = true, .number = desk->campus.achievement};
    set(desk, &desk->deal, "pier", "register");
    set(desk, &desk->deal, "way", "license");
    set(desk, &desk->deal, "pricing", "agreement");
    set(desk, &desk->deal, "ground", "示例依据");
    set(desk, &desk->deal, "region", "620102");
    desk->deal.values[DEAL_TERMS] = (struct value){.known = true, .number = 0};
    va_start(fields, title);
    while ((name = va_arg(fields, const char *)) != NULL)
        set(desk, &desk->deal, name, va_arg(fields, const char *));
    va_end(fields);
    put(desk, &desk->deal, NULL);
}

static void desk_open(struct desk *desk, void **state, const char *approvals)
{
    int64_t account;

    memset(desk, 0, sizeof *desk);
    campus_open(&desk->campus, state, "620102", approvals);
    account = town_account(&desk->campus.town, "auditor", 0, town_password);
    town_grant(&desk->campus.town, account, ROLE_AUDITOR, SCOPE_ALL, 0);
    town_actor(&desk->campus.town, account, &desk->auditor);
}

/* The flags of the deal at work as the ledger stands after `until` leaves (0: all), parted by blanks. */
static const char *flags_at(struct desk *desk, uint64_t until)
{
    struct sql *sql = town_look(&desk->campus.town);
    struct audit_book book;
    const struct audit_deal *deal;
    const struct audit_hit *hits;
    size_t count = 0;
    char *out = arena_zero(&desk->campus.arena, 1, 400);

    if (!until)
        assert_true(ledger_size(sql, &until, &desk->campus.err));
    if (!audit_book_load(sql, &desk->campus.law, &desk->auditor, until, campus_date(2027, 6, 1), &book, &desk->campus.err)
        || !audit_flags_find(&book, &desk->campus.err))
        fail_msg("%s", desk->campus.err.message);
    deal = audit_deal_find(&book, desk->deal.id);
    hits = deal ? audit_hits_of(&book, deal, &count) : NULL;
    for (size_t i = 0; i < count; i++)
        snprintf(out + strlen(out), 400 - strlen(out), "%s%s", i ? " " : "", hits[i].flag->code);
    audit_book_release(&book);
    store_read_end(desk->campus.town.store, sql);
    return out;
}

static void is_flagged(struct desk *desk, const char *wanted)
{
    const char *found = flags_at(desk, 0);

    if (strcmp(found, wanted) != 0)
        fail_msg("flags “%s”, wanted “%s”", found, wanted);
}

/* What a deal in order has before it is signed; the fifteenth day of the notice is 17 March 2026. */
static void agree(struct desk *desk)
{
    paper(desk, KIND_NOTICE, "sort", "sale", "place", "unit", "first_day", "2026-03-02", "name", "示例成果", "summary", "示例", "channel", "示例", NULL);
    paper(desk, KIND_APPROVAL, "body", "校长办公会", "decision", "agreed", "decided_on", "2026-03-18", "minutes", "示例", "conflicts", "无", NULL);
}

static struct record sign(struct desk *desk, const char *day, const char *amount)
{
    return paper(desk, KIND_CONTRACT, "sort", "license", "number", "示例", "name", "示例合同", "signed_on", day, "amount", amount, "goods", "0",
                 "technical", amount, "income", amount, "payment", "lump", NULL);
}

static void desk_close(struct desk *desk)
{
    campus_close(&desk->campus);
}

static void a_notice_and_a_signature(void **state)
{
    static const char *const days[][2] = {{"2026-03-17", "approval_late signed_in_notice"}, {"2026-03-18", ""}};
    struct desk desk;

    desk_open(&desk, state, "");
    for (size_t i = 0; i < 2; i++) {
        deal_new(&desk, i ? "示例：期满次日签" : "示例：第十五日签", "buyer", i ? "示例乙厂" : "示例甲厂", NULL);
        agree(&desk);
        sign(&desk, days[i][0], "10万元");
        is_flagged(&desk, days[i][1]);
    }
    desk_close(&desk);
}

/* Two contracts to one buyer: at 80 % of a line and a fen below it, ninety days apart and ninety-one. */
static void contracts_below_a_line(void **state)
{
    static const struct {
        const char *amounts[2], *second, *flags;
    } cases[] = {
        {{"80万元", "999999.99元"}, "2026-06-16", "split_below split_same"}, {{"80万元", "999999.99元"}, "2026-06-17", ""},
        {{"799999.99元", "999999.99元"}, "2026-06-16", "split_same"},        {{"100万元", "999999.99元"}, "2026-06-16", "split_same"},
        {{"400万元", "4999999.99元"}, "2026-03-18", "split_below split_same"},
    };
    struct desk desk;

    desk_open(&desk, state, "科研管理部门\n校长办公会 100万元以上");
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *buyer = arena_print(&desk.campus.arena, "示例第%zu厂", i);

        for (size_t n = 0; n < 2; n++) {
            deal_new(&desk, arena_print(&desk.campus.arena, "示例拆分第 %zu 组第 %zu 份", i, n), "buyer", buyer, NULL);
            agree(&desk);
            sign(&desk, n ? cases[i].second : "2026-03-18", cases[i].amounts[n]);
        }
        is_flagged(&desk, cases[i].flags);
    }
    desk_close(&desk);
}

/* 60 % in Gansu: what is exactly the floor is not below it. */
static void a_reward_and_its_floor(void **state)
{
    static const char *const rewards[][2] = {{"600000元", ""}, {"599999.99元", "reward_low"}};
    struct desk desk;

    desk_open(&desk, state, "");
    for (size_t i = 0; i < 2; i++) {
        deal_new(&desk, i ? "示例：差一分" : "示例：正好", "buyer", i ? "示例乙厂" : "示例甲厂", NULL);
        agree(&desk);
        sign(&desk, "2026-03-18", "100万元");
        paper(&desk, KIND_AWARD, "net", "100万元", "reward", rewards[i][0], "team", "曾某（示例） 100%", "decided_on", "2026-04-01", NULL);
        is_flagged(&desk, rewards[i][1]);
    }
    desk_close(&desk);
}

/* A version that came after the checkpoint is not in its book. */
static void a_book_is_of_its_checkpoint(void **state)
{
    struct record contract, registration, after;
    uint64_t before, later;
    struct desk desk;
    struct sql *sql;

    desk_open(&desk, state, "");
    deal_new(&desk, "示例：登记后变更", "buyer", "示例甲厂", NULL);
    agree(&desk);
    contract = sign(&desk, "2026-03-18", "100万元");
    registration = paper(&desk, KIND_REGISTRATION, "point", "示例", "sent_on", "2026-03-20", "decided_on", "2027-05-01", "result", "registered", "amount",
                         "100万元", "technical", "100万元", NULL);
    sql = town_look(&desk.campus.town);
    assert_true(ledger_size(sql, &before, &desk.campus.err));
    store_read_end(desk.campus.town.store, sql);
    is_flagged(&desk, "");
    after = contract;
    set(&desk, &after, "clauses", "示例：顺延");
    put(&desk, &after, &contract);
    is_flagged(&desk, "amended");
    sql = town_look(&desk.campus.town);
    assert_true(ledger_size(sql, &later, &desk.campus.err));
    store_read_end(desk.campus.town.store, sql);
    after = registration;
    set(&desk, &after, "changed_on", "2026-05-01");
    put(&desk, &after, &registration);
    is_flagged(&desk, "");
    assert_string_equal(flags_at(&desk, later), "amended");
    assert_string_equal(flags_at(&desk, before), "");
    desk_close(&desk);
}

/* A row of the past that was corrected brings the contract anew, with what was registered of it in its time. */
static void a_corrected_row_of_the_past_amends_nothing(void **state)
{
    struct record contract, row, after;
    struct desk desk;

    desk_open(&desk, state, "");
    deal_new(&desk, "示例：历史合同", "buyer", "示例甲厂", NULL);
    agree(&desk);
    contract = sign(&desk, "2026-03-18", "100万元");
    paper(&desk, KIND_REGISTRATION, "decided_on", "2027-05-01", "result", "registered", "amount", "100万元", "technical", "100万元", NULL);
    row = paper(&desk, KIND_PAST_DEAL, "source_file", "示例.csv", "source_row", "2", "number", "JS-1", "name", "示例合同", "signed_on", "2026-03-18", "amount", "100万元", NULL);
    after = contract;
    set(&desk, &after, "clauses", "示例：更正");
    put(&desk, &after, &contract);
    is_flagged(&desk, "amended");
    after = row;
    set(&desk, &after, "note", "示例：更正");
    put(&desk, &after, &row);
    is_flagged(&desk, "");
    desk_close(&desk);
}

/* --- scope --- */

static void an_auditor_sees_his_district(void **state)
{
    static const struct {
        int64_t scope;
        bool sees;
    } scopes[] = {{620100, true}, {620102, true}, {620103, false}, {330100, false}};
    struct desk desk;

    desk_open(&desk, state, "");
    deal_new(&desk, "示例：兰州的项目", "buyer", "示例甲厂", NULL);
    agree(&desk);
    sign(&desk, "2026-03-17", "10万元");
    for (size_t i = 0; i < COUNT(scopes); i++) {
        desk.auditor.grants[0] = (struct role_grant){.role = ROLE_AUDITOR, .scope_kind = SCOPE_DIVISION, .scope = scopes[i].scope};
        assert_string_equal(flags_at(&desk, 0), scopes[i].sees ? "approval_late signed_in_notice" : "");
    }
    desk_close(&desk);
}

/* --- the log of views --- */

static void look_at(struct desk *desk, const struct actor *actor, int64_t object, int64_t time_ms)
{
    struct audit_viewing viewing;

    audit_viewing_init(&viewing, actor, "deal", object, time_ms);
    assert_non_null(leaf_request_own(slice_of(viewing.request_id))); /* no client can take it first */
    assert_done(store_write(desk->campus.town.store, viewing.request_id, audit_view_step, &viewing, &desk->campus.err), desk->campus.err);
}

static void one_line_a_person_object_and_day(void **state)
{
    const int64_t evening = INT64_C(1772380799000) /* 2026-03-01 23:59:59 +08:00 */;
    struct actor second;
    struct audit_view list[10];
    struct city_counts counts;
    struct desk desk;
    struct sql *sql;
    int64_t next, account;
    size_t count;

    desk_open(&desk, state, "");
    account = town_account(&desk.campus.town, "second", 0, town_password);
    town_grant(&desk.campus.town, account, ROLE_AUDITOR, SCOPE_ALL, 0);
    town_actor(&desk.campus.town, account, &second);
    look_at(&desk, &desk.auditor, 5, evening - 60000);
    look_at(&desk, &desk.auditor, 5, evening);
    look_at(&desk, &desk.auditor, 6, evening);
    look_at(&desk, &second, 5, evening);
    look_at(&desk, &desk.auditor, 5, evening + 1000);
    sql = town_look(&desk.campus.town);
    assert_true(audit_views_list(sql, NULL, 0, list, 10, &count, &next, &desk.campus.err));
    assert_int_equal(count, 4);
    assert_int_equal(next, 0);
    assert_string_equal(list[0].what, "deal");
    assert_int_equal(list[0].time_ms, evening + 1000);
    assert_true(audit_views_list(sql, desk.auditor.pseudonym, 0, list, 2, &count, &next, &desk.campus.err));
    assert_int_equal(count, 2);
    assert_true(audit_views_list(sql, desk.auditor.pseudonym, next, list, 2, &count, &next, &desk.campus.err));
    assert_int_equal(count, 1);
    assert_true(city_check(sql, NULL, &counts, &desk.campus.err));
    store_read_end(desk.campus.town.store, sql);
    desk_close(&desk);
}

/* --- filters --- */

static void a_filter_is_read_and_written(void **state)
{
    static const char *const good[] = {"", "unit=12", "year=2026&way=license&pricing=agreement&pier=close&from=0&to=100&flag=any",
                                       "flag=reward_low"};
    static const char *const bad[] = {"unit", "unit=", "unit=x", "year=20266", "way=steal", "from=-1", "to=1e3", "flag=x", "x=1", "year=2026&&way=license"};
    struct audit_filter filter;
    char text[AUDIT_FILTER];
    struct err err;

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        assert_true(audit_filter_read(slice_of(good[i]), &filter, &err));
        audit_filter_write(&filter, text);
        assert_string_equal(text, good[i]);
    }
    for (size_t i = 0; i < COUNT(bad); i++)
        if (audit_filter_read(slice_of(bad[i]), &filter, &err))
            fail_msg("“%s” was taken", bad[i]);
}

static void each_flag_is_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < audit_flag_count; i++) {
        const struct audit_flag *flag = &audit_flags[i];

        assert_true(*flag->says && *flag->query && *flag->ground && *flag->weight && *flag->alarm && *flag->label_en);
        assert_true((flag->within != NULL) != (flag->across != NULL));
        assert_ptr_equal(audit_flag_find(slice_of(flag->code)), flag);
        assert_true(strlen(flag->code) < sizeof(((struct audit_filter *)NULL)->flag));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_has_the_same_chance),
        cmocka_unit_test(every_fen_has_the_same_chance),
        cmocka_unit_test(what_fills_an_interval_is_picked_for_certain),
        cmocka_unit_test(each_stratum_gives_one_at_least),
        cmocka_unit_test(a_draw_of_nothing_and_of_all),
        cmocka_unit_test(a_filter_is_read_and_written),
        cmocka_unit_test(each_flag_is_whole),
        ON_BOTH(a_notice_and_a_signature),
        ON_BOTH(contracts_below_a_line),
        ON_BOTH(a_reward_and_its_floor),
        ON_BOTH(a_book_is_of_its_checkpoint),
        ON_BOTH(a_corrected_row_of_the_past_amends_nothing),
        ON_BOTH(an_auditor_sees_his_district),
        ON_BOTH(one_line_a_person_object_and_day),
    };

    town_start();
    return run_places(tests);
}
