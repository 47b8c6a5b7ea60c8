/* Who is told what: the leaves of a deal become messages, once, with ids that stay. */
#include "deal_town.h"

#include "base/clock.h"
#include "work/inbox.h"
#include "work/notify.h"
#include "work/reminder_int.h"
#include "work/standing.h"
#include "work/wish.h"

struct people {
    struct campus campus;
    int64_t colleague, professor, registrar, officer, elsewhere, person;
};

static int64_t person_of(struct campus *campus)
{
    const char *fields[] = {"name", "示例曾某", "calling", "expert", "skills", "含沙介质轴承", "party",
                            arena_print(&campus->arena, "%lld", (long long)campus->unit), NULL};

    return campus_record(campus, &kind_person, campus->unit, fields);
}

static void people_open(struct people *people, void **state)
{
    struct campus *campus = &people->campus;
    struct order order;

    campus_open(campus, state, gansu, "");
    people->person = person_of(campus);
    people->colleague = town_account(&campus->town, "colleague", campus->unit, town_password);
    town_grant(&campus->town, people->colleague, ROLE_MEMBER, SCOPE_ALL, 0);
    people->professor = town_account(&campus->town, "professor", campus->unit, town_password);
    town_grant(&campus->town, people->professor, ROLE_RESEARCHER, SCOPE_ALL, 0);
    town_order(&campus->town, &order, NULL);
    order.account.id = people->professor;
    snprintf(order.account.login, sizeof order.account.login, "professor");
    snprintf(order.account.name, sizeof order.account.name, "示例曾某");
    order.account.party = campus->unit;
    order.account.person = people->person;
    assert_done(town_do(&campus->town, account_edit_step, &order, &campus->err), campus->err);
    people->registrar = town_account(&campus->town, "registrar", 0, town_password);
    town_grant(&campus->town, people->registrar, ROLE_REGISTRAR, SCOPE_DIVISION, 620100);
    people->officer = town_account(&campus->town, "officer", 0, town_password);
    town_grant(&campus->town, people->officer, ROLE_COUNTY_OFFICER, SCOPE_DIVISION, 620102);
    people->elsewhere = town_account(&campus->town, "elsewhere", 0, town_password);
    town_grant(&campus->town, people->elsewhere, ROLE_COUNTY_OFFICER, SCOPE_DIVISION, 620200);
}

static void told(struct campus *campus)
{
    size_t count;
    bool more = true;

    while (more)
        if (!standing_follow(campus->town.store, &campus->law, campus_ms(campus), &count, &more, &campus->err))
            fail_msg("%s", campus->err.message);
    do
        if (!standing_tick(campus->town.store, &campus->law, campus_ms(campus), 50, &count, &more, &campus->err))
            fail_msg("%s", campus->err.message);
    while (count);
    more = true;
    while (more)
        if (!notify_follow(campus->town.store, &campus->law, &count, &more, &campus->err))
            fail_msg("%s", campus->err.message);
}

/* The newest message of an account: its sort and what it is about; "" where there is none. */
static const char *newest(struct people *people, int64_t account)
{
    struct campus *campus = &people->campus;
    struct sql *sql = town_look(&campus->town);
    struct message message;
    size_t count;

    assert_true(inbox_list(sql, account, 0, &campus->arena, &message, 1, &count, &campus->err));
    store_read_end(campus->town.store, sql);
    return count ? arena_print(&campus->arena, "%s %.*s", message.sort->name, (int)message.about.len, message.about.at) : "";
}

static int64_t messages(struct people *people)
{
    return town_number(&people->campus.town, "SELECT count(*) FROM inbox");
}

#define assert_told(people, account, text) assert_string_equal(newest(people, account), text)

static void whose_turn_it_is_is_told_and_nobody_else(void **state)
{
    struct people people;
    struct campus *campus = &people.campus;

    people_open(&people, state);
    does(campus, "title", "holders", arena_print(&campus->arena, "示例曾某 60%% #%lld\n示例丙学院 40%%", (long long)people.person), NULL);
    told(campus);
    assert_told(&people, people.colleague, "turn value");
    assert_told(&people, campus->account, ""); /* who did it knows */
    assert_told(&people, people.professor, "title ");
    assert_told(&people, people.officer, "");
    does(campus, "value", "technology", "成熟", "economy", "可观", "assessor", "示例评价人", "evidence", campus_evidence, NULL);
    does(campus, "price", "way", "license", "price", "100万元", "buyer", "示例甲机械厂", "buyer_nature", "private", "ground", "集体决策", NULL);
    does(campus, "notice", NULL);
    told(campus);
    assert_told(&people, people.colleague, "turn notice"); /* and then time must pass: nothing is told */
    does(campus, "object", "notice", "1", "objector", "示例同事", "text", "名称写得不全", NULL);
    told(campus);
    assert_told(&people, people.colleague, "objection ");
    does(campus, "rule", "ruling", "名称与专利一致", "upheld", "0", NULL);
    campus->today += 20;
    told(campus);
    assert_told(&people, people.colleague, "over notice");
    assert_told(&people, campus->account, "over notice"); /* time did it, so both are told */
    campus_close(campus);
}

static void an_agency_hears_of_what_is_sent_to_it(void **state)
{
    static const char agency_days[] = "SELECT count(*) FROM deal_due WHERE sort = 'register'";
    struct people people;
    struct campus *campus = &people.campus;

    people_open(&people, state);
    campus_to_sign(campus, "100万元");
    does(campus, "sign", "number", "HT-1", NULL);
    does(campus, "register", "point", "示例登记机构", NULL);
    told(campus);
    assert_told(&people, people.registrar, "registration ");
    assert_int_equal(town_number(&campus->town, agency_days), 1);
    does(campus, "correct", "lacks", "缺少双方资质", NULL);
    told(campus);
    assert_told(&people, people.colleague, "mend ");
    assert_int_equal(town_number(&campus->town, agency_days), 0);
    campus->today += 60; /* it waits for the unit, so no day of the agency's passes */
    told(campus);
    assert_told(&people, people.colleague, "mend ");
    assert_told(&people, people.registrar, "registration ");
    does(campus, "mend", NULL);
    told(campus);
    assert_told(&people, people.registrar, "mended ");
    campus_close(campus);
}

static void a_dispute_alone_asks_nothing_of_the_unit(void **state)
{
    struct people people;
    struct campus *campus = &people.campus;
    const char *before;

    people_open(&people, state);
    campus_to_sign(campus, "100万元");
    does(campus, "sign", "number", "HT-1", NULL);
    does(campus, "register", "point", "示例登记机构", NULL);
    told(campus);
    before = newest(&people, people.colleague);
    does(campus, "correct", "lacks", "", "asked_on", "", "disputed", "1", NULL);
    told(campus);
    assert_told(&people, people.colleague, before);
    campus_close(campus);
}

/* 300 agencies of another place, numbered before ours, and more colleagues than one round of messages holds. */
static bool crowds_in(struct sql *sql, void *arg, struct err *err)
{
    const struct people *people = arg;
    static const char accounts[] =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST(?2 AS BIGINT))"
        " INSERT INTO account (id, ver, from_leaf, valid_from, login, name, pseudonym, party, person, disabled, salts)"
        " SELECT CAST(?3 AS BIGINT) + i, ver, from_leaf, valid_from, 'crowd' || CAST(CAST(?3 AS BIGINT) + i AS TEXT), name, pseudonym, party,"
        " person, disabled, salts FROM account, n WHERE id = ?1 AND to_leaf IS NULL";
    static const char grants[] =
        "INSERT INTO role_grant (account, role, scope_kind, scope, leaf, salts) SELECT a.id, g.role, g.scope_kind, g.scope, g.leaf, g.salts"
        " FROM account a, role_grant g WHERE g.account = ?1 AND g.ended_leaf IS NULL AND a.id > ?3 AND a.id <= CAST(?3 AS BIGINT) + ?2";

    return sql_put(sql, accounts, SQL_ARGS(sql_int(people->colleague), sql_int(2500), sql_int(10000)), err)
           && sql_put(sql, grants, SQL_ARGS(sql_int(people->colleague), sql_int(2500), sql_int(10000)), err)
           && sql_put(sql, accounts, SQL_ARGS(sql_int(people->elsewhere), sql_int(300), sql_int(1000)), err)
           && sql_put(sql, grants, SQL_ARGS(sql_int(people->elsewhere), sql_int(300), sql_int(1000)), err)
           && sql_put(sql, "UPDATE role_grant SET role = 'registrar' WHERE account > 1000 AND account <= 1300", SQL_NO_ARGS, err);
}

static void nobody_is_left_out_of_a_crowd(void **state)
{
    struct people people;
    struct campus *campus = &people.campus;

    people_open(&people, state);
    campus_to_sign(campus, "100万元");
    does(campus, "sign", "number", "HT-1", NULL);
    told(campus);
    assert_done(store_write(campus->town.store, "", crowds_in, &people, &campus->err), campus->err);
    does(campus, "register", "point", "示例登记机构", NULL);
    does(campus, "correct", "lacks", "缺少双方资质", NULL);
    told(campus);
    assert_told(&people, people.registrar, "registration ");
    assert_int_equal(town_number(&campus->town, "SELECT count(*) FROM inbox WHERE what = 'registration'"), 1);
    assert_int_equal(town_number(&campus->town, "SELECT count(*) FROM inbox WHERE what = 'mend'"), 2501);
    campus_close(campus);
}

static bool goes_away(struct sql *sql, void *arg, struct err *err)
{
    (void)arg;
    return sql_put(sql, "ALTER TABLE reminder RENAME TO reminder_away", SQL_NO_ARGS, err);
}

/* What a database does not tell just now is asked again later; of a message that is gone nothing is to be sent any more. */
static void what_cannot_be_read_now_is_tried_again(void **state)
{
    struct people people;
    struct campus *campus = &people.campus;
    struct wish_saving saving = {.now_ms = clock_ms() - 5000};
    struct city city = {.store = NULL};
    struct reminder reminder = {.city = &city, .options = {.smtp_url = "smtp://127.0.0.1:1", .retry_ms = 60000}, .holder = 7};
    bool busy;

    people_open(&people, state);
    city.store = campus->town.store;
    pthread_mutex_init(&reminder.mutex, NULL);
    saving.account = people.colleague;
    assert_true(wish_prepare(&saving, SLICE("clerk@example.cn"), &campus->err));
    assert_done(store_write(campus->town.store, "", wish_save_step, &saving, &campus->err), campus->err);
    assert_done(store_write(campus->town.store, "", goes_away, NULL, &campus->err), campus->err);
    assert_true(deliver_round(&reminder, &busy, &campus->err));
    assert_int_equal(town_number(&campus->town, "SELECT count(*) FROM delivery WHERE state = 0 AND tries = 1 AND next_ms > made_ms"), 1);
    pthread_mutex_destroy(&reminder.mutex);
    campus_close(campus);
}

static void what_is_late_is_told_to_officers_of_the_place(void **state)
{
    struct people people;
    struct campus *campus = &people.campus;
    int64_t count;

    people_open(&people, state);
    campus_to_receive(campus, "100万元");
    campus->today = campus_date(2026, 12, 28);
    told(campus);
    assert_told(&people, people.colleague, "ahead instalment");
    campus->today = campus_date(2027, 1, 1);
    told(campus);
    assert_told(&people, people.colleague, "late instalment");
    assert_told(&people, people.officer, "late instalment");
    assert_told(&people, people.elsewhere, "");
    count = messages(&people);
    told(campus);
    assert_int_equal(messages(&people), count);
    campus_close(campus);
}

static bool begins_again(struct sql *sql, void *arg, struct err *err)
{
    (void)arg;
    return sql_put(sql, "DELETE FROM inbox", SQL_NO_ARGS, err) && ledger_cursor_set(sql, "notify", 0, err);
}

/* Told again from the first leaf, everything is as it was: the ids are the leaves'. */
static void the_leaves_say_the_same_again(void **state)
{
    struct people people;
    struct campus *campus = &people.campus;
    const char *sums = "SELECT sum(leaf * 1000 + day + account % 997) FROM inbox";
    int64_t before, count;

    people_open(&people, state);
    campus_to_receive(campus, "100万元");
    campus->today = campus_date(2027, 1, 1);
    told(campus);
    before = town_number(&campus->town, sums);
    count = messages(&people);
    assert_true(count > 8);
    assert_true(store_write(campus->town.store, "", begins_again, NULL, &campus->err) == STORE_DONE);
    told(campus);
    assert_int_equal(messages(&people), count);
    assert_true(town_number(&campus->town, sums) == before);
    campus_close(campus);
}

static void only_who_wishes_is_written_to(void **state)
{
    struct people people;
    struct campus *campus = &people.campus;
    struct wish_saving saving = {.hook = true, .now_ms = 1};
    struct wish_confirming confirming = {.typed = SLICE("wrong")};
    struct wish wish;
    struct sql *sql;

    people_open(&people, state);
    saving.account = confirming.account = people.colleague;
    assert_false(wish_prepare(&saving, SLICE("nobody"), &campus->err));
    assert_false(wish_prepare(&saving, SLICE("a@b.cn\r\nBcc: c@d.cn"), &campus->err));
    assert_true(wish_prepare(&saving, SLICE(" clerk@example.cn "), &campus->err));
    assert_done(store_write(campus->town.store, "", wish_save_step, &saving, &campus->err), campus->err);
    assert_int_equal(town_number(&campus->town, "SELECT count(*) FROM delivery WHERE leaf = -1 AND channel = 'mail'"), 1);
    does(campus, "title", NULL);
    told(campus);
    assert_int_equal(town_number(&campus->town, "SELECT count(*) FROM delivery WHERE leaf >= 0 AND channel = 'hook'"), 1);
    assert_int_equal(town_number(&campus->town, "SELECT count(*) FROM delivery WHERE leaf >= 0 AND channel = 'mail'"), 0);
    for (int i = 0; i < WISH_TRIES; i++)
        assert_done(store_write(campus->town.store, "", wish_confirm_step, &confirming, &campus->err), campus->err);
    confirming.typed = slice_of(saving.code);
    assert_done(store_write(campus->town.store, "", wish_confirm_step, &confirming, &campus->err), campus->err);
    assert_false(confirming.confirmed); /* too many tries: another code */
    assert_done(store_write(campus->town.store, "", wish_save_step, &saving, &campus->err), campus->err);
    assert_done(store_write(campus->town.store, "", wish_confirm_step, &confirming, &campus->err), campus->err);
    assert_true(confirming.confirmed);
    sql = town_look(&campus->town);
    assert_true(wish_get(sql, people.colleague, &wish, &campus->err) && wish.mail && wish.confirmed && wish.hook);
    store_read_end(campus->town.store, sql);
    does(campus, "value", "technology", "成熟", "economy", "可观", "assessor", "示例评价人", "evidence", campus_evidence, NULL);
    told(campus);
    assert_int_equal(town_number(&campus->town, "SELECT count(*) FROM delivery WHERE leaf >= 0"), 3);
    campus_close(campus);
}

static void a_message_names_the_deal_to_who_sees_it_alone(void **state)
{
    struct people people;
    struct campus *campus = &people.campus;
    struct message message;
    struct actor actor;
    struct slice title;
    struct sql *sql;
    size_t count;

    people_open(&people, state);
    does(campus, "title", NULL);
    told(campus);
    sql = town_look(&campus->town);
    assert_true(inbox_list(sql, people.colleague, 0, &campus->arena, &message, 1, &count, &campus->err) && count == 1);
    assert_true(actor_load(sql, people.colleague, &actor, &campus->err));
    assert_true(message_title(sql, &actor, &message, &campus->arena, &title, &campus->err));
    assert_true(slice_is(title, "含沙介质耐磨轴承涂层"));
    assert_true(slice_is(message_say(&message, false, &campus->arena), "轮到您的单位：评价"));
    assert_true(slice_is(message_say(&message, true, &campus->arena), "Your unit's turn: Valuation"));
    assert_true(actor_load(sql, people.elsewhere, &actor, &campus->err));
    assert_true(message_title(sql, &actor, &message, &campus->arena, &title, &campus->err) && title.len == 0);
    store_read_end(campus->town.store, sql);
    campus_close(campus);
}

static void a_calendars_address_works_until_another_is_made(void **state)
{
    struct people people;
    struct campus *campus = &people.campus;
    struct feed_making making = {.now_ms = 5}, second = {.now_ms = 6};
    int64_t account;
    struct sql *sql;
    bool english;

    people_open(&people, state);
    making.account = second.account = people.colleague;
    feed_prepare(&making);
    feed_prepare(&second);
    assert_done(store_write(campus->town.store, "", feed_make_step, &making, &campus->err), campus->err);
    sql = town_look(&campus->town);
    assert_true(feed_find(sql, slice_of(making.token), &account, &english, &campus->err) && account == people.colleague);
    store_read_end(campus->town.store, sql);
    assert_done(store_write(campus->town.store, "", feed_make_step, &second, &campus->err), campus->err);
    sql = town_look(&campus->town);
    assert_true(feed_find(sql, slice_of(making.token), &account, &english, &campus->err) && account == 0);
    assert_true(feed_find(sql, slice_of(second.token), &account, &english, &campus->err) && account == people.colleague);
    store_read_end(campus->town.store, sql);
    campus_close(campus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(whose_turn_it_is_is_told_and_nobody_else),
        ON_BOTH(an_agency_hears_of_what_is_sent_to_it),
        ON_BOTH(a_dispute_alone_asks_nothing_of_the_unit),
        ON_BOTH(nobody_is_left_out_of_a_crowd),
        ON_BOTH(what_cannot_be_read_now_is_tried_again),
        ON_BOTH(what_is_late_is_told_to_officers_of_the_place),
        ON_BOTH(the_leaves_say_the_same_again),
        ON_BOTH(only_who_wishes_is_written_to),
        ON_BOTH(a_message_names_the_deal_to_who_sees_it_alone),
        ON_BOTH(a_calendars_address_works_until_another_is_made),
    };

    return run_places(tests);
}
