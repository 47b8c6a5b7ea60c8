/*
 * Was an order done before? A leaf says who did what to which thing; to whom or with which values says the row that was
 * written with it.
 */
#include "work/account_int.h"
#include "work/actor_int.h"

static bool same_leave(struct sql *sql, const char *statement, const struct order *order, const struct leaf *leaf,
                       bool *same, struct err *err)
{
    int64_t one;

    return sql_one(sql, statement,
                   SQL_ARGS(sql_text(slice_of(order->kind->name)), sql_int(order->object), sql_int(order->party),
                            sql_int((int64_t)leaf->index)),
                   &one, same, err);
}

static bool same_role(struct sql *sql, const char *statement, const struct order *order, const struct leaf *leaf,
                      bool *same, struct err *err)
{
    const struct role_grant *grant = &order->grant;
    int64_t one;

    return sql_one(sql, statement,
                   SQL_ARGS(sql_int(order->account.id), sql_text(slice_of(role_name(grant->role))),
                            sql_text(slice_of(scope_kind_name(grant->scope_kind))), sql_int(grant->scope),
                            sql_int((int64_t)leaf->index)),
                   &one, same, err);
}

static bool same_account(struct sql *sql, const char *statement, const struct order *order, const struct leaf *leaf,
                         bool *same, struct err *err)
{
    const struct account *account = &order->account;
    int64_t one;

    return sql_one(sql, statement,
                   SQL_ARGS(sql_int(leaf->object), sql_int(leaf->version), sql_text(slice_of(account->login)),
                            sql_text(slice_of(account->name)), sql_int(account->party), sql_int(account->person)),
                   &one, same, err);
}

/* The roles that it began with stand behind leaves of the same request. */
static bool same_first(struct sql *sql, const struct order *order, const struct leaf *leaf, bool *same, struct err *err)
{
    static const char given[] = "SELECT count(*) FROM role_grant g JOIN ledger l ON l.leaf_index = g.leaf"
                                " WHERE g.account = ?1 AND l.request_id = ?2";
    static const char there[] = "SELECT 1 FROM role_grant g JOIN ledger l ON l.leaf_index = g.leaf WHERE g.account = ?1"
                                " AND l.request_id = ?2 AND g.role = ?3 AND g.scope_kind = ?4 AND g.scope = ?5";
    int64_t count = 0, one;
    bool found;

    if (!sql_one(sql, given, SQL_ARGS(sql_int(leaf->object), sql_text(slice_of(order->request_id))), &count, &found, err))
        return false;
    *same = count == (int64_t)order->first_count;
    for (size_t i = 0; *same && i < order->first_count; i++)
        if (!sql_one(sql, there,
                     SQL_ARGS(sql_int(leaf->object), sql_text(slice_of(order->request_id)),
                              sql_text(slice_of(role_name(order->first[i].role))),
                              sql_text(slice_of(scope_kind_name(order->first[i].scope_kind))),
                              sql_int(order->first[i].scope)),
                     &one, same, err))
            return false;
    return true;
}

static bool same_new(struct sql *sql, const char *statement, const struct order *order, const struct leaf *leaf, bool *same,
                     struct err *err)
{
    return same_account(sql, statement, order, leaf, same, err) && (!*same || same_first(sql, order, leaf, same, err));
}

#define LEAVE "SELECT 1 FROM nda WHERE kind = ?1 AND object = ?2 AND party = ?3 AND "
#define ROLE "SELECT 1 FROM role_grant WHERE account = ?1 AND role = ?2 AND scope_kind = ?3 AND scope = ?4 AND "
#define ACCOUNT "SELECT 1 FROM account WHERE id = ?1 AND ver = ?2 AND login = ?3 AND name = ?4 AND party = ?5 AND person = ?6"

/* An action that is not among these says all by itself. */
static const struct {
    const char *action, *statement;
    bool (*same)(struct sql *, const char *, const struct order *, const struct leaf *, bool *, struct err *);
} sames[] = {
    {"nda.grant", LEAVE "leaf = ?4", same_leave},   {"nda.end", LEAVE "ended_leaf = ?4", same_leave},
    {"account.grant", ROLE "leaf = ?5", same_role}, {"account.revoke", ROLE "ended_leaf = ?5", same_role},
    {"account.make", ACCOUNT, same_new},            {"account.edit", ACCOUNT, same_account},
};

static bool same_values(struct sql *sql, const struct order *order, const struct leaf *leaf, bool *same, struct err *err)
{
    for (size_t i = 0; i < sizeof sames / sizeof *sames; i++)
        if (strcmp(sames[i].action, leaf->action) == 0)
            return sames[i].same(sql, sames[i].statement, order, leaf, same, err);
    return true;
}

/* A new account's id is drawn anew each time. */
static bool same_object(const struct order *order, const struct leaf *leaf)
{
    if (strcmp(leaf->action, "account.make") == 0)
        return true;
    return leaf->object == (strcmp(leaf->kind, "nda") == 0 ? order->object : order->account.id);
}

bool order_taken(struct err *err)
{
    err_set(err, ERR_CONFLICT, "这个请求号已经用过");
    return err_hint(err, "那是另一次提交；请换一个请求号，或刷新页面后再提交");
}

bool order_done(struct sql *sql, struct order *order, const char *action, bool *done, struct err *err)
{
    struct leaf leaf;
    bool same;

    err_clear(err);
    *done = order->repeated = false;
    if (!order->request_id[0])
        return err_set(err, ERR_INVALID, "缺少请求号") || err_hint(err, "每次提交要带自己的 request_id，重复提交时用同一个");
    if (!ledger_request(sql, slice_of(order->request_id), &leaf, &order->repeated, err))
        return false;
    if (!order->repeated)
        return true;
    same = strcmp(leaf.action, action) == 0 && same_object(order, &leaf)
           && memcmp(leaf.actor, order->actor->pseudonym, LEAF_ACTOR) == 0;
#ifndef TQ_TEETH_ORDER_SAME
    if (same && !same_values(sql, order, &leaf, &same, err))
        return false;
#endif
    if (!same)
        return order_taken(err);
    if (strcmp(leaf.kind, "account") == 0)
        order->account.id = leaf.object;
    return *done = true;
}
