/*
 * A small city for the tests of record/ and work/: a store on either engine with the code trees loaded, parties and accounts
 * made through the real steps.
 *
 * Given, done, seen: `town_open` gives, `town_do` does a step as somebody, the assertions see.
 */
#ifndef TQ_TESTS_CITY_PEOPLE_H
#define TQ_TESTS_CITY_PEOPLE_H

#include "store_engines.h"

#include "ledger/ledger.h"
#include "record/tree.h"
#include "seal/seal.h"
#include "work/account.h"
#include "work/loan.h"
#include "work/matter.h"
#include "work/password_pool.h"
#include "work/pilot.h"
#include "work/submit.h"

#ifndef TQ_CODES
#error "define TQ_CODES: the folder of code trees"
#endif

struct town {
    struct store *store;
    struct actor program;
    unsigned requests;
};

static inline void town_start(void)
{
    struct err err;

    if (!seal_start(&err) || !trees_load(TQ_CODES, &err))
        fail_msg("%s", err.message);
    record_start();
    matter_start();
    finance_start();
    pilot_start();
}

static inline void town_open(struct town *town, void **state)
{
    town_start();
    *town = (struct town){.store = place_open(place_of(state), ledger_attach)};
    actor_program(&town->program);
}

static inline void town_close(struct town *town)
{
    store_close(town->store);
    trees_unload();
}

static inline struct slice town_request(struct town *town, char text[24])
{
    snprintf(text, 24, "r-%u", ++town->requests);
    return slice_of(text);
}

static inline struct sql *town_look(struct town *town)
{
    struct sql *sql = NULL;
    struct err err;

    if (!store_read(town->store, &sql, &err))
        fail_msg("%s", err.message);
    return sql;
}

static inline int64_t town_number(struct town *town, const char *statement)
{
    struct sql *sql = town_look(town);
    int64_t number = 0;
    bool found;
    struct err err;

    if (!sql_one(sql, statement, SQL_NO_ARGS, &number, &found, &err))
        fail_msg("%s: %s", statement, err.message);
    store_read_end(town->store, sql);
    return found ? number : -1;
}

/* --- orders --- */

static inline void town_order(struct town *town, struct order *order, const struct actor *actor)
{
    char request[24];

    order_init(order, actor ? actor : &town->program, town_request(town, request));
}

static inline enum store_outcome town_do(struct town *town, store_step *step, struct order *order, struct err *err)
{
    err_clear(err);
    return store_write(town->store, order->request_id, step, order, err);
}

#define assert_done(outcome, err) \
    do { \
        if ((outcome) != STORE_DONE) \
            fail_msg("refused: %s %s", (err).message, (err).hint); \
    } while (0)

/* A quick hash is not to be had: Argon2 costs what it costs, so tests that need no password share one. */
static inline const char *town_hash(const char *password)
{
    static char last[64], hash[SEAL_PASSWORD];
    struct err err;

    if (strcmp(last, password) != 0 && !password_hash_now(slice_of(password), hash, &err))
        fail_msg("%s", err.message);
    snprintf(last, sizeof last, "%s", password);
    return hash;
}

static const char town_password[] = "Quiet-otter-71";

static inline int64_t town_account(struct town *town, const char *login, int64_t party, const char *password)
{
    struct order order;
    struct err err;

    town_order(town, &order, NULL);
    if (!order_account(&order, slice_of(login), SLICE("张三"), party, &err))
        fail_msg("%s", err.message);
    snprintf(order.hash, sizeof order.hash, "%s", town_hash(password));
    assert_done(town_do(town, account_make_step, &order, &err), err);
    return order.account.id;
}

static inline enum store_outcome town_grant_as(struct town *town, const struct actor *actor, store_step *step,
                                               int64_t account, struct role_grant grant, struct err *err)
{
    struct order order;

    town_order(town, &order, actor);
    order.account.id = account;
    order.grant = grant;
    return town_do(town, step, &order, err);
}

static inline void town_grant(struct town *town, int64_t account, enum role role, enum scope_kind kind, int64_t scope)
{
    struct err err;

    assert_done(town_grant_as(town, NULL, role_grant_step, account,
                              (struct role_grant){.role = role, .scope_kind = kind, .scope = scope}, &err),
                err);
}

static inline void town_actor(struct town *town, int64_t account, struct actor *actor)
{
    struct sql *sql = town_look(town);
    struct err err;

    if (!actor_load(sql, account, actor, &err))
        fail_msg("%s", err.message);
    store_read_end(town->store, sql);
}

/* --- records --- */

/* fields: name, typed text, …, NULL */
static inline enum store_outcome town_submit(struct town *town, const struct actor *actor, struct submission *submission,
                                             const char *const *fields, struct err *err)
{
    struct slice typed[FIELDS_MAX] = {{0}};
    static struct complaints complaints;
    struct sql *sql = town_look(town);
    struct arena arena;
    enum store_outcome outcome = STORE_REFUSED;

    submission->actor = actor ? actor : &town->program;
    complaints.count = 0;
    arena_init(&arena);
    for (size_t i = 0; fields[i]; i += 2)
        typed[kind_field(submission->record.kind, fields[i])] = slice_of(fields[i + 1]);
    err_clear(err);
    if (submit_check(sql, submission, typed, &arena, &complaints, err)) {
        store_read_end(town->store, sql);
        outcome = store_write(town->store, submission->request_id, submit_step, submission, err);
    } else {
        store_read_end(town->store, sql);
        if (complaints.count && err->code == ERR_NONE) {
            err_set(err, ERR_INVALID, "%s", complaints.list[0].err.message);
            err_field(err, complaints.list[0].field ? complaints.list[0].field->name : "");
        }
    }
    arena_release(&arena);
    return outcome;
}

static inline void town_submission(struct town *town, struct submission *submission, const struct kind *kind,
                                   const struct actor *actor)
{
    char request[24];

    submit_init(submission, kind, actor ? actor : &town->program, town_request(town, request));
}

static inline int64_t town_party(struct town *town, const char *name, const char *region)
{
    const char *fields[] = {"name", name, "side", "enterprise", "region", region, NULL};
    struct submission submission;
    struct err err;

    town_submission(town, &submission, &kind_party, NULL);
    assert_done(town_submit(town, NULL, &submission, fields, &err), err);
    return submission.id;
}

static inline int64_t town_achievement(struct town *town, const struct actor *actor)
{
    static const char *const fields[] = {"title", "耐磨离心泵轴承", "abstract",
                                         "用于含沙介质的离心泵,轴承寿命由三千小时提高到八千小时。", NULL};
    struct submission submission;
    struct err err;

    town_submission(town, &submission, &kind_achievement, actor);
    assert_done(town_submit(town, actor, &submission, fields, &err), err);
    return submission.id;
}

/* arg: the request id whose leaf no longer fits its hash. */
static inline bool town_spoil_leaf(struct sql *sql, void *arg, struct err *err)
{
    return sql_put(sql, "UPDATE ledger SET hash = bytes WHERE request_id = ?1", SQL_ARGS(sql_text(slice_of(arg))), err);
}

#endif
