/* Sessions: who is behind a cookie, for how long, and what ends it. */
#include "city_people.h"

static const int64_t noon = INT64_C(1782000000000);


static bool make_step(struct sql *sql, void *arg, struct err *err)
{
    return session_make(sql, arg, err);
}

static void sign_in_at(struct town *town, int64_t account, int64_t now_ms, struct slice cookie, struct session_new *made)
{
    struct err err;

    session_prepare(made, cookie, SLICE("192.0.2.7"), SLICE("Browser\xff\x01"), now_ms);
    made->account = account;
    assert_done(store_write(town->store, "", make_step, made, &err), err);
}

static struct session find(struct town *town, const char *cookie, int64_t now_ms, struct actor *actor)
{
    struct sql *sql = town_look(town);
    struct session session;
    struct err err;

    if (!session_find(sql, slice_of(cookie), now_ms, actor, &session, &err))
        fail_msg("%s", err.message);
    store_read_end(town->store, sql);
    return session;
}

static bool alive(struct town *town, const struct session_new *made, int64_t now_ms)
{
    struct actor actor;

    return find(town, made->token, now_ms, &actor).account != 0;
}

static void a_cookie_brings_account_and_roles(void **state)
{
    struct session_new made;
    struct session session;
    struct actor actor;
    struct town town;
    int64_t party, account;

    town_open(&town, state);
    party = town_party(&town, "兰州某泵业", "620102");
    account = town_account(&town, "zhang.san", party, town_password);
    town_grant(&town, account, ROLE_MEMBER, SCOPE_ALL, 0);
    town_grant(&town, account, ROLE_UNIT_ADMIN, SCOPE_ALL, 0);
    sign_in_at(&town, account, noon, SLICE(""), &made);
    session = find(&town, made.token, noon + 1000, &actor);
    assert_int_equal(session.account, account);
    assert_int_equal(actor.account, account);
    assert_int_equal(actor.party, party);
    assert_string_equal(actor.login, "zhang.san");
    assert_int_equal(actor.grant_count, 2);
    assert_true(actor_has(&actor, ROLE_MEMBER) && actor_has(&actor, ROLE_UNIT_ADMIN));
    assert_true(session_csrf_fits(&session, slice_of(made.csrf)));
    assert_false(session_csrf_fits(&session, slice_of(made.token)));
    assert_false(session_csrf_fits(&session, SLICE("")));
    town_close(&town);
}

static void a_wrong_cookie_is_a_visitor(void **state)
{
    char wrong[SESSION_TOKEN_TEXT];
    struct session session;
    struct actor actor;
    struct town town;

    town_open(&town, state);
    memset(wrong, 'a', sizeof wrong - 1);
    wrong[sizeof wrong - 1] = '\0';
    session = find(&town, wrong, noon, &actor);
    assert_int_equal(session.account, 0);
    assert_true(session.ended);
    assert_int_equal(actor.account, 0);
    assert_true(find(&town, "' OR 1=1--", noon, &actor).ended);
    assert_false(find(&town, "", noon, &actor).ended);
    assert_false(session_csrf_fits(&session, SLICE("")));
    town_close(&town);
}

static void only_the_hash_of_the_token_is_stored(void **state)
{
    struct session_new made;
    struct town town;
    struct sql *sql;
    struct sql_rows rows;
    struct err err;
    unsigned char hash[SEAL_HASH];

    town_open(&town, state);
    sign_in_at(&town, town_account(&town, "zhang", 0, town_password), noon, SLICE(""), &made);
    sql = town_look(&town);
    session_hash(slice_of(made.token), hash);
    assert_true(sql_rows(sql, "SELECT token, csrf, agent FROM session", SQL_NO_ARGS, &rows, &err));
    assert_true(sql_next(&rows));
    assert_int_equal(sql_slice(&rows, 0).len, SEAL_HASH);
    assert_memory_equal(sql_slice(&rows, 0).at, hash, SEAL_HASH);
    assert_true(slice_is(sql_slice(&rows, 2), "Browser"));
    sql_done(&rows, &err);
    store_read_end(town.store, sql);
    town_close(&town);
}

static void it_ends_when_idle_and_after_eight_hours(void **state)
{
    struct session_new made, staff;
    struct town town;
    int64_t officer;

    town_open(&town, state);
    sign_in_at(&town, town_account(&town, "zhang", 0, town_password), noon, SLICE(""), &made);
    officer = town_account(&town, "officer", 0, town_password);
    town_grant(&town, officer, ROLE_CITY_OFFICER, SCOPE_ALL, 0);
    sign_in_at(&town, officer, noon, SLICE(""), &staff);
    assert_true(alive(&town, &made, noon + SESSION_IDLE_MS - 1));
    assert_false(alive(&town, &made, noon + SESSION_IDLE_MS));
    assert_true(alive(&town, &staff, noon + SESSION_IDLE_STAFF_MS - 1));
    assert_false(alive(&town, &staff, noon + SESSION_IDLE_STAFF_MS));
    for (int64_t at = noon; at <= noon + SESSION_LONGEST_MS; at += 10 * 60 * 1000) {
        struct actor actor;
        struct session session = find(&town, made.token, at, &actor);
        struct err err;

        assert_int_equal(session.account != 0, at < noon + SESSION_LONGEST_MS);
        session_touch(town.store, &session, at);
        store_write(town.store, "", session_end_step, &(struct session_ending){.account = 1}, &err); /* waits its turn */
    }
    town_close(&town);
}

static void its_use_is_noted_once_a_minute(void **state)
{
    struct session_new made;
    struct session session;
    struct actor actor;
    struct town town;
    struct err err;

    town_open(&town, state);
    sign_in_at(&town, town_account(&town, "zhang", 0, town_password), noon, SLICE(""), &made);
    session = find(&town, made.token, noon + 59999, &actor);
    session_touch(town.store, &session, noon + 59999);
    store_write(town.store, "", session_end_step, &(struct session_ending){.account = 1}, &err);
    assert_int_equal(town_number(&town, "SELECT used_ms FROM session"), noon);
    session_touch(town.store, &session, noon + 60000);
    store_write(town.store, "", session_end_step, &(struct session_ending){.account = 1}, &err);
    assert_int_equal(town_number(&town, "SELECT used_ms FROM session"), noon + 60000);
    town_close(&town);
}

static void a_cookie_from_before_the_sign_in_is_dead_after_it(void **state)
{
    struct session_new before, after;
    struct town town;
    int64_t account;

    town_open(&town, state);
    account = town_account(&town, "zhang", 0, town_password);
    sign_in_at(&town, account, noon, SLICE(""), &before);
    sign_in_at(&town, account, noon + 1, slice_of(before.token), &after);
    assert_string_not_equal(before.token, after.token);
    assert_false(alive(&town, &before, noon + 2));
    assert_true(alive(&town, &after, noon + 2));
    town_close(&town);
}

static void disabling_an_account_ends_its_sessions_in_the_same_step(void **state)
{
    struct session_new made, other;
    struct order order;
    struct town town;
    struct err err;
    int64_t account;

    town_open(&town, state);
    account = town_account(&town, "zhang", 0, town_password);
    sign_in_at(&town, account, noon, SLICE(""), &made);
    sign_in_at(&town, town_account(&town, "li.si", 0, town_password), noon, SLICE(""), &other);
    town_order(&town, &order, NULL);
    order.account.id = account;
    assert_done(town_do(&town, account_disable_step, &order, &err), err);
    assert_false(alive(&town, &made, noon + 1));
    assert_true(alive(&town, &other, noon + 1));
    assert_int_equal(town_number(&town, "SELECT count(*) FROM session"), 1);
    town_close(&town);
}

static void new_roles_want_a_new_token(void **state)
{
    struct session_new made;
    struct town town;
    int64_t account;

    town_open(&town, state);
    account = town_account(&town, "zhang", 0, town_password);
    sign_in_at(&town, account, noon, SLICE(""), &made);
    town_grant(&town, account, ROLE_MANAGER, SCOPE_ALL, 0);
    assert_false(alive(&town, &made, noon + 1));
    town_close(&town);
}

static void a_person_lists_and_ends_only_his_own(void **state)
{
    struct session_new mine, phone, other;
    struct session_line lines[SESSIONS_AN_ACCOUNT];
    struct session_ending ending;
    struct session session;
    struct arena arena;
    struct actor actor;
    struct town town;
    struct sql *sql;
    struct err err;
    size_t count;
    int64_t account;

    town_open(&town, state);
    account = town_account(&town, "zhang", 0, town_password);
    sign_in_at(&town, account, noon, SLICE(""), &phone);
    sign_in_at(&town, account, noon + 5, SLICE(""), &mine);
    sign_in_at(&town, town_account(&town, "li.si", 0, town_password), noon, SLICE(""), &other);
    session = find(&town, mine.token, noon + 10, &actor);
    arena_init(&arena);
    sql = town_look(&town);
    assert_true(session_list(sql, &actor, &session, noon + 10, &arena, lines, &count, &err));
    store_read_end(town.store, sql);
    assert_int_equal(count, 2);
    assert_true(lines[0].current && !lines[1].current);
    assert_true(slice_is(lines[1].address, "192.0.2.7"));
    assert_false(find(&town, lines[1].handle, noon + 10, &actor).account); /* a handle is no cookie */
    ending.account = account;
    assert_true(session_handle(slice_of(lines[1].handle), ending.hash));
    assert_done(store_write(town.store, "", session_end_step, &ending, &err), err);
    assert_false(alive(&town, &phone, noon + 10));
    session_hash(slice_of(other.token), ending.hash);
    assert_done(store_write(town.store, "", session_end_step, &ending, &err), err);
    assert_true(alive(&town, &other, noon + 10));
    assert_false(session_handle(SLICE("zz"), ending.hash));
    arena_release(&arena);
    town_close(&town);
}

static void the_eleventh_session_ends_the_oldest(void **state)
{
    struct session_new made[SESSIONS_AN_ACCOUNT + 1];
    struct town town;
    int64_t account;

    town_open(&town, state);
    account = town_account(&town, "zhang", 0, town_password);
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        sign_in_at(&town, account, noon + (int64_t)i, SLICE(""), &made[i]);
    assert_false(alive(&town, &made[0], noon + 20));
    assert_true(alive(&town, &made[1], noon + 20));
    assert_int_equal(town_number(&town, "SELECT count(*) FROM session"), SESSIONS_AN_ACCOUNT);
    town_close(&town);
}

static void a_program_needs_no_token_against_forged_forms_and_has_none(void **state)
{
    static const char nothing[SESSION_TOKEN_TEXT - 1];
    struct session_line lines[SESSIONS_AN_ACCOUNT];
    struct session_new program, browser;
    struct session session;
    struct arena arena;
    struct actor actor;
    struct town town;
    struct sql *sql;
    struct err err;
    size_t count;

    town_open(&town, state);
    session_prepare(&program, SLICE(""), SLICE("192.0.2.7"), SLICE("patent-sync/1.0"), noon);
    session_for_program(&program);
    program.account = town_account(&town, "zhang", 0, town_password);
    assert_done(store_write(town.store, "", make_step, &program, &err), err);
    sign_in_at(&town, program.account, noon + 5, SLICE(""), &browser);
    assert_false(find(&town, browser.token, noon + 10, &actor).program);
    session = find(&town, program.token, noon + 10, &actor);
    assert_true(session.program && session.account == program.account);
    assert_false(session_csrf_fits(&session, SLICE("")));
    assert_false(session_csrf_fits(&session, (struct slice){nothing, sizeof nothing}));
    arena_init(&arena);
    sql = town_look(&town);
    assert_true(session_list(sql, &actor, &session, noon + 10, &arena, lines, &count, &err));
    store_read_end(town.store, sql);
    assert_int_equal(count, 2);
    assert_true(!lines[0].program && lines[1].program && slice_is(lines[1].agent, "patent-sync/1.0"));
    arena_release(&arena);
    town_close(&town);
}

enum { MANY = 70 };

static void find_all(struct town *town, const unsigned char hashes[][SEAL_HASH], size_t count, int64_t now_ms, struct actor *actors)
{
    const unsigned char *list[MANY];
    struct sql *sql = town_look(town);
    struct err err;

    for (size_t i = 0; i < count; i++)
        list[i] = hashes[i];
    assert_true(sessions_find(sql, list, count, now_ms, actors, &err));
    store_read_end(town->store, sql);
}

static void several_are_asked_for_at_once(void **state)
{
    unsigned char hashes[MANY][SEAL_HASH] = {{0}};
    struct actor actors[MANY];
    struct session_new member, officer;
    struct town town;
    int64_t account;

    town_open(&town, state);
    sign_in_at(&town, town_account(&town, "zhang", town_party(&town, "兰州某泵业", "620102"), town_password), noon, SLICE(""), &member);
    account = town_account(&town, "officer", 0, town_password);
    town_grant(&town, account, ROLE_CITY_OFFICER, SCOPE_ALL, 0);
    town_grant(&town, account, ROLE_PARK_OFFICER, SCOPE_DIVISION, 620102);
    sign_in_at(&town, account, noon, SLICE(""), &officer);
    session_hash(slice_of(member.token), hashes[0]);
    session_hash(slice_of(officer.token), hashes[1]);
    session_hash(SLICE("nobody's"), hashes[2]);
    memcpy(hashes[MANY - 1], hashes[1], SEAL_HASH); /* one session, two who ask */
    find_all(&town, hashes, MANY, noon + 1, actors);
    assert_int_equal(actors[0].account, member.account);
    assert_string_equal(actors[0].login, "zhang");
    assert_int_equal(actors[0].grant_count, 0);
    assert_true(actors[1].account == account && actors[1].grant_count == 2 && actor_has(&actors[1], ROLE_PARK_OFFICER));
    assert_true(actors[2].account == 0 && actors[3].account == 0);
    assert_true(actors[MANY - 1].account == account && actors[MANY - 1].grant_count == 2);
    find_all(&town, hashes, 2, noon + SESSION_IDLE_STAFF_MS, actors);
    assert_true(actors[0].account == member.account && actors[1].account == 0 && actors[1].grant_count == 0); /* watching is no use of it */
    town_close(&town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_cookie_brings_account_and_roles),
        ON_BOTH(a_wrong_cookie_is_a_visitor),
        ON_BOTH(only_the_hash_of_the_token_is_stored),
        ON_BOTH(it_ends_when_idle_and_after_eight_hours),
        ON_BOTH(its_use_is_noted_once_a_minute),
        ON_BOTH(a_cookie_from_before_the_sign_in_is_dead_after_it),
        ON_BOTH(disabling_an_account_ends_its_sessions_in_the_same_step),
        ON_BOTH(new_roles_want_a_new_token),
        ON_BOTH(a_person_lists_and_ends_only_his_own),
        ON_BOTH(the_eleventh_session_ends_the_oldest),
        ON_BOTH(several_are_asked_for_at_once),
        ON_BOTH(a_program_needs_no_token_against_forged_forms_and_has_none),
    };

    return run_places(tests);
}
