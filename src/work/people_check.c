/* fsck for accounts, passwords, grants and leave under NDA: each row's values against the leaf that was written for it. */
#include "work/account_int.h"
#include "work/actor_int.h"

struct checking {
    struct sql *sql;
    int64_t count;
};

static bool leaf_fits(struct checking *checking, int64_t index, const char *action, int64_t object,
                      const unsigned char root[LEAF_HASH], struct err *err)
{
    struct leaf leaf;

    if (!ledger_get(checking->sql, (uint64_t)index, &leaf, err))
        return false;
    checking->count++;
    if (memcmp(leaf.root, root, LEAF_HASH) == 0 && leaf.object == object && (!action || strcmp(leaf.action, action) == 0))
        return true;
    return err_set(err, ERR_CORRUPT, "%s：编号 %lld 的内容与账本第 %lld 条不符", leaf.kind, (long long)object, (long long)index);
}

static bool salts_of(struct slice stored, unsigned char (*salts)[LEAF_SALT], size_t count, struct err *err)
{
    if (stored.len != count * LEAF_SALT)
        return err_set(err, ERR_CORRUPT, "账号数据的盐值长度不对");
    memcpy(salts, stored.at, stored.len);
    return true;
}

static bool check_accounts(struct checking *checking, struct err *err)
{
    struct account prior = {0}, account;
    struct sql_rows rows;
    struct err ignored;
    bool ok = true;

    if (!sql_rows(checking->sql, "SELECT " ACCOUNT_COLUMNS " FROM account ORDER BY id, ver", SQL_NO_ARGS, &rows, err))
        return false;
    while (ok && sql_next(&rows)) {
        unsigned char root[LEAF_HASH];

        account_take(&account, &rows);
        account_root(&account, account.ver == 1 ? NULL : &prior, root);
        ok = leaf_fits(checking, account.from_leaf, NULL, account.id, root, err);
        prior = account;
    }
    return sql_done(&rows, ok ? err : &ignored) && ok;
}

static bool check_password(struct checking *checking, const struct sql_rows *rows, struct err *err)
{
    unsigned char root[LEAF_HASH], salt[1][LEAF_SALT];

    if (!salts_of(sql_slice(rows, 3), salt, 1, err))
        return false;
    password_root(sql_slice(rows, 2), salt[0], root);
    return leaf_fits(checking, sql_number(rows, 1), "account.password", sql_number(rows, 0), root, err);
}

static bool check_grant(struct checking *checking, const struct sql_rows *rows, struct err *err)
{
    unsigned char root[LEAF_HASH], salts[3][LEAF_SALT];
    struct role_grant grant;

    if (!salts_of(sql_slice(rows, 6), salts, 3, err))
        return false;
    if (!role_by_name(sql_slice(rows, 2), &grant.role) || !scope_kind_by_name(sql_slice(rows, 3), &grant.scope_kind))
        return err_set(err, ERR_CORRUPT, "账号 %lld 有不认识的角色", (long long)sql_number(rows, 0));
    grant.scope = sql_number(rows, 4);
    grant_root(&grant, (const unsigned char(*)[LEAF_SALT])salts, root);
    return leaf_fits(checking, sql_number(rows, 1), "account.grant", sql_number(rows, 0), root, err)
           && (sql_is_null(rows, 5)
               || leaf_fits(checking, sql_number(rows, 5), "account.revoke", sql_number(rows, 0), root, err));
}

static bool check_nda(struct checking *checking, const struct sql_rows *rows, struct err *err)
{
    unsigned char root[LEAF_HASH], salts[3][LEAF_SALT];

    if (!salts_of(sql_slice(rows, 5), salts, 3, err))
        return false;
    nda_root(sql_slice(rows, 2), sql_number(rows, 0), sql_number(rows, 3), (const unsigned char(*)[LEAF_SALT])salts, root);
    return leaf_fits(checking, sql_number(rows, 1), "nda.grant", sql_number(rows, 0), root, err)
           && (sql_is_null(rows, 4)
               || leaf_fits(checking, sql_number(rows, 4), "nda.end", sql_number(rows, 0), root, err));
}

static bool check_each(struct checking *checking, const char *statement,
                       bool (*check)(struct checking *, const struct sql_rows *, struct err *), struct err *err)
{
    struct sql_rows rows;
    struct err ignored;
    bool ok = true;

    if (!sql_rows(checking->sql, statement, SQL_NO_ARGS, &rows, err))
        return false;
    while (ok && sql_next(&rows))
        ok = check(checking, &rows, err);
    return sql_done(&rows, ok ? err : &ignored) && ok;
}

bool people_check(struct sql *sql, int64_t *count, struct err *err)
{
    struct checking checking = {.sql = sql};
    bool ok = check_accounts(&checking, err)
              && check_each(&checking, "SELECT account, leaf, hash, salt FROM password ORDER BY account, leaf",
                            check_password, err)
              && check_each(&checking,
                            "SELECT account, leaf, role, scope_kind, scope, ended_leaf, salts FROM role_grant"
                            " ORDER BY account, leaf",
                            check_grant, err)
              && check_each(&checking,
                            "SELECT object, leaf, kind, party, ended_leaf, salts FROM nda ORDER BY object, leaf", check_nda,
                            err);

    *count = checking.count;
    return ok;
}
