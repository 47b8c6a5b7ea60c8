#include "work/account_int.h"
#include "work/actor_int.h"

/* --- roles --- */

static const struct {
    bool alone;         /* an account of its own, without an organisation */
    bool needs_party;
    unsigned scopes;    /* bits of enum scope_kind that make sense */
} role_rules[ROLE_COUNT] = {
    [ROLE_MEMBER] = {.needs_party = true, .scopes = 1u << SCOPE_ALL},
    [ROLE_UNIT_ADMIN] = {.needs_party = true, .scopes = 1u << SCOPE_ALL},
    [ROLE_RESEARCHER] = {.scopes = 1u << SCOPE_ALL},
    [ROLE_MANAGER] = {.scopes = 1u << SCOPE_ALL},
    [ROLE_COMMITTEE] = {.scopes = 1u << SCOPE_ALL},
    [ROLE_CITY_OFFICER] = {.scopes = 1u << SCOPE_ALL | 1u << SCOPE_DIVISION},
    [ROLE_COUNTY_OFFICER] = {.scopes = 1u << SCOPE_DIVISION},
    [ROLE_PARK_OFFICER] = {.scopes = 1u << SCOPE_DIVISION | 1u << SCOPE_PARTY},
    [ROLE_REGISTRAR] = {.scopes = 1u << SCOPE_ALL | 1u << SCOPE_DIVISION},
    [ROLE_MARKET] = {.needs_party = true, .scopes = 1u << SCOPE_ALL},
    [ROLE_CPPCC_OFFICE] = {.scopes = 1u << SCOPE_ALL},
    [ROLE_LEADER] = {.scopes = 1u << SCOPE_ALL},
    [ROLE_SECRETARY] = {.scopes = 1u << SCOPE_ALL},
    [ROLE_READER_FINANCE] = {.scopes = 1u << SCOPE_ALL | 1u << SCOPE_DIVISION},
    [ROLE_READER_TAX] = {.scopes = 1u << SCOPE_ALL | 1u << SCOPE_DIVISION},
    [ROLE_READER_ASSETS] = {.scopes = 1u << SCOPE_ALL | 1u << SCOPE_DIVISION},
    [ROLE_READER_PERSONNEL] = {.scopes = 1u << SCOPE_ALL | 1u << SCOPE_DIVISION},
    [ROLE_READER_DISCIPLINE] = {.scopes = 1u << SCOPE_ALL | 1u << SCOPE_DIVISION},
    [ROLE_AUDITOR] = {.alone = true, .scopes = 1u << SCOPE_ALL | 1u << SCOPE_DIVISION | 1u << SCOPE_PARTY},
    [ROLE_SYSTEM_ADMIN] = {.alone = true, .scopes = 1u << SCOPE_ALL},
    [ROLE_SECURITY_ADMIN] = {.alone = true, .scopes = 1u << SCOPE_ALL},
    [ROLE_AUDIT_ADMIN] = {.alone = true, .scopes = 1u << SCOPE_ALL},
};

static bool scope_fits(struct sql *sql, const struct role_grant *grant, struct err *err)
{
    bool fits = role_rules[grant->role].scopes >> grant->scope_kind & 1;

    if (fits && grant->scope_kind == SCOPE_PARTY)
        return grant->scope > 0 && account_party_there(sql, grant->scope, err);
    if (fits && (grant->scope_kind == SCOPE_ALL ? grant->scope == 0 : grant->scope >= 110000 && grant->scope <= 999999))
        return true;
    err_set(err, ERR_INVALID, "%s的管辖范围不对", role_label(grant->role));
    err_hint(err, "区县和园区工作人员须填行政区划代码(六位)，如 620102");
    return err_field(err, "scope");
}

static bool grants_of(struct sql *sql, const struct account *account, struct actor *held, struct err *err)
{
    if (account->disabled)
        return err_set(err, ERR_CONFLICT, "账号已停用，先启用再授权");
    return actor_load(sql, account->id, held, err);
}

static bool too_many(struct err *err)
{
    err_set(err, ERR_CONFLICT, "一个账号最多 %d 个角色", ACTOR_GRANTS);
    return err_hint(err, "请先收回一个不用的角色");
}

static bool role_fits(const struct actor *held, const struct role_grant *grant, struct err *err)
{
    if (role_rules[grant->role].needs_party && !held->party) {
        err_set(err, ERR_CONFLICT, "%s要先属于一个单位", role_label(grant->role));
        err_hint(err, "请先给账号填上所属单位");
        return err_field(err, "party");
    }
#ifndef TQ_TEETH_ADMINS_APART
    if (role_rules[grant->role].alone && (held->party || held->grant_count))
        return account_refuse_alone(err);
    for (size_t i = 0; i < held->grant_count; i++)
        if (role_rules[held->grants[i].role].alone)
            return account_refuse_alone(err);
#endif
    return held->grant_count < ACTOR_GRANTS || too_many(err);
}

static bool same_grant(const struct role_grant *a, const struct role_grant *b)
{
    return a->role == b->role && a->scope_kind == b->scope_kind && a->scope == b->scope;
}

static bool holds(const struct actor *held, const struct role_grant *grant)
{
    for (size_t i = 0; i < held->grant_count; i++)
        if (same_grant(&held->grants[i], grant))
            return true;
    return false;
}

static bool put_grant(struct sql *sql, const struct order *order, const struct role_grant *grant,
                      const unsigned char (*salts)[LEAF_SALT], uint8_t part, int64_t version, struct err *err)
{
    unsigned char root[LEAF_HASH];
    int64_t leaf;

    grant_root(grant, salts, root);
    return order_append(sql, order, "account.grant", part, version, root, &leaf, err)
           && sql_put(sql,
                      "INSERT INTO role_grant (account, role, scope_kind, scope, leaf, salts) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                      SQL_ARGS(sql_int(order->account.id), sql_text(slice_of(role_name(grant->role))),
                               sql_text(slice_of(scope_kind_name(grant->scope_kind))), sql_int(grant->scope),
                               sql_int(leaf), sql_bytes(salts, GRANT_FIELDS * LEAF_SALT)),
                      err);
}

bool order_first(struct order *order, const struct role_grant *grant, struct err *err)
{
    for (size_t i = 0; i < order->first_count; i++)
        if (same_grant(&order->first[i], grant))
            return true;
    if (order->first_count == ACTOR_GRANTS)
        return too_many(err);
    order->first[order->first_count++] = *grant;
    return true;
}

/* Parts 0 and 1 are the account and its password. */
bool order_grant_first(struct sql *sql, const struct order *order, struct err *err)
{
    struct actor held = {.account = order->account.id, .party = order->account.party};

    for (size_t i = 0; i < order->first_count; i++) {
        const struct role_grant *grant = &order->first[i];

        if (!scope_fits(sql, grant, err) || !role_fits(&held, grant, err)
            || !put_grant(sql, order, grant, (const unsigned char(*)[LEAF_SALT])order->first_salts[i], (uint8_t)(2 + i), 1, err))
            return false;
        held.grants[held.grant_count++] = *grant;
    }
    return true;
}

/* Of the account as it is; the role too must be one that the actor may give. */
static bool manages_role(struct sql *sql, const struct order *order, struct account *account, struct err *err)
{
    struct object object;

    if (!account_get(sql, order->account.id, account, err) || !account_object(sql, account, &object, err))
        return false;
    object.beyond = object.beyond || !role_of_unit(order->grant.role);
    return may(order->actor, ACT_ACCOUNTS, &object, err);
}

bool role_grant_step(struct sql *sql, void *arg, struct err *err)
{
    struct order *order = arg;
    struct account account;
    struct actor held;
    bool done;

    if (!order_done(sql, order, "account.grant", &done, err) || done)
        return done;
    if (!manages_role(sql, order, &account, err) || !order_not_oneself(order, N_("给自己的账号授权"), err)
        || !grants_of(sql, &account, &held, err))
        return false;
    if (holds(&held, &order->grant))
        return true;
    return scope_fits(sql, &order->grant, err) && role_fits(&held, &order->grant, err)
           && put_grant(sql, order, &order->grant, (const unsigned char(*)[LEAF_SALT])order->salts, 0, account.ver, err)
           && session_end_all(sql, account.id, err);
}

/* The leaf of a revocation commits to the very grant that it ends, salts and all. */
static bool grant_salts(struct sql *sql, const struct order *order, unsigned char (*salts)[LEAF_SALT], int64_t *leaf,
                        struct err *err)
{
    struct sql_rows rows;
    bool found;

    if (!sql_rows(sql,
                  "SELECT leaf, salts FROM role_grant WHERE account = ?1 AND role = ?2 AND scope_kind = ?3 AND scope = ?4"
                  " AND ended_leaf IS NULL",
                  SQL_ARGS(sql_int(order->account.id), sql_text(slice_of(role_name(order->grant.role))),
                           sql_text(slice_of(scope_kind_name(order->grant.scope_kind))), sql_int(order->grant.scope)),
                  &rows, err))
        return false;
    found = sql_next(&rows);
    if (found && sql_slice(&rows, 1).len == 3 * LEAF_SALT) {
        *leaf = sql_number(&rows, 0);
        memcpy(salts, sql_slice(&rows, 1).at, 3 * LEAF_SALT);
    }
    return sql_done(&rows, err) && (found || err_set(err, ERR_MISSING, "这个账号没有这个角色")
                                       || err_hint(err, "可能刚被别人收回，请刷新后再看"));
}

bool role_revoke_step(struct sql *sql, void *arg, struct err *err)
{
    unsigned char salts[3][LEAF_SALT], root[LEAF_HASH];
    int64_t granted = 0, ended;
    struct order *order = arg;
    struct account account;
    bool done;

    if (!order_done(sql, order, "account.revoke", &done, err) || done)
        return done;
    if (!manages_role(sql, order, &account, err) || !order_not_oneself(order, N_("收回自己的角色"), err)
        || !grant_salts(sql, order, salts, &granted, err))
        return false;
    grant_root(&order->grant, (const unsigned char(*)[LEAF_SALT])salts, root);
    return order_append(sql, order, "account.revoke", 0, account.ver, root, &ended, err)
           && sql_put(sql, "UPDATE role_grant SET ended_leaf = ?3 WHERE account = ?1 AND leaf = ?2",
                      SQL_ARGS(sql_int(account.id), sql_int(granted), sql_int(ended)), err)
           && session_end_all(sql, account.id, err);
}

/* --- leave under NDA --- */

/* Does the actor decide about the record's NDA fields? */
static bool may_give_leave(struct sql *sql, const struct order *order, struct err *err)
{
    struct arena arena;
    struct record record;
    struct object object;
    bool ok;

    arena_init(&arena);
    ok = record_get(sql, order->kind, order->object, &arena, &record, err)
         && object_of(sql, &record, order->actor, &object, err) && may(order->actor, ACT_NDA, &object, err);
    if (ok && record.owner == order->party)
        ok = err_set(err, ERR_INVALID, "这是本单位自己的%s，不用授权", order->kind->label);
    arena_release(&arena);
    return ok;
}

/* *leaf -1: the party has no leave. */
static bool leave_now(struct sql *sql, const struct order *order, unsigned char (*salts)[LEAF_SALT], int64_t *leaf,
                      struct err *err)
{
    struct sql_rows rows;

    *leaf = -1;
    if (!sql_rows(sql, "SELECT leaf, salts FROM nda WHERE kind = ?1 AND object = ?2 AND party = ?3 AND ended_leaf IS NULL",
                  SQL_ARGS(sql_text(slice_of(order->kind->name)), sql_int(order->object), sql_int(order->party)), &rows,
                  err))
        return false;
    if (sql_next(&rows) && sql_slice(&rows, 1).len == 3 * LEAF_SALT) {
        *leaf = sql_number(&rows, 0);
        memcpy(salts, sql_slice(&rows, 1).at, 3 * LEAF_SALT);
    }
    return sql_done(&rows, err);
}

bool nda_grant_step(struct sql *sql, void *arg, struct err *err)
{
    const unsigned char(*fresh)[LEAF_SALT];
    unsigned char salts[3][LEAF_SALT], root[LEAF_HASH];
    struct order *order = arg;
    struct slice kind = slice_of(order->kind->name);
    int64_t leaf;
    bool done;

    if (!order_done(sql, order, "nda.grant", &done, err) || done)
        return done;
    if (!may_give_leave(sql, order, err) || !account_party_there(sql, order->party, err)
        || !leave_now(sql, order, salts, &leaf, err))
        return false;
    if (leaf >= 0)
        return true;
    fresh = (const unsigned char(*)[LEAF_SALT])order->salts;
    nda_root(kind, order->object, order->party, fresh, root);
    return order_append(sql, order, "nda.grant", 0, 1, root, &leaf, err)
           && sql_put(sql, "INSERT INTO nda (kind, object, party, leaf, salts) VALUES (?1, ?2, ?3, ?4, ?5)",
                      SQL_ARGS(sql_text(kind), sql_int(order->object), sql_int(order->party), sql_int(leaf),
                               sql_bytes(order->salts, 3 * LEAF_SALT)),
                      err);
}

bool nda_end_step(struct sql *sql, void *arg, struct err *err)
{
    unsigned char salts[3][LEAF_SALT], root[LEAF_HASH];
    struct order *order = arg;
    struct slice kind = slice_of(order->kind->name);
    int64_t granted, ended;
    bool done;

    if (!order_done(sql, order, "nda.end", &done, err) || done)
        return done;
    if (!may_give_leave(sql, order, err) || !leave_now(sql, order, salts, &granted, err))
        return false;
    if (granted < 0)
        return err_set(err, ERR_MISSING, "这个单位没有这份授权") || err_hint(err, "可能已经收回，请刷新页面再看");
    nda_root(kind, order->object, order->party, (const unsigned char(*)[LEAF_SALT])salts, root);
    return order_append(sql, order, "nda.end", 0, 1, root, &ended, err)
           && sql_put(sql, "UPDATE nda SET ended_leaf = ?3 WHERE kind = ?1 AND object = ?2 AND party = ?4 AND leaf = ?5",
                      SQL_ARGS(sql_text(kind), sql_int(order->object), sql_int(ended), sql_int(order->party),
                               sql_int(granted)),
                      err);
}
