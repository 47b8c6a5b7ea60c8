/* Signing in on the pool, the lock-out, the change of one's own password. */
#include "city_people.h"

#include <pthread.h>
#include <semaphore.h>

#include "work/sign_in.h"

static const int64_t noon = INT64_C(1782000000000), minute = 60000;

struct desk {
    struct town town;
    struct password_pool *pool;
    int64_t account;
};

static void desk_open(struct desk *desk, void **state)
{
    struct err err;

    town_open(&desk->town, state);
    assert_true(password_pool_open(&desk->pool, &err));
    desk->account = town_account(&desk->town, "zhang.san", 0, town_password);
}

static void desk_close(struct desk *desk)
{
    password_pool_close(desk->pool);
    town_close(&desk->town);
}

struct said_back {
    struct sign_in sign_in;
    struct err err;
    bool ok;
    sem_t ready;
};

static void answered(struct sign_in *sign_in, const struct err *err)
{
    struct said_back *answer = sign_in->owner;

    answer->ok = err == NULL;
    if (err)
        answer->err = *err;
    sem_post(&answer->ready);
}

static void prepare(struct desk *desk, struct said_back *answer, const char *login, const char *password, int64_t now_ms)
{
    *answer = (struct said_back){0};
    sem_init(&answer->ready, 0, 0);
    sign_in_init(&answer->sign_in, desk->town.store, PASSWORD_DENGBAO, slice_of(login), slice_of(password), SLICE(""),
                 SLICE("192.0.2.7"), SLICE("test"), now_ms);
    answer->sign_in.done = answered;
    answer->sign_in.owner = answer;
}

static bool enter(struct desk *desk, struct said_back *answer, const char *login, const char *password, int64_t now_ms)
{
    struct err err;

    prepare(desk, answer, login, password, now_ms);
    if (!sign_in_start(desk->pool, &answer->sign_in, &err))
        fail_msg("%s", err.message);
    sem_wait(&answer->ready);
    return answer->ok;
}

static int64_t who(struct desk *desk, const char *cookie, int64_t now_ms, struct session *session)
{
    struct sql *sql = town_look(&desk->town);
    struct actor actor;
    struct err err;

    assert_true(session_find(sql, slice_of(cookie), now_ms, &actor, session, &err));
    store_read_end(desk->town.store, sql);
    return session->account;
}

static void the_right_password_makes_a_session(void **state)
{
    struct session session;
    struct said_back answer;
    struct desk desk;

    desk_open(&desk, state);
    assert_true(enter(&desk, &answer, " ZHANG.SAN ", town_password, noon));
    assert_int_equal(answer.sign_in.account, desk.account);
    assert_int_equal(who(&desk, answer.sign_in.session.token, noon, &session), desk.account);
    assert_int_equal(town_number(&desk.town, "SELECT count(*) FROM ledger WHERE action = 'account.sign_in'"), 1);
    assert_int_equal(town_number(&desk.town, "SELECT count(*) FROM sign_in"), 0);
    desk_close(&desk);
}

static void no_password_stays_in_memory(void **state)
{
    static const char zero[sizeof(struct sign_in){0}.password];
    struct said_back answer;
    struct desk desk;

    desk_open(&desk, state);
    assert_true(enter(&desk, &answer, "zhang.san", town_password, noon));
    assert_memory_equal(answer.sign_in.password, zero, sizeof zero);
    assert_false(enter(&desk, &answer, "zhang.san", "Wrong-plover-71", noon));
    assert_memory_equal(answer.sign_in.password, zero, sizeof zero);
    assert_int_equal(answer.sign_in.session.token[0], 0);
    desk_close(&desk);
}

static void assert_same_words(const struct err *a, const struct err *b)
{
    assert_int_equal(a->code, b->code);
    assert_string_equal(a->message, b->message);
    assert_string_equal(a->hint, b->hint);
    assert_string_equal(a->field, b->field);
}

static void unknown_disabled_and_wrong_get_the_same_words(void **state)
{
    struct said_back wrong, unknown, disabled, nonsense;
    struct order order;
    struct desk desk;
    struct err err;

    desk_open(&desk, state);
    assert_false(enter(&desk, &wrong, "zhang.san", "Wrong-plover-71", noon));
    assert_false(enter(&desk, &unknown, "nobody", "Wrong-plover-71", noon));
    assert_false(enter(&desk, &nonsense, "' OR 1=1--", town_password, noon));
    town_order(&desk.town, &order, NULL);
    order.account.id = desk.account;
    assert_done(town_do(&desk.town, account_disable_step, &order, &err), err);
    assert_false(enter(&desk, &disabled, "zhang.san", town_password, noon));
    assert_int_equal(wrong.err.code, ERR_SIGN_IN);
    assert_same_words(&wrong.err, &unknown.err);
    assert_same_words(&wrong.err, &disabled.err);
    assert_same_words(&wrong.err, &nonsense.err);
    desk_close(&desk);
}

static int64_t median_us(struct desk *desk, const char *login)
{
    int64_t took[5];

    for (size_t i = 0; i < 5; i++) {
        struct said_back answer;
        int64_t start = clock_steady_us();

        enter(desk, &answer, login, "Wrong-plover-71", noon + (int64_t)i * 400 * minute);
        took[i] = clock_steady_us() - start;
        for (size_t j = i; j > 0 && took[j] < took[j - 1]; j--) {
            int64_t swap = took[j];

            took[j] = took[j - 1];
            took[j - 1] = swap;
        }
    }
    return took[2];
}

static void unknown_takes_as_long_as_wrong(void **state)
{
    struct desk desk;
    int64_t wrong, unknown;

    desk_open(&desk, state);
    wrong = median_us(&desk, "zhang.san");
    unknown = median_us(&desk, "nobody");
    /* Without the hash for nobody it would be a thousand times; a busy machine may stretch one of them. */
    if (unknown * 8 < wrong || wrong * 8 < unknown)
        fail_msg("wrong: %lld us, unknown: %lld us", (long long)wrong, (long long)unknown);
    desk_close(&desk);
}

static void fail_times(struct desk *desk, const char *login, int times, int64_t now_ms)
{
    struct said_back answer;

    for (int i = 0; i < times; i++)
        assert_false(enter(desk, &answer, login, "Wrong-plover-71", now_ms));
}

static void five_failures_lock_and_the_lock_doubles(void **state)
{
    struct said_back answer;
    struct desk desk;

    desk_open(&desk, state);
    fail_times(&desk, "zhang.san", 4, noon);
    assert_true(enter(&desk, &answer, "zhang.san", town_password, noon)); /* four are forgiven */
    fail_times(&desk, "zhang.san", 5, noon);
    assert_int_equal(town_number(&desk.town, "SELECT count(*) FROM ledger WHERE action = 'account.lock'"), 1);
    assert_false(enter(&desk, &answer, "zhang.san", town_password, noon + 15 * minute - 1));
    assert_non_null(strstr(answer.err.message, "1 分钟后"));
    fail_times(&desk, "zhang.san", 5, noon + 15 * minute);
    assert_false(enter(&desk, &answer, "zhang.san", town_password, noon + 45 * minute - 1));
    assert_true(enter(&desk, &answer, "zhang.san", town_password, noon + 45 * minute));
    desk_close(&desk);
}

static void an_unknown_login_locks_all_the_same(void **state)
{
    struct said_back answer;
    struct desk desk;

    desk_open(&desk, state);
    fail_times(&desk, "nobody", 5, noon);
    assert_false(enter(&desk, &answer, "nobody", "x", noon + 1));
    assert_non_null(strstr(answer.err.message, "已锁定"));
    assert_int_equal(town_number(&desk.town, "SELECT count(*) FROM ledger WHERE action = 'account.lock'"), 0);
    assert_true(enter(&desk, &answer, "zhang.san", town_password, noon + 1));
    desk_close(&desk);
}

static void guesses_at_once_do_not_slip_past_the_lock(void **state)
{
    enum { GUESSES = 20 };
    static struct said_back answers[GUESSES];
    struct desk desk;
    struct err err;
    int wrong = 0;

    desk_open(&desk, state);
    for (size_t i = 0; i < GUESSES; i++) {
        prepare(&desk, &answers[i], "zhang.san", i == GUESSES - 1 ? town_password : "Wrong-plover-71", noon);
        assert_true(sign_in_start(desk.pool, &answers[i].sign_in, &err));
    }
    for (size_t i = 0; i < GUESSES; i++) {
        sem_wait(&answers[i].ready);
        assert_false(answers[i].ok);
        wrong += strstr(answers[i].err.message, "不对") != NULL;
    }
    assert_in_range(wrong, SIGN_IN_TRIES, SIGN_IN_TRIES + PASSWORD_THREADS - 1);
    desk_close(&desk);
}

static void the_queue_is_bounded(void **state)
{
    enum { CROWD = PASSWORD_QUEUE + PASSWORD_THREADS + 20 };
    static struct said_back answers[CROWD];
    bool taken[CROWD];
    struct desk desk;
    struct err err;
    size_t queued = 0;

    desk_open(&desk, state);
    for (size_t i = 0; i < CROWD; i++) {
        prepare(&desk, &answers[i], "nobody", "Wrong-plover-71", noon);
        taken[i] = sign_in_start(desk.pool, &answers[i].sign_in, &err);
        if (!taken[i])
            assert_int_equal(err.code, ERR_BUSY);
    }
    for (size_t i = 0; i < CROWD; i++)
        if (taken[i] && ++queued)
            sem_wait(&answers[i].ready);
    assert_in_range(queued, PASSWORD_QUEUE, PASSWORD_QUEUE + PASSWORD_THREADS + 10);
    desk_close(&desk);
}

/* --- a new password --- */

static bool change(struct desk *desk, struct said_back *answer, const char *old, const char *fresh, int64_t now_ms)
{
    struct actor actor;
    struct err err;

    town_actor(&desk->town, desk->account, &actor);
    prepare(desk, answer, "", old, now_ms);
    if (!password_change_start(desk->pool, &answer->sign_in, slice_of(fresh), &actor, &err))
        fail_msg("%s", err.message);
    sem_wait(&answer->ready);
    return answer->ok;
}

static void a_new_password_ends_all_sessions_but_the_new_one(void **state)
{
    struct said_back before, after, again;
    struct session session;
    struct desk desk;

    desk_open(&desk, state);
    assert_true(enter(&desk, &before, "zhang.san", town_password, noon));
    if (!change(&desk, &after, town_password, "Marsh-lantern-52", noon + 1))
        fail_msg("%s", after.err.message);
    assert_int_equal(who(&desk, before.sign_in.session.token, noon + 2, &session), 0);
    assert_int_equal(who(&desk, after.sign_in.session.token, noon + 2, &session), desk.account);
    assert_false(session.must_change);
    assert_false(enter(&desk, &again, "zhang.san", town_password, noon + 3));
    assert_true(enter(&desk, &again, "zhang.san", "Marsh-lantern-52", noon + 3));
    desk_close(&desk);
}

static void the_present_password_is_asked_and_counted(void **state)
{
    struct said_back answer;
    struct desk desk;

    desk_open(&desk, state);
    for (int i = 0; i < SIGN_IN_TRIES; i++) {
        assert_false(change(&desk, &answer, "Wrong-plover-71", "Marsh-lantern-52", noon));
        assert_int_equal(answer.err.code, ERR_SIGN_IN);
    }
    assert_false(change(&desk, &answer, town_password, "Marsh-lantern-52", noon));
    assert_non_null(strstr(answer.err.message, "已锁定"));
    desk_close(&desk);
}

static void a_new_password_must_fit_and_be_new(void **state)
{
    struct said_back answer;
    struct desk desk;
    int64_t now = noon;

    desk_open(&desk, state);
    assert_false(change(&desk, &answer, town_password, "short", now));
    assert_string_equal(answer.err.field, "password");
    assert_false(change(&desk, &answer, town_password, town_password, now));
    assert_non_null(strstr(answer.err.message, "用过了"));
    assert_true(change(&desk, &answer, town_password, "Marsh-lantern-1x", now));
    for (char n = '2'; n < '6'; n++) {
        char old[] = "Marsh-lantern-0x", fresh[] = "Marsh-lantern-0x";

        old[14] = (char)(n - 1);
        fresh[14] = n;
        assert_false(change(&desk, &answer, old, "Marsh-lantern-1x", now)); /* among the last five */
        assert_true(change(&desk, &answer, old, fresh, now));
    }
    assert_true(change(&desk, &answer, "Marsh-lantern-5x", town_password, now)); /* five later it is free again */
    assert_int_equal(town_number(&desk.town, "SELECT count(*) FROM password"), PASSWORDS_KEPT);
    desk_close(&desk);
}

static void a_first_password_opens_only_the_page_for_a_new_one(void **state)
{
    struct session session;
    struct said_back answer;
    struct order order;
    struct desk desk;
    struct err err;

    desk_open(&desk, state);
    town_order(&desk.town, &order, NULL);
    order.account.id = desk.account;
    order.given = true;
    order.time_ms = noon;
    snprintf(order.hash, sizeof order.hash, "%s", town_hash("k7mt-x2qf-9wne-hcv4"));
    assert_done(town_do(&desk.town, account_password_step, &order, &err), err);
    assert_true(enter(&desk, &answer, "zhang.san", "k7mt-x2qf-9wne-hcv4", noon));
    assert_true(answer.sign_in.must_change);
    who(&desk, answer.sign_in.session.token, noon, &session);
    assert_true(session.must_change);
    assert_true(change(&desk, &answer, "k7mt-x2qf-9wne-hcv4", "Marsh-lantern-52", noon + 1));
    who(&desk, answer.sign_in.session.token, noon + 1, &session);
    assert_false(session.must_change);
    assert_true(enter(&desk, &answer, "zhang.san", "Marsh-lantern-52", noon + 91 * 24 * 60 * minute));
    assert_true(answer.sign_in.must_change); /* run out under dengbao */
    desk_close(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(the_right_password_makes_a_session),
        ON_BOTH(no_password_stays_in_memory),
        ON_BOTH(unknown_disabled_and_wrong_get_the_same_words),
        ON_SQLITE(unknown_takes_as_long_as_wrong),
        ON_BOTH(five_failures_lock_and_the_lock_doubles),
        ON_BOTH(an_unknown_login_locks_all_the_same),
        ON_BOTH(guesses_at_once_do_not_slip_past_the_lock),
        ON_SQLITE(the_queue_is_bounded),
        ON_BOTH(a_new_password_ends_all_sessions_but_the_new_one),
        ON_BOTH(the_present_password_is_asked_and_counted),
        ON_BOTH(a_new_password_must_fit_and_be_new),
        ON_BOTH(a_first_password_opens_only_the_page_for_a_new_one),
    };

    return run_places(tests);
}
