#include "work/sign_in.h"

/* What is known of a login before the password is tried. */
struct standing {
    struct account account;
    struct password_kept kept[PASSWORDS_KEPT]; /* newest first */
    size_t kept_count;
    bool known;                                /* there is such an account, and it may sign in */
    bool exists;
    int64_t locked_until_ms;
};

/* One thing to write: who, when, and what the leaf needs. */
struct attempt {
    const struct sign_in *sign_in;
    const struct standing *standing;
    char login[LOGIN_TEXT];
    char request_id[LEAF_REQUEST + 1];
    struct password_pool *pool;
};

static void copy_secret(char *to, size_t size, struct slice from)
{
    size_t len = from.len < size ? from.len : size - 1;

    if (len)
        memcpy(to, from.at, len);
    to[len] = '\0';
    if (strlen(to) < len)
        snprintf(to, size, "\xff"); /* a NUL inside: no password, rather than the half before it */
}

void sign_in_init(struct sign_in *sign_in, struct store *store, enum password_profile profile, struct slice login,
                  struct slice password, struct slice cookie, struct slice address, struct slice agent, int64_t now_ms)
{
    *sign_in = (struct sign_in){.store = store, .profile = profile};
    copy_secret(sign_in->login, sizeof sign_in->login, login);
    copy_secret(sign_in->password, sizeof sign_in->password, password);
    session_prepare(&sign_in->session, cookie, address, agent, now_ms);
}

/* --- reading --- */

static bool read_lock(struct sql *sql, const char *login, int64_t *until_ms, struct err *err)
{
    bool found;

    if (!sql_one(sql, "SELECT locked_until_ms FROM sign_in WHERE login = ?1", SQL_ARGS(sql_text(slice_of(login))), until_ms,
                 &found, err))
        return false;
    if (!found)
        *until_ms = 0;
    return true;
}

static bool read_standing(struct sql *sql, const char *login, struct standing *standing, struct err *err)
{
    *standing = (struct standing){0};
    if (!read_lock(sql, login, &standing->locked_until_ms, err)
        || !account_by_login(sql, slice_of(login), &standing->account, &standing->exists, err)
        || !account_passwords(sql, standing->exists ? standing->account.id : 0, standing->kept, &standing->kept_count, err))
        return false;
    standing->known = standing->exists && !standing->account.disabled && standing->kept_count;
    return true;
}

static bool look(struct store *store, const char *login, struct standing *standing, struct err *err)
{
    struct sql *sql;
    bool ok;

    if (!store_read(store, &sql, err))
        return false;
    ok = read_standing(sql, login, standing, err);
    store_read_end(store, sql);
    return ok;
}

/* --- answers --- */

static bool refuse_wrong(struct err *err)
{
    err_set(err, ERR_SIGN_IN, "登录名或密码不对");
    return err_hint(err, "连续 %d 次不对会锁定 %d 分钟；忘记密码请联系平台的安全管理员", SIGN_IN_TRIES, SIGN_IN_LOCK_MS / 60000);
}

static bool refuse_locked(int64_t until_ms, int64_t now_ms, struct err *err)
{
    err_set(err, ERR_SIGN_IN, "这个登录名因连续输错密码已锁定，请 %lld 分钟后再试", (long long)((until_ms - now_ms + 59999) / 60000));
    return err_hint(err, "忘记密码请联系平台的安全管理员");
}

/* --- writing --- */

static bool append(struct sql *sql, const struct attempt *attempt, const char *action, struct err *err)
{
    const struct account *account = &attempt->standing->account;
    struct leaf leaf = {.time_ms = attempt->sign_in->session.now_ms, .kind = "account", .object = account->id,
                        .version = (uint32_t)account->ver};

    memcpy(leaf.actor, account->pseudonym, LEAF_ACTOR);
    leaf_root(NULL, 0, leaf.root);
    snprintf(leaf.action, sizeof leaf.action, "%s", action);
    snprintf(leaf.request_id, sizeof leaf.request_id, "%s", attempt->request_id);
    return ledger_append(sql, &leaf, err);
}

/* Failures in a row; what is older than two days is forgotten. */
static bool count_failures(struct sql *sql, const struct attempt *attempt, int64_t *failures, struct err *err)
{
    bool found;

    if (!sql_put(sql, "DELETE FROM sign_in WHERE tried_ms < ?1",
                 SQL_ARGS(sql_int(attempt->sign_in->session.now_ms - 2 * (int64_t)SIGN_IN_DAY_MS)), err)
        || !sql_one(sql, "SELECT failures FROM sign_in WHERE login = ?1", SQL_ARGS(sql_text(slice_of(attempt->login))),
                    failures, &found, err))
        return false;
    *failures = found ? *failures + 1 : 1;
    return true;
}

static int64_t lock_ms(int64_t failures)
{
    int64_t lock = SIGN_IN_LOCK_MS;

    if (failures % SIGN_IN_TRIES)
        return 0;
    for (int64_t i = SIGN_IN_TRIES; i < failures && lock < SIGN_IN_DAY_MS; i += SIGN_IN_TRIES)
        lock *= 2;
    return lock < SIGN_IN_DAY_MS ? lock : SIGN_IN_DAY_MS;
}

/*
 * Notes one more failure; at the fifth, tenth … the login is locked. A guess that was under way while another locked it changes
 * nothing: counted, it would open the lock again.
 */
static bool fail_step(struct sql *sql, void *arg, struct err *err)
{
    const struct attempt *attempt = arg;
    int64_t failures, lock, locked_until_ms, now_ms = attempt->sign_in->session.now_ms;

    if (!read_lock(sql, attempt->login, &locked_until_ms, err))
        return false;
    if (locked_until_ms > now_ms)
        return true;
    if (!count_failures(sql, attempt, &failures, err))
        return false;
    lock = lock_ms(failures);
    return sql_put(sql,
                   "INSERT INTO sign_in (login, failures, locked_until_ms, tried_ms) VALUES (?1, ?2, ?3, ?4)"
                   " ON CONFLICT (login) DO UPDATE SET failures = excluded.failures,"
                   " locked_until_ms = excluded.locked_until_ms, tried_ms = excluded.tried_ms",
                   SQL_ARGS(sql_text(slice_of(attempt->login)), sql_int(failures), sql_int(lock ? now_ms + lock : 0),
                            sql_int(now_ms)),
                   err)
           && (!lock || !attempt->standing->exists || append(sql, attempt, "account.lock", err));
}

/* The lock, the password and the account as they are now, not as they were before the hash was tried. */
static bool still_right(struct sql *sql, const struct attempt *attempt, struct err *err)
{
    int64_t now_ms = attempt->sign_in->session.now_ms;
    struct standing now;

    if (!read_standing(sql, attempt->login, &now, err))
        return false;
    if (now.locked_until_ms > now_ms)
        return refuse_locked(now.locked_until_ms, now_ms, err);
    return (now.known && now.kept[0].leaf == attempt->standing->kept[0].leaf) || refuse_wrong(err);
}

static bool forgive(struct sql *sql, const char *login, struct err *err)
{
    return sql_put(sql, "DELETE FROM sign_in WHERE login = ?1", SQL_ARGS(sql_text(slice_of(login))), err);
}

static bool enter_step(struct sql *sql, void *arg, struct err *err)
{
    const struct attempt *attempt = arg;

    return still_right(sql, attempt, err) && forgive(sql, attempt->login, err)
           && session_make(sql, &attempt->sign_in->session, err) && append(sql, attempt, "account.sign_in", err);
}

static bool write(struct attempt *attempt, store_step *step, struct err *err)
{
    unsigned char random[16];

    seal_random(random, sizeof random);
    seal_hex(random, sizeof random, attempt->request_id);
    return store_write(attempt->sign_in->store, attempt->request_id, step, attempt, err) == STORE_DONE;
}

/* --- the attempt --- */

/*
 * Reads, tries the password, notes a failure. The hash is computed whatever the reading said, so that the time tells nothing.
 */
static bool try_password(struct attempt *attempt, struct standing *standing, struct err *err)
{
    const struct sign_in *sign_in = attempt->sign_in;
    struct err bad_name;
    bool named = login_normal(slice_of(sign_in->login), attempt->login, &bad_name), right;

    if (!look(sign_in->store, attempt->login, standing, err))
        return false;
    right = password_matches(slice_of(sign_in->password),
                             standing->known ? standing->kept[0].hash : password_pool_dummy(attempt->pool));
#ifndef TQ_TEETH_LOCK_OUT
    if (standing->locked_until_ms > sign_in->session.now_ms)
        return refuse_locked(standing->locked_until_ms, sign_in->session.now_ms, err);
#endif
    if (right && standing->known)
        return true;
    return (!named || write(attempt, fail_step, err)) && refuse_wrong(err);
}

static void finish(struct sign_in *sign_in, bool ok, const struct err *err)
{
    seal_wipe(sign_in->password, sizeof sign_in->password);
    seal_wipe(sign_in->fresh, sizeof sign_in->fresh);
    if (!ok)
        seal_wipe(&sign_in->session, sizeof sign_in->session);
    sign_in->done(sign_in, ok ? NULL : err);
}

static bool needs_change(const struct sign_in *sign_in, const struct password_kept *kept)
{
    return kept->given || password_expired(sign_in->profile, kept->made_ms, sign_in->session.now_ms);
}

static bool enter(struct sign_in *sign_in, struct err *err)
{
    struct standing standing;
    struct attempt attempt = {.sign_in = sign_in, .standing = &standing, .pool = sign_in->pool};

    if (!try_password(&attempt, &standing, err))
        return false;
    sign_in->account = sign_in->session.account = standing.account.id;
    sign_in->must_change = sign_in->session.must_change = needs_change(sign_in, &standing.kept[0]);
    return write(&attempt, enter_step, err);
}

static void sign_in_work(struct pool_job *job)
{
    struct sign_in *sign_in = (struct sign_in *)job;
    struct err err;
    bool ok = enter(sign_in, &err);

    finish(sign_in, ok, &err);
}

bool sign_in_start(struct password_pool *pool, struct sign_in *sign_in, struct err *err)
{
    sign_in->pool = pool;
    sign_in->job.work = sign_in_work;
    return password_pool_add(pool, &sign_in->job, err);
}

/* --- a new password --- */

static bool not_used_before(const struct sign_in *change, const struct standing *standing, struct err *err)
{
    size_t count = change->profile == PASSWORD_DENGBAO ? standing->kept_count : 1;

    for (size_t i = 0; i < count; i++)
        if (password_matches(slice_of(change->fresh), standing->kept[i].hash)) {
            err_set(err, ERR_INVALID, "新密码用过了");
            err_hint(err, count == 1 ? "不能与现在的密码相同" : "不能与最近五次的密码相同");
            return err_field(err, "password");
        }
    return true;
}

static bool write_password(struct sign_in *change, const struct standing *standing, struct err *err)
{
    unsigned char random[16];
    char request_id[2 * sizeof random + 1];
    struct order order;

    seal_random(random, sizeof random);
    seal_hex(random, sizeof random, request_id);
    order_init(&order, change->actor, slice_of(request_id));
    order.time_ms = change->session.now_ms;
    order.account.id = standing->account.id;
    order.seen_leaf = standing->kept[0].leaf;
    order.session = &change->session;
    return password_hash_now(slice_of(change->fresh), order.hash, err)
           && store_write(change->store, order.request_id, account_password_step, &order, err) == STORE_DONE;
}

static bool exchange(struct sign_in *change, struct err *err)
{
    struct standing standing;
    struct attempt attempt = {.sign_in = change, .standing = &standing, .pool = change->pool};

    if (!try_password(&attempt, &standing, err))
        return false;
    if (standing.account.id != change->actor->account)
        return err_set(err, ERR_DENIED, "只能改自己的密码") || err_hint(err, "别人的密码请由平台的安全管理员重设");
    if (!password_fits(change->profile, slice_of(standing.account.login), slice_of(change->fresh), err)
        || !not_used_before(change, &standing, err))
        return false;
    change->account = change->session.account = standing.account.id;
    return write_password(change, &standing, err);
}

static void change_work(struct pool_job *job)
{
    struct sign_in *change = (struct sign_in *)job;
    struct err err;
    bool ok = exchange(change, &err);

    finish(change, ok, &err);
}

bool password_change_start(struct password_pool *pool, struct sign_in *change, struct slice fresh,
                           const struct actor *actor, struct err *err)
{
    copy_secret(change->fresh, sizeof change->fresh, fresh);
    snprintf(change->login, sizeof change->login, "%s", actor->login);
    change->actor = actor;
    change->pool = pool;
    change->job.work = change_work;
    return password_pool_add(pool, &change->job, err);
}
