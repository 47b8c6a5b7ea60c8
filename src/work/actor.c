#include "work/actor_int.h"

static const struct {
    const char *name, *label, *label_en;
} roles[ROLE_COUNT] = {
    [ROLE_MEMBER] = {"member", "单位成员", "Member"},
    [ROLE_UNIT_ADMIN] = {"unit_admin", "单位管理员", "Organisation administrator"},
    [ROLE_RESEARCHER] = {"researcher", "科研人员", "Researcher"},
    [ROLE_MANAGER] = {"manager", "技术经理人", "Technology manager"},
    [ROLE_COMMITTEE] = {"committee", "政协委员", "Committee member"},
    [ROLE_CITY_OFFICER] = {"city_officer", "市级工作人员", "City officer"},
    [ROLE_COUNTY_OFFICER] = {"county_officer", "区县工作人员", "County officer"},
    [ROLE_PARK_OFFICER] = {"park_officer", "园区工作人员", "Park officer"},
    [ROLE_REGISTRAR] = {"registrar", "登记机构", "Registration agency"},
    [ROLE_MARKET] = {"market", "技术市场运营", "Technology market operator"},
    [ROLE_CPPCC_OFFICE] = {"cppcc_office", "政协办公室", "Committee office"},
    [ROLE_LEADER] = {"leader", "领导", "Leader"},
    [ROLE_SECRETARY] = {"secretary", "领导秘书", "Leader's secretary"},
    [ROLE_READER_FINANCE] = {"reader_finance", "财政", "Finance reader"},
    [ROLE_READER_TAX] = {"reader_tax", "税务", "Tax reader"},
    [ROLE_READER_ASSETS] = {"reader_assets", "国资", "State assets reader"},
    [ROLE_READER_PERSONNEL] = {"reader_personnel", "人社", "Personnel reader"},
    [ROLE_READER_DISCIPLINE] = {"reader_discipline", "纪检", "Discipline reader"},
    [ROLE_AUDITOR] = {"auditor", "审计", "Auditor"},
    [ROLE_SYSTEM_ADMIN] = {"system_admin", "系统管理员", "System administrator"},
    [ROLE_SECURITY_ADMIN] = {"security_admin", "安全管理员", "Security administrator"},
    [ROLE_AUDIT_ADMIN] = {"audit_admin", "审计管理员", "Audit administrator"},
};

const char *role_name(enum role role)
{
    return roles[role].name;
}

const char *role_label(enum role role)
{
    return roles[role].label;
}

const char *role_label_en(enum role role)
{
    return roles[role].label_en;
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

bool role_is_officer(enum role role)
{
    return (ROLE_OFFICERS & ROLE_BIT(role)) != 0;
}

bool actor_has_any(const struct actor *actor, unsigned bits)
{
    for (size_t i = 0; i < actor->grant_count; i++)
        if (bits & ROLE_BIT(actor->grants[i].role))
            return true;
    return false;
}

bool actor_is_officer(const struct actor *actor)
{
    return actor_has_any(actor, ROLE_OFFICERS);
}

static void copy_text(char *to, size_t size, struct slice from)
{
    snprintf(to, size, "%.*s", (int)(from.len < size ? from.len : size - 1), from.at);
}

void actor_take_account(struct actor *actor, const struct sql_rows *rows, int first)
{
    struct slice pseudonym = sql_slice(rows, first + 2);

    copy_text(actor->name, sizeof actor->name, sql_slice(rows, first));
    copy_text(actor->login, sizeof actor->login, sql_slice(rows, first + 1));
    if (pseudonym.len == LEAF_ACTOR)
        memcpy(actor->pseudonym, pseudonym.at, LEAF_ACTOR);
    actor->party = sql_number(rows, first + 3);
    actor->person = sql_number(rows, first + 4);
}

static const char *const scope_kinds[] = {[SCOPE_ALL] = "", [SCOPE_PARTY] = "party", [SCOPE_DIVISION] = "division"};

const char *scope_kind_name(enum scope_kind kind)
{
    return scope_kinds[kind];
}

bool scope_kind_by_name(struct slice name, enum scope_kind *kind)
{
    for (size_t i = 0; i < sizeof scope_kinds / sizeof *scope_kinds; i++)
        if (slice_is(name, scope_kinds[i])) {
            *kind = (enum scope_kind)i;
            return true;
        }
    return false;
}

void actor_take_grant(struct actor *actor, const struct sql_rows *rows, int first)
{
    struct role_grant grant;

    if (actor->grant_count == ACTOR_GRANTS || !role_by_name(sql_slice(rows, first), &grant.role)
        || !scope_kind_by_name(sql_slice(rows, first + 1), &grant.scope_kind))
        return;
    grant.scope = sql_number(rows, first + 2);
    actor->grants[actor->grant_count++] = grant;
}

bool actor_load(struct sql *sql, int64_t account, struct actor *actor, struct err *err)
{
    struct sql_rows rows;
    bool found = false;

    *actor = (struct actor){.account = account};
    if (!sql_rows(sql,
                  "SELECT " ACTOR_COLUMNS ", g.role, g.scope_kind, g.scope FROM account a"
                  " LEFT JOIN role_grant g ON g.account = a.id AND g.ended_leaf IS NULL"
                  " WHERE a.id = ?1 AND a.to_leaf IS NULL AND a.disabled = 0 ORDER BY g.leaf",
                  SQL_ARGS(sql_int(account)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        if (!found)
            actor_take_account(actor, &rows, 0);
        if (!sql_is_null(&rows, ACTOR_COLUMN_COUNT))
            actor_take_grant(actor, &rows, ACTOR_COLUMN_COUNT);
        found = true;
    }
    return sql_done(&rows, err) && (found || err_set(err, ERR_SIGN_IN, "请先登录")
                                    || err_hint(err, "账号已停用的，请联系平台的安全管理员"));
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
