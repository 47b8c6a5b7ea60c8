#include "work/account_int.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/utf8.h"

void order_init(struct order *order, const struct actor *actor, struct slice request_id)
{
    *order = (struct order){.actor = actor, .time_ms = clock_ms()};
    order->account.id = ident_next(order->time_ms);
    seal_random(order->account.pseudonym, LEAF_ACTOR);
    seal_random(order->salts, sizeof order->salts);
    seal_random(order->first_salts, sizeof order->first_salts);
    snprintf(order->request_id, sizeof order->request_id, "%.*s",
             (int)(request_id.len < LEAF_REQUEST ? request_id.len : LEAF_REQUEST), request_id.at ? request_id.at : "");
}

bool order_account(struct order *order, struct slice login, struct slice name, int64_t party, struct err *err)
{
    struct slice clean = slice_trim(name);

    if (!login_normal(login, order->account.login, err))
        return false;
    if (!utf8_check(clean, true, err))
        return err_field(err, "name");
    if (clean.len == 0 || clean.len >= sizeof order->account.name) {
        err_set(err, ERR_INVALID, "请填写姓名，不超过 39 个字");
        return err_field(err, "name");
    }
    snprintf(order->account.name, sizeof order->account.name, "%.*s", (int)clean.len, clean.at);
    order->account.party = party;
    return true;
}

/* --- reading --- */

static void take_text(char *to, size_t size, struct slice from)
{
    snprintf(to, size, "%.*s", (int)(from.len < size ? from.len : size - 1), from.at ? from.at : "");
}

void account_take(struct account *account, const struct sql_rows *rows)
{
    struct slice pseudonym = sql_slice(rows, 5), salts;

    *account = (struct account){.id = sql_number(rows, 0), .ver = sql_number(rows, 1), .from_leaf = sql_number(rows, 2),
                                .party = sql_number(rows, 6), .person = sql_number(rows, 7),
                                .disabled = sql_number(rows, 8) != 0};
    take_text(account->login, sizeof account->login, sql_slice(rows, 3));
    take_text(account->name, sizeof account->name, sql_slice(rows, 4));
    pseudonym = sql_slice(rows, 5);
    if (pseudonym.len == LEAF_ACTOR)
        memcpy(account->pseudonym, pseudonym.at, LEAF_ACTOR);
    salts = sql_slice(rows, 9);
    if (salts.len == sizeof account->salts)
        memcpy(account->salts, salts.at, salts.len);
}

static bool take_one(struct sql_rows *rows, struct account *account, bool *found, struct err *err)
{
    *found = sql_next(rows);
    if (*found)
        account_take(account, rows);
    return sql_done(rows, err);
}

bool account_get(struct sql *sql, int64_t id, struct account *account, struct err *err)
{
    struct sql_rows rows;
    bool found;

    if (!sql_rows(sql, "SELECT " ACCOUNT_COLUMNS " FROM account WHERE id = ?1 AND to_leaf IS NULL",
                  SQL_ARGS(sql_int(id)), &rows, err)
        || !take_one(&rows, account, &found, err))
        return false;
    return found || account_missing(err);
}

bool account_by_login(struct sql *sql, struct slice login, struct account *account, bool *found, struct err *err)
{
    struct sql_rows rows;

    return sql_rows(sql, "SELECT " ACCOUNT_COLUMNS " FROM account WHERE login = ?1 AND to_leaf IS NULL",
                    SQL_ARGS(sql_text(login)), &rows, err)
           && take_one(&rows, account, found, err);
}

bool account_version(struct sql *sql, int64_t id, int64_t ver, struct account *account, struct err *err)
{
    struct sql_rows rows;
    bool found;

    return sql_rows(sql, "SELECT " ACCOUNT_COLUMNS " FROM account WHERE id = ?1 AND ver = ?2",
                    SQL_ARGS(sql_int(id), sql_int(ver)), &rows, err)
           && take_one(&rows, account, &found, err) && (found || account_missing(err));
}

/* A role that this program does not know is no role that an organisation's administrator gives. */
bool account_object(struct sql *sql, const struct account *account, struct object *object, struct err *err)
{
    struct sql_rows rows;
    enum role role;

    *object = (struct object){.id = account->id, .owner = account->party};
    if (!sql_rows(sql, "SELECT role FROM role_grant WHERE account = ?1 AND ended_leaf IS NULL",
                  SQL_ARGS(sql_int(account->id)), &rows, err))
        return false;
    while (sql_next(&rows))
        if (!role_by_name(sql_slice(&rows, 0), &role) || !role_of_unit(role))
            object->beyond = true;
    return sql_done(&rows, err);
}

bool account_passwords(struct sql *sql, int64_t account, struct password_kept *kept, size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, "SELECT hash, leaf, made_ms, given FROM password WHERE account = ?1 ORDER BY leaf DESC LIMIT ?2",
                  SQL_ARGS(sql_int(account), sql_int(PASSWORDS_KEPT)), &rows, err))
        return false;
    while (*count < PASSWORDS_KEPT && sql_next(&rows)) {
        struct password_kept *one = &kept[(*count)++];

        take_text(one->hash, sizeof one->hash, sql_slice(&rows, 0));
        one->leaf = sql_number(&rows, 1);
        one->made_ms = sql_number(&rows, 2);
        one->given = sql_number(&rows, 3) != 0;
    }
    return sql_done(&rows, err);
}

/* --- what every step begins with --- */

bool order_manages(struct sql *sql, const struct order *order, const struct account *account, struct err *err)
{
    struct object object;

    return account_object(sql, account, &object, err) && may(order->actor, ACT_ACCOUNTS, &object, err);
}

bool order_places(struct sql *sql, const struct order *order, const struct account *account, struct err *err)
{
    struct object object;

    if (!account_object(sql, account, &object, err))
        return false;
    object.id = 0; /* what is not there is refused, not missed */
    for (size_t i = 0; i < order->first_count; i++)
        object.beyond = object.beyond || !role_of_unit(order->first[i].role);
    return may(order->actor, ACT_ACCOUNTS, &object, err);
}

bool order_append(struct sql *sql, const struct order *order, const char *action, uint8_t part, int64_t version,
                   const unsigned char root[LEAF_HASH], int64_t *index, struct err *err)
{
    struct leaf leaf = {.time_ms = order->time_ms, .part = part, .version = (uint32_t)version};
    bool nda = strncmp(action, "nda.", 4) == 0;

    leaf.object = nda ? order->object : order->account.id;
    memcpy(leaf.actor, order->actor->pseudonym, LEAF_ACTOR);
    memcpy(leaf.root, root, LEAF_HASH);
    snprintf(leaf.action, sizeof leaf.action, "%s", action);
    snprintf(leaf.kind, sizeof leaf.kind, "%s", nda ? "nda" : "account");
    snprintf(leaf.request_id, sizeof leaf.request_id, "%s", order->request_id);
    if (!ledger_append(sql, &leaf, err))
        return false;
    *index = (int64_t)leaf.index;
    return true;
}

/* --- accounts --- */

static bool insert_version(struct sql *sql, const struct account *account, int64_t time_ms, struct err *err)
{
    return sql_put(sql,
                   "INSERT INTO account (id, ver, from_leaf, valid_from, login, name, pseudonym, party, person, disabled,"
                   " salts) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                   SQL_ARGS(sql_int(account->id), sql_int(account->ver), sql_int(account->from_leaf), sql_int(time_ms),
                            sql_text(slice_of(account->login)), sql_text(slice_of(account->name)),
                            sql_bytes(account->pseudonym, LEAF_ACTOR), sql_int(account->party), sql_int(account->person),
                            sql_int(account->disabled), sql_bytes(account->salts, sizeof account->salts)),
                   err);
}

static bool end_version(struct sql *sql, const struct account *prior, int64_t leaf, int64_t time_ms, struct err *err)
{
    return sql_put(sql, "UPDATE account SET to_leaf = ?3, valid_to = ?4 WHERE id = ?1 AND ver = ?2",
                   SQL_ARGS(sql_int(prior->id), sql_int(prior->ver), sql_int(leaf), sql_int(time_ms)), err);
}

/* Fresh salts for all, then the prior one back where the value is the prior one. */
static void settle_salts(struct account *account, const struct account *prior, const unsigned char (*fresh)[LEAF_SALT])
{
    bool same[ACCOUNT_FIELDS] = {0};

    if (prior) {
        same[0] = strcmp(prior->login, account->login) == 0;
        same[1] = strcmp(prior->name, account->name) == 0;
        same[2] = memcmp(prior->pseudonym, account->pseudonym, LEAF_ACTOR) == 0;
        same[3] = prior->party == account->party;
        same[4] = prior->person == account->person;
        same[5] = prior->disabled == account->disabled;
    }
    for (size_t i = 0; i < ACCOUNT_FIELDS; i++)
        memcpy(account->salts[i], same[i] ? prior->salts[i] : fresh[i], LEAF_SALT);
}

/* Nothing changed: true, no leaf. */
static bool put_account(struct sql *sql, const struct order *order, struct account *account, const struct account *prior,
                        const char *action, struct err *err)
{
    unsigned char root[LEAF_HASH];

    account->ver = prior ? prior->ver + 1 : 1;
    settle_salts(account, prior, (const unsigned char(*)[LEAF_SALT])order->salts);
    if (account_root(account, prior, root) == 0)
        return true;
    return order_append(sql, order, action, 0, account->ver, root, &account->from_leaf, err)
           && (!prior || end_version(sql, prior, account->from_leaf, order->time_ms, err))
           && insert_version(sql, account, order->time_ms, err);
}

static bool login_free(struct sql *sql, const struct account *account, struct err *err)
{
    struct account other;
    bool found;

    if (!account_by_login(sql, slice_of(account->login), &other, &found, err))
        return false;
    if (!found || other.id == account->id)
        return true;
    err_set(err, ERR_CONFLICT, "登录名 %s 已经有人用了", account->login);
    err_hint(err, "请换一个登录名");
    return err_field(err, "login");
}

bool account_party_there(struct sql *sql, int64_t party, struct err *err)
{
    bool found = true;
    int64_t id;

    if (party && !sql_one(sql, "SELECT id FROM party WHERE id = ?1 AND to_leaf IS NULL", SQL_ARGS(sql_int(party)), &id,
                          &found, err))
        return false;
    if (found)
        return true;
    err_set(err, ERR_INVALID, "没有这个单位");
    err_hint(err, "请先登记单位，再填它的全称或统一社会信用代码");
    return err_field(err, "party");
}

/* Whose rights he is shown hangs on it: so only a person of the account's own organisation. */
static bool person_there(struct sql *sql, const struct account *account, struct err *err)
{
    bool found = true;
    int64_t id;

    if (account->person && !sql_one(sql, "SELECT id FROM person WHERE id = ?1 AND owner = ?2 AND to_leaf IS NULL",
                                    SQL_ARGS(sql_int(account->person), sql_int(account->party)), &id, &found, err))
        return false;
    if (found)
        return true;
    err_set(err, ERR_INVALID, "本单位没有这条人员记录");
    err_hint(err, "请先在“专家与经理人”里登记本人，所在单位与账号的相同，再填它的编号");
    return err_field(err, "person");
}

/* Keeps the newest PASSWORDS_KEPT; what is older is erased, hash and salt. */
static bool forget_old(struct sql *sql, int64_t account, struct err *err)
{
    int64_t leaf;
    bool found;

    if (!sql_one(sql, "SELECT leaf FROM password WHERE account = ?1 ORDER BY leaf DESC LIMIT 1 OFFSET ?2",
                 SQL_ARGS(sql_int(account), sql_int(PASSWORDS_KEPT - 1)), &leaf, &found, err))
        return false;
    return !found
           || sql_put(sql, "DELETE FROM password WHERE account = ?1 AND leaf < ?2",
                      SQL_ARGS(sql_int(account), sql_int(leaf)), err);
}

static bool put_password(struct sql *sql, const struct order *order, uint8_t part, int64_t version, struct err *err)
{
    const unsigned char *salt = order->salts[ACCOUNT_FIELDS];
    unsigned char root[LEAF_HASH];
    int64_t leaf;

    password_root(slice_of(order->hash), salt, root);
    return order_append(sql, order, "account.password", part, version, root, &leaf, err)
           && sql_put(sql, "INSERT INTO password (account, leaf, hash, salt, made_ms, given) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                      SQL_ARGS(sql_int(order->account.id), sql_int(leaf), sql_text(slice_of(order->hash)),
                               sql_bytes(salt, LEAF_SALT), sql_int(order->time_ms), sql_int(order->given)),
                      err)
           && forget_old(sql, order->account.id, err);
}

bool account_make_step(struct sql *sql, void *arg, struct err *err)
{
    struct order *order = arg;
    struct account account = order->account;
    bool done;

    if (!order_done(sql, order, "account.make", &done, err) || done)
        return done;
    if (!order->hash[0] || !account.login[0])
        return err_set(err, ERR_INVALID, "新账号要有登录名和密码");
    account.disabled = false;
    return order_places(sql, order, &account, err) && login_free(sql, &account, err)
           && account_party_there(sql, account.party, err) && put_account(sql, order, &account, NULL, "account.make", err)
           && put_password(sql, order, 1, 1, err) && order_grant_first(sql, order, err);
}

static bool holds_alone(struct sql *sql, int64_t account, bool *alone, struct err *err)
{
    int64_t one;

    return sql_one(sql,
                   "SELECT 1 FROM role_grant WHERE account = ?1 AND ended_leaf IS NULL"
                   " AND role IN ('system_admin', 'security_admin', 'audit_admin', 'auditor') LIMIT 1",
                   SQL_ARGS(sql_int(account)), &one, alone, err);
}

bool account_refuse_alone(struct err *err)
{
    err_set(err, ERR_CONFLICT, "系统管理员、安全管理员、审计管理员和审计员须各用专门账号");
    return err_hint(err, "这样的账号不能有其他角色，也不属于任何单位；请另建一个账号(三权分立)");
}

static bool party_allowed(struct sql *sql, const struct account *account, struct err *err)
{
    bool alone = false;

    if (account->party && !holds_alone(sql, account->id, &alone, err))
        return false;
    return !alone || account_refuse_alone(err);
}

static bool still_as_seen(const struct order *order, const struct account *prior, struct err *err)
{
    if (!order->account.ver || order->account.ver == prior->ver)
        return true;
    err_set(err, ERR_CONFLICT, "这个账号刚被别人改过，没有保存");
    return err_hint(err, "请刷新页面，看过现在的内容再改");
}

bool account_edit_step(struct sql *sql, void *arg, struct err *err)
{
    struct order *order = arg;
    struct account account, prior;
    bool done;

    if (!order_done(sql, order, "account.edit", &done, err) || done)
        return done;
    if (!account_get(sql, order->account.id, &prior, err) || !order_manages(sql, order, &prior, err)
        || !still_as_seen(order, &prior, err))
        return false;
    account = prior;
    memcpy(account.login, order->account.login, sizeof account.login);
    memcpy(account.name, order->account.name, sizeof account.name);
    account.party = order->account.party;
    account.person = order->account.person;
    return order_places(sql, order, &account, err) && login_free(sql, &account, err)
           && account_party_there(sql, account.party, err) && person_there(sql, &account, err)
           && party_allowed(sql, &account, err)
           && put_account(sql, order, &account, &prior, "account.edit", err)
           && (account.party == prior.party || session_end_all(sql, account.id, err));
}

/* One's own account is not for oneself to switch off or on: a locked-out city would have nobody to open it. */
bool order_not_oneself(const struct order *order, const char *what, struct err *err)
{
    return order->actor->account != order->account.id || err_set(err, ERR_DENIED, "不能%s", what)
           || err_hint(err, "请由另一位安全管理员来办");
}

static bool set_disabled(struct sql *sql, struct order *order, bool disabled, struct err *err)
{
    struct account account, prior;
    const char *action = disabled ? "account.disable" : "account.enable";
    bool done;

    if (!order_done(sql, order, action, &done, err) || done)
        return done;
    if (!account_get(sql, order->account.id, &prior, err) || !order_manages(sql, order, &prior, err)
        || !order_not_oneself(order, disabled ? N_("停用自己的账号") : N_("启用自己的账号"), err))
        return false;
    account = prior;
    account.disabled = disabled;
    return put_account(sql, order, &account, &prior, action, err);
}

bool account_disable_step(struct sql *sql, void *arg, struct err *err)
{
    struct order *order = arg;

    return set_disabled(sql, order, true, err) && session_end_all(sql, order->account.id, err);
}

bool account_enable_step(struct sql *sql, void *arg, struct err *err)
{
    return set_disabled(sql, arg, false, err);
}

static bool may_set_password(struct sql *sql, const struct order *order, const struct account *account, struct err *err)
{
    if (order->actor->account != order->account.id)
        return order_manages(sql, order, account, err);
    return order->seen_leaf || err_set(err, ERR_DENIED, "改自己的密码，先要填对原来的密码");
}

static bool still_seen(struct sql *sql, const struct order *order, struct err *err)
{
    struct password_kept kept[PASSWORDS_KEPT];
    size_t count;

    if (!account_passwords(sql, order->account.id, kept, &count, err))
        return false;
    return !order->seen_leaf || (count && kept[0].leaf == order->seen_leaf)
           || err_set(err, ERR_CONFLICT, "密码刚被改过，请重新登录");
}

bool account_password_step(struct sql *sql, void *arg, struct err *err)
{
    struct order *order = arg;
    struct account account;
    bool done;

    if (!order_done(sql, order, "account.password", &done, err) || done)
        return done;
    if (!order->hash[0])
        return err_set(err, ERR_INVALID, "缺少密码");
    return account_get(sql, order->account.id, &account, err) && may_set_password(sql, order, &account, err)
           && still_seen(sql, order, err) && put_password(sql, order, 0, account.ver, err)
           && session_end_all(sql, account.id, err) && (!order->session || session_make(sql, order->session, err));
}
