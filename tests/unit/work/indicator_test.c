/* Indicators: what a figure counts, what was known of it on a day, and that a changed definition leaves what was told. */
#include "city_people.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/ident.h"
#include "record/deal.h"
#include "record/paper.h"
#include "work/indicator_int.h"

static const char warnings[] = "code\tof\tto\tleast\tmost\tsays\tsays_en\tsource\n";

static const char received[] =
    "code: received\nsince: 2000-01-01\ntitle: 到账\ntitle_en: Received\nsays: 一笔到账算一笔\nsays_en: each receipt\nsource: 测试\ngroup: money\n"
    "figure: money\nof: receipt\nfrom: {receipt} x JOIN {deal} d ON d.id = x.deal\nday: x.came_on\nvalue: x.amount\nregion: d.region\nparty: d.owner\n"
    "record: deal x.deal\n";
static const char in_force[] =
    "# 存量\ncode: in_force\nsince: 2000-01-01\ntitle: 在履行的合同\ntitle_en: In force\nsays: 从签订到届满\n  之前\nsays_en: signed, not over\nsource: 测试\n"
    "group: quality\nfigure: count\ncounted: held\nof: contract\nfrom: {contract} x\nday: x.signed_on\nuntil: x.until\nlast_day: x.liability\nparty: x.owner\n";
static const char share[] =
    "code: received_share\nsince: 2000-01-01\ntitle: 到账占比\ntitle_en: Share\nsays: 到账比合同额\nsays_en: share\nsource: 测试\ngroup: quality\nfigure: share\n"
    "of: deal\nalso: receipt.deal contract.deal\nfrom: {deal} x JOIN {contract} c ON c.deal = x.id\nday: c.signed_on\nbase: c.amount\nregion: x.region\n"
    "value: (SELECT sum(r.amount) FROM {receipt} r WHERE r.deal = x.id)\n";
static const char days_to[] =
    "code: days_to\nsince: 2000-01-01\ntitle: 到账天数\ntitle_en: Days\nsays: 从签订到到账\nsays_en: days\nsource: 测试\ngroup: quality\nfigure: median\n"
    "of: receipt\nfrom: {receipt} x JOIN {contract} c ON c.deal = x.deal\nday: x.came_on\nsince_day: c.signed_on\n";
static const char in_time[] =
    "code: in_time\nsince: 2000-01-01\ntitle: 三个工作日内到账\ntitle_en: In time\nsays: 签订后三个工作日内\nsays_en: within\nsource: 测试\ngroup: role\n"
    "figure: share\nwithin: 3 workdays\nof: deal\nalso: receipt.deal contract.deal\nfrom: {deal} x JOIN {contract} c ON c.deal = x.id\n"
    "since_day: c.signed_on\ndone: (SELECT min(r.came_on) FROM {receipt} r WHERE r.deal = x.id)\n";

enum { SETS_MOST = 8 };

struct bureau {
    struct town town;
    struct arena arena;
    struct indicators *set, *sets[SETS_MOST]; /* that is in use; all that were: a connection knows statements by their address */
    size_t set_count;
    struct calendar *calendar;
    char folder[64];
    int64_t now_ms, unit;
    struct err err;
};

/* --- given --- */

static void file_put(struct bureau *bureau, const char *name, const char *text)
{
    char path[160];
    FILE *file;

    snprintf(path, sizeof path, "%s/indicators/%s", bureau->folder, name);
    file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void folder_make(struct bureau *bureau)
{
    char path[160];

    snprintf(bureau->folder, sizeof bureau->folder, "/tmp/tq-indicators-XXXXXX");
    assert_non_null(mkdtemp(bureau->folder));
    snprintf(path, sizeof path, "%s/indicators", bureau->folder);
    assert_int_equal(mkdir(path, 0700), 0);
    file_put(bureau, "warnings.tsv", warnings);
}

static void folder_drop(struct bureau *bureau)
{
    char command[160];

    snprintf(command, sizeof command, "rm -rf '%s'", bureau->folder);
    assert_int_equal(system(command), 0);
}

static void definitions_read(struct bureau *bureau)
{
    if (!indicators_open(bureau->folder, &bureau->set, &bureau->err))
        fail_msg("%s", bureau->err.message);
    assert_true(bureau->set_count < SETS_MOST);
    bureau->sets[bureau->set_count++] = bureau->set;
}

static void follow(struct bureau *bureau)
{
    bool more = true;

    while (more)
        if (!indicator_follow(bureau->town.store, bureau->set, bureau->calendar, bureau->now_ms, &more, &bureau->err))
            fail_msg("%s", bureau->err.message);
}

static int32_t day(const char *text)
{
    int32_t out;

    assert_true(day_parse(slice_of(text), &out));
    return out;
}

static void now_is(struct bureau *bureau, const char *text)
{
    bureau->now_ms = (int64_t)day(text) * 86400000 + 4 * 3600000;
}

static void opened(struct bureau *bureau, void **state)
{
    *bureau = (struct bureau){0};
    town_open(&bureau->town, state);
    arena_init(&bureau->arena);
    folder_make(bureau);
    if (!calendar_load(TQ_SHARE "/rules/calendar", &bureau->calendar, &bureau->err))
        fail_msg("%s", bureau->err.message);
    bureau->unit = 77;
    now_is(bureau, "2026-03-02");
}

static void closed(struct bureau *bureau)
{
    town_close(&bureau->town);
    for (size_t i = 0; i < bureau->set_count; i++)
        indicators_close(bureau->sets[i]);
    calendar_free(bureau->calendar);
    folder_drop(bureau);
    arena_release(&bureau->arena);
}

/* --- records, put in past the gates --- */

struct putting {
    struct record *record;
    const struct record *prior;
    int64_t now_ms;
};

static bool put_step(struct sql *sql, void *arg, struct err *err)
{
    struct putting *putting = arg;

    return record_put(sql, putting->record, putting->prior, &(struct record_event){.action = "test.put", .request_id = "", .time_ms = putting->now_ms}, err);
}

static void put(struct bureau *bureau, struct record *record, const struct record *prior)
{
    struct putting putting = {record, prior, bureau->now_ms};

    if (!prior) {
        record->id = ident_next(bureau->now_ms);
        record->author = 1;
    }
    record_salt(record);
    assert_done(store_write(bureau->town.store, "", put_step, &putting, &bureau->err), bureau->err);
}

static struct value text(const char *string) { return (struct value){.known = true, .text = slice_of(string)}; }
static struct value number(int64_t n) { return (struct value){.known = true, .number = n}; }

static int64_t numbers;

static struct record paper(const struct kind *kind, const struct record *deal)
{
    struct record record = {.kind = kind, .owner = deal->owner};

    record.values[PAPER_DEAL] = number(deal->id);
    record.values[PAPER_NO] = number(++numbers);
    record.values[PAPER_TERMS] = number(1);
    return record;
}

static struct record deal_put(struct bureau *bureau, const char *region, int64_t owner)
{
    struct record deal = {.kind = &kind_deal, .owner = owner};

    deal.values[DEAL_TITLE] = text(arena_print(&bureau->arena, "示例项目 %lld", (long long)++numbers));
    deal.values[DEAL_ACHIEVEMENT] = number(numbers);
    deal.values[DEAL_PIER] = text("title");
    if (region)
        deal.values[DEAL_REGION] = text(region);
    put(bureau, &deal, NULL);
    return deal;
}

static struct record contract_put(struct bureau *bureau, const struct record *deal, const char *signed_on, const char *until, int64_t amount)
{
    struct record contract = paper(&kind_contract, deal);

    contract.values[CONTRACT_SIGNED_ON] = text(signed_on);
    if (until)
        contract.values[CONTRACT_UNTIL] = text(until);
    contract.values[CONTRACT_AMOUNT] = number(amount);
    put(bureau, &contract, NULL);
    return contract;
}

static struct record receipt_put(struct bureau *bureau, const struct record *deal, const char *came_on, int64_t amount)
{
    struct record receipt = paper(&kind_receipt, deal);

    receipt.values[RECEIPT_CAME_ON] = text(came_on);
    receipt.values[RECEIPT_AMOUNT] = number(amount);
    put(bureau, &receipt, NULL);
    return receipt;
}

static void amount_change(struct bureau *bureau, struct record *record, size_t field, int64_t amount)
{
    struct record prior = *record;

    record->values[field] = number(amount);
    put(bureau, record, &prior);
}

/* --- seen --- */

static struct figure_ask period(const char *from, const char *to)
{
    return (struct figure_ask){.from = day(from), .to = day(to), .as_of = INDICATOR_NOW};
}

static struct figure asked(struct bureau *bureau, const char *code, const struct figure_ask *ask)
{
    const struct indicator *indicator = indicator_on(bureau->set, slice_of(code), ask->to);
    struct sql *sql = town_look(&bureau->town);
    struct figure figure;

    assert_non_null(indicator);
    if (!indicator_figure(sql, indicator, ask, &figure, &bureau->err))
        fail_msg("%s: %s", code, bureau->err.message);
    store_read_end(bureau->town.store, sql);
    return figure;
}

static int64_t figure(struct bureau *bureau, const char *code, const char *from, const char *to)
{
    struct figure_ask ask = period(from, to);

    return asked(bureau, code, &ask).number;
}

static int64_t figure_of(struct bureau *bureau, const char *code, const char *from, const char *to, const char *as_of)
{
    struct figure_ask ask = period(from, to);

    ask.as_of = day(as_of);
    return asked(bureau, code, &ask).number;
}

/* Every line, known and past, as one number. */
static int64_t lines_sum(struct bureau *bureau)
{
    return town_number(&bureau->town, "SELECT CAST(coalesce(sum((subject % 1000) + line % 1000 + known_from * 3 + coalesce(known_to, 7) * 5 + leaf * 11 + day * 13"
                                      " + value * 17 + base * 19 + region), 0) AS BIGINT) FROM indicator_row");
}

/* --- tests --- */

static void a_figure_counts_the_days_and_places_that_it_is_of(void **state)
{
    struct bureau bureau;
    struct record here, there, nowhere;
    struct figure_ask ask = {0};

    opened(&bureau, state);
    file_put(&bureau, "received.def", received);
    definitions_read(&bureau);
    here = deal_put(&bureau, "620102", 77);
    there = deal_put(&bureau, "620123", 78);
    nowhere = deal_put(&bureau, NULL, 77);
    receipt_put(&bureau, &here, "2025-12-31", 100);
    receipt_put(&bureau, &here, "2026-01-01", 20001);
    receipt_put(&bureau, &there, "2026-02-10", 3);
    receipt_put(&bureau, &nowhere, "2026-03-01", 5000000);
    follow(&bureau);
    assert_int_equal(figure(&bureau, "received", "2026-01-01", "2026-12-31"), 5020004);
    assert_int_equal(figure(&bureau, "received", "2025-01-01", "2025-12-31"), 100);
    assert_int_equal(figure(&bureau, "received", "2026-01-01", "2026-02-28"), 20004);
    ask = period("2026-01-01", "2026-12-31");
    figure_ask_region(&ask, 620102);
    assert_int_equal(asked(&bureau, "received", &ask).number, 20001);
    figure_ask_region(&ask, 620100);
    assert_int_equal(asked(&bureau, "received", &ask).number, 20004);
    assert_int_equal(asked(&bureau, "received", &ask).lines, 2);
    figure_ask_region(&ask, 0);
    ask.party = 77;
    assert_int_equal(asked(&bureau, "received", &ask).number, 5020001);
    ask.party = 79;
    assert_int_equal(asked(&bureau, "received", &ask).number, 0);
    closed(&bureau);
}

static void as_of_a_day_it_is_what_was_known_then(void **state)
{
    struct bureau bureau;
    struct record deal, receipt;

    opened(&bureau, state);
    file_put(&bureau, "received.def", received);
    definitions_read(&bureau);
    deal = deal_put(&bureau, "620102", 77);
    receipt = receipt_put(&bureau, &deal, "2026-01-05", 100);
    now_is(&bureau, "2026-03-05");
    amount_change(&bureau, &receipt, RECEIPT_AMOUNT, 40); /* twice on one day: the last counts */
    amount_change(&bureau, &receipt, RECEIPT_AMOUNT, 70);
    now_is(&bureau, "2026-03-09");
    receipt_put(&bureau, &deal, "2026-01-06", 1000);
    follow(&bureau);
    assert_int_equal(figure(&bureau, "received", "2026-01-01", "2026-12-31"), 1070);
    assert_int_equal(figure_of(&bureau, "received", "2026-01-01", "2026-12-31", "2026-03-01"), 0);
    assert_int_equal(figure_of(&bureau, "received", "2026-01-01", "2026-12-31", "2026-03-02"), 100);
    assert_int_equal(figure_of(&bureau, "received", "2026-01-01", "2026-12-31", "2026-03-04"), 100);
    assert_int_equal(figure_of(&bureau, "received", "2026-01-01", "2026-12-31", "2026-03-05"), 70);
    assert_int_equal(figure_of(&bureau, "received", "2026-01-01", "2026-12-31", "2026-03-08"), 70);
    assert_int_equal(figure_of(&bureau, "received", "2026-01-01", "2026-12-31", "2026-03-09"), 1070);
    closed(&bureau);
}

/* Followed leaf by leaf as they come, or all at once after a rebuild, the lines are the same. */
static void a_rebuild_and_a_second_follower_come_to_the_same(void **state)
{
    struct bureau bureau;
    struct indicators *other;
    struct record deal, contract, receipt;
    int64_t before;
    bool more = true;

    opened(&bureau, state);
    file_put(&bureau, "received.def", received);
    file_put(&bureau, "in_force.def", in_force);
    file_put(&bureau, "share.def", share);
    file_put(&bureau, "days_to.def", days_to);
    file_put(&bureau, "in_time.def", in_time);
    definitions_read(&bureau);
    definitions_read(&bureau);
    other = bureau.sets[0];
    for (int i = 0; i < 40; i++) {
        bureau.now_ms += 86400000 / 4;
        deal = deal_put(&bureau, i % 3 ? "620102" : "620103", 77 + i % 2);
        contract = contract_put(&bureau, &deal, "2026-01-05", i % 4 ? "2026-02-05" : NULL, 1000);
        receipt = receipt_put(&bureau, &deal, i % 5 ? "2026-01-07" : "2026-02-07", 100 + i);
        follow(&bureau);
        while (more)
            assert_true(indicator_follow(bureau.town.store, other, bureau.calendar, bureau.now_ms, &more, &bureau.err));
        more = true;
        bureau.now_ms += 86400000 / 3;
        amount_change(&bureau, &receipt, RECEIPT_AMOUNT, 50 + i);
        amount_change(&bureau, &contract, CONTRACT_AMOUNT, 2000);
        follow(&bureau);
    }
    before = lines_sum(&bureau);
    assert_int_equal(town_number(&bureau.town, "SELECT count(*) FROM indicator"), 5);
    assert_done(store_write(bureau.town.store, "", (store_step *)(void (*)(void))indicator_forget, NULL, &bureau.err), bureau.err);
    follow(&bureau);
    assert_int_equal(lines_sum(&bureau), before);
    closed(&bureau);
}

/* What is read from the sums is what the lines come to, today and whatever the period. */
static void sums_and_lines_agree(void **state)
{
    static const char *const codes[] = {"received", "in_force", "received_share", "in_time"};
    static const char *const ends[] = {"2025-12-31", "2026-01-06", "2026-01-08", "2026-02-04", "2026-02-05", "2026-03-01"};
    struct bureau bureau;
    struct record deal;

    opened(&bureau, state);
    file_put(&bureau, "received.def", received);
    file_put(&bureau, "in_force.def", in_force);
    file_put(&bureau, "share.def", share);
    file_put(&bureau, "in_time.def", in_time);
    definitions_read(&bureau);
    for (int i = 0; i < 12; i++) {
        deal = deal_put(&bureau, "620102", 77);
        contract_put(&bureau, &deal, "2026-01-05", i % 4 ? "2026-02-05" : NULL, 1000 + i);
        receipt_put(&bureau, &deal, i % 5 ? "2026-01-07" : "2026-02-07", 100 + i);
    }
    follow(&bureau);
    for (size_t c = 0; c < sizeof codes / sizeof *codes; c++)
        for (size_t e = 0; e < sizeof ends / sizeof *ends; e++) {
            struct figure_ask ask = period("2026-01-01", ends[e]);
            struct figure now = asked(&bureau, codes[c], &ask), then;

            ask.as_of = day("2026-12-31");
            then = asked(&bureau, codes[c], &ask);
            assert_int_equal(now.known, then.known);
            assert_int_equal(now.number, then.number);
            assert_int_equal(now.value, then.value);
            assert_int_equal(now.base, then.base);
        }
    closed(&bureau);
}

static void what_is_held_ends_on_its_day(void **state)
{
    struct bureau bureau;
    struct record deal, last, prior;

    opened(&bureau, state);
    file_put(&bureau, "in_force.def", in_force);
    definitions_read(&bureau);
    deal = deal_put(&bureau, NULL, 77);
    contract_put(&bureau, &deal, "2025-06-01", "2026-02-01", 10);
    contract_put(&bureau, &deal, "2026-01-15", NULL, 10);
    contract_put(&bureau, &deal, "2026-01-15", "2026-01-15", 10); /* over before it began */
    last = contract_put(&bureau, &deal, "2025-01-01", NULL, 10);
    prior = last;
    last.values[CONTRACT_LIABILITY] = text("2025-02-28"); /* its last day */
    put(&bureau, &last, &prior);
    follow(&bureau);
    assert_int_equal(figure(&bureau, "in_force", "2026-01-01", "2025-05-31"), 0);
    assert_int_equal(figure(&bureau, "in_force", "2025-01-01", "2025-02-28"), 1);
    assert_int_equal(figure(&bureau, "in_force", "2025-01-01", "2025-03-01"), 0);
    assert_int_equal(figure(&bureau, "in_force", "2025-01-01", "2025-12-31"), 1);
    assert_int_equal(figure(&bureau, "in_force", "2026-01-01", "2026-01-31"), 2);
    assert_int_equal(figure(&bureau, "in_force", "2026-01-01", "2026-02-01"), 1);
    closed(&bureau);
}

static void shares_and_medians_say_when_there_is_nothing(void **state)
{
    struct bureau bureau;
    struct record deal, again;
    struct figure_ask ask;

    opened(&bureau, state);
    file_put(&bureau, "share.def", share);
    file_put(&bureau, "days_to.def", days_to);
    file_put(&bureau, "in_time.def", in_time);
    definitions_read(&bureau);
    deal = deal_put(&bureau, "620102", 77);
    again = deal_put(&bureau, "620102", 77);
    contract_put(&bureau, &deal, "2026-01-05", NULL, 300);   /* a Monday */
    contract_put(&bureau, &again, "2026-01-09", NULL, 30000); /* a Friday: three working days end on the Wednesday */
    receipt_put(&bureau, &deal, "2026-01-08", 100);
    receipt_put(&bureau, &deal, "2026-01-25", 100);
    receipt_put(&bureau, &again, "2026-01-15", 0);
    follow(&bureau);
    ask = period("2025-01-01", "2025-12-31");
    assert_false(asked(&bureau, "received_share", &ask).known);
    assert_false(asked(&bureau, "days_to", &ask).known);
    assert_int_equal(figure(&bureau, "received_share", "2026-01-01", "2026-12-31"), 66); /* 200 ÷ 30300, down */
    assert_int_equal(figure(&bureau, "received_share", "2026-01-01", "2026-01-08"), 6666);
    assert_int_equal(figure(&bureau, "days_to", "2026-01-01", "2026-12-31"), 6);  /* of 3, 6, 20 */
    assert_int_equal(figure(&bureau, "days_to", "2026-01-01", "2026-01-20"), 3);  /* of 3, 6: the lower */
    assert_int_equal(figure(&bureau, "in_time", "2026-01-01", "2026-01-13"), 10000); /* the second is not due yet */
    assert_int_equal(figure(&bureau, "in_time", "2026-01-01", "2026-01-14"), 5000);
    closed(&bureau);
}

static char *replaced(struct bureau *bureau, const char *source, const char *what, const char *with)
{
    const char *at = strstr(source, what);

    assert_non_null(at);
    return arena_print(&bureau->arena, "%.*s%s%s", (int)(at - source), source, with, at + strlen(what));
}

static void a_changed_definition_leaves_what_was_told(void **state)
{
    struct indicator_past past[8];
    struct bureau bureau;
    struct record deal;
    struct sql *sql;
    size_t count;

    opened(&bureau, state);
    file_put(&bureau, "received.def", received);
    definitions_read(&bureau);
    deal = deal_put(&bureau, "620102", 77);
    receipt_put(&bureau, &deal, "2025-05-05", 7);
    receipt_put(&bureau, &deal, "2026-01-05", 100);
    follow(&bureau);
    now_is(&bureau, "2026-04-01"); /* the text changes, its day does not */
    file_put(&bureau, "received.def", replaced(&bureau, received, "value: x.amount", "value: x.amount * 2"));
    definitions_read(&bureau);
    follow(&bureau);
    assert_int_equal(figure(&bureau, "received", "2026-01-01", "2026-12-31"), 200);
    assert_int_equal(figure_of(&bureau, "received", "2026-01-01", "2026-12-31", "2026-03-31"), 100);
    assert_int_equal(figure_of(&bureau, "received", "2026-01-01", "2026-12-31", "2026-04-01"), 200);
    now_is(&bureau, "2026-05-01"); /* a second file: for periods that end from 2026 on */
    file_put(&bureau, "received-2026.def", replaced(&bureau, replaced(&bureau, received, "value: x.amount", "value: x.amount * 3"), "2000-01-01", "2026-01-01"));
    definitions_read(&bureau);
    follow(&bureau);
    assert_int_equal(figure(&bureau, "received", "2026-01-01", "2026-12-31"), 300);
    assert_int_equal(figure(&bureau, "received", "2025-01-01", "2025-12-31"), 14);
    assert_int_equal(figure_of(&bureau, "received", "2025-01-01", "2025-12-31", "2026-03-31"), 7);
    assert_true(indicator_before(bureau.set, indicator_find(bureau.set, SLICE("received")))->since == day("2000-01-01"));
    sql = town_look(&bureau.town);
    assert_true(indicator_history(sql, SLICE("received"), 8, &bureau.arena, past, &count, &bureau.err));
    store_read_end(bureau.town.store, sql);
    assert_int_equal(count, 3);
    assert_int_equal(past[2].known_to, day("2026-04-01"));
    assert_true(slice_is(past[2].text, received));
    closed(&bureau);
}

static void its_lines_are_told_page_by_page(void **state)
{
    struct bureau bureau;
    struct record deal;
    struct figure_ask ask;
    struct figure_line list[4], *last = NULL;
    const struct indicator *indicator;
    struct sql *sql;
    size_t count, all = 0;
    int64_t sum = 0;
    int32_t before = 0;

    opened(&bureau, state);
    file_put(&bureau, "received.def", received);
    definitions_read(&bureau);
    indicator = indicator_find(bureau.set, SLICE("received"));
    deal = deal_put(&bureau, "620102", 77);
    for (int i = 0; i < 10; i++)
        receipt_put(&bureau, &deal, i % 2 ? "2026-01-05" : "2026-01-06", 1 << i);
    follow(&bureau);
    ask = period("2026-01-01", "2026-12-31");
    sql = town_look(&bureau.town);
    do {
        assert_true(indicator_lines(sql, indicator, &ask, last, 4, &bureau.arena, list, &count, &bureau.err));
        for (size_t i = 0; i < count; i++) {
            assert_true(slice_is(list[i].kind, "deal") && list[i].record == deal.id && list[i].leaf > 0);
            assert_true(!all && !i ? list[i].day == day("2026-01-06") : list[i].day <= before);
            before = list[i].day;
            sum += list[i].value;
        }
        all += count;
        last = &list[count ? count - 1 : 0];
    } while (count);
    store_read_end(bureau.town.store, sql);
    assert_int_equal(all, 10);
    assert_int_equal(sum, 1023);
    closed(&bureau);
}

static void an_amount_beyond_belief_is_not_counted(void **state)
{
    struct bureau bureau;
    struct record deal;

    opened(&bureau, state);
    file_put(&bureau, "received.def", received);
    definitions_read(&bureau);
    deal = deal_put(&bureau, "620102", 77);
    receipt_put(&bureau, &deal, "2026-01-05", INDICATOR_MOST);
    receipt_put(&bureau, &deal, "2026-01-05", INDICATOR_MOST + 1);
    follow(&bureau);
    assert_true(figure(&bureau, "received", "2026-01-01", "2026-12-31") == INDICATOR_MOST);
    closed(&bureau);
}

static void a_wrong_file_is_refused_where_it_is_wrong(void **state)
{
    static const struct { const char *what, *with, *says; long line; } bad[] = {
        {"code: received", "code: Received", "code 用小写字母", 1},
        {"since: 2000-01-01", "since: 2000-13-01", "since 写成", 2},
        {"since: 2000-01-01", "since 2000-01-01", "键: 值", 2},
        {"title: 到账\n", "titel: 到账\n", "没有“titel”这个键", 3},
        {"title: 到账\n", "title: 到账\ntitle: 到账\n", "写了两次", 4},
        {"says: 一笔到账算一笔\n", "", "缺“says”", 1},
        {"group: money", "group: cash", "group 不能是“cash”", 8},
        {"figure: money", "figure: sum", "figure 不能是“sum”", 9},
        {"of: receipt", "of: receit", "没有“receit”这种记录", 10},
        {"{deal}", "{deals}", "没有“deals”这种记录", 11},
        {"{receipt} x JOIN {deal}", "receipt x JOIN deal", "没有按账本的位置取记录", 11},
        {"day: x.came_on\n", "", "缺“day”", 1},
        {"value: x.amount\n", "", "缺“value”", 9},
        {"value: x.amount", "value: x.amount; DROP TABLE deal", "分号", 13},
        {"record: deal x.deal", "record: deal", "record 写成", 16},
        {"day: x.came_on", "day: x.came_on\nuntil: x.came_on", "until 和 last_day 只用于", 13},
        {"day: x.came_on", "day: x.came_on\nwithin: 3 weeks", "within 写成", 13},
        {"day: x.came_on", "day: x.came_on\nwithin: 3 days", "within 只用于", 13},
        {"day: x.came_on", "day: x.came_on\nalso: receipt.dael", "没有“receipt.dael”", 13},
    };
    struct bureau bureau;

    opened(&bureau, state);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        file_put(&bureau, "received.def", replaced(&bureau, received, bad[i].what, bad[i].with));
        assert_false(indicators_open(bureau.folder, &bureau.set, &bureau.err));
        if (!strstr(bureau.err.message, bad[i].says) || !strstr(bureau.err.message, "received.def") || bureau.err.line != bad[i].line)
            fail_msg("%s: %s, line %ld", bad[i].with, bureau.err.message, bureau.err.line);
    }
    file_put(&bureau, "received.def", received);
    file_put(&bureau, "twice.def", received);
    assert_false(indicators_open(bureau.folder, &bureau.set, &bureau.err));
    assert_non_null(strstr(bureau.err.message, "两份定义从同一天起"));
    closed(&bureau);
}

/* Each statement of those that ship is run, over no record, so that either engine says what it does not understand. */
static void the_definitions_that_ship_are_understood(void **state)
{
    struct bureau bureau;
    struct sql_rows rows;
    struct sql *sql;

    opened(&bureau, state);
    if (!indicators_open(TQ_SHARE, &bureau.set, &bureau.err))
        fail_msg("%s", bureau.err.message);
    bureau.sets[bureau.set_count++] = bureau.set;
    assert_true(bureau.set->latest_count > 0);
    for (size_t i = 0; i < bureau.set->count; i++) {
        const struct definition *definition = &bureau.set->list[i];

        sql = town_look(&bureau.town);
        for (size_t j = 0; j < definition->of_count; j++) {
            if (!sql_rows(sql, definition->of[j].statement, SQL_ARGS(sql_int(1), sql_int(1)), &rows, &bureau.err))
                fail_msg("%s of %s: %s", definition->shown.code, definition->of[j].kind, bureau.err.message);
            assert_false(sql_next(&rows)); /* also no line out of nothing */
            if (!sql_done(&rows, &bureau.err))
                fail_msg("%s of %s: %s", definition->shown.code, definition->of[j].kind, bureau.err.message);
        }
        for (size_t j = 0; j < definition->also_count; j++)
            if (!sql_rows(sql, definition->also[j].ids, SQL_ARGS(sql_int(1), sql_int(1)), &rows, &bureau.err) || !sql_done(&rows, &bureau.err))
                fail_msg("%s also %s: %s", definition->shown.code, definition->also[j].kind, bureau.err.message);
        store_read_end(bureau.town.store, sql);
    }
    closed(&bureau);
}

int main(void)
{
    const struct CMUnitTest tests[] = {ON_BOTH(a_figure_counts_the_days_and_places_that_it_is_of),
                                       ON_BOTH(as_of_a_day_it_is_what_was_known_then),
                                       ON_BOTH(a_rebuild_and_a_second_follower_come_to_the_same),
                                       ON_BOTH(sums_and_lines_agree),
                                       ON_BOTH(what_is_held_ends_on_its_day),
                                       ON_BOTH(shares_and_medians_say_when_there_is_nothing),
                                       ON_BOTH(a_changed_definition_leaves_what_was_told),
                                       ON_BOTH(its_lines_are_told_page_by_page),
                                       ON_BOTH(an_amount_beyond_belief_is_not_counted),
                                       ON_SQLITE(a_wrong_file_is_refused_where_it_is_wrong),
                                       ON_BOTH(the_definitions_that_ship_are_understood)};

    return run_places(tests);
}
