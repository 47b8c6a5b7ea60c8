#include "work/actor.h"

static const struct {
    const char *name, *label;
} roles[ROLE_COUNT] = {
    [ROLE_MEMBER] = {"member", "单位成员"},
    [ROLE_UNIT_ADMIN] = {"unit_admin", "单位管理员"},
    [ROLE_RESEARCHER] = {"researcher", "科研人员"},
    [ROLE_MANAGER] = {"manager", "技术经理人"},
    [ROLE_COMMITTEE] = {"committee", "政协委员"},
    [ROLE_CITY_OFFICER] = {"city_officer", "市级工作人员"},
    [ROLE_COUNTY_OFFICER] = {"county_officer", "区县工作人员"},
    [ROLE_PARK_OFFICER] = {"park_officer", "园区工作人员"},
    [ROLE_REGISTRAR] = {"registrar", "登记机构"},
    [ROLE_MARKET] = {"market", "技术市场运营"},
    [ROLE_CPPCC_OFFICE] = {"cppcc_office", "政协办公室"},
    [ROLE_LEADER] = {"leader", "领导"},
    [ROLE_SECRETARY] = {"secretary", "领导秘书"},
    [ROLE_READER_FINANCE] = {"reader_finance", "财政"},
    [ROLE_READER_TAX] = {"reader_tax", "税务"},
    [ROLE_READER_ASSETS] = {"reader_assets", "国资"},
    [ROLE_READER_PERSONNEL] = {"reader_personnel", "人社"},
    [ROLE_READER_DISCIPLINE] = {"reader_discipline", "纪检"},
    [ROLE_AUDITOR] = {"auditor", "审计"},
    [ROLE_SYSTEM_ADMIN] = {"system_admin", "系统管理员"},
    [ROLE_SECURITY_ADMIN] = {"security_admin", "安全管理员"},
    [ROLE_AUDIT_ADMIN] = {"audit_admin", "审计管理员"},
};

const char *role_name(enum role role)
{
    return roles[role].name;
}

const char *role_label(enum role role)
{
    return roles[role].label;
}

bool role_by_name(struct slice name, enum role *role)
{
    for (size_t i = 0; i < ROLE_COUNT; i++)
        if (slice_is(name, roles[i].name)) {
            *role = (enum role)i;
            return true;
        }
    return false;
}

bool actor_has(const struct actor *actor, enum role role)
{
    for (size_t i = 0; i < actor->grant_count; i++)
        if (actor->grants[i].role == role)
            return true;
    return false;
}

static void copy_text(char *to, size_t size, struct slice from)
{
    snprintf(to, size, "%.*s", (int)(from.len < size ? from.len : size - 1), from.at);
}

static bool load_account(struct sql *sql, int64_t account, struct actor *actor, struct err *err)
{
    struct sql_rows rows;
    bool found;

    if (!sql_rows(sql, "SELECT name, login, pseudonym, party, person FROM account WHERE id = ?1 AND disabled = 0",
                  SQL_ARGS(sql_int(account)), &rows, err))
        return false;
    found = sql_next(&rows);
    if (found) {
        struct slice pseudonym = sql_slice(&rows, 2);

        copy_text(actor->name, sizeof actor->name, sql_slice(&rows, 0));
        copy_text(actor->login, sizeof actor->login, sql_slice(&rows, 1));
        if (pseudonym.len == LEAF_ACTOR)
            memcpy(actor->pseudonym, pseudonym.at, LEAF_ACTOR);
        actor->party = sql_number(&rows, 3);
        actor->person = sql_number(&rows, 4);
    }
    return sql_done(&rows, err) && (found || err_set(err, ERR_SIGN_IN, "请先登录"));
}

static void add_grant(struct actor *actor, const struct sql_rows *rows)
{
    struct role_grant *grant = &actor->grants[actor->grant_count];
    struct slice scope = sql_slice(rows, 1);

    if (!role_by_name(sql_slice(rows, 0), &grant->role))
        return;
    grant->scope_kind = slice_is(scope, "party") ? SCOPE_PARTY : slice_is(scope, "division") ? SCOPE_DIVISION : SCOPE_ALL;
    grant->scope = sql_number(rows, 2);
    actor->grant_count++;
}

bool actor_load(struct sql *sql, int64_t account, struct actor *actor, struct err *err)
{
    struct sql_rows rows;

    *actor = (struct actor){.account = account};
    if (!load_account(sql, account, actor, err))
        return false;
    if (!sql_rows(sql, "SELECT role, scope_kind, scope FROM role_grant WHERE account = ?1 ORDER BY role, scope",
                  SQL_ARGS(sql_int(account)), &rows, err))
        return false;
    while (actor->grant_count < ACTOR_GRANTS && sql_next(&rows))
        add_grant(actor, &rows);
    return sql_done(&rows, err);
}

void actor_program(struct actor *actor)
{
    *actor = (struct actor){.account = -1};
    snprintf(actor->name, sizeof actor->name, "系统");
}

bool actor_is_program(const struct actor *actor)
{
    return actor->account == -1;
}
