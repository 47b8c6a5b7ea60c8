/*
 * Changing accounts: to open one, to edit it, to switch it off and on, to reset its password, to give and take roles. What a
 * person is to mend stands on the page from which he came.
 *
 * A first password is made here and shown once, on the page that answers: it stands in no log, no leaf and no table, and who
 * sends the form again is told that it was shown. It is hashed on the password pool, whose threads may wait for the store.
 */
#include "base/ident.h"
#include "base/json.h"
#include "base/utf8.h"
#include "web/accounts.h"
#include "web/flash.h"
#include "web/handlers.h"
#include "work/password_pool.h"
#include "work/submit.h"

struct ordering {
    struct order order;
    json_t *page;         /* made beforehand: the snapshot is gone when the answer comes */
    const char *template; /* that shows it */
    enum flash flash;     /* what is said when it is done */
    /* with a first password: */
    struct password_hashing hashing;
    store_step *step;
    char password[PASSWORD_FIRST_TEXT];
};

static struct ordering *ordering_start(struct request *request, const char *template)
{
    struct ordering *ordering = arena_zero(request->arena, 1, sizeof *ordering);

    order_init(&ordering->order, &request->actor, request_token(request));
    ordering->template = template;
    return ordering;
}

/* Answers with the page from which he came where there is something to mend on it. Lets go of the page. */
static bool refused(struct request *request, struct ordering *ordering, const struct err *err)
{
    if (request->api || (err->code != ERR_INVALID && err->code != ERR_CONFLICT)) {
        json_decref(ordering->page);
        return false;
    }
    account_wrong(request, ordering->page, err);
    request->status = err->code == ERR_CONFLICT ? 409 : 422;
    return request_page(request, ordering->template, ordering->page);
}

static bool changed(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    struct ordering *ordering = (struct ordering *)((char *)arg - offsetof(struct ordering, order));

    if (outcome != STORE_DONE)
        return refused(request, ordering, err);
    json_decref(ordering->page);
    flash_set(request, ordering->flash);
    return request_changed(request, ordering->order.account.id, 0);
}

static bool write_order(struct request *request, struct ordering *ordering, store_step *step, enum flash flash, struct err *err)
{
    ordering->flash = flash;
    if (request_write(request, ordering->order.request_id, step, &ordering->order, changed, err))
        return true;
    json_decref(ordering->page);
    return false;
}

/* An order on the account of the path. NULL with err: it is not for him, or it brings what nobody asked for. */
static struct ordering *ordering_on(struct request *request, const char *members, struct err *err)
{
    struct ordering *ordering = ordering_start(request, "holder");
    struct account account;

    if (!request_members_fit(request, members, err) || !account_seek(request, ACT_ACCOUNTS, &account, err))
        return NULL;
    ordering->order.account = account;
    ordering->page = holder_document(request, &account, err);
    return ordering->page ? ordering : NULL;
}

/* --- a first password --- */

static bool shown_once(struct request *request, struct ordering *ordering, bool made)
{
    const struct order *order = &ordering->order;
    const char *path = arena_print(request->arena, "/api/v1/accounts/%lld", (long long)order->account.id);

    if (made && request->api) {
        request->status = 201;
        http_reply_header(request->exchange, "Location", slice_of(path));
    }
    return request_page(request, "first_password",
                        first_password_document(request, &order->account, order->repeated ? "" : ordering->password, made));
}

static void password_made(struct password_hashing *hashing, const struct err *err)
{
    struct ordering *ordering = (struct ordering *)((char *)hashing - offsetof(struct ordering, hashing));
    struct request *request = hashing->owner;
    struct order *order = &ordering->order;
    bool made = ordering->step == account_make_step, ok = !err;
    struct err problem = {0};

    if (err)
        problem = *err;
    memcpy(order->hash, hashing->hash, sizeof order->hash);
    ok = ok && store_write(request->web->city->store, order->request_id, ordering->step, order, &problem) == STORE_DONE;
    if (ok) {
        json_decref(ordering->page);
        ok = shown_once(request, ordering, made);
    } else {
        ok = refused(request, ordering, &problem);
    }
    seal_wipe(ordering->password, sizeof ordering->password);
    request_finish(request, ok, &problem);
}

static bool give_password(struct request *request, struct ordering *ordering, store_step *step, struct err *err)
{
    struct password_hashing *hashing = &ordering->hashing;

    ordering->step = step;
    ordering->order.given = true;
    password_first(ordering->password);
    snprintf(hashing->password, sizeof hashing->password, "%s", ordering->password);
    hashing->done = password_made;
    hashing->owner = request;
    request_keep(request);
    if (password_hash_start(request->web->pool, hashing, err))
        return true;
    *request->kept = false;
    json_decref(ordering->page);
    return false;
}

bool account_password_post(struct request *request, struct err *err)
{
    struct ordering *ordering = ordering_on(request, "request_id", err);

    if (!ordering)
        return false;
    if (ordering->order.account.id != request->actor.account)
        return give_password(request, ordering, account_password_step, err);
    err_set(err, ERR_DENIED, "不能重设自己的密码");
    err_hint(err, "在“账号”页用现在的密码换一个");
    return refused(request, ordering, err);
}

/* --- opening --- */

static bool first_roles(struct request *request, struct order *order, struct err *err)
{
    struct role_grant grants[ACTOR_GRANTS], grant;
    struct role_row rows[ROLE_ROWS];
    size_t count;

    if (!grants_read(request->sql, request_value(request, "roles"), grants, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!order_first(order, &grants[i], err))
            return false;
    role_rows(request, rows);
    for (size_t i = 0; i < ROLE_ROWS; i++)
        if (rows[i].role.len
            && (!grant_read(request->sql, rows[i].role, rows[i].scope, &grant, err) || !order_first(order, &grant, err)))
            return false;
    return true;
}

/* Whoever keeps the accounts of one organisation need not name it. */
static bool party_typed(struct request *request, int64_t otherwise, int64_t *party, struct err *err)
{
    struct slice typed = request_values(request, "party");

    *party = otherwise;
    return !typed.at || party_named(request->sql, typed, party, err);
}

/* What is given as empty ends the link, and so does another organisation. */
static bool person_typed(struct request *request, int64_t party, struct account *account, struct err *err)
{
    if (!request_values(request, "person").at && account->party == party)
        return true;
    return person_named(request->sql, request_values(request, "person"), party, &account->person, err);
}

static bool read_new(struct request *request, int64_t whose, struct order *order, struct err *err)
{
    struct object object = {0};
    int64_t party;

    if (!party_typed(request, whose, &party, err)
        || !order_account(order, request_value(request, "login"), request_value(request, "name"), party, err)
        || !first_roles(request, order, err))
        return false;
    object.owner = party;
    for (size_t i = 0; i < order->first_count; i++)
        object.beyond = object.beyond || !role_of_unit(order->first[i].role);
    return may(&request->actor, ACT_ACCOUNTS, &object, err); /* before anything is hashed; the step asks again */
}

bool account_make_post(struct request *request, struct err *err)
{
    struct ordering *ordering;
    int64_t whose;

    if (!accounts_whose(request, ACT_ACCOUNTS, &whose, err)
        || !request_members_fit(request, "login name party roles request_id", err))
        return false;
    ordering = ordering_start(request, "account_new");
    ordering->page = account_new_document(request, whose);
    return read_new(request, whose, &ordering->order, err) ? give_password(request, ordering, account_make_step, err)
                                                           : refused(request, ordering, err);
}

/* --- changing --- */

/* What is not given stays. */
static struct slice given_or(struct request *request, const char *name, const char *is)
{
    struct slice given = request_values(request, name);

    return given.at ? given : arena_copy(request->arena, slice_of(is));
}

bool account_edit_post(struct request *request, struct err *err)
{
    struct ordering *ordering = ordering_on(request, "login name party person ver request_id", err);
    struct account *account;
    int64_t party;

    if (!ordering)
        return false;
    account = &ordering->order.account;
    account->ver = request_number(request, "ver", 0);
    if (!party_typed(request, account->party, &party, err) || !person_typed(request, party, account, err)
        || !order_account(&ordering->order, given_or(request, "login", account->login),
                          given_or(request, "name", account->name), party, err))
        return refused(request, ordering, err);
    return write_order(request, ordering, account_edit_step, FLASH_CHANGED, err);
}

static bool turn(struct request *request, store_step *step, enum flash flash, struct err *err)
{
    struct ordering *ordering = ordering_on(request, "request_id", err);

    return ordering && write_order(request, ordering, step, flash, err);
}

bool account_disable_post(struct request *request, struct err *err)
{
    return turn(request, account_disable_step, FLASH_DISABLED, err);
}

bool account_enable_post(struct request *request, struct err *err)
{
    return turn(request, account_enable_step, FLASH_ENABLED, err);
}

bool account_roles_post(struct request *request, struct err *err)
{
    struct ordering *ordering = ordering_on(request, "do role scope request_id", err);
    bool take = slice_is(request_value(request, "do"), "revoke");

    if (!ordering)
        return false;
    if (!grant_read(request->sql, request_value(request, "role"), request_value(request, "scope"), &ordering->order.grant, err))
        return refused(request, ordering, err);
    return write_order(request, ordering, take ? role_revoke_step : role_grant_step, take ? FLASH_ROLE_TAKEN : FLASH_ROLE_GIVEN, err);
}
